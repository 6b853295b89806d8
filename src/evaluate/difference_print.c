/* SPDX-License-Identifier: MIT */
#include "evaluate/difference.h"

static const char *const pair_class_names[PD_PAIR_CLASSES] = { "absent", "review", "certain" };

/* Name of a change in outputs. Static storage. */
static const char *change_name(enum pd_change change)
{
    static const char *const names[PD_CHANGES] = { "same",  "linked", "unlinked", "merged",
                                                   "split", "moved",  "new",      "gone" };
    return names[change];
}

static void append_line(struct pd_buffer *out, const char *name, uint64_t n, const char *meaning)
{
    pd_append_format(out, "%-28s %13llu  %s\n", name, (unsigned long long)n, meaning);
}

/* Pairs that came or went with one of their rows. */
static uint64_t passing(const struct pd_difference *difference, int a, int b)
{
    if (b == PD_PAIR_ABSENT) return difference->passing[0][a];
    return a == PD_PAIR_ABSENT ? difference->passing[1][b] : 0;
}

static void append_pair_classes(const struct pd_difference *difference, struct pd_buffer *out)
{
    pd_append_string(out, "\npairs of the pairs files\n");
    for (int a = 0; a < PD_PAIR_CLASSES; a++)
        for (int b = 0; b < PD_PAIR_CLASSES; b++) {
            const unsigned long long n_passing = passing(difference, a, b);
            if (a == PD_PAIR_ABSENT && b == PD_PAIR_ABSENT) continue;
            pd_append_format(out, "%-10s -> %-14s %13llu", pair_class_names[a], pair_class_names[b],
                             (unsigned long long)difference->pair_classes[a][b]);
            if (n_passing > 0)
                pd_append_format(out, "  %llu with a row only in the %s run", n_passing,
                                 a == PD_PAIR_ABSENT ? "second" : "first");
            pd_append_byte(out, '\n');
        }
}

void pd_difference_print(const struct pd_difference *difference, struct pd_buffer *out)
{
    static const char *const meanings[PD_CHANGES] = {
        "the same fellows in both",      "alone before, now with others", "with others before, now alone",
        "kept its fellows and got more", "lost some of its fellows",      "lost some and got others",
        "only in the second run",        "only in the first run",
    };
    pd_append_string(out, "rows\n");
    for (int change = 0; change < PD_CHANGES; change++)
        append_line(out, change_name((enum pd_change)change), difference->n_changes[change], meanings[change]);
    pd_append_string(out, "\npairs of rows in one cluster (rows of both runs)\n");
    append_line(out, "in both", difference->pairs_kept, "");
    append_line(out, "linked", difference->pairs_together[1] - difference->pairs_kept, "only in the second run");
    append_line(out, "unlinked", difference->pairs_together[0] - difference->pairs_kept, "only in the first run");
    if (difference->has_classes) {
        pd_append_string(out, "\nrows of hasil_padan.csv\n");
        append_line(out, "class changed", difference->n_class_changes, "");
        append_line(out, "status changed", difference->n_status_changes, "");
    }
    if (difference->has_pairs) append_pair_classes(difference, out);
}

void pd_difference_json(const struct pd_difference *difference, struct pd_buffer *out)
{
    pd_append_string(out, "{\"rows\":{");
    for (int change = 0; change < PD_CHANGES; change++)
        pd_append_format(out, "%s\"%s\":%llu", change == 0 ? "" : ",", change_name((enum pd_change)change),
                         (unsigned long long)difference->n_changes[change]);
    pd_append_format(out, "},\"pairs_in_one_cluster\":{\"both\":%llu,\"linked\":%llu,\"unlinked\":%llu}",
                     (unsigned long long)difference->pairs_kept,
                     (unsigned long long)(difference->pairs_together[1] - difference->pairs_kept),
                     (unsigned long long)(difference->pairs_together[0] - difference->pairs_kept));
    if (difference->has_classes)
        pd_append_format(out, ",\"class_changes\":%llu,\"status_changes\":%llu",
                         (unsigned long long)difference->n_class_changes,
                         (unsigned long long)difference->n_status_changes);
    if (difference->has_pairs) {
        pd_append_string(out, ",\"pairs\":[");
        for (int a = 0; a < PD_PAIR_CLASSES; a++)
            for (int b = 0; b < PD_PAIR_CLASSES; b++)
                if (a + b > 0)
                    pd_append_format(out, "%s{\"from\":\"%s\",\"to\":\"%s\",\"n\":%llu,\"of_rows_in_one_run\":%llu}",
                                     a + b == 1 && a == 0 ? "" : ",", pair_class_names[a], pair_class_names[b],
                                     (unsigned long long)difference->pair_classes[a][b],
                                     (unsigned long long)passing(difference, a, b));
        pd_append_byte(out, ']');
    }
    pd_append_string(out, "}\n");
}

static void append_row(const struct pd_difference *difference, size_t row, const char *change, struct pd_buffer *out)
{
    const struct pd_text key = pd_dictionary_text(&difference->keys, (uint32_t)row + 1);
    const char *separator = difference->by_source ? memchr(key.data, PD_KEY_SEPARATOR, key.length) : NULL;
    const size_t cut = separator == NULL ? 0 : (size_t)(separator - key.data);
    pd_append_string(out, change);
    pd_append_byte(out, ',');
    pd_append_csv(out, pd_text_slice(key, 0, cut));
    pd_append_byte(out, ',');
    /* A row that only B has, under a name that is another row's in A, is marked by what no id ends in. */
    const bool marked = cut + 1 < key.length && key.data[key.length - 1] == PD_KEY_SEPARATOR;
    pd_append_csv(out, pd_text_slice(key, separator == NULL ? 0 : cut + 1, key.length - marked));
    for (int side = 0; side < 2; side++) {
        pd_append_byte(out, ',');
        pd_append_csv(out, pd_dictionary_text(&difference->clusters[side], difference->cluster[side][row]));
    }
    for (int side = 0; side < 2; side++) {
        pd_append_byte(out, ',');
        if (difference->size[side][row] > 0) pd_append_u64(out, difference->size[side][row]);
    }
    for (int side = 0; side < 2; side++) {
        pd_append_byte(out, ',');
        pd_append_csv(out, pd_dictionary_text(&difference->words, difference->class[side][row]));
    }
    for (int side = 0; side < 2; side++) {
        pd_append_byte(out, ',');
        pd_append_csv(out, pd_dictionary_text(&difference->words, difference->status[side][row]));
    }
    pd_append_byte(out, '\n');
}

void pd_difference_csv(const struct pd_difference *difference, struct pd_buffer *out)
{
    pd_append_string(out, "change,source_dataset,unique_id,cluster_id_a,cluster_id_b,n_rows_a,n_rows_b,kelas_a,kelas_b,"
                          "status_padan_a,status_padan_b\n");
    for (size_t row = 0; row < difference->n_rows; row++) {
        if (difference->change[row] != PD_CHANGE_NONE)
            append_row(difference, row, change_name((enum pd_change)difference->change[row]), out);
        if (difference->class[0][row] == 0 || difference->class[1][row] == 0) continue;
        if (difference->class[0][row] != difference->class[1][row]) append_row(difference, row, "class", out);
        if (difference->status[0][row] != difference->status[1][row]) append_row(difference, row, "status", out);
    }
}
