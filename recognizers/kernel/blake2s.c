/* Keyed BLAKE2s-128 (RFC 7693) of every cell of a block; the key's own block was compressed by the caller. */
#include "cells.h"

static const uint32_t iv[8] = {0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
                               0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19};
static const uint8_t sigma[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};

/* Of one word, or of as many side by side as a vector has lanes. */
#define TURNED(words, bits) ((words) >> (bits) | (words) << (32 - (bits)))

#define MIX(a, b, c, d, x, y)                                                                                          \
    do {                                                                                                               \
        a += b + (x);                                                                                                  \
        d = TURNED(d ^ a, 16);                                                                                         \
        c += d;                                                                                                        \
        b = TURNED(b ^ c, 12);                                                                                         \
        a += b + (y);                                                                                                  \
        d = TURNED(d ^ a, 8);                                                                                          \
        c += d;                                                                                                        \
        b = TURNED(b ^ c, 7);                                                                                          \
    } while (0)

/* Compress the last block of a message of at most 64 bytes, which is its first behind the key's. */
static void compress(const uint32_t chain[8], const uint32_t message[16], uint32_t length, uint32_t digest[4])
{
    uint32_t v[16];
    memcpy(v, chain, 32);
    memcpy(v + 8, iv, 32);
    v[12] ^= length;
    v[14] = ~v[14];
    for (int round = 0; round < 10; round++) {
        const uint8_t *s = sigma[round];
        MIX(v[0], v[4], v[8], v[12], message[s[0]], message[s[1]]);
        MIX(v[1], v[5], v[9], v[13], message[s[2]], message[s[3]]);
        MIX(v[2], v[6], v[10], v[14], message[s[4]], message[s[5]]);
        MIX(v[3], v[7], v[11], v[15], message[s[6]], message[s[7]]);
        MIX(v[0], v[5], v[10], v[15], message[s[8]], message[s[9]]);
        MIX(v[1], v[6], v[11], v[12], message[s[10]], message[s[11]]);
        MIX(v[2], v[7], v[8], v[13], message[s[12]], message[s[13]]);
        MIX(v[3], v[4], v[9], v[14], message[s[14]], message[s[15]]);
    }
    for (int word = 0; word < 4; word++)
        digest[word] = chain[word] ^ v[word] ^ v[word + 8];
}

#if defined(__GNUC__)
#define LANES 8
typedef uint32_t lanes __attribute__((vector_size(4 * LANES)));

/* The same for as many messages side by side as a vector has lanes; `message` holds word by word what `compress` takes
 * message by message. */
static inline __attribute__((always_inline)) void side_by_side(const uint32_t chain[8], const lanes message[16],
                                                               const lanes *length, uint32_t *digests)
{
    lanes v[16];
    for (int word = 0; word < 8; word++) {
        v[word] = (lanes){0} + chain[word];
        v[word + 8] = (lanes){0} + iv[word];
    }
    v[12] ^= *length;
    v[14] = ~v[14];
    for (int round = 0; round < 10; round++) {
        const uint8_t *s = sigma[round];
        MIX(v[0], v[4], v[8], v[12], message[s[0]], message[s[1]]);
        MIX(v[1], v[5], v[9], v[13], message[s[2]], message[s[3]]);
        MIX(v[2], v[6], v[10], v[14], message[s[4]], message[s[5]]);
        MIX(v[3], v[7], v[11], v[15], message[s[6]], message[s[7]]);
        MIX(v[0], v[5], v[10], v[15], message[s[8]], message[s[9]]);
        MIX(v[1], v[6], v[11], v[12], message[s[10]], message[s[11]]);
        MIX(v[2], v[7], v[8], v[13], message[s[12]], message[s[13]]);
        MIX(v[3], v[4], v[9], v[14], message[s[14]], message[s[15]]);
    }
    for (int word = 0; word < 4; word++) {
        lanes found = v[word] ^ v[word + 8] ^ chain[word];
        for (int lane = 0; lane < LANES; lane++)
            digests[4 * lane + word] = found[lane];
    }
}

typedef void compressor(const uint32_t chain[8], const lanes message[16], const lanes *length, uint32_t *digests);

static void compress_lanes(const uint32_t chain[8], const lanes message[16], const lanes *length, uint32_t *digests)
{
    side_by_side(chain, message, length, digests);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void compress_avx2(const uint32_t chain[8], const lanes message[16],
                                                          const lanes *length, uint32_t *digests)
{
    side_by_side(chain, message, length, digests);
}
static compressor *best(void) { return __builtin_cpu_supports("avx2") ? compress_avx2 : compress_lanes; }
#else
static compressor *best(void) { return compress_lanes; }
#endif

/* Put a cell's bytes into its lane, word by word. */
static void fill(lanes message[16], int lane, const uint8_t *at, int64_t length)
{
    uint8_t bytes[64];
    int words = (int)((length + 3) / 4);
    memset(bytes + 4 * (words - 1), 0, 4);
    memcpy(bytes, at, (size_t)length);
    for (int word = 0; word < words; word++)
        memcpy((uint32_t *)&message[word] + lane, bytes + 4 * word, 4);
}

/* Hash as many cells as fill the lanes from `cell` on; return how many were done, 0 when one of them is not short. */
static int64_t hash_lanes(const cells *block, int64_t cell, const uint32_t *chain, uint32_t *digests, compressor *work)
{
    lanes message[16] = {{0}}, length;
    if (cell + LANES > block->count)
        return 0;
    for (int lane = 0; lane < LANES; lane++) {
        int64_t low = block->bounds[cell + lane], size = block->bounds[cell + lane + 1] - low;
        if (size < 1 || size > 64)
            return 0;
        fill(message, lane, block->data + low, size);
        length[lane] = (uint32_t)(64 + size);
    }
    work(chain, message, &length, digests + 4 * cell);
    return LANES;
}
#endif

/* Hash the cells of 1 to 64 bytes: 16 bytes each to `digests`. Those of other cells stay as they are. */
FACE void exportgate_blake2s(const cells *block, const uint32_t *chain, uint32_t *digests)
{
#if defined(__GNUC__)
    compressor *work = best();
#endif
    for (int64_t cell = 0; cell < block->count; cell++) {
#if defined(__GNUC__)
        int64_t done = hash_lanes(block, cell, chain, digests, work);
        if (done) {
            cell += done - 1;
            continue;
        }
#endif
        int64_t length = block->bounds[cell + 1] - block->bounds[cell];
        uint32_t message[16] = {0};
        if (length < 1 || length > 64)
            continue;
        memcpy(message, block->data + block->bounds[cell], (size_t)length);
        compress(chain, message, (uint32_t)(64 + length), digests + 4 * cell);
    }
}
