"""After a consent was withdrawn: what was made of the films, what happens to each, and the way to erase them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.casework.made_of import Made, MadeOf, Withdrawal
from app.i18n import Texts
from app.reports.left_words import SHORT, left_words
from app.vocabulary import StatementTexts
from widgets.folding import size_to_fit
from widgets.look.parts import beside, button, label, scrolled, stacked

WIDTH = 640


class WithdrawalDialog(QDialog):
    """`erase_asked(recording)` is a wish that is asked about once more."""

    erase_asked = Signal(object)

    def __init__(self, texts: Texts, who: str, words: StatementTexts, found: Withdrawal, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._texts = t = texts
        self.setWindowTitle(t.tr("Consent withdrawn"))
        purpose = words.purpose(found.consent.purpose)
        told = QWidget()
        told.setLayout(
            stacked(
                label(t.tr("{person} · {purpose}: withdrawn", person=who, purpose=purpose), "title", wrap=True),
                label(t.tr("This is what there is of it, and what happens to each."), wrap=True),
                *(self._row(row, blocks=bool(found.films)) for row in found.rows),
                label(t.tr("Keeping and erasing are decided by the controller."), "caption", wrap=True),
                None,
                spacing=12,
                margins=(24, 24, 24, 8),
            )
        )
        self.erases = [
            button(t.tr("Erase the film of camera {n}…", n=f.camera), partial(self.erase_asked.emit, f))
            for f in found.films
        ]
        self.close_it = button(t.tr("Close"), self.accept, "primary")
        foot = QWidget()
        foot.setLayout(
            stacked(*(beside(one, None) for one in self.erases), beside(None, self.close_it), margins=(24, 8, 24, 20))
        )
        self.setLayout(stacked(scrolled(told), foot, spacing=0))
        size_to_fit(self, WIDTH, told.heightForWidth(WIDTH) + foot.sizeHint().height() + 8)
        self.close_it.setDefault(True)

    def _row(self, row: MadeOf, *, blocks: bool) -> QWidget:
        head, fate = _words(self._texts, row, blocks=blocks)
        if row.outside and not row.left:
            days = (f"{self._texts.date(at.astimezone().date())} {who}".strip() for at, who in row.outside)
            head = f"{head}: {', '.join(days)}"
        made = QWidget()
        told = zip(row.left, row.outside, strict=bool(row.left))
        each = [label(left_words(self._texts, left, who, digits=SHORT), wrap=True) for left, (_, who) in told]
        made.setLayout(stacked(label(head, "strong", wrap=True), *each, label(fate, "muted", wrap=True), spacing=2))
        return made


def _words(t: Texts, row: MadeOf, *, blocks: bool) -> tuple[str, str]:
    """What there is, and what happens to it. `blocks`: being filmed was withdrawn, so the films are closed."""
    n = row.count
    outside = t.tr("It lies outside this archive, which cannot reach it: ask for it to be destroyed.")
    closed = t.tr("Closed at once: neither shown nor used. It stays until it is erased.")
    return {
        Made.FILMS: (t.trn("{n} film", "{n} films", n), closed),
        Made.COPIES: (
            t.trn("{n} small copy of pictures or sound", "{n} small copies of pictures or sound", n),
            t.tr("Closed with the film, and goes with it when it is erased."),
        ),
        Made.EXAMPLES: (
            t.trn("{n} example clip", "{n} example clips", n),
            t.tr("Hidden at once from everybody. It goes when the film is erased.")
            if blocks
            else t.tr("Hidden at once from everybody."),
        ),
        Made.CLIPS: (
            t.trn("{n} moment for feedback", "{n} moments for feedback", n),
            t.tr("Can no longer be shown. It goes when the film is erased.")
            if blocks
            else t.tr("Can no longer be shown in this use."),
        ),
        Made.REFERENCES: (
            t.trn("{n} reference coding", "{n} reference codings", n),
            t.tr("Nobody can code against it any more. Figures that others have from before stay theirs."),
        ),
        Made.LINES: (
            t.trn("{n} line of what was said", "{n} lines of what was said", n),
            t.tr("Can no longer be quoted or saved. It goes with the film where no other film holds it."),
        ),
        Made.DRAFTS: (
            t.trn("{n} source in a statement's draft", "{n} sources in drafts of statements", n),
            t.tr("The draft cannot be saved or made final while its text rests on them: take them out."),
        ),
        Made.FINALS: (
            t.trn("{n} source in a final statement", "{n} sources in final statements", n),
            t.tr("Stays as it was delivered. Nobody can look at its moment any more."),
        ),
        Made.PACKAGES: (
            t.trn("{n} package to a partner's computer", "{n} packages to partners' computers", n),
            outside,
        ),
        Made.FILES: (t.trn("{n} file saved from the archive", "{n} files saved from the archive", n), outside),
        Made.LEFT: (
            t.trn("{n} covered moment handed out", "{n} covered moments handed out", n),
            outside,
        ),
        Made.BACKUPS: (
            t.trn("{n} backup", "{n} backups", n),
            t.tr("The film stays in it until the backup is destroyed."),
        ),
    }[row.made]
