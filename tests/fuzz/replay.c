/* SPDX-License-Identifier: MIT
 * Runs a fuzz target without libFuzzer: on every file given, and on random damage to it (a fixed number, from a fixed
 * seed, so a failure comes back). Usage: fuzz_x FILE... Exit status 1 when a file cannot be read. */
#include "base/buffer.h"
#include "base/file.h"
#include "base/random.h"

#include <stdio.h>
#include <unistd.h>

enum { MAX_BYTES = 1 << 20, SECONDS_MAX = 10 };

/* Damaged copies per file. A slow target defines a smaller number of its own. */
int fuzz_copies(void);
__attribute__((weak)) int fuzz_copies(void)
{
    return 2000;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One input; a hang is a failure, so SIGALRM ends the program. */
static void run_one(struct pd_text input)
{
    (void)alarm(SECONDS_MAX);
    (void)LLVMFuzzerTestOneInput((const uint8_t *)input.data, input.length);
    (void)alarm(0);
}

static const char signs[] = "\"',;:|{}[]()\n\r\t \\0-#&*!%@`\xff\xc3\xed";

/* Replaces, drops or repeats many bytes of from. */
static void damage_much(struct pd_text from, struct pd_random *random, struct pd_buffer *to)
{
    pd_buffer_clear(to);
    const uint64_t rate = 2 + pd_random_below(random, 60);
    for (size_t i = 0; i < from.length; i++) {
        const uint64_t fate = pd_random_below(random, rate);
        if (fate > 1 || i % 7 == 3) pd_append_byte(to, from.data[i]);
        if (fate == 1) pd_append_byte(to, signs[pd_random_below(random, sizeof signs)]);
        if (fate == 2 && i > 0) i -= (size_t)pd_random_below(random, 2) * (pd_random_below(random, 9) == 0);
    }
}

/* One to three changes, so that what comes after them is still read: a sign put in or over another, bytes left out, or
 * a piece from elsewhere put in. */
static void damage_little(struct pd_text from, struct pd_random *random, struct pd_buffer *to)
{
    enum { PIECE = 24 };
    size_t position = 0;
    pd_buffer_clear(to);
    for (uint64_t left = 1 + pd_random_below(random, 3); left > 0 && position < from.length; left--) {
        const size_t at = position + (size_t)pd_random_below(random, from.length - position);
        pd_append_bytes(to, from.data + position, at - position);
        position = at;
        const uint64_t fate = pd_random_below(random, 4);
        if (fate < 2) pd_append_byte(to, signs[pd_random_below(random, sizeof signs)]);
        if (fate == 0) position++;
        if (fate == 2) position += (size_t)pd_random_below(random, PIECE);
        if (fate == 3) {
            const size_t begin = (size_t)pd_random_below(random, from.length);
            const size_t end = begin + 1 + (size_t)pd_random_below(random, PIECE);
            pd_append_text(to, pd_text_slice(from, begin, end));
        }
    }
    if (position < from.length) pd_append_bytes(to, from.data + position, from.length - position);
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
        for (int n = 0; n < fuzz_copies(); n++) {
            const struct pd_text whole = { content.data, content.length };
            if (n % 4 == 0)
                damage_much(whole, &random, &damaged);
            else
                damage_little(whole, &random, &damaged);
            run_one((struct pd_text){ damaged.data, damaged.length });
        }
    }
    pd_buffer_reset(&damaged);
    pd_buffer_reset(&content);
    (void)printf("%s: %d files, %d damaged copies of each%s\n", argv[0], argc - 1, fuzz_copies(),
                 failed ? ": cannot read" : "");
    return failed;
}
