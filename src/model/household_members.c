/* SPDX-License-Identifier: MIT */
#include "model/household_members.h"

#include "model/read_level.h"

double pd_household_member_bits(const struct pd_household_members *members, const int8_t *gammas, size_t n_comparisons)
{
    double bits = 0;
    for (size_t c = 0; c < n_comparisons; c++)
        if (gammas[c] >= 0) bits += members->bits[c * PD_MEMBER_GAMMAS + (size_t)gammas[c] + 1];
    return bits;
}

static enum padan_status read_columns(const struct pd_model_reader *reader, const struct pd_node *node,
                                      struct pd_household_members *members)
{
    const struct pd_node *list = pd_node_get(node, "columns");
    if (pd_node_is_null(list) || list->kind != PD_NODE_SEQUENCE || list->n_children == 0 ||
        list->n_children > PD_HOUSEHOLD_COLUMNS_MAX)
        return pd_model_wrong(reader, node, "padan_household_members needs columns, one to %d names",
                              PD_HOUSEHOLD_COLUMNS_MAX);
    for (size_t i = 0; i < list->n_children; i++) {
        if (list->items[i]->kind != PD_NODE_SCALAR || list->items[i]->text.length == 0)
            return pd_model_wrong(reader, list->items[i], "columns of padan_household_members are names");
        PD_TRY(pd_arena_copy(&reader->model->arena, list->items[i]->text, &members->columns[i], reader->error));
    }
    members->n_columns = list->n_children;
    return PADAN_OK;
}

static enum padan_status read_numbers(const struct pd_model_reader *reader, const struct pd_node *node,
                                      struct pd_household_members *members)
{
    bool has_least = false, has_apart = false, has_odds = false;
    PD_TRY(pd_model_number(reader, node, "least", &members->least, &has_least));
    PD_TRY(pd_model_number(reader, node, "apart", &members->apart, &has_apart));
    PD_TRY(pd_model_number(reader, node, "odds", &members->odds, &has_odds));
    if (has_least && has_apart && has_odds && members->least > -1000 && members->least < 1000 && members->apart > 0 &&
        members->apart < 1 && members->odds > 0 && members->odds < 1e9)
        return PADAN_OK;
    return pd_model_wrong(reader, node,
                          "padan_household_members needs least, a weight in bits, apart, a share between 0 and 1, and "
                          "odds, above 0");
}

/* The bits of a comparison's levels in their order, without the null level. */
static enum padan_status read_levels(const struct pd_model_reader *reader, const struct pd_node *list,
                                     const struct pd_comparison *comparison, double *bits)
{
    bool good = list->kind == PD_NODE_SEQUENCE;
    size_t n = 0;
    for (size_t i = 0; i < comparison->n_levels && good; i++) {
        const struct pd_level *level = &comparison->levels[i];
        double *to = &bits[level->gamma + 1];
        if (level->is_null_level) continue;
        good = n < list->n_children && pd_node_to_double(list->items[n], to) && *to > -1000 && *to < 1000;
        n++;
    }
    if (good && n == list->n_children) return PADAN_OK;
    return pd_model_wrong(reader, list,
                          "bits of padan_household_members has a number for each level of a comparison but the null "
                          "level");
}

static enum padan_status read_bits(const struct pd_model_reader *reader, const struct pd_node *node,
                                   struct pd_household_members *members)
{
    struct pd_model *model = reader->model;
    const struct pd_node *of = pd_node_get(node, "bits");
    const size_t n = model->n_comparisons * PD_MEMBER_GAMMAS;
    double *bits = NULL;
    if (pd_node_is_null(of) || of->kind != PD_NODE_SEQUENCE || of->n_children != model->n_comparisons)
        return pd_model_wrong(reader, node, "padan_household_members needs bits, a list for each comparison");
    PD_TRY(pd_arena_allocate(&model->arena, &bits, n * sizeof *bits, reader->error));
    for (size_t i = 0; i < n; i++) bits[i] = 0;
    for (size_t c = 0; c < model->n_comparisons; c++)
        PD_TRY(read_levels(reader, of->items[c], &model->comparisons[c], bits + c * PD_MEMBER_GAMMAS));
    members->bits = bits;
    return PADAN_OK;
}

enum padan_status pd_model_read_household_members(const struct pd_model_reader *reader, const struct pd_node *root)
{
    static const char *const known[] = { "columns", "least", "apart", "odds", "bits", NULL };
    struct pd_household_members *members = &reader->model->members;
    const struct pd_node *node = pd_node_get(root, "padan_household_members");
    if (pd_node_is_null(node)) return PADAN_OK;
    if (node->kind != PD_NODE_MAPPING)
        return pd_model_wrong(reader, node, "padan_household_members has columns, least, apart, odds and bits");
    PD_TRY(pd_model_check_keys(reader, node, known));
    PD_TRY(read_numbers(reader, node, members));
    PD_TRY(read_bits(reader, node, members));
    return read_columns(reader, node, members);
}

static void append_bits(struct pd_buffer *out, const struct pd_comparison *comparison, const double *bits)
{
    const char *before = "[";
    for (size_t i = 0; i < comparison->n_levels; i++) {
        if (comparison->levels[i].is_null_level) continue;
        pd_append_string(out, before);
        pd_append_exact(out, bits[comparison->levels[i].gamma + 1]);
        before = ", ";
    }
    pd_append_string(out, before[0] == '[' ? "[]" : "]");
}

void pd_model_append_household_members(struct pd_buffer *out, const struct pd_model *model)
{
    const struct pd_household_members *members = &model->members;
    if (members->n_columns == 0) return;
    for (size_t i = 0; i < members->n_columns; i++) {
        pd_append_string(out, i == 0 ? ",\n  \"padan_household_members\": {\"columns\": [" : ", ");
        pd_append_json(out, members->columns[i]);
    }
    pd_append_string(out, "], \"least\": ");
    pd_append_exact(out, members->least);
    pd_append_string(out, ", \"apart\": ");
    pd_append_exact(out, members->apart);
    pd_append_string(out, ", \"odds\": ");
    pd_append_exact(out, members->odds);
    pd_append_string(out, ", \"bits\": [");
    for (size_t c = 0; c < model->n_comparisons; c++) {
        pd_append_string(out, c == 0 ? "\n    " : ",\n    ");
        append_bits(out, &model->comparisons[c], members->bits + c * PD_MEMBER_GAMMAS);
    }
    pd_append_string(out, "]}");
}
