"""Own keys are right in every place at once: what is on the screen is never made anew, and the usual keys are free."""

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.i18n import Texts
from app.shortcuts.actions import ACTIONS, action
from app.shortcuts.names import shown
from app.shortcuts.own_keys import KeyMap
from tests.drivers.settling import settle
from widgets.coding.coding_screen import CodingScreen
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.cover import Cover
from widgets.films.picture_sound import PictureSound
from widgets.forms import file_dialogs
from widgets.keys.keys_dialog import KeysDialog, sections
from widgets.main_window import MainWindow, Maker
from widgets.screen import Screen
from widgets.settings.keys_card import KeyField, KeysCard
from widgets.settings.settings_screen import SettingsScreen

Key, Held = Qt.Key, Qt.KeyboardModifier


def own(room, **keys: str) -> KeyMap:
    """Other keys for actions, named with `_` for their `.` and `-`."""
    by_name = {a.id.replace(".", "_").replace("-", "_"): a.id for a in ACTIONS}
    made = room.preferences.keys
    for name, pressed in keys.items():
        made = made.with_action(by_name[name], pressed)
    room.preferences.change_keys(made)
    return made


def tips(widget: QWidget) -> str:
    return "\n".join(w.toolTip() for w in widget.findChildren(QWidget) if w.toolTip())


def words(widget: QWidget) -> str:
    settle()
    parts = (*widget.findChildren(QLabel), *widget.findChildren(QPushButton))
    return "\n".join(p.text() for p in parts)


@pytest.fixture
def coding(home, stage) -> CodingScreen:
    return stage(CodingScreen, player=True, meeting_id=home.meeting.id)


# ── coding ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_coding_room_shows_the_keys_of_now_everywhere(coding, room) -> None:
    place, made = coding.room, coding.room
    place.show_drawer("notes")
    before = {
        "header": words(coding), "tips": tips(place), "loop": [a.text() for a in place.transport.loop.menu().actions()]
    }  # fmt: skip
    assert "Ratings   Ctrl 1" in before["header"]
    assert "Ctrl+B leaves a bookmark" in before["header"]
    assert "Ctrl+F1 tells what a code means" in before["header"]
    assert "Play  Space" in before["tips"]
    assert "Ctrl PgDn" in before["tips"]
    assert "Playback speed  Ctrl+↑ Ctrl+↓" in before["tips"]
    assert "Loop on or off\tCtrl+Shift+R" in before["loop"]
    own(
        room, coding_ratings="F8", coding_bookmark="F9", coding_explain="Ctrl+F2", film_play="F10", film_faster="F11",
        coding_next_task="Alt+N", film_loop="Alt+L", flag_ask="#", coding_take_back="Ctrl+H",
    )  # fmt: skip
    assert coding.room is made
    told = words(coding)
    assert "Ratings   F8" in told
    assert "F9 leaves a bookmark" in told
    assert "Ctrl+F2 tells what a code means, and Ctrl+H takes" in told
    assert "#  ask work partner" in told
    assert "Alt N" in told
    shown_tips = tips(place)
    for tip in ("Play  F10", "Alt N", "Playback speed  F11 Ctrl+↓", "Ctrl+F2 shows this"):
        assert tip in shown_tips
    assert "Loop on or off\tAlt+L" in [a.text() for a in place.transport.loop.menu().actions()]


def test_the_menu_of_what_is_rarely_needed_shows_them_when_it_opens(coding, room) -> None:
    own(room, coding_own_notes="F8")
    (more,) = [b for b in coding.findChildren(QPushButton) if b.text() == "More"]
    more.menu().aboutToShow.emit()
    assert "Own notes\tF8" in [a.text() for a in more.menu().actions()]


def test_the_sheet_beside_the_picture_has_them_and_obeys_them(coding, room, qtbot) -> None:
    coding.room.watching.show_more()
    (sheet,) = coding.room.findChildren(PictureSound)
    own(room, film_run_back="F8", film_play="F9")
    assert "Run backward, faster with each press  F8" in tips(sheet)
    qtbot.keyClick(sheet, Key.Key_F9)
    assert coding.room.player.is_playing()
    qtbot.keyClick(sheet, Key.Key_Space)
    assert coding.room.player.is_playing(), "the usual key does nothing any more"
    sheet.hide()


def test_drawers_open_out_of_a_field_by_their_own_keys(coding, room, qtbot) -> None:
    own(room, coding_observations="F8")
    qtbot.keyClick(coding, Key.Key_F8)
    search = coding.room.observations.search
    search.setFocus()
    qtbot.keyClick(search, Key.Key_F8)
    assert coding.room.drawers.open == "pad"


def test_the_table_and_the_history_have_them(coding, room, qtbot) -> None:
    qtbot.keyClick(coding, Key.Key_Q)
    panel = coding.room.observations
    coding.room.show_drawer("history")
    coding.room.show_drawer("observations")
    assert "Ctrl C, Ctrl V copies" in words(coding)
    own(room, coding_copy="F8", coding_paste="F9", coding_remove="F11", undo="Alt+U")
    assert "F8, F9 copies" in words(coding)
    assert "Undo   Alt U" in words(coding)
    panel.table.selectRow(0)
    for key in (Key.Key_F8, Key.Key_F9):
        qtbot.keyClick(panel.table, key)
    assert panel.model.rowCount() == 2
    qtbot.keyClick(panel.table, Key.Key_Delete)
    assert panel.model.rowCount() == 2
    panel.table.selectRow(0)
    qtbot.keyClick(panel.table, Key.Key_F11)
    assert panel.model.rowCount() == 1


def test_words_of_a_moment_name_the_keys_of_now(coding, room) -> None:
    own(room, coding_own_notes="F8")
    coding.room.live.bookmark()
    assert "F8" in room.said[-1].text


def test_the_printed_card_has_own_keys_of_codes_flags_and_actions(coding, room, tmp_path, monkeypatch) -> None:
    own(room, flag_clip="w", coding_safety="F8", film_play="F9")
    room.preferences.change_keys(room.preferences.keys.with_codes(coding.room.editor.scheme, {"AS": "v"}))
    target = tmp_path / "card.pdf"
    monkeypatch.setattr(file_dialogs.QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    coding.room.print_key_card()
    document = pypdfium2.PdfDocument(target)
    text = " ".join(document[0].get_textpage().get_text_range().split())
    document.close()
    for told in ("w clip candidate", "F8 safety", "F9 Play and pause", "v leads clearly"):
        assert told in text
    assert "q leads clearly" not in text


# ── comparing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_comparing_obeys_own_keys_and_names_them(home, stage, room, qtbot) -> None:
    home.compare()
    place = stage(ComparingScreen, player=True, meeting_id=home.meeting.id)
    assert "Play this (Enter)" in words(place)
    own(room, comparing_play="F8", film_play="P")
    assert "Play this (F8)" in words(place)
    listed = place.room.list
    qtbot.keyClick(listed, Key.Key_Return)
    assert place.room.player.range is None
    qtbot.keyClick(listed, Key.Key_F8)
    assert place.room.player.range is not None
    place.room.player.pause()
    qtbot.keyClick(listed, Key.Key_Space)
    assert not place.room.player.is_playing()
    qtbot.keyClick(listed, Key.Key_P)
    assert place.room.player.is_playing()


# ── the window ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def window(qtbot, room):
    made = MainWindow(room.space, {p: Maker(Screen) for p in ("desk", "coding", "settings")})
    qtbot.addWidget(made)
    made.go("desk")
    made.show()
    made.activateWindow()
    yield made
    made.close()


def test_the_windows_keys_menu_and_rail_follow(window, room, qtbot, hands) -> None:
    acts = {a.text(): a for a in hands.button(window, "Menu").menu().actions()}
    assert acts["Lock the program"].shortcut().toString() == "Ctrl+Shift+L"
    own(room, lock="F8", place_coding="F9", menu="Alt+M", cover="F11")
    assert acts["Lock the program"].shortcut().toString() == "F8"
    assert "Coding  F9" in tips(window)
    assert "Menu  Alt+M" in tips(window)
    qtbot.keyClick(window, Key.Key_4, Held.AltModifier)
    assert window.place == "desk"
    qtbot.keyClick(window, Key.Key_F9)
    assert window.place == "coding"
    with qtbot.waitSignal(window.lock_requested):
        qtbot.keyClick(window, Key.Key_F8)
    qtbot.keyClick(window, Key.Key_F11)
    cover = hands.one(window, Cover)
    qtbot.keyClick(cover, Key.Key_P, Held.ControlModifier | Held.ShiftModifier)
    assert cover.isVisible()
    qtbot.keyClick(cover, Key.Key_F11)
    assert not cover.isVisible()


def test_what_always_does_it_still_does(window, room, qtbot, hands) -> None:
    own(room, redo="F8")
    heard = []
    hands.one(window, Screen).redo = lambda: heard.append("redo")
    for key, held in ((Key.Key_F8, Held.NoModifier), (Key.Key_Y, Held.ControlModifier)):
        qtbot.keyClick(window, key, held)
    qtbot.keyClick(window, Key.Key_Z, Held.ControlModifier | Held.ShiftModifier)
    assert heard == ["redo", "redo"]


def test_the_list_of_keys_is_of_now_while_it_is_open(room, qtbot) -> None:
    dialog = KeysDialog(room.space.texts, room.preferences)
    qtbot.addWidget(dialog)
    assert {a.name for a in ACTIONS} <= {w.text() for w in dialog.findChildren(QLabel)}
    own(room, film_play="F8", filming_next="F9", flag_clip="w", lock="")
    lines = [w for w in dialog.findChildren(QLabel) if w.isVisibleTo(dialog)]
    caps = [w.text() for w in lines if w.property("kind") == "key"]
    keys = {a: pressed for a in ACTIONS if (pressed := shown(room.preferences.keys.of(a.id)))}
    assert action("lock") not in keys
    assert sorted(caps) == sorted(keys.values()), "what has no key has no empty cap"
    told = sorted(w.accessibleName() for w in lines if w.accessibleName())
    assert told == sorted(f"{a.name}, {pressed}" for a, pressed in keys.items())
    assert {"Play and pause, F8", "Next task, F9", f"{action('flag.clip').name}, w"} <= set(told)


# ── the card in the settings ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def card(room, qtbot) -> KeysCard:
    made = KeysCard(room.space)
    qtbot.addWidget(made)
    made.show()
    return made


def field(card: KeysCard, action_id: str) -> KeyField:
    """The field of an action, as a screen reader tells it from others of its name."""
    asked = action(action_id)
    (found,) = [
        f
        for f in card.findChildren(KeyField)
        if (f.accessibleName(), f.accessibleDescription()) == (asked.name, sections(Texts("en"))[asked.where])
    ]
    return found


def test_every_action_has_a_field_that_keeps_at_once_and_stays(card, room, qtbot) -> None:
    assert len({field(card, a.id) for a in ACTIONS}) == len(ACTIONS)
    made = field(card, "filming.pause")
    made.setFocus()
    qtbot.keyClick(made, Key.Key_F8)
    assert room.preferences.now.action_keys == {"filming.pause": "F8"}
    assert field(card, "filming.pause") is made
    assert made.hasFocus()
    assert made.text() == "F8"
    qtbot.keyClick(made, Key.Key_Delete)
    assert room.preferences.now.action_keys == {}
    assert made.text() == shown(action("filming.pause").keys)


def test_a_flag_takes_what_its_key_types(card, room, qtbot) -> None:
    qtbot.keyClick(field(card, "flag.ask"), Key.Key_W, Held.ShiftModifier)
    assert room.preferences.now.action_keys == {"flag.ask": "w"}


def test_the_windows_keys_can_be_chosen_but_never_what_covers_the_screen(room, qtbot, hands) -> None:
    made = MainWindow(room.space, {"settings": Maker(SettingsScreen)})
    qtbot.addWidget(made)
    made.go("settings")
    made.show()
    made.activateWindow()
    (card,) = made.findChildren(KeysCard)
    chosen = field(card, "film.mute")
    chosen.setFocus()
    settle()
    for key, held, keys in ((Key.Key_F10, Held.NoModifier, "F10"), (Key.Key_Z, Held.ControlModifier, "Ctrl+Z")):
        qtbot.keyClick(chosen, key, held)
        assert room.preferences.keys.of("film.mute") == keys
    qtbot.keyClick(chosen, Key.Key_P, Held.ControlModifier | Held.ShiftModifier)
    assert hands.one(made, Cover).isVisible()
    assert room.preferences.keys.of("film.mute") == "Ctrl+Z"
    made.close()


def test_clashes_of_every_room_are_told_until_they_are_mended(card, room, qtbot, hands) -> None:
    assert "on the same key" not in hands.words(card)
    qtbot.keyClick(field(card, "filming.next"), Key.Key_L, Held.ControlModifier | Held.ShiftModifier)
    assert "Lock the program and Next task are on the same key" in hands.words(card)
    own(room, filming_next="Shift+F8")
    assert "on the same key" not in hands.words(card)


def test_a_set_of_keys_is_taken_whole_and_shown(card, room) -> None:
    presets = {b.text(): b for b in card.findChildren(QPushButton)}
    presets["All with the left hand"].click()
    assert room.preferences.now.action_keys["film.frame-back"] == "Alt+A"
    assert field(card, "film.frame-back").text() == "Alt+A"
    presets["As usual"].click()
    assert room.preferences.keys == KeyMap()
