/* What recognizers that the kernel answers for share: the tables they look into, and what they say of a cell. */
#ifndef EXPORTGATE_JUDGE_H
#define EXPORTGATE_JUDGE_H

#include "cells.h"

/* Filled by `cells_tables.py` from the recognizers' own; a table named for points has one entry per 16-bit code point. */
typedef struct {
    const uint8_t *mobile; /* [1000]: whether a mobile number begins with these three digits */
    const uint8_t *card; /* [20][10000]: whether an issuer numbers cards of this length so */
    const uint8_t *vin; /* [256]: the worth of a character */
    const uint8_t *iban; /* [676][32]: by the country's letters, what stands behind the check digits; last the length */
    const uint8_t *surname, *given, *compound_first; /* points */
    const int64_t *compound; /* two points each, sorted */
    int64_t compounds;
    const uint8_t *word_prefix; /* [65536]: by the low bits of the hash of a word that is no name */
    const int64_t *word; /* those hashes, sorted */
    int64_t words;
    const uint8_t *address; /* points: the level a character ends */
    const uint8_t *chinese_number; /* points */
    const uint8_t *province; /* points */
    const uint8_t *door; /* points */
} tables;

/* What is said of a cell: it has the shape, is valid, or holds one inside. `UNSURE`: not a plain form, numpy decides. */
enum { NOTHING, SHAPE, VALID, UNSURE, INSIDE_VALID, INSIDE };

typedef struct {
    const uint8_t *start, *end;
    int64_t hash;
    uint8_t mask;
} one;

typedef uint8_t judge(const one *cell, const tables *known);

judge judge_resident, judge_foreigner, judge_mobile, judge_card, judge_vin, judge_passport, judge_permit,
    judge_passport_old, judge_meddra, judge_uuid, judge_iban, judge_email, judge_name, judge_address, judge_plate;

#endif
