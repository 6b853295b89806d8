/* SPDX-License-Identifier: MIT */
#include "auto/kind.h"

#include "indonesia/nik.h"

#include <ctype.h>
#include <math.h>

bool pd_value_is_initials(struct pd_text value)
{
    size_t n = 0, run = 0;
    for (size_t i = 0; i < value.length; i++) {
        const unsigned char byte = (unsigned char)value.data[i];
        if (byte >= 0x80 && byte < 0xC0) continue; /* the rest of a letter */
        if (isalpha(byte) || byte >= 0xC0) {
            n++;
            if (++run > 1) return false;
        } else if (byte == ' ' || byte == '.' || byte == '-')
            run = 0;
        else
            return false;
    }
    return n > 0;
}

static void look_at_bytes(struct pd_text value, struct pd_value_counts *counts)
{
    size_t digits = 0, letters = 0, upper = 0, lower = 0, blanks = 0, name_signs = 0, signs = 0, words = 0, commas = 0;
    bool in_word = false;
    for (size_t i = 0; i < value.length; i++) {
        const unsigned char byte = (unsigned char)value.data[i];
        const bool is_blank = byte == ' ';
        digits += isdigit(byte) != 0;
        letters += isalpha(byte) != 0 || byte >= 0x80;
        upper += isupper(byte) != 0;
        lower += islower(byte) != 0;
        blanks += is_blank;
        name_signs += byte == '\'' || byte == '-' || byte == '.' || (byte == ',' && commas++ == 0);
        signs += !is_blank && !isalnum(byte) && byte < 0x80;
        words += !is_blank && !in_word;
        in_word = !is_blank;
    }
    counts->digits += digits > 0 && letters == 0;
    counts->letters += letters > 0 && digits == 0 && letters + blanks + name_signs == value.length;
    counts->upper += upper > 0 && lower == 0;
    counts->lower += lower > 0 && upper == 0;
    counts->mixed += upper > 0 && lower > 0;
    counts->punctuated += signs > 0;
    counts->words += words;
    counts->bytes += value.length;
    counts->by_length[value.length < 31 ? value.length : 31]++;
}

/* 16 digits of which the 7th to 12th are a day (of women 40 more), a month and a year: chance makes 7 of 100 such. */
static void look_for_identity(struct pd_text value, struct pd_value_counts *counts)
{
    if (value.length < 16 || value.length > 24 || !isdigit((unsigned char)value.data[value.length - 1])) return;
    const struct pd_nik nik = pd_nik_clean(value);
    if (nik.length != 16 || (nik.flags & (PD_NIK_DAY | PD_NIK_MON)) != 0) return;
    counts->identities++;
    counts->women += pd_nik_fields(nik.number).sex == 2;
}

static void add_number(const struct pd_quantity *amount, struct pd_value_counts *counts)
{
    counts->numbers++;
    counts->fractions += amount->has_fraction;
    counts->decimals += amount->n_decimals;
    counts->sum += amount->number;
    counts->squares += amount->number * amount->number;
    if (amount->number > counts->largest) counts->largest = amount->number;
}

void pd_value_look(struct pd_text value, struct pd_value_counts *counts)
{
    struct pd_quantity amount;
    counts->n++;
    look_at_bytes(value, counts);
    pd_dates_look(value, &counts->dates);
    pd_sexes_look(value, &counts->sexes);
    pd_accents_look(value, &counts->accents);
    counts->initials += pd_value_is_initials(value);
    look_for_identity(value, counts);
    const char *at = memchr(value.data, '@', value.length);
    counts->emails +=
        at != NULL && at > value.data && memchr(at, '.', (size_t)(value.data + value.length - at)) != NULL;
    if (pd_quantity_look(value, &counts->quantities, &amount)) add_number(&amount, counts);
}

/* --- choosing --- */

static bool named_like_truth(struct pd_text name)
{
    static const char *const parts[] = { "label",  "cluster", "entity",  "truth",   "groundtruth",
                                         "goldid", "trueid",  "ismatch", "matchid", "simulantid" };
    char folded[64];
    size_t n = 0;
    for (size_t i = 0; i < name.length && n < sizeof folded - 1; i++)
        if (isalnum((unsigned char)name.data[i])) folded[n++] = (char)tolower((unsigned char)name.data[i]);
    folded[n] = '\0';
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strstr(folded, parts[i]) != NULL) return true;
    return false;
}

static bool named_like_source(struct pd_text name)
{
    return pd_text_same_name(name, PD_TEXT("source")) || pd_text_same_name(name, PD_TEXT("source_dataset"));
}

static enum pd_kind kind_of_digits(const struct pd_profile *profile)
{
    if (profile->fractions > .2) return PD_KIND_NUMBER;
    if (profile->mean_length < 1.5 && profile->n_distinct <= 12) return PD_KIND_CATEGORY;
    if (profile->numbers > .9 && profile->largest <= 2200 && profile->n_distinct <= 200) return PD_KIND_NUMBER;
    return PD_KIND_CODE;
}

static const double LETTERS_MOSTLY = .8, FILLED_MOSTLY = .5;

bool pd_kind_of_letters(const struct pd_profile *profile)
{
    return profile->letters > LETTERS_MOSTLY;
}

bool pd_kind_of_words(const struct pd_profile *profile)
{
    return (profile->kind == PD_KIND_NAME || profile->kind == PD_KIND_TEXT) && pd_kind_of_letters(profile);
}

bool pd_kind_is_filled(const struct pd_profile *profile)
{
    return profile->fill >= FILLED_MOSTLY;
}

static enum pd_kind kind_of(const struct pd_profile *profile)
{
    if (profile->emails > .8) return PD_KIND_EMAIL;
    if (profile->sexes > .97 && profile->n_distinct <= 12 && profile->letters > .05) return PD_KIND_SEX;
    if (pd_dates_are_kind(profile)) return PD_KIND_DATE;
    if (profile->numbers > .9 && (profile->fractions > .2 || profile->money)) return PD_KIND_NUMBER;
    if (profile->digits > .85) return kind_of_digits(profile);
    if (profile->mean_length < 1.5 && profile->n_distinct <= 40) return PD_KIND_CATEGORY;
    if (pd_kind_of_letters(profile) && profile->mean_words < 1.7 && profile->mean_length <= 16) return PD_KIND_NAME;
    const bool has_signs = profile->letters < .5; /* digits among letters, as in S63 9GU or AB-1234 */
    if (has_signs && profile->mean_words < 1.2 && profile->mean_length <= 20) return PD_KIND_CODE;
    if (has_signs && profile->mean_words < 2.2 && profile->mean_length <= 10) return PD_KIND_CODE;
    return PD_KIND_TEXT;
}

/* Decimals of coordinates, which no price has. */
static const double DECIMALS_OF_SCALE = 3.5;

/* What lies between the values of a scale whose zero is a convention; 0 for a quantity, of which a share is meant. */
static double spread_of(const struct pd_value_counts *counts)
{
    const double n = (double)counts->numbers;
    if (n < 2 || (double)counts->decimals < DECIMALS_OF_SCALE * n) return 0;
    const double mean = counts->sum / n, spread = sqrt(fmax(counts->squares / n - mean * mean, 0));
    /* What is below a millionth of the numbers is rounding; values that read as infinite have none. */
    return isfinite(spread) && spread > 1e-6 * fabs(mean) ? spread : 0;
}

static const char never_repeats[] = "an identifier that never repeats";

static const char *reason_to_leave_out(const struct pd_profile *profile, size_t n_rows)
{
    if (named_like_truth(profile->name)) return "named like a label of the truth";
    if (named_like_source(profile->name)) return "names the source";
    if (profile->n_filled < 3 || profile->fill < .02)
        return profile->fill < .5 ? "nearly always empty" : "fewer than three values";
    if (profile->n_distinct < 2) return "one value only";
    if (profile->most_common > .98) return "nearly always the same value";
    if (profile->n_distinct == profile->n_filled && profile->n_filled > 20 && profile->fill > .98 && n_rows > 20 &&
        (profile->kind == PD_KIND_CODE || profile->mean_words < 1.01) && profile->letters < .5 &&
        profile->kind != PD_KIND_EMAIL && profile->kind != PD_KIND_DATE && !profile->of_people)
        return never_repeats;
    return NULL;
}

/* Of fewer values with accents no level can be learned. */
static const double ACCENTS_OFTEN = .005;
static const size_t ACCENTS_LEAST = 20;

void pd_kind_choose(const struct pd_value_counts *counts, size_t n_rows, struct pd_profile *profile)
{
    const double n = counts->n == 0 ? 1 : (double)counts->n;
    size_t most_length = 0;
    for (size_t i = 0; i < 32; i++)
        if (counts->by_length[i] > most_length) most_length = counts->by_length[i];
    profile->mean_length = (double)counts->bytes / n;
    profile->mean_words = (double)counts->words / n;
    profile->digits = (double)counts->digits / n;
    profile->letters = (double)counts->letters / n;
    profile->numbers = (double)counts->numbers / n;
    profile->fractions = (double)counts->fractions / n;
    profile->largest = counts->largest;
    pd_quantities_choose(&counts->quantities, counts->n, profile);
    profile->emails = (double)counts->emails / n;
    pd_dates_choose(&counts->dates, counts->n, profile);
    profile->sexes = (double)counts->sexes.n / n;
    profile->sex_letters = pd_sexes_choose(&counts->sexes);
    profile->initials = (double)counts->initials / n;
    profile->mixed_case = counts->mixed > 0 || (counts->upper > 0 && counts->lower > 0);
    profile->punctuated = (double)counts->punctuated > .005 * n;
    profile->accented = counts->accents.n >= ACCENTS_LEAST && (double)counts->accents.n > ACCENTS_OFTEN * n;
    profile->other_letters = counts->accents.of_table;
    profile->identities = (double)counts->identities > .8 * n;
    profile->of_people = profile->identities && (double)counts->women > .1 * n;
    profile->same_length = (double)most_length > .95 * n;
    profile->kind = profile->content = kind_of(profile);
    profile->spread = profile->kind == PD_KIND_NUMBER ? spread_of(counts) : 0;
    profile->named_out = named_like_truth(profile->name) || named_like_source(profile->name);
    profile->reason = reason_to_leave_out(profile, n_rows);
    profile->never_repeats = profile->reason == never_repeats;
    if (profile->reason != NULL) profile->kind = PD_KIND_LEFT_OUT;
}

const char *pd_kind_name(enum pd_kind kind)
{
    static const char *const names[] = { "left out",       "few values", "sex",    "name",   "text of several words",
                                         "date",           "code",       "number", "e-mail", "all texts of the row",
                                         "numbers in them" };
    return names[kind];
}
