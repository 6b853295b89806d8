/* SPDX-License-Identifier: MIT
 * Lists of texts or numbers. They are short (names, phones), so sets are compared item by item. */
#include "expression/builtin.h"

static bool has(const struct pd_value *items, size_t n_items, struct pd_value wanted)
{
    for (size_t i = 0; i < n_items; i++)
        if (!items[i].null && pd_value_compare(items[i], wanted) == 0) return true;
    return false;
}

static struct pd_value list_of(enum pd_type type, const struct pd_value *items, size_t n_items)
{
    struct pd_value value = { .type = type };
    value.list.items = items;
    value.list.n_items = n_items;
    return value;
}

struct pd_value pd_call_list_length(const struct pd_expression *call, const struct pd_value *arguments,
                                    struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_int((int64_t)arguments[0].list.n_items);
}

/* Distinct items of the first list that are in `other` too (or, when it is NULL, all of them); no NULLs. */
static struct pd_value distinct(struct pd_value list, const struct pd_value *other, struct pd_evaluator *evaluator)
{
    struct pd_value *kept = pd_evaluator_room(evaluator, list.list.n_items * sizeof *kept);
    if (kept == NULL) return pd_value_null(list.type);
    size_t n_kept = 0;
    for (size_t i = 0; i < list.list.n_items; i++) {
        const struct pd_value item = list.list.items[i];
        if (item.null || has(kept, n_kept, item)) continue;
        if (other == NULL || has(other->list.items, other->list.n_items, item)) kept[n_kept++] = item;
    }
    return list_of(list.type, kept, n_kept);
}

struct pd_value pd_call_list_intersect(const struct pd_expression *call, const struct pd_value *arguments,
                                       struct pd_evaluator *evaluator)
{
    (void)call;
    return distinct(arguments[0], &arguments[1], evaluator);
}

struct pd_value pd_call_list_distinct(const struct pd_expression *call, const struct pd_value *arguments,
                                      struct pd_evaluator *evaluator)
{
    (void)call;
    return distinct(arguments[0], NULL, evaluator);
}

struct pd_value pd_call_list_contains(const struct pd_expression *call, const struct pd_value *arguments,
                                      struct pd_evaluator *evaluator)
{
    (void)call, (void)evaluator;
    return pd_value_bool(has(arguments[0].list.items, arguments[0].list.n_items, arguments[1]));
}

static struct pd_value extreme(const struct pd_expression *call, struct pd_value list, int direction)
{
    struct pd_value best = pd_value_null(call->type);
    for (size_t i = 0; i < list.list.n_items; i++) {
        const struct pd_value item = list.list.items[i];
        if (!item.null && (best.null || pd_value_compare(item, best) * direction > 0)) best = item;
    }
    return best;
}

struct pd_value pd_call_list_max(const struct pd_expression *call, const struct pd_value *arguments,
                                 struct pd_evaluator *evaluator)
{
    (void)evaluator;
    return extreme(call, arguments[0], 1);
}

struct pd_value pd_call_list_min(const struct pd_expression *call, const struct pd_value *arguments,
                                 struct pd_evaluator *evaluator)
{
    (void)evaluator;
    return extreme(call, arguments[0], -1);
}

/* Missing items stand last, as in DuckDB. */
struct pd_value pd_call_list_sort(const struct pd_expression *call, const struct pd_value *arguments,
                                  struct pd_evaluator *evaluator)
{
    (void)call;
    const struct pd_value list = arguments[0];
    struct pd_value *sorted = pd_evaluator_room(evaluator, list.list.n_items * sizeof *sorted);
    if (sorted == NULL) return pd_value_null(list.type);
    for (size_t i = 0; i < list.list.n_items; i++) {
        const struct pd_value item = list.list.items[i];
        size_t place = i;
        while (place > 0 && !item.null && (sorted[place - 1].null || pd_value_compare(item, sorted[place - 1]) < 0)) {
            sorted[place] = sorted[place - 1];
            place--;
        }
        sorted[place] = item;
    }
    return list_of(list.type, sorted, list.list.n_items);
}

/* Missing items are left out; when there are no others, the text is missing too. */
struct pd_value pd_call_array_to_string(const struct pd_expression *call, const struct pd_value *arguments,
                                        struct pd_evaluator *evaluator)
{
    (void)call;
    const struct pd_value list = arguments[0];
    size_t n_missing = 0;
    for (size_t i = 0; i < list.list.n_items; i++) n_missing += list.list.items[i].null;
    if (n_missing > 0 && n_missing == list.list.n_items) return pd_value_null(PD_TYPE_TEXT);
    return pd_values_joined(list.list.items, list.list.n_items, arguments[1].text, evaluator);
}

/* An empty separator cuts between all characters. */
struct pd_value pd_call_string_split(const struct pd_expression *call, const struct pd_value *arguments,
                                     struct pd_evaluator *evaluator)
{
    (void)call;
    const struct pd_text text = arguments[0].text;
    const struct pd_text separator = arguments[1].text;
    size_t most = 1;
    for (size_t i = 0; i + separator.length <= text.length; i++)
        if (separator.length == 0 || memcmp(text.data + i, separator.data, separator.length) == 0) most++;
    struct pd_value *items = pd_evaluator_room(evaluator, most * sizeof *items);
    if (items == NULL) return pd_value_null(PD_TYPE_TEXT_LIST);
    size_t n_items = 0;
    struct pd_text rest = text;
    while (n_items + 1 < most) {
        const char *found = separator.length == 0 || rest.length == 0
                                ? NULL
                                : memmem(rest.data, rest.length, separator.data, separator.length);
        size_t end = found == NULL ? rest.length : (size_t)(found - rest.data);
        if (separator.length == 0) end = pd_text_characters(rest, 1, 1).length;
        if (end + separator.length >= rest.length && found == NULL) break;
        items[n_items++] = pd_value_text(pd_text_slice(rest, 0, end));
        rest = pd_text_slice(rest, end + separator.length, rest.length);
    }
    items[n_items++] = pd_value_text(rest);
    return list_of(PD_TYPE_TEXT_LIST, items, n_items);
}
