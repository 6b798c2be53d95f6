"""Asked before a supervision, or a service of no case, is erased: what goes, what stays, on what ground."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget

from app.casework.retention_words import kept_words
from app.erasing.wholes import GROUNDS, WhatGoesOfWhole
from app.i18n import Texts
from app.model.erasure import Ground, Whole, WholeOrder
from widgets.look.parts import label
from widgets.retention.confirming import CASE_GROUNDS, Confirming, heading, points


class EraseWhole(Confirming):
    """`order` is the wish, once the dialog was accepted. Nobody is named in it: who confirms it may see the screen."""

    def __init__(self, texts: Texts, goes: WhatGoesOfWhole, parent: QWidget | None) -> None:
        t, is_service = texts, goes.kept.whole == Whole.SERVICE
        title = t.tr("Erase this work") if is_service else t.tr("Erase supervision")
        super().__init__(t, title, ((g, CASE_GROUNDS[g]) for g in GROUNDS), goes.others, parent)
        self._goes = goes
        told: list[QWidget | QLayout] = [label(kept_words(t, goes.kept), wrap=True)]
        told += [heading(t.tr("What goes")), points(self._what_goes())]
        told += [heading(t.tr("What stays")), points(self._what_stays())]
        left = t.tr("Left is a certificate without names, which you can print, and the access log.")
        told.append(label(left, wrap=True))
        asked = t.tr("Erase the whole work?") if is_service else t.tr("Erase the whole supervision?")
        self._ask(asked, told, "")

    @property
    def order(self) -> WholeOrder:
        kept = self._goes.kept
        return WholeOrder(kept.whole, kept.thing.id, self.ground.value(), self.words.text().strip())

    def _what_goes(self) -> list[str]:
        t, goes = self._texts, self._goes
        if goes.kept.whole == Whole.SERVICE:
            sheets = t.trn("{n} filled sheet or row", "{n} filled sheets and rows", goes.sheets)
            return [t.tr("{sheets}, with phases, roles and approvals.", sheets=sheets)]
        sessions = t.trn("{n} session", "{n} sessions", goes.sessions)
        lines = [t.tr("The agreement with its goals, and {sessions} with what was written of them.", sessions=sessions)]
        if goes.words:
            lines.append(
                t.trn(
                    "{n} rating, evaluation, clip that was brought or mark to one.",
                    "{n} ratings, evaluations, clips that were brought and marks to them.",
                    goes.words,
                )
            )
        if goes.has_notes:
            lines.append(t.tr("The supervisor's own notes, with their key and the sealed file."))
        return lines

    def _what_stays(self) -> list[str]:
        t, goes, lines = self._texts, self._goes, []
        if goes.hours:
            lines.append(t.tr("Working hours, for statistics and invoices: the customer, no word of the work."))
        if goes.kept.whole == Whole.SUPERVISION:
            lines.append(t.tr("Of clips that were shown: the moment in the client's case, and the log."))
        if goes.backups:
            lines.append(
                t.trn(
                    "{n} backup holds it. It expires {day}; then the program removes it when its disk is connected.",
                    "{n} backups hold it. The last expires {day}; then the program removes them when their disk is "
                    "connected.",
                    goes.backups,
                    day=t.date(goes.last_expires),
                )
            )
        lines.append(t.tr("What was handed over, printed or written into other systems stays there."))
        return lines

    def _needs_second(self) -> bool:
        return True

    def _missing(self) -> str:
        t, ground = self._texts, self.ground.value()
        if ground is None:
            return t.tr("Choose the ground; then this can be erased.")
        if ground == Ground.RETENTION and not self._goes.kept.is_due:
            return t.tr("By its rule it is not yet to be erased.")
        if not self.words.text().strip():
            return t.tr("Write the ground in words, then it can be erased.")
        return ""
