"""Anything that a partner sent taken in from a folder, wherever it is asked for; what came is told and what is next."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.jobs import Job, JobLane
from app.notices import Notice, Tone
from app.packages.codings import CodingReport
from app.packages.taking_in import Taken, take_all
from app.packages.words import taken_words
from app.workspace import Workspace
from widgets.forms.file_dialogs import FileDialogs
from widgets.screen import Go


def take_from_partner(space: Workspace, parent: QWidget, go: Go) -> None:
    """Ask for the folder that the files lie in, and take all of them in; it goes on whatever is shown."""
    t = space.texts
    folder = FileDialogs(parent).folder(t.tr("The folder that the partner's files lie in"))
    if folder is None:
        return

    def work(job: Job) -> Taken:
        return take_all(space.door, space.archive, t, folder, job.progress, job.cancelled)

    def done(taken: Taken) -> None:
        space.notices.say(_said(space, taken, go))

    def failed(error: AppError) -> None:
        space.notices.trouble(error)

    space.jobs.run(t.tr("Taking in from the partner"), work, done, failed, lane=JobLane.INTAKE)


def _said(space: Workspace, taken: Taken, go: Go) -> Notice:
    t, last = space.texts, taken.reports[-1]
    is_open = isinstance(last, CodingReport) and last.is_key
    words, place = (t.tr("Compare"), "comparing") if is_open else (t.tr("Open"), "cases")
    tone = Tone.WARNING if taken.troubles else Tone.DONE
    return Notice(taken_words(t, taken), tone, words, partial(go, place, meeting_id=last.meeting_id), stays=True)
