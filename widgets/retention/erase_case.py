"""Asked before a whole case is erased: what goes, what may not go yet and why, what lies outside, on what ground."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget

from app.casework.retention import Kept
from app.casework.retention_words import kept_words
from app.erasing.cases import GROUNDS, WhatGoesOfCase
from app.i18n import Texts
from app.model.erasure import CaseOrder, Ground, Original
from widgets.look.parts import label
from widgets.retention.confirming import CASE_GROUNDS, Confirming, heading, points


class EraseCase(Confirming):
    """`order` is the wish, once the dialog was accepted."""

    def __init__(self, texts: Texts, goes: WhatGoesOfCase, parent: QWidget | None) -> None:
        t = texts
        title = t.tr("Erase a whole case")
        super().__init__(t, title, ((g, CASE_GROUNDS[g]) for g in GROUNDS), goes.others, parent)
        self._goes = goes
        told: list[QWidget | QLayout] = [label(kept_words(t, goes.kept), wrap=True)]
        told += [heading(t.tr("What goes")), points(self._what_goes())]
        if goes.kept_longer:
            told += [heading(t.tr("By their rule these may not go yet")), points(map(self._film, goes.kept_longer))]
        told += [heading(t.tr("What lies outside this archive")), points(self._outside())]
        left = t.tr("Left is a certificate without names, which you can print, and the access log.")
        told.append(label(left, wrap=True))
        where = t.tr("Where are the files that films were taken in from?") if goes.asks_original else ""
        self._ask(t.tr("Erase the whole case {name}?", name=goes.case.code_name), told, where)

    @property
    def order(self) -> CaseOrder:
        # of a film of which it was noted that stands on the certificate
        original = self.original.value() if self._goes.has_original else Original.NONE
        return CaseOrder(self._goes.case.id, self.ground.value(), self.words.text().strip(), original)

    def _what_goes(self) -> list[str]:
        t, goes = self._texts, self._goes
        number = len(goes.films)
        lines = []
        if number:
            words = t.trn("{n} film, with all that was made from it.", "{n} films, with all that was made from them.",
                          number)  # fmt: skip
            lines.append(words)
        if goes.codings:
            words = t.trn("{n} coding, ready or not, with its notes.", "{n} codings, ready or not, with their notes.",
                          goes.codings)  # fmt: skip
            lines.append(words)
        if goes.statements:
            lines.append(t.trn("{n} version of a statement, {final} of them final.",
                               "{n} versions of statements, {final} of them final.",
                               goes.statements, final=goes.finals))  # fmt: skip
        if goes.photographs:
            words = t.trn("{n} photograph of a consent form.", "{n} photographs of consent forms.", goes.photographs)
            lines.append(words)
        meetings = t.trn("{n} meeting", "{n} meetings", goes.meetings)
        people = t.trn("{n} person", "{n} people", goes.people)
        return [*lines, t.tr("{people}, {meetings}, and all else of the case: commission, consents, requests, notes.",
                             people=people, meetings=meetings)]  # fmt: skip

    def _film(self, row: Kept) -> str:
        t = self._texts
        assert row.film is not None, "only films have a rule of their own"
        assert row.meeting is not None, "a film is of a meeting"
        day = t.date(row.meeting.held.astimezone().date())
        return f"{day}, {t.tr('Camera {n}', n=row.film.camera)}: {kept_words(t, row)}"

    def _outside(self) -> list[str]:
        t, goes, lines = self._texts, self._goes, []
        if goes.has_original:
            lines.append(t.tr("The files that films were taken in from stay where they are."))
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
                    "Films went to another computer in packages, and this does not erase them there: {whom}. Ask for "
                    "them to be erased there too.",
                    whom=whom,
                )
            )
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
            return t.tr("Choose the ground, then the case can be erased.")
        if ground == Ground.RETENTION and not self._goes.is_due:
            if self._goes.kept_longer:
                return t.tr("By their rule some films are not yet to be erased.")
            return t.tr("By its rule it is not yet to be erased.")
        if not self.words.text().strip():
            return t.tr("Write the ground in words, then it can be erased.")
        return ""
