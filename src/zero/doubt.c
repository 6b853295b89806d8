/* SPDX-License-Identifier: MIT
 * Has training found matches, or something that a file has more of: families, articles of one author, goods of one
 * series? It does in files without duplicates. What it found shows it. */
#include "auto/contained.h"
#include "auto/kind.h"
#include "base/words.h"
#include "compare/string_metrics.h"
#include "zero/state.h"

#include <math.h>

/* A name or date that fewer pairs share by chance tells people apart; when it differs in more of the matches, they are
 * no matches. */
static const double IDENTIFYING = .02;
static const double DIFFERS_MOSTLY = .55;
/* A first name is one still that so many pairs share by chance; beyond it is a place or a class. */
static const double RARELY = .1;
/* Of true duplicates a larger share than this is equal in the column that keeps best. */
static const double EQUAL_MOSTLY = .25;
/* Where so many of the names differ by one slip at most, they are slips, if there are more pairs than twins make: one
 * birth in some eighty is one of twins. */
static const double SLIPS_MOSTLY = .5;
static const double TWINS_MOST = .02;
enum { LONG_WORD = 6 };
/* Pairs that are less likely matches are not asked. */
static const double HARDLY = .01;
/* Share of what a pair tells on average that sure pairs have in common. */
static const double NEARLY_ALL = .9;

/* The level on which both values are equal; the null level stands first. */
static const struct pd_level *equal_level(const struct pd_zero *zero, size_t comparison)
{
    return &zero->model->comparisons[comparison].levels[1];
}

/* Whether few rows share a value by chance, and most rows have one. */
static bool tells_apart(const struct pd_zero *zero, size_t comparison)
{
    const struct pd_profile *profile = &zero->profiles.columns[zero->comparisons.list[comparison].profile];
    return pd_kind_is_filled(profile) && equal_level(zero, comparison)->u <= IDENTIFYING;
}

/* A text of few words without digits that no more pairs share than have a first name and a family name in common, as a
 * name of several words is; a journal or a faculty is shared by more. */
static bool is_full_name(const struct pd_zero *zero, size_t comparison)
{
    const struct pd_profile *profile = &zero->profiles.columns[zero->comparisons.list[comparison].profile];
    const bool is_rare = equal_level(zero, comparison)->u <= RARELY * RARELY;
    return profile->kind == PD_KIND_TEXT && is_rare && !pd_auto_by_words(profile) && pd_kind_of_letters(profile);
}

struct pd_telling pd_zero_telling_of(const struct pd_zero *zero, size_t comparison)
{
    const size_t column = zero->comparisons.list[comparison].profile;
    const struct pd_profile *profile = &zero->profiles.columns[column];
    const bool is_date = profile->kind == PD_KIND_DATE && !profile->of_a_file;
    struct pd_telling telling = { .column = column, .is_mail = profile->kind == PD_KIND_EMAIL };
    if (!pd_kind_is_filled(profile)) return telling;
    telling.is_birth = (is_date || profile->of_people) && tells_apart(zero, comparison);
    if (equal_level(zero, comparison)->u <= RARELY)
        telling.n_names = profile->kind == PD_KIND_NAME ? 1 : is_full_name(zero, comparison) ? 2 : 0;
    telling.n_unlike = telling.n_names == 2 ? (size_t)pd_auto_unlike(profile) + 1 : 0;
    return telling;
}

/* The comparison of a pair that speaks of a column which another one may part in two, or `n` where its values are
 * missing. */
static size_t speaking_half(const struct pd_zero *zero, size_t profile, size_t edge)
{
    const int8_t *gammas = zero->edges.gammas + edge * zero->edges.n_comparisons;
    for (size_t c = 0; c < zero->comparisons.n; c++)
        if (zero->comparisons.list[c].profile == profile && gammas[c] >= 0) return c;
    return zero->comparisons.n;
}

/* Share of the expected matches with both values that are equal, or but for accents; counted, as m is smoothed. */
static double equal_share(const struct pd_zero *zero, size_t comparison)
{
    const size_t column = zero->comparisons.list[comparison].profile;
    const int accents = zero->profiles.columns[column].accented ? 1 : 0;
    double filled = 0, equal = 0;
    for (size_t i = 0; i < zero->edges.n_edges; i++) {
        const size_t c = speaking_half(zero, column, i);
        if (c == zero->comparisons.n) continue;
        const int gamma = zero->edges.gammas[i * zero->edges.n_comparisons + c];
        filled += zero->estimate.probabilities[i];
        equal += gamma >= equal_level(zero, c)->gamma - accents ? zero->estimate.probabilities[i] : 0;
    }
    return filled < 1 ? 1 : equal / filled;
}

/* Whether names are the same word by word, but for a slip: a letter too many, missing, other, or two exchanged; in a
 * long word two. Names that are written in letters not their own differ so in several words (Mohamed Yusuf, Muhammad
 * Youssef); those of a family differ in a whole one. */
static bool are_slips(struct pd_text a, struct pd_text b)
{
    struct pd_word of_a, of_b;
    size_t in_a = 0, in_b = 0;
    for (;;) {
        const bool more = pd_word_next(a, &in_a, &of_a);
        if (more != pd_word_next(b, &in_b, &of_b)) return false;
        if (!more) return true;
        const struct pd_text x = pd_text_slice(a, of_a.end - of_a.length, of_a.length);
        const struct pd_text y = pd_text_slice(b, of_b.end - of_b.length, of_b.length);
        const bool is_long = x.length >= LONG_WORD && y.length >= LONG_WORD;
        if (of_a.hash != of_b.hash && pd_osa_distance(x, y) > (is_long ? 2 : 1)) return false;
    }
}

/* Share of the expected matches with both values that are equal or slips. */
static double slip_share(const struct pd_zero *zero, size_t comparison)
{
    const size_t profile = zero->comparisons.list[comparison].profile;
    const struct pd_column *column = &zero->options->table->columns[zero->profiles.columns[profile].column];
    double filled = 0, near = 0;
    for (size_t i = 0; i < zero->edges.n_edges; i++) {
        const double probability = zero->estimate.probabilities[i];
        char scratch[2][24];
        if (probability < HARDLY || speaking_half(zero, profile, i) == zero->comparisons.n) continue;
        const struct pd_text a = pd_column_text(column, zero->edges.edges[i].left, scratch[0]);
        const struct pd_text b = pd_column_text(column, zero->edges.edges[i].right, scratch[1]);
        filled += probability;
        near += pd_osa_distance(a, b) <= 1 || are_slips(a, b) ? probability : 0;
    }
    return filled < 1 ? 1 : near / filled;
}

/* Whether a comparison is of a name, a date or a NIK that few people share. */
static bool is_of_person(const struct pd_zero *zero, size_t comparison)
{
    const struct pd_auto_comparison *compared = &zero->comparisons.list[comparison];
    const struct pd_profile *profile = &zero->profiles.columns[compared->profile];
    const bool of_person = profile->kind == PD_KIND_NAME || profile->kind == PD_KIND_DATE || profile->of_people;
    if (!of_person && !is_full_name(zero, comparison)) return false;
    return compared->state != PD_PARENT_EQUAL && tells_apart(zero, comparison);
}

/* In a file without duplicates the likest pairs are families or twins; training takes them for matches. It shows where
 * names, dates of birth or NIKs differ in most "matches". */
static int differs_mostly(const struct pd_zero *zero, const struct pd_zero_agreement *agreements)
{
    for (size_t i = 0; i < zero->comparisons.n; i++)
        if (is_of_person(zero, i) && agreements[i].unlike > DIFFERS_MOSTLY * agreements[i].matches)
            return (int)zero->comparisons.list[i].profile;
    return -1;
}

/* Whether a full name has a part in another column that says otherwise: a first name that is equal in most. */
static enum padan_status has_equal_part(struct pd_zero *zero, size_t comparison, bool *has, struct padan_error *error)
{
    struct pd_profile *columns = zero->profiles.columns;
    *has = false;
    for (size_t i = 0; i < zero->comparisons.n && !*has; i++) {
        if (i == comparison || pd_zero_telling_of(zero, i).n_names == 0) continue;
        if (zero->comparisons.list[i].state == PD_PARENT_EQUAL || equal_share(zero, i) <= DIFFERS_MOSTLY) continue;
        PD_TRY(pd_auto_is_part(zero->options->table, &columns[zero->comparisons.list[i].profile],
                               &columns[zero->comparisons.list[comparison].profile], has, error));
    }
    return PADAN_OK;
}

/* What a comparison says of a pair, besides a name that is doubted. */
enum beside { BESIDE_NOTHING, BESIDE_BIRTH, BESIDE_OTHER, N_BESIDE };

static enum beside beside(const struct pd_zero *zero, size_t comparison, size_t doubted)
{
    const struct pd_auto_comparison *compared = &zero->comparisons.list[comparison];
    if (compared->state == PD_PARENT_EQUAL || compared->profile == doubted) return BESIDE_NOTHING;
    if (pd_zero_telling_of(zero, comparison).is_birth) return BESIDE_BIRTH;
    const bool tells = pd_kind_is_filled(&zero->profiles.columns[compared->profile]);
    return tells && equal_level(zero, comparison)->u <= RARELY ? BESIDE_OTHER : BESIDE_NOTHING;
}

/* Whether a pair can be asked for its birth and for something else, and whether both are equal. */
static bool can_be_asked(const struct pd_zero *zero, size_t edge, size_t doubted, bool *equal)
{
    const int8_t *gammas = zero->edges.gammas + edge * zero->edges.n_comparisons;
    bool has[N_BESIDE] = { false }, same[N_BESIDE] = { false };
    for (size_t i = 0; i < zero->comparisons.n; i++) {
        const size_t c = speaking_half(zero, zero->comparisons.list[i].profile, edge);
        const enum beside what = beside(zero, i, doubted);
        if (c == zero->comparisons.n) continue;
        has[what] = true;
        same[what] = same[what] || gammas[c] == equal_level(zero, c)->gamma;
    }
    *equal = same[BESIDE_BIRTH] && same[BESIDE_OTHER];
    return has[BESIDE_BIRTH] && has[BESIDE_OTHER];
}

/* Members of a family share a telephone, a town and a mother, but were born on other days, twins excepted: where most
 * of the expected matches that can be asked are equal in their birth and in one of these, they are people, however
 * their names are written. */
static bool are_born_together(const struct pd_zero *zero, size_t comparison)
{
    const size_t doubted = zero->comparisons.list[comparison].profile;
    double n = 0, together = 0;
    for (size_t i = 0; i < zero->edges.n_edges; i++) {
        bool equal = false;
        if (!can_be_asked(zero, i, doubted, &equal)) continue;
        n += zero->estimate.probabilities[i];
        together += equal ? zero->estimate.probabilities[i] : 0;
    }
    return together > DIFFERS_MOSTLY * n;
}

/* Names of brothers and twins are alike, AHMAD FAUZI and AHMAD FAUZAN, as slips are. But slips leave a part of the
 * names alone, or are of one letter mostly and more than there are twins: else, where a full name is hardly ever equal
 * in the expected matches, they are families. Nor are those families who were born on one day, if twins are fewer. */
static enum padan_status find_alike(struct pd_zero *zero, int *profile, struct padan_error *error)
{
    const bool can_be_twins = zero->estimate.n_matches <= TWINS_MOST * (double)zero->options->table->n_records;
    *profile = -1;
    for (size_t i = 0; i < zero->comparisons.n; i++) {
        bool has = false;
        if (!is_full_name(zero, i) || !is_of_person(zero, i) || equal_share(zero, i) >= EQUAL_MOSTLY) continue;
        if (!can_be_twins && (slip_share(zero, i) > SLIPS_MOSTLY || are_born_together(zero, i))) continue;
        PD_TRY(has_equal_part(zero, i, &has, error));
        if (has) continue;
        *profile = (int)zero->comparisons.list[i].profile;
        break;
    }
    return PADAN_OK;
}

bool pd_zero_tells_people_apart(const struct pd_zero *zero, size_t comparison)
{
    const struct pd_auto_comparison *compared = &zero->comparisons.list[comparison];
    const enum pd_kind kind = zero->profiles.columns[compared->profile].kind;
    if (compared->state == PD_PARENT_EQUAL || !tells_apart(zero, comparison)) return false;
    return kind == PD_KIND_DATE || kind == PD_KIND_NAME || is_full_name(zero, comparison);
}

struct pd_zero_telling pd_zero_count_telling(const struct pd_zero *zero)
{
    struct pd_zero_telling telling = { 0 };
    for (size_t i = 0; i < zero->comparisons.n; i++) {
        const enum pd_kind kind = zero->profiles.columns[zero->comparisons.list[i].profile].kind;
        if (!pd_zero_tells_people_apart(zero, i)) continue;
        telling.dates += kind == PD_KIND_DATE;
        telling.names += kind == PD_KIND_NAME;
        telling.full_names += kind == PD_KIND_TEXT;
    }
    return telling;
}

static bool is_asked(const struct pd_zero *zero, size_t comparison)
{
    return zero->comparisons.list[comparison].state != PD_PARENT_EQUAL && tells_apart(zero, comparison);
}

/* Names that a tenth of the rows share hold a pair together as well, though none of them tells rows apart by itself. */
static bool holds(const struct pd_zero *zero, size_t comparison)
{
    const bool is_whole = zero->comparisons.list[comparison].state != PD_PARENT_EQUAL;
    return is_asked(zero, comparison) || (is_whole && pd_zero_telling_of(zero, comparison).n_names > 0);
}

static bool differ_in_some(const struct pd_zero *zero, size_t edge)
{
    for (size_t i = 0; i < zero->comparisons.n; i++) {
        const size_t column = zero->comparisons.list[i].profile;
        if (!holds(zero, i)) continue;
        const size_t c = speaking_half(zero, column, edge);
        if (c == zero->comparisons.n) continue;
        const int gamma = zero->edges.gammas[edge * zero->edges.n_comparisons + c];
        if (gamma <= pd_auto_unlike(&zero->profiles.columns[column])) return true;
    }
    return false;
}

/* Whether most of the expected matches are alike in all columns that tell rows apart, and in all names. Papers of one
 * author and papers of one title are alike in one of two; but of rows with errors in every column no two columns are
 * sure of a match, and what they take for one is none often. */
static bool hold_together(const struct pd_zero *zero)
{
    double n = 0, differ = 0;
    size_t n_holding = 0;
    for (size_t i = 0; i < zero->comparisons.n; i++) n_holding += holds(zero, i);
    for (size_t i = 0; i < zero->edges.n_edges; i++) {
        const double probability = zero->estimate.probabilities[i];
        n += probability;
        differ += differ_in_some(zero, i) ? probability : 0;
    }
    return n_holding > 1 && differ < DIFFERS_MOSTLY * n;
}

/* Of matches some column is right when all others say so. Here each differs in most of the pairs that the others take
 * for matches: papers of one author, or of one title, but hardly any of both. */
static bool contradict(const struct pd_zero *zero, const struct pd_zero_agreement *agreements)
{
    size_t n = 0;
    for (size_t i = 0; i < zero->comparisons.n; i++) {
        if (!is_asked(zero, i)) continue;
        if (agreements[i].differ_by_others <= DIFFERS_MOSTLY * agreements[i].matches_by_others) return false;
        n++;
    }
    return n > 0 && !hold_together(zero);
}

/* Or they are goods of one series, articles of one author: alike in their words, and equal in hardly anything. Errors
 * leave a part of the values of every column alone, so of true duplicates many are equal in some column. */
static bool are_hardly_equal(const struct pd_zero *zero)
{
    double most = -1;
    for (size_t i = 0; i < zero->comparisons.n; i++)
        if (is_asked(zero, i)) most = fmax(most, equal_share(zero, i));
    return most >= 0 && most < EQUAL_MOSTLY;
}

void pd_zero_say_doubt(struct pd_zero *zero, const struct pd_zero_doubt *doubt)
{
    if (doubt->kind == PD_DOUBT_FAMILIES)
        pd_append_format(zero->said,
                         "doubt              the likest pairs %s in %.*s%s: families, not matches. The usual "
                         "weights stand instead of trained ones, and only pairs that do not differ in it and agree in "
                         "nearly all they tell are linked\n",
                         doubt->alike ? "are alike" : "differ",
                         PD_TEXT_ARGS(zero->profiles.columns[doubt->profile].name),
                         doubt->alike ? ", but hardly ever equal" : " mostly");
    if (doubt->kind == PD_DOUBT_SERIES)
        pd_append_format(zero->said, "doubt              %s: goods of one series, works of one author, not matches\n",
                         doubt->hardly_equal
                             ? "the likest pairs are hardly ever equal in a column that tells rows apart"
                             : "every column that tells rows apart differs in most of the pairs that the others "
                               "take for matches");
}

enum padan_status pd_zero_find_doubt(struct pd_zero *zero, struct pd_zero_doubt *doubt, struct padan_error *error)
{
    struct pd_zero_agreement agreements[PD_COMPARISONS_MAX];
    *doubt = (struct pd_zero_doubt){ .kind = PD_DOUBT_NONE };
    if ((!zero->data.inside && !zero->repeats) || zero->estimate.n_matches < 1) return PADAN_OK;
    PD_TRY(pd_zero_agreements(zero, agreements, error));
    const int differs = differs_mostly(zero, agreements);
    int alike = -1;
    if (differs < 0) PD_TRY(find_alike(zero, &alike, error));
    doubt->hardly_equal = are_hardly_equal(zero);
    if (differs >= 0 || alike >= 0)
        *doubt = (struct pd_zero_doubt){ .kind = PD_DOUBT_FAMILIES,
                                         .profile = (size_t)(differs >= 0 ? differs : alike),
                                         .alike = differs < 0 };
    else if (doubt->hardly_equal || contradict(zero, agreements))
        doubt->kind = PD_DOUBT_SERIES;
    return PADAN_OK;
}

/* How often a comparison speaks where everything agrees: of the two halves of a split one does where both rows have the
 * parent, the other one where they do not. */
static double speaks(const struct pd_zero *zero, const struct pd_auto_comparison *comparison)
{
    const double fill = zero->profiles.columns[comparison->profile].fill;
    if (comparison->state == PD_PARENT_NONE) return fill * fill;
    const double parent = zero->profiles.columns[comparison->parent].fill;
    return fill * fill * (comparison->state == PD_PARENT_EQUAL ? parent * parent : 1 - parent * parent);
}

double pd_zero_nearly_all(const struct pd_zero *zero, int without)
{
    double bits = 0;
    for (size_t i = 0; i < zero->comparisons.n; i++)
        if ((int)i != without)
            bits +=
                speaks(zero, &zero->comparisons.list[i]) * fmax(pd_weight_to_double(equal_level(zero, i)->weight), 0);
    return NEARLY_ALL * bits + pd_weight_to_double(zero->model->prior);
}
