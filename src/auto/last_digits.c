/* SPDX-License-Identifier: MIT */
#include "auto/last_digits.h"

#include "base/hash.h"
#include "base/memory.h"

#include <ctype.h>
#include <stdlib.h>

/* Values that are looked at, about: those whose last digits have certain hashes, so that values of one number are all
 * there or none. Of values of the same last digits so many: more are no number of one thing. */
enum { VALUES_MOST = 50000, SAME_MOST = 8, VALUE_MAX = 24 };
/* Pairs of values with another beginning: fewer are slips, and so are beginnings that fewer of such pairs have. */
static const double LEAST_PAIRS = 10, LEAST_SHARE = .01, BEGINNING_OFTEN = .05;
/* Where the same few beginnings are not those of so many of the pairs, the last digits are a serial number. */
static const double MOSTLY = .5;
/* Pairs that may have fewer digits in common than are compared. */
static const double SHORTER = .02;

/* A value without its signs. */
struct number {
    uint64_t digits;
    char text[VALUE_MAX];
    size_t length;
};

struct numbers {
    struct number *list;
    size_t n, capacity;
};

/* Two values of the same last digits: a hash of what stands before those that they have in common, and how many these
 * are. */
struct meeting {
    uint64_t beginnings;
    size_t in_common;
    bool longer; /* one beginning is longer than the other: none was put in place of another */
};

struct meetings {
    struct meeting *list;
    size_t n, capacity;
};

static bool is_sign(unsigned char byte)
{
    return byte < 0x80 && !isalnum(byte);
}

static bool read_number(struct pd_text value, struct number *number)
{
    number->length = 0;
    for (size_t i = 0; i < value.length; i++) {
        const unsigned char byte = (unsigned char)value.data[i];
        if (is_sign(byte)) continue;
        if (number->length == VALUE_MAX) return false;
        number->text[number->length++] = (char)tolower(byte);
    }
    return pd_last_digits_of(value, &number->digits);
}

bool pd_last_digits_of(struct pd_text value, uint64_t *digits)
{
    static const uint64_t low = 100000; /* 00 before five digits */
    uint64_t power = 1;
    size_t n = 0;
    *digits = 0;
    for (size_t i = value.length; i > 0 && n < PD_LAST_DIGITS_LEAST; i--) {
        const unsigned char byte = (unsigned char)value.data[i - 1];
        if (is_sign(byte)) continue;
        if (!isdigit(byte)) return false;
        *digits += (uint64_t)(byte - '0') * power;
        power *= 10;
        n++;
    }
    return n == PD_LAST_DIGITS_LEAST && *digits >= low;
}

static enum padan_status read_numbers(const struct pd_table *table, const struct pd_profile *profile,
                                      struct numbers *numbers, struct padan_error *error)
{
    const struct pd_column *column = &table->columns[profile->column];
    const uint64_t step = 1 + profile->n_filled / VALUES_MOST;
    for (size_t i = 0; i < table->n_records; i++) {
        char scratch[24];
        struct number number;
        if (pd_column_is_null(column, i) || !read_number(pd_column_text(column, i, scratch), &number)) continue;
        if (pd_hash_bytes(&number.digits, sizeof number.digits, 0) % step != 0) continue;
        PD_TRY(pd_grow(&numbers->list, &numbers->capacity, numbers->n + 1, sizeof *numbers->list, error));
        numbers->list[numbers->n++] = number;
    }
    return PADAN_OK;
}

static int by_number(const void *a, const void *b)
{
    const struct number *x = a;
    const struct number *y = b;
    if (x->digits != y->digits) return x->digits < y->digits ? -1 : 1;
    if (x->length != y->length) return x->length < y->length ? -1 : 1;
    return memcmp(x->text, y->text, x->length);
}

/* Sorted, each value once. */
static void sort_numbers(struct numbers *numbers)
{
    size_t n = 0;
    if (numbers->n == 0) return;
    qsort(numbers->list, numbers->n, sizeof *numbers->list, by_number);
    for (size_t i = 0; i < numbers->n; i++)
        if (n == 0 || by_number(&numbers->list[n - 1], &numbers->list[i]) != 0) numbers->list[n++] = numbers->list[i];
    numbers->n = n;
}

static struct meeting meet(const struct number *a, const struct number *b)
{
    size_t same = PD_LAST_DIGITS_LEAST;
    while (same < a->length && same < b->length && a->text[a->length - 1 - same] == b->text[b->length - 1 - same])
        same++;
    return (struct meeting){ .beginnings = pd_hash_combine(pd_hash_bytes(a->text, a->length - same, 0),
                                                           pd_hash_bytes(b->text, b->length - same, 0)),
                             .in_common = same,
                             .longer = a->length != b->length };
}

static enum padan_status meet_all(const struct numbers *numbers, struct meetings *meetings, struct padan_error *error)
{
    for (size_t begin = 0, end = 0; begin < numbers->n; begin = end) {
        while (end < numbers->n && numbers->list[end].digits == numbers->list[begin].digits) end++;
        for (size_t a = begin; a < end && a < begin + SAME_MOST; a++)
            for (size_t b = a + 1; b < end && b < begin + SAME_MOST; b++) {
                PD_TRY(pd_grow(&meetings->list, &meetings->capacity, meetings->n + 1, sizeof *meetings->list, error));
                meetings->list[meetings->n++] = meet(&numbers->list[a], &numbers->list[b]);
            }
    }
    return PADAN_OK;
}

static int by_beginnings(const void *a, const void *b)
{
    const struct meeting *x = a;
    const struct meeting *y = b;
    return (x->beginnings > y->beginnings) - (x->beginnings < y->beginnings);
}

/* Of beginnings that occur often, adds the pairs to those that have so many digits in common. */
static size_t count_common(const struct meetings *meetings, size_t by_common[VALUE_MAX + 1])
{
    const struct meeting *const past = meetings->list + meetings->n;
    const double often = BEGINNING_OFTEN * (double)meetings->n;
    size_t n = 0;
    for (const struct meeting *begin = meetings->list, *end = begin; begin < past; begin = end) {
        while (end < past && by_beginnings(begin, end) == 0) end++;
        if (!begin->longer || (double)(end - begin) < often) continue;
        n += (size_t)(end - begin);
        for (const struct meeting *at = begin; at < end; at++) by_common[at->in_common]++;
    }
    return n;
}

static size_t choose(const struct meetings *meetings, size_t n_numbers)
{
    size_t by_common[VALUE_MAX + 1] = { 0 }, shorter = 0, digits = PD_LAST_DIGITS_LEAST;
    if (meetings->n == 0) return 0;
    qsort(meetings->list, meetings->n, sizeof *meetings->list, by_beginnings);
    const double n = (double)count_common(meetings, by_common);
    if (n < LEAST_PAIRS || n < LEAST_SHARE * (double)n_numbers || n < MOSTLY * (double)meetings->n) return 0;
    while (digits < VALUE_MAX && (double)(shorter + by_common[digits]) <= SHORTER * n) shorter += by_common[digits++];
    return digits;
}

enum padan_status pd_auto_look_at_last_digits(const struct pd_table *table, struct pd_profile *profile,
                                              struct padan_error *error)
{
    struct numbers numbers = { 0 };
    struct meetings meetings = { 0 };
    profile->last_digits = 0;
    if (profile->content != PD_KIND_CODE || profile->identities || profile->named_out) return PADAN_OK;
    enum padan_status status = read_numbers(table, profile, &numbers, error);
    sort_numbers(&numbers);
    if (status == PADAN_OK) status = meet_all(&numbers, &meetings, error);
    if (status == PADAN_OK) profile->last_digits = choose(&meetings, numbers.n);
    pd_free(numbers.list);
    pd_free(meetings.list);
    return status;
}
