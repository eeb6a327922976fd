/* One bit per entity, and what was seen of a cell on the way to them: what all parts that find signs share. */
#ifndef EXPORTGATE_SIGNS_H
#define EXPORTGATE_SIGNS_H

#include "wide.h"

/* In the order of `exportgate_entities`, which Python reads. */
enum {
    RESIDENT, RESIDENT_15, FOREIGNER, CARD, MOBILE, PHONE_HK, PHONE_TW, LANDLINE, ATC,
    MEDDRA, AIRCRAFT, CREDIT, IMEI, IMEISV, IMSI, ICCID, ID_TW, ID_HK,
    ID_MO, FOREIGNER_OLD, VARIANT, SEQUENCE, UUID, HASHED, OPEN_ID,
    BASE64, DOCUMENT, ICD10, MRZ, MRZ_CARD, IP, MAC, PAIR,
    PASSPORT, PERMIT, PASSPORT_OLD, IBAN, BIC, NAME, NAME_LATIN, ADDRESS,
    PLATE, EMAIL, BIRTH, MOMENT, VIN, MASKED
};
#define SIGN(entity) (UINT64_C(1) << (entity))

/* Of days inside resident numbers. */
enum { OLDEST = 1850, YOUNGEST = 2100 };

/* What was seen so far in one cell. */
typedef struct {
    const uint8_t *start, *end;
    uint8_t mask;
    uint64_t signs;
    int64_t digits, points, fractions, degrees, colons, hyphens, strokes;
    const uint8_t *digits_end; /* of the run before, when it is nothing but digits */
    int pointed; /* a run of digits, a point, and four digits */
    int grouped; /* a run of digits, one space or hyphen, and a run that begins with a digit */
} seen;

/* What was seen in the block, for what recognizers ask of all cells together. */
typedef struct {
    uint64_t signs, lengths[2]; /* lengths: of runs of letters and digits; 127 stands for all longer ones */
    int64_t carried; /* digits that end the cell before */
    int long_number;
} asked;

static inline int one_of(uint8_t byte, const char *letters)
{
    for (uint8_t upper = byte & 0xDF; *letters; letters++)
        if (upper == (uint8_t)*letters)
            return 1;
    return 0;
}

static inline int begins(const uint8_t *at, const char *with)
{
    for (; *with; at++, with++)
        if (*at != (uint8_t)*with)
            return 0;
    return 1;
}

#endif
