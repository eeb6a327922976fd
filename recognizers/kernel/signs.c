/* Which recognizers may find something in a cell: one walk over its letters and digits, one bit per entity.
 *
 * A bit that is not set says that the recognizer would find nothing; one that is set says nothing. So each test below
 * is weaker than the recognizer's own, never stronger. `tests/recognizers/test_kernel.py` holds the two together.
 */
#include "plain.h"
#include "wide.h"

/* In the order of this list; Python reads the names from here. */
FACE const char exportgate_entities[] =
    "CN_RESIDENT_ID CN_RESIDENT_ID_15 CN_FOREIGNER_ID BANK_CARD CN_MOBILE HK_PHONE TW_PHONE CN_LANDLINE ATC_CODE "
    "MEDDRA_CODE AIRCRAFT_REGISTRATION CN_CREDIT_CODE IMEI IMEISV IMSI ICCID TW_NATIONAL_ID HK_IDENTITY_CARD "
    "MO_IDENTITY_CARD CN_FOREIGNER_ID_OLD GENETIC_VARIANT NUCLEOTIDE_SEQUENCE UUID HASHED_ID WECHAT_OPEN_ID "
    "BASE64_IMAGE DOCUMENT_TEXT ICD10_CODE PASSPORT_MRZ IDENTITY_CARD_MRZ IP_ADDRESS MAC_ADDRESS COORDINATE_PAIR "
    "CN_PASSPORT CN_TRAVEL_PERMIT CN_PASSPORT_OLD IBAN SWIFT_BIC CN_PERSON_NAME PERSON_NAME_LATIN CN_ADDRESS "
    "CN_LICENCE_PLATE EMAIL_ADDRESS BIRTH_DATE DATE_TIME VEHICLE_VIN";

enum {
    RESIDENT, RESIDENT_15, FOREIGNER, CARD, MOBILE, PHONE_HK, PHONE_TW, LANDLINE, ATC,
    MEDDRA, AIRCRAFT, CREDIT, IMEI, IMEISV, IMSI, ICCID, ID_TW, ID_HK,
    ID_MO, FOREIGNER_OLD, VARIANT, SEQUENCE, UUID, HASHED, OPEN_ID,
    BASE64, DOCUMENT, ICD10, MRZ, MRZ_CARD, IP, MAC, PAIR,
    PASSPORT, PERMIT, PASSPORT_OLD, IBAN, BIC, NAME, NAME_LATIN, ADDRESS,
    PLATE, EMAIL, BIRTH, MOMENT, VIN
};
#define SIGN(entity) (UINT64_C(1) << (entity))

enum { OLDEST = 1850, YOUNGEST = 2100 };

/* What was seen so far in one cell. */
typedef struct {
    const uint8_t *start, *end;
    uint8_t mask;
    uint64_t signs;
    int64_t digits, points, fractions, degrees, colons, hyphens, strokes;
    const uint8_t *digits_end; /* of the run before, when it is nothing but digits */
    int grouped; /* a run of digits, one space or hyphen, and a run that begins with a digit */
} seen;

/* What was seen in the block, for what recognizers ask of all cells together. */
typedef struct {
    uint64_t lengths[2]; /* of runs of letters and digits; 127 stands for all longer ones */
    int64_t carried; /* digits that end the cell before */
    int long_number;
} asked;

static int one_of(uint8_t byte, const char *letters)
{
    for (uint8_t upper = byte & 0xDF; *letters; letters++)
        if (upper == (uint8_t)*letters)
            return 1;
    return 0;
}

static int begins(const uint8_t *at, const char *with)
{
    for (; *with; at++, with++)
        if (*at != (uint8_t)*with)
            return 0;
    return 1;
}

/* Telephone numbers of Hong Kong, Macao and Taiwan open with a code, after a mark or nothing. */
static uint64_t signs_of_opening(const uint8_t *run, int64_t length)
{
    const uint64_t south = SIGN(3) | SIGN(5) | SIGN(7) | SIGN(8) | SIGN(9) | SIGN(11) | SIGN(13);
    const uint64_t taiwan = SIGN(2) | SIGN(3) | SIGN(4) | SIGN(5) | SIGN(7) | SIGN(10) | SIGN(12) | SIGN(14);
    uint64_t found = 0;
    if (length > 14)
        return 0;
    if ((south >> length & 1) && (begins(run, "852") || begins(run, "853") || begins(run, "0085")))
        found |= SIGN(PHONE_HK);
    if ((taiwan >> length & 1) && (*run == '0' || begins(run, "886")))
        found |= SIGN(PHONE_TW);
    return found;
}

/* Runs that are nothing but digits. */
static uint64_t signs_of_digits(const uint8_t *run, int64_t length)
{
    uint64_t found = 0;
    switch (length) {
    case 8:
        return run[0] == '1' && run[1] == '0' ? SIGN(MEDDRA) : 0;
    case 9:
        return run[0] == '1' && (run[1] == '4' || run[1] == '5') ? SIGN(PASSPORT_OLD) : 0;
    case 11:
        return run[0] == '1' ? SIGN(MOBILE) : 0;
    case 12:
        return run[0] == '0' && run[1] == '1' ? SIGN(MOBILE) : 0;
    case 13:
        return (begins(run, "861") ? SIGN(MOBILE) : 0) | (begins(run, "0086") ? SIGN(LANDLINE) : 0);
    case 14:
        found |= begins(run, "0086") ? SIGN(LANDLINE) : 0;
        break;
    case 15:
        found |= begins(run, "0086") ? SIGN(LANDLINE) : 0;
        if (is_day(2000, number_of(run + 8, 2), number_of(run + 10, 2)))
            found |= SIGN(RESIDENT_15);
        if (begins(run, "00861"))
            found |= SIGN(MOBILE);
        found |= SIGN(IMEI) | (run[0] == '4' ? SIGN(IMSI) : 0);
        break;
    case 16:
        found |= SIGN(IMEISV);
        break;
    default:
        break;
    }
    return found | (length >= 14 && length <= 19 && run[0] != '0' ? SIGN(CARD) : 0);
}

/* Runs of letters and digits of one length, by what stands where in them. */
static uint64_t signs_of_mixed(const uint8_t *run, int64_t length, int64_t digits)
{
    int first = is_letter(run[0]), second = is_letter(run[1]);
    switch (length) {
    case 7:
        return digits == 4 && first && is_letter(run[3]) && is_letter(run[4]) ? SIGN(ATC) : 0;
    case 8:
        return first && digits >= 6 && all_digits(run + 1, 6) ? SIGN(ID_HK) : 0;
    case 9:
        if (!first || digits < 6)
            return 0;
        if (digits == 8)
            return (one_of(run[0], "EGDSPK") ? SIGN(PASSPORT) : 0) | (one_of(run[0], "HMCWLT") ? SIGN(PERMIT) : 0);
        if (!second || !all_digits(run + 2, 6))
            return 0;
        return SIGN(ID_HK) | (one_of(run[0], "EPSDMK") ? SIGN(PASSPORT) : 0) | (one_of(run[0], "C") ? SIGN(PERMIT) : 0);
    case 10:
        return first && digits >= 8 ? SIGN(ID_TW) : 0;
    case 11:
        return digits == 10 && one_of(run[0], "HM") ? SIGN(PERMIT) : 0;
    case 15:
        return digits == 12 && first && second ? SIGN(FOREIGNER_OLD) : 0;
    case 17:
        return all_digits(run + 13, 4) ? SIGN(VIN) : 0;
    default:
        return 0;
    }
}

/* Eighteen digits, or seventeen and an X, of which eight are a day: a resident number, also glued to letters. */
static uint64_t signs_of_long_digits(const uint8_t *digits, int64_t length, const uint8_t *end)
{
    if (length != 18 && !(length == 17 && digits + 17 < end && (digits[17] | 32) == 'x'))
        return 0;
    if (digits[0] == '0' || !is_day_of(digits + 6, OLDEST, YOUNGEST))
        return 0;
    return SIGN(digits[0] == '9' ? FOREIGNER : RESIDENT);
}

/* Twenty-eight letters, digits, hyphens and underscores, of which the first is an o: an account of WeChat. */
static int opens_account(const seen *cell, const uint8_t *run, uint8_t before)
{
    if (*run != 'o' || before == '-' || before == '_' || cell->end - run < 28)
        return 0;
    for (int place = 1; place < 28; place++)
        if (!(CLASS[run[place]] & ALNUM) && run[place] != '-' && run[place] != '_')
            return 0;
    return 1;
}

static uint64_t signs_of_run(const seen *cell, const uint8_t *run, const uint8_t *end, int64_t digits)
{
    int64_t length = end - run;
    uint8_t next = end < cell->end ? *end : 0, before = run > cell->start ? run[-1] : 0;
    uint64_t found = 0;
    if (*run == '0' || *run == '8') {
        found = signs_of_opening(run, length);
        if (found & SIGN(PHONE_TW) && length == 2 && *end != '-' && *end != ')' && *end != ' ')
            found &= ~SIGN(PHONE_TW);
    }
    if (digits == length)
        found |= signs_of_digits(run, length);
    else
        found |= signs_of_mixed(run, length, digits);
    if (length <= 7 && (before & 128) && (length >= 5 || (length == 1 && is_letter(*run))))
        found |= SIGN(PLATE);
    if (length == 6 && digits == 6 && (next & 128))
        found |= SIGN(PLATE);
    if (length == 3 && is_letter(run[0]) && is_digit(run[1]) && (next == '.' || cell->end - cell->start == 3))
        found |= SIGN(ICD10);
    if (length >= 3 && length <= 6 && digits == length - 2 && is_upper(run[0]) && is_upper(end[-1]))
        found |= SIGN(VARIANT); /* a residue: V600E */
    if (length >= 4 && length <= 6 && begins(run, "IVS"))
        found |= SIGN(VARIANT); /* an intron */
    if ((length == 7 || length == 8) && (next == '(' || next == '['))
        found |= digits == 7 ? SIGN(ID_MO) | SIGN(ID_HK) : SIGN(ID_HK);
    if (length == 8 && next == '-' && cell->end - run >= 36 && end[5] == '-' && end[10] == '-' && end[15] == '-')
        found |= SIGN(UUID);
    if (opens_account(cell, run, before))
        found |= SIGN(OPEN_ID);
    if (length == 18 && all_digits(run + 2, 6))
        found |= SIGN(CREDIT);
    if ((length == 19 || length == 20) && begins(run, "8986"))
        found |= SIGN(ICCID);
    if (length >= 15 && length <= 34 && is_letter(run[0]) && is_letter(run[1]) && is_digit(run[2]) && is_digit(run[3]))
        found |= SIGN(IBAN);
    if (length >= 32 && digits && digits < length)
        found |= SIGN(HASHED);
    return found;
}

/* The long rows of digits in a run, and the name of a chromosome: looked for only where they can stand. */
static uint64_t signs_inside(const seen *cell, const uint8_t *run, const uint8_t *end)
{
    uint64_t found = 0;
    for (const uint8_t *at = run; at < end; at++) {
        const uint8_t *first = at;
        while (at < end && is_digit(*at))
            at++;
        if (at - first >= 17)
            found |= signs_of_long_digits(first, at - first, cell->end);
        if (end - at > 2 && at[0] == 'c' && at[1] == 'h' && at[2] == 'r')
            found |= SIGN(VARIANT);
    }
    return found;
}

/* Take up a run of letters and digits. */
static void take_run(seen *cell, asked *block, const uint8_t *run, int64_t length, int64_t digits)
{
    const uint8_t *end = run + length;
    if (digits >= 17 || (cell->mask & LOWER && length - digits >= 3))
        cell->signs |= signs_inside(cell, run, end);
    block->lengths[length > 63] |= UINT64_C(1) << ((length > 127 ? 127 : length) & 63);
    if (cell->digits_end && run - cell->digits_end == 1 && is_digit(*run) &&
        (*cell->digits_end == ' ' || *cell->digits_end == '-'))
        cell->grouped = 1;
    cell->digits_end = digits == length ? end : 0;
    cell->digits += digits;
    cell->signs |= signs_of_run(cell, run, end, digits);
}

/* Whether seven digits in a row stand in the block so far; they may go on across the edge of a cell, as numpy sees them. */
static void take_digits(asked *block, const seen *cell)
{
    const uint8_t *at = cell->start;
    int64_t row = block->carried;
    for (; !block->long_number && at < cell->end; at++) {
        row = is_digit(*at) ? row + 1 : 0;
        block->long_number |= row >= 7;
    }
    block->carried = row;
}

/* One byte of ASCII that is neither letter nor digit. */
static void read_mark(seen *cell, asked *block, const uint8_t *at)
{
    switch (*at) {
    case '@':
        cell->signs |= SIGN(EMAIL);
        break;
    case '.':
        cell->points++;
        if (is_digit(at[-1]) && is_digit(at[1]) && is_digit(at[2]) && is_digit(at[3]))
            cell->fractions++;
        if (at > cell->start && memchr("cgmnrp", at[-1], 6))
            cell->signs |= SIGN(VARIANT);
        break;
    case ':':
        cell->colons++;
        if (at[1] == ':')
            cell->signs |= SIGN(IP);
        break;
    case '-':
    case ' ':
        cell->hyphens += *at == '-';
        if (is_digit(at[-1]) && (at[1] == 'A' || at[1] == 'C' || at[1] == 'G' || at[1] == 'T'))
            cell->signs |= SIGN(VARIANT);
        block->long_number |= is_digit(at[-1]) && is_digit(at[1]);
        break;
    case '/':
        cell->strokes++;
        break;
    case '*':
        if (CLASS[at[-1]] & ALNUM && is_digit(at[1]))
            cell->signs |= SIGN(VARIANT); /* an allele: CYP2C19*2 */
        break;
    case '<':
        if (at[1] == '<')
            cell->signs |= SIGN(MRZ) | SIGN(MRZ_CARD);
        break;
    case '+':
        if ((uint8_t)(at[1] - '1') < 9)
            cell->signs |= SIGN(LANDLINE);
        break;
    default:
        break;
    }
}

/* Signs of degrees; `c2` says where the byte stands that begins one. */
static void take_degrees(seen *cell, const uint8_t *at, uint64_t c2)
{
    for (; c2; c2 &= c2 - 1)
        cell->degrees += at[lowest_bit(c2) + 1] == 0xB0;
}

/* Walk the runs and the marks of a stretch of at most 64 bytes, of which `found` says what they are.
 *
 * A run that touches the end of a stretch may go on: unless the stretch is the last, the walk ends before it, and what it
 * returns is how far it came.
 */
static int64_t walk(seen *cell, asked *block, const uint8_t *at, int64_t length, bits found)
{
    uint64_t alnum = found.digit | found.letter, left = low_bits(length) & ~found.high;
    int last = at + length == cell->end;
    while (left) {
        int first = lowest_bit(left);
        if (alnum >> first & 1) {
            uint64_t rest = ~(alnum >> first);
            int64_t size = rest ? lowest_bit(rest) : 64;
            if (size > length - first)
                size = length - first;
            if (first + size == length && !last)
                return first;
            take_run(cell, block, at + first, size, count_bits(found.digit >> first & low_bits(size)));
            left &= size + first >= 64 ? 0 : ~low_bits(first + size);
        } else {
            read_mark(cell, block, at + first);
            left &= left - 1;
        }
    }
    return length;
}

/* A run that fills a whole stretch: rare enough to be read byte by byte. */
static const uint8_t *read_long_run(seen *cell, asked *block, const uint8_t *run)
{
    const uint8_t *at = run;
    int64_t digits = 0;
    for (; at < cell->end && CLASS[*at] & ALNUM; at++)
        digits += CLASS[*at] & DIGIT;
    take_run(cell, block, run, at - run, digits);
    return at;
}

static void read_text(seen *cell, asked *block)
{
    const uint8_t *at = cell->start;
    while (at < cell->end) {
        int64_t length = cell->end - at < 64 ? cell->end - at : 64, walked;
        bits found = bits_of(at, length);
        take_degrees(cell, at, found.c2);
        walked = walk(cell, block, at, length, found);
        if (walked)
            at += walked;
        else
            at = read_long_run(cell, block, at);
    }
    if (!block->long_number)
        take_digits(block, cell);
}

/* What the counts of a whole cell say. */
static uint64_t signs_of_counts(const seen *cell)
{
    int64_t length = cell->end - cell->start;
    uint64_t found = 0;
    if (cell->grouped && cell->digits >= 10)
        found |= SIGN(LANDLINE) | (cell->digits >= 11 ? SIGN(MOBILE) : 0) | (cell->digits >= 15 ? SIGN(CARD) : 0) |
                 (cell->digits >= 17 ? SIGN(RESIDENT) | SIGN(FOREIGNER) : 0);
    if ((cell->points >= 3 && cell->digits >= 4) || cell->colons >= 7)
        found |= SIGN(IP);
    if (cell->colons + cell->hyphens >= 5 || cell->points >= 2)
        found |= SIGN(MAC);
    if (cell->fractions >= 2 || cell->degrees >= 2)
        found |= SIGN(PAIR);
    if (cell->strokes >= 2 && cell->digits >= 8)
        found |= SIGN(ID_MO);
    return found;
}

/* What a cell's first bytes say. */
static uint64_t signs_of_start(const seen *cell)
{
    const uint8_t *at = cell->start;
    int64_t length = cell->end - cell->start;
    uint64_t found = 0;
    if (length >= 5 && length <= 7 && (at[0] | 32) == 'b' && at[1] == '-')
        found |= SIGN(AIRCRAFT);
    if ((length == 8 || length == 11) && (begins(at + 4, "CN") || begins(at + 4, "HK")) && is_upper(at[0]))
        found |= SIGN(BIC);
    if (length >= 11 && at[0] == '(' && at[1] == '0')
        found |= SIGN(LANDLINE);
    if (length >= 3 && at[0] == 'r' && at[1] == 's' && is_digit(at[2]))
        found |= SIGN(VARIANT);
    if (length >= 19 && length <= 42 && at[4] == ' ' && is_letter(at[0]) && is_letter(at[1]) && is_digit(at[2]))
        found |= SIGN(IBAN);
    return found;
}

static int is_month(const uint8_t *at)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (const char *name = names; *name; name += 3)
        if ((at[0] | 32) == name[0] && (at[1] | 32) == name[1] && (at[2] | 32) == name[2])
            return 1;
    return 0;
}

/* A year at the end, behind a month's name or a mark after the first digits: 07MAR1990, Mar 7, 1990, 7.3.1990. */
static int is_year_last(const uint8_t *at, const uint8_t *end)
{
    if (end - at > 20 || !is_digit(end[-1]) || !is_digit(end[-2]))
        return 0;
    if (!(end[-4] == '1' && end[-3] == '9') && !(end[-4] == '2' && end[-3] == '0'))
        return 0;
    return is_date_mark(at[1]) || is_date_mark(at[2]) || is_month(at) || is_month(at + 1) || is_month(at + 2) ||
           is_month(at + 3);
}

/* 民国 or 中华民国 before a year of the republic. */
static int is_of_republic(const uint8_t *at, const uint8_t *end)
{
    return end - at >= 10 && end - at <= 40 && (begins(at, "\xE6\xB0\x91") || begins(at, "\xE4\xB8\xAD"));
}

/* Days and moments: all digits, with marks between, before a 年, or in a form of elsewhere. */
static uint64_t signs_of_day(const seen *cell)
{
    const uint8_t *at = cell->start;
    int64_t length = cell->end - cell->start;
    int found = 0;
    if (length < 8)
        return 0;
    if (length == 8 || length == 14)
        found = all_digits(at, length);
    found |= is_date_mark(at[4]) && all_digits(at, 4);
    found |= begins(at + 4, "\xE5\xB9\xB4") || is_year_last(at, cell->end) || is_of_republic(at, cell->end);
    return found ? SIGN(BIRTH) | SIGN(MOMENT) : 0;
}

/* Whether one of the dots of a name stands in the cell. */
static int is_dotted(const seen *cell)
{
    for (const uint8_t *at = cell->start; at < cell->end; at++)
        if ((at[0] == 0xC2 && at[1] == 0xB7) || (at[0] == 0xE2 && at[1] == 0x80))
            return 1;
    return 0;
}

/* The first bytes of pictures, as they are or as base64 text. */
static const uint8_t pictures[256] = {['d'] = 1, ['/'] = 1, ['i'] = 1, ['R'] = 1, ['U'] = 1,
                                      [0xFF] = 1, [0x89] = 1, ['G'] = 1, ['Q'] = 1};

/* What the classes of a cell's bytes say, and its two ends. */
static uint64_t signs_of_mask(const seen *cell)
{
    int64_t length = cell->end - cell->start;
    uint8_t mask = cell->mask, first = *cell->start, last = cell->end[-1];
    uint64_t found = 0;
    if (length >= 2 && ((first == '{' && last == '}') || (first == '[' && last == ']') || (first == '<' && last == '>')))
        found |= SIGN(DOCUMENT);
    if (length >= 24 && pictures[first])
        found |= SIGN(BASE64);
    if (mask & HIGH)
        found |= SIGN(ADDRESS);
    if (mask == HIGH && (length == 6 || length == 9 || length == 12 || (length <= 60 && is_dotted(cell))))
        found |= SIGN(NAME);
    if (!(mask & (HIGH | DIGIT)) && mask & OTHER && mask & LETTERS && length >= 4 && length <= 40 && is_upper(first))
        found |= SIGN(NAME_LATIN);
    if (length >= 20 && !(mask & ~LETTERS))
        found |= SIGN(SEQUENCE);
    return found;
}

/* A cell that is one run of letters and digits. */
static void read_word(seen *cell, asked *block)
{
    const uint8_t *at = cell->start;
    int64_t length = cell->end - at, digits = length;
    if (cell->mask != DIGIT) {
        digits = 0;
        for (int64_t place = 0; place < length; place += 64)
            digits += count_bits(bits_of(at + place, length - place).digit);
    }
    take_run(cell, block, at, length, digits);
    if (!block->long_number)
        take_digits(block, cell);
    if ((length == 8 || length == 14) && digits == length)
        cell->signs |= SIGN(BIRTH) | SIGN(MOMENT);
    if (digits < length)
        cell->signs |= signs_of_start(cell) | signs_of_day(cell);
}

static int may_open(uint8_t byte) { return byte == '0' || byte == '8'; }

/* A UUID may hold a service number in three groups of four, and may open one of its parts as telephone numbers open.
 *
 * Columns of them are common, and the walk over their nine parts is dear.
 */
static int read_uuid(seen *cell, asked *block)
{
    const uint8_t *at = cell->start;
    bits found;
    if (at[8] != '-' || at[13] != '-' || at[18] != '-' || at[23] != '-')
        return 0;
    found = bits_of(at, 36);
    if (count_bits(found.digit | found.letter) != 32)
        return 0;
    for (int place = 8; place <= 23; place += 5)
        block->long_number |= is_digit(at[place - 1]) && is_digit(at[place + 1]);
    if (!block->long_number)
        take_digits(block, cell);
    block->lengths[0] |= SIGN(4) | SIGN(8) | SIGN(12);
    cell->signs |= SIGN(UUID);
    if (may_open(at[0]))
        cell->signs |= SIGN(PHONE_HK);
    if (may_open(at[9]) || may_open(at[14]) || may_open(at[19]) || may_open(at[24]))
        cell->signs |= SIGN(PHONE_TW);
    if (count_bits(found.digit >> 9 & low_bits(14)) == 12)
        cell->signs |= SIGN(LANDLINE);
    return 1;
}

/* Plain moments and amounts: no other recognizer finds anything in one, and the walk over their parts is dear. */
static int read_plain(seen *cell, asked *block)
{
    const uint8_t *at = cell->start;
    int fraction, before;
    if (cell->mask & ~(DIGIT | NUMERIC_MARK | OTHER) || !(cell->mask & NUMERIC_MARK))
        return 0;
    if (is_plain_moment(at, cell->end - at, &fraction)) {
        cell->signs = SIGN(BIRTH) | SIGN(MOMENT);
        block->lengths[0] |= SIGN(4) | SIGN(2) | (UINT64_C(1) << fraction & ~UINT64_C(1));
        block->long_number |= at[4] == '-' || cell->end - at > 10;
    } else if (cell->end - at <= 16 && (before = digits_of_amount(at, cell->end)) != 0) {
        block->lengths[0] |= SIGN(before) | SIGN(cell->end - at - before - (*at == '-') - 1);
        block->long_number |= *at == '-' && is_digit(at[-1]);
    } else {
        return 0;
    }
    if (!block->long_number)
        take_digits(block, cell);
    return 1;
}

static void read_cell(seen *cell, asked *block)
{
    if (read_plain(cell, block))
        return;
    cell->signs = signs_of_mask(cell);
    if (cell->mask == HIGH) {
        block->carried = 0;
        if (is_of_republic(cell->start, cell->end))
            cell->signs |= SIGN(BIRTH) | SIGN(MOMENT);
    } else if (!(cell->mask & ~ALNUM)) {
        read_word(cell, block);
    } else if (cell->end - cell->start != 36 || cell->mask & ~(DIGIT | UPPER_HEX | LOWER_HEX | NUMERIC_MARK) ||
               !read_uuid(cell, block)) {
        read_text(cell, block);
        cell->signs |= signs_of_counts(cell) | signs_of_start(cell) | signs_of_day(cell);
    }
}

/* Fill `signs` (one word per cell) and `joined`: all signs, the lengths of runs in two words, a long number in the last.
 *
 * `mask` is what survey() found.
 */
FACE void exportgate_signs(const cells *block, const uint8_t *mask, uint64_t *signs, uint64_t *joined)
{
    asked all = {{0, 0}, 0, 0};
    joined[0] = 0;
    for (int64_t number = 0; number < block->count; number++) {
        seen cell = {block->data + block->bounds[number], block->data + block->bounds[number + 1], mask[number],
                     0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        if (cell.start < cell.end)
            read_cell(&cell, &all);
        signs[number] = cell.signs;
        joined[0] |= cell.signs;
    }
    joined[1] = all.lengths[0];
    joined[2] = all.lengths[1];
    joined[3] = (uint64_t)all.long_number;
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
