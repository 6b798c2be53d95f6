"""One session: when and how, who was there, the question and agenda, what came of it, and own notes."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import Texts
from app.model.meeting import Outcome
from app.model.supervision import Presence, SupervisionSession
from app.supervising import recording, words
from app.supervising.agreements import SupervisionEditor
from app.vocabulary import StatementTexts
from widgets.forms.form import Form, columns
from widgets.forms.inputs import named_choice
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, clear, confirm, label, scrolled, section_label, stacked
from widgets.supervision.agenda_part import AgendaPart
from widgets.supervision.cancel_dialog import CancelDialog

_FIELDS = ("minutes", "delivery", "place", "question", "asker", "agreed", "client_material")


class SessionPage(QWidget):
    """Each field goes to the archive when it is left."""

    back_pressed = Signal()
    clips_pressed = Signal()
    recording_pressed = Signal()

    def __init__(self, look: Look, texts: Texts, editor: SupervisionEditor, notes: QWidget) -> None:
        super().__init__()
        self._look, self._texts, self._editor = look, texts, editor
        self._session_id = ""
        self.form = Form(texts, self._on_edit)
        self.presences: dict[str, Any] = {}
        t, form = texts, self.form
        self._title = label("", "title")
        self._state = label("", "muted")
        self.hold = button(t.tr("It was held"), self._hold)
        self.cancel = button(t.tr("Cancelled…"), self._cancel, "quiet")
        self.miss = button(t.tr("Nobody came"), self._miss, "quiet")
        self.reopen = button(t.tr("Not told yet"), self._reopen, "quiet")
        self.remove = button(t.tr("Remove the session"), self._remove, "quiet")
        head = beside(
            button(t.tr("Back to the agreement"), self.back_pressed.emit, "quiet"),
            self._title,
            self._state,
            None,
            self.reopen,
            self.remove,
            self.cancel,
            self.miss,
            self.hold,
            spacing=10,
        )
        spoken = StatementTexts(t.language)
        deliveries = [(key, spoken.of("deliveries", key)) for key in spoken.keys("deliveries")]
        when = Card(
            section_label(t.tr("When and how")),
            columns(
                form.date("day", t.tr("Day")),
                form.time("time", t.tr("Time")),
                form.number("minutes", t.tr("Minutes"), 5, 480),
            ),
            columns(form.choice("delivery", t.tr("How you meet"), deliveries), form.line("place", t.tr("Place"))),
            spacing=10,
        )
        self._there = stacked(spacing=6)
        there = Card(section_label(t.tr("Who was there")), self._there, spacing=8)
        self.agenda = AgendaPart(look, texts)
        self.agenda.edited.connect(lambda items: self._edit(agenda=items))
        question = Card(
            section_label(t.tr("Question and agenda")),
            form.text("question", t.tr("The supervisee's question")),
            form.choice("asker", t.tr("Whose question it is")),
            self.agenda,
            spacing=10,
        )
        come = Card(
            section_label(t.tr("What the session brought")),
            form.line("themes", t.tr("Themes, parted by commas")),
            form.text("agreed", t.tr("What was agreed"), 2),
            form.text("takeaways", t.tr("What each takes to the work, one to a line"), 2),
            form.check("client_material", t.tr("Something of clients was spoken of or shown")),
            label(t.tr("Write nobody's name here, and nothing that a client could be known by."), "caption", wrap=True),
            spacing=10,
        )
        self.clips = button(t.tr("Clips and reflections…"), self.clips_pressed.emit)
        self._clips = label("", "muted", wrap=True)
        film = Card(section_label(t.tr("Clips")), self._clips, beside(self.clips, None), spacing=8)
        self.recording = button(t.tr("Recording…"), self.recording_pressed.emit)
        self._recorded = label("", "muted", wrap=True)
        self.recorded_card = Card(
            section_label(t.tr("Recording")), self._recorded, beside(self.recording, None), spacing=8
        )
        left, right = (
            stacked(when, there, film, self.recorded_card, None, spacing=14),
            stacked(question, come, notes, None, spacing=14),
        )
        body = beside(left, right, spacing=16)
        body.setStretch(0, 2)
        body.setStretch(1, 3)
        inside = QWidget()
        inside.setMaximumWidth(1280)
        inside.setLayout(stacked(head, body, None, spacing=14, margins=(20, 14, 20, 20)))
        self.setLayout(stacked(scrolled(inside), spacing=0))

    @property
    def session(self) -> SupervisionSession | None:
        return next((s for s in self._editor.sessions if s.id == self._session_id), None)

    def show_session(self, session_id: str, now: datetime) -> bool:
        """Show one as it is now; False when it is gone."""
        is_other = session_id != self._session_id
        self._session_id = session_id
        session = self.session
        if session is None:
            return False
        t, editor = self._texts, self._editor
        at = session.at.astimezone()
        kind = t.tr("Exploratory meeting") if session.exploratory else t.tr("Session")
        self._title.setText(f"{kind} {t.date(at.date())}")
        line = words.outcome_line(t, session) if session.outcome in (Outcome.CANCELLED, Outcome.NO_SHOW) else ""
        self._state.setText(f"{words.state(t, session, now)}{f', {line}' if line else ''}")
        askers = [("", t.tr("nobody's in particular")), *((s.id, s.called) for s in editor.agreement.supervisees)]
        self.form.offer("asker", askers)
        values = {name: getattr(session, name) for name in _FIELDS} | {
            "day": at.date(),
            "time": at.time().replace(second=0, microsecond=0),
            "themes": ", ".join(session.themes),
            "takeaways": "\n".join(session.takeaways),
        }
        self.form.load(values, anew=is_other)
        self.agenda.show_items(session.agenda, session.minutes, anew=is_other)
        self._show_there(session)
        many = len(editor.uses(session.id))
        self._clips.setText(
            t.trn("{n} clip was brought.", "{n} clips were brought.", many)
            if many
            else t.tr("No clip was brought. A client's clip needs the client's consent to this.")
        )
        lent = editor.brought_films(session)
        parts = (
            [] if editor.sees_own_alone else [recording.told(t, editor.agreement, session, editor.recorded(session))]
        )
        if lent:
            parts.append(t.trn("{n} film of own work was brought.", "{n} films of own work were brought.", len(lent)))
        self._recorded.setText("\n".join(parts))
        self.recorded_card.setVisible(bool(parts))
        mine = editor.is_mine
        for part, on in (
            (self.hold, session.outcome != Outcome.HELD),
            (self.cancel, session.is_open),
            (self.miss, session.is_open),
            (self.reopen, not session.is_open),
            (self.remove, session.is_open),
        ):
            part.setVisible(mine and on)
        return True

    def commit(self) -> None:
        if self.session is not None:
            self.form.commit()
            self.agenda.commit()

    # attendance

    def _show_there(self, session: SupervisionSession) -> None:
        t = self._texts
        there = self._editor.agreement.there_on(session.at.astimezone().date())
        if list(self.presences) != [s.id for s in there]:
            clear(self._there)
            self.presences = {}
            rows = [("", t.tr("not told yet")), *((p, t.tr(name)) for p, name in words.PRESENCES.items())]
            for one in there:
                choice = named_choice(one.called, rows)
                choice.setMinimumContentsLength(14)
                choice.activated.connect(partial(self._on_presence, one.id))
                self.presences[one.id] = choice
                row = beside(label(one.called, wrap=True), choice)
                row.setStretch(0, 1)
                self._there.addLayout(row)
            if not there:
                self._there.addWidget(label(t.tr("The agreement names nobody yet."), "muted", wrap=True))
        said = {a.supervisee_id: a.presence for a in session.attendance}
        for one_id, choice in self.presences.items():
            choice.setCurrentIndex(max(choice.findData(said.get(one_id, "")), 0))
            choice.setEnabled(self._editor.is_mine and session.outcome in (Outcome.OPEN, Outcome.HELD))

    def _on_presence(self, _supervisee_id: str, _row: int) -> None:
        """Who says of one how it was says that the session took place; of the others that they were there."""
        session = self.session
        if session is not None:
            said = {key: Presence(c.currentData()) for key, c in self.presences.items() if c.currentData()}
            self._editor.hold(session, said)

    # acts

    def _hold(self) -> None:
        session = self.session
        if session is not None:
            self.commit()
            said = {key: Presence(c.currentData()) for key, c in self.presences.items() if c.currentData()}
            self._editor.hold(self.session or session, said)

    def _cancel(self) -> None:
        session = self.session
        if session is None:
            return
        asked = CancelDialog(self, self._texts, self._editor.agreement, session)
        if asked.exec():
            self._editor.cancel(session, asked.day(), asked.by(), asked.why())

    def _miss(self) -> None:
        session = self.session
        if session is not None:
            self._editor.miss(session)

    def _reopen(self) -> None:
        session = self.session
        if session is not None:
            self._edit(outcome=Outcome.OPEN, cancelled_on=None, cancelled_by="", why="", invoiced=100, attendance=())

    def _remove(self) -> None:
        session, t = self.session, self._texts
        if session is None:
            return
        if confirm(
            self, t, t.tr("Is this session removed from the plan?"), t.tr("Remove the session")
        ) and self._editor.remove_session(session):
            self.back_pressed.emit()

    def _edit(self, **fields: Any) -> bool:
        session = self.session
        return session is not None and self._editor.edit_session(session, **fields)

    def _on_edit(self, key: str, value: Any) -> bool:
        session = self.session
        if session is None:
            return False
        at = session.at.astimezone()
        if key == "day":
            return value is not None and self._edit(at=datetime.combine(value, at.time()).astimezone())
        if key == "time":
            return value is not None and self._edit(at=datetime.combine(at.date(), value).astimezone())
        if key == "themes":
            return self._edit(themes=tuple(one.strip() for one in value.split(",") if one.strip()))
        if key == "takeaways":
            return self._edit(takeaways=tuple(one.strip() for one in value.splitlines() if one.strip()))
        return self._edit(**{key: value})
