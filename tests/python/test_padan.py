# SPDX-License-Identifier: MIT
"""The Python package against the program: frames give what files with the same rows give. Arrow's frames are tried
where pyarrow is there. PADAN is the program, PADAN_LIBRARY the library."""
import concurrent.futures
import copy
import csv
import datetime
import json
import math
import os
import pathlib
import pickle
import random
import re
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

    def test_a_linker_serves_calls_of_several_threads_as_its_model_would(self):
        frame = {"unique_id": list("abcd"), "nik": ["3201014304909001"] * 2 + ["3201010201859001"] * 2,
                 "nama_lengkap": ["SITI AMINAH", "ST AMINAH", "JOKO", "JOKO"],
                 "tanggal_lahir": ["1990-04-03", "1990-04-03", "1985-01-02", "1985-01-02"]}
        linker = padan.Linker(preset="orang-indonesia")
        wanted = padan.dedupe(frame, preset="orang-indonesia", threshold_weight=-20)
        self.assertGreater(len(wanted.pairs["left"]), 0)
        self.assertEqual(linker.comparisons, wanted.comparisons)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda _: padan.dedupe(frame, model=linker, threshold_weight=-20), range(12)))
        for result in found:
            self.assertEqual(list(result.pairs["match_weight"]), list(wanted.pairs["match_weight"]))
            self.assertEqual(result.pairs["levels"].tolist(), wanted.pairs["levels"].tolist())
        pairs = wanted.pairs["left"], wanted.pairs["right"]
        for weights, levels in (padan.score([frame], *pairs, model=linker), padan.score([frame], *pairs, preset="orang-indonesia")):
            self.assertEqual(list(weights), list(wanted.pairs["match_weight"]))
            self.assertEqual(levels.tolist(), wanted.pairs["levels"].tolist())

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

    def test_what_would_be_read_otherwise_than_meant_is_refused(self):
        frame = people(50, 8)
        for kind, words, call in [
            (padan.PadanError, 'no source has the column "nik"', lambda: padan.dedupe(frame, unique_id="nik")),
            (padan.PadanError, 'no source has the column "age"', lambda: padan.dedupe(frame, types={"age": "INT"})),
            (TypeError, "unique_id", lambda: padan.dedupe(frame, unique_id=5)),
            (ValueError, "NUL", lambda: padan.dedupe({**frame, "na\0me": frame["name"]})),
            (ValueError, "NUL", lambda: padan.link({"a\0": frame, "b": frame})),
            (ValueError, "NUL", lambda: padan.dedupe(frame, model=json.dumps(MODEL) + "\0x")),
            (TypeError, "column 'name': a value of type bytes", lambda: padan.dedupe(
                {**frame, "name": [b"a"] * len(frame["name"])})),
            (TypeError, "one text", lambda: padan.dedupe({"name": "ani", "village": "sol"})),
            (ValueError, "seed", lambda: padan.dedupe(frame, seed=-1)),
            (ValueError, "threads", lambda: padan.dedupe(frame, threads=2**32 + 1)),
            (ValueError, "threshold_weight is nan", lambda: padan.dedupe(frame, model=MODEL, threshold_weight=math.nan)),
            (TypeError, "cannot be copied", lambda: copy.copy(padan.Linker(preset="people"))),
            (TypeError, "cannot be copied", lambda: pickle.dumps(padan.Linker(preset="people"))),
        ]:
            with self.assertRaisesRegex(kind, words):
                call()

    def test_ids_are_of_the_column_that_was_said(self):
        frame = people(50, 8)
        frame = {"nik": frame["unique_id"], **frame, "unique_id": ["a"] * len(frame["name"])}
        for names in (frame, dict(reversed(frame.items()))):
            self.assertEqual(len(padan.dedupe(names, unique_id="nik", model=MODEL).clusters), len(frame["nik"]))

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
        of_a_user = {**made.model}  # a name says nothing
        del of_a_user["padan_columns_as_texts"]
        with self.assertRaisesRegex(padan.PadanError, "number"):
            padan.dedupe(frame, model=of_a_user)


class Blocks(unittest.TestCase):
    """Runs that are spread over machines, none of which has all rows, against one run over them."""

    def rows(self, frame, chosen):
        return {name: [values[i] for i in chosen] for name, values in frame.items()}

    def lines(self, frames, cut, **model):
        """(key, rule, source, row of the source) of all rows, found batch by batch, and the limits of the rules."""
        lines, limits = [], None
        for source, frame in frames.items():
            n = len(frame["unique_id"])
            for begin in range(0, n, 211):
                batch = range(begin, min(begin + 211, n))
                found = padan.keys({source: self.rows(frame, batch)}, cut=cut, **model)
                limits = found.max_pairs
                lines += [(k, r, source, begin + i) for k, i, r in zip(found.key, found.row, found.match_key)]
        return lines, limits

    def blocks(self, frames, link_type, cuts, **model):
        """Blocks by key, none of which is too large, and the list of those that were."""
        cut = []
        while True:
            lines, limits = self.lines(frames, cut, **model)
            blocks, rules, large = {}, {}, []
            for key, rule, source, row in lines:
                blocks.setdefault(key, []).append((source, row))
                rules[key] = rule
            for key, rows in blocks.items():
                sizes = [sum(1 for at in rows if at[0] == source) for source in frames]
                pairs = len(rows) * (len(rows) - 1) // 2
                if link_type == "link_only":
                    pairs -= sum(n * (n - 1) // 2 for n in sizes)
                if cuts and 0 < limits[rules[key]] < pairs:
                    large.append(key)
            if not large:
                return blocks, cut
            cut += large

    def spread(self, frames, link_type, n_machines=5, cuts=True, threshold_weight=-100, **model):
        """Pairs {(id, id): (weight, rule, levels)} of all machines together, and the blocks that were cut."""
        blocks, cut = self.blocks(frames, link_type, cuts, **model)
        pairs = {}
        for machine in range(n_machines):
            mine = [key for key in blocks if key % n_machines == machine]
            chosen = {source: sorted({i for key in mine for s, i in blocks[key] if s == source}) for source in frames}
            if not any(chosen.values()):
                continue
            batch = {source: self.rows(frame, chosen[source]) for source, frame in frames.items()}
            found = padan.link_blocks(batch, mine, cut=cut, link_type=link_type, threshold_weight=threshold_weight,
                                      threads=1 + machine % 3, **model)
            self.assertIsNone(found.clusters)
            for pair, value in self.pairs(found, batch).items():
                self.assertNotIn(pair, pairs, "a pair of two machines")
                pairs[pair] = value
        return pairs, cut

    def pairs(self, found, frames):
        ids = [name for frame in frames.values() for name in frame["unique_id"]]
        columns = [found.pairs[name] for name in ("left", "right", "match_weight", "match_key")]
        levels = found.pairs["levels"].tolist()
        return {
            (ids[left], ids[right]): (weight, rule, levels[i])
            for i, (left, right, weight, rule) in enumerate(zip(*columns))
        }

    def expect_equal(self, frames, link_type, n_least, n_cut_least=0, **model):
        options = {"threshold_weight": -100, **model}
        if link_type == "dedupe_only":
            whole = padan.dedupe(next(iter(frames.values())), **options)
        else:
            whole = padan.link(frames, link_type=link_type, **options)
        expected = self.pairs(whole, frames)
        pairs, cut = self.spread(frames, link_type, **options)
        self.assertGreaterEqual(len(expected), n_least)
        self.assertGreaterEqual(len(cut), n_cut_least)
        self.assertEqual(sorted(pairs), sorted(expected))
        self.assertEqual(pairs, expected)

    def with_rules(self, *rules, **keys):
        return {**MODEL, "blocking_rules_to_generate_predictions": list(rules), **keys}

    def two(self, seed):
        first, second = people(300, seed), people(300, seed)
        second["unique_id"] = [f"s{name}" for name in second["unique_id"]]
        return {"roster": first, "register": second}

    RULES = {
        "keys that may be missing": ["l.born = r.born", "l.number = r.number AND l.village = r.village", "l.name = r.name"],
        "keys that are computed": ["substr(l.name, 1, 5) = substr(r.name, 1, 5) AND l.village = r.village",
                                   "year(try_strptime(l.born, '%Y-%m-%d')) = year(try_strptime(r.born, '%Y-%m-%d')) "
                                   "AND l.village = r.village", "l.born = r.born"],
        "a condition beside the key": ["l.village = r.village AND levenshtein(l.name, r.name) <= 4",
                                       "l.born = r.born AND l.village <> r.village", "l.born = r.born"],
        "two sides with different keys": ["l.name = r.alias", "l.born = r.born", "l.alias = r.name AND l.village = r.village"],
        "elements of lists": ["l.born = r.born", {"blocking_rule": "l.parts = r.parts AND l.village = r.village",
                                                  "arrays_to_explode": ["parts"]}, "l.name = r.name"],
        "no key at all": ["abs(length(l.name) - length(r.name)) > 14", "l.born = r.born"],
    }

    def prepared(self, frame):
        draw = random.Random(len(frame["name"]))
        frame["alias"] = [draw.choice(frame["name"]) if draw.random() < 0.5 else None for _ in frame["name"]]
        frame["parts"] = [name.split() if draw.random() < 0.9 else None for name in frame["name"]]
        return frame

    def test_blocks_of_all_machines_are_one_run(self):
        for what, rules in self.RULES.items():
            with self.subTest(what):
                model = self.with_rules(*rules)
                frame = self.prepared(people(400, 21))
                self.expect_equal({"rows": frame}, "dedupe_only", 100, model=model)
                frames = {name: self.prepared(frame) for name, frame in self.two(22).items()}
                self.expect_equal(frames, "link_only", 100, model=model)
                self.expect_equal(frames, "link_and_dedupe", 200, model=model)

    def test_blocks_that_are_too_large_are_cut_as_in_one_run(self):
        limited = [
            [{"blocking_rule": "l.village = r.village", "padan_max_pairs": 60, "padan_refine": ["substr(name, 1, 1)", "born"]},
             {"blocking_rule": "substr(l.name, 1, 2) = substr(r.name, 1, 2)", "padan_max_pairs": 40, "padan_refine": ["number"]},
             "l.born = r.born", {"blocking_rule": "l.name = r.name", "padan_max_pairs": 3}],
            [{"blocking_rule": "l.name = r.alias", "padan_max_pairs": 5, "padan_refine": ["village"]},
             {"blocking_rule": "l.parts = r.parts", "arrays_to_explode": ["parts"], "padan_max_pairs": 200,
              "padan_refine": ["village"]}, "l.born = r.born"],
        ]
        for i, rules in enumerate(limited):
            with self.subTest(i):
                model = self.with_rules(*rules)
                self.expect_equal({"rows": self.prepared(people(500, 23))}, "dedupe_only", 200, 20, model=model)
                frames = {name: self.prepared(frame) for name, frame in self.two(24).items()}
                self.expect_equal(frames, "link_only", 100, 20, model=model)

    def test_without_a_list_no_block_is_cut(self):
        frame, rules = people(300, 25), [{"blocking_rule": "l.village = r.village", "padan_max_pairs": 20}]
        pairs, cut = self.spread({"rows": frame}, "dedupe_only", cuts=False, model=self.with_rules(*rules))
        whole = padan.dedupe(frame, model=self.with_rules("l.village = r.village"), threshold_weight=-100)
        self.assertEqual((pairs, cut), (self.pairs(whole, {"rows": frame}), []))
        self.assertEqual(padan.keys([frame], model=self.with_rules(*rules)).max_pairs, [20])


    def test_frequencies_come_with_the_model_or_it_is_refused(self):
        frame = people(500, 26)
        counted = json.loads(json.dumps(MODEL))
        counted["comparisons"][0]["comparison_levels"][1]["tf_adjustment_column"] = "name"
        with self.assertRaisesRegex(padan.PadanError, "train the model"):
            padan.keys([frame], model=counted)
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            write(frame, folder / "rows.csv")
            (folder / "untrained.json").write_text(json.dumps(counted))
            subprocess.run([PADAN, "train", folder / "rows.csv", "--model", folder / "untrained.json", "--tf", "--quiet",
                            "--out", folder / "model.json"], check=True, stdout=subprocess.DEVNULL)
            self.expect_equal({"rows": frame}, "dedupe_only", 100, model=folder / "model.json")
            found = padan.dedupe(frame, model=folder / "model.json", threshold_weight=0)
            weights, _ = padan.score([frame], found.pairs["left"], found.pairs["right"], model=folder / "model.json")
            self.assertEqual(list(weights), list(found.pairs["match_weight"]))
            linker = padan.Linker(folder / "model.json")
        again = padan.dedupe(frame, model=linker, threshold_weight=0)
        self.assertEqual(list(again.pairs["match_weight"]), list(found.pairs["match_weight"]), "its files are gone by now")

    def test_what_a_part_of_the_rows_tells_does_not_count(self):
        model = self.with_rules("l.born = r.born", padan_dates=["born"])
        keys = [
            padan.keys([{"unique_id": ["a", "b"], "name": ["marta", "henrik"], "born": ["04/03/1990", other]}], model=model).key[0]
            for other in ("25/12/1990", "12/25/1990")
        ]
        self.assertEqual(keys[0], keys[1], "the day comes first, whatever the other rows have")

    def test_what_is_wrong_is_told(self):
        frame = people(20, 27)
        for words, call in [
            ("blocks are those of a model's rules", lambda: padan.keys([frame])),
            ("padan_matches_per_record", lambda: padan.keys([frame], preset="people")),
            ("padan_household_members", lambda: padan.link_blocks([frame], [], model={
                **MODEL, "padan_household_members": {"columns": ["village"], "least": 0, "apart": 0.1, "odds": 0.5}})),
            ("give one of them", lambda: padan.keys([frame], model=MODEL, preset="people")),
            ("no/model.json", lambda: padan.keys([frame], model=pathlib.Path("no/model.json"))),
        ]:
            with self.assertRaisesRegex(padan.PadanError, words):
                call()

    def test_the_example_of_the_documents_finds_what_one_run_finds(self):
        page = (pathlib.Path(__file__).resolve().parents[2] / "docs" / "machines.md").read_text(encoding="utf-8")
        code = page.split("```python\n")[1].split("```")[0]
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([PADAN, "generate", "--people", "1500", "--provinces", "34", "--out", folder], check=True)
            script = pathlib.Path(folder) / "example.py"
            script.write_text(code.replace("build/demo/malam-1", folder), encoding="utf-8")
            paths = {**os.environ, "PYTHONPATH": str(pathlib.Path(padan.__file__).resolve().parents[1])}
            said = subprocess.run([sys.executable, script], env=paths, check=True, capture_output=True, text=True).stdout
        found = re.fullmatch(r"(\d+) blocks, (\d+) pairs; in one run (\d+)\n", said)
        self.assertGreater(int(found[2]), 30)
        self.assertEqual(found[2], found[3])


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
