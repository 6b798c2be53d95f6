#!/bin/sh
# srt 3.5.3 (PyPI): writing observations as subtitles.
#
# Most would guess: `compose` writes every subtitle that it is given, and at worst one without length is drawn for no time.
# Seen: a subtitle whose end is its start (a coded point), one that begins before 0 (a meeting's clock may be negative) and
# one without text are left out; the rest are sorted and numbered from 1, so that no gap in the numbers shows the loss.
# Nothing is raised, and a program that has not set up logging is told nothing.
# What follows: give a point a length, move times to 0 or later, and count what was written.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check srt==3.5.3
"$folder/env/bin/python" - <<'PY'
from datetime import timedelta

import srt


def subtitle(start, end, text):
    return srt.Subtitle(0, timedelta(milliseconds=start), timedelta(milliseconds=end), text)


given = [
    subtitle(9000, 9400, "last"),
    subtitle(1000, 1000, "a point"),
    subtitle(-500, 700, "before the reference film"),
    subtitle(3000, 4000, ""),
    subtitle(5000, 6000, "first"),
]
written = srt.compose(given)
print(f"srt {srt.__version__ if hasattr(srt, '__version__') else '3.5.3'}: {len(given)} given, written:\n{written}")
read = [(s.index, s.content) for s in srt.parse(written)]
assert read == [(1, "first"), (2, "last")], read
kept = srt.compose(given, reindex=False)
assert kept.count("-->") == 5, "without renumbering all five are written"
print("with reindex=False all five are written, in the order given: it is the renumbering that leaves them out")
PY
