/* SPDX-License-Identifier: MIT */
#include "auto/rules.h"

#include "auto/atoms.h"
#include "base/random.h"

enum { DRAWN = 4096, RULES_MAX = 24 };

/* Files with at most so many pairs are compared whole; else so many pairs, and so many per row. */
static const double WHOLE_PAIRS = 2.5e6;
static const double BUDGET_PAIRS = 2e6;
static const double BUDGET_PER_ROW = 300;

/* How often a value of a match is whole or slightly damaged; and how often a slight damage spares a part. */
static const double WHOLE_VALUE = .72;
static const double DAMAGED_VALUE = .18;
static const double SPARED_PART = .6;

struct candidate {
    size_t atoms[2];
    size_t n_atoms;
    double pairs;
    uint64_t found[DRAWN / 64]; /* drawn matches that it finds */
    bool taken;
};

struct choosing {
    const struct pd_auto_data *data;
    const struct pd_profiles *profiles;
    struct pd_atoms atoms;
    uint64_t (*holds)[DRAWN / 64]; /* [atoms] drawn matches in which the atom agrees */
    struct candidate *candidates;
    size_t n_candidates;
};

/* --- drawn matches --- */

static void draw_matches(struct choosing *choosing)
{
    const struct pd_profiles *profiles = choosing->profiles;
    memset(choosing->holds, 0, choosing->atoms.n * sizeof *choosing->holds);
    for (size_t match = 0; match < DRAWN; match++) {
        struct pd_random random = pd_random_stream(20260101, match);
        for (size_t column = 0; column < profiles->n_columns; column++) {
            const double fill = profiles->columns[column].fill;
            const bool filled = pd_random_unit(&random) < fill * fill;
            const double state = pd_random_unit(&random);
            const double spared[3] = { pd_random_unit(&random), pd_random_unit(&random), pd_random_unit(&random) };
            for (size_t i = 0; i < choosing->atoms.n; i++) {
                const struct pd_atom *atom = &choosing->atoms.list[i];
                if (atom->profile != column || !filled) continue;
                const bool is_part = atom->kind != PD_ATOM_WHOLE;
                const bool holds = state < WHOLE_VALUE || (state < WHOLE_VALUE + DAMAGED_VALUE && is_part &&
                                                           spared[atom->kind - 1] < SPARED_PART);
                if (holds) choosing->holds[i][match / 64] |= UINT64_C(1) << match % 64;
            }
        }
    }
}

static unsigned count_bits(const uint64_t *bits)
{
    unsigned n = 0;
    for (size_t i = 0; i < DRAWN / 64; i++) n += (unsigned)__builtin_popcountll(bits[i]);
    return n;
}

/* --- candidates --- */

static enum padan_status count_pairs(const struct choosing *choosing, struct candidate *candidate,
                                     struct padan_error *error)
{
    int columns[2];
    for (size_t i = 0; i < candidate->n_atoms; i++) columns[i] = choosing->atoms.list[candidate->atoms[i]].column;
    return pd_auto_equal_pairs(choosing->data, columns, candidate->n_atoms, &candidate->pairs, error);
}

static enum padan_status add_candidate(struct choosing *choosing, size_t a, size_t b, double budget,
                                       struct padan_error *error)
{
    struct candidate *candidate = &choosing->candidates[choosing->n_candidates];
    *candidate = (struct candidate){ .atoms = { a, b }, .n_atoms = a == b ? 1 : 2 };
    for (size_t i = 0; i < DRAWN / 64; i++) candidate->found[i] = choosing->holds[a][i] & choosing->holds[b][i];
    if (count_bits(candidate->found) < 4) return PADAN_OK;
    PD_TRY(count_pairs(choosing, candidate, error));
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
            if (a == b || choosing->atoms.list[a].profile != choosing->atoms.list[b].profile)
                PD_TRY(add_candidate(choosing, a, b, budget / 3, error));
    return PADAN_OK;
}

/* --- choice --- */

static double gain(const struct candidate *candidate, const uint64_t *once, const uint64_t *twice)
{
    double found = 0;
    for (size_t i = 0; i < DRAWN / 64; i++) {
        found += (double)__builtin_popcountll(candidate->found[i] & ~once[i]);
        found += .15 * (double)__builtin_popcountll(candidate->found[i] & once[i] & ~twice[i]);
    }
    return found;
}

static struct candidate *best_candidate(struct choosing *choosing, const uint64_t *once, const uint64_t *twice,
                                        double left)
{
    struct candidate *best = NULL;
    double most = 0;
    const double rows = (double)choosing->data->table->n_records;
    for (size_t i = 0; i < choosing->n_candidates; i++) {
        struct candidate *candidate = &choosing->candidates[i];
        if (candidate->taken || candidate->pairs > left) continue;
        const double found = gain(candidate, once, twice);
        const double value = found < 1 ? 0 : found / (candidate->pairs + 10 * rows);
        if (value > most) {
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
        const struct pd_profile *profile = &choosing->profiles->columns[atom->profile];
        if (i > 0) pd_append_string(&out, " AND ");
        pd_append_template(&out, atom->template, profile, NULL, PD_FORM_RULE_LEFT);
        pd_append_string(&out, " = ");
        pd_append_template(&out, atom->template, profile, NULL, PD_FORM_RULE_RIGHT);
    }
    enum padan_status status = pd_buffer_status(&out, error);
    if (status == PADAN_OK) status = pd_arena_copy(arena, (struct pd_text){ out.data, out.length }, sql, error);
    pd_buffer_reset(&out);
    return status;
}

static enum padan_status choose(struct choosing *choosing, struct pd_arena *arena, struct pd_auto_rules *rules,
                                struct padan_error *error)
{
    uint64_t once[DRAWN / 64] = { 0 };
    uint64_t twice[DRAWN / 64] = { 0 };
    double left = rules->budget;
    while (rules->n < RULES_MAX) {
        struct candidate *best = best_candidate(choosing, once, twice, left);
        if (best == NULL) break;
        best->taken = true;
        left -= best->pairs;
        for (size_t i = 0; i < DRAWN / 64; i++) {
            twice[i] |= once[i] & best->found[i];
            once[i] |= best->found[i];
        }
        struct pd_auto_rule *rule = &rules->list[rules->n++];
        *rule = (struct pd_auto_rule){ .pairs = best->pairs, .coverage = (double)count_bits(once) / DRAWN };
        PD_TRY(describe(choosing, best, arena, &rule->sql, error));
    }
    return PADAN_OK;
}

static enum padan_status choose_rules(struct choosing *choosing, struct pd_arena *arena, struct pd_auto_rules *rules,
                                      struct padan_error *error)
{
    PD_TRY(pd_atoms_make(choosing->data, choosing->profiles, arena, &choosing->atoms, error));
    PD_TRY(pd_arena_allocate(arena, &choosing->holds, (choosing->atoms.n + 1) * sizeof *choosing->holds, error));
    draw_matches(choosing);
    PD_TRY(make_candidates(choosing, arena, rules->budget, error));
    return choose(choosing, arena, rules, error);
}

enum padan_status pd_auto_rules_choose(const struct pd_auto_data *data, const struct pd_profiles *profiles,
                                       struct pd_arena *arena, struct pd_auto_rules *rules, struct padan_error *error)
{
    struct choosing choosing = { .data = data, .profiles = profiles };
    *rules = (struct pd_auto_rules){ .budget = BUDGET_PAIRS + BUDGET_PER_ROW * (double)data->table->n_records };
    PD_TRY(pd_auto_all_pairs(data, &rules->all_pairs, error));
    PD_TRY(pd_arena_allocate(arena, &rules->list, RULES_MAX * sizeof *rules->list, error));
    if (rules->all_pairs <= WHOLE_PAIRS) {
        rules->whole = true;
        rules->list[rules->n++] = (struct pd_auto_rule){ PD_TEXT("1 = 1"), rules->all_pairs, 1 };
        return PADAN_OK;
    }
    PD_TRY(choose_rules(&choosing, arena, rules, error));
    if (rules->n == 0)
        PD_FAIL(error, PADAN_BAD_INPUT,
                "no column or pair of columns parts the %zu rows into blocks of a bearable size: name a model with "
                "--model",
                data->table->n_records);
    return PADAN_OK;
}

void pd_auto_rules_print(const struct pd_auto_rules *rules, struct pd_buffer *out)
{
    for (size_t i = 0; i < rules->n; i++) {
        pd_append_string(out, "    {\"blocking_rule\": ");
        pd_append_json(out, rules->list[i].sql);
        pd_append_string(out, i + 1 < rules->n ? "},\n" : "}\n");
    }
}
