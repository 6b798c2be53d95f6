"""One request: what is asked and by whom, how it stands, and the forms of its answer, its handing over, its details."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.casework.case_file import CaseFile
from app.casework.request_words import asker_words, state_words
from app.model.request import Reply, Request
from widgets.cases.request_forms import AnswerForm, HandingForm, Requests
from widgets.forms.form import Form, columns, held
from widgets.look.parts import beside, button, label, stacked


class RequestRow(QWidget):
    """One form open at a time; an open request has the next thing to do as its button."""

    def __init__(self, section: Requests) -> None:
        super().__init__()
        self._section = section
        self._request: Request | None = None
        t = section.texts
        self.title, self.state = label("", "strong", wrap=True), label("", "muted", wrap=True)
        self.details_button = button(t.tr("Details"), self.open_details, "quiet")
        self.answer = button(t.tr("Answer…"), self._open_answer)
        self.hand = button(t.tr("Hand over…"), self._open_handing)
        self.answering = AnswerForm(section, self._close)
        self.handing = HandingForm(section, self._close)
        self.details = Form(t, self._edit)
        form = self.details
        self._box = held(
            stacked(
                columns(form.date("due", t.tr("To be answered by")), None, shares=(2, 5)),
                form.text("about", t.tr("What it is about")),
                form.text("ground", t.tr("The ground, as the asker gives it")),
                spacing=10,
            )
        )
        head = beside(
            stacked(self.title, self.state, spacing=2), self.details_button, self.answer, self.hand, spacing=8
        )
        head.setStretch(0, 1)
        for part in (self.answering, self.handing, self._box):
            part.hide()
        self.setLayout(stacked(head, self.answering, self.handing, self._box, spacing=10, margins=(18, 12, 18, 12)))

    def show_request(self, file: CaseFile, request: Request, day: date) -> None:
        t, words = self._section.texts, self._section.words
        anew, self._request = self._request is None, request
        kind = words.of("requests", request.kind)
        self.title.setText(f"{kind[:1].upper()}{kind[1:]} · {asker_words(file, request)}")
        self.state.setText(state_words(t, words, request, day))
        self.answer.setVisible(request.answer == Reply.NONE)
        self.hand.setVisible(request.is_open and request.answer != Reply.NONE)
        for act in (self.details_button, self.answer, self.hand):
            act.setAccessibleName(f"{act.text()} {self.title.text()}")
        self.details.load({k: getattr(request, k) for k in ("due", "about", "ground")}, anew=anew)

    def commit(self) -> None:
        if not self._box.isHidden():
            self.details.commit()

    def open_details(self) -> None:
        opens = self._box.isHidden()
        self._close()
        if opens:
            self._box.show()
            self.details.widgets["due"].setFocus()

    def _open_answer(self) -> None:
        self._close()
        if self._request is not None:
            self.answering.begin(self._request)

    def _open_handing(self) -> None:
        self._close()
        if self._request is not None:
            self.handing.begin(self._request)

    def _close(self) -> None:
        self.commit()
        for part in (self.answering, self.handing, self._box):
            part.hide()
        self.details_button.setFocus()

    def _edit(self, key: str, value: Any) -> bool:
        if self._request is None or (key == "due" and value is None):
            return False
        return self._section.editor.edit(self._request, **{key: value})
