/* SPDX-License-Identifier: MIT
 * Until when somebody of a family lived, by register, rosters of deaths and, of people whom the register does not know,
 * registry. The inactive live: they are to be looked at. */
#ifndef PD_RECONCILE_LIVING_FAMILIES_H
#define PD_RECONCILE_LIVING_FAMILIES_H

#include "reconcile/registry.h"

struct pd_living_families {
    uint8_t *until; /* [n_records] by family: the last month in which somebody of it lived */
    int32_t reference_date;
};

PADAN_MUST_CHECK enum padan_status pd_living_families_make(const struct pd_registry_options *options,
                                                           struct pd_living_families *families,
                                                           struct padan_error *error);
void pd_living_families_reset(struct pd_living_families *families);
/* Does somebody of a family (its representative) live on the first day of a payment period? Of a period that is not
 * known: does somebody live at all? */
bool pd_family_lives(const struct pd_living_families *families, uint32_t family, int32_t begin);

#endif
