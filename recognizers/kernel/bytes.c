/* The class of every byte, and moving cells. */
#include "cells.h"

#define D DIGIT
#define H HIGH
#define N NUMERIC_MARK
#define O OTHER
#define A UPPER_HEX
#define B UPPER
#define X LOWER_HEX
#define Y LOWER
#define SIXTEEN(c) c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c
const uint8_t exportgate_class[256] = {
    SIXTEEN(O), SIXTEEN(O),
    O, O, O, O, O, O, O, O, O, O, O, N, N, N, N, N, /* + , - . / */
    D, D, D, D, D, D, D, D, D, D, N, O, O, O, O, O, /* 0-9 : */
    O, A, A, A, A, A, A, B, B, B, B, B, B, B, B, B,
    B, B, B, B, B, B, B, B, B, B, B, O, O, O, O, O,
    O, X, X, X, X, X, X, Y, Y, Y, Y, Y, Y, Y, Y, Y,
    Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, O, O, O, O, O,
    SIXTEEN(H), SIXTEEN(H), SIXTEEN(H), SIXTEEN(H), SIXTEEN(H), SIXTEEN(H), SIXTEEN(H), SIXTEEN(H)};
#undef D
#undef H
#undef N
#undef O
#undef A
#undef B
#undef X
#undef Y

/* Copy the chosen cells, one behind the other, to `data` (of which the caller has made room, padded with zeros). */
FACE void exportgate_gather(const cells *block, const int64_t *chosen, int64_t count, uint8_t *data)
{
    uint8_t *to = data + PAD;
    for (int64_t cell = 0; cell < count; cell++) {
        int64_t start = block->bounds[chosen[cell]], length = block->bounds[chosen[cell] + 1] - start;
        memcpy(to, block->data + start, (size_t)length);
        to += length;
    }
}

/* List the cells of which the hash begins with 16 bits that are set in `prefixes`, and return how many they are. */
FACE int64_t exportgate_known(const uint64_t *hash, int64_t count, const uint8_t *prefixes, int64_t *chosen)
{
    int64_t found = 0;
    for (int64_t cell = 0; cell < count; cell++) {
        chosen[found] = cell;
        found += prefixes[hash[cell] >> 48];
    }
    return found;
}
