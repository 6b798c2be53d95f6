"""The messages of two ends, and their strict way to bytes and back: what is no message of ours is refused whole."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from app.comparing.led.values import NOBODY, Coder, Point, Pointer, Ruling, Rulings, Subject, View
from app.errors import LineError
from app.model.decision import NewMark, Verdict

#: of what is said between two programs; another number is another program
SPOKEN = 1
#: letters of a reason, marks of one decision, differences of one meeting: beyond these it is nonsense
MOST_LETTERS, MOST_MARKS, MOST_POINTS = 40_000, 200, 20_000
_FARTHEST = 10**14  # µs: three years
_FASTEST = 64.0


@dataclass(frozen=True, slots=True)
class Hello:
    """The first word of each end: what it looks at, who works there, and who led when it last knew. Term 0: nobody."""

    subject: Subject
    coder: Coder
    term: int
    leader: Coder
    spoken: int = SPOKEN


@dataclass(frozen=True, slots=True)
class Whole:
    """All that stands at who leads: the other pulls it before anything else."""

    term: int
    rulings: Rulings


@dataclass(frozen=True, slots=True)
class Decided:
    """Who leads has decided; `answers` is the mark of the other's proposal that this answers, empty for none."""

    point: Point
    ruling: Ruling
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What who follows has decided otherwise, alone or too late: a proposal to who leads."""

    rulings: Rulings


@dataclass(frozen=True, slots=True)
class Seen:
    """What who leads is looking at now."""

    view: View


@dataclass(frozen=True, slots=True)
class Asked:
    """Who follows takes the lead."""


@dataclass(frozen=True, slots=True)
class Given:
    """Who led gives the lead; the other leads from now on."""

    term: int


Message: TypeAlias = Hello | Whole | Decided | Proposed | Seen | Asked | Given


# to bytes


def packed(message: Message) -> bytes:
    """As it crosses."""
    return json.dumps(_fields(message), separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _fields(message: Message) -> dict[str, Any]:
    match message:
        case Hello():
            s = message.subject
            return {
                "is": "hello", "spoken": message.spoken, "coder": message.coder, "term": message.term,
                "leader": message.leader, "meeting": s.meeting, "a": s.a, "b": s.b, "differences": s.differences,
            }  # fmt: skip
        case Whole():
            return {"is": "whole", "term": message.term, "rulings": _many(message.rulings)}
        case Decided():
            r = _ruling(message.ruling)
            return {"is": "decided", "point": message.point, "ruling": r, "answers": message.answers}
        case Proposed():
            return {"is": "proposed", "rulings": _many(message.rulings)}
        case Seen():
            return _view(message.view)
    return {"is": "given", "term": message.term} if isinstance(message, Given) else {"is": "asked"}


def _view(v: View) -> dict[str, Any]:
    pointer = None if v.pointer is None else [v.pointer.film, v.pointer.x, v.pointer.y]
    return {
        "is": "seen", "film": v.film, "time": v.time, "playing": v.playing, "rate": v.rate, "chosen": v.chosen,
        "pointer": pointer,
    }  # fmt: skip


def _many(rulings: Rulings) -> dict[str, Any]:
    return {point: _ruling(r) for point, r in sorted(rulings.items())}


def _ruling(r: Ruling) -> dict[str, Any]:
    if r.is_open:
        return {"verdict": r.verdict.value}
    marks = [[m.code, m.person, m.start, m.end] for m in r.new_marks]
    return {
        "verdict": r.verdict.value, "reason": r.reason, "a": r.reason_a, "b": r.reason_b, "marks": marks,
        "value": r.new_value, "by": r.by, "at": None if r.at is None else r.at.isoformat(),
    }  # fmt: skip


# and back


def unpacked(data: bytes) -> Message:
    """Raises LineError(`led-nonsense`) for what is no message, LineError(`led-other-program`) for another version's."""
    try:
        read = json.loads(data)
        return _read(_Reader(read))
    except LineError:
        raise
    except (ValueError, TypeError, KeyError, AssertionError, ArithmeticError, RecursionError) as error:
        raise LineError("led-nonsense") from error


class _Reader:
    """The fields of one message, each asked for once; what is left over is nonsense."""

    def __init__(self, fields: object) -> None:
        if not isinstance(fields, dict):
            raise TypeError
        self._left = dict(fields)

    def take(self, name: str, check: Callable[[Any], Any]) -> Any:
        return check(self._left.pop(name))

    def end(self) -> None:
        if self._left:
            raise ValueError


def _read(fields: _Reader) -> Message:
    kind = fields.take("is", _word)
    if kind == "hello" and fields.take("spoken", _number) != SPOKEN:
        raise LineError("led-other-program")
    made = _READ[kind](fields)
    fields.end()
    return made


def _hello(f: _Reader) -> Hello:
    subject = Subject(*(f.take(name, _word) for name in ("meeting", "a", "b", "differences")))
    return Hello(subject, f.take("coder", _coder), f.take("term", _number), f.take("leader", _coder_or_nobody))


def _decided(f: _Reader) -> Decided:
    return Decided(f.take("point", _point), f.take("ruling", _ruling_in), f.take("answers", _word))


def _seen(f: _Reader) -> Seen:
    return Seen(
        View(
            f.take("film", _word), f.take("time", _time), f.take("playing", _flag), f.take("rate", _rate),
            f.take("chosen", _word), f.take("pointer", _pointer),
        )
    )  # fmt: skip


_READ: dict[str, Callable[[_Reader], Message]] = {
    "hello": _hello,
    "whole": lambda f: Whole(f.take("term", _number), f.take("rulings", _many_in)),
    "decided": _decided,
    "proposed": lambda f: Proposed(f.take("rulings", _many_in)),
    "seen": _seen,
    "asked": lambda _f: Asked(),
    "given": lambda f: Given(f.take("term", _number)),
}


def _word(value: object) -> str:
    return _letters(value, 128)


def _letters(value: object, most: int = MOST_LETTERS) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise TypeError
    return value


def _point(value: object) -> Point:
    word = _word(value)
    if len(word) != 64 or not set(word) <= set("0123456789abcdef"):
        raise ValueError
    return word


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value <= 10**9:
        raise TypeError
    return value


def _time(value: object) -> int:
    if type(value) is not int or abs(value) > _FARTHEST:
        raise TypeError
    return value


def _flag(value: object) -> bool:
    if type(value) is not bool:
        raise TypeError
    return value


def _rate(value: object) -> float:
    if type(value) not in (int, float) or not isinstance(value, int | float):
        raise TypeError
    if not math.isfinite(value) or abs(value) > _FASTEST:
        raise ValueError
    return float(value)


def _share(value: object) -> float:
    share = _rate(value)
    if not 0 <= share <= 1:
        raise ValueError
    return share


def _coder(value: object) -> Coder:
    if type(value) is not int or value not in (0, 1):
        raise TypeError
    return value


def _coder_or_nobody(value: object) -> Coder:
    return NOBODY if type(value) is int and value == NOBODY else _coder(value)


def _pointer(value: object) -> Pointer | None:
    if value is None:
        return None
    if not isinstance(value, list):
        raise TypeError
    film, x, y = value
    return Pointer(_word(film), _share(x), _share(y))


def _many_in(value: object) -> Rulings:
    if not isinstance(value, dict) or len(value) > MOST_POINTS:
        raise TypeError
    return {_point(point): _ruling_in(ruling) for point, ruling in value.items()}


def _ruling_in(value: object) -> Ruling:
    f = _Reader(value)
    verdict = f.take("verdict", lambda v: Verdict(_word(v)))
    if verdict == Verdict.OPEN:
        f.end()
        return Ruling()
    made = Ruling(
        verdict, f.take("reason", _letters), f.take("a", _letters), f.take("b", _letters), f.take("marks", _marks),
        f.take("value", lambda v: None if v is None else _time(v)), f.take("by", _coder), f.take("at", _moment),
    )  # fmt: skip
    f.end()
    return made


def _marks(value: object) -> tuple[NewMark, ...]:
    if not isinstance(value, list) or len(value) > MOST_MARKS:
        raise TypeError
    made = []
    for one in value:
        code, person, start, end = one
        made.append(NewMark(_word(code), _word(person), _time(start), None if end is None else _time(end)))
    return tuple(made)


def _moment(value: object) -> datetime:
    at = datetime.fromisoformat(_word(value))
    if at.tzinfo is None:
        raise ValueError
    return at
