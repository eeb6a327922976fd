/* Which cells may say nothing: placeholders and runs of one character. `identity_settled` has the rule in numpy. */
#include "../../recognizers/kernel/cells.h"

#define CASE EVERY(0x20)
#define MIX UINT64_C(0x9E3779B97F4A7C15)

/* Where a cell of characters outside ASCII begins: its first code point, 0 where it has not two or three bytes. */
static inline uint32_t beginning(const uint8_t *at)
{
    if ((at[0] & 0xE0) == 0xC0)
        return (uint32_t)(at[0] & 31) << 6 | (at[1] & 63);
    if ((at[0] & 0xF0) != 0xE0)
        return 0;
    return ((uint32_t)(at[0] & 15) << 12) | (uint32_t)(at[1] & 63) << 6 | (at[2] & 63);
}

static int any_high(const uint8_t *at, const uint8_t *end)
{
    for (; at < end; at++)
        if (*at & 0x80)
            return 1;
    return 0;
}

/* `slots`: whether a placeholder begins with eight bytes of that hash; `starts`: whether one begins with that code
 * point, once normalised; `longest`: the bytes of the longest. One truth value for each cell to `found`. Returns 0 when
 * the bounds do not fit the data, and looks at no cell beyond. */
FACE int exportgate_silence(const cells *block, const uint8_t *slots, const uint8_t *starts, int64_t longest,
                            uint8_t *found)
{
    for (int64_t cell = 0; cell < block->count; cell++) {
        int64_t low = block->bounds[cell], high = block->bounds[cell + 1], length = high - low;
        if (low < PAD || length < 0 || high > block->size - PAD)
            return 0;
        if (!length) {
            found[cell] = 1;
            continue;
        }
        const uint8_t *at = block->data + low, *end = block->data + high;
        uint64_t kept = length < 8 ? (UINT64_C(1) << 8 * length) - 1 : ~UINT64_C(0), first = word_at(at) & kept;
        int doubtful = length <= longest && slots[((first | CASE) * MIX) >> 50];
        doubtful |= length > 1 && first == (EVERY(first & 255) & kept);
        doubtful |= at[0] <= 32 || end[-1] <= 32;
        if (at[0] & 0x80)
            doubtful |= starts[beginning(at)];
        else if (!doubtful && starts[at[0]])
            doubtful = any_high(at, end);
        found[cell] = (uint8_t)(doubtful != 0);
    }
    return 1;
}
