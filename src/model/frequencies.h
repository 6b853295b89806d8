/* SPDX-License-Identifier: MIT
 * Frequencies of values that belong to a model (padan_tf_file): counted once while training, so that one new row of a
 * run changes no weight. A file of its own beside the model, CSV `column,value,frequency`, known to the model by its
 * hash; a line without value is the frequency of every value that is not in the file. */
#ifndef PD_MODEL_FREQUENCIES_H
#define PD_MODEL_FREQUENCIES_H

#include "base/buffer.h"
#include "model/model.h"
#include "table/dictionary.h"
#include "table/table.h"

enum { PD_FREQUENCY_TEXT = 32 };

struct pd_frequencies {
    struct pd_buffer content;  /* the file */
    struct pd_dictionary keys; /* column, 0x1F, value */
    double *shares;            /* [keys] */
    size_t capacity;
};

/* Reads the file that the model names, from the folder of model_path, and keeps it in the model; nothing when it names
 * none. BAD_INPUT when it is missing, BAD_ARGUMENT when it is another file than the model was trained with or is
 * broken. */
PADAN_MUST_CHECK enum padan_status pd_model_load_frequencies(struct pd_model *model, const char *model_path,
                                                             struct padan_error *error);
void pd_frequencies_free(struct pd_frequencies *frequencies);

/* Frequency of a value; of values that are not in the file when it is none of them; NaN when the file does not know
 * the column. */
double pd_frequencies_share(const struct pd_frequencies *frequencies, struct pd_text column, struct pd_text value);

/* A value as the file writes it: texts as they are, whole numbers, ISO dates; data NULL for NULL, and for columns of
 * other types. Digits, numbers and dates are written to scratch. */
struct pd_text pd_frequency_text(const struct pd_column *column, size_t record, char scratch[PD_FREQUENCY_TEXT]);

/* The file for the term-frequency columns of a model, counted over all rows of a table, appended to out. Values of
 * fewer than min_count rows are left out: rare values are personal data. Their mean is the frequency of a value that is
 * not there. Columns whose frequency the model computes (padan_tf) are left out. */
PADAN_MUST_CHECK enum padan_status pd_frequencies_count(const struct pd_model *model, const struct pd_table *table,
                                                        uint64_t min_count, struct pd_buffer *out,
                                                        struct padan_error *error);

#endif
