/* SPDX-License-Identifier: MIT
 * Round 2: who a row's family members are speaks for who the row is. See links.h. Method: passes over edges and rows,
 * chunks of them side by side; of all families only those of rows in doubt are looked at. */
#include "base/chosen_keys.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "base/sketch.h"
#include "reconcile/links.h"
#include "reconcile/same_name.h"

enum { CHUNK_EDGES = 1 << 15, CHUNK_ROWS = 1 << 16, EDGES_AHEAD = 16 };

struct evidence {
    const struct pd_table *table;
    const struct pd_person_columns *columns;
    const struct pd_source *people; /* of the register */
    struct pd_edges *edges;
    double bits;            /* that all co-members give */
    const uint64_t *family; /* no_kk words */
    uint32_t *person;       /* [n_records] register row of the automatic link, PD_NO_RECORD */
    size_t n_doubtful;      /* edges to be reviewed */
    struct pd_sketch asked; /* families of rows in doubt */
    struct pd_key *keys;    /* rows of families that are asked for, by (source, family number) */
    size_t n_keys;
    uint8_t *gained; /* [n_records] rows whose edges did */
    size_t n_gained;
};

static uint64_t key_of(const struct pd_table *table, const uint64_t *family, uint32_t row)
{
    return pd_hash_combine(pd_table_source(table, row) + 1, family[row]);
}

/* Another row of the same person, such as the payment of another month, is no co-member: born on the same day, and of
 * the same name or linked to the very candidate. It would be found, or not, for the same reasons as the row itself. */
static bool is_repeat(const struct evidence *evidence, uint32_t row, uint32_t other, uint32_t person)
{
    const struct pd_column *columns = evidence->table->columns;
    const int birth = evidence->columns->tgl_lahir, name = evidence->columns->nama;
    return birth >= 0 && pd_column_word(&columns[birth], row) == pd_column_word(&columns[birth], other) &&
           (evidence->person[other] == person || (name >= 0 && pd_same_name(&columns[name], row, other)));
}

/* Share of co-members whose person lives in the same register family as `person`. */
static double share(const struct evidence *evidence, uint32_t row, uint32_t person)
{
    const uint64_t hash = key_of(evidence->table, evidence->family, row);
    size_t n = 0;
    size_t n_same = 0;
    for (size_t i = pd_first_key(evidence->keys, evidence->n_keys, hash);
         i < evidence->n_keys && evidence->keys[i].hash == hash; i++) {
        const uint32_t other = evidence->keys[i].record;
        if (other == row || evidence->family[other] != evidence->family[row]) continue;
        const uint32_t their_person = evidence->person[other];
        if (is_repeat(evidence, row, other, person)) continue;
        n++;
        n_same += their_person != PD_NO_RECORD && their_person != person && evidence->family[person] != 0 &&
                  evidence->family[their_person] == evidence->family[person];
    }
    return n == 0 ? 0 : (double)n_same / (double)n;
}

static bool is_person(const struct evidence *evidence, uint32_t record)
{
    return record - evidence->people->begin < evidence->people->end - evidence->people->begin;
}

static size_t end_of_edges(const struct evidence *evidence, size_t chunk)
{
    const size_t n = evidence->edges->n_edges;
    return n - chunk * CHUNK_EDGES < CHUNK_EDGES ? n : (chunk + 1) * CHUNK_EDGES;
}

static enum padan_status begin_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct evidence *evidence = context;
    const size_t n = evidence->table->n_records, begin = chunk * CHUNK_ROWS;
    const size_t end = n - begin < CHUNK_ROWS ? n : begin + CHUNK_ROWS;
    (void)worker, (void)error;
    memset(evidence->person + begin, 0xff, (end - begin) * sizeof *evidence->person); /* PD_NO_RECORD */
    memset(evidence->gained + begin, 0, end - begin);
    return PADAN_OK;
}

/* Of several people of one row the last of the register counts, to which edges in their order come last. */
static void link(const struct evidence *evidence, uint32_t row, uint32_t person)
{
    uint32_t *of_row = &evidence->person[row];
    uint32_t before = __atomic_load_n(of_row, __ATOMIC_RELAXED);
    while ((before == PD_NO_RECORD || before < person) &&
           !__atomic_compare_exchange_n(of_row, &before, person, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {}
}

/* Links rows to their people, and counts the edges to be reviewed. */
static enum padan_status link_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct evidence *evidence = context;
    const struct pd_edge *edges = evidence->edges->edges;
    const size_t end = end_of_edges(evidence, chunk);
    size_t n_doubtful = 0;
    (void)worker, (void)error;
    for (size_t i = chunk * CHUNK_EDGES; i < end; i++) {
        const struct pd_edge *edge = &edges[i];
        if (end - i > EDGES_AHEAD) pd_prefetch_to_write(&evidence->person[edge[EDGES_AHEAD].right]);
        n_doubtful += edge->class == PD_CLASS_REVIEW;
        if (edge->class != PD_CLASS_AUTOMATIC) continue;
        if (is_person(evidence, edge->left)) link(evidence, edge->right, edge->left);
        if (is_person(evidence, edge->right)) link(evidence, edge->left, edge->right);
    }
    (void)__atomic_fetch_add(&evidence->n_doubtful, n_doubtful, __ATOMIC_RELAXED);
    return PADAN_OK;
}

/* The row of a pair with somebody of the register, who is `person`; PD_NO_RECORD for other pairs. */
static uint32_t row_with_person(const struct evidence *evidence, const struct pd_edge *edge, uint32_t *person)
{
    const bool left = is_person(evidence, edge->left);
    const bool right = is_person(evidence, edge->right);
    const uint32_t row = left ? edge->right : edge->left;
    *person = left ? edge->left : edge->right;
    return left == right ? PD_NO_RECORD : row;
}

/* Likewise of a pair to be reviewed whose row has a family to ask. */
static uint32_t doubtful_row(const struct evidence *evidence, const struct pd_edge *edge, uint32_t *person)
{
    if (edge->class != PD_CLASS_REVIEW) return PD_NO_RECORD;
    const uint32_t row = row_with_person(evidence, edge, person);
    return row == PD_NO_RECORD || evidence->family[row] == 0 ? PD_NO_RECORD : row;
}

/* Likewise of an automatic pair whose row gained, and so has a family. */
static uint32_t gained_row(const struct evidence *evidence, const struct pd_edge *edge, uint32_t *person)
{
    if (edge->class != PD_CLASS_AUTOMATIC) return PD_NO_RECORD;
    const uint32_t row = row_with_person(evidence, edge, person);
    return row == PD_NO_RECORD || !__atomic_load_n(&evidence->gained[row], __ATOMIC_RELAXED) ? PD_NO_RECORD : row;
}

/* Notes the families of doubtful rows, the only ones that are looked for. */
static enum padan_status note_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct evidence *evidence = context;
    (void)worker, (void)error;
    for (size_t i = chunk * CHUNK_EDGES; i < end_of_edges(evidence, chunk); i++) {
        uint32_t person = 0;
        const uint32_t row = doubtful_row(evidence, &evidence->edges->edges[i], &person);
        if (row != PD_NO_RECORD) (void)pd_sketch_add(&evidence->asked, key_of(evidence->table, evidence->family, row));
    }
    return PADAN_OK;
}

/* Rows of families that are asked for; keys of the others are not made. */
static bool takes(const void *context, size_t row, uint64_t *hash)
{
    const struct evidence *evidence = context;
    if (evidence->family[row] == 0 || is_person(evidence, (uint32_t)row)) return false;
    *hash = key_of(evidence->table, evidence->family, (uint32_t)row);
    return pd_sketch_has(&evidence->asked, *hash);
}

/* Adds to the weight of a pair what the family says for it. */
static bool add_share(const struct evidence *evidence, struct pd_edge *edge, uint32_t row, uint32_t person)
{
    const double gained = evidence->bits * share(evidence, row, person);
    if (gained <= 0) return false;
    edge->weight += pd_weight_of_bits(gained);
    return true;
}

/* Adds to the pairs of a chunk that `row_of` tells a row of. */
static void add_to_pairs(struct evidence *evidence, size_t chunk,
                         uint32_t (*row_of)(const struct evidence *, const struct pd_edge *, uint32_t *person))
{
    const size_t end = end_of_edges(evidence, chunk);
    size_t n_gained = 0;
    for (size_t i = chunk * CHUNK_EDGES; i < end; i++) {
        struct pd_edge *edge = &evidence->edges->edges[i];
        uint32_t person = 0;
        if (end - i > EDGES_AHEAD) pd_prefetch(&evidence->gained[edge[EDGES_AHEAD].right]);
        const uint32_t row = row_of(evidence, edge, &person);
        if (row == PD_NO_RECORD || !add_share(evidence, edge, row, person)) continue;
        __atomic_store_n(&evidence->gained[row], 1, __ATOMIC_RELAXED);
        n_gained++;
    }
    (void)__atomic_fetch_add(&evidence->n_gained, n_gained, __ATOMIC_RELAXED);
}

static enum padan_status add_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    (void)worker, (void)error;
    add_to_pairs(context, chunk, doubtful_row);
    return PADAN_OK;
}

/* The automatic pairs of the rows that gained: a twin's pair in doubt must not overtake them by what speaks for both.
 */
static enum padan_status add_rivals_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    (void)worker, (void)error;
    add_to_pairs(context, chunk, gained_row);
    return PADAN_OK;
}

static enum padan_status add_evidence(struct evidence *evidence, int threads, struct padan_error *error)
{
    const size_t n = evidence->table->n_records;
    const size_t n_edge_chunks = (evidence->edges->n_edges + CHUNK_EDGES - 1) / CHUNK_EDGES;
    const struct pd_choice of_families = { takes, NULL, evidence };
    PD_TRY(pd_parallel_for((n + CHUNK_ROWS - 1) / CHUNK_ROWS, threads, begin_chunk, evidence, error));
    PD_TRY(pd_parallel_for(n_edge_chunks, threads, link_chunk, evidence, error));
    PD_TRY(pd_sketch_make(&evidence->asked, evidence->n_doubtful, error));
    PD_TRY(pd_parallel_for(n_edge_chunks, threads, note_chunk, evidence, error));
    PD_TRY(pd_chosen_keys(&of_families, 0, n, threads, &evidence->keys, &evidence->n_keys, error));
    PD_TRY(pd_parallel_for(n_edge_chunks, threads, add_chunk, evidence, error));
    if (evidence->n_gained == 0) return PADAN_OK;
    return pd_parallel_for(n_edge_chunks, threads, add_rivals_chunk, evidence, error);
}

enum padan_status pd_household_evidence(const struct pd_household_evidence_of *of, struct pd_edges *edges,
                                        uint8_t *gained, size_t *n_gained, struct padan_error *error)
{
    const struct pd_table *table = of->table;
    *n_gained = 0;
    if (of->register_source < 0 || of->columns->no_kk < 0) {
        memset(gained, 0, table->n_records);
        return PADAN_OK;
    }
    struct evidence evidence = { .table = table,
                                 .columns = of->columns,
                                 .people = &table->sources[of->register_source],
                                 .edges = edges,
                                 .bits = of->bits,
                                 .family = table->columns[of->columns->no_kk].words,
                                 .gained = gained };
    PD_TRY(pd_allocate_array(&evidence.person, table->n_records, sizeof *evidence.person, error));
    const enum padan_status status = add_evidence(&evidence, of->threads, error);
    *n_gained = evidence.n_gained;
    pd_sketch_reset(&evidence.asked);
    pd_free(evidence.person);
    pd_free(evidence.keys);
    return status;
}
