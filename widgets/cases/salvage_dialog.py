"""A film that its camera never finished: what can be read of it is looked for and shown before anything is taken in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from app.error_texts import sentence
from app.errors import AppError, Cancelled
from app.films.camera_cards import FILM_ENDINGS, beside
from app.films.intake_queue import Stopped
from app.i18n import Texts
from app.jobs import Job
from app.model.recording import FilmFacts
from app.ports.pieced_film import Salvaged
from app.workspace import Workspace
from widgets.cases.film_words import UNREAD, UNWRITTEN, damage_words
from widgets.folding import size_to_fit
from widgets.forms.file_dialogs import FileDialogs
from widgets.look.parts import beside as in_a_row
from widgets.look.parts import button, label, primary_button, scrolled, stacked

WIDTH, HEIGHT = 600, 380


class SalvageDialog(QDialog):
    """`salvaged` is what can be taken in, once the dialog was accepted."""

    def __init__(self, space: Workspace, stopped: Stopped, parent: QWidget) -> None:
        super().__init__(parent)
        self._space, self._stopped, self._texts = space, stopped, space.texts
        self.salvaged: Salvaged | None = None
        self._others = beside(stopped.path)
        self._chosen: Path | None = None
        self._job: Job | None = None
        t = self._texts
        self.setWindowTitle(t.tr("Salvage a film"))
        words = t.tr(
            "The file is only read and stays as it is. What can be read of it becomes a new film in the archive."
        )
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(t.tr("Looking for what can be read of the film"))
        self.length = label("", "strong", wrap=True)
        self.told = label("", wrap=True)
        self.choose = button(t.tr("Choose a film of the same camera…"), self._on_choose)
        self.cancel = button(t.tr("Cancel"), self.reject, "quiet")
        self.take = primary_button(t.tr("Take in what can be read"), self.accept)
        inside = QWidget()
        inside.setLayout(
            stacked(
                label(stopped.path.name, "title", wrap=True),
                label(words, wrap=True),
                self.bar,
                self.length,
                self.told,
                in_a_row(self.choose, None),
                None,
                spacing=14,
                margins=(24, 24, 24, 4),
            )
        )
        foot = QWidget()
        foot.setLayout(stacked(in_a_row(self.cancel, None, self.take), margins=(24, 8, 24, 20)))
        self.setLayout(stacked(scrolled(inside), foot, spacing=0))
        size_to_fit(self, WIDTH, HEIGHT)
        self.finished.connect(self._stop)
        self._look_for(None)

    @property
    def is_looking(self) -> bool:
        return self._job is not None

    def look_with(self, other: Path) -> None:
        """Look again, with another film for how this one's pictures are packed."""
        self._stop()
        self._look_for(other)

    def _look_for(self, chosen: Path | None) -> None:
        self._chosen, self.salvaged = chosen, None
        self._show(self._texts.tr("Looking for what can be read of the film…"), is_looking=True)
        job = self._space.taking_in.look(
            self._stopped, chosen, lambda made: self._on_found(job, made), lambda e: self._on_failed(job, e)
        )
        self._job = job
        job.progressed.connect(lambda share: self.bar.setValue(int(share * 1000)))

    def _on_found(self, job: Job, made: Salvaged) -> None:
        if job is self._job:
            self._job, self.salvaged = None, made
            t, facts = self._texts, made.found.facts
            self._show("\n".join(found_words(t, facts, self._told_by(made))), length_words(t, facts))
            self.take.setFocus()

    def _told_by(self, made: Salvaged) -> str:
        """The name of the film that said how this one is packed."""
        others = self._others if self._chosen is None else (self._chosen,)
        return "" if made.reference is None else others[made.reference].name

    def _on_failed(self, job: Job, error: AppError) -> None:
        if job is self._job and not isinstance(error, Cancelled):
            self._job = None
            self._show(sentence(self._texts, error))

    def _show(self, words: str, length: str = "", *, is_looking: bool = False) -> None:
        self.length.setText(length)
        self.length.setVisible(bool(length))
        self.told.setText(words)
        self.bar.setVisible(is_looking)
        self.bar.setValue(0)
        self.choose.setVisible(not is_looking and self._stopped.error.key != "film-headless")
        self.take.setEnabled(self.salvaged is not None)

    def _on_choose(self) -> None:
        t = self._texts
        films, every = t.tr("Films"), t.tr("All files")
        endings = " ".join(f"*.{ending}" for ending in FILM_ENDINGS)
        kinds = f"{films} ({endings} {endings.upper()});;{every} (*)"
        found = FileDialogs(self).open(t.tr("A whole film of the same camera"), kinds)
        if found is not None:
            self.look_with(found)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None


def length_words(t: Texts, facts: FilmFacts) -> str:
    """How much can be read, of about how much."""
    length = t.short_clock(facts.duration)
    whole = next((d.end for d in facts.damage if d.what in (UNWRITTEN, UNREAD)), 0)
    if whole:
        return t.tr("{length} of about {whole} can be read.", length=length, whole=t.short_clock(whole))
    return t.tr("{length} can be read.", length=length)


def found_words(t: Texts, facts: FilmFacts, told_by: str) -> list[str]:
    """Whether there is sound, what of it is not as it was filmed, and which film was of help."""
    words = []
    if facts.sound_tracks:
        words.append(t.tr("Its sound can be read as well."))
    words += [damage_words(t, damage, facts) for damage in facts.damage if damage.what != UNWRITTEN]
    if told_by:
        words.append(t.tr("How its pictures are packed was read from the film {name}.", name=told_by))
    return words
