"""Compares a padan pairs.csv with the levels and weights that Splink found: compare_gammas.py PAIRS.csv GAMMAS.csv

Prints one line per comparison that differs and exits with 1; prints "N pairs, N comparisons agree" otherwise."""
import csv
import sys


def table(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {(r["unique_id_l"], r["unique_id_r"]): r for r in csv.DictReader(file)}


ours, theirs = table(sys.argv[1]), table(sys.argv[2])
wrong = 0
if set(ours) != set(theirs):
    print(f"pairs differ: {len(set(ours) - set(theirs))} only here, {len(set(theirs) - set(ours))} only there")
    wrong = 1
both = sorted(set(ours) & set(theirs))
columns = [c for c in next(iter(ours.values())) if c.startswith("gamma_")]
for column in columns:
    different = [p for p in both if int(ours[p][column]) != int(float(theirs[p][column]))]
    if different:
        wrong = 1
        p = different[0]
        print(f"{column}: {len(different)} of {len(both)} differ, first {p}: {ours[p][column]} here, {theirs[p][column]} there")
if len(columns) == sum(c.startswith("gamma_") for c in next(iter(theirs.values()))) and not wrong:
    worst = max(both, key=lambda p: abs(float(ours[p]["match_weight"]) - float(theirs[p]["match_weight"])))
    gap = abs(float(ours[worst]["match_weight"]) - float(theirs[worst]["match_weight"]))
    if gap > 1e-6:
        wrong = 1
        print(f"match_weight differs by {gap} at {worst}")
if not wrong:
    print(f"{len(both)} pairs, {len(columns)} comparisons agree")
sys.exit(wrong)
