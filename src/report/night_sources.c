/* SPDX-License-Identifier: MIT
 * Method: marks in turn, the surest first; a source is taken once. */
#include "report/night_sources.h"

struct matching {
    const struct pd_previous *previous;
    const struct pd_job *job;
    const struct pd_registry *registry;
    int *now;
};

static bool is_taken(const struct pd_previous *previous, const int *now, size_t source)
{
    for (size_t i = 0; i < previous->n_sources; i++)
        if (now[i] == (int)source) return true;
    return false;
}

static bool is_registry_of(const struct pd_previous_source *before, const struct pd_job_source *now)
{
    return before->registry && now->role == PD_ROLE_REGISTRY && before->families == (now->unit == PD_UNIT_FAMILY);
}

static bool has_version(const struct pd_previous_source *before, const struct pd_job_source *now)
{
    return pd_text_equal(before->version, now->version);
}

/* The marks of a source of before and one of tonight, surest first. */
static bool is_namesake_of_version(const struct matching *matching, size_t before, size_t now)
{
    const struct pd_previous_source *source = &matching->previous->sources[before];
    const struct pd_job_source *other = &matching->job->sources[now];
    return pd_text_equal(source->name, other->name) && (!source->registry || has_version(source, other));
}

static bool is_of_version(const struct matching *matching, size_t before, size_t now)
{
    const struct pd_previous_source *source = &matching->previous->sources[before];
    const struct pd_job_source *other = &matching->job->sources[now];
    return is_registry_of(source, other) && has_version(source, other);
}

static bool is_namesake(const struct matching *matching, size_t before, size_t now)
{
    return pd_text_equal(matching->previous->sources[before].name, matching->job->sources[now].name);
}

static bool is_successor(const struct matching *matching, size_t before, size_t now)
{
    return is_registry_of(&matching->previous->sources[before], &matching->job->sources[now]) &&
           matching->registry->version_of_source[now] == 0;
}

typedef bool mark(const struct matching *matching, size_t before, size_t now);

/* From the last to the first: of several versions that are gone, a new one takes the place of the latest. */
static void match(const struct matching *matching, mark *fits)
{
    for (size_t i = matching->previous->n_sources; i-- > 0;)
        for (size_t k = matching->job->n_sources; matching->now[i] < 0 && k-- > 0;)
            if (!is_taken(matching->previous, matching->now, k) && fits(matching, i, k)) matching->now[i] = (int)k;
}

void pd_match_sources(const struct pd_previous *previous, const struct pd_job *job, const struct pd_registry *registry,
                      int *now)
{
    static mark *const marks[] = { is_namesake_of_version, is_of_version, is_namesake, is_successor };
    const struct matching matching = { previous, job, registry, now };
    for (size_t i = 0; i < previous->n_sources; i++) now[i] = -1;
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) match(&matching, marks[m]);
}

bool pd_source_is_replaced(const struct pd_previous *previous, const struct pd_job *job, const int *now, size_t source)
{
    const struct pd_previous_source *before = &previous->sources[source];
    bool any = false;
    if (now[source] >= 0 || !before->registry) return false;
    for (size_t i = 0; i < job->n_sources; i++) {
        if (job->sources[i].role != PD_ROLE_REGISTRY) continue;
        if (has_version(before, &job->sources[i])) return false;
        any = true;
    }
    return any;
}

int pd_version_beside(const struct pd_previous *previous, const struct pd_registry *registry, const int *now,
                      size_t source)
{
    const int version = registry->version_of_source[source];
    return version <= 0 || is_taken(previous, now, source) ? -1 : version - 1;
}
