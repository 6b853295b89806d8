/* SPDX-License-Identifier: MIT
 * The sources of a job: one table of keys says what each role understands. */
#include "job/reader.h"

enum { SOURCES_MAX = 4096, HEADER_ROW_MAX = 60 /* PD_HEADER_ROW_MAX of ingest */ };

enum {
    REGISTER = 1u << PD_ROLE_REGISTER,
    REGISTRY = 1u << PD_ROLE_REGISTRY,
    PROGRAM = 1u << PD_ROLE_PROGRAM,
    DISQUALIFIER = 1u << PD_ROLE_DISQUALIFIER
};

static const char *const role_words[] = { "register", "registry", "program", "disqualifier", NULL };

const char *pd_role_name(enum pd_role role)
{
    return role_words[role];
}

/* Words of choices; their order is that of the enum (or false, true). */
static const char *const unit_words[] = { "person", "family", NULL };
static const char *const code_words[] = { "auto", "dagri", "bps", NULL };
static const char *const order_words[] = { "auto", "dmy", "mdy", "ymd", NULL };
static const char *const bad_file_words[] = { "stop", "skip", NULL };
static const char *const amount_words[] = { "period", "month", NULL };

static enum padan_status read_flag(struct pd_job_reader *reader, const struct pd_node *node,
                                   const struct pd_job_key *key, void *field)
{
    int chosen = 0;
    PD_TRY(pd_job_read_choice(reader, node, key, &chosen));
    *(bool *)field = chosen == 1;
    return PADAN_OK;
}

/* `2026`, `2026-11` or `2026-T4` (tahap: a quarter). Rosters may write periods as they like, a job may not. */
static bool part_of_period(struct pd_text text, struct pd_period *period)
{
    uint64_t year = 0, part = 0;
    int first = 1, n_months = 12;
    if (text.length < 4 || !pd_text_to_u64(pd_text_slice(text, 0, 4), &year) || year < 1945) return false;
    if (text.length > 4) {
        const bool quarter = text.length == 7 && (text.data[5] == 'T' || text.data[5] == 't');
        const struct pd_text digits = pd_text_slice(text, quarter ? 6 : 5, text.length);
        if (text.length != 7 || text.data[4] != '-' || !pd_text_to_u64(digits, &part)) return false;
        if (part < 1 || part > (quarter ? 4u : 12u)) return false;
        n_months = quarter ? 3 : 1;
        first = quarter ? (int)part * 3 - 2 : (int)part;
    }
    const int last = first + n_months - 1;
    period->begin = pd_date_from_civil((int)year, first, 1);
    period->end = pd_date_from_civil((int)year + last / 12, last % 12 + 1, 1) - 1;
    return true;
}

static bool whole_period(struct pd_text text, struct pd_period *period)
{
    size_t dots = 0;
    while (dots + 1 < text.length && (text.data[dots] != '.' || text.data[dots + 1] != '.')) dots++;
    if (dots + 1 >= text.length) return part_of_period(text, period);
    struct pd_period last;
    if (!part_of_period(pd_text_slice(text, 0, dots), period)) return false;
    if (!part_of_period(pd_text_slice(text, dots + 2, text.length), &last)) return false;
    period->end = last.end;
    return period->begin <= period->end;
}

static enum padan_status read_period(struct pd_job_reader *reader, const struct pd_node *node,
                                     const struct pd_job_key *key, void *field)
{
    struct pd_job_source *source = field;
    struct pd_text text;
    PD_TRY(pd_job_scalar(reader, node, key->name, &text));
    if (!whole_period(text, &source->period))
        return pd_job_fail(reader, node,
                           "period \"%.40s\" is not understood; write 2026, 2026-T4, 2026-11 or 2026-10..2026-12",
                           text.data);
    struct pd_buffer words = { 0 };
    pd_period_append(&words, source->period);
    return pd_arena_keep(&reader->job->arena, &words, &source->period_text, reader->error);
}

static enum padan_status read_program(struct pd_job_reader *reader, const struct pd_node *node,
                                      const struct pd_job_key *key, void *field)
{
    (void)key;
    return pd_job_program_of(reader, node, field);
}

/* Into struct pd_job_source: programs and n_programs. */
static enum padan_status read_programs(struct pd_job_reader *reader, const struct pd_node *node,
                                       const struct pd_job_key *key, void *field)
{
    struct pd_job_source *source = field;
    if (node->kind != PD_NODE_SEQUENCE || node->n_children == 0)
        return pd_job_fail(reader, node, "%s must be a list like [PKH, SEMBAKO]; leave it out for all programs",
                           key->name);
    PD_TRY(pd_arena_allocate(&reader->job->arena, &source->programs, node->n_children * sizeof *source->programs,
                             reader->error));
    for (size_t i = 0; i < node->n_children; i++)
        PD_TRY(pd_job_program_of(reader, node->items[i], &source->programs[i]));
    source->n_programs = node->n_children;
    return PADAN_OK;
}

static enum padan_status read_columns(struct pd_job_reader *reader, const struct pd_node *node,
                                      const struct pd_job_key *key, void *field)
{
    struct pd_job_source *source = field;
    if (node->kind != PD_NODE_MAPPING)
        return pd_job_fail(reader, node, "%s must be a mapping like {nama: \"NAMA PEGAWAI\"}", key->name);
    PD_TRY(pd_arena_allocate(&reader->job->arena, &source->columns, (node->n_children + 1) * sizeof *source->columns,
                             reader->error));
    for (size_t i = 0; i < node->n_children; i++) {
        struct pd_job_column *column = &source->columns[i];
        column->place = (struct pd_place){ node->keys[i]->line, node->keys[i]->column };
        PD_TRY(pd_job_scalar(reader, node->keys[i], "a canonical name in columns", &column->canonical));
        if (pd_node_is_null(node->items[i]))
            column->column = PD_TEXT("");
        else
            PD_TRY(pd_job_scalar(reader, node->items[i], "a column name in columns", &column->column));
    }
    source->n_columns = node->n_children;
    return PADAN_OK;
}

/* `rows: [min, max]`, either may be null. */
static enum padan_status read_rows(struct pd_job_reader *reader, const struct pd_node *node,
                                   const struct pd_job_key *key, void *field)
{
    struct pd_job_source *source = field;
    if (node->kind != PD_NODE_SEQUENCE || node->n_children != 2)
        return pd_job_fail(reader, node, "%s must be [least, most], for example [1000, 2000] or [1000, null]",
                           key->name);
    if (!pd_node_is_null(node->items[0])) PD_TRY(pd_job_read_count(reader, node->items[0], key, &source->rows_min));
    if (!pd_node_is_null(node->items[1])) PD_TRY(pd_job_read_count(reader, node->items[1], key, &source->rows_max));
    if (source->rows_min <= source->rows_max) return PADAN_OK;
    return pd_job_fail(reader, node, "%s: the least is larger than the most", key->name);
}

static enum padan_status read_delimiter(struct pd_job_reader *reader, const struct pd_node *node,
                                        const struct pd_job_key *key, void *field)
{
    static const struct {
        const char *word;
        char delimiter;
    } words[] = { { "auto", 0 },   { "comma", ',' }, { "semicolon", ';' }, { "tab", '\t' }, { "pipe", '|' },
                  { "\\t", '\t' }, { "\t", '\t' },   { ",", ',' },         { ";", ';' },    { "|", '|' } };
    for (size_t i = 0; i < sizeof words / sizeof *words && node->kind == PD_NODE_SCALAR; i++) {
        if (!pd_text_equal(node->text, pd_text_of(words[i].word))) continue;
        *(char *)field = words[i].delimiter;
        return PADAN_OK;
    }
    return pd_job_fail(reader, node, "%s must be auto, \",\", \";\", \"|\" or \"\\t\"", key->name);
}

/* UTF-16 is told by its mark, whatever is said here. */
static enum padan_status read_encoding(struct pd_job_reader *reader, const struct pd_node *node,
                                       const struct pd_job_key *key, void *field)
{
    static const struct {
        const char *word, *encoding;
    } words[] = { { "auto", "" },         { "utf-8", "utf-8" },
                  { "cp1252", "cp1252" }, { "windows-1252", "cp1252" },
                  { "latin1", "cp1252" }, { "iso-8859-1", "cp1252" },
                  { "utf-16", "" } };
    for (size_t i = 0; i < sizeof words / sizeof *words && node->kind == PD_NODE_SCALAR; i++) {
        if (!pd_text_same_name(node->text, pd_text_of(words[i].word))) continue;
        *(struct pd_text *)field = pd_text_of(words[i].encoding);
        return PADAN_OK;
    }
    return pd_job_fail(reader, node, "%s must be auto, utf-8, utf-16 or cp1252", key->name);
}

static enum padan_status read_header_row(struct pd_job_reader *reader, const struct pd_node *node,
                                         const struct pd_job_key *key, void *field)
{
    uint64_t row = 0;
    const bool automatic = node->kind == PD_NODE_SCALAR && pd_text_equal(node->text, PD_TEXT("auto"));
    if (!automatic) PD_TRY(pd_job_read_count(reader, node, key, &row));
    if (row > HEADER_ROW_MAX || (row == 0 && !automatic))
        return pd_job_fail(reader, node, "%s must be auto or the line of the header, from 1 to %d", key->name,
                           (int)HEADER_ROW_MAX);
    *(unsigned *)field = (unsigned)row;
    return PADAN_OK;
}

static enum padan_status add_column(struct pd_job_reader *reader, struct pd_job_source *source,
                                    struct pd_job_column column)
{
    struct pd_job_column *columns = NULL;
    PD_TRY(pd_arena_allocate(&reader->job->arena, &columns, (source->n_columns + 1) * sizeof *columns, reader->error));
    if (source->n_columns > 0) memcpy(columns, source->columns, source->n_columns * sizeof *columns);
    columns[source->n_columns] = column;
    source->columns = columns;
    source->n_columns++;
    return PADAN_OK;
}

/* A whole number is the rupiah of every row, anything else the column that holds them. */
static enum padan_status read_amount(struct pd_job_reader *reader, const struct pd_node *node,
                                     const struct pd_job_key *key, void *field)
{
    struct pd_job_source *source = field;
    uint64_t amount = 0;
    if (!node->quoted && node->kind == PD_NODE_SCALAR && pd_text_to_u64(node->text, &amount)) {
        if (amount > INT64_MAX / 1000000000) return pd_job_fail(reader, node, "%s is too large", key->name);
        source->amount = (int64_t)amount;
        return PADAN_OK;
    }
    if (node->kind == PD_NODE_SCALAR && pd_text_starts(node->text, PD_TEXT("-")))
        return pd_job_fail(reader, node, "%s must be whole rupiah of 0 or more, or the name of a column", key->name);
    struct pd_job_column column = { .canonical = PD_TEXT("nominal"), .place = { node->line, node->column } };
    PD_TRY(pd_job_scalar(reader, node, key->name, &column.column));
    return add_column(reader, source, column);
}

static enum padan_status note_corrections(struct pd_job_reader *reader, const struct pd_node *node,
                                          const struct pd_job_key *key, void *field)
{
    (void)field;
    return pd_job_note(reader, "%s:%u: `%s` is reserved and does nothing yet", reader->name, node->line, key->name);
}

#define FIELD(member) offsetof(struct pd_job_source, member)
static const struct pd_job_key source_keys[] = {
    { "role", pd_job_read_choice, FIELD(role), role_words, 0 },
    { "path", NULL, 0, NULL, 0 },
    { "paths", NULL, 0, NULL, 0 },
    { "program", read_program, FIELD(program), NULL, PROGRAM },
    { "unit", NULL, FIELD(unit), unit_words, REGISTRY | PROGRAM },
    { "period", read_period, 0, NULL, PROGRAM },
    { "version", pd_job_read_text, FIELD(version), NULL, REGISTRY },
    { "published", pd_job_read_date, FIELD(published), NULL, REGISTRY },
    { "reason", pd_job_read_text, FIELD(reason), NULL, DISQUALIFIER },
    { "level", read_flag, FIELD(level_family), unit_words, DISQUALIFIER },
    { "programs", read_programs, 0, NULL, DISQUALIFIER },
    { "columns", read_columns, 0, NULL, 0 },
    { "optional", pd_job_read_bool, FIELD(optional), NULL, 0 },
    { "on_bad_file", read_flag, FIELD(skip_bad_file), bad_file_words, 0 },
    { "rows", read_rows, 0, NULL, 0 },
    { "unique_id", pd_job_read_text_list, FIELD(unique_id), NULL, 0 },
    { "kode_wilayah", pd_job_read_choice, FIELD(code_system), code_words, 0 },
    { "delimiter", read_delimiter, FIELD(delimiter), NULL, 0 },
    { "encoding", read_encoding, FIELD(encoding), NULL, 0 },
    { "header_row", read_header_row, FIELD(header_row), NULL, 0 },
    { "date_order", pd_job_read_choice, FIELD(date_order), order_words, 0 },
    { "amount", read_amount, 0, NULL, PROGRAM },
    { "amount_per", read_flag, FIELD(amount_per_month), amount_words, PROGRAM },
    { "paid_status", pd_job_read_text_list, FIELD(paid_status), NULL, PROGRAM },
    { "dana", pd_job_read_text, FIELD(fund), NULL, PROGRAM },
    { "corrections", note_corrections, 0, NULL, 0 },
};
#undef FIELD
enum { N_SOURCE_KEYS = sizeof source_keys / sizeof *source_keys };

_Static_assert(sizeof(enum pd_role) == sizeof(int) && sizeof(enum pd_code_system) == sizeof(int) &&
                   sizeof(enum pd_job_date_order) == sizeof(int),
               "pd_job_read_choice writes an int");

/* Keys that this role does not understand. */
static enum padan_status check_roles(struct pd_job_reader *reader, const struct pd_node *node,
                                     const struct pd_job_source *source)
{
    for (size_t i = 0; i < node->n_children; i++)
        for (size_t k = 0; k < N_SOURCE_KEYS; k++) {
            const struct pd_job_key *key = &source_keys[k];
            if (key->roles == 0 || (key->roles & (1u << source->role)) != 0) continue;
            if (pd_text_equal(node->keys[i]->text, pd_text_of(key->name)))
                return pd_job_fail(reader, node->keys[i], "source %s: a %s has no key \"%s\"", source->name.data,
                                   role_words[source->role], key->name);
        }
    return PADAN_OK;
}

static enum padan_status read_unit(struct pd_job_reader *reader, const struct pd_node *node,
                                   struct pd_job_source *source)
{
    if (source->program >= 0) {
        const struct pd_program *program = &reader->job->programs.items[source->program];
        source->unit = program->unit;
        if (source->fund.length == 0) source->fund = program->fund;
    }
    const struct pd_node *unit = pd_node_get(node, "unit");
    if (pd_node_is_null(unit)) return PADAN_OK;
    const struct pd_job_key key = { "unit", NULL, 0, unit_words, 0 };
    int chosen = 0;
    PD_TRY(pd_job_read_choice(reader, unit, &key, &chosen));
    source->unit = chosen == 1 ? PD_UNIT_FAMILY : PD_UNIT_PERSON;
    return PADAN_OK;
}

static enum padan_status read_files(struct pd_job_reader *reader, const struct pd_node *node,
                                    struct pd_job_source *source)
{
    const struct pd_node *path = pd_node_get(node, "path"), *paths = pd_node_get(node, "paths");
    if (!pd_node_is_null(path) && !pd_node_is_null(paths))
        return pd_job_fail(reader, paths, "source %s has both path and paths; keep one", source->name.data);
    const struct pd_node *files = pd_node_is_null(path) ? paths : path;
    if (pd_node_is_null(files))
        return pd_job_fail(reader, node, "source %s names no file; add path: or paths:", source->name.data);
    if (files->kind == PD_NODE_SEQUENCE && files->n_children == 0)
        return pd_job_fail(reader, files, "source %s: the list of files is empty", source->name.data);
    return pd_job_read_paths(reader, files, NULL, source);
}

static enum padan_status read_source(struct pd_job_reader *reader, const struct pd_node *name,
                                     const struct pd_node *node, struct pd_job_source *source)
{
    *source = (struct pd_job_source){ .place = { name->line, name->column },
                                      .program = -1,
                                      .period = { PD_DATE_NONE, PD_DATE_NONE },
                                      .published = PD_DATE_NONE,
                                      .rows_max = UINT64_MAX,
                                      .amount = -1 };
    PD_TRY(pd_job_scalar(reader, name, "the name of a source", &source->name));
    PD_TRY(pd_job_read_mapping(reader, node, "a source", source_keys, N_SOURCE_KEYS, source));
    if (pd_node_is_null(pd_node_get(node, "role")))
        return pd_job_fail(reader, name, "source %s has no role; add role: register, registry, program or disqualifier",
                           source->name.data);
    PD_TRY(check_roles(reader, node, source));
    if (source->role == PD_ROLE_DISQUALIFIER && source->reason.length == 0)
        return pd_job_fail(reader, name, "source %s: a disqualifier needs a reason, for example reason: ASN",
                           source->name.data);
    PD_TRY(read_unit(reader, node, source));
    return read_files(reader, node, source);
}

enum padan_status pd_job_read_sources(struct pd_job_reader *reader, const struct pd_node *node,
                                      const struct pd_job_key *key, void *field)
{
    (void)field;
    struct pd_job *job = reader->job;
    if (node->kind != PD_NODE_MAPPING || node->n_children == 0)
        return pd_job_fail(reader, node, "%s must be a mapping of names to files", key->name);
    if (node->n_children > SOURCES_MAX) return pd_job_fail(reader, node, "more than %d sources", (int)SOURCES_MAX);
    PD_TRY(pd_arena_allocate(&job->arena, &job->sources, node->n_children * sizeof *job->sources, reader->error));
    for (size_t i = 0; i < node->n_children; i++) {
        PD_TRY(read_source(reader, node->keys[i], node->items[i], &job->sources[i]));
        job->n_sources++;
    }
    return PADAN_OK;
}

static enum padan_status clash(const struct pd_job_reader *reader, const struct pd_job_source *a,
                               const struct pd_job_source *b, const char *why)
{
    PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s:%u:%u: sources %s and %s %s", reader->name, b->place.line,
            b->place.column, a->name.data, b->name.data, why);
}

static enum padan_status check_pair(const struct pd_job_reader *reader, const struct pd_job_source *a,
                                    const struct pd_job_source *b)
{
    if (a->role != b->role) return PADAN_OK;
    if (a->role == PD_ROLE_REGISTER)
        return clash(reader, a, b, "are both a register; give one of them all the files with paths: [...]");
    if (a->role == PD_ROLE_PROGRAM && a->program >= 0 && a->program == b->program && a->unit != b->unit)
        return clash(reader, a, b, "are one program but count different units; write the same unit in both");
    if (a->role != PD_ROLE_REGISTRY) return PADAN_OK;
    if (pd_text_equal(a->version, b->version)) {
        if (a->unit != b->unit) return PADAN_OK; /* persons plus families of one version */
        return clash(reader, a, b, "are the same version and unit of the registry; give each its own version");
    }
    if (a->published == PD_DATE_NONE || b->published == PD_DATE_NONE)
        return clash(reader, a, b, "are two versions of the registry; both need published: to tell which was in force");
    return PADAN_OK;
}

enum padan_status pd_job_check_sources(struct pd_job_reader *reader)
{
    const struct pd_job *job = reader->job;
    bool any_program = false;
    for (size_t i = 0; i < job->n_sources; i++) {
        any_program = any_program || job->sources[i].role == PD_ROLE_PROGRAM;
        for (size_t j = i + 1; j < job->n_sources; j++) PD_TRY(check_pair(reader, &job->sources[i], &job->sources[j]));
    }
    if (any_program) return PADAN_OK;
    PD_FAIL(reader->error, PADAN_BAD_ARGUMENT, "%s: no source has role: program; one roster at least is needed",
            reader->name);
}
