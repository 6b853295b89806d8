/* SPDX-License-Identifier: MIT
 * The dated rules of which programs may be held together (CONTRACT 5, datasets/aturan_tumpang_tindih.csv). Data, never
 * code: this file knows how rules win over each other, and no rule.
 *
 * Of the rules that fit two payments the most specific region wins, then program before group before `*`, then the
 * latest start, then ORANG before KELUARGA. Rules that are equal in all of this must say the same. */
#ifndef PD_JOB_RULES_H
#define PD_JOB_RULES_H

#include "job/program.h"

enum pd_rule_verdict { PD_RULE_NONE, PD_RULE_ALLOWED, PD_RULE_CHECK, PD_RULE_FORBIDDEN };

/* One program, a group of programs, or any. */
enum pd_rule_side_kind { PD_SIDE_ANY, PD_SIDE_GROUP, PD_SIDE_PROGRAM };

struct pd_rule_side {
    enum pd_rule_side_kind kind;
    int program;          /* PD_SIDE_PROGRAM */
    struct pd_text group; /* PD_SIDE_GROUP, without '@' */
};

struct pd_rule {
    struct pd_text id;
    struct pd_rule_side sides[2];
    enum pd_unit level; /* PERSON: both rows are one person; FAMILY: one family, one person too */
    enum pd_rule_verdict verdict;
    int32_t begin, end;    /* days, inclusive; INT32_MIN and INT32_MAX where no bound is known */
    uint64_t region;       /* 0 = whole country */
    int cancelled;         /* program_batal; -1 when the rule names none */
    struct pd_text basis;  /* dasar_hukum, "" when not known */
    bool verified;         /* terverifikasi */
    struct pd_text remark; /* catatan */
    size_t line;
};

struct pd_rule_table {
    struct pd_rule *rules;
    size_t n_rules;
    size_t n_programs;
    uint32_t *begins; /* [n_programs^2 + 1] the rules of programs (a, b), strongest first: */
    uint16_t *order;  /* order[begins[a * n_programs + b] .. begins[.. + 1]) */
};

/* Two payments that meet. */
struct pd_rule_query {
    int program[2];     /* different */
    uint64_t region[2]; /* of each row, as fine as known; 0 = not known */
    bool same_person;   /* else one family */
    int32_t begin, end; /* days that both payments share */
};

/* A table of rules as text, and the programs it may speak of. */
struct pd_rules_text {
    struct pd_text content;
    const char *name; /* for messages */
    const struct pd_program_list *programs;
    bool foreign; /* the table was not written for this list: rules of programs that are not in it are left out */
};

/* Reads the table; everything lives in arena. BAD_ARGUMENT with file and line for an unknown program, group, verdict or
 * level, a bad date or region, a repeated id, or two rules that contradict each other. */
PADAN_MUST_CHECK enum padan_status pd_rules_read(struct pd_rule_table *table, struct pd_arena *arena,
                                                 const struct pd_rules_text *text, struct padan_error *error);
/* Ranks the rules of every two programs, which pd_rules_read has done: again when their regions have changed. Of text
 * the name and the programs. BAD_ARGUMENT when two rules contradict each other. */
PADAN_MUST_CHECK enum padan_status pd_rules_rank(struct pd_rule_table *table, struct pd_arena *arena,
                                                 const struct pd_rules_text *text, struct padan_error *error);
/* The rule that decides, -1 when none does (TIDAK_DIATUR). A regional rule fits when the row of the program it cancels
 * lies in its region; where it cancels neither of the two, when one of the rows does. */
int pd_rules_find(const struct pd_rule_table *table, const struct pd_rule_query *query);
/* "TIDAK_DIATUR", "BOLEH", "PERIKSA", "DILARANG". */
const char *pd_rule_verdict_name(enum pd_rule_verdict verdict);

#endif
