/* SPDX-License-Identifier: MIT
 * Words that names are made of, as data: lists in order of frequency, syllables for the long tail, templates. */
#ifndef PD_GENERATE_NAME_LISTS_H
#define PD_GENERATE_NAME_LISTS_H

#include <stddef.h>

/* Peoples whose names are built alike. */
enum pd_people {
    PD_JAVA,
    PD_SUNDA,
    PD_MADURA,
    PD_BETAWI,
    PD_MALAY,
    PD_BATAK,
    PD_MINANG,
    PD_ACEH,
    PD_BALI,
    PD_BUGIS,
    PD_BANJAR,
    PD_SASAK,
    PD_EAST,
    PD_MINAHASA,
    PD_CHINESE,
    PD_N_PEOPLES
};

/* A list of words, the most frequent first: the weight of the n-th is 1 / (n + offset)^exponent. With tails the list
 * is composed: every word x every tail (x every ending) may come. */
struct pd_word_list {
    const char *name;
    double exponent, offset;
    const char *words, *tails, *endings;
};

/* How a name is put together: "weight part part ...", more of them parted by ';'. A part in capitals is a word, in
 * small letters the name of a list. cohort: 0 born before 1970, 1 before 1995, 2 later. */
struct pd_name_template {
    enum pd_people people;
    int sex; /* 0 male, 1 female */
    int cohort;
    const char *templates;
};

/* Full names whose number of bearers is known nationally [s:nama-top][s:nama-top2][s:nama-fem]; the last five of the
 * women without a published count are [assume]. share: of all women or men, in 1e-6. java: mostly Javanese. */
struct pd_known_name {
    const char *name;
    int sex;
    double share;
    int java;
};

extern const struct pd_word_list pd_word_lists[];
extern const size_t pd_n_word_lists;
extern const struct pd_name_template pd_name_templates[];
extern const size_t pd_n_name_templates;
extern const struct pd_known_name pd_known_names[];
extern const size_t pd_n_known_names;

#endif
