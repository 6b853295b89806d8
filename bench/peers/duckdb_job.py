"""The whole job of bench/e2e/people.json as plain DuckDB SQL: CSV to pairs, edges and clusters on disk.

Usage: duckdb_job.py DATA.csv OUT_DIR [THREADS]

Rules in order: a pair belongs to the first rule it meets. Clusters are the connected components of the edges, by
repeated spreading of the smallest id. Prints seconds per stage as CSV, and the counts that padan's must equal.
"""
import os
import resource
import sys
import time

import duckdb

RULES = [
    "l.nik = r.nik",
    "l.kk = r.kk and l.birth_date = r.birth_date",
    "l.p3 = r.p3 and l.birth_date = r.birth_date",
    "l.village = r.village and l.byear = r.byear and l.t_first = r.t_first",
    "l.t_first = r.t_first and l.t_last = r.t_last and l.bmonth = r.bmonth",
]

SCORE = """
    case when l.full_name = r.full_name then 9
         when jaro_winkler_similarity(l.full_name, r.full_name) >= 0.92 then 6.5
         when jaro_winkler_similarity(l.full_name, r.full_name) >= 0.85 then 3
         when jaro_winkler_similarity(l.full_name, r.full_name) >= 0.70 then -1 else -5 end::double
  + case when l.birth_date = r.birth_date then 8
         when levenshtein(l.birth_date, r.birth_date) <= 1 then 4
         when levenshtein(l.birth_date, r.birth_date) <= 2 then 2 else -4.5 end::double
  + case when l.nik is null or r.nik is null then 0 when l.nik = r.nik then 20
         when levenshtein(l.nik, r.nik) <= 1 then 12
         when levenshtein(l.nik, r.nik) <= 2 then 8 else -3 end::double
  + case when l.birth_place = r.birth_place then 3
         when jaro_winkler_similarity(l.birth_place, r.birth_place) >= 0.90 then 2 else -2.5 end::double
  + case when l.sex = r.sex then 0.9 else -5 end::double
  + case when l.kk is null or r.kk is null then 0 when l.kk = r.kk then 10 else -1 end::double
  + case when l.village = r.village then 6
         when l.v6 = r.v6 then 3.5 else -1.5 end::double - 16
"""


def main():
    data, out = sys.argv[1], sys.argv[2]
    threads = int(sys.argv[3]) if len(sys.argv) > 3 else 2
    os.makedirs(out, exist_ok=True)
    db = duckdb.connect()
    db.execute(f"set threads={threads}; set preserve_insertion_order=false; set memory_limit='14GB';")
    db.execute(f"set temp_directory='{out}/tmp'")
    begin = last = time.time()
    stages = []

    def done(stage):
        nonlocal last
        now = time.time()
        stages.append((stage, now - last))
        last = now

    db.execute(f"create table raw as select * from read_csv('{data}', all_varchar=true, header=true)")
    done("load")
    db.execute("""create table people as select unique_id::bigint as id, nullif(nik, '') as nik, nullif(kk, '') as kk,
        full_name, birth_place, birth_date, sex, village, substr(full_name, 1, 3) as p3,
        split_part(full_name, ' ', 1) as t_first, split_part(full_name, ' ', -1) as t_last,
        substr(birth_date, 1, 4) as byear, substr(birth_date, 1, 7) as bmonth, substr(village, 1, 6) as v6 from raw""")
    db.execute("drop table raw")
    done("derive")
    parts = []
    for i, rule in enumerate(RULES):
        earlier = " ".join(f"and not coalesce(({q}), false)" for q in RULES[:i])
        parts.append(f"select l.id as id_l, r.id as id_r, {i} as rule from people l join people r on {rule} "
                     f"where l.id < r.id {earlier}")
    db.execute("create table pairs as " + " union all ".join(parts))
    done("block")
    db.execute(f"""create table edges as select * from (select p.id_l, p.id_r, p.rule, {SCORE} as weight from pairs p
        join people l on l.id = p.id_l join people r on r.id = p.id_r) where weight >= 6""")
    done("score")
    db.execute("create table c as select id as node, id as label from people")
    db.execute("""create table e as select id_l as a, id_r as b from edges union all select id_r, id_l from edges""")
    while True:
        db.execute("""create or replace table n as select c.node, least(c.label, min(o.label)) as label
            from c join e on e.a = c.node join c o on o.node = e.b group by c.node, c.label""")
        changed = db.execute("select count(*) from n join c using (node) where n.label <> c.label").fetchone()[0]
        if changed == 0:
            break
        db.execute("update c set label = n.label from n where n.node = c.node and n.label <> c.label")
    done("cluster")
    db.execute(f"copy (select * from edges order by id_l, id_r) to '{out}/edges.csv' (header)")
    db.execute(f"copy (select node, label from c order by node) to '{out}/clusters.csv' (header)")
    done("write")
    total = last - begin
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print("stage,seconds")
    for stage, seconds in stages:
        print(f"{stage},{seconds:.2f}")
    print(f"total,{total:.2f}\ncpu,{usage.ru_utime + usage.ru_stime:.2f}\npeak_mb,{usage.ru_maxrss / 1024:.0f}")
    for i, n in db.execute("select rule, count(*) from pairs group by 1 order by 1").fetchall():
        print(f"pairs_rule_{i},{n}")
    print("pairs,%d" % db.execute("select count(*) from pairs").fetchone())
    print("edges,%d" % db.execute("select count(*) from edges").fetchone())
    print("clusters,%d" % db.execute("select count(distinct label) from c").fetchone())


main()
