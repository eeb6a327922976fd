/* Identifiers of letters and digits, in cells that hold nothing else. */
#include "judge.h"

enum { OLDEST = 1850, YOUNGEST = 2100 };

/* A run of letters and digits inside a cell: the next one from `at` on; its start is the cell's end when there is none. */
typedef struct {
    const uint8_t *start, *end;
    int64_t digits;
    int joined; /* by one space or hyphen to a run before it that ends in a digit */
} run;

static run next_run(const one *cell, const uint8_t *at)
{
    run found = {at, at, 0, 0};
    while (found.start < cell->end && !is_alnum(*found.start))
        found.start++;
    for (found.end = found.start; found.end < cell->end && is_alnum(*found.end); found.end++)
        found.digits += is_digit(*found.end);
    if (found.start - cell->start >= 2 && found.start < cell->end)
        found.joined = (found.start[-1] == ' ' || found.start[-1] == '-') && is_digit(found.start[-2]) &&
                       is_digit(*found.start);
    return found;
}

/* The better of what two runs of one cell say of what stands inside it. */
static uint8_t better(uint8_t said, uint8_t more) { return said == INSIDE_VALID || more == NOTHING ? said : more; }

static int is_right_resident(const uint8_t *at)
{
    static const uint8_t weight[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int total = 0;
    for (int place = 0; place < 17; place++)
        total += (at[place] - 48) * weight[place];
    return "10X98765432"[total % 11] == (at[17] == 'x' ? 'X' : at[17]);
}

/* Eighteen digits, or seventeen and an X, that begin with the right digit and hold a day. */
static int is_resident(const uint8_t *at, int foreign)
{
    return at[0] != '0' && (at[0] == '9') == foreign && is_day_of(at + 6, OLDEST, YOUNGEST);
}

/* Resident numbers in a run: alone in it, or glued to letters. */
static uint8_t residents_in(run word, int foreign)
{
    uint8_t said = NOTHING;
    for (const uint8_t *at = word.start; at < word.end; at++) {
        const uint8_t *first = at;
        int64_t length;
        while (at < word.end && is_digit(*at))
            at++;
        length = at - first;
        if (length == 17 && at < word.end && (*at | 32) == 'x' && (at + 1 == word.end || !is_digit(at[1])))
            length = 18;
        if (length != 18 || !is_resident(first, foreign))
            continue;
        if (is_right_resident(first))
            return INSIDE_VALID;
        if (word.end - word.start == 18)
            said = INSIDE; /* glued digits are too many to be taken on shape alone */
    }
    return said;
}

static uint8_t resident(const one *cell, int foreign)
{
    const uint8_t *at = cell->start;
    uint8_t said = NOTHING;
    if (cell->end - at == 18 && !(cell->mask & ~ALNUM)) {
        if (!all_digits(at, 17) || !(is_digit(at[17]) || (at[17] | 32) == 'x') || !is_resident(at, foreign))
            return NOTHING;
        return is_right_resident(at) ? VALID : SHAPE;
    }
    while (at < cell->end) {
        run word = next_run(cell, at);
        if (word.joined)
            return UNSURE;
        if (word.digits >= 17)
            said = better(said, residents_in(word, foreign));
        at = word.end;
    }
    return said;
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

/* A number is whole behind a country code or brackets too: short cells of those are for numpy. */
uint8_t judge_mobile(const one *cell, const tables *known)
{
    const uint8_t *at = cell->start;
    uint8_t said = NOTHING;
    if (cell->end - at == 11 && cell->mask == DIGIT)
        return at[0] != '1' || at[1] < '3' ? NOTHING : known->mobile[number_of(at, 3)] ? VALID : SHAPE;
    if (cell->end - at <= 24)
        return UNSURE;
    while (at < cell->end) {
        run word = next_run(cell, at);
        int64_t length = word.end - word.start;
        if (word.joined || (word.digits == length && (length == 12 || length == 13 || length == 15)))
            return UNSURE;
        if (length == 4 && word.digits == 4 && (word.start[-1] == '.' || word.start[-1] == 0xB7))
            return UNSURE; /* a group behind a point */
        if (length == 11 && word.digits == 11 && word.start[0] == '1' && word.start[1] >= '3')
            said = better(said, known->mobile[number_of(word.start, 3)] ? INSIDE_VALID : INSIDE);
        at = word.end;
    }
    return said;
}

static uint8_t card(const uint8_t *at, int64_t length, const tables *known)
{
    int total = 0;
    if (at[0] == '0' || !known->card[length * 10000 + number_of(at, 4)])
        return NOTHING;
    for (int64_t place = 0; place < length; place++) {
        int value = at[length - 1 - place] - 48;
        total += place % 2 ? (value > 4 ? 2 * value - 9 : 2 * value) : value;
    }
    return total % 10 ? SHAPE : VALID;
}

uint8_t judge_card(const one *cell, const tables *known)
{
    const uint8_t *at = cell->start;
    uint8_t said = NOTHING;
    if (cell->end - at <= 19 && cell->mask == DIGIT)
        return cell->end - at < 14 ? NOTHING : card(at, cell->end - at, known);
    while (at < cell->end) {
        run word = next_run(cell, at);
        int64_t length = word.end - word.start;
        if (word.joined)
            return UNSURE;
        if (length >= 14 && length <= 19 && word.digits == length) {
            uint8_t found = card(word.start, length, known);
            said = better(said, found == VALID ? INSIDE_VALID : found == SHAPE ? INSIDE : NOTHING);
        }
        at = word.end;
    }
    return said;
}

/* The rest of an account number by 97, its first four characters moved to the end. */
static int rest_of(const uint8_t *at, int64_t length)
{
    int rest = 0;
    for (int64_t step = 0; step < length; step++) {
        uint8_t byte = at[step + 4 < length ? step + 4 : step + 4 - length];
        rest = (is_digit(byte) ? rest * 10 + byte - 48 : rest * 100 + (byte & 223) - 55) % 97;
    }
    return rest;
}

/* As long, and of digits (1) and letters (2) at such places, as account numbers of the country. */
static int fits_country(const uint8_t *at, int64_t length, const uint8_t *forms)
{
    const uint8_t *form = forms + 32 * (26 * ((at[0] & 0xDF) - 'A') + (at[1] & 0xDF) - 'A');
    if (form[31] != length)
        return 0;
    for (int64_t place = 4; place < length; place++)
        if (!(form[place - 4] & (is_digit(at[place]) ? 1 : 2)))
            return 0;
    return 1;
}

/* Two letters, two digits and a space. */
static int is_first_group(const uint8_t *at, const uint8_t *end, const uint8_t *last)
{
    return end - at == 4 && end < last && *end == ' ' && is_letter(at[0]) && is_letter(at[1]) && is_digit(at[2]) &&
           is_digit(at[3]);
}

/* Account numbers without spaces; those in groups of four are for numpy. */
uint8_t judge_iban(const one *cell, const tables *known)
{
    const uint8_t *at = cell->start;
    uint8_t said = NOTHING;
    while (at < cell->end) {
        run word = next_run(cell, at);
        int64_t length = word.end - word.start;
        if (is_first_group(word.start, word.end, cell->end))
            return UNSURE;
        if (length >= 15 && length <= 34 && is_letter(word.start[0]) && is_letter(word.start[1]) &&
            is_digit(word.start[2]) && is_digit(word.start[3]) && fits_country(word.start, length, known->iban)) {
            int right = rest_of(word.start, length) == 1;
            if (length == cell->end - cell->start)
                return right ? VALID : SHAPE;
            said = better(said, right ? INSIDE_VALID : NOTHING);
        }
        at = word.end;
    }
    return said;
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
                (one_of(at[0], "M") && one_of(at[1], "AB")) || (one_of(at[0], "K") && one_of(at[1], "J"));
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
