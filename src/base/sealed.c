/* SPDX-License-Identifier: MIT */
#include "base/sealed.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTION_ALIGNMENT = 64, MAPPED_BYTES_MIN = 1 << 20 };
enum { BYTE_ORDER_MARK = 0x0a0b0c0d, MARK_TURNED = 0x0d0c0b0a, SECTIONS_MAX = 1 << 20 };

struct header {
    char magic[8];
    uint32_t byte_order, version;
    uint64_t size; /* of the file */
    char program[16];
    uint64_t contents_length, n_sections, n_checksums;
    uint64_t end_checksum; /* of contents, lengths, checksums */
    uint64_t checksum;     /* of the header up to here */
};

static const char again[] = "make it again with padan index";

/* ---- Writing ---- */

enum padan_status pd_sealed_create(struct pd_sealed_writer *writer, const struct pd_sealed_kind *kind, const char *path,
                                   struct padan_error *error)
{
    static const struct header nothing = { .size = 0 };
    *writer = (struct pd_sealed_writer){ .kind = kind, .sink = { .descriptor = -1 } };
    PD_TRY(pd_allocate(&writer->path, strlen(path) + 1, 1, error));
    memcpy(writer->path, path, strlen(path));
    PD_TRY(pd_sink_open_temporary(&writer->sink, path, error));
    return pd_sink_append(&writer->sink, &nothing, sizeof nothing, error);
}

static uint64_t align(uint64_t offset)
{
    return (offset + SECTION_ALIGNMENT - 1) / SECTION_ALIGNMENT * SECTION_ALIGNMENT;
}

static enum padan_status write_gap(struct pd_sealed_writer *writer, struct padan_error *error)
{
    static const char zeros[SECTION_ALIGNMENT];
    const uint64_t length = writer->sink.length;
    return pd_sink_append(&writer->sink, zeros, (size_t)(align(length) - length), error);
}

enum padan_status pd_sealed_add(struct pd_sealed_writer *writer, const void *bytes, size_t length, uint32_t *section,
                                struct padan_error *error)
{
    PD_TRY(
        pd_grow(&writer->lengths, &writer->sections_capacity, writer->n_sections + 1, sizeof *writer->lengths, error));
    PD_TRY(write_gap(writer, error));
    for (size_t done = 0; done < length; done += PD_SEALED_BLOCK) {
        const size_t now = length - done < PD_SEALED_BLOCK ? length - done : PD_SEALED_BLOCK;
        const char *block = (const char *)bytes + done;
        PD_TRY(pd_grow(&writer->checksums, &writer->checksums_capacity, writer->n_checksums + 1,
                       sizeof *writer->checksums, error));
        writer->checksums[writer->n_checksums++] = pd_hash_bytes(block, now, 0);
        PD_TRY(pd_sink_append(&writer->sink, block, now, error));
    }
    *section = (uint32_t)writer->n_sections;
    writer->lengths[writer->n_sections++] = length;
    return PADAN_OK;
}

static struct header make_header(const struct pd_sealed_writer *writer, struct pd_text contents, struct pd_text end)
{
    struct header header = { .byte_order = BYTE_ORDER_MARK,
                             .version = writer->kind->version,
                             .size = writer->sink.length + end.length,
                             .program = PADAN_VERSION,
                             .contents_length = contents.length,
                             .n_sections = writer->n_sections,
                             .n_checksums = writer->n_checksums,
                             .end_checksum = pd_hash_bytes(end.data, end.length, 0) };
    memcpy(header.magic, writer->kind->magic, sizeof header.magic);
    header.checksum = pd_hash_bytes(&header, offsetof(struct header, checksum), 0);
    return header;
}

enum padan_status pd_sealed_finish(struct pd_sealed_writer *writer, struct pd_text contents, struct padan_error *error)
{
    struct pd_buffer end = { 0 };
    pd_append_text(&end, contents);
    pd_append_bytes(&end, writer->lengths, writer->n_sections * sizeof *writer->lengths);
    pd_append_bytes(&end, writer->checksums, writer->n_checksums * sizeof *writer->checksums);
    enum padan_status status = pd_buffer_status(&end, error);
    if (status == PADAN_OK) {
        const struct header header = make_header(writer, contents, (struct pd_text){ end.data, end.length });
        status = pd_sink_append(&writer->sink, end.data, end.length, error);
        if (status == PADAN_OK) status = pd_sink_write_at(&writer->sink, &header, sizeof header, 0, error);
    }
    pd_buffer_reset(&end);
    if (status == PADAN_OK) status = pd_sink_publish(&writer->sink, writer->path, error);
    pd_sealed_abandon(writer);
    return status;
}

void pd_sealed_abandon(struct pd_sealed_writer *writer)
{
    pd_sink_discard(&writer->sink);
    pd_free(writer->path);
    pd_free(writer->lengths);
    pd_free(writer->checksums);
    *writer = (struct pd_sealed_writer){ .sink = { .descriptor = -1 } };
}

/* ---- Opening ---- */

/* Up to n bytes at an offset. */
static ssize_t read_at(int descriptor, void *bytes, size_t n, uint64_t offset)
{
    size_t done = 0;
    while (done < n) {
        const ssize_t now = pread(descriptor, (char *)bytes + done, n - done, (off_t)(offset + done));
        if (now < 0 && pd_memory_call_again((char *)bytes + done)) continue;
        if (now < 0) return -1;
        if (now == 0) break;
        done += (size_t)now;
    }
    return (ssize_t)done;
}

bool pd_sealed_is(const struct pd_sealed_kind *kind, const char *path)
{
    char magic[sizeof kind->magic];
    struct stat facts;
    /* To open and close a named pipe would end its writer. */
    if (stat(path, &facts) != 0 || !S_ISREG(facts.st_mode)) return false;
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool is = read_at(descriptor, magic, sizeof magic, 0) == (ssize_t)sizeof magic &&
                    memcmp(magic, kind->magic, sizeof magic) == 0;
    (void)close(descriptor);
    return is;
}

static enum padan_status damaged(const char *path, const char *what, struct padan_error *error)
{
    PD_FAIL(error, PADAN_BAD_INPUT, "%s: the index is damaged (%s does not fit its checksum); %s", path, what, again);
}

static enum padan_status cut_short(const char *path, struct padan_error *error)
{
    PD_FAIL(error, PADAN_BAD_INPUT, "%s: the index is cut short; copy it again, or %s", path, again);
}

static enum padan_status exactly(const struct pd_sealed *sealed, void *bytes, size_t n, uint64_t offset,
                                 struct padan_error *error)
{
    const ssize_t got = read_at(sealed->descriptor, bytes, n, offset);
    if (got < 0) PD_FAIL(error, PADAN_IO, "%s: cannot be read: %s", sealed->path, strerror(errno));
    return (size_t)got == n ? PADAN_OK : cut_short(sealed->path, error);
}

static enum padan_status read_header(struct pd_sealed *sealed, const struct pd_sealed_kind *kind, struct header *header,
                                     struct padan_error *error)
{
    struct stat facts;
    if (fstat(sealed->descriptor, &facts) != 0)
        PD_FAIL(error, PADAN_IO, "%s: cannot be read: %s", sealed->path, strerror(errno));
    sealed->size = (uint64_t)facts.st_size;
    PD_TRY(exactly(sealed, header, sizeof *header, 0, error));
    memcpy(sealed->program, header->program, sizeof header->program);
    if (memcmp(header->magic, kind->magic, sizeof header->magic) != 0)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: is no index; %s", sealed->path, again);
    if (header->byte_order == MARK_TURNED)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: the index was made on a machine of the other byte order; %s here",
                sealed->path, again);
    if (header->version != kind->version)
        PD_FAIL(error, PADAN_BAD_INPUT,
                "%s: is an index of format %u, made by padan %.16s; padan %s reads format %u; %s", sealed->path,
                header->version, sealed->program, padan_version(), kind->version, again);
    if (header->byte_order != BYTE_ORDER_MARK ||
        header->checksum != pd_hash_bytes(header, offsetof(struct header, checksum), 0))
        return damaged(sealed->path, "its header", error);
    return sealed->size < header->size ? cut_short(sealed->path, error) : PADAN_OK;
}

/* Between sections are zeros. */
static enum padan_status check_gap(const struct pd_sealed *sealed, uint64_t begin, uint64_t end,
                                   struct padan_error *error)
{
    char bytes[SECTION_ALIGNMENT];
    PD_TRY(exactly(sealed, bytes, (size_t)(end - begin), begin, error));
    for (size_t i = 0; i < end - begin; i++)
        if (bytes[i] != 0)
            PD_FAIL(error, PADAN_BAD_INPUT, "%s: the index is damaged (bytes between its sections are not zero); %s",
                    sealed->path, again);
    return PADAN_OK;
}

/* The sections lie one after another between header and end, and each block has its checksum. */
static enum padan_status lay_out(struct pd_sealed *sealed, const struct header *header, uint64_t end_offset,
                                 struct padan_error *error)
{
    const char *lengths = sealed->end + header->contents_length;
    uint64_t offset = sizeof *header;
    uint64_t n_checksums = 0;
    PD_TRY(pd_allocate(&sealed->sections, header->n_sections, sizeof *sealed->sections, error));
    PD_TRY(pd_allocate(&sealed->checksums, header->n_checksums, sizeof *sealed->checksums, error));
    sealed->n_sections = header->n_sections;
    memcpy(sealed->checksums, lengths + header->n_sections * sizeof(uint64_t),
           header->n_checksums * sizeof *sealed->checksums);
    for (size_t i = 0; i < sealed->n_sections; i++) {
        struct pd_section *section = &sealed->sections[i];
        const uint64_t gap = offset;
        offset = align(offset);
        if (offset > end_offset) return damaged(sealed->path, "its table of contents", error);
        PD_TRY(check_gap(sealed, gap, offset, error));
        *section = (struct pd_section){ .offset = offset, .first_checksum = n_checksums };
        memcpy(&section->length, lengths + i * sizeof section->length, sizeof section->length);
        if (section->length > end_offset - offset) return damaged(sealed->path, "its table of contents", error);
        offset += section->length;
        n_checksums += (section->length + PD_SEALED_BLOCK - 1) / PD_SEALED_BLOCK;
    }
    if (offset != end_offset || n_checksums != header->n_checksums)
        return damaged(sealed->path, "its table of contents", error);
    return PADAN_OK;
}

static enum padan_status read_ends(struct pd_sealed *sealed, const struct pd_sealed_kind *kind,
                                   struct padan_error *error)
{
    struct header header;
    PD_TRY(read_header(sealed, kind, &header, error));
    const uint64_t room = header.size - sizeof header;
    const bool fits = header.size == sealed->size && header.size >= sizeof header && header.contents_length <= room &&
                      header.n_sections <= SECTIONS_MAX && header.n_checksums <= room / sizeof(uint64_t);
    if (!fits) return damaged(sealed->path, "its size", error);
    const uint64_t length = header.contents_length + (header.n_sections + header.n_checksums) * sizeof(uint64_t);
    if (length > room) return damaged(sealed->path, "its size", error);
    PD_TRY(pd_allocate(&sealed->end, (size_t)length, 1, error));
    PD_TRY(exactly(sealed, sealed->end, (size_t)length, header.size - length, error));
    sealed->checksum = pd_hash_bytes(sealed->end, (size_t)length, 0);
    if (sealed->checksum != header.end_checksum) return damaged(sealed->path, "its table of contents", error);
    sealed->contents = (struct pd_text){ sealed->end, (size_t)header.contents_length };
    return lay_out(sealed, &header, header.size - length, error);
}

enum padan_status pd_sealed_open(struct pd_sealed *sealed, const struct pd_sealed_kind *kind, const char *path,
                                 struct padan_error *error)
{
    *sealed = (struct pd_sealed){ .path = path };
    sealed->descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (sealed->descriptor < 0) PD_FAIL(error, PADAN_BAD_INPUT, "%s: cannot be opened: %s", path, strerror(errno));
    const enum padan_status status = read_ends(sealed, kind, error);
    if (status != PADAN_OK) pd_sealed_close(sealed);
    return status;
}

void pd_sealed_rest(struct pd_sealed *sealed)
{
    if (sealed->path != NULL && sealed->descriptor >= 0) (void)close(sealed->descriptor);
    sealed->descriptor = -1;
}

void pd_sealed_close(struct pd_sealed *sealed)
{
    pd_sealed_rest(sealed);
    pd_free(sealed->end);
    pd_free(sealed->sections);
    pd_free(sealed->checksums);
    *sealed = (struct pd_sealed){ .descriptor = -1 };
}

/* ---- Reading ---- */

void *pd_sealed_map(const struct pd_sealed *sealed, uint32_t section, size_t room)
{
    const struct pd_section *of = &sealed->sections[section];
    if (pd_memory_map == NULL || of->length < MAPPED_BYTES_MIN) return NULL;
    return pd_memory_map(&(struct pd_memory_part){ .descriptor = sealed->descriptor,
                                                   .path = sealed->path,
                                                   .offset = of->offset,
                                                   .length = (size_t)of->length,
                                                   .room = room });
}

/* Blocks of several sections, numbered through. */
struct reading {
    const struct pd_sealed *sealed;
    const struct pd_sealed_read *reads;
    const size_t *ends; /* [n_reads] blocks of the reads up to and with this one */
    char *scratch;      /* [n_threads] blocks, for reads that keep nothing */
};

static enum padan_status read_block(void *context, size_t index, int worker, struct padan_error *error)
{
    const struct reading *reading = context;
    size_t read = 0;
    while (index >= reading->ends[read]) read++;
    const struct pd_section *section = &reading->sealed->sections[reading->reads[read].section];
    const uint64_t block = index - (read == 0 ? 0 : reading->ends[read - 1]);
    const uint64_t begin = block * PD_SEALED_BLOCK;
    const size_t n = section->length - begin < PD_SEALED_BLOCK ? (size_t)(section->length - begin) : PD_SEALED_BLOCK;
    char *to = reading->reads[read].to == NULL ? reading->scratch + (size_t)worker * PD_SEALED_BLOCK
                                               : (char *)reading->reads[read].to + begin;
    if (!reading->reads[read].in_place) PD_TRY(exactly(reading->sealed, to, n, section->offset + begin, error));
    if (pd_hash_bytes(to, n, 0) == reading->sealed->checksums[section->first_checksum + block]) return PADAN_OK;
    char what[64];
    (void)snprintf(what, sizeof what, "block %llu of section %u", (unsigned long long)block,
                   reading->reads[read].section);
    return damaged(reading->sealed->path, what, error);
}

static enum padan_status read_blocks(const struct pd_sealed *sealed, const struct pd_sealed_read *reads, size_t n_reads,
                                     char *scratch, int threads, struct padan_error *error)
{
    size_t *ends = NULL;
    size_t n_blocks = 0;
    PD_TRY(pd_allocate(&ends, n_reads, sizeof *ends, error));
    for (size_t i = 0; i < n_reads; i++) {
        const uint64_t length = sealed->sections[reads[i].section].length;
        n_blocks += (size_t)((length + PD_SEALED_BLOCK - 1) / PD_SEALED_BLOCK);
        ends[i] = n_blocks;
    }
    struct reading reading = { sealed, reads, ends, scratch };
    const enum padan_status status = pd_parallel_in_order(n_blocks, threads, read_block, &reading, error);
    pd_free(ends);
    return status;
}

enum padan_status pd_sealed_read(const struct pd_sealed *sealed, const struct pd_sealed_read *reads, size_t n_reads,
                                 int threads, struct padan_error *error)
{
    return read_blocks(sealed, reads, n_reads, NULL, threads, error);
}

enum padan_status pd_sealed_verify(const struct pd_sealed *sealed, int threads, struct padan_error *error)
{
    struct pd_sealed_read *reads = NULL;
    char *scratch = NULL;
    enum padan_status status = pd_allocate(&reads, sealed->n_sections, sizeof *reads, error);
    if (status == PADAN_OK)
        status = pd_allocate_array(&scratch, (size_t)(threads < 1 ? 1 : threads), PD_SEALED_BLOCK, error);
    for (size_t i = 0; status == PADAN_OK && i < sealed->n_sections; i++) reads[i].section = (uint32_t)i;
    if (status == PADAN_OK) status = read_blocks(sealed, reads, sealed->n_sections, scratch, threads, error);
    pd_free(scratch);
    pd_free(reads);
    return status;
}
