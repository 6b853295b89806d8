# SPDX-License-Identifier: MIT
"""The public sets as the programs padan is compared with take them: kinds of columns, blocks, files of pairs."""
import csv
import os

import pandas

FEBRL = {"given_name": "name", "surname": "name", "date_of_birth": "code", "street_number": "exact", "address_1": "text",
         "suburb": "text", "postcode": "code", "state": "exact", "soc_sec_id": "code"}
CENSUS = {"first_name": "name", "middle_initial": "exact", "last_name": "name", "date_of_birth": "date", "street_number": "exact",
          "street_name": "text", "unit_number": "exact", "sex": "exact"}
COLUMNS = {
    "febrl1": FEBRL, "febrl2": FEBRL, "febrl3": FEBRL, "febrl4": FEBRL, "febrl_dsgen_C10k": {**FEBRL, "phone_number": "code"},
    "splink_fake1000": {"first_name": "name", "surname": "name", "dob": "date", "city": "exact_tf", "email": "email"},
    "senzing_truthset": {"PRIMARY_NAME_LAST": "name", "PRIMARY_NAME_FIRST": "name", "DATE_OF_BIRTH": "code",
                         "ADDR_LINE1": "text", "ADDR_CITY": "exact", "PHONE_NUMBER": "exact", "EMAIL_ADDRESS": "exact",
                         "PRIMARY_NAME_ORG": "text"},
    "ons_working": {"firstname": "name", "middlename": "name", "surname": "name", "sex": "exact", "dob": "code",
                    "postcode": "code"},
    "ons_pes_rwanda": {"forename": "name", "last_name": "name", "year": "exact", "month": "exact", "sex": "exact",
                       "village": "text", "HoH": "text", "telephone": "exact"},
    "leipzig_ds_time_2k": {"firstName": "name", "lastName": "name", "dateOfBirth": "code", "plz": "code", "city": "text"},
    "census841": {"last_name": "name", "first_name": "name", "middle_initial": "exact", "house_number": "exact",
                  "street": "text"},
    "pseudopeople_census": CENSUS, "pseudopeople_wic": CENSUS,
    "pseudopeople_ssa": {c: CENSUS[c] for c in ("first_name", "last_name", "date_of_birth", "sex")},
    "fodors_zagats": {"name": "text", "addr": "text", "city": "exact", "phone": "code"},
    "dblp_acm": {"title": "text", "authors": "text", "venue": "exact", "year": "exact"},
    "abt_buy": {"name": "text", "description": "text", "price": "exact"},
    "dedupe_csv_example": {"Site name": "text", "Address": "text", "Zip": "exact", "Phone": "code"},
    "cora1879": {"title": "text", "authors": "text", "year": "exact", "journal": "text"},
    "musicbrainz20k": {"title": "text", "artist": "text", "album": "text", "year": "exact", "number": "exact"},
}
# Blocks: columns (or the first letters of one) that must be equal.
CENSUS_BLOCKS = [["date_of_birth"], ["first_name", "last_name"], ["first_name", "street_name"], ["last_name", "street_name"]]
BLOCKS = {
    "pseudopeople_census": CENSUS_BLOCKS, "pseudopeople_wic": CENSUS_BLOCKS, "pseudopeople_ssa": CENSUS_BLOCKS[:2],
    "ons_pes_rwanda": [["forename"], ["last_name"], ["village"], ["HoH"]],
    "abt_buy": [["name", 5], ["price"], ["description", 8]],
    "dblp_acm": [["title", 8], ["authors", 8]],
    "cora1879": [["title", 5], ["authors", 5]],
    "musicbrainz20k": [["title", 6], ["artist", 6], ["album", 8]],
    "ons_working": [["dob"], ["postcode", "surname"], ["firstname", "surname"]],
    "dedupe_csv_example": [["Phone"], ["Address", 6], ["Site name", 6]],
    "fodors_zagats": [["phone"], ["name", 4], ["addr", 6]],
}


def read(data, name):
    frame = pandas.read_csv(os.path.join(data, name, "data.csv"), dtype=str).fillna("")
    for column in COLUMNS[name]:
        if COLUMNS[name][column] in ("name", "text", "exact_tf"):
            frame[column] = frame[column].str.lower().str.strip()
    return frame


def read_as_it_is(data, name):
    """For programs that find out by themselves what the columns are."""
    return pandas.read_csv(os.path.join(data, name, "data.csv"), dtype=str, keep_default_na=False)


def blocks_of(name, ignore):
    columns = [c for c in COLUMNS[name] if c != ignore]
    return BLOCKS.get(name) or [[c] for c in columns if COLUMNS[name][c] not in ("exact", "exact_tf")][:6]


def write_pairs(path, pairs, frame, link):
    """Pairs of ids; in a link with the sources of both."""
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if not link:
            writer.writerow(["unique_id_l", "unique_id_r"])
            writer.writerows(pairs)
            return
        source = dict(zip(frame.rec_id, frame.source))
        writer.writerow(["source_dataset_l", "unique_id_l", "source_dataset_r", "unique_id_r"])
        writer.writerows([source[a], a, source[b], b] for a, b in pairs)
