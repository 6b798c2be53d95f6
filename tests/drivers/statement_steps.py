"""The statement: begun, written, checked by the other, final; and what came out on paper."""

from pathlib import Path

import pytest
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from app.bootstrap import Program
from app.model.checks import QUESTION_SOURCE, Lack
from app.model.statement import StatementStage
from app.services.documents import form_of
from tests.drivers.hands import Hands, Key
from widgets.look.parts import Row
from widgets.statement.preview_dialog import PreviewDialog
from widgets.statement.section_text import SectionText
from widgets.statement.sign_dialog import SignDialog
from widgets.statement.statement_room import CHECK_PAUSE, StatementRoom
from widgets.statement.statement_screen import StatementScreen

ANSWER = "Vanhempi vastaa lapsen aloitteisiin lämpimästi; lapsi hakee häntä yhä uudelleen."
CHILDS_VIEW = "Lapsi kertoi, että leikkieläimet olivat mukavin tehtävä."


#: what is missing, as the panel says it
LACKS = {Lack.QUESTION_UNANSWERED: "Kysymykseen {n} ei ole vastattu", Lack.CHILDS_VIEW_MISSING: "Lapsen näkemys"}


class Writer:
    """One worker at the statement of one case."""

    def __init__(self, hands: Hands, program: Program, case_id: str, adult: str = "") -> None:
        """Where the adults are kept apart, `adult` is what the one is called whose statement it is."""
        assert program.window is not None
        program.window.go("statement", case_id=case_id)
        self.case_id = case_id
        self.hands, self.program, self.screen = hands, program, hands.one(program.window, StatementScreen)
        if adult:
            hands.settle()
            (row,) = (r for r in self.screen.findChildren(Row) if r.isVisible() and adult in hands.words(r))
            hands.press(row, "Kirjoita")

    @property
    def room(self) -> StatementRoom:
        assert self.screen.room is not None
        return self.screen.room

    @property
    def lacks(self) -> list[Lack]:
        return [f.lack for f in self.room.editor.lacking()]

    def numbered(self, section: str) -> str:
        """A section's number and title, as its row says them."""
        held = form_of(self.room.editor.statement).section(section)
        return f"{held.number} {held.title.text('fi')}"

    def begin(self) -> None:
        self.hands.press(self.screen, "Aloita")
        sections = {p.section for p in self.room.editor.text.paragraphs}
        assert {
            "commission",
            "family",
            "how-done",
            "methods",
            "observations",
            "conclusions",
            "attachments",
        } <= sections, "filled from the archive"

    def answer_question(self, number: int) -> None:
        """What lacks leads below the question; the answer is typed and rests on the first source."""
        self._go_to(Lack.QUESTION_UNANSWERED, number)
        field = self._field()
        self.hands.type(field, ANSWER)
        if number == 1:
            self._cite_first()
        self.room.commit()
        found = [p for p in self.room.editor.text.section("conclusions") if ANSWER in p.text]
        assert len(found) == number
        assert any(p.source == f"{QUESTION_SOURCE}{number}" for p in self.room.editor.text.section("conclusions"))

    def tell_childs_view(self) -> None:
        self._go_to(Lack.CHILDS_VIEW_MISSING)
        self.hands.type(self._field(), CHILDS_VIEW)
        self.room.commit()
        assert Lack.CHILDS_VIEW_MISSING not in self.lacks

    def _go_to(self, lack: Lack, number: int = 0) -> None:
        assert any((f.lack, f.number) == (lack, number) for f in self.room.editor.lacking())
        words, panel = LACKS[lack].format(n=number), self.room.panel
        pause = self.hands.clock(self.room, CHECK_PAUSE)  # the checks look when nothing was written for a while
        self.hands.until(lambda: not pause.isActive())
        self.hands.until(lambda: any(b.text() == words and b.isVisible() for b in panel.findChildren(QAbstractButton)))
        self.hands.press(panel, words)

    def _field(self) -> SectionText:
        """The last of the section's fields in sight: there one writes on."""
        self.hands.settle()
        return [f for f in self.room.findChildren(SectionText) if f.isVisible()][-1]

    def _cite_first(self) -> None:
        self.hands.settle()
        add = next(b for b in self.room.panel.findChildren(QAbstractButton) if b.text() == "+" and b.isVisible())
        before = len(self.room.editor.text.evidence)
        self.hands.click(add)
        runs = [r for p in self.room.editor.text.section("conclusions") for r in p.runs]
        cited = [r.evidence for r in runs if r.evidence]
        assert len(cited) == 1
        assert cited[0] in self.room.editor.text.evidence
        assert len(self.room.editor.text.evidence) in (before, before + 1)

    def ask_for_check(self) -> None:
        self.hands.press(self.screen, "Pyydä tarkistus")
        assert self.room.editor.statement.stage == StatementStage.CHECKING

    def approve_and_go_through(self) -> None:
        """The partner approves; one whom it is about reads it and says nothing, which is approved in its turn."""
        self.hands.press(self.screen, "Hyväksy")
        self.hands.press(self.screen, "Käy läpi asiakkaan kanssa")
        assert self.room.editor.statement.stage == StatementStage.WALK_THROUGH
        self.hands.settle()
        presses = [b for b in self.room.readings.findChildren(QAbstractButton) if b.text() == "Käy läpi…"]
        self.hands.answering(lambda d: self.hands.press(d, "Kirjaa läpikäynti"), lambda: self.hands.click(presses[-1]))
        self.hands.press(self.screen, "Kommentit asiakirjaan")
        assert self.room.editor.statement.stage == StatementStage.COMMENTS
        self.hands.press(self.screen, "Hyväksy")

    def approve_and_finalize(self) -> None:
        self.hands.press(self.screen, "Hyväksy")
        words = "Tee lopulliseksi"
        self.hands.confirming(words, lambda: self.hands.press(self.screen, words))
        self.hands.until(lambda: self.room.editor.statement.is_final)  # its pages are made beside the window

    def sign_with_card(self, pin: str) -> None:
        """The header's press, the card in the reader, its PIN by keys."""

        def use(dialog: object) -> None:
            assert isinstance(dialog, SignDialog)
            self.hands.until(lambda: dialog.certificate.count() == 1)
            assert not dialog.ok.isEnabled()
            self.hands.type(dialog.pin, pin)
            self.hands.key(dialog.pin, Key.Key_Return)
            self.hands.until(lambda: not dialog.isVisible() or dialog.trouble.isVisible())
            assert not dialog.trouble.isVisible(), dialog.trouble.text()

        self.hands.answering(use, lambda: self.hands.press(self.screen, "Allekirjoita…"))

    def preview(self) -> int:
        """The real pages on the screen, from memory; gives how many."""
        counts = []

        def look(dialog: object) -> None:
            assert isinstance(dialog, PreviewDialog)
            assert dialog.document.status() == QPdfDocument.Status.Ready
            counts.append(dialog.document.pageCount())
            self.hands.press(dialog, "Sulje")

        self.hands.answering(look, lambda: self.hands.press(self.screen, "Esikatsele PDF"))
        return counts[0]

    def export(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
        self.hands.press(self.screen, "Tallenna PDF…")
        return path.read_bytes()
