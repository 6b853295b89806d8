/* SPDX-License-Identifier: MIT */
#include "block/met.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "block/keys.h"
#include "block/thin.h"

enum {
    CHUNK_RECORDS = 1 << 14,
    BATCH_RECORDS = 1 << 10,
    FEW_TIMES = 4,      /* the others must be this many times those who call ... */
    WORTH_TIMES = 2,    /* ... and all records this many times those who are met */
    CALLS_PER_WORD = 2, /* of a filter, or up to half of it */
    HASH_BITS = 64,
    BIT_SHIFT = 6 /* bits of a hash that number a bit of a word */
};

/* The keys of one pass that those who call have. */
struct filter {
    uint64_t *words; /* [2^width] */
};

struct finding {
    const struct pd_block_run *run;
    struct pd_block_thin thin;
    struct filter *filters; /* [n_passes] */
    size_t n_passes;
    unsigned width;
    uint8_t *is_met; /* [n_records] */
    size_t *places;  /* [n_chunks + 1] how many of a chunk are met, then where they go */
    size_t n_chunks;
    uint32_t *records;
};

/* The key columns of the passes tell everything that is asked of them. */
static bool can_be_told(const struct pd_passes *passes, size_t n_passes)
{
    for (size_t i = 0; i < n_passes; i++)
        if (passes->passes[i].exploded != NULL || !passes->passes[i].symmetric || passes->passes[i].n_keys == 0)
            return false;
    return n_passes > 0;
}

static uint64_t two_bits(uint64_t hash)
{
    return UINT64_C(1) << (hash % HASH_BITS) | UINT64_C(1) << (hash >> BIT_SHIFT) % HASH_BITS;
}

static uint64_t *word_of(const struct finding *finding, size_t pass, uint64_t hash)
{
    return &finding->filters[pass].words[hash >> (HASH_BITS - finding->width)];
}

static size_t end_of_chunk(const struct finding *finding, size_t chunk)
{
    const size_t n = finding->run->table->n_records, begin = chunk * CHUNK_RECORDS;
    return n - begin < CHUNK_RECORDS ? n : begin + CHUNK_RECORDS;
}

/* Notes the keys of records [begin, begin + n), all of which call. */
static void note_keys(struct finding *finding, size_t begin, size_t n)
{
    uint64_t hashes[BATCH_RECORDS];
    bool missing[BATCH_RECORDS];
    memset(finding->is_met + begin, 1, n);
    for (size_t pass = 0; pass < finding->n_passes; pass++) {
        pd_key_hashes(finding->run->table, &finding->run->passes->passes[pass], false, begin, n, hashes, missing);
        for (size_t i = 0; i < n; i++)
            if (!missing[i])
                (void)__atomic_fetch_or(word_of(finding, pass, hashes[i]), two_bits(hashes[i]), __ATOMIC_RELAXED);
    }
}

static enum padan_status note_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct finding *finding = context;
    const size_t end = end_of_chunk(finding, chunk);
    (void)worker;
    (void)error;
    for (size_t begin = chunk * CHUNK_RECORDS, n = 1; begin < end; begin += n) {
        const bool calls = pd_thin_calls(&finding->thin, begin);
        for (n = 1; n < BATCH_RECORDS && begin + n < end && pd_thin_calls(&finding->thin, begin + n) == calls;) n++;
        if (calls) note_keys(finding, begin, n);
    }
    return PADAN_OK;
}

static void look_up(const struct finding *finding, size_t begin, size_t n)
{
    uint64_t hashes[BATCH_RECORDS];
    bool missing[BATCH_RECORDS];
    for (size_t pass = 0; pass < finding->n_passes; pass++) {
        pd_key_hashes(finding->run->table, &finding->run->passes->passes[pass], false, begin, n, hashes, missing);
        for (size_t i = 0; i < n; i++) {
            const uint64_t bits = two_bits(hashes[i]);
            finding->is_met[begin + i] |= !missing[i] & ((*word_of(finding, pass, hashes[i]) & bits) == bits);
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
    (void)worker;
    (void)error;
    for (size_t begin = chunk * CHUNK_RECORDS; begin < end; begin += BATCH_RECORDS) {
        const size_t n = end - begin < BATCH_RECORDS ? end - begin : BATCH_RECORDS;
        if (memchr(finding->is_met + begin, 0, n) != NULL) look_up(finding, begin, n);
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

static enum padan_status make_filters(struct finding *finding, struct padan_error *error)
{
    while (finding->thin.n_calling / CALLS_PER_WORD >> finding->width != 0) finding->width++;
    if (finding->width == 0) finding->width = 1;
    PD_TRY(pd_allocate(&finding->filters, finding->n_passes, sizeof *finding->filters, error));
    for (size_t i = 0; i < finding->n_passes; i++)
        PD_TRY(pd_allocate(&finding->filters[i].words, (size_t)1 << finding->width, sizeof(uint64_t), error));
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
    finding->n_chunks = (n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    PD_TRY(pd_allocate(&finding->is_met, n_records, 1, error));
    PD_TRY(pd_allocate(&finding->places, finding->n_chunks, sizeof *finding->places, error));
    PD_TRY(pd_parallel_for(finding->n_chunks, finding->run->threads, note_chunk, finding, error));
    PD_TRY(pd_parallel_for(finding->n_chunks, finding->run->threads, look_chunk, finding, error));
    return list_met(finding, met, error);
}

enum padan_status pd_block_find_met(const struct pd_table *table, const struct pd_passes *passes,
                                    const struct pd_scope *scope, int threads, struct pd_met *met,
                                    struct padan_error *error)
{
    const struct pd_block_run run = { .table = table, .passes = passes, .scope = scope, .threads = threads };
    struct finding finding = { .run = &run, .n_passes = pd_passes_of_scope(passes, scope) };
    *met = (struct pd_met){ 0 };
    if (!can_be_told(passes, finding.n_passes)) return PADAN_OK;
    const enum padan_status status = find(&finding, met, error);
    for (size_t i = 0; finding.filters != NULL && i < finding.n_passes; i++) pd_free(finding.filters[i].words);
    pd_free(finding.filters);
    pd_free(finding.is_met);
    pd_free(finding.places);
    pd_thin_reset(&finding.thin);
    if (status != PADAN_OK) pd_met_reset(met);
    return status;
}

void pd_met_reset(struct pd_met *met)
{
    pd_free(met->records);
    *met = (struct pd_met){ 0 };
}
