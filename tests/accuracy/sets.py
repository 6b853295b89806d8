# SPDX-License-Identifier: MIT
"""The public sets that accuracy is measured on, and how a result becomes a row of results.csv."""
import csv
import json
import os
import subprocess
import sys

import noisy_people

LINKS_OF_PEOPLE = ["febrl4", "ons_working", "ons_pes_rwanda", "leipzig_ds_time_2k", "census841", *noisy_people.LINKS]
LINKS = [*LINKS_OF_PEOPLE, "fodors_zagats", "dblp_acm", "abt_buy"]
DEDUPES = ["febrl1", "febrl2", "febrl3", "febrl_dsgen_C10k", "splink_fake1000", "senzing_truthset", "dedupe_csv_example",
           "cora1879", "musicbrainz20k"]
SETS = DEDUPES[:6] + LINKS + DEDUPES[6:]

# Columns that are nearly keys, left out in a second configuration.
IDENTIFIERS = {"febrl1": "soc_sec_id", "febrl2": "soc_sec_id", "febrl3": "soc_sec_id", "febrl4": "soc_sec_id",
               "febrl_dsgen_C10k": "soc_sec_id"}

# Links that are also given as one file without a source: two lists, and nothing says which row is of which.
AS_ONE_FILE = ["ons_working", "census841", "dblp_acm"]

# Sets of people, which the preset `people` is tried on.
PEOPLE = [*DEDUPES[:6], *LINKS_OF_PEOPLE]

# Sets that are also trained on with labels (labels.py), as dedupe is: those that it was done with in time.
LABELLED = ["febrl1", "splink_fake1000", "senzing_truthset", "ons_pes_rwanda", "leipzig_ds_time_2k", "census841", "fodors_zagats"]

FIELDS = ["set", "configuration", "blocking_recall", "precision", "recall", "f1", "f1_low", "f1_high", "bcubed_precision",
          "bcubed_recall", "bcubed_f1", "seconds"]


def is_link(name):
    return name in LINKS


def prepare(data, work):
    """A folder of all sets: those of data as they are, and the links that are made of clean registers (noisy_people.py)."""
    folder = os.path.join(work, "sets")
    os.makedirs(folder, exist_ok=True)
    for name in SETS:
        here, there = os.path.join(folder, name), os.path.realpath(os.path.join(data, name))
        if name in noisy_people.LINKS and noisy_people.is_present(data):
            noisy_people.write(data, name, here)
        elif os.path.isdir(there) and not os.path.exists(here):
            os.symlink(there, here)
    return folder


def present(data):
    """The sets that are there; says which are skipped."""
    found = [name for name in SETS if os.path.exists(os.path.join(data, name, "data.csv"))]
    for name in SETS:
        if name not in found:
            print(f"{name}: skipped, not in {data}", file=sys.stderr)
    return found


def source_options(name, as_one=False):
    """What tells the sources of a link that is one file."""
    return ["--source-column", "source", "--link-type", "link_only"] if is_link(name) and not as_one else []


def linking_command(padan, data, name, out, as_one=False):
    """The command that links a set without configuration; as_one: as one file without sources."""
    return [padan, "link" if is_link(name) and not as_one else "dedupe", os.path.join(data, name, "data.csv"), "--unique-id",
            "rec_id", *source_options(name, as_one), "--quiet", "--out", out]


def truth_of(data, name, work):
    """The truth; in a link with the source of every row, so that pairs across sources can be told."""
    path = os.path.join(data, name, "truth.csv")
    if not is_link(name):
        return path
    with open(os.path.join(data, name, "data.csv"), newline="") as file:
        source = {r["rec_id"]: r["source"] for r in csv.DictReader(file)}
    with open(path, newline="") as file:
        rows = [(source[r["rec_id"]], r["rec_id"], r["entity_id"]) for r in csv.DictReader(file)]
    path = os.path.join(work, f"truth-{name}.csv")
    with open(path, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("source_dataset", "unique_id", "entity_id"), *rows])
    return path


def evaluate(padan, data, name, what, work, as_one=False):
    """The figures of `padan evaluate` for [run folder] or ["--clusters", file] or ["--pairs", file]; as_one: of a link given as one
    file, all pairs count."""
    truth = os.path.join(data, name, "truth.csv") if as_one else truth_of(data, name, work)
    command = [padan, "evaluate", "--truth", truth, "--json", *what]
    if is_link(name) and not as_one:
        command.append("--link-only")
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def row(name, configuration, figures, seconds, blocking_recall=""):
    pairs, bcubed = figures["pairs"], figures["bcubed"]
    interval = pairs.get("f1_interval") or {"low": "", "high": ""}

    def short(value):
        return f"{value:.4f}" if isinstance(value, float) else value

    return dict(zip(FIELDS, [name, configuration, short(blocking_recall), short(pairs["precision"]), short(pairs["recall"]),
                             short(pairs["f1"]), short(interval["low"]), short(interval["high"]),
                             short(bcubed["precision"]), short(bcubed["recall"]), short(bcubed["f1"]), f"{seconds:.1f}"]))


def read_rows(path):
    if not os.path.exists(path):
        return []
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path, rows):
    """Sorted by set, then configuration, so that a difference is easy to read."""
    order = {name: i for i, name in enumerate(SETS)}
    rows = sorted(rows, key=lambda r: (order.get(r["set"], len(order)), r["set"], r["configuration"]))
    with open(path + ".new", "w", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    os.replace(path + ".new", path)


def replace_rows(path, rows, owned):
    """Puts rows in place of those of a configuration that `owned` accepts, for the same sets."""
    sets = {r["set"] for r in rows}
    kept = [r for r in read_rows(path) if not (owned(r["configuration"]) and r["set"] in sets)]
    write_rows(path, kept + rows)
