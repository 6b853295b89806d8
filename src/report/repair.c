/* SPDX-License-Identifier: MIT
 * perbaikan_data.csv. Method: every program row is held against the person it is linked to, or its candidate; what
 * differs, lacks or cannot be read is a line. Suggestions come from the register, whose side wins (DOMAIN 9.4). */
#include "report/repair_tables.h"

#include "base/memory.h"
#include "base/prefetch.h"
#include "indonesia/nik.h"
#include "report/row_pen.h"
#include "report/row_verdicts.h"

enum anomaly {
    NIK_KOSONG,
    NIK_FORMAT,
    NIK_DUMMY,
    NIK_BULAT,
    NIK_TYPO,
    NIK_TIDAK_DITEMUKAN,
    NIK_ORANG_LAIN,
    NIK_KK_TERTUKAR,
    KK_FORMAT,
    KK_BEDA,
    NAMA_KOSONG,
    NAMA_BEDA,
    TGL_KOSONG,
    TGL_BEDA,
    JK_BEDA,
    WILAYAH_TAK_DIKENAL,
    WILAYAH_LAMA,
    WILAYAH_PINDAH,
    ALAMAT_TIDAK_LENGKAP,
    NOMINAL_TAK_TERBACA,
    MENINGGAL,
    GANDA_K1,
    GANDA_K2,
    GANDA_K3
};

/* What a line shows as old value and suggestion. */
enum subject {
    ABOUT_NIK,
    ABOUT_KK,
    ABOUT_NAME,
    ABOUT_BIRTH,
    ABOUT_SEX,
    ABOUT_REGION,
    ABOUT_ADDRESS,
    ABOUT_AMOUNT,
    ABOUT_ROW
};

/* kode_anomali,alasan,kolom */
#define FIELDS(literal) literal, sizeof(literal) - 1

static const struct {
    const char *fields;
    size_t length;
    enum subject subject;
} anomalies[] = {
    { FIELDS("NIK_KOSONG,NIK kosong,nik"), ABOUT_NIK },
    { FIELDS("NIK_FORMAT,NIK tidak 16 digit,nik"), ABOUT_NIK },
    { FIELDS("NIK_DUMMY,NIK bukan nomor sungguhan,nik"), ABOUT_NIK },
    { FIELDS("NIK_BULAT,digit akhir NIK hilang karena dibulatkan lembar kerja,nik"), ABOUT_NIK },
    { FIELDS("NIK_TYPO,NIK berbeda sedikit dari NIK orang yang sama di data kependudukan,nik"), ABOUT_NIK },
    { FIELDS("NIK_TIDAK_DITEMUKAN,NIK tidak ada di data kependudukan,nik"), ABOUT_NIK },
    { FIELDS("NIK_ORANG_LAIN,NIK milik orang lain di data kependudukan,nik"), ABOUT_NIK },
    { FIELDS("NIK_KK_TERTUKAR,kolom NIK berisi nomor KK,nik"), ABOUT_NIK },
    { FIELDS("KK_FORMAT,nomor KK tidak dapat dipakai,no_kk"), ABOUT_KK },
    { FIELDS("KK_BEDA,nomor KK berbeda dari data kependudukan,no_kk"), ABOUT_KK },
    { FIELDS("NAMA_KOSONG,nama kosong atau tidak terbaca,nama"), ABOUT_NAME },
    { FIELDS("NAMA_BEDA,nama berbeda dari data kependudukan,nama"), ABOUT_NAME },
    { FIELDS("TGL_KOSONG,tanggal lahir kosong atau tidak terbaca,tgl_lahir"), ABOUT_BIRTH },
    { FIELDS("TGL_BEDA,tanggal lahir berbeda dari data kependudukan,tgl_lahir"), ABOUT_BIRTH },
    { FIELDS("JK_BEDA,jenis kelamin berbeda dari data kependudukan,jenis_kelamin"), ABOUT_SEX },
    { FIELDS("WILAYAH_TAK_DIKENAL,wilayah tidak dikenal,kode_desa"), ABOUT_REGION },
    { FIELDS("WILAYAH_LAMA,kode wilayah sudah diganti,kode_desa"), ABOUT_REGION },
    { FIELDS("WILAYAH_PINDAH,wilayah berbeda dari data kependudukan,kode_desa"), ABOUT_REGION },
    { FIELDS("ALAMAT_TIDAK_LENGKAP,\"alamat tanpa RT atau kecamatan, tidak dapat diantar pos\",alamat"),
      ABOUT_ADDRESS },
    { FIELDS("NOMINAL_TAK_TERBACA,nominal tidak terbaca,nominal"), ABOUT_AMOUNT },
    { FIELDS("MENINGGAL,\"dibayar setelah tanggal meninggal, atau ada petunjuk meninggal\","), ABOUT_ROW },
    { FIELDS("GANDA_K1,orang yang sama dengan NIK yang sama dibayar lebih dari sekali,"), ABOUT_ROW },
    { FIELDS("GANDA_K2,NIK yang sama dipakai orang yang berbeda,nik"), ABOUT_NIK },
    { FIELDS("GANDA_K3,orang yang sama dengan NIK lain atau tanpa NIK dibayar lebih dari sekali,"), ABOUT_ROW },
};

struct repairs {
    const struct pd_report *report;
    uint16_t *kinds;                          /* [n_records] bit per enum pd_finding_kind */
    bool *has_addresses;                      /* [n_sources] */
    int name, nik, kk, birth, amount, region; /* original columns, -1 = none */
};

/* One row being looked at. */
struct subject_row {
    const struct repairs *repairs;
    uint32_t row;
    uint32_t person; /* in the register; PD_NO_RECORD without one */
    const struct pd_row_verdicts *verdicts;
    size_t place; /* of the row in them */
    struct pd_buffer *out;
    size_t n_lines;
};

static const struct pd_column *column_of(const struct repairs *repairs, int column)
{
    return &repairs->report->linkage->table->columns[column];
}

static bool is_empty(const struct repairs *repairs, int column, uint32_t row)
{
    return column < 0 || pd_column_is_null(column_of(repairs, column), row);
}

/* A text of the row as written, and of its normalised twin where the original is not at hand. */
static struct pd_text text_of(const struct repairs *repairs, int column, uint32_t row, char scratch[24])
{
    const struct pd_text none = { NULL, 0 };
    return column < 0 ? none : pd_column_text(column_of(repairs, column), row, scratch);
}

/* --- nilai_lama, saran --- */

/* Whether there is a suggestion. from: the person whose number it is, PD_NO_RECORD when nobody's. */
static bool append_numbers(const struct subject_row *subject, int column, uint32_t from, struct pd_buffer *out)
{
    char scratch[2][24];
    const struct repairs *repairs = subject->repairs;
    const struct pd_text own = text_of(repairs, column, subject->row, scratch[0]);
    const struct pd_text other =
        from == PD_NO_RECORD ? (struct pd_text){ NULL, 0 } : text_of(repairs, column, from, scratch[1]);
    const struct pd_masking masking = repairs->report->masking;
    if (own.length > 0 && other.length > 0) {
        pd_append_number_beside(out, own, other, masking);
        pd_append_byte(out, ',');
        if (pd_text_equal(own, other)) return false;
        pd_append_number_beside(out, other, own, masking);
        return true;
    }
    pd_append_number(out, own, masking);
    pd_append_byte(out, ',');
    pd_append_number(out, other, masking);
    return other.length > 0;
}

static void append_date(const struct repairs *repairs, uint32_t record, struct pd_buffer *out)
{
    const int64_t day = pd_report_integer(repairs->report, repairs->report->linkage->columns.tgl_lahir, record);
    if (day != PD_NULL_INT) pd_append_date(out, (int32_t)day);
}

static void append_sex(const struct repairs *repairs, uint32_t record, struct pd_buffer *out)
{
    const int64_t sex = pd_report_integer(repairs->report, repairs->report->linkage->columns.jenis_kelamin, record);
    if (sex == 1 || sex == 2) pd_append_byte(out, sex == 1 ? 'L' : 'P');
}

/* "RT 003 ": three digits or more. */
static void append_unit(struct pd_buffer *out, const char *name, int64_t number)
{
    enum { DIGITS = 3, FIRST_LONGER = 1000 };
    pd_append_string(out, name);
    if (number < FIRST_LONGER)
        pd_append_digits(out, (uint64_t)number, DIGITS);
    else
        pd_append_i64(out, number);
    pd_append_byte(out, ' ');
}

/* "RT 003 RW 001 JL MAWAR": what there is of an address. */
static void append_address(const struct repairs *repairs, uint32_t record, struct pd_buffer *out)
{
    const struct pd_report *report = repairs->report;
    const struct pd_person_columns *columns = &report->linkage->columns;
    const int64_t rt = pd_report_integer(report, columns->rt, record);
    const int64_t rw = pd_report_integer(report, columns->rw, record);
    char scratch[24];
    struct pd_buffer whole = { 0 };
    if (rt > 0) append_unit(&whole, "RT ", rt);
    if (rw > 0) append_unit(&whole, "RW ", rw);
    pd_append_text(&whole, text_of(repairs, columns->alamat, record, scratch));
    pd_append_csv(out, pd_text_trim((struct pd_text){ whole.data, whole.length }));
    pd_buffer_reset(&whole);
}

static void append_value(const struct subject_row *subject, enum subject about, uint32_t record, struct pd_buffer *out)
{
    const struct repairs *repairs = subject->repairs;
    const bool own = record == subject->row;
    const size_t begin = out->length;
    char scratch[24];
    switch (about) {
    case ABOUT_NAME: pd_append_csv(out, text_of(repairs, repairs->name, record, scratch)); break;
    case ABOUT_BIRTH:
        if (own && is_empty(repairs, repairs->report->linkage->columns.tgl_lahir, record))
            pd_append_csv(out, text_of(repairs, repairs->birth, record, scratch));
        append_date(repairs, record, out);
        break;
    case ABOUT_SEX: append_sex(repairs, record, out); break;
    case ABOUT_REGION:
        if (own && repairs->region >= 0)
            pd_append_csv(out, text_of(repairs, repairs->region, record, scratch));
        else
            pd_append_region(repairs->report, record, out);
        break;
    case ABOUT_ADDRESS: append_address(repairs, record, out); break;
    case ABOUT_AMOUNT:
        if (own) pd_append_csv(out, text_of(repairs, repairs->amount, record, scratch));
        break;
    case ABOUT_NIK:
    case ABOUT_KK:
    case ABOUT_ROW: break;
    }
    pd_hide_numbers(out, begin, repairs->report->masking);
}

/* Two people of the register fit alike: the number of either may be a stranger's. */
static bool is_tied(const struct pd_row_link *link)
{
    return link->class == PD_CLASS_REVIEW && link->margin < PD_TIE_BITS * PD_WEIGHT_ONE;
}

/* Whose value is suggested: nobody's of two who fit alike. The row itself knows the new code of its own old one; an
 * address without an RT, or a region that is not known either, mends nothing. */
static uint32_t adviser(const struct subject_row *subject, enum anomaly anomaly)
{
    const struct pd_report *report = subject->repairs->report;
    const uint32_t person = subject->person;
    const int rt = report->linkage->columns.rt;
    if (anomaly == WILAYAH_LAMA) return subject->row;
    if (person == PD_NO_RECORD || is_tied(pd_link_of(report->linkage, subject->row))) return PD_NO_RECORD;
    if (anomaly == ALAMAT_TIDAK_LENGKAP && pd_report_integer(report, rt, person) <= 0) return PD_NO_RECORD;
    if (anomaly == ALAMAT_TIDAK_LENGKAP && pd_report_integer(report, rt, subject->row) > 0) return PD_NO_RECORD;
    if (anomalies[anomaly].subject == ABOUT_REGION && pd_report_region(report, person) == 0) return PD_NO_RECORD;
    return person;
}

/* Whose value is suggested, PD_NO_RECORD where nothing is. */
static uint32_t append_values(const struct subject_row *subject, enum anomaly anomaly, struct pd_buffer *out)
{
    const struct pd_person_columns *columns = &subject->repairs->report->linkage->columns;
    const enum subject about = anomalies[anomaly].subject;
    const uint32_t from = adviser(subject, anomaly);
    if (about == ABOUT_NIK) return append_numbers(subject, columns->nik_longgar, from, out) ? from : PD_NO_RECORD;
    if (about == ABOUT_KK) {
        const int column = anomaly == KK_FORMAT ? subject->repairs->kk : columns->no_kk;
        return append_numbers(subject, column, from, out) ? from : PD_NO_RECORD;
    }
    append_value(subject, about, subject->row, out);
    pd_append_byte(out, ',');
    const size_t before = out->length;
    if (anomaly == WILAYAH_LAMA)
        pd_append_region(subject->repairs->report, subject->row, out);
    else if (from != PD_NO_RECORD)
        append_value(subject, about, from, out);
    return out->length > before ? from : PD_NO_RECORD;
}

/* --- a line --- */

PD_PEN_INLINE void write_level(struct pd_pen *pen, const struct pd_report *report, int column, uint32_t row)
{
    const int64_t code = pd_report_integer(report, column, row);
    pd_pen_region_code(pen, code > 0 ? (uint64_t)code : 0);
    pd_pen_byte(pen, ',');
}

static void add_line(struct subject_row *subject, enum anomaly anomaly)
{
    const struct pd_report *report = subject->repairs->report;
    const struct pd_person_columns *columns = &report->linkage->columns;
    const struct pd_row_link *link = pd_link_of(report->linkage, subject->row);
    struct pd_pen pen;
    uint32_t from = PD_NO_RECORD;
    if (!pd_pen_begin(&pen, subject->out)) return;
    write_level(&pen, report, columns->kode_kabupaten, subject->row);
    write_level(&pen, report, columns->kode_kecamatan, subject->row);
    write_level(&pen, report, columns->kode_desa, subject->row);
    pd_pen_key(&pen, report, subject->row);
    pd_pen_byte(&pen, ',');
    pd_pen_program(&pen, report, subject->row);
    pd_pen_byte(&pen, ',');
    pd_pen_nik(&pen, report, subject->row);
    pd_pen_byte(&pen, ',');
    pd_pen_column(&pen, report, subject->repairs->name, subject->row);
    pd_pen_byte(&pen, ',');
    pd_pen_text(&pen, (struct pd_text){ anomalies[anomaly].fields, anomalies[anomaly].length });
    pd_pen_byte(&pen, ',');
    pd_pen_append(&pen, from = append_values(subject, anomaly, subject->out));
    pd_pen_byte(&pen, ',');
    pd_pen_row_id(&pen, report, from);
    pd_pen_byte(&pen, ',');
    if (link->register_edge != PD_NO_EDGE) pd_pen_weight(&pen, link->weight, 6);
    pd_pen_byte(&pen, ',');
    pd_pen_name(&pen, pd_class_name(link->class));
    pd_pen_literal(&pen, ",,,,Mohon perbaikan\n");
    pd_pen_end(&pen);
    subject->n_lines++;
}

/* --- what is wrong with a row --- */

static uint32_t nik_flags(const struct repairs *repairs, uint32_t row)
{
    const int64_t flags = pd_report_integer(repairs->report, repairs->report->linkage->columns.bendera_nik, row);
    return flags == PD_NULL_INT ? 0 : (uint32_t)flags;
}

/* Is there somebody to learn from: the person, or a candidate that reached the review threshold? */
static bool has_candidate(const struct pd_row_link *link)
{
    return link->class == PD_CLASS_AUTOMATIC || (link->class == PD_CLASS_REVIEW && link->n_candidates > 0);
}

/* A slip in the last digit alone is one, whether a spreadsheet made it or a hand. Of two who fit alike nobody knows
 * whose number it should be. */
static bool is_slip(const struct pd_row_link *link)
{
    if (is_tied(link)) return false;
    return link->method == PD_METHOD_NIK_TYPO || link->method == PD_METHOD_NIK_15;
}

/* Is the number, which the register finds under `owner`, the row's own person's? It may be of several people. */
static bool is_own_nik(const struct pd_linkage *linkage, const struct pd_row_link *link, uint32_t owner)
{
    if (!has_candidate(link)) return false;
    return link->method == PD_METHOD_NIK || linkage->cluster[owner] == linkage->cluster[link->register_record];
}

/* One line about the number, the most telling one. The head's on a member is no key, so it has no owner, but a lookup
 * finds it. */
static void look_at_nik(struct subject_row *subject)
{
    const struct pd_linkage *linkage = subject->repairs->report->linkage;
    const struct pd_row_link *link = pd_link_of(linkage, subject->row);
    const uint32_t flags = nik_flags(subject->repairs, subject->row);
    const uint32_t owner = linkage->nik_owner[subject->row];
    if (flags & PD_NIK_EMPTY) {
        add_line(subject, NIK_KOSONG);
    } else if (flags & PD_NIK_ISKK) {
        add_line(subject, NIK_KK_TERTUKAR);
    } else if (flags & (PD_NIK_SCI | PD_NIK_ROUND15)) {
        add_line(subject, NIK_BULAT);
    } else if (flags & PD_NIK_LEN) {
        add_line(subject, NIK_FORMAT);
    } else if (flags & PD_NIK_DUMMY) {
        add_line(subject, NIK_DUMMY);
    } else if (owner != PD_NO_RECORD) {
        if (!is_own_nik(linkage, link, owner)) add_line(subject, NIK_ORANG_LAIN);
    } else if ((flags & PD_NIK_HEAD) != 0 && link->nik_code != PD_NIK_CODE_NOT_FOUND) {
        add_line(subject, NIK_ORANG_LAIN);
    } else if (has_candidate(link) && is_slip(link)) {
        add_line(subject, NIK_TYPO);
    } else if (linkage->register_source >= 0 && !(has_candidate(link) && link->method == PD_METHOD_NIK)) {
        add_line(subject, NIK_TIDAK_DITEMUKAN);
    }
}

static bool differs(const struct subject_row *subject, enum pd_compared compared)
{
    if (subject->person == PD_NO_RECORD) return false;
    return pd_row_verdict(subject->verdicts, compared, subject->place) == PD_VERDICT_BEDA;
}

/* Thousandths. Names from here on are as good as one (D1), and nobody is asked to mend them. */
enum { NAMES_AGREE = 850, NAMES_ARE_ONE = 1000 };

static void look_at_person(struct subject_row *subject)
{
    const struct repairs *repairs = subject->repairs;
    const struct pd_linkage *linkage = repairs->report->linkage;
    const struct pd_person_columns *columns = &linkage->columns;
    const unsigned score = pd_link_of(linkage, subject->row)->name_score;
    if (!is_empty(repairs, repairs->kk, subject->row) && is_empty(repairs, columns->no_kk, subject->row))
        add_line(subject, KK_FORMAT);
    else if (differs(subject, PD_COMPARED_NO_KK))
        add_line(subject, KK_BEDA);
    if (is_empty(repairs, columns->nama, subject->row))
        add_line(subject, NAMA_KOSONG);
    else if (differs(subject, PD_COMPARED_NAMA) && !(score >= NAMES_AGREE && score <= NAMES_ARE_ONE))
        add_line(subject, NAMA_BEDA);
    if (is_empty(repairs, columns->tgl_lahir, subject->row))
        add_line(subject, TGL_KOSONG);
    else if (differs(subject, PD_COMPARED_TGL_LAHIR))
        add_line(subject, TGL_BEDA);
    if (differs(subject, PD_COMPARED_JENIS_KELAMIN)) add_line(subject, JK_BEDA);
}

/* The region code as it was written; 0 when it is none. */
static uint64_t written_code(const struct repairs *repairs, uint32_t row)
{
    char scratch[24];
    uint64_t number = 0;
    if (repairs->region < 0) return 0;
    const struct pd_column *column = column_of(repairs, repairs->region);
    const unsigned length = pd_column_plain_digits(column, row, &number);
    if (length > 0 && length <= PD_REGION_DIGITS_MAX) return number;
    return pd_region_code_of_text(pd_column_text(column, row, scratch));
}

/* What the code that was written for a village is today. */
enum written { IN_FORCE /* or none, or the village is known by other words */, REPLACED, OF_NO_LIST };

static enum written look_at_written_code(const struct repairs *repairs, uint32_t row)
{
    const struct pd_report *report = repairs->report;
    const uint64_t written = written_code(repairs, row);
    const int64_t village = pd_report_integer(report, report->linkage->columns.kode_desa, row);
    bool was_old = false;
    if (pd_region_level(written) != PD_REGION_VILLAGE || village == (int64_t)written) return IN_FORCE;
    (void)pd_region_modern(report->regions, written, &was_old);
    if (was_old) return REPLACED;
    /* Codes of BPS tell the district at best. */
    return village > 0 || pd_region_is_bps(report->regions, written) ? IN_FORCE : OF_NO_LIST;
}

static void look_at_place(struct subject_row *subject)
{
    const struct repairs *repairs = subject->repairs;
    const struct pd_report *report = repairs->report;
    const struct pd_person_columns *columns = &report->linkage->columns;
    const enum written written = look_at_written_code(repairs, subject->row);
    const bool unknown = pd_report_region(report, subject->row) == 0;
    if (unknown || written == OF_NO_LIST)
        add_line(subject, WILAYAH_TAK_DIKENAL);
    else if (written == REPLACED)
        add_line(subject, WILAYAH_LAMA);
    if (!unknown && differs(subject, PD_COMPARED_WILAYAH)) add_line(subject, WILAYAH_PINDAH);
    if (!repairs->has_addresses[pd_table_source(report->linkage->table, subject->row)]) return;
    const bool no_rt = pd_report_integer(report, columns->rt, subject->row) <= 0;
    const bool no_district = pd_report_integer(report, columns->kode_kecamatan, subject->row) <= 0;
    if (no_rt || no_district) add_line(subject, ALAMAT_TIDAK_LENGKAP);
}

static void look_at_findings(struct subject_row *subject)
{
    static const struct {
        enum pd_finding_kind kind;
        enum anomaly anomaly;
    } shown[] = { { PD_FINDING_GANDA_K1, GANDA_K1 },
                  { PD_FINDING_GANDA_K2, GANDA_K2 },
                  { PD_FINDING_GANDA_K3, GANDA_K3 } };
    const unsigned kinds = subject->repairs->kinds[subject->row];
    const unsigned deaths =
        1U << PD_FINDING_MENINGGAL | 1U << PD_FINDING_INDIKASI_MENINGGAL | 1U << PD_FINDING_PERGANTIAN_PENGURUS;
    if ((kinds & deaths) != 0) add_line(subject, MENINGGAL);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if ((kinds >> shown[i].kind & 1) != 0) add_line(subject, shown[i].anomaly);
}

static void prefetch_repair_lines(const void *context, size_t row)
{
    const struct repairs *repairs = context;
    const struct pd_linkage *linkage = repairs->report->linkage;
    if (pd_report_source(repairs->report, (uint32_t)row)->role != PD_ROLE_PROGRAM) return;
    pd_report_prefetch_text(repairs->report, repairs->region, (uint32_t)row);
    if (linkage->nik_owner[row] == PD_NO_RECORD) return;
    const uint32_t person = pd_link_of(linkage, row)->register_record;
    pd_prefetch(&linkage->cluster[linkage->nik_owner[row]]);
    if (person != PD_NO_RECORD) pd_prefetch(&linkage->cluster[person]);
}

static size_t repair_lines(const void *context, size_t index, const struct pd_row_verdicts *verdicts, size_t place,
                           struct pd_buffer *out)
{
    const struct repairs *repairs = context;
    const struct pd_report *report = repairs->report;
    const uint32_t row = (uint32_t)index;
    if (pd_report_source(report, row)->role != PD_ROLE_PROGRAM) return 0;
    const struct pd_row_link *link = pd_link_of(report->linkage, row);
    struct subject_row subject = { .repairs = repairs,
                                   .row = row,
                                   .person = has_candidate(link) ? link->register_record : PD_NO_RECORD,
                                   .verdicts = verdicts,
                                   .place = place,
                                   .out = out };
    look_at_nik(&subject);
    look_at_person(&subject);
    look_at_place(&subject);
    if (!is_empty(repairs, repairs->amount, row) && is_empty(repairs, report->linkage->columns.nominal, row))
        add_line(&subject, NOMINAL_TAK_TERBACA);
    look_at_findings(&subject);
    return subject.n_lines;
}

static size_t rows_lines(const void *context, size_t begin, size_t end, struct pd_buffer *out)
{
    const struct repairs *repairs = context;
    const struct pd_judged_rows judged = {
        .report = repairs->report, .format = repair_lines, .prefetch = prefetch_repair_lines, .of_programs = true
    };
    return pd_format_judged_rows(&judged, context, begin, end, out);
}

/* --- the table --- */

static void find_addresses(const struct pd_report *report, bool *has_addresses)
{
    const struct pd_table *table = report->linkage->table;
    const struct pd_person_columns *columns = &report->linkage->columns;
    for (size_t s = 0; s < table->n_sources; s++)
        for (size_t r = table->sources[s].begin; r < table->sources[s].end && !has_addresses[s]; r++)
            has_addresses[s] = pd_report_integer(report, columns->rt, (uint32_t)r) > 0;
}

static void release_repairs(void *context)
{
    struct repairs *repairs = context;
    pd_free(repairs->kinds);
    pd_free(repairs->has_addresses);
    pd_free(repairs);
}

static enum padan_status fill_repairs(struct repairs *repairs, const struct pd_findings *findings,
                                      struct padan_error *error)
{
    const struct pd_table *table = repairs->report->linkage->table;
    _Static_assert(PD_FINDING_KIND_COUNT <= 16, "a bit per kind of finding");
    PD_TRY(pd_allocate(&repairs->kinds, table->n_records + 1, sizeof *repairs->kinds, error));
    PD_TRY(pd_allocate(&repairs->has_addresses, table->n_sources + 1, sizeof *repairs->has_addresses, error));
    for (size_t i = 0; i < findings->n_items; i++)
        repairs->kinds[findings->items[i].record] |= (uint16_t)(1U << findings->items[i].kind);
    find_addresses(repairs->report, repairs->has_addresses);
    return PADAN_OK;
}

enum padan_status pd_plan_repairs(const struct pd_report *report, const struct pd_findings *findings,
                                  struct pd_table_plan *plan, struct padan_error *error)
{
    struct repairs *repairs = NULL;
    PD_TRY(pd_allocate(&repairs, 1, sizeof *repairs, error));
    *repairs = (struct repairs){ .report = report,
                                 .name = pd_report_original(report, "nama"),
                                 .nik = pd_report_original(report, "nik"),
                                 .kk = pd_report_original(report, "no_kk"),
                                 .birth = pd_report_original(report, "tgl_lahir"),
                                 .amount = pd_report_original(report, "nominal"),
                                 .region = pd_report_original(report, "kode_desa") };
    *plan = (struct pd_table_plan){
        .name = "perbaikan_data.csv",
        .rows = { .header = PD_TEXT(
                      "kode_kabupaten,kode_kecamatan,kode_desa,source_dataset,unique_id,berkas,baris,program,nik,"
                      "nama,kode_anomali,alasan,kolom,nilai_lama,saran,sumber_saran,match_weight,kelas,"
                      "perbaikan_nik,perbaikan_nama,perbaikan_lain,status_perbaikan"),
                  .n_rows = report->linkage->table->n_records,
                  .format_many = rows_lines,
                  .context = repairs,
                  .n_threads = report->threads },
        .context = repairs,
        .release = release_repairs
    };
    return fill_repairs(repairs, findings, error);
}
