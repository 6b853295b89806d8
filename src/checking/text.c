/* SPDX-License-Identifier: MIT
 * The report of check for people: a paragraph per file, one fact per line. */
#include "checking/report.h"

enum { LABEL_WIDTH = 12 };

void pd_checked_rejects(const struct pd_checked_file *checked, struct pd_reject_group *groups)
{
    for (size_t i = 0; i < PD_REJECT_CODES; i++) groups[i] = (struct pd_reject_group){ .n = 0 };
    for (size_t i = 0; i < checked->loaded->n_rejects; i++) {
        const struct pd_reject *reject = &checked->loaded->rejects[i];
        if (reject->file != checked->index) continue;
        struct pd_reject_group *group = &groups[reject->code];
        if (group->n < PD_REJECT_ROWS_SHOWN) group->rows[group->n] = reject->row;
        group->n++;
    }
}

const char *pd_checked_id_origin(enum pd_id_origin origin)
{
    return origin == PD_ID_COLUMN ? "column" : origin == PD_ID_GENERATED ? "generated" : "generated_instead_of_nik";
}

static void label(struct pd_buffer *out, const char *word)
{
    pd_append_format(out, "  %-*s", LABEL_WIDTH, word);
}

static void percent(struct pd_buffer *out, uint64_t part, uint64_t whole)
{
    pd_append_double(out, whole == 0 ? 0 : 100.0 * (double)part / (double)whole, 1);
    pd_append_string(out, " %");
}

static void dialect(const struct pd_file_result *file, struct pd_buffer *out)
{
    label(out, "dialect");
    pd_append_string(out, "delimiter ");
    if (file->delimiter == '\t')
        pd_append_string(out, "tab");
    else
        pd_append_format(out, "\"%c\"", file->delimiter);
    pd_append_format(out, ", %s%s%s, header in row %u", pd_charset_name(file->charset),
                     file->has_bom ? " with BOM" : "", file->compressed ? ", compressed" : "", file->header_row);
    pd_append_byte(out, '\n');
}

static void part_of_rows(struct pd_buffer *out, uint64_t n, const char *words)
{
    if (n == 0) return;
    pd_append_string(out, ", ");
    pd_append_u64(out, n);
    pd_append_string(out, words);
}

static void rows(const struct pd_checked_file *checked, struct pd_buffer *out)
{
    static const char *const totals[] = { "", " (they agree)", " (they differ)", "" };
    const struct pd_file_result *file = checked->file;
    struct pd_reject_group groups[PD_REJECT_CODES];
    label(out, "rows");
    pd_append_format(out, "%llu read = %llu accepted + %llu rejected", (unsigned long long)file->rows_read,
                     (unsigned long long)file->rows_accepted, (unsigned long long)file->rows_rejected);
    part_of_rows(out, file->rows_blank, " blank");
    part_of_rows(out, file->rows_skipped, " of other programs");
    part_of_rows(out, file->rows_totals, " of totals");
    pd_append_string(out, file->rows_totals > 0 ? totals[file->totals] : "");
    pd_append_byte(out, '\n');
    pd_checked_rejects(checked, groups);
    for (size_t i = 0; i < PD_REJECT_CODES; i++) {
        if (groups[i].n == 0) continue;
        label(out, "rejected");
        pd_append_u64(out, groups[i].n);
        pd_append_format(out, " %s: row", pd_reject_code_name((enum pd_reject_code)i));
        for (size_t j = 0; j < PD_REJECT_ROWS_SHOWN && j < groups[i].n; j++)
            pd_append_format(out, "%s%u", j > 0 ? ", " : " ", groups[i].rows[j]);
        pd_append_string(out, groups[i].n > PD_REJECT_ROWS_SHOWN ? ", ...\n" : "\n");
    }
}

/* A header that is too long to be one is cut; control bytes would move the terminal's cursor. */
static void header(struct pd_buffer *out, struct pd_text text)
{
    enum { LONGEST = 60 };
    const struct pd_text shown = pd_text_slice(text, 0, LONGEST);
    for (size_t i = 0; i < shown.length; i++)
        pd_append_byte(out, (unsigned char)shown.data[i] < ' ' ? ' ' : shown.data[i]);
    if (shown.length < text.length) pd_append_string(out, "...");
}

/* What a column is called; of a row of values only the place is told. */
static void header_of(struct pd_buffer *out, const struct pd_file_result *file, size_t column, struct pd_text text)
{
    if (pd_file_header_is_values(file))
        pd_append_format(out, "column %zu", column + 1);
    else
        header(out, text);
}

static void columns(const struct pd_file_result *file, struct pd_buffer *out)
{
    const char *word = "columns";
    for (size_t i = 0; i < file->n_columns; i++) {
        const struct pd_file_column *column = &file->columns[i];
        if (column->name.length == 0) continue;
        label(out, word);
        word = "";
        pd_append_format(out, "%-16.*s <- ", PD_TEXT_ARGS(column->name));
        header_of(out, file, i, column->header);
        pd_append_string(out, " (");
        percent(out, column->n_filled, file->rows_accepted);
        pd_append_string(out, ")\n");
    }
}

/* The forms of dates, as YYYY-MM-DD: of those that differ in the order of their parts the one that they are read by. */
static void date_forms(const struct pd_profile *profile, struct pd_buffer *out)
{
    static const struct {
        char letter;
        const char *word;
    } parts[] = { { 'Y', "YYYY" }, { 'y', "YY" }, { 'm', "MM" }, { 'd', "DD" }, { 'b', "Jan" }, { 'B', "January" } };
    const char *before = " ";
    for (unsigned i = 0; i < PD_DATE_FORMATS; i++) {
        if ((profile->formats >> i & 1) == 0) continue;
        pd_append_string(out, before);
        before = " or ";
        for (const char *at = pd_date_formats[i].format; *at != '\0'; at++) {
            if (*at != '%') {
                pd_append_byte(out, *at);
                continue;
            }
            at++;
            for (size_t j = 0; j < sizeof parts / sizeof *parts; j++)
                if (parts[j].letter == *at) pd_append_string(out, parts[j].word);
        }
    }
}

static void written_column(const struct pd_profile *profile, struct pd_buffer *out)
{
    pd_append_string(out, profile->n_filled == 0 ? "empty" : pd_kind_name(profile->content));
    if (profile->content == PD_KIND_DATE) date_forms(profile, out);
    pd_append_string(out, " (");
    pd_append_double(out, 100 * profile->fill, 1);
    pd_append_format(out, " %%), %zu value%s", profile->n_distinct, profile->n_distinct == 1 ? "" : "s");
    if (profile->identities) pd_append_string(out, "; NIK or KK numbers");
    if (profile->reason != NULL) pd_append_format(out, "; not compared without a model: %s", profile->reason);
}

/* Of a file that is no roster: its columns as they are called, and what zero configuration would take them for. */
static void written_columns(const struct pd_checked_file *checked, struct pd_buffer *out)
{
    const struct pd_file_result *file = checked->file;
    for (size_t i = 0; i < file->n_columns; i++) {
        const struct pd_profile *profile = pd_checked_profile(checked, i);
        label(out, i == 0 ? "columns" : "");
        header_of(out, file, i, file->columns[i].name);
        pd_append_string(out, ": ");
        if (profile == NULL)
            pd_append_string(out, "names the rows");
        else
            written_column(profile, out);
        pd_append_byte(out, '\n');
    }
}

static void no_roster(const struct pd_checked_file *checked, struct pd_buffer *out)
{
    label(out, "no roster");
    pd_append_format(out,
                     "row %u has %zu header%s, none known as nik, nama or no_kk; dedupe and link take the file, a job "
                     "needs columns: {nama: ...}\n",
                     checked->file->header_row, checked->file->n_columns, checked->file->n_columns == 1 ? "" : "s");
}

/* Headers of columns that are not read: those of programs (wide form), or the others. */
static void unused_columns(const struct pd_file_result *file, bool programs, struct pd_buffer *out)
{
    bool any = false;
    for (size_t i = 0; i < file->n_columns; i++) {
        const struct pd_file_column *column = &file->columns[i];
        if (column->name.length > 0 || column->is_program != programs) continue;
        if (!any) label(out, programs ? "programs" : "not used");
        if (any) pd_append_string(out, ", ");
        any = true;
        if (column->header.length == 0)
            pd_append_format(out, "(column %zu without a header)", i + 1);
        else
            header_of(out, file, i, column->header);
    }
    if (any && programs && file->program_flag.length > 0) {
        pd_append_string(out, "; rows by ");
        header(out, file->program_flag);
    }
    if (any) pd_append_byte(out, '\n');
}

static void dates(const struct pd_checked_file *checked, struct pd_buffer *out)
{
    const struct pd_date_evidence *seen = &checked->facts->dates;
    const char *format = pd_date_evidence_format(seen);
    if (format[0] == '\0' && seen->n_other == 0) return;
    label(out, "dates");
    pd_append_string(out, format[0] == '\0' ? "none that can be read" : format);
    const uint64_t n_ordered = seen->n_day_first + seen->n_month_first + seen->n_ambiguous;
    if (n_ordered > 0)
        pd_append_format(out, ", read %s first (day first %llu, month first %llu, either %llu)",
                         checked->facts->date_order == PD_DATE_ORDER_MONTH_DAY ? "month" : "day",
                         (unsigned long long)seen->n_day_first, (unsigned long long)seen->n_month_first,
                         (unsigned long long)seen->n_ambiguous);
    part_of_rows(out, seen->n_iso, " year first");
    part_of_rows(out, seen->n_words, " with words");
    part_of_rows(out, seen->n_serial, " spreadsheet serials");
    part_of_rows(out, seen->n_compact, " without separators");
    part_of_rows(out, seen->n_no_day, " of a day that is not there, like 31 February");
    part_of_rows(out, seen->n_other, " unreadable or incomplete");
    part_of_rows(out, checked->n_default_days, " on 1 July, 31 December or 1 January");
    pd_append_byte(out, '\n');
}

static void regions(const struct pd_checked_file *checked, struct pd_buffer *out)
{
    static const char *const levels[] = { " nowhere", " to a province", " to a regency", " to a district",
                                          " to a village" };
    const struct pd_normalise_file_facts *facts = checked->facts;
    label(out, "regions");
    if (facts->n_codes == 0)
        pd_append_string(out, "no codes");
    else
        pd_append_string(out, facts->coding == PD_CODING_BPS ? "bps codes" : "dagri codes");
    if (facts->n_codes > 0) {
        const uint64_t known = facts->coding == PD_CODING_BPS ? facts->n_codes_bps : facts->n_codes_dagri;
        pd_append_string(out, ", known ");
        percent(out, known, facts->n_codes);
    }
    const char *separator = "; rows placed";
    for (size_t i = sizeof levels / sizeof *levels; i > 0; i--) {
        if (facts->n_placed[i - 1] == 0) continue;
        pd_append_format(out, "%s%s %llu", separator, levels[i - 1], (unsigned long long)facts->n_placed[i - 1]);
        separator = ",";
    }
    pd_append_byte(out, '\n');
}

static void niks(const struct pd_checked_file *checked, struct pd_buffer *out)
{
    const struct pd_nik_profile *nik = &checked->facts->nik;
    label(out, "NIK");
    if (!checked->grade.has_nik) {
        pd_append_string(out, "no such column\n");
        return;
    }
    pd_append_format(out, "%llu of %llu usable (", (unsigned long long)nik->usable, (unsigned long long)nik->n);
    percent(out, nik->usable, nik->n);
    pd_append_byte(out, ')');
    const char *separator = "; ";
    for (unsigned bit = 0; bit < PD_NIK_FLAGS; bit++) {
        if (checked->nik_flags[bit] == 0) continue;
        pd_append_format(out, "%s%s %llu", separator, pd_nik_flag_name(bit),
                         (unsigned long long)checked->nik_flags[bit]);
        separator = ", ";
    }
    pd_append_byte(out, '\n');
}

static void ids(const struct pd_file_result *file, struct pd_buffer *out)
{
    label(out, "row ids");
    if (file->id_origin == PD_ID_COLUMN)
        pd_append_string(out, "from the file");
    else
        pd_append_string(out, "<file>:<row>");
    part_of_rows(out, file->n_repeated_ids, " repeated");
    pd_append_byte(out, '\n');
}

static void grade(const struct pd_file_grade *graded, struct pd_buffer *out)
{
    label(out, "grade");
    pd_append_byte(out, graded->letter);
    for (size_t i = 0; i < PD_GRADE_ELEMENTS; i++) {
        pd_append_format(out, "%s %s ", i > 0 ? "," : ":", pd_grade_element(i));
        pd_append_double(out, 100 * graded->share[i], 1);
        pd_append_string(out, " %");
    }
    pd_append_byte(out, '\n');
}

static void alarms(const struct pd_file_alarms *found, bool rings, struct pd_buffer *out)
{
    for (size_t i = 0; i < found->n; i++) {
        if (found->items[i].rings != rings) continue;
        label(out, rings ? "ALARM" : "note");
        pd_append_format(out, "%s: %s\n", found->items[i].code, found->items[i].sentence);
    }
}

/* What normalising has found in the columns of a roster. */
static void roster_columns(const struct pd_checked_file *checked, struct pd_buffer *out)
{
    columns(checked->file, out);
    unused_columns(checked->file, true, out);
    unused_columns(checked->file, false, out);
    dates(checked, out);
    regions(checked, out);
    niks(checked, out);
}

void pd_checked_text(const struct pd_checked_file *checked, struct pd_buffer *out)
{
    pd_append_text(out, checked->file->name);
    if (checked->source.length > 0) pd_append_format(out, " (%.*s, %s)", PD_TEXT_ARGS(checked->source), checked->role);
    pd_append_byte(out, '\n');
    if (checked->file->status != PADAN_OK) {
        label(out, "UNUSABLE");
        pd_append_text(out, checked->file->message);
        pd_append_string(out, "\n\n");
        return;
    }
    alarms(&checked->alarms, true, out);
    alarms(&checked->alarms, false, out);
    if (checked->profiles != NULL)
        no_roster(checked, out);
    else
        grade(&checked->grade, out);
    dialect(checked->file, out);
    rows(checked, out);
    if (checked->profiles != NULL)
        written_columns(checked, out);
    else
        roster_columns(checked, out);
    ids(checked->file, out);
    pd_append_byte(out, '\n');
}
