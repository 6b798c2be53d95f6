"""Every use of a film asks its consents; what a withdrawal closes, marks, and tells of what was made."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.casework.case_editor import CaseEditor, new_case
from app.casework.case_file import case_file
from app.casework.film_use import (
    PURPOSES,
    FilmMark,
    Mark,
    Use,
    demand_use,
    ending,
    film_mark,
    film_marks,
    marks_of_cases,
    person_marks,
)
from app.casework.made_of import Made, touched
from app.casework.reference_films import naming
from app.casework.said import SaidEditor
from app.casework.said_leaving import demand_leaving, usable
from app.clips.examples import demand_shown
from app.coding.opening import Codable, begin, codable
from app.door import Door
from app.errors import ConsentMissing
from app.films.reels import derived, reels
from app.i18n import today
from app.model.change import Change, added
from app.model.coding import CodingHeader
from app.model.consent import Purpose
from app.model.identity import new_id, timeless_id
from app.model.meeting import NOBODY, Meeting, Outcome
from app.model.people import Role
from app.model.recording import DerivedFile, DerivedKind
from app.model.sought import Sought
from app.model.stored import ExampleClip
from app.model.timecode import SECOND
from app.model.utterance import Utterance
from app.office.searching import lines
from app.statement.beginning import begin_statement
from app.statement.editor import StatementEditor
from app.statement.evidence import offers
from app.statement.export import export_statement
from tests.material.builders import recording
from tests.material.house import LONG_AGO, Home
from tests.stand_ins.fake_search import MemorySearch

DAY = date(2026, 11, 3)


class Matter:
    """A filmed meeting with everybody's consent to everything."""

    def __init__(self) -> None:
        self.home = Home()
        self.editor = CaseEditor(self.home.a, self.home.texts, self.home.case_id)
        self.child, self.adult = self.editor.file.child, self.editor.file.adults[0]
        for person in (self.child, self.adult):
            for purpose in {purpose for some in PURPOSES.values() for purpose in some} - {Purpose.FILMING}:
                assert self.editor.give_consent(person, purpose, LONG_AGO)

    def consent(self, person, purpose: Purpose = Purpose.FILMING):
        return next(c for c in self.editor.file.consents if (c.person_id, c.purpose) == (person.id, purpose))

    def withdraw(self, person, purpose: Purpose = Purpose.FILMING) -> None:
        assert self.editor.withdraw_consent(self.consent(person, purpose), today())

    def mark(self, day: date = DAY) -> FilmMark:
        return film_mark(self.editor.file, self.home.meeting, day)


@pytest.fixture
def matter(qapp) -> Matter:
    return Matter()


def test_each_use_asks_for_its_purposes(matter) -> None:
    home = matter.home
    for use, purposes in PURPOSES.items():
        demand_use(home.a, home.meeting.id, use, DAY)
        assert purposes[0] == Purpose.FILMING, "what may not be filmed is of no use"
    matter.withdraw(matter.adult, Purpose.TRAINING)
    asked = {use for use, purposes in PURPOSES.items() if Purpose.TRAINING in purposes}
    for use in Use:
        if use in asked:
            with pytest.raises(ConsentMissing, match="consent-withdrawn"):
                demand_use(home.a, home.meeting.id, use, today())
        else:
            demand_use(home.a, home.meeting.id, use, today())


def test_a_withdrawal_closes_every_door_at_once(matter, tmp_path) -> None:
    home, day = matter.home, today()
    home.compare()
    room = DerivedFile(new_id(), home.film.id, DerivedKind.WAVEFORM, 0, 0, 1, "w.vau", "0" * 64, 1, 1)
    home.a.apply("curve", [added(room)])
    home.vault.files["w.vau"] = b"x"
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    offered = offers(home.a, statement)
    writing = StatementEditor(home.a, home.texts, statement.id)
    refused = []
    writing.refused.connect(refused.append)
    assert offered
    assert writing.add_evidence(offered[0].evidence)
    assert derived(home.a, home.vault, home.film, DerivedKind.WAVEFORM) == room
    matter.withdraw(matter.child)
    with pytest.raises(ConsentMissing):
        reels(home.a, home.vault, [home.film])
    assert derived(home.a, home.vault, home.film, DerivedKind.WAVEFORM) is None
    assert codable(home.a, home.meeting) == Codable.NO_CONSENT
    with pytest.raises(ConsentMissing):
        demand_shown(home.a, home.film, day)
    common = home.a.find(CodingHeader)[0]
    with pytest.raises(ConsentMissing):
        naming(home.a, common, common.ready_at)
    with pytest.raises(ConsentMissing, match="consent-withdrawn"):
        demand_leaving(home.a, home.meeting.id, Purpose.COMMISSIONER)
    case = case_file(home.a, home.case_id)
    assert usable(home.a, case, home.editor().file, day) == ()
    assert [o.about for o in offers(home.a, statement)] == ["meeting"], "that there was a meeting is no picture of it"
    assert not writing.add_evidence(replace(offered[1].evidence, id=new_id()))
    assert refused[-1].key == "evidence-closed"
    with pytest.raises(ConsentMissing, match="evidence-closed"):
        export_statement(Door(home.a), home.vault, statement.id, tmp_path / "a.pdf")


def test_nobody_begins_to_code_a_closed_film(matter) -> None:
    home = matter.home
    begin(Door(home.a), home.texts, home.meeting.id)
    matter.withdraw(matter.adult)
    with pytest.raises(ConsentMissing):
        begin(Door(home.b), home.texts, home.meeting.id)
    assert begin(Door(home.a), home.texts, home.meeting.id).coder == home.aino.id  # what was begun is kept


def test_somebody_named_later_for_the_film_closes_it_until_they_consent(matter) -> None:
    sister = matter.editor.add_person(Role.SIBLING, "sister")
    meeting = matter.home.a.get(type(matter.home.meeting), matter.home.meeting.id)
    assert matter.editor.do("also filmed", Change(meeting, replace(meeting, others=(sister.id,))))
    assert codable(matter.home.a, replace(meeting, others=(sister.id,))) == Codable.NO_CONSENT
    assert matter.editor.give_consent(sister, Purpose.FILMING, LONG_AGO)
    assert codable(matter.home.a, meeting) == Codable.YES


def test_an_end_is_told_a_month_before_and_closes_on_its_day(matter) -> None:
    assert matter.mark() == FilmMark(Mark.IN_FORCE)
    held = matter.consent(matter.adult)
    assert matter.editor.edit(held, until=DAY + timedelta(days=30))
    assert matter.mark(DAY - timedelta(days=1)) == FilmMark(Mark.IN_FORCE)
    assert matter.mark() == FilmMark(Mark.ENDS, DAY + timedelta(days=30))
    assert not matter.mark().blocks
    assert matter.mark(DAY + timedelta(days=31)) == FilmMark(Mark.LACKING)
    (told,) = ending(matter.editor.file.consents, DAY)
    assert (told.case_id, told.person_id) == (matter.home.case_id, matter.adult.id)
    assert (told.purpose, told.until) == (Purpose.FILMING, DAY + timedelta(days=30))
    assert matter.editor.give_consent(matter.adult, Purpose.FILMING, DAY)
    assert (matter.mark(), ending(matter.editor.file.consents, DAY)) == (FilmMark(Mark.IN_FORCE), ())


def test_a_withdrawn_consent_is_marked_as_withdrawn_and_not_as_missing(matter) -> None:
    home = matter.home
    matter.withdraw(matter.child)
    assert matter.mark(today()).mark == Mark.WITHDRAWN
    assert film_marks(home.a, [home.meeting], today())[home.meeting.id].blocks
    assert matter.editor.decide_despite(
        matter.child, Purpose.FILMING, today(), "County's worker", "in the child's interest"
    )
    assert matter.mark(today()).mark == Mark.IN_FORCE


def test_a_withdrawal_lists_what_was_made_of_the_films(matter, tmp_path) -> None:
    home = matter.home
    home.compare()
    home.a.apply("clip", [added(ExampleClip(new_id(), "perusrunko", "AS1", home.film.id, 0, 1))])
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    export_statement(Door(home.a), home.vault, statement.id, tmp_path / "a.pdf")
    found = touched(home.a, matter.editor.file, matter.consent(matter.adult))
    told = {row.made: row.count for row in found.rows}
    assert found.films == (home.film,)
    assert (told[Made.FILMS], told[Made.EXAMPLES], told[Made.FILES]) == (1, 1, 1)
    assert told[Made.DRAFTS] > 0
    assert Made.FINALS not in told
    training = touched(home.a, matter.editor.file, matter.consent(matter.adult, Purpose.TRAINING))
    assert (training.films, [r.made for r in training.rows]) == ((), [Made.EXAMPLES])
    assert touched(home.a, matter.editor.file, matter.consent(matter.adult, Purpose.REFERENCE_FILM)).rows == ()


def test_a_search_tells_no_word_of_what_was_said_on_a_closed_film(matter) -> None:
    home = matter.home
    home.compare()
    home.a.apply("said", [added(Utterance(timeless_id(), home.meeting.id, 0, 1_000_000, text="kaarnavene"))])
    sought = Sought("kaarna")

    def told() -> str:
        return " ".join(f"{x.title} {x.detail}" for x in lines(home.a, home.texts, sought, search(sought, 10)))

    search = MemorySearch(home.a).find
    assert "kaarnavene" in told()
    said = SaidEditor(home.a, home.texts, home.meeting.id)
    assert [line.text for line in said.lines] == ["kaarnavene"]
    matter.withdraw(matter.child)
    assert SaidEditor(home.a, home.texts, home.meeting.id).lines == ()
    assert "kaarnavene" not in told()
    assert "a consent is not in force" in told()


def test_the_marks_of_many_cases_are_the_heaviest_of_each(qapp) -> None:
    home = Home()
    editor = CaseEditor(home.a, home.texts, home.case_id)
    child, adult = editor.file.child, editor.file.adults[0]
    other = CaseEditor(home.a, home.texts, new_case(Door(home.a), home.texts, "Koivu 3").id)
    empty = new_case(Door(home.a), home.texts, "Suo 4")
    other.edit(other.file.case, partner=home.leena.id)
    met = other.add_meeting(other.file.adults[0], home.meeting.held)
    assert met is not None
    later = home.add_meeting(adult.id, 9)
    ids = (home.case_id, other.file.case.id, empty.id)
    found = marks_of_cases(home.a, ids, today())
    assert [found[i] and found[i].mark for i in ids] == [Mark.IN_FORCE, Mark.LACKING, None]
    sister = editor.add_person(Role.SIBLING, "sister")
    talk = replace(later, id=new_id(), coders=NOBODY, others=(sister.id,), plan=())
    home.a.apply("talk", [added(talk)])
    assert marks_of_cases(home.a, ids, today())[home.case_id].mark == Mark.IN_FORCE, "nobody films a talk"
    assert set(person_marks(home.a, (child, sister), today())) == {child.id}
    editor.edit(later, others=(sister.id,))
    assert marks_of_cases(home.a, ids, today())[home.case_id].mark == Mark.LACKING
    assert person_marks(home.a, (sister,), today())[sister.id].mark == Mark.LACKING
    called_off = home.a.get(Meeting, later.id)
    editor.edit(called_off, outcome=Outcome.CANCELLED)
    assert marks_of_cases(home.a, ids, today())[home.case_id].mark == Mark.IN_FORCE, "nobody is on a film"
    home.a.apply("film", [added(recording(later.id, SECOND))])
    assert marks_of_cases(home.a, ids, today())[home.case_id].mark == Mark.LACKING
    (consent, *_) = [c for c in editor.file.consents if c.person_id == child.id]
    editor.withdraw_consent(consent, today())
    assert marks_of_cases(home.a, ids, today())[home.case_id].mark == Mark.WITHDRAWN
    assert marks_of_cases(home.a, (), today()) == {}
