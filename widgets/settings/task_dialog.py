"""An own task's form: its words by language, for whom it is, what it asks for, and how it was worded before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from app.casework.languages import language_name
from app.model.licensed_file import MOST_WEIGHT
from app.model.plan import PLAN_DIMENSIONS, OwnTask, TaskCard, TaskWording
from app.model.words import LANGUAGES
from app.schemes import library
from app.services.library import first
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.folding import size_to_fit
from widgets.forms.inputs import Choice, GrowingText
from widgets.look.parts import beside, button, field, label, primary_button, scrolled, stacked

#: the words that are said where a language has none of its own
EVERY = ""


class TaskWords:
    """What a card's keys are called."""

    def __init__(self, workspace: Workspace) -> None:
        self.texts = workspace.texts
        self.pick = StatementTexts(workspace.texts.language)
        self._scheme = library.scheme(first().scheme)

    def dimension(self, key: str) -> str:
        found = self._scheme.dimension(key)
        return self.texts.words(found.name) if found else key

    def about(self, card: TaskCard) -> str:
        """For whom, what it asks for, what is needed, what to be careful about."""
        said = [", ".join(self.pick.of("ages", age) for age in card.ages)]
        said.append(", ".join(map(self.dimension, card.dimensions)))
        if card.materials is not None:
            said.append(self.texts.words(card.materials))
        said.append(", ".join(self.pick.of("safety", tag) for tag in card.safety))
        return " · ".join(part for part in said if part)


class TaskDialog(QDialog):
    """An own task's fields."""

    def __init__(self, workspace: Workspace, words: TaskWords, task: OwnTask | None, parent: QWidget) -> None:
        super().__init__(parent)
        t = workspace.texts
        self.setWindowTitle(t.tr("Own task"))
        size_to_fit(self, 560, 560)
        shown = task or OwnTask("", "", "")
        self._name, self._text, self._materials = QLineEdit(), GrowingText(least_lines=2), QLineEdit()
        self._said = {EVERY: TaskWording(EVERY, shown.name, shown.text, shown.materials)}
        self._said |= {wording.language: wording for wording in shown.wordings}
        self._shown_language = EVERY
        spoken = [(language, language_name(t, language)) for language in LANGUAGES]
        self.language = Choice([(EVERY, t.tr("every language")), *spoken])
        self.language.set_value(EVERY)
        self.language.activated.connect(lambda _: self._speak())
        self._fill()
        self._ages = _ticks({key: words.pick.of("ages", key) for key in words.pick.keys("ages")}, shown.ages)
        self._weights = {key: _weight(words.dimension(key), weight) for key, weight in _weights_of(shown).items()}
        self._safety = _ticks({key: words.pick.of("safety", key) for key in words.pick.keys("safety")}, shown.safety)
        inside = QWidget()
        inside.setLayout(
            stacked(
                field(t.tr("Words for"), self.language),
                label(t.tr("Where a language has no words of its own, those of every language are used."), "caption"),
                field(t.tr("Name"), self._name),
                field(t.tr("What the card says"), self._text),
                field(t.tr("Materials"), self._materials),
                _group(t.tr("For whom"), self._ages),
                label(t.tr("How much it asks for each dimension, 0 for not at all"), "caption"),
                beside(*(field(words.dimension(key), spin) for key, spin in self._weights.items()), None),
                _group(t.tr("What to be careful about"), self._safety),
                *_earlier(workspace, shown),
                None,
                spacing=12,
                margins=(24, 20, 24, 12),
            )
        )
        keep = primary_button(t.tr("Save"), self.accept)
        keep.setDefault(True)
        foot = beside(button(t.tr("Cancel"), self.reject, "quiet"), None, keep, margins=(24, 8, 24, 16))
        self.setLayout(stacked(scrolled(inside), foot, spacing=0))

    def _speak(self) -> None:
        """The words of another language; what was typed in the one before is kept."""
        self._keep()
        self._shown_language = self.language.value()
        self._fill()

    def _keep(self) -> None:
        typed = (self._name.text().strip(), self._text.toPlainText().strip(), self._materials.text().strip())
        self._said[self._shown_language] = TaskWording(self._shown_language, *typed)

    def _fill(self) -> None:
        said = self._said.get(self._shown_language, TaskWording(self._shown_language))
        self._name.setText(said.name)
        self._text.setPlainText(said.text)
        self._materials.setText(said.materials)

    def fields(self) -> dict[str, object]:
        """What stands there, by the fields of an `OwnTask`."""
        self._keep()
        every = self._said[EVERY]
        spoken = (self._said.get(language) for language in LANGUAGES)
        return {
            "name": every.name,
            "text": every.text,
            "materials": every.materials,
            "wordings": tuple(one for one in spoken if one and (one.name or one.text or one.materials)),
            "ages": _ticked(self._ages),
            **self._asked(),
            "safety": _ticked(self._safety),
        }

    def _asked(self) -> dict[str, object]:
        """Dimensions with their weights; the main one is the one with the most, where there is one."""
        asked = {key: spin.value() for key, spin in self._weights.items() if spin.value()}
        most = [key for key, weight in asked.items() if weight == max(asked.values())]
        is_even = len(set(asked.values())) <= 1
        return {
            "dimensions": tuple(asked),
            "weights": () if is_even else tuple(asked.values()),
            "main": most[0] if len(most) == 1 and not is_even else "",
        }


def _weights_of(task: OwnTask) -> dict[str, int]:
    """A task from before there were numbers asks its main dimension for twice as much, as its order said."""
    held = dict(zip(task.dimensions, task.weights, strict=False))
    return {
        key: 0 if key not in task.dimensions else held.get(key, 2 if key == task.main else 1) for key in PLAN_DIMENSIONS
    }


def _weight(name: str, value: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(0, MOST_WEIGHT)
    spin.setValue(value)
    spin.setAccessibleName(name)
    return spin


def _earlier(workspace: Workspace, task: OwnTask) -> list[QWidget]:
    """How it was worded before, the latest first."""
    t = workspace.texts
    return [
        label(
            t.tr(
                "Version {n}, until {day}: {name}. {text}",
                n=one.version,
                day=t.date(one.until),
                name=one.name,
                text=one.text,
            ),
            "caption",
            wrap=True,
        )
        for one in reversed(task.earlier)
    ]


def _ticks(names: dict[str, str], chosen: Sequence[str]) -> dict[str, QCheckBox]:
    made = {key: QCheckBox(name) for key, name in names.items()}
    for key, box in made.items():
        box.setChecked(key in chosen)
    return made


def _ticked(boxes: dict[str, QCheckBox]) -> tuple[str, ...]:
    return tuple(key for key, box in boxes.items() if box.isChecked())


def _group(name: str, boxes: dict[str, QCheckBox]) -> QVBoxLayout:
    column = stacked(label(name, "caption"), spacing=2)
    for box in boxes.values():
        column.addWidget(box)
    return column
