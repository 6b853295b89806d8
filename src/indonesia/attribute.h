/* SPDX-License-Identifier: MIT
 * Small coded attributes of a person: sex, place in the family (SHDK [s:siak-shdk]), whether alive, decile. */
#ifndef PD_INDONESIA_ATTRIBUTE_H
#define PD_INDONESIA_ATTRIBUTE_H

#include "indonesia/indonesia.h"

enum { PD_SEX_MALE = 1, PD_SEX_FEMALE = 2 };
/* 1 male, 2 female, 0 unknown: L P LK PR Laki-laki Perempuan Pria Wanita M F 1 2 ... */
unsigned pd_sex_read(struct pd_text text);

/* Those that much is concluded from. */
enum { PD_FAMILY_HEAD = 1, PD_FAMILY_WIFE = 3, PD_FAMILY_CHILD = 4 };
/* SHDK 1..11 (1 KEPALA KELUARGA, 2 SUAMI, 3 ISTRI, 4 ANAK, 5 MENANTU, 6 CUCU, 7 ORANG TUA, 8 MERTUA, 9 FAMILI LAIN,
 * 10 PEMBANTU, 11 LAINNYA), by number or words; 0 unknown. */
unsigned pd_relation_read(const struct pd_indonesia *indonesia, struct pd_text text);

enum pd_life {
    PD_LIFE_DEAD = 0,
    PD_LIFE_ALIVE = 1,
    PD_LIFE_INACTIVE = 2,
    PD_LIFE_DUPLICATE = 3,
    PD_LIFE_UNKNOWN = 255
};
/* HIDUP/AKTIF/YA/1/TRUE, MENINGGAL/WAFAT/ALM/0/TIDAK/FALSE/kode 11, NON AKTIF/PINDAH/kode 14, DATA GANDA/kode 12. */
enum pd_life pd_life_read(struct pd_text text);

/* Decile 1..10 of `3`, `03`, `Desil 3`, `3.0`; 0 for anything else. */
unsigned pd_decile_read(struct pd_text text);

#endif
