"""A difference and what the pair decided about it, in words: in its row, on its card, and in the common view."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from app.coding.telling import person_name
from app.coding.telling import when as span
from app.comparing.common_view.codable import NotCodable, closed_at, layer_of
from app.comparing.common_view.parts import joined
from app.comparing.comparison import Comparison
from app.i18n import Texts
from app.model.coding import Coding
from app.model.common_view import Came, CommonCoding
from app.model.decision import Decision, DisagreementKind, Verdict, is_settled
from app.model.timecode import Micros

#: the letter of a verdict, as it stands in the list and beside a mark
LETTERS = {
    Verdict.A: "A",
    Verdict.B: "B",
    Verdict.BOTH: "AB",
    Verdict.NEW: "+",
    Verdict.NEITHER: "×",
    Verdict.DIFFERENTLY: "≠",
}


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A difference as a row of the list, with what A has and what B has. No `start`: it is about a rating.

    `letter` says what was decided, empty while it is open; `is_settled` that nothing of it is missing.
    """

    id: str
    when: str
    about: str
    a: str
    b: str
    start: Micros | None
    letter: str
    is_settled: bool


def decision_line(texts: Texts, found: Comparison, d: Decision) -> DecisionLine:
    """The row of a difference."""
    a, b = _both(texts, found, d)
    letter, settled = LETTERS.get(d.verdict, ""), is_settled(d)
    if d.start is None:
        return DecisionLine(d.id, item_name(texts, found, d), texts.tr("rating"), a, b, None, letter, settled)
    when = texts.short_clock(d.start, digits=1)
    return DecisionLine(d.id, when, _about(texts, d), a, b, d.start, letter, settled)


def _about(texts: Texts, d: Decision) -> str:
    return texts.tr("state") if d.kind == DisagreementKind.STATE else person_name(texts, d.person)


def heard(texts: Texts, line: DecisionLine, *, to_decide: bool = True) -> str:
    """A row as a screen reader says it; how far it is decided only where that is done."""
    if not to_decide:
        return f"{line.when}, {line.about}, {line.a} ↔ {line.b}"
    state = texts.tr("decided") if line.is_settled else texts.tr("reason missing") if line.letter else texts.tr("open")
    return f"{line.when}, {line.about}, {line.a} ↔ {line.b}, {f'{line.letter} {state}'.strip()}"


def title_of(texts: Texts, found: Comparison, d: Decision) -> str:
    """*Hoivaa tai rauhoittaa, 01:26,4*; of two marks, which stand beneath, whose they are; of a rating its item."""
    if d.kind == DisagreementKind.RATING:
        segment = next((s for s in found.file.segments if s.id == d.segment_id), None)
        task = "" if segment is None else f", {found.file.task_name(segment.number, texts.language)}"
        return f"{item_name(texts, found, d)}{task}"
    names = list(dict.fromkeys(code_name(texts, found, c) for c in (d.a, d.b) if c))
    assert d.start is not None, "what is no rating has a time"
    about = names[0] if len(names) == 1 else _about(texts, d)
    said = f"{about}, {span(texts, d.start, d.end)}"
    return said[:1].upper() + said[1:]


def what_of(texts: Texts, found: Comparison, d: Decision) -> str:
    """What each has there, in one sentence."""
    a, b = found.short_names
    if d.kind == DisagreementKind.UNPAIRED:
        marked, other = (a, b) if d.a else (b, a)
        return texts.tr("{marked} marked it, {other} did not.", marked=marked, other=other)
    mine, theirs = _both(texts, found, d)
    return f"{a}: {mine} · {b}: {theirs}"


@dataclass(frozen=True, slots=True)
class Linked:
    """A moment that a rating rests on, in words; `start` and `end` (None: a point) are µs on the meeting's clock."""

    id: str
    words: str
    start: Micros
    end: Micros | None


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two has at a difference: whose it is, what it is, and the own words about it.

    `evidence` are the moments that a rating was linked with.
    """

    letter: str
    name: str
    what: str
    note: str
    evidence: tuple[Linked, ...] = ()


def sides_of(texts: Texts, found: Comparison, d: Decision) -> tuple[Side, Side]:
    """What A has and what B has, with note or reason."""
    made = []
    for letter, name, coding, ids, value in zip(
        "AB", found.short_names, (found.a, found.b), (d.a_ids, d.b_ids), (d.a, d.b), strict=True
    ):
        words = [o.note for i in ids if (o := coding.observations.get(i)) is not None]
        words += [r.reason for i in ids if (r := coding.ratings.get(i)) is not None]
        what = _what(texts, found, d, value, ids, texts.tr("did not mark"))
        made.append(Side(letter, name, what, joined(*words), _evidence(texts, found, coding, ids)))
    return made[0], made[1]


def evidence_of(found: Comparison, d: Decision) -> tuple[str, ...]:
    """The ids of the observations that both linked a rating with; none for another kind."""
    return tuple(
        i
        for coding, ids in ((found.a, d.a_ids), (found.b, d.b_ids))
        for r in ids
        if (one := coding.ratings.get(r)) is not None
        for i in one.evidence
    )


def _evidence(texts: Texts, found: Comparison, coding: Coding, ids: tuple[str, ...]) -> tuple[Linked, ...]:
    """Of a rating, in time order; what was linked and erased since is left out."""
    linked = {i for r in ids if (one := coding.ratings.get(r)) is not None for i in one.evidence}
    held = sorted((o for i in linked if (o := coding.observations.get(i)) is not None), key=lambda o: (o.start, o.id))
    return tuple(
        Linked(o.id, f"{span(texts, o.start, o.end)} {code_name(texts, found, o.code)}", o.start, o.end) for o in held
    )


def _both(texts: Texts, found: Comparison, d: Decision) -> tuple[str, str]:
    none = texts.tr("no mark")
    return _what(texts, found, d, d.a, d.a_ids, none), _what(texts, found, d, d.b, d.b_ids, none)


def _what(texts: Texts, found: Comparison, d: Decision, value: str, ids: tuple[str, ...], none: str) -> str:
    if d.kind == DisagreementKind.RATING:
        return value or (texts.tr("no occasion") if ids else texts.tr("not rated"))
    return code_name(texts, found, value) if value else none


def code_name(texts: Texts, found: Comparison, code_id: str) -> str:
    code = found.scheme.code(code_id)
    return texts.words(code.name) if code is not None else code_id


def item_name(texts: Texts, found: Comparison, d: Decision) -> str:
    """What a rating is about, with a capital."""
    item = found.instrument.item(d.item)
    name = texts.words(item.name) if item is not None else d.item
    return name[:1].upper() + name[1:]


def verdict_words(texts: Texts, found: Comparison, verdict: Verdict) -> str:
    """What was decided, as a short phrase."""
    a, b = found.short_names
    return {
        Verdict.OPEN: texts.tr("open"),
        Verdict.A: texts.tr("as {name}", name=a),
        Verdict.B: texts.tr("as {name}", name=b),
        Verdict.BOTH: texts.tr("both"),
        Verdict.NEITHER: texts.tr("neither"),
        Verdict.NEW: texts.tr("a new one"),
        Verdict.DIFFERENTLY: texts.tr("we see it differently"),
    }[verdict]


def closed_words(texts: Texts, found: Comparison, code: str, time: Micros) -> str:
    """Why nothing new can be marked at a time, with whose mark stands in the way; empty where it can."""
    closed = closed_at(found, layer_of(found.scheme, code), time)
    if closed is None:
        return ""
    if closed.why == NotCodable.NOT_COVERED or closed.stretch is None:
        return texts.tr("Nothing new can be marked there: not both of you went through that time.")
    return texts.tr(
        "Nothing new can be marked there: {names} marked {stretch} as time that cannot be coded.",
        names=texts.listed([found.short_names[place] for place in closed.coders]),
        stretch=span(texts, closed.stretch.start, closed.stretch.end),
    )


def decided_words(texts: Texts, found: Comparison, d: Decision, who: str) -> str:
    """*Kuten Aino. Aino kirjasi 10.12. klo 12.40*; what is missing of it stands there too. Empty while it is open."""
    if d.is_open or d.decided_at is None:
        return ""
    what, local = verdict_words(texts, found, d.verdict), d.decided_at.astimezone()
    if d.verdict == Verdict.NEW:
        what = f"{what}: {_new_words(texts, found, d)}"
    said = texts.tr("{what}. {who} wrote it down {day} {time}.", what=what[:1].upper() + what[1:], who=who,
                    day=texts.date(local.date(), year=False), time=texts.time(local))  # fmt: skip
    if is_settled(d):
        return said
    if d.verdict == Verdict.DIFFERENTLY:
        return " ".join((said, texts.tr("Both reasons are still needed.")))
    return " ".join((said, texts.tr("The reason is still needed.")))


def _new_words(texts: Texts, found: Comparison, d: Decision) -> str:
    if d.kind == DisagreementKind.RATING:
        return texts.tr("no occasion") if d.new_value is None else str(d.new_value)
    return "; ".join(f"{code_name(texts, found, m.code)} {span(texts, m.start, m.end)}" for m in d.new_marks)


@dataclass(frozen=True, slots=True)
class OriginCount:
    """So many parts of the common view, or decisions, are of one kind; `verdict` None is what both had marked."""

    sign: str
    words: str
    count: int
    verdict: Verdict | None = None


def origin_counts(texts: Texts, found: Comparison, common: CommonCoding) -> tuple[OriginCount, ...]:
    """Where the common view comes from: what both had marked, then the decisions by what was decided."""
    came = Counter(origin.came for origin in common.origins.values())
    decided = Counter(d.verdict for d in common.decisions.values())
    a, b = found.short_names
    rows = [OriginCount("●", texts.tr("both had marked the same"), came[Came.BOTH])]
    rows += [
        OriginCount(LETTERS[verdict], words, decided[verdict], verdict)
        for verdict, words in (
            (Verdict.A, texts.tr("taken as {name} saw it", name=a)),
            (Verdict.B, texts.tr("taken as {name} saw it", name=b)),
            (Verdict.BOTH, texts.tr("both marks kept")),
            (Verdict.NEW, texts.tr("new, looked at together")),
            (Verdict.NEITHER, texts.tr("neither")),
            (Verdict.DIFFERENTLY, texts.tr("we see it differently")),
        )
    ]
    if decided[Verdict.OPEN]:
        rows.append(OriginCount("?", texts.tr("still open"), decided[Verdict.OPEN], Verdict.OPEN))
    if came[Came.NOT_CODABLE]:
        rows.append(OriginCount("–", texts.tr("one could not code it"), came[Came.NOT_CODABLE]))
    return tuple(row for row in rows if row.count or row.verdict is not Verdict.BOTH)


def kinds(texts: Texts) -> dict[DisagreementKind, str]:
    """What the kinds of differences are called in the choice of what is walked."""
    return {
        DisagreementKind.RATING: texts.tr("Ratings"),
        DisagreementKind.STATE: texts.tr("States"),
        DisagreementKind.CODE: texts.tr("Two different marks"),
        DisagreementKind.UNPAIRED: texts.tr("Marked by one alone"),
    }
