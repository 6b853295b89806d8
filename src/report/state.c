/* SPDX-License-Identifier: MIT */
#include "report/state.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/sha256.h"
#include "table/column_csv.h"
#include "table/stored_words.h"

const char *const pd_state_column_names[PD_STATE_COLUMNS] = {
    "nik",          "no_kk",  "nama",    "nama_ibu", "tempat_lahir", "tgl_lahir", "jenis_kelamin",
    "hub_keluarga", "alamat", "wilayah", "desil",    "periode",      "nominal",   "status",
};

/* Columns as read, by the name under which a change of them is told. */
static const struct {
    const char *canonical;
    uint8_t column;
} read_columns[] = {
    { "nik", 0 },
    { "no_kk", 1 },
    { "nama", 2 },
    { "nama_ibu", 3 },
    { "tempat_lahir", 4 },
    { "tgl_lahir", 5 },
    { "ttl", 5 },
    { "jenis_kelamin", 6 },
    { "hub_keluarga", 7 },
    { "alamat", 8 },
    { "rt", 8 },
    { "rw", 8 },
    { "kode_desa", 9 },
    { "kode_kecamatan", 9 },
    { "kode_kabupaten", 9 },
    { "kode_provinsi", 9 },
    { "desa", 9 },
    { "kecamatan", 9 },
    { "kabupaten", 9 },
    { "provinsi", 9 },
    { "desil", 10 },
    { "periode", 11 },
    { "tahap", 11 },
    { "tahun", 11 },
    { "nominal", 12 },
    { "status_salur", 13 },
    { "status_hidup", 13 },
    { "tgl_meninggal", 13 },
};

enum { NIK = 0, NAME = 2 };

bool pd_row_state_same_person(const struct pd_row_state *a, const struct pd_row_state *b)
{
    return a->columns[NIK] == b->columns[NIK] || a->columns[NAME] == b->columns[NAME];
}

bool pd_row_state_words(const struct pd_row_state *state, uint64_t *hash)
{
    uint64_t bytes = 0;
    _Static_assert(PD_STATE_WHO_COLUMNS < sizeof bytes, "a byte of each fits");
    for (size_t i = 0; i < PD_STATE_WHO_COLUMNS; i++) bytes = bytes << 8 | state->columns[i];
    *hash = pd_mix64(bytes);
    return state->columns[NIK] != 0 && state->columns[NAME] != 0;
}

/* A column with the hash of each of its texts. Of the first column of a place it is combined already with the nothing
 * before it: pd_hash_combine(0, hash), which is 0 for nothing. */
struct pd_hashed_column {
    const struct pd_column *column;
    uint64_t *of_code; /* [n_entries + 1]; NULL for numbers */
    uint8_t place;
    bool is_first;
};

/* The same whichever way the column is encoded: that depends on its other rows. */
static uint64_t hash_digits(uint64_t word)
{
    return pd_mix64(word + 1);
}

static enum padan_status hash_texts(void *context, size_t index, int worker, struct padan_error *error)
{
    struct pd_hashed_column *hashed = &((struct pd_hashed_column *)context)[index];
    (void)worker;
    const struct pd_dictionary *dictionary = hashed->column->dictionary;
    if (dictionary == NULL) return PADAN_OK;
    PD_TRY(pd_allocate(&hashed->of_code, (size_t)dictionary->n_entries + 1, sizeof *hashed->of_code, error));
    for (uint32_t code = 1; code <= dictionary->n_entries; code++) {
        const struct pd_text text = pd_dictionary_text(dictionary, code);
        const uint64_t digits = pd_digits_encode(text);
        const uint64_t hash = digits != 0 ? hash_digits(digits) : pd_hash_text(text);
        hashed->of_code[code] = hashed->is_first ? pd_hash_combine(0, hash) : hash;
    }
    return PADAN_OK;
}

enum padan_status pd_row_hasher_make(struct pd_row_hasher *hasher, const struct pd_report *report,
                                     struct padan_error *error)
{
    enum { N_READ = sizeof read_columns / sizeof *read_columns };
    bool has_column[PD_STATE_COLUMNS] = { false };
    *hasher = (struct pd_row_hasher){ .report = report };
    PD_TRY(pd_allocate(&hasher->columns, N_READ, sizeof *hasher->columns, error));
    for (size_t i = 0; i < N_READ; i++) {
        const int column = pd_report_original(report, read_columns[i].canonical);
        if (column < 0) continue;
        struct pd_hashed_column *hashed = &hasher->columns[hasher->n_columns++];
        hashed->column = &report->linkage->table->columns[column];
        hashed->place = read_columns[i].column;
        hashed->is_first = !has_column[hashed->place];
        has_column[hashed->place] = true;
    }
    const enum padan_status status =
        pd_parallel_for(hasher->n_columns, report->threads, hash_texts, hasher->columns, error);
    if (status != PADAN_OK) pd_row_hasher_reset(hasher);
    return status;
}

void pd_row_hasher_reset(struct pd_row_hasher *hasher)
{
    for (size_t i = 0; i < hasher->n_columns; i++) pd_free(hasher->columns[i].of_code);
    pd_free(hasher->columns);
    *hasher = (struct pd_row_hasher){ 0 };
}

/* Of a number, as of_code has those of texts. */
static inline uint64_t hash_number(const struct pd_hashed_column *hashed, uint64_t word)
{
    return hashed->is_first ? pd_hash_combine(0, hash_digits(word)) : hash_digits(word);
}

/* Of a DIGITS word: the same for the same text in any run, 0 for nothing. */
static inline uint64_t hash_word(const struct pd_hashed_column *hashed, uint64_t word)
{
    if (word == 0) return 0;
    return word >> PD_DIGITS_SHIFT == PD_DIGITS_ESCAPE ? hashed->of_code[word & PD_DIGITS_MASK]
                                                       : hash_number(hashed, word);
}

static uint8_t decile_of(const struct pd_report *report, uint32_t row)
{
    const struct pd_linkage *linkage = report->linkage;
    const enum pd_role role = pd_report_source(report, row)->role;
    /* Told of rows of the registry and of those that are paid; not once more of the register's. */
    if (role != PD_ROLE_REGISTRY && role != PD_ROLE_PROGRAM) return 0;
    const uint32_t from = role == PD_ROLE_REGISTRY ? row : pd_link_of(linkage, row)->registry_record;
    if (from == PD_NO_RECORD) return 0;
    const int64_t decile = pd_report_integer(report, linkage->columns.desil, from);
    return decile == PD_NULL_INT ? 0 : (uint8_t)decile;
}

/* Hashes of n rows of a column, 0 for nothing; false when that is all there is, as in columns that other sources have.
 */
static bool read_hashes(const struct pd_hashed_column *hashed, uint32_t begin, size_t n,
                        uint64_t hashes[PD_STATE_BATCH])
{
    const struct pd_column *column = hashed->column;
    uint64_t words[PD_STATE_BATCH];
    const bool any = pd_column_stored_words(column, begin, n, words);
    if (pd_encoding_is_code(column->encoding)) {
        for (size_t i = 0; any && i < n; i++) hashes[i] = hashed->of_code[words[i]];
        return any;
    }
    if (pd_encoding_is_digits(column->encoding)) {
        for (size_t i = 0; any && i < n; i++) hashes[i] = hash_word(hashed, words[i]);
        return any;
    }
    for (size_t i = 0; i < n; i++)
        hashes[i] = pd_column_is_null(column, begin + i) ? 0 : hash_number(hashed, pd_column_word(column, begin + i));
    return true;
}

/* Column by column, so that the reads of many rows, which lie anywhere, are under way together. Columns that this run
 * does not have add nothing, as if they were empty. */
static void hash_columns(const struct pd_row_hasher *hasher, uint32_t begin, size_t n,
                         uint64_t columns[PD_STATE_COLUMNS][PD_STATE_BATCH])
{
    memset(columns, 0, sizeof(uint64_t[PD_STATE_COLUMNS][PD_STATE_BATCH]));
    for (size_t c = 0; c < hasher->n_columns; c++) {
        const struct pd_hashed_column *hashed = &hasher->columns[c];
        uint64_t *const of_rows = columns[hashed->place];
        uint64_t hashes[PD_STATE_BATCH];
        if (!read_hashes(hashed, begin, n, hashed->is_first ? of_rows : hashes) || hashed->is_first) continue;
        for (size_t i = 0; i < n; i++)
            of_rows[i] = hashes[i] != 0 ? pd_hash_combine(of_rows[i], hashes[i]) : of_rows[i];
    }
}

/* What is known of a row, its hashes apart. */
static struct pd_row_state outcome_of(const struct pd_report *report, uint32_t row)
{
    const struct pd_linkage *linkage = report->linkage;
    struct pd_row_state state = { .amount = pd_report_integer(report, linkage->columns.nominal, row),
                                  .region = pd_report_region(report, row),
                                  .cluster = linkage->cluster[row],
                                  .source = (uint16_t)pd_table_source(linkage->table, row),
                                  .class = PD_CLASS_AUTOMATIC,
                                  .decile = decile_of(report, row) };
    if (pd_is_person(linkage, row)) {
        state.status = pd_person_of(linkage, row)->status;
        state.registry_state = pd_person_of(linkage, row)->registry_state;
    } else {
        state.status = pd_link_of(linkage, row)->status;
        state.class = pd_link_of(linkage, row)->class;
        state.registry_state = pd_link_of(linkage, row)->registry_state;
    }
    return state;
}

void pd_row_states_of(const struct pd_row_hasher *hasher, uint32_t begin, size_t n, struct pd_row_state *states)
{
    uint64_t columns[PD_STATE_COLUMNS][PD_STATE_BATCH];
    const struct pd_linkage *linkage = hasher->report->linkage;
    for (size_t i = 0; i < n; i++)
        if (!pd_is_person(linkage, begin + i))
            pd_report_prefetch_integer(hasher->report, linkage->columns.desil,
                                       pd_link_of(linkage, begin + i)->registry_record);
    hash_columns(hasher, begin, n, columns);
    for (size_t i = 0; i < n; i++) states[i] = outcome_of(hasher->report, begin + (uint32_t)i);
    for (size_t c = 0; c < PD_STATE_COLUMNS; c++)
        for (size_t i = 0; i < n; i++) {
            states[i].columns[c] = (uint8_t)(columns[c][i] >> 56);
            states[i].content = pd_hash_combine(states[i].content, columns[c][i]);
        }
}

/* --- writing --- */

static size_t row_bytes(const void *context, size_t begin, size_t end, struct pd_buffer *out)
{
    struct pd_row_state states[PD_STATE_BATCH];
    for (size_t row = begin; row < end; row += PD_STATE_BATCH) {
        const size_t n = end - row < PD_STATE_BATCH ? end - row : PD_STATE_BATCH;
        pd_row_states_of(context, (uint32_t)row, n, states);
        pd_append_bytes(out, states, n * sizeof *states);
    }
    return end - begin;
}

static size_t id_line(const void *context, size_t row, struct pd_buffer *out)
{
    const struct pd_row_hasher *hasher = context;
    const struct pd_linkage *linkage = hasher->report->linkage;
    pd_append_csv_value(out, &linkage->table->columns[linkage->columns.unique_id], row);
    pd_append_byte(out, '\n');
    return 1;
}

static size_t finding_bytes(const void *context, size_t row, struct pd_buffer *out)
{
    const struct pd_findings *findings = context;
    const struct pd_finding *finding = &findings->items[row];
    const struct pd_finding_state state = { finding->record, finding->criterion, finding->kind, finding->certain,
                                            finding->amount };
    pd_append_bytes(out, &state, sizeof state);
    return 1;
}

static size_t pair_bytes(const void *context, size_t row, struct pd_buffer *out)
{
    const struct pd_row_hasher *hasher = context;
    const struct pd_edges *edges = hasher->report->linkage->edges;
    pd_append_bytes(out, &edges->edges[row], sizeof *edges->edges);
    pd_append_bytes(out, edges->gammas + row * edges->n_comparisons, edges->n_comparisons);
    return 1;
}

static enum padan_status write_sources(const struct pd_report *report, const struct pd_text *columns,
                                       struct pd_run_folder *folder, struct padan_error *error)
{
    struct pd_buffer out = { 0 };
    pd_append_string(&out, "nama,peran,program,versi,mulai,akhir,satuan,kolom\n");
    for (size_t i = 0; i < report->job->n_sources; i++) {
        const struct pd_job_source *source = &report->job->sources[i];
        pd_append_csv(&out, source->name);
        pd_append_format(&out, ",%s,", pd_role_name(source->role));
        if (source->program >= 0) pd_append_csv(&out, report->job->programs.items[source->program].code);
        pd_append_byte(&out, ',');
        pd_append_csv(&out, source->version);
        pd_append_format(&out, ",%zu,%zu,%s,", report->linkage->table->sources[i].begin,
                         report->linkage->table->sources[i].end,
                         source->unit == PD_UNIT_FAMILY ? PD_STATE_FAMILIES : PD_STATE_PEOPLE);
        pd_append_csv(&out, columns[i]);
        pd_append_byte(&out, '\n');
    }
    enum padan_status status = pd_buffer_status(&out, error);
    if (status == PADAN_OK)
        status = pd_run_folder_bytes(folder, "keadaan/sumber.csv", (struct pd_text){ out.data, out.length }, error);
    pd_buffer_reset(&out);
    return status;
}

static enum padan_status write_model(const struct pd_state_facts *facts, struct pd_run_folder *folder,
                                     struct padan_error *error)
{
    struct pd_buffer out = { 0 };
    char hash[65];
    pd_sha256_hex(facts->model, hash);
    pd_append_format(&out, "kunci,nilai\nmodel,%s\n", hash);
    for (size_t i = 0; i < facts->n_rules; i++) {
        pd_append_csv(&out, facts->rule_names[i]);
        pd_append_byte(&out, ',');
        pd_append_u64(&out, facts->rule_pairs[i]);
        pd_append_byte(&out, '\n');
    }
    enum padan_status status = pd_buffer_status(&out, error);
    if (status == PADAN_OK)
        status = pd_run_folder_bytes(folder, "keadaan/model.csv", (struct pd_text){ out.data, out.length }, error);
    pd_buffer_reset(&out);
    return status;
}

static enum padan_status write_criteria(const struct pd_findings *findings, struct pd_run_folder *folder,
                                        struct padan_error *error)
{
    struct pd_buffer out = { 0 };
    pd_append_string(&out, "nomor,kriteria\n");
    for (size_t i = 0; i < findings->n_texts; i++) {
        pd_append_u64(&out, i);
        pd_append_byte(&out, ',');
        pd_append_csv(&out, findings->texts[i]);
        pd_append_byte(&out, '\n');
    }
    enum padan_status status = pd_buffer_status(&out, error);
    if (status == PADAN_OK)
        status = pd_run_folder_bytes(folder, "keadaan/kriteria.csv", (struct pd_text){ out.data, out.length }, error);
    pd_buffer_reset(&out);
    return status;
}

void pd_plan_row_states(const struct pd_row_hasher *hasher, struct pd_table_plan *plan)
{
    *plan = (struct pd_table_plan){ .name = "keadaan/baris.bin",
                                    .rows = { .header = PD_TEXT(PD_STATE_ROWS_HEADER),
                                              .n_rows = hasher->report->linkage->table->n_records,
                                              .format_many = row_bytes,
                                              .context = hasher,
                                              .n_threads = hasher->report->threads } };
}

void pd_plan_ids(const struct pd_row_hasher *hasher, struct pd_table_plan *plan)
{
    *plan = (struct pd_table_plan){ .name = "keadaan/id.csv",
                                    .rows = { .header = PD_TEXT("unique_id"),
                                              .n_rows = hasher->report->linkage->table->n_records,
                                              .format = id_line,
                                              .context = hasher,
                                              .n_threads = hasher->report->threads } };
}

void pd_plan_pair_states(const struct pd_row_hasher *hasher, struct pd_table_plan *plan)
{
    *plan = (struct pd_table_plan){ .name = "keadaan/pasangan.bin",
                                    .rows = { .header = PD_TEXT("padan keadaan pasangan 1       "),
                                              .n_rows = hasher->report->linkage->edges->n_edges,
                                              .format = pair_bytes,
                                              .context = hasher,
                                              .n_threads = hasher->report->threads } };
}

enum padan_status pd_write_state(const struct pd_report *report, const struct pd_findings *findings,
                                 const struct pd_state_facts *facts, struct pd_run_folder *folder,
                                 struct padan_error *error)
{
    const struct pd_rows rows = { .header = PD_TEXT(PD_STATE_FINDINGS_HEADER),
                                  .n_rows = findings->n_items,
                                  .format = finding_bytes,
                                  .context = findings,
                                  .n_threads = report->threads };
    PD_TRY(write_sources(report, facts->source_columns, folder, error));
    PD_TRY(write_model(facts, folder, error));
    PD_TRY(write_criteria(findings, folder, error));
    return pd_run_folder_rows(folder, "keadaan/temuan.bin", &rows, error);
}
