/* SPDX-License-Identifier: MIT
 * What is known of one pair: from the pairs file, or computed anew from its rows. */
#include "base/memory.h"
#include "evaluate/explanation.h"

static bool is_row(const struct pd_row_facts *facts, const struct pd_row_file *file, size_t row, int source, int id)
{
    if (!pd_text_equal(pd_row_field(file, row, (size_t)id), facts->id)) return false;
    return source < 0 || pd_text_equal(pd_row_field(file, row, (size_t)source), facts->source);
}

/* A column that the pairs file has not; there is room for it. */
static enum padan_status add_weight(struct pd_explanation *explanation, const char *name, pd_weight weight,
                                    struct padan_error *error)
{
    struct pd_pair_evidence *evidence = &explanation->evidence;
    struct pd_buffer text = { 0 };
    pd_append_double(&text, pd_weight_to_double(weight), 9);
    enum padan_status status = pd_buffer_status(&text, error);
    const struct pd_text field = { text.data, text.length };
    if (status == PADAN_OK)
        status = pd_arena_copy(&explanation->arena, field, &evidence->fields[evidence->n_columns], error);
    pd_buffer_reset(&text);
    PD_TRY(status);
    evidence->names[evidence->n_columns++] = pd_text_of(name);
    return PADAN_OK;
}

static enum padan_status keep_evidence(struct pd_explanation *explanation, const struct pd_row_file *file, size_t row,
                                       struct padan_error *error)
{
    struct pd_pair_evidence *evidence = &explanation->evidence;
    const size_t room = file->n_header + 2;
    PD_TRY(pd_arena_allocate(&explanation->arena, &evidence->names, room * sizeof *evidence->names, error));
    PD_TRY(pd_arena_allocate(&explanation->arena, &evidence->fields, room * sizeof *evidence->fields, error));
    for (size_t i = 0; i < file->n_header; i++) {
        PD_TRY(pd_arena_copy(&explanation->arena, file->header[i], &evidence->names[i], error));
        PD_TRY(pd_arena_copy(&explanation->arena, pd_row_field(file, row, i), &evidence->fields[i], error));
    }
    evidence->n_columns = file->n_header;
    evidence->found = true;
    if (explanation->thresholds == NULL) return PADAN_OK;
    const struct pd_link_thresholds *thresholds = explanation->thresholds;
    if (thresholds->kept != INT64_MIN) PD_TRY(add_weight(explanation, "kept_from", thresholds->kept, error));
    return add_weight(explanation, "linked_from",
                      pd_linked_from(thresholds, explanation->rows[0].source, explanation->rows[1].source), error);
}

static enum padan_status search_pairs(struct pd_explanation *explanation, struct pd_row_file *file,
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

static enum padan_status look_in_file(struct pd_explanation *explanation, const char *path, struct padan_error *error)
{
    struct pd_row_file file;
    if (path == NULL) return PADAN_OK;
    PD_TRY(pd_row_file_open(&file, path, error));
    const enum padan_status status = search_pairs(explanation, &file, error);
    pd_row_file_reset(&file);
    return status;
}

static enum padan_status whole_name(struct pd_explanation *explanation, const struct pd_row_facts *row,
                                    const char **name, struct padan_error *error)
{
    struct pd_buffer text = { 0 };
    struct pd_text copy = { NULL, 0 };
    pd_append_row_name(&text, row);
    enum padan_status status = pd_buffer_status(&text, error);
    if (status == PADAN_OK)
        status = pd_arena_copy(&explanation->arena, (struct pd_text){ text.data, text.length }, &copy, error);
    pd_buffer_reset(&text);
    *name = copy.data;
    return status;
}

/* A judge that fails leaves its sentence. */
static enum padan_status compute(struct pd_explanation *explanation, const struct pd_pair_judge *judge,
                                 struct padan_error *error)
{
    const char *ids[2] = { NULL, NULL };
    struct padan_error why = { .status = PADAN_OK };
    for (size_t i = 0; i < 2; i++) PD_TRY(whole_name(explanation, &explanation->rows[i], &ids[i], error));
    explanation->computed = true;
    if (judge->judge(judge->context, ids, &explanation->arena, &explanation->evidence, &why) == PADAN_OK)
        return PADAN_OK;
    explanation->evidence.found = false;
    return pd_arena_copy(&explanation->arena, pd_text_of(why.message), &explanation->why_not, error);
}

static enum padan_status gather(struct pd_explanation *explanation, const struct pd_explain_options *options,
                                const char *left, const char *right, struct padan_error *error)
{
    const char *names[2] = { left, right };
    const struct pd_run_files *files = options->files;
    if (files->clusters == NULL)
        PD_FAIL(error, PADAN_BAD_INPUT, "the folder holds no klaster.csv or clusters.csv: nothing to explain");
    explanation->has_clusters = true;
    PD_TRY(pd_facts_find(explanation->rows, &explanation->arena, files->clusters, names, 2, error));
    if (pd_text_equal(explanation->rows[0].id, explanation->rows[1].id) &&
        pd_text_equal(explanation->rows[0].source, explanation->rows[1].source))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "both ids name one row: give two rows");
    PD_TRY(look_in_file(explanation, files->pairs, error));
    if (explanation->evidence.found || options->judge == NULL) return PADAN_OK;
    return compute(explanation, options->judge, error);
}

enum padan_status pd_explain_pair(const struct pd_explain_options *options, const char *left, const char *right,
                                  struct pd_buffer *out, struct padan_error *error)
{
    struct pd_explanation explanation = { .thresholds = options->thresholds };
    pd_level_labels_read(&explanation.labels, options->files->model);
    enum padan_status status = gather(&explanation, options, left, right, error);
    if (status == PADAN_OK) status = pd_explanation_print(&explanation, options->json, out, error);
    pd_level_labels_reset(&explanation.labels);
    pd_arena_reset(&explanation.arena);
    return status;
}

enum padan_status pd_explain_evidence(const struct pd_pair_evidence *evidence, struct pd_text model, bool json,
                                      struct pd_buffer *out, struct padan_error *error)
{
    struct pd_explanation explanation = { .evidence = *evidence, .computed = true };
    explanation.rows[0].source = pd_evidence_field(evidence, "source_dataset_l");
    explanation.rows[0].id = pd_evidence_field(evidence, "unique_id_l");
    explanation.rows[1].source = pd_evidence_field(evidence, "source_dataset_r");
    explanation.rows[1].id = pd_evidence_field(evidence, "unique_id_r");
    pd_level_labels_parse(&explanation.labels, model);
    const enum padan_status status = pd_explanation_print(&explanation, json, out, error);
    pd_level_labels_reset(&explanation.labels);
    return status;
}
