/* SPDX-License-Identifier: MIT
 * JSON by hand into a buffer: the structure is fixed, and one writer serves manifest and trail. */
#include "report/manifest.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>
#include <zstd.h>

static const char trail_name[] = "jejak.jsonl";

/* A JSON object or array being written; `indent` 0 writes on one line. */
struct json {
    struct pd_buffer out;
    int indent, depth;
    bool has_members;
};

static void new_line(struct json *json)
{
    if (json->indent == 0) return;
    pd_append_byte(&json->out, '\n');
    for (int i = 0; i < json->depth * json->indent; i++) pd_append_byte(&json->out, ' ');
}

static void next(struct json *json, const char *key)
{
    if (json->has_members) pd_append_byte(&json->out, ',');
    if (json->depth > 0) new_line(json);
    json->has_members = true;
    if (key == NULL) return;
    pd_append_json(&json->out, pd_text_of(key));
    pd_append_string(&json->out, json->indent == 0 ? ":" : ": ");
}

static void begin(struct json *json, const char *key, char bracket)
{
    next(json, key);
    pd_append_byte(&json->out, bracket);
    json->depth++;
    json->has_members = false;
}

static void end(struct json *json, char bracket)
{
    json->depth--;
    if (json->has_members) new_line(json);
    pd_append_byte(&json->out, bracket);
    json->has_members = true;
}

static void put_text(struct json *json, const char *key, struct pd_text text)
{
    next(json, key);
    pd_append_json(&json->out, text);
}

static void put_string(struct json *json, const char *key, const char *string)
{
    put_text(json, key, pd_text_of(string == NULL ? "" : string));
}

static void put_count(struct json *json, const char *key, uint64_t value)
{
    next(json, key);
    pd_append_u64(&json->out, value);
}

static void put_time(struct json *json, const char *key, int64_t seconds)
{
    struct tm parts;
    char text[32] = "";
    const time_t when = (time_t)seconds;
    if (gmtime_r(&when, &parts) != NULL) (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    put_string(json, key, text);
}

static void put_user(struct json *json)
{
    struct passwd entry, *found = NULL;
    char scratch[4096];
    if (getpwuid_r(getuid(), &entry, scratch, sizeof scratch, &found) == 0 && found != NULL)
        put_string(json, "user", found->pw_name);
    else
        put_count(json, "user", getuid());
}

static void put_machine(struct json *json)
{
    struct utsname system;
    if (uname(&system) == 0) {
        put_string(json, "host", system.nodename);
        begin(json, "system", '[');
        put_string(json, NULL, system.sysname);
        put_string(json, NULL, system.release);
        put_string(json, NULL, system.machine);
        end(json, ']');
    }
    put_user(json);
    put_count(json, "processors", (uint64_t)sysconf(_SC_NPROCESSORS_ONLN));
}

static void put_program(struct json *json)
{
    char hash[65] = "";
    if (pd_sha256_file("/proc/self/exe", hash, NULL) != PADAN_OK) hash[0] = '\0';
    begin(json, "program", '{');
    put_string(json, "version", padan_version());
    put_string(json, "sha256", hash);
    put_string(json, "compiler", __VERSION__);
    put_string(json, "zstd", ZSTD_versionString());
    end(json, '}');
}

static void put_arguments(struct json *json, const struct pd_manifest *manifest)
{
    begin(json, "arguments", '[');
    for (int i = 0; i < manifest->argc; i++) put_string(json, NULL, manifest->argv[i]);
    end(json, ']');
}

/* Name, bytes and digest are those of the file; this tells which index of it was read. */
static void put_index(struct json *json, uint64_t checksum)
{
    char text[20];
    if (checksum == 0) return;
    (void)snprintf(text, sizeof text, "%016llx", (unsigned long long)checksum);
    put_string(json, "index_xxh3", text);
}

static void put_inputs(struct json *json, const struct pd_manifest *manifest)
{
    begin(json, "inputs", '[');
    for (size_t i = 0; i < manifest->n_inputs; i++) {
        const struct pd_manifest_input *input = &manifest->inputs[i];
        begin(json, NULL, '{');
        put_string(json, "kind", input->kind);
        if (input->source.length > 0) put_text(json, "source", input->source);
        put_text(json, "name", input->name);
        if (input->path.length > 0) put_text(json, "path", input->path);
        put_count(json, "bytes", input->bytes);
        if (input->source.length > 0) put_count(json, "rows", input->n_rows);
        put_text(json, pd_digest_name(input->digest_kind), input->digest);
        put_index(json, input->index_checksum);
        end(json, '}');
    }
    end(json, ']');
}

static void put_outputs(struct json *json, const struct pd_run_folder *folder)
{
    begin(json, "outputs", '[');
    for (size_t i = 0; i < folder->n_outputs; i++) {
        const struct pd_output *output = &folder->outputs[i];
        begin(json, NULL, '{');
        put_text(json, "name", output->name);
        put_count(json, "rows", output->written.n_lines);
        put_count(json, "bytes", output->written.bytes);
        put_string(json, pd_digest_name(folder->digest_kind), output->written.digest);
        end(json, '}');
    }
    end(json, ']');
}

static void put_missing(struct json *json, const struct pd_run_folder *folder)
{
    begin(json, "laporan_tidak_ada", '[');
    for (size_t i = 0; i < folder->n_missing; i++) {
        begin(json, NULL, '{');
        put_text(json, "laporan", folder->missing[i].name);
        put_text(json, "alasan", folder->missing[i].reason);
        end(json, '}');
    }
    end(json, ']');
}

static void put_measures(struct json *json, const struct pd_manifest *manifest)
{
    begin(json, "counts", '{');
    for (size_t i = 0; i < manifest->n_counts; i++)
        put_count(json, manifest->counts[i].name, manifest->counts[i].value);
    end(json, '}');
    begin(json, "stages", '[');
    for (size_t i = 0; i < manifest->n_stages; i++) {
        begin(json, NULL, '{');
        put_string(json, "name", manifest->stages[i].name);
        next(json, "seconds");
        pd_append_double(&json->out, manifest->stages[i].seconds, 3);
        put_count(json, "memory_bytes", manifest->stages[i].memory_bytes);
        end(json, '}');
    }
    end(json, ']');
}

static void put_alarms(struct json *json, const struct pd_manifest *manifest)
{
    begin(json, "alarms", '[');
    for (size_t i = 0; i < manifest->n_alarms; i++) put_text(json, NULL, manifest->alarms[i]);
    end(json, ']');
}

static void put_start(struct json *json, const struct pd_run_folder *folder, const struct pd_manifest *manifest)
{
    put_string(json, "command", manifest->command);
    put_text(json, "run", folder->name);
    char directory[4096];
    put_arguments(json, manifest);
    if (getcwd(directory, sizeof directory) != NULL) put_string(json, "directory", directory);
    put_time(json, "started", manifest->started);
    put_time(json, "finished", manifest->finished);
}

enum padan_status pd_manifest_write(struct pd_run_folder *folder, const struct pd_manifest *manifest,
                                    struct padan_error *error)
{
    struct json json = { .indent = 2 };
    begin(&json, NULL, '{');
    put_count(&json, "manifest", 1);
    put_start(&json, folder, manifest);
    put_machine(&json);
    put_program(&json);
    put_count(&json, "threads", (uint64_t)manifest->threads);
    put_string(&json, "kernels", manifest->kernels);
    put_count(&json, "exit_code", (uint64_t)manifest->exit_code);
    next(&json, "open_nik");
    if (manifest->open_nik_reason == NULL)
        pd_append_string(&json.out, "null");
    else
        pd_append_json(&json.out, pd_text_of(manifest->open_nik_reason));
    put_inputs(&json, manifest);
    put_measures(&json, manifest);
    put_alarms(&json, manifest);
    put_outputs(&json, folder);
    put_missing(&json, folder);
    end(&json, '}');
    pd_append_byte(&json.out, '\n');
    enum padan_status status = pd_buffer_status(&json.out, error);
    const char *path = NULL;
    if (status == PADAN_OK) status = pd_run_folder_path(folder, "manifest.json", &path, error);
    if (status == PADAN_OK)
        status = pd_write_bytes(path, (struct pd_text){ json.out.data, json.out.length }, &folder->unsynced, error);
    pd_buffer_reset(&json.out);
    return status;
}

/* Hash of the last line of the parent's trail (without its newline), "" when there is none. */
static enum padan_status previous_hash(const struct pd_run_folder *folder, char hash[65], struct padan_error *error)
{
    struct pd_buffer path = { 0 }, content = { 0 };
    hash[0] = '\0';
    pd_path_join(&path, folder->parent, pd_text_of(trail_name));
    enum padan_status status = pd_buffer_status(&path, error);
    if (status == PADAN_OK && access(path.data, F_OK) == 0) {
        status = pd_file_read(path.data, SIZE_MAX / 2, &content, error);
        size_t last = content.length;
        while (last > 0 && content.data[last - 1] == '\n') last--;
        size_t first = last;
        while (first > 0 && content.data[first - 1] != '\n') first--;
        if (status == PADAN_OK && last > first)
            pd_sha256_hex((struct pd_text){ content.data + first, last - first }, hash);
    }
    pd_buffer_reset(&path);
    pd_buffer_reset(&content);
    return status;
}

/* Of the line as it would end here. */
static void put_fingerprint(struct json *json, const struct pd_hash_key *key)
{
    char hash[65];
    if (key == NULL || key->length == 0) return;
    pd_append_byte(&json->out, '}');
    if (pd_buffer_status(&json->out, NULL) != PADAN_OK) return;
    pd_keyed_hash_hex(key, (struct pd_text){ json->out.data, json->out.length }, hash);
    json->out.length--;
    put_string(json, "fingerprint", hash);
}

enum padan_status pd_trail_write(struct pd_run_folder *folder, const struct pd_manifest *manifest,
                                 struct padan_error *error)
{
    char before[65];
    PD_TRY(previous_hash(folder, before, error));
    struct json json = { .indent = 0 };
    begin(&json, NULL, '{');
    put_start(&json, folder, manifest);
    put_machine(&json);
    put_string(&json, "version", padan_version());
    put_string(&json, "buka_nik", manifest->open_nik_reason);
    begin(&json, "inputs", '[');
    for (size_t i = 0; i < manifest->n_inputs; i++) put_text(&json, NULL, manifest->inputs[i].digest);
    end(&json, ']');
    begin(&json, "outputs", '[');
    for (size_t i = 0; i < folder->n_outputs; i++) put_string(&json, NULL, folder->outputs[i].written.digest);
    end(&json, ']');
    put_string(&json, "previous_line", before);
    put_fingerprint(&json, manifest->key);
    end(&json, '}');
    pd_append_byte(&json.out, '\n');
    enum padan_status status = pd_buffer_status(&json.out, error);
    if (status == PADAN_OK)
        status = pd_run_folder_bytes(folder, trail_name, (struct pd_text){ json.out.data, json.out.length }, error);
    pd_buffer_reset(&json.out);
    return status;
}

static enum padan_status append_line(const char *path, struct pd_text line, struct padan_error *error)
{
    const int descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) PD_FAIL(error, PADAN_IO, "cannot write %s: check the rights of its folder", path);
    ssize_t written = 0;
    do {
        written = write(descriptor, line.data, line.length);
    } while (written < 0 && errno == EINTR);
    const bool good = written == (ssize_t)line.length && (fsync(descriptor) == 0 || errno == EINVAL);
    (void)close(descriptor);
    if (!good) PD_FAIL(error, PADAN_IO, "cannot write %s: free some disk space", path);
    return PADAN_OK;
}

/* Whether the trail breaks off within a line, as a full disk leaves it. */
static bool is_cut(const char *path)
{
    char last = '\n';
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return false;
    const off_t end = lseek(descriptor, 0, SEEK_END);
    const bool cut = end > 0 && pread(descriptor, &last, 1, end - 1) == 1 && last != '\n';
    (void)close(descriptor);
    return cut;
}

enum padan_status pd_trail_append(const struct pd_run_folder *folder, struct padan_error *error)
{
    struct pd_buffer own = { 0 }, common = { 0 }, line = { 0 };
    pd_path_join(&own, folder->final, pd_text_of(trail_name));
    pd_path_join(&common, folder->parent, pd_text_of(trail_name));
    enum padan_status status = pd_buffer_status(&own, error);
    if (status == PADAN_OK) status = pd_buffer_status(&common, error);
    if (status == PADAN_OK && is_cut(common.data)) pd_append_byte(&line, '\n');
    if (status == PADAN_OK) status = pd_file_read(own.data, 1 << 28, &line, error);
    if (status == PADAN_OK) status = append_line(common.data, (struct pd_text){ line.data, line.length }, error);
    pd_buffer_reset(&own);
    pd_buffer_reset(&common);
    pd_buffer_reset(&line);
    return status;
}
