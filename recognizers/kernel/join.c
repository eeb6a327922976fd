/* Small Arrow arrays of text joined to one block, without their nulls. */
#include "cells.h"

/* An Arrow array of strings: which are valid (NULL: all), where each begins in `size` bytes of data; the array starts at
 * `first` of them. */
typedef struct {
    const uint8_t *valid;
    const int32_t *offsets;
    const uint8_t *data;
    int64_t size, first, count;
} strings;

/* Fill `sizes` with the bytes of each array; 0 when the offsets of one do not fit its data. */
FACE int exportgate_sizes(const strings *arrays, int64_t count, int64_t *sizes)
{
    for (int64_t place = 0; place < count; place++) {
        const strings *array = arrays + place;
        const int32_t *bound = array->offsets + array->first;
        int fits = 1;
        for (int64_t cell = 0; cell < array->count; cell++)
            fits &= bound[cell] <= bound[cell + 1];
        if (array->count && !(fits && bound[0] >= 0 && bound[array->count] <= array->size))
            return 0;
        sizes[place] = array->count ? bound[array->count] - bound[0] : 0;
    }
    return 1;
}

static inline int is_valid(const strings *array, int64_t cell)
{
    cell += array->first;
    return array->valid[cell >> 3] >> (cell & 7) & 1;
}

/* One array behind `at`; returns how many cells it gave. */
static int64_t join_one(const strings *array, uint8_t *data, int64_t at, int64_t *bounds)
{
    const int32_t *bound = array->offsets + array->first;
    int64_t given = 0, silent = 0, shift = at - bound[0];
    if (!array->valid) {
        for (int64_t cell = 0; cell < array->count; cell++)
            bounds[cell] = bound[cell] + shift;
        given = array->count;
    } else {
        for (int64_t cell = 0; cell < array->count; cell++) {
            int filled = is_valid(array, cell);
            bounds[given] = bound[cell] + shift;
            given += filled;
            silent += filled ? 0 : bound[cell + 1] - bound[cell];
        }
    }
    if (!silent) {
        memcpy(data + at, array->data + bound[0], (size_t)(bound[array->count] - bound[0]));
        bounds[given] = bound[array->count] + shift;
        return given;
    }
    given = 0; /* something is written where nulls are */
    for (int64_t cell = 0; cell < array->count; cell++) {
        int64_t length = bound[cell + 1] - bound[cell];
        if (!is_valid(array, cell))
            continue;
        memcpy(data + at, array->data + bound[cell], (size_t)length);
        bounds[given++] = at;
        at += length;
    }
    bounds[given] = at;
    return given;
}

/* Fill `data` and `bounds` (room for what exportgate_sizes() said, and one bound more than cells); returns the cells. */
FACE int64_t exportgate_join(const strings *arrays, int64_t count, uint8_t *data, int64_t *bounds)
{
    int64_t given = 0;
    memset(data, 0, PAD);
    bounds[0] = PAD;
    for (const strings *array = arrays; array < arrays + count; array++)
        given += array->count ? join_one(array, data, bounds[given], bounds + given) : 0;
    memset(data + bounds[given], 0, PAD);
    return given;
}
