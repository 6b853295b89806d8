/* SPDX-License-Identifier: MIT
 * Regions by name. Village names are not unique (33 % share one, DOMAIN 4.1), so a name counts only inside a parent,
 * and a row is resolved top-down: the few regencies of a name (26 names are both Kabupaten and Kota) are told apart by
 * their districts. Names are compared by their letters, so SUKA MAJU and SUKAMAJU are one. */
#include "base/hash.h"
#include "base/memory.h"
#include "indonesia/fold.h"
#include "indonesia/region_table.h"

/* Words in front of a name that only say its level (DOMAIN 4.2). */
static const char *const province_words[] = { "PROVINSI", "PROPINSI", "PROV", "PROP", NULL };
static const char *const kota_words[] = { "KOTAADMINISTRASI", "KOTAADM", "KOTAMADYA", "KODYA", "KOTIF", "KOTA", NULL };
static const char *const kabupaten_words[] = { "KABUPATENADMINISTRASI", "KABADM", "KABUPATEN", "KAB", NULL };
static const char *const district_words[] = { "KECAMATAN", "KEC", "DISTRIK", "KAPANEWON", "KEMANTREN", NULL };
static const char *const village_words[] = { "DESA",    "DS",     "KELURAHAN", "KALURAHAN", "KEL",     "NAGARI",
                                             "GAMPONG", "GP",     "PEKON",     "KAMPUNG",   "KAMPONG", "KEPENGHULUAN",
                                             "LEMBANG", "NEGERI", "OHOI",      NULL };

/* Length of the first of words that the letters start with and do not end with; 0 for none. */
static size_t level_word(const char *const *words, const char *letters, size_t length)
{
    for (; *words != NULL; words++) {
        const size_t word = strlen(*words);
        if (length > word + 1 && memcmp(letters, *words, word) == 0) return word;
    }
    return 0;
}

static size_t cut_front(char *letters, size_t length, size_t cut)
{
    memmove(letters, letters + cut, length - cut);
    return length - cut;
}

/* KAB and KOTA are taken off always; they are in the official names. */
static size_t fold_regency(char *letters, size_t length, enum pd_region_kind *kind)
{
    const size_t kabupaten = level_word(kabupaten_words, letters, length);
    const size_t kota = kabupaten == 0 ? level_word(kota_words, letters, length) : 0;
    *kind = kabupaten > 0 ? PD_KIND_KABUPATEN : kota > 0 ? PD_KIND_KOTA : PD_KIND_ANY;
    return cut_front(letters, length, kabupaten + kota);
}

size_t pd_region_fold_name(enum pd_region_level level, struct pd_text name, char *out, enum pd_region_kind *kind)
{
    enum pd_region_kind found = PD_KIND_ANY;
    size_t length = pd_fold_letters(name, out, PD_REGION_NAME_CAPACITY);
    if (level == PD_REGION_REGENCY) length = fold_regency(out, length, &found);
    if (level == PD_REGION_PROVINCE) length = cut_front(out, length, level_word(province_words, out, length));
    if (kind != NULL) *kind = found;
    return length;
}

static uint64_t name_hash(uint64_t ancestor, const char *letters, size_t length)
{
    return pd_hash_combine(pd_hash_bytes(letters, length, 0), ancestor);
}

static void insert(struct pd_region_index *index, uint64_t ancestor, const char *letters, size_t length, size_t entry)
{
    const uint64_t hash = name_hash(ancestor, letters, length);
    size_t slot = hash & (index->n_name_slots - 1);
    while (index->by_name[slot] != 0) slot = (slot + 1) & (index->n_name_slots - 1);
    index->by_name[slot] = (hash & ~UINT64_C(0xffffffff)) | (entry + 1);
}

enum padan_status pd_region_names_build(struct pd_region_index *index, struct padan_error *error)
{
    index->n_name_slots = 64;
    while (index->n_name_slots < 4 * index->n_regions) index->n_name_slots *= 2;
    PD_TRY(pd_allocate(&index->by_name, index->n_name_slots, sizeof *index->by_name, error));
    for (size_t i = 0; i < index->n_regions; i++) {
        char letters[PD_REGION_NAME_CAPACITY];
        const uint64_t code = index->regions[i].code;
        const enum pd_region_level level = pd_region_level(code);
        const size_t length = pd_region_fold_name(level, index->regions[i].name, letters, NULL);
        const uint64_t parent = pd_region_parent(code);
        insert(index, parent, letters, length, i);
        if (level != PD_REGION_PROVINCE) insert(index, pd_region_parent(parent), letters, length, i);
    }
    return PADAN_OK;
}

struct hits {
    uint64_t *codes;
    size_t capacity, n;
};

static void add_hit(struct hits *hits, uint64_t code)
{
    if (hits->n < hits->capacity) hits->codes[hits->n] = code;
    hits->n++;
}

/* All regions of a level whose folded name is exactly `letters` under parent. */
static void find_exact(const struct pd_region_index *index, enum pd_region_level level, uint64_t parent,
                       const char *letters, size_t length, enum pd_region_kind kind, struct hits *hits)
{
    const uint64_t hash = name_hash(parent, letters, length);
    for (size_t slot = hash & (index->n_name_slots - 1); index->by_name[slot] != 0;
         slot = (slot + 1) & (index->n_name_slots - 1)) {
        if (((index->by_name[slot] ^ hash) >> 32) != 0) continue;
        const struct pd_region *region = &index->regions[(index->by_name[slot] & 0xffffffff) - 1];
        if (pd_region_level(region->code) != level) continue;
        const uint64_t up = pd_region_parent(region->code);
        if (up != parent && pd_region_parent(up) != parent) continue;
        char own[PD_REGION_NAME_CAPACITY];
        enum pd_region_kind own_kind;
        const size_t own_length = pd_region_fold_name(level, region->name, own, &own_kind);
        if (own_length != length || memcmp(own, letters, length) != 0) continue;
        if (kind != PD_KIND_ANY && own_kind != kind) continue;
        add_hit(hits, region->code);
    }
}

static void find_alias(const struct pd_region_index *index, enum pd_region_level level, uint64_t parent,
                       const char *letters, size_t length, struct hits *hits)
{
    const struct pd_lexicon_entry *alias = pd_lexicon_find(&index->aliases, (struct pd_text){ letters, length });
    uint64_t code = 0;
    if (alias == NULL || !pd_text_to_u64(alias->canonical, &code)) return;
    if (pd_region_level(code) != level) return;
    if (parent == 0 || pd_region_parent(code) == parent) add_hit(hits, code);
}

size_t pd_region_by_name(const struct pd_region_index *index, enum pd_region_level level, uint64_t parent,
                         struct pd_text name, uint64_t *candidates, size_t capacity)
{
    struct hits hits = { candidates, capacity, 0 };
    char letters[PD_REGION_NAME_CAPACITY];
    enum pd_region_kind kind = PD_KIND_ANY;
    size_t length = pd_region_fold_name(level, name, letters, &kind);
    if (length == 0) return 0;
    find_exact(index, level, parent, letters, length, kind, &hits);
    if (hits.n == 0 && kind == PD_KIND_KOTA) { /* KOTABARU, KOTAWARINGIN: no level word after all */
        length = pd_fold_letters(name, letters, sizeof letters);
        find_exact(index, level, parent, letters, length, PD_KIND_ANY, &hits);
    }
    if (hits.n == 0 && level <= PD_REGION_REGENCY) find_alias(index, level, parent, letters, length, &hits);
    if (hits.n == 0 && level >= PD_REGION_DISTRICT) {
        const size_t cut = level_word(level == PD_REGION_DISTRICT ? district_words : village_words, letters, length);
        if (cut > 0) find_exact(index, level, parent, letters + cut, length - cut, kind, &hits);
    }
    return hits.n;
}

enum { MAX_CANDIDATES = 16 };

/* The one region of a level under any of the parents; 0 when none or several. With several parents the one that has the
 * name is thereby decided. */
static uint64_t find_one(const struct pd_region_index *index, enum pd_region_level level, const uint64_t *parents,
                         size_t n_parents, struct pd_text name)
{
    uint64_t found = 0;
    for (size_t i = 0; i < n_parents; i++) {
        uint64_t codes[2];
        const size_t n = pd_region_by_name(index, level, parents[i], name, codes, 2);
        if (n == 0) continue;
        if (n > 1 || found != 0) return 0;
        found = codes[0];
    }
    return found;
}

/* The province of all candidates: GORONTALO and SERANG, each a Kabupaten and a Kota, are in a younger province than the
 * one that old rows name (DOMAIN 4.1). */
static uint64_t province_of_all(const uint64_t *regencies, size_t n, uint64_t otherwise)
{
    const uint64_t province = n == 0 ? otherwise : pd_region_at_level(regencies[0], PD_REGION_PROVINCE);
    for (size_t i = 1; i < n; i++)
        if (pd_region_at_level(regencies[i], PD_REGION_PROVINCE) != province) return otherwise;
    return province;
}

/* Regencies that fit: by name inside the province or country, else the fixed one. */
static size_t regency_candidates(const struct pd_region_index *index, const struct pd_region_names *names,
                                 uint64_t province, uint64_t codes[MAX_CANDIDATES])
{
    if (pd_is_nothing(names->regency)) return 0;
    size_t n = pd_region_by_name(index, PD_REGION_REGENCY, province, names->regency, codes, MAX_CANDIDATES);
    if (n > 0 || province == 0) return n > MAX_CANDIDATES ? 0 : n;
    /* The province may be older than a split: the name alone decides if it can. */
    n = pd_region_by_name(index, PD_REGION_REGENCY, 0, names->regency, codes, MAX_CANDIDATES);
    return n > MAX_CANDIDATES || province_of_all(codes, n, 0) == 0 ? 0 : n;
}

/* District and village under the regencies that fit; 0 when they decide nothing. */
static uint64_t resolve_below(const struct pd_region_index *index, const struct pd_region_names *names,
                              const uint64_t *regencies, size_t n_regencies)
{
    uint64_t district = 0;
    if (!pd_is_nothing(names->district))
        district = find_one(index, PD_REGION_DISTRICT, regencies, n_regencies, names->district);
    uint64_t village = 0;
    if (!pd_is_nothing(names->village)) {
        if (district != 0)
            village = find_one(index, PD_REGION_VILLAGE, &district, 1, names->village);
        else if (pd_is_nothing(names->district))
            village = find_one(index, PD_REGION_VILLAGE, regencies, n_regencies, names->village);
    }
    return village != 0 ? village : district;
}

uint64_t pd_region_resolve(const struct pd_region_index *index, const struct pd_region_names *names, uint64_t within)
{
    const enum pd_region_level level = pd_region_level(within);
    if (level == PD_REGION_VILLAGE) return within;
    if (level == PD_REGION_DISTRICT) {
        const uint64_t village =
            pd_is_nothing(names->village) ? 0 : find_one(index, PD_REGION_VILLAGE, &within, 1, names->village);
        return village != 0 ? village : within;
    }
    uint64_t province = level == PD_REGION_PROVINCE ? within : 0;
    uint64_t regencies[MAX_CANDIDATES] = { within };
    size_t n_regencies = 1;
    if (level != PD_REGION_REGENCY) {
        uint64_t one = 0;
        if (province == 0 && !pd_is_nothing(names->province))
            province = pd_region_by_name(index, PD_REGION_PROVINCE, 0, names->province, &one, 1) == 1 ? one : 0;
        n_regencies = regency_candidates(index, names, province, regencies);
        if (n_regencies == 0 && province != 0 && pd_is_nothing(names->regency)) {
            const uint64_t finer = resolve_below(index, names, &province, 1);
            return finer != 0 ? finer : province;
        }
    }
    const uint64_t finer = n_regencies > 0 ? resolve_below(index, names, regencies, n_regencies) : 0;
    if (finer != 0) return finer;
    return n_regencies == 1 ? regencies[0] : province_of_all(regencies, n_regencies, province);
}
