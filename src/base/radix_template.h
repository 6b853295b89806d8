/* SPDX-License-Identifier: MIT
 * The sort of radix.c for one type of item: included there once per type, with
 *   RADIX_ITEM         the type
 *   RADIX_KEY(item)    its 64-bit key
 *   RADIX_NAME(name)   the name of a function for this type */
#define RADIX_LINE (64 / sizeof(RADIX_ITEM)) /* items in a cache line */

static void RADIX_NAME(insertion_sort)(RADIX_ITEM *keys, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const RADIX_ITEM key = keys[i];
        size_t j = i;
        for (; j > 0 && RADIX_KEY(keys[j - 1]) > RADIX_KEY(key); j--) keys[j] = keys[j - 1];
        keys[j] = key;
    }
}

/* Bits in which the hashes differ at all. */
static uint64_t RADIX_NAME(differing_bits)(const RADIX_ITEM *keys, size_t n)
{
    uint64_t differing = 0;
    for (size_t i = 1; i < n; i++) differing |= RADIX_KEY(keys[i]) ^ RADIX_KEY(keys[0]);
    return differing;
}

/* One stable counting pass over `width` bits from `shift` up. */
static void RADIX_NAME(digit_pass)(const RADIX_ITEM *from, RADIX_ITEM *to, size_t n, unsigned shift, unsigned width)
{
    size_t places[(size_t)1 << DIGIT_BITS_MAX];
    const size_t n_digits = (size_t)1 << width, mask = n_digits - 1;
    memset(places, 0, n_digits * sizeof *places);
    for (size_t i = 0; i < n; i++) places[(RADIX_KEY(from[i]) >> shift) & mask]++;
    size_t place = 0;
    for (size_t digit = 0; digit < n_digits; digit++) {
        const size_t count = places[digit];
        places[digit] = place;
        place += count;
    }
    for (size_t i = 0; i < n; i++) to[places[(RADIX_KEY(from[i]) >> shift) & mask]++] = from[i];
}

static void RADIX_NAME(sort_into)(RADIX_ITEM *from, RADIX_ITEM *to, size_t n);

/* keys are sorted by hash >> low; sorts the runs that agree in it and are out of order. Each run is looked at once or
 * twice, so long runs cost no more than a further pass. */
static void RADIX_NAME(repair_runs)(RADIX_ITEM *keys, RADIX_ITEM *scratch, size_t n, unsigned low)
{
    for (size_t i = 1; i < n; i++) {
        if (RADIX_KEY(keys[i]) >= RADIX_KEY(keys[i - 1])) continue;
        const uint64_t prefix = RADIX_KEY(keys[i]) >> low;
        size_t begin = i - 1, end = i + 1;
        while (begin > 0 && RADIX_KEY(keys[begin - 1]) >> low == prefix) begin--;
        while (end < n && RADIX_KEY(keys[end]) >> low == prefix) end++;
        if (end - begin <= INSERTION_MAX) {
            RADIX_NAME(insertion_sort)(keys + begin, end - begin);
        } else {
            memcpy(scratch + begin, keys + begin, (end - begin) * sizeof *keys);
            RADIX_NAME(sort_into)(scratch + begin, keys + begin, end - begin);
        }
        i = end - 1;
    }
}

/* Sorts the keys of `from` into `to`; from is lost. Recursion ends because runs agree in ever more bits. */
static void RADIX_NAME(sort_into)(RADIX_ITEM *from, RADIX_ITEM *to, size_t n)
{
    if (n <= INSERTION_MAX) {
        memcpy(to, from, n * sizeof *from);
        RADIX_NAME(insertion_sort)(to, n);
        return;
    }
    const unsigned bits = bit_width(RADIX_NAME(differing_bits)(from, n)), wanted = bit_width(n) + 1;
    unsigned low = 0;
    if (bits == 0) {
        memcpy(to, from, n * sizeof *from);
    } else if (wanted <= DIGIT_BITS_MAX || bits <= DIGIT_BITS_MAX) {
        const unsigned width = smaller(bits, smaller(wanted, DIGIT_BITS_MAX));
        low = bits - width;
        RADIX_NAME(digit_pass)(from, to, n, low, width);
    } else {
        const unsigned half = smaller((wanted + 4) / 2, DIGIT_BITS_MAX);
        low = bits > 2 * half ? bits - 2 * half : 0;
        RADIX_NAME(digit_pass)(from, to, n, low, half);
        RADIX_NAME(digit_pass)(to, from, n, low + half, smaller(bits - low - half, DIGIT_BITS_MAX));
        memcpy(to, from, n * sizeof *from);
    }
    if (low > 0) RADIX_NAME(repair_runs)(to, from, n, low);
}

struct RADIX_NAME(radix_job) {
    RADIX_ITEM *items, *scratch;
    size_t n, chunk_keys, n_chunks, n_partitions;
    unsigned shift;    /* hash >> shift is the partition */
    size_t *places;    /* [n_chunks][n_partitions] counts, then next place in scratch */
    size_t *begins;    /* [n_partitions + 1] */
    RADIX_ITEM *lines; /* [n_threads][n_partitions][RADIX_LINE] */
};

static size_t RADIX_NAME(chunk_end)(const struct RADIX_NAME(radix_job) * job, size_t chunk)
{
    const size_t end = (chunk + 1) * job->chunk_keys;
    return end < job->n ? end : job->n;
}

static enum padan_status RADIX_NAME(count_chunk)(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct RADIX_NAME(radix_job) *job = context;
    (void)worker, (void)error;
    size_t *counts = job->places + chunk * job->n_partitions;
    const size_t end = RADIX_NAME(chunk_end)(job, chunk);
    for (size_t i = chunk * job->chunk_keys; i < end; i++) counts[RADIX_KEY(job->items[i]) >> job->shift]++;
    return PADAN_OK;
}

static void RADIX_NAME(place_partitions)(const struct RADIX_NAME(radix_job) * job)
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
static void RADIX_NAME(store_line)(RADIX_ITEM *to, const RADIX_ITEM *line)
{
#ifdef __SSE2__
    for (size_t i = 0; i < 64 / sizeof(__m128i); i++)
        _mm_stream_si128((__m128i *)(void *)to + i, _mm_load_si128((const __m128i *)(const void *)line + i));
#else
    memcpy(to, line, RADIX_LINE * sizeof *line);
#endif
}

/* Writes the part of a partition's line that belongs to this chunk: keys [begin, end), end not past the line. */
static void RADIX_NAME(store_part)(RADIX_ITEM *to, const RADIX_ITEM *line, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) to[i] = line[i % RADIX_LINE];
}

static enum padan_status RADIX_NAME(scatter_chunk)(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct RADIX_NAME(radix_job) *job = context;
    (void)error;
    RADIX_ITEM *const lines = job->lines + (size_t)worker * job->n_partitions * RADIX_LINE;
    size_t *const places = job->places + chunk * job->n_partitions;
    size_t begins[1 << PARTITION_BITS_MAX];
    memcpy(begins, places, job->n_partitions * sizeof *begins);
    const size_t end = RADIX_NAME(chunk_end)(job, chunk);
    for (size_t i = chunk * job->chunk_keys; i < end; i++) {
        const size_t partition = RADIX_KEY(job->items[i]) >> job->shift;
        const size_t place = places[partition]++;
        RADIX_ITEM *const line = lines + partition * RADIX_LINE;
        line[place % RADIX_LINE] = job->items[i];
        if (place % RADIX_LINE != RADIX_LINE - 1) continue;
        const size_t first = place + 1 - RADIX_LINE;
        if (first >= begins[partition])
            RADIX_NAME(store_line)(job->scratch + first, line);
        else
            RADIX_NAME(store_part)(job->scratch, line, begins[partition], place + 1);
    }
    for (size_t partition = 0; partition < job->n_partitions; partition++) {
        const size_t line_begin = places[partition] / RADIX_LINE * RADIX_LINE;
        const size_t begin = line_begin > begins[partition] ? line_begin : begins[partition];
        RADIX_NAME(store_part)(job->scratch, lines + partition * RADIX_LINE, begin, places[partition]);
    }
    STORE_FENCE();
    return PADAN_OK;
}

static enum padan_status RADIX_NAME(sort_partition)(void *context, size_t partition, int worker,
                                                    struct padan_error *error)
{
    const struct RADIX_NAME(radix_job) *job = context;
    (void)worker, (void)error;
    const size_t begin = job->begins[partition];
    RADIX_NAME(sort_into)(job->scratch + begin, job->items + begin, job->begins[partition + 1] - begin);
    return PADAN_OK;
}

static enum padan_status RADIX_NAME(run)(struct RADIX_NAME(radix_job) * job, int threads, struct padan_error *error)
{
    PD_TRY(pd_parallel_for(job->n_chunks, threads, RADIX_NAME(count_chunk), job, error));
    RADIX_NAME(place_partitions)(job);
    PD_TRY(pd_parallel_for(job->n_chunks, threads, RADIX_NAME(scatter_chunk), job, error));
    return pd_parallel_for(job->n_partitions, threads, RADIX_NAME(sort_partition), job, error);
}

static enum padan_status RADIX_NAME(sort_all)(RADIX_ITEM *items, RADIX_ITEM *scratch, size_t n, int threads,
                                              struct padan_error *error)
{
    if (n == 0) return PADAN_OK;
    if (n < 2 * (size_t)PARTITION_KEYS) {
        memcpy(scratch, items, n * sizeof *items);
        RADIX_NAME(sort_into)(scratch, items, n);
        return PADAN_OK;
    }
    unsigned bits = bit_width(n / PARTITION_KEYS);
    if (bits > PARTITION_BITS_MAX) bits = PARTITION_BITS_MAX;
    struct RADIX_NAME(radix_job) job = { .items = items, .scratch = scratch, .n = n, .shift = 64 - bits };
    job.n_partitions = (size_t)1 << bits;
    job.chunk_keys = (n + CHUNKS_MAX - 1) / CHUNKS_MAX;
    if (job.chunk_keys < CHUNK_KEYS_MIN) job.chunk_keys = CHUNK_KEYS_MIN;
    job.n_chunks = (n + job.chunk_keys - 1) / job.chunk_keys;
    const size_t n_workers = threads > 1 ? (size_t)threads : 1;
    enum padan_status status = pd_allocate(&job.places, job.n_chunks * job.n_partitions, sizeof *job.places, error);
    if (status == PADAN_OK) status = pd_allocate(&job.begins, job.n_partitions + 1, sizeof *job.begins, error);
    if (status == PADAN_OK)
        status = pd_allocate_array(&job.lines, n_workers * job.n_partitions * RADIX_LINE, sizeof *job.lines, error);
    if (status == PADAN_OK) status = RADIX_NAME(run)(&job, threads, error);
    pd_free(job.lines);
    pd_free(job.begins);
    pd_free(job.places);
    return status;
}

#undef RADIX_LINE
#undef RADIX_ITEM
#undef RADIX_KEY
#undef RADIX_NAME
