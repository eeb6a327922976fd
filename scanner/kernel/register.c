/* Where keys and facts stand in the register of a year: open addressing in a table of numbers, -1 where it is empty.
 *
 * A hash only says where to look. What stands there is compared, so different things may share a hash.
 */
#include "people.h"

#define AT_ONCE 32 /* questions under way together, so that the memory they need comes while others are answered */

#if defined(__GNUC__) || defined(__clang__)
#define COMING(address) __builtin_prefetch(address)
#else
#define COMING(address) ((void)0)
#endif

typedef struct {
    const int64_t *offsets;
    const int32_t *nodes;
    const int64_t *masks;
    const uint8_t *bases;
} facts;

static inline uint64_t mixed(uint64_t word)
{
    word += UINT64_C(0x9E3779B97F4A7C15);
    word ^= word >> 32;
    word *= UINT64_C(0x9E3779B97F4A7C15);
    word += UINT64_C(0xD6E8FEB86659FD93);
    word ^= word >> 32;
    word *= UINT64_C(0xD6E8FEB86659FD93);
    return word ^ word >> 29;
}

/* Hash facts, whatever the order of their nodes (`register._hashes`). */
FACE void exportgate_hash_facts(const int64_t *offsets, const int32_t *nodes, const int64_t *masks,
                                const uint8_t *bases, int64_t count, uint64_t *hashes)
{
    for (int64_t fact = 0; fact < count; fact++) {
        uint64_t sum = 0;
        for (int64_t at = offsets[fact]; at < offsets[fact + 1]; at++)
            sum += mixed((uint64_t)nodes[at]);
        sum ^= (uint64_t)masks[fact] * UINT64_C(0xD6E8FEB86659FD93);
        hashes[fact] = mixed(sum + bases[fact]);
    }
}

/* Find the number of each asked key of 128 bits among the known ones, or -1. */
FACE void exportgate_find_keys(const uint64_t *asked, int64_t count, const uint64_t *known, const int32_t *table,
                               uint64_t last, int32_t *found)
{
    for (int64_t low = 0; low < count; low += AT_ONCE) {
        int64_t high = low + AT_ONCE < count ? low + AT_ONCE : count;
        for (int64_t at = low; at < high; at++)
            COMING(table + (asked[2 * at] & last));
        for (int64_t at = low; at < high; at++) {
            found[at] = table[asked[2 * at] & last];
            if (found[at] >= 0)
                COMING(known + 2 * (int64_t)found[at]);
        }
        for (int64_t at = low; at < high; at++) {
            uint64_t slot = asked[2 * at] & last;
            while (found[at] >= 0 && (known[2 * (int64_t)found[at]] != asked[2 * at] ||
                                      known[2 * (int64_t)found[at] + 1] != asked[2 * at + 1])) {
                slot = (slot + 1) & last;
                found[at] = table[slot];
            }
        }
    }
}

static inline int same(const facts *known, int64_t number, const facts *asked, int64_t place)
{
    int64_t low = known->offsets[number], start = asked->offsets[place];
    int64_t length = known->offsets[number + 1] - low;
    return length == asked->offsets[place + 1] - start && known->masks[number] == asked->masks[place] &&
           known->bases[number] == asked->bases[place] &&
           !memcmp(known->nodes + low, asked->nodes + start, (size_t)length * sizeof *known->nodes);
}

/* Find the number of each asked fact among the known ones, or -1. */
FACE void exportgate_find_facts(const int64_t *offsets, const int32_t *nodes, const int64_t *masks,
                                const uint8_t *bases, const uint64_t *hashes, int64_t count,
                                const int64_t *known_offsets, const int32_t *known_nodes, const int64_t *known_masks,
                                const uint8_t *known_bases, const int32_t *table, uint64_t last, int32_t *found)
{
    facts asked = {offsets, nodes, masks, bases};
    facts known = {known_offsets, known_nodes, known_masks, known_bases};
    for (int64_t low = 0; low < count; low += AT_ONCE) {
        int64_t high = low + AT_ONCE < count ? low + AT_ONCE : count;
        for (int64_t at = low; at < high; at++)
            COMING(table + (hashes[at] & last));
        for (int64_t at = low; at < high; at++) {
            found[at] = table[hashes[at] & last];
            if (found[at] >= 0)
                COMING(known.offsets + found[at]);
        }
        for (int64_t at = low; at < high; at++) {
            uint64_t slot = hashes[at] & last;
            while (found[at] >= 0 && !same(&known, found[at], &asked, at)) {
                slot = (slot + 1) & last;
                found[at] = table[slot];
            }
        }
    }
}

/* Enter numbers that are not in the table yet, by their hashes. */
FACE void exportgate_enter(const uint64_t *hashes, const int32_t *numbers, int64_t count, int32_t *table, uint64_t last)
{
    for (int64_t at = 0; at < count; at++) {
        uint64_t slot = hashes[at] & last;
        while (table[slot] >= 0)
            slot = (slot + 1) & last;
        table[slot] = numbers[at];
    }
}
