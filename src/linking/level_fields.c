/* SPDX-License-Identifier: MIT */
#include "linking/level_fields.h"

#include "base/memory.h"

#include <stdio.h>

enum { GAMMA_BYTES = 8 };

struct pd_level_field {
    char gamma[GAMMA_BYTES];         /* a comma and the level */
    char weight[1 + PD_NUMBER_ROOM]; /* a comma and what it weighs */
    uint8_t gamma_length;
    uint8_t weight_length;             /* 0 = it depends on the pair */
    bool one_value;                    /* it holds for equal values: what they add is told by the left one */
    const struct pd_plan_level *level; /* NULL when there is no such level: it weighs nothing */
};

static struct pd_level_field *field_at(const struct pd_level_fields *fields, size_t comparison, int gamma)
{
    return &fields->fields[comparison * fields->n_gammas + (size_t)(gamma + 1)];
}

static bool asks_for_one_value(const struct pd_plan_level *level)
{
    return level != NULL && level->frequency != NULL && level->frequency->key != PD_VALUES_BY_RECORD &&
           level->test.kind == PD_TEST_SAME && level->test.column == level->frequency->column;
}

static void fill_field(struct pd_level_fields *fields, size_t comparison, int gamma)
{
    struct pd_level_field *field = field_at(fields, comparison, gamma);
    field->level = pd_plan_level_of(fields->plan, comparison, gamma);
    field->one_value = asks_for_one_value(field->level);
    field->gamma_length = (uint8_t)snprintf(field->gamma, sizeof field->gamma, ",%d", gamma);
    if (field->level != NULL && field->level->frequency != NULL) return;
    const pd_weight weight = field->level == NULL ? 0 : field->level->weight;
    field->weight[0] = ',';
    const char *end = pd_put_double(field->weight + 1, pd_weight_to_double(weight), fields->decimals);
    field->weight_length = (uint8_t)(end - field->weight);
}

enum padan_status pd_level_fields_make(struct pd_level_fields *fields, const struct pd_plan *plan, unsigned decimals,
                                       struct padan_error *error)
{
    const struct pd_model *model = plan->model;
    *fields = (struct pd_level_fields){ .plan = plan, .decimals = decimals, .n_comparisons = model->n_comparisons };
    for (size_t i = 0; i < model->n_comparisons; i++) {
        const size_t n_gammas = model->comparisons[i].n_levels + 1;
        if (n_gammas > fields->n_gammas) fields->n_gammas = n_gammas;
    }
    PD_TRY(pd_allocate(&fields->written, fields->n_comparisons + 1, sizeof *fields->written, error));
    for (size_t i = 0; i < fields->n_comparisons; i++)
        if (!model->comparisons[i].is_absent) fields->written[fields->n_written++] = i;
    PD_TRY(pd_allocate(&fields->fields, fields->n_comparisons * fields->n_gammas, sizeof *fields->fields, error));
    for (size_t i = 0; i < fields->n_comparisons; i++)
        for (size_t gamma = 0; gamma < fields->n_gammas; gamma++) fill_field(fields, i, (int)gamma - 1);
    return PADAN_OK;
}

void pd_level_fields_reset(struct pd_level_fields *fields)
{
    pd_free(fields->fields);
    pd_free(fields->written);
    *fields = (struct pd_level_fields){ 0 };
}

/* Decimals that the compiler knows are a multiplication, others a division. */
static char *put_weight(char *to, pd_weight weight, unsigned decimals)
{
    enum { OF_RUNS = 4 };
    const double bits = pd_weight_to_double(weight);
    return decimals == OF_RUNS ? pd_put_double(to, bits, OF_RUNS) : pd_put_double(to, bits, decimals);
}

void pd_append_level_names(struct pd_buffer *out, const struct pd_model *model)
{
    static const char *const prefixes[] = { ",gamma_", ",mw_" };
    for (size_t prefix = 0; prefix < 2; prefix++)
        for (size_t i = 0; i < model->n_comparisons; i++) {
            if (model->comparisons[i].is_absent) continue;
            pd_append_string(out, prefixes[prefix]);
            pd_append_text(out, model->comparisons[i].column_name);
        }
}

struct pd_pen pd_pen_levels(struct pd_pen pen, const struct pd_level_fields *fields, const struct pd_edges *edges,
                            size_t index)
{
    const struct pd_edge *edge = &edges->edges[index];
    const size_t n = edges->n_comparisons;
    const int8_t *gammas = edges->gammas + index * n;
    if (!pd_pen_room(&pen, n * (GAMMA_BYTES + 1 + PD_NUMBER_ROOM))) return pen;
    for (size_t k = 0; k < fields->n_written; k++) {
        const size_t i = fields->written[k];
        const struct pd_level_field *field = field_at(fields, i, gammas[i]);
        memcpy(pen.at, field->gamma, sizeof field->gamma);
        pen.at += field->gamma_length;
    }
    for (size_t k = 0; k < fields->n_written; k++) {
        const size_t i = fields->written[k];
        const struct pd_level_field *field = field_at(fields, i, gammas[i]);
        memcpy(pen.at, field->weight, PD_NUMBER_ROOM);
        pen.at += field->weight_length;
        if (field->weight_length > 0) continue;
        const uint32_t right = field->one_value ? edge->left : edge->right;
        const pd_weight weight = pd_plan_weight(fields->plan, field->level, edge->left, right);
        pd_pen_byte(&pen, ',');
        pen.at = put_weight(pen.at, weight, fields->decimals);
    }
    return pen;
}

pd_weight pd_beyond_levels(const struct pd_plan *plan, const struct pd_edges *edges, size_t index)
{
    const struct pd_edge *edge = &edges->edges[index];
    const struct pd_table *table = plan->conditions.deriver->table;
    const int8_t *gammas = edges->gammas + index * edges->n_comparisons;
    pd_weight rest =
        edge->weight - plan->sources.priors[pd_source_pair_index(&plan->sources, table, edge->left, edge->right)];
    for (size_t i = 0; i < edges->n_comparisons; i++)
        rest -= pd_plan_level_weight(plan, i, gammas[i], edge->left, edge->right);
    return rest;
}

static const struct pd_level_field *field_of(const struct pd_level_fields *fields, const struct pd_edges *edges,
                                             size_t edge, size_t comparison)
{
    return field_at(fields, comparison, edges->gammas[edge * edges->n_comparisons + comparison]);
}

/* Edges stand by their left row, so that what one asks of that row alone was mostly asked by the one before. */
static bool was_asked(const struct pd_level_fields *fields, const struct pd_edges *edges, size_t edge,
                      size_t comparison, const struct pd_level_field *field)
{
    return field->one_value && edge > 0 && edges->edges[edge].left == edges->edges[edge - 1].left &&
           field_of(fields, edges, edge - 1, comparison) == field;
}

void pd_prefetch_levels(const struct pd_level_fields *fields, const struct pd_edges *edges, size_t index)
{
    enum { NEARER = 8 };
    const struct pd_table *table = fields->plan->conditions.deriver->table;
    const size_t nearer = index < NEARER ? 0 : index - NEARER;
    const struct pd_edge *far = &edges->edges[index];
    const struct pd_edge *near = &edges->edges[nearer];
    for (size_t i = 0; i < edges->n_comparisons; i++) {
        const struct pd_level_field *of_far = field_of(fields, edges, index, i);
        const struct pd_level_field *of_near = field_of(fields, edges, nearer, i);
        if (of_far->weight_length == 0 && !was_asked(fields, edges, index, i, of_far))
            pd_term_frequency_prefetch_words(of_far->level->frequency, table, far->left,
                                             of_far->one_value ? far->left : far->right);
        if (of_near->weight_length == 0 && !was_asked(fields, edges, nearer, i, of_near))
            pd_term_frequency_prefetch(of_near->level->frequency, table, near->left,
                                       of_near->one_value ? near->left : near->right);
    }
}
