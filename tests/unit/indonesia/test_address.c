/* SPDX-License-Identifier: MIT */
#include "indonesia/address.h"
#include "indonesia/place.h"

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

TestSuite(address, .init = load, .fini = unload);

struct form {
    const char *text, *street;
    unsigned rt, rw;
};

Test(address, rt_and_rw_are_found_in_every_spelling)
{
    static const struct form forms[] = {
        { "RT 001 RW 002", "", 1, 2 },
        { "RT/RW 001/002", "", 1, 2 },
        { "RT.1/RW.2", "", 1, 2 },
        { "001/002", "", 1, 2 },
        { "R.T 01", "", 1, 0 },
        { "R.T. 01 / R.W. 02", "", 1, 2 },
        { "RT001RW002", "", 1, 2 },
        { "RT 1/2", "", 1, 2 },
        { "RT- RW-", "", 0, 0 },
        { "000/000", "", 0, 0 },
        { "0/0", "", 0, 0 },
        { "JLN. MAWAR NO. 12 RT 03/04", "JL MAWAR NO 12", 3, 4 },
        { "Jl. Mawar No.12, RT.003 RW.004 Kel. Melati", "JL MAWAR NO 12 KEL MELATI", 3, 4 },
        { "GANG MELATI NO 12/3", "GG MELATI NO 12 3", 0, 0 },
        { "DSN. KRAJAN RT 05 RW 01", "DUSUN KRAJAN", 5, 1 },
        { "PERUMAHAN GRIYA INDAH BLOK C12", "PERUM GRIYA INDAH BLOK C 12", 0, 0 },
        { "KEMANTREN DANUREJAN, KODYA YOGYAKARTA", "KEC DANUREJAN KOTA YOGYAKARTA", 0, 0 },
        { "GP. LAMPULO", "GAMPONG LAMPULO", 0, 0 },
        { "DUSUN KRAJAN 002/001", "DUSUN KRAJAN", 2, 1 },
        { "RTRW: 1/2", "", 1, 2 },
        { "-", "", 0, 0 },
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct pd_address address;
        pd_address_read(&indonesia, pd_text_of(forms[i].text), &address);
        cr_expect_eq(address.rt, forms[i].rt, "'%s' rt %u", forms[i].text, address.rt);
        cr_expect_eq(address.rw, forms[i].rw, "'%s' rw %u", forms[i].text, address.rw);
        cr_expect(pd_text_equal((struct pd_text){ address.street, address.length }, pd_text_of(forms[i].street)),
                  "'%s': '%.*s'", forms[i].text, address.length, address.street);
    }
    cr_expect_eq(pd_rt_read(PD_TEXT("001")), 1);
    cr_expect_eq(pd_rt_read(PD_TEXT("RT 12")), 12);
    cr_expect_eq(pd_rt_read(PD_TEXT("1.0")), 1);
    cr_expect_eq(pd_rt_read(PD_TEXT("-")), 0);
    cr_expect_eq(pd_rt_read(PD_TEXT("12345")), 0);
}

Test(address, birth_places_have_one_spelling)
{
    static const char *const places[][2] = {
        { "KAB. SOLO", "SURAKARTA" },
        { "Kota Surakarta", "SURAKARTA" },
        { "JKT", "JAKARTA" },
        { "JAKARTA SELATAN", "JAKARTA" },
        { "Ujung Pandang", "MAKASSAR" },
        { "PADANGSIDIMPUAN", "PADANG SIDEMPUAN" },
        { "Pare-Pare", "PAREPARE" },
        { "TANJUNGPINANG", "TANJUNG PINANG" },
        { "KABUPATEN BANDUNG", "BANDUNG" },
        { "BANDUNG, JAWA BARAT", "BANDUNG" },
        { "KOTABARU", "KOTABARU" },
        { "Kota Baru", "KOTABARU" },
        { "DUSUN SUMBER REJO", "DUSUN SUMBER REJO" },
        { "-", "" },
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char out[PD_PLACE_CAPACITY];
        const size_t length = pd_place_read(&indonesia, pd_text_of(places[i][0]), out, sizeof out);
        cr_expect(pd_text_equal((struct pd_text){ out, length }, pd_text_of(places[i][1])), "'%s': '%.*s'",
                  places[i][0], (int)length, out);
    }
}
