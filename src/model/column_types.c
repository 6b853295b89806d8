/* SPDX-License-Identifier: MIT */
#include "model/column_types.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "expression/values.h"

#include <math.h>

static const struct type_name {
    const char *name;
    enum pd_type type;
} type_names[] = {
    { "VARCHAR", PD_TYPE_TEXT },         { "TEXT", PD_TYPE_TEXT },           { "INT", PD_TYPE_INT },
    { "INTEGER", PD_TYPE_INT },          { "BIGINT", PD_TYPE_INT },          { "DOUBLE", PD_TYPE_DOUBLE },
    { "FLOAT", PD_TYPE_DOUBLE },         { "BOOLEAN", PD_TYPE_BOOL },        { "DATE", PD_TYPE_DATE },
    { "TIMESTAMP", PD_TYPE_TIMESTAMP },  { "VARCHAR[]", PD_TYPE_TEXT_LIST }, { "TEXT[]", PD_TYPE_TEXT_LIST },
    { "DOUBLE[]", PD_TYPE_DOUBLE_LIST }, { "FLOAT[]", PD_TYPE_DOUBLE_LIST },
};
enum { N_TYPE_NAMES = sizeof type_names / sizeof *type_names };

/* A column in conversion: the new words, and a dictionary for lists. */
struct conversion {
    enum pd_type type;
    enum pd_encoding encoding;
    void *words;
    struct pd_dictionary *dictionary;
    struct pd_buffer scratch;
    uint64_t n_unreadable;
};

static bool same_word(struct pd_text a, const char *b)
{
    for (size_t i = 0; i < a.length; i++) {
        const char byte = a.data[i];
        if ((byte >= 'a' && byte <= 'z' ? (char)(byte - 32) : byte) != b[i]) return false;
    }
    return b[a.length] == '\0';
}

static bool find_type(struct pd_text name, enum pd_type *type)
{
    for (size_t i = 0; i < N_TYPE_NAMES; i++) {
        if (!same_word(name, type_names[i].name)) continue;
        *type = type_names[i].type;
        return true;
    }
    return false;
}

bool pd_column_type_is_known(struct pd_text word)
{
    enum pd_type type = PD_TYPE_TEXT;
    return find_type(word, &type);
}

/* ---- lists ---- */

/* An item as written: between quotes, or up to the comma. */
struct item {
    struct pd_text text;
    char quote; /* '\0': none */
};

/* A quote that is doubled is one of the item's. */
static size_t item_end(struct pd_text text, size_t begin, char quote)
{
    const char mark = quote != '\0' ? quote : ',';
    for (size_t end = begin; end < text.length; end++) {
        if (text.data[end] != mark) continue;
        if (quote == '\0' || end + 1 == text.length || text.data[end + 1] != quote) return end;
        end++;
    }
    return text.length;
}

/* The item at text[*at], and *at behind it and its comma. */
static struct item next_item(struct pd_text text, size_t *at)
{
    size_t begin = *at;
    while (begin < text.length && text.data[begin] == ' ') begin++;
    const char first = begin < text.length ? text.data[begin] : '\0';
    const char quote = first == '"' || first == '\'' ? first : '\0';
    begin += quote != '\0';
    size_t end = item_end(text, begin, quote);
    struct item item = { pd_text_slice(text, begin, end), quote };
    while (end < text.length && text.data[end] != ',') end++;
    *at = end + 1;
    if (quote == '\0') item.text = pd_text_trim(item.text);
    return item;
}

static void append_item(const struct item *item, struct pd_buffer *out)
{
    for (size_t i = 0; i < item->text.length; i++) {
        pd_append_byte(out, item->text.data[i]);
        i += item->quote != '\0' && item->text.data[i] == item->quote;
    }
}

/* The items of a list as the record store keeps them; false when the text is no list. */
static bool read_list(struct pd_text text, enum pd_type type, struct pd_buffer *out)
{
    const struct pd_text trimmed = pd_text_trim(text);
    out->length = 0;
    if (trimmed.length < 2 || trimmed.data[0] != '[' || trimmed.data[trimmed.length - 1] != ']') return false;
    const struct pd_text inside = pd_text_trim(pd_text_slice(trimmed, 1, trimmed.length - 1));
    if (inside.length == 0) pd_append_byte(out, PD_LIST_EMPTY);
    size_t n_items = 0;
    for (size_t at = 0; at < inside.length; n_items++) {
        double number = 0;
        const struct item item = next_item(inside, &at);
        const bool is_null = item.quote == '\0' && same_word(item.text, "NULL");
        if (n_items == PD_LIST_MAX) return false;
        if (type == PD_TYPE_DOUBLE_LIST && !is_null && !pd_text_to_double(item.text, &number)) return false;
        if (n_items > 0) pd_append_byte(out, PD_LIST_SEPARATOR);
        if (is_null)
            pd_append_byte(out, PD_LIST_NULL);
        else
            append_item(&item, out);
    }
    return true;
}

static enum padan_status store_list(struct conversion *to, size_t slot, struct pd_text text, struct padan_error *error)
{
    uint32_t *code = (uint32_t *)to->words + slot;
    if (!read_list(text, to->type, &to->scratch)) {
        to->n_unreadable++;
        return PADAN_OK;
    }
    PD_TRY(pd_buffer_status(&to->scratch, error));
    const struct pd_text list = { to->scratch.data, to->scratch.length };
    return pd_dictionary_insert(to->dictionary, list, pd_hash_text(list), code, error);
}

/* ---- other types ---- */

static void store_null(struct conversion *to, size_t slot)
{
    if (to->encoding == PD_ENCODING_INT) ((int64_t *)to->words)[slot] = PD_NULL_INT;
    if (to->encoding == PD_ENCODING_DOUBLE) ((double *)to->words)[slot] = (double)NAN;
    if (to->encoding == PD_ENCODING_CODE) ((uint32_t *)to->words)[slot] = 0;
    if (to->encoding == PD_ENCODING_SMALL) ((uint8_t *)to->words)[slot] = PD_SMALL_NULL;
}

static void store_number(struct conversion *to, size_t slot, struct pd_text text)
{
    struct pd_evaluator none = { 0 };
    const struct pd_value value =
        pd_value_cast((struct pd_value){ .type = PD_TYPE_TEXT, .text = text }, to->type, &none);
    to->n_unreadable += value.null;
    if (value.null)
        store_null(to, slot);
    else if (to->encoding == PD_ENCODING_DOUBLE)
        ((double *)to->words)[slot] = value.real + 0.0; /* -0.0 becomes 0.0: words of equal numbers are equal */
    else if (to->encoding == PD_ENCODING_SMALL)
        ((uint8_t *)to->words)[slot] = value.boolean;
    else
        ((int64_t *)to->words)[slot] = value.integer;
}

static enum padan_status store(struct conversion *to, size_t slot, struct pd_text text, struct padan_error *error)
{
    store_null(to, slot);
    if (text.data == NULL) return PADAN_OK;
    if (to->encoding == PD_ENCODING_CODE) return store_list(to, slot, text, error);
    store_number(to, slot, text);
    return PADAN_OK;
}

/* ---- columns ---- */

/* Row by row: columns of digits. */
static enum padan_status convert_rows(const struct pd_column *from, size_t n_records, struct conversion *to,
                                      struct padan_error *error)
{
    char scratch[24];
    PD_TRY(pd_allocate(&to->words, n_records + 1, pd_encoding_width(to->encoding), error));
    for (size_t i = 0; i < n_records; i++) PD_TRY(store(to, i, pd_column_text(from, i, scratch), error));
    return PADAN_OK;
}

/* Each distinct text once (slot = its code), then the rows take theirs. */
static enum padan_status convert_texts(const struct pd_column *from, size_t n_records, struct conversion *to,
                                       struct padan_error *error)
{
    const size_t width = pd_encoding_width(to->encoding);
    PD_TRY(pd_allocate(&to->words, (size_t)from->dictionary->n_entries + 1, width, error));
    store_null(to, 0);
    for (uint32_t code = 1; code <= from->dictionary->n_entries; code++)
        PD_TRY(store(to, code, pd_dictionary_text(from->dictionary, code), error));
    char *const converted = to->words;
    char *rows = NULL;
    PD_TRY(pd_allocate(&rows, n_records + 1, width, error));
    for (size_t i = 0; i < n_records; i++)
        memcpy(rows + i * width, converted + (size_t)pd_column_held_code(from, i) * width, width);
    pd_free(converted);
    to->words = rows;
    return PADAN_OK;
}

static void give_words(struct pd_column *column, struct conversion *to)
{
    pd_free(column->words);
    if (column->owns_dictionary) {
        pd_dictionary_reset(column->dictionary);
        pd_free(column->dictionary);
    }
    column->type = to->type;
    column->encoding = to->encoding;
    column->words = to->words;
    column->dictionary = to->dictionary;
    column->owns_dictionary = to->dictionary != NULL;
    to->words = NULL;
    to->dictionary = NULL;
}

static enum padan_status convert(struct pd_table *table, struct pd_column *column, enum pd_type type,
                                 struct pd_column_types_report *report, struct padan_error *error)
{
    struct conversion to = { .type = type, .encoding = PD_ENCODING_INT };
    enum padan_status status = PADAN_OK;
    if (type == PD_TYPE_TEXT || column->type != PD_TYPE_TEXT) return PADAN_OK;
    if (type == PD_TYPE_DOUBLE) to.encoding = PD_ENCODING_DOUBLE;
    if (type == PD_TYPE_BOOL) to.encoding = PD_ENCODING_SMALL; /* as conditions of one side are kept */
    if (type == PD_TYPE_TEXT_LIST || type == PD_TYPE_DOUBLE_LIST) {
        to.encoding = PD_ENCODING_CODE;
        status = pd_allocate(&to.dictionary, 1, sizeof *to.dictionary, error);
    }
    if (status == PADAN_OK)
        status = pd_encoding_is_own_code(column->encoding) ? convert_texts(column, table->n_records, &to, error)
                                                           : convert_rows(column, table->n_records, &to, error);
    if (status == PADAN_OK) give_words(column, &to);
    if (to.n_unreadable > 0 && report->n_unreadable == 0) report->column = column->name;
    report->n_unreadable += to.n_unreadable;
    pd_free(to.words);
    if (to.dictionary != NULL) pd_dictionary_reset(to.dictionary);
    pd_free(to.dictionary);
    pd_buffer_reset(&to.scratch);
    return status;
}

enum padan_status pd_column_types_apply(struct pd_table *table, struct pd_text declaration,
                                        struct pd_column_types_report *report, struct padan_error *error)
{
    *report = (struct pd_column_types_report){ .n_unreadable = 0 };
    while (declaration.length > 0) {
        const struct pd_text item = pd_text_take_item(&declaration);
        size_t sign = 0;
        while (sign < item.length && item.data[sign] != '=') sign++;
        const struct pd_text name = pd_text_trim(pd_text_slice(item, 0, sign));
        const struct pd_text word = pd_text_trim(pd_text_slice(item, sign + 1, item.length));
        enum pd_type type = PD_TYPE_TEXT;
        if (!find_type(word, &type))
            PD_FAIL(error, PADAN_BAD_ARGUMENT,
                    "--types: \"%.*s\" must be COLUMN=TYPE with TYPE one of VARCHAR, INT, DOUBLE, BOOLEAN, DATE, "
                    "TIMESTAMP, VARCHAR[], DOUBLE[]",
                    PD_TEXT_ARGS(item));
        const int column = pd_table_find_identifier(table, name);
        if (column >= 0)
            PD_TRY(convert(table, &table->columns[column], type, report, error));
        else if (report->n_absent < PD_DECLARED_ABSENT_MAX)
            report->absent[report->n_absent++] = name;
    }
    return PADAN_OK;
}
