/* SPDX-License-Identifier: MIT
 * Whole small tables through the stage. NIKs have serials that no district and day reaches. */
#include "base/hash.h"
#include "base/memory.h"
#include "indonesia/attribute.h"
#include "indonesia/name.h"
#include "indonesia/nik.h"
#include "normalise/normalise.h"

#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>

static struct pd_indonesia indonesia;
static struct padan_error failure;

static void load(void)
{
    cr_assert_eq(pd_indonesia_load(&indonesia, &failure), PADAN_OK, "%s", failure.message);
}

static void unload(void)
{
    pd_indonesia_reset(&indonesia);
}

TestSuite(normalise, .init = load, .fini = unload);

/* A table of n rows, all of file 0 and one source. */
static void make_table(struct pd_table *table, size_t n)
{
    *table = (struct pd_table){ .n_records = n };
    cr_assert_eq(pd_allocate(&table->file_of, n, sizeof *table->file_of, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->source_of, n, sizeof *table->source_of, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->row_of, n, sizeof *table->row_of, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->sources, 1, sizeof *table->sources, NULL), PADAN_OK);
    table->n_sources = 1;
    table->sources[0] = (struct pd_source){ .name = PD_TEXT("pkh"), .begin = 0, .end = n };
}

static void put(struct pd_column *column, size_t record, struct pd_text text)
{
    if (text.length == 0) return;
    const uint64_t digits = column->encoding == PD_ENCODING_DIGITS ? pd_digits_encode(text) : 0;
    if (digits != 0) {
        ((uint64_t *)column->words)[record] = digits;
        return;
    }
    uint32_t code = 0;
    cr_assert_eq(pd_dictionary_insert(column->dictionary, text, pd_hash_text(text), &code, NULL), PADAN_OK);
    if (column->encoding == PD_ENCODING_CODE)
        ((uint32_t *)column->words)[record] = code;
    else
        ((uint64_t *)column->words)[record] = (uint64_t)PD_DIGITS_ESCAPE << PD_DIGITS_SHIFT | code;
}

static void add(struct pd_table *table, const char *name, enum pd_encoding encoding, const char *const *cells)
{
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(table, pd_text_of(name), PD_TYPE_TEXT, encoding, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < table->n_records; i++) put(column, i, pd_text_of(cells[i]));
}

static struct pd_normalise_result run_narrow(struct pd_table *table, int threads, bool narrow)
{
    const struct pd_normalise_source source = { pd_date_from_civil(2026, 10, 1), pd_date_from_civil(2026, 12, 31) };
    const struct pd_normalise_options options = { .indonesia = &indonesia,
                                                  .reference_date = pd_date_from_civil(2026, 11, 23),
                                                  .threads = threads,
                                                  .narrow_raw = narrow,
                                                  .sources = &source };
    struct pd_normalise_result result;
    cr_assert_eq(pd_normalise_indonesia(table, &options, &result, &failure), PADAN_OK, "%s", failure.message);
    return result;
}

static struct pd_normalise_result run(struct pd_table *table, int threads)
{
    return run_narrow(table, threads, false);
}

static const struct pd_column *column_of(const struct pd_table *table, const char *name)
{
    const int index = pd_table_find(table, pd_text_of(name));
    cr_assert_geq(index, 0, "%s", name);
    return &table->columns[index];
}

static int64_t integer(const struct pd_table *table, const char *name, size_t record)
{
    const struct pd_column *column = column_of(table, name);
    return pd_column_is_null(column, record) ? PD_NULL_INT : (int64_t)pd_column_word(column, record);
}

static void expect_text(const struct pd_table *table, const char *name, size_t record, const char *expected)
{
    char scratch[24];
    const struct pd_text text = pd_column_text(column_of(table, name), record, scratch);
    cr_expect(pd_text_equal(text, pd_text_of(expected)), "%s[%zu] = '%.*s', not '%s'", name, record, PD_TEXT_ARGS(text),
              expected);
}

Test(normalise, raw_columns_are_renamed_and_all_columns_of_the_contract_are_made)
{
    static const char *const names[] = { "BUDI SANTOSO" };
    static const char *const always[] = {
        "nik",          "nik_longgar",   "nik15",          "bendera_nik",    "no_kk",          "nama",
        "nama_kunci",   "nama_gabung",   "nama_depan",     "nama_belakang",  "nama_alias",     "nama_ayah",
        "bendera_nama", "nama_ibu",      "nama_ibu_kunci", "tgl_lahir",      "tgl_lahir_lain", "tahun_lahir",
        "tgl_tumpuk",   "jenis_kelamin", "tempat_lahir",   "hub_keluarga",   "alamat",         "rt",
        "rw",           "kode_desa",     "kode_kecamatan", "kode_kabupaten", "kode_provinsi",  "mulai",
        "selesai",
    };
    struct pd_table table;
    make_table(&table, 1);
    add(&table, "nama", PD_ENCODING_CODE, names);
    struct pd_normalise_result result = run(&table, 1);
    expect_text(&table, "asli_nama", 0, "BUDI SANTOSO");
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) (void)column_of(&table, always[i]);
    cr_expect_lt(pd_table_find(&table, PD_TEXT("desil")), 0);
    cr_expect_eq(integer(&table, "bendera_nik", 0), PD_NIK_EMPTY);
    cr_expect_eq(integer(&table, "tgl_lahir", 0), PD_NULL_INT);
    cr_expect_eq(integer(&table, "mulai", 0), pd_date_from_civil(2026, 10, 1));
    pd_normalise_result_reset(&result);
    pd_table_reset(&table);
}

Test(normalise, names_get_their_keys)
{
    static const char *const names[] = { "H. ACHMAD SOETJIPTO, S.Pd", "NURHAYATI", "NUR HAYATI",
                                         "ALM. SUPARMAN BIN SAID",    "-",         "SUPARMAN ALIAS MAMAN" };
    static const char *const mothers[] = { "SITI AMINAH", "", "SITI AMINA", "", "", "" };
    struct pd_table table;
    make_table(&table, 6);
    add(&table, "nama", PD_ENCODING_CODE, names);
    add(&table, "nama_ibu", PD_ENCODING_DIGITS, mothers);
    struct pd_normalise_result result = run(&table, 2);
    expect_text(&table, "nama", 0, "AHMAD SOETJIPTO");
    expect_text(&table, "nama_kunci", 0, "AMAT SUCIPTA");
    expect_text(&table, "nama_depan", 0, "AMAT");
    expect_text(&table, "nama_belakang", 0, "SUCIPTA");
    expect_text(&table, "nama_belakang", 1, "");
    cr_expect_eq(integer(&table, "nama_gabung", 1), integer(&table, "nama_gabung", 2));
    cr_expect_eq(integer(&table, "bendera_nama", 3), PD_NAME_ALM | PD_NAME_FATHER | PD_NAME_MONONYM);
    expect_text(&table, "nama_ayah", 3, "SAID");
    cr_expect_eq(integer(&table, "nama", 4), PD_NULL_INT);
    cr_expect_eq(integer(&table, "bendera_nama", 4), PD_NULL_INT);
    expect_text(&table, "nama_alias", 5, "MAMAN");
    cr_expect_eq(integer(&table, "nama_ibu_kunci", 0), integer(&table, "nama_ibu_kunci", 2));
    cr_expect_neq(integer(&table, "nama_ibu", 0), integer(&table, "nama_ibu", 2));
    pd_normalise_result_reset(&result);
    pd_table_reset(&table);
}

Test(normalise, nik_flags_see_other_columns_and_rows)
{
    static const char *const niks[] = { "3201014107909001", "'3201015107709001.0", "3201010101909002",
                                        "3201010101909002", "3201011208159004",    "3201012001159005",
                                        "3201012001159006", "1234567890123456",    "320101010190900",
                                        "3,20101E+15" };
    static const char *const cards[] = { "3201011001109011",
                                         "3201011001109011",
                                         "3201011001109012",
                                         "3201011001109012",
                                         "3201011208159004",
                                         "3201012001159006",
                                         "3201011001109013",
                                         "",
                                         "",
                                         "" };
    static const char *const births[] = { "01-07-1990", "11-07-1970", "01-01-1990", "05-05-1995", "02-02-1980",
                                          "20-01-2015", "20-01-2016", "",           "",           "" };
    static const char *const sexes[] = { "P", "L", "L", "L", "L", "L", "L", "", "", "" };
    static const char *const relations[] = { "1", "3", "1", "4", "1", "1", "4", "", "", "" };
    struct pd_table table;
    make_table(&table, 10);
    add(&table, "nik", PD_ENCODING_DIGITS, niks);
    add(&table, "no_kk", PD_ENCODING_DIGITS, cards);
    add(&table, "tgl_lahir", PD_ENCODING_CODE, births);
    add(&table, "jenis_kelamin", PD_ENCODING_CODE, sexes);
    add(&table, "hub_keluarga", PD_ENCODING_DIGITS, relations);
    struct pd_normalise_result result = run(&table, 2);
    static const int64_t flags[] = {
        0,
        PD_NIK_FLOAT | PD_NIK_QUOTE | PD_NIK_SEX,
        PD_NIK_DUPFILE,
        PD_NIK_DUPFILE | PD_NIK_HEAD | PD_NIK_DATE,
        PD_NIK_ISKK | PD_NIK_DATE,
        0,
        PD_NIK_DATE, /* another row's KK has this number, but sex and a date with one slip confirm the NIK */
        PD_NIK_DUMMY | PD_NIK_PROV | PD_NIK_KAB | PD_NIK_KEC | PD_NIK_MON | PD_NIK_DAY,
        PD_NIK_LEN,
        PD_NIK_SCI | PD_NIK_LEN,
    };
    for (size_t i = 0; i < 10; i++)
        cr_expect_eq(integer(&table, "bendera_nik", i) &
                         ~(int64_t)(i == 7 ? PD_NIK_DAY | PD_NIK_PROV | PD_NIK_KAB | PD_NIK_KEC : 0),
                     flags[i] & ~(int64_t)(i == 7 ? PD_NIK_DAY | PD_NIK_PROV | PD_NIK_KAB | PD_NIK_KEC : 0),
                     "row %zu: %" PRIx64, i, (uint64_t)integer(&table, "bendera_nik", i));
    expect_text(&table, "nik", 1, "3201015107709001");
    expect_text(&table, "nik", 3, "");
    expect_text(&table, "nik", 4, "");
    expect_text(&table, "nik", 7, "");
    expect_text(&table, "nik_longgar", 7, "");
    expect_text(&table, "nik_longgar", 8, "320101010190900");
    expect_text(&table, "nik_longgar", 9, "");
    cr_expect_eq(integer(&table, "nik15", 0), 320101410790900);
    expect_text(&table, "no_kk", 0, "3201011001109011");
    const struct pd_nik_profile *profile = &result.files[0].nik;
    cr_expect_eq(profile->n, 10);
    cr_expect_eq(profile->duplicate, 2);
    cr_expect_eq(profile->is_kk, 1);
    cr_expect_eq(profile->scientific, 1);
    cr_expect_eq(profile->bad_format, 1);
    cr_expect_eq(profile->dummy, 1);
    cr_expect_eq(profile->sex_differs, 1);
    cr_expect_eq(profile->date_differs, 3);
    cr_expect_eq(profile->usable, 5);
    cr_expect(!result.files[0].round15);
    pd_normalise_result_reset(&result);
    pd_table_reset(&table);
}

/* n cards of two rows each, the last digits of the first n_zeros of them 0: is the file rounded, and how many rows have
 * a card still? */
static bool cards_are_rounded(size_t n, size_t n_zeros, size_t *n_kept)
{
    enum { MOST = 40 };
    char texts[MOST][64]; /* of 16 digits, which the compiler does not see */
    const char *cells[2 * MOST];
    for (size_t i = 0; i < 2 * n; i++) {
        (void)snprintf(texts[i / 2], sizeof texts[i / 2], "3201%02zu2503129%02zu%zu", i / 2 + 1, i / 2 + 1,
                       i / 2 < n_zeros ? (size_t)0 : 1 + i / 2 % 9);
        cells[i] = texts[i / 2];
    }
    struct pd_table table;
    make_table(&table, 2 * n);
    add(&table, "no_kk", PD_ENCODING_DIGITS, cells);
    struct pd_normalise_result result = run(&table, 2);
    const bool rounded = result.files[0].kk_round15;
    char scratch[24];
    const int column = pd_table_find(&table, PD_TEXT("no_kk"));
    *n_kept = 0;
    for (size_t i = 0; i < 2 * n; i++) *n_kept += pd_column_text(&table.columns[column], i, scratch).length > 0;
    pd_normalise_result_reset(&result);
    pd_table_reset(&table);
    return rounded;
}

/* Of each row the birth date and sex tell which of its numbers is the person's. */
Test(normalise, numbers_in_each_others_column_change_places)
{
    static const char *const niks[] = {
        "3314202603179001", "3314202603179001", "3201014107909001", "3201012603179001",
        "3201012603179001", "3201012603179001", "3314203110179001", "3314203110859001"
    };
    static const char *const cards[] = {
        "3208017110879001", "3208017110879001", "3314203110859001", "3208013110879001",
        "3208013107879001", "3208017110879001", "3208013110879001", "3208013110879001"
    };
    static const char *const births[] = { "31-10-1987", "31-10-1986", "01-07-1990", "31-10-1987",
                                          "31-10-1987", "31-10-1987", "31-10-1987", "31-10-1986" };
    static const char *const sexes[] = { "P", "P", "P", "L", "L", "L", "L", "L" };
    static const struct {
        const char *nik, *card, *why;
    } wanted[] = {
        { "3208017110879001", "3314202603179001", "the card's column has her birth date" },
        { "3208017110879001", "3314202603179001", "two parts of three, the other has none" },
        { "3201014107909001", "3314203110859001", "hers is in its place" },
        { "3208013110879001", "3201012603179001", "his" },
        { "3201012603179001", "3208013107879001", "a card may be of his day and year; no card is of a woman's day" },
        { "3201012603179001", "3208017110879001", "of a woman, he is none" },
        { "3314203110179001", "3208013110879001", "two parts in either" },
        { "3314203110859001", "3208013110879001", "one more part is no evidence" },
    };
    enum { N = sizeof wanted / sizeof *wanted };
    struct pd_table table;
    make_table(&table, N);
    add(&table, "nik", PD_ENCODING_DIGITS, niks);
    add(&table, "no_kk", PD_ENCODING_DIGITS, cards);
    add(&table, "tgl_lahir", PD_ENCODING_CODE, births);
    add(&table, "jenis_kelamin", PD_ENCODING_CODE, sexes);
    struct pd_normalise_result result = run(&table, 2);
    for (size_t i = 0; i < N; i++) {
        const bool changed = strcmp(wanted[i].nik, niks[i]) != 0;
        expect_text(&table, "nik", i, wanted[i].nik);
        expect_text(&table, "no_kk", i, wanted[i].card);
        expect_text(&table, "nik_longgar", i, niks[i]);
        cr_expect_eq((integer(&table, "bendera_nik", i) & PD_NIK_ISKK) != 0, changed, "%s", wanted[i].why);
    }
    cr_expect_eq(result.files[0].nik.is_kk, 3);
    pd_normalise_result_reset(&result);
    pd_table_reset(&table);
}

Test(normalise, cards_rounded_by_a_spreadsheet_tell_no_families)
{
    size_t n_kept = 0;
    cr_expect(cards_are_rounded(20, 20, &n_kept));
    cr_expect_eq(n_kept, 0);
    cr_expect(cards_are_rounded(6, 6, &n_kept));
    cr_expect(!cards_are_rounded(5, 5, &n_kept), "ten rows, but of five cards only");
    cr_expect_eq(n_kept, 10);
    cr_expect(!cards_are_rounded(20, 17, &n_kept));
    cr_expect_eq(n_kept, 40);
}

Test(normalise, a_file_rounded_by_a_spreadsheet_raises_the_alarm)
{
    enum { N = 20 };
    char cells[N][17];
    const char *niks[N];
    for (unsigned i = 0; i < N; i++) {
        (void)snprintf(cells[i], sizeof cells[i], "320101%02u01909%02u0", i + 1, i + 10);
        niks[i] = cells[i];
    }
    struct pd_table table;
    make_table(&table, N);
    add(&table, "nik", PD_ENCODING_DIGITS, niks);
    struct pd_normalise_result result = run(&table, 2);
    cr_expect(result.files[0].round15);
    cr_expect_eq(result.files[0].nik.round15, N);
    for (size_t i = 0; i < N; i++) {
        expect_text(&table, "nik", i, "");
        expect_text(&table, "nik_longgar", i, cells[i]);
        cr_expect_neq(integer(&table, "nik15", i), PD_NULL_INT);
    }
    pd_normalise_result_reset(&result);
    pd_table_reset(&table);
}

Test(normalise, dates_follow_the_order_of_their_file)
{
    static const char *const births[] = { "08/17/1990", "05/06/1990", "17/08/1990",
                                          "05/06/1990", "1967",       "JAKARTA, 01-07-1960" };
    static const uint32_t files[] = { 0, 0, 1, 1, 1, 1 };
    struct pd_table table;
    make_table(&table, 6);
    memcpy(table.file_of, files, sizeof files);
    add(&table, "tgl_lahir", PD_ENCODING_DIGITS, births);
    struct pd_normalise_result result = run(&table, 2);
    cr_assert_eq(result.n_files, 2);
    cr_expect_eq(result.files[0].date_order, PD_DATE_ORDER_MONTH_DAY);
    cr_expect_eq(result.files[1].date_order, PD_DATE_ORDER_DAY_MONTH);
    cr_expect_eq(integer(&table, "tgl_lahir", 0), pd_date_from_civil(1990, 8, 17));
    cr_expect_eq(integer(&table, "tgl_lahir", 1), pd_date_from_civil(1990, 5, 6));
    cr_expect_eq(integer(&table, "tgl_lahir", 3), pd_date_from_civil(1990, 6, 5));
    cr_expect_eq(integer(&table, "tgl_lahir_lain", 3), pd_date_from_civil(1990, 5, 6));
    cr_expect_eq(integer(&table, "tgl_lahir", 4), PD_NULL_INT);
    cr_expect_eq(integer(&table, "tahun_lahir", 4), 1967);
    cr_expect_eq(integer(&table, "tgl_lahir", 5), pd_date_from_civil(1960, 7, 1));
    cr_expect_eq(integer(&table, "tgl_tumpuk", 5), 2);
    pd_normalise_result_reset(&result);
    pd_table_reset(&table);
}

Test(normalise, place_and_date_of_one_column_fill_what_is_missing)
{
    static const char *const cells[] = { "KAB. SOLO, 17-08-1990", "MEDAN, 15 Mei 1980" };
    static const char *const places[] = { "", "BINJAI" };
    struct pd_table table;
    make_table(&table, 2);
    add(&table, "ttl", PD_ENCODING_CODE, cells);
    add(&table, "tempat_lahir", PD_ENCODING_CODE, places);
    struct pd_normalise_result result = run(&table, 1);
    expect_text(&table, "tempat_lahir", 0, "SURAKARTA");
    expect_text(&table, "tempat_lahir", 1, "BINJAI");
    cr_expect_eq(integer(&table, "tgl_lahir", 0), pd_date_from_civil(1990, 8, 17));
    cr_expect_eq(integer(&table, "tgl_lahir", 1), pd_date_from_civil(1980, 5, 15));
    cr_expect_eq(integer(&table, "tgl_tumpuk", 1), 1);
    pd_normalise_result_reset(&result);
    pd_table_reset(&table);
}

Test(normalise, regions_come_from_codes_or_names)
{
    static const char *const villages[] = { "32.01.01.1003", "", "9101", "", "" };
    static const char *const regencies[] = { "", "3201", "", "", "" };
    static const char *const provinces[] = { "", "", "", "NAD", "JAWA BARAT" };
    static const char *const kabupaten[] = { "", "", "", "ACEH SELATAN", "BOGOR" };
    static const char *const kecamatan[] = { "", "CIBINONG", "", "Kec. Bakongan", "" };
    static const char *const desa[] = { "", "", "", "KEUDE BAKONGAN", "" };
    static const char *const addresses[] = { "DSN. KRAJAN RT 03 RW 04", "RT 001/002", "", "-", "" };
    static const char *const rts[] = { "", "7", "", "", "" };
    struct pd_table table;
    make_table(&table, 5);
    add(&table, "kode_desa", PD_ENCODING_DIGITS, villages);
    add(&table, "kode_kabupaten", PD_ENCODING_DIGITS, regencies);
    add(&table, "provinsi", PD_ENCODING_CODE, provinces);
    add(&table, "kabupaten", PD_ENCODING_CODE, kabupaten);
    add(&table, "kecamatan", PD_ENCODING_CODE, kecamatan);
    add(&table, "desa", PD_ENCODING_CODE, desa);
    add(&table, "alamat", PD_ENCODING_CODE, addresses);
    add(&table, "rt", PD_ENCODING_DIGITS, rts);
    struct pd_normalise_result result = run(&table, 2);
    cr_expect_eq(integer(&table, "kode_desa", 0), 3201011003);
    cr_expect_eq(integer(&table, "kode_kabupaten", 0), 3201);
    cr_expect_eq(integer(&table, "kode_kecamatan", 1), 320101);
    cr_expect_eq(integer(&table, "kode_provinsi", 1), 32);
    cr_expect_eq(integer(&table, "kode_desa", 1), PD_NULL_INT);
    cr_expect_eq(integer(&table, "kode_desa", 3), 1101012001);
    cr_expect_eq(integer(&table, "kode_provinsi", 4), 32);
    cr_expect_eq(integer(&table, "kode_kabupaten", 4), PD_NULL_INT);
    cr_expect_eq(result.files[0].coding, PD_CODING_DAGRI);
    cr_expect_eq(result.files[0].n_placed[PD_REGION_VILLAGE], 2);
    expect_text(&table, "alamat", 0, "DUSUN KRAJAN");
    cr_expect_eq(integer(&table, "rt", 0), 3);
    cr_expect_eq(integer(&table, "rw", 0), 4);
    cr_expect_eq(integer(&table, "rt", 1), 7);
    cr_expect_eq(integer(&table, "rw", 1), 2);
    cr_expect_eq(integer(&table, "rt", 3), PD_NULL_INT);
    pd_normalise_result_reset(&result);
    pd_table_reset(&table);
}

Test(normalise, a_file_in_bps_codes_is_told_apart_and_split_columns_are_joined)
{
    static const char *const villages[] = { "1101010001", "1101020004", "1101021007", "9401010001" };
    struct pd_table table;
    make_table(&table, 4);
    add(&table, "kode_desa", PD_ENCODING_DIGITS, villages);
    struct pd_normalise_result result = run(&table, 1);
    cr_expect_eq(result.files[0].coding, PD_CODING_BPS);
    cr_expect_eq(integer(&table, "kode_kecamatan", 0), 110907);
    cr_expect_eq(integer(&table, "kode_provinsi", 3), 93);
    pd_normalise_result_reset(&result);
    pd_table_reset(&table);

    static const char *const province[] = { "32" };
    static const char *const regency[] = { "01" };
    static const char *const district[] = { "1" };
    static const char *const village[] = { "1003" };
    make_table(&table, 1);
    add(&table, "kode_provinsi", PD_ENCODING_DIGITS, province);
    add(&table, "kode_kabupaten", PD_ENCODING_DIGITS, regency);
    add(&table, "kode_kecamatan", PD_ENCODING_DIGITS, district);
    add(&table, "kode_desa", PD_ENCODING_CODE, village);
    result = run(&table, 1);
    cr_expect_eq(integer(&table, "kode_desa", 0), 3201011003);
    pd_normalise_result_reset(&result);
    pd_table_reset(&table);
}

Test(normalise, a_number_of_a_person_is_no_amount)
{
    static const char *const amounts[] = { "999.999.999.999", "1000000000000", "3201014309019106", "3.20101E+15" };
    struct pd_table table;
    make_table(&table, 4);
    add(&table, "nominal", PD_ENCODING_CODE, amounts);
    struct pd_normalise_result result = run(&table, 1);
    cr_expect_eq(integer(&table, "nominal", 0), INT64_C(999999999999));
    for (uint32_t row = 1; row < 4; row++)
        cr_expect_eq(integer(&table, "nominal", row), PD_NULL_INT, "%s", amounts[row]);
    cr_expect_eq(result.files[0].n_amounts_unreadable, 3);
    pd_normalise_result_reset(&result);
    pd_table_reset(&table);
}

Test(normalise, money_periods_and_states_are_read)
{
    static const char *const amounts[] = { "Rp 600.000", "600000", "enam", "" };
    static const char *const stages[] = { "3", "", "", "TAHAP 2 TAHUN 2025" };
    static const char *const deciles[] = { "3", "Desil 4", "11", "" };
    static const char *const lives[] = { "HIDUP", "Meninggal", "Non Aktif", "" };
    static const char *const deaths[] = { "", "17-08-2026", "", "" };
    static const char *const states[] = { "si", "  Gagal   Omspan ", "", "" };
    struct pd_table table;
    make_table(&table, 4);
    add(&table, "nominal", PD_ENCODING_DIGITS, amounts);
    add(&table, "tahap", PD_ENCODING_DIGITS, stages);
    add(&table, "desil", PD_ENCODING_DIGITS, deciles);
    add(&table, "status_hidup", PD_ENCODING_CODE, lives);
    add(&table, "tgl_meninggal", PD_ENCODING_CODE, deaths);
    add(&table, "status_salur", PD_ENCODING_CODE, states);
    struct pd_normalise_result result = run(&table, 2);
    cr_expect_eq(integer(&table, "nominal", 0), 600000);
    cr_expect_eq(integer(&table, "nominal", 1), 600000);
    cr_expect_eq(integer(&table, "nominal", 2), PD_NULL_INT);
    cr_expect_eq(result.files[0].n_amounts_unreadable, 1);
    cr_expect_eq(integer(&table, "mulai", 0), pd_date_from_civil(2026, 7, 1));
    cr_expect_eq(integer(&table, "selesai", 1), pd_date_from_civil(2026, 12, 31));
    cr_expect_eq(integer(&table, "mulai", 3), pd_date_from_civil(2025, 4, 1));
    cr_expect_eq(integer(&table, "desil", 1), 4);
    cr_expect_eq(integer(&table, "desil", 2), PD_NULL_INT);
    cr_expect_eq(integer(&table, "status_hidup", 0), PD_LIFE_ALIVE);
    cr_expect_eq(integer(&table, "status_hidup", 1), PD_LIFE_DEAD);
    cr_expect_eq(integer(&table, "status_hidup", 2), PD_LIFE_INACTIVE);
    cr_expect_eq(integer(&table, "tgl_meninggal", 1), pd_date_from_civil(2026, 8, 17));
    expect_text(&table, "status_salur", 0, "SI");
    expect_text(&table, "status_salur", 1, "GAGAL OMSPAN");
    pd_normalise_result_reset(&result);
    pd_table_reset(&table);
}

/* A table big enough for several chunks of rows and codes. */
static void make_big(struct pd_table *table, size_t n)
{
    static const char *const syllables[] = { "SU", "BU", "DI", "WA", "TI", "RA", "MA", "NI", "YO", "KA", "LE", "SA" };
    make_table(table, n);
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(table, PD_TEXT("nama"), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < n; i++) {
        char name[64];
        const uint64_t r = pd_mix64(i % 90001);
        const int length = snprintf(name, sizeof name, "%s%s%s %s%s", syllables[r % 12], syllables[r / 12 % 12],
                                    syllables[r / 144 % 12], syllables[r / 1728 % 12], syllables[r / 20736 % 12]);
        put(column, i, (struct pd_text){ name, (size_t)length });
    }
    cr_assert_eq(pd_table_add(table, PD_TEXT("nik"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < n; i++) {
        char nik[24];
        const int length =
            snprintf(nik, sizeof nik, "320101%02u01909%03u", (unsigned)(i % 28 + 1), (unsigned)(i % 998));
        put(column, i, (struct pd_text){ nik, (size_t)length });
    }
    for (size_t i = 0; i < n; i++) table->file_of[i] = (uint32_t)(i / 70000);
}

Test(normalise, columns_are_the_same_bytes_for_any_number_of_threads)
{
    enum { N = 200000 };
    struct pd_table one;
    struct pd_table many;
    make_big(&one, N);
    make_big(&many, N);
    struct pd_normalise_result result_one = run(&one, 1);
    struct pd_normalise_result result_many = run(&many, 3);
    cr_assert_eq(one.n_columns, many.n_columns);
    for (size_t i = 0; i < one.n_columns; i++) {
        const struct pd_column *a = &one.columns[i];
        const struct pd_column *b = &many.columns[i];
        cr_expect_eq(memcmp(a->words, b->words, N * pd_encoding_width(a->encoding)), 0, "%.*s", PD_TEXT_ARGS(a->name));
        if (a->dictionary == NULL) continue;
        cr_expect_eq(a->dictionary->n_bytes, b->dictionary->n_bytes, "%.*s", PD_TEXT_ARGS(a->name));
        if (a->dictionary->n_bytes > 0)
            cr_expect_eq(memcmp(a->dictionary->bytes, b->dictionary->bytes, a->dictionary->n_bytes), 0);
    }
    cr_expect_eq(memcmp(result_one.files, result_many.files, result_one.n_files * sizeof *result_one.files), 0);
    pd_normalise_result_reset(&result_one);
    pd_normalise_result_reset(&result_many);
    pd_table_reset(&one);
    pd_table_reset(&many);
}

/* The name of a number in letters; every eighth has the name of the one before with a title, so that both are one. */
static struct pd_text name_of_number(size_t i, char room[32])
{
    char letters[8];
    const size_t number = i % 8 == 7 ? i - 1 : i;
    for (size_t k = 0, rest = number; k < sizeof letters - 1; k++, rest /= 26) letters[k] = (char)('A' + rest % 26);
    letters[sizeof letters - 1] = 0;
    (void)snprintf(room, 32, "%sSITI %s", i % 8 == 7 ? "HJ. " : "", letters);
    return pd_text_of(room);
}

Test(normalise, names_of_many_rounds_are_those_that_each_gives_alone)
{
    enum { MANY = 400000 }; /* three rounds, and some */
    for (int threads = 1; threads <= 3; threads += 2) {
        struct pd_table table;
        struct pd_column *column = NULL;
        char room[32];
        uint32_t n_codes = 0;
        make_table(&table, MANY);
        cr_assert_eq(pd_table_add(&table, PD_TEXT("nama"), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
        for (size_t i = 0; i < MANY; i++) put(column, i, name_of_number(i, room));
        struct pd_normalise_result result = run(&table, threads);
        const struct pd_column *made = column_of(&table, "nama");
        for (size_t i = 0; i < MANY; i++) {
            struct pd_name name;
            pd_name_read(&indonesia, name_of_number(i, room), &name);
            const uint32_t code = (uint32_t)pd_column_word(made, i);
            cr_assert(pd_text_equal(pd_dictionary_text(made->dictionary, code), pd_name_canonical(&name)), "row %zu",
                      i);
            cr_assert_leq(code, n_codes + 1, "codes follow the rows");
            if (code > n_codes) n_codes = code;
        }
        cr_expect_eq(n_codes, MANY - MANY / 8);
        pd_normalise_result_reset(&result);
        pd_table_reset(&table);
    }
}

static void add_repeating(struct pd_table *table, const char *name, const char *before, size_t n_distinct)
{
    struct pd_column *column = NULL;
    cr_assert_eq(pd_table_add(table, pd_text_of(name), PD_TYPE_TEXT, PD_ENCODING_CODE, &column, NULL), PADAN_OK);
    for (size_t i = 0; i < table->n_records; i++) {
        char text[64];
        const unsigned k = (unsigned)(i % n_distinct);
        if (i % 7 == 0) continue;
        const int length =
            snprintf(text, sizeof text, "%s%02u-%02u-%04u", before, k % 28 + 1, k / 28 % 12 + 1, 1950 + k / 336);
        put(column, i, (struct pd_text){ text, (size_t)length });
    }
}

Test(normalise, raw_columns_kept_short_give_the_same)
{
    enum { N = 70000, N_TEXTS = 3 };
    static const struct {
        const char *name, *raw, *before;
        size_t n_distinct;
        enum pd_encoding narrow;
    } texts[N_TEXTS] = { { "rt", "asli_rt", "RT ", 28, PD_ENCODING_CODE8 },
                         { "tgl_lahir", "asli_tgl_lahir", "", 20000, PD_ENCODING_CODE16 },
                         { "alamat", "asli_alamat", "Jl. Mawar ", N, PD_ENCODING_CODE16 } };
    struct pd_table tables[2];
    struct pd_normalise_result results[2];
    char scratch[2][24];
    for (size_t t = 0; t < 2; t++) {
        make_big(&tables[t], N);
        for (size_t i = 0; i < N_TEXTS; i++)
            add_repeating(&tables[t], texts[i].name, texts[i].before, texts[i].n_distinct);
        results[t] = run_narrow(&tables[t], 2, t == 1);
    }
    for (size_t i = 0; i < N_TEXTS; i++)
        cr_expect_eq(column_of(&tables[1], texts[i].raw)->encoding, texts[i].narrow, "%s", texts[i].raw);
    for (size_t i = 0; i < tables[0].n_columns; i++) {
        const struct pd_column *wide = &tables[0].columns[i], *narrow = &tables[1].columns[i];
        for (size_t record = 0; record < N; record++) {
            cr_assert_eq(pd_column_is_null(wide, record), pd_column_is_null(narrow, record));
            cr_assert_eq(pd_column_word(wide, record), pd_column_word(narrow, record), "%.*s[%zu]",
                         PD_TEXT_ARGS(wide->name), record);
            if (wide->type != PD_TYPE_TEXT) continue;
            cr_assert(
                pd_text_equal(pd_column_text(wide, record, scratch[0]), pd_column_text(narrow, record, scratch[1])));
        }
    }
    cr_expect_eq(memcmp(results[0].files, results[1].files, results[0].n_files * sizeof *results[0].files), 0);
    for (size_t t = 0; t < 2; t++) {
        pd_normalise_result_reset(&results[t]);
        pd_table_reset(&tables[t]);
    }
}

static bool wants_no_key_of_names(const void *context, struct pd_text name)
{
    (void)context;
    return !pd_text_equal(name, PD_TEXT("nama_kunci")) && !pd_text_equal(name, PD_TEXT("nama_depan")) &&
           !pd_text_equal(name, PD_TEXT("tgl_lahir_lain")) && !pd_text_equal(name, PD_TEXT("nik15")) &&
           !pd_text_equal(name, PD_TEXT("jenis_kelamin"));
}

Test(normalise, columns_that_nobody_wants_are_left_out_and_the_others_are_the_same)
{
    enum { N = 3000 };
    struct pd_table tables[2];
    struct pd_normalise_result results[2];
    char scratch[2][24];
    for (size_t t = 0; t < 2; t++) {
        const struct pd_normalise_options options = { .indonesia = &indonesia,
                                                      .reference_date = pd_date_from_civil(2026, 11, 23),
                                                      .threads = 2,
                                                      .wants = t == 1 ? wants_no_key_of_names : NULL };
        make_big(&tables[t], N);
        cr_assert_eq(pd_normalise_indonesia(&tables[t], &options, &results[t], &failure), PADAN_OK, "%s",
                     failure.message);
    }
    cr_expect_eq(tables[1].n_columns + 4, tables[0].n_columns);
    cr_expect_lt(pd_table_find(&tables[1], PD_TEXT("nama_kunci")), 0);
    cr_expect_geq(pd_table_find(&tables[1], PD_TEXT("jenis_kelamin")), 0, "others are made of it");
    for (size_t i = 0; i < tables[1].n_columns; i++) {
        const struct pd_column *some = &tables[1].columns[i];
        const struct pd_column *all = &tables[0].columns[pd_table_find(&tables[0], some->name)];
        for (size_t record = 0; record < N; record++) {
            cr_assert_eq(pd_column_is_null(all, record), pd_column_is_null(some, record));
            if (some->type != PD_TYPE_TEXT)
                cr_assert_eq(pd_column_word(all, record), pd_column_word(some, record));
            else
                cr_assert(
                    pd_text_equal(pd_column_text(all, record, scratch[0]), pd_column_text(some, record, scratch[1])));
        }
    }
    cr_expect_eq(memcmp(results[0].files, results[1].files, results[0].n_files * sizeof *results[0].files), 0);
    for (size_t t = 0; t < 2; t++) {
        pd_normalise_result_reset(&results[t]);
        pd_table_reset(&tables[t]);
    }
}

Test(normalise, two_columns_of_one_name_are_refused)
{
    static const char *const names[] = { "BUDI" };
    struct pd_table table;
    make_table(&table, 1);
    add(&table, "nama", PD_ENCODING_CODE, names);
    add(&table, "nama2", PD_ENCODING_CODE, names);
    table.columns[1].name = PD_TEXT("nama");
    const struct pd_normalise_options options = { .indonesia = &indonesia, .threads = 1 };
    struct pd_normalise_result result;
    cr_expect_eq(pd_normalise_indonesia(&table, &options, &result, &failure), PADAN_BAD_ARGUMENT);
    pd_table_reset(&table);
}

Test(normalise, an_empty_table_is_fine)
{
    struct pd_table table;
    make_table(&table, 0);
    add(&table, "nama", PD_ENCODING_CODE, NULL);
    struct pd_normalise_result result = run(&table, 2);
    pd_normalise_result_reset(&result);
    pd_table_reset(&table);
}

#ifdef PADAN_FAULT
Test(normalise, every_allocation_may_fail)
{
    static const char *const niks[] = { "3201014107909001", "x", "3201010505789002" };
    static const char *const names[] = { "SITI", "ANI BINTI ALI", "H. BUDI" };
    static const char *const dates[] = { "01-07-1990", "", "5 Mei 1978" };
    for (long n = 1; n < 100000; n++) {
        struct pd_table table;
        struct pd_normalise_result result = { .n_files = 0 };
        struct padan_error error = { PADAN_OK, "" };
        make_table(&table, 3);
        add(&table, "nik", PD_ENCODING_DIGITS, niks);
        add(&table, "nama", PD_ENCODING_CODE, names);
        add(&table, "ttl", PD_ENCODING_CODE, dates);
        add(&table, "alamat", PD_ENCODING_CODE, names);
        add(&table, "kode_desa", PD_ENCODING_CODE, niks);
        add(&table, "nominal", PD_ENCODING_CODE, niks);
        const struct pd_normalise_options options = { .indonesia = &indonesia, .threads = 1 };
        pd_memory_fail_after(n);
        const enum padan_status status = pd_normalise_indonesia(&table, &options, &result, &error);
        pd_memory_fail_after(0);
        pd_normalise_result_reset(&result);
        pd_table_reset(&table);
        if (status == PADAN_OK) break;
        cr_assert_eq(status, PADAN_OUT_OF_MEMORY, "allocation %ld: %d %s", n, (int)status, error.message);
    }
}
#endif
