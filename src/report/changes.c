/* SPDX-License-Identifier: MIT
 * Method: rows of both nights find their partners (report/row_pairs.h); lines are then formatted row by row, each
 * looking only at its partner. */
#include "report/changes.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "report/finding_table.h"
#include "report/row_pairs.h"
#include "table/places.h"

enum { CHUNK_ROWS = 65536, NONE = PD_NO_RECORD };

struct comparison {
    const struct pd_row_hasher *hasher;
    const struct pd_report *report;
    const struct pd_findings *findings;
    const struct pd_previous *previous;
    int *source_now;             /* [previous sources] index into the job's, -1: gone */
    size_t n_now, n_before;      /* rows */
    struct pd_row_pairs pairs;   /* rows of both nights */
    struct pd_buffer id_scratch; /* while they are paired */
    /* Clusters: the first row of today that has a partner in the old cluster, or lies in the new one */
    uint32_t *first_of_old; /* [n_before] by old representative */
    uint32_t *first_of_new; /* [n_now] by new representative */
    uint8_t *split;         /* [n_before] by old representative: its rows lie in several clusters now */
    uint8_t *merged;        /* [n_now] by new representative: its rows came from several */
    uint32_t *finding_of;   /* [n_now + 1] first finding of each row of today */
    uint32_t *lost;         /* [n_lost] rows of before without a partner */
    size_t n_lost;
    uint64_t *counts; /* [PD_CHANGE_COUNT], added to from several threads */
};

static void reset(struct comparison *c)
{
    pd_free(c->source_now);
    pd_row_pairs_reset(&c->pairs);
    pd_buffer_reset(&c->id_scratch);
    pd_free(c->first_of_old);
    pd_free(c->first_of_new);
    pd_free(c->split);
    pd_free(c->merged);
    pd_free(c->finding_of);
    pd_free(c->lost);
}

const char *pd_night_change_name(enum pd_change change)
{
    static const char *const names[] = { "BARIS_BARU", "BARIS_HILANG", "ISI",   "STATUS",      "KELAS",
                                         "DESIL",      "GABUNG",       "PECAH", "TEMUAN_BARU", "TEMUAN_SELESAI" };
    return names[change];
}

/* --- partners --- */

/* A source is the one of the same name; a registry under a new name is the last registry of the job. */
static void match_sources(struct comparison *c)
{
    const struct pd_job *job = c->report->job;
    int last_registry = -1;
    for (size_t i = 0; i < job->n_sources; i++)
        if (job->sources[i].role == PD_ROLE_REGISTRY) last_registry = (int)i;
    for (size_t i = 0; i < c->previous->n_sources; i++)
        c->source_now[i] = pd_job_source_find(job, c->previous->sources[i].name);
    for (size_t i = 0; i < c->previous->n_sources; i++) {
        bool taken = last_registry < 0;
        for (size_t k = 0; k < c->previous->n_sources; k++) taken = taken || c->source_now[k] == last_registry;
        if (c->source_now[i] < 0 && c->previous->sources[i].registry && !taken) c->source_now[i] = last_registry;
    }
}

struct hashing {
    const struct comparison *c;
    struct pd_key *keys;
};

static enum padan_status hash_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct hashing *hashing = context;
    const size_t begin = chunk * CHUNK_ROWS;
    const size_t end = hashing->c->n_now - begin < CHUNK_ROWS ? hashing->c->n_now : begin + CHUNK_ROWS;
    (void)worker;
    (void)error;
    for (size_t first = begin; first < end; first += PD_STATE_BATCH) {
        struct pd_row_state states[PD_STATE_BATCH];
        const size_t n = end - first < PD_STATE_BATCH ? end - first : PD_STATE_BATCH;
        pd_row_states_of(hashing->c->hasher, (uint32_t)first, n, states);
        for (size_t i = 0; i < n; i++)
            hashing->keys[first + i] =
                (struct pd_key){ pd_hash_combine(states[i].content, (uint64_t)states[i].source + 1),
                                 (uint32_t)(first + i), 0 };
    }
    return PADAN_OK;
}

static size_t hash_before(const struct comparison *c, struct pd_key *keys)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_before; i++) {
        const struct pd_row_state *state = &c->previous->rows[i];
        const int source = c->source_now[state->source];
        if (source < 0) continue;
        keys[n++] = (struct pd_key){ pd_hash_combine(state->content, (uint64_t)source + 1), (uint32_t)i, 0 };
    }
    return n;
}

/* The id of a row of today as the CSV field that keadaan/id.csv would hold. */
static struct pd_text id_now(struct comparison *c, uint32_t row)
{
    const struct pd_linkage *linkage = c->report->linkage;
    struct pd_buffer *id = &c->id_scratch;
    char digits[24];
    pd_buffer_clear(id);
    pd_append_csv(id, pd_column_text(&linkage->table->columns[linkage->columns.unique_id], row, digits));
    return (struct pd_text){ id->data, id->length };
}

static size_t hash_ids_now(struct comparison *c, struct pd_key *keys)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_now; i++) {
        if (c->pairs.partner[PD_NIGHT_NOW][i] != NONE) continue;
        const uint64_t source = pd_table_source(c->report->linkage->table, (uint32_t)i);
        keys[n++] =
            (struct pd_key){ pd_hash_combine(pd_hash_text(id_now(c, (uint32_t)i)), source + 1), (uint32_t)i, 0 };
    }
    return n;
}

static size_t hash_ids_before(const struct comparison *c, struct pd_key *keys)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_before; i++) {
        const int source = c->source_now[c->previous->rows[i].source];
        if (c->pairs.partner[PD_NIGHT_BEFORE][i] != NONE || source < 0) continue;
        keys[n++] =
            (struct pd_key){ pd_hash_combine(pd_hash_text(pd_previous_id(c->previous, i)), (uint64_t)source + 1),
                             (uint32_t)i, 0 };
    }
    return n;
}

/* "pkh.csv:12": such an id says where a row stands, not which row it is. */
static bool is_place(const struct comparison *c, uint32_t now, struct pd_text id)
{
    const struct pd_text file = c->report->file_names[pd_table_place(c->report->linkage->table, now).file];
    return pd_text_starts(id, file) && id.length > file.length && id.data[file.length] == ':';
}

/* Equal ids name the same row, but where they are places: there the rows must be of the same person, too. */
static bool same_row(void *context, uint32_t now, uint32_t before)
{
    struct comparison *c = context;
    const struct pd_text id = id_now(c, now);
    struct pd_row_state state;
    if (!pd_text_equal(id, pd_previous_id(c->previous, before))) return false;
    if (!is_place(c, now, id)) return true;
    pd_row_states_of(c->hasher, now, 1, &state);
    return pd_row_state_same_person(&state, &c->previous->rows[before]);
}

static enum padan_status hash_rows(void *context, enum pd_night night, bool by_id, struct pd_key *keys, size_t *n_keys,
                                   struct padan_error *error)
{
    struct comparison *c = context;
    struct hashing hashing = { c, keys };
    if (night == PD_NIGHT_BEFORE) {
        *n_keys = by_id ? hash_ids_before(c, keys) : hash_before(c, keys);
        return PADAN_OK;
    }
    *n_keys = by_id ? hash_ids_now(c, keys) : c->n_now;
    if (by_id) return pd_buffer_status(&c->id_scratch, error);
    return pd_parallel_for((c->n_now + CHUNK_ROWS - 1) / CHUNK_ROWS, c->report->threads, hash_chunk, &hashing, error);
}

static enum padan_status pair_rows(struct comparison *c, struct padan_error *error)
{
    const struct pd_row_marks marks = { c, c->report->threads, hash_rows, same_row };
    PD_TRY(pd_row_pairs_make(&c->pairs, c->n_before, c->n_now, error));
    return pd_row_pairs_find(&c->pairs, &marks, error);
}

/* --- clusters, findings --- */

static void compare_clusters(struct comparison *c)
{
    const uint32_t *cluster = c->report->linkage->cluster;
    for (size_t row = 0; row < c->n_now; row++) {
        const uint32_t before = c->pairs.partner[PD_NIGHT_NOW][row];
        if (before == NONE) continue;
        const uint32_t old = c->previous->rows[before].cluster;
        uint32_t *first_old = &c->first_of_old[old];
        uint32_t *first_new = &c->first_of_new[cluster[row]];
        if (*first_old == NONE) *first_old = (uint32_t)row;
        if (cluster[*first_old] != cluster[row]) c->split[old] = 1;
        if (*first_new == NONE) *first_new = (uint32_t)row;
        if (c->previous->rows[c->pairs.partner[PD_NIGHT_NOW][*first_new]].cluster != old) c->merged[cluster[row]] = 1;
    }
}

static void index_findings(struct comparison *c)
{
    size_t at = 0;
    for (size_t row = 0; row < c->n_now; row++) {
        c->finding_of[row] = (uint32_t)at;
        while (at < c->findings->n_items && c->findings->items[at].record == row) at++;
    }
    c->finding_of[c->n_now] = (uint32_t)at;
}

static void list_lost(struct comparison *c)
{
    for (size_t i = 0; i < c->n_before; i++)
        if (c->pairs.partner[PD_NIGHT_BEFORE][i] == NONE) c->lost[c->n_lost++] = (uint32_t)i;
}

/* --- lines --- */

struct line {
    const struct comparison *c;
    struct pd_buffer *out;
    uint32_t now, before; /* NONE: none */
    size_t n_lines;
};

static void begin_line(struct line *line, enum pd_change change)
{
    const struct comparison *c = line->c;
    pd_append_string(line->out, pd_night_change_name(change));
    pd_append_byte(line->out, ',');
    if (line->now != NONE) {
        pd_append_identity(c->report, line->now, line->out);
    } else {
        pd_append_csv(line->out, c->previous->sources[c->previous->rows[line->before].source].name);
        pd_append_byte(line->out, ',');
        pd_append_text(line->out, pd_previous_id(c->previous, line->before));
    }
    pd_append_byte(line->out, ',');
    (void)__atomic_fetch_add(&c->counts[change], 1, __ATOMIC_RELAXED);
    line->n_lines++;
}

static void end_line(struct line *line, int64_t amount)
{
    const struct comparison *c = line->c;
    pd_append_byte(line->out, ',');
    if (line->now != NONE) {
        pd_append_program(c->report, line->now, line->out);
        pd_append_byte(line->out, ',');
        pd_append_region(c->report, line->now, line->out);
    } else {
        const struct pd_row_state *state = &c->previous->rows[line->before];
        pd_append_csv(line->out, c->previous->sources[state->source].program);
        pd_append_byte(line->out, ',');
        if (state->region == 0)
            pd_append_string(line->out, "tak_dikenal");
        else
            pd_region_append_dotted(line->out, state->region);
    }
    pd_append_byte(line->out, ',');
    if (amount != PD_NULL_INT) pd_append_i64(line->out, amount);
    pd_append_byte(line->out, '\n');
}

static void add_words(struct line *line, enum pd_change change, const char *column, const char *from, const char *to)
{
    const int64_t amount =
        line->now == NONE ? line->c->previous->rows[line->before].amount
                          : pd_report_integer(line->c->report, line->c->report->linkage->columns.nominal, line->now);
    begin_line(line, change);
    pd_append_format(line->out, "%s,%s,%s", column, from, to);
    end_line(line, amount);
}

static void add_content(struct line *line, const struct pd_row_state *now, const struct pd_row_state *before)
{
    struct pd_buffer names = { 0 };
    for (size_t i = 0; i < PD_STATE_COLUMNS; i++) {
        if (now->columns[i] == before->columns[i]) continue;
        if (names.length > 0) pd_append_byte(&names, '|');
        pd_append_string(&names, pd_state_column_names[i]);
    }
    pd_append_byte(&names, '\0');
    /* Content is not repeated here: the file has no names and numbers of persons. */
    add_words(line, PD_CHANGE_CONTENT, names.data == NULL ? "" : names.data, "", "");
    pd_buffer_reset(&names);
}

static void add_decile(struct line *line, unsigned from, unsigned to)
{
    begin_line(line, PD_CHANGE_DECILE);
    pd_append_string(line->out, "desil,");
    if (from > 0) pd_append_u64(line->out, from);
    pd_append_byte(line->out, ',');
    if (to > 0) pd_append_u64(line->out, to);
    end_line(line, pd_report_integer(line->c->report, line->c->report->linkage->columns.nominal, line->now));
}

/* cluster_id of before, without a look at what it was called: its representative's id. */
static void append_old_cluster(const struct comparison *c, uint32_t old, struct pd_buffer *out)
{
    struct pd_buffer text = { 0 };
    struct pd_text id = pd_previous_id(c->previous, old);
    if (id.length >= 2 && id.data[0] == '"') id = pd_text_slice(id, 1, id.length - 1);
    pd_append_text(&text, c->previous->sources[c->previous->rows[old].source].name);
    pd_append_byte(&text, ':');
    pd_append_text(&text, id);
    pd_append_csv(out, (struct pd_text){ text.data, text.length });
    pd_buffer_reset(&text);
}

static void add_cluster(struct line *line, enum pd_change change)
{
    const struct comparison *c = line->c;
    begin_line(line, change);
    pd_append_string(line->out, "cluster_id,");
    append_old_cluster(c, c->previous->rows[line->before].cluster, line->out);
    pd_append_byte(line->out, ',');
    pd_append_record_id(c->report, c->report->linkage->cluster[line->now], line->out);
    end_line(line, PD_NULL_INT);
}

static void add_partner_changes(struct line *line)
{
    const struct comparison *c = line->c;
    const struct pd_row_state *before = &c->previous->rows[line->before];
    struct pd_row_state now;
    pd_row_states_of(c->hasher, line->now, 1, &now);
    if (c->pairs.by_id[line->now]) add_content(line, &now, before);
    if (now.status != before->status)
        add_words(line, PD_CHANGE_STATUS, "status_padan", pd_status_name(before->status), pd_status_name(now.status));
    if (now.registry_state != before->registry_state)
        add_words(line, PD_CHANGE_STATUS, "status_dtsen", pd_registry_state_name(before->registry_state),
                  pd_registry_state_name(now.registry_state));
    if (now.class != before->class)
        add_words(line, PD_CHANGE_CLASS, "kelas", pd_class_name(before->class), pd_class_name(now.class));
    if (now.decile != before->decile) add_decile(line, before->decile, now.decile);
    if (c->merged[now.cluster] && c->first_of_new[now.cluster] == line->now) add_cluster(line, PD_CHANGE_MERGED);
    if (c->split[before->cluster] && c->first_of_old[before->cluster] == line->now) add_cluster(line, PD_CHANGE_SPLIT);
}

/* Findings are the same when their kind and criterion are. */
static bool has_finding_before(const struct comparison *c, uint32_t before, const struct pd_finding *finding)
{
    size_t begin = 0;
    size_t end = 0;
    if (before == NONE) return false;
    pd_previous_findings_of(c->previous, before, &begin, &end);
    for (size_t i = begin; i < end; i++) {
        const struct pd_finding_state *old = &c->previous->findings[i];
        if (old->kind == finding->kind &&
            pd_text_equal(c->previous->criteria[old->criterion], c->findings->texts[finding->criterion]))
            return true;
    }
    return false;
}

static bool has_finding_now(const struct comparison *c, uint32_t now, const struct pd_finding_state *old)
{
    if (now == NONE) return false;
    for (uint32_t i = c->finding_of[now]; i < c->finding_of[now + 1]; i++) {
        const struct pd_finding *finding = &c->findings->items[i];
        if (old->kind == finding->kind &&
            pd_text_equal(c->previous->criteria[old->criterion], c->findings->texts[finding->criterion]))
            return true;
    }
    return false;
}

static void add_findings(struct line *line)
{
    const struct comparison *c = line->c;
    size_t begin = 0;
    size_t end = 0;
    for (uint32_t i = line->now == NONE ? 1 : c->finding_of[line->now];
         line->now != NONE && i < c->finding_of[line->now + 1]; i++) {
        const struct pd_finding *finding = &c->findings->items[i];
        if (has_finding_before(c, line->before, finding)) continue;
        begin_line(line, PD_CHANGE_NEW_FINDING);
        pd_append_format(line->out, "%s,,", pd_finding_kind_name((enum pd_finding_kind)finding->kind));
        pd_append_csv(line->out, c->findings->texts[finding->criterion]);
        end_line(line, finding->amount);
    }
    if (line->before == NONE) return;
    pd_previous_findings_of(c->previous, line->before, &begin, &end);
    for (size_t i = begin; i < end; i++) {
        const struct pd_finding_state *old = &c->previous->findings[i];
        if (has_finding_now(c, line->now, old)) continue;
        begin_line(line, PD_CHANGE_CLOSED_FINDING);
        pd_append_format(line->out, "%s,", pd_finding_kind_name((enum pd_finding_kind)old->kind));
        pd_append_csv(line->out, c->previous->criteria[old->criterion]);
        pd_append_byte(line->out, ',');
        end_line(line, old->amount);
    }
}

/* Rows of today first, then those that are gone. */
static size_t change_lines(const void *context, size_t index, struct pd_buffer *out)
{
    const struct comparison *c = context;
    const bool today = index < c->n_now;
    struct line line = { .c = c, .out = out, .now = NONE, .before = NONE };
    if (today) {
        line.now = (uint32_t)index;
        line.before = c->pairs.partner[PD_NIGHT_NOW][index];
        if (line.before == NONE)
            add_words(&line, PD_CHANGE_NEW_ROW, "", "", "");
        else
            add_partner_changes(&line);
    } else {
        line.before = c->lost[index - c->n_now];
        add_words(&line, PD_CHANGE_LOST_ROW, "", "", "");
    }
    add_findings(&line);
    return line.n_lines;
}

/* --- the whole --- */

static enum padan_status allocate(struct comparison *c, struct padan_error *error)
{
    const size_t now = c->n_now;
    const size_t before = c->n_before;
    PD_TRY(pd_allocate(&c->source_now, c->previous->n_sources + 1, sizeof *c->source_now, error));
    PD_TRY(pd_allocate_array(&c->first_of_old, before + 1, sizeof *c->first_of_old, error));
    PD_TRY(pd_allocate_array(&c->first_of_new, now + 1, sizeof *c->first_of_new, error));
    PD_TRY(pd_allocate(&c->split, before + 1, 1, error));
    PD_TRY(pd_allocate(&c->merged, now + 1, 1, error));
    PD_TRY(pd_allocate_array(&c->finding_of, now + 1, sizeof *c->finding_of, error));
    PD_TRY(pd_allocate_array(&c->lost, before + 1, sizeof *c->lost, error));
    memset(c->first_of_old, 0xff, (before + 1) * sizeof *c->first_of_old);
    memset(c->first_of_new, 0xff, (now + 1) * sizeof *c->first_of_new);
    return PADAN_OK;
}

/* Is the source gone, and nothing in its place? Versions of a registry follow each other. */
static bool is_gone(const struct comparison *c, size_t source)
{
    if (c->source_now[source] >= 0) return false;
    if (!c->previous->sources[source].registry) return true;
    return pd_job_source_of_role(c->report->job, PD_ROLE_REGISTRY) < 0;
}

/* The source whose rows changed most, against what it had before; all rows of one that is gone are. */
static enum padan_status find_worst(const struct comparison *c, struct pd_change_counts *counts,
                                    struct padan_error *error)
{
    const struct pd_job *job = c->report->job;
    uint64_t *changed = NULL;
    PD_TRY(pd_allocate(&changed, job->n_sources + 1, sizeof *changed, error));
    for (size_t row = 0; row < c->n_now; row++)
        changed[pd_table_source(c->report->linkage->table, (uint32_t)row)] +=
            c->pairs.partner[PD_NIGHT_NOW][row] == NONE || c->pairs.by_id[row];
    for (size_t i = 0; i < c->n_lost; i++) {
        const int source = c->source_now[c->previous->rows[c->lost[i]].source];
        if (source >= 0) changed[source]++;
    }
    for (size_t i = 0; i < c->previous->n_sources; i++) {
        const int source = c->source_now[i];
        const size_t n = c->previous->sources[i].end - c->previous->sources[i].begin;
        const bool gone = is_gone(c, i);
        if (n == 0 || (source < 0 && !gone)) continue;
        const double percent = gone ? 100.0 : 100.0 * (double)changed[source] / (double)n;
        if (counts->worst_source.length > 0 && percent <= counts->worst_percent) continue;
        counts->worst_source = c->previous->sources[i].name;
        if (!gone) counts->worst_source = job->sources[source].name;
        counts->worst_percent = percent;
        counts->worst_is_gone = gone;
    }
    pd_free(changed);
    return PADAN_OK;
}

static enum padan_status compare(struct comparison *c, struct pd_run_folder *folder, struct pd_change_counts *counts,
                                 struct padan_error *error)
{
    PD_TRY(allocate(c, error));
    match_sources(c);
    PD_TRY(pair_rows(c, error));
    compare_clusters(c);
    index_findings(c);
    list_lost(c);
    PD_TRY(find_worst(c, counts, error));
    const struct pd_rows rows = { .header = PD_TEXT("jenis,source_dataset,unique_id,kolom,dari,ke,program,"
                                                    "kode_wilayah,nominal"),
                                  .n_rows = c->n_now + c->n_lost,
                                  .format = change_lines,
                                  .context = c,
                                  .n_threads = c->report->threads };
    return pd_run_folder_rows(folder, "perubahan.csv", &rows, error);
}

enum padan_status pd_write_changes(const struct pd_row_hasher *hasher, const struct pd_findings *findings,
                                   const struct pd_previous *previous, struct pd_run_folder *folder,
                                   struct pd_change_counts *counts, struct padan_error *error)
{
    *counts = (struct pd_change_counts){ .worst_percent = 0 };
    struct comparison c = { .hasher = hasher,
                            .report = hasher->report,
                            .findings = findings,
                            .previous = previous,
                            .n_now = hasher->report->linkage->table->n_records,
                            .n_before = previous->n_rows,
                            .counts = counts->of };
    const enum padan_status status = compare(&c, folder, counts, error);
    reset(&c);
    return status;
}
