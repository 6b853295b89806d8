/* SPDX-License-Identifier: MIT
 * The error model (DOMAIN 9.2): which classes hit a row, by rates per regime. How each class looks is in damage_*.c. */
#include "generate/damage_parts.h"

#include <math.h>

enum { N_COLUMNS = PD_REGIME_DAERAH + 2, REGISTER_COLUMN = N_COLUMNS - 1 };

/* Share of rows, or of those that give room for it. */
struct rates {
    double nik_unusable, nik_digit, nik_unknown, nik_other_person, nik_is_kk; /* E1-E4, E7 */
    double kk;                                                                /* E6 */
    double spelling, abbreviation, title;                                     /* E10-E12 */
    double word_dropped, words_swapped, nickname;                             /* E13 */
    double spacing, typo, no_name;                                            /* E14-E16 */
    double birth_date, sex;                                                   /* E18, E20 */
    double address_words, rt_rw_missing, hamlet_missing, wrong_village;       /* E24 */
};

static const struct rates columns[N_COLUMNS] = {
    [PD_REGIME_LAMA] = { .nik_unusable = 0.06,
                         .nik_digit = 0.04,
                         .nik_unknown = 0.06,
                         .nik_other_person = 0.011,
                         .nik_is_kk = 0.003,
                         .kk = 0.169,
                         .spelling = 0.08,
                         .abbreviation = 0.40,
                         .title = 0.03,
                         .word_dropped = 0.04,
                         .words_swapped = 0.005,
                         .nickname = 0.01,
                         .spacing = 0.03,
                         .typo = 0.03,
                         .no_name = 0.00006,
                         .birth_date = 0.037,
                         .sex = 0.005,
                         .address_words = 0.60,
                         .rt_rw_missing = 0.10,
                         .hamlet_missing = 0.30,
                         .wrong_village = 0.01 },
    [PD_REGIME_BARU] = { .nik_unusable = 0.0005,
                         .nik_digit = 0.001,
                         .nik_unknown = 0.002,
                         .nik_other_person = 0.0001,
                         .kk = 0.01,
                         .spelling = 0.02,
                         .abbreviation = 0.15,
                         .title = 0.01,
                         .word_dropped = 0.01,
                         .words_swapped = 0.001,
                         .nickname = 0.001,
                         .spacing = 0.01,
                         .typo = 0.008,
                         .birth_date = 0.005,
                         .sex = 0.0005,
                         .address_words = 0.40,
                         .rt_rw_missing = 0.05,
                         .hamlet_missing = 0.15,
                         .wrong_village = 0.005 },
    [PD_REGIME_DAERAH] = { .nik_unusable = 0.05,
                           .nik_digit = 0.02,
                           .nik_unknown = 0.02,
                           .nik_other_person = 0.005,
                           .nik_is_kk = 0.005,
                           .kk = 0.12,
                           .spelling = 0.10,
                           .abbreviation = 0.40,
                           .title = 0.06,
                           .word_dropped = 0.06,
                           .words_swapped = 0.01,
                           .nickname = 0.02,
                           .spacing = 0.04,
                           .typo = 0.04,
                           .no_name = 0.001,
                           .birth_date = 0.05,
                           .sex = 0.008,
                           .address_words = 0.70,
                           .rt_rw_missing = 0.15,
                           .hamlet_missing = 0.40,
                           .wrong_village = 0.02 },
    [REGISTER_COLUMN] = { .spelling = 0.001,
                          .abbreviation = 0.005,
                          .title = 0.001,
                          .typo = 0.0005,
                          .birth_date = 0.0003,
                          .sex = 0.0001,
                          .address_words = 0.10,
                          .rt_rw_missing = 0.01 },
};

static const struct rates *rates_of(enum pd_regime regime, enum pd_file_kind kind)
{
    return &columns[kind == PD_FILE_REGISTER ? REGISTER_COLUMN : (int)regime];
}

static const double excel_share[] = { 0.01, 0, 0.05 }, dressed_share[] = { 0.05, 0.01, 0.20 };

static uint32_t file_errors(bool excel, bool dressed, uint64_t form)
{
    const uint32_t errors = (excel ? pd_error_bit(8) : 0) | (dressed ? pd_error_bit(9) : 0);
    if (errors == 0) return 0;
    return errors | (uint32_t)(excel ? form % 3 : 1 + form % 4) << 28;
}

uint32_t pd_damage_file(enum pd_regime regime, enum pd_file_kind kind, struct pd_random *random)
{
    if (kind == PD_FILE_REGISTER) return 0;
    const bool excel = pd_chance(random, excel_share[regime]), dressed = pd_chance(random, dressed_share[regime]);
    return file_errors(excel, dressed, pd_random_next(random));
}

/* Systematic sampling: the n-th of files of which `share` are hit, from a random start. */
static bool is_hit(double share, double start, uint64_t n)
{
    return floor((double)(n + 1) * share + start) > floor((double)n * share + start);
}

uint32_t pd_damage_file_of(enum pd_regime regime, uint64_t seed, uint64_t n)
{
    struct pd_random random = pd_random_stream(seed, UINT64_C(0x46494c45));
    const double first = pd_random_unit(&random), second = pd_random_unit(&random);
    return file_errors(is_hit(excel_share[regime], first, n), is_hit(dressed_share[regime], second, n),
                       pd_random_next(&random) + n);
}

uint32_t pd_damage_written(uint32_t file_errors, struct pd_random *random, char nik[40])
{
    const uint32_t bits = file_errors & (pd_error_bit(8) | pd_error_bit(9));
    const unsigned form = file_errors >> 28;
    if (bits == 0 || nik[0] == 0) return 0;
    if (bits & pd_error_bit(8)) pd_number_excel(form, nik);
    if (bits & pd_error_bit(9)) pd_number_dress(bits & pd_error_bit(8) ? PD_NIK_FORM_QUOTE : form, random, nik);
    return bits;
}

static void mark(struct pd_row *row, int error_class, bool done)
{
    if (done) row->errors |= pd_error_bit(error_class);
}

/* E4: another person's NIK, for members of a family most often the head's. */
static uint64_t borrowed_nik(const struct pd_damage_context *context, struct pd_random *random)
{
    const bool head = pd_chance(random, 0.6);
    if (context->head_nik != 0 && (head || context->other_nik == 0)) return context->head_nik;
    return context->other_nik;
}

/* E1-E4 and E7 exclude each other: there is one NIK to spoil. kk is the family's number before E6. */
static void damage_nik(const struct pd_damage_context *context, const struct rates *rates, struct pd_random *random,
                       const char kk[40], struct pd_row *row)
{
    double point = pd_random_unit(random);
    if (point < rates->nik_unusable) {
        pd_number_unusable(random, row->nik);
        mark(row, 1, true);
    } else if ((point -= rates->nik_unusable) < rates->nik_digit) {
        pd_number_digit(random, row->nik);
        mark(row, 2, true);
    } else if ((point -= rates->nik_digit) < rates->nik_unknown) {
        if (context->unknown_nik == 0) return;
        pd_number_write(context->unknown_nik, row->nik);
        mark(row, 3, true);
    } else if ((point -= rates->nik_unknown) < rates->nik_other_person) {
        const uint64_t nik = borrowed_nik(context, random);
        if (nik == 0) return;
        pd_number_write(nik, row->nik);
        mark(row, 4, true);
    } else if ((point -= rates->nik_other_person) < rates->nik_is_kk && kk[0] != 0) {
        if (pd_chance(random, 0.5)) memcpy(row->kk, row->nik, sizeof row->kk);
        memcpy(row->nik, kk, sizeof row->nik);
        mark(row, 7, true);
    }
}

static void damage_numbers(const struct pd_damage_context *context, const struct rates *rates, struct pd_random *random,
                           struct pd_row *row)
{
    char kk[40];
    memcpy(kk, row->kk, sizeof kk);
    if (row->kk[0] != 0 && pd_chance(random, rates->kk)) {
        pd_number_kk(context->old_kk, random, row->kk);
        mark(row, 6, true);
    }
    if (row->nik[0] != 0) damage_nik(context, rates, random, kk, row);
    row->errors |= pd_damage_written(context->file_errors, random, row->nik);
}

/* The mother's name is spelt as carelessly; the classes count the person's own. */
static void damage_mother(const struct rates *rates, struct pd_random *random, struct pd_name *mother)
{
    if (mother->length == 0) return;
    if (pd_chance(random, rates->abbreviation)) (void)pd_name_abbreviate(random, mother);
    if (pd_chance(random, rates->spelling)) (void)pd_name_respell(random, mother);
    if (pd_chance(random, rates->word_dropped)) (void)pd_name_drop(random, mother);
    if (pd_chance(random, rates->typo)) (void)pd_name_typo(random, mother);
}

/* Words first, then letters, titles last: so a class still finds what it is about. */
static void damage_name(const struct rates *rates, struct pd_random *random, struct pd_row *row)
{
    struct pd_name *const name = &row->name;
    if (name->length == 0) return;
    if (pd_chance(random, rates->no_name)) {
        name->length = 0;
        mark(row, 16, true);
        return;
    }
    if (pd_chance(random, rates->abbreviation)) mark(row, 11, pd_name_abbreviate(random, name));
    if (pd_chance(random, rates->spelling)) mark(row, 10, pd_name_respell(random, name));
    if (pd_chance(random, rates->nickname)) mark(row, 13, pd_name_nickname(random, name));
    if (pd_chance(random, rates->words_swapped)) mark(row, 13, pd_name_swap(random, name));
    if (pd_chance(random, rates->word_dropped)) mark(row, 13, pd_name_drop(random, name));
    if (pd_chance(random, rates->spacing)) mark(row, 14, pd_name_respace(random, name));
    if (pd_chance(random, rates->typo)) mark(row, 15, pd_name_typo(random, name));
    if (pd_chance(random, rates->title)) mark(row, 12, pd_name_title(random, row->sex, name));
}

static void damage_birth(const struct pd_damage_context *context, const struct rates *rates, struct pd_random *random,
                         struct pd_row *row)
{
    if (row->birth_day != PD_DATE_NONE && pd_chance(random, rates->birth_date))
        mark(row, 18, pd_birth_damage(context->reference_day, random, &row->birth_day));
    if (row->sex != 0 && pd_chance(random, rates->sex)) {
        row->sex = row->sex == 'L' ? 'P' : 'L';
        mark(row, 20, true);
    }
}

/* A number out of the same hundred of the next village, as the offices count them. */
static uint64_t neighbour_village(struct pd_random *random, uint64_t village)
{
    const uint64_t last = village % 1000;
    return last > 1 && pd_chance(random, 0.7) ? village - 1 : village + 1;
}

static void damage_address(const struct rates *rates, struct pd_random *random, struct pd_row *row)
{
    if (pd_chance(random, rates->hamlet_missing)) mark(row, 24, pd_address_drop_hamlet(row->address));
    if (pd_chance(random, rates->address_words)) mark(row, 24, pd_address_reword(random, row->address));
    if ((row->rt != 0 || row->rw != 0) && pd_chance(random, rates->rt_rw_missing)) {
        row->rt = row->rw = 0;
        mark(row, 24, true);
    }
    if (row->village != 0 && pd_chance(random, rates->wrong_village)) {
        row->village = neighbour_village(random, row->village);
        mark(row, 24, true);
    }
}

void pd_damage_row(const struct pd_damage_context *context, struct pd_random *random, struct pd_row *row)
{
    const struct rates *const rates = rates_of(context->regime, context->kind);
    damage_birth(context, rates, random, row);
    damage_numbers(context, rates, random, row);
    damage_name(rates, random, row);
    damage_mother(rates, random, &row->mother);
    damage_address(rates, random, row);
}
