/* SPDX-License-Identifier: MIT */
#include "auto/likeness.h"

#include "auto/last_digits.h"
#include "auto/quantities.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/row_sample.h"
#include "base/words.h"
#include "expression/letter_case.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SAMPLE_ROWS = 20000, TEXT_MAX = 256, SHAPE_MAX = 16 };

/* What each overlap counts for. Values tell most, where they repeat at all. */
static const double WORTH[PD_SPREAD_DIGITS] = { .4, .3, .15, .15 };
/* Columns of which so many of the last digits are the same have one number, however it begins. Chance makes less: seven
 * digits of 20,000 rows, which are all that are looked at, have one in 500 in common. */
static const double SAME_DIGITS = .02;
/* Of numbers, with a fraction. */
static const double FRACTIONS_OFTEN = .2;

/* Hashes as they come. */
struct gathering {
    uint64_t *hashes;
    size_t n, capacity;
};

struct gatherings {
    struct gathering of[PD_SPREADS];
};

static enum padan_status gather(struct gathering *gathering, const char *bytes, size_t length,
                                struct padan_error *error)
{
    PD_TRY(pd_grow(&gathering->hashes, &gathering->capacity, gathering->n + 1, sizeof *gathering->hashes, error));
    gathering->hashes[gathering->n++] = pd_hash_bytes(bytes, length, 0);
    return PADAN_OK;
}

/* Numbers with fractions are readings or prices, which hardly ever repeat to the last digit. */
static bool is_measured(const struct pd_profile *profile)
{
    return profile->content == PD_KIND_NUMBER && profile->fractions > FRACTIONS_OFTEN;
}

/* A number by its sign, to a tenth below ten and to the whole above. */
static struct pd_text rounded(double number, char text[TEXT_MAX])
{
    const double size = fabs(number);
    const double shown = size < 10 ? round(size * 10) / 10 : round(size);
    const int length = snprintf(text, TEXT_MAX, "%s%.1f", number < 0 ? "n" : "", shown);
    return (struct pd_text){ text, (size_t)length };
}

/* A date by its numbers and a sex by its letter, whatever they are written like; a measured number without the digits
 * in which two readings of one thing differ; other values as they are. */
static struct pd_text plain_value(struct pd_text value, const struct pd_profile *profile, char plain[TEXT_MAX])
{
    int64_t day = 0;
    struct pd_quantity_counts counts = { 0 };
    struct pd_quantity amount;
    if (is_measured(profile) && pd_quantity_look(value, &counts, &amount)) return rounded(amount.number, plain);
    if (profile->content == PD_KIND_SEX) {
        plain[0] = pd_sex_of(value, profile->sex_letters);
        return (struct pd_text){ plain, plain[0] != 0 };
    }
    if (profile->content != PD_KIND_DATE || !pd_dates_read(value, profile, &day)) return value;
    const int length = snprintf(plain, TEXT_MAX, "%07lld", (long long)day);
    return (struct pd_text){ plain, (size_t)length };
}

static char class_of(unsigned char byte)
{
    return pd_word_digit(byte) ? '9' : pd_word_letter(byte) ? 'a' : '-';
}

/* The words of a value in small letters, and the value as its words joined. */
static enum padan_status gather_words(struct gatherings *gatherings, struct pd_text as_written,
                                      struct padan_error *error)
{
    char joined[TEXT_MAX], small[TEXT_MAX + TEXT_MAX / 2];
    const struct pd_text begin =
        pd_text_slice(as_written, 0, as_written.length < TEXT_MAX ? as_written.length : TEXT_MAX);
    const struct pd_text value = { small, pd_letters_put(begin, pd_letter_small, small) };
    size_t n = 0, word = 0;
    for (size_t i = 0; i <= value.length && n < TEXT_MAX; i++) {
        const unsigned char byte = i < value.length ? (unsigned char)value.data[i] : ' ';
        if (class_of(byte) != '-') {
            joined[n++] = (char)byte;
            continue;
        }
        if (n > word) PD_TRY(gather(&gatherings->of[PD_SPREAD_WORDS], joined + word, n - word, error));
        word = n;
    }
    for (size_t i = 0; i + 1 < n; i++) PD_TRY(gather(&gatherings->of[PD_SPREAD_PAIRS], joined + i, 2, error));
    return gather(&gatherings->of[PD_SPREAD_VALUES], joined, n, error);
}

/* Runs of letters and digits, signs left out, and about how long it is. */
static enum padan_status gather_shape(struct gatherings *gatherings, struct pd_text value, struct padan_error *error)
{
    char shape[SHAPE_MAX + 1];
    size_t n = 0, length = 0;
    for (size_t i = 0; i < value.length; i++) {
        const char class = class_of((unsigned char)value.data[i]);
        if (class == '-') continue;
        length++;
        if (n < SHAPE_MAX && (n == 0 || shape[n - 1] != class)) shape[n++] = class;
    }
    const double size = (double)length;
    shape[n++] = (char)(size < 12 ? size : 12 + 2 * log2(size / 12));
    return gather(&gatherings->of[PD_SPREAD_SHAPES], shape, n, error);
}

static enum padan_status gather_digits(struct gatherings *gatherings, struct pd_text value,
                                       const struct pd_profile *profile, struct padan_error *error)
{
    uint64_t digits = 0;
    if (profile->content != PD_KIND_CODE || profile->identities || !pd_last_digits_of(value, &digits)) return PADAN_OK;
    return gather(&gatherings->of[PD_SPREAD_DIGITS], (const char *)&digits, sizeof digits, error);
}

static int by_hash(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a;
    const uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static enum padan_status count(struct gathering *gathering, struct pd_spread *spread, struct padan_error *error)
{
    PD_TRY(pd_allocate_array(&spread->hashes, gathering->n + 1, sizeof *spread->hashes, error));
    PD_TRY(pd_allocate_array(&spread->shares, gathering->n + 1, sizeof *spread->shares, error));
    if (gathering->n > 0) qsort(gathering->hashes, gathering->n, sizeof *gathering->hashes, by_hash);
    for (size_t i = 0; i < gathering->n; i++) {
        const bool again = spread->n > 0 && spread->hashes[spread->n - 1] == gathering->hashes[i];
        if (!again) spread->shares[spread->n] = 0;
        if (!again) spread->hashes[spread->n++] = gathering->hashes[i];
        spread->shares[spread->n - 1] += 1 / (double)gathering->n;
    }
    return PADAN_OK;
}

static size_t count_filled(const struct pd_table *table, const struct pd_contents_of *of)
{
    size_t n = 0;
    for (size_t i = of->begin; i < of->end; i++) n += !pd_column_is_null(&table->columns[of->parts.columns[0]], i);
    return n;
}

static enum padan_status gather_all(const struct pd_table *table, const struct pd_contents_of *of,
                                    struct gatherings *gatherings, struct padan_error *error)
{
    const struct pd_row_sample sample = pd_row_sample_make(count_filled(table, of), SAMPLE_ROWS);
    for (size_t i = of->begin; i < of->end; i++) {
        char text[TEXT_MAX], date[TEXT_MAX];
        if (!pd_row_sample_has(sample, i) || pd_column_is_null(&table->columns[of->parts.columns[0]], i)) continue;
        const struct pd_text joined = pd_parts_text(table, &of->parts, i, text, sizeof text);
        const struct pd_text value = plain_value(joined, of->profile, date);
        if (value.length == 0) continue;
        PD_TRY(gather_words(gatherings, value, error));
        PD_TRY(gather_shape(gatherings, value, error));
        PD_TRY(gather_digits(gatherings, value, of->profile, error));
    }
    return PADAN_OK;
}

enum padan_status pd_contents_read(const struct pd_table *table, const struct pd_contents_of *of,
                                   struct pd_contents *contents, struct padan_error *error)
{
    struct gatherings gatherings = { 0 };
    *contents = (struct pd_contents){ 0 };
    enum padan_status status = gather_all(table, of, &gatherings, error);
    for (size_t i = 0; i < PD_SPREADS; i++) {
        if (status == PADAN_OK) status = count(&gatherings.of[i], &contents->spreads[i], error);
        pd_free(gatherings.of[i].hashes);
    }
    return status;
}

void pd_contents_reset(struct pd_contents *contents)
{
    for (size_t i = 0; i < PD_SPREADS; i++) {
        pd_free(contents->spreads[i].hashes);
        pd_free(contents->spreads[i].shares);
    }
    *contents = (struct pd_contents){ 0 };
}

/* Of what both have: the sum of its shares in a, or of the geometric means of its shares in both. */
static double common(const struct pd_spread *a, const struct pd_spread *b, bool in_a)
{
    double sum = 0;
    for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
        if (a->hashes[i] == b->hashes[j]) {
            sum += in_a ? a->shares[i] : sqrt(a->shares[i] * b->shares[j]);
            i++;
            j++;
        } else if (a->hashes[i] < b->hashes[j])
            i++;
        else
            j++;
    }
    return fmin(sum, 1);
}

bool pd_contents_are_one_number(const struct pd_contents *a, const struct pd_contents *b)
{
    return common(&a->spreads[PD_SPREAD_DIGITS], &b->spreads[PD_SPREAD_DIGITS], false) >= SAME_DIGITS;
}

double pd_contents_likeness(const struct pd_contents *a, const struct pd_contents *b)
{
    double in_common[PD_SPREADS], sum = 0;
    for (size_t i = 0; i < PD_SPREADS; i++) in_common[i] = common(&a->spreads[i], &b->spreads[i], false);
    const double digits = in_common[PD_SPREAD_DIGITS];
    if (digits >= SAME_DIGITS) { /* the words are those of its signs, the shape that of its beginning */
        in_common[PD_SPREAD_VALUES] = fmax(in_common[PD_SPREAD_VALUES], digits);
        in_common[PD_SPREAD_WORDS] = fmax(in_common[PD_SPREAD_WORDS], digits);
        in_common[PD_SPREAD_SHAPES] = 1;
    }
    for (size_t i = 0; i < PD_SPREAD_DIGITS; i++) sum += WORTH[i] * in_common[i];
    return sum;
}

double pd_contents_covered(const struct pd_contents *a, const struct pd_contents *b)
{
    return common(&a->spreads[PD_SPREAD_WORDS], &b->spreads[PD_SPREAD_WORDS], true);
}
