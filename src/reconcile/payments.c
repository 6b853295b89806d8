/* SPDX-License-Identifier: MIT
 * Method: keys (mixed group value, record) are sorted, and the payments gathered in their order, once for all walks;
 * chunks are ranges of keys, and a chunk visits the groups that begin in it. */
#include "reconcile/payments.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "base/sketch.h"
#include "indonesia/nik.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { CHUNK_KEYS = 32768, CHUNK_ROWS = 65536, PAYMENTS_AHEAD = 16 };

struct pd_payment pd_payment_of_slice(const struct pd_slice *slice)
{
    return (struct pd_payment){ .begin = slice->begin == PD_DATE_NONE ? INT32_MIN : slice->begin,
                                .end = slice->end == PD_DATE_NONE ? INT32_MAX : slice->end,
                                .program = (int16_t)slice->program };
}

int64_t pd_payment_amount(const struct pd_linkage *linkage, uint32_t record)
{
    const int nominal = linkage->columns.nominal;
    return nominal < 0 ? PD_NULL_INT : pd_column_integer(&linkage->table->columns[nominal], record);
}

/* The likely family of a likely person. */
static uint32_t family_of(const struct pd_payment_options *options, uint32_t person)
{
    return options->likely_family[options->linkage->household[person]];
}

struct pd_payment pd_payment_of(const struct pd_payment_options *options, uint32_t record)
{
    const struct pd_linkage *linkage = options->linkage;
    struct pd_payment payment = pd_payment_of_slice(&options->slices->items[options->slices->of_row[record]]);
    payment.record = record;
    payment.person = linkage->cluster[record];
    payment.family = linkage->household[record];
    payment.likely_person = options->likely[record];
    payment.likely_family = family_of(options, payment.likely_person);
    payment.amount = pd_payment_amount(linkage, record);
    return payment;
}

/* Why the number of a row is no key of it; 0 when nothing is said. */
static uint32_t doubts_of(const struct pd_linkage *linkage, uint32_t record)
{
    const int column = linkage->columns.bendera_nik;
    const int64_t flags = column < 0 ? PD_NULL_INT : pd_column_integer(&linkage->table->columns[column], record);
    return flags == PD_NULL_INT ? 0 : (uint32_t)flags & PD_NIK_UNUSABLE;
}

bool pd_payment_has_heads_number(const struct pd_linkage *linkage, uint32_t record)
{
    return doubts_of(linkage, record) == PD_NIK_HEAD;
}

uint64_t pd_payment_number(const struct pd_linkage *linkage, uint32_t record)
{
    const struct pd_person_columns *columns = &linkage->columns;
    const struct pd_column *all = linkage->table->columns;
    const uint64_t nik = columns->nik < 0 ? 0 : ((const uint64_t *)all[columns->nik].words)[record];
    if (columns->nik_longgar < 0) return nik;
    const uint32_t doubts = doubts_of(linkage, record);
    if (doubts != PD_NIK_ISKK && doubts != PD_NIK_HEAD) return nik;
    return nik != 0 ? 0 : ((const uint64_t *)all[columns->nik_longgar].words)[record];
}

static bool is_payment(const struct pd_payment_options *options, uint32_t record)
{
    return options->slices->of_row[record] != PD_NO_SLICE;
}

/* Rows are looked at chunk by chunk, once to count the keys of each chunk and once to write them. */
struct filling {
    const struct pd_payment_options *options;
    enum pd_payment_grouping grouping;
    _Atomic uint8_t *marks;    /* [n_records] of likely families; NULL = all groups are wanted */
    uint32_t *likely_families; /* [n_records] of paid rows, when those are the groups: three steps lead to one */
    struct pd_sketch shared;   /* likewise of numbers; no bits = all groups are wanted */
    size_t *counts;            /* [n_chunks + 1] keys of a chunk, then of all before it */
    struct pd_key *keys;       /* NULL = count them */
    size_t n_chunks;
};

/* What the rows of a group share, plus one; 0 when a row has none. */
static uint64_t group_value(const struct filling *filling, uint32_t record)
{
    const struct pd_linkage *linkage = filling->options->linkage;
    switch (filling->grouping) {
    case PD_GROUP_FAMILY: return (uint64_t)linkage->household[record] + 1;
    case PD_GROUP_LIKELY_FAMILY: return (uint64_t)filling->likely_families[record] + 1;
    case PD_GROUP_NIK: break;
    }
    return pd_payment_number(linkage, record);
}

static size_t end_of_rows(const struct filling *filling, size_t chunk)
{
    const size_t n = filling->options->linkage->table->n_records;
    return n - chunk * CHUNK_ROWS < CHUNK_ROWS ? n : (chunk + 1) * CHUNK_ROWS;
}

/* The likely family of a row that will come, by way of the likely person, and of one that comes sooner. */
static void prefetch_family(const struct pd_payment_options *options, size_t far, size_t near)
{
    const uint32_t *household = options->linkage->household;
    if (is_payment(options, (uint32_t)far)) pd_prefetch(&household[options->likely[far]]);
    if (is_payment(options, (uint32_t)near)) pd_prefetch(&options->likely_family[household[options->likely[near]]]);
}

/* Notes the likely family of each payment. Marks the likely families that a payment was moved to, or may be moved to,
 * or that have one of another family: no other can hold what certain families do not (pd_payments_need_review). */
static enum padan_status mark_doubtful(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct filling *filling = context;
    const struct pd_payment_options *options = filling->options;
    const struct pd_linkage *linkage = options->linkage;
    (void)worker;
    (void)error;
    const size_t end = end_of_rows(filling, chunk);
    for (size_t i = chunk * CHUNK_ROWS; i < end; i++) {
        const uint32_t record = (uint32_t)i;
        if (end - i > PAYMENTS_AHEAD) prefetch_family(options, i + PAYMENTS_AHEAD, i + PAYMENTS_AHEAD / 2);
        if (!is_payment(options, record)) continue;
        const uint32_t likely = options->likely[record];
        const uint32_t family = family_of(options, likely);
        filling->likely_families[record] = family;
        if (linkage->cluster[record] != likely || linkage->household[record] != family)
            atomic_store_explicit(&filling->marks[family], 1, memory_order_relaxed);
        size_t n = 0;
        const struct pd_alternative *others = pd_alternatives_of(options->alternatives, linkage->cluster[record], &n);
        for (size_t k = 0; k < n; k++)
            atomic_store_explicit(&filling->marks[family_of(options, others[k].person)], 1, memory_order_relaxed);
    }
    return PADAN_OK;
}

/* Is the person of a row the one whose number this is in the register? All such rows of a number are one person's. */
static bool is_owners(const struct pd_linkage *linkage, uint32_t record, uint64_t number)
{
    const uint32_t owner = linkage->nik_owner[record];
    const uint64_t nik = ((const uint64_t *)linkage->table->columns[linkage->columns.nik].words)[record];
    return nik == number && owner != PD_NO_RECORD && linkage->anchor[record] == owner;
}

/* Notes the numbers that may be on rows of several persons. */
static enum padan_status note_shared(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct filling *filling = context;
    const struct pd_linkage *linkage = filling->options->linkage;
    (void)worker;
    (void)error;
    for (size_t i = chunk * CHUNK_ROWS; i < end_of_rows(filling, chunk); i++) {
        const uint32_t record = (uint32_t)i;
        if (!is_payment(filling->options, record)) continue;
        const uint64_t number = pd_payment_number(linkage, record);
        if (number != 0 && !is_owners(linkage, record, number)) (void)pd_sketch_add(&filling->shared, pd_mix64(number));
    }
    return PADAN_OK;
}

/* Does anybody want a group? Then its key is put there. */
static bool make_key(const struct filling *filling, uint64_t value, struct pd_key *key)
{
    if (value == 0) return false;
    if (filling->marks != NULL && atomic_load_explicit(&filling->marks[value - 1], memory_order_relaxed) == 0)
        return false;
    key->hash = pd_mix64(value);
    return filling->shared.bits == NULL || pd_sketch_has(&filling->shared, key->hash);
}

enum { KEYS_MAX = 1 + PD_ALTERNATIVES_MAX };

/* The keys of a row, one and one for each alternative, whose tag is its place in the list, plus one. */
static size_t find_keys(const struct filling *filling, uint32_t record, struct pd_key keys[KEYS_MAX])
{
    const struct pd_payment_options *options = filling->options;
    size_t n = 0;
    if (!is_payment(options, record)) return 0;
    keys[0] = (struct pd_key){ .record = record };
    n += make_key(filling, group_value(filling, record), &keys[0]);
    if (filling->grouping != PD_GROUP_LIKELY_FAMILY) return n;
    size_t n_others = 0;
    const struct pd_alternatives *all = options->alternatives;
    const struct pd_alternative *others = pd_alternatives_of(all, options->linkage->cluster[record], &n_others);
    for (size_t i = 0; i < n_others; i++) {
        keys[n] = (struct pd_key){ .record = record, .tag = (uint32_t)(others + i - all->items) + 1 };
        n += make_key(filling, (uint64_t)family_of(options, others[i].person) + 1, &keys[n]);
    }
    return n;
}

/* Whether anybody wants the group of this row, which will come. */
static void prefetch_wanted(const struct filling *filling, uint32_t record)
{
    if (!is_payment(filling->options, record)) return;
    if (filling->marks != NULL) pd_prefetch(&filling->marks[filling->likely_families[record]]);
    if (filling->shared.bits != NULL)
        pd_sketch_prefetch(&filling->shared, pd_mix64(pd_payment_number(filling->options->linkage, record)));
}

static enum padan_status fill_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct filling *filling = context;
    struct pd_key *to = filling->keys == NULL ? NULL : filling->keys + filling->counts[chunk];
    size_t n = 0;
    (void)worker;
    (void)error;
    const size_t end = end_of_rows(filling, chunk);
    for (size_t i = chunk * CHUNK_ROWS; i < end; i++) {
        struct pd_key keys[KEYS_MAX];
        if (end - i > PAYMENTS_AHEAD) prefetch_wanted(filling, (uint32_t)i + PAYMENTS_AHEAD);
        const size_t n_keys = find_keys(filling, (uint32_t)i, keys);
        for (size_t k = 0; k < n_keys && to != NULL; k++) to[n + k] = keys[k];
        n += n_keys;
    }
    if (to == NULL) filling->counts[chunk] = n;
    return PADAN_OK;
}

static enum padan_status count_keys(struct filling *filling, size_t *n_keys, struct padan_error *error)
{
    PD_TRY(pd_parallel_for(filling->n_chunks, filling->options->threads, fill_chunk, filling, error));
    size_t n = 0;
    for (size_t i = 0; i <= filling->n_chunks; i++) {
        const size_t count = filling->counts[i];
        filling->counts[i] = n;
        n += count;
    }
    *n_keys = n;
    return PADAN_OK;
}

/* Where few groups can tell anything: which. */
static enum padan_status find_wanted(struct filling *filling, struct padan_error *error)
{
    const int threads = filling->options->threads;
    const size_t n = filling->options->linkage->table->n_records;
    switch (filling->grouping) {
    case PD_GROUP_FAMILY: break;
    case PD_GROUP_LIKELY_FAMILY:
        PD_TRY(pd_allocate(&filling->marks, n, sizeof *filling->marks, error));
        PD_TRY(pd_allocate_array(&filling->likely_families, n, sizeof *filling->likely_families, error));
        return pd_parallel_for(filling->n_chunks, threads, mark_doubtful, filling, error);
    case PD_GROUP_NIK:
        PD_TRY(pd_sketch_make(&filling->shared, n / 2, error));
        return pd_parallel_for(filling->n_chunks, threads, note_shared, filling, error);
    }
    return PADAN_OK;
}

static enum padan_status make_keys(struct filling *filling, struct pd_payment_groups *groups, struct padan_error *error)
{
    const int threads = filling->options->threads;
    struct pd_key *scratch = NULL;
    PD_TRY(pd_allocate(&filling->counts, filling->n_chunks + 1, sizeof *filling->counts, error));
    PD_TRY(find_wanted(filling, error));
    PD_TRY(count_keys(filling, &groups->n_keys, error));
    PD_TRY(pd_allocate_array(&groups->keys, groups->n_keys, sizeof *groups->keys, error));
    filling->keys = groups->keys;
    PD_TRY(pd_parallel_for(filling->n_chunks, threads, fill_chunk, filling, error));
    PD_TRY(pd_allocate_array(&scratch, groups->n_keys, sizeof *scratch, error));
    const enum padan_status status = pd_radix_sort(groups->keys, scratch, groups->n_keys, threads, error);
    pd_free(scratch);
    return status;
}

void pd_payments_sort(struct pd_payment *payments, size_t n, int (*compare)(const void *a, const void *b))
{
    enum { FEW = 16 };
    if (n > FEW) {
        qsort(payments, n, sizeof *payments, compare);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        const struct pd_payment payment = payments[i];
        size_t at = i;
        for (; at > 0 && compare(&payments[at - 1], &payment) > 0; at--) payments[at] = payments[at - 1];
        payments[at] = payment;
    }
}

static int by_person(const void *a, const void *b)
{
    const struct pd_payment *x = a;
    const struct pd_payment *y = b;
    if (x->alternative != y->alternative) return x->alternative ? 1 : -1;
    if (x->likely_person != y->likely_person) return x->likely_person < y->likely_person ? -1 : 1;
    if (x->person != y->person) return x->person < y->person ? -1 : 1;
    if (x->program != y->program) return x->program < y->program ? -1 : 1;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

/* Rows of a group lie anywhere: brings near what pd_payment_of will read of those that come, the families by way of the
 * likely persons, which must be near by then. */
static void prefetch_payments(const struct pd_payment_groups *groups, size_t at)
{
    enum { FAR = 24, NEARER = 16, NEAR = 8 };
    const struct pd_payment_options *options = groups->options;
    const struct pd_linkage *linkage = options->linkage;
    const int nominal = linkage->columns.nominal;
    if (groups->n_keys - at <= FAR) return;
    const uint32_t record = groups->keys[at + FAR].record;
    pd_prefetch(&options->slices->of_row[record]);
    pd_prefetch(&options->likely[record]);
    pd_prefetch(&linkage->cluster[record]);
    pd_prefetch(&linkage->household[record]);
    if (nominal >= 0) pd_column_prefetch(&linkage->table->columns[nominal], record);
    pd_prefetch(&linkage->household[options->likely[groups->keys[at + NEARER].record]]);
    pd_prefetch(&options->likely_family[linkage->household[options->likely[groups->keys[at + NEAR].record]]]);
}

static size_t end_of_keys(const struct pd_payment_groups *groups, size_t chunk)
{
    return (chunk + 1) * CHUNK_KEYS < groups->n_keys ? (chunk + 1) * CHUNK_KEYS : groups->n_keys;
}

static struct pd_payment payment_of_key(const struct pd_payment_options *options, const struct pd_key *key)
{
    struct pd_payment payment = pd_payment_of(options, key->record);
    if (key->tag == 0) return payment;
    payment.likely_person = options->alternatives->items[key->tag - 1].person;
    payment.likely_family = family_of(options, payment.likely_person);
    payment.alternative = true;
    return payment;
}

/* The groups that begin in a chunk, each in the order of its visit. */
static enum padan_status gather_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct pd_payment_groups *groups = context;
    const struct pd_key *keys = groups->keys;
    const size_t limit = end_of_keys(groups, chunk);
    (void)worker;
    (void)error;
    for (size_t begin = pd_key_run_begin(keys, limit, chunk * CHUNK_KEYS), end; begin < limit; begin = end) {
        end = pd_key_run_end(keys, groups->n_keys, begin);
        for (size_t i = begin; i < end; i++) {
            prefetch_payments(groups, i);
            groups->payments[i] = payment_of_key(groups->options, &keys[i]);
        }
        pd_payments_sort(groups->payments + begin, end - begin, by_person);
    }
    return PADAN_OK;
}

static enum padan_status gather(struct pd_payment_groups *groups, struct padan_error *error)
{
    groups->n_chunks = (groups->n_keys + CHUNK_KEYS - 1) / CHUNK_KEYS;
    PD_TRY(pd_allocate_array(&groups->payments, groups->n_keys, sizeof *groups->payments, error));
    return pd_parallel_for(groups->n_chunks, groups->options->threads, gather_chunk, groups, error);
}

enum padan_status pd_payments_group(const struct pd_payment_options *options, enum pd_payment_grouping grouping,
                                    struct pd_payment_groups *groups, struct padan_error *error)
{
    const size_t n_rows = options->linkage->table->n_records;
    struct filling filling = { .options = options,
                               .grouping = grouping,
                               .n_chunks = (n_rows + CHUNK_ROWS - 1) / CHUNK_ROWS };
    *groups = (struct pd_payment_groups){ .options = options };
    enum padan_status status = make_keys(&filling, groups, error);
    pd_free(filling.counts);
    pd_free(filling.marks);
    pd_free(filling.likely_families);
    pd_sketch_reset(&filling.shared);
    if (status == PADAN_OK) status = gather(groups, error);
    if (status != PADAN_OK) pd_payment_groups_reset(groups);
    return status;
}

enum padan_status pd_payments_group_families(struct pd_payment_options *options, struct padan_error *error)
{
    if (options->n_programs > PD_PAYMENT_PROGRAMS_MAX)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "the list of programs has %zu entries; %d are allowed", options->n_programs,
                PD_PAYMENT_PROGRAMS_MAX);
    PD_TRY(pd_payments_group(options, PD_GROUP_FAMILY, &options->families, error));
    return pd_payments_group(options, PD_GROUP_LIKELY_FAMILY, &options->likely_families, error);
}

void pd_payment_groups_reset(struct pd_payment_groups *groups)
{
    pd_free(groups->keys);
    pd_free(groups->payments);
    *groups = (struct pd_payment_groups){ 0 };
}

struct scratch {
    struct pd_payment *payments;
    size_t capacity;
};

struct visiting {
    const struct pd_payment_groups *groups;
    const struct pd_payment_walk *walk;
    struct scratch *scratch; /* [threads] */
};

/* Who visits a group may put a copy of it in another order. */
static enum padan_status visit_chunk(void *opaque, size_t chunk, int worker, struct padan_error *error)
{
    const struct visiting *visiting = opaque;
    const struct pd_payment_groups *groups = visiting->groups;
    const struct pd_key *keys = groups->keys;
    const struct pd_payment_walk *walk = visiting->walk;
    struct scratch *scratch = &visiting->scratch[worker];
    const size_t limit = end_of_keys(groups, chunk);
    for (size_t begin = pd_key_run_begin(keys, limit, chunk * CHUNK_KEYS), end; begin < limit; begin = end) {
        end = pd_key_run_end(keys, groups->n_keys, begin);
        const size_t n = end - begin;
        PD_TRY(pd_grow(&scratch->payments, &scratch->capacity, n, sizeof *scratch->payments, error));
        for (size_t i = begin + PAYMENTS_AHEAD; i < end + PAYMENTS_AHEAD && i < groups->n_keys; i++)
            if (walk->reach != NULL) walk->reach(walk->context, &groups->payments[i]);
        memcpy(scratch->payments, groups->payments + begin, n * sizeof *scratch->payments);
        PD_TRY(walk->visit(walk->context, chunk, worker, scratch->payments, n, error));
    }
    return PADAN_OK;
}

enum padan_status pd_payments_visit(const struct pd_payment_groups *groups, const struct pd_payment_walk *walk,
                                    struct padan_error *error)
{
    struct visiting visiting = { .groups = groups, .walk = walk };
    const int threads = groups->options->threads;
    PD_TRY(pd_allocate(&visiting.scratch, (size_t)threads, sizeof *visiting.scratch, error));
    const enum padan_status status = pd_parallel_for(groups->n_chunks, threads, visit_chunk, &visiting, error);
    for (int i = 0; i < threads; i++) pd_free(visiting.scratch[i].payments);
    pd_free(visiting.scratch);
    return status;
}

size_t pd_payments_before_alternatives(const struct pd_payment *payments, size_t n)
{
    while (n > 0 && payments[n - 1].alternative) n--;
    return n;
}

bool pd_payments_need_review(const struct pd_payment *payments, size_t n)
{
    for (size_t i = 0; i < n && n > 1; i++)
        if (payments[i].person != payments[i].likely_person || payments[i].family != payments[0].family) return true;
    return false;
}
