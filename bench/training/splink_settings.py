# SPDX-License-Identifier: MIT
"""`padan train` against Splink's own training: the same settings, the same rows, the same thresholds.

    bench/venv/bin/python bench/training/splink_settings.py DATA PROGRAM [SET...] > bench/results/training_splink.csv

The settings are those that Splink runs with in tests/accuracy/peer_splink.py: comparisons from its library by the kind of
column, term frequencies on names, up to six blocking rules. Splink trains as its tutorials do. padan trains the same
settings file without being told more. Pairs from match probability .5, .9 and .99 on are scored, and for both the best
of the three by the truth is told; padan's also at the threshold that its trained model names, or .9 where it names none.
PADAN_TRAINING="padan" keeps Splink's figures of tests/accuracy/results.csv instead of running it again."""
import csv
import json
import logging
import os
import shutil
import subprocess
import sys
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "tests", "accuracy"))
import peer_sets
import peer_splink
import sets

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
THRESHOLDS = ("0.5", "0.9", "0.99")
FIELDS = ["set", "without", "splink_f1", "splink_threshold", "padan_f1", "padan_threshold", "padan_own_f1",
          "padan_own_precision", "padan_own_recall", "warnings"]


def write_settings(path, name, ignore):
    from splink import SettingsCreator
    settings = SettingsCreator(
        link_type="link_only" if sets.is_link(name) else "dedupe_only", unique_id_column_name="rec_id",
        source_dataset_column_name="source", blocking_rules_to_generate_predictions=peer_splink.rules_of(name, ignore),
        comparisons=[peer_splink.comparison(c, k) for c, k in peer_sets.COLUMNS[name].items() if c != ignore])
    with open(path, "w") as file:
        json.dump(settings.get_settings("duckdb").as_dict(), file, indent=1)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True)


def padan_figures(padan, data, name, ignore, work):
    """Figures by threshold, "own" among them, and the number of warnings."""
    rows, model, trained = (os.path.join(work, f) for f in (f"{name}.csv", "settings.json", "trained.json"))
    peer_sets.read(data, name).to_csv(rows, index=False)
    write_settings(model, name, ignore)
    link = ["--source-column", "source"] if sets.is_link(name) else []
    run(padan, "train", rows, "--model", model, *link, "--out", trained, "--quiet")
    with open(os.path.join(work, "trained.training.txt")) as file:
        n_warnings = next(line.split()[0] for line in file if line.endswith("warnings\n"))
    figures = {}
    for threshold in (*THRESHOLDS, "own"):
        out = os.path.join(work, "out")
        shutil.rmtree(out, ignore_errors=True)
        with open(trained) as file:
            given = threshold if threshold != "own" else "" if "padan_thresholds" in file.read() else "0.9"
        run(padan, "link" if link else "dedupe", rows, "--model", trained, *link, "--quiet", "--out", out,
            *(["--threshold-probability", given] if given else []))
        # as for the peers: pairs, joined to clusters in a dedupe
        kept = os.path.join(work, "pairs.csv")
        keep_pairs(out, kept)
        figures[threshold] = sets.evaluate(padan, data, name, ["--pairs", kept], work)["pairs"]
    return figures, n_warnings


def keep_pairs(out, path):
    """The pairs of a run at or above the threshold that it clustered from."""
    with open(os.path.join(out, "decisions.txt")) as file:
        threshold = next(float(line.split(">=")[1].split(",")[0]) for line in file if line.startswith("clusters"))
    with open(os.path.join(out, "pairs.csv"), newline="") as file, open(path, "w", newline="") as kept:
        reader = csv.DictReader(file)
        writer = csv.DictWriter(kept, reader.fieldnames, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in reader if float(row["match_weight"]) >= threshold)


def splink_figures(padan, data, name, ignore, work):
    """F1 and threshold, the best of three."""
    if os.environ.get("PADAN_TRAINING") == "padan":
        wanted = "splink 5" + (f" without {ignore}" if ignore else "") + ","
        for row in sets.read_rows(os.path.join("tests", "accuracy", "results.csv")):
            if row["set"] == name and row["configuration"].startswith(wanted):
                return float(row["f1"] or 0), row["configuration"].split(">= ")[-1]
        return 0, ""
    tried = [(sets.evaluate(padan, data, name, ["--pairs", path], work)["pairs"]["f1"] or 0, threshold.split(">= ")[-1])
             for threshold, path in peer_splink.pairs_of(data, name, ignore, work)]
    return max(tried)


def main():
    data, padan = sys.argv[1:3]
    work = os.path.join("build", "accuracy-training")
    os.makedirs(work, exist_ok=True)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(FIELDS)
    for name in sets.present(data):
        if sys.argv[3:] and name not in sys.argv[3:]:
            continue
        for ignore in [None, *([sets.IDENTIFIERS[name]] if name in sets.IDENTIFIERS else [])]:
            figures, n_warnings = padan_figures(padan, data, name, ignore, work)
            splink, splink_threshold = splink_figures(padan, data, name, ignore, work)
            best = max(THRESHOLDS, key=lambda t: figures[t]["f1"] or 0)
            own = figures["own"]
            writer.writerow([name, ignore or "", f"{splink:.4f}", splink_threshold, f"{figures[best]['f1'] or 0:.4f}", best,
                             *(f"{own[k] or 0:.4f}" for k in ("f1", "precision", "recall")), n_warnings])
            sys.stdout.flush()


main()
