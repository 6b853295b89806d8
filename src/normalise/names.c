/* SPDX-License-Identifier: MIT
 * Names, birth places, addresses and payment states: everything that is a text made from a text. Phonetic keys are kept
 * per token in a small direct-mapped memory, since a few thousand tokens make up most names. */
#include "base/hash.h"
#include "indonesia/address.h"
#include "indonesia/fold.h"
#include "indonesia/name.h"
#include "indonesia/phonetic.h"
#include "indonesia/place.h"
#include "normalise/stage.h"

#include <stdio.h>

enum { KEY_SLOTS = 8192, TOKEN_BYTES = 23, MAX_TOKENS = 24 };

struct key_slot {
    char token[TOKEN_BYTES + 1]; /* length in the last byte; 0 = empty */
    char key[TOKEN_BYTES + 1];
};

struct key_memory {
    struct key_slot slots[KEY_SLOTS];
};

/* Phonetic B key of a token; the text lives in room (long tokens) or in the memory until the next call for another
 * token. */
static size_t token_key(struct key_memory *memory, struct pd_text token, char *out, size_t capacity)
{
    if (token.length > TOKEN_BYTES || capacity < TOKEN_BYTES)
        return pd_phonetic_token(PD_PHONETIC_B, token, out, capacity);
    struct key_slot *slot = &memory->slots[pd_hash_text(token) & (KEY_SLOTS - 1)];
    const bool known =
        (size_t)slot->token[TOKEN_BYTES] == token.length && memcmp(slot->token, token.data, token.length) == 0;
    if (!known) {
        const size_t length = pd_phonetic_token(PD_PHONETIC_B, token, out, capacity);
        if (length > TOKEN_BYTES) return length;
        memcpy(slot->token, token.data, token.length);
        slot->token[TOKEN_BYTES] = (char)token.length;
        memcpy(slot->key, out, length);
        slot->key[TOKEN_BYTES] = (char)length;
        return length;
    }
    const size_t length = (size_t)slot->key[TOKEN_BYTES];
    memcpy(out, slot->key, length);
    return length;
}

/* Keys of the tokens of a name in their order. */
struct keys {
    struct pd_text items[MAX_TOKENS];
    size_t n;
    char bytes[512];
};

static void make_keys(struct key_memory *memory, struct pd_text name, struct keys *keys)
{
    size_t used = 0;
    keys->n = 0;
    for (size_t begin = 0; begin < name.length && keys->n < MAX_TOKENS;) {
        size_t end = begin;
        while (end < name.length && name.data[end] != ' ') end++;
        const size_t length =
            token_key(memory, pd_text_slice(name, begin, end), keys->bytes + used, sizeof keys->bytes - used);
        if (length > 0) keys->items[keys->n++] = (struct pd_text){ keys->bytes + used, length };
        used += length;
        begin = end + 1;
    }
}

/* Keys sorted and joined by one blank. */
static size_t sorted_keys(const struct keys *keys, char *out, size_t capacity)
{
    struct pd_text sorted[MAX_TOKENS];
    for (size_t i = 0; i < keys->n; i++) {
        size_t place = i;
        for (; place > 0 && pd_text_compare(sorted[place - 1], keys->items[i]) > 0; place--)
            sorted[place] = sorted[place - 1];
        sorted[place] = keys->items[i];
    }
    size_t length = 0;
    for (size_t i = 0; i < keys->n; i++) {
        if (length + sorted[i].length + 1 > capacity) break;
        if (length > 0) out[length++] = ' ';
        memcpy(out + length, sorted[i].data, sorted[i].length);
        length += sorted[i].length;
    }
    return length;
}

/* Copies a text into the result's room at *used. */
static struct pd_text keep(struct pd_derived *out, size_t *used, struct pd_text text)
{
    const struct pd_text kept = { out->bytes + *used, text.length };
    if (text.length > 0) memcpy(out->bytes + *used, text.data, text.length);
    *used += text.length;
    return kept;
}

static struct pd_text keep_sorted(struct pd_derived *out, size_t *used, const struct keys *keys)
{
    const struct pd_text kept = { out->bytes + *used, sorted_keys(keys, out->bytes + *used, PD_NAME_CAPACITY) };
    *used += kept.length;
    return kept;
}

static const struct pd_text no_text = { NULL, 0 };

/* Nobody reads a column that is not made. */
static bool wants(const struct pd_stage *stage, enum pd_made made)
{
    return stage->made[made] >= 0;
}

/* B key of the whole name; that of its only token is at hand. */
static struct pd_text joined_key(const struct pd_name *name, const struct keys *keys, struct pd_derived *out,
                                 size_t *used)
{
    if (keys->n == 1) return keep(out, used, keys->items[0]);
    const struct pd_text joined = { out->bytes + *used, pd_phonetic_joined(PD_PHONETIC_B, pd_name_canonical(name),
                                                                           out->bytes + *used, PD_NAME_CAPACITY) };
    *used += joined.length;
    return joined;
}

/* SUPARMAN ALIAS MAMAN: either may be the name that others have [DOMAIN 2.2]; compare/name_similarity.h. Where both
 * have no room, the name alone. */
static struct pd_text keep_with_alias(struct pd_derived *out, size_t *used, const struct pd_name *name)
{
    char text[2 * PD_NAME_CAPACITY];
    if (name->canonical_length == 0 || name->alias_length == 0) return keep(out, used, pd_name_canonical(name));
    const int length = snprintf(text, sizeof text, "%.*s ALIAS %.*s", (int)name->canonical_length, name->canonical,
                                (int)name->alias_length, name->alias);
    return keep(out, used,
                length < PD_NAME_CAPACITY ? (struct pd_text){ text, (size_t)length } : pd_name_canonical(name));
}

static void derive_name(const struct pd_stage *stage, struct pd_text text, void *scratch, struct pd_derived *out)
{
    struct pd_name name;
    struct keys keys;
    size_t used = 0;
    pd_name_read(stage->indonesia, text, &name);
    make_keys(scratch, pd_name_canonical(&name), &keys);
    out->texts[0] = keep_with_alias(out, &used, &name);
    out->texts[1] = wants(stage, PD_MADE_NAMA_KUNCI) ? keep_sorted(out, &used, &keys) : no_text;
    out->texts[2] = wants(stage, PD_MADE_NAMA_GABUNG) ? joined_key(&name, &keys, out, &used) : no_text;
    out->texts[3] = keys.n > 0 ? keep(out, &used, keys.items[0]) : no_text;
    out->texts[4] = keys.n > 1 ? keep(out, &used, keys.items[keys.n - 1]) : no_text;
    out->texts[5] = wants(stage, PD_MADE_NAMA_ALIAS)
                        ? keep(out, &used, (struct pd_text){ name.alias, name.alias_length })
                        : no_text;
    out->texts[6] = wants(stage, PD_MADE_NAMA_AYAH)
                        ? keep(out, &used, (struct pd_text){ name.father, name.father_length })
                        : no_text;
    out->numbers[0] = name.canonical_length > 0 ? name.flags : PD_NULL_INT;
}

static void derive_mother(const struct pd_stage *stage, struct pd_text text, void *scratch, struct pd_derived *out)
{
    struct pd_name name;
    struct keys keys;
    size_t used = 0;
    pd_name_read(stage->indonesia, text, &name);
    make_keys(scratch, pd_name_canonical(&name), &keys);
    out->texts[0] = keep(out, &used, pd_name_canonical(&name));
    out->texts[1] = keep_sorted(out, &used, &keys);
}

static void derive_place(const struct pd_stage *stage, struct pd_text text, void *scratch, struct pd_derived *out)
{
    (void)scratch;
    out->texts[0] =
        (struct pd_text){ out->bytes, pd_place_read(stage->indonesia, text, out->bytes, PD_PLACE_CAPACITY) };
}

static void derive_ttl_place(const struct pd_stage *stage, struct pd_text text, void *scratch, struct pd_derived *out)
{
    struct pd_text place;
    struct pd_text date;
    pd_split_ttl(text, &place, &date);
    derive_place(stage, place, scratch, out);
}

static void derive_address(const struct pd_stage *stage, struct pd_text text, void *scratch, struct pd_derived *out)
{
    (void)scratch;
    struct pd_address address;
    size_t used = 0;
    pd_address_read(stage->indonesia, text, &address);
    out->texts[0] = keep(out, &used, (struct pd_text){ address.street, address.length });
    out->numbers[0] = address.rt > 0 ? address.rt : PD_NULL_INT;
    out->numbers[1] = address.rw > 0 ? address.rw : PD_NULL_INT;
}

static void derive_state(const struct pd_stage *stage, struct pd_text text, void *scratch, struct pd_derived *out)
{
    (void)stage;
    (void)scratch;
    char folded[128];
    const size_t n = pd_fold(pd_text_trim(text), folded, sizeof folded);
    size_t length = 0;
    for (size_t i = 0; i < n; i++)
        if (folded[i] != ' ' || (length > 0 && out->bytes[length - 1] != ' ')) out->bytes[length++] = folded[i];
    out->texts[0] = pd_text_trim((struct pd_text){ out->bytes, length });
}

enum padan_status pd_stage_names(const struct pd_stage *stage, struct padan_error *error)
{
    static const struct pd_text_job jobs[] = {
        { PD_RAW_NAMA,
          derive_name,
          sizeof(struct key_memory),
          7,
          { PD_MADE_NAMA, PD_MADE_NAMA_KUNCI, PD_MADE_NAMA_GABUNG, PD_MADE_NAMA_DEPAN, PD_MADE_NAMA_BELAKANG,
            PD_MADE_NAMA_ALIAS, PD_MADE_NAMA_AYAH },
          1,
          { PD_MADE_BENDERA_NAMA },
          false },
        { PD_RAW_NAMA_IBU,
          derive_mother,
          sizeof(struct key_memory),
          2,
          { PD_MADE_NAMA_IBU, PD_MADE_NAMA_IBU_KUNCI },
          0,
          { 0 },
          false },
        { PD_RAW_TEMPAT_LAHIR, derive_place, 0, 1, { PD_MADE_TEMPAT_LAHIR }, 0, { 0 }, false },
        { PD_RAW_TTL, derive_ttl_place, 0, 1, { PD_MADE_TEMPAT_LAHIR }, 0, { 0 }, true },
        { PD_RAW_ALAMAT, derive_address, 0, 1, { PD_MADE_ALAMAT }, 2, { PD_MADE_RT, PD_MADE_RW }, false },
        { PD_RAW_STATUS_SALUR, derive_state, 0, 1, { PD_MADE_STATUS_SALUR }, 0, { 0 }, false },
    };
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) PD_TRY(pd_stage_texts(stage, &jobs[i], error));
    return PADAN_OK;
}
