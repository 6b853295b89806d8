/* SPDX-License-Identifier: MIT
 * Similarity of two Indonesian personal names, 0..1000, in integers only: the same on every machine.
 *
 * Names come in canonical form (indonesia/name.h): upper-case tokens separated by single blanks, titles gone,
 * abbreviations written out, initials as one-letter tokens. A name is prepared once into a profile (tokens, phonetic
 * keys, weights, letters); pairs of profiles are then compared without reading anything else.
 *
 * Method: tokens are aligned best first, without regard to order; a pair of tokens gets the best of equal, equal
 * phonetic key A or B, prefix, initial against word, and edit distance behind a gatekeeper that holds apart short
 * words, final vowels (YANTI, YANTO) and first letters (BUDI, RUDI); written together and apart (NUR HAYATI, NURHAYATI)
 * is compared as one. Tokens that stand against each other without likeness count in full; a token that is only missing
 * costs 3/10 of its weight, so a missing SITI or MUHAMMAD is cheap. Of a name with an alias (SUPARMAN ALIAS MAMAN)
 * either may be the other's name; two that share the alias alone are compared by their names. Source: the naming
 * customs of DOMAIN 2 ([bk], [s:name-tests]), of aliases DOMAIN 2.2. */
#ifndef PD_COMPARE_NAME_SIMILARITY_H
#define PD_COMPARE_NAME_SIMILARITY_H

#include "base/text.h"

enum {
    PD_PROFILE_TOKENS_MAX = 8,  /* further tokens are read as one with the eighth */
    PD_PROFILE_TEXT_MAX = 192,  /* bytes; longer names are cut (the longest known has 78 letters [s:nama-pjg]) */
    PD_PROFILE_BYTES_MAX = 488, /* size of the largest profile: a name and an alias of eight tokens */
    PD_NAME_WEIGHT_RARE = 29    /* weight of tokens that are not in datasets/frekuensi_token.csv */
};

struct pd_profile_token {
    uint32_t key_a, key_b; /* hashes of the phonetic keys */
    uint32_t letters;      /* bit per letter A..Z that occurs, 26 for any other byte */
    uint8_t begin, length; /* place in the text */
    uint8_t weight;        /* information, pd_name_token_weight */
    uint8_t reserved;
};

/* Variable size, 8-byte aligned, position independent: header, tokens, text. A name of two words takes about 56 bytes,
 * one of three about 80. Profiles are plain bytes: they may be copied and kept in one run. Equality of keys is equality
 * of 32-bit hashes: a false one has a chance of 2^-32 and then lifts one likeness to 0.93 or 0.97. */
struct pd_name_profile {
    uint32_t joined;     /* hash of the folded letters without blanks */
    uint16_t size_bytes; /* of the whole profile, a multiple of 8 */
    uint16_t weight;     /* sum over the tokens */
    uint8_t n_tokens;
    uint8_t text_length;
    uint8_t alias_at; /* in words of 8 bytes: where the profile of the alias begins; 0: there is none */
    uint8_t reserved;
    struct pd_profile_token tokens[];
};

/* Tokens met before, for one thread that builds many profiles: a few thousand tokens make up most of all names. All
 * zero is empty. Results do not depend on it. */
struct pd_name_cache;
size_t pd_name_cache_bytes(void);

/* Builds the profile of a canonical name in out (PD_PROFILE_BYTES_MAX bytes, 8-byte aligned) and returns its size. An
 * empty name gives a profile without tokens. cache may be NULL. Cost about 0.15 us with a warm cache, 1.5 us without.
 */
size_t pd_name_profile_build(struct pd_text canonical, struct pd_name_cache *cache, struct pd_name_profile *out);
/* The canonical text kept in a profile, without the alias. */
struct pd_text pd_name_profile_text(const struct pd_name_profile *profile);

/* Similarity in thousandths; 1000 exactly when the multisets of tokens are equal, 0 when one has no token. Symmetric.
 */
int pd_name_similarity(const struct pd_name_profile *a, const struct pd_name_profile *b);
/* Never below pd_name_similarity; some ns. */
int pd_name_similarity_bound(const struct pd_name_profile *a, const struct pd_name_profile *b);

/* Weight of a token: twice the bits of its frequency in datasets/frekuensi_token.csv, less 6, within 4..29. Tokens that
 * are not in the file have PD_NAME_WEIGHT_RARE, one letter 4. */
unsigned pd_name_token_weight(struct pd_text token);

#endif
