/* SPDX-License-Identifier: MIT
 * Reading a job file: the top level, defaults, and the files the job hangs on. */
#include "job/job.h"

#include "base/embedded.h"
#include "base/file.h"
#include "base/parallel.h"
#include "job/reader.h"

#include <math.h>

enum { JOB_BYTES_MAX = 16 << 20, NAME_MAX_LENGTH = 100 };

static const char built_in_rules[] = "datasets/aturan_tumpang_tindih.csv";
static const char built_in_programs[] = "datasets/program.csv";

bool pd_memory_parse(struct pd_text text, uint64_t *bytes)
{
    static const char units[] = "KMGT";
    struct pd_text number = pd_text_trim(text);
    if (number.length > 1 && (number.data[number.length - 1] == 'B' || number.data[number.length - 1] == 'b'))
        number.length--;
    if (number.length > 2 && number.data[number.length - 1] == 'i') number.length--;
    double scale = 1;
    if (number.length > 1) {
        const char last = number.data[number.length - 1];
        for (int i = 0; units[i] != '\0'; i++)
            if (last == units[i] || last == units[i] + ('a' - 'A')) scale = ldexp(1, 10 * (i + 1));
    }
    if (scale > 1) number.length--;
    double value = 0;
    if (!pd_text_to_double(number, &value) || !(value > 0) || value * scale < 1 || value * scale > 0x1p62) return false;
    *bytes = (uint64_t)(value * scale);
    return true;
}

static enum padan_status read_version(struct pd_job_reader *reader, const struct pd_node *node,
                                      const struct pd_job_key *key, void *field)
{
    (void)field;
    int64_t version = 0;
    if (pd_node_to_i64(node, &version) && version == 1) return PADAN_OK;
    return pd_job_fail(reader, node, "%s must be 1, the version of job files this program reads", key->name);
}

static bool is_folder_name(struct pd_text name)
{
    if (name.length == 0 || name.length > NAME_MAX_LENGTH || name.data[0] == '.') return false;
    for (size_t i = 0; i < name.length; i++) {
        const char byte = name.data[i];
        const bool letter =
            (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        if (!letter && strchr("._-", byte) == NULL) return false;
    }
    return true;
}

static enum padan_status read_name(struct pd_job_reader *reader, const struct pd_node *node,
                                   const struct pd_job_key *key, void *field)
{
    PD_TRY(pd_job_scalar(reader, node, key->name, field));
    if (is_folder_name(*(struct pd_text *)field)) return PADAN_OK;
    return pd_job_fail(reader, node, "%s becomes a folder: only letters, digits, '.', '_' and '-', at most %d",
                       key->name, (int)NAME_MAX_LENGTH);
}

static enum padan_status read_threads(struct pd_job_reader *reader, const struct pd_node *node,
                                      const struct pd_job_key *key, void *field)
{
    uint64_t threads = 0;
    PD_TRY(pd_job_read_count(reader, node, key, &threads));
    if (threads > PD_THREADS_MAX)
        return pd_job_fail(reader, node, "%s must be at most %d", key->name, (int)PD_THREADS_MAX);
    *(int *)field = (int)threads;
    return PADAN_OK;
}

static enum padan_status read_memory(struct pd_job_reader *reader, const struct pd_node *node,
                                     const struct pd_job_key *key, void *field)
{
    if (node->kind == PD_NODE_SCALAR && pd_memory_parse(node->text, field)) return PADAN_OK;
    return pd_job_fail(reader, node, "%s must be a size like 16G or 800M", key->name);
}

static enum padan_status read_language(struct pd_job_reader *reader, const struct pd_node *node,
                                       const struct pd_job_key *key, void *field)
{
    PD_TRY(pd_job_scalar(reader, node, key->name, field));
    const struct pd_text language = *(struct pd_text *)field;
    if (pd_text_equal(language, PD_TEXT("id")) || pd_text_equal(language, PD_TEXT("en"))) return PADAN_OK;
    return pd_job_fail(reader, node, "%s must be id or en", key->name);
}

static bool ends_with(struct pd_text text, const char *end)
{
    const size_t length = strlen(end);
    return text.length >= length && memcmp(text.data + text.length - length, end, length) == 0;
}

/* A preset is a bare word; anything with a folder or a file ending is a file. */
static enum padan_status read_model(struct pd_job_reader *reader, const struct pd_node *node,
                                    const struct pd_job_key *key, void *field)
{
    (void)field;
    struct pd_job *job = reader->job;
    PD_TRY(pd_job_scalar(reader, node, key->name, &job->model));
    job->model_is_path = memchr(job->model.data, '/', job->model.length) != NULL || ends_with(job->model, ".json") ||
                         ends_with(job->model, ".yaml") || ends_with(job->model, ".yml");
    return job->model_is_path ? pd_job_resolve(reader, job->model, &job->model) : PADAN_OK;
}

static enum padan_status read_rules(struct pd_job_reader *reader, const struct pd_node *node,
                                    const struct pd_job_key *key, void *field)
{
    struct pd_text name;
    PD_TRY(pd_job_scalar(reader, node, key->name, &name));
    return pd_job_read_file(reader, node, name, field);
}

#define FIELD(member) offsetof(struct pd_job, member)
static const struct pd_job_key job_keys[] = {
    { "padan", read_version, 0, NULL, 0 },
    { "name", read_name, FIELD(name), NULL, 0 },
    { "reference_date", pd_job_read_date, FIELD(reference_date), NULL, 0 },
    { "out", pd_job_read_path, FIELD(out), NULL, 0 },
    { "previous", pd_job_read_path, FIELD(previous), NULL, 0 },
    { "threads", read_threads, FIELD(threads), NULL, 0 },
    { "memory", read_memory, FIELD(memory_bytes), NULL, 0 },
    { "seed", pd_job_read_count, FIELD(seed), NULL, 0 },
    { "bahasa", read_language, FIELD(bahasa), NULL, 0 },
    { "key_file", pd_job_read_path, FIELD(key_file), NULL, 0 },
    { "model", read_model, 0, NULL, 0 },
    { "sources", pd_job_read_sources, 0, NULL, 0 },
    { "eligibility", pd_job_read_eligibility, 0, NULL, 0 },
    { "compare", NULL, 0, NULL, 0 }, /* after the sources, wherever it stands */
    { "rules", read_rules, FIELD(rules), NULL, 0 },
    { "region_groups", pd_job_read_groups, 0, NULL, 0 },
    { "limits", pd_job_read_limits, 0, NULL, 0 },
    { "program_list", NULL, 0, NULL, 0 }, /* before the sources */
    { "buka_nik", pd_job_read_openings, 0, NULL, 0 },
};
#undef FIELD

static struct pd_text stem(struct pd_text path)
{
    const struct pd_text base = pd_path_base(path);
    for (size_t i = base.length; i > 1; i--)
        if (base.data[i - 1] == '.') return pd_text_slice(base, 0, i - 1);
    return base;
}

static enum padan_status set_defaults(struct pd_job_reader *reader, struct pd_text path)
{
    struct pd_job *job = reader->job;
    PD_TRY(pd_arena_copy(&job->arena, path, &job->path, reader->error));
    PD_TRY(pd_arena_copy(&job->arena, pd_path_directory(path), &job->directory, reader->error));
    PD_TRY(pd_job_resolve(reader, PD_TEXT("hasil"), &job->out));
    job->reference_date = PD_DATE_NONE;
    job->seed = 1;
    job->bahasa = PD_TEXT("id");
    job->model = PD_TEXT("orang-indonesia");
    job->compare_auto = true;
    job->rules = (struct pd_job_text_file){ .name = PD_TEXT(built_in_rules), .path = PD_TEXT("") };
    job->previous = job->key_file = job->region_groups_name = PD_TEXT("");
    job->limits = (struct pd_job_limits){ NAN, NAN, NAN, NAN, NAN, NAN };
    return PADAN_OK;
}

static enum padan_status read_content(struct pd_job_reader *reader)
{
    struct pd_buffer content = { 0 };
    struct padan_error reason = { 0 };
    enum padan_status status = pd_file_read(reader->job->path.data, JOB_BYTES_MAX, &content, &reason);
    if (status == PADAN_OK)
        status = pd_arena_copy(&reader->job->arena, (struct pd_text){ content.data, content.length },
                               &reader->job->content, reader->error);
    else /* a job that is not there is a wrong command, not a bad input */
        status =
            pd_fail(reader->error, status == PADAN_OUT_OF_MEMORY ? status : PADAN_BAD_ARGUMENT, "%s", reason.message);
    pd_buffer_reset(&content);
    return status;
}

static enum padan_status read_programs(struct pd_job_reader *reader, const struct pd_node *root)
{
    struct pd_job *job = reader->job;
    const struct pd_node *node = pd_node_get(root, "program_list");
    if (pd_node_is_null(node))
        return pd_program_list_read(&job->programs, &job->arena, pd_embedded(built_in_programs), built_in_programs,
                                    reader->error);
    struct pd_text name;
    struct pd_job_text_file file;
    PD_TRY(pd_job_scalar(reader, node, "program_list", &name));
    PD_TRY(pd_job_read_file(reader, node, name, &file));
    return pd_program_list_read(&job->programs, &job->arena, file.content, name.data, reader->error);
}

static bool has_roster_of(const struct pd_job *job, int program)
{
    for (size_t i = 0; i < job->n_sources; i++)
        if (job->sources[i].program == program) return true;
    return false;
}

/* A job may lack rosters that other nights have, but nothing is left out without a word. */
static enum padan_status note_idle_eligibility(struct pd_job_reader *reader)
{
    const struct pd_job *job = reader->job;
    for (size_t i = 0; i < job->n_eligibility; i++)
        if (!has_roster_of(job, job->eligibility[i].program))
            PD_TRY(pd_job_note(reader, "%s: eligibility of %.*s says nothing here: no source has program: %.*s",
                               reader->name, PD_TEXT_ARGS(job->programs.items[job->eligibility[i].program].code),
                               PD_TEXT_ARGS(job->programs.items[job->eligibility[i].program].code)));
    return PADAN_OK;
}

static enum padan_status check_whole(struct pd_job_reader *reader, const struct pd_node *root)
{
    static const struct pd_job_key compare = { "compare", NULL, 0, NULL, 0 };
    static const char *const needed[] = { "padan", "reference_date", "sources" };
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (pd_node_is_null(pd_node_get(root, needed[i])))
            PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s: the key \"%s\" is missing%s", reader->name, needed[i],
                    i == 0   ? "; write `padan: 1`"
                    : i == 1 ? "; write `reference_date: 2026-11-23` with your date"
                             : "");
    const struct pd_node *node = pd_node_get(root, "compare");
    if (!pd_node_is_null(node)) PD_TRY(pd_job_read_compare(reader, node, &compare, NULL));
    PD_TRY(pd_job_check_sources(reader));
    return note_idle_eligibility(reader);
}

static enum padan_status read_job(struct pd_job_reader *reader, struct pd_text path)
{
    struct pd_job *job = reader->job;
    struct pd_node *root = NULL;
    PD_TRY(set_defaults(reader, path));
    PD_TRY(read_content(reader));
    PD_TRY(pd_document_parse(&job->arena, job->content, reader->name, &root, reader->error));
    PD_TRY(read_programs(reader, root));
    PD_TRY(pd_job_read_mapping(reader, root, "a job file", job_keys, sizeof job_keys / sizeof *job_keys, job));
    PD_TRY(check_whole(reader, root));
    if (job->name.length == 0) {
        PD_TRY(pd_arena_copy(&job->arena, stem(path), &job->name, reader->error));
        if (!is_folder_name(job->name))
            PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s: give the job a name: the file's own cannot name a folder",
                    reader->name);
    }
    const bool built_in = job->rules.path.length == 0;
    if (built_in) job->rules.content = pd_embedded(built_in_rules);
    const struct pd_rules_text rules = { job->rules.content, job->rules.name.data, &job->programs,
                                         built_in && !pd_node_is_null(pd_node_get(root, "program_list")) };
    return pd_rules_read(&job->rule_table, &job->arena, &rules, reader->error);
}

enum padan_status pd_job_read(struct pd_job *job, const char *path, struct padan_error *error)
{
    *job = (struct pd_job){ 0 };
    struct pd_job_reader reader = { job, path, error };
    const enum padan_status status = read_job(&reader, pd_text_of(path));
    if (status != PADAN_OK) pd_job_reset(job);
    return status;
}

void pd_job_reset(struct pd_job *job)
{
    pd_arena_reset(&job->arena);
    *job = (struct pd_job){ 0 };
}

int pd_job_source_find(const struct pd_job *job, struct pd_text name)
{
    for (size_t i = 0; i < job->n_sources; i++)
        if (pd_text_equal(job->sources[i].name, name)) return (int)i;
    return -1;
}

int pd_job_source_of_role(const struct pd_job *job, enum pd_role role)
{
    for (size_t i = 0; i < job->n_sources; i++)
        if (job->sources[i].role == role) return (int)i;
    return -1;
}

int64_t pd_job_quota_of(const struct pd_job_eligibility *eligibility, uint64_t code)
{
    size_t begin = 0, end = eligibility->n_quotas;
    while (begin < end) {
        const size_t middle = begin + (end - begin) / 2;
        if (eligibility->quotas[middle].code < code)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin < eligibility->n_quotas && eligibility->quotas[begin].code == code ? eligibility->quotas[begin].quota
                                                                                    : -1;
}

bool pd_job_is_path(struct pd_text path)
{
    static const char *const endings[] = { ".yaml", ".yml", ".json" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const struct pd_text ending = pd_text_of(endings[i]);
        if (path.length > ending.length &&
            pd_text_equal(pd_text_slice(path, path.length - ending.length, path.length), ending))
            return true;
    }
    return false;
}
