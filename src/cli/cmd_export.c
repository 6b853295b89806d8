/* SPDX-License-Identifier: MIT
 * `padan export`: tables of a run for spreadsheets and for queries. */
#include "base/postgres_name.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "export/export.h"
#include "indonesia/region.h"
#include "report/manifest_read.h"

#include <stdio.h>
#include <string.h>

struct request {
    struct pd_export_options export;
    const char *bahasa;
};

#define FIELD(member) offsetof(struct request, member)
static const struct pd_option options[] = {
    { "xlsx", "FILE", "write a workbook: numbers of people stay texts, which Excel does not round", PD_OPTION_TEXT,
      FIELD(export.workbook) },
    { "sqlite", "FILE", "write a SQLite database, indexed by rows, clusters and regions", PD_OPTION_TEXT,
      FIELD(export.database) },
    { "postgres", "URI", "write tables of a PostgreSQL schema: postgresql://HOST/DATABASE#SCHEMA", PD_OPTION_TEXT,
      FIELD(export.server) },
    { "tables", "NAME,...", "only these tables, by the names of their files without .csv", PD_OPTION_TEXT,
      FIELD(export.tables) },
    { "wilayah", "CODE", "only rows of this region, such as 32.04; tables without regions stay whole", PD_OPTION_TEXT,
      FIELD(export.region) },
    { "bahasa", "id|en", "language of the workbook's first sheet (id)", PD_OPTION_TEXT, FIELD(bahasa) },
};
#undef FIELD

static const struct pd_command_line line = {
    .name = "export",
    .operands = "RUN",
    .summary = "Writes tables of a finished run as a workbook for people or as a database for queries.",
    .notes =
        "RUN is a folder of padan run, dedupe or link; it stays as it is, and what is masked there is masked here.\n"
        "A workbook has what people read, unless --tables names more: not klaster, pasangan, hasil_padan and\n"
        "cakupan_keluarga, which have a line for every row. A database has all tables. In a schema of PostgreSQL, made "
        "when\n"
        "it is not there, tables of these names are replaced, all of them or none.\n"
        "Exit codes: 0 done; 2 the command is wrong; 3 the folder cannot be used; 4 the system.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .operands_min = 1,
    .operands_max = 1,
};

/* A code in any spelling, or of an earlier edition, as the tables of a run have it; 0 when no region has it. */
static uint64_t find_region(struct pd_text text, struct padan_error *error)
{
    struct pd_region_index regions;
    bool was_old = false;
    if (pd_region_index_load(&regions, error) != PADAN_OK) return 0;
    const uint64_t written = pd_region_code_of_text(text), code = pd_region_modern(&regions, written, &was_old);
    /* What is not known at its own level is not the region around it. */
    const bool is_known = code != 0 && pd_region_level(code) == pd_region_level(written);
    pd_region_index_reset(&regions);
    return is_known ? code : 0;
}

/* `dotted` gets what the tables call the region of --wilayah. */
static enum padan_status name_region(struct pd_export_options *export, struct pd_buffer *dotted,
                                     struct padan_error *error)
{
    static const char unplaced[] = "tak_dikenal";
    if (export->region == NULL || strstr(export->region, unplaced) != NULL) return PADAN_OK;
    const uint64_t code = find_region(pd_text_of(export->region), error);
    if (code == 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT,
                "--wilayah: no region has the code %.40s; write one of 2, 4, 6 or 10 digits, such as 32.04",
                export->region);
    pd_region_append_dotted(dotted, code);
    pd_append_byte(dotted, '\0');
    export->region = dotted->data;
    return pd_buffer_status(dotted, error);
}

static enum padan_status tell_server(const char *server, struct padan_error *error)
{
    struct pd_buffer name = { 0 };
    pd_postgres_append_name(&name, server);
    const enum padan_status status = pd_buffer_status(&name, error);
    if (status == PADAN_OK) printf("%.*s\n", (int)name.length, name.data);
    pd_buffer_reset(&name);
    return status;
}

/* Beside the files, which are as they were asked for. */
static void tell_region(const struct pd_export_options *export, enum pd_export_region found)
{
    if (found == PD_REGION_WITHOUT_ROWS)
        fprintf(stderr, "padan export: --wilayah: no row is of region %s; only tables without regions have rows\n",
                export->region);
    if (found == PD_REGION_IN_NO_TABLE)
        fprintf(stderr, "padan export: --wilayah: none of the tables has a region; they are whole\n");
}

static enum padan_status export_run(struct request *request, const char *run, struct padan_error *error)
{
    struct pd_export_summary summary;
    struct pd_buffer region = { 0 };
    struct pd_export_options *export = &request->export;
    if (export->workbook == NULL && export->database == NULL && export->server == NULL)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "say what to write: --xlsx FILE, --sqlite FILE, --postgres URI, or several");
    if (request->bahasa != NULL && strcmp(request->bahasa, "id") != 0 && strcmp(request->bahasa, "en") != 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--bahasa must be id or en");
    PD_TRY(pd_manifest_check_folder(run, error));
    export->run = run;
    export->english = request->bahasa != NULL && strcmp(request->bahasa, "en") == 0;
    enum padan_status status = name_region(export, &region, error);
    if (status == PADAN_OK) status = pd_export(export, &summary, error);
    if (status == PADAN_OK) tell_region(export, summary.region);
    pd_buffer_reset(&region);
    PD_TRY(status);
    printf("tables %zu, rows %llu\n", summary.n_tables, (unsigned long long)summary.n_rows);
    if (export->workbook != NULL) printf("%s\n", export->workbook);
    if (export->database != NULL) printf("%s\n", export->database);
    return export->server != NULL ? tell_server(export->server, error) : PADAN_OK;
}

int pd_command_export(int argc, char **argv)
{
    struct request request = { .bahasa = NULL };
    struct padan_error error = { .status = PADAN_OK };
    size_t n_operands = 0;
    const enum pd_parsed parsed = pd_options_parse(&line, argc, argv, &request, &n_operands);
    if (parsed != PD_PARSED) return pd_parsed_exit_code(parsed);
    const enum padan_status status = export_run(&request, argv[1], &error);
    if (status != PADAN_OK) fprintf(stderr, "padan export: %s\n", error.message);
    return padan_exit_code(status);
}
