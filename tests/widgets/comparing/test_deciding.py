"""The walk through the differences by keys alone: each kind of decision, its reason, undo, and going on another day."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton

from app.comparing.common_view.reading import common_header, read_common
from app.comparing.decision_words import code_name, title_of, what_of
from app.comparing.walk import Filter
from app.model.change import added
from app.model.coding import CodingState
from app.model.decision import Answer, DisagreementKind, Verdict, is_settled
from app.model.identity import new_id
from app.model.people import Worker
from app.model.timecode import SECOND
from tests.drivers.hands import Hands
from tests.material.house import Room, cover_all
from tests.material.pressing import press
from tests.stand_ins.fake_player import FakePlayer
from widgets.comparing.comparing_room import ComparingRoom
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.comparing.new_dialog import NewDialog
from widgets.comparing.waiting import WitnessDialog
from widgets.look import look as looks
from widgets.timeline.tracks import CROSS, DIFFER, MIDDLE

Key = Qt.Key
CODES = [("6", 0), ("q", 5), ("a", 12), ("q", 25), ("7", 30)]
OTHERS = [("6", 0), ("q", 5.4), ("d", 12.3), ("h", 33), ("7", 36)]


@pytest.fixture
def place(home, stage) -> ComparingScreen:
    home.code(home.a, CODES, value=5)
    home.code(home.b, OTHERS, value=2)
    return stage(ComparingScreen, player=True, meeting_id=home.meeting.id)


def key(qtbot, which) -> None:
    qtbot.keyClick(QApplication.focusWidget(), which)


def go_to(room: ComparingRoom, kind: DisagreementKind) -> str:
    row = next(n for n, d in enumerate(room.walk.rows()) if d.kind == kind)
    room.list.setCurrentRow(row)
    return room.walked.chosen_id()


def verdict(room: ComparingRoom) -> Verdict:
    d = room.chosen()
    assert d is not None
    return d.verdict


def test_two_marks_stand_on_the_card_once(place, home) -> None:
    room = place.room
    go_to(room, DisagreementKind.CODE)
    found, d = room.walk.found, room.chosen()
    marks = [code_name(home.texts, found, code) for code in (d.a, d.b)]
    title = title_of(home.texts, found, d)
    assert title.startswith("Adult, ")
    assert not [mark for mark in marks if mark in title]
    assert all(mark in what_of(home.texts, found, d) for mark in marks)


def test_nothing_is_begun_by_looking(place, home) -> None:
    assert place.room.walk.progress.of > 3
    assert common_header(home.a, home.meeting.id) is None


def test_the_first_decision_begins_the_common_view_and_stays_at_its_row(place, home, qtbot) -> None:
    room = place.room
    key(qtbot, Key.Key_Down)
    before = room.chosen()
    key(qtbot, Key.Key_B)
    after = room.chosen()
    assert (after.start, after.a_ids, after.b_ids) == (before.start, before.a_ids, before.b_ids)
    assert (after.verdict, after.decided_by) == (Verdict.B, home.aino.id)
    held = read_common(home.a, common_header(home.a, home.meeting.id))
    assert held.decisions[after.id].verdict == Verdict.B
    assert "1/" in room.card.count.text()


def test_every_letter_decides_and_what_is_not_possible_does_nothing(place, qtbot) -> None:
    room = place.room
    go_to(room, DisagreementKind.CODE)
    for letter, wanted in ((Key.Key_A, Verdict.A), (Key.Key_B, Verdict.B), (Key.Key_M, Verdict.BOTH)):
        key(qtbot, letter)
        assert verdict(room) == wanted
    key(qtbot, Key.Key_K)
    assert verdict(room) == Verdict.NEITHER
    key(qtbot, Key.Key_Backspace)
    assert verdict(room) == Verdict.OPEN
    go_to(room, DisagreementKind.STATE)
    key(qtbot, Key.Key_M)
    assert verdict(room) == Verdict.OPEN, "of a state there is one"


def test_undo_takes_back_and_shows_what_it_took_back(place, home, qtbot) -> None:
    room = place.room
    key(qtbot, Key.Key_A)
    first = room.walked.chosen_id()
    for _ in range(3):
        key(qtbot, Key.Key_Down)
    place.undo()
    assert room.walked.chosen_id() == first
    assert verdict(room) == Verdict.OPEN
    place.redo()
    assert verdict(room) == Verdict.A
    assert read_common(home.a, common_header(home.a, home.meeting.id)).decisions[first].verdict == Verdict.A


def test_seen_differently_needs_both_reasons_and_goes_to_the_first_that_is_missing(place, qtbot) -> None:
    room = place.room
    go_to(room, DisagreementKind.UNPAIRED)
    key(qtbot, Key.Key_E)
    assert verdict(room) == Verdict.DIFFERENTLY
    assert QApplication.focusWidget() is room.card.reason_a
    assert not is_settled(room.chosen())
    qtbot.keyClicks(room.card.reason_a, "a b")
    key(qtbot, Key.Key_Return)
    assert QApplication.focusWidget() is room.list
    assert not room.player.is_playing(), "Enter ended the reason and played nothing"
    key(qtbot, Key.Key_P)
    assert QApplication.focusWidget() is room.card.reason_b
    qtbot.keyClicks(room.card.reason_b, "me")
    key(qtbot, Key.Key_Down)
    (d,) = [d for d in room.walk.decisions() if d.verdict == Verdict.DIFFERENTLY]
    assert (d.reason_a, d.reason_b) == ("a b", "me")
    assert is_settled(d), "what was typed is kept when one goes on"


def test_reasons_of_a_rating_begin_with_what_each_wrote(place, qtbot) -> None:
    room = place.room
    go_to(room, DisagreementKind.RATING)
    assert "Aino: 5\nseen\nLeena: 2\nseen" in Hands(qtbot).words(room.card)
    key(qtbot, Key.Key_E)
    assert (room.chosen().reason_a, room.chosen().reason_b) == ("seen", "seen")
    assert room.timeline.picked == frozenset(), "no mark of another difference stays chosen"
    assert is_settled(room.chosen())


def test_a_reason_is_written_to_what_was_decided_and_esc_leaves_it(place, qtbot) -> None:
    room = place.room
    key(qtbot, Key.Key_A)
    key(qtbot, Key.Key_P)
    qtbot.keyClicks(room.card.reason, "why")
    key(qtbot, Key.Key_Return)
    assert room.chosen().reason == "why"
    key(qtbot, Key.Key_P)
    qtbot.keyClicks(room.card.reason, "!!")
    key(qtbot, Key.Key_Escape)
    assert room.chosen().reason == "why"
    assert room.card.reason.text() == "why"
    place.left()
    assert room.chosen().reason == "why"


@pytest.mark.parametrize("kind", [DisagreementKind.UNPAIRED, DisagreementKind.STATE, DisagreementKind.RATING])
def test_a_new_one_is_chosen_together(place, qtbot, kind) -> None:
    room, hands = place.room, Hands(qtbot)
    go_to(room, kind)

    def fill(dialog: NewDialog) -> None:
        choice = dialog.findChildren(QComboBox)[0]
        choice.setCurrentIndex(2)
        if kind == DisagreementKind.RATING:
            assert not hands.button(dialog, "Save").isEnabled(), "a new value needs its reason"
        qtbot.keyClicks(dialog.findChildren(QLineEdit)[-1], "seen together")
        hands.press(dialog, "Save")

    hands.answering(fill, lambda: key(qtbot, Key.Key_U))
    d = room.chosen()
    assert (d.verdict, d.reason) == (Verdict.NEW, "seen together")
    assert is_settled(d)
    if kind == DisagreementKind.RATING:
        assert d.new_value not in (2, 5)
    else:
        assert d.new_marks


def rated_with_moments(home, store, presses, value, linked) -> list[str]:
    """As `home.code`, each rating linked with the observations at some places; their ids."""
    editor = home.editor(store)
    for typed, second in presses:
        press(editor, typed, second * SECOND)
    ids = [o.id for o in editor.coding.sorted_observations()]
    for item in editor.instrument.items:
        editor.rate(item.id, value, "", tuple(ids[n] for n in linked))
    cover_all(editor)
    assert editor.mark_ready()
    return [ids[n] for n in linked]


def test_a_rating_leads_to_the_moments_that_both_rest_it_on(home, stage, qtbot) -> None:
    a = rated_with_moments(home, home.a, [("6", 0), ("q", 5), ("a", 12)], 5, (1, 2))
    b = rated_with_moments(home, home.b, [("6", 0), ("q", 5), ("a", 12)], 2, (1,))
    room = stage(ComparingScreen, player=True, meeting_id=home.meeting.id).room
    go_to(room, DisagreementKind.RATING)
    assert room.timeline.picked == {*a, *b}, "all of them are marked among the lanes"
    links = [x for x in room.card.findChildren(QPushButton) if x.isVisible() and x.text() in ("00:05", "00:12")]
    assert [x.accessibleName() for x in links] == [
        "Aino, 00:05.0 leads clearly",
        "Aino, 00:12.0 answers initiative",
        "Leena, 00:05.0 leads clearly",
    ]
    links[1].click()
    assert room.timeline.picked == {a[1]}
    assert room.player.is_playing()
    assert room.player.range[0] == 10 * SECOND


def test_a_rating_without_linked_moments_marks_none(place, qtbot) -> None:
    room = place.room
    go_to(room, DisagreementKind.RATING)
    assert not room.timeline.picked
    assert not [x for x in room.card.findChildren(QPushButton) if x.isVisible() and x.accessibleName()[:4] == "Aino"]


def test_a_new_one_in_time_that_one_could_not_code_says_why_at_once(home, stage, qtbot) -> None:
    home.code(home.a, [("6", 0), ("q", 5), ("0", 40), ("6", 50)], value=5)
    home.code(home.b, [("6", 0), ("h", 20)], value=5)
    room, hands = stage(ComparingScreen, player=True, meeting_id=home.meeting.id).room, Hands(qtbot)
    go_to(room, DisagreementKind.UNPAIRED)
    room.player.seek(45 * SECOND)

    def choose(dialog: NewDialog) -> None:
        assert hands.button(dialog, "Save").isEnabled()
        times = dialog.findChildren(QComboBox)[1]
        times.setCurrentIndex(times.findData(45 * SECOND))
        words = hands.words(dialog)
        assert "Nothing new can be marked there: Aino marked 00:40.0–00:50.0 as time that cannot be coded." in words
        assert not hands.button(dialog, "Save").isEnabled()
        hands.press(dialog, "Cancel")

    hands.answering(choose, lambda: qtbot.keyClick(room.list, Key.Key_U))
    assert verdict(room) == Verdict.OPEN


def test_another_day_it_goes_on_where_it_was_left(place, home, qtbot) -> None:
    room = place.room
    for _ in range(3):
        key(qtbot, Key.Key_A)
        key(qtbot, Key.Key_Down)
    here = room.walked.chosen_id()
    place.opened(meeting_id=home.meeting.id)
    assert place.room is not room
    assert place.room.walked.chosen_id() == here


def test_only_what_is_asked_for_is_walked(place, qtbot) -> None:
    room = place.room
    every = room.list.count()
    key(qtbot, Key.Key_A)
    room.walked.filter.choose("settled", False)
    assert room.list.count() == every - 1
    room.walked.filter.choose("kind", DisagreementKind.STATE)
    assert {d.kind for d in room.walk.rows()} == {DisagreementKind.STATE}
    assert "open" in room.walked.filter.words()
    room.walked.filter.show_all()
    assert room.walk.wanted == Filter()
    assert room.list.count() == every


def test_the_next_undecided_is_one_key_away(place, qtbot) -> None:
    room = place.room
    key(qtbot, Key.Key_A)
    key(qtbot, Key.Key_Down)
    key(qtbot, Key.Key_A)
    room.list.setCurrentRow(0)
    key(qtbot, Key.Key_J)
    assert room.list.currentRow() == 2


def decide_all(room: ComparingRoom) -> None:
    for n, d in enumerate(room.walk.rows()):
        if n == 0:
            room.walk.decide(d.id, Answer(Verdict.DIFFERENTLY, reasons=("one", "other")))
            continue
        possible = d.kind == DisagreementKind.UNPAIRED
        now = next(x for x in room.walk.rows() if x.start == d.start and x.a_ids == d.a_ids and x.b_ids == d.b_ids)
        room.walk.decide(now.id, Answer(Verdict.NEITHER if possible and n % 2 else Verdict.A))


def test_the_common_view_tells_where_each_part_comes_from(place, qtbot) -> None:
    room, hands = place.room, Hands(qtbot)
    decide_all(room)
    key(qtbot, Key.Key_F4)
    assert room.is_common
    middle = [i for lane in room.timeline.lanes for i in room.timeline.items_of(lane.key) if i.track == MIDDLE]
    assert {CROSS} <= {i.shape for i in middle}
    counted = hands.words(room.origins)
    assert "both had marked the same" in counted
    assert f"{room.walk.progress.of}/{room.walk.progress.of} decided" in counted
    hands.settle()
    differently = next(d for d in room.walk.decisions() if d.verdict == Verdict.DIFFERENTLY)
    room.open_mark((*differently.a_ids, *differently.b_ids)[0])
    hands.settle()
    assert "one" in hands.words(room.origins)
    assert "other" in hands.words(room.origins)
    if differently.kind != DisagreementKind.RATING:
        assert DIFFER in {i.shape for i in middle}
    both = next(o for o in room.walk.common.origins.values() if not o.decision_id and o.a_ids and o.b_ids)
    room.open_mark(both.part_id)
    hands.settle()
    assert "Both had marked it" in hands.words(room.origins)
    assert room.timeline.told(*room.timeline.thing(both.part_id)).endswith("both had marked it")
    key(qtbot, Key.Key_F4)
    assert not room.is_common
    assert QApplication.focusWidget() is room.list


def test_a_letter_decides_nothing_while_the_common_view_only_looks(place, qtbot) -> None:
    room = place.room
    key(qtbot, Key.Key_A)
    key(qtbot, Key.Key_F4)
    before = room.walk.common
    key(qtbot, Key.Key_B)
    assert room.walk.common is before


def test_both_confirm_and_a_later_decision_makes_it_fall(place, room, home, qtbot) -> None:
    made, hands = place.room, Hands(qtbot)
    decide_all(made)
    originals = made.walk.found.a, made.walk.found.b
    hands.press(place, "Confirm the common view")
    hands.answering(lambda d: _type(hands, d, "anything"), lambda: hands.press(place, "Leena confirms…"))
    qtbot.waitUntil(lambda: made.walk.common.is_fixed, timeout=5000)
    place.window().activateWindow()
    hands.settle()
    assert QApplication.focusWidget() is made.list
    assert room.archive.witnessed == [(home.leena.id, "anything")]
    held = read_common(home.b, common_header(home.b, home.meeting.id))
    assert held.header.state == CodingState.READY
    key(qtbot, Key.Key_A)
    key(qtbot, Key.Key_Backspace)
    assert made.walk.common.is_fixed, "one key does not take away what both confirmed"
    made.card.unlock_pressed.emit()
    go_to(made, DisagreementKind.CODE)
    key(qtbot, Key.Key_B)
    assert not made.walk.common.is_fixed
    assert any("both need to confirm" in n.text for n in room.said)
    assert (made.walk.found.a, made.walk.found.b) == originals


def _type(hands: Hands, dialog: WitnessDialog, secret: str) -> None:
    hands.type(dialog.findChildren(QLineEdit)[0], secret)
    hands.press(dialog, "Confirm")


def test_what_the_partner_types_is_gone_with_its_window(place, room, qtbot) -> None:
    made, hands = place.room, Hands(qtbot)
    decide_all(made)
    hands.press(place, "Confirm the common view")
    hands.answering(lambda d: _type(hands, d, "anything"), lambda: hands.press(place, "Leena confirms…"))
    qtbot.waitUntil(lambda: made.walk.common.is_fixed, timeout=5000)
    hands.settle()
    assert not [w for w in QApplication.allWidgets() if isinstance(w, WitnessDialog)]


def test_who_is_not_of_the_pair_only_looks(home, stage, qtbot) -> None:
    home.compare()
    someone = Worker(new_id(), "Kirsi Kolmas")
    home.a.apply("workers", [added(someone)], act="create")
    other = home.held.open(someone.id)
    with_other = Room(home, other)
    try:
        screen = ComparingScreen(with_other.space, looks.Look(looks.LIGHT), with_other.go, FakePlayer)
        qtbot.addWidget(screen)
        screen.show()
        screen.opened(meeting_id=home.meeting.id)
        assert screen.room is not None
        screen.room.deciding.decide(Verdict.A)
        assert screen.room.walk.common is None
        assert "Only the pair itself decides" in Hands(qtbot).words(screen.room.card)
        screen.close()
    finally:
        with_other.space.close()


def test_a_press_in_the_lanes_goes_to_its_difference(place, qtbot) -> None:
    room = place.room
    d = next(d for d in room.walk.rows() if d.kind == DisagreementKind.CODE)
    spot = room.timeline.place_of(d.b_ids[0])
    assert isinstance(spot, QPoint)
    qtbot.mouseClick(room.timeline, Qt.MouseButton.LeftButton, pos=spot)
    assert room.walked.chosen_id() == d.id
