/* SPDX-License-Identifier: MIT
 * What is wrong with a file as a whole, in sentences. `run` and `check` say the same about the same file. */
#ifndef PD_CHECKING_FILE_ALARMS_H
#define PD_CHECKING_FILE_ALARMS_H

#include "ingest/ingest.h"
#include "normalise/normalise.h"

enum { PD_FILE_ALARMS_MAX = 16 };

struct pd_file_alarm {
    const char *code; /* NIK_ROUNDED and so on, fixed */
    bool rings;       /* an alarm: exit code 1; else something worth knowing that was dealt with */
    char sentence[256];
};

struct pd_file_alarms {
    struct pd_file_alarm items[PD_FILE_ALARMS_MAX];
    size_t n;
};

/* Whether the row that was taken for the header has a NIK or another long number: its cells are those of a person, and
 * not to be shown. */
bool pd_file_header_is_values(const struct pd_file_result *file);
/* Finds them in the order of their weight. facts may be NULL (rows were not normalised). More rejected rows than
 * rejected_percent ring; NaN: the caller looks at them. The sentences hold no cell content. */
void pd_file_alarms_find(const struct pd_file_result *file, const struct pd_normalise_file_facts *facts,
                         double rejected_percent, struct pd_file_alarms *alarms);
/* Adds that the file has the bytes of another of this name (checking/same_files.h). */
void pd_file_alarms_add_same(struct pd_text name, struct pd_file_alarms *alarms);

#endif
