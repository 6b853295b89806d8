/* SPDX-License-Identifier: MIT
 * From a canonical name to its profile. Everything that depends on one name alone is done here, once per distinct
 * name: cutting into tokens, phonetic keys, letters and weights. */
#include "compare/name_similarity.h"

#include "base/hash.h"
#include "compare/name_tokens.h"
#include "indonesia/name.h"
#include "indonesia/phonetic.h"

enum { KEY_CAPACITY = 2 * PD_PROFILE_TEXT_MAX, WEIGHT_LEAST = 4 };
/* Few enough to stay in the second-level cache. */
enum { CACHE_ENTRIES = 1 << 13, CACHED_TEXT = 23 };

struct pd_name_cache {
    struct cache_entry {
        struct pd_profile_token token;
        uint8_t length; /* 0: empty */
        char text[CACHED_TEXT];
    } entries[CACHE_ENTRIES];
};

size_t pd_name_cache_bytes(void)
{
    return sizeof(struct pd_name_cache);
}

unsigned pd_name_token_weight(struct pd_text token)
{
    if (token.length <= 1) return WEIGHT_LEAST;
    const uint64_t per_million = pd_name_tokens_per_million(token);
    if (per_million == 0) return PD_NAME_WEIGHT_RARE;
    /* floor(2 log2(10^6 / f)) in integers. */
    const uint64_t rarity = UINT64_C(1000000000000) / (per_million * per_million);
    const int half_bits = rarity == 0 ? 0 : 63 - __builtin_clzll(rarity);
    if (half_bits - 6 < WEIGHT_LEAST) return WEIGHT_LEAST;
    /* A token of the file is never as rare as one that is not in it. */
    return half_bits - 6 >= PD_NAME_WEIGHT_RARE ? PD_NAME_WEIGHT_RARE - 1 : (unsigned)half_bits - 6;
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

/* Everything of a token but its place. */
static void describe_token(struct pd_profile_token *token, struct pd_text text)
{
    char key[KEY_CAPACITY];
    memset(token, 0, sizeof *token);
    size_t length = pd_phonetic_token(PD_PHONETIC_A, text, key, sizeof key);
    token->key_a = length == 0 ? key_hash(text.data, text.length) : key_hash(key, length);
    length = join_ningsih(key, pd_phonetic_token(PD_PHONETIC_B, text, key, sizeof key));
    token->key_b = length == 0 ? key_hash(text.data, text.length) : key_hash(key, length);
    token->letters = letters_of(text);
    token->length = (uint8_t)text.length;
    token->weight = (uint8_t)pd_name_token_weight(text);
}

static void fill_token(struct pd_profile_token *token, struct pd_text text, struct pd_name_cache *cache)
{
    if (cache == NULL || text.length > CACHED_TEXT) {
        describe_token(token, text);
        return;
    }
    struct cache_entry *const entry = &cache->entries[pd_hash_text(text) % CACHE_ENTRIES];
    if (entry->length != text.length || memcmp(entry->text, text.data, text.length) != 0) {
        describe_token(&entry->token, text);
        entry->length = (uint8_t)text.length;
        memcpy(entry->text, text.data, text.length);
    }
    *token = entry->token;
}

/* Letters in the classes of key B that hold letter by letter, without H, blanks and doubles: the same for a name
 * however it is cut into words. */
static uint32_t joined_hash(struct pd_text text)
{
    static const char classes[26] = "ABCDIPG\0ISKLMNAPKRSTUPWXIS";
    char folded[PD_PROFILE_TEXT_MAX];
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        const unsigned letter = (unsigned char)text.data[i] - (unsigned)'A';
        const char class = letter < 26 ? classes[letter] : text.data[i];
        if (class == 0 || class == ' ' || (length > 0 && folded[length - 1] == class)) continue;
        folded[length++] = class;
    }
    length = join_ningsih(folded, length);
    return key_hash(folded, length);
}

/* The profile of one name, cleaned. */
static size_t build(struct pd_text whole, struct pd_name_cache *cache, struct pd_name_profile *out)
{
    const char *const text = whole.data;
    const size_t length = whole.length;
    memset(out, 0, sizeof *out);
    for (size_t begin = 0; begin < length;) {
        const char *const blank = memchr(text + begin, ' ', length - begin);
        const bool last = blank == NULL || out->n_tokens == PD_PROFILE_TOKENS_MAX - 1;
        const size_t end = last ? length : (size_t)(blank - text);
        struct pd_profile_token *const token = &out->tokens[out->n_tokens++];
        fill_token(token, pd_text_slice(whole, begin, end), cache);
        token->begin = (uint8_t)begin;
        out->weight = (uint16_t)(out->weight + token->weight);
        begin = end + 1;
    }
    out->joined = joined_hash(whole);
    out->text_length = (uint8_t)length;
    char *const place = (char *)(out->tokens + out->n_tokens);
    memcpy(place, text, length);
    const size_t size = sizeof *out + out->n_tokens * sizeof *out->tokens + length;
    const size_t padded = (size + 7) & ~(size_t)7;
    memset(place + length, 0, padded - size);
    out->size_bytes = (uint16_t)padded;
    return padded;
}

size_t pd_name_profile_build(struct pd_text canonical, struct pd_name_cache *cache, struct pd_name_profile *out)
{
    char text[PD_PROFILE_TEXT_MAX];
    struct pd_text alias;
    const struct pd_text cleaned = { text, clean_text(canonical, text) };
    const size_t size = build(pd_name_without_alias(cleaned, &alias), cache, out);
    if (alias.length == 0) return size;
    void *const place = (char *)out + size;
    out->alias_at = (uint8_t)(size / 8);
    out->size_bytes = (uint16_t)(size + build(alias, cache, place));
    return out->size_bytes;
}

struct pd_text pd_name_profile_text(const struct pd_name_profile *profile)
{
    const void *const place = profile->tokens + profile->n_tokens;
    return (struct pd_text){ place, profile->text_length };
}
