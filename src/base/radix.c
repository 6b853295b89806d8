/* SPDX-License-Identifier: MIT
 *
 * Method. One parallel pass parts the keys by their top bits (MSD): each chunk counts its keys per partition, a prefix
 * sum over (partition, chunk) gives every chunk its own places, and the chunks scatter through one cache line of
 * buffer per partition that is written out whole ("software write-combining"). Partitions then fit in the L2 cache and
 * are sorted independently: one or two LSD passes over just as many further bits as tell most keys apart, then the few
 * neighbours that are out of order are repaired. All parts are stable, so neither chunks nor threads show.
 *
 *   items:   |chunk 0      |chunk 1      |...          count, scatter
 *   scratch: |partition 0 (chunk 0, chunk 1, ..)|partition 1 ...|
 *   items:   |partition 0 sorted                |partition 1 ...|
 *
 * Ideas: data.table forder.c (count matrix, vertical prefix sum); Polychroniou and Ross 2014 (write-combining). */
#include "base/radix.h"

#include "base/memory.h"
#include "base/parallel.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#define STORE_FENCE() _mm_sfence()
#else
#define STORE_FENCE() ((void)0)
#endif

enum {
    PARTITION_BITS_MAX = 11,                /* 2048 lines of 64 bytes: 128 KiB of buffers per worker, in L2 */
    PARTITION_KEYS = 4096,                  /* wanted per partition: 64 KiB and as much scratch */
    DIGIT_BITS_MAX = 11,                    /* 16 KiB of counters, in L1 */
    INSERTION_MAX = 24,                     /* below this, insertion sort beats counting */
    LINE_KEYS = 64 / sizeof(struct pd_key), /* keys in a cache line */
    CHUNKS_MAX = 64,
    CHUNK_KEYS_MIN = 1 << 16
};

/* Number of bits needed to write value. */
static unsigned bit_width(uint64_t value)
{
    return value == 0 ? 0 : 64 - (unsigned)__builtin_clzll(value);
}

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static void insertion_sort(struct pd_key *keys, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const struct pd_key key = keys[i];
        size_t j = i;
        for (; j > 0 && keys[j - 1].hash > key.hash; j--) keys[j] = keys[j - 1];
        keys[j] = key;
    }
}

/* Bits in which the hashes differ at all. */
static uint64_t differing_bits(const struct pd_key *keys, size_t n)
{
    uint64_t differing = 0;
    for (size_t i = 1; i < n; i++) differing |= keys[i].hash ^ keys[0].hash;
    return differing;
}

/* One stable counting pass over `width` bits from `shift` up. */
static void digit_pass(const struct pd_key *from, struct pd_key *to, size_t n, unsigned shift, unsigned width)
{
    size_t places[(size_t)1 << DIGIT_BITS_MAX];
    const size_t n_digits = (size_t)1 << width, mask = n_digits - 1;
    memset(places, 0, n_digits * sizeof *places);
    for (size_t i = 0; i < n; i++) places[(from[i].hash >> shift) & mask]++;
    size_t place = 0;
    for (size_t digit = 0; digit < n_digits; digit++) {
        const size_t count = places[digit];
        places[digit] = place;
        place += count;
    }
    for (size_t i = 0; i < n; i++) to[places[(from[i].hash >> shift) & mask]++] = from[i];
}

static void sort_into(struct pd_key *from, struct pd_key *to, size_t n);

/* keys are sorted by hash >> low; sorts the runs that agree in it and are out of order. Each run is looked at once or
 * twice, so long runs cost no more than a further pass. */
static void repair_runs(struct pd_key *keys, struct pd_key *scratch, size_t n, unsigned low)
{
    for (size_t i = 1; i < n; i++) {
        if (keys[i].hash >= keys[i - 1].hash) continue;
        const uint64_t prefix = keys[i].hash >> low;
        size_t begin = i - 1, end = i + 1;
        while (begin > 0 && keys[begin - 1].hash >> low == prefix) begin--;
        while (end < n && keys[end].hash >> low == prefix) end++;
        if (end - begin <= INSERTION_MAX) {
            insertion_sort(keys + begin, end - begin);
        } else {
            memcpy(scratch + begin, keys + begin, (end - begin) * sizeof *keys);
            sort_into(scratch + begin, keys + begin, end - begin);
        }
        i = end - 1;
    }
}

/* Sorts the keys of `from` into `to`; from is lost. Recursion ends because runs agree in ever more bits. */
static void sort_into(struct pd_key *from, struct pd_key *to, size_t n)
{
    if (n <= INSERTION_MAX) {
        memcpy(to, from, n * sizeof *from);
        insertion_sort(to, n);
        return;
    }
    const unsigned bits = bit_width(differing_bits(from, n)), wanted = bit_width(n) + 1;
    unsigned low = 0;
    if (bits == 0) {
        memcpy(to, from, n * sizeof *from);
    } else if (wanted <= DIGIT_BITS_MAX || bits <= DIGIT_BITS_MAX) {
        const unsigned width = smaller(bits, smaller(wanted, DIGIT_BITS_MAX));
        low = bits - width;
        digit_pass(from, to, n, low, width);
    } else {
        const unsigned half = smaller((wanted + 4) / 2, DIGIT_BITS_MAX);
        low = bits > 2 * half ? bits - 2 * half : 0;
        digit_pass(from, to, n, low, half);
        digit_pass(to, from, n, low + half, smaller(bits - low - half, DIGIT_BITS_MAX));
        memcpy(to, from, n * sizeof *from);
    }
    if (low > 0) repair_runs(to, from, n, low);
}

struct radix_job {
    struct pd_key *items, *scratch;
    size_t n, chunk_keys, n_chunks, n_partitions;
    unsigned shift;       /* hash >> shift is the partition */
    size_t *places;       /* [n_chunks][n_partitions] counts, then next place in scratch */
    size_t *begins;       /* [n_partitions + 1] */
    struct pd_key *lines; /* [n_threads][n_partitions][LINE_KEYS] */
};

static size_t chunk_end(const struct radix_job *job, size_t chunk)
{
    const size_t end = (chunk + 1) * job->chunk_keys;
    return end < job->n ? end : job->n;
}

static enum padan_status count_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct radix_job *job = context;
    (void)worker, (void)error;
    size_t *counts = job->places + chunk * job->n_partitions;
    const size_t end = chunk_end(job, chunk);
    for (size_t i = chunk * job->chunk_keys; i < end; i++) counts[job->items[i].hash >> job->shift]++;
    return PADAN_OK;
}

static void place_partitions(const struct radix_job *job)
{
    size_t place = 0;
    for (size_t partition = 0; partition < job->n_partitions; partition++) {
        job->begins[partition] = place;
        for (size_t chunk = 0; chunk < job->n_chunks; chunk++) {
            size_t *const cell = &job->places[chunk * job->n_partitions + partition];
            const size_t count = *cell;
            *cell = place;
            place += count;
        }
    }
    job->begins[job->n_partitions] = place;
}

/* Copies one full cache line of keys past the caches: it is not read again before all keys are placed. */
static void store_line(struct pd_key *to, const struct pd_key *line)
{
#ifdef __SSE2__
    for (size_t i = 0; i < LINE_KEYS; i++)
        _mm_stream_si128((__m128i *)(void *)(to + i), _mm_load_si128((const __m128i *)(const void *)(line + i)));
#else
    memcpy(to, line, LINE_KEYS * sizeof *line);
#endif
}

/* Writes the part of a partition's line that belongs to this chunk: keys [begin, end), end not past the line. */
static void store_part(struct pd_key *to, const struct pd_key *line, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) to[i] = line[i % LINE_KEYS];
}

static enum padan_status scatter_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct radix_job *job = context;
    (void)error;
    struct pd_key *const lines = job->lines + (size_t)worker * job->n_partitions * LINE_KEYS;
    size_t *const places = job->places + chunk * job->n_partitions;
    size_t begins[1 << PARTITION_BITS_MAX];
    memcpy(begins, places, job->n_partitions * sizeof *begins);
    const size_t end = chunk_end(job, chunk);
    for (size_t i = chunk * job->chunk_keys; i < end; i++) {
        const size_t partition = job->items[i].hash >> job->shift;
        const size_t place = places[partition]++;
        struct pd_key *const line = lines + partition * LINE_KEYS;
        line[place % LINE_KEYS] = job->items[i];
        if (place % LINE_KEYS != LINE_KEYS - 1) continue;
        const size_t first = place + 1 - LINE_KEYS;
        if (first >= begins[partition])
            store_line(job->scratch + first, line);
        else
            store_part(job->scratch, line, begins[partition], place + 1);
    }
    for (size_t partition = 0; partition < job->n_partitions; partition++) {
        const size_t line_begin = places[partition] / LINE_KEYS * LINE_KEYS;
        const size_t begin = line_begin > begins[partition] ? line_begin : begins[partition];
        store_part(job->scratch, lines + partition * LINE_KEYS, begin, places[partition]);
    }
    STORE_FENCE();
    return PADAN_OK;
}

static enum padan_status sort_partition(void *context, size_t partition, int worker, struct padan_error *error)
{
    const struct radix_job *job = context;
    (void)worker, (void)error;
    const size_t begin = job->begins[partition];
    sort_into(job->scratch + begin, job->items + begin, job->begins[partition + 1] - begin);
    return PADAN_OK;
}

static enum padan_status run(struct radix_job *job, int threads, struct padan_error *error)
{
    PD_TRY(pd_parallel_for(job->n_chunks, threads, count_chunk, job, error));
    place_partitions(job);
    PD_TRY(pd_parallel_for(job->n_chunks, threads, scatter_chunk, job, error));
    return pd_parallel_for(job->n_partitions, threads, sort_partition, job, error);
}

enum padan_status pd_radix_sort(struct pd_key *items, struct pd_key *scratch, size_t n, int threads,
                                struct padan_error *error)
{
    if (n == 0) return PADAN_OK;
    if (n < 2 * (size_t)PARTITION_KEYS) {
        memcpy(scratch, items, n * sizeof *items);
        sort_into(scratch, items, n);
        return PADAN_OK;
    }
    unsigned bits = bit_width(n / PARTITION_KEYS);
    if (bits > PARTITION_BITS_MAX) bits = PARTITION_BITS_MAX;
    struct radix_job job = { .items = items, .scratch = scratch, .n = n, .shift = 64 - bits };
    job.n_partitions = (size_t)1 << bits;
    job.chunk_keys = (n + CHUNKS_MAX - 1) / CHUNKS_MAX;
    if (job.chunk_keys < CHUNK_KEYS_MIN) job.chunk_keys = CHUNK_KEYS_MIN;
    job.n_chunks = (n + job.chunk_keys - 1) / job.chunk_keys;
    const size_t n_workers = threads > 1 ? (size_t)threads : 1;
    enum padan_status status = pd_allocate(&job.places, job.n_chunks * job.n_partitions, sizeof *job.places, error);
    if (status == PADAN_OK) status = pd_allocate(&job.begins, job.n_partitions + 1, sizeof *job.begins, error);
    if (status == PADAN_OK)
        status = pd_allocate_array(&job.lines, n_workers * job.n_partitions * LINE_KEYS, sizeof *job.lines, error);
    if (status == PADAN_OK) status = run(&job, threads, error);
    pd_free(job.lines);
    pd_free(job.begins);
    pd_free(job.places);
    return status;
}
