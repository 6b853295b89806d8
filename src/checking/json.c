/* SPDX-License-Identifier: MIT
 * The report of check for programs: one object per file. */
#include "checking/report.h"

static void key(struct pd_buffer *out, const char *name)
{
    const char last = out->length > 0 ? out->data[out->length - 1] : '{';
    if (last != '{' && last != '[') pd_append_byte(out, ',');
    pd_append_format(out, "\"%s\":", name);
}

static void number(struct pd_buffer *out, const char *name, uint64_t value)
{
    key(out, name);
    pd_append_u64(out, value);
}

static void text(struct pd_buffer *out, const char *name, struct pd_text value)
{
    key(out, name);
    pd_append_json(out, value);
}

static void truth(struct pd_buffer *out, const char *name, bool value)
{
    key(out, name);
    pd_append_string(out, value ? "true" : "false");
}

static void rows(const struct pd_checked_file *checked, struct pd_buffer *out)
{
    static const char *const totals[] = { "none", "agree", "differ", "unknown" };
    const struct pd_file_result *file = checked->file;
    struct pd_reject_group groups[PD_REJECT_CODES];
    key(out, "rows");
    pd_append_byte(out, '{');
    number(out, "read", file->rows_read);
    number(out, "accepted", file->rows_accepted);
    number(out, "rejected", file->rows_rejected);
    number(out, "blank", file->rows_blank);
    number(out, "of_other_programs", file->rows_skipped);
    number(out, "totals", file->rows_totals);
    text(out, "totals_state", pd_text_of(totals[file->totals]));
    pd_append_byte(out, '}');
    key(out, "rejected");
    pd_append_byte(out, '{');
    pd_checked_rejects(checked, groups);
    for (size_t i = 0; i < PD_REJECT_CODES; i++) {
        if (groups[i].n == 0) continue;
        key(out, pd_reject_code_name((enum pd_reject_code)i));
        pd_append_byte(out, '{');
        number(out, "n", groups[i].n);
        key(out, "first_rows");
        for (size_t j = 0; j < PD_REJECT_ROWS_SHOWN && j < groups[i].n; j++)
            pd_append_format(out, "%s%u", j > 0 ? "," : "[", groups[i].rows[j]);
        pd_append_string(out, "]}");
    }
    pd_append_byte(out, '}');
}

/* Of a row of values nothing is told. */
static void header_text(struct pd_buffer *out, const struct pd_file_result *file, const char *name,
                        struct pd_text header)
{
    if (!pd_file_header_is_values(file)) {
        text(out, name, header);
        return;
    }
    key(out, name);
    pd_append_string(out, "null");
}

static void columns(const struct pd_file_result *file, struct pd_buffer *out)
{
    key(out, "columns");
    pd_append_byte(out, '[');
    for (size_t i = 0; i < file->n_columns; i++) {
        const struct pd_file_column *column = &file->columns[i];
        if (out->length > 0 && out->data[out->length - 1] == '}') pd_append_byte(out, ',');
        pd_append_byte(out, '{');
        header_text(out, file, "header", column->header);
        key(out, "name");
        if (column->name.length > 0)
            pd_append_json(out, column->name);
        else
            pd_append_string(out, "null");
        if (column->name.length > 0) number(out, "filled", column->n_filled);
        if (column->is_program) truth(out, "program_flag", true);
        pd_append_byte(out, '}');
    }
    pd_append_byte(out, ']');
    text(out, "rows_by_flag", file->program_flag);
}

/* Of a file that is no roster; names are those of decisions.txt, null where the header is a row of values. */
static void written_columns(const struct pd_checked_file *checked, struct pd_buffer *out)
{
    key(out, "columns");
    pd_append_byte(out, '[');
    for (size_t i = 0; i < checked->file->n_columns; i++) {
        const struct pd_file_column *column = &checked->file->columns[i];
        const struct pd_profile *profile = pd_checked_profile(checked, i);
        if (i > 0) pd_append_byte(out, ',');
        pd_append_byte(out, '{');
        header_text(out, checked->file, "header", column->header);
        header_text(out, checked->file, "name", column->name);
        number(out, "filled", profile == NULL ? column->n_filled : profile->n_filled);
        if (profile != NULL) number(out, "values", profile->n_distinct);
        if (profile != NULL) text(out, "kind", pd_text_of(pd_kind_name(profile->content)));
        if (profile != NULL && profile->reason != NULL) text(out, "left_out", pd_text_of(profile->reason));
        pd_append_byte(out, '}');
    }
    pd_append_byte(out, ']');
}

static void dates(const struct pd_checked_file *checked, struct pd_buffer *out)
{
    static const char *const orders[] = { "unknown", "day_month", "month_day" };
    const struct pd_date_evidence *seen = &checked->facts->dates;
    key(out, "dates");
    pd_append_byte(out, '{');
    text(out, "format", pd_text_of(pd_date_evidence_format(seen)));
    text(out, "order", pd_text_of(orders[checked->facts->date_order]));
    number(out, "day_first", seen->n_day_first);
    number(out, "month_first", seen->n_month_first);
    number(out, "ambiguous", seen->n_ambiguous);
    number(out, "iso", seen->n_iso);
    number(out, "words", seen->n_words);
    number(out, "serial", seen->n_serial);
    number(out, "compact", seen->n_compact);
    number(out, "other", seen->n_other);
    number(out, "no_such_day", seen->n_no_day);
    number(out, "default_days", checked->n_default_days);
    pd_append_byte(out, '}');
}

static void regions(const struct pd_normalise_file_facts *facts, struct pd_buffer *out)
{
    static const char *const levels[] = { "none", "province", "regency", "district", "village" };
    static const char *const codings[] = { "", "dagri", "bps" };
    key(out, "regions");
    pd_append_byte(out, '{');
    text(out, "coding", pd_text_of(codings[facts->coding]));
    number(out, "codes", facts->n_codes);
    number(out, "known_dagri", facts->n_codes_dagri);
    number(out, "known_bps", facts->n_codes_bps);
    key(out, "placed");
    pd_append_byte(out, '{');
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) number(out, levels[i], facts->n_placed[i]);
    pd_append_string(out, "}}");
}

static void niks(const struct pd_checked_file *checked, struct pd_buffer *out)
{
    key(out, "nik");
    pd_append_byte(out, '{');
    number(out, "n", checked->facts->nik.n);
    number(out, "usable", checked->facts->nik.usable);
    key(out, "flags");
    pd_append_byte(out, '{');
    for (unsigned bit = 0; bit < PD_NIK_FLAGS; bit++)
        if (checked->nik_flags[bit] > 0) number(out, pd_nik_flag_name(bit), checked->nik_flags[bit]);
    pd_append_string(out, "}}");
}

static void grade(const struct pd_file_grade *graded, struct pd_buffer *out)
{
    text(out, "grade", (struct pd_text){ &graded->letter, 1 });
    key(out, "elements");
    pd_append_byte(out, '{');
    for (size_t i = 0; i < PD_GRADE_ELEMENTS; i++) {
        key(out, pd_grade_element(i));
        pd_append_double(out, graded->share[i], 4);
    }
    pd_append_byte(out, '}');
}

static void alarms(const struct pd_file_alarms *found, bool rings, struct pd_buffer *out)
{
    key(out, rings ? "alarms" : "notes");
    pd_append_byte(out, '[');
    for (size_t i = 0; i < found->n; i++) {
        if (found->items[i].rings != rings) continue;
        if (out->length > 0 && out->data[out->length - 1] == '}') pd_append_byte(out, ',');
        pd_append_byte(out, '{');
        text(out, "code", pd_text_of(found->items[i].code));
        text(out, "sentence", pd_text_of(found->items[i].sentence));
        pd_append_byte(out, '}');
    }
    pd_append_byte(out, ']');
}

static void dialect(const struct pd_file_result *file, struct pd_buffer *out)
{
    text(out, "delimiter", (struct pd_text){ &file->delimiter, 1 });
    text(out, "charset", pd_text_of(pd_charset_name(file->charset)));
    truth(out, "bom", file->has_bom);
    truth(out, "compressed", file->compressed);
    number(out, "header_row", file->header_row);
}

/* What normalising has found, and the grade. */
static void roster(const struct pd_checked_file *checked, struct pd_buffer *out)
{
    columns(checked->file, out);
    dates(checked, out);
    regions(checked->facts, out);
    niks(checked, out);
    number(out, "amounts_unreadable", checked->facts->n_amounts_unreadable);
    number(out, "periods_unreadable", checked->facts->n_periods_unreadable);
    number(out, "periods_doubtful", checked->facts->n_periods_doubtful);
    grade(&checked->grade, out);
}

void pd_checked_json(const struct pd_checked_file *checked, struct pd_buffer *out)
{
    const struct pd_file_result *file = checked->file;
    pd_append_byte(out, '{');
    text(out, "file", file->name);
    if (checked->source.length > 0) text(out, "source", checked->source);
    if (checked->role != NULL) text(out, "role", pd_text_of(checked->role));
    truth(out, "usable", file->status == PADAN_OK);
    if (file->status != PADAN_OK) {
        text(out, "message", file->message);
        pd_append_byte(out, '}');
        return;
    }
    text(out, pd_digest_name(file->digest_kind), pd_text_of(file->digest));
    number(out, "bytes", file->bytes);
    dialect(file, out);
    rows(checked, out);
    truth(out, "roster", checked->profiles == NULL);
    text(out, "ids", pd_text_of(pd_checked_id_origin(file->id_origin)));
    number(out, "ids_repeated", file->n_repeated_ids);
    if (checked->profiles == NULL)
        roster(checked, out);
    else
        written_columns(checked, out);
    alarms(&checked->alarms, true, out);
    alarms(&checked->alarms, false, out);
    pd_append_byte(out, '}');
}
