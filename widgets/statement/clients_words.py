"""What readers said, where the workers see it: in the section that tells it, and beside the section that it is of."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from app.i18n import Texts
from app.model.reading import ClientComment, Treatment
from app.model.statement import Paragraph
from app.vocabulary import StatementTexts
from widgets.look.parts import beside, label, stacked


class ClientsWords(QFrame):
    """A passage of the document that nobody edits."""

    def __init__(self, paragraph: Paragraph, texts: Texts) -> None:
        super().__init__()
        self.setToolTip(texts.tr("The client's own words are not edited."))
        bold = "".join(r.text for r in paragraph.runs if r.bold)
        plain = "".join(r.text for r in paragraph.runs if not r.bold).strip()
        parts: list[QWidget] = [label(bold, "strong", wrap=True)] if bold else []
        self.setLayout(stacked(*parts, label(plain, wrap=True), spacing=2, margins=(12, 0, 0, 0)))


def beside_section(called: str, comment: ClientComment, texts: Texts) -> QWidget:
    """*Äiti: ”…”* and what it is, beside the text of the section."""
    words = StatementTexts(texts.language)
    told = "" if comment.treated == Treatment.OPEN else words.of("treatments", comment.treated)
    made = QFrame()
    made.setObjectName("inset")
    who = label(called, "caption")
    what = label(told, "caption")
    head = beside(who, None, what, spacing=8)
    said = label(f"”{comment.words.strip()}”", wrap=True)
    made.setLayout(stacked(head, said, spacing=2, margins=(12, 8, 12, 8)))
    return made
