/* SPDX-License-Identifier: MIT
 * Families of equal register numbers, joined by union-find. Method: nearly every number of a register is that of one
 * family. A sketch of numbers of families tells which may be met twice; only the rows of those are sorted. */
#include "base/chosen_keys.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/roots.h"
#include "base/sketch.h"
#include "reconcile/likely.h"

enum { CHUNK_RECORDS = 1 << 16, ROWS_AHEAD = 16 };
enum { FAMILY_PEOPLE_MAX = 20 }; /* a number of more people is no family (CONTRACT 3) */

struct families {
    const struct pd_linkage *linkage;
    const struct pd_source *people; /* of the register */
    const uint64_t *numbers;
    struct pd_sketch seen, again; /* numbers of families, by pd_mix64 */
    uint32_t *parent;
};

static size_t end_of_chunk(const struct families *families, size_t chunk)
{
    const size_t n = families->linkage->table->n_records, begin = chunk * CHUNK_RECORDS;
    return n - begin < CHUNK_RECORDS ? n : begin + CHUNK_RECORDS;
}

static size_t count_chunks(const struct families *families)
{
    return (families->linkage->table->n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
}

/* Whether a row tells a number of its family: the representative its own, people of the register theirs where it is
 * another. So a number of the register in two families is told twice. */
static bool tells_number(const struct families *families, size_t row)
{
    const uint32_t family = families->linkage->household[row];
    if (families->numbers[row] == 0) return false;
    if (family == row) return true;
    return row >= families->people->begin && row < families->people->end &&
           families->numbers[family] != families->numbers[row];
}

/* pd_parallel_body: which numbers are told again; every family its own likely one. */
static enum padan_status note_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct families *families = context;
    const size_t end = end_of_chunk(families, chunk);
    (void)worker, (void)error;
    for (size_t row = chunk * CHUNK_RECORDS; row < end; row++) {
        const uint64_t hash = pd_mix64(families->numbers[row]);
        families->parent[row] = (uint32_t)row;
        if (end - row > ROWS_AHEAD) {
            pd_prefetch(&families->numbers[families->linkage->household[row + ROWS_AHEAD]]);
            pd_sketch_prefetch(&families->seen, pd_mix64(families->numbers[row + ROWS_AHEAD]));
        }
        if (tells_number(families, row) && pd_sketch_add(&families->seen, hash))
            (void)pd_sketch_add(&families->again, hash);
    }
    return PADAN_OK;
}

static bool takes_row(const void *context, size_t row, uint64_t *hash)
{
    const struct families *families = context;
    *hash = pd_mix64(families->numbers[row]);
    return families->numbers[row] != 0 && pd_sketch_has(&families->again, *hash);
}

static void reach_row(const void *context, size_t row)
{
    const struct families *families = context;
    pd_sketch_prefetch(&families->again, pd_mix64(families->numbers[row]));
}

/* Joins the families of the rows keys[0 .. n), which have one number in the register. The smallest is the root. */
static void join_families(const struct families *families, const struct pd_key *keys, size_t n)
{
    const uint32_t *household = families->linkage->household;
    for (size_t i = 1; i < n && n <= FAMILY_PEOPLE_MAX; i++)
        pd_roots_join(families->parent, household[keys[0].record], household[keys[i].record]);
}

/* pd_parallel_body: every family's root in place of its parent, which others may read meanwhile. */
static enum padan_status root_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct families *families = context;
    uint32_t *parent = families->parent;
    (void)worker, (void)error;
    for (size_t i = chunk * CHUNK_RECORDS; i < end_of_chunk(families, chunk); i++) {
        uint32_t root = (uint32_t)i;
        for (uint32_t next; (next = __atomic_load_n(&parent[root], __ATOMIC_RELAXED)) != root;) root = next;
        if (root != i) __atomic_store_n(&parent[i], root, __ATOMIC_RELAXED);
    }
    return PADAN_OK;
}

static enum padan_status find_families(struct families *families, int threads, struct padan_error *error)
{
    const struct pd_choice choice = { takes_row, reach_row, families };
    const size_t n_records = families->linkage->table->n_records;
    struct pd_key *keys = NULL;
    size_t n = 0;
    PD_TRY(pd_sketch_make(&families->seen, n_records / 2, error)); /* of all rows, few are representatives */
    PD_TRY(pd_sketch_make(&families->again, n_records / 2, error));
    PD_TRY(pd_parallel_for(count_chunks(families), threads, note_chunk, families, error));
    pd_sketch_reset(&families->seen);
    enum padan_status status =
        pd_chosen_keys(&choice, families->people->begin, families->people->end, threads, &keys, &n, error);
    for (size_t begin = 0, end; status == PADAN_OK && begin < n; begin = end) {
        end = pd_key_run_end(keys, n, begin);
        join_families(families, keys + begin, end - begin);
    }
    pd_free(keys);
    if (status != PADAN_OK) return status;
    return pd_parallel_for(count_chunks(families), threads, root_chunk, families, error);
}

enum padan_status pd_likely_families(const struct pd_linkage *linkage, int threads, uint32_t *likely_family,
                                     struct padan_error *error)
{
    const struct pd_table *table = linkage->table;
    struct families families = { .linkage = linkage, .parent = likely_family };
    if (linkage->register_source < 0 || linkage->columns.no_kk < 0) {
        for (size_t i = 0; i < table->n_records; i++) likely_family[i] = (uint32_t)i;
        return PADAN_OK;
    }
    families.people = &table->sources[linkage->register_source];
    families.numbers = table->columns[linkage->columns.no_kk].words;
    const enum padan_status status = find_families(&families, threads, error);
    pd_sketch_reset(&families.seen);
    pd_sketch_reset(&families.again);
    return status;
}
