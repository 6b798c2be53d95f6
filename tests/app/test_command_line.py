"""Every command through real files: exit 0, or 1 with one clear line; and no Qt where none is needed."""

import errno
import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.command_line import run
from app.i18n import Texts
from app.model.sought import Side
from tests.material.drawn import drawn_once
from tests.material.films import Clip, build
from tests.material.jumping import jumped

pytestmark = pytest.mark.long
ROOT = Path(__file__).parents[2]
COMMANDS = [
    "demo", "probe", "frame", "agreement", "statement", "signatures", "verify", "backup", "restore", "package", "search"
]  # fmt: skip
SECRET = "sana toinen kolmas"


@pytest.fixture(scope="module")
def demo(qapp, tmp_path_factory):
    """The demo archive and its statement, made by the command."""
    place = tmp_path_factory.mktemp("demo")
    (place / "secret.txt").write_text(SECRET + "\nsecond line\n")
    argv = ["demo", "--archive", str(place / "a"), "--statement", str(place / "out.pdf")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("video.demo.film.make_demo_film", drawn_once)
        assert run([*argv, "--passphrase-file", str(place / "secret.txt")]) == 0
    return place


@pytest.fixture
def secret(monkeypatch) -> None:
    monkeypatch.setenv("HAVAINTO_PASSPHRASE", SECRET)


def says(capsys, *argv: object) -> tuple[int, str, str]:
    code = run([str(a) for a in argv])
    out, err = capsys.readouterr()
    if code:
        assert out == ""
        assert err.count("\n") == 1, err
        assert "Traceback" not in err
    else:
        assert err == ""
    return code, out, err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys) -> None:
    assert run([command, "--help"]) == 0
    assert command in capsys.readouterr().out
    assert run(["--help"]) == 0
    assert command in capsys.readouterr().out


@pytest.mark.parametrize(
    "argv", [["nonsense"], [], ["demo"], ["probe", "x", "a\nb"], ["frame", "x.mp4", "--at", "soon", "--png", "y"]]
)
def test_what_is_not_understood_is_one_line(argv, capsys) -> None:
    assert says(capsys, *argv)[0] == 1


def test_the_demo_wrote_a_statement(demo) -> None:
    assert (demo / "out.pdf").read_bytes().startswith(b"%PDF")


def test_the_statement_comes_out_and_tells_its_version(demo, secret, tmp_path, capsys) -> None:
    user = ("--user", "Leena Malli")
    from app.bootstrap import demo_makers
    from app.model.people import Case

    opened = demo_makers().door.unlock(demo / "a", "Aino Esimerkki", SECRET)
    (case,) = opened.store.find(Case)
    opened.archive.close()
    for name in (case.code_name, case.id):
        out = tmp_path / "s.pdf"
        found = says(capsys, "statement", name, "--archive", demo / "a", *user, "--pdf", out)
        assert found[:2] == (0, "version 1\n")
        assert out.read_bytes() == (demo / "out.pdf").read_bytes()
    assert says(capsys, "statement", case.id, "--archive", demo / "a", *user, "--pdf", out, "--adult", "äiti")[0] == 0
    assert says(capsys, "statement", case.id, "--archive", demo / "a", *user, "--pdf", out, "--adult", "isä")[0] == 1
    assert says(capsys, "statement", "nobody", "--archive", demo / "a", *user, "--pdf", tmp_path / "x")[0] == 1
    missing = tmp_path / "no" / "such" / "x.pdf"
    assert says(capsys, "statement", case.id, "--archive", demo / "a", *user, "--pdf", missing)[0] == 1


def test_who_signs_in_must_be_named_where_there_are_two(demo, secret, capsys) -> None:
    code, _, err = says(capsys, "verify", "--archive", demo / "a")
    assert code == 1
    assert "Aino Esimerkki" in err
    assert says(capsys, "verify", "--archive", demo / "a", "--user", "Nobody")[0] == 1
    assert says(capsys, "verify", "--archive", demo / "a", "--user", "")[0] == 1


def test_the_index_of_the_search_is_made_anew(demo, secret, capsys, monkeypatch) -> None:
    asked = ("search", "rebuild", "--archive", demo / "a", "--user", "Aino Esimerkki")
    code, out, _ = says(capsys, *asked)
    assert code == 0
    count = int(out.split()[-5])
    assert count > 10
    # the same again; at a terminal it tells how far it is
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert run([str(a) for a in asked]) == 0
    again, err = capsys.readouterr()
    assert again == out
    assert "index 100 %" in err


def _close_statistics(folder, year) -> None:
    from app.bootstrap import demo_makers
    from app.hours.closing import ClosingEditor, counted

    opened = demo_makers().door.unlock(folder, "Aino Esimerkki", SECRET)
    made = counted(opened.store, year, Side.CLIENTS, date(year, 1, 31), lambda: False)
    assert ClosingEditor(opened.store, Texts("en")).close(made)
    opened.archive.close()


def test_a_year_of_hours_is_written_as_tables(demo, secret, capsys, tmp_path) -> None:
    out = tmp_path / "year.csv"
    asked = ("statistics", "--archive", demo / "a", "--user", "Aino Esimerkki", "--year", "2026", "--language", "sv")
    code, _, err = says(capsys, *asked, "--csv", out)
    assert code == 1
    assert "Nothing of this year is closed yet" in err
    _close_statistics(demo / "a", 2026)
    code, said, _ = says(capsys, *asked, "--csv", out)
    assert code == 0
    assert said.strip().endswith(str(out))
    assert out.read_text("utf-8-sig").startswith("Statistik 2026")
    assert says(capsys, *asked)[0] == 1  # neither file


def test_a_wrong_or_missing_passphrase_is_said(demo, monkeypatch, tmp_path, capsys) -> None:
    monkeypatch.delenv("HAVAINTO_PASSPHRASE", raising=False)
    asked = ("verify", "--archive", demo / "a", "--user", "Leena Malli")
    assert says(capsys, *asked)[0] == 1
    monkeypatch.setenv("HAVAINTO_PASSPHRASE", "wrong")
    assert says(capsys, *asked)[0] == 1
    assert says(capsys, *asked, "--passphrase-file", tmp_path / "none")[0] == 1
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    assert says(capsys, *asked, "--passphrase-file", tmp_path / "bytes")[0] == 1
    monkeypatch.setenv("HAVAINTO_PASSPHRASE", "\udcff")  # bytes that are no UTF-8
    assert says(capsys, *asked)[0] == 1
    (tmp_path / "marked").write_text(SECRET, "utf-8-sig")
    assert says(capsys, *asked, "--passphrase-file", tmp_path / "marked")[0] == 0


def test_at_a_terminal_the_passphrase_is_asked_and_not_shown(demo, monkeypatch, capsys) -> None:
    """So that it need not stand in the shell's history."""
    monkeypatch.delenv("HAVAINTO_PASSPHRASE", raising=False)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    answers = [SECRET, ""]
    monkeypatch.setattr("getpass.getpass", lambda prompt: answers.pop(0))
    asked = ("verify", "--archive", demo / "a", "--user", "Leena Malli")
    code, out, _ = says(capsys, *asked)
    assert code == 0
    assert SECRET not in out
    assert says(capsys, *asked)[0] == 1, "nothing typed"
    assert answers == []


def test_a_name_too_long_for_the_disk_is_said(demo, secret, tmp_path, capsys) -> None:
    far, user = tmp_path / ("ä" * 300), ("--user", "Leena Malli")
    assert says(capsys, "backup", "--archive", demo / "a", *user, "--to", far)[0] == 1
    assert says(capsys, "demo", "--archive", far)[0] == 1
    assert says(capsys, "verify", "--archive", far)[0] == 1
    assert list(tmp_path.iterdir()) == []


def test_an_answer_that_nobody_can_take_is_said(film, capsys, monkeypatch) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(sys, "stdout", Full())
    assert run(["probe", str(film)]) == 1
    monkeypatch.setattr(sys, "stdout", None)  # closed by who called
    assert run(["probe", str(film)]) == 0
    monkeypatch.undo()
    assert capsys.readouterr().err.count("\n") == 1


def test_an_interrupt_is_one_line(film, capsys, monkeypatch) -> None:
    def interrupted(_path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("video.open.probe.probe", interrupted)
    assert says(capsys, "probe", film)[0] == 1


def test_a_picture_is_never_written_over_its_film(film, capsys) -> None:
    before = film.read_bytes()
    assert says(capsys, "frame", film, "--at", "0", "--png", film)[0] == 1
    assert film.read_bytes() == before


def test_a_picture_that_cannot_be_written_leaves_the_older_one(film, tmp_path, capsys, monkeypatch) -> None:
    (tmp_path / "p.png").write_bytes(b"older")

    def full(path: Path, content: bytes) -> None:
        path.open("wb").close()
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert says(capsys, "frame", film, "--at", "0", "--png", tmp_path / "p.png")[0] == 1
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("p.png", b"older")]


def test_no_archive_is_said(secret, tmp_path, capsys) -> None:
    assert says(capsys, "verify", "--archive", tmp_path)[0] == 1
    assert says(capsys, "verify", "--archive", tmp_path / "none")[0] == 1


def test_the_demo_does_not_overwrite(demo, secret, capsys) -> None:
    assert says(capsys, "demo", "--archive", demo / "a")[0] == 1


def test_a_backup_is_made_restored_and_whole(demo, secret, tmp_path, capsys) -> None:
    user = ("--user", "Leena Malli")
    assert says(capsys, "verify", "--archive", demo / "a", *user)[0] == 0
    assert says(capsys, "backup", "--archive", demo / "a", *user, "--to", tmp_path / "b")[0] == 1, "no such folder"
    (tmp_path / "b").mkdir()
    code, name, err = says(capsys, "backup", "--archive", demo / "a", *user, "--to", tmp_path / "b")
    assert code == 0, err
    made = tmp_path / "b" / name.strip()
    assert says(capsys, "restore", "--from", made, "--archive", tmp_path / "r")[0] == 0
    assert says(capsys, "verify", "--archive", tmp_path / "r", *user)[0] == 0
    assert says(capsys, "restore", "--from", made, "--archive", tmp_path / "r")[0] == 1
    film = next((tmp_path / "r").rglob("*.vau"))
    content = bytearray(film.read_bytes())
    content[len(content) // 2] ^= 1
    film.write_bytes(content)
    assert says(capsys, "verify", "--archive", tmp_path / "r", *user)[0] == 1


@pytest.fixture(scope="module")
def film(tmp_path_factory) -> Path:
    return build(tmp_path_factory.mktemp("film"), Clip())


def test_a_film_of_several_recordings_is_probed_as_that(tmp_path, capsys) -> None:
    """It was said not to be taken in; the window takes it in, part by part."""
    clip = Clip(codec="mpeg2video", container="mpg", b_frames=2, gop=12, sound="mp2", frames=40)
    one = build(tmp_path, clip).read_bytes()
    path = tmp_path / "two.mpg"
    path.write_bytes(one + one)
    code, out, _ = says(capsys, "probe", path)
    assert code == 0
    assert out.splitlines()[0] == "2 recordings: its clock jumps or begins anew; taken in, they become one film"
    assert f"from byte {len(one)}: the clock" in out
    first, second = json.loads(says(capsys, "probe", path, "--json")[1])["parts"]
    assert (first, second["from_byte"]) == ({"from_byte": 0, "jump_s": None}, len(one))


def test_what_nobody_filmed_is_not_called_damage(tmp_path, capsys) -> None:
    clip = Clip(container="ts", b_frames=2, gop=25, sound="aac", frames=100)
    path = tmp_path / "hole.ts"
    path.write_bytes(jumped(build(tmp_path, clip), 2.0, 5.0))
    _, out, _ = says(capsys, "probe", path)
    assert "not filmed 2.000-7.000 s" in out
    assert "damage" not in out


def test_a_film_is_probed(film, capsys) -> None:
    _, out, _ = says(capsys, "probe", film, "--json")
    found = json.loads(out)
    assert set(found) == {
        "frames", "duration_s", "rate", "width", "height", "rotation", "keyframes", "video_codec", "sound_tracks",
        "damage", "hides_damage",
    }  # fmt: skip
    assert f"{found['frames']} frames" in says(capsys, "probe", film)[1]


def test_a_picture_is_written(film, tmp_path, capsys) -> None:
    out = tmp_path / "p.png"
    for at in ("0", "0.5", "1e9", "inf"):
        assert says(capsys, "frame", film, "--at", at, "--png", out)[0] == 0, at
        assert out.read_bytes().startswith(b"\x89PNG")
        out.unlink()
    for at in ("-0.5", "nan", "-inf"):
        assert says(capsys, "frame", film, "--at", at, "--png", out)[0] == 1, at
        assert not out.exists()


@pytest.mark.parametrize("content", [None, b"", b"#!/bin/sh\n", b"\x00" * 5000])
def test_what_is_no_film_is_said(content, tmp_path, capsys) -> None:
    path = tmp_path / "x.mp4"
    if content is not None:
        path.write_bytes(content)
    assert says(capsys, "probe", path)[0] == 1
    assert says(capsys, "frame", path, "--at", "0", "--png", tmp_path / "o.png")[0] == 1
    assert says(capsys, "frame", tmp_path, "--at", "0", "--png", tmp_path / "o.png")[0] == 1


def test_agreement_of_two_files(tmp_path, capsys) -> None:
    for name, at in (("a.csv", "5"), ("b.csv", "5.5")):
        (tmp_path / name).write_text(f"person,code,start_s,end_s\nadult1,AS,{at},\ndyad,DS1,0,60\n")
    argv = ("agreement", tmp_path / "a.csv", tmp_path / "b.csv", "--from", 0, "--to", 60)
    _, out, _ = says(capsys, *argv, "--json")
    assert json.loads(out)["events"][0]["agreed"] == 1
    assert says(capsys, *argv)[0] == 0
    assert says(capsys, "agreement", tmp_path / "a.csv", "--from", 0, "--to", 60)[0] == 1
    assert says(capsys, *argv, "--scheme", "none")[0] == 1


def test_commands_for_films_and_figures_load_no_qt(demo, film, tmp_path) -> None:
    (tmp_path / "a.csv").write_text("person,code,start_s,end_s\nadult1,AS,5,\n")
    table = str(tmp_path / "a.csv")
    runs = [
        ["probe", str(film), "--json"],
        ["frame", str(film), "--at", "0", "--png", str(tmp_path / "p.png")],
        ["agreement", table, table, "--from", "0", "--to", "9"],
        ["verify", "--archive", str(demo / "a"), "--user", "Leena Malli",
         "--passphrase-file", str(demo / "secret.txt")],
    ]  # fmt: skip
    script = (
        "import json, sys\nfrom app.command_line import run\n"
        f"for argv in json.loads({json.dumps(json.dumps(runs))}):\n"
        "    assert run(argv) == 0, argv\n"
        "    assert not [m for m in sys.modules if m.startswith('PySide6')], argv\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
