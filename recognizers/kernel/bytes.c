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

/* List the cells that are words, each told by its hash, and which word each is; return how many they are.
 *
 * `words` are the hashes, sorted; `bits` has one bit for every 16 bits that some of them begin with, `first` says where
 * those that begin so stand.
 */
FACE int64_t exportgate_known(const uint64_t *hash, int64_t count, const uint64_t *words, const uint8_t *bits,
                              const int32_t *first, int64_t *chosen, int64_t *which)
{
    int64_t found = 0;
    for (int64_t cell = 0; cell < count; cell++) {
        uint64_t begin = hash[cell] >> 48;
        if (!(bits[begin >> 3] >> (begin & 7) & 1))
            continue;
        for (int32_t word = first[begin]; word < first[begin + 1]; word++)
            if (words[word] == hash[cell]) {
                chosen[found] = cell;
                which[found++] = word;
                break;
            }
    }
    return found;
}

/* List where the cells begin that are no nulls, and where the last one ends: `valid` has one bit per cell, from bit `first`
 * on. Return how many they are; -1 where a null is not empty, for then their bytes do not follow each other.
 */
FACE int64_t exportgate_kept(const int32_t *offsets, int64_t count, const uint8_t *valid, int64_t first, int32_t *kept)
{
    int64_t found = 0;
    int32_t written = 0; /* whether a null is not empty */
    for (int64_t cell = 0; cell < count; cell++) {
        int64_t bit = first + cell;
        int32_t here = valid[bit >> 3] >> (bit & 7) & 1;
        kept[found] = offsets[cell];
        found += here;
        written |= (here - 1) & (offsets[cell + 1] ^ offsets[cell]);
    }
    kept[found] = offsets[count];
    return written ? -1 : found;
}
