/* SPDX-License-Identifier: MIT
 * The training report: every figure in words that a person can check, nothing that hangs on time or threads. */
#include "base/buffer.h"
#include "base/memory.h"
#include "train/train.h"

#include <math.h>

void pd_train_result_reset(struct pd_train_result *result)
{
    pd_free(result->warnings);
    pd_arena_reset(&result->arena);
    *result = (struct pd_train_result){ .n_groups = 0 };
}

static void append_rules(const struct pd_train_result *result, const struct pd_model *model, struct pd_buffer *out)
{
    pd_append_string(out, "\nTraining rules (pairs; of them compared; expected matches; share of all matches)\n");
    for (size_t i = 0; i < result->n_rules; i++) {
        const struct pd_trained_rule *rule = &result->rules[i];
        pd_append_format(out, "  %.*s\n    %llu; %llu; %.1f; ", PD_TEXT_ARGS(rule->sql),
                         (unsigned long long)rule->n_pairs, (unsigned long long)rule->n_counted, rule->n_matches);
        if (isnan(rule->recall))
            pd_append_string(out, "not known");
        else
            pd_append_format(out, "%.4f", rule->recall);
        pd_append_string(out, "; not used here:");
        for (size_t j = 0; j < result->n_comparisons; j++)
            if (rule->masked >> j & 1) pd_append_format(out, " %.*s", PD_TEXT_ARGS(model->comparisons[j].name));
        pd_append_string(out, rule->masked == 0 ? " nothing\n" : "\n");
    }
}

static void append_group_name(const struct pd_trained_group *group, size_t index, struct pd_text const *sources,
                              size_t n_sources, struct pd_buffer *out)
{
    if (group->a >= n_sources || group->b >= n_sources)
        pd_append_string(out, index == 0 ? "inside all sources" : "across all sources");
    else if (group->a == group->b)
        pd_append_format(out, "inside %.*s", PD_TEXT_ARGS(sources[group->a]));
    else
        pd_append_format(out, "%.*s and %.*s", PD_TEXT_ARGS(sources[group->a]), PD_TEXT_ARGS(sources[group->b]));
}

static void append_groups(const struct pd_train_result *result, struct pd_text const *sources, size_t n_sources,
                          struct pd_buffer *out)
{
    pd_append_string(out, "\nLambda, the probability that two random records match\n");
    pd_append_format(out, "  all: %.6g (%.2f bits), %.1f expected matches\n", result->lambda,
                     log2(result->lambda / (1 - result->lambda)), result->n_matches);
    for (size_t i = 0; i < result->n_groups; i++) {
        const struct pd_trained_group *group = &result->groups[i];
        pd_append_string(out, "  ");
        append_group_name(group, i, sources, n_sources, out);
        pd_append_format(out, ": %.6g (%.2f bits), %.1f expected matches of %.0f pairs\n", group->lambda,
                         log2(group->lambda / (1 - group->lambda)), group->n_matches, group->n_pairs);
        if (group->calibrated)
            pd_append_format(out, "    otomatis from %.4f bits on: precision %.6f on %llu labelled pairs\n",
                             group->automatic, group->precision, (unsigned long long)group->n_labelled);
    }
}

static const char *source_name(enum pd_train_source source)
{
    static const char *const names[] = { "kept", "histogram", "pairs", "EM", "labels", "prior" };
    return names[source];
}

static void append_comparison(const struct pd_comparison *comparison, const struct pd_trained_comparison *trained,
                              struct pd_buffer *out)
{
    pd_append_format(out, "  %.*s (missing in %.4f of the matches, %.4f of all pairs; %zu rules estimate m)\n",
                     PD_TEXT_ARGS(comparison->name), trained->missing_in_matches, trained->missing_in_pairs,
                     trained->n_rules);
    for (size_t i = 0; i < comparison->n_levels; i++) {
        const struct pd_level *level = &comparison->levels[i];
        const struct pd_trained_level *at = &trained->levels[i];
        if (level->is_null_level) continue;
        pd_append_format(out, "    %2d  m %.6f (%s, %.1f)  u %.6g (%s, %.1f)  %+.3f bits  %.*s\n", level->gamma,
                         level->m, source_name(at->m_source), at->m_count, level->u, source_name(at->u_source),
                         at->u_count, pd_weight_to_double(level->weight),
                         PD_TEXT_ARGS(level->label.length > 0 ? level->label : level->sql));
    }
}

void pd_train_report(const struct pd_train_result *result, const struct pd_model *model, struct pd_text const *sources,
                     size_t n_sources, struct pd_buffer *out)
{
    if (result->is_idle)
        pd_append_string(out, "Every comparison is at one level in all pairs: nothing to learn from\n");
    pd_append_format(out, "EM %s after %zu iterations, largest change %.2e, log likelihood %.3f bits\n",
                     result->converged ? "converged" : "did not converge", result->n_iterations, result->largest_change,
                     result->log_likelihood);
    pd_append_format(out, "%zu of %zu random starts ended at the same optimum\n", result->n_starts_agree,
                     result->n_starts);
    if (result->n_related > 0)
        pd_append_format(
            out,
            "%.1f pairs of the rules are related without being the same (of one household, say); they have a "
            "class of their own\n",
            result->n_related);
    append_rules(result, model, out);
    append_groups(result, sources, n_sources, out);
    if (result->n_groups > 0 && result->groups[0].calibrated)
        pd_append_string(
            out, "  Thresholds are for pairs with two strong fields or more; no other pair is of class otomatis.\n");
    pd_append_string(out, "\nLevels (level; m and expected matches; u and non-matches behind it; weight)\n");
    for (size_t i = 0; i < result->n_comparisons; i++)
        append_comparison(&model->comparisons[i], &result->comparisons[i], out);
    pd_append_format(out, "\n%zu warnings\n", result->n_warnings);
    for (size_t i = 0; i < result->n_warnings; i++)
        pd_append_format(out, "  %.*s\n", PD_TEXT_ARGS(result->warnings[i]));
}
