"""The same trained model in Splink and in padan: same pairs, same levels, same weights, same clusters?

  bench/venv/bin/python bench/peers/splink_agreement.py SHARED_DATA [PROGRAM]

For each case Splink (the installed version, on DuckDB) trains a model on the data set, its settings are saved as Splink
saves them, and both score with that file. A line per case: pairs, the largest difference of match weight (bits), levels
that differ, and whether the clusters at probability .95 are the same partition. Exit code 1 when a case disagrees."""
import csv
import os
import random
import subprocess
import sys
import tempfile

import duckdb
import pandas
import splink.comparison_library as cl
import splink.comparison_level_library as cll
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

DATA = sys.argv[1]
PADAN = os.path.abspath(sys.argv[2] if len(sys.argv) > 2 else "build/release/padan")
TOLERANCE = 1e-6  # bits
CLUSTER_AT = 0.95


def tf(comparison):
    return comparison.configure(term_frequency_adjustments=True)


def by(level, column, weight, least, own_u=False):
    """A level that need not be exact, by how common a value is."""
    return level.configure(tf_adjustment_column=column, tf_adjustment_weight=weight, tf_minimum_u_value=least,
                           disable_tf_exact_match_detection=own_u)


CASES = {
    "fake1000 tutorial": {
        "set": "splink_fake1000", "type": "dedupe_only",
        "comparisons": [cl.NameComparison("first_name"), tf(cl.NameComparison("surname")),
                        cl.DateOfBirthComparison("dob", input_is_string=True), tf(cl.ExactMatch("city")),
                        cl.EmailComparison("email")],
        "rules": [block_on("first_name"), block_on("surname"), block_on("dob"), block_on("substr(email, 1, 4)")],
        "train": [block_on("first_name", "surname"), block_on("dob")]},
    "fake1000 reversed names": {
        "set": "splink_fake1000", "type": "dedupe_only",
        "comparisons": [cl.ForenameSurnameComparison("first_name", "surname"), cl.LevenshteinAtThresholds("dob", [1, 2]),
                        tf(cl.JaroWinklerAtThresholds("city", [0.9, 0.8])), cl.DamerauLevenshteinAtThresholds("email", [1, 3])],
        "rules": [block_on("substr(first_name,1,2)", "substr(dob,1,4)"), block_on("surname"),
                  "l.city = r.city and levenshtein(l.dob, r.dob) <= 1"],
        "train": [block_on("surname"), block_on("dob")]},
    "fake1000 frequencies": {
        "set": "splink_fake1000", "type": "dedupe_only",
        "comparisons": [cl.CustomComparison([cll.NullLevel("surname"), cll.ExactMatchLevel("surname", term_frequency_adjustments=True),
                                             by(cll.JaroWinklerLevel("surname", 0.9), "surname", 0.5, 0.005),
                                             by(cll.LevenshteinLevel("surname", 2), "surname", 1.0, 0.001, own_u=True),
                                             cll.ColumnsReversedLevel("first_name", "surname"), cll.ElseLevel()], "surname"),
                        cl.CustomComparison([cll.NullLevel("dob"), cll.ExactMatchLevel("dob", term_frequency_adjustments=True),
                                             cll.AbsoluteDateDifferenceLevel("dob", input_is_string=True, threshold=2, metric="month"),
                                             cll.CustomLevel("substr(dob_l, 1, 4) < substr(dob_r, 1, 4)"), cll.ElseLevel()], "dob"),
                        cl.JaccardAtThresholds("email", [0.9, 0.7])],
        "rules": [block_on("first_name"), "l.first_name = r.surname", block_on("dob"), block_on("surname", "city")],
        "train": [block_on("first_name", "city"), block_on("email")]},
    "febrl3": {
        "set": "febrl3", "type": "dedupe_only",
        "comparisons": [tf(cl.NameComparison("given_name")), tf(cl.NameComparison("surname")),
                        cl.LevenshteinAtThresholds("date_of_birth", [1, 2]), tf(cl.ExactMatch("postcode")),
                        cl.LevenshteinAtThresholds("soc_sec_id", [2]), cl.JaccardAtThresholds("address_1", [0.9, 0.7]),
                        cl.JaroAtThresholds("suburb", [0.95, 0.8])],
        "rules": [block_on("soc_sec_id"), block_on("given_name", "surname"), block_on("date_of_birth"),
                  block_on("postcode", "substr(surname,1,2)"), block_on("suburb", "street_number")],
        "train": [block_on("date_of_birth"), block_on("postcode"), block_on("soc_sec_id")]},
    "febrl4 link": {
        "set": "febrl4", "type": "link_only",
        "comparisons": [tf(cl.NameComparison("given_name")), tf(cl.NameComparison("surname")),
                        cl.LevenshteinAtThresholds("date_of_birth", [1, 2]), cl.PostcodeComparison("postcode"),
                        tf(cl.ExactMatch("state")), cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2])],
        "rules": [block_on("given_name", "surname"), block_on("surname", "postcode"), block_on("date_of_birth"),
                  block_on("soc_sec_id")],
        "train": [block_on("date_of_birth"), block_on("postcode")]},
    "febrl4 link and dedupe": {
        "set": "febrl4", "type": "link_and_dedupe",
        "comparisons": [cl.JaroWinklerAtThresholds("given_name", [0.9, 0.7]), cl.JaroWinklerAtThresholds("surname", [0.9, 0.7]),
                        cl.CustomComparison([cll.NullLevel("date_of_birth"), cll.ExactMatchLevel("date_of_birth"),
                                             cll.CustomLevel("substr(date_of_birth_l,1,6) = substr(date_of_birth_r,1,6)"),
                                             cll.ElseLevel()], "date_of_birth"),
                        tf(cl.LevenshteinAtThresholds("suburb", [2]))],
        "rules": [block_on("surname", "postcode"), block_on("date_of_birth")],
        "train": [block_on("date_of_birth"), block_on("suburb")]},
    "fodors_zagats link": {
        "set": "fodors_zagats", "type": "link_only",
        "comparisons": [cl.JaroWinklerAtThresholds("name", [0.92, 0.8, 0.7]), cl.JaccardAtThresholds("addr", [0.9, 0.7]),
                        tf(cl.ExactMatch("city")), cl.LevenshteinAtThresholds("phone", [1, 3])],
        "rules": [block_on("city"), block_on("substr(phone,1,7)"), block_on("substr(name,1,4)")],
        "train": [block_on("substr(phone,1,3)"), block_on("city")]},
}


ARRAYS = {"types": "emails=VARCHAR[],postcodes=VARCHAR[],numbers=VARCHAR[]",
          "comparisons": [cl.JaroWinklerAtThresholds("first_name", [0.9, 0.7]), cl.JaroWinklerAtThresholds("surname", [0.9]),
                          cl.ArrayIntersectAtSizes("emails", [2, 1]), cl.ArrayIntersectAtSizes("postcodes", [1])],
          "rules": [block_on("first_name", "surname"),
                    block_on("emails", arrays_to_explode=["emails"]),
                    block_on("surname"),
                    block_on("emails", "postcodes", arrays_to_explode=["emails", "postcodes"]),
                    block_on("substr(postcodes, 1, 3)", "substr(first_name, 1, 1)", arrays_to_explode=["postcodes"]),
                    {"blocking_rule": "l.numbers = r.numbers and levenshtein(l.postcodes, r.postcodes) <= 1",
                     "sql_dialect": "duckdb", "arrays_to_explode": ["numbers", "postcodes"]},
                    block_on("first_name")],
          "train": [block_on("surname"), block_on("first_name")]}
CASES["arrays"] = ARRAYS | {"type": "dedupe_only"}
CASES["arrays link"] = ARRAYS | {"type": "link_only"}
CASES["arrays link and dedupe"] = ARRAYS | {"type": "link_and_dedupe"}


def some(draw, values, most):
    """An array of up to most values, at times missing, with a missing value, or with one twice."""
    if draw.random() < 0.1:
        return None
    return [None if draw.random() < 0.05 else draw.choice(values) for _ in range(draw.randint(0, most))]


def made_arrays(case):
    draw = random.Random(5)
    rows = []
    for i in range(900):
        rows.append({"unique_id": f"r{i:03d}", "first_name": draw.choice(["ana", "anna", "budi", "citra", "dewi", None]),
                     "surname": draw.choice([f"s{n}" for n in range(40)]),
                     "emails": some(draw, [f"e{n}@x" for n in range(150)], 4),
                     "postcodes": some(draw, [f"{n:05d}" for n in range(100, 30000, 331)], 3),
                     "numbers": some(draw, [f"08{n}" for n in range(60)], 3)})
    whole = pandas.DataFrame(rows)
    if case["type"] == "dedupe_only":
        return {"data": whole}
    return {"a": whole.iloc[::2].reset_index(drop=True), "b": whole.iloc[1::2].reset_index(drop=True)}


def frames(case):
    if "types" in case:
        return made_arrays(case)
    whole = pandas.read_csv(os.path.join(DATA, case["set"], "data.csv"), dtype=str, keep_default_na=False)
    whole = whole.rename(columns={"rec_id": "unique_id"}).map(lambda cell: cell or None)
    if case["type"] == "dedupe_only":
        return {"data": whole}
    return {name: part.drop(columns="source").reset_index(drop=True) for name, part in whole.groupby("source")}


def train(case, data):
    connection = duckdb.connect()
    api = DuckDBAPI(connection)
    inputs = [api.register(frame, table_name=f"t_{name}", dataset_display_name=name) for name, frame in data.items()]
    settings = SettingsCreator(link_type=case["type"], comparisons=case["comparisons"],
                               blocking_rules_to_generate_predictions=case["rules"],
                               retain_intermediate_calculation_columns=True)
    linker = Linker(inputs if len(inputs) > 1 else inputs[0], settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match(case["rules"][:2], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e5, seed=1)
    for rule in case["train"]:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    return linker


def splink_side(linker):
    predicted = linker.inference.predict()
    pairs = predicted.as_pandas_dataframe()
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, CLUSTER_AT).as_pandas_dataframe()
    return pairs, clusters


def run(arguments):
    done = subprocess.run([PADAN] + arguments, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())


def in_csv(cell):
    """Arrays as DuckDB writes them."""
    return "[" + ", ".join("NULL" if item is None else item for item in cell) + "]" if isinstance(cell, list) else cell


def padan_side(case, data, model, folder):
    files = []
    for name, frame in data.items():
        files.append(os.path.join(folder, f"{name}.csv"))
        frame.map(in_csv).to_csv(files[-1], index=False)
    base = ["dedupe" if case["type"] == "dedupe_only" else "link"] + files + ["--model", model, "--quiet", "--link-type", case["type"]]
    base += ["--types", case["types"]] if "types" in case else []
    run(base + ["--all-pairs", "--out", os.path.join(folder, "all")])
    run(base + ["--threshold-probability", str(CLUSTER_AT), "--out", os.path.join(folder, "linked")])
    pairs = pandas.read_csv(os.path.join(folder, "all", "pairs.csv"), dtype={"unique_id_l": str, "unique_id_r": str})
    clusters = pandas.read_csv(os.path.join(folder, "linked", "clusters.csv"), dtype=str)
    return pairs, clusters


def partition(clusters):
    keys = ["source_dataset", "unique_id"] if "source_dataset" in clusters and clusters["source_dataset"].nunique() > 1 else ["unique_id"]
    groups = {}
    for row in clusters[keys + ["cluster_id"]].itertuples(index=False):
        groups.setdefault(row[-1], []).append(tuple(row[:-1]))
    return {tuple(sorted(members)) for members in groups.values()}


def by_pair(pairs):
    table = {}
    for row in pairs.to_dict("records"):
        left, right = row["unique_id_l"], row["unique_id_r"]
        table[(left, right)] = row
    return table


def compare(case, folder):
    data = frames(case)
    linker = train(case, data)
    model = os.path.join(folder, "model.json")
    linker.misc.save_model_to_json(model, overwrite=True)
    theirs, their_clusters = splink_side(linker)
    ours, our_clusters = padan_side(case, data, model, folder)
    a, b = by_pair(ours), by_pair(theirs)
    missing, extra = len(set(b) - set(a)), len(set(a) - set(b))
    gammas = [c for c in ours.columns if c.startswith("gamma_")]
    both = set(a) & set(b)
    levels = sum(int(a[p][g]) != int(b[p][g]) for p in both for g in gammas)
    worst = max((abs(a[p]["match_weight"] - b[p]["match_weight"]) for p in both), default=0)
    same = partition(our_clusters) == partition(their_clusters)
    keys = sum(int(a[p]["match_key"]) != int(b[p]["match_key"]) for p in both)
    return len(both), missing, extra, levels, worst, keys, same


def main():
    disagree = 0
    print("case,pairs,missing,extra,levels_different,worst_weight_bits,match_key_different,same_clusters")
    for name, case in CASES.items():
        if "set" in case and not os.path.isdir(os.path.join(DATA, case["set"])):
            print(f"{name},skipped")
            continue
        with tempfile.TemporaryDirectory() as folder:
            n, missing, extra, levels, worst, keys, same = compare(case, folder)
        print(f"{name},{n},{missing},{extra},{levels},{worst:.2e},{keys},{same}", flush=True)
        disagree += missing > 0 or extra > 0 or levels > 0 or worst > TOLERANCE or keys > 0 or not same
    return disagree > 0


sys.exit(main())
