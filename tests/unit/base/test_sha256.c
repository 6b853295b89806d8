/* SPDX-License-Identifier: MIT */
#include "base/sha256.h"

#include "base/file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The examples of FIPS 180-4 and a million letters 'a'. */
Test(sha256, digests_are_those_of_the_standard)
{
    static const struct {
        const char *text, *digest;
    } cases[] = {
        { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
    };
    for (int kernel = 0; kernel < 2; kernel++) {
        if (kernel == 1) cr_assert_eq(setenv("PADAN_CPU", "scalar", 1), 0);
        char hex[65];
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            pd_sha256_hex(pd_text_of(cases[i].text), hex);
            cr_expect_str_eq(hex, cases[i].digest, "%s", pd_sha256_kernel());
        }
        struct pd_sha256 hash;
        pd_sha256_start(&hash);
        char piece[1000];
        memset(piece, 'a', sizeof piece);
        for (size_t done = 0, step = 1; done < 1000000; done += step, step = step % 999 + 1) {
            if (step > 1000000 - done) step = 1000000 - done;
            pd_sha256_add(&hash, piece, step);
        }
        pd_sha256_finish(&hash, hex);
        cr_expect_str_eq(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
}

/* Pieces of all lengths, added to several hashes at once, against each hash alone. */
Test(sha256, hashes_that_are_added_to_at_once_are_those_of_each)
{
    enum { HASHES = 5, ROUNDS = 60 };
    static uint8_t bytes[4096];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i * 7 + i / 251);
    for (int kernel = 0; kernel < 2; kernel++) {
        struct pd_sha256 alone[HASHES], together[HASHES];
        if (kernel == 1) cr_assert_eq(setenv("PADAN_CPU", "scalar", 1), 0);
        for (size_t i = 0; i < HASHES; i++) {
            pd_sha256_start(&alone[i]);
            pd_sha256_start(&together[i]);
        }
        for (size_t round = 0; round < ROUNDS; round++) {
            struct pd_sha256_piece pieces[HASHES];
            for (size_t i = 0; i < HASHES; i++) {
                const size_t length = (round * 997 + i * 613) % (i == 0 ? 70 : 3500) * (round % 4 != i % 4);
                pieces[i] = (struct pd_sha256_piece){ &together[i], bytes + round + i, length };
                pd_sha256_add(&alone[i], bytes + round + i, length);
            }
            pd_sha256_add_all(pieces, round % 7 == 0 ? 0 : HASHES);
            for (size_t i = 0; i < HASHES && round % 7 == 0; i++)
                pd_sha256_add_all(&pieces[i], 1); /* one after the other is no other hash */
        }
        for (size_t i = 0; i < HASHES; i++) {
            char wanted[65], got[65];
            pd_sha256_finish(&alone[i], wanted);
            pd_sha256_finish(&together[i], got);
            cr_expect_str_eq(got, wanted, "hash %zu, %s", i, pd_sha256_kernel());
        }
    }
}

Test(sha256, a_file_has_the_digest_of_its_bytes)
{
    char path[] = "/tmp/padan-sha256-XXXXXX", hex[65];
    const int descriptor = mkstemp(path);
    cr_assert_geq(descriptor, 0);
    cr_assert_eq(write(descriptor, "abc", 3), 3);
    (void)close(descriptor);
    cr_assert_eq(pd_sha256_file(path, hex, NULL), PADAN_OK);
    cr_expect_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    (void)unlink(path);
    cr_expect_eq(pd_sha256_file(path, hex, NULL), PADAN_BAD_INPUT);
}
