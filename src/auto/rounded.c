/* SPDX-License-Identifier: MIT */
#include "auto/rounded.h"
#include "auto/kind.h"

#include "base/memory.h"
#include "indonesia/nik.h"

/* One number in ten ends in 0; of a file that a spreadsheet has rounded all but a few do. Of fewer numbers all may by
 * chance. */
static const double ROUNDED_MOSTLY = .95;
enum { NIKS_LEAST = 6, NIK_DIGITS = 16 };

struct source {
    size_t n, n_ends_in_zero; /* of its NIKs */
};

struct asking {
    const struct pd_table *table;
    struct source *sources;
    size_t n_rounded, n_whole; /* sources with NIKs */
    size_t n_missing;          /* rows whose number ends in 0 */
};

static bool read_number(const struct pd_column *column, size_t record, struct pd_nik *nik)
{
    char scratch[24];
    if (pd_column_is_null(column, record)) return false;
    *nik = pd_nik_clean(pd_column_text(column, record, scratch));
    return nik->length == NIK_DIGITS && (nik->flags & (PD_NIK_DAY | PD_NIK_MON)) == 0;
}

static void ask(struct asking *asking, const struct pd_column *column)
{
    const struct pd_table *table = asking->table;
    struct pd_nik nik;
    memset(asking->sources, 0, table->n_sources * sizeof *asking->sources);
    asking->n_rounded = asking->n_whole = asking->n_missing = 0;
    for (size_t i = 0; i < table->n_records; i++) {
        if (!read_number(column, i, &nik)) continue;
        struct source *source = &asking->sources[pd_table_source(table, (uint32_t)i)];
        source->n++;
        source->n_ends_in_zero += nik.number % 10 == 0;
    }
    for (size_t i = 0; i < table->n_sources; i++) {
        const struct source *source = &asking->sources[i];
        if (source->n == 0) continue;
        const bool mostly = (double)source->n_ends_in_zero >= ROUNDED_MOSTLY * (double)source->n;
        const bool rounded = source->n >= NIKS_LEAST && mostly;
        asking->n_rounded += rounded;
        asking->n_whole += !rounded;
        asking->n_missing += source->n_ends_in_zero;
    }
}

static bool has_births(const struct pd_profiles *profiles)
{
    for (size_t i = 0; i < profiles->n_columns; i++)
        if (profiles->columns[i].kind == PD_KIND_DATE && pd_kind_is_filled(&profiles->columns[i])) return true;
    return false;
}

static void count_as_missing(const struct asking *asking, struct pd_profile *profile)
{
    profile->rounded = true;
    profile->n_filled -= asking->n_missing;
    profile->fill = (double)profile->n_filled / (double)asking->table->n_records;
}

static void decide(const struct asking *asking, bool link, bool births, struct pd_profile *profile)
{
    if (asking->n_rounded == 0) return;
    if (asking->n_whole == 0) {
        if (births && profile->of_people)
            pd_profile_leave_out(profile, "NIKs whose last digit a spreadsheet has rounded: the birth date and the "
                                          "district that are left are no person's alone");
    } else if (link && asking->n_whole == 1) {
        pd_profile_leave_out(profile, "numbers whose last digit a spreadsheet has rounded in all sources but one");
    } else {
        count_as_missing(asking, profile);
    }
}

enum padan_status pd_auto_mind_rounded(const struct pd_auto_data *data, struct pd_profiles *profiles,
                                       struct padan_error *error)
{
    struct asking asking = { .table = data->table };
    const bool births = has_births(profiles);
    PD_TRY(pd_allocate_array(&asking.sources, data->table->n_sources + 1, sizeof *asking.sources, error));
    for (size_t i = 0; i < profiles->n_columns; i++) {
        struct pd_profile *profile = &profiles->columns[i];
        if (profile->kind != PD_KIND_CODE || !profile->identities) continue;
        ask(&asking, &data->table->columns[profile->column]);
        decide(&asking, !data->inside, births, profile);
    }
    pd_free(asking.sources);
    return PADAN_OK;
}
