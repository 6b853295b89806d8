/* SPDX-License-Identifier: MIT */
#include "report/masking.h"

/* Numbers of so many digits are told from telephone numbers: a NIK that lost one or two. */
enum { DIFFERENT_DIGITS = 4, LONGEST = 64, NUMBER_SHORTEST = 14 };

enum padan_status pd_masking_open(struct pd_masking *masking, const char *reason, struct padan_error *error)
{
    *masking = (struct pd_masking){ 0 };
    if (reason == NULL || pd_text_trim(pd_text_of(reason)).length == 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "NIK and KK are shown in full only with a reason, which is written down");
    *masking = (struct pd_masking){ true, reason };
    return PADAN_OK;
}

static bool is_number(struct pd_text number)
{
    if (number.length != PD_NUMBER_DIGITS) return false;
    for (size_t i = 0; i < number.length; i++)
        if (number.data[i] < '0' || number.data[i] > '9') return false;
    return true;
}

/* Stars for every byte, but no more than LONGEST: a field that holds a whole letter is no number to count. */
static void append_stars(struct pd_buffer *out, size_t length)
{
    const size_t shown = length < LONGEST ? length : LONGEST;
    char *to = pd_buffer_reserve(out, shown);
    if (to == NULL) return;
    memset(to, '*', shown);
    out->length += shown;
}

void pd_append_number(struct pd_buffer *out, struct pd_text number, struct pd_masking masking)
{
    if (masking.open) {
        pd_append_csv(out, number);
        return;
    }
    const size_t shown = is_number(number) ? PD_REGION_DIGITS : 0;
    pd_append_bytes(out, number.data, shown);
    append_stars(out, number.length - shown);
}

void pd_append_number_beside(struct pd_buffer *out, struct pd_text number, struct pd_text other,
                             struct pd_masking masking)
{
    if (masking.open) {
        pd_append_csv(out, number);
        return;
    }
    if (!is_number(number) || !is_number(other)) {
        append_stars(out, number.length);
        return;
    }
    char shown[PD_NUMBER_DIGITS];
    size_t n_different = 0;
    for (size_t i = 0; i < PD_NUMBER_DIGITS; i++) {
        const bool same = number.data[i] == other.data[i];
        shown[i] = same ? '*' : number.data[i];
        n_different += !same;
    }
    if (n_different > DIFFERENT_DIGITS) memset(shown, '*', sizeof shown);
    pd_append_bytes(out, shown, sizeof shown);
}

void pd_hide_numbers(struct pd_buffer *out, size_t begin, struct pd_masking masking)
{
    size_t n_digits = 0;
    if (masking.open) return;
    for (size_t i = begin; i <= out->length; i++) {
        if (i < out->length && out->data[i] >= '0' && out->data[i] <= '9') {
            n_digits++;
            continue;
        }
        if (n_digits >= NUMBER_SHORTEST)
            memset(out->data + i - n_digits + PD_REGION_DIGITS, '*', n_digits - PD_REGION_DIGITS);
        n_digits = 0;
    }
}
