/* SPDX-License-Identifier: MIT
 * A key is made by rewriting the token in a few passes over one small buffer, in the order of DOMAIN 2.6: old spelling,
 * digraphs and single consonants in one left-to-right pass; vowels in a second; h, doubles and the final sound last. B
 * and C go on from A.
 *
 * Two rules are added to B for pairs its prototype missed: oi>i (Khoirul = Khairul, whose ai is already e>i) and y>i
 * between consonant and vowel but not in ny (Sumyati = Sumiyati, Arya = Aria). */
#include "indonesia/phonetic.h"

enum { TOKEN_CAPACITY = 64, MAX_TOKENS = 24 };

/* Capital letters with a 0 behind them, so that every letter has a next one. */
struct key {
    char text[2 * TOKEN_CAPACITY + 2];
    size_t length;
};

/* Sets of letters, so that one look tells those that a pass leaves alone. */
#define LETTER(letter) (UINT32_C(1) << ((letter) - 'A'))
static const uint32_t vowel_letters = LETTER('A') | LETTER('E') | LETTER('I') | LETTER('O') | LETTER('U');
static const uint32_t spelling_letters =
    LETTER('O') | LETTER('T') | LETTER('D') | LETTER('N') | LETTER('S') | LETTER('C');
static const uint32_t consonant_letters = LETTER('D') | LETTER('T') | LETTER('S') | LETTER('K') | LETTER('G') |
                                          LETTER('B') | LETTER('P') | LETTER('X') | LETTER('F') | LETTER('V') |
                                          LETTER('Q') | LETTER('Z');
static const uint32_t b_letters = LETTER('O') | LETTER('Y') | LETTER('J') | LETTER('E');

static inline bool is_letter(char letter)
{
    return letter >= 'A' && letter <= 'Z';
}

static inline bool is_in(uint32_t letters, char letter)
{
    return is_letter(letter) && (letters >> (letter - 'A') & 1) != 0;
}

static inline bool is_vowel(char letter)
{
    return is_in(vowel_letters, letter);
}

static inline bool is_consonant(char letter)
{
    return is_letter(letter) && !is_vowel(letter);
}

static inline void append(struct key *key, char letter)
{
    key->text[key->length++] = letter;
}

static inline void end(struct key *key)
{
    key->text[key->length] = 0;
}

static void collapse_doubles(struct key *key)
{
    size_t length = 0;
    for (size_t i = 0; i < key->length; i++)
        if (length == 0 || key->text[length - 1] != key->text[i]) key->text[length++] = key->text[i];
    key->length = length;
    end(key);
}

/* Old spelling where it changes more than one letter: oe>u, tj>c, dj>j, nj>ny, sj>sy, ch>kh. */
static void modern_spelling(const struct key *key, struct key *out)
{
    out->length = 0;
    for (size_t i = 0; i < key->length; i++) {
        const char here = key->text[i];
        const char next = key->text[i + 1];
        char first = 0;
        char second = 0;
        if (is_in(spelling_letters, here)) {
            if (here == 'O' && next == 'E') first = 'U';
            if (here == 'T' && next == 'J') first = 'C';
            if (here == 'D' && next == 'J') first = 'J';
            if (here == 'N' && next == 'J') first = 'N', second = 'Y';
            if (here == 'S' && next == 'J') first = 'S', second = 'Y';
            if (here == 'C' && next == 'H') first = 'K', second = 'H';
        }
        append(out, first != 0 ? first : here);
        if (second != 0) append(out, second);
        i += first != 0;
    }
    end(out);
}

/* The letter a digraph stands for, 0 for none. */
static char digraph(char here, char next)
{
    if (here == 'D' && next == 'Z') return 'J';
    if ((here == 'T' && next == 'S') || (here == 'S' && (next == 'Y' || next == 'H'))) return 'S';
    if (here == 'K' && next == 'H') return 'H';
    if (next == 'H' && (here == 'G' || here == 'D' || here == 'T' || here == 'B')) return here;
    if (here == 'P' && next == 'H') return 'P';
    return 0;
}

static void consonants(const struct key *key, struct key *out)
{
    out->length = 0;
    for (size_t i = 0; i < key->length; i++) {
        const char here = key->text[i];
        if (!is_in(consonant_letters, here)) {
            append(out, here);
            continue;
        }
        const char joined = digraph(here, key->text[i + 1]);
        if (joined != 0) {
            append(out, joined);
            i++;
        } else if (here == 'X') {
            append(out, 'K');
            append(out, 'S');
        } else {
            append(out, (char)(here == 'F' || here == 'V' ? 'P' : here == 'Q' ? 'K' : here == 'Z' ? 'J' : here));
        }
    }
    end(out);
}

/* One vowel for a pair of letters, by the letter after it (0 = end); 0 for none. */
static char vowel_pair(char here, char next, char after)
{
    if ((here == 'A' && (next == 'I' || next == 'E')) || (here == 'E' && next == 'I')) return 'E';
    if (here == 'A' && next == 'Y' && is_consonant(after)) return 'E';
    if ((here == 'A' && next == 'U') || (here == 'O' && next == 'U')) return 'O';
    if (here == 'A' && next == 'W' && is_consonant(after)) return 'O';
    if ((here == 'I' || here == 'E') && next == 'E') return 'I';
    if (here == 'O' && next == 'O') return 'U';
    if (here == 'I' && next == 'Y' && is_vowel(after)) return 'I';
    if (here == 'U' && next == 'W' && is_vowel(after)) return 'U';
    return 0;
}

/* Pairs begin with a vowel and go on with one, or with Y or W. */
static void vowels(const struct key *key, struct key *out)
{
    static const uint32_t seconds = vowel_letters | LETTER('Y') | LETTER('W');
    out->length = 0;
    for (size_t i = 0; i < key->length; i++) {
        const char here = key->text[i];
        const char next = key->text[i + 1];
        const char after = (char)(next != 0 ? key->text[i + 2] : 0);
        const char pair = (char)(is_vowel(here) && is_in(seconds, next) ? vowel_pair(here, next, after) : 0);
        const bool y_vowel =
            here == 'Y' && i > 0 && is_consonant(key->text[i - 1]) && (next == 0 || is_consonant(next));
        append(out, (char)(pair != 0 ? pair : y_vowel ? 'I' : here));
        i += pair != 0;
    }
    end(out);
}

static void drop_inner_h(struct key *key)
{
    size_t length = 0;
    for (size_t i = 0; i < key->length; i++)
        if (i == 0 || key->text[i] != 'H') key->text[length++] = key->text[i];
    key->length = length;
    end(key);
}

static void devoice_end(struct key *key)
{
    if (key->length < 2) return;
    char *last = &key->text[key->length - 1];
    if (*last == 'D') *last = 'T';
    if (*last == 'B') *last = 'P';
    if (*last == 'G' && last[-1] != 'N') *last = 'K';
}

/* From key to out; key is spent. */
static void make_a(struct key *key, struct key *out)
{
    modern_spelling(key, out);
    consonants(out, key);
    vowels(key, out);
    collapse_doubles(out);
    drop_inner_h(out);
    devoice_end(out);
}

static void make_b(const struct key *key, struct key *out)
{
    out->length = 0;
    for (size_t i = 0; i < key->length; i++) {
        const char here = key->text[i];
        const char next = key->text[i + 1];
        if (!is_in(b_letters, here)) {
            append(out, here);
            continue;
        }
        if (here == 'O' && next == 'I') continue;
        const bool first_y = here == 'Y' && i == 0 && key->length > 1;
        const bool glide =
            here == 'Y' && i > 0 && is_consonant(key->text[i - 1]) && key->text[i - 1] != 'N' && is_vowel(next);
        if (glide && next == 'I') continue;
        append(out, (char)(here == 'J' ? 'S' : here == 'O' ? 'A' : here == 'E' ? 'I' : first_y || glide ? 'I' : here));
    }
    if (out->length > 3 && memcmp(out->text, "SIL", 3) == 0) { /* schwa: SELAMET = SLAMET */
        memmove(out->text + 1, out->text + 2, out->length - 2);
        out->length--;
    }
    collapse_doubles(out);
}

static void make_c(const struct key *key, struct key *out)
{
    out->length = 0;
    for (size_t i = 0; i < key->length; i++) {
        const char here = (char)(key->text[i] == 'J' ? 'S' : key->text[i]);
        if (!is_vowel(here))
            append(out, here);
        else if (i == 0)
            append(out, '*');
    }
    collapse_doubles(out);
}

/* The passes go to and fro between two buffers; the answer is one of them. */
static const struct key *make_key(enum pd_phonetic kind, struct pd_text token, struct key buffers[2])
{
    struct key *key = &buffers[0];
    struct key *other = &buffers[1];
    key->length = 0;
    for (size_t i = 0; i < token.length && key->length < TOKEN_CAPACITY; i++)
        if (is_letter(token.data[i])) append(key, token.data[i]);
    end(key);
    if (key->length <= 1) return key;
    make_a(key, other);
    if (kind == PD_PHONETIC_A) return other;
    if (kind == PD_PHONETIC_B)
        make_b(other, key);
    else
        make_c(other, key);
    return key;
}

size_t pd_phonetic_token(enum pd_phonetic kind, struct pd_text token, char *out, size_t capacity)
{
    struct key buffers[2];
    const struct key *key = make_key(kind, token, buffers);
    const size_t length = key->length < capacity ? key->length : capacity;
    memcpy(out, key->text, length);
    return length;
}

size_t pd_phonetic_sorted(enum pd_phonetic kind, struct pd_text name, char *out, size_t capacity)
{
    char bytes[512];
    struct pd_text keys[MAX_TOKENS];
    size_t n_keys = 0;
    size_t used = 0;
    for (size_t begin = 0; begin < name.length && n_keys < MAX_TOKENS;) {
        size_t end = begin;
        while (end < name.length && name.data[end] != ' ') end++;
        const size_t length =
            pd_phonetic_token(kind, pd_text_slice(name, begin, end), bytes + used, sizeof bytes - used);
        begin = end + 1;
        if (length == 0) continue;
        const struct pd_text key = { bytes + used, length };
        used += length;
        size_t place = n_keys;
        for (; place > 0 && pd_text_compare(keys[place - 1], key) > 0; place--) keys[place] = keys[place - 1];
        keys[place] = key;
        n_keys++;
    }
    size_t written = 0;
    for (size_t i = 0; i < n_keys; i++) {
        if (written + keys[i].length + 1 > capacity) break;
        if (written > 0) out[written++] = ' ';
        memcpy(out + written, keys[i].data, keys[i].length);
        written += keys[i].length;
    }
    return written;
}

size_t pd_phonetic_joined(enum pd_phonetic kind, struct pd_text name, char *out, size_t capacity)
{
    return pd_phonetic_token(kind, name, out, capacity);
}
