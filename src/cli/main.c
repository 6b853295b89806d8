/* SPDX-License-Identifier: MIT
 * The program: finds the command and hands over. Everything it can do is in the table below. */
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/mapping.h"
#include "cli/waiting.h"

#include "base/memory.h"
#include "base/nearest.h"
#include "base/sha256.h"
#include "compare/lanes.h"
#include "ingest/ingest.h"
#include "padan.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct command {
    const char *name;
    int (*function)(int argc, char **argv);
    const char *summary;
};

static const struct command commands[] = {
    { "run", pd_command_run, "reconcile the files of a job into a new run folder" },
    { "check", pd_command_check, "say what is in files before they are used" },
    { "index", pd_command_index, "parse a big file once, for many runs" },
    { "generate", pd_command_generate, "make invented people, registers, rosters, the truth and a job" },
    { "dedupe", pd_command_dedupe, "find rows of one file that are the same person or thing" },
    { "link", pd_command_link, "find rows of different files that are the same person or thing" },
    { "block", pd_command_block, "pairs of a model's blocking rules, what caps cost, true pairs kept" },
    { "train", pd_command_train, "learn the parameters of a model from data" },
    { "evaluate", pd_command_evaluate, "precision, recall and F1 against the truth" },
    { "explain", pd_command_explain, "one pair as levels and weights, or one cluster" },
    { "diff", pd_command_diff, "what two runs link differently" },
    { "export", pd_command_export, "tables of a run as a workbook or a database" },
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

static void print_help(FILE *to)
{
    (void)fputs("usage: padan COMMAND [options] ...\n\nRecord linkage for national registers.\n\n", to);
    for (size_t i = 0; i < N_COMMANDS; i++) (void)fprintf(to, "  %-10s  %s\n", commands[i].name, commands[i].summary);
    (void)fputs("\npadan COMMAND --help tells the options of one; padan --version tells the kernels in use.\n", to);
}

static void print_version(void)
{
    printf("padan %s\nscanner: %s\nsha256: %s\nstring metrics: %s\n", padan_version(), pd_ingest_kernel(),
           pd_sha256_kernel(), pd_lanes_choose()->name);
}

static int unknown_command(const char *name)
{
    const char *names[N_COMMANDS];
    for (size_t i = 0; i < N_COMMANDS; i++) names[i] = commands[i].name;
    const char *nearest = pd_nearest_name(pd_text_of(name), names, N_COMMANDS);
    if (nearest != NULL)
        (void)fprintf(stderr, "padan: there is no command \"%.60s\"; did you mean \"%s\"?\n", name, nearest);
    else
        (void)fprintf(stderr, "padan: there is no command \"%.60s\"; see padan --help\n", name);
    return padan_exit_code(PADAN_BAD_ARGUMENT);
}

static int run_command(int argc, char **argv)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (strcmp(argv[0], commands[i].name) == 0) return commands[i].function(argc, argv);
    return unknown_command(argv[0]);
}

/* `padan help [COMMAND]` */
static int help(int argc, char **argv)
{
    static char option[] = "--help";
    if (argc < 2) {
        print_help(stdout);
        return 0;
    }
    char *arguments[] = { argv[1], option, NULL };
    return run_command(2, arguments);
}

/* Whoever closed a pipe, such as `head`, knows that it lacks something. */
static bool reader_has_gone(void)
{
    struct pollfd output = { .fd = STDOUT_FILENO };
    return poll(&output, 1, 0) > 0 && (output.revents & POLLERR) != 0;
}

/* Output that could not be written is no success, nor is one from an index that was another one meanwhile. */
static int finish(int exit_code)
{
    struct padan_error error = { PADAN_OK, "" };
    pd_interrupt_wait();
    if (exit_code <= 1 && pd_memory_check_mapped(&error) != PADAN_OK) {
        (void)fprintf(stderr, "padan: %s\n", error.message);
        exit_code = padan_exit_code(error.status);
    }
    if (fflush(stdout) == 0 && ferror(stdout) == 0) return exit_code;
    if (!reader_has_gone()) (void)fputs("padan: cannot write to standard output\n", stderr);
    return exit_code > 1 ? exit_code : padan_exit_code(PADAN_IO);
}

/* A stream that was closed by whoever called: no file of ours may get its number, and be written into. What is written
 * to a closed standard output still fails. */
static void fill_closed_streams(void)
{
    static const int modes[] = { O_WRONLY, O_RDONLY, O_WRONLY };
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
        if (fcntl(stream, F_GETFD) < 0) (void)open("/dev/null", modes[stream]);
}

int main(int argc, char **argv)
{
    fill_closed_streams();
    pd_sleep_while_waiting(argv);
    pd_interrupt_install();
    pd_mapping_install();
    if (argc < 2) {
        print_help(stderr);
        return padan_exit_code(PADAN_BAD_ARGUMENT);
    }
    const char *first = argv[1];
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0) {
        print_help(stdout);
        return finish(0);
    }
    if (strcmp(first, "--version") == 0) {
        print_version();
        return finish(0);
    }
    if (strcmp(first, "help") == 0) return finish(help(argc - 1, argv + 1));
    return finish(run_command(argc - 1, argv + 1));
}
