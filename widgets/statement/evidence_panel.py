"""At the right: what lacks, what is worth another look, and the sources that can be dragged or put into the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QWidget

from app.casework.film_use import FilmMark
from app.i18n import Texts
from app.model.checks import Finding, Weight
from app.statement.evidence_offer import EvidenceOffer
from widgets.look.consent_mark import ConsentMark
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, clear, label, scrolled, section_label, stacked
from widgets.look.wrapping_link import WrappingLink
from widgets.statement.finding_words import FindingWords, look_captions
from widgets.statement.section_text import EVIDENCE_MIME

#: as many cards as can be looked through; the search narrows the rest
SHOWN = 60
#: pixels that the findings have at most: below them the sources stay in reach
MOST_HEIGHT = 320


class EvidencePanel(QWidget):
    """`offer_chosen` puts an offer where the cursor is; `finding_chosen` goes to the place of a finding."""

    offer_chosen = Signal(int)
    finding_chosen = Signal(object)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._offers: tuple[EvidenceOffer, ...] = ()
        self._marks: Mapping[str, FilmMark] = {}
        self._inside = told = QWidget()
        told.installEventFilter(self)
        self._lacks, self._looks, self._readings = stacked(spacing=0), stacked(spacing=0), stacked(spacing=0)
        self._told = stacked(self._lacks, self._looks, spacing=10, margins=(0, 0, 8, 0))
        told.setLayout(self._told)
        self._findings = scrolled(told)
        self._is_final = False
        self._search = QLineEdit()
        self._search.setPlaceholderText(texts.tr("Search sources"))
        self._search.setAccessibleName(texts.tr("Search sources"))
        self._search.textChanged.connect(lambda _: self._fill())
        inside = QWidget()
        self._cards = stacked(spacing=8, margins=(0, 0, 8, 0))
        inside.setLayout(self._cards)
        self._sources = QWidget()
        heading = section_label(texts.tr("Sources · drag into the text"))
        self._sources.setLayout(stacked(heading, self._search, scrolled(inside), spacing=10))
        parts = (self._findings, self._readings, self._sources)
        column = stacked(*parts, spacing=10, margins=(14, 16, 14, 14))
        for place in range(len(parts)):
            column.setStretch(place, 1)
        column.addStretch()
        self.setLayout(column)

    def hold_readings(self, readings: QWidget) -> None:
        """Where the sources are while it is written, the readings stand while it is gone through."""
        self._readings.addWidget(readings)

    def offer_sources(self, on: bool) -> None:
        """Whether anything is put into the text now."""
        self._sources.setVisible(on)

    def show_findings(self, findings: Sequence[Finding], words: FindingWords) -> None:
        """All that the checks found, the heaviest first: what stops, what is told, what is worth another look."""
        clear(self._lacks)
        clear(self._looks)
        self._is_final = False
        by_weight = {w: [f for f in findings if f.weight == w] for w in Weight}
        self._show_lacks(by_weight[Weight.STOPS], by_weight[Weight.TOLD], words)
        self._show_looks(by_weight[Weight.LOOK], words)
        self._fit_findings()

    def _show_lacks(self, stops: Sequence[Finding], told: Sequence[Finding], words: FindingWords) -> None:
        t = self._texts
        if not (stops or told):
            self._lacks.addWidget(Card(label(t.tr("Nothing is missing"), "strong"), padding=14))
            return
        card = Card(label(t.tr("Still missing {n}", n=len(stops) + len(told)), "strong"), spacing=0, padding=14)
        captions = (t.tr("No final version without these"), t.tr("For the two of you to decide"))
        for caption, some in zip(captions, (stops, told), strict=True):
            if some:
                card.column.addWidget(label(caption, "caption", wrap=True))
            for finding in some:
                card.column.addWidget(self._link(finding, words.line(finding)))
        self._lacks.addWidget(card)

    def _show_looks(self, looks: Sequence[Finding], words: FindingWords) -> None:
        """Quietly below what is missing: what may be looked at once more."""
        if not looks:
            return
        card = Card(label(self._texts.tr("Worth another look"), "muted"), spacing=0, padding=14)
        for lack, caption in look_captions(self._texts).items():
            some = [f for f in looks if f.lack == lack]
            if some:
                card.column.addWidget(label(caption, "caption", wrap=True))
            for finding in some:
                card.column.addWidget(self._link(finding, words.line(finding)))
        self._looks.addWidget(card)

    def _link(self, finding: Finding, words: str) -> QWidget:
        return WrappingLink(words, lambda: self.finding_chosen.emit(finding))

    def _fit_findings(self) -> None:
        """As high as what is told; while it is written no higher than leaves the sources in reach."""
        width = self._findings.viewport().width()
        wanted = self._told.heightForWidth(width) if self._told.hasHeightForWidth() else self._told.sizeHint().height()
        least = max(min(wanted, MOST_HEIGHT), 1)
        self._findings.setMinimumHeight(least)
        self._findings.setMaximumHeight(max(wanted, 1) if self._is_final else least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_findings()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What was put in is measured once its layout has it: until then a new card has no height."""
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self._fit_findings()
        return super().eventFilter(watched, event)

    def show_final(self, *lines: str, below: QWidget) -> None:
        """In place of what is missing: since when the version is final, and what that means; then its signatures."""
        clear(self._lacks)
        clear(self._looks)
        self._is_final = True
        first, *rest = lines
        card = Card(label(first, "strong", wrap=True), spacing=6, padding=14)
        for line in rest:
            card.column.addWidget(label(line, "muted", wrap=True))
        self._lacks.addWidget(card)
        self._looks.addWidget(below)
        self._fit_findings()

    def show_offers(self, offers: tuple[EvidenceOffer, ...], marks: Mapping[str, FilmMark]) -> None:
        """`marks` of the meetings that they are of, by id."""
        self._offers, self._marks = offers, marks
        self._fill()

    def _fill(self) -> None:
        clear(self._cards)
        wanted = self._search.text().casefold().strip()
        shown = 0
        for number, offer in enumerate(self._offers):
            if wanted and wanted not in f"{offer.words} {offer.about}".casefold():
                continue
            mark = self._marks.get(offer.evidence.meeting_id)
            card = _OfferCard(number, offer, self._look, self._texts, mark)
            card.chosen.connect(self.offer_chosen)
            self._cards.addWidget(card)
            shown += 1
            if shown == SHOWN:
                self._cards.addWidget(label(self._texts.tr("Search to see more."), "caption"))
                break
        if not self._offers:
            words = self._texts.tr("Sources come from codings when both are ready, and from what was said on film.")
            self._cards.addWidget(label(words, "muted", wrap=True))
        self._cards.addStretch(1)


class _OfferCard(QFrame):
    """One source: drag it, or press the button."""

    chosen = Signal(int)

    def __init__(self, number: int, offer: EvidenceOffer, look: Look, texts: Texts, consents: FilmMark | None) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._number = number
        self._pressed: QPoint | None = None
        mark = QFrame()
        mark.setFixedSize(9, 9)
        color = look.color(offer.evidence.dimension or "muted").name()
        mark.setStyleSheet(f"background: {color}; border-radius: 2px;")
        add = button("+", lambda: self.chosen.emit(number), "quiet")
        add.setFixedWidth(34)
        add.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a press of the mouse leaves the cursor in the text where it is
        add.setToolTip(texts.tr("Put into the text"))
        add.setAccessibleName(texts.tr("Put into the text: {words}", words=offer.words))
        words = stacked(label(offer.words, wrap=True), label(offer.about, "caption", wrap=True), spacing=1)
        row = beside(spacing=10, margins=(12, 8, 6, 8))
        row.addWidget(mark)
        row.addLayout(words, 1)
        if consents is not None:
            row.addWidget(ConsentMark(look, texts, consents, says=False))
        row.addWidget(add)
        self.setLayout(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        drag = QDrag(self)
        data = QMimeData()
        data.setData(EVIDENCE_MIME, QByteArray(str(self._number).encode()))
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)
