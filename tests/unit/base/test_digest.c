/* SPDX-License-Identifier: MIT */
#include "base/digest.h"

#include <criterion/criterion.h>

/* The same bytes in pieces of all sizes have one digest, which is the one that sha256sum and xxh128sum print. */
Test(digest, pieces_have_the_digest_of_the_whole)
{
    static const struct {
        enum pd_digest_kind kind;
        const char *name, *of_nothing, *of_abc, *of_letters;
    } cases[] = {
        { PD_DIGEST_SHA256, "sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
          "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3" },
        { PD_DIGEST_XXH128, "xxh128", "99aa06d3014798d86001c324468d497f", "06b05ab6733a618578af5f94892f3950",
          "b01da365eddaa29cb3e7af627147db7c" },
    };
    char letters[1000], hex[PD_DIGEST_ROOM];
    struct pd_digest digest = { .xxh128 = NULL };
    memset(letters, 'a', sizeof letters);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_str_eq(pd_digest_name(cases[i].kind), cases[i].name);
        cr_assert_eq(pd_digest_start(&digest, cases[i].kind, NULL), PADAN_OK);
        pd_digest_finish(&digest, hex);
        cr_expect_str_eq(hex, cases[i].of_nothing);
        cr_assert_eq(pd_digest_start(&digest, cases[i].kind, NULL), PADAN_OK);
        pd_digest_add(&digest, "a", 1);
        pd_digest_add(&digest, "bc", 2);
        pd_digest_finish(&digest, hex);
        cr_expect_str_eq(hex, cases[i].of_abc);
        for (size_t piece = 1; piece <= sizeof letters; piece = piece * 3 + 1) {
            cr_assert_eq(pd_digest_start(&digest, cases[i].kind, NULL), PADAN_OK);
            for (size_t done = 0; done < sizeof letters; done += piece)
                pd_digest_add(&digest, letters, sizeof letters - done < piece ? sizeof letters - done : piece);
            pd_digest_finish(&digest, hex);
            cr_expect_str_eq(hex, cases[i].of_letters, "%s in pieces of %zu", cases[i].name, piece);
        }
    }
    pd_digest_reset(&digest);
}
