/* SPDX-License-Identifier: MIT */
#include "score/told_apart.h"

enum { WORDS_MAX = 12, NAME_MAX = 256, BRIEF_MAX = 3, FAR = 0, NEAR = 1, EQUAL = 2 };

struct words {
    struct pd_text word[WORDS_MAX];
    size_t n;
};

static struct words words_of(struct pd_text name)
{
    struct words words = { .n = 0 };
    size_t begin = 0;
    while (begin < name.length && words.n < WORDS_MAX) {
        size_t end = begin;
        while (end < name.length && name.data[end] != ' ') end++;
        if (end > begin) words.word[words.n++] = pd_text_slice(name, begin, end);
        begin = end + 1;
    }
    return words;
}

/* Its beginning, or its first letter and one or two of the others, in their order: of more letters that is chance. */
static bool abbreviates(struct pd_text brief, struct pd_text word)
{
    size_t n = 0;
    if (brief.length >= word.length || brief.data[0] != word.data[0]) return false;
    if (pd_text_starts(word, brief)) return true;
    if (brief.length > BRIEF_MAX) return false;
    for (size_t i = 0; i < word.length && n < brief.length; i++) n += word.data[i] == brief.data[n];
    return n == brief.length;
}

static int whole_nearness(struct pd_text a, struct pd_text b)
{
    if (pd_text_equal(a, b)) return EQUAL;
    return a.length > 2 && b.length > 2 && pd_text_one_slip(a, b) ? NEAR : FAR;
}

static int nearness(struct pd_text a, struct pd_text b)
{
    const int whole = whole_nearness(a, b);
    return whole == FAR && (abbreviates(a, b) || abbreviates(b, a)) ? NEAR : whole;
}

static int nearest(struct pd_text word, const struct words *among)
{
    int best = FAR;
    for (size_t i = 0; i < among->n; i++) {
        const int near = nearness(word, among->word[i]);
        if (near > best) best = near;
    }
    return best;
}

/* Leaves the words that the other name does not have, and adds to `shared` those that it has. */
static struct words own_words(const struct words *of, const struct words *other, struct words *shared)
{
    struct words own = { .n = 0 };
    for (size_t i = 0; i < of->n; i++) {
        struct words *to = nearest(of->word[i], other) == EQUAL ? shared : &own;
        if (to->n < WORDS_MAX) to->word[to->n++] = of->word[i];
    }
    return own;
}

static int by_words(struct pd_text name, struct pd_text first, struct pd_text second)
{
    struct words shared = { .n = 0 };
    const struct words said = words_of(name), of_first = words_of(first), of_second = words_of(second);
    const struct words only_first = own_words(&of_first, &of_second, &shared);
    const struct words only_second = own_words(&of_second, &of_first, &shared);
    int sum = 0;
    for (size_t i = 0; i < said.n; i++) {
        const int near_first = nearest(said.word[i], &only_first), near_second = nearest(said.word[i], &only_second);
        const int near_both = nearest(said.word[i], &shared);
        if (near_first > near_both || near_second > near_both) sum += near_first - near_second;
    }
    return sum;
}

static struct pd_text without_blanks(struct pd_text name, char scratch[NAME_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < name.length && n < NAME_MAX; i++)
        if (name.data[i] != ' ') scratch[n++] = name.data[i];
    return (struct pd_text){ scratch, n };
}

/* Blanks that were left out or moved make other words of the same letters. */
static int by_letters(struct pd_text name, struct pd_text first, struct pd_text second)
{
    char scratch[3][NAME_MAX];
    const struct pd_text said = without_blanks(name, scratch[0]);
    if (said.length == 0) return 0;
    const struct pd_text of_first = without_blanks(first, scratch[1]), of_second = without_blanks(second, scratch[2]);
    return whole_nearness(said, of_first) - whole_nearness(said, of_second);
}

int pd_name_speaks_for(struct pd_text name, struct pd_text first, struct pd_text second)
{
    const int sum = by_words(name, first, second);
    return sum != 0 ? sum : by_letters(name, first, second);
}

static bool share_a_word(struct pd_text a, struct pd_text b)
{
    const struct words of_a = words_of(a), of_b = words_of(b);
    bool share = false;
    for (size_t i = 0; i < of_a.n; i++) share = share || nearest(of_a.word[i], &of_b) == EQUAL;
    return share;
}

/* The column of an index, NULL when the data has none. */
static const struct pd_column *column_at(const struct pd_table *table, int index)
{
    return index < 0 ? NULL : &table->columns[index];
}

static bool same_word(const struct pd_column *column, uint32_t a, uint32_t b)
{
    return column != NULL && !pd_column_is_null(column, a) && pd_column_word(column, a) == pd_column_word(column, b);
}

bool pd_are_look_alikes(const struct pd_table *table, const struct pd_person_columns *columns, uint32_t a, uint32_t b)
{
    char scratch[2][24];
    const struct pd_column *names = column_at(table, columns->nama);
    if (same_word(column_at(table, columns->no_kk), a, b)) return true;
    if (same_word(column_at(table, columns->nama_ibu), a, b)) return true;
    return names != NULL && share_a_word(pd_column_text(names, a, scratch[0]), pd_column_text(names, b, scratch[1]));
}

/* Of a column that all three have something in. */
static bool all_say(const struct pd_column *column, uint32_t row, const uint32_t people[2])
{
    return column != NULL && !pd_column_is_null(column, row) && !pd_column_is_null(column, people[0]) &&
           !pd_column_is_null(column, people[1]);
}

static int name_speaks_for(const struct pd_column *names, uint32_t row, const uint32_t people[2])
{
    char scratch[3][24];
    if (!all_say(names, row, people)) return 0;
    return pd_name_speaks_for(pd_column_text(names, row, scratch[0]), pd_column_text(names, people[0], scratch[1]),
                              pd_column_text(names, people[1], scratch[2]));
}

/* A slip from one number, and not from the other. */
static int number_speaks_for(const struct pd_column *numbers, uint32_t row, const uint32_t people[2])
{
    char scratch[3][24];
    if (!all_say(numbers, row, people)) return 0;
    const struct pd_text number = pd_column_text(numbers, row, scratch[0]);
    const struct pd_text first = pd_column_text(numbers, people[0], scratch[1]);
    const struct pd_text second = pd_column_text(numbers, people[1], scratch[2]);
    return (int)pd_text_one_slip(number, first) - (int)pd_text_one_slip(number, second);
}

static int word_speaks_for(const struct pd_column *column, uint32_t row, const uint32_t people[2])
{
    if (!all_say(column, row, people)) return 0;
    return (int)same_word(column, row, people[0]) - (int)same_word(column, row, people[1]);
}

bool pd_is_told_apart(const struct pd_table *table, const struct pd_person_columns *columns, uint32_t row,
                      const uint32_t people[2])
{
    const int says[] = { name_speaks_for(column_at(table, columns->nama), row, people),
                         name_speaks_for(column_at(table, columns->nama_ibu), row, people),
                         number_speaks_for(column_at(table, columns->nik_longgar), row, people),
                         word_speaks_for(column_at(table, columns->jenis_kelamin), row, people),
                         word_speaks_for(column_at(table, columns->no_kk), row, people) };
    bool for_first = false, for_second = false;
    for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
        for_first = for_first || says[i] > 0;
        for_second = for_second || says[i] < 0;
    }
    return for_first && !for_second;
}
