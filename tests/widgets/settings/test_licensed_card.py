"""Packages of licensed content are taken in, told of and removed in the settings; what is wrong has its line."""

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QMenu, QSpinBox

from app.casework.own_tasks import own_tasks
from app.model.licensed import LicensedPackage
from tests.drivers.hands import Hands
from tests.material.licensed import PACKAGE
from widgets.forms.file_dialogs import FileDialogs
from widgets.settings.licensed_card import LicensedCard


@pytest.fixture
def take(settings_page, hands: Hands, tmp_path, monkeypatch):
    """Take in a file with this text."""
    settings_page.opened(part="licensed")

    def take_in(text: str) -> None:
        path = tmp_path / "package.toml"
        path.write_text(text, "utf-8")
        monkeypatch.setattr(FileDialogs, "open", lambda *_: path)
        card = settings_page.findChild(LicensedCard)
        hands.press(card, "Take in a file…")
        hands.settle()

    return take_in


def test_a_package_says_whose_it_is_until_when_what_it_holds_and_who_may_use_it(
    settings_page, take, room, hands: Hands
) -> None:
    take(PACKAGE)
    words = hands.words(settings_page)
    for said in (
        "Tekaistu pakkaus · version 1", "© Oikeudet Oy, licence L-1", "Held by Tekaistu kunta", "valid until",
        "2 tasks · 1 instrument", f"by {room.store.worker.name}", f"may be used by: {room.store.worker.name}",
        "A1  ZORKILLA",
    ):  # fmt: skip
        assert said in words
    menu = next(m for m in settings_page.findChildren(QMenu) if m.actions() and m.actions()[0].isCheckable())
    mine = next(act for act in menu.actions() if act.text() == room.store.worker.name)
    mine.trigger()
    hands.settle()
    assert "not permitted to you" in hands.words(settings_page)
    assert "ZORKILLA" not in hands.words(settings_page)
    hands.press(settings_page, "Remove")
    hands.settle()
    assert room.store.find(LicensedPackage) == ()
    assert "No licensed content yet." in hands.words(settings_page)


def test_what_is_wrong_stands_with_its_line_until_a_file_is_right(settings_page, take, room, hands: Hands) -> None:
    wrong = PACKAGE.replace('dimensions = ["N"]', 'dimensions = ["Q"]')
    line = next(n for n, row in enumerate(wrong.splitlines(), start=1) if '"Q"' in row)
    take(wrong)
    assert f"Line {line}: tasks[A2]: Q is not a known dimensions." in hands.words(settings_page)
    assert room.store.find(LicensedPackage) == ()
    take(PACKAGE)
    assert f"Line {line}" not in hands.words(settings_page)


def test_an_own_task_has_its_weights_as_numbers(settings_page, room, hands: Hands) -> None:
    settings_page.opened(part="tasks")

    def fill(dialog) -> None:
        hands.type(hands.named(dialog, "Name", QLineEdit), "Hut")
        next(b for b in dialog.findChildren(QCheckBox) if b.text() == "preschool and school age").click()
        for name, weight in (("structure", 3), ("nurture", 1)):
            next(s for s in dialog.findChildren(QSpinBox) if s.accessibleName() == name).setValue(weight)
        hands.press(dialog, "Save")

    hands.answering(fill, lambda: hands.press(settings_page, "New task…"))
    (own,) = own_tasks(room.store)
    assert (own.dimensions, own.weights, own.main) == (("S", "N"), (3, 1), "S")
    assert (own.card().dimensions, own.card().weights) == (("S", "N"), (3, 1))
