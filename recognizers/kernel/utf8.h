/* Whether bytes are UTF-8, 64 at a time: compiled once for any machine and once for those with wide registers.
 *
 * Well-formed is what the Unicode Standard, table 3-7, lists: no overlong form, no half of a surrogate pair, nothing
 * beyond U+10FFFF.
 */
#ifndef EXPORTGATE_UTF8_H
#define EXPORTGATE_UTF8_H

#include "wide.h"

/* How many bytes from `at` are whole characters in the right form, looking at no byte from `end` on. */
static inline int64_t characters_one_by_one(const uint8_t *at, const uint8_t *end)
{
    const uint8_t *start = at;
    while (at < end) {
        int64_t further = *at < 0x80 ? 0 : *at < 0xC2 ? -1 : *at < 0xE0 ? 1 : *at < 0xF0 ? 2 : *at < 0xF5 ? 3 : -1;
        uint8_t least = *at == 0xE0 ? 0xA0 : *at == 0xF0 ? 0x90 : 0x80, most = *at == 0xED ? 0x9F : *at == 0xF4 ? 0x8F : 0xBF;
        if (further < 0 || end - at <= further || (further && (at[1] < least || at[1] > most)))
            break;
        for (int64_t place = 2; place <= further; place++)
            if ((at[place] & 0xC0) != 0x80)
                return at - start;
        at += further + 1;
    }
    return at - start;
}

/* The bytes of a stretch of 64, one bit each: those above ASCII, those that go on with a character, and those that begin
 * one of two, three or four bytes, three and four or four alone. `narrowed`: that begin one whose second byte has less
 * room than others. */
typedef struct {
    uint64_t high, further, two, three, four, narrowed;
} utf8_sight;

#if defined(__AVX512BW__)

static inline __mmask64 at_least(__m512i bytes, uint8_t least) { return _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)least)); }

static inline uint64_t high_of(const uint8_t *at) { return _mm512_movepi8_mask(_mm512_loadu_si512((const void *)at)); }

static inline utf8_sight characters_of(const uint8_t *at)
{
    __m512i bytes = _mm512_loadu_si512((const void *)at);
    utf8_sight found = {_mm512_movepi8_mask(bytes), 0, at_least(bytes, 0xC2), at_least(bytes, 0xE0), at_least(bytes, 0xF0), 0};
    found.further = found.high & ~at_least(bytes, 0xC0);
    found.narrowed = equal_to(bytes, (char)0xE0) | equal_to(bytes, (char)0xED) | found.four;
    return found;
}

#elif defined(__SSE2__)

/* Bytes from `least` on, where all are above ASCII: as signed numbers they are in the same order. */
static inline uint64_t at_least(__m128i bytes, uint8_t least)
{
    __m128i chosen = _mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)(least - 1)));
    return bits_of(_mm_and_si128(chosen, _mm_cmplt_epi8(bytes, _mm_setzero_si128())));
}

static inline uint64_t high_of(const uint8_t *at)
{
    uint64_t found = 0;
    for (int place = 0; place < 64; place += 16)
        found |= bits_of(_mm_loadu_si128((const __m128i *)(const void *)(at + place))) << place;
    return found;
}

static inline utf8_sight characters_of(const uint8_t *at)
{
    utf8_sight found = {0, 0, 0, 0, 0, 0};
    for (int place = 0; place < 64; place += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(at + place));
        uint64_t high = bits_of(bytes);
        found.high |= high << place;
        found.further |= (high & ~at_least(bytes, 0xC0)) << place;
        found.two |= at_least(bytes, 0xC2) << place;
        found.three |= at_least(bytes, 0xE0) << place;
        found.four |= at_least(bytes, 0xF0) << place;
        found.narrowed |= bits_of(_mm_or_si128(equal_to(bytes, (char)0xE0), equal_to(bytes, (char)0xED))) << place;
    }
    found.narrowed |= found.four;
    return found;
}

#else

static inline uint64_t high_of(const uint8_t *at)
{
    uint64_t found = 0;
    for (int place = 0; place < 64; place += 8)
        found |= word_at(at + place) & TOPS;
    return found;
}

static inline utf8_sight characters_of(const uint8_t *at)
{
    utf8_sight found = {0, 0, 0, 0, 0, 0};
    for (int place = 0; place < 64; place++) {
        found.high |= (uint64_t)(at[place] >> 7) << place;
        found.further |= (uint64_t)((at[place] & 0xC0) == 0x80) << place;
        found.two |= (uint64_t)(at[place] >= 0xC2) << place;
        found.three |= (uint64_t)(at[place] >= 0xE0) << place;
        found.four |= (uint64_t)(at[place] >= 0xF0) << place;
        found.narrowed |= (uint64_t)(at[place] >= 0xF0 || at[place] == 0xE0 || at[place] == 0xED) << place;
    }
    return found;
}

#endif

/* Where the character begins that goes on at `at`; `at` where none does. */
static inline const uint8_t *beginning_before(const uint8_t *at, uint64_t goes_on)
{
    if (goes_on)
        do
            at--;
        while ((*at & 0xC0) == 0x80);
    return at;
}

/* How many bytes are whole characters in the right form: all of them, or up to the first that is none or is cut. */
static inline int64_t characters_in(const uint8_t *at, int64_t size)
{
    const uint8_t *start = at, *end = at + size;
    uint64_t goes_on = 0; /* which of the next bytes go on with a character that has begun */
    for (; end - at >= 64; at += 64) {
        utf8_sight found;
        if (!high_of(at) && !goes_on)
            continue;
        found = characters_of(at);
        if (found.further == (found.two << 1 | found.three << 2 | found.four << 3 | goes_on) &&
            found.high == (found.further | found.two) && !found.narrowed) {
            goes_on = found.two >> 63 | found.three >> 62 | found.four >> 61;
        } else {
            const uint8_t *from = beginning_before(at, goes_on);
            int64_t right = characters_one_by_one(from, at + 64);
            if (at + 64 - from - right > 3)
                return from + right - start;
            at = from + right - 64;
            goes_on = 0;
        }
    }
    at = beginning_before(at, goes_on);
    return at - start + characters_one_by_one(at, end);
}

#endif
