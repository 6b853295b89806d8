/* SPDX-License-Identifier: MIT */
#include "generate/person.h"

#include "generate/address_words.h"

/* ---- names ---- */

static bool has_clans(enum pd_people people)
{
    return people == PD_BATAK || people == PD_EAST || people == PD_MINAHASA || people == PD_CHINESE;
}

static struct pd_text last_word(const struct pd_name *name)
{
    struct pd_text words[16];
    const size_t n = pd_name_words(pd_name_text(name), words, 16);
    return n > 0 ? words[n - 1] : PD_TEXT("");
}

/* Puts another word in place of the last one, or adds it to a name of one word. */
static void end_with(struct pd_name *name, struct pd_text word)
{
    struct pd_text words[16];
    struct pd_name result = { 0 };
    const size_t n = pd_name_words(pd_name_text(name), words, 16);
    for (size_t i = 0; i < n && (i + 1 < n || n == 1); i++) (void)pd_name_add(&result, words[i]);
    if (pd_name_add(&result, word) && result.length <= PD_NAME_LONGEST) *name = result;
}

static void draw_name(const struct pd_truth *truth, const struct pd_names *names, const struct pd_household *household,
                      int member, struct pd_name *name)
{
    struct pd_random random = pd_stream_of(truth, PD_STREAM_NAME, household->number * 64 + (uint64_t)member);
    const struct pd_member *person = &household->members[member];
    pd_name_draw(names, &random, household->people, person->sex, person->birth_year, name);
}

/* First names of twins. sexes: 0 brothers, 1 sisters, 2 elder sister and brother, 3 elder brother and sister. */
static const struct twins {
    struct pd_text elder, younger;
    int sexes;
} twins[] = {
    { PD_TEXT("HASAN"), PD_TEXT("HUSEN"), 0 },   { PD_TEXT("RAMA"), PD_TEXT("RAMI"), 0 },
    { PD_TEXT("DIKA"), PD_TEXT("DIKI"), 0 },     { PD_TEXT("FAHRI"), PD_TEXT("FAHRU"), 0 },
    { PD_TEXT("RIZKI"), PD_TEXT("RIZKA"), 3 },   { PD_TEXT("DEWI"), PD_TEXT("DEWA"), 2 },
    { PD_TEXT("RANI"), PD_TEXT("RINI"), 1 },     { PD_TEXT("INTAN"), PD_TEXT("INDAH"), 1 },
    { PD_TEXT("SALWA"), PD_TEXT("SALMA"), 1 },   { PD_TEXT("NISA"), PD_TEXT("NISYA"), 1 },
    { PD_TEXT("ADITYA"), PD_TEXT("ADINDA"), 3 }, { PD_TEXT("PUTRI"), PD_TEXT("PUTRA"), 2 },
};
enum { N_TWINS = sizeof twins / sizeof *twins };

/* Two twins in three get names of this table, the others change a vowel. */
static const struct twins *twins_of(const struct pd_household *household, int elder, int younger)
{
    const uint64_t mixed = pd_mix64(household->number);
    const int one = household->members[elder].sex, other = household->members[younger].sex;
    const int sexes = one == other ? one : one == 1 ? 2 : 3;
    if (mixed % 3 == 0) return NULL;
    size_t at = mixed / 3 % N_TWINS;
    while (twins[at].sexes != sexes) at = (at + 1) % N_TWINS;
    return &twins[at];
}

static void begin_with(struct pd_name *name, struct pd_text word)
{
    struct pd_text words[16];
    struct pd_name result = { 0 };
    const size_t n = pd_name_words(pd_name_text(name), words, 16);
    (void)pd_name_add(&result, word);
    for (size_t i = 1; i < n; i++) (void)pd_name_add(&result, words[i]);
    if (result.length <= PD_NAME_LONGEST) *name = result;
}

/* RINA -> RINI; false when there is no vowel after the first letter. */
static bool changes_vowel(char *letters, size_t length)
{
    for (size_t i = length; i-- > 1;) {
        if (letters[i] == 'A')
            letters[i] = 'I';
        else if (letters[i] == 'I')
            letters[i] = 'A';
        else if (letters[i] == 'O')
            letters[i] = 'I';
        else if (letters[i] == 'E')
            letters[i] = 'A';
        else if (letters[i] == 'U')
            letters[i] = 'O';
        else
            continue;
        return true;
    }
    return false;
}

/* The first word that a person is called by changes a vowel: NUR RINA -> NUR RINI, never NOR RINA. */
static bool rhymes(struct pd_name *name)
{
    static const char *const common[] = { "NUR",     "NOR",     "SRI",      "SITI",     "SITTI",    "MUHAMMAD",
                                          "MUHAMAD", "MOHAMAD", "MOHAMMAD", "MOCHAMAD", "MUCHAMAD", "MUCHAMMAD",
                                          "MOH",     "AHMAD",   "ACHMAD",   "AKHMAD",   "ABDUL",    "DWI",
                                          "TRI",     "NENG",    "ANDI",     "TEUKU",    "CUT",      "LALU",
                                          "BAIQ",    "IDA" };
    struct pd_text words[16];
    const size_t n = pd_name_words(pd_name_text(name), words, 16);
    for (size_t i = 0; i < n; i++) {
        bool is_common = words[i].length < 3;
        for (size_t j = 0; j < sizeof common / sizeof *common; j++)
            is_common |= pd_text_equal(words[i], pd_text_of(common[j]));
        if (!is_common) return changes_vowel(name->text + (words[i].data - name->text), words[i].length);
    }
    return false;
}

static void name_child(const struct pd_truth *truth, const struct pd_names *names, const struct pd_household *household,
                       int member, struct pd_name *name)
{
    const struct pd_member *person = &household->members[member];
    struct pd_random random = pd_stream_of(truth, PD_STREAM_NAME, household->number * 64 + 32 + (uint64_t)member);
    const double point = pd_random_unit(&random);
    const bool clan = has_clans(household->people);
    if (person->father < 0 || !(clan || point < 0.16)) return;
    struct pd_name father;
    pd_person_name(truth, names, household, person->father, &father);
    const struct pd_text word = last_word(&father);
    if (word.length > 2) end_with(name, word);
}

void pd_person_name(const struct pd_truth *truth, const struct pd_names *names, const struct pd_household *household,
                    int member, struct pd_name *name)
{
    const struct pd_member *person = &household->members[member];
    if (person->named_as >= 0) {
        pd_person_name(truth, names, household, person->named_as, name);
        return;
    }
    if (person->twin_of >= 0) {
        const struct twins *pair = twins_of(household, person->twin_of, member);
        pd_person_name(truth, names, household, person->twin_of, name);
        if (pair != NULL)
            begin_with(name, pair->younger);
        else if (!rhymes(name))
            (void)pd_name_add(name, PD_TEXT("ADI"));
        return;
    }
    draw_name(truth, names, household, member, name);
    if (person->relation == PD_CHILD) name_child(truth, names, household, member, name);
    if (member + 1 < household->n_members && household->members[member + 1].twin_of == member) {
        const struct twins *pair = twins_of(household, member, member + 1);
        if (pair != NULL) begin_with(name, pair->elder);
    }
}

void pd_person_mother(const struct pd_truth *truth, const struct pd_names *names, const struct pd_household *household,
                      int member, struct pd_name *name)
{
    const struct pd_member *person = &household->members[member];
    if (person->mother >= 0) {
        pd_person_name(truth, names, household, person->mother, name);
        return;
    }
    /* Siblings have one mother; everybody else their own. */
    const int whose = person->relation == PD_CHILD ? PD_MEMBERS_MAX : member;
    struct pd_random random = pd_stream_of(truth, PD_STREAM_NAME, household->number * 64 + 16 + (uint64_t)whose);
    pd_name_draw(names, &random, household->people, 1, person->birth_year - 26, name);
}

/* ---- places ---- */

static void copy_text(struct pd_text text, char *out, size_t size)
{
    if (text.length >= size) text.length = size - 1;
    memcpy(out, text.data, text.length);
    out[text.length] = '\0';
}

void pd_person_birth_place(const struct pd_truth *truth, const struct pd_household *household, int member, char *place,
                           size_t size)
{
    const struct pd_member *person = &household->members[member];
    const struct pd_district *district = &truth->places->districts[person->birth_district];
    const bool by_district = pd_mix64(household->number * 16 + (uint64_t)member + truth->seed) % 100 < 8;
    copy_text(by_district ? district->name : truth->places->regencies[district->regency].name, place, size);
}

struct words {
    char *out;
    size_t size, length;
};

static void add_word(struct words *words, struct pd_text text)
{
    if (words->length + text.length + 2 > words->size) return;
    if (words->length > 0) words->out[words->length++] = ' ';
    memcpy(words->out + words->length, text.data, text.length);
    words->length += text.length;
    words->out[words->length] = '\0';
}

static void add_number(struct words *words, uint64_t number)
{
    char digits[8];
    size_t n = sizeof digits;
    do digits[--n] = (char)('0' + number % 10);
    while ((number /= 10) > 0 && n > 0);
    add_word(words, (struct pd_text){ digits + n, sizeof digits - n });
}

/* A town (kelurahan: the village's own number starts with 1) has streets, a desa has hamlets. */
void pd_person_address(const struct pd_truth *truth, const struct pd_household *household, bool old, char *address,
                       size_t size)
{
    const uint32_t village = old ? household->old_village : household->village;
    const unsigned rw = old ? household->old_rw : household->rw;
    const struct pd_village *place = &truth->places->villages[village];
    struct pd_random random = pd_stream_of(truth, PD_STREAM_ADDRESS, household->number * 2 + old);
    const uint64_t desa = pd_mix64(place->code);
    struct words words = { address, size, 0 };
    address[0] = '\0';
    const double point = pd_random_unit(&random);
    if (place->code / 1000 % 10 == 1) {
        if (point < 0.85) {
            add_word(&words, PD_TEXT("JALAN"));
            add_word(&words, pd_street_word((desa >> 8) + pd_random_below(&random, 14)));
            if (point < 0.3) {
                add_word(&words, PD_TEXT("GANG"));
                add_word(&words, pd_hamlet_word(pd_random_below(&random, 40)));
            }
        } else {
            add_word(&words, PD_TEXT("PERUMAHAN"));
            add_word(&words, pd_hamlet_word((desa >> 16) + pd_random_below(&random, 3)));
            add_word(&words, PD_TEXT("BLOK"));
            add_word(&words, pd_text_slice(PD_TEXT("ABCDEFGHJK"), (size_t)(point * 1000) % 10,
                                           (size_t)(point * 1000) % 10 + 1));
        }
        add_word(&words, PD_TEXT("NOMOR"));
        add_number(&words, 1 + pd_random_below(&random, 160));
        return;
    }
    if (point < 0.12) {
        add_word(&words, place->name);
        return;
    }
    add_word(&words, pd_hamlet_kind(pd_place_province(truth->places, village)));
    add_word(&words, pd_hamlet_word(desa + rw * 7));
}
