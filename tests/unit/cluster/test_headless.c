/* SPDX-License-Identifier: MIT */
#include "base/hash.h"
#include "cluster/headless.h"
#include "indonesia/attribute.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { N_MAX = 12 };
enum { ID, PLACE, NAME, MOTHER, BIRTH, SEX, VILLAGE, RT, RW };
enum { HEAD = PD_FAMILY_HEAD, WIFE = PD_FAMILY_WIFE, CHILD = PD_FAMILY_CHILD, GRANDCHILD = 6, UNTOLD = 99 };

/* A person of the registry (or, UNTOLD, of a roster) by the card they are on. */
struct person {
    uint32_t card;
    int place;
    const char *name, *mother;
    int year;
    int rt; /* 0: not said */
};

static uint32_t code_of(struct pd_dictionary *texts, const char *word)
{
    const struct pd_text text = pd_text_of(word);
    uint32_t code = 0;
    if (text.length > 0) cr_assert_eq(pd_dictionary_insert(texts, text, pd_hash_text(text), &code, NULL), PADAN_OK);
    return code;
}

static const struct {
    const char *name;
    enum pd_type type;
    enum pd_encoding encoding;
} columns[] = {
    [ID] = { "unique_id", PD_TYPE_TEXT, PD_ENCODING_CODE },  [PLACE] = { "place", PD_TYPE_INT, PD_ENCODING_SMALL },
    [NAME] = { "name", PD_TYPE_TEXT, PD_ENCODING_CODE },     [MOTHER] = { "mother", PD_TYPE_TEXT, PD_ENCODING_CODE },
    [BIRTH] = { "birth", PD_TYPE_DATE, PD_ENCODING_INT32 },  [SEX] = { "sex", PD_TYPE_INT, PD_ENCODING_SMALL },
    [VILLAGE] = { "village", PD_TYPE_INT, PD_ENCODING_INT }, [RT] = { "rt", PD_TYPE_INT, PD_ENCODING_INT32 },
    [RW] = { "rw", PD_TYPE_INT, PD_ENCODING_INT32 },
};

static void set_row(struct pd_table *table, size_t i, const struct person *person)
{
    char id[24];
    (void)snprintf(id, sizeof id, "%02zu", i);
    ((uint32_t *)table->columns[0].words)[i] = code_of(table->columns[0].dictionary, id);
    ((uint8_t *)table->columns[PLACE].words)[i] = person->place == UNTOLD ? PD_SMALL_NULL : (uint8_t)person->place;
    ((uint32_t *)table->columns[NAME].words)[i] = code_of(table->columns[NAME].dictionary, person->name);
    ((uint32_t *)table->columns[MOTHER].words)[i] = code_of(table->columns[MOTHER].dictionary, person->mother);
    ((int32_t *)table->columns[BIRTH].words)[i] = person->year == 0 ? PD_NULL_INT32 : (person->year - 1970) * 365;
    ((uint8_t *)table->columns[SEX].words)[i] = person->place == HEAD ? PD_SEX_MALE : PD_SEX_FEMALE;
    ((int64_t *)table->columns[VILLAGE].words)[i] = 3302012001;
    ((int32_t *)table->columns[RT].words)[i] = person->rt == 0 ? PD_NULL_INT32 : person->rt;
    ((int32_t *)table->columns[RW].words)[i] = 1;
}

/* The first row of each row's family. */
static void families(const struct person *people, size_t n, uint32_t *first)
{
    static struct pd_source sources[2] = { { .name = PD_TEXT("a"), .begin = 0, .end = 0 },
                                           { .name = PD_TEXT("b"), .begin = 0, .end = 0 } };
    static const bool tells_members[] = { true, false };
    static uint16_t source_of[N_MAX];
    uint32_t cluster[N_MAX], household[N_MAX];
    struct pd_table table = { .n_records = n, .sources = sources, .n_sources = 2, .source_of = source_of };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        struct pd_column *column = NULL;
        cr_assert_eq(
            pd_table_add(&table, pd_text_of(columns[i].name), columns[i].type, columns[i].encoding, &column, NULL),
            PADAN_OK);
    }
    for (size_t i = 0; i < n; i++) {
        set_row(&table, i, &people[i]);
        source_of[i] = people[i].place == UNTOLD;
        cluster[i] = household[i] = (uint32_t)i;
        for (size_t k = i; k > 0; k--)
            if (people[k - 1].card == people[i].card) household[i] = (uint32_t)(k - 1);
    }
    const struct pd_clusters clusters = { .n_records = n, .cluster = cluster };
    const struct pd_headless_options options = { &table, &clusters, tells_members, PLACE, NAME, MOTHER,
                                                 BIRTH,  SEX,       VILLAGE,       RT,    RW,   1 };
    cr_assert_eq(pd_cluster_headless(&options, household, NULL), PADAN_OK);
    memcpy(first, household, n * sizeof *first);
    pd_table_reset(&(struct pd_table){ .columns = table.columns, .n_columns = table.n_columns, .arena = table.arena });
}

struct family_case {
    const char *what;
    size_t n;
    struct person people[7];
    uint32_t first[7];
};

static void check(const struct family_case *of)
{
    uint32_t first[N_MAX];
    families(of->people, of->n, first);
    for (size_t i = 0; i < of->n; i++)
        cr_expect_eq(first[i], of->first[i], "%s: row %zu is with %u", of->what, i, first[i]);
}

Test(headless, relatives_of_one_neighbourhood_bring_people_to_their_family)
{
    static const struct family_case cases[] = {
        { "a child to its mother",
          3,
          { { 7, HEAD, "DARTO", "", 1970, 1 },
            { 7, WIFE, "SITI AMINAH", "", 1975, 1 },
            { 8, CHILD, "RINI", "SITI AMINAH", 2000, 1 } },
          { 0, 0, 0 } },
        { "a wife to the card of her child",
          3,
          { { 7, HEAD, "DARTO", "", 1970, 1 },
            { 8, WIFE, "SITI AMINAH", "", 1975, 1 },
            { 7, CHILD, "RINI", "SITI AMINAH", 2000, 1 } },
          { 0, 0, 0 } },
        { "a child to the other children of its mother, who is dead",
          3,
          { { 7, HEAD, "DARTO", "", 1970, 1 },
            { 8, CHILD, "RINA", "SITI AMINAH", 1998, 1 },
            { 7, CHILD, "RINI", "SITI AMINAH", 2000, 1 } },
          { 0, 0, 0 } },
        { "mother and child on two such cards, and by another child to the father",
          4,
          { { 8, WIFE, "SITI AMINAH", "", 1975, 1 },
            { 9, CHILD, "RINA", "SITI AMINAH", 1998, 1 },
            { 7, HEAD, "DARTO", "", 1970, 1 },
            { 7, CHILD, "RINI", "SITI AMINAH", 2000, 1 } },
          { 0, 0, 0, 0 } },
        { "an age that is not known is no obstacle",
          3,
          { { 7, CHILD, "RINI", "SITI AMINAH", 0, 1 },
            { 8, HEAD, "DARTO", "", 1970, 1 },
            { 8, WIFE, "SITI AMINAH", "", 1975, 1 } },
          { 0, 0, 0 } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(&cases[i]);
}

Test(headless, who_has_a_card_of_their_own_stays_on_it)
{
    static const struct family_case cases[] = {
        { "a daughter who is the head next door",
          3,
          { { 7, HEAD, "DARTO", "", 1970, 1 },
            { 7, WIFE, "SITI AMINAH", "", 1975, 1 },
            { 8, HEAD, "RINI", "SITI AMINAH", 2000, 1 } },
          { 0, 0, 2 } },
        { "a daughter who is a wife next door, whose husband is not registered",
          3,
          { { 7, HEAD, "DARTO", "", 1970, 1 },
            { 7, WIFE, "SITI AMINAH", "", 1975, 1 },
            { 8, WIFE, "RINI", "SITI AMINAH", 2000, 1 } },
          { 0, 0, 2 } },
        { "children with their mother on a card without a head",
          4,
          { { 7, HEAD, "DARTO", "", 1970, 1 },
            { 7, CHILD, "RINA", "SITI AMINAH", 1998, 1 },
            { 8, WIFE, "SITI AMINAH", "", 1975, 1 },
            { 8, UNTOLD, "JOKO", "", 1970, 1 } },
          { 0, 0, 2, 2 } },
        { "a grandchild",
          3,
          { { 7, HEAD, "DARTO", "", 1970, 1 },
            { 7, WIFE, "SITI AMINAH", "", 1975, 1 },
            { 8, GRANDCHILD, "RINI", "SITI AMINAH", 2000, 1 } },
          { 0, 0, 2 } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(&cases[i]);
}

Test(headless, what_fits_two_families_or_none_joins_nobody)
{
    static const struct family_case cases[] = {
        { "two mothers of one name",
          5,
          { { 7, HEAD, "DARTO", "", 1970, 1 },
            { 7, WIFE, "SITI", "", 1975, 1 },
            { 8, CHILD, "RINI", "SITI", 2000, 1 },
            { 9, HEAD, "JOKO", "", 1970, 1 },
            { 9, WIFE, "SITI", "", 1976, 1 } },
          { 0, 0, 2, 3, 3 } },
        { "another neighbourhood",
          3,
          { { 7, HEAD, "DARTO", "", 1970, 1 },
            { 7, WIFE, "SITI AMINAH", "", 1975, 2 },
            { 8, CHILD, "RINI", "SITI AMINAH", 2000, 1 } },
          { 0, 0, 2 } },
        { "no neighbourhood",
          3,
          { { 7, HEAD, "DARTO", "", 1970, 1 },
            { 7, WIFE, "SITI AMINAH", "", 1975, 0 },
            { 8, CHILD, "RINI", "SITI AMINAH", 2000, 0 } },
          { 0, 0, 2 } },
        { "a mother who is too young",
          3,
          { { 7, HEAD, "DARTO", "", 1970, 1 },
            { 7, WIFE, "SITI AMINAH", "", 1990, 1 },
            { 8, CHILD, "RINI", "SITI AMINAH", 2000, 1 } },
          { 0, 0, 2 } },
        { "a wife without children",
          2,
          { { 7, HEAD, "DARTO", "", 1970, 1 }, { 8, WIFE, "SITI AMINAH", "", 1975, 1 } },
          { 0, 1 } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(&cases[i]);
}
