/* SPDX-License-Identifier: MIT
 * decisions.txt: what zero configuration decided, in words. */
#include "zero/state.h"

/* Related pairs are said to have a value in common from this share on. */
static const double COMMON_SHARE = .5;

void pd_zero_say_columns(struct pd_zero *zero)
{
    struct pd_buffer *out = zero->said;
    for (size_t i = 0; i < zero->profiles.n_columns; i++) {
        const struct pd_profile *profile = &zero->profiles.columns[i];
        pd_append_format(out, "column             %.*s: %s", PD_TEXT_ARGS(profile->name), pd_kind_name(profile->kind));
        if (profile->reason != NULL)
            pd_append_format(out, ", %s\n", profile->reason);
        else
            pd_append_format(out, ", %.0f %% filled, %zu values%s\n", 100 * profile->fill, profile->n_distinct,
                             profile->identities  ? "; NIK or KK numbers, equal or not"
                             : profile->of_models ? "; numbers of models, which stand in texts too: equal or not"
                                                  : "");
    }
}

void pd_zero_say_rules(struct pd_zero *zero)
{
    struct pd_buffer *out = zero->said;
    if (zero->rules.whole) {
        pd_append_format(out, "blocking           none: all %.0f pairs are compared\n", zero->rules.all_pairs);
        return;
    }
    pd_append_format(out, "blocking           budget %.0f of %.0f pairs\n", zero->rules.budget, zero->rules.all_pairs);
    for (size_t i = 0; i < zero->rules.n; i++) {
        const struct pd_auto_rule *rule = &zero->rules.list[i];
        pd_append_format(out, "  rule             %.*s", PD_TEXT_ARGS(rule->sql));
        if (rule == zero->rules.words)
            pd_append_format(out, " (a word of the texts that at most %u rows have)", (unsigned)zero->rules.most_rows);
        pd_append_format(out, ": %.0f pairs, coverage %.4f\n", rule->pairs, rule->coverage);
    }
}

/* What related pairs have in common. */
static void say_related(struct pd_zero *zero)
{
    const struct pd_related *related = &zero->estimate.related;
    const char *before = " have in common: ";
    if (zero->estimate.n_related < 1) return;
    pd_append_format(zero->said, "related            %.0f pairs are expected to be related, not the same;",
                     zero->estimate.n_related);
    for (size_t c = 0; c < zero->model->n_comparisons; c++) {
        const struct pd_comparison *comparison = &zero->model->comparisons[c];
        const double equal = related->levels[c][comparison->levels[1].gamma + 1]; /* the null level stands first */
        if ((related->by_level ? equal : related->shared[c]) < COMMON_SHARE) continue;
        pd_append_format(zero->said, "%s%.*s", before, PD_TEXT_ARGS(comparison->name));
        before = ", ";
    }
    pd_append_byte(zero->said, '\n');
}

static void say_levels(struct pd_buffer *out, const struct pd_comparison *comparison)
{
    pd_append_format(out, "comparison         %.*s\n", PD_TEXT_ARGS(comparison->name));
    for (size_t i = 0; i < comparison->n_levels; i++) {
        const struct pd_level *level = &comparison->levels[i];
        pd_append_format(out, "  %-30.*s m %.6f u %.8f weight %+.2f\n", PD_TEXT_ARGS(level->label), level->m, level->u,
                         pd_weight_to_double(level->weight));
    }
}

static void say_threshold(struct pd_buffer *out, const struct pd_auto_threshold *threshold)
{
    if (threshold->none) {
        pd_append_string(out, "threshold          none: no pair is linked\n");
        return;
    }
    pd_append_format(out, "threshold          %.2f bits", threshold->weight);
    if (threshold->n_pairs >= 1)
        pd_append_format(out,
                         ": %.0f pairs, of which %.2f %% are expected to be wrong; %.2f %% of the matches found; %.0f "
                         "pairs are unclear",
                         threshold->n_pairs, 100 * (1 - threshold->precision), 100 * threshold->recall,
                         threshold->n_unclear);
    pd_append_byte(out, '\n');
}

static void say_dependence(struct pd_zero *zero)
{
    for (size_t i = 0; i < zero->comparisons.n; i++) {
        const struct pd_auto_comparison *comparison = &zero->comparisons.list[i];
        if (comparison->state != PD_PARENT_EQUAL) continue;
        pd_append_format(zero->said,
                         "dependence         %.*s is predicted by %.*s: compared apart where that one agrees\n",
                         PD_TEXT_ARGS(zero->profiles.columns[comparison->profile].name),
                         PD_TEXT_ARGS(zero->profiles.columns[comparison->parent].name));
    }
}

static void say_row_text(struct pd_zero *zero)
{
    const char *before = " ";
    if (!zero->by_row) return;
    pd_append_string(zero->said, "all texts          rows are told by their words, in whichever column these stand:");
    for (size_t i = 0; i < zero->profiles.n_columns; i++) {
        if (!zero->profiles.columns[i].in_row) continue;
        pd_append_format(zero->said, "%s%.*s", before, PD_TEXT_ARGS(zero->profiles.columns[i].name));
        before = ", ";
    }
    pd_append_string(zero->said, " are compared as one text; and which pairs are the best of both their rows tells "
                                 "matches too\n");
}

static void say_training(struct pd_zero *zero)
{
    say_row_text(zero);
    say_dependence(zero);
    pd_append_format(zero->said, "training           %zu rounds%s, %.1f matches expected among %.0f pairs\n",
                     zero->estimate.n_iterations, zero->estimate.converged ? "" : ", not settled",
                     zero->estimate.n_matches, zero->all_pairs);
    say_related(zero);
    for (size_t c = 0; c < zero->model->n_comparisons; c++) say_levels(zero->said, &zero->model->comparisons[c]);
    say_threshold(zero->said, &zero->threshold);
}

static void say_doubt(struct pd_zero *zero)
{
    if (zero->threshold.cannot_tell && !zero->threshold.none)
        pd_append_string(zero->said, "cannot tell        hardly any pair looks like a match, or few of them stand out: "
                                     "the threshold is a cautious "
                                     "one, not an estimate\n");
}

static void say_inside(struct pd_zero *zero)
{
    const struct pd_inside *inside = &zero->inside;
    if (inside->repeats)
        pd_append_string(zero->said,
                         "inside             rows repeat inside the sources, equal in all that tells people "
                         "apart: pairs inside are no measure of the links\n");
    if (!zero->data.inside && pd_zero_are_too_many_inside(zero))
        pd_append_format(zero->said,
                         "inside             not looked at: the rules would make %.0f pairs inside the sources\n",
                         zero->rules.inside);
    if (inside->n_links == 0) return;
    pd_append_format(zero->said,
                     "inside             for the %zu best links, %.0f pairs inside the sources are as much alike: ",
                     inside->n_links, inside->n_inside);
    if (inside->n_kept == inside->n_links)
        pd_append_string(zero->said, "they are more than chance and kinship\n");
    else if (inside->all_hold)
        pd_append_format(zero->said, "the %zu best links stand, the others are mostly wrong\n", inside->n_kept);
    else
        pd_append_format(zero->said, "chance and kinship may make them; the %zu best stand\n", inside->n_kept);
}

static void say_clustering(struct pd_zero *zero)
{
    const struct pd_uniqueness *uniqueness = &zero->uniqueness;
    if (zero->data.inside) return;
    pd_append_format(zero->said,
                     "one to one         %.0f rows have a candidate, %.0f of them two that agree with each other: %s\n",
                     uniqueness->n_rows, uniqueness->n_repeated,
                     uniqueness->one_to_one ? "rows are unique inside their sources, a row is linked once at most"
                                            : "rows repeat inside their sources, a row may be linked more than once");
}

void pd_zero_say_result(struct pd_zero *zero)
{
    say_training(zero);
    say_doubt(zero);
    say_inside(zero);
    say_clustering(zero);
}
