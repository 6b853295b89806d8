/* SPDX-License-Identifier: MIT
 * Unrestricted Damerau-Levenshtein in memory linear in the text: of the full table only the last two rows, and for each
 * column the cell a swap with the last equal pattern byte would start from, are kept.
 * Source: Lowrance & Wagner 1975 (JACM 22/2); linear space after Zhao & Sahni 2019 (BMC Bioinformatics 20/S11). */
#include "compare/string_metrics.h"

/* D(i, j) = best of the three plain edits and of D(k-1, l-1) + (i-k-1) + 1 + (j-l-1), where k < i is the last row whose
 * pattern byte is text[j] and l < j the last column of row i whose text byte is pattern[i]. As in the paper only swaps
 * with i - k = 1 or j - l = 1 need a look: others are never better than plain edits. `crossed[j]` is D(k-1, j-2) for
 * the last row k with pattern byte text[j]. */
static size_t damerau_rows(struct pd_text pattern, struct pd_text text)
{
    int32_t crossed_memory[PD_METRIC_TEXT_MAX + 2], first[PD_METRIC_TEXT_MAX + 2], second[PD_METRIC_TEXT_MAX + 2];
    const int32_t rows = (int32_t)pattern.length, columns = (int32_t)text.length;
    const int32_t far = rows + columns + 1;
    int32_t last_row[256];
    int32_t *crossed = crossed_memory + 1, *current = first + 1, *previous = second + 1;
    for (size_t c = 0; c < 256; c++) last_row[c] = -1;
    current[-1] = previous[-1] = crossed[-1] = far;
    for (int32_t j = 0; j <= columns; j++) {
        current[j] = j;
        previous[j] = far;
        crossed[j] = far;
    }
    for (int32_t i = 1; i <= rows; i++) {
        int32_t *const swap = current;
        current = previous;
        previous = swap;
        int32_t last_column = -1, two_back = current[0], corner = far;
        current[0] = i;
        for (int32_t j = 1; j <= columns; j++) {
            const char byte = pattern.data[i - 1];
            const bool same = byte == text.data[j - 1];
            int32_t best = previous[j - 1] + (same ? 0 : 1);
            if (current[j - 1] + 1 < best) best = current[j - 1] + 1;
            if (previous[j] + 1 < best) best = previous[j] + 1;
            if (same) {
                last_column = j;
                crossed[j] = previous[j - 2];
                corner = two_back;
            } else {
                const int32_t k = last_row[(unsigned char)text.data[j - 1]], l = last_column;
                if (l >= 0 && j - l == 1) {
                    if (crossed[j] + (i - k) < best) best = crossed[j] + (i - k);
                } else if (k >= 0 && i - k == 1) {
                    if (corner + (j - l) < best) best = corner + (j - l);
                }
            }
            two_back = current[j];
            current[j] = best;
        }
        last_row[(unsigned char)pattern.data[i - 1]] = i;
    }
    return (size_t)current[columns];
}

size_t pd_damerau_levenshtein(struct pd_text a, struct pd_text b)
{
    if (a.length > PD_METRIC_TEXT_MAX) a.length = PD_METRIC_TEXT_MAX;
    if (b.length > PD_METRIC_TEXT_MAX) b.length = PD_METRIC_TEXT_MAX;
    size_t begin = 0;
    while (begin < a.length && begin < b.length && a.data[begin] == b.data[begin]) begin++;
    a = pd_text_slice(a, begin, a.length);
    b = pd_text_slice(b, begin, b.length);
    while (a.length > 0 && b.length > 0 && a.data[a.length - 1] == b.data[b.length - 1]) {
        a.length--;
        b.length--;
    }
    if (a.length == 0) return b.length;
    if (b.length == 0) return a.length;
    return damerau_rows(a, b);
}
