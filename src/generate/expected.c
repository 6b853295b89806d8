/* SPDX-License-Identifier: MIT
 * Nothing here looks at names, weights or links: only at who the rows are (and, for K1 to K3, at the NIK written). A
 * row of a family program is in the registry when its family is; overlaps are those of the last quarter. */
#include "generate/expected.h"

#include "base/memory.h"

#include <string.h>

static void add(struct pd_count *count, int64_t n, int64_t amount)
{
    count->n += n;
    count->amount += amount;
}

/* ---- per household ---- */

static bool is_listed(const struct pd_benefits *benefits, int member)
{
    return (benefits->members[PD_REGISTRY] >> member & 1) != 0;
}

static bool family_lives(const struct pd_household *household)
{
    for (int i = 0; i < household->n_members; i++)
        if (household->members[i].status != PD_DEAD) return true;
    return false;
}

static void count_row(struct pd_expected *expected, const struct pd_household *household,
                      const struct pd_benefits *benefits, enum pd_dataset program, uint64_t entry, int64_t amount)
{
    struct pd_count *unfit = expected->unfit[program];
    const int i = pd_entry_member(entry);
    const struct pd_member *person = &household->members[i];
    const bool family = pd_dataset_facts[program].family;
    const bool listed = family ? benefits->members[PD_REGISTRY] != 0 : is_listed(benefits, i);
    const int32_t begin = pd_period_begin(program, pd_entry_kind(entry));
    add(&expected->rows[program], 1, amount);
    if (person->death_day != PD_DATE_NONE && begin > person->death_day)
        add(&unfit[family && family_lives(household) ? PD_UNFIT_DEAD_RECIPIENT : PD_UNFIT_DEAD], 1, amount);
    if (listed && household->decile > pd_dataset_facts[program].cut) add(&unfit[PD_UNFIT_DECILE], 1, amount);
    if (listed && program == PD_PKH && !pd_pkh_category(household, benefits->members[PD_REGISTRY], begin))
        add(&unfit[PD_UNFIT_CATEGORY], 1, amount);
    if (!is_listed(benefits, i)) add(&unfit[PD_UNFIT_UNREGISTERED], 1, amount);
    if (family && !listed) add(&unfit[PD_UNFIT_UNREGISTERED_FAMILY], 1, amount);
    if (person->civil_servant && program != PD_PIP) add(&unfit[PD_UNFIT_ASN], 1, amount);
    if (person->status == PD_INACTIVE) add(&unfit[PD_UNFIT_INACTIVE], 1, amount);
}

struct money {
    int64_t person[PD_N_DATASETS][PD_MEMBERS_MAX], family[PD_N_DATASETS];
    uint8_t persons[PD_N_DATASETS]; /* who has a paid row */
};

static void count_rows(struct pd_expected *expected, const struct pd_nation *nation,
                       const struct pd_household *household, const struct pd_benefits *benefits, struct money *money)
{
    uint64_t entries[PD_ENTRIES_MAX];
    for (int program = PD_FIRST_PROGRAM; program < PD_END_PROGRAM; program++) {
        const size_t n = pd_benefits_entries(household, benefits, (enum pd_dataset)program, entries);
        for (size_t i = 0; i < n; i++) {
            if (!pd_is_paid(pd_entry_kind(entries[i]))) continue;
            const int64_t amount = pd_amount(&nation->truth, household, (enum pd_dataset)program, entries[i]);
            count_row(expected, household, benefits, (enum pd_dataset)program, entries[i], amount);
            if (pd_entry_kind(entries[i]) == PD_ENTRY_EARLIER) continue;
            money->person[program][pd_entry_member(entries[i])] += amount;
            money->family[program] += amount;
            money->persons[program] |= (uint8_t)(1 << pd_entry_member(entries[i]));
        }
    }
}

static void count_overlaps(struct pd_expected *expected, const struct pd_household *household,
                           const struct money *money)
{
    for (int a = PD_FIRST_PROGRAM; a < PD_END_PROGRAM; a++)
        for (int b = PD_FIRST_PROGRAM; b < PD_END_PROGRAM; b++) {
            if (a == b) continue;
            for (int i = 0; i < household->n_members; i++)
                if ((money->persons[a] & money->persons[b]) >> i & 1)
                    add(&expected->both_persons[a][b], 1, money->person[a][i]);
            if (money->persons[a] != 0 && money->persons[b] != 0)
                add(&expected->both_families[a][b], 1, money->family[a]);
        }
}

/* When the first period of a program began. */
static bool alive_and_active(const struct pd_member *person, int program)
{
    if (person->status == PD_DEAD) return person->death_day >= pd_period_begin((enum pd_dataset)program, PD_ENTRY_PAID);
    return person->status != PD_INACTIVE;
}

static void count_families(struct pd_expected *expected, const struct pd_household *household,
                           const struct pd_benefits *benefits, const struct money *money, int program)
{
    const uint8_t listed = benefits->members[PD_REGISTRY];
    const int32_t begin = pd_period_begin((enum pd_dataset)program, PD_ENTRY_PAID);
    bool alive = false;
    for (int i = 0; i < household->n_members; i++)
        alive |= (listed >> i & 1) != 0 && alive_and_active(&household->members[i], program);
    const bool eligible = alive && household->decile <= pd_dataset_facts[program].cut &&
                          (program != PD_PKH || pd_pkh_category(household, listed, begin));
    const bool receives = money->persons[program] != 0;
    expected->eligible[program] += eligible;
    expected->receiving[program] += receives && listed != 0;
    expected->hit[program] += receives && eligible;
    expected->unknown[program] += receives && listed == 0;
}

static void count_persons(struct pd_expected *expected, const struct pd_household *household,
                          const struct pd_benefits *benefits, const struct money *money, int program)
{
    for (int i = 0; i < household->n_members; i++) {
        const bool listed = is_listed(benefits, i), receives = (money->persons[program] >> i & 1) != 0;
        const bool eligible = listed && alive_and_active(&household->members[i], program) &&
                              household->decile <= pd_dataset_facts[program].cut;
        expected->eligible[program] += eligible;
        expected->receiving[program] += receives && listed;
        expected->hit[program] += receives && eligible;
        expected->unknown[program] += receives && !listed;
    }
}

void pd_expected_household(struct pd_expected *expected, const struct pd_nation *nation,
                           const struct pd_household *household, const struct pd_benefits *benefits)
{
    struct money money = { 0 };
    count_rows(expected, nation, household, benefits, &money);
    count_overlaps(expected, household, &money);
    for (int program = PD_FIRST_PROGRAM; program < PD_END_PROGRAM; program++) {
        if (pd_dataset_facts[program].family)
            count_families(expected, household, benefits, &money, program);
        else
            count_persons(expected, household, benefits, &money, program);
        if (benefits->other[program] >= 0)
            add(&expected->twice[program][PD_TWICE_KK], 1,
                pd_amount(&nation->truth, household, (enum pd_dataset)program,
                          pd_entry(household->number, benefits->other[program], PD_ENTRY_OTHER)));
    }
}

/* ---- per row ---- */

/* The digit of a character of a NIK cell, a letter that looks like one being taken for it; -1 for others. */
static int digit_of(char character)
{
    static const char alike[] = "OI   S  B ";
    const char *letter = character == ' ' ? NULL : strchr(alike, character);
    if (character >= '0' && character <= '9') return character - '0';
    return letter == NULL || *letter == '\0' ? -1 : (int)(letter - alike);
}

/* The number in a NIK cell whatever stands around its digits ("'3201 0152 ... .0"); 0 when there are not sixteen, the
 * file was rounded or the cell holds something else (E1, E7, E8). */
static uint64_t clean_nik(const struct pd_row *row)
{
    struct pd_text text = pd_text_of(row->nik);
    uint64_t number = 0;
    int digits = 0;
    if ((row->errors & (pd_error_bit(1) | pd_error_bit(7) | pd_error_bit(8))) != 0) return 0;
    text = pd_text_trim(text);
    if (text.length > 2 && memcmp(text.data + text.length - 2, ".0", 2) == 0) text.length -= 2;
    for (size_t i = 0; i < text.length; i++) {
        const int digit = digit_of(text.data[i]);
        if (digit < 0) continue;
        number = number * 10 + (uint64_t)digit;
        digits++;
    }
    return digits == 16 ? number : 0;
}

static bool same_nik(const struct pd_row *a, const struct pd_row *b)
{
    return clean_nik(a) != 0 && clean_nik(a) == clean_nik(b);
}

void pd_expected_row(struct pd_expected *expected, const struct pd_nation *nation, const struct pd_record *record,
                     struct pd_key *key)
{
    const enum pd_dataset dataset = record->dataset;
    const uint64_t nik = clean_nik(&record->row);
    const uint64_t person = (uint64_t)(uint32_t)(record->entity - 1);
    /* Rows without a usable number, or not paid, are alone: keys of their own above all numbers. */
    const uint64_t alone = (UINT64_C(1) << 60) + record->unique_id;
    const uint64_t period = (uint64_t)pd_period_begin(dataset, record->kind) % 512;
    const bool counts = dataset >= PD_FIRST_PROGRAM && dataset < PD_END_PROGRAM && record->paid && nik != 0;
    *key = (struct pd_key){ pd_mix64(counts ? nik * 512 + period : alone), (uint32_t)person, (uint32_t)record->amount };
    if (!counts && (dataset < PD_FIRST_PROGRAM || dataset >= PD_END_PROGRAM)) return;
    if (record->kind == PD_ENTRY_TWICE) {
        struct pd_record other;
        pd_record_make(nation, dataset, pd_entry(pd_entry_household(record->entry), record->member, PD_ENTRY_PAID),
                       &other);
        add(&expected->twice[dataset][same_nik(&record->row, &other.row) ? PD_TWICE_K1 : PD_TWICE_K3], 1,
            record->amount);
    }
}

/* One run of equal keys: rows of one number and period. */
static void count_run(struct pd_count *count, const struct pd_key *keys, size_t n)
{
    int64_t sum = 0, largest = 0;
    bool shared = false;
    for (size_t i = 0; i < n; i++) {
        shared |= keys[i].record != keys[0].record;
        sum += keys[i].tag;
        if (keys[i].tag > largest) largest = keys[i].tag;
    }
    if (shared) add(count, 1, sum - largest);
}

enum padan_status pd_expected_shared(struct pd_expected *expected, enum pd_dataset dataset, struct pd_key *keys,
                                     size_t n, int threads, struct padan_error *error)
{
    struct pd_key *scratch = NULL;
    PD_TRY(pd_allocate_array(&scratch, n, sizeof *scratch, error));
    const enum padan_status status = pd_radix_sort(keys, scratch, n, threads, error);
    pd_free(scratch);
    if (status != PADAN_OK) return status;
    for (size_t begin = 0, end; begin < n; begin = end) {
        end = pd_key_run_end(keys, n, begin);
        count_run(&expected->twice[dataset][PD_TWICE_K2], keys + begin, end - begin);
    }
    return PADAN_OK;
}

void pd_expected_add(struct pd_expected *sum, const struct pd_expected *part)
{
    /* Nothing but int64_t inside. */
    int64_t *to = (int64_t *)(void *)sum;
    const int64_t *from = (const int64_t *)(const void *)part;
    for (size_t i = 0; i < sizeof *sum / sizeof *to; i++) to[i] += from[i];
}

/* ---- the file ---- */

static void line(struct pd_buffer *buffer, const char *kind, int program, int other, const char *level)
{
    pd_append_string(buffer, kind);
    pd_append_byte(buffer, ',');
    pd_append_string(buffer, pd_dataset_facts[program].program == NULL ? pd_dataset_facts[program].name
                                                                       : pd_dataset_facts[program].program);
    pd_append_byte(buffer, ',');
    if (other >= 0) pd_append_string(buffer, pd_dataset_facts[other].program);
    pd_append_byte(buffer, ',');
    pd_append_string(buffer, level);
    pd_append_byte(buffer, ',');
}

static void line_of_count(struct pd_buffer *buffer, const char *kind, int program, const char *level,
                          const struct pd_count *count)
{
    line(buffer, kind, program, -1, level);
    pd_append_format(buffer, "%lld,%lld,\n", (long long)count->n, (long long)count->amount);
}

static void line_of_units(struct pd_buffer *buffer, const char *kind, int program, int64_t n)
{
    line(buffer, kind, program, -1, pd_dataset_facts[program].family ? "KELUARGA" : "ORANG");
    pd_append_format(buffer, "%lld,,\n", (long long)n);
}

static void lines_of_pairs(struct pd_buffer *buffer, const char *level,
                           const struct pd_count counts[PD_N_DATASETS][PD_N_DATASETS])
{
    for (int a = PD_FIRST_PROGRAM; a < PD_END_PROGRAM; a++)
        for (int b = a + 1; b < PD_END_PROGRAM; b++) {
            line(buffer, "tumpang_tindih", a, b, level);
            pd_append_format(buffer, "%lld,%lld,%lld\n", (long long)counts[a][b].n, (long long)counts[a][b].amount,
                             (long long)counts[b][a].amount);
        }
}

void pd_expected_write(const struct pd_expected *expected, struct pd_buffer *buffer)
{
    static const char *const twice[] = { "K1", "K2", "K3", "KK" };
    static const struct {
        const char *word;
        bool families, persons; /* programs that can have it */
    } unfit[] = { { "MENINGGAL", true, true },
                  { "PERGANTIAN_PENGURUS", true, false },
                  { "DESIL", true, true },
                  { "KATEGORI", true, false },
                  { "ASN", true, true },
                  { "NONAKTIF", true, true },
                  { "TIDAK_TERDAFTAR", true, true },
                  { "KELUARGA_TIDAK_TERDAFTAR", true, false } };
    pd_append_string(buffer, "jenis,program,program_b,tingkat,n,nominal,nominal_b\n");
    for (int dataset = 0; dataset < PD_N_DATASETS; dataset++)
        line_of_count(buffer, "baris", dataset, "", &expected->rows[dataset]);
    for (int program = PD_FIRST_PROGRAM; program < PD_END_PROGRAM; program++) {
        for (int i = 0; i < PD_N_TWICE; i++)
            line_of_count(buffer, "ganda", program, twice[i], &expected->twice[program][i]);
        for (int i = 0; i < PD_N_UNFIT; i++)
            if ((pd_dataset_facts[program].family ? unfit[i].families : unfit[i].persons) &&
                (i != PD_UNFIT_CATEGORY || program == PD_PKH))
                line_of_count(buffer, "tidak_layak", program, unfit[i].word, &expected->unfit[program][i]);
        line_of_units(buffer, "sasaran", program, expected->eligible[program]);
        line_of_units(buffer, "penerima", program, expected->receiving[program] + expected->unknown[program]);
        line_of_units(buffer, "penerima_terdaftar", program, expected->receiving[program]);
        line_of_units(buffer, "penerima_sasaran", program, expected->hit[program]);
        line_of_units(buffer, "tidak_terdaftar", program, expected->unknown[program]);
    }
    lines_of_pairs(buffer, "ORANG", expected->both_persons);
    lines_of_pairs(buffer, "KELUARGA", expected->both_families);
}
