"""Asked before a film is erased: what goes with it, what stays, what lies elsewhere, and on what ground."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.casework.retention_words import kept_words
from app.erasing.films import WhatGoes
from app.i18n import Texts
from app.model.erasure import FilmOrder, Ground, Original
from widgets.retention.confirming import GROUNDS, Confirming, points


class EraseFilm(Confirming):
    """`order` is the wish, once the dialog was accepted."""

    def __init__(self, texts: Texts, goes: WhatGoes, parent: QWidget | None) -> None:
        super().__init__(texts, texts.tr("Erase a film"), GROUNDS.items(), goes.others, parent)
        self._goes = goes
        question = texts.tr("Erase the film of camera {n}?", n=goes.film.camera)
        where = texts.tr("Where is the file that it was taken in from?") if goes.has_original else ""
        if goes.has_original:
            self.original.set_value(goes.original)
        self._ask(question, (points(self._lines()),), where)

    @property
    def order(self) -> FilmOrder:
        original = self.original.value() if self._goes.has_original else Original.NONE
        return FilmOrder(self._goes.film.id, self.ground.value(), self.words.text().strip(), original)

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
        if goes.left:
            days = ", ".join(dict.fromkeys(t.date(c.at.astimezone().date()) for c in goes.left))
            lines.append(
                t.trn(
                    "{n} covered moment was handed out as a file, which this does not erase: {days}. Ask for it to be "
                    "destroyed.",
                    "{n} covered moments were handed out as files, which this does not erase: {days}. Ask for them to "
                    "be destroyed.",
                    len(goes.left),
                    days=days,
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

    def _needs_second(self) -> bool:
        ground = self.ground.value()
        return ground is not None and self._goes.needs_second(ground)

    def _missing(self) -> str:
        t, ground = self._texts, self.ground.value()
        needs_words = self._goes.rests or ground == Ground.OTHER or self._is_alone
        if ground is None:
            return t.tr("Choose the ground, then it can be erased.")
        if ground == Ground.RETENTION and self._goes.kept is not None and not self._goes.kept.is_due:
            return t.tr("By its rule it is not yet to be erased.")
        if needs_words and not self.words.text().strip():
            return t.tr("Write the ground in words, then it can be erased.")
        return ""
