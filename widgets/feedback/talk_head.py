"""The head of a talk: the adult's own question, what was said right after filming, when it is and how long."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton

from app.casework.case_file import CaseFile
from app.clips.words import is_childs, person_called
from app.i18n import Texts
from app.model.feedback import FeedbackTalk
from app.model.filming import Talk
from widgets.forms.form import Form
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, label

#: pixels of the fields that stand behind the question
WIDTHS = {"minutes": 92, "opening": 92, "closing": 92}


class TalkHead(Card):
    """One row; nothing of it without a talk."""

    edited = Signal(str, object)  # field of the talk, value

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__(spacing=6, padding=12)
        self._texts = texts
        self._form = Form(texts, self._on_edit)
        self._talk: FeedbackTalk | None = None
        self._sign = QLabel()
        self._sign.setPixmap(look.pixmap("feedback", "text", 16))
        t, form = texts, self._form
        question = form.line("question", t.tr("The parent's own question"))
        self._said: QPushButton = button(t.tr("Take"), self._take_wish, "pill")
        self._wish = ""
        row = beside(
            question,
            form.date("day", t.tr("Day")),
            form.time("time", t.tr("Time")),
            form.number("minutes", t.tr("Length"), 5, 240, t.tr(" min")),
            form.number("opening", t.tr("Beginning"), 0, 60, t.tr(" min")),
            form.number("closing", t.tr("Ending"), 0, 60, t.tr(" min")),
            spacing=10,
        )
        row.setStretch(0, 1)
        for key, wide in WIDTHS.items():
            form.widgets[key].setFixedWidth(wide)
        self.column.addLayout(row)
        self._after = label("", "caption")
        self.column.addLayout(beside(self._sign, self._after, self._said, None, spacing=8))

    def show_talk(self, case: CaseFile, talk: FeedbackTalk | None, wish: tuple[str, Talk] | None) -> None:
        """`wish` is what the adult said right after filming that is to be looked at."""
        self.setVisible(talk is not None)
        before, self._talk = self._talk, talk
        if talk is None:
            return
        t = self._texts
        asked = t.tr("The child's own question") if is_childs(case, talk) else t.tr("The parent's own question")
        self._form.rename("question", asked)
        local = None if talk.at is None else talk.at.astimezone()
        values = {name: getattr(talk, name) for name in ("question", "minutes", "opening", "closing")}
        values |= {"day": None if local is None else local.date(), "time": None if local is None else local.time()}
        self._form.load(values, anew=before is None or before.id != talk.id)
        self._wish = "" if wish is None else wish[0]
        is_offered = bool(self._wish) and talk.question != self._wish
        day = "" if wish is None else t.date(wish[1].held.astimezone().date(), year=False)
        said = t.tr("{who} right after filming {day}:", who=person_called(case, talk.person_id), day=day)
        self._after.setText(said)
        self._said.setText(f"{self._wish[:60]}…" if len(self._wish) > 60 else self._wish)
        self._said.setAccessibleName(t.tr("Take as the question: {words}", words=self._wish))
        for part in (self._sign, self._after, self._said):
            part.setVisible(is_offered)

    def commit(self) -> None:
        if self._talk is not None:
            self._form.commit()

    def _take_wish(self) -> None:
        self.edited.emit("question", self._wish)

    def _on_edit(self, key: str, value: Any) -> bool:
        talk = self._talk
        if talk is None:
            return False
        if key in ("day", "time"):
            return self._on_when(talk, key, value)
        self.edited.emit(key, value)
        return True

    def _on_when(self, talk: FeedbackTalk, key: str, value: Any) -> bool:
        """The day and the time are one moment; a day alone begins at noon."""
        local = None if talk.at is None else talk.at.astimezone()
        if key == "day":
            if value is None:
                self.edited.emit("at", None)
                return True
            at = local.time() if local is not None else time(12)
            self.edited.emit("at", datetime.combine(value, at).astimezone())
        elif local is not None and value is not None:
            self.edited.emit("at", datetime.combine(local.date(), value).astimezone())
        return True
