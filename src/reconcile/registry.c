/* SPDX-License-Identifier: MIT
 * Method: one pass over the rows of a version; a person is new when its cluster was not seen, a family when its
 * household was not. */
#include "reconcile/registry.h"

#include "base/chosen_keys.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "base/search.h"

#include <stdlib.h>

enum { ROWS_FAR = 32, ROWS_AHEAD = 16, CHUNK_UNITS = 1 << 14, CHUNK_ROWS = 1 << 20 };

void pd_registry_reset(struct pd_registry *registry)
{
    for (size_t v = 0; registry->versions != NULL && v < registry->n_versions; v++)
        for (int unit = 0; unit < PD_UNIT_KINDS; unit++) {
            pd_free(registry->versions[v].units[unit]);
            pd_free(registry->versions[v].unit_of[unit]);
        }
    for (size_t v = 0; registry->versions != NULL && v < registry->n_versions; v++)
        pd_free(registry->versions[v].likely);
    pd_free(registry->versions);
    pd_free(registry->version_of_source);
    pd_free(registry->unit_of_source);
    *registry = (struct pd_registry){ 0 };
}

/* Persons and families of one version are two sources with its name. */
static int find_version(const struct pd_registry *registry, struct pd_text name)
{
    for (size_t v = 0; v < registry->n_versions; v++)
        if (pd_text_equal(registry->versions[v].name, name)) return (int)v;
    return -1;
}

static int by_publication(const void *a, const void *b)
{
    const struct pd_registry_version *x = a;
    const struct pd_registry_version *y = b;
    if (x->published != y->published) return x->published < y->published ? -1 : 1;
    return pd_text_compare(x->name, y->name);
}

static enum padan_status list_versions(const struct pd_job *job, struct pd_registry *registry,
                                       struct padan_error *error)
{
    PD_TRY(pd_allocate(&registry->unit_of_source, job->n_sources, 1, error));
    PD_TRY(pd_allocate(&registry->versions, job->n_sources, sizeof *registry->versions, error));
    PD_TRY(pd_allocate(&registry->version_of_source, job->n_sources, sizeof *registry->version_of_source, error));
    for (size_t i = 0; i < job->n_sources; i++) {
        const struct pd_job_source *source = &job->sources[i];
        registry->unit_of_source[i] = (uint8_t)source->unit;
        if (source->role != PD_ROLE_REGISTRY) continue;
        int version = find_version(registry, source->version);
        if (version < 0) version = (int)registry->n_versions++;
        struct pd_registry_version *entry = &registry->versions[version];
        entry->name = source->version;
        entry->has_people = entry->has_people || source->unit == PD_UNIT_PERSON;
        if (version == (int)registry->n_versions - 1 && entry->published == 0) entry->published = PD_DATE_NONE;
        if (source->published != PD_DATE_NONE) entry->published = source->published;
    }
    qsort(registry->versions, registry->n_versions, sizeof *registry->versions, by_publication);
    for (size_t i = 0; i < job->n_sources; i++)
        registry->version_of_source[i] =
            job->sources[i].role == PD_ROLE_REGISTRY ? find_version(registry, job->sources[i].version) : -1;
    return PADAN_OK;
}

/* One row of a version, as a unit of its own. */
static struct pd_registry_unit unit_of_row(const struct pd_registry_options *options, uint32_t row, uint32_t categories)
{
    const struct pd_linkage *linkage = options->linkage;
    const int column = linkage->columns.desil;
    struct pd_registry_unit unit = { .row = row,
                                     .decile_row = row,
                                     .categories = categories,
                                     .late_until = PD_IS_INACTIVE,
                                     .likely_until = PD_IS_INACTIVE,
                                     .stranger = PD_NO_UNIT };
    unit.alive_until = pd_life_of(linkage, options->job, options->disqualifiers, row).until;
    const int32_t own = pd_life_of_row(linkage, row);
    if (own < unit.alive_until && !pd_life_is_registered(linkage, row)) unit.alive_until = own;
    if (column >= 0) {
        const uint8_t decile = ((const uint8_t *)linkage->table->columns[column].words)[row];
        unit.decile = decile == PD_SMALL_NULL ? 0 : decile;
    }
    return unit;
}

/* The decile of a unit that has none is that of another. */
static void take_decile(struct pd_registry_unit *unit, const struct pd_registry_unit *from)
{
    if (unit->decile != 0 || from->decile == 0) return;
    unit->decile = from->decile;
    unit->decile_row = from->decile_row;
}

/* Do conditions that hold for a member count in the family? */
static bool may_count(const struct pd_registry_unit *member)
{
    return member->alive_until == PD_LIVES || member->alive_until == PD_IS_INACTIVE;
}

/* Conditions that a dead member met count until the death, of which a family keeps the last. */
static void set_late(struct pd_registry_unit *row)
{
    if (may_count(row)) return;
    if (row->alive_until > PD_DIED_SOME_DAY) {
        row->late = row->categories;
        row->late_until = row->alive_until;
    }
    row->categories = 0;
}

static void add_late(struct pd_registry_unit *unit, const struct pd_registry_unit *row)
{
    if (row->late_until < unit->late_until) return;
    unit->late = row->late_until > unit->late_until ? row->late : unit->late | row->late;
    unit->late_until = row->late_until;
}

/* Joins a row to the unit of its representative. Families: the dead meet no condition (the inactive do: they are to be
 * looked at, and live), the living keep it alive; what a row of the family meets counts, but that nobody is dead in it
 * says nothing. */
static void add_to_unit(struct pd_registry_version *version, int kind, uint32_t representative,
                        struct pd_registry_unit row)
{
    uint32_t *index = &version->unit_of[kind][representative];
    if (kind == PD_UNIT_FAMILY) set_late(&row);
    if (kind == PD_UNIT_FAMILY && row.speaker == PD_SPEAKER_NONE) row.alive_until = PD_IS_INACTIVE;
    if (*index == PD_NO_UNIT) {
        *index = (uint32_t)version->n_units[kind];
        version->units[kind][version->n_units[kind]++] = row;
        return;
    }
    struct pd_registry_unit *unit = &version->units[kind][*index];
    take_decile(unit, &row);
    unit->categories |= row.categories;
    add_late(unit, &row);
    if (row.speaker > unit->speaker) unit->speaker = row.speaker;
    const bool longer = row.alive_until > unit->alive_until;
    /* Rows of one person: the worst news holds; members of a family: the best. */
    if (kind == PD_UNIT_FAMILY ? longer : row.alive_until < unit->alive_until) unit->alive_until = row.alive_until;
}

/* Rows of a source being added to a version: persons and families are no concern of each other, so a worker has each.
 */
struct adding {
    const struct pd_registry_options *options;
    struct pd_registry_version *version;
    const struct pd_source *rows;
    size_t source;
    const uint32_t *categories; /* of each row; NULL when nobody asks for one */
};

/* pd_parallel_body: no person and no family is in the version. */
static enum padan_status begin_units(void *context, size_t kind, int worker, struct padan_error *error)
{
    const struct adding *adding = context;
    (void)worker;
    (void)error;
    memset(adding->version->unit_of[kind], 0xff, adding->options->linkage->table->n_records * sizeof(uint32_t));
    return PADAN_OK;
}

static const uint32_t *representatives(const struct pd_linkage *linkage, int kind)
{
    return kind == PD_UNIT_FAMILY ? linkage->household : linkage->cluster;
}

/* Rows of a version are of people and families anywhere: of a row that will come, and, once it is told where, the unit
 * of one that comes sooner. */
static void prefetch_unit(const struct adding *adding, size_t kind, size_t row)
{
    const struct pd_linkage *linkage = adding->options->linkage;
    const struct pd_registry_version *version = adding->version;
    const uint32_t *representative = representatives(linkage, (int)kind);
    const uint32_t unit = version->unit_of[kind][representative[row + ROWS_AHEAD]];
    pd_prefetch(&version->unit_of[kind][representative[row + ROWS_FAR]]);
    pd_life_prefetch(linkage, (uint32_t)(row + ROWS_AHEAD));
    if (unit != PD_NO_UNIT) pd_prefetch_to_write(&version->units[kind][unit]);
}

/* pd_parallel_body */
static enum padan_status add_units(void *context, size_t kind, int worker, struct padan_error *error)
{
    const struct adding *adding = context;
    struct pd_registry_version *version = adding->version;
    const struct pd_source *rows = adding->rows;
    const struct pd_linkage *linkage = adding->options->linkage;
    const uint32_t *representative = representatives(linkage, (int)kind);
    const uint8_t speaker =
        linkage->registry->unit_of_source[adding->source] == PD_UNIT_FAMILY ? PD_SPEAKER_HEAD : PD_SPEAKER_MEMBERS;
    (void)worker;
    (void)error;
    for (size_t r = rows->begin; r < rows->end; r++) {
        if (rows->end - r > ROWS_FAR) prefetch_unit(adding, kind, r);
        const uint32_t categories = adding->categories == NULL ? 0 : adding->categories[r - rows->begin];
        const bool person = pd_registry_row_is_person(linkage, adding->source, r);
        if (kind == PD_UNIT_PERSON && !person) continue;
        if (kind == PD_UNIT_PERSON && !version->tells_lives)
            version->tells_lives = pd_life_of_row(linkage, (uint32_t)r) != PD_LIVES ||
                                   pd_life_is_contradicted(linkage, (uint32_t)r, INT32_MAX);
        struct pd_registry_unit unit = unit_of_row(adding->options, (uint32_t)r, categories);
        unit.speaker = person ? speaker : PD_SPEAKER_NONE;
        add_to_unit(version, (int)kind, representative[r], unit);
    }
    return PADAN_OK;
}

/* The first of a family, in order of rows, whom the register does not know. */
static void add_strangers(const struct adding *adding)
{
    const struct pd_linkage *linkage = adding->options->linkage;
    struct pd_registry_version *version = adding->version;
    for (size_t r = adding->rows->begin; r < adding->rows->end && linkage->register_source >= 0; r++) {
        if (linkage->anchor[r] != PD_NO_RECORD || !pd_registry_row_is_person(linkage, adding->source, r)) continue;
        const uint32_t family = version->unit_of[PD_UNIT_FAMILY][linkage->household[r]];
        uint32_t *stranger = &version->units[PD_UNIT_FAMILY][family].stranger;
        if (*stranger == PD_NO_UNIT) *stranger = version->unit_of[PD_UNIT_PERSON][linkage->cluster[r]];
    }
}

static enum padan_status add_source(const struct pd_registry_options *options, struct pd_registry_version *version,
                                    size_t source, struct padan_error *error)
{
    const struct pd_source *rows = &options->linkage->table->sources[source];
    uint32_t *bits = NULL;
    enum padan_status status = PADAN_OK;
    if (options->categories->n_conditions > 0) {
        PD_TRY(pd_allocate_array(&bits, rows->end - rows->begin + 1, sizeof *bits, error));
        status = pd_categories_evaluate(options->categories, rows->begin, rows->end, options->threads, bits, error);
    }
    struct adding adding = { options, version, rows, source, bits };
    if (status == PADAN_OK) status = pd_parallel_for(PD_UNIT_KINDS, options->threads, add_units, &adding, error);
    if (status == PADAN_OK) add_strangers(&adding);
    pd_free(bits);
    return status;
}

/* What somebody of the register says of the family, of which the version has a row and no people. */
static void add_register_member(struct pd_registry_unit *unit, int32_t until, uint32_t categories)
{
    struct pd_registry_unit member = { .alive_until = until, .categories = categories, .late_until = PD_IS_INACTIVE };
    set_late(&member);
    unit->speaker = PD_SPEAKER_HEAD;
    unit->categories |= member.categories;
    add_late(unit, &member);
    if (until > unit->alive_until) unit->alive_until = until;
}

/* The register's rows [begin, end). */
static enum padan_status add_register_members(const struct pd_registry_options *options,
                                              struct pd_registry_version *version, size_t begin, size_t end,
                                              uint32_t *categories, struct padan_error *error)
{
    const struct pd_linkage *linkage = options->linkage;
    if (categories != NULL)
        PD_TRY(pd_categories_evaluate(options->categories, begin, end, options->threads, categories, error));
    for (size_t r = begin; r < end; r++) {
        const uint32_t family = version->unit_of[PD_UNIT_FAMILY][linkage->household[r]];
        if (family == PD_NO_UNIT) continue;
        struct pd_registry_unit *unit = &version->units[PD_UNIT_FAMILY][family];
        if (unit->speaker == PD_SPEAKER_MEMBERS) continue;
        const int32_t until = pd_life_of(linkage, options->job, options->disqualifiers, (uint32_t)r).until;
        add_register_member(unit, until, categories == NULL ? 0 : categories[r - begin]);
    }
    return PADAN_OK;
}

/* Families of which the version has a row and no people: they live as their members in the register do, or, where there
 * is none, as nobody says the contrary; and meet the conditions that these meet. */
static enum padan_status add_register_families(const struct pd_registry_options *options,
                                               struct pd_registry_version *version, struct padan_error *error)
{
    const struct pd_linkage *linkage = options->linkage;
    uint32_t *categories = NULL;
    enum padan_status status = PADAN_OK;
    if (options->categories->n_conditions > 0)
        PD_TRY(pd_allocate_array(&categories, CHUNK_ROWS, sizeof *categories, error));
    for (size_t r = linkage->register_begin; r < linkage->register_end && status == PADAN_OK; r += CHUNK_ROWS) {
        const size_t end = linkage->register_end - r < CHUNK_ROWS ? linkage->register_end : r + CHUNK_ROWS;
        status = add_register_members(options, version, r, end, categories, error);
    }
    pd_free(categories);
    for (size_t u = 0; u < version->n_units[PD_UNIT_FAMILY]; u++)
        if (version->units[PD_UNIT_FAMILY][u].speaker == PD_SPEAKER_NONE)
            version->units[PD_UNIT_FAMILY][u].alive_until = PD_LIVES;
    return status;
}

/* The family that a person of the version may belong to beside its own: the register's family of the person, or that
 * of the person it may be, whom it may follow through a roster. */
static uint32_t other_family(const struct pd_registry_options *options, uint32_t row)
{
    return options->likely_family[options->linkage->household[options->likely[row]]];
}

static int by_family(const void *a, const void *b)
{
    const struct pd_likely_member *x = a;
    const struct pd_likely_member *y = b;
    if (x->family != y->family) return x->family < y->family ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

/* Rows of people who may be of another family than their own: few of all that are looked at. */
static bool takes_likely(const void *context, size_t row, uint64_t *hash)
{
    const struct adding *adding = context;
    const struct pd_registry_options *options = adding->options;
    *hash = 0;
    return pd_registry_row_is_person(options->linkage, adding->source, row) &&
           other_family(options, (uint32_t)row) != options->linkage->household[row];
}

static void reach_likely(const void *context, size_t row)
{
    const struct pd_registry_options *options = ((const struct adding *)context)->options;
    pd_prefetch(&options->linkage->household[options->likely[row]]);
    pd_prefetch(&options->likely_family[options->linkage->household[row]]);
}

static enum padan_status find_likely(const struct adding *adding, size_t *capacity, struct padan_error *error)
{
    const struct pd_registry_options *options = adding->options;
    struct pd_registry_version *version = adding->version;
    const struct pd_choice choice = { takes_likely, reach_likely, adding };
    struct pd_key *keys = NULL;
    size_t n = 0;
    enum padan_status status =
        pd_chosen_keys(&choice, adding->rows->begin, adding->rows->end, options->threads, &keys, &n, error);
    if (status == PADAN_OK)
        status = pd_grow(&version->likely, capacity, version->n_likely + n, sizeof *version->likely, error);
    for (size_t i = 0; status == PADAN_OK && i < n; i++) {
        const uint32_t row = keys[i].record;
        const uint32_t person = version->unit_of[PD_UNIT_PERSON][options->linkage->cluster[row]];
        const uint32_t own = version->unit_of[PD_UNIT_FAMILY][options->linkage->household[row]];
        const struct pd_registry_unit *unit = &version->units[PD_UNIT_PERSON][person];
        version->likely[version->n_likely++] =
            (struct pd_likely_member){ other_family(options, row), own, may_count(unit) ? unit->categories : 0,
                                       unit->alive_until };
    }
    pd_free(keys);
    return status;
}

size_t pd_registry_likely_members(const struct pd_registry_version *version, uint32_t family)
{
    const struct pd_likely_member *members = version->likely;
    const size_t low =
        members == NULL ? 0 : pd_search_first(&members->family, sizeof *members, version->n_likely, family);
    return low < version->n_likely && version->likely[low].family == family ? low : version->n_likely;
}

/* pd_parallel_body: what those say of a chunk of families who may be of them. */
static enum padan_status add_likely(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct adding *adding = context;
    const struct pd_registry_options *options = adding->options;
    const struct pd_registry_version *version = adding->version;
    const size_t n = version->n_units[PD_UNIT_FAMILY], begin = chunk * CHUNK_UNITS;
    const size_t end = n - begin < CHUNK_UNITS ? n : begin + CHUNK_UNITS;
    (void)worker, (void)error;
    for (size_t u = begin; u < end; u++) {
        struct pd_registry_unit *unit = &version->units[PD_UNIT_FAMILY][u];
        const uint32_t family = options->likely_family[options->linkage->household[unit->row]];
        for (size_t i = pd_registry_likely_members(version, family); i < version->n_likely; i++) {
            if (version->likely[i].family != family) break;
            unit->likely |= version->likely[i].categories;
            if (version->likely[i].alive_until > unit->likely_until)
                unit->likely_until = version->likely[i].alive_until;
        }
    }
    return PADAN_OK;
}

/* Those who may be members of other families than the version says, and what conditions hold for them. */
static enum padan_status make_likely(const struct pd_registry_options *options, const struct pd_registry *registry,
                                     size_t v, struct padan_error *error)
{
    struct pd_registry_version *version = &registry->versions[v];
    size_t capacity = 0;
    if (options->linkage->register_source < 0) return PADAN_OK;
    struct adding adding = { .options = options, .version = version };
    for (size_t i = 0; i < options->job->n_sources; i++) {
        if (registry->version_of_source[i] != (int)v) continue;
        adding.source = i;
        adding.rows = &options->linkage->table->sources[i];
        PD_TRY(find_likely(&adding, &capacity, error));
    }
    if (version->n_likely == 0) return PADAN_OK;
    qsort(version->likely, version->n_likely, sizeof *version->likely, by_family);
    const size_t n_chunks = (version->n_units[PD_UNIT_FAMILY] + CHUNK_UNITS - 1) / CHUNK_UNITS;
    return pd_parallel_for(n_chunks, options->threads, add_likely, &adding, error);
}

static enum padan_status make_version(const struct pd_registry_options *options, const struct pd_registry *registry,
                                      size_t v, struct padan_error *error)
{
    struct pd_registry_version *version = &registry->versions[v];
    const struct pd_table *table = options->linkage->table;
    size_t n_rows = 0;
    for (size_t i = 0; i < options->job->n_sources; i++)
        if (registry->version_of_source[i] == (int)v) n_rows += table->sources[i].end - table->sources[i].begin;
    for (int kind = 0; kind < PD_UNIT_KINDS; kind++) {
        PD_TRY(pd_allocate_array(&version->units[kind], n_rows + 1, sizeof *version->units[kind], error));
        PD_TRY(pd_allocate_array(&version->unit_of[kind], table->n_records + 1, sizeof(uint32_t), error));
    }
    struct adding adding = { .options = options, .version = version };
    PD_TRY(pd_parallel_for(PD_UNIT_KINDS, options->threads, begin_units, &adding, error));
    bool any_families = false;
    for (size_t i = 0; i < options->job->n_sources; i++) {
        if (registry->version_of_source[i] != (int)v) continue;
        any_families = any_families || registry->unit_of_source[i] == PD_UNIT_FAMILY;
        PD_TRY(add_source(options, version, i, error));
    }
    if (any_families) PD_TRY(add_register_families(options, version, error));
    /* A person's own row may have no decile where the version gives them by family. */
    for (size_t u = 0; u < version->n_units[PD_UNIT_PERSON]; u++) {
        struct pd_registry_unit *unit = &version->units[PD_UNIT_PERSON][u];
        if (unit->decile != 0) continue;
        const uint32_t family = version->unit_of[PD_UNIT_FAMILY][options->linkage->household[unit->row]];
        if (family != PD_NO_UNIT) take_decile(unit, &version->units[PD_UNIT_FAMILY][family]);
    }
    return make_likely(options, registry, v, error);
}

enum padan_status pd_registry_list(const struct pd_job *job, struct pd_registry *registry, struct padan_error *error)
{
    *registry = (struct pd_registry){ 0 };
    const enum padan_status status = list_versions(job, registry, error);
    if (status != PADAN_OK) pd_registry_reset(registry);
    return status;
}

enum padan_status pd_registry_make(const struct pd_registry_options *options, struct pd_registry *registry,
                                   struct padan_error *error)
{
    for (size_t v = 0; v < registry->n_versions; v++) PD_TRY(make_version(options, registry, v, error));
    return PADAN_OK;
}

void pd_registry_fill_deciles(const struct pd_registry *registry, const struct pd_linkage *linkage,
                              struct pd_table *table)
{
    if (linkage->columns.desil < 0) return;
    uint8_t *deciles = table->columns[linkage->columns.desil].words;
    for (size_t source = 0; source < table->n_sources; source++) {
        if (registry->version_of_source[source] < 0) continue;
        const struct pd_registry_version *version = &registry->versions[registry->version_of_source[source]];
        for (size_t row = table->sources[source].begin; row < table->sources[source].end; row++) {
            if (deciles[row] != PD_SMALL_NULL) continue;
            const int kind = pd_registry_row_is_person(linkage, source, row) ? PD_UNIT_PERSON : PD_UNIT_FAMILY;
            const uint32_t unit = version->unit_of[kind][representatives(linkage, kind)[row]];
            const uint8_t decile = version->units[kind][unit].decile;
            if (decile != 0) deciles[row] = decile;
        }
    }
}

int pd_registry_version_on(const struct pd_registry *registry, int32_t day)
{
    if (registry->n_versions == 0) return -1;
    if (day == PD_DATE_NONE) return (int)registry->n_versions - 1;
    int version = 0;
    for (size_t v = 1; v < registry->n_versions; v++)
        if (registry->versions[v].published <= day) version = (int)v;
    return version;
}

int pd_registry_version_of_row(const struct pd_linkage *linkage, uint32_t row)
{
    const struct pd_registry *registry = linkage->registry;
    const int column = linkage->columns.mulai;
    if (registry == NULL || registry->n_versions < 2) return 0;
    const int own = registry->version_of_source[pd_table_source(linkage->table, row)];
    if (own >= 0) return own;
    const int64_t begin = column < 0 ? PD_NULL_INT : pd_column_integer(&linkage->table->columns[column], row);
    return pd_registry_version_on(registry, begin == PD_NULL_INT ? PD_DATE_NONE : (int32_t)begin);
}
