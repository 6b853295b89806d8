/* SPDX-License-Identifier: MIT */
#include "export/export.h"

#include "base/file.h"
#include "export/database.h"
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
    pd_listing_reset(&listing);
    return status;
}
