"""Taking films in beside the window: one job per recording, and what is said when each is there.

Knows no panel: the window may be rebuilt meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QApplication

from app.errors import AppError
from app.films import intake
from app.films.alignment import alignable
from app.films.camera_cards import CardFile, gap_between
from app.films.removable_disks import is_removable
from app.i18n import N_
from app.model.recording import Recording
from app.notices import Notice, Tone
from app.workspace import Workspace
from widgets.look.look import Look

Cards = tuple[tuple[CardFile, ...], ...]


def take_in_cards(
    space: Workspace, look: Look, wish: intake.Wish, cards: Cards, before: tuple[CardFile, Recording] | None = None
) -> None:
    """Take recordings of one camera in, one after another, the first at the wish's place on the clock.

    `before` is the last file of the recording before these, and that recording: how far after it the next one began is
    guessed from when their files were finished.
    """
    files, *rest = cards
    wish = replace(wish, sources=tuple(file.path for file in files))
    joins = len(files) > 1
    words = N_("Taking the film in: check, join, compare") if joins else N_("Taking the film in: check, copy, compare")

    def done(brought: intake.Brought) -> None:
        recording = brought.recording
        if before is not None:
            last, earlier = before
            gap = gap_between(last, earlier.facts.duration, files[-1], recording.facts.duration)
            brought = replace(brought, recording=replace(recording, offset=earlier.offset + gap))
        kept = _keep(space, brought)
        if kept is None:
            return
        if rest:
            take_in_cards(space, look, wish, tuple(rest), (files[-1], kept))
        else:
            space.notices.say(_said(space, look, wish, brought, several=joins or before is not None))

    work = partial(intake.bring_in, space.films, space.media, wish)
    space.jobs.run(space.texts.tr(words), work, done, lane="film")


def _keep(space: Workspace, brought: intake.Brought) -> Recording | None:
    """Put it into the archive's books; None when they refused, which was said."""
    try:
        recording = intake.keep_brought(space.door, space.media, space.texts, brought)
    except AppError as error:
        space.notices.trouble(error)
        return None
    space.copies.want([recording])
    return recording


def _said(space: Workspace, look: Look, wish: intake.Wish, brought: intake.Brought, *, several: bool) -> Notice:
    """What was done, what to do with the card, and the one thing that is likely next."""
    t, recording = space.texts, brought.recording
    words = [t.tr("The film is in the archive and was compared with the original. The original was left alone.")]
    if not brought.as_filmed:
        words.append(t.tr("Its files were too different to be joined as they are, so it was encoded anew."))
    if recording.facts.damage:
        words.append(t.tr("Some of it is damaged; see the film's line."))
    to_empty = several or is_removable(wish.sources[0])
    if to_empty:
        words.append(t.tr("Empty the card when you have checked the film."))
    tone = Tone.WARNING if recording.facts.damage else Tone.DONE
    films = space.store.find(Recording, meeting_id=recording.meeting_id)
    if recording.facts.sound_tracks and recording in alignable(films):
        action = partial(_align, space, look, recording.meeting_id)
        return Notice(" ".join(words), tone, t.tr("Align the cameras…"), action, stays=True)
    return Notice(" ".join(words), tone, stays=to_empty)


def _align(space: Workspace, look: Look, meeting_id: str) -> None:
    from widgets.films.sync_dialog import SyncDialog

    window = QApplication.activeWindow()
    if window is None:  # locked, or behind another program: the panel of films has the same button
        return
    made = SyncDialog(space, look, meeting_id, window)
    made.exec()
    made.deleteLater()
