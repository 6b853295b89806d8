/* SPDX-License-Identifier: MIT
 * Runs a fuzz target without libFuzzer: on every file given, and on random damage to it (a fixed number, from a fixed
 * seed, so a failure comes back). Usage: fuzz_x FILE... Exit status 1 when a file cannot be read. */
#include "base/buffer.h"
#include "base/file.h"
#include "base/random.h"

#include <stdio.h>
#include <unistd.h>

enum { N_DAMAGED = 2000, MAX_BYTES = 1 << 20, SECONDS_MAX = 10 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One input; a hang is a failure, so SIGALRM ends the program. */
static void run_one(struct pd_text input)
{
    (void)alarm(SECONDS_MAX);
    (void)LLVMFuzzerTestOneInput((const uint8_t *)input.data, input.length);
    (void)alarm(0);
}

/* Replaces, drops or repeats a few bytes of from. */
static void damage(struct pd_text from, struct pd_random *random, struct pd_buffer *to)
{
    static const char signs[] = "\"',;:|{}[]()\n\r\t \\0-#&*!%@`\xff\xc3\xed";
    pd_buffer_clear(to);
    const uint64_t rate = 2 + pd_random_below(random, 60);
    for (size_t i = 0; i < from.length; i++) {
        const uint64_t fate = pd_random_below(random, rate);
        if (fate > 1 || i % 7 == 3) pd_append_byte(to, from.data[i]);
        if (fate == 1) pd_append_byte(to, signs[pd_random_below(random, sizeof signs)]);
        if (fate == 2 && i > 0) i -= (size_t)pd_random_below(random, 2) * (pd_random_below(random, 9) == 0);
    }
}

int main(int argc, char **argv)
{
    struct pd_buffer content = { 0 }, damaged = { 0 };
    int failed = 0;
    for (int i = 1; i < argc && !failed; i++) {
        pd_buffer_clear(&content);
        failed = pd_file_read(argv[i], MAX_BYTES, &content, NULL) != PADAN_OK;
        if (failed) break;
        run_one((struct pd_text){ content.data, content.length });
        struct pd_random random = pd_random_stream(1, (uint64_t)i);
        for (int n = 0; n < N_DAMAGED; n++) {
            damage((struct pd_text){ content.data, content.length }, &random, &damaged);
            run_one((struct pd_text){ damaged.data, damaged.length });
        }
    }
    pd_buffer_reset(&damaged);
    pd_buffer_reset(&content);
    (void)printf("%s: %d files, %d damaged copies of each%s\n", argv[0], argc - 1, (int)N_DAMAGED,
                 failed ? ": cannot read" : "");
    return failed;
}
