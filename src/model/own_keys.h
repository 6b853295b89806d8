/* SPDX-License-Identifier: MIT
 * Keys of our own in a model that Splink is to load. Splink 4 and 5 refuse keys they do not know, but take any text as
 * the description of a comparison and keep it. So what training adds to a model that came without such keys
 * (thresholds, lambdas of pairs of sources) stands at the end of the first comparison's description, as "padan:" and a
 * JSON object. */
#ifndef PD_MODEL_OWN_KEYS_H
#define PD_MODEL_OWN_KEYS_H

#include "base/buffer.h"

/* Parts a description into what was written for people and the JSON object behind it, "" when there is none. */
void pd_own_keys_part(struct pd_text description, struct pd_text *words, struct pd_text *object);
/* A description with the keys behind it. keys: members as they stand in the model, each after a comma. */
void pd_own_keys_append(struct pd_text words, struct pd_text keys, struct pd_buffer *out);

#endif
