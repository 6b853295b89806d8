/* SPDX-License-Identifier: MIT
 * From columns as they were read to columns that can be compared: the Indonesian preset's normalisation (DOMAIN 1-4).
 *
 * Every raw column X that has one of the canonical names of DOMAIN 9.1 is renamed to `asli_X`; beside it stand the
 * normalised columns below. All are NULL where nothing sensible was read. [always] = added even without any source
 * data.
 *
 *   nik             DIGITS  [always] only numbers that may serve as a person key (pd_nik_usable)
 *                           (where NIK and card stand in each other's column, nik and no_kk are exchanged)
 *   nik_longgar     DIGITS  [always] cleaned digits, 8 to 17 of them, for typo comparison
 *   nik15           INT     [always] first 15 digits of a 16-digit number, read before N_ROUND15 makes it unusable
 *   bendera_nik     INT32   [always] enum pd_nik_flag bits of indonesia/nik.h (never NULL)
 *   no_kk           DIGITS  [always] usable 16-digit family card numbers
 *   nama            CODE    [always] canonical tokens; an alias behind the word ALIAS (indonesia/name.h)
 *   nama_kunci      CODE    [always] phonetic B keys, sorted, joined by blanks
 *   nama_gabung     CODE    [always] phonetic B key of the name without blanks
 *   nama_depan      CODE    [always] B key of the first token (one dictionary with nama_belakang)
 *   nama_belakang   CODE    [always] B key of the last token, NULL for one-word names
 *   nama_alias      CODE    [always] canonical alias
 *   nama_ayah       CODE    [always] the tail after BIN/BINTI
 *   bendera_nama    SMALL   [always] enum pd_name_flag bits of indonesia/name.h; NULL without a name
 *   nama_ibu        CODE    [always] as nama
 *   nama_ibu_kunci  CODE    [always] as nama_kunci
 *   tgl_lahir       INT32   [always] DATE, a day number
 *   tgl_lahir_lain  INT32   [always] DATE, the reading with day and month swapped
 *   tahun_lahir     INT32   [always] also where only the year is known
 *   tgl_tumpuk      SMALL   [always] 0 no heap, 1 a 15th, 2 a default day (1 July, 31 December, 1 January)
 *   jenis_kelamin   SMALL   [always] 1 male, 2 female
 *   tempat_lahir    CODE    [always] canonical place
 *   hub_keluarga    SMALL   [always] SHDK 1..11
 *   alamat          CODE    [always] normalised words without RT/RW
 *   rt, rw          INT32   [always]
 *   kode_desa       INT     [always] Kemendagri 2025 code of 10 digits
 *   kode_kecamatan  INT32   [always] its first 6; kode_kabupaten: 4; kode_provinsi: 2
 *   desil           SMALL   1..10
 *   nominal         INT     whole rupiah
 *   mulai, selesai  INT32   [always] DATE, payment period: the row's own periode/tahap/tahun, else the source's
 *   status_salur    CODE    folded capitals, blanks single
 *   status_hidup    SMALL   enum pd_life of indonesia/attribute.h without UNKNOWN: 1 alive, 2 dead, 3 inactive,
 *                           4 duplicate record
 *   tgl_meninggal   INT32   DATE
 *
 * Raw columns with other names are left alone. Work is done once per distinct text where a column has a dictionary, and
 * in fixed chunks of rows, so results are the same bytes for any number of threads. */
#ifndef PD_NORMALISE_NORMALISE_H
#define PD_NORMALISE_NORMALISE_H

#include "indonesia/birth_date.h"
#include "indonesia/indonesia.h"
#include "table/table.h"

struct pd_known_rows;

/* Facts about one source that the job file gives; index = position in table->sources. */
struct pd_normalise_source {
    int32_t period_begin, period_end; /* default payment interval, PD_DATE_NONE = none */
};

/* Facts about one input file; index = table->file_of. Zero = detect. */
struct pd_normalise_file {
    enum pd_date_order date_order;
    enum pd_region_coding coding;
};

struct pd_normalise_options {
    const struct pd_indonesia *indonesia; /* required */
    int32_t reference_date;               /* day number: century of two-digit years */
    int threads;                          /* 0 = all processors */
    bool narrow_raw;                      /* no model reads the raw columns: keep them short (table/narrow.h) */
    bool (*wants)(const void *context, struct pd_text name); /* NULL: every column below is made. Else those it does
                                                              * not want are left out, unless others are made of them */
    /* NULL or told of made columns whose numbers are whole, while others are still being made: one of them may be made
     * shorter, or be dropped. From any thread. */
    enum padan_status (*settle)(const void *context, struct pd_table *table, size_t column, struct padan_error *error);
    const void *context;
    const struct pd_normalise_source *sources; /* [table->n_sources] or NULL */
    const struct pd_normalise_file *files;     /* [n_files] or NULL */
    size_t n_files;                            /* at least 1 + the greatest file_of when files is given; else 0 */
    /* What is known of the first rows, all of file 0 and no others (normalise/known.h, loaded), or NULL. Columns and
     * facts are those that would be made without. It is emptied. */
    struct pd_known_rows *known;
};

/* Counts of R2 (profil_nik), in rows. A row may count in several. */
struct pd_nik_profile {
    uint64_t n, empty, bad_format, dummy, scientific, round15, unknown_province, old_code, sex_differs, date_differs,
        duplicate, is_kk, usable;
    uint64_t most_rows; /* of one NIK that could be a person's, where it is on more than one */
};

struct pd_normalise_file_facts {
    struct pd_nik_profile nik;
    uint64_t n_sixteen, n_ends_in_zero; /* 16-digit NIKs, and those whose last digit is 0 */
    bool round15;                       /* alarm: Excel kept only 15 digits of the file's NIKs */
    uint64_t n_kk_scientific;           /* family card numbers in scientific notation */
    uint64_t n_kks, n_kks_end_in_zero;  /* rows with a 16-digit family card number, and those whose last digit is 0 */
    bool kk_round15;                    /* alarm: of the card numbers, too, only 15 digits were kept */
    struct pd_date_evidence dates;
    enum pd_date_order date_order;                /* as used */
    enum pd_region_coding coding;                 /* as used; UNKNOWN when the file has no codes */
    uint64_t n_codes, n_codes_dagri, n_codes_bps; /* rows with a region code; of them known in each coding */
    uint64_t n_amounts_unreadable, n_periods_unreadable;
    uint64_t n_periods_dates, n_periods_doubtful; /* rows by pd_period_form_of: a day, a day or months */
    uint64_t n_placed[5];                         /* rows by enum pd_region_level of the code found; [0] = not placed */
};

struct pd_normalise_result {
    struct pd_normalise_file_facts *files; /* [n_files] */
    size_t n_files;
};

/* Normalises all records of table in place. BAD_ARGUMENT when two raw columns have one canonical name. On failure the
 * table may be partly converted and must be reset. Threads: the table must not be used elsewhere. */
PADAN_MUST_CHECK enum padan_status pd_normalise_indonesia(struct pd_table *table,
                                                          const struct pd_normalise_options *options,
                                                          struct pd_normalise_result *result,
                                                          struct padan_error *error);
void pd_normalise_result_reset(struct pd_normalise_result *result);

#endif
