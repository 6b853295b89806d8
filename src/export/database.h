/* SPDX-License-Identifier: MIT
 * A SQLite database with a table a table, and indexes on what tables are joined by. */
#ifndef PD_EXPORT_DATABASE_H
#define PD_EXPORT_DATABASE_H

#include "export/listing.h"

PADAN_MUST_CHECK enum padan_status pd_database_write(const struct pd_export_options *options,
                                                     const struct pd_listing *listing,
                                                     struct pd_export_summary *summary, struct padan_error *error);

#endif
