/* SPDX-License-Identifier: MIT */
#include "report/row_verdicts.h"

#include "base/hash.h"
#include "base/memory.h"
#include "table/like.h"

#include <criterion/criterion.h>

enum { N = 300, REGISTER = 130, REGISTER_END = 210, VALUES = 4 };

static struct pd_table table;
static struct pd_row_link links[N];
static struct pd_linkage linkage;
static struct pd_report report;

/* A column of few values and NULLs, so that rows are often equal. */
static int add_column(const char *name, enum pd_type type, enum pd_encoding encoding, uint64_t seed)
{
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(&table, pd_text_of(name), type, encoding, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < N; i++) {
        const uint64_t word = pd_hash_combine(seed, i) % VALUES;
        const uint64_t stored = word == 0 ? pd_column_stored_null(column) : word;
        const size_t width = pd_encoding_width(encoding);
        memcpy((char *)column->words + i * width, &stored, width); /* little-endian */
    }
    return (int)table.n_columns - 1;
}

static void make_rows(void)
{
    table = (struct pd_table){ .n_records = N };
    linkage = (struct pd_linkage){
        .table = &table, .links = links, .register_begin = REGISTER, .register_end = REGISTER_END
    };
    struct pd_person_columns *columns = &linkage.columns;
    const int numbers = add_column("nik", PD_TYPE_TEXT, PD_ENCODING_DIGITS, 1);
    columns->nama = add_column("nama", PD_TYPE_TEXT, PD_ENCODING_CODE, 2);
    columns->tgl_lahir = add_column("tgl_lahir", PD_TYPE_DATE, PD_ENCODING_INT32, 3);
    columns->tempat_lahir = add_column("tempat_lahir", PD_TYPE_TEXT, PD_ENCODING_CODE16, 4);
    columns->jenis_kelamin = add_column("jenis_kelamin", PD_TYPE_INT, PD_ENCODING_SMALL, 5);
    columns->no_kk = numbers;
    columns->kode_desa = -1;
    columns->nik_longgar = add_column("nik_longgar", PD_TYPE_TEXT, PD_ENCODING_DIGITS, 1);
    struct pd_column *like = &table.columns[columns->nik_longgar];
    for (size_t i = 7; i < N; i += 50) ((uint64_t *)like->words)[i] = VALUES;
    cr_assert_eq(pd_column_make_like(like, &table.columns[numbers], N, NULL), PADAN_OK);
    cr_assert_eq(like->encoding, PD_ENCODING_LIKE);
    for (size_t i = 0; i < N; i++) {
        if (pd_is_person(&linkage, i)) continue;
        const uint64_t hash = pd_mix64(i + 1);
        pd_link_of(&linkage, i)->register_record =
            hash % 5 == 0 ? PD_NO_RECORD : (uint32_t)(REGISTER + hash % (REGISTER_END - REGISTER));
    }
    report = (struct pd_report){ .linkage = &linkage };
}

static void drop_rows(void)
{
    pd_table_reset(&table);
}

TestSuite(row_verdicts, .init = make_rows, .fini = drop_rows);

/* Index of the column that is compared, as pd_verdict_equal takes it. */
static int column_of(enum pd_compared compared)
{
    const struct pd_person_columns *columns = &linkage.columns;
    switch (compared) {
    case PD_COMPARED_NIK: return columns->nik_longgar;
    case PD_COMPARED_NAMA: return columns->nama;
    case PD_COMPARED_TGL_LAHIR: return columns->tgl_lahir;
    case PD_COMPARED_TEMPAT_LAHIR: return columns->tempat_lahir;
    case PD_COMPARED_JENIS_KELAMIN: return columns->jenis_kelamin;
    case PD_COMPARED_NO_KK: return columns->no_kk;
    case PD_COMPARED_WILAYAH:
    case PD_COMPARED_COUNT: break;
    }
    return columns->kode_desa;
}

Test(row_verdicts, a_batch_says_what_row_by_row_is_said)
{
    size_t seen[PD_VERDICT_DEFAULT + 1] = { 0 };
    for (size_t begin = 0; begin < N; begin += PD_VERDICT_BATCH) {
        struct pd_row_verdicts verdicts;
        const size_t end = N - begin < PD_VERDICT_BATCH ? N : begin + PD_VERDICT_BATCH;
        pd_row_verdicts_look(&report, begin, end, &verdicts);
        for (size_t row = begin; row < end; row++) {
            const uint32_t person =
                pd_is_person(&linkage, row) ? PD_NO_RECORD : pd_link_of(&linkage, row)->register_record;
            for (int c = 0; c < PD_COMPARED_COUNT && person != PD_NO_RECORD; c++) {
                const enum pd_verdict one =
                    pd_verdict_equal(&report, column_of((enum pd_compared)c), (uint32_t)row, person);
                cr_assert_eq(pd_row_verdict(&verdicts, (enum pd_compared)c, row - begin), one, "row %zu, %d", row, c);
                seen[one]++;
            }
        }
    }
    cr_assert(seen[PD_VERDICT_SAMA] > 0 && seen[PD_VERDICT_BEDA] > 0 && seen[PD_VERDICT_KOSONG_SUMBER] > 0 &&
              seen[PD_VERDICT_KOSONG_ACUAN] > 0);
}

/* --- rows of a chunk --- */

static size_t asked_ahead[N];

static void note_ahead(const void *context, size_t row)
{
    (void)context;
    asked_ahead[row]++;
}

static size_t write_row(const void *context, size_t row, const struct pd_row_verdicts *verdicts, size_t place,
                        struct pd_buffer *out)
{
    struct pd_row_verdicts own;
    (void)context;
    pd_row_verdicts_look(&report, row, row + 1, &own);
    for (size_t c = 0; c < PD_COMPARED_COUNT; c++) cr_assert_eq(verdicts->of[c][place], own.of[c][0]);
    pd_append_u64(out, row);
    pd_append_byte(out, '\n');
    return 1;
}

Test(row_verdicts, all_rows_but_the_registers_are_formatted_in_order)
{
    static const size_t ends[] = { 0, 1, PD_VERDICT_BATCH, REGISTER + 1, REGISTER_END - 1, N };
    const struct pd_judged_rows rows = { .report = &report, .format = write_row, .prefetch = note_ahead };
    for (size_t i = 1; i < sizeof ends / sizeof *ends; i++) {
        struct pd_buffer out = { 0 };
        struct pd_buffer wanted = { 0 };
        size_t n_wanted = 0;
        for (size_t row = ends[i - 1]; row < ends[i]; row++) {
            if (pd_is_person(&linkage, row)) continue;
            pd_append_u64(&wanted, row);
            pd_append_byte(&wanted, '\n');
            n_wanted++;
        }
        cr_assert_eq(pd_format_judged_rows(&rows, NULL, ends[i - 1], ends[i], &out), n_wanted);
        cr_assert_eq(out.length, wanted.length);
        cr_assert(wanted.length == 0 || memcmp(out.data, wanted.data, wanted.length) == 0);
        pd_buffer_reset(&out);
        pd_buffer_reset(&wanted);
    }
    for (size_t row = REGISTER_END + PD_ROWS_AHEAD; row < N; row++) cr_assert_eq(asked_ahead[row], 1);
}

/* Registry, two programs of which one is short, register, disqualifier, program. */
static size_t source_ends[] = { 70, 75, 128, REGISTER_END, 280, N };
static struct pd_job_source sources[] = { { .role = PD_ROLE_REGISTRY },     { .role = PD_ROLE_PROGRAM },
                                          { .role = PD_ROLE_PROGRAM },      { .role = PD_ROLE_REGISTER },
                                          { .role = PD_ROLE_DISQUALIFIER }, { .role = PD_ROLE_PROGRAM } };

static size_t n_asked[N];

static size_t note_row(const void *context, size_t row, const struct pd_row_verdicts *verdicts, size_t place,
                       struct pd_buffer *out)
{
    n_asked[row]++;
    return write_row(context, row, verdicts, place, out);
}

Test(row_verdicts, only_batches_with_rows_of_programs_are_formatted_where_only_these_have_lines)
{
    uint16_t source_of[N];
    const struct pd_job job = { .sources = sources, .n_sources = sizeof sources / sizeof *sources };
    size_t source = 0;
    for (size_t row = 0; row < N; row++) {
        source += row == source_ends[source];
        source_of[row] = (uint16_t)source;
    }
    table.source_of = source_of;
    report.job = &job;
    const struct pd_judged_rows rows = {
        .report = &report, .format = note_row, .prefetch = note_ahead, .of_programs = true
    };
    struct pd_buffer out = { 0 };
    (void)pd_format_judged_rows(&rows, NULL, 0, N, &out);
    table.source_of = NULL;
    for (size_t row = 0; row < N; row++) {
        if (sources[source_of[row]].role == PD_ROLE_PROGRAM && !pd_is_person(&linkage, row))
            cr_assert_eq(n_asked[row], 1, "row %zu", row);
        if (row < PD_VERDICT_BATCH || pd_is_person(&linkage, row)) cr_assert_eq(n_asked[row], 0, "row %zu", row);
    }
    pd_buffer_reset(&out);
}
