"""Asked before anything is erased for good: what goes and what stays, on what ground, and who looks at it besides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLayout, QLineEdit, QWidget

from app.erasing.originals import ORIGINALS
from app.i18n import N_, Texts
from app.model.erasure import Ground, Original
from widgets.folding import size_to_fit
from widgets.forms.form import named
from widgets.forms.inputs import Choice
from widgets.look.parts import beside, button, label, scrolled, stacked

WIDTH = 640

GROUNDS = {
    Ground.MISTAKE: N_("Taken in by mistake"),
    Ground.WITHDRAWN: N_("Consent withdrawn"),
    Ground.RETENTION: N_("The time of keeping is over"),
    Ground.OTHER: N_("Other ground"),
}
#: of a whole case
CASE_GROUNDS = {**GROUNDS, Ground.MISTAKE: N_("Opened by mistake")}


class Confirming(QDialog):
    """Subclasses say what is asked (`told`), and by `_missing` what is still to be filled in."""

    def __init__(
        self,
        texts: Texts,
        title: str,
        grounds: Iterable[tuple[Ground, str]],
        others: Sequence[tuple[str, str]],
        parent: QWidget | None,
    ) -> None:
        """`others` are who can confirm it besides."""
        super().__init__(parent)
        self._texts, self._others = texts, others
        t = texts
        self.setWindowTitle(title)
        self.ground = Choice((key, t.tr(words)) for key, words in grounds)  # none is chosen for anybody
        self.words = QLineEdit()
        self.words.setMaxLength(400)
        self.words.setPlaceholderText(t.tr("Without names: this stays on the certificate"))
        self.original = Choice((key, t.tr(words)) for key, words in ORIGINALS.items())
        self.original.set_value(Original.UNKNOWN)
        self.second = Choice(others)
        if others:
            self.second.set_value(others[0][0])
        self._second = named(t.tr("Who looks at this with you and confirms it"), self.second)
        self._alone = label(
            t.tr(
                "There is no other worker in this archive, so you confirm it alone: write why it is erased. The "
                "certificate says so."
            ),
            "muted",
            wrap=True,
        )
        self.erase = button(t.tr("Erase"), self.accept, "danger")
        self.missing = label("", "caption", wrap=True)
        self.cancel = button(t.tr("Cancel"), self.reject, "quiet")
        self.ground.currentIndexChanged.connect(self._show_missing)
        self.words.textChanged.connect(self._show_missing)

    def _ask(self, question: str, told: Sequence[QWidget | QLayout], original: str) -> None:
        """Lay it out: the question, what is told, then the fields; `original` asks for the file, if there is one."""
        t = self._texts
        if not original:
            self.original.setParent(self)  # goes with the dialog, though nobody is asked
            self.original.hide()
        inside = QWidget()
        inside.setLayout(
            stacked(
                label(question, "title", wrap=True),
                *told,
                label(t.tr("This cannot be undone."), "strong"),
                named(t.tr("Ground"), self.ground),
                named(t.tr("In words"), self.words),
                *((named(original, self.original),) if original else ()),
                self._second,
                self._alone,
                None,
                spacing=14,
                margins=(24, 24, 24, 4),
            )
        )
        foot = QWidget()
        foot.setLayout(stacked(self.missing, beside(self.cancel, None, self.erase), margins=(24, 4, 24, 20)))
        self.setLayout(stacked(scrolled(inside), foot, spacing=0))
        size_to_fit(self, WIDTH, inside.heightForWidth(WIDTH) + foot.sizeHint().height() + 8)
        self.cancel.setDefault(True)
        self._show_missing()

    @property
    def second_id(self) -> str:
        """Who else is to confirm it; empty when one is enough, or nobody else is there."""
        return str(self.second.value() or "") if self._needs_second() and self._others else ""

    def _needs_second(self) -> bool:
        raise NotImplementedError

    @property
    def _is_alone(self) -> bool:
        """Whether two should confirm it and nobody else is there."""
        return self._needs_second() and not self._others

    def _missing(self) -> str:
        """What is still to be filled in; empty when it can be erased."""
        raise NotImplementedError

    def _show_missing(self) -> None:
        self._second.setVisible(self._needs_second() and not self._is_alone)
        self._alone.setVisible(self._is_alone)
        missing = self._missing()
        self.erase.setEnabled(not missing)
        self.missing.setText(missing)


def points(lines: Iterable[str]) -> QLayout:
    """Lines of a list; what is broken stands below its beginning."""
    return stacked(*map(_point, lines), spacing=6)


def heading(words: str) -> QLabel:
    """Above some points."""
    return label(words, "strong", wrap=True)


def _point(line: str) -> QHBoxLayout:
    sign = label("•")
    sign.setAlignment(Qt.AlignmentFlag.AlignTop)
    row = beside(sign, label(line, wrap=True))
    row.setStretch(1, 1)
    return row
