"""How many pairs per second does RapidFuzz's C++ compare, one call per pair? Usage: rapidfuzz_pairs.py PAIRS_FILE

The pairs are those of bench_kernels. process.cpdist loops over the pairs in C++, without a Python call per pair, so it
stands for one-pair calls of rapidfuzz-cpp; converting Python strings is inside the measured time. Best of 3.
"""
import sys
import time

import numpy as np
import rapidfuzz
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

with open(sys.argv[1]) as file:
    pairs = [line.rstrip("\n").split(",") for line in file]
left, right = [p[0] for p in pairs], [p[1] for p in pairs]
print("function,bound,pairs,passing,mpairs_per_s")
for name, scorer, cutoff, dtype in (
    ("jaro_winkler_similarity", JaroWinkler.similarity, 0.85, np.float64),
    ("jaro_winkler_similarity", JaroWinkler.similarity, None, np.float64),
    ("levenshtein", Levenshtein.distance, 2, np.int32),
    ("levenshtein", Levenshtein.distance, None, np.int32),
):
    best = 1e9
    for _ in range(3):
        begin = time.time()
        out = process.cpdist(left, right, scorer=scorer, score_cutoff=cutoff, workers=1, dtype=dtype)
        best = min(best, time.time() - begin)
    bound = 0 if cutoff is None else cutoff
    passing = (out >= bound).sum() if scorer is JaroWinkler.similarity else (out <= (cutoff or 1e9)).sum()
    print(f"{name},{bound if cutoff is not None or scorer is JaroWinkler.similarity else 1e9:g},{len(pairs)},{passing},"
          f"{len(pairs) / best / 1e6:.1f}")
print("version", rapidfuzz.__version__, file=sys.stderr)
