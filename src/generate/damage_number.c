/* SPDX-License-Identifier: MIT
 * NIK and KK numbers as people and spreadsheets spoil them (DOMAIN 1.5). */
#include "generate/damage_parts.h"

#include <stdio.h>

enum { DIGITS = 16 };

static void set(char out[40], struct pd_text text)
{
    memcpy(out, text.data, text.length);
    out[text.length] = 0;
}

void pd_number_write(uint64_t number, char out[40])
{
    for (size_t i = DIGITS; i-- > 0; number /= 10) out[i] = (char)('0' + number % 10);
    out[DIGITS] = 0;
}

/* What is written where there is no number. */
static struct pd_text draw_nothing(struct pd_random *random)
{
    static const char *const words[] = { "-",         "0",    "NULL", "#N/A",      "TIDAK ADA",
                                         "belum ada", "xxxx", "N/A",  "tdk punya", "." };
    if (pd_chance(random, 0.6)) return PD_TEXT("");
    return pd_text_of(words[pd_random_below(random, sizeof words / sizeof *words)]);
}

void pd_number_unusable(struct pd_random *random, char nik[40])
{
    static const char *const dummies[] = { "9999999999999999", "1234567890123456", "0000000000000000",
                                           "1111111111111111" };
    const double point = pd_random_unit(random);
    if (point < 0.6) {
        set(nik, draw_nothing(random));
    } else if (point < 0.75) {
        set(nik, pd_text_of(dummies[pd_random_below(random, sizeof dummies / sizeof *dummies)]));
    } else if (point < 0.9) { /* the region and then nothing */
        memset(nik + 6, '0', DIGITS - 6);
    } else { /* written off before its end */
        nik[6 + pd_random_below(random, 7)] = 0;
    }
}

static char other_digit(struct pd_random *random, char digit)
{
    return (char)('0' + (digit - '0' + 1 + (int)pd_random_below(random, 9)) % 10);
}

/* Another digit, or now and then the letter that looks like it. */
static void substitute(struct pd_random *random, char nik[40])
{
    static const char alike[] = "OI...S..B.";
    const size_t at = pd_random_below(random, DIGITS);
    const char letter = alike[nik[at] - '0'];
    nik[at] = letter != '.' && pd_chance(random, 0.1) ? letter : other_digit(random, nik[at]);
}

static void swap_neighbours(struct pd_random *random, char nik[40])
{
    for (int attempt = 0; attempt < 32; attempt++) {
        const size_t at = pd_random_below(random, DIGITS - 1);
        if (nik[at] == nik[at + 1]) continue;
        const char first = nik[at];
        nik[at] = nik[at + 1];
        nik[at + 1] = first;
        return;
    }
    substitute(random, nik);
}

void pd_number_digit(struct pd_random *random, char nik[40])
{
    const double point = pd_random_unit(random);
    if (point < 0.60) {
        substitute(random, nik);
    } else if (point < 0.85) {
        swap_neighbours(random, nik);
    } else if (point < 0.95) {
        const size_t at = pd_random_below(random, DIGITS);
        memmove(nik + at, nik + at + 1, DIGITS - at);
    } else {
        const size_t at = pd_random_below(random, DIGITS + 1);
        memmove(nik + at + 1, nik + at, DIGITS - at + 1);
        nik[at] = (char)('0' + pd_random_below(random, 10));
    }
}

void pd_number_kk(uint64_t old_kk, struct pd_random *random, char kk[40])
{
    const double point = pd_random_unit(random);
    if (point < 0.6 && old_kk != 0) {
        pd_number_write(old_kk, kk);
    } else if (point < 0.8) {
        pd_number_digit(random, kk);
    } else if (point < 0.9) {
        memset(kk + 6, '0', DIGITS - 6);
    } else {
        set(kk, draw_nothing(random));
    }
}

void pd_number_excel(unsigned form, char nik[40])
{
    const size_t length = strlen(nik);
    size_t digits = 0;
    while (nik[digits] >= '0' && nik[digits] <= '9') digits++;
    if (digits != length || length < 15) return; /* text stays text in a spreadsheet, short numbers are kept */
    if (form == 1 || form == 2) {
        char out[40];
        (void)snprintf(out, sizeof out, "%c%c%.5sE+%zu", nik[0], form == 1 ? '.' : ',', nik + 1, length - 1);
        memcpy(nik, out, sizeof out);
        return;
    }
    memset(nik + 15, '0', length - 15);
}

static void group(char nik[40], char mark, size_t size)
{
    char out[40];
    size_t n = 0;
    const size_t length = strlen(nik);
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % size == 0) out[n++] = mark;
        out[n++] = nik[i];
    }
    out[n] = 0;
    memcpy(nik, out, n + 1);
}

static void enclose(const char *before, const char *after, char nik[40])
{
    char out[40];
    (void)snprintf(out, sizeof out, "%s%.24s%s", before, nik, after);
    memcpy(nik, out, sizeof out);
}

void pd_number_dress(unsigned form, struct pd_random *random, char nik[40])
{
    if (nik[0] == 0 || strlen(nik) > 24) return;
    if (form == PD_NIK_FORM_MIXED || form > PD_NIK_FORM_GROUPED) form = 1 + (unsigned)pd_random_below(random, 4);
    switch (form) {
    case PD_NIK_FORM_QUOTE: enclose(pd_chance(random, 0.8) ? "'" : "`", "", nik); break;
    case PD_NIK_FORM_FLOAT: enclose("", ".0", nik); break;
    case PD_NIK_FORM_BLANK:
        if (pd_chance(random, 0.5))
            enclose("", pd_chance(random, 0.5) ? " " : "\xc2\xa0", nik);
        else
            enclose(" ", pd_chance(random, 0.2) ? "\t" : "", nik);
        break;
    default: group(nik, pd_chance(random, 0.7) ? ' ' : '.', pd_chance(random, 0.5) ? 4 : 3); break;
    }
}
