/* SPDX-License-Identifier: MIT
 * The order of the work: names the raw columns, adds the made ones, fills them (texts, dates, small numbers,
 * identities, regions, periods), and sums what the workers counted. */
#include "normalise/normalise.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "indonesia/address.h"
#include "indonesia/amount.h"
#include "indonesia/attribute.h"
#include "normalise/stage.h"
#include "table/narrow.h"

/* ---- Shared helpers of stage.h ---- */

const struct pd_column *pd_stage_raw(const struct pd_stage *stage, enum pd_raw raw)
{
    return stage->raw[raw] < 0 ? NULL : &stage->table->columns[stage->raw[raw]];
}

struct pd_column *pd_stage_column(const struct pd_stage *stage, enum pd_made made)
{
    return stage->made[made] < 0 ? NULL : &stage->table->columns[stage->made[made]];
}

void *pd_stage_made(const struct pd_stage *stage, enum pd_made made)
{
    const struct pd_column *column = pd_stage_column(stage, made);
    return column == NULL ? NULL : column->words;
}

struct pd_normalise_file_facts *pd_stage_facts(const struct pd_stage *stage, int worker, size_t record)
{
    const size_t file = stage->table->file_of == NULL ? 0 : stage->table->file_of[record];
    return &stage->facts[(size_t)worker * stage->n_files + file];
}

/* Rows of begun columns that are set to NULL before the body sees them, and lie in the cache when it does. */
enum { ROWS_AT_ONCE = 8192 };

/* Rupiah that no payment to one person or family has: what stands there is a NIK or an account number, in a row whose
 * cells have moved, and would be most of every sum. */
static const int64_t NO_PAYMENT = INT64_C(1000000000000);

struct row_pass {
    const struct pd_stage *stage;
    size_t first;
    pd_stage_rows *body; /* may be NULL */
    void *context;
};

/* The first touch of that memory is half of the work of this stage in one thread, hence side by side. */
static void set_null(const struct pd_stage *stage, size_t begin, size_t end)
{
    const struct pd_begun *begun = stage->begun;
    for (size_t i = 0; i < begun->n_unset; i++) {
        const size_t first = pd_stage_first(stage, begun->unset[i]);
        if (first < end)
            pd_column_set_null(pd_stage_column(stage, begun->unset[i]), first > begin ? first : begin, end);
    }
}

static enum padan_status row_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    (void)error;
    const struct row_pass *pass = context;
    const size_t n = pass->stage->table->n_records;
    const size_t first_chunk = pass->first / PD_ROWS_PER_CHUNK;
    const size_t begin = chunk == 0 ? pass->first : (first_chunk + chunk) * PD_ROWS_PER_CHUNK;
    const size_t limit_of_chunk = (first_chunk + chunk + 1) * PD_ROWS_PER_CHUNK;
    const size_t end = n < limit_of_chunk ? n : limit_of_chunk;
    const size_t step = pass->stage->begun->n_unset > 0 ? ROWS_AT_ONCE : PD_ROWS_PER_CHUNK;
    for (size_t i = begin; i < end; i += step) {
        const size_t limit = end - i < step ? end : i + step;
        set_null(pass->stage, i, limit);
        if (pass->body != NULL) pass->body(pass->context, i, limit, worker);
    }
    return PADAN_OK;
}

enum padan_status pd_stage_each_row(const struct pd_stage *stage, size_t first, pd_stage_rows *body, void *context,
                                    struct padan_error *error)
{
    struct row_pass pass = { stage, first, body, context };
    const size_t n_chunks =
        (stage->table->n_records + PD_ROWS_PER_CHUNK - 1) / PD_ROWS_PER_CHUNK - first / PD_ROWS_PER_CHUNK;
    PD_TRY(pd_parallel_for(n_chunks, stage->threads, row_chunk, &pass, error));
    stage->begun->n_unset = 0;
    return PADAN_OK;
}

void pd_stage_begin(const struct pd_stage *stage, enum pd_made first, enum pd_made last)
{
    struct pd_begun *begun = stage->begun;
    for (enum pd_made made = first; made <= last; made++) {
        if (stage->made[made] < 0 || begun->columns[made]) continue;
        begun->columns[made] = true;
        begun->unset[begun->n_unset++] = made;
    }
}

enum padan_status pd_stage_set_null(const struct pd_stage *stage, struct padan_error *error)
{
    return stage->begun->n_unset == 0 ? PADAN_OK : pd_stage_each_row(stage, 0, NULL, NULL, error);
}

/* ---- Columns ---- */

static enum padan_status rename_raw(struct pd_stage *stage, enum pd_raw raw, struct padan_error *error)
{
    struct pd_table *table = stage->table;
    const struct pd_text name = pd_text_of(pd_raw_names[raw]);
    stage->raw[raw] = pd_table_find(table, name);
    if (stage->raw[raw] < 0) return PADAN_OK;
    struct pd_column *column = &table->columns[stage->raw[raw]];
    for (size_t i = (size_t)stage->raw[raw] + 1; i < table->n_columns; i++)
        if (pd_text_equal(table->columns[i].name, name))
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "two columns are read as \"%s\"; choose one under columns",
                    pd_raw_names[raw]);
    const bool is_text = pd_encoding_is_code(column->encoding) || column->encoding == PD_ENCODING_DIGITS;
    if (!is_text || column->dictionary == NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "column \"%s\" must be text to be normalised", pd_raw_names[raw]);
    char renamed[64] = "asli_";
    memcpy(renamed + 5, name.data, name.length);
    return pd_arena_copy(&table->arena, (struct pd_text){ renamed, name.length + 5 }, &column->name, error);
}

/* nama_depan and nama_belakang have one dictionary, so that a swapped name can be compared across the columns. */
static void share_dictionary(const struct pd_stage *stage, enum pd_made owner, enum pd_made guest)
{
    struct pd_column *to = pd_stage_column(stage, guest);
    if (to == NULL || stage->made[owner] < 0) return;
    pd_dictionary_reset(to->dictionary);
    pd_free(to->dictionary);
    to->dictionary = pd_stage_column(stage, owner)->dictionary;
    to->owns_dictionary = false;
}

/* ---- What is known of the first rows ---- */

/* Lets the column have what was loaded of it; numbers join those of other rows when these are known too. */
static enum padan_status take_known(const struct pd_stage *stage, enum pd_made made, struct padan_error *error)
{
    struct pd_known_part *part = stage->known;
    struct pd_column *column = pd_stage_column(stage, made);
    if (part->rows == NULL) return PADAN_OK;
    struct pd_column *known = pd_known_find(part->rows, column->name);
    part->columns[made] = known != NULL || !(pd_stage_is_always_made(made) || pd_stage_is_wanted(stage->options, made));
    if (known == NULL) {
        pd_column_set_null(column, 0, part->n);
        return PADAN_OK;
    }
    if (pd_encoding_is_number(known->encoding) && pd_encoding_is_integer(column->encoding)) return PADAN_OK;
    if (known->encoding != column->encoding)
        PD_FAIL(error, PADAN_BAD_INPUT, "%s: contradicts itself; make it again", part->rows->sealed.path);
    pd_free(column->words);
    column->words = known->words;
    known->words = NULL;
    if (known->dictionary == NULL) return PADAN_OK;
    pd_dictionary_reset(column->dictionary);
    *column->dictionary = *known->dictionary;
    pd_free(known->dictionary);
    known->dictionary = NULL;
    return PADAN_OK;
}

/* Puts the known numbers of a column that is whole before those of other rows. */
static enum padan_status join_known(const struct pd_stage *stage, enum pd_made made, struct padan_error *error)
{
    const struct pd_known_part *part = stage->known;
    struct pd_column *column = pd_stage_column(stage, made);
    if (part->rows == NULL || column == NULL || !part->columns[made]) return PADAN_OK;
    struct pd_column *known = pd_known_find(part->rows, column->name);
    if (known == NULL) return PADAN_OK;
    PD_TRY(pd_column_narrow_numbers_behind(known, part->n, column, stage->table->n_records, error));
    pd_free(known->words);
    known->words = NULL;
    return PADAN_OK;
}

/* ---- Columns that are whole ---- */

/* Columns that nothing here changes or reads any more. */
struct settled {
    const struct pd_stage *stage;
    enum pd_made first;
    bool tells; /* the caller, before the others are made */
};

static enum padan_status settle_one(void *context, size_t index, int worker, struct padan_error *error)
{
    const struct settled *settled = context;
    const struct pd_stage *stage = settled->stage;
    const enum pd_made made = (enum pd_made)((size_t)settled->first + index);
    const int column = stage->made[made];
    (void)worker;
    PD_TRY(join_known(stage, made, error));
    if (column < 0 || stage->options->settle == NULL || !settled->tells) return PADAN_OK;
    return stage->options->settle(stage->options->context, stage->table, (size_t)column, error);
}

static enum padan_status settle_columns(const struct pd_stage *stage, enum pd_made first, enum pd_made last, bool tells,
                                        struct padan_error *error)
{
    struct settled settled = { stage, first, tells };
    if (stage->options->settle == NULL && stage->known->n == 0) return PADAN_OK;
    PD_TRY(pd_stage_set_null(stage, error));
    return pd_parallel_for((size_t)last - (size_t)first + 1, stage->threads, settle_one, &settled, error);
}

static enum padan_status settle(const struct pd_stage *stage, enum pd_made first, enum pd_made last,
                                struct padan_error *error)
{
    return settle_columns(stage, first, last, true, error);
}

static enum padan_status narrow_raw(void *context, size_t raw, int worker, struct padan_error *error)
{
    const struct pd_stage *stage = context;
    (void)worker;
    if (stage->raw[raw] < 0) return PADAN_OK;
    return pd_column_narrow(&stage->table->columns[stage->raw[raw]], stage->table->n_records, error);
}

bool pd_stage_is_wanted(const struct pd_normalise_options *options, enum pd_made made)
{
    return options->wants == NULL || options->wants(options->context, pd_text_of(pd_made_columns[made].name));
}

bool pd_stage_adds(const struct pd_table *table, const struct pd_normalise_options *options, enum pd_made made)
{
    const struct pd_made_column *column = &pd_made_columns[made];
    if (column->needs >= 0 && pd_table_find(table, pd_text_of(pd_raw_names[column->needs])) < 0) return false;
    return !column->optional || pd_stage_is_wanted(options, made);
}

static enum padan_status add_columns(struct pd_stage *stage, struct padan_error *error)
{
    for (enum pd_raw raw = 0; raw < PD_N_RAW; raw++) PD_TRY(rename_raw(stage, raw, error));
    if (stage->options->narrow_raw) PD_TRY(pd_parallel_for(PD_N_RAW, stage->threads, narrow_raw, stage, error));
    for (size_t i = 0; i < PD_N_MADE; i++) {
        const struct pd_made_column *made = &pd_made_columns[i];
        stage->made[i] = -1;
        if (made->needs >= 0 && stage->raw[made->needs] < 0) continue;
        if (made->optional && !pd_stage_is_wanted(stage->options, (enum pd_made)i)) continue;
        struct pd_column *column = NULL;
        PD_TRY(pd_table_add_unset(stage->table, pd_text_of(made->name), made->type, made->encoding, &column, error));
        stage->made[i] = (int)(stage->table->n_columns - 1);
        PD_TRY(take_known(stage, (enum pd_made)i, error));
    }
    share_dictionary(stage, PD_MADE_NAMA_DEPAN, PD_MADE_NAMA_BELAKANG);
    return PADAN_OK;
}

/* ---- Small numbers ---- */

static int64_t or_null(unsigned value)
{
    return value == 0 ? PD_NULL_INT : (int64_t)value;
}

static int64_t read_sex(const void *context, struct pd_text text)
{
    (void)context;
    return or_null(pd_sex_read(text));
}

static int64_t read_relation(const void *context, struct pd_text text)
{
    return or_null(pd_relation_read(context, text));
}

static int64_t read_decile(const void *context, struct pd_text text)
{
    (void)context;
    return or_null(pd_decile_read(text));
}

static int64_t read_rt(const void *context, struct pd_text text)
{
    (void)context;
    return or_null(pd_rt_read(text));
}

static int64_t read_life(const void *context, struct pd_text text)
{
    (void)context;
    const enum pd_life life = pd_life_read(text);
    return life == PD_LIFE_UNKNOWN ? PD_NULL_INT : (int64_t)life;
}

static int64_t read_amount(const void *context, struct pd_text text)
{
    (void)context;
    int64_t rupiah = 0;
    switch (pd_amount_read(text, &rupiah)) {
    case PD_AMOUNT_READ: return rupiah > -NO_PAYMENT && rupiah < NO_PAYMENT ? rupiah : PD_UNREADABLE;
    case PD_AMOUNT_UNREADABLE: return PD_UNREADABLE;
    case PD_AMOUNT_EMPTY: break;
    }
    return PD_NULL_INT;
}

static enum padan_status fill_numbers(const struct pd_stage *stage, struct padan_error *error)
{
    static const struct {
        enum pd_raw raw;
        enum pd_made made;
        pd_read_number *read;
    } fills[] = {
        { PD_RAW_JENIS_KELAMIN, PD_MADE_JENIS_KELAMIN, read_sex },
        { PD_RAW_HUB_KELUARGA, PD_MADE_HUB_KELUARGA, read_relation },
        { PD_RAW_DESIL, PD_MADE_DESIL, read_decile },
        { PD_RAW_RT, PD_MADE_RT, read_rt },
        { PD_RAW_RW, PD_MADE_RW, read_rt },
        { PD_RAW_STATUS_HIDUP, PD_MADE_STATUS_HIDUP, read_life },
        { PD_RAW_NOMINAL, PD_MADE_NOMINAL, read_amount },
    };
    for (size_t i = 0; i < sizeof fills / sizeof *fills; i++)
        PD_TRY(pd_stage_numbers(stage, fills[i].raw, fills[i].made, fills[i].read, stage->indonesia, error));
    return PADAN_OK;
}

/* ---- The whole ---- */

static void add_profile(struct pd_nik_profile *to, const struct pd_nik_profile *from)
{
    to->n += from->n;
    to->empty += from->empty;
    to->bad_format += from->bad_format;
    to->dummy += from->dummy;
    to->scientific += from->scientific;
    to->round15 += from->round15;
    to->unknown_province += from->unknown_province;
    to->old_code += from->old_code;
    to->sex_differs += from->sex_differs;
    to->date_differs += from->date_differs;
    to->duplicate += from->duplicate;
    to->is_kk += from->is_kk;
    to->usable += from->usable;
    if (from->most_rows > to->most_rows) to->most_rows = from->most_rows;
}

/* Dates and codings were summed when they were settled. */
static void merge_facts(const struct pd_stage *stage)
{
    for (size_t worker = 1; worker < (size_t)stage->threads; worker++) {
        for (size_t file = 0; file < stage->n_files; file++) {
            struct pd_normalise_file_facts *to = &stage->facts[file];
            const struct pd_normalise_file_facts *from = &stage->facts[worker * stage->n_files + file];
            add_profile(&to->nik, &from->nik);
            to->n_sixteen += from->n_sixteen;
            to->n_ends_in_zero += from->n_ends_in_zero;
            to->n_kk_scientific += from->n_kk_scientific;
            to->n_kks += from->n_kks;
            to->n_kks_end_in_zero += from->n_kks_end_in_zero;
            to->n_amounts_unreadable += from->n_amounts_unreadable;
            to->n_periods_unreadable += from->n_periods_unreadable;
            to->n_periods_dates += from->n_periods_dates;
            to->n_periods_doubtful += from->n_periods_doubtful;
            for (size_t level = 0; level < sizeof to->n_placed / sizeof *to->n_placed; level++)
                to->n_placed[level] += from->n_placed[level];
        }
    }
}

static size_t count_files(const struct pd_table *table, const struct pd_normalise_options *options)
{
    size_t n_files = options->n_files > 0 ? options->n_files : 1;
    for (size_t i = 0; table->file_of != NULL && i < table->n_records; i++)
        if (table->file_of[i] >= n_files) n_files = (size_t)table->file_of[i] + 1;
    return n_files;
}

/* A column takes memory from when it is begun on, and less once it is settled: under a bound of memory each would else
 * be written to the disk empty, and wide. */
static enum padan_status run_stage(struct pd_stage *stage, struct padan_error *error)
{
    PD_TRY(add_columns(stage, error));
    PD_TRY(pd_stage_names(stage, error));
    PD_TRY(pd_stage_dates(stage, error));
    PD_TRY(fill_numbers(stage, error));
    pd_stage_begin(stage, PD_MADE_RT, PD_MADE_RW);
    PD_TRY(settle(stage, PD_MADE_RT, PD_MADE_RW, error));
    PD_TRY(pd_stage_identities(stage, error));
    PD_TRY(settle(stage, PD_MADE_TGL_LAHIR, PD_MADE_TAHUN_LAHIR, error));
    PD_TRY(pd_stage_regions(stage, error));
    PD_TRY(settle(stage, PD_MADE_KODE_DESA, PD_MADE_KODE_PROVINSI, error));
    PD_TRY(pd_stage_periods(stage, error));
    pd_stage_begin(stage, 0, PD_N_MADE - 1);
    PD_TRY(pd_stage_set_null(stage, error));
    if (stage->known->n > 0) PD_TRY(settle_columns(stage, 0, PD_N_MADE - 1, false, error));
    merge_facts(stage);
    return PADAN_OK;
}

enum padan_status pd_normalise_indonesia(struct pd_table *table, const struct pd_normalise_options *options,
                                         struct pd_normalise_result *result, struct padan_error *error)
{
    *result = (struct pd_normalise_result){ 0 };
    struct pd_begun begun = { .n_unset = 0 };
    struct pd_known_part known = { .rows = options->known,
                                   .n = options->known == NULL ? 0 : options->known->n_records };
    struct pd_stage stage = { .table = table,
                              .begun = &begun,
                              .known = &known,
                              .options = options,
                              .indonesia = options->indonesia,
                              .threads = pd_thread_count(options->threads),
                              .reference_year = pd_date_to_civil(options->reference_date).year,
                              .n_files = count_files(table, options) };
    if (options->files != NULL && options->n_files < stage.n_files)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "facts are given for %zu files, the table has %zu", options->n_files,
                stage.n_files);
    PD_TRY(pd_allocate(&stage.facts, (size_t)stage.threads * stage.n_files, sizeof *stage.facts, error));
    if (options->known != NULL) stage.facts[0] = options->known->facts;
    const enum padan_status status = run_stage(&stage, error);
    result->files = stage.facts;
    result->n_files = stage.n_files;
    if (status != PADAN_OK) pd_normalise_result_reset(result);
    return status;
}

void pd_normalise_result_reset(struct pd_normalise_result *result)
{
    pd_free(result->files);
    *result = (struct pd_normalise_result){ 0 };
}
