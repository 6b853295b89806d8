/* SPDX-License-Identifier: MIT
 * Numbers are given out under a lock on the parent folder, so two runs that start together get two numbers and neither
 * takes the other's temporary folder for a leftover. */
#include "report/run_folder.h"

#include "base/file.h"
#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NUMBER_DIGITS = 4, NUMBER_MAX = 99999999 };

static const char temporary_end[] = ".sementara";

enum padan_status pd_folder_failure(const char *doing, const char *path, struct padan_error *error)
{
    const char *known = strerrordesc_np(errno);
    PD_FAIL(error, PADAN_IO, "cannot %s %s: %s; check the folder's rights and its disk, or choose another with --out",
            doing, path, known == NULL ? "unknown error" : known);
}

/* Concatenates into the arena; the result is followed by a NUL. */
static enum padan_status join(struct pd_run_folder *folder, struct pd_text *out, struct pd_text a, const char *b,
                              struct pd_text c, const char *d, struct padan_error *error)
{
    struct pd_buffer buffer = { 0 };
    pd_append_text(&buffer, a);
    pd_append_string(&buffer, b);
    pd_append_text(&buffer, c);
    pd_append_string(&buffer, d);
    enum padan_status status = pd_buffer_status(&buffer, error);
    if (status == PADAN_OK)
        status = pd_arena_copy(&folder->arena, (struct pd_text){ buffer.data, buffer.length }, out, error);
    pd_buffer_reset(&buffer);
    return status;
}

/* The number in "<name>-0001" or ".<name>-0001.sementara"; 0 when entry is neither. */
static uint64_t number_of(struct pd_text entry, struct pd_text name, bool *temporary)
{
    const struct pd_text end = { temporary_end, sizeof temporary_end - 1 };
    *temporary = entry.length > 0 && entry.data[0] == '.';
    if (*temporary) {
        if (entry.length < end.length + 1 || memcmp(entry.data + entry.length - end.length, end.data, end.length) != 0)
            return 0;
        entry = pd_text_slice(entry, 1, entry.length - end.length);
    }
    if (!pd_text_starts(entry, name) || entry.length < name.length + 1 + NUMBER_DIGITS ||
        entry.data[name.length] != '-')
        return 0;
    const struct pd_text digits = pd_text_slice(entry, name.length + 1, entry.length);
    uint64_t number = 0;
    for (size_t i = 0; i < digits.length; i++)
        if (digits.data[i] < '0' || digits.data[i] > '9') return 0;
    return pd_text_to_u64(digits, &number) && number <= NUMBER_MAX ? number : 0;
}

enum padan_status pd_folder_lock(const char *path, bool wait, int *descriptor, struct padan_error *error)
{
    *descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*descriptor < 0) return pd_folder_failure("open the folder", path, error);
    int failed = 0;
    do {
        failed = flock(*descriptor, LOCK_EX | (wait ? 0 : LOCK_NB));
    } while (failed != 0 && errno == EINTR);
    if (failed == 0 || errno == ENOLCK || errno == EOPNOTSUPP) return PADAN_OK;
    const int code = errno;
    (void)close(*descriptor);
    *descriptor = -1;
    if (code == EWOULDBLOCK) return PADAN_OK;
    errno = code;
    return pd_folder_failure("lock the folder", path, error);
}

/* A temporary folder nobody holds is what a killed run left behind. */
static enum padan_status remove_leftover(struct pd_run_folder *folder, struct pd_text entry, struct padan_error *error)
{
    struct pd_text path;
    int lock = -1;
    PD_TRY(join(folder, &path, folder->parent, "/", entry, "", error));
    if (pd_folder_lock(path.data, false, &lock, NULL) != PADAN_OK || lock < 0) return PADAN_OK;
    const enum padan_status status = pd_directory_remove(path.data, error);
    (void)close(lock);
    if (status == PADAN_OK) folder->n_leftovers++;
    return status;
}

static enum padan_status scan(struct pd_run_folder *folder, struct pd_text name, uint64_t *highest,
                              struct padan_error *error)
{
    DIR *stream = opendir(folder->parent.data);
    if (stream == NULL) return pd_folder_failure("read the folder", folder->parent.data, error);
    enum padan_status status = PADAN_OK;
    const struct dirent *entry = NULL;
    while (status == PADAN_OK && (entry = readdir(stream)) != NULL) {
        bool temporary = false;
        const struct pd_text text = pd_text_of(entry->d_name);
        const uint64_t number = number_of(text, name, &temporary);
        if (number == 0) continue;
        const size_t removed = folder->n_leftovers;
        if (temporary) status = remove_leftover(folder, text, error);
        if (removed == folder->n_leftovers && number > *highest) *highest = number;
    }
    (void)closedir(stream);
    return status;
}

static enum padan_status take_number(struct pd_run_folder *folder, struct pd_text name, struct padan_error *error)
{
    uint64_t highest = 0;
    PD_TRY(scan(folder, name, &highest, error));
    struct pd_buffer number = { 0 };
    pd_append_text(&number, name);
    pd_append_byte(&number, '-');
    if (highest + 1 < 10000)
        pd_append_digits(&number, highest + 1, NUMBER_DIGITS);
    else
        pd_append_u64(&number, highest + 1);
    enum padan_status status = pd_buffer_status(&number, error);
    if (status == PADAN_OK)
        status = pd_arena_copy(&folder->arena, (struct pd_text){ number.data, number.length }, &folder->name, error);
    pd_buffer_reset(&number);
    if (status != PADAN_OK) return status;
    PD_TRY(join(folder, &folder->final, folder->parent, "/", folder->name, "", error));
    PD_TRY(join(folder, &folder->temporary, folder->parent, "/.", folder->name, temporary_end, error));
    if (!pd_directory_begin(folder->temporary.data)) {
        const enum padan_status failed = pd_folder_failure("make the folder", folder->temporary.data, error);
        folder->temporary = PD_TEXT(""); /* not ours to remove */
        return failed;
    }
    PD_TRY(pd_folder_lock(folder->temporary.data, false, &folder->lock, error));
    pd_disk_flush_begin(&folder->unsynced.flush, folder->lock);
    return PADAN_OK;
}

enum padan_status pd_run_folder_open(struct pd_run_folder *folder, struct pd_text out, struct pd_text name,
                                     struct padan_error *error)
{
    *folder = (struct pd_run_folder){ .lock = -1, .held = -1 };
    while (out.length > 1 && out.data[out.length - 1] == '/') out.length--;
    PD_TRY(pd_arena_copy(&folder->arena, out, &folder->parent, error));
    PD_TRY(pd_directory_make(folder->parent.data, error));
    int parent_lock = -1;
    PD_TRY(pd_folder_lock(folder->parent.data, true, &parent_lock, error));
    const enum padan_status status = take_number(folder, name, error);
    (void)close(parent_lock);
    return status;
}

enum padan_status pd_run_folder_path(struct pd_run_folder *folder, const char *name, const char **path,
                                     struct padan_error *error)
{
    struct pd_text joined;
    PD_TRY(join(folder, &joined, folder->temporary, "/", pd_text_of(name), "", error));
    if (strchr(name, '/') != NULL) {
        struct pd_text parent;
        PD_TRY(pd_arena_copy(&folder->arena, pd_path_directory(joined), &parent, error));
        PD_TRY(pd_directory_make(parent.data, error));
    }
    *path = joined.data;
    return PADAN_OK;
}

enum padan_status pd_run_folder_add(struct pd_run_folder *folder, const char *name, const struct pd_written *written,
                                    struct padan_error *error)
{
    PD_TRY(pd_grow(&folder->outputs, &folder->outputs_capacity, folder->n_outputs + 1, sizeof *folder->outputs, error));
    struct pd_output *output = &folder->outputs[folder->n_outputs];
    PD_TRY(pd_arena_copy(&folder->arena, pd_text_of(name), &output->name, error));
    output->written = *written;
    folder->n_outputs++;
    return PADAN_OK;
}

enum padan_status pd_run_folder_miss(struct pd_run_folder *folder, const char *name, const char *reason,
                                     struct padan_error *error)
{
    PD_TRY(pd_grow(&folder->missing, &folder->missing_capacity, folder->n_missing + 1, sizeof *folder->missing, error));
    struct pd_missing_report *missing = &folder->missing[folder->n_missing];
    PD_TRY(pd_arena_copy(&folder->arena, pd_text_of(name), &missing->name, error));
    PD_TRY(pd_arena_copy(&folder->arena, pd_text_of(reason), &missing->reason, error));
    folder->n_missing++;
    return PADAN_OK;
}

void pd_table_plan_reset(struct pd_table_plan *plan)
{
    if (plan->context != NULL) plan->release(plan->context);
    *plan = (struct pd_table_plan){ 0 };
}

enum padan_status pd_run_folder_tables(struct pd_run_folder *folder, const struct pd_table_plan *plans, size_t n_plans,
                                       struct padan_error *error)
{
    struct pd_rows placed[PD_TABLES_MAX] = { 0 };
    struct pd_written written[PD_TABLES_MAX];
    struct pd_text names[PD_TABLES_MAX];
    for (size_t i = 0; i < n_plans; i++) {
        placed[i] = plans[i].rows;
        placed[i].unsynced = &folder->unsynced;
        placed[i].digest_kind = folder->digest_kind;
        PD_TRY(join(folder, &names[i], pd_text_of(plans[i].name), placed[i].compress ? ".zst" : "", PD_TEXT(""), "",
                    error));
        PD_TRY(pd_run_folder_path(folder, names[i].data, &placed[i].path, error));
    }
    PD_TRY(pd_write_tables(placed, n_plans, written, error));
    for (size_t i = 0; i < n_plans; i++) PD_TRY(pd_run_folder_add(folder, names[i].data, &written[i], error));
    return PADAN_OK;
}

enum padan_status pd_run_folder_rows(struct pd_run_folder *folder, const char *name, const struct pd_rows *rows,
                                     struct padan_error *error)
{
    const struct pd_table_plan plan = { .name = name, .rows = *rows };
    return pd_run_folder_tables(folder, &plan, 1, error);
}

enum padan_status pd_run_folder_bytes(struct pd_run_folder *folder, const char *name, struct pd_text content,
                                      struct padan_error *error)
{
    const char *path = NULL;
    struct pd_written written = { .bytes = content.length };
    PD_TRY(pd_run_folder_path(folder, name, &path, error));
    PD_TRY(pd_write_bytes(path, content, &folder->unsynced, error));
    PD_TRY(pd_digest_of(content, folder->digest_kind, written.digest, error));
    return pd_run_folder_add(folder, name, &written, error);
}

enum padan_status pd_run_folder_hold(struct pd_run_folder *folder, struct padan_error *error)
{
    return pd_folder_lock(folder->parent.data, true, &folder->held, error);
}

enum padan_status pd_run_folder_publish(struct pd_run_folder *folder, struct padan_error *error)
{
    struct pd_text marker, line;
    PD_TRY(join(folder, &marker, folder->parent, "/TERAKHIR", PD_TEXT(""), "", error));
    PD_TRY(join(folder, &line, folder->name, "\n", PD_TEXT(""), "", error));
    PD_TRY(pd_unsynced_close(&folder->unsynced, error));
    PD_TRY(pd_directory_publish(folder->temporary.data, folder->final.data, error));
    folder->temporary = PD_TEXT("");
    return pd_file_write(marker.data, line, error);
}

void pd_run_folder_reset(struct pd_run_folder *folder)
{
    pd_unsynced_abandon(&folder->unsynced);
    if (folder->temporary.length > 0) {
        const bool removed = pd_directory_remove(folder->temporary.data, NULL) == PADAN_OK;
        if (pd_file_ended != NULL) pd_file_ended(folder->temporary.data);
        if (!removed) folder->temporary.length = 0; /* what is left has no lock: the next run removes it */
    }
    if (folder->arena.chunk != NULL && folder->lock >= 0) (void)close(folder->lock);
    if (folder->arena.chunk != NULL && folder->held >= 0) (void)close(folder->held);
    pd_free(folder->outputs);
    pd_free(folder->missing);
    pd_arena_reset(&folder->arena);
    *folder = (struct pd_run_folder){ .lock = -1, .held = -1 };
}
