/* `reading.h`, `utf8.h` and `delimited.h` once more, for machines with registers of 64 bytes: a cell is one look. */
#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__)) && !defined(EXPORTGATE_NARROW)
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,bmi,bmi2,lzcnt,popcnt"))), apply_to = function)
#define __AVX512BW__ 1
#define __POPCNT__ 1
#else
#pragma GCC target("avx512f,avx512bw,avx512vl,bmi,bmi2,lzcnt,popcnt")
#endif
#endif

#include "delimited.h"
#include "reading.h"
#include "utf8.h"
#include "wider.h"

#if defined(WIDER)

void survey_wider(const cells *block, const int64_t *weight, uint8_t *mask, uint64_t *hash, uint8_t *dirty, int64_t *tally,
                  uint64_t *signs, asked *all)
{
    if (signs)
        survey_block(block, weight, mask, hash, dirty, tally, signs, all);
    else
        survey_block(block, weight, mask, hash, dirty, tally, 0, all);
}

void signs_wider(const cells *block, const uint8_t *mask, uint64_t *signs, asked *all) { find_signs(block, mask, signs, all); }

int64_t characters_wider(const uint8_t *at, int64_t size) { return characters_in(at, size); }

int64_t rows_wider(const uint8_t *text, int64_t size, uint8_t delimiter, int64_t columns, uint32_t *ends, uint32_t *starts,
                   int *doubled)
{
    return rows_in(text, size, delimiter, columns, ends, starts, doubled);
}

#endif

#if defined(WIDER) && defined(__clang__)
#pragma clang attribute pop
#endif
