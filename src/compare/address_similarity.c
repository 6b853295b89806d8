/* SPDX-License-Identifier: MIT
 * Addresses as weighted sets of words (DOMAIN 4.2). Indonesian addresses are short, unordered and weak evidence: what
 * counts is which names and which RT and RW occur in both. Level and street words are left out, and a number carries
 * the kind that stands before it, so that RT 1 and RW 1 are different words and RT 01 and RT.001 the same. */
#include "compare/identity.h"

#include "base/hash.h"

enum { WORD_CAPACITY = 32, WEIGHT_BITS = 3, WEIGHT_MASK = (1 << WEIGHT_BITS) - 1 };
enum { WEIGHT_NAME = 4, WEIGHT_RT_RW = 3, WEIGHT_NUMBER = 2 };

enum number_kind { KIND_PLAIN, KIND_RT, KIND_RW, KIND_HOUSE };

/* Words without weight. Sorted; those that name the kind of the next number say which. */
static const struct word_class {
    const char *word;
    enum number_kind kind;
} silent_words[] = {
    { "BANJAR", KIND_PLAIN },
    { "BLOK", KIND_HOUSE },
    { "BR", KIND_PLAIN },
    { "DESA", KIND_PLAIN },
    { "DK", KIND_PLAIN },
    { "DS", KIND_PLAIN },
    { "DSN", KIND_PLAIN },
    { "DUKUH", KIND_PLAIN },
    { "DUSUN", KIND_PLAIN },
    { "GANG", KIND_PLAIN },
    { "GG", KIND_PLAIN },
    { "JALAN", KIND_PLAIN },
    { "JL", KIND_PLAIN },
    { "JLN", KIND_PLAIN },
    { "JORONG", KIND_PLAIN },
    { "KAB", KIND_PLAIN },
    { "KABUPATEN", KIND_PLAIN },
    { "KAMPUNG", KIND_PLAIN },
    { "KEC", KIND_PLAIN },
    { "KECAMATAN", KIND_PLAIN },
    { "KEL", KIND_PLAIN },
    { "KELURAHAN", KIND_PLAIN },
    { "KMP", KIND_PLAIN },
    { "KOMP", KIND_PLAIN },
    { "KOMPLEK", KIND_PLAIN },
    { "KOTA", KIND_PLAIN },
    { "KP", KIND_PLAIN },
    { "LINGK", KIND_PLAIN },
    { "LINGKUNGAN", KIND_PLAIN },
    { "LORONG", KIND_PLAIN },
    { "LR", KIND_PLAIN },
    { "NO", KIND_HOUSE },
    { "NOMOR", KIND_HOUSE },
    { "PERUM", KIND_PLAIN },
    { "PERUMAHAN", KIND_PLAIN },
    { "PROV", KIND_PLAIN },
    { "PROVINSI", KIND_PLAIN },
    { "R", KIND_PLAIN },
    { "RT", KIND_RT },
    { "RTRW", KIND_RT },
    { "RW", KIND_RW },
};

static const struct word_class *silent_word(struct pd_text word)
{
    size_t low = 0, high = sizeof silent_words / sizeof *silent_words;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = pd_text_compare(word, pd_text_of(silent_words[middle].word));
        if (order == 0) return &silent_words[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static void add_word(struct pd_address_profile *profile, struct pd_text word, unsigned seed, unsigned weight)
{
    const uint32_t hash = (uint32_t)pd_hash_bytes(word.data, word.length, seed);
    const uint32_t entry = (hash & ~(uint32_t)WEIGHT_MASK) | weight;
    size_t place = profile->n_words;
    while (place > 0 && profile->words[place - 1] > entry) place--;
    if ((place > 0 && profile->words[place - 1] == entry) || profile->n_words == PD_ADDRESS_WORDS_MAX) return;
    memmove(profile->words + place + 1, profile->words + place, (profile->n_words - place) * sizeof *profile->words);
    profile->words[place] = entry;
    profile->n_words++;
    profile->weight = (uint16_t)(profile->weight + weight);
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Letters (upper case) and bytes of UTF-8; 0 for anything else. */
static char letter_of(char byte)
{
    if (byte >= 'a' && byte <= 'z') return (char)(byte - 32);
    return (byte >= 'A' && byte <= 'Z') || (unsigned char)byte >= 0x80 ? byte : 0;
}

/* Reads one run of letters or of digits from place; returns its end. Dots inside abbreviations (R.T.) join letters. */
static size_t read_run(struct pd_text text, size_t place, bool digits, char word[WORD_CAPACITY], size_t *length)
{
    *length = 0;
    for (; place < text.length; place++) {
        const char byte = text.data[place];
        const char kept = digits ? (is_digit(byte) ? byte : 0) : letter_of(byte);
        const bool joining_dot =
            !digits && byte == '.' && *length == 1 && place + 1 < text.length && letter_of(text.data[place + 1]) != 0;
        if (joining_dot) continue;
        if (kept == 0) break;
        if (digits && kept == '0' && *length == 0) continue; /* leading zeros; 000 is the empty word: unknown */
        if (*length < WORD_CAPACITY) word[(*length)++] = kept;
    }
    return place;
}

/* The kind of the number after this one: 001/002 is RT and RW. */
static enum number_kind kind_after(enum number_kind kind, struct pd_text text, size_t end)
{
    const bool slash = end + 1 < text.length && text.data[end] == '/' && is_digit(text.data[end + 1]);
    return slash && (kind == KIND_PLAIN || kind == KIND_RT) ? KIND_RW : KIND_PLAIN;
}

void pd_address_profile_build(struct pd_text address, struct pd_address_profile *out)
{
    char word[WORD_CAPACITY];
    enum number_kind kind = KIND_PLAIN;
    memset(out, 0, sizeof *out);
    for (size_t place = 0; place < address.length;) {
        size_t length = 0;
        if (is_digit(address.data[place])) {
            const size_t end = read_run(address, place, true, word, &length);
            const enum number_kind next = kind_after(kind, address, end);
            if (kind == KIND_PLAIN && next == KIND_RW) kind = KIND_RT;
            if (length > 0)
                add_word(out, (struct pd_text){ word, length }, 1 + (unsigned)kind,
                         kind == KIND_RT || kind == KIND_RW ? WEIGHT_RT_RW : WEIGHT_NUMBER);
            kind = next;
            place = end;
        } else if (letter_of(address.data[place]) != 0) {
            place = read_run(address, place, false, word, &length);
            const struct word_class *const silent = silent_word((struct pd_text){ word, length });
            /* RT/RW 001/002: the RW after RT names no number yet. */
            const bool kept_kind = silent != NULL && kind == KIND_RT && silent->kind == KIND_RW;
            if (silent == NULL)
                add_word(out, (struct pd_text){ word, length }, 0, length == 1 ? WEIGHT_NUMBER : WEIGHT_NAME);
            if (!kept_kind) kind = silent == NULL ? KIND_PLAIN : silent->kind;
        } else {
            place++;
        }
    }
}

int pd_address_profile_similarity(const struct pd_address_profile *a, const struct pd_address_profile *b)
{
    if (a->n_words == 0 || b->n_words == 0) return 0;
    unsigned common = 0;
    for (size_t i = 0, j = 0; i < a->n_words && j < b->n_words;) {
        if (a->words[i] == b->words[j]) {
            common += a->words[i] & WEIGHT_MASK;
            i++;
            j++;
        } else if (a->words[i] < b->words[j]) {
            i++;
        } else {
            j++;
        }
    }
    return (int)(1000 * common / ((unsigned)a->weight + b->weight - common));
}

int pd_address_similarity(struct pd_text a, struct pd_text b)
{
    struct pd_address_profile left, right;
    pd_address_profile_build(a, &left);
    pd_address_profile_build(b, &right);
    return pd_address_profile_similarity(&left, &right);
}
