/* SPDX-License-Identifier: MIT
 * The address is cut into letter and digit words; RT and RW are recognised by a small reader that remembers what number
 * it is waiting for; everything else is written by datasets/kata_alamat.csv. */
#include "indonesia/address.h"

#include "indonesia/fold.h"

enum { MAX_WORDS = 64, FOLD_CAPACITY = 320 };

struct word {
    struct pd_text text;
    char before; /* last separator before it, 0 at the start or between letters and digits */
    int number;  /* value of 1..4 digits, else -1 */
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static int small_number(struct pd_text text)
{
    uint64_t value = 0;
    return text.length <= 4 && pd_text_to_u64(text, &value) ? (int)value : -1;
}

static size_t cut(const char *folded, size_t length, struct word words[MAX_WORDS])
{
    size_t n = 0;
    char before = 0;
    for (size_t i = 0; i < length && n < MAX_WORDS;) {
        const bool digit = is_digit(folded[i]);
        if (!digit && !is_letter(folded[i])) {
            if (folded[i] != ' ' || before == 0) before = folded[i];
            i++;
            continue;
        }
        const size_t begin = i;
        while (i < length && (digit ? is_digit(folded[i]) : is_letter(folded[i]) || folded[i] == '\'')) i++;
        const struct pd_text text = { folded + begin, i - begin };
        words[n++] = (struct word){ text, before, digit ? small_number(text) : -1 };
        before = 0;
    }
    return n;
}

static bool is_word(const struct word *words, size_t n, size_t position, const char *text)
{
    return position < n && pd_text_equal(words[position].text, pd_text_of(text));
}

/* Number of words that say RT (RW) at a position: `RT`, `R.T`, `RUKUN TETANGGA`; 0 for none. */
static size_t keyword(const struct word *words, size_t n, size_t position, const char *word, const char *second,
                      const char *long_second)
{
    if (is_word(words, n, position, word)) return 1;
    if (is_word(words, n, position, "R") && is_word(words, n, position + 1, second) &&
        words[position + 1].before == '.')
        return 2;
    return is_word(words, n, position, "RUKUN") && is_word(words, n, position + 1, long_second) ? 2 : 0;
}

static uint16_t unit(int number)
{
    return (uint16_t)(number > 0 && number <= 999 ? number : 0);
}

static bool is_number(const struct word *words, size_t n, size_t position)
{
    return position < n && words[position].number >= 0;
}

/* `001/002` right at position. */
static bool is_pair(const struct word *words, size_t n, size_t position)
{
    return is_number(words, n, position) && is_number(words, n, position + 1) && words[position + 1].before == '/' &&
           words[position].text.length <= 3 && words[position + 1].text.length <= 3;
}

/* Reads what says RT or RW at position; returns how many words it took, 0 for none. */
static size_t read_unit(const struct word *words, size_t n, size_t position, struct pd_address *out)
{
    const size_t rtrw = is_word(words, n, position, "RTRW") ? 1 : 0;
    const size_t rt = keyword(words, n, position, "RT", "T", "TETANGGA");
    if (rtrw > 0 || rt > 0) {
        size_t at = position + rtrw + rt;
        const size_t rw = keyword(words, n, at, "RW", "W", "WARGA");
        at += rtrw > 0 ? 0 : rw;
        const bool both = rtrw > 0 || rw > 0;
        if (!is_number(words, n, at)) return at - position;
        out->rt = unit(words[at].number);
        const bool pair = both ? is_number(words, n, at + 1) : is_pair(words, n, at);
        if (pair) out->rw = unit(words[at + 1].number);
        return at + 1 + pair - position;
    }
    const size_t rw = keyword(words, n, position, "RW", "W", "WARGA");
    if (rw > 0) {
        if (!is_number(words, n, position + rw)) return rw;
        out->rw = unit(words[position + rw].number);
        return rw + 1;
    }
    const bool house_number =
        position > 0 && (is_word(words, n, position - 1, "NO") || is_word(words, n, position - 1, "NOMOR") ||
                         is_word(words, n, position - 1, "BLOK"));
    if (!is_pair(words, n, position) || house_number || out->rt != 0 || out->rw != 0) return 0;
    out->rt = unit(words[position].number);
    out->rw = unit(words[position + 1].number);
    return 2;
}

static void add_word(struct pd_address *out, struct pd_text word)
{
    if ((size_t)out->length + word.length + 1 > PD_ADDRESS_CAPACITY) return;
    if (out->length > 0) out->street[out->length++] = ' ';
    memcpy(out->street + out->length, word.data, word.length);
    out->length = (uint16_t)(out->length + word.length);
}

static struct pd_text without_zeros(struct pd_text digits)
{
    while (digits.length > 1 && digits.data[0] == '0') digits = pd_text_slice(digits, 1, digits.length);
    return digits;
}

void pd_address_read(const struct pd_indonesia *indonesia, struct pd_text text, struct pd_address *out)
{
    out->length = 0;
    out->rt = 0;
    out->rw = 0;
    if (pd_is_nothing(text) && text.length <= 64) return;
    char folded[FOLD_CAPACITY];
    struct word words[MAX_WORDS];
    const size_t length = pd_fold(text, folded, sizeof folded);
    const size_t n = cut(folded, length, words);
    for (size_t i = 0; i < n;) {
        const size_t taken = read_unit(words, n, i, out);
        if (taken > 0) {
            i += taken;
            continue;
        }
        const struct pd_lexicon_entry *entry = pd_lexicon_find(&indonesia->address, words[i].text);
        if (entry != NULL)
            add_word(out, entry->canonical);
        else
            add_word(out, is_digit(words[i].text.data[0]) ? without_zeros(words[i].text) : words[i].text);
        i++;
    }
}

unsigned pd_rt_read(struct pd_text text)
{
    size_t i = 0;
    while (i < text.length && !is_digit(text.data[i])) i++;
    unsigned number = 0;
    for (; i < text.length && is_digit(text.data[i]); i++)
        if (number <= 999) number = number * 10 + (unsigned)(text.data[i] - '0');
    return number <= 999 ? number : 0;
}
