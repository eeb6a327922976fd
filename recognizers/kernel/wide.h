/* What up to 64 bytes are, one bit per byte, the first byte lowest: with AVX-512 in the files that ask for it, with SSE2,
 * which every x86-64 has, or byte by byte; all give the same. A look reaches at most 15 bytes past the end of a cell. */
#ifndef EXPORTGATE_WIDE_H
#define EXPORTGATE_WIDE_H

#include "cells.h"

/* `hex` and `small` are of use for letters only. `lead` begins a mark that may need cleaning or mask a number: C2, C3, E2, E3, EF.
 * `ch` are a c and an h, or a c at the very end. */
typedef struct {
    uint64_t digit, letter, hex, small, high, mark, further, lead, ch;
} sight;

static inline uint64_t low_bits(int64_t count) { return count >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << count) - 1; }

#if defined(__GNUC__) || defined(__clang__)
static inline int lowest_bit(uint64_t word) { return __builtin_ctzll(word); }
#else
static inline int lowest_bit(uint64_t word)
{
    int place = 0;
    for (; !(word & 1); word >>= 1)
        place++;
    return place;
}
#endif

static inline int64_t count_bits(uint64_t word)
{
#if defined(__POPCNT__)
    return __builtin_popcountll(word);
#else
    word -= word >> 1 & EVERY(0x55);
    word = (word & EVERY(0x33)) + (word >> 2 & EVERY(0x33));
    return (int64_t)(((word + (word >> 4)) & EVERY(0x0F)) * EVERY(1) >> 56);
#endif
}

#if defined(__AVX512BW__)
#include <immintrin.h>

static inline __mmask64 within(__m512i bytes, char first, char count)
{
    return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8(first)), _mm512_set1_epi8(count));
}

static inline __mmask64 equal_to(__m512i bytes, char byte) { return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte)); }

static INLINE void see(sight *found, const uint8_t *at, int64_t length)
{
    *found = (sight){0, 0, 0, 0, 0, 0, 0, 0, 0};
    uint64_t inside = low_bits(length);
    __m512i bytes = _mm512_maskz_loadu_epi8(inside, at), lowered;
    found->digit = within(bytes, '0', 10);
    found->high = _mm512_movepi8_mask(bytes);
    if (found->high) {
        __m512i even = _mm512_and_si512(bytes, _mm512_set1_epi8((char)0xFE));
        found->further = _mm512_cmplt_epi8_mask(bytes, _mm512_set1_epi8(-64));
        found->lead = equal_to(even, (char)0xC2) | equal_to(bytes, (char)0xEF) | equal_to(even, (char)0xE2);
    }
    if ((found->digit | found->high) == inside) /* what most columns of identifiers hold */
        return;
    lowered = _mm512_or_si512(bytes, _mm512_set1_epi8(32));
    found->letter = within(lowered, 'a', 26);
    found->hex = within(lowered, 'a', 6);
    found->small = _mm512_test_epi8_mask(bytes, _mm512_set1_epi8(32));
    if (found->letter & found->small)
        found->ch = equal_to(bytes, 'c') & (equal_to(bytes, 'h') >> 1 | UINT64_C(1) << 63);
    if ((found->digit | found->high | found->letter) != inside)
        found->mark = within(bytes, '+', 5) | equal_to(bytes, ':');
}

#elif defined(__SSE2__)
#include <emmintrin.h>

static inline __m128i between(__m128i bytes, char first, char last) /* both inside ASCII */
{
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)(first - 1))),
                         _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)(last + 1))));
}

static inline __m128i equal_to(__m128i bytes, char byte) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte)); }

static inline uint64_t bits_of(__m128i chosen) { return (uint64_t)(uint32_t)_mm_movemask_epi8(chosen); }

static INLINE void see(sight *found, const uint8_t *at, int64_t length)
{
    *found = (sight){0, 0, 0, 0, 0, 0, 0, 0, 0};
    for (int64_t place = 0; place < length; place += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(at + place)), lowered;
        uint64_t inside = low_bits(length - place < 16 ? length - place : 16);
        uint64_t digit = bits_of(between(bytes, '0', '9')) & inside, high = bits_of(bytes) & inside;
        found->digit |= digit << place;
        found->high |= high << place;
        if (high) {
            __m128i even = _mm_and_si128(bytes, _mm_set1_epi8((char)0xFE));
            __m128i lead = _mm_or_si128(equal_to(even, (char)0xC2), equal_to(bytes, (char)0xEF));
            found->further |= (bits_of(_mm_cmplt_epi8(bytes, _mm_set1_epi8(-64))) & inside) << place;
            found->lead |= (bits_of(_mm_or_si128(lead, equal_to(even, (char)0xE2))) & inside) << place;
        }
        if ((digit | high) == inside) /* what most columns of identifiers hold */
            continue;
        lowered = _mm_or_si128(bytes, _mm_set1_epi8(32));
        found->letter |= (bits_of(between(lowered, 'a', 'z')) & inside) << place;
        found->hex |= (bits_of(between(lowered, 'a', 'f')) & inside) << place;
        found->small |= (~bits_of(equal_to(_mm_and_si128(bytes, _mm_set1_epi8(32)), 0)) & inside) << place;
        found->mark |= (bits_of(_mm_or_si128(between(bytes, '+', '/'), equal_to(bytes, ':'))) & inside) << place;
        found->ch |= (bits_of(equal_to(bytes, 'c')) & inside & (bits_of(equal_to(bytes, 'h')) >> 1 | 1 << 15)) << place;
    }
}

#else

static INLINE void see(sight *found, const uint8_t *at, int64_t length)
{
    *found = (sight){0, 0, 0, 0, 0, 0, 0, 0, 0};
    for (int64_t place = 0; place < length; place++) {
        uint8_t byte = at[place], class = CLASS[byte];
        found->digit |= (uint64_t)(class & DIGIT) << place;
        found->letter |= (uint64_t)((class & LETTERS) != 0) << place;
        found->hex |= (uint64_t)((class & (UPPER_HEX | LOWER_HEX)) != 0) << place;
        found->small |= (uint64_t)((byte & 32) != 0) << place;
        found->high |= (uint64_t)(byte >> 7) << place;
        found->mark |= (uint64_t)((class & NUMERIC_MARK) != 0) << place;
        found->further |= (uint64_t)(byte >= 0x80 && byte < 0xC0) << place;
        found->lead |= (uint64_t)((byte & 0xFE) == 0xC2 || (byte & 0xFE) == 0xE2 || byte == 0xEF) << place;
        found->ch |= (uint64_t)(byte == 'c' && (place + 1 == length || at[place + 1] == 'h')) << place;
    }
}

#endif

/* The classes of all bytes of a stretch. */
static INLINE uint8_t classes_of(const sight *seen, uint64_t inside)
{
    uint64_t other = inside & ~(seen->digit | seen->letter | seen->high | seen->mark);
    uint8_t found = (uint8_t)((seen->digit ? DIGIT : 0) | (seen->high ? HIGH : 0) | (seen->mark ? NUMERIC_MARK : 0));
    if (other)
        found |= OTHER;
    if (seen->letter) {
        uint64_t small = seen->letter & seen->small, capital = seen->letter & ~seen->small;
        found |= (uint8_t)((capital & seen->hex ? UPPER_HEX : 0) | (capital & ~seen->hex ? UPPER : 0) |
                           (small & seen->hex ? LOWER_HEX : 0) | (small & ~seen->hex ? LOWER : 0));
    }
    return found;
}

#endif
