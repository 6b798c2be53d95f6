"""Runs in BORIS's own environment: its time-unit kappa of two codings from a table, timed three times.

Then the kappa itself, and that of the same codings where one of them begins with one event half a second earlier.
"""

import csv
import sqlite3
import sys
import sysconfig
import time
from decimal import Decimal
from pathlib import Path

# BORIS's modules import each other as if its own folder were on the path, as its starter makes it
sys.path.insert(0, str(Path(sysconfig.get_paths()["purelib"]) / "boris"))
from boris.irr import cohen_kappa

COLUMNS = "observation, subject, behavior, type, modifiers, start, stop"


def main(path: str) -> None:
    base = sqlite3.connect(":memory:")
    base.row_factory = sqlite3.Row
    cursor = base.cursor()
    cursor.execute(
        f"CREATE TABLE aggregated_events ({COLUMNS.replace(',', ' TEXT,', 4)} FLOAT)".replace(
            " start,", " start FLOAT,"
        )
    )
    with Path(path).open(newline="", encoding="utf-8") as file:
        for name, person, code, start, stop in csv.reader(file):
            kind = "POINT" if start == stop else "STATE"
            values = (name, person, code, kind, "", float(start), float(stop))
            cursor.execute(f"INSERT INTO aggregated_events ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    people = ["adult1", "child1", "dyad"]
    for _ in range(3):
        begun = time.process_time()
        found = cohen_kappa(cursor, "a", "b", Decimal("1.0"), people, include_modifiers=False)
        print(time.process_time() - begun)
    print(float(found[0]))
    # its units are counted from the first event: one more there moves all of them
    moved = "UPDATE aggregated_events SET start = start + 0.5, stop = stop + 0.5"
    cursor.execute(moved)
    cursor.execute(f"INSERT INTO aggregated_events ({COLUMNS}) VALUES ('a', 'dyad', 'DS9', 'POINT', '', 0.0, 0.0)")
    print(float(cohen_kappa(cursor, "a", "b", Decimal("1.0"), people, include_modifiers=False)[0]))


main(sys.argv[1])
