/* SPDX-License-Identifier: MIT
 * The shapes in which regions send their rosters (DOMAIN 9.1): one entry is one office's habit. */
#ifndef PD_GENERATE_MESSY_STYLE_H
#define PD_GENERATE_MESSY_STYLE_H

#include <stdbool.h>
#include <stddef.h>

enum pd_messy_charset { PD_MESSY_UTF8, PD_MESSY_UTF8_BOM, PD_MESSY_CP1252 };
enum pd_messy_packing { PD_MESSY_PLAIN, PD_MESSY_GZIP, PD_MESSY_ZSTD };

enum pd_messy_date {
    PD_MESSY_DAY_FIRST,   /* 17-08-1967 */
    PD_MESSY_SLASHES,     /* 17/08/1967 */
    PD_MESSY_ISO,         /* 1967-08-17 */
    PD_MESSY_COMPACT,     /* 17081967 */
    PD_MESSY_WORDS,       /* 17 Agustus 1967 */
    PD_MESSY_SHORT_WORDS, /* 17-AGU-67 */
    PD_MESSY_MONTH_FIRST, /* 08/17/1967: Excel set to English */
    PD_MESSY_SERIAL       /* 24701: Excel's number of the day */
};

enum pd_messy_sex { PD_MESSY_LETTER, PD_MESSY_WORD, PD_MESSY_DIGIT, PD_MESSY_PRIA };

enum pd_messy_region {
    PD_MESSY_CODE,      /* 3404012001 */
    PD_MESSY_DOTTED,    /* 34.04.01.2001 */
    PD_MESSY_SPLIT,     /* 34, 04, 01, 2001 in four columns */
    PD_MESSY_SPLIT_BPS, /* 34, 04, 010 in the numbers of BPS, the village by name */
    PD_MESSY_NAMES      /* names of regency, district and village */
};

enum pd_messy_amount {
    PD_MESSY_PLAIN_NUMBER,  /* 600000 */
    PD_MESSY_RUPIAH,        /* Rp 600.000 */
    PD_MESSY_POINTS,        /* 600.000 */
    PD_MESSY_DECIMAL_COMMA, /* 600000,00 */
    PD_MESSY_RUPIAH_DASH    /* Rp600.000,- */
};

enum pd_messy_rt { PD_MESSY_TWO_COLUMNS, PD_MESSY_ONE_COLUMN, PD_MESSY_IN_ADDRESS };
enum pd_messy_period { PD_MESSY_AS_IS, PD_MESSY_PERIOD_WORDS, PD_MESSY_STAGE_AND_YEAR };

struct pd_messy_style {
    char delimiter;
    enum pd_messy_charset charset;
    enum pd_messy_packing packing;
    bool crlf, quote_all, separator_row; /* separator_row: `sep=;` in the first row, as Excel has it */
    unsigned title_rows;                 /* rows above the header, the last one blank */
    bool numbered, totals;               /* a column NO; a row JUMLAH at the end */
    bool wide;                           /* SIKS-NG: a flag per program, where the program has one */
    bool extras;                         /* more of the columns that nobody links by */
    bool ttl;                            /* place and date of birth in one cell */
    bool newline;                        /* a line break inside the address */
    bool title_case;                     /* Siti Aminah */
    unsigned arrangement;                /* order of the columns: 0 person first, 1 region first, 2 payment first */
    enum pd_messy_date date;
    enum pd_messy_sex sex;
    enum pd_messy_region region;
    enum pd_messy_amount amount;
    enum pd_messy_rt rt;
    enum pd_messy_period period;
};

extern const struct pd_messy_style pd_messy_styles[];
extern const size_t pd_n_messy_styles;

#endif
