"""No clip is shown in supervision without its consent, whatever was given, taken back, hidden or erased before."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.casework.consents import permits
from app.clips.covering import CoverEditor
from app.door import Door
from app.errors import AppError, NotAllowed
from app.i18n import today
from app.model.change import Change, added
from app.model.commission import Commission
from app.model.consent import Purpose
from app.model.feedback import Clip, Sight
from app.model.recording import Recording
from app.model.supervision import Supervisee, SupervisionGoal, SupervisionSession
from app.model.supervision_film import SHOWN, ClipUse, ControllersWord, Reflection, Shared
from app.supervising import film
from app.supervising.agreements import SupervisionEditor, new_agreement
from tests.app.clips.test_permitted import Talking
from tests.app.supervising.test_agreement import HANDS
from tests.material.builders import recording
from tests.material.house import LONG_AGO
from tests.material.office import code
from tests.material.supervision import agreement

OWN, OUTSIDE = (Purpose.OWN_SUPERVISION, False), (Purpose.TRAINING, True)
COUNTY = ControllersWord("Esimerkkilän hyvinvointialue", "Johtava Malli", date(2026, 1, 2), "päätös 4")


class Looking(Talking):
    """Supervision beside the case: the clip is brought by one of three, own house or outside."""

    def __init__(self, outside: bool = False) -> None:
        super().__init__()
        store, texts = self.home.a, self.home.texts
        people = tuple(Supervisee(f"o{n}", f"Ohjattava {n}") for n in (1, 2, 3))
        made = new_agreement(Door(store), texts, "Tiimi", outside=outside, supervisees=people)
        self.editor = SupervisionEditor(store, texts, made.id)
        self.refused: list[str] = []
        self.editor.refused.connect(lambda error: self.refused.append(error.key))
        self.session = self.editor.add_session(self.home.meeting.held)
        self.purpose = Purpose.TRAINING if outside else Purpose.OWN_SUPERVISION

    def consent(self) -> None:
        for person in (self.child, self.mother):
            self.give(person, self.purpose)

    def bring(self) -> ClipUse:
        use = self.editor.bring(self.session, self.clip.id, "o2", "Miten pysyn lapsen tahdissa?")
        assert use is not None
        assert self.editor.edit_use(use, covered=False)
        self.session = self.editor.sessions[0]
        return self.editor.uses(self.session.id)[0]

    def reels(self, use: ClipUse):
        return film.shown_reels(self.home.a, self.home.vault, self.editor.agreement, use, today())

    def key(self, use: ClipUse) -> str:
        with pytest.raises(AppError) as caught:
            self.reels(use)
        return caught.value.key


@pytest.fixture
def look(qapp) -> Looking:
    return Looking()


def rows(look: Looking):
    return [e for e in look.home.a.audit_of_case(look.home.case_id) if e.act == SHOWN]


def test_with_everybodys_consent_it_is_shown_and_each_showing_is_in_the_cases_log(look) -> None:
    assert look.editor.bring(look.session, look.clip.id, "o2", "Miten?") is None
    assert look.refused == ["consent-missing"]
    look.consent()
    use = look.bring()
    assert look.session.client_material
    assert look.key(use) == "showing-unsaid", "no film before the showing is on record"
    for time in (1, 2):
        use = look.editor.show(use)
        assert use is not None
        assert len(use.shown) == time
        assert [r.id for r in look.reels(use)] == [look.home.film.id]
        assert {(e.object_kind, e.object_id) for e in rows(look)} == {
            ("clip", look.clip.id),
            ("recording", look.home.film.id),
        }
        assert len(rows(look)) == 2 * time
    given_ids = {c.id for c in look.cases.file.consents}
    assert set(use.shown[0].stands_on) <= given_ids
    assert len(use.shown[0].stands_on) == 4, "filming and own supervision, of both"
    # a colleague who reads the case's log learns that it was shown, and nothing of the supervision
    told = look.home.b.audit_of_case(look.home.case_id)
    assert sum(e.act == SHOWN for e in told) == 4
    assert look.editor.agreement_id not in repr(told)


def test_a_supervisee_shows_the_own_clip_at_the_own_sign_in_by_the_same_consents(look) -> None:
    """It is logged as the supervisor's; another supervisee's clip is not there, and a left one's sign-in ends."""
    home = look.home
    look.consent()
    # a moment is its chooser's until both codings are ready
    for store in (home.a, home.b):
        code(home, store, home.meeting, Random(5), Random(6))
    use = look.bring()
    assert (home.leena.id, home.leena.name) in look.editor.workers()
    assert look.editor.give_sign_in("o2", home.leena.id)
    theirs = SupervisionEditor(home.b, home.texts, look.editor.agreement_id)
    assert (theirs.is_mine, theirs.own.id) == (False, "o2")
    shown = theirs.show(theirs.use(use.id))
    assert shown is not None
    assert shown.shown[0].by == home.leena.id
    assert {e.worker_id for e in rows(look)} == {home.leena.id}
    assert [r.id for r in film.shown_reels(home.b, home.vault, theirs.agreement, shown, today())] == [home.film.id]
    look.take(look.mother, Purpose.OWN_SUPERVISION)
    assert theirs.show(shown) is None
    look.editor.reread()
    assert look.editor.give_sign_in("o3", home.leena.id) is False, "one worker, one supervisee"
    assert look.editor.leave("o2", today())
    with pytest.raises(AppError, match="not-found"):
        theirs.reread()


def test_a_withdrawn_consent_takes_it_away_at_once(look) -> None:
    look.consent()
    use = look.editor.show(look.bring())
    assert use is not None
    look.take(look.mother, Purpose.OWN_SUPERVISION)
    assert film.judged(look.home.a, look.editor.agreement, use, today()).bar == film.Bar.WITHDRAWN
    assert look.key(use) == "consent-withdrawn"
    assert look.editor.show(use) is None
    assert film.candidates(look.home.a, look.editor.agreement, look.home.case_id, today()) == ()


def test_each_reason_bars_it(look) -> None:
    look.consent()
    assert film.candidates(look.home.a, look.editor.agreement, look.home.case_id, today()) == (look.clip,)
    use = look.editor.show(look.bring())
    look.edit(hidden=True)
    assert look.key(use) == "clip-hidden"
    look.edit(hidden=False)
    assert look.reels(use)
    covered = replace(use, covered=True)
    assert film.judged(look.home.a, look.editor.agreement, covered, today()).bar == film.Bar.UNCOVERED
    assert look.editor.edit_use(use, stopped=True)
    stopped = look.editor.uses(look.session.id)[0]
    assert look.key(stopped) == "clip-stopped"
    look.home.erase(look.home.film)
    assert look.key(use) == "clip-film-gone"


def test_of_two_cameras_both_are_shown_covered_once_both_are_looked_at(look) -> None:
    home = look.home
    second = replace(recording(home.meeting.id), camera=2)
    home.a.apply("film", [added(second)])
    look.edit(second_id=second.id, sight=Sight.BESIDE)
    look.consent()
    use = replace(look.editor.show(look.bring()), covered=True)
    assert [r.id for r in look.reels(replace(use, covered=False))] == [home.film.id, second.id]
    for film_id in (home.film.id, second.id):
        assert look.key(use) == "clip-not-covered"
        assert film.film_to_cover(home.a, look.clip).id == film_id
        covers = CoverEditor(home.a, home.texts, look.clip, film_id)
        while left := covers.covering.to_review:
            assert covers.review(left[0])
    assert [r.id for r in look.reels(use)] == [home.film.id, second.id]
    assert set(film.shown_coverings(home.a, use)) == {home.film.id, second.id}
    assert {e.object_id for e in rows(look)} == {look.clip.id, home.film.id, second.id}, "the log of each film tells it"


def test_people_of_another_house_need_the_consent_for_training_and_the_controllers_word(qapp) -> None:
    look = Looking(outside=True)
    for person in (look.child, look.mother):
        look.give(person, Purpose.OWN_SUPERVISION)
    assert look.editor.bring(look.session, look.clip.id, "o1", "Miten?") is None
    look.consent()
    commission = look.home.a.find(Commission, case_id=look.home.case_id)[0]
    look.home.a.apply("x", [Change(commission, replace(commission, controller=COUNTY.controller))])
    use = look.bring()
    assert look.editor.show(use) is None
    assert look.refused[-1] == "clip-controller-undecided"
    assert look.editor.edit_use(use, decision=replace(COUNTY, ground=" "))
    assert look.editor.show(look.editor.uses(look.session.id)[0]) is None
    assert look.editor.edit_use(look.editor.uses(look.session.id)[0], decision=COUNTY)
    assert look.editor.show(look.editor.uses(look.session.id)[0]) is not None


STEP = st.sampled_from(["give", "take", "decide", "hide", "close", "show", "erase", "stop"])
WHO = st.sampled_from(["child", "mother"])


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(outside=st.booleans(), steps=st.lists(st.tuples(STEP, WHO, st.sampled_from([*Purpose])), max_size=14))
def test_nothing_is_ever_shown_without_consent(qapp, outside, steps) -> None:
    look = Looking(outside=outside)
    look.consent()
    use = look.bring()
    for step, who, purpose in steps:
        person = look.child if who == "child" else look.mother
        _walk(look, step, person, purpose)
        held = look.editor.uses(look.session.id)
        use = held[0] if held else use
        before = len(rows(look))
        shown = look.editor.show(use)
        asked = [Purpose.FILMING, look.purpose]
        may = all(permits(look.cases.file, look.home.meeting, one, today()).is_given for one in asked)
        assert shown is None or may
        assert (shown is not None) == (len(rows(look)) > before), "shown and logged are one"
        if shown is None:
            with pytest.raises((NotAllowed, AppError)):
                look.reels(replace(use, shown=()))


def _walk(look: Looking, step: str, person, purpose: Purpose) -> None:
    here = look.home.a.find(Recording, id=look.home.film.id)[0]
    if step == "give":
        look.give(person, purpose)
    elif step == "take":
        look.take(person, purpose)
    elif step == "decide":
        look.cases.decide_despite(person, purpose, LONG_AGO, "Maakunta", "§ 1")
    elif step == "hide" and look.home.a.find(Clip):
        look.edit(hidden=purpose == Purpose.FILMING)
    elif step == "close" and not here.is_erased:
        look.home.a.apply("x", [Change(here, replace(here, closed_from_use=look.home.meeting.held))])
    elif step == "erase" and not here.is_erased:
        look.home.erase(here)


def test_the_asker_speaks_first_then_each_in_turn_and_anybody_stops_it(look) -> None:
    made = agreement("a")
    use = ClipUse("u", made.id, "s", "c", "o3")
    at = film.rounds(made, use, ["o1", "o2", "o3"])
    said = []
    for _ in range(4):
        said.append((at.turn, at.speaker.id))
        at = at.next()
    assert said == [(1, "o3"), (1, "o1"), (1, "o2"), (2, "o3")]
    assert at.stop().speaker is None
    assert at.stop().next() == at.stop()
    assert [s.id for s in film.rounds(made, use, ["o1"]).speakers] == ["o3", "o1"]


def test_marks_are_private_until_they_are_shared(look) -> None:
    look.consent()
    use = look.bring()
    assert look.editor.edit(readers=(look.home.leena.id,))
    mark = look.editor.mark(use, 40_000, "o1", "katse kääntyy")
    assert look.editor.marks(use) == (mark,)
    reader = SupervisionEditor(look.home.b, look.home.texts, look.editor.agreement_id)
    assert reader.marks(use) == ()
    assert look.editor.edit_mark(mark, shared=Shared.GROUP)
    reader.reread()
    assert [m.words for m in reader.marks(use)] == ["katse kääntyy"]
    assert look.editor.remove_mark(look.editor.marks(use)[0])


def test_what_was_brought_to_a_session_that_the_end_takes_away_goes_with_it(look) -> None:
    """It hung on no session any more: no page showed it, and nobody could take it away."""
    look.consent()
    use = look.bring()
    assert look.editor.mark(use, 0, "o2", "tähän palaan") is not None
    goals = (SupervisionGoal("g1", "Pysähdyn ennen kuin vastaan"),)
    said = {"evaluation": "puolivälissä", "confidentiality": "ryhmän kesken", "customer": "Perhetyö"}
    assert look.editor.edit(goals=goals, start=date(2026, 1, 1), **said)
    assert look.editor.sign(HANDS)
    assert look.editor.end(date(2026, 1, 2))
    store = look.home.a
    assert (store.find(SupervisionSession), store.find(ClipUse), store.find(Reflection)) == ((), (), ())
