/* Numbers written as text: digits with a sign before them and a point among them. */
#include "cells.h"

#include <math.h>

enum { LONGEST_NUMBER = 24, LONGEST_PLAIN = 9, EXACT_DIGITS = 15 };

/* Read a number: a sign, digits, a point, digits; at least one digit. 0 where the cell is none, and where it has more
 * digits than a binary fraction holds for certain, no number as `value`.
 */
static int read_number(const uint8_t *at, const uint8_t *end, double *value)
{
    static const double tens[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    int negative = *at == '-', digits = 0, behind = 0, exact = 0;
    uint64_t whole = 0;
    at += negative || *at == '+';
    for (const uint8_t *point = 0; at < end; at++) {
        if (*at == '.' && !point) {
            point = at;
        } else if (is_digit(*at)) {
            digits++;
            behind += point != 0;
            exact += whole || *at != '0';
            whole = whole * 10 + (uint64_t)(*at - '0');
        } else {
            return 0;
        }
    }
    if (exact > EXACT_DIGITS || behind > 22) /* a quotient of two exact numbers is rounded once, and rightly */
        *value = NAN;
    else
        *value = negative ? -((double)whole / tens[behind]) : (double)whole / tens[behind];
    return digits > 0;
}

/* List the cells that are numbers written as text, and their values; no number where Python has to read it. */
FACE int64_t exportgate_written(const cells *block, const uint8_t *mask, int64_t *chosen, double *values)
{
    int64_t found = 0;
    for (int64_t number = 0; number < block->count; number++) {
        const uint8_t *at = block->data + block->bounds[number], *end = block->data + block->bounds[number + 1];
        if ((mask[number] | NUMERIC_MARK) != (DIGIT | NUMERIC_MARK) || end - at > LONGEST_NUMBER)
            continue;
        if ((mask[number] == DIGIT && end - at > LONGEST_PLAIN) || !read_number(at, end, values + found))
            continue;
        chosen[found++] = number;
    }
    return found;
}
