/* SPDX-License-Identifier: MIT
 * Rows by walking over the set bits of 64-byte masks: delimiters, line ends and quotes are visited, all other bytes are
 * never looked at. Idea of the masks and of one primitive per instruction set: zsv, simdjson (Langdale, Lemire 2019).
 * Unlike these, quotes count only at the start of a field, so no prefix-xor over quotes: a stray quote inside a name
 * must not swallow the rest of a file. */
#include "ingest/scan.h"

#include "base/cpu.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define PD_ONES UINT64_C(0x0101010101010101)
#define PD_HIGHS UINT64_C(0x8080808080808080)

enum { PD_BLOCK = 64 };

/* High bit of every byte of word that equals the pattern's byte, gathered into 8 bits. */
static uint64_t equal_bits(uint64_t word, uint64_t pattern)
{
    const uint64_t x = word ^ pattern;
    const uint64_t zero = ~(((x & ~PD_HIGHS) + ~PD_HIGHS) | x) & PD_HIGHS;
    return (zero >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

static void blocks_scalar(const char *data, size_t n, char delimiter, char line_end, uint64_t *special, uint64_t *high)
{
    const uint64_t delimiters = PD_ONES * (unsigned char)delimiter;
    const uint64_t line_ends = PD_ONES * (unsigned char)line_end;
    const uint64_t quotes = PD_ONES * (unsigned char)'"';
    for (size_t i = 0; i < n; i++) {
        uint64_t bits = 0;
        uint64_t high_bits = 0;
        for (unsigned j = 0; j < PD_BLOCK; j += 8) {
            uint64_t word;
            memcpy(&word, data + i * PD_BLOCK + j, sizeof word);
            bits |= (equal_bits(word, delimiters) | equal_bits(word, line_ends) | equal_bits(word, quotes)) << j;
            high_bits |= word & PD_HIGHS;
        }
        special[i] = bits;
        high[i] = high_bits;
    }
}

/* Eight places at a time are written, so that how many a mask has decides a branch that can be foretold. Idea: simdjson
 * (Langdale, Lemire 2019). */
static inline __attribute__((always_inline)) uint32_t list_masks(const uint64_t *masks, size_t n, uint16_t *ends)
{
    const uint64_t top = UINT64_C(1) << (PD_BLOCK - 1);
    uint32_t n_ends = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t mask = masks[i];
        const uint32_t n_bits = (uint32_t)__builtin_popcountll(mask);
        for (uint32_t done = 0; done < n_bits; done += 8)
            for (uint32_t j = 0; j < 8; j++) {
                ends[n_ends + done + j] = (uint16_t)(i * PD_BLOCK + (unsigned)__builtin_ctzll(mask | top));
                mask &= mask - 1;
            }
        n_ends += n_bits;
    }
    return n_ends;
}

static uint32_t list_scalar(const uint64_t *masks, size_t n, uint16_t *ends)
{
    return list_masks(masks, n, ends);
}

const struct pd_scan_kernel pd_scan_scalar = { "scalar", blocks_scalar, list_scalar };

#if defined(__x86_64__)
__attribute__((target("avx2"))) static uint64_t special_bits(__m256i low, __m256i top, __m256i pattern)
{
    const uint32_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, pattern));
    const uint32_t second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(top, pattern));
    return (uint64_t)second << 32 | first;
}

__attribute__((target("avx2"))) static void blocks_avx2(const char *data, size_t n, char delimiter, char line_end,
                                                        uint64_t *special, uint64_t *high)
{
    const __m256i delimiters = _mm256_set1_epi8(delimiter);
    const __m256i line_ends = _mm256_set1_epi8(line_end);
    const __m256i quotes = _mm256_set1_epi8('"');
    for (size_t i = 0; i < n; i++) {
        const __m256i low = _mm256_loadu_si256((const __m256i_u *)(data + i * PD_BLOCK));
        const __m256i top = _mm256_loadu_si256((const __m256i_u *)(data + i * PD_BLOCK + 32));
        special[i] =
            special_bits(low, top, delimiters) | special_bits(low, top, line_ends) | special_bits(low, top, quotes);
        high[i] = (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_or_si256(low, top));
    }
}

__attribute__((target("bmi,popcnt"))) static uint32_t list_bmi(const uint64_t *masks, size_t n, uint16_t *ends)
{
    return list_masks(masks, n, ends);
}

const struct pd_scan_kernel *pd_scan_avx2(void)
{
    static const struct pd_scan_kernel kernel = { "avx2", blocks_avx2, list_bmi };
    const bool has_all =
        __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
    return has_all ? &kernel : NULL;
}
#else
const struct pd_scan_kernel *pd_scan_avx2(void)
{
    return NULL;
}
#endif

const struct pd_scan_kernel *pd_scan_choose(void)
{
    const struct pd_scan_kernel *fast = pd_scan_avx2();
    return fast == NULL || pd_cpu_is_limited_to("scalar") ? &pd_scan_scalar : fast;
}

/* Masks from a block on; bits past the end are cleared. */
static void fill_cache(struct pd_scanner *scanner, size_t block)
{
    const size_t n_blocks = (scanner->end + PD_BLOCK - 1) / PD_BLOCK;
    size_t n = n_blocks - block;
    if (n > PD_SCAN_BLOCKS) n = PD_SCAN_BLOCKS;
    scanner->kernel->blocks(scanner->data + block * PD_BLOCK, n, scanner->delimiter, scanner->line_end,
                            scanner->special, scanner->high);
    const size_t surplus = n_blocks * PD_BLOCK - scanner->end;
    if (block + n == n_blocks && surplus > 0) scanner->special[n - 1] &= UINT64_MAX >> surplus;
    scanner->first_cached = block;
    scanner->n_cached = n;
    scanner->n_ends = scanner->next_end = 0;
}

/* Lists the special bytes from begin on. */
static void list_ends(struct pd_scanner *scanner, size_t begin)
{
    fill_cache(scanner, begin / PD_BLOCK);
    scanner->special[0] &= UINT64_MAX << begin % PD_BLOCK;
    scanner->n_ends = scanner->kernel->list(scanner->special, scanner->n_cached, scanner->ends);
}

static bool has_high(const struct pd_scanner *scanner, size_t first_block, size_t last_block)
{
    uint64_t high = 0;
    for (size_t i = first_block; i <= last_block; i++) high |= scanner->high[i];
    return high != 0;
}

bool pd_scan_plain_row(struct pd_scanner *scanner, size_t begin, uint32_t n_fields, struct pd_plain_row *row,
                       size_t *next)
{
    const uint32_t last = n_fields - 1;
    size_t first = scanner->first_cached * PD_BLOCK;
    while (scanner->next_end < scanner->n_ends && first + scanner->ends[scanner->next_end] < begin) scanner->next_end++;
    if (scanner->n_ends - scanner->next_end < n_fields) {
        list_ends(scanner, begin);
        first = scanner->first_cached * PD_BLOCK;
        if (scanner->n_ends < n_fields) return false;
    }
    const char *base = scanner->data + first;
    const uint16_t *ends = scanner->ends + scanner->next_end;
    bool is_plain = base[ends[last]] == scanner->line_end;
    for (uint32_t i = 0; i < last; i++) is_plain &= base[ends[i]] == scanner->delimiter;
    if (!is_plain || has_high(scanner, (begin - first) / PD_BLOCK, ends[last] / PD_BLOCK)) return false;
    *row = (struct pd_plain_row){ base, ends };
    *next = first + ends[last] + 1;
    scanner->next_end += n_fields;
    return true;
}

enum quote_state { PLAIN, QUOTED, CLOSED };

/* Where a row stands while it is being read. */
struct walk {
    const char *data;
    size_t field_begin;
    size_t open, close; /* quotes of the field */
    size_t skip;        /* second quote of a pair */
    size_t first_break; /* first line end inside quotes, SIZE_MAX = none */
    uint32_t break_field;
    uint32_t n_fields, expected;
    enum quote_state state;
    bool doubled, extra_filled;
    struct pd_field *fields;
};

static bool is_blank(const char *data, size_t begin, size_t end)
{
    while (begin < end && (unsigned char)data[begin] <= ' ') begin++;
    return begin == end;
}

/* Ends a field before `end`; false when text follows its closing quote in a row with line ends inside quotes: then
 * a quote was never closed, and the line ends are real ones. */
static inline bool close_field(struct walk *walk, size_t end)
{
    const char *data = walk->data;
    size_t begin = walk->field_begin;
    bool raw = false;
    if (walk->state == CLOSED) {
        begin = walk->open;
        const bool loose = !is_blank(data, walk->close + 1, end);
        if (loose && walk->first_break != SIZE_MAX) return false;
        raw = loose || walk->doubled;
        if (!raw) {
            begin++;
            end = walk->close;
        }
    }
    while (begin < end && (unsigned char)data[end - 1] <= ' ') end--;
    while (begin < end && (unsigned char)data[begin] <= ' ') begin++;
    if (walk->n_fields < walk->expected) {
        walk->fields[walk->n_fields] = (struct pd_field){ data + begin, (uint32_t)(end - begin), raw };
    } else if (begin < end) {
        walk->extra_filled = true;
    }
    walk->n_fields++;
    walk->state = PLAIN;
    walk->doubled = false;
    return true;
}

static void bad_quote(const struct walk *walk, size_t next, struct pd_row *row)
{
    row->kind = PD_ROW_BAD_QUOTE;
    row->bad_field = walk->first_break != SIZE_MAX ? walk->break_field : walk->n_fields;
    row->next = walk->first_break != SIZE_MAX ? walk->first_break + 1 : next;
}

/* No line end within row_limit bytes, quotes aside. */
static void too_long(const struct pd_scanner *scanner, const struct walk *walk, struct pd_row *row)
{
    if (walk->first_break != SIZE_MAX && walk->first_break - row->begin <= scanner->row_limit) {
        bad_quote(walk, 0, row);
        return;
    }
    const char *from = scanner->data + row->begin;
    const char *line_end = memchr(from, scanner->line_end, scanner->end - row->begin);
    row->kind = PD_ROW_TOO_LONG;
    row->next = line_end == NULL ? scanner->end : row->begin + (size_t)(line_end - from) + 1;
    row->skipping = line_end == NULL && !scanner->at_eof;
}

static void finish(struct walk *walk, bool any_width, size_t end, size_t next, struct pd_row *row)
{
    if (walk->state == QUOTED || !close_field(walk, end)) {
        bad_quote(walk, next, row);
        return;
    }
    row->n_fields = walk->n_fields;
    row->ragged = !any_width && (walk->n_fields < walk->expected || walk->extra_filled);
    row->next = next;
    if (row->ragged && walk->first_break != SIZE_MAX) bad_quote(walk, next, row);
}

static void finish_at_end(const struct pd_scanner *scanner, struct walk *walk, struct pd_row *row)
{
    if (scanner->end - row->begin > scanner->row_limit) {
        too_long(scanner, walk, row);
    } else if (!scanner->at_eof) {
        row->kind = PD_ROW_INCOMPLETE;
        row->next = row->begin;
    } else {
        finish(walk, scanner->any_width, scanner->end, scanner->end, row);
    }
}

/* Takes a quote into account; false when the next byte is needed and not there yet. */
static inline bool take_quote(const struct pd_scanner *scanner, struct walk *walk, size_t at)
{
    if (at == walk->skip) return true;
    if (walk->state == PLAIN) {
        if (at != walk->field_begin && !is_blank(walk->data, walk->field_begin, at)) return true;
        walk->state = QUOTED;
        walk->open = at;
    } else if (walk->state == QUOTED) {
        if (at + 1 == scanner->end && !scanner->at_eof) return false;
        if (at + 1 < scanner->end && walk->data[at + 1] == '"') {
            walk->doubled = true;
            walk->skip = at + 1;
        } else {
            walk->state = CLOSED;
            walk->close = at;
        }
    }
    return true;
}

void pd_scan_row(struct pd_scanner *scanner, size_t begin, uint32_t expected, struct pd_field *fields,
                 struct pd_row *row)
{
    *row = (struct pd_row){ .kind = PD_ROW_FIELDS, .begin = begin };
    struct walk walk = { .data = scanner->data,
                         .field_begin = begin,
                         .skip = SIZE_MAX,
                         .first_break = SIZE_MAX,
                         .expected = expected,
                         .fields = fields };
    size_t block = begin / PD_BLOCK;
    if (block - scanner->first_cached >= scanner->n_cached) fill_cache(scanner, block);
    uint64_t mask = scanner->special[block - scanner->first_cached] & (UINT64_MAX << begin % PD_BLOCK);
    uint64_t high = scanner->high[block - scanner->first_cached];
    for (;;) {
        while (mask == 0) {
            block++;
            if (block * PD_BLOCK >= scanner->end) {
                row->high = high != 0;
                finish_at_end(scanner, &walk, row);
                return;
            }
            if (block - scanner->first_cached >= scanner->n_cached) fill_cache(scanner, block);
            mask = scanner->special[block - scanner->first_cached];
            high |= scanner->high[block - scanner->first_cached];
        }
        const size_t at = block * PD_BLOCK + (size_t)__builtin_ctzll(mask);
        mask &= mask - 1;
        row->high = high != 0;
        if (at - begin > scanner->row_limit) {
            too_long(scanner, &walk, row);
            return;
        }
        const char byte = scanner->data[at];
        if (byte == '"') {
            if (take_quote(scanner, &walk, at)) continue;
            finish_at_end(scanner, &walk, row);
            return;
        }
        if (walk.state == QUOTED) {
            if (byte == scanner->line_end && walk.first_break == SIZE_MAX) {
                walk.first_break = at;
                walk.break_field = walk.n_fields;
            }
            continue;
        }
        if (byte == scanner->line_end) {
            finish(&walk, scanner->any_width, at, at + 1, row);
            return;
        }
        if (!close_field(&walk, at)) {
            bad_quote(&walk, at, row);
            return;
        }
        walk.field_begin = at + 1;
    }
}

enum padan_status pd_field_unquote(struct pd_field *field, struct pd_arena *arena, struct padan_error *error)
{
    char *text = NULL;
    PD_TRY(pd_arena_allocate(arena, &text, (size_t)field->length + 1, error));
    size_t length = 0;
    bool inside = true;
    for (size_t i = 1; i < field->length; i++) {
        if (inside && field->data[i] == '"') {
            if (i + 1 < field->length && field->data[i + 1] == '"') {
                i++;
            } else {
                inside = false;
                continue;
            }
        }
        text[length++] = field->data[i];
    }
    const struct pd_text trimmed = pd_text_trim((struct pd_text){ text, length });
    *field = (struct pd_field){ trimmed.data, (uint32_t)trimmed.length, false };
    return PADAN_OK;
}
