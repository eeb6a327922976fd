/* What a cell is written with, and whether it needs cleaning. */
#ifndef EXPORTGATE_LOOK_H
#define EXPORTGATE_LOOK_H

#include "wide.h"

enum { STRETCH = 64 };

/* Long cells are told by coarser classes: any letter, any mark. */
static inline uint8_t coarse(uint8_t mask)
{
    uint8_t found = mask & (DIGIT | HIGH);
    if (mask & LETTERS)
        found |= LOWER;
    if (mask & (NUMERIC_MARK | OTHER))
        found |= OTHER;
    return found;
}

/* Whether a cell that begins or ends with this byte is cleaned: spaces, control characters, quotes. */
static inline int is_edge(uint8_t byte) { return byte < 33 || byte == 34 || byte == 39 || byte == 96; }

/* Whether the character here is full-width, or a space or mark that cannot be seen. */
static inline int is_wide(const uint8_t *at)
{
    uint8_t two = at[1], three = at[2];
    switch (at[0]) {
    case 0xEF:
        if (two == 0xBC)
            return three == 0x8A || (uint8_t)(three - 0x8D) < 2 || (uint8_t)(three - 0x90) < 10 ||
                   (uint8_t)(three - 0xA0) < 27;
        return (two == 0xBD && (uint8_t)(three - 0x81) < 26) || (two == 0xBB && three == 0xBF);
    case 0xE3:
        return two == 0x80 && three == 0x80;
    case 0xE2:
        if ((two == 0x80 && (uint8_t)(three - 0x90) < 6) || (two == 0x88 && three == 0x92)) /* a dash between digits */
            return is_digit(at[-1]) && is_digit(at[3]);
        if (two == 0x80)
            return (uint8_t)(three - 0x80) < 16 || (uint8_t)(three - 0xAA) < 6;
        return two == 0x81 && (three == 0x9F || three == 0xA0 || (uint8_t)(three - 0xA6) < 4);
    case 0xC2:
        return two == 0xA0 || two == 0xAD;
    default:
        return 0;
    }
}

/* Whether a mark stands here that masks places of a number: • ● ×; a wide star is cleaned. */
static inline int is_star(const uint8_t *at)
{
    switch (at[0]) {
    case 0xC3:
        return at[1] == 0x97;
    case 0xE2:
        return (at[1] == 0x80 && at[2] == 0xA2) || (at[1] == 0x97 && at[2] == 0x8F);
    default:
        return 0;
    }
}

enum { WIDE = 1, STAR = 2 };

static inline int marks_at(const uint8_t *at, uint64_t lead)
{
    int found = 0;
    for (; lead; lead &= lead - 1) {
        const uint8_t *mark = at + lowest_bit(lead);
        found |= (is_wide(mark) ? WIDE : 0) | (is_star(mark) ? STAR : 0);
    }
    return found;
}

/* What is seen of one cell; `first` is its first stretch, all of it when it is no longer than that. */
typedef struct {
    sight first;
    uint8_t mask;
    int marks; /* whether it holds characters to be cleaned, or that mask others */
    int64_t further; /* bytes that go on with a character */
} look;

/* The stretches behind the first one of a long cell. */
static NOINLINE void look_further(look *found, const uint8_t *at, const uint8_t *end)
{
    for (; at < end; at += STRETCH) {
        int64_t length = end - at < STRETCH ? end - at : STRETCH;
        sight next;
        see(&next, at, length);
        found->mask |= classes_of(&next, low_bits(length));
        found->marks |= marks_at(at, next.lead);
        found->further += count_bits(next.further);
    }
}

/* Through a pointer: a structure of fresh words that is copied whole is waited for. */
static INLINE void look_at(look *found, const uint8_t *at, const uint8_t *end)
{
    int64_t length = end - at < STRETCH ? end - at : STRETCH;
    see(&found->first, at, length);
    found->mask = classes_of(&found->first, low_bits(length));
    found->marks = found->first.lead ? marks_at(at, found->first.lead) : 0;
    found->further = count_bits(found->first.further);
    if (end - at > STRETCH)
        look_further(found, at + STRETCH, end);
}

#endif
