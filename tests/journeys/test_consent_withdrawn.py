"""A consent is withdrawn while its film is open, given again, and on the day of the next filming the child says no."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QPushButton

from app.model.consent import Consent, Purpose
from app.model.meeting import Meeting
from app.model.recording import Recording
from tests.drivers.archive_steps import lock
from tests.drivers.hands import Hands, one_in_sight
from tests.material.golden import AINO, PASSPHRASE, golden
from widgets.cases.cases_screen import CasesScreen
from widgets.cases.withdrawal_dialog import WithdrawalDialog
from widgets.coding.coding_screen import CodingScreen
from widgets.filming.prepare_panel import PreparePanel


def close(hands: Hands, dialog: QDialog) -> None:
    """What there is of the film is told, then the window is left."""
    assert isinstance(dialog, WithdrawalDialog)
    assert "1 tallenne" in hands.words(dialog)
    hands.press(dialog, "Sulje")


def test_a_withdrawn_consent_and_a_child_who_says_no(program, hands, tmp_path: Path) -> None:
    program.unlock(golden("case", tmp_path / "archive"), AINO, PASSPHRASE)
    hands.until(lambda: program.window is not None and program.window.isVisible())
    space, window = program.workspace, program.window
    (film,) = space.store.find(Recording)
    meeting = space.store.get(Meeting, film.meeting_id)
    window.go("coding", meeting_id=meeting.id)
    coding = one_in_sight(window, CodingScreen)
    hands.until(lambda: coding.room.player.shown_at() is not None)
    hands.until(lambda: not space.jobs.running)

    # withdrawn: the open film is closed at once, and it is told what there is of it
    window.go("cases", case_id=meeting.case_id, part="consents")
    cases = one_in_sight(window, CasesScreen)
    cases.consents.choose(meeting.adult_id)
    row = cases.consents.rows[Purpose.FILMING]
    hands.confirming("Kirjaa peruutus", lambda: hands.click(row.withdraw))
    told = next(d for d in cases.consents.findChildren(WithdrawalDialog))
    close(hands, told)
    (gone,) = [c for c in space.store.find(Consent, person_id=meeting.adult_id) if c.purpose == Purpose.FILMING]
    assert gone.withdrawn is not None
    assert coding.room.watching.session.films == {}
    window.go("coding", meeting_id=meeting.id)
    hands.until(lambda: "Tallenne on suljettu" in hands.words(coding))

    # given again: the film is there as it was
    window.go("cases", case_id=meeting.case_id, part="consents")
    hands.click(row.give)
    hands.click(cases.consents.form.record)
    hands.until(lambda: "Tallenne on suljettu" not in cases.consents.matrix.said(meeting.adult_id, Purpose.FILMING))
    assert cases.consents.matrix.said(meeting.adult_id, Purpose.FILMING).endswith("annettu")
    window.go("cases", case_id=meeting.case_id, part="meetings")
    hands.click(cases.meetings.add)
    later = cases.meetings.meeting_id
    assert later != meeting.id

    # the child's own word on the day goes before every consent
    window.go("filming", meeting_id=later)
    prepare = one_in_sight(window, PreparePanel)
    hands.click(prepare.no)
    assert space.store.get(Meeting, later).child_said == "no"
    assert not prepare.begin.isEnabled()
    window.go("cases", case_id=meeting.case_id, part="consents")
    assert "Lapsi tänään: sanoi ei" in hands.words(cases.consents)
    assert [b.text() for b in cases.consents.findChildren(QPushButton) if b is cases.consents.evidence]
    lock(hands, program)
