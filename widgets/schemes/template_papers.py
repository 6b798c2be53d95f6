"""Papers of a template: letters, plans, summaries and certificates, what stands in them and who signs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from app.model.template import WORKERS, OutputKind
from app.model.template_edits import without_empty_words
from app.schemes.drafts import ContentEditor
from widgets.look.look import Look
from widgets.look.parts import clear, label, section_label
from widgets.schemes.entry_form import EntryForm
from widgets.schemes.entry_list import EntryLine
from widgets.schemes.paper_parts import PaperParts
from widgets.schemes.part_page import PartPage
from widgets.schemes.scheme_parts import called
from widgets.schemes.template_parts import id_note
from widgets.schemes.template_words import paper_word

#: what can stand in the words of a paper (`app.works.papers`)
PLACES = "{form.field}, {row.field}, {role.id}, {approval.id}, {work.title}, {work.called}, {work.customer}"


class PapersPage(PartPage):
    """What comes of the work on paper."""

    part = "outputs"
    first_field = "name"

    def __init__(self, editor: ContentEditor, look: Look) -> None:
        t = editor.texts
        purpose = t.tr("A paper is made as PDF of what was filled in: a letter, a plan, a summary, a certificate.")
        super().__init__(editor, look, t.tr("Papers"), purpose)

    def make_form(self) -> EntryForm:
        return _PaperForm(self)

    def cleaned(self, entry: Any) -> Any:
        return without_empty_words(entry)

    def before_load(self) -> None:
        t = self.texts
        each = t.tr("one for each row")
        tables = [(f.id, f"{each}: {called(t, f)}") for f in self.editor.template.forms if f.table]
        self.form.form.offer("per", [("", t.tr("one for all of it")), *tables])

    def line_of(self, number: int, entry: Any, wrong: str) -> EntryLine:
        return EntryLine(number, f"{called(self.texts, entry)} · {paper_word(self.texts, entry.kind)}", wrong=wrong)


class _PaperForm(EntryForm):
    """A paper's words, its parts and its signers."""

    def __init__(self, page: PapersPage) -> None:
        t = page.texts
        super().__init__(t, page.edit, page.type)
        self._page = page
        self.column.addLayout(self.words("name", t.tr("Name")))
        kinds = [(kind, paper_word(t, kind)) for kind in OutputKind]
        self.row(
            self.choice("kind", t.tr("What it is on paper"), kinds),
            self.choice("per", t.tr("How many are made")),
        )
        self.column.addWidget(self.check("confidential", t.tr("It has the marking of secrecy")))
        self.column.addLayout(self.words("opening", t.tr("Opening words"), long=True))
        self.column.addWidget(section_label(t.tr("What stands in it")))
        self.parts = PaperParts(t, page.look, lambda parts: page.put("parts", parts))
        self.column.addWidget(self.parts)
        self.column.addLayout(self.words("closing", t.tr("Closing words"), long=True))
        words = t.tr(
            "Places in the words are filled when the paper is made: {places}. Write the ids of this template in them.",
            places=PLACES,
        )
        self.column.addWidget(label(words, "caption", wrap=True))
        self.column.addWidget(section_label(t.tr("Who signs it")))
        self._signers = QVBoxLayout()
        self._boxes: dict[str, QCheckBox] = {}
        self.column.addLayout(self._signers)
        self.row(self.line("id", t.tr("Id"), id_note(self)), None, shares=(1, 2))
        self.column.addStretch(1)

    def load(self, entry: Any, *, anew: bool) -> None:
        super().load(entry, anew=anew)
        template, t = self._page.editor.template, self.texts
        names = {WORKERS: t.tr("the workers"), **{r.id: called(t, r) for r in template.roles}}
        names |= {one: one for one in entry.signers if one not in names}  # what names nobody can be taken away
        self._offer_signers(names, entry.signers)
        self.parts.load(template, entry.parts)

    def commit(self) -> None:
        super().commit()
        self.parts.commit()

    def show_languages(self, chosen: Collection[str]) -> None:
        super().show_languages(chosen)
        self.parts.show_languages(chosen)

    def show_wrong(self, sentences: Mapping[str, str], calm: Collection[str] = ()) -> None:
        super().show_wrong(sentences, calm)
        mine = {f.removeprefix("parts."): said for f, said in sentences.items() if f.startswith("parts.")}
        self.parts.show_wrong(mine)

    def focus(self, path: str) -> bool:
        if path == "signers" and self._boxes:
            list(self._boxes.values())[-1].setFocus()
            return True
        return super().focus(path) or self.parts.focus(path.removeprefix("parts."))

    def _offer_signers(self, names: Mapping[str, str], signers: Collection[str]) -> None:
        if {key: box.text() for key, box in self._boxes.items()} != dict(names):
            clear(self._signers)
            self._boxes = {key: QCheckBox(words) for key, words in names.items()}
            for key, box in self._boxes.items():
                box.clicked.connect(lambda on, key=key: self._sign(key, on=on))
                self._signers.addWidget(box)
        for key, box in self._boxes.items():
            box.setChecked(key in signers)

    def _sign(self, signer: str, *, on: bool) -> None:
        """In the order of the boxes: workers first, then roles as the template has them."""
        before = self._page.entry().signers
        chosen = {*before, signer} if on else {*before} - {signer}
        self._page.put("signers", tuple(key for key in self._boxes if key in chosen))
