/* Days and moments in the forms that most tables write: yyyy-mm-dd with or without a time, yyyymmdd, yyyymmddhhmmss. */
#include "plain.h"

/* What is said of a cell, as `dates` has it. */
enum { NONE, DAY, MOMENT, UNSURE };

static int is_of_digits(const uint8_t *at, int64_t length, int *year)
{
    *year = number_of(at, 4);
    if (!is_day_of(at, OLDEST_DAY, YOUNGEST_DAY))
        return NONE;
    if (length == 8)
        return DAY;
    return number_of(at + 8, 2) < 24 && number_of(at + 10, 2) < 60 && number_of(at + 12, 2) < 60 ? MOMENT : NONE;
}

/* Cells of a day's shape with two digits in each part: whatever else they are, no other form of a day. */
static int is_marked(const uint8_t *at, int64_t length, int *year)
{
    int timed = length > 12 && (at[10] == ' ' || at[10] == 'T') && is_digit(at[11]);
    *year = number_of(at, 4);
    if ((length != 10 && !timed) || !is_marked_day(at))
        return NONE;
    if (length == 10 || (length == 19 && at[11] == '0' && at[12] == '0' && at[14] == '0' && at[15] == '0'))
        return DAY; /* midnight is how a day is written where a moment is asked for */
    return MOMENT;
}

static int of_cell(const uint8_t *at, int64_t length, int *year)
{
    if (length < 8)
        return NONE;
    if ((length == 8 || length == 14) && all_digits(at, length))
        return is_of_digits(at, length, year);
    if (length >= 10 && length <= 35 && is_day_shaped(at))
        return is_marked(at, length, year);
    return UNSURE;
}

/* Fill `found` (one per cell) and `years` (of cells that are a day or a moment); return how many cells are unsure. */
FACE int64_t exportgate_days(const cells *block, uint8_t *found, int64_t *years)
{
    int64_t unsure = 0;
    for (int64_t number = 0; number < block->count; number++) {
        const uint8_t *at = block->data + block->bounds[number];
        int year = 0;
        found[number] = (uint8_t)of_cell(at, block->bounds[number + 1] - block->bounds[number], &year);
        years[number] = year;
        unsure += found[number] == UNSURE;
    }
    return unsure;
}
