"""Documents that were known, with their dates: what *background known from documents* rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from app.i18n import Texts
from app.model.commission import Source
from app.vocabulary import StatementTexts
from widgets.forms.form import Form, below_name, columns, named
from widgets.look.parts import beside, button, stacked

Rows = tuple[Source, ...]
#: plans of the orderer that a commission rests on
PLANS = ("client-plan", "care-plan", "monthly-review", "competence-plan")


class Sources(QWidget):
    """A row per document, and an empty one for the next. `keep(rows)` commits all of them as they shall be."""

    def __init__(self, texts: Texts, keep: Callable[[Rows], bool]) -> None:
        super().__init__()
        self._texts, self._keep = texts, keep
        self._shown: Rows = ()
        self.forms: list[Form] = []
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self.new = QLineEdit()
        self.new.setPlaceholderText(texts.tr("For example: decision, earlier assessment, school's statement"))
        words = StatementTexts(texts.language)
        offered = QCompleter([_capital(words.of("plans", key)) for key in PLANS], self.new)
        offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.new.setCompleter(offered)
        self.new.editingFinished.connect(self.add_written)
        self.add = button(texts.tr("Add"), self.add_written)
        row = beside(named(texts.tr("New document"), self.new), below_name(self.add), spacing=10)
        row.setStretch(0, 1)
        self.setLayout(stacked(self._column, row, spacing=12))

    def load(self, rows: Rows, *, anew: bool) -> None:
        if anew:
            self.new.clear()
        while len(self._rows) > len(rows):
            self.forms.pop()
            gone = self._rows.pop()
            gone.hide()
            gone.setParent(None)
            gone.deleteLater()
        for number, source in enumerate(rows):
            if number == len(self._rows):
                self._make(number)
            self.forms[number].load({"title": source.title, "dated": source.dated}, anew=anew)
        self._shown = rows

    def commit(self) -> None:
        for form in list(self.forms):
            form.commit()
        self.add_written()

    def add_written(self) -> None:
        """What stands in the empty row becomes the last document."""
        title = self.new.text().strip()
        if not title:
            return
        self.new.clear()
        if not self._keep((*self._shown, Source(title))):
            self.new.setText(title)

    def _make(self, number: int) -> None:
        t = self._texts
        form = Form(t, lambda key, value: self._change(number, key, value))
        remove = button(t.tr("Remove"), lambda: self._remove(number), "quiet")
        remove.setAccessibleName(t.tr("{act}: document {n}", act=remove.text(), n=number + 1))
        holder = QWidget()
        fields = columns(form.line("title", t.tr("Document")), form.date("dated", t.tr("Dated")), shares=(4, 1))
        row = beside(fields, below_name(remove), spacing=10)
        row.setStretch(0, 1)
        holder.setLayout(row)
        self.forms.append(form)
        self._rows.append(holder)
        self._column.addWidget(holder)

    def _change(self, number: int, key: str, value: Any) -> bool:
        if key == "title" and not value:
            return False  # only *Remove* takes a document away
        rows = list(self._shown)
        changed: dict[str, Any] = {key: value}
        rows[number] = replace(rows[number], **changed)
        return self._keep(tuple(rows))

    def _remove(self, number: int) -> None:
        rows = self._shown
        self._keep((*rows[:number], *rows[number + 1 :]))
        self.new.setFocus()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
