/* SPDX-License-Identifier: MIT
 * The list of social programs a job may name (datasets/program.csv: kode,alias,satuan,dana,grup). Data, never code:
 * a job may bring its own list with `program_list`. */
#ifndef PD_JOB_PROGRAM_H
#define PD_JOB_PROGRAM_H

#include "base/arena.h"

enum pd_unit { PD_UNIT_PERSON, PD_UNIT_FAMILY };

struct pd_program {
    struct pd_text code;     /* "PKH": the word of every report */
    struct pd_text *aliases; /* [n_aliases] other spellings seen in rosters */
    size_t n_aliases;
    enum pd_unit unit;      /* what one recipient is */
    struct pd_text fund;    /* APBN, APBD, DESA; "" when not known */
    struct pd_text *groups; /* [n_groups] without '@': what `@GRUP` in a rule means */
    size_t n_groups;
};

struct pd_program_list {
    struct pd_text name;    /* file name, for messages and the manifest */
    struct pd_text content; /* the CSV as read, for the copy in konfigurasi/ */
    struct pd_program *items;
    size_t n_items;
};

/* Reads a list; everything lives in arena, content is borrowed and must outlive the list. BAD_ARGUMENT with file and
 * line for an unknown unit, an empty or repeated code, or an alias that two programs share. */
PADAN_MUST_CHECK enum padan_status pd_program_list_read(struct pd_program_list *list, struct pd_arena *arena,
                                                        struct pd_text content, const char *name,
                                                        struct padan_error *error);
/* Index of a program by code or alias (case, blanks, '_', '-', '.', '/' do not matter), -1 when there is none. */
int pd_program_find(const struct pd_program_list *list, struct pd_text name);
/* True when a program belongs to a group ("BANSOS_PEMDA", without '@'; exact). */
bool pd_program_in_group(const struct pd_program *program, struct pd_text group);

#endif
