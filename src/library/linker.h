/* SPDX-License-Identifier: MIT */
#ifndef PD_LIBRARY_LINKER_H
#define PD_LIBRARY_LINKER_H

#include "engine/ready_model.h"

struct padan_linker {
    struct pd_ready_model model;
};

#endif
