/* SPDX-License-Identifier: MIT
 * Texts made from distinct texts. Work goes in rounds that bound memory: in a round, chunks of dictionary codes are
 * derived in parallel into buffers of their own (texts, lengths, hashes), while every target dictionary takes the texts
 * of the round before in chunk order; there are few dictionaries, and one has most of the work. So a dictionary's codes
 * follow the raw dictionary's codes and nothing else.
 * At the end one pass over the rows translates codes through a table that holds all texts made of a code side by side.
 *
 * Where the columns of the first rows are known (known.h), so are the texts made of the first codes, and the target
 * dictionaries begin with them: of those codes only the ones that other rows have too are derived once more, and their
 * texts are found. */
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/prefetch.h"
#include "normalise/stage.h"

enum {
    CODES_PER_CHUNK = 2048,
    BYTES_PER_TEXT = 16,
    CHUNKS_PER_ROUND = 64,
    N_ROUNDS = 2,
    LOOKAHEAD = 24,
    NO_TARGET = 255
};
/* Codes that tell how many texts the others will bring. */
enum { SAMPLE_CODES = N_ROUNDS * CHUNKS_PER_ROUND * CODES_PER_CHUNK };

/* Derivations of one chunk of codes, code by code, text by text. */
struct chunk {
    char *bytes;
    size_t n_bytes, capacity;
    uint64_t *hashes;  /* [CODES_PER_CHUNK * n_texts] */
    uint32_t *lengths; /* the same */
};

/* Codes from begin on, chunk by chunk; none when there are no chunks. */
struct round {
    size_t begin, n_chunks;
    struct chunk *chunks; /* [CHUNKS_PER_ROUND] */
};

/* Texts of a chunk on their way into one dictionary: [CODES_PER_CHUNK * n_texts] each. */
struct interning {
    struct pd_hashed_text *texts;
    uint32_t *places, *codes; /* in the map, from the chunk's first code on */
};

struct run {
    const struct pd_stage *stage;
    const struct pd_text_job *job;
    const struct pd_column *column;
    uint32_t n_known;    /* codes of the first rows, whose columns are known */
    uint32_t *positions; /* [n_known + 1] of those that are derived, from 1; 0: no other row has the code */
    uint32_t *listed;    /* [n_listed + 1] the code at a position */
    size_t n_listed;
    size_t n_codes;       /* to derive: at positions 1..n_codes, those of the list and then all that are not known */
    struct chunk *chunks; /* [N_ROUNDS * CHUNKS_PER_ROUND] */
    struct round ahead, behind;                      /* being derived, and being taken into dictionaries */
    char *scratch;                                   /* [threads][scratch_size] */
    struct pd_derived *derived;                      /* [threads] */
    struct pd_dictionary *targets[PD_DERIVED_TEXTS]; /* distinct target dictionaries */
    struct interning interning[PD_DERIVED_TEXTS];    /* of every target */
    uint32_t n_before[PD_DERIVED_TEXTS];             /* texts that a target began with */
    size_t n_targets;
    unsigned char target_of[PD_DERIVED_TEXTS]; /* NO_TARGET: the column is not made */
    unsigned char place_of[PD_DERIVED_TEXTS];  /* among those that are */
    size_t n_made;
    uint32_t *map;   /* [n_codes + 1][n_made] by position */
    int64_t *values; /* [n_codes + 1][n_numbers] */
};

static uint32_t code_at(const struct run *run, size_t position)
{
    return position <= run->n_listed ? run->listed[position] : (uint32_t)(position - run->n_listed + run->n_known);
}

static size_t position_of(const struct run *run, uint32_t code)
{
    return code > run->n_known ? code - run->n_known + run->n_listed : run->positions[code];
}

static enum padan_status store(struct chunk *chunk, size_t slot, struct pd_text text, struct padan_error *error)
{
    chunk->lengths[slot] = (uint32_t)text.length;
    if (text.length == 0) return PADAN_OK;
    PD_TRY(pd_grow(&chunk->bytes, &chunk->capacity, chunk->n_bytes + text.length, 1, error));
    memcpy(chunk->bytes + chunk->n_bytes, text.data, text.length);
    chunk->n_bytes += text.length;
    chunk->hashes[slot] = pd_hash_text(text);
    return PADAN_OK;
}

static size_t chunk_end(const struct run *run, const struct round *round, size_t chunk)
{
    const size_t end = round->begin + (chunk + 1) * CODES_PER_CHUNK;
    return end < run->n_codes + 1 ? end : run->n_codes + 1;
}

static enum padan_status derive_chunk(struct run *run, size_t index, int worker, struct padan_error *error)
{
    const struct pd_text_job *job = run->job;
    const struct round *round = &run->ahead;
    struct chunk *chunk = &round->chunks[index];
    struct pd_derived *derived = &run->derived[worker];
    void *scratch = run->scratch + (size_t)worker * job->scratch_size;
    chunk->n_bytes = 0;
    size_t slot = 0;
    for (size_t i = round->begin + index * CODES_PER_CHUNK; i < chunk_end(run, round, index); i++) {
        const struct pd_text text = pd_dictionary_text(run->column->dictionary, code_at(run, i));
        job->derive(run->stage, text, scratch, derived);
        for (size_t j = 0; j < job->n_texts; j++) PD_TRY(store(chunk, slot++, derived->texts[j], error));
        for (size_t j = 0; j < job->n_numbers; j++) run->values[i * job->n_numbers + j] = derived->numbers[j];
    }
    return PADAN_OK;
}

/* Texts of one chunk that go to one dictionary, at once: their cache misses overlap. */
static enum padan_status intern_chunk(struct run *run, size_t index, size_t target, struct padan_error *error)
{
    const size_t n_texts = run->job->n_texts;
    const struct round *round = &run->behind;
    const struct chunk *chunk = &round->chunks[index];
    const size_t first = round->begin + index * CODES_PER_CHUNK;
    const size_t n_slots = (chunk_end(run, round, index) - first) * n_texts;
    const struct interning *interning = &run->interning[target];
    uint32_t *map = run->map + first * run->n_made;
    size_t position = 0;
    size_t n = 0;
    for (size_t slot = 0, text = 0, place = 0; slot < n_slots; slot++) {
        const uint32_t length = chunk->lengths[slot];
        if (run->target_of[text] == target && length > 0) {
            interning->texts[n] = (struct pd_hashed_text){ chunk->bytes + position, chunk->hashes[slot], length };
            interning->places[n++] = (uint32_t)(place + run->place_of[text]);
        }
        position += length;
        text++;
        if (text < n_texts) continue;
        text = 0;
        place += run->n_made;
    }
    PD_TRY(pd_dictionary_insert_all(run->targets[target], interning->texts, n, interning->codes, error));
    for (size_t i = 0; i < n; i++) map[interning->places[i]] = interning->codes[i];
    return PADAN_OK;
}

/* As many texts as there will be at most when later codes bring as many new ones as those before. */
static enum padan_status expect_texts(struct run *run, size_t target, struct padan_error *error)
{
    struct pd_dictionary *dictionary = run->targets[target];
    const double share = (double)run->n_codes / (double)(run->behind.begin - 1);
    const uint32_t n_before = run->n_before[target];
    return pd_dictionary_expect(dictionary, n_before + (size_t)((double)(dictionary->n_entries - n_before) * share),
                                error);
}

static enum padan_status intern_target(struct run *run, size_t target, struct padan_error *error)
{
    if (run->behind.begin > SAMPLE_CODES) PD_TRY(expect_texts(run, target, error));
    for (size_t i = 0; i < run->behind.n_chunks; i++) PD_TRY(intern_chunk(run, i, target, error));
    return PADAN_OK;
}

/* Dictionaries first: they take longest, and chunks fill the time of who has none. */
static enum padan_status do_task(void *context, size_t index, int worker, struct padan_error *error)
{
    struct run *run = context;
    const size_t n_targets = run->behind.n_chunks == 0 ? 0 : run->n_targets;
    if (index < n_targets) return intern_target(run, index, error);
    return derive_chunk(run, index - n_targets, worker, error);
}

static struct round round_at(const struct run *run, size_t number)
{
    const size_t begin = number * CHUNKS_PER_ROUND * CODES_PER_CHUNK + 1;
    struct round round = { begin, 0, run->chunks + number % N_ROUNDS * CHUNKS_PER_ROUND };
    if (begin > run->n_codes) return round;
    round.n_chunks = (run->n_codes - begin) / CODES_PER_CHUNK + 1;
    if (round.n_chunks > CHUNKS_PER_ROUND) round.n_chunks = CHUNKS_PER_ROUND;
    return round;
}

static enum padan_status run_rounds(struct run *run, struct padan_error *error)
{
    for (size_t number = 0;; number++) {
        run->ahead = round_at(run, number);
        const size_t n_targets = run->behind.n_chunks == 0 ? 0 : run->n_targets;
        if (n_targets + run->ahead.n_chunks == 0) return PADAN_OK;
        PD_TRY(pd_parallel_in_order(n_targets + run->ahead.n_chunks, run->stage->threads, do_task, run, error));
        run->behind = run->ahead;
    }
}

static void reach_ahead(const struct run *run, size_t record)
{
    const size_t position = position_of(run, pd_raw_code(run->column, record));
    pd_prefetch(&run->map[position * run->n_made]);
    if (run->job->n_numbers > 0) pd_prefetch(&run->values[position * run->job->n_numbers]);
}

static void translate_rows(void *context, size_t begin, size_t end, int worker)
{
    (void)worker;
    const struct run *run = context;
    const struct pd_text_job *job = run->job;
    uint32_t *words[PD_DERIVED_TEXTS];
    for (size_t i = 0; i < job->n_texts; i++)
        if (run->target_of[i] != NO_TARGET) words[run->place_of[i]] = pd_stage_made(run->stage, job->texts[i]);
    for (size_t record = begin; record < end; record++) {
        const uint32_t code = pd_raw_code(run->column, record);
        if (code == 0) continue;
        if (record + LOOKAHEAD < end) reach_ahead(run, record + LOOKAHEAD);
        const size_t position = position_of(run, code);
        const uint32_t *made = &run->map[position * run->n_made];
        for (size_t i = 0; i < run->n_made; i++)
            if (!job->only_missing || words[i][record] == 0) words[i][record] = made[i];
        for (size_t i = 0; i < job->n_numbers; i++) {
            const int64_t value = run->values[position * job->n_numbers + i];
            if (value != PD_NULL_INT) pd_stage_set(pd_stage_column(run->stage, job->numbers[i]), record, value);
        }
    }
}

/* Marks the known codes of other rows; several rows may have one. */
static void mark_rows(void *context, size_t begin, size_t end, int worker)
{
    const struct run *run = context;
    (void)worker;
    for (size_t record = begin; record < end; record++) {
        const uint32_t code = pd_raw_code(run->column, record);
        if (code != 0 && code <= run->n_known) __atomic_store_n(&run->positions[code], 1, __ATOMIC_RELAXED);
    }
}

/* Which codes are to be derived. */
static enum padan_status list_codes(struct run *run, size_t first, struct padan_error *error)
{
    const size_t n_entries = run->column->dictionary->n_entries;
    if (first > 0) run->n_known = pd_known_texts(run->stage->known->rows, pd_text_of(pd_raw_names[run->job->raw]));
    PD_TRY(pd_allocate(&run->positions, (size_t)run->n_known + 1, sizeof *run->positions, error));
    if (run->n_known > 0) PD_TRY(pd_stage_each_row(run->stage, first, mark_rows, run, error));
    for (size_t code = 1; code <= run->n_known; code++) run->n_listed += run->positions[code];
    PD_TRY(pd_allocate(&run->listed, run->n_listed + 1, sizeof *run->listed, error));
    for (uint32_t code = 1, position = 0; code <= run->n_known && position < run->n_listed; code++) {
        if (run->positions[code] == 0) continue;
        run->listed[++position] = code;
        run->positions[code] = position;
    }
    run->n_codes = run->n_listed + n_entries - run->n_known;
    return PADAN_OK;
}

static enum padan_status prepare(struct run *run, struct padan_error *error)
{
    const struct pd_text_job *job = run->job;
    const size_t n_slots = (size_t)CODES_PER_CHUNK * job->n_texts;
    const size_t threads = (size_t)run->stage->threads;
    for (size_t i = 0; i < job->n_texts; i++) {
        const struct pd_column *made = pd_stage_column(run->stage, job->texts[i]);
        size_t target = 0;
        run->target_of[i] = NO_TARGET;
        if (made == NULL) continue;
        while (target < run->n_targets && run->targets[target] != made->dictionary) target++;
        if (target == run->n_targets) run->targets[run->n_targets++] = made->dictionary;
        run->n_before[target] = made->dictionary->n_entries;
        run->target_of[i] = (unsigned char)target;
        run->place_of[i] = (unsigned char)run->n_made++;
    }
    PD_TRY(pd_allocate(&run->chunks, N_ROUNDS * CHUNKS_PER_ROUND, sizeof *run->chunks, error));
    PD_TRY(pd_allocate(&run->scratch, threads, job->scratch_size + 1, error));
    PD_TRY(pd_allocate(&run->derived, threads, sizeof *run->derived, error));
    PD_TRY(pd_allocate(&run->map, (run->n_codes + 1) * run->n_made + 1, sizeof *run->map, error));
    PD_TRY(pd_allocate(&run->values, (run->n_codes + 1) * job->n_numbers + 1, sizeof *run->values, error));
    for (size_t i = 0; i < N_ROUNDS * CHUNKS_PER_ROUND && i * CODES_PER_CHUNK < run->n_codes; i++) {
        PD_TRY(pd_allocate_array(&run->chunks[i].hashes, n_slots, sizeof *run->chunks[i].hashes, error));
        PD_TRY(pd_allocate_array(&run->chunks[i].lengths, n_slots, sizeof *run->chunks[i].lengths, error));
        PD_TRY(pd_grow(&run->chunks[i].bytes, &run->chunks[i].capacity, n_slots * BYTES_PER_TEXT, 1, error));
    }
    for (size_t i = 0; i < run->n_targets; i++) {
        struct interning *interning = &run->interning[i];
        PD_TRY(pd_allocate_array(&interning->texts, n_slots, sizeof *interning->texts, error));
        PD_TRY(pd_allocate_array(&interning->places, n_slots, sizeof *interning->places, error));
        PD_TRY(pd_allocate_array(&interning->codes, n_slots, sizeof *interning->codes, error));
    }
    return PADAN_OK;
}

static void release(struct run *run)
{
    for (size_t i = 0; i < run->n_targets; i++) {
        pd_free(run->interning[i].texts);
        pd_free(run->interning[i].places);
        pd_free(run->interning[i].codes);
    }
    for (size_t i = 0; run->chunks != NULL && i < N_ROUNDS * CHUNKS_PER_ROUND; i++) {
        pd_free(run->chunks[i].bytes);
        pd_free(run->chunks[i].hashes);
        pd_free(run->chunks[i].lengths);
    }
    pd_free(run->chunks);
    pd_free(run->scratch);
    pd_free(run->derived);
    pd_free(run->map);
    pd_free(run->values);
    pd_free(run->positions);
    pd_free(run->listed);
}

enum padan_status pd_stage_texts(const struct pd_stage *stage, const struct pd_text_job *job, struct padan_error *error)
{
    struct run run = { .stage = stage, .job = job, .column = pd_stage_raw(stage, job->raw) };
    if (run.column == NULL) return PADAN_OK;
    const size_t first = pd_stage_first(stage, job->texts[0]);
    for (size_t i = 0; i < job->n_texts; i++) pd_stage_begin(stage, job->texts[i], job->texts[i]);
    for (size_t i = 0; i < job->n_numbers; i++) pd_stage_begin(stage, job->numbers[i], job->numbers[i]);
    enum padan_status status = list_codes(&run, first, error);
    if (status == PADAN_OK) status = prepare(&run, error);
    if (status == PADAN_OK) status = run_rounds(&run, error);
    if (status == PADAN_OK) status = pd_stage_each_row(stage, first, translate_rows, &run, error);
    release(&run);
    return status;
}
