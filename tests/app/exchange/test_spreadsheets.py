"""Tables for a spreadsheet: a Finnish Excel opens the file, and words are never taken for a formula."""

import csv
import io

import pytest

from app.exchange.spreadsheets import csv_file, tab_text

ROWS = (("Tehtävä", "Aika (s)"), ("1 Leikkieläimet", "12,5"), ('kirjoitti "äiti"; ja\nlapsi', ""))


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_file_has_its_mark_semicolons_and_the_notes_below() -> None:
    data = csv_file(ROWS, ("Aikaikkuna 5 s.",))
    assert data.startswith(b"\xef\xbb\xbfTeht")
    assert b"1 Leikkiel\xc3\xa4imet;12,5\r\n" in data
    assert read(data) == [*map(list, ROWS), [], ["Aikaikkuna 5 s."]]


@pytest.mark.parametrize("word", ["=1+1", "+358", "@cmd", "-x", "-1-2", "\t=1", " =1", "\n=1", "\u00a0+1"])
def test_words_are_never_a_formula(word) -> None:
    assert read(csv_file([[word]]))[0] == [f"'{word}"]
    cell, _, note, _ = tab_text([[word]], [word]).split("\n")
    assert cell.startswith("'")
    assert note.startswith("'")


@pytest.mark.parametrize("figure", ["-1", "-1,5", "-0.25"])
def test_a_negative_figure_stays_a_figure(figure) -> None:
    assert read(csv_file([[figure]]))[0] == [figure]


def test_pasted_text_has_tabs_between_cells_and_one_row_a_line() -> None:
    assert tab_text(ROWS, ("Huom.",)).split("\n") == [
        "Tehtävä\tAika (s)",
        "1 Leikkieläimet\t12,5",
        'kirjoitti "äiti"; ja lapsi\t',
        "",
        "Huom.",
        "",
    ]
