/* SPDX-License-Identifier: MIT
 * The error model of the generator against the table it is made after: how often each class comes, and what it does. */
#include "base/memory.h"
#include "generate/damage_parts.h"
#include "generate/damage_tables.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

enum { N_ROWS = 200000, N_CLASSES = 27, REFERENCE_DAY = 20780 /* 2026-11-23 */ };

static struct pd_row correct_row(const struct pd_names *names, struct pd_random *random)
{
    struct pd_row row = { .rt = 3, .rw = 2, .village = 3201012003 };
    const int sex = (int)pd_random_below(random, 2), year = 1940 + (int)pd_random_below(random, 80);
    pd_name_draw(names, random, (enum pd_people)pd_random_below(random, PD_N_PEOPLES), sex, year, &row.name);
    pd_name_draw(names, random, (enum pd_people)pd_random_below(random, PD_N_PEOPLES), 1, 1960, &row.mother);
    row.sex = sex ? 'P' : 'L';
    row.birth_day =
        pd_date_from_civil(year, 1 + (int)pd_random_below(random, 12), 1 + (int)pd_random_below(random, 28));
    pd_number_write(UINT64_C(3201010000009000) + pd_random_below(random, 1000000000), row.nik);
    pd_number_write(UINT64_C(3202010000009000) + pd_random_below(random, 1000000000), row.kk);
    (void)snprintf(row.address, sizeof row.address, "%s", "DUSUN KRAJAN WETAN JL MAWAR NO 12");
    return row;
}

static struct pd_damage_context context_of(enum pd_regime regime, enum pd_file_kind kind)
{
    return (struct pd_damage_context){ .regime = regime,
                                       .kind = kind,
                                       .head_nik = 3201011208609001,
                                       .other_nik = 3201015208609002,
                                       .unknown_nik = 3299995208609003,
                                       .old_kk = 3201012208609004,
                                       .reference_day = REFERENCE_DAY };
}

static size_t n_words(const struct pd_name *name)
{
    struct pd_text words[10];
    return pd_name_words(pd_name_text(name), words, 10);
}

/* Whether a class has room in a row, by trying it. */
static bool has_room(int error_class, const struct pd_row *row)
{
    struct pd_random random = pd_random_stream(1, 1);
    struct pd_name name = row->name;
    if (error_class == 11) return pd_name_abbreviate(&random, &name);
    if (error_class == 14) return pd_name_respace(&random, &name);
    return true;
}

static void assert_share(const char *what, double n, double of, double wanted)
{
    const double sigma = sqrt(wanted * (1 - wanted) * of);
    cr_expect(fabs(n - wanted * of) <= 4.5 * sigma + 1, "%s: %.0f of %.0f = %.5f, wanted %.5f", what, n, of, n / of,
              wanted);
}

/* DOMAIN 9.2, in the order LAMA, BARU, DAERAH. */
static const struct {
    int error_class;
    double rate[3];
} wanted[] = {
    { 1, { .06, .0005, .05 } },   { 2, { .04, .001, .02 } },     { 3, { .06, .002, .02 } },
    { 4, { .011, .0001, .005 } }, { 6, { .169, .01, .12 } },     { 7, { .003, 0, .005 } },
    { 10, { .08, .02, .10 } },    { 11, { .40, .15, .40 } },     { 12, { .03, .01, .06 } },
    { 14, { .03, .01, .04 } },    { 15, { .03, .008, .04 } },    { 16, { .00006, 0, .001 } },
    { 18, { .037, .005, .05 } },  { 20, { .005, .0005, .008 } },
};

Test(damage, comes_at_the_rates_of_the_table)
{
    struct pd_names names;
    cr_assert_eq(pd_names_build(&names, PD_TEXT(""), "", NULL), PADAN_OK);
    for (int regime = 0; regime < 3; regime++) {
        double n[N_CLASSES + 1] = { 0 }, room[N_CLASSES + 1] = { 0 };
        const struct pd_damage_context context = context_of((enum pd_regime)regime, PD_FILE_ROSTER_FAMILY);
        for (uint64_t i = 0; i < N_ROWS; i++) {
            struct pd_random random = pd_random_stream(7 + (uint64_t)regime, i);
            struct pd_row row = correct_row(&names, &random);
            for (int class = 1; class <= N_CLASSES; class ++) room[class] += has_room(class, &row);
            pd_damage_row(&context, &random, &row);
            for (int class = 1; class <= N_CLASSES; class ++) n[class] += (row.errors & pd_error_bit(class)) != 0;
        }
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
            char what[32];
            const int class = wanted[i].error_class;
            (void)snprintf(what, sizeof what, "regime %d, E%d", regime, class);
            /* No class but E16 hits a row without a name. */
            assert_share(what, n[class], room[class], wanted[i].rate[regime]);
        }
    }
    pd_names_reset(&names);
}

Test(damage, words_are_dropped_swapped_and_clipped_at_their_rates)
{
    static const double dropped[] = { .04, .01, .06 }, swapped[] = { .005, .001, .01 }, nick[] = { .01, .001, .02 };
    struct pd_names names;
    cr_assert_eq(pd_names_build(&names, PD_TEXT(""), "", NULL), PADAN_OK);
    for (int regime = 0; regime < 3; regime++) {
        double n = 0, expected = 0;
        const struct pd_damage_context context = context_of((enum pd_regime)regime, PD_FILE_REGISTRY);
        for (uint64_t i = 0; i < N_ROWS; i++) {
            struct pd_random random = pd_random_stream(70 + (uint64_t)regime, i);
            struct pd_row row = correct_row(&names, &random);
            struct pd_name copy = row.name;
            struct pd_random other = random;
            const double several = n_words(&row.name) > 1 ? dropped[regime] + swapped[regime] : 0;
            expected += several + (pd_name_nickname(&other, &copy) ? nick[regime] * (1 - several) : 0);
            pd_damage_row(&context, &random, &row);
            n += (row.errors & pd_error_bit(13)) != 0;
        }
        /* Joined and abbreviated words take some of the room. */
        cr_expect(fabs(n / expected - 1) < 0.05, "regime %d: E13 %.0f, wanted %.0f", regime, n, expected);
    }
    pd_names_reset(&names);
}

Test(damage, of_an_address_comes_at_the_rates_of_the_table)
{
    struct pd_names names;
    cr_assert_eq(pd_names_build(&names, PD_TEXT(""), "", NULL), PADAN_OK);
    double reworded = 0, no_rt = 0, no_hamlet = 0, wrong = 0;
    const struct pd_damage_context context = context_of(PD_REGIME_LAMA, PD_FILE_ROSTER_PERSON);
    for (uint64_t i = 0; i < N_ROWS; i++) {
        struct pd_random random = pd_random_stream(9, i);
        struct pd_row row = correct_row(&names, &random);
        pd_damage_row(&context, &random, &row);
        no_rt += row.rt == 0 && row.rw == 0;
        no_hamlet += strstr(row.address, "KRAJAN") == NULL;
        reworded += strstr(row.address, "NO 12") == NULL || strncmp(strstr(row.address, "MAWAR") - 3, "JL ", 3) != 0;
        wrong += row.village != 3201012003;
        cr_assert(row.village == 3201012002 || row.village == 3201012003 || row.village == 3201012004);
    }
    assert_share("address words", reworded, N_ROWS, .60);
    assert_share("RT and RW missing", no_rt, N_ROWS, .10);
    assert_share("hamlet missing", no_hamlet, N_ROWS, .30);
    assert_share("wrong village", wrong, N_ROWS, .01);
    pd_names_reset(&names);
}

Test(damage, leaves_the_numbers_of_the_register_alone)
{
    struct pd_names names;
    cr_assert_eq(pd_names_build(&names, PD_TEXT(""), "", NULL), PADAN_OK);
    const struct pd_damage_context context = context_of(PD_REGIME_LAMA, PD_FILE_REGISTER);
    size_t n_changed = 0;
    for (uint64_t i = 0; i < N_ROWS; i++) {
        struct pd_random random = pd_random_stream(11, i);
        struct pd_row row = correct_row(&names, &random);
        const struct pd_row before = row;
        pd_damage_row(&context, &random, &row);
        cr_assert_str_eq(row.nik, before.nik);
        cr_assert_str_eq(row.kk, before.kk);
        cr_assert_eq(row.village, before.village);
        n_changed += !pd_text_equal(pd_name_text(&row.name), pd_name_text(&before.name));
    }
    cr_assert(n_changed > 0 && n_changed < N_ROWS / 100, "%zu names of the register changed", n_changed);
    pd_names_reset(&names);
}

Test(damage, sets_a_bit_only_where_it_changed_something_and_is_a_pure_function)
{
    struct pd_names names;
    cr_assert_eq(pd_names_build(&names, PD_TEXT(""), "", NULL), PADAN_OK);
    const struct pd_damage_context context = context_of(PD_REGIME_DAERAH, PD_FILE_ROSTER_FAMILY);
    const uint32_t name_bits = pd_error_bit(10) | pd_error_bit(11) | pd_error_bit(12) | pd_error_bit(13) |
                               pd_error_bit(14) | pd_error_bit(15) | pd_error_bit(16);
    const uint32_t nik_bits = pd_error_bit(1) | pd_error_bit(2) | pd_error_bit(3) | pd_error_bit(4) | pd_error_bit(7);
    for (uint64_t i = 0; i < N_ROWS / 4; i++) {
        struct pd_random random = pd_random_stream(13, i);
        const struct pd_row before = correct_row(&names, &random);
        struct pd_random again = random;
        struct pd_row row = before, twin = before;
        pd_damage_row(&context, &random, &row);
        pd_damage_row(&context, &again, &twin);
        cr_assert_eq(memcmp(&row, &twin, sizeof row), 0);
        const bool name_changed = !pd_text_equal(pd_name_text(&row.name), pd_name_text(&before.name));
        if (!(row.errors & name_bits)) cr_assert(!name_changed);
        const uint32_t bits = row.errors & nik_bits;
        cr_assert_eq(bits & (bits - 1), 0, "two classes on one NIK");
        cr_assert_eq(bits != 0, strcmp(row.nik, before.nik) != 0);
        if (!(row.errors & (pd_error_bit(6) | pd_error_bit(7)))) cr_assert_str_eq(row.kk, before.kk);
        const bool born_elsewhen = row.birth_day != before.birth_day;
        if (!(row.errors & pd_error_bit(18))) cr_assert(!born_elsewhen);
        cr_assert(row.birth_day <= REFERENCE_DAY);
        cr_assert(row.name.length > 0 || (row.errors & pd_error_bit(16)));
    }
    pd_names_reset(&names);
}

Test(damage, of_a_whole_file_comes_at_the_rates_of_the_table)
{
    static const double excel[] = { .01, 0, .05 }, dressed[] = { .05, .01, .20 };
    for (int regime = 0; regime < 3; regime++) {
        double n_excel = 0, n_dressed = 0;
        for (uint64_t i = 0; i < N_ROWS; i++) {
            struct pd_random random = pd_random_stream(19, i);
            const uint32_t errors = pd_damage_file((enum pd_regime)regime, PD_FILE_ROSTER_PERSON, &random);
            n_excel += (errors & pd_error_bit(8)) != 0;
            n_dressed += (errors & pd_error_bit(9)) != 0;
        }
        assert_share("E8", n_excel, N_ROWS, excel[regime]);
        assert_share("E9", n_dressed, N_ROWS, dressed[regime]);
    }
}

Test(damage, of_many_files_is_spread_evenly)
{
    static const double excel[] = { .01, 0, .05 }, dressed[] = { .05, .01, .20 };
    enum { N_FILES = 200 };
    for (int regime = 0; regime < 3; regime++)
        for (uint64_t seed = 0; seed < 20; seed++) {
            double n_excel = 0, n_dressed = 0;
            for (uint64_t n = 0; n < N_FILES; n++) {
                const uint32_t errors = pd_damage_file_of((enum pd_regime)regime, seed, n);
                n_excel += (errors & pd_error_bit(8)) != 0;
                n_dressed += (errors & pd_error_bit(9)) != 0;
            }
            cr_assert(fabs(n_excel - N_FILES * excel[regime]) < 1.01 &&
                          fabs(n_dressed - N_FILES * dressed[regime]) < 1.01,
                      "regime %d: %.0f and %.0f of %d files", regime, n_excel, n_dressed, N_FILES);
        }
}

Test(damage, of_numbers_has_the_forms_that_spreadsheets_give)
{
    static const struct {
        unsigned form;
        const char *wanted;
    } cases[] = { { 0, "3201015107709000" }, { 1, "3.20101E+15" }, { 2, "3,20101E+15" } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char nik[40] = "3201015107709001";
        pd_number_excel(cases[i].form, nik);
        cr_assert_str_eq(nik, cases[i].wanted);
    }
    struct pd_random random = pd_random_stream(23, 0);
    char nik[40] = "3201015107709001";
    pd_number_dress(PD_NIK_FORM_FLOAT, &random, nik);
    cr_assert_str_eq(nik, "3201015107709001.0");
    char text[40] = "TIDAK ADA";
    pd_number_excel(0, text);
    cr_assert_str_eq(text, "TIDAK ADA");
}

Test(damage, drops_a_hamlet_and_nothing_else)
{
    static const char *const cases[][2] = {
        { "DUSUN KRAJAN WETAN JL MAWAR NO 12", "JL MAWAR NO 12" },
        { "JL MAWAR NO 12 DUSUN KRAJAN", "JL MAWAR NO 12" },
        { "DUSUN KRAJAN", "" },
        { "JL MAWAR NO 12", "JL MAWAR NO 12" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char address[96];
        (void)snprintf(address, sizeof address, "%s", cases[i][0]);
        cr_assert_eq(pd_address_drop_hamlet(address), strcmp(cases[i][0], cases[i][1]) != 0);
        cr_assert_str_eq(address, cases[i][1]);
    }
}

Test(damage, drops_a_word_and_leaves_a_name)
{
    static const char *const cases[][3] = {
        { "SITI AMINAH", "AMINAH", "AMINAH" },
        { "I WAYAN", "WAYAN", "WAYAN" },
        { "JUMBRI BIN RAHMAN", "JUMBRI", "JUMBRI RAHMAN" },
        { "BUDI SANTOSO", "BUDI", "SANTOSO" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (uint64_t n = 0; n < 50; n++) {
            struct pd_random random = pd_random_stream(31, n);
            struct pd_name name = { 0 };
            cr_assert(pd_name_set(&name, pd_text_of(cases[i][0])));
            cr_assert(pd_name_drop(&random, &name));
            const struct pd_text text = pd_name_text(&name);
            cr_assert(pd_text_equal(text, pd_text_of(cases[i][1])) || pd_text_equal(text, pd_text_of(cases[i][2])),
                      "%s became %.*s", cases[i][0], PD_TEXT_ARGS(text));
        }
}

/* Words of a dictionary of the engine, as one text "\nWORD,...\n": a word stands at the start of a line. */
static char *read_all(const char *path)
{
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file, "%s is missing (the tests run at the root of the repository)", path);
    static const size_t room = 1 << 20;
    char *text = calloc(1, room);
    text[0] = '\n';
    const size_t length = fread(text + 1, 1, room - 2, file);
    cr_assert(length > 0 && length < room - 2);
    (void)fclose(file);
    return text;
}

/* Known: in a dictionary when dots are left out, or one letter, which the engine takes for an initial. */
static bool known(char *const dictionaries[3], struct pd_text word)
{
    char line[64] = "\n";
    size_t n = 1;
    for (size_t i = 0; i < word.length; i++)
        if (word.data[i] != '.') line[n++] = word.data[i];
    if (n <= 2) return true;
    line[n] = ',';
    for (size_t i = 0; i < 3; i++)
        if (strstr(dictionaries[i], line) != NULL) return true;
    return false;
}

static void count_words(char *const dictionaries[3], const char *list, size_t *n, size_t *n_unknown)
{
    struct pd_text words[64];
    const size_t found = pd_name_words(pd_text_of(list), words, 64);
    cr_assert(found > 0 && found < 64);
    for (size_t i = 0; i < found; i++) *n_unknown += !known(dictionaries, words[i]);
    *n += found;
}

Test(damage, has_a_third_of_its_variants_in_no_dictionary_of_the_engine)
{
    char *dictionaries[] = { read_all("datasets/singkatan_nama.csv"), read_all("datasets/gabungan_nama.csv"),
                             read_all("datasets/gelar.csv") };
    size_t n[3] = { 0 }, n_unknown[3] = { 0 };
    for (size_t i = 0; i < pd_n_abbreviations; i++)
        count_words(dictionaries, pd_abbreviations[i].variants, &n[0], &n_unknown[0]);
    for (size_t i = 0; i < pd_n_spellings; i++)
        count_words(dictionaries, pd_spellings[i].variants, &n[1], &n_unknown[1]);
    const char *const titles[] = { pd_titles_man, pd_titles_woman, pd_titles_any, pd_titles_after };
    for (size_t i = 0; i < 4; i++) count_words(dictionaries, titles[i], &n[2], &n_unknown[2]);
    static const char *const kinds[] = { "abbreviations", "spellings", "titles" };
    for (size_t i = 0; i < 3; i++)
        cr_assert(3 * n_unknown[i] >= n[i], "%s: only %zu of %zu are unknown", kinds[i], n_unknown[i], n[i]);
    for (size_t i = 0; i < 3; i++) free(dictionaries[i]);
}

static void assert_sorted(const struct pd_word_variants *table, size_t n)
{
    for (size_t i = 1; i < n; i++) cr_assert(strcmp(table[i - 1].word, table[i].word) < 0, "%s", table[i].word);
    for (size_t i = 0; i < n; i++)
        cr_assert(!pd_word_listed(table[i].variants, pd_text_of(table[i].word)), "%s is its own variant",
                  table[i].word);
}

Test(damage, has_sorted_tables_without_idle_entries)
{
    assert_sorted(pd_spellings, pd_n_spellings);
    assert_sorted(pd_abbreviations, pd_n_abbreviations);
}

Test(damage, is_fast)
{
    struct pd_names names;
    cr_assert_eq(pd_names_build(&names, PD_TEXT(""), "", NULL), PADAN_OK);
    enum { N = 4096 };
    static struct pd_row rows[N];
    struct pd_random random = pd_random_stream(29, 0);
    for (size_t i = 0; i < N; i++) rows[i] = correct_row(&names, &random);
    const struct pd_damage_context context = context_of(PD_REGIME_DAERAH, PD_FILE_ROSTER_FAMILY);
    struct timespec begin, end;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
    uint32_t sum = 0;
    for (size_t i = 0; i < N_ROWS; i++) {
        struct pd_row row = rows[i % N];
        pd_damage_row(&context, &random, &row);
        sum += row.errors;
    }
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    const double seconds = (double)(end.tv_sec - begin.tv_sec) + 1e-9 * (double)(end.tv_nsec - begin.tv_nsec);
    cr_log_info("%.0f ns a row", seconds / N_ROWS * 1e9);
    cr_assert(sum > 0 && seconds / N_ROWS < 20e-6, "%.0f ns a row", seconds / N_ROWS * 1e9);
    pd_names_reset(&names);
}
