/* SPDX-License-Identifier: MIT
 * A key is made by rewriting the token in a few passes over one small buffer, in the order of DOMAIN 2.6: old spelling,
 * digraphs and single consonants in one left-to-right pass; vowels in a second; h, doubles and the final sound last. B
 * and C go on from A. What a pass makes of two letters stands in tables, so that the processor has to guess only where
 * a pass changes something.
 *
 * Two rules are added to B for pairs its prototype missed: oi>i (Khoirul = Khairul, whose ai is already e>i) and y>i
 * between consonant and vowel but not in ny (Sumyati = Sumiyati, Arya = Aria). */
#include "indonesia/phonetic.h"

enum { TOKEN_CAPACITY = 64 };

/* Capital letters with a 0 behind them, so that every letter has a next one. */
struct key {
    char text[2 * TOKEN_CAPACITY + 2];
    size_t length;
};

/* Sets of letters. */
#define LETTER(letter) (UINT32_C(1) << ((letter) - 'A'))
static const uint32_t vowel_letters = LETTER('A') | LETTER('E') | LETTER('I') | LETTER('O') | LETTER('U');

/* Place of two letters in a table of pairs; the 0 behind the last letter has a place too. */
#define PAIR(here, next) (((here)&31) << 5 | ((next)&31))
enum { N_LETTERS = 32, N_PAIRS = N_LETTERS * N_LETTERS };

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
    char before = 0;
    for (size_t i = 0; i < key->length; i++) {
        const char here = key->text[i];
        key->text[length] = here;
        length += here != before;
        before = here;
    }
    key->length = length;
    end(key);
}

/* Doubles, and then every H but a first letter. */
static void collapse_doubles_and_h(struct key *key)
{
    size_t length = key->length > 0;
    for (size_t i = 1; i < key->length; i++) {
        const char here = key->text[i];
        const bool stays = (here != key->text[i - 1]) & (here != 'H');
        key->text[length] = here;
        length += stays;
    }
    key->length = length;
    end(key);
}

/* Old spelling where it changes more than one letter. */
static void modern_spelling(const struct key *key, struct key *out)
{
    static const char spellings[N_PAIRS][2] = {
        [PAIR('O', 'E')] = { 'U' },      [PAIR('T', 'J')] = { 'C' },      [PAIR('D', 'J')] = { 'J' },
        [PAIR('N', 'J')] = { 'N', 'Y' }, [PAIR('S', 'J')] = { 'S', 'Y' }, [PAIR('C', 'H')] = { 'K', 'H' },
    };
    out->length = 0;
    for (size_t i = 0; i < key->length; i++) {
        const char *modern = spellings[PAIR(key->text[i], key->text[i + 1])];
        append(out, modern[0] != 0 ? modern[0] : key->text[i]);
        if (modern[0] == 0) continue;
        if (modern[1] != 0) append(out, modern[1]);
        i++;
    }
    end(out);
}

/* Digraphs and single consonants; X is two letters. */
static void consonants(const struct key *key, struct key *out)
{
    static const char digraphs[N_PAIRS] = {
        [PAIR('D', 'Z')] = 'J', [PAIR('T', 'S')] = 'S', [PAIR('S', 'Y')] = 'S', [PAIR('S', 'H')] = 'S',
        [PAIR('K', 'H')] = 'H', [PAIR('G', 'H')] = 'G', [PAIR('D', 'H')] = 'D', [PAIR('T', 'H')] = 'T',
        [PAIR('B', 'H')] = 'B', [PAIR('P', 'H')] = 'P',
    };
    static const char singles[N_LETTERS] = "\0ABCDEPGHIJKLMNOPKRSTUPWKYJ";
    out->length = 0;
    for (size_t i = 0; i < key->length; i++) {
        const char here = key->text[i];
        const char joined = digraphs[PAIR(here, key->text[i + 1])];
        append(out, joined != 0 ? joined : singles[here & 31]);
        i += joined != 0;
        if (here == 'X') append(out, 'S');
    }
    end(out);
}

/* One vowel for a pair of letters: whatever comes after, or only before a consonant or a vowel. */
enum after { ANYTHING, CONSONANT, VOWEL };
struct vowel_pair {
    char vowel;
    uint8_t after; /* enum after */
};

static const struct vowel_pair vowel_pairs[N_PAIRS] = {
    [PAIR('A', 'I')] = { 'E', ANYTHING },  [PAIR('A', 'E')] = { 'E', ANYTHING }, [PAIR('E', 'I')] = { 'E', ANYTHING },
    [PAIR('A', 'Y')] = { 'E', CONSONANT }, [PAIR('A', 'U')] = { 'O', ANYTHING }, [PAIR('O', 'U')] = { 'O', ANYTHING },
    [PAIR('A', 'W')] = { 'O', CONSONANT }, [PAIR('I', 'E')] = { 'I', ANYTHING }, [PAIR('E', 'E')] = { 'I', ANYTHING },
    [PAIR('O', 'O')] = { 'U', ANYTHING },  [PAIR('I', 'Y')] = { 'I', VOWEL },    [PAIR('U', 'W')] = { 'U', VOWEL },
};

static void vowels(const struct key *key, struct key *out)
{
    out->length = 0;
    for (size_t i = 0; i < key->length; i++) {
        const char here = key->text[i];
        const char next = key->text[i + 1];
        const struct vowel_pair pair = vowel_pairs[PAIR(here, next)];
        if (pair.vowel != 0) {
            const char after = key->text[i + 2]; /* 0 = end */
            const bool joins = pair.after == ANYTHING || (pair.after == VOWEL ? is_vowel(after) : is_consonant(after));
            append(out, joins ? pair.vowel : here);
            i += joins;
        } else if (here == 'Y' && i > 0 && is_consonant(key->text[i - 1]) && (next == 0 || is_consonant(next))) {
            append(out, 'I');
        } else {
            append(out, here);
        }
    }
    end(out);
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
    collapse_doubles_and_h(out);
    devoice_end(out);
}

/* What Y of a key A becomes in B; 0 = nothing. */
static char y_of_b(const struct key *key, size_t i)
{
    const char next = key->text[i + 1];
    if (i == 0) return key->length > 1 ? 'I' : 'Y';
    const bool glide = is_consonant(key->text[i - 1]) && key->text[i - 1] != 'N' && is_vowel(next);
    if (!glide) return 'Y';
    return next == 'I' ? 0 : 'I';
}

static void make_b(const struct key *key, struct key *out)
{
    static const char letters[N_LETTERS] = "\0ABCDIFGHISKLMNAPQRSTUVWXYZ";
    out->length = 0;
    for (size_t i = 0; i < key->length; i++) {
        const char here = key->text[i];
        const char letter = here == 'Y' ? y_of_b(key, i) : letters[here & 31];
        const bool is_dropped = letter == 0 || (here == 'O' && key->text[i + 1] == 'I');
        out->text[out->length] = letter;
        out->length += !is_dropped;
    }
    end(out);
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
    for (size_t i = 0; i < token.length && key->length < TOKEN_CAPACITY; i++) {
        key->text[key->length] = token.data[i];
        key->length += is_letter(token.data[i]);
    }
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

size_t pd_phonetic_joined(enum pd_phonetic kind, struct pd_text name, char *out, size_t capacity)
{
    return pd_phonetic_token(kind, name, out, capacity);
}
