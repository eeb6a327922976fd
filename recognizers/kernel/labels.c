/* Where labels stand that a number may follow: one automaton over each cell, as far as a number can begin.
 *
 * `cells_labelled.py` says what a label is and builds the tables (`cells_automaton.py`). A label is of use when a digit
 * follows soon, or, for the labels of secrets, when as many bytes of ASCII follow anywhere as a secret has at least.
 */
#include "cells.h"

enum { BEHIND = 48, SECRET = 4 };

typedef struct {
    const uint16_t *next; /* [states][256]: the state after a byte; a capital letter is as good as a small one */
    const int32_t *first; /* [states + 1]: where the labels that end in a state begin in `which` */
    const int32_t *which;
    const int32_t *length; /* of each label, in bytes */
    const uint8_t *secret; /* whether it is one of a secret */
} automaton;

typedef struct {
    int64_t label, cell, start, end;
} find;

/* What a label may stand in: Chinese text, or letters with marks; and something of ASCII, of which a number is. */
static int may_hold(uint8_t mask)
{
    if (!(mask & ~HIGH))
        return 0;
    return mask & HIGH || (mask & LETTERS && mask & (NUMERIC_MARK | OTHER));
}

/* The end of the last digit, and of the last `SECRET` bytes of ASCII in a row, whichever comes later. */
static const uint8_t *reach(const uint8_t *start, const uint8_t *end)
{
    int64_t row = 0;
    for (const uint8_t *at = end; at > start;) {
        if (at - start >= 8 && (word_at(at - 8) & TOPS) == TOPS) {
            at -= 8;
            row = 0;
            continue;
        }
        at--;
        row = *at < 128 ? row + 1 : 0;
        if (is_digit(*at) || row == SECRET)
            return at + (is_digit(*at) ? 1 : SECRET);
    }
    return start;
}

static int digit_follows(const uint8_t *at, const uint8_t *end)
{
    const uint8_t *last = end - at > BEHIND ? at + BEHIND : end;
    while (at < last && !is_digit(*at))
        at++;
    return at < last;
}

static int ascii_follows(const uint8_t *at, const uint8_t *end)
{
    for (int64_t row = 0; at < end; at++) {
        row = *at < 128 ? row + 1 : 0;
        if (row == SECRET)
            return 1;
    }
    return 0;
}

/* Fill `found` with the labels of use, and return how many there are; beyond `room` they are only counted. */
FACE int64_t exportgate_labels(const cells *block, const uint8_t *mask, const automaton *known, int64_t room, find *found)
{
    int64_t count = 0;
    for (int64_t cell = 0; cell < block->count; cell++) {
        const uint8_t *start = block->data + block->bounds[cell], *end = block->data + block->bounds[cell + 1], *last;
        uint32_t state = 0;
        if (!may_hold(mask[cell]))
            continue;
        last = reach(start, end);
        for (const uint8_t *at = start; at < last; at++) {
            state = known->next[state << 8 | *at];
            for (int32_t place = known->first[state]; place < known->first[state + 1]; place++) {
                int32_t label = known->which[place];
                if (!digit_follows(at + 1, end) && !(known->secret[label] && ascii_follows(at + 1, end)))
                    continue;
                if (count < room)
                    found[count] = (find){label, cell, at + 1 - known->length[label] - block->data, at + 1 - block->data};
                count++;
            }
        }
    }
    return count;
}
