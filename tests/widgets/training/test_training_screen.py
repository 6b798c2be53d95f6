"""Training: a film coded alone, what came of it beside the reference, the own line; closed at once without consent."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox

from app.casework.consents import withdrawn
from app.casework.reference_films import HALF_A_YEAR
from app.i18n import today
from app.model.change import Change, added
from app.model.coding import CodingHeader, CodingKind, CodingState
from app.model.consent import Consent, Purpose
from app.model.observation import FOR_OTHERS
from app.model.training import Reference, TrainingResult
from tests.drivers.hands import Hands
from tests.material.house import cover_all, opened
from tests.material.pressing import press
from tests.material.trained import learning_home, train
from widgets.coding.coding_room import CodingRoom
from widgets.coding.drawers import PAD
from widgets.comparing.comparing_room import ComparingRoom
from widgets.desk.desk_screen import DeskScreen
from widgets.numbers.chart_view import ChartView
from widgets.training.training_screen import TrainingScreen


@pytest.fixture
def home(qapp):
    return learning_home()


@pytest.fixture
def room(home):
    """The third worker's."""
    with opened(home, home.c) as made:
        yield made


@pytest.fixture
def place(stage, room):
    made = stage(TrainingScreen, player=True)
    room.go = made.go = lambda place, **ids: (
        room.gone.append((place, ids)),
        place == "training" and made.opened(**ids),
    )
    return made


def test_from_the_list_to_what_came_of_it(place, room, home, qtbot) -> None:
    hands = Hands(qtbot)
    assert "Star 14" in hands.words(place)
    assert "Nobody else sees your coding" in hands.words(place)
    assert "birth" not in hands.words(place), "who learns by a film need not know whose it is"
    hands.press(place, "Code")
    coding = place.room
    assert isinstance(coding, CodingRoom)
    said = hands.words(place)
    assert "Training: nobody but you sees this coding" in said
    assert "training coding, only you see it" in said
    assert "seen when you are ready" in said
    assert not [b for b in ("Numbers", "Take ready back") if b in said]
    for key, second in (("6", 0), ("q", 5), ("q", 25)):
        press(coding.editor, key, second * 1_000_000)
    cover_all(coding.editor)
    hands.answering(lambda box: hands.press(box, "Mark as ready"), lambda: hands.press(place, "Mark as ready"))
    hands.until(lambda: isinstance(place.room, ComparingRoom))
    said = hands.words(place)
    assert "Beside the reference coding".upper() in said
    assert "Code by code".upper() in said
    assert "Only you see them." in said
    assert not place.room.walk.may_decide
    assert place.room.card.count.isHidden()
    (result,) = home.c.find(TrainingResult)
    assert home.a.find(TrainingResult) == ()
    hands.press(place, "Reference films")
    assert place.room is None
    assert "Code anew" in hands.words(place)
    assert "Own line".upper() in hands.words(place)
    hands.press(place, "See the newest")
    assert room.gone[-1] == ("training", {"coding_id": result.coding_id})
    assert isinstance(place.room, ComparingRoom)


def test_nothing_is_decided_about_a_difference(place, home, qtbot) -> None:
    header = train(home, home.c)
    place.opened(coding_id=header.id)
    learning = place.room
    assert learning.list.count() > 0
    learning.list.setCurrentRow(0)
    before = repr(home.c.find(CodingHeader))
    for key in "abmkue":
        qtbot.keyClick(learning.list, key)
    assert repr(home.c.find(CodingHeader)) == before
    assert "we see it differently" not in Hands(qtbot).words(learning.card)
    learning.turn()
    assert not learning.is_common


def test_what_is_the_pairs_own_stands_beside_no_training_coding(place, room, home, qtbot) -> None:
    place.opened(meeting_id=home.meeting.id)
    coding = place.room
    for name in ("numbers", "own-notes", "said"):
        sequence = QKeySequence(room.preferences.keys.of(f"coding.{name}"))[0]
        qtbot.keyClick(place, sequence.key(), sequence.keyboardModifiers())
        assert coding.drawers.open == PAD
    coding.safety()
    for flag in FOR_OTHERS:
        assert not coding.live.flag(flag)
    said = Hands(qtbot).words(coding.pad)
    assert "important moment" in said
    assert "ask work partner" not in said
    assert coding.editor.coding.marks == {}, "a flag there reaches nobody, and that is said"
    assert not coding.editor.use_scheme("laaja-runko")
    assert coding.editor.pairs("scheme") is None


def test_a_consent_taken_back_closes_the_room_at_once(place, room, home, qtbot) -> None:
    train(home, home.c)
    place.opened(meeting_id=home.meeting.id)
    assert isinstance(place.room, CodingRoom)
    (consent, *_) = home.a.find(Consent, purpose=Purpose.REFERENCE_FILM)
    room.space.write("withdrawn", [withdrawn(consent, today())])
    assert place.room is None
    said = Hands(qtbot).words(place)
    assert "1 reference film is closed now" in said
    assert room.said[-1].text
    place.opened(meeting_id=home.meeting.id)
    assert place.room is None


def test_the_line_shows_each_coding_with_how_much_was_coded(place, room, home, qtbot) -> None:
    first = train(home, home.c)
    place.opened(coding_id=first.id)
    (one,) = home.c.find(TrainingResult)
    more = replace(one, id="later", held=one.held + timedelta(days=200), coding_id="gone")
    room.space.write("later", [added(more)])
    place.opened(part="list")
    (chart,) = place.findChildren(ChartView)
    assert "State of interaction" in chart.accessibleDescription()
    said = Hands(qtbot).words(place)
    assert "Nothing can be said of a change" in said


def test_the_desk_reminds_after_half_a_year_and_is_hushed_by_each(stage, room, home, qtbot) -> None:
    (reference,) = home.c.find(Reference)
    assert reference.since.date() + HALF_A_YEAR > today()
    old = replace(
        reference, confirmations=tuple(replace(c, at=c.at - timedelta(days=400)) for c in reference.confirmations)
    )
    home.held.entities[reference.id] = old
    desk = stage(DeskScreen)
    hands = Hands(qtbot)
    hands.settle()
    assert "You have coded no reference film since" in hands.words(desk)
    hands.press(desk, "To training")
    assert room.gone[-1] == ("training", {})
    hands.press(desk, "Do not remind")
    assert "no reference film" not in hands.words(desk)
    assert room.preferences.now.no_training_reminder == (home.third.id,)
    page = stage(TrainingScreen, player=True)
    (box,) = page.findChildren(QCheckBox)
    assert not box.isChecked()
    box.click()
    assert room.preferences.now.no_training_reminder == ()
    desk.opened()
    hands.settle()
    assert "You have coded no reference film since" in hands.words(desk)


def test_without_a_reference_it_says_how_one_comes_about(qtbot, stage, room, home) -> None:
    (reference,) = home.a.find(Reference)
    home.a.apply("ended", [Change(reference, None)])
    place = stage(TrainingScreen, player=True)
    hands = Hands(qtbot)
    assert "No reference film yet" in hands.words(place)
    hands.press(place, "To comparing")
    assert room.gone[-1] == ("comparing", {})


def test_a_draft_is_gone_on_with(place, home) -> None:
    place.opened(meeting_id=home.meeting.id)
    (draft,) = home.c.find(CodingHeader, kind=CodingKind.TRAINING)
    place.opened(part="list")
    place.opened(meeting_id=home.meeting.id)
    assert home.c.find(CodingHeader, kind=CodingKind.TRAINING, state=CodingState.DRAFT) == (draft,)
