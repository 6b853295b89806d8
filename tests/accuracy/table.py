# SPDX-License-Identifier: MIT
"""Prints results.csv as the tables of the README: F1 of each set without configuration, beside the others' best (of the
two ways of dedupe, the better), and what padan run finds of generated nations. tools/lint/readme_figures.sh holds the README
to them.

    python3 tests/accuracy/table.py tests/accuracy/results.csv"""
import csv
import sys

sys.path.insert(0, __file__.rsplit("/", 1)[0])
import sets  # noqa: E402

PROGRAMS = [("padan, zero configuration", "padan, no configuration"), ("padan, preset people", "padan, preset people"),
            ("splink 5", "Splink 5"), ("recordlinkage 0.16", "recordlinkage 0.16"), ("goldenmatch 3.22", "GoldenMatch 3.22"),
            ("dedupe 3.0", "dedupe 3.0")]


def program_of(configuration):
    """Without what was tried, or that nothing was: of padan that is part of the name."""
    if configuration.startswith("padan"):
        return configuration
    return configuration.split(", ")[0]


def print_sets(rows):
    print("| set | " + " | ".join(title for _, title in PROGRAMS) + " |")
    print("|---|" + "---|" * len(PROGRAMS))
    for name in sets.SETS:
        for ignore in ("", *([sets.IDENTIFIERS[name]] if name in sets.IDENTIFIERS else [])):
            cells = []
            for prefix, _ in PROGRAMS:
                wanted = prefix + (f" without {ignore}" if ignore else "")
                found = [r for r in rows if r["set"] == name and program_of(r["configuration"]) == wanted]
                cells.append(max((r["f1"] for r in found), default=""))
            if any(cells):
                print(f"| {name}{' without ' + ignore if ignore else ''} | " + " | ".join(cells) + " |")


def print_regimes(rows):
    print("| regime | precision | recall |")
    print("|---|---|---|")
    for row in rows:
        if row["set"].startswith("regime ") and row["configuration"].startswith("padan, preset"):
            regime, people = row["set"].removeprefix("regime ").split(",", 1)
            print(f"| {regime.upper()},{people} | {row['precision']} | {row['recall']} |")


def main():
    with open(sys.argv[1], newline="") as file:
        rows = list(csv.DictReader(file))
    print_sets(rows)
    print()
    print_regimes(rows)


main()
