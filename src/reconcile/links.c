/* SPDX-License-Identifier: MIT */
#include "reconcile/links.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "indonesia/attribute.h"
#include "reconcile/lives.h"
#include "reconcile/registry.h"

#include <math.h>

enum { CHUNK_RECORDS = 32768, CHUNK_EDGES = 1 << 16, ROWS_AHEAD = 16 };

/* Names of the columns by meaning, with their places in the struct. */
static const struct {
    const char *name;
    size_t place;
} person_columns[] = {
    { "unique_id", offsetof(struct pd_person_columns, unique_id) },
    { "nik", offsetof(struct pd_person_columns, nik) },
    { "nik_longgar", offsetof(struct pd_person_columns, nik_longgar) },
    { "bendera_nik", offsetof(struct pd_person_columns, bendera_nik) },
    { "no_kk", offsetof(struct pd_person_columns, no_kk) },
    { "nama", offsetof(struct pd_person_columns, nama) },
    { "bendera_nama", offsetof(struct pd_person_columns, bendera_nama) },
    { "nama_ibu", offsetof(struct pd_person_columns, nama_ibu) },
    { "tgl_lahir", offsetof(struct pd_person_columns, tgl_lahir) },
    { "tgl_tumpuk", offsetof(struct pd_person_columns, tgl_tumpuk) },
    { "jenis_kelamin", offsetof(struct pd_person_columns, jenis_kelamin) },
    { "tempat_lahir", offsetof(struct pd_person_columns, tempat_lahir) },
    { "hub_keluarga", offsetof(struct pd_person_columns, hub_keluarga) },
    { "alamat", offsetof(struct pd_person_columns, alamat) },
    { "rt", offsetof(struct pd_person_columns, rt) },
    { "rw", offsetof(struct pd_person_columns, rw) },
    { "kode_desa", offsetof(struct pd_person_columns, kode_desa) },
    { "kode_kecamatan", offsetof(struct pd_person_columns, kode_kecamatan) },
    { "kode_kabupaten", offsetof(struct pd_person_columns, kode_kabupaten) },
    { "kode_provinsi", offsetof(struct pd_person_columns, kode_provinsi) },
    { "desil", offsetof(struct pd_person_columns, desil) },
    { "nominal", offsetof(struct pd_person_columns, nominal) },
    { "mulai", offsetof(struct pd_person_columns, mulai) },
    { "selesai", offsetof(struct pd_person_columns, selesai) },
    { "status_salur", offsetof(struct pd_person_columns, status_salur) },
    { "status_hidup", offsetof(struct pd_person_columns, status_hidup) },
    { "tgl_meninggal", offsetof(struct pd_person_columns, tgl_meninggal) },
};
enum { N_PERSON_COLUMNS = sizeof person_columns / sizeof *person_columns };

void pd_person_columns_find(const struct pd_table *table, struct pd_person_columns *columns)
{
    for (size_t i = 0; i < N_PERSON_COLUMNS; i++)
        *(int *)(void *)((char *)columns + person_columns[i].place) =
            pd_table_find(table, pd_text_of(person_columns[i].name));
}

bool pd_is_person_column(struct pd_text name)
{
    for (size_t i = 0; i < N_PERSON_COLUMNS; i++)
        if (pd_text_equal(name, pd_text_of(person_columns[i].name))) return true;
    return false;
}

/* Whether an edge of a record leads to a person of the register. */
static bool touches_person(const struct pd_linkage *linkage, const struct pd_edge *edge, uint32_t record,
                           uint32_t *other)
{
    *other = edge->left == record ? edge->right : edge->left;
    return pd_is_person(linkage, *other);
}

struct marking {
    const struct pd_mark_linked_of *of;
    const struct pd_source *people;
    uint8_t *linked;
};

/* Several threads may mark one row. */
static enum padan_status mark_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct marking *marking = context;
    const size_t first = marking->people->begin, n_people = marking->people->end - first;
    const struct pd_edges *edges = marking->of->edges;
    const size_t begin = chunk * CHUNK_EDGES, n = edges->n_edges;
    const size_t end = n - begin < CHUNK_EDGES ? n : begin + CHUNK_EDGES;
    (void)worker, (void)error;
    for (size_t i = begin; i < end; i++) {
        const struct pd_edge *edge = &edges->edges[i];
        if (edge->class != PD_CLASS_AUTOMATIC || edge->weight < marking->of->least) continue;
        if (edge->right - first < n_people) __atomic_store_n(&marking->linked[edge->left], 1, __ATOMIC_RELAXED);
        if (edge->left - first < n_people) __atomic_store_n(&marking->linked[edge->right], 1, __ATOMIC_RELAXED);
    }
    return PADAN_OK;
}

enum padan_status pd_mark_linked(const struct pd_mark_linked_of *of, uint8_t *linked, struct padan_error *error)
{
    memset(linked, 0, of->table->n_records);
    if (of->register_source < 0) return PADAN_OK;
    struct marking marking = { of, &of->table->sources[of->register_source], linked };
    const size_t n_chunks = (of->edges->n_edges + CHUNK_EDGES - 1) / CHUNK_EDGES;
    return pd_parallel_for(n_chunks, of->threads, mark_chunk, &marking, error);
}

/* The strongest edges of a record to the register or the registry, and how many reach the review threshold. */
struct best_edge {
    uint32_t edge, record;
    pd_weight weight, second;
    uint16_t n;
};

static struct best_edge find_best(const struct pd_linkage *linkage, uint32_t record)
{
    const pd_weight review = pd_weight_of_bits(linkage->model->review_weight);
    struct best_edge best = { PD_NO_EDGE, PD_NO_RECORD, INT64_MIN, INT64_MIN, 0 };
    for (uint64_t i = linkage->edge_begins[record]; i < linkage->edge_begins[record + 1]; i++) {
        const uint32_t index = linkage->edges_of[i];
        const struct pd_edge *edge = &linkage->edges->edges[index];
        uint32_t other = 0;
        if (!touches_person(linkage, edge, record, &other)) continue;
        if (best.n < UINT16_MAX && edge->weight >= review) best.n++;
        if (edge->weight > best.weight) {
            best.second = best.weight;
            best.weight = edge->weight;
            best.edge = index;
            best.record = other;
        } else if (edge->weight > best.second) {
            best.second = edge->weight;
        }
    }
    return best;
}

static bool same_word(const struct pd_table *table, int column, uint32_t a, uint32_t b)
{
    return column >= 0 && !pd_column_is_null(&table->columns[column], a) &&
           pd_column_word(&table->columns[column], a) == pd_column_word(&table->columns[column], b);
}

/* First 15 digits agree and the row's own last digit was rounded to 0 (DOMAIN 1.5). */
static bool rounded_nik(const struct pd_linkage *linkage, uint32_t row, uint32_t person)
{
    const struct pd_column *column = &linkage->table->columns[linkage->columns.nik_longgar];
    char scratch_a[24];
    char scratch_b[24];
    const struct pd_text a = pd_column_text(column, row, scratch_a);
    const struct pd_text b = pd_column_text(column, person, scratch_b);
    return a.length == 16 && b.length == 16 && a.data[15] == '0' && memcmp(a.data, b.data, 15) == 0;
}

/* One edit or one swap apart is what a typing error leaves. */
static bool close_nik(const struct pd_linkage *linkage, uint32_t row, uint32_t person)
{
    const struct pd_column *column = &linkage->table->columns[linkage->columns.nik_longgar];
    char scratch_a[24];
    char scratch_b[24];
    const struct pd_text a = pd_column_text(column, row, scratch_a);
    const struct pd_text b = pd_column_text(column, person, scratch_b);
    if (a.length < 15 || b.length < 15) return false;
    return pd_text_one_slip(a, b);
}

static enum pd_match_method method_of(const struct pd_linkage *linkage, uint32_t row, uint32_t person)
{
    const struct pd_person_columns *columns = &linkage->columns;
    if (same_word(linkage->table, columns->nik, row, person)) return PD_METHOD_NIK;
    if (rounded_nik(linkage, row, person)) return PD_METHOD_NIK_15;
    /* A number that cannot be a key, as one that is by chance some family's, may be the person's all the same. */
    if (same_word(linkage->table, columns->nik_longgar, row, person)) return PD_METHOD_NIK;
    if (close_nik(linkage, row, person)) return PD_METHOD_NIK_TYPO;
    return same_word(linkage->table, columns->no_kk, row, person) ? PD_METHOD_KK_NAMA : PD_METHOD_NAMA_TGL;
}

/* Found by a number that the register holds on several rows, or calls double: whichever of them it is, its data is. */
static bool is_double(const struct pd_row_link *link)
{
    return link->method == PD_METHOD_NIK && link->nik_code == PD_NIK_CODE_DUPLICATE;
}

/* status_padan by precedence; only the class automatic says who the person is. */
static enum pd_match_status status_of(const struct pd_linkage *linkage, const struct pd_row_link *link)
{
    if (link->class == PD_CLASS_REVIEW) return is_double(link) ? PD_STATUS_GANDA_DUKCAPIL : PD_STATUS_PADAN_SEBAGIAN;
    if (link->class == PD_CLASS_AUTOMATIC) {
        const uint8_t life = pd_life_said(linkage->table, &linkage->columns, link->register_record);
        if (life == PD_LIFE_DEAD) return PD_STATUS_MENINGGAL;
        if (life == PD_LIFE_DUPLICATE || is_double(link)) return PD_STATUS_GANDA_DUKCAPIL;
        return life == PD_LIFE_INACTIVE ? PD_STATUS_NONAKTIF : PD_STATUS_PADAN;
    }
    return link->nik_code == PD_NIK_CODE_FORMAT ? PD_STATUS_FORMAT_SALAH : PD_STATUS_TIDAK_DITEMUKAN;
}

/* Does nothing speak for one person more than for another? The best guess is hardly likelier than any two people:
 * within six bits of the weight from which guesses are kept. One in eight of such guesses was wrong in made-up nations,
 * and one in a hundred of those above. */
static bool is_vague(const struct pd_model *model, const struct best_edge *best)
{
    static const double HARDLY = 6;
    const double floor = model->unlinked_weight;
    if (best->edge == PD_NO_EDGE) return true;
    return floor < model->review_weight && best->weight < pd_weight_of_bits(floor + HARDLY);
}

/* Of an edge that was just read, for reports that would have to fetch it once more. */
static void note_edge(const struct pd_linkage *linkage, struct pd_row_link *link)
{
    if (link->register_edge == PD_NO_EDGE) return;
    const struct pd_edge *edge = &linkage->edges->edges[link->register_edge];
    link->weight = edge->weight;
    link->pass = edge->pass;
    link->decision = edge->decision;
}

static void link_to_register(const struct pd_linkage *linkage, uint32_t row, struct pd_row_link *link)
{
    const struct best_edge best = find_best(linkage, row);
    const uint32_t anchor = linkage->anchor[row];
    link->register_edge = best.edge;
    link->register_record = best.record;
    link->n_candidates = best.n;
    link->margin = best.n > 1 ? best.weight - best.second : INT64_MAX;
    link->class = PD_CLASS_NONE;
    if (best.edge != PD_NO_EDGE) link->class = PD_CLASS_REVIEW;
    link->vague = anchor == PD_NO_RECORD && is_vague(linkage->model, &best);
    if (anchor != PD_NO_RECORD) {
        /* The cluster knows the person: by the row's own edge, or through a row that it equals. */
        link->class = PD_CLASS_AUTOMATIC;
        link->register_record = anchor;
        for (uint64_t i = linkage->edge_begins[row]; i < linkage->edge_begins[row + 1]; i++) {
            uint32_t other = 0;
            const struct pd_edge *edge = &linkage->edges->edges[linkage->edges_of[i]];
            if (touches_person(linkage, edge, row, &other) && other == anchor)
                link->register_edge = linkage->edges_of[i];
        }
    }
    note_edge(linkage, link);
    link->method = PD_METHOD_TIDAK;
    if (link->class != PD_CLASS_NONE) link->method = (uint8_t)method_of(linkage, row, link->register_record);
}

/* Whether an edge of a record leads to a row of a version of the registry. */
static bool touches_version(const struct pd_linkage *linkage, const struct pd_edge *edge, uint32_t record, int version,
                            uint32_t *other)
{
    *other = edge->left == record ? edge->right : edge->left;
    if (!pd_may_be_listed(linkage, *other)) return false;
    return linkage->registry->version_of_source[pd_table_source(linkage->table, *other)] == version;
}

/* Improves best by the edges of one record to the registry. A registry row that is another person of the register is no
 * candidate for a row whose person is known. */
static void find_candidate(const struct pd_linkage *linkage, uint32_t row, uint32_t record, struct best_edge *best)
{
    const int version = pd_registry_version_of_row(linkage, row);
    const uint32_t anchor = linkage->anchor[row];
    for (uint64_t i = linkage->edge_begins[record]; i < linkage->edge_begins[record + 1]; i++) {
        const struct pd_edge *edge = &linkage->edges->edges[linkage->edges_of[i]];
        uint32_t other = 0;
        if (!touches_version(linkage, edge, record, version, &other)) continue;
        if (anchor != PD_NO_RECORD && linkage->anchor[other] != PD_NO_RECORD && linkage->anchor[other] != anchor)
            continue;
        if (best->n > 0 && edge->weight <= best->weight) continue;
        best->n = 1;
        best->weight = edge->weight;
        best->edge = linkage->edges_of[i];
        best->record = other;
    }
}

/* By an edge of the row, or of the person that it is; n is 0 when there is nobody. */
static struct best_edge find_in_registry(const struct pd_linkage *linkage, uint32_t row)
{
    struct best_edge best = { PD_NO_EDGE, PD_NO_RECORD, INT64_MIN, INT64_MIN, 0 };
    const uint32_t anchor = linkage->anchor[row];
    if (linkage->registry == NULL || linkage->registry->n_versions == 0) return best;
    find_candidate(linkage, row, row, &best);
    if (anchor != PD_NO_RECORD && anchor != row) find_candidate(linkage, row, anchor, &best);
    return best;
}

uint32_t pd_links_registry_edge(const struct pd_linkage *linkage, uint32_t row)
{
    return find_in_registry(linkage, row).edge;
}

/* One pass over all rows for each version of the registry; the register is asked in the first. */
struct links_context {
    struct pd_linkage *linkage;
    const uint8_t *nik_code;
    uint32_t *registry_of; /* [n_records] row of the version by cluster representative */
    int version;
};

/* What is told of the registry, of a person in two bytes, of another row in its link. */
static void put_listed(const struct pd_linkage *linkage, uint32_t row, uint32_t listed, enum pd_registry_state state)
{
    if (pd_is_person(linkage, row)) {
        pd_person_of(linkage, row)->registry_state = (uint8_t)state;
        return;
    }
    pd_link_of(linkage, row)->registry_record = listed;
    pd_link_of(linkage, row)->registry_state = (uint8_t)state;
}

/* Its person is in the version: nearly all are. False when somebody else of it may be the row. */
static bool link_to_member(const struct links_context *context, uint32_t row)
{
    const uint32_t member = context->registry_of[context->linkage->cluster[row]];
    if (member != PD_NO_RECORD) put_listed(context->linkage, row, member, PD_REGISTRY_TERDAFTAR);
    return member != PD_NO_RECORD;
}

static void link_to_candidate(const struct links_context *context, uint32_t row)
{
    const struct pd_linkage *linkage = context->linkage;
    const struct best_edge best = find_in_registry(linkage, row);
    put_listed(linkage, row, best.record, best.n > 0 ? PD_REGISTRY_TINJAU : PD_REGISTRY_TIDAK_TERDAFTAR);
    if (pd_is_person(linkage, row) || pd_link_of(linkage, row)->class != PD_CLASS_REVIEW) return;
    const uint32_t member = context->registry_of[linkage->cluster[pd_link_of(linkage, row)->register_record]];
    if (member != PD_NO_RECORD) put_listed(linkage, row, member, PD_REGISTRY_TINJAU);
}

static void link_row(const struct links_context *context, uint32_t row)
{
    const struct pd_linkage *linkage = context->linkage;
    struct pd_row_link *link = pd_link_of(linkage, row);
    *link = (struct pd_row_link){ .register_edge = PD_NO_EDGE };
    link->name_score = UINT16_MAX;
    link->nik_code = context->nik_code[row];
    link_to_register(linkage, row, link);
    /* The register's own number may be no key of its row: one that is by chance some family's. */
    if (link->nik_code == PD_NIK_CODE_NOT_FOUND && link->register_record != PD_NO_RECORD &&
        link->method == PD_METHOD_NIK)
        link->nik_code = pd_nik_code_of_life(linkage->table, &linkage->columns, link->register_record);
    link->status = (uint8_t)status_of(linkage, link);
}

static void link_person(const struct links_context *context, uint32_t row)
{
    const struct pd_linkage *linkage = context->linkage;
    const struct pd_row_link link = { .register_record = row, .class = PD_CLASS_AUTOMATIC };
    pd_person_of(linkage, row)->status = (uint8_t)status_of(linkage, &link);
}

void pd_links_prefetch_edges(const struct pd_linkage *linkage, size_t row)
{
    for (uint64_t i = linkage->edge_begins[row]; i < linkage->edge_begins[row + 1]; i++)
        pd_edge_prefetch(&linkage->edges->edges[linkage->edges_of[i]]);
}

/* What is asked of a row lies anywhere: what it says of its person, that person, and the registry's row of it. Those of
 * a row of the register lie in order but for the last. */
static void prefetch_row(const struct links_context *context, size_t row)
{
    const struct pd_linkage *linkage = context->linkage;
    pd_prefetch(&context->registry_of[linkage->cluster[row]]);
    if (context->version > 0 || pd_is_person(linkage, row)) return;
    pd_links_prefetch_edges(linkage, row);
    pd_life_prefetch(linkage, (uint32_t)row);
    if (linkage->anchor[row] != PD_NO_RECORD)
        pd_column_prefetch(&linkage->table->columns[linkage->columns.nik], linkage->anchor[row]);
}

/* The edges of the person of a row are found in three steps, each of which must be near before the next. */
static void prefetch_candidates(const struct pd_linkage *linkage, const uint32_t *rows, size_t n)
{
    enum { FAR = 24, NEARER = 16, NEAR = 8 };
    const uint32_t far = n > FAR ? linkage->anchor[rows[FAR]] : PD_NO_RECORD;
    const uint32_t nearer = n > NEARER ? linkage->anchor[rows[NEARER]] : PD_NO_RECORD;
    const uint32_t near = n > NEAR ? linkage->anchor[rows[NEAR]] : PD_NO_RECORD;
    if (far != PD_NO_RECORD) pd_prefetch(&linkage->edge_begins[far]);
    if (nearer != PD_NO_RECORD) pd_prefetch(&linkage->edges_of[linkage->edge_begins[nearer]]);
    if (near != PD_NO_RECORD) pd_links_prefetch_edges(linkage, near);
}

enum { BATCH_ROWS = 4096 };

/* Rows [begin, end), at most BATCH_ROWS. Those whose person is not in the version come last: the few that are asked for
 * their edges, which lie anywhere, are asked for them side by side. */
static void link_batch(const struct links_context *context, size_t begin, size_t end)
{
    const struct pd_linkage *linkage = context->linkage;
    const size_t n_records = linkage->table->n_records;
    uint32_t unlisted[BATCH_ROWS];
    size_t n = 0;
    for (size_t row = begin; row < end; row++) {
        if (n_records - row > ROWS_AHEAD) prefetch_row(context, row + ROWS_AHEAD);
        if (context->version == 0) (pd_is_person(linkage, row) ? link_person : link_row)(context, (uint32_t)row);
        if (pd_registry_version_of_row(linkage, (uint32_t)row) != context->version) continue;
        if (!link_to_member(context, (uint32_t)row)) unlisted[n++] = (uint32_t)row;
    }
    for (size_t i = 0; i < n; i++) {
        prefetch_candidates(linkage, unlisted + i, n - i);
        link_to_candidate(context, unlisted[i]);
    }
}

static enum padan_status link_chunk(void *opaque, size_t chunk, int worker, struct padan_error *error)
{
    const struct links_context *context = opaque;
    const size_t n = context->linkage->table->n_records;
    const size_t begin = chunk * CHUNK_RECORDS;
    const size_t end = begin + CHUNK_RECORDS < n ? begin + CHUNK_RECORDS : n;
    (void)worker;
    (void)error;
    for (size_t row = begin; row < end; row += BATCH_ROWS)
        link_batch(context, row, end - row < BATCH_ROWS ? end : row + BATCH_ROWS);
    return PADAN_OK;
}

static size_t n_chunks_of(size_t n_rows)
{
    return (n_rows + CHUNK_RECORDS - 1) / CHUNK_RECORDS;
}

/* Where the rows of the registry begin and end. */
static void find_registry_rows(struct pd_linkage *linkage)
{
    const struct pd_table *table = linkage->table;
    linkage->registry_begin = table->n_records;
    linkage->registry_end = 0;
    for (size_t i = 0; linkage->registry != NULL && i < table->n_sources; i++) {
        const struct pd_source *rows = &table->sources[i];
        if (linkage->registry->version_of_source[i] < 0) continue;
        if (rows->begin < linkage->registry_begin) linkage->registry_begin = rows->begin;
        if (rows->end > linkage->registry_end) linkage->registry_end = rows->end;
    }
}

static enum padan_status allocate_links(struct pd_linkage *linkage, struct padan_error *error)
{
    const struct pd_table *table = linkage->table;
    find_registry_rows(linkage);
    if (linkage->register_source >= 0) {
        linkage->register_begin = table->sources[linkage->register_source].begin;
        linkage->register_end = table->sources[linkage->register_source].end;
    }
    const size_t n_persons = linkage->register_end - linkage->register_begin;
    PD_TRY(pd_allocate_array(&linkage->persons, n_persons + 1, sizeof *linkage->persons, error));
    return pd_allocate_array(&linkage->links, table->n_records - n_persons + 1, sizeof *linkage->links, error);
}

static enum padan_status forget_chunk(void *opaque, size_t chunk, int worker, struct padan_error *error)
{
    const struct links_context *context = opaque;
    const size_t n = context->linkage->table->n_records, begin = chunk * CHUNK_RECORDS;
    const size_t end = n - begin < CHUNK_RECORDS ? n : begin + CHUNK_RECORDS;
    (void)worker, (void)error;
    memset(context->registry_of + begin, 0xff, (end - begin) * sizeof *context->registry_of); /* PD_NO_RECORD */
    return PADAN_OK;
}

/* Rows of a source of the registry on their way to their people. */
struct listing {
    const struct links_context *context;
    const struct pd_source *rows;
};

/* The first row of the source is a person's, whichever thread comes first; rows of sources before it stay. */
static enum padan_status list_chunk(void *opaque, size_t chunk, int worker, struct padan_error *error)
{
    const struct listing *listing = opaque;
    const struct pd_source *rows = listing->rows;
    const uint32_t *cluster = listing->context->linkage->cluster;
    uint32_t *registry_of = listing->context->registry_of;
    const size_t begin = rows->begin + chunk * CHUNK_RECORDS;
    const size_t end = rows->end - begin < CHUNK_RECORDS ? rows->end : begin + CHUNK_RECORDS;
    (void)worker, (void)error;
    for (size_t i = begin; i < end; i++) {
        if (end - i > ROWS_AHEAD) pd_prefetch_to_write(&registry_of[cluster[i + ROWS_AHEAD]]);
        uint32_t *first = &registry_of[cluster[i]];
        uint32_t before = __atomic_load_n(first, __ATOMIC_RELAXED);
        while ((before == PD_NO_RECORD || (before > i && before < rows->end)) &&
               !__atomic_compare_exchange_n(first, &before, (uint32_t)i, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {}
    }
    return PADAN_OK;
}

/* The first row of the version for each person, those of people before those of families. */
static enum padan_status list_members(struct links_context *context, int threads, struct padan_error *error)
{
    const struct pd_table *table = context->linkage->table;
    const struct pd_registry *registry = context->linkage->registry;
    PD_TRY(pd_parallel_for(n_chunks_of(table->n_records), threads, forget_chunk, context, error));
    for (int unit = 0; registry != NULL && unit < PD_UNIT_KINDS; unit++)
        for (size_t source = 0; source < table->n_sources; source++) {
            struct listing listing = { context, &table->sources[source] };
            const size_t n = listing.rows->end - listing.rows->begin;
            if (registry->version_of_source[source] != context->version || registry->unit_of_source[source] != unit)
                continue;
            PD_TRY(pd_parallel_for(n_chunks_of(n), threads, list_chunk, &listing, error));
        }
    return PADAN_OK;
}

enum padan_status pd_links_make(struct pd_linkage *linkage, const uint8_t *nik_code, int threads,
                                struct padan_error *error)
{
    const size_t n = linkage->table->n_records;
    const size_t n_versions = linkage->registry == NULL ? 0 : linkage->registry->n_versions;
    struct links_context context = { .linkage = linkage, .nik_code = nik_code };
    PD_TRY(allocate_links(linkage, error));
    PD_TRY(pd_allocate_array(&context.registry_of, n, sizeof *context.registry_of, error));
    enum padan_status status = PADAN_OK;
    do {
        status = list_members(&context, threads, error);
        if (status == PADAN_OK) status = pd_parallel_for(n_chunks_of(n), threads, link_chunk, &context, error);
        context.version++;
    } while (status == PADAN_OK && (size_t)context.version < n_versions);
    pd_free(context.registry_of);
    return status;
}
