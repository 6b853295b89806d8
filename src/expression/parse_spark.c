/* SPDX-License-Identifier: MIT
 * Forms that Splink writes for Spark and not for DuckDB, put into the language's own: other names of functions, dates
 * read by Java's patterns, datediff(later, earlier), list[0] and element_at(list, 1) for the first item. What has no
 * counterpart is refused like any unknown form. */
#include "base/memory.h"
#include "expression/parser.h"

static const struct spark_name {
    const char *spark, *own;
} spark_names[] = {
    { "jaro_sim", "jaro_similarity" },
    { "jaro_winkler", "jaro_winkler_similarity" },
    { "array_intersect", "list_intersect" },
    { "unix_timestamp", "epoch" },
};

struct pd_text pd_spark_name(struct pd_text name)
{
    for (size_t i = 0; i < sizeof spark_names / sizeof *spark_names; i++)
        if (pd_word_is(name, spark_names[i].spark)) return pd_text_of(spark_names[i].own);
    return name;
}

void pd_spark_index(struct pd_expression *index)
{
    if (index->op != PD_OP_LITERAL || index->literal.type != PD_TYPE_INT || index->literal.integer < 0) return;
    index->literal.integer++;
    index->value = index->literal;
}

static const struct java_field {
    const char *java, *own;
} java_fields[] = {
    { "yyyy", "%Y" }, { "MM", "%m" }, { "dd", "%d" }, { "HH", "%H" },
    { "mm", "%M" },   { "ss", "%S" }, { "yy", "%y" }, { "XXX", "%z" },
};

/* A letter in quotes ('T'), which stands for itself. */
static bool is_quoted_letter(struct pd_text rest)
{
    return rest.length >= 3 && rest.data[0] == '\'' && rest.data[1] != '\'' && rest.data[1] != '%' &&
           rest.data[2] == '\'';
}

/* Java's date pattern as a format of strptime; false when it has a field that is not in the table. */
static bool format_of(struct pd_text java, char *out, size_t *length)
{
    *length = 0;
    for (size_t i = 0; i < java.length;) {
        const struct pd_text rest = pd_text_slice(java, i, java.length);
        const bool letter = (rest.data[0] | 0x20) >= 'a' && (rest.data[0] | 0x20) <= 'z';
        size_t field = 0;
        while (field < sizeof java_fields / sizeof *java_fields &&
               !pd_text_starts(rest, pd_text_of(java_fields[field].java)))
            field++;
        if (field < sizeof java_fields / sizeof *java_fields) {
            memcpy(out + *length, java_fields[field].own, 2);
            *length += 2;
            i += strlen(java_fields[field].java);
        } else if (is_quoted_letter(rest)) {
            out[(*length)++] = rest.data[1];
            i += 3;
        } else if (letter || rest.data[0] == '\'' || rest.data[0] == '%') {
            return false;
        } else {
            out[(*length)++] = rest.data[0];
            i++;
        }
    }
    return true;
}

/* to_date(text, 'yyyy-MM-dd') and the like: the second argument becomes strptime's format. */
static enum padan_status take_format(struct pd_parser *parser, struct pd_expression *pattern)
{
    char *format = NULL;
    size_t length = 0;
    if (pattern->op != PD_OP_LITERAL || pattern->literal.type != PD_TYPE_TEXT)
        return pd_parser_fail(parser, PADAN_UNSUPPORTED, "the pattern of a date must be a text in quotes");
    const struct pd_text java = pattern->literal.text;
    PD_TRY(pd_arena_allocate(parser->lexer.arena, &format, 2 * java.length + 1, parser->error));
    if (!format_of(java, format, &length))
        return pd_lexer_fail(&parser->lexer, PADAN_UNSUPPORTED, pattern->text,
                             "a date pattern of yyyy, yy, MM, dd, HH, mm, ss, XXX and signs is wanted here",
                             parser->error);
    pattern->literal.text = (struct pd_text){ format, length };
    pattern->value = pattern->literal;
    return PADAN_OK;
}

static enum padan_status cast_to_date(struct pd_parser *parser, size_t begin, struct pd_expression **node)
{
    struct pd_expression *value = *node;
    PD_TRY(pd_parser_node(parser, PD_OP_CAST, &value, 1, begin, node));
    (*node)->type = PD_TYPE_DATE;
    (*node)->lenient = true;
    return PADAN_OK;
}

static enum padan_status read_date(struct pd_parser *parser, struct pd_children *arguments, bool date_only,
                                   size_t begin, struct pd_expression **out)
{
    PD_TRY(take_format(parser, arguments->items[1]));
    PD_TRY(pd_parser_call(parser, PD_TEXT("try_strptime"), arguments, begin, out));
    return date_only ? cast_to_date(parser, begin, out) : PADAN_OK;
}

static enum padan_status days_between(struct pd_parser *parser, struct pd_children *arguments, size_t begin,
                                      struct pd_expression **out)
{
    struct pd_expression *const later = arguments->items[0];
    const struct pd_value day = { .type = PD_TYPE_TEXT, .text = PD_TEXT("day") };
    struct pd_expression *unit = NULL;
    PD_TRY(pd_parser_literal(parser, day, begin, &unit));
    arguments->items[0] = unit;
    PD_TRY(pd_children_add(arguments, later, parser->error));
    return pd_parser_call(parser, PD_TEXT("date_diff"), arguments, begin, out);
}

enum padan_status pd_parse_spark_call(struct pd_parser *parser, struct pd_text name, struct pd_children *arguments,
                                      size_t begin, struct pd_expression **out)
{
    *out = NULL;
    if ((pd_word_is(name, "element_at") || pd_word_is(name, "try_element_at")) && arguments->n_items == 2)
        return pd_parser_node(parser, PD_OP_INDEX, arguments->items, 2, begin, out);
    if (pd_word_is(name, "datediff") && arguments->n_items == 2) return days_between(parser, arguments, begin, out);
    if (pd_word_is(name, "date") && arguments->n_items == 1) {
        *out = arguments->items[0];
        return cast_to_date(parser, begin, out);
    }
    const bool to_date = pd_word_is(name, "to_date");
    if ((to_date || pd_word_is(name, "to_timestamp") || pd_word_is(name, "try_to_timestamp")) &&
        arguments->n_items == 2)
        return read_date(parser, arguments, to_date, begin, out);
    return PADAN_OK;
}
