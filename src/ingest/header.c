/* SPDX-License-Identifier: MIT
 * From headers to columns. Canonical names come from datasets/alias_kolom.csv, in ranks: `nama_kepala_keluarga` is a
 * name only where no better one is there. Two headers of one rank on one name are an error that names both, because a
 * silent choice would link the wrong persons.
 *
 * SIKS-NG rows carry a 0/1 flag and a period per program [s:siks-fields]. For a source of one program its flag selects
 * the rows and its `periode_*` becomes the period. */
#include "ingest/known_names.h"

#include "base/delimited.h"
#include "base/embedded.h"
#include "base/memory.h"

#include <stdio.h>

enum { RANKS = 10 }; /* more than the table of aliases has */

static const char alias_file[] = "datasets/alias_kolom.csv";

static enum padan_status load_aliases(struct pd_alias_table *table, struct pd_delimited *reader,
                                      struct padan_error *error)
{
    size_t canonical = 0;
    size_t alias = 0;
    size_t rank = 0;
    PD_TRY(pd_delimited_column(reader, "kanonik", &canonical, error));
    PD_TRY(pd_delimited_column(reader, "alias", &alias, error));
    PD_TRY(pd_delimited_column(reader, "urutan", &rank, error));
    for (;;) {
        bool more = false;
        PD_TRY(pd_delimited_next(reader, &more, error));
        if (!more) return PADAN_OK;
        PD_TRY(pd_grow(&table->items, &table->capacity, table->n_items + 1, sizeof *table->items, error));
        struct pd_alias *item = &table->items[table->n_items];
        uint64_t number = 1;
        if (!pd_text_to_u64(reader->fields[rank], &number)) {
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s:%zu: urutan is no number", alias_file, reader->line);
        }
        item->rank = (unsigned)number;
        PD_TRY(pd_arena_copy(&table->arena, reader->fields[canonical], &item->canonical, error));
        PD_TRY(pd_arena_copy(&table->arena, reader->fields[alias], &item->alias, error));
        table->n_items++;
    }
}

enum padan_status pd_alias_load(struct pd_alias_table *table, struct padan_error *error)
{
    *table = (struct pd_alias_table){ 0 };
    const struct pd_text content = pd_embedded(alias_file);
    if (content.data == NULL) PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s is not compiled in", alias_file);
    struct pd_delimited reader;
    PD_TRY(pd_delimited_open(&reader, content, ',', alias_file, error));
    const enum padan_status status = load_aliases(table, &reader, error);
    pd_delimited_reset(&reader);
    return status;
}

void pd_alias_reset(struct pd_alias_table *table)
{
    pd_free(table->items);
    pd_arena_reset(&table->arena);
    *table = (struct pd_alias_table){ 0 };
}

bool pd_flag_read(struct pd_text text, bool *known)
{
    static const char *const yes[] = { "1",   "y",      "ya",       "yes",   "v",        "x",     "t",    "true",
                                       "ada", "terima", "menerima", "dapat", "penerima", "aktif", "benar" };
    static const char *const no[] = { "0",
                                      "-",
                                      "n",
                                      "tidak",
                                      "no",
                                      "false",
                                      "tdk",
                                      "tidak ada",
                                      "tidak terima",
                                      "tidak menerima",
                                      "tidak dapat",
                                      "bukan",
                                      "bukan penerima",
                                      "null",
                                      "#n/a",
                                      "nonaktif",
                                      "tidak aktif",
                                      "f",
                                      "salah" };
    const struct pd_text word = pd_text_trim(text);
    *known = true;
    if (word.length == 0) return false;
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        if (pd_text_same_name(word, pd_text_of(no[i]))) return false;
    }
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (pd_text_same_name(word, pd_text_of(yes[i]))) return true;
    }
    *known = false;
    return false;
}

/* What mapping one file needs to know. */
struct mapper {
    struct pd_layout *layout;
    const struct pd_ingest_options *options;
    const struct pd_input_file *file;
    const struct pd_input_source *source;
    const char *name;
    const struct pd_alias_table *aliases;
    struct pd_text sample;
    bool complete;
    struct pd_arena *arena;
    bool *taken; /* [n_fields] the field has its use already */
};

static int find_header(const struct pd_layout *layout, struct pd_text header)
{
    for (uint32_t i = 0; i < layout->n_fields; i++) {
        if (pd_text_equal(layout->columns[i].header, header)) return (int)i;
    }
    for (uint32_t i = 0; i < layout->n_fields; i++) {
        if (pd_text_same_name(pd_text_shown(layout->columns[i].header), header)) return (int)i;
    }
    return PD_NO_FIELD;
}

static enum padan_status absent_column(const struct mapper *mapper, struct pd_text header, struct padan_error *error)
{
    PD_FAIL(error, PADAN_BAD_ARGUMENT, "%s: has no column \"%.*s\", which the settings name", mapper->name,
            PD_TEXT_ARGS(header));
}

/* What a column is looked up by. */
static struct pd_text looked_up(const struct pd_file_column *column)
{
    return column->known_as.length > 0 ? column->known_as : pd_header_words(column->header);
}

/* Rank of a header as an alias of a canonical name, 0 = none. */
static unsigned rank_of(const struct pd_alias_table *aliases, struct pd_text canonical, struct pd_text header)
{
    for (size_t i = 0; i < aliases->n_items; i++) {
        if (pd_text_same_name(aliases->items[i].alias, header) &&
            pd_text_equal(aliases->items[i].canonical, canonical)) {
            return aliases->items[i].rank;
        }
    }
    return 0;
}

/* A name that is none of padan's is a column of the job's own, but not one for a header that padan knows: then it is a
 * slip, and the column would be missing where it is looked for. */
static enum padan_status check_choice(const struct mapper *mapper, const struct pd_column_choice *choice,
                                      struct padan_error *error)
{
    struct pd_text known = { NULL, 0 };
    if (!mapper->options->canonical) return PADAN_OK;
    for (size_t i = 0; i < mapper->aliases->n_items; i++) {
        const struct pd_alias *item = &mapper->aliases->items[i];
        if (pd_text_equal(item->canonical, choice->canonical)) return PADAN_OK;
        if (known.length == 0 && pd_text_same_name(item->alias, pd_header_words(choice->header)))
            known = item->canonical;
    }
    if (known.length == 0 || pd_text_equal(choice->canonical, PD_TEXT("unique_id"))) return PADAN_OK;
    PD_FAIL(error, PADAN_BAD_ARGUMENT,
            "%s: the settings call the column \"%.*s\" %.*s, a name that padan does not know; write %.*s", mapper->name,
            PD_TEXT_ARGS(choice->header), PD_TEXT_ARGS(choice->canonical), PD_TEXT_ARGS(known));
}

static enum padan_status apply_choices(const struct mapper *mapper, struct padan_error *error)
{
    for (size_t i = 0; i < mapper->file->n_choices; i++) {
        const struct pd_column_choice *choice = &mapper->file->choices[i];
        if (choice->header.length == 0) continue;
        PD_TRY(check_choice(mapper, choice, error));
        const int field = find_header(mapper->layout, choice->header);
        if (field == PD_NO_FIELD) return absent_column(mapper, choice->header, error);
        mapper->layout->columns[field].name = choice->canonical;
        mapper->taken[field] = true;
    }
    return PADAN_OK;
}

static bool is_decided(const struct mapper *mapper, struct pd_text canonical)
{
    for (size_t i = 0; i < mapper->file->n_choices; i++) {
        if (pd_text_equal(mapper->file->choices[i].canonical, canonical)) return true;
    }
    return mapper->file->n_unique_id > 0 && pd_text_equal(canonical, PD_TEXT("unique_id"));
}

static enum padan_status apply_unique_id(const struct mapper *mapper, struct padan_error *error)
{
    struct pd_layout *layout = mapper->layout;
    const size_t n = mapper->file->n_unique_id;
    PD_TRY(pd_arena_allocate(mapper->arena, &layout->id_fields, (n + 1) * sizeof *layout->id_fields, error));
    for (size_t i = 0; i < n; i++) {
        const int field = find_header(layout, mapper->file->unique_id[i]);
        if (field == PD_NO_FIELD) return absent_column(mapper, mapper->file->unique_id[i], error);
        layout->id_fields[i] = field;
    }
    layout->n_id_fields = n;
    return PADAN_OK;
}

/* The column that tells the source keeps the name it was asked by. */
static enum padan_status apply_source_column(const struct mapper *mapper, struct padan_error *error)
{
    const struct pd_text wanted = mapper->options->source_column;
    if (wanted.length == 0) return PADAN_OK;
    const int field = find_header(mapper->layout, wanted);
    if (field == PD_NO_FIELD) return absent_column(mapper, wanted, error);
    mapper->layout->columns[field].name = wanted;
    mapper->taken[field] = true;
    return PADAN_OK;
}

static enum padan_status two_columns(const struct mapper *mapper, int a, int b, struct pd_text canonical,
                                     struct padan_error *error)
{
    const struct pd_file_column *columns = mapper->layout->columns;
    if (pd_text_equal(columns[a].header, columns[b].header))
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "%s: two columns, numbers %d and %d, have the header \"%.*s\"; rename one of them in the file",
                mapper->name, a + 1, b + 1, PD_TEXT_ARGS(columns[a].header));
    PD_FAIL(error, PADAN_BAD_ARGUMENT,
            "%s: the columns \"%.*s\" and \"%.*s\" are both \"%.*s\"; say which with columns: {%.*s: ...}",
            mapper->name, PD_TEXT_ARGS(columns[a].header), PD_TEXT_ARGS(columns[b].header), PD_TEXT_ARGS(canonical),
            PD_TEXT_ARGS(canonical));
}

/* Gives one canonical name to the header of the lowest rank. */
static enum padan_status map_name(const struct mapper *mapper, struct pd_text canonical, struct padan_error *error)
{
    int best = PD_NO_FIELD;
    int rival = PD_NO_FIELD;
    unsigned best_rank = 0;
    for (uint32_t i = 0; i < mapper->layout->n_fields; i++) {
        if (mapper->taken[i]) continue;
        const struct pd_file_column *column = &mapper->layout->columns[i];
        unsigned rank = rank_of(mapper->aliases, canonical, looked_up(column));
        if (rank > 0 && column->by_part) rank += RANKS;
        if (rank == 0 || (best != PD_NO_FIELD && rank > best_rank)) continue;
        rival = best != PD_NO_FIELD && rank == best_rank ? (rival == PD_NO_FIELD ? best : rival) : PD_NO_FIELD;
        best = (int)i;
        best_rank = rank;
    }
    if (best == PD_NO_FIELD) return PADAN_OK;
    if (rival != PD_NO_FIELD) return two_columns(mapper, rival, best, canonical, error);
    mapper->layout->columns[best].name = canonical;
    mapper->taken[best] = true;
    return PADAN_OK;
}

static bool is_flag_name(const struct pd_alias_table *aliases, struct pd_text header)
{
    return rank_of(aliases, PD_TEXT("penanda_program"), header) != 0;
}

static bool is_program_name(const struct pd_input_source *source, struct pd_text text)
{
    for (size_t i = 0; i < source->n_program_names; i++) {
        if (pd_text_same_name(source->program_names[i], text)) return true;
    }
    return false;
}

/* Whether all cells of a column in the sample are flags. */
static bool holds_flags(const struct mapper *mapper, int field, struct pd_field *fields)
{
    struct pd_scanner scanner;
    pd_layout_scanner(mapper->layout, mapper->sample, mapper->complete, &scanner);
    size_t position = mapper->layout->data_begin;
    while (position < scanner.end) {
        struct pd_row row;
        pd_scan_row(&scanner, position, mapper->layout->n_fields, fields, &row);
        if (row.kind == PD_ROW_INCOMPLETE) break;
        position = row.next;
        if (row.kind != PD_ROW_FIELDS || row.n_fields != mapper->layout->n_fields) continue;
        struct pd_text text = { fields[field].data, fields[field].length };
        if (fields[field].raw) return false;
        bool known = false;
        (void)pd_flag_read(text, &known);
        if (!known) return false;
    }
    return true;
}

static struct pd_text after_periode(struct pd_text header)
{
    static const char prefix[] = "periode";
    const size_t n = sizeof prefix - 1;
    if (header.length <= n || !pd_text_same_name(pd_text_slice(header, 0, n), PD_TEXT("periode"))) {
        return (struct pd_text){ NULL, 0 };
    }
    return pd_text_slice(header, n, header.length);
}

/* Finds the flag of the source's program and the period that goes with it. */
static enum padan_status map_wide_form(const struct mapper *mapper, struct padan_error *error)
{
    struct pd_layout *layout = mapper->layout;
    struct pd_field *fields = NULL;
    int period = PD_NO_FIELD;
    size_t n_periods = 0;
    PD_TRY(pd_allocate(&fields, layout->n_fields, sizeof *fields, error));
    for (uint32_t i = 0; i < layout->n_fields; i++) {
        const struct pd_text header = pd_text_shown(layout->columns[i].header);
        const struct pd_text rest = after_periode(header);
        if (mapper->taken[i]) continue;
        if (layout->flag_field == PD_NO_FIELD && is_program_name(mapper->source, header) &&
            is_flag_name(mapper->aliases, header) && holds_flags(mapper, (int)i, fields)) {
            layout->flag_field = (int)i;
        }
        if (rest.length == 0) continue;
        n_periods += is_flag_name(mapper->aliases, rest);
        if (is_program_name(mapper->source, rest)) period = (int)i;
        if (n_periods == 1 && period == PD_NO_FIELD && mapper->source->n_program_names == 0) period = (int)i;
    }
    pd_free(fields);
    const bool one = mapper->source->n_program_names > 0 || n_periods == 1;
    if (period != PD_NO_FIELD && one && !is_decided(mapper, PD_TEXT("periode"))) {
        layout->columns[period].name = PD_TEXT("periode");
        mapper->taken[period] = true;
    }
    return PADAN_OK;
}

static bool has_name(const struct pd_layout *layout, struct pd_text name)
{
    for (uint32_t i = 0; i < layout->n_fields; i++) {
        if (pd_text_equal(layout->columns[i].name, name)) return true;
    }
    return false;
}

/* One of them is what a roster has. */
enum { NAMES_OF_PEOPLE = 8 };
static const char *const names_of_people[NAMES_OF_PEOPLE] = { "nik",    "nama",    "no_kk",  "nisn",
                                                              "no_jkn", "id_dtks", "id_art", "no_peserta_pkh" };

/* Before headers have got their names. */
static bool is_roster(const struct mapper *mapper)
{
    for (uint32_t field = 0; field < mapper->layout->n_fields; field++) {
        const struct pd_text header = looked_up(&mapper->layout->columns[field]);
        for (size_t i = 0; i < NAMES_OF_PEOPLE; i++)
            if (rank_of(mapper->aliases, pd_text_of(names_of_people[i]), header) != 0) return true;
    }
    return false;
}

static enum padan_status check_usable(const struct mapper *mapper, struct padan_error *error)
{
    for (size_t i = 0; i < NAMES_OF_PEOPLE; i++) {
        if (has_name(mapper->layout, pd_text_of(names_of_people[i]))) return PADAN_OK;
    }
    if (mapper->layout->n_fields == 1)
        PD_FAIL(error, PADAN_BAD_INPUT,
                "%s: no usable columns: row %u is one column, which is not known as nik, nama or no_kk; columns are "
                "parted by comma, semicolon, | or tab, and a delimiter: of the job must be the file's",
                mapper->name, mapper->layout->header_row);
    PD_FAIL(error, PADAN_BAD_INPUT,
            "%s: no usable columns: none of the %u headers in row %u is known as nik, nama or no_kk; say which column "
            "is which with columns: {nama: ...}",
            mapper->name, mapper->layout->n_fields, mapper->layout->header_row);
}

static enum padan_status map_canonical(const struct mapper *mapper, struct padan_error *error)
{
    const struct pd_alias_table *aliases = mapper->aliases;
    PD_TRY(map_wide_form(mapper, error));
    for (size_t i = 0; i < aliases->n_items; i++) {
        const struct pd_text canonical = aliases->items[i].canonical;
        if (i > 0 && pd_text_equal(canonical, aliases->items[i - 1].canonical)) continue;
        if (pd_text_equal(canonical, PD_TEXT("penanda_program")) || is_decided(mapper, canonical)) continue;
        if (has_name(mapper->layout, canonical)) continue;
        PD_TRY(map_name(mapper, canonical, error));
    }
    for (uint32_t i = 0; i < mapper->layout->n_fields; i++) {
        struct pd_file_column *column = &mapper->layout->columns[i];
        column->is_program = column->name.length == 0 && is_flag_name(aliases, looked_up(column));
        if (pd_text_equal(column->name, PD_TEXT("nik"))) mapper->layout->nik_field = (int)i;
    }
    return check_usable(mapper, error);
}

static bool is_ignored(const struct pd_ingest_options *options, struct pd_text header)
{
    for (size_t i = 0; i < options->n_ignore; i++) {
        if (pd_text_same_name(options->ignore[i], header)) return true;
    }
    return false;
}

static bool is_wanted(const struct pd_ingest_options *options, struct pd_text name)
{
    for (size_t i = 0; i < options->n_wanted; i++) {
        if (pd_text_same_name(options->wanted[i], name)) return true;
    }
    return options->n_wanted == 0;
}

/* Takes the names from columns that nobody asked for, once all columns have got theirs. */
static void drop_unwanted(const struct mapper *mapper)
{
    struct pd_layout *layout = mapper->layout;
    for (uint32_t i = 0; i < layout->n_fields; i++) {
        if (mapper->taken[i] || is_wanted(mapper->options, layout->columns[i].name)) continue;
        layout->columns[i].name = (struct pd_text){ NULL, 0 };
    }
}

static bool is_part_of_id(const struct pd_layout *layout, uint32_t field)
{
    for (size_t i = 0; i < layout->n_id_fields; i++)
        if (layout->id_fields[i] == (int)field) return true;
    return false;
}

/* Whether a column has the name, or rows have their ids under it: those of another column. */
static bool is_given(const struct mapper *mapper, struct pd_text name)
{
    return has_name(mapper->layout, name) ||
           (mapper->file->n_unique_id > 0 && pd_text_equal(name, PD_TEXT("unique_id")));
}

/* The header, or what stands for it where it is empty or another field has it. */
static enum padan_status find_free_name(const struct mapper *mapper, uint32_t field, struct pd_text header,
                                        struct pd_text *name, struct padan_error *error)
{
    *name = header;
    for (unsigned copy = 2; name->length == 0 || is_given(mapper, *name); copy++) {
        struct pd_buffer text = { 0 };
        if (header.length == 0) {
            pd_append_format(&text, "kolom_%u", field + copy - 1);
        } else {
            pd_append_format(&text, "%.*s_%u", PD_TEXT_ARGS(header), copy);
        }
        const enum padan_status status =
            pd_arena_copy(mapper->arena, (struct pd_text){ text.data, text.length }, name, error);
        pd_buffer_reset(&text);
        PD_TRY(status);
    }
    return PADAN_OK;
}

/* Keeps headers as they are; an empty one is kolom_<n>, a repeated one gets a number. */
static enum padan_status map_as_written(const struct mapper *mapper, struct padan_error *error)
{
    struct pd_layout *layout = mapper->layout;
    const bool wants_id = mapper->file->n_unique_id == 0 && !has_name(layout, PD_TEXT("unique_id"));
    for (int pass = 0; pass < 2 && wants_id && !has_name(layout, PD_TEXT("unique_id")); pass++) {
        const int field = find_header(layout, pass == 0 ? PD_TEXT("unique_id") : PD_TEXT("id_baris"));
        if (field == PD_NO_FIELD || mapper->taken[field]) continue;
        layout->columns[field].name = PD_TEXT("unique_id");
        mapper->taken[field] = true;
    }
    for (uint32_t i = 0; i < layout->n_fields; i++) {
        const struct pd_text header = pd_text_shown(layout->columns[i].header);
        if (mapper->taken[i] || is_ignored(mapper->options, header)) continue;
        if (is_part_of_id(layout, i)) continue;
        struct pd_text name;
        PD_TRY(find_free_name(mapper, i, header, &name, error));
        layout->columns[i].name = name;
    }
    drop_unwanted(mapper);
    return PADAN_OK;
}

/* Every field, by its number from 0. */
static enum padan_status map_raw(const struct mapper *mapper, struct padan_error *error)
{
    for (uint32_t i = 0; i < mapper->layout->n_fields; i++) {
        char number[16];
        (void)snprintf(number, sizeof number, "%u", i);
        PD_TRY(pd_arena_copy(mapper->arena, pd_text_of(number), &mapper->layout->columns[i].name, error));
    }
    return PADAN_OK;
}

static enum padan_status map_names(const struct mapper *mapper, struct padan_error *error)
{
    if (mapper->options->raw) return map_raw(mapper, error);
    mapper->layout->canonical = mapper->options->canonical && (!mapper->options->or_as_written || is_roster(mapper));
    return mapper->layout->canonical ? map_canonical(mapper, error) : map_as_written(mapper, error);
}

/* The list of fields to load; the id comes first. */
static enum padan_status list_loads(const struct mapper *mapper, struct padan_error *error)
{
    struct pd_layout *layout = mapper->layout;
    PD_TRY(pd_arena_allocate(mapper->arena, &layout->loads, (layout->n_fields + 2) * sizeof *layout->loads, error));
    if (layout->n_id_fields > 0) {
        const int field = layout->n_id_fields == 1 ? layout->id_fields[0] : PD_NO_FIELD;
        layout->loads[layout->n_loads++] = (struct pd_load){ field, PD_NO_FIELD };
    }
    for (uint32_t i = 0; i < layout->n_fields; i++) {
        if (layout->columns[i].name.length == 0) continue;
        PD_TRY(pd_arena_copy(mapper->arena, layout->columns[i].name, &layout->columns[i].name, error));
        layout->loads[layout->n_loads++] = (struct pd_load){ (int)i, PD_NO_FIELD };
    }
    return PADAN_OK;
}

enum padan_status pd_layout_map(struct pd_layout *layout, const struct pd_ingest_options *options,
                                const struct pd_input_file *file, const char *name,
                                const struct pd_alias_table *aliases, struct pd_text sample, bool complete,
                                struct pd_arena *arena, struct padan_error *error)
{
    struct mapper mapper = { .layout = layout,
                             .options = options,
                             .file = file,
                             .source = &options->sources[file->source],
                             .name = name,
                             .aliases = aliases,
                             .sample = sample,
                             .complete = complete,
                             .arena = arena };
    layout->raw = options->raw;
    PD_TRY(pd_arena_allocate(arena, &mapper.taken, layout->n_fields + 1, error));
    PD_TRY(apply_choices(&mapper, error));
    PD_TRY(apply_unique_id(&mapper, error));
    PD_TRY(apply_source_column(&mapper, error));
    PD_TRY(map_names(&mapper, error));
    return list_loads(&mapper, error);
}
