/* SPDX-License-Identifier: MIT */
#include "indonesia/indonesia.h"

#include "base/delimited.h"
#include "base/embedded.h"
#include "indonesia/address.h"
#include "indonesia/name.h"

struct class_name {
    const char *name;
    uint16_t class_id;
};

static const struct class_name title_classes[] = {
    { "depan", PD_TITLE_PREFIX },
    { "tepi", PD_TITLE_EDGE },
    { "awal", PD_TITLE_FIRST_INITIAL },
    { "akhir", PD_TITLE_SUFFIX },
    { "akhir_awas", PD_TITLE_RISKY_SUFFIX },
    { "wafat", PD_TITLE_DECEASED },
    { "alias", PD_TITLE_ALIAS },
    { "bin", PD_TITLE_PATRONYM },
    { "bin_awas", PD_TITLE_PATRONYM_RISKY },
    { NULL, 0 },
};

static const struct class_name place_classes[] = {
    { "semua", PD_ABBREVIATION_ANYWHERE },
    { "awal", PD_ABBREVIATION_FIRST },
    { "lanjut", PD_ABBREVIATION_NOT_LAST },
    { "bali", PD_ABBREVIATION_BALI },
    { NULL, 0 },
};

static const struct class_name address_classes[] = {
    { "jalan", PD_ADDRESS_STREET }, { "dusun", PD_ADDRESS_HAMLET }, { "tingkat", PD_ADDRESS_LEVEL }, { NULL, 0 }
};

/* One word list: which columns hold word, canonical form (-1: the word itself), and class (-1: 0; classes NULL: a
 * number). */
struct list {
    const char *path;
    int word, canonical, class_column;
    const struct class_name *classes;
    struct pd_lexicon *lexicon;
};

static enum padan_status class_of(const struct list *list, const struct pd_delimited *reader, uint16_t *class_id,
                                  struct padan_error *error)
{
    *class_id = 0;
    if (list->class_column < 0) return PADAN_OK;
    const struct pd_text text = reader->fields[list->class_column];
    if (list->classes == NULL) {
        uint64_t number = 0;
        if (pd_text_to_u64(text, &number) && number < 65536) {
            *class_id = (uint16_t)number;
            return PADAN_OK;
        }
    } else {
        for (const struct class_name *known = list->classes; known->name != NULL; known++) {
            if (!pd_text_equal(text, pd_text_of(known->name))) continue;
            *class_id = known->class_id;
            return PADAN_OK;
        }
    }
    PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s:%zu: unknown class", reader->name, reader->line);
}

static enum padan_status read_rows(struct pd_indonesia *indonesia, const struct list *list, struct pd_delimited *reader,
                                   struct padan_error *error)
{
    for (;;) {
        bool more = false;
        PD_TRY(pd_delimited_next(reader, &more, error));
        if (!more) return PADAN_OK;
        struct pd_text word;
        PD_TRY(pd_arena_copy(&indonesia->arena, reader->fields[list->word], &word, error));
        struct pd_text canonical = word;
        if (list->canonical >= 0)
            PD_TRY(pd_arena_copy(&indonesia->arena, reader->fields[list->canonical], &canonical, error));
        uint16_t class_id = 0;
        PD_TRY(class_of(list, reader, &class_id, error));
        /* spellings of the same word are no abbreviations: marked in the high bit */
        if (list->lexicon == &indonesia->names && pd_text_equal(reader->fields[3], PD_TEXT("ya")))
            class_id |= PD_ABBREVIATION_SHORT;
        PD_TRY(pd_lexicon_add(list->lexicon, word, canonical, class_id, error));
    }
}

static enum padan_status read_list(struct pd_indonesia *indonesia, const struct list *list, struct padan_error *error)
{
    const struct pd_text content = pd_embedded(list->path);
    if (content.data == NULL) PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s is not compiled in", list->path);
    struct pd_delimited reader = { 0 };
    enum padan_status status = pd_delimited_open(&reader, content, ',', list->path, error);
    const size_t n_needed = list->lexicon == &indonesia->names ? 4 : list->class_column > 1 ? 3 : 2;
    if (status == PADAN_OK && reader.n_header < n_needed)
        status = pd_fail(error, PADAN_BAD_ARGUMENT, "%s needs %zu columns", list->path, n_needed);
    if (status == PADAN_OK) status = read_rows(indonesia, list, &reader, error);
    pd_delimited_reset(&reader);
    return status;
}

enum padan_status pd_indonesia_load(struct pd_indonesia *indonesia, struct padan_error *error)
{
    *indonesia = (struct pd_indonesia){ 0 };
    const struct list lists[] = {
        { "datasets/gelar.csv", 0, -1, 1, title_classes, &indonesia->titles },
        { "datasets/singkatan_nama.csv", 0, 1, 2, place_classes, &indonesia->names },
        { "datasets/gabungan_nama.csv", 0, 1, -1, NULL, &indonesia->joins },
        { "datasets/alias_tempat.csv", 0, 1, -1, NULL, &indonesia->places },
        { "datasets/kata_alamat.csv", 0, 1, 2, address_classes, &indonesia->address },
        { "datasets/hub_keluarga.csv", 0, -1, 1, NULL, &indonesia->relations },
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) PD_TRY(read_list(indonesia, &lists[i], error));
    return pd_region_index_load(&indonesia->regions, error);
}

void pd_indonesia_reset(struct pd_indonesia *indonesia)
{
    struct pd_lexicon *const lexicons[] = { &indonesia->titles, &indonesia->names,   &indonesia->joins,
                                            &indonesia->places, &indonesia->address, &indonesia->relations };
    for (size_t i = 0; i < sizeof lexicons / sizeof *lexicons; i++) pd_lexicon_reset(lexicons[i]);
    pd_region_index_reset(&indonesia->regions);
    pd_arena_reset(&indonesia->arena);
    *indonesia = (struct pd_indonesia){ 0 };
}
