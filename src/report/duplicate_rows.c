/* SPDX-License-Identifier: MIT
 * ganda_dalam_program.csv. */
#include "base/hash.h"
#include "base/memory.h"
#include "base/prefetch.h"
#include "report/duplicate_tables.h"
#include "report/verdict.h"

struct duplicate_rows {
    const struct pd_report *report;
    const struct pd_duplicates *duplicates;
    int original_name, original_place;
};

/* Numbers of one column in the rows of a group. */
struct group_numbers {
    int column; /* -1: there is none */
    uint32_t
        *ordinals;  /* [n] which of the group's distinct numbers each row carries, from 1 in order of rows; 0: none */
    uint32_t other; /* the first row with another number than the main row's, or the main row */
};

/* A group as one line after the other sees it. */
struct group_view {
    const struct duplicate_rows *rows;
    const struct pd_duplicate_group *group;
    const struct pd_duplicate_row *members; /* [n] */
    size_t n;
    struct group_numbers niks, cards; /* nik, nik_ke; no_kk, kk_ke */
    uint32_t main;                    /* the first kept row */
    pd_weight weakest;                /* INT64_MAX = no pair of it is known */
};

/* Distinct numbers by their first member: open addressing, at most half full. Groups of one number may be of any size.
 */
struct first_members {
    uint32_t *slots; /* [n_slots] 1 + member, 0 = free */
    size_t n_slots;  /* a power of 2 */
};

void pd_append_group_id(struct pd_buffer *out, uint64_t number)
{
    if (number == 0) return;
    pd_append_byte(out, 'G');
    pd_append_digits(out, number, 8);
}

uint32_t pd_duplicate_main_row(const struct pd_duplicates *duplicates, const struct pd_duplicate_group *group)
{
    for (size_t i = group->begin; i < group->end; i++)
        if (duplicates->rows[i].kept) return duplicates->rows[i].record;
    return duplicates->rows[group->begin].record;
}

static uint32_t *slot_of(const struct first_members *firsts, const struct group_view *view,
                         const struct pd_column *words, uint64_t word)
{
    size_t slot = (size_t)pd_mix64(word) & (firsts->n_slots - 1);
    while (firsts->slots[slot] != 0 && pd_column_word(words, view->members[firsts->slots[slot] - 1].record) != word)
        slot = (slot + 1) & (firsts->n_slots - 1);
    return &firsts->slots[slot];
}

static void number_rows(const struct group_view *view, const struct first_members *firsts,
                        struct group_numbers *numbers)
{
    if (numbers->column < 0) return;
    const struct pd_column *words = &view->rows->report->linkage->table->columns[numbers->column];
    const uint64_t of_main = pd_column_word(words, view->main);
    uint32_t n_distinct = 0;
    memset(firsts->slots, 0, firsts->n_slots * sizeof *firsts->slots);
    for (size_t i = 0; i < view->n; i++) {
        const uint32_t record = view->members[i].record;
        const uint64_t word = pd_column_word(words, record);
        if (numbers->other == view->main && word != of_main) numbers->other = record;
        numbers->ordinals[i] = 0;
        if (pd_column_is_null(words, record)) continue;
        uint32_t *first = slot_of(firsts, view, words, word);
        numbers->ordinals[i] = *first == 0 ? ++n_distinct : numbers->ordinals[*first - 1];
        if (*first == 0) *first = (uint32_t)i + 1;
    }
}

/* The arrays are freed by pd_free of niks.ordinals. */
static enum padan_status number_group(struct group_view *view, struct padan_error *error)
{
    const struct pd_person_columns *columns = &view->rows->report->linkage->columns;
    struct first_members firsts = { .n_slots = 2 };
    uint32_t *room = NULL;
    while (firsts.n_slots < 2 * view->n) firsts.n_slots *= 2;
    PD_TRY(pd_allocate(&room, 2 * view->n + firsts.n_slots, sizeof *room, error));
    firsts.slots = room + 2 * view->n;
    view->niks = (struct group_numbers){ columns->nik_longgar, room, view->main };
    view->cards = (struct group_numbers){ columns->no_kk, room + view->n, view->main };
    number_rows(view, &firsts, &view->niks);
    number_rows(view, &firsts, &view->cards);
    return PADAN_OK;
}

/* A number behind its mask, and which of the group's numbers it is. Beside another number only the digits that differ
 * from the main row's are shown. */
static void append_number(const struct group_view *view, const struct group_numbers *numbers, size_t member,
                          struct pd_buffer *out)
{
    const uint32_t record = view->members[member].record;
    const struct pd_report *report = view->rows->report;
    char scratch_a[24];
    char scratch_b[24];
    pd_append_byte(out, ',');
    if (numbers->column < 0) {
        pd_append_byte(out, ',');
        return;
    }
    const struct pd_column *words = &report->linkage->table->columns[numbers->column];
    const bool is_as_main = pd_column_word(words, view->main) == pd_column_word(words, record);
    const uint32_t other = is_as_main ? numbers->other : view->main;
    const struct pd_text number = pd_column_text(words, record, scratch_a);
    const struct pd_text beside = pd_column_text(words, other, scratch_b);
    if (pd_column_is_null(words, other) || pd_text_equal(number, beside))
        pd_append_number(out, number, report->masking);
    else
        pd_append_number_beside(out, number, beside, report->masking);
    pd_append_byte(out, ',');
    if (numbers->ordinals[member] > 0) pd_append_u64(out, numbers->ordinals[member]);
}

/* Members are in order of records. */
static bool is_member(const struct group_view *view, uint32_t record)
{
    size_t low = 0;
    for (size_t high = view->n; low < high;) {
        const size_t middle = low + (high - low) / 2;
        if (view->members[middle].record < record)
            low = middle + 1;
        else
            high = middle;
    }
    return low < view->n && view->members[low].record == record;
}

/* The weakest pair that holds the group together: between its rows, or of a row with its person in the register. */
static pd_weight weakest_pair(const struct group_view *view)
{
    const struct pd_linkage *linkage = view->rows->report->linkage;
    pd_weight weakest = INT64_MAX;
    for (size_t i = 0; i < view->n; i++) {
        const uint32_t record = view->members[i].record;
        const uint32_t person = pd_link_of(linkage, record)->register_record;
        for (uint64_t e = linkage->edge_begins[record]; e < linkage->edge_begins[record + 1]; e++) {
            const struct pd_edge *edge = &linkage->edges->edges[linkage->edges_of[e]];
            const uint32_t other = edge->left == record ? edge->right : edge->left;
            const bool inside = other == person || is_member(view, other);
            if (inside && edge->weight < weakest) weakest = edge->weight;
        }
    }
    return weakest;
}

static void append_person(const struct group_view *view, size_t member, struct pd_buffer *out)
{
    const uint32_t record = view->members[member].record;
    const struct pd_report *report = view->rows->report;
    const struct pd_person_columns *columns = &report->linkage->columns;
    const int64_t birth = pd_report_integer(report, columns->tgl_lahir, record);
    const int64_t sex = pd_report_integer(report, columns->jenis_kelamin, record);
    append_number(view, &view->niks, member, out);
    append_number(view, &view->cards, member, out);
    pd_append_byte(out, ',');
    pd_append_column(report, view->rows->original_name, record, out);
    pd_append_byte(out, ',');
    pd_append_column(report, view->rows->original_place, record, out);
    pd_append_byte(out, ',');
    if (birth != PD_NULL_INT) pd_append_date(out, (int32_t)birth);
    pd_append_string(out, sex == 1 ? ",L," : sex == 2 ? ",P," : ",,");
    pd_append_region(report, record, out);
    pd_append_byte(out, ',');
    pd_append_record_id(report, report->linkage->cluster[record], out);
    pd_append_byte(out, ',');
    pd_append_record_id(report, report->linkage->household[record], out);
}

/* bobot_min, and how the row differs from the main one. */
static void append_evidence(const struct group_view *view, uint32_t record, struct pd_buffer *out)
{
    const struct pd_report *report = view->rows->report;
    pd_append_byte(out, ',');
    if (view->group->class != PD_DUPLICATE_K2 && view->weakest != INT64_MAX)
        pd_append_double(out, pd_weight_to_double(view->weakest), 4);
    if (record == view->main) {
        pd_append_string(out, ",,");
        return;
    }
    const unsigned score = pd_report_name_score(report, record, view->main);
    pd_append_byte(out, ',');
    pd_append_verdict(out, pd_verdict_name(report, record, view->main, score), score);
    pd_append_byte(out, ',');
    pd_append_string(out, pd_verdict_name_of(pd_verdict_birth_date(report, record, view->main)));
}

static void append_payment(const struct group_view *view, const struct pd_duplicate_row *member, struct pd_buffer *out)
{
    const struct pd_report *report = view->rows->report;
    const struct pd_person_columns *columns = &report->linkage->columns;
    pd_append_byte(out, ',');
    pd_append_integer(report, columns->nominal, member->record, out);
    pd_append_byte(out, ',');
    pd_append_column(report, columns->status_salur, member->record, out);
    pd_append_string(out, report->paid[member->record] ? ",1," : ",0,");
    pd_append_string(out, member->kept ? "1,0\n" : "0,");
    if (member->kept) return;
    pd_append_integer(report, columns->nominal, member->record, out);
    pd_append_byte(out, '\n');
}

/* What is asked of a row far ahead, and what that leads to of one that is nearer. */
static void prefetch_member(const struct duplicate_rows *rows, uint32_t record)
{
    const struct pd_report *report = rows->report;
    const struct pd_person_columns *columns = &report->linkage->columns;
    pd_prefetch(&report->linkage->edge_begins[record]);
    pd_prefetch(pd_link_of(report->linkage, record));
    pd_prefetch(&report->linkage->cluster[record]);
    pd_prefetch(&report->linkage->household[record]);
    pd_report_prefetch_id(report, record);
    pd_report_prefetch_integer(report, columns->nik_longgar, record);
    pd_report_prefetch_integer(report, columns->no_kk, record);
    pd_report_prefetch_integer(report, columns->nama, record);
    pd_report_prefetch_integer(report, columns->tgl_lahir, record);
    pd_report_prefetch_integer(report, rows->original_name, record);
    pd_report_prefetch_integer(report, rows->original_place, record);
}

static void prefetch_nearer_member(const struct duplicate_rows *rows, uint32_t record)
{
    const struct pd_linkage *linkage = rows->report->linkage;
    pd_prefetch(&linkage->edges_of[linkage->edge_begins[record]]);
    pd_report_prefetch_id(rows->report, linkage->cluster[record]);
    pd_report_prefetch_id(rows->report, linkage->household[record]);
    pd_report_prefetch_place(rows->report, rows->original_name, record);
    pd_report_prefetch_place(rows->report, rows->original_place, record);
}

static void prefetch_edges(const struct duplicate_rows *rows, uint32_t record)
{
    const struct pd_linkage *linkage = rows->report->linkage;
    const uint64_t end = linkage->edge_begins[record + 1];
    for (uint64_t e = linkage->edge_begins[record]; e < end; e++)
        pd_prefetch(&linkage->edges->edges[linkage->edges_of[e]]);
    pd_report_prefetch_bytes(rows->report, rows->original_name, record);
}

static void prefetch_group(const void *context, size_t index)
{
    enum { MEMBERS = 3, NEAREST = PD_NEARER + PD_NEARER / 2 }; /* most groups have two */
    const struct duplicate_rows *rows = context;
    const struct pd_duplicate_row *members = rows->duplicates->rows;
    const struct pd_duplicate_group *far = &rows->duplicates->groups[index];
    for (size_t i = far->begin; i < far->end && i < far->begin + MEMBERS; i++) prefetch_member(rows, members[i].record);
    if (index < NEAREST) return;
    const struct pd_duplicate_group *near = far - PD_NEARER, *nearest = far - NEAREST;
    for (size_t i = near->begin; i < near->end && i < near->begin + MEMBERS; i++)
        prefetch_nearer_member(rows, members[i].record);
    for (size_t i = nearest->begin; i < nearest->end && i < nearest->begin + MEMBERS; i++)
        prefetch_edges(rows, members[i].record);
}

static size_t group_lines(const void *context, size_t index, struct pd_buffer *out)
{
    const struct duplicate_rows *rows = context;
    const struct pd_duplicate_group *group = &rows->duplicates->groups[index];
    struct group_view view = { .rows = rows,
                               .group = group,
                               .members = rows->duplicates->rows + group->begin,
                               .n = group->end - group->begin,
                               .main = pd_duplicate_main_row(rows->duplicates, group) };
    if (out->status == PADAN_OK) out->status = number_group(&view, NULL);
    if (out->status != PADAN_OK) return 0;
    view.weakest = weakest_pair(&view);
    for (size_t i = 0; i < view.n; i++) {
        const uint32_t record = view.members[i].record;
        pd_append_group_id(out, index + 1);
        pd_append_byte(out, ',');
        pd_append_string(out, pd_duplicate_class_name(group->class));
        pd_append_string(out, pd_duplicate_is_family(group->class) ? ",KELUARGA" : ",ORANG");
        pd_append_string(out, group->certain ? ",pasti," : ",tinjau,");
        pd_append_program(rows->report, record, out);
        pd_append_byte(out, ',');
        pd_append_period(rows->report, record, out);
        pd_append_byte(out, ',');
        pd_append_u64(out, view.n);
        pd_append_byte(out, ',');
        pd_append_key(rows->report, record, out);
        append_person(&view, i, out);
        append_evidence(&view, record, out);
        append_payment(&view, &view.members[i], out);
    }
    pd_free(view.niks.ordinals);
    return view.n;
}

enum padan_status pd_write_duplicates(const struct pd_report *report, const struct pd_duplicates *duplicates,
                                      struct pd_run_folder *folder, struct padan_error *error)
{
    const struct duplicate_rows context = { report, duplicates, pd_report_original(report, "nama"),
                                            pd_report_original(report, "tempat_lahir") };
    const struct pd_rows rows = {
        .header = PD_TEXT("id_grup,kelas,tingkat,keyakinan,program,periode,n_baris,source_dataset,unique_id,berkas,"
                          "baris,nik,nik_ke,no_kk,kk_ke,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_wilayah,"
                          "cluster_id,household_cluster_id,bobot_min,vonis_nama,vonis_tgl_lahir,nominal,status_salur,"
                          "dibayar,pokok,nominal_lebih"),
        .n_rows = duplicates->n_groups,
        .format = group_lines,
        .prefetch = prefetch_group,
        .context = &context,
        .n_threads = report->threads
    };
    return pd_run_folder_rows(folder, "ganda_dalam_program.csv", &rows, error);
}
