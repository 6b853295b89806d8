/* SPDX-License-Identifier: MIT
 * Method: the marks of rows are hashed with their source of tonight; row_pairs brings equal ones together. People of a
 * registry are known by the register's row of their cluster, which has a partner itself. */
#include "report/night_pairs.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "report/night_sources.h"
#include "table/places.h"

enum { CHUNK_ROWS = 65536, NONE = PD_NO_RECORD };

void pd_night_pairs_reset(struct pd_night_pairs *pairs)
{
    pd_free(pairs->source_now);
    pd_row_pairs_reset(&pairs->rows);
    pd_buffer_reset(&pairs->id_scratch);
    *pairs = (struct pd_night_pairs){ .source_now = NULL };
}

static const struct pd_report *report_of(const struct pd_night_pairs *pairs)
{
    return pairs->hasher->report;
}

static struct pd_key key_of(uint64_t mark, uint64_t source, uint32_t row)
{
    return (struct pd_key){ pd_hash_combine(mark, source + 1), row, 0 };
}

/* The source of tonight of a row of before that has no partner yet; -1 for others. */
static int source_of_open(const struct pd_night_pairs *pairs, size_t before)
{
    if (pairs->rows.partner[PD_NIGHT_BEFORE][before] != NONE) return -1;
    return pairs->source_now[pairs->previous->rows[before].source];
}

/* --- content --- */

struct hashing {
    const struct pd_night_pairs *pairs;
    struct pd_key *keys;
};

static enum padan_status hash_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct hashing *hashing = context;
    const size_t n_now = hashing->pairs->rows.n_rows[PD_NIGHT_NOW];
    const size_t begin = chunk * CHUNK_ROWS;
    const size_t end = n_now - begin < CHUNK_ROWS ? n_now : begin + CHUNK_ROWS;
    (void)worker;
    (void)error;
    for (size_t first = begin; first < end; first += PD_STATE_BATCH) {
        struct pd_row_state states[PD_STATE_BATCH];
        const size_t n = end - first < PD_STATE_BATCH ? end - first : PD_STATE_BATCH;
        pd_row_states_of(hashing->pairs->hasher, (uint32_t)first, n, states);
        for (size_t i = 0; i < n; i++)
            hashing->keys[first + i] = key_of(states[i].content, states[i].source, (uint32_t)(first + i));
    }
    return PADAN_OK;
}

static enum padan_status hash_contents_now(const struct pd_night_pairs *pairs, struct pd_key *keys, size_t *n_keys,
                                           struct padan_error *error)
{
    struct hashing hashing = { pairs, keys };
    *n_keys = pairs->rows.n_rows[PD_NIGHT_NOW];
    return pd_parallel_for((*n_keys + CHUNK_ROWS - 1) / CHUNK_ROWS, report_of(pairs)->threads, hash_chunk, &hashing,
                           error);
}

static size_t hash_contents_before(const struct pd_night_pairs *pairs, struct pd_key *keys)
{
    size_t n = 0;
    for (size_t i = 0; i < pairs->previous->n_rows; i++) {
        const int source = source_of_open(pairs, i);
        if (source >= 0) keys[n++] = key_of(pairs->previous->rows[i].content, (uint64_t)source, (uint32_t)i);
    }
    return n;
}

/* --- ids --- */

/* The id of a row of today as the CSV field that keadaan/id.csv would hold. */
static struct pd_text id_now(struct pd_night_pairs *pairs, uint32_t row)
{
    const struct pd_linkage *linkage = report_of(pairs)->linkage;
    struct pd_buffer *id = &pairs->id_scratch;
    char digits[24];
    pd_buffer_clear(id);
    pd_append_csv(id, pd_column_text(&linkage->table->columns[linkage->columns.unique_id], row, digits));
    return (struct pd_text){ id->data, id->length };
}

static enum padan_status hash_ids_now(struct pd_night_pairs *pairs, struct pd_key *keys, size_t *n_keys,
                                      struct padan_error *error)
{
    *n_keys = 0;
    for (size_t i = 0; i < pairs->rows.n_rows[PD_NIGHT_NOW]; i++) {
        if (pairs->rows.partner[PD_NIGHT_NOW][i] != NONE) continue;
        const uint64_t source = pd_table_source(report_of(pairs)->linkage->table, (uint32_t)i);
        keys[(*n_keys)++] = key_of(pd_hash_text(id_now(pairs, (uint32_t)i)), source, (uint32_t)i);
    }
    return pd_buffer_status(&pairs->id_scratch, error);
}

static size_t hash_ids_before(const struct pd_night_pairs *pairs, struct pd_key *keys)
{
    size_t n = 0;
    for (size_t i = 0; i < pairs->previous->n_rows; i++) {
        const int source = source_of_open(pairs, i);
        if (source < 0) continue;
        keys[n++] = key_of(pd_hash_text(pd_previous_id(pairs->previous, i)), (uint64_t)source, (uint32_t)i);
    }
    return n;
}

/* "pkh.csv:12": such an id says where a row stands, not which row it is. */
static bool is_place(const struct pd_report *report, uint32_t now, struct pd_text id)
{
    const struct pd_text file = report->file_names[pd_table_place(report->linkage->table, now).file];
    return pd_text_starts(id, file) && id.length > file.length && id.data[file.length] == ':';
}

/* Equal ids name the same row, but where they are places: there the rows must be of the same person, too. */
static bool same_row(void *context, uint32_t now, uint32_t before)
{
    struct pd_night_pairs *pairs = context;
    const struct pd_text id = id_now(pairs, now);
    struct pd_row_state state;
    if (!pd_text_equal(id, pd_previous_id(pairs->previous, before))) return false;
    if (!is_place(report_of(pairs), now, id)) return true;
    pd_row_states_of(pairs->hasher, now, 1, &state);
    return pd_row_state_same_person(&state, &pairs->previous->rows[before]);
}

/* --- people of registries --- */

/* What somebody is called and numbered, for rows of tonight. */
static size_t hash_words_now(const struct pd_night_pairs *pairs, const struct pd_source *rows, size_t source,
                             struct pd_key *keys)
{
    size_t n = 0;
    for (size_t row = rows->begin; row < rows->end; row++) {
        struct pd_row_state state;
        uint64_t hash = 0;
        if (pairs->rows.partner[PD_NIGHT_NOW][row] != NONE) continue;
        pd_row_states_of(pairs->hasher, (uint32_t)row, 1, &state);
        if (pd_row_state_words(&state, &hash)) keys[n++] = key_of(hash, source, (uint32_t)row);
    }
    return n;
}

/* Who somebody is in the register of before, for rows of tonight. */
static size_t hash_people_now(const struct pd_night_pairs *pairs, const struct pd_source *rows, size_t source,
                              struct pd_key *keys)
{
    const uint32_t *partner = pairs->rows.partner[PD_NIGHT_NOW];
    size_t n = 0;
    for (size_t row = rows->begin; row < rows->end; row++) {
        const uint32_t person = report_of(pairs)->linkage->anchor[row];
        if (partner[row] != NONE || person == NONE || partner[person] == NONE) continue;
        keys[n++] = key_of(pd_mix64(partner[person]), source, (uint32_t)row);
    }
    return n;
}

static size_t hash_registries_now(const struct pd_night_pairs *pairs, enum pd_row_mark mark, struct pd_key *keys)
{
    const struct pd_report *report = report_of(pairs);
    size_t n = 0;
    for (size_t source = 0; source < report->job->n_sources; source++) {
        const struct pd_source *rows = &report->linkage->table->sources[source];
        if (report->job->sources[source].role != PD_ROLE_REGISTRY) continue;
        n += mark == PD_MARK_WORDS ? hash_words_now(pairs, rows, source, keys + n)
                                   : hash_people_now(pairs, rows, source, keys + n);
    }
    return n;
}

/* The register's row of each cluster of before, by representative. */
static enum padan_status find_people_before(const struct pd_previous *previous, uint32_t **person,
                                            struct padan_error *error)
{
    PD_TRY(pd_allocate_array(person, previous->n_rows + 1, sizeof **person, error));
    memset(*person, 0xff, (previous->n_rows + 1) * sizeof **person);
    for (size_t i = previous->n_rows; i-- > 0;)
        if (previous->sources[previous->rows[i].source].people) (*person)[previous->rows[i].cluster] = (uint32_t)i;
    return PADAN_OK;
}

static enum padan_status hash_registries_before(const struct pd_night_pairs *pairs, enum pd_row_mark mark,
                                                struct pd_key *keys, size_t *n_keys, struct padan_error *error)
{
    const struct pd_previous *previous = pairs->previous;
    uint32_t *person = NULL;
    *n_keys = 0;
    if (mark == PD_MARK_PERSON) PD_TRY(find_people_before(previous, &person, error));
    for (size_t i = 0; i < previous->n_rows; i++) {
        const struct pd_row_state *row = &previous->rows[i];
        const int source = source_of_open(pairs, i);
        uint64_t hash = 0;
        if (source < 0 || !previous->sources[row->source].registry) continue;
        if (person == NULL && !pd_row_state_words(row, &hash)) continue;
        if (person != NULL && person[row->cluster] == NONE) continue;
        if (person != NULL) hash = pd_mix64(person[row->cluster]);
        keys[(*n_keys)++] = key_of(hash, (uint64_t)source, (uint32_t)i);
    }
    pd_free(person);
    return PADAN_OK;
}

/* --- the whole --- */

static enum padan_status hash_rows(void *context, enum pd_night night, enum pd_row_mark mark, struct pd_key *keys,
                                   size_t *n_keys, struct padan_error *error)
{
    struct pd_night_pairs *pairs = context;
    const bool now = night == PD_NIGHT_NOW;
    switch (mark) {
    case PD_MARK_CONTENT:
        if (now) return hash_contents_now(pairs, keys, n_keys, error);
        *n_keys = hash_contents_before(pairs, keys);
        break;
    case PD_MARK_ID:
        if (now) return hash_ids_now(pairs, keys, n_keys, error);
        *n_keys = hash_ids_before(pairs, keys);
        break;
    case PD_MARK_WORDS:
    case PD_MARK_PERSON:
        if (!now) return hash_registries_before(pairs, mark, keys, n_keys, error);
        *n_keys = hash_registries_now(pairs, mark, keys);
        break;
    }
    return PADAN_OK;
}

static enum padan_status pair_rows(struct pd_night_pairs *pairs, struct padan_error *error)
{
    const struct pd_report *report = report_of(pairs);
    const struct pd_row_marks marks = { pairs, report->threads, PD_MARK_PERSON, hash_rows, same_row };
    PD_TRY(pd_allocate(&pairs->source_now, pairs->previous->n_sources + 1, sizeof *pairs->source_now, error));
    pd_match_sources(pairs->previous, report->job, report->linkage->registry, pairs->source_now);
    PD_TRY(pd_row_pairs_make(&pairs->rows, pairs->previous->n_rows, report->linkage->table->n_records, error));
    return pd_row_pairs_find(&pairs->rows, &marks, error);
}

enum padan_status pd_night_pairs_make(struct pd_night_pairs *pairs, const struct pd_row_hasher *hasher,
                                      const struct pd_previous *previous, struct padan_error *error)
{
    *pairs = (struct pd_night_pairs){ .hasher = hasher, .previous = previous };
    const enum padan_status status = pair_rows(pairs, error);
    if (status != PADAN_OK) pd_night_pairs_reset(pairs);
    return status;
}
