/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include "base/memory.h"

struct pd_arena_chunk {
    struct pd_arena_chunk *previous;
    size_t used, capacity;
    _Alignas(16) char bytes[];
};

enum { CHUNK_BYTES = 32 * 1024, ALIGNMENT = 16 };

enum padan_status pd_arena_allocate(struct pd_arena *arena, void *out, size_t bytes, struct padan_error *error)
{
    const size_t size = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct pd_arena_chunk *chunk = arena->chunk;
    if (chunk == NULL || chunk->capacity - chunk->used < size) {
        const size_t capacity = size > CHUNK_BYTES ? size : CHUNK_BYTES;
        PD_TRY(pd_allocate(&chunk, 1, sizeof *chunk + capacity, error));
        *chunk = (struct pd_arena_chunk){ .previous = arena->chunk, .used = 0, .capacity = capacity };
        arena->chunk = chunk;
    }
    void *memory = chunk->bytes + chunk->used;
    chunk->used += size;
    memcpy(out, &memory, sizeof memory);
    return PADAN_OK;
}

enum padan_status pd_arena_copy(struct pd_arena *arena, struct pd_text text, struct pd_text *out,
                                struct padan_error *error)
{
    char *copy = NULL;
    PD_TRY(pd_arena_allocate(arena, &copy, text.length + 1, error));
    if (text.length > 0) memcpy(copy, text.data, text.length);
    *out = (struct pd_text){ copy, text.length };
    return PADAN_OK;
}

enum padan_status pd_arena_keep(struct pd_arena *arena, struct pd_buffer *buffer, struct pd_text *out,
                                struct padan_error *error)
{
    enum padan_status status = pd_buffer_status(buffer, error);
    if (status == PADAN_OK) status = pd_arena_copy(arena, (struct pd_text){ buffer->data, buffer->length }, out, error);
    pd_buffer_reset(buffer);
    return status;
}

void pd_arena_reset(struct pd_arena *arena)
{
    while (arena->chunk != NULL) {
        struct pd_arena_chunk *chunk = arena->chunk;
        arena->chunk = chunk->previous;
        pd_free(chunk);
    }
}

void pd_arena_clear(struct pd_arena *arena)
{
    struct pd_arena_chunk *chunk = arena->chunk;
    if (chunk == NULL) return;
    while (chunk->previous != NULL) {
        struct pd_arena_chunk *previous = chunk->previous;
        pd_free(chunk);
        chunk = previous;
    }
    memset(chunk->bytes, 0, chunk->used);
    chunk->used = 0;
    arena->chunk = chunk;
}
