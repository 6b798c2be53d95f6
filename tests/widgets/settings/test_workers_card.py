"""Who can sign in: a worker removed with the archive's key, and a new one led to an own code."""

from functools import partial

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton

from tests.drivers.hands import Hands
from widgets.settings.remove_sign_in import RemoveSignIn
from widgets.settings.workers_card import WorkersCard


@pytest.fixture
def card(room, qtbot):
    home = room.home
    room.space.archive.names = [(home.aino.id, home.aino.name), (home.leena.id, home.leena.name)]
    made = WorkersCard(room.space)
    qtbot.addWidget(made)
    made.show()
    return made


def removing(card) -> list[QPushButton]:
    return [b for b in card.findChildren(QPushButton) if b.accessibleName().startswith("Remove the sign-in")]


@pytest.mark.parametrize("with_key", [True, False])
def test_another_is_removed_after_a_question_that_says_what_old_copies_open(qtbot, room, card, with_key) -> None:
    hands, locks, said = Hands(qtbot), [], []
    room.space.lock_wanted.connect(lambda: locks.append(1))
    (remove,) = removing(card)

    def answer(dialog) -> None:
        assert isinstance(dialog, RemoveSignIn)
        said.extend(part.text() for part in dialog.findChildren(QLabel))
        assert dialog.changes_key()
        hands.one(dialog, QCheckBox).setChecked(with_key)
        hands.press(dialog, "Remove")

    hands.answering(answer, remove.click)
    qtbot.waitUntil(lambda: not removing(card))
    assert any("old copy" in words for words in said)
    assert room.space.archive.names == [(room.home.aino.id, room.home.aino.name)]
    assert (room.space.archive.key_changes, len(locks)) == ((1, 1) if with_key else (0, 0))


def test_nothing_is_removed_without_yes(qtbot, room, card) -> None:
    hands = Hands(qtbot)
    (remove,) = removing(card)
    hands.answering(partial(hands.press, text="Cancel"), remove.click)
    assert len(room.space.archive.names) == 2


def test_codings_that_only_the_removed_worker_can_open_are_told_before(qtbot, room, card) -> None:
    hands, said = Hands(qtbot), []
    room.space.archive.sealed[room.home.leena.id] = 2
    (remove,) = removing(card)

    def answer(dialog) -> None:
        said.extend(part.text() for part in dialog.findChildren(QLabel))
        hands.press(dialog, "Cancel")

    hands.answering(answer, remove.click)
    assert any(words.startswith("2 codings open only with Leena Malli's own key") for words in said)
