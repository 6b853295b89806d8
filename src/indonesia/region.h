/* SPDX-License-Identifier: MIT
 * Region codes of Kemendagri, 2025 edition (datasets/wilayah.csv), codes that went out of use and what they became
 * (datasets/kode_lama.csv), and the codes of BPS (datasets/kode_bps.csv). A code is a number without dots: province 2,
 * regency 4, district 6, village 10 digits. 0 is "none".
 *
 * Layout: entries in file order; an open-addressing table code -> entry; another (ancestor code, folded name) -> entry
 * that holds every region under its parent and grandparent; bits over the prefixes PP, PPKK and PPKKCC for the checks
 * of NIK digits. About 9 MB. Read-only after loading. */
#ifndef PD_INDONESIA_REGION_H
#define PD_INDONESIA_REGION_H

#include "base/buffer.h"
#include "indonesia/lexicon.h"

enum pd_region_level { PD_REGION_NONE, PD_REGION_PROVINCE, PD_REGION_REGENCY, PD_REGION_DISTRICT, PD_REGION_VILLAGE };
enum pd_region_coding { PD_CODING_UNKNOWN, PD_CODING_DAGRI, PD_CODING_BPS };

struct pd_region {
    uint64_t code;
    struct pd_text name; /* as in the data file; static storage */
};

/* A code that has another name today. */
struct pd_region_change {
    uint64_t from, to;
};

struct pd_region_index {
    struct pd_arena arena;
    struct pd_region *regions; /* [n_regions] in file order: parents before children, siblings in code order */
    size_t n_regions, regions_capacity;
    uint32_t *by_code; /* [n_code_slots] entry + 1, 0 = empty */
    size_t n_code_slots;
    uint64_t *by_name; /* [n_name_slots] hash tag << 32 | entry + 1, 0 = empty */
    size_t n_name_slots;
    struct pd_region_change *old; /* [n_old] sorted by from */
    size_t n_old, old_capacity;
    struct pd_region_change *bps; /* [n_bps] BPS regencies (4 digits) and districts (7), sorted by from */
    size_t n_bps, bps_capacity;
    struct pd_lexicon aliases; /* datasets/alias_wilayah.csv: letters -> code */
    uint8_t *known;            /* bits PD_REGION_CURRENT.. : [10^6] PPKKCC, then [10^4] PPKK, then [100] PP */
};

PADAN_MUST_CHECK enum padan_status pd_region_index_load(struct pd_region_index *index, struct padan_error *error);
void pd_region_index_reset(struct pd_region_index *index);

/* Level of a code by its size. */
enum pd_region_level pd_region_level(uint64_t code);
/* The code of the region around it (village -> district -> regency -> province -> 0). */
uint64_t pd_region_parent(uint64_t code);
/* The part of a code at a level; 0 when the code is coarser than that. */
uint64_t pd_region_at_level(uint64_t code, enum pd_region_level level);
/* The current region of a code, or NULL. */
const struct pd_region *pd_region_find(const struct pd_region_index *index, uint64_t code);
/* The number in a code's text, dots, blanks, quotes and a ".0" left out; 0 when it is none. */
uint64_t pd_region_code_of_text(struct pd_text text);
enum { PD_REGION_DIGITS_MAX = 12 }; /* of such a text */
/* Current code of a code of any edition: itself, or what it became. A code that is unknown at its own level is placed
 * at the finest level that is known; 0 when not even its province is. *was_old (may be NULL) tells that it was
 * translated. */
uint64_t pd_region_modern(const struct pd_region_index *index, uint64_t code, bool *was_old);
/* Kemendagri code of a BPS code of 2, 4, 7 or 10 digits, as fine as it is known (villages: their district); 0 =
 * unknown. */
uint64_t pd_region_of_bps(const struct pd_region_index *index, uint64_t code);
/* Is it a BPS code whose regency or district (4, 7 or 10 digits) is listed? For telling the coding of a file. */
bool pd_region_is_bps(const struct pd_region_index *index, uint64_t code);

/* What the first four or six digits of a NIK can be. */
enum { PD_REGION_CURRENT = 1, PD_REGION_OLD = 2, PD_REGION_BPS = 4 };
unsigned pd_region_known_province(const struct pd_region_index *index, unsigned code); /* PP */
unsigned pd_region_known_regency(const struct pd_region_index *index, unsigned code);  /* PPKK */
unsigned pd_region_known_district(const struct pd_region_index *index, unsigned code); /* PPKKCC */

/* Current code of a region of `level` by its name inside `parent` (0 = whole country; parent may be several levels up
 * for unique names). Level words (KAB., DESA ...) are understood. 0 when none or several fit; candidates: up to
 * `capacity` codes are written, the number found is returned. */
size_t pd_region_by_name(const struct pd_region_index *index, enum pd_region_level level, uint64_t parent,
                         struct pd_text name, uint64_t *candidates, size_t capacity);

/* Names of one row, any may be empty. */
struct pd_region_names {
    struct pd_text province, regency, district, village;
};
/* The finest region that the names fix, top-down with the finer names deciding between Kabupaten and Kota of one name;
 * `within` (a code or 0) restricts the search. 0 when nothing fits. */
uint64_t pd_region_resolve(const struct pd_region_index *index, const struct pd_region_names *names, uint64_t within);

/* "32.01.01.2003"; "" for 0. */
void pd_region_append_dotted(struct pd_buffer *buffer, uint64_t code);
/* The same at a place with PD_NUMBER_ROOM bytes (base/digits.h); returns where it ends. */
char *pd_region_put_dotted(char *to, uint64_t code);

#endif
