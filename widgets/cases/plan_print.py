"""*Tulosta*: cards, envelopes and the checklist of a plan as PDF."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from app.casework.languages import language_name
from app.casework.plans import PlanEditor
from app.errors import AppError
from app.i18n import today
from app.model.words import LANGUAGES
from app.workspace import Workspace
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.look.parts import beside, button


class PlanPrint(QWidget):
    """One button with a menu; there while the plan has tasks."""

    def __init__(self, space: Workspace) -> None:
        super().__init__()
        self._space = space
        self._editor: PlanEditor | None = None
        t = space.texts
        self.print = button(t.tr("Print"))
        menu = QMenu(self.print)
        for words, paper, size in (
            (t.tr("Cards, one on an A6"), "cards", "a6"),
            (t.tr("Cards, four on an A4"), "cards", "a4"),
            (t.tr("Envelopes, one on an A6"), "envelopes", "a6"),
            (t.tr("Envelopes, four on an A4"), "envelopes", "a4"),
            (t.tr("Checklist, A4"), "checklist", "a4"),
        ):
            menu.addAction(words, partial(self.save, paper, size))
        self.print.setMenu(menu)
        self.setLayout(beside(self.print, None))

    def show_plan(self, editor: PlanEditor) -> None:
        self._editor = editor
        self.print.setEnabled(bool(editor.meeting.plan))

    def save(self, paper_key: str, size_key: str) -> None:
        """Ask for the place and write the PDF there."""
        from app.casework.plan_papers import Paper, save
        from app.reports.small_cards import CardSize

        editor, space = self._editor, self._space
        if editor is None:
            return
        t, paper = space.texts, Paper(paper_key)
        names = {
            Paper.CARDS: t.tr("Task cards"),
            Paper.ENVELOPES: t.tr("Envelopes"),
            Paper.CHECKLIST: t.tr("Checklist of the meeting"),
        }
        space.notices.paper([t.words(x) for task in editor.printed() for x in (task.name, task.text)])
        path = FileDialogs(self).save(names[paper], f"{names[paper]}.pdf", PDF)
        if path is None:
            return
        try:
            save(space.store, path, editor, t, paper, CardSize(size_key), today())
        except AppError as error:
            space.notices.trouble(error)
        else:
            space.notices.done(self._done_words(editor, paper != Paper.CHECKLIST))

    def _done_words(self, editor: PlanEditor, is_for_parent: bool) -> str:
        """Also when there are no words in the adult's language: then somebody must read them to the adult."""
        t = self._space.texts
        adult = editor.case().person(editor.meeting.adult_id)
        if not is_for_parent or adult is None or adult.language in LANGUAGES:
            return t.tr("The paper is written.")
        lacking = language_name(t, adult.language)
        return t.tr(
            "The paper is written in your language: the tasks have no words in this one: {language}.", language=lacking
        )
