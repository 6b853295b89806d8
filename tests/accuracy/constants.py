# SPDX-License-Identifier: MIT
"""How much does accuracy without configuration hang on the constants of the estimator?

    python3 tests/accuracy/constants.py DATA RESULTS.csv [CONSTANT...]

Every `static const double` of the folders below is halved and doubled, one at a time (a share above a half: its distance from
one), in a copy of the tree under build/constants, and fast public sets are linked again. RESULTS.csv has a row for each change:
the F1 that each set gains or loses, and the largest loss. CONSTANT: only constants whose file:NAME holds one of these words;
other rows stay. Numbers of rows that are looked at and sizes of arrays (enum) are not changed."""
import concurrent.futures
import csv
import glob
import os
import re
import shutil
import subprocess
import sys

import sets

SOURCES = ["src/auto/*.c", "src/zero/*.c", "src/train/*.c"]
TREE = "build/constants/tree"
COPIED = ["Makefile", "src", "include", "models", "datasets", "tools", "build/release"]
FAST = ["senzing_truthset", "splink_fake1000", "febrl4", "census841", "fodors_zagats", "dblp_acm"]
FACTORS = [.5, 2]
FIELDS = ["constant", "value", "changed_to", *FAST, "largest_loss"]
DECLARATION = re.compile(r"^static const double ([^;]+);", re.M)
ITEM = re.compile(r"(\w+)(?:\[\w*\])? = (\{[^}]*\}|[^,{}]+)")
NUMBER = re.compile(r"-?[0-9]*\.?[0-9]+(?:e-?[0-9]+)?(?: / [0-9.]+)?")


def copy_tree():
    """What the build needs, with its objects and their times, so that only what changes is compiled again."""
    shutil.rmtree(TREE, ignore_errors=True)
    os.makedirs(TREE)
    for path in COPIED:
        if os.path.isdir(path):
            shutil.copytree(path, os.path.join(TREE, path))
        elif os.path.exists(path):
            shutil.copy2(path, os.path.join(TREE, path))


def constants():
    """(name, path, start, end, value) of every number; a place in the text of its file."""
    for path in sorted(p for pattern in SOURCES for p in glob.glob(pattern)):
        with open(path) as file:
            text = file.read()
        for declaration in DECLARATION.finditer(text):
            for item in ITEM.finditer(declaration.group(1)):
                numbers = list(NUMBER.finditer(item.group(2)))
                if not numbers:
                    print(f"{path}: {item.group(0)} holds no number: left as it is", file=sys.stderr)
                for i, number in enumerate(numbers):
                    at = declaration.start(1) + item.start(2) + number.start()
                    name = item.group(1) + (f"[{i}]" if item.group(2).startswith("{") else "")
                    parts = [float(part) for part in number.group(0).split(" / ")]
                    value = parts[0] / parts[1] if len(parts) > 1 else parts[0]
                    yield f"{path}:{name}", path, at, at + len(number.group(0)), value


def changed(value, factor):
    return 1 - (1 - value) * factor if .5 < value < 1 else value * factor


def build():
    subprocess.run(["make", "-s", "-C", TREE, "build/release/padan"], check=True)


def f1_of(data, name):
    """F1 of one set; 0 where nothing was linked or the program failed, which is said."""
    program, work = os.path.join(TREE, "build/release/padan"), f"build/constants/{name}"
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    out = os.path.join(work, "out")
    command = [*sets.linking_command(program, data, name, out), "--threads", "1"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        print(f"{name}: {done.stderr.strip()}", file=sys.stderr)
        return 0.0
    f1 = sets.evaluate(program, data, name, [out], work)["pairs"]["f1"]
    return f1 if isinstance(f1, float) else 0.0


def accuracy(data, present):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as several:
        return dict(zip(present, several.map(lambda name: f1_of(data, name), present)))


def measure(data, present, unchanged, constant, factor):
    name, path, start, end, value = constant
    target = os.path.join(TREE, path)
    with open(target) as file:
        text = file.read()
    with open(target, "w") as file:
        file.write(f"{text[:start]}{changed(value, factor)!r}{text[end:]}")
    build()
    found = accuracy(data, present)
    with open(target, "w") as file:
        file.write(text)
    differences = {s: found[s] - unchanged[s] for s in present}
    return {"constant": name, "value": f"{value:.4g}", "changed_to": f"{changed(value, factor):.4g}",
            "largest_loss": f"{max(0.0, -min(differences.values())):.4f}",
            **{s: f"{d:+.4f}" if abs(d) >= .00005 else "0" for s, d in differences.items()}}


def write(path, rows):
    with open(path + ".new", "w", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    os.replace(path + ".new", path)


def main():
    data, path, words = sys.argv[1], sys.argv[2], sys.argv[3:]
    present = [name for name in sets.present(data) if name in FAST]
    if not present:
        sys.exit(0)
    copy_tree()
    build()
    unchanged = accuracy(data, present)
    rows, all_constants = {}, list(constants())
    known = {constant[0] for constant in all_constants}
    first = {"constant": "none", **{s: f"{f1:.4f}" for s, f1 in unchanged.items()}}
    if words and os.path.exists(path):
        with open(path, newline="") as file:
            rows = {(row["constant"], row["changed_to"]): row for row in csv.DictReader(file)}
    for constant in all_constants:
        if words and not any(word in constant[0] for word in words):
            continue
        for old in [key for key in rows if key[0] == constant[0]]:
            del rows[old]
        for factor in FACTORS:
            row = measure(data, present, unchanged, constant, factor)
            rows[row["constant"], row["changed_to"]] = row
            print(f"{row['constant']} {row['value']} -> {row['changed_to']}: largest loss {row['largest_loss']}", flush=True)
            write(path, [first] + [rows[key] for key in sorted(rows) if key[0] in known])


main()
