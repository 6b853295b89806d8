/* SPDX-License-Identifier: MIT */
#include "linking/exploded_residuals.h"

#include "base/memory.h"

static enum padan_status make(struct pd_exploded_residual *residual, const struct pd_pass *pass,
                              struct padan_error *error)
{
    struct pd_conditions *conditions = &residual->conditions;
    conditions->deriver = &pass->exploded->deriver;
    PD_TRY(pd_arena_allocate(&conditions->arena, &residual->tests, pass->n_residual * sizeof *residual->tests, error));
    for (size_t i = 0; i < pass->n_residual; i++)
        PD_TRY(pd_condition_compile(conditions, pass->residual[i], &residual->tests[i], error));
    PD_TRY(pd_conditions_prepare(conditions, error));
    PD_TRY(pd_conditions_complete(conditions, false, error));
    PD_TRY(pd_allocate(&residual->workers, (size_t)residual->threads, sizeof *residual->workers, error));
    for (int i = 0; i < residual->threads; i++)
        PD_TRY(pd_condition_worker_init(conditions, &residual->workers[i], error));
    return PADAN_OK;
}

enum padan_status pd_exploded_residual_make(const struct pd_pass *pass, int threads,
                                            struct pd_exploded_residual **residual, struct padan_error *error)
{
    struct pd_exploded_residual *made = NULL;
    *residual = NULL;
    if (pass->exploded == NULL || pass->n_residual == 0) return PADAN_OK;
    PD_TRY(pd_allocate(&made, 1, sizeof *made, error));
    made->threads = threads;
    made->n_tests = pass->n_residual;
    const enum padan_status status = make(made, pass, error);
    if (status == PADAN_OK)
        *residual = made;
    else
        pd_exploded_residual_free(made);
    return status;
}

void pd_exploded_residual_free(struct pd_exploded_residual *residual)
{
    if (residual == NULL) return;
    for (int i = 0; residual->workers != NULL && i < residual->threads; i++)
        pd_condition_worker_reset(&residual->workers[i]);
    pd_free(residual->workers);
    pd_conditions_reset(&residual->conditions);
    pd_free(residual);
}

bool pd_exploded_residual_holds(const struct pd_exploded_residual *residual, int worker, uint32_t left, uint32_t right)
{
    struct pd_condition_worker *of = &residual->workers[worker];
    pd_condition_begin(of, left, right);
    for (size_t i = 0; i < residual->n_tests; i++)
        if (pd_condition_test(&residual->conditions, of, &residual->tests[i]) != PD_TRUE) return false;
    return true;
}
