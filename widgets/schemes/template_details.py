"""What a template is as a whole: whose work it is, how many do it, its method, and who is asked for feedback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from app.hours.products import OFFICE_WORK, called, products
from app.i18n import Texts
from app.model.feedback_form import FeedbackFrom
from app.model.template import Belongs, Template
from widgets.look.parts import beside, label, section_label, stacked
from widgets.schemes.entry_form import EntryForm
from widgets.schemes.template_words import asked_word, belongs_word


def _products(t: Texts) -> list[tuple[str, str]]:
    """What hours can be counted for: the service that the template is, or another that the office gives."""
    return [("", t.tr("This service itself")), *((p.key, called(t, p.key)) for p in products() if p.key != OFFICE_WORK)]


class TemplateDetails:
    """The fields of a template in the form of its details page."""

    def __init__(self, texts: Texts, form: EntryForm, edit: Callable[..., Any]) -> None:
        """`edit` gets other values for fields of the template itself."""
        self._texts, self._form, self._edit = texts, form, edit
        t = texts
        form.column.addLayout(form.words("about", t.tr("What the service is about"), long=True))
        form.row(
            form.choice("belongs", t.tr("Whose work it is"), [(b, belongs_word(t, b)) for b in Belongs]),
            form.choice("workers", t.tr("Who does it"), [(1, t.tr("one worker")), (2, t.tr("two workers"))]),
            form.choice("product", t.tr("Hours are counted for"), _products(t)),
        )
        self.asked = {who: QCheckBox(asked_word(t, who)) for who in FeedbackFrom}
        for who, box in self.asked.items():
            box.clicked.connect(lambda on, who=who: self._ask(who, on=on))
        self._asked = QWidget()
        self._asked.setLayout(
            stacked(
                label(t.tr("Feedback is asked at the end"), "caption"),
                beside(*self.asked.values(), None, spacing=18),
                spacing=4,
            )
        )
        form.column.addWidget(self._asked)
        form.column.addLayout(form.words("rights", t.tr("Whose the name is"), long=True))
        form.column.addWidget(section_label(t.tr("A method that only the trained may name")))
        form.row(form.line("method", t.tr("Method as trainings name it"), self._note()), None, shares=(1, 2))
        self._of_method = (
            self._words("name_unproven", t.tr("Name without proof of training")),
            self._words("naming", t.tr("What a worker is told of the name")),
        )
        self._template: Template | None = None

    def load(self, template: Template) -> None:
        """Boxes, and the names of the method where there is one."""
        self._template = template
        for who, box in self.asked.items():
            box.setChecked(who in template.feedback)
            fits = (template.belongs == Belongs.CASE) != (who == FeedbackFrom.PARTICIPANT)
            box.setVisible(fits or who in template.feedback)
        has_method = bool(template.method or template.name_unproven or template.naming)
        for part in self._of_method:
            part.setVisible(has_method)

    def _note(self) -> str:
        return self._texts.tr("Empty for work that anybody may call by its name.")

    def _words(self, path: str, name: str) -> QWidget:
        holder = QWidget()
        row = self._form.words(path, name, long=True)
        row.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(row)
        self._form.column.addWidget(holder)
        return holder

    def _ask(self, who: FeedbackFrom, *, on: bool) -> None:
        assert self._template is not None, "shown once it is loaded"
        chosen = {*self._template.feedback, who} if on else {*self._template.feedback} - {who}
        self._edit(feedback=tuple(one for one in FeedbackFrom if one in chosen))
