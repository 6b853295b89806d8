/* SPDX-License-Identifier: MIT
 * Names are those seen in real exports (DOMAIN 9.1), written down here once more on purpose: the engine has its own
 * list, and a name that only one of the two knows must show. */
#include "generate/messy_columns.h"

static const char *const aliases[PD_MC_FLAG_FIRST] = {
    [PD_MC_NUMBER] = "NO|No.|NO URUT",
    [PD_MC_UNIQUE_ID] = "unique_id|ID_BARIS|id baris",
    [PD_MC_DTKS] = "id_dtks|IDBDT|ID DTKS",
    [PD_MC_ART] = "id_art|ID ART|IDARTBDT",
    [PD_MC_SEMESTA] = "IDSEMESTA|id_semesta",
    [PD_MC_NIK] = "NIK|NIK_KTP|NIK KTP|nik_art|no_ktp|NOMOR NIK",
    [PD_MC_KK] = "NO_KK|NOKK|nkk|nomor_kk|NoKK|NO. KK",
    [PD_MC_NAME] = "NAMA|NAMA_LGKP|nama_lengkap|NAMA PENERIMA|nama_art|nama_penerima|Nama Lengkap",
    [PD_MC_BIRTH_PLACE] = "TMPT_LHR|TmpLahir|tempat lahir|TEMPAT_LAHIR",
    [PD_MC_BIRTH_DATE] = "TGL_LHR|TglLahir|tanggal_lahir|Tanggal Lahir|TGL LAHIR",
    [PD_MC_TTL] = "TTL|Tempat, Tanggal Lahir",
    [PD_MC_SEX] = "JENIS_KLMIN|JnsKel|JK|L/P|Jenis Kelamin",
    [PD_MC_MOTHER] = "NAMA_LGKP_IBU|namagadis_ibukandung|nama ibu kandung|NAMA_IBU",
    [PD_MC_RELATION] = "STAT_HBKEL|Hubkel|SHDK|Hub_KRT",
    [PD_MC_MARITAL] = "STAT_KWN|status_kawin",
    [PD_MC_JOB] = "JENIS_PKRJN|pekerjaan",
    [PD_MC_SCHOOL] = "PDDK_AKH|pendidikan",
    [PD_MC_ALIVE] = "masih_hidup_label|status_hidup",
    [PD_MC_PROVINCE] = "KDPROP|NO_PROP",
    [PD_MC_REGENCY] = "KDKAB|NO_KAB",
    [PD_MC_DISTRICT] = "KDKEC|NO_KEC",
    [PD_MC_VILLAGE] = "KDDESA|NO_KEL",
    [PD_MC_PROVINCE_NAME] = "NM PROV|provinsi|PROP_NAME",
    [PD_MC_REGENCY_NAME] = "NM KAB|kabkot|KAB_NAME",
    [PD_MC_DISTRICT_NAME] = "NM KEC|kecamatan|KEC_NAME",
    [PD_MC_VILLAGE_NAME] = "NM KEL|desa|KEL_NAME|Desa/Kelurahan",
    [PD_MC_ADDRESS] = "ALAMAT|alamat",
    [PD_MC_RT] = "NO_RT|RT",
    [PD_MC_RW] = "NO_RW|RW",
    [PD_MC_RT_RW] = "RT/RW|rt_rw",
    [PD_MC_DECILE] = "desil_nasional|DESIL",
    [PD_MC_RANK] = "peringkat|percentile",
    [PD_MC_PROGRAM] = "BANSOS|program",
    [PD_MC_PERIOD] = "PERIODE|periode",
    [PD_MC_STAGE] = "TAHAP|tahap",
    [PD_MC_YEAR] = "TAHUN|tahun",
    [PD_MC_AMOUNT] = "nilai_bantuan|NOMINAL|nominal",
    [PD_MC_BANK] = "BANK|bank",
    [PD_MC_ACCOUNT] = "no_rekening|NoKartuDebit",
    [PD_MC_CARD] = "no_kartu_kks|no_kks",
    [PD_MC_PARTICIPANT] = "NoPesertaPKH|no_peserta_pkh",
    [PD_MC_PUPIL] = "NISN|nisn",
    [PD_MC_HEALTH_CARD] = "NoPesertaPBI|no_jkn",
    [PD_MC_PAID] = "status_salur|STATUS SALUR",
    [PD_MC_MATCHED] = "padankan_at|PADANKAN_AT",
};
static const char *const flags[PD_MESSY_FLAGS] = {
    "PKH", "BPNT", "BST", "PBI", "BLT", "BLT_BBM", "RUTILAHU", "PERMAKANAN", "YAPI", "PENA", "SEMBAKO_ADAPTIF"
};
static const char *const periods[PD_N_DATASETS] = {
    [PD_PKH] = "periode_pkh", [PD_SEMBAKO] = "periode_bpnt", [PD_PBI_JK] = "periode_pbi"
};

int pd_messy_flag_of(enum pd_dataset dataset)
{
    return dataset == PD_PKH ? 0 : dataset == PD_SEMBAKO ? 1 : dataset == PD_PBI_JK ? 3 : -1;
}

static struct pd_text turn(const char *list, unsigned n)
{
    unsigned count = 1;
    for (const char *at = list; *at != 0; at++) count += *at == '|';
    for (unsigned skip = n % count; skip > 0; skip--) {
        while (*list != '|') list++;
        list++;
    }
    size_t length = 0;
    while (list[length] != 0 && list[length] != '|') length++;
    return (struct pd_text){ list, length };
}

struct pd_text pd_messy_header(enum pd_messy_column column, const struct pd_messy_style *style, enum pd_dataset dataset,
                               unsigned n)
{
    if (column >= PD_MC_FLAG_FIRST) return pd_text_of(flags[column - PD_MC_FLAG_FIRST]);
    if (column == PD_MC_PERIOD && pd_messy_is_wide(style, dataset)) return pd_text_of(periods[dataset]);
    /* One village column has the code of ten digits in it, one of four a part. */
    if (column == PD_MC_VILLAGE && (style->region == PD_MESSY_CODE || style->region == PD_MESSY_DOTTED))
        return turn("kode_desa|KODE DESA|kode_kelurahan", n);
    return turn(aliases[column], n);
}

struct list {
    enum pd_messy_column *columns;
    size_t n;
};

static void add(struct list *list, enum pd_messy_column column)
{
    list->columns[list->n++] = column;
}

static void add_if(struct list *list, bool wanted, enum pd_messy_column column)
{
    if (wanted) add(list, column);
}

static void add_person(struct list *list, const struct pd_messy_style *style, enum pd_dataset dataset)
{
    const bool mother = dataset == PD_PKH || dataset == PD_SEMBAKO || dataset == PD_PIP;
    add(list, PD_MC_UNIQUE_ID);
    add_if(list, style->extras, PD_MC_DTKS);
    add_if(list, style->extras, PD_MC_ART);
    add_if(list, style->wide, PD_MC_SEMESTA);
    add(list, PD_MC_NIK);
    add_if(list, dataset != PD_PIP, PD_MC_KK);
    add(list, PD_MC_NAME);
    if (style->ttl) {
        add(list, PD_MC_TTL);
    } else {
        add(list, PD_MC_BIRTH_PLACE);
        add(list, PD_MC_BIRTH_DATE);
    }
    add(list, PD_MC_SEX);
    add_if(list, mother, PD_MC_MOTHER);
    add_if(list, style->extras || style->numbered, PD_MC_RELATION);
    for (int i = PD_MC_MARITAL; i <= PD_MC_SCHOOL; i++) add_if(list, style->extras, (enum pd_messy_column)i);
    add_if(list, style->wide, PD_MC_ALIVE);
}

static void add_region(struct list *list, const struct pd_messy_style *style, enum pd_dataset dataset)
{
    switch (style->region) {
    case PD_MESSY_SPLIT:
        for (int i = PD_MC_PROVINCE; i <= PD_MC_VILLAGE; i++) add(list, (enum pd_messy_column)i);
        break;
    case PD_MESSY_SPLIT_BPS:
        for (int i = PD_MC_PROVINCE; i <= PD_MC_DISTRICT; i++) add(list, (enum pd_messy_column)i);
        add(list, PD_MC_VILLAGE_NAME);
        break;
    case PD_MESSY_NAMES:
        for (int i = PD_MC_PROVINCE_NAME; i <= PD_MC_VILLAGE_NAME; i++) add(list, (enum pd_messy_column)i);
        break;
    default: add(list, PD_MC_VILLAGE);
    }
    if (dataset == PD_PIP) return;
    add(list, PD_MC_ADDRESS);
    if (dataset == PD_PBI_JK || style->rt == PD_MESSY_IN_ADDRESS) return;
    if (style->rt == PD_MESSY_ONE_COLUMN) {
        add(list, PD_MC_RT_RW);
    } else {
        add(list, PD_MC_RT);
        add(list, PD_MC_RW);
    }
}

static void add_payment(struct list *list, const struct pd_messy_style *style, enum pd_dataset dataset)
{
    add_if(list, style->wide, PD_MC_DECILE);
    add_if(list, style->extras, PD_MC_RANK);
    if (pd_messy_is_wide(style, dataset)) {
        for (int i = 0; i < PD_MESSY_FLAGS; i++) add(list, (enum pd_messy_column)(PD_MC_FLAG_FIRST + i));
    } else {
        add_if(list, style->numbered, PD_MC_PROGRAM);
    }
    /* Stage 4 of a year is a quarter; a month needs its own words. */
    const bool stage = style->period == PD_MESSY_STAGE_AND_YEAR && pd_dataset_facts[dataset].months == 3;
    add_if(list, !stage || pd_messy_is_wide(style, dataset), PD_MC_PERIOD);
    add_if(list, stage, PD_MC_STAGE);
    add_if(list, stage, PD_MC_YEAR);
    add(list, PD_MC_AMOUNT);
    add_if(list, style->extras, PD_MC_BANK);
    add_if(list, style->extras || style->totals, PD_MC_ACCOUNT);
    add_if(list, style->extras, PD_MC_CARD);
    add_if(list, dataset == PD_PKH && style->extras, PD_MC_PARTICIPANT);
    add_if(list, dataset == PD_PIP, PD_MC_PUPIL);
    add_if(list, dataset == PD_PBI_JK, PD_MC_HEALTH_CARD);
    add(list, PD_MC_PAID);
    add_if(list, style->wide, PD_MC_MATCHED);
}

size_t pd_messy_columns(const struct pd_messy_style *style, enum pd_dataset dataset,
                        enum pd_messy_column columns[PD_MESSY_COLUMNS_MAX])
{
    struct list list = { columns, 0 };
    add_if(&list, style->numbered, PD_MC_NUMBER);
    if (style->arrangement == 1) add_region(&list, style, dataset);
    if (style->arrangement == 2) add_payment(&list, style, dataset);
    add_person(&list, style, dataset);
    if (style->arrangement != 1) add_region(&list, style, dataset);
    if (style->arrangement != 2) add_payment(&list, style, dataset);
    return list.n;
}
