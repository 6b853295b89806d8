/* SPDX-License-Identifier: MIT */
#include "base/document.h"

#include <criterion/criterion.h>

static const struct pd_node *parsed(struct pd_arena *arena, const char *content)
{
    struct pd_node *root = NULL;
    struct padan_error error = { 0 };
    cr_assert_eq(pd_document_parse(arena, pd_text_of(content), "job.yaml", &root, &error), PADAN_OK, "%s",
                 error.message);
    return root;
}

static bool is_text(const struct pd_node *node, const char *text)
{
    return node != NULL && node->kind == PD_NODE_SCALAR && pd_text_equal(node->text, pd_text_of(text));
}

Test(document, yaml_becomes_a_tree_with_places)
{
    struct pd_arena arena = { 0 };
    const struct pd_node *root = parsed(&arena, "# comment\nname: contoh\nsources:\n  pkh: {role: program, paths: [a, "
                                                "\"b\"]}\n  asn:\n    - x\n    - 'y z'\nempty:\n");
    cr_assert_eq(root->kind, PD_NODE_MAPPING);
    cr_assert_eq(root->n_children, 3);
    cr_expect(is_text(root->keys[0], "name"));
    cr_expect(is_text(pd_node_get(root, "name"), "contoh"));
    const struct pd_node *sources = pd_node_get(root, "sources");
    const struct pd_node *paths = pd_node_get(pd_node_get(sources, "pkh"), "paths");
    cr_assert(paths != NULL && paths->kind == PD_NODE_SEQUENCE && paths->n_children == 2);
    cr_expect(!paths->items[0]->quoted && paths->items[1]->quoted);
    cr_expect(paths->items[1]->line == 4 && paths->items[1]->column == 36, "%u:%u", paths->items[1]->line,
              paths->items[1]->column);
    cr_expect(root->keys[1]->line == 3 && root->keys[1]->column == 1);
    cr_expect(is_text(pd_node_get(sources, "asn")->items[1], "y z"));
    cr_expect(pd_node_is_null(pd_node_get(root, "empty")) && pd_node_is_null(pd_node_get(root, "absent")));
    cr_expect_null(pd_node_get(paths, "0"));
    cr_expect_null(pd_node_get(NULL, "0"));
    pd_arena_reset(&arena);
}

Test(document, json_is_read_with_its_escapes)
{
    struct pd_arena arena = { 0 };
    const struct pd_node *root = parsed(&arena, "\xEF\xBB\xBF{\n\t\"sql\": \"\\\"a_l\\\" = \\\"a_r\\\"\",\n"
                                                "\"x\":[1,2.5e-3,true,null,\"\\u00e9\\n\"],\"e\":{},\"l\":[]\n}\n");
    cr_expect(is_text(pd_node_get(root, "sql"), "\"a_l\" = \"a_r\""));
    const struct pd_node *list = pd_node_get(root, "x");
    cr_assert_eq(list->n_children, 5);
    cr_expect(is_text(list->items[4], "\xc3\xa9\n"));
    int64_t integer = 0;
    double real = 0;
    bool truth = false;
    cr_expect(pd_node_to_i64(list->items[0], &integer) && integer == 1);
    cr_expect(pd_node_to_double(list->items[1], &real) && real == 2.5e-3);
    cr_expect(pd_node_to_bool(list->items[2], &truth) && truth);
    cr_expect(pd_node_is_null(list->items[3]) && !pd_node_is_null(list->items[4]));
    cr_expect(pd_node_get(root, "e")->kind == PD_NODE_MAPPING && pd_node_get(root, "e")->n_children == 0);
    cr_expect(pd_node_get(root, "l")->kind == PD_NODE_SEQUENCE && pd_node_get(root, "l")->n_children == 0);
    pd_arena_reset(&arena);
}

Test(document, scalars_convert_only_when_plain_and_whole)
{
    static const struct {
        const char *text;
        bool null, is_bool, is_i64, is_double;
        double real;
    } cases[] = {
        { "1", false, false, true, true, 1 },           { "'1'", false, false, false, false, 0 },
        { "-7", false, false, true, true, -7 },         { "32.10", false, false, false, true, 32.1 },
        { "\"32.10\"", false, false, false, false, 0 }, { "0x10", false, false, false, false, 0 },
        { ".inf", false, false, false, false, 0 },      { "no", false, false, false, false, 0 },
        { "FALSE", false, true, false, false, 0 },      { "''", false, false, false, false, 0 },
        { "~", true, false, false, false, 0 },          { "", true, false, false, false, 0 },
        { "null", true, false, false, false, 0 },       { "'null'", false, false, false, false, 0 },
        { "1,5", false, false, false, false, 0 },       { "2026-T4", false, false, false, false, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_arena arena = { 0 };
        char content[64] = "key: ";
        strcat(content, cases[i].text);
        const struct pd_node *node = pd_node_get(parsed(&arena, content), "key");
        bool truth = false;
        int64_t integer = 0;
        double real = 0;
        cr_expect_eq(pd_node_is_null(node), cases[i].null, "%s", content);
        cr_expect_eq(pd_node_to_bool(node, &truth), cases[i].is_bool, "%s", content);
        cr_expect_eq(pd_node_to_i64(node, &integer), cases[i].is_i64, "%s", content);
        cr_expect_eq(pd_node_to_double(node, &real), cases[i].is_double, "%s", content);
        if (cases[i].is_double) cr_expect_eq(real, cases[i].real, "%s", content);
        pd_arena_reset(&arena);
    }
}

Test(document, errors_name_file_line_and_column)
{
    static const struct {
        const char *content, *message;
    } cases[] = {
        { "a: 1\nb: 2\na: 3\n", "job.yaml:3:1: the key \"a\" is already given in line 1" },
        { "{\"a\": 1, \"a\": 2}", "job.yaml:1:11: the key \"a\"" },
        { "a: [1, 2\nb: 3\n", "job.yaml:" },
        { "a: \"open\n", "job.yaml:" },
        { "a: 1\n  b: 2\n", "job.yaml:2:" },
        { "a: &x 1\n", "job.yaml:1:7: anchors" },
        { "a: *x\n", "job.yaml:1:" },
        { "a: !!str 1\n", "anchors, aliases and tags" },
        { "[a]: 1\n", "job.yaml:1:1: a key must be" },
        { "a: 1\n---\nb: 1\n", "job.yaml: more than one document" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_arena arena = { 0 };
        struct pd_node *root = NULL;
        struct padan_error error = { 0 };
        cr_expect_eq(pd_document_parse(&arena, pd_text_of(cases[i].content), "job.yaml", &root, &error),
                     PADAN_BAD_ARGUMENT, "%s", cases[i].content);
        cr_expect(strstr(error.message, cases[i].message) != NULL, "%s: got <%s>, wanted <%s>", cases[i].content,
                  error.message, cases[i].message);
        pd_arena_reset(&arena);
    }
}

Test(document, deep_nesting_is_refused)
{
    char content[4001];
    memset(content, '[', 4000);
    content[4000] = '\0';
    struct pd_arena arena = { 0 };
    struct pd_node *root = NULL;
    struct padan_error error = { 0 };
    cr_expect_eq(pd_document_parse(&arena, pd_text_of(content), "job.yaml", &root, &error), PADAN_BAD_ARGUMENT);
    cr_expect(strstr(error.message, "job.yaml:1:") != NULL, "%s", error.message);
    pd_arena_reset(&arena);
}

Test(document, an_empty_file_is_null)
{
    static const char *const contents[] = { "", " \n", "\xEF\xBB\xBF", "# only a comment\n", "---\n" };
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        struct pd_arena arena = { 0 };
        cr_expect(pd_node_is_null(parsed(&arena, contents[i])), "%zu", i);
        pd_arena_reset(&arena);
    }
}

Test(document, bytes_that_are_not_utf8_are_refused_with_their_place)
{
    struct pd_arena arena = { 0 };
    struct pd_node *root = NULL;
    struct padan_error error = { 0 };
    cr_expect_eq(pd_document_parse(&arena, PD_TEXT("a: 1\n%an\xff x\n"), "job.yaml", &root, &error),
                 PADAN_BAD_ARGUMENT);
    cr_expect_str_eq(error.message, "job.yaml:2:4: not UTF-8 here; save the file as UTF-8");
    pd_arena_reset(&arena);
}
