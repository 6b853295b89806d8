/* SPDX-License-Identifier: MIT */
#include "indonesia/attribute.h"

#include "indonesia/fold.h"

/* A wording and its code. */
struct wording {
    const char *letters;
    unsigned char code;
};

enum { WORD_CAPACITY = 48, NOT_FOUND = 255 };

static unsigned find(const struct wording *wordings, struct pd_text letters)
{
    for (; wordings->letters != NULL; wordings++)
        if (pd_text_equal(letters, pd_text_of(wordings->letters))) return wordings->code;
    return NOT_FOUND;
}

/* Letters and digits of a cell; a cell like `1.0` or `03` gives the number without zeros around. */
static struct pd_text letters_of(struct pd_text text, char out[WORD_CAPACITY])
{
    text = pd_text_trim(text);
    if (text.length > 2 && memcmp(text.data + text.length - 2, ".0", 2) == 0) text.length -= 2;
    struct pd_text letters = { out, pd_fold_letters(text, out, WORD_CAPACITY) };
    while (letters.length > 1 && letters.data[0] == '0') letters = pd_text_slice(letters, 1, letters.length);
    return letters;
}

unsigned pd_sex_read(struct pd_text text)
{
    static const struct wording wordings[] = {
        { "L", 1 },         { "P", 2 },          { "1", 1 },          { "2", 2 },          { "LAKILAKI", 1 },
        { "PEREMPUAN", 2 }, { "LK", 1 },         { "PR", 2 },         { "LAKI", 1 },       { "PRIA", 1 },
        { "WANITA", 2 },    { "LAKI2", 1 },      { "LKI", 1 },        { "PRMPN", 2 },      { "PRP", 2 },
        { "W", 2 },         { "M", 1 },          { "F", 2 },          { "MALE", 1 },       { "FEMALE", 2 },
        { "LELAKI", 1 },    { "PER", 2 },        { "LAK", 1 },        { "PEREMP", 2 },     { "LL", 1 },
        { "1LAKILAKI", 1 }, { "2PEREMPUAN", 2 }, { "LLAKILAKI", 1 },  { "PPEREMPUAN", 2 }, { "PEREMPAUN", 2 },
        { "PERMPUAN", 2 },  { "LAKILAKIL", 1 },  { "PEREMPUANP", 2 }, { "LAKULAKI", 1 },   { NULL, 0 },
    };
    char buffer[WORD_CAPACITY];
    const unsigned code = find(wordings, letters_of(text, buffer));
    return code == NOT_FOUND ? 0 : code;
}

unsigned pd_relation_read(const struct pd_indonesia *indonesia, struct pd_text text)
{
    char buffer[WORD_CAPACITY];
    struct pd_text letters = letters_of(text, buffer);
    uint64_t number = 0;
    if (pd_text_to_u64(letters, &number)) return number >= 1 && number <= 11 ? (unsigned)number : 0;
    /* `4. ANAK`: the words decide */
    while (letters.length > 0 && letters.data[0] >= '0' && letters.data[0] <= '9')
        letters = pd_text_slice(letters, 1, letters.length);
    const struct pd_lexicon_entry *entry = pd_lexicon_find(&indonesia->relations, letters);
    return entry == NULL ? 0 : entry->class_id;
}

enum pd_life pd_life_read(struct pd_text text)
{
    static const struct wording wordings[] = {
        { "HIDUP", PD_LIFE_ALIVE },
        { "MASIHHIDUP", PD_LIFE_ALIVE },
        { "AKTIF", PD_LIFE_ALIVE },
        { "YA", PD_LIFE_ALIVE },
        { "Y", PD_LIFE_ALIVE },
        { "1", PD_LIFE_ALIVE },
        { "TRUE", PD_LIFE_ALIVE },
        { "ADA", PD_LIFE_ALIVE },
        { "MENINGGAL", PD_LIFE_DEAD },
        { "MENINGGALDUNIA", PD_LIFE_DEAD },
        { "SUDAHMENINGGAL", PD_LIFE_DEAD },
        { "TELAHMENINGGAL", PD_LIFE_DEAD },
        { "TELAHMENINGGALDUNIA", PD_LIFE_DEAD },
        { "MATI", PD_LIFE_DEAD },
        { "WAFAT", PD_LIFE_DEAD },
        { "MD", PD_LIFE_DEAD },
        { "ALM", PD_LIFE_DEAD },
        { "ALMARHUM", PD_LIFE_DEAD },
        { "ALMARHUMAH", PD_LIFE_DEAD },
        { "TIDAK", PD_LIFE_DEAD },
        { "FALSE", PD_LIFE_DEAD },
        { "T", PD_LIFE_DEAD },
        { "0", PD_LIFE_DEAD },
        { "11", PD_LIFE_DEAD },
        { "DATADITEMUKANMENINGGALDUNIA", PD_LIFE_DEAD },
        { "NONAKTIF", PD_LIFE_INACTIVE },
        { "TIDAKAKTIF", PD_LIFE_INACTIVE },
        { "INAKTIF", PD_LIFE_INACTIVE },
        { "PINDAH", PD_LIFE_INACTIVE },
        { "14", PD_LIFE_INACTIVE },
        { "DATADITEMUKANSTATUSNONAKTIF", PD_LIFE_INACTIVE },
        { "GANDA", PD_LIFE_DUPLICATE },
        { "DATAGANDA", PD_LIFE_DUPLICATE },
        { "12", PD_LIFE_DUPLICATE },
        { "DATADITEMUKANDATAGANDA", PD_LIFE_DUPLICATE },
        { NULL, 0 },
    };
    char buffer[WORD_CAPACITY];
    return (enum pd_life)find(wordings, letters_of(text, buffer));
}

unsigned pd_decile_read(struct pd_text text)
{
    char buffer[WORD_CAPACITY];
    struct pd_text letters = letters_of(text, buffer);
    if (pd_text_starts(letters, PD_TEXT("DESIL"))) letters = pd_text_slice(letters, 5, letters.length);
    uint64_t number = 0;
    while (letters.length > 1 && letters.data[0] == '0') letters = pd_text_slice(letters, 1, letters.length);
    return pd_text_to_u64(letters, &number) && number >= 1 && number <= 10 ? (unsigned)number : 0;
}
