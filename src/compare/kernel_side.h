/* SPDX-License-Identifier: MIT
 * What a kernel keeps per distinct value of a column. Two layouts:
 *
 *   texts     [n_entries] records of 32 bytes: letter signature, length, and the text itself when it is short, so
 *             that a comparison touches one half of a cache line per side
 *   profiles  chunks of 1024 entries, each one run of profiles of various sizes, several chunks in a block of memory;
 *             a 16-bit offset (in units of 8 bytes) per entry. Of all entries, or of those that some rows have:
 *             a register has names for each of its people, and a roster meets few of them */
#ifndef PD_COMPARE_KERNEL_SIDE_H
#define PD_COMPARE_KERNEL_SIDE_H

#include "compare/kernel.h"
#include "compare/rare_words.h"
#include "compare/string_metrics.h"

enum { PD_SHORT_TEXT = 22, PD_PROFILE_CHUNK = 1024 };

struct pd_text_record {
    uint64_t bits;
    uint8_t overflow; /* saturated: then the signature refuses nothing */
    uint8_t length;   /* 255: look into the dictionary */
    char text[PD_SHORT_TEXT];
};

enum pd_side_layout { PD_LAYOUT_NONE, PD_LAYOUT_TEXTS, PD_LAYOUT_PROFILES };

/* How a profile is built: in out (PD_PROFILE_SCRATCH bytes), giving its size, a multiple of 8. cache is the worker's
 * own, cache_bytes long and zeroed. */
struct pd_profile_builder {
    size_t (*build)(struct pd_text text, void *cache, void *out);
    bool (*is_empty)(const void *profile); /* like nothing, itself included; NULL: none is */
    size_t cache_bytes;
};
enum { PD_PROFILE_SCRATCH = 512, PD_NO_PROFILE = UINT16_MAX };
_Static_assert((PD_PROFILE_CHUNK - 1) * PD_PROFILE_SCRATCH / 8 < PD_NO_PROFILE, "the last profile has an offset");

struct pd_kernel_side {
    const struct pd_dictionary *dictionary; /* NULL when the column has none */
    enum pd_encoding encoding;
    enum pd_side_layout layout;
    size_t n_entries;
    struct pd_text_record *texts;
    char **chunks; /* [n_entries / PD_PROFILE_CHUNK, rounded up] in blocks */
    char **blocks; /* [n_blocks] */
    size_t n_blocks;
    uint16_t *offsets; /* [n_entries] PD_NO_PROFILE where an entry has none */
    struct pd_profile_builder builder;
    uint64_t *wanted;          /* bit code - 1: has a profile, or gets one; NULL: all have */
    bool has_empty;            /* some profile is empty */
    struct pd_rare_words rare; /* vectors of the texts, for the kernel that needs them */
    size_t bytes;
    double of_equal; /* value of any word and itself, NaN when it depends */
};

PADAN_MUST_CHECK enum padan_status pd_side_build_texts(struct pd_kernel_side *side, int threads,
                                                       struct padan_error *error);
/* None yet. */
PADAN_MUST_CHECK enum padan_status pd_side_begin_profiles(struct pd_kernel_side *side,
                                                          struct pd_profile_builder builder, struct padan_error *error);
/* Those of all entries. */
PADAN_MUST_CHECK enum padan_status pd_side_build_profiles(struct pd_kernel_side *side, int threads,
                                                          struct padan_error *error);
/* Those of the texts that records [0, n) of a column of codes have, beside those that were built before. */
PADAN_MUST_CHECK enum padan_status pd_side_add_profiles(struct pd_kernel_side *side, const struct pd_column *column,
                                                        size_t n, int threads, struct padan_error *error);

static inline const void *pd_side_profile(const struct pd_kernel_side *side, uint64_t word)
{
    const size_t entry = (size_t)word - 1;
    return side->chunks[entry / PD_PROFILE_CHUNK] + 8 * (size_t)side->offsets[entry];
}

/* Dictionary code of a word, 0 when the word is a number. */
static inline uint32_t pd_side_code(const struct pd_kernel_side *side, uint64_t word)
{
    if (pd_encoding_is_own_code(side->encoding)) return (uint32_t)word;
    return word >> PD_DIGITS_SHIFT == PD_DIGITS_ESCAPE ? (uint32_t)(word & PD_DIGITS_MASK) : 0;
}

/* The text of a word; digits go to scratch. */
struct pd_text pd_side_text(const struct pd_kernel_side *side, uint64_t word, char scratch[24]);

#endif
