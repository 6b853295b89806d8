# SPDX-License-Identifier: MIT
# exported.py RUN WORKBOOK DATABASE: every cell of every table is in the database and, of tables that the workbook has,
# in the workbook, as the CSV has it; numbers of people are texts in both. Prints what is where.
import csv
import glob
import os
import re
import sqlite3
import sys
import xml.etree.ElementTree as xml
import zipfile

SPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
run, workbook, database = sys.argv[1:4]


def sheets(path):
    book = zipfile.ZipFile(path)
    names = [sheet.get("name") for sheet in xml.fromstring(book.read("xl/workbook.xml")).find("m:sheets", SPACE)]
    for i, name in enumerate(names):
        rows = []
        for row in xml.fromstring(book.read(f"xl/worksheets/sheet{i + 1}.xml")).iter("{%s}row" % SPACE["m"]):
            cells = {}
            for cell in row:
                column = re.match("[A-Z]+", cell.get("r")).group()
                at = 0
                for letter in column:
                    at = at * 26 + ord(letter) - 64
                texts = [part.text or "" for part in cell.iter("{%s}t" % SPACE["m"])]
                value = cell.find("m:v", SPACE)
                cells[at - 1] = ("text", "".join(texts)) if value is None else ("number", value.text)
            rows.append(cells)
        yield name, rows


def same(kind, shown, field):
    return float(shown) == float(field) if kind == "number" else shown == field


def check_kind(name, column, kind, field):
    is_code = re.match("(nik|no_kk|kode_|unique_id|id_|periode)", column) and column not in ("nik_ke",)
    if field and kind != "text" and is_code:
        sys.exit(f"{name}.{column} is a number")


tables = {os.path.basename(path)[:-4]: list(csv.reader(open(path, newline=""))) for path in glob.glob(f"{run}/*.csv")}
connection = sqlite3.connect(database)
for name in sorted(tables):
    header, *rows = tables[name]
    found = connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
    if len(found) != len(rows):
        sys.exit(f"{name}: {len(found)} rows of {len(rows)} in the database")
    for row, kept in zip(rows, found):
        for column, field, value in zip(header, row, kept):
            kind = "text" if isinstance(value, str) or value is None else "number"
            check_kind(name, column, kind, field)
            if not same(kind, "" if value is None else value, field):
                sys.exit(f"{name}.{column}: {value!r} in the database, {field!r} in the file")
print("database:", len(tables), "tables")
for name, rows in sheets(workbook):
    if name not in tables:
        print("first sheet:", name)
        for row in rows:
            print("  " + " | ".join(row[i][1] for i in sorted(row)))
        continue
    header, *lines = tables[name]
    if [rows[0][i][1] for i in range(len(header))] != header or len(rows) - 1 != len(lines):
        sys.exit(f"sheet {name} has other columns or rows")
    for cells, line in zip(rows[1:], lines):
        for i, field in enumerate(line):
            kind, shown = cells.get(i, ("text", ""))
            check_kind(name, header[i], kind, field)
            if not same(kind, shown, field):
                sys.exit(f"sheet {name}, {header[i]}: {shown!r}, {field!r} in the file")
