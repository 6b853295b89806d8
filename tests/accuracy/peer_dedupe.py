# SPDX-License-Identifier: MIT
"""dedupe: a variable per column by its kind, trained on 100 pairs whose truth is told (training_data_dedupe and _link, as in
its own benchmarks), as many as a patient user may answer; match probability >= .3, .5, .7. It alone sees truth."""
import csv
import io
import os
import random

import peer_sets
import sets

TRAINING_PAIRS = 100
SEED = 1


def variables_of(name, ignore):
    import dedupe
    kinds = {"name": dedupe.variables.String, "text": dedupe.variables.Text, "email": dedupe.variables.String,
             "code": dedupe.variables.ShortString, "date": dedupe.variables.ShortString,
             "exact": dedupe.variables.Exact, "exact_tf": dedupe.variables.Exact}
    return [kinds[kind](column, has_missing=True)
            for column, kind in peer_sets.COLUMNS[name].items() if column != ignore]


def records_of(data, name):
    """Rows by id, and the entity of each."""
    frame = peer_sets.read(data, name)
    with open(os.path.join(data, name, "truth.csv"), newline="") as file:
        entity = {r["rec_id"]: r["entity_id"] for r in csv.DictReader(file)}
    columns = list(peer_sets.COLUMNS[name])
    rows = {r["rec_id"]: {**{c: r[c] or None for c in columns}, "entity": entity.get(r["rec_id"], r["rec_id"])}
            for r in frame.to_dict("records")}
    return frame, rows


def training_file(pairs):
    """Pairs whose truth is told, as the file of a user's answers: that way they are in the sample that it learns from."""
    from dedupe import serializer
    file = io.StringIO()
    serializer.write_training(pairs, file)
    file.seek(0)
    return file


def linked(name, ignore, frame, rows):
    import dedupe
    sides = [{i: rows[i] for i in frame[frame.source == s].rec_id} for s in sorted(frame.source.unique())]
    linker = dedupe.RecordLink(variables_of(name, ignore), num_cores=1)
    answers = dedupe.training_data_link(*sides, "entity", TRAINING_PAIRS)
    linker.prepare_training(*sides, training_file=training_file(answers), sample_size=20000)
    linker.train()
    return lambda threshold: [tuple(pair) for pair, _ in linker.join(*sides, threshold=threshold)]


def clustered(name, ignore, frame, rows):
    import dedupe
    deduper = dedupe.Dedupe(variables_of(name, ignore), num_cores=1)
    answers = dedupe.training_data_dedupe(rows, "entity", TRAINING_PAIRS)
    deduper.prepare_training(rows, training_file=training_file(answers), sample_size=20000)
    deduper.train()
    return lambda threshold: [(ids[0], other) for ids, _ in deduper.partition(rows, threshold) for other in ids[1:]]


def pairs_of(data, name, ignore, work):
    random.seed(SEED)
    frame, rows = records_of(data, name)
    link = sets.is_link(name)
    at = (linked if link else clustered)(name, ignore, frame, rows)
    for threshold in (0.3, 0.5, 0.7):
        path = os.path.join(work, f"dedupe-{name}-{threshold}.csv")
        peer_sets.write_pairs(path, at(threshold), frame, link)
        yield f"p >= {threshold}", path
