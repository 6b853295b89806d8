"""Random conditions over random tables: does padan say of every pair what DuckDB says?

  bench/venv/bin/python bench/peers/condition_agreement.py [ROUNDS [PROGRAM]]

A round (its number is the seed) makes a table of texts, numbers, dates, lists and truth values, comparisons whose levels
are random conditions, and blocking rules of the same kind before a last one that takes every pair. Each pair's levels and
first rule must be those of DuckDB's CASE. Values and forms that docs/conditions.md names as differing are not drawn.
Prints every condition that differs, with the values it read, and the sums. Exit code 1 when one differs."""
import csv
import json
import os
import random
import subprocess
import sys
import tempfile

import duckdb

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 3
PADAN = os.path.abspath(sys.argv[2] if len(sys.argv) > 2 else "build/release/padan")
ROWS = 34
SIZES = [1, 1, 1, 2, 5, 30]  # comparisons of a model: few of them are scored in other ways than many
TYPES = {"a": "VARCHAR", "b": "VARCHAR", "n": "VARCHAR", "d": "VARCHAR", "i": "BIGINT", "x": "DOUBLE", "t": "DATE",
         "s": "VARCHAR[]", "g": "BOOLEAN"}

WORDS = ["ana", "Budi", "budi", "ANA", "a", "ab", "abc", "ba", "a b", "o'neil", "x,y", "a-b-c", "aa-b", "--", "siti nurhaliza",
         "martha", "marhta", "dixon", "dicksonx", "foo@bar.id", "(x)", "A1B2C3", "12", "0012", "é", "Élan", "élan", "ß", "日本",
         "a😀b", "ω", "Σ", "ж", "Ế", "e\u0301", "naïve"]
NUMBERS = ["0", "1", "-1", "+1", "007", "12", "-12.5", "1e3", "1E-2", "-0", "0.5", "1.5", "2.5", "9700000000000001", ".5", "5.", "7x",
           "--1", "1 2", "0.1", "9223372036854775808", "3.999999999999999999", "true"]
DATES = ["2020-01-01", "2020-1-1", "2020-02-29", "2019-02-29", "2020/01/05", "2020 1 31", "2020-01-01 10:11:12", "1969-12-31",
         "2020-01-01T10:11:12Z", "2020-01-01 24:00:00", "2020-01-01 10:11:12+07", "2020-13-01", "1/2/2020", "31/12/1999",
         "20200101", "1 Jan 2020", "5 MAY 1985", "2016-01-03", "1985-05-05"]
PATTERNS = ["a", "^a", "[a-z]+", "[A-Z]", "([a-z])([a-z])", "^(.*)$", "a*", "(a)?b", "(?i)ANA", "[0-9]{2,3}", "é", "x*$", "(a|b)+"]
FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%d %b %Y", "%Y-%m-%d %H:%M:%S", "%y-%m-%d"]

# What a form gives -> forms. Upper case stands for a part of that type: T text, I whole number, N number, D date,
# M moment, L list, B condition; lower case marks a draw: $w word, $p pattern, $f format, $k small number, $c comparison.
FORMS = {
    "T": ["lower({T})", "upper({T})", "trim({T})", "ltrim({T}, $w)", "rtrim({T}, $w)", "substr({T}, $u, $u)", "left({T}, $k)",
          "right({T}, $k)", "split_part({T}, $w, $k)", "concat({T}, {I})", "({T} || {T})", "concat_ws('-', {T}, {T})",
          "replace({T}, $w, $w)", "reverse({T})", "coalesce({T}, {T})", "nullif({T}, {T})", "greatest({T}, {T})",
          "CASE WHEN {B} THEN {T} ELSE {T} END", "CASE {T} WHEN {T} THEN {T} END", "CAST({I} AS VARCHAR)", "({D})::TEXT",
          "regexp_extract({T}, $p, 0)", "regexp_replace({T}, $p, '[\\0]', 'g')", "strftime({M}, $f)",
          "array_to_string(list_sort({L}), ',')", "({L})[$k]", "({T})[$k]", "list_extract({L}, $k)", "list_max({L})"],
    "I": ["length({T})", "len({L})", "abs({I})", "({I} + {I})", "({I} - {I})", "({I} * $k)", "({I} % 7)", "(- {I})",
          "TRY_CAST({T} AS BIGINT)", "TRY_CAST({N} AS BIGINT)", "coalesce({I}, {I})", "nullif({I}, {I})", "least({I}, {I})",
          "CASE WHEN {B} THEN {I} ELSE {I} END", "levenshtein({T}, {T})", "damerau_levenshtein({T}, {T})", "instr({T}, {T})",
          "date_diff('day', {M}, {M})", "date_diff('week', {M}, {M})", "date_diff('month', {M}, {M})", "year({M})", "yearweek({M})",
          "({D} - {D})", "round({I}, -1)", "sign({N})"],
    "N": ["({N} + {N})", "({N} - {I})", "({N} * {N})", "({N} / {N})", "({I} / {I})", "abs({N})", "round({N}, 1)", "floor({N})",
          "TRY_CAST({T} AS DOUBLE)", "jaro_winkler_similarity({T}, {T})", "jaro_similarity({T}, {T})", "epoch({M})",
          "greatest({N}, {N})", "CASE WHEN {N} > {N} THEN {N} ELSE {I} END"],
    "D": ["TRY_CAST({d} AS DATE)", "({D} + 15)", "coalesce({D}, {D})", "TRY_CAST({M} AS DATE)", "greatest({D}, DATE '2020-02-29')"],
    "M": ["{D}", "try_strptime({d}, $f)", "TRY_CAST({d} AS TIMESTAMP)", "CAST({D} AS TIMESTAMP)"],
    "L": ["list_sort({L})", "string_split({T}, '-')", "coalesce({L}, {L})"],
    "B": ["({B} AND {B})", "({B} OR {B})", "NOT ({B})", "{B} AND {B} OR {B}", "{T} $c {T}", "{I} $c {I}", "{N} $c {N}", "{M} $c {M}",
          "{D} $c {M}", "{T} IS NULL", "{N} IS NOT NULL", "({B}) IS NULL", "{T} BETWEEN {T} AND {T}", "{I} NOT BETWEEN {I} AND {I}",
          "{T} IN ({T}, $w, NULL)", "{I} NOT IN ({I}, $k)", "{g}", "{g} AND NOT {g}", "levenshtein({a}, {b}) <= 2",
          "jaro_winkler_similarity({a}, {b}) >= 0.7", "jaccard({a}, {b}) < .5", "list_contains({L}, {T})", "{L} = {L}",
          "regexp_matches({T}, $p)", "coalesce(array_length(list_intersect({s}, {s})), 0) >= 1", "abs({I} - {I}) <= 5", "{i} $c {i}",
          "abs({x}::FLOAT - {x}::FLOAT) <= .1", "{x}::FLOAT $c {i}", "CASE WHEN {B} THEN {B} ELSE {B} END", "coalesce({B}, {B})"],
}
LEAVES = {"T": "abnd", "I": "i", "N": "x", "D": "t", "M": "t", "L": "s", "B": "g"}


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


class Conditions:
    """Draws conditions. form writes a column: "{side}.{column}" in rules, '"{column}_{side}"' in levels."""

    def __init__(self, draw, form):
        self.draw, self.form = draw, form

    def column(self, name):
        return self.form.format(side=self.draw.choice("lr"), column=name)

    def sign(self, kind):
        if kind == "w":
            return quoted(self.draw.choice(WORDS + ["", " ", "-"]))
        return {"p": quoted(self.draw.choice(PATTERNS)), "f": quoted(self.draw.choice(FORMATS)), "k": str(self.draw.randint(-3, 5)),
                "u": str(self.draw.randint(0, 4)), "c": self.draw.choice(["=", "<>", "<", "<=", ">", ">="])}[kind]

    def part(self, kind, depth):
        if kind in TYPES:
            return self.column(kind)
        if kind != "B" and (depth <= 0 or self.draw.random() < 0.25):
            return self.column(self.draw.choice(LEAVES[kind]))
        if depth <= 0:
            return f"{self.column('a')} = {self.column('b')}"
        return self.filled(self.draw.choice(FORMS[kind]), depth - 1)

    def filled(self, form, depth):
        out, at = "", 0
        while at < len(form):
            if form[at] == "{":
                out += self.part(form[at + 1], depth)
                at += 3
            elif form[at] == "$":
                out += self.sign(form[at + 1])
                at += 2
            else:
                out += form[at]
                at += 1
        return out


def made_rows(draw):
    def one(values):
        return None if draw.random() < 0.1 else draw.choice(values)
    rows = []
    for i in range(ROWS):
        items = [draw.choice(["a", "b", "ana", "é", "a b", None]) for _ in range(draw.randint(0, 4))]
        rows.append({"unique_id": i + 1, "a": one(WORDS), "b": one(WORDS), "n": one(NUMBERS), "d": one(DATES),
                     "i": one([0, 1, -1, 2, 7, 10, -10, 9700000000000000, 9700000000000001, 16777217]),
                     "x": one([0.0, 1.0, -1.0, 0.5, 2.5, 0.1, 0.2, 0.3, 1e10, 16777216.0]),
                     "t": one(["2020-01-01", "2020-02-29", "1969-12-31", "1900-03-01", "2016-01-03", "1985-05-05"]),
                     "s": one([items]), "g": one([True, False])})
    return rows


def in_csv(cell):
    if isinstance(cell, list):
        return "[" + ", ".join("NULL" if item is None else item for item in cell) + "]"
    return "" if cell is None else str(cell)


def load(rows):
    """Tables t (rows) and p (pairs) in DuckDB; a division by 0 is NULL in padan."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("SET ieee_floating_point_ops = false")
    connection.execute("CREATE TABLE t (unique_id BIGINT, " + ", ".join(f"{c} {k}" for c, k in TYPES.items()) + ")")
    connection.executemany("INSERT INTO t VALUES (" + ", ".join("?" * (len(TYPES) + 1)) + ")", [list(r.values()) for r in rows])
    columns = ", ".join(f"l.{c} AS {c}_l, r.{c} AS {c}_r" for c in rows[0])
    connection.execute(f"CREATE TABLE p AS SELECT {columns} FROM t l JOIN t r ON l.unique_id < r.unique_id")
    return connection


def asked(connection, results, conditions, tables):
    """Per pair the result of the first true condition (the last result when none is); None when DuckDB fails."""
    ids = "unique_id_l, unique_id_r" if tables == "p" else "l.unique_id, r.unique_id"
    cases = " ".join(f"WHEN {c} THEN {r}" for c, r in zip(conditions, results))
    try:
        rows = connection.execute(f"SELECT {ids}, CASE {cases} ELSE {results[-1]} END FROM {tables}").fetchall()
    except duckdb.Error:  # an overflow
        return None
    return {(left, right): value for left, right, value in rows}


def padan_pairs(rows, comparisons, rules, folder):
    table = os.path.join(folder, "rows.csv")
    with open(table, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(rows[0])
        writer.writerows([in_csv(cell) for cell in row.values()] for row in rows)
    model = {"link_type": "dedupe_only", "probability_two_random_records_match": 0.5,
             "blocking_rules_to_generate_predictions": rules + ["1 = 1"],
             "comparisons": [{"output_column_name": f"k{i}", "comparison_levels": [
                 {"sql_condition": c, "m_probability": 0.5, "u_probability": 0.3} for c in conditions + ["ELSE"]]}
                 for i, conditions in enumerate(comparisons)]}
    path = os.path.join(folder, "model.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(model, file)
    types = ",".join(f"{c}={k}" for c, k in TYPES.items() if k != "VARCHAR")
    out = os.path.join(folder, "out")
    subprocess.run([PADAN, "dedupe", table, "--model", path, "--types", types, "--all-pairs", "--quiet", "--out", out],
                   check=True, stdout=subprocess.DEVNULL)
    with open(os.path.join(out, "pairs.csv"), newline="", encoding="utf-8") as file:
        return {(int(r["unique_id_l"]), int(r["unique_id_r"])): r for r in csv.DictReader(file)}


def differing(rows, conditions, found, expected):
    """Prints the first pair of which the two say different things; 1 when there is one."""
    for (left, right), value in expected.items():
        if found[(left, right)] != value:
            print(" | ".join(conditions), f"\n  DuckDB {value}, padan {found[(left, right)]}", rows[left - 1], rows[right - 1])
            return 1
    return 0


def compare(seed, folder):
    """Conditions compared, values compared, conditions that differ."""
    draw = random.Random(seed)
    rows = made_rows(draw)
    connection = load(rows)
    levels, rules = Conditions(draw, '"{column}_{side}"'), Conditions(draw, "{side}.{column}")
    comparisons, expected = [], []
    while len(comparisons) < sum(SIZES):
        conditions = [levels.part("B", 3) for _ in range(2)]
        wanted = asked(connection, [2, 1, 0], conditions, "p")
        if wanted is not None:
            comparisons.append(conditions)
            expected.append(wanted)
    wanted_rule = None
    while wanted_rule is None:
        keys = [f"l.{c} = r.{c}" for c in draw.sample("tsix", 2)] + ["l.t = TRY_CAST(r.d AS TIMESTAMP)"]
        drawn = [f"{key} AND {rules.part('B', 2)}" for key in keys] + [rules.part("B", 2)]
        wanted_rule = asked(connection, range(len(drawn) + 1), drawn, "t l JOIN t r ON l.unique_id < r.unique_id")
    differ, begin = 0, 0
    for size in SIZES:
        part = comparisons[begin:begin + size]
        pairs = padan_pairs(rows, part, drawn, folder)
        for i, conditions in enumerate(part):
            differ += differing(rows, conditions, {p: int(r[f"gamma_k{i}"]) for p, r in pairs.items()}, expected[begin + i])
        begin += size
    differ += differing(rows, drawn, {p: int(r["match_key"]) for p, r in pairs.items()}, wanted_rule)
    return 2 * len(comparisons) + len(drawn), (len(comparisons) + 1) * len(pairs), differ


def main():
    total = [0, 0, 0]
    for seed in range(1, ROUNDS + 1):
        with tempfile.TemporaryDirectory() as folder:
            total = [a + b for a, b in zip(total, compare(seed, folder))]
    print(f"{total[0]} conditions, {total[1]} values compared with DuckDB {duckdb.__version__}, {total[2]} differ")
    sys.exit(total[2] > 0)


main()
