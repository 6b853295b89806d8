/* SPDX-License-Identifier: MIT
 * Chances by decile are set so that the programs have their sizes of 2026 relative to the nation (PKH 10 of 94.5 M
 * families, Sembako 18.3, BLT-Desa 1.8; PBI-JK 96.8 of 288 M people, PIP 21.1) and that 2.4 % of recipients are above
 * the cut and 5.3 % not in the registry (E26). */
#include "generate/benefit.h"

#include "generate/row.h"

const struct pd_dataset_facts pd_dataset_facts[PD_N_DATASETS] = {
    [PD_REGISTER] = { .name = "kependudukan" },
    [PD_REGISTRY] = { .name = "dtsen" },
    [PD_PKH] = { "pkh", "PKH", true, 4, 1, { "2026-T4", NULL }, "2026-T3", { "4", NULL }, "3", 10, 3, 7 },
    [PD_SEMBAKO] = { "sembako",
                     "SEMBAKO",
                     true,
                     5,
                     2,
                     { "2026-10", "2026-11" },
                     "2026-09",
                     { "10", "11" },
                     "9",
                     10,
                     1,
                     9 },
    [PD_BLT_DESA] = { "blt_desa",
                      "BLT-DESA",
                      true,
                      4,
                      2,
                      { "2026-10", "2026-11" },
                      "2026-09",
                      { "10", "11" },
                      "9",
                      10,
                      1,
                      9 },
    [PD_PROVINSI] = { "provinsi",
                      "BANSOS-PROVINSI",
                      true,
                      5,
                      1,
                      { "2026-T4", NULL },
                      "2026-T3",
                      { "4", NULL },
                      "3",
                      10,
                      3,
                      7 },
    [PD_PBI_JK] = { "pbi_jk",
                    "PBI-JK",
                    false,
                    5,
                    2,
                    { "2026-10", "2026-11" },
                    "2026-09",
                    { "10", "11" },
                    "9",
                    10,
                    1,
                    9 },
    [PD_PIP] = { "pip", "PIP", false, 5, 1, { "2026-T4", NULL }, "2026-T3", { "4", NULL }, "3", 10, 3, 7 },
    [PD_ASN] = { .name = "asn" },
};

/* What depends on the regime (DOMAIN 9.2). */
struct rates {
    double twice;      /* E5 */
    double dead;       /* E22: rows whose person is dead */
    double missing;    /* E25: members missing from the registry, of those that are in it */
    double overlapped; /* E27: share of local recipients who have PKH or Sembako */
};

static struct rates rates_of(enum pd_regime regime)
{
    static const struct rates rates[] = { [PD_REGIME_LAMA] = { 0.010, 0.010, 0.183, 0 },
                                          [PD_REGIME_BARU] = { 0.0002, 0.003, 0.010, 0 },
                                          [PD_REGIME_DAERAH] = { 0.054, 0.015, 0.010, 0.20 } };
    return rates[regime];
}

static bool chance(struct pd_random *random, double probability)
{
    return pd_random_unit(random) < probability;
}

bool pd_pkh_category(const struct pd_household *household, unsigned members, int32_t day)
{
    for (int i = 0; i < household->n_members; i++) {
        const struct pd_member *member = &household->members[i];
        if ((members >> i & 1) == 0 || (member->status == PD_DEAD && member->death_day < day)) continue;
        if (member->age <= 18 || member->age >= 60) return true;
    }
    return false;
}

struct deciding {
    const struct pd_truth *truth;
    const struct pd_household *household;
    struct pd_benefits *benefits;
    struct rates rates;
    struct pd_random random;
};

/* About one in n of those who would be recipients is dead: the share of them that stays listed. */
static bool stays_listed(struct deciding *deciding, double dead_share)
{
    return chance(&deciding->random, deciding->rates.dead / dead_share);
}

/* A dead recipient stays, or another adult takes over; -1 when there is none. */
static int living_recipient(struct deciding *deciding, int member)
{
    enum { ADULT = 17 };
    const struct pd_household *household = deciding->household;
    const bool stays = stays_listed(deciding, 0.024);
    if (household->members[member].status != PD_DEAD || stays) return member;
    for (int i = 0; i < household->n_members; i++)
        if (household->members[i].status != PD_DEAD && household->members[i].age >= ADULT) return i;
    return -1;
}

/* The wife, or the woman who heads the family; else the head. */
static int mother_of_family(const struct pd_household *household)
{
    for (int i = 0; i < household->n_members; i++)
        if (household->members[i].relation == PD_WIFE) return i;
    return 0;
}

static void give_family(struct deciding *deciding, enum pd_dataset program, int member)
{
    const int recipient = living_recipient(deciding, member);
    if (recipient < 0) return;
    deciding->benefits->recipient[program] = (int8_t)recipient;
    deciding->benefits->members[program] = (uint8_t)(1 << recipient);
}

static bool has(const struct deciding *deciding, enum pd_dataset program)
{
    return deciding->benefits->members[program] != 0;
}

static void decide_national(struct deciding *deciding)
{
    static const double pkh[] = { 0.55, 0.44, 0.30, 0.18, 0.012, 0.009, 0.006, 0.004, 0.002, 0.001 };
    static const double sembako[] = { 0.51, 0.38, 0.23, 0.14, 0.11, 0.022, 0.014, 0.008, 0.005, 0.003 };
    const struct pd_household *household = deciding->household;
    const int decile = household->decile - 1;
    const double first = pd_random_unit(&deciding->random), second = pd_random_unit(&deciding->random);
    const bool wife_collects = chance(&deciding->random, 0.6);
    const bool eligible = pd_pkh_category(household, 0xff, INT32_MAX);
    if (first < (eligible ? pkh[decile] : 0.01 * pkh[decile]))
        give_family(deciding, PD_PKH, mother_of_family(household));
    if (second < (has(deciding, PD_PKH) ? 0.88 : sembako[decile]))
        give_family(deciding, PD_SEMBAKO, wife_collects ? mother_of_family(household) : 0);
}

/* A share of the local recipients already has a national program (E27): with p of all families having one, that is
 * rate * share / p among them and rate * (1 - share) / (1 - p) among the rest. */
static double local_rate(const struct deciding *deciding, double rate, const double by_decile[10])
{
    const double share = deciding->rates.overlapped, covered = 0.215;
    if (has(deciding, PD_PKH) || has(deciding, PD_SEMBAKO)) return rate * share / covered;
    return by_decile[deciding->household->decile - 1] * rate * (1 - share) / (1 - covered);
}

static void decide_local(struct deciding *deciding)
{
    /* means over the families without a national program are about 1 */
    static const double desa[] = { 4.9, 4.3, 3.5, 2.8, 0.25, 0.10, 0.05, 0.03, 0.02, 0.01 };
    static const double province[] = { 3.3, 3.3, 2.8, 2.5, 2.3, 0.10, 0.06, 0.04, 0.02, 0.01 };
    const struct pd_household *household = deciding->household;
    const bool is_desa = deciding->truth->places->villages[household->village].code / 1000 % 10 != 1;
    const double first = pd_random_unit(&deciding->random), second = pd_random_unit(&deciding->random);
    if (is_desa && first < local_rate(deciding, 0.025, desa)) give_family(deciding, PD_BLT_DESA, 0);
    if (second < local_rate(deciding, 0.03, province) &&
        (!has(deciding, PD_BLT_DESA) || deciding->rates.overlapped > 0))
        give_family(deciding, PD_PROVINSI, 0);
}

static void give_person(struct deciding *deciding, enum pd_dataset program, int member)
{
    const bool dead = deciding->household->members[member].status == PD_DEAD;
    if (!dead || stays_listed(deciding, 0.0205)) deciding->benefits->members[program] |= (uint8_t)(1 << member);
}

static void decide_persons(struct deciding *deciding)
{
    static const double pbi[] = { 0.95, 0.87, 0.74, 0.56, 0.30, 0.024, 0.020, 0.017, 0.014, 0.012 };
    static const double pip[] = { 0.84, 0.75, 0.63, 0.48, 0.29, 0.015, 0.012, 0.010, 0.008, 0.006 };
    const struct pd_household *household = deciding->household;
    const bool insured = chance(&deciding->random, pbi[household->decile - 1]);
    for (int i = 0; i < household->n_members; i++) {
        const int age = household->members[i].age;
        const bool pupil = chance(&deciding->random, pip[household->decile - 1]);
        const bool drawn = chance(&deciding->random, 0.96);
        if (insured && drawn && !household->members[i].civil_servant) give_person(deciding, PD_PBI_JK, i);
        if (pupil && age >= 6 && age <= 20) give_person(deciding, PD_PIP, i);
    }
}

static void decide_registers(struct deciding *deciding)
{
    const struct pd_household *household = deciding->household;
    struct pd_benefits *benefits = deciding->benefits;
    /* Heads, a third of all members, are never missing. */
    const double missing = deciding->rates.missing / (1 + deciding->rates.missing) * 1.49;
    for (int i = 0; i < household->n_members; i++) {
        const double listed = pd_random_unit(&deciding->random);
        const bool stays = stays_listed(deciding, 0.0205);
        benefits->members[PD_REGISTER] |= (uint8_t)(1 << i);
        const bool dead = household->members[i].status == PD_DEAD && !stays;
        if (household->registered && !dead && (i == 0 || listed >= missing))
            benefits->members[PD_REGISTRY] |= (uint8_t)(1 << i);
        if (household->members[i].civil_servant) benefits->members[PD_ASN] |= (uint8_t)(1 << i);
    }
}

/* Rows beside the plain one. */
static void decide_extras(struct deciding *deciding, enum pd_dataset dataset)
{
    struct pd_benefits *benefits = deciding->benefits;
    const bool family = pd_dataset_facts[dataset].family;
    for (int i = 0; i < deciding->household->n_members; i++) {
        const double twice = pd_random_unit(&deciding->random), earlier = pd_random_unit(&deciding->random);
        const uint8_t bit = (uint8_t)(1 << i);
        if ((benefits->members[dataset] & bit) == 0) continue;
        if (twice < deciding->rates.twice) benefits->twice[dataset] |= bit;
        if (dataset < PD_FIRST_PROGRAM) continue;
        if (earlier < 0.03) benefits->earlier[dataset] |= bit;
        if (earlier > 0.99) benefits->failed[dataset] |= bit;
        const int other = i == 0 ? 1 : 0;
        if (family && twice > 1 - deciding->rates.twice / 4 && other < deciding->household->n_members &&
            deciding->household->members[other].status != PD_DEAD && deciding->household->members[other].age >= 17)
            benefits->other[dataset] = (int8_t)other;
    }
}

static void forget(struct pd_benefits *benefits, enum pd_dataset dataset, uint8_t keep)
{
    benefits->members[dataset] &= keep;
    benefits->twice[dataset] &= keep;
    benefits->earlier[dataset] &= keep;
    benefits->failed[dataset] &= keep;
    if (benefits->members[dataset] != 0) return;
    benefits->recipient[dataset] = benefits->other[dataset] = -1;
}

/* What one later night changed: rows that are gone and rows that are new. */
static void change_overnight(struct deciding *deciding, int night)
{
    const struct pd_household *household = deciding->household;
    deciding->random =
        pd_stream_of(deciding->truth, PD_STREAM_BENEFIT_NIGHT, household->number * 1024 + (uint64_t)night);
    for (int program = PD_FIRST_PROGRAM; program < PD_END_PROGRAM; program++) {
        const bool family = pd_dataset_facts[program].family;
        for (int i = 0; i < household->n_members; i++) {
            const double point = pd_random_unit(&deciding->random);
            const uint8_t bit = (uint8_t)(1 << i);
            if ((deciding->benefits->members[program] & bit) != 0) {
                if (point < 0.01) forget(deciding->benefits, (enum pd_dataset)program, (uint8_t)~bit);
            } else if (point > 0.998 && household->decile <= pd_dataset_facts[program].cut &&
                       household->members[i].status != PD_DEAD &&
                       (!family || (i == 0 && !has(deciding, (enum pd_dataset)program)))) {
                if (program == PD_PIP && (household->members[i].age < 6 || household->members[i].age > 20)) continue;
                deciding->benefits->members[program] |= bit;
                if (family) deciding->benefits->recipient[program] = (int8_t)i;
            }
        }
    }
}

void pd_benefits_make(const struct pd_truth *truth, const struct pd_household *household, struct pd_benefits *benefits)
{
    *benefits = (struct pd_benefits){ 0 };
    for (int i = 0; i < PD_N_DATASETS; i++) benefits->recipient[i] = benefits->other[i] = -1;
    struct deciding deciding = { truth, household, benefits, rates_of(truth->regime),
                                 pd_stream_of(truth, PD_STREAM_BENEFIT, household->number) };
    decide_national(&deciding);
    decide_local(&deciding);
    decide_persons(&deciding);
    decide_registers(&deciding);
    for (int dataset = PD_REGISTRY; dataset < PD_END_PROGRAM; dataset++)
        decide_extras(&deciding, (enum pd_dataset)dataset);
    for (int night = 2; night <= truth->night; night++) change_overnight(&deciding, night);
}

size_t pd_benefits_entries(const struct pd_household *household, const struct pd_benefits *benefits,
                           enum pd_dataset dataset, uint64_t entries[PD_ENTRIES_MAX])
{
    size_t n = 0;
    const uint64_t k = household->number;
    for (int i = 0; i < household->n_members; i++) {
        if ((benefits->members[dataset] >> i & 1) == 0) continue;
        entries[n++] = pd_entry(k, i, PD_ENTRY_PAID);
        if ((benefits->twice[dataset] >> i & 1) != 0) entries[n++] = pd_entry(k, i, PD_ENTRY_TWICE);
        if (pd_dataset_facts[dataset].n_periods > 1) entries[n++] = pd_entry(k, i, PD_ENTRY_NEXT);
        if ((benefits->earlier[dataset] >> i & 1) != 0) entries[n++] = pd_entry(k, i, PD_ENTRY_EARLIER);
        if ((benefits->failed[dataset] >> i & 1) != 0) entries[n++] = pd_entry(k, i, PD_ENTRY_FAILED);
    }
    if (benefits->other[dataset] >= 0) entries[n++] = pd_entry(k, benefits->other[dataset], PD_ENTRY_OTHER);
    return n;
}

/* ---- money and time ---- */

static int64_t pkh_amount(const struct pd_household *household)
{
    int64_t year = 0;
    int n = 0;
    for (int i = 0; i < household->n_members && n < 4; i++) {
        const int age = household->members[i].age;
        const int64_t part = age <= 6 ? 3000000 : age <= 12 ? 900000 : age <= 15 ? 1500000 : age <= 18 ? 2000000 : 0;
        year += age >= 60 ? 2400000 : part;
        n += part > 0 || age >= 60;
    }
    return year > 0 ? year / 4 : 225000;
}

static int64_t pip_amount(const struct pd_member *member)
{
    const int age = member->age;
    return age <= 12 ? 450000 : age <= 15 ? 750000 : 1800000;
}

int64_t pd_amount(const struct pd_truth *truth, const struct pd_household *household, enum pd_dataset dataset,
                  uint64_t entry)
{
    (void)truth;
    switch (dataset) {
    case PD_PKH: return pkh_amount(household);
    case PD_SEMBAKO: return 200000;
    case PD_BLT_DESA: return 300000;
    case PD_PROVINSI: return 500000;
    case PD_PBI_JK: return 42000;
    case PD_PIP: return pip_amount(&household->members[pd_entry_member(entry)]);
    default: return 0;
    }
}

int32_t pd_period_begin(enum pd_dataset dataset, enum pd_entry_kind kind)
{
    const struct pd_dataset_facts *facts = &pd_dataset_facts[dataset];
    const int month = kind == PD_ENTRY_EARLIER ? facts->earlier_month : facts->first_month + (kind == PD_ENTRY_NEXT);
    return pd_date_from_civil(2026, month, 1);
}
