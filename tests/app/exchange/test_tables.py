"""Tables of observations and ratings: what is understood, and where what is not is found."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InputError
from app.exchange.tables import read_observations, read_ratings
from app.model.timecode import SECOND as S
from app.statistics.acts import Act

HEADER = b"person,code,start_s,end_s\n"


def file(folder: Path, content: bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        HEADER + b"adult1,AS,3.4,\ndyad,DS1,0,12.000001\n",
        b"\xef\xbb\xbf" + HEADER + b"adult1,AS,3.4,\r\ndyad,DS1,0,12.000001\r\n",
        b"person;code;start_s;end_s\nadult1;AS;3,4;\ndyad;DS1;0;12,000001\n",
        b"person;code;start_s;end_s\nadult1;AS;3.4;3.4\ndyad;DS1;0.0;12.000001",
        b'Code, Person ,end_s,start_s,note\nAS,adult1,,3.4,"so, what"\nDS1,dyad,12.000001,0\n',
        b'person,code,start_s,end_s\r"adult1",AS,3.4\rdyad,DS1,0,12.000001\r',
    ],
)
def test_every_way_of_writing_the_same(tmp_path: Path, content: bytes) -> None:
    assert read_observations(file(tmp_path, content)) == [
        Act("adult1", "AS", 3_400_000, None, "2"),
        Act("dyad", "DS1", 0, 12_000_001, "3"),
    ]


def test_empty_lines_are_passed_over_and_still_counted(tmp_path: Path) -> None:
    (act,) = read_observations(file(tmp_path, b"\n" + HEADER + b"\n , , ,\nchild1,\xc3\xa4,-1,\n"))
    assert act == Act("child1", "ä", -S, None, "5")
    assert read_observations(file(tmp_path, HEADER)) == []


@pytest.mark.parametrize(
    ("content", "key", "values"),
    [
        (b"", "table-empty", {"header": "person,code,start_s,end_s"}),
        (b"\n\n", "table-empty", {"header": "person,code,start_s,end_s"}),
        (b"\xff\xfe\x00", "table-not-text", {}),
        (b"person,code,start_s\n", "table-header", {"line": 1, "header": "person,code,start_s,end_s"}),
        (b"person,code,code,start_s,end_s\n", "table-header", {"line": 1, "header": "person,code,start_s,end_s"}),
        (HEADER + b"adult1,AS,3,4,5\n", "table-cells", {"line": 2, "found": 5, "expected": 4}),
        (HEADER + b"adult3,AS,3,\n", "table-person", {"line": 2, "column": "person"}),
        (HEADER + b"adult1,,3,\n", "table-cell-empty", {"line": 2, "column": "code"}),
        (HEADER + b"adult1,AS,,\n", "table-cell-empty", {"line": 2, "column": "start_s"}),
        (HEADER + b"adult1,AS,3,\nadult1,AS,x,\n", "table-number", {"line": 3, "column": "start_s"}),
        (HEADER + b'adult1,AS,"3,5",\n', "table-number", {"line": 2, "column": "start_s"}),
        (HEADER + b"adult1,AS,3,nan\n", "table-number", {"line": 2, "column": "end_s"}),
        (HEADER + b"adult1,AS,1e999999,\n", "table-number", {"line": 2, "column": "start_s"}),
        (HEADER + b"adult1,AS,5,4\n", "table-order", {"line": 2, "column": "end_s"}),
        (HEADER + b'adult1,"AS"x,5,4\n', "table-row", {"line": 2}),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, content: bytes, key: str, values: dict) -> None:
    with pytest.raises(InputError) as caught:
        read_observations(file(tmp_path, content), 2)
    assert caught.value.key == key
    assert {"table": 2, **values}.items() <= caught.value.values.items()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InputError) as caught:
            read_observations(path)
        assert (caught.value.key, caught.value.values) == ("table-unreadable", {"table": 1})


def test_ratings(tmp_path: Path) -> None:
    path = file(tmp_path, b"target,value\ni1,4\ni2,\ni3,5.0\n")
    assert read_ratings(path, (1, 5)) == {"i1": 4, "i2": None, "i3": 5}


@pytest.mark.parametrize(
    ("line", "key", "column"),
    [
        (b"i2,6", "table-scale", "value"),
        (b"i2,0", "table-scale", "value"),
        (b"i2,2.5", "table-scale", "value"),
        (b"i2,many", "table-number", "value"),
        (b"i1,3", "table-twice", "target"),
        (b",3", "table-cell-empty", "target"),
    ],
)
def test_a_rating_outside_its_scale_or_twice(tmp_path: Path, line: bytes, key: str, column: str) -> None:
    with pytest.raises(InputError) as caught:
        read_ratings(file(tmp_path, b"target,value\ni1,4\n" + line), (1, 5), 3)
    assert (caught.value.key, caught.value.values["column"], caught.value.values["line"]) == (key, column, 3)


@given(st.binary(max_size=60) | st.text("adult1,;\n\"'xAS0.5\r\x00", max_size=60).map(lambda t: HEADER + t.encode()))
def test_any_bytes_are_acts_or_an_input_error(tmp_path_factory, content: bytes) -> None:
    path = file(tmp_path_factory.getbasetemp(), content)
    try:
        acts = read_observations(path)
    except InputError as error:
        assert error.values["table"] == 1  # noqa: PT017  # either outcome is right, a traceback is not
    else:
        assert all(act.person and act.code for act in acts)


@pytest.mark.parametrize(
    "number", [b"1e99999999", b"-1e99999999", b"1e-99999999999999999999", b"nan", b"sNaN", b"-inf"]
)
def test_numbers_out_of_all_bounds_are_refused_or_nothing(tmp_path, number) -> None:
    with pytest.raises(InputError):
        read_observations(file(tmp_path, HEADER + b"adult1,AS," + number + b",-1\n"))


@pytest.mark.parametrize(
    "content",
    [
        b"person\tcode\tstart_s\tend_s\nadult1\tAS\t0,5\t\n",
        b"sep=;\r\nperson;code;start_s;end_s\r\nadult1;AS;0,5;\r\n",
        b"\xef\xbb\xbfsep=,\nperson,code,start_s,end_s\nadult1,AS,0.5,\n",
        b"sep=\t\nperson\tcode\tstart_s\tend_s\nadult1\tAS\t0.5\t\n",
    ],
)
def test_tabs_and_a_line_that_names_the_separator(tmp_path: Path, content: bytes) -> None:
    (act,) = read_observations(file(tmp_path, content))
    assert (act.person, act.code, act.start, act.end) == ("adult1", "AS", 500_000, None)


@pytest.mark.parametrize("column", ["Observation id", "Observer"])
def test_two_observers_in_one_file_are_not_added_together(tmp_path: Path, column: str) -> None:
    rows = f"{column},person,code,start_s,end_s\nEka,adult1,AS,1,\nEka,adult1,AS,2,\nToka,adult1,AS,1,\n"
    with pytest.raises(InputError) as told:
        read_observations(file(tmp_path, rows.encode()))
    assert (told.value.key, told.value.values["line"]) == ("table-observers", 4)


def test_an_export_of_boris_is_called_so(tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        read_observations(file(tmp_path, b"Observation id,Subject,Behavior,Modifiers,Start (s),Stop (s)\n"))
    assert told.value.key == "table-boris"
