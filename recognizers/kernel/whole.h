/* Signs of a cell as a whole: its first bytes, the classes of its bytes, days, what its marks and digits count up to. */
#ifndef EXPORTGATE_WHOLE_H
#define EXPORTGATE_WHOLE_H

#include "plain.h"
#include "signs.h"

/* What may begin with a byte. */
enum { PICTURE = 1, OPENING = 2, RARE = 4, IN_CAPITALS = 8 };
static const uint8_t opens[256] = {
    ['d'] = PICTURE, ['/'] = PICTURE, ['i'] = PICTURE, ['U'] = PICTURE | IN_CAPITALS, ['G'] = PICTURE | IN_CAPITALS,
    ['R'] = PICTURE | IN_CAPITALS, ['Q'] = PICTURE | IN_CAPITALS, [0xFF] = PICTURE, [0x89] = PICTURE,
    ['{'] = OPENING, ['['] = OPENING, ['<'] = OPENING,
    ['b'] = RARE, ['r'] = RARE, ['B'] = RARE | IN_CAPITALS,
    ['A'] = IN_CAPITALS, ['C'] = IN_CAPITALS, ['D'] = IN_CAPITALS, ['E'] = IN_CAPITALS, ['F'] = IN_CAPITALS,
    ['H'] = IN_CAPITALS, ['I'] = IN_CAPITALS, ['J'] = IN_CAPITALS, ['K'] = IN_CAPITALS, ['L'] = IN_CAPITALS,
    ['M'] = IN_CAPITALS, ['N'] = IN_CAPITALS, ['O'] = IN_CAPITALS, ['P'] = IN_CAPITALS, ['S'] = IN_CAPITALS,
    ['T'] = IN_CAPITALS, ['V'] = IN_CAPITALS, ['W'] = IN_CAPITALS, ['X'] = IN_CAPITALS, ['Y'] = IN_CAPITALS,
    ['Z'] = IN_CAPITALS};

/* What the counts of a whole cell say. */
static inline uint64_t signs_of_counts(const seen *cell)
{
    uint64_t found = 0;
    if (cell->pointed && cell->digits >= 11)
        found |= SIGN(MOBILE);
    if (cell->grouped && cell->digits >= 15)
        found |= SIGN(IMEI) | SIGN(ICCID);
    if (cell->grouped && cell->digits >= 10)
        found |= SIGN(LANDLINE) | (cell->digits >= 11 ? SIGN(MOBILE) : 0) | (cell->digits >= 15 ? SIGN(CARD) : 0) |
                 (cell->digits >= 17 ? SIGN(RESIDENT) | SIGN(FOREIGNER) : 0);
    if ((cell->points >= 3 && cell->digits >= 4) || cell->colons >= 7)
        found |= SIGN(IP);
    if (cell->colons + cell->hyphens >= 5 || cell->points >= 2)
        found |= SIGN(MAC);
    if (cell->fractions >= 2 || cell->degrees >= 2)
        found |= SIGN(PAIR);
    if (cell->strokes >= 2 && cell->digits >= 8)
        found |= SIGN(ID_MO);
    return found;
}

/* What a cell's first bytes say, when it is not all digits. */
static inline uint64_t signs_of_start(const seen *cell)
{
    const uint8_t *at = cell->start;
    int64_t length = cell->end - cell->start;
    uint8_t first = opens[*at];
    uint64_t found = 0;
    if (first & RARE) {
        if (length >= 5 && length <= 7 && (at[0] | 32) == 'b' && at[1] == '-')
            found |= SIGN(AIRCRAFT);
        if (length >= 3 && at[0] == 'r' && at[1] == 's' && is_digit(at[2]))
            found |= SIGN(VARIANT);
    }
    if (first & IN_CAPITALS && (length == 8 || length == 11) && (begins(at + 4, "CN") || begins(at + 4, "HK")))
        found |= SIGN(BIC);
    return found;
}

static inline int is_month(const uint8_t *at)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (const char *name = names; *name; name += 3)
        if ((at[0] | 32) == name[0] && (at[1] | 32) == name[1] && (at[2] | 32) == name[2])
            return 1;
    return 0;
}

/* A year at the end, behind a month's name or a mark after the first digits: 07MAR1990, Mar 7, 1990, 7.3.1990. */
static inline int is_year_last(const uint8_t *at, const uint8_t *end, uint8_t mask)
{
    if (!is_digit(end[-1]) || !is_digit(end[-2]) || end - at > (mask & ~ALNUM ? 20 : 15)) /* 07SEPTEMBER1990 */
        return 0;
    if (!(end[-4] == '1' && end[-3] == '9') && !(end[-4] == '2' && end[-3] == '0'))
        return 0;
    return is_date_mark(at[1]) || is_date_mark(at[2]) || is_month(at) || is_month(at + 1) || is_month(at + 2) ||
           is_month(at + 3);
}

/* 民国 or 中华民国 before a year of the republic. */
static inline int is_of_republic(const uint8_t *at, const uint8_t *end)
{
    return (at[0] & 0xFD) == 0xE4 && end - at >= 10 && end - at <= 40 &&
           (begins(at, "\xE6\xB0\x91") || begins(at, "\xE4\xB8\xAD"));
}

/* Days and moments: all digits, with marks between, before a 年, or in a form of elsewhere. */
static inline uint64_t signs_of_day(const seen *cell)
{
    const uint8_t *at = cell->start;
    int64_t length = cell->end - cell->start;
    int found = 0;
    if (length < 8)
        return 0;
    if (length == 8 || length == 14)
        found = all_digits(at, length);
    found |= is_date_mark(at[4]) && all_digits(at, 4);
    found |= begins(at + 4, "\xE5\xB9\xB4") || is_year_last(at, cell->end, cell->mask) || is_of_republic(at, cell->end);
    return found ? SIGN(BIRTH) | SIGN(MOMENT) : 0;
}

/* Whether one of the dots of a name stands in the cell. */
static inline int is_dotted(const uint8_t *at, const uint8_t *end)
{
    for (; at < end; at++)
        if ((at[0] == 0xC2 && at[1] == 0xB7) || (at[0] == 0xE2 && at[1] == 0x80))
            return 1;
    return 0;
}

/* Whether the first two bytes are those of a picture, as it is or as base64 text. */
static inline int is_picture(const uint8_t *at)
{
    static const uint8_t pairs[][2] = {{'d', 'a'}, {'/', '9'}, {'i', 'V'}, {'R', '0'}, {'U', 'k'},
                                       {0xFF, 0xD8}, {0x89, 'P'}, {'G', 'I'}, {'Q', 'k'}};
    for (size_t pair = 0; pair < sizeof pairs / sizeof *pairs; pair++)
        if (at[0] == pairs[pair][0] && at[1] == pairs[pair][1])
            return 1;
    return 0;
}

/* An address holds an area, another mark, a number and a door. */
enum { LEAST_ADDRESS = 10 };

/* A cell without ASCII; `lead` says where marks may begin in its first stretch. */
static inline uint64_t signs_of_wide(const uint8_t *start, const uint8_t *end, uint64_t lead)
{
    int64_t length = end - start;
    uint64_t found = length >= LEAST_ADDRESS ? SIGN(ADDRESS) : 0;
    if (length == 6 || length == 9 || length == 12 || (lead && length <= 60 && is_dotted(start, end)))
        found |= SIGN(NAME);
    if (opens[*start] & PICTURE && length >= 24 && is_picture(start))
        found |= SIGN(BASE64);
    if (is_of_republic(start, end))
        found |= SIGN(BIRTH) | SIGN(MOMENT);
    return found;
}

/* What the classes of the bytes of any other cell say, and its two ends. */
static inline uint64_t signs_of_mask(const seen *cell)
{
    int64_t length = cell->end - cell->start;
    uint8_t mask = cell->mask, first = *cell->start, last = cell->end[-1];
    uint64_t found = mask & HIGH && length >= LEAST_ADDRESS ? SIGN(ADDRESS) : 0;
    if (opens[first] & OPENING && length >= 2 &&
        ((first == '{' && last == '}') || (first == '[' && last == ']') || (first == '<' && last == '>')))
        found |= SIGN(DOCUMENT);
    if (opens[first] & PICTURE && length >= 24 && is_picture(cell->start))
        found |= SIGN(BASE64);
    if (!(mask & ~LETTERS))
        found |= SIGN(SEQUENCE); /* only long cells of letters alone come here */
    else if (!(mask & (HIGH | DIGIT)) && mask & OTHER && mask & LETTERS && length >= 4 && length <= 40 && is_upper(first))
        found |= SIGN(NAME_LATIN);
    return found;
}

/* A long cell of letters and digits. */
static inline uint64_t signs_of_long_token(const uint8_t *start, int64_t length, uint8_t mask)
{
    uint64_t found = mask & ~LETTERS ? 0 : SIGN(SEQUENCE);
    if (length >= 24 && opens[*start] & PICTURE && is_picture(start))
        found |= SIGN(BASE64);
    return found;
}

/* A cell of letters and digits, by what it begins with, and by the year it ends in. */
static inline uint64_t signs_of_short_token(const uint8_t *start, const uint8_t *end)
{
    int64_t length = end - start;
    uint64_t found = 0;
    if (*start == 'r' && length >= 3 && start[1] == 's' && is_digit(start[2]))
        found |= SIGN(VARIANT);
    if ((length == 8 || length == 11) && opens[*start] & IN_CAPITALS && (begins(start + 4, "CN") || begins(start + 4, "HK")))
        found |= SIGN(BIC);
    if (length >= 8 && is_year_last(start, end, ALNUM))
        found |= SIGN(BIRTH) | SIGN(MOMENT);
    return found;
}

#endif
