/* SPDX-License-Identifier: MIT
 * A key is made by rewriting the token in a few passes over one small buffer, in the order of DOMAIN 2.6: old spelling,
 * digraphs and single consonants in one left-to-right pass; vowels in a second; h, doubles and the final sound last. B
 * and C go on from A. What is made of two letters stands in a table, so that the processor has to guess only where a
 * pass changes something. One look at the token tells which passes change nothing, and those are left out: of most
 * names none but single consonants change.
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

/* Sets of letters. */
#define LETTER(letter) (UINT32_C(1) << ((letter) - 'A'))
static const uint32_t vowel_letters = LETTER('A') | LETTER('E') | LETTER('I') | LETTER('O') | LETTER('U');

/* Place of two letters in a table of pairs; the 0 behind the last letter has a place too. */
#define PAIR(here, next) (((here)&31) << 5 | ((next)&31))
enum { N_LETTERS = 32, N_PAIRS = N_LETTERS * N_LETTERS };

/* What passes change: old spelling of two letters, digraphs and X, vowels and Y, doubles and H. */
enum { SPELLING = 1, DIGRAPH = 2, VOWELS = 4, DOUBLES = 8 };
/* Whatever comes after the two, or only before a consonant or a vowel. */
enum after { ANYTHING, CONSONANT, VOWEL };

/* What a pass makes of two letters: one letter, or two. */
struct pair_rule {
    uint8_t pass; /* 0: no pass changes them as two */
    char made[2];
    uint8_t after; /* enum after */
};

static const struct pair_rule pair_rules[N_PAIRS] = {
    [PAIR('O', 'E')] = { SPELLING, { 'U' }, ANYTHING },      [PAIR('T', 'J')] = { SPELLING, { 'C' }, ANYTHING },
    [PAIR('D', 'J')] = { SPELLING, { 'J' }, ANYTHING },      [PAIR('N', 'J')] = { SPELLING, { 'N', 'Y' }, ANYTHING },
    [PAIR('S', 'J')] = { SPELLING, { 'S', 'Y' }, ANYTHING }, [PAIR('C', 'H')] = { SPELLING, { 'K', 'H' }, ANYTHING },
    [PAIR('D', 'Z')] = { DIGRAPH, { 'J' }, ANYTHING },       [PAIR('T', 'S')] = { DIGRAPH, { 'S' }, ANYTHING },
    [PAIR('S', 'Y')] = { DIGRAPH, { 'S' }, ANYTHING },       [PAIR('S', 'H')] = { DIGRAPH, { 'S' }, ANYTHING },
    [PAIR('K', 'H')] = { DIGRAPH, { 'H' }, ANYTHING },       [PAIR('G', 'H')] = { DIGRAPH, { 'G' }, ANYTHING },
    [PAIR('D', 'H')] = { DIGRAPH, { 'D' }, ANYTHING },       [PAIR('T', 'H')] = { DIGRAPH, { 'T' }, ANYTHING },
    [PAIR('B', 'H')] = { DIGRAPH, { 'B' }, ANYTHING },       [PAIR('P', 'H')] = { DIGRAPH, { 'P' }, ANYTHING },
    [PAIR('A', 'I')] = { VOWELS, { 'E' }, ANYTHING },        [PAIR('A', 'E')] = { VOWELS, { 'E' }, ANYTHING },
    [PAIR('E', 'I')] = { VOWELS, { 'E' }, ANYTHING },        [PAIR('A', 'Y')] = { VOWELS, { 'E' }, CONSONANT },
    [PAIR('A', 'U')] = { VOWELS, { 'O' }, ANYTHING },        [PAIR('O', 'U')] = { VOWELS, { 'O' }, ANYTHING },
    [PAIR('A', 'W')] = { VOWELS, { 'O' }, CONSONANT },       [PAIR('I', 'E')] = { VOWELS, { 'I' }, ANYTHING },
    [PAIR('E', 'E')] = { VOWELS, { 'I' }, ANYTHING },        [PAIR('O', 'O')] = { VOWELS, { 'U' }, ANYTHING },
    [PAIR('I', 'Y')] = { VOWELS, { 'I' }, VOWEL },           [PAIR('U', 'W')] = { VOWELS, { 'U' }, VOWEL },
};

/* Single consonants; X is two letters. */
static const char singles[N_LETTERS] = "\0ABCDEPGHIJKLMNOPKRSTUPWKYJ";

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
    out->length = 0;
    for (size_t i = 0; i < key->length; i++) {
        const struct pair_rule rule = pair_rules[PAIR(key->text[i], key->text[i + 1])];
        append(out, rule.pass == SPELLING ? rule.made[0] : key->text[i]);
        if (rule.pass != SPELLING) continue;
        if (rule.made[1] != 0) append(out, rule.made[1]);
        i++;
    }
    end(out);
}

/* Digraphs and single consonants. */
static void consonants(const struct key *key, struct key *out)
{
    out->length = 0;
    for (size_t i = 0; i < key->length; i++) {
        const char here = key->text[i];
        const struct pair_rule rule = pair_rules[PAIR(here, key->text[i + 1])];
        append(out, rule.pass == DIGRAPH ? rule.made[0] : singles[here & 31]);
        i += rule.pass == DIGRAPH;
        if (here == 'X') append(out, 'S');
    }
    end(out);
}

/* Single consonants where nothing else changes; out may be the key. */
static void single_consonants(const struct key *key, struct key *out)
{
    for (size_t i = 0; i < key->length; i++) out->text[i] = singles[key->text[i] & 31];
    out->length = key->length;
    end(out);
}

static void vowels(const struct key *key, struct key *out)
{
    out->length = 0;
    for (size_t i = 0; i < key->length; i++) {
        const char here = key->text[i];
        const char next = key->text[i + 1];
        const struct pair_rule rule = pair_rules[PAIR(here, next)];
        if (rule.pass == VOWELS) {
            const char after = key->text[i + 2]; /* 0 = end */
            const bool joins = rule.after == ANYTHING || (rule.after == VOWEL ? is_vowel(after) : is_consonant(after));
            append(out, joins ? rule.made[0] : here);
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

/* Which passes may change a token. Of vowels and doubles that holds where no earlier pass changes anything. */
static unsigned find_changes(const struct key *key)
{
    static const uint8_t of_letters[N_LETTERS] = { ['X' & 31] = DIGRAPH, ['Y' & 31] = VOWELS, ['H' & 31] = DOUBLES };
    unsigned changes = 0;
    for (size_t i = 0; i < key->length; i++) {
        const char here = key->text[i], next = key->text[i + 1];
        const bool same = singles[here & 31] == singles[next & 31];
        changes |= pair_rules[PAIR(here, next)].pass | of_letters[here & 31] | (same ? DOUBLES : 0u);
    }
    return changes;
}

/* From key to out; key is spent. */
static void make_a(struct key *key, struct key *out)
{
    const unsigned changes = find_changes(key);
    if ((changes & (SPELLING | DIGRAPH)) != 0) {
        modern_spelling(key, out);
        consonants(out, key);
        vowels(key, out);
    } else if ((changes & VOWELS) != 0) {
        single_consonants(key, key);
        vowels(key, out);
    } else {
        single_consonants(key, out);
    }
    if (changes != 0) collapse_doubles_and_h(out);
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

static void take_letters(struct pd_text token, struct key *key)
{
    key->length = 0;
    for (size_t i = 0; i < token.length && key->length < TOKEN_CAPACITY; i++) {
        key->text[key->length] = token.data[i];
        key->length += is_letter(token.data[i]);
    }
    end(key);
}

/* The passes go to and fro between two buffers; the answer is one of them. */
static const struct key *make_key(enum pd_phonetic kind, struct pd_text token, struct key buffers[2])
{
    struct key *key = &buffers[0];
    struct key *other = &buffers[1];
    take_letters(token, key);
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

static struct pd_text copy_key(const struct key *key, char out[PD_PHONETIC_KEY_MAX])
{
    memcpy(out, key->text, key->length);
    return (struct pd_text){ out, key->length };
}

void pd_phonetic_make_keys(struct pd_text token, struct pd_phonetic_keys *out)
{
    struct key key, other;
    take_letters(token, &key);
    if (key.length <= 1) {
        out->a = copy_key(&key, out->bytes_a);
        out->b = copy_key(&key, out->bytes_b);
        return;
    }
    make_a(&key, &other);
    out->a = copy_key(&other, out->bytes_a);
    make_b(&other, &key);
    out->b = copy_key(&key, out->bytes_b);
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
