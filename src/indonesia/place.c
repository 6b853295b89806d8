/* SPDX-License-Identifier: MIT */
#include "indonesia/place.h"

#include "indonesia/fold.h"
#include "indonesia/region_table.h"

static const char *const level_words[] = { "KAB",       "KABUPATEN", "KOTA",      "KODYA",   "KOTAMADYA",
                                           "KOTIF",     "KEC",       "KECAMATAN", "DESA",    "DS",
                                           "KELURAHAN", "KEL",       "PROV",      "PROVINSI" };

/* Words of letters and digits joined by one blank; what follows a comma or bracket is another place. */
static size_t join_words(const char *folded, size_t length, char *out, size_t capacity)
{
    size_t written = 0;
    bool blank = false;
    for (size_t i = 0; i < length; i++) {
        const char byte = folded[i];
        const bool keep = (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        if ((byte == ',' || byte == '(' || byte == ';' || byte == '/') && written > 0) break;
        if (byte == '\'' || byte == '`') continue;
        if (!keep) {
            blank = written > 0;
            continue;
        }
        if (written + 2 > capacity) break;
        if (blank) out[written++] = ' ';
        blank = false;
        out[written++] = byte;
    }
    return written;
}

/* Where the name begins after its level words; they go only when something is left. */
static size_t skip_level_words(struct pd_text words)
{
    size_t begin = 0;
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < sizeof level_words / sizeof *level_words && !again; i++) {
            const struct pd_text word = pd_text_of(level_words[i]);
            const struct pd_text rest = pd_text_slice(words, begin, words.length);
            again = pd_text_starts(rest, word) && rest.length > word.length + 1 && rest.data[word.length] == ' ';
            if (again) begin += word.length + 1;
        }
    }
    return begin;
}

/* The official spelling of a regency's name, without its level word; 0 when there is no such regency. */
static size_t regency_name(const struct pd_indonesia *indonesia, struct pd_text name, char *out, size_t capacity)
{
    uint64_t code = 0;
    if (pd_region_by_name(&indonesia->regions, PD_REGION_REGENCY, 0, name, &code, 1) == 0) return 0;
    char folded[PD_PLACE_CAPACITY];
    char words[PD_PLACE_CAPACITY];
    const size_t length = pd_fold(pd_region_find(&indonesia->regions, code)->name, folded, sizeof folded);
    struct pd_text official = { words, join_words(folded, length, words, sizeof words) };
    official = pd_text_slice(official, skip_level_words(official), official.length);
    const struct pd_text administrative = PD_TEXT("ADMINISTRASI ");
    if (pd_text_starts(official, administrative))
        official = pd_text_slice(official, administrative.length, official.length);
    if (official.length > capacity) return 0;
    memcpy(out, official.data, official.length);
    return official.length;
}

size_t pd_place_read(const struct pd_indonesia *indonesia, struct pd_text text, char *out, size_t capacity)
{
    char folded[PD_PLACE_CAPACITY];
    char words[PD_PLACE_CAPACITY];
    char letters[PD_PLACE_CAPACITY];
    if (pd_is_nothing(text)) return 0;
    const size_t length = pd_fold(text, folded, sizeof folded);
    const struct pd_text all = { words, join_words(folded, length, words, sizeof words) };
    const struct pd_text name = pd_text_slice(all, skip_level_words(all), all.length);
    if (name.length == 0 || (name.data[0] >= '0' && name.data[0] <= '9')) return 0;
    const struct pd_text tries[2] = { name, all };
    for (size_t i = 0; i < 2; i++) {
        const size_t n_letters = pd_fold_letters(tries[i], letters, sizeof letters);
        const struct pd_lexicon_entry *alias =
            pd_lexicon_find(&indonesia->places, (struct pd_text){ letters, n_letters });
        if (alias != NULL && alias->canonical.length <= capacity) {
            memcpy(out, alias->canonical.data, alias->canonical.length);
            return alias->canonical.length;
        }
        const size_t official = regency_name(indonesia, tries[i], out, capacity);
        if (official > 0) return official;
    }
    const size_t kept = name.length < capacity ? name.length : capacity;
    memcpy(out, name.data, kept);
    return kept;
}
