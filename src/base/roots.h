/* SPDX-License-Identifier: MIT
 * Union-find over numbered items: parent [n_items], a root its own parent. Method: path halving (R. E. Tarjan and
 * J. van Leeuwen, "Worst-case analysis of set union algorithms", 1984). For one thread; joining by several is
 * cluster/persons.c. */
#ifndef PD_BASE_ROOTS_H
#define PD_BASE_ROOTS_H

#include <stddef.h>
#include <stdint.h>

/* Every item a root. */
static inline void pd_roots_begin(uint32_t *parent, size_t n_items)
{
    for (size_t i = 0; i < n_items; i++) parent[i] = (uint32_t)i;
}

/* The root of an item; shortens the way to it. */
static inline uint32_t pd_root(uint32_t *parent, uint32_t item)
{
    while (parent[item] != item) item = parent[item] = parent[parent[item]];
    return item;
}

/* Joins the groups of two items; the smaller root stays, so that a group's root is its least item. */
static inline void pd_roots_join(uint32_t *parent, uint32_t a, uint32_t b)
{
    a = pd_root(parent, a);
    b = pd_root(parent, b);
    parent[a < b ? b : a] = a < b ? a : b;
}

#endif
