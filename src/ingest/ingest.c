/* SPDX-License-Identifier: MIT
 * One load from start to end: look at all files, read them in waves, name the rows. */
#include "ingest/ingest.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/postgres_name.h"
#include "ingest/loader.h"

void pd_ingest_result_reset(struct pd_ingest_result *result)
{
    pd_free(result->files);
    pd_free(result->rejects);
    pd_buffer_reset(&result->raw.sample);
    pd_buffer_reset(&result->raw.special);
    pd_free(result->raw.special_rows);
    pd_arena_reset(&result->arena);
    *result = (struct pd_ingest_result){ 0 };
}

const char *pd_ingest_kernel(void)
{
    return pd_scan_choose()->name;
}

static enum padan_status check_options(const struct pd_ingest_options *options, struct padan_error *error)
{
    size_t n_pipes = 0;
    if (options->n_files == 0 || options->n_sources == 0) {
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "there is no file to read");
    }
    if (options->n_sources > UINT16_MAX || options->n_files > UINT32_MAX) {
        PD_FAIL(error, PADAN_LIMIT, "more than %d sources", UINT16_MAX);
    }
    if (options->source_column.length > 0 && options->n_sources != 1) {
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "a source column needs its files to be one source");
    }
    if (options->raw && options->n_files != 1) PD_FAIL(error, PADAN_BAD_ARGUMENT, "an index is made of one file");
    for (size_t i = 0; i < options->n_files; i++) {
        const size_t before = i > 0 ? options->files[i - 1].source : 0;
        if (options->files[i].source < before || options->files[i].source >= options->n_sources) {
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "files are not in the order of their sources");
        }
        n_pipes += strcmp(options->files[i].path, "-") == 0;
    }
    if (n_pipes > 1) PD_FAIL(error, PADAN_BAD_ARGUMENT, "standard input can be read once only");
    return PADAN_OK;
}

static enum padan_status name_files(const struct pd_ingest_options *options, struct pd_ingest_result *result,
                                    struct padan_error *error)
{
    PD_TRY(pd_allocate(&result->files, options->n_files, sizeof *result->files, error));
    result->n_files = options->n_files;
    for (size_t i = 0; i < options->n_files; i++) {
        struct pd_buffer shown = { 0 };
        struct pd_text name = options->files[i].name;
        if (name.length == 0) name = pd_path_base(pd_text_of(options->files[i].path));
        if (pd_postgres_is(options->files[i].path))
            pd_postgres_append_name(&shown, options->files[i].path);
        else
            pd_append_utf8(&shown, name);
        PD_TRY(pd_arena_keep(&result->arena, &shown, &result->files[i].name, error));
    }
    return PADAN_OK;
}

/* What only reading needed, before texts are told apart, which takes memory. */
static void forget_pieces(struct pd_loader *loader)
{
    for (size_t i = 0; i < loader->chunks_capacity; i++) pd_chunk_reset(&loader->chunks[i]);
    pd_free(loader->chunks);
    pd_free(loader->window);
    loader->chunks = NULL;
    loader->window = NULL;
    loader->chunks_capacity = loader->n_chunks = 0;
}

static enum padan_status load(struct pd_loader *loader, struct padan_error *error)
{
    const size_t n_files = loader->options->n_files;
    PD_TRY(check_options(loader->options, error));
    PD_TRY(name_files(loader->options, loader->result, error));
    PD_TRY(pd_allocate(&loader->files, n_files, sizeof *loader->files, error));
    PD_TRY(pd_allocate(&loader->file_kinds, n_files, sizeof *loader->file_kinds, error));
    PD_TRY(pd_loader_open(loader, error));
    PD_TRY(pd_loader_read(loader, error));
    forget_pieces(loader);
    PD_TRY(pd_loader_finish(loader, error));
    PD_TRY(pd_loader_check_totals(loader, error));
    PD_TRY(pd_loader_split_sources(loader, error));
    return loader->options->raw ? PADAN_OK : pd_loader_identify(loader, error);
}

static void reset_loader(struct pd_loader *loader)
{
    for (size_t i = 0; loader->files != NULL && i < loader->options->n_files; i++) {
        if (loader->files[i].open) pd_reader_close(&loader->files[i].reader);
        pd_digest_reset(&loader->files[i].digest);
        pd_snapshot_close(&loader->files[i].snapshot);
        pd_free(loader->files[i].totals);
    }
    for (size_t i = 0; i < loader->n_samples; i++) pd_dictionary_reset(&loader->samples[i].seen);
    for (size_t i = 0; loader->words != NULL && i < loader->table->n_columns; i++) {
        pd_free(loader->words[i].data);
        pd_short_texts_reset(&loader->words[i].shorts);
    }
    forget_pieces(loader);
    pd_free(loader->source_of.data);
    pd_free(loader->file_of.data);
    pd_free(loader->row_of.data);
    pd_free(loader->files);
    pd_free(loader->file_kinds);
    pd_free(loader->samples);
    pd_free(loader->words);
    pd_free(loader->pieces);
    pd_free(loader->placements);
    pd_alias_reset(&loader->aliases);
    pd_arena_reset(&loader->arena);
}

enum padan_status pd_ingest(const struct pd_ingest_options *options, struct pd_table *table,
                            struct pd_ingest_result *result, struct padan_error *error)
{
    struct pd_loader *loader = NULL;
    *table = (struct pd_table){ 0 };
    *result = (struct pd_ingest_result){ 0 };
    PD_TRY(pd_allocate(&loader, 1, sizeof *loader, error));
    loader->options = options;
    loader->table = table;
    loader->result = result;
    loader->threads = pd_thread_count(options->threads);
    loader->chunk_bytes = options->chunk_bytes > 0 ? options->chunk_bytes : PD_DEFAULT_CHUNK;
    loader->field_limit = options->field_limit > 0 ? options->field_limit : PD_DEFAULT_FIELD_LIMIT;
    loader->row_limit = options->row_limit > 0 ? options->row_limit : PD_DEFAULT_ROW_LIMIT;
    const enum padan_status status = load(loader, error);
    reset_loader(loader);
    pd_free(loader);
    if (status != PADAN_OK) pd_table_reset(table);
    return status;
}
