"""The place *Lausunto*: which case, and the room in which its statement is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.casework.case_file import CaseFile, case_file
from app.errors import NotAllowed
from app.i18n import NAMES
from app.model.change import Entity
from app.model.people import Case
from app.model.statement import Statement
from app.model.units import RowCount
from app.ports.player import Player
from app.ports.signing import Cards, NoCards
from app.ports.spelling import NoSpellers, Spellers
from app.statement.apart import has_to_choose
from app.statement.beginning import cases_with_statement, document_with, documents, newest_statement
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.forms.paged_choice import SomeRows, paged_choice
from widgets.look.look import Look
from widgets.look.parts import (
    EmptyState,
    Row,
    beside,
    button,
    choice_page,
    primary_button,
    stacked,
)
from widgets.room_screen import RoomScreen
from widgets.screen import Go
from widgets.statement.begin_form import BeginForm
from widgets.statement.statement_room import StatementRoom


class StatementScreen(RoomScreen[StatementRoom]):
    """`opened(case_id=…)` writes that case's newest statement; without one it offers a choice."""

    def __init__(
        self,
        workspace: Workspace,
        look: Look,
        go: Go,
        new_player: Callable[[], Player],
        new_cards: Callable[[], Cards] = NoCards,
        spellers: Spellers | None = None,
    ) -> None:
        super().__init__(workspace, look, go, new_player)
        self._spellers = spellers or NoSpellers()
        self._new_cards = new_cards

    def opened(self, case_id: str = "", statement_id: str = "", within: str = "", **_ids: str) -> None:
        """`within` is the id of a passage that was found: its document is opened, whichever the case has.

        Where the archive refused what was typed in the one that is open, that stays: it alone has the words.
        """
        if case_id and not self._may_leave():
            return
        wanted = statement_id or (document_with(self.workspace.store, within) if within else "")
        if case_id and wanted:
            self.show_statement(wanted, case_file(self.workspace.store, case_id).case)
        elif case_id:
            self._open(case_id)
        elif self._room is None:
            self._offer()
        else:
            self._room.refresh()
            self._room.show_consents()

    def looked_at(self) -> tuple[type[Entity], str] | None:
        return None if self._room is None else (Statement, self._room.editor.statement.id)

    def search(self) -> None:
        """Find in the statement that is open."""
        if self._room is not None:
            self._room.seek()

    def show_statement(self, statement_id: str, case: Case) -> None:
        """Write the statement; the room is made anew around its editor."""
        if not self._may_leave():
            return
        room = StatementRoom(self, statement_id, case, self._new_player, self._new_cards, self._spellers)
        self.show_room(room)
        room.refresh()
        self.tell_looked_at()

    def _may_leave(self) -> bool:
        """Whether all that was typed is in the archive; that it is not has been said."""
        return self._room is None or self._room.is_committed()

    def _open(self, case_id: str, adult: str | None = None) -> None:
        """The newest statement of a case; where its adults are kept apart, that of one of them."""
        store = self.workspace.store
        file = case_file(store, case_id)
        if adult is None and has_to_choose(file):
            self._offer_adults(file)
            return
        held = documents(store, case_id, adult)
        if len(held) > 1:
            self._offer_documents(file, held, adult or "")
        elif held:
            self.show_statement(held[0].id, file.case)
        else:
            self._offer_to_begin(file, adult or "")

    def offer_others(self, case_id: str, adult: str) -> None:
        """The documents of a case, about one adult where they are kept apart, and another one can be begun."""
        if not self._may_leave():
            return
        store = self.workspace.store
        file = case_file(store, case_id)
        about = adult if has_to_choose(file) else None
        self._offer_documents(file, documents(store, case_id, about), adult)

    def _offer_documents(self, file: CaseFile, held: Sequence[Statement], adult: str) -> None:
        """Which of the case's documents, or a new one."""
        t, words = self.texts, StatementTexts(self.texts.language)
        self.set_title(t.tr("Statement"), file.case.code_name)
        self.set_actions()
        self.show_saved(None)
        rows: list[QWidget] = []
        for one in held:
            about = " · ".join((NAMES[one.language], t.tr("version {n}", n=one.version)))
            act = button(t.tr("Open"), partial(self.show_statement, one.id, file.case))
            kind = words.document_kind(one.kind)
            act.setAccessibleName(f"{act.text()}: {kind}, {about}")
            rows.append(Row(self.look, kind, about, "statement", words.stage(one.stage), act))
        begin = button(t.tr("Begin"), partial(self._offer_to_begin, file, adult))
        rows.append(Row(self.look, t.tr("Another document"), "", "plus", "", begin))
        self._room = None
        self.show_page(choice_page({t.tr("Which document?"): rows}))

    def _offer_adults(self, file: CaseFile) -> None:
        """Whose statement: one for each adult, and one that was begun before they were kept apart."""
        t, store = self.texts, self.workspace.store
        self.set_title(t.tr("Statement"), file.case.code_name)
        self.set_actions()
        self.show_saved(None)
        rows: list[QWidget] = []
        whose = [(p.id, p.called or p.name) for p in file.adults]
        if newest_statement(store, file.case.id, "") is not None:
            whose.append(("", t.tr("Begun before they were kept apart")))
        for adult, called in whose:
            newest = newest_statement(store, file.case.id, adult)
            state = t.tr("version {n}", n=newest.version) if newest else t.tr("not begun")
            act = button(t.tr("Write"), lambda adult=adult: self._open(file.case.id, adult))  # type: ignore[misc]  # bound to its adult
            rows.append(Row(self.look, called, "", "statement", state, act))
        self._room = None
        self.show_page(choice_page({t.tr("The adults are kept apart. Whose statement?"): rows}))

    def _offer(self) -> None:
        t = self.texts
        self.set_title(t.tr("Statement"))
        self.set_actions()
        self.show_saved(None)

        def row(case: Case, newest: Statement | None) -> QWidget:
            state = t.tr("version {n}", n=newest.version) if newest else t.tr("not begun")
            act = button(t.tr("Write"), lambda: self.go("statement", case_id=case.id))
            return Row(self.look, case.code_name, "", "statement", state, act)

        def read(number: RowCount, mine: bool) -> SomeRows:
            held = cases_with_statement(self.workspace.store, number, mine=mine)
            return SomeRows({t.tr("Which case?"): [row(*one) for one in held]}, len(held) < number)

        made = paged_choice(t, read)
        if made is None:
            words = t.tr("Here the pair writes what the county receives. First a case is needed.")
            act = primary_button(t.tr("To the clients"), lambda: self.go("cases"))
            self.show_page(EmptyState(t.tr("No statements yet"), words, act))
            return
        self.show_page(made)

    def _offer_to_begin(self, file: CaseFile, adult: str = "") -> None:
        t = self.texts
        self.set_title(t.tr("Statement"), file.case.code_name)
        self.set_actions()
        self.show_saved(None)
        form = BeginForm(self.workspace, file, adult)

        def begin() -> None:
            space = self.workspace
            try:
                made = form.begin()
            except NotAllowed as error:  # the statement is the pair's
                space.notices.trouble(error)
                return
            self.show_statement(made.id, file.case)

        form.begin_asked.connect(begin)
        page = QWidget()
        column = stacked(beside(None, form, None), margins=(28, 48, 28, 28))
        column.addStretch(1)
        page.setLayout(column)
        self._room = None
        self.show_page(page)
