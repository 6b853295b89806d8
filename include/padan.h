/* SPDX-License-Identifier: MIT
 *
 * padan: record linkage for national registers. This is the only public header and the manual of the library.
 *
 * The library never prints, never exits and keeps no global state. Every function that can fail returns an
 * enum padan_status and, when `error` is not NULL, leaves one sentence in it that says what is wrong, where, and
 * what to do. Objects may be used by one thread at a time; different objects are independent. What a function fills
 * (`out`) is NULL or untouched after a failure. Texts are UTF-8; those that are returned end with a NUL byte.
 *
 * Rows of tables are numbered from 0, over all sources in the order in which they were added.
 *
 *     struct padan_table *table = NULL;
 *     struct padan_result *result = NULL;
 *     struct padan_options options;
 *     struct padan_pairs pairs;
 *     padan_options_init(&options);
 *     if (padan_table_new(NULL, &table, &error) != PADAN_OK ||
 *         padan_table_add(table, "pupils", columns, n_columns, n_rows, &error) != PADAN_OK ||
 *         padan_link(table, &options, &result, &error) != PADAN_OK)
 *         fprintf(stderr, "%s\n", error.message);
 *     else
 *         padan_result_pairs(result, &pairs);
 *     padan_result_free(result);
 *     padan_table_free(table);
 */
#ifndef PADAN_H
#define PADAN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PADAN_VERSION_MAJOR 0
#define PADAN_VERSION_MINOR 1
#define PADAN_VERSION_PATCH 0
#define PADAN_VERSION "0.1.0"

#if defined(__GNUC__)
#define PADAN_PUBLIC __attribute__((visibility("default")))
#define PADAN_MUST_CHECK __attribute__((warn_unused_result))
#else
#define PADAN_PUBLIC
#define PADAN_MUST_CHECK
#endif

/* --- status --- */

/* What went wrong, by whom it can be mended. The command line turns these into exit codes. */
enum padan_status {
    PADAN_OK = 0,
    PADAN_BAD_ARGUMENT,  /* usage, job file, model or rules: exit code 2 */
    PADAN_BAD_INPUT,     /* an input file cannot be used at all: exit code 3 */
    PADAN_IO,            /* reading or writing failed, disk full: exit code 4 */
    PADAN_OUT_OF_MEMORY, /* allocation failed or the memory limit is too small: exit code 4 */
    PADAN_LIMIT,         /* a stated limit (sizes, counts) was passed: exit code 4 */
    PADAN_UNSUPPORTED,   /* a form the model language or the library does not have: exit code 2 */
    PADAN_CANCELLED      /* interrupted: exit code 5 */
};

/* Caller-owned; may be NULL wherever it is taken. Never holds personal data. */
struct padan_error {
    enum padan_status status;
    char message[640];
};

/* The library's version, "major.minor.patch". Static storage. */
PADAN_PUBLIC const char *padan_version(void);

/* The exit code of the command line for a status (CONTRACT 8): 0, 2, 3, 4 or 5. */
PADAN_PUBLIC int padan_exit_code(enum padan_status status);

/* --- tables: rows in --- */

/* Rows of one or more sources, in columns by name; a source without a column has no values in it. Everything that is
 * added is copied. */
struct padan_table;

/* A column of texts, in the layout of Arrow's large strings. */
struct padan_texts {
    const char *name;       /* NUL-terminated, not empty */
    const int64_t *offsets; /* [n_rows + 1], ascending: row i is bytes[offsets[i]] up to bytes[offsets[i + 1]] */
    const char *bytes;
    const uint8_t *valid; /* [(n_rows + 7) / 8] bit i % 8 of byte i / 8: row i has a value; NULL: all have one */
};

/* An empty table; the caller frees it. unique_id: the column whose texts name the rows of a source (copied), or NULL
 * for `unique_id`; a source that has no such column names its rows `<source>:<number>`, from 1. One that is named must
 * be in some source: linking refuses else. OUT_OF_MEMORY. */
PADAN_PUBLIC PADAN_MUST_CHECK enum padan_status padan_table_new(const char *unique_id, struct padan_table **table,
                                                                struct padan_error *error);
PADAN_PUBLIC void padan_table_free(struct padan_table *table);
/* Rows in the table; 0 of a table that was linked. */
PADAN_PUBLIC uint64_t padan_table_n_rows(const struct padan_table *table);

/* Says what type a model's conditions see a column of texts in: VARCHAR, INT, DOUBLE, BOOLEAN, DATE, TIMESTAMP,
 * VARCHAR[] or DOUBLE[] (lists as [a, b] or ["a", "b"], a quote in an item twice); texts that are none are missing
 * values, and told. Before or after rows are added; a column that is in no source is refused by linking; the first word
 * on a column counts, and Arrow's columns (below) have theirs. A model with padan_columns_as_texts, as one made from
 * rows is, sees texts all the same. Returns  BAD_ARGUMENT for another type, or a name with a comma or '=';
 * OUT_OF_MEMORY. */
PADAN_PUBLIC PADAN_MUST_CHECK enum padan_status padan_table_set_type(struct padan_table *table, const char *column,
                                                                     const char *type, struct padan_error *error);

/* Appends n_rows rows to a source: a new one, or the last that was added. Blanks at both ends of a text are cut; an
 * empty text is a missing value.
 * Returns  BAD_ARGUMENT for a column twice or without a name, a source that is not the last one; BAD_INPUT for offsets
 *          that descend or are negative, rows without an id where the source has such a column; LIMIT (2^32 - 1 rows,
 *          256 sources); OUT_OF_MEMORY. The table has no row more then.
 * Cost     one lookup per text, in one thread. */
PADAN_PUBLIC PADAN_MUST_CHECK enum padan_status padan_table_add(struct padan_table *table, const char *source,
                                                                const struct padan_texts *columns, size_t n_columns,
                                                                uint64_t n_rows, struct padan_error *error);

/* Arrow's C data and stream interfaces (https://arrow.apache.org/docs/format/CDataInterface.html), which pyarrow,
 * polars, pandas, DuckDB and R's arrow hand out. */
struct ArrowSchema;
struct ArrowArray;
struct ArrowArrayStream;

/* The same of a batch: a struct array without nulls of its own, whose children are the columns. Texts (utf8,
 * large_utf8, utf8_view), booleans, integers, floats, dates, timestamps, nulls, any of these by dictionary, and lists
 * of any of these (list, large_list, fixed_size_list); numbers and lists are kept as texts that read as they do, and a
 * model's conditions see them in their type, lists of numbers as DOUBLE[], others as VARCHAR[]. Both are
 * released, whatever the outcome.
 * Returns  as padan_table_add; UNSUPPORTED for a column of another type, with its name. */
PADAN_PUBLIC PADAN_MUST_CHECK enum padan_status padan_table_add_arrow(struct padan_table *table, const char *source,
                                                                      struct ArrowSchema *schema,
                                                                      struct ArrowArray *batch,
                                                                      struct padan_error *error);
/* The same of all batches of a stream, which is released. IO when the stream fails. After a failure the table holds
 * the batches before. */
PADAN_PUBLIC PADAN_MUST_CHECK enum padan_status padan_table_add_arrow_stream(struct padan_table *table,
                                                                             const char *source,
                                                                             struct ArrowArrayStream *stream,
                                                                             struct padan_error *error);

/* --- linking --- */

/* Between threads: another thread may read and write it while a function has it. */
struct padan_progress {
    volatile int32_t
        cancel; /* set to 1: the function returns CANCELLED soon, between stages or while pairs are scored */
    volatile int32_t stage; /* 0 the model is read or made, 1 pairs are looked for, 2 rows are clustered */
    volatile double part;   /* done of stage 1 under a model, 0 to 1 */
};

/* A model made ready once, for any number of calls (below). Freed by the caller, after the last of them. */
struct padan_linker;

/* padan_options_init sets what each says as its default. Nothing is copied: texts must live as long as the call. */
struct padan_options {
    size_t size;            /* of this struct, as the caller knows it */
    const char *model;      /* JSON: a Splink settings file, or one of our own (docs/conditions.md); NULL */
    const char *model_file; /* or the path of a file with one, which may bring tables of frequencies along (padan
                               train);  NULL */
    const char *preset;     /* or a model that comes with padan: people, orang-indonesia; NULL */
    const struct padan_linker *linker; /* or one that is ready; NULL. All four NULL: one is made from the rows
                                (docs/zero-configuration.md). BAD_ARGUMENT for two of them */
    const char *link_type;             /* dedupe_only, link_only or link_and_dedupe; NULL: the model's, without one
                                          dedupe_only for one source and link_only for several */
    const char *clustering;  /* components, groups, one_to_one, pairs, best_link or mutual; NULL: the model's */
    double threshold_weight; /* match weight, in bits, from which on pairs are kept and clustered; NaN: the model's */
    double threshold_probability;    /* the same as a match probability, 0 to below 1; NaN. Not both */
    uint64_t seed;                   /* of random pairs when there is no model (0) */
    int threads;                     /* 1: none is made; 0: as many as this process has processors (1); at most 1024 */
    struct padan_progress *progress; /* or NULL */
};
PADAN_PUBLIC void padan_options_init(struct padan_options *options);

/* Reads and checks the model that options->model, model_file or preset name, with the frequencies that it brings along
 * and the dictionaries that clean its columns, for calls that have it as options->linker: they find what they find
 * under the model itself. Everything is copied; files are not looked at again, and other options not at all. A linker
 * never changes, so that calls of several threads may use one at a time.
 * Returns  BAD_ARGUMENT for a model that is wrong, or none; UNSUPPORTED for a condition the language does not have;
 *          BAD_INPUT without its file of frequencies; OUT_OF_MEMORY.
 * Cost     about 30 ms and 20 MB of a model that cleans columns (orang-indonesia); the size of what is read. */
PADAN_PUBLIC PADAN_MUST_CHECK enum padan_status
padan_linker_new(const struct padan_options *options, struct padan_linker **linker, struct padan_error *error);
PADAN_PUBLIC void padan_linker_free(struct padan_linker *linker);
/* Names of the comparisons that the model has, n of them; the linker's. */
PADAN_PUBLIC const char *const *padan_linker_comparisons(const struct padan_linker *linker, size_t *n);

/* What linking found. Freed by the caller; all that it returns lives as long. */
struct padan_result;

/* Blocks, compares, scores and clusters (Fellegi and Sunter 1969; docs/design.md): what `padan dedupe` and
 * `padan link` find in files with these rows. The rows of the table are used up, whatever the outcome: it is empty
 * afterwards. The same for any number of threads.
 * Returns  BAD_ARGUMENT for an option or a model that is wrong or names columns the table does not have; UNSUPPORTED
 *          for a condition the language does not have; BAD_INPUT for a table without rows or usable columns, or with
 *          ids that name two rows of a source; LIMIT, OUT_OF_MEMORY, CANCELLED.
 * Memory   about 100 bytes a row and 24 a pair besides the table's. */
PADAN_PUBLIC PADAN_MUST_CHECK enum padan_status padan_link(struct padan_table *table,
                                                           const struct padan_options *options,
                                                           struct padan_result **result, struct padan_error *error);
PADAN_PUBLIC void padan_result_free(struct padan_result *result);

/* Pairs at or over the threshold, by left row, then right. Arrays of the result. */
struct padan_pairs {
    uint64_t n_pairs;
    size_t n_comparisons;
    const uint32_t *left, *right;    /* [n_pairs] rows; left is the earlier one, under a model that treats the two sides
                                        differently the first by source and id */
    const double *match_weight;      /* [n_pairs] bits, prior included */
    const double *match_probability; /* [n_pairs] */
    const int8_t *levels;            /* [n_pairs][n_comparisons] level of agreement (Splink's gamma); -1: missing */
    const uint8_t *match_key;        /* [n_pairs] blocking rule that found the pair first, from 0 */
    const char *const *comparisons;  /* [n_comparisons] their names */
};
PADAN_PUBLIC void padan_result_pairs(const struct padan_result *result, struct padan_pairs *pairs);

PADAN_PUBLIC uint64_t padan_result_n_rows(const struct padan_result *result);
/* [n_rows] row that stands for the cluster of each row: the one that is first by source and id. NULL of blocks
 * (padan_link_blocks). */
PADAN_PUBLIC const uint32_t *padan_result_clusters(const struct padan_result *result);
/* The model that was used, as JSON: may be changed and given back. Large tables of frequencies are not in it. */
PADAN_PUBLIC const char *padan_result_model(const struct padan_result *result);
/* What was decided and why, in words (decisions.txt). */
PADAN_PUBLIC const char *padan_result_decisions(const struct padan_result *result);
/* What the user should know of model and data, a line each; may be empty. */
PADAN_PUBLIC const char *padan_result_notes(const struct padan_result *result);

/* --- parts of it --- */

/* Scores pairs that the caller found, under a model; thresholds and clustering are not
 * used. left, right [n_pairs] rows, weights [n_pairs] out; levels [n_pairs][n_levels] out, n_levels being the model's
 * number of comparisons, or NULL. Which row of a pair is taken for the left one is as in padan_link, whichever
 * the caller names first. The table is used up as there.
 * Returns  as padan_link; BAD_ARGUMENT also without a model, for rows the table does not have, a row with itself, or
 *          another n_levels. */
struct padan_candidates {
    uint64_t n_pairs;
    const uint32_t *left, *right;
    double *weights;
    int8_t *levels;
    size_t n_levels;
};
PADAN_PUBLIC PADAN_MUST_CHECK enum padan_status padan_score(struct padan_table *table,
                                                            const struct padan_options *options,
                                                            const struct padan_candidates *candidates,
                                                            struct padan_error *error);

/* Connected components: cluster [n_rows] out, the least row of each. left, right [n_pairs]; weights [n_pairs], of which
 * those below the threshold join nothing; NULL: all join. BAD_ARGUMENT for rows from n_rows on; OUT_OF_MEMORY.
 * Cost near O(rows + pairs), one thread. */
struct padan_edges {
    uint64_t n_pairs;
    const uint32_t *left, *right;
    const double *weights;
    double threshold;
};
PADAN_PUBLIC PADAN_MUST_CHECK enum padan_status padan_cluster(uint64_t n_rows, const struct padan_edges *edges,
                                                              uint32_t *cluster, struct padan_error *error);

/* --- one run over many machines --- */

/* For callers that can bring rows together themselves (Spark, Ray, a database): no machine needs all rows. A blocking
 * rule is a pass; rows with one key in a pass are a block.
 *
 *   1. padan_keys_find on the rows of any batch: a line (key, row) for every block that a row is in.
 *   2. The caller groups lines by key. A block with more pairs than the model allows (max_pairs) is cut: its key goes
 *      into a list, and step 1 is done again with it, until no block is too large.
 *   3. The caller brings all rows of a block to one machine, any number of blocks together, a row once however many of
 *      them it is in; padan_link_blocks there finds the pairs of these blocks.
 *   4. The pairs of all machines together are each pair once, with the weights, levels and match_key that padan_link
 *      finds in all rows; padan_cluster puts them together.
 *
 * A pair belongs to the first pass that brings its rows together; which one that is follows from the two rows and the
 * list of cut blocks, so machines ask nobody. Keys are the same on all machines of one version of the library; two
 * blocks of one key are one group to the caller, and are told apart here, by value.
 *
 * Every batch must have the columns of the whole, by name and type, under the model and link_type of all; sources are
 * to be added in one order, as the left row of a pair is the earlier one. What a model asks of all rows is refused
 * (UNSUPPORTED, with what it is): term frequencies that it neither computes nor brings along, padan_words,
 * padan_matches_per_record, padan_household_members, rare_word_similarity. What padan_link reads off all rows of a
 * source is taken as usual: dates that can be read both ways have the day first, region codes are Kemendagri's, and
 * numbers that a spreadsheet has rounded are not found out. In a deduplication under conditions that ask other things
 * of the left row than of the right, ids are to be all whole numbers, or none of them. */
struct padan_keys;

struct padan_key_list {
    uint64_t n_keys;
    const uint64_t *key;      /* [n_keys] of a block. In a rule whose two sides read different columns a row has a line
                                 for each side, and in one with arrays_to_explode one for each element, be it of one key:
                                 what is counted of a block are its lines */
    const uint32_t *row;      /* [n_keys] ascending within a rule */
    const uint8_t *match_key; /* [n_keys] rule, from 0, ascending */
    size_t n_rules;
    const char *const *rules;  /* [n_rules] as the model has them */
    const uint64_t *max_pairs; /* [n_rules] a block with more pairs than this is cut; 0: none is. Pairs of n lines, of
                                  which n_s are of source s: n (n - 1) / 2; under link_only less those inside a source,
                                  the sum of n_s (n_s - 1) / 2 */
};

/* The keys of all rows of a table. cut [n_cut]: keys of blocks that are too large, in any order; rows of such a block
 * have the key of a smaller one, by the rule's next padan_refine, or none. Without it (n_cut 0) no block is cut: then
 * padan_link_blocks finds what padan_link finds under the model without limits, which may be many more pairs. The table
 * is used up; of the options, the model, threads and progress are used, and others are not looked at. The caller frees
 * the keys.
 * Returns  as padan_link; BAD_ARGUMENT also without a model; UNSUPPORTED for one that asks something of all rows.
 * Cost     a hash per row and rule, and what the rules compute. Memory 13 bytes a line, twice for a while. */
PADAN_PUBLIC PADAN_MUST_CHECK enum padan_status padan_keys_find(struct padan_table *table,
                                                                const struct padan_options *options,
                                                                const uint64_t *cut, uint64_t n_cut,
                                                                struct padan_keys **keys, struct padan_error *error);
/* Arrays of the keys. */
PADAN_PUBLIC void padan_keys_list(const struct padan_keys *keys, struct padan_key_list *list);
PADAN_PUBLIC void padan_keys_free(struct padan_keys *keys);

/* Blocks of which a table holds all rows; the table may hold further rows. */
struct padan_blocks {
    uint64_t n_keys;
    const uint64_t *keys; /* [n_keys] of the blocks, in any order; one that stands here twice counts once */
    uint64_t n_cut;
    const uint64_t *cut; /* [n_cut] the list that these keys were found with */
};

/* Blocks, compares and scores as padan_link does, the pairs of these blocks alone. Nothing is clustered:
 * padan_result_clusters is NULL. The table is used up. A block whose rows are not all there lacks pairs: that cannot be
 * found out here.
 * Returns  as padan_link; BAD_ARGUMENT also without a model or with options->clustering; UNSUPPORTED for a model that
 *          asks something of all rows; LIMIT above 2^31 keys.
 * Cost     as padan_link, and of each row a key per rule. */
PADAN_PUBLIC PADAN_MUST_CHECK enum padan_status
padan_link_blocks(struct padan_table *table, const struct padan_options *options, const struct padan_blocks *blocks,
                  struct padan_result **result, struct padan_error *error);

#ifdef __cplusplus
}
#endif

#endif
