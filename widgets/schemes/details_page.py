"""What a scheme, instrument or template is as a whole: its name, who may use it, whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.error_texts import problem_in_words
from app.i18n import NAMES
from app.model.content_problems import Problem
from app.model.instrument import Instrument, Level
from app.model.scheme import Kind, Scheme
from app.model.stored import ContentTerms
from app.model.template import Template
from app.model.template_edits import without_empty_words
from app.model.words import LANGUAGES
from app.office.workers import all_workers
from app.schemes.drafts import ContentEditor
from app.workspace import Workspace
from widgets.look.parts import Card, beside, label, scrolled, section_label, stacked
from widgets.schemes.entry_form import EntryForm, with_value
from widgets.schemes.scheme_parts import called
from widgets.schemes.template_details import TemplateDetails

WIDEST = 860
TERMS = ("licensed", "licence", "expires")


class DetailsPage(QWidget):
    """Fields of the content itself and of its terms. Terms hold for every version, so they count at once."""

    typed = Signal(object)

    def __init__(self, workspace: Workspace, editor: ContentEditor) -> None:
        super().__init__()
        self.editor, self.texts = editor, editor.texts
        self.title = self.texts.tr("Details")
        self._workspace = workspace
        self.form = EntryForm(self.texts, self._edit, self._type)
        self.terms = EntryForm(self.texts, self._agree, lambda _path, _value: None)
        for form in (self.form, self.terms):
            form.column.setContentsMargins(0, 0, 0, 0)
        self._boxes: dict[str, QCheckBox] = {}
        self.of_template: TemplateDetails | None = None
        self._fill_form()
        self._fill_terms()
        inside = QWidget()
        column = stacked(spacing=10, margins=(18, 14, 18, 18))
        for heading, part in (("", self.form), (self.texts.tr("Permission"), self.terms)):
            if heading:
                column.addWidget(section_label(heading))
            card = Card(part, padding=20)
            card.setMaximumWidth(WIDEST)
            column.addWidget(card)
        column.addStretch(1)
        inside.setLayout(column)
        self.setLayout(stacked(scrolled(inside)))

    def refresh(self, problems: Sequence[Problem], *, anew: bool = False) -> None:
        value = self.editor.value
        if isinstance(value, Template) and self.of_template is not None:
            self.of_template.load(value)
        if isinstance(value, Scheme):
            states = [(c.id, called(self.texts, c)) for c in value.codes if c.kind == Kind.STATE]
            self.form.form.offer("cannot_be_coded", states)
        for lang, box in self.languages.items():
            box.setChecked(lang in value.languages)
            box.setEnabled(value.languages != (lang,))  # one at least
        self.form.show_languages(value.languages)
        self.form.load(value, anew=anew)
        self.terms.load(self.editor.terms, anew=anew)
        self._show_workers()
        self.show_problems(problems)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        whole = [p for p in problems if not p.part]
        said = {p.field: problem_in_words(self.texts, p) for p in reversed(whole)}
        calm = {p.field for p in whole if p.is_unwritten}
        self.form.show_wrong(said, calm)
        self.terms.show_wrong(said)

    def show_entry(self, _number: int, path: str = "") -> None:
        if not self.form.focus(path):
            self.terms.focus(path)

    def holds(self, path: str) -> bool:
        """Whether the field at `path` is on this page."""
        return path in self.form.paths() or path in self.terms.paths()

    def commit(self) -> None:
        self.form.commit()
        self.terms.commit()

    # building

    def _fill_form(self) -> None:
        t, form = self.texts, self.form
        form.column.addLayout(form.words("name", t.tr("Name")))
        self.languages = {lang: QCheckBox(NAMES[lang]) for lang in LANGUAGES}
        for lang, box in self.languages.items():
            box.clicked.connect(lambda on, lang=lang: self._choose_language(lang, on=on))
        form.column.addWidget(label(t.tr("Written in"), "caption"))
        form.column.addLayout(beside(*self.languages.values(), None, spacing=18))
        words = t.tr("One language is enough. Who reads another sees the words of this one.")
        form.column.addWidget(label(words, "caption", wrap=True))
        if isinstance(self.editor.value, Template):
            self.of_template = TemplateDetails(t, form, self.editor.edit)
            return
        if isinstance(self.editor.value, Scheme):
            form.row(form.choice("cannot_be_coded", t.tr("State whose time is left out of every figure")), None)
            return
        form.column.addLayout(form.words("disclaimer", t.tr("What it is and is not"), long=True))
        form.column.addLayout(form.words("no_occasion", t.tr("No occasion to observe")))
        levels = [(Level.SESSION, t.tr("the whole film")), (Level.TASK, t.tr("each task"))]
        form.row(
            form.choice("level", t.tr("One sheet is about"), levels),
            form.line("rights_holder", t.tr("Rights holder")),
        )
        form.column.addWidget(form.check("requires_evidence", t.tr("Each rating needs a linked moment or a reason")))

    def _fill_terms(self) -> None:
        t, form = self.texts, self.terms
        if isinstance(self.editor.value, Instrument):
            form.column.addWidget(form.check("licensed", t.tr("Licensed content: the texts are another's")))
            words = t.tr(
                "Licensed texts are kept encrypted and are not saved as a file. "
                "A statement prints only the form's name, version and rights holder."
            )
            form.column.addWidget(label(words, "caption", wrap=True))
            form.row(form.line("licence", t.tr("Licence number")), form.date("expires", t.tr("Licence ends")))
        self._who = label("", "caption", wrap=True)
        form.column.addWidget(section_label(t.tr("Who may use it")))
        form.column.addWidget(self._who)
        self._names = QVBoxLayout()
        form.column.addLayout(self._names)
        for worker in all_workers(self._workspace.store):
            box = QCheckBox(worker.name)
            box.clicked.connect(lambda on, worker_id=worker.id: self._permit(worker_id, on=on))
            self._boxes[worker.id] = box
            self._names.addWidget(box)

    def _show_workers(self) -> None:
        t, terms = self.texts, self.editor.terms
        for worker_id, box in self._boxes.items():
            box.setChecked(worker_id in terms.workers)
        if terms.workers:
            self._who.setText(t.tr("Only those who are ticked."))
        elif terms.licensed:
            self._who.setText(t.tr("Nobody yet: tick those who have the training and the licence for it."))
        else:
            self._who.setText(t.tr("Everybody, until somebody is ticked."))

    # edits

    def _choose_language(self, language: str, *, on: bool) -> None:
        """What was written in a language that is left out stays in the file, and can be taken back."""
        self.commit()
        chosen = {*self.editor.value.languages, language} if on else {*self.editor.value.languages} - {language}
        self.editor.edit(languages=tuple(lang for lang in LANGUAGES if lang in chosen))

    def _edit(self, path: str, value: Any) -> bool:
        field = path.split(".", maxsplit=1)[0]
        return self.editor.edit(**{field: getattr(self._with(path, value), field)})

    def _type(self, path: str, value: Any) -> None:
        self.typed.emit(self._with(path, value))

    def _with(self, path: str, value: Any) -> Any:
        """The content with another value at a path, as it is kept."""
        after = with_value(self.editor.value, path, value)
        return without_empty_words(after) if isinstance(after, Template) else after

    def _agree(self, path: str, value: Any) -> bool:
        if path == "licensed" and value and not self.editor.terms.workers:
            # who writes a licensed form down here has it before them
            return self.editor.agree(licensed=True, workers=(self._workspace.store.me,))
        return self.editor.agree(**{path: value})

    def _permit(self, worker_id: str, *, on: bool) -> None:
        terms: ContentTerms = self.editor.terms
        others = tuple(w for w in terms.workers if w != worker_id)
        self.editor.agree(workers=(*others, worker_id) if on else others)
