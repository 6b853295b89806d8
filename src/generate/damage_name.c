/* SPDX-License-Identifier: MIT
 * Words of a name dropped, swapped, run together or torn apart (E13, E14), and slips on the keyboard (E15). */
#include "generate/damage_parts.h"

enum { WORDS_MAX = 12 };

struct pd_text pd_word_pick(const char *list, struct pd_random *random)
{
    size_t n = 1;
    for (const char *at = list; *at != 0; at++) n += *at == ' ';
    for (size_t skip = pd_random_below(random, n); skip > 0; skip--) {
        while (*list != ' ') list++;
        list++;
    }
    size_t length = 0;
    while (list[length] != 0 && list[length] != ' ') length++;
    return (struct pd_text){ list, length };
}

bool pd_word_listed(const char *list, struct pd_text word)
{
    while (*list != 0) {
        size_t length = 0;
        while (list[length] != 0 && list[length] != ' ') length++;
        if (length == word.length && memcmp(list, word.data, length) == 0) return true;
        list += length + (list[length] == ' ');
    }
    return false;
}

bool pd_name_splice(struct pd_name *name, size_t begin, size_t end, struct pd_text text)
{
    if (name->length - (end - begin) + text.length > sizeof name->text) return false;
    if (pd_text_equal(text, pd_text_slice(pd_name_text(name), begin, end))) return false;
    memmove(name->text + begin + text.length, name->text + end, name->length - end);
    memcpy(name->text + begin, text.data, text.length);
    name->length = (uint8_t)(name->length - (end - begin) + text.length);
    return true;
}

static size_t words_of(const struct pd_name *name, struct pd_text words[WORDS_MAX])
{
    return pd_name_words(pd_name_text(name), words, WORDS_MAX);
}

/* Words that nobody is called by alone. */
static bool is_generic(struct pd_text word)
{
    return word.length < 3 ||
           pd_word_listed("SITI SITTI SRI NUR NOR MUHAMMAD MUHAMAD MOHAMAD MOHAMMAD MOCHAMAD MOH AHMAD "
                          "ACHMAD AKHMAD ABDUL DWI TRI IDA ANAK BIN BINTI DAENG",
                          word);
}

/* The word that is left out: the last one most often, the first least, but what remains must be a name. */
static size_t word_to_drop(struct pd_random *random, const struct pd_text *words, size_t n)
{
    size_t drawn = pd_chance(random, 0.5) ? n - 1 : (size_t)pd_random_below(random, n);
    if (drawn == 0 && pd_word_listed("BIN BINTI", words[1])) drawn = n - 1;
    for (size_t i = 0; i < n; i++)
        if (i != drawn && !is_generic(words[i])) return drawn;
    size_t generic = 0;
    while (generic + 1 < n && !is_generic(words[generic])) generic++;
    return generic;
}

bool pd_name_drop(struct pd_random *random, struct pd_name *name)
{
    struct pd_text words[WORDS_MAX];
    const size_t n = words_of(name, words);
    if (n < 2) return false;
    size_t gone = word_to_drop(random, words, n), n_gone = 1;
    /* The father goes with his BIN. */
    if (gone + 1 == n && n > 2 && pd_word_listed("BIN BINTI", words[gone - 1])) gone--, n_gone++;
    const size_t begin = (size_t)(words[gone].data - name->text);
    if (gone + n_gone < n)
        return pd_name_splice(name, begin, (size_t)(words[gone + n_gone].data - name->text), PD_TEXT(""));
    return pd_name_splice(name, begin - 1, name->length, PD_TEXT(""));
}

bool pd_name_swap(struct pd_random *random, struct pd_name *name)
{
    struct pd_text words[WORDS_MAX];
    const size_t n = words_of(name, words);
    if (n < 2) return false;
    const size_t first = pd_random_below(random, n - 1);
    if (pd_text_equal(words[first], words[first + 1])) return false;
    const struct pd_name old = *name;
    name->length = 0;
    for (size_t i = 0; i < n; i++) {
        struct pd_text word = words[i == first ? i + 1 : i == first + 1 ? i - 1 : i];
        word.data = old.text + (word.data - name->text);
        (void)pd_name_add(name, word);
    }
    return true;
}

/* First parts and last parts that are also words of their own. */
static const char heads[] = "NUR SITI SRI DWI TRI ABDUL KHOIRUL KHAIRUL SAIFUL SYAIFUL MUHAMMAD AHMAD EKO EKA ANI IKA "
                            "INDAH RATNA DEWI SU ZAINAL JAMAL KAMAL BADRUL MISBAHUL NURUL ROBI WAHYU PUJI";
static const char tails[] = "HAYATI WATI NINGSIH YANTI YANTO YONO HARTO HARTI UDIN UDDIN ULLAH ULLOH ANAM HUDA AINI "
                            "JANAH HASANAH HIDAYAT SARI ASTUTI WAHYUNI RIYANTO SYAH DINATA NEGARA KUSUMA LINA SIH";

static bool word_ends(struct pd_text word, struct pd_text tail)
{
    return word.length > tail.length + 1 && memcmp(word.data + word.length - tail.length, tail.data, tail.length) == 0;
}

static struct pd_text next_of(const char **list)
{
    struct pd_text word = { *list, 0 };
    while ((*list)[word.length] != 0 && (*list)[word.length] != ' ') word.length++;
    *list += word.length + ((*list)[word.length] == ' ');
    return word;
}

/* Where a word falls into two, 0 = nowhere. */
static size_t seam(struct pd_text word)
{
    const char *list = heads;
    for (struct pd_text head = next_of(&list); head.length > 0; head = next_of(&list))
        if (word.length > head.length + 2 && pd_text_starts(word, head)) return head.length;
    list = tails;
    for (struct pd_text tail = next_of(&list); tail.length > 0; tail = next_of(&list))
        if (word_ends(word, tail)) return word.length - tail.length;
    if (word.length < 8) return 0;
    for (size_t at = word.length / 2; at + 2 < word.length; at++)
        if (strchr("AIUEO", word.data[at - 1]) != NULL) return at;
    return 0;
}

static bool split_word(struct pd_random *random, struct pd_name *name)
{
    struct pd_text words[WORDS_MAX];
    const size_t n = words_of(name, words);
    const size_t first = pd_random_below(random, n);
    for (size_t i = 0; i < n; i++) {
        const struct pd_text word = words[(first + i) % n];
        const size_t at = seam(word), position = (size_t)(word.data - name->text) + at;
        if (at > 0) return pd_name_splice(name, position, position, PD_TEXT(" "));
    }
    return false;
}

static bool join_words(struct pd_random *random, struct pd_name *name)
{
    struct pd_text words[WORDS_MAX];
    const size_t n = words_of(name, words);
    if (n < 2) return false;
    const size_t first = pd_random_below(random, n - 1);
    const size_t at = (size_t)(words[first].data - name->text) + words[first].length;
    return pd_name_splice(name, at, at + 1, PD_TEXT(""));
}

bool pd_name_respace(struct pd_random *random, struct pd_name *name)
{
    if (name->length == 0) return false;
    return pd_chance(random, 0.35) ? split_word(random, name) || join_words(random, name)
                                   : join_words(random, name) || split_word(random, name);
}

/* Keys beside each letter on a QWERTY keyboard, from A. */
static const char *const neighbours[26] = { "QSZ",  "VGN",  "XDFV", "SERFC", "WRSD", "DRTGV", "FTYHB", "GYUJN", "UOKJ",
                                            "HUIK", "JIOL", "KOP",  "NKJ",   "BHJM", "IPKL",  "OL",    "WA",    "ETDF",
                                            "ADWX", "RYFG", "YIHJ", "CFGB",  "QEAS", "ZSDC",  "TUGH",  "ASX" };

static bool slip(struct pd_random *random, struct pd_name *name, size_t at)
{
    const char letter = name->text[at];
    if (letter < 'A' || letter > 'Z') return false;
    const char *const keys = neighbours[letter - 'A'];
    const char key = keys[pd_random_below(random, strlen(keys))];
    switch (pd_random_below(random, 4)) {
    case 0: return pd_name_splice(name, at, at + 1, (struct pd_text){ &key, 1 });
    case 1: return name->length > 2 && pd_name_splice(name, at, at + 1, PD_TEXT(""));
    case 2: {
        const char two[2] = { letter, pd_chance(random, 0.4) ? letter : key };
        return pd_name_splice(name, at, at + 1, (struct pd_text){ two, 2 });
    }
    default: {
        if (at + 1 >= name->length || name->text[at + 1] == ' ') return false;
        const char two[2] = { name->text[at + 1], letter };
        return pd_name_splice(name, at, at + 2, (struct pd_text){ two, 2 });
    }
    }
}

bool pd_name_typo(struct pd_random *random, struct pd_name *name)
{
    for (int attempt = 0; name->length > 0 && attempt < 24; attempt++)
        if (slip(random, name, pd_random_below(random, name->length))) return true;
    return false;
}
