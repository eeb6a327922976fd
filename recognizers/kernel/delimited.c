/* Delimited text cut into the cells of its columns, as Arrow's arrays of strings have them. */
#include "delimited.h"
#include "wider.h"

/* See rows_in(); `wide`: by wide registers, if there are any. */
FACE int64_t exportgate_rows(const uint8_t *text, int64_t size, int wide, int delimiter, int64_t columns, uint32_t *ends,
                             uint32_t *starts, int *doubled)
{
    if (IS_WIDER(wide))
        return rows_wider(text, size, (uint8_t)delimiter, columns, ends, starts, doubled);
    return rows_in(text, size, (uint8_t)delimiter, columns, ends, starts, doubled);
}

/* A column that is filled: which one of the row it is, how many bytes of `room` are used, how many cells are nulls. Nulls
 * are cleared bits of `valid`, all of which are set before. */
typedef struct {
    uint8_t *data;
    int32_t *offsets;
    uint8_t *valid;
    int64_t place, room, used, nulls;
} filled;

enum { COPIED_AT_ONCE = 32 };

/* A cell with quotation marks, each of which is written twice; returns its length. */
static int64_t copy_doubled(uint8_t *to, const uint8_t *from, const uint8_t *end)
{
    const uint8_t *start = to;
    while (from < end) {
        from += from[0] == '"';
        *to++ = *from++;
    }
    return to - start;
}

static inline int64_t copy_cell(uint8_t *to, const uint8_t *from, int64_t length)
{
    memcpy(to, from, COPIED_AT_ONCE);
    if (length > COPIED_AT_ONCE)
        memcpy(to + COPIED_AT_ONCE, from + COPIED_AT_ONCE, (size_t)(length - COPIED_AT_ONCE));
    return length;
}

/* Append the cells of one column behind `given` others; 0 where there is no room for them, and none was appended. */
static int fill(filled *into, const uint8_t *text, const uint32_t *ends, const uint32_t *starts, int64_t rows,
                int64_t columns, int64_t given, int doubled)
{
    int64_t used = into->used, nulls = 0, place = into->place;
    int last = place == columns - 1;
    for (int64_t row = 0; row < rows; row++) {
        const uint32_t *end_at = ends + row * columns + place;
        int64_t end = *end_at, start = place ? (int64_t)end_at[-1] + 1 : starts[row], quoted;
        if (last)
            end -= end > start && text[end - 1] == '\r';
        quoted = end > start && text[start] == '"';
        if (used + end - start > into->room - COPIED_AT_ONCE)
            return 0;
        into->valid[(given + row) >> 3] &= (uint8_t)~((end == start) << ((given + row) & 7));
        nulls += end == start;
        if (quoted && doubled)
            used += copy_doubled(into->data + used, text + start + 1, text + end - 1);
        else
            used += copy_cell(into->data + used, text + start + quoted, end - start - 2 * quoted);
        into->offsets[given + row + 1] = (int32_t)used;
    }
    into->used = used;
    into->nulls += nulls;
    return 1;
}

/* Append `rows` rows, which exportgate_rows() found, to each of `count` columns from `first` on; returns how far it came:
 * the column that has too little room, or `count`. COPIED_AT_ONCE bytes behind the text may be looked at. */
FACE int64_t exportgate_fill(const uint8_t *text, const uint32_t *ends, const uint32_t *starts, int64_t rows, int64_t columns,
                             int64_t given, int doubled, filled *into, int64_t first, int64_t count)
{
    while (first < count && fill(into + first, text, ends, starts, rows, columns, given, doubled))
        first++;
    return first;
}
