/* SPDX-License-Identifier: MIT
 * Method: rows are looked at side by side in chunks, each with a list of its own; the lists are joined in order of
 * rows, and only then become findings. */
#include "reconcile/ineligible.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "indonesia/name.h"
#include "reconcile/likely.h"
#include "reconcile/links.h"

enum { CHUNK_ROWS = 32768, SOURCES_PER_ROW = 16, ROWS_AHEAD = 16 };

void pd_ineligibles_reset(struct pd_ineligibles *ineligibles)
{
    pd_free(ineligibles->items);
    *ineligibles = (struct pd_ineligibles){ 0 };
}

/* --- reasons of one row --- */

struct row_finder {
    const struct pd_ineligible_options *options;
    const struct pd_linkage *linkage;
    const struct pd_slice *slice;
    uint32_t row;
    struct pd_ineligibles *out;
};

static enum padan_status add(const struct row_finder *finder, struct pd_ineligible reason, struct padan_error *error)
{
    struct pd_ineligibles *out = finder->out;
    PD_TRY(pd_grow(&out->items, &out->capacity, out->n_items + 1, sizeof *out->items, error));
    reason.record = finder->row;
    out->items[out->n_items++] = reason;
    return PADAN_OK;
}

/* Who a row may be, from the strongest candidate down, each with its pair: what it is, or its candidate in the
 * register; then others, of whom nothing is certain. */
struct persons {
    uint32_t of[2 + PD_ALTERNATIVES_MAX], edge[2 + PD_ALTERNATIVES_MAX];
    size_t n;
    bool certain; /* of the first */
};

static void add_person(const struct pd_linkage *linkage, struct persons *persons, uint32_t person, uint32_t edge)
{
    for (size_t i = 0; i < persons->n; i++)
        if (linkage->cluster[persons->of[i]] == linkage->cluster[person]) return;
    persons->of[persons->n] = person;
    persons->edge[persons->n++] = edge;
}

static struct persons persons_of(const struct row_finder *finder)
{
    const struct pd_linkage *linkage = finder->linkage;
    const struct pd_registry_options *base = finder->options->base;
    const struct pd_row_link *link = pd_link_of(linkage, finder->row);
    const bool certain = link->class != PD_CLASS_REVIEW;
    struct persons persons = { .n = 0, .certain = certain };
    size_t n = 0;
    add_person(linkage, &persons, certain ? finder->row : link->register_record, link->register_edge);
    if (linkage->anchor[finder->row] != PD_NO_RECORD) return persons;
    const uint32_t likely = base->likely[finder->row];
    const uint32_t known = linkage->anchor[likely];
    if (known != PD_NO_RECORD) add_person(linkage, &persons, known, link->register_edge);
    const struct pd_alternative *others = pd_alternatives_of(base->alternatives, linkage->cluster[finder->row], &n);
    for (size_t i = 0; i < n; i++) {
        const uint32_t anchor = linkage->anchor[others[i].person];
        add_person(linkage, &persons, anchor == PD_NO_RECORD ? others[i].person : anchor, others[i].edge);
    }
    return persons;
}

/* Is the day of death before the period? An unknown day or period settles nothing, and is told as to be looked at. */
static bool died_before(const struct pd_slice *slice, int32_t until)
{
    if (until == PD_DIED_SOME_DAY || slice->begin == PD_DATE_NONE) return true;
    return slice->begin > until;
}

/* A row of the person in the version in force, PD_NO_RECORD when there is none, or when it tells nothing of lives. */
static uint32_t listed_row(const struct row_finder *finder, uint32_t person)
{
    const struct pd_slice *slice = finder->slice;
    if (slice->version < 0) return PD_NO_RECORD;
    const struct pd_registry_version *version = &finder->options->registry->versions[slice->version];
    if (!version->tells_lives) return PD_NO_RECORD;
    const uint32_t unit = version->unit_of[PD_UNIT_PERSON][finder->linkage->cluster[person]];
    return unit == PD_NO_UNIT ? PD_NO_RECORD : version->units[PD_UNIT_PERSON][unit].row;
}

/* Where the register says nothing of a life, the registry is asked. */
static struct pd_life_answer life_of_person(const struct row_finder *finder, uint32_t person)
{
    const struct pd_linkage *linkage = finder->linkage;
    const struct pd_registry_options *base = finder->options->base;
    const struct pd_life_answer life = pd_life_of(linkage, base->job, base->disqualifiers, person);
    const uint32_t listed = listed_row(finder, person);
    if (life.until != PD_LIVES || listed == PD_NO_RECORD || pd_life_is_registered(linkage, person)) return life;
    const int32_t until = pd_life_of_row(linkage, listed);
    return until == PD_LIVES ? life : (struct pd_life_answer){ until, listed };
}

/* What the life of somebody that the row may be says against a payment; nothing is said in `lives`. */
static struct pd_ineligible reason_of_life(const struct row_finder *finder, uint32_t person, bool *lives)
{
    const struct pd_life_answer life = life_of_person(finder, person);
    struct pd_ineligible reason = { .evidence = life.evidence, .reason = PD_REASON_MENINGGAL, .certain = true };
    *lives = life.until == PD_LIVES;
    if (*lives) return reason;
    if (life.until == PD_IS_INACTIVE) {
        reason.reason = PD_REASON_NONAKTIF;
        return reason;
    }
    *lives = !died_before(finder->slice, life.until);
    /* Without a day of death nobody knows whether the payment came after it. */
    reason.undated = life.until == PD_DIED_SOME_DAY || finder->slice->begin == PD_DATE_NONE;
    reason.certain = !reason.undated;
    const bool others =
        pd_family_lives(finder->options->living, finder->linkage->household[person], finder->slice->begin);
    if (finder->slice->unit == PD_UNIT_FAMILY && others) reason.reason = PD_REASON_PERGANTIAN_PENGURUS;
    return reason;
}

/* Each reason once, whoever of the candidates gives it. dead: the first of them died, be it later. */
static enum padan_status find_death(const struct row_finder *finder, bool *dead, struct padan_error *error)
{
    const struct persons persons = persons_of(finder);
    unsigned told = 0;
    const int32_t until = life_of_person(finder, persons.of[0]).until;
    *dead = until != PD_LIVES && until != PD_IS_INACTIVE;
    for (size_t i = 0; i < persons.n; i++) {
        bool lives = false;
        struct pd_ineligible reason = reason_of_life(finder, persons.of[i], &lives);
        if (lives || (told >> reason.reason & 1) != 0) continue;
        told |= 1U << reason.reason;
        reason.edge = persons.edge[i];
        reason.certain = reason.certain && i == 0 && persons.certain;
        PD_TRY(add(finder, reason, error));
    }
    return PADAN_OK;
}

/* "alm" at the person's own tokens, read before BIN, BINTI and aliases (indonesia/name.h). */
static bool is_called_dead(const struct row_finder *finder)
{
    const struct pd_linkage *linkage = finder->linkage;
    if (linkage->columns.bendera_nama < 0) return false;
    const struct pd_column *column = &linkage->table->columns[linkage->columns.bendera_nama];
    return !pd_column_is_null(column, finder->row) && (pd_column_word(column, finder->row) & PD_NAME_ALM) != 0;
}

/* Does a row of the registry call somebody dead whom the register calls alive? */
static bool is_called_dead_in(const struct row_finder *finder, uint32_t listed)
{
    const int32_t until = listed == PD_NO_RECORD ? PD_LIVES : pd_life_of_row(finder->linkage, listed);
    return until != PD_LIVES && until != PD_IS_INACTIVE && died_before(finder->slice, until);
}

/* What speaks of a death that nothing settles: a word of the roster, a day beside a status alive, or the registry
 * against the register. */
static enum padan_status find_sign_of_death(const struct row_finder *finder, struct padan_error *error)
{
    const uint32_t listed = listed_row(finder, finder->row);
    uint32_t person = finder->linkage->anchor[finder->row];
    struct pd_ineligible reason = { .evidence = PD_NO_RECORD,
                                    .edge = PD_NO_EDGE,
                                    .reason = PD_REASON_INDIKASI_MENINGGAL };
    if (person == PD_NO_RECORD) person = listed;
    if (person != PD_NO_RECORD && finder->slice->begin != PD_DATE_NONE &&
        pd_life_is_contradicted(finder->linkage, person, finder->slice->begin))
        reason.evidence = person;
    else if (is_called_dead_in(finder, listed))
        reason.evidence = listed;
    return reason.evidence != PD_NO_RECORD || is_called_dead(finder) ? add(finder, reason, error) : PADAN_OK;
}

/* Nothing says that the person is in the registry: sure only of somebody whom the register knows. */
static enum padan_status add_unregistered(const struct row_finder *finder, bool candidate, struct padan_error *error)
{
    const struct pd_linkage *linkage = finder->linkage;
    const bool known = linkage->register_source < 0 || linkage->anchor[finder->row] != PD_NO_RECORD;
    const struct pd_ineligible reason = { .evidence = PD_NO_RECORD,
                                          .edge = pd_link_of(linkage, finder->row)->register_edge,
                                          .certain = known && !candidate,
                                          .reason = PD_REASON_TIDAK_TERDAFTAR };
    return add(finder, reason, error);
}

/* Is a row of the registry that of another of the family than a person? A row of a whole family is of all of them. */
static bool is_of_member(const struct row_finder *finder, uint32_t person, uint32_t evidence)
{
    const struct pd_linkage *linkage = finder->linkage;
    const size_t source = pd_table_source(linkage->table, evidence);
    if (finder->options->base->job->sources[source].unit == PD_UNIT_FAMILY) return false;
    return linkage->cluster[evidence] != linkage->cluster[person];
}

/* Of somebody who is not in the registry while the family is, the decile is known, but not for sure. */
static enum padan_status find_in_family(const struct row_finder *finder, unsigned *told, struct padan_error *error)
{
    const struct pd_linkage *linkage = finder->linkage;
    const struct pd_slice *slice = finder->slice;
    const struct pd_registry_version *version = &finder->options->registry->versions[slice->version];
    const uint32_t family = version->unit_of[PD_UNIT_FAMILY][linkage->household[finder->row]];
    if (family == PD_NO_UNIT) return PADAN_OK;
    const struct pd_registry_unit *unit = &version->units[PD_UNIT_FAMILY][family];
    if (unit->decile == 0 || pd_unit_in_decile(slice, unit)) return PADAN_OK;
    const struct pd_ineligible reason = { .evidence = unit->decile_row,
                                          .edge = PD_NO_EDGE,
                                          .member = is_of_member(finder, finder->row, unit->decile_row),
                                          .value = unit->decile,
                                          .reason = PD_REASON_DECILE };
    *told |= 1U << PD_REASON_DECILE;
    return add(finder, reason, error);
}

/* Where somebody that the row may be stands in the version in force. */
struct standing {
    const struct pd_registry_unit *unit;
    uint32_t person, edge;
    bool own;          /* of the row itself: its pair is looked for when there is a reason, which few rows have */
    bool certain;      /* of the decile */
    bool sure_of_rest; /* of the condition */
    bool dead;
};

/* The pair that a reason of the registry rests on. */
static uint32_t registry_edge(const struct row_finder *finder, const struct standing *standing)
{
    if (!standing->own) return standing->edge;
    const uint32_t edge = pd_links_registry_edge(finder->linkage, finder->row);
    return edge == PD_NO_EDGE ? pd_link_of(finder->linkage, finder->row)->register_edge : edge;
}

/* Somebody dead who leaves nobody is a matter of its own, not of the condition. Who is inactive lives. */
static bool is_gone(const struct row_finder *finder, const struct standing *standing)
{
    if (!standing->dead || pd_unit_alive(finder->slice, standing->unit)) return false;
    const uint32_t family = finder->linkage->household[standing->person];
    return finder->slice->unit != PD_UNIT_FAMILY ||
           !pd_family_lives(finder->options->living, family, finder->slice->begin);
}

/* Adds what speaks against a unit and was not told yet, by reason. */
static enum padan_status judge_unit(const struct row_finder *finder, const struct standing *standing, unsigned *told,
                                    struct padan_error *error)
{
    const struct pd_slice *slice = finder->slice;
    const struct pd_registry_unit *unit = standing->unit;
    const struct pd_registry_version *version = &finder->options->registry->versions[slice->version];
    /* A family's decile is best told by the payee's own row: a wrong card cannot move that to other people. */
    const uint32_t payee = version->unit_of[PD_UNIT_PERSON][finder->linkage->cluster[standing->person]];
    const struct pd_registry_unit *speaker = payee == PD_NO_UNIT ? unit : &version->units[PD_UNIT_PERSON][payee];
    const bool out_of_category = !pd_unit_in_category(slice, unit) && !is_gone(finder, standing);
    /* No decile is no reason, and no excuse: the condition is another matter. */
    const bool out_of_decile = speaker->decile != 0 && !pd_unit_in_decile(slice, speaker);
    if (!out_of_decile && !out_of_category) return PADAN_OK;
    struct pd_ineligible reason = { .evidence = speaker->decile_row,
                                    .edge = registry_edge(finder, standing),
                                    .certain = standing->certain,
                                    .value = speaker->decile,
                                    .reason = PD_REASON_DECILE };
    if (out_of_decile && (*told >> PD_REASON_DECILE & 1) == 0) {
        *told |= 1U << PD_REASON_DECILE;
        reason.member = is_of_member(finder, standing->person, reason.evidence);
        PD_TRY(add(finder, reason, error));
    }
    if (!out_of_category || (*told >> PD_REASON_CATEGORY & 1) != 0) return PADAN_OK;
    *told |= 1U << PD_REASON_CATEGORY;
    reason.reason = PD_REASON_CATEGORY;
    reason.evidence = speaker->row;
    reason.member = is_of_member(finder, standing->person, reason.evidence);
    reason.certain = standing->certain && standing->sure_of_rest;
    return add(finder, reason, error);
}

/* What would be said of the other candidates of a row whose person is not certain. */
static enum padan_status judge_others(const struct row_finder *finder, unsigned *told, struct padan_error *error)
{
    const struct pd_slice *slice = finder->slice;
    const struct pd_registry_version *version = &finder->options->registry->versions[slice->version];
    const struct persons persons = persons_of(finder);
    for (size_t i = 1; i < persons.n; i++) {
        const uint32_t unit = pd_registry_unit_of(finder->linkage, version, slice->unit, persons.of[i]);
        if (unit == PD_NO_UNIT) continue;
        const struct standing standing = { .unit = &version->units[slice->unit][unit],
                                           .person = persons.of[i],
                                           .edge = persons.edge[i] };
        PD_TRY(judge_unit(finder, &standing, told, error));
    }
    return PADAN_OK;
}

/* The unit of the program: the family where it pays families, else the person. dead: the row's person is. */
static enum padan_status find_in_registry(const struct row_finder *finder, bool dead, struct padan_error *error)
{
    const struct pd_slice *slice = finder->slice;
    unsigned told = 0;
    if (slice->version < 0 || slice->eligibility < 0) return PADAN_OK;
    const struct pd_registry *registry = finder->options->registry;
    const struct pd_registry_answer answer = pd_registry_ask(finder->options->base, registry, slice, finder->row);
    const bool candidate = answer.state == PD_RECIPIENT_REVIEW;
    if (answer.unit == PD_NO_UNIT || candidate) PD_TRY(add_unregistered(finder, candidate, error));
    if (answer.unit == PD_NO_UNIT) {
        PD_TRY(find_in_family(finder, &told, error));
    } else {
        const struct standing standing = { .unit = &registry->versions[slice->version].units[slice->unit][answer.unit],
                                           .person = finder->row,
                                           .own = true,
                                           .certain = !candidate,
                                           .sure_of_rest = !answer.open,
                                           .dead = dead };
        PD_TRY(judge_unit(finder, &standing, &told, error));
    }
    return candidate ? judge_others(finder, &told, error) : PADAN_OK;
}

/* --- disqualifiers of one row --- */

/* The best hit per source. */
struct hits {
    struct pd_ineligible of[SOURCES_PER_ROW];
    uint16_t source[SOURCES_PER_ROW];
    size_t n;
};

static bool bars(const struct pd_job_source *source, int program)
{
    if (source->role != PD_ROLE_DISQUALIFIER || pd_reason_is_death(source->reason)) return false;
    for (size_t i = 0; i < source->n_programs; i++)
        if (source->programs[i] == program) return true;
    return source->n_programs == 0;
}

static bool better(const struct pd_ineligible *a, const struct pd_ineligible *b)
{
    if (a->certain != b->certain) return a->certain;
    if (a->member != b->member) return !a->member;
    return a->evidence < b->evidence;
}

static void add_hit(const struct row_finder *finder, struct hits *hits, struct pd_ineligible hit)
{
    const struct pd_job *job = finder->options->base->job;
    const size_t source = pd_table_source(finder->linkage->table, hit.evidence);
    if (!bars(&job->sources[source], finder->slice->program)) return;
    if (hit.member && !job->sources[source].level_family) return;
    hit.reason = PD_REASON_DISQUALIFIER;
    for (size_t i = 0; i < hits->n; i++) {
        if (hits->source[i] != source) continue;
        if (better(&hit, &hits->of[i])) hits->of[i] = hit;
        return;
    }
    if (hits->n == SOURCES_PER_ROW) return; /* a row barred by sixteen rosters needs no seventeenth */
    hits->source[hits->n] = (uint16_t)source;
    hits->of[hits->n++] = hit;
}

static void add_chain(const struct row_finder *finder, struct hits *hits, int kind, uint32_t key, bool certain)
{
    const struct pd_disqualifiers *disqualifiers = finder->options->base->disqualifiers;
    if (disqualifiers->first[kind] == NULL) return;
    for (uint32_t at = disqualifiers->first[kind][key]; at != 0;) {
        const struct pd_disqualifier_entry *entry = &disqualifiers->entries[at - 1];
        const struct pd_ineligible hit = { .evidence = entry->record,
                                           .edge = PD_NO_EDGE,
                                           .certain = certain && entry->certain,
                                           .member = kind == PD_UNIT_FAMILY };
        add_hit(finder, hits, hit);
        at = entry->next;
    }
}

static enum padan_status find_disqualifiers(const struct row_finder *finder, struct padan_error *error)
{
    const struct pd_linkage *linkage = finder->linkage;
    const struct pd_disqualifiers *disqualifiers = finder->options->base->disqualifiers;
    struct hits hits = { .n = 0 };
    if (disqualifiers->n_entries == 0) return PADAN_OK;
    const struct persons persons = persons_of(finder);
    for (size_t i = 0; i < persons.n; i++) {
        const bool certain = i == 0 && persons.certain;
        add_chain(finder, &hits, PD_UNIT_PERSON, linkage->cluster[persons.of[i]], certain);
        add_chain(finder, &hits, PD_UNIT_FAMILY, linkage->household[persons.of[i]], certain);
    }
    if (persons.of[0] != finder->row) add_chain(finder, &hits, PD_UNIT_PERSON, linkage->cluster[finder->row], true);
    for (uint64_t i = linkage->edge_begins[finder->row]; i < linkage->edge_begins[finder->row + 1]; i++) {
        const uint32_t index = linkage->edges_of[i];
        const struct pd_edge *edge = &linkage->edges->edges[index];
        const uint32_t other = edge->left == finder->row ? edge->right : edge->left;
        if (other < disqualifiers->begin || other >= disqualifiers->end) continue;
        const bool same = linkage->cluster[other] == linkage->cluster[finder->row];
        const struct pd_ineligible hit = { .evidence = other, .edge = index, .certain = same };
        add_hit(finder, &hits, hit);
    }
    for (size_t i = 0; i < hits.n; i++) {
        if (hits.of[i].edge == PD_NO_EDGE) hits.of[i].edge = pd_link_of(linkage, finder->row)->register_edge;
        PD_TRY(add(finder, hits.of[i], error));
    }
    return PADAN_OK;
}

static enum padan_status find_row(const struct row_finder *finder, struct padan_error *error)
{
    bool dead = false;
    PD_TRY(find_death(finder, &dead, error));
    if (!dead) PD_TRY(find_sign_of_death(finder, error));
    PD_TRY(find_in_registry(finder, dead, error));
    return find_disqualifiers(finder, error);
}

/* --- all rows --- */

struct search {
    const struct pd_ineligible_options *options;
    struct pd_ineligibles *lists; /* [n_chunks] */
};

/* What is asked of a row lies anywhere: brings near where its person and family stand in the registry and among the
 * disqualifiers, and the units of a row that comes sooner. */
static void prefetch_rows(const struct search *search, size_t far, size_t near)
{
    const struct pd_linkage *linkage = search->options->base->linkage;
    const struct pd_disqualifiers *disqualifiers = search->options->base->disqualifiers;
    const uint16_t slices[] = { search->options->slices->of_row[far], search->options->slices->of_row[near] };
    const struct pd_registry *registry = search->options->registry;
    if (slices[0] != PD_NO_SLICE) {
        pd_registry_prefetch_places(linkage, registry, &search->options->slices->items[slices[0]], (uint32_t)far);
        pd_life_prefetch(linkage, (uint32_t)far);
        if (disqualifiers->first[PD_UNIT_PERSON] != NULL)
            pd_prefetch(&disqualifiers->first[PD_UNIT_PERSON][linkage->cluster[far]]);
        if (disqualifiers->first[PD_UNIT_FAMILY] != NULL)
            pd_prefetch(&disqualifiers->first[PD_UNIT_FAMILY][linkage->household[far]]);
        pd_links_prefetch_edges(linkage, far);
    }
    if (slices[1] != PD_NO_SLICE)
        pd_registry_prefetch_units(linkage, registry, &search->options->slices->items[slices[1]], (uint32_t)near);
}

static enum padan_status find_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct search *search = context;
    const struct pd_linkage *linkage = search->options->base->linkage;
    const size_t n = linkage->table->n_records;
    const size_t begin = chunk * CHUNK_ROWS;
    const size_t end = n - begin < CHUNK_ROWS ? n : begin + CHUNK_ROWS;
    (void)worker;
    for (size_t row = begin; row < end; row++) {
        if (end - row > ROWS_AHEAD) prefetch_rows(search, row + ROWS_AHEAD, row + ROWS_AHEAD / 2);
        const uint16_t slice = search->options->slices->of_row[row];
        if (slice == PD_NO_SLICE) continue;
        const struct row_finder finder = { search->options, linkage, &search->options->slices->items[slice],
                                           (uint32_t)row, &search->lists[chunk] };
        PD_TRY(find_row(&finder, error));
    }
    return PADAN_OK;
}

/* alasan, as in the reports: "MENINGGAL", "DESIL>4", "ASN". */
static void append_reason(struct pd_buffer *out, const struct pd_ineligible *ineligible, const struct pd_slice *slice,
                          struct pd_text disqualifier)
{
    static const char *const names[] = { "MENINGGAL", "INDIKASI_MENINGGAL", "PERGANTIAN_PENGURUS", "DESIL", "KATEGORI",
                                         "",          "NONAKTIF",           "TIDAK_TERDAFTAR" };
    if (ineligible->reason == PD_REASON_DISQUALIFIER) {
        pd_append_text(out, disqualifier);
        return;
    }
    pd_append_string(out, names[ineligible->reason]);
    if (ineligible->reason != PD_REASON_DECILE) return;
    const bool above = ineligible->value > slice->decile_max;
    pd_append_byte(out, above ? '>' : '<');
    pd_append_u64(out, above ? slice->decile_max : slice->decile_min);
}

static enum pd_finding_kind kind_of(const struct pd_ineligible *reason)
{
    switch ((enum pd_ineligible_reason)reason->reason) {
    case PD_REASON_MENINGGAL: return PD_FINDING_MENINGGAL;
    case PD_REASON_INDIKASI_MENINGGAL: return PD_FINDING_INDIKASI_MENINGGAL;
    case PD_REASON_PERGANTIAN_PENGURUS: return PD_FINDING_PERGANTIAN_PENGURUS;
    case PD_REASON_DECILE:
    case PD_REASON_CATEGORY:
    case PD_REASON_DISQUALIFIER: return PD_FINDING_TIDAK_LAYAK;
    case PD_REASON_NONAKTIF:
    case PD_REASON_TIDAK_TERDAFTAR: break;
    }
    return PD_FINDING_PERIKSA;
}

/* Money is at risk where the row should not have been paid; what is only to be looked at has none. */
static int64_t amount_at_risk(const struct row_finder *finder, enum pd_finding_kind kind)
{
    const int column = finder->linkage->columns.nominal;
    if (kind != PD_FINDING_MENINGGAL && kind != PD_FINDING_TIDAK_LAYAK) return 0;
    return column < 0 ? PD_NULL_INT : pd_column_integer(&finder->linkage->table->columns[column], finder->row);
}

static enum padan_status add_finding(const struct row_finder *finder, struct pd_findings *findings,
                                     struct pd_ineligible *reason, struct padan_error *error)
{
    const struct pd_job *job = finder->options->base->job;
    struct pd_text disqualifier = { NULL, 0 };
    struct pd_buffer text = { 0 };
    struct pd_finding finding = { .record = finder->row, .certain = reason->certain };
    if (reason->reason == PD_REASON_DISQUALIFIER)
        disqualifier = job->sources[pd_table_source(finder->linkage->table, reason->evidence)].reason;
    finding.kind = (uint8_t)kind_of(reason);
    finding.amount = amount_at_risk(finder, (enum pd_finding_kind)finding.kind);
    append_reason(&text, reason, finder->slice, disqualifier);
    enum padan_status status = pd_buffer_status(&text, error);
    if (status == PADAN_OK)
        status = pd_findings_text(findings, (struct pd_text){ text.data, text.length }, &finding.criterion, error);
    if (status == PADAN_OK) status = pd_findings_add(findings, &finding, &reason->finding, error);
    pd_buffer_reset(&text);
    return status;
}

/* Joins the lists in order, and makes findings of what is in them. */
static enum padan_status join(const struct search *search, size_t n_chunks, struct pd_findings *findings,
                              struct pd_ineligibles *all, struct padan_error *error)
{
    const struct pd_linkage *linkage = search->options->base->linkage;
    size_t n = 0;
    for (size_t i = 0; i < n_chunks; i++) n += search->lists[i].n_items;
    PD_TRY(pd_grow(&all->items, &all->capacity, n + 1, sizeof *all->items, error));
    for (size_t i = 0; i < n_chunks; i++) {
        for (size_t k = 0; k < search->lists[i].n_items; k++) {
            struct pd_ineligible *reason = &all->items[all->n_items++];
            *reason = search->lists[i].items[k];
            const struct row_finder finder = {
                search->options, linkage,
                &search->options->slices->items[search->options->slices->of_row[reason->record]], reason->record, NULL
            };
            PD_TRY(add_finding(&finder, findings, reason, error));
        }
        pd_ineligibles_reset(&search->lists[i]);
    }
    return PADAN_OK;
}

enum padan_status pd_ineligible_find(const struct pd_ineligible_options *options, struct pd_findings *findings,
                                     struct pd_ineligibles *ineligibles, struct padan_error *error)
{
    const size_t n_chunks = (options->base->linkage->table->n_records + CHUNK_ROWS - 1) / CHUNK_ROWS;
    struct search search = { options, NULL };
    *ineligibles = (struct pd_ineligibles){ 0 };
    PD_TRY(pd_allocate(&search.lists, n_chunks, sizeof *search.lists, error));
    enum padan_status status = pd_parallel_for(n_chunks, options->base->threads, find_chunk, &search, error);
    if (status == PADAN_OK) status = join(&search, n_chunks, findings, ineligibles, error);
    for (size_t i = 0; i < n_chunks; i++) pd_ineligibles_reset(&search.lists[i]);
    pd_free(search.lists);
    if (status != PADAN_OK) pd_ineligibles_reset(ineligibles);
    return status;
}
