/* SPDX-License-Identifier: MIT
 * Preparing a column: one pass over its dictionary in chunks of fixed size, so the bytes do not depend on the number of
 * threads. */
#include "compare/kernel_side.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"

/* Profiles of all chunks that one worker builds lie in large blocks, which have huge pages: they are read in no order,
 * and each look would miss the processor's table of small ones. Fewer than FEW_ENTRIES take
 * smaller blocks. */
enum {
    TEXT_CHUNK = 16384,
    FEW_ENTRIES = 1 << 16,
    SMALL_BLOCK_BYTES = PD_PROFILE_CHUNK * PD_PROFILE_SCRATCH,
    BLOCK_BYTES = 4 << 20
};
_Static_assert((int)BLOCK_BYTES >= (int)SMALL_BLOCK_BYTES, "any chunk fits a block");

static struct pd_text_record text_record(struct pd_text text)
{
    struct pd_text_record record;
    memset(&record, 0, sizeof record);
    const struct pd_signature signature = pd_signature_of(text);
    record.bits = signature.bits;
    record.overflow = (uint8_t)(signature.overflow > UINT8_MAX ? UINT8_MAX : signature.overflow);
    record.length = (uint8_t)(text.length > UINT8_MAX ? UINT8_MAX : text.length);
    if (text.length > 0 && text.length <= PD_SHORT_TEXT) memcpy(record.text, text.data, text.length);
    return record;
}

static enum padan_status build_text_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct pd_kernel_side *const side = context;
    (void)worker, (void)error;
    const size_t begin = chunk * TEXT_CHUNK;
    const size_t end = side->n_entries - begin < TEXT_CHUNK ? side->n_entries : begin + TEXT_CHUNK;
    for (size_t i = begin; i < end; i++)
        side->texts[i] = text_record(pd_dictionary_text(side->dictionary, (uint32_t)(i + 1)));
    return PADAN_OK;
}

enum padan_status pd_side_build_texts(struct pd_kernel_side *side, int threads, struct padan_error *error)
{
    side->layout = PD_LAYOUT_TEXTS;
    if (side->n_entries == 0) return PADAN_OK;
    PD_TRY(pd_allocate_array(&side->texts, side->n_entries, sizeof *side->texts, error));
    side->bytes += side->n_entries * sizeof *side->texts;
    return pd_parallel_for((side->n_entries + TEXT_CHUNK - 1) / TEXT_CHUNK, threads, build_text_chunk, side, error);
}

/* What is left of the block that a worker fills. */
struct profile_room {
    char *next;
    size_t bytes;
};

struct profile_job {
    struct pd_kernel_side *side;
    struct profile_room *rooms; /* per worker */
    size_t block_bytes;
    char *scratch;   /* per worker: PD_PROFILE_CHUNK * PD_PROFILE_SCRATCH */
    char *caches;    /* per worker: builder.cache_bytes */
    size_t *lengths; /* [n_chunks] bytes of each chunk that was built */
};

static size_t count_chunks(const struct pd_kernel_side *side)
{
    return (side->n_entries + PD_PROFILE_CHUNK - 1) / PD_PROFILE_CHUNK;
}

/* Room for a chunk of profiles. A block has room for any one chunk, so there are no more of them than chunks. */
static enum padan_status take_room(struct profile_job *job, int worker, size_t bytes, char **out,
                                   struct padan_error *error)
{
    struct pd_kernel_side *const side = job->side;
    struct profile_room *const room = &job->rooms[worker];
    if (room->bytes < bytes) {
        char *block = NULL;
        PD_TRY(pd_allocate_array(&block, job->block_bytes, 1, error));
        side->blocks[__atomic_fetch_add(&side->n_blocks, 1, __ATOMIC_RELAXED)] = block;
        *room = (struct profile_room){ block, job->block_bytes };
    }
    *out = room->next;
    room->next += bytes;
    room->bytes -= bytes;
    return PADAN_OK;
}

static bool is_wanted(const struct pd_kernel_side *side, size_t entry)
{
    return side->wanted == NULL || (side->wanted[entry / 64] >> entry % 64 & 1) != 0;
}

/* Whether an entry that is wanted has no profile yet. */
static bool lacks_profiles(const struct pd_kernel_side *side, size_t chunk, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++)
        if (is_wanted(side, i) && (side->chunks[chunk] == NULL || side->offsets[i] == PD_NO_PROFILE)) return true;
    return false;
}

/* A chunk that gets further profiles is built anew; what it was stays behind in its block. */
static enum padan_status build_profile_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    struct profile_job *const job = context;
    struct pd_kernel_side *const side = job->side;
    const struct pd_profile_builder *const builder = &side->builder;
    const size_t begin = chunk * PD_PROFILE_CHUNK;
    const size_t end = side->n_entries - begin < PD_PROFILE_CHUNK ? side->n_entries : begin + PD_PROFILE_CHUNK;
    char *const run = job->scratch + (size_t)worker * PD_PROFILE_CHUNK * PD_PROFILE_SCRATCH;
    char *const cache = job->caches + (size_t)worker * builder->cache_bytes;
    size_t length = 0;
    if (!lacks_profiles(side, chunk, begin, end)) return PADAN_OK;
    for (size_t i = begin; i < end; i++) {
        side->offsets[i] = is_wanted(side, i) ? (uint16_t)(length / 8) : PD_NO_PROFILE;
        if (!is_wanted(side, i)) continue;
        const size_t size =
            builder->build(pd_dictionary_text(side->dictionary, (uint32_t)(i + 1)), cache, run + length);
        if (builder->is_empty != NULL && builder->is_empty(run + length))
            __atomic_store_n(&side->has_empty, true, __ATOMIC_RELAXED);
        length += size;
    }
    PD_TRY(take_room(job, worker, length, &side->chunks[chunk], error));
    memcpy(side->chunks[chunk], run, length);
    job->lengths[chunk] = length;
    return PADAN_OK;
}

/* Room for as many blocks more as there are chunks. */
static enum padan_status make_room_for_blocks(struct pd_kernel_side *side, struct padan_error *error)
{
    size_t capacity = side->n_blocks;
    return pd_grow(&side->blocks, &capacity, side->n_blocks + count_chunks(side), sizeof *side->blocks, error);
}

enum padan_status pd_side_build_profiles(struct pd_kernel_side *side, int threads, struct padan_error *error)
{
    const size_t n_chunks = count_chunks(side);
    const size_t n_workers = threads < 1 ? 1 : (size_t)threads;
    struct profile_job job = { .side = side };
    if (side->n_entries == 0) return PADAN_OK;
    job.block_bytes = n_chunks * PD_PROFILE_CHUNK < FEW_ENTRIES ? SMALL_BLOCK_BYTES : BLOCK_BYTES;
    enum padan_status status = make_room_for_blocks(side, error);
    if (status == PADAN_OK) status = pd_allocate(&job.rooms, n_workers, sizeof *job.rooms, error);
    if (status == PADAN_OK) status = pd_allocate(&job.lengths, n_chunks, sizeof *job.lengths, error);
    if (status == PADAN_OK)
        status = pd_allocate_array(&job.scratch, n_workers, (size_t)PD_PROFILE_CHUNK * PD_PROFILE_SCRATCH, error);
    if (status == PADAN_OK) status = pd_allocate(&job.caches, n_workers, side->builder.cache_bytes, error);
    if (status == PADAN_OK) status = pd_parallel_for(n_chunks, threads, build_profile_chunk, &job, error);
    for (size_t i = 0; status == PADAN_OK && i < n_chunks; i++) side->bytes += job.lengths[i];
    pd_free(job.rooms);
    pd_free(job.caches);
    pd_free(job.scratch);
    pd_free(job.lengths);
    return status;
}

enum padan_status pd_side_add_profiles(struct pd_kernel_side *side, const struct pd_column *column, size_t n,
                                       int threads, struct padan_error *error)
{
    if (side->n_entries == 0) return PADAN_OK;
    if (side->wanted == NULL) PD_TRY(pd_allocate(&side->wanted, side->n_entries / 64 + 1, sizeof *side->wanted, error));
    for (size_t i = 0; i < n; i++) {
        const uint32_t code = pd_column_held_code(column, i);
        if (code != 0) side->wanted[(code - 1) / 64] |= UINT64_C(1) << (code - 1) % 64;
    }
    return pd_side_build_profiles(side, threads, error);
}

enum padan_status pd_side_begin_profiles(struct pd_kernel_side *side, struct pd_profile_builder builder,
                                         struct padan_error *error)
{
    side->layout = PD_LAYOUT_PROFILES;
    side->builder = builder;
    if (side->n_entries == 0) return PADAN_OK;
    PD_TRY(pd_allocate(&side->chunks, count_chunks(side), sizeof *side->chunks, error));
    PD_TRY(pd_allocate_array(&side->offsets, side->n_entries, sizeof *side->offsets, error));
    side->bytes += count_chunks(side) * sizeof *side->chunks + side->n_entries * sizeof *side->offsets;
    return PADAN_OK;
}

void pd_kernel_side_free(struct pd_kernel_side *side)
{
    if (side == NULL) return;
    for (size_t i = 0; i < side->n_blocks; i++) pd_free(side->blocks[i]);
    pd_free(side->blocks);
    pd_free(side->chunks);
    pd_free(side->offsets);
    pd_free(side->wanted);
    pd_free(side->texts);
    pd_rare_words_reset(&side->rare);
    pd_free(side);
}

size_t pd_kernel_side_bytes(const struct pd_kernel_side *side)
{
    return side->bytes + sizeof *side;
}

void pd_kernel_prefetch_place(const struct pd_kernel_side *side, uint64_t word)
{
    if (side->layout == PD_LAYOUT_PROFILES) pd_prefetch(&side->offsets[word - 1]);
}

void pd_kernel_prefetch(const struct pd_kernel_side *side, uint64_t word)
{
    if (side->layout == PD_LAYOUT_TEXTS) {
        const uint32_t code = pd_side_code(side, word);
        if (code != 0) pd_prefetch(&side->texts[code - 1]);
    } else if (side->layout == PD_LAYOUT_PROFILES) {
        const char *const profile = pd_side_profile(side, word);
        pd_prefetch(profile);
        pd_prefetch(profile + 64);
    }
}

static struct pd_text digits_text(uint64_t word, char scratch[24])
{
    const size_t length = (size_t)(word >> PD_DIGITS_SHIFT);
    uint64_t number = word & PD_DIGITS_MASK;
    for (size_t i = length; i > 0; i--) {
        scratch[i - 1] = (char)('0' + number % 10);
        number /= 10;
    }
    return (struct pd_text){ scratch, length };
}

struct pd_text pd_side_text(const struct pd_kernel_side *side, uint64_t word, char scratch[24])
{
    const uint32_t code = pd_side_code(side, word);
    if (code == 0) return digits_text(word, scratch);
    if (side->layout == PD_LAYOUT_TEXTS) {
        const struct pd_text_record *const record = &side->texts[code - 1];
        if (record->length <= PD_SHORT_TEXT) return (struct pd_text){ record->text, record->length };
    }
    return pd_dictionary_text(side->dictionary, code);
}
