/* SPDX-License-Identifier: MIT
 * Any bytes as a job file: a job, or a sentence that says where. */
#include "job/job.h"
#include "memory_file.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* libfyaml 0.7.12 loses 1 KiB of its own in some scalars with many quotes. */
const char *__lsan_default_suppressions(void)
{
    return "leak:libfyaml";
}

static void look_at(const struct pd_job *job)
{
    assert(job->n_sources > 0 && job->name.length > 0 && job->reference_date != PD_DATE_NONE);
    for (size_t i = 0; i < job->n_sources; i++) {
        const struct pd_job_source *source = &job->sources[i];
        assert(pd_job_source_find(job, source->name) == (int)i && source->program < (int)job->programs.n_items);
        for (size_t j = 0; j < source->n_paths; j++) assert(source->paths[j].path.length > 0);
    }
    for (size_t i = 0; i < job->n_compare; i++)
        assert(job->compare[i].a < job->n_sources && job->compare[i].b < job->n_sources);
    for (size_t i = 0; i < job->n_regions; i++) assert(job->regions[i].group < job->n_groups);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory_file file = memory_file_make(data, size);
    struct pd_job job = { .n_sources = 0 };
    struct padan_error error = { PADAN_OK, "" };
    const enum padan_status status = pd_job_read(&job, file.path, &error);
    assert(status == PADAN_OK || error.message[0] != '\0');
    if (status == PADAN_OK) look_at(&job);
    pd_job_reset(&job);
    memory_file_close(&file);
    return 0;
}
