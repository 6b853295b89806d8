/* SPDX-License-Identifier: MIT */
#include "train/label_threshold.h"

#include <criterion/criterion.h>
#include <math.h>

enum { MOST = 400 };

/* So many pairs, or labels, of a weight. */
struct group {
    size_t n;
    double weight;
};

struct label_case {
    const char *name;
    struct group pairs[3], matches[3], others[3];
    double before, lowest, highest; /* where the threshold is to be */
    enum pd_label_draw draw;
};

static const struct label_case cases[] = {
    { "what is linked hardly is among the labelled matches",
      { { 100, 20 }, { 10, 3 } },
      { { 50, 20 } },
      { { 50, -30 } },
      0,
      3.1,
      20,
      PD_LABELS_OF_MATCHES },
    { "the labelled matches have their share of it",
      { { 100, 20 }, { 10, 3 } },
      { { 45, 20 }, { 5, 3 } },
      { { 50, -30 } },
      0,
      0,
      0,
      PD_LABELS_OF_MATCHES },
    { "labelled matches are missed",
      { { 100, 20 }, { 10, 1 } },
      { { 45, 20 }, { 5, 1 } },
      { { 50, -30 } },
      5,
      -1,
      1,
      PD_LABELS_OF_MATCHES },
    { "labelled matches that no rule brings together are found by no threshold",
      { { 100, 20 }, { 30, 1 } },
      { { 45, 20 }, { 5, -INFINITY } },
      { { 50, -30 } },
      5,
      5,
      5,
      PD_LABELS_OF_MATCHES },
    { "three slips among the others",
      { { 100, 20 }, { 10, 3 } },
      { { 50, 20 } },
      { { 47, -30 }, { 3, 20 } },
      0,
      3.1,
      20,
      PD_LABELS_OF_MATCHES },
    { "unclear pairs were labelled, and are mostly none",
      { { 100, 20 }, { 20, 8 }, { 20, 3 } },
      { { 2, 3 }, { 15, 8 } },
      { { 18, 3 }, { 3, 8 } },
      0,
      3.1,
      8,
      PD_LABELS_BY_WEIGHT },
    { "unclear pairs were labelled, and are mostly matches",
      { { 100, 20 }, { 20, 0 }, { 20, -5 } },
      { { 18, 0 }, { 2, -5 } },
      { { 2, 0 }, { 18, -5 } },
      3,
      -4.9,
      0,
      PD_LABELS_BY_WEIGHT },
    { "ten labels", { { 100, 20 }, { 10, 3 } }, { { 5, 20 } }, { { 5, -30 } }, 0, 0, 0, PD_LABELS_MIXED },
    { "matches alone", { { 100, 20 }, { 10, 3 } }, { { 50, 20 } }, { { 0, 0 } }, 0, 3.1, 20, PD_LABELS_OF_MATCHES },
    { "others alone", { { 100, 20 }, { 10, 3 } }, { { 0, 0 } }, { { 50, 3 } }, 0, 0, 0, PD_LABELS_MIXED },
    { "random pairs are often alike",
      { { 100, 20 }, { 10, 3 } },
      { { 50, 20 } },
      { { 40, -30 }, { 10, 3 } },
      0,
      0,
      0,
      PD_LABELS_MIXED },
};

static void add_labels(const struct group *groups, bool is_match, struct pd_weighed_label *labels, size_t *n)
{
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < groups[i].n; j++)
            labels[(*n)++] = (struct pd_weighed_label){ groups[i].weight, is_match };
}

Test(label_threshold, it_is_where_the_labels_let_expect_the_highest_f1)
{
    static struct pd_weighed_label labels[MOST];
    static double weights[MOST];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct label_case *c = &cases[i];
        struct pd_weighed_pairs pairs = { .weights = weights, .least = -6, .labels = labels };
        struct pd_label_threshold found;
        for (size_t g = 0; g < 3; g++)
            for (size_t j = 0; j < c->pairs[g].n; j++) weights[pairs.n++] = c->pairs[g].weight;
        add_labels(c->matches, true, labels, &pairs.n_labels);
        add_labels(c->others, false, labels, &pairs.n_labels);
        const double n_matches = pd_label_matches(&pairs, c->before).n;
        cr_assert_eq(pd_label_threshold_find(&pairs, c->before, n_matches, &found, NULL), PADAN_OK);
        cr_expect_eq(found.draw, c->draw, "%s: drawn %d", c->name, (int)found.draw);
        cr_expect(found.weight >= c->lowest && found.weight <= c->highest, "%s: %.2f", c->name, found.weight);
        cr_expect_geq(found.f1, found.f1_before, "%s", c->name);
        cr_expect_leq(found.f1, 1 + 1e-12, "%s: %.4f", c->name, found.f1);
    }
}

/* Of 110 pairs that weigh as much as matches ten are none: the labels show all matches there, so that there are no more
 * than what another model finds of them. */
Test(label_threshold, fewer_matches_make_sure_pairs_doubtful)
{
    static struct pd_weighed_label labels[MOST];
    static double weights[MOST];
    static const struct group matches[3] = { { 50, 20 } }, others[3] = { { 50, -30 } };
    struct pd_weighed_pairs pairs = { .weights = weights, .n = 110, .least = -6, .labels = labels };
    struct pd_label_threshold found, fewer;
    for (size_t i = 0; i < pairs.n; i++) weights[i] = 20;
    add_labels(matches, true, labels, &pairs.n_labels);
    add_labels(others, false, labels, &pairs.n_labels);
    cr_assert_float_eq(pd_label_matches(&pairs, 0).n, 110, .01);
    cr_assert_eq(pd_label_threshold_find(&pairs, 0, 110, &found, NULL), PADAN_OK);
    cr_assert_eq(pd_label_threshold_find(&pairs, 0, 100, &fewer, NULL), PADAN_OK);
    cr_expect_float_eq(found.f1, 1, 1e-3);
    cr_expect_float_eq(fewer.f1, 2 * 100 / 210., 1e-3);
}
