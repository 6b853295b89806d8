/* SPDX-License-Identifier: MIT */
#include "block/met.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "block/thin.h"
#include "table/stored_words.h"

enum {
    CHUNK_RECORDS = 1 << 14,
    BATCH_RECORDS = 1 << 8, /* hashes of all their key columns lie in the cache */
    FEW_TIMES = 4,          /* the others must be this many times those who call ... */
    WORTH_TIMES = 2,        /* ... and all records this many times those who are met */
    CALLS_PER_WORD = 2,     /* of a filter, or up to half of it */
    HASH_BITS = 64,
    BIT_SHIFT = 6 /* bits of a hash that number a bit of a word */
};

/* The keys of one pass that those who call have. */
struct filter {
    uint64_t *words; /* [2^width] */
    size_t columns[PD_PASS_KEYS_MAX];
    size_t n_columns;
};

/* Hashes of some records, of all key columns: a column is read once, however many passes have it. */
struct hashed {
    uint64_t *of;     /* [n_columns * BATCH_RECORDS] */
    uint8_t *missing; /* likewise */
};

struct finding {
    const struct pd_block_run *run;
    struct pd_block_thin thin;
    struct filter *filters; /* [n_filters] of the passes that are not told by another's */
    size_t n_filters, n_passes;
    const struct pd_column **columns; /* [n_columns] of keys */
    size_t n_columns;
    struct hashed *hashed; /* [n_threads] */
    unsigned width;
    uint8_t *is_met; /* [n_records] */
    size_t *places;  /* [n_chunks + 1] how many of a chunk are met, then where they go */
    size_t n_chunks;
    uint32_t *records;
};

/* Doubles have many words for NULL. */
static bool has_double(const struct pd_table *table, const struct pd_pass *pass)
{
    for (size_t i = 0; i < pass->n_keys; i++)
        if (table->columns[pass->keys[i].left].encoding == PD_ENCODING_DOUBLE) return true;
    return false;
}

/* The key columns of the passes tell everything that is asked of them. */
static bool can_be_told(const struct pd_table *table, const struct pd_passes *passes, size_t n_passes)
{
    for (size_t i = 0; i < n_passes; i++)
        if (passes->passes[i].exploded != NULL || !passes->passes[i].symmetric || passes->passes[i].n_keys == 0 ||
            has_double(table, &passes->passes[i]))
            return false;
    return n_passes > 0;
}

static uint64_t two_bits(uint64_t hash)
{
    return UINT64_C(1) << (hash % HASH_BITS) | UINT64_C(1) << (hash >> BIT_SHIFT) % HASH_BITS;
}

static uint64_t *word_of(const struct finding *finding, const struct filter *filter, uint64_t hash)
{
    return &filter->words[hash >> (HASH_BITS - finding->width)];
}

/* Of values as they are stored, which are equal where values are. Every column has hashes of its own, as those of a key
 * are added up. */
static void hash_column(const struct pd_column *column, uint64_t seed, size_t begin, size_t n, uint64_t *hashes,
                        uint8_t *missing)
{
    if (pd_encoding_is_by_code(column->encoding))
        for (size_t i = 0; i < n; i++) hashes[i] = pd_column_code_by_code(column, begin + i);
    else
        (void)pd_column_stored_words(column, begin, n, hashes);
    const uint64_t null = pd_column_stored_null(column);
    for (size_t i = 0; i < n; i++) {
        missing[i] = hashes[i] == null;
        hashes[i] = pd_mix64(hashes[i] ^ seed);
    }
}

static void hash_columns(const struct finding *finding, size_t begin, size_t n, struct hashed *hashed)
{
    for (size_t i = 0; i < finding->n_columns; i++)
        hash_column(finding->columns[i], pd_mix64(i + 1), begin, n, hashed->of + i * BATCH_RECORDS,
                    hashed->missing + i * BATCH_RECORDS);
}

/* Of the keys of a pass. */
static void add_up(const struct filter *filter, const struct hashed *hashed, size_t n, uint64_t *hashes,
                   uint8_t *missing)
{
    memcpy(hashes, hashed->of + filter->columns[0] * BATCH_RECORDS, n * sizeof *hashes);
    memcpy(missing, hashed->missing + filter->columns[0] * BATCH_RECORDS, n);
    for (size_t key = 1; key < filter->n_columns; key++) {
        const uint64_t *more = hashed->of + filter->columns[key] * BATCH_RECORDS;
        const uint8_t *also = hashed->missing + filter->columns[key] * BATCH_RECORDS;
        for (size_t i = 0; i < n; i++) hashes[i] += more[i];
        for (size_t i = 0; i < n; i++) missing[i] |= also[i];
    }
}

static size_t end_of_chunk(const struct finding *finding, size_t chunk)
{
    const size_t n = finding->run->table->n_records, begin = chunk * CHUNK_RECORDS;
    return n - begin < CHUNK_RECORDS ? n : begin + CHUNK_RECORDS;
}

/* Notes the keys of records [begin, begin + n), all of which call. */
static void note_keys(struct finding *finding, size_t begin, size_t n, struct hashed *hashed)
{
    uint64_t hashes[BATCH_RECORDS];
    uint8_t missing[BATCH_RECORDS];
    memset(finding->is_met + begin, 1, n);
    hash_columns(finding, begin, n, hashed);
    for (size_t f = 0; f < finding->n_filters; f++) {
        const struct filter *filter = &finding->filters[f];
        add_up(filter, hashed, n, hashes, missing);
        for (size_t i = 0; i < n; i++)
            if (missing[i] == 0)
                (void)__atomic_fetch_or(word_of(finding, filter, hashes[i]), two_bits(hashes[i]), __ATOMIC_RELAXED);
    }
}

static enum padan_status note_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct finding *finding = context;
    const size_t end = end_of_chunk(finding, chunk);
    (void)error;
    for (size_t begin = chunk * CHUNK_RECORDS, n = 1; begin < end; begin += n) {
        const bool calls = pd_thin_calls(&finding->thin, begin);
        for (n = 1; n < BATCH_RECORDS && begin + n < end && pd_thin_calls(&finding->thin, begin + n) == calls;) n++;
        if (calls) note_keys(finding, begin, n, &finding->hashed[worker]);
    }
    return PADAN_OK;
}

static void look_up(const struct finding *finding, size_t begin, size_t n, struct hashed *hashed)
{
    uint64_t hashes[BATCH_RECORDS];
    uint8_t missing[BATCH_RECORDS];
    hash_columns(finding, begin, n, hashed);
    for (size_t f = 0; f < finding->n_filters; f++) {
        const struct filter *filter = &finding->filters[f];
        add_up(filter, hashed, n, hashes, missing);
        for (size_t i = 0; i < n; i++) {
            const uint64_t bits = two_bits(hashes[i]);
            const bool is_noted = (*word_of(finding, filter, hashes[i]) & bits) == bits;
            finding->is_met[begin + i] |= (missing[i] == 0) & is_noted;
        }
    }
}

/* Records of a source that is compared with none are in nobody's way. */
static bool is_silent(const struct finding *finding, size_t record)
{
    return finding->thin.by_record && finding->thin.silent[finding->run->table->source_of[record]] != 0;
}

static enum padan_status look_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct finding *finding = context;
    const size_t end = end_of_chunk(finding, chunk);
    size_t n_met = 0;
    (void)error;
    for (size_t begin = chunk * CHUNK_RECORDS; begin < end; begin += BATCH_RECORDS) {
        const size_t n = end - begin < BATCH_RECORDS ? end - begin : BATCH_RECORDS;
        if (memchr(finding->is_met + begin, 0, n) != NULL) look_up(finding, begin, n, &finding->hashed[worker]);
        for (size_t i = begin; i < begin + n; i++) {
            if (is_silent(finding, i)) finding->is_met[i] = 0;
            n_met += finding->is_met[i];
        }
    }
    finding->places[chunk] = n_met;
    return PADAN_OK;
}

static enum padan_status list_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct finding *finding = context;
    size_t place = finding->places[chunk];
    (void)worker;
    (void)error;
    for (size_t i = chunk * CHUNK_RECORDS; i < end_of_chunk(finding, chunk); i++)
        if (finding->is_met[i] != 0) finding->records[place++] = (uint32_t)i;
    return PADAN_OK;
}

/* The place of a column among those of keys; it is added when it is new. */
static size_t place_of(struct finding *finding, const struct pd_column *column)
{
    size_t place = 0;
    while (place < finding->n_columns && finding->columns[place] != column) place++;
    if (place == finding->n_columns) finding->columns[finding->n_columns++] = column;
    return place;
}

/* Whoever is met in a pass is met in one that asks for less. */
static bool is_told_by_another(const struct finding *finding, size_t pass)
{
    const struct pd_pass *passes = finding->run->passes->passes;
    for (size_t i = 0; i < finding->n_passes; i++)
        if (i != pass && pd_pass_tells(&passes[pass], &passes[i]) &&
            (i < pass || !pd_pass_tells(&passes[i], &passes[pass])))
            return true;
    return false;
}

static enum padan_status make_filter(struct finding *finding, const struct pd_pass *pass, struct padan_error *error)
{
    struct filter *filter = &finding->filters[finding->n_filters++];
    filter->n_columns = pass->n_keys;
    for (size_t i = 0; i < pass->n_keys; i++)
        filter->columns[i] = place_of(finding, &finding->run->table->columns[pass->keys[i].left]);
    return pd_allocate(&filter->words, (size_t)1 << finding->width, sizeof *filter->words, error);
}

static enum padan_status make_filters(struct finding *finding, struct padan_error *error)
{
    while (finding->thin.n_calling / CALLS_PER_WORD >> finding->width != 0) finding->width++;
    if (finding->width == 0) finding->width = 1;
    PD_TRY(pd_allocate(&finding->filters, finding->n_passes, sizeof *finding->filters, error));
    PD_TRY(pd_allocate(&finding->columns, finding->n_passes * PD_PASS_KEYS_MAX, sizeof *finding->columns, error));
    for (size_t i = 0; i < finding->n_passes; i++)
        if (!is_told_by_another(finding, i)) PD_TRY(make_filter(finding, &finding->run->passes->passes[i], error));
    return PADAN_OK;
}

static enum padan_status make_scratch(struct finding *finding, struct padan_error *error)
{
    const size_t n_threads = (size_t)pd_thread_count(finding->run->threads);
    PD_TRY(pd_allocate(&finding->hashed, n_threads, sizeof *finding->hashed, error));
    for (size_t i = 0; i < n_threads; i++) {
        struct hashed *hashed = &finding->hashed[i];
        PD_TRY(pd_allocate_array(&hashed->of, finding->n_columns * BATCH_RECORDS, sizeof *hashed->of, error));
        PD_TRY(pd_allocate_array(&hashed->missing, finding->n_columns, BATCH_RECORDS, error));
    }
    return PADAN_OK;
}

/* Lists who is met, unless there are too many. */
static enum padan_status list_met(struct finding *finding, struct pd_met *met, struct padan_error *error)
{
    size_t n_met = 0;
    for (size_t i = 0; i < finding->n_chunks; i++) {
        const size_t n = finding->places[i];
        finding->places[i] = n_met;
        n_met += n;
    }
    if (n_met > finding->run->table->n_records / WORTH_TIMES) return PADAN_OK;
    PD_TRY(pd_allocate_array(&finding->records, n_met + 1, sizeof *finding->records, error));
    *met = (struct pd_met){ finding->records, n_met };
    return pd_parallel_for(finding->n_chunks, finding->run->threads, list_chunk, finding, error);
}

static enum padan_status find(struct finding *finding, struct pd_met *met, struct padan_error *error)
{
    const size_t n_records = finding->run->table->n_records;
    PD_TRY(pd_thin_init(finding->run, HASH_BITS, &finding->thin, error));
    if (!finding->thin.active || (n_records - finding->thin.n_calling) / FEW_TIMES < finding->thin.n_calling)
        return PADAN_OK;
    PD_TRY(make_filters(finding, error));
    PD_TRY(make_scratch(finding, error));
    finding->n_chunks = (n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    PD_TRY(pd_allocate(&finding->is_met, n_records, 1, error));
    PD_TRY(pd_allocate(&finding->places, finding->n_chunks, sizeof *finding->places, error));
    PD_TRY(pd_parallel_for(finding->n_chunks, finding->run->threads, note_chunk, finding, error));
    PD_TRY(pd_parallel_for(finding->n_chunks, finding->run->threads, look_chunk, finding, error));
    return list_met(finding, met, error);
}

static void reset(struct finding *finding)
{
    for (size_t i = 0; i < finding->n_filters; i++) pd_free(finding->filters[i].words);
    for (size_t i = 0; finding->hashed != NULL && i < (size_t)pd_thread_count(finding->run->threads); i++) {
        pd_free(finding->hashed[i].of);
        pd_free(finding->hashed[i].missing);
    }
    pd_free(finding->filters);
    pd_free(finding->columns);
    pd_free(finding->hashed);
    pd_free(finding->is_met);
    pd_free(finding->places);
    pd_thin_reset(&finding->thin);
}

enum padan_status pd_block_find_met(const struct pd_table *table, const struct pd_passes *passes,
                                    const struct pd_scope *scope, int threads, struct pd_met *met,
                                    struct padan_error *error)
{
    const struct pd_block_run run = { .table = table, .passes = passes, .scope = scope, .threads = threads };
    struct finding finding = { .run = &run, .n_passes = pd_passes_of_scope(passes, scope) };
    *met = (struct pd_met){ 0 };
    if (!can_be_told(table, passes, finding.n_passes)) return PADAN_OK;
    const enum padan_status status = find(&finding, met, error);
    reset(&finding);
    if (status != PADAN_OK) pd_met_reset(met);
    return status;
}

void pd_met_reset(struct pd_met *met)
{
    pd_free(met->records);
    *met = (struct pd_met){ 0 };
}
