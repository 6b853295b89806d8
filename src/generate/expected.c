/* SPDX-License-Identifier: MIT
 * Nothing here looks at names, weights or links: only at who the rows are (and, for K1 and K3, at the NIK written). */
#include "generate/expected.h"

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

static void count_row(struct pd_expected *expected, const struct pd_household *household,
                      const struct pd_benefits *benefits, enum pd_dataset program, uint64_t entry, int64_t amount)
{
    struct pd_count *unfit = expected->unfit[program];
    const int i = pd_entry_member(entry);
    const struct pd_member *person = &household->members[i];
    add(&expected->rows[program], 1, amount);
    if (person->death_day != PD_DATE_NONE && pd_period_begin(program, pd_entry_kind(entry)) > person->death_day)
        add(&unfit[PD_UNFIT_DEAD], 1, amount);
    if (is_listed(benefits, i) && household->decile > pd_dataset_facts[program].cut)
        add(&unfit[PD_UNFIT_DECILE], 1, amount);
    if (!is_listed(benefits, i)) add(&unfit[PD_UNFIT_UNREGISTERED], 1, amount);
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

static bool alive_and_active(const struct pd_member *person)
{
    return person->status == PD_ALIVE;
}

static void count_families(struct pd_expected *expected, const struct pd_household *household,
                           const struct pd_benefits *benefits, const struct money *money, int program)
{
    const uint8_t listed = benefits->members[PD_REGISTRY];
    bool alive = false;
    for (int i = 0; i < household->n_members; i++)
        alive |= (listed >> i & 1) != 0 && alive_and_active(&household->members[i]);
    const bool eligible = alive && household->decile <= pd_dataset_facts[program].cut &&
                          (program != PD_PKH || pd_pkh_category(household, listed));
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
        const bool eligible =
            listed && alive_and_active(&household->members[i]) && household->decile <= pd_dataset_facts[program].cut;
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

/* Sixteen digits, no damage of the whole file. */
static bool is_clean(const struct pd_record *record)
{
    if ((record->row.errors & (pd_error_bit(7) | pd_error_bit(8))) != 0) return false;
    return strlen(record->row.nik) == 16 && strspn(record->row.nik, "0123456789") == 16;
}

void pd_expected_row(struct pd_expected *expected, const struct pd_nation *nation, const struct pd_record *record)
{
    const enum pd_dataset dataset = record->dataset;
    if (dataset < PD_FIRST_PROGRAM || dataset >= PD_END_PROGRAM) return;
    struct pd_record other;
    if (record->kind == PD_ENTRY_TWICE) {
        pd_record_make(nation, dataset, pd_entry(pd_entry_household(record->entry), record->member, PD_ENTRY_PAID),
                       &other);
        const bool same = is_clean(record) && is_clean(&other) && strcmp(record->row.nik, other.row.nik) == 0;
        add(&expected->twice[dataset][same ? PD_TWICE_K1 : PD_TWICE_K3], 1, record->amount);
    }
    if (record->kind == PD_ENTRY_PAID && (record->row.errors & pd_error_bit(4)) != 0 && is_clean(record)) {
        const uint64_t lender = pd_lender_of(nation, dataset, record->entry);
        if (lender == record->entry) return;
        pd_record_make(nation, dataset, lender, &other);
        if (strcmp(record->row.nik, other.row.nik) == 0)
            add(&expected->twice[dataset][PD_TWICE_K2], 1,
                record->amount < other.amount ? record->amount : other.amount);
    }
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
    static const char *const unfit[] = { "MENINGGAL", "DESIL", "ASN", "NONAKTIF", "TIDAK_TERDAFTAR" };
    pd_append_string(buffer, "jenis,program,program_b,tingkat,n,nominal,nominal_b\n");
    for (int dataset = 0; dataset < PD_N_DATASETS; dataset++)
        line_of_count(buffer, "baris", dataset, "", &expected->rows[dataset]);
    for (int program = PD_FIRST_PROGRAM; program < PD_END_PROGRAM; program++) {
        for (int i = 0; i < PD_N_TWICE; i++)
            line_of_count(buffer, "ganda", program, twice[i], &expected->twice[program][i]);
        for (int i = 0; i < PD_N_UNFIT; i++)
            line_of_count(buffer, "tidak_layak", program, unfit[i], &expected->unfit[program][i]);
        line_of_units(buffer, "sasaran", program, expected->eligible[program]);
        line_of_units(buffer, "penerima", program, expected->receiving[program]);
        line_of_units(buffer, "penerima_sasaran", program, expected->hit[program]);
        line_of_units(buffer, "tidak_terdaftar", program, expected->unknown[program]);
    }
    lines_of_pairs(buffer, "ORANG", expected->both_persons);
    lines_of_pairs(buffer, "KELUARGA", expected->both_families);
}
