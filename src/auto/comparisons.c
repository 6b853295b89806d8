/* SPDX-License-Identifier: MIT
 * Levels go from the surest agreement down; training drops the order between neighbours that do not differ. The start
 * values of m are those of person data seen everywhere: most values agree, a tenth is nearly right. */
#include "auto/comparisons.h"

#include "base/hash.h"
#include "base/row_sample.h"
#include "model/model.h"

struct level_form {
    const char *label, *condition;
    double m;
};

/* One is the initials of the other, or of its first name. */
#define INITIALS(x) "regexp_replace(" x ",'([^ ])[^ ]*( |$)','\\1','g')"
#define LETTERS(x) "replace(" x ",' ','')"
#define INITIALS_EQUAL                                                                                                 \
    "levenshtein(" LETTERS("{l}") ", " INITIALS("{r}") ") <= 0 OR levenshtein(" INITIALS("{l}") ", " LETTERS(          \
        "{r}") ") <= 0"
#define FIRST_INITIAL_EQUAL                                                                                            \
    "left({l},1) = left({r},1) AND (" INITIALS("{l}") " = " LETTERS("{l}") " OR " INITIALS("{r}") " = " LETTERS(       \
        "{r}") ")"

static const struct level_form name_levels[] = {
    { "equal", "{l} = {r}", .75 },
    { "equal but for accents", "{l} = {r}", .05 },
    { "swapped with the other name", "levenshtein({l}, {pr}) <= 0 AND levenshtein({pl}, {r}) <= 0", .02 },
    { "first word equal", "split_part({l},' ',1) = split_part({r},' ',1)", .05 },
    { "one letter", "osa_distance({l}, {r}) <= 1", .08 },
    { "near", "jaro_winkler_similarity({l}, {r}) >= 0.88", .05 },
    { "initials equal", INITIALS_EQUAL, .03 },
    { "first initial equal", FIRST_INITIAL_EQUAL, .02 },
    { "nearly swapped with the other name",
      "(levenshtein({l}, {pr}) <= 0 AND jaro_winkler_similarity({pl}, {r}) >= 0.88) OR "
      "(jaro_winkler_similarity({l}, {pr}) >= 0.88 AND levenshtein({pl}, {r}) <= 0)",
      .02 },
    { "stands in the other name", "levenshtein({l}, {pr}) <= 0 OR levenshtein({pl}, {r}) <= 0", .02 },
    { "stands in the other name, itself missing",
      "({pl} IS NULL OR {pr} IS NULL) AND (levenshtein({l}, {pr}) <= 0 OR levenshtein({pl}, {r}) <= 0)", .02 },
    { "like", "jaro_winkler_similarity({l}, {r}) >= 0.75", .03 },
    { "different", "ELSE", .05 },
    { NULL, NULL, 0 },
};
static const struct level_form text_levels[] = {
    { "equal", "{l} = {r}", .6 },
    { "equal but for accents", "{l} = {r}", .05 },
    { "swapped with the other text", "levenshtein({l}, {pr}) <= 0 OR levenshtein({pl}, {r}) <= 0", .02 },
    { "nine tenths of letter pairs", "qgram_similarity({l}, {r}) >= 0.85", .15 },
    { "seven tenths", "qgram_similarity({l}, {r}) >= 0.7", .1 },
    { "initials equal", INITIALS_EQUAL, .03 },
    { "first initial equal", FIRST_INITIAL_EQUAL, .02 },
    { "half", "qgram_similarity({l}, {r}) >= 0.5", .05 },
    { "a third", "qgram_similarity({l}, {r}) >= 0.35", .03 },
    { "different", "ELSE", .05 },
    { NULL, NULL, 0 },
};
/* Texts of many words are told by their rare words; letter pairs, which cost more, are asked where some are shared. */
static const double MANY_WORDS = 5;
static const struct level_form words_levels[] = {
    { "equal", "{l} = {r}", .4 },
    { "equal but for accents", "{l} = {r}", .05 },
    { "words nearly all", "rare_word_similarity({l}, {r}) >= 0.8", .15 },
    { "most words, nine tenths of letters",
      "rare_word_similarity({l}, {r}) >= 0.4 AND qgram_similarity({l}, {r}) >= 0.85", .1 },
    { "three fifths of words", "rare_word_similarity({l}, {r}) >= 0.6", .1 },
    { "some words, seven tenths of letters",
      "rare_word_similarity({l}, {r}) >= 0.2 AND qgram_similarity({l}, {r}) >= 0.7", .05 },
    { "nearly half", "rare_word_similarity({l}, {r}) >= 0.45", .05 },
    { "a third", "rare_word_similarity({l}, {r}) >= 0.3", .05 },
    { "a fifth", "rare_word_similarity({l}, {r}) >= 0.2", .05 },
    { "different", "ELSE", .05 },
    { NULL, NULL, 0 },
};
/* All texts of a row together, in fine steps: what tells is which of a row's candidates shares most. */
static const struct level_form row_levels[] = {
    { "equal", "{l} = {r}", .11 },
    { "90 % of words", "rare_word_similarity({l}, {r}) >= 0.9", 0.06 },
    { "80 % of words", "rare_word_similarity({l}, {r}) >= 0.8", 0.08 },
    { "70 % of words", "rare_word_similarity({l}, {r}) >= 0.7", 0.09 },
    { "65 % of words", "rare_word_similarity({l}, {r}) >= 0.65", 0.05 },
    { "60 % of words", "rare_word_similarity({l}, {r}) >= 0.6", 0.05 },
    { "55 % of words", "rare_word_similarity({l}, {r}) >= 0.55", 0.06 },
    { "50 % of words", "rare_word_similarity({l}, {r}) >= 0.5", 0.06 },
    { "46 % of words", "rare_word_similarity({l}, {r}) >= 0.46", 0.05 },
    { "42 % of words", "rare_word_similarity({l}, {r}) >= 0.42", 0.05 },
    { "38 % of words", "rare_word_similarity({l}, {r}) >= 0.38", 0.05 },
    { "34 % of words", "rare_word_similarity({l}, {r}) >= 0.34", 0.05 },
    { "31 % of words", "rare_word_similarity({l}, {r}) >= 0.31", 0.04 },
    { "28 % of words", "rare_word_similarity({l}, {r}) >= 0.28", 0.04 },
    { "25 % of words", "rare_word_similarity({l}, {r}) >= 0.25", 0.04 },
    { "22 % of words", "rare_word_similarity({l}, {r}) >= 0.22", 0.03 },
    { "20 % of words", "rare_word_similarity({l}, {r}) >= 0.2", 0.02 },
    { "18 % of words", "rare_word_similarity({l}, {r}) >= 0.18", 0.02 },
    { "16 % of words", "rare_word_similarity({l}, {r}) >= 0.16", 0.015 },
    { "14 % of words", "rare_word_similarity({l}, {r}) >= 0.14", 0.01 },
    { "12 % of words", "rare_word_similarity({l}, {r}) >= 0.12", 0.005 },
    { "10 % of words", "rare_word_similarity({l}, {r}) >= 0.1", 0.005 },
    { "different", "ELSE", .01 },
    { NULL, NULL, 0 },
};
/* Numbers in texts: years and sizes. */
static const struct level_form number_levels[] = {
    { "equal", "{l} = {r}", .6 },
    { "most numbers", "rare_word_similarity({l}, {r}) >= 0.7", .15 },
    { "some numbers", "rare_word_similarity({l}, {r}) >= 0.3", .1 },
    { "different", "ELSE", .15 },
    { NULL, NULL, 0 },
};
static const struct level_form code_levels[] = {
    { "equal", "{l} = {r}", .8 },
    { "one sign", "osa_distance({l}, {r}) <= 1", .1 },
    { "two signs", "osa_distance({l}, {r}) <= 2", .04 },
    { "different", "ELSE", .06 },
    { NULL, NULL, 0 },
};
/* A NIK is region, day, month, year and sex of its owner, and a serial that is mostly low: numbers that differ in a
 * digit say no more than that the dates or places do, which are compared too. Models of one series differ in a sign.
 * Twins have numbers of one region and birth date (that of a woman is 40 days more) and two names. */
#define BORN_IN(x)                                                                                                     \
    "concat(left(" x ",6), replace(replace(replace(replace(substr(" x ",7,1),'4','0'),'5','1'),'6','2'),'7','3'), "    \
    "substr(" x ",8,5))"
static const struct level_form identity_levels[] = {
    { "equal", "{l} = {r}", .8 },
    { "born together, two names", BORN_IN("{l}") " = " BORN_IN("{r}") " AND {pl} <> {pr}", 0 },
    { "different", "ELSE", .2 },
    { NULL, NULL, 0 },
};
#define SECONDS_APART                                                                                                  \
    "abs(epoch(try_strptime({l},'%Y%m%d')) - epoch(try_strptime({r},'%Y%m%d'))) <= " /* of days: a day has 86400 */
static const struct level_form date_levels[] = {
    { "equal", "{l} = {r}", .8 },
    { "one day", SECONDS_APART "86400", .05 },
    { "up to three days", SECONDS_APART "259200", .05 },
    { "up to a week", SECONDS_APART "604800", .05 },
    { "one digit", "osa_distance({l}, {r}) <= 1", .08 },
    { "day and month swapped",
      "levenshtein(concat(left({l},length({l})-4),right({l},2),substr({l},length({l})-3,2)), {r}) <= 0", .02 },
    { "up to a month", SECONDS_APART "2678400", .03 },
    { "two digits", "osa_distance({l}, {r}) <= 2", .03 },
    { "same year", "left({l},length({l})-4) = left({r},length({r})-4)", .03 },
    { "different", "ELSE", .04 },
    { NULL, NULL, 0 },
};
static const struct level_form integer_levels[] = {
    { "equal", "{l} = {r}", .8 },
    { "one apart", "abs({l} - {r}) <= 1", .08 },
    { "up to three apart", "abs({l} - {r}) <= 3", .04 },
    { "different", "ELSE", .08 },
    { NULL, NULL, 0 },
};
static const struct level_form real_levels[] = {
    { "equal", "{l} = {r}", .6 },
    { "within 2 percent", "abs({l} - {r}) <= 0.02 * greatest(abs({l}), abs({r}))", .15 },
    { "within 10 percent", "abs({l} - {r}) <= 0.1 * greatest(abs({l}), abs({r}))", .1 },
    { "within 30 percent", "abs({l} - {r}) <= 0.3 * greatest(abs({l}), abs({r}))", .08 },
    { "different", "ELSE", .07 },
    { NULL, NULL, 0 },
};
/* Coordinates: how near is a share of how far they lie apart at large. */
static const struct level_form scale_levels[] = {
    { "equal", "{l} = {r}", .4 },
    { "a ten-thousandth of the spread", "abs({l} - {r}) <= {s:0.0001}", .2 },
    { "five ten-thousandths", "abs({l} - {r}) <= {s:0.0005}", .12 },
    { "two thousandths", "abs({l} - {r}) <= {s:0.002}", .08 },
    { "a hundredth", "abs({l} - {r}) <= {s:0.01}", .06 },
    { "a twentieth", "abs({l} - {r}) <= {s:0.05}", .04 },
    { "different", "ELSE", .1 },
    { NULL, NULL, 0 },
};
static const struct level_form category_levels[] = {
    { "equal", "{l} = {r}", .9 },
    { "different", "ELSE", .1 },
    { NULL, NULL, 0 },
};
static const struct level_form email_levels[] = {
    { "equal", "{l} = {r}", .7 },
    { "part before @ equal", "split_part({l},'@',1) = split_part({r},'@',1)", .1 },
    { "two signs", "osa_distance({l}, {r}) <= 2", .08 },
    { "near", "jaro_winkler_similarity({l}, {r}) >= 0.88", .05 },
    { "different", "ELSE", .07 },
    { NULL, NULL, 0 },
};

bool pd_auto_by_words(const struct pd_profile *profile)
{
    return profile->kind == PD_KIND_TEXT && profile->mean_words >= MANY_WORDS;
}

int pd_auto_unlike(const struct pd_profile *profile)
{
    return profile->kind == PD_KIND_TEXT && !pd_auto_by_words(profile) ? 2 : 0; /* "a third" and "half" */
}

static const struct level_form *levels_of(const struct pd_profile *profile)
{
    switch (profile->kind) {
    case PD_KIND_NAME: return name_levels;
    case PD_KIND_CODE: return profile->identities || profile->of_models ? identity_levels : code_levels;
    case PD_KIND_DATE: return date_levels;
    case PD_KIND_NUMBER:
        if (profile->spread > 0) return scale_levels;
        return profile->fractions > .2 || profile->money ? real_levels : integer_levels;
    case PD_KIND_SEX:
    case PD_KIND_CATEGORY: return category_levels;
    case PD_KIND_EMAIL: return email_levels;
    case PD_KIND_TEXT: return pd_auto_by_words(profile) ? words_levels : text_levels;
    case PD_KIND_ROW: return row_levels;
    case PD_KIND_ROW_NUMBERS: return number_levels;
    case PD_KIND_LEFT_OUT: break;
    }
    return text_levels;
}

/* Letters that stand alone are one letter apart whoever they stand for. */
static bool makes_no_sense_of_initials(const struct level_form *level)
{
    return strstr(level->label, "first initial") == NULL && strstr(level->condition, "{l} = {r}") == NULL &&
           strcmp(level->condition, "ELSE") != 0;
}

/* Levels that make no sense for this column. */
static bool is_skipped(const struct level_form *level, const struct pd_profile *profile, bool has_partner)
{
    if (strstr(level->condition, "{p") != NULL) return !has_partner;
    if (strstr(level->condition, "epoch(") != NULL) return !profile->near_days;
    if (strstr(level->label, "accents") != NULL) return !profile->accented;
    if (pd_profile_is_of_initials(profile)) return makes_no_sense_of_initials(level);
    if (strstr(level->label, "initial") != NULL) return !pd_profile_mixes_initials(profile);
    if (strstr(level->condition, "split_part({l},' '") != NULL) return profile->mean_words < 1.02;
    if (profile->kind == PD_KIND_CODE && strstr(level->condition, "<= 2") != NULL) return profile->mean_length < 6;
    if (profile->kind == PD_KIND_CODE && strstr(level->condition, "<= 1") != NULL) return profile->mean_length < 2;
    if (profile->kind == PD_KIND_DATE && strstr(level->condition, "concat(") != NULL) return false;
    return false;
}

/* That a name stands in the other column of the other row is one thing, which the first of two such columns tells, and
 * the second one where the first has nothing to tell: with both, a brother whose names were exchanged had two names in
 * common. */
static bool is_told_elsewhere(const struct level_form *level, const struct pd_auto_comparison *comparison)
{
    const bool second = comparison->partner >= 0 && (size_t)comparison->partner < comparison->profile;
    if (strstr(level->label, "stands in") == NULL) return false;
    return second != (strstr(level->label, "missing") != NULL);
}

/* Frequencies of single values help where values are shared by many entities and some are much more common. */
static bool wants_frequency(const struct pd_profile *profile)
{
    if (pd_profile_is_of_row(profile) || profile->kind == PD_KIND_NUMBER || profile->kind == PD_KIND_DATE ||
        profile->kind == PD_KIND_SEX)
        return false;
    if (profile->n_distinct < 3) return false;
    return profile->n_distinct < profile->n_filled * 4 / 5;
}

/* Below the first level accents do not count. */
static void append_condition(struct pd_buffer *out, const char *condition, const struct pd_profile *profile,
                             const struct pd_profile *partner)
{
    const struct pd_profile plain = pd_profile_plain(profile);
    const struct pd_profile other = pd_profile_plain(partner == NULL ? profile : partner);
    pd_append_template(out, condition, &plain, &other, PD_FORM_ROW);
}

static void print_level(const struct level_form *level, const struct pd_profile *profile,
                        const struct pd_profile *partner, bool is_first, bool with_frequency, struct pd_buffer *out)
{
    struct pd_buffer condition = { 0 };
    if (is_first)
        pd_append_template(&condition, level->condition, profile, NULL, PD_FORM_ROW);
    else
        append_condition(&condition, level->condition, profile, partner);
    pd_append_string(out, ",\n        {\"sql_condition\": ");
    pd_append_json(out, (struct pd_text){ condition.data, condition.length });
    pd_append_string(out, ", \"label_for_charts\": ");
    pd_append_json(out, pd_text_of(level->label));
    pd_append_format(out, ", \"m_probability\": %g, \"u_probability\": 0.01", level->m);
    if (with_frequency) {
        pd_append_string(out, ", \"tf_adjustment_column\": ");
        pd_append_json(out, profile->name);
        pd_append_string(out, ", \"tf_adjustment_weight\": 1.0");
    }
    pd_append_byte(out, '}');
    if (condition.status != PADAN_OK) out->status = condition.status;
    pd_buffer_reset(&condition);
}

static void print_name(const struct pd_profiles *profiles, const struct pd_auto_comparison *comparison,
                       struct pd_buffer *out)
{
    static const char *const states[] = { "", " equal", " other" };
    struct pd_buffer name = { 0 };
    pd_append_text(&name, profiles->columns[comparison->profile].name);
    if (comparison->state != PD_PARENT_NONE) {
        pd_append_string(&name, " if ");
        pd_append_text(&name, profiles->columns[comparison->parent].name);
        pd_append_string(&name, states[comparison->state]);
    }
    pd_append_json(out, (struct pd_text){ name.data, name.length });
    if (name.status != PADAN_OK) out->status = name.status;
    pd_buffer_reset(&name);
}

/* Whether the parent agrees: it is equal, or so near that it would be with a slip less. The similarity is one that the
 * parent's own levels ask for, so it is computed once. */
static const char *near_form(const struct pd_profile *parent)
{
    switch (parent->kind) {
    case PD_KIND_NAME: return "{pl} = {pr} OR jaro_winkler_similarity({pl}, {pr}) >= 0.88";
    case PD_KIND_TEXT:
        return pd_auto_by_words(parent) ? "{pl} = {pr} OR rare_word_similarity({pl}, {pr}) >= 0.6"
                                        : "{pl} = {pr} OR qgram_similarity({pl}, {pr}) >= 0.7";
    case PD_KIND_ROW: return "{pl} = {pr} OR rare_word_similarity({pl}, {pr}) >= 0.6";
    case PD_KIND_CODE:
    case PD_KIND_DATE: return "{pl} = {pr} OR osa_distance({pl}, {pr}) <= 1";
    default: return "{pl} = {pr}";
    }
}

/* The level on which the comparison says nothing: a value is missing, or the other half of a split speaks. */
static void print_missing(const struct pd_profiles *profiles, const struct pd_auto_comparison *comparison,
                          struct pd_buffer *out)
{
    static const char *const before[] = {
        "{l} IS NULL OR {r} IS NULL",
        "{l} IS NULL OR {r} IS NULL OR {pl} IS NULL OR {pr} IS NULL OR NOT (",
        "{l} IS NULL OR {r} IS NULL OR ",
    };
    static const char *const after[] = { "", ")", "" };
    const struct pd_profile *profile = &profiles->columns[comparison->profile];
    const struct pd_profile *parent = comparison->parent < 0 ? NULL : &profiles->columns[comparison->parent];
    struct pd_buffer condition = { 0 };
    pd_append_template(&condition, before[comparison->state], profile, parent, PD_FORM_ROW);
    if (comparison->state != PD_PARENT_NONE) append_condition(&condition, near_form(parent), profile, parent);
    pd_append_string(&condition, after[comparison->state]);
    pd_append_json(out, (struct pd_text){ condition.data, condition.length });
    if (condition.status != PADAN_OK) out->status = condition.status;
    pd_buffer_reset(&condition);
}

static void print_comparison(const struct pd_profiles *profiles, const struct pd_auto_comparison *comparison,
                             struct pd_buffer *out)
{
    const struct pd_profile *profile = &profiles->columns[comparison->profile];
    const struct pd_profile *partner = comparison->partner < 0 ? NULL : &profiles->columns[comparison->partner];
    const bool with_frequency = comparison->state != PD_PARENT_EQUAL && comparison->frequency;
    pd_append_string(out, "    {\"output_column_name\": ");
    print_name(profiles, comparison, out);
    pd_append_string(out, ", \"comparison_description\": ");
    pd_append_json(out, pd_text_of(pd_kind_name(profile->kind)));
    pd_append_string(out, ", \"comparison_levels\": [\n        {\"sql_condition\": ");
    print_missing(profiles, comparison, out);
    pd_append_string(out, ", \"label_for_charts\": \"missing\", \"is_null_level\": true}");
    const struct level_form *levels = levels_of(profile);
    for (size_t i = 0; levels[i].condition != NULL; i++)
        if (!is_told_elsewhere(&levels[i], comparison) && !is_skipped(&levels[i], profile, partner != NULL))
            print_level(&levels[i], profile, partner, i == 0, i == 0 && with_frequency, out);
    pd_append_string(out, "]}");
}

void pd_auto_comparisons_print(const struct pd_profiles *profiles, const struct pd_auto_comparisons *comparisons,
                               struct pd_buffer *out)
{
    for (size_t i = 0; i < comparisons->n; i++) {
        print_comparison(profiles, &comparisons->list[i], out);
        pd_append_string(out, i + 1 < comparisons->n ? ",\n" : "\n");
    }
}

static void print_parent(const struct pd_profile *parent, struct pd_buffer *out)
{
    struct pd_buffer condition = { 0 };
    append_condition(&condition, near_form(parent), parent, parent);
    pd_append_string(out, "    {\"output_column_name\": ");
    pd_append_json(out, parent->name);
    pd_append_string(out, ", \"comparison_levels\": [\n        {\"sql_condition\": ");
    pd_append_json(out, (struct pd_text){ condition.data, condition.length });
    pd_append_string(out, ", \"m_probability\": 0.9, \"u_probability\": 0.1},\n"
                          "        {\"sql_condition\": \"ELSE\", \"m_probability\": 0.1, \"u_probability\": 0.9}]}");
    if (condition.status != PADAN_OK) out->status = condition.status;
    pd_buffer_reset(&condition);
}

void pd_auto_parents_print(const struct pd_profiles *profiles, const size_t *parents, size_t n, struct pd_buffer *out)
{
    for (size_t i = 0; i < n; i++) {
        print_parent(&profiles->columns[parents[i]], out);
        pd_append_string(out, i + 1 < n ? ",\n" : "\n");
    }
}

/* --- partners --- */

/* Share of the filled rows of column a whose text is a value of column b. */
static double shared_values(const struct pd_table *table, int a, int b)
{
    const struct pd_column *from = &table->columns[a];
    const struct pd_column *in = &table->columns[b];
    size_t n = 0;
    size_t found = 0;
    if (in->dictionary == NULL) return 0;
    const struct pd_row_sample sample = pd_row_sample_make(table->n_records, 20000);
    for (size_t i = 0; i < table->n_records; i++) {
        if (!pd_row_sample_has(sample, i)) continue;
        char scratch[24];
        if (pd_column_is_null(from, i)) continue;
        const struct pd_text text = pd_column_text(from, i, scratch);
        n++;
        found += pd_dictionary_find(in->dictionary, text, pd_hash_text(text)) != 0;
    }
    return n == 0 ? 0 : (double)found / (double)n;
}

static int find_partner(const struct pd_table *table, const struct pd_profiles *profiles, size_t index)
{
    int best = -1;
    double most = .15;
    const struct pd_profile *profile = &profiles->columns[index];
    if (profile->kind != PD_KIND_NAME && profile->kind != PD_KIND_TEXT) return -1;
    for (size_t i = 0; i < profiles->n_columns; i++) {
        const struct pd_profile *other = &profiles->columns[i];
        if (i == index || other->kind != profile->kind || other->same > .1) continue;
        const double shared = (shared_values(table, profile->column, other->column) +
                               shared_values(table, other->column, profile->column)) /
                              2;
        if (shared <= most) continue;
        most = shared;
        best = (int)i;
    }
    return best;
}

/* Texts and names whose words are compared as those of the row; a number of a model is also compared by itself. */
static bool is_in_row_alone(const struct pd_profile *profile)
{
    return profile->in_row && !profile->of_models;
}

enum padan_status pd_auto_comparisons_make(const struct pd_table *table, const struct pd_profiles *profiles,
                                           bool by_row, struct pd_arena *arena, struct pd_auto_comparisons *comparisons,
                                           struct padan_error *error)
{
    *comparisons = (struct pd_auto_comparisons){ 0 };
    PD_TRY(
        pd_arena_allocate(arena, &comparisons->list, (2 * profiles->n_columns + 1) * sizeof *comparisons->list, error));
    for (size_t i = 0; i < profiles->n_columns; i++) {
        const struct pd_profile *profile = &profiles->columns[i];
        if (profile->kind == PD_KIND_LEFT_OUT) continue;
        if (by_row ? is_in_row_alone(profile) : pd_profile_is_of_row(profile)) continue;
        if (profile->kind == PD_KIND_ROW_NUMBERS && !profiles->with_numbers) continue;
        struct pd_auto_comparison *comparison = &comparisons->list[comparisons->n++];
        *comparison = (struct pd_auto_comparison){ .profile = i, .parent = -1 };
        comparison->partner = find_partner(table, profiles, i);
        comparison->frequency = wants_frequency(&profiles->columns[i]);
    }
    return PADAN_OK;
}

bool pd_auto_comparisons_split(struct pd_auto_comparisons *comparisons, size_t index, size_t parent_profile)
{
    if (comparisons->n >= PD_COMPARISONS_MAX) return false;
    struct pd_auto_comparison *first = &comparisons->list[index];
    first->parent = (int)parent_profile;
    first->state = PD_PARENT_OTHER;
    comparisons->list[comparisons->n] = *first;
    comparisons->list[comparisons->n++].state = PD_PARENT_EQUAL;
    return true;
}

/* Second halves stand behind all others. */
struct pd_auto_comparisons pd_auto_comparisons_whole(const struct pd_auto_comparisons *comparisons,
                                                     struct pd_auto_comparison *list)
{
    struct pd_auto_comparisons whole = { list, 0 };
    for (size_t i = 0; i < comparisons->n; i++) {
        if (comparisons->list[i].state == PD_PARENT_EQUAL) continue;
        list[whole.n] = comparisons->list[i];
        list[whole.n].parent = -1;
        list[whole.n++].state = PD_PARENT_NONE;
    }
    return whole;
}

int8_t pd_auto_level_of_half(const struct pd_auto_comparison *comparison, int8_t whole, bool agrees)
{
    if (comparison->state == PD_PARENT_NONE) return whole;
    return agrees == (comparison->state == PD_PARENT_EQUAL) ? whole : -1;
}

size_t pd_auto_comparison_whole(const struct pd_auto_comparisons *comparisons, size_t index)
{
    const size_t profile = comparisons->list[index].profile;
    size_t i = 0;
    while (comparisons->list[i].profile != profile) i++;
    return i;
}
