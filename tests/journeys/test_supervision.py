"""A group's supervision of six sessions in an encrypted archive: rated, evaluated, with one clip by its consents."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QDialog

from app.casework.case_editor import CaseEditor
from app.clips.covering import CoverEditor
from app.i18n import now, today
from app.model.change import added
from app.model.consent import Purpose
from app.model.cover import Box, Covered
from app.model.feedback import Clip
from app.model.identity import new_id
from app.model.meeting import Meeting, Outcome
from app.model.recording import Recording
from app.model.supervision import PayerLine, Signing, SupervisionForm
from app.model.supervision_course import EvaluationKind, Phase
from app.model.supervision_film import SHOWN, Reflection
from app.office.log_report import case_lines
from app.supervising.agreements import new_agreement
from app.supervising.evaluations import courses, lacking
from tests.drivers.archive_steps import lock
from tests.drivers.hands import one_in_sight
from tests.drivers.second_screen import one_for_both
from tests.material.golden import AINO, PASSPHRASE, golden
from widgets.second_display.bare_window import BareWindow
from widgets.supervision.film_page import FilmPage
from widgets.supervision.supervision_screen import SupervisionScreen

TITLE, NAMED = "Sanat perheelle", "Saara Malliesimerkki"
SESSIONS = 6


@dataclass
class Work:
    """The opened program with a clip of its case that is covered and looked at wholly."""

    space: object
    window: object
    cases: CaseEditor
    clip: Clip


@pytest.fixture
def work(program, hands, tmp_path: Path, monkeypatch) -> Work:
    one_for_both(monkeypatch)
    program.unlock(golden("ready", tmp_path / "archive"), AINO, PASSPHRASE)
    hands.until(lambda: program.window is not None and program.window.isVisible())
    space = program.workspace
    film = min(space.store.find(Recording), key=lambda f: f.camera)
    meeting = space.store.get(Meeting, film.meeting_id)
    cases = CaseEditor(space.store, space.texts, meeting.case_id)
    cases.edit(cases.file.adults[0], name=NAMED)
    for person in cases.file.persons:
        cases.give_consent(person, Purpose.OWN_SUPERVISION, today())
    first, last = (film.to_film(film.to_meeting(0) + at) for at in (1_000_000, 3_000_000))
    clip = Clip(new_id(), film.id, meeting.id, space.store.me, first, last, title=TITLE)
    space.door.write("clip", [added(clip)])
    covers = CoverEditor(space.store, space.texts, clip)
    for person in covers.people:
        track = covers.draw(Covered.FACE, first, Box(1_000, 1_000, 9_000, 9_000), person.id)
        covers.mark(track, last, Box(1_000, 1_000, 9_000, 9_000))
    while left := covers.covering.to_review:
        assert covers.review(left[0])
    return Work(space, program.window, cases, clip)


def agreed(work: Work, room) -> None:
    """A group of three with two goals, signed; six sessions planned."""
    editor = room.editor
    for n in (1, 2, 3):
        editor.add_supervisee(f"Ohjattava {n}", "perhetyöntekijä")
    for goal in ("Tuomme keskeneräistä työtä", "Pysymme lapsen tahdissa"):
        editor.add_goal(goal)
    assert editor.edit(start=today(), planned=SESSIONS, form=SupervisionForm.GROUP, payer_sees=tuple(PayerLine))
    assert editor.sign((Signing("Malli Päällikkö", "tilaaja", today()),))
    day = now().replace(month=1, day=12) if now().month > 6 else now() - timedelta(weeks=26)
    assert editor.plan(datetime.combine(day.date(), day.time()).astimezone())
    assert len(editor.sessions) == SESSIONS


def rated(editor, phase: Phase, value: Callable[[int], int]) -> None:
    for number, person in enumerate(editor.agreement.supervisees):
        for goal in editor.agreement.goals:
            assert editor.rate(goal.id, person.id, phase, value(number))


def brought(hands, work: Work, page: FilmPage, monkeypatch) -> None:
    """By the dialog, in which the client has a code name only."""

    def choose(dialog) -> int:
        dialog.case.set_value(work.cases.file.case.id)
        dialog.show_case()
        assert dialog.clip.count() == 1
        assert TITLE not in dialog.clip.currentText()
        dialog.asker.set_value(page.editor.agreement.supervisees[1].id)
        dialog.question.setPlainText("Miten pysyn lapsen tahdissa?")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr("widgets.supervision.bring_dialog.BringDialog.exec", choose)
    hands.click(page.bring)
    assert page.use is not None


def light(bare: BareWindow) -> int:
    """The lightest of what is seen on the other screen, along its middle and its edge."""
    image = bare.grab().toImage()
    wide, high = image.width(), image.height()
    rows = (high // 2, high // 20)
    return max(image.pixelColor(x, y).lightness() for y in rows for x in range(0, wide, 7))


def printed(hands, work: Work, screen: SupervisionScreen, folder: Path, monkeypatch) -> None:
    """The agreement and the year, of which no line tells of the client or of what was reflected."""
    dialogs = "widgets.supervision.supervision_screen.FileDialogs.save"
    monkeypatch.setattr(dialogs, lambda _self, _title, name, _kind: folder / name)
    screen.room.to_agreement()
    hands.click(screen.room.agreement.paper)
    screen.room.to_overview()
    hands.click(hands.button(screen.header, "Vuosikooste PDF"))
    hands.until(lambda: not work.space.jobs.running and len(list(folder.glob("*.pdf"))) == 2)
    said = "".join(
        page.get_textpage().get_text_range() for path in folder.glob("*.pdf") for page in pypdfium2.PdfDocument(path)
    )
    assert "Pysymme lapsen tahdissa" in said
    for secret in (TITLE, NAMED, "Katse kääntyy", work.cases.file.case.code_name):
        assert secret not in said


def test_six_sessions_of_a_group_with_one_clip(program, hands, work: Work, tmp_path: Path, monkeypatch) -> None:
    space, window = work.space, work.window
    made = new_agreement(space.door, space.texts, "Tiimin työnohjaus", customer="Tiimi, Esimerkkilä", outside=False)
    window.go("supervision", agreement_id=made.id)
    screen = one_in_sight(window, SupervisionScreen)
    room, editor = screen.room, screen.room.editor
    agreed(work, room)
    rated(editor, Phase.START, lambda n: 1 + n)
    for number, session in enumerate(editor.sessions[:3]):
        room.open_session(session.id)
        hands.click(room.session.hold)
        assert editor.sessions[number].outcome == Outcome.HELD
    rated(editor, Phase.MIDWAY, lambda n: 2 + n)
    assert editor.evaluate(EvaluationKind.MIDWAY, today(), "Hyvässä vauhdissa", "jatketaan")

    # the fourth: a clip is brought, shown, spoken of, and withdrawn in the middle
    room.open_session(editor.sessions[3].id)
    hands.click(room.session.clips)
    page = room.film
    brought(hands, work, page, monkeypatch)
    for secret in (TITLE, NAMED):
        assert secret not in hands.words(page)
    hands.click(page.show_button)
    bare = next(w for w in window.findChildren(BareWindow) if w.isVisible())
    assert not [e for e in space.store.audit_of_case(work.cases.file.case.id) if e.act == SHOWN]
    hands.click(page.trial.start)
    hands.until(lambda: page.stage.now is not None and page.stage.now.first is not None)
    pixels = page.view.picture.pixels
    high, wide = pixels.shape[:2]
    assert not pixels[high // 10 + 1 : high * 9 // 10, wide // 10 + 1 : wide * 9 // 10, :3].any(), "all behind covers"
    page.stage.hold()
    page.rounds.words.setPlainText("Katse kääntyy")
    hands.click(page.rounds.write)
    hands.click(page.rounds.next)
    assert [m.author for m in space.store.find(Reflection)] == [editor.agreement.supervisees[1].id]
    adult = work.cases.file.adults[0]
    work.cases.withdraw_consent(work.cases.file.consent(adult.id, Purpose.OWN_SUPERVISION, today()), today())
    space.door.tell([added(work.cases.file.consents[0])], None)
    hands.until(lambda: page.stage.clip is None)
    assert light(bare) == 0
    assert "Peruttu suostumus" in hands.words(page)
    assert not page.show_button.isEnabled()
    told = [line for line in case_lines(space.store, work.cases.file.case.id) if line.act == SHOWN]
    assert sorted(line.kind for line in told) == ["clip", "recording"], "the report of the case's log has the showing"

    # the rest, and the end
    room.to_overview()
    assert not bare.isVisible()
    for session in editor.sessions[3:]:
        assert editor.hold(session)
    rated(editor, Phase.END, lambda n: 3 + n)
    for kind in (EvaluationKind.FINAL, EvaluationKind.ANNUAL):
        assert editor.evaluate(kind, today(), "Tavoitteet toteutuivat", "päätetään")
    assert not any(lacking(editor.agreement, editor.ratings, phase) for phase in Phase)
    assert [[p.middle for p in c.phases] for c in courses(editor.agreement, editor.ratings)] == [[2, 3, 4]] * 2
    assert all(s.is_held for s in editor.sessions)
    printed(hands, work, screen, tmp_path, monkeypatch)
    lock(hands, program)
