"""The program's own settings, built from the fields of the `Settings` value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from PySide6.QtWidgets import QWidget

from app.i18n import NAMES, Texts
from app.settings.preferences import Preferences
from app.settings.values import Settings
from widgets.forms.inputs import ChoiceBox, Number
from widgets.look.parts import Card, field


class ProgramCard(Card):
    """A choice or a number per field; what is chosen is kept at once."""

    def __init__(self, texts: Texts, preferences: Preferences) -> None:
        super().__init__(spacing=14, padding=20)
        self._texts, self._preferences = texts, preferences
        self._shown: dict[str, Callable[[Any], None]] = {}
        for entry in fields(Settings):
            about = dict(entry.metadata)
            if "label" not in about:
                continue
            made = self._choice(entry.name, about) if "choices" in about else self._number(entry.name, about)
            made.setMaximumWidth(420)
            name = str(about["label"])
            self.column.addLayout(field(texts.tr(name), made))
        preferences.changed.connect(self._on_changed)  # bound: the preferences outlive the card

    def _choice(self, name: str, about: dict[str, Any]) -> QWidget:
        made = ChoiceBox()
        labels = about.get("labels")
        for number, value in enumerate(about["choices"]):
            made.addItem(self._texts.tr(labels[number]) if labels else NAMES[value], value)
        made.setCurrentIndex(made.findData(getattr(self._preferences.now, name)))
        self._shown[name] = lambda value: made.setCurrentIndex(made.findData(value))
        made.activated.connect(lambda _: self._set(name, made.currentData()))
        return made

    def _number(self, name: str, about: dict[str, Any]) -> QWidget:
        made = Number(about["least"], about["most"])
        made.setValue(getattr(self._preferences.now, name))
        self._shown[name] = made.setValue
        made.setKeyboardTracking(False)  # a figure being typed is not yet the number that is meant
        made.valueChanged.connect(lambda value: self._set(name, value))
        return made

    def _set(self, name: str, value: Any) -> None:
        self._preferences.change(**{name: value})

    def _on_changed(self, old: Settings, new: Settings) -> None:
        """Chosen elsewhere, in the menu: the card says the same."""
        for name, show in self._shown.items():
            if getattr(old, name) != getattr(new, name):
                show(getattr(new, name))
