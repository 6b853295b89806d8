/* SPDX-License-Identifier: MIT */
#include "compare/term_frequency.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "base/radix.h"
#include "model/frequencies.h"

#include <math.h>

void pd_term_frequency_reset(struct pd_term_frequency *frequency)
{
    pd_free(frequency->additions);
    *frequency = (struct pd_term_frequency){ 0 };
}

/* Frequencies of a dictionary column: counts by code over non-null rows. */
static enum padan_status count_codes(const struct pd_table *table, int column, struct pd_value_map *map,
                                     struct padan_error *error)
{
    const struct pd_column *codes = &table->columns[column];
    const size_t n_values = (size_t)codes->dictionary->n_entries + 1;
    *map = (struct pd_value_map){ .n_values = n_values, .key = PD_VALUES_BY_CODE, .column = column };
    PD_TRY(pd_allocate(&map->values, n_values, sizeof *map->values, error));
    size_t n_rows = 0;
    for (size_t i = 0; i < table->n_records; i++) {
        const uint32_t code = pd_column_held_code(codes, i);
        map->values[code]++;
        n_rows += code != 0;
    }
    for (size_t i = 0; i < n_values; i++)
        map->values[i] = i == 0 || n_rows == 0 ? NAN : map->values[i] / (double)n_rows;
    return PADAN_OK;
}

static void share_of_runs(const struct pd_key *keys, size_t n, double *values)
{
    for (size_t i = 0, end; i < n; i = end) {
        end = pd_key_run_end(keys, n, i);
        for (size_t j = i; j < end; j++) values[keys[j].record] = (double)(end - i) / (double)n;
    }
}

/* Frequencies of any other column: by record, from the runs of equal words. */
static enum padan_status count_words(const struct pd_table *table, int column, int threads, struct pd_value_map *map,
                                     struct padan_error *error)
{
    struct pd_key *keys = NULL, *scratch = NULL;
    *map = (struct pd_value_map){ .n_values = table->n_records, .key = PD_VALUES_BY_RECORD, .column = column };
    PD_TRY(pd_allocate_array(&map->values, table->n_records, sizeof *map->values, error));
    PD_TRY(pd_keys_make(table->n_records, &keys, &scratch, error));
    size_t n = 0;
    for (size_t i = 0; i < table->n_records; i++) {
        map->values[i] = NAN;
        if (pd_column_is_null(&table->columns[column], i)) continue;
        keys[n++] = (struct pd_key){ pd_mix64(pd_column_word(&table->columns[column], i)), (uint32_t)i, 0 };
    }
    const enum padan_status status = pd_radix_sort(keys, scratch, n, threads, error);
    if (status == PADAN_OK) share_of_runs(keys, n, map->values);
    pd_free(keys);
    return status;
}

/* Frequencies that the model brings along: of every value of a dictionary, or of every record. */
static enum padan_status look_up(const struct pd_frequencies *known, const struct pd_table *table, int index,
                                 struct pd_value_map *map, struct padan_error *error)
{
    const struct pd_column *column = &table->columns[index];
    const bool by_code = pd_encoding_is_own_code(column->encoding);
    const size_t n = by_code ? (size_t)column->dictionary->n_entries + 1 : table->n_records;
    *map = (struct pd_value_map){ .n_values = n,
                                  .key = by_code ? PD_VALUES_BY_CODE : PD_VALUES_BY_RECORD,
                                  .column = index };
    PD_TRY(pd_allocate_array(&map->values, n, sizeof *map->values, error));
    for (size_t i = 0; i < n; i++) {
        char scratch[PD_FREQUENCY_TEXT];
        const struct pd_text value =
            by_code ? pd_dictionary_text(column->dictionary, (uint32_t)i) : pd_frequency_text(column, i, scratch);
        map->values[i] = value.data == NULL ? NAN : pd_frequencies_share(known, column->name, value);
    }
    return PADAN_OK;
}

static enum padan_status frequencies(const struct pd_model *model, const struct pd_level *level,
                                     struct pd_deriver *deriver, struct pd_value_map *map, struct padan_error *error)
{
    for (size_t i = 0; i < model->n_tf_expressions; i++)
        if (pd_text_equal(model->tf_expressions[i].column, level->tf_column))
            return pd_derive_numbers(deriver, model->tf_expressions[i].expression, map, error);
    const int column = pd_table_find_identifier(deriver->table, level->tf_column);
    if (column >= 0 && model->frequencies != NULL &&
        !isnan(pd_frequencies_share(model->frequencies, level->tf_column, PD_TEXT(""))))
        return look_up(model->frequencies, deriver->table, column, map, error);
    if (column < 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "term-frequency column \"%.*s\" is not in the data",
                PD_TEXT_ARGS(level->tf_column));
    if (pd_encoding_is_own_code(deriver->table->columns[column].encoding))
        return count_codes(deriver->table, column, map, error);
    return count_words(deriver->table, column, deriver->threads, map, error);
}

enum { WEIGHED_AT_ONCE = 1 << 16, KNOWN_WEIGHTS = 1 << 8 };

struct weighing {
    const struct pd_level *level;
    double u;
    const double *frequencies; /* [n] */
    size_t n;
    pd_weight *additions;
    pd_weight *largest; /* [chunks] */
};

/* Nearly all values occur once, twice or a few times: what such a frequency adds is found once. */
struct known_weight {
    double frequency;
    pd_weight weight;
};

static pd_weight weigh(const struct weighing *weighing, double value)
{
    const double frequency = fmax(value, weighing->level->tf_minimum_u);
    const bool known = !isnan(value) && frequency > 0;
    if (!known) return PD_NO_FREQUENCY;
    return pd_weight_of_bits(weighing->level->tf_weight * log2(weighing->u / frequency));
}

static enum padan_status weigh_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct weighing *weighing = context;
    struct known_weight known[KNOWN_WEIGHTS];
    const size_t begin = chunk * WEIGHED_AT_ONCE;
    const size_t end = weighing->n - begin < WEIGHED_AT_ONCE ? weighing->n : begin + WEIGHED_AT_ONCE;
    pd_weight largest = 0;
    (void)worker, (void)error;
    for (size_t i = 0; i < KNOWN_WEIGHTS; i++) known[i].frequency = NAN; /* equal to none */
    for (size_t i = begin; i < end; i++) {
        uint64_t bits = 0;
        memcpy(&bits, &weighing->frequencies[i], sizeof bits);
        struct known_weight *at = &known[pd_mix64(bits) % KNOWN_WEIGHTS];
        if (at->frequency != weighing->frequencies[i])
            *at = (struct known_weight){ weighing->frequencies[i], weigh(weighing, weighing->frequencies[i]) };
        weighing->additions[i] = at->weight;
        if (at->weight > largest && at->weight != PD_NO_FREQUENCY) largest = at->weight;
    }
    weighing->largest[chunk] = largest;
    return PADAN_OK;
}

static enum padan_status weigh_all(struct weighing *weighing, int threads, struct pd_term_frequency *out,
                                   struct padan_error *error)
{
    const size_t n_chunks = (weighing->n + WEIGHED_AT_ONCE - 1) / WEIGHED_AT_ONCE;
    PD_TRY(pd_allocate(&weighing->largest, n_chunks, sizeof *weighing->largest, error));
    const enum padan_status status = pd_parallel_for(n_chunks, threads, weigh_chunk, weighing, error);
    for (size_t i = 0; i < n_chunks; i++)
        if (weighing->largest[i] > out->largest) out->largest = weighing->largest[i];
    pd_free(weighing->largest);
    return status;
}

enum padan_status pd_term_frequency_make(const struct pd_model *model, const struct pd_level *level, double u,
                                         struct pd_deriver *deriver, struct pd_term_frequency *out,
                                         struct padan_error *error)
{
    struct pd_value_map map = { 0 };
    *out = (struct pd_term_frequency){ .largest = 0 };
    enum padan_status status = frequencies(model, level, deriver, &map, error);
    if (status == PADAN_OK) status = pd_allocate_array(&out->additions, map.n_values, sizeof *out->additions, error);
    if (status == PADAN_OK) {
        struct weighing weighing = {
            .level = level, .u = u, .frequencies = map.values, .n = map.n_values, .additions = out->additions
        };
        status = weigh_all(&weighing, deriver->threads, out, error);
    }
    out->n_additions = map.n_values;
    out->key = map.key;
    out->column = map.column;
    out->base = map.base;
    pd_value_map_reset(&map);
    return status;
}

/* Where in additions a record's is. */
static size_t place_of(const struct pd_term_frequency *frequency, const struct pd_table *table, uint32_t record)
{
    if (frequency->key == PD_VALUES_BY_RECORD) return record;
    return pd_values_index(frequency->key, frequency->base, pd_column_word(&table->columns[frequency->column], record));
}

void pd_term_frequency_prefetch_words(const struct pd_term_frequency *frequency, const struct pd_table *table,
                                      uint32_t left, uint32_t right)
{
    if (frequency->key == PD_VALUES_BY_RECORD) return;
    pd_column_prefetch(&table->columns[frequency->column], left);
    if (right != left) pd_column_prefetch(&table->columns[frequency->column], right);
}

void pd_term_frequency_prefetch(const struct pd_term_frequency *frequency, const struct pd_table *table, uint32_t left,
                                uint32_t right)
{
    pd_prefetch(&frequency->additions[place_of(frequency, table, left)]);
    if (right != left) pd_prefetch(&frequency->additions[place_of(frequency, table, right)]);
}

pd_weight pd_term_frequency_add(const struct pd_term_frequency *frequency, const struct pd_table *table, uint32_t left,
                                uint32_t right)
{
    return pd_term_frequency_smaller(frequency, place_of(frequency, table, left), place_of(frequency, table, right));
}
