"""The codebook beside the film: what codes mean, each with its example clip, and the keys on paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from app.clips.examples import examples
from app.errors import AppError
from app.i18n import Texts, today
from app.model.scheme import Code, Scheme
from app.workspace import Workspace
from widgets.coding.key_pad import code_lines
from widgets.films.example_clip import ExampleClipButton
from widgets.folding import size_to_fit
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.look.look import Look
from widgets.look.parts import beside, button, label, stacked


class CodeBook(QDialog):
    """The codes given, in the order of the scheme: name, *code when*, *not when*, and an example to look at."""

    def __init__(self, space: Workspace, look: Look, scheme: Scheme, codes: Sequence[Code], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        t = space.texts
        self.setWindowTitle(t.tr("What the codes mean"))
        size_to_fit(self, 520, 440)
        self.examples: dict[str, ExampleClipButton] = {}
        rows = QVBoxLayout()
        rows.setSpacing(18)
        for code in codes:
            rows.addWidget(self._row(space, look, scheme, code))
        rows.addStretch(1)
        page = QWidget()
        page.setLayout(rows)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        scroll.setAccessibleName(t.tr("What the codes mean"))
        close = button(t.tr("Close"), self.reject)
        close.setDefault(True)
        column = stacked(scroll, beside(None, close), spacing=10, margins=(16, 14, 16, 14))
        column.setStretch(0, 1)
        self.setLayout(column)

    def _row(self, space: Workspace, look: Look, scheme: Scheme, code: Code) -> QWidget:
        name = space.texts.words(code.name)
        play = self.examples[code.id] = ExampleClipButton(space, look)
        row = QWidget()
        head = beside(label(name, "title", wrap=True), play, spacing=10)
        head.setStretch(0, 1)
        column = stacked(spacing=4)
        column.addLayout(head)
        for line in code_lines(code, space.texts):
            column.addWidget(label(line, wrap=True))
        row.setLayout(column)
        play.show_clips(examples(space.store, scheme.id, code.id), name)
        return row


def scheme_words(scheme: Scheme, texts: Texts) -> list[str]:
    """What a key card says of a scheme."""
    named = [scheme.name, *(layer.name for layer in scheme.layers), *(d.name for d in scheme.dimensions)]
    named += [x for code in scheme.codes for x in (code.name, code.code_when)]
    return [texts.words(x) for x in named]


def print_key_card(space: Workspace, scheme: Scheme, parent: QWidget) -> None:
    """The keys of this scheme on paper, as PDF."""
    t = space.texts
    name = t.words(scheme.name).split(" (", maxsplit=1)[0]
    space.notices.paper(scheme_words(scheme, t))
    path = FileDialogs(parent).save(t.tr("Print the key card…"), f"{name}.pdf", PDF)
    if path is None:
        return
    from app.reports.key_card import write_key_card

    try:
        write_key_card(path, scheme, t, today(), space.preferences.keys)
    except AppError as error:
        space.notices.trouble(error)
    else:
        space.notices.done(t.tr("The key card is written."))
