/* SPDX-License-Identifier: MIT
 * Which of two twins a damaged name is. */
#include "score/told_apart.h"

#include <criterion/criterion.h>

static const struct {
    const char *name, *first, *second;
    int sign;
} cases[] = {
    { "RATNI SAPUTRA", "RATNA SAPUTRA", "RATNI SAPUTRA", -1 },
    { "RATNA SAPUTRA", "RATNA SAPUTRA", "RATNI SAPUTRA", 1 },
    { "SAPUTRA", "RATNA SAPUTRA", "RATNI SAPUTRA", 0 },
    { "SAPTURA", "RATNA SAPUTRA", "RATNI SAPUTRA", 0 },
    { "R SAPUTRA", "RATNA SAPUTRA", "RATNI SAPUTRA", 0 },
    { "RATNO SAPUTRA", "RATNA SAPUTRA", "RATNI SAPUTRA", 0 },
    { "", "RATNA SAPUTRA", "RATNI SAPUTRA", 0 },
    { "DW UTOMO", "DEWA UTOMO", "DEWI UTOMO", 0 },
    { "HASN BASRI", "HASAN BASRI", "HUSEN BASRI", 1 },   /* letters left out, ... */
    { "HUESN BASRI", "HASAN BASRI", "HUSEN BASRI", -1 }, /* ... a slip, ... */
    { "B BASRI", "BUDI BASRI", "ANTON BASRI", 0 },       /* ... an initial that may be the family name's, ... */
    { "A BASRI", "BUDI BASRI", "ANTON BASRI", -1 },      /* ... and one that may not */
    { "SITI WIDODO", "SITI AISYAH WIDODO", "SITI AMINAH WIDODO", 0 },
    { "AISYAH", "SITI AISYAH WIDODO", "SITI AMINAH WIDODO", 1 },
    { "SITIAMINAH", "SITI AISYAH", "SITI AMINAH", -1 },  /* a blank left out, ... */
    { "SITIA MINAH", "SITI AISYAH", "SITI AMINAH", -1 }, /* ... or moved */
    { "DIMASPRASETYO", "DIMAS PRASETYO", "DAMAR PRASETYO", 1 },
    { "DIMARPRASETYO", "DIMAS PRASETYO", "DAMAR PRASETYO", 0 }, /* D, I, M, A and S are in it, by chance */
    { "YUSUF", "YUSUF", "YUSUF", 0 },
};

Test(told_apart, by_what_only_one_name_has)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pd_text name = pd_text_of(cases[i].name);
        const struct pd_text first = pd_text_of(cases[i].first), second = pd_text_of(cases[i].second);
        const int sum = pd_name_speaks_for(name, first, second);
        cr_expect_eq((sum > 0) - (sum < 0), cases[i].sign, "%s: %d", cases[i].name, sum);
        cr_expect_eq(pd_name_speaks_for(name, second, first), -sum, "%s the other way", cases[i].name);
    }
}
