/* SPDX-License-Identifier: MIT */
#include "cli/full_disk.h"

#include "base/memory.h"
#include "base/status.h"
#include "cli/interrupt.h"
#include "cli/mapping.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SENTENCE_BYTES = 1024 };

static struct {
    const char *memory, *folder;
    size_t bytes;
    atomic_bool full;              /* the disk had no room once */
    atomic_bool is_told;           /* the sentence, to the user */
    char sentence[SENTENCE_BYTES]; /* for a handler of signals, which cannot write one */
} disk;

void pd_full_disk_note(void)
{
    atomic_store(&disk.full, true);
}

const char *pd_memory_full_folder(void)
{
    return atomic_load(&disk.full) ? disk.folder : NULL;
}

/* A page of the file that the disk cannot take or give: it is broken, or full where room cannot be taken ahead. */
static void on_bus_error(int number, siginfo_t *facts, void *context)
{
    (void)context;
    const size_t place = (size_t)((const char *)facts->si_addr - disk.memory);
    if (place >= disk.bytes) {
        pd_mapping_look_at_bus_error(facts->si_addr);
        (void)signal(number, SIG_DFL); /* not ours: it happens again, without us */
        return;
    }
    if (atomic_exchange(&disk.is_told, true)) /* by another thread, which ends the program */
        for (;;) (void)pause();
    const ssize_t written = write(STDERR_FILENO, disk.sentence, strlen(disk.sentence));
    (void)written;
    pd_interrupt_tidy();
    _exit(padan_exit_code(PADAN_IO));
}

void pd_full_disk_watch(const char *memory, size_t bytes, const char *folder)
{
    struct sigaction action = { 0 };
    disk.memory = memory;
    disk.bytes = bytes;
    disk.folder = folder;
    (void)snprintf(disk.sentence, sizeof disk.sentence,
                   "\npadan: the disk of %s is full or broken, and what does not fit into memory lies there: free some "
                   "disk space, write to another folder (--out), or allow more memory\n",
                   folder);
    action.sa_sigaction = on_bus_error;
    action.sa_flags = SA_SIGINFO;
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGBUS, &action, NULL);
}
