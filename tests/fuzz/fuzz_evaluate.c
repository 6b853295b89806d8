/* SPDX-License-Identifier: MIT
 * Any bytes as truth, clusters and pairs: figures or a sentence. The parts of an input are parted by lines of "--". */
#include "base/buffer.h"
#include "evaluate/evaluate.h"
#include "evaluate/pair_file.h"
#include "memory_file.h"

#include <assert.h>
#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int fuzz_copies(void);

static enum padan_status judge(const char *const paths[3], struct pd_population *population, struct pd_buffer *out,
                               struct padan_error *error)
{
    const struct pd_truth_columns columns = { .unique_id = NULL };
    struct pd_evaluation evaluation = { 0 };
    PD_TRY(pd_population_read_truth(population, paths[0], &columns, error));
    if (paths[2] == NULL)
        PD_TRY(pd_population_read_clusters(population, paths[1], &columns, error));
    else
        PD_TRY(pd_population_clusters_from_pairs(population, paths[1], 1.0, error));
    pd_population_complete(population);
    enum padan_status status = pd_evaluation_count(&evaluation, population, false, 1, 1, error);
    if (status == PADAN_OK && paths[2] != NULL)
        status = pd_evaluation_trace(&evaluation, population, paths[2], 1, error);
    if (status == PADAN_OK) {
        pd_evaluation_json(&evaluation, population, out);
        pd_evaluation_print(&evaluation, population, out);
        assert(memchr(out->data, '\0', out->length) == NULL);
    }
    pd_evaluation_reset(&evaluation);
    return status;
}

static void judge_once(const char *const paths[3])
{
    struct pd_population *population = calloc(1, sizeof *population);
    struct pd_buffer out = { 0 };
    struct padan_error error = { PADAN_OK, "" };
    if (population == NULL) abort();
    const enum padan_status status = judge(paths, population, &out, &error);
    assert(status == PADAN_OK || error.message[0] != '\0');
    (void)status;
    pd_buffer_reset(&out);
    pd_population_reset(population);
    free(population);
}

int fuzz_copies(void)
{
    return 500;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *cut = memmem(data, size, "\n--\n", 4);
    const size_t first = cut == NULL ? size : (size_t)(cut - data);
    const size_t rest = cut == NULL ? size : first + 4;
    struct memory_file truth = memory_file_make(data, first);
    struct memory_file found = memory_file_make(data + rest, size - rest);
    judge_once((const char *const[]){ truth.path, found.path, NULL });
    judge_once((const char *const[]){ truth.path, found.path, found.path });
    memory_file_close(&truth);
    memory_file_close(&found);
    return 0;
}
