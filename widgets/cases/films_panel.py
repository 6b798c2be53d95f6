"""The films of one meeting: what they are, and taking one in with the original left alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.casework.film_use import FilmMark, Mark, marks_of_meeting
from app.casework.meeting_file import read_filmed
from app.filming.words import missing_words
from app.films import intake
from app.films.again import lost
from app.films.alignment import alignable
from app.films.camera_cards import FILM_ENDINGS, CardFile, film_files, recognized
from app.films.intake_queue import Cards
from app.i18n import today
from app.model import shortfall
from app.model.recording import Recording
from app.ports import Store
from app.workspace import Workspace
from widgets.cases.card_dialog import CardDialog
from widgets.cases.film_words import about_words, stood_words, told_words
from widgets.cases.taking_in import take_in_cards
from widgets.films.fetch_again import ask, replaced_words
from widgets.forms.date_field import ClockField
from widgets.forms.file_dialogs import FileDialogs
from widgets.forms.form import columns, named
from widgets.forms.inputs import Choice
from widgets.look.consent_mark import ConsentMark
from widgets.look.flow import Flow
from widgets.look.look import Look
from widgets.look.parts import ListCard, Row, button, clear, label, stacked
from widgets.retention.certificate_act import save_certificate
from widgets.retention.erasing_act import ask_to_erase

CAMERAS = (1, 2)
FILMS = " ".join(f"*.{ending}" for ending in FILM_ENDINGS)


class FilmsPanel(QWidget):
    """Rows of films, and the one action that takes another in."""

    def __init__(self, space: Workspace, look: Look) -> None:
        super().__init__()
        self._space, self._look, self._texts = space, look, space.texts
        self._meeting_id = ""
        self._shown: tuple[Recording, ...] | None = None
        self._mark = FilmMark(Mark.LACKING)
        t = self._texts
        self._rows = QVBoxLayout()
        self._none = label(t.tr("No film has been taken in yet."), "muted")
        self.camera = Choice((n, t.tr("Camera {n}", n=n)) for n in CAMERAS)
        self.offset = ClockField(t, t.tr("Starts on the first film's clock at"))
        self.take = button(t.tr("Take films in…"), self._on_take)
        self.card = button(t.tr("From a card…"), self._on_card)
        fields = columns(named(t.tr("Camera"), self.camera), self.offset, shares=(1, 2))
        self.align = button(t.tr("Align the cameras…"), self._on_align)
        acts = Flow(self.take, self.card, self.align)
        words = t.tr("The film is checked and copied encrypted into the archive. The original is only read.")
        self.setLayout(stacked(self._none, self._rows, fields, acts, label(words, "caption", wrap=True), spacing=12))

    def show_films(self, meeting_id: str, store: Store | None = None) -> None:
        """The films of a meeting, read anew: from the archive, or from what the whole screen has read."""
        store = store or self._space.store
        films = intake.films_of(store, meeting_id)
        marks = marks_of_meeting(store, meeting_id, today())
        mark = marks.get(meeting_id, self._mark)
        if (meeting_id, films, mark) == (self._meeting_id, self._shown, self._mark):
            return
        is_other = meeting_id != self._meeting_id
        self._meeting_id, self._shown, self._mark = meeting_id, films, mark
        clear(self._rows)
        if films:
            self._rows.addWidget(ListCard([self._row(film) for film in films]))
        self.align.setVisible(bool(alignable(films)))
        self._none.setVisible(not films)
        self.offset.setVisible(bool(films))
        if is_other or not self.take.hasFocus():
            self.offset.set_value(0)
        self.camera.set_value(min(intake.next_camera(films), CAMERAS[-1]))

    def _on_align(self) -> None:
        from widgets.films.sync_dialog import SyncDialog

        made = SyncDialog(self._space, self._look, self._meeting_id, self)
        made.exec()
        made.deleteLater()
        self.show_films(self._meeting_id)

    def _row(self, film: Recording) -> QWidget:
        if film.erased is not None:
            return self._erased_row(film, film.erased)
        t, is_lost = self._texts, bool(lost(self._space.media, [film]))
        told = [*self._what_happened(film, is_lost=is_lost), *self._what_is_missing(film)]
        if not film.in_use:
            told.append(t.tr("Closed from use: it is neither shown nor coded, and waits for its erasure."))
        sign = "lock" if not film.in_use else "warning" if told else "film"
        act = button(t.tr("Erase…"), lambda: self._on_erase(film.id), "quiet")
        other = self._correct(film)
        if is_lost:
            act, other = button(t.tr("Fetch the film again…"), lambda: self._on_again(film)), act
        place = stood_words(self._space.store, t, film)
        words = "\n".join([" · ".join(about_words(t, film)), *place, *told])
        mark = ConsentMark(self._look, t, self._mark)
        return Row(self._look, t.tr("Camera {n}", n=film.camera), words, sign, action=act, other=other, mark=mark)

    def _what_happened(self, film: Recording, *, is_lost: bool) -> list[str]:
        """That its file is lost, or that it was fetched again."""
        told = []
        if is_lost:
            told.append(self._texts.tr("The film's file is missing or cannot be opened. Its codings are safe."))
        latest = film.replaced[-1:]
        return told + [replaced_words(self._texts, one, self._space.worker_name(one.worker_id)) for one in latest]

    def _what_is_missing(self, film: Recording) -> list[str]:
        """Where the film is not whole."""
        t = self._texts
        short = shortfall.of_film(read_filmed(self._space.store, film.meeting_id), film)
        told = [*told_words(t, film), *missing_words(t, short)]
        if film.lost_pictures:
            told.append(t.trn("{n} picture was lost while filming.", "{n} pictures were lost while filming.",
                              film.lost_pictures))  # fmt: skip
        return told

    def _correct(self, film: Recording) -> QPushButton | None:
        """The way to put right what is told of a film that is used."""
        return button(self._texts.tr("Correct…"), lambda: self._on_correct(film), "quiet") if film.in_use else None

    def _on_again(self, film: Recording) -> None:
        ask(self._space, film, self)
        self.show_films(self._meeting_id)

    def _on_correct(self, film: Recording) -> None:
        """One step, which can be undone in the same dialog."""
        from widgets.films.correct_film import CorrectFilm

        made = CorrectFilm(self._space, film, self)
        made.exec()
        made.deleteLater()
        self.show_films(self._meeting_id)

    def _erased_row(self, film: Recording, erased: datetime) -> QWidget:
        """What is left of a film: that it was, and the certificate."""
        t = self._texts
        words = t.tr("The film was erased {day}.", day=t.date(erased.astimezone().date()))
        save = button(t.tr("Certificate…"), lambda: save_certificate(self._space, film.erasure_id, self), "quiet")
        return Row(self._look, t.tr("Camera {n}", n=film.camera), words, "lock", action=save)

    def _on_erase(self, film_id: str) -> None:
        """Asked first; the act itself goes on when this screen is left."""
        film = next(f for f in intake.films_of(self._space.store, self._meeting_id) if f.id == film_id)
        ask_to_erase(self._space, film, self)

    def _on_take(self) -> None:
        t = self._texts
        if self.offset.is_wrong():
            self.offset.line.setFocus()
            return
        films, every = t.tr("Films"), t.tr("All files")
        kinds = f"{films} ({FILMS} {FILMS.upper()});;{every} (*)"
        self.take_in(*FileDialogs(self).open_many(t.tr("Take films in"), kinds))

    def _on_card(self) -> None:
        t = self._texts
        if self.offset.is_wrong():
            self.offset.line.setFocus()
            return
        folder = FileDialogs(self).folder(t.tr("The card of a camera"))
        if folder is not None:
            self.take_in(folder)

    def take_in(self, *chosen: Path) -> None:
        """Start the work with files, or all films of a card's folder; it goes on when this screen is left."""
        files = film_files(chosen)
        if not files and chosen:
            self._space.notices.info(self._texts.tr("There is no film in this folder."))
        if len(files) > 1:
            self._ask(files)
        elif files:
            self._start((files,))

    def _ask(self, files: tuple[CardFile, ...]) -> None:
        """What the names tell is shown before anything happens: a wrong order would be a wrong film."""
        made = CardDialog(self._texts, self._look, recognized(files), self)
        if made.exec() == CardDialog.DialogCode.Accepted:
            self._start(made.chosen)
        made.deleteLater()

    def _start(self, cards: Cards) -> None:
        wish = intake.Wish((), self._meeting_id, self.camera.value() or CAMERAS[0], self.offset.value())
        take_in_cards(self._space, self._look, wish, cards)
