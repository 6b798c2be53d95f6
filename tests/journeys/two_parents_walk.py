"""Feedback to two parents who must not meet, on a computer with two screens: `test_feedback.py` starts it there.

The real program on an encrypted archive and real films; the family's screen is read back from its pixels.
"""

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.bootstrap import Program
from app.casework.case_editor import CaseEditor
from app.casework.film_use import Use
from app.clips.leaving import demand_leaving
from app.door import Door
from app.errors import NotAllowed
from app.films import intake
from app.i18n import today
from app.model.change import added
from app.model.consent import Purpose
from app.model.feedback import CameFrom, Clip, ClipWords, FeedbackTalk, Group, Sight
from app.model.filming import LiveMark
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.observation import MarkKind
from app.model.people import Case, Person, Role
from app.model.recording import Recording
from app.model.timecode import SECOND
from tests.drivers.filmed_meeting import Work
from tests.drivers.hands import CTRL, Hands, Key, one_in_sight
from tests.drivers.pages import page_words
from tests.drivers.stage import pixels_of
from tests.drivers.statement_steps import Writer
from tests.material.films import Clip as Film
from tests.material.films import build, read_number
from tests.material.golden import AINO, PASSPHRASE, golden
from tests.material.media import CAMERA_A, CAMERA_B
from tests.widgets.test_nothing_of_the_other import part_words
from widgets.coding.coding_screen import CodingScreen
from widgets.comparing.comparing_screen import ComparingScreen
from widgets.feedback.feedback_room import FeedbackRoom
from widgets.feedback.feedback_screen import FeedbackScreen
from widgets.second_display.bare_window import BareWindow

#: as in `coded_film`: all of what is short otherwise
IS_LONG = os.environ.get("HAVAINTO_WHOLE_FILM") == "1"
ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
MOTHER, FATHER = "Saara Malliesimerkki", "Omar Toinenesimerkki"
TITLES = {
    CameFrom.OBSERVATION: "Katse kohtaa",
    CameFrom.SELECTION: "Vuorotellen",
    CameFrom.LIVE_MARK: "Nauru",
    CameFrom.DISAGREEMENT: "Molemmat huomaavat",
}
#: what a worker of the mother's talk must not come upon
FATHERS_TITLE, FATHERS_QUESTION, FATHERS_WORDS = "Torni nousee", "Miten rauhoitan", "Hän odotti minua"
QUESTION = "Miten leikki alkaa?"
SAID, STEP = "En tiennyt, että hän katsoo", "Odotan ensin"
OF_FATHER = (FATHER, "Omar", "Toinenesimerkki", FATHERS_TITLE, FATHERS_QUESTION, FATHERS_WORDS)


@dataclass
class Family:
    case: Case
    child: Person
    mother: Person
    father: Person
    meeting: Meeting
    fathers: Meeting


class Feedback:
    """The place *Palaute* under the hands of a worker."""

    def __init__(self, hands: Hands, program: Program, family: Family) -> None:
        self.hands, self.program, self.family = hands, program, family
        self.window, self.space = program.window, program.workspace

    @property
    def room(self) -> FeedbackRoom:
        room = one_in_sight(self.window, FeedbackScreen).room
        assert room is not None
        return room

    def open(self) -> None:
        self.window.go("feedback", case_id=self.family.case.id)
        self.hands.until(lambda: self.room.page.film is not None and self.room.page.film.player.shown_at() is not None)

    def field(self, name: str, kind: type[QWidget] = QLineEdit) -> QWidget:
        return self.hands.named(self.room, name, kind)

    def begin(self, who: str) -> FeedbackTalk:
        before = {t.id for t in self.room.editor.talks}
        new = self.hands.button(self.room, "Uusi")
        new.menu().aboutToShow.emit()
        self.hands.pick(new.menu(), f"Palautekeskustelu: {who}")
        (made,) = [t for t in self.room.editor.talks if t.id not in before]
        return made

    def title(self, clip: Clip, words: str) -> None:
        self.room.choose_clip(clip.id)
        self.hands.fill(self.field("Otsikko vanhemmalle"), words)
        assert self.space.store.get(Clip, clip.id).title == words

    def place(self, clip: Clip, times: int = 1) -> None:
        """By the key alone: into the talk, and from group to group."""
        self.room.choose_clip(clip.id)
        self.room.page.order.setFocus()
        for _ in range(times):
            self.hands.key(self.room.page.order, Key.Key_Down, ALT_SHIFT)

    # showing

    def show(self) -> None:
        """The main action of the place."""
        self.hands.settle()
        (main,) = [
            b for b in one_in_sight(self.window, FeedbackScreen).header.findChildren(QPushButton) if b.text() == "Näytä"
        ]
        self.hands.click(main)

    def bare(self) -> BareWindow | None:
        return next((w for w in self.window.findChildren(BareWindow) if w.isVisible()), None)

    def number_on_the_familys_screen(self) -> int:
        """Of the picture that is on it; −1 where it is black."""
        bare = self.bare()
        assert bare is not None
        picture = self.room.show_page.stage.now
        if picture is None or picture.first is None:
            return -1
        seen = pixels_of(bare, picture.first)
        return read_number(seen) if seen[..., :3].any() else -1

    def is_black(self) -> bool:
        image = self.bare().grab().toImage()
        middle = image.rect().center()
        return all(image.pixelColor(x, middle.y()).lightness() == 0 for x in range(0, image.width(), 7))

    def nothing_of(self, secrets: tuple[str, ...]) -> None:
        """Whatever is in sight, read out, listed, or held to be drawn; of the family's screen all."""
        met = []
        for part in (self.window, *self.window.findChildren(QWidget)):
            if part is self.window or part.isVisible():
                met += [(type(part).__name__, s) for said in part_words(part) for s in secrets if s in said]
        assert met == []
        bare = self.bare()
        assert bare is None or (bare.findChildren(QLabel), bare.caption) == ([], "")


def films_of_the_father(folder: Path) -> tuple[Path, ...]:
    """A short one of one camera; in the long run the drawn meeting's two, where they are there."""
    if IS_LONG and CAMERA_A.exists():
        return CAMERA_A, CAMERA_B
    return (build(folder, Film(frames=60, gop=20, sound="aac"), "second"),)


@pytest.fixture
def family(program: Program, hands: Hands, tmp_path: Path) -> Family:
    """Both codings of the mother's meeting are ready; the father's has a film and nothing yet. They are kept apart."""
    program.unlock(golden("ready", tmp_path / "archive"), AINO, PASSPHRASE)
    hands.until(lambda: program.window is not None and program.window.isVisible())
    program.window.setGeometry(0, 0, 1366, 768)
    space = program.workspace
    (meeting,) = space.store.find(Meeting)
    editor = CaseEditor(space.store, space.texts, meeting.case_id)
    father = editor.add_person(Role.BIRTH_PARENT, "isä")
    editor.edit(editor.file.adults[0], called="äiti", name=MOTHER)
    editor.edit(editor.file.person(father.id), name=FATHER)
    assert editor.edit(editor.file.case, keep_apart=True)
    for person in editor.file.persons:
        for purpose in (Purpose.FILMING, Purpose.FEEDBACK):
            if editor.file.consent(person.id, purpose, today()) is None:
                editor.give_consent(person, purpose, today())
    later = editor.add_meeting(editor.file.person(father.id), datetime(2026, 11, 10, 9, tzinfo=UTC))
    for camera, source in enumerate(films_of_the_father(tmp_path), start=1):
        film = intake.take_in(space.films.gate, space.media, intake.Wish((source,), later.id, camera), Work())
        intake.keep(Door(space.store), space.media, space.texts, film)
    mark = LiveMark(new_id(), meeting.id, MarkKind.IMPORTANT, round(1.6 * SECOND), "nauroi")
    Door(space.store).write("marked", [added(mark)])
    file = editor.file
    return Family(file.case, file.child, file.adults[0], file.person(father.id), meeting, later)


def test_each_parent_sees_the_own_moments_and_nothing_of_the_other(
    program: Program, hands: Hands, family: Family, tmp_path: Path, monkeypatch
) -> None:
    feedback = Feedback(hands, program, family)
    clips = chosen_by_one_key(feedback)
    arranged_for_the_father(feedback)
    arranged_for_the_mother(feedback, clips)
    if IS_LONG and CAMERA_A.exists():
        shown_to_the_father(feedback)
    shown_to_the_mother(feedback)
    withdrawn_in_the_middle(feedback)
    reaches_the_statement(feedback)
    on_paper_and_in_the_log(feedback, tmp_path, monkeypatch)


def chosen_by_one_key(feedback: Feedback) -> dict[CameFrom, Clip]:
    """From an observation, from a stretch of the film, from a difference; and what was marked while filming."""
    hands, window, store, meeting = feedback.hands, feedback.window, feedback.space.store, feedback.family.meeting
    window.go("coding", meeting_id=meeting.id)
    coding = one_in_sight(window, CodingScreen)
    hands.until(lambda: coding.room.player.shown_at() is not None)
    point = next(o for o in coding.room.editor.coding.observations.values() if o.end is None)
    coding.room.editor.selection.choose([point.id])
    hands.key(coding, Key.Key_Adiaeresis, CTRL)
    coding.room.editor.selection.choose(())
    for at, edge in ((SECOND, Key.Key_I), (2 * SECOND, Key.Key_O)):
        coding.room.seek(at)
        hands.until(lambda at=at: coding.room.player.shown_at() == at)
        hands.key(coding, edge, CTRL | Qt.KeyboardModifier.ShiftModifier)
    hands.key(coding, Key.Key_Adiaeresis, CTRL)
    window.go("comparing", meeting_id=meeting.id)
    comparing = one_in_sight(window, ComparingScreen)
    hands.until(lambda: comparing.room is not None and comparing.room.player.shown_at() is not None)
    differing = next(d for d in comparing.room.walk.rows() if d.start is not None)
    comparing.room.walked.show_id(differing.id)
    hands.key(comparing.room.list, Key.Key_Adiaeresis, CTRL)
    feedback.open()
    feedback.begin("äiti")
    hands.until(lambda: feedback.room.page.film.file.meeting.id == meeting.id)
    take = hands.named(feedback.room, "Ota: 00:01 nauroi", QPushButton)
    hands.click(take)
    clips = {clip.came_from: clip for clip in store.find(Clip)}
    assert set(clips) == set(TITLES)
    assert clips[CameFrom.OBSERVATION].source_id == point.id
    assert (clips[CameFrom.SELECTION].first, clips[CameFrom.SELECTION].last) == (SECOND, 2 * SECOND)
    assert clips[CameFrom.DISAGREEMENT].source_id == differing.id
    return clips


def arranged_for_the_father(feedback: Feedback) -> None:
    """From his own film only; his own question, and words that were written to his moment."""
    hands, room, family = feedback.hands, feedback.room, feedback.family
    feedback.begin("isä")
    assert room.page.film.file.meeting.id == family.fathers.id
    hands.until(lambda: room.page.film.player.shown_at() is not None)
    assert not any(title in hands.words(room) for title in TITLES.values())
    hands.press(room, "Ota tästä")
    hands.settle()
    feedback.title(room.clip, FATHERS_TITLE)
    hands.fill(feedback.field("Vanhemman oma kysymys"), FATHERS_QUESTION)
    (his,) = [t for t in room.editor.talks if t.person_id == family.father.id]
    assert room.editor.say(his, room.clip, words=FATHERS_WORDS)
    assert his.question == FATHERS_QUESTION


def arranged_for_the_mother(feedback: Feedback, clips: dict[CameFrom, Clip]) -> None:
    """Her own question, strengths first and last, one place to grow, and the lengths beside the plan."""
    hands, room, family = feedback.hands, feedback.room, feedback.family
    talk = next(t for t in room.editor.talks if t.person_id == family.mother.id)
    room.choose_talk(talk.id)
    hands.until(lambda: room.page.film.file.meeting.id == family.meeting.id)
    hands.fill(feedback.field("Vanhemman oma kysymys"), QUESTION)
    for came, title in TITLES.items():
        feedback.title(clips[came], title)
    feedback.place(clips[CameFrom.OBSERVATION])
    feedback.place(clips[CameFrom.SELECTION])
    feedback.place(clips[CameFrom.LIVE_MARK], times=3)
    feedback.place(clips[CameFrom.DISAGREEMENT], times=4)
    placed = [(place.group, clip.title) for place, clip in room.editor.placed(room.editor.talk(talk.id))]
    assert placed == [
        (Group.STRENGTHS, TITLES[CameFrom.OBSERVATION]),
        (Group.STRENGTHS, TITLES[CameFrom.SELECTION]),
        (Group.GROWING, TITLES[CameFrom.LIVE_MARK]),
        (Group.CLOSING, TITLES[CameFrom.DISAGREEMENT]),
    ]
    told = hands.words(room)
    assert "Keskustelu 75 min" in told
    assert "suunniteltu 68 min, vapaata 7" in told
    feedback.nothing_of(OF_FATHER)


def shown_to_the_father(feedback: Feedback) -> None:
    """Both cameras beside each other, and one within the other, of the whole film; nothing of her."""
    hands, room = feedback.hands, feedback.room
    (his,) = [t for t in room.editor.talks if t.person_id == feedback.family.father.id]
    for sight in (Sight.BESIDE, Sight.WITHIN):
        room.choose_talk(his.id)
        hands.until(lambda: len(room.page.film.file.recordings) == len(("A", "B")))
        hands.choose(hands.named(room, "Näkyy", QComboBox), "Vierekkäin" if sight == Sight.BESIDE else "Kuva kuvassa")
        assert room.clip.sight == sight
        feedback.show()
        hands.key(QApplication.focusWidget(), Key.Key_Return)
        stage = room.show_page.stage
        hands.until(lambda stage=stage: stage.now and stage.now.first and stage.now.beside_it())
        image = feedback.bare().grab().toImage()
        middle = image.height() // 2
        assert all(image.pixelColor(x, middle).lightness() > 0 for x in (480, 1440))
        is_black_above = image.pixelColor(480, 20).lightness() == 0
        assert is_black_above == (sight == Sight.BESIDE)
        feedback.nothing_of((MOTHER, "Saara", *TITLES.values(), QUESTION, "äiti", "Äiti"))
        hands.press(room, "Lopeta näyttäminen")
        hands.press(room, "Järjestä")
    room.choose_talk(next(t for t in room.editor.talks if t.person_id == feedback.family.mother.id).id)


def shown_to_the_mother(feedback: Feedback) -> None:
    """A ring, the first picture of each moment, black by one key; what she says is typed, picked and numbered."""
    hands = feedback.hands
    feedback.show()
    page = feedback.room.show_page
    bare = feedback.bare()
    assert (bare.screen().name(), bare.width(), bare.height()) == ("second", 1920, 1080)
    hands.key(QApplication.focusWidget(), Key.Key_Return)  # the ring is where it belongs
    second = page.clips[1]
    hands.until(lambda: feedback.number_on_the_familys_screen() >= 0)
    feedback.nothing_of((*OF_FATHER, "isä", "Isä"))
    hands.key(QApplication.focusWidget(), Key.Key_PageDown)
    hands.until(lambda: page.stage.clip == second and feedback.number_on_the_familys_screen() in range(25, 51))
    hands.type(hands.named(page, "Vanhemman omat sanat", QPlainTextEdit), SAID)
    hands.key(QApplication.focusWidget(), Key.Key_Escape)
    assert feedback.is_black()
    hands.press(page, "yllättyi")
    hands.click(hands.named(page, "7 / 10", QPushButton))
    hands.fill(hands.named(page, "Seuraava askel vanhemman sanoin", QLineEdit), STEP)
    hands.key(page, Key.Key_F5)
    hands.until(lambda: feedback.number_on_the_familys_screen() in range(25, 51))
    words = {w.title: w for w in feedback.space.store.find(ClipWords, talk_id=page.talk.id)}
    held = words[TITLES[CameFrom.SELECTION]]
    assert (held.words, held.picked, held.scaling, held.step) == (SAID, ("surprised",), 7, STEP)
    assert [w for w in words.values() if w.shown is None] == []
    feedback.nothing_of((*OF_FATHER, "isä", "Isä"))


def withdrawn_in_the_middle(feedback: Feedback) -> None:
    """Black at once, and no way left to show it, to arrange it as if nothing had been, or to hand it out."""
    hands, family, space, page = feedback.hands, feedback.family, feedback.space, feedback.room.show_page
    cases = space.editor(f"case/{family.case.id}", lambda: CaseEditor(space.store, space.texts, family.case.id))
    consent = cases.file.consent(family.mother.id, Purpose.FEEDBACK, today())
    clip = page.stage.clip
    assert cases.withdraw_consent(consent, today())
    assert feedback.is_black()
    assert page.stage.now is None
    hands.key(page, Key.Key_F5)
    hands.key(page, Key.Key_PageUp)
    assert feedback.is_black()
    assert page.stage.now is None
    hands.press(page, "Lopeta näyttäminen")
    assert feedback.bare() is None
    hands.press(feedback.room, "Järjestä")
    assert "Ei näytetä: peruttu suostumus" in hands.words(feedback.room)
    feedback.show()
    hands.until(lambda: "Mitään katkelmista ei saa nyt näyttää." in hands.words(feedback.room))
    hands.press(feedback.room, "Lopeta näyttäminen")
    with pytest.raises(NotAllowed, match="consent-withdrawn"):
        demand_leaving(space.store, clip, Use.FEEDBACK, family.mother.id)


def reaches_the_statement(feedback: Feedback) -> None:
    """Section 11 tells of her talk, each of her words resting on what was said; of his nothing."""
    writer = Writer(feedback.hands, feedback.program, feedback.family.case.id, "äiti")
    feedback.hands.press(writer.screen, "Aloita")
    paragraphs = writer.room.editor.text.section("feedback")
    told = "\n".join(p.text for p in paragraphs)
    assert f"”{SAID}”; yllättyi; seuraava askel: ”{STEP}”" in told
    rests = [writer.room.editor.text.evidence[run.evidence] for p in paragraphs for run in p.runs if run.evidence]
    assert [e.kind for e in rests] == ["feedback"]
    assert not [secret for secret in OF_FATHER if secret in told]
    assert writer.numbered("feedback").startswith("11 ")


def on_paper_and_in_the_log(feedback: Feedback, folder: Path, monkeypatch) -> None:
    """The note names nobody in its file's name; each showing is in the log with its film."""
    hands, space = feedback.hands, feedback.space
    names: list[str] = []
    paper = folder / "muistio.pdf"

    def into(_parent, _title, name: str, *_more) -> tuple[str, str]:
        names.append(name)
        return str(paper), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", into)
    feedback.window.go("feedback", case_id=feedback.family.case.id)
    mothers = next(t for t in feedback.room.editor.talks if t.person_id == feedback.family.mother.id)
    feedback.room.choose_talk(mothers.id)
    hands.press(feedback.window, "Palautemuistio PDF")
    hands.until(paper.exists)
    said = " ".join(page_words(paper.read_bytes()))
    assert SAID in said
    for secret in (*OF_FATHER, "äiti", MOTHER):
        assert secret not in names[0]
    assert not re.search(r"\bisä|" + "|".join(OF_FATHER), said, re.IGNORECASE)
    film = next(f for f in space.store.find(Recording) if f.meeting_id == feedback.family.meeting.id)
    logged = space.store.audit_log(film.id, acts=["shown-in-feedback"])
    assert len(logged) == 3, "the first, the second, and the second again"
