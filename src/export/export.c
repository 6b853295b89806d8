/* SPDX-License-Identifier: MIT */
#include "export/export.h"

#include "base/file.h"
#include "export/database.h"
#include "export/rows.h"
#include "export/server.h"
#include "export/workbook.h"

/* A finished run stays as it was written. */
static enum padan_status check_place(const char *run, const char *file, struct padan_error *error)
{
    struct pd_buffer inside = { 0 };
    bool within = false;
    if (file == NULL) return PADAN_OK;
    pd_path_join(&inside, pd_text_of(run), PD_TEXT("manifest.json"));
    enum padan_status status = pd_buffer_status(&inside, error);
    if (status == PADAN_OK) status = pd_path_same_folder(file, inside.data, &within, error);
    if (status == PADAN_OK && within)
        status = pd_fail(error, PADAN_BAD_ARGUMENT,
                         "%s is in the run folder, which stays as it is; choose another place", file);
    pd_buffer_reset(&inside);
    return status;
}

static enum padan_status look_into_table(const struct pd_listed_table *table, const char *region,
                                         enum pd_export_region *found, struct padan_error *error)
{
    struct pd_export_rows rows;
    const struct pd_text *fields = NULL;
    PD_TRY(pd_export_rows_open(&rows, table, region, error));
    enum padan_status status = PADAN_OK;
    if (rows.region_column >= 0) {
        status = pd_export_rows_next(&rows, &fields, error);
        *found = fields != NULL ? PD_REGION_FOUND : PD_REGION_WITHOUT_ROWS;
    }
    pd_export_rows_close(&rows);
    return status;
}

/* Up to the first row of the region: a code that exists may be that of a region nobody in the run lives in, and files
 * without a finding would look as if all were well there. */
static enum padan_status look_for_region(const struct pd_export_options *options, const struct pd_listing *listing,
                                         enum pd_export_region *found, struct padan_error *error)
{
    *found = options->region == NULL ? PD_REGION_FOUND : PD_REGION_IN_NO_TABLE;
    for (size_t i = 0; i < listing->n_items && *found != PD_REGION_FOUND; i++)
        PD_TRY(look_into_table(&listing->items[i], options->region, found, error));
    return PADAN_OK;
}

enum padan_status pd_export(const struct pd_export_options *options, struct pd_export_summary *summary,
                            struct padan_error *error)
{
    struct pd_listing listing;
    *summary = (struct pd_export_summary){ .n_tables = 0 };
    PD_TRY(pd_listing_make(&listing, options, error));
    enum padan_status status = check_place(options->run, options->workbook, error);
    if (status == PADAN_OK) status = check_place(options->run, options->database, error);
    if (status == PADAN_OK && options->workbook != NULL) status = pd_workbook_write(options, &listing, summary, error);
    if (status == PADAN_OK && options->database != NULL) status = pd_database_write(options, &listing, summary, error);
    if (status == PADAN_OK && options->server != NULL) status = pd_server_write(options, &listing, summary, error);
    if (status == PADAN_OK) status = look_for_region(options, &listing, &summary->region, error);
    pd_listing_reset(&listing);
    return status;
}
