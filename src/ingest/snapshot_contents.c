/* SPDX-License-Identifier: MIT */
#include "ingest/snapshot_contents.h"

#include "ingest/layout.h"

static void pass_bytes(struct pd_exchange *exchange, void *bytes, size_t n)
{
    if (exchange->out != NULL) {
        pd_append_bytes(exchange->out, bytes, n);
    } else if (exchange->failed || exchange->in.length < n) {
        exchange->failed = true;
        memset(bytes, 0, n);
    } else {
        memcpy(bytes, exchange->in.data, n);
        exchange->in = pd_text_slice(exchange->in, n, exchange->in.length);
    }
}

void pd_exchange_number(struct pd_exchange *exchange, uint64_t *number)
{
    pass_bytes(exchange, number, sizeof *number);
}

uint64_t pd_exchange_small(struct pd_exchange *exchange, uint64_t number, uint64_t most)
{
    pd_exchange_number(exchange, &number);
    exchange->failed = exchange->failed || number > most;
    return exchange->failed ? 0 : number;
}

enum padan_status pd_exchange_text(struct pd_exchange *exchange, struct pd_text *text)
{
    const uint64_t length = pd_exchange_small(exchange, text->length, SIZE_MAX);
    if (exchange->out != NULL) {
        pd_append_text(exchange->out, *text);
        return PADAN_OK;
    }
    if (exchange->failed || length > exchange->in.length) {
        exchange->failed = true;
        return PADAN_OK;
    }
    const struct pd_text found = pd_text_slice(exchange->in, 0, (size_t)length);
    exchange->in = pd_text_slice(exchange->in, (size_t)length, exchange->in.length);
    return pd_arena_copy(exchange->arena, found, text, exchange->error);
}

static enum padan_status pass_column(struct pd_exchange *exchange, struct pd_snapshot_column *column)
{
    PD_TRY(pd_exchange_text(exchange, &column->header));
    const bool is_digits = pd_exchange_small(exchange, column->encoding == PD_ENCODING_DIGITS, 1) == 1;
    column->encoding = is_digits ? PD_ENCODING_DIGITS : PD_ENCODING_CODE;
    column->saw_cp1252 = pd_exchange_small(exchange, column->saw_cp1252, 1) == 1;
    pd_exchange_number(exchange, &column->n_filled);
    column->n_texts = (uint32_t)pd_exchange_small(exchange, column->n_texts, UINT32_MAX - 2);
    pd_exchange_number(exchange, &column->n_text_bytes);
    column->words = (uint32_t)pd_exchange_small(exchange, column->words, UINT32_MAX);
    column->begins = (uint32_t)pd_exchange_small(exchange, column->begins, UINT32_MAX);
    column->bytes = (uint32_t)pd_exchange_small(exchange, column->bytes, UINT32_MAX);
    return PADAN_OK;
}

static void pass_file(struct pd_exchange *exchange, struct pd_snapshot *snapshot)
{
    pass_bytes(exchange, snapshot->sha256, sizeof snapshot->sha256);
    exchange->failed = exchange->failed || snapshot->sha256[sizeof snapshot->sha256 - 1] != '\0';
    pd_exchange_number(exchange, &snapshot->n_bytes);
    snapshot->compressed = pd_exchange_small(exchange, snapshot->compressed, 1) == 1;
    snapshot->delimiter = (char)pd_exchange_small(exchange, (unsigned char)snapshot->delimiter, UINT8_MAX);
    snapshot->charset = (enum pd_charset)pd_exchange_small(exchange, snapshot->charset, PD_CHARSET_CP1252);
    snapshot->header_row = (unsigned)pd_exchange_small(exchange, snapshot->header_row, PD_SAMPLE_BYTES);
}

static void pass_findings(struct pd_exchange *exchange, struct pd_snapshot *snapshot)
{
    snapshot->n_records = pd_exchange_small(exchange, snapshot->n_records, UINT32_MAX - 1);
    pd_exchange_number(exchange, &snapshot->n_blank);
    snapshot->n_rejects = pd_exchange_small(exchange, snapshot->n_rejects, UINT32_MAX);
    snapshot->n_special = pd_exchange_small(exchange, snapshot->n_special, UINT32_MAX);
    pd_exchange_number(exchange, &snapshot->n_special_bytes);
    snapshot->n_sample = pd_exchange_small(exchange, snapshot->n_sample, PD_SAMPLE_BYTES);
    snapshot->sample_complete = pd_exchange_small(exchange, snapshot->sample_complete, 1) == 1;
    snapshot->rows_ascend = pd_exchange_small(exchange, snapshot->rows_ascend, 1) == 1;
    snapshot->first_row = (uint32_t)pd_exchange_small(exchange, snapshot->first_row, UINT32_MAX);
    uint32_t *const sections[] = { &snapshot->sample, &snapshot->rows, &snapshot->rejects, &snapshot->special_rows,
                                   &snapshot->special_bytes };
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        *sections[i] = (uint32_t)pd_exchange_small(exchange, *sections[i], UINT32_MAX);
}

enum padan_status pd_exchange_snapshot(struct pd_exchange *exchange, struct pd_snapshot *snapshot)
{
    PD_TRY(pd_exchange_text(exchange, &snapshot->name));
    pass_file(exchange, snapshot);
    pass_findings(exchange, snapshot);
    snapshot->n_columns = (size_t)pd_exchange_small(exchange, snapshot->n_columns, PD_COLUMNS_MAX);
    if (exchange->out == NULL)
        PD_TRY(pd_arena_allocate(exchange->arena, &snapshot->columns,
                                 (snapshot->n_columns + 1) * sizeof *snapshot->columns, exchange->error));
    for (size_t i = 0; i < snapshot->n_columns; i++) PD_TRY(pass_column(exchange, &snapshot->columns[i]));
    return PADAN_OK;
}
