/* SPDX-License-Identifier: MIT */
#include "auto/rules.h"

#include "auto/atoms.h"
#include "base/random.h"

#include <math.h>

enum { RULES_MAX = 24 };

/* Files with at most so many pairs are compared whole; else so many pairs, and so many per row. Training goes over all
 * of them several times: of the rows beyond MANY_ROWS each may have a tenth, which leaves out rules that find a few
 * matches of a thousand by as many pairs as all the others together. */
static const double WHOLE_PAIRS = 2.5e6;
static const double BUDGET_PAIRS = 2e6;
static const double BUDGET_PER_ROW = 300, MANY_ROWS = 1e5, BUDGET_PER_MORE = 30;

/* A rule finds a thousandth of the matches by so many pairs, or by so many of a row, else it is not worth them. */
static const double WORTH_PAIRS = 2e6, WORTH_PER_ROW = 20;

/* The share of the budget that rare words may have, and the share of the matches that they must find alone. */
static const double WORDS_SHARE = .25;
static const double WORDS_LEAST_GAIN = .001;

/* Of what all rules find, the share that is enough to train on, and the least of it. */
static const double TRAINED_ENOUGH = .995, TRAINED_LEAST = .95;

struct candidate {
    size_t atoms[2];
    size_t n_atoms;
    double pairs;
    uint64_t found[PD_DRAWN_WORDS]; /* drawn matches that it finds */
    bool taken;
};

struct choosing {
    const struct pd_auto_data *data;
    const struct pd_profiles *profiles;
    struct pd_atoms atoms;
    uint64_t (*holds)[PD_DRAWN_WORDS]; /* [atoms] drawn matches in which the atom agrees */
    struct candidate *candidates;
    size_t n_candidates;
    struct pd_auto_words words;
};

/* --- drawn matches --- */

static enum padan_status draw_matches(struct choosing *choosing, struct pd_arena *arena, struct padan_error *error)
{
    const struct pd_profiles *profiles = choosing->profiles;
    struct pd_drawn_column *columns = NULL;
    PD_TRY(pd_arena_allocate(arena, &choosing->holds, (choosing->atoms.n + 1) * sizeof *choosing->holds, error));
    PD_TRY(pd_arena_allocate(arena, &columns, (profiles->n_columns + 1) * sizeof *columns, error));
    for (size_t match = 0; match < PD_DRAWN; match++) {
        pd_drawn_columns(profiles, match, columns);
        for (size_t i = 0; i < choosing->atoms.n; i++)
            if (pd_drawn_holds(&choosing->atoms.list[i].part, columns))
                choosing->holds[i][match / 64] |= UINT64_C(1) << match % 64;
    }
    return PADAN_OK;
}

/* --- candidates --- */

static enum padan_status count_pairs(const struct choosing *choosing, const struct pd_auto_data *data,
                                     const struct candidate *candidate, double *pairs, struct padan_error *error)
{
    int columns[2];
    for (size_t i = 0; i < candidate->n_atoms; i++) columns[i] = choosing->atoms.list[candidate->atoms[i]].column;
    return pd_auto_equal_pairs(data, columns, candidate->n_atoms, pairs, error);
}

static enum padan_status count_inside(const struct choosing *choosing, const struct candidate *candidate, double *pairs,
                                      struct padan_error *error)
{
    struct pd_auto_data inside = *choosing->data;
    *pairs = 0;
    if (inside.inside) return PADAN_OK;
    inside.inside = true;
    inside.across = false;
    return count_pairs(choosing, &inside, candidate, pairs, error);
}

static enum padan_status add_candidate(struct choosing *choosing, size_t a, size_t b, double budget,
                                       struct padan_error *error)
{
    struct candidate *candidate = &choosing->candidates[choosing->n_candidates];
    *candidate = (struct candidate){ .atoms = { a, b }, .n_atoms = a == b ? 1 : 2 };
    for (size_t i = 0; i < PD_DRAWN_WORDS; i++) candidate->found[i] = choosing->holds[a][i] & choosing->holds[b][i];
    if (pd_drawn_count(candidate->found) < 4) return PADAN_OK;
    PD_TRY(count_pairs(choosing, choosing->data, candidate, &candidate->pairs, error));
    if (candidate->pairs <= budget) choosing->n_candidates++;
    return PADAN_OK;
}

static enum padan_status make_candidates(struct choosing *choosing, struct pd_arena *arena, double budget,
                                         struct padan_error *error)
{
    const size_t n = choosing->atoms.n;
    PD_TRY(
        pd_arena_allocate(arena, &choosing->candidates, (n * (n + 1) / 2 + 1) * sizeof *choosing->candidates, error));
    for (size_t a = 0; a < n; a++)
        for (size_t b = a; b < n; b++)
            if (a == b || choosing->atoms.list[a].part.profile != choosing->atoms.list[b].part.profile)
                PD_TRY(add_candidate(choosing, a, b, budget / 3, error));
    return PADAN_OK;
}

/* --- choice --- */

static double gain(const struct candidate *candidate, const uint64_t *once, const uint64_t *twice)
{
    double found = 0;
    for (size_t i = 0; i < PD_DRAWN_WORDS; i++) {
        found += (double)__builtin_popcountll(candidate->found[i] & ~once[i]);
        found += .15 * (double)__builtin_popcountll(candidate->found[i] & once[i] & ~twice[i]);
    }
    return found;
}

static bool is_worth(const struct choosing *choosing, const struct candidate *candidate, double found)
{
    const double most = fmax(WORTH_PAIRS, WORTH_PER_ROW * (double)choosing->data->table->n_records);
    return found >= 1 && candidate->pairs <= most * (1000 * found / PD_DRAWN);
}

static struct candidate *best_candidate(struct choosing *choosing, const uint64_t *once, const uint64_t *twice,
                                        double left)
{
    struct candidate *best = NULL;
    double most = 0;
    const double rows = (double)choosing->data->table->n_records;
    for (size_t i = 0; i < choosing->n_candidates; i++) {
        struct candidate *candidate = &choosing->candidates[i];
        if (candidate->taken || candidate->pairs > left || candidate->pairs < 1) continue;
        const double found = gain(candidate, once, twice);
        const double value = found / (candidate->pairs + 10 * rows);
        if (value > most && is_worth(choosing, candidate, found)) {
            most = value;
            best = candidate;
        }
    }
    return best;
}

static enum padan_status describe(const struct choosing *choosing, const struct candidate *candidate,
                                  struct pd_arena *arena, struct pd_text *sql, struct padan_error *error)
{
    struct pd_buffer out = { 0 };
    for (size_t i = 0; i < candidate->n_atoms; i++) {
        const struct pd_atom *atom = &choosing->atoms.list[candidate->atoms[i]];
        const struct pd_profile profile = pd_profile_plain(&choosing->profiles->columns[atom->part.profile]);
        if (i > 0) pd_append_string(&out, " AND ");
        pd_append_template(&out, atom->template, &profile, NULL, PD_FORM_RULE_LEFT);
        pd_append_string(&out, " = ");
        pd_append_template(&out, atom->template, &profile, NULL, PD_FORM_RULE_RIGHT);
    }
    enum padan_status status = pd_buffer_status(&out, error);
    if (status == PADAN_OK) status = pd_arena_copy(arena, (struct pd_text){ out.data, out.length }, sql, error);
    pd_buffer_reset(&out);
    return status;
}

/* The rule over rare words stands last: whether it has made a pair already is the dearest to ask. */
static enum padan_status add_words_rule(const struct choosing *choosing, const uint64_t *once, struct pd_arena *arena,
                                        struct pd_auto_rules *rules, struct padan_error *error)
{
    struct pd_buffer condition = { 0 }, beside = { 0 };
    struct pd_auto_rule *rule = &rules->list[rules->n];
    pd_auto_words_print(&choosing->words, choosing->data, choosing->profiles, &condition, &beside);
    *rule =
        (struct pd_auto_rule){ .pairs = choosing->words.pairs, .coverage = (double)pd_drawn_count(once) / PD_DRAWN };
    enum padan_status status = pd_buffer_status(&condition, error);
    if (status == PADAN_OK) status = pd_buffer_status(&beside, error);
    if (status == PADAN_OK)
        status = pd_arena_copy(arena, (struct pd_text){ condition.data, condition.length }, &rule->sql, error);
    if (status == PADAN_OK)
        status = pd_arena_copy(arena, (struct pd_text){ beside.data, beside.length }, &rule->beside, error);
    pd_buffer_reset(&condition);
    pd_buffer_reset(&beside);
    if (status == PADAN_OK) rules->words = &rules->list[rules->n++];
    rules->most_rows = choosing->words.most_rows;
    return status;
}

/* Chooses rules, and the one over rare words with them when with_words; once: the drawn matches that they find. */
static enum padan_status choose(struct choosing *choosing, bool with_words, struct pd_arena *arena,
                                struct pd_auto_rules *rules, uint64_t *once, struct padan_error *error)
{
    uint64_t twice[PD_DRAWN_WORDS] = { 0 };
    double left = rules->budget - (with_words ? choosing->words.pairs : 0);
    rules->n = 0;
    rules->inside = 0;
    for (size_t i = 0; i < choosing->n_candidates; i++) choosing->candidates[i].taken = false;
    for (size_t i = 0; i < PD_DRAWN_WORDS; i++) once[i] = with_words ? choosing->words.found[i] : 0;
    while (rules->n < RULES_MAX) {
        struct candidate *best = best_candidate(choosing, once, twice, left);
        if (best == NULL) break;
        best->taken = true;
        left -= best->pairs;
        for (size_t i = 0; i < PD_DRAWN_WORDS; i++) {
            twice[i] |= once[i] & best->found[i];
            once[i] |= best->found[i];
        }
        struct pd_auto_rule *rule = &rules->list[rules->n++];
        *rule = (struct pd_auto_rule){ .pairs = best->pairs, .coverage = (double)pd_drawn_count(once) / PD_DRAWN };
        for (rule->n_parts = 0; rule->n_parts < best->n_atoms; rule->n_parts++)
            rule->parts[rule->n_parts] = choosing->atoms.list[best->atoms[rule->n_parts]].part;
        PD_TRY(describe(choosing, best, arena, &rule->sql, error));
        double inside = 0;
        PD_TRY(count_inside(choosing, best, &inside, error));
        rules->inside += inside;
    }
    return with_words ? add_words_rule(choosing, once, arena, rules, error) : PADAN_OK;
}

/* Rare words are wanted where all other rules leave something that they find. */
static bool wants_words(const struct choosing *choosing, const uint64_t *once)
{
    double n = 0;
    if (choosing->words.n_texts == 0) return false;
    for (size_t i = 0; i < PD_DRAWN_WORDS; i++) n += __builtin_popcountll(choosing->words.found[i] & ~once[i]);
    return n >= WORDS_LEAST_GAIN * PD_DRAWN;
}

static enum padan_status choose_rules(struct choosing *choosing, struct pd_arena *arena, struct pd_auto_rules *rules,
                                      struct padan_error *error)
{
    uint64_t once[PD_DRAWN_WORDS];
    PD_TRY(pd_auto_words_choose(choosing->data, choosing->profiles, WORDS_SHARE * rules->budget, arena,
                                &choosing->words, error));
    PD_TRY(pd_atoms_make(choosing->data, choosing->profiles, arena, &choosing->atoms, error));
    PD_TRY(draw_matches(choosing, arena, error));
    PD_TRY(make_candidates(choosing, arena, rules->budget, error));
    PD_TRY(choose(choosing, false, arena, rules, once, error));
    return wants_words(choosing, once) ? choose(choosing, true, arena, rules, once, error) : PADAN_OK;
}

static double budget_of(double rows)
{
    const double more = rows > MANY_ROWS ? rows - MANY_ROWS : 0;
    return BUDGET_PAIRS + BUDGET_PER_ROW * (rows - more) + BUDGET_PER_MORE * more;
}

/* Names the file, and the share of its rows that no column parts. */
static enum padan_status no_rule(const struct choosing *choosing, struct padan_error *error)
{
    const struct pd_table *table = choosing->data->table;
    const struct pd_text name = table->sources[0].name;
    double least = 1;
    for (size_t i = 0; i < choosing->profiles->n_columns; i++) {
        const struct pd_profile *profile = &choosing->profiles->columns[i];
        if (profile->kind != PD_KIND_LEFT_OUT) least = fmin(least, profile->most_common * profile->fill);
    }
    PD_FAIL(
        error, PADAN_BAD_INPUT,
        "%.*s%s: no column or pair of columns parts the %zu rows into blocks of a bearable size, as every column has "
        "one value in %.0f %% of them and more: leave out rows that are there many times, or name a model with "
        "--model",
        PD_TEXT_ARGS(name), table->n_sources > 1 ? " and the other sources" : "", table->n_records, 100 * least);
}

enum padan_status pd_auto_rules_choose(const struct pd_auto_data *data, const struct pd_profiles *profiles,
                                       struct pd_arena *arena, struct pd_auto_rules *rules, struct padan_error *error)
{
    struct choosing choosing = { .data = data, .profiles = profiles };
    *rules = (struct pd_auto_rules){ .budget = budget_of((double)data->table->n_records) };
    PD_TRY(pd_auto_all_pairs(data, &rules->all_pairs, error));
    PD_TRY(pd_arena_allocate(arena, &rules->list, (RULES_MAX + 1) * sizeof *rules->list, error));
    if (rules->all_pairs <= WHOLE_PAIRS) {
        rules->whole = true;
        rules->list[rules->n++] =
            (struct pd_auto_rule){ PD_TEXT("1 = 1"), PD_TEXT(""), rules->all_pairs, 1, { { 0 } }, 0 };
        return PADAN_OK;
    }
    PD_TRY(choose_rules(&choosing, arena, rules, error));
    if (rules->n == 0) return no_rule(&choosing, error);
    return PADAN_OK;
}

static bool finds(const struct pd_auto_rules *rules, const struct pd_drawn_column *columns)
{
    for (size_t i = 0; i < rules->n; i++) {
        const struct pd_auto_rule *rule = &rules->list[i];
        size_t n = 0;
        while (n < rule->n_parts && pd_drawn_holds(&rule->parts[n], columns)) n++;
        if (n > 0 && n == rule->n_parts) return true;
    }
    return false;
}

enum padan_status pd_auto_rules_coverage(const struct pd_auto_rules *rules, const struct pd_profiles *profiles,
                                         struct pd_arena *arena, double *coverage, struct padan_error *error)
{
    struct pd_drawn_column *columns = NULL;
    size_t n = 0;
    PD_TRY(pd_arena_allocate(arena, &columns, (profiles->n_columns + 1) * sizeof *columns, error));
    for (size_t match = 0; match < PD_DRAWN; match++) {
        pd_drawn_columns(profiles, match, columns);
        n += finds(rules, columns);
    }
    *coverage = (double)n / PD_DRAWN;
    return PADAN_OK;
}

void pd_auto_rules_print(const struct pd_auto_rules *rules, size_t n, struct pd_buffer *out)
{
    for (size_t i = 0; i < n; i++) {
        pd_append_string(out, "    {\"blocking_rule\": ");
        pd_append_json(out, rules->list[i].sql);
        pd_append_text(out, rules->list[i].beside);
        pd_append_string(out, i + 1 < n ? "},\n" : "}\n");
    }
}

/* --- training --- */

double pd_auto_rules_trained_pairs(const struct pd_auto_rules *rules)
{
    double n = 0;
    if (rules->whole) return rules->all_pairs;
    for (size_t i = 0; i < rules->n_trained; i++) n += rules->list[i].pairs;
    return n + (rules->words == NULL ? 0 : rules->words->pairs);
}

/* Rules stand in the order of what they find per pair, but for that over rare words, which stands last and may be the
 * one that finds. */
void pd_auto_rules_limit_training(struct pd_auto_rules *rules, double most_pairs)
{
    rules->n_trained = rules->n;
    if (rules->whole || rules->words != NULL) return;
    if (pd_auto_rules_trained_pairs(rules) <= most_pairs) return;
    const double all = rules->list[rules->n - 1].coverage;
    while (rules->n_trained > 1 && rules->list[rules->n_trained - 2].coverage >= TRAINED_ENOUGH * all)
        rules->n_trained--;
    while (rules->n_trained > 1 && pd_auto_rules_trained_pairs(rules) > most_pairs &&
           rules->list[rules->n_trained - 2].coverage >= TRAINED_LEAST * all)
        rules->n_trained--;
}
