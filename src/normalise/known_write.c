/* SPDX-License-Identifier: MIT
 * Integers are written as codes of their numbers in order of first appearance, so that those of other rows can be put
 * behind them (table/narrow.h); texts as codes of four bytes, with the texts that the rows have. */
#include "base/memory.h"
#include "normalise/known_format.h"
#include "normalise/stage.h"
#include "table/number_codes.h"

#include <stdio.h>

const struct pd_sealed_kind pd_known_kind = { { '\x89', 'P', 'D', 'N', 'O', 'R', '\r', '\n' }, 3 };

struct work {
    const struct pd_known_writing *writing;
    struct pd_sealed_writer file;
    struct pd_known_described columns[PD_N_MADE];
    size_t n_columns;
    const struct pd_dictionary *texts[PD_N_MADE]; /* of the columns */
    struct pd_known_source sources[PD_N_RAW];
    size_t n_sources;
};

static void put_name(char out[PD_KNOWN_NAME_BYTES], struct pd_text name)
{
    (void)snprintf(out, PD_KNOWN_NAME_BYTES, "%.*s", PD_TEXT_ARGS(name));
}

static uint32_t highest_code(const struct pd_column *column, size_t n)
{
    uint32_t highest = 0;
    for (size_t i = 0; i < n; i++) {
        const uint32_t code = pd_raw_code(column, i);
        highest = code > highest ? code : highest;
    }
    return highest;
}

static enum padan_status add_words(struct work *work, const void *words, size_t width, uint32_t *section,
                                   struct padan_error *error)
{
    return pd_sealed_add(&work->file, words, work->writing->n_records * width, section, error);
}

/* ---- Integers ---- */

static void write_code(void *words, size_t width, size_t record, uint32_t code)
{
    if (width == sizeof(uint8_t))
        ((uint8_t *)words)[record] = (uint8_t)code;
    else if (width == sizeof(uint16_t))
        ((uint16_t *)words)[record] = (uint16_t)code;
    else
        ((uint32_t *)words)[record] = code;
}

static enum padan_status write_codes(struct work *work, const struct pd_column *column,
                                     const struct pd_number_codes *codes, struct pd_known_described *out,
                                     struct padan_error *error)
{
    const size_t n = work->writing->n_records;
    out->encoding = codes->n <= UINT8_MAX    ? PD_ENCODING_NUMBER8
                    : codes->n <= UINT16_MAX ? PD_ENCODING_NUMBER16
                                             : PD_ENCODING_NUMBER32;
    out->n_numbers = (uint32_t)codes->n;
    const size_t width = pd_encoding_width(out->encoding);
    void *words = NULL;
    PD_TRY(pd_allocate_array(&words, n, width, error));
    for (size_t i = 0; i < n; i++) {
        const int64_t number = pd_column_integer(column, i);
        write_code(words, width, i, number == PD_NULL_INT ? 0 : pd_number_codes_find(codes, number));
    }
    enum padan_status status = add_words(work, words, width, &out->words, error);
    if (status == PADAN_OK)
        status =
            pd_sealed_add(&work->file, codes->numbers, (codes->n + 1) * sizeof *codes->numbers, &out->numbers, error);
    pd_free(words);
    return status;
}

/* Too many numbers to be coded, so the words are those that the column is made with. */
static enum padan_status write_integers(struct work *work, const struct pd_column *column, enum pd_made made,
                                        struct pd_known_described *out, struct padan_error *error)
{
    struct pd_column wide = { .encoding = pd_made_columns[made].encoding };
    const size_t n = work->writing->n_records;
    out->encoding = wide.encoding;
    if (column->encoding == wide.encoding)
        return add_words(work, column->words, pd_encoding_width(wide.encoding), &out->words, error);
    PD_TRY(pd_allocate_array(&wide.words, n, pd_encoding_width(wide.encoding), error));
    pd_column_set_null(&wide, 0, n);
    for (size_t i = 0; i < n; i++) {
        const int64_t number = pd_column_integer(column, i);
        if (number != PD_NULL_INT) pd_stage_set(&wide, i, number);
    }
    const enum padan_status status = add_words(work, wide.words, pd_encoding_width(wide.encoding), &out->words, error);
    pd_free(wide.words);
    return status;
}

static enum padan_status write_numbers(struct work *work, const struct pd_column *column, enum pd_made made,
                                       struct pd_known_described *out, struct padan_error *error)
{
    struct pd_number_codes codes;
    PD_TRY(pd_number_codes_make(column, work->writing->n_records, &codes, error));
    const bool too_many = codes.numbers == NULL;
    if (!too_many) codes.numbers[0] = PD_NULL_INT;
    const enum padan_status status =
        too_many ? write_integers(work, column, made, out, error) : write_codes(work, column, &codes, out, error);
    pd_number_codes_reset(&codes);
    return status;
}

/* ---- Texts ---- */

static enum padan_status write_text_words(struct work *work, const struct pd_column *column,
                                          struct pd_known_described *out, struct padan_error *error)
{
    uint32_t *words = NULL;
    out->encoding = PD_ENCODING_CODE;
    if (column->encoding == PD_ENCODING_CODE) return add_words(work, column->words, sizeof *words, &out->words, error);
    PD_TRY(pd_allocate_array(&words, work->writing->n_records, sizeof *words, error));
    for (size_t i = 0; i < work->writing->n_records; i++) words[i] = pd_raw_code(column, i);
    const enum padan_status status = add_words(work, words, sizeof *words, &out->words, error);
    pd_free(words);
    return status;
}

/* The texts of a column and of those that share them, when the codes of all are known. */
static enum padan_status write_texts(struct work *work, struct pd_known_described *out,
                                     const struct pd_dictionary *texts, struct padan_error *error)
{
    static const uint64_t no_begins[1] = { 0 };
    const uint64_t *begins = texts->begins == NULL ? no_begins : texts->begins;
    out->n_text_bytes = begins[out->n_texts];
    PD_TRY(pd_sealed_add(&work->file, begins, ((size_t)out->n_texts + 1) * sizeof *begins, &out->begins, error));
    return pd_sealed_add(&work->file, texts->bytes, (size_t)out->n_text_bytes, &out->bytes, error);
}

static enum padan_status write_coded(struct work *work, const struct pd_column *column, struct pd_known_described *out,
                                     struct padan_error *error)
{
    const uint32_t n_texts = highest_code(column, work->writing->n_records);
    const size_t index = (size_t)(out - work->columns);
    size_t owner = 0;
    while (owner < index && work->texts[owner] != column->dictionary) owner++;
    work->texts[index] = column->dictionary;
    out->owner = (uint32_t)owner;
    if (work->columns[owner].n_texts < n_texts) work->columns[owner].n_texts = n_texts;
    return write_text_words(work, column, out, error);
}

/* ---- Columns ---- */

static bool hangs_on_more(const struct pd_known_writing *writing, enum pd_made made)
{
    if (made != PD_MADE_TEMPAT_LAHIR) return pd_stage_is_always_made(made);
    const int ttl = pd_table_find(writing->table, PD_TEXT("asli_ttl"));
    return ttl >= 0 && highest_code(&writing->table->columns[ttl], writing->n_records) > 0;
}

static enum padan_status write_column(struct work *work, enum pd_made made, struct padan_error *error)
{
    const struct pd_table *table = work->writing->table;
    const int index = pd_table_find(table, pd_text_of(pd_made_columns[made].name));
    if (index < 0 || table->columns[index].words == NULL || hangs_on_more(work->writing, made)) return PADAN_OK;
    const struct pd_column *column = &table->columns[index];
    struct pd_known_described *out = &work->columns[work->n_columns];
    *out = (struct pd_known_described){ .encoding = column->encoding, .owner = (uint32_t)work->n_columns++ };
    put_name(out->name, column->name);
    if (pd_encoding_is_integer(column->encoding)) return write_numbers(work, column, made, out, error);
    if (pd_encoding_is_code(column->encoding)) return write_coded(work, column, out, error);
    return add_words(work, column->words, pd_encoding_width(column->encoding), &out->words, error);
}

static void note_sources(struct work *work)
{
    const struct pd_table *table = work->writing->table;
    for (enum pd_raw raw = 0; raw < PD_N_RAW; raw++) {
        char name[PD_KNOWN_NAME_BYTES + 8];
        (void)snprintf(name, sizeof name, "asli_%s", pd_raw_names[raw]);
        const int index = pd_table_find(table, pd_text_of(name));
        if (index < 0) continue;
        struct pd_known_source *source = &work->sources[work->n_sources++];
        put_name(source->name, pd_text_of(pd_raw_names[raw]));
        source->n_texts = highest_code(&table->columns[index], work->writing->n_records);
    }
}

/* What is counted over all rows whenever a table is normalised is not told of these. */
static struct pd_normalise_file_facts kept_facts(const struct pd_normalise_result *result)
{
    struct pd_normalise_file_facts facts = result->files[0];
    facts.n_codes = facts.n_codes_dagri = facts.n_codes_bps = 0;
    facts.n_amounts_unreadable = 0;
    facts.n_periods_unreadable = facts.n_periods_dates = facts.n_periods_doubtful = 0;
    return facts;
}

static enum padan_status write_all(struct work *work, struct padan_error *error)
{
    const struct pd_known_writing *writing = work->writing;
    const struct pd_normalise_file_facts facts = kept_facts(writing->result);
    uint32_t section = 0;
    for (enum pd_made made = 0; made < PD_N_MADE; made++) PD_TRY(write_column(work, made, error));
    for (size_t i = 0; i < work->n_columns; i++)
        if (work->texts[i] != NULL && work->columns[i].owner == i)
            PD_TRY(write_texts(work, &work->columns[i], work->texts[i], error));
    note_sources(work);
    const struct pd_known_heading heading = { writing->n_records, work->n_columns, work->n_sources };
    PD_TRY(pd_sealed_add(&work->file, work->columns, work->n_columns * sizeof *work->columns, &section, error));
    PD_TRY(pd_sealed_add(&work->file, work->sources, work->n_sources * sizeof *work->sources, &section, error));
    PD_TRY(pd_sealed_add(&work->file, &facts, sizeof facts, &section, error));
    PD_TRY(pd_sealed_add(&work->file, &heading, sizeof heading, &section, error));
    return pd_sealed_finish(&work->file, writing->fingerprint, error);
}

enum padan_status pd_known_write(const struct pd_known_writing *writing, struct padan_error *error)
{
    struct work *work = NULL;
    PD_TRY(pd_allocate(&work, 1, sizeof *work, error));
    work->writing = writing;
    enum padan_status status = pd_sealed_create(&work->file, &pd_known_kind, writing->path, error);
    if (status == PADAN_OK) status = write_all(work, error);
    pd_sealed_abandon(&work->file);
    pd_free(work);
    return status;
}
