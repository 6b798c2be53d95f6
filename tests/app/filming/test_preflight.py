"""Before filming: every check with its verdict and its sentence, and what stops and what is only noted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.casework.case_editor import CaseEditor
from app.casework.case_file import case_file
from app.filming import preflight
from app.filming.preflight import Check, Listening, Situation, Verdict
from app.i18n import Texts
from app.model.consent import Purpose
from app.model.people import Role
from app.ports.recorder import SoundLevel
from app.ports.wakeful import Held
from tests.material.house import Home

TODAY = date(2026, 11, 3)


def heard(peak: float = -15.0, *, clipped: bool = False) -> Listening:
    listening = Listening()
    listening.hear(SoundLevel(peak, peak - 10, clipped))
    return listening


@pytest.fixture
def good() -> Situation:
    """Everything as it should be."""
    home = Home()
    editor = CaseEditor(home.a, home.texts, home.case_id)
    for person in editor.file.persons:
        editor.give_consent(person, Purpose.FILMING, TODAY - timedelta(days=5))
    meeting = replace(home.meeting, child_said="yes", child_said_on=TODAY)
    case = case_file(home.a, home.case_id)
    return Situation(
        meeting, case, TODAY, (("Cam", True),), True, heard(), 0, 10**11, 10**6, False, Held(sleep=True, lid=True)
    )


def row(found: Situation, check: Check) -> preflight.Row:
    return next(r for r in preflight.rows(found) if r.check == check)


def test_when_all_is_well_every_row_has_its_tick(good) -> None:
    rows = preflight.rows(good)
    assert [r.check for r in rows] == list(Check)
    assert {r.verdict for r in rows} == {Verdict.GOOD}
    assert preflight.stopped_by(rows) is None
    assert preflight.warnings(rows) == ()


@pytest.mark.parametrize(
    ("changes", "check", "why", "verdict"),
    [
        ({"pictures": ()}, Check.PICTURE, "no-camera", Verdict.STOPS),
        ({"pictures": (("A", False),)}, Check.PICTURE, "no-picture", Verdict.STOPS),
        ({"pictures": (("A", True), ("B", False))}, Check.PICTURE, "picture-missing", Verdict.WARNING),
        ({"has_microphone": False}, Check.SOUND, "no-sound", Verdict.WARNING),
        ({"listening": Listening()}, Check.SOUND, "sound-not-heard", Verdict.WARNING),
        ({"listening": heard(-0.1, clipped=True)}, Check.SOUND, "sound-clips", Verdict.WARNING),
        ({"listening": heard(-50.0)}, Check.SOUND, "sound-quiet", Verdict.WARNING),
        ({"test_lost": None}, Check.TEST, "test-not-done", Verdict.WARNING),
        ({"test_lost": 60}, Check.TEST, "test-lost", Verdict.WARNING),
        ({"free_bytes": 5 * 10**9}, Check.DISK, "disk-short", Verdict.WARNING),
        ({"on_battery": True}, Check.POWER, "on-battery", Verdict.WARNING),
        ({"on_battery": None}, Check.POWER, "power-unknown", Verdict.UNKNOWN),
        ({"held": Held()}, Check.AWAKE, "awake-unknown", Verdict.UNKNOWN),
        ({"held": Held(sleep=False, lid=False)}, Check.AWAKE, "not-kept-awake", Verdict.WARNING),
        ({"held": Held(sleep=True, lid=False)}, Check.AWAKE, "lid-not-held", Verdict.UNKNOWN),
        ({"today": TODAY + timedelta(days=1)}, Check.CHILD, "child-not-asked", Verdict.WARNING),
    ],
)
def test_what_is_not_as_it_should_be(good, changes, check, why, verdict) -> None:
    found = row(replace(good, **changes), check)
    assert (found.why, found.verdict) == (why, verdict)
    for language in ("fi", "sv", "en"):
        words = preflight.check_sentence(Texts(language), found)
        assert words
        assert "{" not in words


def test_a_child_who_says_no_today_stops_it_and_only_today(good) -> None:
    no = replace(good, meeting=replace(good.meeting, child_said="no"))
    stop = preflight.stopped_by(preflight.rows(no))
    assert stop is not None
    assert stop.why == "child-said-no"
    later = replace(no, today=TODAY + timedelta(days=2))
    assert preflight.stopped_by(preflight.rows(later)) is None


def test_sound_that_broke_is_forgotten_after_some_seconds(good) -> None:
    listening = heard(-0.1, clipped=True)
    for _ in range(preflight.LEVELS_HELD):
        listening.hear(SoundLevel(-20.0, -30.0, False))
    assert row(replace(good, listening=listening), Check.SOUND).verdict == Verdict.GOOD
    listening.lose()
    assert row(replace(good, listening=listening), Check.SOUND).why == "no-sound"


def test_a_consent_that_was_withdrawn_or_ran_out_is_missing(good) -> None:
    child = next(p for p in good.case.persons if p.role == Role.CHILD)
    consents = tuple(replace(c, withdrawn=TODAY) if c.person_id == child.id else c for c in good.case.consents)
    found = row(replace(good, case=replace(good.case, consents=consents)), Check.CONSENTS)
    assert (found.why, found.names, round(found.number), found.of) == ("consent-missing", ("child",), 1, 2)
    line = preflight.consent_line(Texts("fi"), replace(good.case, consents=consents), good.meeting, TODAY)
    assert line == "1/2 · lapsi tänään ✓"


def test_the_disk_lasts_as_long_as_the_measured_rate_says(good) -> None:
    assert preflight.hours_left(10**9 + 7200 * 10**6, 10**6) == 2.0
    assert preflight.span_words(Texts("fi"), 7 + 10.5 / 60) == "7 h 10 min"
    assert preflight.span_words(Texts("fi"), 0.5) == "30 min"
    assert row(replace(good, byte_rate=3 * 10**7), Check.DISK).why == "disk-short"
