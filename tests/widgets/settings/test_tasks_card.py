"""Own tasks are made in the settings, by hand, and come back with Undo."""

from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit

from tests.drivers.hands import Hands


def test_an_own_task_is_made_worded_anew_and_removed(settings_page, room, hands: Hands) -> None:
    settings_page.opened(part="tasks")

    def fill(dialog: QDialog) -> None:
        hands.type(hands.named(dialog, "Name", QLineEdit), "Hut")
        next(box for box in dialog.findChildren(QCheckBox) if box.text() == "preschool and school age").click()
        hands.press(dialog, "Save")

    hands.answering(fill, lambda: hands.press(settings_page, "New task…"))
    hands.settle()
    assert "Hut\n" in hands.words(settings_page)
    hands.answering(lambda d: hands.press(d, "Cancel"), lambda: hands.press(settings_page, "Edit…"))
    hands.press(settings_page, "Remove")
    assert room.said[-1].action_label == "Undo"
    hands.settle()
    assert "No own tasks yet." in hands.words(settings_page)
    settings_page.undo()
    hands.settle()
    assert "Hut\n" in hands.words(settings_page)
