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
    field->level = pd_plan_level_of(fields->of.plan, comparison, gamma);
    field->one_value = asks_for_one_value(field->level);
    field->gamma_length = (uint8_t)snprintf(field->gamma, sizeof field->gamma, ",%d", gamma);
    if (field->level != NULL && field->level->frequency != NULL) return;
    const pd_weight weight = field->level == NULL ? 0 : field->level->weight;
    field->weight[0] = ',';
    const char *end = pd_put_double(field->weight + 1, pd_weight_to_double(weight), fields->of.decimals);
    field->weight_length = (uint8_t)(end - field->weight);
}

/* The text of a row that is being made. */
struct row_text {
    struct pd_level_row *row;
    size_t length, segment; /* so far; where the text begins that goes on */
};

static bool add_text(struct row_text *text, const char *bytes, size_t length)
{
    if (text->length + length > PD_LEVEL_ROW_BYTES) return false;
    memcpy(text->row->text + text->length, bytes, length);
    text->length += length;
    return true;
}

static void end_segment(struct row_text *text)
{
    text->row->lengths[text->row->n_gaps] = (uint8_t)(text->length - text->segment);
    text->segment = text->length;
}

static bool add_gap(struct row_text *text, size_t comparison)
{
    if (text->row->n_gaps == PD_LEVEL_ROW_GAPS) return false;
    end_segment(text);
    text->row->gaps[text->row->n_gaps++] = (uint8_t)comparison;
    return true;
}

static size_t n_values_of(const struct pd_level_field *field)
{
    return field->level->frequency->n_additions;
}

/* pd_make_level_row */
static bool make_row(const void *context, const int8_t *gammas, struct pd_level_row *row)
{
    const struct pd_level_fields *fields = context;
    struct row_text text = { .row = row };
    size_t most = 0;
    for (size_t i = 0; i < fields->n_comparisons; i++) {
        const struct pd_level_field *field = field_at(fields, i, gammas[i]);
        if (!add_text(&text, field->gamma, field->gamma_length)) return false;
    }
    for (size_t i = 0; i < fields->n_comparisons; i++) {
        const struct pd_level_field *field = field_at(fields, i, gammas[i]);
        const bool gap = field->weight_length == 0;
        if (gap && n_values_of(field) > most) {
            most = n_values_of(field);
            row->left_over = row->n_gaps;
        }
        if (!(gap ? add_gap(&text, i) : add_text(&text, field->weight, field->weight_length))) return false;
        if (!gap && field->level != NULL) row->sum += field->level->weight;
    }
    end_segment(&text);
    return true;
}

/* Most values that a level of a comparison looks up, 0 when none does. */
static size_t most_values_of(const struct pd_level_fields *fields, size_t comparison)
{
    size_t most = 0;
    for (size_t gamma = 0; gamma < fields->n_gammas; gamma++) {
        const struct pd_level_field *field = field_at(fields, comparison, (int)gamma - 1);
        if (field->weight_length == 0 && n_values_of(field) > most) most = n_values_of(field);
    }
    return most;
}

/* Additions of few values are near anyway, and so is the left row, for edges stand by it. */
static bool lies_anywhere(const struct pd_level_fields *fields, size_t comparison)
{
    enum { FEW = 1 << 16 };
    for (size_t gamma = 0; gamma < fields->n_gammas; gamma++) {
        const struct pd_level_field *field = field_at(fields, comparison, (int)gamma - 1);
        if (field->weight_length == 0 && !field->one_value) return true;
    }
    return most_values_of(fields, comparison) > FEW;
}

/* The comparison of most values is not among them where it is told by the whole. */
static enum padan_status list_asked(struct pd_level_fields *fields, struct padan_error *error)
{
    size_t most = 0;
    size_t left_over = fields->n_comparisons;
    PD_TRY(pd_allocate(&fields->asked, fields->n_comparisons + 1, sizeof *fields->asked, error));
    for (size_t i = 0; i < fields->n_comparisons && fields->of.names != NULL; i++)
        if (most_values_of(fields, i) > most) {
            most = most_values_of(fields, i);
            left_over = i;
        }
    for (size_t i = 0; i < fields->n_comparisons; i++)
        if (i != left_over && lies_anywhere(fields, i)) fields->asked[fields->n_asked++] = i;
    return PADAN_OK;
}

enum padan_status pd_level_fields_make(struct pd_level_fields *fields, const struct pd_level_fields_of *of,
                                       struct padan_error *error)
{
    const struct pd_model *model = of->plan->model;
    *fields = (struct pd_level_fields){ .of = *of, .n_comparisons = model->n_comparisons };
    for (size_t i = 0; i < model->n_comparisons; i++) {
        const size_t n_gammas = model->comparisons[i].n_levels + 1;
        if (n_gammas > fields->n_gammas) fields->n_gammas = n_gammas;
    }
    PD_TRY(pd_allocate(&fields->fields, fields->n_comparisons * fields->n_gammas, sizeof *fields->fields, error));
    for (size_t i = 0; i < fields->n_comparisons; i++)
        for (size_t gamma = 0; gamma < fields->n_gammas; gamma++) fill_field(fields, i, (int)gamma - 1);
    PD_TRY(list_asked(fields, error));
    return pd_level_rows_make(&fields->rows, of->edges, make_row, fields, error);
}

void pd_level_fields_reset(struct pd_level_fields *fields)
{
    pd_level_rows_reset(&fields->rows);
    pd_free(fields->fields);
    pd_free(fields->asked);
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
            pd_append_string(out, prefixes[prefix]);
            pd_append_text(out, model->comparisons[i].column_name);
        }
}

static pd_weight weight_of(const struct pd_level_fields *fields, const struct pd_level_field *field,
                           const struct pd_edge *edge)
{
    return pd_plan_weight(fields->of.plan, field->level, edge->left, field->one_value ? edge->left : edge->right);
}

static pd_weight prior_of(const struct pd_level_fields *fields, const struct pd_edge *edge)
{
    const struct pd_source_weights *sources = &fields->of.plan->sources;
    if (sources->one_prior) return sources->priors[0];
    return sources->priors[pd_record_source(fields->of.names, edge->left) * sources->n_sources +
                           pd_record_source(fields->of.names, edge->right)];
}

static bool tells_the_rest(const struct pd_level_fields *fields, const struct pd_edge *edge)
{
    return fields->of.names != NULL && !edge->lifted;
}

/* What the levels in the gaps of a row weigh. */
static void weigh_gaps(const struct pd_level_fields *fields, const struct pd_level_row *row, const int8_t *gammas,
                       const struct pd_edge *edge, pd_weight weights[PD_LEVEL_ROW_GAPS])
{
    const size_t left_over = tells_the_rest(fields, edge) ? row->left_over : PD_LEVEL_ROW_GAPS;
    pd_weight known = row->sum;
    for (size_t i = 0; i < row->n_gaps; i++) {
        if (i == left_over) continue;
        weights[i] = weight_of(fields, field_at(fields, row->gaps[i], gammas[row->gaps[i]]), edge);
        known += weights[i];
    }
    if (left_over < row->n_gaps) weights[left_over] = edge->weight - prior_of(fields, edge) - known;
}

/* pd_pen_levels of a row that is known. */
static struct pd_pen put_row(struct pd_pen pen, const struct pd_level_fields *fields, const struct pd_level_row *row,
                             size_t index)
{
    const struct pd_edges *edges = fields->of.edges;
    pd_weight weights[PD_LEVEL_ROW_GAPS];
    const char *from = row->text;
    weigh_gaps(fields, row, edges->gammas + index * edges->n_comparisons, &edges->edges[index], weights);
    for (size_t i = 0;; i++) {
        const size_t length = row->lengths[i];
        for (size_t k = 0; k < length; k += PD_LEVEL_ROW_PIECE) memcpy(pen.at + k, from + k, PD_LEVEL_ROW_PIECE);
        pen.at += length;
        from += length;
        if (i == row->n_gaps) return pen;
        pd_pen_byte(&pen, ',');
        pen.at = put_weight(pen.at, weights[i], fields->of.decimals);
    }
}

struct pd_pen pd_pen_levels(struct pd_pen pen, const struct pd_level_fields *fields, size_t index)
{
    const struct pd_edges *edges = fields->of.edges;
    const struct pd_edge *edge = &edges->edges[index];
    const size_t n = edges->n_comparisons;
    const int8_t *gammas = edges->gammas + index * n;
    if (!pd_pen_room(&pen, n * (GAMMA_BYTES + 1 + PD_NUMBER_ROOM))) return pen;
    const struct pd_level_row *row = pd_level_row_of(&fields->rows, edges, index);
    if (row != NULL) return put_row(pen, fields, row, index);
    for (size_t i = 0; i < n; i++) {
        const struct pd_level_field *field = field_at(fields, i, gammas[i]);
        memcpy(pen.at, field->gamma, sizeof field->gamma);
        pen.at += field->gamma_length;
    }
    for (size_t i = 0; i < n; i++) {
        const struct pd_level_field *field = field_at(fields, i, gammas[i]);
        memcpy(pen.at, field->weight, PD_NUMBER_ROOM);
        pen.at += field->weight_length;
        if (field->weight_length > 0) continue;
        pd_pen_byte(&pen, ',');
        pen.at = put_weight(pen.at, weight_of(fields, field, edge), fields->of.decimals);
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

static const struct pd_level_field *field_of(const struct pd_level_fields *fields, size_t edge, size_t comparison)
{
    return field_at(fields, comparison, fields->of.edges->gammas[edge * fields->n_comparisons + comparison]);
}

/* Edges stand by their left row, so that what one asks of that row alone was mostly asked by the one before. */
static bool was_asked(const struct pd_level_fields *fields, size_t edge, size_t comparison,
                      const struct pd_level_field *field)
{
    const struct pd_edge *edges = fields->of.edges->edges;
    return field->one_value && edge > 0 && edges[edge].left == edges[edge - 1].left &&
           field_of(fields, edge - 1, comparison) == field;
}

void pd_prefetch_levels(const struct pd_level_fields *fields, size_t index)
{
    enum { NEARER = 8 };
    const struct pd_table *table = fields->of.plan->conditions.deriver->table;
    const size_t nearer = index < NEARER ? 0 : index - NEARER;
    const struct pd_edge *far = &fields->of.edges->edges[index];
    const struct pd_edge *near = &fields->of.edges->edges[nearer];
    for (size_t k = 0; k < fields->n_asked; k++) {
        const size_t i = fields->asked[k];
        const struct pd_level_field *of_far = field_of(fields, index, i);
        const struct pd_level_field *of_near = field_of(fields, nearer, i);
        if (of_far->weight_length == 0 && !was_asked(fields, index, i, of_far))
            pd_term_frequency_prefetch_words(of_far->level->frequency, table, far->left,
                                             of_far->one_value ? far->left : far->right);
        if (of_near->weight_length == 0 && !was_asked(fields, nearer, i, of_near))
            pd_term_frequency_prefetch(of_near->level->frequency, table, near->left,
                                       of_near->one_value ? near->left : near->right);
    }
}
