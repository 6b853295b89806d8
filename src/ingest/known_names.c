/* SPDX-License-Identifier: MIT */
#include "ingest/known_names.h"

static bool consists_of(struct pd_text text, const char *bytes)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == '\0' || strchr(bytes, text.data[i]) == NULL) return false;
    return text.length > 0;
}

static bool starts_with_word(struct pd_text text, const char *word)
{
    const struct pd_text wanted = pd_text_of(word);
    if (!pd_text_same_name(pd_text_slice(text, 0, wanted.length), wanted)) return false;
    return text.length == wanted.length || (unsigned char)text.data[wanted.length] < 'A';
}

/* Whether words in brackets say what values look like, not whose they are. */
static bool is_note_on_form(struct pd_text note)
{
    static const char *const words[] = { "rp",    "rupiah",      "dalam rupiah", "l/p", "p/l",  "sesuai",
                                         "wajib", "wajib diisi", "format",       "tgl", "digit" };
    static const char *const units[] = { "digit", "angka", "karakter" };
    if (consists_of(note, "dDmMyYhHbBtT/-. ")) return true; /* DD/MM/YYYY, hh-bb-tttt */
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (starts_with_word(note, words[i])) return true;
    size_t n_digits = 0;
    while (n_digits < note.length && note.data[n_digits] >= '0' && note.data[n_digits] <= '9') n_digits++;
    const struct pd_text unit = pd_text_slice(note, n_digits, note.length);
    for (size_t i = 0; i < sizeof units / sizeof *units && n_digits > 0; i++)
        if (pd_text_same_name(unit, pd_text_of(units[i]))) return true;
    return false;
}

struct pd_text pd_header_words(struct pd_text header)
{
    struct pd_text words = pd_text_trim(pd_text_shown(header));
    while (words.length > 1 && strchr("*:", words.data[words.length - 1]) != NULL)
        words = pd_text_trim(pd_text_slice(words, 0, words.length - 1));
    if (words.length == 0 || words.data[words.length - 1] != ')') return words;
    size_t at = words.length - 1;
    while (at > 0 && words.data[at] != '(') at--;
    if (at == 0) return words;
    const struct pd_text note = pd_text_trim(pd_text_slice(words, at + 1, words.length - 1));
    return is_note_on_form(note) ? pd_header_words(pd_text_slice(words, 0, at)) : words;
}

bool pd_is_known_name(const struct pd_known_names *known, struct pd_text cell)
{
    const struct pd_text shown = pd_text_shown(cell);
    const struct pd_text words = pd_header_words(cell);
    const struct pd_input_file *file = known->file;
    if (words.length == 0) return false;
    if (pd_text_same_name(words, PD_TEXT("unique_id"))) return true;
    for (size_t i = 0; i < file->n_choices; i++) {
        if (pd_text_same_name(file->choices[i].header, shown)) return true;
    }
    for (size_t i = 0; i < file->n_unique_id; i++) {
        if (pd_text_same_name(file->unique_id[i], shown)) return true;
    }
    for (size_t i = 0; known->aliases != NULL && i < known->aliases->n_items; i++) {
        if (pd_text_same_name(known->aliases->items[i].alias, words)) return true;
    }
    return false;
}
