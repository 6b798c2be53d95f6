"""The film of the journey with what each of two coders saw in it: the drawn MIM film, else the program's demo film."""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import av

from tests.material.drawn import drawn_once
from tests.material.media import CAMERA_A, CAMERA_B, MIM
from tests.material.once import once

PART_TASKS = 2
#: what is left of the film behind its last task, in seconds
REST = 4.0


@dataclass(frozen=True)
class Seen:
    """One thing to code: code and second of its beginning. A state ends where the next one begins."""

    code: str
    at: float


@dataclass(frozen=True)
class CodedFilm:
    """Task cards in order with their beginnings, the end of the last, and both coders' observations in time order.

    Where a second camera filmed it too, `second` is its film and `late` how many µs after the first it began.
    """

    path: Path
    cards: tuple[str, ...]
    starts: tuple[float, ...]
    end: float
    a: tuple[Seen, ...]
    b: tuple[Seen, ...]
    second: Path | None = None
    late: int = 0


def coded_film(folder: Path, raters: str = "raters_core") -> CodedFilm:
    """The first tasks of the film, or all of it when HAVAINTO_WHOLE_FILM is 1."""
    whole = mim_film(raters) if (MIM / "truth.json").exists() else _from_demo(folder)
    if os.environ.get("HAVAINTO_WHOLE_FILM") == "1":
        return whole
    end = whole.starts[PART_TASKS]
    a, b = (tuple(s for s in seen if s.at < end) for seen in (whole.a, whole.b))
    first, second = (None if path is None else _part(path, end + REST, folder) for path in (whole.path, whole.second))
    assert first is not None
    return CodedFilm(first, whole.cards[:PART_TASKS], whole.starts[:PART_TASKS], end, a, b, second, whole.late)


def _part(film: Path, seconds: float, folder: Path) -> Path:
    path = folder / f"part-of-{film.name}"
    shutil.copyfile(once(f"part-of-{film.name}", lambda at: first_seconds(film, at, seconds)), path)
    return path


def shorter(film: CodedFilm, seconds: float, folder: Path) -> CodedFilm:
    """The film with tasks of so many seconds behind each other, cut off there, and what was seen in the first of them:
    for a job that is done at the beginning of the film only.
    """
    starts = tuple(film.starts[0] + number * seconds for number in range(len(film.starts)))
    end = starts[-1] + seconds
    if end >= film.end:
        return film
    a, b = (tuple(s for s in seen if s.at < starts[0] + seconds) for seen in (film.a, film.b))
    path = folder / f"shorter{film.path.suffix}"
    first_seconds(film.path, path, end + REST)
    return CodedFilm(path, film.cards, starts, end, a, b)


def first_seconds(film: Path, path: Path, seconds: float) -> None:
    """The beginning of a film, packet by packet: its pictures stay what they are, at their times."""
    with av.open(str(film)) as source, av.open(str(path), "w") as out:
        tracks = {s.index: out.add_stream_from_template(s) for s in source.streams if s.type in ("video", "audio")}
        for packet in source.demux([s for s in source.streams if s.index in tracks]):
            if packet.dts is not None and packet.dts * packet.time_base < seconds:
                packet.stream = tracks[packet.stream.index]
                out.mux(packet)


def mim_film(raters: str) -> CodedFilm:
    """All of the drawn film by two cameras, as its `raters` saw it: with the full scheme, or `raters_core`'s."""
    truth = json.loads((MIM / "truth.json").read_text(encoding="utf-8"))
    tasks = sorted(truth["tasks"], key=lambda t: t["no"])
    a, b = (_seen(truth[raters][rater], tasks[0]["start"]) for rater in "AB")
    cards, starts = (tuple(t[key] for t in tasks) for key in ("task", "start"))
    late = round(truth["camera_b_late"] * 1_000_000)
    return CodedFilm(CAMERA_A, cards, starts, tasks[-1]["end"], a, b, CAMERA_B, late)


def _seen(rows: list[dict], first: float) -> tuple[Seen, ...]:
    """In time order, what lies in the tasks; states first, so that the state is on when a moment is marked."""
    ordered = sorted(rows, key=lambda o: (o["start"], "end" not in o))
    return tuple(Seen(o["code"], o["start"]) for o in ordered if o["start"] >= first)


def _from_demo(folder: Path) -> CodedFilm:
    """Coder B sees what coder A saw a little later or earlier, overlooks every seventh and takes every ninth for AE."""
    path = folder / "demo.mp4"
    script = drawn_once(path, lambda _: None, lambda: False)
    first, end = (t / 1e6 for t in (script.tasks[0][1], script.tasks[-1][2]))
    a = [Seen(code, at / 1e6) for code, at, _ in script.states] + [Seen(code, at / 1e6) for code, at in script.moments]
    b = []
    for number, seen in enumerate(a):
        is_state = number < len(script.states)
        shift = 0.0 if seen.at <= first else (-0.68, 0.4, 1.2, -0.24)[number % 4]
        if is_state or number % 7:
            code = "AE" if not is_state and number % 9 == 0 else seen.code
            b.append(Seen(code, min(max(seen.at + shift, first), end - 0.04)))
    ordered = (tuple(sorted(rows, key=lambda s: s.at)) for rows in (a, b))
    cards, starts = tuple(t[0] for t in script.tasks), tuple(t[1] / 1e6 for t in script.tasks)
    return CodedFilm(path, cards, starts, end, *ordered)
