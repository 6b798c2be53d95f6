"""What is said when a film was taken in, and the one thing that is likely next. Knows no panel: that may be rebuilt."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from app.error_texts import sentence
from app.errors import AppError
from app.films import intake
from app.films.intake_queue import Cards, Stopped, TakenFilm, Watch
from app.model.recording import Origin, Recording
from app.notices import Notice, Tone
from app.workspace import Workspace
from widgets.asking_window import asking_window
from widgets.look.look import Look

#: what is only asked about: siblings share meetings, and what was erased may come as a new film
ASKED = ("film-in-other-meeting", "film-was-erased")
#: what is only told: nothing went wrong that a report of the problem could help with
TOLD = ("film-here-already",)


def take_in_cards(space: Workspace, look: Look, wish: intake.Wish, cards: Cards) -> None:
    """Start taking recordings of one camera in; it goes on whatever is shown."""

    def done(taken: TakenFilm) -> None:
        space.notices.say(_said(space, look, taken))

    def unfinished(stopped: Stopped) -> None:
        space.notices.say(
            Notice(
                sentence(space.texts, stopped.error),
                Tone.TROUBLE,
                space.texts.tr("Salvage what can be read…"),
                partial(_salvage, space, stopped, watch),
                stays=True,
            )
        )

    def failed(error: AppError) -> None:
        if error.key in TOLD:
            space.notices.say(Notice(sentence(space.texts, error), Tone.WARNING, stays=True))
            return
        if error.key not in ASKED:
            space.notices.trouble(error)
            return
        anyway = partial(take_in_cards, space, look, replace(wish, anyway=True), cards)
        label = space.texts.tr("Take it in all the same")
        space.notices.say(Notice(sentence(space.texts, error), Tone.WARNING, label, anyway, stays=True))

    watch = Watch(done, failed, unfinished)
    space.taking_in.take_in(wish, cards, watch)


def _salvage(space: Workspace, stopped: Stopped, watch: Watch) -> None:
    from widgets.cases.salvage_dialog import SalvageDialog

    made = SalvageDialog(space, stopped, asking_window())
    if made.exec() == SalvageDialog.DialogCode.Accepted and made.salvaged is not None:
        space.taking_in.go_on(stopped, made.salvaged, watch)
    made.deleteLater()


def _said(space: Workspace, look: Look, taken: TakenFilm) -> Notice:
    """What was done, what to do with the card, and the one thing that is likely next."""
    t, recording = space.texts, taken.recording
    salvaged = [film for film in taken.films if film.origin == Origin.SALVAGED]
    if recording in salvaged:
        return _said_of_salvaged(space, recording)
    words = [
        t.trn(
            "The film is in the archive and was compared with the original. The original was left alone.",
            "{n} films are in the archive and were compared with the originals. The originals were left alone.",
            len(taken.films) - len(salvaged),
        )
    ]
    if not taken.as_filmed:
        words.append(t.tr("Its parts were too different to be joined as they are, so it was encoded anew."))
    words += _lacking(space, taken)
    if taken.empty_the_card:
        words.append(t.tr("Empty the card when you have checked the film."))
    tone = Tone.WARNING if any(film.facts.is_damaged for film in taken.films) else Tone.DONE
    if taken.can_be_aligned:
        action = partial(_align, space, look, recording.meeting_id)
        return Notice(" ".join(words), tone, t.tr("Align the cameras…"), action, stays=True)
    return Notice(" ".join(words), tone, stays=taken.empty_the_card)


def _lacking(space: Workspace, taken: TakenFilm) -> list[str]:
    """That any of the films is not whole; its line says where."""
    t, facts, words = space.texts, [film.facts for film in taken.films], []
    if any(film.is_damaged for film in facts):
        words.append(t.tr("Some of it is damaged; see the film's line."))
    if any(film.holes for film in facts):
        words.append(t.tr("Some of its time was not filmed; see the film's line."))
    elif any(film.unseen for film in facts):  # whether any time went by there is not known
        words.append(t.tr("Its clock jumps on the way; see the film's line."))
    return words


def _said_of_salvaged(space: Workspace, recording: Recording) -> Notice:
    t = space.texts
    length = t.short_clock(recording.facts.duration)
    words = t.tr(
        "What can be read of the film, {length}, is in the archive as a new film. The original was left alone: keep it "
        "until you have watched the new one. What the new film lacks is said on its line.",
        length=length,
    )
    return Notice(words, Tone.WARNING, stays=True)


def _align(space: Workspace, look: Look, meeting_id: str) -> None:
    from widgets.films.sync_dialog import SyncDialog

    made = SyncDialog(space, look, meeting_id, asking_window())
    made.exec()
    made.deleteLater()
