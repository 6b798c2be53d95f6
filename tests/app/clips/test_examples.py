"""Example clips: with everybody's consent, gone from sight when it is withdrawn, never from a coding still alone."""

from datetime import date

import pytest

from app.casework.case_editor import CaseEditor
from app.clips.examples import ExampleEditor, examples, offered_films, offers
from app.i18n import today
from app.model.change import Change
from app.model.consent import Purpose
from app.model.stored import ContentKind, ExampleClip
from app.model.timecode import SECOND
from app.schemes.drafts import ContentShelf
from tests.material.house import Home
from tests.material.pressing import press


@pytest.fixture
def home(qapp) -> Home:
    return Home()


@pytest.fixture
def case(home) -> CaseEditor:
    """Both who were filmed have given the training consent."""
    editor = CaseEditor(home.a, home.texts, home.case_id)
    for person in editor.file.persons:
        editor.give_consent(person, Purpose.TRAINING, date(2026, 1, 1))
    return editor


@pytest.fixture
def clips(home) -> ExampleEditor:
    made = ExampleEditor(home.a, home.texts, "perusrunko")
    made.refusals = []
    made.refused.connect(lambda error: made.refusals.append(error.key))
    return made


def test_a_stretch_of_a_film_becomes_an_example_held_within_it(home, case, clips) -> None:
    assert clips.add("AS", home.film, -SECOND, 5 * SECOND)
    (clip,) = examples(home.b, "perusrunko", "AS")
    assert (clip.recording_id, clip.start, clip.end) == (home.film.id, 0, 5 * SECOND)
    assert examples(home.b, "perusrunko", "AE") == ()
    assert clips.remove(clip)
    assert clips.undo()
    assert clips.of_code("AS") == (clip,)


@pytest.mark.parametrize("missing", [0, 1])
def test_without_the_consent_of_one_nothing_is_offered_or_made(home, case, clips, missing: int) -> None:
    given = [c for c in case.file.consents if c.purpose == Purpose.TRAINING]
    case.withdraw_consent(given[missing], today())
    assert offered_films(home.a) == ()
    assert not clips.add("AS", home.film, 0, SECOND)
    assert clips.refusals == [["consent-missing", "consent-withdrawn"][missing]]


def test_a_consent_withdrawn_hides_the_clip_at_once(home, case, clips) -> None:
    clips.add("AS", home.film, 0, SECOND)
    case.withdraw_consent(next(c for c in case.file.consents if c.purpose == Purpose.TRAINING), today())
    assert clips.of_code("AS") == ()
    assert len(home.a.find(ExampleClip)) == 1


def test_consent_to_another_purpose_is_no_training_consent(home, clips) -> None:
    editor = CaseEditor(home.a, home.texts, home.case_id)
    for person in editor.file.persons:
        editor.give_consent(person, Purpose.OWN_SUPERVISION, date(2026, 1, 1))
    assert offered_films(home.a) == ()


def test_a_film_closed_from_use_is_never_shown(home, case, clips) -> None:
    from dataclasses import replace

    from tests.material.builders import A_DAY

    clips.add("AS", home.film, 0, SECOND)
    home.a.apply("closed", [Change(home.film, replace(home.film, closed_from_use=A_DAY))])
    assert clips.of_code("AS") == ()


def test_while_one_still_codes_alone_nothing_of_it_is_an_example(home, case, clips) -> None:
    clips.add("AS", home.film, 0, SECOND)
    press(home.editor(home.a), "q", 10 * SECOND)
    assert clips.of_code("AS") == ()
    assert offers(home.a, ["AS"]) == ()
    assert not clips.add("AS", home.film, 0, SECOND)


def test_own_observations_are_offered_when_both_are_ready(home, case, clips) -> None:
    home.compare()
    found = offers(home.a, ["AS"])
    assert [(o.film.id, o.case_name, o.start // SECOND, o.end // SECOND) for o in found] == [
        (home.film.id, "Star 14", 3, 7), (home.film.id, "Star 14", 23, 27),
    ]  # fmt: skip
    states = offers(home.a, ["DS1"])
    assert [(o.start // SECOND, o.end // SECOND) for o in states] == [(0, 30)]
    assert clips.add("AS", found[0].film, found[0].start, found[0].end)


def test_a_clip_leaves_with_no_file_of_the_scheme(home, case) -> None:
    shelf = ContentShelf(home.a, home.texts, ContentKind.SCHEME)
    shelf.copy(shelf.row("perusrunko"))
    row = shelf.row("perusrunko-kopio")
    before = shelf.file_text(row)
    clips = ExampleEditor(home.a, home.texts, row.id)
    assert clips.add("AS", home.film, 0, SECOND)
    assert shelf.file_text(row) == before
    assert home.film.id not in before
    assert shelf.drop_draft(row)
    assert home.a.find(ExampleClip) == ()


def test_a_stretch_without_length_is_refused(home, case, clips) -> None:
    assert not clips.add("AS", home.film, SECOND, SECOND)
    assert clips.refusals == ["example-without-length"]
