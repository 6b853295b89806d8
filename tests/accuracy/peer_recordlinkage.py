# SPDX-License-Identifier: MIT
"""recordlinkage: Jaro-Winkler >= .85 on names and texts, equality on others, on pairs that share a block; a pair is kept
when the sum of agreements reaches 3/8, 1/2 or 5/8 of the columns (its tutorial: sum > 3 of 6)."""
import os

import peer_sets
import sets


def pairs_of(data, name, ignore, work):
    import recordlinkage as rl
    frame = peer_sets.read(data, name).replace("", None).set_index("rec_id")
    for block in peer_sets.blocks_of(name, ignore):
        if len(block) == 2 and isinstance(block[1], int):
            frame[f"first of {block[0]}"] = frame[block[0]].str[:block[1]]
    indexer = rl.Index()
    for block in peer_sets.blocks_of(name, ignore):
        indexer.block(f"first of {block[0]}" if len(block) == 2 and isinstance(block[1], int) else block)
    if sets.is_link(name):
        first, second = sorted(frame.source.unique())
        tables = (frame[frame.source == first], frame[frame.source == second])
    else:
        tables = (frame,)
    pairs = indexer.index(*tables)
    compare = rl.Compare()
    for column, kind in peer_sets.COLUMNS[name].items():
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
        peer_sets.write_pairs(path, kept.index, frame.reset_index(), sets.is_link(name))
        yield f"sum >= {share:g}", path
