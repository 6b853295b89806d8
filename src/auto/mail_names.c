/* SPDX-License-Identifier: MIT
 * Counted row by row: in how many addresses stands a word of the name, of those that are no initials. */
#include "auto/mail_names.h"

#include "base/row_sample.h"
#include "base/words.h"

enum { SAMPLE_ROWS = 20000, SHORTEST_WORD = 3, LONGEST_ADDRESS = 128 };
/* Addresses that have a word of the name. */
static const double MOSTLY = .5;

/* The part before the @, in small letters; its length. */
static size_t read_address(struct pd_text text, char small[LONGEST_ADDRESS])
{
    size_t n = 0;
    while (n < text.length && n < LONGEST_ADDRESS && text.data[n] != '@') {
        small[n] = (char)pd_word_small((unsigned char)text.data[n]);
        n++;
    }
    return n;
}

static bool stands_in(const char *word, size_t length, const char *text, size_t text_length)
{
    for (size_t at = 0; at + length <= text_length; at++) {
        size_t i = 0;
        while (i < length && (char)pd_word_small((unsigned char)word[i]) == text[at + i]) i++;
        if (i == length) return true;
    }
    return false;
}

static size_t count_words(struct pd_text name, const char *address, size_t length)
{
    struct pd_word word;
    size_t place = 0, n = 0;
    while (pd_word_next(name, &place, &word))
        n +=
            word.length >= SHORTEST_WORD && stands_in(name.data + word.end - word.length, word.length, address, length);
    return n;
}

/* Words of the name per address; 0 where most addresses have none. */
static double words_per_address(const struct pd_table *table, int name, int mail)
{
    const struct pd_column *names = &table->columns[name];
    const struct pd_column *mails = &table->columns[mail];
    const struct pd_row_sample sample = pd_row_sample_make(table->n_records, SAMPLE_ROWS);
    size_t n = 0, n_with = 0, n_words = 0;
    for (size_t row = 0; row < table->n_records; row++) {
        if (!pd_row_sample_has(sample, row)) continue;
        char small[LONGEST_ADDRESS], scratch[24], scratch_name[24];
        if (pd_column_is_null(names, row) || pd_column_is_null(mails, row)) continue;
        const size_t length = read_address(pd_column_text(mails, row, scratch), small);
        const size_t found = count_words(pd_column_text(names, row, scratch_name), small, length);
        n++;
        n_with += found > 0;
        n_words += found;
    }
    return n == 0 || (double)n_with < MOSTLY * (double)n ? 0 : (double)n_words / (double)n;
}

int pd_auto_names_of_mail(const struct pd_table *table, const struct pd_profiles *profiles, size_t mail)
{
    int best = -1;
    double most = 0;
    for (size_t i = 0; i < profiles->n_columns; i++) {
        const struct pd_profile *profile = &profiles->columns[i];
        if (profile->kind != PD_KIND_NAME && profile->kind != PD_KIND_TEXT) continue;
        const double words = words_per_address(table, profile->column, profiles->columns[mail].column);
        if (words <= most) continue;
        most = words;
        best = (int)i;
    }
    return best;
}
