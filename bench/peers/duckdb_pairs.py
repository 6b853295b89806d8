"""How many pairs per second does DuckDB compare? Usage: duckdb_pairs.py PAIRS_FILE

The pairs are those of bench_kernels, in a table in memory; one thread, processor time, best of 3.
"""
import sys
import time

import duckdb

db = duckdb.connect()
db.execute("set threads=1")
db.execute("create table pairs as select * from read_csv(?, header=false, all_varchar=true, names=['a', 'b'])", [sys.argv[1]])
n = db.execute("select count(*) from pairs").fetchone()[0]
for name, bound, condition in (
    ("jaro_winkler_similarity", 0.85, "jaro_winkler_similarity(a, b, 0.85) >= 0.85"),
    ("jaro_winkler_similarity", 0, "jaro_winkler_similarity(a, b) >= 0"),
    ("levenshtein", 2, "levenshtein(a, b) <= 2"),
    ("levenshtein", 1e9, "levenshtein(a, b) <= 1000000000"),
):
    best = 1e9
    for _ in range(3):
        begin = time.process_time()
        passing = db.execute(f"select count(*) from pairs where {condition}").fetchone()[0]
        best = min(best, time.process_time() - begin)
    print(f"one,duckdb,{name},{bound:g},{n},{passing},{n / best / 1e6:.1f}")
