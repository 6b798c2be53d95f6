"""Untrusted films stay outside: facts come in through a pipe, deaths and delays become sentences."""

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import Cancelled, FilmError
from app.model.confinement import KeptFrom
from app.ports.children import child_environment
from tests.material.films import Clip, build
from tests.material.unfinished import READABLE, TABLED, unfinished
from tests.soak.film_fuzz import outcomes
from video.confinement.kernel import possible
from video.open.film_gate import REFUSALS, ChildFilmGate, Limits, _believed, _believed_salvage
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
    assert json.loads(run.stdout) == [
        "PermissionError",
        "PermissionError",
        "PermissionError" if KeptFrom.FILES in possible() else "OSError",
        [],
    ]


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
    packed = base64.b64encode(build_index(film("h264")[0]).pack()).decode()
    assert _believed({"index": packed, "damage": []}).facts.frames == 60
    with pytest.raises(FilmError):
        _believed({"index": packed, "damage": damage})


def test_the_child_salvages_and_writes_nothing(tmp_path: Path) -> None:
    clip = TABLED["h264-aac"]
    whole, path = build(tmp_path, clip, "whole"), tmp_path / "broken.mp4"
    path.write_bytes(unfinished(whole.read_bytes()))
    before = path.read_bytes()
    gate = ChildFilmGate(Limits(films_per_child=10))
    assert refused(gate, path) == "film-unfinished"
    told: list[float] = []
    made = gate.salvage(path, [build(tmp_path, TABLED["hevc"], "other"), whole], told.append, never)
    assert made.reference == 1
    assert made.found.facts.frames > 60
    assert told == sorted(told)
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["broken.mp4", "other.mp4", "whole.mp4"]
    for references, key in (([], "salvage-needs-reference"), ([path], "salvage-other-kind")):
        with pytest.raises(FilmError, match=key):
            gate.salvage(path, references, nothing, never)
    path.write_bytes(bytes(4096) + build(tmp_path, READABLE["ts"]).read_bytes()[4096:])
    with pytest.raises(FilmError, match="film-missing"):
        gate.salvage(tmp_path / "none", [], nothing, never)
    gate.close()


def test_a_film_that_can_be_entered_later_is_said_to_have_no_beginning(tmp_path: Path) -> None:
    path = tmp_path / "film.mpg"
    path.write_bytes(bytes(3_000_000) + build(tmp_path, READABLE["ts"], "whole").read_bytes())
    gate = ChildFilmGate(Limits(films_per_child=10))
    assert refused(gate, path) == "film-headless"
    assert gate.salvage(path, [], nothing, never).found.facts.frames > 80
    gate.close()


@pytest.mark.parametrize(
    "told",
    [
        {"pieces": []},
        {"pieces": [[0, 101]]},
        {"pieces": [[-1, 5]]},
        {"pieces": [[5, 5]]},
        {"pieces": [[0.0, 5]]},
        {"pieces": [[True, 5]]},
        {"pieces": ["?"]},
        {"pieces": [[0, 5, 6]]},
        {"pieces": [[0, 5]] * 65},
        {"pieces": None},
        {"sha256": "0"},
        {"sha256": 7},
        {"reference": 2},
        {"reference": -1},
        {"reference": "0"},
        {"index": ""},
    ],
)
def test_a_child_that_lies_about_what_it_salvaged_is_not_believed(film, told: dict) -> None:
    packed = base64.b64encode(build_index(film("h264")[0]).pack()).decode()
    right = {"index": packed, "damage": [], "pieces": ["AAAA", [0, 100]], "sha256": "0" * 64, "reference": 1}
    assert _believed_salvage(right, 100, 2).pieces == (bytes(3), (0, 100))
    with pytest.raises(FilmError) as caught:
        _believed_salvage(right | told, 100, 2)
    assert caught.value.key == "film-dangerous"


def test_a_child_says_only_known_refusals() -> None:
    for said in ("made-up", ["film-empty"], None):
        with pytest.raises(FilmError) as caught:
            _believed({"error": said})
        assert caught.value.key in REFUSALS


def test_five_hundred_damaged_films(tmp_path: Path) -> None:
    seen = outcomes(500, tmp_path)
    assert seen.pop("not-shown", 0) <= seen["hurt"]
    assert sum(seen.values()) == 500
    assert seen["film-damaged"] > 50
    assert seen["hurt"] > 50
