/* SPDX-License-Identifier: MIT
 * The order of a generation: places, households, numbers, lists of who is in which file, files, figures, job. */
#include "generate/generate.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "generate/damage.h"
#include "generate/job_file.h"
#include "generate/messy.h"
#include "generate/output.h"
#include "generate/write.h"

enum { HOUSEHOLDS_PER_CHUNK = 4096, PEOPLE_LEAST = 100, PEOPLE_MOST = 300000000 };

/* ---- who is in which file ---- */

struct listing {
    struct pd_nation *nation;
    uint64_t (*at)[PD_N_DATASETS]; /* [n_chunks + 1]: rows before a chunk */
    struct pd_expected *expected;  /* [threads] */
    bool fill;
};

static void list_household(const struct listing *listing, const struct pd_household *household, uint64_t *at,
                           struct pd_expected *expected)
{
    struct pd_benefits benefits;
    pd_benefits_make(&listing->nation->truth, household, &benefits);
    for (int dataset = 0; dataset < PD_N_DATASETS; dataset++) {
        uint64_t entries[PD_ENTRIES_MAX];
        const size_t n = pd_benefits_entries(household, &benefits, (enum pd_dataset)dataset, entries);
        if (listing->fill) memcpy(listing->nation->entries[dataset] + at[dataset], entries, n * sizeof *entries);
        at[dataset] += n;
        if (dataset < PD_FIRST_PROGRAM || dataset >= PD_END_PROGRAM)
            expected->rows[dataset].n += listing->fill ? (int64_t)n : 0;
    }
    if (listing->fill) pd_expected_household(expected, listing->nation, household, &benefits);
}

static enum padan_status list_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    (void)error;
    const struct listing *listing = context;
    const struct pd_truth *truth = &listing->nation->truth;
    uint64_t at[PD_N_DATASETS] = { 0 };
    if (listing->fill) memcpy(at, listing->at[chunk], sizeof at);
    const uint64_t begin = (uint64_t)chunk * HOUSEHOLDS_PER_CHUNK;
    for (uint64_t k = begin; k < begin + HOUSEHOLDS_PER_CHUNK && k < truth->n_households; k++) {
        struct pd_household household;
        pd_household_make(truth, k, &household);
        list_household(listing, &household, at, &listing->expected[worker]);
    }
    if (!listing->fill) memcpy(listing->at[chunk + 1], at, sizeof at);
    return PADAN_OK;
}

/* Counts become places: at[c] is where chunk c begins in each list. */
static enum padan_status reserve_lists(struct listing *listing, size_t n_chunks, struct padan_error *error)
{
    struct pd_nation *nation = listing->nation;
    for (size_t chunk = 0; chunk < n_chunks; chunk++)
        for (int dataset = 0; dataset < PD_N_DATASETS; dataset++)
            listing->at[chunk + 1][dataset] += listing->at[chunk][dataset];
    for (int dataset = 0; dataset < PD_N_DATASETS; dataset++) {
        nation->n_entries[dataset] = listing->at[n_chunks][dataset];
        PD_TRY(pd_allocate_array(&nation->entries[dataset], nation->n_entries[dataset],
                                 sizeof *nation->entries[dataset], error));
    }
    return PADAN_OK;
}

static enum padan_status list_all(struct listing *listing, size_t n_chunks, struct padan_error *error)
{
    const int threads = listing->nation->threads;
    PD_TRY(pd_parallel_for(n_chunks, threads, list_chunk, listing, error));
    PD_TRY(reserve_lists(listing, n_chunks, error));
    listing->fill = true;
    return pd_parallel_for(n_chunks, threads, list_chunk, listing, error);
}

static enum padan_status list_rows(struct pd_nation *nation, struct pd_expected *expected, struct padan_error *error)
{
    struct listing listing = { .nation = nation };
    const size_t n_chunks = (nation->truth.n_households + HOUSEHOLDS_PER_CHUNK - 1) / HOUSEHOLDS_PER_CHUNK;
    enum padan_status status = pd_allocate(&listing.at, n_chunks + 1, sizeof *listing.at, error);
    if (status == PADAN_OK)
        status = pd_allocate(&listing.expected, (size_t)nation->threads, sizeof *listing.expected, error);
    if (status == PADAN_OK) status = list_all(&listing, n_chunks, error);
    for (int i = 0; status == PADAN_OK && i < nation->threads; i++) pd_expected_add(expected, &listing.expected[i]);
    pd_free(listing.at);
    pd_free(listing.expected);
    return status;
}

/* ---- the nation ---- */

static enum padan_status build_names(struct pd_nation *nation, struct padan_error *error)
{
    enum { LARGEST_LIST = 64 << 20 };
    const char *file = nation->options->names_file;
    struct pd_buffer content = { 0 };
    enum padan_status status = PADAN_OK;
    if (file != NULL) status = pd_file_read(file, LARGEST_LIST, &content, error);
    if (status == PADAN_OK && file != NULL && content.length == 0)
        status = pd_fail(error, PADAN_BAD_INPUT, "%s: the file is empty; it must have rows daftar,kata,bobot", file);
    if (status == PADAN_OK)
        status = pd_names_build(&nation->names, (struct pd_text){ content.data, content.length },
                                file == NULL ? "" : file, error);
    pd_buffer_reset(&content);
    return status;
}

static void draw_files(struct pd_nation *nation)
{
    for (int dataset = 0; dataset < PD_N_DATASETS; dataset++) {
        struct pd_random random = pd_stream_of(&nation->truth, PD_STREAM_DAMAGE, (uint64_t)dataset);
        /* Messy rosters are many files, each with damage of its own. */
        const bool program = dataset >= PD_FIRST_PROGRAM && dataset < PD_END_PROGRAM;
        if (!nation->options->messy || !program)
            nation->file_errors[dataset] =
                pd_damage_file(nation->truth.regime, pd_kind_of((enum pd_dataset)dataset), &random);
        nation->identity[dataset] = pd_shuffle_of(nation->truth.n_households * PD_MEMBERS_MAX * 8,
                                                  pd_stream_of(&nation->truth, PD_STREAM_IDENTITY, (uint64_t)dataset));
    }
}

static enum padan_status build_nation(struct pd_nation *nation, struct pd_expected *expected, struct padan_error *error)
{
    const struct pd_generate_options *options = nation->options;
    int night = 1;
    if (options->n_people < PEOPLE_LEAST || options->n_people > PEOPLE_MOST)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--people must be %d to %d", PEOPLE_LEAST, PEOPLE_MOST);
    PD_TRY(pd_places_build(&nation->places, error));
    PD_TRY(pd_places_settle(&nation->places, options, error));
    PD_TRY(pd_job_file_next_night(options, &night, error));
    PD_TRY(build_names(nation, error));
    pd_truth_build(&nation->truth, options, &nation->places, night);
    PD_TRY(pd_serials_build(&nation->numbers, &nation->truth, options->n_people, nation->threads, error));
    draw_files(nation);
    return list_rows(nation, expected, error);
}

static void reset_nation(struct pd_nation *nation)
{
    for (int dataset = 0; dataset < PD_N_DATASETS; dataset++) pd_free(nation->entries[dataset]);
    pd_serials_reset(&nation->numbers);
    pd_names_reset(&nation->names);
    pd_places_reset(&nation->places);
}

/* ---- files ---- */

static enum padan_status path_in(const char *folder, const char *name, struct pd_buffer *path,
                                 struct padan_error *error)
{
    pd_path_join(path, pd_text_of(folder), pd_text_of(name));
    return pd_buffer_status(path, error);
}

static enum padan_status write_datasets(const struct pd_layout *layouts, const char *folder,
                                        struct pd_expected *expected, struct padan_error *error)
{
    static const struct pd_text header = PD_TEXT("source_dataset,unique_id,entity_id,household_id,errors\n");
    struct pd_buffer path = { 0 };
    struct pd_sink truth = { .descriptor = -1 };
    enum padan_status status = path_in(folder, "truth.csv", &path, error);
    if (status == PADAN_OK) status = pd_sink_open(&truth, path.data, error);
    if (status == PADAN_OK) status = pd_sink_append(&truth, header.data, header.length, error);
    for (int dataset = 0; status == PADAN_OK && dataset < PD_N_DATASETS; dataset++)
        status = pd_dataset_write(&layouts[dataset], folder, &truth, expected, error);
    if (status == PADAN_OK) status = pd_sink_close(&truth, error);
    pd_sink_abandon(&truth);
    pd_buffer_reset(&path);
    return status;
}

static enum padan_status write_expected(const struct pd_expected *expected, const char *folder,
                                        struct padan_error *error)
{
    struct pd_buffer path = { 0 }, content = { 0 };
    pd_expected_write(expected, &content);
    enum padan_status status = pd_buffer_status(&content, error);
    if (status == PADAN_OK) status = path_in(folder, "expected.csv", &path, error);
    if (status == PADAN_OK) status = pd_file_write(path.data, (struct pd_text){ content.data, content.length }, error);
    pd_buffer_reset(&path);
    pd_buffer_reset(&content);
    return status;
}

static enum padan_status write_files(const struct pd_nation *nation, const struct pd_layout *layouts,
                                     struct pd_expected *expected, struct padan_error *error)
{
    PD_TRY(write_datasets(layouts, nation->folder, expected, error));
    PD_TRY(write_expected(expected, nation->folder, error));
    return pd_job_file_write(nation, layouts, expected, error);
}

static enum padan_status write_all(struct pd_nation *nation, struct pd_expected *expected, struct padan_error *error)
{
    struct pd_layout layouts[PD_N_DATASETS];
    struct pd_messy messy = { 0 };
    for (int dataset = 0; dataset < PD_N_DATASETS; dataset++)
        layouts[dataset] = pd_layout_clean(nation, (enum pd_dataset)dataset);
    if (nation->options->messy) {
        PD_TRY(pd_messy_build(&messy, nation, error));
        for (int dataset = PD_FIRST_PROGRAM; dataset < PD_END_PROGRAM; dataset++)
            layouts[dataset] = pd_layout_messy(&messy, (enum pd_dataset)dataset);
    }
    struct pd_generated generated;
    enum padan_status status = pd_generated_begin(&generated, nation->options->out, error);
    if (status == PADAN_OK) {
        nation->folder = generated.folder.data;
        if (nation->options->messy) status = pd_messy_clear_folders(nation->folder, error);
        if (status == PADAN_OK) status = write_files(nation, layouts, expected, error);
        status = pd_generated_end(&generated, nation->options->messy, status, error);
    }
    pd_messy_reset(&messy);
    return status;
}

enum padan_status pd_generate(const struct pd_generate_options *options, struct padan_error *error)
{
    struct pd_nation nation = { .options = options, .threads = pd_thread_count(options->threads) };
    struct pd_expected *expected = NULL;
    enum padan_status status = pd_allocate(&expected, 1, sizeof *expected, error);
    if (status == PADAN_OK) status = build_nation(&nation, expected, error);
    if (status == PADAN_OK) status = write_all(&nation, expected, error);
    reset_nation(&nation);
    pd_free(expected);
    return status;
}
