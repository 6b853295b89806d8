/* SPDX-License-Identifier: MIT
 * Families of person clusters by family number (CONTRACT 3 "Family of a row"). */
#include "base/chosen_keys.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "base/ranges.h"
#include "base/sketch.h"
#include "cluster/cluster.h"
#include "indonesia/nik.h"

/* Tag of a key whose cluster has come to speak with another number, or none. */
enum { CHANGED = 1, CHUNK_KEYS = 1 << 16, CHUNK_RECORDS = 1 << 15, KEYS_AHEAD = 12, ROWS_AHEAD = 32 };

struct choosing {
    const struct pd_household_options *options;
    const struct pd_clusters *clusters;
    uint32_t *speaker;
};

/* The rows of a source that have a number speak for their clusters, unless these have a speaker. */
static void choose_among(const struct choosing *choosing, struct pd_range range, const struct pd_source *rows)
{
    const uint32_t *cluster = choosing->clusters->cluster;
    for (size_t i = rows->begin; i < rows->end; i++) {
        if (rows->end - i > ROWS_AHEAD && pd_range_has(range, cluster[i + ROWS_AHEAD]))
            pd_prefetch_to_write(&choosing->speaker[cluster[i + ROWS_AHEAD]]);
        if (!pd_range_has(range, cluster[i]) || choosing->options->number[i] == 0) continue;
        uint32_t *speaker = &choosing->speaker[cluster[i]];
        if (*speaker == PD_NO_RECORD) *speaker = (uint32_t)i;
    }
}

/* The number each cluster of a range speaks with: of its row with the lowest source priority, ties by record order. So
 * sources come by priority, and nobody asks what source a speaker is of. */
static void choose_range(void *context, struct pd_range range)
{
    const struct choosing *choosing = context;
    const struct pd_household_options *options = choosing->options;
    for (size_t i = range.begin; i < range.begin + range.n; i++) choosing->speaker[i] = PD_NO_RECORD;
    for (unsigned priority = 0; priority <= UINT8_MAX; priority++)
        for (size_t source = 0; source < options->table->n_sources; source++)
            if (options->priority[source] == priority) choose_among(choosing, range, &options->table->sources[source]);
}

static enum padan_status choose_numbers(const struct pd_household_options *options, const struct pd_clusters *clusters,
                                        uint32_t *speaker, struct padan_error *error)
{
    struct choosing choosing = { options, clusters, speaker };
    return pd_ranges_for(clusters->n_records, options->threads, choose_range, &choosing, error);
}

/* Is what is said of a person, whose family number is the register's row, a typing error or the two columns swapped? */
static bool is_slip(const struct pd_household_options *options, uint64_t said, uint32_t person)
{
    const uint64_t registered = options->number[person];
    if (registered == 0 || said == registered) return false;
    if (options->person != NULL && said == options->person[person]) return true;
    return said >> PD_DIGITS_SHIFT == registered >> PD_DIGITS_SHIFT &&
           pd_nik_slip(said & PD_DIGITS_MASK, registered & PD_DIGITS_MASK);
}

/* Clusters and the rows that they speak by. */
struct numbering {
    const struct pd_household_options *options;
    const struct pd_clusters *clusters;
    uint32_t *speaker;
};

/* Keys (mixed number, cluster representative), one per cluster that has a number. A slip in the registry parts a
 * family; where it happens to be another family's number, it joins two: the register's number is the cluster's then. */
static bool takes_number(const void *context, size_t row, uint64_t *hash)
{
    const struct numbering *numbering = context;
    const struct pd_household_options *options = numbering->options;
    const uint32_t person = numbering->clusters->anchor[row];
    uint32_t *speaker = &numbering->speaker[row];
    if (numbering->clusters->cluster[row] != row || *speaker == PD_NO_RECORD) return false;
    if (options->register_source >= 0 && person != PD_NO_RECORD && is_slip(options, options->number[*speaker], person))
        *speaker = person;
    *hash = pd_mix64(options->number[*speaker]);
    return true;
}

static void reach_number(const void *context, size_t row)
{
    const struct numbering *numbering = context;
    const uint32_t speaker = numbering->speaker[row];
    const uint32_t person = numbering->clusters->anchor[row];
    if (numbering->clusters->cluster[row] != row || speaker == PD_NO_RECORD) return;
    pd_prefetch(&numbering->options->number[speaker]);
    if (person != PD_NO_RECORD) pd_prefetch(&numbering->options->number[person]);
}

/* Does the number at i of the sorted keys belong to one cluster alone? */
static bool is_lonely(const struct pd_key *keys, size_t n_keys, size_t i)
{
    return (i == 0 || keys[i - 1].hash != keys[i].hash) && (i + 1 == n_keys || keys[i + 1].hash != keys[i].hash);
}

/* A number that nobody else carries says little when another source puts the person into a family: one row with an old
 * or mistyped card must not break a family apart. Such a cluster speaks with its next number, by priority. */
static void doubt_lonely_numbers(const struct pd_household_options *options, const struct pd_clusters *clusters,
                                 struct pd_key *keys, size_t n_keys, uint32_t *next, uint32_t *speaker)
{
    enum { SETTLED = UINT32_MAX - 1 }; /* else PD_NO_RECORD or the row that speaks next */
    for (size_t i = 0; i < clusters->n_records; i++) next[i] = (uint32_t)SETTLED;
    for (size_t i = 0; i < n_keys; i++) {
        keys[i].tag = is_lonely(keys, n_keys, i);
        if (keys[i].tag == CHANGED) next[keys[i].record] = PD_NO_RECORD;
    }
    for (size_t i = 0; i < clusters->n_records; i++) {
        const uint32_t cluster = clusters->cluster[i];
        uint32_t *best = &next[cluster];
        if (*best == (uint32_t)SETTLED || options->number[i] == 0) continue;
        if (options->number[i] == options->number[speaker[cluster]]) continue;
        if (*best == PD_NO_RECORD || options->priority[pd_table_source(options->table, (uint32_t)i)] <
                                         options->priority[pd_table_source(options->table, *best)])
            *best = (uint32_t)i;
    }
    for (size_t i = 0; i < clusters->n_records; i++)
        if (next[i] < (uint32_t)SETTLED) speaker[i] = next[i];
}

/* Is the number of these clusters, all of one, that of a row of the register that is known to be in one of them? */
static bool is_own_number(const struct pd_household_options *options, const struct pd_clusters *clusters,
                          const struct pd_key *keys, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const uint32_t row = clusters->anchor[keys[i].record];
        if (row != PD_NO_RECORD && pd_mix64(options->number[row]) == keys[i].hash) return true;
    }
    return false;
}

/* Numbers that no person of the register is known to have, ascending by hash. */
struct strangers {
    struct pd_key *keys;
    uint8_t *known; /* the register has the number all the same, for somebody else */
    size_t n;
};

/* Families of clusters, looked through for those that the register does not know. */
struct searching {
    const struct pd_household_options *options;
    const struct pd_clusters *clusters;
    const struct pd_key *keys;
    size_t n_keys;
};

/* The first key of a run of a number that is none of its people's in the register. */
static bool takes_stranger(const void *context, size_t i, uint64_t *hash)
{
    const struct searching *searching = context;
    const struct pd_key *keys = searching->keys;
    *hash = keys[i].hash;
    if (i > 0 && keys[i - 1].hash == *hash) return false;
    const size_t n = pd_key_run_end(keys, searching->n_keys, i) - i;
    return !is_own_number(searching->options, searching->clusters, keys + i, n);
}

static void reach_anchor(const void *context, size_t i)
{
    const struct searching *searching = context;
    pd_prefetch(&searching->clusters->anchor[searching->keys[i].record]);
    pd_prefetch(&searching->options->number[searching->keys[i].record]);
}

static enum padan_status find_strangers(const struct pd_household_options *options, const struct pd_clusters *clusters,
                                        const struct pd_key *keys, size_t n_keys, struct strangers *out,
                                        struct padan_error *error)
{
    const struct searching searching = { options, clusters, keys, n_keys };
    const struct pd_choice choice = { takes_stranger, reach_anchor, &searching };
    PD_TRY(pd_chosen_keys(&choice, 0, n_keys, options->threads, &out->keys, &out->n, error));
    return pd_allocate(&out->known, out->n + 1, 1, error);
}

static size_t find_hash(const struct strangers *strangers, uint64_t hash)
{
    size_t begin = 0;
    for (size_t end = strangers->n; end - begin > 1;) {
        const size_t middle = begin + (end - begin) / 2;
        if (strangers->keys[middle].hash <= hash)
            begin = middle;
        else
            end = middle;
    }
    return begin;
}

struct looking_up {
    const struct pd_household_options *options;
    const struct strangers *strangers;
    struct pd_sketch sketch;
};

static enum padan_status look_up_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct looking_up *looking_up = context;
    const struct strangers *strangers = looking_up->strangers;
    const uint64_t *number = looking_up->options->number;
    const struct pd_source *people = &looking_up->options->table->sources[looking_up->options->register_source];
    const size_t begin = people->begin + chunk * CHUNK_RECORDS;
    const size_t end = people->end - begin < CHUNK_RECORDS ? people->end : begin + CHUNK_RECORDS;
    (void)worker, (void)error;
    for (size_t row = begin; row < end; row++) {
        const uint64_t hash = pd_mix64(number[row]);
        if (number[row] == 0 || !pd_sketch_has(&looking_up->sketch, hash)) continue;
        const size_t i = find_hash(strangers, hash);
        if (strangers->keys[i].hash == hash) __atomic_store_n(&strangers->known[i], 1, __ATOMIC_RELAXED);
    }
    return PADAN_OK;
}

/* Looks through the numbers of the register, of which few are those of strangers. */
static enum padan_status look_up_strangers(const struct pd_household_options *options,
                                           const struct strangers *strangers, struct padan_error *error)
{
    const struct pd_source *people = &options->table->sources[options->register_source];
    const size_t n_chunks = (people->end - people->begin + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    struct looking_up looking_up = { options, strangers, { 0 } };
    if (strangers->n == 0) return PADAN_OK;
    PD_TRY(pd_sketch_make(&looking_up.sketch, strangers->n, error));
    for (size_t i = 0; i < strangers->n; i++) (void)pd_sketch_add(&looking_up.sketch, strangers->keys[i].hash);
    const enum padan_status status = pd_parallel_for(n_chunks, options->threads, look_up_chunk, &looking_up, error);
    pd_sketch_reset(&looking_up.sketch);
    return status;
}

/* The register row whose number all clusters of a run have there; PD_NO_RECORD when they have several, or none. */
static uint32_t common_register_row(const struct pd_household_options *options, const struct pd_clusters *clusters,
                                    const struct pd_key *keys, size_t n)
{
    uint32_t common = PD_NO_RECORD;
    for (size_t i = 0; i < n; i++) {
        const uint32_t row = clusters->anchor[keys[i].record];
        if (row == PD_NO_RECORD || options->number[row] == 0) continue;
        if (common != PD_NO_RECORD && options->number[row] != options->number[common]) return PD_NO_RECORD;
        common = row;
    }
    return common;
}

/* A number that the register does not know, on people whom the register holds in one family, is an old card or a typing
 * error: it would part that family. They all speak with the register's number. (People of several families under a new
 * number have married or moved together: the registry knows more.) */
static void doubt_unknown_numbers(const struct pd_household_options *options, const struct pd_clusters *clusters,
                                  const struct strangers *strangers, struct pd_key *keys, size_t n_keys,
                                  uint32_t *speaker)
{
    size_t stranger = 0;
    for (size_t i = 0, end; i < n_keys && stranger < strangers->n; i = end) {
        end = pd_key_run_end(keys, n_keys, i);
        if (keys[i].hash != strangers->keys[stranger].hash) continue;
        if (strangers->known[stranger++] != 0) continue;
        const uint32_t row = common_register_row(options, clusters, keys + i, end - i);
        for (size_t j = i; j < end && row != PD_NO_RECORD; j++) {
            speaker[keys[j].record] = row;
            keys[j].tag = CHANGED;
        }
    }
}

/* Families to be named by the runs of sorted keys. */
struct naming {
    const struct pd_identity_order *order;
    const struct pd_key *keys;
    size_t n_keys;
    uint32_t max_people;
    uint32_t *household;
};

/* Every cluster of a run of equal numbers gets the run's smallest representative. pd_mix64 is a bijection, so equal
 * keys are equal numbers. A run is named with the chunk it begins in. */
static enum padan_status name_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct naming *naming = context;
    const struct pd_key *keys = naming->keys;
    const size_t n_keys = naming->n_keys;
    const size_t limit = n_keys - chunk * CHUNK_KEYS < CHUNK_KEYS ? n_keys : (chunk + 1) * CHUNK_KEYS;
    (void)worker, (void)error;
    for (size_t i = pd_key_run_begin(keys, limit, chunk * CHUNK_KEYS), end; i < limit; i = end) {
        uint32_t smallest = keys[i].record;
        for (end = i + 1; end < n_keys && keys[end].hash == keys[i].hash; end++)
            if (pd_identity_before(naming->order, keys[end].record, smallest)) smallest = keys[end].record;
        for (size_t j = i; j < end; j++) {
            if (j + KEYS_AHEAD < n_keys) pd_identity_prefetch(naming->order, keys[j + KEYS_AHEAD].record);
            if (j + KEYS_AHEAD < n_keys) pd_prefetch_to_write(&naming->household[keys[j + KEYS_AHEAD].record]);
            if (end - i <= naming->max_people) naming->household[keys[j].record] = smallest;
        }
    }
    return PADAN_OK;
}

/* What is allocated for the time of the work. */
struct scratch {
    uint32_t *speaker;
    struct pd_key *keys;
};

/* Lets numbers that only part families give way; marks the keys of clusters that speak with another number now. */
static enum padan_status doubt_numbers(const struct pd_household_options *options, const struct pd_clusters *clusters,
                                       const struct scratch *scratch, size_t n_keys, uint32_t *next,
                                       struct padan_error *error)
{
    if (options->register_source < 0) {
        doubt_lonely_numbers(options, clusters, scratch->keys, n_keys, next, scratch->speaker);
        return PADAN_OK;
    }
    struct strangers strangers = { 0 };
    enum padan_status status = find_strangers(options, clusters, scratch->keys, n_keys, &strangers, error);
    if (status == PADAN_OK) status = look_up_strangers(options, &strangers, error);
    if (status == PADAN_OK)
        doubt_unknown_numbers(options, clusters, &strangers, scratch->keys, n_keys, scratch->speaker);
    pd_free(strangers.keys);
    pd_free(strangers.known);
    return status;
}

/* Puts the few changed keys where their numbers belong; *n_keys becomes how many keys there are then. */
static enum padan_status settle_keys(const struct pd_household_options *options, const uint32_t *speaker,
                                     struct pd_key *keys, size_t *n_keys, struct padan_error *error)
{
    struct pd_key *changed = NULL, *scratch = NULL;
    size_t n_kept = 0;
    size_t n_changed = 0;
    for (size_t i = 0; i < *n_keys; i++) n_changed += keys[i].tag == CHANGED;
    if (n_changed == 0) return PADAN_OK;
    PD_TRY(pd_keys_make(n_changed, &changed, &scratch, error));
    n_changed = 0;
    for (size_t i = 0; i < *n_keys; i++) {
        const uint32_t record = keys[i].record;
        if (keys[i].tag != CHANGED) {
            if (n_kept != i) keys[n_kept] = keys[i];
            n_kept++;
        } else if (speaker[record] != PD_NO_RECORD)
            changed[n_changed++] = (struct pd_key){ pd_mix64(options->number[speaker[record]]), record, 0 };
    }
    const enum padan_status status = pd_radix_sort(changed, scratch, n_changed, options->threads, error);
    /* Merged from behind: what was kept moves up into the room that the changed ones left, or beyond it. */
    *n_keys = n_kept + n_changed;
    for (size_t to = *n_keys; n_changed > 0 && status == PADAN_OK;)
        keys[--to] =
            n_kept > 0 && keys[n_kept - 1].hash > changed[n_changed - 1].hash ? keys[--n_kept] : changed[--n_changed];
    pd_free(changed);
    return status;
}

struct spreading {
    const struct pd_clusters *clusters;
    uint32_t *household;
};

/* Every cluster a family of its own. */
static enum padan_status part_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct spreading *spreading = context;
    const size_t n = spreading->clusters->n_records, begin = chunk * CHUNK_RECORDS;
    const size_t end = n - begin < CHUNK_RECORDS ? n : begin + CHUNK_RECORDS;
    (void)worker, (void)error;
    for (size_t i = begin; i < end; i++) spreading->household[i] = (uint32_t)i;
    return PADAN_OK;
}

/* Every record has the family of its cluster, which the representative has. */
static enum padan_status spread_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct spreading *spreading = context;
    const uint32_t *cluster = spreading->clusters->cluster;
    const size_t n = spreading->clusters->n_records, begin = chunk * CHUNK_RECORDS;
    const size_t end = n - begin < CHUNK_RECORDS ? n : begin + CHUNK_RECORDS;
    (void)worker, (void)error;
    for (size_t i = begin; i < end; i++)
        if (cluster[i] != i) spreading->household[i] = spreading->household[cluster[i]];
    return PADAN_OK;
}

static enum padan_status group(const struct pd_household_options *options, const struct pd_clusters *clusters,
                               struct scratch *scratch, uint32_t *household, struct padan_error *error)
{
    const size_t n_chunks = (clusters->n_records + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
    const struct numbering numbering = { options, clusters, scratch->speaker };
    const struct pd_choice choice = { takes_number, reach_number, &numbering };
    struct spreading spreading = { clusters, household };
    size_t n_keys = 0;
    struct pd_identity_order order;
    PD_TRY(pd_identity_order_make(options->table, &order, error));
    PD_TRY(choose_numbers(options, clusters, scratch->speaker, error));
    PD_TRY(pd_chosen_keys(&choice, 0, clusters->n_records, options->threads, &scratch->keys, &n_keys, error));
    PD_TRY(doubt_numbers(options, clusters, scratch, n_keys, household, error));
    PD_TRY(settle_keys(options, scratch->speaker, scratch->keys, &n_keys, error));
    PD_TRY(pd_parallel_for(n_chunks, options->threads, part_chunk, &spreading, error));
    struct naming naming = { &order, scratch->keys, n_keys, options->max_people, household };
    PD_TRY(pd_parallel_for((n_keys + CHUNK_KEYS - 1) / CHUNK_KEYS, options->threads, name_chunk, &naming, error));
    return pd_parallel_for(n_chunks, options->threads, spread_chunk, &spreading, error);
}

enum padan_status pd_cluster_households(const struct pd_household_options *options, const struct pd_clusters *clusters,
                                        uint32_t *household, struct padan_error *error)
{
    struct scratch scratch = { 0 };
    enum padan_status status = pd_allocate_array(&scratch.speaker, clusters->n_records, sizeof *scratch.speaker, error);
    if (status == PADAN_OK) status = group(options, clusters, &scratch, household, error);
    pd_free(scratch.keys);
    pd_free(scratch.speaker);
    return status;
}
