/* SPDX-License-Identifier: MIT */
#include "auto/value_text.h"

#include "auto/plain_letters.h"

#include <stdlib.h>

struct pd_text pd_auto_free_name(const struct pd_table *table, const char name[20], size_t length)
{
    struct pd_text free_name = { name, length };
    while (free_name.length < 20 && pd_table_find(table, free_name) >= 0) free_name.length++;
    return free_name;
}

void pd_auto_append_column(struct pd_buffer *out, struct pd_text name, enum pd_side_form form)
{
    if (form == PD_FORM_RULE_LEFT) pd_append_string(out, "l.");
    if (form == PD_FORM_RULE_RIGHT) pd_append_string(out, "r.");
    pd_append_byte(out, '"');
    for (size_t i = 0; i < name.length; i++) {
        if (name.data[i] == '"') pd_append_byte(out, '"');
        pd_append_byte(out, name.data[i]);
    }
    if (form == PD_FORM_LEVEL_LEFT) pd_append_string(out, "_l");
    if (form == PD_FORM_LEVEL_RIGHT) pd_append_string(out, "_r");
    pd_append_byte(out, '"');
}

/* The cell, without values that stand for nothing. */
static void append_cell(struct pd_buffer *out, const struct pd_profile *profile, enum pd_side_form form)
{
    for (size_t i = 0; i < profile->n_fillers; i++) pd_append_string(out, "nullif(");
    pd_auto_append_column(out, profile->name, form);
    for (size_t i = 0; i < profile->n_fillers; i++) {
        pd_append_string(out, ",'");
        for (size_t j = 0; j < profile->fillers[i].length; j++) {
            if (profile->fillers[i].data[j] == '\'') pd_append_byte(out, '\'');
            pd_append_byte(out, profile->fillers[i].data[j]);
        }
        pd_append_string(out, "')");
    }
}

static void append_lower(struct pd_buffer *out, const struct pd_profile *profile, enum pd_side_form form)
{
    const bool lower = profile->mixed_case || (profile->plain && profile->other_letters != 0);
    if (profile->plain) pd_plain_begin(out, profile->other_letters);
    if (lower) pd_append_string(out, "lower(");
    append_cell(out, profile, form);
    if (lower) pd_append_byte(out, ')');
    if (profile->plain) pd_plain_end(out, profile->other_letters);
}

/* Names of months by three letters, in English. */
static void append_cut_months(struct pd_buffer *out, const struct pd_profile *profile, enum pd_side_form form)
{
    for (size_t i = 0; i < PD_DATE_MONTHS; i++)
        if ((profile->of_months & UINT32_C(1) << i) != 0) pd_append_string(out, "replace(");
    pd_append_string(out, "regexp_replace(lower(");
    append_cell(out, profile, form);
    pd_append_string(out, "),'([a-z]{3})[a-z]*','\\1','g')");
    for (size_t i = 0; i < PD_DATE_MONTHS; i++)
        if ((profile->of_months & UINT32_C(1) << i) != 0)
            pd_append_format(out, ",'%s','%s')", pd_date_months[i].own, pd_date_months[i].english);
}

/* The text that a format reads. */
static void append_dated(struct pd_buffer *out, const struct pd_profile *profile, size_t format, enum pd_side_form form)
{
    const struct pd_date_format *as = &pd_date_formats[format];
    if (format >= PD_DATE_FIRST_TEXTUAL && profile->cut_months) {
        append_cut_months(out, profile, form);
        return;
    }
    const bool lost = as->packed && profile->lost_zeros;
    if (lost) pd_append_string(out, "right(concat('0',");
    append_cell(out, profile, form);
    if (lost) pd_append_format(out, "),%d)", as->short_year ? 6 : 8);
}

/* What a date of any format is written as, each followed by a comma. */
static void append_formats(struct pd_buffer *out, const struct pd_profile *profile, const char *as,
                           enum pd_side_form form)
{
    for (size_t i = 0; i < PD_DATE_FORMATS; i++) {
        if ((profile->formats & UINT32_C(1) << i) == 0) continue;
        pd_append_string(out, "strftime(try_strptime(");
        append_dated(out, profile, i, form);
        pd_append_format(out, ",'%s'),'%s'), ", pd_date_formats[i].format, as);
    }
}

/* One format of digits alone that begins with the year is compared as it stands; else all are brought to it. */
static void append_date(struct pd_buffer *out, const struct pd_profile *profile, enum pd_side_form form)
{
    const bool one = (profile->formats & (profile->formats - 1)) == 0;
    if (one && (profile->formats & 2) != 0) {
        append_cell(out, profile, form);
        return;
    }
    pd_append_string(out, "coalesce(");
    append_formats(out, profile, profile->short_years ? "%y%m%d" : "%Y%m%d", form);
    pd_append_string(out, "regexp_replace(");
    append_cell(out, profile, form);
    pd_append_string(out, ",'[^0-9]+','','g'))");
}

/* Signs out; words that stand in varying order, in one. */
static void append_words(struct pd_buffer *out, const struct pd_profile *profile, enum pd_side_form form)
{
    const bool may_be_empty = profile->any_order || profile->punctuated;
    if (may_be_empty) pd_append_string(out, "nullif(");
    if (profile->any_order) pd_append_string(out, "array_to_string(list_sort(string_split(");
    if (profile->punctuated) pd_append_string(out, "trim(regexp_replace(");
    append_lower(out, profile, form);
    if (profile->punctuated) pd_append_string(out, ",'[ -/:-@\\[-`{-~]+',' ','g'))");
    if (profile->any_order) pd_append_string(out, ",' ')),' ')");
    if (may_be_empty) pd_append_string(out, ",'')");
}

static void append_signless(struct pd_buffer *out, const struct pd_profile *profile, enum pd_side_form form)
{
    if (!profile->punctuated && profile->mean_words < 1.01) {
        append_lower(out, profile, form);
        return;
    }
    pd_append_string(out, "nullif(regexp_replace(");
    append_lower(out, profile, form);
    pd_append_string(out, ",'[ -/:-@\\[-`{-~]+','','g'),'')");
}

/* NIKs that a spreadsheet may have rounded are missing. */
static void append_unrounded(struct pd_buffer *out, const struct pd_profile *profile, enum pd_side_form form)
{
    pd_append_string(out, "CASE WHEN right(");
    append_signless(out, profile, form);
    pd_append_string(out, ",1) <> '0' THEN ");
    append_signless(out, profile, form);
    pd_append_string(out, " END");
}

static void append_code(struct pd_buffer *out, const struct pd_profile *profile, enum pd_side_form form)
{
    if (profile->rounded) {
        append_unrounded(out, profile, form);
        return;
    }
    if (profile->last_digits > 0) pd_append_string(out, "right(");
    append_signless(out, profile, form);
    if (profile->last_digits > 0) pd_append_format(out, ",%zu)", profile->last_digits);
}

static void append_sex(struct pd_buffer *out, const struct pd_profile *profile, enum pd_side_form form)
{
    static const char sexes[] = "mf";
    const bool has_signs = profile->punctuated || profile->mean_words > 1;
    pd_append_string(out, "CASE");
    for (size_t i = 0; i < 2; i++) {
        pd_append_string(out, has_signs ? " WHEN regexp_replace(lower(" : " WHEN lower(");
        append_cell(out, profile, form);
        pd_append_string(out, has_signs ? "),'[ -/:-@\\[-`{-~]+','','g') IN (" : ") IN (");
        pd_sexes_append(out, sexes[i], profile->sex_letters);
        pd_append_format(out, ") THEN '%c'", sexes[i]);
    }
    pd_append_string(out, " END");
}

/* A decimal comma as a point, and groups without points: all of them, or those before a comma. */
static void append_pointed(struct pd_buffer *out, const struct pd_profile *profile, enum pd_side_form form)
{
    const bool some = profile->decimal_commas && !profile->point_groups;
    if (some) {
        pd_append_string(out, "CASE WHEN NOT contains(");
        append_cell(out, profile, form);
        pd_append_string(out, ",',') THEN ");
        append_cell(out, profile, form);
        pd_append_string(out, " ELSE ");
    }
    if (profile->decimal_commas) pd_append_string(out, "replace(");
    pd_append_string(out, "replace(");
    append_cell(out, profile, form);
    pd_append_string(out, ",'.','')");
    if (profile->decimal_commas) pd_append_string(out, ",',','.')");
    if (some) pd_append_string(out, " END");
}

static void append_number(struct pd_buffer *out, const struct pd_profile *profile, enum pd_side_form form)
{
    const bool punctuated = profile->punctuated || profile->money;
    pd_append_string(out, "TRY_CAST(");
    if (punctuated) pd_append_string(out, "regexp_replace(");
    if (profile->decimal_commas || profile->point_groups)
        append_pointed(out, profile, form);
    else
        append_cell(out, profile, form);
    if (punctuated) pd_append_format(out, ",'[^-0-9.]+%s','','g')", profile->money ? "|[.]?-+[^0-9]*$" : "");
    pd_append_string(out, " AS DOUBLE)");
}

/* A year, the year of a date, or that in which somebody of an age was born. */
static void append_year(struct pd_buffer *out, const struct pd_profile *profile, enum pd_side_form form)
{
    if (profile->counted_from != 0) {
        pd_append_string(out, "CASE WHEN length(");
        append_cell(out, profile, form);
        pd_append_format(out, ") < 4 THEN %d - TRY_CAST(", profile->counted_from);
        append_cell(out, profile, form);
        pd_append_string(out, " AS DOUBLE) ELSE ");
    }
    pd_append_string(out, profile->short_years ? "TRY_CAST(right(coalesce(" : "TRY_CAST(coalesce(");
    append_formats(out, profile, profile->short_years ? "%y" : "%Y", form);
    append_cell(out, profile, form);
    pd_append_string(out, profile->short_years ? "),2) AS DOUBLE)" : ") AS DOUBLE)");
    if (profile->counted_from != 0) pd_append_string(out, " END");
}

/* All texts of the row, one after another. */
static void append_row(struct pd_buffer *out, const struct pd_profile *profile, enum pd_side_form form)
{
    pd_append_string(out, "nullif(concat_ws(' '");
    for (size_t i = 0; i < profile->n_columns; i++) {
        if (!profile->columns[i].in_row) continue;
        pd_append_string(out, ", ");
        pd_append_value(out, &profile->columns[i], form);
    }
    pd_append_string(out, "),'')");
}

/* The words of digits alone in them: first two blanks between words, so that each has its own on both sides. */
static void append_numbers(struct pd_buffer *out, const struct pd_profile *profile, enum pd_side_form form)
{
    pd_append_string(out, "nullif(trim(regexp_replace(regexp_replace(regexp_replace(");
    append_row(out, profile, form);
    pd_append_string(out,
                     ",'[^0-9A-Za-z]+','  ','g'),'(^| )[0-9]*[A-Za-z][0-9A-Za-z]*( |$)',' ','g'),' +',' ','g')),'')");
}

void pd_append_value(struct pd_buffer *out, const struct pd_profile *profile, enum pd_side_form form)
{
    switch (profile->kind) {
    case PD_KIND_DATE: append_date(out, profile, form); return;
    case PD_KIND_CODE: append_code(out, profile, form); return;
    case PD_KIND_SEX: append_sex(out, profile, form); return;
    case PD_KIND_NUMBER:
        if (profile->of_years)
            append_year(out, profile, form);
        else
            append_number(out, profile, form);
        return;
    case PD_KIND_NAME:
    case PD_KIND_TEXT: append_words(out, profile, form); return;
    case PD_KIND_ROW: append_row(out, profile, form); return;
    case PD_KIND_ROW_NUMBERS: append_numbers(out, profile, form); return;
    case PD_KIND_CATEGORY:
    case PD_KIND_EMAIL:
    case PD_KIND_LEFT_OUT: break;
    }
    append_lower(out, profile, form);
}

struct pd_placeholder {
    const char *text;
    bool partner;
    int form; /* -1: the caller's */
};

static const struct pd_placeholder placeholders[] = {
    { "{l}", false, PD_FORM_LEVEL_LEFT }, { "{r}", false, PD_FORM_LEVEL_RIGHT }, { "{x}", false, -1 },
    { "{pl}", true, PD_FORM_LEVEL_LEFT }, { "{pr}", true, PD_FORM_LEVEL_RIGHT }, { "{px}", true, -1 }
};

static const char spread_mark[] = "{s:";

/* Appends the share of the spread that the template names here, and returns what follows in it. */
static const char *append_spread(struct pd_buffer *out, const char *at, const struct pd_profile *profile)
{
    char *end = NULL;
    pd_append_format(out, "%.9g", strtod(at + strlen(spread_mark), &end) * profile->spread);
    return end + 1;
}

void pd_append_template(struct pd_buffer *out, const char *template, const struct pd_profile *profile,
                        const struct pd_profile *partner, enum pd_side_form form)
{
    while (*template != '\0') {
        const struct pd_placeholder *found = NULL;
        if (strncmp(template, spread_mark, strlen(spread_mark)) == 0) {
            template = append_spread(out, template, profile);
            continue;
        }
        for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++)
            if (strncmp(template, placeholders[i].text, strlen(placeholders[i].text)) == 0) found = &placeholders[i];
        if (found == NULL) {
            pd_append_byte(out, *template ++);
            continue;
        }
        pd_append_value(out, found->partner ? partner : profile,
                        found->form < 0 ? form : (enum pd_side_form)found->form);
        template += strlen(found->text);
    }
}
