"""The fields of a request that arrived, of its answer, and of what is handed over; nothing is kept before *Record*."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from PySide6.QtWidgets import QLineEdit, QWidget

from app.casework.case_editor import CaseEditor
from app.casework.case_file import CaseFile
from app.i18n import Texts, today
from app.model.request import LEAVES_OUT, Reply, Request, RequestKind
from app.vocabulary import StatementTexts
from widgets.forms.date_field import DateField
from widgets.forms.form import columns, held, named
from widgets.forms.inputs import Choice, GrowingText, Suggestions
from widgets.look.parts import Card, beside, button, label, stacked


class Requests(Protocol):
    """Whose requests are shown, and through what they change."""

    @property
    def texts(self) -> Texts: ...
    @property
    def words(self) -> StatementTexts: ...
    @property
    def editor(self) -> CaseEditor: ...
    def close_form(self) -> None: ...


def _day(field: DateField) -> date | None:
    """The day that stands there; without one the field is gone to."""
    day: date | None = None if field.is_wrong() else field.value()
    if day is None:
        field.setFocus()
    return day


class AskingForm(Card):
    """A request that arrived: what is asked, who asks, when it came, and on what ground in the asker's own words."""

    def __init__(self, section: Requests) -> None:
        super().__init__(spacing=10, padding=20)
        self._section = section
        t, words = section.texts, section.words
        self.kind = Choice([(k, _capital(words.of("requests", k))) for k in RequestKind])
        self.asker = Suggestions([])
        line = self.asker.lineEdit()
        assert line is not None
        line.setAccessibleName(t.tr("Who asks"))
        self.arrived = DateField(t, t.tr("Arrived"))
        self.about, self.ground = GrowingText(), GrowingText()
        self.save = button(t.tr("Record the request"), self._on_save)
        self.cancel = button(t.tr("Cancel"), section.close_form, "quiet")
        first = columns(
            named(t.tr("What is asked"), self.kind),
            named(t.tr("Who asks"), self.asker),
            self.arrived,
            shares=(3, 3, 2),
        )
        note = t.tr("Choose a person of the case, or write who else asks. The answer is due in a month.")
        self.column.addLayout(first)
        self.column.addWidget(label(note, "caption", wrap=True))
        self.column.addWidget(named(t.tr("What it is about"), self.about))
        self.column.addWidget(named(t.tr("The ground, as the asker gives it"), self.ground))
        self.column.addLayout(beside(self.save, self.cancel, None))

    def offer(self, file: CaseFile) -> None:
        self.asker.offer((p.id, p.called) for p in file.everybody)

    def begin(self) -> None:
        self.kind.set_value(RequestKind.OWN_DATA)
        self.asker.set_value("")
        self.arrived.set_value(today())
        self.about.clear()
        self.ground.clear()
        self.show()
        self.kind.setFocus()

    def _on_save(self) -> None:
        section, day, said = self._section, _day(self.arrived), self.asker.value()
        if day is None:
            return
        known = section.editor.file.person(said) is not None
        person_id, asked_by = (said, "") if known else ("", said)
        about, ground = self.about.toPlainText(), self.ground.toPlainText()
        if section.editor.record_request(self.kind.value(), day, person_id, asked_by, about, ground):
            section.close_form()
        else:
            self.asker.setFocus()


class AnswerForm(QWidget):
    """What the controller decided. What was left out and whom to turn to is asked only where something is left out."""

    def __init__(self, section: Requests, close: Callable[[], None]) -> None:
        super().__init__()
        self._section, self._close = section, close
        self._request: Request | None = None
        t, words = section.texts, section.words
        self.answer = Choice([(r, _capital(words.of("replies", r))) for r in Reply if r != Reply.NONE])
        self.answer.activated.connect(lambda _: self._show_reasons())
        self.day = DateField(t, t.tr("Decided"))
        self.who, self.whom = QLineEdit(), QLineEdit()
        self.left_out = GrowingText()
        self.save = button(t.tr("Record the answer"), self._on_save)
        self.cancel = button(t.tr("Cancel"), close, "quiet")
        first = columns(
            named(t.tr("Answer"), self.answer),
            self.day,
            named(t.tr("Who decided for the controller"), self.who),
            shares=(3, 2, 4),
        )
        self._reasons = held(
            stacked(
                named(t.tr("What was not given, and on what ground"), self.left_out),
                named(t.tr("Whom the asker can turn to"), self.whom),
                spacing=10,
            )
        )
        self.setLayout(stacked(first, self._reasons, beside(self.save, self.cancel, None), spacing=10))

    def begin(self, request: Request) -> None:
        self._request = request
        self.answer.set_value(Reply.GIVEN)
        self.day.set_value(today())
        for line in (self.who, self.whom, self.left_out):
            line.clear()
        self._show_reasons()
        self.show()
        self.answer.setFocus()

    def _show_reasons(self) -> None:
        self._reasons.setVisible(self.answer.value() in LEAVES_OUT)

    def _on_save(self) -> None:
        day = _day(self.day)
        if day is None or self._request is None:
            return
        answer: Reply = self.answer.value()
        leaves = answer in LEAVES_OUT
        left_out, whom = (self.left_out.toPlainText(), self.whom.text()) if leaves else ("", "")
        if self._section.editor.answer_request(self._request, answer, day, self.who.text(), left_out, whom):
            self._close()
        elif answer != Reply.TAKEN_BACK and not self.who.text().strip():
            self.who.setFocus()
        elif leaves:
            (self.whom if left_out.strip() else self.left_out).setFocus()


class HandingForm(QWidget):
    """What was handed over, how and when."""

    def __init__(self, section: Requests, close: Callable[[], None]) -> None:
        super().__init__()
        self._section, self._close = section, close
        self._request: Request | None = None
        t = section.texts
        self.day = DateField(t, t.tr("Handed over"))
        self.what = QLineEdit()
        self.save = button(t.tr("Record the handing over"), self._on_save)
        self.cancel = button(t.tr("Cancel"), close, "quiet")
        fields = columns(self.day, named(t.tr("What was handed over, and how"), self.what), shares=(2, 7))
        self.setLayout(stacked(fields, beside(self.save, self.cancel, None), spacing=10))

    def begin(self, request: Request) -> None:
        self._request = request
        self.day.set_value(today())
        self.what.clear()
        self.show()
        self.what.setFocus()

    def _on_save(self) -> None:
        day = _day(self.day)
        if day is None or self._request is None:
            return
        if self._section.editor.hand_over(self._request, day, self.what.text()):
            self._close()
        else:
            self.what.setFocus()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
