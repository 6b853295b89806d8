/* SPDX-License-Identifier: MIT */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>

enum padan_status pd_fail(struct padan_error *error, enum padan_status status, const char *format, ...)
{
    if (error == NULL) return status;
    error->status = status;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return status;
}

const char *padan_version(void)
{
    return PADAN_VERSION;
}

int padan_exit_code(enum padan_status status)
{
    switch (status) {
    case PADAN_OK: return 0;
    case PADAN_BAD_ARGUMENT:
    case PADAN_UNSUPPORTED: return 2;
    case PADAN_BAD_INPUT: return 3;
    case PADAN_CANCELLED: return 5;
    case PADAN_IO:
    case PADAN_OUT_OF_MEMORY:
    case PADAN_LIMIT: break;
    }
    return 4;
}
