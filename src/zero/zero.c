/* SPDX-License-Identifier: MIT */
#include "zero/state.h"

#include "auto/date_span.h"
#include "auto/model_codes.h"
#include "auto/own_columns.h"
#include "auto/row_text.h"
#include "base/memory.h"

#include <stdio.h>

/* Columns that a refusal speaks of. */
enum { COLUMNS_TOLD = 4 };

static enum padan_status make_scope(struct pd_zero *zero, struct padan_error *error)
{
    const size_t n = zero->options->table->n_sources;
    PD_TRY(pd_arena_allocate(&zero->arena, &zero->scope, n * n + 1, error));
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            zero->scope[a * n + b] =
                (a == b ? zero->data.inside : zero->data.across) ? PD_SCOPE_ALWAYS : PD_SCOPE_NEVER;
        }
    return pd_auto_all_pairs(&zero->data, &zero->all_pairs, error);
}

/* Columns that no pair in scope has on both sides, as when sources name what is the same differently. */
static enum padan_status leave_out_one_sided(struct pd_zero *zero, struct padan_error *error)
{
    for (size_t i = 0; i < zero->profiles.n_columns; i++) {
        struct pd_profile *profile = &zero->profiles.columns[i];
        double pairs = 0;
        if (profile->kind == PD_KIND_LEFT_OUT) continue;
        PD_TRY(pd_auto_filled_pairs(&zero->data, profile->column, &pairs, error));
        if (pairs >= 1) continue;
        profile->one_sided = true;
        pd_profile_leave_out(profile, "has values in one source only");
    }
    return zero->data.inside ? PADAN_OK : pd_auto_find_own(zero->options->table, &zero->profiles, error);
}

/* Nearly all pairs inside sources agree, and nearly none across. */
static const double SAME_INSIDE = .96, SAME_ACROSS = .04;
/* Fewer pairs inside may agree by chance. */
static const double INSIDE_LEAST = 100;

/* Columns that tell of which source a row is, as the year of each of two censuses. */
static enum padan_status leave_out_source_tellers(struct pd_zero *zero, struct padan_error *error)
{
    struct pd_auto_data inside = zero->data;
    inside.across = false;
    inside.inside = true;
    for (size_t i = 0; i < zero->profiles.n_columns && !zero->data.inside; i++) {
        struct pd_profile *profile = &zero->profiles.columns[i];
        double of_inside = 0, equal_inside = 0, of_across = 0, equal_across = 0;
        if (profile->kind == PD_KIND_LEFT_OUT || profile->same > SAME_INSIDE) continue;
        PD_TRY(pd_auto_filled_pairs(&inside, profile->column, &of_inside, error));
        PD_TRY(pd_auto_equal_pairs(&inside, &profile->column, 1, &equal_inside, error));
        if (of_inside < INSIDE_LEAST || equal_inside < SAME_INSIDE * of_inside) continue;
        PD_TRY(pd_auto_filled_pairs(&zero->data, profile->column, &of_across, error));
        PD_TRY(pd_auto_equal_pairs(&zero->data, &profile->column, 1, &equal_across, error));
        if (equal_across <= SAME_ACROSS * of_across)
            pd_profile_leave_out(profile, "one value in each source, and another in the other");
    }
    return PADAN_OK;
}

static enum padan_status draw_from_scope(struct pd_zero *zero, struct padan_error *error)
{
    zero->by_row = !zero->data.inside && zero->profiles.by_row;
    return pd_zero_draw(zero, zero->scope, zero->all_pairs, &zero->random_pairs, error);
}

enum padan_status pd_zero_set_scope(struct pd_zero *zero, struct padan_error *error)
{
    PD_TRY(make_scope(zero, error));
    PD_TRY(leave_out_one_sided(zero, error));
    PD_TRY(leave_out_source_tellers(zero, error));
    return draw_from_scope(zero, error);
}

/* Where the file has no header its first row is one: nobody's number or name is told in an error (DOMAIN 7). */
static bool header_is_values(const struct pd_zero *zero)
{
    for (size_t i = 0; i < zero->profiles.n_columns; i++)
        if (pd_text_is_long_number(zero->profiles.columns[i].name)) return true;
    return false;
}

/* Names the file and why the first of its columns say nothing. */
static enum padan_status no_column(const struct pd_zero *zero, struct padan_error *error)
{
    const struct pd_table *table = zero->options->table;
    char why[300] = "";
    size_t length = 0;
    size_t n_told = 0;
    if (header_is_values(zero))
        PD_FAIL(
            error, PADAN_BAD_INPUT,
            "no column of %.*s is of use for finding the same rows, and its header looks like a row of values; put a "
            "header above it, or name a model with --model",
            PD_TEXT_ARGS(table->sources[0].name));
    for (size_t i = 0; i < zero->profiles.n_columns && n_told < COLUMNS_TOLD; i++) {
        const struct pd_profile *profile = &zero->profiles.columns[i];
        if (profile->reason == NULL || profile->name.length > 60) continue;
        const int n = snprintf(why + length, sizeof why - length, "%s \"%.*s\" (%s)", n_told == 0 ? ":" : ",",
                               PD_TEXT_ARGS(profile->name), profile->reason);
        if (n < 0 || (size_t)n >= sizeof why - length) break;
        length += (size_t)n;
        n_told++;
    }
    why[length] = '\0';
    PD_FAIL(error, PADAN_BAD_INPUT,
            "no column of %.*s is of use for finding the same rows%s; name a model with --model",
            PD_TEXT_ARGS(table->sources[0].name), why);
}

static enum padan_status make(struct pd_zero *zero, struct padan_error *error)
{
    PD_TRY(make_scope(zero, error));
    PD_TRY(pd_zero_read_columns(zero, error));
    PD_TRY(leave_out_one_sided(zero, error));
    PD_TRY(leave_out_source_tellers(zero, error));
    PD_TRY(pd_auto_date_spans(&zero->data, &zero->profiles, error));
    PD_TRY(pd_auto_find_model_codes(zero->options->table, &zero->profiles, error));
    PD_TRY(pd_auto_comparisons_make(zero->options->table, &zero->profiles, zero->by_row, &zero->arena,
                                    &zero->comparisons, error));
    pd_zero_say_columns(zero);
    if (zero->comparisons.n == 0 && !zero->data.inside)
        PD_FAIL(error, PADAN_BAD_INPUT,
                "no column is of use for finding the same rows: a column must have the same name in all sources, or "
                "values so much alike that it is told by them; rename columns, or name a model with --model");
    if (zero->options->table->n_records == 0)
        PD_FAIL(error, PADAN_BAD_INPUT, "no row of %.*s could be used: padan check says why",
                PD_TEXT_ARGS(zero->options->table->sources[0].name));
    if (zero->comparisons.n == 0) return no_column(zero, error);
    if (zero->all_pairs < 1)
        PD_FAIL(error, PADAN_BAD_INPUT, "there are no two rows to compare: name a file with more of them");
    PD_TRY(pd_zero_choose_rules(zero, error));
    pd_zero_say_rules(zero);
    pd_auto_row_text(zero->options->table, &zero->profiles);
    PD_TRY(draw_from_scope(zero, error));
    PD_TRY(pd_zero_train(zero, error));
    PD_TRY(pd_zero_decide(zero, error));
    zero->model->n_rules = zero->rules.n;
    pd_zero_say_result(zero);
    return PADAN_OK;
}

enum padan_status pd_zero_model(const struct pd_zero_options *options, struct pd_model *model, struct pd_buffer *said,
                                struct padan_error *error)
{
    struct pd_zero zero = { .options = options, .model = model, .said = said };
    zero.data = (struct pd_auto_data){ .table = options->table,
                                       .functions = pd_linker_functions(),
                                       .across = options->link_type != PD_DEDUPE_ONLY,
                                       .inside = options->link_type != PD_LINK_ONLY,
                                       .threads = options->threads };
    enum padan_status status = pd_counted_rows_make(options->table, &zero.data.counted, error);
    if (status == PADAN_OK) status = make(&zero, error);
    pd_counted_rows_reset(&zero.data.counted);
    pd_estimate_reset(&zero.estimate);
    pd_edges_reset(&zero.edges);
    pd_zero_forget_levels(&zero);
    pd_free(zero.extra);
    pd_linker_reset(&zero.linker);
    pd_arena_reset(&zero.arena);
    return status;
}
