/* SPDX-License-Identifier: MIT
 * Thinning the keys of a pass in a run that wants pairs with an unlinked record only: most records are linked, and most
 * of those share no key with an unlinked one. Their keys are dropped before the sort. Records of sources that are
 * compared with none are dropped as well.
 *
 * A table of bits over hashes is filled from the unlinked records; a linked one stays when its bit is set. A bit set by
 * another key only keeps a record too many. So every block with a pair in scope keeps all members that can be in one.
 */
#include "block/thin.h"

#include "base/memory.h"
#include "base/parallel.h"

enum { BITS_PER_RECORD_SHIFT = 4, SMALLEST_SHIFT = 10, HASH_BITS = 64 };

struct thin {
    struct pd_block_items *items;
    uint64_t *bits;
    unsigned shift; /* of a hash, to its bit */
};

static bool compared_at_all(const struct pd_scope *scope, size_t source)
{
    for (size_t other = 0; other < scope->n_sources; other++)
        if (scope->matrix[source * scope->n_sources + other] != PD_SCOPE_NEVER) return true;
    return false;
}

bool pd_block_wants_unlinked(const struct pd_scope *scope)
{
    if (scope->linked == NULL) return false;
    for (size_t i = 0; i < scope->n_sources * scope->n_sources; i++)
        if (scope->matrix[i] == PD_SCOPE_ALWAYS) return false;
    return true;
}

/* Drops keys of sources that are compared with none, and notes those of unlinked records. */
static enum padan_status note_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct thin *thin = context;
    const struct pd_block_items *items = thin->items;
    const struct pd_block_run *run = items->run;
    uint64_t *words = items->words + items->begins[chunk];
    size_t n_kept = 0;
    (void)worker, (void)error;
    for (size_t i = 0; i < items->counts[chunk]; i++) {
        const uint64_t word = words[i];
        const uint32_t record = pd_item_record(items, word);
        if (!compared_at_all(run->scope, pd_table_source(run->table, record))) continue;
        words[n_kept++] = word;
        if (run->scope->linked[record]) continue;
        const uint64_t bit = pd_item_hash(items, word) >> thin->shift;
        (void)__atomic_fetch_or(&thin->bits[bit / HASH_BITS], UINT64_C(1) << (bit % HASH_BITS), __ATOMIC_RELAXED);
    }
    items->counts[chunk] = n_kept;
    return PADAN_OK;
}

/* Keeps keys of which an unlinked record may have the like. */
static enum padan_status keep_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct thin *thin = context;
    const struct pd_block_items *items = thin->items;
    uint64_t *words = items->words + items->begins[chunk];
    size_t n_kept = 0;
    (void)worker, (void)error;
    for (size_t i = 0; i < items->counts[chunk]; i++) {
        const uint64_t bit = pd_item_hash(items, words[i]) >> thin->shift;
        if ((thin->bits[bit / HASH_BITS] >> (bit % HASH_BITS) & 1) != 0) words[n_kept++] = words[i];
    }
    items->counts[chunk] = n_kept;
    return PADAN_OK;
}

enum padan_status pd_block_thin(struct pd_block_items *items, struct padan_error *error)
{
    const struct pd_block_run *run = items->run;
    size_t n_unlinked = 0;
    for (size_t i = 0; i < run->table->n_records; i++) n_unlinked += run->scope->linked[i] == 0;
    unsigned width = SMALLEST_SHIFT;
    while (n_unlinked >> (width - BITS_PER_RECORD_SHIFT) != 0 && width < HASH_BITS - items->id_bits) width++;
    struct thin thin = { .items = items, .shift = HASH_BITS - width };
    PD_TRY(pd_allocate(&thin.bits, ((size_t)1 << width) / HASH_BITS, sizeof *thin.bits, error));
    enum padan_status status = pd_parallel_for(items->n_chunks, run->threads, note_chunk, &thin, error);
    if (status == PADAN_OK) status = pd_parallel_for(items->n_chunks, run->threads, keep_chunk, &thin, error);
    pd_free(thin.bits);
    return status;
}
