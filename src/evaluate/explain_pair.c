/* SPDX-License-Identifier: MIT
 * The waterfall of one pair. The prior is what is left of the match weight when all comparisons are taken off, so
 * that the lines always sum to the weight of the file. */
#include "base/memory.h"
#include "evaluate/explain.h"
#include "evaluate/level_labels.h"

#include <math.h>

/* The line of the pairs file, all columns. */
struct evidence {
    bool found;
    size_t n_columns;
    struct pd_text *names, *fields; /* [n_columns], in the arena */
};

struct explanation {
    struct pd_arena arena;
    struct pd_level_labels labels;
    struct pd_row_facts rows[2];
    struct evidence evidence;
    bool has_pairs_file;
};

static struct pd_text field_of(const struct evidence *evidence, const char *name)
{
    for (size_t i = 0; i < evidence->n_columns; i++)
        if (pd_text_equal(evidence->names[i], pd_text_of(name))) return evidence->fields[i];
    return PD_TEXT("");
}

static bool is_row(const struct pd_row_facts *facts, const struct pd_row_file *file, size_t row, int source, int id)
{
    if (!pd_text_equal(pd_row_field(file, row, (size_t)id), facts->id)) return false;
    return source < 0 || pd_text_equal(pd_row_field(file, row, (size_t)source), facts->source);
}

static enum padan_status keep_evidence(struct explanation *explanation, const struct pd_row_file *file, size_t row,
                                       struct padan_error *error)
{
    struct evidence *evidence = &explanation->evidence;
    PD_TRY(pd_arena_allocate(&explanation->arena, &evidence->names, file->n_header * sizeof *evidence->names, error));
    PD_TRY(pd_arena_allocate(&explanation->arena, &evidence->fields, file->n_header * sizeof *evidence->fields, error));
    for (size_t i = 0; i < file->n_header; i++) {
        PD_TRY(pd_arena_copy(&explanation->arena, file->header[i], &evidence->names[i], error));
        PD_TRY(pd_arena_copy(&explanation->arena, pd_row_field(file, row, i), &evidence->fields[i], error));
    }
    evidence->n_columns = file->n_header;
    evidence->found = true;
    return PADAN_OK;
}

static enum padan_status search_pairs(struct explanation *explanation, struct pd_row_file *file,
                                      struct padan_error *error)
{
    int *columns = NULL;
    const struct pd_row_facts *rows = explanation->rows;
    PD_TRY(pd_arena_allocate(&explanation->arena, &columns, file->n_header * sizeof *columns, error));
    for (size_t i = 0; i < file->n_header; i++) columns[i] = (int)i;
    const int source_l = pd_row_file_find(file, "source_dataset_l");
    const int source_r = pd_row_file_find(file, "source_dataset_r");
    const int id_l = pd_row_file_find(file, "unique_id_l");
    const int id_r = pd_row_file_find(file, "unique_id_r");
    if (id_l < 0 || id_r < 0)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s has no columns unique_id_l and unique_id_r", file->path);
    PD_TRY(pd_row_file_select(file, columns, file->n_header, error));
    size_t n_rows = 0;
    do {
        PD_TRY(pd_row_file_next(file, &n_rows, error));
        for (size_t i = 0; i < n_rows; i++) {
            const bool straight =
                is_row(&rows[0], file, i, source_l, id_l) && is_row(&rows[1], file, i, source_r, id_r);
            const bool crossed = is_row(&rows[1], file, i, source_l, id_l) && is_row(&rows[0], file, i, source_r, id_r);
            if (straight || crossed) return keep_evidence(explanation, file, i, error);
        }
    } while (n_rows > 0);
    return PADAN_OK;
}

static double number_of(struct pd_text text)
{
    double value = NAN;
    return pd_text_to_double(text, &value) ? value : NAN;
}

/* The prior: match weight less all mw_ columns; NaN when the file has no weights. */
static double prior_of(const struct evidence *evidence)
{
    double prior = number_of(field_of(evidence, "match_weight"));
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
static bool step_of(const struct explanation *explanation, size_t i, struct step *step)
{
    const struct evidence *evidence = &explanation->evidence;
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

static void append_waterfall(const struct explanation *explanation, struct pd_buffer *out)
{
    const struct evidence *evidence = &explanation->evidence;
    double total = prior_of(evidence);
    struct step step;
    pd_append_format(out, "\n%-24s %6s  %-36s %10s %10s\n", "comparison", "gamma", "level", "weight", "total");
    pd_append_format(out, "%-24s %6s  %-36s %10.4f %10.4f\n", "prior", "", "two rows drawn at random", total, total);
    for (size_t i = 0; i < evidence->n_columns; i++) {
        if (!step_of(explanation, i, &step)) continue;
        if (!isnan(step.weight)) total += step.weight;
        append_padded(out, step.name, 24);
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

static void append_decision(const struct explanation *explanation, struct pd_buffer *out)
{
    const struct evidence *evidence = &explanation->evidence;
    uint64_t key = 0;
    pd_append_byte(out, '\n');
    append_line(out, "match weight", field_of(evidence, "match_weight"));
    append_line(out, "match probability", field_of(evidence, "match_probability"));
    append_line(out, "class", field_of(evidence, "kelas"));
    append_line(out, "decision", field_of(evidence, "aturan_keputusan"));
    append_line(out, "blocking rule", field_of(evidence, "match_key"));
    if (pd_text_to_u64(field_of(evidence, "match_key"), &key))
        append_line(out, "", pd_rule_label(&explanation->labels, key));
    append_line(out, "cut because of", field_of(evidence, "alasan_putus"));
}

static void append_row_name(struct pd_buffer *out, const struct pd_row_facts *row)
{
    if (row->source.length > 0) {
        pd_append_text(out, row->source);
        pd_append_byte(out, ':');
    }
    pd_append_text(out, row->id);
}

static void append_clusters(const struct explanation *explanation, struct pd_buffer *out)
{
    const struct pd_row_facts *rows = explanation->rows;
    const bool together = pd_text_equal(rows[0].cluster, rows[1].cluster);
    for (size_t i = 0; i < 2; i++) {
        append_row_name(out, &rows[i]);
        pd_append_string(out, "\n    cluster ");
        pd_append_text(out, rows[i].cluster);
        if (rows[i].n_rows.length > 0) pd_append_format(out, " of %.*s rows", PD_TEXT_ARGS(rows[i].n_rows));
        if (rows[i].min_weight.length > 0)
            pd_append_format(out, ", weakest edge %.*s", PD_TEXT_ARGS(rows[i].min_weight));
        if (rows[i].household.length > 0) pd_append_format(out, ", household %.*s", PD_TEXT_ARGS(rows[i].household));
        pd_append_byte(out, '\n');
    }
    pd_append_string(out, together ? "The rows are in one cluster.\n" : "The rows are in different clusters.\n");
}

static void print_text(const struct explanation *explanation, struct pd_buffer *out)
{
    append_clusters(explanation, out);
    if (explanation->evidence.found) {
        append_waterfall(explanation, out);
        append_decision(explanation, out);
        return;
    }
    pd_append_string(out, !explanation->has_pairs_file
                              ? "The folder has no pairs file, so how they were compared is not known.\n"
                              : "The pair is not in the pairs file: no blocking rule brought the rows together, or "
                                "their match weight is below the review threshold.\n");
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

static void append_json_steps(const struct explanation *explanation, struct pd_buffer *out)
{
    const struct evidence *evidence = &explanation->evidence;
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
    append_json_number(out, "match_weight", number_of(field_of(evidence, "match_weight")));
    pd_append_byte(out, ',');
    append_json_number(out, "match_probability", number_of(field_of(evidence, "match_probability")));
    static const char *const texts[] = { "kelas", "aturan_keputusan", "match_key", "dalam_klaster", "alasan_putus" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        pd_append_byte(out, ',');
        append_json_text(out, texts[i], field_of(evidence, texts[i]));
    }
}

static void print_json(const struct explanation *explanation, struct pd_buffer *out)
{
    const bool together = pd_text_equal(explanation->rows[0].cluster, explanation->rows[1].cluster);
    pd_append_string(out, "{\"rows\":[");
    append_json_row(out, &explanation->rows[0]);
    pd_append_byte(out, ',');
    append_json_row(out, &explanation->rows[1]);
    pd_append_format(out, "],\"in_one_cluster\":%s,\"in_pairs_file\":%s", together ? "true" : "false",
                     explanation->evidence.found ? "true" : "false");
    if (explanation->evidence.found) {
        pd_append_byte(out, ',');
        append_json_steps(explanation, out);
    }
    pd_append_string(out, "}\n");
}

static enum padan_status gather(struct explanation *explanation, const struct pd_run_files *files, const char *left,
                                const char *right, struct padan_error *error)
{
    const char *names[2] = { left, right };
    struct pd_row_file file;
    if (files->clusters == NULL)
        PD_FAIL(error, PADAN_BAD_INPUT, "the folder holds no klaster.csv or clusters.csv: nothing to explain");
    PD_TRY(pd_facts_find(explanation->rows, &explanation->arena, files->clusters, names, 2, error));
    explanation->has_pairs_file = files->pairs != NULL;
    if (files->pairs == NULL) return PADAN_OK;
    PD_TRY(pd_row_file_open(&file, files->pairs, error));
    const enum padan_status status = search_pairs(explanation, &file, error);
    pd_row_file_reset(&file);
    return status;
}

enum padan_status pd_explain_pair(const struct pd_run_files *files, const char *left, const char *right, bool json,
                                  struct pd_buffer *out, struct padan_error *error)
{
    struct explanation explanation = { .has_pairs_file = false };
    pd_level_labels_read(&explanation.labels, files->model);
    enum padan_status status = gather(&explanation, files, left, right, error);
    if (status == PADAN_OK) {
        if (json)
            print_json(&explanation, out);
        else
            print_text(&explanation, out);
        status = pd_buffer_status(out, error);
    }
    pd_level_labels_reset(&explanation.labels);
    pd_arena_reset(&explanation.arena);
    return status;
}
