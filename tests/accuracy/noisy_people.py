# SPDX-License-Identifier: MIT
"""Links of the clean registers of pseudopeople's sample (IHME, University of Washington; BSD-3), with noise of our own.

The registers are of one simulated town, with households whose members are born, marry, move and die between them. Noise
is drawn per row from the row's own id, so that the files are the same everywhere: a cell is mistyped (3 %) or missing
(2 %), a birth has day and month exchanged (.5 %) or is that of another member of the household (.5 %, the package's
own column), first and last name change places (.5 %)."""
import csv
import os
import random

SHARED = "pseudopeople_clean"
NAMES = ["first_name", "middle_initial", "last_name"]
ADDRESS = ["street_number", "street_name", "unit_number"]

# Name: of each source its file, the year of it ("" for all), and its columns.
LINKS = {
    "pseudopeople_census": [("decennial_census", "2020", [*NAMES, "age", "date_of_birth", *ADDRESS, "sex"]),
                            ("decennial_census", "2030", [*NAMES, "age", "date_of_birth", *ADDRESS, "sex"])],
    "pseudopeople_wic": [("decennial_census", "2020", [*NAMES, "age", "date_of_birth", *ADDRESS, "sex"]),
                         ("women_infants_and_children", "", [*NAMES, "date_of_birth", *ADDRESS, "sex"])],
    "pseudopeople_ssa": [("decennial_census", "2020", [*NAMES, "date_of_birth", "sex"]),
                         ("social_security", "", ["first_name", "middle_name", "last_name", "date_of_birth", "sex"])],
}
LETTERS = "abcdefghijklmnopqrstuvwxyz"
KEPT = ("sex",)  # without slips


def mistyped(value, draw):
    at = draw.randrange(len(value))
    sign = draw.choice("0123456789" if value[at].isdigit() else LETTERS)
    kind = draw.randrange(4)
    if kind == 0:
        return value[:at] + sign + value[at + 1:]
    if kind == 1:
        return value[:at] + value[at + 1:]
    if kind == 2:
        return value[:at] + sign + value[at:]
    return value[:at] + value[at + 1:at + 2] + value[at:at + 1] + value[at + 2:]


def noisy(row, columns, draw):
    row = dict(row)
    birth, other = row["date_of_birth"], row.get("copy_date_of_birth", "")
    if other and draw.random() < .005:
        row["date_of_birth"] = other
    elif birth[8:] <= "12" and draw.random() < .005:
        row["date_of_birth"] = f"{birth[:5]}{birth[8:]}-{birth[5:7]}"
    if draw.random() < .005:
        row["first_name"], row["last_name"] = row["last_name"], row["first_name"]
    for column in columns:
        if draw.random() < .02:
            row[column] = ""
        elif row[column] and column not in KEPT and draw.random() < .03:
            row[column] = mistyped(row[column], draw)
    return row


def rows_of(data, file, year):
    with open(os.path.join(data, SHARED, file + ".csv"), newline="", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if not year or row["year"] == year]
    latest = {row["simulant_id"]: row for row in rows}  # an event of a person each, or one row
    return [row for row in rows if latest[row["simulant_id"]] is row]


def write(data, name, folder):
    """Writes data.csv and truth.csv of one link into folder; the rows are shuffled."""
    sources = LINKS[name]
    columns = list(dict.fromkeys(column for _, _, own in sources for column in own))
    found = []
    for source, (file, year, own) in zip("ab", sources):
        for row in rows_of(data, file, year):
            draw = random.Random(f"{name} {source} {row['rec_id']}")
            changed = noisy(row, own, draw)
            found.append((draw.random(), source, row["simulant_id"], [changed[c] if c in own else "" for c in columns]))
    found.sort(key=lambda entry: entry[0])
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "data.csv"), "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["rec_id", "source", *columns])
        writer.writerows([f"p{i}", source, *cells] for i, (_, source, _, cells) in enumerate(found))
    with open(os.path.join(folder, "truth.csv"), "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["rec_id", "entity_id"])
        writer.writerows([f"p{i}", entity] for i, (_, _, entity, _) in enumerate(found))


def is_present(data):
    return os.path.isdir(os.path.join(data, SHARED))
