/* SPDX-License-Identifier: MIT */
#include "linking/candidates.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/radix.h"
#include "linking/label_file.h"

#include <math.h>

struct counting {
    const uint32_t *entities; /* [n_records], 0 = not in the truth; NULL without a truth */
    uint64_t *chunk_true;     /* [n_chunks] of the pass at hand */
    size_t n_chunks, chunks_capacity;
    struct pd_candidate_rule *rules;
    size_t pass;
};

static void close_pass(struct counting *counting)
{
    for (size_t i = 0; i < counting->n_chunks; i++) counting->rules[counting->pass].n_true += counting->chunk_true[i];
    counting->n_chunks = 0;
}

static enum padan_status begin_pass(void *context, size_t pass, size_t n_chunks, struct padan_error *error)
{
    struct counting *counting = context;
    close_pass(counting);
    counting->pass = pass;
    PD_TRY(pd_grow(&counting->chunk_true, &counting->chunks_capacity, n_chunks, sizeof *counting->chunk_true, error));
    memset(counting->chunk_true, 0, n_chunks * sizeof *counting->chunk_true);
    counting->n_chunks = n_chunks;
    return PADAN_OK;
}

static enum padan_status count_true(void *context, size_t pass, size_t chunk, int worker, const struct pd_pair *pairs,
                                    size_t n_pairs, struct padan_error *error)
{
    struct counting *counting = context;
    (void)pass;
    (void)worker;
    (void)error;
    if (counting->entities == NULL) return PADAN_OK;
    for (size_t i = 0; i < n_pairs; i++) {
        const uint32_t entity = counting->entities[pairs[i].left];
        counting->chunk_true[chunk] += entity != 0 && entity == counting->entities[pairs[i].right];
    }
    return PADAN_OK;
}

/* In-scope pairs of rows whose numbers per source are given. */
static uint64_t pairs_of_counts(const struct pd_scope *scope, const uint64_t *n_of)
{
    uint64_t pairs = 0;
    for (size_t a = 0; a < scope->n_sources; a++)
        for (size_t b = a; b < scope->n_sources; b++)
            if (scope->matrix[a * scope->n_sources + b] != PD_SCOPE_NEVER)
                pairs += a == b ? n_of[a] * (n_of[a] - (n_of[a] > 0)) / 2 : n_of[a] * n_of[b];
    return pairs;
}

/* True pairs in scope: rows sorted by entity, each run counted by sources. */
static enum padan_status count_all_true(const struct pd_table *table, const struct pd_scope *scope,
                                        const uint32_t *entities, int threads, uint64_t *n_true,
                                        struct padan_error *error)
{
    struct pd_key *keys = NULL;
    uint64_t *n_of = NULL;
    const size_t n = table->n_records;
    PD_TRY(pd_allocate_array(&keys, 2 * n + 1, sizeof *keys, error));
    enum padan_status status = pd_allocate(&n_of, scope->n_sources + 1, sizeof *n_of, error);
    for (size_t i = 0; i < n; i++) keys[i] = (struct pd_key){ pd_mix64(entities[i]), (uint32_t)i, 0 };
    if (status == PADAN_OK) status = pd_radix_sort(keys, keys + n, n, threads, error);
    for (size_t i = 0; status == PADAN_OK && i < n;) {
        size_t end = i;
        memset(n_of, 0, scope->n_sources * sizeof *n_of);
        for (; end < n && keys[end].hash == keys[i].hash; end++) n_of[pd_table_source(table, keys[end].record)]++;
        if (entities[keys[i].record] != 0) *n_true += pairs_of_counts(scope, n_of);
        i = end;
    }
    pd_free(keys);
    pd_free(n_of);
    return status;
}

static enum padan_status count(struct pd_linker *linker, const struct pd_scope *scope, struct counting *counting,
                               struct pd_candidates *candidates, struct padan_error *error)
{
    struct pd_block_statistics *statistics = NULL;
    const struct pd_pair_visitor visitor = { begin_pass, count_true, counting };
    PD_TRY(pd_allocate(&statistics, candidates->n_rules, sizeof *statistics, error));
    const enum padan_status status = pd_linker_pairs(linker, scope, INT64_MIN, &visitor, statistics, error);
    close_pass(counting);
    for (size_t i = 0; i < candidates->n_rules; i++) candidates->rules[i].statistics = statistics[i];
    pd_free(statistics);
    return status;
}

static enum padan_status read_truth(const struct pd_linker *linker, const struct pd_scope *scope,
                                    const struct pd_candidates_options *options, struct pd_label_file *labels,
                                    struct pd_candidates *candidates, struct padan_error *error)
{
    const char *truth = options->truth;
    if (truth == NULL) return PADAN_OK;
    PD_TRY(pd_label_file_read(labels, truth, &options->columns, linker->table, error));
    if (labels->entities == NULL)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: a truth with an entity per row is needed here, not labelled pairs", truth);
    candidates->has_truth = true;
    return count_all_true(linker->table, scope, labels->entities, linker->threads, &candidates->n_true, error);
}

static uint64_t pairs_in_scope(const struct pd_table *table, const struct pd_scope *scope)
{
    uint64_t pairs = 0;
    for (size_t a = 0; a < scope->n_sources; a++)
        for (size_t b = a; b < scope->n_sources; b++) {
            const uint64_t n_a = table->sources[a].end - table->sources[a].begin;
            const uint64_t n_b = table->sources[b].end - table->sources[b].begin;
            if (scope->matrix[a * scope->n_sources + b] != PD_SCOPE_NEVER)
                pairs += a == b ? n_a * (n_a - (n_a > 0)) / 2 : n_a * n_b;
        }
    return pairs;
}

enum padan_status pd_candidates_count(struct pd_linker *linker, const struct pd_scope *scope,
                                      const struct pd_candidates_options *options, struct pd_candidates *candidates,
                                      struct padan_error *error)
{
    struct pd_label_file labels = { .n_pairs = 0 };
    *candidates = (struct pd_candidates){ .n_rules = linker->passes.n_common };
    candidates->n_possible = pairs_in_scope(linker->table, scope);
    PD_TRY(pd_allocate(&candidates->rules, candidates->n_rules + 1, sizeof *candidates->rules, error));
    for (size_t i = 0; i < candidates->n_rules; i++) candidates->rules[i].sql = linker->passes.passes[i].sql;
    for (size_t i = 0; i < linker->passes.n_passes && options->max_pairs_per_block > 0; i++)
        linker->passes.passes[i].max_pairs = options->max_pairs_per_block;
    struct counting counting = { .rules = candidates->rules };
    enum padan_status status = read_truth(linker, scope, options, &labels, candidates, error);
    counting.entities = labels.entities;
    if (status == PADAN_OK) status = count(linker, scope, &counting, candidates, error);
    for (size_t i = 0; status == PADAN_OK && options->n_true_compared != NULL && i < candidates->n_rules; i++)
        *options->n_true_compared += candidates->rules[i].n_true;
    pd_free(counting.chunk_true);
    pd_label_file_reset(&labels);
    return status;
}

void pd_candidates_reset(struct pd_candidates *candidates)
{
    pd_free(candidates->rules);
    *candidates = (struct pd_candidates){ .n_rules = 0 };
}

/* ---- printing ---- */

static double share(uint64_t part, uint64_t whole)
{
    return whole == 0 ? 0 : (double)part / (double)whole;
}

/* "      142        131  rule": rows of the largest blocks. */
static void print_largest(const struct pd_candidate_rule *rule, struct pd_buffer *out)
{
    for (size_t i = 0; i < PD_LARGEST_BLOCKS; i++)
        if (rule->statistics.largest[i] > 0)
            pd_append_format(out, "%10llu", (unsigned long long)rule->statistics.largest[i]);
        else
            pd_append_format(out, "%10s", "");
    pd_append_format(out, "  %.*s\n", PD_TEXT_ARGS(rule->sql));
}

static void print_text(const struct pd_candidates *candidates, struct pd_buffer *out)
{
    uint64_t n_pairs = 0;
    uint64_t n_true = 0;
    pd_append_format(out, "%14s %14s %14s %10s %10s %14s%s  %s\n", "pairs", "new pairs", "cumulative", "largest", "cut",
                     "not compared", candidates->has_truth ? "  completeness" : "", "rule");
    for (size_t i = 0; i < candidates->n_rules; i++) {
        const struct pd_candidate_rule *rule = &candidates->rules[i];
        n_pairs += rule->statistics.n_new;
        n_true += rule->n_true;
        pd_append_format(out, "%14llu %14llu %14llu %10llu %10llu %14llu", (unsigned long long)rule->statistics.n_pairs,
                         (unsigned long long)rule->statistics.n_new, (unsigned long long)n_pairs,
                         (unsigned long long)rule->statistics.largest[0],
                         (unsigned long long)rule->statistics.n_blocks_cut,
                         (unsigned long long)rule->statistics.n_not_compared);
        if (candidates->has_truth) pd_append_format(out, "  %12.5f", share(n_true, candidates->n_true));
        pd_append_format(out, "  %.*s\n", PD_TEXT_ARGS(rule->sql));
    }
    pd_append_string(out, "\nlargest blocks\n");
    for (size_t i = 0; i < candidates->n_rules; i++) print_largest(&candidates->rules[i], out);
    pd_append_format(out, "\npairs possible     %llu\npairs to compare   %llu\nreduction ratio    %.6f\n",
                     (unsigned long long)candidates->n_possible, (unsigned long long)n_pairs,
                     1 - share(n_pairs, candidates->n_possible));
    if (!candidates->has_truth) return;
    pd_append_format(out, "true pairs         %llu\npair completeness  %.6f\n", (unsigned long long)candidates->n_true,
                     share(n_true, candidates->n_true));
}

static void print_json(const struct pd_candidates *candidates, struct pd_buffer *out)
{
    uint64_t n_pairs = 0;
    uint64_t n_true = 0;
    pd_append_string(out, "{\"rules\":[");
    for (size_t i = 0; i < candidates->n_rules; i++) {
        const struct pd_candidate_rule *rule = &candidates->rules[i];
        n_pairs += rule->statistics.n_new;
        n_true += rule->n_true;
        pd_append_string(out, i == 0 ? "{\"rule\":" : ",{\"rule\":");
        pd_append_json(out, rule->sql);
        pd_append_format(out,
                         ",\"n_pairs\":%llu,\"n_new\":%llu,\"cumulative\":%llu,\"largest_block\":%llu,"
                         "\"n_blocks\":%llu,\"n_blocks_cut\":%llu,\"n_not_compared\":%llu",
                         (unsigned long long)rule->statistics.n_pairs, (unsigned long long)rule->statistics.n_new,
                         (unsigned long long)n_pairs, (unsigned long long)rule->statistics.largest[0],
                         (unsigned long long)rule->statistics.n_blocks,
                         (unsigned long long)rule->statistics.n_blocks_cut,
                         (unsigned long long)rule->statistics.n_not_compared);
        pd_append_string(out, ",\"largest_blocks\":[");
        for (size_t j = 0; j < PD_LARGEST_BLOCKS && rule->statistics.largest[j] > 0; j++)
            pd_append_format(out, j == 0 ? "%llu" : ",%llu", (unsigned long long)rule->statistics.largest[j]);
        pd_append_byte(out, ']');
        if (candidates->has_truth)
            pd_append_format(out, ",\"n_true\":%llu,\"pair_completeness\":%.6f", (unsigned long long)rule->n_true,
                             share(n_true, candidates->n_true));
        pd_append_byte(out, '}');
    }
    pd_append_format(out, "],\"n_possible\":%llu,\"n_pairs\":%llu,\"reduction_ratio\":%.6f",
                     (unsigned long long)candidates->n_possible, (unsigned long long)n_pairs,
                     1 - share(n_pairs, candidates->n_possible));
    if (candidates->has_truth)
        pd_append_format(out, ",\"n_true_possible\":%llu,\"n_true\":%llu,\"pair_completeness\":%.6f",
                         (unsigned long long)candidates->n_true, (unsigned long long)n_true,
                         share(n_true, candidates->n_true));
    pd_append_string(out, "}\n");
}

void pd_candidates_print(const struct pd_candidates *candidates, bool json, struct pd_buffer *out)
{
    if (json)
        print_json(candidates, out);
    else
        print_text(candidates, out);
}
