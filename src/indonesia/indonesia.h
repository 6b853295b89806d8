/* SPDX-License-Identifier: MIT
 * All dictionaries about Indonesian names, places, addresses and regions, loaded once from the compiled-in files of
 * datasets/. Read-only after loading, so one object serves all threads. */
#ifndef PD_INDONESIA_INDONESIA_H
#define PD_INDONESIA_INDONESIA_H

#include "indonesia/lexicon.h"
#include "indonesia/region.h"

struct pd_indonesia {
    struct pd_arena arena;
    struct pd_lexicon titles;    /* datasets/gelar.csv: class = enum pd_title_class (name.h) */
    struct pd_lexicon names;     /* datasets/singkatan_nama.csv: variant token -> canonical token(s) */
    struct pd_lexicon joins;     /* datasets/gabungan_nama.csv: a written-together name -> its canonical spelling */
    struct pd_lexicon places;    /* datasets/alias_tempat.csv: folded place -> canonical place */
    struct pd_lexicon address;   /* datasets/kata_alamat.csv: word -> canonical word; class = enum pd_address_class */
    struct pd_lexicon relations; /* datasets/hub_keluarga.csv: letters only -> class 1..11 */
    struct pd_region_index regions;
};

/* Cost: about 50 ms (91.6 thousand regions). On failure the object may be reset. */
PADAN_MUST_CHECK enum padan_status pd_indonesia_load(struct pd_indonesia *indonesia, struct padan_error *error);
void pd_indonesia_reset(struct pd_indonesia *indonesia);

#endif
