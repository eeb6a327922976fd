/* Which recognizers may find something in a cell: the faces of what `reading.h` does, on this machine or a wider one.
 *
 * A bit that is not set says that the recognizer would find nothing; one that is set says nothing. So each test is weaker
 * than the recognizer's own, never stronger. `tests/recognizers/test_kernel.py` holds the two together.
 */
#include "reading.h"
#include "sources.h"
#include "wider.h"

/* What this library was built from: Python leaves one alone that was built from other sources. */
FACE const char exportgate_sources[] = SOURCES;

/* In the order of this list; Python reads the names from here. MASKED stands for all entities of which a part is masked. */
FACE const char exportgate_entities[] =
    "CN_RESIDENT_ID CN_RESIDENT_ID_15 CN_FOREIGNER_ID BANK_CARD CN_MOBILE HK_PHONE TW_PHONE CN_LANDLINE ATC_CODE "
    "MEDDRA_CODE AIRCRAFT_REGISTRATION CN_CREDIT_CODE IMEI IMEISV IMSI ICCID TW_NATIONAL_ID HK_IDENTITY_CARD "
    "MO_IDENTITY_CARD CN_FOREIGNER_ID_OLD GENETIC_VARIANT NUCLEOTIDE_SEQUENCE UUID HASHED_ID WECHAT_OPEN_ID "
    "BASE64_IMAGE DOCUMENT_TEXT ICD10_CODE PASSPORT_MRZ IDENTITY_CARD_MRZ IP_ADDRESS MAC_ADDRESS COORDINATE_PAIR "
    "CN_PASSPORT CN_TRAVEL_PERMIT CN_PASSPORT_OLD IBAN SWIFT_BIC CN_PERSON_NAME PERSON_NAME_LATIN CN_ADDRESS "
    "CN_LICENCE_PLATE EMAIL_ADDRESS BIRTH_DATE DATE_TIME VEHICLE_VIN MASKED";

/* Whether this machine has registers of 64 bytes, and this library was built for them. */
FACE int exportgate_has_wide(void) { return IS_WIDER(1); }

static int fits(const cells *block)
{
    const int64_t *bounds = block->bounds;
    if (block->count < 0 || block->size < 2 * PAD || bounds[0] < PAD || bounds[block->count] > block->size - PAD)
        return 0;
    for (int64_t cell = 0; cell < block->count; cell++)
        if (bounds[cell] > bounds[cell + 1])
            return 0;
    return 1;
}

static void keep(const asked *all, uint64_t *joined)
{
    joined[0] = all->signs;
    joined[1] = all->lengths[0];
    joined[2] = all->lengths[1];
    joined[3] = (uint64_t)all->long_number;
}

/* Fill `mask`, `hash` and `dirty` (one each per cell) and `tally`; 0 when the bounds do not fit the data.
 *
 * `wide`: by wide registers, if there are any. `weight` says how often each cell stands in the column; NULL: once.
 * `signs` and `joined` as exportgate_signs() has them; both NULL where nobody will ask.
 */
FACE int exportgate_read(const cells *block, int wide, const int64_t *weight, uint8_t *mask, uint64_t *hash, uint8_t *dirty,
                         int64_t *tally, uint64_t *signs, uint64_t *joined)
{
    asked all = {0, {0, 0}, 0, 0};
    if (!fits(block))
        return 0;
    memset(tally, 0, TALLY * sizeof *tally);
    if (IS_WIDER(wide))
        survey_wider(block, weight, mask, hash, dirty, tally, signs, &all);
    else if (signs)
        survey_block(block, weight, mask, hash, dirty, tally, signs, &all);
    else
        survey_block(block, weight, mask, hash, dirty, tally, 0, &all);
    if (signs)
        keep(&all, joined);
    return 1;
}

/* Fill `signs` (one word per cell) and `joined`: all signs, the lengths of runs in two words, a long number in the last.
 *
 * `mask` is what exportgate_read() found.
 */
FACE void exportgate_signs(const cells *block, int wide, const uint8_t *mask, uint64_t *signs, uint64_t *joined)
{
    asked all = {0, {0, 0}, 0, 0};
    if (IS_WIDER(wide))
        signs_wider(block, mask, signs, &all);
    else
        find_signs(block, mask, signs, &all);
    keep(&all, joined);
}

/* List the cells that have a sign, and return how many they are. */
FACE int64_t exportgate_choose(const uint64_t *signs, int64_t count, uint64_t sign, int64_t *chosen)
{
    int64_t found = 0;
    for (int64_t cell = 0; cell < count; cell++) {
        chosen[found] = cell;
        found += (signs[cell] & sign) != 0;
    }
    return found;
}
