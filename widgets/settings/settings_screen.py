"""Settings as one page of cards, each about one thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QScrollArea, QWidget

from app.settings import Settings
from app.workspace import Workspace
from widgets.look import Look
from widgets.parts import scrolled, section_label, stacked
from widgets.screen import Go, Screen
from widgets.settings.about_card import AboutCard
from widgets.settings.archive_card import ArchiveCard
from widgets.settings.profile_card import ProfileCard
from widgets.settings.program_card import ProgramCard
from widgets.settings.rooms_card import RoomsCard
from widgets.settings.workers_card import WorkersCard


class SettingsScreen(Screen):
    """`opened(part=…)` scrolls to profile, workers, backup, program or about."""

    def __init__(
        self, workspace: Workspace, look: Look, go: Go, settings: Settings, keep: Callable[[Settings], None]
    ) -> None:
        super().__init__(workspace, look, go)
        t = workspace.texts
        self._settings, self._keep = settings, keep
        self.set_title(t.tr("Settings"))
        self._profile = ProfileCard(workspace)
        self._profile.editor.saved.connect(self.show_saved)
        self._parts: dict[str, QWidget] = {
            "profile": self._profile,
            "workers": WorkersCard(workspace),
            "backup": ArchiveCard(workspace, lambda: self._settings, self.keep_fields),
            "rooms": RoomsCard(workspace, lambda: self._settings, self.keep_fields),
            "program": ProgramCard(t, settings, self.keep_fields),
            "about": AboutCard(t),
        }
        names = {
            "profile": t.tr("Own details"),
            "workers": t.tr("Workers and passphrases"),
            "backup": t.tr("Backup and the archive"),
            "rooms": t.tr("Rooms for filming"),
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
        self.column.addWidget(self._page, 1)

    def keep_fields(self, **fields: Any) -> None:
        """One card's fields are kept without taking back what another card kept before."""
        self._settings = replace(self._settings, **fields)
        self._keep(self._settings)

    def opened(self, part: str = "", **_ids: str) -> None:
        for card in self._parts.values():
            refresh = getattr(card, "refresh", None)
            if refresh is not None:
                refresh()
        if part in self._parts:
            self._page.ensureWidgetVisible(self._parts[part], 0, 60)

    def left(self) -> None:
        self._profile.commit()

    def undo(self) -> None:
        self._profile.editor.undo()

    def redo(self) -> None:
        self._profile.editor.redo()
