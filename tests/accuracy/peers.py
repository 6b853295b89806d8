# SPDX-License-Identifier: MIT
"""Accuracy of the programs padan is compared with on the same sets, scored by `padan evaluate`.

    bench/venv/bin/python tests/accuracy/peers.py DATA PROGRAM RESULTS.csv [SET...]

Splink and recordlinkage run with settings made by hand for the set, of the kind their own tutorials use for such columns,
and with three thresholds; the best of the three is kept, which flatters them a little: padan takes one threshold, without
the truth. GoldenMatch configures itself, as padan does. dedupe is trained on labelled pairs (labels.py) and, a row of its own,
on answers to its own questions; it takes minutes and more for thousands of rows. What each does is told in peer_*.py.
PADAN_PEERS="goldenmatch dedupe" runs only those."""
import itertools
import logging
import os
import sys
import time
import warnings

import peer_dedupe
import peer_goldenmatch
import peer_recordlinkage
import peer_splink
import sets

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

PEERS = {"splink 5": peer_splink, "recordlinkage 0.16": peer_recordlinkage, "goldenmatch 3.22": peer_goldenmatch,
         "dedupe 3.0": peer_dedupe}


def best(padan, data, name, peer, way, ignore, work):
    """The best of the thresholds tried. Pairs of a dedupe are joined to clusters by `padan evaluate`."""
    started = time.process_time()
    tried = []
    ways = [way] if way else []
    for threshold, path in PEERS[peer].pairs_of(data, name, ignore, work, *ways):
        figures = sets.evaluate(padan, data, name, ["--pairs", path], work)
        tried.append((figures["pairs"]["f1"] or 0, threshold, figures))
    seconds = time.process_time() - started
    _, threshold, figures = max(tried, key=lambda t: t[0])
    of = f"best of {'three' if len(tried) == 3 else len(tried)}: {threshold}" if len(tried) > 1 else threshold
    configuration = ", ".join([peer + (f" without {ignore}" if ignore else ""), *ways, of])
    return sets.row(name, configuration, figures, seconds)


def run(padan, data, name, peer, work):
    """Rows of one peer on one set, one for each way it is used in; none when it fails."""
    rows = []
    ignored = [None, *([sets.IDENTIFIERS[name]] if name in sets.IDENTIFIERS else [])]
    for ignore, way in itertools.product(ignored, getattr(PEERS[peer], "WAYS", [""])):
        try:
            rows.append(best(padan, data, name, peer, way, ignore, work))
            print(f"{name:20} {rows[-1]['configuration']:60} F1 {rows[-1]['f1']}", flush=True)
        except Exception as problem:
            print(f"{name}: {peer} failed: {str(problem)[:300]}", file=sys.stderr, flush=True)
    return rows


def main():
    data, padan, results = sys.argv[1:4]
    wanted = sys.argv[4:]
    wanted_peers = os.environ.get("PADAN_PEERS", "").split()
    work = os.path.join("build", "accuracy-peers")
    os.makedirs(work, exist_ok=True)
    data = sets.prepare(data, work)
    for name in sets.present(data):
        if wanted and name not in wanted:
            continue
        for peer in PEERS:
            program = peer.split(" ")[0]
            if wanted_peers and program not in wanted_peers:
                continue
            rows = run(padan, data, name, peer, work)
            if rows:
                sets.replace_rows(results, rows, lambda configuration: configuration.split(" ")[0] == program)


main()
