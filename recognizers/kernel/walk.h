/* The walk over a cell that is no single token: its runs of letters and digits and the marks between, one after the other. */
#ifndef EXPORTGATE_WALK_H
#define EXPORTGATE_WALK_H

#include "look.h"
#include "runs.h"
#include "whole.h"

/* Whether seven digits in a row stand in the block so far; they may go on across the edge of a cell, as numpy sees them. */
static inline void take_digits(asked *block, uint64_t digit, int64_t length)
{
    uint64_t others = ~digit & low_bits(length), row = digit & digit >> 1;
    row &= row >> 2;
    row &= row >> 3;
    if (row || block->carried + (others ? lowest_bit(others) : length) >= 7)
        block->long_number = 1;
    if (others) {
        block->carried = 0;
        while (digit >> (length - 1 - block->carried) & 1)
            block->carried++;
    } else {
        block->carried += length;
    }
}

/* What stands before the point of a variant: c, g, m, n, p or r. */
static inline int is_gene_letter(uint8_t byte)
{
    return (uint8_t)(byte - 'a') < 26 && (UINT32_C(0x2B044) >> (byte - 'a') & 1);
}

static inline int is_base(uint8_t byte) { return byte == 'A' || byte == 'C' || byte == 'G' || byte == 'T'; }

/* One byte of ASCII that is neither letter nor digit. */
static inline void read_mark(seen *cell, asked *block, const uint8_t *at)
{
    switch (*at) {
    case '@':
        cell->signs |= SIGN(EMAIL);
        break;
    case '.':
        cell->points++;
        if (is_digit(at[-1]) && is_digit(at[1]) && is_digit(at[2]) && is_digit(at[3]))
            cell->fractions++;
        if (at > cell->start && is_gene_letter(at[-1]))
            cell->signs |= SIGN(VARIANT);
        break;
    case ':':
        cell->colons++;
        if (at[1] == ':')
            cell->signs |= SIGN(IP);
        if (at > cell->start && is_digit(at[-1]) && is_base(at[1]))
            cell->signs |= SIGN(VARIANT);
        break;
    case '-':
    case ' ':
        cell->hyphens += *at == '-';
        if (is_digit(at[-1]) && is_base(at[1]))
            cell->signs |= SIGN(VARIANT);
        block->long_number |= is_digit(at[-1]) && is_digit(at[1]);
        break;
    case '/':
        cell->strokes++;
        break;
    case '*':
        if (CLASS[at[-1]] & ALNUM && is_digit(at[1]))
            cell->signs |= SIGN(VARIANT); /* an allele: CYP2C19*2 */
        /* fall through */
    case '#':
        if ((at + 1 < cell->end && (at[1] == '*' || at[1] == '#' || at[1] >= 128)) || (at > cell->start && at[-1] >= 128))
            cell->signs |= SIGN(MASKED);
        break;
    case '<':
        if (at[1] == '<')
            cell->signs |= SIGN(MRZ) | SIGN(MRZ_CARD);
        break;
    case '+':
        if ((uint8_t)(at[1] - '1') < 9)
            cell->signs |= SIGN(LANDLINE);
        break;
    default:
        break;
    }
}

/* Signs of degrees: `lead` says where the bytes stand that may begin one. */
static inline int64_t degrees_at(const uint8_t *at, uint64_t lead)
{
    int64_t found = 0;
    for (; lead; lead &= lead - 1) {
        const uint8_t *sign = at + lowest_bit(lead);
        found += sign[0] == 0xC2 && sign[1] == 0xB0;
    }
    return found;
}

/* The name of a chromosome: `ch` says where the bytes stand that begin it. */
static inline uint64_t sign_of_chromosome(const uint8_t *at, uint64_t ch)
{
    for (; ch; ch &= ch - 1) {
        const uint8_t *name = at + lowest_bit(ch);
        if (name[1] == 'h' && name[2] == 'r')
            return SIGN(VARIANT);
    }
    return 0;
}

static inline void take_rare(seen *cell, const uint8_t *at, const sight *found)
{
    cell->degrees += degrees_at(at, found->lead);
    cell->signs |= sign_of_chromosome(at, found->ch);
}

/* Walk the runs and the marks of a stretch of at most 64 bytes, of which `found` says what they are.
 *
 * A run that touches the end of a stretch may go on: unless the stretch is the last, the walk ends before it, and what it
 * returns is how far it came.
 */
static inline int64_t walk(seen *cell, asked *block, const uint8_t *at, int64_t length, const sight *found)
{
    uint64_t alnum = found->digit | found->letter, left = low_bits(length) & ~found->high;
    int last = at + length == cell->end;
    while (left) {
        int first = lowest_bit(left);
        if (alnum >> first & 1) {
            uint64_t rest = ~(alnum >> first);
            int64_t size = rest ? lowest_bit(rest) : STRETCH;
            if (size > length - first)
                size = length - first;
            if (first + size == length && !last)
                return first;
            take_run(cell, block, at + first, size, count_bits(found->digit >> first & low_bits(size)));
            left &= size + first >= STRETCH ? 0 : ~low_bits(first + size);
        } else {
            read_mark(cell, block, at + first);
            left &= left - 1;
        }
    }
    return length;
}

/* A run that fills a whole stretch: rare enough to be read byte by byte. */
static const uint8_t *read_long_run(seen *cell, asked *block, const uint8_t *run)
{
    const uint8_t *at = run;
    int64_t digits = 0;
    for (; at < cell->end && CLASS[*at] & ALNUM; at++)
        digits += CLASS[*at] & DIGIT;
    take_run(cell, block, run, at - run, digits);
    return at;
}

/* A cell longer than a stretch. */
static void read_long(seen *cell, asked *block)
{
    const uint8_t *at = cell->start;
    int64_t digits = 0;
    for (const uint8_t *next = at; next < cell->end; next += STRETCH) {
        int64_t length = cell->end - next < STRETCH ? cell->end - next : STRETCH;
        sight found;
        see(&found, next, length);
        if (!block->long_number)
            take_digits(block, found.digit, length);
        if (found.lead | found.ch)
            take_rare(cell, next, &found);
        digits += count_bits(found.digit);
    }
    if (!(cell->mask & ~ALNUM)) {
        take_run(cell, block, at, cell->end - at, digits);
        return;
    }
    while (at < cell->end) {
        int64_t length = cell->end - at < STRETCH ? cell->end - at : STRETCH, walked;
        sight found;
        see(&found, at, length);
        walked = walk(cell, block, at, length, &found);
        at = walked ? at + walked : read_long_run(cell, block, at);
    }
}

static inline uint64_t may_open(uint8_t byte) { return byte == '0' || byte == '8'; }

/* A UUID may hold a service number in three groups of four, and may open one of its parts as telephone numbers open.
 *
 * Columns of them are common, and the walk over their nine parts is dear.
 */
static inline int read_uuid(seen *cell, asked *block, const sight *found)
{
    const uint8_t *at = cell->start;
    if (at[8] != '-' || at[13] != '-' || at[18] != '-' || at[23] != '-' || count_bits(found->digit | found->letter) != 32)
        return 0;
    for (int place = 8; place <= 23 && !block->long_number; place += 5)
        block->long_number |= is_digit(at[place - 1]) && is_digit(at[place + 1]);
    block->lengths[0] |= SIGN(4) | SIGN(8) | SIGN(12);
    cell->signs |= SIGN(UUID);
    cell->signs |= may_open(at[0]) << PHONE_HK;
    cell->signs |= (may_open(at[9]) | may_open(at[14]) | may_open(at[19]) | may_open(at[24])) << PHONE_TW;
    if (count_bits(found->digit >> 9 & low_bits(14)) == 12)
        cell->signs |= SIGN(LANDLINE);
    return 1;
}

/* Plain moments and amounts: no other recognizer finds anything in one, and the walk over their parts is dear. */
static inline int read_plain(seen *cell, asked *block, const sight *found)
{
    const uint8_t *at = cell->start;
    int64_t length = cell->end - at;
    int fraction, before;
    if (cell->mask & ~(DIGIT | NUMERIC_MARK | OTHER) || !(cell->mask & NUMERIC_MARK))
        return 0;
    if (is_plain_moment(at, length, &fraction)) {
        cell->signs = SIGN(BIRTH) | SIGN(MOMENT);
        block->lengths[0] |= SIGN(4) | SIGN(2) | (UINT64_C(1) << fraction & ~UINT64_C(1));
        block->long_number |= at[4] == '-' || length > 10;
    } else if (length <= 16 && (before = digits_of_amount(at, cell->end)) != 0) {
        block->lengths[0] |= SIGN(before) | SIGN(length - before - (*at == '-') - 1);
        block->long_number |= *at == '-' && is_digit(at[-1]);
    } else {
        return 0;
    }
    if (!block->long_number)
        take_digits(block, found->digit, length);
    return 1;
}

static INLINE void read_short(seen *cell, asked *block, const sight *found)
{
    int64_t length = cell->end - cell->start;
    if (!block->long_number)
        take_digits(block, found->digit, length);
    if (found->lead | found->ch)
        take_rare(cell, cell->start, found);
    if (length != 36 || cell->mask & ~(DIGIT | UPPER_HEX | LOWER_HEX | NUMERIC_MARK) || !read_uuid(cell, block, found))
        walk(cell, block, cell->start, length, found);
}

#endif
