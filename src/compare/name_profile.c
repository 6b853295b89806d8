/* SPDX-License-Identifier: MIT
 * From a canonical name to its profile. Everything that depends on one name alone is done here, once per distinct
 * name: cutting into tokens, phonetic keys, letters and weights. */
#include "compare/name_similarity.h"

#include "base/embedded.h"
#include "base/hash.h"
#include "indonesia/phonetic.h"

enum { KEY_CAPACITY = 2 * PD_PROFILE_TEXT_MAX, WEIGHT_RARE = 29, WEIGHT_LEAST = 4 };

/* Places a cursor at the begin of the line that holds it. */
static size_t line_begin(struct pd_text file, size_t place)
{
    while (place > 0 && file.data[place - 1] != '\n') place--;
    return place;
}

/* The number after the token's comma in the sorted file of frequencies, 0 when the token is not there. Binary search
 * over bytes: the file is compiled in, so there is nothing to load and no state to keep. */
static uint64_t token_per_million(struct pd_text token)
{
    const struct pd_text file = pd_embedded("datasets/frekuensi_token.csv");
    size_t low = 0, high = file.length;
    while (low < high) {
        const size_t begin = line_begin(file, low + (high - low) / 2);
        const char *const end = memchr(file.data + begin, '\n', file.length - begin);
        const size_t next = end == NULL ? file.length : (size_t)(end - file.data) + 1;
        const char *const comma = memchr(file.data + begin, ',', next - begin);
        /* Comments and the header hold lower-case letters or '#': they sort as if before every token. */
        const bool preamble = comma == NULL || file.data[begin] < 'A' || file.data[begin] > 'Z';
        const struct pd_text key = { file.data + begin, preamble ? 0 : (size_t)(comma - file.data) - begin };
        const int order = preamble ? 1 : pd_text_compare(token, key);
        if (order == 0) {
            uint64_t value = 0;
            for (const char *digit = comma + 1; *digit >= '0' && *digit <= '9'; digit++)
                value = value * 10 + (uint64_t)(*digit - '0');
            return value;
        }
        if (order < 0)
            high = begin;
        else
            low = next;
    }
    return 0;
}

unsigned pd_name_token_weight(struct pd_text token)
{
    if (token.length <= 1) return WEIGHT_LEAST;
    const uint64_t per_million = token_per_million(token);
    if (per_million == 0) return WEIGHT_RARE;
    /* floor(2 log2(10^6 / f)) in integers. */
    const uint64_t rarity = UINT64_C(1000000000000) / (per_million * per_million);
    const int half_bits = rarity == 0 ? 0 : 63 - __builtin_clzll(rarity);
    const int weight = half_bits - 6;
    return (unsigned)(weight < WEIGHT_LEAST ? WEIGHT_LEAST : weight > WEIGHT_RARE ? WEIGHT_RARE : weight);
}

static uint32_t key_hash(const char *key, size_t length)
{
    return (uint32_t)pd_hash_bytes(key, length, 0);
}

/* Ratna + ningsih is said and written Ratnengsih, Yuna + ningsih Yunengsih [s:vdmeij]: -ANINGSI of key B becomes
 * -INGSI, which is what -ENGSIH gives. Returns the new length. */
static size_t join_ningsih(char *key, size_t length)
{
    static const char ending[] = "ANINGSI";
    const size_t n = sizeof ending - 1;
    if (length <= n || memcmp(key + length - n, ending, n) != 0) return length;
    memmove(key + length - n, key + length - n + 2, n - 2);
    return length - 2;
}

static uint32_t letters_of(struct pd_text token)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < token.length; i++) {
        const unsigned letter = (unsigned char)token.data[i] - (unsigned)'A';
        letters |= UINT32_C(1) << (letter < 26 ? letter : 26);
    }
    return letters;
}

/* Upper case, runs of anything but letters and digits as one blank, apostrophes left out. Returns the length. */
static size_t clean_text(struct pd_text name, char out[PD_PROFILE_TEXT_MAX])
{
    size_t length = 0;
    for (size_t i = 0; i < name.length && length < PD_PROFILE_TEXT_MAX; i++) {
        const unsigned char byte = (unsigned char)name.data[i];
        const bool lower = byte >= 'a' && byte <= 'z';
        const bool word = lower || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte >= 0x80;
        if (word)
            out[length++] = lower ? (char)(byte - 32) : (char)byte;
        else if (byte != '\'' && byte != '`' && length > 0 && out[length - 1] != ' ')
            out[length++] = ' ';
    }
    while (length > 0 && out[length - 1] == ' ') length--;
    return length;
}

static void fill_token(struct pd_profile_token *token, struct pd_text text, size_t begin)
{
    char key[KEY_CAPACITY];
    size_t length = pd_phonetic_token(PD_PHONETIC_A, text, key, sizeof key);
    token->key_a = length == 0 ? key_hash(text.data, text.length) : key_hash(key, length);
    length = pd_phonetic_token(PD_PHONETIC_B, text, key, sizeof key);
    length = join_ningsih(key, length);
    token->key_b = length == 0 ? key_hash(text.data, text.length) : key_hash(key, length);
    token->letters = letters_of(text);
    token->begin = (uint8_t)begin;
    token->length = (uint8_t)text.length;
    token->weight = (uint8_t)pd_name_token_weight(text);
}

size_t pd_name_profile_build(struct pd_text canonical, struct pd_name_profile *out)
{
    char text[PD_PROFILE_TEXT_MAX], key[KEY_CAPACITY];
    const size_t length = clean_text(canonical, text);
    const struct pd_text whole = { text, length };
    memset(out, 0, sizeof *out);
    for (size_t begin = 0; begin < length;) {
        const char *const blank = memchr(text + begin, ' ', length - begin);
        const bool last = blank == NULL || out->n_tokens == PD_PROFILE_TOKENS_MAX - 1;
        const size_t end = last ? length : (size_t)(blank - text);
        struct pd_profile_token *const token = &out->tokens[out->n_tokens++];
        memset(token, 0, sizeof *token);
        fill_token(token, pd_text_slice(whole, begin, end), begin);
        out->weight = (uint16_t)(out->weight + token->weight);
        begin = end + 1;
    }
    size_t key_length = pd_phonetic_joined(PD_PHONETIC_A, whole, key, sizeof key);
    out->joined_a = key_hash(key, key_length);
    key_length = join_ningsih(key, pd_phonetic_joined(PD_PHONETIC_B, whole, key, sizeof key));
    out->joined_b = key_hash(key, key_length);
    out->text_length = (uint8_t)length;
    void *const place = out->tokens + out->n_tokens;
    memcpy(place, text, length);
    const size_t size = sizeof *out + out->n_tokens * sizeof *out->tokens + length;
    const size_t padded = (size + 7) & ~(size_t)7;
    memset((char *)place + length, 0, padded - size);
    out->size_bytes = (uint16_t)padded;
    return padded;
}

struct pd_text pd_name_profile_text(const struct pd_name_profile *profile)
{
    const void *const place = profile->tokens + profile->n_tokens;
    return (struct pd_text){ place, profile->text_length };
}
