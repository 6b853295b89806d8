/* SPDX-License-Identifier: MIT
 * E-mail addresses that are made of names: ana.garcia7@web.net. Who has the name of another person has nearly the same
 * address, so that names and addresses say the same of namesakes. */
#ifndef PD_AUTO_MAIL_NAMES_H
#define PD_AUTO_MAIL_NAMES_H

#include "auto/profile.h"

/* The column of names whose words stand in most addresses of a column, the one with most of them; -1: there is none. */
int pd_auto_names_of_mail(const struct pd_table *table, const struct pd_profiles *profiles, size_t mail);

#endif
