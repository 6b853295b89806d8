/* SPDX-License-Identifier: MIT
 * Where a paid row stands in the registry. Method: nearly every row's person or family is in the version; of the others
 * the strongest pair with somebody of it is looked for. */
#include "base/prefetch.h"
#include "reconcile/registry.h"

static struct pd_registry_answer answer_for(const struct pd_registry_version *version, const struct pd_slice *slice,
                                            uint32_t unit, bool certain)
{
    if (unit == PD_NO_UNIT) return (struct pd_registry_answer){ PD_NO_UNIT, PD_RECIPIENT_UNREGISTERED, false };
    if (!certain) return (struct pd_registry_answer){ unit, PD_RECIPIENT_REVIEW, false };
    const struct pd_registry_unit *entry = &version->units[slice->unit][unit];
    return (struct pd_registry_answer){ unit, entry->decile != 0 ? PD_RECIPIENT_LINKED : PD_RECIPIENT_NO_DECILE,
                                        pd_unit_may_be_in_category(slice, entry) };
}

/* The strongest candidate so far. */
struct candidate {
    uint32_t unit;
    pd_weight weight;
};

/* Improves the candidate by the edges of one record. A registry row that is another person of the register is none for
 * a row whose person is known. */
static void find_candidate(const struct pd_linkage *linkage, const struct pd_registry *registry,
                           const struct pd_slice *slice, const uint32_t sides[2], struct candidate *best)
{
    const uint32_t record = sides[1];
    const uint32_t anchor = linkage->anchor[sides[0]];
    for (uint64_t i = linkage->edge_begins[record]; i < linkage->edge_begins[record + 1]; i++) {
        const struct pd_edge *edge = &linkage->edges->edges[linkage->edges_of[i]];
        const uint32_t other = edge->left == record ? edge->right : edge->left;
        if (!pd_may_be_listed(linkage, other)) continue;
        if (registry->version_of_source[pd_table_source(linkage->table, other)] != slice->version) continue;
        if (anchor != PD_NO_RECORD && linkage->anchor[other] != PD_NO_RECORD && linkage->anchor[other] != anchor)
            continue;
        if (best->unit != PD_NO_UNIT && edge->weight <= best->weight) continue;
        best->weight = edge->weight;
        best->unit = pd_registry_unit_of(linkage, &registry->versions[slice->version], slice->unit, other);
    }
}

/* A family of the version that the row's family may be, PD_NO_UNIT when there is none. */
static uint32_t likely_unit(const struct pd_registry_options *options, const struct pd_registry_version *version,
                            uint32_t row)
{
    const uint32_t family = options->likely_family[options->linkage->household[row]];
    if (version->unit_of[PD_UNIT_FAMILY][family] != PD_NO_UNIT) return version->unit_of[PD_UNIT_FAMILY][family];
    const size_t at = pd_registry_likely_members(version, family);
    return at < version->n_likely ? version->likely[at].unit : PD_NO_UNIT;
}

/* A unit of the version that the row may be: through its candidate in the register, by an edge of its own, by one of
 * the person that it is, or because it is in the family. */
static uint32_t candidate_unit(const struct pd_registry_options *options, const struct pd_registry *registry,
                               const struct pd_slice *slice, uint32_t row)
{
    const struct pd_linkage *linkage = options->linkage;
    const struct pd_row_link *link = pd_link_of(linkage, row);
    const uint32_t anchor = linkage->anchor[row];
    struct candidate best = { PD_NO_UNIT, INT64_MIN };
    if (link->class == PD_CLASS_REVIEW) {
        best.unit =
            pd_registry_unit_of(linkage, &registry->versions[slice->version], slice->unit, link->register_record);
        if (best.unit != PD_NO_UNIT) best.weight = link->weight;
    }
    find_candidate(linkage, registry, slice, (const uint32_t[2]){ row, row }, &best);
    if (anchor != PD_NO_RECORD) find_candidate(linkage, registry, slice, (const uint32_t[2]){ row, anchor }, &best);
    const struct pd_registry_version *version = &registry->versions[slice->version];
    if (best.unit != PD_NO_UNIT) return best.unit;
    if (slice->unit == PD_UNIT_FAMILY) return likely_unit(options, version, row);
    /* Nobody that is like the row; but its family has somebody in the registry whom nobody knows. */
    const uint32_t family = pd_registry_unit_of(linkage, version, PD_UNIT_FAMILY, row);
    return family == PD_NO_UNIT ? PD_NO_UNIT : version->units[PD_UNIT_FAMILY][family].stranger;
}

void pd_registry_prefetch_places(const struct pd_linkage *linkage, const struct pd_registry *registry,
                                 const struct pd_slice *slice, uint32_t row)
{
    if (slice->version < 0) return;
    const struct pd_registry_version *version = &registry->versions[slice->version];
    pd_prefetch(&version->unit_of[PD_UNIT_PERSON][linkage->cluster[row]]);
    if (slice->unit == PD_UNIT_FAMILY) pd_prefetch(&version->unit_of[PD_UNIT_FAMILY][linkage->household[row]]);
}

void pd_registry_prefetch_units(const struct pd_linkage *linkage, const struct pd_registry *registry,
                                const struct pd_slice *slice, uint32_t row)
{
    if (slice->version < 0) return;
    const struct pd_registry_version *version = &registry->versions[slice->version];
    for (int kind = 0; kind < PD_UNIT_KINDS; kind++) {
        if (kind != PD_UNIT_PERSON && kind != slice->unit) continue;
        const uint32_t unit = pd_registry_unit_of(linkage, version, kind, row);
        if (unit != PD_NO_UNIT) pd_prefetch(&version->units[kind][unit]);
    }
}

void pd_registry_prefetch_home(const struct pd_linkage *linkage, const struct pd_registry *registry,
                               const struct pd_slice *slice, uint32_t row)
{
    const int region = linkage->columns.kode_desa;
    if (slice->version < 0 || region < 0) return;
    const struct pd_registry_version *version = &registry->versions[slice->version];
    const uint32_t unit = pd_registry_unit_of(linkage, version, slice->unit, row);
    if (unit != PD_NO_UNIT) pd_column_prefetch(&linkage->table->columns[region], version->units[slice->unit][unit].row);
}

struct pd_registry_answer pd_registry_ask(const struct pd_registry_options *options, const struct pd_registry *registry,
                                          const struct pd_slice *slice, uint32_t row)
{
    const struct pd_linkage *linkage = options->linkage;
    if (slice->version < 0) return (struct pd_registry_answer){ PD_NO_UNIT, PD_RECIPIENT_UNREGISTERED, false };
    const struct pd_registry_version *version = &registry->versions[slice->version];
    const int kind = slice->unit;
    const uint32_t own = pd_registry_unit_of(linkage, version, kind, row);
    const bool known =
        linkage->anchor[row] != PD_NO_RECORD || version->unit_of[PD_UNIT_PERSON][linkage->cluster[row]] != PD_NO_UNIT;
    /* Of a family whose payee is nobody known, only the number agrees. */
    if (own != PD_NO_UNIT) return answer_for(version, slice, own, known);
    const uint32_t candidate = candidate_unit(options, registry, slice, row);
    /* Where the version has families alone, it does not say who is in them. */
    const bool unsaid = !version->has_people && version->unit_of[PD_UNIT_FAMILY][linkage->household[row]] != PD_NO_UNIT;
    if (candidate != PD_NO_UNIT || (pd_link_of(linkage, row)->class != PD_CLASS_REVIEW && !unsaid))
        return answer_for(version, slice, candidate, false);
    return (struct pd_registry_answer){ PD_NO_UNIT, PD_RECIPIENT_REVIEW, false };
}
