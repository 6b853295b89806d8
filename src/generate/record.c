/* SPDX-License-Identifier: MIT
 * What the truth would write, then what happened to it on the way into the file. Two rows of one person in a file are
 * the same text (another month, a payment tried again) unless the person was listed twice. */
#include "base/prefetch.h"
#include "generate/nation.h"

#include "generate/damage.h"
#include "generate/person.h"

/* Years between the last look at where people live and the file (E21). */
static double age_of_file(enum pd_regime regime)
{
    return regime == PD_REGIME_LAMA ? 3 : regime == PD_REGIME_BARU ? 0.25 : 1;
}

static bool knows_old_place(const struct pd_nation *nation, const struct pd_record *record)
{
    if (record->dataset == PD_REGISTER || record->dataset == PD_ASN) return false;
    if (record->household.old_village == PD_PLACE_NONE) return false;
    return record->household.move_day >
           nation->truth.reference_day - (int32_t)(age_of_file(nation->truth.regime) * 365);
}

static void write_digits(char *out, uint64_t number)
{
    for (int i = 15; i >= 0; i--, number /= 10) out[i] = (char)('0' + number % 10);
    out[16] = '\0';
}

/* The truth's NIK of the person of an entry. */
static uint64_t entry_nik(const struct pd_nation *nation, uint64_t entry)
{
    return nation->numbers
        .nik[nation->numbers.first_person[pd_entry_household(entry)] + (uint64_t)pd_entry_member(entry)];
}

static void write_truth(const struct pd_nation *nation, struct pd_record *record)
{
    struct pd_row *row = &record->row;
    const struct pd_household *household = &record->household;
    const struct pd_member *person = pd_record_person(record);
    const bool old = knows_old_place(nation, record);
    write_digits(row->nik, entry_nik(nation, record->entry));
    write_digits(row->kk, nation->numbers.kk[household->number]);
    pd_person_name(&nation->truth, &nation->names, household, record->member, &row->name);
    pd_person_mother(&nation->truth, &nation->names, household, record->member, &row->mother);
    pd_person_birth_place(&nation->truth, household, record->member, row->birth_place, sizeof row->birth_place);
    pd_person_address(&nation->truth, household, old, row->address, sizeof row->address);
    row->birth_day = person->birth_day;
    row->sex = person->sex == 1 ? 'P' : 'L';
    row->rt = old ? household->old_rt : household->rt;
    row->rw = old ? household->old_rw : household->rw;
    row->village = nation->places.villages[old ? household->old_village : household->village].code;
    row->errors = person->errors | (old ? pd_error_bit(21) : 0);
}

/* Errors that are facts about the row: who is paid although they should not be. */
static uint32_t errors_of_entry(const struct pd_nation *nation, const struct pd_record *record)
{
    const struct pd_household *household = &record->household;
    const enum pd_dataset dataset = record->dataset;
    uint32_t errors = 0;
    if (dataset == PD_REGISTER || dataset == PD_ASN) return 0;
    if (pd_record_person(record)->status == PD_DEAD) errors |= pd_error_bit(22);
    struct pd_benefits benefits;
    pd_benefits_make(&nation->truth, household, &benefits);
    if ((benefits.twice[dataset] >> record->member & 1) != 0 && record->kind != PD_ENTRY_OTHER)
        errors |= pd_error_bit(5);
    if (dataset < PD_FIRST_PROGRAM) return errors;
    if (household->decile > pd_dataset_facts[dataset].cut || !household->registered) errors |= pd_error_bit(26);
    if ((dataset == PD_BLT_DESA || dataset == PD_PROVINSI) &&
        (benefits.members[PD_PKH] != 0 || benefits.members[PD_SEMBAKO] != 0))
        errors |= pd_error_bit(27);
    return errors;
}

/* Some other row of the dataset, whose NIK a K2 error (E4) borrows; the entry itself when there is no other. */
static uint64_t any_lender(const struct pd_nation *nation, enum pd_dataset dataset, uint64_t entry)
{
    const uint64_t n = nation->n_entries[dataset];
    struct pd_random random = pd_stream_of(&nation->truth, PD_STREAM_ORDER, entry >> 4);
    for (int tries = 0; tries < 8; tries++) {
        const uint64_t lender = nation->entries[dataset][pd_random_below(&random, n)];
        if (lender >> 4 != entry >> 4 && pd_entry_kind(lender) == PD_ENTRY_PAID) return lender;
    }
    return entry;
}

/* Whose NIK the row may get by error (E4). Numbers of the register are never damaged, so nothing is borrowed. */
static uint64_t lender_for(const struct pd_nation *nation, enum pd_dataset dataset, uint64_t entry)
{
    return pd_kind_of(dataset) == PD_FILE_REGISTER ? entry : any_lender(nation, dataset, entry);
}

enum pd_file_kind pd_kind_of(enum pd_dataset dataset)
{
    if (dataset == PD_REGISTER || dataset == PD_ASN) return PD_FILE_REGISTER;
    if (dataset == PD_REGISTRY) return PD_FILE_REGISTRY;
    return pd_dataset_facts[dataset].family ? PD_FILE_ROSTER_FAMILY : PD_FILE_ROSTER_PERSON;
}

static void damage(const struct pd_nation *nation, struct pd_record *record)
{
    const struct pd_household *household = &record->household;
    const uint64_t copy = record->kind == PD_ENTRY_TWICE ? 1 : record->kind == PD_ENTRY_OTHER ? 2 : 0;
    const uint64_t row_number = (household->number * 8 + (uint64_t)record->member) * 4 + copy;
    struct pd_random random = pd_stream_of(&nation->truth, PD_STREAM_ROW, row_number * 16 + (uint64_t)record->dataset);
    const enum pd_file_kind kind = pd_kind_of(record->dataset);
    const uint64_t other = entry_nik(nation, lender_for(nation, record->dataset, record->entry));
    const uint64_t head = nation->numbers.nik[nation->numbers.first_person[household->number]];
    const struct pd_damage_context context = {
        .regime = nation->truth.regime,
        .kind = kind,
        .head_nik = record->member == 0 ? 0 : head,
        .other_nik = other,
        .unknown_nik = pd_unknown_nik(&nation->numbers, other, pd_random_next(&random)),
        .old_kk = nation->numbers.old_kk[household->number],
        .reference_day = nation->truth.reference_day,
        .file_errors = nation->file_errors[record->dataset],
    };
    pd_damage_row(&context, &random, &record->row);
}

void pd_record_warm(const struct pd_nation *nation, enum pd_dataset dataset, const uint64_t *entries, size_t n)
{
    uint64_t lenders[PD_WARM_MOST];
    for (size_t i = 0; i < n; i++) {
        pd_prefetch(&nation->numbers.first_person[pd_entry_household(entries[i])]);
        lenders[i] = lender_for(nation, dataset, entries[i]);
    }
    for (size_t i = 0; i < n; i++) {
        pd_prefetch(&nation->numbers.first_person[pd_entry_household(lenders[i])]);
        pd_prefetch(&nation->numbers.nik[nation->numbers.first_person[pd_entry_household(entries[i])]]);
        pd_prefetch(&nation->numbers.kk[pd_entry_household(entries[i])]);
        pd_prefetch(&nation->numbers.old_kk[pd_entry_household(entries[i])]);
    }
    for (size_t i = 0; i < n; i++)
        pd_prefetch(&nation->numbers.nik[nation->numbers.first_person[pd_entry_household(lenders[i])]]);
}

void pd_record_make(const struct pd_nation *nation, enum pd_dataset dataset, uint64_t entry, struct pd_record *record)
{
    record->dataset = dataset;
    record->entry = entry;
    record->kind = pd_entry_kind(entry);
    record->member = pd_entry_member(entry);
    const uint64_t household = pd_entry_household(entry);
    record->unique_id =
        1 + pd_shuffled(&nation->identity[dataset], (household * 8 + (uint64_t)record->member) * 8 + (entry & 7));
    record->family = household + 1;
    record->entity = nation->numbers.first_person[household] + (uint64_t)record->member + 1;
    pd_household_make(&nation->truth, household, &record->household);
    write_truth(nation, record);
    record->row.errors |= errors_of_entry(nation, record);
    record->amount = pd_amount(&nation->truth, &record->household, dataset, entry);
    record->paid = pd_is_paid(record->kind);
    damage(nation, record);
}
