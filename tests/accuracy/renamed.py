# SPDX-License-Identifier: MIT
"""Does linking without configuration live by the names of columns, the order of rows, or equal names in two files?

    python3 tests/accuracy/renamed.py DATA PROGRAM RESULTS.csv [SET...]

Every public set as it is and with its columns renamed to c1..cn and shuffled, its rows shuffled too (ids and sources
stay): F1 of both, and what the second loses. Links also as two files, once with the same names in both and once with the
columns of the second renamed and shuffled (split). Rewrites RESULTS.csv; prints the sets that lose more than .01."""
import csv
import os
import random
import shutil
import subprocess
import sys

import sets

SEED = 1
LOSS_ALLOWED = 0.01
FIELDS = ["set", "f1", "f1_renamed", "loss", "f1_split", "f1_split_renamed", "loss_split"]
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


def split(data, name, folder, renamed):
    """The sources of a link as files of their names in folder; the columns of all but the first renamed and shuffled."""
    shuffled = random.Random(SEED)
    with open(os.path.join(data, name, "data.csv"), newline="") as file:
        rows = list(csv.reader(file))
    header, body = rows[0], rows[1:]
    at = header.index("source")
    paths = []
    for source in sorted({row[at] for row in body}):
        kept = [header.index("rec_id")]
        others = [i for i, column in enumerate(header) if column not in KEPT]
        names = ["rec_id", *(header[i] for i in others)]
        if renamed and paths:
            shuffled.shuffle(others)
            names = ["rec_id", *(f"k{k + 1}" for k in range(len(others)))]
        paths.append(os.path.join(folder, f"{source}.csv"))
        with open(paths[-1], "w", newline="") as file:
            chosen = ([row[i] for i in kept + others] for row in body if row[at] == source)
            csv.writer(file, lineterminator="\n").writerows([names, *chosen])
    return paths


def f1_split(padan, data, name, work, renamed):
    folder = os.path.join(work, "split")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return f1_of(padan, data, name, work, split(data, name, folder, renamed))


def f1_of(padan, data, name, work, files=None):
    """files: the sources of a link, one each, instead of one file with a column that names them."""
    out = os.path.join(work, "out")
    shutil.rmtree(out, ignore_errors=True)
    command = [padan, "link", *files, "--unique-id", "rec_id", "--quiet", "--out", out] if files else \
        sets.linking_command(padan, data, name, out)
    subprocess.run(command, check=False, capture_output=True)
    return sets.evaluate(padan, data, name, ["--clusters", os.path.join(out, "clusters.csv")], work)["pairs"]["f1"] or 0


def main():
    data, padan, results = sys.argv[1:4]
    wanted = sys.argv[4:] or sets.SETS
    work = os.path.join("build", "accuracy-renamed")
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    data = sets.prepare(data, work)
    rows = []
    for name in sets.present(data):
        if name not in wanted:
            continue
        rename(data, name, os.path.join(work, "data"))
        plain, renamed = f1_of(padan, data, name, work), f1_of(padan, os.path.join(work, "data"), name, work)
        figures = [plain, renamed, plain - renamed]
        if sets.is_link(name):
            same, other = (f1_split(padan, data, name, work, renamed) for renamed in (False, True))
            figures += [same, other, same - other]
        rows.append(dict(zip(FIELDS, [name, *(f"{f:.4f}" for f in figures)])))
        print(f"{name:24} F1 {', '.join(f'{f:.4f}' for f in figures)}", flush=True)
    with open(results, "w", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)
    for row in rows:
        for loss in ("loss", "loss_split"):
            if float(row.get(loss) or 0) > LOSS_ALLOWED:
                print(f"{row['set']} has a {loss} of more than {LOSS_ALLOWED}: {row[loss]}")


main()
