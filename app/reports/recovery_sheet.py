"""The archive's recovery code on one sheet of paper, to be locked away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from reportlab.platypus import Spacer

from app.i18n import Texts
from app.reports import page_style as look
from app.reports.archival import About
from app.reports.letters import printable
from app.reports.page_frame import Sheet, made_into_pages
from app.reports.tagged import Node, TaggedFigure, item, paragraph
from app.whole_file import write_whole

_IN_ROW = 3


def write_recovery_sheet(path: Path, code: str, name: str, texts: Texts, day: datetime) -> None:
    """Write the sheet of `code` (groups apart by dashes) for the archive of worker `name`.

    Raises AppError(`cannot-write`); what was at `path` before is then untouched.
    """
    write_whole(path, recovery_sheet(code, name, texts, day))


def recovery_sheet(code: str, name: str, texts: Texts, day: datetime) -> bytes:
    """The sheet as PDF."""
    look.load_fonts()
    tree = Node("Document")
    made = day.astimezone().date() if day.tzinfo else day.date()
    title, date = texts.tr("Havainto recovery code"), texts.date(made)
    story: list[Any] = [_text(tree, "H1", title, "title"), Spacer(1, 4)]
    whose = texts.tr("The archive of {name}. The code was made on {date}.", name=name, date=date)
    story += [_text(tree, "P", whose, "body"), Spacer(1, 10), _Code(tree.add("P"), code.split("-")), Spacer(1, 22)]
    story.append(_text(tree, "H2", texts.tr("Keep this paper"), "h2"))
    node = tree.add("L", numbering="Disc")
    for line in _advice(texts):
        spans = ((_clean(line), look.REGULAR),)
        story.append(item(node, "•", spans, look.style("item"), look.style("label")))
    sheet = Sheet(title, (), f"Havainto · {date}", "{page} / {pages}")
    return made_into_pages(story, tree, sheet, About(title, texts.language, made))


def _advice(texts: Texts) -> Sequence[str]:
    opens = texts.tr("Open with the recovery code")
    return (
        texts.tr("Whoever has this paper can open the archive. Keep it locked away, not beside the computer."),
        texts.tr("If the passphrase is forgotten, choose “{button}” at sign-in and type the code.", button=opens),
        texts.tr(
            "Capitals, spaces and dashes do not matter. 0 and 1 are digits; the letters O, I, L and U are not used."
        ),
        texts.tr("The code is kept nowhere else. Nobody can make it again, not even the makers of the program."),
        texts.tr("A new code replaces this one. Destroy this paper then."),
    )


def _text(tree: Node, tag: str, words: str, style: str) -> Any:
    made = look.style(style)
    return paragraph(tree.add(tag), ((_clean(words), made.fontName),), made)


def _clean(text: str) -> str:
    return printable(text)


class _Code(TaggedFigure):
    """The groups of the code, large, three in a row, in a quiet frame."""

    _LINE, _MARGIN = 34.0, 20.0

    def __init__(self, node: Node, groups: Sequence[str]) -> None:
        rows = -(-len(groups) // _IN_ROW)
        super().__init__(node, look.TEXT_WIDTH, rows * self._LINE + 2 * self._MARGIN - 8)
        self._groups = groups

    def draw(self) -> None:
        canvas, style = self.canv, look.style("code")
        canvas.setFillColor(look.RAISED)
        canvas.setStrokeColor(look.LINE)
        canvas.setLineWidth(0.8)
        canvas.roundRect(0, 0, self.width, self.height, 9, stroke=1, fill=1)
        canvas.setFillColor(style.textColor)
        canvas.setFont(style.fontName, style.fontSize)
        step = (self.width - 2 * self._MARGIN) / _IN_ROW
        for n, group in enumerate(self._groups):
            row, column = divmod(n, _IN_ROW)
            x = self._MARGIN + step * (column + 0.5) - look.text_width(group, style.fontName, style.fontSize) / 2
            canvas.drawString(x, self.height - self._MARGIN - self._LINE * (row + 1) + 16, group + " ")
