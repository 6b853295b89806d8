/* SPDX-License-Identifier: MIT
 * Any bytes as a cell of any kind: what comes out is within its bounds. The lines of an input are cells. */
#include "base/buffer.h"
#include "indonesia/address.h"
#include "indonesia/amount.h"
#include "indonesia/attribute.h"
#include "indonesia/birth_date.h"
#include "indonesia/fold.h"
#include "indonesia/name.h"
#include "indonesia/nik.h"
#include "indonesia/period.h"
#include "indonesia/phonetic.h"
#include "indonesia/place.h"

#include <assert.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct pd_indonesia indonesia;

/* Words of capitals, each parted by one blank; keys write a vowel at the beginning as '*'. */
static void check_words(const char *bytes, size_t length, size_t capacity)
{
    assert(length <= capacity);
    for (size_t i = 0; i < length; i++) {
        const char byte = bytes[i];
        assert((byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '*' ||
               (byte == ' ' && i > 0 && i + 1 < length && bytes[i - 1] != ' '));
        (void)byte;
    }
}

static void check_name(struct pd_text text)
{
    struct pd_name name, again;
    char key[2 * PD_NAME_CAPACITY];
    pd_name_read(&indonesia, text, &name);
    check_words(name.canonical, name.canonical_length, PD_NAME_CAPACITY);
    check_words(name.alias, name.alias_length, PD_NAME_CAPACITY);
    check_words(name.father, name.father_length, PD_NAME_CAPACITY);
    for (int kind = PD_PHONETIC_A; kind <= PD_PHONETIC_C; kind++) {
        check_words(key, pd_phonetic_joined((enum pd_phonetic)kind, pd_name_canonical(&name), key, sizeof key),
                    sizeof key);
        check_words(key, pd_phonetic_token((enum pd_phonetic)kind, text, key, 8), 8);
    }
    pd_name_read(&indonesia, pd_name_canonical(&name), &again);
}

static void check_numbers(struct pd_text text)
{
    const struct pd_nik nik = pd_nik_clean(text), kk = pd_kk_clean(text);
    assert(nik.length <= 18 && kk.length <= 18 && nik.flags >> PD_NIK_FLAGS == 0);
    assert(!pd_nik_usable(nik) || nik.number < UINT64_C(10000000000000000));
    if (nik.length == 16) {
        const struct pd_nik_fields fields = pd_nik_fields(nik.number);
        (void)pd_nik_region_flags(nik.number, &indonesia.regions);
        assert(fields.sex <= 2);
        (void)fields;
    }
    (void)kk;
    int64_t rupiah = 0;
    (void)pd_amount_read(text, &rupiah);
    assert(pd_rt_read(text) <= 999 && pd_decile_read(text) <= 10 && pd_sex_read(text) <= 2);
    assert(pd_relation_read(&indonesia, text) <= 11);
    (void)pd_life_read(text);
}

static void check_dates(struct pd_text text)
{
    struct pd_date_evidence evidence = { .n_other = 0 };
    struct pd_text place, date;
    for (int order = PD_DATE_ORDER_UNKNOWN; order <= PD_DATE_ORDER_MONTH_DAY; order++) {
        const struct pd_date_options options = { (enum pd_date_order)order, 2026 };
        const struct pd_date_reading reading = pd_date_read(text, &options);
        assert(reading.year == 0 || (reading.year >= 1850 && reading.year <= 2100));
        assert(reading.day == PD_DATE_NONE || pd_date_to_civil(reading.day).year == reading.year);
        assert(reading.other == PD_DATE_NONE || reading.day != PD_DATE_NONE);
        assert(pd_date_heap(reading.day) <= 2);
    }
    pd_date_evidence_add(&evidence, text, 1);
    assert(evidence.n_day_first + evidence.n_month_first + evidence.n_ambiguous + evidence.n_serial + evidence.n_iso +
               evidence.n_words + evidence.n_compact + evidence.n_other ==
           1);
    (void)pd_date_evidence_format(&evidence);
    pd_split_ttl(text, &place, &date);
    assert(place.length + date.length <= text.length);
    const struct pd_period period = pd_period_read(text, &(struct pd_period_options){ .year = 2026 });
    assert(period.begin == PD_DATE_NONE || period.begin <= period.end);
    (void)period;
    (void)pd_month_of_word(text);
}

static void check_places(struct pd_text text)
{
    char place[PD_PLACE_CAPACITY];
    struct pd_address address;
    struct pd_buffer dotted = { 0 };
    uint64_t candidates[4];
    assert(pd_place_read(&indonesia, text, place, sizeof place) <= sizeof place);
    pd_address_read(&indonesia, text, &address);
    assert(address.length <= PD_ADDRESS_CAPACITY && address.rt <= 999 && address.rw <= 999);
    const uint64_t code = pd_region_code_of_text(text);
    bool was_old = false;
    const uint64_t modern = pd_region_modern(&indonesia.regions, code, &was_old);
    assert(modern == 0 || pd_region_find(&indonesia.regions, modern) != NULL);
    pd_region_append_dotted(&dotted, modern);
    pd_buffer_reset(&dotted);
    (void)pd_region_of_bps(&indonesia.regions, code);
    (void)pd_region_is_bps(&indonesia.regions, code);
    (void)pd_region_by_name(&indonesia.regions, PD_REGION_DISTRICT, 0, text, candidates, 4);
    const struct pd_region_names names = { .regency = text, .village = text };
    (void)pd_region_resolve(&indonesia.regions, &names, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (indonesia.regions.n_regions == 0 && pd_indonesia_load(&indonesia, NULL) != PADAN_OK) abort();
    for (size_t begin = 0; begin < size;) {
        size_t end = begin;
        while (end < size && data[end] != '\n') end++;
        /* A copy of its own: reading past the end of a cell is seen. */
        char *cell = malloc(end - begin + 1);
        if (cell == NULL) abort();
        memcpy(cell, data + begin, end - begin);
        char *exact = realloc(cell, end - begin > 0 ? end - begin : 1);
        const struct pd_text text = { exact, end - begin };
        check_name(text);
        check_numbers(text);
        check_dates(text);
        check_places(text);
        free(exact);
        begin = end + 1;
    }
    return 0;
}
