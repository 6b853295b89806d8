/* SPDX-License-Identifier: MIT
 * libfyaml's event stream, turned into the tree of document.h. Events are used instead of its document tree because
 * they carry the marks of every token and need no second walk. Anchors, aliases and tags are refused: a shared node
 * would let a small file unfold without end, and no file of ours needs them. */
#include "base/document.h"

#include "base/memory.h"

#include <libfyaml.h>

enum { DEPTH_MAX = 60 };

struct document_reader {
    struct pd_arena *arena;
    struct fy_parser *parser;
    struct fy_diag *diagnostics;
    const char *name;
    struct padan_error *error;
};

/* A growing list of nodes while its end is not known yet. */
struct node_list {
    struct pd_node **nodes;
    size_t n_nodes, capacity;
};

static enum padan_status list_append(struct node_list *list, struct pd_node *node, struct padan_error *error)
{
    PD_TRY(pd_grow(&list->nodes, &list->capacity, list->n_nodes + 1, sizeof(struct pd_node *), error));
    list->nodes[list->n_nodes++] = node;
    return PADAN_OK;
}

static enum padan_status list_keep(const struct node_list *list, struct pd_arena *arena, struct pd_node ***out,
                                   struct padan_error *error)
{
    PD_TRY(pd_arena_allocate(arena, out, list->n_nodes * sizeof(struct pd_node *), error));
    if (list->n_nodes > 0) memcpy(*out, list->nodes, list->n_nodes * sizeof(struct pd_node *));
    return PADAN_OK;
}

/* The parser's own sentence about a syntax error. */
static enum padan_status syntax_failure(const struct document_reader *reader)
{
    void *position = NULL;
    const struct fy_diag_error *found = fy_diag_errors_iterate(reader->diagnostics, &position);
    if (found == NULL)
        return pd_fail(reader->error, PADAN_BAD_ARGUMENT, "%s: not a readable YAML or JSON document", reader->name);
    return pd_fail(reader->error, PADAN_BAD_ARGUMENT, "%s:%d:%d: %s", reader->name, found->line + 1, found->column + 1,
                   found->msg == NULL ? "syntax error" : found->msg);
}

static enum padan_status place_failure(const struct document_reader *reader, const struct pd_node *node,
                                       const char *sentence)
{
    return pd_fail(reader->error, PADAN_BAD_ARGUMENT, "%s:%u:%u: %s", reader->name, node->line, node->column, sentence);
}

/* Next event, or an error when the stream ends early. */
static enum padan_status next_event(const struct document_reader *reader, struct fy_event **event)
{
    *event = fy_parser_parse(reader->parser);
    return *event == NULL ? syntax_failure(reader) : PADAN_OK;
}

static enum padan_status read_node(const struct document_reader *reader, struct fy_event *event, unsigned depth,
                                   struct pd_node **out);

/* Reads the next node; *ended is true (and *out untouched) when the event `end` came instead. */
static enum padan_status read_next(const struct document_reader *reader, enum fy_event_type end, unsigned depth,
                                   struct pd_node **out, bool *ended)
{
    struct fy_event *event = NULL;
    PD_TRY(next_event(reader, &event));
    *ended = event->type == end;
    const enum padan_status status = *ended ? PADAN_OK : read_node(reader, event, depth, out);
    fy_parser_event_free(reader->parser, event);
    return status;
}

static enum padan_status read_items(const struct document_reader *reader, struct pd_node *node, unsigned depth)
{
    struct node_list items = { 0 };
    enum padan_status status = PADAN_OK;
    while (status == PADAN_OK) {
        struct pd_node *item = NULL;
        bool ended = false;
        status = read_next(reader, FYET_SEQUENCE_END, depth, &item, &ended);
        if (ended) break;
        if (status == PADAN_OK) status = list_append(&items, item, reader->error);
    }
    if (status == PADAN_OK) status = list_keep(&items, reader->arena, &node->items, reader->error);
    node->n_children = items.n_nodes;
    pd_free(items.nodes);
    return status;
}

static enum padan_status check_key(const struct document_reader *reader, const struct node_list *keys,
                                   const struct pd_node *key)
{
    if (key->kind != PD_NODE_SCALAR) return place_failure(reader, key, "a key must be a plain word, not a list or map");
    for (size_t i = 0; i < keys->n_nodes; i++)
        if (pd_text_equal(keys->nodes[i]->text, key->text))
            return pd_fail(reader->error, PADAN_BAD_ARGUMENT,
                           "%s:%u:%u: the key \"%.*s\" is already given in line %u; keep one of them", reader->name,
                           key->line, key->column, PD_TEXT_ARGS(pd_text_slice(key->text, 0, 80)), keys->nodes[i]->line);
    return PADAN_OK;
}

static enum padan_status read_pairs(const struct document_reader *reader, struct pd_node *node, unsigned depth)
{
    struct node_list keys = { 0 };
    struct node_list values = { 0 };
    enum padan_status status = PADAN_OK;
    while (status == PADAN_OK) {
        struct pd_node *key = NULL;
        struct pd_node *value = NULL;
        bool ended = false;
        status = read_next(reader, FYET_MAPPING_END, depth, &key, &ended);
        if (ended) break;
        if (status == PADAN_OK) status = check_key(reader, &keys, key);
        if (status == PADAN_OK) status = list_append(&keys, key, reader->error);
        if (status == PADAN_OK) status = read_next(reader, FYET_NONE, depth, &value, &ended);
        if (status == PADAN_OK) status = list_append(&values, value, reader->error);
    }
    if (status == PADAN_OK) status = list_keep(&keys, reader->arena, &node->keys, reader->error);
    if (status == PADAN_OK) status = list_keep(&values, reader->arena, &node->items, reader->error);
    node->n_children = values.n_nodes;
    pd_free(keys.nodes);
    pd_free(values.nodes);
    return status;
}

static enum padan_status read_scalar(const struct document_reader *reader, const struct fy_event *event,
                                     struct pd_node *node)
{
    size_t length = 0;
    struct fy_token *token = event->scalar.value;
    const char *text = token == NULL ? NULL : fy_token_get_text(token, &length);
    node->kind = PD_NODE_SCALAR;
    node->quoted = token != NULL && fy_token_scalar_style(token) != FYSS_PLAIN;
    return pd_arena_copy(reader->arena, (struct pd_text){ text, text == NULL ? 0 : length }, &node->text,
                         reader->error);
}

static bool has_tag_or_anchor(struct fy_event *event)
{
    return fy_event_get_tag_token(event) != NULL || fy_event_get_anchor_token(event) != NULL;
}

static enum padan_status read_node(const struct document_reader *reader, struct fy_event *event, unsigned depth,
                                   struct pd_node **out)
{
    struct pd_node *node = NULL;
    PD_TRY(pd_arena_allocate(reader->arena, &node, sizeof *node, reader->error));
    *out = node;
    const struct fy_mark *mark = fy_event_start_mark(event);
    node->line = mark == NULL ? 1 : (unsigned)mark->line + 1;
    node->column = mark == NULL ? 1 : (unsigned)mark->column + 1;
    if (depth > DEPTH_MAX) return place_failure(reader, node, "lists and maps are nested too deeply");
    if (event->type == FYET_ALIAS || has_tag_or_anchor(event))
        return place_failure(reader, node, "anchors, aliases and tags are not supported: write the value out");
    switch (event->type) {
    case FYET_SCALAR: return read_scalar(reader, event, node);
    case FYET_SEQUENCE_START: node->kind = PD_NODE_SEQUENCE; return read_items(reader, node, depth + 1);
    case FYET_MAPPING_START: node->kind = PD_NODE_MAPPING; return read_pairs(reader, node, depth + 1);
    default: return place_failure(reader, node, "a value is missing here");
    }
}

/* Events of the stream: one document at most. */
static enum padan_status read_stream(const struct document_reader *reader, struct pd_node **root)
{
    for (;;) {
        struct fy_event *event = NULL;
        PD_TRY(next_event(reader, &event));
        const enum fy_event_type type = event->type;
        enum padan_status status = PADAN_OK;
        if (type == FYET_DOCUMENT_START && *root != NULL)
            status = pd_fail(reader->error, PADAN_BAD_ARGUMENT, "%s: more than one document (---) in one file",
                             reader->name);
        else if (type != FYET_STREAM_START && type != FYET_STREAM_END && type != FYET_DOCUMENT_START &&
                 type != FYET_DOCUMENT_END)
            status = read_node(reader, event, 0, root);
        fy_parser_event_free(reader->parser, event);
        PD_TRY(status);
        if (type == FYET_STREAM_END) return PADAN_OK;
    }
}

static struct pd_text without_mark(struct pd_text content)
{
    return pd_text_starts(content, PD_TEXT("\xEF\xBB\xBF")) ? pd_text_slice(content, 3, content.length) : content;
}

/* Bytes that are no UTF-8 are found here: libfyaml 0.7 never returns from some of them (a directive, for one). It takes
 * a zero byte for the end of the file, and what is behind it would be read over. */
static enum padan_status check_characters(struct pd_text content, const char *name, struct padan_error *error)
{
    unsigned line = 1, column = 1;
    while (content.length > 0) {
        const size_t length = pd_text_utf8_sequence(content);
        if (length == 0)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s:%u:%u: not UTF-8 here; save the file as UTF-8", name, line, column);
        if (content.data[0] == '\0')
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s:%u:%u: a zero byte stands here; take it out (tr -d '\\000')", name,
                    line, column);
        column++;
        if (content.data[0] == '\n') {
            line++;
            column = 1;
        }
        content = pd_text_slice(content, length, content.length);
    }
    return PADAN_OK;
}

/* Where libfyaml would print: the library never prints, errors are collected. */
static void say_nothing(struct fy_diag *diagnostics, void *user, const char *text, size_t length)
{
    (void)diagnostics, (void)user, (void)text, (void)length;
}

static enum padan_status read_content(struct document_reader *reader, struct pd_text content, struct pd_node **root)
{
    const struct fy_diag_cfg silent = { .output_fn = say_nothing, .level = FYET_ERROR, .module_mask = ~0u };
    reader->diagnostics = fy_diag_create(&silent);
    const struct fy_parse_cfg configuration = { .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_DEFAULT_VERSION_1_2 |
                                                         FYPCF_JSON_NONE | FYPCF_SLOPPY_FLOW_INDENTATION,
                                                .diag = reader->diagnostics };
    if (reader->diagnostics != NULL) {
        fy_diag_set_collect_errors(reader->diagnostics, true);
        reader->parser = fy_parser_create(&configuration);
    }
    enum padan_status status;
    if (reader->parser == NULL)
        status = pd_fail(reader->error, PADAN_OUT_OF_MEMORY, "out of memory while reading %s", reader->name);
    else if (fy_parser_set_string(reader->parser, content.data, content.length) != 0)
        status = syntax_failure(reader);
    else
        status = read_stream(reader, root);
    if (reader->parser != NULL) fy_parser_destroy(reader->parser);
    if (reader->diagnostics != NULL) fy_diag_destroy(reader->diagnostics);
    return status;
}

enum padan_status pd_document_parse(struct pd_arena *arena, struct pd_text content, const char *name,
                                    struct pd_node **root, struct padan_error *error)
{
    *root = NULL;
    content = without_mark(content);
    PD_TRY(check_characters(content, name, error));
    if (pd_text_trim(content).length > 0) {
        struct document_reader reader = { .arena = arena, .name = name, .error = error };
        PD_TRY(read_content(&reader, content, root));
    }
    if (*root != NULL) return PADAN_OK;
    PD_TRY(pd_arena_allocate(arena, root, sizeof **root, error));
    **root = (struct pd_node){ .kind = PD_NODE_SCALAR, .line = 1, .column = 1, .text = PD_TEXT("") };
    return PADAN_OK;
}

const struct pd_node *pd_node_get(const struct pd_node *node, const char *key)
{
    if (node == NULL || node->kind != PD_NODE_MAPPING) return NULL;
    const struct pd_text wanted = pd_text_of(key);
    for (size_t i = 0; i < node->n_children; i++)
        if (pd_text_equal(node->keys[i]->text, wanted)) return node->items[i];
    return NULL;
}

static bool is_plain(const struct pd_node *node)
{
    return node != NULL && node->kind == PD_NODE_SCALAR && !node->quoted;
}

static bool is_one_of(struct pd_text text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (pd_text_equal(text, pd_text_of(*words))) return true;
    return false;
}

bool pd_node_is_null(const struct pd_node *node)
{
    static const char *const words[] = { "", "~", "null", "Null", "NULL", NULL };
    return node == NULL || (is_plain(node) && is_one_of(node->text, words));
}

bool pd_node_to_bool(const struct pd_node *node, bool *out)
{
    static const char *const yes[] = { "true", "True", "TRUE", NULL };
    static const char *const no[] = { "false", "False", "FALSE", NULL };
    if (!is_plain(node)) return false;
    *out = is_one_of(node->text, yes);
    return *out || is_one_of(node->text, no);
}

bool pd_node_to_i64(const struct pd_node *node, int64_t *out)
{
    return is_plain(node) && pd_text_to_i64(node->text, out);
}

/* The numbers of JSON and of YAML's core schema: digits, sign, point, exponent; no "inf", "nan" or hexadecimal. */
bool pd_node_to_double(const struct pd_node *node, double *out)
{
    if (!is_plain(node)) return false;
    for (size_t i = 0; i < node->text.length; i++)
        if (strchr("0123456789+-.eE", node->text.data[i]) == NULL || node->text.data[i] == '\0') return false;
    return pd_text_to_double(node->text, out);
}
