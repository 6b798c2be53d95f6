"""What the parts of the room say of how far something is, in the screen's language."""

from __future__ import annotations

from app.i18n import Texts
from app.model.service_work import Done, PhaseState, ServiceWork
from app.works.work_file import WorkFile

#: the picture of each state
SIGNS = {Done.DONE: "check", Done.PARTLY: "half", Done.OPEN: "circle"}


def done_words(texts: Texts, how: Done) -> str:
    """How far a step, a sheet or a phase is."""
    return {
        Done.DONE: texts.tr("done"),
        Done.PARTLY: texts.tr("partly done"),
        Done.OPEN: texts.tr("open"),
    }[how]


def phase_dates(texts: Texts, state: PhaseState) -> str:
    """The days of a phase on one line; empty for one without any."""
    if state.begun and state.done:
        return f"{texts.date(state.begun)}–{texts.date(state.done)}"
    if state.done:
        return texts.date(state.done)
    if state.begun:
        return texts.tr("from {day}", day=texts.date(state.begun))
    return texts.date(state.planned) if state.planned else ""


def state_line(texts: Texts, work: ServiceWork) -> str:
    """Of a work in a list: since when it is open, or how it ended."""
    if work.closed is not None:
        ended = texts.tr("ended {day}", day=texts.date(work.closed))
        return f"{ended} · {work.closed_why}" if work.closed_why else ended
    return texts.tr("begun {day}", day=texts.date(work.opened)) if work.opened else ""


def pinned_words(texts: Texts, file: WorkFile) -> str:
    """By which template and version it is done."""
    template = file.template
    return texts.tr("by {template}, version {n}", template=texts.words(template.name), n=template.version)
