"""What is said of a thing in a coding: in the hint over it, in its row, and to a screen reader, always the same."""

from __future__ import annotations

from app.casework.meeting_file import MeetingFile
from app.coding.selection import Thing
from app.i18n import Texts
from app.model.meeting import Segment, Stretch, intersection
from app.model.observation import Bookmark, Mark, MarkKind, Observation
from app.model.scheme import Scheme
from app.model.timecode import SECOND, Micros

#: so much of a note is told: its first words
MOST = 60


def told(texts: Texts, scheme: Scheme, file: MeetingFile, thing: Thing) -> str:
    """`leads clearly, Adult, 00:12,3. She leans over…`: what it is, whose, when, and the first words of its note."""
    if isinstance(thing, Observation):
        return _with_words(_observation(texts, scheme, thing) + _unfilmed(texts, file, thing), thing.note)
    if isinstance(thing, Segment):
        name = f"{thing.number} {file.task_name(thing.number, texts.language)}"
        return texts.tr("Task {name}, {when}", name=name, when=when(texts, thing.start, thing.end))
    if isinstance(thing, Mark):
        return _with_words(f"{mark_name(texts, thing.kind)}, {when(texts, thing.at)}", thing.text)
    return _bookmark(texts, thing)


def when(texts: Texts, start: Micros, end: Micros | None = None, *, is_on: bool = False) -> str:
    """`00:12,3`, `00:12,3–00:20,0`, or `00:12,3–` for what is still on."""
    begin = texts.short_clock(start, digits=1)
    if end is None:
        return f"{begin}–" if is_on else begin
    return f"{begin}–{texts.short_clock(end, digits=1)}"


def person_name(texts: Texts, person: str) -> str:
    """The word for `adult1`, `child1` or `dyad` on the screen."""
    return {
        "adult1": texts.tr("Adult"),
        "adult2": texts.tr("Adult 2"),
        "child1": texts.tr("Child"),
        "dyad": texts.tr("Interaction"),
    }.get(person, person)


def unfilmed_sentence(texts: Texts, time: Micros) -> str:
    """How much of the time that was declared coded nobody filmed; empty for none that a clock shows."""
    if time < SECOND // 20:
        return ""
    length = texts.short_clock(time, digits=1)
    return texts.tr("Not filmed of the time coded: {length}. That is in no figure.", length=length)


def mark_name(texts: Texts, kind: MarkKind) -> str:
    """What a flag is called."""
    return {
        MarkKind.IMPORTANT: texts.tr("Important moment"),
        MarkKind.CLIP: texts.tr("Clip candidate"),
        MarkKind.ASK: texts.tr("Ask the work partner"),
        MarkKind.SAFETY: texts.tr("Safety"),
        MarkKind.NOTE: texts.tr("Note"),
    }[kind]


def _observation(texts: Texts, scheme: Scheme, o: Observation) -> str:
    code = scheme.code(o.code)
    name = texts.words(code.name) if code is not None else o.code
    kinds = {m.id: texts.words(m.name) for m in code.modifiers} if code is not None else {}
    which = "".join(f" ({kinds.get(m, m)})" for m in o.modifiers)
    return f"{name}{which}, {person_name(texts, o.person)}, {when(texts, o.start, o.end, is_on=o.open)}"


def _unfilmed(texts: Texts, file: MeetingFile, o: Observation) -> str:
    """How much of a state's time nobody filmed: its length is counted without it."""
    if o.end is None or o.end <= o.start:
        return ""
    lost = sum(s.length for s in intersection((Stretch(o.start, o.end),), file.not_filmed))
    if lost < SECOND // 20:
        return ""
    return texts.tr(", of which {length} not filmed", length=texts.short_clock(lost, digits=1))


def _bookmark(texts: Texts, bookmark: Bookmark) -> str:
    return _with_words(f"{texts.tr('Bookmark')}, {when(texts, bookmark.at)}", bookmark.word)


def _with_words(said: str, note: str) -> str:
    words = first_words(note)
    return f"{said}. {words}" if words else said


def first_words(note: str, most: int = MOST) -> str:
    """A note's beginning in one line, at most so many characters (`most`), cut between words."""
    line = " ".join(note.split())
    if len(line) <= most:
        return line
    cut = line[: most + 1].rsplit(" ", 1)[0][:most]
    return f"{cut}…"
