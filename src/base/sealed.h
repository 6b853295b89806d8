/* SPDX-License-Identifier: MIT
 * A file of sections that is written once and never changed, every byte of it under a checksum (XXH3): against damage
 * on the way, not against forgers.
 *
 *   header | section 0 | section 1 | ... | contents | lengths of sections | checksums of blocks
 *
 * The header has the sizes of what comes last and its checksum; that has the checksums of the sections' blocks. So
 * opening looks at the two ends of the file, and a section is verified while it is read, by all threads. Sections begin
 * at multiples of 64 bytes, with zeros before them, so that they may also be arrays that lie in the file
 * (pd_memory_map), where the program has such; elsewhere they are read into memory. */
#ifndef PD_BASE_SEALED_H
#define PD_BASE_SEALED_H

#include "base/file.h"

enum { PD_SEALED_BLOCK = 1 << 18 };

/* One kind of sealed file. */
struct pd_sealed_kind {
    char magic[8];
    uint32_t version; /* of what the sections hold */
};

struct pd_sealed_writer {
    const struct pd_sealed_kind *kind;
    struct pd_sink sink; /* of a temporary name */
    char *path;
    uint64_t *lengths, *checksums;
    size_t n_sections, sections_capacity, n_checksums, checksums_capacity;
};

/* Begins a file; nothing stands under its name before pd_sealed_finish. */
PADAN_MUST_CHECK enum padan_status pd_sealed_create(struct pd_sealed_writer *writer, const struct pd_sealed_kind *kind,
                                                    const char *path, struct padan_error *error);
/* Appends a section; the first is number 0. */
PADAN_MUST_CHECK enum padan_status pd_sealed_add(struct pd_sealed_writer *writer, const void *bytes, size_t length,
                                                 uint32_t *section, struct padan_error *error);
/* Ends the file: fsync, rename. */
PADAN_MUST_CHECK enum padan_status pd_sealed_finish(struct pd_sealed_writer *writer, struct pd_text contents,
                                                    struct padan_error *error);
/* Removes what was written; harmless after pd_sealed_finish and on {0}. */
void pd_sealed_abandon(struct pd_sealed_writer *writer);

struct pd_section {
    uint64_t offset, length;
    uint64_t first_checksum;
};

struct pd_sealed {
    const char *path; /* borrowed */
    int descriptor;
    uint64_t size;
    uint64_t checksum; /* stands for the whole file: of the end, which has all others */
    char program[17];  /* version of the program that wrote it */
    char *end;         /* contents, lengths, checksums as stored */
    struct pd_text contents;
    struct pd_section *sections;
    size_t n_sections;
    uint64_t *checksums;
};

/* Whether a regular file begins like one of this kind. */
bool pd_sealed_is(const struct pd_sealed_kind *kind, const char *path);
/* BAD_INPUT when the file is absent, damaged at its ends, cut short, or of another version or byte order. */
PADAN_MUST_CHECK enum padan_status pd_sealed_open(struct pd_sealed *sealed, const struct pd_sealed_kind *kind,
                                                  const char *path, struct padan_error *error);
/* Closes the file but keeps what was learnt; nothing can be read any more. */
void pd_sealed_rest(struct pd_sealed *sealed);
void pd_sealed_close(struct pd_sealed *sealed);

/* A section as an array that lies in the file, with room for more bytes behind it; NULL: it must be read. What it holds
 * is not verified yet: pd_sealed_read in place. */
void *pd_sealed_map(const struct pd_sealed *sealed, uint32_t section, size_t room);
/* A whole section into memory of its length. */
struct pd_sealed_read {
    uint32_t section;
    void *to;
    bool in_place; /* to is the section's array already: it is only verified */
};
/* Reads and verifies sections; BAD_INPUT when a block is damaged. */
PADAN_MUST_CHECK enum padan_status pd_sealed_read(const struct pd_sealed *sealed, const struct pd_sealed_read *reads,
                                                  size_t n_reads, int threads, struct padan_error *error);
/* Verifies all sections. */
PADAN_MUST_CHECK enum padan_status pd_sealed_verify(const struct pd_sealed *sealed, int threads,
                                                    struct padan_error *error);

#endif
