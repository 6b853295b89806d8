/* SPDX-License-Identifier: MIT
 * Memory that is moved to a file: it keeps its contents, while threads write to it as while the system does. */
#include "cli/backing.h"

#include "base/memory.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { N_STEPS = 4, STEP_WORDS = PD_BACKING_STEP / sizeof(uint64_t), N_WRITTEN = 8 };

static struct pd_backing backing;
static FILE *file;

static void make(void)
{
    file = tmpfile();
    cr_assert_not_null(file);
    cr_assert(pd_backing_make(&backing, fileno(file), (size_t)64 << 20));
}

static void end(void)
{
    (void)fclose(file);
}

TestSuite(backing, .init = make, .fini = end);

static uint64_t *take_array(size_t n_steps)
{
    uint64_t *words = pd_addresses_take(&backing.arrays, NULL, n_steps * PD_BACKING_STEP, PD_BACKING_STEP);
    cr_assert_not_null(words);
    return words;
}

static size_t place_of(const void *memory)
{
    return (size_t)((const char *)memory - backing.base);
}

static void take_out(const void *memory, size_t n_steps)
{
    const size_t place = place_of(memory);
    for (size_t i = 0; i < n_steps; i++)
        cr_assert(pd_backing_take_out(&backing, place + i * PD_BACKING_STEP, place + (i + 1) * PD_BACKING_STEP));
}

static long blocks_on_disk(void)
{
    struct stat facts;
    cr_assert_eq(fstat(backing.descriptor, &facts), 0);
    return (long)facts.st_blocks;
}

Test(backing, what_was_moved_is_the_same_and_can_be_changed_and_moved_again)
{
    uint64_t *words = take_array(N_STEPS);
    for (uint64_t round = 0; round < 3; round++) {
        for (uint64_t i = round; i < N_STEPS * STEP_WORDS; i += 3) words[i] = i * 7 + round;
        take_out(words, N_STEPS);
        for (uint64_t i = 0; i < N_STEPS * STEP_WORDS; i++)
            cr_assert_eq(words[i], i % 3 <= round ? i * 7 + i % 3 : 0, "round %u, word %u", (unsigned)round,
                         (unsigned)i);
    }
}

Test(backing, what_nobody_touched_is_not_moved_and_a_part_of_a_step_can_be)
{
    uint64_t *words = take_array(2);
    const size_t half = PD_BACKING_STEP / 2;
    take_out(words, 1);
    cr_expect_eq(blocks_on_disk(), 0);
    words[0] = 5; /* were it taken for moved, this would be lost */
    take_out(words, 1);
    cr_expect_eq(words[0], 5);
    uint64_t *next = words + STEP_WORDS;
    next[0] = 6;
    next[STEP_WORDS - 1] = 7;
    cr_assert(pd_backing_take_out(&backing, place_of(next), place_of(next) + half));
    next[STEP_WORDS - 2] = 8;
    take_out(next, 1);
    cr_expect(next[0] == 6 && next[STEP_WORDS - 1] == 7 && next[STEP_WORDS - 2] == 8);
}

Test(backing, what_is_given_back_is_zero_and_off_the_disk)
{
    uint64_t *words = take_array(3);
    for (size_t i = 0; i < 3 * STEP_WORDS; i++) words[i] = i + 1;
    take_out(words, 2);
    const long before = blocks_on_disk();
    /* From within the first step to within the last, which was never moved. */
    const size_t from = STEP_WORDS / 2, to = 2 * STEP_WORDS + STEP_WORDS / 2;
    cr_assert(pd_backing_give_back(&backing, place_of(words + from), (to - from) * sizeof *words));
    cr_expect_lt(blocks_on_disk(), before);
    for (size_t i = 0; i < 3 * STEP_WORDS; i++) cr_assert_eq(words[i], i < from || i >= to ? i + 1 : 0, "word %zu", i);
    words[from] = 9;
    take_out(words, 3);
    for (size_t i = 0; i < 3 * STEP_WORDS; i++)
        cr_assert_eq(words[i], i == from ? 9 : i < from || i >= to ? i + 1 : 0, "word %zu", i);
}

/* Adds to words again and again, at least once however late it starts. */
struct adding {
    uint64_t *words;
    uint64_t n_rounds;
    atomic_bool stop;
};

static void *add(void *context)
{
    struct adding *adding = context;
    do {
        for (size_t i = 0; i < N_WRITTEN * STEP_WORDS; i += 64) adding->words[i]++;
        adding->n_rounds++;
    } while (!atomic_load(&adding->stop));
    return NULL;
}

Test(backing, no_write_is_lost_while_it_is_moved)
{
    uint64_t *words = take_array(N_WRITTEN);
    struct adding adding = { words, 0, false };
    pthread_t thread;
    cr_assert_eq(pthread_create(&thread, NULL, add, &adding), 0);
    for (size_t step = 0; step < N_WRITTEN; step++) {
        (void)usleep(2000);
        take_out(words + step * STEP_WORDS, 1);
    }
    (void)usleep(2000);
    atomic_store(&adding.stop, true);
    cr_assert_eq(pthread_join(thread, NULL), 0);
    cr_expect_gt(adding.n_rounds, 0);
    for (size_t i = 0; i < N_WRITTEN * STEP_WORDS; i += 64) cr_assert_eq(words[i], adding.n_rounds, "word %zu", i);
}

Test(backing, what_the_system_reads_into_it_waits_for_the_move)
{
    uint64_t *words = take_array(1);
    const int zeros = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    cr_assert_geq(zeros, 0);
    cr_expect_not(pd_memory_settle(&zeros), "other memory is not moved");
    atomic_store(&backing.moving_begin, place_of(words));
    atomic_store(&backing.moving_end, place_of(words)); /* nothing is on its way */
    cr_expect(pd_memory_settle(words));
    errno = EFAULT;
    cr_expect(pd_memory_call_again(words));
    cr_expect_not(pd_memory_call_again(&zeros));
    (void)close(zeros);
}
