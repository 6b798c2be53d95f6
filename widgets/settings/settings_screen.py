"""Settings as one page of cards, each about one thing; own schemes and instruments open a page of their own."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from app.editing import Editor
from app.model.stored import ContentDraft, ContentKind
from app.schemes.drafts import ContentEditor
from app.workspace import Workspace
from widgets.look.look import Look
from widgets.look.parts import button, primary_button, scrolled, section_label, stacked
from widgets.schemes.content_page import ContentPage
from widgets.schemes.contents_card import ContentsCard, editor_key
from widgets.screen import Go, Screen
from widgets.settings.about_card import AboutCard
from widgets.settings.archive_card import ArchiveCard
from widgets.settings.keys_card import KeysCard
from widgets.settings.profile_card import ProfileCard
from widgets.settings.program_card import ProgramCard
from widgets.settings.reaction_card import ReactionCard
from widgets.settings.rooms_card import RoomsCard
from widgets.settings.security_card import SecurityCard
from widgets.settings.workers_card import WorkersCard


class SettingsScreen(Screen):
    """`opened(part=…)` scrolls to one of its parts, by the names below."""

    def __init__(self, workspace: Workspace, look: Look, go: Go) -> None:
        super().__init__(workspace, look, go)
        t = workspace.texts
        self.content_page: ContentPage | None = None
        self._profile = ProfileCard(workspace)
        self._profile.editor.saved.connect(self.show_saved)
        self._parts: dict[str, QWidget] = {
            "profile": self._profile,
            "reaction": ReactionCard(workspace, look),
            "workers": WorkersCard(workspace),
            "security": SecurityCard(t),
            "schemes": self._shelf(ContentKind.SCHEME),
            "instruments": self._shelf(ContentKind.INSTRUMENT),
            "backup": ArchiveCard(workspace),
            "rooms": RoomsCard(workspace),
            "keys": KeysCard(workspace),
            "program": ProgramCard(t, workspace.preferences),
            "about": AboutCard(t),
        }
        names = {
            "profile": t.tr("Own details"),
            "reaction": t.tr("Reaction time"),
            "workers": t.tr("Workers and passphrases"),
            "security": t.tr("Security"),
            "schemes": t.tr("Coding schemes"),
            "instruments": t.tr("Rating instruments"),
            "backup": t.tr("Backup and the archive"),
            "rooms": t.tr("Rooms for filming"),
            "keys": t.tr("Keys"),
            "program": t.tr("Program"),
            "about": t.tr("About"),
        }
        inside = QWidget()
        column = stacked(spacing=10, margins=(28, 20, 28, 28))
        for key, card in self._parts.items():
            column.addWidget(section_label(names[key]))
            card.setMaximumWidth(860)
            column.addWidget(card)
            column.addSpacing(12)
        column.addStretch(1)
        inside.setLayout(column)
        self._page: QScrollArea = scrolled(inside)
        self._body = QStackedWidget()
        self._body.addWidget(self._page)
        self.column.addWidget(self._body, 1)
        self._show_title()

    def opened(self, part: str = "", **_ids: str) -> None:
        for card in self._parts.values():
            refresh = getattr(card, "refresh", None)
            if refresh is not None:
                refresh()
        if part in self._parts:
            self.close_content()
            self._page.ensureWidgetVisible(self._parts[part], 0, 60)

    def main_thing(self) -> QWidget:
        return super().main_thing() if self.content_page is None else self.content_page.tabs.tabBar()

    def left(self) -> None:
        self._profile.commit()
        if self.content_page is not None:
            self.content_page.commit()

    def undo(self) -> None:
        self._editor().undo()

    def redo(self) -> None:
        self._editor().redo()

    # a scheme or an instrument being worked on

    def open_content(self, draft: ContentDraft) -> None:
        """The page of a draft, over the cards."""
        self.close_content()
        space = self.workspace
        editor = space.editor(editor_key(draft), lambda: ContentEditor(space.store, space.texts, draft))
        page = self.content_page = ContentPage(space, self.look, editor)
        editor.saved.connect(self.show_saved)
        page.problems_changed.connect(self._on_problems)
        editor.changed.connect(self._on_content_changed)
        self._body.addWidget(page)
        self._body.setCurrentWidget(page)
        self._show_title()
        page.tabs.tabBar().setFocus()

    def close_content(self) -> None:
        """Back to the cards; what is being typed is kept."""
        page, self.content_page = self.content_page, None
        if page is None:
            return
        page.commit()
        page.editor.saved.disconnect(self.show_saved)
        page.editor.changed.disconnect(self._on_content_changed)
        self._body.removeWidget(page)
        page.deleteLater()
        self._refresh_shelves()
        self._show_title()

    def publish(self) -> None:
        """The draft becomes a version; said, and back to the cards."""
        page = self.content_page
        assert page is not None
        page.commit()
        name = self.texts.words(page.editor.value.name)
        draft = page.editor.draft
        version = page.editor.publish()
        if version and draft is not None:
            self.close_content()
            self.workspace.forget_editor(editor_key(draft))
            words = self.texts.tr(
                "{name}: version {n} was published. Codings in progress go on with theirs.", name=name, n=version
            )
            self.workspace.notices.done(words)

    def _shelf(self, kind: ContentKind) -> ContentsCard:
        card = ContentsCard(self.workspace, self.look, kind)
        card.opened.connect(self.open_content)
        return card

    def _refresh_shelves(self) -> None:
        for key in ("schemes", "instruments"):
            card = self._parts[key]
            assert isinstance(card, ContentsCard)
            card.refresh()

    def _editor(self) -> Editor:
        return self._profile.editor if self.content_page is None else self.content_page.editor

    def _show_title(self) -> None:
        t, page = self.texts, self.content_page
        if page is None:
            self.set_title(t.tr("Settings"))
            self.set_actions()
            self.show_saved(None)
            return
        self._name_content(page.editor)
        self._publish = primary_button(t.tr("Publish as version {n}", n=page.editor.version), self.publish)
        back = button(t.tr("Back to settings"), self.close_content)
        self.set_actions(back, self._publish)
        self._on_problems(len(page.editor.problems()))
        self.show_saved(page.editor.saved_at)

    def _on_problems(self, count: int) -> None:
        self._publish.setEnabled(not count)

    def _on_content_changed(self, _changes: object) -> None:
        if self.content_page is not None and self.content_page.editor.draft is not None:
            self._name_content(self.content_page.editor)

    def _name_content(self, editor: ContentEditor) -> None:
        t = self.texts
        kind = t.tr("Coding schemes") if editor.kind == ContentKind.SCHEME else t.tr("Rating instruments")
        version = t.tr("draft of version {n}", n=editor.version)
        self.set_title(kind, f"{t.words(editor.value.name)} · {version}")
