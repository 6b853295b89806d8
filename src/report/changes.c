/* SPDX-License-Identifier: MIT
 * Method: rows of both nights find their partners (report/night_pairs.h); lines are then formatted row by row, each
 * looking only at its partner. Rows of a version that stands beside the one before it look at that. */
#include "report/changes.h"

#include "base/memory.h"
#include "model/registry.h"
#include "report/finding_table.h"
#include "report/night_pairs.h"
#include "report/night_sources.h"

enum { NONE = PD_NO_RECORD };

struct comparison {
    const struct pd_row_hasher *hasher;
    const struct pd_report *report;
    const struct pd_findings *findings;
    const struct pd_previous *previous;
    size_t n_now, n_before;      /* rows */
    struct pd_night_pairs pairs; /* rows of both nights */
    int *beside;                 /* [job's sources] the version that they stand beside, -1 (pd_version_beside) */
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
    pd_night_pairs_reset(&c->pairs);
    pd_free(c->beside);
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

/* The person, or where a version knows none the family, of a row in the version that its own stands beside; NULL when
 * it has none. */
static const struct pd_registry_unit *unit_before(const struct comparison *c, uint32_t row)
{
    const struct pd_linkage *linkage = c->report->linkage;
    const struct pd_registry *registry = linkage->registry;
    const size_t source = pd_table_source(linkage->table, row);
    if (c->beside[source] < 0) return NULL;
    const struct pd_registry_version *version = &registry->versions[c->beside[source]];
    const bool person =
        pd_versions_have_people(registry, c->beside[source] + 1) && pd_registry_row_is_person(linkage, source, row);
    const int kind = person ? PD_UNIT_PERSON : PD_UNIT_FAMILY;
    const uint32_t unit = pd_registry_unit_of(linkage, version, kind, row);
    return unit == PD_NO_UNIT ? NULL : &version->units[kind][unit];
}

/* --- clusters, findings --- */

static void compare_clusters(struct comparison *c)
{
    const uint32_t *cluster = c->report->linkage->cluster;
    for (size_t row = 0; row < c->n_now; row++) {
        const uint32_t before = c->pairs.rows.partner[PD_NIGHT_NOW][row];
        if (before == NONE) continue;
        const uint32_t old = c->previous->rows[before].cluster;
        uint32_t *first_old = &c->first_of_old[old];
        uint32_t *first_new = &c->first_of_new[cluster[row]];
        if (*first_old == NONE) *first_old = (uint32_t)row;
        if (cluster[*first_old] != cluster[row]) c->split[old] = 1;
        if (*first_new == NONE) *first_new = (uint32_t)row;
        if (c->previous->rows[c->pairs.rows.partner[PD_NIGHT_NOW][*first_new]].cluster != old)
            c->merged[cluster[row]] = 1;
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
    for (size_t i = 0; i < c->n_before; i++) {
        if (c->pairs.rows.partner[PD_NIGHT_BEFORE][i] != NONE) continue;
        /* Not lost but out of date; it can have no findings, which only rows of programs have. */
        if (pd_source_is_replaced(c->previous, c->report->job, c->pairs.source_now, c->previous->rows[i].source))
            continue;
        c->lost[c->n_lost++] = (uint32_t)i;
    }
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

/* What a CSV field says: without its quotes, each of those inside once. */
static void append_unquoted(struct pd_buffer *out, struct pd_text field)
{
    if (field.length < 2 || field.data[0] != '"') {
        pd_append_text(out, field);
        return;
    }
    for (size_t i = 1; i + 1 < field.length; i++) {
        pd_append_byte(out, field.data[i]);
        if (field.data[i] == '"') i++;
    }
}

/* cluster_id of before, without a look at what it was called: its representative's id. */
static void append_old_cluster(const struct comparison *c, uint32_t old, struct pd_buffer *out)
{
    struct pd_buffer text = { 0 };
    pd_append_text(&text, c->previous->sources[c->previous->rows[old].source].name);
    pd_append_byte(&text, ':');
    append_unquoted(&text, pd_previous_id(c->previous, old));
    pd_append_csv(out, (struct pd_text){ text.data, text.length });
    if (text.status != PADAN_OK) out->status = text.status;
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
    if (c->pairs.rows.differs[line->now]) add_content(line, &now, before);
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

/* A row without a partner is new, but of somebody whom the version beside it has: then the decile may have moved. */
static void add_new_row(struct line *line)
{
    const struct comparison *c = line->c;
    const struct pd_registry_unit *before = unit_before(c, line->now);
    struct pd_row_state now;
    if (before == NULL) {
        add_words(line, PD_CHANGE_NEW_ROW, "", "", "");
        return;
    }
    pd_row_states_of(c->hasher, line->now, 1, &now);
    if (now.decile != before->decile) add_decile(line, before->decile, now.decile);
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
        line.before = c->pairs.rows.partner[PD_NIGHT_NOW][index];
        if (line.before == NONE)
            add_new_row(&line);
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
    PD_TRY(pd_allocate(&c->beside, c->report->job->n_sources + 1, sizeof *c->beside, error));
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
    if (c->pairs.source_now[source] >= 0) return false;
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
            c->pairs.rows.partner[PD_NIGHT_NOW][row] == NONE || c->pairs.rows.differs[row];
    for (size_t i = 0; i < c->n_lost; i++) {
        const int source = c->pairs.source_now[c->previous->rows[c->lost[i]].source];
        if (source >= 0) changed[source]++;
    }
    for (size_t i = 0; i < c->previous->n_sources; i++) {
        const int source = c->pairs.source_now[i];
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
    PD_TRY(pd_night_pairs_make(&c->pairs, c->hasher, c->previous, error));
    for (size_t i = 0; i < c->report->job->n_sources; i++)
        c->beside[i] = pd_version_beside(c->previous, c->report->linkage->registry, c->pairs.source_now, i);
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
