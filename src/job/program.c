/* SPDX-License-Identifier: MIT
 * Reading the program list. Lists are short (tens of lines), so look-ups are linear. */
#include "job/program.h"

#include "base/delimited.h"

enum { COLUMN_CODE, COLUMN_ALIAS, COLUMN_UNIT, COLUMN_FUND, COLUMN_GROUP, N_COLUMNS };

/* Splits "A|B C" at '|' into copies in the arena; blanks around are dropped, empty parts left out. */
static enum padan_status split(struct pd_arena *arena, struct pd_text text, struct pd_text **items, size_t *n_items,
                               struct padan_error *error)
{
    size_t capacity = 1;
    for (size_t i = 0; i < text.length; i++) capacity += text.data[i] == '|';
    PD_TRY(pd_arena_allocate(arena, items, capacity * sizeof **items, error));
    *n_items = 0;
    size_t begin = 0;
    for (size_t i = 0; i <= text.length; i++) {
        if (i < text.length && text.data[i] != '|') continue;
        const struct pd_text part = pd_text_trim(pd_text_slice(text, begin, i));
        begin = i + 1;
        if (part.length == 0) continue;
        PD_TRY(pd_arena_copy(arena, part, &(*items)[*n_items], error));
        (*n_items)++;
    }
    return PADAN_OK;
}

static enum padan_status read_row(struct pd_program_list *list, struct pd_arena *arena,
                                  const struct pd_delimited *reader, const size_t *columns, struct padan_error *error)
{
    struct pd_program program = { 0 };
    const struct pd_text unit = pd_text_trim(reader->fields[columns[COLUMN_UNIT]]);
    PD_TRY(pd_arena_copy(arena, pd_text_trim(reader->fields[columns[COLUMN_CODE]]), &program.code, error));
    PD_TRY(pd_arena_copy(arena, pd_text_trim(reader->fields[columns[COLUMN_FUND]]), &program.fund, error));
    PD_TRY(split(arena, reader->fields[columns[COLUMN_ALIAS]], &program.aliases, &program.n_aliases, error));
    PD_TRY(split(arena, reader->fields[columns[COLUMN_GROUP]], &program.groups, &program.n_groups, error));
    if (program.code.length == 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s:%zu: kode is empty", reader->name, reader->line);
    if (pd_text_same_name(unit, PD_TEXT("keluarga")) || pd_text_same_name(unit, PD_TEXT("family")))
        program.unit = PD_UNIT_FAMILY;
    else if (pd_text_same_name(unit, PD_TEXT("orang")) || pd_text_same_name(unit, PD_TEXT("person")))
        program.unit = PD_UNIT_PERSON;
    else
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s:%zu: satuan must be orang or keluarga", reader->name, reader->line);
    bool taken = pd_program_find(list, program.code) >= 0;
    for (size_t i = 0; i < program.n_aliases; i++) taken = taken || pd_program_find(list, program.aliases[i]) >= 0;
    if (taken)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s:%zu: program %.*s or one of its aliases stands in an earlier line",
                reader->name, reader->line, PD_TEXT_ARGS(program.code));
    list->items[list->n_items++] = program;
    return PADAN_OK;
}

static enum padan_status read_rows(struct pd_program_list *list, struct pd_arena *arena, struct pd_delimited *reader,
                                   struct padan_error *error)
{
    static const char *const names[N_COLUMNS] = { "kode", "alias", "satuan", "dana", "grup" };
    size_t columns[N_COLUMNS];
    for (size_t i = 0; i < N_COLUMNS; i++) PD_TRY(pd_delimited_column(reader, names[i], &columns[i], error));
    for (;;) {
        bool more = false;
        PD_TRY(pd_delimited_next(reader, &more, error));
        if (!more) break;
        PD_TRY(read_row(list, arena, reader, columns, error));
    }
    if (list->n_items == 0) PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s holds no program", reader->name);
    return PADAN_OK;
}

enum padan_status pd_program_list_read(struct pd_program_list *list, struct pd_arena *arena, struct pd_text content,
                                       const char *name, struct padan_error *error)
{
    *list = (struct pd_program_list){ .content = content };
    PD_TRY(pd_arena_copy(arena, pd_text_of(name), &list->name, error));
    size_t n_lines = 1;
    for (size_t i = 0; i < content.length; i++) n_lines += content.data[i] == '\n';
    PD_TRY(pd_arena_allocate(arena, &list->items, n_lines * sizeof *list->items, error));
    struct pd_delimited reader;
    PD_TRY(pd_delimited_open(&reader, content, ',', name, error));
    const enum padan_status status = read_rows(list, arena, &reader, error);
    pd_delimited_reset(&reader);
    return status;
}

int pd_program_find(const struct pd_program_list *list, struct pd_text name)
{
    for (size_t i = 0; i < list->n_items; i++) {
        const struct pd_program *program = &list->items[i];
        if (pd_text_same_name(program->code, name)) return (int)i;
        for (size_t a = 0; a < program->n_aliases; a++)
            if (pd_text_same_name(program->aliases[a], name)) return (int)i;
    }
    return -1;
}

bool pd_program_in_group(const struct pd_program *program, struct pd_text group)
{
    for (size_t i = 0; i < program->n_groups; i++)
        if (pd_text_equal(program->groups[i], group)) return true;
    return false;
}
