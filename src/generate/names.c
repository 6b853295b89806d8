/* SPDX-License-Identifier: MIT
 * Drawing of names. Bearers of the best-known full names are drawn first, so that their counts are the published ones
 * whatever the lists do; all others come from a template of their people, sex and cohort. */
#include "generate/names.h"

#include "base/delimited.h"
#include "base/memory.h"

#include <math.h>

bool pd_name_set(struct pd_name *name, struct pd_text text)
{
    if (text.length > sizeof name->text) return false;
    memmove(name->text, text.data, text.length);
    name->length = (uint8_t)text.length;
    return true;
}

bool pd_name_add(struct pd_name *name, struct pd_text word)
{
    const size_t blank = name->length > 0;
    if (name->length + blank + word.length > sizeof name->text) return false;
    if (blank) name->text[name->length++] = ' ';
    memcpy(name->text + name->length, word.data, word.length);
    name->length = (uint8_t)(name->length + word.length);
    return true;
}

size_t pd_name_words(struct pd_text name, struct pd_text *words, size_t most)
{
    size_t n = 0;
    for (size_t begin = 0; begin < name.length && n < most;) {
        size_t end = begin;
        while (end < name.length && name.data[end] != ' ') end++;
        if (end > begin) words[n++] = pd_text_slice(name, begin, end);
        begin = end + 1;
    }
    return n;
}

static struct pd_text next_word(struct pd_text *rest)
{
    while (rest->length > 0 && rest->data[0] == ' ') *rest = pd_text_slice(*rest, 1, rest->length);
    size_t end = 0;
    while (end < rest->length && rest->data[end] != ' ') end++;
    const struct pd_text word = pd_text_slice(*rest, 0, end);
    *rest = pd_text_slice(*rest, end, rest->length);
    return word;
}

static size_t count_words(const char *string)
{
    struct pd_text rest = pd_text_of(string);
    size_t n = 0;
    while (next_word(&rest).length > 0) n++;
    return n;
}

/* Walker's alias table of n weights; stack and scaled are scratch of n. */
static void fill_alias(struct pd_alias_slot *slots, double *scaled, uint32_t *stack, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += scaled[i];
    size_t n_small = 0, n_large = n;
    for (size_t i = 0; i < n; i++) {
        scaled[i] *= (double)n / sum;
        slots[i] = (struct pd_alias_slot){ UINT32_MAX, (uint32_t)i };
        if (scaled[i] < 1)
            stack[n_small++] = (uint32_t)i;
        else
            stack[--n_large] = (uint32_t)i;
    }
    while (n_small > 0 && n_large < n) {
        const uint32_t small = stack[--n_small], large = stack[n_large];
        slots[small] = (struct pd_alias_slot){ (uint32_t)(scaled[small] * 4294967295.0), large };
        scaled[large] -= 1 - scaled[small];
        if (scaled[large] < 1) {
            n_large++;
            stack[n_small++] = large;
        }
    }
}

static void fill_shares(float *shares, const double *weights, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += weights[i];
    for (size_t i = 0; i < n; i++) shares[i] = (float)(weights[i] / sum);
}

static enum padan_status build_alias(struct pd_names *names, struct pd_word_set *set, double *weights,
                                     struct padan_error *error)
{
    uint32_t *stack = NULL;
    PD_TRY(pd_arena_allocate(&names->arena, &set->slots, set->n_words * sizeof *set->slots, error));
    PD_TRY(pd_arena_allocate(&names->arena, &set->shares, set->n_words * sizeof *set->shares, error));
    PD_TRY(pd_allocate(&stack, set->n_words, sizeof *stack, error));
    fill_shares(set->shares, weights, set->n_words);
    fill_alias(set->slots, weights, stack, set->n_words);
    pd_free(stack);
    return PADAN_OK;
}

struct word_parts {
    struct pd_text part[3];
};

static enum padan_status compose(struct pd_names *names, struct pd_word_set *set, double *weights, double weight,
                                 const struct word_parts *parts, struct padan_error *error)
{
    char *word = NULL;
    const size_t length = parts->part[0].length + parts->part[1].length + parts->part[2].length;
    PD_TRY(pd_arena_allocate(&names->arena, &word, length + 1, error));
    size_t at = 0;
    for (size_t i = 0; i < 3; i++) {
        memcpy(word + at, parts->part[i].data, parts->part[i].length);
        at += parts->part[i].length;
    }
    set->words[set->n_words] = (struct pd_text){ word, length };
    weights[set->n_words++] = weight;
    return PADAN_OK;
}

static double rank_weight(const struct pd_word_list *list, size_t rank)
{
    return pow((double)rank + list->offset, -list->exponent);
}

/* Endings of a composed word, or of nothing. */
static enum padan_status compose_endings(struct pd_names *names, const struct pd_word_list *list,
                                         struct pd_word_set *set, double *weights, double weight,
                                         struct word_parts *parts, struct padan_error *error)
{
    struct pd_text rest = pd_text_of(list->endings == NULL ? "" : list->endings);
    parts->part[2] = PD_TEXT("");
    if (rest.length == 0) return compose(names, set, weights, weight, parts, error);
    for (size_t i = 0; (parts->part[2] = next_word(&rest)).length > 0; i++)
        PD_TRY(compose(names, set, weights, weight * rank_weight(list, i), parts, error));
    return PADAN_OK;
}

static enum padan_status fill_words(struct pd_names *names, const struct pd_word_list *list, struct pd_word_set *set,
                                    double *weights, struct padan_error *error)
{
    struct word_parts parts = { .part = { { NULL, 0 } } };
    struct pd_text heads = pd_text_of(list->words);
    for (size_t i = 0; (parts.part[0] = next_word(&heads)).length > 0; i++) {
        struct pd_text tails = pd_text_of(list->tails == NULL ? "" : list->tails);
        parts.part[1] = PD_TEXT("");
        if (tails.length == 0) {
            PD_TRY(compose_endings(names, list, set, weights, rank_weight(list, i), &parts, error));
            continue;
        }
        for (size_t j = 0; (parts.part[1] = next_word(&tails)).length > 0; j++)
            PD_TRY(
                compose_endings(names, list, set, weights, rank_weight(list, i) * rank_weight(list, j), &parts, error));
    }
    return PADAN_OK;
}

static enum padan_status build_set(struct pd_names *names, const struct pd_word_list *list, struct pd_word_set *set,
                                   struct padan_error *error)
{
    const size_t tails = list->tails == NULL ? 1 : count_words(list->tails);
    const size_t endings = list->endings == NULL || *list->endings == 0 ? 1 : count_words(list->endings);
    const size_t most = count_words(list->words) * tails * endings;
    double *weights = NULL;
    PD_TRY(pd_arena_allocate(&names->arena, &set->words, most * sizeof *set->words, error));
    PD_TRY(pd_allocate(&weights, most, sizeof *weights, error));
    enum padan_status status = fill_words(names, list, set, weights, error);
    if (status == PADAN_OK) status = build_alias(names, set, weights, error);
    pd_free(weights);
    return status;
}

static int find_list(struct pd_text name)
{
    for (size_t i = 0; i < pd_n_word_lists; i++)
        if (pd_text_equal(pd_text_of(pd_word_lists[i].name), name)) return (int)i;
    return -1;
}

static enum padan_status build_template(struct pd_text text, struct pd_template *item, struct padan_error *error)
{
    struct pd_text rest = text;
    uint64_t weight = 0;
    if (!pd_text_to_u64(next_word(&rest), &weight)) PD_FAIL(error, PADAN_BAD_ARGUMENT, "name template has no weight");
    item->until = (double)weight;
    for (struct pd_text word = next_word(&rest); word.length > 0; word = next_word(&rest)) {
        if (item->n_parts == PD_PARTS_MAX) PD_FAIL(error, PADAN_BAD_ARGUMENT, "name template has too many parts");
        const bool list = word.data[0] >= 'a';
        item->lists[item->n_parts] = list ? find_list(word) : -1;
        item->words[item->n_parts] = word;
        if (list && item->lists[item->n_parts] < 0)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "name template uses an unknown list");
        item->n_parts++;
    }
    return PADAN_OK;
}

static enum padan_status build_templates(struct pd_names *names, const struct pd_name_template *source,
                                         struct padan_error *error)
{
    struct pd_template_set *set = &names->templates[source->people][source->sex][source->cohort];
    const struct pd_text text = pd_text_of(source->templates);
    size_t n = 1;
    double sum = 0;
    for (size_t i = 0; i < text.length; i++) n += text.data[i] == ';';
    PD_TRY(pd_arena_allocate(&names->arena, &set->items, n * sizeof *set->items, error));
    memset(set->items, 0, n * sizeof *set->items);
    for (size_t begin = 0; begin < text.length;) {
        size_t end = begin;
        while (end < text.length && text.data[end] != ';') end++;
        PD_TRY(build_template(pd_text_slice(text, begin, end), &set->items[set->n_items], error));
        sum += set->items[set->n_items++].until;
        begin = end + 1;
    }
    for (size_t i = 0; i < set->n_items; i++) {
        set->items[i].share = set->items[i].until / sum;
        set->items[i].until = set->items[i].share + (i > 0 ? set->items[i - 1].until : 0);
    }
    return PADAN_OK;
}

/* One list's words from a replacement file; nothing when the file does not name it. */
static enum padan_status replace_set(struct pd_names *names, size_t list, struct pd_text content, const char *file,
                                     size_t *n_rows, struct padan_error *error)
{
    struct pd_delimited reader;
    struct pd_word_set *set = &names->sets[list];
    size_t capacity = 0, n = 0, weights_capacity = 0;
    struct pd_text *words = NULL;
    double *weights = NULL;
    bool more = false;
    enum padan_status status = pd_delimited_open(&reader, content, ',', file, error);
    if (status == PADAN_OK && reader.n_header < 3)
        status = pd_fail(error, PADAN_BAD_INPUT, "%s: the header must be daftar,kata,bobot", file);
    while (status == PADAN_OK && (status = pd_delimited_next(&reader, &more, error)) == PADAN_OK && more) {
        double weight = 0;
        char *copy = NULL;
        if (find_list(reader.fields[0]) < 0 || !pd_text_to_double(reader.fields[2], &weight) || !(weight > 0) ||
            reader.fields[1].length == 0 || reader.fields[1].length > 30)
            status = pd_fail(error, PADAN_BAD_INPUT, "%s:%zu: a row is list,word,weight with a list of this program",
                             file, reader.line);
        if (status != PADAN_OK || find_list(reader.fields[0]) != (int)list) continue;
        status = pd_grow(&words, &capacity, n + 1, sizeof *words, error);
        if (status == PADAN_OK) status = pd_grow(&weights, &weights_capacity, n + 1, sizeof *weights, error);
        if (status == PADAN_OK) status = pd_arena_allocate(&names->arena, &copy, reader.fields[1].length, error);
        if (status != PADAN_OK) break;
        memcpy(copy, reader.fields[1].data, reader.fields[1].length);
        words[n] = (struct pd_text){ copy, reader.fields[1].length };
        weights[n++] = weight;
    }
    if (status == PADAN_OK && n > 0) {
        status = pd_arena_allocate(&names->arena, &set->words, n * sizeof *words, error);
        if (status == PADAN_OK) {
            memcpy(set->words, words, n * sizeof *words);
            set->n_words = n;
            status = build_alias(names, set, weights, error);
        }
    }
    *n_rows += n;
    pd_free(words);
    pd_free(weights);
    pd_delimited_reset(&reader);
    return status;
}

/* The share of people of the cohort who bear a well-known name: the counts are among all, most bearers are adults born
 * before 1995 (about 0.58 of all), and half of the nation is of Java. */
static void build_known(struct pd_names *names)
{
    static const double adults = 0.58, java_share = 0.375, other_share = 0.82;
    for (int java = 0; java < 2; java++)
        for (size_t i = 0; i < pd_n_known_names; i++) {
            const struct pd_known_name *name = &pd_known_names[i];
            struct pd_known_set *set = &names->known[name->sex][java];
            if ((name->java && !java) || set->n_items == PD_KNOWN_MOST) continue;
            const double before = set->n_items > 0 ? set->items[set->n_items - 1].until : 0;
            const double share = name->share * 1e-6 / adults / (name->java ? java_share : other_share);
            set->items[set->n_items++] = (struct pd_known){ pd_text_of(name->name), before + share };
        }
}

static enum padan_status build(struct pd_names *names, struct pd_text replacement, const char *file,
                               struct padan_error *error)
{
    size_t n_rows = 0;
    build_known(names);
    PD_TRY(pd_arena_allocate(&names->arena, &names->sets, pd_n_word_lists * sizeof *names->sets, error));
    memset(names->sets, 0, pd_n_word_lists * sizeof *names->sets);
    for (size_t i = 0; i < pd_n_word_lists; i++) {
        PD_TRY(build_set(names, &pd_word_lists[i], &names->sets[i], error));
        if (replacement.length > 0) PD_TRY(replace_set(names, i, replacement, file, &n_rows, error));
    }
    if (replacement.length > 0 && n_rows == 0) PD_FAIL(error, PADAN_BAD_INPUT, "%s: there is no row in it", file);
    for (size_t i = 0; i < pd_n_name_templates; i++) PD_TRY(build_templates(names, &pd_name_templates[i], error));
    return PADAN_OK;
}

enum padan_status pd_names_build(struct pd_names *names, struct pd_text replacement, const char *file,
                                 struct padan_error *error)
{
    *names = (struct pd_names){ 0 };
    const enum padan_status status = build(names, replacement, file, error);
    if (status != PADAN_OK) pd_names_reset(names);
    return status;
}

void pd_names_reset(struct pd_names *names)
{
    pd_arena_reset(&names->arena);
    *names = (struct pd_names){ 0 };
}

/* Cohort of the templates for a birth year. */
static int cohort_of(int birth_year)
{
    return birth_year < 1970 ? 0 : birth_year < 1995 ? 1 : 2;
}

static size_t draw_word(const struct pd_word_set *set, struct pd_random *random)
{
    const uint64_t bits = pd_random_next(random);
    const size_t slot = (size_t)(((unsigned __int128)(bits & ~UINT64_C(0xffffffff)) * set->n_words) >> 64);
    return (uint32_t)bits <= set->slots[slot].threshold ? slot : set->slots[slot].other;
}

static bool draw_known(const struct pd_known_set *known, struct pd_random *random, struct pd_name *name)
{
    const double point = pd_random_unit(random);
    if (point >= known->items[known->n_items - 1].until) return false;
    size_t i = 0;
    while (point >= known->items[i].until) i++;
    return pd_name_set(name, known->items[i].text);
}

static bool is_known(const struct pd_known_set *known, const struct pd_name *name)
{
    for (size_t i = 0; i < known->n_items; i++)
        if (pd_text_equal(known->items[i].text, pd_name_text(name))) return true;
    return false;
}

static const struct pd_template *draw_template(const struct pd_template_set *set, struct pd_random *random)
{
    const double point = pd_random_unit(random);
    size_t chosen = 0;
    while (chosen + 1 < set->n_items && set->items[chosen].until <= point) chosen++;
    return &set->items[chosen];
}

/* A name by a template; returns the chance of this very name. */
static double compose_name(const struct pd_names *names, struct pd_random *random, const struct pd_template *item,
                           struct pd_name *name)
{
    double share = item->share;
    name->length = 0;
    for (int i = 0; i < item->n_parts; i++) {
        struct pd_text word = item->words[i];
        if (item->lists[i] >= 0) {
            const struct pd_word_set *words = &names->sets[item->lists[i]];
            const size_t at = draw_word(words, random);
            word = words->words[at];
            share *= (double)words->shares[at];
        }
        if (name->length + 1 + word.length <= PD_NAME_LONGEST) (void)pd_name_add(name, word);
    }
    return share;
}

/* No full name is more common than the published counts allow: the tenth of the known names has 580 (men) to 780
 * (women) bearers in a million, and of the names of newborns in 2024 none had more than 300 [s:nama-top2]. What comes
 * more often than that is thinned out, for a name of as many words. */
void pd_name_draw(const struct pd_names *names, struct pd_random *random, enum pd_people people, int sex,
                  int birth_year, struct pd_name *name)
{
    enum { TRIES = 6 };
    const int cohort = cohort_of(birth_year);
    const bool christian = people == PD_BATAK || people == PD_EAST || people == PD_MINAHASA || people == PD_CHINESE;
    const double most = cohort == 2 ? 250e-6 : 500e-6;
    const struct pd_known_set *known = &names->known[sex][people == PD_JAVA], *all_known = &names->known[sex][1];
    name->length = 0;
    if (cohort < 2 && !christian && people != PD_BALI && draw_known(known, random, name)) return;
    const struct pd_template_set *set = &names->templates[people][sex][cohort];
    const struct pd_template *item = draw_template(set, random);
    for (int i = 0; i < TRIES; i++) {
        const double share = compose_name(names, random, item, name);
        if (!is_known(all_known, name) && (share <= most || pd_random_unit(random) * share < most)) return;
        const int n_parts = item->n_parts;
        do item = draw_template(set, random);
        while (item->n_parts != n_parts);
    }
}
