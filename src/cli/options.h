/* SPDX-License-Identifier: MIT
 * One table of options per command: what is parsed, what --help prints and what the man page lists are the same lines.
 * Understands --name value, --name=value, -- and -h; operands may stand anywhere, "-" is an operand. */
#ifndef PD_CLI_OPTIONS_H
#define PD_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pd_option_kind {
    PD_OPTION_FLAG,    /* bool */
    PD_OPTION_TEXT,    /* const char * */
    PD_OPTION_COUNT,   /* uint64_t */
    PD_OPTION_THREADS, /* int, 0 = all processors */
    PD_OPTION_SIZE,    /* uint64_t bytes: 16G */
    PD_OPTION_NUMBER   /* double */
};

struct pd_option {
    const char *name;     /* without "--" */
    const char *argument; /* word in --help; NULL for a flag */
    const char *help;
    enum pd_option_kind kind;
    size_t offset; /* of the value in the command's struct */
};

struct pd_command_line {
    const char *name;     /* "run" */
    const char *operands; /* "JOB.yaml" */
    const char *summary;  /* one sentence */
    const char *notes;    /* more text at the end of --help, or NULL */
    const struct pd_option *options;
    size_t n_options;
    size_t operands_min, operands_max;
};

enum pd_parsed { PD_PARSED, PD_PARSED_HELP, PD_PARSED_WRONG };

/* Fills `target` and moves the operands to argv[1..*n_operands]. Prints --help on stdout, or one sentence on stderr for
 * what is wrong (exit code 2). */
enum pd_parsed pd_options_parse(const struct pd_command_line *line, int argc, char **argv, void *target,
                                size_t *n_operands);
/* Exit code of a command that ends there: its help is printed, or what is wrong is told. */
int pd_parsed_exit_code(enum pd_parsed parsed);
/* A copy of the command line as it was given, before pd_options_parse moves its operands; the caller frees it with
 * pd_free. NULL when there is no memory. */
char **pd_options_given(int argc, char **argv);

#endif
