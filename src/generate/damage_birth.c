/* SPDX-License-Identifier: MIT
 * Birth dates that differ from the truth (E18). */
#include "generate/damage_parts.h"

enum { OLDEST_YEAR = 1900 };

static bool take(struct pd_date date, int32_t reference_day, int32_t *birth_day)
{
    if (date.year < OLDEST_YEAR || !pd_date_valid(date.year, date.month, date.day)) return false;
    const int32_t day = pd_date_from_civil(date.year, date.month, date.day);
    if (day == *birth_day || day > reference_day) return false;
    *birth_day = day;
    return true;
}

static bool swap_day_and_month(struct pd_date date, int32_t reference_day, int32_t *birth_day)
{
    if (date.day > 12) return false;
    return take((struct pd_date){ date.year, date.day, date.month }, reference_day, birth_day);
}

static bool change_year(struct pd_date date, int by, int32_t reference_day, int32_t *birth_day)
{
    if (date.month == 2 && date.day == 29) date.day = 28;
    date.year += by;
    if (take(date, reference_day, birth_day)) return true;
    date.year -= 2 * by;
    return take(date, reference_day, birth_day);
}

/* One wrong digit of day, month or year that leaves a date. */
static bool change_digit(struct pd_date date, struct pd_random *random, int32_t reference_day, int32_t *birth_day)
{
    for (int attempt = 0; attempt < 12; attempt++) {
        struct pd_date other = date;
        const int digit = (int)pd_random_below(random, 10);
        switch (pd_random_below(random, 5)) {
        case 0: other.day = date.day / 10 * 10 + digit; break;
        case 1: other.day = digit * 10 + date.day % 10; break;
        case 2: other.month = date.month / 10 * 10 + digit; break;
        case 3: other.year = date.year / 10 * 10 + digit; break;
        default: other.year = date.year / 100 * 100 + digit * 10 + date.year % 10; break;
        }
        if (take(other, reference_day, birth_day)) return true;
    }
    return false;
}

static bool set_default(struct pd_date date, struct pd_random *random, int32_t reference_day, int32_t *birth_day)
{
    const double point = pd_random_unit(random);
    if (point < 0.6) return take((struct pd_date){ date.year, 7, 1 }, reference_day, birth_day);
    if (point < 0.85) return take((struct pd_date){ date.year, 12, 31 }, reference_day, birth_day);
    return take((struct pd_date){ date.year, 1, 1 }, reference_day, birth_day);
}

bool pd_birth_damage(int32_t reference_day, struct pd_random *random, int32_t *birth_day)
{
    static const double swap = 0.7, year = 0.8, digit = 0.7, standard = 1.5; /* shares of DOMAIN 9.2 */
    const struct pd_date date = pd_date_to_civil(*birth_day);
    const int by = pd_chance(random, 0.5) ? 1 : -1;
    double point = pd_random_unit(random) * (swap + year + digit + standard);
    if (point < swap && swap_day_and_month(date, reference_day, birth_day)) return true;
    point -= swap;
    if (point >= 0 && point < year && change_year(date, by, reference_day, birth_day)) return true;
    point -= year + digit;
    if (point >= 0 && set_default(date, random, reference_day, birth_day)) return true;
    return change_digit(date, random, reference_day, birth_day) || change_year(date, by, reference_day, birth_day);
}
