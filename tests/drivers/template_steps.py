"""A service template made in the settings by keys: the parts of its page, their lists and their fields."""

from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from tests.drivers.case_steps import choose
from tests.drivers.hands import Hands, Key
from widgets.forms.inputs import Choice
from widgets.schemes.content_page import ContentPage
from widgets.schemes.part_page import PartPage


class TemplateHands:
    """Hands on the page of one template, which is written in one language."""

    def __init__(self, hands: Hands, page: ContentPage, language: str) -> None:
        self.hands, self.page, self.language = hands, page, language

    def part(self, title: str) -> QWidget:
        """The part whose tab says `title`, gone to by keys."""
        hands, bar = self.hands, self.page.tabs.tabBar()
        titles = [bar.tabText(n) for n in range(bar.count())]
        hands.focus(bar)
        while self.page.tabs.currentIndex() != titles.index(title):
            ahead = self.page.tabs.currentIndex() < titles.index(title)
            hands.key(bar, Key.Key_Right if ahead else Key.Key_Left)
        hands.settle()
        return self.page.tabs.currentWidget()

    def add(self, part: QWidget) -> None:
        """One entry more by Insert in the list, or by the button of a part that has none."""
        assert isinstance(part, PartPage)
        if part.list.isVisible():
            self.hands.focus(part.list.list)
            self.hands.key(part.list.list, Key.Key_Insert)
        else:
            self.by_key(self.hands.button(part, "Lisää"))
        self.hands.settle()

    def write(self, part: QWidget, name: str, text: str) -> None:
        """A text in the field called `name`, kept by going on."""
        kinds = part.findChildren(QWidget)
        called = f"{name} · {self.language}"
        (field,) = [w for w in kinds if w.isVisible() and w.accessibleName() == called]
        self.hands.fill(field, text)

    def choose(self, part: QWidget, name: str, words: str) -> None:
        choose(self.hands, self.hands.named(part, name, Choice), words)

    def tick(self, part: QWidget, words: str) -> None:
        (box,) = [b for b in part.findChildren(QCheckBox) if b.isVisible() and b.text() == words]
        self.by_key(box)

    def press(self, part: QWidget, words: str) -> None:
        self.by_key(self.hands.button(part, words))

    def by_key(self, button: QWidget) -> None:
        assert isinstance(button, QPushButton | QCheckBox)
        assert button.isEnabled(), button.text()
        self.hands.focus(button)
        self.hands.key(button, Key.Key_Space)
        self.hands.settle()
