/* SPDX-License-Identifier: MIT
 * Delimited files into the record store: all files of all sources one after another, in job order, as raw text columns.
 *
 * Reading is strict about accounting and lenient about form: accepted + rejected = read for every file, whatever the
 * file looks like. Only broken structure rejects a row (ragged, a quote never closed, a field beyond the limit, the
 * header once more); blank rows, totals rows and, in wide program files, rows of other programs are no records and are
 * counted apart.
 *
 * Files are RFC 4180 with any of , ; | tab, LF, CRLF or CR, UTF-8 (BOM or not) or Windows-1252, plain, gzip or zstd
 * (told by content), header on row 1 to 10. A quote counts only at the start of a field. A quoted field that is never
 * closed, or closed in the middle of text after a line break, costs its first line only; reading goes on at the next.
 *
 * Work is cut into pieces of bytes; the result is that of reading byte after byte, for any number of threads. */
#ifndef PD_INGEST_INGEST_H
#define PD_INGEST_INGEST_H

#include "base/buffer.h"
#include "base/digest.h"
#include "table/table.h"

/* How text is coded. UTF-16 is told by its mark and never asked for. */
enum pd_charset { PD_CHARSET_DETECT, PD_CHARSET_UTF8, PD_CHARSET_CP1252, PD_CHARSET_UTF16 };

const char *pd_charset_name(enum pd_charset charset);

/* `columns: {nama: "NAMA PEGAWAI"}`: the column that a canonical name is read from; header "" = from none. */
struct pd_column_choice {
    struct pd_text canonical, header;
};

struct pd_input_source {
    struct pd_text name;
    /* Names of the source's program (code and aliases), or none. In a file of the SIKS-NG wide form, with a column of
     * 0/1 flags per program, they select the flag: rows without it are left out (rows_skipped). */
    const struct pd_text *program_names;
    size_t n_program_names;
};

/* Headers are looked for, and may be said to stand, among the first rows. */
enum { PD_HEADER_ROW_MAX = 60 };

/* Zero = find out, for all but path and source. */
struct pd_input_file {
    const char *path;    /* "-" is standard input, once; a table or query of a database (base/postgres_name.h) */
    struct pd_text name; /* as reports show it; empty = the last part of path; of a database always its own */
    size_t source;       /* files stand in ascending order of source */
    bool may_skip;       /* an unusable file is noted in the result instead of stopping */
    char delimiter;
    enum pd_charset charset;
    unsigned header_row; /* 1 to PD_HEADER_ROW_MAX; 0: found out */
    const struct pd_column_choice *choices;
    size_t n_choices;
    const struct pd_text *unique_id; /* [n_unique_id] headers that name a row together */
    size_t n_unique_id;
    enum pd_digest_kind digest; /* of a file that is no index: that has its SHA-256 with it */
};

struct pd_ingest_options {
    const struct pd_input_source *sources;
    size_t n_sources;
    const struct pd_input_file *files;
    size_t n_files;
    /* true: headers become canonical names by datasets/alias_kolom.csv, other columns are listed but not loaded.
     * false: every column under its header as written, but for those in `ignore`. */
    bool canonical;
    /* canonical: a file none of whose headers names a person or a family is no roster; its columns are loaded as they
     * are written, and its result says so. For files without choices, each a source of its own. */
    bool or_as_written;
    const struct pd_text *ignore; /* headers, compared by pd_text_same_name */
    size_t n_ignore;
    /* Every field of one file, named by its number from 0, and no ids: what an index keeps (ingest/snapshot.h). The
     * result then has `raw`. */
    bool raw;
    /* Not canonical: the columns to load (compared likewise) besides the id; n_wanted 0 = all. Others are listed only.
     */
    const struct pd_text *wanted;
    size_t n_wanted;
    /* Header of a column whose texts are the names of the sources, or empty. Then there is one source in `sources`
     * (its name serves rows that say nothing), and the table's sources are in order of first mention. */
    struct pd_text source_column;
    int threads;        /* 0 = all processors */
    size_t field_limit; /* longest field in bytes; 0 = 1 MiB */
    size_t chunk_bytes; /* 0 = 4 MiB; tests make it tiny */
    size_t row_limit;   /* bytes looked through for the end of a row; 0 = 16 MiB */
};

enum pd_reject_code {
    PD_REJECT_COLUMNS,    /* JUMLAH_KOLOM: more or fewer fields than the header */
    PD_REJECT_QUOTE,      /* KUTIP_TIDAK_DITUTUP: a quote is never closed, or closed in the middle of text */
    PD_REJECT_LONG_FIELD, /* KOLOM_TERLALU_PANJANG */
    PD_REJECT_LONG_ROW,   /* BARIS_TERLALU_PANJANG: no line end within row_limit */
    PD_REJECT_HEADER,     /* KEPALA_BERULANG: the header again */
    PD_REJECT_ZERO_BYTE,  /* BYTE_NOL: a byte 0, which is no text; copies that broke off are full of them */
    PD_REJECT_CODES
};

struct pd_reject {
    uint64_t offset; /* of the row's first byte in the (decompressed) file */
    uint32_t file;
    uint32_t row;      /* as in pd_table.row_of */
    uint32_t column;   /* index of the file's column; UINT32_MAX when no single column is at fault */
    uint32_t n_fields; /* PD_REJECT_COLUMNS: fields found */
    enum pd_reject_code code;
};

struct pd_file_column {
    struct pd_text header;   /* of two lines: "Kelahiran Tanggal" */
    struct pd_text known_as; /* what it is looked up by, when that is not the header: "Tanggal Lahir" */
    struct pd_text name;     /* column of the table, empty when it was not loaded */
    bool by_part;            /* known_as is only what the lower of two lines says: any other column goes before it */
    uint64_t n_filled;       /* accepted rows with a value; 0 when not loaded */
    bool saw_cp1252;         /* some of its values had to be read as Windows-1252; not told of columns not loaded */
    bool is_program;         /* SIKS-NG wide form: named like a program, says who gets it; not loaded */
};

enum pd_id_origin {
    PD_ID_COLUMN,    /* from the file */
    PD_ID_GENERATED, /* <berkas>:<baris>: the file has no such column */
    PD_ID_WAS_NIK    /* <berkas>:<baris>: more than half of the file's ids were NIKs */
};

enum pd_totals_state {
    PD_TOTALS_NONE,   /* no totals row in the file */
    PD_TOTALS_MATCH,  /* its numbers are sums of the file's columns or the number of rows */
    PD_TOTALS_DIFFER, /* at least one is neither */
    PD_TOTALS_UNKNOWN /* there is one, without a number that could be checked */
};

struct pd_file_result {
    struct pd_text name;
    enum pd_digest_kind digest_kind;
    char digest[PD_DIGEST_ROOM]; /* of the file as stored */
    uint64_t bytes;              /* of the file as stored */
    uint64_t index_checksum;     /* of the index it was read from (base/sealed.h); 0: from the file itself */
    uint64_t rows_read, rows_accepted, rows_rejected; /* read = accepted + rejected */
    uint64_t rows_skipped, rows_blank, rows_totals;   /* not records */
    size_t begin, end;                                /* records of the table; empty range with source_column */
    char delimiter;
    enum pd_charset charset; /* UTF8 (also for plain ASCII), CP1252 or UTF16 */
    bool has_bom, compressed;
    bool as_written; /* columns have the names of the file */
    unsigned header_row;
    struct pd_file_column *columns; /* [n_columns] in file order */
    size_t n_columns;
    struct pd_text program_flag; /* header of the flag that selected rows (wide form), else empty */
    enum pd_totals_state totals;
    enum pd_id_origin id_origin;
    uint64_t n_nik_ids; /* rows called <berkas>:<baris> because their id held their own NIK; 0 with PD_ID_WAS_NIK */
    uint64_t n_repeated_ids;
    enum padan_status status; /* not OK: the file was left out (may_skip), and why */
    struct pd_text message;
};

/* Where the bytes of a row that may be a totals row end; those of the one before are its begin. */
struct pd_special_row {
    uint64_t end;
    uint64_t row; /* as in pd_table.row_of */
};

/* What an index keeps beside the table. */
struct pd_raw_facts {
    enum pd_charset charset; /* as asked for */
    struct pd_buffer sample; /* the file's first bytes */
    bool sample_complete;    /* and its last */
    struct pd_buffer special;
    struct pd_special_row *special_rows; /* by row; they are records or rejects too */
    size_t n_special, special_capacity;
};

struct pd_ingest_result {
    struct pd_arena arena;
    struct pd_raw_facts raw;
    struct pd_file_result *files; /* [n_files] */
    size_t n_files;
    struct pd_reject *rejects; /* [n_rejects] by file, then row */
    size_t n_rejects, rejects_capacity;
};

/* Reads all files into an empty table ({0}): columns of type TEXT in encoding CODE or DIGITS (chosen from a sample of
 * all files), one per name over all sources; empty fields are NULL, blanks at both ends are cut. Every record has a
 * `unique_id` (CONTRACT 2): repeated ones inside a source have become id#2, id#3.
 * Returns  BAD_INPUT when a file is missing, empty, header only, binary or has no usable column (canonical:
 *          none that names a person or family); BAD_ARGUMENT when two columns have one name and no choice decides, or
 *          a chosen column is absent; IO, OUT_OF_MEMORY, LIMIT (2^32 records). Then table is empty again; result holds
 *          what was known and must be reset.
 * Memory   the columns, plus about (2 * threads + 4) chunks of text and row_limit. */
PADAN_MUST_CHECK enum padan_status pd_ingest(const struct pd_ingest_options *options, struct pd_table *table,
                                             struct pd_ingest_result *result, struct padan_error *error);
void pd_ingest_result_reset(struct pd_ingest_result *result);

/* "JUMLAH_KOLOM" and so on. */
const char *pd_reject_code_name(enum pd_reject_code code);
/* Header of the column at fault, empty when there is none. */
struct pd_text pd_reject_column(const struct pd_ingest_result *result, const struct pd_reject *reject);
/* Appends one sentence of reason (Indonesian, no cell content). */
void pd_reject_reason(const struct pd_ingest_result *result, const struct pd_reject *reject, struct pd_buffer *out);

/* "avx2" or "scalar": the scanner this machine uses; PADAN_CPU=scalar forces the latter. */
const char *pd_ingest_kernel(void);

#endif
