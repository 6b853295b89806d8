/* SPDX-License-Identifier: MIT
 * NIK and KK numbers: from damaged text to digits, with a bit for everything that was found on the way. There is no
 * check digit, and sex and birth date in a NIK are frozen at first issue [s:pasal15][s:klaten], so most bits are soft.
 *
 *   PP KK CC DD MM YY SSSS: province, regency, district of first issue, day (+40 for women), month, year, serial. */
#ifndef PD_INDONESIA_NIK_H
#define PD_INDONESIA_NIK_H

#include "base/date.h"
#include "base/text.h"
#include "indonesia/region.h"

enum pd_nik_flag {
    PD_NIK_EMPTY = 1 << 0,     /* nothing there, or a word that says so */
    PD_NIK_LEN = 1 << 1,       /* not 16 digits after cleaning; hard */
    PD_NIK_PROV = 1 << 2,      /* province in no list (Kemendagri, historical, BPS); soft */
    PD_NIK_KAB = 1 << 3,       /* regency in no list, current or historical; soft */
    PD_NIK_KEC = 1 << 4,       /* district likewise; soft */
    PD_NIK_DAY = 1 << 5,       /* day not 1..31 or 41..71, or no such day in that month and year */
    PD_NIK_MON = 1 << 6,       /* month not 1..12 */
    PD_NIK_SER = 1 << 7,       /* serial 0000; soft */
    PD_NIK_DUMMY = 1 << 8,     /* 9999..., 1234567890123456 and the like; hard */
    PD_NIK_SEX = 1 << 9,       /* N_SEXDOB, sex part: day digits against jenis_kelamin; soft */
    PD_NIK_DATE = 1 << 10,     /* N_SEXDOB, date part: DDMMYY against tgl_lahir; soft */
    PD_NIK_DUPFILE = 1 << 11,  /* the same NIK stands on several rows of the file; soft */
    PD_NIK_ISKK = 1 << 12,     /* equals a KK number; hard for a person key */
    PD_NIK_HEAD = 1 << 13,     /* the head's NIK on another member of the KK; hard for that member */
    PD_NIK_SCI = 1 << 14,      /* scientific notation: last digits are lost; hard */
    PD_NIK_FLOAT = 1 << 15,    /* ".0" was stripped */
    PD_NIK_QUOTE = 1 << 16,    /* quotes, blanks or separators were stripped */
    PD_NIK_LETTER = 1 << 17,   /* O I l B S read as digits */
    PD_NIK_EXTRA = 1 << 18,    /* more in the cell than one number; the first was taken */
    PD_NIK_ROUND15 = 1 << 19,  /* file alarm: Excel kept 15 digits; only the first 15 count; hard */
    PD_NIK_OLD_CODE = 1 << 20, /* region digits are a code that no longer exists (kode_lama) */
    PD_NIK_BPS_CODE = 1 << 21  /* region digits make sense only in the BPS coding (kode_bps) */
};

/* Name of the flag of bit `bit` as reports show it: "N_LEN" ...; NULL from PD_NIK_FLAGS on. */
enum { PD_NIK_FLAGS = 22 };
const char *pd_nik_flag_name(unsigned bit);

/* With any of these a number does not identify a person. */
#define PD_NIK_UNUSABLE                                                                                                \
    (PD_NIK_EMPTY | PD_NIK_LEN | PD_NIK_DUMMY | PD_NIK_ISKK | PD_NIK_HEAD | PD_NIK_SCI | PD_NIK_ROUND15)

/* A cleaned number. number has `length` digits (leading zeros are in the length), length 0 = none. More than 18 digits
 * are not kept (length 0, PD_NIK_LEN). After PD_NIK_SCI number holds the digits that were printed (a prefix). */
struct pd_nik {
    uint64_t number;
    uint32_t flags; /* enum pd_nik_flag */
    uint8_t length;
};

/* What the digits say. region is PPKKCC; sex 1 male, 2 female, 0 when the day digits make no sense; year has two
 * digits. */
struct pd_nik_fields {
    uint32_t region;
    uint8_t sex, day, month, year;
    uint16_t serial;
};

/* Cleans any text of the damage catalogue (DOMAIN 1.5) and checks structure: LEN, DAY, MON, SER, DUMMY and the text
 * flags. */
struct pd_nik pd_nik_clean(struct pd_text text);
/* The same for a number already known to be plain digits: no text is touched. */
struct pd_nik pd_nik_of_digits(uint64_t number, unsigned length);
/* The flags PROV, KAB, KEC, OLD_CODE, BPS_CODE of a 16-digit number. */
uint32_t pd_nik_region_flags(uint64_t number, const struct pd_region_index *regions);
/* Fields of a 16-digit number. */
struct pd_nik_fields pd_nik_fields(uint64_t number);
/* PD_NIK_SEX and PD_NIK_DATE of a 16-digit number; sex 0 or birth_date PD_DATE_NONE = unknown, not compared. A year
 * alone (birth_date PD_DATE_NONE, birth_year > 0) is compared by its last two digits. */
uint32_t pd_nik_compare(uint64_t number, unsigned sex, int32_t birth_date, int birth_year);
/* Of day, month and year, how many digits of a 16-digit number say what is known of a person: 0 to 3; 0 where the day
 * digits make no sense or are of another sex (0 = not known). */
int pd_nik_parts_confirmed(uint64_t number, unsigned sex, struct pd_date birth);
/* Are two 16-digit numbers one slip apart: one other digit, or two neighbours swapped? */
bool pd_nik_slip(uint64_t a, uint64_t b);
/* May it be used as a person key? */
static inline bool pd_nik_usable(struct pd_nik nik)
{
    return nik.length == 16 && (nik.flags & PD_NIK_UNUSABLE) == 0;
}

/* A family card number: same cleaning; DAY/MON tell whether digits 7-12 are a recording date (no +40). */
struct pd_nik pd_kk_clean(struct pd_text text);
struct pd_nik pd_kk_of_digits(uint64_t number, unsigned length);
/* Usable as a household key: 16 digits, no dummy, nothing lost. */
static inline bool pd_kk_usable(struct pd_nik kk)
{
    return kk.length == 16 && (kk.flags & (PD_NIK_EMPTY | PD_NIK_LEN | PD_NIK_DUMMY | PD_NIK_SCI)) == 0;
}

#endif
