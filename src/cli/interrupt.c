/* SPDX-License-Identifier: MIT
 * What is mutable here is global because a signal handler can reach nothing else, and a handler may do nothing but
 * system calls: paths are kept in places of fixed size, folders are read by getdents64. */
#include "cli/interrupt.h"

#include "base/file.h"
#include "base/status.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { N_UNFINISHED = 16, PATH_BYTES = 4096, DEPTH_MAX = 4, ENTRIES_BYTES = 2048, TRIES = 3 };
enum place { FREE, TAKEN, NAMED };

static struct {
    atomic_int place; /* enum place */
    char path[PATH_BYTES];
} unfinished[N_UNFINISHED];
static atomic_int held;   /* names are being taken or given */
static atomic_bool asked; /* a signal came meanwhile */
static atomic_bool ending;
static volatile bool json;

void pd_file_begun(const char *path)
{
    const size_t length = strlen(path);
    if (length >= PATH_BYTES) return;
    for (size_t i = 0; i < N_UNFINISHED; i++) {
        int expected = FREE;
        if (!atomic_compare_exchange_strong(&unfinished[i].place, &expected, TAKEN)) continue;
        memcpy(unfinished[i].path, path, length + 1);
        atomic_store(&unfinished[i].place, NAMED);
        return;
    }
}

void pd_file_ended(const char *path)
{
    for (size_t i = 0; i < N_UNFINISHED; i++)
        if (atomic_load(&unfinished[i].place) == NAMED && strcmp(unfinished[i].path, path) == 0) {
            atomic_store(&unfinished[i].place, FREE);
            return;
        }
}

void pd_file_hold_signals(void)
{
    atomic_fetch_add(&held, 1);
}

static void remove_tree(int parent, const char *name, int depth);

/* The layout of the kernel's getdents64. */
struct entry {
    uint64_t inode;
    int64_t offset;
    uint16_t length;
    uint8_t type;
    char name[];
};

static void remove_entries(int folder, int depth)
{
    _Alignas(struct entry) char bytes[ENTRIES_BYTES];
    for (;;) {
        const long got = syscall(SYS_getdents64, folder, bytes, sizeof bytes);
        if (got <= 0) return;
        for (long at = 0; at < got;) {
            const struct entry *entry = (const struct entry *)(const void *)(bytes + at);
            if (strcmp(entry->name, ".") != 0 && strcmp(entry->name, "..") != 0)
                remove_tree(folder, entry->name, depth + 1);
            at += entry->length;
        }
    }
}

static void remove_tree(int parent, const char *name, int depth)
{
    if (unlinkat(parent, name, 0) == 0 || (errno != EISDIR && errno != EPERM) || depth > DEPTH_MAX) return;
    /* Again, should another thread have made one more file meanwhile. */
    for (int i = 0; i < TRIES; i++) {
        const int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (folder < 0) return;
        remove_entries(folder, depth);
        (void)close(folder);
        if (unlinkat(parent, name, AT_REMOVEDIR) == 0) return;
    }
}

void pd_interrupt_tidy(void)
{
    for (size_t i = 0; i < N_UNFINISHED; i++)
        if (atomic_load(&unfinished[i].place) == NAMED) remove_tree(AT_FDCWD, unfinished[i].path, 0);
}

void pd_interrupt_wait(void)
{
    while (atomic_load(&ending)) (void)pause();
}

static void tell(void)
{
    static const char sentence[] = "\npadan: interrupted; earlier results are as they were\n";
    static const char line[] = "{\"level\":\"error\",\"message\":\"interrupted; earlier results are as they were\"}\n";
    const char *text = json ? line : sentence;
    const ssize_t written = write(STDERR_FILENO, text, strlen(text));
    (void)written;
}

static void end_now(void)
{
    if (!atomic_exchange(&ending, true)) {
        pd_interrupt_tidy();
        tell();
    }
    _exit(padan_exit_code(PADAN_CANCELLED));
}

static void on_signal(int number)
{
    (void)number;
    const int before = errno;
    if (atomic_load(&held) == 0 || atomic_exchange(&asked, true)) end_now();
    errno = before;
}

void pd_file_release_signals(void)
{
    if (atomic_fetch_sub(&held, 1) == 1 && atomic_load(&asked)) end_now();
}

/* Under nohup a closed terminal is to be ignored. */
static void take_hangup(const struct sigaction *action)
{
    struct sigaction before;
    if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler == SIG_IGN) return;
    (void)sigaction(SIGHUP, action, NULL);
}

void pd_interrupt_install(void)
{
    struct sigaction action = { 0 };
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
    take_hangup(&action);
    struct sigaction ignore = { 0 };
    ignore.sa_handler = SIG_IGN;
    (void)sigaction(SIGXFSZ, &ignore, NULL); /* a file size limit is a failed write, as a full disk is */
    (void)sigaction(SIGPIPE, &ignore, NULL); /* a reader of messages that goes away ends no run */
}

void pd_interrupt_json(void)
{
    json = true;
}
