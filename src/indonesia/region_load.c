/* SPDX-License-Identifier: MIT
 * Region data from the compiled-in files into the index. */
#include "base/delimited.h"
#include "base/embedded.h"
#include "base/hash.h"
#include "base/memory.h"
#include "indonesia/region_table.h"

#include <stdlib.h>

/* The first two columns of a compiled-in CSV file, row by row. */
struct pairs {
    struct pd_delimited reader;
    struct pd_text content;
    size_t key, value;
};

static enum padan_status pairs_open(struct pairs *pairs, const char *path, struct padan_error *error)
{
    *pairs = (struct pairs){ .content = pd_embedded(path), .key = 0, .value = 1 };
    if (pairs->content.data == NULL) PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s is not compiled in", path);
    PD_TRY(pd_delimited_open(&pairs->reader, pairs->content, ',', path, error));
    if (pairs->reader.n_header < 2) PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s needs two columns", path);
    return PADAN_OK;
}

static enum padan_status pairs_next(struct pairs *pairs, bool *more, uint64_t *key, struct pd_text *value,
                                    struct padan_error *error)
{
    PD_TRY(pd_delimited_next(&pairs->reader, more, error));
    if (!*more) return PADAN_OK;
    *value = pairs->reader.fields[pairs->value];
    if (!pd_text_to_u64(pairs->reader.fields[pairs->key], key))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s:%zu: the code is not a number", pairs->reader.name, pairs->reader.line);
    return PADAN_OK;
}

static enum padan_status load_regions(struct pd_region_index *index, struct pairs *pairs, struct padan_error *error)
{
    for (;;) {
        bool more = false;
        uint64_t code = 0;
        struct pd_text name;
        PD_TRY(pairs_next(pairs, &more, &code, &name, error));
        if (!more) return PADAN_OK;
        const bool inside = name.data >= pairs->content.data && name.data < pairs->content.data + pairs->content.length;
        if (!inside) PD_TRY(pd_arena_copy(&index->arena, name, &name, error));
        PD_TRY(pd_grow(&index->regions, &index->regions_capacity, index->n_regions + 1, sizeof *index->regions, error));
        index->regions[index->n_regions++] = (struct pd_region){ code, name };
    }
}

static enum padan_status load_changes(struct pairs *pairs, struct pd_region_change **changes, size_t *n_changes,
                                      size_t *capacity, struct padan_error *error)
{
    for (;;) {
        bool more = false;
        struct pd_region_change change = { 0, 0 };
        struct pd_text value;
        PD_TRY(pairs_next(pairs, &more, &change.from, &value, error));
        if (!more) return PADAN_OK;
        if (!pd_text_to_u64(value, &change.to))
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s:%zu: the code is not a number", pairs->reader.name,
                    pairs->reader.line);
        PD_TRY(pd_grow(changes, capacity, *n_changes + 1, sizeof **changes, error));
        (*changes)[(*n_changes)++] = change;
    }
}

static int by_from(const void *a, const void *b)
{
    const uint64_t from_a = ((const struct pd_region_change *)a)->from;
    const uint64_t from_b = ((const struct pd_region_change *)b)->from;
    return (from_a > from_b) - (from_a < from_b);
}

static enum padan_status load_change_file(const char *path, struct pd_region_change **changes, size_t *n_changes,
                                          size_t *capacity, struct padan_error *error)
{
    struct pairs pairs;
    enum padan_status status = pairs_open(&pairs, path, error);
    if (status == PADAN_OK) status = load_changes(&pairs, changes, n_changes, capacity, error);
    pd_delimited_reset(&pairs.reader);
    if (status == PADAN_OK && *n_changes > 0) qsort(*changes, *n_changes, sizeof **changes, by_from);
    return status;
}

static enum padan_status load_region_file(struct pd_region_index *index, struct padan_error *error)
{
    struct pairs pairs;
    enum padan_status status = pairs_open(&pairs, "datasets/wilayah.csv", error);
    if (status == PADAN_OK) status = load_regions(index, &pairs, error);
    pd_delimited_reset(&pairs.reader);
    return status;
}

static enum padan_status load_alias_rows(struct pd_region_index *index, struct pairs *pairs, struct padan_error *error)
{
    for (;;) {
        bool more = false;
        PD_TRY(pd_delimited_next(&pairs->reader, &more, error));
        if (!more) return PADAN_OK;
        struct pd_text word;
        struct pd_text code;
        PD_TRY(pd_arena_copy(&index->arena, pairs->reader.fields[0], &word, error));
        PD_TRY(pd_arena_copy(&index->arena, pairs->reader.fields[1], &code, error));
        PD_TRY(pd_lexicon_add(&index->aliases, word, code, 0, error));
    }
}

static enum padan_status load_aliases(struct pd_region_index *index, struct padan_error *error)
{
    struct pairs pairs;
    enum padan_status status = pairs_open(&pairs, "datasets/alias_wilayah.csv", error);
    if (status == PADAN_OK) status = load_alias_rows(index, &pairs, error);
    pd_delimited_reset(&pairs.reader);
    return status;
}

static size_t slots_for(size_t n_entries)
{
    size_t n_slots = 64;
    while (n_slots < 2 * n_entries) n_slots *= 2;
    return n_slots;
}

static enum padan_status build_codes(struct pd_region_index *index, struct padan_error *error)
{
    index->n_code_slots = slots_for(index->n_regions);
    PD_TRY(pd_allocate(&index->by_code, index->n_code_slots, sizeof *index->by_code, error));
    for (size_t i = 0; i < index->n_regions; i++) {
        size_t slot = pd_mix64(index->regions[i].code) & (index->n_code_slots - 1);
        while (index->by_code[slot] != 0) slot = (slot + 1) & (index->n_code_slots - 1);
        index->by_code[slot] = (uint32_t)(i + 1);
    }
    return PADAN_OK;
}

enum { KNOWN_REGENCIES = 1000000, KNOWN_PROVINCES = KNOWN_REGENCIES + 10000, N_KNOWN = KNOWN_PROVINCES + 100 };

static void know(uint8_t *known, uint64_t code, unsigned bit)
{
    if (code < 100)
        known[KNOWN_PROVINCES + code] |= (uint8_t)bit;
    else if (code < 10000)
        known[KNOWN_REGENCIES + code] |= (uint8_t)bit;
    else if (code < 1000000)
        known[code] |= (uint8_t)bit;
}

static enum padan_status build_known(struct pd_region_index *index, struct padan_error *error)
{
    static const unsigned char bps_provinces[] = { 91, 92, 94, 95, 96, 97 };
    PD_TRY(pd_allocate(&index->known, N_KNOWN, 1, error));
    for (size_t i = 0; i < index->n_regions; i++) know(index->known, index->regions[i].code, PD_REGION_CURRENT);
    for (size_t i = 0; i < index->n_old; i++) know(index->known, index->old[i].from, PD_REGION_OLD);
    for (size_t i = 0; i < index->n_bps; i++)
        if (index->bps[i].from < 10000) know(index->known, index->bps[i].from, PD_REGION_BPS);
    for (size_t i = 0; i < sizeof bps_provinces; i++) know(index->known, bps_provinces[i], PD_REGION_BPS);
    return PADAN_OK;
}

enum padan_status pd_region_index_load(struct pd_region_index *index, struct padan_error *error)
{
    *index = (struct pd_region_index){ 0 };
    PD_TRY(load_region_file(index, error));
    PD_TRY(load_change_file("datasets/kode_lama.csv", &index->old, &index->n_old, &index->old_capacity, error));
    PD_TRY(load_change_file("datasets/kode_bps.csv", &index->bps, &index->n_bps, &index->bps_capacity, error));
    PD_TRY(load_aliases(index, error));
    PD_TRY(build_codes(index, error));
    PD_TRY(build_known(index, error));
    return pd_region_names_build(index, error);
}

void pd_region_index_reset(struct pd_region_index *index)
{
    pd_free(index->regions);
    pd_free(index->by_code);
    pd_free(index->by_name);
    pd_free(index->old);
    pd_free(index->bps);
    pd_free(index->known);
    pd_lexicon_reset(&index->aliases);
    pd_arena_reset(&index->arena);
    *index = (struct pd_region_index){ 0 };
}

unsigned pd_region_known_province(const struct pd_region_index *index, unsigned code)
{
    return code < 100 ? index->known[KNOWN_PROVINCES + code] : 0;
}

unsigned pd_region_known_regency(const struct pd_region_index *index, unsigned code)
{
    return code < 10000 ? index->known[KNOWN_REGENCIES + code] : 0;
}

unsigned pd_region_known_district(const struct pd_region_index *index, unsigned code)
{
    return code >= 10000 && code < 1000000 ? index->known[code] : 0;
}
