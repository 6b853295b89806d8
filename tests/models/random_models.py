#!/usr/bin/env python3
"""Laws of the engine on random models over random tables, through the command line. Of every model:

  whole      each pair once, with the weight that its levels add up to (models with term frequencies aside)
  bounded    a run from a weight on keeps the pairs that a run of all pairs gives that weight, line for line
  clusters   are what is joined by these pairs
  machine    the same bytes for three threads, for scalar kernels and under a bound of memory
  rules      in another order: the same pairs, but for the rule that finds them
  rows       and columns in another order: the same pairs

  PADAN=build/release/padan python3 tests/models/random_models.py [FIRST [LAST]]      ends with "N passed, N failed"

A model's number is its seed."""
import collections
import csv
import json
import math
import os
import random
import subprocess
import sys
import tempfile

PADAN = os.path.abspath(os.environ.get("PADAN", "build/release/padan"))
TYPES = "n=INT,x=DOUBLE,born=DATE,tags=VARCHAR[]"
NEAR = 1e-5  # bits: weights are written with nine digits
GIVEN = "ahmad siti budi dewi agus nur joko rina hadi wati maria maryam john jon jonathan élan anna ana".split()
FAMILY = "santoso lestari wijaya hidayat saputra o'neil smith smyth schmidt rahayu kusuma pratama x".split()
CITIES = ["Bandung", "bandung", "BANDUNG", "Medan", "Jambi"] + [f"kota{i}" for i in range(30)]


# --- tables ---


def new_row(draw):
    def one(value):
        return "" if draw.random() < .08 else str(value)
    return {
        "given": one(draw.choice(GIVEN)), "family": one(draw.choice(FAMILY)), "city": one(draw.choice(CITIES)),
        "code": one(f"{draw.choice([1, 2, 12345, 54321, draw.randrange(100000)]):05}"),
        "born": one(f"{draw.choice([1950, 1980, 1999])}-{draw.randint(1, 12):02}-{draw.choice([1, 2, 15, 28]):02}"),
        "n": one(draw.choice([0, 1, 2, 3, 10, -5, 100, 101, 99999])), "x": one(draw.choice([.5, 1.25, 1e3, -7, 3])),
        "tags": one("[" + ", ".join(draw.sample(["a", "b", "c", "d e", "f"], draw.randint(0, 3))) + "]"),
        "long": one(" ".join(draw.choice(GIVEN + FAMILY) for _ in range(draw.randint(1, 9)))),
    }


def spoilt(draw, row):
    """The same with a few values missing, and letters of texts changed."""
    row = {**row}
    for name in draw.sample(sorted(row), draw.randint(0, 3)):
        text = row[name]
        if name in ("born", "n", "x", "tags") or not text or draw.random() < .3:
            row[name] = ""
        else:
            at = draw.randrange(len(text))
            row[name] = text[:at] + draw.choice("abx1") + text[at + 1:]
    if draw.random() < .1:
        row["given"], row["family"] = row["family"], row["given"]
    return row


def made_rows(draw, n):
    rows = []
    for _ in range(n):
        rows.append(spoilt(draw, draw.choice(rows)) if rows and draw.random() < .35 else new_row(draw))
    prefix = draw.choice(["", "", "k"])
    for number, row in zip(draw.sample(range(1, 10 * n), n), rows):
        row["unique_id"] = f"{prefix}{number}"
    return rows


# --- models ---


def conditions(draw):
    t = draw.choice(["given", "family", "code", "city", "long"])
    return draw.choice([
        [f"{t}_l = {t}_r"],
        [f"{t}_l = {t}_r", f"jaro_winkler_similarity({t}_l, {t}_r) >= 0.9", f"jaro_winkler_similarity({t}_l, {t}_r) >= 0.7"],
        [f"{t}_l = {t}_r", f"levenshtein({t}_l, {t}_r) <= 1", f"levenshtein({t}_l, {t}_r) <= {draw.choice([2, 3, 5])}"],
        [f"{t}_l = {t}_r", f"damerau_levenshtein({t}_l, {t}_r) <= 1"],
        [f"jaccard({t}_l, {t}_r) >= 0.8", f"jaccard({t}_l, {t}_r) >= 0.4"],
        ["given_l = given_r AND family_l = family_r", "given_l = family_r AND family_l = given_r", "given_l = given_r"],
        ["given_l = family_r"],
        ["born_l = born_r", "abs(epoch(born_l) - epoch(born_r)) <= 86400*30", "abs(date_diff('day', born_l, born_r)) <= 366"],
        ["born_l = born_r", "levenshtein(CAST(born_l AS VARCHAR), CAST(born_r AS VARCHAR)) <= 1"],
        ["n_l = n_r", "abs(n_l - n_r) <= 2"],
        ["abs(n_l - n_r) <= 1"],
        ["abs(x_l - x_r) / greatest(abs(x_l), abs(x_r)) <= 0.1"],
        [f"coalesce(array_length(list_intersect(tags_l, tags_r)), 0) >= {k}" for k in (2, 1)],
        [f"substr({t}_l, 1, 3) = substr({t}_r, 1, 3)"],
        [f"lower({t}_l) = lower({t}_r)", f"left({t}_l, 1) = left({t}_r, 1)"],
        ["code_l = code_r", "substr(code_l, 1, 3) = substr(code_r, 1, 3)", "levenshtein(code_l, code_r) <= 1"],
        [f"{t}_l = {t}_r AND born_l = born_r"],
        [f"{t}_l = 'budi' AND {t}_r = 'budi'", f"{t}_l = {t}_r"],
        ["given_l < given_r"],
        ["born_l <= born_r AND n_l = n_r", "n_l > n_r"],
    ])


def null_level(draw, drawn):
    columns = [c for c in ("given", "family", "code", "city", "long", "born", "n", "x", "tags") if any(f"{c}_l" in d for d in drawn)]
    either = draw.random() < .7
    tests = [f"{c}_l IS NULL OR {c}_r IS NULL" if either else f"({c}_l IS NULL AND {c}_r IS NULL)" for c in columns]
    return {"sql_condition": (" OR " if either else " AND ").join(tests), "is_null_level": True}


def comparison(draw, number):
    drawn = conditions(draw)
    levels = [null_level(draw, drawn)] if draw.random() < .75 else []
    for condition in drawn:
        level = {"sql_condition": condition, "m_probability": draw.choice([.5, .3, .2, .05]),
                 "u_probability": draw.choice([.001, .01, .1, .3, .6])}
        column = condition.split("_l")[0]
        if condition == f"{column}_l = {column}_r" and column not in ("born", "n") and draw.random() < .3:
            level.update(tf_adjustment_column=column, tf_adjustment_weight=draw.choice([.5, 1.0]))
        levels.append(level)
    levels.append({"sql_condition": "ELSE", "m_probability": draw.choice([.1, .01, .4]), "u_probability": draw.choice([.9, .5, .99])})
    return {"output_column_name": f"c{number}", "comparison_levels": levels}


def comparison_without_equality(draw):
    """Of no column on both sides, nor is any missing: there is nothing that rows could be packed by."""
    condition = draw.choice(["given_l = family_r", "abs(n_l - n_r) <= 1", "given_l < given_r", "levenshtein(given_l, family_r) <= 2"])
    levels = [(condition, .9, .01), ("ELSE", .1, .99)]
    return {"output_column_name": "c0", "comparison_levels": [
        {"sql_condition": condition, "m_probability": m, "u_probability": u} for condition, m, u in levels]}


def rule(draw):
    t = draw.choice(["given", "family", "city"])
    return draw.choice([
        f"l.{t} = r.{t}", "l.given = r.given AND l.family = r.family", "l.born = r.born", "l.given = r.family", "l.code = r.code",
        f"substr(l.{t}, 1, 2) = substr(r.{t}, 1, 2) AND l.n = r.n", "l.city = r.city AND l.born = r.born", "l.n = r.n", "1 = 1",
        "lower(l.city) = lower(r.city) AND l.given = r.given", f"l.{t} = r.{t} AND abs(l.n - r.n) <= 3",
        f"l.born = r.born AND levenshtein(l.{t}, r.{t}) <= 2", "l.family = r.family AND l.born < r.born",
        {"blocking_rule": "l.tags = r.tags", "arrays_to_explode": ["tags"]},
    ])


# --- laws ---


class Broken(Exception):
    pass


def pair_of(row):
    return tuple(row.get(f"{name}_{side}", "") for side in "lr" for name in ("source_dataset", "unique_id"))


def without_sides(rows):
    """By pair of rows: what does not say which is the left one."""
    ids = ("unique_id_", "source_dataset_")
    return {frozenset((key[:2], key[2:])): {k: v for k, v in row.items() if not k.startswith(ids)} for key, row in rows.items()}


class Trial:
    def __init__(self, seed, folder):
        draw = self.draw = random.Random(seed)
        self.folder = folder
        self.link_type = draw.choice(["dedupe_only", "dedupe_only", "link_only", "link_and_dedupe"])
        self.rows = made_rows(draw, draw.choice([4, 20, 150, 400]))
        self.columns = list(self.rows[0])
        n = len(self.rows)
        self.files = {"a.csv": self.rows} if self.link_type == "dedupe_only" else {"a.csv": self.rows[:n // 2], "b.csv": self.rows[n // 2:]}
        self.model = {"link_type": self.link_type, "probability_two_random_records_match": draw.choice([.001, .05, .3]),
                      "blocking_rules_to_generate_predictions": [rule(draw) for _ in range(draw.randint(1, 4))],
                      "comparisons": [comparison(draw, k) for k in range(draw.choice([1, 1, 2, 3, 5, 8]))]}
        if draw.random() < .1:
            self.model.update(blocking_rules_to_generate_predictions=["1 = 1"], comparisons=[comparison_without_equality(draw)])
        self.write(self.files)

    def write(self, files):
        self.draw.shuffle(self.columns)
        for name, rows in files.items():
            with open(os.path.join(self.folder, name), "w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, self.columns)
                writer.writeheader()
                writer.writerows(rows)

    def run(self, *options, rules=None, cpu=None):
        """Pairs by their rows, and the bytes of both files."""
        model, out = {**self.model}, os.path.join(self.folder, "o")
        if rules:
            model["blocking_rules_to_generate_predictions"] = rules
        with open(os.path.join(self.folder, "model.json"), "w", encoding="utf-8") as file:
            json.dump(model, file)
        done = subprocess.run([PADAN, "dedupe" if len(self.files) == 1 else "link", *self.files, "--quiet", "--model", "model.json",
                               "--types", TYPES, "--link-type", self.link_type, "--out", out, *map(str, options)],
                              capture_output=True, text=True, cwd=self.folder, env={**os.environ, **({"PADAN_CPU": cpu} if cpu else {})},
                              check=False)
        if done.returncode:
            raise Broken(f"exit {done.returncode}: {done.stderr.strip()}")
        whole = []
        for name in ("pairs.csv", "clusters.csv"):
            with open(os.path.join(out, name), "rb") as file:
                whole.append(file.read())
        rows = list(csv.DictReader(whole[0].decode().splitlines()))
        found = {pair_of(row): row for row in rows}
        if len(found) != len(rows):
            raise Broken("a pair stands twice")
        return found, whole

    def weight(self, row):
        """Of the levels of a pair; None where a frequency is added."""
        prior = self.model["probability_two_random_records_match"]
        weight = math.log2(prior / (1 - prior))
        for each in self.model["comparisons"]:
            gamma = int(row[f"gamma_{each['output_column_name']}"])
            levels = [level for level in each["comparison_levels"] if not level.get("is_null_level")]
            if gamma < 0:
                continue
            level = levels[len(levels) - 1 - gamma]
            if "tf_adjustment_column" in level:
                return None
            weight += math.log2(level["m_probability"] / level["u_probability"])
        return weight

    def check_clusters(self, pairs, clusters):
        leader = {}

        def find(row):
            while leader.setdefault(row, row) != row:
                row = leader[row]
            return row
        for pair in pairs:
            leader[find(pair[:2])] = find(pair[2:])
        told, joined = collections.defaultdict(set), collections.defaultdict(set)
        for row in csv.DictReader(clusters.decode().splitlines()):
            name = (row.get("source_dataset", ""), row["unique_id"])
            told[row["cluster_id"]].add(name)
            joined[find(name)].add(name)
        if sum(map(len, told.values())) != len(self.rows):
            raise Broken("clusters.csv has other rows")
        if sorted(map(sorted, told.values())) != sorted(map(sorted, joined.values())):
            raise Broken("clusters are not what the pairs join")

    def check(self):
        every, _ = self.run("--all-pairs", "--threads", 1)
        for row in every.values():
            weight = self.weight(row)
            if weight is not None and abs(weight - float(row["match_weight"])) > NEAR:
                raise Broken(f"weight {row['match_weight']} of levels that add up to {weight}")
        weights = sorted(float(row["match_weight"]) for row in every.values()) or [0]
        for least in (weights[-1] - 1, round(self.draw.choice(weights), 3) + self.draw.choice([-.5, 0, .5])):
            kept = self.check_from(least, every)
        for rows in self.files.values():
            self.draw.shuffle(rows)
        self.write(self.files)
        if without_sides(self.run("--threshold-weight", least)[0]) != without_sides(kept):
            raise Broken("rows in another order give other pairs")

    def check_from(self, least, every):
        """Pairs from a weight on, if all is as it must be."""
        bounded = ["--threshold-weight", least]
        kept, whole = self.run(*bounded, "--threads", 1)
        sure, maybe = ({k for k, row in every.items() if float(row["match_weight"]) >= least + d} for d in (NEAR, -NEAR))
        if not sure <= set(kept) <= maybe or any(every[k] != row for k, row in kept.items()):
            raise Broken(f"from {least} on there are {len(kept)} pairs of {len(sure)}, or they differ")
        self.check_clusters(kept, whole[1])
        for name, options, cpu in (("three threads", ["--threads", 3], None), ("scalar kernels", ["--threads", 2], "scalar"),
                                   ("a bound of memory", ["--threads", 2, "--memory", "1G"], None)):
            if self.run(*bounded, *options, cpu=cpu)[1] != whole:
                raise Broken(f"other bytes by {name}")
        turned, _ = self.run(*bounded, rules=self.model["blocking_rules_to_generate_predictions"][::-1])
        if any({**row, "match_key": ""} != {**kept.get(k, {}), "match_key": ""} for k, row in turned.items()) or len(turned) != len(kept):
            raise Broken("rules in another order find other pairs")
        return kept


def main(first=20, last=60):
    n_passed = n_failed = 0
    for seed in range(int(first), int(last)):
        with tempfile.TemporaryDirectory() as folder:
            try:
                Trial(seed, folder).check()
                n_passed += 1
            except Broken as what:
                print(f"random model {seed}: {what}")
                n_failed += 1
    print(f"{n_passed} passed, {n_failed} failed")
    return n_failed > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
