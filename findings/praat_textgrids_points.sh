#!/bin/sh
# praat-textgrids 1.4.0 (PyPI), read back by Praat itself (praat-parselmouth 0.4.6) and by praatio 6.2.2.
#
# Most would guess: reading a TextGrid that Praat reads and writing it again gives a TextGrid that Praat reads.
# Seen, with one tier of intervals and one of points:
#  - points are written as class "PointTier" with `xpos` and `text`, where Praat has "TextTier", `number` and `mark`:
#    Praat refuses the file ("Class PointTier not recognized"), and so does praatio;
#  - every tier is numbered `item [1]`;
#  - a label is cut before " = " (annotators write `pace = slow`), and doubled quotation marks stay doubled;
#  - of two tiers with one name, which Praat allows, only the later is left.
# What follows: write TextGrids by the format's own text (long form), and never pass a foreign one through this package.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check praat-textgrids==1.4.0 praat-parselmouth==0.4.6 praatio==6.2.2
cd "$folder"
"$folder/env/bin/python" - <<'PY'
from pathlib import Path

import parselmouth
import textgrids
from parselmouth.praat import call
from praatio import textgrid

SOURCE = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 10
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "dyad"
        xmin = 0
        xmax = 10
        intervals: size = 2
        intervals [1]:
            xmin = 0
            xmax = 4
            text = "says ""no"" at once"
        intervals [2]:
            xmin = 4
            xmax = 10
            text = "pace = slow"
    item [2]:
        class = "TextTier"
        name = "child"
        xmin = 0
        xmax = 10
        points: size = 1
        points [1]:
            number = 1.5
            mark = "CE"
"""
Path("given.TextGrid").write_text(SOURCE)
first = parselmouth.read("given.TextGrid")
assert call(first, "Get label of interval", 1, 1) == 'says "no" at once'
assert call(first, "Get label of interval", 1, 2) == "pace = slow"
assert call(first, "Get label of point", 2, 1) == "CE"

read = textgrids.TextGrid("given.TextGrid")
labels = [i.text for i in read["dyad"]]
print("labels as read:", labels)
assert labels == ['says ""no"" at once', "pace"], labels
read.write("written.TextGrid")
written = Path("written.TextGrid").read_text()
assert 'class = "PointTier"' in written and "xpos = 1.5" in written and "TextTier" not in written
assert written.count("item [1]:") == 2
for name, reader in (("Praat", parselmouth.read), ("praatio", lambda p: textgrid.openTextgrid(p, True))):
    try:
        reader("written.TextGrid")
    except Exception as error:
        print(f"{name} refuses what was written: {str(error).splitlines()[0]}")
    else:
        raise SystemExit(f"{name} reads it now")

Path("twins.TextGrid").write_text(SOURCE.replace('name = "child"', 'name = "dyad"'))
assert call(parselmouth.read("twins.TextGrid"), "Get number of tiers") == 2
assert list(textgrids.TextGrid("twins.TextGrid")) == ["dyad"]
print("two tiers of one name: one is left")
PY
