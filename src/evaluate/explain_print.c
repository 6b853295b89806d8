/* SPDX-License-Identifier: MIT
 * The waterfall of one pair. The prior is what is left of the match weight when all comparisons are taken off, so that
 * the lines always sum to the weight of the file. */
#include "evaluate/explanation.h"

#include <math.h>

static double number_of(struct pd_text text)
{
    double value = NAN;
    return pd_text_to_double(text, &value) ? value : NAN;
}

/* The prior: match weight less all mw_ columns; NaN when the file has no weights. */
static double prior_of(const struct pd_pair_evidence *evidence)
{
    double prior = number_of(pd_evidence_field(evidence, "match_weight"));
    for (size_t i = 0; i < evidence->n_columns; i++) {
        const double weight = number_of(evidence->fields[i]);
        if (pd_text_starts(evidence->names[i], PD_TEXT("mw_")) && !isnan(weight)) prior -= weight;
    }
    return prior;
}

struct step {
    struct pd_text name, label;
    int64_t gamma;
    bool has_gamma;
    double weight;
};

/* The comparison of column i; false when it is no mw_ column. */
static bool step_of(const struct pd_explanation *explanation, size_t i, struct step *step)
{
    const struct pd_pair_evidence *evidence = &explanation->evidence;
    const struct pd_text column = evidence->names[i];
    if (!pd_text_starts(column, PD_TEXT("mw_"))) return false;
    *step = (struct step){ .name = pd_text_slice(column, 3, column.length) };
    step->weight = number_of(evidence->fields[i]);
    for (size_t j = 0; j < evidence->n_columns; j++) {
        const struct pd_text other = evidence->names[j];
        if (!pd_text_starts(other, PD_TEXT("gamma_")) ||
            !pd_text_equal(pd_text_slice(other, 6, other.length), step->name))
            continue;
        step->has_gamma = pd_text_to_i64(evidence->fields[j], &step->gamma);
        if (step->has_gamma) step->label = pd_level_label(&explanation->labels, step->name, step->gamma);
    }
    return true;
}

static void append_padded(struct pd_buffer *out, struct pd_text text, size_t width)
{
    pd_append_text(out, text);
    for (size_t i = text.length; i < width; i++) pd_append_byte(out, ' ');
}

static void append_words(struct pd_buffer *out, double weight)
{
    const double times = exp2(fabs(weight));
    if (isnan(weight))
        pd_append_string(out, "  not compared");
    else if (times < 1.05)
        pd_append_string(out, "  says nothing");
    else
        pd_append_format(out, times < 100 ? "  %.1f times likelier for %s" : "  %.0f times likelier for %s", times,
                         weight > 0 ? "one" : "two different ones");
}

/* Names of comparisons that a model made itself are long. */
static size_t name_width(const struct pd_explanation *explanation)
{
    size_t width = 24;
    struct step step;
    for (size_t i = 0; i < explanation->evidence.n_columns; i++)
        if (step_of(explanation, i, &step) && step.name.length > width) width = step.name.length;
    return width;
}

static void append_waterfall(const struct pd_explanation *explanation, struct pd_buffer *out)
{
    const struct pd_pair_evidence *evidence = &explanation->evidence;
    double total = prior_of(evidence);
    struct step step;
    const size_t width = name_width(explanation);
    pd_append_format(out, "\n%-*s %6s  %-36s %10s %10s\n", (int)width, "comparison", "gamma", "level", "weight",
                     "total");
    pd_append_format(out, "%-*s %6s  %-36s %10.4f %10.4f\n", (int)width, "prior", "", "two rows drawn at random", total,
                     total);
    for (size_t i = 0; i < evidence->n_columns; i++) {
        if (!step_of(explanation, i, &step)) continue;
        if (!isnan(step.weight)) total += step.weight;
        append_padded(out, step.name, width);
        if (step.has_gamma)
            pd_append_format(out, " %6lld  ", (long long)step.gamma);
        else
            pd_append_format(out, " %6s  ", "");
        append_padded(out, step.label, 36);
        pd_append_format(out, " %+10.4f %10.4f", isnan(step.weight) ? 0 : step.weight, total);
        append_words(out, step.weight);
        pd_append_byte(out, '\n');
    }
}

static void append_line(struct pd_buffer *out, const char *name, struct pd_text value)
{
    if (value.length == 0) return;
    pd_append_format(out, "%-24s ", name);
    pd_append_text(out, value);
    pd_append_byte(out, '\n');
}

/* Why a pair that was computed anew is not in the pairs file. */
static void append_absence(const struct pd_pair_evidence *evidence, struct pd_buffer *out)
{
    const double weight = number_of(pd_evidence_field(evidence, "match_weight"));
    const double kept_from = number_of(pd_evidence_field(evidence, "kept_from"));
    const bool has_rule = pd_evidence_field(evidence, "blocking_rules").length > 0;
    pd_append_byte(out, '\n');
    if (!has_rule) {
        pd_append_string(out, "No blocking rule brings the rows together. Keys that differ or are missing: ");
        pd_append_text(out, pd_evidence_field(evidence, "differing_keys"));
        pd_append_byte(out, '\n');
    }
    if (weight < kept_from)
        pd_append_string(out, "The match weight is below that from which pairs are kept.\n");
    else if (has_rule)
        pd_append_string(out, "A rule brings the rows together and the weight suffices: these sources are not compared "
                              "with each other, or the block was cut.\n");
}

/* What became of a pair of the pairs file, where its weight alone decides. */
static void append_outcome(const struct pd_explanation *explanation, struct pd_buffer *out)
{
    const struct pd_pair_evidence *evidence = &explanation->evidence;
    const bool together = pd_text_equal(explanation->rows[0].cluster, explanation->rows[1].cluster);
    const bool suffices =
        number_of(pd_evidence_field(evidence, "match_weight")) >= number_of(pd_evidence_field(evidence, "linked_from"));
    if (together && suffices) return;
    pd_append_byte(out, '\n');
    if (suffices)
        pd_append_string(out, "The match weight suffices, but the way of clustering keeps the rows apart.\n");
    else
        pd_append_format(out, "The match weight is below that from which pairs are linked%s.\n",
                         together ? "; other rows hold the two together" : "");
}

static void append_rules(const struct pd_explanation *explanation, struct pd_buffer *out)
{
    struct pd_text rest = pd_evidence_field(&explanation->evidence, "blocking_rules");
    uint64_t key = 0;
    if (!explanation->computed) rest = pd_evidence_field(&explanation->evidence, "match_key");
    if (rest.length == 0) append_line(out, "blocking rule", PD_TEXT("none"));
    while (rest.length > 0) {
        size_t end = 0;
        while (end < rest.length && rest.data[end] != ' ') end++;
        const struct pd_text number = pd_text_slice(rest, 0, end);
        append_line(out, "blocking rule", number);
        if (pd_text_to_u64(number, &key)) append_line(out, "", pd_rule_label(&explanation->labels, key));
        rest = pd_text_slice(rest, end + 1, rest.length);
    }
}

static void append_decision(const struct pd_explanation *explanation, struct pd_buffer *out)
{
    const struct pd_pair_evidence *evidence = &explanation->evidence;
    pd_append_byte(out, '\n');
    append_line(out, "match weight", pd_evidence_field(evidence, "match_weight"));
    append_line(out, "match probability", pd_evidence_field(evidence, "match_probability"));
    append_line(out, "kept from weight", pd_evidence_field(evidence, "kept_from"));
    append_line(out, "linked from weight", pd_evidence_field(evidence, "linked_from"));
    append_line(out, "class", pd_evidence_field(evidence, "kelas"));
    append_line(out, "decision", pd_evidence_field(evidence, "aturan_keputusan"));
    append_rules(explanation, out);
    append_line(out, "cut because of", pd_evidence_field(evidence, "alasan_putus"));
}

void pd_append_row_name(struct pd_buffer *out, const struct pd_row_facts *row)
{
    if (row->source.length > 0) {
        pd_append_text(out, row->source);
        pd_append_byte(out, ':');
    }
    pd_append_text(out, row->id);
}

static void append_clusters(const struct pd_explanation *explanation, struct pd_buffer *out)
{
    const struct pd_row_facts *rows = explanation->rows;
    const bool together = pd_text_equal(rows[0].cluster, rows[1].cluster);
    for (size_t i = 0; i < 2; i++) {
        pd_append_row_name(out, &rows[i]);
        pd_append_byte(out, '\n');
        if (!explanation->has_clusters) continue;
        pd_append_string(out, "    cluster ");
        pd_append_text(out, rows[i].cluster);
        if (rows[i].n_rows.length > 0) pd_append_format(out, " of %.*s rows", PD_TEXT_ARGS(rows[i].n_rows));
        if (rows[i].min_weight.length > 0)
            pd_append_format(out, ", weakest edge %.*s", PD_TEXT_ARGS(rows[i].min_weight));
        if (rows[i].household.length > 0) pd_append_format(out, ", household %.*s", PD_TEXT_ARGS(rows[i].household));
        pd_append_byte(out, '\n');
    }
    if (!explanation->has_clusters) return;
    pd_append_string(out, together ? "The rows are in one cluster.\n" : "The rows are in different clusters.\n");
    if (explanation->computed && explanation->evidence.found)
        pd_append_string(out, "The pair is not in the pairs file; it was computed anew from the rows.\n");
}

static void print_text(const struct pd_explanation *explanation, struct pd_buffer *out)
{
    append_clusters(explanation, out);
    if (!explanation->evidence.found) {
        pd_append_string(out, "The pair is not in the pairs file, and could not be computed anew");
        if (explanation->why_not.length > 0) pd_append_format(out, ": %.*s", PD_TEXT_ARGS(explanation->why_not));
        pd_append_string(out, ".\n");
        return;
    }
    append_waterfall(explanation, out);
    append_decision(explanation, out);
    if (explanation->computed && explanation->has_clusters) append_absence(&explanation->evidence, out);
    if (!explanation->computed && explanation->thresholds != NULL) append_outcome(explanation, out);
}

static void append_json_text(struct pd_buffer *out, const char *key, struct pd_text value)
{
    pd_append_format(out, "\"%s\":", key);
    if (value.length == 0)
        pd_append_string(out, "null");
    else
        pd_append_json(out, value);
}

static void append_json_number(struct pd_buffer *out, const char *key, double value)
{
    pd_append_format(out, "\"%s\":", key);
    if (isnan(value))
        pd_append_string(out, "null");
    else
        pd_append_double(out, value, 6);
}

static void append_json_row(struct pd_buffer *out, const struct pd_row_facts *row)
{
    pd_append_byte(out, '{');
    append_json_text(out, "source_dataset", row->source);
    pd_append_byte(out, ',');
    append_json_text(out, "unique_id", row->id);
    pd_append_byte(out, ',');
    append_json_text(out, "cluster_id", row->cluster);
    pd_append_byte(out, ',');
    append_json_text(out, "household_cluster_id", row->household);
    pd_append_byte(out, '}');
}

/* The thresholds, where they are known, and the rules that hold, of a pair that was computed anew. */
static void append_json_thresholds(const struct pd_explanation *explanation, struct pd_buffer *out)
{
    const struct pd_pair_evidence *evidence = &explanation->evidence;
    struct pd_text rules = pd_evidence_field(evidence, "blocking_rules");
    if (!explanation->computed && explanation->thresholds == NULL) return;
    pd_append_byte(out, ',');
    append_json_number(out, "kept_from", number_of(pd_evidence_field(evidence, "kept_from")));
    pd_append_byte(out, ',');
    append_json_number(out, "linked_from", number_of(pd_evidence_field(evidence, "linked_from")));
    if (!explanation->computed) return;
    pd_append_string(out, ",\"blocking_rules\":[");
    for (size_t i = 0; i < rules.length; i++) pd_append_byte(out, rules.data[i] == ' ' ? ',' : rules.data[i]);
    pd_append_byte(out, ']');
}

static void append_json_steps(const struct pd_explanation *explanation, struct pd_buffer *out)
{
    const struct pd_pair_evidence *evidence = &explanation->evidence;
    const char *comma = "";
    struct step step;
    append_json_number(out, "prior", prior_of(evidence));
    pd_append_string(out, ",\"comparisons\":[");
    for (size_t i = 0; i < evidence->n_columns; i++) {
        if (!step_of(explanation, i, &step)) continue;
        pd_append_format(out, "%s{", comma);
        append_json_text(out, "comparison", step.name);
        if (step.has_gamma)
            pd_append_format(out, ",\"gamma\":%lld,", (long long)step.gamma);
        else
            pd_append_string(out, ",\"gamma\":null,");
        append_json_text(out, "level", step.label);
        pd_append_byte(out, ',');
        append_json_number(out, "match_weight", step.weight);
        pd_append_byte(out, '}');
        comma = ",";
    }
    pd_append_string(out, "],");
    append_json_number(out, "match_weight", number_of(pd_evidence_field(evidence, "match_weight")));
    pd_append_byte(out, ',');
    append_json_number(out, "match_probability", number_of(pd_evidence_field(evidence, "match_probability")));
    append_json_thresholds(explanation, out);
    static const char *const texts[] = { "kelas", "aturan_keputusan", "match_key", "dalam_klaster", "alasan_putus" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        pd_append_byte(out, ',');
        append_json_text(out, texts[i], pd_evidence_field(evidence, texts[i]));
    }
}

static void print_json(const struct pd_explanation *explanation, struct pd_buffer *out)
{
    const bool together = pd_text_equal(explanation->rows[0].cluster, explanation->rows[1].cluster);
    pd_append_string(out, "{\"rows\":[");
    append_json_row(out, &explanation->rows[0]);
    pd_append_byte(out, ',');
    append_json_row(out, &explanation->rows[1]);
    pd_append_byte(out, ']');
    if (explanation->has_clusters)
        pd_append_format(out, ",\"in_one_cluster\":%s,\"in_pairs_file\":%s", together ? "true" : "false",
                         explanation->evidence.found && !explanation->computed ? "true" : "false");
    if (explanation->why_not.length > 0) {
        pd_append_byte(out, ',');
        append_json_text(out, "not_computed", explanation->why_not);
    }
    if (explanation->evidence.found) {
        pd_append_byte(out, ',');
        append_json_steps(explanation, out);
    }
    pd_append_string(out, "}\n");
}

enum padan_status pd_explanation_print(const struct pd_explanation *explanation, bool json, struct pd_buffer *out,
                                       struct padan_error *error)
{
    if (json)
        print_json(explanation, out);
    else
        print_text(explanation, out);
    return pd_buffer_status(out, error);
}
