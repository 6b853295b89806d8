/* SPDX-License-Identifier: MIT
 * The model before training: comparisons without figures, and the pairs that u comes from. */
#include "zero/state.h"

#include "base/memory.h"

#include <math.h>

static enum pd_link_type link_type_of(const struct pd_zero *zero)
{
    if (!zero->data.inside) return PD_LINK_ONLY;
    return zero->data.across ? PD_LINK_AND_DEDUPE : PD_DEDUPE_ONLY;
}

static void print_head(const struct pd_zero *zero, size_t n_rules, struct pd_buffer *out)
{
    pd_append_format(out,
                     "{\n  \"link_type\": \"%s\",\n  \"padan_name\": \"zero configuration\",\n"
                     "  \"padan_made_from_rows\": true,\n  \"padan_columns_as_texts\": true,\n",
                     pd_link_type_name(link_type_of(zero)));
    pd_zero_print_columns(zero, out);
    pd_append_string(out, "  \"probability_two_random_records_match\": 0.0001,\n"
                          "  \"blocking_rules_to_generate_predictions\": [\n");
    pd_auto_rules_print(&zero->rules, n_rules, out);
    pd_append_string(out, "  ],\n  \"comparisons\": [\n");
}

static void print_model(const struct pd_zero *zero, size_t n_rules, const struct pd_auto_comparisons *comparisons,
                        struct pd_buffer *out)
{
    print_head(zero, n_rules, out);
    pd_auto_comparisons_print(&zero->profiles, comparisons, out);
    pd_append_string(out, "  ]\n}\n");
}

void pd_zero_print_whole(const struct pd_zero *zero, struct pd_buffer *out)
{
    struct pd_auto_comparison list[PD_COMPARISONS_MAX];
    const struct pd_auto_comparisons whole = pd_auto_comparisons_whole(&zero->comparisons, list);
    for (size_t i = 0; i < whole.n; i++) list[i].frequency = false;
    print_model(zero, zero->rules.n_trained, &whole, out);
}

void pd_zero_print_parents(const struct pd_zero *zero, const size_t *parents, size_t n, struct pd_buffer *out)
{
    print_head(zero, zero->rules.n_trained, out);
    pd_auto_parents_print(&zero->profiles, parents, n, out);
    pd_append_string(out, "  ]\n}\n");
}

static enum padan_status write_model(struct pd_zero *zero, struct padan_error *error)
{
    struct pd_buffer text = { 0 };
    print_model(zero, zero->rules.n, &zero->comparisons, &text);
    enum padan_status status = pd_buffer_status(&text, error);
    if (status == PADAN_OK)
        status = pd_model_read(zero->model, (struct pd_text){ text.data, text.length }, "zero configuration",
                               pd_linker_functions(), error);
    pd_buffer_reset(&text);
    return status;
}

/* Pairs of scope with equal values, and with both values, that a comparison speaks of. */
static enum padan_status count_comparison(struct pd_zero *zero, const struct pd_auto_comparison *comparison,
                                          struct pd_equal_pairs *out, struct padan_error *error)
{
    int columns[2] = { -1, -1 };
    double both = 0;
    *out = (struct pd_equal_pairs){ 0 };
    if (comparison->state == PD_PARENT_EQUAL) return PADAN_OK; /* from its own set of pairs */
    PD_TRY(pd_auto_derive(&zero->data, "{x}", &zero->profiles.columns[comparison->profile], &columns[0], error));
    PD_TRY(pd_auto_equal_pairs(&zero->data, columns, 1, &out->equal, error));
    PD_TRY(pd_auto_filled_pairs(&zero->data, columns[0], &out->filled, error));
    if (comparison->state == PD_PARENT_NONE) return PADAN_OK;
    PD_TRY(pd_auto_derive(&zero->data, "{x}", &zero->profiles.columns[comparison->parent], &columns[1], error));
    PD_TRY(pd_auto_equal_pairs(&zero->data, columns, 2, &both, error));
    out->equal -= both;
    /* Of the pairs with both values, those whose parent is equal are as many as of all pairs: counted less equal pairs
     * they would be more than there are where the column is mostly empty. */
    PD_TRY(pd_auto_equal_pairs(&zero->data, columns + 1, 1, &both, error));
    out->filled = fmax(out->filled * (1 - fmin(both / zero->all_pairs, 1)), fmax(out->equal, 1));
    return PADAN_OK;
}

/* Of the levels of a column of few values, where these are to tell little at the start of training. */
static const double AS_LIKELY = .5;

/* Of matches, as far as training begins. */
static double start_of_few(const struct pd_zero *zero, size_t comparison, double m)
{
    const bool is_few = zero->profiles.columns[zero->comparisons.list[comparison].profile].kind == PD_KIND_CATEGORY;
    return zero->few_tell_little && is_few ? AS_LIKELY : m;
}

static enum padan_status count_equal(struct pd_zero *zero, struct padan_error *error)
{
    const size_t n = zero->comparisons.n;
    PD_TRY(pd_arena_allocate(&zero->arena, &zero->equal, (n + 1) * sizeof *zero->equal, error));
    PD_TRY(pd_arena_allocate(&zero->arena, &zero->start, (n + 1) * sizeof *zero->start, error));
    for (size_t i = 0; i < n; i++) {
        PD_TRY(count_comparison(zero, &zero->comparisons.list[i], &zero->equal[i], error));
        for (size_t j = 0; j < zero->model->comparisons[i].n_levels; j++) {
            struct pd_level *level = &zero->model->comparisons[i].levels[j];
            if (level->is_null_level) continue;
            zero->start[i][level->gamma + 1] = level->m = start_of_few(zero, i, level->m);
        }
    }
    return PADAN_OK;
}

enum padan_status pd_zero_remake_linker(struct pd_zero *zero, struct padan_error *error)
{
    pd_linker_reset(&zero->linker);
    return pd_linker_make(&zero->linker, zero->options->table, zero->model, zero->options->threads, error);
}

enum padan_status pd_zero_remake_model(struct pd_zero *zero, struct padan_error *error)
{
    pd_linker_reset(&zero->linker);
    pd_model_reset(zero->model);
    PD_TRY(write_model(zero, error));
    zero->model->n_rules = zero->rules.n_trained;
    PD_TRY(count_equal(zero, error));
    PD_TRY(pd_zero_remake_linker(zero, error));
    pd_zero_extend_related(zero);
    zero->n_sets = 0;
    return PADAN_OK;
}
