/* SPDX-License-Identifier: MIT */
#include "auto/sexes.h"

#include "base/words.h"
#include "expression/letter_case.h"

#include <string.h>

enum { WORD_MAX = 32 };

/* In small letters, without signs: Indonesian and Malay, English, Dutch, German, Spanish, Portuguese, French,
 * Vietnamese. */
static const struct {
    const char *word;
    char sex;
} words[] = {
    { "m", 'm' },
    { "male", 'm' },
    { "1", 'm' },
    { "l", 'm' },
    { "man", 'm' },
    { "lakilaki", 'm' },
    { "laki", 'm' },
    { "lk", 'm' },
    { "lelaki", 'm' },
    { "pria", 'm' },
    { "h", 'm' },
    { "hombre", 'm' },
    { "homem", 'm' },
    { "homme", 'm' },
    { "masculino", 'm' },
    { "masculin", 'm' },
    { "mann", 'm' },
    { "nam", 'm' },
    { "m\xc3\xa4nnlich", 'm' },
    { "f", 'f' },
    { "female", 'f' },
    { "2", 'f' },
    { "p", 'f' },
    { "w", 'f' },
    { "woman", 'f' },
    { "perempuan", 'f' },
    { "pr", 'f' },
    { "wanita", 'f' },
    { "v", 'f' },
    { "vrouw", 'f' },
    { "mujer", 'f' },
    { "mulher", 'f' },
    { "femme", 'f' },
    { "femenino", 'f' },
    { "feminino", 'f' },
    { "f\xc3\xa9minin", 'f' },
    { "weiblich", 'f' },
    { "n\xe1\xbb\xaf", 'f' },
    { "unknown", 0 },
    { "u", 0 },
};
enum { WORDS = sizeof words / sizeof *words };

/* Small letters and digits alone; of no length where the value is longer than any word. */
static struct pd_text folded(struct pd_text value, char out[WORD_MAX + WORD_MAX / 2])
{
    size_t n = 0;
    if (value.length > WORD_MAX) return (struct pd_text){ out, 0 };
    const size_t length = pd_letters_put(value, pd_letter_small, out);
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)out[i];
        if (pd_word_letter(byte) || pd_word_digit(byte)) out[n++] = (char)byte;
    }
    return (struct pd_text){ out, n };
}

/* The place of a value among the words; WORDS where it is none. */
static size_t find(struct pd_text word)
{
    size_t i = 0;
    while (i < WORDS && !pd_text_equal(word, pd_text_of(words[i].word))) i++;
    return i;
}

static char sex_of_word(size_t i, struct pd_sex_letters letters)
{
    if (letters.female_m && strcmp(words[i].word, "m") == 0) return 'f';
    if (letters.male_p && strcmp(words[i].word, "p") == 0) return 'm';
    return words[i].sex;
}

void pd_sexes_look(struct pd_text value, struct pd_sex_counts *counts)
{
    char text[WORD_MAX + WORD_MAX / 2];
    const struct pd_text word = folded(value, text);
    if (find(word) == WORDS) return;
    counts->n++;
    if (word.length == 1 && word.data[0] >= 'a') counts->letters[word.data[0] - 'a'] = true;
}

struct pd_sex_letters pd_sexes_choose(const struct pd_sex_counts *counts)
{
    const bool *letters = counts->letters;
    return (struct pd_sex_letters){ .female_m = letters['h' - 'a'] && letters['m' - 'a'] && !letters['f' - 'a'],
                                    .male_p = letters['p' - 'a'] && letters['w' - 'a'] && !letters['l' - 'a'] };
}

char pd_sex_of(struct pd_text value, struct pd_sex_letters letters)
{
    char text[WORD_MAX + WORD_MAX / 2];
    const size_t i = find(folded(value, text));
    return i == WORDS ? 0 : sex_of_word(i, letters);
}

void pd_sexes_append(struct pd_buffer *out, char sex, struct pd_sex_letters letters)
{
    const char *before = "";
    for (size_t i = 0; i < WORDS; i++) {
        if (sex_of_word(i, letters) != sex) continue;
        pd_append_format(out, "%s'%s'", before, words[i].word);
        before = ",";
    }
}
