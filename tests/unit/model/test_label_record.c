/* SPDX-License-Identifier: MIT */
#include "model/label_record.h"

#include "base/file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Ids begin .. end, every one `times` times, in an order that has nothing to do with them. */
static struct pd_labelled_rows rows_of(unsigned begin, unsigned end, unsigned times)
{
    struct pd_labelled_rows rows = { 0 };
    const unsigned n = (end - begin) * times;
    for (unsigned i = 0; i < n; i++) {
        char id[24];
        (void)snprintf(id, sizeof id, "rec-%u", begin + i * 7 % n / times);
        pd_labelled_rows_add(&rows, pd_text_of(id));
    }
    return rows;
}

Test(label_record, the_share_that_two_sets_have_in_common_is_estimated)
{
    static const struct {
        unsigned begin, end, other_begin, other_end;
        double share; /* of the first that is in the second */
    } cases[] = {
        { 0, 100, 0, 100, 1 },           { 0, 100, 100, 200, 0 },      { 0, 1000, 500, 10000, .5 },
        { 0, 50000, 0, 50000, 1 },       { 0, 50000, 0, 100, 0 },      { 0, 50000, 25000, 99999, .5 },
        { 0, 40000, 30000, 30400, .01 }, { 0, 20000, 4000, 8000, .2 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pd_labelled_rows a = rows_of(cases[i].begin, cases[i].end, 1);
        const struct pd_labelled_rows b = rows_of(cases[i].other_begin, cases[i].other_end, 3);
        cr_assert_float_eq(pd_labelled_rows_share(&a, &b), cases[i].share, cases[i].share == 1 ? 0 : .1, "case %zu: %f",
                           i, pd_labelled_rows_share(&a, &b));
    }
    const struct pd_labelled_rows none = { 0 }, some = rows_of(0, 10, 1);
    cr_assert_float_eq(pd_labelled_rows_share(&none, &some), 0, 0);
    cr_assert_float_eq(pd_labelled_rows_share(&some, &none), 0, 0);
}

static void write_text(const char *path, const char *text)
{
    cr_assert_eq(pd_file_write(path, pd_text_of(text), NULL), PADAN_OK);
}

static char folder[64];

/* Each test works in a folder of its own. */
static void enter_folder(void)
{
    memcpy(folder, "/tmp/label_record_XXXXXX", sizeof "/tmp/label_record_XXXXXX");
    cr_assert(mkdtemp(folder) != NULL && chdir(folder) == 0);
}

static void leave_folder(void)
{
    cr_expect(chdir("/") == 0 && pd_directory_remove(folder, NULL) == PADAN_OK);
}

Test(label_record, what_is_written_is_read, .init = enter_folder, .fini = leave_folder)
{
    const struct pd_labelled_rows rows = rows_of(0, 30000, 1);
    struct pd_label_record record;
    struct padan_error error = { 0 };
    write_text("truth.csv", "unique_id,entity_id\nrec-1,a\n");
    cr_assert_eq(pd_label_record_read(&record, "m.json", &error), PADAN_OK);
    cr_assert_eq(record.content.length, 0);
    cr_assert_eq(pd_label_record_write("m.json", "truth.csv", &rows, &error), PADAN_OK, "%s", error.message);
    cr_assert_eq(pd_label_record_read(&record, "m.json", &error), PADAN_OK, "%s", error.message);
    cr_assert_gt(record.content.length, 0);
    cr_assert(pd_text_equal((struct pd_text){ record.labels.data, record.labels.length }, PD_TEXT("truth.csv")));
    cr_assert_eq(record.rows.n, 30000);
    cr_assert_eq(record.rows.n_hashes, PD_LABEL_SKETCH);
    cr_assert_eq(memcmp(record.rows.hashes, rows.hashes, sizeof rows.hashes), 0);
    pd_label_record_reset(&record);
    cr_assert_eq(pd_label_record_write("m.json", NULL, &rows, &error), PADAN_OK);
    cr_assert_neq(access("m.labels.json", F_OK), 0, "training without labels forgets them");
}

Test(label_record, a_broken_record_is_refused, .init = enter_folder, .fini = leave_folder)
{
    static const char *const broken[] = { "[]", "{\"labels\": \"a\"}", "{",
                                          "{\"labels\": \"a\", \"sha256\": \"1\", \"n_rows\": 1, \"sketch\": \"\"}" };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct pd_label_record record;
        write_text("m.labels.json", broken[i]);
        cr_assert_eq(pd_label_record_read(&record, "m.json", NULL), PADAN_BAD_ARGUMENT, "case %zu", i);
    }
}
