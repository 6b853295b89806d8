/* SPDX-License-Identifier: MIT */
#include "base/keyed_hash.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <unistd.h>

/* Digests by Python's hashlib.blake2b with digest_size=32. */
Test(keyed_hash, digests_are_those_of_another_implementation)
{
    static const struct {
        size_t key_length;
        const char *text, *digest;
    } cases[] = {
        { 32, "", "4e51e7a913fc80137da52880fecca175bf81e117d5c68126dc2774033517ea0d" },
        { 32, "abc", "d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f" },
        { 64, "abc", "dff38c978666dff5631db35ca15535520d134f5c8060ea569c6a178ad393719f" },
        { 16, "abd", "e7e98335130840fe6375c085800c187b6098f46faeef6894491ef261ed4d3862" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_hash_key key = { .length = cases[i].key_length };
        char hex[65];
        for (size_t k = 0; k < key.length; k++) key.bytes[k] = (uint8_t)k;
        pd_keyed_hash_hex(&key, pd_text_of(cases[i].text), hex);
        cr_expect_str_eq(hex, cases[i].digest);
    }
}

Test(keyed_hash, a_file_of_another_length_is_no_key)
{
    static const struct {
        int length;
        enum padan_status status;
    } cases[] = { { 0, PADAN_BAD_ARGUMENT },
                  { 15, PADAN_BAD_ARGUMENT },
                  { 16, PADAN_OK },
                  { 64, PADAN_OK },
                  { 65, PADAN_BAD_ARGUMENT } };
    char path[] = "/tmp/padan-key-XXXXXX";
    const int descriptor = mkstemp(path);
    cr_assert_geq(descriptor, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_hash_key key = { .length = 0 };
        cr_assert_eq(ftruncate(descriptor, cases[i].length), 0);
        cr_expect_eq(pd_hash_key_read(path, &key, NULL), cases[i].status, "%d bytes", cases[i].length);
        cr_expect_eq(key.length, cases[i].status == PADAN_OK ? (size_t)cases[i].length : 0);
        pd_hash_key_forget(&key);
        cr_expect_eq(key.length, 0);
    }
    (void)close(descriptor);
    (void)unlink(path);
    struct pd_hash_key key;
    struct padan_error error = { 0 };
    cr_expect_eq(pd_hash_key_read(path, &key, &error), PADAN_BAD_ARGUMENT, "it is gone");
    cr_expect_eq(error.status, PADAN_BAD_ARGUMENT);
}
