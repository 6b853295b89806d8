/* SPDX-License-Identifier: MIT */
#include "ingest/revision.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "ingest/snapshot_contents.h"

static const struct pd_sealed_kind kind = { { '\x89', 'P', 'A', 'D', 'A', 'N', '+', '\n' }, 2 };

enum { PARTS = 3 }; /* of a column: words, begins, bytes */

const struct pd_sealed_kind *pd_revision_kind(void)
{
    return &kind;
}

bool pd_revision_is(const char *path)
{
    return pd_sealed_is(&kind, path);
}

/* ---- Order ---- */

static size_t base_end(const struct pd_revision_walk *walk)
{
    const struct pd_revision *revision = walk->revision;
    size_t end = (size_t)revision->base.n_records;
    if (walk->dropped < revision->n_dropped && revision->dropped[walk->dropped] < end)
        end = revision->dropped[walk->dropped];
    if (walk->placed < revision->n_places && revision->places[walk->placed] < end) end = revision->places[walk->placed];
    return end;
}

bool pd_revision_next(struct pd_revision_walk *walk, struct pd_revision_run *run)
{
    const struct pd_revision *revision = walk->revision;
    const size_t n = (size_t)revision->base.n_records;
    for (; walk->dropped < revision->n_dropped && revision->dropped[walk->dropped] == walk->base; walk->dropped++)
        walk->base++;
    if (walk->base < n) {
        const size_t end = base_end(walk);
        *run = (struct pd_revision_run){ end > walk->base, walk->base, end };
        walk->base = end;
        if (run->of_base) return true;
        *run = (struct pd_revision_run){ false, walk->placed, walk->placed + 1 };
        walk->placed++;
        walk->base++;
        return true;
    }
    *run = (struct pd_revision_run){ false, revision->n_places + walk->added, revision->n_rows };
    walk->added = revision->n_rows - revision->n_places;
    return run->begin < run->end;
}

/* ---- Columns ---- */

struct merging {
    const struct pd_revision_merge *merge;
    uint32_t *of_base, *of_changes; /* code of each text in the merged column, 0: not met yet */
    size_t n;                       /* records so far */
    uint64_t n_filled;
    bool failed;
};

/* A text that was not met before gets the next code. */
static uint32_t meet(struct merging *merging, const struct pd_dictionary *from, uint32_t code)
{
    const struct pd_revision_merge *merge = merging->merge;
    struct pd_dictionary *texts = merge->merged->dictionary;
    const struct pd_text text = pd_dictionary_text(from, code);
    if (texts->n_entries == merge->n_texts || text.length > merge->n_text_bytes - texts->n_bytes) {
        merging->failed = true;
        return 0;
    }
    memcpy(texts->bytes + texts->n_bytes, text.data, text.length);
    texts->n_bytes += text.length;
    texts->begins[++texts->n_entries] = texts->n_bytes;
    return texts->n_entries;
}

static uint32_t code_of_base(struct merging *merging, uint32_t code)
{
    if (code == 0) return 0;
    uint32_t *known = &merging->of_base[code - 1];
    if (*known == 0) *known = meet(merging, merging->merge->base->dictionary, code);
    return *known;
}

static uint32_t code_of_change(struct merging *merging, uint32_t code)
{
    if (code == 0) return 0;
    if (merging->merge->same[code - 1] != 0) return code_of_base(merging, merging->merge->same[code - 1]);
    uint32_t *known = &merging->of_changes[code - 1];
    if (*known == 0) *known = meet(merging, merging->merge->changes->dictionary, code);
    return *known;
}

static uint32_t code_of(struct merging *merging, bool of_base, uint32_t code)
{
    return of_base ? code_of_base(merging, code) : code_of_change(merging, code);
}

static void merge_codes(struct merging *merging, const struct pd_revision_run *run)
{
    const struct pd_revision_merge *merge = merging->merge;
    const uint32_t *from = (run->of_base ? merge->base : merge->changes)->words;
    uint32_t *to = merge->merged->words;
    for (size_t i = run->begin; i < run->end; i++) {
        merging->n_filled += from[i] != 0;
        to[merging->n++] = code_of(merging, run->of_base, from[i]);
    }
}

static void merge_digits(struct merging *merging, const struct pd_revision_run *run)
{
    const struct pd_revision_merge *merge = merging->merge;
    const uint64_t *from = (run->of_base ? merge->base : merge->changes)->words;
    uint64_t *to = merge->merged->words;
    for (size_t i = run->begin; i < run->end; i++) {
        uint64_t word = from[i];
        merging->n_filled += word != 0;
        if (word >> PD_DIGITS_SHIFT == PD_DIGITS_ESCAPE)
            word = (word & ~PD_DIGITS_MASK) | code_of(merging, run->of_base, (uint32_t)(word & PD_DIGITS_MASK));
        to[merging->n++] = word;
    }
}

static bool words_fit(const struct pd_column *column, size_t n)
{
    const uint32_t n_texts = column->dictionary->n_entries;
    return column->encoding == PD_ENCODING_CODE ? pd_snapshot_codes_fit(column->words, n, n_texts)
                                                : pd_snapshot_digits_fit(column->words, n, n_texts);
}

static bool parts_fit(const struct pd_revision_merge *merge)
{
    const size_t n_texts = merge->changes->dictionary->n_entries;
    return words_fit(merge->base, (size_t)merge->revision->base.n_records) &&
           words_fit(merge->changes, merge->revision->n_rows) &&
           pd_snapshot_codes_fit(merge->same, n_texts, merge->base->dictionary->n_entries);
}

enum padan_status pd_revision_merge(struct pd_revision_merge *merge, bool *fits, struct padan_error *error)
{
    struct merging merging = { .merge = merge };
    struct pd_revision_walk walk = { .revision = merge->revision };
    struct pd_revision_run run;
    *fits = parts_fit(merge);
    if (!*fits) return PADAN_OK;
    merge->merged->dictionary->begins[0] = 0;
    enum padan_status status =
        pd_allocate(&merging.of_base, merge->base->dictionary->n_entries, sizeof *merging.of_base, error);
    if (status == PADAN_OK)
        status =
            pd_allocate(&merging.of_changes, merge->changes->dictionary->n_entries, sizeof *merging.of_changes, error);
    while (status == PADAN_OK && !merging.failed && pd_revision_next(&walk, &run)) {
        if (merge->merged->encoding == PD_ENCODING_CODE)
            merge_codes(&merging, &run);
        else
            merge_digits(&merging, &run);
    }
    pd_free(merging.of_base);
    pd_free(merging.of_changes);
    merge->n_filled = merging.n_filled;
    *fits = !merging.failed;
    return status;
}

/* ---- Opening ---- */

static void exchange_column(struct pd_exchange *exchange, struct pd_revision_column *column)
{
    column->n_texts = (uint32_t)pd_exchange_small(exchange, column->n_texts, UINT32_MAX - 2);
    pd_exchange_number(exchange, &column->n_text_bytes);
    uint32_t *const sections[] = { &column->words, &column->begins, &column->bytes, &column->same };
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        *sections[i] = (uint32_t)pd_exchange_small(exchange, *sections[i], UINT32_MAX);
}

enum padan_status pd_exchange_revision(struct pd_exchange *exchange, struct pd_snapshot *snapshot)
{
    struct pd_revision *revision = snapshot->revision;
    PD_TRY(pd_exchange_snapshot(exchange, snapshot));
    PD_TRY(pd_exchange_text(exchange, &revision->base_name));
    pd_exchange_number(exchange, &revision->base_checksum);
    revision->number = (uint32_t)pd_exchange_small(exchange, revision->number, UINT32_MAX);
    revision->n_dropped = (size_t)pd_exchange_small(exchange, revision->n_dropped, UINT32_MAX);
    revision->n_places = (size_t)pd_exchange_small(exchange, revision->n_places, UINT32_MAX);
    revision->n_rows = (size_t)pd_exchange_small(exchange, revision->n_rows, UINT32_MAX);
    revision->dropped_section = (uint32_t)pd_exchange_small(exchange, revision->dropped_section, UINT32_MAX);
    revision->places_section = (uint32_t)pd_exchange_small(exchange, revision->places_section, UINT32_MAX);
    if (exchange->out == NULL)
        PD_TRY(pd_arena_allocate(exchange->arena, &revision->columns,
                                 (snapshot->n_columns + 1) * sizeof *revision->columns, exchange->error));
    for (size_t i = 0; i < snapshot->n_columns; i++) exchange_column(exchange, &revision->columns[i]);
    return PADAN_OK;
}

static bool sections_fit(const struct pd_snapshot *snapshot)
{
    const struct pd_revision *revision = snapshot->revision;
    const struct pd_snapshot *base = &revision->base;
    bool fit = pd_snapshot_has(snapshot, revision->dropped_section, revision->n_dropped, sizeof *revision->dropped) &&
               pd_snapshot_has(snapshot, revision->places_section, revision->n_places, sizeof *revision->places) &&
               revision->n_places <= revision->n_rows && snapshot->n_columns == base->n_columns &&
               base->n_records + revision->n_rows == snapshot->n_records + revision->n_dropped + revision->n_places;
    for (size_t i = 0; fit && i < snapshot->n_columns; i++) {
        const struct pd_revision_column *column = &revision->columns[i];
        const struct pd_snapshot_column *merged = &snapshot->columns[i];
        fit = merged->encoding == base->columns[i].encoding && merged->words == PARTS * i &&
              merged->begins == PARTS * i + 1 && merged->bytes == PARTS * i + 2 &&
              merged->n_filled <= snapshot->n_records &&
              merged->n_text_bytes <= base->columns[i].n_text_bytes + column->n_text_bytes &&
              merged->n_texts <= (uint64_t)base->columns[i].n_texts + column->n_texts &&
              pd_snapshot_has(snapshot, column->words, revision->n_rows, pd_encoding_width(merged->encoding)) &&
              pd_snapshot_has(snapshot, column->begins, (uint64_t)column->n_texts + 1, sizeof(uint64_t)) &&
              pd_snapshot_has(snapshot, column->bytes, column->n_text_bytes, 1) &&
              pd_snapshot_has(snapshot, column->same, column->n_texts, sizeof(uint32_t));
    }
    return fit;
}

/* Ascending records of the base, in one of both lists at most. */
static bool records_fit(const struct pd_revision *revision)
{
    const size_t n = (size_t)revision->base.n_records;
    size_t dropped = 0;
    for (size_t i = 0; i < revision->n_dropped; i++)
        if (revision->dropped[i] >= n || (i > 0 && revision->dropped[i] <= revision->dropped[i - 1])) return false;
    for (size_t i = 0; i < revision->n_places; i++) {
        if (revision->places[i] >= n || (i > 0 && revision->places[i] <= revision->places[i - 1])) return false;
        while (dropped < revision->n_dropped && revision->dropped[dropped] < revision->places[i]) dropped++;
        if (dropped < revision->n_dropped && revision->dropped[dropped] == revision->places[i]) return false;
    }
    return true;
}

static enum padan_status read_records(const struct pd_snapshot *snapshot, struct padan_error *error)
{
    struct pd_revision *revision = snapshot->revision;
    PD_TRY(pd_allocate_array(&revision->dropped, revision->n_dropped + 1, sizeof *revision->dropped, error));
    PD_TRY(pd_allocate_array(&revision->places, revision->n_places + 1, sizeof *revision->places, error));
    const struct pd_sealed_read reads[] = { { revision->dropped_section, revision->dropped, false },
                                            { revision->places_section, revision->places, false } };
    PD_TRY(pd_sealed_read(&snapshot->sealed, reads, 2, 1, error));
    return records_fit(revision) ? PADAN_OK : pd_snapshot_contradicts(snapshot, error);
}

/* The base, in the folder of the revision. */
static enum padan_status open_base(struct pd_snapshot *snapshot, struct padan_error *error)
{
    struct pd_revision *revision = snapshot->revision;
    const char *path = snapshot->sealed.path;
    struct pd_buffer where = { 0 };
    pd_path_join(&where, pd_path_directory(pd_text_of(path)), revision->base_name);
    enum padan_status status = pd_buffer_status(&where, error);
    if (status == PADAN_OK) status = pd_allocate(&revision->base_path, where.length + 1, 1, error);
    if (status == PADAN_OK) memcpy(revision->base_path, where.data, where.length);
    pd_buffer_reset(&where);
    PD_TRY(status);
    if (!pd_sealed_is(pd_snapshot_kind(), revision->base_path))
        PD_FAIL(error, PADAN_BAD_INPUT,
                "%s: is a revision of the index %.*s, which is not in the same folder; put it there", path,
                PD_TEXT_ARGS(revision->base_name));
    PD_TRY(pd_snapshot_open(&revision->base, revision->base_path, error));
    if (revision->base.sealed.checksum != revision->base_checksum)
        PD_FAIL(error, PADAN_BAD_INPUT,
                "%s: is a revision of another index than %.*s, which was made again since; make the revision again "
                "with padan index",
                path, PD_TEXT_ARGS(revision->base_name));
    return PADAN_OK;
}

enum padan_status pd_revision_open(struct pd_snapshot *snapshot, const char *path, struct padan_error *error)
{
    PD_TRY(pd_sealed_open(&snapshot->sealed, &kind, path, error));
    PD_TRY(pd_allocate(&snapshot->revision, 1, sizeof *snapshot->revision, error));
    snapshot->revision->base.sealed.descriptor = -1;
    struct pd_exchange exchange = { .in = snapshot->sealed.contents, .arena = &snapshot->arena, .error = error };
    PD_TRY(pd_exchange_revision(&exchange, snapshot));
    const struct pd_text name = snapshot->revision->base_name;
    if (exchange.failed || exchange.in.length > 0 || memchr(name.data, '/', name.length) != NULL || name.length == 0)
        return pd_snapshot_contradicts(snapshot, error);
    PD_TRY(open_base(snapshot, error));
    if (!pd_snapshot_rows_fit(snapshot) || !sections_fit(snapshot)) return pd_snapshot_contradicts(snapshot, error);
    return read_records(snapshot, error);
}

void pd_revision_close(struct pd_revision *revision)
{
    if (revision == NULL) return;
    pd_snapshot_close(&revision->base);
    pd_free(revision->dropped);
    pd_free(revision->places);
    pd_free(revision->base_path);
    pd_free(revision);
}

/* ---- Reading ---- */

/* Where the parts of a column go. */
struct column_targets {
    void *to[PARTS];
};

struct reading {
    const struct pd_snapshot *snapshot;
    struct column_targets *targets; /* [n_columns] */
};

static void reset_column(struct pd_column *column)
{
    pd_free(column->words);
    pd_dictionary_reset(column->dictionary);
}

/* Room for a stored column; reads are added. */
static enum padan_status place(struct pd_column *column, const struct pd_snapshot_column *stored, size_t n,
                               struct pd_sealed_read reads[PARTS], struct padan_error *error)
{
    size_t n_reads = 0;
    PD_TRY(pd_snapshot_place_texts(stored, column->dictionary, reads, &n_reads, error));
    PD_TRY(pd_allocate_array(&column->words, n + 1, pd_encoding_width(stored->encoding), error));
    reads[n_reads] = (struct pd_sealed_read){ stored->words, column->words, false };
    return PADAN_OK;
}

static enum padan_status read_stored(const struct pd_snapshot *of, const struct pd_snapshot_column *stored, size_t n,
                                     struct pd_column *column, struct padan_error *error)
{
    struct pd_sealed_read reads[PARTS];
    PD_TRY(place(column, stored, n, reads, error));
    PD_TRY(pd_sealed_read(&of->sealed, reads, PARTS, 1, error));
    return pd_snapshot_check_texts(of, column->dictionary, error);
}

enum padan_status pd_revision_read_base(const struct pd_revision *revision, size_t index, struct pd_column *column,
                                        struct padan_error *error)
{
    const struct pd_snapshot *base = &revision->base;
    column->encoding = base->columns[index].encoding;
    return read_stored(base, &base->columns[index], (size_t)base->n_records, column, error);
}

static enum padan_status read_changes(const struct pd_snapshot *snapshot, size_t index, struct pd_column *changes,
                                      uint32_t **same, struct padan_error *error)
{
    const struct pd_revision_column *column = &snapshot->revision->columns[index];
    const struct pd_snapshot_column stored = { .encoding = snapshot->columns[index].encoding,
                                               .n_texts = column->n_texts,
                                               .n_text_bytes = column->n_text_bytes,
                                               .words = column->words,
                                               .begins = column->begins,
                                               .bytes = column->bytes };
    PD_TRY(read_stored(snapshot, &stored, snapshot->revision->n_rows, changes, error));
    PD_TRY(pd_allocate_array(same, (size_t)column->n_texts + 1, sizeof **same, error));
    const struct pd_sealed_read read = { column->same, *same, false };
    return pd_sealed_read(&snapshot->sealed, &read, 1, 1, error);
}

/* Puts a column together where it is wanted. */
static enum padan_status merge_column(const struct reading *reading, size_t index, const struct pd_column *base,
                                      const struct pd_column *changes, const uint32_t *same, struct padan_error *error)
{
    const struct pd_snapshot *snapshot = reading->snapshot;
    const struct pd_snapshot_column *stored = &snapshot->columns[index];
    void *const *to = reading->targets[index].to;
    struct pd_dictionary texts = { .begins = to[1], .bytes = to[2] };
    struct pd_column merged = { .encoding = stored->encoding, .words = to[0], .dictionary = &texts };
    struct pd_revision_merge merge = { .revision = snapshot->revision,
                                       .base = base,
                                       .changes = changes,
                                       .same = same,
                                       .merged = &merged,
                                       .n_texts = stored->n_texts,
                                       .n_text_bytes = stored->n_text_bytes };
    bool fits = false;
    PD_TRY(pd_revision_merge(&merge, &fits, error));
    fits = fits && texts.n_entries == stored->n_texts && texts.n_bytes == stored->n_text_bytes &&
           merge.n_filled == stored->n_filled;
    return fits ? PADAN_OK : pd_snapshot_contradicts(snapshot, error);
}

static enum padan_status read_column(void *context, size_t index, int worker, struct padan_error *error)
{
    const struct reading *reading = context;
    const struct pd_revision *revision = reading->snapshot->revision;
    struct pd_dictionary base_texts = { 0 }, changes_texts = { 0 };
    const enum pd_encoding encoding = reading->snapshot->columns[index].encoding;
    struct pd_column base = { .encoding = encoding, .dictionary = &base_texts };
    struct pd_column changes = { .encoding = encoding, .dictionary = &changes_texts };
    uint32_t *same = NULL;
    (void)worker;
    if (reading->targets[index].to[0] == NULL) return PADAN_OK;
    enum padan_status status = pd_revision_read_base(revision, index, &base, error);
    if (status == PADAN_OK) status = read_changes(reading->snapshot, index, &changes, &same, error);
    if (status == PADAN_OK) status = merge_column(reading, index, &base, &changes, same, error);
    reset_column(&base);
    reset_column(&changes);
    pd_free(same);
    return status;
}

enum padan_status pd_revision_read(const struct pd_snapshot *snapshot, const struct pd_sealed_read *reads,
                                   size_t n_reads, int threads, struct padan_error *error)
{
    struct reading reading = { .snapshot = snapshot };
    PD_TRY(pd_allocate(&reading.targets, snapshot->n_columns + 1, sizeof *reading.targets, error));
    for (size_t i = 0; i < n_reads; i++)
        reading.targets[reads[i].section / PARTS].to[reads[i].section % PARTS] = reads[i].to;
    const enum padan_status status = pd_parallel_for(snapshot->n_columns, threads, read_column, &reading, error);
    pd_free(reading.targets);
    return status;
}
