/* Identifiers of letters and digits, in cells that hold nothing else. */
#include "judge.h"

enum { OLDEST = 1850, YOUNGEST = 2100 };

static uint8_t resident(const one *cell, int foreign)
{
    static const uint8_t weight[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    const uint8_t *at = cell->start;
    int total = 0;
    if (cell->end - at != 18 || cell->mask & ~ALNUM)
        return UNSURE;
    if (!all_digits(at, 17) || !(is_digit(at[17]) || (at[17] | 32) == 'x') || at[0] == '0' ||
        (at[0] == '9') != foreign || !is_day_of(at + 6, OLDEST, YOUNGEST))
        return NOTHING;
    for (int place = 0; place < 17; place++)
        total += (at[place] - 48) * weight[place];
    return "10X98765432"[total % 11] == (at[17] == 'x' ? 'X' : at[17]) ? VALID : SHAPE;
}

uint8_t judge_resident(const one *cell, const tables *known)
{
    (void)known;
    return resident(cell, 0);
}

uint8_t judge_foreigner(const one *cell, const tables *known)
{
    (void)known;
    return resident(cell, 1);
}

uint8_t judge_mobile(const one *cell, const tables *known)
{
    const uint8_t *at = cell->start;
    if (cell->end - at != 11 || cell->mask != DIGIT)
        return UNSURE;
    if (at[0] != '1' || at[1] < '3')
        return NOTHING;
    return known->mobile[number_of(at, 3)] ? VALID : SHAPE;
}

uint8_t judge_card(const one *cell, const tables *known)
{
    const uint8_t *at = cell->start;
    int64_t length = cell->end - at;
    int total = 0;
    if (length < 14 || length > 19 || cell->mask != DIGIT)
        return UNSURE;
    if (at[0] == '0' || !known->card[length * 10000 + number_of(at, 4)])
        return NOTHING;
    for (int64_t place = 0; place < length; place++) {
        int value = at[length - 1 - place] - 48;
        total += place % 2 ? (value > 4 ? 2 * value - 9 : 2 * value) : value;
    }
    return total % 10 ? SHAPE : VALID;
}

uint8_t judge_vin(const one *cell, const tables *known)
{
    static const uint8_t weight[17] = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    const uint8_t *at = cell->start;
    int total = 0, check;
    uint8_t letters = 0;
    if (cell->end - at != 17 || cell->mask & ~ALNUM)
        return UNSURE;
    for (int place = 0; place < 17; place++) {
        uint8_t worth = place < 13 ? known->vin[at[place]] : (uint8_t)(at[place] - 48);
        if (worth > 9)
            return NOTHING;
        if (place < 13)
            letters |= at[place] & 64;
        total += worth * weight[place];
    }
    if (!letters)
        return NOTHING;
    check = (at[8] | 32) == 'x' ? 10 : (uint8_t)(at[8] - 48);
    return check == total % 11 ? VALID : SHAPE;
}

static int one_of(uint8_t byte, const char *letters)
{
    return byte && strchr(letters, byte & 0xDF) && byte & 64;
}

/* A letter that may stand second in a document's number: all but I and O. */
static int may_be_second(uint8_t byte) { return is_upper(byte & 0xDF) && (byte & 0xDF) != 'I' && (byte & 0xDF) != 'O'; }

uint8_t judge_passport(const one *cell, const tables *known)
{
    const uint8_t *at = cell->start;
    int right;
    (void)known;
    if (cell->end - at != 9 || cell->mask & ~ALNUM)
        return UNSURE;
    if (is_digit(at[1]))
        right = one_of(at[0], "EGDSPK");
    else
        right = (one_of(at[0], "E") && may_be_second(at[1])) || (one_of(at[0], "PSD") && one_of(at[1], "E")) ||
                (one_of(at[0], "M") && one_of(at[1], "A")) || (one_of(at[0], "K") && one_of(at[1], "J"));
    return right && all_digits(at + 2, 7) ? VALID : NOTHING;
}

uint8_t judge_permit(const one *cell, const tables *known)
{
    const uint8_t *at = cell->start;
    int64_t length = cell->end - at;
    int right;
    (void)known;
    if ((length != 9 && length != 11) || cell->mask & ~ALNUM)
        return UNSURE;
    if (length == 11)
        right = one_of(at[0], "HM") && all_digits(at + 1, 10);
    else
        right = all_digits(at + 2, 7) && ((one_of(at[0], "HMCWLT") && is_digit(at[1])) ||
                                          (one_of(at[0], "C") && may_be_second(at[1])));
    return right ? VALID : NOTHING;
}

/* Only whole cells are taken: nine digits are too plain inside longer text. */
uint8_t judge_passport_old(const one *cell, const tables *known)
{
    const uint8_t *at = cell->start;
    (void)known;
    return cell->end - at == 9 && cell->mask == DIGIT && at[0] == '1' && (at[1] == '4' || at[1] == '5') ? VALID : NOTHING;
}

uint8_t judge_meddra(const one *cell, const tables *known)
{
    const uint8_t *at = cell->start;
    (void)known;
    return cell->end - at == 8 && cell->mask == DIGIT && at[0] == '1' && at[1] == '0' ? VALID : NOTHING;
}

uint8_t judge_uuid(const one *cell, const tables *known)
{
    const uint8_t *at = cell->start;
    int hexes = 0;
    (void)known;
    if (cell->end - at != 36)
        return UNSURE;
    if (at[8] != '-' || at[13] != '-' || at[18] != '-' || at[23] != '-')
        return NOTHING;
    for (int place = 0; place < 36; place++) /* without branches: digits and letters alternate */
        hexes += is_hex(at[place]);
    if (hexes < 32)
        return NOTHING;
    return VALID;
}

/* Whether an address ends in a point and at least two letters, all behind the @. */
static int letters_end(const uint8_t *at, const uint8_t *end)
{
    const uint8_t *point = end - 1;
    while (point > at && is_letter(*point))
        point--;
    return end - 1 - point >= 2 && end - 1 - point <= 62 && *point == '.' && point > at + 1 && point[-1] != '.';
}

static int is_local_mark(uint8_t byte) { return byte == '.' || byte == '%' || byte == '+' || byte == '-'; }

/* Cells of nothing but the characters of an address, with one @. */
uint8_t judge_email(const one *cell, const tables *known)
{
    const uint8_t *start = cell->start, *end = cell->end, *at = 0;
    (void)known;
    for (const uint8_t *byte = start; byte < end; byte++) {
        if (*byte == '@') {
            if (at)
                return UNSURE;
            at = byte;
        } else if (!is_alnum(*byte) && *byte != '_' && !is_local_mark(*byte)) {
            return UNSURE;
        }
    }
    if (!at || at + 1 == end)
        return UNSURE;
    for (int twice = 0; twice < 2 && start < at; twice++)
        start += is_local_mark(*start);
    end -= (end[-1] == '.') + (end[-1] == '-');
    if (at <= start || !is_alnum(at[1]) || at[-1] == '.' || !letters_end(at, end))
        return NOTHING;
    return start == cell->start && end == cell->end ? VALID : INSIDE_VALID;
}
