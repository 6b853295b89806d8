/* SPDX-License-Identifier: MIT
 * Where a row lives: its region codes of any edition and either coding, completed by names. Kemendagri and BPS codes
 * have the same length, so a file's coding is told by how many of its codes each list knows (DOMAIN 4.1), never row by
 * row. Rows have few distinct combinations of codes and names: a worker remembers answers in a direct-mapped table. */
#include "base/hash.h"
#include "base/memory.h"
#include "normalise/stage.h"

enum { SLOTS = 16384, N_LEVELS = 4, SAMPLE_STEP_ROWS = 20000 };

/* Raw words of the eight columns of a row, and its file's coding. */
struct key {
    uint64_t codes[N_LEVELS]; /* as numbers: province, regency, district, village */
    uint64_t names[N_LEVELS]; /* dictionary codes */
    uint64_t coding;          /* + 1 */
};

struct slot {
    struct key key;
    unsigned level;          /* of the region, 0 = none */
    int64_t codes[N_LEVELS]; /* [level] of the region and those it lies in */
};

struct regions {
    const struct pd_stage *stage;
    struct pd_numbers codes[N_LEVELS];
    const struct pd_column *names[N_LEVELS];
    const struct pd_column *made[N_LEVELS];
    struct slot *slots;             /* [threads][SLOTS] */
    struct pd_digits_cache *caches; /* [threads][N_LEVELS] */
};

static int64_t read_code(const void *context, struct pd_text text)
{
    (void)context;
    const uint64_t code = pd_region_code_of_text(text);
    return code == 0 ? PD_NULL_INT : (int64_t)code;
}

static void codes_at(const struct regions *regions, size_t record, int worker, uint64_t codes[N_LEVELS])
{
    for (size_t level = 0; level < N_LEVELS; level++) {
        const int64_t code =
            pd_number_at(&regions->codes[level], record, &regions->caches[(size_t)worker * N_LEVELS + level]);
        codes[level] = code == PD_NULL_INT ? 0 : (uint64_t)code;
    }
}

/* The finest code of a row, its parts put together (KDPROP 32, KDKAB 1, KDKEC 10 of BPS or Kemendagri width). */
static uint64_t finest(const uint64_t codes[N_LEVELS], enum pd_region_coding coding)
{
    const bool bps = coding == PD_CODING_BPS;
    uint64_t code = codes[0];
    if (codes[1] >= 1000)
        code = codes[1];
    else if (codes[1] > 0 && code > 0)
        code = code * 100 + codes[1] % 100;
    const uint64_t district_width = bps ? 1000 : 100;
    if (codes[2] >= 100000)
        code = codes[2];
    else if (codes[2] > 0 && codes[2] < district_width && code >= 1000)
        code = code * district_width + codes[2];
    const uint64_t village_width = bps ? 1000 : 10000;
    if (codes[3] >= UINT64_C(1000000000))
        code = codes[3];
    else if (codes[3] > 0 && codes[3] < village_width && code >= 100000)
        code = code * village_width + codes[3];
    return code;
}

/* ---- Which coding does a file use? ---- */

static void count_rows(void *context, size_t begin, size_t end, int worker)
{
    const struct regions *regions = context;
    const struct pd_region_index *index = &regions->stage->indonesia->regions;
    const size_t n_from_chunk = regions->stage->table->n_records - begin / PD_ROWS_PER_CHUNK * PD_ROWS_PER_CHUNK;
    for (size_t record = begin; record < end; record++) {
        if (record % 7 != 0 && n_from_chunk > SAMPLE_STEP_ROWS) continue; /* big files: every seventh row */
        uint64_t codes[N_LEVELS];
        codes_at(regions, record, worker, codes);
        const uint64_t dagri = finest(codes, PD_CODING_DAGRI);
        const uint64_t bps = finest(codes, PD_CODING_BPS);
        if (dagri == 0 && bps == 0) continue;
        struct pd_normalise_file_facts *facts = pd_stage_facts(regions->stage, worker, record);
        bool was_old = false;
        const uint64_t modern = pd_region_modern(index, dagri, &was_old);
        const bool known = modern == dagri || (was_old && pd_region_level(modern) >= PD_REGION_REGENCY);
        facts->n_codes++;
        facts->n_codes_dagri += dagri != 0 && known;
        facts->n_codes_bps += pd_region_is_bps(index, bps) || (bps == 97 && !known);
    }
}

/* BPS only with a clear lead: most regency codes outside Papua exist in both lists, so a tie means Kemendagri. */
static void settle_codings(const struct pd_stage *stage)
{
    for (size_t file = 0; file < stage->n_files; file++) {
        struct pd_normalise_file_facts *facts = &stage->facts[file];
        for (size_t worker = 1; worker < (size_t)stage->threads; worker++) {
            struct pd_normalise_file_facts *other = &stage->facts[worker * stage->n_files + file];
            facts->n_codes += other->n_codes;
            facts->n_codes_dagri += other->n_codes_dagri;
            facts->n_codes_bps += other->n_codes_bps;
            other->n_codes = 0;
            other->n_codes_dagri = 0;
            other->n_codes_bps = 0;
        }
        const bool bps = facts->n_codes_bps * 10 > facts->n_codes * 6 && facts->n_codes_bps > facts->n_codes_dagri * 2;
        const struct pd_normalise_file *given = stage->options->files;
        facts->coding = given != NULL ? given[file].coding : PD_CODING_UNKNOWN;
        if (facts->coding == PD_CODING_UNKNOWN && facts->n_codes > 0)
            facts->coding = bps ? PD_CODING_BPS : PD_CODING_DAGRI;
    }
}

/* The sample, which hangs on how many rows there are, may tell another coding than where the codes of the first rows
 * were found: those are looked for again. */
static void doubt_known(const struct pd_stage *stage)
{
    struct pd_known_part *known = stage->known;
    if (known->n == 0 || stage->facts[0].coding == known->rows->facts.coding) return;
    for (enum pd_made made = PD_MADE_KODE_DESA; made <= PD_MADE_KODE_PROVINSI; made++) known->columns[made] = false;
    memset(stage->facts[0].n_placed, 0, sizeof stage->facts[0].n_placed);
}

/* ---- Rows ---- */

static struct pd_text name_text(const struct pd_column *column, size_t record, char scratch[24])
{
    const struct pd_text none = { NULL, 0 };
    return column == NULL ? none : pd_column_text(column, record, scratch);
}

static uint64_t place(const struct regions *regions, size_t record, const struct key *key, enum pd_region_coding coding)
{
    const struct pd_region_index *index = &regions->stage->indonesia->regions;
    const uint64_t code = finest(key->codes, coding);
    const uint64_t by_code =
        coding == PD_CODING_BPS ? pd_region_of_bps(index, code) : pd_region_modern(index, code, NULL);
    if (pd_region_level(by_code) == PD_REGION_VILLAGE) return by_code;
    char scratch[N_LEVELS][24];
    const struct pd_region_names names = { name_text(regions->names[0], record, scratch[0]),
                                           name_text(regions->names[1], record, scratch[1]),
                                           name_text(regions->names[2], record, scratch[2]),
                                           name_text(regions->names[3], record, scratch[3]) };
    return pd_region_resolve(index, &names, by_code);
}

static uint64_t hash_of(const struct key *key)
{
    return pd_hash_bytes(key, sizeof *key, 0);
}

static struct slot find_place(const struct regions *regions, size_t record, const struct key *key,
                              enum pd_region_coding coding)
{
    const uint64_t region = place(regions, record, key, coding);
    struct slot slot = { .key = *key, .level = pd_region_level(region) };
    for (uint64_t code = region; code != 0; code = pd_region_parent(code))
        slot.codes[pd_region_level(code) - 1] = (int64_t)code;
    return slot;
}

static void fill_rows(void *context, size_t begin, size_t end, int worker)
{
    const struct regions *regions = context;
    const struct pd_stage *stage = regions->stage;
    struct slot *slots = regions->slots + (size_t)worker * SLOTS;
    for (size_t record = begin; record < end; record++) {
        struct pd_normalise_file_facts *facts = pd_stage_facts(stage, worker, record);
        const size_t file = stage->table->file_of == NULL ? 0 : stage->table->file_of[record];
        const enum pd_region_coding coding = stage->facts[file].coding;
        struct key key = { .coding = (uint64_t)coding + 1 };
        codes_at(regions, record, worker, key.codes);
        for (size_t level = 0; level < N_LEVELS; level++)
            key.names[level] = regions->names[level] == NULL ? 0 : pd_column_word(regions->names[level], record);
        struct slot *slot = &slots[hash_of(&key) & (SLOTS - 1)];
        if (memcmp(&slot->key, &key, sizeof key) != 0) *slot = find_place(regions, record, &key, coding);
        facts->n_placed[slot->level]++;
        for (size_t level = 0; level < slot->level; level++)
            pd_stage_set(regions->made[level], record, slot->codes[level]);
    }
}

static enum padan_status run_passes(struct regions *regions, struct padan_error *error)
{
    static const enum pd_raw codes[N_LEVELS] = { PD_RAW_KODE_PROVINSI, PD_RAW_KODE_KABUPATEN, PD_RAW_KODE_KECAMATAN,
                                                 PD_RAW_KODE_DESA };
    const struct pd_stage *stage = regions->stage;
    const size_t threads = (size_t)stage->threads;
    for (size_t level = 0; level < N_LEVELS; level++)
        PD_TRY(pd_numbers_prepare(stage, codes[level], read_code, NULL, &regions->codes[level], error));
    PD_TRY(pd_allocate(&regions->slots, threads * SLOTS, sizeof *regions->slots, error));
    PD_TRY(pd_allocate(&regions->caches, threads * N_LEVELS, sizeof *regions->caches, error));
    PD_TRY(pd_stage_each_row(stage, 0, count_rows, regions, error));
    settle_codings(stage);
    doubt_known(stage);
    pd_stage_begin(stage, PD_MADE_KODE_DESA, PD_MADE_KODE_PROVINSI);
    return pd_stage_each_row(stage, pd_stage_first(stage, PD_MADE_KODE_DESA), fill_rows, regions, error);
}

enum padan_status pd_stage_regions(const struct pd_stage *stage, struct padan_error *error)
{
    struct regions regions = {
        .stage = stage,
        .names = { pd_stage_raw(stage, PD_RAW_PROVINSI), pd_stage_raw(stage, PD_RAW_KABUPATEN),
                   pd_stage_raw(stage, PD_RAW_KECAMATAN), pd_stage_raw(stage, PD_RAW_DESA) },
        .made = { pd_stage_column(stage, PD_MADE_KODE_PROVINSI), pd_stage_column(stage, PD_MADE_KODE_KABUPATEN),
                  pd_stage_column(stage, PD_MADE_KODE_KECAMATAN), pd_stage_column(stage, PD_MADE_KODE_DESA) },
    };
    const enum padan_status status = run_passes(&regions, error);
    for (size_t level = 0; level < N_LEVELS; level++) pd_numbers_reset(&regions.codes[level]);
    pd_free(regions.slots);
    pd_free(regions.caches);
    return status;
}
