/* SPDX-License-Identifier: MIT
 * Method: for every two programs the rules that speak of them are listed once, strongest first, so a query takes the
 * first that fits its days and regions. Contradictions show as neighbours of such a list. */
#include "job/rules.h"

#include "base/date.h"
#include "base/delimited.h"
#include "indonesia/region.h"
#include "job/reader.h"

#include <stdlib.h>

enum column {
    COLUMN_ID,
    COLUMN_A,
    COLUMN_B,
    COLUMN_LEVEL,
    COLUMN_VERDICT,
    COLUMN_BEGIN,
    COLUMN_END,
    COLUMN_REGION,
    COLUMN_CANCELLED,
    COLUMN_BASIS,
    COLUMN_VERIFIED,
    COLUMN_REMARK,
    N_COLUMNS
};

enum { RULES_MAX = UINT16_MAX };

struct rule_reader {
    struct pd_rule_table *table;
    struct pd_arena *arena;
    const struct pd_program_list *programs;
    bool foreign;
    struct pd_delimited rows;
    size_t columns[N_COLUMNS];
    struct padan_error *error;
};

const char *pd_rule_verdict_name(enum pd_rule_verdict verdict)
{
    static const char *const names[] = { "TIDAK_DIATUR", "BOLEH", "PERIKSA", "DILARANG" };
    return names[verdict];
}

/* --- one line --- */

static struct pd_text field(const struct rule_reader *reader, enum column column)
{
    return pd_text_trim(reader->rows.fields[reader->columns[column]]);
}

static bool group_exists(const struct pd_program_list *programs, struct pd_text group)
{
    for (size_t i = 0; i < programs->n_items; i++)
        if (pd_program_in_group(&programs->items[i], group)) return true;
    return false;
}

/* A program, a group that has one, or any. */
static bool is_known(const struct rule_reader *reader, enum column column)
{
    const struct pd_text text = field(reader, column);
    if (pd_text_equal(text, PD_TEXT("*"))) return true;
    if (text.length > 1 && text.data[0] == '@')
        return group_exists(reader->programs, pd_text_slice(text, 1, text.length));
    return text.length > 0 && pd_program_find(reader->programs, text) >= 0;
}

static enum padan_status read_side(struct rule_reader *reader, enum column column, struct pd_rule_side *side)
{
    const struct pd_text text = field(reader, column);
    *side = (struct pd_rule_side){ .kind = PD_SIDE_ANY, .program = -1 };
    if (pd_text_equal(text, PD_TEXT("*"))) return PADAN_OK;
    if (text.length > 1 && text.data[0] == '@') {
        side->kind = PD_SIDE_GROUP;
        PD_TRY(pd_arena_copy(reader->arena, pd_text_slice(text, 1, text.length), &side->group, reader->error));
        if (group_exists(reader->programs, side->group)) return PADAN_OK;
        PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%zu: no program of %s is in the group %.*s", reader->rows.name,
                reader->rows.line, reader->programs->name.data, PD_TEXT_ARGS(text));
    }
    side->kind = PD_SIDE_PROGRAM;
    side->program = text.length == 0 ? -1 : pd_program_find(reader->programs, text);
    if (side->program >= 0) return PADAN_OK;
    PD_FAIL(reader->error, PADAN_BAD_ARGUMENT,
            "%s:%zu: \"%.*s\" is not a program of %s; write a code of that list, @GROUP or *", reader->rows.name,
            reader->rows.line, text.length > 60 ? 60 : (int)text.length, text.data, reader->programs->name.data);
}

static enum padan_status read_day(struct rule_reader *reader, enum column column, int32_t when_empty, int32_t *day)
{
    const struct pd_text text = field(reader, column);
    *day = when_empty;
    if (text.length == 0 || pd_iso_date_parse(text, day)) return PADAN_OK;
    PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%zu: %s must be empty or a date like 2026-11-23", reader->rows.name,
            reader->rows.line, column == COLUMN_BEGIN ? "berlaku_mulai" : "berlaku_sampai");
}

static enum padan_status read_words(struct rule_reader *reader, struct pd_rule *rule)
{
    const struct pd_text level = field(reader, COLUMN_LEVEL);
    const struct pd_text verdict = field(reader, COLUMN_VERDICT);
    const struct pd_text verified = field(reader, COLUMN_VERIFIED);
    const bool person = pd_text_equal(level, PD_TEXT("ORANG"));
    if (!person && !pd_text_equal(level, PD_TEXT("KELUARGA")))
        PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%zu: tingkat must be ORANG or KELUARGA", reader->rows.name,
                reader->rows.line);
    rule->level = person ? PD_UNIT_PERSON : PD_UNIT_FAMILY;
    for (int i = PD_RULE_ALLOWED; i <= PD_RULE_FORBIDDEN; i++)
        if (pd_text_equal(verdict, pd_text_of(pd_rule_verdict_name((enum pd_rule_verdict)i))))
            rule->verdict = (enum pd_rule_verdict)i;
    if (rule->verdict == PD_RULE_NONE)
        PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%zu: vonis must be BOLEH, DILARANG or PERIKSA",
                reader->rows.name, reader->rows.line);
    rule->verified = pd_text_equal(verified, PD_TEXT("ya"));
    if (!rule->verified && !pd_text_equal(verified, PD_TEXT("tidak")))
        PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%zu: terverifikasi must be ya or tidak", reader->rows.name,
                reader->rows.line);
    return PADAN_OK;
}

static enum padan_status read_scope(struct rule_reader *reader, struct pd_rule *rule)
{
    const struct pd_text region = field(reader, COLUMN_REGION);
    const struct pd_text cancelled = field(reader, COLUMN_CANCELLED);
    PD_TRY(read_day(reader, COLUMN_BEGIN, INT32_MIN, &rule->begin));
    PD_TRY(read_day(reader, COLUMN_END, INT32_MAX, &rule->end));
    if (rule->end < rule->begin)
        PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%zu: berlaku_sampai is before berlaku_mulai", reader->rows.name,
                reader->rows.line);
    rule->region = pd_job_region_code(region);
    if (region.length > 0 && rule->region == 0)
        PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%zu: wilayah is not a region code of 2, 4, 6 or 10 digits",
                reader->rows.name, reader->rows.line);
    rule->cancelled = cancelled.length == 0 ? -1 : pd_program_find(reader->programs, cancelled);
    if (cancelled.length > 0 && rule->cancelled < 0)
        PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%zu: program_batal is not a program of %s", reader->rows.name,
                reader->rows.line, reader->programs->name.data);
    return PADAN_OK;
}

static bool side_fits(const struct pd_rule_side *side, const struct pd_program_list *programs, int program)
{
    if (side->kind == PD_SIDE_PROGRAM) return side->program == program;
    return side->kind == PD_SIDE_ANY || pd_program_in_group(&programs->items[program], side->group);
}

/* The amount of a finding is that of the program to be cancelled: a third program would leave it empty. */
static enum padan_status check_cancelled(const struct rule_reader *reader, const struct pd_rule *rule)
{
    if (rule->cancelled < 0 || side_fits(&rule->sides[0], reader->programs, rule->cancelled) ||
        side_fits(&rule->sides[1], reader->programs, rule->cancelled))
        return PADAN_OK;
    PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%zu: program_batal is neither of the two programs of the rule",
            reader->rows.name, reader->rows.line);
}

static enum padan_status read_rule(struct rule_reader *reader, struct pd_rule *rule)
{
    *rule = (struct pd_rule){ .line = reader->rows.line };
    PD_TRY(pd_arena_copy(reader->arena, field(reader, COLUMN_ID), &rule->id, reader->error));
    PD_TRY(pd_arena_copy(reader->arena, field(reader, COLUMN_BASIS), &rule->basis, reader->error));
    PD_TRY(pd_arena_copy(reader->arena, field(reader, COLUMN_REMARK), &rule->remark, reader->error));
    if (rule->id.length == 0)
        PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%zu: id_aturan is empty", reader->rows.name, reader->rows.line);
    for (const struct pd_rule *other = reader->table->rules; other < rule; other++)
        if (pd_text_equal(other->id, rule->id))
            PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%zu: id_aturan %.*s stands in line %zu already",
                    reader->rows.name, reader->rows.line, PD_TEXT_ARGS(rule->id), other->line);
    PD_TRY(read_side(reader, COLUMN_A, &rule->sides[0]));
    PD_TRY(read_side(reader, COLUMN_B, &rule->sides[1]));
    PD_TRY(read_words(reader, rule));
    PD_TRY(read_scope(reader, rule));
    return check_cancelled(reader, rule);
}

/* --- who wins --- */

/* How closely a rule names two programs: -1 not at all; two programs > program and group > program and * > two groups
 * > group and * > * and *. */
static int closeness(const struct pd_rule *rule, const struct pd_program_list *programs, int a, int b)
{
    const bool straight = side_fits(&rule->sides[0], programs, a) && side_fits(&rule->sides[1], programs, b);
    const bool crossed = side_fits(&rule->sides[0], programs, b) && side_fits(&rule->sides[1], programs, a);
    if (!straight && !crossed) return -1;
    const int first = (int)rule->sides[0].kind;
    const int second = (int)rule->sides[1].kind;
    return first > second ? first * 3 + second : second * 3 + first;
}

struct ranked {
    uint16_t rule;
    int region, closeness;
    const struct pd_rule *of;
};

static int by_strength(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    if (x->region != y->region) return x->region > y->region ? -1 : 1;
    if (x->closeness != y->closeness) return x->closeness > y->closeness ? -1 : 1;
    if (x->of->begin != y->of->begin) return x->of->begin > y->of->begin ? -1 : 1;
    if (x->of->level != y->of->level) return x->of->level == PD_UNIT_PERSON ? -1 : 1;
    if (x->of->region != y->of->region) return x->of->region < y->of->region ? -1 : 1;
    return x->rule < y->rule ? -1 : x->rule > y->rule;
}

static enum padan_status check_ties(const struct pd_rules_text *text, const struct ranked *list, size_t n,
                                    const int pair[2], struct padan_error *error)
{
    for (size_t i = 1; i < n; i++) {
        const struct pd_rule *x = list[i - 1].of;
        const struct pd_rule *y = list[i].of;
        if (list[i - 1].closeness != list[i].closeness || x->region != y->region || x->begin != y->begin ||
            x->level != y->level || x->verdict == y->verdict)
            continue;
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "%s:%zu: rules %.*s and %.*s contradict each other for %.*s and %.*s; make one more specific or let it "
                "start later",
                text->name, y->line, PD_TEXT_ARGS(x->id), PD_TEXT_ARGS(y->id),
                PD_TEXT_ARGS(text->programs->items[pair[0]].code), PD_TEXT_ARGS(text->programs->items[pair[1]].code));
    }
    return PADAN_OK;
}

static size_t list_pair(const struct pd_rule_table *table, const struct pd_program_list *programs, const int pair[2],
                        struct ranked *list)
{
    size_t n = 0;
    for (size_t i = 0; i < table->n_rules; i++) {
        const struct pd_rule *rule = &table->rules[i];
        const int close = closeness(rule, programs, pair[0], pair[1]);
        if (close >= 0) list[n++] = (struct ranked){ (uint16_t)i, (int)pd_region_level(rule->region), close, rule };
    }
    if (n > 1) qsort(list, n, sizeof *list, by_strength);
    return n;
}

enum padan_status pd_rules_rank(struct pd_rule_table *table, struct pd_arena *arena, const struct pd_rules_text *text,
                                struct padan_error *error)
{
    const size_t n = text->programs->n_items;
    struct ranked *list = NULL;
    size_t n_order = 0;
    table->n_programs = n;
    PD_TRY(pd_arena_allocate(arena, &list, (table->n_rules + 1) * sizeof *list, error));
    PD_TRY(pd_arena_allocate(arena, &table->begins, (n * n + 1) * sizeof *table->begins, error));
    for (size_t i = 0; i < n * n; i++) {
        const int pair[2] = { (int)(i / n), (int)(i % n) };
        n_order += list_pair(table, text->programs, pair, list);
    }
    PD_TRY(pd_arena_allocate(arena, &table->order, (n_order + 1) * sizeof *table->order, error));
    n_order = 0;
    for (size_t i = 0; i < n * n; i++) {
        const int pair[2] = { (int)(i / n), (int)(i % n) };
        const size_t n_list = list_pair(table, text->programs, pair, list);
        if (pair[0] != pair[1]) PD_TRY(check_ties(text, list, n_list, pair, error));
        table->begins[i] = (uint32_t)n_order;
        for (size_t k = 0; k < n_list; k++) table->order[n_order++] = list[k].rule;
    }
    table->begins[n * n] = (uint32_t)n_order;
    return PADAN_OK;
}

static enum padan_status read_rows(struct rule_reader *reader)
{
    static const char *const names[N_COLUMNS] = { "id_aturan",     "program_a",     "program_b",      "tingkat",
                                                  "vonis",         "berlaku_mulai", "berlaku_sampai", "wilayah",
                                                  "program_batal", "dasar_hukum",   "terverifikasi",  "catatan" };
    for (size_t i = 0; i < N_COLUMNS; i++)
        PD_TRY(pd_delimited_column(&reader->rows, names[i], &reader->columns[i], reader->error));
    for (;;) {
        bool more = false;
        PD_TRY(pd_delimited_next(&reader->rows, &more, reader->error));
        if (!more) return PADAN_OK;
        if (reader->foreign && !(is_known(reader, COLUMN_A) && is_known(reader, COLUMN_B))) continue;
        if (reader->table->n_rules == RULES_MAX)
            PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s has more than %d rules", reader->rows.name, RULES_MAX);
        PD_TRY(read_rule(reader, &reader->table->rules[reader->table->n_rules]));
        reader->table->n_rules++;
    }
}

enum padan_status pd_rules_read(struct pd_rule_table *table, struct pd_arena *arena, const struct pd_rules_text *text,
                                struct padan_error *error)
{
    struct rule_reader reader = {
        .table = table, .arena = arena, .programs = text->programs, .foreign = text->foreign, .error = error
    };
    size_t n_lines = 1;
    for (size_t i = 0; i < text->content.length; i++) n_lines += text->content.data[i] == '\n';
    *table = (struct pd_rule_table){ 0 };
    PD_TRY(pd_arena_allocate(arena, &table->rules, (n_lines < RULES_MAX ? n_lines : RULES_MAX) * sizeof *table->rules,
                             error));
    PD_TRY(pd_delimited_open(&reader.rows, text->content, ',', text->name, error));
    const enum padan_status status = read_rows(&reader);
    pd_delimited_reset(&reader.rows);
    return status == PADAN_OK ? pd_rules_rank(table, arena, text, error) : status;
}

/* --- asking --- */

static bool inside(uint64_t region, uint64_t area)
{
    return region != 0 && pd_region_at_level(region, pd_region_level(area)) == area;
}

static bool region_fits(const struct pd_rule *rule, const struct pd_rule_query *query)
{
    if (rule->region == 0) return true;
    if (rule->cancelled == query->program[0]) return inside(query->region[0], rule->region);
    if (rule->cancelled == query->program[1]) return inside(query->region[1], rule->region);
    return inside(query->region[0], rule->region) || inside(query->region[1], rule->region);
}

int pd_rules_find(const struct pd_rule_table *table, const struct pd_rule_query *query)
{
    const size_t pair = (size_t)query->program[0] * table->n_programs + (size_t)query->program[1];
    for (uint32_t i = table->begins[pair]; i < table->begins[pair + 1]; i++) {
        const struct pd_rule *rule = &table->rules[table->order[i]];
        if (rule->level == PD_UNIT_PERSON && !query->same_person) continue;
        if (rule->begin > query->end || rule->end < query->begin) continue;
        if (region_fits(rule, query)) return table->order[i];
    }
    return -1;
}
