/* SPDX-License-Identifier: MIT
 * Textbook twins: full tables and flags, straight from the definitions. */
#include "textbook_metrics.h"

#include <math.h>

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t (*edit_table(void))[TEXTBOOK_MAX + 1]
{
    static size_t table[TEXTBOOK_MAX + 1][TEXTBOOK_MAX + 1];
    return table;
}

/* Levenshtein with, when swaps is true, the restricted swap of neighbours. */
static size_t edit_distance(struct pd_text a, struct pd_text b, bool swaps)
{
    size_t(*const d)[TEXTBOOK_MAX + 1] = edit_table();
    for (size_t i = 0; i <= a.length; i++) d[i][0] = i;
    for (size_t j = 0; j <= b.length; j++) d[0][j] = j;
    for (size_t i = 1; i <= a.length; i++)
        for (size_t j = 1; j <= b.length; j++) {
            d[i][j] = least(d[i - 1][j], d[i][j - 1]) + 1;
            d[i][j] = least(d[i][j], d[i - 1][j - 1] + (a.data[i - 1] != b.data[j - 1]));
            if (swaps && i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1])
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a.length][b.length];
}

size_t textbook_levenshtein(struct pd_text a, struct pd_text b)
{
    return edit_distance(a, b, false);
}

size_t textbook_osa(struct pd_text a, struct pd_text b)
{
    return edit_distance(a, b, true);
}

/* Lowrance & Wagner: a swap may span deleted and inserted bytes; every earlier pair of equal crossing bytes is tried.
 */
size_t textbook_damerau(struct pd_text a, struct pd_text b)
{
    size_t(*const d)[TEXTBOOK_MAX + 1] = edit_table();
    for (size_t i = 0; i <= a.length; i++) d[i][0] = i;
    for (size_t j = 0; j <= b.length; j++) d[0][j] = j;
    for (size_t i = 1; i <= a.length; i++)
        for (size_t j = 1; j <= b.length; j++) {
            d[i][j] = least(d[i - 1][j], d[i][j - 1]) + 1;
            d[i][j] = least(d[i][j], d[i - 1][j - 1] + (a.data[i - 1] != b.data[j - 1]));
            size_t k = i - 1, l = j - 1; /* last rows before i with b[j], last columns before j with a[i] */
            while (k > 0 && a.data[k - 1] != b.data[j - 1]) k--;
            while (l > 0 && b.data[l - 1] != a.data[i - 1]) l--;
            if (k > 0 && l > 0) d[i][j] = least(d[i][j], d[k - 1][l - 1] + (i - k - 1) + 1 + (j - l - 1));
        }
    return d[a.length][b.length];
}

size_t textbook_hamming(struct pd_text a, struct pd_text b)
{
    size_t n = 0;
    if (a.length != b.length) return SIZE_MAX;
    for (size_t i = 0; i < a.length; i++)
        if (a.data[i] != b.data[i]) n++;
    return n;
}

double textbook_jaro(struct pd_text a, struct pd_text b)
{
    bool matched_a[TEXTBOOK_MAX] = { false }, matched_b[TEXTBOOK_MAX] = { false };
    const size_t longer = a.length > b.length ? a.length : b.length;
    const size_t window = longer / 2 > 1 ? longer / 2 - 1 : 0;
    size_t matches = 0, out_of_order = 0;
    for (size_t i = 0; i < a.length; i++)
        for (size_t j = 0; j < b.length; j++)
            if (!matched_a[i] && !matched_b[j] && a.data[i] == b.data[j] && i <= j + window && j <= i + window) {
                matched_a[i] = matched_b[j] = true;
                matches++;
            }
    if (matches == 0) return 0;
    for (size_t i = 0, j = 0; i < a.length; i++) {
        if (!matched_a[i]) continue;
        while (!matched_b[j]) j++;
        if (a.data[i] != b.data[j]) out_of_order++;
        j++;
    }
    const double m = (double)matches, t = (double)(out_of_order / 2);
    return (m / (double)a.length + m / (double)b.length + (m - t) / m) / 3.0;
}

double textbook_jaro_winkler(struct pd_text a, struct pd_text b)
{
    const double jaro = textbook_jaro(a, b);
    size_t prefix = 0;
    while (prefix < 4 && prefix < a.length && prefix < b.length && a.data[prefix] == b.data[prefix]) prefix++;
    return jaro > 0.7 ? jaro + (double)prefix * 0.1 * (1.0 - jaro) : jaro;
}

double textbook_jaccard(struct pd_text a, struct pd_text b)
{
    size_t both = 0, either = 0;
    for (int c = 0; c < 256; c++) {
        const bool in_a = a.length > 0 && memchr(a.data, c, a.length) != NULL;
        const bool in_b = b.length > 0 && memchr(b.data, c, b.length) != NULL;
        both += in_a && in_b;
        either += in_a || in_b;
    }
    return a.length == 0 || b.length == 0 ? 0 : (double)both / (double)either;
}

double textbook_qgram(struct pd_text a, struct pd_text b, unsigned q)
{
    bool used[TEXTBOOK_MAX] = { false };
    const size_t width_a = a.length < q ? a.length : q, width_b = b.length < q ? b.length : q;
    const size_t n_a = a.length == 0 ? 0 : a.length - width_a + 1, n_b = b.length == 0 ? 0 : b.length - width_b + 1;
    size_t common = 0;
    if (n_a + n_b == 0) return 1;
    for (size_t i = 0; i < n_a; i++)
        for (size_t j = 0; j < n_b; j++)
            if (!used[j] && width_a == width_b && memcmp(a.data + i, b.data + j, width_a) == 0) {
                used[j] = true;
                common++;
                break;
            }
    return 2.0 * (double)common / (double)(n_a + n_b);
}

/* Whether text holds a word between blanks. */
static bool holds(struct pd_text text, struct pd_text word)
{
    for (size_t i = 0; i + word.length <= text.length; i++) {
        const bool begins = i == 0 || text.data[i - 1] == ' ';
        const bool ends = i + word.length == text.length || text.data[i + word.length] == ' ';
        if (begins && ends && memcmp(text.data + i, word.data, word.length) == 0) return true;
    }
    return false;
}

/* Sum over the distinct words of a that b holds too, of squared weights. */
static double rare_product(const struct pd_text *texts, size_t n_texts, size_t a, size_t b)
{
    double sum = 0;
    const struct pd_text text = texts[a];
    for (size_t begin = 0; begin < text.length;) {
        size_t end = begin;
        while (end < text.length && text.data[end] != ' ') end++;
        const struct pd_text word = { text.data + begin, end - begin };
        const struct pd_text before = { text.data, begin };
        begin = end + 1;
        if (word.length == 0 || holds(before, word) || !holds(texts[b], word)) continue;
        double n_holding = 0;
        for (size_t i = 0; i < n_texts; i++) n_holding += holds(texts[i], word);
        sum += pow(log(1 + (double)n_texts / n_holding), 2);
    }
    return sum;
}

double textbook_rare_words(const struct pd_text *texts, size_t n_texts, size_t a, size_t b)
{
    const double of_a = rare_product(texts, n_texts, a, a), of_b = rare_product(texts, n_texts, b, b);
    if (of_a == 0 || of_b == 0) return of_a == of_b;
    return rare_product(texts, n_texts, a, b) / sqrt(of_a * of_b);
}
