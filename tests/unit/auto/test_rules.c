/* SPDX-License-Identifier: MIT
 * Rules whose pairs training looks at. */
#include "auto/rules.h"

#include <criterion/criterion.h>

enum { N_RULES = 5 };

static struct pd_auto_rule list[N_RULES] = { { .pairs = 10, .coverage = .70 },
                                             { .pairs = 20, .coverage = .94 },
                                             { .pairs = 30, .coverage = .96 },
                                             { .pairs = 40, .coverage = .996 },
                                             { .pairs = 900, .coverage = 1 } };

static size_t trained(struct pd_auto_rules rules, double most_pairs)
{
    pd_auto_rules_limit_training(&rules, most_pairs);
    return rules.n_trained;
}

Test(rules, training_looks_at_all_pairs_that_can_be_kept)
{
    const struct pd_auto_rules rules = { .list = list, .n = N_RULES };
    cr_assert_eq(trained(rules, 1000), 5);
}

Test(rules, training_on_many_pairs_leaves_out_rules_that_find_little)
{
    const struct pd_auto_rules rules = { .list = list, .n = N_RULES };
    cr_assert_eq(trained(rules, 999), 4, ".996 of the matches are enough");
    cr_assert_eq(trained(rules, 100), 4);
    cr_assert_eq(trained(rules, 99), 3, "100 pairs are too many, and .96 will do");
    cr_assert_eq(trained(rules, 1), 3, ".94 would not do, however many pairs the three make");
}

Test(rules, training_by_rare_words_or_on_a_whole_file_looks_at_all_pairs)
{
    const struct pd_auto_rules by_words = { .list = list, .n = N_RULES, .words = &list[N_RULES - 1] };
    const struct pd_auto_rules whole = { .list = list, .n = 1, .whole = true, .all_pairs = 2000 };
    cr_assert_eq(trained(by_words, 99), 5);
    cr_assert_eq(trained(whole, 99), 1);
}

Test(rules, pairs_of_rare_words_count_twice)
{
    struct pd_auto_rules rules = { .list = list, .n = N_RULES, .n_trained = 4 };
    cr_assert_float_eq(pd_auto_rules_trained_pairs(&rules), 100, 1e-9);
    rules.n_trained = N_RULES;
    rules.words = &list[N_RULES - 1];
    cr_assert_float_eq(pd_auto_rules_trained_pairs(&rules), 1900, 1e-9);
}
