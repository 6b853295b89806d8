/* SPDX-License-Identifier: MIT
 * The tables of a job beside its sources: eligibility with quotas, source pairs to compare, region groups, limits and
 * opened outputs. */
#include "job/reader.h"

#include "base/delimited.h"

#include <math.h>
#include <stdlib.h>

static int compare_quotas(const void *a, const void *b)
{
    const struct pd_job_quota *left = a, *right = b;
    return (left->code > right->code) - (left->code < right->code);
}

static enum padan_status add_quota(struct pd_job_reader *reader, const struct pd_delimited *rows, const size_t *columns,
                                   struct pd_job_eligibility *line)
{
    const struct pd_text code = pd_text_trim(rows->fields[columns[0]]), quota = pd_text_trim(rows->fields[columns[1]]);
    struct pd_job_quota item = { .code = pd_job_region_code(code) };
    uint64_t value = 0;
    if (item.code == 0)
        PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%zu: kode_wilayah is not a region code of 2, 4, 6 or 10 digits",
                rows->name, rows->line);
    if (!pd_text_to_u64(quota, &value) || value > INT64_MAX)
        PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%zu: kuota must be a whole number of 0 or more", rows->name,
                rows->line);
    item.quota = (int64_t)value;
    line->quotas[line->n_quotas++] = item;
    return PADAN_OK;
}

static enum padan_status read_quota_rows(struct pd_job_reader *reader, struct pd_delimited *rows,
                                         struct pd_job_eligibility *line)
{
    size_t columns[2];
    PD_TRY(pd_delimited_column(rows, "kode_wilayah", &columns[0], reader->error));
    PD_TRY(pd_delimited_column(rows, "kuota", &columns[1], reader->error));
    for (;;) {
        bool more = false;
        PD_TRY(pd_delimited_next(rows, &more, reader->error));
        if (!more) break;
        PD_TRY(add_quota(reader, rows, columns, line));
    }
    if (line->n_quotas > 1) qsort(line->quotas, line->n_quotas, sizeof *line->quotas, compare_quotas);
    for (size_t i = 1; i < line->n_quotas; i++)
        if (line->quotas[i].code == line->quotas[i - 1].code)
            PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s: region %llu has two quotas", rows->name,
                    (unsigned long long)line->quotas[i].code);
    return PADAN_OK;
}

static size_t count_lines(struct pd_text content)
{
    size_t n_lines = 1;
    for (size_t i = 0; i < content.length; i++) n_lines += content.data[i] == '\n';
    return n_lines;
}

/* A number is the national quota, a text the CSV of regional ones. */
static enum padan_status read_quota(struct pd_job_reader *reader, const struct pd_node *node,
                                    const struct pd_job_key *key, void *field)
{
    struct pd_job_eligibility *line = field;
    struct pd_text name;
    PD_TRY(pd_job_scalar(reader, node, key->name, &name));
    uint64_t number = 0;
    if (pd_text_to_u64(name, &number) && number <= INT64_MAX) {
        PD_TRY(pd_arena_allocate(&reader->job->arena, &line->quotas, sizeof *line->quotas, reader->error));
        line->quotas[0].quota = (int64_t)number;
        line->n_quotas = 1;
        return PADAN_OK;
    }
    double other = 0;
    if (pd_text_to_double(name, &other))
        return pd_job_fail(reader, node, "%s must be a whole number of 0 or more, or a CSV kode_wilayah,kuota",
                           key->name);
    struct pd_job_text_file file;
    PD_TRY(pd_job_read_file(reader, node, name, &file));
    line->quota_name = name;
    PD_TRY(pd_arena_allocate(&reader->job->arena, &line->quotas, count_lines(file.content) * sizeof *line->quotas,
                             reader->error));
    struct pd_delimited rows;
    PD_TRY(pd_delimited_open(&rows, file.content, ',', name.data, reader->error));
    const enum padan_status status = read_quota_rows(reader, &rows, line);
    pd_delimited_reset(&rows);
    return status;
}

static enum padan_status read_decile(struct pd_job_reader *reader, const struct pd_node *node,
                                     const struct pd_job_key *key, void *field)
{
    struct pd_job_eligibility *line = field;
    int64_t least = 0, most = 0;
    const bool pair = node->kind == PD_NODE_SEQUENCE && node->n_children == 2;
    if (!pair || !pd_node_to_i64(node->items[0], &least) || !pd_node_to_i64(node->items[1], &most) || least < 1 ||
        most > 10 || least > most)
        return pd_job_fail(reader, node, "%s must be an inclusive range of 1 to 10 like [1, 4]", key->name);
    line->decile_min = (int)least;
    line->decile_max = (int)most;
    return PADAN_OK;
}

static enum padan_status read_category(struct pd_job_reader *reader, const struct pd_node *node,
                                       const struct pd_job_key *key, void *field)
{
    struct pd_job_eligibility *line = field;
    line->category_place = (struct pd_place){ node->line, node->column };
    return pd_job_scalar(reader, node, key->name, &line->category);
}

static const struct pd_job_key eligibility_keys[] = {
    { "decile", read_decile, 0, NULL, 0 },
    { "category", read_category, 0, NULL, 0 },
    { "quota", read_quota, 0, NULL, 0 },
};

enum padan_status pd_job_read_eligibility(struct pd_job_reader *reader, const struct pd_node *node,
                                          const struct pd_job_key *key, void *field)
{
    (void)field;
    struct pd_job *job = reader->job;
    if (node->kind != PD_NODE_MAPPING)
        return pd_job_fail(reader, node, "%s must be a mapping like {PKH: {decile: [1, 4]}}", key->name);
    PD_TRY(pd_arena_allocate(&job->arena, &job->eligibility, (node->n_children + 1) * sizeof *job->eligibility,
                             reader->error));
    for (size_t i = 0; i < node->n_children; i++) {
        struct pd_job_eligibility *line = &job->eligibility[i];
        *line = (struct pd_job_eligibility){ .place = { node->keys[i]->line, node->keys[i]->column } };
        PD_TRY(pd_job_program_of(reader, node->keys[i], &line->program));
        for (size_t j = 0; j < i; j++)
            if (job->eligibility[j].program == line->program)
                return pd_job_fail(reader, node->keys[i], "program %s has two lines of eligibility",
                                   job->programs.items[line->program].code.data);
        PD_TRY(pd_job_read_mapping(reader, node->items[i], "an eligibility", eligibility_keys,
                                   sizeof eligibility_keys / sizeof *eligibility_keys, line));
        job->n_eligibility++;
    }
    return PADAN_OK;
}

static enum padan_status read_side(struct pd_job_reader *reader, const struct pd_node *node, uint16_t *side)
{
    const int source = node->kind == PD_NODE_SCALAR ? pd_job_source_find(reader->job, node->text) : -1;
    if (source < 0)
        return pd_job_fail(reader, node, "compare names %.*s, which is no source of this job",
                           node->text.length > 60 ? 60 : (int)node->text.length,
                           node->kind == PD_NODE_SCALAR ? node->text.data : "");
    *side = (uint16_t)source;
    return PADAN_OK;
}

enum padan_status pd_job_read_compare(struct pd_job_reader *reader, const struct pd_node *node,
                                      const struct pd_job_key *key, void *field)
{
    (void)field;
    struct pd_job *job = reader->job;
    if (node->kind == PD_NODE_SCALAR && pd_text_equal(node->text, PD_TEXT("auto"))) return PADAN_OK;
    if (node->kind != PD_NODE_SEQUENCE || node->n_children == 0)
        return pd_job_fail(reader, node, "%s must be auto or a list of pairs of sources like [[pkh, dtsen]]",
                           key->name);
    job->compare_auto = false;
    PD_TRY(pd_arena_allocate(&job->arena, &job->compare, node->n_children * sizeof *job->compare, reader->error));
    for (size_t i = 0; i < node->n_children; i++) {
        const struct pd_node *pair = node->items[i];
        if (pair->kind != PD_NODE_SEQUENCE || pair->n_children != 2)
            return pd_job_fail(reader, pair, "a pair of sources must be two names like [pkh, dtsen]");
        struct pd_job_pair sides;
        PD_TRY(read_side(reader, pair->items[0], &sides.a));
        PD_TRY(read_side(reader, pair->items[1], &sides.b));
        for (size_t j = 0; j < i; j++) {
            const struct pd_job_pair old = job->compare[j];
            if ((old.a == sides.a && old.b == sides.b) || (old.a == sides.b && old.b == sides.a))
                return pd_job_fail(reader, pair, "this pair of sources stands in the list twice");
        }
        job->compare[job->n_compare++] = sides;
    }
    return PADAN_OK;
}

/* The number of a group by name, added when new. groups[] has room for one per entry. */
static enum padan_status group_of(struct pd_job_reader *reader, struct pd_text name, uint32_t *group)
{
    struct pd_job *job = reader->job;
    for (size_t i = job->n_groups; i > 0; i--)
        if (pd_text_equal(job->groups[i - 1], name)) {
            *group = (uint32_t)(i - 1);
            return PADAN_OK;
        }
    *group = (uint32_t)job->n_groups;
    PD_TRY(pd_arena_copy(&job->arena, name, &job->groups[job->n_groups], reader->error));
    job->n_groups++;
    return PADAN_OK;
}

static enum padan_status group_room(struct pd_job_reader *reader, size_t n_entries)
{
    struct pd_job *job = reader->job;
    PD_TRY(pd_arena_allocate(&job->arena, &job->groups, n_entries * sizeof *job->groups, reader->error));
    return pd_arena_allocate(&job->arena, &job->regions, n_entries * sizeof *job->regions, reader->error);
}

static bool grouped_twice(const struct pd_job *job)
{
    const struct pd_job_region *last = &job->regions[job->n_regions - 1];
    for (const struct pd_job_region *region = job->regions; region < last; region++)
        if (region->code == last->code && region->group == last->group) return true;
    return false;
}

static enum padan_status read_group_rows(struct pd_job_reader *reader, struct pd_delimited *rows)
{
    size_t columns[2];
    struct pd_job *job = reader->job;
    PD_TRY(pd_delimited_column(rows, "grup", &columns[0], reader->error));
    PD_TRY(pd_delimited_column(rows, "kode_wilayah", &columns[1], reader->error));
    for (;;) {
        bool more = false;
        PD_TRY(pd_delimited_next(rows, &more, reader->error));
        if (!more) return PADAN_OK;
        struct pd_job_region *region = &job->regions[job->n_regions];
        const struct pd_text group = pd_text_trim(rows->fields[columns[0]]);
        region->code = pd_job_region_code(pd_text_trim(rows->fields[columns[1]]));
        if (group.length == 0)
            PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%zu: grup is empty", rows->name, rows->line);
        if (region->code == 0)
            PD_FAIL(reader->error, PADAN_BAD_ARGUMENT,
                    "%s:%zu: kode_wilayah is not a region code of 2, 4, 6 or 10 digits", rows->name, rows->line);
        PD_TRY(group_of(reader, group, &region->group));
        job->n_regions++;
        if (grouped_twice(job))
            PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%zu: this region stands twice in the same group", rows->name,
                    rows->line);
    }
}

static enum padan_status read_group_file(struct pd_job_reader *reader, const struct pd_node *node)
{
    struct pd_job *job = reader->job;
    struct pd_job_text_file file;
    PD_TRY(pd_job_scalar(reader, node, "region_groups", &job->region_groups_name));
    PD_TRY(pd_job_read_file(reader, node, job->region_groups_name, &file));
    PD_TRY(group_room(reader, count_lines(file.content)));
    struct pd_delimited rows;
    PD_TRY(pd_delimited_open(&rows, file.content, ',', job->region_groups_name.data, reader->error));
    const enum padan_status status = read_group_rows(reader, &rows);
    pd_delimited_reset(&rows);
    return status;
}

static enum padan_status add_region(struct pd_job_reader *reader, const struct pd_node *code, struct pd_text group)
{
    struct pd_job *job = reader->job;
    struct pd_job_region *region = &job->regions[job->n_regions];
    if (code->kind != PD_NODE_SCALAR) return pd_job_fail(reader, code, "a region code must be a quoted text");
    double number = 0;
    if (!code->quoted && memchr(code->text.data, '.', code->text.length) != NULL &&
        pd_text_to_double(code->text, &number))
        return pd_job_fail(reader, code,
                           "region code %.*s must be in quotes: \"%.*s\"; unquoted, YAML reads the number %g",
                           PD_TEXT_ARGS(code->text), PD_TEXT_ARGS(code->text), number);
    region->code = pd_job_region_code(code->text);
    if (region->code == 0)
        return pd_job_fail(reader, code, "\"%.*s\" is not a region code of 2, 4, 6 or 10 digits",
                           code->text.length > 40 ? 40 : (int)code->text.length, code->text.data);
    PD_TRY(group_of(reader, group, &region->group));
    job->n_regions++;
    if (grouped_twice(job)) return pd_job_fail(reader, code, "this region stands twice in the same group");
    return PADAN_OK;
}

static bool looks_like_code(struct pd_text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((text.data[i] < '0' || text.data[i] > '9') && text.data[i] != '.') return false;
    return text.length > 0;
}

/* `{GROUP: ["32.10", "32.11"]}` or `{"32.10": GROUP}`. */
static enum padan_status read_group_map(struct pd_job_reader *reader, const struct pd_node *node)
{
    size_t n_entries = 1;
    for (size_t i = 0; i < node->n_children; i++)
        n_entries += node->items[i]->kind == PD_NODE_SEQUENCE ? node->items[i]->n_children : 1;
    PD_TRY(group_room(reader, n_entries));
    for (size_t i = 0; i < node->n_children; i++) {
        const struct pd_node *key = node->keys[i], *value = node->items[i];
        struct pd_text group;
        if (looks_like_code(key->text)) {
            PD_TRY(pd_job_scalar(reader, value, "the group of a region", &group));
            PD_TRY(add_region(reader, key, group));
            continue;
        }
        PD_TRY(pd_job_scalar(reader, key, "the name of a group", &group));
        if (value->kind != PD_NODE_SEQUENCE) {
            PD_TRY(add_region(reader, value, group));
            continue;
        }
        for (size_t c = 0; c < value->n_children; c++) PD_TRY(add_region(reader, value->items[c], group));
    }
    return PADAN_OK;
}

enum padan_status pd_job_read_groups(struct pd_job_reader *reader, const struct pd_node *node,
                                     const struct pd_job_key *key, void *field)
{
    (void)field;
    if (node->kind == PD_NODE_SCALAR) return read_group_file(reader, node);
    if (node->kind == PD_NODE_MAPPING) return read_group_map(reader, node);
    return pd_job_fail(reader, node, "%s must be a CSV file or a mapping of groups to region codes", key->name);
}

static enum padan_status read_limit(struct pd_job_reader *reader, const struct pd_node *node,
                                    const struct pd_job_key *key, void *field)
{
    double limit = 0;
    if (!pd_node_to_double(node, &limit) || !(limit >= 0) || isinf(limit))
        return pd_job_fail(reader, node, "limit %s must be a number of 0 or more", key->name);
    *(double *)field = limit;
    return PADAN_OK;
}

/* Of all rows: one above 100 would never be passed. */
static enum padan_status read_share(struct pd_job_reader *reader, const struct pd_node *node,
                                    const struct pd_job_key *key, void *field)
{
    PD_TRY(read_limit(reader, node, key, field));
    if (*(double *)field <= 100) return PADAN_OK;
    return pd_job_fail(reader, node, "limit %s is a share of all rows in percent, from 0 to 100", key->name);
}

#define LIMIT(member, read)                                                                                            \
    {                                                                                                                  \
#member, read, offsetof(struct pd_job_limits, member), NULL, 0                                                 \
    }
static const struct pd_job_key limit_keys[] = {
    LIMIT(duplicates_percent, read_share),  LIMIT(unlinked_percent, read_share), LIMIT(rejected_percent, read_share),
    LIMIT(rows_change_percent, read_limit), LIMIT(dead_rows, read_limit),        LIMIT(forbidden_families, read_limit)
};
#undef LIMIT

enum padan_status pd_job_read_limits(struct pd_job_reader *reader, const struct pd_node *node,
                                     const struct pd_job_key *key, void *field)
{
    (void)field;
    return pd_job_read_mapping(reader, node, key->name, limit_keys, sizeof limit_keys / sizeof *limit_keys,
                               &reader->job->limits);
}

enum padan_status pd_job_read_openings(struct pd_job_reader *reader, const struct pd_node *node,
                                       const struct pd_job_key *key, void *field)
{
    (void)field;
    struct pd_job *job = reader->job;
    const bool mapping = node->kind == PD_NODE_MAPPING;
    const size_t n_openings = mapping ? node->n_children : 1;
    PD_TRY(pd_arena_allocate(&job->arena, &job->openings, (n_openings + 1) * sizeof *job->openings, reader->error));
    for (size_t i = 0; i < n_openings; i++) {
        struct pd_job_opening *opening = &job->openings[i];
        opening->output = PD_TEXT("");
        if (mapping) PD_TRY(pd_job_scalar(reader, node->keys[i], "an output", &opening->output));
        PD_TRY(pd_job_scalar(reader, mapping ? node->items[i] : node, key->name, &opening->reason));
        job->n_openings++;
    }
    return PADAN_OK;
}
