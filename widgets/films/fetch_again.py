"""*Hae filmi uudelleen*: a film whose file is lost or damaged, from the original or from another file of the same film.

Nothing changes before the worker has read how well the pictures fit and taken the file into use.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from app.error_texts import sentence
from app.errors import AppError, Cancelled, ContainerError
from app.films.again import FoundAgain, lost
from app.films.camera_cards import FILM_ENDINGS
from app.i18n import Texts
from app.jobs import Job
from app.model.recording import Again, Recording, Replacement
from app.model.timecode import Micros
from app.notices import Notice, Tone
from app.workspace import Workspace
from widgets.asking_window import asking_window
from widgets.folding import size_to_fit
from widgets.forms.file_dialogs import FileDialogs
from widgets.look.parts import beside, button, label, primary_button, scrolled, stacked

WIDTH = 620
FILMS = " ".join(f"*.{ending}" for ending in FILM_ENDINGS)


class FetchAgain(QDialog):
    """One film of a meeting. What was begun with *Take into use* goes on when the dialog is closed."""

    def __init__(self, space: Workspace, film: Recording, parent: QWidget) -> None:
        super().__init__(parent)
        self._space, self._film, self._texts = space, film, space.texts
        self._job: Job | None = None
        self._found: FoundAgain | None = None
        t = self._texts
        self.setWindowTitle(t.tr("Fetch the film again"))
        about = t.tr("Camera {n}", n=film.camera) + f" · {t.clock(film.facts.duration, digits=0)} · {t.size(film.size)}"
        words = t.tr(
            "Choose the file that the film was taken in from, or another copy of the same film. The same file is taken "
            "in as it is. Of another one the pictures are compared first, and you decide. Codings and their times stay "
            "as they are."
        )
        self.told = label("", wrap=True)
        self.told.setAccessibleName(t.tr("What was found"))
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.stop = button(t.tr("Cancel"), self._on_stop, "quiet")
        self.choose = primary_button(t.tr("Choose a file…"), self._on_choose)
        self.accept_button = primary_button(t.tr("Take into use"), self._on_accept)
        self.leave = button(t.tr("Close"), self.reject, "quiet")
        inside = QWidget()
        inside.setLayout(
            stacked(
                label(about, "strong"),
                label(words, "muted", wrap=True),
                self.told,
                beside(self.bar, self.stop),
                None,
                spacing=12,
                margins=(24, 20, 24, 8),
            )
        )
        foot = QWidget()
        foot.setLayout(stacked(beside(self.leave, None, self.choose, self.accept_button), margins=(24, 8, 24, 20)))
        self.setLayout(stacked(scrolled(inside), foot, spacing=0))
        size_to_fit(self, WIDTH, inside.heightForWidth(WIDTH) + foot.sizeHint().height() + 120)
        self.finished.connect(lambda _: self._on_stop())
        self._show_state()

    def _show_state(self) -> None:
        at_work = self._job is not None
        self.bar.setVisible(at_work)
        self.stop.setVisible(at_work)
        self.choose.setEnabled(not at_work)
        self.accept_button.setVisible(self._found is not None)
        self.choose.setVisible(self._found is None)
        main = self.choose if self._found is None else self.leave  # another film is never taken by a stray Enter
        main.setDefault(True)
        if not at_work:
            main.setFocus()

    def _on_choose(self) -> None:
        t = self._texts
        films, every = t.tr("Films"), t.tr("All files")
        chosen = FileDialogs(self).open_many(
            t.tr("Fetch the film again"), f"{films} ({FILMS} {FILMS.upper()});;{every} (*)"
        )
        if chosen:
            self.look_at(*chosen)

    def look_at(self, *sources: Path) -> None:
        """Begin to compare files with the film."""
        self.told.setText("")
        self.bar.setValue(0)
        self._job = self._space.again.look(self._film.id, sources, self._on_found, self._on_failed)
        if self._job is not None:
            self._job.progressed.connect(self._on_progress)
        self._show_state()

    def _on_progress(self, share: float) -> None:
        self.bar.setValue(round(share * 1000))

    def _on_found(self, found: FoundAgain) -> None:
        if self._job is None:
            return  # closed meanwhile
        self._job = None
        if found.how != Again.PICTURES:
            fetch(self._space, found)
            self.accept()
            return
        self._found = found
        self.told.setText(found_words(self._texts, found))
        self._show_state()

    def _on_failed(self, error: AppError) -> None:
        self._job = None
        if not isinstance(error, Cancelled):
            self.told.setText(sentence(self._texts, error))
        self._show_state()

    def _on_stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
        if self.isVisible():
            self._show_state()

    def _on_accept(self) -> None:
        if self._found is not None:
            fetch(self._space, self._found)
        self.accept()


def ask(space: Workspace, film: Recording, parent: QWidget) -> None:
    """Open the dialog and wait until it is closed."""
    made = FetchAgain(space, film, parent)
    made.exec()
    made.deleteLater()


def fetch(space: Workspace, found: FoundAgain) -> None:
    """Take in what was found; it goes on whatever is shown, and is told at its end."""

    def done(film: Recording) -> None:
        for told in space.notices.standing:
            if isinstance(told.action, _WayOn) and told.action.film.id == film.id:  # it is not so any more
                space.notices.put_away(told)
                space.notices.taken_back.emit(told)
        t = space.texts
        words = t.tr(
            "The film of camera {n} is here again. Codings and their times stayed as they were.", n=film.camera
        )
        space.notices.say(Notice(words, Tone.DONE, stays=True))

    def failed(error: AppError) -> None:
        if not isinstance(error, Cancelled):
            space.notices.trouble(error)

    space.again.fetch(found, done, failed)


def say_trouble(space: Workspace, error: AppError, film: Recording | None) -> None:
    """A film that cannot be opened is told with the way on; every other trouble as always."""
    if film is None or not isinstance(error, ContainerError):
        space.notices.trouble(error)
        return
    words, act = sentence(space.texts, error), _WayOn(space, film)
    space.notices.say(Notice(words, Tone.TROUBLE, space.texts.tr("Fetch the film again…"), act, stays=True))


@dataclass(frozen=True)
class _WayOn:
    """What a notice of a lost film offers."""

    space: Workspace
    film: Recording

    def __call__(self) -> None:
        ask(self.space, self.film, asking_window())


def lost_one(space: Workspace, films: tuple[Recording, ...], otherwise: Recording) -> Recording:
    """The film that trouble is most likely about: the first that cannot be opened."""
    return next(iter(lost(space.media, films)), otherwise)


def found_words(texts: Texts, found: FoundAgain) -> str:
    """How well the other file's pictures fit, what it lacks, and what taking it into use means."""
    t, told, inspected = texts, found.found, found.inspected
    assert told is not None
    assert inspected is not None
    words = [t.tr("It is the same film."), fit_words(t, told.worst, told.median, told.places)]
    words += lacks_words(t, *found.lacks)
    if told.drift_ppm:
        from widgets.films.sync_dialog import clock_words

        words.append(clock_words(t, told.drift_ppm))
    facts, before = inspected.facts, found.film.facts
    if before.sound_tracks and not facts.sound_tracks:
        words.append(t.tr("It has no sound."))
    if facts.width * facts.height < before.width * before.height:
        sizes = {"now": f"{facts.width} × {facts.height}", "before": f"{before.width} × {before.height}"}
        words.append(t.tr("Its picture is smaller: {now}, before {before}.", **sizes))
    words.append(t.tr("Codings keep their times. The film's line will say that it was replaced."))
    return " ".join(words)


def fit_words(texts: Texts, worst: Micros, median: Micros, places: int) -> str:
    """*Kuvat osuvat enintään 20 ms päähän (mediaani 3 ms, 240 kohtaa).* Rounded up: never better than it is."""
    return texts.tr(
        "The pictures fit within {worst} ms (median {median} ms, {n} places).",
        worst=texts.number(-(-worst // 1000)),
        median=texts.number(-(-median // 1000)),
        n=texts.number(places),
    )


def lacks_words(texts: Texts, start: Micros, end: Micros) -> list[str]:
    """How much of the film's two ends another file has not."""
    words = []
    if start > 0:
        words.append(texts.tr("The first {time} are not in it.", time=texts.clock(start, digits=0)))
    if end > 0:
        words.append(texts.tr("The last {time} are not in it.", time=texts.clock(end, digits=0)))
    return words


def replaced_words(texts: Texts, said: Replacement, worker: str) -> str:
    """In a film's line: that it was fetched again, when, by whom, and how well it fits."""
    t, day = texts, texts.date(said.at.astimezone().date())
    if said.how != Again.PICTURES:
        return t.tr(
            "Fetched again {day} ({worker}): the same film, every picture at its time.",
            day=day,
            worker=worker,
        )
    words = [t.tr("Replaced {day} ({worker}) by another file of the same film.", day=day, worker=worker)]
    words += [fit_words(t, said.worst, said.median, said.places), *lacks_words(t, said.lacks_start, said.lacks_end)]
    return " ".join(words)
