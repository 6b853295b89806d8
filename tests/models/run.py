#!/usr/bin/env python3
"""Model files as Splink writes them: each comparison runs alone on rows.csv, and its levels must be those that Splink
found (*.gammas.csv), or it must be refused with the sentence in refused.csv (model,comparison,sentence). The settings of
its demonstrations (demo_*.json) run whole, and find the pairs, levels, match keys and weights of demo_*.pairs.csv.

  PADAN=build/release/padan python3 tests/models/run.py      ends with "N passed, N failed"
"""
import csv
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PADAN = os.path.abspath(os.environ.get("PADAN", os.path.join(HERE, "../../build/release/padan")))
TYPES = ("dob_date=DATE,lat=DOUBLE,lng=DOUBLE,amount=DOUBLE,units=BIGINT,tags=VARCHAR[],vector=DOUBLE[],"
         "phones=VARCHAR[]")
TOLERANCE = 1e-6  # bits of match weight


def read(name):
    with open(os.path.join(HERE, name), newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def run(rows, model, folder):
    out = os.path.join(folder, "out")
    done = subprocess.run([PADAN, "dedupe", os.path.join(HERE, rows), "--model", model, "--all-pairs", "--quiet", "--out", out]
                          + (["--types", TYPES] if rows == "rows.csv" else []), capture_output=True, text=True, check=False)
    if done.returncode:
        return None, done.stderr.strip()
    with open(os.path.join(out, "pairs.csv"), newline="", encoding="utf-8") as file:
        return {(r["unique_id_l"], r["unique_id_r"]): r for r in csv.DictReader(file)}, ""


def run_comparison(model, folder):
    path = os.path.join(folder, "model.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(model, file)
    return run("rows.csv", path, folder)


def different(pairs, name, expected):
    """The first disagreement in words, or ''."""
    if len(pairs) != len(expected):
        return f"{len(pairs)} pairs instead of {len(expected)}"
    for row in expected:
        key = (row["unique_id_l"], row["unique_id_r"])
        if int(pairs[key]["gamma_" + name]) != int(row["gamma_" + name]):
            return f"{key}: level {pairs[key]['gamma_' + name]} instead of {row['gamma_' + name]}"
    return ""


def demo_problem(name):
    """What is not as Splink found it with the settings of a demonstration, or ''."""
    with tempfile.TemporaryDirectory() as folder:
        pairs, message = run("demo_rows.csv", os.path.join(HERE, name + ".json"), folder)
    expected = {(row["unique_id_l"], row["unique_id_r"]): row for row in read(name + ".pairs.csv")}
    if pairs is None:
        return message
    if set(pairs) != set(expected):
        return f"pairs: {sorted(set(pairs) ^ set(expected))[:3]}"
    for key, row in expected.items():
        if abs(float(pairs[key]["match_weight"]) - float(row["match_weight"])) > TOLERANCE:
            return f"{key}: weight {pairs[key]['match_weight']} instead of {row['match_weight']}"
        for column in row:
            if column != "match_weight" and pairs[key][column] != row[column]:
                return f"{key}: {column} {pairs[key][column]} instead of {row[column]}"
    return ""


def main():
    refused = {(r["model"], r["comparison"]): r["sentence"] for r in read("refused.csv")}
    passed = failed = 0
    for file in sorted(f for f in os.listdir(HERE) if f.startswith("splink") and f.endswith(".json")):
        with open(os.path.join(HERE, file), encoding="utf-8") as handle:
            whole = json.load(handle)
        expected = read(file.split("_")[2].replace(".json", ".gammas.csv"))
        for comparison in whole["comparisons"]:
            name = comparison["output_column_name"]
            with tempfile.TemporaryDirectory() as folder:
                pairs, message = run_comparison(whole | {"comparisons": [comparison]}, folder)
            sentence = refused.get((file, name))
            if sentence is not None:
                problem = "" if pairs is None and sentence in message else f"not refused with: {sentence}: {message}"
            else:
                problem = message if pairs is None else different(pairs, name, expected)
            passed, failed = passed + (not problem), failed + bool(problem)
            if problem:
                print(f"{file} {name}: {problem}")
    for name in sorted(f.removesuffix(".json") for f in os.listdir(HERE) if f.startswith("demo_") and f.endswith(".json")):
        problem = demo_problem(name)
        passed, failed = passed + (not problem), failed + bool(problem)
        if problem:
            print(f"{name}: {problem}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
