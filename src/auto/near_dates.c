/* SPDX-License-Identifier: MIT */
#include "auto/near_dates.h"

enum { NEAR_DAYS = 7 };

/* Of so many likely rows, so many are near; slips of a digit leave fewer so near. */
static const size_t PAIRS_LEAST = 20;
static const double OFTEN = .1;
/* And so many times as many as of rows that have nothing to do with each other. */
static const double BEYOND_CHANCE = 2;

struct looking {
    const struct pd_table *table;
    const struct pd_profile *profile;
    double n, near;
};

static bool read(const struct looking *looking, uint32_t row, int64_t *day)
{
    const struct pd_column *column = &looking->table->columns[looking->profile->column];
    char scratch[24];
    return !pd_column_is_null(column, row) &&
           pd_dates_read(pd_column_text(column, row, scratch), looking->profile, day);
}

static void look_at_pair(struct looking *looking, uint32_t left, uint32_t right)
{
    int64_t a = 0, b = 0;
    if (!read(looking, left, &a) || !read(looking, right, &b)) return;
    const int64_t apart = a < b ? b - a : a - b;
    looking->n++;
    looking->near += apart > 0 && apart <= NEAR_DAYS;
}

static double share_of(const struct looking *looking)
{
    return looking->n < 1 ? 0 : looking->near / looking->n;
}

double pd_auto_look_at_near_dates(const struct pd_table *table, const struct pd_likely_rows *likely,
                                  struct pd_profile *profile)
{
    struct looking alike = { table, profile, 0, 0 };
    struct looking others = alike;
    for (size_t i = 0; i < likely->n; i++) {
        const struct pd_likely *pair = &likely->list[i];
        look_at_pair(&alike, pair->left, pair->right);
        look_at_pair(&others, pair->left, likely->list[(i + 1) % likely->n].right);
    }
    if (likely->n < PAIRS_LEAST || alike.n < (double)PAIRS_LEAST) return 0;
    const double share = share_of(&alike);
    profile->near_days = share >= OFTEN && share >= BEYOND_CHANCE * share_of(&others);
    return share;
}
