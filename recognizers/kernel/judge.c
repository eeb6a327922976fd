/* Ask one recognizer about every cell that has its sign. */
#include "judge.h"

/* The recognizers the kernel has, and in the same order what answers. Python reads the names from here. */
FACE const char exportgate_judges[] =
    "CN_RESIDENT_ID CN_FOREIGNER_ID CN_MOBILE BANK_CARD VEHICLE_VIN CN_PASSPORT CN_TRAVEL_PERMIT CN_PASSPORT_OLD "
    "MEDDRA_CODE UUID IBAN EMAIL_ADDRESS CN_PERSON_NAME CN_ADDRESS CN_LICENCE_PLATE";
static judge *const judges[] = {judge_resident, judge_foreigner, judge_mobile, judge_card, judge_vin,
                                judge_passport, judge_permit, judge_passport_old, judge_meddra, judge_uuid,
                                judge_iban, judge_email, judge_name, judge_address, judge_plate};

/* Fill `verdicts` (one per cell) and `counts` (one per verdict). `signs`, `mask` and `hash` are what was found before. */
FACE void exportgate_judge(const cells *block, int which, uint64_t sign, const uint64_t *signs, const uint8_t *mask,
                           const int64_t *hash, const tables *known, uint8_t *verdicts, int64_t *counts)
{
    judge *answer = judges[which];
    int64_t found[8] = {0};
    for (int64_t number = 0; number < block->count; number++) {
        uint8_t verdict = NOTHING;
        if (signs[number] & sign) {
            one cell = {block->data + block->bounds[number], block->data + block->bounds[number + 1], hash[number],
                        mask[number]};
            verdict = answer(&cell, known);
        }
        verdicts[number] = verdict;
        found[verdict & 7]++;
    }
    memcpy(counts, found, sizeof found);
}
