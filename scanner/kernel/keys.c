/* Number keys of 128 bits: the different ones in order, and the place of each key among them.
 *
 * Keys are keyed hashes, so their bits are spread evenly: they are first dealt out by their top bits into parts that fit
 * a processor's cache, and each part is sorted there.
 */
#include "people.h"
#include "sources.h"

/* What this library was built from: Python leaves one alone that was built from other sources. */
FACE const char exportgate_sources[] = SOURCES;

typedef struct {
    uint64_t high, low;
    int64_t place;
} entry;

static inline int before(const entry *a, const entry *b)
{
    return a->high != b->high ? a->high < b->high : a->low < b->low;
}

/* Deal the places of `count` keys out by their top `bits`: part i is order[starts[i]] up to order[starts[i + 1]]. */
FACE void exportgate_deal(const uint64_t *keys, int64_t count, int bits, int64_t *starts, int32_t *order)
{
    int64_t parts = INT64_C(1) << bits;
    memset(starts, 0, (size_t)(parts + 1) * sizeof *starts);
    for (int64_t place = 0; place < count; place++)
        starts[(keys[2 * place] >> (64 - bits)) + 1]++;
    for (int64_t part = 0; part < parts; part++)
        starts[part + 1] += starts[part];
    for (int64_t place = 0; place < count; place++)
        order[starts[keys[2 * place] >> (64 - bits)]++] = (int32_t)place;
    memmove(starts + 1, starts, (size_t)parts * sizeof *starts); /* each start had moved to its end */
    starts[0] = 0;
}

static void sift(entry *heap, int64_t root, int64_t count)
{
    entry held = heap[root];
    for (int64_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && before(heap + child, heap + child + 1))
            child++;
        if (!before(&held, heap + child))
            break;
        heap[root] = heap[child];
    }
    heap[root] = held;
}

static void sort(entry *entries, int64_t count)
{
    if (count > 24) {
        for (int64_t root = count / 2; root-- > 0;)
            sift(entries, root, count);
        for (int64_t last = count - 1; last > 0; last--) {
            entry largest = entries[0];
            entries[0] = entries[last];
            entries[last] = largest;
            sift(entries, 0, last);
        }
        return;
    }
    for (int64_t at = 1; at < count; at++) {
        entry held = entries[at];
        int64_t to = at;
        for (; to > 0 && before(&held, entries + to - 1); to--)
            entries[to] = entries[to - 1];
        entries[to] = held;
    }
}

enum { FINE = 10 };

/* Sort one part: deal its entries out by the bits after the first `bits`, then sort each of the small heaps. */
static void sort_part(const entry *from, entry *to, int64_t count, int bits)
{
    int64_t starts[(1 << FINE) + 1] = {0};
    for (int64_t at = 0; at < count; at++)
        starts[(from[at].high << bits >> (64 - FINE)) + 1]++;
    for (int64_t heap = 0; heap < 1 << FINE; heap++)
        starts[heap + 1] += starts[heap];
    for (int64_t at = 0; at < count; at++)
        to[starts[from[at].high << bits >> (64 - FINE)]++] = from[at];
    for (int64_t heap = 0, low = 0; heap < 1 << FINE; low = starts[heap++])
        sort(to + low, starts[heap] - low);
}

/* Number keys that were dealt out: the different ones to `table`, the place of each among them to `inverse`.
 *
 * `spare` has room for twice the largest part, three words each entry. Returns how many different keys there are.
 */
FACE int64_t exportgate_number(const uint64_t *keys, int bits, const int64_t *starts, const int32_t *order,
                               void *spare, int64_t largest, uint64_t *table, int32_t *inverse)
{
    entry *unsorted = spare, *sorted = unsorted + largest;
    int64_t found = 0;
    for (int64_t part = 0; part < INT64_C(1) << bits; part++) {
        int64_t count = starts[part + 1] - starts[part];
        for (int64_t at = 0; at < count; at++) {
            int64_t place = order[starts[part] + at];
            unsorted[at] = (entry){keys[2 * place], keys[2 * place + 1], place};
        }
        sort_part(unsorted, sorted, count, bits);
        for (int64_t at = 0; at < count; at++) {
            if (!at || before(sorted + at - 1, sorted + at)) {
                table[2 * found] = sorted[at].high;
                table[2 * found + 1] = sorted[at].low;
                found++;
            }
            inverse[sorted[at].place] = (int32_t)(found - 1);
        }
    }
    return found;
}
