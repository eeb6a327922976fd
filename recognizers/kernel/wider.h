/* The same reading for machines with registers of 64 bytes; `WIDER` says whether this is one of them. */
#ifndef EXPORTGATE_WIDER_H
#define EXPORTGATE_WIDER_H

#include "signs.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__)) && !defined(EXPORTGATE_NARROW)
#define WIDER                                                                                                          \
    (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2") &&     \
     __builtin_cpu_supports("popcnt"))
#define IS_WIDER(wanted) ((wanted) && WIDER)

void survey_wider(const cells *block, const int64_t *weight, uint8_t *mask, uint64_t *hash, uint8_t *dirty, int64_t *tally,
                  uint64_t *signs, asked *all);
void signs_wider(const cells *block, const uint8_t *mask, uint64_t *signs, asked *all);
int64_t characters_wider(const uint8_t *at, int64_t size);
int64_t rows_wider(const uint8_t *text, int64_t size, uint8_t delimiter, int64_t columns, uint32_t *ends, uint32_t *starts,
                   int *doubled);

#else

/* Nothing of it is there, and a library that names it would not load. */
#define IS_WIDER(wanted) ((void)(wanted), 0)
#define survey_wider survey_block
#define signs_wider find_signs
#define characters_wider characters_in
#define rows_wider rows_in

#endif

#endif
