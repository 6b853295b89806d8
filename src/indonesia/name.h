/* SPDX-License-Identifier: MIT
 * A person's name as written to its canonical tokens (DOMAIN 2.2, 2.3, 2.5): titles off the edges, alias and patronym
 * apart, abbreviations written out, Abdul-assimilation undone. For comparing, never for display. Order of tokens is
 * kept. */
#ifndef PD_INDONESIA_NAME_H
#define PD_INDONESIA_NAME_H

#include "indonesia/indonesia.h"

/* How safe it is to strip a word; the classes of datasets/gelar.csv. */
enum pd_title_class {
    PD_TITLE_PREFIX = 1,    /* front only (PROF, KYAI, KOL); one token must remain */
    PD_TITLE_EDGE,          /* front or end (HJ, DRS) */
    PD_TITLE_FIRST_INITIAL, /* H: a title only at the front with a token after it, or after a comma */
    PD_TITLE_SUFFIX,        /* end: after a comma, with inner dots, or when two tokens remain (SPD, SH) */
    PD_TITLE_RISKY_SUFFIX,  /* also a real token (ST, MA): end, and only after a comma or with inner dots */
    PD_TITLE_DECEASED,      /* ALM, ALMARHUM */
    PD_TITLE_ALIAS,         /* ALIAS, ALS */
    PD_TITLE_PATRONYM,      /* BIN, BINTI */
    PD_TITLE_PATRONYM_RISKY /* BT, BN: only between two tokens */
};

/* Where an abbreviation of datasets/singkatan_nama.csv may be written out. */
enum pd_abbreviation_place {
    PD_ABBREVIATION_ANYWHERE = 1,
    PD_ABBREVIATION_FIRST,         /* first token, another follows */
    PD_ABBREVIATION_NOT_LAST,      /* something follows */
    PD_ABBREVIATION_BALI,          /* after I or NI, or first with another following */
    PD_ABBREVIATION_SHORT = 1 << 8 /* added bit: shorter than its word, not only another spelling */
};

enum pd_name_flag {
    PD_NAME_ALM = 1 << 0,         /* "deceased" stands at the person's own tokens */
    PD_NAME_ALIAS = 1 << 1,       /* an alias was split off */
    PD_NAME_MONONYM = 1 << 2,     /* one token */
    PD_NAME_FATHER = 1 << 3,      /* a bin/binti tail was cut */
    PD_NAME_TITLE = 1 << 4,       /* a title was stripped */
    PD_NAME_ABBREVIATED = 1 << 5, /* a token was written out from an abbreviation */
    PD_NAME_INITIAL = 1 << 6      /* a one-letter token is left (may be a whole name) */
};

enum { PD_NAME_CAPACITY = 192, PD_NAME_TOKENS_MAX = 24 };

struct pd_name {
    char canonical[PD_NAME_CAPACITY]; /* tokens A-Z joined by one blank; length 0 = no name */
    char alias[PD_NAME_CAPACITY];
    char father[PD_NAME_CAPACITY];
    uint8_t canonical_length, alias_length, father_length;
    uint8_t flags; /* enum pd_name_flag */
};

/* Reads a name. What does not fit into PD_NAME_CAPACITY is cut at a token (longest known names have 78 letters). A lone
 * M or A stays an initial: it may stand for MADE or MARIA [s:muh-imigrasi]. Cost: under a microsecond. */
void pd_name_read(const struct pd_indonesia *indonesia, struct pd_text text, struct pd_name *out);

/* A canonical name with its alias behind the word ALIAS, as in SUPARMAN ALIAS MAMAN, taken apart: the name; alias:
 * empty where there is none. */
struct pd_text pd_name_without_alias(struct pd_text name, struct pd_text *alias);

static inline struct pd_text pd_name_canonical(const struct pd_name *name)
{
    return (struct pd_text){ name->canonical, name->canonical_length };
}

#endif
