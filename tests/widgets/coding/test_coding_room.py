"""Coding by keys: each does what it says, nothing fires in a text field, and a ready coding is only read."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu, QPushButton

from app.coding.opening import begin
from app.door import Door
from app.model.change import added
from app.model.observation import MarkKind
from app.model.timecode import SECOND
from app.model.words import Words
from app.shortcuts.own_keys import KeyMap
from tests.drivers.hands import Hands
from tests.drivers.settling import settle
from tests.drivers.sheet_hands import SheetHands
from tests.material.pressing import press as press_code
from tests.stand_ins.fake_player import FRAME
from widgets.coding import choices, code_book, coding_room
from widgets.coding.coding_screen import CodingScreen
from widgets.forms import file_dialogs

Key = Qt.Key
NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def place(home, stage) -> CodingScreen:
    return stage(CodingScreen, player=True, meeting_id=home.meeting.id)


@pytest.fixture
def press(place, qtbot):
    def do(key, held=NONE) -> None:
        if isinstance(key, str):
            QApplication.sendEvent(place, QKeyEvent(QEvent.Type.KeyPress, ord(key.upper()), held, key))
        else:
            qtbot.keyClick(place, key, held)

    return do


@pytest.fixture
def hands(qtbot) -> Hands:
    return Hands(qtbot)


@pytest.fixture
def sheet(place, press, hands) -> SheetHands:
    """The rating sheet, opened."""
    press(Key.Key_1, CTRL)
    return SheetHands(hands, place.room.ratings, place.room.editor)


def pad_name(place, code_id: str) -> str:
    """What a code is called on the pad: its words and its key."""
    code = place.room.editor.scheme.code(code_id)
    return f"{place.room.editor.texts.words(code.name)}, {code.key}"


def on_pad(place, code_id: str) -> QAbstractButton:
    (found,) = (
        b for b in place.room.pad.findChildren(QAbstractButton) if b.accessibleName() == pad_name(place, code_id)
    )
    return found


def lit(place) -> list[str]:
    """The states that are lit on the pad."""
    named = {pad_name(place, c.id): c.id for c in place.room.editor.scheme.codes}
    pressed = [b for b in place.room.pad.findChildren(QAbstractButton) if b.isChecked()]
    return [named[b.accessibleName()] for b in pressed]


def at(place) -> int:
    return place.room.now()


def codes(place) -> list[tuple[str, int]]:
    return [(o.code, o.start) for o in place.room.editor.coding.sorted_observations()]


def ready(place) -> None:
    editor = place.room.editor
    for segment in editor.file.segments:
        editor.cover(segment, on=True)
    assert editor.mark_ready()
    place.room.refresh()


def buttons(place) -> list[str]:
    settle()
    return [b.text() for b in place.findChildren(QPushButton) if b.isVisible()]


def test_space_plays_and_pauses(place, press) -> None:
    press(Key.Key_Space)
    assert place.room.player.is_playing()
    assert place.in_use()
    press(Key.Key_Space)
    assert not place.room.player.is_playing()


@pytest.mark.parametrize(
    ("key", "held", "moved"),
    [
        (Key.Key_Right, NONE, FRAME),
        (Key.Key_Left, NONE, -FRAME),
        (Key.Key_Right, SHIFT, SECOND),
        (Key.Key_Left, SHIFT, -SECOND),
        (Key.Key_Right, CTRL, 5 * SECOND),
        (Key.Key_Left, CTRL, -5 * SECOND),
    ],
)
def test_arrows_step(place, press, key, held, moved) -> None:
    place.room.seek(10 * SECOND)
    press(key, held)
    assert at(place) == 10 * SECOND + moved


def test_page_keys_jump_between_tasks(place, press) -> None:
    place.room.seek(10 * SECOND)
    press(Key.Key_PageDown)
    assert at(place) == 20 * SECOND
    press(Key.Key_PageUp)
    assert at(place) == 0
    press(Key.Key_End)
    assert at(place) == 60 * SECOND - FRAME
    press(Key.Key_Home)
    assert at(place) == 0


def test_ctrl_page_down_ends_a_task_here(place, press) -> None:
    place.room.seek(10 * SECOND)
    press(Key.Key_PageDown, CTRL)
    assert [(s.number, s.start // SECOND) for s in place.room.editor.file.segments] == [(1, 0), (2, 10), (3, 40)]


def test_a_letter_codes_the_picture_on_the_screen(place, press) -> None:
    place.room.seek(10 * SECOND + FRAME)
    press("q")
    press("Q", SHIFT)
    assert codes(place) == [("AS", 10 * SECOND + FRAME)] * 2


def test_a_state_ends_another_of_its_group_and_is_lit(place, press) -> None:
    press("6")
    place.room.seek(10 * SECOND)
    press("7")
    assert codes(place) == [("DS1", 0), ("DS2", 10 * SECOND)]
    assert lit(place) == ["DS2"]
    place.room.seek(5 * SECOND)
    assert lit(place) == ["DS1"]


def test_a_click_on_the_state_that_is_on_leaves_it_lit(place, press, qtbot) -> None:
    press("6")
    pill = on_pad(place, "DS1")
    qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert pill.isChecked()
    assert len(codes(place)) == 1


def test_flags(place, press) -> None:
    for key in "öäå":
        press(key)
    assert [m.kind for m in place.room.editor.coding.marks.values()] == [
        MarkKind.IMPORTANT,
        MarkKind.CLIP,
        MarkKind.ASK,
    ]


def test_safety_is_said_at_once(place, press, room) -> None:
    press(Key.Key_Space)
    press(Key.Key_Odiaeresis, CTRL)
    assert not place.room.player.is_playing()
    assert "responsible social worker" in room.said[-1].text
    assert [m.kind for m in place.room.editor.coding.marks.values()] == [MarkKind.SAFETY]


def test_backspace_and_undo(place, press) -> None:
    press("q")
    press("a")
    press(Key.Key_Backspace)
    assert [c for c, _ in codes(place)] == ["AS"]
    place.redo()
    assert [c for c, _ in codes(place)] == ["AS", "AE"]
    place.undo()
    place.undo()
    assert codes(place) == []


def test_the_speed_changes_by_keys_and_stops_at_the_ends(place, press) -> None:
    for _ in range(9):
        press(Key.Key_Up, CTRL)
    assert place.room.player.rate() == 4.0
    for _ in range(9):
        press(Key.Key_Down, CTRL)
    assert place.room.player.rate() == 0.1


def test_a_task_is_covered_and_taken_back(place, press) -> None:
    press(Key.Key_Return, CTRL)
    editor = place.room.editor
    assert editor.coding.covers(editor.file.segments[0])
    press(Key.Key_Enter, CTRL)
    assert not editor.coding.covers(editor.file.segments[0])


def test_a_key_held_down_codes_once_and_steps_on(place) -> None:
    room = place.room
    heard = []
    room.player.playing_changed.connect(heard.append)
    for repeat in (False, True, True):
        QApplication.sendEvent(place, QKeyEvent(QEvent.Type.KeyPress, Key.Key_Q, NONE, "q", repeat))
        QApplication.sendEvent(place, QKeyEvent(QEvent.Type.KeyPress, Key.Key_Right, NONE, "", repeat))
        QApplication.sendEvent(place, QKeyEvent(QEvent.Type.KeyPress, Key.Key_Space, NONE, " ", repeat))
    assert len(codes(place)) == 1
    assert at(place) == 3 * FRAME
    assert heard.count(True) == 1, "the step after it stopped it, and the held space did not start it again"


def test_what_no_code_types_is_nothing(place, press) -> None:
    for key in ("€", "5", "\x00"):
        press(key)
    QApplication.sendEvent(place, QKeyEvent(QEvent.Type.KeyPress, 0, NONE, "š"))
    assert codes(place) == []
    assert not place.room.editor.stack.canUndo()


def test_a_note_is_typed_without_a_dialog_and_nothing_fires_in_it(place, press, qtbot) -> None:
    place.room.seek(3 * SECOND)
    press(Key.Key_M, CTRL)
    line = place.room.note.findChild(QLineEdit)
    assert QApplication.focusWidget() is line
    qtbot.keyClicks(line, "q 67 a")
    for key in (Key.Key_Left, Key.Key_Home, Key.Key_PageDown, Key.Key_Up, Key.Key_Backspace, Key.Key_End):
        qtbot.keyClick(line, key)
    qtbot.keyClick(line, Key.Key_Return, CTRL)
    assert codes(place) == []
    assert at(place) == 3 * SECOND
    assert not place.room.player.is_playing()
    assert not place.room.editor.coding.header.covered


def test_enter_keeps_a_note_and_esc_leaves_without(place, press, qtbot) -> None:
    line = place.room.note.findChild(QLineEdit)
    press(Key.Key_M, CTRL)
    qtbot.keyClicks(line, "look")
    qtbot.keyClick(line, Key.Key_Return)
    (mark,) = place.room.editor.coding.marks.values()
    assert (mark.kind, mark.text, mark.at) == (MarkKind.NOTE, "look", 0)
    assert QApplication.focusWidget() is place
    press(Key.Key_M, CTRL)
    qtbot.keyClicks(line, "no")
    qtbot.keyClick(line, Key.Key_Escape)
    place.left()
    assert len(place.room.editor.coding.marks) == 1


def test_a_note_being_typed_is_kept_when_the_place_is_left(place, press, qtbot) -> None:
    press(Key.Key_M, CTRL)
    qtbot.keyClicks(place.room.note.findChild(QLineEdit), "half")
    place.left()
    assert [m.text for m in place.room.editor.coding.marks.values()] == ["half"]


def test_the_drawers_open_and_close_by_keys(place, press, qtbot) -> None:
    drawers = place.room.drawers
    press(Key.Key_1, CTRL)
    assert drawers.open == coding_room.RATINGS
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_1, CTRL)
    assert drawers.open == coding_room.PAD
    press(Key.Key_2, CTRL)
    assert drawers.open == coding_room.OBSERVATIONS
    assert QApplication.focusWidget() is place.room.observations.table
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert drawers.open == coding_room.PAD
    assert QApplication.focusWidget() is place


def with_modifiers(place):
    """The same room with a scheme whose first code asks which."""
    from app.model.scheme import Modifier

    editor = place.room.editor
    first = editor.scheme.code("AS")
    asked = replace(first, modifiers=tuple(Modifier(i, Words(i, i, i)) for i in ("soft", "firm")))
    editor.scheme = replace(editor.scheme, codes=tuple(asked if c is first else c for c in editor.scheme.codes))
    return editor


def test_the_strip_asks_which_and_a_figure_answers(place, press) -> None:
    editor = with_modifiers(place)
    press("q")
    assert place.room.live.strip.isVisible()
    press("2")
    (point,) = editor.coding.observations.values()
    assert point.modifiers == ("firm",)
    assert not place.room.live.strip.isVisible()


def test_the_strip_stays_through_steps_and_a_long_press(place, press) -> None:
    with_modifiers(place)
    press("q")
    QApplication.sendEvent(place, QKeyEvent(QEvent.Type.KeyPress, Key.Key_Q, NONE, "q", True))
    press(Key.Key_Right)
    press(Key.Key_Space)
    assert place.room.live.strip.isVisible()
    press("a")
    assert not place.room.live.strip.isVisible()
    assert len(codes(place)) == 2


def test_the_strip_answers_to_a_click_and_to_esc(place, press, qtbot) -> None:
    editor = with_modifiers(place)
    press("q")
    settle()
    pill = place.room.live.strip.findChildren(QPushButton)[0]
    qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert next(iter(editor.coding.observations.values())).modifiers == ("soft",)
    assert not place.room.live.strip.isVisible()
    press("q")
    press(Key.Key_Escape)
    assert not place.room.live.strip.isVisible()


def test_ready_is_offered_when_nothing_is_missing(place, qtbot, monkeypatch) -> None:
    assert any("missing" in b for b in buttons(place))
    editor = place.room.editor
    for segment in editor.file.segments:
        editor.cover(segment, on=True)
    assert "Mark as ready" in buttons(place)
    monkeypatch.setattr(coding_room, "confirm", lambda *_: True)
    (made,) = [b for b in place.findChildren(QPushButton) if b.isVisible() and b.text() == "Mark as ready"]
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert editor.coding.is_ready
    assert "Take ready back" in buttons(place)


def test_the_last_ready_says_that_it_is_final_and_leads_to_comparing(home, stage, qtbot, monkeypatch) -> None:
    home.code(home.b, [("q", 3)])
    place = stage(CodingScreen, player=True, meeting_id=home.meeting.id)
    editor, asked, went = place.room.editor, [], []
    for segment in editor.file.segments:
        editor.cover(segment, on=True)
    monkeypatch.setattr(coding_room, "confirm", lambda _parent, _texts, *words: (asked.extend(words), True)[1])
    monkeypatch.setattr(place, "go", lambda name, **ids: went.append((name, ids)))
    assert "Mark as ready" in buttons(place)
    (made,) = [b for b in place.findChildren(QPushButton) if b.isVisible() and b.text() == "Mark as ready"]
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert editor.coding.is_ready
    assert "this is final" in asked[0]
    assert asked[1] == "Mark as finally ready"
    assert "Take ready back" not in buttons(place), "what nobody can do is not offered"
    notice = place.workspace.notices.standing[-1]
    assert (notice.text, notice.action_label) == ("Both codings are ready.", "Compare")
    notice.action()
    assert "Compare" in buttons(place)
    (made,) = [b for b in place.findChildren(QPushButton) if b.isVisible() and b.text() == "Compare"]
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert went == [("comparing", {"meeting_id": home.meeting.id})] * 2


def test_another_scheme_than_the_partners_is_told_before_it_is_coded_with(home, place, monkeypatch) -> None:
    begin(Door(home.b), home.texts, home.meeting.id)
    asked, answers = [], [False, True]
    monkeypatch.setattr(choices, "confirm", lambda _parent, _texts, *words: (asked.append(words), answers.pop(0))[1])

    def choose() -> None:
        (menu,) = [b.menu() for b in place.findChildren(QPushButton) if b.text().startswith("Scheme:")]
        next(a for a in menu.actions() if "Full" in a.text()).trigger()
        settle()

    choose()
    assert place.room.editor.scheme.id == "perusrunko", "the same is what Enter takes"
    choose()
    assert place.room.editor.scheme.id == "laaja-runko"
    assert [words[-1] for words in asked] == ["Use the same"] * 2
    assert "Core scheme" in asked[0][0]
    assert any("Your work partner codes with" in n.text() for n in place.findChildren(QLabel) if n.isVisible())
    (same,) = [b for b in place.findChildren(QPushButton) if b.isVisible() and b.text() == "Use the same"]
    (note,) = place.room.findChildren(choices.PairNote)
    assert note.height() <= same.height() + 12, "in one line beside its button: it takes room from the picture"
    same.click()
    settle()
    assert place.room.editor.scheme.id == "perusrunko"
    assert "Use the same" not in buttons(place)


def test_what_is_missing_can_be_gone_to(place, hands) -> None:
    editor = place.room.editor
    editor.rate(editor.instrument.items[0].id, 3, "")

    def choose(number: int) -> None:
        """A row of the menu of what is missing, by keys."""
        hands.press(place, "4 things missing")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for _ in range(number):
            hands.key(menu, Key.Key_Down)
        hands.key(menu, Key.Key_Return)

    choose(3)
    assert at(place) == 40 * SECOND
    choose(4)
    assert place.room.drawers.open == coding_room.RATINGS


def test_a_ready_coding_is_read_only(place, press, hands, qtbot) -> None:
    press("q")
    press("6")
    ready(place)
    before = place.room.editor.coding
    for key in ("q", "ö", "7"):
        press(key)
    for key, held in ((Key.Key_Backspace, NONE), (Key.Key_Return, CTRL), (Key.Key_M, CTRL), (Key.Key_Odiaeresis, CTRL)):
        press(key, held)
    for pill in place.room.pad.findChildren(QAbstractButton):
        assert not pill.isEnabled(), "what cannot be pressed looks so"
        qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)
    place.left()
    assert place.room.editor.coding == before
    assert not place.room.note.isVisible()
    assert "can be read, not changed" in hands.words(place.room)
    model = place.room.observations.model
    assert not model.flags(model.index(0, 5)) & Qt.ItemFlag.ItemIsEditable


def test_ratings_are_kept_with_their_reason(place, sheet, hands) -> None:
    sheet.rate("guiding", 4)
    hands.fill(sheet.reason("guiding"), "calm q")
    (rating,) = place.room.editor.coding.ratings.values()
    assert (rating.value, rating.reason) == (4, "calm q")
    assert codes(place) == []


def test_a_reason_typed_first_waits_for_its_number(place, sheet, hands) -> None:
    hands.type(sheet.reason("guiding"), "because")
    sheet.rate("limits", 3)
    sheet.rate("guiding", 2)
    assert place.room.editor.coding.rating_of("guiding").reason == "because"


def test_a_moment_is_linked_to_a_rating(place, press, sheet) -> None:
    place.setFocus()
    press("q")
    sheet.rate("guiding", 4)
    assert place.room.ratings.link_chosen()
    (rating,) = place.room.editor.coding.ratings.values()
    assert rating.evidence == tuple(place.room.editor.coding.observations)
    assert rating.grounded


def test_the_table_follows_steps_of_many(place, press) -> None:
    for key in "qadqad":
        press(key)
        press(Key.Key_Right, SHIFT)
    press(Key.Key_2, CTRL)
    panel = place.room.observations
    panel.table.selectAll()
    panel.remove_chosen()
    assert panel.model.rowCount() == 0
    place.undo()
    assert panel.model.rowCount() == 6
    panel.search.setText("nothing like it")
    place.redo()
    panel.search.clear()
    assert panel.model.rowCount() == 0


def test_the_table_edits_in_place(place, press) -> None:
    press("q")
    model = place.room.observations.model
    assert model.setData(model.index(0, 0), "00:00:05,000")
    assert model.setData(model.index(0, 5), "word")
    assert not model.setData(model.index(0, 0), "soon")
    assert not model.setData(model.index(0, 3), "6"), "a point does not become a state"
    assert model.setData(model.index(0, 3), "a")
    (o,) = place.room.editor.coding.observations.values()
    assert (o.code, o.start, o.note) == ("AE", 5 * SECOND, "word")


def test_enter_in_the_table_goes_there(place, press, qtbot) -> None:
    place.room.seek(7 * SECOND)
    press("q")
    place.room.seek(0)
    press(Key.Key_2, CTRL)
    table = place.room.observations.table  # what was coded last is chosen there
    qtbot.keyClick(table, Key.Key_Return)
    assert at(place) == 7 * SECOND
    qtbot.keyClick(table, Key.Key_Delete)
    assert codes(place) == []


def test_the_room_left_for_another_hears_nothing_more(place, home, press, capsys) -> None:
    """The editor of the first meeting lives on; its old room is gone."""
    other = home.add_meeting(home.meeting.adult_id, day=4)
    press("q")
    first = place.room
    editor, player = first.editor, first.player
    place.opened(meeting_id=other.id)
    del first
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert player.closed
    press_code(editor, "a", SECOND)
    place.opened(meeting_id=home.meeting.id)
    assert [c for c, _ in codes(place)] == ["AS", "AE"]
    assert capsys.readouterr().err == ""


def test_without_a_meeting_there_is_a_choice(home, stage, room, qtbot) -> None:
    place = stage(CodingScreen, player=True)
    settle()
    (made,) = [b for b in place.findChildren(QPushButton) if b.text() == "Open"]
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert room.gone == [("coding", {"meeting_id": home.meeting.id})]


def test_a_key_tells_what_a_code_means(place, press) -> None:
    press("q")
    press(Key.Key_F1, CTRL)
    (book,) = place.room.findChildren(code_book.CodeBook)
    told = " ".join(label.text() for label in book.findChildren(QLabel))
    assert "Code when" in told
    assert list(book.examples) == [next(iter(place.room.editor.coding.observations.values())).code]
    assert all(play.isHidden() for play in book.examples.values())  # no clip is there


def test_it_tells_of_the_code_that_is_pointed_at_and_of_all_before_the_first(place, press) -> None:
    press(Key.Key_F1, CTRL)
    (book,) = place.room.findChildren(code_book.CodeBook)
    assert len(book.examples) == len(place.room.editor.scheme.codes_in(""))
    book.reject()
    pointed = "AN"
    on_pad(place, pointed).setFocus()
    place.room.explain()
    assert [list(b.examples) for b in place.room.findChildren(code_book.CodeBook) if b.isVisible()] == [[pointed]]


def test_a_hint_that_was_read_never_comes_again(place, room) -> None:
    hint = place.room.hint
    assert not hint.isHidden()
    hint.read.click()
    assert hint.isHidden()
    meeting_id = place.room.editor.file.meeting.id
    place.close_film()
    place.opened(meeting_id=meeting_id)
    assert place.room.hint.name not in ("", hint.name)


def test_a_hint_is_no_longer_there_when_the_coding_is_ready(place) -> None:
    room = place.room
    for segment in room.editor.file.segments:
        room.editor.cover(segment, on=True)
    assert room.hint.isVisible()
    assert room.editor.mark_ready()
    room.refresh()
    assert not room.hint.isVisible()
    room.take_ready_back()
    assert room.hint.isVisible()


def test_that_a_bookmark_was_left_is_said_until_it_is_undone(place, press) -> None:
    notices = place.workspace.notices
    said = len(notices.standing)
    press(Key.Key_B, CTRL)
    assert notices.standing[said].text.startswith("Bookmark left.")
    place.undo()
    assert not place.room.editor.coding.bookmarks
    assert len(notices.standing) == said


def test_what_is_removed_by_key_is_said_with_a_way_back(place, press, room) -> None:
    press("q")
    place.room.timeline.boxed.emit(set(place.room.editor.coding.observations))
    press(Key.Key_Delete)
    assert not place.room.editor.coding.observations
    room.said[-1].action()
    assert place.room.editor.coding.observations


def test_the_slider_and_the_speed_answer_to_the_mouse(place, hands) -> None:
    place.room.transport.seek_requested.emit(30 * SECOND)
    assert at(place) == 30 * SECOND
    rate = hands.button(place, "1.0×")
    {a.text(): a for a in rate.menu().actions()}["1.25×"].trigger()
    assert place.room.player.rate() == 1.25
    assert rate.text() == "1.25×"
    assert place.mapToGlobal(QPoint(0, 0)) is not None


def part_codes(place) -> set[str]:
    """The codes that the pad shows."""
    shown = {b.accessibleName() for b in place.room.pad.findChildren(QAbstractButton)}
    return {c.id for c in place.room.editor.scheme.codes if pad_name(place, c.id) in shown}


def test_a_pass_shows_and_takes_only_its_own_codes(place, press) -> None:
    editor = place.room.editor
    assert editor.code_in_passes(on=True)
    place.room.passes.choose("adult")
    assert part_codes(place) == {c.id for c in editor.scheme.codes_in("adult")}
    press("h")
    press("q")
    assert codes(place) == [("AS", 0)]
    lanes = {lane.key.split("/")[1] for lane in place.room.timeline.lanes if "/" in lane.key}
    assert lanes == {"adult"}
    press(Key.Key_F4)
    assert place.room.passes.part == "child"
    press("h")
    assert {c for c, _ in codes(place)} == {"AS", "CE"}


def test_covering_every_task_of_a_pass_offers_the_next(place, press, room) -> None:
    editor = place.room.editor
    editor.code_in_passes(on=True)
    place.room.passes.choose("dyad")
    for segment in editor.file.segments:
        place.room.seek(segment.start)
        press(Key.Key_Return, CTRL)
    assert editor.coding.header.covered == ()
    notice = room.said[-1]
    notice.action()
    assert place.room.passes.part == "adult"
    assert at(place) == editor.file.segments[0].start


def test_a_jump_to_a_task_shows_the_first_picture_inside_it(place, press) -> None:
    editor, player = place.room.editor, place.room.player
    first = editor.file.segments[0]
    place.room.watching.controls.seek_into(first.start + 1_000)
    assert first.start + 1_000 <= at(place) < first.end
    assert player.picture_time(first.start + 1_000) < at(place)


def test_what_is_chosen_is_gone_to_at_its_first_picture(place, press) -> None:
    """The picture on the screen when a task began is the last one before it: a press there would be of no task."""
    editor, player = place.room.editor, place.room.player
    task = replace(editor.file.segments[0], start=editor.file.segments[0].start + 1_000)
    assert editor.move_segment(editor.file.segments[0], task.start, task.end)
    assert player.picture_time(task.start) < task.start
    editor.selection.choose([task.id])
    place.room.chosen.go_to()
    assert task.start <= at(place) < task.end
    editor.selection.choose(())
    press("q")
    (made,) = editor.coding.observations.values()
    assert editor.file.segment_at(made.start).id == task.id


def test_what_begins_just_before_a_film_is_gone_to_where_the_film_begins(place) -> None:
    """After a pause the task goes on some hundredths before the first picture."""
    room = place.room
    (reel,) = room.player.reels.values()
    room.player.open([replace(reel, offset=reel.offset + 10 * SECOND)])
    room.player.open([replace(reel, id="first", offset=-70 * SECOND), *room.player.reels.values()])
    begins = room.player.reels[reel.id].to_meeting(0)
    for early, shown in ((30_000, begins), (0, begins), (5 * SECOND, begins - 5 * SECOND)):
        room.watching.controls.seek_into(begins - early)
        assert room.player.position() == shown


def test_a_task_that_a_pause_cut_is_missing_by_its_piece(place, hands) -> None:
    editor = place.room.editor
    first = editor.file.segments[0]
    rest = replace(first, id="rest", start=55 * SECOND, end=58 * SECOND)
    assert editor.do("pause", added(rest))
    name = f"{first.number} {editor.file.task_name(first.number, 'en')}"
    assert f"{name}: not covered" in missing(place, hands)
    editor.cover(first, on=True)
    assert f"{name}, part 2: not covered" in missing(place, hands)
    editor.cover(rest, on=True)
    assert not [row for row in missing(place, hands) if row.startswith(name)]


def missing(place, hands) -> list[str]:
    """The rows of the menu of what is missing; the button tells how many."""
    settle()
    (told,) = [b for b in place.header.findChildren(QPushButton) if "missing" in b.text() and b.isVisible()]
    told.click()
    (menu,) = [m for m in told.findChildren(QMenu) if m.isVisible()]
    rows = [act.text() for act in menu.actions()]
    menu.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert told.text() == f"{len(rows)} thing{'s' * (len(rows) > 1)} missing"
    return rows


def test_a_reason_that_is_missing_is_shown_where_it_is_written(place, qtbot) -> None:
    room = place.room
    items = room.editor.instrument.items
    room.editor.rate(items[1].id, 3, "", ())
    for _ in range(2):  # from the keys, and from the open sheet, which stays
        room.show_missing_reason()
        assert room.drawers.open == "ratings"
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        assert ":" in field.accessibleName()
    qtbot.keyClicks(field, "looked away")
    qtbot.keyClick(field, Key.Key_Return)
    assert room.editor.coding.rating_of(items[1].id, "").reason == "looked away"


def test_a_layer_key_goes_to_its_pass_and_back(place, press) -> None:
    press(Key.Key_F2)
    assert part_codes(place) == {c.id for c in place.room.editor.scheme.codes_in("child-regulation")}
    press(Key.Key_F2)
    assert "AS" in part_codes(place)


def test_own_keys_are_matched_shown_and_leave_the_usual_ones_free(place, press, room) -> None:
    scheme, pad = place.room.editor.scheme, place.room.pad
    own = KeyMap().with_action("film.task-on", "F9").with_action("flag.clip", "w").with_codes(scheme, {"AS": "v"})
    room.preferences.change_keys(own)
    assert place.room.pad is pad, "what is on the screen changes, nothing is made anew"
    first = place.room.editor.texts.words(scheme.code("AS").name)
    assert f"{first}, v" in {b.accessibleName() for b in pad.findChildren(QAbstractButton)}
    for key in ("q", "ä"):
        press(key)
    assert codes(place) == []
    assert not place.room.editor.coding.marks
    for key in ("v", "W"):
        press(key)
    assert codes(place) == [("AS", 0)]
    assert [m.kind for m in place.room.editor.coding.marks.values()] == [MarkKind.CLIP]
    press(Key.Key_PageDown)
    assert at(place) == 0
    press(Key.Key_F9)
    assert at(place) == place.room.editor.file.segments[1].start


def test_a_held_key_is_on_as_long_as_it_is_down(place, press) -> None:
    editor = place.room.editor
    first = editor.scheme.code("AS")
    held = replace(first, kind=editor.scheme.code("DS1").kind, hold=True)
    editor.scheme = replace(editor.scheme, codes=tuple(held if c is first else c for c in editor.scheme.codes))
    press("q")
    place.room.player.advance(3 * SECOND)
    QApplication.sendEvent(place, QKeyEvent(QEvent.Type.KeyRelease, ord("Q"), NONE, "q", True))
    assert next(iter(editor.coding.observations.values())).open
    QApplication.sendEvent(place, QKeyEvent(QEvent.Type.KeyRelease, ord("Q"), NONE, "q"))
    (o,) = editor.coding.observations.values()
    assert (o.start, o.end) == (0, 3 * SECOND)


def test_presses_are_shifted_while_the_film_plays_and_exact_while_it_stands(place, press) -> None:
    place.room.live.reaction.keep([400_000] * 9)
    place.room.seek(10 * SECOND)
    press("q")
    place.room.player.play()
    place.room.player.advance(2 * SECOND)
    press("a")
    place.room.player.pause()
    still, playing = place.room.editor.coding.sorted_observations()
    assert (still.start, still.pressed) == (10 * SECOND, 10 * SECOND)
    assert (playing.start, playing.pressed) == (11_600_000, 12 * SECOND)


def test_a_bookmark_a_split_and_a_link_by_key(place, press, hands) -> None:
    editor = place.room.editor
    press("6")
    place.room.seek(8 * SECOND)
    press(Key.Key_B, CTRL)
    assert [b.at for b in editor.coding.bookmarks.values()] == [8 * SECOND]
    press(Key.Key_S, CTRL | SHIFT)
    spans = [(o.start, o.end) for o in editor.coding.sorted_observations()]
    assert spans == [(0, 8 * SECOND), (8 * SECOND, None)]
    press(Key.Key_E, CTRL)
    assert not editor.coding.ratings
    press(Key.Key_1, CTRL)
    SheetHands(hands, place.room.ratings, editor).rate("guiding", 4)
    press(Key.Key_E, CTRL)
    (rating,) = editor.coding.ratings.values()
    assert rating.evidence


def test_copied_observations_are_pasted_at_the_picture(place, press, qtbot) -> None:
    press("q")
    table = place.room.observations.table
    table.selectRow(0)
    qtbot.keyClick(table, Key.Key_C, CTRL)
    place.room.seek(20 * SECOND)
    qtbot.keyClick(table, Key.Key_V, CTRL)
    assert codes(place) == [("AS", 0), ("AS", 20 * SECOND)]


def test_the_key_card_is_written_where_it_is_wished(place, tmp_path, monkeypatch) -> None:
    target = tmp_path / "card.pdf"
    monkeypatch.setattr(file_dialogs.QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    place.room.print_key_card()
    assert target.read_bytes().startswith(b"%PDF")
    monkeypatch.setattr(file_dialogs.QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "x.pdf"), ""))
    place.room.print_key_card()
    assert not (tmp_path / "no").exists()
    said = len(place.workspace.notices.standing)
    scheme = place.room.editor.scheme
    first_code = replace(scheme.codes[0], name=Words("张", "张", "张"))
    code_book.print_key_card(place.workspace, replace(scheme, codes=(first_code, *scheme.codes[1:])), place.room)
    assert "张 (U+5F20)" in place.workspace.notices.standing[said].text


def test_a_box_in_the_timeline_chooses_in_the_table_and_is_copied(place, press) -> None:
    for key in "qad":
        press(key)
        press(Key.Key_Right, SHIFT)
    room = place.room
    held = set(room.editor.coding.observations)
    room.timeline.boxed.emit(set(held))
    assert {o.id for o in room.observations.chosen()} == held
    assert room.timeline.picked == held
    press(Key.Key_C, CTRL)
    press(Key.Key_V, CTRL)
    assert len(room.editor.coding.observations) == 2 * len(held)
    room.timeline.boxed.emit(set(held))
    press(Key.Key_Delete)
    assert not held & set(room.editor.coding.observations)


def test_bookmarks_stand_in_the_timeline_with_a_shape_of_their_color(place, press) -> None:
    press(Key.Key_B, CTRL)
    signs = [i.code for i in place.room.timeline.items("flags")]
    assert signs == ["bookmark-blue"]


def test_who_marks_while_nothing_can_be_coded_is_told_once(place, press) -> None:
    def told() -> int:
        return sum("no figure of the comparison" in n.text for n in place.workspace.notices.standing)

    press(Key.Key_Q)
    assert told() == 0
    press(Key.Key_0)
    assert told() == 0, "the state itself is none of it"
    press(Key.Key_Q)
    press(Key.Key_A)
    assert told() == 1, "once for each time"
