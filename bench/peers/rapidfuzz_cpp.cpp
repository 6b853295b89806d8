// SPDX-License-Identifier: MIT
// How many pairs per second does rapidfuzz-cpp compare? Usage: rapidfuzz_cpp PAIRS_FILE, one "left,right" per line, the
// file that bench_kernels reads; the ways, pairs and columns printed are those of bench_kernels:
//   one     one call per pair: rapidfuzz::jaro_winkler_similarity, rapidfuzz::levenshtein_distance
//   many    the same calls on one text against 1,000
//   cached  one text against 1,000 with the library's Cached scorers, which make a text ready once
// One thread, processor time, best of 5.
#include <rapidfuzz/distance.hpp>

#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace {

constexpr int n_runs = 5;
constexpr size_t group = 1000, groups_max = 50;
using names = std::vector<std::string>;

double seconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + 1e-9 * double(now.tv_nsec);
}

void measure(const char *way, const char *function, double bound, size_t n, const std::function<size_t()> &run)
{
    double best = 1e9;
    size_t passing = 0;
    for (int i = 0; i < n_runs; i++) {
        const double begin = seconds();
        passing = run();
        best = std::min(best, seconds() - begin);
    }
    std::printf("%s,rapidfuzz,%s,%g,%zu,%zu,%.1f\n", way, function, bound, n, passing, double(n) / best / 1e6);
}

// Every text of a group against those before it in the group.
template <typename One> size_t many(const names &left, size_t n_groups, One one)
{
    size_t passing = 0;
    for (size_t g = 0; g < n_groups; g++)
        for (size_t i = 1; i < group; i++) passing += one(left[g * group + i], &left[g * group], i);
    return passing;
}

template <typename Pair> void calls(const char *function, double bound, const names &left, const names &right, Pair pair)
{
    const size_t n_groups = std::min(groups_max, left.size() / group);
    measure("one", function, bound, left.size(), [&] {
        size_t passing = 0;
        for (size_t i = 0; i < left.size(); i++) passing += pair(left[i], right[i]);
        return passing;
    });
    measure("many", function, bound, n_groups * group * (group - 1) / 2, [&] {
        return many(left, n_groups, [&](const std::string &query, const std::string *others, size_t n) {
            size_t passing = 0;
            for (size_t j = 0; j < n; j++) passing += pair(query, others[j]);
            return passing;
        });
    });
}

template <typename Scorer, typename Passes>
void cached(const char *function, double bound, const names &left, Passes passes)
{
    const size_t n_groups = std::min(groups_max, left.size() / group);
    measure("cached", function, bound, n_groups * group * (group - 1) / 2, [&] {
        return many(left, n_groups, [&](const std::string &query, const std::string *others, size_t n) {
            const Scorer scorer(query);
            size_t passing = 0;
            for (size_t j = 0; j < n; j++) passing += passes(scorer, others[j]);
            return passing;
        });
    });
}

} // namespace

int main(int argc, char **argv)
{
    names left, right;
    std::ifstream file(argc == 2 ? argv[1] : "");
    for (std::string line; std::getline(file, line);) {
        const size_t comma = line.find(',');
        if (comma == std::string::npos) continue;
        left.push_back(line.substr(0, comma));
        right.push_back(line.substr(comma + 1));
    }
    if (left.empty()) {
        std::fputs("usage: rapidfuzz_cpp PAIRS_FILE\n", stderr);
        return 2;
    }
    using cached_winkler = rapidfuzz::CachedJaroWinkler<char>;
    using cached_distance = rapidfuzz::CachedLevenshtein<char>;
    for (const double bound : { 0.85, 0.0 }) {
        calls("jaro_winkler_similarity", bound, left, right, [=](const std::string &a, const std::string &b) {
            return rapidfuzz::jaro_winkler_similarity(a, b, 0.1, bound) >= bound;
        });
        cached<cached_winkler>("jaro_winkler_similarity", bound, left,
                               [=](const cached_winkler &a, const std::string &b) { return a.similarity(b, bound) >= bound; });
    }
    for (const size_t bound : { size_t(2), std::numeric_limits<size_t>::max() / 2 }) {
        const double shown = bound == 2 ? 2 : 1e9;
        calls("levenshtein", shown, left, right, [=](const std::string &a, const std::string &b) {
            return rapidfuzz::levenshtein_distance(a, b, { 1, 1, 1 }, bound) <= bound;
        });
        cached<cached_distance>("levenshtein", shown, left,
                                [=](const cached_distance &a, const std::string &b) { return a.distance(b, bound) <= bound; });
    }
    return 0;
}
