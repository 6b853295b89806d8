"""The whole job of a trained Splink model by Splink itself, on DuckDB: read, block, score, cluster, write.

  splink_job.py train DATA.csv RULES MODEL.json             RULES: tutorial or wide, below
  splink_job.py run DATA.csv MODEL.json OUT_DIR [THREADS]

Training is not timed. `run` prints seconds per stage as CSV, and counts that padan's must equal. Splink scores every
pair and hands over those at THRESHOLD and above, as its tutorial does.
"""
import os
import resource
import sys
import time

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

THRESHOLD = 0.95
TUTORIAL = [block_on("nik"), block_on("full_name", "birth_date"), block_on("birth_date", "village")]
# Some 20 pairs per record.
RULES = {"tutorial": TUTORIAL, "wide": TUTORIAL + [block_on("village", "substr(birth_date, 1, 4)")]}


def tf(comparison):
    return comparison.configure(term_frequency_adjustments=True)


def load(path, threads):
    connection = duckdb.connect()
    connection.execute(f"set threads={threads}; set memory_limit='12GB'")
    connection.execute(f"create table people as select * from read_csv('{path}', all_varchar=true, header=true)")
    api = DuckDBAPI(connection)
    return connection, api.register("people", dataset_display_name="people")


def train(path, rules, out):
    _, table = load(path, 2)
    settings = SettingsCreator(
        link_type="dedupe_only", blocking_rules_to_generate_predictions=RULES[rules],
        comparisons=[tf(cl.NameComparison("full_name")), cl.DateOfBirthComparison("birth_date", input_is_string=True),
                     cl.LevenshteinAtThresholds("nik", [1, 2]), tf(cl.JaroWinklerAtThresholds("birth_place", [0.9])),
                     cl.ExactMatch("sex"), cl.ExactMatch("kk"), tf(cl.ExactMatch("village"))])
    linker = Linker(table, settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match([block_on("nik"), block_on("full_name", "birth_date")],
                                                                  recall=0.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e7, seed=1)
    for rule in (block_on("nik"), block_on("full_name", "birth_date")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    linker.misc.save_model_to_json(out, overwrite=True)


def run(path, model, out, threads):
    os.makedirs(out, exist_ok=True)
    begin = last = time.time()

    def done(stage):
        nonlocal last
        now = time.time()
        print(f"{stage},{now - last:.2f}", flush=True)
        last = now

    print("stage,seconds")
    connection, table = load(path, threads)
    linker = Linker(table, model, log_level="ERROR")
    done("load")
    pairs = linker.inference.predict(threshold_match_probability=THRESHOLD)
    done("predict")
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, THRESHOLD)
    done("cluster")
    connection.execute(f"copy {pairs.physical_name} to '{out}/pairs.csv' (header)")
    connection.execute(f"copy (select cluster_id, unique_id from {clusters.physical_name}) to '{out}/clusters.csv' (header)")
    done("write")
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(f"total,{last - begin:.2f}\ncpu,{usage.ru_utime + usage.ru_stime:.2f}\npeak_mb,{usage.ru_maxrss / 1024:.0f}")
    n_pairs = connection.execute(f"select count(*) from {pairs.physical_name}").fetchone()[0]
    n_clusters = connection.execute(f"select count(distinct cluster_id) from {clusters.physical_name}").fetchone()[0]
    print(f"edges,{n_pairs}\nclusters,{n_clusters}")


if sys.argv[1] == "train":
    train(sys.argv[2], sys.argv[3], sys.argv[4])
else:
    run(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]) if len(sys.argv) > 5 else 2)
