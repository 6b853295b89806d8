/* SPDX-License-Identifier: MIT
 * A link of sources in which people stand more than once: payments, visits, a register with duplicates.
 *
 * Competition keeps families out of the matches of a link, but it takes rows for people: where a row has two true
 * matches in the other source, the one that is damaged a little loses all to the one that is not, and passes for a pair
 * that agrees in everything and is none. From such pairs it is learned that nothing tells anybody apart. Without
 * competition, as where most rows repeat, families pass for matches. So where a link is not clear, all is trained once
 * more with the pairs inside the sources, which tell what a person's rows are like and what families are like as well
 * as those across do. That stands when it is clear, and when rows do have matches that agree with each other; only
 * pairs across are compared with it. */
#include "zero/state.h"

/* All pairs for one across: beyond, a large source is not looked into (as in zero/inside.c). */
static const double MOST_PAIRS = 8;

/* What a link has besides what training found, to go back to. */
struct link {
    uint8_t *scope;
    double all_pairs;
    struct pd_zero_pairs random_pairs;
    struct pd_auto_rules rules;
    struct pd_uniqueness uniqueness;
    struct pd_inside inside;
    bool repeats;
};

static struct link link_of(const struct pd_zero *zero)
{
    return (struct link){ zero->scope,      zero->all_pairs, zero->random_pairs, zero->rules,
                          zero->uniqueness, zero->inside,    zero->repeats };
}

static void go_back_to(struct pd_zero *zero, const struct link *link)
{
    zero->data.inside = false;
    zero->scope = link->scope;
    zero->all_pairs = link->all_pairs;
    zero->random_pairs = link->random_pairs;
    zero->rules = link->rules;
}

static bool is_clear(const struct pd_zero *zero, const struct pd_zero_doubt *doubt)
{
    return (zero->inside.n_links == 0 || zero->inside.few_inside) && pd_zero_is_clear(zero, doubt);
}

static bool is_worth_it(const struct pd_zero *zero, const struct pd_zero_doubt *doubt)
{
    const double n = (double)zero->options->table->n_records;
    return zero->options->link_type == PD_LINK_ONLY && !zero->by_row &&
           n * (n - 1) / 2 <= MOST_PAIRS * zero->all_pairs && !is_clear(zero, doubt);
}

/* Trains all pairs; stands: whether they are clear and rows repeat. */
static enum padan_status train_all(struct pd_zero *zero, struct pd_zero_doubt *doubt, bool *stands,
                                   struct padan_error *error)
{
    bool *best = NULL;
    PD_TRY(pd_zero_choose_rules(zero, error));
    PD_TRY(pd_zero_train(zero, error));
    PD_TRY(pd_zero_judge(zero, doubt, &best, error));
    *stands = pd_zero_is_clear(zero, doubt);
    if (!*stands) return PADAN_OK;
    PD_TRY(pd_zero_find_best(zero, &best, error));
    *stands = !pd_zero_hardly_repeats(zero);
    return PADAN_OK;
}

enum padan_status pd_zero_try_together(struct pd_zero *zero, struct pd_zero_doubt *doubt, struct padan_error *error)
{
    struct pd_zero_found found, together;
    const struct link link = link_of(zero);
    bool stands = false;
    if (!is_worth_it(zero, doubt)) return PADAN_OK;
    PD_TRY(pd_zero_put_aside(zero, doubt, &found, error));
    zero->data.inside = true;
    zero->repeats = false;
    PD_TRY(pd_zero_set_scope(zero, error));
    PD_TRY(train_all(zero, doubt, &stands, error));
    if (!stands) {
        go_back_to(zero, &link);
        zero->uniqueness = link.uniqueness;
        zero->repeats = link.repeats;
        return pd_zero_take_back(zero, &found, doubt, error);
    }
    pd_zero_forget(&found);
    PD_TRY(pd_zero_put_aside(zero, doubt, &together, error));
    go_back_to(zero, &link);
    zero->inside = (struct pd_inside){ .n_links = 0 };
    zero->uniqueness.one_to_one = false;
    zero->repeats = true;
    pd_append_string(zero->said,
                     "together           rows repeat inside the sources: pairs inside were learned from too, "
                     "and are not linked\n");
    return pd_zero_take_back(zero, &together, doubt, error);
}
