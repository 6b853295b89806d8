/* SPDX-License-Identifier: MIT */
#include "auto/likely_rows.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/words.h"
#include "expression/letter_case.h"

#include <stdlib.h>

enum { TEXT_MAX = 256 };

/* A row of the column that tells most. */
struct row {
    uint64_t word;
    uint32_t record, source;
};

int pd_auto_source_of(const struct pd_table *table, const struct pd_profile *profile)
{
    const struct pd_column *column = &table->columns[profile->column];
    int only = -1;
    for (size_t s = 0; s < table->n_sources; s++) {
        size_t r = table->sources[s].begin;
        while (r < table->sources[s].end && pd_column_is_null(column, r)) r++;
        if (r == table->sources[s].end) continue;
        if (only >= 0) return -1;
        only = (int)s;
    }
    return only;
}

/* The column of both sources that tells most, and that both may write alike; NULL when there is none. */
static const struct pd_profile *most_telling(const struct pd_table *table, const struct pd_profiles *profiles)
{
    const struct pd_profile *best = NULL;
    for (size_t i = 0; i < profiles->n_columns; i++) {
        const struct pd_profile *profile = &profiles->columns[i];
        if (profile->kind == PD_KIND_LEFT_OUT || profile->kind == PD_KIND_DATE) continue;
        if (pd_auto_source_of(table, profile) >= 0) continue;
        if (best == NULL || pd_profile_information(profile) > pd_profile_information(best)) best = profile;
    }
    return best;
}

static int by_word(const void *a, const void *b)
{
    const struct row *x = a;
    const struct row *y = b;
    if (x->word != y->word) return x->word < y->word ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

static void pair_rows(struct row *rows, size_t n, struct pd_likely_rows *likely)
{
    if (n > 0) qsort(rows, n, sizeof *rows, by_word);
    for (size_t begin = 0, end; begin < n; begin = end) {
        end = begin + 1;
        while (end < n && rows[end].word == rows[begin].word) end++;
        if (end - begin == 2 && rows[begin].source != rows[begin + 1].source)
            likely->list[likely->n++] = (struct pd_likely){ rows[begin].record, rows[begin + 1].record };
    }
}

/* Letters and digits alone, in small: sources write what is the same in ways of their own. */
static uint64_t hash_of(struct pd_text value)
{
    char small[TEXT_MAX + TEXT_MAX / 2];
    size_t n = 0;
    const size_t length = pd_letters_put(pd_text_slice(value, 0, value.length < TEXT_MAX ? value.length : TEXT_MAX),
                                         pd_letter_small, small);
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)small[i];
        if (pd_word_letter(byte) || pd_word_digit(byte)) small[n++] = (char)byte;
    }
    return pd_hash_bytes(small, n, 0);
}

enum padan_status pd_likely_rows_find(const struct pd_table *table, const struct pd_profiles *profiles,
                                      struct pd_likely_rows *likely, struct padan_error *error)
{
    const struct pd_profile *telling = most_telling(table, profiles);
    struct row *rows = NULL;
    size_t n = 0;
    *likely = (struct pd_likely_rows){ 0 };
    if (telling == NULL || table->n_sources != 2) return PADAN_OK;
    PD_TRY(pd_allocate_array(&rows, table->n_records + 1, sizeof *rows, error));
    for (size_t i = 0; i < table->n_records; i++) {
        const struct pd_column *values = &table->columns[telling->column];
        char scratch[24];
        if (pd_column_is_null(values, i)) continue;
        const size_t source = pd_table_source(table, (uint32_t)i);
        rows[n++] = (struct row){ hash_of(pd_column_text(values, i, scratch)), (uint32_t)i, (uint32_t)source };
    }
    const enum padan_status status = pd_allocate_array(&likely->list, n / 2 + 1, sizeof *likely->list, error);
    if (status == PADAN_OK) pair_rows(rows, n, likely);
    pd_free(rows);
    return status;
}

void pd_likely_rows_reset(struct pd_likely_rows *likely)
{
    pd_free(likely->list);
    *likely = (struct pd_likely_rows){ 0 };
}
