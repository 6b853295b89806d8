/* SPDX-License-Identifier: MIT
 * The files of a source: names resolved against the job's folder, patterns expanded in byte order (never the order of
 * the file system or of a locale), a file named twice taken once. */
#include "job/reader.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/postgres_name.h"

#include <glob.h>
#include <stdlib.h>
#include <sys/stat.h>

struct path_list {
    struct pd_job_path *items;
    size_t n_items, capacity;
    uint32_t *slots; /* [n_slots, a power of two] open addressing by the hash of the path: item + 1, 0 = empty */
    size_t n_slots;
};

/* Where the path stands in the slots, or would. */
static size_t slot_of(const struct path_list *list, struct pd_text path)
{
    size_t slot = pd_hash_text(path) & (list->n_slots - 1);
    while (list->slots[slot] != 0 && !pd_text_equal(list->items[list->slots[slot] - 1].path, path))
        slot = (slot + 1) & (list->n_slots - 1);
    return slot;
}

/* Room for one more path, half of the slots staying empty. */
static enum padan_status grow_slots(struct path_list *list, struct padan_error *error)
{
    enum { SLOTS_FIRST = 64 };
    if (2 * (list->n_items + 1) <= list->n_slots) return PADAN_OK;
    pd_free(list->slots);
    list->slots = NULL;
    list->n_slots = list->n_slots == 0 ? SLOTS_FIRST : 2 * list->n_slots;
    PD_TRY(pd_allocate(&list->slots, list->n_slots, sizeof *list->slots, error));
    for (size_t i = 0; i < list->n_items; i++) list->slots[slot_of(list, list->items[i].path)] = (uint32_t)i + 1;
    return PADAN_OK;
}

static bool exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

static enum padan_status add(struct pd_job_reader *reader, struct path_list *list, struct pd_text path,
                             struct pd_text name)
{
    PD_TRY(grow_slots(list, reader->error));
    uint32_t *const slot = &list->slots[slot_of(list, path)];
    if (*slot != 0)
        return pd_job_note(reader, "%s is named twice in one source and read once", list->items[*slot - 1].name.data);
    PD_TRY(pd_grow(&list->items, &list->capacity, list->n_items + 1, sizeof *list->items, reader->error));
    struct pd_job_path *item = &list->items[list->n_items];
    PD_TRY(pd_arena_copy(&reader->job->arena, path, &item->path, reader->error));
    PD_TRY(pd_arena_copy(&reader->job->arena, name, &item->name, reader->error));
    *slot = (uint32_t)++list->n_items;
    return PADAN_OK;
}

static int compare_strings(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

static enum padan_status add_matches(struct pd_job_reader *reader, struct path_list *list, struct pd_text pattern,
                                     struct pd_text name)
{
    glob_t found = { 0 };
    const int code = glob(pattern.data, GLOB_NOSORT, NULL, &found);
    if (code == GLOB_NOSPACE) PD_FAIL(reader->error, PADAN_OUT_OF_MEMORY, "no memory to expand %s", pattern.data);
    enum padan_status status = PADAN_OK;
    if (code == 0) {
        /* What the resolved pattern has before the name as written is no part of the names in reports. */
        const size_t prefix = pattern.length - name.length;
        qsort(found.gl_pathv, found.gl_pathc, sizeof *found.gl_pathv, compare_strings);
        for (size_t i = 0; i < found.gl_pathc && status == PADAN_OK; i++) {
            const struct pd_text path = pd_text_of(found.gl_pathv[i]);
            status = add(reader, list, path, pd_text_slice(path, prefix, path.length));
        }
    }
    globfree(&found);
    return status;
}

static enum padan_status missing(struct pd_job_reader *reader, const struct pd_node *node,
                                 const struct pd_job_source *source, struct pd_text name)
{
    if (source->optional)
        return pd_job_note(reader, "source %s: %s is not there (optional)", source->name.data, name.data);
    PD_FAIL(reader->error, PADAN_BAD_INPUT,
            "%s:%u:%u: source %s: there is no file %s; check the path, or say `optional: true` when it may be absent",
            reader->name, node->line, node->column, source->name.data, name.data);
}

static enum padan_status add_name(struct pd_job_reader *reader, const struct pd_node *node,
                                  const struct pd_job_source *source, struct path_list *list)
{
    struct pd_text name, path;
    PD_TRY(pd_job_scalar(reader, node, "path", &name));
    if (pd_text_equal(name, PD_TEXT("-")) || pd_postgres_is(name.data)) return add(reader, list, name, name);
    PD_TRY(pd_job_resolve(reader, name, &path));
    if (exists(path.data)) return add(reader, list, path, name);
    const size_t before = list->n_items, notes = reader->job->n_notes;
    if (strpbrk(path.data, "*?[") != NULL) {
        PD_TRY(add_matches(reader, list, path, name));
        if (list->n_items > before || reader->job->n_notes > notes) return PADAN_OK;
    } else if (source->skip_bad_file && !source->optional) {
        return add(reader, list, path, name); /* reading will fail, be told, and be skipped */
    }
    return missing(reader, node, source, name);
}

enum padan_status pd_job_read_paths(struct pd_job_reader *reader, const struct pd_node *node,
                                    const struct pd_job_key *key, void *field)
{
    (void)key;
    struct pd_job_source *source = field;
    struct path_list list = { 0 };
    enum padan_status status = PADAN_OK;
    if (node->kind == PD_NODE_SEQUENCE)
        for (size_t i = 0; i < node->n_children && status == PADAN_OK; i++)
            status = add_name(reader, node->items[i], source, &list);
    else
        status = add_name(reader, node, source, &list);
    if (status == PADAN_OK && list.n_items > 0) {
        status =
            pd_arena_allocate(&reader->job->arena, &source->paths, list.n_items * sizeof *list.items, reader->error);
        if (status == PADAN_OK) {
            memcpy(source->paths, list.items, list.n_items * sizeof *list.items);
            source->n_paths = list.n_items;
        }
    }
    pd_free(list.slots);
    pd_free(list.items);
    return status;
}
