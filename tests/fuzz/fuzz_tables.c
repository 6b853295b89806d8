/* SPDX-License-Identifier: MIT
 * Any bytes as a table that a job names: overlap rules, quotas, region groups. A job, or a sentence. */
#include "job/job.h"
#include "memory_file.h"

#include <assert.h>
#include <string.h>

int fuzz_copies(void);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_job(const char *line, const char *table)
{
    char content[400];
    const int length = snprintf(content, sizeof content,
                                "padan: 1\nreference_date: 2026-11-23\n"
                                "sources: {pkh: {role: program, program: PKH, path: /dev/null}}\n%s%s%s\n",
                                line, table, strchr(line, '{') == NULL ? "" : "}}");
    struct memory_file file = memory_file_make(content, (size_t)length);
    struct pd_job job = { .n_sources = 0 };
    struct padan_error error = { PADAN_OK, "" };
    const enum padan_status status = pd_job_read(&job, file.path, &error);
    assert(status == PADAN_OK || error.message[0] != '\0');
    for (size_t i = 0; status == PADAN_OK && i < job.n_regions; i++) assert(job.regions[i].group < job.n_groups);
    for (size_t i = 0; status == PADAN_OK && i < job.n_eligibility; i++)
        for (size_t j = 1; j < job.eligibility[i].n_quotas; j++)
            assert(job.eligibility[i].quotas[j - 1].code < job.eligibility[i].quotas[j].code);
    pd_job_reset(&job);
    memory_file_close(&file);
}

int fuzz_copies(void)
{
    return 500;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory_file table = memory_file_make(data, size);
    read_job("rules: ", table.path);
    read_job("region_groups: ", table.path);
    read_job("eligibility: {PKH: {decile: [1, 4], quota: ", table.path);
    memory_file_close(&table);
    return 0;
}
