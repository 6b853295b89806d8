/* SPDX-License-Identifier: MIT
 * Method: a person is the same in two versions when it is one cluster, a family when it is one household; a line is a
 * unit that the other version has not, or with another decile. */
#include "report/version_changes.h"

#include "base/memory.h"
#include "model/registry.h"

/* Two versions and one kind of unit. */
struct comparison {
    const struct pd_registry_version *old, *new;
    int kind;     /* enum pd_unit */
    size_t begin; /* of its lines, one for each unit of new, then of old: where those of the comparison before end */
};

struct comparisons {
    const struct pd_report *report;
    struct comparison *items;
    size_t n_items;
    size_t n_lines; /* at most */
};

static void add(struct comparisons *all, int newer, int kind)
{
    const struct pd_registry_version *versions = all->report->linkage->registry->versions;
    const struct comparison item = { &versions[newer - 1], &versions[newer], kind, all->n_lines };
    all->items[all->n_items++] = item;
    all->n_lines += item.new->n_units[kind] + item.old->n_units[kind];
}

static enum padan_status compare(struct comparisons *all, struct padan_error *error)
{
    const struct pd_registry *registry = all->report->linkage->registry;
    PD_TRY(pd_allocate(&all->items, registry->n_versions * PD_UNIT_KINDS, sizeof *all->items, error));
    for (int newer = 1; newer < (int)registry->n_versions; newer++) {
        if (pd_versions_have_people(registry, newer)) add(all, newer, PD_UNIT_PERSON);
        add(all, newer, PD_UNIT_FAMILY);
    }
    return PADAN_OK;
}

static void append_decile(struct pd_buffer *out, const struct pd_registry_unit *unit)
{
    pd_append_byte(out, ',');
    if (unit != NULL && unit->decile > 0) pd_append_u64(out, unit->decile);
}

/* One of the two may be NULL. */
static void append_line(const struct pd_report *report, const struct comparison *item,
                        const struct pd_registry_unit *old, const struct pd_registry_unit *new, struct pd_buffer *out)
{
    const uint32_t row = new != NULL ? new->row : old->row;
    pd_append_string(out, new == NULL ? "BARIS_HILANG" : old == NULL ? "BARIS_BARU" : "DESIL");
    pd_append_string(out, item->kind == PD_UNIT_FAMILY ? ",keluarga," : ",orang,");
    pd_append_csv(out, item->old->name);
    pd_append_byte(out, ',');
    pd_append_csv(out, item->new->name);
    pd_append_byte(out, ',');
    pd_append_identity(report, row, out);
    pd_append_byte(out, ',');
    pd_append_region(report, row, out);
    append_decile(out, old);
    append_decile(out, new);
    pd_append_byte(out, ',');
    pd_append_record_id(report, report->linkage->cluster[row], out);
    pd_append_byte(out, ',');
    pd_append_record_id(report, report->linkage->household[row], out);
    pd_append_byte(out, '\n');
}

/* The same unit in another version, NULL when it is not there. */
static const struct pd_registry_unit *find_in(const struct comparisons *all, const struct pd_registry_version *version,
                                              int kind, const struct pd_registry_unit *unit)
{
    const uint32_t other = pd_registry_unit_of(all->report->linkage, version, kind, unit->row);
    return other == PD_NO_UNIT ? NULL : &version->units[kind][other];
}

/* A unit of the newer version, or of the older one. */
static size_t change_line(const void *context, size_t line, struct pd_buffer *out)
{
    const struct comparisons *all = context;
    const struct comparison *item = &all->items[all->n_items - 1];
    while (item->begin > line) item--;
    const size_t n_new = item->new->n_units[item->kind];
    const size_t unit = line - item->begin;
    if (unit < n_new) {
        const struct pd_registry_unit *new = &item->new->units[item->kind][unit];
        const struct pd_registry_unit *old = find_in(all, item->old, item->kind, new);
        if (old != NULL && old->decile == new->decile) return 0;
        append_line(all->report, item, old, new, out);
        return 1;
    }
    const struct pd_registry_unit *old = &item->old->units[item->kind][unit - n_new];
    if (find_in(all, item->new, item->kind, old) != NULL) return 0; /* told with the newer one's */
    append_line(all->report, item, old, NULL, out);
    return 1;
}

enum padan_status pd_write_version_changes(const struct pd_report *report, struct pd_run_folder *folder,
                                           struct padan_error *error)
{
    static const char name[] = "perubahan_dtsen.csv";
    struct comparisons all = { .report = report };
    if (report->linkage->registry->n_versions < 2)
        return pd_run_folder_miss(folder, name, "the job has fewer than two versions of a registry", error);
    enum padan_status status = compare(&all, error);
    const struct pd_rows rows = { .header = PD_TEXT("jenis,satuan,versi_lama,versi_baru,source_dataset,unique_id,"
                                                    "kode_wilayah,desil_lama,desil_baru,cluster_id,"
                                                    "household_cluster_id"),
                                  .n_rows = all.n_lines,
                                  .format = change_line,
                                  .context = &all,
                                  .n_threads = report->threads };
    if (status == PADAN_OK) status = pd_run_folder_rows(folder, name, &rows, error);
    pd_free(all.items);
    return status;
}
