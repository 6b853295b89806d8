/* SPDX-License-Identifier: MIT */
#include "compare/frequency.h"

#include "base/date.h"
#include "compare/name_similarity.h"
#include "indonesia/name.h"

#include <math.h>

/* A token's weight is twice the bits of its frequency less 6, and a one-letter token has the least of 4. */
static double token_bits(struct pd_text token)
{
    return (pd_name_token_weight(token) + 6) / 2.0;
}

static struct pd_value name_frequency(const struct pd_value *arguments, size_t n_arguments, char *scratch)
{
    struct pd_text alias;
    struct pd_text rest = pd_name_without_alias(arguments[0].text, &alias);
    double bits = 0;
    (void)n_arguments;
    (void)scratch;
    while (rest.length > 0) {
        size_t end = 0;
        while (end < rest.length && rest.data[end] != ' ') end++;
        if (end > 0) bits += token_bits(pd_text_slice(rest, 0, end));
        rest = pd_text_slice(rest, end + 1, rest.length);
    }
    return (struct pd_value){ .type = PD_TYPE_DOUBLE, .real = exp2(-bits) };
}

static struct pd_value date_frequency(const struct pd_value *arguments, size_t n_arguments, char *scratch)
{
    enum { BIRTH_YEARS = 75 };
    const struct pd_date date = pd_date_to_civil((int32_t)arguments[0].integer);
    double share = (1 - 0.051 - 0.028 - 0.012 - 0.01) / 365.25;
    (void)n_arguments;
    (void)scratch;
    if (date.day == 15) share += 0.01 / 12;
    if (date.month == 7 && date.day == 1) share = 0.051;
    if (date.month == 12 && date.day == 31) share = 0.028;
    if (date.month == 1 && date.day == 1) share = 0.012;
    return (struct pd_value){ .type = PD_TYPE_DOUBLE, .real = share / BIRTH_YEARS };
}

static bool takes_date(const enum pd_type *types, size_t n_arguments)
{
    return n_arguments == 1 && types[0] == PD_TYPE_DATE;
}

const struct pd_function pd_frequency_functions[] = {
    { .name = "name_frequency",
      .min_arguments = 1,
      .max_arguments = 1,
      .result = PD_TYPE_DOUBLE,
      .evaluate = name_frequency,
      .cost = 200 },
    { .name = "date_frequency",
      .min_arguments = 1,
      .max_arguments = 1,
      .result = PD_TYPE_DOUBLE,
      .accepts = takes_date,
      .evaluate = date_frequency,
      .cost = 20 },
    { .name = NULL },
};
