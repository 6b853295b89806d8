/* SPDX-License-Identifier: MIT
 * Method: one walk over families finds what is certain, one over likely families what is to be reviewed, one over NIKs
 * what is K2; what only other candidates show is possible_duplicates.c's. Inside a family payments are taken program by
 * program; each class leaves only what is kept to the next, K1 to K3 to KK. Chunks keep lists of their own, put
 * together in order. */
#include "reconcile/duplicates.h"

#include "base/memory.h"
#include "reconcile/keep.h"
#include "reconcile/possible_duplicates.h"
#include "reconcile/same_name.h"

#include <stdlib.h>

struct chunk_list {
    struct pd_duplicates found;
};

struct worker {
    struct pd_keeper keeper;
    struct pd_payment *program; /* payments of one program of the group */
    struct pd_payment *part;    /* of them, those at hand */
    size_t program_capacity, part_capacity;
};

struct finder {
    const struct pd_payment_options *options;
    struct chunk_list *chunks;
    struct worker *workers;
};

/* One group of one chunk at work. */
struct walk {
    const struct finder *finder;
    struct worker *worker;
    struct pd_duplicates *out;
    enum pd_duplicate_class class; /* of the chains that are found now; K1 becomes K1a or K1b */
    bool certain;
};

void pd_duplicates_reset(struct pd_duplicates *duplicates)
{
    pd_free(duplicates->groups);
    pd_free(duplicates->rows);
    *duplicates = (struct pd_duplicates){ 0 };
}

/* A clean NIK: a number that is a card's too is one where the register has it for the row's own person. */
static uint64_t nik_of(const struct pd_linkage *linkage, uint32_t record)
{
    if (linkage->columns.nik < 0) return 0;
    const uint64_t nik = ((const uint64_t *)linkage->table->columns[linkage->columns.nik].words)[record];
    const uint32_t person = linkage->anchor[record];
    if (nik != 0 || person == PD_NO_RECORD) return nik;
    const uint64_t number = pd_payment_number(linkage, record);
    return number == pd_payment_number(linkage, person) ? number : 0;
}

/* Name, birth place, birth date and sex as well as NIK (the five fields of K1). */
static bool five_equal(const struct pd_linkage *linkage, uint32_t a, uint32_t b)
{
    const struct pd_person_columns *columns = &linkage->columns;
    const int others[] = { columns->nik, columns->tempat_lahir, columns->tgl_lahir, columns->jenis_kelamin };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (others[i] < 0) continue;
        const struct pd_column *column = &linkage->table->columns[others[i]];
        if (pd_column_word(column, a) != pd_column_word(column, b)) return false;
    }
    return columns->nama < 0 || pd_same_name(&linkage->table->columns[columns->nama], a, b);
}

/* --- groups --- */

static int by_record(const void *a, const void *b)
{
    const struct pd_duplicate_row *x = a;
    const struct pd_duplicate_row *y = b;
    return (x->record > y->record) - (x->record < y->record);
}

static enum pd_duplicate_class class_of(const struct walk *walk, const struct pd_chain_row *rows, size_t n)
{
    const struct pd_linkage *linkage = walk->finder->options->linkage;
    if (walk->class != PD_DUPLICATE_K1A) return walk->class;
    for (size_t i = 1; i < n; i++)
        if (!five_equal(linkage, rows[0].payment.record, rows[i].payment.record)) return PD_DUPLICATE_K1B;
    return PD_DUPLICATE_K1A;
}

/* A family is certainly paid through several persons when they are known to be several: the register knows each. */
static bool is_certain(const struct walk *walk, const struct pd_chain_row *rows, size_t n)
{
    const struct pd_linkage *linkage = walk->finder->options->linkage;
    if (walk->class != PD_DUPLICATE_KK || linkage->register_source < 0) return walk->certain;
    bool known = walk->certain;
    for (size_t i = 0; i < n; i++) known = known && linkage->anchor[rows[i].payment.record] != PD_NO_RECORD;
    return known;
}

/* pd_chain_found: a chain is a group. */
static enum padan_status add_group(void *context, const struct pd_chain_row *rows, size_t n, struct padan_error *error)
{
    const struct walk *walk = context;
    struct pd_duplicates *out = walk->out;
    struct pd_duplicate_group group = { .begin = out->n_rows,
                                        .end = out->n_rows + n,
                                        .program = rows[0].payment.program,
                                        .class = class_of(walk, rows, n),
                                        .certain = is_certain(walk, rows, n) };
    PD_TRY(pd_grow(&out->rows, &out->rows_capacity, out->n_rows + n, sizeof *out->rows, error));
    PD_TRY(pd_grow(&out->groups, &out->groups_capacity, out->n_groups + 1, sizeof *out->groups, error));
    for (size_t i = 0; i < n; i++) {
        const bool kept = rows[i].kept || walk->class == PD_DUPLICATE_K2;
        out->rows[out->n_rows++] = (struct pd_duplicate_row){ rows[i].payment.record, kept };
        if (kept) continue;
        group.n_surplus++;
        group.surplus += pd_payment_money(&rows[i].payment);
        group.n_without_money += rows[i].payment.amount == PD_NULL_INT;
    }
    qsort(out->rows + group.begin, n, sizeof *out->rows, by_record);
    out->groups[out->n_groups++] = group;
    return PADAN_OK;
}

/* --- classes --- */

static enum padan_status keep(struct walk *walk, struct pd_payment *payments, size_t *n, pd_chain_found *found,
                              enum pd_duplicate_class class, struct padan_error *error)
{
    walk->class = class;
    return pd_keep(&walk->worker->keeper, payments, n, found, walk, error);
}

/* Is a number a clean NIK on any of the payments? */
static bool is_clean(const struct pd_linkage *linkage, const struct pd_payment *payments, size_t n, uint64_t number)
{
    for (size_t i = 0; i < n && number != 0; i++)
        if (nik_of(linkage, payments[i].record) == number) return true;
    return false;
}

enum pd_duplicate_class pd_duplicate_class_of(const struct pd_linkage *linkage, uint32_t a, uint32_t b)
{
    const uint64_t number = pd_payment_number(linkage, a);
    const bool clean = nik_of(linkage, a) != 0 || nik_of(linkage, b) != 0;
    if (number == 0 || !clean || number != pd_payment_number(linkage, b)) return PD_DUPLICATE_K3;
    return five_equal(linkage, a, b) ? PD_DUPLICATE_K1A : PD_DUPLICATE_K1B;
}

/* Payments of one person in one program: those with one NIK first (K1), then what is left of all (K3). */
static enum padan_status keep_person(struct walk *walk, struct pd_payment *payments, size_t *n, pd_chain_found *found,
                                     struct padan_error *error)
{
    const struct pd_linkage *linkage = walk->finder->options->linkage;
    struct worker *worker = walk->worker;
    size_t n_left = 0;
    if (*n < 2) return PADAN_OK;
    PD_TRY(pd_grow(&worker->part, &worker->part_capacity, *n, sizeof *worker->part, error));
    while (*n > 0) {
        /* Takes the payments with the first one's NIK out, keeps the rest for the next turn. */
        const uint64_t nik = pd_payment_number(linkage, payments[0].record);
        const bool clean = is_clean(linkage, payments, *n, nik);
        size_t n_part = 0;
        size_t n_rest = 0;
        for (size_t i = 0; i < *n; i++) {
            const bool same = i == 0 || (clean && pd_payment_number(linkage, payments[i].record) == nik);
            if (same)
                worker->part[n_left + n_part++] = payments[i];
            else
                payments[n_rest++] = payments[i];
        }
        PD_TRY(keep(walk, worker->part + n_left, &n_part, found, PD_DUPLICATE_K1A, error));
        n_left += n_part;
        *n = n_rest;
    }
    memcpy(payments, worker->part, n_left * sizeof *payments);
    *n = n_left;
    return keep(walk, payments, n, found, PD_DUPLICATE_K3, error);
}

/* End of the run of payments that agree with the one at begin in a person field. */
static size_t person_end(const struct pd_payment *payments, size_t begin, size_t n, bool likely)
{
    size_t end = begin + 1;
    while (end < n && (likely ? payments[end].likely_person == payments[begin].likely_person
                              : payments[end].person == payments[begin].person))
        end++;
    return end;
}

/* Reduces each (likely) person of payments[0 .. n) to what is kept; *n becomes what is left. */
static enum padan_status keep_persons(struct walk *walk, struct pd_payment *payments, size_t *n, bool likely,
                                      pd_chain_found *found, struct padan_error *error)
{
    size_t n_left = 0;
    for (size_t begin = 0; begin < *n;) {
        const size_t end = person_end(payments, begin, *n, likely);
        size_t n_person = end - begin;
        PD_TRY(keep_person(walk, payments + begin, &n_person, found, error));
        memmove(payments + n_left, payments + begin, n_person * sizeof *payments);
        n_left += n_person;
        begin = end;
    }
    *n = n_left;
    return PADAN_OK;
}

/* --- walks --- */

static int by_program(const void *a, const void *b)
{
    const struct pd_payment *x = a;
    const struct pd_payment *y = b;
    if (x->program != y->program) return x->program < y->program ? -1 : 1;
    if (x->likely_person != y->likely_person) return x->likely_person < y->likely_person ? -1 : 1;
    if (x->person != y->person) return x->person < y->person ? -1 : 1;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

static struct walk begin_walk(const struct finder *finder, size_t chunk, int worker)
{
    return (struct walk){
        .finder = finder, .worker = &finder->workers[worker], .out = &finder->chunks[chunk].found, .certain = true
    };
}

/* One program of a family: what is certain. Persons that may be one are one for KK: they are listed as K3. */
static enum padan_status family_program(struct walk *walk, struct pd_payment *payments, size_t n,
                                        struct padan_error *error)
{
    const bool families = walk->finder->options->pays_families[payments[0].program];
    PD_TRY(keep_persons(walk, payments, &n, false, add_group, error));
    if (!families) return PADAN_OK;
    PD_TRY(keep_persons(walk, payments, &n, true, NULL, error));
    return keep(walk, payments, &n, add_group, PD_DUPLICATE_KK, error);
}

typedef enum padan_status walk_program(struct walk *walk, struct pd_payment *payments, size_t n,
                                       struct padan_error *error);

/* Calls for every program with several payments of a group, on a copy. */
static enum padan_status each_program(struct walk *walk, struct pd_payment *payments, size_t n, walk_program *body,
                                      struct padan_error *error)
{
    struct worker *worker = walk->worker;
    pd_payments_sort(payments, n, by_program);
    for (size_t begin = 0; begin < n;) {
        size_t end = begin + 1;
        while (end < n && payments[end].program == payments[begin].program) end++;
        if (end - begin > 1) {
            PD_TRY(pd_grow(&worker->program, &worker->program_capacity, end - begin, sizeof *worker->program, error));
            memcpy(worker->program, payments + begin, (end - begin) * sizeof *payments);
            PD_TRY(body(walk, worker->program, end - begin, error));
        }
        begin = end;
    }
    return PADAN_OK;
}

static enum padan_status visit_family(void *context, size_t chunk, int worker, struct pd_payment *payments, size_t n,
                                      struct padan_error *error)
{
    struct walk walk = begin_walk(context, chunk, worker);
    return n < 2 ? PADAN_OK : each_program(&walk, payments, n, family_program, error);
}

static bool is_moved(const struct pd_payment *payment)
{
    return payment->person != payment->likely_person;
}

/* Where a likely person has certain payments, they speak for it: drops the moved ones of every likely person that has
 * others. */
static size_t drop_moved(struct pd_payment *payments, size_t n)
{
    size_t n_left = 0;
    for (size_t begin = 0; begin < n;) {
        const size_t end = person_end(payments, begin, n, true);
        bool settled = false;
        for (size_t i = begin; i < end; i++) settled = settled || !is_moved(&payments[i]);
        for (size_t i = begin; i < end; i++)
            if (!settled || !is_moved(&payments[i])) payments[n_left++] = payments[i];
        begin = end;
    }
    return n_left;
}

/* pd_chain_found: a KK of likely families that the certain families did not show. */
static enum padan_status add_likely_family(void *context, const struct pd_chain_row *rows, size_t n,
                                           struct padan_error *error)
{
    for (size_t i = 1; i < n; i++)
        if (rows[i].payment.family != rows[0].payment.family) return add_group(context, rows, n, error);
    return PADAN_OK;
}

/* One program of a likely family: payments of one likely person through several certain ones. */
static enum padan_status likely_persons(struct walk *walk, struct pd_payment *payments, size_t n,
                                        struct padan_error *error)
{
    PD_TRY(keep_persons(walk, payments, &n, false, NULL, error));
    for (size_t begin = 0; begin < n;) {
        const size_t end = person_end(payments, begin, n, true);
        size_t n_person = end - begin;
        if (person_end(payments, begin, n, false) < end)
            PD_TRY(keep_person(walk, payments + begin, &n_person, add_group, error));
        begin = end;
    }
    return PADAN_OK;
}

/* Likewise: families that only a likely person shows to be paid twice. */
static enum padan_status likely_families(struct walk *walk, struct pd_payment *payments, size_t n,
                                         struct padan_error *error)
{
    if (!walk->finder->options->pays_families[payments[0].program]) return PADAN_OK;
    n = drop_moved(payments, n);
    PD_TRY(keep_persons(walk, payments, &n, true, NULL, error));
    return keep(walk, payments, &n, add_likely_family, PD_DUPLICATE_KK, error);
}

static enum padan_status visit_likely_family(void *context, size_t chunk, int worker, struct pd_payment *payments,
                                             size_t n, struct padan_error *error)
{
    struct walk walk = begin_walk(context, chunk, worker);
    walk.certain = false;
    n = pd_payments_before_alternatives(payments, n);
    if (!pd_payments_need_review(payments, n)) return PADAN_OK;
    PD_TRY(each_program(&walk, payments, n, likely_persons, error));
    return each_program(&walk, payments, n, likely_families, error);
}

/* Are rows with one clean NIK certainly several persons? A member under the number of the head is another than the
 * head. */
static bool are_several(const struct pd_linkage *linkage, const struct pd_chain_row *rows, size_t n)
{
    const struct pd_payment *first = NULL;
    for (size_t i = 0; i < n; i++) {
        const uint32_t record = rows[i].payment.record;
        if (nik_of(linkage, record) == 0 && !pd_payment_has_heads_number(linkage, record)) continue;
        if (first == NULL) first = &rows[i].payment;
        if (rows[i].payment.likely_person != first->likely_person) return true;
    }
    return false;
}

/* pd_chain_found: a chain of one NIK is a K2 when the rows are of several persons; to be reviewed when those may be
 * one, or the number may be a card's. */
static enum padan_status add_other_person(void *context, const struct pd_chain_row *rows, size_t n,
                                          struct padan_error *error)
{
    struct walk *walk = context;
    bool several = false;
    for (size_t i = 1; i < n; i++) several = several || rows[i].payment.person != rows[0].payment.person;
    walk->certain = are_several(walk->finder->options->linkage, rows, n);
    return several ? add_group(walk, rows, n, error) : PADAN_OK;
}

static enum padan_status nik_program(struct walk *walk, struct pd_payment *payments, size_t n,
                                     struct padan_error *error)
{
    return keep(walk, payments, &n, add_other_person, PD_DUPLICATE_K2, error);
}

static enum padan_status visit_nik(void *context, size_t chunk, int worker, struct pd_payment *payments, size_t n,
                                   struct padan_error *error)
{
    struct walk walk = begin_walk(context, chunk, worker);
    return n < 2 ? PADAN_OK : each_program(&walk, payments, n, nik_program, error);
}

/* --- the whole --- */

static enum padan_status append(struct pd_duplicates *into, const struct pd_duplicates *from, struct padan_error *error)
{
    const size_t shift = into->n_rows;
    PD_TRY(pd_grow(&into->rows, &into->rows_capacity, into->n_rows + from->n_rows, sizeof *into->rows, error));
    PD_TRY(
        pd_grow(&into->groups, &into->groups_capacity, into->n_groups + from->n_groups, sizeof *into->groups, error));
    if (from->n_rows > 0) memcpy(into->rows + shift, from->rows, from->n_rows * sizeof *from->rows);
    into->n_rows += from->n_rows;
    for (size_t i = 0; i < from->n_groups; i++) {
        struct pd_duplicate_group group = from->groups[i];
        group.begin += shift;
        group.end += shift;
        into->groups[into->n_groups++] = group;
    }
    return PADAN_OK;
}

/* The number on a payment lies anywhere. */
static void reach_payment(const void *context, const struct pd_payment *payment)
{
    const struct finder *finder = context;
    const struct pd_linkage *linkage = finder->options->linkage;
    if (linkage->columns.nik >= 0) pd_column_prefetch(&linkage->table->columns[linkage->columns.nik], payment->record);
}

static enum padan_status walk_groups(struct finder *finder, const struct pd_payment_groups *groups,
                                     pd_payment_visit *visit, struct pd_duplicates *out, struct padan_error *error)
{
    PD_TRY(pd_allocate(&finder->chunks, groups->n_chunks, sizeof *finder->chunks, error));
    const struct pd_payment_walk walk = { visit, reach_payment, finder };
    enum padan_status status = pd_payments_visit(groups, &walk, error);
    for (size_t i = 0; i < groups->n_chunks; i++) {
        if (status == PADAN_OK) status = append(out, &finder->chunks[i].found, error);
        pd_duplicates_reset(&finder->chunks[i].found);
    }
    pd_free(finder->chunks);
    finder->chunks = NULL;
    return status;
}

static enum padan_status walk_numbers(struct finder *finder, struct pd_duplicates *out, struct padan_error *error)
{
    struct pd_payment_groups groups;
    PD_TRY(pd_payments_group(finder->options, PD_GROUP_NIK, &groups, error));
    const enum padan_status status = walk_groups(finder, &groups, visit_nik, out, error);
    pd_payment_groups_reset(&groups);
    return status;
}

struct placed_group {
    struct pd_duplicate_group group;
    uint32_t first; /* record */
};

static int by_place(const void *a, const void *b)
{
    const struct placed_group *x = a;
    const struct placed_group *y = b;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    if (x->group.class != y->group.class) return x->group.class < y->group.class ? -1 : 1;
    if (x->group.certain != y->group.certain) return x->group.certain ? -1 : 1;
    return (x->group.begin > y->group.begin) - (x->group.begin < y->group.begin);
}

static enum padan_status order_groups(struct pd_duplicates *duplicates, struct padan_error *error)
{
    struct placed_group *placed = NULL;
    const size_t n = duplicates->n_groups;
    PD_TRY(pd_allocate_array(&placed, n + 1, sizeof *placed, error));
    for (size_t i = 0; i < n; i++)
        placed[i] =
            (struct placed_group){ duplicates->groups[i], duplicates->rows[duplicates->groups[i].begin].record };
    if (n > 1) qsort(placed, n, sizeof *placed, by_place);
    for (size_t i = 0; i < n; i++) duplicates->groups[i] = placed[i].group;
    pd_free(placed);
    return PADAN_OK;
}

enum padan_status pd_duplicates_find(const struct pd_payment_options *options, struct pd_duplicates *duplicates,
                                     struct padan_error *error)
{
    struct finder finder = { .options = options };
    *duplicates = (struct pd_duplicates){ 0 };
    PD_TRY(pd_allocate(&finder.workers, (size_t)options->threads, sizeof *finder.workers, error));
    enum padan_status status = walk_groups(&finder, &options->families, visit_family, duplicates, error);
    if (status == PADAN_OK)
        status = walk_groups(&finder, &options->likely_families, visit_likely_family, duplicates, error);
    if (status == PADAN_OK) status = pd_possible_duplicates(options, duplicates, error);
    if (status == PADAN_OK) status = walk_numbers(&finder, duplicates, error);
    if (status == PADAN_OK) status = order_groups(duplicates, error);
    for (int i = 0; i < options->threads; i++) {
        pd_keeper_reset(&finder.workers[i].keeper);
        pd_free(finder.workers[i].program);
        pd_free(finder.workers[i].part);
    }
    pd_free(finder.workers);
    if (status != PADAN_OK) pd_duplicates_reset(duplicates);
    return status;
}

/* --- findings --- */

static enum padan_status report_group(const struct pd_duplicates *duplicates, size_t index,
                                      const struct pd_payment_options *options, struct pd_findings *findings,
                                      struct padan_error *error)
{
    static const uint8_t kinds[] = { PD_FINDING_GANDA_K1, PD_FINDING_GANDA_K1, PD_FINDING_GANDA_K2, PD_FINDING_GANDA_K3,
                                     PD_FINDING_GANDA_KK };
    const struct pd_duplicate_group *group = &duplicates->groups[index];
    struct pd_finding finding = { .kind = kinds[group->class], .certain = group->certain };
    finding.group = (uint32_t)index + 1;
    PD_TRY(pd_findings_text(findings, pd_text_of(pd_duplicate_class_name(group->class)), &finding.criterion, error));
    for (size_t i = group->begin; i < group->end; i++) {
        const struct pd_duplicate_row *row = &duplicates->rows[i];
        const bool wrong_nik = group->class == PD_DUPLICATE_K2;
        if (row->kept && !wrong_nik) continue;
        finding.record = row->record;
        finding.amount = wrong_nik ? 0 : pd_payment_amount(options->linkage, row->record);
        PD_TRY(pd_findings_add(findings, &finding, NULL, error));
    }
    return PADAN_OK;
}

enum padan_status pd_duplicates_report(const struct pd_duplicates *duplicates, const struct pd_payment_options *options,
                                       struct pd_findings *findings, struct padan_error *error)
{
    for (size_t i = 0; i < duplicates->n_groups; i++) PD_TRY(report_group(duplicates, i, options, findings, error));
    return PADAN_OK;
}
