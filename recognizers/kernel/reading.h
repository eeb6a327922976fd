/* One look at every byte of a block: what each cell is written with, its hash, whether it needs cleaning, and which
 * recognizers may find something in it. Compiled once for any machine and once for those with wide registers.
 */
#include "hash.h"
#include "look.h"
#include "walk.h"

enum { LONG_CELL = 48, LONG_WIDE_CELL = 24 };

/* Where in `tally` each count stands: see `cells_compiled.CompiledBlock`. */
enum { CHARACTERS, TOTAL_CHARACTERS, LONGEST, SHORTEST, UNION, DIRTY, FILLED, LENGTHS_AT = 16, MASKS_AT = 80, TALLY = 336 };

/* What recognizers may find in a cell of nothing but letters and digits that is no longer than a stretch. */
static INLINE uint64_t signs_of_token(asked *block, const uint8_t *start, const uint8_t *end, const look *found)
{
    int64_t length = end - start, digits = count_bits(found->first.digit);
    uint64_t signs = signs_of_word(start, end, start, length, digits);
    if (!block->long_number)
        take_digits(block, found->first.digit, length);
    note_length(block, length);
    if (digits == length)
        return length == 8 || length == 14 ? signs | SIGN(BIRTH) | SIGN(MOMENT) : signs;
    if (found->first.ch)
        signs |= sign_of_chromosome(start, found->first.ch);
    return signs | (length < 20 ? signs_of_short_token(start, end) : signs_of_long_token(start, length, found->mask));
}

/* What recognizers may find in any other cell that is not empty. */
static NOINLINE uint64_t signs_of_mixed(asked *block, const uint8_t *start, const uint8_t *end, const look *found)
{
    seen cell = {start, end, found->mask, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    if (read_plain(&cell, block, &found->first))
        return cell.signs;
    cell.signs = signs_of_mask(&cell) | (found->marks & STAR ? SIGN(MASKED) : 0);
    if (end - start > STRETCH)
        read_long(&cell, block);
    else
        read_short(&cell, block, &found->first);
    return cell.signs | signs_of_counts(&cell) | signs_of_start(&cell) | signs_of_day(&cell);
}

/* What recognizers may find in a cell that is not empty. */
static INLINE uint64_t signs_of_cell(asked *block, const uint8_t *start, const uint8_t *end, const look *found)
{
    if (found->mask == HIGH) {
        block->carried = 0;
        return signs_of_wide(start, end, found->first.lead) | (found->marks & STAR ? SIGN(MASKED) : 0);
    }
    if (!(found->mask & ~ALNUM) && end - start <= STRETCH)
        return signs_of_token(block, start, end, found);
    return signs_of_mixed(block, start, end, found);
}

/* Survey a block, and find its signs where `signs` is given: see `exportgate_read`. */
static inline void survey_block(const cells *block, const int64_t *weight, uint8_t *mask, uint64_t *hash, uint8_t *dirty,
                                int64_t *tally, uint64_t *signs, asked *all)
{
    int64_t longest = 0, shortest = INT64_MAX, filled = 0, many_dirty = 0, weighed = 0, total = 0;
    uint8_t joined = 0;
    for (int64_t cell = 0; cell < block->count; cell++) {
        const uint8_t *start = block->data + block->bounds[cell], *end = block->data + block->bounds[cell + 1];
        int64_t length = end - start, often = weight ? weight[cell] : 1;
        look seen;
        look_at(&seen, start, end);
        uint8_t found = seen.mask;
        int wide = seen.marks & WIDE || (found & OTHER && (is_edge(*start) || is_edge(end[-1])));
        int64_t longest_counted = found & HIGH ? LONG_WIDE_CELL : LONG_CELL, characters = length - seen.further;
        mask[cell] = found;
        dirty[cell] = (uint8_t)wide;
        hash[cell] = hash_of(start, end);
        if (signs) {
            signs[cell] = length ? signs_of_cell(all, start, end, &seen) : 0;
            all->signs |= signs[cell];
        }
        joined |= found;
        many_dirty += wide;
        filled += length > 0;
        longest = length > longest ? length : longest;
        shortest = length < shortest ? length : shortest;
        weighed += characters * often;
        total += characters;
        tally[LENGTHS_AT + (length <= longest_counted ? characters : LONG_CELL + 1)] += often;
        tally[MASKS_AT + (length > LONG_CELL ? coarse(found) : found)] += often;
    }
    tally[CHARACTERS] = weighed;
    tally[TOTAL_CHARACTERS] = total;
    tally[LONGEST] = longest;
    tally[SHORTEST] = block->count ? shortest : 0;
    tally[UNION] = joined;
    tally[DIRTY] = many_dirty;
    tally[FILLED] = filled;
}

/* Find the signs of a block that was surveyed without them. */
static inline void find_signs(const cells *block, const uint8_t *mask, uint64_t *signs, asked *all)
{
    for (int64_t cell = 0; cell < block->count; cell++) {
        const uint8_t *start = block->data + block->bounds[cell], *end = block->data + block->bounds[cell + 1];
        look seen;
        look_at(&seen, start, end);
        seen.mask = mask[cell];
        signs[cell] = start < end ? signs_of_cell(all, start, end, &seen) : 0;
        all->signs |= signs[cell];
    }
}
