/* SPDX-License-Identifier: MIT
 * Invented people for the whole-job benchmark, as one CSV. Usage: make_people ROWS FILE [SEED].
 *
 * Row i depends on (seed, i, number of rows) alone, so rows are made in parallel and the bytes never change. About one
 * row in ten is a person of an earlier row again, with typos. Names are put together from syllables and are flatter
 * than real ones: figures measured on them say how fast the engine is, not how many pairs a register has. */
#include "base/buffer.h"
#include "base/date.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    FAMILY = 4,
    PEOPLE_PER_VILLAGE = 3400,
    PERCENT_AGAIN = 10,
    N_TOKENS = 340,
    N_PLACES = 514,
    N_STREETS = 400,
    BIRTH_DAYS = 80 * 365,
    FIRST_BIRTH_YEAR = 1940,
    CHUNK_ROWS = 1 << 14,
    WAVE_CHUNKS = 32,
    FIELD_MAX = 80
};

struct person {
    char nik[FIELD_MAX], kk[FIELD_MAX], name[FIELD_MAX], place[FIELD_MAX], date[FIELD_MAX];
    uint64_t village, street;
    bool male;
};

struct maker {
    uint64_t seed;
    size_t n_rows, first_chunk;
    char tokens[N_TOKENS][12], places[N_PLACES][16], streets[N_STREETS][16];
    struct pd_buffer buffers[WAVE_CHUNKS];
};

/* A number that depends on its arguments only. */
static uint64_t draw(const struct maker *maker, uint64_t of, uint64_t what)
{
    return pd_mix64(pd_mix64(maker->seed * 1000003 + of) + what * UINT64_C(0x9e3779b97f4a7c15));
}

static void make_word(char *word, uint64_t number, unsigned n_syllables)
{
    static const char consonants[] = "SRWDMNKTLHBPJYGF", vowels[] = "AIUEO";
    static const char *const ends[] = { "", "N", "H", "R", "", "NG", "S", "K" };
    for (unsigned i = 0; i < n_syllables; i++) {
        *word++ = consonants[number % 16];
        number /= 16;
        *word++ = vowels[number % 5];
        number /= 5;
    }
    (void)strcpy(word, ends[number % 8]);
}

static void make_words(struct maker *maker)
{
    for (uint64_t i = 0; i < N_TOKENS; i++) make_word(maker->tokens[i], pd_mix64(i + 1), (unsigned)(2 + i % 3 / 2));
    for (uint64_t i = 0; i < N_PLACES; i++) make_word(maker->places[i], pd_mix64(i + 70001), (unsigned)(3 + i % 2));
    for (uint64_t i = 0; i < N_STREETS; i++) make_word(maker->streets[i], pd_mix64(i + 90001), 3);
}

/* A token, the first ones more often: the square of a uniform number. */
static const char *token(const struct maker *maker, uint64_t number)
{
    const double uniform = (double)(number >> 11) * 0x1p-53;
    return maker->tokens[(size_t)(uniform * uniform * N_TOKENS)];
}

static void make_person(const struct maker *maker, uint64_t number, struct person *person)
{
    const uint64_t family = number / FAMILY;
    const uint64_t n_villages = maker->n_rows / PEOPLE_PER_VILLAGE + 1;
    const uint64_t village = draw(maker, family, 1) % n_villages;
    const uint64_t day_number = draw(maker, number, 2) % BIRTH_DAYS;
    const struct pd_date date = pd_date_to_civil(pd_date_from_civil(FIRST_BIRTH_YEAR, 1, 1) + (int32_t)day_number);
    const uint64_t district = village / 12;
    person->male = draw(maker, number, 3) % 2 == 0;
    person->village = (11 + district / 2000) * 100000000 + district % 2000 * 10000 + 2001 + village % 12;
    person->street = draw(maker, family, 4);
    (void)snprintf(person->nik, sizeof person->nik, "%06llu%02d%02d%02d%04llu",
                   (unsigned long long)(person->village / 10000), date.day + (person->male ? 0 : 40), date.month,
                   date.year % 100, (unsigned long long)(1 + draw(maker, number, 5) % 9000));
    (void)snprintf(person->kk, sizeof person->kk, "%06llu%010llu", (unsigned long long)(person->village / 10000),
                   (unsigned long long)(family + 1));
    (void)snprintf(person->date, sizeof person->date, "%04d-%02d-%02d", date.year, date.month, date.day);
    (void)snprintf(person->place, sizeof person->place, "%s", maker->places[draw(maker, village, 6) % N_PLACES]);
    const uint64_t length = draw(maker, number, 7) % 8;
    const char *first = token(maker, draw(maker, number, 8)), *last = token(maker, draw(maker, number, 9));
    if (length == 0)
        (void)snprintf(person->name, sizeof person->name, "%s", first);
    else if (length < 4)
        (void)snprintf(person->name, sizeof person->name, "%s %s", first, last);
    else
        (void)snprintf(person->name, sizeof person->name, "%s %s %s", first, token(maker, draw(maker, number, 10)),
                       last);
}

/* One edit: a byte replaced by its successor, lost, doubled, or swapped with the next. */
static void damage(char *text, uint64_t number)
{
    const size_t n = strlen(text);
    if (n < 3) return;
    const size_t at = 1 + number / 4 % (n - 2);
    if (text[at] == ' ' || text[at] == '-') return;
    const bool digit = text[at] >= '0' && text[at] <= '9';
    switch (digit ? 0 : number % 4) {
    case 0: text[at] = digit ? (char)('0' + (text[at] - '0' + 1 + (int)(number / 64 % 8)) % 10) : 'A'; break;
    case 1: memmove(text + at, text + at + 1, n - at); break;
    case 2: memmove(text + at + 1, text + at, n - at + 1); break;
    default: {
        const char byte = text[at];
        text[at] = text[at + 1];
        text[at + 1] = byte;
    }
    }
}

/* What happens to a person who is listed again. */
static void damage_person(const struct maker *maker, uint64_t row, struct person *person)
{
    char *const fields[] = { person->name, person->name, person->nik, person->date, person->place, person->kk };
    const uint64_t n_edits = 1 + draw(maker, row, 20) % 3;
    for (uint64_t i = 0; i < n_edits; i++) {
        const uint64_t number = draw(maker, row, 21 + i);
        damage(fields[number % 6], number / 6);
    }
    const uint64_t missing = draw(maker, row, 30) % 10;
    if (missing == 0) person->nik[0] = '\0';
    if (missing == 1) person->kk[0] = '\0';
    if (draw(maker, row, 31) % 20 == 0) person->village += draw(maker, row, 32) % 3;
}

static void append_row(const struct maker *maker, uint64_t row, struct pd_buffer *out)
{
    struct person person;
    const bool again = row > 100 && draw(maker, row, 40) % 100 < PERCENT_AGAIN;
    make_person(maker, again ? draw(maker, row, 41) % row : row, &person);
    if (again) damage_person(maker, row, &person);
    if (!again && draw(maker, row, 42) % 50 == 0) person.nik[0] = '\0';
    pd_append_digits(out, row + 1, 9);
    const char *const fields[] = { person.nik,   person.kk,   person.name,
                                   person.place, person.date, person.male ? "L" : "P" };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        pd_append_byte(out, ',');
        pd_append_string(out, fields[i]);
    }
    pd_append_byte(out, ',');
    pd_append_digits(out, person.village, 10);
    pd_append_format(out, ",JL %s NO %u RT %03u RW %03u\n", maker->streets[person.street % N_STREETS],
                     (unsigned)(person.street >> 20) % 200 + 1, (unsigned)(person.street >> 30) % 12 + 1,
                     (unsigned)(person.street >> 40) % 9 + 1);
}

static enum padan_status make_chunk(void *context, size_t index, int worker, struct padan_error *error)
{
    struct maker *maker = context;
    struct pd_buffer *out = &maker->buffers[index];
    const size_t begin = (maker->first_chunk + index) * CHUNK_ROWS;
    const size_t end = begin + CHUNK_ROWS < maker->n_rows ? begin + CHUNK_ROWS : maker->n_rows;
    (void)worker;
    pd_buffer_clear(out);
    for (size_t row = begin; row < end; row++) append_row(maker, row, out);
    return pd_buffer_status(out, error);
}

static enum padan_status make(struct maker *maker, const char *path, struct padan_error *error)
{
    static const char header[] = "unique_id,nik,kk,full_name,birth_place,birth_date,sex,village,address\n";
    struct pd_sink sink;
    const size_t n_chunks = (maker->n_rows + CHUNK_ROWS - 1) / CHUNK_ROWS;
    PD_TRY(pd_sink_open(&sink, path, error));
    PD_TRY(pd_sink_append(&sink, header, sizeof header - 1, error));
    for (; maker->first_chunk < n_chunks; maker->first_chunk += WAVE_CHUNKS) {
        const size_t left = n_chunks - maker->first_chunk;
        const size_t n = left < WAVE_CHUNKS ? left : WAVE_CHUNKS;
        PD_TRY(pd_parallel_for(n, pd_thread_count(0), make_chunk, maker, error));
        for (size_t i = 0; i < n; i++)
            PD_TRY(pd_sink_append(&sink, maker->buffers[i].data, maker->buffers[i].length, error));
    }
    return pd_sink_close(&sink, error);
}

int main(int argc, char **argv)
{
    struct padan_error error = { PADAN_OK, "" };
    struct maker *maker = NULL;
    if (argc < 3) {
        (void)fprintf(stderr, "usage: make_people ROWS FILE [SEED]\n");
        return 2;
    }
    if (pd_allocate(&maker, 1, sizeof *maker, &error) != PADAN_OK) return 4;
    maker->n_rows = (size_t)strtoull(argv[1], NULL, 10);
    maker->seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    make_words(maker);
    const enum padan_status status = make(maker, argv[2], &error);
    if (status != PADAN_OK) (void)fprintf(stderr, "make_people: %s\n", error.message);
    for (size_t i = 0; i < WAVE_CHUNKS; i++) pd_buffer_reset(&maker->buffers[i]);
    pd_free(maker);
    return status == PADAN_OK ? 0 : 4;
}
