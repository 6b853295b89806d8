/* SPDX-License-Identifier: MIT
 * cakupan_keluarga.csv: what each family was paid, by all programs. Method: families are numbered by their first paid
 * row, and their rows collected by counting. */
#include "report/eligibility_tables.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"

enum { PROGRAMS_MAX = 64, ROWS_AHEAD = 16 };

struct coverage {
    const struct pd_eligibility_report *eligibility;
    size_t n_families;
    uint32_t *number;  /* [n_records] by family: its number + 1, while families are collected */
    uint32_t *begins;  /* [n_families + 1] */
    uint32_t *rows;    /* paid rows of a family ascend */
    uint32_t *members; /* [n_records] by family: its people in register and registry */
    uint8_t *barred;   /* [n_records] by family: a forbidden pair is certain */
};

static void coverage_reset(struct coverage *coverage)
{
    pd_free(coverage->number);
    pd_free(coverage->begins);
    pd_free(coverage->rows);
    pd_free(coverage->members);
    pd_free(coverage->barred);
}

/* Rows of families in the registry that are nobody's. */
static bool is_no_person(const struct coverage *coverage, size_t source, size_t row)
{
    const struct pd_linkage *linkage = coverage->eligibility->report->linkage;
    if (coverage->eligibility->registry->version_of_source[source] < 0 || linkage->cluster_size[row] > 1) return false;
    return !pd_registry_row_is_person(linkage, source, row);
}

static void count_members(struct coverage *coverage)
{
    const struct pd_linkage *linkage = coverage->eligibility->report->linkage;
    for (size_t s = 0; s < linkage->table->n_sources; s++)
        for (size_t r = linkage->table->sources[s].begin; r < linkage->table->sources[s].end; r++) {
            if (linkage->table->sources[s].end - r > ROWS_AHEAD)
                pd_prefetch_to_write(&coverage->members[linkage->household[r + ROWS_AHEAD]]);
            /* Each person once, by its representative, wherever it stands. */
            if (linkage->cluster[r] == r && !is_no_person(coverage, s, r)) coverage->members[linkage->household[r]]++;
        }
}

static void mark_barred(struct coverage *coverage)
{
    const struct pd_findings *findings = coverage->eligibility->findings;
    for (size_t i = 0; i < findings->n_items; i++)
        if (findings->items[i].kind == PD_FINDING_LARANGAN && findings->items[i].certain)
            coverage->barred[coverage->eligibility->report->linkage->household[findings->items[i].record]] = 1;
}

static bool is_paid(const struct coverage *coverage, size_t row)
{
    return coverage->eligibility->slices->of_row[row] != PD_NO_SLICE;
}

/* The number of a paid row's family, and, once that is near, where the family's next row goes. */
static void prefetch_number(const struct coverage *coverage, size_t row)
{
    const uint32_t *household = coverage->eligibility->report->linkage->household;
    if (is_paid(coverage, row)) pd_prefetch_to_write(&coverage->number[household[row]]);
}

static void prefetch_place(const struct coverage *coverage, size_t row)
{
    const uint32_t *household = coverage->eligibility->report->linkage->household;
    if (is_paid(coverage, row)) pd_prefetch_to_write(&coverage->begins[coverage->number[household[row]]]);
}

/* Families in order of their first paid row. */
static void collect(struct coverage *coverage, size_t n_paid)
{
    uint32_t *const number = coverage->number;
    const uint32_t *household = coverage->eligibility->report->linkage->household;
    const size_t n = coverage->eligibility->report->linkage->table->n_records;
    for (size_t r = 0; r < n; r++) {
        if (n - r > ROWS_AHEAD) prefetch_number(coverage, r + ROWS_AHEAD);
        if (!is_paid(coverage, r)) continue;
        uint32_t *family = &number[household[r]];
        if (*family == 0) *family = (uint32_t)++coverage->n_families;
        coverage->begins[*family]++;
    }
    for (size_t f = 1; f <= coverage->n_families; f++) coverage->begins[f] += coverage->begins[f - 1];
    for (size_t r = n; r > 0; r--) {
        if (r > 2 * ROWS_AHEAD) {
            prefetch_number(coverage, r - 1 - 2 * ROWS_AHEAD);
            prefetch_place(coverage, r - 1 - ROWS_AHEAD);
        }
        if (!is_paid(coverage, r - 1)) continue;
        coverage->rows[--coverage->begins[number[household[r - 1]]]] = (uint32_t)(r - 1);
    }
    /* begins[f + 1] is where family f begins now; shift to begins[f]. */
    for (size_t f = 0; f < coverage->n_families; f++) coverage->begins[f] = coverage->begins[f + 1];
    coverage->begins[coverage->n_families] = (uint32_t)n_paid;
}

/* Paid rows in one chunk, what else is told of families in the other: both read in no order and touch new memory. */
static enum padan_status make_half(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct coverage *coverage = context;
    const struct pd_eligibility_report *eligibility = coverage->eligibility;
    const size_t n = eligibility->report->linkage->table->n_records;
    (void)worker;
    if (chunk == 0) {
        size_t n_paid = 0;
        for (size_t r = 0; r < n; r++) n_paid += is_paid(coverage, r);
        PD_TRY(pd_allocate(&coverage->begins, n_paid + 2, sizeof *coverage->begins, error));
        PD_TRY(pd_allocate_array(&coverage->rows, n_paid + 1, sizeof *coverage->rows, error));
        PD_TRY(pd_allocate(&coverage->number, n + 1, sizeof *coverage->number, error));
        collect(coverage, n_paid);
        return PADAN_OK;
    }
    PD_TRY(pd_allocate(&coverage->members, n + 1, sizeof *coverage->members, error));
    PD_TRY(pd_allocate(&coverage->barred, n + 1, 1, error));
    count_members(coverage);
    mark_barred(coverage);
    return PADAN_OK;
}

struct family {
    int programs[PROGRAMS_MAX]; /* ascending; no family is in sixty-four programs */
    size_t n_programs;
    uint32_t n_recipients, n_without_amount;
    int64_t amount;
    int64_t begin, end; /* hull of the periods */
    int version;
};

/* Rows of a family are few: people are told apart by looking back. */
static bool is_new_person(const struct pd_linkage *linkage, const uint32_t *rows, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (linkage->cluster[rows[k]] == linkage->cluster[rows[i]]) return false;
    return true;
}

static void add_program(struct family *family, int program)
{
    size_t at = family->n_programs;
    for (size_t i = 0; i < family->n_programs; i++)
        if (family->programs[i] == program) return;
    if (at == PROGRAMS_MAX) return;
    for (; at > 0 && family->programs[at - 1] > program; at--) family->programs[at] = family->programs[at - 1];
    family->programs[at] = program;
    family->n_programs++;
}

static struct family sum_family(const struct pd_eligibility_report *eligibility, const uint32_t *rows, size_t n)
{
    const struct pd_report *report = eligibility->report;
    struct family family = { .begin = INT64_MAX, .end = INT64_MIN, .version = -1 };
    for (size_t i = 0; i < n; i++) {
        const struct pd_slice *slice = &eligibility->slices->items[eligibility->slices->of_row[rows[i]]];
        const int64_t amount = pd_report_integer(report, report->linkage->columns.nominal, rows[i]);
        family.n_without_amount += amount == PD_NULL_INT;
        family.amount += amount == PD_NULL_INT ? 0 : amount;
        family.n_recipients += is_new_person(report->linkage, rows, i);
        add_program(&family, slice->program);
        if (slice->version > family.version) family.version = slice->version;
        if (slice->begin == PD_DATE_NONE) continue;
        if (slice->begin < family.begin) family.begin = slice->begin;
        if (slice->end > family.end) family.end = slice->end;
    }
    return family;
}

/* program_list,n_program */
static void append_programs(const struct pd_report *report, const struct family *family, struct pd_buffer *out)
{
    for (size_t i = 0; i < family->n_programs; i++) {
        if (i > 0) pd_append_byte(out, '+');
        pd_append_text(out, report->job->programs.items[family->programs[i]].code);
    }
    pd_append_byte(out, ',');
    pd_append_u64(out, family->n_programs);
}

/* The row that says a family's number: the registry's, else the register's of the first who is paid, else the roster's.
 */
static uint32_t number_teller(const struct pd_report *report, uint32_t home, uint32_t row)
{
    const struct pd_column *numbers = &report->linkage->table->columns[report->linkage->columns.no_kk];
    const uint32_t person = report->linkage->anchor[row];
    if (home != row && !pd_column_is_null(numbers, home)) return home;
    return person != PD_NO_RECORD && !pd_column_is_null(numbers, person) ? person : row;
}

/* no_kk,kode_desa,desil: as the registry has them; a village that it does not know, as the first paid row. */
static void append_home(const struct pd_eligibility_report *eligibility, const struct family *family, uint32_t row,
                        struct pd_buffer *out)
{
    const struct pd_report *report = eligibility->report;
    const struct pd_registry_unit *unit = NULL;
    char scratch[24];
    if (family->version >= 0) {
        const struct pd_registry_version *version = &eligibility->registry->versions[family->version];
        const uint32_t index = version->unit_of[PD_UNIT_FAMILY][report->linkage->household[row]];
        if (index != PD_NO_UNIT) unit = &version->units[PD_UNIT_FAMILY][index];
    }
    const uint32_t home = unit == NULL ? row : unit->row;
    const int column = report->linkage->columns.no_kk;
    pd_append_byte(out, ',');
    if (column >= 0)
        pd_append_number(
            out, pd_column_text(&report->linkage->table->columns[column], number_teller(report, home, row), scratch),
            report->masking);
    pd_append_byte(out, ',');
    pd_append_region(report, home, out);
    pd_append_byte(out, ',');
    if (unit != NULL && unit->decile > 0) pd_append_u64(out, unit->decile);
}

/* What a family's first paid row leads to is read in no order, in four steps, each of which must be near before the
 * next: its household; the unit of that in the registry; the unit's first row, which is its home; what that row says.
 */
static void prefetch_paid_row(const struct pd_eligibility_report *eligibility, uint32_t row)
{
    const struct pd_linkage *linkage = eligibility->report->linkage;
    pd_prefetch(&linkage->cluster[row]);
    pd_prefetch(&eligibility->slices->of_row[row]);
    pd_report_prefetch_integer(eligibility->report, linkage->columns.nominal, row);
}

static void prefetch_household(const struct coverage *coverage, uint32_t household)
{
    const struct pd_registry *registry = coverage->eligibility->registry;
    pd_prefetch(&coverage->members[household]);
    pd_prefetch(&coverage->barred[household]);
    pd_report_prefetch_id(coverage->eligibility->report, household);
    if (registry->n_versions > 0) pd_prefetch(&registry->versions[0].unit_of[PD_UNIT_FAMILY][household]);
}

/* NULL when the first version, which is the only one as a rule, does not have the family. */
static const struct pd_registry_unit *first_unit(const struct coverage *coverage, uint32_t household)
{
    const struct pd_registry *registry = coverage->eligibility->registry;
    if (registry->n_versions == 0) return NULL;
    const uint32_t unit = registry->versions[0].unit_of[PD_UNIT_FAMILY][household];
    return unit == PD_NO_UNIT ? NULL : &registry->versions[0].units[PD_UNIT_FAMILY][unit];
}

static void prefetch_home(const struct pd_report *report, uint32_t home)
{
    pd_report_prefetch_integer(report, report->linkage->columns.kode_desa, home);
    pd_report_prefetch_integer(report, report->linkage->columns.no_kk, home);
}

static void prefetch_family_line(const void *context, size_t index)
{
    enum { HOUSEHOLD = 4, UNIT = 8, HOME = 12 };
    const struct coverage *coverage = context;
    const struct pd_report *report = coverage->eligibility->report;
    const uint32_t *household = report->linkage->household;
    const uint32_t *rows = coverage->rows, *begins = coverage->begins;
    pd_prefetch(&household[rows[begins[index]]]);
    for (uint32_t i = begins[index]; i < begins[index + 1]; i++) prefetch_paid_row(coverage->eligibility, rows[i]);
    if (index < HOME) return;
    prefetch_household(coverage, household[rows[begins[index - HOUSEHOLD]]]);
    const struct pd_registry_unit *unit = first_unit(coverage, household[rows[begins[index - UNIT]]]);
    if (unit != NULL) pd_prefetch(unit);
    unit = first_unit(coverage, household[rows[begins[index - HOME]]]);
    if (unit != NULL) prefetch_home(report, unit->row);
}

static size_t family_line(const void *context, size_t index, struct pd_buffer *out)
{
    const struct coverage *coverage = context;
    const struct pd_eligibility_report *eligibility = coverage->eligibility;
    const struct pd_report *report = eligibility->report;
    const uint32_t *rows = coverage->rows + coverage->begins[index];
    const uint32_t household = report->linkage->household[rows[0]];
    const struct family family = sum_family(eligibility, rows, coverage->begins[index + 1] - coverage->begins[index]);
    pd_append_record_id(report, household, out);
    append_home(eligibility, &family, rows[0], out);
    pd_append_byte(out, ',');
    pd_append_u64(out, coverage->members[household]);
    pd_append_byte(out, ',');
    pd_append_u64(out, family.n_recipients);
    pd_append_byte(out, ',');
    append_programs(report, &family, out);
    pd_append_byte(out, ',');
    if (family.end >= family.begin)
        pd_period_append(out, (struct pd_period){ (int32_t)family.begin, (int32_t)family.end });
    pd_append_byte(out, ',');
    pd_append_i64(out, family.amount);
    pd_append_string(out, coverage->barred[household] ? ",ya," : ",tidak,");
    pd_append_u64(out, family.n_without_amount);
    pd_append_byte(out, '\n');
    return 1;
}

enum padan_status pd_write_family_coverage(const struct pd_eligibility_report *report, struct pd_run_folder *folder,
                                           struct padan_error *error)
{
    struct coverage coverage = { .eligibility = report };
    enum padan_status status = pd_parallel_for(2, report->report->threads, make_half, &coverage, error);
    pd_free(coverage.number);
    coverage.number = NULL;
    const struct pd_rows rows = { .header = PD_TEXT("household_cluster_id,no_kk,kode_desa,desil,n_anggota,n_penerima,"
                                                    "program_list,n_program,periode,total_nominal,ada_larangan,"
                                                    "n_tanpa_nominal"),
                                  .n_rows = coverage.n_families,
                                  .format = family_line,
                                  .prefetch = prefetch_family_line,
                                  .context = &coverage,
                                  .n_threads = report->report->threads };
    if (status == PADAN_OK) status = pd_run_folder_rows(folder, "cakupan_keluarga.csv", &rows, error);
    coverage_reset(&coverage);
    return status;
}
