/* SPDX-License-Identifier: MIT
 * What is mutable here is global because a signal handler can reach nothing else. */
#include "cli/interrupt.h"

#include "base/status.h"

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

static volatile int interrupted;
static volatile int polled;
static volatile int json;
static const char *volatile unfinished;

void pd_interrupt_tidy(void)
{
    if (unfinished != NULL) (void)unlink(unfinished);
}

/* What a log of JSON lines is told when it is told by nobody else: a command that tidies up ends with an error. */
static void tell(bool end_now)
{
    static const char at_once[] = "\npadan: interrupted\n";
    static const char later[] = "\npadan: interrupted, tidying up (again to end at once)\n";
    static const char at_once_json[] = "{\"level\":\"error\",\"message\":\"interrupted\"}\n";
    const char *text = json ? at_once_json : end_now ? at_once : later;
    if (json && !end_now) return;
    const ssize_t written = write(STDERR_FILENO, text, strlen(text));
    (void)written;
}

static void on_signal(int number)
{
    (void)number;
    const bool end_now = !polled || interrupted;
    interrupted = 1;
    tell(end_now);
    if (end_now) pd_interrupt_tidy();
    if (end_now) _exit(padan_exit_code(PADAN_CANCELLED));
}

void pd_interrupt_install(void)
{
    struct sigaction action = { 0 };
    action.sa_handler = on_signal;
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
    struct sigaction ignore = { 0 };
    ignore.sa_handler = SIG_IGN;
    (void)sigaction(SIGXFSZ, &ignore, NULL); /* a file size limit is a failed write, as a full disk is */
}

const volatile int *pd_interrupt_flag(void)
{
    polled = 1;
    return &interrupted;
}

void pd_interrupt_json(void)
{
    json = 1;
}

void pd_interrupt_remove(const char *path)
{
    unfinished = path;
}
