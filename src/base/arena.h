/* SPDX-License-Identifier: MIT
 * Memory that lives as long as its owner: many small objects (syntax trees, models, job settings), freed at once.
 * Pointers stay valid until pd_arena_reset or pd_arena_clear. {0} is an empty arena. Not for rows of tables (those use
 * offsets). */
#ifndef PD_BASE_ARENA_H
#define PD_BASE_ARENA_H

#include "base/buffer.h"

struct pd_arena {
    struct pd_arena_chunk *chunk;
};

/* Zeroed, 16-byte aligned. */
PADAN_MUST_CHECK enum padan_status pd_arena_allocate(struct pd_arena *arena, void *out, size_t bytes,
                                                     struct padan_error *error);
/* A copy of text, followed by a NUL byte that is not counted. */
PADAN_MUST_CHECK enum padan_status pd_arena_copy(struct pd_arena *arena, struct pd_text text, struct pd_text *out,
                                                 struct padan_error *error);
/* The same of what a buffer holds, which is freed; its own failure when it had one. */
PADAN_MUST_CHECK enum padan_status pd_arena_keep(struct pd_arena *arena, struct pd_buffer *buffer, struct pd_text *out,
                                                 struct padan_error *error);
void pd_arena_reset(struct pd_arena *arena);
/* Ends the life of everything in the arena but keeps its first chunk, for scratch that is filled again and again. */
void pd_arena_clear(struct pd_arena *arena);

#endif
