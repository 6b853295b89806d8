/* SPDX-License-Identifier: MIT
 * A workbook: a first sheet that says what is in it, and a sheet a table (several where it has more rows than one
 * holds). Codes and numbers of people are text cells, which no spreadsheet program rounds. */
#ifndef PD_EXPORT_WORKBOOK_H
#define PD_EXPORT_WORKBOOK_H

#include "export/listing.h"

PADAN_MUST_CHECK enum padan_status pd_workbook_write(const struct pd_export_options *options,
                                                     const struct pd_listing *listing,
                                                     struct pd_export_summary *summary, struct padan_error *error);

#endif
