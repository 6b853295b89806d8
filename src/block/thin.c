/* SPDX-License-Identifier: MIT */
#include "block/thin.h"

#include "base/memory.h"

enum { BITS_PER_RECORD_SHIFT = 4, SMALLEST_WIDTH = 10, HASH_BITS = 64 };
/* Records that do not call must be this many times those that do: below it what is saved costs as much. */
enum { WORTH_TIMES = 2 };

/* --- who calls --- */

static uint8_t kind_of(const struct pd_scope *scope, size_t a, size_t b)
{
    return scope->matrix[a * scope->n_sources + b];
}

static bool compared_at_all(const struct pd_scope *scope, size_t source)
{
    for (size_t other = 0; other < scope->n_sources; other++)
        if (kind_of(scope, source, other) != PD_SCOPE_NEVER) return true;
    return false;
}

static bool wants_unlinked(const struct pd_scope *scope)
{
    if (scope->linked == NULL) return false;
    for (size_t i = 0; i < scope->n_sources * scope->n_sources; i++)
        if (scope->matrix[i] == PD_SCOPE_ALWAYS) return false;
    return true;
}

/* Every source that this one is compared with calls, and it is not compared with itself. */
static bool can_be_spared(const struct pd_block_thin *thin, size_t source)
{
    const struct pd_scope *scope = thin->run->scope;
    for (size_t other = 0; other < scope->n_sources; other++)
        if (kind_of(scope, source, other) != PD_SCOPE_NEVER && (other == source || !thin->calls[other])) return false;
    return true;
}

static size_t size_of(const struct pd_block_thin *thin, size_t source)
{
    return thin->run->table->sources[source].end - thin->run->table->sources[source].begin;
}

/* Spares sources, the biggest first; returns how many records call. */
static size_t choose_sources(struct pd_block_thin *thin)
{
    const size_t n = thin->run->scope->n_sources;
    size_t n_calling = thin->run->table->n_records;
    for (size_t i = 0; i < n; i++) thin->calls[i] = 1;
    for (;;) {
        size_t biggest = n;
        for (size_t i = 0; i < n; i++)
            if (thin->calls[i] && can_be_spared(thin, i) && (biggest == n || size_of(thin, i) > size_of(thin, biggest)))
                biggest = i;
        if (biggest == n) return n_calling;
        thin->calls[biggest] = 0;
        n_calling -= size_of(thin, biggest);
    }
}

static size_t choose_records(struct pd_block_thin *thin)
{
    const struct pd_scope *scope = thin->run->scope;
    size_t n_calling = 0;
    for (size_t i = 0; i < scope->n_sources; i++) thin->silent[i] = !compared_at_all(scope, i);
    for (size_t i = 0; i < thin->run->table->n_records; i++) n_calling += scope->linked[i] == 0;
    return n_calling;
}

enum padan_status pd_thin_init(const struct pd_block_run *run, unsigned hash_bits, struct pd_block_thin *thin,
                               struct padan_error *error)
{
    const size_t n_sources = run->scope->n_sources, n_records = run->table->n_records;
    *thin = (struct pd_block_thin){ .run = run, .by_record = wants_unlinked(run->scope), .width = SMALLEST_WIDTH };
    PD_TRY(pd_allocate(&thin->calls, n_sources + 1, 1, error));
    PD_TRY(pd_allocate(&thin->silent, n_sources + 1, 1, error));
    const size_t n_calling = thin->by_record ? choose_records(thin) : choose_sources(thin);
    thin->n_calling = n_calling;
    thin->active = run->portable == NULL && (thin->by_record || (n_records - n_calling) / WORTH_TIMES >= n_calling);
    if (!thin->active) return PADAN_OK;
    while (n_calling >> (thin->width - BITS_PER_RECORD_SHIFT) != 0 && thin->width < hash_bits) thin->width++;
    return pd_allocate(&thin->bits, ((size_t)1 << thin->width) / HASH_BITS, sizeof *thin->bits, error);
}

void pd_thin_reset(struct pd_block_thin *thin)
{
    pd_free(thin->calls);
    pd_free(thin->silent);
    pd_free(thin->bits);
    *thin = (struct pd_block_thin){ .active = false };
}

/* --- keys --- */

bool pd_thin_calls(const struct pd_block_thin *thin, size_t record)
{
    const size_t source = pd_table_source(thin->run->table, (uint32_t)record);
    return thin->by_record ? !thin->run->scope->linked[record] && !thin->silent[source] : thin->calls[source] != 0;
}

void pd_thin_begin(struct pd_block_thin *thin)
{
    memset(thin->bits, 0, ((size_t)1 << thin->width) / HASH_BITS * sizeof *thin->bits);
}

void pd_thin_note(struct pd_block_thin *thin, size_t n, const uint64_t *hashes, const bool *missing)
{
    for (size_t i = 0; i < n; i++) {
        if (missing[i]) continue;
        const uint64_t bit = hashes[i] >> (HASH_BITS - thin->width);
        (void)__atomic_fetch_or(&thin->bits[bit / HASH_BITS], UINT64_C(1) << (bit % HASH_BITS), __ATOMIC_RELAXED);
    }
}

void pd_thin_drop(const struct pd_block_thin *thin, size_t begin, size_t n, const uint64_t *hashes, bool *missing)
{
    const uint16_t *source_of = thin->run->table->source_of + begin;
    for (size_t i = 0; i < n; i++) {
        const uint64_t bit = hashes[i] >> (HASH_BITS - thin->width);
        const bool called = (thin->bits[bit / HASH_BITS] >> (bit % HASH_BITS) & 1) != 0;
        missing[i] = missing[i] || !called || thin->silent[source_of[i]];
    }
}
