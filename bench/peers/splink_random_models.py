"""Random Splink models over random tables: are pairs, levels, weights and clusters those of Splink?

  bench/venv/bin/python -W ignore bench/peers/splink_random_models.py [FIRST [LAST [PROGRAM]]]

A model's number is its seed. It has comparisons of Splink's libraries with random arguments and written by hand, blocking
rules of both kinds, m and u that are given, missing or extreme, and term frequencies; its one to four tables have missing
values, names with blanks and capitals, lists, dates and rows that occur again. Splink (the installed version, on DuckDB)
and padan score with the same settings file. What docs/conditions.md names as differing is not drawn, nor what Splink itself
fails at, such as arrays to explode whose name is quoted.
Prints every model that differs, and the sums. Exit code 1 when one differs."""
import csv
import json
import logging
import math
import os
import random
import subprocess
import sys
import tempfile

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import ColumnExpression, DuckDBAPI, Linker, block_on

PADAN = os.path.abspath(sys.argv[3] if len(sys.argv) > 3 else "build/release/padan")
NEAR = 1e-6  # bits, and probability
CLUSTER_AT = 0.912345  # no sum of the weights below makes it
TYPES = {"born": "DATE", "moment": "TIMESTAMP", "lat": "DOUBLE", "lng": "DOUBLE", "amount": "DOUBLE", "units": "BIGINT",
         "flag": "BOOLEAN", "tags": "VARCHAR[]", "vector": "DOUBLE[2]"}
TEXTS = ["first", "last", "whole", "city", "dob", "email", "postcode", "number"]
OTHER_NAMES = {"first": ["First Name", "FIRST", "l", "nàme"], "last": ["last name", "last_r"], "city": ["City", "ort_l_r"],
               "amount": ["Amount Paid", "sum"], "units": ["count", "n"], "dob": ["date", "birth date"]}
ALIKE = [.95, .92, .9, .88, .8, .7, .6, .5]
APART = [1, 2, 3, 4, 6]


# --- tables ---


def new_row(draw):
    first = draw.choice(["SITI", "SITY", "BUDI", "BUDHI", "MARTHA", "MARHTA", "DWAYNE", "DUANE", "Élodie", "o'neil", "a"])
    last = draw.choice(["SANTOSO", "SNATOSO", "DIXON", "DICKSONX", "SITI", "BUDI", "SUSANTI", "LESTARI", "日本語"])
    date = f"{draw.choice([1899, 1970, 1971, 2004])}-{draw.choice([1, 2, 12]):02d}-{draw.choice([1, 3, 28]):02d}"
    return {
        "first": first, "last": last, "whole": f"{first} {last}", "city": draw.choice(["Bogor", "Bogor", "Bandung", "bogor"]),
        "dob": draw.choice([date] * 6 + ["1970-02-31", "soon"]), "postcode": draw.choice(["16111", "AB1 2CD", "AB1 2CE", "sw1a 1aa"]),
        "email": draw.choice([f"{first.lower()}@a.id", f"{last.lower()}@a.id", f"{last.lower()}@b.id", "x", "@", "a@b@c.d"]),
        "number": draw.choice(["0", "1", "12", "012", "-3", "1.5", "x"]), "born": date,
        "moment": f"{date} {draw.choice(['00:00:00', '23:59:59'])}", "lat": draw.choice([-6.6, -6.601, -6.9, 90.0]),
        "lng": draw.choice([106.8, 106.801, 107.6]), "amount": draw.choice([100.0, 119.5, 150.0, 0.0, -3.5]),
        "units": draw.choice([10, 11, 15, 100, -5, 0]), "flag": draw.choice([True, False]),
        "tags": draw.choice([["a", "b"], ["b"], ["bc", "d"], ["a", "b", "c"], [], ["alpha", "alpah"], ["a", None], ["a", "a"]]),
        "vector": draw.choice([[1.0, 0.0], [0.9, 0.1], [-1.0, 0.2]]),
    }


def made_rows(draw, n):
    rows = []
    missing = draw.choice([0, .05, .3])
    for _ in range(n):
        row = dict(draw.choice(rows)) if rows and draw.random() < .4 else new_row(draw)
        fresh = new_row(draw)
        row.update({name: fresh[name] for name in draw.sample(sorted(row), draw.choice([0, 1, 2, 4]))})
        rows.append({name: None if draw.random() < missing else value for name, value in row.items()})
    return rows


# --- models ---


class Drawn:
    """Parts of a model. n has the names of the columns in the tables."""

    def __init__(self, draw, names):
        self.draw, self.n = draw, names

    def text(self):
        return self.n[self.draw.choice(TEXTS)]

    def value(self):
        column, draw = ColumnExpression(self.text()), self.draw
        return draw.choice([lambda: column, lambda: column, column.lower, lambda: column.substr(draw.randint(1, 3), 2),
                            lambda: column.nullif("a"), lambda: column.regex_extract("^[A-Z]+")])()

    def some(self, values):
        return sorted(self.draw.sample(values, self.draw.randint(1, 3)), reverse=values[0] > values[-1])

    def comparison(self):
        n, draw = self.n, self.draw
        column = self.value()
        days = {"metrics": [draw.choice(["day", "month"]), "year"], "thresholds": [draw.choice([1, 20]), 2]}
        return draw.choice([
            lambda: cl.ExactMatch(draw.choice([column, n["units"], n["born"], n["flag"], n["tags"], n["amount"]])),
            lambda: cl.LevenshteinAtThresholds(column, self.some(APART)),
            lambda: cl.DamerauLevenshteinAtThresholds(column, self.some(APART)),
            lambda: cl.JaroAtThresholds(column, self.some(ALIKE)),
            lambda: cl.JaroWinklerAtThresholds(column, self.some(ALIKE)),
            lambda: cl.JaccardAtThresholds(column, self.some(ALIKE)),
            lambda: cl.PairwiseStringDistanceFunctionAtThresholds(n["tags"], "levenshtein", self.some(APART)),
            lambda: cl.PairwiseStringDistanceFunctionAtThresholds(n["tags"], "jaro_winkler", self.some(ALIKE)),
            lambda: cl.ArrayIntersectAtSizes(n["tags"], self.some([3, 2, 1])),
            lambda: cl.DistanceInKMAtThresholds(n["lat"], n["lng"], self.some([.1, 1, 50.5, 500])),
            lambda: cl.CosineSimilarityAtThresholds(n["vector"], self.some(ALIKE)),
            lambda: cl.DateOfBirthComparison(n["dob"], input_is_string=True, invalid_dates_as_null=draw.random() < .5),
            lambda: cl.DateOfBirthComparison(n["born"], input_is_string=False),
            lambda: cl.AbsoluteTimeDifferenceAtThresholds(n["moment"], input_is_string=False, **days),
            lambda: cl.AbsoluteDateDifferenceAtThresholds(n["born"], input_is_string=False, **days),
            lambda: cl.PostcodeComparison(n["postcode"], invalid_postcodes_as_null=draw.random() < .5),
            lambda: cl.EmailComparison(n["email"]), lambda: cl.NameComparison(self.text()),
            lambda: cl.ForenameSurnameComparison(n["first"], n["last"]), self.custom, self.custom, self.custom])()

    def level(self, depth=0):
        n, draw = self.n, self.draw
        column, side = self.value(), draw.choice(["both", "left", "right"])
        forms = [
            lambda: cll.ExactMatchLevel(column), lambda: cll.LiteralMatchLevel(n["city"], "Bogor", "string", side_of_comparison=side),
            lambda: cll.LiteralMatchLevel(n["units"], "10", "int", side_of_comparison=side),
            lambda: cll.ColumnsReversedLevel(n["first"], n["last"], symmetrical=draw.random() < .5),
            lambda: cll.LevenshteinLevel(column, draw.choice(APART)), lambda: cll.JaroWinklerLevel(column, draw.choice(ALIKE)),
            lambda: cll.JaccardLevel(column, draw.choice(ALIKE)), lambda: cll.ArrayIntersectLevel(n["tags"], draw.randint(1, 2)),
            lambda: cll.DistanceInKMLevel(n["lat"], n["lng"], 40.5, not_null=draw.random() < .5),
            lambda: cll.PercentageDifferenceLevel(n["amount"], draw.choice([.1, .35])),
            lambda: cll.AbsoluteDifferenceLevel(n["units"], draw.choice([0, 3])),
            lambda: cll.CustomLevel(self.condition()), lambda: cll.CustomLevel(self.condition())]
        if depth < 2:
            forms += [lambda: cll.And(self.level(depth + 1), self.level(depth + 1)), lambda: cll.Not(self.level(depth + 1)),
                      lambda: cll.Or(self.level(depth + 1), self.level(depth + 1))]
        return draw.choice(forms)()

    def condition(self):
        t, u = self.text(), self.text()
        form = self.draw.choice([
            '"{t}_l" = "{u}_r" AND "{t}_r" = "{u}_l"', 'substr("{t}_l", 1, 3) = substr("{t}_r", 1, 3)', '"{t}_l" < "{t}_r"',
            'jaro_winkler_similarity("{t}_l", "{u}_r") + jaro_winkler_similarity("{t}_r", "{u}_l") >= 1.8', '1=1',
            "split_part(\"{email}_l\", '@', 1) = split_part(\"{email}_r\", '@', 1)",
            '"{t}_l" || \' \' || "{u}_l" = "{t}_r" || \' \' || "{u}_r"',
            '"{born}_r" - "{born}_l" <= 30 and "{born}_r" >= "{born}_l"', "abs(date_diff('month', \"{born}_l\", \"{born}_r\")) <= 1",
            "abs(date_diff('month', try_strptime(\"{dob}_l\", '%Y-%m-%d'), try_strptime(\"{dob}_r\", '%Y-%m-%d'))) <= 2",
            '"{amount}_l" / nullif("{amount}_r", 0) > 0.7', 'TRY_CAST("{number}_l" AS INT) = TRY_CAST("{number}_r" AS INT)',
            '("{t}_l" = "{t}_r" OR "{u}_l" = "{u}_r") AND NOT ("{units}_l" = "{units}_r")', '"{t}_l" is not null and "{t}_r" is null',
            'CASE WHEN "{flag}_l" THEN "{t}_l" = "{t}_r" ELSE "{u}_l" = "{u}_r" END',
            'coalesce("{t}_l", "{u}_l") = coalesce("{t}_r", "{u}_r")', 'list_extract("{tags}_l", 1) = "{tags}_r"[-1]',
            'levenshtein("{t}_l", "{t}_r") / greatest(length("{t}_l"), length("{t}_r")) < 0.3',
            '"{t}_l" IN (\'BUDI\', \'Bogor\') AND "{t}_r" NOT IN (\'SITI\', \'12\')', "regexp_matches(\"{t}_l\", '^[A-Z]+$')"])
        return form.format(t=t, u=u, **{k: v for k, v in self.n.items() if k not in ("t", "u")})

    def custom(self):
        levels = [cll.NullLevel(self.value())] if self.draw.random() < .7 else []
        levels += [self.level() for _ in range(self.draw.randint(1, 4))]
        return cl.CustomComparison(levels + [cll.ElseLevel()], output_column_name=f"by hand {self.draw.randrange(1000)}")

    def key(self):
        n, text = self.n, self.text()
        return self.draw.choice([text, text, f'substr("{text}", 1, 2)', f'lower("{text}")', n["units"], n["born"], n["flag"],
                                 f'year("{n["born"]}")', f'strftime("{n["born"]}", \'%Y%m\')', f'round("{n["amount"]}"/10, 0)*10'])

    def rule(self):
        t, u = self.text(), self.text()
        form = self.draw.choice(
            [None, None, None, 'l."{t}" = r."{u}"', 'l."{t}" = r."{t}" AND levenshtein(r."{u}"::VARCHAR, l."{u}"::VARCHAR) <= 2',
             'l."{t}" = r."{t}" OR l."{u}" = r."{u}"', 'l."{t}" = r."{t}" and (l."{u}" = r."{u}" or l."{units}" = r."{units}")',
             '(l."{t}" = r."{t}" and l."{u}" = r."{u}") or l."{dob}" = r."{dob}"', 'l."{t}" = r."{t}" and l."{units}" < r."{units}"',
             'abs(l."{units}" - r."{units}") <= 1', 'l."{city}" = r."{city}" AND len(l."{t}") > 4', 'l."{born}" + 15 = r."{born}"',
             'yearweek(l."{born}") = yearweek(r."{born}")', 'jaro_winkler_similarity(l."{t}", r."{t}") > 0.9', "explode"])
        if form == "explode":
            keys = [self.n["tags"], self.n["city"]][:self.draw.randint(1, 2)]
            return block_on(*keys, arrays_to_explode=keys[:1]).create_blocking_rule_dict("duckdb")
        if form is None:
            return block_on(*[self.key() for _ in range(self.draw.choice([1, 1, 2, 3]))]).create_blocking_rule_dict("duckdb")
        return form.format(t=t, u=u, **{k: v for k, v in self.n.items() if k not in ("t", "u")})


def give_parameters(draw, comparisons, names):
    """m, u and term frequencies, by one of four moods for the whole model."""
    values = draw.choice([[.001, .01, .1, .3, .6, .9], [1.0, 1e-300, 1e-12, .5, .999999], [None], [None, .3, .01, 1.0]])
    for comparison in comparisons:
        levels = comparison["comparison_levels"]
        for level in levels:
            given = {name: draw.choice(values) for name in ("m_probability", "u_probability")}
            level.update({} if level.get("is_null_level") else {k: v for k, v in given.items() if v is not None})
            condition = level["sql_condition"]
            columns = [c for c in names if f'"{c}_l"' in condition and f'"{c}_r"' in condition and " " not in c]
            if not columns or draw.random() < .6:
                continue
            column = draw.choice(columns)
            exact = any(other["sql_condition"] == f'"{column}_l" = "{column}_r"' for other in levels)
            level.update(tf_adjustment_column=column, tf_adjustment_weight=draw.choice([.5, 1.0, 2.0]),
                         tf_minimum_u_value=draw.choice([0.0, .001, .05]),
                         disable_tf_exact_match_detection=not exact or draw.random() < .4)


def made_model(draw, drawn, link_type, unique_id):
    comparisons = {}
    for _ in range(draw.choice([1, 2, 3, 5, 8])):
        comparison = drawn.comparison().create_comparison_dict("duckdb")
        comparisons.setdefault(comparison["output_column_name"], comparison)
    give_parameters(draw, comparisons.values(), drawn.n.values())
    return {"link_type": link_type, "unique_id_column_name": unique_id, "comparisons": list(comparisons.values()),
            "blocking_rules_to_generate_predictions": [drawn.rule() for _ in range(draw.randint(1, 5))],
            "probability_two_random_records_match": draw.choice([1e-8, .0001, .01, .5, .99999]),
            "retain_intermediate_calculation_columns": True}


# --- both programs ---


def splink_side(model, tables, types):
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("SET ieee_floating_point_ops = false")
    connection.execute("SET lambda_syntax = 'ENABLE_SINGLE_ARROW'")
    api, inputs = DuckDBAPI(connection), []
    for name, rows in tables.items():
        connection.execute(f'CREATE TABLE "of_{name}" (' + ", ".join(f'"{c}" {t}' for c, t in types.items()) + ")")
        connection.executemany(f'INSERT INTO "of_{name}" VALUES ({", ".join("?" * len(types))})', [list(r.values()) for r in rows])
        table = connection.table(f"of_{name}").to_arrow_table()
        inputs.append(api.register(table, table_name=f"t_{name}", dataset_display_name=name))
    linker = Linker(inputs if len(inputs) > 1 else inputs[0], model, log_level="CRITICAL")
    predicted = linker.inference.predict()
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, CLUSTER_AT)
    return predicted.as_pandas_dataframe().to_dict("records"), clusters.as_pandas_dataframe().to_dict("records")


def in_csv(cell):
    if isinstance(cell, list):
        return "[" + ", ".join("NULL" if item is None else str(item) for item in cell) + "]"
    return "" if cell is None else str(cell)


def padan_side(model, tables, types, link_type, folder):
    files = [os.path.join(folder, f"{name}.csv") for name in tables]
    for path, rows in zip(files, tables.values()):
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([list(types)] + [[in_csv(cell) for cell in row.values()] for row in rows])
    declared = ",".join(f"{c}={t.replace('[2]', '[]')}" for c, t in types.items() if t != "VARCHAR")
    found = []
    for name, options in (("pairs", ["--all-pairs"]), ("clusters", ["--threshold-probability", str(CLUSTER_AT)])):
        out = os.path.join(folder, name)
        subprocess.run([PADAN, "dedupe" if len(files) == 1 else "link", *files, "--model", model, "--types", declared, "--quiet",
                        "--link-type", link_type, "--out", out, *options], check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(out, f"{name}.csv"), newline="", encoding="utf-8") as file:
            found.append(list(csv.DictReader(file)))
    return found


def by_pair(rows, unique_id, sources):
    """By the two rows, whichever is the left one: it makes no difference where levels and rules do not ask."""
    def name(row, side):
        return (row[f"source_dataset_{side}"] if sources else "", row[f"{unique_id}_{side}"])
    return {tuple(sorted([name(row, "l"), name(row, "r")])): row for row in rows}


def partition(rows, unique_id, sources):
    groups = {}
    for row in rows:
        groups.setdefault(row["cluster_id"], []).append((row["source_dataset"] if sources else "", row[unique_id]))
    return {tuple(sorted(members)) for members in groups.values()}


def differences(comparisons, ours, theirs):
    if set(ours) != set(theirs):
        yield f"{len(set(ours) - set(theirs))} pairs more and {len(set(theirs) - set(ours))} fewer than Splink's {len(theirs)}"
    both = sorted(set(ours) & set(theirs))
    gammas = ["gamma_" + comparison["output_column_name"].replace(" ", "_") for comparison in comparisons]
    own = {name.lower(): name for name in (ours[both[0]] if both else [])}
    for name in gammas + ["match_key", "match_weight", "match_probability"]:
        column = own.get("".join(c if c.isascii() and c.isalnum() else "_" * len(c.encode()) for c in name).lower(), name)
        for pair in both:
            a, b = float(ours[pair][column]), float(theirs[pair][name])
            if math.isnan(b) or abs(a - b) > NEAR:
                yield f"{name} of {pair} is {a}, Splink's {b}"
                break


def check(seed, folder):
    """Pairs compared, and what differs."""
    draw = random.Random(seed)
    names = {c: draw.choice(OTHER_NAMES.get(c, [c]) + [c]) for c in TEXTS + list(TYPES)}
    link_type = draw.choice(["dedupe_only", "dedupe_only", "link_only", "link_and_dedupe"])
    sources = sorted(draw.sample("abcdef", 1 if link_type == "dedupe_only" else draw.choice([2, 2, 3, 4])))
    unique_id = draw.choice(["unique_id", "Row Id"])
    drawn = enumerate(made_rows(draw, draw.choice([8, 60, 200])))
    rows = [{unique_id: f"k{i}"} | {names[c]: cell for c, cell in row.items()} for i, row in drawn]
    tables = {source: rows[i::len(sources)] for i, source in enumerate(sources)}
    types = {unique_id: "VARCHAR"} | {names[c]: TYPES.get(c, "VARCHAR") for c in TEXTS + list(TYPES)}
    model = made_model(draw, Drawn(draw, names), link_type, unique_id)
    path = os.path.join(folder, "model.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(model, file)
    theirs, their_clusters = splink_side(path, tables, types)
    ours, our_clusters = padan_side(path, tables, types, link_type, folder)
    several = len(sources) > 1
    pairs = by_pair(ours, "unique_id", several), by_pair(theirs, unique_id, several)
    found = list(differences(model["comparisons"], *pairs))
    if partition(our_clusters, "unique_id", several) != partition(their_clusters, unique_id, several):
        found.append("other clusters")
    return len(ours), found


def main(first=1, last=30):
    logging.disable(logging.CRITICAL)
    n_pairs = n_differ = 0
    for seed in range(int(first), int(last)):
        with tempfile.TemporaryDirectory() as folder:
            pairs, found = check(seed, folder)
        n_pairs += pairs
        n_differ += bool(found)
        for what in found:
            print(f"model {seed}: {what}", flush=True)
    print(f"{int(last) - int(first)} models, {n_pairs} pairs compared with Splink, {n_differ} models differ")
    return n_differ > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
