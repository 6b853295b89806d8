/* SPDX-License-Identifier: MIT
 * Regular expressions by PCRE2. Patterns are literals and compiled while parsing, into the arena of the tree (PCRE2
 * takes an allocator), so they live and die with it. Matching is bounded: a pattern that backtracks too long gives
 * NULL, never a hanging run. Patterns of model files are written for RE2; what both understand is what they use. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "expression/builtin.h"

#include "base/memory.h"
#include "expression/lexer.h"

#include <pcre2.h>

enum {
    MATCH_LIMIT = 200000, /* steps; about 2 ms */
    DEPTH_LIMIT = 2000,
    HEAP_LIMIT_KIB = 4096,
    GROUPS = 16 /* 0 is the whole match */
};

/* What an evaluator keeps. */
struct pattern_state {
    pcre2_general_context *general;
    pcre2_match_context *context;
    pcre2_match_data *match;
};

static void *take_memory(size_t bytes, void *unused)
{
    void *memory = NULL;
    (void)unused;
    return pd_allocate(&memory, 1, bytes, NULL) == PADAN_OK ? memory : NULL;
}

static void give_memory(void *memory, void *unused)
{
    (void)unused;
    pd_free(memory);
}

static void *take_arena(size_t bytes, void *arena)
{
    void *memory = NULL;
    return pd_arena_allocate(arena, &memory, bytes, NULL) == PADAN_OK ? memory : NULL;
}

static void give_arena(void *memory, void *arena)
{
    (void)memory, (void)arena;
}

void pd_pattern_state_free(void *state)
{
    struct pattern_state *pattern_state = state;
    if (pattern_state == NULL) return;
    pcre2_match_data_free(pattern_state->match);
    pcre2_match_context_free(pattern_state->context);
    pcre2_general_context_free(pattern_state->general);
    pd_free(pattern_state);
}

static struct pattern_state *state_of(struct pd_evaluator *evaluator)
{
    struct pattern_state *state = evaluator->pattern_state;
    if (state != NULL) return state;
    if (pd_allocate(&state, 1, sizeof *state, NULL) == PADAN_OK) {
        state->general = pcre2_general_context_create(take_memory, give_memory, NULL);
        if (state->general != NULL) state->context = pcre2_match_context_create(state->general);
        if (state->context != NULL) state->match = pcre2_match_data_create(GROUPS, state->general);
        evaluator->pattern_state = state;
        if (state->match != NULL) {
            (void)pcre2_set_match_limit(state->context, MATCH_LIMIT);
            (void)pcre2_set_depth_limit(state->context, DEPTH_LIMIT);
            (void)pcre2_set_heap_limit(state->context, HEAP_LIMIT_KIB);
            return state;
        }
        pd_pattern_state_free(state);
        evaluator->pattern_state = NULL;
    }
    evaluator->status = PADAN_OUT_OF_MEMORY;
    return NULL;
}

static bool is_text_literal(const struct pd_expression *expression)
{
    return expression->op == PD_OP_LITERAL && expression->literal.type == PD_TYPE_TEXT;
}

/* Flags of the options argument: i ignores case, s lets the point match line ends, m anchors at lines; g is for
 * regexp_replace, c is the default. */
static bool read_options(struct pd_text options, uint32_t *flags)
{
    for (size_t i = 0; i < options.length; i++) {
        switch (options.data[i]) {
        case 'i': *flags |= PCRE2_CASELESS; break;
        case 's': *flags |= PCRE2_DOTALL; break;
        case 'm': *flags |= PCRE2_MULTILINE; break;
        case 'g':
        case 'c': break;
        default: return false;
        }
    }
    return true;
}

static const struct pd_expression *options_of(const struct pd_expression *call)
{
    const struct pd_expression *last = call->children[call->n_children - 1];
    const bool replaces = pd_word_is(pd_text_of(call->function->name), "regexp_replace");
    const bool extracts = pd_word_is(pd_text_of(call->function->name), "regexp_extract");
    return call->n_children > (replaces || extracts ? 3u : 2u) ? last : NULL;
}

/* The greatest group, \0 to \9, that a replacement asks for. */
static unsigned last_group(struct pd_text replacement)
{
    unsigned last = 0;
    for (size_t i = 0; i + 1 < replacement.length; i++) {
        if (replacement.data[i] != '\\') continue;
        const unsigned digit = (unsigned)(replacement.data[++i] - '0');
        if (digit <= 9 && digit > last) last = digit;
    }
    return last;
}

/* What RE2 would leave unreplaced for want of a group is refused. */
static enum padan_status check_groups(const struct pd_expression *call, const char *where, struct padan_error *error)
{
    uint32_t n_groups = 0;
    if (!pd_word_is(pd_text_of(call->function->name), "regexp_replace") || !is_text_literal(call->children[2]))
        return PADAN_OK;
    (void)pcre2_pattern_info(call->prepared, PCRE2_INFO_CAPTURECOUNT, &n_groups);
    const unsigned last = last_group(call->children[2]->literal.text);
    if (last <= n_groups) return PADAN_OK;
    PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: the pattern <%.*s> has no group %u for the replacement", where,
            PD_TEXT_ARGS(pd_text_slice(call->children[1]->literal.text, 0, 80)), last);
}

enum padan_status pd_prepare_pattern(struct pd_expression *call, struct pd_arena *arena, const char *where,
                                     struct padan_error *error)
{
    const struct pd_expression *pattern = call->children[1];
    const struct pd_expression *options = options_of(call);
    uint32_t flags = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
    int code = 0;
    PCRE2_SIZE place = 0;
    if (!is_text_literal(pattern) || (options != NULL && !is_text_literal(options)))
        PD_FAIL(error, PADAN_UNSUPPORTED, "%s: the pattern and options of %s must be texts in quotes", where,
                call->function->name);
    if (options != NULL && !read_options(options->literal.text, &flags))
        PD_FAIL(error, PADAN_UNSUPPORTED, "%s: options of %s are i, s, m, g and c", where, call->function->name);
    pcre2_general_context *general = pcre2_general_context_create(take_arena, give_arena, arena);
    pcre2_compile_context *context = general == NULL ? NULL : pcre2_compile_context_create(general);
    if (context == NULL) PD_FAIL(error, PADAN_OUT_OF_MEMORY, "out of memory while reading %s", where);
    const struct pd_text text = pattern->literal.text;
    call->prepared = pcre2_compile((PCRE2_SPTR)text.data, text.length, flags, &code, &place, context);
    if (call->prepared != NULL) return check_groups(call, where, error);
    PCRE2_UCHAR message[120];
    (void)pcre2_get_error_message(code, message, sizeof message);
    PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: the pattern <%.*s> is wrong at %zu: %s", where,
            PD_TEXT_ARGS(pd_text_slice(text, 0, 80)), (size_t)place + 1, (const char *)message);
}

/* Searches from `from`; ends[0..1] = place of the group. Returns 1 found, 0 not found, -1 failed. */
static int search(const struct pd_expression *call, struct pd_text text, size_t from, uint32_t options,
                  struct pd_evaluator *evaluator)
{
    const struct pattern_state *state = state_of(evaluator);
    if (state == NULL) return -1;
    const pcre2_code *code = call->prepared;
    const int found = pcre2_match(code, (PCRE2_SPTR)(text.data == NULL ? "" : text.data), text.length, from, options,
                                  state->match, state->context);
    if (found == PCRE2_ERROR_NOMATCH) return 0;
    return found >= 0 ? 1 : -1;
}

/* Text of a group of the last match; empty when it took no part. */
static struct pd_text group_text(const struct pd_evaluator *evaluator, struct pd_text text, int64_t group)
{
    const struct pattern_state *state = evaluator->pattern_state;
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(state->match);
    if (group < 0 || group >= (int64_t)pcre2_get_ovector_count(state->match) || ends[2 * group] == PCRE2_UNSET)
        return (struct pd_text){ text.data, 0 };
    return pd_text_slice(text, ends[2 * group], ends[2 * group + 1]);
}

/* No match is the empty text. */
struct pd_value pd_call_regexp_extract(const struct pd_expression *call, const struct pd_value *arguments,
                                       struct pd_evaluator *evaluator)
{
    const struct pd_text text = arguments[0].text;
    const int64_t group = call->n_children > 2 ? arguments[2].integer : 0;
    const int found = search(call, text, 0, 0, evaluator);
    if (found < 0) return pd_value_null(PD_TYPE_TEXT);
    return pd_value_text(found == 0 ? (struct pd_text){ text.data, 0 } : group_text(evaluator, text, group));
}

struct pd_value pd_call_regexp_matches(const struct pd_expression *call, const struct pd_value *arguments,
                                       struct pd_evaluator *evaluator)
{
    const int found = search(call, arguments[0].text, 0, 0, evaluator);
    return found < 0 ? pd_value_null(PD_TYPE_BOOL) : pd_value_bool(found == 1);
}

struct pd_value pd_call_regexp_full_match(const struct pd_expression *call, const struct pd_value *arguments,
                                          struct pd_evaluator *evaluator)
{
    const int found = search(call, arguments[0].text, 0, PCRE2_ANCHORED | PCRE2_ENDANCHORED, evaluator);
    return found < 0 ? pd_value_null(PD_TYPE_BOOL) : pd_value_bool(found == 1);
}

/* What is built up by a replacement: counted first, written after. */
struct output {
    char *data; /* NULL while counting */
    size_t length;
};

static void add(struct output *output, struct pd_text text)
{
    if (output->data != NULL && text.length > 0) memcpy(output->data + output->length, text.data, text.length);
    output->length += text.length;
}

/* The replacement with \0..\9 as groups and \\ as a backslash. */
static void add_replacement(struct output *output, struct pd_text replacement, struct pd_text text,
                            const struct pd_evaluator *evaluator)
{
    for (size_t i = 0; i < replacement.length; i++) {
        const bool escape = replacement.data[i] == '\\' && i + 1 < replacement.length;
        const unsigned digit = escape ? (unsigned)(replacement.data[i + 1] - '0') : 10;
        if (escape) i++;
        add(output, digit <= 9 ? group_text(evaluator, text, digit) : pd_text_slice(replacement, i, i + 1));
    }
}

/* Writes the text with its first match (or all) replaced; false when matching failed. */
static bool replace(const struct pd_expression *call, const struct pd_value *arguments, bool all, struct output *output,
                    struct pd_evaluator *evaluator)
{
    const struct pd_text text = arguments[0].text;
    size_t done = 0;
    size_t from = 0;
    size_t last_end = SIZE_MAX; /* of a match that was not empty: no empty one begins there, as in RE2 */
    output->length = 0;
    while (from <= text.length) {
        const int found = search(call, text, from, 0, evaluator);
        if (found < 0) return false;
        if (found == 0) break;
        const struct pd_text match = group_text(evaluator, text, 0);
        const size_t begin = match.length == 0 && match.data == NULL ? from : (size_t)(match.data - text.data);
        if (match.length > 0 || begin != last_end) {
            add(output, pd_text_slice(text, done, begin));
            add_replacement(output, arguments[2].text, text, evaluator);
            done = begin + match.length;
            last_end = match.length > 0 ? done : SIZE_MAX;
        }
        from =
            match.length == 0 ? done + pd_text_characters(pd_text_slice(text, done, text.length), 1, 1).length : done;
        if (from == done && match.length == 0) from++;
        if (!all) break;
    }
    if (done < text.length) add(output, pd_text_slice(text, done, text.length));
    return true;
}

struct pd_value pd_call_regexp_replace(const struct pd_expression *call, const struct pd_value *arguments,
                                       struct pd_evaluator *evaluator)
{
    const bool all = call->n_children > 3 && arguments[3].text.length > 0 &&
                     memchr(arguments[3].text.data, 'g', arguments[3].text.length) != NULL;
    struct output output = { NULL, 0 };
    if (!replace(call, arguments, all, &output, evaluator)) return pd_value_null(PD_TYPE_TEXT);
    output.data = pd_evaluator_room(evaluator, output.length);
    if (output.data == NULL || !replace(call, arguments, all, &output, evaluator)) return pd_value_null(PD_TYPE_TEXT);
    return pd_value_text((struct pd_text){ output.data, output.length });
}
