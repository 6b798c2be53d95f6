"""`havainto agreement`: the shapes that scripts rely on, Annex A10 and A13 through files, and clear refusals."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from app import command_line
from tests.material.builders import small_scheme

A13 = (
    [("X", "3.0"), ("X", "10.0"), ("Y", "14.0"), ("X", "25.0"), ("Y", "40.0")],
    [("X", "3.4"), ("X", "11.5"), ("Y", "14.2"), ("Y", "25.3"), ("X", "55.0")],
)
A10 = (
    [("DS1", "0", "20"), ("DS2", "20", "30"), ("DS1", "30", "50"), ("DS2", "50", "60")],
    [("DS1", "0", "22"), ("DS2", "22", "30"), ("DS1", "30", "47"), ("DS2", "47", "60")],
)
A2 = ([4, 3, 5, 2, 4, 3, 4, 2, 5], [4, 3, 4, 2, 5, 3, 3, 2, 5])


@pytest.fixture(autouse=True)
def small(monkeypatch) -> None:
    monkeypatch.setattr(command_line, "_scheme_named", lambda _name: small_scheme)


def table(path: Path, header: str, rows: list) -> str:
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([header.split(","), *rows])
    return str(path)


@pytest.fixture
def tables(tmp_path: Path) -> list[str]:
    rows = [
        [("adult1", c, t, "") for c, t in points] + [("dyad", *s) for s in states]
        for points, states in zip(A13, A10, strict=True)
    ]
    return [table(tmp_path / f"{i}.csv", "person,code,start_s,end_s", r) for i, r in enumerate(rows)]


@pytest.fixture
def sheets(tmp_path: Path) -> list[str]:
    rows = [[(f"i{i}", v) for i, v in enumerate(values)] for values in A2]
    return [table(tmp_path / f"r{i}.csv", "target,value", r) for i, r in enumerate(rows)]


def answer(capsys, *words: str) -> dict:
    assert command_line.run(["agreement", *words, "--json"]) == 0
    out = capsys.readouterr()
    assert out.err == ""
    return json.loads(out.out)


def test_two_codings(capsys, tables: list[str]) -> None:
    got = answer(capsys, *tables, "--from", "0", "--to", "60")
    assert (got["window"], got["unit"], got["state_tolerance"], got["point_tolerance"]) == ([0, 60], 1, 1, 2)
    assert got["excluded_units"] == 0
    group = next(r for r in got["time_based"] if r.get("group") == "D")
    assert list(group) == [
        *("person", "group", "units", "percent", "kappa", "kappa_a_to_b", "kappa_b_to_a", "interval", "reason")
    ]
    assert (group["person"], group["units"], group["percent"]) == ("dyad", 60, pytest.approx(0.95))
    assert group["kappa"] == pytest.approx(0.8889, abs=0.00005)
    assert (group["interval"], group["reason"]) == (None, "interval: fewer than five tasks")
    assert {r["code"] for r in got["time_based"] if "code" in r} == {"X", "Y"}
    adult, dyad = got["events"]
    assert list(adult) == [
        *("person", "dimension", "a", "b", "paired", "agreed", "agreement"),
        *("kappa", "kappa_paired", "interval", "reason", "differing", "omissions", "of", "indicative"),
    ]
    assert (adult["differing"], adult["omissions"], adult["of"], adult["indicative"]) == (1, 2, 6, True)
    assert (adult["dimension"], adult["a"], adult["paired"], adult["agreed"], adult["agreement"]) == (
        None,
        5,
        4,
        3,
        0.5,
    )
    assert adult["kappa"] == pytest.approx(0.2347, abs=0.00005)
    assert adult["kappa_paired"] == pytest.approx(0.5)
    assert (dyad["agreement"], dyad["kappa"]) == (None, None)
    assert dyad["reason"].startswith("agreement, kappa, interval: no events")
    assert got["codes"][0] == {"person": "adult1", "code": "X", "a": 3, "b": 3, "agreed": 2, "agreement": 0.5}
    assert got["disagreements"] == [
        {"at_s": 47.0, "person": "dyad", "a": "DS1", "b": "DS2"},
        {"at_s": 20.0, "person": "dyad", "a": "DS2", "b": "DS1"},
        {"at_s": 25.0, "person": "adult1", "a": "X", "b": "Y"},
        {"at_s": 40.0, "person": "adult1", "a": "Y", "b": None},
        {"at_s": 55.0, "person": "adult1", "a": None, "b": "X"},
    ]


def test_settings_are_taken(capsys, tables: list[str]) -> None:
    exact = ("--unit", "0.5", "--state-tolerance", "0", "--point-tolerance", "0.5")
    got = answer(capsys, *tables, "--from", "0", "--to", "60", *exact)
    assert (got["unit"], got["state_tolerance"], got["point_tolerance"]) == (0.5, 0, 0.5)
    group = next(r for r in got["time_based"] if r.get("group") == "D")
    assert (group["units"], group["kappa"]) == (120, pytest.approx(0.8148, abs=0.00005))
    assert got["events"][0]["kappa"] == pytest.approx(0.0809, abs=0.00005)
    part = answer(capsys, *tables, "--from", "-2.5", "--to", "9.5")
    assert part["window"] == [-2.5, 9.5]
    assert part["events"][0]["a"] == 1


def test_ratings(capsys, sheets: list[str]) -> None:
    got = answer(capsys, "--ratings", *sheets, "--scale", "1-5")
    assert list(got) == [
        *("targets", "indicative", "exact", "within_one", "kappa", "kappa_linear", "kappa_quadratic", "icc", "alpha")
    ]
    assert list(got["icc"]) == ["1,1", "2,1", "3,1", "1,k", "2,k", "3,k"]
    assert list(got["alpha"]) == ["nominal", "ordinal", "interval", "ratio"]
    assert (got["targets"], got["within_one"]) == (9, 1.0)
    assert got["kappa_quadratic"] == pytest.approx(0.8541, abs=0.00005)
    assert got["icc"]["2,1"] == pytest.approx(0.8681, abs=0.00005)
    three = answer(capsys, "--ratings", *sheets, sheets[0], "--scale", "1-5")
    assert three["kappa"] is None
    assert three["reason"] == "kappa, kappa_linear, kappa_quadratic: only for two raters"


def test_text_says_what_the_document_says(capsys, tables: list[str], sheets: list[str]) -> None:
    assert command_line.run(["agreement", *tables, "--from", "0", "--to", "60"]) == 0
    text = capsys.readouterr().out
    assert "tolerance 1 s for states and 2 s for points" in text
    line = next(x for x in text.splitlines() if x.startswith("dyad    D"))
    assert line.split()[2:7] == ["60", "0.9500", "0.8889", "0.8889", "0.8889"]
    assert "interval: fewer than five tasks" in line
    assert command_line.run(["agreement", "--ratings", *sheets, "--scale", "1-5"]) == 0
    assert "kappa, quadratic weights  0.8541" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["A", "B"], "--from and --to"),
        (["A", "--from", "0", "--to", "60"], "--from and --to"),
        (["--ratings", "R", "--scale", "1-5"], "two or more tables"),
        (["--ratings", "R", "R"], "--scale"),
        (["A", "B", "--from", "9", "--to", "9"], "end after it starts"),
        (["A", "B", "--from", "0", "--to", "9", "--unit", "0"], "0.1 to 5"),
        (["A", "B", "--from", "0", "--to", "9", "--point-tolerance", "-1"], "less than 0"),
        (["A", "B", "--from", "x", "--to", "9"], "not a number of seconds"),
        (["--ratings", "R", "R", "--scale", "5-1"], "not a scale"),
        (["A", "none.csv", "--from", "0", "--to", "9"], "File 2 cannot be read"),
        (["A", "R", "--from", "0", "--to", "9"], "File 2, line 1: the columns must be person,code,start_s,end_s"),
        (["--ratings", "R", "A", "--scale", "1-5"], "File 2, line 1: the columns must be target,value"),
        (["--frobnicate"], "unrecognized arguments"),
    ],
)
def test_one_clear_line_when_it_cannot(capsys, tables, sheets, words: list[str], said: str) -> None:
    paths = {"A": tables[0], "B": tables[1], "R": sheets[0]}
    assert command_line.run(["agreement", *(paths.get(w, w) for w in words)]) == 1
    out = capsys.readouterr()
    assert (out.out, out.err.count("\n")) == ("", 1)
    assert said in out.err


def test_help_is_whole_and_nothing_is_no_command(capsys) -> None:
    assert command_line.run(["--help"]) == 0
    assert "agreement" in capsys.readouterr().out
    assert command_line.run(["agreement", "--help"]) == 0
    text = capsys.readouterr().out
    assert all(o in text for o in ("--from", "--to", "--unit", "--state-tolerance", "--scheme", "--ratings", "--json"))
    assert command_line.run([]) == 1
    assert capsys.readouterr().err == "havainto: the following arguments are required: COMMAND\n"


def test_the_command_loads_no_qt(sheets: list[str]) -> None:
    code = (
        "import sys; from app.command_line import run; "
        f"assert run(['agreement', '--ratings', *{sheets!r}, '--scale', '1-5']) == 0; "
        "assert run(['agreement', 'none', 'none', '--from', '0', '--to', '9']) == 1; "
        "print([m for m in sys.modules if 'PySide6' in m or 'sqlalchemy' in m])"
    )
    root = Path(command_line.__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_schemes_that_are_shipped_and_one_from_a_file(
    monkeypatch, capsys, tmp_path: Path, tables: list[str]
) -> None:
    monkeypatch.undo()
    from app.schemes.library import scheme_text

    own = tmp_path / "own.toml"
    own.write_text(scheme_text("perusrunko"), "utf-8")
    window = ("--from", "0", "--to", "60")
    plain = answer(capsys, *tables, *window)
    assert "D" in {r.get("group") for r in plain["time_based"]}
    for name in ("perusrunko", "laaja-runko", str(own)):
        assert answer(capsys, *tables, *window, "--scheme", name) == plain
    assert command_line.run(["agreement", *tables, *window, "--scheme", str(tmp_path / "none.toml")]) == 1
    assert "none of the program's own" in capsys.readouterr().err


def test_more_codes_than_any_scheme_has_are_refused(tmp_path: Path, capsys) -> None:
    rows = [("adult1", f"K{n}", n / 10, "") for n in range(1001)]
    path = table(tmp_path / "many.csv", "person,code,start_s,end_s", rows)
    assert command_line.run(["agreement", path, path, "--from", "0", "--to", "200"]) == 1
    told = capsys.readouterr().err
    assert "more than 1000 different codes" in told
    assert told.count("\n") == 1


def test_a_decimal_comma_is_a_number_wherever_it_is_typed(capsys, tables: list[str]) -> None:
    got = answer(capsys, *tables, "--from", "0,5", "--to", "60", "--point-tolerance", "1,5")
    assert (got["window"], got["point_tolerance"]) == ([0.5, 60], 1.5)
    assert command_line.run(["agreement", *tables, "--from", "0", "--to", "1_0"]) == 1
    assert "not a number of seconds" in capsys.readouterr().err


def test_milliseconds_typed_for_seconds_are_refused(capsys, tables: list[str]) -> None:
    for option in ("--point-tolerance", "--state-tolerance"):
        assert command_line.run(["agreement", *tables, "--from", "0", "--to", "60", option, "2000"]) == 1
        told = capsys.readouterr().err
        assert "A tolerance of 2000 s is more than this much time can bear (6 s)" in told


def test_what_is_in_no_figure_is_told(capsys, tmp_path: Path) -> None:
    header = "person,code,start_s,end_s,Modifiers"
    one = table(tmp_path / "1.csv", header, [("adult1", "AS", 5, "", ""), ("adult1", "as", 9, "", "loud")])
    other = table(tmp_path / "2.csv", header, [("adult1", "AS", 5000, "", ""), ("adult1", "AS", 6, "", "")])
    got = answer(capsys, one, other, "--from", "0", "--to", "60")
    assert (got["rows_outside"], got["unknown_codes"], got["rows_with_modifiers"]) == ([0, 1], ["as"], [1, 0])
    assert command_line.run(["agreement", one, other, "--from", "0", "--to", "60"]) == 0
    text = capsys.readouterr().out
    for note in (
        "File 2: 1 row lies outside the window.",
        "Codes that the scheme lacks, each counted on its own: as.",
        "File 1: 1 row carries modifiers, which are not compared.",
        "only indicative",
    ):
        assert note in text


def test_the_text_prints_the_figure_of_the_object(capsys, tables: list[str]) -> None:
    assert command_line.run(["agreement", *tables, "--from", "0", "--to", "60"]) == 0
    (line,) = [x for x in capsys.readouterr().out.splitlines() if x.startswith("adult1  all")]
    assert line.split()[2:8] == ["5", "5", "4", "3", "6", "0.5000"]


def test_what_was_read_and_what_of_it_is_odd_is_told(capsys, tmp_path: Path) -> None:
    header = "person,code,start_s,end_s"
    odd = [("dyad", "DS1", 0, 9), ("dyad", "DS2", 8, 20), ("dyad", "DS3", 30, ""), ("adult1", "AS", 5, 7)]
    odd += [("adult1", "CE", 12, ""), ("adult1", "AS", 14, ""), ("adult1", "AS", 14, "")]
    one, none = table(tmp_path / "1.csv", header, odd), table(tmp_path / "2.csv", header, [])
    got = answer(capsys, one, none, "--from", "0", "--to", "60")
    odd_ones = {"without_end": 1, "with_length": 1, "of_another": 1, "overlapping": 1, "twice": 1}
    assert got["read"][0] == {"rows": 7, **odd_ones}
    assert command_line.run(["agreement", one, none, "--from", "0", "--to", "60"]) == 0
    text = capsys.readouterr().out
    assert "File 1: 7 rows were read; odd among them: 1 state without an end, counted as a moment; 1 moment" in text
    assert "File 2: 0 rows were read: it has a first line and nothing below." in text


def test_no_sign_of_a_label_moves_the_terminal(capsys, tmp_path: Path) -> None:
    code = "A\x1b[2J\u202eS\nFile 9"
    one = table(tmp_path / "1.csv", "person,code,start_s,end_s", [("adult1", code, 5, "")])
    for words in ([one, one, "--from", "0", "--to", "60"], [one, one, "--from", f"\x1b[2J{code}", "--to", "60"]):
        command_line.run(["agreement", *words])
        told = "".join(capsys.readouterr())
        assert "1b[2J" in told
        assert not {"\x1b", "\u202e"} & set(told)
        assert "\nFile 9" not in told
