/* One row for each different (keys, items, basis), in order: rows are dealt out by their first key, then by the rest. */
#include "people.h"

/* `columns` columns of codes from -1 to below `sizes`, the items and the basis of each row. */
typedef struct {
    const int32_t *const *codes;
    const int64_t *sizes;
    int64_t columns;
    const uint64_t *masks;
    const uint8_t *bases;
} table;

/* Compare two rows from a column on. */
static int compared(const table *rows, int64_t column, int32_t a, int32_t b)
{
    for (; column < rows->columns; column++) {
        const int32_t *codes = rows->codes[column];
        if (codes[a] != codes[b])
            return codes[a] < codes[b] ? -1 : 1;
    }
    if (rows->masks[a] != rows->masks[b])
        return rows->masks[a] < rows->masks[b] ? -1 : 1;
    return rows->bases[a] - rows->bases[b];
}

static void sift(const table *rows, int64_t column, int32_t *heap, int64_t root, int64_t count)
{
    int32_t held = heap[root];
    for (int64_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && compared(rows, column, heap[child], heap[child + 1]) < 0)
            child++;
        if (compared(rows, column, held, heap[child]) >= 0)
            break;
        heap[root] = heap[child];
    }
    heap[root] = held;
}

static void sort(const table *rows, int64_t column, int32_t *order, int64_t count)
{
    if (count > 24) {
        for (int64_t root = count / 2; root-- > 0;)
            sift(rows, column, order, root, count);
        for (int64_t last = count - 1; last > 0; last--) {
            int32_t largest = order[0];
            order[0] = order[last];
            order[last] = largest;
            sift(rows, column, order, 0, last);
        }
        return;
    }
    for (int64_t at = 1; at < count; at++) {
        int32_t held = order[at];
        int64_t to = at;
        for (; to > 0 && compared(rows, column, held, order[to - 1]) < 0; to--)
            order[to] = order[to - 1];
        order[to] = held;
    }
}

/* Write one of each of some rows, alike before `column`, to `found`; return how many. */
static int64_t different(const table *rows, int64_t column, int32_t *order, int64_t count, int32_t *found)
{
    int64_t kept = 0;
    sort(rows, column, order, count);
    for (int64_t at = 0; at < count; at++)
        if (!at || compared(rows, column, order[at - 1], order[at]))
            found[kept++] = order[at];
    return kept;
}

/* The same for many rows: by their code in `column`, those without one by the columns after it. */
static int64_t dealt(const table *rows, int64_t column, int32_t *order, int32_t *spare, int64_t count,
                     int32_t *starts, int32_t *found)
{
    if (column == rows->columns || count < rows->sizes[column] / 256)
        return different(rows, column, order, count, found);
    const int32_t *codes = rows->codes[column];
    int64_t size = rows->sizes[column], kept = 0;
    memset(starts, 0, (size_t)(size + 2) * sizeof *starts);
    for (int64_t at = 0; at < count; at++)
        starts[codes[order[at]] + 2]++;
    for (int64_t code = 0; code < size; code++)
        starts[code + 2] += starts[code + 1];
    for (int64_t at = 0; at < count; at++)
        spare[starts[codes[order[at]] + 1]++] = order[at];
    memcpy(order, spare, (size_t)count * sizeof *order);
    if (starts[0])
        kept = dealt(rows, column + 1, order, spare, starts[0], starts + size + 2, found);
    for (int64_t code = 0; code < size; code++) {
        int64_t low = starts[code], many = starts[code + 1] - low;
        if (many == 1)
            found[kept++] = order[low];
        else if (many)
            kept += different(rows, column + 1, order + low, many, found + kept);
    }
    return kept;
}

/* Write one of each of `count` rows to `found`, in order, and return how many.
 *
 * `order` and `spare` have room for every row, `starts` for two more than all sizes together and two for each column.
 */
FACE int64_t exportgate_rows(const int32_t *const *codes, const int64_t *sizes, int64_t columns, const uint64_t *masks,
                             const uint8_t *bases, int64_t count, int32_t *order, int32_t *spare, int32_t *starts,
                             int32_t *found)
{
    table rows = {codes, sizes, columns, masks, bases};
    for (int64_t row = 0; row < count; row++)
        order[row] = (int32_t)row;
    return dealt(&rows, 0, order, spare, count, starts, found);
}
