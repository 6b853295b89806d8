/* SPDX-License-Identifier: MIT
 * The shapes of messy rosters: between them every delimiter, encoding, date form and known column name. */
#include "generate/messy.h"

#include <criterion/criterion.h>

#define EACH_STYLE                                                                                                     \
    size_t s = 0;                                                                                                      \
    s < pd_n_messy_styles;                                                                                             \
    s++

static bool any_style(bool (*has)(const struct pd_messy_style *style, int value), int value)
{
    for (EACH_STYLE)
        if (has(&pd_messy_styles[s], value)) return true;
    return false;
}

static bool has_delimiter(const struct pd_messy_style *style, int value)
{
    return style->delimiter == (char)value;
}
static bool has_charset(const struct pd_messy_style *style, int value)
{
    return (int)style->charset == value;
}
static bool has_packing(const struct pd_messy_style *style, int value)
{
    return (int)style->packing == value;
}
static bool has_date(const struct pd_messy_style *style, int value)
{
    return (int)style->date == value;
}
static bool has_region(const struct pd_messy_style *style, int value)
{
    return (int)style->region == value;
}
static bool has_amount(const struct pd_messy_style *style, int value)
{
    return (int)style->amount == value;
}
static bool has_sex(const struct pd_messy_style *style, int value)
{
    return (int)style->sex == value;
}
static bool has_rt(const struct pd_messy_style *style, int value)
{
    return (int)style->rt == value;
}
static bool has_period(const struct pd_messy_style *style, int value)
{
    return (int)style->period == value;
}
static bool has_mark(const struct pd_messy_style *style, int value)
{
    const bool marks[] = { style->crlf, style->quote_all, style->separator_row, style->title_rows > 3, style->totals,
                           style->wide, style->ttl,       style->newline,       style->title_case,     style->extras };
    return marks[value];
}

Test(messy, has_between_its_styles_every_shape)
{
    static const struct {
        const char *what;
        bool (*has)(const struct pd_messy_style *style, int value);
        int n;
    } shapes[] = {
        { "charset", has_charset, PD_MESSY_CP1252 + 1 },
        { "packing", has_packing, PD_MESSY_ZSTD + 1 },
        { "date", has_date, PD_MESSY_SERIAL + 1 },
        { "region", has_region, PD_MESSY_NAMES + 1 },
        { "amount", has_amount, PD_MESSY_RUPIAH_DASH + 1 },
        { "sex", has_sex, PD_MESSY_PRIA + 1 },
        { "rt", has_rt, PD_MESSY_IN_ADDRESS + 1 },
        { "period", has_period, PD_MESSY_STAGE_AND_YEAR + 1 },
        { "mark", has_mark, 10 },
    };
    for (const char *delimiter = ",;\t|"; *delimiter != 0; delimiter++)
        cr_assert(any_style(has_delimiter, *delimiter), "no file is parted by '%c'", *delimiter);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        for (int value = 0; value < shapes[i].n; value++)
            cr_assert(any_style(shapes[i].has, value), "no style has %s %d", shapes[i].what, value);
}

/* Whether one of the first `n` files of any roster has a column of this name. */
static bool is_used(const char *header, unsigned n)
{
    enum pd_messy_column columns[PD_MESSY_COLUMNS_MAX];
    for (EACH_STYLE)
        for (int dataset = PD_FIRST_PROGRAM; dataset < PD_END_PROGRAM; dataset++) {
            const size_t n_columns = pd_messy_columns(&pd_messy_styles[s], (enum pd_dataset)dataset, columns);
            for (size_t i = 0; i < n_columns; i++)
                for (unsigned turn = 0; turn < n; turn++)
                    if (pd_text_equal(pd_messy_header(columns[i], &pd_messy_styles[s], (enum pd_dataset)dataset, turn),
                                      pd_text_of(header)))
                        return true;
        }
    return false;
}

Test(messy, has_every_name_of_columns_that_regions_use)
{
    /* DOMAIN 9.1 */
    static const char *const names[] = {
        "NIK",
        "NIK_KTP",
        "NIK KTP",
        "nik_art",
        "no_ktp",
        "NOMOR NIK",
        "NO_KK",
        "NOKK",
        "NoKK",
        "nkk",
        "nomor_kk",
        "NAMA",
        "NAMA_LGKP",
        "nama_lengkap",
        "NAMA PENERIMA",
        "nama_art",
        "nama_penerima",
        "TMPT_LHR",
        "TmpLahir",
        "tempat lahir",
        "TGL_LHR",
        "TglLahir",
        "tanggal_lahir",
        "TTL",
        "JENIS_KLMIN",
        "JnsKel",
        "JK",
        "L/P",
        "NAMA_LGKP_IBU",
        "namagadis_ibukandung",
        "nama ibu kandung",
        "STAT_HBKEL",
        "Hubkel",
        "Hub_KRT",
        "SHDK",
        "STAT_KWN",
        "JENIS_PKRJN",
        "PDDK_AKH",
        "ALAMAT",
        "NO_RT",
        "NO_RW",
        "KDPROP",
        "KDKAB",
        "KDKEC",
        "KDDESA",
        "NO_PROP",
        "NM PROV",
        "NM KAB",
        "NM KEC",
        "NM KEL",
        "provinsi",
        "kabkot",
        "IDBDT",
        "IDARTBDT",
        "IDSEMESTA",
        "id_dtks",
        "ID ART",
        "desil_nasional",
        "percentile",
        "peringkat",
        "BANSOS",
        "TAHAP",
        "periode_pkh",
        "periode_bpnt",
        "periode_pbi",
        "nilai_bantuan",
        "NoKartuDebit",
        "no_kartu_kks",
        "NoPesertaPKH",
        "NoPesertaPBI",
        "masih_hidup_label",
        "padankan_at",
        "PKH",
        "BPNT",
        "BST",
        "PBI",
        "BLT",
        "BLT_BBM",
        "RUTILAHU",
        "PERMAKANAN",
        "YAPI",
        "PENA",
        "SEMBAKO_ADAPTIF",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        cr_assert(is_used(names[i], 12), "no file has a column %s", names[i]);
}

Test(messy, gives_no_file_two_columns_of_one_name)
{
    enum pd_messy_column columns[PD_MESSY_COLUMNS_MAX];
    for (EACH_STYLE)
        for (int dataset = PD_FIRST_PROGRAM; dataset < PD_END_PROGRAM; dataset++)
            for (unsigned turn = 0; turn < 12; turn++) {
                const size_t n = pd_messy_columns(&pd_messy_styles[s], (enum pd_dataset)dataset, columns);
                cr_assert(n >= 8 && n <= PD_MESSY_COLUMNS_MAX);
                for (size_t i = 0; i < n; i++)
                    for (size_t j = 0; j < i; j++) {
                        const struct pd_text a =
                            pd_messy_header(columns[i], &pd_messy_styles[s], (enum pd_dataset)dataset, turn);
                        const struct pd_text b =
                            pd_messy_header(columns[j], &pd_messy_styles[s], (enum pd_dataset)dataset, turn);
                        cr_assert(!pd_text_same_name(a, b), "style %zu: %.*s twice", s, PD_TEXT_ARGS(a));
                    }
            }
}

Test(messy, writes_money_as_offices_do)
{
    static const struct {
        enum pd_messy_amount form;
        int64_t rupiah;
        const char *wanted;
    } cases[] = {
        { PD_MESSY_PLAIN_NUMBER, 600000, "600000" },
        { PD_MESSY_RUPIAH, 600000, "Rp 600.000" },
        { PD_MESSY_POINTS, 1200000, "1.200.000" },
        { PD_MESSY_DECIMAL_COMMA, 600000, "600000,00" },
        { PD_MESSY_RUPIAH_DASH, 42000, "Rp42.000,-" },
        { PD_MESSY_POINTS, 0, "0" },
        { PD_MESSY_POINTS, 999, "999" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_buffer cell = { 0 };
        pd_messy_amount(cases[i].form, cases[i].rupiah, &cell);
        cr_expect(pd_text_equal((struct pd_text){ cell.data, cell.length }, pd_text_of(cases[i].wanted)), "%.*s",
                  (int)cell.length, cell.data);
        pd_buffer_reset(&cell);
    }
}
