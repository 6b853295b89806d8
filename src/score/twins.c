/* SPDX-License-Identifier: MIT
 * Method: a pass over the edges notes the villages and birth dates that are asked about, those of few people; one over
 * the anchor finds who has them; a last one over the edges looks those people over. */
#include "score/twins.h"

#include "base/chosen_keys.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "base/sketch.h"
#include "score/edge_row.h"
#include "score/told_apart.h"

/* Of so many people of one village and birth date, as where most dates are unknown, only the first are looked over. */
enum { CHUNK_EDGES = 1 << 15, EDGES_AHEAD = 16, PEOPLE_MAX = 1000 };

struct twins {
    const struct pd_twins_of *of;
    const struct pd_column *place, *birth; /* the card instead of the village where no village is known */
    uint8_t *tied;
    size_t n_asked;
    struct pd_sketch asked;
    struct pd_key *keys;
    size_t n_keys;
};

static bool has_key(const struct twins *twins, size_t person)
{
    return !pd_column_is_null(twins->place, person) && !pd_column_is_null(twins->birth, person);
}

static uint64_t key_of(const struct twins *twins, size_t person)
{
    return pd_hash_combine(pd_mix64(pd_column_word(twins->place, person)), pd_column_word(twins->birth, person));
}

/* Of an edge that is the strongest of its row to the anchor, and not by the number: the row, and who it may be. */
static uint32_t asking_row(const struct twins *twins, const struct pd_edge *edge, uint32_t *person)
{
    const struct pd_rivals_of *of = twins->of->edges_of;
    const struct pd_rivals *rivals = twins->of->rivals;
    const uint32_t row = pd_row_of_edge(of->table, of->anchor_source, edge);
    if (row == PD_NO_RECORD) return PD_NO_RECORD;
    *person = edge->left == row ? edge->right : edge->left;
    if (twins->of->nik_owner != NULL && twins->of->nik_owner[row] == *person) return PD_NO_RECORD;
    if (rivals->n_candidates[row] > 1 && pd_rivals_best(rivals, row)->first != edge->weight) return PD_NO_RECORD;
    return has_key(twins, *person) ? row : PD_NO_RECORD;
}

static void prefetch_edge(const struct twins *twins, const struct pd_edge *edge)
{
    if (twins->of->nik_owner != NULL) pd_prefetch(&twins->of->nik_owner[edge->right]);
    pd_prefetch(&twins->of->rivals->n_candidates[edge->right]);
}

static void for_chunk(struct twins *twins, size_t chunk, void (*meet)(struct twins *, uint32_t row, uint32_t person))
{
    const struct pd_edges *edges = twins->of->edges_of->edges;
    const size_t n = edges->n_edges, begin = chunk * CHUNK_EDGES;
    const size_t end = n - begin < CHUNK_EDGES ? n : begin + CHUNK_EDGES;
    for (size_t i = begin; i < end; i++) {
        uint32_t person = 0;
        if (end - i > EDGES_AHEAD) prefetch_edge(twins, &edges->edges[i + EDGES_AHEAD]);
        const uint32_t row = asking_row(twins, &edges->edges[i], &person);
        if (row != PD_NO_RECORD) meet(twins, row, person);
    }
}

static void count(struct twins *twins, uint32_t row, uint32_t person)
{
    (void)row, (void)person;
    (void)__atomic_fetch_add(&twins->n_asked, 1, __ATOMIC_RELAXED);
}

static void note(struct twins *twins, uint32_t row, uint32_t person)
{
    (void)row;
    (void)pd_sketch_add(&twins->asked, key_of(twins, person));
}

static bool takes(const void *context, size_t person, uint64_t *hash)
{
    const struct twins *twins = context;
    if (!has_key(twins, person)) return false;
    *hash = key_of(twins, person);
    return pd_sketch_has(&twins->asked, *hash);
}

/* As good as twins. One number on two rows of the anchor is one person. */
static bool are_twins(const struct twins *twins, uint32_t a, uint32_t b)
{
    const struct pd_rivals_of *of = twins->of->edges_of;
    const struct pd_person_columns *columns = twins->of->columns;
    if (a == b || pd_column_word(twins->place, a) != pd_column_word(twins->place, b) ||
        pd_column_word(twins->birth, a) != pd_column_word(twins->birth, b))
        return false;
    const struct pd_column *nik = columns->nik < 0 ? NULL : &of->table->columns[columns->nik];
    if (nik != NULL && !pd_column_is_null(nik, a) && pd_column_word(nik, a) == pd_column_word(nik, b)) return false;
    return pd_are_look_alikes(of->table, columns, a, b);
}

static void look_over(struct twins *twins, uint32_t row, uint32_t person)
{
    const struct pd_twins_of *of = twins->of;
    const uint64_t hash = key_of(twins, person);
    const size_t begin = pd_first_key(twins->keys, twins->n_keys, hash);
    const size_t end = twins->n_keys - begin < PEOPLE_MAX ? twins->n_keys : begin + PEOPLE_MAX;
    for (size_t i = begin; i < end && twins->keys[i].hash == hash; i++) {
        const uint32_t people[2] = { person, twins->keys[i].record };
        if (!are_twins(twins, people[0], people[1])) continue;
        if (pd_is_told_apart(of->edges_of->table, of->columns, row, people)) continue;
        (void)__atomic_fetch_or(&twins->tied[row], PD_TIED_BY_TWIN, __ATOMIC_RELAXED);
        return;
    }
}

static enum padan_status count_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    (void)worker, (void)error;
    for_chunk(context, chunk, count);
    return PADAN_OK;
}

static enum padan_status note_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    (void)worker, (void)error;
    for_chunk(context, chunk, note);
    return PADAN_OK;
}

static enum padan_status look_over_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    (void)worker, (void)error;
    for_chunk(context, chunk, look_over);
    return PADAN_OK;
}

static enum padan_status mark(struct twins *twins, struct padan_error *error)
{
    const struct pd_rivals_of *of = twins->of->edges_of;
    const struct pd_source *anchor = &of->table->sources[of->anchor_source];
    const size_t n_chunks = (of->edges->n_edges + CHUNK_EDGES - 1) / CHUNK_EDGES;
    const struct pd_choice of_people = { takes, NULL, twins };
    PD_TRY(pd_parallel_for(n_chunks, of->threads, count_chunk, twins, error));
    if (twins->n_asked == 0) return PADAN_OK;
    PD_TRY(pd_sketch_make(&twins->asked, twins->n_asked, error));
    PD_TRY(pd_parallel_for(n_chunks, of->threads, note_chunk, twins, error));
    PD_TRY(pd_chosen_keys(&of_people, anchor->begin, anchor->end, of->threads, &twins->keys, &twins->n_keys, error));
    return pd_parallel_for(n_chunks, of->threads, look_over_chunk, twins, error);
}

enum padan_status pd_mark_twins(const struct pd_twins_of *of, uint8_t *tied, struct padan_error *error)
{
    const struct pd_table *table = of->edges_of->table;
    const int place = of->columns->kode_desa >= 0 ? of->columns->kode_desa : of->columns->no_kk;
    if (of->edges_of->anchor_source < 0 || place < 0 || of->columns->tgl_lahir < 0) return PADAN_OK;
    struct twins twins = {
        .of = of, .place = &table->columns[place], .birth = &table->columns[of->columns->tgl_lahir], .tied = tied
    };
    const enum padan_status status = mark(&twins, error);
    pd_sketch_reset(&twins.asked);
    pd_free(twins.keys);
    return status;
}
