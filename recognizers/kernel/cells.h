/* What all parts of the kernel share: a block of cells, the classes of bytes, and reading words.
 *
 * A block is the bytes of some cells of one column, one behind the other, with PAD zero bytes before and after them:
 * cell i is data[bounds[i]] up to data[bounds[i + 1]]. survey() refuses bounds that do not rise or that leave the
 * padding, and no other function is called on a block it refused; so a look of at most PAD bytes past the edge of a cell
 * stays inside the array. Nothing here allocates, keeps state or knows of Python.
 */
#ifndef EXPORTGATE_CELLS_H
#define EXPORTGATE_CELLS_H

#include <stdint.h>
#include <string.h>

#if defined(_WIN32)
#define FACE __declspec(dllexport)
#else
#define FACE __attribute__((visibility("default")))
#endif

/* The path of every cell is one function, and what few cells need stays out of it. */
#if defined(__GNUC__) || defined(__clang__)
#define INLINE inline __attribute__((always_inline))
#define NOINLINE __attribute__((noinline))
#else
#define INLINE inline
#define NOINLINE
#endif

#define PAD 64

typedef struct {
    const uint8_t *data;
    int64_t size; /* of data, padding included */
    const int64_t *bounds; /* count + 1 of them */
    int64_t count;
} cells;

/* The class of a byte, as `cells_block` has it: one bit each. */
enum { DIGIT = 1, UPPER_HEX = 2, UPPER = 4, LOWER_HEX = 8, LOWER = 16, HIGH = 32, NUMERIC_MARK = 64, OTHER = 128 };
enum { LETTERS = UPPER_HEX | UPPER | LOWER_HEX | LOWER, ALNUM = DIGIT | LETTERS };

extern const uint8_t exportgate_class[256];
#define CLASS exportgate_class

static inline int is_digit(uint8_t byte) { return (uint8_t)(byte - 48) < 10; }
static inline int is_letter(uint8_t byte) { return (uint8_t)((byte | 32) - 97) < 26; }
static inline int is_upper(uint8_t byte) { return (uint8_t)(byte - 65) < 26; }
static inline int is_alnum(uint8_t byte) { return (CLASS[byte] & ALNUM) != 0; }
static inline int is_hex(uint8_t byte) { return (CLASS[byte] & (DIGIT | UPPER_HEX | LOWER_HEX)) != 0; }

/* Eight bytes, the first one lowest whatever the machine. */
static inline uint64_t word_at(const uint8_t *at)
{
    uint64_t word;
    memcpy(&word, at, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

#define EVERY(byte) (UINT64_C(0x0101010101010101) * (byte))
#define TOPS EVERY(0x80)

/* The top bit of each byte that is zero. */
static inline uint64_t zero_bytes(uint64_t word)
{
    return ~(((word & EVERY(0x7F)) + EVERY(0x7F)) | word | EVERY(0x7F));
}

/* How many bytes have their top bit set, nothing but top bits being given. */
static inline int64_t count_tops(uint64_t tops) { return (int64_t)(((tops >> 7) * EVERY(1)) >> 56); }

/* The code point of the three-byte character that begins here; 0 where another byte stands. */
static inline uint32_t point_at(const uint8_t *at)
{
    if ((at[0] & 240) != 224)
        return 0;
    return ((uint32_t)at[0] << 12 & 0xFFFF) | (uint32_t)(at[1] & 63) << 6 | (at[2] & 63);
}

/* The number that digits write. */
static inline int number_of(const uint8_t *at, int digits)
{
    int total = 0;
    for (int place = 0; place < digits; place++)
        total = total * 10 + (at[place] - 48);
    return total;
}

static inline int all_digits(const uint8_t *at, int64_t digits)
{
    for (int64_t place = 0; place < digits; place++)
        if (!is_digit(at[place]))
            return 0;
    return 1;
}

/* Whether the day exists in the Gregorian calendar. */
static inline int is_day(int year, int month, int day)
{
    static const uint8_t days[16] = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0};
    if (month < 1 || month > 12 || day < 1 || day > days[month])
        return 0;
    return month != 2 || day != 29 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

/* Whether eight digits (yyyymmdd) are a day between two years. */
static inline int is_day_of(const uint8_t *at, int first_year, int last_year)
{
    int year = number_of(at, 4);
    return year >= first_year && year <= last_year && is_day(year, number_of(at + 4, 2), number_of(at + 6, 2));
}

#endif
