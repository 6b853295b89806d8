# SPDX-License-Identifier: MIT
"""Accuracy of Splink and recordlinkage on the same sets, scored by `padan evaluate`.

    bench/venv/bin/python tests/accuracy/peers.py DATA PROGRAM RESULTS.csv [SET...]

Each runs with settings made by hand for the set, of the kind its own tutorials use for such columns, and with three
thresholds; the best of the three is kept, which flatters it a little: padan takes one threshold, without the truth.
  splink         comparisons by the kind of column, term frequencies on names; u from 1e6 random pairs, m by EM over two
                 blocking rules; links: pairs, dedupe: connected components; match probability >= .5, .9, .99
  recordlinkage  Jaro-Winkler >= .85 on names and texts, equality on others, on pairs that share a block; a pair is kept
                 when the sum of agreements reaches 3/8, 1/2 or 5/8 of the columns (its tutorial: sum > 3 of 6)"""
import csv
import logging
import os
import sys
import time
import warnings

import pandas

import sets

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

FEBRL = {"given_name": "name", "surname": "name", "date_of_birth": "code", "street_number": "exact", "address_1": "text",
         "suburb": "text", "postcode": "code", "state": "exact", "soc_sec_id": "code"}
COLUMNS = {
    "febrl1": FEBRL, "febrl2": FEBRL, "febrl3": FEBRL, "febrl4": FEBRL, "febrl_dsgen_C10k": {**FEBRL, "phone_number": "code"},
    "splink_fake1000": {"first_name": "name", "surname": "name", "dob": "date", "city": "exact_tf", "email": "email"},
    "senzing_truthset": {"PRIMARY_NAME_LAST": "name", "PRIMARY_NAME_FIRST": "name", "DATE_OF_BIRTH": "code",
                         "ADDR_LINE1": "text", "ADDR_CITY": "exact", "PHONE_NUMBER": "exact", "EMAIL_ADDRESS": "exact",
                         "PRIMARY_NAME_ORG": "text"},
    "ons_working": {"firstname": "name", "middlename": "name", "surname": "name", "sex": "exact", "dob": "code",
                    "postcode": "code"},
    "ons_pes_rwanda": {"forename": "name", "last_name": "name", "year": "exact", "month": "exact", "sex": "exact",
                       "village": "text", "HoH": "text", "telephone": "exact"},
    "leipzig_ds_time_2k": {"firstName": "name", "lastName": "name", "dateOfBirth": "code", "plz": "code", "city": "text"},
    "census841": {"last_name": "name", "first_name": "name", "middle_initial": "exact", "house_number": "exact",
                  "street": "text"},
    "fodors_zagats": {"name": "text", "addr": "text", "city": "exact", "phone": "code"},
    "dblp_acm": {"title": "text", "authors": "text", "venue": "exact", "year": "exact"},
    "abt_buy": {"name": "text", "description": "text", "price": "exact"},
    "dedupe_csv_example": {"Site name": "text", "Address": "text", "Zip": "exact", "Phone": "code"},
    "cora1879": {"title": "text", "authors": "text", "year": "exact", "journal": "text"},
    "musicbrainz20k": {"title": "text", "artist": "text", "album": "text", "year": "exact", "number": "exact"},
}
# Blocks: columns (or the first letters of one) that must be equal.
BLOCKS = {
    "ons_pes_rwanda": [["forename"], ["last_name"], ["village"], ["HoH"]],
    "abt_buy": [["name", 5], ["price"], ["description", 8]],
    "dblp_acm": [["title", 8], ["authors", 8]],
    "cora1879": [["title", 5], ["authors", 5]],
    "musicbrainz20k": [["title", 6], ["artist", 6], ["album", 8]],
    "ons_working": [["dob"], ["postcode", "surname"], ["firstname", "surname"]],
    "dedupe_csv_example": [["Phone"], ["Address", 6], ["Site name", 6]],
    "fodors_zagats": [["phone"], ["name", 4], ["addr", 6]],
}


def read(data, name):
    frame = pandas.read_csv(os.path.join(data, name, "data.csv"), dtype=str).fillna("")
    for column in COLUMNS[name]:
        if COLUMNS[name][column] in ("name", "text", "exact_tf"):
            frame[column] = frame[column].str.lower().str.strip()
    return frame


def blocks_of(name, ignore):
    columns = [c for c in COLUMNS[name] if c != ignore]
    return BLOCKS.get(name) or [[c] for c in columns if COLUMNS[name][c] not in ("exact", "exact_tf")][:6]


def write_pairs(path, pairs, frame, link):
    """Pairs of ids; in a link with the sources of both."""
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if not link:
            writer.writerow(["unique_id_l", "unique_id_r"])
            writer.writerows(pairs)
            return
        source = dict(zip(frame.rec_id, frame.source))
        writer.writerow(["source_dataset_l", "unique_id_l", "source_dataset_r", "unique_id_r"])
        writer.writerows([source[a], a, source[b], b] for a, b in pairs)


# --- Splink ---

def splink_comparison(column, kind):
    import splink.comparison_library as cl
    if kind == "name":
        return cl.NameComparison(column).configure(term_frequency_adjustments=True)
    if kind == "text":
        return cl.JaroWinklerAtThresholds(column, [0.95, 0.88, 0.75])
    if kind == "code":
        return cl.DamerauLevenshteinAtThresholds(column, [1, 2])
    if kind == "date":
        return cl.DateOfBirthComparison(column, input_is_string=True)
    if kind == "email":
        return cl.EmailComparison(column)
    return cl.ExactMatch(column).configure(term_frequency_adjustments=kind == "exact_tf")


def splink_rules(name, ignore):
    rules = []
    for block in blocks_of(name, ignore):
        if len(block) == 2 and isinstance(block[1], int):
            rules.append(f'substr(l."{block[0]}", 1, {block[1]}) = substr(r."{block[0]}", 1, {block[1]})')
        else:
            rules.append(" and ".join(f'l."{c}" = r."{c}"' for c in block))
    return rules


def splink(data, name, ignore, work):
    from splink import DuckDBAPI, Linker, SettingsCreator
    frame = read(data, name).replace("", None)
    link = sets.is_link(name)
    rules = splink_rules(name, ignore)
    settings = SettingsCreator(
        link_type="link_only" if link else "dedupe_only", unique_id_column_name="rec_id",
        source_dataset_column_name="source_dataset", blocking_rules_to_generate_predictions=rules,
        comparisons=[splink_comparison(c, k) for c, k in COLUMNS[name].items() if c != ignore])
    tables = [frame]
    if link:
        tables = [frame[frame.source == s].drop(columns="source") for s in sorted(frame.source.unique())]
    elif "source" in frame:
        tables = [frame.drop(columns="source")]
    api = DuckDBAPI()
    frames = [api.register(t, table_name=f"t{i}", dataset_display_name=f"s{i}") for i, t in enumerate(tables)]
    linker = Linker(frames if link else frames[0], settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match(rules[:3], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in rules[:2]:
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        except Exception as problem:  # a rule that leaves nothing to train on
            print(f"{name}: splink could not train on {rule}: {str(problem)[:80]}", file=sys.stderr)
    predictions = linker.inference.predict(threshold_match_probability=0.5)
    for threshold in (0.5, 0.9, 0.99):
        path = os.path.join(work, f"splink-{name}-{threshold}.csv")
        pairs = predictions.as_pandas_dataframe()
        pairs = pairs[pairs.match_probability >= threshold]
        write_pairs(path, zip(pairs.rec_id_l, pairs.rec_id_r), frame, link)
        yield f"p >= {threshold}", path


# --- recordlinkage ---

def recordlinkage(data, name, ignore, work):
    import recordlinkage as rl
    frame = read(data, name).replace("", None).set_index("rec_id")
    for block in blocks_of(name, ignore):
        if len(block) == 2 and isinstance(block[1], int):
            frame[f"first of {block[0]}"] = frame[block[0]].str[:block[1]]
    indexer = rl.Index()
    for block in blocks_of(name, ignore):
        indexer.block(f"first of {block[0]}" if len(block) == 2 and isinstance(block[1], int) else block)
    if sets.is_link(name):
        first, second = sorted(frame.source.unique())
        tables = (frame[frame.source == first], frame[frame.source == second])
    else:
        tables = (frame,)
    pairs = indexer.index(*tables)
    compare = rl.Compare()
    for column, kind in COLUMNS[name].items():
        if column == ignore:
            continue
        if kind in ("name", "text", "email"):
            compare.string(column, column, method="jarowinkler", threshold=0.85)
        else:
            compare.exact(column, column)
    features = compare.compute(pairs, *tables)
    for share in (3 / 8, 1 / 2, 5 / 8):
        path = os.path.join(work, f"recordlinkage-{name}-{share}.csv")
        kept = features[features.sum(axis=1) >= share * features.shape[1]]
        write_pairs(path, kept.index, frame.reset_index(), sets.is_link(name))
        yield f"sum >= {share:g}", path


PEERS = {"splink 5": splink, "recordlinkage 0.16": recordlinkage}


def best(padan, data, name, peer, ignore, work):
    """The best of the thresholds tried. Pairs of a dedupe are joined to clusters by `padan evaluate`."""
    started = time.process_time()
    tried = []
    for threshold, path in PEERS[peer](data, name, ignore, work):
        figures = sets.evaluate(padan, data, name, ["--pairs", path], work)
        tried.append((figures["pairs"]["f1"] or 0, threshold, figures))
    seconds = time.process_time() - started
    _, threshold, figures = max(tried, key=lambda t: t[0])
    configuration = peer + (f" without {ignore}" if ignore else "") + f", best of three: {threshold}"
    return sets.row(name, configuration, figures, seconds)


def main():
    data, padan, results = sys.argv[1:4]
    wanted = sys.argv[4:]
    work = os.path.join("build", "accuracy-peers")
    os.makedirs(work, exist_ok=True)
    for name in sets.present(data):
        if wanted and name not in wanted:
            continue
        rows = []
        for peer in PEERS:
            for ignore in [None, *([sets.IDENTIFIERS[name]] if name in sets.IDENTIFIERS else [])]:
                try:
                    rows.append(best(padan, data, name, peer, ignore, work))
                    print(f"{name:20} {rows[-1]['configuration']:60} F1 {rows[-1]['f1']}", flush=True)
                except Exception as problem:
                    print(f"{name}: {peer} failed: {str(problem)[:300]}", file=sys.stderr, flush=True)
        if rows:
            sets.replace_rows(results, rows, lambda configuration: configuration.split(" ")[0] in ("splink", "recordlinkage"))


main()
