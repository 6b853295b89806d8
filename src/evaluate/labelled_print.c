/* SPDX-License-Identifier: MIT
 * What labelled pairs say, as a table for people and as one JSON object. */
#include "evaluate/labelled_pairs.h"
#include "evaluate/print_parts.h"

static uint64_t lost_of(const struct pd_labelled_pairs *labels)
{
    return labels->counts.n_true - labels->counts.n_found;
}

void pd_labelled_pairs_print(const struct pd_labelled_pairs *labels, const char *warning, struct pd_buffer *out)
{
    const uint64_t n_true = labels->counts.n_true;
    const uint64_t n_false = labels->n_pairs - n_true;
    if (warning != NULL) pd_append_format(out, "warning: %s\n", warning);
    pd_append_format(out,
                     "%zu labelled pairs: %llu matches, %llu that are none; left out: %llu labelled both ways, %llu of "
                     "one row, %llu with an empty label\n%llu rows of them are in no cluster; pairs without a label do "
                     "not count\n\n",
                     labels->n_pairs, (unsigned long long)n_true, (unsigned long long)n_false,
                     (unsigned long long)labels->n_contradicting, (unsigned long long)labels->n_of_one_row,
                     (unsigned long long)labels->n_unlabelled, (unsigned long long)labels->n_unclustered);
    pd_print_head(out);
    pd_print_counts(out, PD_TEXT("labelled"), labels->counts);
    pd_print_intervals(out, &labels->precision, &labels->recall, &labels->f1);
    pd_append_string(out, "\nlabelled pairs                             pairs      share\n");
    pd_print_loss(out, "matches in one cluster", labels->counts.n_found, n_true);
    pd_print_loss(out, "matches lost", lost_of(labels), n_true);
    if (labels->has_pairs) {
        const char *const scoring = labels->has_class ? "  scoring (not certain)" : "  scoring or clustering";
        pd_print_loss(out, "  blocking or below review", lost_of(labels) - labels->n_scoring - labels->n_guard, n_true);
        pd_print_loss(out, scoring, labels->n_scoring, n_true);
        if (labels->has_class) pd_print_loss(out, "  guard (certain, but cut)", labels->n_guard, n_true);
    }
    pd_print_loss(out, "others kept apart", labels->n_apart, n_false);
    pd_print_loss(out, "others in one cluster", n_false - labels->n_apart, n_false);
}

void pd_labelled_pairs_json(const struct pd_labelled_pairs *labels, const char *warning, struct pd_buffer *out)
{
    pd_append_string(out, "{\"labelled_pairs\":{");
    pd_json_count(out, "pairs", labels->n_pairs);
    pd_append_byte(out, ',');
    pd_json_count(out, "contradicting", labels->n_contradicting);
    pd_append_byte(out, ',');
    pd_json_count(out, "of_one_row", labels->n_of_one_row);
    pd_append_byte(out, ',');
    pd_json_count(out, "unlabelled", labels->n_unlabelled);
    pd_append_byte(out, ',');
    pd_json_count(out, "rows_without_cluster", labels->n_unclustered);
    pd_append_byte(out, ',');
    pd_json_count(out, "true_negatives", labels->n_apart);
    pd_append_string(out, "},\"pairs\":{");
    pd_json_pairs(out, labels->counts);
    pd_json_interval(out, "precision_interval", labels->precision);
    pd_json_interval(out, "recall_interval", labels->recall);
    pd_json_interval(out, "f1_interval", labels->f1);
    pd_append_byte(out, '}');
    if (labels->has_pairs) {
        pd_append_string(out, ",\"lost\":{");
        pd_json_count(out, "blocking", lost_of(labels) - labels->n_scoring - labels->n_guard);
        pd_append_byte(out, ',');
        pd_json_count(out, "scoring", labels->n_scoring);
        pd_append_byte(out, ',');
        pd_json_count(out, "guard", labels->n_guard);
        pd_append_byte(out, '}');
    }
    if (warning != NULL) pd_append_format(out, ",\"warning\":\"%s\"", warning);
    pd_append_string(out, "}\n");
}
