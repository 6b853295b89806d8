/* SPDX-License-Identifier: MIT
 * What can a dedupe of bench/e2e/make_people's rows by bench/e2e/people.json, and a load of their file, not do without,
 * and how long does this machine take for it? Usage: floor DATA.csv PEAK_BYTES OUTPUT_BYTES FILE: the last is written
 * and removed. Every step is a loop of its own that does nothing else, one thread; processor seconds, the least of
 * three runs. floor.sh puts padan's beside. */
#include "base/hash.h"
#include "base/memory.h"
#include "base/radix.h"
#include "ingest/ingest.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { N_RUNS = 3, PIECE = 1 << 20, PAGE = 4096, ROW_WORDS = 4, N_RULES = 5, PARTS_MAX = 3, MANY_TEXTS = 100000 };

/* The address, one of nine columns, is in no rule and no comparison. */
#define ASKED_FIELDS (8.0 / 9)

static volatile uint64_t sink; /* what is found is not dropped */

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double less(double a, double b)
{
    return b == 0 || a < b ? a : b;
}

static void tell(const char *job, const char *step, double amount, const char *unit, double taken)
{
    (void)printf("%s,%s,%.1f,%s,%.3f\n", job, step, amount, unit, taken);
}

static void tell_both(const char *step, double amount, const char *unit, double taken)
{
    tell("dedupe", step, amount, unit, taken);
    tell("load", step, amount, unit, taken);
}

/* --- the file --- */

#if defined(__x86_64__)
/* Delimiters, quotes and ends of lines, 32 bytes at a time. */
__attribute__((target("avx2,popcnt"))) static uint64_t scan_avx2(const char *bytes, size_t n)
{
    const __m256i comma = _mm256_set1_epi8(','), quote = _mm256_set1_epi8('"'), end = _mm256_set1_epi8('\n');
    uint64_t count = 0;
    for (size_t i = 0; i + sizeof comma <= n; i += sizeof comma) {
        const __m256i text = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + i));
        const __m256i found =
            _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi8(text, comma), _mm256_cmpeq_epi8(text, quote)),
                            _mm256_cmpeq_epi8(text, end));
        count += (uint64_t)__builtin_popcount((unsigned)_mm256_movemask_epi8(found));
    }
    return count;
}
#endif

static uint64_t scan(const char *bytes, size_t n)
{
    uint64_t count = 0;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) return scan_avx2(bytes, n);
#endif
    for (size_t i = 0; i < n; i++) count += (bytes[i] == ',') | (bytes[i] == '"') | (bytes[i] == '\n');
    return count;
}

/* Where fields end. */
static size_t list_ends(const char *bytes, size_t n, uint32_t *ends)
{
    size_t n_ends = 0;
    for (size_t i = 0; i < n; i++) {
        ends[n_ends] = (uint32_t)i;
        n_ends += (bytes[i] == ',') | (bytes[i] == '\n');
    }
    return n_ends;
}

/* A hash a field, by which a text would be looked for. */
static uint64_t hash_fields(const char *bytes, const uint32_t *ends, size_t n)
{
    uint64_t sum = 0;
    size_t begin = 0;
    for (size_t i = 0; i < n; begin = ends[i++] + 1) sum += XXH3_64bits(bytes + begin, ends[i] - begin);
    return sum;
}

struct file_times {
    double read, scan, hash, fields, bytes, n_fields;
};

struct window {
    char *piece;
    uint32_t *ends;
};

static void take_piece(const struct window *window, size_t n, XXH3_state_t *state, struct file_times *times)
{
    const double begin = seconds();
    sink += scan(window->piece, n);
    const double was_scanned = seconds();
    (void)XXH3_128bits_update(state, window->piece, n);
    const double was_hashed = seconds();
    const size_t n_fields = list_ends(window->piece, n, window->ends);
    const double was_listed = seconds();
    sink += hash_fields(window->piece, window->ends, n_fields);
    times->fields += seconds() - was_listed;
    times->hash += was_hashed - was_scanned;
    times->scan += was_scanned - begin;
    times->bytes += (double)n;
    times->n_fields += (double)n_fields;
}

/* Once through the file, piece by piece, each of which stays in the cache. False when it cannot be read. */
static bool go_through(const char *path, const struct window *window, struct file_times *least)
{
    struct file_times times = { 0 };
    XXH3_state_t *state = XXH3_createState();
    const int descriptor = open(path, O_RDONLY);
    (void)XXH3_128bits_reset(state);
    for (ssize_t n = 1; descriptor >= 0 && n > 0;) {
        const double begin = seconds();
        n = read(descriptor, window->piece, PIECE);
        times.read += seconds() - begin;
        if (n > 0) take_piece(window, (size_t)n, state, &times);
    }
    XXH3_freeState(state);
    if (descriptor >= 0) (void)close(descriptor);
    *least = (struct file_times){ less(times.read, least->read),
                                  less(times.scan, least->scan),
                                  less(times.hash, least->hash),
                                  less(times.fields, least->fields),
                                  times.bytes,
                                  times.n_fields };
    return times.bytes > 0;
}

static bool measure_file(const char *path)
{
    struct file_times least = { 0 };
    struct window window = { NULL, NULL };
    bool well = pd_allocate_array(&window.piece, PIECE, 1, NULL) == PADAN_OK &&
                pd_allocate_array(&window.ends, PIECE, sizeof *window.ends, NULL) == PADAN_OK;
    for (size_t run = 0; run < N_RUNS && well; run++) well = go_through(path, &window, &least);
    pd_free(window.piece);
    pd_free(window.ends);
    tell_both("file read from the page cache", least.bytes / 1e6, "MB", least.read);
    tell_both("scanned for delimiters", least.bytes / 1e6, "MB", least.scan);
    tell_both("XXH3 of it", least.bytes / 1e6, "MB", least.hash);
    tell("load", "a hash a field", least.n_fields / 1e6, "million", least.fields);
    tell("dedupe", "a hash a field", least.n_fields * ASKED_FIELDS / 1e6, "million", least.fields * ASKED_FIELDS);
    return well;
}

/* --- new memory and outputs --- */

static bool measure_touch(const char *job, double bytes)
{
    double least = 0;
    for (size_t run = 0; run < N_RUNS; run++) {
        volatile char *memory = NULL;
        void *given = NULL;
        const double begin = seconds();
        if (pd_allocate_array(&given, (size_t)bytes, 1, NULL) != PADAN_OK) return false;
        memory = given;
        for (size_t i = 0; i < (size_t)bytes; i += PAGE) memory[i] = 1;
        least = less(seconds() - begin, least);
        pd_free(given);
    }
    tell(job, "new memory touched", bytes / 1e6, "MB", least);
    return true;
}

static void hash_outputs(const char *piece, double bytes)
{
    XXH3_state_t *state = XXH3_createState();
    (void)XXH3_128bits_reset(state);
    for (double done = 0; done < bytes; done += PIECE) (void)XXH3_128bits_update(state, piece, PIECE);
    sink += XXH3_128bits_digest(state).low64;
    XXH3_freeState(state);
}

static bool write_once(const char *path, const char *piece, double bytes)
{
    bool well = true;
    const int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    for (double done = 0; done < bytes && well; done += PIECE) well = write(descriptor, piece, PIECE) == PIECE;
    well = well && fsync(descriptor) == 0;
    if (descriptor >= 0) (void)close(descriptor);
    (void)unlink(path);
    return well;
}

static bool measure_outputs(const char *path, double bytes)
{
    double hashed = 0, written = 0;
    char *piece = NULL;
    bool well = pd_allocate(&piece, PIECE, 1, NULL) == PADAN_OK;
    for (size_t run = 0; run < N_RUNS && well; run++) {
        const double begin = seconds();
        hash_outputs(piece, bytes);
        const double was_hashed = seconds();
        well = write_once(path, piece, bytes);
        written = less(seconds() - was_hashed, written);
        hashed = less(was_hashed - begin, hashed);
    }
    pd_free(piece);
    tell("dedupe", "XXH3 of outputs", bytes / 1e6, "MB", hashed);
    tell("dedupe", "outputs written", bytes / 1e6, "MB", written);
    return well;
}

/* --- keys and rows --- */

/* What a rule compares: a column, its first `length` bytes, or its first or last word. */
enum cut { NONE, WHOLE, PREFIX, FIRST, LAST };

struct part {
    const char *column;
    enum cut cut;
    size_t length;
};

/* The rules of bench/e2e/people.json. */
static const struct part rules[N_RULES][PARTS_MAX] = {
    { { "nik", WHOLE, 0 } },
    { { "kk", WHOLE, 0 }, { "birth_date", WHOLE, 0 } },
    { { "full_name", PREFIX, 3 }, { "birth_date", WHOLE, 0 } },
    { { "village", WHOLE, 0 }, { "birth_date", PREFIX, 4 }, { "full_name", FIRST, 0 } },
    { { "full_name", FIRST, 0 }, { "full_name", LAST, 0 }, { "birth_date", PREFIX, 7 } },
};

static struct pd_text cut_of(struct pd_text text, const struct part *part)
{
    size_t begin = 0, end = text.length;
    if (part->cut == PREFIX && part->length < end) end = part->length;
    if (part->cut == FIRST)
        for (end = 0; end < text.length && text.data[end] != ' ';) end++;
    if (part->cut == LAST)
        for (begin = text.length; begin > 0 && text.data[begin - 1] != ' ';) begin--;
    return pd_text_slice(text, begin, end);
}

/* The key of a row; 0 when a value is missing. */
static uint64_t key_of(const struct pd_table *table, const int *columns, const struct part *parts, size_t row)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < PARTS_MAX && parts[i].cut != NONE; i++) {
        char scratch[24];
        const struct pd_text text = pd_column_text(&table->columns[columns[i]], row, scratch);
        if (text.length == 0) return 0;
        hash = pd_hash_combine(hash, pd_hash_text(cut_of(text, &parts[i])));
    }
    return hash;
}

struct keys {
    uint64_t *words, *kept, *scratch; /* [rows]: hash above, row below */
    uint32_t *listed;                 /* [rows] of blocks, in their order */
    uint64_t *rows;                   /* [rows][ROW_WORDS] */
    size_t n;
    unsigned row_bits;
    double sorted, n_sorted, fetched, n_fetched;
};

static bool make_words(struct keys *keys, const struct pd_table *table, const struct part *parts)
{
    int columns[PARTS_MAX];
    keys->n = 0;
    for (size_t i = 0; i < PARTS_MAX && parts[i].cut != NONE; i++) {
        columns[i] = pd_table_find(table, pd_text_of(parts[i].column));
        if (columns[i] < 0) return false;
    }
    for (size_t row = 0; row < table->n_records; row++) {
        const uint64_t hash = key_of(table, columns, parts, row);
        if (hash != 0) keys->kept[keys->n++] = hash >> keys->row_bits << keys->row_bits | row;
    }
    return true;
}

/* Rows whose key another one has too. */
static size_t list_rows(struct keys *keys)
{
    const uint64_t *words = keys->words;
    size_t n = 0;
    for (size_t i = 0; i < keys->n; i++) {
        const uint64_t hash = words[i] >> keys->row_bits;
        const bool before = i > 0 && words[i - 1] >> keys->row_bits == hash;
        const bool after = i + 1 < keys->n && words[i + 1] >> keys->row_bits == hash;
        if (before || after) keys->listed[n++] = (uint32_t)(words[i] & ((UINT64_C(1) << keys->row_bits) - 1));
    }
    return n;
}

static bool measure_rule(struct keys *keys)
{
    double sorted = 0, fetched = 0;
    size_t n = 0;
    for (size_t run = 0; run < N_RUNS; run++) {
        memcpy(keys->words, keys->kept, keys->n * sizeof *keys->words);
        const double begin = seconds();
        if (pd_radix_sort_words(keys->words, keys->scratch, keys->n, 1, NULL) != PADAN_OK) return false;
        sorted = less(seconds() - begin, sorted);
        n = list_rows(keys);
        uint64_t sum = 0;
        const double was_listed = seconds();
        for (size_t i = 0; i < n; i++) sum += keys->rows[keys->listed[i] * (size_t)ROW_WORDS];
        fetched = less(seconds() - was_listed, fetched);
        sink += sum;
    }
    keys->sorted += sorted;
    keys->n_sorted += (double)keys->n;
    keys->fetched += fetched;
    keys->n_fetched += (double)n;
    return true;
}

static bool make_keys(struct keys *keys, size_t n)
{
    bool well = pd_allocate(&keys->words, n, sizeof *keys->words, NULL) == PADAN_OK &&
                pd_allocate(&keys->kept, n, sizeof *keys->kept, NULL) == PADAN_OK &&
                pd_allocate(&keys->scratch, n, sizeof *keys->scratch, NULL) == PADAN_OK &&
                pd_allocate(&keys->listed, n, sizeof *keys->listed, NULL) == PADAN_OK &&
                pd_allocate_array(&keys->rows, n, ROW_WORDS * sizeof *keys->rows, NULL) == PADAN_OK;
    for (size_t i = 0; i < n * ROW_WORDS && well; i++) keys->rows[i] = i;
    while (n >> keys->row_bits != 0) keys->row_bits++;
    return well;
}

/* What follows from a row's name, two words for each distinct one. */
static bool measure_names(const struct pd_table *table)
{
    const int index = pd_table_find(table, PD_TEXT("full_name"));
    const struct pd_column *column = index < 0 ? NULL : &table->columns[index];
    uint64_t *words = NULL;
    double least = 0;
    if (column == NULL || !pd_encoding_is_own_code(column->encoding)) return false;
    const size_t n = 2 * ((size_t)column->dictionary->n_entries + 1);
    if (pd_allocate_array(&words, n, sizeof *words, NULL) != PADAN_OK) return false;
    for (size_t i = 0; i < n; i++) words[i] = i;
    for (size_t run = 0; run < N_RUNS; run++) {
        uint64_t sum = 0;
        const double begin = seconds();
        for (size_t row = 0; row < table->n_records; row++) sum += words[2 * (size_t)pd_column_held_code(column, row)];
        least = less(seconds() - begin, least);
        sink += sum;
    }
    pd_free(words);
    tell("dedupe", "what follows from names fetched", (double)table->n_records / 1e6, "million", least);
    return true;
}

static bool measure_keys(const struct pd_table *table)
{
    struct keys keys = { 0 };
    bool well = make_keys(&keys, table->n_records);
    for (size_t i = 0; i < N_RULES && well; i++) well = make_words(&keys, table, rules[i]) && measure_rule(&keys);
    pd_free(keys.words);
    pd_free(keys.kept);
    pd_free(keys.scratch);
    pd_free(keys.listed);
    pd_free(keys.rows);
    tell("dedupe", "keys sorted", keys.n_sorted / 1e6, "million", keys.sorted);
    tell("dedupe", "rows of blocks fetched", keys.n_fetched / 1e6, "million", keys.fetched);
    return well;
}

/* --- columns --- */

/* A word per text of columns that have many, sorted: to tell them apart. */
static bool measure_texts(size_t n)
{
    double least = 0;
    uint64_t *words = NULL, *scratch = NULL;
    bool well = pd_allocate(&words, n, sizeof *words, NULL) == PADAN_OK &&
                pd_allocate(&scratch, n, sizeof *scratch, NULL) == PADAN_OK;
    for (size_t run = 0; run < N_RUNS && well; run++) {
        for (size_t i = 0; i < n; i++) words[i] = pd_mix64(run * n + i);
        const double begin = seconds();
        well = pd_radix_sort_words(words, scratch, n, 1, NULL) == PADAN_OK;
        least = less(seconds() - begin, least);
    }
    pd_free(words);
    pd_free(scratch);
    tell("load", "texts of long columns sorted", (double)n / 1e6, "million", least);
    return well;
}

static bool measure_columns(const struct pd_table *table)
{
    double bytes = 0;
    size_t n_texts = 0;
    for (size_t i = 0; i < table->n_columns; i++) {
        const struct pd_column *column = &table->columns[i];
        bytes += (double)(table->n_records * pd_encoding_width(column->encoding));
        if (column->dictionary == NULL) continue;
        bytes += (double)column->dictionary->n_bytes + 8.0 * column->dictionary->n_entries;
        if (column->dictionary->n_entries > MANY_TEXTS) n_texts += column->dictionary->n_entries;
    }
    return measure_touch("load", bytes) && measure_texts(n_texts);
}

static bool measure_table(const char *path)
{
    const struct pd_input_source source = { .name = PD_TEXT("people") };
    const struct pd_input_file file = { .path = path };
    const struct pd_ingest_options options = {
        .sources = &source, .n_sources = 1, .files = &file, .n_files = 1, .threads = 1
    };
    struct pd_table table;
    struct pd_ingest_result result;
    struct padan_error error = { PADAN_OK, "" };
    bool well = pd_ingest(&options, &table, &result, &error) == PADAN_OK;
    if (!well) (void)fprintf(stderr, "floor: %s\n", error.message);
    well = well && measure_columns(&table) && measure_names(&table) && measure_keys(&table);
    pd_ingest_result_reset(&result);
    pd_table_reset(&table);
    return well;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        (void)fprintf(stderr, "usage: floor DATA.csv PEAK_BYTES OUTPUT_BYTES FILE\n");
        return 2;
    }
    (void)puts("job,step,amount,unit,processor_s");
    const bool well = measure_file(argv[1]) && measure_touch("dedupe", strtod(argv[2], NULL)) &&
                      measure_outputs(argv[4], strtod(argv[3], NULL)) && measure_table(argv[1]);
    return well ? 0 : 1;
}
