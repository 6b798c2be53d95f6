"""What a piece of work is called, who ordered it, who does it, the language of its papers, and how it ended."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from app.i18n import NAMES, Texts
from app.model.template import Belongs
from app.works.editor import WorkEditor
from app.works.work_file import is_proven
from widgets.forms.form import Form
from widgets.look.parts import Card, beside, button, label, section_label
from widgets.services.field_sources import FieldSources
from widgets.services.work_words import state_line

_FIRST, _SECOND = "first", "second"


class DetailsPart(Card):
    """Written when a field is left."""

    close_pressed = Signal()
    reopen_pressed = Signal()

    def __init__(self, texts: Texts, editor: WorkEditor, sources: FieldSources) -> None:
        super().__init__(section_label(texts.tr("The work")), spacing=12)
        t = self._texts = texts
        self._editor, self._sources = editor, sources
        self.form = Form(t, self._edit)
        self._state = label("", "muted", wrap=True)
        self._naming = label("", "muted", wrap=True)
        called = t.tr("Name of the group") if editor.work.belongs == Belongs.GROUP else t.tr("What it is called here")
        self.column.addWidget(self._state)
        for made in (
            self.form.line("called", called),
            self.form.line("customer", t.tr("Who ordered it")),
            self.form.choice(_FIRST, t.tr("Worker"), sources.workers()),
            self.form.choice(_SECOND, t.tr("Pair"), [("", "–"), *sources.workers()]),
            self.form.choice("language", t.tr("Language of the papers"), NAMES.items()),
        ):
            self.column.addWidget(made)
        self.column.addWidget(self._naming)
        if editor.template.rights is not None:
            self.column.addWidget(label(t.words(editor.template.rights), "caption", wrap=True))
        self.end = button(t.tr("End the service…"), self.close_pressed.emit)
        self.again = button(t.tr("Open again"), self.reopen_pressed.emit)
        self.column.addLayout(beside(self.end, self.again, None))
        self.refresh()

    def refresh(self) -> None:
        work, t = self._editor.work, self._texts
        self._state.setText(state_line(t, work))
        workers = (*work.workers, "", "")
        self.form.load(
            {
                "called": work.called,
                "customer": work.customer,
                _FIRST: workers[0],
                _SECOND: workers[1],
                "language": work.language,
            }
        )
        for made in self.form.widgets.values():
            made.setEnabled(work.is_open)
        self.end.setVisible(work.is_open)
        self.again.setVisible(not work.is_open)
        self._tell_naming()

    def commit(self) -> None:
        self.form.commit()

    def _tell_naming(self) -> None:
        """Without proof of training the method's own name is not used, and the worker reads why."""
        template, work = self._editor.template, self._editor.work
        proven = is_proven(self._sources.store, template, work.workers, work.case_id)
        said = "" if proven or template.naming is None else self._texts.words(template.naming)
        self._naming.setText(said)
        self._naming.setVisible(bool(said))

    def _edit(self, key: str, value: Any) -> bool:
        if key not in (_FIRST, _SECOND):
            return self._editor.edit(**{key: value})
        first, second, *rest = (*self._editor.work.workers, "", "")
        named = (value, second) if key == _FIRST else (first, value)
        return self._editor.edit(workers=tuple(dict.fromkeys(w for w in (*named, *rest) if w)))
