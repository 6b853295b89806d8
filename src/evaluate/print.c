/* SPDX-License-Identifier: MIT
 * The evaluation as a table for people: names of the field in English, figures with five decimals, "-" where a
 * denominator is 0. */
#include "evaluate/error_classes.h"
#include "evaluate/print_parts.h"

#include <math.h>
#include <stdio.h>

enum { NAME_WIDTH = 34 };

void pd_print_name(struct pd_buffer *out, struct pd_text name)
{
    pd_append_text(out, name);
    for (size_t i = name.length; i < NAME_WIDTH; i++) pd_append_byte(out, ' ');
}

void pd_print_figure(struct pd_buffer *out, double value)
{
    if (isnan(value))
        pd_append_format(out, " %10s", "-");
    else
        pd_append_format(out, " %10.5f", value);
}

void pd_print_head(struct pd_buffer *out)
{
    pd_print_name(out, PD_TEXT("pairs"));
    pd_append_format(out, " %13s %13s %13s %10s %10s %10s\n", "true", "predicted", "found", "precision", "recall",
                     "F1");
}

void pd_print_counts(struct pd_buffer *out, struct pd_text name, struct pd_pair_counts counts)
{
    pd_print_name(out, name);
    pd_append_format(out, " %13llu %13llu %13llu", (unsigned long long)counts.n_true,
                     (unsigned long long)counts.n_predicted, (unsigned long long)counts.n_found);
    pd_print_figure(out, pd_precision(counts));
    pd_print_figure(out, pd_recall(counts));
    pd_print_figure(out, pd_f1(counts));
    pd_append_byte(out, '\n');
}

static void append_source_pairs(const struct pd_evaluation *evaluation, const struct pd_population *population,
                                struct pd_buffer *out)
{
    const size_t n = evaluation->n_sources;
    struct pd_buffer name = { 0 };
    for (size_t s = 0; s < n && n > 1; s++)
        for (size_t t = pd_evaluation_first_source(evaluation, s); t < n; t++) {
            const struct pd_pair_counts counts = evaluation->by_source[s * n + t];
            if (counts.n_true == 0 && counts.n_predicted == 0) continue;
            pd_buffer_clear(&name);
            pd_append_text(&name, pd_population_source(population, (uint32_t)s + 1));
            pd_append_string(&name, " x ");
            pd_append_text(&name, pd_population_source(population, (uint32_t)t + 1));
            pd_print_counts(out, (struct pd_text){ name.data, name.length }, counts);
        }
    pd_buffer_reset(&name);
}

void pd_print_intervals(struct pd_buffer *out, const struct pd_interval *precision, const struct pd_interval *recall,
                        const struct pd_interval *f1)
{
    pd_print_name(out, PD_TEXT("  95 % interval, low"));
    pd_append_format(out, "%42s", "");
    pd_print_figure(out, precision->low);
    pd_print_figure(out, recall->low);
    pd_print_figure(out, f1->low);
    pd_append_byte(out, '\n');
    pd_print_name(out, PD_TEXT("  95 % interval, high"));
    pd_append_format(out, "%42s", "");
    pd_print_figure(out, precision->high);
    pd_print_figure(out, recall->high);
    pd_print_figure(out, f1->high);
    pd_append_byte(out, '\n');
}

void pd_print_loss(struct pd_buffer *out, const char *name, uint64_t n, uint64_t n_true)
{
    pd_print_name(out, pd_text_of(name));
    pd_append_format(out, " %13llu", (unsigned long long)n);
    pd_print_figure(out, n_true == 0 ? NAN : (double)n / (double)n_true);
    pd_append_byte(out, '\n');
}

static void append_losses(const struct pd_evaluation *evaluation, struct pd_buffer *out)
{
    const uint64_t n_true = evaluation->all.n_true;
    const uint64_t lost = n_true - evaluation->all.n_found;
    pd_append_string(out, "\ntrue pairs                                 pairs      share\n");
    pd_print_loss(out, "in one cluster", evaluation->all.n_found, n_true);
    pd_print_loss(out, "lost", lost, n_true);
    if (!evaluation->has_pairs) {
        pd_append_string(out, "  where they were lost: not known from this run folder (no pairs file)\n");
        return;
    }
    if (evaluation->has_blocked) {
        const uint64_t unblocked = n_true > evaluation->n_blocked ? n_true - evaluation->n_blocked : 0;
        pd_print_loss(out, "compared at all (blocking recall)", evaluation->n_blocked, n_true);
        pd_print_loss(out, "never compared", unblocked, n_true);
    }
    pd_print_loss(out, "  lost: blocking or below review", lost - evaluation->n_scoring - evaluation->n_guard, n_true);
    pd_print_loss(out, evaluation->has_class ? "  lost: scoring (not certain)" : "  lost: scoring or clustering",
                  evaluation->n_scoring, n_true);
    if (evaluation->has_class) pd_print_loss(out, "  lost: guard (certain, but cut)", evaluation->n_guard, n_true);
    pd_print_loss(out, "in the pairs file", evaluation->n_emitted, n_true);
    if (evaluation->has_class) pd_print_loss(out, "in the pairs file, certain", evaluation->n_emitted_certain, n_true);
    if (!evaluation->has_blocked) pd_append_string(out, "blocking recall: not known from this run folder\n");
}

static void append_classes(const struct pd_evaluation *evaluation, struct pd_buffer *out)
{
    pd_append_string(out, "\nerror class of either row         ");
    pd_append_format(out, " %13s %13s %10s %13s %13s %13s\n", "true", "found", "recall", "lost: block.", "scoring",
                     "guard");
    for (int k = 0; k < PD_ERROR_CLASSES; k++) {
        const struct pd_class_counts *counts = &evaluation->classes[k];
        char name[48] = "none";
        if (counts->n_true == 0) continue;
        if (k > 0) (void)snprintf(name, sizeof name, "E%-2d %s", k, pd_error_class_words(k));
        pd_print_name(out, pd_text_of(name));
        pd_append_format(out, " %13llu %13llu", (unsigned long long)counts->n_true,
                         (unsigned long long)counts->n_found);
        pd_print_figure(out, (double)counts->n_found / (double)counts->n_true);
        if (evaluation->has_pairs)
            pd_append_format(
                out, " %13llu %13llu %13llu",
                (unsigned long long)(counts->n_true - counts->n_found - counts->n_scoring - counts->n_guard),
                (unsigned long long)counts->n_scoring, (unsigned long long)counts->n_guard);
        pd_append_byte(out, '\n');
    }
}

static void append_groups(const struct pd_evaluation *evaluation, struct pd_buffer *out)
{
    pd_append_string(out, "\npairs where either row has the value\n");
    for (size_t i = 0; i < evaluation->n_groups; i++)
        pd_print_counts(out, evaluation->by_group[i].value, evaluation->by_group[i].pairs);
}

void pd_evaluation_print(const struct pd_evaluation *evaluation, const struct pd_population *population,
                         struct pd_buffer *out)
{
    char warning[200];
    if (pd_evaluation_warning(evaluation, warning)) pd_append_format(out, "warning: %s\n", warning);
    pd_append_format(out, "%zu rows of %u entities; %llu of them in no cluster, %llu clustered rows not in the truth\n",
                     population->n_rows, population->entities.n_entries,
                     (unsigned long long)population->n_without_cluster, (unsigned long long)population->n_unknown);
    if (population->n_repeated > 0 && population->n_without_cluster > 0)
        pd_append_format(out,
                         "%llu lines of the truth repeat an id: they stand for rows called id#2, id#3; where a row is "
                         "named twice, keep one line\n",
                         (unsigned long long)population->n_repeated);
    if (evaluation->link_only) pd_append_string(out, "only pairs across sources count\n");
    pd_append_byte(out, '\n');
    pd_print_head(out);
    pd_print_counts(out, PD_TEXT("all sources"), evaluation->all);
    pd_print_intervals(out, &evaluation->precision, &evaluation->recall, &evaluation->f1);
    append_source_pairs(evaluation, population, out);
    if (population->has_households && population->has_household_clusters)
        pd_print_counts(out, PD_TEXT("rows of one household"), evaluation->households);
    pd_print_name(out, PD_TEXT("B-cubed (rows)"));
    pd_append_format(out, "%42s", "");
    pd_print_figure(out, evaluation->bcubed_precision);
    pd_print_figure(out, evaluation->bcubed_recall);
    pd_print_figure(out, evaluation->bcubed_f1);
    pd_append_byte(out, '\n');
    append_losses(evaluation, out);
    if (population->has_errors) append_classes(evaluation, out);
    if (evaluation->n_groups > 0) append_groups(evaluation, out);
    if (evaluation->distinct != NULL) pd_distinct_print(evaluation->distinct, out);
}
