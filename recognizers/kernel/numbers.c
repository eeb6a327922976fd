/* Columns of numbers: what they span, which of them may identify, and which of their hashes were not seen before. */
#include "hash.h"

#include <float.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { STRETCH = 1024 };

/* What a sketch of distinct values knows: the hash seen last in each slot, or where it is NULL, a bound. The slots are a
 * power of two. */
typedef struct {
    uint64_t *seen;
    uint64_t last_slot, bound;
    uint64_t *fresh; /* the hashes that were not seen before, and the cells they are of */
    int64_t *cells;
    int64_t count;
} sketch;

static inline uint64_t mix_of(uint64_t word)
{
    word = (word + K3) * K1;
    word ^= word >> 32;
    word *= K2;
    return word ^ word >> 29;
}

static inline void take(sketch *into, uint64_t hash, int64_t cell)
{
    into->fresh[into->count] = hash;
    into->cells[into->count] = cell;
    if (into->seen) {
        uint64_t *slot = into->seen + (hash & into->last_slot);
        into->count += *slot != hash;
        *slot = hash;
    } else {
        into->count += hash < into->bound;
    }
}

/* Fill `fresh` and `cells` (room for every cell) and return how many they are. */
FACE int64_t exportgate_unseen(const uint64_t *hashes, int64_t count, uint64_t *seen, uint64_t last_slot, uint64_t bound, uint64_t *fresh,
                               int64_t *cells)
{
    sketch into = {seen, last_slot, bound, fresh, cells, 0};
    for (int64_t cell = 0; cell < count; cell++)
        take(&into, hashes[cell], cell);
    return into.count;
}

/* The same for words of which the hash is made here. */
FACE int64_t exportgate_unseen_words(const uint64_t *words, int64_t count, uint64_t *seen, uint64_t last_slot, uint64_t bound,
                                     uint64_t *fresh, int64_t *cells)
{
    sketch into = {seen, last_slot, bound, fresh, cells, 0};
    for (int64_t cell = 0; cell < count; cell++)
        take(&into, mix_of(words[cell]), cell);
    return into.count;
}

/* Count the cells that `keys` knows (one hash per slot, the slots a power of two; only short cells are told by their hash for certain) in `counts`,
 * and take them out of `left`; return how many stay. `weight` as exportgate_read() has it.
 */
FACE int64_t exportgate_repeats(const cells *block, const int64_t *weight, const uint64_t *hashes, const uint64_t *keys,
                                uint64_t last_slot, int64_t *counts, uint8_t *left)
{
    int64_t staying = 0;
    for (int64_t cell = 0; cell < block->count; cell++) {
        uint64_t slot = hashes[cell] & last_slot;
        uint8_t known = keys[slot] == hashes[cell] && block->bounds[cell + 1] - block->bounds[cell] <= WHOLE_CELL;
        counts[slot] += known & left[cell] ? (weight ? weight[cell] : 1) : 0;
        left[cell] &= known ^ 1;
        staying += left[cell];
    }
    return staying;
}

/* The same for a block that was not surveyed; -1 where its bounds do not fit the data. */
FACE int64_t exportgate_recall(const cells *block, const int64_t *weight, const uint64_t *keys, uint64_t last_slot,
                               int64_t *counts, uint8_t *left)
{
    int64_t staying = 0, at = PAD;
    for (int64_t cell = 0; cell < block->count; cell++) {
        int64_t start = block->bounds[cell], end = block->bounds[cell + 1];
        uint64_t hash, slot;
        uint8_t known;
        if (start < at || end < start || end > block->size - PAD)
            return -1;
        at = end;
        hash = hash_of(block->data + start, block->data + end);
        slot = hash & last_slot;
        known = keys[slot] == hash && end - start <= WHOLE_CELL;
        counts[slot] += known ? (weight ? weight[cell] : 1) : 0;
        left[cell] = known ^ 1;
        staying += known ^ 1;
    }
    return staying;
}

/* Where in `facts` each count of `reals` stands: see `cells_numbers`. */
enum { LEAST, GREATEST, FINITE, WHOLE, FINE, LARGE };

static const double EXACT_FROM = 4503599627370496.0; /* 2^52: from here on every binary fraction is whole */
static const double FEW = 1e9, FINER = 1e-5, SMALLEST_IDENTIFIER = 1e7, WIDEST = 1e19;

typedef struct {
    double least, greatest;
    int64_t finite, whole, fine, large;
} span;

#if defined(__SSE2__)

static inline int64_t both(__m128i counts)
{
    int64_t two[2];
    _mm_storeu_si128((__m128i *)(void *)two, counts);
    return two[0] + two[1];
}

/* The nearest whole number of each, half to even: right below 2^52. */
static inline __m128d rounded(__m128d values)
{
    return _mm_sub_pd(_mm_add_pd(values, _mm_set1_pd(EXACT_FROM)), _mm_set1_pd(EXACT_FROM));
}

/* An even number of values. */
static void survey_reals(const double *values, int64_t count, span *all)
{
    const __m128d sign = _mm_set1_pd(-0.0), unit = _mm_set1_pd(EXACT_FROM);
    __m128d least = _mm_set1_pd(all->least), greatest = _mm_set1_pd(all->greatest);
    __m128i finite = _mm_setzero_si128(), whole = finite, fine = finite, large = finite;
    double two[2];
    for (int64_t at = 0; at < count; at += 2) {
        __m128d value = _mm_loadu_pd(values + at), size = _mm_andnot_pd(sign, value), scaled, off, is_whole;
        finite = _mm_sub_epi64(finite, _mm_castpd_si128(_mm_cmple_pd(size, _mm_set1_pd(DBL_MAX))));
        least = _mm_min_pd(least, value);
        greatest = _mm_max_pd(greatest, value);
        is_whole = _mm_or_pd(_mm_cmpeq_pd(rounded(size), size), _mm_cmpge_pd(size, unit));
        whole = _mm_sub_epi64(whole, _mm_castpd_si128(is_whole));
        scaled = _mm_mul_pd(size, _mm_set1_pd(1000));
        off = _mm_andnot_pd(sign, _mm_sub_pd(scaled, rounded(scaled)));
        fine = _mm_sub_epi64(fine, _mm_castpd_si128(_mm_and_pd(_mm_cmplt_pd(size, _mm_set1_pd(FEW)),
                                                               _mm_cmpgt_pd(off, _mm_set1_pd(FINER)))));
        is_whole = _mm_and_pd(is_whole, _mm_cmplt_pd(value, _mm_set1_pd(WIDEST)));
        large = _mm_sub_epi64(large, _mm_castpd_si128(_mm_and_pd(
                                         is_whole, _mm_cmpge_pd(value, _mm_set1_pd(SMALLEST_IDENTIFIER)))));
    }
    _mm_storeu_pd(two, least);
    all->least = two[0] < two[1] ? two[0] : two[1];
    _mm_storeu_pd(two, greatest);
    all->greatest = two[0] > two[1] ? two[0] : two[1];
    all->finite += both(finite);
    all->whole += both(whole);
    all->fine += both(fine);
    all->large += both(large);
}

#else

/* Through memory, so that no machine makes one operation of a product and a difference and rounds once instead of twice. */
static inline double rounded(double value)
{
    volatile double sum = value + EXACT_FROM;
    return sum - EXACT_FROM;
}

static void survey_reals(const double *values, int64_t count, span *all)
{
    for (int64_t at = 0; at < count; at++) {
        double value = values[at], size = value < 0 ? -value : value;
        volatile double scaled = size * 1000;
        double off = scaled - rounded(scaled);
        int is_whole = size >= EXACT_FROM || rounded(size) == size;
        all->finite += size <= DBL_MAX;
        all->least = value < all->least ? value : all->least;
        all->greatest = value > all->greatest ? value : all->greatest;
        all->whole += is_whole;
        all->fine += size < FEW && (off > FINER || -off > FINER);
        all->large += is_whole && value >= SMALLEST_IDENTIFIER && value < WIDEST;
    }
}

#endif

static void survey_stretch(const double *values, int64_t count, span *all)
{
    survey_reals(values, count & ~INT64_C(1), all);
    if (count & 1) { /* the last one of an odd number, beside itself and counted once */
        double last[2] = {values[count - 1], values[count - 1]};
        span other = {all->least, all->greatest, 0, 0, 0, 0};
        survey_reals(last, 2, &other);
        all->least = other.least;
        all->greatest = other.greatest;
        all->finite += other.finite > 0;
        all->whole += other.whole > 0;
        all->fine += other.fine > 0;
        all->large += other.large > 0;
    }
}

static void write_facts(const span *all, double *facts)
{
    facts[LEAST] = all->least;
    facts[GREATEST] = all->greatest;
    facts[FINITE] = (double)all->finite;
    facts[WHOLE] = (double)all->whole;
    facts[FINE] = (double)all->fine;
    facts[LARGE] = (double)all->large;
}

/* Fill `facts` with the least and the greatest of the values, and how many are finite, are whole, have at least four
 * digits behind the point, and are whole and long enough to identify. All but the first count hold only where every
 * value is finite.
 */
FACE void exportgate_span(const double *values, int64_t count, double *facts)
{
    span all = {DBL_MAX, -DBL_MAX, 0, 0, 0, 0};
    survey_stretch(values, count, &all);
    write_facts(&all, facts);
}

/* The same, and what was not seen before. */
FACE int64_t exportgate_reals(const double *values, int64_t count, uint64_t *seen, uint64_t last_slot, uint64_t bound, uint64_t *fresh,
                              int64_t *cells, double *facts)
{
    sketch into = {seen, last_slot, bound, fresh, cells, 0};
    span all = {DBL_MAX, -DBL_MAX, 0, 0, 0, 0};
    for (int64_t from = 0; from < count; from += STRETCH) {
        int64_t end = count - from < STRETCH ? count : from + STRETCH;
        survey_stretch(values + from, end - from, &all);
        for (int64_t cell = from; cell < end; cell++) {
            uint64_t word;
            memcpy(&word, values + cell, sizeof word);
            take(&into, mix_of(word), cell);
        }
    }
    write_facts(&all, facts);
    return into.count;
}

/* Whether a whole number may be a day, a moment, a telephone number or a longer identifier: `cells_numbers` has why. */
static inline int may_identify(uint64_t value)
{
    if (value < 18000101)
        return 0;
    return value >= 10000000000000 || value - 18000101 < 21001232 - 18000101 ||
           value - 13000000000 < 7000000000 || value - 8613000000000 < 7000000000;
}

/* Fill `facts` with the least and the greatest number, as they are, and how many may identify. `sign` is the top bit
 * where the numbers have a sign, 0 where they have none.
 */
FACE int64_t exportgate_wholes(const uint64_t *values, int64_t count, uint64_t *seen, uint64_t last_slot, uint64_t bound, uint64_t *fresh,
                               int64_t *cells, uint64_t sign, uint64_t *facts)
{
    sketch into = {seen, last_slot, bound, fresh, cells, 0};
    uint64_t least = UINT64_MAX, greatest = 0, able = 0;
    for (int64_t cell = 0; cell < count; cell++) {
        uint64_t value = values[cell], place = value ^ sign;
        least = place < least ? place : least;
        greatest = place > greatest ? place : greatest;
        able += !(value & sign) && may_identify(value);
        take(&into, mix_of(value), cell);
    }
    facts[0] = least ^ sign;
    facts[1] = greatest ^ sign;
    facts[2] = able;
    return into.count;
}
