/* SPDX-License-Identifier: MIT */
#include "model/frequencies.h"

#include "base/date.h"
#include "base/delimited.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/sha256.h"

#include <math.h>
#include <stdio.h>

enum { FILE_BYTES_MAX = 1 << 30, KEY_SEPARATOR = 0x1f };

void pd_frequencies_free(struct pd_frequencies *frequencies)
{
    if (frequencies == NULL) return;
    pd_buffer_reset(&frequencies->content);
    pd_dictionary_reset(&frequencies->keys);
    pd_free(frequencies->shares);
    pd_free(frequencies);
}

static struct pd_text make_key(struct pd_buffer *scratch, struct pd_text column, struct pd_text value)
{
    pd_buffer_clear(scratch);
    pd_append_text(scratch, column);
    pd_append_byte(scratch, (char)KEY_SEPARATOR);
    pd_append_text(scratch, value);
    return (struct pd_text){ scratch->data, scratch->length };
}

/* --- reading --- */

static enum padan_status take_row(struct pd_frequencies *frequencies, const struct pd_delimited *reader,
                                  struct pd_buffer *scratch, struct padan_error *error)
{
    uint32_t code = 0;
    double share = 0;
    if (!pd_text_to_double(reader->fields[2], &share) || !(share > 0 && share <= 1))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s:%zu: a frequency is above 0 and at most 1", reader->name, reader->line);
    const struct pd_text key = make_key(scratch, reader->fields[0], reader->fields[1]);
    PD_TRY(pd_buffer_status(scratch, error));
    PD_TRY(pd_dictionary_insert(&frequencies->keys, key, pd_hash_text(key), &code, error));
    PD_TRY(pd_grow(&frequencies->shares, &frequencies->capacity, code, sizeof *frequencies->shares, error));
    frequencies->shares[code - 1] = share;
    return PADAN_OK;
}

static enum padan_status read_rows(struct pd_frequencies *frequencies, const char *path, struct padan_error *error)
{
    struct pd_delimited reader;
    struct pd_buffer scratch = { 0 };
    bool more = true;
    PD_TRY(pd_delimited_open(&reader, (struct pd_text){ frequencies->content.data, frequencies->content.length }, ',',
                             path, error));
    enum padan_status status = PADAN_OK;
    if (reader.n_header != 3)
        status = pd_fail(error, PADAN_BAD_ARGUMENT, "%s: its columns must be column,value,frequency", path);
    while (status == PADAN_OK && more) {
        status = pd_delimited_next(&reader, &more, error);
        if (status == PADAN_OK && more) status = take_row(frequencies, &reader, &scratch, error);
    }
    pd_buffer_reset(&scratch);
    pd_delimited_reset(&reader);
    return status;
}

static enum padan_status load(struct pd_model *model, const char *path, struct padan_error *error)
{
    char hex[65];
    PD_TRY(pd_allocate(&model->own_frequencies, 1, sizeof *model->own_frequencies, error));
    model->frequencies = model->own_frequencies;
    struct pd_buffer *content = &model->own_frequencies->content;
    PD_TRY(pd_file_read(path, FILE_BYTES_MAX, content, error));
    pd_sha256_hex((struct pd_text){ content->data, content->length }, hex);
    if (!pd_text_equal(pd_text_of(hex), model->tf_sha256))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s is not the file of frequencies that the model was trained with (sha256)",
                path);
    return read_rows(model->own_frequencies, path, error);
}

enum padan_status pd_model_load_frequencies(struct pd_model *model, const char *model_path, struct padan_error *error)
{
    struct pd_buffer path = { 0 };
    if (model->tf_file.length == 0) return PADAN_OK;
    pd_path_join(&path, pd_path_directory(pd_text_of(model_path)), model->tf_file);
    enum padan_status status = pd_buffer_status(&path, error);
    if (status == PADAN_OK) status = load(model, path.data, error);
    pd_buffer_reset(&path);
    return status;
}

static double share_of_key(const struct pd_frequencies *frequencies, struct pd_text key)
{
    const uint32_t code = pd_dictionary_find(&frequencies->keys, key, pd_hash_text(key));
    return code == 0 ? NAN : frequencies->shares[code - 1];
}

double pd_frequencies_share(const struct pd_frequencies *frequencies, struct pd_text column, struct pd_text value)
{
    struct pd_buffer scratch = { 0 };
    double share = share_of_key(frequencies, make_key(&scratch, column, value));
    if (isnan(share)) share = share_of_key(frequencies, make_key(&scratch, column, PD_TEXT("")));
    pd_buffer_reset(&scratch);
    return share;
}

struct pd_text pd_frequency_text(const struct pd_column *column, size_t record, char scratch[PD_FREQUENCY_TEXT])
{
    const struct pd_text none = { NULL, 0 };
    int length = 0;
    if (pd_column_is_null(column, record)) return none;
    if (pd_encoding_is_code(column->encoding) || pd_encoding_is_digits(column->encoding))
        return pd_column_text(column, record, scratch);
    if (column->encoding == PD_ENCODING_DOUBLE) return none;
    const int64_t word = (int64_t)pd_column_word(column, record);
    if (column->type == PD_TYPE_DATE) {
        const struct pd_date date = pd_date_to_civil((int32_t)word);
        length = snprintf(scratch, PD_FREQUENCY_TEXT, "%04d-%02d-%02d", (int)date.year, (int)date.month, (int)date.day);
    } else {
        length = snprintf(scratch, PD_FREQUENCY_TEXT, "%lld", (long long)word);
    }
    return length > 0 && length < PD_FREQUENCY_TEXT ? (struct pd_text){ scratch, (size_t)length } : none;
}
