/* SPDX-License-Identifier: MIT
 * A column put together from parts: a full name from first and last name, a date from year, month and day. */
#ifndef PD_TABLE_JOIN_H
#define PD_TABLE_JOIN_H

#include "table/table.h"

/* A row that lacks a part has the parts it has where a blank stands between them, and else nothing: half a date is
 * none.
 */
struct pd_column_parts {
    const size_t *columns; /* in their order; the whole may be one of them */
    size_t n;
    struct pd_text between;
};

/* The joined text of a record, empty where there is none, of at most `room` bytes; longer ones are cut. */
struct pd_text pd_parts_text(const struct pd_table *table, const struct pd_column_parts *parts, size_t record,
                             char *out, size_t room);
/* Gives `into` what its parts make where it has no value, or is one of them; the other parts have no values any more.
 * All are texts as ingest makes them (CODE or DIGITS). Cost O(records). */
PADAN_MUST_CHECK enum padan_status pd_table_join(struct pd_table *table, size_t into,
                                                 const struct pd_column_parts *parts, struct padan_error *error);

#endif
