/* SPDX-License-Identifier: MIT
 * Lost pairs are pairs of one entity in two clusters, wrong pairs those of one cluster with two entities; both are
 * walked over rows in order of entity, then of cluster, and looked up in one pass over the pairs file. */
#include "evaluate/error_list.h"

#include "base/memory.h"
#include "evaluate/counter_map.h"
#include "evaluate/order.h"
#include "evaluate/pair_file.h"

#include <stdio.h>

struct pd_error_pair {
    uint32_t left, right; /* left < right */
    bool wrong;           /* else lost */
    bool listed, certain; /* in the pairs file, as certain */
    bool judged;          /* not there, and computed anew: */
    bool has_rule;        /* a blocking rule brings it together */
    bool suffices;        /* its weight is one that is kept */
    struct pd_text weight, probability, class, levels;
};

static bool counts(const struct pd_evaluation *evaluation, const struct pd_population *population, uint32_t a,
                   uint32_t b)
{
    return !evaluation->link_only || population->source[a] != population->source[b];
}

static enum padan_status add_pair(struct pd_error_list *list, uint32_t a, uint32_t b, bool wrong,
                                  struct padan_error *error)
{
    PD_TRY(pd_grow(&list->pairs, &list->capacity, list->n_pairs + 1, sizeof *list->pairs, error));
    list->pairs[list->n_pairs++] =
        (struct pd_error_pair){ .left = a < b ? a : b, .right = a < b ? b : a, .wrong = wrong };
    return PADAN_OK;
}

/* Pairs of rows with equal `together` and different `apart`, up to the limit. */
static enum padan_status walk_pairs(struct pd_error_list *list, const struct pd_evaluation *evaluation,
                                    const struct pd_population *population, const uint32_t *rows, bool wrong,
                                    struct padan_error *error)
{
    const uint32_t *together = wrong ? population->cluster : population->entity;
    const uint32_t *apart = wrong ? population->entity : population->cluster;
    const size_t limit = list->n_pairs + PD_ERROR_LIST_MAX;
    for (size_t begin = 0, end = 0; begin < population->n_rows; begin = end) {
        end = pd_run_end(rows, begin, population->n_rows, together);
        for (size_t i = begin; i < end; i++)
            for (size_t j = i + 1; j < end; j++) {
                if (apart[rows[i]] == apart[rows[j]] || !counts(evaluation, population, rows[i], rows[j])) continue;
                if (list->n_pairs == limit) return PADAN_OK;
                PD_TRY(add_pair(list, rows[i], rows[j], wrong, error));
            }
    }
    return PADAN_OK;
}

static enum padan_status walk_all(struct pd_error_list *list, const struct pd_evaluation *evaluation,
                                  const struct pd_population *population, struct padan_error *error)
{
    const size_t n = population->n_rows;
    uint32_t *rows = NULL;
    uint32_t *scratch = NULL;
    enum padan_status status = pd_allocate_array(&rows, n, sizeof *rows, error);
    if (status == PADAN_OK) status = pd_allocate_array(&scratch, n, sizeof *scratch, error);
    for (size_t i = 0; status == PADAN_OK && i < n; i++) rows[i] = (uint32_t)i;
    if (status == PADAN_OK) status = pd_order_by(rows, scratch, n, population->cluster, population->n_clusters, error);
    if (status == PADAN_OK) status = walk_pairs(list, evaluation, population, rows, true, error);
    for (size_t i = 0; status == PADAN_OK && i < n; i++) rows[i] = (uint32_t)i;
    if (status == PADAN_OK)
        status = pd_order_by(rows, scratch, n, population->entity, population->entities.n_entries, error);
    if (status == PADAN_OK) status = walk_pairs(list, evaluation, population, rows, false, error);
    pd_free(rows);
    pd_free(scratch);
    const uint64_t all = evaluation->all.n_predicted + evaluation->all.n_true - 2 * evaluation->all.n_found;
    list->n_unlisted = all - list->n_pairs;
    return status;
}

static uint64_t key_of(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a; /* never 0: the rows differ */
}

/* "nik:4 +5.55; nama:3 -2.10" from the gamma_ and mw_ columns of a line. */
static void append_levels(const struct pd_pair_file *pairs, size_t row, struct pd_buffer *out)
{
    pd_buffer_clear(out);
    for (size_t k = 0; k < pairs->n_levels; k++) {
        const struct pd_text name = pairs->file.header[pairs->levels[k].gamma_column];
        if (k > 0) pd_append_string(out, "; ");
        pd_append_text(out, pd_text_slice(name, 6, name.length));
        pd_append_byte(out, ':');
        pd_append_text(out, pd_row_field(&pairs->file, row, pairs->levels[k].gamma_slot));
        if (pairs->levels[k].weight_slot == 0) continue;
        const struct pd_text weight = pd_row_field(&pairs->file, row, pairs->levels[k].weight_slot);
        pd_append_string(out, weight.length > 0 && weight.data[0] != '-' ? " +" : " ");
        pd_append_text(out, weight);
    }
}

static enum padan_status take_line(struct pd_error_list *list, struct pd_error_pair *pair,
                                   const struct pd_pair_file *pairs, size_t i, struct pd_buffer *levels,
                                   struct padan_error *error)
{
    append_levels(pairs, i, levels);
    PD_TRY(pd_buffer_status(levels, error));
    pair->listed = true;
    pair->certain = pd_pair_is_certain(pairs, i);
    PD_TRY(pd_arena_copy(&list->arena, pd_row_field(&pairs->file, i, PD_PAIR_WEIGHT), &pair->weight, error));
    PD_TRY(pd_arena_copy(&list->arena, pd_row_field(&pairs->file, i, PD_PAIR_PROBABILITY), &pair->probability, error));
    PD_TRY(pd_arena_copy(&list->arena, pd_row_field(&pairs->file, i, PD_PAIR_CLASS), &pair->class, error));
    return pd_arena_copy(&list->arena, (struct pd_text){ levels->data, levels->length }, &pair->levels, error);
}

static enum padan_status look_up(struct pd_error_list *list, const struct pd_counter_map *index,
                                 struct pd_pair_file *pairs, struct pd_buffer *levels, struct padan_error *error)
{
    do {
        PD_TRY(pd_pair_file_next(pairs, error));
        for (size_t i = 0; i < pairs->n_rows; i++) {
            const uint32_t a = pairs->row_l[i];
            const uint32_t b = pairs->row_r[i];
            if (a == PD_NO_ROW || b == PD_NO_ROW || a == b) continue;
            const uint64_t place = pd_counter_get(index, key_of(a, b));
            if (place > 0) PD_TRY(take_line(list, &list->pairs[place - 1], pairs, i, levels, error));
        }
    } while (pairs->n_rows > 0);
    return PADAN_OK;
}

static enum padan_status read_lines(struct pd_error_list *list, const struct pd_population *population,
                                    const char *path, struct padan_error *error)
{
    struct pd_counter_map index = { 0 };
    struct pd_buffer levels = { 0 };
    struct pd_pair_file *pairs = NULL;
    enum padan_status status = pd_allocate(&pairs, 1, sizeof *pairs, error);
    for (size_t i = 0; status == PADAN_OK && i < list->n_pairs; i++)
        status = pd_counter_add(&index, key_of(list->pairs[i].left, list->pairs[i].right), i + 1, error);
    if (status == PADAN_OK) {
        status = pd_pair_file_open_levels(pairs, path, population, error);
        if (status == PADAN_OK) {
            status = look_up(list, &index, pairs, &levels, error);
            pd_pair_file_reset(pairs);
        }
    }
    pd_free(pairs);
    pd_buffer_reset(&levels);
    pd_counter_reset(&index);
    return status;
}

enum padan_status pd_error_list_find(struct pd_error_list *list, const struct pd_evaluation *evaluation,
                                     const struct pd_population *population, const char *pairs_path,
                                     struct padan_error *error)
{
    *list = (struct pd_error_list){ .n_pairs = 0 };
    enum padan_status status = walk_all(list, evaluation, population, error);
    if (status == PADAN_OK && pairs_path != NULL) status = read_lines(list, population, pairs_path, error);
    if (status != PADAN_OK) pd_error_list_reset(list);
    return status;
}

/* --- pairs that were not kept --- */

/* Levels as append_levels has them, of a pair that was computed; then what keeps all rules from it. */
static void append_evidence(const struct pd_pair_evidence *evidence, struct pd_buffer *out)
{
    static const char gamma[] = "gamma_";
    const size_t n_prefix = sizeof gamma - 1;
    pd_buffer_clear(out);
    for (size_t i = 0; i < evidence->n_columns; i++) {
        char mw[128];
        const struct pd_text name = evidence->names[i];
        if (!pd_text_starts(name, PD_TEXT(gamma))) continue;
        if (out->length > 0) pd_append_string(out, "; ");
        pd_append_text(out, pd_text_slice(name, n_prefix, name.length));
        pd_append_byte(out, ':');
        pd_append_text(out, evidence->fields[i]);
        (void)snprintf(mw, sizeof mw, "mw_%.*s", (int)(name.length - n_prefix), name.data + n_prefix);
        const struct pd_text weight = pd_evidence_field(evidence, mw);
        if (weight.length == 0) continue;
        pd_append_string(out, weight.data[0] != '-' ? " +" : " ");
        pd_append_text(out, weight);
    }
    const struct pd_text keys = pd_evidence_field(evidence, "differing_keys");
    if (keys.length == 0) return;
    pd_append_string(out, "; no rule: ");
    pd_append_text(out, keys);
}

struct judging {
    struct pd_error_list *list;
    const size_t *places; /* of the pairs that are asked for */
    struct pd_buffer levels;
};

static double number_of(const struct pd_pair_evidence *evidence, const char *name)
{
    double number = 0;
    (void)pd_text_to_double(pd_evidence_field(evidence, name), &number);
    return number;
}

static enum padan_status take_evidence(void *context, size_t index, const struct pd_pair_evidence *evidence,
                                       struct padan_error *error)
{
    struct judging *judging = context;
    struct pd_error_pair *pair = &judging->list->pairs[judging->places[index]];
    struct pd_arena *arena = &judging->list->arena;
    append_evidence(evidence, &judging->levels);
    PD_TRY(pd_buffer_status(&judging->levels, error));
    pair->judged = true;
    pair->has_rule = pd_evidence_field(evidence, "blocking_rules").length > 0;
    pair->suffices = number_of(evidence, "match_weight") >= number_of(evidence, "kept_from");
    PD_TRY(pd_arena_copy(arena, pd_evidence_field(evidence, "match_weight"), &pair->weight, error));
    PD_TRY(pd_arena_copy(arena, pd_evidence_field(evidence, "match_probability"), &pair->probability, error));
    return pd_arena_copy(arena, (struct pd_text){ judging->levels.data, judging->levels.length }, &pair->levels, error);
}

/* source:unique_id, or unique_id where rows are known by that. */
static enum padan_status name_row(const struct pd_population *population, uint32_t row, struct pd_arena *arena,
                                  struct pd_buffer *scratch, struct pd_text *name, struct padan_error *error)
{
    pd_buffer_clear(scratch);
    if (population->by_source) {
        pd_append_text(scratch, pd_population_source(population, population->source[row]));
        pd_append_byte(scratch, ':');
    }
    pd_append_text(scratch, pd_population_id(population, row));
    PD_TRY(pd_buffer_status(scratch, error));
    return pd_arena_copy(arena, (struct pd_text){ scratch->data, scratch->length }, name, error);
}

enum padan_status pd_error_list_judge(struct pd_error_list *list, const struct pd_population *population,
                                      const struct pd_pairs_judge *judge, struct padan_error *error)
{
    struct pd_arena arena = { 0 };
    size_t *places = NULL;
    struct judging judging = { .list = list };
    struct pd_named_pairs asked = { .by_source = population->by_source, .take = take_evidence, .context = &judging };
    enum padan_status status = pd_arena_allocate(&arena, &places, (list->n_pairs + 1) * sizeof *places, error);
    if (status == PADAN_OK)
        status = pd_arena_allocate(&arena, &asked.names, (list->n_pairs + 1) * sizeof *asked.names, error);
    for (size_t i = 0; i < list->n_pairs && status == PADAN_OK; i++) {
        const uint32_t rows[2] = { list->pairs[i].left, list->pairs[i].right };
        if (list->pairs[i].listed) continue;
        for (size_t side = 0; side < 2 && status == PADAN_OK; side++)
            status = name_row(population, rows[side], &arena, &judging.levels, &asked.names[asked.n][side], error);
        places[asked.n++] = i;
    }
    judging.places = places;
    if (status == PADAN_OK && asked.n > 0) status = judge->judge(judge->context, &asked, error);
    pd_buffer_reset(&judging.levels);
    pd_arena_reset(&arena);
    return status;
}

/* --- the file --- */

static const char *stage_of(const struct pd_error_pair *pair, const struct pd_evaluation *evaluation)
{
    if (!evaluation->has_pairs) return "";
    if (pair->wrong) return pair->listed && pair->certain ? "pair" : "cluster";
    if (!pair->listed && !pair->judged) return "blocking_or_below_review";
    if (!pair->listed && !pair->has_rule) return "blocking";
    if (!pair->listed) return pair->suffices ? "not_compared" : "below_review";
    return pair->certain && evaluation->has_class ? "guard" : "scoring";
}

static void append_errors(struct pd_buffer *out, uint64_t bits)
{
    for (const char *separator = ""; bits != 0; bits &= bits - 1, separator = ";")
        pd_append_format(out, "%sE%d", separator, __builtin_ctzll(bits));
}

void pd_error_list_csv(const struct pd_error_list *list, const struct pd_evaluation *evaluation,
                       const struct pd_population *population, struct pd_buffer *out)
{
    pd_append_string(out, "kind,stage,source_dataset_l,unique_id_l,source_dataset_r,unique_id_r,match_weight,"
                          "match_probability,kelas,errors_l,errors_r,explanation\n");
    for (size_t i = 0; i < list->n_pairs; i++) {
        const struct pd_error_pair *pair = &list->pairs[i];
        const uint32_t rows[2] = { pair->left, pair->right };
        const struct pd_text texts[3] = { pair->weight, pair->probability, pair->class };
        pd_append_string(out, pair->wrong ? "false_positive," : "false_negative,");
        pd_append_string(out, stage_of(pair, evaluation));
        for (size_t side = 0; side < 2; side++) {
            pd_append_byte(out, ',');
            pd_append_csv(out, pd_population_source(population, population->source[rows[side]]));
            pd_append_byte(out, ',');
            pd_append_csv(out, pd_population_id(population, rows[side]));
        }
        for (size_t k = 0; k < 3; k++) {
            pd_append_byte(out, ',');
            pd_append_csv(out, texts[k]);
        }
        for (size_t side = 0; side < 2; side++) {
            pd_append_byte(out, ',');
            append_errors(out, population->errors[rows[side]]);
        }
        pd_append_byte(out, ',');
        pd_append_csv(out, pair->levels);
        pd_append_byte(out, '\n');
    }
}

void pd_error_classes_csv(const struct pd_evaluation *evaluation, struct pd_buffer *out)
{
    pd_append_string(out, "error_class,n_true,n_found,recall,lost_blocking,lost_scoring,lost_guard\n");
    for (int k = 0; k < PD_ERROR_CLASSES; k++) {
        const struct pd_class_counts *class = &evaluation->classes[k];
        if (class->n_true == 0) continue;
        pd_append_format(out, k == 0 ? "none" : "E%d", k);
        pd_append_format(out, ",%llu,%llu,", (unsigned long long)class->n_true, (unsigned long long)class->n_found);
        pd_append_double(out, (double)class->n_found / (double)class->n_true, 8);
        if (evaluation->has_pairs)
            pd_append_format(out, ",%llu,%llu,%llu\n",
                             (unsigned long long)(class->n_true - class->n_found - class->n_scoring - class->n_guard),
                             (unsigned long long)class->n_scoring, (unsigned long long)class->n_guard);
        else
            pd_append_string(out, ",,,\n");
    }
}

void pd_error_list_reset(struct pd_error_list *list)
{
    pd_free(list->pairs);
    pd_arena_reset(&list->arena);
    *list = (struct pd_error_list){ .n_pairs = 0 };
}
