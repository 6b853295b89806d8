/* SPDX-License-Identifier: MIT
 * `padan generate`: a made-up nation with registers, rosters, errors, truth and a job file. */
#include "cli/commands.h"
#include "cli/options.h"
#include "generate/generate.h"

#include <stdio.h>
#include <string.h>

enum { PROVINCES_MAX = 64 };

struct request {
    uint64_t people, hard_negatives, seed;
    const char *regime, *out, *provinces, *previous, *layouts, *names;
    int threads;
    bool quiet;
};

#define FIELD(member) offsetof(struct request, member)
static const struct pd_option options[] = {
    { "people", "N", "size of the population, 100 to 300000000", PD_OPTION_COUNT, FIELD(people) },
    { "hard-negatives", "N", "instead: N pairs of each kind of people who are easily taken for one", PD_OPTION_COUNT,
      FIELD(hard_negatives) },
    { "seed", "S", "start of all random numbers (1)", PD_OPTION_COUNT, FIELD(seed) },
    { "regime", "lama|baru|daerah", "how damaged the rosters are (daerah)", PD_OPTION_TEXT, FIELD(regime) },
    { "provinces", "CODES", "only these provinces: 32,34", PD_OPTION_TEXT, FIELD(provinces) },
    { "layouts", "clean|messy", "messy: rosters as the many files that regions send", PD_OPTION_TEXT, FIELD(layouts) },
    { "previous", "DIR", "make the night after the one in DIR", PD_OPTION_TEXT, FIELD(previous) },
    { "names", "FILE", "CSV daftar,kata,bobot that replaces lists of words of names", PD_OPTION_TEXT, FIELD(names) },
    { "threads", "N", "0: all processors", PD_OPTION_THREADS, FIELD(threads) },
    { "out", "DIR", "where to write", PD_OPTION_TEXT, FIELD(out) },
    { "quiet", NULL, "say nothing but errors", PD_OPTION_FLAG, FIELD(quiet) },
};
#undef FIELD

static const struct pd_command_line line = {
    .name = "generate",
    .operands = "",
    .summary =
        "Makes invented people in households, their register, registry and rosters with errors, the truth and a job.",
    .notes =
        "Writes kependudukan.csv, dtsen.csv, pkh.csv, sembako.csv, blt_desa.csv, provinsi.csv, pbi_jk.csv, pip.csv,\n"
        "asn.csv, truth.csv, expected.csv and job.yaml. With --hard-negatives: kependudukan.csv, daftar.csv, "
        "truth.csv,\n"
        "pasangan_beda.csv (pairs that are two people, by kind) and job.yaml. The same options give the same bytes.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
};

/* "32,34" */
static enum padan_status read_provinces(const char *text, unsigned *codes, size_t *n, struct padan_error *error)
{
    for (size_t begin = 0; text != NULL;) {
        const size_t length = strcspn(text + begin, ",");
        const char *code = text + begin;
        if (length != 2 || code[0] < '1' || code[0] > '9' || code[1] < '0' || code[1] > '9' || *n == PROVINCES_MAX)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "--provinces needs two-digit codes parted by commas, such as 32,34");
        codes[(*n)++] = (unsigned)(code[0] - '0') * 10 + (unsigned)(code[1] - '0');
        if (code[length] == '\0') break;
        begin += length + 1;
    }
    return PADAN_OK;
}

static enum padan_status check_hard_negatives(const struct request *request, struct padan_error *error)
{
    if (request->hard_negatives == 0) return PADAN_OK;
    if (request->people > 0 || request->previous != NULL || request->names != NULL ||
        strcmp(request->layouts, "clean") != 0)
        PD_FAIL(
            error, PADAN_BAD_ARGUMENT,
            "--hard-negatives goes with --seed, --regime, --provinces and --out only, not with --people, --previous, "
            "--names or --layouts");
    return PADAN_OK;
}

static enum padan_status generate(const struct request *request, struct padan_error *error)
{
    unsigned provinces[PROVINCES_MAX];
    struct pd_generate_options options_read = { .n_people = request->people,
                                                .seed = request->seed,
                                                .out = request->out,
                                                .provinces = provinces,
                                                .previous = request->previous,
                                                .names_file = request->names,
                                                .n_hard_pairs = request->hard_negatives,
                                                .threads = request->threads };
    if (request->people == 0 && request->hard_negatives == 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--people is needed, for example --people 20000");
    PD_TRY(check_hard_negatives(request, error));
    if (request->out == NULL) PD_FAIL(error, PADAN_BAD_ARGUMENT, "--out is needed: the folder to write to");
    PD_TRY(pd_regime_parse(pd_text_of(request->regime), &options_read.regime, error));
    PD_TRY(read_provinces(request->provinces, provinces, &options_read.n_provinces, error));
    options_read.messy = strcmp(request->layouts, "messy") == 0;
    if (!options_read.messy && strcmp(request->layouts, "clean") != 0)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "--layouts must be clean or messy");
    return request->hard_negatives > 0 ? pd_generate_hard(&options_read, error) : pd_generate(&options_read, error);
}

int pd_command_generate(int argc, char **argv)
{
    struct request request = { .seed = 1, .regime = "daerah", .layouts = "clean" };
    size_t n_operands = 0;
    const enum pd_parsed parsed = pd_options_parse(&line, argc, argv, &request, &n_operands);
    if (parsed != PD_PARSED) return pd_parsed_exit_code(parsed);
    struct padan_error error = { 0 };
    const enum padan_status status = generate(&request, &error);
    if (status == PADAN_OK) {
        if (!request.quiet) printf("%s/job.yaml\n", request.out);
        return 0;
    }
    (void)fprintf(stderr, "padan generate: %s\n", error.message);
    return padan_exit_code(status);
}
