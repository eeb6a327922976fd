/* One look at every byte of a block: what each cell is written with, its hash, and whether it needs cleaning. */
#include "wide.h"

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

enum { LONG_CELL = 48, LONG_WIDE_CELL = 24 };

/* Where in `tally` each count stands: see `cells_compiled.Survey`. */
enum { CHARACTERS, TOTAL_CHARACTERS, LONGEST, SHORTEST, UNION, DIRTY, FILLED, LENGTHS_AT = 16, MASKS_AT = 80, TALLY = 336 };

/* Long cells are told by coarser classes: any letter, any mark. */
static uint8_t coarse(uint8_t mask)
{
    uint8_t found = mask & (DIGIT | HIGH);
    if (mask & LETTERS)
        found |= LOWER;
    if (mask & (NUMERIC_MARK | OTHER))
        found |= OTHER;
    return found;
}

/* Whether a cell that begins or ends with this byte is cleaned: spaces, control characters, quotes. */
static inline int is_edge(uint8_t byte) { return byte < 33 || byte == 34 || byte == 39 || byte == 96; }

/* Whether the character here is full-width, or a space or mark that cannot be seen. */
static int is_wide(const uint8_t *at)
{
    uint8_t two = at[1], three = at[2];
    switch (at[0]) {
    case 0xEF:
        if (two == 0xBC)
            return (uint8_t)(three - 0x8D) < 2 || (uint8_t)(three - 0x90) < 10 || (uint8_t)(three - 0xA0) < 27;
        return (two == 0xBD && (uint8_t)(three - 0x81) < 26) || (two == 0xBB && three == 0xBF);
    case 0xE3:
        return two == 0x80 && three == 0x80;
    case 0xE2:
        if ((two == 0x80 && (uint8_t)(three - 0x90) < 6) || (two == 0x88 && three == 0x92)) /* a dash between digits */
            return is_digit(at[-1]) && is_digit(at[3]);
        if (two == 0x80)
            return (uint8_t)(three - 0x80) < 16 || (uint8_t)(three - 0xAA) < 6;
        return two == 0x81 && (three == 0x9F || three == 0xA0 || (uint8_t)(three - 0xA6) < 4);
    case 0xC2:
        return two == 0xA0 || two == 0xAD;
    default:
        return 0;
    }
}

/* What is seen of one cell. */
typedef struct {
    uint8_t mask;
    int wide; /* whether it holds characters to be cleaned */
    int64_t further; /* bytes that go on with a character */
} look;

#if defined(__SSE2__)

static inline __m128i with_bit(__m128i chosen, uint8_t bit) { return _mm_and_si128(chosen, _mm_set1_epi8((char)bit)); }

/* All bits of the first bytes of sixteen. */
static inline __m128i first_bytes(int64_t count)
{
    static const uint8_t kept[32] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    return _mm_loadu_si128((const __m128i *)(const void *)(kept + 16 - count));
}

/* The class of each of sixteen bytes, none for those outside ASCII. */
static inline __m128i classes_of(__m128i bytes)
{
    __m128i lowered = _mm_or_si128(bytes, _mm_set1_epi8(32));
    __m128i digit = between(bytes, '0', '9'), letter = between(lowered, 'a', 'z'), hex = between(lowered, 'a', 'f');
    __m128i mark = _mm_or_si128(between(bytes, '+', '/'), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(':')));
    __m128i upper = _mm_cmpeq_epi8(_mm_and_si128(bytes, _mm_set1_epi8(32)), _mm_setzero_si128());
    __m128i high = _mm_cmplt_epi8(bytes, _mm_setzero_si128());
    __m128i known = _mm_or_si128(_mm_or_si128(digit, letter), _mm_or_si128(mark, high));
    __m128i capital = _mm_or_si128(with_bit(hex, UPPER_HEX), with_bit(_mm_andnot_si128(hex, letter), UPPER));
    __m128i small = _mm_or_si128(with_bit(hex, LOWER_HEX), with_bit(_mm_andnot_si128(hex, letter), LOWER));
    __m128i found = _mm_or_si128(_mm_and_si128(upper, capital), _mm_andnot_si128(upper, small));
    found = _mm_or_si128(found, _mm_or_si128(with_bit(digit, DIGIT), with_bit(mark, NUMERIC_MARK)));
    return _mm_or_si128(found, _mm_andnot_si128(known, _mm_set1_epi8((char)OTHER)));
}

static inline uint8_t joined(__m128i bytes)
{
    uint64_t word;
    bytes = _mm_or_si128(bytes, _mm_srli_si128(bytes, 8));
    word = (uint64_t)_mm_cvtsi128_si64(bytes);
    word |= word >> 32;
    word |= word >> 16;
    return (uint8_t)(word | word >> 8);
}

/* The first bytes of characters that may be wide or unseen: C2, E2, E3, EF. */
static inline uint32_t marks_in(__m128i bytes)
{
    __m128i even = _mm_and_si128(bytes, _mm_set1_epi8((char)0xFE));
    __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)0xC2)),
                                 _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)0xEF)));
    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(found, _mm_cmpeq_epi8(even, _mm_set1_epi8((char)0xE2))));
}

static look look_at(const uint8_t *at, const uint8_t *end)
{
    look found = {0, 0, 0};
    __m128i classes = _mm_setzero_si128();
    for (; at < end; at += 16) {
        uint32_t inside = (uint32_t)low_bits(end - at < 16 ? end - at : 16);
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        uint32_t high = (uint32_t)_mm_movemask_epi8(bytes) & inside, digits;
        if (high) {
            __m128i further = _mm_cmplt_epi8(bytes, _mm_set1_epi8(-64));
            uint32_t marks = found.wide ? 0 : marks_in(bytes) & inside;
            found.mask |= HIGH;
            found.further += count_bits((uint32_t)_mm_movemask_epi8(further) & inside);
            for (; marks && !found.wide; marks &= marks - 1)
                found.wide = is_wide(at + lowest_bit(marks));
            if (high == inside)
                continue;
        }
        digits = (uint32_t)_mm_movemask_epi8(between(bytes, '0', '9')) & inside;
        if ((digits | high) == inside) { /* what most columns of identifiers hold */
            found.mask |= DIGIT;
            continue;
        }
        if (end - at < 16)
            classes = _mm_or_si128(classes, _mm_and_si128(classes_of(bytes), first_bytes(end - at)));
        else
            classes = _mm_or_si128(classes, classes_of(bytes));
    }
    found.mask |= joined(classes);
    return found;
}

#else

static look look_at(const uint8_t *at, const uint8_t *end)
{
    look found = {0, 0, 0};
    for (; at < end; at++) {
        found.mask |= CLASS[*at];
        if (*at >= 0x80) {
            found.further += *at < 0xC0;
            if (!found.wide)
                found.wide = is_wide(at);
        }
    }
    return found;
}

#endif

#define K1 UINT64_C(0x9E3779B97F4A7C15)
#define K2 UINT64_C(0xC2B2AE3D27D4EB4F)
#define K3 UINT64_C(0x165667B19E3779F9)

static inline uint64_t mixed_with(uint64_t mixed, uint64_t word)
{
    mixed = (mixed + word) * K2;
    return mixed ^ mixed >> 29;
}

/* A 64-bit mix of a cell's content (of 48 of its bytes and its length, when longer than 64). */
static uint64_t hash_of(const uint8_t *start, const uint8_t *end)
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
    if (length > 64) {
        int64_t middle = length >> 2;
        mixed = mixed_with(mixed_with(mixed, word_at(start + middle)), word_at(start + 2 * middle));
    } else if (length > 32) {
        mixed = mixed_with(mixed_with(mixed, word_at(start + 16)), word_at(end - 24));
        if (length > 48)
            mixed = mixed_with(mixed_with(mixed, word_at(start + 24)), word_at(end - 32));
    }
    mixed *= K3;
    return mixed ^ mixed >> 32;
}

static int fits(const cells *block)
{
    const int64_t *bounds = block->bounds;
    if (block->count < 0 || block->size < 2 * PAD || bounds[0] < PAD || bounds[block->count] > block->size - PAD)
        return 0;
    for (int64_t cell = 0; cell < block->count; cell++)
        if (bounds[cell] > bounds[cell + 1])
            return 0;
    return 1;
}

/* Fill `mask`, `hash` and `dirty` (one each per cell) and `tally`; 0 when the bounds do not fit the data.
 *
 * `weight` says how often each cell stands in the column; NULL: once.
 */
FACE int exportgate_survey(const cells *block, const int64_t *weight, uint8_t *mask, uint64_t *hash, uint8_t *dirty,
                           int64_t *tally)
{
    int64_t longest = 0, shortest = INT64_MAX, filled = 0, many_dirty = 0;
    uint8_t joined = 0;
    if (!fits(block))
        return 0;
    memset(tally, 0, TALLY * sizeof *tally);
    for (int64_t cell = 0; cell < block->count; cell++) {
        const uint8_t *start = block->data + block->bounds[cell], *end = block->data + block->bounds[cell + 1];
        int64_t length = end - start, often = weight ? weight[cell] : 1;
        look seen = look_at(start, end);
        int wide = seen.wide || (length && (is_edge(*start) || is_edge(end[-1])));
        uint8_t found = seen.mask;
        int64_t longest_counted = found & HIGH ? LONG_WIDE_CELL : LONG_CELL, characters = length - seen.further;
        mask[cell] = found;
        dirty[cell] = (uint8_t)wide;
        hash[cell] = hash_of(start, end);
        joined |= found;
        many_dirty += wide;
        filled += length > 0;
        longest = length > longest ? length : longest;
        shortest = length < shortest ? length : shortest;
        tally[CHARACTERS] += characters * often;
        tally[TOTAL_CHARACTERS] += characters;
        tally[LENGTHS_AT + (length <= longest_counted ? characters : LONG_CELL + 1)] += often;
        tally[MASKS_AT + (length > LONG_CELL ? coarse(found) : found)] += often;
    }
    tally[LONGEST] = longest;
    tally[SHORTEST] = block->count ? shortest : 0;
    tally[UNION] = joined;
    tally[DIRTY] = many_dirty;
    tally[FILLED] = filled;
    return 1;
}

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
