/* Sixteen bytes at a time: which of them are digits, letters, outside ASCII. With SSE2, which every x86-64 has, or
 * without it, byte by byte; both give the same. A look reaches at most fifteen bytes past the end of a cell. */
#ifndef EXPORTGATE_WIDE_H
#define EXPORTGATE_WIDE_H

#include "cells.h"

/* One bit per byte of the first 64 bytes of a cell, the first byte lowest; no bit behind the cell's end. */
typedef struct {
    uint64_t digit, letter, high, c2; /* c2: begins a sign of degrees, among others */
} bits;

static inline uint64_t low_bits(int64_t count) { return count >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << count) - 1; }

static inline int64_t count_bits(uint64_t word)
{
    word -= word >> 1 & EVERY(0x55);
    word = (word & EVERY(0x33)) + (word >> 2 & EVERY(0x33));
    return (int64_t)(((word + (word >> 4)) & EVERY(0x0F)) * EVERY(1) >> 56);
}

#if defined(__GNUC__) || defined(__clang__)
static inline int lowest_bit(uint64_t word) { return __builtin_ctzll(word); }
#else
static inline int lowest_bit(uint64_t word) { return (int)count_bits((word & (0 - word)) - 1); }
#endif

#if defined(__SSE2__)
#include <emmintrin.h>

static inline __m128i between(__m128i bytes, char first, char last) /* both inside ASCII */
{
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)(first - 1))),
                         _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)(last + 1))));
}

static inline bits bits_of(const uint8_t *at, int64_t length)
{
    bits found = {0, 0, 0, 0};
    uint64_t inside = low_bits(length);
    for (int64_t place = 0; place < length && place < 64; place += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(at + place));
        __m128i letter = between(_mm_or_si128(bytes, _mm_set1_epi8(32)), 'a', 'z');
        found.digit |= (uint64_t)(uint32_t)_mm_movemask_epi8(between(bytes, '0', '9')) << place;
        found.letter |= (uint64_t)(uint32_t)_mm_movemask_epi8(letter) << place;
        found.high |= (uint64_t)(uint32_t)_mm_movemask_epi8(bytes) << place;
        found.c2 |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)0xC2))) << place;
    }
    found.digit &= inside;
    found.letter &= inside;
    found.high &= inside;
    found.c2 &= inside;
    return found;
}

#else

static inline bits bits_of(const uint8_t *at, int64_t length)
{
    bits found = {0, 0, 0, 0};
    for (int64_t place = 0; place < length && place < 64; place++) {
        uint8_t class = CLASS[at[place]];
        found.digit |= (uint64_t)(class & DIGIT) << place;
        found.letter |= (uint64_t)((class & LETTERS) != 0) << place;
        found.high |= (uint64_t)(class >> 5 & 1) << place;
        found.c2 |= (uint64_t)(at[place] == 0xC2) << place;
    }
    return found;
}

#endif
#endif
