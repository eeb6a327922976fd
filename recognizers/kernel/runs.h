/* Signs of a run of letters and digits: what its length, its digits and its neighbours let it be.
 *
 * Each test is weaker than the recognizer's own, never stronger.
 */
#ifndef EXPORTGATE_RUNS_H
#define EXPORTGATE_RUNS_H

#include "signs.h"

/* Telephone numbers of Hong Kong, Macao and Taiwan open with a code, after a mark or nothing. */
static inline uint64_t signs_of_opening(const uint8_t *run, int south, int taiwan)
{
    uint64_t found = 0;
    if (*run != '0' && *run != '8')
        return 0;
    if (south && (begins(run, "852") || begins(run, "853") || begins(run, "0085")))
        found |= SIGN(PHONE_HK);
    if (taiwan && (*run == '0' || begins(run, "886")))
        found |= SIGN(PHONE_TW);
    return found;
}

/* A residue, V600E, or an intron, IVS2: four to six letters and digits, residues also three. */
static inline uint64_t sign_of_variant(const uint8_t *run, int64_t length, int64_t digits)
{
    if (digits == length - 2 && is_upper(run[0]) && is_upper(run[length - 1]))
        return SIGN(VARIANT);
    return length > 3 && begins(run, "IVS") ? SIGN(VARIANT) : 0;
}

/* Twenty-eight letters, digits, hyphens and underscores, of which the first is an o: an account of WeChat. */
static inline uint64_t sign_of_account(const uint8_t *start, const uint8_t *end, const uint8_t *run)
{
    if (end - run < 28 || (run > start && (run[-1] == '-' || run[-1] == '_')))
        return 0;
    for (int place = 1; place < 28; place++)
        if (!(CLASS[run[place]] & ALNUM) && run[place] != '-' && run[place] != '_')
            return 0;
    return SIGN(OPEN_ID);
}

/* A landline behind the code of the country, nothing between. */
static inline uint64_t sign_of_country(const uint8_t *run, int all_of_digits)
{
    return all_of_digits && begins(run, "0086") ? SIGN(LANDLINE) : 0;
}

/* An area code in brackets. */
static inline uint64_t sign_of_area(const uint8_t *run, uint8_t before, uint8_t next, int all_of_digits)
{
    return all_of_digits && *run == '0' && before == '(' && next == ')' ? SIGN(LANDLINE) : 0;
}

/* M80000/3: the morphology of a tumour. */
static inline uint64_t sign_of_tumour(const uint8_t *run, uint8_t next, int64_t length, int64_t digits)
{
    return next == '/' && digits == length - 1 && (*run | 32) == 'm' ? SIGN(ICD10) : 0;
}

/* The last part of a vehicle's number that stands apart: behind six characters, a mark on both their sides. */
static inline uint64_t sign_of_parts(const uint8_t *start, const uint8_t *run)
{
    if (run - start < 11 || (run[-1] != ' ' && run[-1] != '-') || (run[-8] != ' ' && run[-8] != '-'))
        return 0;
    return all_digits(run + 4, 4) ? SIGN(VIN) : 0;
}

static inline uint64_t sign_of_bracket(uint8_t next, int64_t digits)
{
    if (next != '(' && next != '[')
        return 0;
    return digits == 7 ? SIGN(ID_MO) | SIGN(ID_HK) : SIGN(ID_HK);
}

static inline uint64_t signs_of_eight(const uint8_t *run, int64_t digits, const uint8_t *last)
{
    const uint8_t *end = run + 8;
    uint8_t next = end < last ? *end : 0;
    uint64_t found = signs_of_opening(run, 1, 0) | sign_of_bracket(next, digits);
    if (digits == 8)
        found |= run[0] == '1' && run[1] == '0' ? SIGN(MEDDRA) : 0;
    else if (digits >= 6 && is_letter(run[0]) && all_digits(run + 1, 6))
        found |= SIGN(ID_HK);
    if (next == '-' && last - run >= 36 && end[5] == '-' && end[10] == '-' && end[15] == '-')
        found |= SIGN(UUID);
    return found;
}

static inline uint64_t signs_of_nine(const uint8_t *run, int64_t digits)
{
    uint64_t found = signs_of_opening(run, 1, 0);
    if (digits == 9)
        return found | (run[0] == '1' && (run[1] == '4' || run[1] == '5') ? SIGN(PASSPORT_OLD) : 0);
    if (digits < 6 || !is_letter(run[0]))
        return found;
    if (digits == 8)
        return found | (one_of(run[0], "EGDSPK") ? SIGN(PASSPORT) : 0) | (one_of(run[0], "HMCWLT") ? SIGN(PERMIT) : 0);
    if (!is_letter(run[1]) || !all_digits(run + 2, 6))
        return found;
    return found | SIGN(ID_HK) | (one_of(run[0], "EPSDMK") ? SIGN(PASSPORT) : 0) |
           (one_of(run[0], "C") ? SIGN(PERMIT) : 0);
}

/* Fifteen to nineteen, and on. */
static inline uint64_t signs_of_long(const uint8_t *run, int64_t length, int64_t digits)
{
    uint64_t found = 0;
    if (digits == length) {
        if (length == 15) {
            found |= SIGN(IMEI) | (run[0] == '4' ? SIGN(IMSI) : 0) | sign_of_country(run, 1);
            if (begins(run, "00861"))
                found |= SIGN(MOBILE);
            if (is_day(2000, number_of(run + 8, 2), number_of(run + 10, 2)))
                found |= SIGN(RESIDENT_15);
        } else if (length == 16) {
            found |= SIGN(IMEISV);
        }
        if (length <= 19 && run[0] != '0')
            found |= SIGN(CARD);
    } else {
        if (length == 15 && digits == 12 && is_letter(run[0]) && is_letter(run[1]))
            found |= SIGN(FOREIGNER_OLD);
        if (length == 17 && all_digits(run + 13, 4))
            found |= SIGN(VIN);
        if (length >= 32 && digits)
            found |= SIGN(HASHED);
        if (length <= 34 && is_letter(run[0]) && is_letter(run[1]) && is_digit(run[2]) && is_digit(run[3]))
            found |= SIGN(IBAN);
    }
    if (length == 18 && all_digits(run + 2, 6))
        found |= SIGN(CREDIT);
    if ((length == 19 || length == 20) && begins(run, "89"))
        found |= SIGN(ICCID);
    return found;
}

/* `start` and `last` are those of the cell. */
static inline uint64_t signs_of_run(const uint8_t *start, const uint8_t *last, const uint8_t *run, int64_t length,
                                    int64_t digits)
{
    const uint8_t *end = run + length;
    uint8_t next = end < last ? *end : 0, before = run > start ? run[-1] : 0;
    uint64_t found;
    switch (length) {
    case 1:
        return before & 128 && is_letter(*run) ? SIGN(PLATE) : 0;
    case 2:
        return *end == '-' || *end == ')' || *end == ' ' ? signs_of_opening(run, 0, 1) : 0;
    case 3:
        found = signs_of_opening(run, 1, 1) | sign_of_variant(run, length, digits);
        found |= sign_of_area(run, before, next, digits == 3);
        if (is_letter(run[0]) && is_digit(run[1]) && (next == '.' || last - start == 3))
            found |= SIGN(ICD10);
        return found;
    case 4:
        found = signs_of_opening(run, 0, 1) | sign_of_area(run, before, next, digits == 4);
        if (next == ' ' && is_letter(run[0]) && is_letter(run[1]) && is_digit(run[2]) && is_digit(run[3]))
            found |= SIGN(IBAN);
        return found | sign_of_variant(run, length, digits);
    case 5:
        found = signs_of_opening(run, 1, 1) | sign_of_variant(run, length, digits);
        return found | (before & 128 ? SIGN(PLATE) : 0) | sign_of_tumour(run, next, length, digits);
    case 6:
        found = before & 128 || (digits == 6 && next & 128) ? SIGN(PLATE) : 0;
        found |= sign_of_tumour(run, next, length, digits);
        return found | sign_of_variant(run, length, digits);
    case 7:
        found = signs_of_opening(run, 1, 1) | sign_of_bracket(next, digits) | (before & 128 ? SIGN(PLATE) : 0);
        if (digits == 4 && is_letter(run[0]) && is_letter(run[3]) && is_letter(run[4]))
            found |= SIGN(ATC);
        return found;
    case 8:
        return signs_of_eight(run, digits, last) | sign_of_parts(start, run);
    case 9:
        return signs_of_nine(run, digits);
    case 10:
        found = signs_of_opening(run, 0, 1);
        return found | (digits != 10 && digits >= 8 && is_letter(run[0]) ? SIGN(ID_TW) : 0);
    case 11:
        found = signs_of_opening(run, 1, 0) | (begins(run, "886") ? SIGN(PHONE_TW) : 0);
        if (digits == 11)
            return found | (run[0] == '1' ? SIGN(MOBILE) : 0);
        return found | (digits == 10 && one_of(run[0], "HM") ? SIGN(PERMIT) : 0);
    case 12:
        found = signs_of_opening(run, 0, 1);
        return found | (digits == 12 && run[0] == '0' && run[1] == '1' ? SIGN(MOBILE) : 0);
    case 13:
        found = signs_of_opening(run, 1, 0) | sign_of_country(run, digits == 13);
        found |= begins(run, "00886") ? SIGN(PHONE_TW) : 0;
        return found | (digits == 13 && begins(run, "861") ? SIGN(MOBILE) : 0);
    case 14:
        found = signs_of_opening(run, 0, 1) | sign_of_country(run, digits == 14);
        return found | (digits == 14 && run[0] != '0' ? SIGN(CARD) : 0);
    default:
        return signs_of_long(run, length, digits);
    }
}

/* Eighteen digits, or seventeen and an X, of which eight are a day: a resident number, also glued to letters. */
static inline uint64_t signs_of_long_digits(const uint8_t *digits, int64_t length, const uint8_t *end)
{
    if (length != 18 && !(length == 17 && digits + 17 < end && (digits[17] | 32) == 'x'))
        return 0;
    if (digits[0] == '0' || !is_day_of(digits + 6, OLDEST, YOUNGEST))
        return 0;
    return SIGN(digits[0] == '9' ? FOREIGNER : RESIDENT);
}

/* The long rows of digits in a run; `last` is the end of the cell. */
static inline uint64_t signs_inside(const uint8_t *last, const uint8_t *run, const uint8_t *end)
{
    uint64_t found = 0;
    for (const uint8_t *at = run; at < end; at++) {
        const uint8_t *first = at;
        while (at < end && is_digit(*at))
            at++;
        if (at - first >= 17)
            found |= signs_of_long_digits(first, at - first, last);
    }
    return found;
}

/* Four x in the place of digits: 138xxxx8000. */
static inline int is_crossed(const uint8_t *at)
{
    return (at[0] | 32) == 'x' && (at[1] | 32) == 'x' && (at[2] | 32) == 'x' && (at[3] | 32) == 'x';
}

/* What a run of letters and digits says, whatever stands around it in the cell. */
static INLINE uint64_t signs_of_word(const uint8_t *start, const uint8_t *end, const uint8_t *run, int64_t length,
                                     int64_t digits)
{
    uint64_t found = signs_of_run(start, end, run, length, digits);
    if ((length == 11 || length == 13) && is_crossed(run + length - 8))
        found |= SIGN(MASKED);
    if (*run == 'o')
        found |= sign_of_account(start, end, run);
    if (length >= 5 && run[0] == 'r' && run[1] == 's' && is_digit(run[2]))
        found |= SIGN(VARIANT); /* a number of dbSNP */
    if (digits >= 17)
        found |= signs_inside(end, run, run + length);
    return found;
}

static inline void note_length(asked *block, int64_t length)
{
    block->lengths[length > 63] |= UINT64_C(1) << ((length > 127 ? 127 : length) & 63);
}

/* Whether a run without digits is one of a plain word: no plate, no residue of a gene, no account, no part of a UUID. */
static inline int is_plain_word(const seen *cell, const uint8_t *run, int64_t length)
{
    const uint8_t *end = run + length;
    uint8_t next = end < cell->end ? *end : 0;
    return length < 11 && (run == cell->start || run[-1] < 128) && next != '(' && next != '[' && next != '-' &&
           *run != 'o' && *run != 'I';
}

/* Take up a run of letters and digits. */
static inline void take_run(seen *cell, asked *block, const uint8_t *run, int64_t length, int64_t digits)
{
    note_length(block, length);
    if (!digits && is_plain_word(cell, run, length)) {
        cell->digits_end = 0;
        return;
    }
    if (cell->digits_end && run - cell->digits_end == 1 && is_digit(*run) &&
        (*cell->digits_end == ' ' || *cell->digits_end == '-'))
        cell->grouped = 1;
    if (cell->digits_end && length == 4 && digits == 4 &&
        (run[-1] == '.' ? run - cell->digits_end == 1 : run[-1] == 0xB7 && run - cell->digits_end == 2))
        cell->pointed = 1;
    cell->digits_end = digits == length ? run + length : 0;
    cell->digits += digits;
    cell->signs |= signs_of_word(cell->start, cell->end, run, length, digits);
}

#endif
