/* SPDX-License-Identifier: MIT
 * Arrays that lie in a file: they are what the file is, they are memory like any other, and a file that changes under
 * them is found. */
#include "cli/mapping.h"

#include "base/file.h"
#include "base/memory.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILE_BYTES = 3 << 20, OFFSET = 4096 + 64, LENGTH = 2 << 20, ROOM = 1 << 20 };

static char folder[64];
static char path[128];
static int descriptor;

static char byte_at(size_t i)
{
    return (char)(i * 2654435761u >> 13);
}

static void make_file(void)
{
    static char bytes[FILE_BYTES];
    for (size_t i = 0; i < FILE_BYTES; i++) bytes[i] = byte_at(i);
    memcpy(folder, "/tmp/padan-test-XXXXXX", sizeof "/tmp/padan-test-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/file", folder);
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    cr_assert_eq(write(descriptor, bytes, FILE_BYTES), FILE_BYTES);
}

static void remove_file(void)
{
    (void)close(descriptor);
    cr_expect_eq(pd_directory_remove(folder, NULL), PADAN_OK);
}

TestSuite(mapping, .init = make_file, .fini = remove_file);

static char *map(size_t room)
{
    const struct pd_memory_part part = { descriptor, path, OFFSET, LENGTH, room };
    return pd_memory_map(&part);
}

Test(mapping, an_array_begins_with_the_bytes_of_its_part)
{
    char *array = map(ROOM);
    char stored = 0;
    cr_assert_not_null(array);
    cr_expect_eq((uintptr_t)array % 64, 0);
    cr_expect(pd_memory_is_mapped(array));
    for (size_t i = 0; i < LENGTH; i++) cr_assert_eq(array[i], byte_at(OFFSET + i), "byte %zu", i);
    memset(array, 'x', LENGTH + ROOM);
    cr_expect_eq(pread(descriptor, &stored, 1, OFFSET), 1);
    cr_expect_eq(stored, byte_at(OFFSET), "the file was written to");
    cr_expect_eq(pd_memory_check_mapped(NULL), PADAN_OK);
    pd_free(array);
}

/* What is loaded behind an index leaves columns that its files do not have as they are: NULL. */
Test(mapping, behind_the_bytes_of_the_part_there_are_zeros_whatever_the_file_goes_on_with)
{
    static const size_t lengths[] = { LENGTH, LENGTH + 1, LENGTH - OFFSET % 4096, LENGTH + 4096 - OFFSET % 4096 - 1 };
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
        const struct pd_memory_part part = { descriptor, path, OFFSET, lengths[l], ROOM };
        char *array = pd_memory_map(&part);
        cr_assert_not_null(array);
        for (size_t i = 0; i < lengths[l]; i++) cr_assert_eq(array[i], byte_at(OFFSET + i), "byte %zu", i);
        for (size_t i = lengths[l]; i < lengths[l] + ROOM; i++) cr_assert_eq(array[i], 0, "byte %zu", i);
        pd_free(array);
    }
}

Test(mapping, an_array_is_grown_and_freed_as_others_are)
{
    char *array = map(ROOM);
    size_t capacity = LENGTH + ROOM;
    array[LENGTH] = 'y';
    pd_shrink(&array, &capacity, LENGTH, 1);
    cr_expect_eq(capacity, LENGTH + ROOM, "there is nothing to give back");
    cr_assert_eq(pd_grow(&array, &capacity, LENGTH + ROOM + 1, 1, NULL), PADAN_OK);
    cr_expect_not(pd_memory_is_mapped(array));
    cr_expect_gt(capacity, LENGTH + ROOM);
    for (size_t i = 0; i < LENGTH; i++) cr_assert_eq(array[i], byte_at(OFFSET + i), "byte %zu", i);
    cr_expect_eq(array[LENGTH], 'y');
    pd_free(array);
    char *other = map(0);
    cr_assert_not_null(other);
    cr_expect_eq(other[LENGTH - 1], byte_at(OFFSET + LENGTH - 1));
    pd_free(other);
}

/* As the keeper's (cli/backing.c). */
static void on_refused_write(int number, siginfo_t *facts, void *context)
{
    (void)context;
    if (!pd_mapping_let_write(facts->si_addr)) (void)signal(number, SIG_DFL);
}

static void bound(size_t room)
{
    struct sigaction action = { 0 };
    action.sa_sigaction = on_refused_write;
    action.sa_flags = SA_SIGINFO;
    cr_assert_eq(sigaction(SIGSEGV, &action, NULL), 0);
    pd_mapping_bound(room);
}

static void take_all_out(void)
{
    size_t n = 0;
    while (pd_mapping_take_out()) n++;
    cr_expect_geq(n, 1);
}

Test(mapping, within_a_bound_what_is_taken_out_comes_back_and_what_was_written_stays)
{
    bound(2 * ROOM);
    char *array = map(ROOM);
    cr_assert_not_null(array);
    for (int round = 0; round < 3; round++) {
        take_all_out();
        if (round == 1) array[LENGTH / 2] = 'x'; /* one page of the file is ours from now on */
        if (round == 1) array[LENGTH + ROOM / 2] = 'y';
        for (size_t i = 0; i < LENGTH; i++)
            cr_assert_eq(array[i], round > 0 && i == LENGTH / 2 ? 'x' : byte_at(OFFSET + i), "byte %zu", i);
    }
    cr_expect_eq(array[LENGTH + ROOM / 2], 'y');
    pd_free(array);
    cr_expect_not(pd_mapping_let_write(array), "it is none any more");
    cr_expect_not(pd_mapping_let_write(&descriptor));
}

Test(mapping, within_a_bound_room_that_cannot_be_taken_out_is_limited)
{
    bound(ROOM + ROOM / 2);
    char *array = map(ROOM);
    cr_expect_not_null(array);
    cr_expect_null(map(ROOM));
    cr_expect_not_null(map(0));
    cr_expect_geq(pd_mapping_room(), ROOM);
    pd_free(array);
    cr_expect_eq(pd_mapping_room(), 0);
    cr_expect_not_null(map(ROOM), "room of what was freed is there again");
}

Test(mapping, a_changed_file_is_found_before_results_have_names)
{
    const struct timespec later[2] = { { 2000000000, 0 }, { 2000000000, 0 } };
    struct padan_error error = { PADAN_OK, "" };
    char out[160];
    char *array = map(0);
    (void)snprintf(out, sizeof out, "%s/out", folder);
    cr_assert_eq(pd_file_write(out, PD_TEXT("first"), &error), PADAN_OK, "%s", error.message);
    cr_assert_eq(unlink(out), 0);
    cr_assert_eq(pwrite(descriptor, "changed", 7, OFFSET), 7);
    cr_assert_eq(futimens(descriptor, later), 0); /* clocks of files are coarse */
    cr_expect_eq(pd_memory_check_mapped(&error), PADAN_BAD_INPUT);
    cr_expect_not_null(strstr(error.message, "an index was changed while it was read"), "%s", error.message);
    cr_expect_eq(pd_file_write(out, PD_TEXT("second"), &error), PADAN_BAD_INPUT);
    cr_expect_neq(access(out, F_OK), 0, "a result was given out");
    pd_free(array);
}

/* Reads an array whose file was cut, as the program would. */
static void read_what_is_cut(const char *array, int messages)
{
    (void)dup2(messages, STDERR_FILENO);
    pd_mapping_install();
    _exit(ftruncate(descriptor, OFFSET) == 0 && *(const volatile char *)(array + LENGTH / 2) == 'x' ? 100 : 101);
}

Test(mapping, a_file_cut_short_ends_the_program_with_a_sentence)
{
    int ends[2], state = 0;
    char message[1024] = "";
    const char *array = map(0);
    cr_assert_eq(pipe(ends), 0);
    const pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) read_what_is_cut(array, ends[1]);
    (void)close(ends[1]);
    cr_assert_eq(waitpid(child, &state, 0), child);
    cr_assert_gt(read(ends[0], message, sizeof message - 1), 0);
    (void)close(ends[0]);
    cr_expect(WIFEXITED(state) && WEXITSTATUS(state) == 3, "state %d", state);
    cr_expect_not_null(strstr(message, "/file: became shorter while it was read"), "%s", message);
}

/* Goes where codes of another file would lead, as the program would. */
static void read_a_bad_address(bool changed, int messages)
{
    const struct timespec later[2] = { { 2000000000, 0 }, { 2000000000, 0 } };
    volatile uintptr_t nowhere = 64;
    (void)dup2(messages, STDERR_FILENO);
    (void)signal(SIGSEGV, SIG_DFL); /* a sanitizer would tell of an address that is meant to be bad */
    pd_mapping_install();
    if (changed && futimens(descriptor, later) != 0) _exit(101);
    _exit(*(const volatile char *)nowhere == 'x' ? 100 : 101); // NOLINT(performance-no-int-to-ptr)
}

static int state_after_bad_address(bool changed, char message[1024])
{
    int ends[2], state = 0;
    cr_assert_eq(pipe(ends), 0);
    const pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) read_a_bad_address(changed, ends[1]);
    (void)close(ends[1]);
    cr_assert_eq(waitpid(child, &state, 0), child);
    (void)!read(ends[0], message, 1023);
    (void)close(ends[0]);
    return state;
}

Test(mapping, a_bad_address_is_told_as_what_it_is_once_a_file_was_changed)
{
    char message[1024] = "", nothing[1024] = "";
    cr_assert_not_null(map(0));
    int state = state_after_bad_address(false, nothing);
    cr_expect(WIFSIGNALED(state), "a fault of the program is none of the file: state %d", state);
    cr_expect_null(strstr(nothing, "an index was changed"), "%s", nothing);
    state = state_after_bad_address(true, message);
    cr_expect(WIFEXITED(state) && WEXITSTATUS(state) == 3, "state %d", state);
    cr_expect_not_null(strstr(message, "padan: an index was changed while it was read"), "%s", message);
}
