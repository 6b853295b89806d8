/* SPDX-License-Identifier: MIT */
#include "auto/rare_words.h"

#include "auto/comparisons.h"
#include "base/memory.h"
#include "base/random.h"
#include "model/row_words.h"

/* A word of so many rows at least is tried; twice as many while that finds more than this share of the matches. */
enum { FEWEST_ROWS = 8 };
static const double LEAST_GAIN = .001;

struct choosing {
    const struct pd_auto_data *data;
    const struct pd_profiles *profiles;
    const struct pd_auto_words *texts;
    struct pd_row_words words;
    uint32_t *rarest; /* [PD_DRAWN] rows with the rarest word that a drawn match has kept, 0 = none */
};

static enum padan_status find_texts(const struct pd_profiles *profiles, struct pd_arena *arena,
                                    struct pd_auto_words *words, struct padan_error *error)
{
    bool any = false;
    PD_TRY(pd_arena_allocate(arena, &words->texts, (profiles->n_columns + 1) * sizeof *words->texts, error));
    for (size_t i = 0; i < profiles->n_columns; i++) {
        const struct pd_profile *profile = &profiles->columns[i];
        if (profile->kind != PD_KIND_TEXT && profile->kind != PD_KIND_NAME) continue;
        words->texts[words->n_texts++] = i;
        any = any || pd_auto_by_words(profile);
    }
    if (!any) words->n_texts = 0;
    return PADAN_OK;
}

/* The rarest word of a row that a match of it still has. */
static uint32_t rarest_word(const struct choosing *choosing, size_t row, const struct pd_drawn_column *columns,
                            struct pd_random *random)
{
    const struct pd_row_words *words = &choosing->words;
    uint32_t rarest = 0;
    for (size_t i = words->begins[row]; i < words->begins[row + 1]; i++) {
        const uint32_t n_rows = words->n_rows[words->list[i].code];
        const struct pd_drawn_column *column = &columns[choosing->texts->texts[words->list[i].column]];
        const bool spared = pd_drawn_spares(random);
        if (!column->other_side || column->state == PD_DRAWN_OTHER) continue;
        if (column->state == PD_DRAWN_DAMAGED && !spared) continue;
        if (rarest == 0 || n_rows < rarest) rarest = n_rows;
    }
    return rarest;
}

static void draw(const struct choosing *choosing, struct pd_drawn_column *columns)
{
    const size_t n = choosing->data->table->n_records;
    for (size_t match = 0; match < PD_DRAWN; match++) {
        struct pd_random random = pd_random_stream(20260102, match);
        pd_drawn_columns(choosing->profiles, match, columns);
        choosing->rarest[match] = rarest_word(choosing, pd_random_below(&random, n), columns, &random);
    }
}

/* Pairs of rows with a common word, and those of them that are in scope, as often as among all pairs. */
static double pairs_of(const struct choosing *choosing, uint32_t most_rows, double share_in_scope)
{
    double pairs = 0;
    for (uint32_t code = 1; code <= choosing->words.words.n_entries; code++) {
        const double n = choosing->words.n_rows[code];
        if (n <= most_rows) pairs += n * (n - 1) / 2;
    }
    return pairs * share_in_scope;
}

static void mark_found(const struct choosing *choosing, uint32_t most_rows, uint64_t *found)
{
    memset(found, 0, PD_DRAWN_WORDS * sizeof *found);
    for (size_t match = 0; match < PD_DRAWN; match++)
        if (choosing->rarest[match] > 0 && choosing->rarest[match] <= most_rows)
            found[match / 64] |= UINT64_C(1) << match % 64;
}

static enum padan_status widen(const struct choosing *choosing, double budget, struct pd_auto_words *words,
                               struct padan_error *error)
{
    const double n = (double)choosing->data->table->n_records;
    double all = 0;
    PD_TRY(pd_auto_all_pairs(choosing->data, &all, error));
    for (uint32_t rows = FEWEST_ROWS; rows < n; rows *= 2) {
        struct pd_auto_words wider = *words;
        wider.most_rows = rows;
        wider.pairs = pairs_of(choosing, rows, all / (n * (n - 1) / 2));
        mark_found(choosing, rows, wider.found);
        if (wider.pairs > budget) break;
        const double gain = (double)pd_drawn_count(wider.found) - (double)pd_drawn_count(words->found);
        if (words->most_rows > 0 && gain < LEAST_GAIN * PD_DRAWN) break;
        *words = wider;
    }
    if (words->most_rows == 0) words->n_texts = 0;
    return PADAN_OK;
}

static enum padan_status read_words(struct choosing *choosing, struct pd_arena *arena, struct padan_error *error)
{
    int *columns = NULL;
    const size_t n = choosing->texts->n_texts;
    PD_TRY(pd_arena_allocate(arena, &columns, n * sizeof *columns, error));
    for (size_t i = 0; i < n; i++) {
        const struct pd_profile plain = pd_profile_plain(&choosing->profiles->columns[choosing->texts->texts[i]]);
        PD_TRY(pd_auto_derive(choosing->data, "{x}", &plain, &columns[i], error));
    }
    return pd_row_words_make(&choosing->words, choosing->data->table, columns, n, error);
}

enum padan_status pd_auto_words_choose(const struct pd_auto_data *data, const struct pd_profiles *profiles,
                                       double budget, struct pd_arena *arena, struct pd_auto_words *words,
                                       struct padan_error *error)
{
    struct choosing choosing = { .data = data, .profiles = profiles, .texts = words };
    struct pd_drawn_column *columns = NULL;
    *words = (struct pd_auto_words){ 0 };
    PD_TRY(find_texts(profiles, arena, words, error));
    if (words->n_texts == 0) return PADAN_OK;
    PD_TRY(pd_arena_allocate(arena, &columns, profiles->n_columns * sizeof *columns, error));
    PD_TRY(pd_arena_allocate(arena, &choosing.rarest, PD_DRAWN * sizeof *choosing.rarest, error));
    PD_TRY(read_words(&choosing, arena, error));
    draw(&choosing, columns);
    const enum padan_status status = widen(&choosing, budget, words, error);
    pd_row_words_reset(&choosing.words);
    return status;
}

void pd_auto_words_print(const struct pd_auto_words *words, const struct pd_auto_data *data,
                         const struct pd_profiles *profiles, struct pd_buffer *condition, struct pd_buffer *beside)
{
    const struct pd_text name = pd_auto_free_name(data->table, "word________________", 4);
    struct pd_buffer text = { 0 };
    pd_auto_append_column(condition, name, PD_FORM_RULE_LEFT);
    pd_append_string(condition, " = ");
    pd_auto_append_column(condition, name, PD_FORM_RULE_RIGHT);
    pd_append_string(beside, ", \"padan_words\": {\"name\": ");
    pd_append_json(beside, name);
    for (size_t i = 0; i < words->n_texts; i++) {
        const struct pd_profile plain = pd_profile_plain(&profiles->columns[words->texts[i]]);
        text.length = 0;
        pd_append_value(&text, &plain, PD_FORM_ROW);
        pd_append_string(beside, i == 0 ? ", \"texts\": [" : ", ");
        pd_append_json(beside, (struct pd_text){ text.data, text.length });
    }
    pd_append_format(beside, "], \"most_rows\": %u}", (unsigned)words->most_rows);
    if (text.status != PADAN_OK) beside->status = text.status;
    pd_buffer_reset(&text);
}
