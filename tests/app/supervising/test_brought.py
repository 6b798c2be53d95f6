"""A brought film: used while its decision, its consents and its day hold, covered, in its own supervision alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.casework.case_file import case_file
from app.casework.film_use import Use, may_be_used, permission
from app.casework.retention import kept_films
from app.i18n import Texts, today
from app.model.brought import Brought
from app.model.change import added
from app.model.feedback import Clip
from app.model.identity import new_id
from app.model.supervision_film import ControllersWord
from app.supervising import brought, film, film_words
from app.supervising.agreements import new_agreement
from tests.app.supervising.test_agreement import FIRST, Group
from tests.material.builders import recording as a_film

ENDS = today() + timedelta(30)
WORD = ControllersWord("Esimerkkilän hyvinvointialue", "Malli Päättäjä", date(2026, 1, 2), "päätös 4")


class Bringing(Group):
    """A signed agreement, and a film of one supervisee's client brought to its first session."""

    def __init__(self) -> None:
        super().__init__()
        self.sign()
        assert self.editor.plan(FIRST)
        self.session = self.editor.sessions[0]
        said = Brought(WORD, date(2026, 1, 3), ENDS)
        assert self.editor.bring_film(self.session, "Kuusi 4", self.people[0].id, said)
        self.session = self.editor.sessions[0]
        self.film = a_film(self.held.meeting.id)
        self.door.write("film", [added(self.film)])

    @property
    def held(self) -> brought.BroughtFilm:
        (one,) = self.editor.brought_films(self.session)
        return one

    def brings_a_clip(self):
        store = self.home.a
        clip = Clip(new_id(), self.film.id, self.film.meeting_id, store.me, 0, 5_000_000)
        self.door.write("clip", [added(clip)])
        return clip, self.editor.bring(self.session, clip.id, self.people[0].id, "Miten?")


@pytest.fixture
def group(qapp) -> Bringing:
    return Bringing()


def test_it_may_be_looked_at_and_coded_until_its_day_and_leaves_for_nothing(group) -> None:
    store, one = group.home.a, group.held
    may = [may_be_used(store, one.meeting.id, ENDS + timedelta(n), Use.CODE) for n in (0, 1)]
    assert may == [True, False]
    assert one.waiting(ENDS) == ()
    assert len(one.waiting(ENDS + timedelta(1))) == 1
    file = case_file(store, one.folder.id)
    assert [p.called for p in file.persons] == ["Kuusi 4"]
    others = [use for use in Use if permission(file, one.meeting, use, today()).is_given]
    assert set(others) == {Use.LOOK_AT, Use.CODE, Use.QUOTE, Use.EVIDENCE}
    assert kept_films(store, file, ENDS) == ()
    assert len(kept_films(store, file, ENDS + timedelta(1))) == 1, "whose day has passed waits to be erased"
    assert group.session.client_material


def test_its_clip_is_barred_until_it_is_covered_and_of_no_other_supervision(group) -> None:
    store, editor = group.home.a, group.editor
    clip, use = group.brings_a_clip()
    assert use.covered
    assert film.judged(store, editor.agreement, use, today()).bar == film.Bar.UNCOVERED
    assert editor.show(use) is None
    bare = film.judged(store, editor.agreement, replace(use, covered=False), today())
    assert set(bare.stands_on) == {f"{group.held.folder.id}/consent", f"{group.held.folder.id}/decision"}
    own = film_words.own_recordings(store, Texts("fi"), editor.agreement)
    assert own == ((group.held.folder.id, "Kuusi 4, tuotu tallenne"),)
    other = new_agreement(group.door, Texts("fi"), "Toinen", outside=False)
    assert film.candidates(store, other, group.held.folder.id, today()) == ()
    assert film.candidates(store, editor.agreement, group.held.folder.id, today()) == (clip,)


def test_taken_back_it_is_closed_in_the_same_step_and_told_as_waiting(group) -> None:
    _, use = group.brings_a_clip()
    assert group.editor.take_back(group.held)
    assert group.held.said.withdrawn == today()
    assert [f.closed_from_use is not None for f in group.held.films] == [True]
    assert not film.judged(group.home.a, group.editor.agreement, use, today()).may_be_shown
    assert group.editor.waiting_recordings() == 1
    assert brought.told(Texts("fi"), group.held, today()) == "Sitä ei enää käytetä, ja se odottaa hävittämistä."


def test_with_the_agreement_it_ends_and_its_session_stays(group) -> None:
    assert group.editor.end(today() - timedelta(1))
    assert len(group.held.waiting(today())) == 1
    assert [f.closed_from_use is not None for f in group.held.films] == [True]
    assert group.session.id in {s.id for s in group.editor.sessions}
