/* SPDX-License-Identifier: MIT
 * A model that came without keys of our own goes out without them, and comes back whole. */
#include "model/own_keys.h"

#include "linking/linker.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define COMPARISONS                                                                                                    \
    "\"comparisons\": [{\"output_column_name\": \"a\", \"comparison_description\": \"Exact \\\"a\\\"\","               \
    " \"comparison_levels\": [{\"sql_condition\": \"a_l = a_r\"}, {\"sql_condition\": \"ELSE\"}]}]}"

static const char plain[] =
    "{\"link_type\": \"link_and_dedupe\", \"blocking_rules_to_generate_predictions\": [\"l.a = r.a\"], " COMPARISONS;
static const char ours[] =
    "{\"padan_name\": \"ours\", \"blocking_rules_to_generate_predictions\": [\"l.a = r.a\"], " COMPARISONS;

static void read_model(struct pd_model *model, struct pd_text text)
{
    struct padan_error error = { 0 };
    cr_assert_eq(pd_model_read(model, text, "test", pd_linker_functions(), &error), PADAN_OK, "%s", error.message);
}

/* As training does. */
static void add_keys(struct pd_model *model)
{
    static struct pd_source_pair pair = { { "a \\\"b", 5 }, { "two", 3 }, .25, 0, 9.5, true };
    model->has_thresholds = true;
    model->review_weight = 0;
    model->automatic_weight = 7.25;
    model->source_pairs = &pair;
    model->n_source_pairs = 1;
    model->clustering = PD_CLUSTER_ONE_TO_ONE;
}

/* Members at the left edge of a JSON object that begin so. */
static bool has_key(const struct pd_buffer *text, const char *key)
{
    char member[100];
    (void)snprintf(member, sizeof member, "\n  \"%s", key);
    return strstr(text->data, member) != NULL;
}

static void expect_keys(const struct pd_model *model)
{
    cr_assert(model->has_thresholds);
    cr_expect_float_eq(model->automatic_weight, 7.25, 1e-12);
    cr_assert_eq(model->n_source_pairs, 1);
    cr_expect(pd_text_equal(model->source_pairs[0].left, PD_TEXT("a \\\"b")));
    cr_expect_float_eq(model->source_pairs[0].automatic, 9.5, 1e-12);
    cr_expect_eq(model->clustering, PD_CLUSTER_ONE_TO_ONE);
    cr_expect(pd_text_equal(model->comparisons[0].description, PD_TEXT("Exact \"a\"")));
}

Test(own_keys, stand_where_the_model_can_have_them_and_come_back)
{
    for (int own = 0; own < 2; own++) {
        struct pd_model model, again;
        struct pd_buffer text = { 0 }, twice = { 0 };
        read_model(&model, own ? PD_TEXT(ours) : PD_TEXT(plain));
        cr_expect_eq(model.has_own_keys, own == 1);
        add_keys(&model);
        pd_model_write(&model, &text);
        pd_append_byte(&text, '\0');
        cr_assert_eq(pd_buffer_status(&text, NULL), PADAN_OK);
        cr_expect_eq(has_key(&text, "padan_"), own == 1, "%s", text.data);
        read_model(&again, (struct pd_text){ text.data, text.length - 1 });
        cr_expect_eq(again.has_own_keys, own == 1);
        expect_keys(&again);
        pd_model_write(&again, &twice);
        pd_append_byte(&twice, '\0');
        cr_expect_str_eq(twice.data, text.data);
        pd_model_reset(&model);
        pd_model_reset(&again);
        pd_buffer_reset(&text);
        pd_buffer_reset(&twice);
    }
}

Test(own_keys, are_refused_when_they_are_wrong)
{
    static const char *const wrong[] = { "padan:{\\\"padan_thresholds\\\": 3}", "padan:{\\\"padan_unknown\\\": 3}",
                                         "words padan:{" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[600];
        struct pd_model model;
        struct padan_error error = { 0 };
        (void)snprintf(text, sizeof text,
                       "{\"comparisons\": [{\"output_column_name\": \"a\", \"comparison_description\": \"%s\", "
                       "\"comparison_levels\": [{\"sql_condition\": \"a_l = a_r\"}, {\"sql_condition\": \"ELSE\"}]}]}",
                       wrong[i]);
        cr_expect_eq(pd_model_read(&model, pd_text_of(text), "test", pd_linker_functions(), &error), PADAN_BAD_ARGUMENT,
                     "%s", wrong[i]);
        cr_expect_gt(strlen(error.message), 0);
    }
}
