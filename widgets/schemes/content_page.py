"""The page where one draft is worked on: its parts in tabs, what is wrong counted at the top, the preview beside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QTabWidget, QWidget

from app.error_texts import problem_in_words
from app.model.content_edits import Content, entries
from app.model.content_problems import Problem
from app.model.scheme import Code, Scheme
from app.model.template import Template
from app.schemes.drafts import ContentEditor
from app.workspace import Workspace
from widgets.folding import Folding
from widgets.look.look import Look
from widgets.look.panes import WHOLE, panes
from widgets.look.parts import beside, button, label, stacked
from widgets.look.side_drawer import SideDrawer
from widgets.schemes.codes_page import CodesPage
from widgets.schemes.details_page import DetailsPage
from widgets.schemes.form_preview import FormPreview
from widgets.schemes.instrument_parts import AnchorsPage, ItemsPage, SubscalesPage
from widgets.schemes.part_page import PartPage
from widgets.schemes.preview import SchemePreview
from widgets.schemes.scheme_parts import DimensionsPage, GroupsPage, PassesPage, called
from widgets.schemes.second_page import SecondPassPage
from widgets.schemes.template_forms import FieldsPage, FormsPage
from widgets.schemes.template_papers import PapersPage
from widgets.schemes.template_parts import ApprovalsPage, PhasesPage, RolesPage, StepsPage

#: shares of a thousand of the parts and the preview: of a scheme with its keyboard, of a template's form
USUAL = (630, 370)
USUAL_OF_FORMS = (715, 285)


class ContentPage(QWidget):
    """Every field is committed when it is left; while it is being typed what would be wrong is told already."""

    problems_changed = Signal(int)

    def __init__(self, workspace: Workspace, look: Look, editor: ContentEditor, folding: Folding) -> None:
        super().__init__()
        self._workspace, self._look, self.editor = workspace, look, editor
        self._problems: tuple[Problem, ...] = ()
        self._typed: Content = editor.value  # what the problems are of
        self._forms: PartPage | None = None
        self._next = 0
        self.pages = self._make_pages()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the bar has the keys, and a name
        self.tabs.tabBar().setFocusPolicy(Qt.FocusPolicy.TabFocus)  # what is set for the whole is set for the bar too
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(editor.texts.tr("Parts"))
        for page in self.pages:
            self.tabs.addTab(page, page.title)
            page.typed.connect(self._on_typed)
        self.preview: SchemePreview | FormPreview | None = None
        self.drawer: SideDrawer | None = None
        t, across = editor.texts, Qt.Orientation.Horizontal
        name, usual = "schemes.preview", USUAL
        if isinstance(editor.value, Scheme):
            self.preview = SchemePreview(t, look)
        elif isinstance(editor.value, Template):
            self.preview, name, usual = FormPreview(t), "templates.preview", USUAL_OF_FORMS
        body = panes(name, across, workspace.preferences, t, (self.tabs, WHOLE))
        if self.preview is not None:
            body.addWidget(self.preview)
            body.use(name, usual)
            self.drawer = SideDrawer(self, body, self.preview, folding, t.tr("Preview"), open_at_first=False)
        self._count = button("", self.go_to_next, "quiet")
        self._count.setToolTip(editor.texts.tr("To the next one"))
        self._count.setAccessibleName(editor.texts.tr("What is to be put right"))
        self._first = label("", "muted")
        self._strip = QFrame()
        self._strip.setObjectName("panel")
        self._strip.setFixedHeight(42)  # the page does not jump when all is well
        self._strip.setLayout(beside(self._count, self._first, None, margins=(18, 0, 18, 0)))
        column = stacked(self._strip, body, spacing=0)
        column.setStretch(1, 1)
        self.setLayout(column)
        editor.changed.connect(self._on_changed)
        self.refresh(anew=True)

    def refresh(self, *, anew: bool = False) -> None:
        """Show what the editor holds now."""
        self._typed = self.editor.value
        self._problems = self.editor.problems()
        for page in self.pages:
            page.refresh(self._problems, anew=anew)
        self._show_count()
        self._show_preview(self.editor.value)

    def openers(self) -> list[QPushButton]:
        """For the header: what shows the preview where it has no room beside."""
        return [] if self.drawer is None else [self.drawer.new_opener()]

    def commit(self) -> None:
        """What is being typed goes to the archive."""
        if self.editor.draft is not None:
            for page in self.pages:
                page.commit()

    def go_to_next(self) -> None:
        """To the field of a problem, the next one at each press."""
        if not self._problems:
            return
        problem = self._problems[self._next % len(self._problems)]
        self._next += 1
        page = self._page_of(problem)
        self.tabs.setCurrentWidget(page)
        if isinstance(page, PartPage):
            page.turn_to(problem.part)
        page.show_entry(problem.number, problem.field)

    def _page_of(self, problem: Problem) -> PartPage | DetailsPage:
        part = problem.part or problem.field
        found = next((p for p in self.pages if isinstance(p, PartPage) and p.holds(part)), None)
        return found or self.pages[-1]

    def _make_pages(self) -> list[PartPage | DetailsPage]:
        editor, look, space = self.editor, self._look, self._workspace
        parts: list[PartPage | DetailsPage]
        if isinstance(editor.value, Scheme):
            parts = [
                CodesPage(space, editor, look),
                DimensionsPage(editor, look),
                GroupsPage(editor, look),
                PassesPage(editor, look),
                SecondPassPage(editor, look),
            ]
        elif isinstance(editor.value, Template):
            parts = self._pages_of_template()
        else:
            parts = [ItemsPage(editor, look), AnchorsPage(editor, look), SubscalesPage(editor, look)]
        return [*parts, DetailsPage(space, editor)]

    def _pages_of_template(self) -> list[PartPage | DetailsPage]:
        editor, look = self.editor, self._look
        phases = PhasesPage(editor, look, lambda: self._show_inner(steps))
        steps = StepsPage(editor, look, phases)
        forms = FormsPage(editor, look, lambda: self._show_inner(fields))
        fields = FieldsPage(editor, look, forms)
        forms.turned.connect(lambda: self._show_preview(editor.value))
        self._forms = forms
        return [phases, steps, forms, fields, RolesPage(editor, look), ApprovalsPage(editor, look),
                PapersPage(editor, look)]  # fmt: skip

    def _show_inner(self, page: PartPage) -> None:
        """The entries within the chosen one, the keys in their list."""
        self.tabs.setCurrentWidget(page)
        page.list.list.setFocus()

    def _on_changed(self, _changes: object) -> None:
        if self.editor.draft is not None:
            self.refresh()

    def _on_typed(self, value: Content) -> None:
        """A letter was typed: what would be wrong, and what would be seen, with nothing committed yet."""
        self._typed = value
        self._problems = self.editor.problems(value)
        for page in self.pages:
            page.show_problems(self._problems)
        self._show_count()
        self._show_preview(value)

    def _show_count(self) -> None:
        t, count = self.editor.texts, len(self._problems)
        is_calm = all(p.is_unwritten for p in self._problems)
        if is_calm:
            words = t.trn("{n} thing unfinished", "{n} things unfinished", count) if count else ""
        else:
            words = t.trn("{n} thing to put right", "{n} things to put right", count)
        self._count.setText(words)
        self._count.setAccessibleName(words or t.tr("What is to be put right"))
        self._count.setVisible(bool(count))
        self._count.setIcon(self._look.icon(*(("note", "muted") if is_calm else ("warning", "danger")), 16))
        said = self._said(self._problems) if count else t.tr("Nothing to put right. It can be published.")
        self._first.setText(said)
        self.problems_changed.emit(count)

    def _said(self, problems: Sequence[Problem]) -> str:
        problem = problems[self._next % len(problems)]
        words = problem_in_words(self.editor.texts, problem)
        if not problem.part:
            return words
        rows = entries(self._typed, problem.part)  # what is typed may be ahead of the draft
        return f"{called(self.editor.texts, rows[problem.number])}: {words}" if problem.number < len(rows) else words

    def _show_preview(self, value: Content) -> None:
        if isinstance(self.preview, FormPreview) and isinstance(value, Template):
            self.preview.show_form(value, self._forms.number if self._forms is not None else -1)
        if not isinstance(self.preview, SchemePreview) or not isinstance(value, Scheme):
            return
        page = self.pages[0]
        assert isinstance(page, PartPage)
        code = value.codes[page.number] if 0 <= page.number < len(value.codes) else None
        self.preview.show_scheme(value, code.layer if isinstance(code, Code) and self._codes_shown() else None)

    def _codes_shown(self) -> bool:
        return self.tabs.currentIndex() == 0
