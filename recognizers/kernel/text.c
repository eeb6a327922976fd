/* Names, addresses and plates: what is written with Chinese characters. */
#include "judge.h"

enum { LONG = 48, SHORT_ADDRESS = 20, LONG_ADDRESS = 180 };

static int listed(int64_t value, const int64_t *sorted, int64_t count)
{
    int64_t low = 0;
    while (count > 0) {
        int64_t half = count / 2;
        if (sorted[low + half] < value) {
            low += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return sorted[low] == value; /* the caller's list ends in a value that is never looked for */
}

/* Two to four characters that begin with a surname; with a dot between them numpy reads them. */
uint8_t judge_name(const one *cell, const tables *known)
{
    const uint8_t *at = cell->start;
    int64_t length = cell->end - at, size = length / 3;
    uint32_t first, second;
    int good, sure, twofold = 0;
    if (length > 12)
        return UNSURE; /* only those with a dot come here */
    for (const uint8_t *byte = at; byte < cell->end; byte++)
        if ((byte[0] == 0xC2 && byte[1] == 0xB7) || (byte[0] == 0xE2 && byte[1] == 0x80))
            return UNSURE;
    if (length != 6 && length != 9 && length != 12)
        return NOTHING;
    first = point_at(at);
    second = point_at(at + 3);
    if (size > 2 && known->compound_first[first])
        twofold = listed((int64_t)first << 16 | second, known->compound, known->compounds);
    good = (known->surname[first] && size < 4) || twofold;
    sure = good && (known->given[second] || twofold);
    for (int64_t place = 2; sure && place < size; place++)
        sure = known->given[point_at(at + 3 * place)];
    if (good && known->word_prefix[cell->hash & 0xFFFF] && listed(cell->hash, known->word, known->words))
        return NOTHING;
    return sure ? VALID : good ? SHAPE : NOTHING;
}

/* Whether a door's mark stands behind a number; in long text only digits count. */
static int after_number(const one *cell, const uint8_t *mark, const tables *known)
{
    if (mark == cell->start)
        return 0;
    if (is_digit(mark[-1]))
        return 1;
    if (cell->end - cell->start > LONG)
        return 0;
    return (uint8_t)((mark[-1] | 32) - 97) < 6 ||
           (mark - cell->start >= 3 && known->chinese_number[point_at(mark - 3)]);
}

/* Whether a mark that ends a clause stands here: ， ； ！ ？ or 。 */
static int is_stop(const uint8_t *at)
{
    if (at[0] == 0xEF)
        return at[1] == 0xBC && (at[2] == 0x8C || at[2] == 0x9B || at[2] == 0x81 || at[2] == 0x9F);
    return at[0] == 0xE3 && at[1] == 0x80 && at[2] == 0x82;
}

uint8_t judge_address(const one *cell, const tables *known)
{
    enum { AREAS = 1 | 2 | 4, STREET = 8, DOOR = 16 };
    int64_t length = cell->end - cell->start;
    uint8_t levels = 0, above;
    int sentence = 0;
    for (const uint8_t *at = cell->start; at < cell->end; at++) {
        uint8_t level;
        if ((at[0] & 240) != 224 || (at[1] & 192) != 128 || (at[2] & 192) != 128)
            continue;
        sentence |= is_stop(at);
        if (cell->end - at < 3)
            continue; /* half a character, and the next cell's bytes behind it */
        level = known->address[point_at(at)];
        if (level && (level != DOOR || (!(levels & DOOR) && after_number(cell, at, known))))
            levels |= level;
        at += 2; /* none of its other bytes begins a character */
    }
    above = levels & 15;
    if (!(levels & AREAS))
        return NOTHING;
    if (levels & DOOR && above & (above - 1))
        return length <= LONG_ADDRESS && !sentence ? VALID : INSIDE_VALID;
    return levels & (STREET | DOOR) && length >= SHORT_ADDRESS && length <= LONG && !sentence ? SHAPE : NOTHING;
}

static int is_plate_letter(uint8_t byte) { return is_letter(byte) && (byte | 32) != 'i'; }

/* A province, a letter and five or six letters and digits; all other forms are for numpy. */
uint8_t judge_plate(const one *cell, const tables *known)
{
    const uint8_t *at = cell->start + 4;
    int64_t size = cell->end - at;
    int digits = 0;
    if ((size != 5 && size != 6) || !known->province[point_at(cell->start)] || !is_alnum(at[-1]))
        return UNSURE;
    for (int64_t place = 0; place < size; place++) {
        if (!is_alnum(at[place]))
            return UNSURE;
        digits += is_digit(at[place]);
    }
    if (!is_plate_letter(at[-1]) || !digits)
        return NOTHING;
    for (int64_t place = 0; place < size; place++)
        if ((at[place] | 32) == 'i' || (at[place] | 32) == 'o')
            return NOTHING;
    if (size == 6 && !(!is_digit(at[0]) && all_digits(at + 2, 4)) && !(all_digits(at, 5) && !is_digit(at[5])))
        return NOTHING;
    return VALID;
}
