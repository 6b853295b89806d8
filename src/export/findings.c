/* SPDX-License-Identifier: MIT */
#include "export/findings.h"

#include <stdlib.h>

bool pd_finding_sums_begin(struct pd_finding_sums *sums, const struct pd_export_rows *rows)
{
    const struct pd_row_file *file = &rows->file;
    sums->kind = pd_row_file_find(file, "jenis");
    sums->program = pd_row_file_find(file, "program");
    sums->certainty = pd_row_file_find(file, "keyakinan");
    sums->counted = pd_row_file_find(file, "dihitung");
    sums->money = pd_row_file_find(file, "nominal_temuan");
    return sums->kind >= 0 && sums->program >= 0 && sums->certainty >= 0 && sums->counted >= 0 && sums->money >= 0;
}

static bool is_called(const char *name, struct pd_text text)
{
    return strlen(name) == text.length && memcmp(name, text.data, text.length) == 0;
}

static void copy_name(char *to, struct pd_text text)
{
    const size_t n = text.length < PD_FINDING_NAME - 1 ? text.length : PD_FINDING_NAME - 1;
    if (n > 0) memcpy(to, text.data, n);
    to[n] = '\0';
}

static struct pd_finding_sum *find(struct pd_finding_sums *sums, struct pd_text kind, struct pd_text program)
{
    for (size_t i = 0; i < sums->n_items; i++)
        if (is_called(sums->items[i].kind, kind) && is_called(sums->items[i].program, program)) return &sums->items[i];
    if (sums->n_items == PD_FINDINGS_MAX) return NULL;
    struct pd_finding_sum *added = &sums->items[sums->n_items++];
    *added = (struct pd_finding_sum){ .n_sure = 0 };
    copy_name(added->kind, kind);
    copy_name(added->program, program);
    return added;
}

enum padan_status pd_finding_sums_add(struct pd_finding_sums *sums, const struct pd_text *fields,
                                      struct padan_error *error)
{
    double money = 0;
    if (!pd_text_equal(fields[sums->counted], PD_TEXT("1"))) return PADAN_OK;
    struct pd_finding_sum *sum = find(sums, fields[sums->kind], fields[sums->program]);
    if (sum == NULL) PD_FAIL(error, PADAN_LIMIT, "findings are of more than %d kinds and programs", PD_FINDINGS_MAX);
    (void)pd_text_to_double(fields[sums->money], &money);
    if (pd_text_equal(fields[sums->certainty], PD_TEXT("pasti"))) {
        sum->n_sure++;
        sum->money_sure += money;
    } else {
        sum->n_possible++;
        sum->money_possible += money;
    }
    return PADAN_OK;
}

static int compare(const void *a, const void *b)
{
    const struct pd_finding_sum *left = a, *right = b;
    const double more = right->money_sure + right->money_possible - left->money_sure - left->money_possible;
    if (more != 0) return more > 0 ? 1 : -1;
    const int kinds = strcmp(left->kind, right->kind);
    return kinds != 0 ? kinds : strcmp(left->program, right->program);
}

void pd_finding_sums_sort(struct pd_finding_sums *sums)
{
    qsort(sums->items, sums->n_items, sizeof *sums->items, compare);
}
