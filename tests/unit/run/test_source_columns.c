/* SPDX-License-Identifier: MIT */
#include "run/source_columns.h"

#include <criterion/criterion.h>

enum { FILES = 4, COLUMNS = 3 };

/* Files of two sources by the canonical names of their columns, "" for one that is not loaded. */
struct night {
    struct pd_file_column columns[FILES][COLUMNS];
    struct pd_file_result results[FILES];
    struct pd_input_file files[FILES];
    struct pd_ingest_result ingested;
    struct pd_inputs inputs;
};

static void make_night(struct night *night, const char *const names[FILES][COLUMNS])
{
    static const size_t sources[FILES] = { 0, 0, 1, 2 };
    *night = (struct night){ .ingested = { .files = night->results, .n_files = FILES },
                             .inputs = { .files = night->files, .n_sources = 4, .n_files = FILES } };
    for (size_t i = 0; i < FILES; i++) {
        for (size_t k = 0; k < COLUMNS; k++) night->columns[i][k].name = pd_text_of(names[i][k]);
        night->results[i] = (struct pd_file_result){ .columns = night->columns[i], .n_columns = COLUMNS };
        night->files[i].source = sources[i];
    }
    night->results[3].status = PADAN_BAD_INPUT;
}

static const char *const before[FILES][COLUMNS] = {
    { "nik", "nama", "" }, { "nama", "desil", "nik" }, { "no_kk", "", "nominal" }, { "nik", "nama", "" }
};

Test(source_columns, are_those_of_all_files_that_were_read)
{
    static const char *const expected[] = { "nik|nama", "no_kk|nominal", "", "" };
    struct night night;
    struct pd_arena arena = { 0 };
    struct pd_text *columns = NULL;
    make_night(&night, before);
    cr_assert_eq(pd_source_columns(&night.ingested, &night.inputs, &arena, &columns, NULL), PADAN_OK);
    for (size_t i = 0; i < 4; i++)
        cr_expect(pd_text_equal(columns[i], pd_text_of(expected[i])), "source %zu: %.*s", i, PD_TEXT_ARGS(columns[i]));
    pd_arena_reset(&arena);
}

static void expect_lost(const struct night *night, size_t source, const char *columns, const char *names,
                        size_t n_files)
{
    struct pd_lost_columns lost = { 0 };
    cr_assert_eq(pd_find_lost_columns(&night->ingested, &night->inputs, source, pd_text_of(columns), &lost, NULL),
                 PADAN_OK);
    const struct pd_text found = { lost.names.data, lost.names.length };
    cr_expect(pd_text_equal(found, pd_text_of(names)), "%s: %.*s", names, PD_TEXT_ARGS(found));
    cr_expect_eq(lost.n_files, n_files);
    pd_buffer_reset(&lost.names);
}

Test(source_columns, are_lost_where_a_file_lacks_them)
{
    static const struct pd_column_choice none_of_it[] = { { PD_TEXT("nominal"), PD_TEXT("") } };
    static const struct pd_text id[] = { PD_TEXT("NOMOR") };
    struct night night;
    make_night(&night, before);
    expect_lost(&night, 0, "nik|nama", "", 0);
    expect_lost(&night, 0, "", "", 0);
    expect_lost(&night, 0, "nik|desil|nama|alamat", "desil, alamat", 2);
    expect_lost(&night, 0, "desil", "desil", 1);
    expect_lost(&night, 2, "nik|nominal", "", 0); /* its file was left out, which is told by itself */
    night.columns[2][2].name = pd_text_of("");
    expect_lost(&night, 1, "no_kk|nominal", "nominal", 1);
    night.files[2].choices = none_of_it;
    night.files[2].n_choices = 1;
    expect_lost(&night, 1, "no_kk|nominal", "", 0);
    expect_lost(&night, 1, "unique_id", "unique_id", 1);
    night.files[2].unique_id = id;
    night.files[2].n_unique_id = 1;
    expect_lost(&night, 1, "unique_id", "", 0);
}
