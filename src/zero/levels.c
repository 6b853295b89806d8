/* SPDX-License-Identifier: MIT
 * Levels of pairs, compared once for all trainings.
 *
 * Each training asks for its candidates twice and for the levels of the drawn pairs once, and there are several
 * trainings, with other weights, of the same pairs and columns. Levels do not hang on weights, so pairs and levels are
 * kept (linking/level_store.h), as long as the model's text says the same of what they come from. A comparison that is
 * split by its parent has the levels it had whole, or says nothing, as the parent agrees or not: kept are the whole
 * comparisons and, once one was split by them, whether parents agree. The levels of the training at hand follow. */
#include "zero/levels.h"

#include "base/memory.h"

/* A model of the rules with some comparisons, made ready for the table. */
struct other_linker {
    struct pd_model model;
    struct pd_linker linker;
    bool has_model, has_linker;
};

static void reset_other(struct other_linker *other)
{
    if (other->has_linker) pd_linker_reset(&other->linker);
    if (other->has_model) pd_model_reset(&other->model);
}

static enum padan_status make_other(struct pd_zero *zero, const struct pd_buffer *text, struct other_linker *other,
                                    struct padan_error *error)
{
    *other = (struct other_linker){ 0 };
    PD_TRY(pd_buffer_status(text, error));
    PD_TRY(pd_model_read(&other->model, (struct pd_text){ text->data, text->length }, "zero configuration",
                         pd_linker_functions(), error));
    other->has_model = true;
    PD_TRY(pd_linker_make(&other->linker, zero->options->table, &other->model, zero->options->threads, error));
    other->has_linker = true;
    return PADAN_OK;
}

/* --- what is kept --- */

static void forget(struct pd_zero_levels *levels)
{
    pd_level_store_reset(&levels->store);
    pd_buffer_reset(&levels->source);
    *levels = (struct pd_zero_levels){ 0 };
}

void pd_zero_forget_levels(struct pd_zero *zero)
{
    for (size_t i = 0; i < PD_ZERO_STORES; i++) forget(&zero->levels[i]);
}

/* All that pairs and levels of whole comparisons follow from: the model without figures and frequencies, and the pairs:
 * those of the rules in scope, or drawn ones. */
static enum padan_status print_source(struct pd_zero *zero, const struct pd_zero_pairs *drawn, struct pd_buffer *out,
                                      struct padan_error *error)
{
    const size_t n = zero->options->table->n_sources;
    pd_zero_print_whole(zero, out);
    pd_append_text(out, (struct pd_text){ (const char *)zero->scope, n * n });
    if (drawn != NULL) pd_append_format(out, "drawn %p", (const void *)drawn->list);
    return pd_buffer_status(out, error);
}

static bool is_of(const struct pd_zero_levels *levels, const struct pd_buffer *source)
{
    return levels->source.length == source->length && memcmp(levels->source.data, source->data, source->length) == 0;
}

/* The place of what is kept of the source: moved to the front, the last giving way when there is none. */
static struct pd_zero_levels *find_place(struct pd_zero *zero, const struct pd_buffer *source)
{
    size_t place = 0;
    while (place < PD_ZERO_STORES - 1 && !is_of(&zero->levels[place], source)) place++;
    const struct pd_zero_levels levels = zero->levels[place];
    for (; place > 0; place--) zero->levels[place] = zero->levels[place - 1];
    zero->levels[0] = levels;
    if (!is_of(&levels, source)) forget(&zero->levels[0]);
    return &zero->levels[0];
}

static enum padan_status fill(struct pd_zero *zero, const struct pd_zero_pairs *drawn, struct pd_linker *linker,
                              struct pd_level_store *store, struct padan_error *error)
{
    const struct pd_scope scope = { .n_sources = zero->options->table->n_sources, .matrix = zero->scope };
    return drawn == NULL ? pd_level_store_fill(store, linker, &scope, error)
                         : pd_level_store_take(store, linker, drawn->list, drawn->n, error);
}

static bool has_halves(const struct pd_zero *zero)
{
    for (size_t i = 0; i < zero->comparisons.n; i++)
        if (zero->comparisons.list[i].state != PD_PARENT_NONE) return true;
    return false;
}

/* By whole comparisons: those of the linker at hand, unless some are split. */
static enum padan_status fill_whole(struct pd_zero *zero, const struct pd_zero_pairs *drawn,
                                    struct pd_level_store *store, struct padan_error *error)
{
    struct pd_buffer text = { 0 };
    struct other_linker other;
    if (!has_halves(zero)) return fill(zero, drawn, &zero->linker, store, error);
    pd_zero_print_whole(zero, &text);
    enum padan_status status = make_other(zero, &text, &other, error);
    if (status == PADAN_OK) status = fill(zero, drawn, &other.linker, store, error);
    reset_other(&other);
    pd_buffer_reset(&text);
    return status;
}

/* --- parents --- */

static size_t place_of_parent(const struct pd_zero_levels *levels, size_t profile)
{
    size_t i = 0;
    while (i < levels->n_parents && levels->parents[i] != profile) i++;
    return i;
}

/* Parents of which it is not known yet where they agree. */
static size_t find_new_parents(const struct pd_zero *zero, const struct pd_zero_levels *levels, size_t *parents)
{
    size_t n = 0;
    for (size_t i = 0; i < zero->comparisons.n; i++) {
        const struct pd_auto_comparison *comparison = &zero->comparisons.list[i];
        if (comparison->state != PD_PARENT_OTHER) continue;
        const size_t parent = (size_t)comparison->parent;
        bool known = place_of_parent(levels, parent) < levels->n_parents;
        for (size_t j = 0; j < n; j++) known = known || parents[j] == parent;
        if (!known) parents[n++] = parent;
    }
    return n;
}

static enum padan_status add_parents(struct pd_zero *zero, struct pd_zero_levels *levels, struct padan_error *error)
{
    size_t parents[PD_COMPARISONS_MAX];
    const size_t n = find_new_parents(zero, levels, parents);
    struct pd_buffer text = { 0 };
    struct other_linker other;
    if (n == 0) return PADAN_OK;
    pd_zero_print_parents(zero, parents, n, &text);
    enum padan_status status = make_other(zero, &text, &other, error);
    if (status == PADAN_OK) status = pd_level_store_widen(&levels->store, &other.linker, error);
    reset_other(&other);
    pd_buffer_reset(&text);
    if (status != PADAN_OK) return status;
    memcpy(levels->parents + levels->n_parents, parents, n * sizeof *parents);
    levels->n_parents += n;
    return PADAN_OK;
}

/* --- the levels at hand --- */

static int8_t level_of(const struct pd_zero *zero, const struct pd_zero_levels *levels, const int8_t *kept, size_t c)
{
    const struct pd_auto_comparison *comparison = &zero->comparisons.list[c];
    const int8_t gamma = kept[pd_auto_comparison_whole(&zero->comparisons, c)];
    if (comparison->state == PD_PARENT_NONE) return gamma;
    const size_t parent = levels->n_whole + place_of_parent(levels, (size_t)comparison->parent);
    return pd_auto_level_of_half(comparison, gamma, kept[parent] == 1);
}

enum padan_status pd_zero_find_levels(struct pd_zero *zero, const struct pd_zero_pairs *drawn, int8_t **gammas,
                                      const struct pd_level_store **store, struct padan_error *error)
{
    struct pd_buffer source = { 0 };
    *gammas = NULL;
    enum padan_status status = print_source(zero, drawn, &source, error);
    if (status != PADAN_OK) {
        pd_buffer_reset(&source);
        return status;
    }
    struct pd_zero_levels *levels = find_place(zero, &source);
    if (levels->source.length > 0) {
        pd_buffer_reset(&source);
    } else {
        status = fill_whole(zero, drawn, &levels->store, error);
        levels->source = source;
        levels->n_whole = levels->store.n_comparisons;
    }
    if (status == PADAN_OK) status = add_parents(zero, levels, error);
    if (status != PADAN_OK) return status;
    const size_t width = zero->comparisons.n;
    *store = &levels->store;
    PD_TRY(pd_allocate_array(gammas, levels->store.n_patterns * width + 1, 1, error));
    for (size_t i = 0; i < levels->store.n_patterns; i++)
        for (size_t c = 0; c < width; c++)
            (*gammas)[i * width + c] =
                level_of(zero, levels, levels->store.gammas + i * levels->store.n_comparisons, c);
    return PADAN_OK;
}
