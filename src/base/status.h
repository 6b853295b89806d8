/* SPDX-License-Identifier: MIT
 * How functions fail: a status code is returned, words go into an optional struct padan_error.
 * PD_TRY and PD_FAIL are the only control-flow macros of the code base. */
#ifndef PD_BASE_STATUS_H
#define PD_BASE_STATUS_H

#include "padan.h"

/* Stores status and message (printf format) in error, which may be NULL. Returns status. */
enum padan_status pd_fail(struct padan_error *error, enum padan_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4), cold));

/* Returns from the calling function when expr is not PADAN_OK. */
#define PD_TRY(expr)                                                                                                   \
    do {                                                                                                               \
        const enum padan_status pd_try_status_ = (expr);                                                               \
        if (pd_try_status_ != PADAN_OK) return pd_try_status_;                                                         \
    } while (0)

/* Returns from the calling function with a status and a sentence. */
#define PD_FAIL(error, status, ...) return pd_fail((error), (status), __VA_ARGS__)

#endif
