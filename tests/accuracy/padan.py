# SPDX-License-Identifier: MIT
"""Accuracy of padan on public sets without configuration, with its model trained again on 100 labelled pairs, with its
presets on sets of people and on made-up nations.

    python3 tests/accuracy/padan.py DATA PROGRAM RESULTS.csv [SET...]

Rewrites the rows of padan in RESULTS.csv. Sets that are absent are skipped, and their rows stay."""
import json
import os
import re
import resource
import shutil
import subprocess
import sys

import labels
import sets

REGIMES = ["lama", "baru", "daerah"]
PEOPLE = int(os.environ.get("PADAN_ACCURACY_PEOPLE", "300000"))
PEOPLE_UNKNOWN = 10000  # of a nation whose files are linked without configuration
NATION_FILES = ["kependudukan", "dtsen", "pkh", "sembako", "blt_desa", "provinsi", "pbi_jk", "pip"]


def run(command):
    """Runs a command; seconds of processor time, which other work on the machine does not stretch."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done


def blocking_recall(padan, data, name, model, link):
    command = [padan, "block", os.path.join(data, name, "data.csv"), "--model", model, "--truth",
               os.path.join(data, name, "truth.csv"), "--unique-id", "rec_id", "--json", "--quiet", *link]
    done = subprocess.run(command, capture_output=True, text=True)
    found = re.findall(r'"pair_completeness":\s*([0-9.]+)', done.stdout)
    return float(found[-1]) if found else ""


def zero_configuration(padan, data, name, ignore, work):
    out = os.path.join(work, name)
    as_one = ignore == "source"
    command = sets.linking_command(padan, data, name, out, as_one)
    if ignore:
        command += ["--ignore", ignore]
    seconds, _ = run(command)
    figures = sets.evaluate(padan, data, name, [out], work, as_one)
    recall = blocking_recall(padan, data, name, os.path.join(out, "model.json"), sets.source_options(name, as_one))
    configuration = "padan, zero configuration" + (" as one file" if as_one else f" without {ignore}" if ignore else "")
    return sets.row(name, configuration, figures, seconds, recall)


def labelled(padan, data, name, work):
    """The model of zero configuration, trained again with some labels. To be called after zero_configuration()."""
    rows = [os.path.join(data, name, "data.csv"), "--unique-id", "rec_id", "--quiet"]
    rows += ["--source-column", "source"] if sets.is_link(name) else []
    path, model, out = (os.path.join(work, name + end) for end in (".labels.csv", ".trained.json", ".trained"))
    drawn = labels.draw(data, name)
    labels.write(path, drawn)
    before = os.path.join(work, name, "model.json")
    train, _ = run([padan, "train", *rows, "--model", before, "--labels", path, "--out", model])
    seconds, _ = run([padan, "link" if sets.is_link(name) else "dedupe", *rows, "--model", model, "--out", out])
    figures = sets.evaluate(padan, data, name, [out], work)
    return sets.row(name, f"padan, trained on {len(drawn)} labelled pairs", figures, train + seconds)


def preset(padan, data, name, work):
    """The preset of people as it comes: nothing is learnt, nothing is chosen."""
    out = os.path.join(work, name + ".preset")
    seconds, _ = run([*sets.linking_command(padan, data, name, out), "--preset", "people"])
    figures = sets.evaluate(padan, data, name, [out], work)
    recall = blocking_recall(padan, data, name, os.path.join(out, "model.json"), sets.source_options(name))
    return sets.row(name, "padan, preset people", figures, seconds, recall)


def regime(padan, name, work):
    """The preset on a made-up nation: class otomatis of a whole run."""
    folder = os.path.join(work, name)
    run([padan, "generate", "--people", str(PEOPLE), "--seed", "20261", "--regime", name, "--out", folder])
    seconds, done = run([padan, "run", "--quiet", os.path.join(folder, "job.yaml")])
    path = done.stdout.strip().splitlines()[-1]
    command = [padan, "evaluate", "--truth", os.path.join(folder, "truth.csv"), path, "--json"]
    figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return sets.row(f"regime {name}, {PEOPLE} people", "padan, preset orang-indonesia", figures, seconds)


def regime_unknown(padan, name, work):
    """All files of a made-up nation, linked as if nothing were known of them."""
    folder, out = os.path.join(work, name + ".unknown"), os.path.join(work, name + ".linked")
    run([padan, "generate", "--people", str(PEOPLE_UNKNOWN), "--seed", "20261", "--regime", name, "--out", folder])
    files = [os.path.join(folder, file + ".csv") for file in NATION_FILES]
    seconds, _ = run([padan, "link", *files, "--link-type", "link_and_dedupe", "--quiet", "--out", out])
    command = [padan, "evaluate", "--truth", os.path.join(folder, "truth.csv"), out, "--json"]
    figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return sets.row(f"regime {name}, {PEOPLE_UNKNOWN} people", "padan, zero configuration", figures, seconds)


def main():
    data, padan, results = sys.argv[1:4]
    wanted = sys.argv[4:]
    work = os.path.join("build", "accuracy")
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    data = sets.prepare(data, work)

    def add(new):
        old = [r for r in sets.read_rows(results) if (r["set"], r["configuration"]) != (new["set"], new["configuration"])]
        sets.write_rows(results, [*old, new])
        print(f"{new['set']:36} {new['configuration']:46} F1 {new['f1']}", flush=True)

    for name in sets.present(data):
        if wanted and name not in wanted:
            continue
        add(zero_configuration(padan, data, name, None, work))
        if name in sets.PEOPLE:
            add(preset(padan, data, name, work))
        if name in sets.LABELLED:
            add(labelled(padan, data, name, work))
        if name in sets.IDENTIFIERS:
            add(zero_configuration(padan, data, name, sets.IDENTIFIERS[name], work))
        if name in sets.AS_ONE_FILE:
            add(zero_configuration(padan, data, name, "source", work))
    for name in REGIMES:
        if not wanted or name in wanted:
            add(regime(padan, name, work))
            add(regime_unknown(padan, name, work))


main()
