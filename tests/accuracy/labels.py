# SPDX-License-Identifier: MIT
"""Pairs of the truth that a user would have labelled: the same for padan and for the programs it is compared with."""
import csv
import itertools
import os
import random

import sets

OF_EACH = 50  # matches, and pairs that are none
SEED = 1


def entities(data, name):
    """The entity of every row."""
    with open(os.path.join(data, name, "truth.csv"), newline="") as file:
        return {r["rec_id"]: r["entity_id"] for r in csv.DictReader(file)}


def draw(data, name, seed=SEED):
    """(row, other row, is match): matches and other pairs of the truth, drawn at random, what someone who looks at 100
    pairs would answer."""
    draw = random.Random(seed)
    entity = entities(data, name)
    with open(os.path.join(data, name, "data.csv"), newline="") as file:
        source = {r["rec_id"]: r["source"] if sets.is_link(name) else r["rec_id"] for r in csv.DictReader(file)}
    members = {}
    for row in sorted(entity):
        members.setdefault(entity[row], []).append(row)
    matches = [p for rows in members.values() for p in itertools.combinations(rows, 2) if source[p[0]] != source[p[1]]]
    labels = [(a, b, 1) for a, b in draw.sample(matches, min(OF_EACH, len(matches)))]
    while len(labels) < 2 * OF_EACH:
        a, b = draw.sample(sorted(entity), 2)
        if entity[a] != entity[b] and source[a] != source[b]:
            labels.append((a, b, 0))
    return labels


def write(path, labels):
    with open(path, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("unique_id_l", "unique_id_r", "match"), *labels])
