/* SPDX-License-Identifier: MIT
 * A cluster with its members, the pairs among them, and its bridges: edges without which it would fall apart. Bridges
 * are found by leaving out one edge at a time, which is plenty for clusters a person can read. */
#include "base/hash.h"
#include "base/memory.h"
#include "base/roots.h"
#include "evaluate/explain.h"
#include "evaluate/pair_file.h"

#include <math.h>

enum { MEMBERS_FOR_BRIDGES = 1000, EDGES_FOR_BRIDGES = 3000 };

/* Weights of the pairs file have nine decimals. */
static const double HALF_OF_THE_LAST_DIGIT = 5e-10;

struct edge {
    uint32_t left, right; /* members */
    struct pd_text weight, probability, class;
    bool certain, bridge;
};

/* What holds the cluster together: its linked edges. */
struct strength {
    size_t n_edges, n_bridges;
    struct pd_text least, most; /* weights; empty where there is no edge */
    double density;             /* edges over all pairs of members */
};

struct cluster {
    struct pd_arena arena;
    struct pd_row_facts *members;
    size_t n_members;
    struct edge *edges;
    size_t n_edges, edges_capacity;
    struct pd_population population; /* the members as rows, so that a pairs file can be read against them */
    bool has_pairs_file, has_bridges;
    const struct pd_link_thresholds *thresholds; /* or NULL */
};

static enum padan_status number_members(struct cluster *cluster, struct padan_error *error)
{
    struct pd_buffer key = { 0 };
    enum padan_status status = PADAN_OK;
    for (size_t i = 0; status == PADAN_OK && i < cluster->n_members; i++) {
        uint32_t code = 0;
        pd_buffer_clear(&key);
        if (cluster->population.by_source) {
            pd_append_text(&key, cluster->members[i].source);
            pd_append_byte(&key, PD_KEY_SEPARATOR);
        }
        pd_append_text(&key, cluster->members[i].id);
        status = pd_buffer_status(&key, error);
        const struct pd_text text = { key.data, key.length };
        if (status == PADAN_OK)
            status = pd_dictionary_insert(&cluster->population.keys, text, pd_hash_text(text), &code, error);
        if (status == PADAN_OK && code != i + 1)
            status = pd_fail(error, PADAN_BAD_INPUT, "the clusters file names a row twice");
    }
    pd_buffer_reset(&key);
    return status;
}

/* Pairs below the threshold hold nothing together. */
static bool is_linked(const struct cluster *cluster, const struct pd_pair_file *pairs, size_t i)
{
    if (!pd_pair_is_certain(pairs, i)) return false;
    if (cluster->thresholds == NULL) return true;
    const pd_weight least = pd_linked_from(cluster->thresholds, cluster->members[pairs->row_l[i]].source,
                                           cluster->members[pairs->row_r[i]].source);
    return pd_pair_weight(pairs, i) >= pd_weight_to_double(least) - HALF_OF_THE_LAST_DIGIT;
}

static enum padan_status add_edge(struct cluster *cluster, const struct pd_pair_file *pairs, size_t i,
                                  struct padan_error *error)
{
    PD_TRY(pd_grow(&cluster->edges, &cluster->edges_capacity, cluster->n_edges + 1, sizeof *cluster->edges, error));
    struct edge *edge = &cluster->edges[cluster->n_edges++];
    *edge = (struct edge){ .left = pairs->row_l[i], .right = pairs->row_r[i], .certain = is_linked(cluster, pairs, i) };
    PD_TRY(pd_arena_copy(&cluster->arena, pd_row_field(&pairs->file, i, PD_PAIR_WEIGHT), &edge->weight, error));
    PD_TRY(
        pd_arena_copy(&cluster->arena, pd_row_field(&pairs->file, i, PD_PAIR_PROBABILITY), &edge->probability, error));
    return pd_arena_copy(&cluster->arena, pd_row_field(&pairs->file, i, PD_PAIR_CLASS), &edge->class, error);
}

static enum padan_status read_edges(struct cluster *cluster, const char *path, struct padan_error *error)
{
    struct pd_pair_file *pairs = NULL;
    PD_TRY(pd_allocate(&pairs, 1, sizeof *pairs, error));
    enum padan_status status = pd_pair_file_open(pairs, path, &cluster->population, error);
    if (status == PADAN_OK) {
        int left = -1;
        int right = -1;
        cluster->population.by_source = pd_pair_source_columns(&pairs->file, NULL, &left, &right);
        status = number_members(cluster, error);
        do {
            if (status == PADAN_OK) status = pd_pair_file_next(pairs, error);
            for (size_t i = 0; status == PADAN_OK && i < pairs->n_rows; i++)
                if (pairs->row_l[i] != PD_NO_ROW && pairs->row_r[i] != PD_NO_ROW)
                    status = add_edge(cluster, pairs, i, error);
        } while (status == PADAN_OK && pairs->n_rows > 0);
        pd_pair_file_reset(pairs);
    }
    pd_free(pairs);
    return status;
}

/* Components of the certain edges without one of them. */
static size_t count_components(const struct cluster *cluster, uint32_t *parent, size_t without)
{
    size_t n = cluster->n_members;
    pd_roots_begin(parent, n);
    for (size_t i = 0; i < cluster->n_edges; i++) {
        if (i == without || !cluster->edges[i].certain) continue;
        const uint32_t a = pd_root(parent, cluster->edges[i].left);
        const uint32_t b = pd_root(parent, cluster->edges[i].right);
        if (a == b) continue;
        parent[a] = b;
        n--;
    }
    return n;
}

static enum padan_status find_bridges(struct cluster *cluster, struct padan_error *error)
{
    uint32_t *parent = NULL;
    if (cluster->n_members > MEMBERS_FOR_BRIDGES || cluster->n_edges > EDGES_FOR_BRIDGES) return PADAN_OK;
    PD_TRY(pd_allocate(&parent, cluster->n_members, sizeof *parent, error));
    const size_t whole = count_components(cluster, parent, SIZE_MAX);
    for (size_t i = 0; i < cluster->n_edges; i++)
        cluster->edges[i].bridge = cluster->edges[i].certain && count_components(cluster, parent, i) > whole;
    cluster->has_bridges = true;
    pd_free(parent);
    return PADAN_OK;
}

static struct strength measure(const struct cluster *cluster)
{
    struct strength found = { .n_edges = 0 };
    double least = INFINITY;
    double most = -INFINITY;
    for (size_t i = 0; i < cluster->n_edges; i++) {
        const struct edge *edge = &cluster->edges[i];
        double weight = 0;
        if (!edge->certain) continue;
        found.n_edges++;
        found.n_bridges += edge->bridge;
        if (!pd_text_to_double(edge->weight, &weight)) continue;
        if (weight < least) found.least = edge->weight;
        if (weight > most) found.most = edge->weight;
        least = fmin(least, weight);
        most = fmax(most, weight);
    }
    const double n = (double)cluster->n_members;
    found.density = n > 1 ? 2 * (double)found.n_edges / (n * (n - 1)) : NAN;
    return found;
}

static void append_name(struct pd_buffer *out, const struct pd_row_facts *row)
{
    if (row->source.length > 0) {
        pd_append_text(out, row->source);
        pd_append_byte(out, ':');
    }
    pd_append_text(out, row->id);
}

static void print_strength(const struct cluster *cluster, struct pd_buffer *out)
{
    const struct strength strength = measure(cluster);
    if (cluster->n_members < 2) return;
    pd_append_format(out, "density %.3f: %zu of %zu pairs are linked", strength.density, strength.n_edges,
                     cluster->n_members * (cluster->n_members - 1) / 2);
    if (strength.least.length > 0)
        pd_append_format(out, ", weights %.*s to %.*s", PD_TEXT_ARGS(strength.least), PD_TEXT_ARGS(strength.most));
    pd_append_byte(out, '\n');
}

static void print_text(const struct cluster *cluster, struct pd_buffer *out)
{
    pd_append_string(out, "cluster ");
    pd_append_text(out, cluster->members[0].cluster);
    pd_append_format(out, "\n%zu member%s\n", cluster->n_members, cluster->n_members == 1 ? "" : "s");
    for (size_t i = 0; i < cluster->n_members; i++) {
        pd_append_string(out, "    ");
        append_name(out, &cluster->members[i]);
        if (cluster->members[i].household.length > 0)
            pd_append_format(out, "   household %.*s", PD_TEXT_ARGS(cluster->members[i].household));
        pd_append_byte(out, '\n');
    }
    if (!cluster->has_pairs_file) {
        pd_append_string(out, "The folder has no pairs file, so the edges are not known.\n");
        return;
    }
    pd_append_format(out, "%zu edge%s\n", cluster->n_edges, cluster->n_edges == 1 ? "" : "s");
    for (size_t i = 0; i < cluster->n_edges; i++) {
        const struct edge *edge = &cluster->edges[i];
        pd_append_format(out, "    %10.*s  %-10.*s ", PD_TEXT_ARGS(edge->weight), PD_TEXT_ARGS(edge->class));
        append_name(out, &cluster->members[edge->left]);
        pd_append_string(out, " - ");
        append_name(out, &cluster->members[edge->right]);
        pd_append_string(out, edge->bridge                                    ? "   bridge\n"
                              : !edge->certain && cluster->thresholds != NULL ? "   not linked\n"
                                                                              : "\n");
    }
    print_strength(cluster, out);
}

static void append_json_name(struct pd_buffer *out, const struct pd_row_facts *row, const char *side)
{
    pd_append_format(out, "\"source_dataset%s\":", side);
    pd_append_json(out, row->source);
    pd_append_format(out, ",\"unique_id%s\":", side);
    pd_append_json(out, row->id);
}

/* null where a file has no such column */
static void append_json_known(struct pd_buffer *out, struct pd_text text)
{
    if (text.length == 0)
        pd_append_string(out, "null");
    else
        pd_append_json(out, text);
}

static void append_json_number(struct pd_buffer *out, const char *key, struct pd_text text)
{
    double value = 0;
    pd_append_format(out, ",\"%s\":", key);
    if (pd_text_to_double(text, &value))
        pd_append_double(out, value, 6);
    else
        pd_append_string(out, "null");
}

/* Named as the columns of cluster_metrics.csv. */
static void print_json_strength(const struct cluster *cluster, struct pd_buffer *out)
{
    const struct strength strength = measure(cluster);
    pd_append_format(out, ",\"n_rows\":%zu,\"n_edges\":%zu,\"n_bridges\":", cluster->n_members, strength.n_edges);
    if (cluster->has_bridges)
        pd_append_u64(out, strength.n_bridges);
    else
        pd_append_string(out, "null");
    append_json_number(out, "min_weight", strength.least);
    append_json_number(out, "max_weight", strength.most);
    pd_append_string(out, ",\"density\":");
    if (isnan(strength.density))
        pd_append_string(out, "null");
    else
        pd_append_double(out, strength.density, 6);
}

static void print_json(const struct cluster *cluster, struct pd_buffer *out)
{
    pd_append_string(out, "{\"cluster_id\":");
    pd_append_json(out, cluster->members[0].cluster);
    pd_append_string(out, ",\"members\":[");
    for (size_t i = 0; i < cluster->n_members; i++) {
        pd_append_string(out, i == 0 ? "{" : ",{");
        append_json_name(out, &cluster->members[i], "");
        pd_append_string(out, ",\"household_cluster_id\":");
        append_json_known(out, cluster->members[i].household);
        pd_append_byte(out, '}');
    }
    pd_append_string(out, cluster->has_pairs_file ? "],\"edges\":[" : "],\"edges\":null");
    for (size_t i = 0; i < cluster->n_edges; i++) {
        const struct edge *edge = &cluster->edges[i];
        pd_append_string(out, i == 0 ? "{" : ",{");
        append_json_name(out, &cluster->members[edge->left], "_l");
        pd_append_byte(out, ',');
        append_json_name(out, &cluster->members[edge->right], "_r");
        append_json_number(out, "match_weight", edge->weight);
        append_json_number(out, "match_probability", edge->probability);
        pd_append_string(out, ",\"kelas\":");
        append_json_known(out, edge->class);
        if (cluster->thresholds != NULL) pd_append_format(out, ",\"is_linked\":%s", edge->certain ? "true" : "false");
        pd_append_format(out, ",\"is_bridge\":%s}", !cluster->has_bridges ? "null" : edge->bridge ? "true" : "false");
    }
    if (cluster->has_pairs_file) {
        pd_append_byte(out, ']');
        print_json_strength(cluster, out);
    }
    pd_append_string(out, "}\n");
}

static enum padan_status gather(struct cluster *cluster, const struct pd_run_files *files, const char *row,
                                struct padan_error *error)
{
    struct pd_row_facts facts = { .n_rows = { NULL, 0 } };
    if (files->clusters == NULL)
        PD_FAIL(error, PADAN_BAD_INPUT, "the folder holds no klaster.csv or clusters.csv: nothing to explain");
    PD_TRY(pd_facts_find(&facts, &cluster->arena, files->clusters, &row, 1, error));
    PD_TRY(pd_facts_of_cluster(&cluster->members, &cluster->n_members, &cluster->arena, files->clusters, facts.cluster,
                               error));
    cluster->has_pairs_file = files->pairs != NULL;
    if (files->pairs == NULL) return PADAN_OK;
    PD_TRY(read_edges(cluster, files->pairs, error));
    return find_bridges(cluster, error);
}

enum padan_status pd_explain_cluster(const struct pd_explain_options *options, const char *row, struct pd_buffer *out,
                                     struct padan_error *error)
{
    struct cluster cluster = { .thresholds = options->thresholds };
    enum padan_status status = gather(&cluster, options->files, row, error);
    if (status == PADAN_OK) {
        if (options->json)
            print_json(&cluster, out);
        else
            print_text(&cluster, out);
        status = pd_buffer_status(out, error);
    }
    pd_population_reset(&cluster.population);
    pd_free(cluster.members);
    pd_free(cluster.edges);
    pd_arena_reset(&cluster.arena);
    return status;
}
