/* SPDX-License-Identifier: MIT
 * What is known of rows before and behind the register's, and of these, which are told in two bytes. */
#include "reconcile/links.h"

#include "base/memory.h"
#include "indonesia/attribute.h"
#include "model/registry.h"

#include <criterion/criterion.h>

/* A roster of two rows, a register of three people of whom the second is dead, and a registry of two rows. */
enum { LINKED, UNKNOWN, ALIVE, DEAD, NOBODY, LISTED, STRANGER, N, N_SOURCES = 3 };

struct fixture {
    struct pd_table table;
    struct pd_model model;
    struct pd_edge list[2];
    struct pd_edges edges;
    struct pd_linkage linkage;
};

static const uint32_t clusters[N] = { LINKED, UNKNOWN, ALIVE, LINKED, NOBODY, ALIVE, STRANGER };
static const uint32_t anchors[N] = { DEAD, PD_NO_RECORD, ALIVE, DEAD, NOBODY, ALIVE, PD_NO_RECORD };

static void make(struct fixture *fixture)
{
    static int versions[N_SOURCES] = { -1, -1, 0 };
    static uint8_t units[N_SOURCES];
    static const struct pd_registry registry = { .n_versions = 1,
                                                 .version_of_source = versions,
                                                 .unit_of_source = units };
    static const size_t ends[N_SOURCES] = { ALIVE, LISTED, N };
    static const uint64_t niks[N] = { 7, 0, 6, 7, 8, 6, 9 };
    static const uint8_t lives[N] = { PD_SMALL_NULL, PD_SMALL_NULL, PD_LIFE_ALIVE, PD_LIFE_DEAD,
                                      PD_LIFE_ALIVE, PD_SMALL_NULL, PD_SMALL_NULL };
    struct pd_table *table = &fixture->table;
    struct pd_column *column = NULL;
    *fixture = (struct fixture){ .table = { .n_records = N, .n_sources = N_SOURCES } };
    cr_assert_eq(pd_allocate(&table->sources, N_SOURCES, sizeof *table->sources, NULL), PADAN_OK);
    cr_assert_eq(pd_allocate(&table->source_of, N, sizeof *table->source_of, NULL), PADAN_OK);
    for (size_t i = 0, begin = 0; i < N_SOURCES; begin = ends[i++]) {
        table->sources[i] = (struct pd_source){ .begin = begin, .end = ends[i] };
        for (size_t row = begin; row < ends[i]; row++) table->source_of[row] = (uint16_t)i;
    }
    cr_assert_eq(pd_table_add(table, PD_TEXT("nik"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL), PADAN_OK);
    memcpy(column->words, niks, sizeof niks);
    cr_assert_eq(pd_table_add(table, PD_TEXT("nik_longgar"), PD_TYPE_TEXT, PD_ENCODING_DIGITS, &column, NULL),
                 PADAN_OK);
    cr_assert_eq(pd_table_add(table, PD_TEXT("status_hidup"), PD_TYPE_INT, PD_ENCODING_SMALL, &column, NULL), PADAN_OK);
    memcpy(column->words, lives, sizeof lives);
    fixture->list[0] = (struct pd_edge){ .left = LINKED,
                                         .right = DEAD,
                                         .weight = 40 * PD_WEIGHT_ONE,
                                         .pass = 3,
                                         .class = PD_CLASS_AUTOMATIC,
                                         .decision = 2 };
    fixture->list[1] = (struct pd_edge){ .left = NOBODY, .right = STRANGER, .class = PD_CLASS_REVIEW };
    fixture->edges = (struct pd_edges){ .edges = fixture->list, .n_edges = 2 };
    fixture->linkage = (struct pd_linkage){ .table = table,
                                            .model = &fixture->model,
                                            .edges = &fixture->edges,
                                            .register_source = 1,
                                            .registry = &registry,
                                            .cluster = clusters,
                                            .anchor = anchors };
    pd_person_columns_find(table, &fixture->linkage.columns);
    cr_assert_eq(pd_edge_index(&fixture->edges, N, 2, &fixture->linkage.edge_begins, &fixture->linkage.edges_of, NULL),
                 PADAN_OK);
}

static void reset(struct fixture *fixture)
{
    pd_free(fixture->linkage.links);
    pd_free(fixture->linkage.persons);
    pd_free(fixture->linkage.edge_begins);
    pd_free(fixture->linkage.edges_of);
    pd_table_reset(&fixture->table);
}

Test(links, rows_around_the_register_have_links_and_its_own_two_bytes)
{
    static const uint8_t nik_codes[N] = { 11, 15, 0, 0, 0, 13, 14 };
    struct fixture fixture;
    make(&fixture);
    struct pd_linkage *linkage = &fixture.linkage;
    cr_assert_eq(pd_links_make(linkage, nik_codes, 2, NULL), PADAN_OK);
    for (size_t row = 0; row < N; row++) {
        cr_assert_eq(pd_is_person(linkage, row), row >= ALIVE && row < LISTED);
        /* The listed one has the number of its person, which the lookup did not take for anybody's. */
        const uint8_t code = row == LISTED ? PD_NIK_CODE_FOUND : nik_codes[row];
        if (!pd_is_person(linkage, row)) cr_assert_eq(pd_link_of(linkage, row)->nik_code, code, "%zu", row);
    }
    cr_assert_eq(pd_link_of(linkage, LINKED)->class, PD_CLASS_AUTOMATIC);
    cr_assert_eq(pd_link_of(linkage, LINKED)->register_record, DEAD);
    cr_assert_eq(pd_link_of(linkage, LINKED)->status, PD_STATUS_MENINGGAL);
    cr_assert_eq(pd_link_of(linkage, LINKED)->weight, 40 * PD_WEIGHT_ONE);
    cr_assert_eq(pd_link_of(linkage, LINKED)->pass, 3);
    cr_assert_eq(pd_link_of(linkage, LINKED)->decision, 2);
    cr_assert_eq(pd_link_of(linkage, UNKNOWN)->decision, 0);
    cr_assert_eq(pd_link_of(linkage, UNKNOWN)->status, PD_STATUS_FORMAT_SALAH);
    cr_assert_eq(pd_link_of(linkage, LISTED)->registry_record, LISTED);
    cr_assert_eq(pd_link_of(linkage, STRANGER)->class, PD_CLASS_REVIEW);
    cr_assert_eq(pd_person_of(linkage, ALIVE)->status, PD_STATUS_PADAN);
    cr_assert_eq(pd_person_of(linkage, ALIVE)->registry_state, PD_REGISTRY_TERDAFTAR);
    cr_assert_eq(pd_person_of(linkage, DEAD)->status, PD_STATUS_MENINGGAL);
    cr_assert_eq(pd_person_of(linkage, DEAD)->registry_state, PD_REGISTRY_TIDAK_TERDAFTAR);
    cr_assert_eq(pd_person_of(linkage, NOBODY)->registry_state, PD_REGISTRY_TINJAU);
    reset(&fixture);
}

Test(links, without_a_register_every_row_has_a_link)
{
    static const uint8_t nik_codes[N] = { 1, 2, 3, 4, 5, 6, 7 };
    static const uint32_t nobody[N] = { PD_NO_RECORD, PD_NO_RECORD, PD_NO_RECORD, PD_NO_RECORD,
                                        PD_NO_RECORD, PD_NO_RECORD, PD_NO_RECORD };
    struct fixture fixture;
    make(&fixture);
    fixture.linkage.register_source = -1;
    fixture.linkage.anchor = nobody;
    cr_assert_eq(pd_links_make(&fixture.linkage, nik_codes, 1, NULL), PADAN_OK);
    for (size_t row = 0; row < N; row++) {
        cr_assert_not(pd_is_person(&fixture.linkage, row));
        cr_assert_eq(pd_link_of(&fixture.linkage, row)->nik_code, nik_codes[row]);
    }
    reset(&fixture);
}
