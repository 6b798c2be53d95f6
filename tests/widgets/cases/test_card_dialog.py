"""Films from a card: what the names tell is shown, can be changed with keys, and becomes one job per recording."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.films.camera_cards import CardFile, recognized
from app.films.intake import Wish
from app.i18n import Texts
from app.model.change import added
from app.model.people import Case
from app.model.recording import Recording, SoundTrack
from app.model.timecode import SECOND
from app.notices import Tone
from tests.material.builders import facts, recording
from widgets.cases.card_dialog import CardDialog
from widgets.cases.taking_in import take_in_cards
from widgets.films.sync_dialog import SyncDialog
from widgets.look import look as looks

GIB = 2**30
MINUTE = 60 * SECOND
LOOK = looks.Look(looks.LIGHT)


def rows(*names: str, size: int = 4 * GIB - 2**20):
    return recognized(CardFile(Path("/card") / name, size, n * 20 * MINUTE) for n, name in enumerate(names, start=1))


@pytest.fixture
def dialog(qtbot, page_parent):
    def make(found) -> CardDialog:
        made = CardDialog(Texts("en"), LOOK, found, page_parent)
        made.setWindowFlags(Qt.WindowType.Widget)  # the offscreen platform has nothing to hold a dialog's size with
        page_parent.show()
        made.show()
        return made

    return make


@pytest.fixture
def page_parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


def chosen(dialog) -> list[list[str]]:
    return [[f.path.name for f in one] for one in dialog.chosen]


def test_chapters_are_shown_as_one_film(dialog) -> None:
    made = dialog(rows("GX010042.MP4", "GX020042.MP4", "GX010043.MP4"))
    assert chosen(made) == [["GX010042.MP4", "GX020042.MP4"], ["GX010043.MP4"]]
    assert made.sum.text() == "They become 2 films."
    assert not made.unsure.isVisible()
    ticks = [made.list.item(n).checkState() for n in (1, 2)]
    assert ticks == [Qt.CheckState.Checked, Qt.CheckState.Unchecked]
    assert not made.list.item(0).flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert "4.3\xa0GB" in made.list.item(0).text()


def test_what_is_unsure_is_said_and_a_tick_settles_it(dialog, qtbot) -> None:
    made = dialog(rows("aamu.mp4", "ilta.mp4", size=GIB))
    assert made.unsure.isVisible()
    made.list.setFocus()
    made.list.setCurrentRow(1)
    qtbot.keyClick(made.list, Qt.Key.Key_Space)
    assert chosen(made) == [["aamu.mp4", "ilta.mp4"]]
    assert made.sum.text() == "They become 1 film."
    assert not made.unsure.isVisible()


def test_files_are_moved_with_keys_and_buttons(dialog, qtbot) -> None:
    made = dialog(rows("GX010042.MP4", "GX020042.MP4", "GX030042.MP4"))
    made.list.setFocus()
    made.list.setCurrentRow(2)
    qtbot.keyClick(made.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert chosen(made) == [["GX010042.MP4", "GX030042.MP4", "GX020042.MP4"]]
    assert made.list.currentRow() == 1
    made.up.click()
    assert made.list.currentRow() == 0
    assert not made.up.isEnabled()
    # what was first and began the recording still says so, below the one that came before it
    assert chosen(made) == [["GX030042.MP4"], ["GX010042.MP4", "GX020042.MP4"]]
    qtbot.keyClick(made.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert made.list.currentRow() == 1


def card(tmp_path, names: dict[str, int]) -> tuple[CardFile, ...]:
    files = []
    for name, minute in names.items():
        path = tmp_path / name
        path.write_bytes(b"x" * 100)
        files.append(CardFile(path, 100, minute * MINUTE))
    return tuple(files)


def test_recordings_of_a_card_follow_each_other_on_the_meetings_clock(house, show, qtbot, tmp_path, meeting_id) -> None:
    house.consent(house.store.find(Case)[0].id)
    panel = show(meeting_id=meeting_id).meetings.panel.films
    house.gate.facts = replace(facts(), duration=10 * MINUTE)
    first, second = card(tmp_path, {"C0001.MP4": 30, "C0002.MP4": 50})
    with qtbot.waitSignal(house.notices.said):
        take_in_cards(house.space, LOOK, Wish((), meeting_id, 1), ((first,), (second,)))
    films = house.store.find(Recording, meeting_id=meeting_id)
    assert [f.offset for f in films] == [0, 20 * MINUTE]
    assert "Empty the card when you have checked the film." in house.said[-1].text
    assert house.said[-1].stays
    assert panel is not None


def test_one_film_of_this_computer_reminds_of_no_card(house, show, qtbot, tmp_path, meeting_id) -> None:
    house.consent(house.store.find(Case)[0].id)
    show(meeting_id=meeting_id)
    with qtbot.waitSignal(house.notices.said):
        take_in_cards(house.space, LOOK, Wish((), meeting_id, 1), (card(tmp_path, {"C0001.MP4": 30}),))
    assert "card" not in house.said[-1].text
    assert house.said[-1].tone == Tone.DONE


def test_a_second_camera_with_sound_can_be_aligned_at_once(
    house, show, qtbot, tmp_path, meeting_id, monkeypatch
) -> None:
    house.consent(house.store.find(Case)[0].id)
    house.store.apply("film", [added(recording(meeting_id))])
    screen = show(meeting_id=meeting_id)
    house.gate.facts = replace(facts(), sound_tracks=(SoundTrack("aac", 1, 48_000),))
    with qtbot.waitSignal(house.notices.said):
        take_in_cards(house.space, LOOK, Wish((), meeting_id, 2), (card(tmp_path, {"IMG_1.MOV": 30}),))
    assert house.said[-1].action_label == "Align the cameras…"
    asked = []
    monkeypatch.setattr(SyncDialog, "exec", lambda made: asked.append(made.parent()))
    monkeypatch.setattr(QApplication, "activeWindow", lambda: None)  # as where an assistive program pressed it
    house.said[-1].action()
    assert asked == [screen.window()]


def test_a_folder_without_films_is_said(house, show, tmp_path, meeting_id) -> None:
    films = show(meeting_id=meeting_id).meetings.panel.films
    (tmp_path / "notes.txt").write_text("none")
    films.take_in(tmp_path)
    assert house.said[-1].text == "There is no film in this folder."


def test_several_chosen_files_are_asked_about_first(house, show, qtbot, tmp_path, meeting_id, monkeypatch) -> None:
    films = show(meeting_id=meeting_id).meetings.panel.films
    for name in ("GX010001.MP4", "GX020001.MP4"):
        (tmp_path / name).write_bytes(b"x" * 50)
    monkeypatch.setattr(CardDialog, "exec", lambda _self: CardDialog.DialogCode.Rejected)
    films.take_in(tmp_path)
    assert house.jobs.running == ()
    asked = []
    monkeypatch.setattr(CardDialog, "exec", lambda dialog: asked.append(chosen(dialog)))
    films.take_in(tmp_path)
    assert asked == [[["GX010001.MP4", "GX020001.MP4"]]]


@pytest.fixture
def meeting_id(house) -> str:
    return house.meeting(house.case()).id
