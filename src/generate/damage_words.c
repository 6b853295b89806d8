/* SPDX-License-Identifier: MIT
 * Words abbreviated or written out (E11, DOMAIN 2.3, 2.5) and nicknames (E13). */
#include "generate/damage_parts.h"
#include "generate/damage_tables.h"

/* The words of DOMAIN 2.3, sorted; variants written for this generator from general knowledge. */
const struct pd_word_variants pd_abbreviations[] = {
    { "ABDUL", "ABD ABDL ABDOEL AB ABDU A ABL ADUL ABDUOL" },
    { "AHMAD", "ACHMAD AKHMAD ACH AKH A AHM AHMAT AHD ACHM AMAD" },
    { "ANAK AGUNG", "AA A.A. ANK.AGUNG AK.AG" },
    { "ANDI", "A AND ANDY" },
    { "CHRISTIAN", "CHR CHRIST CHRS" },
    { "DAENG", "DG DGN DAEN" },
    { "DEWI", "DW DEW DWI" },
    { "FRANSISKUS", "FRANS FX FRAN FRS" },
    { "GEDE", "GD GDE" },
    { "GUSTI", "GST GSTI GT" },
    { "IDA AYU", "IA DAYU I.A. IDAYU" },
    { "IDA BAGUS", "IB I.B. IDBGS IDA BGS" },
    { "JOHANES", "JOH YOH JHS" },
    { "KADEK", "KDK KD KADE" },
    { "KETUT", "KT KTT KTUT" },
    { "KOMANG", "KMG KM KOMG" },
    { "MADE", "MD MDE" },
    { "MARIA", "MA MRA MAR" },
    { "MOCHAMAD", "MOCH MOH M MHMD MUHAMMAD MHD" },
    { "MOH", "MUH MOHD MHD M MUHAMMAD MHM" },
    { "MOHAMAD", "MOH M MHMD MOHD MUHAMMAD MOHMD" },
    { "MOHAMMAD", "MOH M MHMD MUHAMMAD MOHD MOHMD" },
    { "MUHAMAD", "MUH M MHD MUHAMMAD MHM MUHAM" },
    { "MUHAMMAD",
      "M MUH MOH MHD MUHAMAD MOHAMAD MOCHAMAD MOCH MD MUHD MHMD MHM MOHMD MUHAM MUHMD MAHMAD MUHAMM MUHAMMDA" },
    { "NI LUH", "NL NILUH N.LUH" },
    { "NOR", "NUR NR N" },
    { "NUR", "N NR NOR NOER NURR NU NUHR NUER" },
    { "NYOMAN", "NYM NYMN NYO NYOMN" },
    { "PUTU", "PT PTU" },
    { "RADEN", "RD R RDN" },
    { "SITI", "ST STI SITTI SITY STTI CITI SIT" },
    { "SITTI", "ST STI SITI STT" },
    { "SRI", "SR SERI SIRI" },
    { "TEUKU", "T TK TKU TEUK" },
    { "WAYAN", "WYN WAY WY WYAN" },
    { "YOHANES", "YOH JOH YHS YOHAN" },
};
const size_t pd_n_abbreviations = sizeof pd_abbreviations / sizeof *pd_abbreviations;

static const struct pd_word_variants *find(struct pd_text word)
{
    return pd_word_variants_find(pd_abbreviations, pd_n_abbreviations, word);
}

/* ABDUL before R, S, SY, T, D, N, Z, L: written as it is spoken, in one word. */
static bool assimilate(struct pd_random *random, struct pd_name *name, size_t begin, size_t end)
{
    if (!pd_text_equal(pd_text_slice(pd_name_text(name), begin, end), PD_TEXT("ABDUL")) || end + 2 >= name->length)
        return false;
    const char letter = name->text[end + 1];
    if (strchr("RSTDNZL", letter) == NULL || !pd_chance(random, 0.35)) return false;
    const char once[1] = { letter };
    const bool twice = pd_chance(random, 0.5);
    return pd_name_splice(name, begin + 4, end + 1, (struct pd_text){ once, twice ? 1 : 0 });
}

/* The words [begin, end) give way to a short form, sometimes with a dot, sometimes with no blank after it. */
static bool shorten(struct pd_random *random, struct pd_name *name, size_t begin, size_t end, const char *variants)
{
    char text[PD_NAME_MAX];
    const struct pd_text form = pd_word_pick(variants, random);
    size_t length = form.length;
    memcpy(text, form.data, length);
    const bool dot = length <= 4 && text[length - 1] != '.' && pd_chance(random, 0.3);
    if (dot) text[length++] = '.';
    if (dot && end < name->length && pd_chance(random, 0.2)) end++;
    return pd_name_splice(name, begin, end, (struct pd_text){ text, length });
}

bool pd_name_abbreviate(struct pd_random *random, struct pd_name *name)
{
    struct pd_text words[8];
    const size_t n = pd_name_words(pd_name_text(name), words, 8);
    for (size_t i = 0; i < n; i++) {
        const size_t begin = (size_t)(words[i].data - name->text);
        if (i + 1 < n) {
            const size_t end = begin + words[i].length + 1 + words[i + 1].length;
            const struct pd_word_variants *two = find(pd_text_slice(pd_name_text(name), begin, end));
            if (two != NULL) return shorten(random, name, begin, end, two->variants);
        }
        const struct pd_word_variants *one = n > 1 ? find(words[i]) : NULL;
        if (one == NULL) continue;
        const size_t end = begin + words[i].length;
        return assimilate(random, name, begin, end) || shorten(random, name, begin, end, one->variants);
    }
    return false;
}

static bool is_vowel(char letter)
{
    return strchr("AIUEO", letter) != NULL;
}

/* Where the last two syllables of a word begin (SULASTRI -> LASTRI), 0 = the whole word. */
static size_t last_syllables(struct pd_text word)
{
    size_t vowels = 0;
    for (size_t at = word.length; at-- > 1;) {
        if (!is_vowel(word.data[at]) || is_vowel(word.data[at - 1])) continue;
        if (++vowels == 2) return word.length - (at - 1) >= 4 ? at - 1 : 0;
    }
    return 0;
}

/* The longest word is called by its end or by its beginning. */
bool pd_name_nickname(struct pd_random *random, struct pd_name *name)
{
    struct pd_text words[8];
    const size_t n = pd_name_words(pd_name_text(name), words, 8);
    size_t longest = 0;
    for (size_t i = 1; i < n; i++)
        if (words[i].length > words[longest].length) longest = i;
    if (n == 0 || words[longest].length < 5) return false;
    const struct pd_text word = words[longest];
    const size_t begin = (size_t)(word.data - name->text), tail = last_syllables(word);
    if (tail > 0 && pd_chance(random, 0.6)) return pd_name_splice(name, begin, begin + tail, PD_TEXT(""));
    size_t keep = 3;
    while (keep + 1 < word.length && !is_vowel(word.data[keep])) keep++;
    if (keep + 1 >= word.length) keep = 3;
    return pd_name_splice(name, begin + keep, begin + word.length, PD_TEXT(""));
}
