# SPDX-License-Identifier: MIT
"""dedupe: a variable per column by its kind; match probability >= .3, .5, .7. It learns in two ways, which are two rows:
from the 100 labelled pairs that padan is trained on too, and, as its documentation has a user do it, from answers to its own
questions, which the truth gives. (Its own training_data_dedupe and _link hand over every match of the truth, whatever size
they are given: the size holds for the other pairs only.)"""
import io
import os
import random

import labels
import numpy
import peer_sets
import sets

ANSWERS = 100
OF_EACH = 10  # matches and others that its documentation asks for; at most as many answers again are given for them
WAYS = ["", f"{ANSWERS} answers to its own questions"]


def seeded(generator):
    """Its samples and questions are drawn by generators that it gives no seed."""
    return lambda seed=labels.SEED: generator(seed)


numpy.random.default_rng = seeded(numpy.random.default_rng)


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


def answer_questions(learner, rows, entity):
    """Asks and is answered until there are enough answers, and enough of each kind, or nothing is left to ask."""
    row_of = {id(record): row for row, record in rows.items()}
    given = {"match": 0, "distinct": 0}
    while sum(given.values()) < ANSWERS or (min(given.values()) < OF_EACH and sum(given.values()) < 2 * ANSWERS):
        try:
            question = learner.uncertain_pairs()
        except IndexError:
            break
        for left, right in question:
            answer = "match" if entity[row_of[id(left)]] == entity[row_of[id(right)]] else "distinct"
            given[answer] += 1
            learner.mark_pairs({"match": [], "distinct": [], answer: [(left, right)]})


def trained(learner, sides, rows, source, lessons):
    """Learns from a list of labelled pairs or, where lessons is the entity of every row, from answers."""
    if isinstance(lessons, dict):
        learner.prepare_training(*sides, sample_size=20000)
        answer_questions(learner, rows, lessons)
    else:
        learner.prepare_training(*sides, training_file=training_file(lessons, rows, source), sample_size=20000)
    learner.train()


def linked(variables, frame, rows, lessons):
    import dedupe
    source = dict(zip(frame.rec_id, frame.source))
    sides = [{i: rows[i] for i in frame[frame.source == s].rec_id} for s in sorted(frame.source.unique())]
    linker = dedupe.RecordLink(variables, num_cores=1)
    trained(linker, sides, rows, source, lessons)
    return lambda threshold: [tuple(pair) for pair, _ in linker.join(*sides, threshold=threshold)]


def clustered(variables, frame, rows, lessons):
    import dedupe
    deduper = dedupe.Dedupe(variables, num_cores=1)
    trained(deduper, [rows], rows, {i: 0 for i in rows}, lessons)
    return lambda threshold: [(ids[0], other) for ids, _ in deduper.partition(rows, threshold) for other in ids[1:]]


def pairs_of(data, name, ignore, work, way=WAYS[0]):
    lessons = labels.entities(data, name) if way else labels.draw(data, name)
    random.seed(labels.SEED)
    frame, rows = records_of(data, name)
    link = sets.is_link(name)
    at = (linked if link else clustered)(variables_of(name, ignore), frame, rows, lessons)
    for threshold in (0.3, 0.5, 0.7):
        path = os.path.join(work, f"dedupe-{name}-{threshold}.csv")
        peer_sets.write_pairs(path, at(threshold), frame, link)
        yield f"p >= {threshold}", path
