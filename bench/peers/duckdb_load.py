"""How long does DuckDB's read_csv into a table take? Usage: duckdb_load.py DATA.csv [THREADS]. Best and median of 3."""
import sys
import time

import duckdb

data = sys.argv[1]
threads = int(sys.argv[2]) if len(sys.argv) > 2 else 2
print("name,threads,rows,best_s,median_s")
for name, options in (("read_csv all varchar", "all_varchar=true"), ("read_csv typed", "all_varchar=false")):
    runs = []
    for _ in range(3):
        db = duckdb.connect()
        db.execute(f"set threads={threads}; set preserve_insertion_order=true")
        begin = time.time()
        db.execute(f"create table t as select * from read_csv('{data}', header=true, {options})")
        runs.append(time.time() - begin)
        rows = db.execute("select count(*) from t").fetchone()[0]
        db.close()
    runs.sort()
    print(f"{name},{threads},{rows},{runs[0]:.3f},{runs[1]:.3f}")
