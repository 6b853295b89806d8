/* SPDX-License-Identifier: MIT
 * A schema of a PostgreSQL server with a table a table, and indexes on what tables are joined by. */
#ifndef PD_EXPORT_SERVER_H
#define PD_EXPORT_SERVER_H

#include "export/listing.h"

/* In one transaction: all tables or none. Tables of these names are replaced, others of the schema stay. */
PADAN_MUST_CHECK enum padan_status pd_server_write(const struct pd_export_options *options,
                                                   const struct pd_listing *listing, struct pd_export_summary *summary,
                                                   struct padan_error *error);

#endif
