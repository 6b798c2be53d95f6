"""Bounds of what is read from files: numbers, rows, and signs that are not seen."""

from pathlib import Path

import pytest

from app.errors import InputError
from app.exchange import tables
from app.model.content_writer import write_scheme
from app.model.hidden_signs import shown, shown_in_line
from app.model.plain_number import plain_number
from app.model.scheme_file import parse_scheme
from app.model.toml_table import demand_plain
from tests.material.builders import small_scheme


def test_a_number_is_of_few_letters_and_a_small_exponent() -> None:
    assert plain_number("1e-999") is not None
    for text in ("1e-1000", "1e-40000000", "0." + "0" * 60):
        assert plain_number(text) is None


def test_a_table_of_more_rows_than_any_coding_has(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    path = tmp_path / "table.csv"
    path.write_text("target,value\na,1\nb,1\n", "utf-8")
    assert len(tables.read_ratings(path, (1, 5))) == 2
    path.write_text("target,value\na,1\nb,1\nc,1\n", "utf-8")
    with pytest.raises(InputError, match="table-too-large"):
        tables.read_ratings(path, (1, 5))


@pytest.mark.parametrize("sign", ["\\u001b", "\\u202E", "\\U0001F600\\u2066", "\u202e"])
def test_a_file_with_a_sign_that_is_not_seen_is_not_taken_in(sign: str) -> None:
    text = write_scheme(small_scheme())
    demand_plain(text)
    odd = text.replace('id = "small"', f'id = "small{sign}"')
    with pytest.raises(InputError) as told:
        demand_plain(odd)
    assert told.value.values["line"] == odd.splitlines().index(f'id = "small{sign}"') + 1


def test_a_whole_number_beyond_all_bounds_is_of_a_wrong_kind() -> None:
    text = write_scheme(small_scheme()).replace("version = 1", "version = " + "9" * 4000)
    with pytest.raises(InputError, match="scheme-wrong-kind"):
        parse_scheme(text)


def test_what_is_shown_stays_in_its_line() -> None:
    assert shown("a\nb\r\x9bm\u2067c") == "a\nb\\u000d\\u009bm\\u2067c"
    assert shown_in_line("a\nb\t") == "a\\u000ab\\u0009"
    assert shown("Ääni – 5 € שלום") == "Ääni – 5 € שלום"
