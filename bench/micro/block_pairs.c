/* SPDX-License-Identifier: MIT
 * (data) The pairs that blocks of a real job give after the field filter, as texts of one column: one "left,right" per
 * line on standard output, repeated in order until there are N. Usage: block_pairs CSV MODEL COLUMN THRESHOLD N */
#include "base/file.h"
#include "base/memory.h"
#include "ingest/ingest.h"
#include "linking/linker.h"

#include <stdio.h>
#include <stdlib.h>

struct collected {
    struct pd_pair *pairs;
    size_t n, capacity;
};

static enum padan_status begin_pass(void *context, size_t pass, size_t n_chunks, struct padan_error *error)
{
    (void)context, (void)pass, (void)n_chunks, (void)error;
    return PADAN_OK;
}

static enum padan_status consume(void *context, size_t pass, size_t chunk, int worker, const struct pd_pair *pairs,
                                 size_t n_pairs, struct padan_error *error)
{
    struct collected *collected = context;
    (void)pass, (void)chunk, (void)worker;
    PD_TRY(pd_grow(&collected->pairs, &collected->capacity, collected->n + n_pairs, sizeof *pairs, error));
    memcpy(collected->pairs + collected->n, pairs, n_pairs * sizeof *pairs);
    collected->n += n_pairs;
    return PADAN_OK;
}

static enum padan_status collect(struct pd_table *table, struct pd_model *model, double threshold,
                                 struct collected *collected, struct padan_error *error)
{
    static const uint8_t all = PD_SCOPE_ALWAYS;
    const struct pd_scope scope = { .n_sources = 1, .matrix = &all };
    const struct pd_pair_visitor visitor = { begin_pass, consume, collected };
    struct pd_block_statistics statistics[64];
    struct pd_linker linker;
    PD_TRY(pd_linker_make(&linker, table, model, 1, error));
    const enum padan_status status =
        pd_linker_pairs(&linker, &scope, (pd_weight)(threshold * (double)PD_WEIGHT_ONE), &visitor, statistics, error);
    pd_linker_reset(&linker);
    return status;
}

static enum padan_status load(const char *path, const char *model_path, struct pd_table *table, struct pd_model *model,
                              struct padan_error *error)
{
    const struct pd_input_source source = { .name = PD_TEXT("people") };
    const struct pd_input_file file = { .path = path };
    const struct pd_ingest_options options = {
        .sources = &source, .n_sources = 1, .files = &file, .n_files = 1, .threads = 1
    };
    static struct pd_buffer text; /* the model borrows from it */
    struct pd_ingest_result result;
    PD_TRY(pd_file_read(model_path, 1 << 24, &text, error));
    PD_TRY(pd_model_read(model, (struct pd_text){ text.data, text.length }, model_path, pd_linker_functions(), error));
    PD_TRY(pd_ingest(&options, table, &result, error));
    pd_ingest_result_reset(&result);
    return PADAN_OK;
}

int main(int argc, char **argv)
{
    struct pd_table table;
    struct pd_model model;
    struct collected collected = { NULL, 0, 0 };
    struct padan_error error = { PADAN_OK, "" };
    if (argc != 6) {
        (void)fputs("usage: block_pairs CSV MODEL COLUMN THRESHOLD N\n", stderr);
        return 2;
    }
    enum padan_status status = load(argv[1], argv[2], &table, &model, &error);
    const int column = status == PADAN_OK ? pd_table_find(&table, pd_text_of(argv[3])) : -1;
    if (column >= 0) status = collect(&table, &model, atof(argv[4]), &collected, &error);
    if (status != PADAN_OK || column < 0 || collected.n == 0) {
        (void)fprintf(stderr, "block_pairs: %s\n", status != PADAN_OK ? error.message : "no such column, or no pairs");
        return 1;
    }
    (void)fprintf(stderr, "block_pairs: %zu pairs\n", collected.n);
    const struct pd_column *texts = &table.columns[column];
    for (size_t i = 0, n = strtoull(argv[5], NULL, 10); i < n; i++) {
        const struct pd_pair *pair = &collected.pairs[i % collected.n];
        const uint64_t left = pd_column_word(texts, pair->left), right = pd_column_word(texts, pair->right);
        if (left == 0 || right == 0) continue;
        (void)printf("%.*s,%.*s\n", PD_TEXT_ARGS(pd_dictionary_text(texts->dictionary, (uint32_t)left)),
                     PD_TEXT_ARGS(pd_dictionary_text(texts->dictionary, (uint32_t)right)));
    }
    return 0; /* the process ends: nothing is freed */
}
