/* SPDX-License-Identifier: MIT
 * Batches of Arrow's C data interface, made by hand: every type reads as it would in a file. */
#include "library/arrow_layout.h"
#include "library/table.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <math.h>

enum { N_ROWS = 5, CHILDREN_MAX = 20 };

static int n_released;

static void release_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
    n_released++;
}

static void release_array(struct ArrowArray *array)
{
    array->release = NULL;
    n_released++;
}

struct made {
    struct ArrowSchema schema, children[CHILDREN_MAX], *child_pointers[CHILDREN_MAX];
    struct ArrowArray array, values[CHILDREN_MAX], *value_pointers[CHILDREN_MAX];
    const void *buffers[CHILDREN_MAX][5];
    int n;
};

static void add(struct made *made, const char *name, const char *format, const void *valid, const void *first,
                const void *second)
{
    const int i = made->n++;
    made->children[i] = (struct ArrowSchema){ .format = format, .name = name };
    made->buffers[i][0] = valid;
    made->buffers[i][1] = first;
    made->buffers[i][2] = second;
    made->values[i] = (struct ArrowArray){ .length = N_ROWS,
                                           .null_count = valid == NULL ? 0 : -1,
                                           .n_buffers = second == NULL ? 2 : 3,
                                           .buffers = made->buffers[i] };
    made->child_pointers[i] = &made->children[i];
    made->value_pointers[i] = &made->values[i];
}

static void finish(struct made *made, int64_t n_rows, int64_t offset)
{
    made->schema = (struct ArrowSchema){
        .format = "+s", .n_children = made->n, .children = made->child_pointers, .release = release_schema
    };
    made->array = (struct ArrowArray){ .length = n_rows,
                                       .offset = offset,
                                       .n_children = made->n,
                                       .children = made->value_pointers,
                                       .release = release_array };
}

static const int64_t longs[N_ROWS] = { 7, -3, 0, INT64_MAX, 5 };
static const double doubles[N_ROWS] = { 1.5, 2, NAN, -0.1, 1e300 };
static const float floats[N_ROWS] = { 1.5F, 2, 3, 4, 5 };
static const uint8_t bits[] = { 0x15 }; /* 1 0 1 0 1 */
static const int32_t days[N_ROWS] = { 0, 1, -1, 20000, 3 };
static const int64_t nanoseconds[N_ROWS] = { 0, 86400000000000, 86400000000001, 3600000000000, -1 };
static const int32_t offsets[N_ROWS + 1] = { 0, 3, 3, 8, 9, 10 };
static const int64_t large_offsets[N_ROWS + 1] = { 0, 3, 3, 8, 9, 10 };
static const char bytes[] = "abc   defg";
static const int8_t codes[N_ROWS] = { 1, 0, 1, 2, 0 };

static void make(struct made *made)
{
    *made = (struct made){ .n = 0 };
    add(made, "l", "l", NULL, longs, NULL);
    add(made, "g", "g", NULL, doubles, NULL);
    add(made, "f", "f", bits, floats, NULL);
    add(made, "b", "b", NULL, bits, NULL);
    add(made, "d", "tdD", NULL, days, NULL);
    add(made, "t", "tsn:", NULL, nanoseconds, NULL);
    add(made, "u", "u", NULL, offsets, bytes);
    add(made, "U", "U", bits, large_offsets, bytes);
}

static void expect_column(const struct pd_table *table, const char *name, const char *const *expected, size_t n)
{
    const int column = pd_table_find(table, pd_text_of(name));
    cr_assert_geq(column, 0, "%s", name);
    for (size_t i = 0; i < n; i++) {
        char scratch[24];
        const struct pd_text text = pd_column_text(&table->columns[column], i, scratch);
        cr_expect(pd_text_equal(text, pd_text_of(expected[i])), "%s row %zu: \"%.*s\", not \"%s\"", name, i,
                  PD_TEXT_ARGS(text), expected[i]);
    }
}

static struct padan_table *new_table(void)
{
    struct padan_table *table = NULL;
    cr_assert_eq(padan_table_new(NULL, &table, NULL), PADAN_OK);
    return table;
}

Test(library_arrow, every_type_reads_as_in_a_file)
{
    struct made made;
    struct padan_table *table = new_table();
    make(&made);
    finish(&made, N_ROWS, 0);
    n_released = 0;
    cr_assert_eq(padan_table_add_arrow(table, "rows", &made.schema, &made.array, NULL), PADAN_OK);
    cr_expect_eq(n_released, 2);
    const struct pd_table *rows = &table->builder.table;
    expect_column(rows, "l", (const char *const[]){ "7", "-3", "0", "9223372036854775807", "5" }, N_ROWS);
    expect_column(rows, "g", (const char *const[]){ "1.5", "2", "", "-0.1", "1e+300" }, N_ROWS);
    expect_column(rows, "f", (const char *const[]){ "1.5", "", "3", "", "5" }, N_ROWS);
    expect_column(rows, "b", (const char *const[]){ "true", "false", "true", "false", "true" }, N_ROWS);
    expect_column(rows, "d",
                  (const char *const[]){ "1970-01-01", "1970-01-02", "1969-12-31", "2024-10-04", "1970-01-04" },
                  N_ROWS);
    expect_column(rows, "t",
                  (const char *const[]){ "1970-01-01", "1970-01-02", "1970-01-02 00:00:00", "1970-01-01 01:00:00",
                                         "1969-12-31 23:59:59" },
                  N_ROWS);
    expect_column(rows, "u", (const char *const[]){ "abc", "", "de", "f", "g" }, N_ROWS);
    expect_column(rows, "U", (const char *const[]){ "abc", "", "de", "", "g" }, N_ROWS);
    cr_expect(pd_text_equal((struct pd_text){ table->types.data, table->types.length },
                            PD_TEXT("l=INT,g=DOUBLE,f=DOUBLE,b=BOOLEAN,d=DATE,t=TIMESTAMP")));
    padan_table_free(table);
}

Test(library_arrow, slices_and_dictionaries_are_read_where_they_begin)
{
    struct made made = { .n = 0 };
    struct padan_table *table = new_table();
    struct ArrowSchema values = { .format = "u" };
    const void *value_buffers[] = { NULL, offsets, bytes };
    struct ArrowArray texts = { .length = 4, .offset = 1, .n_buffers = 3, .buffers = value_buffers };
    add(&made, "c", "c", NULL, codes, NULL);
    made.children[0].dictionary = &values;
    made.values[0].dictionary = &texts;
    made.values[0].offset = 1;
    finish(&made, 3, 1); /* rows 2, 3, 4 of codes: values 1, 2, 0, counted from the second text */
    cr_assert_eq(padan_table_add_arrow(table, "rows", &made.schema, &made.array, NULL), PADAN_OK);
    expect_column(&table->builder.table, "c", (const char *const[]){ "de", "f", "" }, 3);
    padan_table_free(table);
}

Test(library_arrow, views_hold_short_texts_and_point_at_long_ones)
{
    struct made made = { .n = 0 };
    struct padan_table *table = new_table();
    static const char far[] = "....a text of some length";
    struct {
        int32_t length;
        char head[4];
        int32_t buffer, offset;
    } views[N_ROWS] = { { .length = 2, .head = "hi" }, { .length = 21, .head = "a te", .buffer = 0, .offset = 4 } };
    add(&made, "v", "vu", NULL, views, far);
    finish(&made, 2, 0);
    cr_assert_eq(padan_table_add_arrow(table, "rows", &made.schema, &made.array, NULL), PADAN_OK);
    expect_column(&table->builder.table, "v", (const char *const[]){ "hi", "a text of some length" }, 2);
    padan_table_free(table);
}

Test(library_arrow, lists_read_as_in_a_file)
{
    static const int32_t item_offsets[] = { 0, 1, 4, 4, 6 };
    static const int64_t list_ends[] = { 0, 2, 2, 3, 4, 4 };
    static const int32_t small_ends[] = { 0, 2, 2, 3, 4, 4 };
    static const char item_bytes[] = "a\"b\"no";
    static const uint8_t present[] = { 0x0b }; /* the third item and, of lists, the third and fifth are missing */
    static const double items[] = { 1.5, 2, NAN, -0.1, 1e300, 3, 4 }; /* three lists of two, behind the offset */
    const void *text_buffers[] = { present, item_offsets, item_bytes }, *number_buffers[] = { NULL, items };
    struct ArrowSchema texts = { .format = "u" }, numbers = { .format = "g" };
    struct ArrowSchema *text_child = &texts, *number_child = &numbers;
    struct ArrowArray text_items = { .length = 4, .null_count = -1, .n_buffers = 3, .buffers = text_buffers };
    struct ArrowArray number_items = { .length = 6, .offset = 1, .n_buffers = 2, .buffers = number_buffers };
    struct ArrowArray *text_values = &text_items, *number_values = &number_items;
    struct made made = { .n = 0 };
    struct padan_table *table = new_table();
    add(&made, "small", "+l", NULL, small_ends, NULL);
    add(&made, "large", "+L", present, list_ends, NULL);
    add(&made, "pairs", "+w:2", NULL, NULL, NULL);
    for (int i = 0; i < 3; i++) {
        made.children[i].n_children = made.values[i].n_children = 1;
        made.children[i].children = i == 2 ? &number_child : &text_child;
        made.values[i].children = i == 2 ? &number_values : &text_values;
    }
    finish(&made, 2, 0);
    cr_assert_eq(padan_table_add_arrow(table, "rows", &made.schema, &made.array, NULL), PADAN_OK);
    finish(&made, 3, 2);
    made.values[2].offset = -2; /* has three lists only */
    cr_assert_eq(padan_table_add_arrow(table, "rows", &made.schema, &made.array, NULL), PADAN_OK);
    const struct pd_table *rows = &table->builder.table;
    expect_column(rows, "small", (const char *const[]){ "[\"a\", \"\"\"b\"\"\"]", "[]", "[NULL]", "[\"no\"]", "[]" },
                  5);
    expect_column(rows, "large", (const char *const[]){ "[\"a\", \"\"\"b\"\"\"]", "[]", "", "[\"no\"]", "" }, 5);
    expect_column(rows, "pairs", (const char *const[]){ "[2, NULL]", "[-0.1, 1e+300]" }, 2);
    cr_expect(pd_text_equal((struct pd_text){ table->types.data, table->types.length },
                            PD_TEXT("small=VARCHAR[],large=VARCHAR[],pairs=DOUBLE[]")));
    padan_table_free(table);
}

Test(library_arrow, what_is_not_read_is_named)
{
    struct made made;
    struct padan_table *table = new_table();
    struct padan_error error = { 0 };
    make(&made);
    add(&made, "items", "+m", NULL, offsets, NULL);
    finish(&made, N_ROWS, 0);
    n_released = 0;
    cr_expect_eq(padan_table_add_arrow(table, "rows", &made.schema, &made.array, &error), PADAN_UNSUPPORTED);
    cr_expect(strstr(error.message, "\"items\"") != NULL, "%s", error.message);
    cr_expect_eq(n_released, 2, "released all the same");
    cr_expect_eq(padan_table_n_rows(table), 0);
    made = (struct made){ .n = 0 };
    add(&made, "l", "l", NULL, longs, NULL);
    finish(&made, N_ROWS, 0);
    made.schema.format = "l";
    cr_expect_eq(padan_table_add_arrow(table, "rows", &made.schema, &made.array, &error), PADAN_BAD_ARGUMENT);
    padan_table_free(table);
}

/* --- streams --- */

struct stream {
    struct made made;
    int n_batches, fail_at;
};

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *schema)
{
    struct stream *of = stream->private_data;
    make(&of->made);
    finish(&of->made, N_ROWS, 0);
    *schema = of->made.schema;
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *array)
{
    struct stream *of = stream->private_data;
    if (of->n_batches == of->fail_at) return EIO;
    *array = of->n_batches++ < 3 ? of->made.array : (struct ArrowArray){ .release = NULL };
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return "the line went dead";
}

static void release_stream(struct ArrowArrayStream *stream)
{
    stream->release = NULL;
}

Test(library_arrow, batches_of_a_stream_follow_each_other_until_it_fails)
{
    struct padan_error error = { 0 };
    for (int fails = 0; fails < 2; fails++) {
        static struct stream of;
        of = (struct stream){ .fail_at = fails ? 2 : -1 };
        struct ArrowArrayStream stream = { get_schema, get_next, get_last_error, release_stream, &of };
        struct padan_table *table = new_table();
        const enum padan_status status = padan_table_add_arrow_stream(table, "rows", &stream, &error);
        cr_expect_eq(status, fails ? PADAN_IO : PADAN_OK);
        cr_expect_eq(padan_table_n_rows(table), (fails ? 2 : 3) * N_ROWS);
        cr_expect_null(stream.release);
        padan_table_free(table);
    }
    cr_expect(strstr(error.message, "the line went dead") != NULL, "%s", error.message);
}
