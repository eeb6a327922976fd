/* E-mail addresses, in cells of nothing but their characters. */
#include "judge.h"

/* Whether an address ends in a point and at least two letters, all behind the @. */
static int letters_end(const uint8_t *at, const uint8_t *end)
{
    const uint8_t *point = end - 1;
    while (point > at && is_letter(*point))
        point--;
    return end - 1 - point >= 2 && end - 1 - point <= 62 && *point == '.' && point > at + 1 && point[-1] != '.' &&
           point[-1] != '-';
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
        return UNSURE; /* it may still be one under a domain written xn-- */
    return start == cell->start && end == cell->end ? VALID : UNSURE;
}
