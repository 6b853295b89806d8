/* SPDX-License-Identifier: MIT
 * tinjauan_manual.csv: pairs of class tinjau side by side, the words of DOMAIN 9.4 per element and as one sentence. */
#include "report/repair_tables.h"
#include "report/review_list.h"
#include "report/verdict.h"

enum element { NIK, NAMA, TGL_LAHIR, TEMPAT_LAHIR, JENIS_KELAMIN, NO_KK, NAMA_IBU, WILAYAH, N_ELEMENTS };

static const char *const element_words[N_ELEMENTS] = { "NIK",           "nama",     "tanggal lahir", "tempat lahir",
                                                       "jenis kelamin", "nomor KK", "nama ibu",      "wilayah" };

struct reviews {
    const struct pd_report *report;
    const struct pd_review_list *list;
    int name, mother, place; /* columns as written */
};

struct review {
    const struct reviews *reviews;
    uint32_t row, reference;
    unsigned name_score;
    enum pd_verdict verdicts[N_ELEMENTS];
};

/* What an element is compared in. */
static int column_of(const struct review *review, enum element element)
{
    const struct pd_person_columns *columns = &review->reviews->report->linkage->columns;
    const int of[N_ELEMENTS] = { [NIK] = columns->nik_longgar,
                                 [NAMA] = columns->nama,
                                 [TGL_LAHIR] = columns->tgl_lahir,
                                 [TEMPAT_LAHIR] = columns->tempat_lahir,
                                 [JENIS_KELAMIN] = columns->jenis_kelamin,
                                 [NO_KK] = columns->no_kk,
                                 [NAMA_IBU] = columns->nama_ibu,
                                 [WILAYAH] = columns->kode_desa };
    return of[element];
}

static void judge(struct review *review)
{
    const struct pd_report *report = review->reviews->report;
    const uint32_t a = review->row;
    const uint32_t b = review->reference;
    review->verdicts[NIK] = pd_verdict_nik(report, a, b);
    review->verdicts[NAMA] = pd_verdict_name(report, a, b, review->name_score);
    review->verdicts[TGL_LAHIR] = pd_verdict_birth_date(report, a, b);
    for (int element = TEMPAT_LAHIR; element < N_ELEMENTS; element++)
        review->verdicts[element] = pd_verdict_equal(report, column_of(review, (enum element)element), a, b);
}

/* Has the reference no value of an element either? */
static bool is_empty_there(const struct review *review, enum element element)
{
    const int column = column_of(review, element);
    return column < 0 ||
           pd_column_is_null(&review->reviews->report->linkage->table->columns[column], review->reference);
}

/* Where an element is empty at the source: there alone, on both sides, or, of a region, only its village is. */
static const char *empty_words(const struct review *review, enum element element)
{
    if (element == WILAYAH && pd_report_region(review->reviews->report, review->row) != 0)
        return " tanpa desa di sumber";
    return is_empty_there(review, element) ? " kosong di keduanya" : " kosong di sumber";
}

/* --- the sentence --- */

static void append_name(const struct review *review, int column, uint32_t record, struct pd_buffer *out)
{
    char scratch[24];
    const size_t begin = out->length;
    if (column < 0) return;
    pd_append_text(out, pd_column_text(&review->reviews->report->linkage->table->columns[column], record, scratch));
    pd_hide_numbers(out, begin, review->reviews->report->masking);
}

static void append_birth(const struct pd_report *report, uint32_t record, struct pd_buffer *out)
{
    const int64_t day = pd_report_integer(report, report->linkage->columns.tgl_lahir, record);
    if (day != PD_NULL_INT) pd_append_date(out, (int32_t)day);
}

static void append_sex(const struct pd_report *report, uint32_t record, struct pd_buffer *out)
{
    const int64_t sex = pd_report_integer(report, report->linkage->columns.jenis_kelamin, record);
    if (sex == 1 || sex == 2) pd_append_byte(out, sex == 1 ? 'L' : 'P');
}

/* What an element is on one side; NIK and KK stay behind their masks in the columns beside. */
static void append_side(const struct review *review, enum element element, uint32_t record, struct pd_buffer *out)
{
    const struct pd_report *report = review->reviews->report;
    switch (element) {
    case NAMA: append_name(review, review->reviews->name, record, out); break;
    case NAMA_IBU: append_name(review, review->reviews->mother, record, out); break;
    case TEMPAT_LAHIR: append_name(review, review->reviews->place, record, out); break;
    case TGL_LAHIR: append_birth(report, record, out); break;
    case JENIS_KELAMIN: append_sex(report, record, out); break;
    case WILAYAH: pd_append_region(report, record, out); break;
    case NIK:
    case NO_KK:
    case N_ELEMENTS: break;
    }
}

static void append_difference(const struct review *review, enum element element, struct pd_buffer *out)
{
    const enum pd_verdict verdict = review->verdicts[element];
    pd_append_string(out, verdict == PD_VERDICT_MIRIP ? " mirip" : verdict == PD_VERDICT_DEFAULT ? " baku" : " beda");
    if (element == NIK || element == NO_KK) return;
    pd_append_string(out, " (");
    if (verdict == PD_VERDICT_MIRIP)
        pd_append_format(out, "%u,%02u: ", review->name_score / 1000, review->name_score % 1000 / 10);
    append_side(review, element, review->row, out);
    pd_append_string(out, " vs ");
    append_side(review, element, review->reference, out);
    pd_append_byte(out, ')');
}

/* "NIK sama, nama mirip (0,88: BUDIANTO vs BUDI), tanggal lahir kosong di sumber." */
static void append_sentence(const struct review *review, struct pd_buffer *out)
{
    struct pd_buffer sentence = { 0 };
    for (int element = 0; element < N_ELEMENTS; element++) {
        if (element > 0) pd_append_string(&sentence, ", ");
        pd_append_string(&sentence, element_words[element]);
        switch (review->verdicts[element]) {
        case PD_VERDICT_SAMA: pd_append_string(&sentence, " sama"); break;
        case PD_VERDICT_KOSONG_SUMBER: pd_append_string(&sentence, empty_words(review, (enum element)element)); break;
        case PD_VERDICT_KOSONG_ACUAN: pd_append_string(&sentence, " kosong di acuan"); break;
        case PD_VERDICT_MIRIP:
        case PD_VERDICT_BEDA:
        case PD_VERDICT_DEFAULT: append_difference(review, (enum element)element, &sentence); break;
        }
    }
    pd_append_byte(&sentence, '.');
    pd_append_csv(out, (struct pd_text){ sentence.data, sentence.length });
    pd_buffer_reset(&sentence);
}

/* --- the line --- */

static void append_numbers(const struct review *review, int column, struct pd_buffer *out)
{
    char scratch[2][24];
    const struct pd_report *report = review->reviews->report;
    if (column < 0) {
        pd_append_string(out, ",,");
        return;
    }
    const struct pd_column *numbers = &report->linkage->table->columns[column];
    const struct pd_text a = pd_column_text(numbers, review->row, scratch[0]);
    const struct pd_text b = pd_column_text(numbers, review->reference, scratch[1]);
    pd_append_byte(out, ',');
    pd_append_number_beside(out, a, b, report->masking);
    pd_append_byte(out, ',');
    pd_append_number_beside(out, b, a, report->masking);
}

static void append_both(const struct review *review, enum element element, struct pd_buffer *out)
{
    const uint32_t sides[] = { review->row, review->reference };
    for (int i = 0; i < 2; i++) {
        struct pd_buffer text = { 0 };
        append_side(review, element, sides[i], &text);
        pd_append_byte(out, ',');
        pd_append_csv(out, (struct pd_text){ text.data, text.length });
        pd_buffer_reset(&text);
    }
}

static void append_elements(const struct review *review, struct pd_buffer *out)
{
    const struct pd_person_columns *columns = &review->reviews->report->linkage->columns;
    append_numbers(review, columns->nik_longgar, out);
    append_numbers(review, columns->no_kk, out);
    append_both(review, NAMA, out);
    append_both(review, TGL_LAHIR, out);
    append_both(review, TEMPAT_LAHIR, out);
    append_both(review, JENIS_KELAMIN, out);
    append_both(review, NAMA_IBU, out);
    append_both(review, WILAYAH, out);
    for (int element = 0; element < N_ELEMENTS; element++) {
        pd_append_byte(out, ',');
        pd_append_verdict(out, review->verdicts[element], review->name_score);
    }
}

/* Which of the row's candidates this is: 1 is the one that it follows in the figures, others are counted as well. Not
 * said of one that no figure looks at. */
static void append_rank(const struct review *review, struct pd_buffer *out)
{
    const struct pd_linkage *linkage = review->reviews->report->linkage;
    const uint32_t person = linkage->likely[review->reference];
    size_t n = 0;
    const struct pd_alternative *others = pd_alternatives_of(linkage->alternatives, linkage->cluster[review->row], &n);
    if (person == linkage->likely[review->row]) pd_append_byte(out, '1');
    for (size_t i = 0; i < n; i++)
        if (others[i].person == person) pd_append_u64(out, others[i].rank);
}

static size_t review_line(const void *context, size_t index, struct pd_buffer *out)
{
    const struct reviews *reviews = context;
    const struct pd_report *report = reviews->report;
    const struct pd_linkage *linkage = report->linkage;
    const struct pd_review_pair *pair = &reviews->list->pairs[index];
    const struct pd_edge *edge = &linkage->edges->edges[pair->edge];
    struct review review = { .reviews = reviews,
                             .row = pair->row,
                             .reference = pair->reference,
                             .name_score = linkage->pair_name_score[pair->edge] };
    judge(&review);
    pd_append_key(report, review.row, out);
    pd_append_byte(out, ',');
    pd_append_identity(report, review.reference, out);
    pd_append_byte(out, ',');
    pd_append_program(report, review.row, out);
    pd_append_byte(out, ',');
    pd_append_region(report, review.row, out);
    pd_append_byte(out, ',');
    pd_append_double(out, pd_weight_to_double(edge->weight), 6);
    pd_append_byte(out, ',');
    pd_append_probability(out, edge->weight);
    pd_append_byte(out, ',');
    if (edge->decision > 0) pd_append_csv(out, linkage->model->decisions[edge->decision - 1].id);
    append_elements(&review, out);
    pd_append_byte(out, ',');
    append_sentence(&review, out);
    pd_append_string(out, ",,,,");
    append_rank(&review, out);
    pd_append_byte(out, '\n');
    return 1;
}

enum padan_status pd_write_reviews(const struct pd_report *report, struct pd_run_folder *folder,
                                   struct padan_error *error)
{
    struct pd_review_list list = { 0 };
    const struct reviews reviews = { .report = report,
                                     .list = &list,
                                     .name = pd_report_original(report, "nama"),
                                     .mother = pd_report_original(report, "nama_ibu"),
                                     .place = pd_report_original(report, "tempat_lahir") };
    struct pd_rows rows = {
        .header = PD_TEXT("source_dataset,unique_id,berkas,baris,source_dataset_acuan,unique_id_acuan,program,"
                          "kode_wilayah,match_weight,match_probability,aturan_keputusan,nik,nik_acuan,no_kk,"
                          "no_kk_acuan,nama,nama_acuan,tgl_lahir,tgl_lahir_acuan,tempat_lahir,tempat_lahir_acuan,"
                          "jenis_kelamin,jenis_kelamin_acuan,nama_ibu,nama_ibu_acuan,wilayah,wilayah_acuan,vonis_nik,"
                          "vonis_nama,vonis_tgl_lahir,vonis_tempat_lahir,vonis_jenis_kelamin,vonis_no_kk,"
                          "vonis_nama_ibu,vonis_wilayah,alasan,keputusan,petugas,waktu,kandidat"),
        .format = review_line,
        .context = &reviews,
        .n_threads = report->threads
    };
    enum padan_status status = pd_review_list_make(report, &list, error);
    rows.n_rows = list.n_pairs;
    if (status == PADAN_OK) status = pd_run_folder_rows(folder, "tinjauan_manual.csv", &rows, error);
    pd_review_list_reset(&list);
    return status;
}
