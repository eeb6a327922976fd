/* Plain cells: moments and amounts written in the one way that most tables write them, told by a look at their bytes. */
#ifndef EXPORTGATE_PLAIN_H
#define EXPORTGATE_PLAIN_H

#include "cells.h"

enum { OLDEST_DAY = 1800, YOUNGEST_DAY = 2100 }; /* `dates` has the same */

static inline int two_digits(const uint8_t *at) { return is_digit(at[0]) && is_digit(at[1]); }

static inline int is_date_mark(uint8_t byte) { return byte == '-' || byte == '/' || byte == '.'; }

/* Whether four digits, a mark, two digits, the mark again and two digits begin here. */
static inline int is_day_shaped(const uint8_t *at)
{
    const uint64_t mark = at[4], form = UINT64_C(0x0030300030303030) | mark << 32 | mark << 56;
    const uint64_t off = word_at(at) ^ form; /* at most nine where a digit stands, nothing where the mark does */
    return is_date_mark(at[4]) && !((off | (off + UINT64_C(0x7F76767F76767676))) & TOPS) && two_digits(at + 8);
}

/* Whether the day that is shaped so exists, and the year is one that tables speak of. */
static inline int is_marked_day(const uint8_t *at)
{
    int year = number_of(at, 4);
    return year >= OLDEST_DAY && year <= YOUNGEST_DAY && is_day(year, number_of(at + 5, 2), number_of(at + 8, 2));
}

/* The digits of the fraction of a second behind hh:mm:ss, 0 for none, or -1 where hours do not stand here as such. */
static inline int fraction_of_time(const uint8_t *at, int64_t length)
{
    if (length < 5 || !two_digits(at) || at[2] != ':' || !two_digits(at + 3))
        return -1;
    if (length == 5)
        return 0;
    if (length < 8 || at[5] != ':' || !two_digits(at + 6))
        return -1;
    if (length == 8)
        return 0;
    return length >= 10 && length <= 18 && at[8] == '.' && all_digits(at + 9, length - 9) ? (int)length - 9 : -1;
}

/* Whether a cell is yyyy-mm-dd or yyyy-mm-dd hh:mm[:ss[.f]], in any of the three marks. `fraction` is as above. */
static inline int is_plain_moment(const uint8_t *at, int64_t length, int *fraction)
{
    *fraction = 0;
    if ((length != 10 && (length < 16 || at[10] != ' ')) || !is_day_shaped(at) || !is_marked_day(at))
        return 0;
    if (length > 10)
        *fraction = fraction_of_time(at + 11, length - 11);
    return *fraction >= 0;
}

/* How many digits stand before the point of an amount (a sign may be before them), or 0 where the cell is none.
 *
 * One to seven digits, a point, one to seven digits: no identifier is written so.
 */
static inline int digits_of_amount(const uint8_t *at, const uint8_t *end)
{
    const uint8_t *from = at += *at == '-';
    int64_t before, after;
    while (at < end && is_digit(*at))
        at++;
    before = at - from;
    after = end - at - 1;
    if (before < 1 || before > 7 || after < 1 || after > 7 || *at != '.' || !all_digits(at + 1, after))
        return 0;
    return (int)before;
}

#endif
