"""What supervisees brought to a session of their own filmed work: what each film stands on, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import today
from app.model.supervision import SupervisionSession
from app.supervising import brought
from app.supervising.agreements import SupervisionEditor
from app.supervising.brought import BroughtFilm
from app.workspace import Workspace
from widgets.cases.films_panel import FilmsPanel
from widgets.forms.form import named
from widgets.forms.inputs import Choice
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, confirm, label, section_label
from widgets.supervision.brought_dialog import BroughtDialog


class BroughtPart(Card):
    """One film at a time, chosen by its code name; `code_pressed` tells the id of its meeting."""

    code_pressed = Signal(str)

    def __init__(self, space: Workspace, look: Look, editor: SupervisionEditor) -> None:
        super().__init__(spacing=10)
        self._space, self._texts, self._editor = space, space.texts, editor
        self._session: SupervisionSession | None = None
        t = self._texts
        self.add = button(t.tr("Bring a film of own work…"), self._add)
        self.chosen = Choice()
        self.chosen.activated.connect(lambda _: self._show())
        self._choice = named(t.tr("Client's code name"), self.chosen)
        self._none = label(t.tr("Nobody has brought a film of own work to this session."), "muted", wrap=True)
        self._state, self._told = label("", "strong", wrap=True), label("", wrap=True)
        self.code = button(t.tr("Watch and code"), self._code)
        self.back = button(t.tr("Decision or consent taken back…"), self._take_back, "quiet")
        self.films = FilmsPanel(space, look)
        wall = t.tr(
            "A brought film is found by the supervisor and who brought it, and is watched at the supervisor's sign-in. "
            "Its moments are brought to sessions of this supervision alone, covered unless you choose otherwise, and "
            "every showing is told in the log."
        )
        for part in (
            section_label(t.tr("A supervisee's own work")),
            self._none,
            self._choice,
            self._state,
            self._told,
            beside(self.code, self.back, None, spacing=8),
            self.films,
            beside(self.add, None),
            label(wall, "caption", wrap=True),
        ):
            if isinstance(part, QWidget):
                self.column.addWidget(part)
            else:
                self.column.addLayout(part)

    @property
    def held(self) -> Sequence[BroughtFilm]:
        return () if self._session is None else self._editor.brought_films(self._session)

    @property
    def one(self) -> BroughtFilm | None:
        """The film that is in front."""
        return next((film for film in self.held if film.folder.id == self.chosen.value()), None)

    def show_session(self, session: SupervisionSession) -> None:
        """What was brought to one, as it is now."""
        self._session = session
        rows = [(film.folder.id, film.folder.code_name) for film in self.held]
        self.chosen.offer(rows)
        if self.one is None:
            self.chosen.setCurrentIndex(0 if rows else -1)
        self._show()

    def _show(self) -> None:
        editor, one = self._editor, self.one
        for part in (self._choice, self._state, self._told, self.code, self.back, self.films):
            part.setVisible(one is not None)
        self._none.setVisible(one is None)
        self.add.setVisible(editor.is_mine)
        self.add.setEnabled(editor.agreement.is_signed and editor.agreement.ended is None)
        if one is None:
            return
        day, store = today(), self._space.store
        may = one.may_be_used(day)
        self._state.setText(brought.told(self._texts, one, day))
        self._told.setText(self._words(one))
        self.code.setVisible(store.me in one.meeting.coders)
        self.code.setEnabled(brought.may_be_seen(store, one, day))
        self.back.setVisible(editor.is_mine and one.said.withdrawn is None)
        self.films.take.setEnabled(editor.is_mine and may)
        self.films.card.setEnabled(editor.is_mine and may)
        self.films.setVisible(editor.is_mine)
        if editor.is_mine:
            self.films.show_films(one.meeting.id)

    def _words(self, one: BroughtFilm) -> str:
        t, said = self._texts, one.said
        who = self._editor.agreement.supervisee(one.folder.bringer)
        word = said.decision
        lines = (
            t.tr("Brought by {who}", who="" if who is None else who.called),
            t.tr(
                "{controller} decided on {day}: {who}, {ground}",
                controller=word.controller,
                day=t.date(word.day),
                who=word.decided_by,
                ground=word.ground,
            ),
            t.tr("The clients consented to supervision on {day}, as the bringer tells", day=t.date(said.consented)),
            t.tr("Taken back on {day}", day=t.date(said.withdrawn)) if said.withdrawn is not None else "",
        )
        return "\n".join(line for line in lines if line)

    # acts

    def _add(self) -> None:
        session = self._session
        if session is None:
            return
        asked = BroughtDialog(self, self._texts, self._editor.agreement, session)
        said = asked.said() if asked.exec() else None
        if said is None:
            return
        before = {film.folder.id for film in self.held}
        if self._editor.bring_film(session, asked.code_name.text(), asked.bringer.value(), said):
            self.show_session(session)
            new = next((film.folder.id for film in self.held if film.folder.id not in before), None)
            self.chosen.set_value(new)
            self._show()

    def _take_back(self) -> None:
        one, t = self.one, self._texts
        question = t.tr("Is the decision or a consent taken back? The film is closed from use and waits for erasing.")
        if one is not None and confirm(self, t, question, t.tr("It was taken back")):
            self._editor.take_back(one)
            self._show()

    def _code(self) -> None:
        if (one := self.one) is not None:
            self.code_pressed.emit(one.meeting.id)
