/* SPDX-License-Identifier: MIT
 * UTF-16 comes out of the reader as the UTF-8 that it says, in pieces of any size. */
#include "base/reader.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* Written as a file, read in pieces of `piece` bytes; returns how many came out, or -1 for an error. */
static long read_in_pieces(struct pd_text file, size_t piece, char *out, struct padan_error *error)
{
    char path[40];
    const int descriptor = memfd_create("padan", 0);
    cr_assert_eq(write(descriptor, file.data, file.length), (ssize_t)file.length);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    struct pd_reader reader;
    size_t n = 0;
    size_t now = piece;
    enum padan_status status = pd_reader_open(&reader, path, NULL, error);
    cr_expect_not(status == PADAN_OK && reader.regular);
    while (status == PADAN_OK && now == piece) {
        status = pd_reader_read(&reader, out + n, piece, &now, error);
        n += now;
    }
    pd_reader_close(&reader);
    (void)close(descriptor);
    return status == PADAN_OK ? (long)n : -1;
}

static void expect_utf8(struct pd_text file, struct pd_text wanted)
{
    char out[200];
    for (size_t piece = 1; piece < 40; piece++) {
        struct padan_error error = { PADAN_OK, "" };
        const long n = read_in_pieces(file, piece, out, &error);
        cr_expect(n >= 0 && pd_text_equal((struct pd_text){ out, (size_t)n }, wanted), "pieces of %zu: %.*s %s", piece,
                  n < 0 ? 0 : (int)n, out, error.message);
    }
}

/* One, two, three and four bytes of UTF-8: A, e with acute, euro, a face; in both orders. */
Test(utf16, both_orders_and_all_lengths)
{
    expect_utf8(PD_TEXT("\xff\xfe"
                        "A\0\xe9\0\xac\x20\x3d\xd8\x00\xdeZ\0"),
                PD_TEXT("A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80Z"));
    expect_utf8(PD_TEXT("\xfe\xff\0A\0\xe9\x20\xac\xd8\x3d\xde\x00\0Z"),
                PD_TEXT("A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80Z"));
    expect_utf8(PD_TEXT("\xff\xfe"), PD_TEXT(""));
}

/* U+FFFD for each: a second half alone, a first half before a letter, two first halves, one at the end. */
Test(utf16, half_pairs_are_replaced)
{
    expect_utf8(PD_TEXT("\xfe\xff\xde\x00\xd8\x3d\0A\xd8\x3d\xd8\x3d\xde\x00\xd8\x3d"),
                PD_TEXT("\xef\xbf\xbd\xef\xbf\xbd"
                        "A\xef\xbf\xbd\xf0\x9f\x98\x80\xef\xbf\xbd"));
}

Test(utf16, half_a_unit_is_an_error)
{
    char out[20];
    struct padan_error error = { PADAN_OK, "" };
    cr_expect_eq(read_in_pieces(PD_TEXT("\xff\xfe"
                                        "A\0B"),
                                10, out, &error),
                 -1);
    cr_expect_eq(error.status, PADAN_BAD_INPUT);
    cr_expect(strstr(error.message, "ends within a character") != NULL, "%s", error.message);
}
