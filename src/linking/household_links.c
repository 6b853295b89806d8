/* SPDX-License-Identifier: MIT */
#include "linking/household_links.h"

#include "base/hash.h"
#include "base/memory.h"

#include <math.h>

/* Beyond, it is the same whether households are one. */
static const double SURE_BITS = 60;
#define NO_PAIR SIZE_MAX

/* --- meetings --- */

static struct pd_household_meeting meeting_of(const struct pd_household_rows *rows, const struct pd_edge *edge)
{
    const uint32_t left = rows->of[edge->left], right = rows->of[edge->right];
    return (struct pd_household_meeting){ { left < right ? left : right, left < right ? right : left }, 0, 0 };
}

static uint64_t word_of(const struct pd_household_meeting *meeting)
{
    return pd_mix64((uint64_t)meeting->households[0] << 32 | meeting->households[1]);
}

static enum padan_status find_meetings(struct pd_household_meetings *meetings, size_t n_keys, struct padan_error *error)
{
    size_t n = 0;
    for (size_t i = 0; i < n_keys; i = pd_key_run_end(meetings->keys, n_keys, i)) n++;
    PD_TRY(pd_allocate_array(&meetings->items, n + 1, sizeof *meetings->items, error));
    for (size_t i = 0, end; i < n_keys; i = end) {
        struct pd_household_meeting *meeting = &meetings->items[meetings->n++];
        end = pd_key_run_end(meetings->keys, n_keys, i);
        *meeting = meeting_of(meetings->rows, &meetings->edges->edges[meetings->keys[i].record]);
        meeting->begin = i;
        meeting->end = end;
    }
    return PADAN_OK;
}

enum padan_status pd_household_meetings_make(const struct pd_table *table, const struct pd_household_rows *rows,
                                             const struct pd_edges *edges, int threads,
                                             struct pd_household_meetings *meetings, struct padan_error *error)
{
    struct pd_key *scratch = NULL;
    size_t n = 0;
    *meetings = (struct pd_household_meetings){ .rows = rows, .edges = edges };
    if (edges->n_edges > UINT32_MAX) PD_FAIL(error, PADAN_LIMIT, "more than 4 billion pairs of rows in households");
    PD_TRY(pd_keys_make(edges->n_edges + 1, &meetings->keys, &scratch, error));
    for (size_t i = 0; i < edges->n_edges; i++) {
        const struct pd_edge *edge = &edges->edges[i];
        if (rows->of[edge->left] == 0 || rows->of[edge->right] == 0 ||
            pd_table_source(table, edge->left) == pd_table_source(table, edge->right))
            continue;
        const struct pd_household_meeting meeting = meeting_of(rows, edge);
        meetings->keys[n++] = (struct pd_key){ .hash = word_of(&meeting), .record = (uint32_t)i };
    }
    enum padan_status status = pd_radix_sort(meetings->keys, scratch, n, threads, error);
    if (status == PADAN_OK) status = find_meetings(meetings, n, error);
    if (status != PADAN_OK) pd_household_meetings_reset(meetings);
    return status;
}

void pd_household_meetings_reset(struct pd_household_meetings *meetings)
{
    pd_free(meetings->keys);
    pd_free(meetings->items);
    *meetings = (struct pd_household_meetings){ 0 };
}

/* --- the best matching of members --- */

void pd_household_pairs(const struct pd_household_meetings *meetings, size_t meeting, const double *worths,
                        struct pd_member_pairs *pairs)
{
    const struct pd_household_meeting *at = &meetings->items[meeting];
    const struct pd_household_rows *rows = meetings->rows;
    const size_t sizes[2] = { pd_household_size(rows, at->households[0]), pd_household_size(rows, at->households[1]) };
    pairs->n = 0;
    pairs->n_most = sizes[0] > sizes[1] ? sizes[0] : sizes[1];
    for (size_t i = at->begin; i < at->end; i++) {
        const uint32_t index = meetings->keys[i].record;
        const struct pd_edge *edge = &meetings->edges->edges[index];
        const bool straight = rows->of[edge->left] == at->households[0];
        const uint32_t a = straight ? edge->left : edge->right, b = straight ? edge->right : edge->left;
        pairs->items[pairs->n++] = (struct pd_member_pair){ { rows->place[a], rows->place[b] }, index, worths[index] };
    }
}

struct matching {
    double worth, shared; /* sums */
    size_t n;
};

/* A pair that must not be in a matching, or whose members must not. */
struct left_out {
    size_t pair; /* NO_PAIR: none */
    bool members;
};
static const struct left_out NOBODY = { NO_PAIR, false };

static bool is_left_out(const struct pd_member_pairs *pairs, struct left_out out, size_t pair)
{
    if (out.pair == NO_PAIR) return false;
    const uint8_t *of = pairs->items[out.pair].places, *at = pairs->items[pair].places;
    return out.members ? of[0] == at[0] || of[1] == at[1] : pair == out.pair;
}

/* The best matching; shares: by edge, NULL: none. */
static struct matching match(const struct pd_member_pairs *pairs, const double *shares, struct left_out out)
{
    double worths[PD_ASSIGNMENT_MAX][PD_ASSIGNMENT_MAX] = { { 0 } };
    uint8_t matched[PD_ASSIGNMENT_MAX];
    struct matching matching = { 0, 0, 0 };
    for (size_t i = 0; i < pairs->n; i++)
        if (!is_left_out(pairs, out, i))
            worths[pairs->items[i].places[0]][pairs->items[i].places[1]] = fmax(pairs->items[i].worth, 0);
    matching.worth = pd_assign(worths, pairs->n_most, matched);
    for (size_t i = 0; i < pairs->n; i++) {
        if (matched[pairs->items[i].places[0]] != pairs->items[i].places[1]) continue;
        matching.shared += shares == NULL ? 0 : shares[pairs->items[i].edge];
        matching.n++;
    }
    return matching;
}

double pd_household_match(const struct pd_member_pairs *pairs)
{
    return match(pairs, NULL, NOBODY).worth;
}

/* --- evidence --- */

struct weighing {
    const struct pd_household_meetings *meetings;
    const struct pd_household_members *members;
    const struct pd_table *table;
    const double *weights; /* of edges, without the households */
    double *worths;        /* of edges, in households that are one */
    double *shares;        /* of edges: what does not tell members apart, and the prior */
    double *odds;          /* of meetings being of one household */
    double *sums;          /* of odds, by household and other source */
};

/* Odds, in bits, that two households are one in which so many members are, matched as they are. */
static double bits_of(const struct weighing *w, const struct matching *matching, size_t n_members)
{
    if (matching->n == 0) return -SURE_BITS;
    const double bits =
        matching->shared / (double)matching->n + matching->worth + (double)n_members * log2(w->members->apart);
    return fmin(fmax(bits, -SURE_BITS), SURE_BITS);
}

static size_t source_of(const struct weighing *w, uint32_t household)
{
    const struct pd_household_rows *rows = w->meetings->rows;
    return pd_table_source(w->table, rows->members[rows->begins[household]]);
}

/* Where the odds of a household's meetings with another one's source are summed. */
static double *sum_of(const struct weighing *w, uint32_t household, uint32_t other)
{
    return &w->sums[household * w->table->n_sources + source_of(w, other)];
}

static size_t members_of(const struct weighing *w, const struct pd_household_meeting *meeting)
{
    return pd_household_size(w->meetings->rows, meeting->households[0]) +
           pd_household_size(w->meetings->rows, meeting->households[1]);
}

static void weigh_edges(const struct weighing *w)
{
    const struct pd_edges *edges = w->meetings->edges;
    const double odds = log2(w->members->odds);
    for (size_t i = 0; i < edges->n_edges; i++) {
        const double bits =
            pd_household_member_bits(w->members, edges->gammas + i * edges->n_comparisons, edges->n_comparisons);
        w->worths[i] = odds + bits;
        w->shares[i] = w->weights[i] - bits;
    }
}

static void weigh_meetings(const struct weighing *w)
{
    struct pd_member_pairs pairs;
    for (size_t i = 0; i < w->meetings->n; i++) {
        const struct pd_household_meeting *meeting = &w->meetings->items[i];
        pd_household_pairs(w->meetings, i, w->worths, &pairs);
        const struct matching all = match(&pairs, w->shares, NOBODY);
        w->odds[i] = exp2(bits_of(w, &all, members_of(w, meeting)));
        *sum_of(w, meeting->households[0], meeting->households[1]) += w->odds[i];
        *sum_of(w, meeting->households[1], meeting->households[0]) += w->odds[i];
    }
}

/* Odds of the other households that either of two may be one with. */
static double odds_of_rivals(const struct weighing *w, size_t meeting)
{
    const uint32_t *households = w->meetings->items[meeting].households;
    return fmax(
        *sum_of(w, households[0], households[1]) + *sum_of(w, households[1], households[0]) - 2 * w->odds[meeting], 0);
}

static double gain_of(const struct weighing *w, size_t meeting, const struct pd_member_pairs *pairs, size_t pair)
{
    const size_t n_others = members_of(w, &w->meetings->items[meeting]) - 2;
    const double weight = w->weights[pairs->items[pair].edge];
    const struct matching others = match(pairs, w->shares, (struct left_out){ pair, true });
    if (others.n == 0 || 4 * others.n < n_others) return 0; /* half of the others on both sides */
    const double odds = exp2(bits_of(w, &others, n_others));
    const double are_one = odds / (1 + odds + odds_of_rivals(w, meeting));
    const struct matching without = match(pairs, NULL, (struct left_out){ pair, false });
    const double within = fmin(others.worth + pairs->items[pair].worth - without.worth, SURE_BITS);
    return fmax(log2(are_one * exp2(within) + (1 - are_one) * exp2(weight)) - weight, 0);
}

static void find_gains(const struct weighing *w, double *gains)
{
    struct pd_member_pairs pairs;
    for (size_t i = 0; i < w->meetings->n; i++) {
        pd_household_pairs(w->meetings, i, w->worths, &pairs);
        for (size_t j = 0; pairs.n > 1 && j < pairs.n; j++) gains[pairs.items[j].edge] = gain_of(w, i, &pairs, j);
    }
}

enum padan_status pd_household_gains(const struct pd_household_meetings *meetings, const struct pd_table *table,
                                     const struct pd_household_members *members, const double *weights, double *gains,
                                     struct padan_error *error)
{
    const size_t n_edges = meetings->edges->n_edges;
    struct weighing w = { .meetings = meetings, .members = members, .table = table, .weights = weights };
    enum padan_status status = pd_allocate_array(&w.worths, n_edges + 1, sizeof *w.worths, error);
    if (status == PADAN_OK) status = pd_allocate_array(&w.shares, n_edges + 1, sizeof *w.shares, error);
    if (status == PADAN_OK) status = pd_allocate_array(&w.odds, meetings->n + 1, sizeof *w.odds, error);
    if (status == PADAN_OK)
        status = pd_allocate(&w.sums, (meetings->rows->n + 1) * table->n_sources, sizeof *w.sums, error);
    if (status == PADAN_OK) {
        for (size_t i = 0; i < n_edges; i++) gains[i] = 0;
        weigh_edges(&w);
        weigh_meetings(&w);
        find_gains(&w, gains);
    }
    pd_free(w.worths);
    pd_free(w.shares);
    pd_free(w.odds);
    pd_free(w.sums);
    return status;
}
