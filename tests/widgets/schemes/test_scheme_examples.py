"""Examples of codes chosen, played and hidden; what a coder is told of schemes while coding."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.casework.case_editor import CaseEditor
from app.casework.film_use import Use
from app.clips.examples import ExampleEditor
from app.model.change import Change
from app.model.consent import Purpose
from app.model.stored import ContentKind, ExampleClip
from app.model.timecode import SECOND
from app.schemes import library
from app.schemes.drafts import ContentEditor, ContentShelf
from tests.drivers.content_pages import button, settle, typed
from tests.drivers.log_lines import played_lines
from tests.material.builders import words
from tests.material.pressing import press
from widgets.coding.choices import VersionNote, instrument_choice, scheme_choice
from widgets.coding.code_book import CodeBook
from widgets.feedback.cover_dialog import CoverDialog
from widgets.feedback.leave_dialog import LeaveDialog
from widgets.films.example_clip import ExampleClipButton
from widgets.look import look as looks

SCHEME, INSTRUMENT = ContentKind.SCHEME, ContentKind.INSTRUMENT
LIGHT = looks.Look(looks.LIGHT)


# ── examples ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def consented(home) -> None:
    editor = CaseEditor(home.a, home.texts, home.case_id)
    for person in editor.file.persons:
        editor.give_consent(person, Purpose.TRAINING, date(2026, 1, 1))


def test_without_consent_no_example_can_be_chosen(page, hands) -> None:
    section = page.pages[0].form.examples
    section.choose.click()
    assert "must have given the training consent" in hands.words(section)
    assert not section.film.isVisible()
    assert not section.start.isVisible()


def test_an_own_observation_becomes_an_example_and_plays(page, home, consented, qtbot) -> None:
    home.compare()
    section = page.pages[0].form.examples
    section.choose.click()
    assert section.seen.currentText() == "Star 14 · 00:03–00:07"
    section.add.click()
    settle()
    (clip,) = home.a.find(ExampleClip)
    assert (clip.scheme_id, clip.code_id, clip.start) == ("perusrunko-kopio", "AS", 3 * SECOND)
    (play,) = section.findChildren(ExampleClipButton)
    assert play.text() == "Example 1 · 00:04"
    play.click()
    window = play.window_open
    player = window.player
    assert player.is_playing()
    assert player.range == (3 * SECOND, 7 * SECOND)
    assert window.view.picture is not None
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert player.closed


def test_an_example_is_covered_and_handed_out_for_training_as_a_moment_is(page, home, consented, monkeypatch) -> None:
    home.compare()
    section = page.pages[0].form.examples
    section.choose.click()
    section.add.click()
    settle()
    (clip,) = home.a.find(ExampleClip)
    seen: list = []

    def shown(dialog: CoverDialog) -> None:
        assert not dialog.hand_out.isEnabled(), "nobody has looked at it yet"
        dialog.hand_out.setEnabled(True)
        dialog.hand_out.click()
        seen.append(dialog.editor.clip)
        dialog.reject()

    def offered(dialog: LeaveDialog) -> None:
        seen.append((dialog.use.count(), dialog.use.value()))
        dialog.reject()

    monkeypatch.setattr(CoverDialog, "exec", shown)
    monkeypatch.setattr(LeaveDialog, "exec", offered)
    button(section, "Cover and hand out…").click()
    uses, moment = seen
    assert (moment.id, moment.first, moment.last) == (clip.id, clip.start, clip.end - 1)
    assert uses == (1, Use.EXAMPLE)


def test_a_stretch_of_a_film_is_typed(page, home, consented, hands) -> None:
    section = page.pages[0].form.examples
    section.choose.click()
    assert section.start.isVisible()
    assert not section.seen.isVisible()
    assert "Own observations of this code" not in hands.words(section)
    typed(section.start, "0:10")
    typed(section.end, "0:05")
    section.add.click()
    assert home.a.find(ExampleClip) == ()
    assert section.end.accessibleDescription() == "The example must end after it starts."
    typed(section.end, "0:15,5")
    section.add.click()
    (clip,) = home.a.find(ExampleClip)
    assert (clip.start, clip.end) == (10 * SECOND, 15 * SECOND + SECOND // 2)


def test_an_example_is_removed_and_comes_back_by_the_notice(page, home, consented, room) -> None:
    section = page.pages[0].form.examples
    section.editor.add("AS", home.film, 0, SECOND)
    settle()
    button(section, "Remove").click()
    settle()
    assert home.a.find(ExampleClip) == ()
    room.said[-1].action()
    assert len(home.a.find(ExampleClip)) == 1


def test_the_button_hides_when_the_consent_is_gone(home, room, consented, qtbot) -> None:
    clips = ExampleEditor(home.a, home.texts, "perusrunko")
    clips.add("AS", home.film, 0, SECOND)
    made = ExampleClipButton(room.space, LIGHT, clips.of_code("AS"), "leads clearly")
    qtbot.addWidget(place := QWidget())
    made.setParent(place)
    place.show()
    made.show()
    assert made.isVisible()
    editor = CaseEditor(home.a, home.texts, home.case_id)
    editor.withdraw_consent(editor.file.consents[-1], date(2026, 1, 2))
    made.click()
    assert made.isHidden()
    assert made.window_open is None
    assert "no longer be shown" in room.said[-1].text
    assert clips.of_code("AS") == ()


def test_several_examples_follow_each_other(home, room, consented, qtbot) -> None:
    clips = ExampleEditor(home.a, home.texts, "perusrunko")
    clips.add("AS", home.film, 0, SECOND)
    clips.add("AS", home.film, 2 * SECOND, 3 * SECOND)
    made = ExampleClipButton(room.space, LIGHT, clips.of_code("AS"), "leads clearly")
    qtbot.addWidget(place := QWidget())
    made.setParent(place)
    made.play()
    window = made.window_open
    button(window, "Next example").click()
    assert window.player.range == (2 * SECOND, 3 * SECOND)
    room.space.closing.emit()
    assert window.player.closed
    settle()
    assert made.window_open is None


def test_the_key_that_plays_a_film_plays_the_example_again(home, room, consented, qtbot) -> None:
    clips = ExampleEditor(home.a, home.texts, "perusrunko")
    clips.add("AS", home.film, 0, SECOND)
    made = ExampleClipButton(room.space, LIGHT, clips.of_code("AS"), "leads clearly")
    qtbot.addWidget(place := QWidget())
    made.setParent(place)
    made.play()
    window = made.window_open
    room.preferences.change_keys(room.preferences.keys.with_action("film.play", "F8"))
    window.player.pause()
    window.player.range = None
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert window.player.range == (0, SECOND)
    window.reject()
    settle()


def test_what_is_seen_of_an_example_is_in_the_log_of_its_case(home, room, consented, qtbot) -> None:
    moved = replace(home.film, offset=100 * SECOND)  # an example plays on the film's own clock
    home.a.apply("aligned", [Change(home.film, moved)])
    clips = ExampleEditor(home.a, home.texts, "perusrunko")
    for start in (5, 20, 40):
        assert clips.add("AS", moved, start * SECOND, (start + 4) * SECOND)
    made = ExampleClipButton(room.space, LIGHT, clips.of_code("AS"), "leads clearly")
    qtbot.addWidget(place := QWidget())
    made.setParent(place)
    made.play()
    player = made.window_open.player
    player.advance(2 * SECOND)
    button(made.window_open, "Next example").click()  # gone at once
    button(made.window_open, "Next example").click()
    player.advance(3 * SECOND)
    room.space.looking.cover(True)
    player.advance(SECOND)
    made.window_open.reject()
    room.space.looking.write()
    assert played_lines(home.b, home.case_id, home.film, home.aino) == [
        "Toisti koodin esimerkkinä: Tallenne 00:05–00:07",
        "Toisti koodin esimerkkinä: Tallenne 00:40–00:43",
    ]
    rows = [row for row in home.b.audit_of_case(home.case_id) if row.act in ("view", "played")]
    assert [row.detail for row in rows] == ["played=5-7;where=example", "played=40-43;where=example"], "and no code"
    settle()


# ── while coding ──────────────────────────────────────────────────────────────────────────────────────────────────────


def publish(home, *, name: str = "") -> ContentEditor:
    shelf = ContentShelf(home.a, home.texts, SCHEME)
    row = shelf.row("perusrunko-kopio")
    draft = shelf.copy(shelf.row("perusrunko")) if row is None else shelf.begin(row)
    work = ContentEditor(home.a, home.texts, draft)
    if name:
        work.edit_entry("codes", 0, name=words(name))
    assert work.publish()
    return work


def test_a_newer_version_is_told_with_what_is_different(home, room, qtbot) -> None:
    publish(home)
    coding = home.editor()
    coding.use_scheme("perusrunko-kopio")
    note = VersionNote(room.space, coding)
    qtbot.addWidget(place := QWidget())
    note.setParent(place)
    note.refresh()
    assert note.isHidden()
    publish(home, name="steers")
    note.refresh()
    assert not note.isHidden()
    assert note.words.text() == "Version 2 of the scheme was published. It can be chosen above."
    press(coding, "q", SECOND)
    note.refresh()
    assert note.words.text() == "Version 2 of the scheme was published. This coding goes on with version 1."
    note.tell.click()
    assert room.said[-1].text == "Codes that say something else: steers"


def test_only_what_the_worker_may_use_is_offered(home, room, qtbot) -> None:
    publish(home)
    shelf = ContentShelf(home.a, home.texts, INSTRUMENT)
    work = ContentEditor(home.a, home.texts, shelf.copy(shelf.row("ulottuvuuskooste-5")))
    work.agree(workers=(home.leena.id,))
    work.publish()
    coding, chosen = home.editor(), []
    made = scheme_choice(room.space, coding, chosen.append)
    qtbot.addWidget(made)
    assert [a.text() for a in made.menu().actions()][-1] == "Core scheme (copy)"
    made.menu().actions()[-1].trigger()
    assert chosen == ["perusrunko-kopio"]
    assert instrument_choice(room.space, coding, chosen.append) is None
    other = shelf.copy(shelf.row("ulottuvuuskooste-5"))
    ContentEditor(home.a, home.texts, other).publish()
    sheet = instrument_choice(room.space, coding, chosen.append)
    qtbot.addWidget(sheet)
    assert [a.text() for a in sheet.menu().actions()] == ["Dimension summary 5", "Dimension summary 5 (copy)"]


def test_the_codebook_of_the_coding_room_plays_the_example(home, room, consented, qtbot) -> None:
    ExampleEditor(home.a, home.texts, "perusrunko").add("AS", home.film, 0, SECOND)
    scheme = library.scheme("perusrunko")
    qtbot.addWidget(place := QWidget())
    place.show()
    book = CodeBook(room.space, LIGHT, scheme, [c for c in scheme.codes if c.id in ("AS", "AE")], place)
    book.show()
    assert {code: play.isVisible() for code, play in book.examples.items()} == {"AS": True, "AE": False}
    book.examples["AS"].click()
    assert book.examples["AS"].window_open is not None
    book.examples["AS"].window_open.reject()
    book.reject()
