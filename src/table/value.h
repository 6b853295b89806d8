/* SPDX-License-Identifier: MIT
 * One value of the condition language: a type, a NULL flag and the content. Text and lists are borrowed. */
#ifndef PD_TABLE_VALUE_H
#define PD_TABLE_VALUE_H

#include "base/text.h"

enum pd_type {
    PD_TYPE_NULL, /* the literal NULL: goes with every type */
    PD_TYPE_BOOL,
    PD_TYPE_INT,
    PD_TYPE_DOUBLE,
    PD_TYPE_TEXT,
    PD_TYPE_DATE,      /* day number in `integer` (base/date.h) */
    PD_TYPE_TIMESTAMP, /* seconds since 1970-01-01 00:00 in `integer` */
    PD_TYPE_TEXT_LIST,
    PD_TYPE_DOUBLE_LIST
};

struct pd_value {
    enum pd_type type;
    bool null;
    union {
        bool boolean;
        int64_t integer;
        double real;
        struct pd_text text;
        struct {
            const struct pd_value *items;
            size_t n_items;
        } list;
    };
};

#endif
