/* SPDX-License-Identifier: MIT
 * Paid rows that should not have been paid, or should be looked at, each reason with its evidence (CONTRACT 3):
 *   MENINGGAL             the period starts after the day of death; PERIKSA when that day is not known
 *   PERGANTIAN_PENGURUS   the dead payee of a family of whom others live when the period starts: another payee,
 *                         not another family
 *   INDIKASI_MENINGGAL    "alm" at the person's own name, while no register says so
 *   DESIL>n, DESIL<n, KATEGORI   the unit in the registry version in force
 *   reason of a disqualifier     by the person, or by a member of the family (`level: family`)
 *   NONAKTIF, TIDAK_TERDAFTAR    to be looked at, never TIDAK_LAYAK
 * pasti through automatic links, tinjau through candidates. Every reason becomes a finding. */
#ifndef PD_RECONCILE_INELIGIBLE_H
#define PD_RECONCILE_INELIGIBLE_H

#include "reconcile/findings.h"
#include "reconcile/living_families.h"
#include "reconcile/registry.h"

struct pd_ineligible_options {
    const struct pd_registry_options *base;
    const struct pd_registry *registry;
    const struct pd_slices *slices;
    const struct pd_living_families *living;
};

/* Finds all reasons of all paid rows and adds a finding for each. */
PADAN_MUST_CHECK enum padan_status pd_ineligible_find(const struct pd_ineligible_options *options,
                                                      struct pd_findings *findings, struct pd_ineligibles *ineligibles,
                                                      struct padan_error *error);
void pd_ineligibles_reset(struct pd_ineligibles *ineligibles);

#endif
