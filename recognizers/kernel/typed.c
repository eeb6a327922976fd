/* Blocks of nothing but moments or nothing but numbers, as `plain.h` tells them: all that is asked of them in one pass.
 *
 * Each finds what exportgate_read() does, and what exportgate_days() or exportgate_written() does after it, or it says
 * that some cell is another and leaves what it has written: `tests/recognizers/test_kernel.py` holds the two together.
 */
#include "reading.h"

/* What is known of a block after one of them, besides what exportgate_read() tells. */
typedef struct {
    uint8_t *birth; /* moments: whether each is a day alone that somebody living may be born on */
    int64_t *years; /* how many are of each year from OLDEST_DAY to YOUNGEST_DAY */
    double *values; /* numbers */
} typed;

enum { OLDEST_BIRTH = 1900 }; /* `dates` has the same */

/* What both write of each cell, and count. */
typedef struct {
    uint8_t *mask, *dirty;
    uint64_t *hash, *signs;
    int64_t *tally;
    int64_t longest, shortest;
} facts;

static inline void take_cell(facts *into, int64_t cell, const uint8_t *start, const uint8_t *end, uint8_t mask, uint64_t signs)
{
    int64_t length = end - start;
    into->mask[cell] = mask;
    into->dirty[cell] = 0;
    into->hash[cell] = hash_of(start, end);
    into->signs[cell] = signs;
    into->longest = length > into->longest ? length : into->longest;
    into->shortest = length < into->shortest ? length : into->shortest;
    into->tally[LENGTHS_AT + length]++;
    into->tally[MASKS_AT + mask]++;
}

static void sum_up(const cells *block, facts *into)
{
    int64_t size = block->bounds[block->count] - block->bounds[0];
    for (int64_t mask = 0; mask < 256; mask++)
        into->tally[UNION] |= into->tally[MASKS_AT + mask] ? mask : 0;
    into->tally[CHARACTERS] = into->tally[TOTAL_CHARACTERS] = size;
    into->tally[LONGEST] = into->longest;
    into->tally[SHORTEST] = into->shortest;
    into->tally[FILLED] = block->count;
}

/* The next cell, or 0 where its bounds do not fit. */
static inline int next_cell(const cells *block, int64_t cell, int64_t *at, const uint8_t **start, const uint8_t **end)
{
    int64_t low = block->bounds[cell], high = block->bounds[cell + 1];
    if (low < *at || high < low || high > block->size - PAD)
        return 0;
    *at = high;
    *start = block->data + low;
    *end = block->data + high;
    return 1;
}

/* A day alone, or with the midnight that stands where a moment is asked for: `days.c` has the same. */
static inline int is_alone(const uint8_t *at, int64_t length)
{
    return length == 10 || (length == 19 && at[11] == '0' && at[12] == '0' && at[14] == '0' && at[15] == '0');
}

static int read_moments(const cells *block, facts *into, const typed *found, asked *all)
{
    const uint64_t signs = SIGN(BIRTH) | SIGN(MOMENT);
    int64_t at = PAD;
    for (int64_t cell = 0; cell < block->count; cell++) {
        const uint8_t *start, *end;
        int fraction, year;
        if (!next_cell(block, cell, &at, &start, &end) || !is_plain_moment(start, end - start, &fraction) ||
            end - start > LONG_CELL)
            return 0;
        year = number_of(start, 4);
        take_cell(into, cell, start, end, end - start > 10 ? DIGIT | NUMERIC_MARK | OTHER : DIGIT | NUMERIC_MARK, signs);
        found->birth[cell] = (uint8_t)(is_alone(start, end - start) && year >= OLDEST_BIRTH);
        found->years[year - OLDEST_DAY]++;
        all->lengths[0] |= SIGN(4) | SIGN(2) | (UINT64_C(1) << fraction & ~UINT64_C(1));
        all->long_number |= start[4] == '-' || end - start > 10;
    }
    all->signs = signs;
    sum_up(block, into);
    return 1;
}

/* The value of a number, rounded once as `read_number` does; no more than fourteen digits. */
static inline double value_of(const uint8_t *at, const uint8_t *end, int64_t behind)
{
    static const double tens[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};
    int64_t whole = 0;
    int negative = *at == '-';
    for (at += negative; at < end; at++)
        whole = *at == '.' ? whole : whole * 10 + (*at - '0');
    return negative ? -((double)whole / tens[behind]) : (double)whole / tens[behind];
}

enum { LONGEST_WHOLE = 9, LONGEST_BELOW_ZERO = 5 }; /* a longer one may be of some kind, and a hyphen before it a mark */

/* Digits alone, or a few with a hyphen before: the signs are those that reading.h finds. Returns 0 where it is none. */
static inline int take_whole(asked *all, const uint8_t *start, const uint8_t *end, uint64_t *signs)
{
    int64_t negative = *start == '-', digits = end - start - negative;
    const uint8_t *from = start + negative;
    if (digits < 1 || digits > (negative ? LONGEST_BELOW_ZERO : LONGEST_WHOLE) || !all_digits(from, digits))
        return 0;
    *signs = signs_of_word(start, end, from, digits, digits) | (digits == 8 ? SIGN(BIRTH) | SIGN(MOMENT) : 0);
    all->lengths[0] |= SIGN(digits);
    all->long_number |= negative ? is_digit(start[-1]) : all->carried + digits >= 7;
    all->carried = negative ? digits : all->carried + digits;
    return 1;
}

/* Digits, a point, digits. */
static inline int take_fraction(asked *all, const uint8_t *start, const uint8_t *end, int64_t *behind)
{
    int64_t negative = *start == '-', before = digits_of_amount(start, end);
    if (!before)
        return 0;
    *behind = end - start - before - negative - 1;
    all->lengths[0] |= SIGN(before) | SIGN(*behind);
    /* digits may go on across the edge of a cell, as numpy sees them */
    all->long_number |= negative ? is_digit(start[-1]) : all->carried + before >= 7;
    all->long_number |= before >= 7 || *behind >= 7;
    all->carried = *behind;
    return 1;
}

static int read_numbers(const cells *block, facts *into, const typed *found, asked *all)
{
    int64_t at = PAD;
    for (int64_t cell = 0; cell < block->count; cell++) {
        const uint8_t *start, *end;
        int64_t behind = 0;
        uint64_t signs = 0;
        if (!next_cell(block, cell, &at, &start, &end) || end - start > 16)
            return 0;
        if (take_fraction(all, start, end, &behind))
            take_cell(into, cell, start, end, DIGIT | NUMERIC_MARK, 0);
        else if (take_whole(all, start, end, &signs))
            take_cell(into, cell, start, end, *start == '-' ? DIGIT | NUMERIC_MARK : DIGIT, signs);
        else
            return 0;
        found->values[cell] = value_of(start, end, behind);
        all->signs |= signs;
    }
    sum_up(block, into);
    return 1;
}

/* Read a block of moments, or of `numbers`; 0 where some cell is another or the bounds do not fit, and nothing is known.
 *
 * `mask` to `joined` as exportgate_read() has them; the rest as `typed` says, of which the other's may be NULL.
 */
FACE int exportgate_typed(const cells *block, int numbers, uint8_t *mask, uint64_t *hash, uint8_t *dirty, int64_t *tally,
                          uint64_t *signs, uint64_t *joined, uint8_t *birth, int64_t *years, double *values)
{
    facts into = {mask, dirty, hash, signs, tally, 0, INT64_MAX};
    typed found = {birth, years, values};
    asked all = {0, {0, 0}, 0, 0};
    memset(tally, 0, TALLY * sizeof *tally);
    if (!block->count || !(numbers ? read_numbers(block, &into, &found, &all) : read_moments(block, &into, &found, &all)))
        return 0;
    joined[0] = all.signs;
    joined[1] = all.lengths[0];
    joined[2] = all.lengths[1];
    joined[3] = (uint64_t)all.long_number;
    return 1;
}
