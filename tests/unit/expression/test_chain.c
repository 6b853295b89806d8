/* SPDX-License-Identifier: MIT
 * Chains of calls against the interpreter, on texts of all lengths and characters; and what is no chain. */
#include "expression/chain.h"

#include "harness.h"

static int find_column(const void *context, struct pd_text name, enum pd_type *type)
{
    (void)context;
    *type = pd_text_equal(name, PD_TEXT("n")) ? PD_TYPE_INT : PD_TYPE_TEXT;
    return 0;
}

static struct pd_value read_text(void *context, unsigned side, int column_index)
{
    (void)side, (void)column_index;
    return *(const struct pd_value *)context;
}

static struct pd_expression *bind(struct pd_arena *arena, const char *text)
{
    static const struct pd_column_resolver resolver = { find_column, NULL };
    struct pd_expression *expression = NULL;
    struct padan_error error = { PADAN_OK, "" };
    cr_assert_eq(pd_expression_parse(arena, pd_text_of(text), PD_MODE_ROW, &test_set, "test", &expression, &error),
                 PADAN_OK, "%s", error.message);
    cr_assert_eq(pd_expression_bind(expression, &resolver, "test", &error), PADAN_OK, "%s", error.message);
    return expression;
}

/* A chain that is a slice gives the same without values around texts. */
static void compare_cut(const struct pd_chain *chain, const char *condition, struct pd_value value,
                        struct pd_value wanted)
{
    if (chain->slice == PD_CHAIN_NO_SLICE || value.null) return;
    const struct pd_text cut = pd_chain_cut(chain, value.text);
    cr_expect(pd_text_equal(cut, wanted.text), "%s of \"%.*s\": \"%.*s\"", condition, PD_TEXT_ARGS(value.text),
              PD_TEXT_ARGS(cut));
}

static void compare(const char *condition, struct pd_value value)
{
    struct pd_arena arena = { 0 };
    struct pd_evaluator evaluator = { 0 };
    struct pd_chain chain;
    const struct pd_row_reader reader = { read_text, &value };
    const struct pd_expression *expression = bind(&arena, condition);
    cr_assert(pd_chain_make(expression, &chain), "%s", condition);
    const struct pd_value a = pd_expression_evaluate(expression, &reader, &evaluator);
    compare_cut(&chain, condition, value, a);
    for (int again = 0; again < 2; again++) {
        const struct pd_value b = pd_chain_evaluate(&chain, value, &evaluator);
        cr_expect_eq(a.type, b.type, "%s", condition);
        cr_expect_eq(a.null, b.null, "%s of \"%.*s\"", condition, PD_TEXT_ARGS(value.text));
        cr_expect(a.null || pd_text_equal(a.text, b.text), "%s of \"%.*s\": \"%.*s\" and \"%.*s\"", condition,
                  PD_TEXT_ARGS(value.text), PD_TEXT_ARGS(a.text), PD_TEXT_ARGS(b.text));
    }
    pd_evaluator_reset(&evaluator);
    pd_arena_reset(&arena);
}

Test(chain, gives_what_the_interpreter_gives)
{
    static const char *const conditions[] = { "substr(x, 1, 3)",
                                              "substr(x, -4)",
                                              "substr(x, 2, 0)",
                                              "left(x, 5)",
                                              "left(x, -2)",
                                              "right(x, 4)",
                                              "split_part(x, ' ', 1)",
                                              "split_part(x, ' ', -1)",
                                              "split_part(x, ' ', 0)",
                                              "split_part(x, ', ', 2)",
                                              "upper(trim(x))",
                                              "lower(substr(split_part(x, ' ', -1), 1, 2))",
                                              "replace(x, 'A', 'Oe')",
                                              "concat('<', x, '>')",
                                              "coalesce(x, 'none')",
                                              "nullif(x, '')",
                                              "regexp_extract(x, '[A-Z]+')" };
    static const char *const texts[] = { "",           "A",        "AB",         "SITI AMINAH",     " SITI  AMINAH ",
                                         "1990-01-31", "Müller É", "a, b, c, d", "A B C D E F G H", "\xff\x80 \xc3" };
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        for (size_t j = 0; j < sizeof texts / sizeof *texts; j++) {
            const struct pd_text text = pd_text_of(texts[j]);
            compare(conditions[i], (struct pd_value){ .type = PD_TYPE_TEXT, .text = text });
        }
        compare(conditions[i], (struct pd_value){ .type = PD_TYPE_TEXT, .null = true });
    }
}

Test(chain, is_calls_on_one_text_column_and_literals)
{
    static const char *const others[] = { "x",
                                          "concat(x, x)",
                                          "substr(x, length(x), 1)",
                                          "substr('abc', 1, 2)",
                                          "length(x)",
                                          "x || 'a'",
                                          "initial(x)",
                                          "substr(CAST(n AS VARCHAR), 1, 2)",
                                          "substr(x, 1, NULL)",
                                          "upper(upper(upper(upper(upper(x)))))",
                                          "concat(x, 'a', 'b', 'c', 'd')" };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct pd_arena arena = { 0 };
        struct pd_chain chain;
        cr_expect_not(pd_chain_make(bind(&arena, others[i]), &chain), "%s", others[i]);
        pd_arena_reset(&arena);
    }
}

Test(chain, is_a_slice_when_it_is_one_call_that_cuts)
{
    static const struct {
        const char *condition;
        enum pd_chain_slice slice;
    } cases[] = { { "substr(x, 2, 3)", PD_CHAIN_CHARACTERS },       { "substr(x, -4)", PD_CHAIN_CHARACTERS },
                  { "split_part(x, ' ', -1)", PD_CHAIN_PART },      { "split_part(x, ' ', 0)", PD_CHAIN_NO_SLICE },
                  { "split_part(x, ', ', 1)", PD_CHAIN_NO_SLICE },  { "split_part(x, '', 1)", PD_CHAIN_NO_SLICE },
                  { "split_part('a b', x, 1)", PD_CHAIN_NO_SLICE }, { "upper(x)", PD_CHAIN_NO_SLICE },
                  { "substr(upper(x), 1, 3)", PD_CHAIN_NO_SLICE } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_arena arena = { 0 };
        struct pd_chain chain;
        cr_assert(pd_chain_make(bind(&arena, cases[i].condition), &chain), "%s", cases[i].condition);
        cr_expect_eq(chain.slice, cases[i].slice, "%s", cases[i].condition);
        pd_arena_reset(&arena);
    }
}
