/* SPDX-License-Identifier: MIT
 * The first line of job.yaml is a comment with the options, so that the next night can be held to them. */
#include "generate/job_file.h"

#include "base/file.h"

#include <stdlib.h>
#include <unistd.h>

static const char *const regimes[] = { "lama", "baru", "daerah" };

enum padan_status pd_regime_parse(struct pd_text word, enum pd_regime *regime, struct padan_error *error)
{
    for (int i = 0; i < 3; i++)
        if (pd_text_equal(word, pd_text_of(regimes[i]))) {
            *regime = (enum pd_regime)i;
            return PADAN_OK;
        }
    PD_FAIL(error, PADAN_BAD_ARGUMENT, "there is no regime \"%.*s\"; give lama, baru or daerah",
            word.length > 40 ? 40 : (int)word.length, word.data);
}

/* All that two nights must have in common. */
static void append_identity(const struct pd_generate_options *options, struct pd_buffer *out)
{
    pd_append_format(out, "# padan generate --people %llu --seed %llu --regime %s",
                     (unsigned long long)options->n_people, (unsigned long long)options->seed,
                     regimes[options->regime]);
    for (size_t i = 0; i < options->n_provinces; i++)
        pd_append_format(out, "%s%02u", i == 0 ? " --provinces " : ",", options->provinces[i]);
    if (options->names_file != NULL) pd_append_string(out, " --names (own)");
    pd_append_string(out, "; night ");
}

static enum padan_status read_job(const char *folder, struct pd_buffer *content, struct padan_error *error)
{
    enum { SMALL = 1 << 20 };
    struct pd_buffer path = { 0 };
    pd_path_join(&path, pd_text_of(folder), PD_TEXT("job.yaml"));
    enum padan_status status = pd_buffer_status(&path, error);
    if (status == PADAN_OK && access(path.data, R_OK) != 0)
        status = pd_fail(error, PADAN_BAD_INPUT, "--previous: there is no %s; give the folder of the night before",
                         path.data);
    if (status == PADAN_OK) status = pd_file_read(path.data, SMALL, content, error);
    pd_buffer_reset(&path);
    return status;
}

static enum padan_status compare_nights(const struct pd_generate_options *options, struct pd_text job,
                                        const struct pd_buffer *identity, int *night, struct padan_error *error)
{
    uint64_t before = 0;
    size_t end = identity->length;
    while (end < job.length && job.data[end] >= '0' && job.data[end] <= '9') end++;
    if (!pd_text_starts(job, (struct pd_text){ identity->data, identity->length }) ||
        !pd_text_to_u64(pd_text_slice(job, identity->length, end), &before) || before < 1 || before > 999)
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "--previous %s was made with other options; a next night has the same people, seed, regime, provinces "
                "and names (first line of its job.yaml)",
                options->previous);
    *night = (int)before + 1;
    return PADAN_OK;
}

enum padan_status pd_job_file_next_night(const struct pd_generate_options *options, int *night,
                                         struct padan_error *error)
{
    *night = 1;
    if (options->previous == NULL) return PADAN_OK;
    struct pd_buffer job = { 0 }, identity = { 0 };
    append_identity(options, &identity);
    enum padan_status status = pd_buffer_status(&identity, error);
    if (status == PADAN_OK) status = read_job(options->previous, &job, error);
    if (status == PADAN_OK)
        status = compare_nights(options, (struct pd_text){ job.data, job.length }, &identity, night, error);
    pd_buffer_reset(&job);
    pd_buffer_reset(&identity);
    return status;
}

/* ---- the path of the run before ---- */

/* hasil/TERAKHIR of the night before: the name of its last good run; empty when there is none. */
static void read_last_run(const char *folder, struct pd_buffer *name)
{
    struct pd_buffer path = { 0 };
    pd_path_join(&path, pd_text_of(folder), PD_TEXT("hasil/TERAKHIR"));
    if (path.data != NULL && access(path.data, R_OK) == 0 && pd_file_read(path.data, 4096, name, NULL) != PADAN_OK)
        pd_buffer_clear(name);
    pd_buffer_reset(&path);
    while (name->length > 0 && (unsigned char)name->data[name->length - 1] <= ' ') name->length--;
}

/* "../" for every folder of `from` that `to` does not share, then the rest of `to`. Both absolute. */
static void append_relative(struct pd_buffer *out, const char *from, const char *to)
{
    size_t common = 0;
    for (size_t i = 0;; i++) {
        const bool from_ends = from[i] == '\0' || from[i] == '/', to_ends = to[i] == '\0' || to[i] == '/';
        if (from_ends && to_ends) common = i;
        if (from[i] != to[i] || from[i] == '\0') break;
    }
    for (size_t i = common; from[i] != '\0'; i++)
        if (from[i] == '/' && from[i + 1] != '\0') pd_append_string(out, "../");
    pd_append_string(out, to[common] == '/' ? to + common + 1 : to + common);
}

static void append_previous(const struct pd_generate_options *options, struct pd_buffer *out)
{
    if (options->previous == NULL) return;
    struct pd_buffer run = { 0 };
    read_last_run(options->previous, &run);
    char *from = realpath(options->out, NULL), *to = realpath(options->previous, NULL);
    if (run.length > 0 && from != NULL && to != NULL) {
        pd_append_string(out, "previous: \"");
        append_relative(out, from, to);
        pd_append_string(out, "/hasil/");
        pd_append_bytes(out, run.data, run.length);
        pd_append_string(out, "\"\n");
    }
    free(from);
    free(to);
    pd_buffer_reset(&run);
}

/* ---- the file ---- */

static void append_source(const struct pd_layout *layout, struct pd_buffer *out)
{
    const struct pd_dataset_facts *facts = &pd_dataset_facts[layout->dataset];
    pd_append_format(out, "  %s: {", facts->name);
    if (layout->dataset == PD_REGISTER) pd_append_string(out, "role: register, ");
    if (layout->dataset == PD_REGISTRY)
        pd_append_string(out, "role: registry, unit: person, version: 2026-T2, published: 2026-06-20, ");
    if (layout->dataset == PD_ASN)
        pd_append_string(out, "role: disqualifier, reason: ASN, level: person, "
                              "programs: [PKH, SEMBAKO, BLT-DESA, BANSOS-PROVINSI, PBI-JK], "
                              "columns: {nama: \"NAMA PEGAWAI\"}, ");
    if (facts->program != NULL)
        pd_append_format(out, "role: program, program: %s, unit: %s, period: %s, ", facts->program,
                         facts->family ? "family" : "person", facts->n_periods > 1 ? "2026-10..2026-11" : "2026-T4");
    layout->job(layout, out);
    pd_append_string(out, "}\n");
}

static void append_eligibility(const struct pd_expected *expected, struct pd_buffer *out)
{
    pd_append_string(out, "eligibility:\n");
    for (int program = PD_FIRST_PROGRAM; program < PD_END_PROGRAM; program++) {
        const struct pd_dataset_facts *facts = &pd_dataset_facts[program];
        /* A quota in round hundreds, a little above those who receive. */
        const int64_t quota = (expected->receiving[program] / 100 + 1) * 100;
        pd_append_format(out, "  %s: {decile: [1, %d]%s, quota: %lld}\n", facts->program, facts->cut,
                         program == PD_PKH ? ", category: \"umur <= 18 OR umur >= 60\"" : "", (long long)quota);
    }
}

static void append_job(const struct pd_nation *nation, const struct pd_layout *layouts,
                       const struct pd_expected *expected, struct pd_buffer *out)
{
    append_identity(nation->options, out);
    pd_append_format(out, "%d\npadan: 1\nname: malam-%d\nreference_date: ", nation->truth.night, nation->truth.night);
    pd_append_date(out, nation->truth.reference_day);
    pd_append_string(out, "\nout: hasil\n");
    append_previous(nation->options, out);
    pd_append_string(out, "model: orang-indonesia\nsources:\n");
    for (int dataset = 0; dataset < PD_N_DATASETS; dataset++)
        if (nation->n_entries[dataset] > 0) append_source(&layouts[dataset], out);
    append_eligibility(expected, out);
    pd_append_string(out, "limits: {duplicates_percent: 15, unlinked_percent: 40, rejected_percent: 1, "
                          "rows_change_percent: 20}\n");
}

enum padan_status pd_job_file_write(const struct pd_nation *nation, const struct pd_layout *layouts,
                                    const struct pd_expected *expected, struct padan_error *error)
{
    struct pd_buffer content = { 0 }, path = { 0 };
    append_job(nation, layouts, expected, &content);
    pd_path_join(&path, pd_text_of(nation->folder), PD_TEXT("job.yaml"));
    enum padan_status status = pd_buffer_status(&content, error);
    if (status == PADAN_OK) status = pd_buffer_status(&path, error);
    if (status == PADAN_OK) status = pd_file_write(path.data, (struct pd_text){ content.data, content.length }, error);
    pd_buffer_reset(&content);
    pd_buffer_reset(&path);
    return status;
}
