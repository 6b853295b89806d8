/* SPDX-License-Identifier: MIT
 * What the files region*.c share: the name table and the words that say a region's level. */
#ifndef PD_INDONESIA_REGION_TABLE_H
#define PD_INDONESIA_REGION_TABLE_H

#include "indonesia/region.h"

enum { PD_REGION_NAME_CAPACITY = 96 };

/* Kabupaten or Kota, as far as a name says so. */
enum pd_region_kind { PD_KIND_ANY, PD_KIND_KABUPATEN, PD_KIND_KOTA };

/* Letters of a name of a level without the level's words in front (KAB. ADM. X -> X); kind may be NULL. Never empty for
 * a name that has letters. */
size_t pd_region_fold_name(enum pd_region_level level, struct pd_text name, char *out, enum pd_region_kind *kind);

/* Fills by_name from regions. */
PADAN_MUST_CHECK enum padan_status pd_region_names_build(struct pd_region_index *index, struct padan_error *error);

#endif
