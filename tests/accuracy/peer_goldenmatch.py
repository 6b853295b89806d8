# SPDX-License-Identifier: MIT
"""GoldenMatch: no configuration, as its quick start has it (dedupe_df, match_df). What it has learned from other files is
not used (GOLDENMATCH_AUTOCONFIG_MEMORY=0)."""
import contextlib
import io
import os

os.environ["GOLDENMATCH_AUTOCONFIG_MEMORY"] = "0"
os.environ["GOLDEN_DIAGNOSTICS"] = "0"

import peer_sets
import sets

# Columns that say where a row is from, not what it is of.
NOT_DATA = ("rec_id", "source")


def table_of(frame, ignore):
    import polars
    columns = [c for c in frame.columns if c not in NOT_DATA and c != ignore]
    return polars.DataFrame({c: [v or None for v in frame[c]] for c in columns}, schema={c: polars.String for c in columns})


def linked(frame, ignore):
    import goldenmatch
    sides = [frame[frame.source == source].reset_index(drop=True) for source in sorted(frame.source.unique())]
    matched = goldenmatch.match_df(*(table_of(side, ignore) for side in sides)).matched
    if matched is None:
        return []
    ids = list(sides[0].rec_id) + list(sides[1].rec_id)  # rows are numbered through both tables
    rows = zip(matched["__target_row_id__"].to_pylist(), matched["__ref_row_id__"].to_pylist())
    return [(ids[a], ids[b]) for a, b in rows]


def clustered(frame, ignore):
    import goldenmatch
    ids = list(frame.rec_id)
    clusters = goldenmatch.dedupe_df(table_of(frame, ignore)).clusters
    return [(ids[c["members"][0]], ids[other]) for c in clusters.values() for other in c["members"][1:]]


def pairs_of(data, name, ignore, work):
    frame = peer_sets.read_as_it_is(data, name)
    link = sets.is_link(name)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        pairs = (linked if link else clustered)(frame, ignore)
    path = os.path.join(work, f"goldenmatch-{name}.csv")
    peer_sets.write_pairs(path, pairs, frame, link)
    yield "no configuration", path
