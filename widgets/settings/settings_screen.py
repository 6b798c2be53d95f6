"""Settings: an index at the left, the chosen page beside it; own schemes and instruments open a page of their own."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from app.editing import Editor
from app.model.retention import Material
from app.model.stored import ContentDraft, ContentKind
from app.schemes.drafts import ContentEditor
from app.workspace import Workspace
from widgets.look.look import Look
from widgets.look.parts import beside, button, primary_button
from widgets.retention.due_card import DueCard
from widgets.retention.erased_card import ErasedCard
from widgets.retention.rule_card import RuleCard
from widgets.schemes.content_page import ContentPage
from widgets.schemes.contents_card import ContentsCard, editor_key
from widgets.screen import Go, Screen
from widgets.settings.about_card import AboutCard
from widgets.settings.backups_card import BackupsCard
from widgets.settings.keys_card import KeysCard
from widgets.settings.letterheads_card import LetterheadsCard
from widgets.settings.licensed_card import LicensedCard
from widgets.settings.log_card import LogCard
from widgets.settings.partners_card import PartnersCard
from widgets.settings.profile_card import ProfileCard
from widgets.settings.program_card import ProgramCard
from widgets.settings.reaction_card import ReactionCard
from widgets.settings.rooms_card import RoomsCard
from widgets.settings.security_card import SecurityCard
from widgets.settings.settings_index import SettingsIndex
from widgets.settings.settings_page import SettingsPage
from widgets.settings.signing_card import SigningCard
from widgets.settings.tasks_card import TasksCard
from widgets.settings.third_party import ThirdPartyCard
from widgets.settings.workers_card import WorkersCard

#: materials that have a rule besides films and cases
_OTHER_RULES = (Material.SUPERVISION, Material.SERVICES, Material.BACKUPS)


class SettingsScreen(Screen):
    """`opened(part=…)` opens one of its pages, by the names below; Ctrl+F seeks among them."""

    def __init__(self, workspace: Workspace, look: Look, go: Go) -> None:
        super().__init__(workspace, look, go)
        self.content_page: ContentPage | None = None
        self._profile = ProfileCard(workspace)
        self._profile.editor.saved.connect(self.show_saved)
        self._tasks = TasksCard(workspace)
        self._tasks.editor.saved.connect(self.show_saved)
        self._licensed = LicensedCard(workspace)
        self._licensed.shelf.saved.connect(self.show_saved)
        self._letterheads = LetterheadsCard(workspace)
        self._letterheads.editor.saved.connect(self.show_saved)
        self._backups = BackupsCard(workspace)
        self._shelves = tuple(map(self._shelf, (ContentKind.SCHEME, ContentKind.INSTRUMENT, ContentKind.TEMPLATE)))
        self._pages = self._make_pages()
        names = {key: page.name for key, page in self._pages.items()}
        self.index = SettingsIndex(workspace.texts, names, lambda key: self._pages[key].words())
        self._shown = QStackedWidget()
        for page in self._pages.values():
            self._shown.addWidget(page)
        self._body = QStackedWidget()
        self._both: QBoxLayout = beside(self.index, self._shown, spacing=0)
        self._both.setStretch(1, 1)
        inside = QWidget()
        inside.setLayout(self._both)
        self._body.addWidget(inside)
        self.column.addWidget(self._body, 1)
        self.index.chosen.connect(self._show_page)
        self.index.choose("profile")
        self.folding.changed.connect(self._fold)
        self._fold()

    def opened(self, part: str = "", **_ids: str) -> None:
        for page in self._pages.values():
            page.refresh()
        if part in self._pages:
            self.close_content()
            self.index.choose(part)

    def search(self) -> None:
        if self.content_page is None:
            self.index.search.setFocus()
            self.index.search.selectAll()

    def main_thing(self) -> QWidget:
        return self.index.pages if self.content_page is None else self.content_page.tabs.tabBar()

    def help_page(self) -> str:
        """Of the page that is shown, where the manual has one about it."""
        if self.content_page is not None:
            return "templates" if self.content_page.editor.kind == ContentKind.TEMPLATE else "schemes"
        return {"workers": "archive", "schemes": "schemes", "instruments": "schemes", "templates": "templates",
                "tasks": "plan",
                "licensed": "plan", "backup": "backup",
                "keys": "keys"}.get(self.index.current, "")  # fmt: skip

    def left(self) -> None:
        self._profile.commit()
        self._letterheads.commit()
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
        page = self.content_page = ContentPage(space, self.look, editor, self.folding)
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
            t = self.texts
            words = (
                t.tr("{name}: version {n} was published. Services begun go on with theirs.", name=name, n=version)
                if draft.kind == ContentKind.TEMPLATE
                else t.tr(
                    "{name}: version {n} was published. Codings in progress go on with theirs.", name=name, n=version
                )
            )
            self.workspace.notices.done(words)

    def _make_pages(self) -> dict[str, SettingsPage]:
        space, t = self.workspace, self.texts
        schemes, instruments, templates = self._shelves
        return {
            "profile": SettingsPage(
                t.tr("Own details"),
                t.tr("These stand in statements under your name."),
                (("", self._profile), (t.tr("Reaction time"), ReactionCard(space, self.look))),
            ),
            "letterheads": SettingsPage(
                t.tr("Letterheads"),
                t.tr("Name, address and logo at the top of page one, one for each employer."),
                (("", self._letterheads),),
            ),
            "workers": SettingsPage(
                t.tr("Workers and passphrases"),
                t.tr("Everybody has a sign-in of their own: the archive opens with nothing else."),
                (("", WorkersCard(space)),),
            ),
            "partners": SettingsPage(
                t.tr("Partners on other computers"),
                t.tr("Two computers and no server: each needs the other's key once, made sure of by phone."),
                (("", PartnersCard(space, self.go)),),
            ),
            "security": SettingsPage(
                t.tr("Security"),
                t.tr("What the program holds closed, and what it cannot."),
                (("", SecurityCard(t, space.films.kept_from)),),
            ),
            "schemes": SettingsPage(
                t.tr("Coding schemes"),
                t.tr("What is coded, with which keys. A coding keeps the version that it was begun with."),
                (("", schemes),),
            ),
            "instruments": SettingsPage(
                t.tr("Rating instruments"),
                t.tr("What is rated after a task, and on which scale."),
                (("", instruments),),
            ),
            "templates": SettingsPage(
                t.tr("Service templates"),
                t.tr("A service as data: phases, forms and papers. Work keeps the version that it was begun with."),
                (("", templates),),
            ),
            "tasks": SettingsPage(
                t.tr("Tasks"),
                t.tr("The tasks that a plan is made of. A plan keeps the wording that it was made with."),
                (("", self._tasks),),
            ),
            "licensed": SettingsPage(
                t.tr("Licensed content"),
                t.tr("Original task cards and instruments whose licence you or your county own."),
                (("", self._licensed),),
            ),
            "keys": SettingsPage(t.tr("Keys"), "", (("", KeysCard(space)),)),
            "rooms": SettingsPage(
                t.tr("Rooms for filming"),
                t.tr("Which camera and microphone are used where."),
                (("", RoomsCard(space)),),
            ),
            "backup": SettingsPage(
                t.tr("Backups"),
                t.tr("A backup is encrypted as the archive is. Each is opened and checked before it counts as made."),
                (("", self._backups),),
            ),
            "retention": SettingsPage(
                t.tr("Retention"),
                t.tr("How long material is kept and what is to be erased. Only old backups go by themselves."),
                (
                    (t.tr("To be erased"), DueCard(space, self.look, self.go)),
                    (t.tr("Erased from this archive"), ErasedCard(space, self.look)),
                    (t.tr("Rules"), RuleCard(space, Material.FILMS, of_case=False)),
                    ("", RuleCard(space, Material.CASE, of_case=False)),
                    *(("", RuleCard(space, m, of_case=False)) for m in _OTHER_RULES),
                ),
            ),
            "signing": SettingsPage(
                t.tr("Signing"),
                t.tr("Final statements are signed with a card or a certificate file, by default without any network."),
                (("", SigningCard(space)),),
            ),
            "log": SettingsPage(
                t.tr("Access log"),
                t.tr("Who did what in this archive, and when. Nobody can change the log unnoticed."),
                (("", LogCard(space)),),
            ),
            "program": SettingsPage(t.tr("Program"), "", (("", ProgramCard(t, space.preferences)),)),
            "about": SettingsPage(
                t.tr("About"), "", (("", AboutCard(t)), (t.tr("Software by others"), ThirdPartyCard(t)))
            ),
        }

    def _show_page(self, key: str) -> None:
        self._shown.setCurrentWidget(self._pages[key])
        self._show_title()

    def _fold(self) -> None:
        """On a small screen the index is a row above the page."""
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.TopToBottom if self.folding.is_narrow else ways.LeftToRight)
        self.index.fold(on=self.folding.is_narrow)

    def _shelf(self, kind: ContentKind) -> ContentsCard:
        card = ContentsCard(self.workspace, self.look, kind)
        card.opened.connect(self.open_content)
        return card

    def _refresh_shelves(self) -> None:
        for card in self._shelves:
            card.refresh()

    def _editor(self) -> Editor:
        if self.content_page is not None:
            return self.content_page.editor
        own = {"tasks": self._tasks.editor, "licensed": self._licensed.shelf, "letterheads": self._letterheads.editor}
        return own.get(self.index.current, self._profile.editor)

    def _show_title(self) -> None:
        t, page = self.texts, self.content_page
        if page is None:
            self.set_title(t.tr("Settings"), t.tr("{name} · changes are kept at once", name=self.workspace.worker.name))
            on_backups = self._shown.currentWidget() is self._pages["backup"]
            self.set_actions(*([primary_button(t.tr("Back up now"), self._backups.back_up)] if on_backups else []))
            self.show_saved(None)
            return
        self._name_content(page.editor)
        self._publish = primary_button(t.tr("Publish as version {n}", n=page.editor.version), self.publish)
        back = button(t.tr("Back to settings"), self.close_content)
        self.set_actions(back, *page.openers(), self._publish)
        self._on_problems(len(page.editor.problems()))
        self.show_saved(page.editor.saved_at)

    def _on_problems(self, count: int) -> None:
        self._publish.setEnabled(not count)

    def _on_content_changed(self, _changes: object) -> None:
        if self.content_page is not None and self.content_page.editor.draft is not None:
            self._name_content(self.content_page.editor)

    def _name_content(self, editor: ContentEditor) -> None:
        t = self.texts
        kinds = {
            ContentKind.SCHEME: t.tr("Coding schemes"),
            ContentKind.INSTRUMENT: t.tr("Rating instruments"),
            ContentKind.TEMPLATE: t.tr("Service templates"),
        }
        version = t.tr("draft of version {n}", n=editor.version)
        self.set_title(kinds[editor.kind], f"{t.words(editor.value.name)} · {version}")
