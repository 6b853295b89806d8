/* SPDX-License-Identifier: MIT
 * What the files of this folder share: which raw column is where, which column is made, and three ways to fill one:
 * texts derived from texts (texts.c), numbers read from texts (numbers.c), and passes over the rows (the other files).
 */
#ifndef PD_NORMALISE_STAGE_H
#define PD_NORMALISE_STAGE_H

#include "normalise/known.h"
#include "normalise/normalise.h"

/* Raw columns, in the order of the list in made.c. */
enum pd_raw {
    PD_RAW_NIK,
    PD_RAW_NO_KK,
    PD_RAW_NAMA,
    PD_RAW_NAMA_IBU,
    PD_RAW_TEMPAT_LAHIR,
    PD_RAW_TGL_LAHIR,
    PD_RAW_TTL,
    PD_RAW_JENIS_KELAMIN,
    PD_RAW_HUB_KELUARGA,
    PD_RAW_ALAMAT,
    PD_RAW_RT,
    PD_RAW_RW,
    PD_RAW_KODE_DESA,
    PD_RAW_KODE_KECAMATAN,
    PD_RAW_KODE_KABUPATEN,
    PD_RAW_KODE_PROVINSI,
    PD_RAW_DESA,
    PD_RAW_KECAMATAN,
    PD_RAW_KABUPATEN,
    PD_RAW_PROVINSI,
    PD_RAW_DESIL,
    PD_RAW_TAHAP,
    PD_RAW_PERIODE,
    PD_RAW_TAHUN,
    PD_RAW_NOMINAL,
    PD_RAW_STATUS_SALUR,
    PD_RAW_STATUS_HIDUP,
    PD_RAW_TGL_MENINGGAL,
    PD_N_RAW
};

/* Made columns, in the order they are added. */
enum pd_made {
    PD_MADE_NIK,
    PD_MADE_NIK_LONGGAR,
    PD_MADE_NIK15,
    PD_MADE_BENDERA_NIK,
    PD_MADE_NO_KK,
    PD_MADE_NAMA,
    PD_MADE_NAMA_KUNCI,
    PD_MADE_NAMA_GABUNG,
    PD_MADE_NAMA_DEPAN,
    PD_MADE_NAMA_BELAKANG,
    PD_MADE_NAMA_ALIAS,
    PD_MADE_NAMA_AYAH,
    PD_MADE_BENDERA_NAMA,
    PD_MADE_NAMA_IBU,
    PD_MADE_NAMA_IBU_KUNCI,
    PD_MADE_TGL_LAHIR,
    PD_MADE_TGL_LAHIR_LAIN,
    PD_MADE_TAHUN_LAHIR,
    PD_MADE_TGL_TUMPUK,
    PD_MADE_JENIS_KELAMIN,
    PD_MADE_TEMPAT_LAHIR,
    PD_MADE_HUB_KELUARGA,
    PD_MADE_ALAMAT,
    PD_MADE_RT,
    PD_MADE_RW,
    PD_MADE_KODE_DESA,
    PD_MADE_KODE_KECAMATAN,
    PD_MADE_KODE_KABUPATEN,
    PD_MADE_KODE_PROVINSI,
    PD_MADE_DESIL,
    PD_MADE_NOMINAL,
    PD_MADE_MULAI,
    PD_MADE_SELESAI,
    PD_MADE_STATUS_SALUR,
    PD_MADE_STATUS_HIDUP,
    PD_MADE_TGL_MENINGGAL,
    PD_N_MADE
};

extern const char *const pd_raw_names[PD_N_RAW];

/* A made column; one with `needs` is added only when that raw column is there. */
struct pd_made_column {
    const char *name;
    enum pd_type type;
    enum pd_encoding encoding;
    int needs;     /* enum pd_raw, -1 = always */
    bool optional; /* nothing here reads it */
};
extern const struct pd_made_column pd_made_columns[PD_N_MADE];

/* Whether a table that is not normalised yet will get a column, and whether anybody reads it after that. */
bool pd_stage_adds(const struct pd_table *table, const struct pd_normalise_options *options, enum pd_made made);
bool pd_stage_is_wanted(const struct pd_normalise_options *options, enum pd_made made);
/* What is never known (known.h), or not always: it is made of all rows then. */
static inline bool pd_stage_is_always_made(enum pd_made made)
{
    return made == PD_MADE_MULAI || made == PD_MADE_SELESAI || made == PD_MADE_NOMINAL || made == PD_MADE_TEMPAT_LAHIR;
}

/* Which made columns may be written to, and those of them that the next pass over the rows sets to NULL. */
struct pd_begun {
    bool columns[PD_N_MADE];
    enum pd_made unset[PD_N_MADE];
    size_t n_unset;
};

/* What need not be made: the first n rows of some columns (known.h). */
struct pd_known_part {
    struct pd_known_rows *rows; /* NULL: nothing is known, n is 0 */
    size_t n;
    bool columns[PD_N_MADE];
};

struct pd_stage {
    struct pd_table *table;
    const struct pd_normalise_options *options;
    const struct pd_indonesia *indonesia;
    int threads;
    int reference_year;
    int raw[PD_N_RAW];   /* column index, -1 = none */
    int made[PD_N_MADE]; /* column index, -1 = not added */
    struct pd_begun *begun;
    struct pd_known_part *known;
    size_t n_files;
    struct pd_normalise_file_facts *facts; /* [threads][n_files] counted by worker, merged into [0] */
};

enum { PD_ROWS_PER_CHUNK = 65536, PD_SMALL_IS_NULL = 255 };

/* Begins made columns from first to last, those that were not begun before: nothing is written to one earlier. The next
 * pass over the rows sets them to NULL, some rows before its body sees them; or pd_stage_set_null at once. */
void pd_stage_begin(const struct pd_stage *stage, enum pd_made first, enum pd_made last);
PADAN_MUST_CHECK enum padan_status pd_stage_set_null(const struct pd_stage *stage, struct padan_error *error);

/* The raw column, or NULL. */
const struct pd_column *pd_stage_raw(const struct pd_stage *stage, enum pd_raw raw);
/* Words of a made column, or NULL when it was not added. */
void *pd_stage_made(const struct pd_stage *stage, enum pd_made made);
struct pd_column *pd_stage_column(const struct pd_stage *stage, enum pd_made made);
/* Sets a number of a made column of any integer encoding. */
static inline void pd_stage_set(const struct pd_column *column, size_t record, int64_t value)
{
    if (column->encoding == PD_ENCODING_SMALL)
        ((uint8_t *)column->words)[record] = (uint8_t)value;
    else if (column->encoding == PD_ENCODING_INT32)
        ((int32_t *)column->words)[record] = (int32_t)value;
    else
        ((int64_t *)column->words)[record] = value;
}
/* A worker's counters of the file of a record. */
struct pd_normalise_file_facts *pd_stage_facts(const struct pd_stage *stage, int worker, size_t record);

/* The first row that a column must be made of. */
static inline size_t pd_stage_first(const struct pd_stage *stage, enum pd_made made)
{
    return stage->known->columns[made] ? stage->known->n : 0;
}

/* Runs body(context, begin, end, worker) over all records from first on, in chunks. */
typedef void pd_stage_rows(void *context, size_t begin, size_t end, int worker);
PADAN_MUST_CHECK enum padan_status pd_stage_each_row(const struct pd_stage *stage, size_t first, pd_stage_rows *body,
                                                     void *context, struct padan_error *error);

/* Code in the raw column's dictionary (1..), or 0: NULL or plain digits. */
static inline uint32_t pd_raw_code(const struct pd_column *column, size_t record)
{
    return pd_column_text_code(column, record);
}

/* Length of a plain digits value, 0 for anything else. */
static inline unsigned pd_raw_digits(const struct pd_column *column, size_t record, uint64_t *number)
{
    if (column->encoding != PD_ENCODING_DIGITS) return 0;
    const uint64_t word = ((const uint64_t *)column->words)[record];
    const unsigned length = (unsigned)(word >> PD_DIGITS_SHIFT);
    *number = word & PD_DIGITS_MASK;
    return length == PD_DIGITS_ESCAPE ? 0 : length;
}

static inline uint64_t pd_digits_word(uint64_t number, unsigned length)
{
    return (uint64_t)length << PD_DIGITS_SHIFT | number;
}

/* ---- texts.c: columns of texts made from one column of texts, once per distinct text ---- */

enum { PD_DERIVED_TEXTS = 8, PD_DERIVED_NUMBERS = 2, PD_DERIVED_BYTES = 2048 };

/* What one distinct text gives. Texts of length 0 are NULL. bytes is room for them. */
struct pd_derived {
    struct pd_text texts[PD_DERIVED_TEXTS];
    int64_t numbers[PD_DERIVED_NUMBERS];
    char bytes[PD_DERIVED_BYTES];
};

/* scratch is the worker's own (see pd_text_job.scratch_size), zeroed before its first use. */
typedef void pd_derive(const struct pd_stage *stage, struct pd_text text, void *scratch, struct pd_derived *out);

struct pd_text_job {
    enum pd_raw raw;
    pd_derive *derive;
    size_t scratch_size;
    size_t n_texts;
    enum pd_made texts[PD_DERIVED_TEXTS];
    size_t n_numbers;
    enum pd_made numbers[PD_DERIVED_NUMBERS]; /* SMALL or INT columns */
    bool only_missing;                        /* fill only where the made column is still NULL */
};

/* Nothing happens when the raw column is absent. Dictionary codes are given in order of the raw dictionary's codes, so
 * they do not depend on threads. */
PADAN_MUST_CHECK enum padan_status pd_stage_texts(const struct pd_stage *stage, const struct pd_text_job *job,
                                                  struct padan_error *error);

/* ---- numbers.c: numbers read from a raw column ---- */

/* PD_NULL_INT for nothing, PD_UNREADABLE for text that should have been a number. */
typedef int64_t pd_read_number(const void *context, struct pd_text text);
#define PD_UNREADABLE (PD_NULL_INT + 1)

/* Values by dictionary code, and a reader for plain digits. */
struct pd_numbers {
    const struct pd_column *column; /* NULL: every value is PD_NULL_INT */
    int64_t *by_code;               /* [n_entries + 1] */
    pd_read_number *read;
    const void *context;
};

/* A worker's memory of digits read before: direct-mapped by the word. */
enum { PD_DIGITS_CACHE = 4096 };
struct pd_digits_cache {
    uint64_t words[PD_DIGITS_CACHE];
    int64_t values[PD_DIGITS_CACHE];
};

PADAN_MUST_CHECK enum padan_status pd_numbers_prepare(const struct pd_stage *stage, enum pd_raw raw,
                                                      pd_read_number *read, const void *context,
                                                      struct pd_numbers *numbers, struct padan_error *error);
int64_t pd_number_at(const struct pd_numbers *numbers, size_t record, struct pd_digits_cache *cache);
void pd_numbers_reset(struct pd_numbers *numbers);
/* Fills a made column of INT or SMALL encoding; context goes to read. Unreadable values count in n_amounts_unreadable.
 */
PADAN_MUST_CHECK enum padan_status pd_stage_numbers(const struct pd_stage *stage, enum pd_raw raw, enum pd_made made,
                                                    pd_read_number *read, const void *context,
                                                    struct padan_error *error);

/* ---- the other files ---- */

PADAN_MUST_CHECK enum padan_status pd_stage_names(const struct pd_stage *stage, struct padan_error *error);
/* Birth dates, dates of death; detects the order of every file first. */
PADAN_MUST_CHECK enum padan_status pd_stage_dates(const struct pd_stage *stage, struct padan_error *error);
/* NIK and KK; after dates, sex and relation. */
PADAN_MUST_CHECK enum padan_status pd_stage_identities(const struct pd_stage *stage, struct padan_error *error);
/* DUPFILE, ISKK and HEAD: flags that need other rows of the file [begin, end). */
PADAN_MUST_CHECK enum padan_status pd_stage_cross_flags(const struct pd_stage *stage, size_t begin, size_t end,
                                                        struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_stage_regions(const struct pd_stage *stage, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_stage_periods(const struct pd_stage *stage, struct padan_error *error);

#endif
