/* SPDX-License-Identifier: MIT
 * The file of a revision: all rows that are not the base's, which rows of the base they stand for, and what the first
 * bytes of the file would be that the revision stands for. */
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/sha256.h"
#include "ingest/chunk.h"
#include "ingest/layout.h"
#include "ingest/revising.h"
#include "ingest/snapshot_contents.h"

enum { FIRST_ROW = 2, PARTS = 3 };

/* What is found of a column. */
struct new_column {
    struct pd_column changes;
    struct pd_dictionary texts;
    uint32_t *same;
};

struct writing {
    struct pd_revising *revising;
    struct pd_snapshot snapshot;  /* of the new revision */
    struct pd_revision next;      /* its base is borrowed */
    struct pd_revising_row *rows; /* [n_rows] of the new revision that are not the base's; places first */
    size_t rows_capacity, dropped_capacity, places_capacity;
    struct pd_revising_row *added; /* of rows, those without a place, until they are put behind */
    size_t n_added, added_capacity;
    struct new_column *columns;
    struct pd_buffer sample, special, contents;
    struct pd_special_row *special_rows;
    size_t special_capacity;
};

/* ---- Rows ---- */

static const struct pd_revision *revision_before(const struct writing *writing)
{
    return writing->revising->before.revision;
}

static const struct pd_snapshot *base_of(const struct writing *writing)
{
    const struct pd_revision *before = revision_before(writing);
    return before != NULL ? &before->base : &writing->revising->before;
}

static enum padan_status append_record(uint32_t **list, size_t *n, size_t *capacity, uint32_t record,
                                       struct padan_error *error)
{
    PD_TRY(pd_grow(list, capacity, *n + 1, sizeof **list, error));
    (*list)[(*n)++] = record;
    return PADAN_OK;
}

/* A row of before, `record`, that stands in the place of a row of the base. */
static enum padan_status take_placed(struct writing *writing, size_t place, uint32_t record, bool of_base,
                                     struct padan_error *error)
{
    struct pd_revision *next = &writing->next;
    const uint32_t fate = writing->revising->fate[record];
    if (fate == PD_REVISING_KEPT && of_base) return PADAN_OK;
    if (fate == PD_REVISING_REMOVED)
        return append_record(&next->dropped, &next->n_dropped, &writing->dropped_capacity, (uint32_t)place, error);
    PD_TRY(pd_grow(&writing->rows, &writing->rows_capacity, next->n_places + 1, sizeof *writing->rows, error));
    writing->rows[next->n_places] = (struct pd_revising_row){ record, fate };
    return append_record(&next->places, &next->n_places, &writing->places_capacity, (uint32_t)place, error);
}

static enum padan_status take_added(struct writing *writing, struct pd_revising_row row, struct padan_error *error)
{
    PD_TRY(pd_grow(&writing->added, &writing->added_capacity, writing->n_added + 1, sizeof *writing->added, error));
    writing->added[writing->n_added++] = row;
    return PADAN_OK;
}

/* Rows of before that were no rows of the base already. */
static enum padan_status take_changed(struct writing *writing, const struct pd_revision_run *run, uint32_t *record,
                                      struct padan_error *error)
{
    const struct pd_revision *before = revision_before(writing);
    for (size_t i = run->begin; i < run->end; i++, ++*record) {
        const uint32_t fate = writing->revising->fate[*record];
        if (i < before->n_places)
            PD_TRY(take_placed(writing, before->places[i], *record, false, error));
        else if (fate != PD_REVISING_REMOVED)
            PD_TRY(take_added(writing, (struct pd_revising_row){ *record, fate }, error));
    }
    return PADAN_OK;
}

/* Goes over the rows of before. */
static enum padan_status list_old_rows(struct writing *writing, struct padan_error *error)
{
    const struct pd_revision plain = { .base = { .n_records = base_of(writing)->n_records } };
    const struct pd_revision *before = revision_before(writing);
    struct pd_revision_walk walk = { .revision = before != NULL ? before : &plain };
    struct pd_revision_run run;
    uint32_t record = 0;
    while (pd_revision_next(&walk, &run)) {
        for (size_t i = run.begin; i < run.end && run.of_base; i++)
            PD_TRY(take_placed(writing, i, record++, true, error));
        if (!run.of_base) PD_TRY(take_changed(writing, &run, &record, error));
    }
    return PADAN_OK;
}

/* Those that were dropped before stay so: two ascending lists into one. */
static enum padan_status merge_dropped(struct writing *writing, struct padan_error *error)
{
    const struct pd_revision *before = revision_before(writing);
    struct pd_revision *next = &writing->next;
    uint32_t *both = NULL;
    if (before == NULL) return PADAN_OK;
    const size_t n = next->n_dropped + before->n_dropped;
    PD_TRY(pd_allocate_array(&both, n + 1, sizeof *both, error));
    for (size_t i = 0, new = 0, old = 0; i < n; i++) {
        const bool take_new =
            old == before->n_dropped || (new < next->n_dropped && next->dropped[new] < before->dropped[old]);
        both[i] = take_new ? next->dropped[new ++] : before->dropped[old++];
    }
    pd_free(next->dropped);
    next->dropped = both;
    next->n_dropped = n;
    return PADAN_OK;
}

static enum padan_status list_rows(struct writing *writing, struct padan_error *error)
{
    const struct pd_revising *revising = writing->revising;
    struct pd_revision *next = &writing->next;
    PD_TRY(list_old_rows(writing, error));
    PD_TRY(merge_dropped(writing, error));
    for (size_t i = 0; i < revising->n_added; i++)
        if (revising->added[i] != PD_REVISING_KEPT)
            PD_TRY(take_added(writing, (struct pd_revising_row){ PD_REVISING_NO_RECORD, revising->added[i] }, error));
    next->n_rows = next->n_places + writing->n_added;
    PD_TRY(pd_grow(&writing->rows, &writing->rows_capacity, next->n_rows + 1, sizeof *writing->rows, error));
    if (writing->n_added > 0)
        memcpy(writing->rows + next->n_places, writing->added, writing->n_added * sizeof *writing->added);
    return PADAN_OK;
}

/* ---- Columns ---- */

static enum padan_status encode_column(const struct writing *writing, size_t index, struct padan_error *error)
{
    struct new_column *column = &writing->columns[index];
    const size_t n = writing->next.n_rows;
    column->changes =
        (struct pd_column){ .encoding = base_of(writing)->columns[index].encoding, .dictionary = &column->texts };
    PD_TRY(pd_allocate_array(&column->changes.words, n + 1, pd_encoding_width(column->changes.encoding), error));
    for (size_t i = 0; i < n; i++) {
        char scratch[24];
        PD_TRY(pd_column_put(&column->changes, i, pd_revising_text(writing->revising, writing->rows[i], index, scratch),
                             error));
    }
    return PADAN_OK;
}

/* Which texts of the changes the base has. */
static enum padan_status find_same(struct new_column *column, const struct pd_dictionary *base,
                                   struct padan_error *error)
{
    PD_TRY(pd_allocate(&column->same, (size_t)column->texts.n_entries + 1, sizeof *column->same, error));
    for (uint32_t code = 1; code <= base->n_entries && column->texts.n_entries > 0; code++) {
        const struct pd_text text = pd_dictionary_text(base, code);
        const uint32_t found = pd_dictionary_find(&column->texts, text, pd_hash_text(text));
        if (found != 0) column->same[found - 1] = code;
    }
    return PADAN_OK;
}

/* How many texts the column will have: it is put together once. */
static enum padan_status count_merged(const struct writing *writing, size_t index, const struct pd_column *base,
                                      struct padan_error *error)
{
    const struct new_column *column = &writing->columns[index];
    struct pd_snapshot_column *out = &writing->snapshot.columns[index];
    struct pd_dictionary texts = { 0 };
    struct pd_column merged = { .encoding = base->encoding, .dictionary = &texts };
    struct pd_revision_merge merge = { .revision = &writing->next,
                                       .base = base,
                                       .changes = &column->changes,
                                       .same = column->same,
                                       .merged = &merged,
                                       .n_texts = base->dictionary->n_entries + column->texts.n_entries,
                                       .n_text_bytes = base->dictionary->n_bytes + column->texts.n_bytes };
    bool fits = false;
    enum padan_status status = pd_allocate_array(&merged.words, (size_t)writing->snapshot.n_records + 1,
                                                 pd_encoding_width(base->encoding), error);
    if (status == PADAN_OK)
        status = pd_allocate_array(&texts.begins, (size_t)merge.n_texts + 1, sizeof *texts.begins, error);
    if (status == PADAN_OK) status = pd_allocate_array(&texts.bytes, (size_t)merge.n_text_bytes + 1, 1, error);
    if (status == PADAN_OK) status = pd_revision_merge(&merge, &fits, error);
    if (status == PADAN_OK && !fits) status = pd_snapshot_contradicts(&writing->revising->before, error);
    *out = (struct pd_snapshot_column){ .header = writing->revising->before.columns[index].header,
                                        .encoding = base->encoding,
                                        .n_filled = merge.n_filled,
                                        .n_texts = texts.n_entries,
                                        .n_text_bytes = texts.n_bytes,
                                        .words = (uint32_t)(PARTS * index),
                                        .begins = (uint32_t)(PARTS * index + 1),
                                        .bytes = (uint32_t)(PARTS * index + 2) };
    pd_free(merged.words);
    pd_dictionary_reset(&texts);
    return status;
}

/* The base's column: that of before, unless before is a revision. */
static enum padan_status make_column(void *context, size_t index, int worker, struct padan_error *error)
{
    const struct writing *writing = context;
    struct pd_dictionary texts = { 0 };
    struct pd_column base = { .dictionary = &texts };
    const bool plain = revision_before(writing) == NULL;
    (void)worker;
    PD_TRY(encode_column(writing, index, error));
    enum padan_status status = plain ? PADAN_OK : pd_revision_read_base(revision_before(writing), index, &base, error);
    const struct pd_column *from = plain ? &writing->revising->fields[index] : &base;
    if (status == PADAN_OK) status = find_same(&writing->columns[index], from->dictionary, error);
    if (status == PADAN_OK) status = count_merged(writing, index, from, error);
    pd_free(base.words);
    pd_dictionary_reset(&texts);
    return status;
}

static enum padan_status make_columns(struct writing *writing, struct padan_error *error)
{
    struct pd_snapshot *snapshot = &writing->snapshot;
    const size_t n = snapshot->n_columns;
    PD_TRY(pd_arena_allocate(&snapshot->arena, &snapshot->columns, (n + 1) * sizeof *snapshot->columns, error));
    PD_TRY(pd_arena_allocate(&snapshot->arena, &writing->next.columns, (n + 1) * sizeof *writing->next.columns, error));
    PD_TRY(pd_allocate(&writing->columns, n + 1, sizeof *writing->columns, error));
    return pd_parallel_for(n, writing->revising->options->threads, make_column, writing, error);
}

/* ---- The file it stands for ---- */

/* Rows of the new revision in their order; *at begins with 0. */
static bool next_row(const struct writing *writing, size_t *at, struct pd_revising_row *row)
{
    const struct pd_revising *revising = writing->revising;
    const size_t n = (size_t)revising->before.n_records;
    while (*at < n && revising->fate[*at] == PD_REVISING_REMOVED) ++*at;
    while (*at >= n && *at < n + revising->n_added && revising->added[*at - n] == PD_REVISING_KEPT) ++*at;
    if (*at >= n + revising->n_added) return false;
    *row = *at < n ? (struct pd_revising_row){ (uint32_t)*at, revising->fate[*at] }
                   : (struct pd_revising_row){ PD_REVISING_NO_RECORD, revising->added[*at - n] };
    ++*at;
    return true;
}

static void format_row(const struct writing *writing, struct pd_revising_row row, struct pd_buffer *out)
{
    const struct pd_snapshot *before = &writing->revising->before;
    for (size_t i = 0; i < before->n_columns; i++) {
        char scratch[24];
        if (i > 0) pd_append_byte(out, before->delimiter);
        pd_append_csv_delimited(out, pd_revising_text(writing->revising, row, i, scratch), before->delimiter);
    }
    pd_append_byte(out, '\n');
}

static enum padan_status make_sample(struct writing *writing, struct padan_error *error)
{
    const struct pd_snapshot *before = &writing->revising->before;
    struct pd_buffer *sample = &writing->sample;
    struct pd_revising_row row;
    size_t at = 0;
    for (size_t i = 0; i < before->n_columns; i++) {
        if (i > 0) pd_append_byte(sample, before->delimiter);
        pd_append_csv_delimited(sample, before->columns[i].header, before->delimiter);
    }
    pd_append_byte(sample, '\n');
    while (sample->length <= PD_SAMPLE_BYTES && next_row(writing, &at, &row)) format_row(writing, row, sample);
    writing->snapshot.sample_complete = sample->length <= PD_SAMPLE_BYTES;
    writing->snapshot.n_sample = writing->snapshot.sample_complete ? sample->length : PD_SAMPLE_BYTES;
    return pd_buffer_status(sample, error);
}

/* Opens with a word like JUMLAH. */
static bool is_special(const struct writing *writing, struct pd_revising_row row)
{
    for (size_t i = 0; i < writing->snapshot.n_columns; i++) {
        char scratch[24];
        const struct pd_text text = pd_revising_text(writing->revising, row, i, scratch);
        if (text.length > 0) return pd_totals_word(text);
    }
    return false;
}

static enum padan_status list_special(struct writing *writing, struct padan_error *error)
{
    struct pd_snapshot *snapshot = &writing->snapshot;
    struct pd_revising_row row;
    uint64_t number = FIRST_ROW;
    for (size_t at = 0; next_row(writing, &at, &row); number++) {
        if (!is_special(writing, row)) continue;
        PD_TRY(pd_grow(&writing->special_rows, &writing->special_capacity, (size_t)snapshot->n_special + 1,
                       sizeof *writing->special_rows, error));
        format_row(writing, row, &writing->special);
        writing->special_rows[snapshot->n_special++] = (struct pd_special_row){ writing->special.length, number };
    }
    snapshot->n_special_bytes = writing->special.length;
    return pd_buffer_status(&writing->special, error);
}

/* ---- Writing ---- */

static enum padan_status write_column(struct writing *writing, size_t index, struct padan_error *error)
{
    static const uint64_t no_begins[1] = { 0 };
    const struct new_column *column = &writing->columns[index];
    struct pd_revision_column *out = &writing->next.columns[index];
    const size_t width = pd_encoding_width(column->changes.encoding);
    struct pd_sealed_writer *file = &writing->revising->file;
    const struct pd_dictionary *texts = &column->texts;
    *out = (struct pd_revision_column){ .n_texts = texts->n_entries, .n_text_bytes = texts->n_bytes };
    PD_TRY(pd_sealed_add(file, column->changes.words, writing->next.n_rows * width, &out->words, error));
    PD_TRY(pd_sealed_add(file, texts->begins == NULL ? no_begins : texts->begins,
                         ((size_t)texts->n_entries + 1) * sizeof *texts->begins, &out->begins, error));
    PD_TRY(pd_sealed_add(file, texts->bytes, texts->n_bytes, &out->bytes, error));
    return pd_sealed_add(file, column->same, texts->n_entries * sizeof *column->same, &out->same, error);
}

static enum padan_status write_sections(struct writing *writing, struct padan_error *error)
{
    struct pd_snapshot *snapshot = &writing->snapshot;
    struct pd_revision *next = &writing->next;
    const struct {
        const void *bytes;
        size_t length;
        uint32_t *section;
    } sections[] = {
        { next->dropped, next->n_dropped * sizeof *next->dropped, &next->dropped_section },
        { next->places, next->n_places * sizeof *next->places, &next->places_section },
        { writing->sample.data, (size_t)snapshot->n_sample, &snapshot->sample },
        { NULL, 0, &snapshot->rows },
        { NULL, 0, &snapshot->rejects },
        { writing->special_rows, (size_t)snapshot->n_special * sizeof *writing->special_rows, &snapshot->special_rows },
        { writing->special.data, writing->special.length, &snapshot->special_bytes },
    };
    for (size_t i = 0; i < snapshot->n_columns; i++) PD_TRY(write_column(writing, i, error));
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        PD_TRY(
            pd_sealed_add(&writing->revising->file, sections[i].bytes, sections[i].length, sections[i].section, error));
    return PADAN_OK;
}

static enum padan_status write_file(struct writing *writing, struct padan_error *error)
{
    struct pd_exchange exchange = { .out = &writing->contents, .error = error };
    PD_TRY(write_sections(writing, error));
    PD_TRY(pd_exchange_revision(&exchange, &writing->snapshot));
    PD_TRY(pd_buffer_status(&writing->contents, error));
    return pd_sealed_finish(&writing->revising->file,
                            (struct pd_text){ writing->contents.data, writing->contents.length }, error);
}

/* What is known before anything is put together. */
static void describe(struct writing *writing)
{
    const struct pd_revising *revising = writing->revising;
    const struct pd_snapshot *before = &revising->before;
    const struct pd_file_result *changes = &revising->loaded.files[0];
    static const char title[] = "padan revision\n";
    struct pd_sha256 hash;
    writing->snapshot = (struct pd_snapshot){ .revision = &writing->next,
                                              .name = before->name,
                                              .n_bytes = before->n_bytes + changes->bytes,
                                              .compressed = before->compressed,
                                              .delimiter = before->delimiter,
                                              .charset = PD_CHARSET_DETECT,
                                              .header_row = FIRST_ROW - 1,
                                              .n_records = revising->facts->n_records,
                                              .rows_ascend = true,
                                              .first_row = FIRST_ROW,
                                              .n_columns = before->n_columns };
    writing->next = (struct pd_revision){ .base = { .n_records = base_of(writing)->n_records },
                                          .base_name = pd_path_base(pd_text_of(base_of(writing)->sealed.path)),
                                          .base_checksum = base_of(writing)->sealed.checksum,
                                          .number = revising->facts->number };
    pd_sha256_start(&hash);
    pd_sha256_add(&hash, title, sizeof title - 1);
    pd_sha256_add(&hash, before->sha256, 64);
    pd_sha256_add(&hash, "\n", 1);
    pd_sha256_add(&hash, changes->digest, 64);
    pd_sha256_add(&hash, "\n", 1);
    pd_sha256_finish(&hash, writing->snapshot.sha256);
}

static enum padan_status write_all(struct writing *writing, struct padan_error *error)
{
    describe(writing);
    PD_TRY(list_rows(writing, error));
    PD_TRY(make_columns(writing, error));
    PD_TRY(make_sample(writing, error));
    PD_TRY(list_special(writing, error));
    return write_file(writing, error);
}

static void reset(struct writing *writing)
{
    for (size_t i = 0; writing->columns != NULL && i < writing->snapshot.n_columns; i++) {
        pd_free(writing->columns[i].changes.words);
        pd_dictionary_reset(&writing->columns[i].texts);
        pd_free(writing->columns[i].same);
    }
    pd_free(writing->columns);
    pd_free(writing->next.dropped);
    pd_free(writing->next.places);
    pd_free(writing->rows);
    pd_free(writing->added);
    pd_free(writing->special_rows);
    pd_buffer_reset(&writing->sample);
    pd_buffer_reset(&writing->special);
    pd_buffer_reset(&writing->contents);
    pd_arena_reset(&writing->snapshot.arena);
}

enum padan_status pd_revising_write(struct pd_revising *revising, struct padan_error *error)
{
    struct writing writing = { .revising = revising };
    const enum padan_status status = write_all(&writing, error);
    reset(&writing);
    return status;
}
