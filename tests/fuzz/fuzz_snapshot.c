/* SPDX-License-Identifier: MIT
 * An index, or a revision of one, whose parts were changed, with checksums that fit: a sentence, or rows that are all
 * accounted for. Checksums would end nearly every damaged file at the door; here the code behind it is tried. The input
 * says which index is changed and how: a byte, then changes of four bytes each (section, place, what its byte is
 * changed by). */
#include "base/buffer.h"
#include "base/sealed.h"
#include "ingest/revision.h"
#include "memory_file.h"
#include "scratch_file.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int fuzz_copies(void);

enum { SECTIONS_MAX = 64, N_FILES = 3, N_SOUND = N_FILES + 1 };

static void load(const char *path, bool canonical)
{
    static const struct pd_text program_names[] = { { "PKH", 3 } };
    const struct pd_input_source source = { PD_TEXT("pkh"), program_names, 1 };
    const struct pd_input_file file = { .path = path, .name = PD_TEXT("f.csv") };
    const struct pd_ingest_options options = {
        .sources = &source, .n_sources = 1, .files = &file, .n_files = 1, .canonical = canonical, .threads = 1
    };
    struct pd_table table;
    struct pd_ingest_result result;
    struct padan_error error = { PADAN_OK, "" };
    char scratch[24];
    size_t n_text_bytes = 0;
    if (pd_ingest(&options, &table, &result, &error) == PADAN_OK) {
        assert(result.files[0].rows_read == result.files[0].rows_accepted + result.files[0].rows_rejected);
        assert(result.n_rejects == result.files[0].rows_rejected && table.n_records == result.files[0].rows_accepted);
        for (size_t i = 0; i < table.n_columns; i++)
            for (size_t j = 0; j < table.n_records; j++)
                n_text_bytes += pd_column_text(&table.columns[i], j, scratch).length;
        for (size_t i = 1; i < table.n_records; i++) assert(table.row_of[i] > table.row_of[i - 1]);
    } else {
        assert(error.message[0] != '\0' && table.n_columns == 0);
    }
    (void)n_text_bytes;
    pd_ingest_result_reset(&result);
    pd_table_reset(&table);
}

static void must(enum padan_status status)
{
    if (status != PADAN_OK) abort();
}

/* An index in pieces: contents first, then its sections. */
struct parts {
    struct pd_buffer parts[SECTIONS_MAX];
    size_t n;
};

static struct parts sound[N_SOUND]; /* the last is a revision of the first */

static const struct pd_sealed_kind *kind_of(size_t which)
{
    return which < N_FILES ? pd_snapshot_kind() : pd_revision_kind();
}

static void make_index(const char *content, const char *path)
{
    struct memory_file csv = memory_file_make(content, strlen(content));
    const struct pd_input_file file = { .path = csv.path, .name = PD_TEXT("f.csv") };
    struct pd_ingest_result facts;
    must(pd_snapshot_make(&file, 1, path, &facts, NULL));
    pd_ingest_result_reset(&facts);
    memory_file_close(&csv);
}

/* Two rows changed, one removed and one added, beside the index at `base`, which stays there. */
static void make_revision(const char *base, const char *path)
{
    static const char changes[] = "nik;nama;nominal;op\n3201014101809002;\"C;\";7;\n3201014101809001;;;delete\n"
                                  "x;JUMLAH;12;\nJUMLAH;y;1;\n";
    struct memory_file csv = memory_file_make(changes, strlen(changes));
    const struct pd_input_file file = { .path = csv.path };
    const struct pd_revise_options options = { base, &file, "nik", "op", path, 1 };
    struct pd_revise_facts facts;
    must(pd_revision_make(&options, &facts, NULL));
    memory_file_close(&csv);
}

static void take_apart(const char *path, const struct pd_sealed_kind *kind, struct parts *out)
{
    struct pd_sealed sealed;
    must(pd_sealed_open(&sealed, kind, path, NULL));
    pd_append_text(&out->parts[out->n++], sealed.contents);
    for (uint32_t i = 0; i < sealed.n_sections; i++) {
        struct pd_buffer *part = &out->parts[out->n++];
        const struct pd_sealed_read read = { i, pd_buffer_reserve(part, (size_t)sealed.sections[i].length + 1), false };
        part->length = (size_t)sealed.sections[i].length;
        must(pd_sealed_read(&sealed, &read, 1, 1, NULL));
    }
    pd_sealed_close(&sealed);
}

static void prepare(const char *path)
{
    static const char *const files[N_FILES] = {
        "nik;nama;nominal\n3201014101809001;ANI;5\n3201014101809002;\"A\nB\";\nx;y\n1;C\311;7\nJUMLAH;;12\nJUMLAH;12\n",
        "nama,nik,PKH,SEMBAKO,periode_pkh\nA,1,1,0,2026\n\nB,2,0,1,\nTotal,,,2,\nD,4,ya,,2026\nE,5,x,1,\n",
        "unique_id,nik,nama\n5,3201014101809001,A\n5,3201014101809002,B\nx,'3201014101809003,A\n,,C\n",
    };
    static char base[128];
    for (size_t i = 0; i < N_FILES; i++) {
        make_index(files[i], path);
        take_apart(path, pd_snapshot_kind(), &sound[i]);
    }
    (void)snprintf(base, sizeof base, "%s.dasar", path);
    make_index(files[0], base);
    make_revision(base, path);
    take_apart(path, pd_revision_kind(), &sound[N_FILES]);
}

/* Writes the changed index. */
static void seal(const uint8_t *data, size_t size, const char *path)
{
    const size_t which = size > 0 ? data[0] % N_SOUND : 0;
    struct parts *parts = &sound[which];
    struct pd_buffer changed[SECTIONS_MAX] = { { 0 } };
    struct pd_sealed_writer writer;
    uint32_t section = 0;
    for (size_t i = 0; i < parts->n; i++) pd_append_bytes(&changed[i], parts->parts[i].data, parts->parts[i].length);
    for (size_t i = 1; i + 4 <= size; i += 4) {
        struct pd_buffer *part = &changed[data[i] % parts->n];
        const size_t at = data[i + 1] | (size_t)data[i + 2] << 8;
        if (part->length > 0) part->data[at % part->length] = (char)(part->data[at % part->length] ^ data[i + 3]);
    }
    must(pd_sealed_create(&writer, kind_of(which), path, NULL));
    for (size_t i = 1; i < parts->n; i++)
        must(pd_sealed_add(&writer, changed[i].data, changed[i].length, &section, NULL));
    must(pd_sealed_finish(&writer, (struct pd_text){ changed[0].data, changed[0].length }, NULL));
    for (size_t i = 0; i < parts->n; i++) pd_buffer_reset(&changed[i]);
}

int fuzz_copies(void)
{
    return 1000;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *path = scratch_file();
    if (sound[0].n == 0) prepare(path);
    seal(data, size, path);
    load(path, true);
    load(path, false);
    return 0;
}
