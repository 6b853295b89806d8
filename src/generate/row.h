/* SPDX-License-Identifier: MIT
 * A row of a generated register, registry or roster before it is written: what the population wants to say, and what
 * the errors of DOMAIN 9.2 then make of it. */
#ifndef PD_GENERATE_ROW_H
#define PD_GENERATE_ROW_H

#include "base/date.h"
#include "generate/generate.h"
#include "generate/names.h"

struct pd_row {
    char nik[40], kk[40]; /* as written; "" = empty */
    struct pd_name name, mother;
    char birth_place[48];
    int32_t birth_day; /* day number of base/date.h; PD_DATE_NONE = empty */
    char sex;          /* 'L', 'P', 0 = empty */
    char address[96];
    uint16_t rt, rw;  /* 0 = empty */
    uint64_t village; /* ten-digit Kemendagri code, 0 = empty */
    uint32_t errors;  /* bit e-1 set: error class E<e> of DOMAIN 9.2 was applied */
};

enum pd_file_kind { PD_FILE_REGISTER, PD_FILE_REGISTRY, PD_FILE_ROSTER_FAMILY, PD_FILE_ROSTER_PERSON };

static inline uint32_t pd_error_bit(int error_class)
{
    return UINT32_C(1) << (error_class - 1);
}

/* What the damage may borrow. */
struct pd_damage_context {
    enum pd_regime regime;
    enum pd_file_kind kind;
    uint64_t head_nik;    /* of the head of the family; 0 = the person is the head */
    uint64_t other_nik;   /* of some other person */
    uint64_t unknown_nik; /* valid looking, nobody's */
    uint64_t old_kk;      /* a number the family had before, or a broken one */
    int32_t reference_day;
    uint32_t file_errors; /* whole-file damage drawn once per file: error bits of E8, E9 */
};

#endif
