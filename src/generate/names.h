/* SPDX-License-Identifier: MIT
 * Drawing of names: word lists and templates compiled to alias tables (Walker's method: one draw, one comparison). */
#ifndef PD_GENERATE_NAMES_H
#define PD_GENERATE_NAMES_H

#include "base/arena.h"
#include "base/random.h"
#include "generate/name_lists.h"

enum { PD_NAME_MAX = 80, PD_NAME_LONGEST = 60, PD_PARTS_MAX = 6 };

struct pd_name {
    uint8_t length;
    char text[PD_NAME_MAX - 1];
};

struct pd_alias_slot {
    uint32_t threshold, other;
};

struct pd_word_set {
    struct pd_text *words; /* [n_words] */
    struct pd_alias_slot *slots;
    float *shares; /* [n_words], sum 1 */
    size_t n_words;
};

struct pd_template {
    double until; /* cumulative share */
    double share;
    int n_parts;
    int lists[PD_PARTS_MAX];            /* index of a list, -1 = the word */
    struct pd_text words[PD_PARTS_MAX]; /* in capitals */
};

struct pd_template_set {
    struct pd_template *items;
    size_t n_items;
};

/* A well-known full name. */
struct pd_known {
    struct pd_text text;
    double until; /* cumulative share of the cohort */
};
enum { PD_KNOWN_MOST = 32 };
struct pd_known_set {
    struct pd_known items[PD_KNOWN_MOST];
    size_t n_items;
};

struct pd_names {
    struct pd_arena arena;
    struct pd_known_set known[2][2]; /* by sex, and whether the people is that of Java */
    struct pd_word_set *sets;        /* [pd_n_word_lists] */
    struct pd_template_set templates[PD_N_PEOPLES][2][3];
};

/* Compiles the lists. replacement: content of a --names file (`daftar,kata,bobot`: all words of the lists it names), or
 * empty; file is its name for messages. BAD_INPUT when it names an unknown list or has no usable row. */
PADAN_MUST_CHECK enum padan_status pd_names_build(struct pd_names *names, struct pd_text replacement, const char *file,
                                                  struct padan_error *error);
void pd_names_reset(struct pd_names *names);

/* A name of at most PD_NAME_LONGEST bytes in capitals, words parted by one blank. */
void pd_name_draw(const struct pd_names *names, struct pd_random *random, enum pd_people people, int sex,
                  int birth_year, struct pd_name *name);

static inline struct pd_text pd_name_text(const struct pd_name *name)
{
    return (struct pd_text){ name->text, name->length };
}

/* Replaces the name; false (and unchanged) when it would be longer than the buffer. */
bool pd_name_set(struct pd_name *name, struct pd_text text);
/* Adds a blank, unless empty, and a word; false when there is no room. */
bool pd_name_add(struct pd_name *name, struct pd_text word);
/* Words of a name, at most `most`; returns their number. */
size_t pd_name_words(struct pd_text name, struct pd_text *words, size_t most);

#endif
