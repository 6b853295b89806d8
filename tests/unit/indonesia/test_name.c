/* SPDX-License-Identifier: MIT
 * Names are read as DOMAIN 2.2, 2.3 and 2.5 say. The names are made up from common tokens. */
#include "indonesia/name.h"

#include <criterion/criterion.h>

static struct pd_indonesia indonesia;

static void load(void)
{
    struct padan_error error = { PADAN_OK, "" };
    cr_assert_eq(pd_indonesia_load(&indonesia, &error), PADAN_OK, "%s", error.message);
}

static void unload(void)
{
    pd_indonesia_reset(&indonesia);
}

TestSuite(name, .init = load, .fini = unload);

struct reading {
    const char *text, *canonical;
    unsigned flags; /* of those below that are asked for */
};

enum { MONONYM = PD_NAME_MONONYM, TITLE = PD_NAME_TITLE, SHORT = PD_NAME_ABBREVIATED, INITIAL = PD_NAME_INITIAL };

static void expect_names(const struct reading *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct pd_name name;
        pd_name_read(&indonesia, pd_text_of(cases[i].text), &name);
        cr_expect(pd_text_equal(pd_name_canonical(&name), pd_text_of(cases[i].canonical)), "'%s' -> '%.*s', not '%s'",
                  cases[i].text, name.canonical_length, name.canonical, cases[i].canonical);
        cr_expect_eq(name.flags, cases[i].flags, "'%s' flags %x", cases[i].text, name.flags);
    }
}

Test(name, titles_go_from_the_edges_only)
{
    static const struct reading cases[] = {
        { "Hj. SITI AMINAH", "SITI AMINAH", TITLE },
        { "H. BUDI SANTOSO, S.Pd., M.M.", "BUDI SANTOSO", TITLE },
        { "BUDI SANTOSO SPD", "BUDI SANTOSO", TITLE },
        { "MARLINA S.SI", "MARLINA", TITLE | MONONYM },
        { "MARLINA, S.Si", "MARLINA", TITLE | MONONYM },
        { "MARLINA, S. PD", "MARLINA", TITLE | MONONYM },
        { "DRS.H.SUPARDI", "SUPARDI", TITLE | MONONYM },
        { "K.H. AHMAD DAHLAN", "AHMAD DAHLAN", TITLE },
        { "PROF. DR. IR. SUPRIYANTO, M.Sc., Ph.D", "SUPRIYANTO", TITLE | MONONYM },
        { "SUTRISNO (PURN)", "SUTRISNO", TITLE | MONONYM },
        { "HJH. SITI AMINAH", "SITI AMINAH", TITLE },
        { "BUDI HARTONO ST", "BUDI HARTONO", TITLE },
        { "SITI AMINAH BA", "SITI AMINAH", TITLE },
        { "AHMAD FAUZI LC MA", "AHMAD FAUZI", TITLE },
        { "SUTRISNO A.MD.KEB", "SUTRISNO", TITLE | MONONYM },
        { "SUPARDI H", "SUPARDI H", INITIAL },
        { "SUPARDI, H", "SUPARDI", TITLE | MONONYM },
        { "MUHAMMAD HABIB", "MUHAMMAD HABIB", 0 },
        { "SITI SH", "SITI SH", 0 },
        { "M.A. HASAN", "M A HASAN", INITIAL },
        { "BUDI ST", "BUDI ST", 0 },
        { "BUDI HARTONO, ST", "BUDI HARTONO", TITLE },
        { "HJ", "HJ", MONONYM },
        { "H", "H", MONONYM | INITIAL },
    };
    expect_names(cases, sizeof cases / sizeof *cases);
}

Test(name, abbreviations_are_written_out)
{
    static const struct reading cases[] = {
        { "MUH. YUSUF", "MUHAMMAD YUSUF", SHORT },
        { "Moch. Rizki", "MUHAMMAD RIZKI", SHORT },
        { "M. RIZKI", "M RIZKI", INITIAL },
        { "MOHAMAD RIZKI", "MUHAMMAD RIZKI", 0 },
        { "ACHMAD DJUEDI", "AHMAD DJUEDI", 0 },
        { "ST. AMINAH", "SITI AMINAH", SHORT },
        { "NOER HAYATI", "NUR HAYATI", 0 },
        { "I MD. SUDARMA", "I MADE SUDARMA", SHORT },
        { "MD. SUDARMA", "MUHAMMAD SUDARMA", SHORT },
        { "I GST. NGURAH RAI", "I GUSTI NGURAH RAI", SHORT },
        { "A.A. NGURAH", "ANAK AGUNG NGURAH", SHORT },
        { "IB. MANTRA", "IDA BAGUS MANTRA", SHORT },
        { "NI WYN. SARI", "NI WAYAN SARI", SHORT },
        { "F.X. HARSONO", "FRANSISKUS HARSONO", SHORT },
        { "I WAYAN SUDANA", "I WAYAN SUDANA", 0 },
        { "N", "N", MONONYM | INITIAL },
        { "B", "B", MONONYM | INITIAL },
    };
    expect_names(cases, sizeof cases / sizeof *cases);
}

/* Of the shape of a degree, and in no list. */
Test(name, unknown_degrees_are_told_by_their_dots)
{
    static const struct reading cases[] = {
        { "VIFIAS PURNOMO, S.ST.PI", "VIFIAS PURNOMO", TITLE },  { "VIFIAS PURNOMO S.ST.PI", "VIFIAS PURNOMO", TITLE },
        { "DEWI LESTARI, AMD.GZ", "DEWI LESTARI", TITLE },       { "DEWI LESTARI, S.XY., M.ZW", "DEWI LESTARI", TITLE },
        { "DEWI LESTARI M.NUR", "DEWI LESTARI M NUR", INITIAL }, { "DEWI, M.RIZKI", "DEWI M RIZKI", INITIAL },
        { "H.M.NUR SALIM", "M NUR SALIM", TITLE | INITIAL },     { "S.ST.PI", "S SITI PI", SHORT | INITIAL },
    };
    expect_names(cases, sizeof cases / sizeof *cases);
}

Test(name, muhammad_is_known_by_its_shape)
{
    static const struct reading cases[] = {
        { "MUHMD TEGAR", "MUHAMMAD TEGAR", SHORT },
        { "MOEHD UMUD", "MUHAMMAD UMUD", SHORT },
        { "MHM.JUMNO", "MUHAMMAD JUMNO", SHORT },
        { "MUHAM OVIN", "MUHAMMAD OVIN", SHORT },
        { "MUCHAMMEDT ALI", "MUHAMMAD ALI", 0 },
        { "MOHAMADRIDWAN", "MUHAMMAD RIDWAN", 0 },
        { "MAHMUD ALI", "MAHMUD ALI", 0 },
        { "MUHADI", "MUHADI", MONONYM },
        { "MUHDI ALI", "MUHDI ALI", 0 },
        { "MUHAJIR", "MUHAJIR", MONONYM },
        { "MUHAMMADIYAH", "MUHAMMADIYAH", MONONYM },
        { "MUHTAR", "MUHTAR", MONONYM },
    };
    expect_names(cases, sizeof cases / sizeof *cases);
}

Test(name, abdul_is_taken_apart)
{
    static const struct reading cases[] = {
        { "ABDURRAHMAN", "ABDUL RAHMAN", MONONYM },  { "ABDURAHMAN", "ABDUL RAHMAN", MONONYM },
        { "ABDUROHMAN", "ABDUL ROHMAN", MONONYM },   { "ABD. ROHMAN", "ABDUL ROHMAN", MONONYM | SHORT },
        { "ABDUL RAHMAN", "ABDUL RAHMAN", MONONYM }, { "ABDUSSALAM", "ABDUL SALAM", MONONYM },
        { "ABDUSSOMAD", "ABDUL SOMAD", MONONYM },    { "ABDULATIF", "ABDUL LATIF", MONONYM },
        { "ABDULAZIZ", "ABDUL AZIZ", MONONYM },      { "ABDULLAH", "ABDULLAH", MONONYM },
        { "ABDULLOH", "ABDULLAH", MONONYM },         { "ABDULLAH HASAN", "ABDULLAH HASAN", 0 },
        { "ABDUR RAHMAN", "ABDUL RAHMAN", MONONYM },
    };
    expect_names(cases, sizeof cases / sizeof *cases);
}

/* DOMAIN 2.4, O2 and O3. */
Test(name, old_spellings_that_no_key_knows_are_written_anew)
{
    static const struct reading cases[] = {
        { "JAHJA", "YAHYA", MONONYM },
        { "SAJOETI", "SAYUTI", MONONYM },
        { "HADI WIDJAJA", "HADI WIDJAYA", 0 },
        { "DJAJADI", "DJAYADI", MONONYM },
        { "DJAJANG", "DJAJANG", MONONYM },
        { "SOEHARJO", "SOEHARJO", MONONYM },
        { "MUHAMMAD RIDLO", "MUHAMMAD RIDHO", 0 },
        { "RAMADLAN", "RAMADHAN", MONONYM },
        { "FADLI", "FADLI", MONONYM },
        { "CHRISTINA SARI", "KRISTINA SARI", 0 },
    };
    expect_names(cases, sizeof cases / sizeof *cases);
}

Test(name, dirt_is_washed_off)
{
    static const struct reading cases[] = {
        { "  jum'at   ", "JUMAT", MONONYM },
        { "NUR-HAYATI", "NUR HAYATI", 0 },
        { "BUD1 SANT0SO", "BUDI SANTOSO", 0 },
        { "JOS\xc3\x89 MARIA", "JOSE MARIA", 0 },
        { "SITI\xc2\xa0"
          "AMINAH",
          "SITI AMINAH", 0 },
        { "-", "", 0 },
        { "NULL", "", 0 },
    };
    expect_names(cases, sizeof cases / sizeof *cases);
}

static void expect_parts(const char *text, const char *canonical, const char *alias, const char *father, unsigned flags)
{
    struct pd_name name;
    pd_name_read(&indonesia, pd_text_of(text), &name);
    cr_expect(pd_text_equal(pd_name_canonical(&name), pd_text_of(canonical)), "'%s' -> '%.*s'", text,
              name.canonical_length, name.canonical);
    cr_expect(pd_text_equal((struct pd_text){ name.alias, name.alias_length }, pd_text_of(alias)), "'%s' alias '%.*s'",
              text, name.alias_length, name.alias);
    cr_expect(pd_text_equal((struct pd_text){ name.father, name.father_length }, pd_text_of(father)),
              "'%s' father '%.*s'", text, name.father_length, name.father);
    cr_expect_eq(name.flags & (PD_NAME_ALM | PD_NAME_ALIAS | PD_NAME_FATHER), flags, "'%s' flags %x", text, name.flags);
}

Test(name, alias_and_father_are_kept_apart)
{
    expect_parts("AHMAD BIN SAID", "AHMAD", "", "SAID", PD_NAME_FATHER);
    expect_parts("SITI AMINAH BINTI H. YUSUF", "SITI AMINAH", "", "YUSUF", PD_NAME_FATHER);
    expect_parts("SITI BT AHMAD", "SITI", "", "AHMAD", PD_NAME_FATHER);
    expect_parts("SUPARMAN ALS. MAMAN", "SUPARMAN", "MAMAN", "", PD_NAME_ALIAS);
    expect_parts("SUPARMAN (MAMAN) SANTOSO", "SUPARMAN SANTOSO", "MAMAN", "", PD_NAME_ALIAS);
    expect_parts("SUPARMAN / MAMAN", "SUPARMAN", "MAMAN", "", PD_NAME_ALIAS);
    expect_parts("BIN", "BIN", "", "", 0);
}

Test(name, the_deceased_mark_counts_only_for_the_person)
{
    expect_parts("ALM. SUPARMAN", "SUPARMAN", "", "", PD_NAME_ALM);
    expect_parts("SUPARMAN (ALM)", "SUPARMAN", "", "", PD_NAME_ALM);
    expect_parts("SUPARMAN ALMARHUM BIN SAID", "SUPARMAN", "", "SAID", PD_NAME_ALM | PD_NAME_FATHER);
    expect_parts("SUPARMAN BIN ALM SAID", "SUPARMAN", "", "SAID", PD_NAME_FATHER);
    expect_parts("SUPARMAN BIN SAID (ALM)", "SUPARMAN", "", "SAID", PD_NAME_FATHER);
    expect_parts("SITI AMINAH BNTI ALM SAID", "SITI AMINAH", "", "SAID", PD_NAME_FATHER);
    expect_parts("SITI AMINAH BINYI ALM. SAID", "SITI AMINAH", "", "SAID", PD_NAME_FATHER);
    expect_parts("SUPARMAN BUN ALM SAID", "SUPARMAN", "", "SAID", PD_NAME_FATHER);
    expect_parts("SITI BUNTI ALM", "SITI BUNTI", "", "", PD_NAME_ALM);
    expect_parts("SUPARMAN ALM BIN SAID", "SUPARMAN", "", "SAID", PD_NAME_ALM | PD_NAME_FATHER);
    expect_parts("SITI BUDI ALM SAID", "SITI BUDI SAID", "", "", PD_NAME_ALM);
}

Test(name, very_long_names_are_cut_at_a_token)
{
    char text[2000];
    for (size_t i = 0; i < sizeof text; i++) text[i] = i % 9 == 8 ? ' ' : (char)('A' + (i / 9) % 26);
    struct pd_name name;
    pd_name_read(&indonesia, (struct pd_text){ text, sizeof text }, &name);
    cr_expect_gt(name.canonical_length, 100);
    cr_expect_lt(name.canonical_length, PD_NAME_CAPACITY);
}

/* Names in capitals may be taken as they stand; in small letters every step reads them. */
Test(name, plain_names_are_read_as_by_all_steps)
{
    static const char *const names[] = {
        "SITI AMINAH",
        "BUDI",
        "BUDI SANTOSO",
        "MUH ALI",
        "NI MD SARI",
        "BUDI ST",
        "BUDI BIN ALI",
        "ABDURRAHMAN",
        "ABDUL",
        "ABDUL KARIM",
        "M HASAN",
        "H BUDI",
        "HJ SITI",
        "NURHAYATI",
        "NUR HAYATI",
        "XX",
        "XX YY",
        "TIDAK ADA",
        "KOSONG",
        "TIDAR ADAM",
        "NANANG",
        "SUPARDI H",
        "BUDI ",
        " BUDI",
        "BUDI  ALI",
        "MD AMIN",
        "SITI SARI SPD",
        "ALM BUDI",
        "KETUT SARI",
        "UNKNOW",
        "A B C D E F G",
        "ST FATIMAH",
        "BUDI0 ALI",
        "SRI RAHAYU ALS",
        "NA",
        "MUHMD ALI",
        "MOHAMADRIDWAN",
        "MUHADI",
        "MHM",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char small[64];
        struct pd_name name;
        struct pd_name expected;
        const struct pd_text text = pd_text_of(names[i]);
        for (size_t j = 0; j < text.length; j++)
            small[j] = (char)(text.data[j] >= 'A' && text.data[j] <= 'Z' ? text.data[j] | 0x20 : text.data[j]);
        pd_name_read(&indonesia, text, &name);
        pd_name_read(&indonesia, (struct pd_text){ small, text.length }, &expected);
        cr_expect(pd_text_equal(pd_name_canonical(&name), pd_name_canonical(&expected)), "'%s'", names[i]);
        cr_expect_eq(name.flags, expected.flags, "'%s' flags %x, not %x", names[i], name.flags, expected.flags);
    }
}
