/* SPDX-License-Identifier: MIT */
#include "auto/plain_letters.h"

#include "expression/accents.h"
#include "expression/letter_case.h"

struct other_letter {
    unsigned code;
    const char *small, *plain;
};

/* What is typed where a keyboard lacks the letter. */
static const struct other_letter letters[] = {
    { 0x111, "đ", "d" }, { 0x142, "ł", "l" }, { 0xF8, "ø", "o" },   { 0x131, "ı", "i" },
    { 0xDF, "ß", "ss" }, { 0xE6, "æ", "ae" }, { 0x153, "œ", "oe" }, { 0xFE, "þ", "th" },
    { 0xF0, "ð", "d" },  { 0x127, "ħ", "h" }, { 0x167, "ŧ", "t" },
};
enum { N_LETTERS = sizeof letters / sizeof *letters };

void pd_accents_look(struct pd_text value, struct pd_accent_counts *counts)
{
    bool any = false;
    for (size_t at = 0; at < value.length;) {
        unsigned code = 0;
        if (!pd_letters_next(value, &at, &code) || code < 0x80) continue;
        any = any || pd_letter_plain(code) != code;
        const unsigned small = pd_letter_small(code);
        for (size_t i = 0; i < N_LETTERS; i++) {
            if (letters[i].code != small) continue;
            counts->of_table |= UINT32_C(1) << i;
            any = true;
        }
    }
    counts->n += any;
}

void pd_plain_begin(struct pd_buffer *out, uint32_t of_table)
{
    for (size_t i = 0; i < N_LETTERS; i++)
        if ((of_table & UINT32_C(1) << i) != 0) pd_append_string(out, "replace(");
    pd_append_string(out, "strip_accents(");
}

void pd_plain_end(struct pd_buffer *out, uint32_t of_table)
{
    pd_append_byte(out, ')');
    for (size_t i = 0; i < N_LETTERS; i++)
        if ((of_table & UINT32_C(1) << i) != 0)
            pd_append_format(out, ",'%s','%s')", letters[i].small, letters[i].plain);
}
