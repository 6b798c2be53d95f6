"""Who has signed a final version and who has not: whose certificate, when, and whether anything was changed since."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from app.i18n import Texts
from app.model.signature import PaperSignature, Signature
from app.model.signature_seen import SignatureSeen
from app.statement import signature_words
from app.statement.signing import Place
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, label, section_label, stacked


class SignaturesPanel(QWidget):
    """`paper_asked` is for a place that was signed by hand; `check_asked` for any signed file."""

    paper_asked = Signal(object)  # Place
    check_asked = Signal()

    def __init__(
        self,
        look: Look,
        texts: Texts,
        places: Sequence[Place],
        me: str,
        seen: Sequence[SignatureSeen] | None,
        *,
        open_to_sign: bool,
    ) -> None:
        """`me` is who is signed in; `seen` is what the file says of its signatures, None until it was read."""
        super().__init__()
        self._look, self._texts, self._seen = look, texts, seen
        signed = sum(p.made is not None for p in places)
        count = label(f"{signed} / {len(places)}", "caption")
        column = stacked(beside(section_label(texts.tr("Signatures")), None, count), spacing=10)
        for place in places:
            column.addWidget(self._card(place, is_mine=place.worker_id == me, open_to_sign=open_to_sign))
        check = button(texts.tr("Check a signed file…"), self.check_asked.emit, "link")
        column.addLayout(beside(check, None))
        fixed = texts.tr("After a signature the text cannot be changed. A correction is a new version.")
        column.addWidget(label(fixed, "caption", wrap=True))
        self.setLayout(column)

    def _card(self, place: Place, *, is_mine: bool, open_to_sign: bool) -> QFrame:
        t = self._texts
        waits = place.made is None and open_to_sign
        card = Card(spacing=3, padding=14)
        card.setProperty("turn", "mine" if waits and is_mine else "")
        state = self._state(place, is_mine=is_mine, open_to_sign=open_to_sign)
        card.column.addWidget(label(place.name, "strong", wrap=True))
        card.column.addWidget(label(place.about, "muted", wrap=True))
        card.column.addWidget(state)
        for line in self._lines(place):
            card.column.addWidget(label(line, "caption", wrap=True))
        if waits:
            noted = button(t.tr("Signed on paper…"), lambda: self.paper_asked.emit(place), "link")
            noted.setAccessibleName(t.tr("{name}: signed on paper…", name=place.name))
            card.column.addLayout(beside(noted, None))
        return card

    def _state(self, place: Place, *, is_mine: bool, open_to_sign: bool) -> QLabel:
        t = self._texts
        if isinstance(place.made, Signature):
            words = f"✓ {signature_words.moment(t, place.made.signed)}"
        elif isinstance(place.made, PaperSignature):
            words = f"✓ {t.date(place.made.day)}"
        elif not open_to_sign:
            words = t.tr("not signed")
        else:
            words = t.tr("▶ your turn") if is_mine else t.tr("waits")
        return label(words, wrap=True)

    def _lines(self, place: Place) -> list[str]:
        t, made = self._texts, place.made
        if isinstance(made, PaperSignature):
            return [t.tr("signed on paper")]
        if not isinstance(made, Signature):
            return []
        way = t.tr("with a card") if made.by_card else t.tr("with a certificate file")
        named = made.certificate.subject
        lines = [way if named == place.name else t.tr("{name}, {way}", name=named, way=way)]
        seen = self._seen
        if seen is not None and made.place <= len(seen):
            one = seen[made.place - 1]
            lines += [signature_words.certificate(t, one), signature_words.since(t, one)]
        elif seen is not None:
            lines.append(t.tr("this signature is not in the file"))
        return lines
