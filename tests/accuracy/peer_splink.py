# SPDX-License-Identifier: MIT
"""Splink: comparisons by the kind of column, term frequencies on names; u from 1e6 random pairs, m by EM over two
blocking rules; links: pairs, dedupe: connected components; match probability >= .5, .9, .99."""
import os
import sys

import peer_sets
import sets


def comparison(column, kind):
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


def rules_of(name, ignore):
    rules = []
    for block in peer_sets.blocks_of(name, ignore):
        if len(block) == 2 and isinstance(block[1], int):
            rules.append(f'substr(l."{block[0]}", 1, {block[1]}) = substr(r."{block[0]}", 1, {block[1]})')
        else:
            rules.append(" and ".join(f'l."{c}" = r."{c}"' for c in block))
    return rules


def pairs_of(data, name, ignore, work):
    from splink import DuckDBAPI, Linker, SettingsCreator
    frame = peer_sets.read(data, name).replace("", None)
    link = sets.is_link(name)
    rules = rules_of(name, ignore)
    settings = SettingsCreator(
        link_type="link_only" if link else "dedupe_only", unique_id_column_name="rec_id",
        source_dataset_column_name="source_dataset", blocking_rules_to_generate_predictions=rules,
        comparisons=[comparison(c, k) for c, k in peer_sets.COLUMNS[name].items() if c != ignore])
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
        peer_sets.write_pairs(path, zip(pairs.rec_id_l, pairs.rec_id_r), frame, link)
        yield f"p >= {threshold}", path
