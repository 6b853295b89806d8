/* SPDX-License-Identifier: MIT
 * One CSV file per dataset: UTF-8, comma, header in the first line. Which columns a file has is a table; dates and
 * village codes are written as the offices that own the files do. */
#include "generate/layout.h"

enum column {
    C_UNIQUE_ID,
    C_NIK,
    C_NO_KK,
    C_NAMA,
    C_TEMPAT_LAHIR,
    C_TGL_LAHIR,
    C_JENIS_KELAMIN,
    C_NAMA_IBU,
    C_HUB_KELUARGA,
    C_ALAMAT,
    C_RT,
    C_RW,
    C_KODE_DESA,
    C_STATUS_HIDUP,
    C_TGL_MENINGGAL,
    C_DESIL,
    C_NIP,
    C_NAMA_PEGAWAI,
    C_PERIODE,
    C_TAHAP,
    C_NOMINAL,
    C_STATUS_SALUR,
    N_COLUMNS
};

static const char *const names[N_COLUMNS] = {
    "unique_id",    "nik",          "no_kk",   "nama",  "tempat_lahir", "tgl_lahir",    "jenis_kelamin", "nama_ibu",
    "hub_keluarga", "alamat",       "rt",      "rw",    "kode_desa",    "status_hidup", "tgl_meninggal", "desil",
    "nip",          "NAMA PEGAWAI", "periode", "tahap", "nominal",      "status_salur",
};

#define BIT(column) (UINT32_C(1) << (column))
#define PERSON                                                                                                         \
    (BIT(C_UNIQUE_ID) | BIT(C_NIK) | BIT(C_NAMA) | BIT(C_TEMPAT_LAHIR) | BIT(C_TGL_LAHIR) | BIT(C_JENIS_KELAMIN) |     \
     BIT(C_KODE_DESA))
#define ADDRESS (BIT(C_ALAMAT) | BIT(C_RT) | BIT(C_RW))
#define PAYMENT (BIT(C_PERIODE) | BIT(C_TAHAP) | BIT(C_NOMINAL) | BIT(C_STATUS_SALUR))

static const uint32_t columns[PD_N_DATASETS] = {
    [PD_REGISTER] = PERSON | ADDRESS | BIT(C_NO_KK) | BIT(C_NAMA_IBU) | BIT(C_HUB_KELUARGA) | BIT(C_STATUS_HIDUP) |
                    BIT(C_TGL_MENINGGAL),
    [PD_REGISTRY] = PERSON | ADDRESS | BIT(C_NO_KK) | BIT(C_NAMA_IBU) | BIT(C_HUB_KELUARGA) | BIT(C_DESIL),
    [PD_PKH] = PERSON | ADDRESS | BIT(C_NO_KK) | BIT(C_NAMA_IBU) | PAYMENT,
    [PD_SEMBAKO] = PERSON | ADDRESS | BIT(C_NO_KK) | BIT(C_NAMA_IBU) | PAYMENT,
    [PD_BLT_DESA] = PERSON | ADDRESS | BIT(C_NO_KK) | PAYMENT,
    [PD_PROVINSI] = PERSON | ADDRESS | BIT(C_NO_KK) | PAYMENT,
    [PD_PBI_JK] = PERSON | BIT(C_NO_KK) | BIT(C_ALAMAT) | PAYMENT,
    [PD_PIP] = PERSON | BIT(C_NAMA_IBU) | PAYMENT,
    [PD_ASN] = (PERSON & ~BIT(C_NAMA) & ~BIT(C_KODE_DESA)) | BIT(C_NIP) | BIT(C_NAMA_PEGAWAI),
};

static void append_code(struct pd_buffer *buffer, uint64_t village, bool dotted)
{
    if (village == 0) return;
    if (!dotted) {
        pd_append_digits(buffer, village, 10);
        return;
    }
    pd_append_digits(buffer, village / 100000000, 2);
    pd_append_byte(buffer, '.');
    pd_append_digits(buffer, village / 1000000 % 100, 2);
    pd_append_byte(buffer, '.');
    pd_append_digits(buffer, village / 10000 % 100, 2);
    pd_append_byte(buffer, '.');
    pd_append_digits(buffer, village % 10000, 4);
}

/* The registry writes 1967-08-17, everybody else 17-08-1967. */
static void append_day(struct pd_buffer *buffer, int32_t day, bool iso)
{
    if (day == PD_DATE_NONE) return;
    if (iso) {
        pd_append_date(buffer, day);
        return;
    }
    const struct pd_date date = pd_date_to_civil(day);
    pd_append_digits(buffer, (uint64_t)date.day, 2);
    pd_append_byte(buffer, '-');
    pd_append_digits(buffer, (uint64_t)date.month, 2);
    pd_append_byte(buffer, '-');
    pd_append_digits(buffer, (uint64_t)date.year, 4);
}

static void append_small(struct pd_buffer *buffer, unsigned number)
{
    if (number > 0) pd_append_digits(buffer, number, 3);
}

/* Birth date, month of appointment, sex, a number: 198508172010011234. */
static void append_nip(struct pd_buffer *buffer, const struct pd_record *record)
{
    const struct pd_member *person = pd_record_person(record);
    const struct pd_date date = pd_date_to_civil(person->birth_day);
    pd_append_digits(buffer, (uint64_t)date.year * 10000 + (uint64_t)date.month * 100 + (uint64_t)date.day, 8);
    pd_append_digits(buffer, (uint64_t)date.year * 100 + 2201 + record->entity % 3 * 100, 6);
    pd_append_digits(buffer, person->sex + 1u, 1);
    pd_append_digits(buffer, record->unique_id % 1000, 3);
}

static void append_period(struct pd_buffer *buffer, const struct pd_record *record, bool stage)
{
    const struct pd_dataset_facts *facts = &pd_dataset_facts[record->dataset];
    const bool second = record->kind == PD_ENTRY_NEXT;
    if (record->kind == PD_ENTRY_EARLIER)
        pd_append_string(buffer, stage ? facts->earlier_stage : facts->earlier);
    else
        pd_append_string(buffer, stage ? facts->stages[second] : facts->periods[second]);
}

static const char *status_word(const struct pd_record *record)
{
    static const char *const words[] = { "HIDUP", "MENINGGAL", "NON AKTIF", "GANDA" };
    return words[pd_record_person(record)->status];
}

/* long: one case per column */
static void append_cell(struct pd_buffer *buffer, const struct pd_record *record, enum column column)
{
    const struct pd_row *row = &record->row;
    switch (column) {
    case C_UNIQUE_ID: pd_append_u64(buffer, record->unique_id); break;
    case C_NIK: pd_append_csv(buffer, pd_text_of(row->nik)); break;
    case C_NO_KK: pd_append_csv(buffer, pd_text_of(row->kk)); break;
    case C_NAMA:
    case C_NAMA_PEGAWAI: pd_append_csv(buffer, pd_name_text(&row->name)); break;
    case C_TEMPAT_LAHIR: pd_append_csv(buffer, pd_text_of(row->birth_place)); break;
    case C_TGL_LAHIR: append_day(buffer, row->birth_day, record->dataset == PD_REGISTRY); break;
    case C_JENIS_KELAMIN:
        if (row->sex != 0) pd_append_byte(buffer, row->sex);
        break;
    case C_NAMA_IBU: pd_append_csv(buffer, pd_name_text(&row->mother)); break;
    case C_HUB_KELUARGA: pd_append_u64(buffer, pd_record_person(record)->relation); break;
    case C_ALAMAT: pd_append_csv(buffer, pd_text_of(row->address)); break;
    case C_RT: append_small(buffer, row->rt); break;
    case C_RW: append_small(buffer, row->rw); break;
    case C_KODE_DESA: append_code(buffer, row->village, record->dataset == PD_REGISTRY); break;
    case C_STATUS_HIDUP: pd_append_string(buffer, status_word(record)); break;
    case C_TGL_MENINGGAL: append_day(buffer, pd_record_person(record)->death_day, false); break;
    case C_DESIL: pd_append_u64(buffer, record->household.decile); break;
    case C_NIP: append_nip(buffer, record); break;
    case C_PERIODE: append_period(buffer, record, false); break;
    case C_TAHAP: append_period(buffer, record, true); break;
    case C_NOMINAL: pd_append_i64(buffer, record->amount); break;
    case C_STATUS_SALUR: pd_append_string(buffer, record->paid ? "BERHASIL" : "GAGAL CEK REKENING"); break;
    case N_COLUMNS: break;
    }
}

static void clean_path(const struct pd_layout *layout, size_t part, struct pd_buffer *path)
{
    (void)part;
    pd_append_string(path, pd_dataset_facts[layout->dataset].name);
    pd_append_string(path, ".csv");
}

static void clean_job(const struct pd_layout *layout, struct pd_buffer *job)
{
    pd_append_string(job, "path: ");
    clean_path(layout, 0, job);
}

static void clean_header(const struct pd_layout *layout, size_t part, struct pd_buffer *buffer)
{
    (void)part;
    const char *comma = "";
    for (int column = 0; column < N_COLUMNS; column++) {
        if ((columns[layout->dataset] & BIT(column)) == 0) continue;
        pd_append_string(buffer, comma);
        pd_append_string(buffer, names[column]);
        comma = ",";
    }
    pd_append_byte(buffer, '\n');
}

static size_t clean_part(const struct pd_layout *layout, const struct pd_record *record)
{
    (void)layout;
    (void)record;
    return 0;
}

static void clean_append(const struct pd_layout *layout, size_t part, const struct pd_record *record,
                         struct pd_buffer *buffer)
{
    (void)part;
    const uint32_t mask = columns[layout->dataset];
    bool first = true;
    for (int column = 0; column < N_COLUMNS; column++) {
        if ((mask & BIT(column)) == 0) continue;
        if (!first) pd_append_byte(buffer, ',');
        append_cell(buffer, record, (enum column)column);
        first = false;
    }
    pd_append_byte(buffer, '\n');
}

static void clean_trailer(const struct pd_layout *layout, size_t part, const struct pd_layout_totals *totals,
                          struct pd_buffer *buffer)
{
    (void)layout;
    (void)part;
    (void)totals;
    (void)buffer;
}

struct pd_layout pd_layout_clean(const struct pd_nation *nation, enum pd_dataset dataset)
{
    return (struct pd_layout){ .nation = nation,
                               .dataset = dataset,
                               .n_parts = 1,
                               .path = clean_path,
                               .job = clean_job,
                               .header = clean_header,
                               .part_of = clean_part,
                               .append = clean_append,
                               .trailer = clean_trailer };
}
