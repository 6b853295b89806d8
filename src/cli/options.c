/* SPDX-License-Identifier: MIT */
#include "cli/options.h"

#include "base/memory.h"
#include "base/nearest.h"
#include "base/parallel.h"
#include "base/text.h"
#include "cli/progress.h"
#include "job/job.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { HELP_COLUMN = 28, NAMES_MAX = 64 };

static void help_line(const struct pd_option *option)
{
    char left[80];
    (void)snprintf(left, sizeof left, "  --%s%s%s", option->name, option->argument == NULL ? "" : " ",
                   option->argument == NULL ? "" : option->argument);
    printf("%-*s%s\n", HELP_COLUMN, left, option->help);
}

static void print_help(const struct pd_command_line *line)
{
    printf("usage: padan %s [options]%s%s\n\n%s\n\n", line->name, line->operands[0] == '\0' ? "" : " ", line->operands,
           line->summary);
    for (size_t i = 0; i < line->n_options; i++) help_line(&line->options[i]);
    help_line(&(struct pd_option){ .name = "help", .help = "this text" });
    if (line->notes != NULL) printf("\n%s\n", line->notes);
}

/* A command line being read. */
struct parsing {
    const struct pd_command_line *line;
    bool json; /* what is wrong is told as a line of JSON */
};

static enum pd_parsed wrong(const struct parsing *parsing, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static enum pd_parsed wrong(const struct parsing *parsing, const char *format, ...)
{
    char sentence[400];
    char whole[500];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    (void)snprintf(whole, sizeof whole, "%s; see padan %s --help", sentence, parsing->line->name);
    (void)pd_progress_usage(parsing->line->name, parsing->json, whole);
    return PD_PARSED_WRONG;
}

static enum pd_parsed unknown(const struct parsing *parsing, struct pd_text name)
{
    const struct pd_command_line *line = parsing->line;
    const char *names[NAMES_MAX];
    char given[64];
    for (size_t i = 0; i < line->n_options; i++) names[i] = line->options[i].name;
    const char *nearest = pd_nearest_name(name, names, line->n_options);
    (void)snprintf(given, sizeof given, "%.*s", name.length > 60 ? 60 : (int)name.length, name.data);
    if (nearest == NULL) return wrong(parsing, "there is no option --%s", given);
    return wrong(parsing, "there is no option --%s, did you mean --%s", given, nearest);
}

static enum pd_parsed store(const struct parsing *parsing, const struct pd_option *option, const char *text,
                            void *target)
{
    void *field = (char *)target + option->offset;
    const struct pd_text value = pd_text_of(text);
    uint64_t count = 0;
    switch (option->kind) {
    case PD_OPTION_FLAG: *(bool *)field = true; return PD_PARSED;
    case PD_OPTION_TEXT:
        if (text[0] == '\0') return wrong(parsing, "--%s needs a value, and an empty one is given", option->name);
        *(const char **)field = text;
        return PD_PARSED;
    case PD_OPTION_COUNT:
        if (!pd_text_to_u64(value, field))
            return wrong(parsing, "--%s needs a whole number of 0 or more, not \"%s\"", option->name, text);
        return PD_PARSED;
    case PD_OPTION_THREADS:
        if (!pd_text_to_u64(value, &count) || count > PD_THREADS_MAX)
            return wrong(parsing, "--%s needs a number of threads (0 = all), not \"%s\"", option->name, text);
        *(int *)field = (int)count;
        return PD_PARSED;
    case PD_OPTION_SIZE:
        if (!pd_memory_parse(value, field))
            return wrong(parsing, "--%s needs a size like 16G or 800M, not \"%s\"", option->name, text);
        return PD_PARSED;
    case PD_OPTION_NUMBER:
        if (!pd_text_to_double(value, field) || !isfinite(*(double *)field))
            return wrong(parsing, "--%s needs a number, not \"%s\"", option->name, text);
        return PD_PARSED;
    }
    return PD_PARSED_WRONG;
}

static const struct pd_option *find(const struct pd_command_line *line, struct pd_text name)
{
    for (size_t i = 0; i < line->n_options; i++)
        if (pd_text_equal(name, pd_text_of(line->options[i].name))) return &line->options[i];
    return NULL;
}

/* One argument that begins with "--"; *i moves on when the value is the next one. */
static enum pd_parsed parse_option(const struct parsing *parsing, int argc, char **argv, int *i, void *target)
{
    const char *argument = argv[*i] + 2, *equals = strchr(argument, '=');
    const struct pd_text name = { argument, equals == NULL ? strlen(argument) : (size_t)(equals - argument) };
    if (pd_text_equal(name, PD_TEXT("help"))) return PD_PARSED_HELP;
    const struct pd_option *option = find(parsing->line, name);
    if (option == NULL) return unknown(parsing, name);
    if (option->kind == PD_OPTION_FLAG) {
        if (equals != NULL) return wrong(parsing, "--%s takes no value", option->name);
        return store(parsing, option, "", target);
    }
    if (equals == NULL && *i + 1 >= argc)
        return wrong(parsing, "--%s needs a value: %s", option->name, option->argument);
    return store(parsing, option, equals != NULL ? equals + 1 : argv[++*i], target);
}

/* --json-log counts wherever it stands: what is wrong may stand before it. */
static bool asks_for_json(const struct pd_command_line *line, int argc, char **argv)
{
    if (find(line, PD_TEXT("json-log")) == NULL) return false;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--json-log") == 0) return true;
    return false;
}

enum pd_parsed pd_options_parse(const struct pd_command_line *line, int argc, char **argv, void *target,
                                size_t *n_operands)
{
    const struct parsing parsing = { line, asks_for_json(line, argc, argv) };
    size_t n_found = 0;
    bool options_ended = false;
    for (int i = 1; i < argc; i++) {
        char *argument = argv[i];
        if (options_ended || argument[0] != '-' || argument[1] == '\0') {
            argv[++n_found] = argument;
            continue;
        }
        if (strcmp(argument, "--") == 0) {
            options_ended = true;
            continue;
        }
        enum pd_parsed parsed = PD_PARSED_HELP;
        if (argument[1] == '-')
            parsed = parse_option(&parsing, argc, argv, &i, target);
        else if (strcmp(argument, "-h") != 0)
            parsed = wrong(&parsing, "there is no option %s", argument);
        if (parsed == PD_PARSED_HELP) print_help(line);
        if (parsed != PD_PARSED) return parsed;
    }
    *n_operands = n_found;
    if (n_found < line->operands_min) return wrong(&parsing, "what to work on is missing: %s", line->operands);
    if (n_found > line->operands_max) return wrong(&parsing, "one argument too many: %s", argv[line->operands_max + 1]);
    for (size_t i = 1; i <= n_found; i++)
        if (argv[i][0] == '\0') return wrong(&parsing, "argument %zu is empty: %s", i, line->operands);
    return PD_PARSED;
}

int pd_parsed_exit_code(enum pd_parsed parsed)
{
    return padan_exit_code(parsed == PD_PARSED_WRONG ? PADAN_BAD_ARGUMENT : PADAN_OK);
}

char **pd_options_given(int argc, char **argv)
{
    char **given = NULL;
    if (pd_allocate(&given, (size_t)argc, sizeof *given, NULL) != PADAN_OK) return NULL;
    memcpy(given, argv, (size_t)argc * sizeof *argv);
    return given;
}
