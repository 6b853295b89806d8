# SPDX-License-Identifier: MIT
"""The figures of the reports against those of a perfect run, on made-up nations.

    python3 tests/accuracy/figures.py PROGRAM RESULTS.csv [REGIME...]

Of every regime: generates a nation, runs its job, and compares the intervals [pasti, pasti + tinjau] of the reports with
expected.csv. Rewrites RESULTS.csv and prints what does not hold, of classes of more than 500:
  - the truth is inside the interval;
  - pasti alone is at most 2 % (baru) or 6 % off, for duplicates, the dead and overlaps;
  - tinjau, as a share of the program's rows, is at most twice the share of rows to be reviewed: of those without an
    automatic link to the register, or that may be in the registry (0.05 % is always allowed: 5 rows of 10,000).
Environment: PADAN_ACCURACY_PEOPLE (300000), PADAN_ACCURACY_SEED (20262)."""
import collections
import csv
import os
import shutil
import subprocess
import sys

REGIMES = ["baru", "daerah", "lama"]
LIMIT_PERCENT = {"baru": 2, "daerah": 6, "lama": 6}
PEOPLE = os.environ.get("PADAN_ACCURACY_PEOPLE", "300000")
SEED = os.environ.get("PADAN_ACCURACY_SEED", "20262")
SMALL = 500
WIDTH_ALLOWED = 0.05  # percent of the rows
QUARTER = "2026-T4"  # of the overlaps in expected.csv
FIELDS = ["regime", "people", "seed", "jenis", "program", "program_b", "tingkat", "truth", "certain", "review", "inside",
          "certain_off_percent", "review_percent", "to_review_percent", "holds"]


def rows_of(folder, name):
    with open(os.path.join(folder, name), newline="") as file:
        return list(csv.DictReader(file))


class Figures(collections.defaultdict):
    """[certain, to be reviewed] by (jenis, program, program_b, tingkat), the words of expected.csv."""

    def __init__(self):
        super().__init__(lambda: [0, 0])

    def add(self, key, certain, review):
        self[key][0] += int(certain)
        self[key][1] += int(review)

    def add_sure(self, key, row, n):
        """A row of a report that says how sure it is."""
        self[key][0 if row["keyakinan"] == "pasti" else 1] += int(n)


def add_duplicates(run, figures):
    """Payments too many; of K2, the numbers that several people have."""
    for row in rows_of(run, "rekap_ganda.csv"):
        if row["tingkat"] == "nasional":
            n = row["n_grup"] if row["kelas"] == "K2" else row["n_baris_lebih"]
            figures.add_sure(("ganda", row["program"], "", row["kelas"][:2]), row, n)


def add_ineligible(run, families, figures):
    """Rows by reason. Of a program that pays families, TIDAK_TERDAFTAR is about the family."""
    for row in rows_of(run, "penerima_tidak_layak.csv"):
        reason = row["alasan"].split(">")[0].split("<")[0]
        if reason == "TIDAK_TERDAFTAR" and row["program"] in families:
            reason = "KELUARGA_TIDAK_TERDAFTAR"
        figures.add_sure(("tidak_layak", row["program"], "", reason), row, 1)


def add_targeting(run, figures):
    """Recipients of the quarter, or of its first month."""
    for row in rows_of(run, "galat_sasaran.csv"):
        if row["tingkat"] != "nasional" or row["periode"] not in (QUARTER, "2026-10"):
            continue
        program, unit = row["program"], row["satuan"].upper()
        hit, missed, without = (int(row[f]) for f in ("penerima_sasaran", "penerima_bukan_sasaran", "tanpa_desil"))
        review = int(row["tinjau"])
        figures.add(("penerima_sasaran", program, "", unit), hit, review + without)
        figures.add(("penerima_terdaftar", program, "", unit), hit + missed + without, review)
        figures.add(("tidak_terdaftar", program, "", unit), row["tidak_terdaftar"], review)


def add_overlaps(run, figures):
    for row in rows_of(run, "tumpang_tindih_matriks.csv"):
        if row["periode"] == QUARTER:
            key = ("tumpang_tindih", row["program_a"], row["program_b"], row["tingkat"])
            figures.add(key, row["n"], row["n_tinjau"])


def count_rows(run):
    """[rows, those to be reviewed] by program."""
    rows = collections.defaultdict(lambda: [0, 0])
    for row in rows_of(run, "rekap_padan.csv"):
        if row["tingkat"] == "nasional" and row["program"]:
            rows[row["program"]][0] += int(row["n"])
            rows[row["program"]][1] += max(int(row["tinjau"]) + int(row["tidak_padan"]), int(row["tinjau_dtsen"]))
    return rows


def judge(regime, expected, figure, rows):
    """A row of the results: what is expected, what the reports say, and whether that is as it should be."""
    truth, (certain, review) = int(expected["n"]), figure
    programs = [expected[p] for p in ("program", "program_b") if expected[p]]
    fewest = min(rows[p][0] for p in programs)
    to_review = sum(100 * rows[p][1] / rows[p][0] for p in programs)
    off = 100 * (certain - truth) / truth if truth else 0
    width = 100 * review / fewest
    inside = certain <= truth <= certain + review
    limited = expected["jenis"] in ("ganda", "tumpang_tindih") or expected["tingkat"] in ("MENINGGAL", "PERGANTIAN_PENGURUS")
    holds = truth <= SMALL or (inside and width <= max(2 * to_review, WIDTH_ALLOWED) and
                               (not limited or abs(off) <= LIMIT_PERCENT[regime]))
    return dict(zip(FIELDS, [regime, PEOPLE, SEED, expected["jenis"], expected["program"], expected["program_b"],
                             expected["tingkat"], truth, certain, review, "yes" if inside else "no", f"{off:.2f}",
                             f"{width:.3f}", f"{to_review:.3f}", "yes" if holds else "no"]))


def compare(regime, nation, run):
    """Every figure of expected.csv that a report has."""
    expected = rows_of(nation, "expected.csv")
    families = {e["program"] for e in expected if e["jenis"] == "penerima" and e["tingkat"] == "KELUARGA"}
    figures = Figures()
    add_duplicates(run, figures)
    add_ineligible(run, families, figures)
    add_targeting(run, figures)
    add_overlaps(run, figures)
    kinds = {key[0] for key in figures}
    rows = count_rows(run)
    return [judge(regime, e, figures[(e["jenis"], e["program"], e["program_b"], e["tingkat"])], rows) for e in expected
            if e["jenis"] in kinds and not (e["tingkat"] == "TIDAK_TERDAFTAR" and e["program"] in families)]


def measure(padan, regime):
    nation = os.path.join("build", "figures", regime)
    shutil.rmtree(nation, ignore_errors=True)
    subprocess.run([padan, "generate", "--people", PEOPLE, "--seed", SEED, "--regime", regime, "--out", nation], check=True)
    done = subprocess.run([padan, "run", "--quiet", os.path.join(nation, "job.yaml")], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return compare(regime, nation, done.stdout.strip().splitlines()[-1])


def write_rows(path, rows):
    with open(path + ".new", "w", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    os.replace(path + ".new", path)


def report(regime, rows):
    judged = [r for r in rows if int(r["truth"]) > SMALL]
    inside = sum(r["inside"] == "yes" for r in judged)
    print(f"{regime}: {inside} of {len(judged)} figures inside their interval, "
          f"{sum(r['holds'] == 'yes' for r in judged)} hold all limits", flush=True)
    for r in judged:
        if r["holds"] == "no":
            print(f"  {r['jenis']} {r['program']} {r['program_b']} {r['tingkat']}: truth {r['truth']}, "
                  f"[{r['certain']}, {int(r['certain']) + int(r['review'])}], pasti {r['certain_off_percent']} % off, "
                  f"tinjau {r['review_percent']} % of rows (to review {r['to_review_percent']} %)")


def main():
    padan, results, *regimes = sys.argv[1:]
    old = rows_of(".", results) if os.path.exists(results) else []
    rows = {regime: [r for r in old if r["regime"] == regime] for regime in REGIMES}
    for regime in regimes or REGIMES:
        rows[regime] = measure(padan, regime)
        report(regime, rows[regime])
        write_rows(results, [r for regime in REGIMES for r in rows[regime]])


if __name__ == "__main__":
    main()
