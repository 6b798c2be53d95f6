"""The header's actions: what whoever signed in can do with a version at its stage, the next step as the main one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.errors import NotAllowed
from app.model.checks import Finding
from app.model.final_statement import FinalStatement
from app.model.statement import StatementStage
from app.model.statement_stages import StatementAct
from app.statement import going_through
from app.statement.beginning import new_version
from app.statement.editor import StatementEditor
from app.workspace import Workspace
from widgets.look.parts import button, confirm, primary_button


class StageActs:
    """`commit` takes what is being typed first; `words_of` tells things that are missing, `go_to` leads to one."""

    def __init__(
        self,
        room: QWidget,
        space: Workspace,
        editor: StatementEditor,
        commit: Callable[[], None],
        words_of: Callable[[Sequence[Finding]], str],
        go_to: Callable[[Finding], None],
        show_version: Callable[[str], None],
    ) -> None:
        self._room, self._space, self._editor = room, space, editor
        self._commit, self._words_of, self._go_to, self._show_version = commit, words_of, go_to, show_version

    def buttons(self) -> list[QWidget]:
        """What is possible now; the last one is the main one."""
        t, editor = self._space.texts, self._editor
        standing, stage, may = editor.standing(), editor.statement.stage, editor.may
        rows: list[QWidget] = []
        if may(StatementAct.TAKE_BACK):
            rows.append(button(t.tr("Back to draft"), self._back))
        if may(StatementAct.ASK):
            rows.append(primary_button(t.tr("Ask for a check"), self._ask))
        corrects = may(StatementAct.CORRECT)
        if corrects and not standing.uncorrected:
            rows.append(button(t.tr("New version"), self._new_version))
        if stage == StatementStage.COMMENTS and may(StatementAct.GO_THROUGH):
            rows.append(button(t.tr("Another reader"), self._go_through))
        return [*rows, *self._main_ones(corrects=corrects)]

    def _main_ones(self, *, corrects: bool) -> list[QWidget]:
        """The next step, and for a note beside it what it may do before."""
        t, editor, me = self._space.texts, self._editor, self._space.store.me
        standing, stage, may = editor.standing(), editor.statement.stage, editor.may
        if corrects and standing.uncorrected:
            return [primary_button(t.tr("Correct as a new version"), self._new_version)]
        if may(StatementAct.APPROVE) and me not in standing.approved:
            return [primary_button(t.tr("Approve"), self._approve)]
        checked = stage == StatementStage.CHECKING and may(StatementAct.FINALIZE)
        if checked or (stage == StatementStage.COMMENTS and standing.is_approved and not standing.corrected):
            reading = [button(t.tr("Go through it with the client"), self._go_through)] if checked else []
            return [*reading, primary_button(t.tr("Make final"), self._finalize)]
        if stage == StatementStage.CHECKING and may(StatementAct.GO_THROUGH):
            return [primary_button(t.tr("Go through it with the client"), self._go_through)]
        if stage == StatementStage.WALK_THROUGH and may(StatementAct.COLLECT):
            return [primary_button(t.tr("Comments into the document"), self._collect)]
        return []

    def _ask(self) -> None:
        self._commit()
        if self._editor.ask_for_check():
            words = self._space.texts.tr("Your work partner sees on the desk that a check is asked for.")
            self._space.notices.done(words)

    def _approve(self) -> None:
        self._commit()
        self._editor.approve()

    def _back(self) -> None:
        self._editor.back_to_draft()

    def _go_through(self) -> None:
        """What lacks is mended before: afterward it would take a new version."""
        self._commit()
        stops = self._editor.stops_reading()
        if stops:
            words = self._space.texts.tr("It cannot be gone through with the client yet. Still missing:")
            self._space.notices.warn(f"{words}\n{self._words_of(stops)}")
            self._go_to(stops[0])
            return
        going_through.go_through(self._editor)

    def _collect(self) -> None:
        t, was_approved = self._space.texts, bool(self._editor.statement.approvals)
        if going_through.collect(self._editor) and was_approved and not self._editor.statement.approvals:
            words = t.tr("The comments are in the document. Whoever signs approves it once more with them in it.")
            self._space.notices.done(words)

    def _new_version(self) -> None:
        space, t = self._space, self._space.texts
        try:
            made = new_version(space.door, t, self._editor.statement.id)
        except NotAllowed as error:
            space.notices.trouble(error)
            return
        self._show_version(made.id)

    def _finalize(self) -> None:
        """What lacks is told first: some of it stops, the rest is for the two to decide."""
        t = self._space.texts
        self._commit()
        lacks = self._editor.lacking()
        stops = [f for f in lacks if f.stops]
        if stops:
            words = t.tr("It cannot become final yet. Nothing was changed. Still missing:")
            self._space.notices.warn(f"{words}\n{self._words_of(stops)}")
            self._go_to(stops[0])
            return
        question = self._question()
        if lacks:
            told = t.tr("Still missing {n}", n=len(lacks))
            question = f"{question}\n\n{told}\n{self._words_of(lacks)}"
        if not confirm(self._room, t, question, t.tr("Make final")):
            return
        self._make_final()

    def _question(self) -> str:
        """What becoming final means: only what ends the work takes own notes with it."""
        t = self._space.texts
        if self._editor.statement.is_note:
            return t.tr("Make this version final? After that it can only be corrected as a new version.")
        return t.tr(
            "Make this version final? After that it can only be corrected as a new version, and own notes that are not "
            "kept are erased when their writer next opens the archive."
        )

    def _make_final(self) -> None:
        from app.statement import final

        t = self._space.texts
        space, editor = self._space, self._editor

        def done(made: FinalStatement) -> None:
            """The pages are safe in their container: now they and *final* go into the books in one step."""
            if not final.put_final(editor, space.media, made):
                space.notices.warn(t.tr("The text changed while its pages were made. It is not final."))

        space.jobs.run(
            t.tr("Making the PDF"), lambda _job: final.prepared(space.store, space.media, editor.statement.id), done
        )
