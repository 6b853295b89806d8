/* SPDX-License-Identifier: MIT
 * What is in a column, told from its content: shares of kinds of values, how often values repeat, and the kind that
 * decides how the column is compared. Names of columns decide nothing but what must be left out (labels of the truth),
 * so a file with renamed columns is linked alike. */
#ifndef PD_AUTO_PROFILE_H
#define PD_AUTO_PROFILE_H

#include "auto/dates.h"
#include "auto/sexes.h"
#include "base/buffer.h"
#include "table/table.h"

enum pd_kind {
    PD_KIND_LEFT_OUT, /* says nothing, or must not be used: `reason` */
    PD_KIND_CATEGORY, /* few values */
    PD_KIND_SEX,      /* written in one of the usual codes */
    PD_KIND_NAME,     /* one or two words of letters */
    PD_KIND_TEXT,     /* several words */
    PD_KIND_DATE,
    PD_KIND_CODE,   /* digits that are compared as a text: postcode, phone, number of an identity card */
    PD_KIND_NUMBER, /* a quantity: price, year, coordinate */
    PD_KIND_EMAIL,
    PD_KIND_ROW,        /* no column: all texts of a row together (auto/row_text.h) */
    PD_KIND_ROW_NUMBERS /* the numbers in these */
};

/* Values of a column that stand for nothing, at most. */
enum { PD_FILLERS_MAX = 8 };

struct pd_profile {
    int column;
    struct pd_text name;
    enum pd_kind kind;
    const char *reason;   /* PD_KIND_LEFT_OUT */
    bool named_out;       /* left out for its name, whatever is in it */
    enum pd_kind content; /* the kind by content, of columns left out too */
    bool never_repeats;   /* left out as an identifier whose values, as they are written, never repeat */
    size_t n_filled, n_distinct;
    double fill;        /* share of rows with a value */
    double same;        /* share of pairs of filled rows that are equal */
    double most_common; /* share of the most frequent value among the filled */
    double mean_length, mean_words;
    double digits;  /* share of values of digits only (signs between them left out) */
    double letters; /* share of values of letters, blanks, ' - . and one comma only */
    double numbers; /* share that reads as a number; of these with a fraction: */
    double fractions;
    double largest; /* biggest number */
    double spread;  /* standard deviation of coordinates and other readings of a scale; 0: quantities, or no numbers */
    bool money;     /* numbers, some with the sign of a currency */
    bool decimal_commas; /* a comma parts whole from fraction */
    bool point_groups;   /* points part groups of three digits */
    double emails, dates, sexes;
    struct pd_sex_letters sex_letters;
    double initials;        /* share of values that are letters standing alone: J, J. P. */
    bool mixed_case;        /* capital and small letters both occur */
    bool punctuated;        /* signs other than letters, digits and blanks occur */
    bool accented;          /* letters with accents occur */
    uint32_t other_letters; /* and those of auto/plain_letters.h */
    bool plain;             /* values are wanted without accents */
    bool identities;        /* NIK or KK numbers: 16 digits, a date among them */
    bool of_people;         /* of these, NIKs: the days of women are there */
    bool rounded;           /* of identities: those that end in 0 count as missing (auto/rounded.h) */
    size_t last_digits;     /* codes: so many at the end are the number (auto/last_digits.h); 0: all is */
    bool same_length;       /* nearly all values have one length */
    bool one_sided;         /* left out: only one source of a link has values */
    bool own;               /* of these, names and dates that tell the source's people apart (auto/own_columns.h) */
    bool of_a_file;         /* dates that span no more years than a file is kept: of events, not of births */
    bool near_days;         /* dates of the same thing lie some days apart often (auto/near_dates.h) */
    uint32_t formats;
    bool short_years;
    bool lost_zeros;                  /* dates of digits alone whose first one, a zero, is missing in some */
    bool cut_months;                  /* names of months are compared by three letters, these translated: */
    uint32_t of_months;               /* pd_date_months that occur */
    bool beside_initials;             /* one source has initials, the other names, whatever their shares */
    bool of_years;                    /* some are years, or ages, others dates, of which the year counts */
    int counted_from;                 /* of_years: the year in which ages were taken; 0: there are none */
    bool any_order;                   /* words of a name stand in varying order */
    bool of_models;                   /* codes that stand in texts of rows too (auto/model_codes.h) */
    bool in_row;                      /* its words are those of PD_KIND_ROW too */
    const struct pd_profile *columns; /* PD_KIND_ROW: all columns of the row */
    size_t n_columns;
    struct pd_text fillers[PD_FILLERS_MAX]; /* values that stand for nothing (auto/fillers.h) */
    size_t n_fillers;
};

struct pd_profiles {
    struct pd_profile *columns;
    size_t n_columns;
    bool by_row;       /* all texts of a row together are what rows are told by (auto/row_text.h) */
    bool with_numbers; /* and numbers in them are compared by themselves */
    const struct pd_learnt_matches *learnt; /* what errors leave of values, or NULL: not known yet (auto/drawn.h) */
};

/* Columns that are used at most. */
enum { PD_PROFILES_MAX = 40 };

/* Profiles every column of the table but the row identity; of very wide tables the PD_PROFILES_MAX that tell most are
 * used. Memory in the arena. Cost O(rows) per column. */
PADAN_MUST_CHECK enum padan_status pd_profile_table(const struct pd_table *table, struct pd_arena *arena,
                                                    struct pd_profiles *profiles, struct padan_error *error);
/* What a pair learns from equality in this column, in bits, as often as both rows have a value. */
double pd_profile_information(const struct pd_profile *profile);
/* The column without its accents; as it is where it has none, or is no name or text. */
struct pd_profile pd_profile_plain(const struct pd_profile *profile);
/* Whether some values are initials where others are names. */
bool pd_profile_mixes_initials(const struct pd_profile *profile);
/* Whether values are initials, nearly all. */
bool pd_profile_is_of_initials(const struct pd_profile *profile);
/* Whether it is no column, but what texts of the row have. */
bool pd_profile_is_of_row(const struct pd_profile *profile);
void pd_profile_leave_out(struct pd_profile *profile, const char *reason);
/* The kind in words. */
const char *pd_kind_name(enum pd_kind kind);

#endif
