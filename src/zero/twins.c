/* SPDX-License-Identifier: MIT
 * Twins of one file: people who share birth date, family and half of their names, and whose NIKs differ.
 *
 * They have all in common that matches have, but a NIK and a letter or a word of the name, and they are too few to be
 * what training finds. But a slip of the pen falls on any digit of a NIK: of the slips a quarter is in the serial,
 * which is all that tells two people of one district, birth date and sex apart. So of the expected matches with two
 * names there are a third as many that differ in the serial as there are that differ by a slip before it. Where there
 * are more than twice as many, these are twins; a level of their own keeps them apart then. Two numbers of one birth
 * with one name stay what they were: that is a slip, since twins have two names.
 *
 * Twins whose numbers are damaged look like others whose numbers differ. As many as there must be, if numbers of twins
 * are damaged as often as those of matches, are no longer expected to be matches.
 * Source: the reckoning is that of decoys (auto/inside.h), with digits that only people differ in. */
#include "zero/state.h"

#include "base/memory.h"
#include "indonesia/nik.h"

#include <math.h>

/* m to u of the level of twins: nothing makes up for it. */
static const double APART_RATIO = 1e-12;
/* Where more of those who are born together than this are twins, all are taken for such. */
static const double MOSTLY_TWINS = .5;
enum { NIK_DIGITS = 16, SERIAL_DIGITS = 4, SERIALS = 10000 };

enum relation { SAME_NUMBER, ONE_NAME, BORN_TOGETHER, SLIP_BEFORE_SERIAL, OTHER_NUMBER, N_RELATIONS };

struct asking {
    struct pd_zero *zero;
    size_t number, name; /* comparisons */
    const struct pd_column *numbers, *names;
    uint8_t *relations;                                 /* [edges] enum relation */
    double of_two_names[N_RELATIONS], all[N_RELATIONS]; /* expected matches by relation */
};

/* --- columns --- */

static int find_number(const struct pd_zero *zero)
{
    for (size_t c = 0; c < zero->comparisons.n; c++) {
        const struct pd_profile *profile = &zero->profiles.columns[zero->comparisons.list[c].profile];
        if (profile->kind == PD_KIND_CODE && profile->of_people) return (int)c;
    }
    return -1;
}

/* The name of which there are most: brothers and sisters share those of their parents. */
static int find_name(const struct pd_zero *zero)
{
    int most = -1;
    size_t n = 0;
    for (size_t c = 0; c < zero->comparisons.n; c++) {
        const struct pd_profile *profile = &zero->profiles.columns[zero->comparisons.list[c].profile];
        if (zero->telling[c].n_names == 0 || profile->n_distinct <= n) continue;
        n = profile->n_distinct;
        most = (int)c;
    }
    return most;
}

static enum padan_status derive(struct asking *asking, size_t comparison, int *column, struct padan_error *error)
{
    struct pd_zero *zero = asking->zero;
    return pd_auto_derive(&zero->data, "{x}", &zero->profiles.columns[zero->comparisons.list[comparison].profile],
                          column, error);
}

/* As they are compared; false where the file has no NIKs or no names. */
static enum padan_status find_columns(struct asking *asking, bool *has, struct padan_error *error)
{
    const int number = find_number(asking->zero), name = find_name(asking->zero);
    int columns[2] = { 0, 0 };
    *has = number >= 0 && name >= 0;
    if (!*has) return PADAN_OK;
    asking->number = (size_t)number;
    asking->name = (size_t)name;
    PD_TRY(derive(asking, asking->number, &columns[0], error));
    PD_TRY(derive(asking, asking->name, &columns[1], error));
    asking->numbers = &asking->zero->options->table->columns[columns[0]];
    asking->names = &asking->zero->options->table->columns[columns[1]];
    return PADAN_OK;
}

/* --- pairs --- */

static bool have_two_names(const struct asking *asking, const struct pd_edge *edge)
{
    char scratch[2][24];
    if (pd_column_is_null(asking->names, edge->left) || pd_column_is_null(asking->names, edge->right)) return false;
    return !pd_text_equal(pd_column_text(asking->names, edge->left, scratch[0]),
                          pd_column_text(asking->names, edge->right, scratch[1]));
}

static struct pd_nik number_of(const struct asking *asking, uint32_t record)
{
    char scratch[24];
    if (pd_column_is_null(asking->numbers, record)) return (struct pd_nik){ .length = 0 };
    return pd_nik_clean(pd_column_text(asking->numbers, record, scratch));
}

/* One district and birth date, whatever the sex: both are those of somebody. */
static bool are_born_together(struct pd_nik a, struct pd_nik b)
{
    const struct pd_nik_fields x = pd_nik_fields(a.number), y = pd_nik_fields(b.number);
    if (((a.flags | b.flags) & (PD_NIK_DAY | PD_NIK_MON | PD_NIK_DUMMY)) != 0) return false;
    return x.region == y.region && x.day == y.day && x.month == y.month && x.year == y.year;
}

static enum relation relation_of(struct pd_nik a, struct pd_nik b)
{
    if (a.length != NIK_DIGITS || b.length != NIK_DIGITS) return OTHER_NUMBER;
    if (a.number == b.number) return SAME_NUMBER;
    if (are_born_together(a, b)) return BORN_TOGETHER;
    const bool same_serial = a.number % SERIALS == b.number % SERIALS;
    return same_serial && pd_nik_slip(a.number, b.number) ? SLIP_BEFORE_SERIAL : OTHER_NUMBER;
}

static enum padan_status ask(struct asking *asking, struct padan_error *error)
{
    const struct pd_zero *zero = asking->zero;
    PD_TRY(pd_arena_allocate(&asking->zero->arena, &asking->relations, zero->edges.n_edges + 1, error));
    for (size_t i = 0; i < zero->edges.n_edges; i++) {
        const struct pd_edge *edge = &zero->edges.edges[i];
        const double probability = zero->estimate.probabilities[i];
        const enum relation relation = relation_of(number_of(asking, edge->left), number_of(asking, edge->right));
        const bool of_two = relation != SAME_NUMBER && have_two_names(asking, edge);
        asking->relations[i] = (uint8_t)(of_two || relation == SAME_NUMBER ? relation : ONE_NAME);
        asking->all[relation] += probability;
        if (of_two) asking->of_two_names[relation] += probability;
    }
    return PADAN_OK;
}

/* In the serial, of the pairs of two names. */
static double count_slips(const struct asking *asking)
{
    return asking->of_two_names[SLIP_BEFORE_SERIAL] * SERIAL_DIGITS / (NIK_DIGITS - SERIAL_DIGITS);
}

/* Of those who are born together, how many are more than slips make, where that is beyond what one pair makes of it. */
static double count_twins(const struct asking *asking)
{
    const double together = asking->of_two_names[BORN_TOGETHER];
    const double twins = together - count_slips(asking);
    return twins - 1 > MOSTLY_TWINS * together ? twins : 0;
}

/* Twins whose numbers are damaged, or missing, as often as those of matches are. */
static double count_damaged(const struct asking *asking, double twins)
{
    return twins * (asking->all[SLIP_BEFORE_SERIAL] + asking->all[OTHER_NUMBER]) / fmax(asking->all[SAME_NUMBER], 1);
}

/* --- keeping them apart --- */

/* Those who are born together are no matches; of the others with two numbers and two names, so many are none. */
static void put_probabilities(const struct asking *asking, double n_damaged)
{
    struct pd_zero *zero = asking->zero;
    const double others = asking->of_two_names[SLIP_BEFORE_SERIAL] + asking->of_two_names[OTHER_NUMBER];
    const double share = fmax(1 - n_damaged / fmax(others, 1), 0);
    for (size_t i = 0; i < zero->edges.n_edges; i++) {
        if (asking->relations[i] == BORN_TOGETHER) {
            zero->estimate.probabilities[i] = 0;
            zero->estimate.weights[i] += log2(APART_RATIO);
        } else if (asking->relations[i] > BORN_TOGETHER) {
            zero->estimate.probabilities[i] *= share;
        }
    }
}

static enum padan_status put_level(const struct asking *asking, struct padan_error *error)
{
    struct pd_auto_comparisons *comparisons = &asking->zero->comparisons;
    const size_t number = comparisons->list[asking->number].profile;
    for (size_t c = 0; c < comparisons->n; c++)
        if (comparisons->list[c].profile == number)
            comparisons->list[c].partner = (int)comparisons->list[asking->name].profile;
    return pd_zero_put_level_apart(asking->zero, APART_RATIO, error);
}

static void say(const struct asking *asking, double twins, double n_damaged)
{
    const struct pd_zero *zero = asking->zero;
    const size_t name = zero->comparisons.list[asking->name].profile;
    pd_append_format(zero->said,
                     "twins              of the expected matches with another %.*s, %.0f have a number of the same "
                     "district and birth date, where slips of the pen make %.1f: %.0f are twins, who are kept apart; "
                     "among the pairs whose numbers differ otherwise %.1f more are expected\n",
                     PD_TEXT_ARGS(zero->profiles.columns[name].name), asking->of_two_names[BORN_TOGETHER],
                     count_slips(asking), twins, n_damaged);
}

enum padan_status pd_zero_try_twins(struct pd_zero *zero, const struct pd_zero_doubt *doubt, struct padan_error *error)
{
    struct asking asking = { .zero = zero };
    bool has = false;
    if (doubt->kind != PD_DOUBT_NONE || !zero->data.inside) return PADAN_OK;
    PD_TRY(find_columns(&asking, &has, error));
    if (!has) return PADAN_OK;
    PD_TRY(ask(&asking, error));
    const double twins = count_twins(&asking);
    if (twins <= 0) return PADAN_OK;
    const double n_damaged = count_damaged(&asking, twins);
    put_probabilities(&asking, n_damaged);
    PD_TRY(put_level(&asking, error));
    say(&asking, twins, n_damaged);
    return pd_zero_judge_again(zero, error);
}
