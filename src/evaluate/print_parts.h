/* SPDX-License-Identifier: MIT
 * Rows and fields that evaluations are printed from. Used inside evaluate/ only. */
#ifndef PD_EVALUATE_PRINT_PARTS_H
#define PD_EVALUATE_PRINT_PARTS_H

#include "evaluate/evaluate.h"

/* For people: a name as wide as the first column, a figure ("-" for NaN), and the rows made of them. */
void pd_print_name(struct pd_buffer *out, struct pd_text name);
void pd_print_figure(struct pd_buffer *out, double value);
void pd_print_head(struct pd_buffer *out);
void pd_print_counts(struct pd_buffer *out, struct pd_text name, struct pd_pair_counts counts);
void pd_print_intervals(struct pd_buffer *out, const struct pd_interval *precision, const struct pd_interval *recall,
                        const struct pd_interval *f1);
void pd_print_loss(struct pd_buffer *out, const char *name, uint64_t n, uint64_t n_true);

/* For programs: members of a JSON object, null for NaN; the interval with a comma before it. */
void pd_json_number(struct pd_buffer *out, const char *key, double value);
void pd_json_count(struct pd_buffer *out, const char *key, uint64_t value);
void pd_json_pairs(struct pd_buffer *out, struct pd_pair_counts counts);
void pd_json_interval(struct pd_buffer *out, const char *key, struct pd_interval interval);

#endif
