/* SPDX-License-Identifier: MIT
 * The parts that pd_damage_row is made of. Every part returns whether it changed what it was given. */
#ifndef PD_GENERATE_DAMAGE_PARTS_H
#define PD_GENERATE_DAMAGE_PARTS_H

#include "generate/damage.h"

static inline bool pd_chance(struct pd_random *random, double probability)
{
    return pd_random_unit(random) < probability;
}

/* One of the words of a list parted by blanks. */
struct pd_text pd_word_pick(const char *list, struct pd_random *random);
bool pd_word_listed(const char *list, struct pd_text word);
/* The begin-th to end-th byte of a name give way to a text; false when there is no room or nothing changes. */
bool pd_name_splice(struct pd_name *name, size_t begin, size_t end, struct pd_text text);

/* damage_number.c: what happens to sixteen digits. */
enum pd_nik_form { PD_NIK_FORM_MIXED, PD_NIK_FORM_QUOTE, PD_NIK_FORM_FLOAT, PD_NIK_FORM_BLANK, PD_NIK_FORM_GROUPED };
void pd_number_write(uint64_t number, char out[40]);
void pd_number_unusable(struct pd_random *random, char nik[40]); /* E1 */
void pd_number_digit(struct pd_random *random, char nik[40]);    /* E2: one edit */
void pd_number_kk(uint64_t old_kk, struct pd_random *random, char kk[40]);
void pd_number_excel(unsigned form, char nik[40]); /* E8: 0 rounded to 15 digits, 1 and 2 scientific */
void pd_number_dress(unsigned form, struct pd_random *random, char nik[40]); /* E9: enum pd_nik_form */

/* damage_spelling.c */
bool pd_name_respell(struct pd_random *random, struct pd_name *name); /* E10 */

/* damage_words.c */
bool pd_name_abbreviate(struct pd_random *random, struct pd_name *name); /* E11, either direction */
bool pd_name_nickname(struct pd_random *random, struct pd_name *name);   /* E13 */

/* damage_title.c */
bool pd_name_title(struct pd_random *random, char sex, struct pd_name *name); /* E12 */

/* damage_name.c */
bool pd_name_drop(struct pd_random *random, struct pd_name *name);    /* E13: a word is missing */
bool pd_name_swap(struct pd_random *random, struct pd_name *name);    /* E13: two words change places */
bool pd_name_respace(struct pd_random *random, struct pd_name *name); /* E14 */
bool pd_name_typo(struct pd_random *random, struct pd_name *name);    /* E15 */

/* damage_birth.c */
bool pd_birth_damage(int32_t reference_day, struct pd_random *random, int32_t *birth_day); /* E18 */

/* damage_address.c */
bool pd_address_reword(struct pd_random *random, char address[96]);
bool pd_address_drop_hamlet(char address[96]);

#endif
