/* Long text: which cells show a trace of an identifier. `cells_text` says what a trace is. */
#include "judge.h"

enum { LONG = 48 };

static int is_pair_mark(uint8_t byte) { return byte == ':' || byte == '-'; }

static int is_gap(uint8_t byte) { return byte == ' ' || byte == '-'; }

/* Whether a trace begins at this byte of ASCII, or at the byte of a Chinese character just before it. */
static int begins_here(const uint8_t *at, const uint8_t *start, const uint8_t *door)
{
    uint8_t byte = *at;
    if (is_digit(byte)) {
        if (is_digit(at[1]) && is_digit(at[2]) && (is_digit(at[3]) || (is_gap(at[3]) && is_digit(at[4]))))
            return 1;
        if (at[1] == '.' && is_digit(at[2]))
            return 1;
        return at[1] >= 128 && (door[point_at(at + 1)] || (at[1] == 0xC2 && at[2] == 0xB0)); /* 24° */
    }
    if (is_letter(byte)) {
        if (at > start && at[-1] >= 128)
            return 1;
        return at[1] == '.' && (is_digit(at[2]) || is_upper(at[2]));
    }
    if (is_pair_mark(byte) && (is_pair_mark(at[3]) || is_pair_mark(at[5])))
        return 1;
    return byte == '@' || (byte == ':' && at[1] == ':') || (byte == '*' && at[1] == '*');
}

static int has_trace(const uint8_t *start, const uint8_t *end, const uint8_t *door)
{
    int64_t row = 0;
    const uint8_t *at = start;
    while (at < end) {
        if (end - at >= 8 && (word_at(at) & TOPS) == TOPS) {
            at += 8;
            row = 0;
            continue;
        }
        if (*at >= 128) {
            row = 0;
        } else {
            if (begins_here(at, start, door))
                return 1;
            row = is_alnum(*at) ? row + 1 : 0;
            if (row >= 16)
                return 1;
        }
        at++;
    }
    for (const uint8_t *next = end; row > 0 && row < 16 && is_alnum(*next); next++, row++) /* the neighbour's, as numpy */
        if (row == 15)
            return 1;
    return end > start && end[-1] >= 128 && is_letter(*end);
}

/* Fill `keep`: whether a cell is short or shows a trace; return how many are kept. `mask` as exportgate_read() found it. */
FACE int64_t exportgate_traces(const cells *block, const uint8_t *mask, const tables *known, uint8_t *keep)
{
    int64_t kept = 0;
    for (int64_t cell = 0; cell < block->count; cell++) {
        const uint8_t *start = block->data + block->bounds[cell], *end = block->data + block->bounds[cell + 1];
        if (end - start > LONG && mask[cell] == HIGH)
            keep[cell] = is_letter(*end) != 0; /* no byte of its own begins one */
        else
            keep[cell] = end - start <= LONG || has_trace(start, end, known->door);
        kept += keep[cell];
    }
    return kept;
}
