#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How much of a run's processor time do overlaps, duplicates, eligibility, repair, review, findings and changes take,
beside a run that would only link and tell who is whose?

Reads samples with their callers, so the program is built with frame pointers; prints CSV. What the big files, which are
written in one pass, take for hashing and writing is parted by their bytes.

    make build/frames/padan BUILD=build/frames EXTRA_CFLAGS=-fno-omit-frame-pointer
    perf record -F 999 -e cpu-clock -g -o build/run.perf build/frames/padan run JOB.yaml --threads 1
    perf script -i build/run.perf -F comm,ip,sym | python3 bench/e2e/reports.py RUN_FOLDER
"""

import collections
import os
import sys

# What is added, and the functions that do it; the first line that fits a sample has it.
ADDED = [
    ("reconcile", ["pd_run_reconcile", "pd_findings_finish", "pd_run_check_findings"]),
    ("cakupan_keluarga", ["pd_write_family_coverage"]),
    ("galat_sasaran, cakupan_desil", ["pd_recipients_visit", "pd_targeting_write"]),
    ("ganda_dalam_program, rekap_ganda", ["pd_write_duplicates", "pd_write_duplicate_summary"]),
    ("penerima_tidak_layak", ["pd_write_ineligibles"]),
    ("temuan", ["pd_write_findings"]),
    ("tinjauan_manual", ["pd_write_reviews"]),
    ("tumpang_tindih_*", ["pd_write_overlap_matrix", "pd_write_combinations", "pd_write_forbidden"]),
    ("perubahan, keadaan/temuan", ["pd_run_write_changes"]),
    ("laporan.html", ["pd_write_page"]),
    ("perbaikan_data", ["pd_plan_repairs", "rows_lines"]),
]
BIG = ["klaster.csv", "hasil_padan.csv", "perbaikan_data.csv", "pasangan.csv", "keadaan/baris.bin", "keadaan/id.csv",
       "keadaan/pasangan.bin"]


def stacks(lines):
    """The functions of each sample."""
    names = set()
    for line in lines:
        if line.strip() and not line[0].isspace():
            continue
        fields = line.split()
        if fields:
            names.update(fields[1:2])
        elif names:
            yield names
            names = set()
    if names:
        yield names


def label(names):
    for what, functions in ADDED:
        if not names.isdisjoint(functions):
            return what
    if {"pd_run_folder_tables", "append"} <= names and "pd_write_match_summary" not in names:
        return "bytes"
    return "rest"


def main():
    folder = sys.argv[1]
    counts = collections.Counter(label(names) for names in stacks(sys.stdin))
    for what, _ in ADDED[:-1]:
        if counts[what] == 0:
            print(f"no sample of {what}: do its functions have other names?", file=sys.stderr)
    sizes = {name: os.path.getsize(os.path.join(folder, name)) for name in BIG}
    of_repairs = counts["bytes"] * sizes["perbaikan_data.csv"] / sum(sizes.values())
    counts["perbaikan_data"] += round(of_repairs)
    added = sum(counts[what] for what, _ in ADDED)
    base = counts["rest"] + counts["bytes"] - round(of_repairs)
    print("what,samples,percent_of_the_run_without")
    for what, n in sorted(((what, counts[what]) for what, _ in ADDED), key=lambda pair: -pair[1]):
        print(f'"{what}",{n},{100 * n / base:.1f}')
    print(f"added,{added},{100 * added / base:.1f}")
    print(f"the run without,{base},100.0")


if __name__ == "__main__":
    main()
