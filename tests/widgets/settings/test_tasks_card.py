"""Own tasks are made in the settings, by hand, and come back with Undo."""

from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit

from app.casework.own_tasks import own_tasks
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


def test_words_of_a_language_are_kept_while_others_are_looked_at(settings_page, room, hands: Hands) -> None:
    settings_page.opened(part="tasks")

    def fill(dialog) -> None:
        hands.type(hands.named(dialog, "Name", QLineEdit), "Hut")
        for language, name in (("fi", "Maja"), ("sv", "Koja"), ("", None)):
            dialog.language.set_value(language)
            dialog.language.activated.emit(0)
            if name:
                hands.type(hands.named(dialog, "Name", QLineEdit), name)
        assert hands.named(dialog, "Name", QLineEdit).text() == "Hut"
        next(box for box in dialog.findChildren(QCheckBox) if box.text() == "preschool and school age").click()
        hands.press(dialog, "Save")

    hands.answering(fill, lambda: hands.press(settings_page, "New task…"))
    (own,) = own_tasks(room.store)
    assert {(one.language, one.name) for one in own.wordings} == {("fi", "Maja"), ("sv", "Koja")}
    hands.settle()
    hands.press(settings_page, "Put aside")
    hands.settle()
    assert "put aside: not offered for plans" in hands.words(settings_page)
    hands.press(settings_page, "Take into use")
    assert not own_tasks(room.store)[0].aside
