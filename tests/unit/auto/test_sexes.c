/* SPDX-License-Identifier: MIT
 * Sexes are read in the letters and words of some languages, and letters by those beside them. */
#include <criterion/criterion.h>

#include "auto/kind.h"
#include "auto/value_text.h"

enum { VALUES_MAX = 5 };

Test(sexes, are_read_by_what_else_their_column_has)
{
    static const struct {
        const char *values[VALUES_MAX], *sexes;
    } cases[] = {
        { { "L", "P", "p" }, "mff" },
        { { "M", "F", "unknown" }, "mf0" },
        { { "H", "M", "m" }, "mff" }, /* hombre, mujer */
        { { "H", "F" }, "mf" },       /* homme, femme */
        { { "P", "W" }, "mf" },       /* pria, wanita */
        { { "M", "V" }, "mf" },
        { { "M", "W" }, "mf" },
        { { "Laki-laki", "LAKI LAKI", "Perempuan", "lk", "Pr." }, "mmfmf" },
        { { "Nam", "N\xe1\xbb\xaf", "N\xe1\xbb\xae" }, "mff" },
        { { "female", "Male", "MUJER", "Hombre" }, "fmfm" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_sex_counts counts = { 0 };
        size_t n = 0;
        for (; n < VALUES_MAX && cases[i].values[n] != NULL; n++)
            pd_sexes_look(pd_text_of(cases[i].values[n]), &counts);
        cr_expect_eq(counts.n, n, "case %zu", i);
        const struct pd_sex_letters letters = pd_sexes_choose(&counts);
        for (size_t j = 0; j < n; j++) {
            const char sex = pd_sex_of(pd_text_of(cases[i].values[j]), letters);
            cr_expect_eq(sex == 0 ? '0' : sex, cases[i].sexes[j], "%s", cases[i].values[j]);
        }
    }
}

Test(sexes, other_words_are_none)
{
    static const char *const cases[] = { "S", "malee", "", "a very long text that is no word of any kind of sex" };
    struct pd_sex_counts counts = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) pd_sexes_look(pd_text_of(cases[i]), &counts);
    cr_expect_eq(counts.n, 0);
}
