# SPDX-License-Identifier: MIT
"""Does linking without configuration live by the names of columns or the order of rows?

    python3 tests/accuracy/renamed.py DATA PROGRAM RESULTS.csv [SET...]

Every public set as it is and with its columns renamed to c1..cn and shuffled, its rows shuffled too (ids and sources
stay): F1 of both, and what the second loses. Rewrites RESULTS.csv; prints the sets that lose more than .01."""
import csv
import json
import os
import random
import shutil
import subprocess
import sys

import sets

SEED = 1
LOSS_ALLOWED = 0.01
FIELDS = ["set", "f1", "f1_renamed", "loss"]
KEPT = ("rec_id", "source")


def rename(data, name, folder):
    """A copy of a set in folder/NAME; the truth is the same."""
    shuffled = random.Random(SEED)
    out = os.path.join(folder, name)
    os.makedirs(out)
    shutil.copy(os.path.join(data, name, "truth.csv"), out)
    with open(os.path.join(data, name, "data.csv"), newline="") as file:
        rows = list(csv.reader(file))
    header, body = rows[0], rows[1:]
    others = [i for i, column in enumerate(header) if column not in KEPT]
    shuffled.shuffle(others)
    shuffled.shuffle(body)
    order = [i for i, column in enumerate(header) if column in KEPT] + others
    names = [header[i] for i in order if header[i] in KEPT] + [f"c{k + 1}" for k in range(len(others))]
    with open(os.path.join(out, "data.csv"), "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([names, *([row[i] for i in order] for row in body)])


def f1_of(padan, data, name, work):
    out = os.path.join(work, "out")
    shutil.rmtree(out, ignore_errors=True)
    link = ["--source-column", "source", "--link-type", "link_only"] if sets.is_link(name) else []
    subprocess.run([padan, "link" if link else "dedupe", os.path.join(data, name, "data.csv"), "--unique-id", "rec_id",
                    *link, "--quiet", "--out", out], check=False, capture_output=True)
    command = [padan, "evaluate", "--truth", sets.truth_of(data, name, work), "--json", "--clusters",
               os.path.join(out, "clusters.csv"), *(["--link-only"] if link else [])]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["pairs"]["f1"]
    return found or 0


def main():
    data, padan, results = sys.argv[1:4]
    wanted = sys.argv[4:] or sets.SETS
    work = os.path.join("build", "accuracy-renamed")
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    rows = []
    for name in sets.present(data):
        if name not in wanted:
            continue
        rename(data, name, os.path.join(work, "data"))
        plain, renamed = f1_of(padan, data, name, work), f1_of(padan, os.path.join(work, "data"), name, work)
        rows.append(dict(zip(FIELDS, [name, f"{plain:.4f}", f"{renamed:.4f}", f"{plain - renamed:.4f}"])))
        print(f"{name:24} F1 {plain:.4f}, renamed {renamed:.4f}", flush=True)
    with open(results, "w", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    for row in rows:
        if float(row["loss"]) > LOSS_ALLOWED:
            print(f"{row['set']} loses more than {LOSS_ALLOWED}: {row['loss']}")


main()
