/* SPDX-License-Identifier: MIT */
#include "run/known_inputs.h"

#include <stdio.h>

enum padan_status pd_known_inputs_check(const struct pd_known_inputs *known, const struct pd_ingest_result *ingested,
                                        const struct pd_run_progress *progress, struct padan_error *error)
{
    for (size_t i = 0; known != NULL && i < known->n && i < ingested->n_files; i++) {
        const struct pd_file_result *file = &ingested->files[i];
        char sentence[512];
        if (known->items[i].digest_kind == file->digest_kind &&
            pd_text_equal(known->items[i].digest, pd_text_of(file->digest)))
            continue;
        (void)snprintf(sentence, sizeof sentence,
                       "file %.*s is no longer the one that was linked: the rows are judged as they are now",
                       PD_TEXT_ARGS(file->name));
        if (known->must_be_same)
            PD_FAIL(error, PADAN_BAD_INPUT, "file %.*s is no longer the one that was linked", PD_TEXT_ARGS(file->name));
        if (progress->message != NULL) progress->message(progress->context, sentence);
    }
    return PADAN_OK;
}
