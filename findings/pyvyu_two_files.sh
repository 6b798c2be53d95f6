#!/bin/sh
# pyvyu 0.3.6 (PyPI), Datavyu's own makers' reader of .opf: two coders' files, and points.
#
# Most would guess: `load_opf` gives each file a spreadsheet of its own, and `to_df` gives a row for each cell with its
# onset.
# Seen:
#  - all spreadsheets of one program share their columns: when Bo's file is read, Anna's child has Bo's cells, every
#    comparison of the two says equal, and the columns that Bo never had are Anna's. Saved, Bo's file holds them: with
#    files of two families, the one family's codes stand in the other's file;
#  - of three cells `to_df` gives two: a point (onset = offset) is left out, and every onset but the first is 1 ms late.
# Nothing is raised or logged but "Can't parse line 0: #4", for every sound file.
# What follows: one process for each file; rows from the cells, not from `to_df`; and count what was read of each file
# against the file. Two coders who agree in everything are first a sign that one was read twice.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
# the package names its tests' tools as what it needs to run: pandas is what it needs
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pandas==2.3.3
"$folder/env/bin/pip" install --quiet --disable-pip-version-check --no-deps pyvyu==0.3.6
cd "$folder"
"$folder/env/bin/python" - <<'PY'
import contextlib
import io
import logging
import zipfile
from importlib.metadata import version

import pyvyu

logging.disable(logging.WARNING)
PROJECT = "!project\ndbFile: db\nname: given\norigpath: ''\nversion: 5\nviewerSettings: []\n"
ANNA = """#4
child (MATRIX,true,)-what|NOMINAL
00:00:01:000,00:00:02:000,(smile)
00:00:05:000,00:00:07:000,(cry)
00:00:09:000,00:00:09:000,(look)
mother (MATRIX,true,)-what|NOMINAL
00:00:03:000,00:00:04:000,(touch)
"""
BO = """#4
child (MATRIX,true,)-what|NOMINAL
00:00:10:000,00:00:12:000,(laugh)
"""
for name, text in (("anna.opf", ANNA), ("bo.opf", BO)):
    with zipfile.ZipFile(name, "w") as made:
        made.writestr("project", PROJECT)
        made.writestr("db", text)


def cells(sheet, column):
    return [(cell.onset, cell.offset, *cell.get_values()) for cell in sheet.get_column(column).cells]


print(f"pyvyu {version('pyvyu')}")
anna = pyvyu.load_opf("anna.opf")
alone = cells(anna, "child")
assert alone == [(1000, 2000, "smile"), (5000, 7000, "cry"), (9000, 9000, "look")], alone
rows = list(anna.to_df("child")[["onset", "offset", "child_what"]].itertuples(index=False, name=None))
print(f"  Anna's child has {alone}; to_df gives {rows}")
assert rows == [(1000, 2000, "smile"), (5001, 7000, "cry")], rows

bo = pyvyu.load_opf("bo.opf")
after = cells(anna, "child")
print(f"  after Bo's file is read, Anna's child has {after}; equal to Bo's: {anna == bo}")
assert after == [(10000, 12000, "laugh")] and anna == bo, after
with contextlib.redirect_stdout(io.StringIO()):  # saving prints its own tries
    pyvyu.save_opf(bo, "saved.opf", True)
saved = zipfile.ZipFile("saved.opf").read("db").decode()
print(f"  Bo's file has the columns {bo.get_column_list()}, and saved: {saved.splitlines()[-2:]}")
assert "touch" in saved and "mother" not in BO, saved
PY
