/* SPDX-License-Identifier: MIT
 * (data) Pairs of random names, one "left,right" per line on standard output: half are unrelated, a quarter share their
 * first word, a quarter are copies with one typo. The same bytes on every machine. Usage: make_pairs N */
#include "base/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_WORDS = 400, NAME_MAX_BYTES = 64 };

static size_t append_word(char *to, uint64_t number)
{
    static const char consonants[] = "SRWDMNKTLHBPJYGF", vowels[] = "AIUEO";
    const size_t n_syllables = 2 + number % 2;
    uint64_t bits = pd_mix64(number + 1);
    for (size_t i = 0; i < n_syllables; i++) {
        to[2 * i] = consonants[bits % 16];
        to[2 * i + 1] = vowels[bits / 16 % 5];
        bits /= 80;
    }
    return 2 * n_syllables;
}

static size_t make_name(struct pd_random *random, uint64_t first, char *name)
{
    size_t length = append_word(name, first);
    for (uint64_t more = 1 + pd_random_below(random, 3); more > 0; more--) {
        name[length++] = ' ';
        length += append_word(name + length, pd_random_below(random, N_WORDS));
    }
    return length;
}

int main(int argc, char **argv)
{
    const long n = argc == 2 ? atol(argv[1]) : 0;
    struct pd_random random = pd_random_stream(1, 1);
    if (n <= 0) {
        (void)fputs("usage: make_pairs N\n", stderr);
        return 2;
    }
    for (long i = 0; i < n; i++) {
        char a[NAME_MAX_BYTES], b[NAME_MAX_BYTES];
        const uint64_t first = pd_random_below(&random, N_WORDS), kind = (uint64_t)i % 4;
        const size_t length = make_name(&random, first, a);
        size_t length_b = make_name(&random, kind == 2 ? first : pd_random_below(&random, N_WORDS), b);
        if (kind == 3) {
            memcpy(b, a, length);
            length_b = length;
            b[pd_random_below(&random, length)] = 'X';
        }
        if (printf("%.*s,%.*s\n", (int)length, a, (int)length_b, b) < 0) return 4;
    }
    return 0;
}
