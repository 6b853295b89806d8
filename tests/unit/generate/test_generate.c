/* SPDX-License-Identifier: MIT
 * A whole generation, read back from its files: what is promised about people, numbers, names, rows and the truth. */
#include "base/buffer.h"
#include "base/delimited.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/radix.h"
#include "generate/benefit.h"
#include "generate/row.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { N_FILES = 12 };
static const char *const files[N_FILES] = { "kependudukan.csv", "dtsen.csv",    "pkh.csv",      "sembako.csv",
                                            "blt_desa.csv",     "provinsi.csv", "pbi_jk.csv",   "pip.csv",
                                            "asn.csv",          "truth.csv",    "expected.csv", "job.yaml" };
static char root[64];

static void make_root(void)
{
    (void)snprintf(root, sizeof root, "/tmp/padan-generate-XXXXXX");
    cr_assert_not_null(mkdtemp(root));
}

static void remove_root(void)
{
    cr_expect_eq(pd_directory_remove(root, NULL), PADAN_OK);
}

TestSuite(generate, .init = make_root, .fini = remove_root);

static void folder_of(const char *name, char path[128])
{
    (void)snprintf(path, 128, "%s/%s", root, name);
}

static enum padan_status generate_into(const char *name, struct pd_generate_options options, struct padan_error *error)
{
    char path[128];
    folder_of(name, path);
    options.out = path;
    return pd_generate(&options, error);
}

static void make(const char *name, struct pd_generate_options options)
{
    struct padan_error error = { 0 };
    cr_assert_eq(generate_into(name, options, &error), PADAN_OK, "%s", error.message);
}

static struct pd_buffer content_of(const char *folder, const char *file)
{
    char path[256];
    struct pd_buffer content = { 0 };
    (void)snprintf(path, sizeof path, "%s/%s/%s", root, folder, file);
    cr_assert_eq(pd_file_read(path, SIZE_MAX / 2, &content, NULL), PADAN_OK, "%s", path);
    return content;
}

/* Rows of a file one after another. */
struct rows {
    struct pd_buffer content;
    struct pd_delimited reader;
};

static void open_rows(struct rows *rows, const char *folder, const char *file)
{
    rows->content = content_of(folder, file);
    const struct pd_text text = { rows->content.data, rows->content.length };
    cr_assert_eq(pd_delimited_open(&rows->reader, text, ',', file, NULL), PADAN_OK);
}

static bool next_row(struct rows *rows)
{
    bool more = false;
    cr_assert_eq(pd_delimited_next(&rows->reader, &more, NULL), PADAN_OK);
    return more;
}

static void close_rows(struct rows *rows)
{
    pd_delimited_reset(&rows->reader);
    pd_buffer_reset(&rows->content);
}

static struct pd_text field(const struct rows *rows, const char *column)
{
    size_t index = 0;
    cr_assert_eq(pd_delimited_column(&rows->reader, column, &index, NULL), PADAN_OK);
    return rows->reader.fields[index];
}

static uint64_t number(struct pd_text text)
{
    uint64_t value = 0;
    cr_assert(pd_text_to_u64(text, &value), "no number: %.*s", PD_TEXT_ARGS(text));
    return value;
}

static int order_of_numbers(const void *a, const void *b)
{
    const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

static size_t distinct(uint64_t *values, size_t n)
{
    size_t n_distinct = 0;
    qsort(values, n, sizeof *values, order_of_numbers);
    for (size_t i = 0; i < n; i++) n_distinct += i == 0 || values[i] != values[i - 1];
    return n_distinct;
}

Test(generate, the_same_options_give_the_same_bytes_for_any_number_of_threads)
{
    static const int threads[] = { 1, 2, 7 };
    for (int i = 0; i < 3; i++) {
        char name[8];
        (void)snprintf(name, sizeof name, "t%d", threads[i]);
        make(name, (struct pd_generate_options){ .n_people = 9000, .seed = 3, .threads = threads[i] });
    }
    for (int file = 0; file < N_FILES; file++) {
        struct pd_buffer one = content_of("t1", files[file]);
        cr_expect_gt(one.length, 100u, "%s", files[file]);
        for (int i = 1; i < 3; i++) {
            struct pd_buffer other = content_of(i == 1 ? "t2" : "t7", files[file]);
            cr_expect(one.length == other.length && memcmp(one.data, other.data, one.length) == 0, "%s", files[file]);
            pd_buffer_reset(&other);
        }
        pd_buffer_reset(&one);
    }
    make("seed", (struct pd_generate_options){ .n_people = 9000, .seed = 4, .threads = 1 });
    struct pd_buffer one = content_of("t1", "kependudukan.csv"), other = content_of("seed", "kependudukan.csv");
    cr_expect(one.length != other.length || memcmp(one.data, other.data, one.length) != 0,
              "another seed, other people");
    pd_buffer_reset(&one);
    pd_buffer_reset(&other);
}

/* A number of the register: real district, calendar day (a woman's plus 40), serial from 9000. */
static void expect_valid_nik(struct pd_text nik)
{
    cr_assert_eq(nik.length, 16u);
    const uint64_t value = number(nik), day = value / 100000000 % 100, month = value / 1000000 % 100;
    cr_expect(value / UINT64_C(100000000000000) >= 11 && value / UINT64_C(100000000000000) <= 96);
    cr_expect(month >= 1 && month <= 12 && day % 40 >= 1 && day % 40 <= 31, "%.*s", PD_TEXT_ARGS(nik));
    cr_expect(value % 10000 >= 9000 && value % 10000 <= 9998, "%.*s", PD_TEXT_ARGS(nik));
}

Test(generate, everybody_has_a_number_of_their_own_in_a_household_of_about_three)
{
    enum { N = 30000 };
    make("a", (struct pd_generate_options){ .n_people = N, .seed = 5 });
    uint64_t *niks = NULL, *kks = NULL, *ids = NULL;
    cr_assert_eq(pd_allocate(&niks, N, sizeof *niks, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&kks, N, sizeof *kks, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&ids, N, sizeof *ids, NULL), PADAN_OK);
    struct rows rows;
    size_t n = 0, n_dead = 0;
    for (open_rows(&rows, "a", "kependudukan.csv"); next_row(&rows); n++) {
        cr_assert_lt(n, (size_t)N);
        expect_valid_nik(field(&rows, "nik"));
        niks[n] = number(field(&rows, "nik"));
        kks[n] = number(field(&rows, "no_kk"));
        ids[n] = number(field(&rows, "unique_id"));
        const bool dead = pd_text_equal(field(&rows, "status_hidup"), PD_TEXT("MENINGGAL"));
        cr_expect_eq(dead, field(&rows, "tgl_meninggal").length > 0);
        n_dead += dead;
    }
    close_rows(&rows);
    cr_expect_eq(n, (size_t)N, "exactly the people asked for");
    cr_expect_eq(distinct(niks, n), (size_t)N);
    cr_expect_eq(distinct(ids, n), (size_t)N);
    const double mean = (double)N / (double)distinct(kks, n);
    cr_expect(fabs(mean - 3.04) < 0.05, "mean of households %.3f", mean);
    cr_expect(n_dead > N / 100 && n_dead < N / 33, "%zu dead", n_dead);
    pd_free(niks);
    pd_free(kks);
    pd_free(ids);
}

static uint64_t key_of(struct pd_text source, uint64_t unique_id)
{
    return pd_hash_combine(pd_hash_text(source), unique_id);
}

/* Keys (source, unique_id) of all rows of all files, or of the truth. */
static size_t keys_of(bool truth, uint64_t *keys)
{
    size_t n = 0;
    struct rows rows;
    for (int file = 0; file < PD_N_DATASETS; file++) {
        for (open_rows(&rows, "a", truth ? "truth.csv" : files[file]); next_row(&rows); n++) {
            const struct pd_text source =
                truth ? field(&rows, "source_dataset") : pd_text_of(pd_dataset_facts[file].name);
            keys[n] = key_of(source, number(field(&rows, "unique_id")));
        }
        close_rows(&rows);
        if (truth) break;
    }
    return n;
}

Test(generate, the_truth_has_one_line_for_every_row_of_every_file)
{
    enum { MOST = 100000 };
    make("a", (struct pd_generate_options){ .n_people = 20000, .seed = 6, .regime = PD_REGIME_DAERAH });
    uint64_t *rows = NULL, *truth = NULL;
    cr_assert_eq(pd_allocate(&rows, MOST, sizeof *rows, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&truth, MOST, sizeof *truth, NULL), PADAN_OK);
    const size_t n = keys_of(false, rows);
    cr_assert_eq(keys_of(true, truth), n);
    cr_expect_gt(n, 45000u, "about three rows a person");
    cr_expect_eq(distinct(rows, n), n);
    cr_expect_eq(distinct(truth, n), n);
    cr_expect_eq(memcmp(rows, truth, n * sizeof *rows), 0);
    pd_free(rows);
    pd_free(truth);
}

/* ---- rates ---- */

enum { MOST_CLASSES = 28 };
struct rates {
    double n, of[MOST_CLASSES];
};

static void read_rates(const char *folder, struct rates rates[PD_N_DATASETS])
{
    struct rows rows;
    memset(rates, 0, PD_N_DATASETS * sizeof *rates);
    for (open_rows(&rows, folder, "truth.csv"); next_row(&rows);) {
        int dataset = 0;
        while (!pd_text_equal(field(&rows, "source_dataset"), pd_text_of(pd_dataset_facts[dataset].name))) dataset++;
        rates[dataset].n++;
        struct pd_text errors = field(&rows, "errors");
        for (size_t begin = 0; begin < errors.length;) {
            size_t end = begin;
            while (end < errors.length && errors.data[end] != '|') end++;
            rates[dataset].of[number(pd_text_slice(errors, begin + 1, end))]++;
            begin = end + 1;
        }
    }
    close_rows(&rows);
}

static void expect_rate(const struct rates *rates, const char *what, int error_class, double low, double high)
{
    const double rate = rates->of[error_class] / rates->n;
    cr_expect(rate >= low && rate <= high, "%s E%d: %.4f is not in [%.4f, %.4f]", what, error_class, rate, low, high);
}

/* E5 marks both rows of a pair, so its share is twice that of the extra rows. */
Test(generate, errors_of_the_truth_and_of_the_lists_come_at_their_rates)
{
    static const struct {
        const char *name;
        double twice, moved, dead, overlap;
    } wanted[] = { { "lama", 0.010, 0.0675, 0.010, 0 },
                   { "baru", 0.0002, 0.0056, 0.003, 0 },
                   { "daerah", 0.054, 0.0225, 0.015, 0.2 } };
    for (int regime = 0; regime < 3; regime++) {
        struct rates rates[PD_N_DATASETS];
        const char *name = wanted[regime].name;
        make(name, (struct pd_generate_options){ .n_people = 100000, .seed = 8, .regime = (enum pd_regime)regime });
        read_rates(name, rates);
        const struct rates *pbi = &rates[PD_PBI_JK], *registry = &rates[PD_REGISTRY];
        const double twice = 2 * wanted[regime].twice / (1 + wanted[regime].twice);
        expect_rate(registry, name, 5, twice * 0.85 - 0.0002, twice * 1.15 + 0.0002);
        expect_rate(pbi, name, 19, 0.0125, 0.0175);
        expect_rate(pbi, name, 21, wanted[regime].moved * 0.75, wanted[regime].moved * 1.1);
        expect_rate(pbi, name, 22, wanted[regime].dead * 0.7, wanted[regime].dead * 1.35);
        expect_rate(&rates[PD_REGISTER], name, 23, 0.01, 0.04);
        if (regime > 0) expect_rate(pbi, name, 26, 0.06, 0.09);
        expect_rate(&rates[PD_PROVINSI], name, 27, wanted[regime].overlap * 0.6, wanted[regime].overlap * 1.4);
    }
}

/* Shares of adults [s:dob-era]: 1 July 5.1 %, 31 December 2.8 %, 1 January 1.2 %; children are hardly heaped. */
Test(generate, birth_dates_of_adults_are_heaped)
{
    make("a", (struct pd_generate_options){ .n_people = 100000, .seed = 9 });
    struct rows rows;
    double adults = 0, children = 0, july = 0, december = 0, january = 0, july_children = 0;
    for (open_rows(&rows, "a", "kependudukan.csv"); next_row(&rows);) {
        const struct pd_text day = field(&rows, "tgl_lahir");
        const bool adult = number(pd_text_slice(day, 6, 10)) < 2009, first_july = memcmp(day.data, "01-07", 5) == 0;
        adults += adult;
        children += !adult;
        july += adult && first_july;
        july_children += !adult && first_july;
        december += adult && memcmp(day.data, "31-12", 5) == 0;
        january += adult && memcmp(day.data, "01-01", 5) == 0;
    }
    close_rows(&rows);
    cr_expect(fabs(july / adults - 0.051) < 0.008, "%.4f", july / adults);
    cr_expect(fabs(december / adults - 0.028) < 0.005, "%.4f", december / adults);
    cr_expect(fabs(january / adults - 0.012) < 0.004, "%.4f", january / adults);
    cr_expect_lt(july_children / children, 0.01);
}

/* Bearers per million of the sex: 254,922 NURHAYATI among 142.8 M women, 144,497 SUTRISNO among 145.5 M men. */
Test(generate, known_names_have_their_published_shares_and_none_is_more_common)
{
    static const struct {
        struct pd_text name;
        char sex;
        double share;
    } wanted[] = { { PD_TEXT("NURHAYATI"), 'P', 1785 },
                   { PD_TEXT("SULASTRI"), 'P', 1351 },
                   { PD_TEXT("SUTRISNO"), 'L', 993 },
                   { PD_TEXT("SLAMET"), 'L', 793 },
                   { PD_TEXT("MULYADI"), 'L', 768 } };
    enum { N_WANTED = sizeof wanted / sizeof *wanted, N = 300000 };
    make("a", (struct pd_generate_options){ .n_people = N, .seed = 10 });
    uint64_t *hashes = NULL;
    cr_assert_eq(pd_allocate(&hashes, N, sizeof *hashes, NULL), PADAN_OK);
    double bearers[N_WANTED] = { 0 }, women = 0;
    struct rows rows;
    size_t n = 0;
    for (open_rows(&rows, "a", "kependudukan.csv"); next_row(&rows); n++) {
        const char sex = field(&rows, "jenis_kelamin").data[0];
        hashes[n] = pd_hash_combine(pd_hash_text(field(&rows, "nama")), (uint64_t)sex);
        women += sex == 'P';
        for (int i = 0; i < N_WANTED; i++)
            bearers[i] += sex == wanted[i].sex && pd_text_equal(field(&rows, "nama"), wanted[i].name);
    }
    close_rows(&rows);
    for (int i = 0; i < N_WANTED; i++) {
        const double share = bearers[i] / (wanted[i].sex == 'P' ? women : N - women) * 1e6;
        const double sigma = 1 / sqrt(bearers[i]);
        cr_expect(fabs(share / wanted[i].share - 1) < 0.1 + 3 * sigma, "%.*s: %.0f in a million",
                  PD_TEXT_ARGS(wanted[i].name), share);
    }
    qsort(hashes, n, sizeof *hashes, order_of_numbers);
    double longest = 0, run = 0;
    for (size_t i = 0; i < n; i++) {
        run = i > 0 && hashes[i] == hashes[i - 1] ? run + 1 : 1;
        longest = run > longest ? run : longest;
    }
    cr_expect_leq(longest, bearers[0] * 1.2, "a name has %.0f bearers, NURHAYATI %.0f", longest, bearers[0]);
    pd_free(hashes);
}

/* ---- figures ---- */

struct figure {
    int64_t n, amount;
};

static struct figure expected_of(const char *kind, const char *program, const char *other, const char *level)
{
    struct figure figure = { -1, -1 };
    struct rows rows;
    for (open_rows(&rows, "a", "expected.csv"); next_row(&rows);)
        if (pd_text_equal(field(&rows, "jenis"), pd_text_of(kind)) &&
            pd_text_equal(field(&rows, "program"), pd_text_of(program)) &&
            pd_text_equal(field(&rows, "program_b"), pd_text_of(other)) &&
            pd_text_equal(field(&rows, "tingkat"), pd_text_of(level)))
            figure =
                (struct figure){ (int64_t)number(field(&rows, "n")),
                                 field(&rows, "nominal").length == 0 ? 0 : (int64_t)number(field(&rows, "nominal")) };
    close_rows(&rows);
    return figure;
}

/* Who the rows of a dataset are: the truth by unique_id. */
struct owner {
    uint64_t unique_id, entity, household;
};

static int order_of_owners(const void *a, const void *b)
{
    return order_of_numbers(a, b);
}

static size_t owners_of(const char *dataset, struct owner *owners)
{
    size_t n = 0;
    struct rows rows;
    for (open_rows(&rows, "a", "truth.csv"); next_row(&rows);)
        if (pd_text_equal(field(&rows, "source_dataset"), pd_text_of(dataset)))
            owners[n++] = (struct owner){ number(field(&rows, "unique_id")), number(field(&rows, "entity_id")),
                                          number(field(&rows, "household_id")) };
    close_rows(&rows);
    qsort(owners, n, sizeof *owners, order_of_owners);
    return n;
}

struct payments {
    struct figure all;
    size_t n; /* of the last quarter */
    uint64_t entities[60000], households[60000];
};

/* Paid rows of a roster, read from its file. */
static void read_payments(const char *dataset, struct payments *payments)
{
    static struct owner owners[60000];
    char file[32];
    const size_t n_owners = owners_of(dataset, owners);
    struct rows rows;
    *payments = (struct payments){ 0 };
    (void)snprintf(file, sizeof file, "%s.csv", dataset);
    for (open_rows(&rows, "a", file); next_row(&rows);) {
        const uint64_t id = number(field(&rows, "unique_id"));
        const struct owner *owner = bsearch(&id, owners, n_owners, sizeof *owners, order_of_owners);
        const struct pd_text period = field(&rows, "periode");
        if (!pd_text_equal(field(&rows, "status_salur"), PD_TEXT("BERHASIL"))) continue;
        payments->all.n++;
        payments->all.amount += (int64_t)number(field(&rows, "nominal"));
        if (period.data[5] != '1' && !pd_text_equal(period, PD_TEXT("2026-T4"))) continue;
        payments->entities[payments->n] = owner->entity;
        payments->households[payments->n++] = owner->household;
    }
    close_rows(&rows);
}

static int64_t in_both(uint64_t *a, size_t n_a, uint64_t *b, size_t n_b)
{
    int64_t n = 0;
    qsort(a, n_a, sizeof *a, order_of_numbers);
    qsort(b, n_b, sizeof *b, order_of_numbers);
    for (size_t i = 0; i < n_a; i++)
        n += (i == 0 || a[i] != a[i - 1]) && bsearch(&a[i], b, n_b, sizeof *b, order_of_numbers) != NULL;
    return n;
}

/* Counted a second time, from the files. */
Test(generate, expected_figures_are_those_of_the_files)
{
    static struct payments payments[PD_N_DATASETS];
    make("a", (struct pd_generate_options){ .n_people = 40000, .seed = 21, .regime = PD_REGIME_DAERAH });
    for (int program = PD_FIRST_PROGRAM; program < PD_END_PROGRAM; program++) {
        read_payments(pd_dataset_facts[program].name, &payments[program]);
        const struct figure rows = expected_of("baris", pd_dataset_facts[program].program, "", "");
        cr_expect_eq(rows.n, payments[program].all.n, "%s", pd_dataset_facts[program].name);
        cr_expect_eq(rows.amount, payments[program].all.amount, "%s", pd_dataset_facts[program].name);
    }
    for (int a = PD_FIRST_PROGRAM; a < PD_END_PROGRAM; a++)
        for (int b = a + 1; b < PD_END_PROGRAM; b++) {
            struct payments *one = &payments[a], *other = &payments[b];
            const char *first = pd_dataset_facts[a].program, *second = pd_dataset_facts[b].program;
            cr_expect_eq(expected_of("tumpang_tindih", first, second, "ORANG").n,
                         in_both(one->entities, one->n, other->entities, other->n), "%s x %s", first, second);
            cr_expect_eq(expected_of("tumpang_tindih", first, second, "KELUARGA").n,
                         in_both(one->households, one->n, other->households, other->n), "%s x %s", first, second);
        }
    cr_expect_gt(expected_of("ganda", "SEMBAKO", "", "K1").n, 30);
    cr_expect_gt(expected_of("ganda", "SEMBAKO", "", "K3").n, 5);
    cr_expect_gt(expected_of("ganda", "SEMBAKO", "", "KK").n, 5);
    cr_expect_gt(expected_of("tidak_layak", "PBI-JK", "", "MENINGGAL").n, 100);
}

/* ---- the next night ---- */

static enum padan_status next_night(const char *name, const char *previous, uint64_t seed, struct padan_error *error)
{
    char path[128];
    folder_of(previous, path);
    return generate_into(name, (struct pd_generate_options){ .n_people = 12000, .seed = seed, .previous = path },
                         error);
}

static size_t niks_of(const char *folder, uint64_t *niks)
{
    size_t n = 0;
    struct rows rows;
    for (open_rows(&rows, folder, "kependudukan.csv"); next_row(&rows); n++) niks[n] = number(field(&rows, "nik"));
    close_rows(&rows);
    qsort(niks, n, sizeof *niks, order_of_numbers);
    return n;
}

static size_t ids_of(const char *folder, const char *file, uint64_t *ids)
{
    size_t n = 0;
    struct rows rows;
    for (open_rows(&rows, folder, file); next_row(&rows); n++) ids[n] = number(field(&rows, "unique_id"));
    close_rows(&rows);
    qsort(ids, n, sizeof *ids, order_of_numbers);
    return n;
}

static size_t n_only_in_first(const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b)
{
    size_t n = 0;
    for (size_t i = 0; i < n_a; i++) n += bsearch(&a[i], b, n_b, sizeof *b, order_of_numbers) == NULL;
    return n;
}

Test(generate, the_next_night_has_the_same_people_and_a_few_other_rows)
{
    enum { N = 12000 };
    static uint64_t first[3 * N], second[3 * N];
    struct padan_error error = { 0 };
    make("m1", (struct pd_generate_options){ .n_people = N, .seed = 2 });
    cr_assert_eq(next_night("m2", "m1", 2, &error), PADAN_OK, "%s", error.message);
    cr_assert_eq(next_night("m3", "m2", 2, &error), PADAN_OK, "%s", error.message);
    cr_expect_eq(niks_of("m1", first), (size_t)N);
    cr_expect_eq(niks_of("m3", second), (size_t)N);
    cr_expect_eq(memcmp(first, second, N * sizeof *first), 0);
    const size_t n_first = ids_of("m1", "pbi_jk.csv", first), n_second = ids_of("m2", "pbi_jk.csv", second);
    const size_t gone = n_only_in_first(first, n_first, second, n_second);
    const size_t new_rows = n_only_in_first(second, n_second, first, n_first);
    cr_expect(gone > n_first / 300 && gone < n_first / 30, "%zu of %zu rows gone", gone, n_first);
    cr_expect(new_rows > 2 && new_rows < n_first / 30, "%zu new rows", new_rows);
    struct pd_buffer job = content_of("m3", "job.yaml");
    cr_expect_not_null(strstr(job.data, "; night 3\n"));
    cr_expect_not_null(strstr(job.data, "name: malam-3\nreference_date: 2026-11-25\n"));
    pd_buffer_reset(&job);
}

Test(generate, a_night_of_other_options_or_of_nobody_is_refused)
{
    struct padan_error error = { 0 };
    make("m1", (struct pd_generate_options){ .n_people = 12000, .seed = 2 });
    cr_expect_eq(next_night("m2", "m1", 3, &error), PADAN_BAD_ARGUMENT);
    cr_expect_not_null(strstr(error.message, "other options"), "%s", error.message);
    cr_expect_eq(next_night("m2", "nothing", 2, &error), PADAN_BAD_INPUT);
    cr_expect_eq(generate_into("x", (struct pd_generate_options){ .n_people = 99 }, &error), PADAN_BAD_ARGUMENT);
    cr_expect_eq(generate_into("x", (struct pd_generate_options){ .n_people = 300000001 }, &error), PADAN_BAD_ARGUMENT);
    const unsigned nowhere = 99;
    cr_expect_eq(generate_into("x",
                               (struct pd_generate_options){ .n_people = 100, .provinces = &nowhere, .n_provinces = 1 },
                               &error),
                 PADAN_BAD_ARGUMENT);
}

Test(generate, chosen_provinces_are_the_only_ones_lived_in)
{
    const unsigned provinces[] = { 51, 94 };
    make("a", (struct pd_generate_options){ .n_people = 3000, .seed = 1, .provinces = provinces, .n_provinces = 2 });
    struct rows rows;
    size_t n_bali = 0, n = 0, n_old = 0;
    for (open_rows(&rows, "a", "kependudukan.csv"); next_row(&rows); n++) {
        const uint64_t province = number(pd_text_slice(field(&rows, "kode_desa"), 0, 2));
        cr_expect(province == 51 || province == 94);
        n_bali += province == 51;
        n_old += memcmp(field(&rows, "nik").data, "91", 2) == 0;
    }
    close_rows(&rows);
    cr_expect(n_bali > n / 2 && n_bali < n, "%zu of %zu in Bali", n_bali, n);
    cr_expect_gt(n_old, 300u, "Papua Tengah was a part of 91 until 2022");
}

/* Words of --names take the place of a list. */
Test(generate, own_words_replace_a_list_of_names)
{
    char path[128];
    const unsigned bali = 51;
    folder_of("names.csv", path);
    cr_assert_eq(pd_file_write(path, PD_TEXT("daftar,kata,bobot\nvm,ZZUJI,2\nvm,ZZCOBA,1\n"), NULL), PADAN_OK);
    make("a", (struct pd_generate_options){
                  .n_people = 2000, .seed = 1, .provinces = &bali, .n_provinces = 1, .names_file = path });
    struct pd_buffer register_file = content_of("a", "kependudukan.csv");
    cr_expect_not_null(strstr(register_file.data, " ZZUJI"));
    cr_expect_not_null(strstr(register_file.data, " ZZCOBA"));
    pd_buffer_reset(&register_file);
    struct padan_error error = { 0 };
    cr_assert_eq(pd_file_write(path, PD_TEXT("daftar,kata,bobot\nnowhere,ZZUJI,2\n"), NULL), PADAN_OK);
    cr_expect_eq(generate_into("b", (struct pd_generate_options){ .n_people = 200, .names_file = path }, &error),
                 PADAN_BAD_INPUT);
}

#ifdef PADAN_FAULT
/* The reading of 91,000 places takes a while, so not every one of the few hundred allocations is tried. */
Test(generate, allocations_may_fail)
{
    enum { STRIDE = 13 };
    enum padan_status status = PADAN_OUT_OF_MEMORY;
    for (long n = 1; n < 10000 && status != PADAN_OK; n += n < 20 ? 1 : STRIDE) {
        struct padan_error error = { PADAN_OK, "" };
        pd_memory_fail_after(n);
        status = generate_into(
            "f", (struct pd_generate_options){ .n_people = 300, .seed = 1, .threads = 1, .messy = n % 2 == 0 }, &error);
        pd_memory_fail_after(0);
        cr_assert(status == PADAN_OK || status == PADAN_OUT_OF_MEMORY, "allocation %ld: %d %s", n, (int)status,
                  error.message);
    }
    cr_expect_eq(status, PADAN_OK, "at last nothing fails");
}
#endif
