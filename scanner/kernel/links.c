/* Which nodes belong together: a forest in which every parent is smaller than its children. */
#include "people.h"

static inline int32_t root_of(int32_t *parent, int32_t node)
{
    while (parent[node] != node) {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    return node;
}

static inline int32_t join(int32_t *parent, int32_t a, int32_t b)
{
    int32_t low = root_of(parent, a), high = root_of(parent, b);
    if (low > high) {
        int32_t other = low;
        low = high;
        high = other;
    }
    parent[high] = low;
    return low;
}

static void start(int32_t *parent, int64_t count)
{
    for (int64_t node = 0; node < count; node++)
        parent[node] = (int32_t)node;
}

static void flatten(int32_t *parent, int64_t count)
{
    for (int64_t node = 0; node < count; node++)
        parent[node] = parent[parent[node]];
}

static inline int outside(int32_t node, int64_t count) { return node < 0 || node >= count; }

/* Give each of `count` nodes the smallest node it is joined to by edges. Returns 0 when an end is no node. */
FACE int exportgate_components(int64_t count, const int32_t *a, const int32_t *b, int64_t edges, int32_t *parent)
{
    start(parent, count);
    for (int64_t edge = 0; edge < edges; edge++) {
        if (outside(a[edge], count) || outside(b[edge], count))
            return 0;
        join(parent, a[edge], b[edge]);
    }
    flatten(parent, count);
    return 1;
}

/* The same for rows, each of which joins the nodes from offsets[row] up to offsets[row + 1]. */
FACE int exportgate_together(int64_t count, const int64_t *offsets, int64_t rows, const int32_t *nodes,
                             int32_t *parent)
{
    start(parent, count);
    for (int64_t row = 0; row < rows; row++) {
        for (int64_t at = offsets[row]; at < offsets[row + 1]; at++) {
            if (outside(nodes[at], count))
                return 0;
            if (at > offsets[row])
                join(parent, nodes[at - 1], nodes[at]);
        }
    }
    flatten(parent, count);
    return 1;
}
