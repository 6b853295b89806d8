/* SPDX-License-Identifier: MIT
 * Keys that can be in no pair of the run are dropped before they are sorted. Used inside block/ only. */
#ifndef PD_BLOCK_THIN_H
#define PD_BLOCK_THIN_H

#include "block/items.h"

/* The scope takes pairs with an unlinked record only. */
bool pd_block_wants_unlinked(const struct pd_scope *scope);
/* Thins the words that all chunks wrote. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_block_thin(struct pd_block_items *items, struct padan_error *error);

#endif
