/* SPDX-License-Identifier: MIT
 * What is known of the first rows against making it: the same columns, to the code, the same texts and counts, whatever
 * other rows come behind. NIKs have serials that no district and day reaches. */
#include "normalise/known.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"
#include "table/narrow.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CELL_BYTES = 64, FILES = 3 };

static struct pd_indonesia indonesia;
static struct padan_error failure;
static char folder[64], path[96];

static void load(void)
{
    cr_assert_eq(pd_indonesia_load(&indonesia, &failure), PADAN_OK, "%s", failure.message);
    memcpy(folder, "/tmp/padan-test-XXXXXX", sizeof "/tmp/padan-test-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/daftar.normal", folder);
}

static void unload(void)
{
    pd_indonesia_reset(&indonesia);
    cr_expect_eq(pd_directory_remove(folder, NULL), PADAN_OK);
}

TestSuite(known, .init = load, .fini = unload);

/* ---- Rows ---- */

/* Cells of a column: some of a short list, some with a number in them, some empty. The list has what is hard to read.
 */
struct kind {
    const char *name;
    enum pd_encoding encoding;
    bool by_number; /* the pattern has a place for one */
    const char *cells[6];
};

static const struct kind kinds[] = {
    { "nik", PD_ENCODING_DIGITS, true, { "320101410790%04u", "32010105%02u789002", "x%u", "320101410790900%u" } },
    { "no_kk", PD_ENCODING_DIGITS, true, { "320101070912%04u", "3201014107%06u", "0", "-" } },
    { "nama",
      PD_ENCODING_CODE,
      true,
      { "SITI %c", "Hj. ANI BINTI ALI %c", "BUDI al ADI %c", "ALM. %c", "123", "M. %c" } },
    { "nama_ibu", PD_ENCODING_CODE, true, { "SUMI %c", "SRI %c", "-", "AMINAH" } },
    { "tempat_lahir", PD_ENCODING_CODE, true, { "BANDUNG", "KAB. BOGOR", "JKT", "DESA %c" } },
    { "tgl_lahir", PD_ENCODING_CODE, true, { "01-07-1990", "%02u/12/1981", "12/%02u/1979", "1990", "5 Mei 78", "?" } },
    { "jenis_kelamin", PD_ENCODING_CODE, false, { "L", "P", "PEREMPUAN", "?" } },
    { "hub_keluarga", PD_ENCODING_CODE, false, { "1", "ISTRI", "ANAK", "FAMILI LAIN" } },
    { "alamat", PD_ENCODING_CODE, true, { "JL. MELATI %u RT 01/02", "DSN %c", "KP. %c RT %u RW 3" } },
    { "rt", PD_ENCODING_CODE, true, { "00%u", "RT %u", "x" } },
    { "kode_desa", PD_ENCODING_DIGITS, true, { "3201012001", "32.01.01.20%02u", "320101200%u", "1101012%03u" } },
    { "desil", PD_ENCODING_CODE, true, { "%u", "DESIL 2", "?" } },
    { "nominal", PD_ENCODING_CODE, true, { "%u00000", "Rp 600.000", "banyak" } },
    { "periode", PD_ENCODING_CODE, true, { "2026-0%u", "TRIWULAN 4", "??", "01-02-2026" } },
    { "status_salur", PD_ENCODING_CODE, true, { "BERHASIL", "gagal  cek %c", "RETUR" } },
    { "status_hidup", PD_ENCODING_CODE, false, { "HIDUP", "MENINGGAL", "?" } },
    { "tgl_meninggal", PD_ENCODING_CODE, true, { "%02u-03-2026", "2025-11-%02u" } },
    { "ttl", PD_ENCODING_CODE, true, { "BANDUNG, 0%u-05-1985", "SOLO %c" } },
};
enum { N_KINDS = sizeof kinds / sizeof *kinds, TTL = N_KINDS - 1 };

static void write_cell(const struct kind *kind, struct pd_random *random, size_t variety, char cell[CELL_BYTES])
{
    size_t n = 0;
    while (n < sizeof kind->cells / sizeof *kind->cells && kind->cells[n] != NULL) n++;
    const char *pattern = kind->cells[pd_random_below(random, n)];
    const char *place = strchr(pattern, '%');
    const unsigned number = (unsigned)pd_random_below(random, variety);
    char letters[8] = { 0 };
    for (size_t i = 0; i < 3; i++) letters[i] = (char)('A' + number / (i == 0 ? 1 : i == 1 ? 26 : 676) % 26);
    cell[0] = '\0';
    if (pd_random_below(random, 12) == 0) return;
    if (place == NULL)
        (void)snprintf(cell, CELL_BYTES, "%s", pattern);
    else if (place[1] == 'c')
        (void)snprintf(cell, CELL_BYTES, "%.*s%s%.*s", (int)(place - pattern), pattern, letters, 20,
                       strchr(place + 2, '%') == NULL ? place + 2 : "");
    else
        (void)snprintf(cell, CELL_BYTES,
                       place[1] != '0'   ? "%.*s%u%s"
                       : place[2] == '2' ? "%.*s%02u%s"
                                         : "%.*s%04u%s",
                       (int)(place - pattern), pattern, number % 9999, strchr(place, 'u') + 1);
}

static void put(struct pd_column *column, size_t record, struct pd_text text)
{
    cr_assert_eq(pd_column_put(column, record, text, NULL), PADAN_OK);
}

/* What a night has: rows of file 0, which are the same every night, and those of others. */
struct night {
    size_t n_first, n_others, variety;
    uint64_t first_seed, other_seed;
    bool first_has_ttl;
};

static void make_table(struct pd_table *table, const struct night *night)
{
    const size_t n = night->n_first + night->n_others;
    *table = (struct pd_table){ .n_records = n, .n_sources = 1 };
    cr_assert_eq(pd_allocate(&table->file_of, n, sizeof *table->file_of, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->source_of, n, sizeof *table->source_of, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->row_of, n, sizeof *table->row_of, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->sources, 1, sizeof *table->sources, NULL), PADAN_OK);
    table->sources[0] = (struct pd_source){ .name = PD_TEXT("pkh"), .begin = 0, .end = n };
    for (size_t i = night->n_first; i < n; i++)
        table->file_of[i] = 1 + (uint32_t)((i - night->n_first) * (FILES - 1) / night->n_others);
    for (size_t k = 0; k < N_KINDS; k++) {
        struct pd_random first = pd_random_stream(night->first_seed, k);
        struct pd_random others = pd_random_stream(night->other_seed, k);
        struct pd_column *column = NULL;
        cr_assert_eq(pd_table_add(table, pd_text_of(kinds[k].name), PD_TYPE_TEXT, kinds[k].encoding, &column, NULL),
                     PADAN_OK);
        for (size_t i = 0; i < n; i++) {
            char cell[CELL_BYTES];
            write_cell(&kinds[k], i < night->n_first ? &first : &others, night->variety, cell);
            if (k == TTL && i < night->n_first && !night->first_has_ttl) continue;
            put(column, i, pd_text_of(cell));
        }
    }
    pd_table_trim(table);
}

/* ---- Normalising ---- */

static bool wants_some(const void *context, struct pd_text name)
{
    (void)context;
    return !pd_text_equal(name, PD_TEXT("nik15")) && !pd_text_equal(name, PD_TEXT("nama_alias")) &&
           !pd_text_equal(name, PD_TEXT("tgl_tumpuk"));
}

static enum padan_status settle(const void *context, struct pd_table *table, size_t column, struct padan_error *error)
{
    (void)context;
    return pd_column_narrow_numbers(&table->columns[column], table->n_records, error);
}

static const struct pd_normalise_source source = { 20000, 20100 };

static struct pd_normalise_options options_of(int threads, bool few)
{
    return (struct pd_normalise_options){ .indonesia = &indonesia,
                                          .reference_date = pd_date_from_civil(2026, 11, 23),
                                          .threads = threads,
                                          .narrow_raw = few,
                                          .wants = few ? wants_some : NULL,
                                          .settle = settle,
                                          .sources = &source };
}

static void normalise(struct pd_table *table, const struct pd_normalise_options *options,
                      struct pd_normalise_result *result)
{
    cr_assert_eq(pd_normalise_indonesia(table, options, result, &failure), PADAN_OK, "%s", failure.message);
    for (size_t i = 0; i < table->n_columns; i++) cr_assert_eq(settle(NULL, table, i, NULL), PADAN_OK);
}

static void keep(const struct night *night, bool few)
{
    struct pd_table table;
    struct pd_normalise_result result;
    const struct pd_normalise_options options = options_of(1, few);
    make_table(&table, night);
    normalise(&table, &options, &result);
    const struct pd_known_writing writing = { &table, &result, night->n_first, PD_TEXT("rows of a test\n"), path };
    cr_assert_eq(pd_known_write(&writing, &failure), PADAN_OK, "%s", failure.message);
    pd_normalise_result_reset(&result);
    pd_table_reset(&table);
}

static void expect_same_column(const struct pd_column *made, const struct pd_column *taken, size_t n)
{
    cr_assert(pd_text_equal(made->name, taken->name));
    cr_assert_eq(made->encoding, taken->encoding, "%.*s: %d %d", PD_TEXT_ARGS(made->name), (int)made->encoding,
                 (int)taken->encoding);
    cr_expect_eq(memcmp(made->words, taken->words, n * pd_encoding_width(made->encoding)), 0, "%.*s",
                 PD_TEXT_ARGS(made->name));
    cr_assert_eq(made->n_numbers, taken->n_numbers);
    if (made->numbers != NULL)
        cr_expect_eq(memcmp(made->numbers, taken->numbers, (made->n_numbers + 1) * sizeof *made->numbers), 0, "%.*s",
                     PD_TEXT_ARGS(made->name));
    if (made->dictionary == NULL) return;
    cr_assert_eq(made->dictionary->n_entries, taken->dictionary->n_entries, "%.*s", PD_TEXT_ARGS(made->name));
    for (uint32_t code = 1; code <= made->dictionary->n_entries; code++)
        cr_assert(
            pd_text_equal(pd_dictionary_text(made->dictionary, code), pd_dictionary_text(taken->dictionary, code)));
}

static void compare(const struct night *night, int threads, bool few)
{
    struct pd_table tables[2];
    struct pd_normalise_result results[2];
    struct pd_known_rows known;
    struct pd_normalise_options options = options_of(threads, few);
    for (size_t t = 0; t < 2; t++) make_table(&tables[t], night);
    normalise(&tables[0], &options, &results[0]);
    cr_assert_eq(pd_known_open(&known, path, PD_TEXT(""), &failure), PADAN_OK, "%s", failure.message);
    cr_assert_eq(pd_known_load(&known, &tables[1], &options, &failure), PADAN_OK, "%s", failure.message);
    options.known = &known;
    normalise(&tables[1], &options, &results[1]);
    pd_known_close(&known);
    cr_assert_eq(tables[0].n_columns, tables[1].n_columns);
    for (size_t i = 0; i < tables[0].n_columns; i++) {
        const bool is_read = options.wants == NULL || options.wants(NULL, tables[0].columns[i].name);
        if (is_read) expect_same_column(&tables[0].columns[i], &tables[1].columns[i], tables[0].n_records);
    }
    cr_assert_eq(results[0].n_files, results[1].n_files);
    cr_expect_eq(memcmp(results[0].files, results[1].files, results[0].n_files * sizeof *results[0].files), 0);
    for (size_t t = 0; t < 2; t++) {
        pd_normalise_result_reset(&results[t]);
        pd_table_reset(&tables[t]);
    }
}

Test(known, columns_and_counts_are_those_that_would_be_made)
{
    static const struct night nights[] = {
        { 1, 1, 4, 1, 1, false },       { 40, 9, 30, 2, 2, false },       { 300, 900, 50, 3, 3, true },
        { 900, 60, 4000, 4, 4, false }, { 65536, 40, 9000, 5, 5, false }, { 66000, 21000, 9000, 6, 6, true },
        { 3000, 500, 20, 7, 7, false },
    };
    for (size_t n = 0; n < sizeof nights / sizeof *nights; n++) {
        for (int few = 0; few < 2; few++) {
            struct night night = nights[n];
            keep(&night, few != 0);
            compare(&night, 1, few != 0);
            night.other_seed += 100;
            night.n_others = night.n_others * 2 + 3;
            compare(&night, 1 + (int)(n % 3), few != 0);
            night.n_others = 2;
            compare(&night, 2, few != 0);
        }
    }
}

Test(known, a_column_that_is_not_there_or_half_of_two_is_told_before_anything_is_made)
{
    const struct night night = { 50, 5, 30, 2, 2, false };
    struct pd_table table;
    struct pd_known_rows known;
    const struct pd_normalise_options all = options_of(1, false);
    keep(&night, true);
    make_table(&table, &night);
    cr_assert_eq(pd_known_open(&known, path, PD_TEXT(""), &failure), PADAN_OK);
    cr_expect(pd_text_equal(known.sealed.contents, PD_TEXT("rows of a test\n")));
    cr_expect_eq(pd_known_load(&known, &table, &all, &failure), PADAN_BAD_INPUT);
    cr_expect_not_null(strstr(failure.message, "has no column nik15"), "%s", failure.message);
    pd_known_close(&known);
    pd_table_reset(&table);
}

Test(known, damage_anywhere_is_found)
{
    const struct night night = { 400, 5, 300, 2, 2, false };
    const struct pd_normalise_options options = options_of(2, false);
    struct stat facts;
    struct pd_table table;
    keep(&night, false);
    make_table(&table, &night);
    const int descriptor = open(path, O_RDWR | O_CLOEXEC);
    cr_assert_eq(fstat(descriptor, &facts), 0);
    for (off_t place = 3; place < facts.st_size; place += 997) {
        struct pd_known_rows known;
        char byte = 0, other = 0;
        cr_assert_eq(pread(descriptor, &byte, 1, place), 1);
        other = (char)(byte ^ 16);
        cr_assert_eq(pwrite(descriptor, &other, 1, place), 1);
        enum padan_status status = pd_known_open(&known, path, PD_TEXT(""), &failure);
        if (status == PADAN_OK) status = pd_known_load(&known, &table, &options, &failure);
        cr_expect_eq(status, PADAN_BAD_INPUT, "byte %jd", (intmax_t)place);
        pd_known_close(&known);
        cr_assert_eq(pwrite(descriptor, &byte, 1, place), 1);
    }
    (void)close(descriptor);
    pd_table_reset(&table);
}

#ifdef PADAN_FAULT
Test(known, every_allocation_may_fail)
{
    const struct night night = { 30, 4, 20, 2, 2, false };
    struct pd_normalise_options options = options_of(1, false);
    keep(&night, false);
    for (long n = 1; n < 100000; n++) {
        struct pd_table table;
        struct pd_known_rows known = { .sealed = { .descriptor = -1 } };
        struct pd_normalise_result result = { .n_files = 0 };
        struct padan_error error = { PADAN_OK, "" };
        make_table(&table, &night);
        options.known = NULL;
        pd_memory_fail_after(n);
        enum padan_status status = pd_known_open(&known, path, PD_TEXT(""), &error);
        if (status == PADAN_OK) status = pd_known_load(&known, &table, &options, &error);
        options.known = &known;
        if (status == PADAN_OK) status = pd_normalise_indonesia(&table, &options, &result, &error);
        pd_memory_fail_after(0);
        pd_normalise_result_reset(&result);
        pd_known_close(&known);
        pd_table_reset(&table);
        if (status == PADAN_OK) break;
        cr_assert_eq(status, PADAN_OUT_OF_MEMORY, "allocation %ld: %d %s", n, (int)status, error.message);
    }
}
#endif
