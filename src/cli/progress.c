/* SPDX-License-Identifier: MIT */
#include "cli/progress.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "cli/interrupt.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void pd_progress_start(struct pd_progress *progress, const char *command, bool json, bool quiet)
{
    const double start = pd_clock_seconds();
    if (json) pd_interrupt_json();
    *progress = (struct pd_progress){ .command = command,
                                      .terminal = !json && isatty(STDERR_FILENO) == 1,
                                      .json = json,
                                      .quiet = quiet,
                                      .started = start,
                                      .stage_started = start };
}

static void print_time(struct pd_buffer *line)
{
    char text[32];
    struct tm parts;
    const time_t seconds = time(NULL);
    if (gmtime_r(&seconds, &parts) == NULL || strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) return;
    pd_append_string(line, text);
}

static void print(struct pd_buffer *line)
{
    pd_append_byte(line, '\0');
    if (line->status == PADAN_OK) (void)fputs(line->data, stderr);
    pd_buffer_reset(line);
}

/* Within a stage, of which a part is done: it goes on as it went since the first part was told, whatever share of the
 * work it was thought to be; what comes after it takes its share at the speed of what was before it. 0 when that cannot
 * be told yet. */
static double seconds_left_within(const struct pd_progress *progress, double at, double part)
{
    static const double PART_MIN = 0.1;
    const double own = at - progress->parted, before = progress->stage_started - progress->started;
    if (part < PART_MIN || part >= 1 || progress->begin <= 0 || own < 1) return 0;
    return own / part * (1 - part) + before / progress->begin * (1 - progress->end);
}

/* About how many seconds are left; 0 when that cannot be told yet. Where the command does not say how much of the work
 * lies behind, its stages count alike. */
static double seconds_left(const struct pd_progress *progress, double elapsed, size_t index, size_t n_stages)
{
    enum { SHARE_INVERSE_MIN = 20 };
    const double share = progress->begin > 0 ? progress->begin : (double)index / (double)(n_stages > 0 ? n_stages : 1);
    if (share * SHARE_INVERSE_MIN < 1 || share >= 1 || elapsed < 1) return 0;
    return elapsed / share * (1 - share);
}

/* left: 0 = not told */
static void json_stage(const struct pd_progress *progress, double seconds, double left)
{
    struct pd_buffer line = { 0 };
    pd_append_string(&line, "{\"time\":\"");
    print_time(&line);
    pd_append_format(&line,
                     "\",\"level\":\"info\",\"command\":\"%s\",\"processor_seconds\":%.3f,\"seconds\":%.3f,\"stage\":",
                     progress->command, pd_processor_seconds(), seconds);
    pd_append_json(&line, pd_text_of(progress->stage));
    if (left > 0) pd_append_format(&line, ",\"seconds_left\":%.0f", left);
    pd_append_string(&line, "}\n");
    print(&line);
}

static void json_line(const struct pd_progress *progress, const char *level, const char *key, const char *text,
                      double seconds)
{
    struct pd_buffer line = { 0 };
    pd_append_string(&line, "{\"time\":\"");
    print_time(&line);
    pd_append_format(&line, "\",\"level\":\"%s\",\"command\":\"%s\",\"seconds\":%.3f,\"%s\":", level, progress->command,
                     seconds, key);
    pd_append_json(&line, pd_text_of(text));
    pd_append_string(&line, "}\n");
    print(&line);
}

static void close_line(struct pd_progress *progress)
{
    if (progress->line_open) (void)fputs("\r\033[K", stderr);
    progress->line_open = false;
}

/* The stage that has just ended, with its own time. */
static void stage_ended(struct pd_progress *progress, double at)
{
    if (progress->stage == NULL || progress->json) return;
    close_line(progress);
    (void)fprintf(stderr, "%8.2f s  %s (%.2f s)\n", at - progress->started, progress->stage,
                  at - progress->stage_started);
}

void pd_progress_stage(void *context, const char *stage, size_t index, size_t n_stages)
{
    struct pd_progress *progress = context;
    if (progress->quiet) return;
    const double at = pd_clock_seconds(), elapsed = at - progress->started;
    const double remaining = seconds_left(progress, elapsed, index, n_stages);
    const bool begins = progress->stage == NULL || strcmp(progress->stage, stage) != 0;
    if (begins) {
        stage_ended(progress, at);
        progress->stage = stage;
        progress->stage_started = at;
        if (progress->json) json_stage(progress, elapsed, remaining);
    }
    if (!progress->terminal) return;
    char left[48] = "";
    if (remaining > 0) (void)snprintf(left, sizeof left, ", about %.0f s left", remaining);
    (void)fprintf(stderr, "\r\033[K%zu/%zu %s, %.0f s%s", index + 1, n_stages, stage, elapsed, left);
    progress->line_open = true;
}

void pd_progress_share(void *context, double begin, double end)
{
    struct pd_progress *progress = context;
    progress->begin = begin;
    progress->end = end;
}

void pd_progress_part(void *context, double part)
{
    static const double TERMINAL_SECONDS = 1, LOG_SECONDS = 10;
    struct pd_progress *progress = context;
    const double at = pd_clock_seconds();
    if (progress->parted < progress->stage_started) progress->parted = at;
    if (progress->quiet || at - progress->told < (progress->terminal ? TERMINAL_SECONDS : LOG_SECONDS)) return;
    const double remaining = seconds_left_within(progress, at, part);
    if (remaining <= 0 || progress->stage == NULL) return;
    progress->told = at;
    if (progress->json) json_stage(progress, at - progress->started, remaining);
    if (!progress->terminal) return;
    (void)fprintf(stderr, "\r\033[K%s, %.0f s, about %.0f s left", progress->stage, at - progress->started, remaining);
    progress->line_open = true;
}

void pd_progress_message(void *context, const char *sentence)
{
    struct pd_progress *progress = context;
    if (progress->quiet) return;
    if (progress->json) {
        json_line(progress, "notice", "message", sentence, pd_clock_seconds() - progress->started);
        return;
    }
    close_line(progress);
    (void)fprintf(stderr, "padan %s: %s\n", progress->command, sentence);
}

double pd_progress_end(struct pd_progress *progress)
{
    const double at = pd_clock_seconds();
    if (!progress->quiet) stage_ended(progress, at);
    close_line(progress);
    progress->stage = NULL;
    return at - progress->started;
}

int pd_progress_error(struct pd_progress *progress, const struct padan_error *error)
{
    pd_interrupt_wait();
    close_line(progress);
    progress->stage = NULL;
    if (progress->json)
        json_line(progress, "error", "message", error->message, pd_clock_seconds() - progress->started);
    else
        (void)fprintf(stderr, "padan %s: %s\n", progress->command, error->message);
    return padan_exit_code(error->status);
}

int pd_progress_usage(const char *command, bool json, const char *sentence)
{
    struct pd_progress progress;
    struct padan_error error = { PADAN_BAD_ARGUMENT, "" };
    pd_progress_start(&progress, command, json, false);
    (void)snprintf(error.message, sizeof error.message, "%s", sentence);
    return pd_progress_error(&progress, &error);
}
