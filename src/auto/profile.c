/* SPDX-License-Identifier: MIT */
#include "auto/profile.h"

#include "auto/kind.h"
#include "base/memory.h"
#include "base/radix.h"
#include "base/row_sample.h"

#include <math.h>

enum { SAMPLE_ROWS = 20000 };

/* Repetition of values, from their words in order: those are mixed, as codes of texts have their bits at one end. */
static enum padan_status count_values(const struct pd_table *table, struct pd_profile *profile,
                                      struct padan_error *error)
{
    const struct pd_column *column = &table->columns[profile->column];
    const size_t room = (table->n_records / 8 + 1) * 8; /* whole cache lines */
    uint64_t *words = NULL;
    size_t n = 0;
    double equal = 0;
    size_t most = 0;
    PD_TRY(pd_allocate_array(&words, 2 * room, sizeof *words, error));
    for (size_t i = 0; i < table->n_records; i++)
        if (!pd_column_is_null(column, i)) words[n++] = pd_mix64(pd_column_word(column, i));
    const enum padan_status status = pd_radix_sort_words(words, words + room, n, 1, error);
    for (size_t begin = 0; status == PADAN_OK && begin < n;) {
        size_t end = begin + 1;
        while (end < n && words[end] == words[begin]) end++;
        const size_t run = end - begin;
        profile->n_distinct++;
        equal += (double)run * (double)(run - 1);
        if (run > most) most = run;
        begin = end;
    }
    pd_free(words);
    profile->n_filled = n;
    profile->fill = table->n_records == 0 ? 0 : (double)n / (double)table->n_records;
    profile->same = n < 2 ? 0 : equal / ((double)n * (double)(n - 1));
    profile->most_common = n == 0 ? 0 : (double)most / (double)n;
    return status;
}

/* Rows are drawn, not values: those whose value hashes lowest would favour rare values. */
static void look_at_values(const struct pd_table *table, struct pd_profile *profile)
{
    const struct pd_column *column = &table->columns[profile->column];
    const struct pd_row_sample sample = pd_row_sample_make(table->n_records, SAMPLE_ROWS);
    struct pd_value_counts counts = { .n = 0 };
    for (size_t i = 0; i < table->n_records; i++) {
        if (!pd_row_sample_has(sample, i)) continue;
        char scratch[24];
        if (pd_column_is_null(column, i)) continue;
        pd_value_look(pd_column_text(column, i, scratch), &counts);
    }
    pd_kind_choose(&counts, table->n_records, profile);
}

bool pd_profile_is_of_row(const struct pd_profile *profile)
{
    return profile->kind == PD_KIND_ROW || profile->kind == PD_KIND_ROW_NUMBERS;
}

double pd_profile_information(const struct pd_profile *profile)
{
    const double least = 1 / fmax((double)profile->n_filled, 1);
    return profile->fill * profile->fill * -log2(fmax(profile->same, least));
}

/* Initials are a way of writing names where a tenth is written so; fewer are damaged names. */
static const double INITIALS_OFTEN = .1;

bool pd_profile_mixes_initials(const struct pd_profile *profile)
{
    return profile->beside_initials || (profile->initials > INITIALS_OFTEN && profile->initials < 1 - INITIALS_OFTEN);
}

bool pd_profile_is_of_initials(const struct pd_profile *profile)
{
    return profile->kind == PD_KIND_NAME && !profile->beside_initials && profile->initials >= 1 - INITIALS_OFTEN;
}

struct pd_profile pd_profile_plain(const struct pd_profile *profile)
{
    struct pd_profile plain = *profile;
    plain.plain = profile->accented && (profile->kind == PD_KIND_NAME || profile->kind == PD_KIND_TEXT);
    return plain;
}

void pd_profile_leave_out(struct pd_profile *profile, const char *reason)
{
    profile->kind = PD_KIND_LEFT_OUT;
    profile->reason = reason;
}

/* Of very wide tables the columns that tell most are enough. */
static void leave_out_least(struct pd_profiles *profiles)
{
    size_t n = 0;
    for (size_t i = 0; i < profiles->n_columns; i++) n += profiles->columns[i].kind != PD_KIND_LEFT_OUT;
    for (; n > PD_PROFILES_MAX; n--) {
        struct pd_profile *least = NULL;
        for (size_t i = 0; i < profiles->n_columns; i++) {
            struct pd_profile *profile = &profiles->columns[i];
            if (profile->kind == PD_KIND_LEFT_OUT) continue;
            if (least == NULL || pd_profile_information(profile) < pd_profile_information(least)) least = profile;
        }
        pd_profile_leave_out(least, "other columns tell more, and they are many");
    }
}

enum padan_status pd_profile_table(const struct pd_table *table, struct pd_arena *arena, struct pd_profiles *profiles,
                                   struct padan_error *error)
{
    *profiles = (struct pd_profiles){ 0 };
    PD_TRY(pd_arena_allocate(arena, &profiles->columns, (table->n_columns + 2) * sizeof *profiles->columns, error));
    for (size_t i = 0; i < table->n_columns; i++) {
        if (pd_text_equal(table->columns[i].name, PD_TEXT("unique_id")) || table->columns[i].type != PD_TYPE_TEXT)
            continue;
        struct pd_profile *profile = &profiles->columns[profiles->n_columns++];
        *profile = (struct pd_profile){ .column = (int)i, .name = table->columns[i].name };
        PD_TRY(count_values(table, profile, error));
        look_at_values(table, profile);
    }
    leave_out_least(profiles);
    return PADAN_OK;
}
