/* SPDX-License-Identifier: MIT
 * Sections come back as they were written, or not at all. */
#include "base/sealed.h"

#include "base/memory.h"
#include "base/random.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { N_SECTIONS = 5, LONGEST = 2 * PD_SEALED_BLOCK + 3 };

static const struct pd_sealed_kind kind = { "\x89TESTED\n", 7 };
static const size_t lengths[N_SECTIONS] = { 0, 1, PD_SEALED_BLOCK, LONGEST, 17 };
static char folder[64];
static char path[128];

static void make_folder(void)
{
    memcpy(folder, "/tmp/padan-test-XXXXXX", sizeof "/tmp/padan-test-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/sealed", folder);
}

static void remove_folder(void)
{
    cr_expect_eq(pd_directory_remove(folder, NULL), PADAN_OK);
}

TestSuite(sealed, .init = make_folder, .fini = remove_folder);

/* The bytes of a section: its number and place decide them. */
static void fill(char *bytes, size_t section)
{
    struct pd_random random = pd_random_stream(5, section);
    for (size_t i = 0; i < lengths[section]; i++) bytes[i] = (char)pd_random_below(&random, 256);
}

/* Writes the first n sections. */
static void write_file(size_t n)
{
    static char bytes[LONGEST];
    struct pd_sealed_writer writer;
    cr_assert_eq(pd_sealed_create(&writer, &kind, path, NULL), PADAN_OK);
    for (size_t i = 0; i < n; i++) {
        uint32_t section = UINT32_MAX;
        fill(bytes, i);
        cr_assert_eq(pd_sealed_add(&writer, bytes, lengths[i], &section, NULL), PADAN_OK);
        cr_expect_eq(section, i);
        cr_expect_neq(access(path, F_OK), 0, "it has its name before it is whole");
    }
    cr_assert_eq(pd_sealed_finish(&writer, PD_TEXT("what is in it"), NULL), PADAN_OK);
}

static void overwrite(const char *bytes, size_t n)
{
    FILE *file = fopen(path, "w"); /* without waiting for the disk */
    cr_assert_not_null(file);
    cr_assert_eq(fwrite(bytes, 1, n, file), n);
    cr_assert_eq(fclose(file), 0);
}

/* Opens and reads everything. */
static enum padan_status read_all(struct padan_error *error)
{
    struct pd_sealed sealed;
    if (!pd_sealed_is(&kind, path)) return pd_fail(error, PADAN_BAD_INPUT, "no file of this kind");
    PD_TRY(pd_sealed_open(&sealed, &kind, path, error));
    const enum padan_status status = pd_sealed_verify(&sealed, 2, error);
    pd_sealed_close(&sealed);
    return status;
}

Test(sealed, sections_come_back_for_any_number_of_threads)
{
    static char bytes[N_SECTIONS][LONGEST];
    static char expected[LONGEST];
    struct pd_sealed_read reads[N_SECTIONS];
    struct pd_sealed sealed;
    write_file(N_SECTIONS);
    for (int threads = 1; threads <= 3; threads++) {
        cr_assert_eq(pd_sealed_open(&sealed, &kind, path, NULL), PADAN_OK);
        cr_expect(pd_text_equal(sealed.contents, PD_TEXT("what is in it")));
        cr_expect_str_eq(sealed.program, PADAN_VERSION);
        for (uint32_t i = 0; i < N_SECTIONS; i++)
            reads[i] = (struct pd_sealed_read){ N_SECTIONS - 1 - i, bytes[i], false };
        cr_assert_eq(pd_sealed_read(&sealed, reads, N_SECTIONS, threads, NULL), PADAN_OK);
        for (size_t i = 0; i < N_SECTIONS; i++) {
            fill(expected, N_SECTIONS - 1 - i);
            cr_expect_eq(memcmp(bytes[i], expected, lengths[N_SECTIONS - 1 - i]), 0, "section %zu", i);
        }
        cr_expect_eq(pd_sealed_verify(&sealed, threads, NULL), PADAN_OK);
        pd_sealed_close(&sealed);
    }
}

Test(sealed, every_flipped_bit_and_every_cut_is_refused)
{
    struct pd_buffer whole = { 0 };
    struct padan_error error;
    write_file(2);
    cr_assert_eq(pd_file_read(path, 1 << 20, &whole, NULL), PADAN_OK);
    for (size_t i = 0; i < whole.length * 8; i++) {
        whole.data[i / 8] = (char)(whole.data[i / 8] ^ 1 << i % 8);
        overwrite(whole.data, whole.length);
        cr_expect_eq(read_all(&error), PADAN_BAD_INPUT, "bit %zu", i);
        cr_expect_gt(strlen(error.message), 10);
        whole.data[i / 8] = (char)(whole.data[i / 8] ^ 1 << i % 8);
    }
    for (size_t n = 0; n < whole.length; n++) {
        overwrite(whole.data, n);
        cr_expect_eq(read_all(&error), PADAN_BAD_INPUT, "%zu bytes", n);
    }
    pd_append_byte(&whole, 'x');
    overwrite(whole.data, whole.length);
    cr_expect_eq(read_all(&error), PADAN_BAD_INPUT, "a byte too many");
    overwrite(whole.data, whole.length - 1);
    cr_expect_eq(read_all(&error), PADAN_OK, "%s", error.message);
    pd_buffer_reset(&whole);
}

/* The long section lies in the file, the short one is read. */
Test(sealed, sections_may_lie_in_the_file)
{
    enum { N_LONG = 5 << 18 };
    static char bytes[N_LONG];
    struct pd_sealed_writer writer;
    struct pd_sealed sealed;
    struct padan_error error = { PADAN_OK, "" };
    uint32_t section = 0;
    for (size_t i = 0; i < N_LONG; i++) bytes[i] = (char)(i * 2654435761u >> 11);
    cr_assert_eq(pd_sealed_create(&writer, &kind, path, NULL), PADAN_OK);
    cr_assert_eq(pd_sealed_add(&writer, "short", 5, &section, NULL), PADAN_OK);
    cr_assert_eq(pd_sealed_add(&writer, bytes, N_LONG, &section, NULL), PADAN_OK);
    cr_assert_eq(pd_sealed_finish(&writer, PD_TEXT(""), NULL), PADAN_OK);
    for (int damaged = 0; damaged <= 1; damaged++) {
        cr_assert_eq(pd_sealed_open(&sealed, &kind, path, NULL), PADAN_OK);
        cr_expect_null(pd_sealed_map(&sealed, 0, 0));
        char *array = pd_sealed_map(&sealed, 1, 100);
        cr_assert_not_null(array);
        cr_expect_eq((uintptr_t)array % 64, 0);
        const struct pd_sealed_read read = { 1, array, true };
        if (damaged == 1) array[N_LONG - 1] = (char)(array[N_LONG - 1] ^ 1);
        cr_expect_eq(pd_sealed_read(&sealed, &read, 1, 2, &error), damaged == 1 ? PADAN_BAD_INPUT : PADAN_OK);
        if (damaged == 0) cr_expect_eq(memcmp(array, bytes, N_LONG), 0);
        pd_free(array);
        pd_sealed_close(&sealed);
    }
    cr_expect_not_null(strstr(error.message, "block 4 of section 1"), "%s", error.message);
}

Test(sealed, damage_in_a_late_block_is_found_when_it_is_read)
{
    struct pd_buffer whole = { 0 };
    struct padan_error error = { PADAN_OK, "" };
    struct pd_sealed sealed;
    char byte = 0;
    write_file(N_SECTIONS);
    cr_assert_eq(pd_file_read(path, 1 << 22, &whole, NULL), PADAN_OK);
    cr_assert_eq(pd_sealed_open(&sealed, &kind, path, NULL), PADAN_OK);
    const size_t at = (size_t)sealed.sections[3].offset + PD_SEALED_BLOCK + 9;
    pd_sealed_close(&sealed);
    whole.data[at] = (char)(whole.data[at] ^ 1);
    overwrite(whole.data, whole.length);
    cr_assert_eq(pd_sealed_open(&sealed, &kind, path, NULL), PADAN_OK);
    const struct pd_sealed_read sound = { 1, &byte, false };
    cr_expect_eq(pd_sealed_read(&sealed, &sound, 1, 1, &error), PADAN_OK, "%s", error.message);
    cr_expect_eq(pd_sealed_verify(&sealed, 2, &error), PADAN_BAD_INPUT);
    cr_expect_not_null(strstr(error.message, "block 1 of section 3"), "%s", error.message);
    pd_sealed_close(&sealed);
    pd_buffer_reset(&whole);
}

Test(sealed, other_versions_and_byte_orders_are_told_apart)
{
    struct pd_sealed sealed;
    struct padan_error error;
    struct pd_buffer whole = { 0 };
    write_file(1);
    struct pd_sealed_kind newer = kind;
    newer.version = 8;
    cr_expect_eq(pd_sealed_open(&sealed, &newer, path, &error), PADAN_BAD_INPUT);
    cr_expect_not_null(strstr(error.message, "is an index of format 7, made by padan " PADAN_VERSION), "%s",
                       error.message);
    cr_assert_eq(pd_file_read(path, 1 << 20, &whole, NULL), PADAN_OK);
    for (size_t i = 0; i < 2; i++) {
        const char byte = whole.data[8 + i];
        whole.data[8 + i] = whole.data[11 - i];
        whole.data[11 - i] = byte;
    }
    overwrite(whole.data, whole.length);
    cr_expect_eq(pd_sealed_open(&sealed, &kind, path, &error), PADAN_BAD_INPUT);
    cr_expect_not_null(strstr(error.message, "other byte order"), "%s", error.message);
    pd_buffer_reset(&whole);
}

Test(sealed, what_is_given_up_leaves_nothing_behind)
{
    struct pd_sealed_writer writer;
    uint32_t section = 0;
    cr_assert_eq(pd_sealed_create(&writer, &kind, path, NULL), PADAN_OK);
    cr_assert_eq(pd_sealed_add(&writer, "abc", 3, &section, NULL), PADAN_OK);
    pd_sealed_abandon(&writer);
    cr_expect_eq(rmdir(folder), 0, "the folder is not empty");
    cr_expect_eq(pd_sealed_create(&writer, &kind, path, NULL), PADAN_IO);
    pd_sealed_abandon(&writer);
    make_folder();
}
