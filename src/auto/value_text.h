/* SPDX-License-Identifier: MIT
 * A column's value in canonical form, as an expression of the condition language: small letters where case varies,
 * signs out, dates of several formats in one. Plain columns stay plain, so that conditions stay readable. */
#ifndef PD_AUTO_VALUE_TEXT_H
#define PD_AUTO_VALUE_TEXT_H

#include "auto/profile.h"

/* How a column is written: `"name_l"`, `"name_r"` (levels), `l."name"`, `r."name"` (rules), `"name"` (one row). */
enum pd_side_form { PD_FORM_LEVEL_LEFT, PD_FORM_LEVEL_RIGHT, PD_FORM_RULE_LEFT, PD_FORM_RULE_RIGHT, PD_FORM_ROW };

/* A name that no column has: the first `length` bytes of `name`, or more of its 20. */
struct pd_text pd_auto_free_name(const struct pd_table *table, const char name[20], size_t length);
/* Appends the raw column. */
void pd_auto_append_column(struct pd_buffer *out, struct pd_text name, enum pd_side_form form);
/* Appends the canonical value. */
void pd_append_value(struct pd_buffer *out, const struct pd_profile *profile, enum pd_side_form form);
/* Appends a template in which {l}, {r} stand for the canonical value of profile on either side, {x} for the one of
 * `form`, {pl}, {pr}, {px} for those of partner, and {s:0.01} for a hundredth of the spread of profile. */
void pd_append_template(struct pd_buffer *out, const char *template, const struct pd_profile *profile,
                        const struct pd_profile *partner, enum pd_side_form form);

#endif
