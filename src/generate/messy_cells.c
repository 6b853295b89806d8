/* SPDX-License-Identifier: MIT
 * What stands in one cell of a messy roster. Fillers (jobs, accounts, cards) are drawn by (file, row), so they tie no
 * two files together. */
#include "generate/messy.h"

static const char *const months[12] = { "Januari", "Februari", "Maret",     "April",   "Mei",      "Juni",
                                        "Juli",    "Agustus",  "September", "Oktober", "November", "Desember" };
static const char *const short_months[12] = { "JAN", "FEB", "MAR", "APR", "MEI", "JUN",
                                              "JUL", "AGU", "SEP", "OKT", "NOV", "DES" };

static uint64_t filler(const struct pd_record *record, enum pd_messy_column column)
{
    return pd_mix64(record->unique_id * 131 + (uint64_t)record->dataset * 17 + (uint64_t)column);
}

static void append_word(struct pd_buffer *cell, const char *const *words, size_t n, uint64_t draw)
{
    pd_append_string(cell, words[draw % n]);
}

static void append_parts(struct pd_buffer *cell, int first, int second, int third, char mark)
{
    pd_append_digits(cell, (uint64_t)first, 2);
    pd_append_byte(cell, mark);
    pd_append_digits(cell, (uint64_t)second, 2);
    pd_append_byte(cell, mark);
    pd_append_digits(cell, (uint64_t)third, 4);
}

static void append_day(struct pd_buffer *cell, enum pd_messy_date form, int32_t day)
{
    if (day == PD_DATE_NONE) return;
    const struct pd_date date = pd_date_to_civil(day);
    switch (form) {
    case PD_MESSY_DAY_FIRST: append_parts(cell, date.day, date.month, date.year, '-'); break;
    case PD_MESSY_SLASHES: append_parts(cell, date.day, date.month, date.year, '/'); break;
    case PD_MESSY_ISO: pd_append_date(cell, day); break;
    case PD_MESSY_COMPACT:
        pd_append_digits(cell, (uint64_t)(date.day * 1000000 + date.month * 10000 + date.year), 8);
        break;
    case PD_MESSY_WORDS: pd_append_format(cell, "%d %s %d", date.day, months[date.month - 1], date.year); break;
    case PD_MESSY_SHORT_WORDS:
        pd_append_format(cell, "%02d-%s-%02d", date.day, short_months[date.month - 1],
                         date.year < 1930 ? date.year : date.year % 100);
        break;
    case PD_MESSY_MONTH_FIRST: append_parts(cell, date.month, date.day, date.year, '/'); break;
    case PD_MESSY_SERIAL: {
        /* Excel counts from 30 December 1899. */
        static const int32_t excel_zero = -25569;
        pd_append_i64(cell, day - excel_zero);
        break;
    }
    }
}

static void append_sex(struct pd_buffer *cell, enum pd_messy_sex form, char sex)
{
    static const char *const words[][2] = { [PD_MESSY_LETTER] = { "L", "P" },
                                            [PD_MESSY_WORD] = { "LAKI-LAKI", "PEREMPUAN" },
                                            [PD_MESSY_DIGIT] = { "1", "2" },
                                            [PD_MESSY_PRIA] = { "Pria", "Wanita" } };
    if (sex != 0) pd_append_string(cell, words[form][sex == 'P']);
}

/* "SITI AMINAH" -> "Siti Aminah" */
static void append_titled(struct pd_buffer *cell, struct pd_text text)
{
    for (size_t i = 0; i < text.length; i++) {
        const bool inside = i > 0 && text.data[i - 1] >= 'A' && text.data[i - 1] <= 'Z';
        const char letter = text.data[i];
        pd_append_byte(cell, inside && letter >= 'A' && letter <= 'Z' ? (char)(letter + 'a' - 'A') : letter);
    }
}

static void append_name(struct pd_buffer *cell, const struct pd_messy_style *style, struct pd_text text)
{
    if (style->title_case)
        append_titled(cell, text);
    else
        pd_append_text(cell, text);
}

static void append_rt_rw(struct pd_buffer *cell, const struct pd_row *row)
{
    pd_append_digits(cell, row->rt, 3);
    pd_append_byte(cell, '/');
    pd_append_digits(cell, row->rw, 3);
}

/* RT and RW in the address, a line break, a dash that is no ASCII: as word processors and spreadsheets leave them. */
static void append_address(struct pd_buffer *cell, const struct pd_messy_style *style, const struct pd_record *record)
{
    const struct pd_row *row = &record->row;
    append_name(cell, style, pd_text_of(row->address));
    const bool rt = style->rt == PD_MESSY_IN_ADDRESS && (row->rt != 0 || row->rw != 0) && record->dataset != PD_PBI_JK;
    const char *mark = style->newline && filler(record, PD_MC_ADDRESS) % 4 == 0 ? "\n" : " ";
    if (rt) {
        if (cell->length > 0) pd_append_string(cell, mark);
        pd_append_format(cell, "RT %03u RW %03u", (unsigned)row->rt, (unsigned)row->rw);
    } else if (*mark == '\n' && cell->length > 0) {
        pd_append_byte(cell, '\n');
    }
    if (cell->length > 0 && filler(record, PD_MC_RW) % 8 == 0) pd_append_string(cell, " \xe2\x80\x93");
}

static const struct pd_village *find_village(const struct pd_messy *messy, uint64_t code)
{
    const struct pd_places *places = &messy->nation->places;
    const struct pd_messy_district *district = pd_messy_district(messy, (uint32_t)(code / 10000));
    if (district == NULL) return NULL;
    const struct pd_district *item = &places->districts[district->index];
    for (uint32_t i = 0; i < item->n_villages; i++)
        if (places->villages[item->first_village + i].code == code) return &places->villages[item->first_village + i];
    return NULL;
}

static void append_place_name(const struct pd_messy *messy, const struct pd_record *record, enum pd_messy_column column,
                              struct pd_buffer *cell)
{
    const struct pd_places *places = &messy->nation->places;
    const struct pd_messy_district *district = pd_messy_district(messy, (uint32_t)(record->row.village / 10000));
    if (district == NULL) return;
    const struct pd_district *item = &places->districts[district->index];
    const struct pd_regency *regency = &places->regencies[item->regency];
    if (column == PD_MC_DISTRICT_NAME) pd_append_text(cell, item->name);
    if (column == PD_MC_REGENCY_NAME)
        pd_append_format(cell, "%s%.*s", regency->code % 100 > 70 ? "KOTA " : "KAB. ", PD_TEXT_ARGS(regency->name));
    if (column == PD_MC_VILLAGE_NAME) {
        const struct pd_village *village = find_village(messy, record->row.village);
        if (village != NULL) pd_append_text(cell, village->name);
    }
}

static const char *province_name(unsigned code)
{
    static const struct {
        unsigned code;
        const char *name;
    } names[] = { { 11, "ACEH" },
                  { 12, "SUMATERA UTARA" },
                  { 13, "SUMATERA BARAT" },
                  { 14, "RIAU" },
                  { 15, "JAMBI" },
                  { 16, "SUMATERA SELATAN" },
                  { 17, "BENGKULU" },
                  { 18, "LAMPUNG" },
                  { 19, "KEPULAUAN BANGKA BELITUNG" },
                  { 21, "KEPULAUAN RIAU" },
                  { 31, "DKI JAKARTA" },
                  { 32, "JAWA BARAT" },
                  { 33, "JAWA TENGAH" },
                  { 34, "DAERAH ISTIMEWA YOGYAKARTA" },
                  { 35, "JAWA TIMUR" },
                  { 36, "BANTEN" },
                  { 51, "BALI" },
                  { 52, "NUSA TENGGARA BARAT" },
                  { 53, "NUSA TENGGARA TIMUR" },
                  { 61, "KALIMANTAN BARAT" },
                  { 62, "KALIMANTAN TENGAH" },
                  { 63, "KALIMANTAN SELATAN" },
                  { 64, "KALIMANTAN TIMUR" },
                  { 65, "KALIMANTAN UTARA" },
                  { 71, "SULAWESI UTARA" },
                  { 72, "SULAWESI TENGAH" },
                  { 73, "SULAWESI SELATAN" },
                  { 74, "SULAWESI TENGGARA" },
                  { 75, "GORONTALO" },
                  { 76, "SULAWESI BARAT" },
                  { 81, "MALUKU" },
                  { 82, "MALUKU UTARA" },
                  { 91, "PAPUA" },
                  { 92, "PAPUA BARAT" },
                  { 93, "PAPUA SELATAN" },
                  { 94, "PAPUA TENGAH" },
                  { 95, "PAPUA PEGUNUNGAN" },
                  { 96, "PAPUA BARAT DAYA" } };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].code == code) return names[i].name;
    return "";
}

/* Part of the code; of BPS where the file counts that way. */
static void append_code_part(const struct pd_messy *messy, const struct pd_messy_style *style, uint64_t village,
                             enum pd_messy_column column, struct pd_buffer *cell)
{
    const struct pd_messy_district *district = pd_messy_district(messy, (uint32_t)(village / 10000));
    const bool bps = style->region == PD_MESSY_SPLIT_BPS && district != NULL && district->bps_code != 0;
    const uint64_t code = bps ? district->bps_code : village / 10000;
    const unsigned width = bps ? 3 : 2;
    const uint64_t unit = bps ? 1000 : 100;
    switch (column) {
    case PD_MC_PROVINCE: pd_append_digits(cell, code / unit / 100, 2); break;
    case PD_MC_REGENCY: pd_append_digits(cell, code / unit % 100, 2); break;
    case PD_MC_DISTRICT: pd_append_digits(cell, code % unit, width); break;
    default: pd_append_digits(cell, village % 10000, 4);
    }
}

static void append_village(const struct pd_messy *messy, const struct pd_messy_style *style, uint64_t village,
                           struct pd_buffer *cell)
{
    if (style->region == PD_MESSY_CODE) {
        pd_append_digits(cell, village, 10);
    } else if (style->region == PD_MESSY_DOTTED) {
        pd_append_format(cell, "%02u.%02u.%02u.%04u", (unsigned)(village / 100000000),
                         (unsigned)(village / 1000000 % 100), (unsigned)(village / 10000 % 100),
                         (unsigned)(village % 10000));
    } else {
        append_code_part(messy, style, village, PD_MC_VILLAGE, cell);
    }
}

static void append_period(const struct pd_messy_style *style, const struct pd_record *record, struct pd_buffer *cell)
{
    const struct pd_dataset_facts *facts = &pd_dataset_facts[record->dataset];
    const bool earlier = record->kind == PD_ENTRY_EARLIER, second = record->kind == PD_ENTRY_NEXT;
    const int month = earlier ? facts->earlier_month : facts->first_month + second;
    if (style->period == PD_MESSY_AS_IS) {
        pd_append_string(cell, earlier ? facts->earlier : facts->periods[second]);
    } else if (facts->months != 3) {
        pd_append_format(cell, "%s 2026", months[month - 1]);
    } else if (record->unique_id % 2 == 0) {
        pd_append_format(cell, "TAHAP %d TAHUN 2026", (month + 2) / 3);
    } else {
        pd_append_format(cell, "%.3s-%.3s 2026", months[month - 1], months[month + 1]);
    }
}

void pd_messy_amount(enum pd_messy_amount form, int64_t rupiah, struct pd_buffer *cell)
{
    char digits[24];
    size_t n = 0;
    if (form == PD_MESSY_RUPIAH) pd_append_string(cell, "Rp ");
    if (form == PD_MESSY_RUPIAH_DASH) pd_append_string(cell, "Rp");
    if (form == PD_MESSY_PLAIN_NUMBER || form == PD_MESSY_DECIMAL_COMMA) {
        pd_append_i64(cell, rupiah);
    } else {
        for (int64_t rest = rupiah; rest > 0 || n == 0; rest /= 10) digits[n++] = (char)('0' + rest % 10);
        while (n > 0) {
            pd_append_byte(cell, digits[--n]);
            if (n > 0 && n % 3 == 0) pd_append_byte(cell, '.');
        }
    }
    if (form == PD_MESSY_DECIMAL_COMMA) pd_append_string(cell, ",00");
    if (form == PD_MESSY_RUPIAH_DASH) pd_append_string(cell, ",-");
}

static void append_filler(const struct pd_record *record, enum pd_messy_column column, struct pd_buffer *cell)
{
    static const char *const marital[] = { "BELUM KAWIN", "KAWIN", "CERAI HIDUP", "CERAI MATI" };
    static const char *const jobs[] = { "PETANI", "BURUH HARIAN LEPAS", "MENGURUS RUMAH TANGGA", "BELUM BEKERJA",
                                        "WIRASWASTA" };
    static const char *const schools[] = { "TIDAK SEKOLAH", "SD/SEDERAJAT", "SLTP/SEDERAJAT", "SLTA/SEDERAJAT" };
    static const char *const banks[] = { "BRI", "BNI", "MANDIRI", "BSI" };
    const uint64_t draw = filler(record, column);
    switch (column) {
    case PD_MC_MARITAL: append_word(cell, marital, 4, draw); break;
    case PD_MC_JOB: append_word(cell, jobs, 5, draw); break;
    case PD_MC_SCHOOL: append_word(cell, schools, 4, draw); break;
    case PD_MC_BANK: append_word(cell, banks, 4, draw); break;
    case PD_MC_RANK: pd_append_u64(cell, 1 + draw % 94000000); break;
    case PD_MC_MATCHED:
        pd_append_format(cell, "2026-0%u-1%u", (unsigned)(1 + draw % 9), (unsigned)(draw / 16 % 10));
        break;
    case PD_MC_ACCOUNT: pd_append_digits(cell, draw % UINT64_C(1000000000000000), 15); break;
    case PD_MC_PUPIL: pd_append_digits(cell, draw % UINT64_C(10000000000), 10); break;
    default: pd_append_digits(cell, 1 + draw % UINT64_C(9999999999999), 13);
    }
}

static bool has_program(const struct pd_messy *messy, const struct pd_record *record, enum pd_dataset dataset)
{
    struct pd_benefits benefits;
    pd_benefits_make(&messy->nation->truth, &record->household, &benefits);
    return benefits.members[dataset] != 0;
}

/* The flag of a program in the wide form: its own is set, those of other programs say what is true. */
static void append_flag(const struct pd_messy *messy, const struct pd_messy_style *style,
                        const struct pd_record *record, int flag, struct pd_buffer *cell)
{
    bool set = flag == pd_messy_flag_of(record->dataset);
    if (!set && flag == pd_messy_flag_of(PD_PKH)) set = has_program(messy, record, PD_PKH);
    if (!set && flag == pd_messy_flag_of(PD_SEMBAKO)) set = has_program(messy, record, PD_SEMBAKO);
    pd_append_string(cell, style->extras && style->sex == PD_MESSY_DIGIT ? (set ? "YA" : "TIDAK") : (set ? "1" : "0"));
}

/* Columns of a row come from three things. Each function appends those of one, and knows no others: false. */
static bool append_of_person(const struct pd_messy_style *style, const struct pd_record *record,
                             enum pd_messy_column column, struct pd_buffer *cell)
{
    const struct pd_row *row = &record->row;
    switch (column) {
    case PD_MC_NUMBER: pd_append_u64(cell, 1 + filler(record, column) % 9999); return true;
    case PD_MC_UNIQUE_ID: pd_append_u64(cell, record->unique_id); return true;
    case PD_MC_NIK: pd_append_string(cell, row->nik); return true;
    case PD_MC_KK: pd_append_string(cell, row->kk); return true;
    case PD_MC_NAME: append_name(cell, style, pd_name_text(&row->name)); return true;
    case PD_MC_BIRTH_PLACE: append_name(cell, style, pd_text_of(row->birth_place)); return true;
    case PD_MC_BIRTH_DATE: append_day(cell, style->date, row->birth_day); return true;
    case PD_MC_TTL:
        append_name(cell, style, pd_text_of(row->birth_place));
        pd_append_string(cell, ", ");
        append_day(cell, style->date, row->birth_day);
        return true;
    case PD_MC_SEX: append_sex(cell, style->sex, row->sex); return true;
    case PD_MC_MOTHER: append_name(cell, style, pd_name_text(&row->mother)); return true;
    case PD_MC_RELATION: pd_append_u64(cell, pd_record_person(record)->relation); return true;
    case PD_MC_ALIVE: pd_append_string(cell, "HIDUP"); return true;
    default: return false;
    }
}

static bool append_of_home(const struct pd_messy *messy, const struct pd_messy_style *style,
                           const struct pd_record *record, enum pd_messy_column column, struct pd_buffer *cell)
{
    const struct pd_row *row = &record->row;
    switch (column) {
    case PD_MC_PROVINCE:
    case PD_MC_REGENCY:
    case PD_MC_DISTRICT: append_code_part(messy, style, row->village, column, cell); return true;
    case PD_MC_VILLAGE: append_village(messy, style, row->village, cell); return true;
    case PD_MC_PROVINCE_NAME: pd_append_string(cell, province_name((unsigned)(row->village / 100000000))); return true;
    case PD_MC_REGENCY_NAME:
    case PD_MC_DISTRICT_NAME:
    case PD_MC_VILLAGE_NAME: append_place_name(messy, record, column, cell); return true;
    case PD_MC_ADDRESS: append_address(cell, style, record); return true;
    case PD_MC_RT:
        if (row->rt != 0) pd_append_digits(cell, row->rt, 3);
        return true;
    case PD_MC_RW:
        if (row->rw != 0) pd_append_digits(cell, row->rw, 3);
        return true;
    case PD_MC_RT_RW:
        if (row->rt != 0 || row->rw != 0) append_rt_rw(cell, row);
        return true;
    default: return false;
    }
}

static bool append_of_payment(const struct pd_messy_style *style, const struct pd_record *record,
                              enum pd_messy_column column, struct pd_buffer *cell)
{
    const struct pd_dataset_facts *facts = &pd_dataset_facts[record->dataset];
    const bool earlier = record->kind == PD_ENTRY_EARLIER;
    switch (column) {
    case PD_MC_DECILE: pd_append_u64(cell, record->household.decile); return true;
    case PD_MC_PROGRAM: pd_append_string(cell, facts->program); return true;
    case PD_MC_PERIOD: append_period(style, record, cell); return true;
    case PD_MC_STAGE: pd_append_string(cell, earlier ? facts->earlier_stage : facts->stages[0]); return true;
    case PD_MC_YEAR: pd_append_string(cell, "2026"); return true;
    case PD_MC_AMOUNT: pd_messy_amount(style->amount, record->amount, cell); return true;
    case PD_MC_PAID: pd_append_string(cell, record->paid ? "BERHASIL" : "GAGAL CEK REKENING"); return true;
    default: return false;
    }
}

void pd_messy_cell(const struct pd_messy *messy, const struct pd_messy_part *part, const struct pd_record *record,
                   enum pd_messy_column column, struct pd_buffer *cell)
{
    const struct pd_messy_style *style = part->style;
    if (append_of_person(style, record, column, cell)) return;
    if (append_of_home(messy, style, record, column, cell)) return;
    if (append_of_payment(style, record, column, cell)) return;
    if (column >= PD_MC_FLAG_FIRST)
        append_flag(messy, style, record, (int)(column - PD_MC_FLAG_FIRST), cell);
    else
        append_filler(record, column, cell);
}
