"""Writes tests/models/: model files as Splink itself writes them, and the levels (gammas) that Splink finds with them.

Every class of Splink's comparison and comparison-level libraries stands in a model twice, with two sets of arguments,
for DuckDB and for Spark. For DuckDB Splink also scores all pairs of rows.csv; for Spark (no Java here) the levels must
be those of the DuckDB model.

The settings of Splink's three demonstrations (demo_*.json, see tests/models/README.md) are there as they are; Splink 5
scores all their pairs of demo_rows.csv.

  bench/venv/bin/python  bench/peers/splink_models.py tests/models     Splink 5
  bench/venv4/bin/python bench/peers/splink_models.py tests/models     Splink 4
"""
import csv
import json
import os
import random
import sys

import duckdb
import pandas
import splink
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

MAJOR = int(splink.__version__.split(".")[0])
OUT = sys.argv[1]
DEMOS = ("model_h50k", "real_time_settings", "saved_model_from_demo")
TYPES = {"dob_date": "DATE", "lat": "DOUBLE", "lng": "DOUBLE", "amount": "DOUBLE", "units": "BIGINT",
         "tags": "VARCHAR[]", "vector": "DOUBLE[2]"}


def comparisons():
    """Two of each comparison class: (name, creator)."""
    day = {"input_is_string": True, "metrics": ["day", "month"], "thresholds": [3, 2]}
    year = {"input_is_string": False, "metrics": "year", "thresholds": 1}
    yield "exact_a", cl.ExactMatch("first_name")
    yield "exact_b", cl.ExactMatch("city").configure(term_frequency_adjustments=True)
    yield "levenshtein_a", cl.LevenshteinAtThresholds("surname")
    yield "levenshtein_b", cl.LevenshteinAtThresholds("full_name", [1, 3, 6])
    yield "damerau_a", cl.DamerauLevenshteinAtThresholds("surname")
    yield "damerau_b", cl.DamerauLevenshteinAtThresholds("dob", [1, 3])
    yield "jaro_a", cl.JaroAtThresholds("first_name")
    yield "jaro_b", cl.JaroAtThresholds("full_name", [0.95, 0.8, 0.6])
    yield "jaro_winkler_a", cl.JaroWinklerAtThresholds("first_name")
    yield "jaro_winkler_b", cl.JaroWinklerAtThresholds("surname", [0.92, 0.85, 0.7])
    yield "jaccard_a", cl.JaccardAtThresholds("surname")
    yield "jaccard_b", cl.JaccardAtThresholds("city", [0.8, 0.5])
    yield "distance_a", cl.DistanceFunctionAtThresholds("code", "hamming", [1, 2], higher_is_more_similar=False)
    yield "distance_b", cl.DistanceFunctionAtThresholds("first_name", "jaro_similarity", [0.9, 0.75])
    yield "pairwise_a", cl.PairwiseStringDistanceFunctionAtThresholds("tags", "levenshtein", [1, 2])
    yield "pairwise_b", cl.PairwiseStringDistanceFunctionAtThresholds("tags", "jaro_winkler", [0.95, 0.8])
    yield "intersect_a", cl.ArrayIntersectAtSizes("tags")
    yield "intersect_b", cl.ArrayIntersectAtSizes("tags", [2, 1])
    yield "km_a", cl.DistanceInKMAtThresholds("lat", "lng", [1, 10])
    yield "km_b", cl.DistanceInKMAtThresholds("lat", "lng", 50.5)
    yield "cosine_a", cl.CosineSimilarityAtThresholds("vector")
    yield "cosine_b", cl.CosineSimilarityAtThresholds("vector", [0.99, 0.5])
    yield "custom_a", cl.CustomComparison(
        [cll.NullLevel("city"), cll.LiteralMatchLevel("city", "Bogor", "string"), cll.ElseLevel()], "custom_a")
    yield "custom_b", cl.CustomComparison(
        [cll.NullLevel("units"), cll.PercentageDifferenceLevel("units", 0.1),
         cll.AbsoluteDifferenceLevel("units", 5), cll.ElseLevel()], "custom_b")
    yield "dob_a", cl.DateOfBirthComparison("dob", input_is_string=True)
    yield "dob_b", cl.DateOfBirthComparison("dob_date", input_is_string=False, datetime_thresholds=[10, 2],
                                            datetime_metrics=["day", "year"])
    yield "postcode_a", cl.PostcodeComparison("postcode")
    yield "postcode_b", cl.PostcodeComparison("postcode", invalid_postcodes_as_null=True, lat_col="lat", long_col="lng",
                                              km_thresholds=[1, 100])
    yield "email_a", cl.EmailComparison("email")
    yield "email_b", cl.EmailComparison("email").configure(term_frequency_adjustments=True)
    yield "name_a", cl.NameComparison("first_name")
    yield "name_b", cl.NameComparison("surname", jaro_winkler_thresholds=[0.95, 0.8], dmeta_col_name="phones")
    yield "forename_surname_a", cl.ForenameSurnameComparison("first_name", "surname")
    yield "forename_surname_b", cl.ForenameSurnameComparison(
        "first_name", "surname", jaro_winkler_thresholds=0.9, forename_surname_concat_col_name="full_name")
    yield "time_a", cl.AbsoluteTimeDifferenceAtThresholds("stamp", datetime_format="%Y-%m-%d %H:%M:%S", **day)
    yield "time_b", cl.AbsoluteTimeDifferenceAtThresholds("dob_date", **year)
    yield "date_a", cl.AbsoluteDateDifferenceAtThresholds("dob", **day)
    yield "date_b", cl.AbsoluteDateDifferenceAtThresholds("dob_date", **year)


def levels():
    """Two of each comparison-level class: (name, null level, level)."""
    null = cll.NullLevel
    yield "null_a", null("email"), cll.ExactMatchLevel("email")
    yield "null_b", null("postcode", valid_string_pattern="^[0-9]{5}$"), cll.ExactMatchLevel("postcode")
    yield "else_a", null("city"), cll.ExactMatchLevel("city")
    yield "else_b", null("units"), cll.ExactMatchLevel("units")
    yield "exact_a", null("surname"), cll.ExactMatchLevel("surname", term_frequency_adjustments=True)
    yield "exact_b", null("dob_date"), cll.ExactMatchLevel("dob_date")
    yield "custom_a", null("first_name"), cll.CustomLevel("substr(first_name_l, 1, 2) = substr(first_name_r, 1, 2)", "two letters")
    yield "custom_b", null("amount"), cll.CustomLevel("abs(amount_l - amount_r) / greatest(amount_l, amount_r) < 0.2")
    yield "literal_a", null("city"), cll.LiteralMatchLevel("city", "Bogor", "string")
    yield "literal_b", null("units"), cll.LiteralMatchLevel("units", "12", "int", side_of_comparison="left")
    yield "reversed_a", null("first_name"), cll.ColumnsReversedLevel("first_name", "surname")
    yield "reversed_b", null("first_name"), cll.ColumnsReversedLevel("first_name", "surname", symmetrical=True)
    yield "levenshtein_a", null("surname"), cll.LevenshteinLevel("surname", 1)
    yield "levenshtein_b", null("surname"), cll.LevenshteinLevel("full_name", 5)
    yield "damerau_a", null("surname"), cll.DamerauLevenshteinLevel("surname", 1)
    yield "damerau_b", null("surname"), cll.DamerauLevenshteinLevel("full_name", 5)
    yield "jaro_winkler_a", null("surname"), cll.JaroWinklerLevel("surname", 0.88)
    yield "jaro_winkler_b", null("surname"), cll.JaroWinklerLevel("full_name", 0.7)
    yield "jaro_a", null("surname"), cll.JaroLevel("surname", 0.88)
    yield "jaro_b", null("surname"), cll.JaroLevel("full_name", 0.7)
    yield "jaccard_a", null("surname"), cll.JaccardLevel("surname", 0.8)
    yield "jaccard_b", null("surname"), cll.JaccardLevel("full_name", 0.5)
    yield "distance_a", null("surname"), cll.DistanceFunctionLevel("surname", "jaccard", 0.4)
    yield "distance_b", null("surname"), cll.DistanceFunctionLevel("surname", "levenshtein", 2, higher_is_more_similar=False)
    yield "pairwise_a", null("tags"), cll.PairwiseStringDistanceFunctionLevel("tags", "damerau_levenshtein", 1)
    yield "pairwise_b", null("tags"), cll.PairwiseStringDistanceFunctionLevel("tags", "jaro", 0.8)
    yield "km_a", None, cll.DistanceInKMLevel("lat", "lng", 5)
    yield "km_b", None, cll.DistanceInKMLevel("lat", "lng", 40.5, not_null=True)
    yield "cosine_a", null("vector"), cll.CosineSimilarityLevel("vector", 0.9)
    yield "cosine_b", null("vector"), cll.CosineSimilarityLevel("vector", 0.2)
    yield "intersect_a", null("tags"), cll.ArrayIntersectLevel("tags")
    yield "intersect_b", null("tags"), cll.ArrayIntersectLevel("tags", 2)
    yield "subset_a", null("tags"), cll.ArraySubsetLevel("tags")
    yield "subset_b", null("tags"), cll.ArraySubsetLevel("tags", empty_is_subset=True)
    yield "time_a", null("dob"), cll.AbsoluteTimeDifferenceLevel("dob", input_is_string=True, threshold=40, metric="day")
    yield "time_b", null("dob_date"), cll.AbsoluteTimeDifferenceLevel("dob_date", input_is_string=False, threshold=2, metric="year")
    yield "date_a", null("dob"), cll.AbsoluteDateDifferenceLevel("dob", input_is_string=True, threshold=3, metric="month")
    yield "date_b", null("dob_date"), cll.AbsoluteDateDifferenceLevel("dob_date", input_is_string=False, threshold=40, metric="day")
    yield "percentage_a", null("units"), cll.PercentageDifferenceLevel("units", 0.1)
    yield "percentage_b", null("amount"), cll.PercentageDifferenceLevel("amount", 0.35)
    yield "difference_a", null("units"), cll.AbsoluteDifferenceLevel("units", 3)
    yield "difference_b", null("amount"), cll.AbsoluteDifferenceLevel("amount", 150.5)
    yield "and_a", null("surname"), cll.And(cll.ExactMatchLevel("city"), cll.LevenshteinLevel("surname", 2))
    yield "and_b", null("surname"), cll.And(cll.LiteralMatchLevel("city", "Bogor", "string"), cll.ExactMatchLevel("dob"),
                                            cll.JaroLevel("surname", 0.7))
    yield "or_a", null("surname"), cll.Or(cll.ExactMatchLevel("city"), cll.LevenshteinLevel("surname", 2))
    yield "or_b", null("surname"), cll.Or(cll.ExactMatchLevel("email"), cll.And(cll.ExactMatchLevel("dob"), cll.ExactMatchLevel("city")))
    yield "not_a", null("surname"), cll.Not(cll.ExactMatchLevel("city"))
    yield "not_b", null("surname"), cll.Not(cll.Or(cll.ExactMatchLevel("city"), cll.ExactMatchLevel("dob")))


def as_dict(creator, dialect):
    return creator.create_comparison_dict(dialect) if hasattr(creator, "create_comparison_dict") else creator


def level_models():
    for name, null, level in levels():
        parts = ([null] if null else []) + [level, cll.ElseLevel()]
        yield name, cl.CustomComparison(parts, output_column_name=name)


def rows():
    """Made-up rows with the near misses that the thresholds stand between, missing values and empty lists."""
    draw = random.Random(5)
    names = ["SITI", "SITY", "STI", "BUDI", "BUDHI", "DUBI", "AGUS", "AUGUS", "MARTHA", "MARHTA", "DWAYNE", "DUANE", "Élodie", "Elodie", ""]
    surnames = ["SANTOSO", "SANTOSA", "SNATOSO", "DIXON", "DICKSONX", "SITI", "BUDI", "SUSANTI", "SUSANTO", "LESTARI", "LESTRAI"]
    cities = ["Bogor", "Bogor", "Bekasi", "Bandung", "Bandun", "Ambon"]
    for i in range(60):
        first, last = draw.choice(names), draw.choice(surnames)
        year, month, day = draw.choice([1970, 1971, 1972, 1980]), draw.choice([1, 2, 3, 12]), draw.choice([1, 3, 4, 28])
        date = f"{year}-{month:02d}-{day:02d}"
        row = {
            "unique_id": str(100 + i), "block": "1", "first_name": first or None, "surname": last,
            "full_name": f"{first} {last}".strip(), "dob": draw.choice([date, date, date, date, "1970-02-31", "soon", None]),
            "dob_date": draw.choice([date, date, date, None]),
            "stamp": f"{date} {draw.choice(['00:00:00', '23:59:59', '12:30:00'])}",
            "city": draw.choice(cities + [None]), "email": draw.choice(
                [None, f"{first.lower()}@a.id", f"{last.lower()}@a.id", f"{last.lower()}@b.id", "x@y.com", "nonsense"]),
            "postcode": draw.choice(["16111", "16112", "16211", "40111", "AB1 2CD", "AB1 2CE", "AB12 3CD", "SW1A 1AA", None]),
            "lat": draw.choice([-6.6, -6.601, -6.65, -6.9, 90.0, None]), "lng": draw.choice([106.8, 106.801, 106.9, 107.6, None]),
            "amount": draw.choice([100.0, 119.5, 150.0, 250.5, 1000.25, None]), "units": draw.choice([10, 11, 12, 15, 100, -5, None]),
            "tags": draw.choice([["a", "b"], ["b"], ["bc", "d"], ["a", "b", "c"], [], ["alpha", "alpah"], ["alpha", None], None]),
            "vector": draw.choice([[1.0, 0.0], [0.9, 0.1], [0.5, 0.5], [-1.0, 0.2], None]),
            "code": draw.choice(["ABCD", "ABCE", "ABDE", "XYZW", None]),
            "phones": draw.choice([["X1"], ["X1", "X2"], ["X3"], []]),
        }
        yield row


def demo_rows():
    """Made-up rows for the demonstrations' columns: a person, and now and then the same person with slips."""
    draw = random.Random(7)
    names, surnames = ["siti", "budi", "agus", "dewi", "martha", "dwayne"], ["santoso", "lestari", "dixon", "susanti", "wibowo"]
    towns, trades = ["Bogor", "Bekasi", "Ambon"], ["farmer", "teacher", "nurse"]
    person = {}
    for i in range(80):
        if i % 2 == 0 or draw.random() < 0.3:
            first, last = draw.choice(names), draw.choice(surnames)
            person = {"unique_id": "", "first_name": first, "surname": last,
                      "dob": f"{draw.randint(1950, 1999)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
                      "city": draw.choice(towns), "email": f"{first}.{last}@{draw.choice(['a.id', 'b.id'])}",
                      "postcode_fake": f"{draw.choice(['AB', 'SW', 'L'])}{draw.randint(1, 12)} {draw.randint(1, 9)}{draw.choice(['CD', 'XY'])}",
                      "birth_place": draw.choice(towns), "occupation": draw.choice(trades)}
        row = {key: value if draw.random() < 0.93 else None for key, value in person.items()} | {"unique_id": f"p{i:03d}"}
        for key in ("first_name", "surname", "dob", "email", "postcode_fake"):
            if row[key] and draw.random() < 0.15:
                at = draw.randrange(len(row[key]) - 1)
                row[key] = row[key][:at] + row[key][at + 1] + row[key][at] + row[key][at + 2:]
        yield row


def text(value):
    if value is None:
        return ""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def write_rows(path, table):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table[0])
        for row in table:
            writer.writerow([text(value) for value in row.values()])


def table_of(connection):
    columns = {key: "VARCHAR" for key in next(iter(rows()))} | TYPES | {"phones": "VARCHAR[]"}
    connection.execute("create table rows_ (" + ", ".join(f'"{k}" {t}' for k, t in columns.items()) + ")")
    connection.executemany("insert into rows_ values (" + ",".join("?" * len(columns)) + ")", [list(r.values()) for r in rows()])
    return connection.table("rows_").to_arrow_table() if hasattr(connection.table("rows_"), "to_arrow_table") else connection.table("rows_").arrow()


def settings_of(chosen):
    return SettingsCreator(link_type="dedupe_only", comparisons=chosen,
                           blocking_rules_to_generate_predictions=[block_on("block")],
                           probability_two_random_records_match=0.01, retain_intermediate_calculation_columns=True)


def named(kind):
    """(name, comparison): the name becomes its output column, so that two of one column stand side by side."""
    for name, creator in (comparisons() if kind == "comparisons" else level_models()):
        yield name, creator


def model_of(kind, dialect):
    parts = []
    for name, creator in named(kind):
        try:
            part = creator.create_comparison_dict(dialect)
        except NotImplementedError:  # Splink itself has no such function for this engine
            continue
        part["output_column_name"] = name
        parts.append(part)
    return parts


def predict(connection, table, settings):
    connection.execute("set lambda_syntax='ENABLE_SINGLE_ARROW'")  # the form Splink writes
    api = DuckDBAPI(connection)
    frame = api.register(table) if MAJOR >= 5 else table
    linker = Linker(frame, settings) if MAJOR >= 5 else Linker(frame, settings, api, input_table_aliases="rows")
    return linker.inference.predict().as_pandas_dataframe()


def write_demo(name, table):
    """The pairs that Splink finds with a demonstration's settings, as it scores them."""
    predicted = predict(duckdb.connect(), pandas.DataFrame(table), os.path.join(OUT, f"demo_{name}.json"))
    gammas = [c for c in predicted.columns if c.startswith("gamma_")]
    predicted = predicted.sort_values(["unique_id_l", "unique_id_r"])
    predicted[["unique_id_l", "unique_id_r", "match_weight", "match_key"] + gammas].to_csv(
        os.path.join(OUT, f"demo_{name}.pairs.csv"), index=False, float_format="%.9f", lineterminator="\n")


def write_gammas(kind, settings):
    connection = duckdb.connect()
    predicted = predict(connection, table_of(connection), settings)
    predicted["unique_id_l"] = predicted["unique_id_l"].astype(str)
    predicted["unique_id_r"] = predicted["unique_id_r"].astype(str)
    gammas = [c for c in predicted.columns if c.startswith("gamma_")]
    predicted = predicted.sort_values(["unique_id_l", "unique_id_r"])
    predicted[["unique_id_l", "unique_id_r", "match_weight"] + gammas].to_csv(
        os.path.join(OUT, f"{kind}.gammas.csv"), index=False, float_format="%.9f", lineterminator="\n")


def main():
    write_rows(os.path.join(OUT, "rows.csv"), list(rows()))
    if MAJOR >= 5:
        write_rows(os.path.join(OUT, "demo_rows.csv"), list(demo_rows()))
        for name in DEMOS:
            write_demo(name, list(demo_rows()))
    for kind in ("comparisons", "levels"):
        for dialect in ("duckdb", "spark"):
            settings = {"link_type": "dedupe_only", "unique_id_column_name": "unique_id",
                        "probability_two_random_records_match": 0.01,
                        "retain_intermediate_calculation_columns": True,
                        "blocking_rules_to_generate_predictions": [{"blocking_rule": 'l."block" = r."block"', "sql_dialect": dialect}],
                        "comparisons": model_of(kind, dialect)}
            with open(os.path.join(OUT, f"splink{MAJOR}_{dialect}_{kind}.json"), "w", encoding="utf-8") as file:
                json.dump(settings, file, indent=1, ensure_ascii=False)
                file.write("\n")
            if dialect == "duckdb":
                write_gammas(kind, settings)


main()
