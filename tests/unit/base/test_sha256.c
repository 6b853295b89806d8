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
