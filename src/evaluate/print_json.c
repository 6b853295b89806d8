/* SPDX-License-Identifier: MIT
 * The evaluation as one JSON object; what is not known is null. */
#include "evaluate/print_parts.h"

#include <math.h>

void pd_json_number(struct pd_buffer *out, const char *key, double value)
{
    pd_append_format(out, "\"%s\":", key);
    if (isnan(value))
        pd_append_string(out, "null");
    else
        pd_append_double(out, value, 8);
}

void pd_json_count(struct pd_buffer *out, const char *key, uint64_t value)
{
    pd_append_format(out, "\"%s\":%llu", key, (unsigned long long)value);
}

static void append_figures(struct pd_buffer *out, double precision, double recall, double f1)
{
    pd_json_number(out, "precision", precision);
    pd_append_byte(out, ',');
    pd_json_number(out, "recall", recall);
    pd_append_byte(out, ',');
    pd_json_number(out, "f1", f1);
}

void pd_json_pairs(struct pd_buffer *out, struct pd_pair_counts counts)
{
    pd_json_count(out, "true", counts.n_true);
    pd_append_byte(out, ',');
    pd_json_count(out, "predicted", counts.n_predicted);
    pd_append_byte(out, ',');
    pd_json_count(out, "found", counts.n_found);
    pd_append_byte(out, ',');
    append_figures(out, pd_precision(counts), pd_recall(counts), pd_f1(counts));
}

void pd_json_interval(struct pd_buffer *out, const char *key, struct pd_interval interval)
{
    pd_append_format(out, ",\"%s\":{", key);
    pd_json_number(out, "low", interval.low);
    pd_append_byte(out, ',');
    pd_json_number(out, "high", interval.high);
    pd_append_byte(out, '}');
}

static void append_source_pairs(const struct pd_evaluation *evaluation, const struct pd_population *population,
                                struct pd_buffer *out)
{
    const size_t n = evaluation->n_sources;
    const char *comma = "";
    pd_append_string(out, ",\"source_pairs\":[");
    for (size_t s = 0; s < n; s++)
        for (size_t t = pd_evaluation_first_source(evaluation, s); t < n; t++) {
            const struct pd_pair_counts counts = evaluation->by_source[s * n + t];
            if (counts.n_true == 0 && counts.n_predicted == 0) continue;
            pd_append_format(out, "%s{\"source_dataset_l\":", comma);
            pd_append_json(out, pd_population_source(population, (uint32_t)s + 1));
            pd_append_string(out, ",\"source_dataset_r\":");
            pd_append_json(out, pd_population_source(population, (uint32_t)t + 1));
            pd_append_byte(out, ',');
            pd_json_pairs(out, counts);
            pd_append_byte(out, '}');
            comma = ",";
        }
    pd_append_byte(out, ']');
}

static void append_classes(const struct pd_evaluation *evaluation, struct pd_buffer *out)
{
    const char *comma = "";
    pd_append_string(out, ",\"error_classes\":[");
    for (int k = 0; k < PD_ERROR_CLASSES; k++) {
        const struct pd_class_counts *counts = &evaluation->classes[k];
        if (counts->n_true == 0) continue;
        pd_append_format(out, k == 0 ? "%s{\"class\":\"none\"," : "%s{\"class\":\"E%d\",", comma, k);
        pd_json_count(out, "true", counts->n_true);
        pd_append_byte(out, ',');
        pd_json_count(out, "found", counts->n_found);
        pd_append_byte(out, ',');
        pd_json_number(out, "recall", (double)counts->n_found / (double)counts->n_true);
        if (evaluation->has_pairs)
            pd_append_format(
                out, ",\"lost_blocking\":%llu,\"lost_scoring\":%llu,\"lost_guard\":%llu",
                (unsigned long long)(counts->n_true - counts->n_found - counts->n_scoring - counts->n_guard),
                (unsigned long long)counts->n_scoring, (unsigned long long)counts->n_guard);
        pd_append_byte(out, '}');
        comma = ",";
    }
    pd_append_byte(out, ']');
}

static void append_losses(const struct pd_evaluation *evaluation, struct pd_buffer *out)
{
    const uint64_t lost = evaluation->all.n_true - evaluation->all.n_found;
    pd_append_string(out, ",\"losses\":{");
    pd_json_count(out, "lost", lost);
    if (evaluation->has_pairs) {
        pd_append_byte(out, ',');
        pd_json_count(out, "blocking_or_below_review", lost - evaluation->n_scoring - evaluation->n_guard);
        pd_append_byte(out, ',');
        pd_json_count(out, evaluation->has_class ? "scoring" : "scoring_or_clustering", evaluation->n_scoring);
        pd_append_byte(out, ',');
        if (evaluation->has_class)
            pd_json_count(out, "guard", evaluation->n_guard);
        else
            pd_append_string(out, "\"guard\":null");
        pd_append_byte(out, ',');
        pd_json_count(out, "emitted", evaluation->n_emitted);
        pd_append_byte(out, ',');
        pd_json_count(out, "emitted_certain", evaluation->n_emitted_certain);
    }
    pd_append_byte(out, ',');
    pd_json_number(out, "blocking_recall",
                   evaluation->has_blocked && evaluation->all.n_true > 0
                       ? (double)evaluation->n_blocked / (double)evaluation->all.n_true
                       : NAN);
    pd_append_byte(out, '}');
}

static void append_groups(const struct pd_evaluation *evaluation, struct pd_buffer *out)
{
    pd_append_string(out, ",\"groups\":[");
    for (size_t i = 0; i < evaluation->n_groups; i++) {
        pd_append_string(out, i == 0 ? "{\"value\":" : ",{\"value\":");
        pd_append_json(out, evaluation->by_group[i].value);
        pd_append_byte(out, ',');
        pd_json_pairs(out, evaluation->by_group[i].pairs);
        pd_append_byte(out, '}');
    }
    pd_append_byte(out, ']');
}

void pd_evaluation_json(const struct pd_evaluation *evaluation, const struct pd_population *population,
                        struct pd_buffer *out)
{
    char warning[200];
    pd_append_format(out, "{\"rows\":%zu,\"entities\":%u,", population->n_rows, population->entities.n_entries);
    pd_json_count(out, "rows_without_cluster", population->n_without_cluster);
    pd_append_byte(out, ',');
    pd_json_count(out, "rows_not_in_truth", population->n_unknown);
    pd_append_byte(out, ',');
    pd_json_count(out, "ids_repeated_in_truth", population->n_repeated);
    if (evaluation->has_model) {
        pd_append_byte(out, ',');
        pd_json_number(out, "seen_in_training", evaluation->seen_in_training);
    }
    if (pd_evaluation_warning(evaluation, warning)) pd_append_format(out, ",\"warning\":\"%s\"", warning);
    pd_append_format(out, ",\"link_only\":%s,\"pairs\":{", evaluation->link_only ? "true" : "false");
    pd_json_pairs(out, evaluation->all);
    pd_json_interval(out, "precision_interval", evaluation->precision);
    pd_json_interval(out, "recall_interval", evaluation->recall);
    pd_json_interval(out, "f1_interval", evaluation->f1);
    pd_append_string(out, "},\"bcubed\":{");
    append_figures(out, evaluation->bcubed_precision, evaluation->bcubed_recall, evaluation->bcubed_f1);
    pd_append_byte(out, '}');
    append_source_pairs(evaluation, population, out);
    append_losses(evaluation, out);
    if (population->has_errors) append_classes(evaluation, out);
    if (population->has_households && population->has_household_clusters) {
        pd_append_string(out, ",\"households\":{");
        pd_json_pairs(out, evaluation->households);
        pd_append_byte(out, '}');
    }
    if (evaluation->n_groups > 0) append_groups(evaluation, out);
    if (evaluation->distinct != NULL) {
        pd_append_string(out, ",\"distinct\":");
        pd_distinct_json(evaluation->distinct, out);
    }
    pd_append_string(out, "}\n");
}
