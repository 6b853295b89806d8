/* SPDX-License-Identifier: MIT
 * What an index says of itself, in one description for writing and reading. Used inside ingest/ only. */
#ifndef PD_INGEST_SNAPSHOT_CONTENTS_H
#define PD_INGEST_SNAPSHOT_CONTENTS_H

#include "ingest/snapshot.h"

/* Values are appended to `out`, or taken from `in`. */
struct pd_exchange {
    struct pd_buffer *out; /* NULL: reading */
    struct pd_text in;
    struct pd_arena *arena;
    bool failed; /* `in` ended too soon or a value is out of range */
    struct padan_error *error;
};

void pd_exchange_number(struct pd_exchange *exchange, uint64_t *number);
/* A number of at most `most` kept in less room. */
uint64_t pd_exchange_small(struct pd_exchange *exchange, uint64_t number, uint64_t most);
PADAN_MUST_CHECK enum padan_status pd_exchange_text(struct pd_exchange *exchange, struct pd_text *text);
/* All but where the file lies. */
PADAN_MUST_CHECK enum padan_status pd_exchange_snapshot(struct pd_exchange *exchange, struct pd_snapshot *snapshot);
/* The same of a revision. */
PADAN_MUST_CHECK enum padan_status pd_exchange_revision(struct pd_exchange *exchange, struct pd_snapshot *snapshot);

#endif
