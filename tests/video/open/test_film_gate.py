"""Untrusted films stay outside: facts come in through a pipe, deaths and delays become sentences."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import Cancelled, FilmError
from tests.material.films import Clip
from tests.soak.film_fuzz import outcomes
from video.open.film_gate import REFUSALS, ChildFilmGate, Limits, _believed, child_environment
from video.open.frame_index import build_index, unpack
from video.open.probe import probe

ROOT = Path(__file__).parents[3]
LONG = Clip(frames=1500, gop=50, container="mkv")


def nothing(_: float) -> None:
    return


def never() -> bool:
    return False


def refused(gate: ChildFilmGate, path: Path) -> str:
    with pytest.raises(FilmError) as caught:
        gate.inspect(path, nothing, never)
    return caught.value.key


def test_facts_and_index_are_those_of_the_film(film) -> None:
    path, _ = film("h264-b")
    told: list[float] = []
    found = ChildFilmGate().inspect(path, told.append, never)
    assert found.facts == probe(path)
    assert (unpack(found.index).times == build_index(path).times).all()
    assert told
    assert told == sorted(told)


def test_refusals_come_through(tmp_path: Path) -> None:
    gate = ChildFilmGate(Limits(films_per_child=10))
    path = tmp_path / "film.mp4"
    assert refused(gate, path) == "film-missing"
    for content, key in ((b"", "film-empty"), (b"#EXTM3U\na.ts\n", "film-playlist"), (b"letter", "film-not-a-film")):
        path.write_bytes(content)
        assert refused(gate, path) == key
    gate.close()


def test_a_child_that_dies_is_a_dangerous_film(film, monkeypatch) -> None:
    gate = ChildFilmGate()
    take = gate._take
    children = []
    monkeypatch.setattr(gate, "_take", lambda: children.append(take()) or children[-1])
    with pytest.raises(FilmError) as caught:
        gate.inspect(film(LONG)[0], lambda _: children[-1]._process.kill(), never)
    assert caught.value.key == "film-dangerous"
    assert children[0]._process.returncode is not None
    assert not children[0]._listener.is_alive()


def test_too_little_memory_ends_the_child_and_not_us(film) -> None:
    assert refused(ChildFilmGate(Limits(memory=60_000_000)), film("h264")[0]) == "film-dangerous"


def test_what_takes_too_long_is_ended(film) -> None:
    assert refused(ChildFilmGate(Limits(whole=0.0)), film(LONG)[0]) == "film-too-slow"
    assert refused(ChildFilmGate(Limits(silent=0.0)), film(LONG)[0]) == "film-too-slow"
    if sys.platform != "win32":
        assert refused(ChildFilmGate(Limits(cpu=-1)), film(LONG)[0]) == "film-too-slow"


def test_cancel_ends_the_child(film) -> None:
    asked: list[float] = []
    with pytest.raises(Cancelled):
        ChildFilmGate().inspect(film(LONG)[0], asked.append, lambda: bool(asked))


def test_nothing_secret_reaches_the_child(monkeypatch) -> None:
    monkeypatch.setenv("HAVAINTO_PASSPHRASE", "secret")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy")
    assert not {"HAVAINTO_PASSPHRASE", "HTTPS_PROXY"} & set(child_environment())


def test_the_child_may_neither_write_nor_call(tmp_path: Path) -> None:
    code = f"""
import json, socket, subprocess, sys
import video.open.film_gate_child as child
child.confine(child.MEMORY)
child.load()
seen = []
def tries(act):
    try:
        act()
        seen.append("done")
    except OSError as error:
        seen.append(type(error).__name__)
tries(lambda: socket.create_connection(("127.0.0.1", 9)))
tries(lambda: subprocess.run(["true"]))
tries(lambda: open({str(tmp_path / "x")!r}, "wb", buffering=0).write(b"x"))
seen.append(sorted(m for m in sys.modules if m.split(".")[0] in ("PySide6", "storage", "sqlcipher3", "app.ports")))
print(json.dumps(seen))
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == ["PermissionError", "PermissionError", "OSError", []]


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"index": "", "damage": []},
        {"index": "????", "damage": []},
        {"index": 7, "damage": []},
        {"index": None, "damage": None},
    ],
)
def test_a_lying_child_is_not_believed(answer: dict) -> None:
    with pytest.raises(FilmError) as caught:
        _believed(answer)
    assert caught.value.key == "film-dangerous"


@pytest.mark.parametrize("damage", [[[0, 1]], [[1, 0, "broken"]], [[0, 1, "<b>"]], [[0, 10**18, "broken"]], 5, [None]])
def test_lying_damage_is_not_believed(film, damage: object) -> None:
    import base64

    packed = base64.b64encode(build_index(film("h264")[0]).pack()).decode()
    assert _believed({"index": packed, "damage": []}).facts.frames == 60
    with pytest.raises(FilmError):
        _believed({"index": packed, "damage": damage})


def test_a_child_says_only_known_refusals() -> None:
    for said in ("made-up", ["film-empty"], None):
        with pytest.raises(FilmError) as caught:
            _believed({"error": said})
        assert caught.value.key in REFUSALS


def test_five_hundred_damaged_films(tmp_path: Path) -> None:
    seen = outcomes(500, tmp_path)
    assert sum(seen.values()) == 500
    assert seen["film-damaged"] > 50
    assert seen["hurt"] > 50
