# SPDX-License-Identifier: MIT
"""The Python package against the program: frames give what files with the same rows give. Arrow's frames are tried
where pyarrow is there. PADAN is the program, PADAN_LIBRARY the library."""
import csv
import datetime
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "python"))
import padan  # noqa: E402

PADAN = os.environ.get("PADAN", "build/release/padan")
GIVEN = "ahmad siti budi dewi agus nurhayati joko rina hadi wati slamet sri bambang endang yusuf fitri".split()
FAMILY = "santoso lestari wijaya hidayat saputra rahayu kusuma pratama susanto utami nugroho setiawan".split()
MODEL = {
    "link_type": "dedupe_only",
    "unique_id_column_name": "unique_id",
    "probability_two_random_records_match": 0.01,
    "blocking_rules_to_generate_predictions": ["l.born = r.born", "l.name = r.name"],
    "comparisons": [
        {
            "output_column_name": "name",
            "comparison_levels": [
                {"sql_condition": "name_l IS NULL OR name_r IS NULL", "is_null_level": True},
                {"sql_condition": "name_l = name_r", "m_probability": 0.6, "u_probability": 0.01},
                {
                    "sql_condition": "jaro_winkler_similarity(name_l, name_r) >= 0.8",
                    "m_probability": 0.3,
                    "u_probability": 0.02,
                },
                {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.97},
            ],
        },
        {
            "output_column_name": "born",
            "comparison_levels": [
                {"sql_condition": "born_l IS NULL OR born_r IS NULL", "is_null_level": True},
                {"sql_condition": "born_l = born_r", "m_probability": 0.9, "u_probability": 0.01},
                {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.99},
            ],
        },
    ],
}


def people(n, seed, shared=0.5):
    """n people, a share of them once more with another letter in the name, as a frame of lists."""
    draw = random.Random(seed)
    frame = {"unique_id": [], "name": [], "born": [], "village": [], "number": []}
    for person in range(n):
        name = f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}"
        born = str(datetime.date(1950, 1, 1) + datetime.timedelta(days=draw.randrange(20000)))
        village, number = f"desa {draw.randrange(40)}", draw.randrange(10**9)
        for copy in range(2 if draw.random() < shared else 1):
            frame["unique_id"].append(f"r{person}-{copy}")
            frame["name"].append(name)
            frame["born"].append(born if draw.random() < 0.95 else None)
            frame["village"].append(f" {village} ")
            frame["number"].append(str(number) if draw.random() < 0.8 else "")
            at = draw.randrange(len(name))
            name = name[:at] + draw.choice("abcdefgh") + name[at + 1 :]
    return frame


def write(frame, path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(frame)
        writer.writerows(zip(*[["" if value is None else value for value in frame[name]] for name in frame]))


def by_program(command, frames, *options):
    """Pairs and clusters by the program, as sets of ids; the frames are files by their names."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, frame in frames.items():
            paths.append(os.path.join(folder, f"{name}.csv"))
            write(frame, paths[-1])
        out = os.path.join(folder, "out")
        subprocess.run([PADAN, command, *paths, "--out", out, "--quiet", *options], check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(out, "pairs.csv"), newline="") as file:
            pairs = {
                (row["unique_id_l"], row["unique_id_r"]): (float(row["match_weight"]), row.get("gamma_name"))
                for row in csv.DictReader(file)
            }
        with open(os.path.join(out, "clusters.csv"), newline="") as file:
            clusters = {(row["source_dataset"], row["unique_id"]): row["cluster_id"] for row in csv.DictReader(file)}
    return pairs, clusters


class Frames(unittest.TestCase):
    def ids(self, frames):
        return [name for frame in frames.values() for name in frame["unique_id"]]

    def expect_same(self, found, frames, pairs, clusters):
        ids = self.ids(frames)
        of_found = {
            (ids[left], ids[right]): weight
            for left, right, weight in zip(found.pairs["left"], found.pairs["right"], found.pairs["match_weight"])
        }
        self.assertGreater(len(pairs), 50)
        self.assertEqual(set(of_found), set(pairs))
        for pair, (weight, _) in pairs.items():
            self.assertAlmostEqual(of_found[pair], weight, places=6)
        groups, of_program = {}, {}
        for row, cluster in enumerate(found.clusters):
            groups.setdefault(cluster, set()).add((found.source_of(row)[0], ids[row]))
        for (source, name), cluster in clusters.items():
            of_program.setdefault(cluster, set()).add((source, name))
        self.assertEqual(sorted(map(sorted, groups.values())), sorted(map(sorted, of_program.values())))

    def test_dedupe_without_a_model_is_what_the_program_finds_in_a_file(self):
        frame = people(700, 1)
        pairs, clusters = by_program("dedupe", {"rows": frame})
        found = padan.dedupe(frame)
        self.expect_same(found, {"rows": frame}, pairs, clusters)
        self.assertIn("link type", found.decisions)

    def test_dedupe_with_a_model_is_what_the_program_finds_in_a_file(self):
        frame = people(500, 2)
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(MODEL, file)
            file.flush()
            pairs, clusters = by_program("dedupe", {"rows": frame}, "--model", file.name, "--threshold-weight", "0")
        found = padan.dedupe(frame, model=MODEL, threshold_weight=0, threads=1)
        self.expect_same(found, {"rows": frame}, pairs, clusters)
        self.assertEqual(found.comparisons, ["name", "born"])
        ids = frame["unique_id"]
        for i in range(len(found.pairs["left"])):
            pair = ids[found.pairs["left"][i]], ids[found.pairs["right"][i]]
            self.assertEqual(str(found.pairs["levels"][i, 0]), pairs[pair][1])

    def test_a_preset_is_what_the_program_finds_in_a_file(self):
        frame = people(700, 11)
        pairs, clusters = by_program("dedupe", {"rows": frame}, "--preset", "people")
        found = padan.dedupe(frame, preset="people")
        self.expect_same(found, {"rows": frame}, pairs, clusters)
        days = [None if born is None else datetime.date.fromisoformat(born) for born in frame["born"]]
        dated = padan.dedupe({**frame, "born": days}, preset="people")
        self.assertEqual(list(dated.pairs["match_weight"]), list(found.pairs["match_weight"]))

    def test_two_frames_are_linked_as_two_files(self):
        first, second = people(600, 3, 0), people(600, 3, 0)
        second["unique_id"] = [f"s{name}" for name in second["unique_id"]]
        second["name"] = [name[:-1] if i % 7 == 0 else name for i, name in enumerate(second["name"])]
        frames = {"roster": first, "register": second}
        pairs, clusters = by_program("link", frames)
        found = padan.link(frames)
        self.expect_same(found, frames, pairs, clusters)
        self.assertEqual(found.source_of(600), ("register", 0))

    def test_a_model_that_was_made_can_be_given_back(self):
        frame = people(400, 4)
        made = padan.dedupe(frame)
        again = padan.dedupe(frame, model=made.model)
        self.assertEqual(list(made.pairs["left"]), list(again.pairs["left"]))

    def test_score_and_cluster_are_parts_of_it(self):
        frame = people(300, 5)
        found = padan.dedupe(frame, model=MODEL, threshold_weight=0)
        weights, levels = padan.score([frame], found.pairs["right"], found.pairs["left"], model=MODEL)
        self.assertEqual(list(weights), list(found.pairs["match_weight"]))
        self.assertEqual(levels.tolist(), found.pairs["levels"].tolist())
        components = padan.cluster(found.n_rows, found.pairs["left"], found.pairs["right"], weights, 0)
        for left, right in zip(found.pairs["left"], found.pairs["right"]):
            self.assertEqual(components[left], components[right])

    def test_views_outlive_the_result(self):
        clusters = padan.dedupe(people(200, 6), model=MODEL, threshold_weight=0).clusters
        padan.dedupe(people(200, 7), model=MODEL, threshold_weight=0)
        self.assertEqual(max(clusters) < len(clusters), True)

    def test_what_is_wrong_is_told(self):
        frame = people(50, 8)
        for words, call in [
            ("stands in a row before", lambda: padan.dedupe({**frame, "unique_id": ["a"] * len(frame["name"])})),
            ("there is no preset", lambda: padan.dedupe(frame, preset="nobody")),
            ("each name the threshold", lambda: padan.dedupe(frame, threshold_weight=1, threshold_probability=0.9)),
            ("a pair has two rows", lambda: padan.score([frame], [0], [0], model=MODEL)),
            ("surname", lambda: padan.dedupe(frame, model={
                **MODEL, "blocking_rules_to_generate_predictions": ["l.surname = r.surname"]})),
        ]:
            with self.assertRaises(padan.PadanError) as caught:
                call()
            self.assertIn(words, str(caught.exception))
        with self.assertRaises(TypeError):
            padan.dedupe(3)
        with self.assertRaises(ValueError):
            padan.dedupe({"a": [1, 2], "b": [1]})

    def test_values_of_lists_read_as_in_a_file(self):
        frame = {"name": ["a", None, math.nan, "b"], "n": [1, 2.0, 2.5, True]}
        table = padan._Table({"rows": frame}, None)
        self.assertEqual(table.n_rows, 4)
        self.assertEqual([padan._text(value) for value in frame["n"]], ["1", "2", "2.5", "true"])


    def test_dates_go_by_the_others_of_their_source(self):
        ours = {"forename": ["Marta", "Henrik"], "last_name": ["Lindqvist", "Dahlgaard"], "dob": ["03/04/1990", "12/25/1990"]}
        theirs = {**ours, "dob": ["04/03/1990", "25/12/1990"]}
        found = padan.link({"ours": ours, "theirs": theirs}, preset="people")
        column = found.comparisons.index("birth_date")
        self.assertEqual([int(found.pairs["levels"][i, column]) for i in range(2)], [7, 7])
        self.assertIn("source ours: birth_date has the month first", found.decisions)

    def test_conditions_see_values_of_lists_in_their_type(self):
        frame = {"name": ["ani", "ani", "budi", "budi"], "age": [9, 10, 30, None], "tags": [["a", 'b"'], ['b"'], [], ["c"]]}
        rule = "l.name = r.name AND abs(l.age - r.age) <= 1 AND array_length(list_intersect(l.tags, r.tags)) = 1"
        model = {**MODEL, "blocking_rules_to_generate_predictions": [rule], "comparisons": MODEL["comparisons"][:1]}
        found = padan.dedupe(frame, model=model, threshold_weight=-100)
        self.assertEqual(list(zip(found.pairs["left"], found.pairs["right"])), [(0, 1)])
        texts = {**frame, "age": ["9", "10", "30", ""], "tags": ["[a, b]", "[b]", "[]", None]}
        types = {"age": "INT", "tags": "VARCHAR[]"}
        found = padan.dedupe(texts, model=model, threshold_weight=-100, types=types)
        self.assertEqual(list(zip(found.pairs["left"], found.pairs["right"])), [(0, 1)])
        with self.assertRaisesRegex(padan.PadanError, '"age" cannot be of type "NUMBER"'):
            padan.dedupe(texts, types={"age": "NUMBER"})

    def test_a_model_made_from_numbers_can_be_given_back(self):
        frame = people(400, 4)
        frame["number"] = [int(text) if text else None for text in frame["number"]]
        made = padan.dedupe(frame)
        self.assertIn("number", made.comparisons)
        self.assertEqual(list(made.pairs["left"]), list(padan.dedupe(frame, model=made.model).pairs["left"]))
        renamed = {**made.model, "padan_name": "ours"}
        self.assertEqual(list(made.pairs["left"]), list(padan.dedupe(frame, model=renamed).pairs["left"]))
        before_the_key = {**made.model}
        del before_the_key["padan_columns_as_texts"]
        self.assertEqual(list(made.pairs["left"]), list(padan.dedupe(frame, model=before_the_key).pairs["left"]))


try:
    import pyarrow
except ImportError:
    pyarrow = None


@unittest.skipIf(pyarrow is None, "pyarrow is not installed")
class Arrow(unittest.TestCase):
    def test_a_table_of_arrow_is_a_frame_of_lists(self):
        frame = people(600, 9)
        table = pyarrow.table({**frame, "village": pyarrow.array(frame["village"]).dictionary_encode()})
        self.assertEqual(list(padan.dedupe(table).clusters), list(padan.dedupe(frame).clusters))

    def test_types_are_what_conditions_see(self):
        model = {**MODEL, "blocking_rules_to_generate_predictions": ["l.village = r.village AND abs(l.age - r.age) < 2"]}
        frame = people(300, 10)
        draw = random.Random(10)
        ages = [draw.randrange(18, 90) for _ in frame["name"]]
        table = pyarrow.table({**frame, "age": pyarrow.array(ages, pyarrow.int16())})
        found = padan.dedupe(table, model=model, threshold_weight=-100)
        wanted = {
            (i, j)
            for i in range(len(ages))
            for j in range(i + 1, len(ages))
            if frame["village"][i] == frame["village"][j] and abs(ages[i] - ages[j]) < 2
        }
        got = {tuple(sorted(pair)) for pair in zip(found.pairs["left"], found.pairs["right"])}
        self.assertEqual(got, wanted)

    def test_lists_of_arrow_are_lists(self):
        frame = people(200, 11)
        tags = [name.split() for name in frame["name"]]
        rule = "l.born = r.born AND array_length(list_intersect(l.tags, r.tags)) > 0"
        model = {**MODEL, "blocking_rules_to_generate_predictions": [rule]}
        lists = padan.dedupe({**frame, "tags": tags}, model=model, threshold_weight=-100)
        for kind in (pyarrow.list_, pyarrow.large_list):
            table = pyarrow.table({**frame, "tags": pyarrow.array(tags, kind(pyarrow.string()))})
            found = padan.dedupe(table, model=model, threshold_weight=-100)
            self.assertGreater(len(found.pairs["left"]), 20)
            self.assertEqual(list(found.pairs["right"]), list(lists.pairs["right"]))


if __name__ == "__main__":
    unittest.main()
