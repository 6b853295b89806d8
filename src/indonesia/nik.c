/* SPDX-License-Identifier: MIT
 * Text cleaning runs in two passes: the cell is cut into runs of what can be digits (digits, the letters O I L B S, and
 * separators that people put between digits); the best run is then taken. Plain digits never get there. */
#include "indonesia/nik.h"

#include "base/date.h"
#include "indonesia/fold.h"

enum { MAX_DIGITS = 40 };

const char *pd_nik_flag_name(unsigned bit)
{
    static const char *const names[PD_NIK_FLAGS] = { "N_EMPTY",   "N_LEN",     "N_PROV",   "N_KAB",   "N_KEC",
                                                     "N_DAY",     "N_MON",     "N_SER",    "N_DUMMY", "N_SEX",
                                                     "N_DATE",    "N_DUPFILE", "N_ISKK",   "N_HEAD",  "N_SCI",
                                                     "N_FLOAT",   "N_QUOTE",   "N_LETTER", "N_EXTRA", "N_ROUND15",
                                                     "KODE_LAMA", "KODE_BPS" };
    return bit < PD_NIK_FLAGS ? names[bit] : NULL;
}

/* Digits of one run. n_first_word = digits before the first blank in it. */
struct run {
    uint8_t digits[MAX_DIGITS];
    size_t n, n_true, n_letters, n_first_word;
    bool separators, too_long;
};

static int digit_of_letter(char byte)
{
    switch (byte) {
    case 'O': return 0;
    case 'I':
    case 'L': return 1;
    case 'S': return 5;
    case 'B': return 8;
    default: return -1;
    }
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static bool is_separator(char byte)
{
    return byte == ' ' || byte == '\'' || byte == '"' || byte == '`' || byte == '.' || byte == ',' || byte == '-' ||
           byte == '_' || byte == '=' || byte == '\\';
}

static uint64_t number_of(const uint8_t *digits, size_t n)
{
    uint64_t number = 0;
    for (size_t i = 0; i < n; i++) number = number * 10 + digits[i];
    return number;
}

/* ---- Checks of the digits ---- */

static bool is_sequence(uint64_t number)
{
    return number == UINT64_C(1234567890123456) || number == UINT64_C(123456789012345) ||
           number == UINT64_C(9876543210987654) || number == UINT64_C(9876543210123456);
}

static bool is_dummy(uint64_t number)
{
    if (number % UINT64_C(1111111111111111) == 0 || is_sequence(number)) return true;
    const unsigned serial = (unsigned)(number % 10000);
    const unsigned date = (unsigned)(number / 10000 % 1000000);
    if (serial == 0 && date == 0) return true;
    const bool round_date = date / 100 % 4000 == 101 || date % 111111 == 0;
    return round_date && (serial == 0 || serial == 9999);
}

/* The century is not known: 29 February is accepted when one of the centuries has it (00 is 2000). */
static uint32_t date_flags(unsigned day, unsigned month, unsigned year)
{
    uint32_t flags = 0;
    if (month < 1 || month > 12) flags |= PD_NIK_MON;
    const int full_year = year % 4 == 0 ? 2000 : 2001;
    const int some_month = flags != 0 ? 1 : (int)month;
    if (!pd_date_valid(full_year, some_month, (int)day)) flags |= PD_NIK_DAY;
    return flags;
}

static uint32_t structure_flags(uint64_t number, bool women_plus_forty)
{
    const unsigned date = (unsigned)(number / 10000 % 1000000);
    unsigned day = date / 10000;
    if (women_plus_forty && day > 40) day -= 40;
    uint32_t flags = date_flags(day, date / 100 % 100, date % 100);
    if (number % 10000 == 0) flags |= PD_NIK_SER;
    if (is_dummy(number)) flags |= PD_NIK_DUMMY;
    return flags;
}

static struct pd_nik checked(uint64_t number, unsigned length, uint32_t flags, bool is_person)
{
    struct pd_nik nik = { number, flags, (uint8_t)length };
    if (length == 0 || (number == 0 && length <= 2)) return (struct pd_nik){ 0, flags | PD_NIK_EMPTY, 0 };
    if (length != 16)
        nik.flags |= PD_NIK_LEN;
    else
        nik.flags |= structure_flags(number, is_person);
    return nik;
}

/* ---- Text ---- */

/* `3.20101E+15`, also with a decimal comma: the printed digits and SCI. */
static bool read_scientific(const char *folded, size_t length, struct pd_nik *nik)
{
    uint8_t digits[MAX_DIGITS];
    size_t n = 0;
    size_t i = 0;
    while (i < length && (folded[i] == ' ' || folded[i] == '\'' || folded[i] == '"' || folded[i] == '=')) i++;
    for (; i < length && (is_digit(folded[i]) || folded[i] == '.' || folded[i] == ','); i++)
        if (is_digit(folded[i]) && n < 18) digits[n++] = (uint8_t)(folded[i] - '0');
    if (n == 0 || i >= length || folded[i] != 'E') return false;
    i++;
    if (i < length && folded[i] == '+') i++;
    const size_t exponent = i;
    while (i < length && is_digit(folded[i])) i++;
    if (i == exponent) return false;
    while (i < length && (folded[i] == ' ' || folded[i] == '\'' || folded[i] == '"')) i++;
    if (i != length) return false;
    *nik = (struct pd_nik){ number_of(digits, n), PD_NIK_SCI | PD_NIK_LEN, (uint8_t)n };
    return true;
}

/* Where a trailing `.0` or `,00` of a number written as a float begins; length when there is none. */
static size_t float_tail(const char *folded, size_t length)
{
    size_t end = length;
    while (end > 0 && (folded[end - 1] == ' ' || folded[end - 1] == '\'' || folded[end - 1] == '"')) end--;
    size_t zeros = end;
    while (zeros > 0 && folded[zeros - 1] == '0') zeros--;
    if (zeros == end || end - zeros > 2 || zeros == 0) return length;
    if (folded[zeros - 1] != '.' && folded[zeros - 1] != ',') return length;
    size_t n_digits = 0;
    for (size_t i = zeros - 1; i > 0 && (is_digit(folded[i - 1]) || digit_of_letter(folded[i - 1]) >= 0); i--)
        n_digits++;
    return n_digits >= 8 ? zeros - 1 : length;
}

/* Letters in the word of a letter that is no digit are none: the I of SITI. */
static size_t behind_word(const char *folded, size_t length, size_t position)
{
    if (position == 0 || !is_letter(folded[position - 1])) return position;
    while (position < length && is_letter(folded[position])) position++;
    return position;
}

static void drop_last_letters(struct run *run, size_t n)
{
    if (n > run->n) n = run->n;
    run->n -= n;
    run->n_letters -= n;
}

/* Reads a run from position; returns where it ends. */
static size_t read_run(const char *folded, size_t length, size_t position, struct run *run)
{
    *run = (struct run){ .n = 0 };
    bool blank_seen = false;
    size_t n_last_letters = 0;
    for (position = behind_word(folded, length, position); position < length; position++) {
        const char byte = folded[position];
        const int letter = digit_of_letter(byte);
        if (is_digit(byte) || letter >= 0) {
            run->too_long |= run->n == MAX_DIGITS;
            if (run->n < MAX_DIGITS) run->digits[run->n++] = (uint8_t)(letter >= 0 ? letter : byte - '0');
            run->n_true += letter < 0;
            run->n_letters += letter >= 0;
            n_last_letters = letter < 0 ? 0 : n_last_letters + 1;
        } else if (is_separator(byte)) {
            run->separators = true;
            n_last_letters = 0;
            if (!blank_seen && byte == ' ' && run->n > 0) run->n_first_word = run->n;
            blank_seen |= byte == ' ' && run->n > 0;
        } else {
            break;
        }
    }
    if (position < length && is_letter(folded[position])) drop_last_letters(run, n_last_letters);
    return position;
}

/* Letters are only slips for digits where digits prevail. */
static size_t run_worth(const struct run *run)
{
    if (run->n_letters > 0 && run->n_true < 10) return 0;
    if (run->n == 16 || run->n_first_word == 16) return 100;
    return run->n_true;
}

static struct pd_nik take_run(const struct run *run, uint32_t flags, bool is_person)
{
    size_t n = run->n;
    if (run->n_letters > 0) flags |= PD_NIK_LETTER;
    if (run->separators) flags |= PD_NIK_QUOTE;
    if (n != 16 && run->n_first_word == 16) {
        n = 16;
        flags |= PD_NIK_EXTRA;
    }
    if (n > 18 || run->too_long) return (struct pd_nik){ 0, flags | PD_NIK_LEN, 0 };
    return checked(number_of(run->digits, n), (unsigned)n, flags, is_person);
}

static struct pd_nik clean(struct pd_text text, bool is_person)
{
    char folded[128];
    struct pd_nik nik = { 0, PD_NIK_EMPTY, 0 };
    if (pd_is_nothing(text)) return nik;
    size_t length = pd_fold(text, folded, sizeof folded);
    if (read_scientific(folded, length, &nik)) return nik;
    const size_t tail = float_tail(folded, length);
    uint32_t flags = tail < length ? PD_NIK_FLOAT : 0;
    if (tail < length && folded[length - 1] != '0') flags |= PD_NIK_QUOTE;
    length = tail;
    struct run best = { .n = 0 };
    size_t n_others = 0;
    for (size_t i = 0; i < length;) {
        struct run run;
        const size_t end = read_run(folded, length, i, &run);
        const bool better = run_worth(&run) > run_worth(&best);
        n_others += better ? best.n > 0 : run.n > 0;
        if (better) best = run;
        n_others += end < length;
        i = end + 1;
    }
    if (n_others > 0) flags |= PD_NIK_EXTRA;
    if (run_worth(&best) == 0) return (struct pd_nik){ 0, flags | PD_NIK_LEN, 0 };
    return take_run(&best, flags, is_person);
}

static bool plain_digits(struct pd_text text, uint64_t *number)
{
    if (text.length == 0 || text.length > 18) return false;
    uint64_t value = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (!is_digit(text.data[i])) return false;
        value = value * 10 + (uint64_t)(text.data[i] - '0');
    }
    *number = value;
    return true;
}

struct pd_nik pd_nik_clean(struct pd_text text)
{
    uint64_t number = 0;
    if (plain_digits(text, &number)) return pd_nik_of_digits(number, (unsigned)text.length);
    return clean(text, true);
}

struct pd_nik pd_nik_of_digits(uint64_t number, unsigned length)
{
    return checked(number, length, 0, true);
}

struct pd_nik pd_kk_clean(struct pd_text text)
{
    uint64_t number = 0;
    if (plain_digits(text, &number)) return pd_kk_of_digits(number, (unsigned)text.length);
    return clean(text, false);
}

struct pd_nik pd_kk_of_digits(uint64_t number, unsigned length)
{
    return checked(number, length, 0, false);
}

uint32_t pd_nik_region_flags(uint64_t number, const struct pd_region_index *regions)
{
    const unsigned district = (unsigned)(number / UINT64_C(10000000000));
    const unsigned known_province = pd_region_known_province(regions, district / 10000);
    const unsigned known_regency = pd_region_known_regency(regions, district / 100);
    const unsigned known_district = pd_region_known_district(regions, district);
    if (known_province == 0) return PD_NIK_PROV | PD_NIK_KAB | PD_NIK_KEC;
    if (known_province == PD_REGION_BPS) return PD_NIK_BPS_CODE;
    if (known_regency == 0) return PD_NIK_KAB | PD_NIK_KEC;
    if ((known_regency & (PD_REGION_CURRENT | PD_REGION_OLD)) == 0) return PD_NIK_BPS_CODE;
    uint32_t flags = (known_regency & PD_REGION_CURRENT) == 0 ? PD_NIK_OLD_CODE : 0;
    if (known_district == 0)
        flags |= PD_NIK_KEC;
    else if ((known_district & PD_REGION_CURRENT) == 0)
        flags |= PD_NIK_OLD_CODE;
    return flags;
}

struct pd_nik_fields pd_nik_fields(uint64_t number)
{
    struct pd_nik_fields fields;
    fields.serial = (uint16_t)(number % 10000);
    const unsigned date = (unsigned)(number / 10000 % 1000000);
    const unsigned day = date / 10000;
    fields.region = (uint32_t)(number / UINT64_C(10000000000));
    fields.year = (uint8_t)(date % 100);
    fields.month = (uint8_t)(date / 100 % 100);
    fields.day = (uint8_t)(day > 40 ? day - 40 : day);
    fields.sex = (uint8_t)(fields.day < 1 || fields.day > 31 ? 0 : day > 40 ? 2 : 1);
    return fields;
}

int pd_nik_parts_confirmed(uint64_t number, unsigned sex, struct pd_date birth)
{
    const struct pd_nik_fields fields = pd_nik_fields(number);
    if (fields.sex == 0 || (sex != 0 && sex != fields.sex)) return 0;
    return (fields.day == birth.day) + (fields.month == birth.month) + (fields.year == birth.year % 100);
}

bool pd_nik_slip(uint64_t a, uint64_t b)
{
    unsigned places[3] = { 0 };
    unsigned n = 0;
    uint64_t left = a;
    uint64_t right = b;
    for (unsigned place = 0; place < 16 && n < 3; place++, left /= 10, right /= 10)
        if (left % 10 != right % 10) places[n++] = place;
    if (n == 1) return true;
    if (n != 2 || places[1] != places[0] + 1) return false;
    for (unsigned place = 0; place < places[0]; place++) {
        a /= 10;
        b /= 10;
    }
    return a % 10 == b / 10 % 10 && b % 10 == a / 10 % 10;
}

uint32_t pd_nik_compare(uint64_t number, unsigned sex, int32_t birth_date, int birth_year)
{
    const struct pd_nik_fields fields = pd_nik_fields(number);
    if (fields.sex == 0) return 0;
    uint32_t flags = sex != 0 && sex != fields.sex ? PD_NIK_SEX : 0;
    if (birth_date != PD_DATE_NONE) {
        const struct pd_date date = pd_date_to_civil(birth_date);
        if (date.day != fields.day || date.month != fields.month || date.year % 100 != fields.year)
            flags |= PD_NIK_DATE;
    } else if (birth_year > 0 && birth_year % 100 != fields.year) {
        flags |= PD_NIK_DATE;
    }
    return flags;
}
