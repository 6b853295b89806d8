/* SPDX-License-Identifier: MIT
 * Method: relatives meet under one key, their neighbourhood and the name of the mother. Those of families without a
 * head are few; a sketch of their keys rules out nearly all other rows before anything is sorted. */
#include "cluster/headless.h"

#include "base/chosen_keys.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/sketch.h"
#include "indonesia/attribute.h"

/* What is known of a family, by its first row, and of a person (TOLD). */
enum {
    HAS_MEMBER = 1,
    HAS_HEAD = 2,
    HAS_STRANGER = 4, /* somebody who may be the head: of no telling source, or whose place there is not said */
    IS_CONTESTED = 8, /* its relatives lead to two heads */
    IS_TOLD = 16
};
/* Mothers are between 13 and 55 years older than their children, whose ages differ by no more than 30. */
enum { YEAR_DAYS = 365, MOTHER_LEAST = 13, MOTHER_MOST = 55, SIBLINGS_MOST = 30 };
enum { CHUNK_TEXTS = 1 << 14, MEETING_MOST = 64 };

/* Whom a row names: the mother of a child, or a wife or head who may be one. */
enum kinship { KIN_NONE, KIN_MOTHER, KIN_CHILD };

struct lead {
    uint32_t from, to; /* families, the first without a head */
};

struct search {
    const struct pd_headless_options *options;
    uint32_t *household; /* [n_records] a forest while families are joined */
    uint8_t *marks;      /* [n_records] */
    uint32_t *head;      /* [n_records] by root: the family with a head that it goes to */
    uint64_t *hashes[2]; /* by code of a name, and of a mother's name */
    struct pd_sketch sketch;
    struct lead *leads;
    size_t n_leads, capacity;
};

static const struct pd_column *column_of(const struct search *search, int column)
{
    return &search->options->table->columns[column];
}

static bool tells(const struct search *search, size_t row)
{
    return search->options->tells_members[pd_table_source(search->options->table, (uint32_t)row)];
}

static int64_t place_in_family(const struct search *search, size_t row)
{
    return pd_column_integer(column_of(search, search->options->place_in_family), row);
}

static void mark_families(const struct search *search)
{
    const struct pd_clusters *clusters = search->options->clusters;
    uint8_t *marks = search->marks;
    for (size_t i = 0; i < clusters->n_records; i++)
        if (tells(search, i)) marks[clusters->cluster[i]] |= IS_TOLD;
    for (size_t i = 0; i < clusters->n_records; i++) {
        uint8_t *family = &marks[search->household[i]];
        if (tells(search, i)) {
            const int64_t place = place_in_family(search, i);
            *family |= place == PD_FAMILY_HEAD ? HAS_HEAD : place == PD_NULL_INT ? HAS_STRANGER : HAS_MEMBER;
        } else if ((marks[clusters->cluster[i]] & IS_TOLD) == 0)
            *family |= HAS_STRANGER;
    }
}

static bool is_headless(const struct search *search, uint32_t family)
{
    return (search->marks[family] & (HAS_MEMBER | HAS_HEAD | HAS_STRANGER)) == HAS_MEMBER;
}

static enum kinship kinship_of(const struct search *search, size_t row)
{
    if (!tells(search, row)) return KIN_NONE;
    const int64_t place = place_in_family(search, row);
    if (place == PD_FAMILY_CHILD) return KIN_CHILD;
    if (place != PD_FAMILY_HEAD && place != PD_FAMILY_WIFE) return KIN_NONE;
    return pd_column_integer(column_of(search, search->options->sex), row) == PD_SEX_MALE ? KIN_NONE : KIN_MOTHER;
}

/* The code of the mother's name, of a child as of herself. */
static uint64_t code_of_mother(const struct search *search, size_t row, enum kinship kinship)
{
    const struct pd_headless_options *options = search->options;
    return pd_column_stored(column_of(search, kinship == KIN_CHILD ? options->mother : options->name), row);
}

/* False where the neighbourhood or the name is not known. */
static bool key_of(const struct search *search, size_t row, uint64_t *hash)
{
    const struct pd_headless_options *options = search->options;
    const int places[] = { options->village, options->rt, options->rw };
    const enum kinship kinship = kinship_of(search, row);
    if (kinship == KIN_NONE) return false;
    const uint64_t code = code_of_mother(search, row, kinship);
    if (code == 0) return false;
    *hash = search->hashes[kinship == KIN_CHILD][code];
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const int64_t place = pd_column_integer(column_of(search, places[i]), row);
        if (place == PD_NULL_INT) return false;
        *hash = pd_hash_combine(*hash, (uint64_t)place);
    }
    *hash = pd_mix64(*hash);
    return true;
}

static bool takes_seeker(const void *context, size_t row, uint64_t *hash)
{
    const struct search *search = context;
    return is_headless(search, search->household[row]) && key_of(search, row, hash);
}

static bool takes_relative(const void *context, size_t row, uint64_t *hash)
{
    const struct search *search = context;
    return key_of(search, row, hash) && pd_sketch_has(&search->sketch, *hash);
}

static struct pd_text mother_of(const struct search *search, size_t row, char scratch[24])
{
    const struct pd_headless_options *options = search->options;
    const bool is_child = kinship_of(search, row) == KIN_CHILD;
    return pd_column_text(column_of(search, is_child ? options->mother : options->name), row, scratch);
}

/* Equal keys are equal neighbourhoods and names, but for chance. */
static bool really_meet(const struct search *search, uint32_t a, uint32_t b)
{
    const struct pd_headless_options *options = search->options;
    const int places[] = { options->village, options->rt, options->rw };
    char scratch[2][24];
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const struct pd_column *column = column_of(search, places[i]);
        if (pd_column_integer(column, a) != pd_column_integer(column, b)) return false;
    }
    return pd_text_equal(mother_of(search, a, scratch[0]), mother_of(search, b, scratch[1]));
}

/* Is b between `least` and `most` years younger than a, as far as is known? */
static bool is_younger(const struct search *search, uint32_t a, uint32_t b, int least, int most)
{
    const struct pd_column *births = column_of(search, search->options->birth);
    const int64_t older = pd_column_integer(births, a);
    const int64_t younger = pd_column_integer(births, b);
    if (older == PD_NULL_INT || younger == PD_NULL_INT) return true;
    return younger - older >= (int64_t)least * YEAR_DAYS && younger - older <= (int64_t)most * (YEAR_DAYS + 1);
}

/* Those who meet under one key. */
struct meeting {
    const struct pd_key *keys;
    size_t n;
};

/* Has the family a woman of this name of its own? */
static bool has_mother(const struct search *search, const struct meeting *meeting, uint32_t family)
{
    for (size_t i = 0; i < meeting->n; i++)
        if (search->household[meeting->keys[i].record] == family &&
            kinship_of(search, meeting->keys[i].record) == KIN_MOTHER)
            return true;
    return false;
}

static bool are_relatives(const struct search *search, const struct meeting *meeting, uint32_t a, uint32_t b)
{
    const enum kinship kinship = kinship_of(search, a);
    const enum kinship other = kinship_of(search, b);
    if (!really_meet(search, a, b)) return false;
    if (kinship == KIN_MOTHER)
        return other == KIN_CHILD && is_younger(search, a, b, MOTHER_LEAST, MOTHER_MOST) &&
               !has_mother(search, meeting, search->household[b]);
    if (has_mother(search, meeting, search->household[a])) return false;
    if (other == KIN_MOTHER) return is_younger(search, b, a, MOTHER_LEAST, MOTHER_MOST);
    return is_younger(search, a, b, -SIBLINGS_MOST, SIBLINGS_MOST);
}

static enum padan_status add_lead(struct search *search, uint32_t from, uint32_t to, struct padan_error *error)
{
    if (search->n_leads == search->capacity)
        PD_TRY(pd_grow(&search->leads, &search->capacity, search->n_leads + 1, sizeof *search->leads, error));
    search->leads[search->n_leads++] = (struct lead){ from, to };
    return PADAN_OK;
}

static enum padan_status find_leads(struct search *search, const struct meeting *meeting, struct padan_error *error)
{
    for (size_t i = 0; i < meeting->n; i++) {
        const uint32_t a = meeting->keys[i].record;
        const uint32_t from = search->household[a];
        for (size_t j = 0; j < meeting->n && is_headless(search, from); j++) {
            const uint32_t b = meeting->keys[j].record;
            const uint32_t to = search->household[b];
            if (from != to && are_relatives(search, meeting, a, b)) PD_TRY(add_lead(search, from, to, error));
        }
    }
    return PADAN_OK;
}

static enum padan_status find_all_leads(struct search *search, const struct pd_key *keys, size_t n_keys,
                                        struct padan_error *error)
{
    for (size_t i = 0, end; i < n_keys; i = end) {
        end = pd_key_run_end(keys, n_keys, i);
        const struct meeting meeting = { keys + i, end - i };
        /* So many of one name in one neighbourhood are a neighbourhood that was not really told. */
        if (meeting.n > 1 && meeting.n <= MEETING_MOST) PD_TRY(find_leads(search, &meeting, error));
    }
    return PADAN_OK;
}

static uint32_t root_of(const uint32_t *household, uint32_t row)
{
    while (household[row] != row) row = household[row];
    return row;
}

static void choose_heads(const struct search *search)
{
    for (size_t i = 0; i < search->n_leads; i++) {
        const struct lead lead = search->leads[i];
        uint32_t *head = &search->head[lead.from];
        if (is_headless(search, lead.to)) continue;
        if (*head != PD_NO_RECORD && *head != lead.to) search->marks[lead.from] |= IS_CONTESTED;
        *head = search->head[lead.to] = lead.to;
    }
}

/* Families join along the leads unless that would bring two heads together. */
static size_t join_families(const struct search *search, const struct pd_identity_order *order)
{
    size_t n_joined = 0;
    for (size_t i = 0; i < search->n_leads; i++) {
        const struct lead lead = search->leads[i];
        if (((search->marks[lead.from] | search->marks[lead.to]) & IS_CONTESTED) != 0) continue;
        const uint32_t a = root_of(search->household, lead.from);
        const uint32_t b = root_of(search->household, lead.to);
        const uint32_t heads[] = { search->head[a], search->head[b] };
        if (a == b || (heads[0] != PD_NO_RECORD && heads[1] != PD_NO_RECORD && heads[0] != heads[1])) continue;
        const uint32_t root = pd_identity_before(order, a, b) ? a : b;
        search->household[a] = search->household[b] = root;
        search->head[root] = heads[0] != PD_NO_RECORD ? heads[0] : heads[1];
        n_joined++;
    }
    return n_joined;
}

static enum padan_status join_by_leads(struct search *search, struct padan_error *error)
{
    const size_t n = search->options->table->n_records;
    struct pd_identity_order order;
    if (search->n_leads == 0) return PADAN_OK;
    PD_TRY(pd_identity_order_make(search->options->table, &order, error));
    PD_TRY(pd_allocate_array(&search->head, n, sizeof *search->head, error));
    for (size_t i = 0; i < n; i++) search->head[i] = PD_NO_RECORD;
    choose_heads(search);
    if (join_families(search, &order) == 0) return PADAN_OK;
    for (size_t i = 0; i < n; i++) search->household[i] = root_of(search->household, search->household[i]);
    return PADAN_OK;
}

struct hashing {
    const struct pd_dictionary *texts;
    uint64_t *hashes;
};

static enum padan_status hash_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct hashing *hashing = context;
    const size_t n = (size_t)hashing->texts->n_entries + 1, begin = chunk * CHUNK_TEXTS;
    const size_t end = n - begin < CHUNK_TEXTS ? n : begin + CHUNK_TEXTS;
    (void)worker, (void)error;
    for (size_t i = begin; i < end; i++)
        hashing->hashes[i] = i == 0 ? 0 : pd_hash_text(pd_dictionary_text(hashing->texts, (uint32_t)i));
    return PADAN_OK;
}

static enum padan_status hash_names(struct search *search, struct padan_error *error)
{
    const int columns[] = { search->options->name, search->options->mother };
    for (size_t i = 0; i < 2; i++) {
        struct hashing hashing = { column_of(search, columns[i])->dictionary, NULL };
        const size_t n = (size_t)hashing.texts->n_entries + 1;
        PD_TRY(pd_allocate_array(&search->hashes[i], n, sizeof *search->hashes[i], error));
        hashing.hashes = search->hashes[i];
        PD_TRY(pd_parallel_for((n + CHUNK_TEXTS - 1) / CHUNK_TEXTS, search->options->threads, hash_chunk, &hashing,
                               error));
    }
    return PADAN_OK;
}

static enum padan_status sketch_seekers(struct search *search, size_t *n_seekers, struct padan_error *error)
{
    const struct pd_choice choice = { takes_seeker, NULL, search };
    struct pd_key *keys = NULL;
    enum padan_status status = pd_chosen_keys(&choice, 0, search->options->table->n_records, search->options->threads,
                                              &keys, n_seekers, error);
    if (status == PADAN_OK) status = pd_sketch_make(&search->sketch, *n_seekers, error);
    for (size_t i = 0; status == PADAN_OK && i < *n_seekers; i++) (void)pd_sketch_add(&search->sketch, keys[i].hash);
    pd_free(keys);
    return status;
}

static enum padan_status bring_together(struct search *search, struct padan_error *error)
{
    const struct pd_choice choice = { takes_relative, NULL, search };
    struct pd_key *keys = NULL;
    size_t n_keys = 0;
    mark_families(search);
    PD_TRY(hash_names(search, error));
    PD_TRY(sketch_seekers(search, &n_keys, error));
    if (n_keys == 0) return PADAN_OK;
    enum padan_status status =
        pd_chosen_keys(&choice, 0, search->options->table->n_records, search->options->threads, &keys, &n_keys, error);
    if (status == PADAN_OK) status = find_all_leads(search, keys, n_keys, error);
    pd_free(keys);
    return status == PADAN_OK ? join_by_leads(search, error) : status;
}

static bool can_tell(const struct pd_headless_options *options)
{
    const int columns[] = { options->place_in_family, options->name, options->mother, options->birth, options->sex,
                            options->village,         options->rt,   options->rw };
    bool has_teller = false;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (columns[i] < 0 || options->table->columns[columns[i]].words == NULL) return false;
    for (size_t i = 0; i < options->table->n_sources; i++) has_teller |= options->tells_members[i];
    return has_teller;
}

enum padan_status pd_cluster_headless(const struct pd_headless_options *options, uint32_t *household,
                                      struct padan_error *error)
{
    struct search search = { .options = options, .household = household };
    if (!can_tell(options)) return PADAN_OK;
    enum padan_status status = pd_allocate(&search.marks, options->table->n_records, sizeof *search.marks, error);
    if (status == PADAN_OK) status = bring_together(&search, error);
    pd_sketch_reset(&search.sketch);
    pd_free(search.marks);
    pd_free(search.head);
    pd_free(search.hashes[0]);
    pd_free(search.hashes[1]);
    pd_free(search.leads);
    return status;
}
