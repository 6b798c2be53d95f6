"""At the right: what lacks, what is worth another look, and the sources that can be dragged or put into the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QWidget

from app.casework.film_use import FilmMark
from app.i18n import Texts
from app.model.checks import Finding, Lack
from app.reports.letters import named
from app.services.library import first
from app.statement.careful import Remark, Remarkable
from app.statement.evidence import EvidenceOffer
from widgets.look.consent_mark import ConsentMark
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, clear, label, scrolled, section_label, stacked
from widgets.statement.section_text import EVIDENCE_MIME

#: as many cards as can be looked through; the search narrows the rest
SHOWN = 60
MOST_WORDS, LONGEST_WORD = 2, 12  # of one remark, and letters of one


def lack_words(t: Texts, finding: Finding, names: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """One thing that lacks, as a line of the list and of the question before *final*."""
    ungrounded = t.tr("Conclusion without an observation")
    if finding.number:
        ungrounded = t.tr("Answer {n} without an observation", n=finding.number)
    return {
        Lack.QUESTION_UNANSWERED: t.tr("Question {n} without an answer", n=finding.number),
        Lack.CONCLUSION_WITHOUT_OBSERVATION: ungrounded,
        Lack.CHILDS_VIEW_MISSING: t.tr("The child's view"),
        Lack.APPROVAL_MISSING: t.tr("Approval: {name}", name=names.get(finding.worker_id, "")),
        Lack.ADULT_NOT_CHOSEN: t.tr("Whose statement this is: the adults are kept apart"),
        Lack.PLACE_TOLD: t.tr("Tells a place that may not be told: {section}", section=titles.get(finding.section, "")),
        Lack.OTHER_ADULT_NAMED: t.tr("Names the other adult: {section}", section=titles.get(finding.section, "")),
        Lack.CONSENT_GONE: t.tr(
            "Rests on a film without a consent in force: {section}", section=titles.get(finding.section, "")
        ),
        Lack.READING_MISSING: t.tr("Not gone through with: {name}", name=names.get(finding.person_id, "")),
        Lack.CHILD_NOT_TOLD: t.tr("The child has not been told"),
        Lack.COMMENT_UNANSWERED: t.tr("What a comment is"),
        Lack.FACT_UNCORRECTED: t.tr("A fact that a new version corrects"),
        Lack.CORRECTION_UNSAID: t.tr("What this version corrects"),
        Lack.SIGNERS_UNSAID: t.tr("Why one worker signs"),
        Lack.SUPERIOR_MISSING: t.tr("The superior's confirmation of one signer"),
        Lack.LETTERS_WITHOUT_FONT: t.tr(
            "Section {n}: no font for {letters}",
            n=first().section(finding.section).number if finding.letters else "",
            letters=named(finding.letters, most=1),
        ),
    }[finding.lack]


class EvidencePanel(QWidget):
    """`offer_chosen` puts an offer where the cursor is; `finding_chosen` goes to where a lack is mended.

    `section_chosen` goes to the section of a remark.
    """

    offer_chosen = Signal(int)
    finding_chosen = Signal(object)
    section_chosen = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._offers: tuple[EvidenceOffer, ...] = ()
        self._marks: Mapping[str, FilmMark] = {}
        self._lacks, self._remarks, self._readings = stacked(spacing=0), stacked(spacing=0), stacked(spacing=0)
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
        parts = (self._lacks, self._remarks, self._readings, self._sources)
        column = stacked(*parts, spacing=10, margins=(14, 16, 14, 14))
        column.setStretch(2, 1)
        column.setStretch(3, 1)
        column.addStretch()
        self.setLayout(column)

    def hold_readings(self, readings: QWidget) -> None:
        """Where the sources are while it is written, the readings stand while it is gone through."""
        self._readings.addWidget(readings)

    def offer_sources(self, on: bool) -> None:
        """Whether anything is put into the text now."""
        self._sources.setVisible(on)

    def show_findings(self, findings: Sequence[Finding], names: Mapping[str, str], titles: Mapping[str, str]) -> None:
        """`names` of workers by id, `titles` of sections by key."""
        t = self._texts
        clear(self._lacks)
        if not findings:
            self._lacks.addWidget(Card(label(t.tr("Nothing is missing"), "strong"), padding=14))
            return
        card = Card(label(t.tr("Still missing {n}", n=len(findings)), "strong"), spacing=0, padding=14)
        for finding in findings:
            words = lack_words(t, finding, names, titles)
            link = button(words, kind="link")
            link.clicked.connect(lambda _=False, f=finding: self.finding_chosen.emit(f))
            card.column.addWidget(link)
        self._lacks.addWidget(card)

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Quietly below what is missing: what may be looked at once more, each leading to its section."""
        t = self._texts
        clear(self._remarks)
        if not remarks:
            return
        card = Card(label(t.tr("Worth another look"), "muted"), spacing=0, padding=14)
        captions = {
            Remarkable.DIAGNOSIS: t.tr("A diagnosis without the paper that it is from"),
            Remarkable.OTHERS_NAME: t.tr("Somebody else's name? The program cannot tell a person from a place."),
            Remarkable.MEETING_UNTOLD: t.tr("Not in the table of meetings: nobody has said whether they were held"),
        }
        for remarkable, caption in captions.items():
            found = [r for r in remarks if r.look == remarkable]
            if found:
                card.column.addWidget(label(caption, "caption", wrap=True))
            for remark in found:
                words = t.tr("Section {n}: {words}", n=first().section(remark.section).number, words=_few(remark.words))
                link = button(words, kind="link")
                link.clicked.connect(lambda _=False, s=remark.section: self.section_chosen.emit(s))
                card.column.addWidget(link)
        self._remarks.addWidget(card)

    def show_final(self, *lines: str, below: QWidget) -> None:
        """In place of what is missing: since when the version is final, and what that means; then its signatures."""
        clear(self._lacks)
        clear(self._remarks)
        first, *rest = lines
        card = Card(label(first, "strong", wrap=True), spacing=6, padding=14)
        for line in rest:
            card.column.addWidget(label(line, "muted", wrap=True))
        self._lacks.addWidget(card)
        self._remarks.addWidget(below)

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


def _few(words: Sequence[str]) -> str:
    """As many of a remark's words as a line of the panel holds."""
    shown = [w if len(w) <= LONGEST_WORD else f"{w[: LONGEST_WORD - 1]}…" for w in words[:MOST_WORDS]]
    return ", ".join([*shown, *(["…"] if len(words) > MOST_WORDS else [])])


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
