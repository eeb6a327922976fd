/* A 64-bit mix of a cell's content: `cells_mix.py` is the reference. */
#ifndef EXPORTGATE_HASH_H
#define EXPORTGATE_HASH_H

#include "cells.h"

#define K1 UINT64_C(0x9E3779B97F4A7C15)
#define K2 UINT64_C(0xC2B2AE3D27D4EB4F)
#define K3 UINT64_C(0x165667B19E3779F9)

static inline uint64_t mixed_with(uint64_t mixed, uint64_t word)
{
    mixed = (mixed + word) * K2;
    return mixed ^ mixed >> 29;
}

/* Cells of up to so many bytes are mixed whole. */
enum { WHOLE_CELL = 256 };

/* A 64-bit mix of a cell's content (of 48 of its bytes and its length, when it is longer than `WHOLE_CELL`). */
static inline uint64_t hash_of(const uint8_t *start, const uint8_t *end)
{
    int64_t length = end - start;
    uint64_t mixed = word_at(start);
    if (length < 8)
        mixed &= (UINT64_C(1) << 8 * length) - 1;
    mixed = (mixed + (uint64_t)length + K3) * K1;
    mixed ^= mixed >> 32;
    if (length > 8)
        mixed = mixed_with(mixed, word_at(end - 8));
    if (length > 16)
        mixed = mixed_with(mixed_with(mixed, word_at(start + 8)), word_at(end - 16));
    if (length > WHOLE_CELL) {
        int64_t middle = length >> 2;
        mixed = mixed_with(mixed_with(mixed, word_at(start + middle)), word_at(start + 2 * middle));
    } else if (length > 32) {
        mixed = mixed_with(mixed_with(mixed, word_at(start + 16)), word_at(end - 24));
        if (length > 48)
            mixed = mixed_with(mixed_with(mixed, word_at(start + 24)), word_at(end - 32));
        for (int64_t place = 32; place + 32 < length; place += 8)
            mixed = mixed_with(mixed, word_at(start + place));
    }
    mixed *= K3;
    return mixed ^ mixed >> 32;
}

#endif
