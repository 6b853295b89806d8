/* SPDX-License-Identifier: MIT
 * NIK and family card numbers in three passes: read the digits of every row and count per file; flags that need other
 * rows (cross_flags.c); then what needs the whole file or other columns: the 15-digit alarm, sex and birth date, the
 * usable key. Between the passes column nik holds every 16-digit number, column bendera_nik the flags so far.
 *
 * A row whose two numbers stand in each other's column (E7 of DOMAIN 9.2) tells so itself: a NIK holds the birth date
 * and sex of its person, a card's number the day it was first issued. Its nik and no_kk are exchanged; its flags
 * (ISKK) and nik_longgar are of the column as written. */
#include "base/date.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "indonesia/attribute.h"
#include "indonesia/nik.h"
#include "normalise/stage.h"

enum { CODES_PER_CHUNK = 8192, LOOSE_SHORTEST = 8, LOOSE_LONGEST = 17 };

/* With at least this many 16-digit numbers of which this share ends in 0, a spreadsheet has rounded the file. By chance
 * it is one in ten, so six zeros in six rows, a hamlet's list, happen once in a million files. A family card stands on
 * several rows: so many different cards must end in 0. */
enum { ROUND_ROWS_MIN = 6, ROUND_PERCENT = 95 };

typedef struct pd_nik clean_text(struct pd_text text);
typedef struct pd_nik clean_digits(uint64_t number, unsigned length);

struct numbers {
    const struct pd_column *column;
    struct pd_nik *by_code; /* [n_entries + 1] */
    clean_text *text;
    clean_digits *digits;
};

struct identities {
    const struct pd_stage *stage;
    struct numbers nik, kk;
    uint64_t *nik_words, *loose_words, *kk_words;
    int64_t *nik15;
    int32_t *flags;
    const int32_t *birth_day, *birth_year;
    const uint8_t *sex;
};

static enum padan_status read_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    (void)worker;
    (void)error;
    struct numbers *numbers = context;
    const struct pd_dictionary *dictionary = numbers->column->dictionary;
    const size_t begin = chunk * CODES_PER_CHUNK + 1;
    for (size_t code = begin; code < begin + CODES_PER_CHUNK && code <= dictionary->n_entries; code++)
        numbers->by_code[code] = numbers->text(pd_dictionary_text(dictionary, (uint32_t)code));
    return PADAN_OK;
}

static enum padan_status prepare(const struct pd_stage *stage, struct numbers *numbers, struct padan_error *error)
{
    if (numbers->column == NULL) return PADAN_OK;
    const size_t n_entries = numbers->column->dictionary->n_entries;
    PD_TRY(pd_allocate_array(&numbers->by_code, n_entries + 1, sizeof *numbers->by_code, error));
    return pd_parallel_for((n_entries + CODES_PER_CHUNK - 1) / CODES_PER_CHUNK, stage->threads, read_chunk, numbers,
                           error);
}

static struct pd_nik number_at(const struct numbers *numbers, size_t record)
{
    static const struct pd_nik empty = { 0, PD_NIK_EMPTY, 0 };
    if (numbers->column == NULL) return empty;
    const uint32_t code = pd_raw_code(numbers->column, record);
    if (code != 0) return numbers->by_code[code];
    uint64_t number = 0;
    const unsigned length = pd_raw_digits(numbers->column, record, &number);
    return length == 0 ? empty : numbers->digits(number, length);
}

static void read_rows(void *context, size_t begin, size_t end, int worker)
{
    struct identities *all = context;
    const struct pd_region_index *regions = &all->stage->indonesia->regions;
    for (size_t record = begin; record < end; record++) {
        const struct pd_nik kk = number_at(&all->kk, record);
        struct pd_normalise_file_facts *facts = pd_stage_facts(all->stage, worker, record);
        if (pd_kk_usable(kk)) all->kk_words[record] = pd_digits_word(kk.number, 16);
        facts->n_kk_scientific += (kk.flags & PD_NIK_SCI) != 0;
        facts->n_kks += kk.length == 16;
        facts->n_kks_end_in_zero += kk.length == 16 && kk.number % 10 == 0;
        const struct pd_nik nik = number_at(&all->nik, record);
        uint32_t flags = nik.flags;
        if (nik.length == 16) {
            flags |= pd_nik_region_flags(nik.number, regions);
            facts->n_sixteen++;
            facts->n_ends_in_zero += nik.number % 10 == 0;
            all->nik_words[record] = pd_digits_word(nik.number, 16);
        }
        const bool loose = nik.length >= LOOSE_SHORTEST && nik.length <= LOOSE_LONGEST;
        if (loose && (nik.flags & (PD_NIK_SCI | PD_NIK_DUMMY | PD_NIK_EMPTY)) == 0)
            all->loose_words[record] = pd_digits_word(nik.number, nik.length);
        all->flags[record] = (int32_t)flags;
    }
}

static bool are_rounded(uint64_t n_zeros, uint64_t n)
{
    return n >= ROUND_ROWS_MIN && n_zeros * 100 >= n * ROUND_PERCENT;
}

/* Are there enough different cards that end in 0? Asked of files whose cards nearly all do. */
static bool has_many_cards(const struct identities *all, size_t file)
{
    const struct pd_table *table = all->stage->table;
    uint64_t cards[ROUND_ROWS_MIN];
    size_t n = 0;
    for (size_t record = 0; record < table->n_records && n < ROUND_ROWS_MIN; record++) {
        const uint64_t word = all->kk_words[record];
        size_t i = 0;
        if ((table->file_of == NULL ? 0 : table->file_of[record]) != file) continue;
        if (word == 0 || (word & PD_DIGITS_MASK) % 10 != 0) continue;
        while (i < n && cards[i] != word) i++;
        if (i == n) cards[n++] = word;
    }
    return n == ROUND_ROWS_MIN;
}

/* A file whose rows are known from an earlier run was judged then. */
static void settle_rounding(const struct identities *all)
{
    const struct pd_stage *stage = all->stage;
    for (size_t file = 0; file < stage->n_files; file++) {
        struct pd_normalise_file_facts sum = { .kk_round15 = stage->facts[file].kk_round15 };
        for (size_t worker = 0; worker < (size_t)stage->threads; worker++) {
            const struct pd_normalise_file_facts *facts = &stage->facts[worker * stage->n_files + file];
            sum.n_sixteen += facts->n_sixteen;
            sum.n_ends_in_zero += facts->n_ends_in_zero;
            sum.n_kks += facts->n_kks;
            sum.n_kks_end_in_zero += facts->n_kks_end_in_zero;
        }
        const bool round15 = are_rounded(sum.n_ends_in_zero, sum.n_sixteen);
        const bool kk_round15 =
            sum.kk_round15 || (are_rounded(sum.n_kks_end_in_zero, sum.n_kks) && has_many_cards(all, file));
        for (size_t worker = 0; worker < (size_t)stage->threads; worker++) {
            stage->facts[worker * stage->n_files + file].round15 = round15;
            stage->facts[worker * stage->n_files + file].kk_round15 = kk_round15;
        }
    }
}

static void count_profile(struct pd_nik_profile *profile, uint32_t flags, bool usable)
{
    profile->n++;
    profile->empty += (flags & PD_NIK_EMPTY) != 0;
    profile->bad_format += (flags & PD_NIK_LEN) != 0 && (flags & PD_NIK_SCI) == 0;
    profile->dummy += (flags & PD_NIK_DUMMY) != 0;
    profile->scientific += (flags & PD_NIK_SCI) != 0;
    profile->round15 += (flags & PD_NIK_ROUND15) != 0;
    profile->unknown_province += (flags & PD_NIK_PROV) != 0;
    profile->old_code += (flags & PD_NIK_OLD_CODE) != 0;
    profile->sex_differs += (flags & PD_NIK_SEX) != 0;
    profile->date_differs += (flags & PD_NIK_DATE) != 0;
    profile->duplicate += (flags & PD_NIK_DUPFILE) != 0;
    profile->is_kk += (flags & PD_NIK_ISKK) != 0;
    profile->usable += usable;
}

static uint32_t person_flags(const struct identities *all, size_t record, uint64_t number)
{
    const int32_t day = all->birth_day[record];
    const int32_t year = all->birth_year[record];
    const unsigned sex = all->sex[record] == PD_SMALL_IS_NULL ? 0 : all->sex[record];
    return pd_nik_compare(number, sex, day == PD_NULL_INT32 ? PD_DATE_NONE : day, year == PD_NULL_INT32 ? 0 : year);
}

static int parts_confirmed(const struct identities *all, size_t record, uint64_t number)
{
    const unsigned sex = all->sex[record] == PD_SMALL_IS_NULL ? 0 : all->sex[record];
    return pd_nik_parts_confirmed(number, sex, pd_date_to_civil(all->birth_day[record]));
}

/* By chance a card is issued on a member's birthday once in some ten thousand rows, and has two parts of it once in two
 * hundred, which is too often beside wrong birth dates; but no card has the day of a woman's NIK. */
static bool are_exchanged(const struct identities *all, size_t record)
{
    enum { PARTS = 3 };
    const uint64_t nik = all->nik_words[record] & PD_DIGITS_MASK, kk = all->kk_words[record] & PD_DIGITS_MASK;
    if (nik == 0 || kk == 0 || nik == kk || all->birth_day[record] == PD_NULL_INT32) return false;
    const int by_nik = parts_confirmed(all, record, nik);
    if (by_nik > 1) return false;
    const int wanted = pd_nik_fields(kk).sex == PD_SEX_FEMALE && by_nik == 0 ? PARTS - 1 : PARTS;
    if (parts_confirmed(all, record, kk) < wanted) return false;
    return pd_nik_usable(pd_nik_of_digits(kk, 16)) && pd_kk_usable(pd_kk_of_digits(nik, 16));
}

/* The row is counted by its column as written. */
static void exchange(const struct identities *all, size_t record, const struct pd_normalise_file_facts *facts)
{
    const uint64_t kk = all->kk_words[record];
    all->kk_words[record] = all->nik_words[record];
    all->nik_words[record] = facts->round15 || facts->kk_round15 ? 0 : kk;
    if (all->nik15 != NULL) all->nik15[record] = (int64_t)((kk & PD_DIGITS_MASK) / 10);
}

static void finish_rows(void *context, size_t begin, size_t end, int worker)
{
    struct identities *all = context;
    for (size_t record = begin; record < end; record++) {
        struct pd_normalise_file_facts *facts = pd_stage_facts(all->stage, worker, record);
        const bool exchanged = are_exchanged(all, record);
        uint32_t flags = (uint32_t)all->flags[record] | (exchanged ? PD_NIK_ISKK : 0);
        struct pd_nik nik = { all->nik_words[record] & PD_DIGITS_MASK, flags, 0 };
        if (all->nik_words[record] != 0) {
            nik.length = 16;
            flags |= person_flags(all, record, nik.number);
            if (all->nik15 != NULL && (flags & PD_NIK_UNUSABLE) == 0) all->nik15[record] = (int64_t)(nik.number / 10);
            if (facts->round15) flags |= PD_NIK_ROUND15;
        }
        nik.flags = flags;
        const bool usable = pd_nik_usable(nik);
        all->flags[record] = (int32_t)flags;
        if (exchanged)
            exchange(all, record, facts);
        else if (!usable)
            all->nik_words[record] = 0;
        if (facts->kk_round15) all->kk_words[record] = 0; /* families of one district and day would be one */
        count_profile(&facts->nik, flags, usable);
    }
}

/* Files are runs of rows; what is known of the first is known of the whole of it. */
static enum padan_status cross_files(const struct pd_stage *stage, size_t first, struct padan_error *error)
{
    const uint32_t *file_of = stage->table->file_of;
    const size_t n = stage->table->n_records;
    for (size_t begin = first; begin < n;) {
        size_t end = file_of == NULL ? n : begin + 1;
        while (end < n && file_of[end] == file_of[begin]) end++;
        PD_TRY(pd_stage_cross_flags(stage, begin, end, error));
        begin = end;
    }
    return PADAN_OK;
}

static enum padan_status run_passes(struct identities *all, struct padan_error *error)
{
    const size_t first = pd_stage_first(all->stage, PD_MADE_NIK);
    PD_TRY(prepare(all->stage, &all->nik, error));
    PD_TRY(prepare(all->stage, &all->kk, error));
    PD_TRY(pd_stage_each_row(all->stage, first, read_rows, all, error));
    settle_rounding(all);
    PD_TRY(cross_files(all->stage, first, error));
    return pd_stage_each_row(all->stage, first, finish_rows, all, error);
}

enum padan_status pd_stage_identities(const struct pd_stage *stage, struct padan_error *error)
{
    pd_stage_begin(stage, PD_MADE_NIK, PD_MADE_NO_KK);
    struct identities all = {
        .stage = stage,
        .nik = { pd_stage_raw(stage, PD_RAW_NIK), NULL, pd_nik_clean, pd_nik_of_digits },
        .kk = { pd_stage_raw(stage, PD_RAW_NO_KK), NULL, pd_kk_clean, pd_kk_of_digits },
        .nik_words = pd_stage_made(stage, PD_MADE_NIK),
        .loose_words = pd_stage_made(stage, PD_MADE_NIK_LONGGAR),
        .kk_words = pd_stage_made(stage, PD_MADE_NO_KK),
        .nik15 = pd_stage_made(stage, PD_MADE_NIK15),
        .flags = pd_stage_made(stage, PD_MADE_BENDERA_NIK),
        .birth_day = pd_stage_made(stage, PD_MADE_TGL_LAHIR),
        .birth_year = pd_stage_made(stage, PD_MADE_TAHUN_LAHIR),
        .sex = pd_stage_made(stage, PD_MADE_JENIS_KELAMIN),
    };
    const enum padan_status status = run_passes(&all, error);
    pd_free(all.nik.by_code);
    pd_free(all.kk.by_code);
    return status;
}
