"""Asked before a film is erased: what goes with it, what stays, what lies elsewhere, and on what ground."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from app.casework.retention_words import kept_words
from app.erasing.films import WhatGoes
from app.i18n import N_, Texts
from app.model.erasure import FilmOrder, Ground, Original
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
ORIGINALS = {
    Original.UNKNOWN: N_("Not known"),
    Original.CARD: N_("On a camera's memory card"),
    Original.PHONE: N_("On a phone"),
    Original.COMPUTER: N_("On a computer or another disk"),
    Original.GONE: N_("Destroyed already"),
}


class EraseFilm(QDialog):
    """`order` is the wish, once the dialog was accepted."""

    def __init__(self, texts: Texts, goes: WhatGoes, parent: QWidget) -> None:
        super().__init__(parent)
        self._texts, self._goes = texts, goes
        t = texts
        self.setWindowTitle(t.tr("Erase a film"))
        self.ground = Choice((key, t.tr(words)) for key, words in GROUNDS.items())  # none is chosen for anybody
        self.words = QLineEdit()
        self.words.setMaxLength(400)
        self.words.setPlaceholderText(t.tr("Without names: this stays on the certificate"))
        self.original = Choice((key, t.tr(words)) for key, words in ORIGINALS.items())
        self.original.set_value(Original.UNKNOWN)
        self.second = Choice(goes.others)
        if goes.others:
            self.second.set_value(goes.others[0][0])
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
        where = t.tr("Where is the file that it was taken in from?")
        told = QWidget()
        told.setLayout(
            stacked(
                label(t.tr("Erase the film of camera {n}?", n=goes.film.camera), "title", wrap=True),
                stacked(*(_point(line) for line in self._lines()), spacing=6),
                label(t.tr("This cannot be undone."), "strong"),
                named(t.tr("Ground"), self.ground),
                named(t.tr("In words"), self.words),
                *((named(where, self.original),) if goes.has_original else ()),
                self._second,
                self._alone,
                None,
                spacing=14,
                margins=(24, 24, 24, 4),
            )
        )
        foot = QWidget()
        foot.setLayout(stacked(self.missing, beside(self.cancel, None, self.erase), margins=(24, 4, 24, 20)))
        self.setLayout(stacked(scrolled(told), foot, spacing=0))
        size_to_fit(self, WIDTH, told.heightForWidth(WIDTH) + foot.sizeHint().height() + 8)
        self.cancel.setDefault(True)
        self._show_missing()

    @property
    def order(self) -> FilmOrder:
        original = self.original.value() if self._goes.has_original else Original.NONE
        return FilmOrder(self._goes.film.id, self.ground.value(), self.words.text().strip(), original)

    @property
    def second_id(self) -> str:
        """Who else is to confirm it; empty when one is enough, or nobody else is there."""
        needs = self._goes.needs_second(self.ground.value())
        return str(self.second.value() or "") if needs and self._goes.others else ""

    def _lines(self) -> list[str]:
        t, goes = self._texts, self._goes
        told = [] if goes.kept is None else [kept_words(t, goes.kept)]
        lines = [*told, t.tr("The film goes, and with it the small pictures and the sound curve made from it.")]
        if goes.clips:
            lines.append(t.trn("{n} example clip from it goes.", "{n} example clips from it go.", goes.clips))
        if goes.bookmarks:
            lines.append(t.trn("{n} bookmark of yours on it goes.", "{n} bookmarks of yours on it go.", goes.bookmarks))
        if goes.lines:
            words = t.trn("{n} line of what was said on it goes.", "{n} lines of what was said on it go.", goes.lines)
            lines.append(words)
        if goes.rests:
            lines.append(
                t.tr(
                    "Codings or a statement rest on this meeting. Observations keep their times and sentences their "
                    "words, but nobody can look at them on this film any more."
                )
            )
        if goes.backups:
            lines.append(
                t.trn(
                    "{n} backup was made while the film was here. It stays in it until that backup is destroyed.",
                    "{n} backups were made while the film was here. It stays in them until they are destroyed.",
                    goes.backups,
                )
            )
        if goes.packages:
            whom = ", ".join(f"{p.to} {t.date(p.at.astimezone().date())}" for p in goes.packages)
            lines.append(
                t.tr(
                    "The film went to another computer in a package, and this does not erase it there: {whom}. Ask for "
                    "it to be erased there too.",
                    whom=whom,
                )
            )
        if goes.has_original:
            lines.append(t.tr("The file that it was taken in from stays where it is: the archive cannot reach it."))
        lines.append(t.tr("Left are the film's checksum, who erased it and why. You can print a certificate."))
        return lines

    def _show_missing(self) -> None:
        t, ground = self._texts, self.ground.value()
        two = ground is not None and self._goes.needs_second(ground)
        is_alone = two and not self._goes.others
        self._second.setVisible(two and not is_alone)
        self._alone.setVisible(is_alone)
        needs_words = self._goes.rests or ground == Ground.OTHER or is_alone
        missing = ""
        if ground is None:
            missing = t.tr("Choose the ground, then it can be erased.")
        elif ground == Ground.RETENTION and self._goes.kept is not None and not self._goes.kept.is_due:
            missing = t.tr("By its rule it is not yet to be erased.")
        elif needs_words and not self.words.text().strip():
            missing = t.tr("Write the ground in words, then it can be erased.")
        self.erase.setEnabled(not missing)
        self.missing.setText(missing)


def _point(line: str) -> QHBoxLayout:
    """One line of a list; what is broken stands below its beginning."""
    sign = label("•")
    sign.setAlignment(Qt.AlignmentFlag.AlignTop)
    row = beside(sign, label(line, wrap=True))
    row.setStretch(1, 1)
    return row
