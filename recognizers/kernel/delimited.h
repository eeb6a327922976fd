/* Where the cells of delimited text end, 64 bytes at a time: compiled once for any machine and once for those with wide
 * registers.
 *
 * Only the one form that programs write is taken: RFC 4180 with any delimiter, lines that end in \n or \r\n. Empty lines
 * are passed over. All else is refused, for another parser to say what it is.
 */
#ifndef EXPORTGATE_DELIMITED_H
#define EXPORTGATE_DELIMITED_H

#include "wide.h"

/* The bytes of a stretch of 64 that mean something, one bit each. */
typedef struct {
    uint64_t quote, delimiter, newline, back; /* back: \r */
} delimited_sight;

#if defined(__AVX512BW__)

static inline delimited_sight marks_of(const uint8_t *at, uint8_t delimiter)
{
    __m512i bytes = _mm512_loadu_si512((const void *)at);
    return (delimited_sight){equal_to(bytes, '"'), equal_to(bytes, (char)delimiter), equal_to(bytes, '\n'), equal_to(bytes, '\r')};
}

#elif defined(__SSE2__)

static inline delimited_sight marks_of(const uint8_t *at, uint8_t delimiter)
{
    delimited_sight found = {0, 0, 0, 0};
    for (int place = 0; place < 64; place += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(at + place));
        found.quote |= bits_of(equal_to(bytes, '"')) << place;
        found.delimiter |= bits_of(equal_to(bytes, (char)delimiter)) << place;
        found.newline |= bits_of(equal_to(bytes, '\n')) << place;
        found.back |= bits_of(equal_to(bytes, '\r')) << place;
    }
    return found;
}

#else

static inline delimited_sight marks_of(const uint8_t *at, uint8_t delimiter)
{
    delimited_sight found = {0, 0, 0, 0};
    for (int place = 0; place < 64; place++) {
        found.quote |= (uint64_t)(at[place] == '"') << place;
        found.delimiter |= (uint64_t)(at[place] == delimiter) << place;
        found.newline |= (uint64_t)(at[place] == '\n') << place;
        found.back |= (uint64_t)(at[place] == '\r') << place;
    }
    return found;
}

#endif

/* From each quotation mark that opens up to before the one that closes. `open`: all bits, where one is open before. */
static inline uint64_t between_quotes(uint64_t quote, uint64_t open)
{
    for (int step = 1; step < 64; step *= 2)
        quote ^= quote << step;
    return quote ^ open;
}

/* What the stretch before ended with: 1 or 0 each, but `open`, which is all bits or none. */
typedef struct {
    uint64_t open, quote, edge, closing, back; /* edge: a delimiter, a line end or a quotation mark */
} carry;

/* The delimiters and line ends outside quotation marks; `odd` where a mark stands that this form does not have. */
static inline uint64_t edges_of(delimited_sight *seen, uint64_t inside, carry *before, int *odd, uint64_t *doubled)
{
    uint64_t quote = seen->quote & inside, within = between_quotes(quote, before->open);
    uint64_t opening = quote & within, closing = quote & ~within, back = seen->back & inside & ~within;
    uint64_t any = (seen->delimiter | seen->newline) & inside, edge = any | quote;
    *odd = (opening & ~(edge << 1 | before->edge)) != 0 ||
           ((closing << 1 | before->closing) & inside & ~(edge | seen->back)) != 0 ||
           ((back << 1 | before->back) & inside & ~seen->newline) != 0;
    *doubled |= opening & (quote << 1 | before->quote);
    *before = (carry){0 - (within >> 63), quote >> 63, edge >> 63, closing >> 63, back >> 63};
    seen->newline &= inside & ~within;
    return any & ~within;
}

/* Fill `ends` (where each cell ends: `columns` for each row) and `starts` (where each row begins, and behind the last one
 * where the next one will) and return how many whole rows there are; -1 where the text is of another form.
 *
 * `ends` has room for `size` + 4, `starts` for `size` + 1. `doubled`: whether a cell holds a quotation mark, which is
 * written twice. 64 bytes behind the text may be looked at.
 */
static inline int64_t rows_in(const uint8_t *text, int64_t size, uint8_t delimiter, int64_t columns, uint32_t *ends,
                              uint32_t *starts, int *doubled)
{
    carry before = {0, 0, 1, 0, 0};
    int64_t found = 0, first = 0, rows = 0, line = 0;
    uint64_t twice = 0;
    for (int64_t at = 0; at < size; at += 64) {
        delimited_sight seen = marks_of(text + at, delimiter);
        int odd;
        uint64_t edges = edges_of(&seen, low_bits(size - at), &before, &odd, &twice);
        if (odd)
            return -1;
        for (uint64_t left = seen.newline; left; left &= left - 1) {
            int bit = lowest_bit(left);
            int64_t delimiters = found + count_bits(edges & low_bits(bit)) - first, length = at + bit - line;
            if (!delimiters && (!length || (length == 1 && text[line] == '\r'))) {
                edges &= ~(UINT64_C(1) << bit); /* an empty line */
            } else {
                if (delimiters != columns - 1)
                    return -1;
                starts[rows++] = (uint32_t)line;
                first += columns;
            }
            line = at + bit + 1;
        }
        for (int64_t last = found + count_bits(edges); found < last; edges &= edges - 1)
            ends[found++] = (uint32_t)(at + lowest_bit(edges));
    }
    starts[rows] = (uint32_t)line;
    *doubled = twice != 0;
    return rows;
}

#endif
