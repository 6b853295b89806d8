/* SPDX-License-Identifier: MIT */
#include "export/listing.h"

#include "base/file.h"
#include "base/nearest.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { TABLES_MAX = 256 };

static const char *const endings[] = { ".csv", ".csv.zst" };

static bool has_ending(struct pd_text name, const char *ending)
{
    const size_t length = strlen(ending);
    return name.length > length &&
           pd_text_equal(pd_text_slice(name, name.length - length, name.length), pd_text_of(ending));
}

/* Name without the ending of a table; empty for other files. */
static struct pd_text table_name(struct pd_text file)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (has_ending(file, endings[i])) return pd_text_slice(file, 0, file.length - strlen(endings[i]));
    return PD_TEXT("");
}

static bool is_for_people(struct pd_text name)
{
    static const char *const large[] = { "klaster", "pasangan", "hasil_padan",   "cakupan_keluarga",
                                         "pairs",   "clusters", "cluster_edges", "cluster_metrics" };
    for (size_t i = 0; i < sizeof large / sizeof *large; i++)
        if (pd_text_equal(name, pd_text_of(large[i]))) return false;
    return true;
}

/* What an auditor opens first. */
static int rank_of(struct pd_text name)
{
    static const char *const first[] = {
        "temuan",          "penerima_tidak_layak", "ganda_dalam_program", "tumpang_tindih_larangan",
        "tinjauan_manual", "perbaikan_data"
    };
    const int n = (int)(sizeof first / sizeof *first);
    for (int i = 0; i < n; i++)
        if (pd_text_equal(name, pd_text_of(first[i]))) return i;
    return n;
}

static int compare(const void *a, const void *b)
{
    const struct pd_listed_table *left = a, *right = b;
    const int ranks = rank_of(left->name) - rank_of(right->name);
    return ranks != 0 ? ranks : pd_text_compare(left->name, right->name);
}

static enum padan_status add(struct pd_listing *listing, const char *run, const char *file, struct padan_error *error)
{
    struct pd_buffer path = { 0 };
    const struct pd_text name = table_name(pd_text_of(file));
    if (name.length == 0) return PADAN_OK;
    if (listing->n_items == TABLES_MAX) PD_FAIL(error, PADAN_LIMIT, "%s has more than %d tables", run, TABLES_MAX);
    struct pd_listed_table *table = &listing->items[listing->n_items];
    PD_TRY(pd_arena_copy(&listing->arena, name, &table->name, error));
    pd_path_join(&path, pd_text_of(run), pd_text_of(file));
    PD_TRY(pd_arena_keep(&listing->arena, &path, &table->path, error));
    table->is_for_people = is_for_people(table->name);
    listing->n_items++;
    return PADAN_OK;
}

static enum padan_status list_folder(struct pd_listing *listing, const char *run, struct padan_error *error)
{
    struct pd_buffer manifest = { 0 };
    struct stat status_of;
    pd_path_join(&manifest, pd_text_of(run), PD_TEXT("manifest.json"));
    enum padan_status status = pd_buffer_status(&manifest, error);
    const bool is_run = status == PADAN_OK && stat(manifest.data, &status_of) == 0;
    pd_buffer_reset(&manifest);
    PD_TRY(status);
    DIR *folder = is_run ? opendir(run) : NULL;
    if (folder == NULL)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s is no folder of a finished run: it has no manifest.json", run);
    for (const struct dirent *entry; status == PADAN_OK && (entry = readdir(folder)) != NULL;)
        status = add(listing, run, entry->d_name, error);
    (void)closedir(folder);
    return status;
}

static enum padan_status fail_unknown(const struct pd_listing *listing, struct pd_text name, const char *run,
                                      struct padan_error *error)
{
    const char *names[TABLES_MAX];
    for (size_t i = 0; i < listing->n_items; i++) names[i] = listing->items[i].name.data;
    const char *nearest = pd_nearest_name(name, names, listing->n_items);
    if (nearest != NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--tables: %s has no table \"%.*s\"; did you mean \"%s\"?", run,
                PD_TEXT_ARGS(name), nearest);
    PD_FAIL(error, PADAN_BAD_ARGUMENT, "--tables: %s has no table \"%.*s\"", run, PD_TEXT_ARGS(name));
}

/* Moves the tables that a list names to the front, in the listing's order. */
static enum padan_status choose(struct pd_listing *listing, const struct pd_export_options *options,
                                struct padan_error *error)
{
    bool chosen[TABLES_MAX] = { false };
    struct pd_text left = pd_text_of(options->tables);
    while (left.length > 0) {
        size_t found = 0;
        const struct pd_text name = pd_text_take_item(&left);
        while (found < listing->n_items && !pd_text_equal(listing->items[found].name, name)) found++;
        if (name.length > 0 && found == listing->n_items) return fail_unknown(listing, name, options->run, error);
        if (name.length > 0) chosen[found] = listing->items[found].is_for_people = true;
    }
    size_t n = 0;
    for (size_t i = 0; i < listing->n_items; i++)
        if (chosen[i]) listing->items[n++] = listing->items[i];
    listing->n_items = n;
    if (n == 0) PD_FAIL(error, PADAN_BAD_ARGUMENT, "--tables names no table");
    return PADAN_OK;
}

enum padan_status pd_listing_make(struct pd_listing *listing, const struct pd_export_options *options,
                                  struct padan_error *error)
{
    *listing = (struct pd_listing){ .n_items = 0 };
    enum padan_status status =
        pd_arena_allocate(&listing->arena, &listing->items, TABLES_MAX * sizeof *listing->items, error);
    if (status == PADAN_OK) status = list_folder(listing, options->run, error);
    if (status == PADAN_OK && listing->n_items > 0)
        qsort(listing->items, listing->n_items, sizeof *listing->items, compare);
    if (status == PADAN_OK && options->tables != NULL) status = choose(listing, options, error);
    if (status != PADAN_OK) pd_listing_reset(listing);
    return status;
}

void pd_listing_reset(struct pd_listing *listing)
{
    pd_arena_reset(&listing->arena);
    *listing = (struct pd_listing){ .n_items = 0 };
}
