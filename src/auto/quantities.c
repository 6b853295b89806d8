/* SPDX-License-Identifier: MIT */
#include "auto/quantities.h"

#include "auto/profile.h"

#include <ctype.h>

/* A column is one of money where so many values say so: of two sources the other one may not. */
static const double LEAST_OF_MONEY = .05;
enum { LONGEST = 40, OF_GROUP = 3 };

/* Where the sign of a currency stands before the value: behind it, else 0. */
static size_t behind_currency(struct pd_text value)
{
    static const char *const signs[] = { "$", "€", "£", "rp.", "rp", "idr", "usd", "eur" };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const struct pd_text sign = pd_text_of(signs[i]);
        if (value.length > sign.length && pd_text_same_name(pd_text_slice(value, 0, sign.length), sign))
            return sign.length;
    }
    return 0;
}

/* Where it stands behind the value: its first byte, else the end. A point is none of it here: it may be decimal. */
static size_t before_currency(struct pd_text value)
{
    static const char *const signs[] = { "$", "€", "£", "rp", "idr", "usd", "eur" };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const struct pd_text sign = pd_text_of(signs[i]);
        const size_t begin = value.length < sign.length ? 0 : value.length - sign.length;
        if (begin > 0 && pd_text_same_name(pd_text_slice(value, begin, value.length), sign)) return begin;
    }
    return value.length;
}

/* The value without the sign of a currency, which stands before it or behind, and the dash of even money: Rp 600.000,-
 * and 600.000,- IDR. */
static struct pd_text without_currency(struct pd_text value)
{
    size_t begin = behind_currency(value);
    size_t end = begin > 0 ? value.length : before_currency(value);
    if (begin == 0 && end == value.length) return value;
    while (begin < end && value.data[begin] == ' ') begin++;
    while (end > begin && value.data[end - 1] == ' ') end--;
    const size_t dashed = end;
    while (end > begin && value.data[end - 1] == '-') end--;
    if (end > begin && end < dashed && memchr(".,", value.data[end - 1], 2) != NULL) end--;
    return pd_text_slice(value, begin, end);
}

/* The signs of a number and the runs of digits between them. */
struct runs {
    size_t n_points, n_commas, first, last; /* digits of the first run and of the last */
    char last_sign;                         /* 0: none */
    bool in_groups; /* every sign but the last one is before three digits, and no zero begins the number */
};

/* Reads digits parted by points and commas; false when there is anything else. */
static bool read_runs(struct pd_text body, struct runs *runs)
{
    size_t length = 0;
    *runs = (struct runs){ .in_groups = body.length > 0 && body.data[0] != '0' };
    for (size_t i = 0; i < body.length; i++) {
        const char byte = body.data[i];
        if (isdigit((unsigned char)byte)) {
            length++;
            continue;
        }
        if ((byte != '.' && byte != ',') || length == 0) return false;
        if (runs->last_sign == 0)
            runs->first = length;
        else
            runs->in_groups = runs->in_groups && length == OF_GROUP;
        runs->n_points += byte == '.';
        runs->n_commas += byte == ',';
        runs->last_sign = byte;
        length = 0;
    }
    if (runs->last_sign == 0) runs->first = length;
    runs->last = length;
    runs->in_groups = runs->in_groups && runs->first <= OF_GROUP;
    return length > 0;
}

/* Whether the last sign parts whole from fraction: a comma alone before three digits may end a group, a point is
 * decimal. */
static bool is_decimal(const struct runs *runs)
{
    const size_t same = runs->last_sign == '.' ? runs->n_points : runs->n_commas;
    const size_t other = runs->last_sign == '.' ? runs->n_commas : runs->n_points;
    if (same != 1) return false;
    return other > 0 || runs->last_sign == '.' || runs->last != OF_GROUP || !runs->in_groups;
}

static void count(const struct runs *runs, bool decimal, struct pd_quantity_counts *counts)
{
    if (runs->last_sign == 0) return;
    const size_t n_groups = runs->n_points + runs->n_commas - decimal;
    const bool may_group = n_groups == 0 && runs->in_groups && runs->last == OF_GROUP;
    counts->open_points += may_group && runs->last_sign == '.';
    counts->decimal_points += decimal && runs->last_sign == '.' && !may_group;
    counts->decimal_commas += decimal && runs->last_sign == ',';
    counts->point_groups += n_groups > 0 && (runs->last_sign == '.') != decimal;
    counts->comma_groups += n_groups > 0 && (runs->last_sign == ',') != decimal;
}

/* The number without its groups and with a decimal point. */
static bool read_number(struct pd_text body, const struct runs *runs, bool decimal, double *number)
{
    char plain[LONGEST];
    size_t n = 0;
    for (size_t i = 0; i < body.length; i++) {
        const bool is_last = i + runs->last + 1 == body.length;
        if (isdigit((unsigned char)body.data[i]))
            plain[n++] = body.data[i];
        else if (decimal && is_last)
            plain[n++] = '.';
    }
    return pd_text_to_double((struct pd_text){ plain, n }, number);
}

bool pd_quantity_look(struct pd_text value, struct pd_quantity_counts *counts, struct pd_quantity *amount)
{
    struct runs runs;
    const struct pd_text text = without_currency(value);
    const bool minus = text.length > 1 && text.data[0] == '-';
    const struct pd_text body = minus ? pd_text_slice(text, 1, text.length) : text;
    *amount = (struct pd_quantity){ 0 };
    if (body.length >= LONGEST || !read_runs(body, &runs)) return pd_text_to_double(text, &amount->number);
    const bool decimal = is_decimal(&runs);
    const size_t n_groups = runs.n_points + runs.n_commas - decimal;
    if (n_groups > 0 && !(runs.in_groups && (decimal || runs.last == OF_GROUP))) return false;
    if (!read_number(body, &runs, decimal, &amount->number)) return false;
    if (minus) amount->number = -amount->number;
    amount->has_fraction = decimal;
    amount->n_decimals = decimal ? runs.last : 0;
    counts->money += text.length < value.length;
    count(&runs, decimal, counts);
    return true;
}

void pd_quantities_choose(const struct pd_quantity_counts *counts, size_t n, struct pd_profile *profile)
{
    profile->decimal_commas = counts->decimal_commas > counts->comma_groups;
    profile->money = (double)counts->money > LEAST_OF_MONEY * (double)n;
    profile->point_groups = counts->point_groups + (profile->money ? counts->open_points : 0) > counts->decimal_points;
}
