/* SPDX-License-Identifier: MIT
 * `padan generate`: a made-up nation with its register, its registry, its rosters and the truth about all of them.
 *
 * A truth population lives in households; household k is a pure function of (options, k). Files are views of it, each
 * row with the errors of DOMAIN 9.2 drawn for (seed, file, person), so any row can be made again at any time: nothing
 * but NIK, KK and the lists of who is in which file is held in memory (about 80 bytes a person at the peak), and the
 * bytes are the same for any number of threads. */
#ifndef PD_GENERATE_GENERATE_H
#define PD_GENERATE_GENERATE_H

#include "base/status.h"
#include "base/text.h"

/* Which column of the error table (DOMAIN 9.2) the registry and the rosters follow. */
enum pd_regime { PD_REGIME_LAMA, PD_REGIME_BARU, PD_REGIME_DAERAH };

struct pd_generate_options {
    uint64_t n_people;
    uint64_t seed;
    enum pd_regime regime;
    const char *out;           /* folder, made when absent; files of these names in it are replaced */
    const unsigned *provinces; /* [n_provinces] two-digit codes; none = all 38 */
    size_t n_provinces;
    const char *previous;   /* folder of the night before (same people, seed, regime, provinces), or NULL */
    bool messy;             /* rosters as the many files that regions send */
    const char *names_file; /* CSV daftar,kata,bobot that replaces token lists by name, or NULL */
    uint64_t n_hard_pairs;  /* pd_generate_hard: pairs of each kind */
    int threads;            /* 0: all processors */
};

/* "lama", "baru", "daerah". */
PADAN_MUST_CHECK enum padan_status pd_regime_parse(struct pd_text word, enum pd_regime *regime,
                                                   struct padan_error *error);

/* Writes kependudukan.csv, dtsen.csv, the rosters, asn.csv, truth.csv, expected.csv and job.yaml into options->out.
 * BAD_ARGUMENT for people outside 100..300,000,000, an unknown province or a previous night that does not belong to
 * these options; BAD_INPUT for a names file that cannot be used; IO when writing fails.
 * Cost: about 2 microseconds of one processor per row written. */
PADAN_MUST_CHECK enum padan_status pd_generate(const struct pd_generate_options *options, struct padan_error *error);

/* A file of hard negatives instead (generate/hard_negatives.h): kependudukan.csv, daftar.csv, truth.csv with the kind
 * of pair, pasangan_beda.csv and job.yaml, of options->n_hard_pairs pairs of each kind. Fails as pd_generate does. */
PADAN_MUST_CHECK enum padan_status pd_generate_hard(const struct pd_generate_options *options,
                                                    struct padan_error *error);

#endif
