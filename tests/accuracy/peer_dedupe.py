# SPDX-License-Identifier: MIT
"""dedupe: a variable per column by its kind, trained on the 100 labelled pairs that padan is trained on too; match
probability >= .3, .5, .7. (Its own training_data_dedupe and _link hand over every match of the truth, whatever size they are
given: the size holds for the other pairs only.)"""
import io
import os
import random

import labels
import peer_sets
import sets



def variables_of(name, ignore):
    import dedupe
    kinds = {"name": dedupe.variables.String, "text": dedupe.variables.Text, "email": dedupe.variables.String,
             "code": dedupe.variables.ShortString, "date": dedupe.variables.ShortString,
             "exact": dedupe.variables.Exact, "exact_tf": dedupe.variables.Exact}
    return [kinds[kind](column, has_missing=True)
            for column, kind in peer_sets.COLUMNS[name].items() if column != ignore]


def records_of(data, name):
    """The frame, and rows by id."""
    frame = peer_sets.read(data, name)
    columns = list(peer_sets.COLUMNS[name])
    return frame, {r["rec_id"]: {c: r[c] or None for c in columns} for r in frame.to_dict("records")}


def training_file(drawn, rows, source):
    """Labelled pairs as the file of a user's answers: that way they are in the sample that it learns from."""
    from dedupe import serializer
    answers = {"match": [], "distinct": []}
    for left, right, is_match in drawn:
        pair = sorted((left, right), key=lambda row: source[row])
        answers["match" if is_match else "distinct"].append((rows[pair[0]], rows[pair[1]]))
    file = io.StringIO()
    serializer.write_training(answers, file)
    file.seek(0)
    return file


def linked(variables, frame, rows, drawn):
    import dedupe
    source = dict(zip(frame.rec_id, frame.source))
    sides = [{i: rows[i] for i in frame[frame.source == s].rec_id} for s in sorted(frame.source.unique())]
    linker = dedupe.RecordLink(variables, num_cores=1)
    linker.prepare_training(*sides, training_file=training_file(drawn, rows, source), sample_size=20000)
    linker.train()
    return lambda threshold: [tuple(pair) for pair, _ in linker.join(*sides, threshold=threshold)]


def clustered(variables, frame, rows, drawn):
    import dedupe
    deduper = dedupe.Dedupe(variables, num_cores=1)
    deduper.prepare_training(rows, training_file=training_file(drawn, rows, {i: 0 for i in rows}), sample_size=20000)
    deduper.train()
    return lambda threshold: [(ids[0], other) for ids, _ in deduper.partition(rows, threshold) for other in ids[1:]]


def pairs_of(data, name, ignore, work):
    drawn = labels.draw(data, name)
    random.seed(labels.SEED)
    frame, rows = records_of(data, name)
    link = sets.is_link(name)
    at = (linked if link else clustered)(variables_of(name, ignore), frame, rows, drawn)
    for threshold in (0.3, 0.5, 0.7):
        path = os.path.join(work, f"dedupe-{name}-{threshold}.csv")
        peer_sets.write_pairs(path, at(threshold), frame, link)
        yield f"p >= {threshold}", path
