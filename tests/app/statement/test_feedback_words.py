"""The parent's words in the statement's section 11 and on the note of a talk, and none of who is kept apart."""

import pytest

from app.casework.case_editor import CaseEditor
from app.clips.chosen import Moment
from app.clips.feedback import FeedbackEditor
from app.clips.note import file_name, note_parts, save_note
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts, now, today
from app.model.feedback import FeedbackTalk
from app.model.people import Interpreter, Role
from app.model.timecode import SECOND
from app.statement.beginning import begin_statement
from app.statement.editor import read_statement
from app.statement.evidence import offers
from app.statement.passages import passages
from tests.drivers.pages import page_words
from tests.material.house import Home


class Talked:
    """A talk in which one of two moments was shown, and something was said to it."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.cases = CaseEditor(home.a, home.texts, home.case_id)
        self.editor = FeedbackEditor(home.a, home.texts, home.case_id)
        talk = self.editor.begin(home.meeting.adult_id)
        self.clips = []
        for title, at in (("Torni", 5), ("Välipala", 30)):
            clip = self.editor.choose(Moment(home.film, at * SECOND, (at + 9) * SECOND), talk.id)
            self.editor.edit(clip, title=title)
            self.clips.append(self.editor.clip(clip.id))
        self.editor.note_shown(self.talk, self.clips[0], now())
        self.editor.say(
            self.talk, self.clips[0], words="En muistanut.", picked=("surprised",), scaling=7, step="Odotan"
        )
        self.editor.edit_talk(self.talk, working_point="odottaa kolme hengitystä", question="Miten leikki alkaa?")

    @property
    def talk(self) -> FeedbackTalk:
        return self.editor.talks[0]


@pytest.fixture
def talked(qapp) -> Talked:
    return Talked(Home("fi"))


def begun(talked, adult: str = ""):
    home = talked.home
    return begin_statement(Door(home.a), home.texts, home.case_id, "fi", (home.meeting.id,), adult)


def test_what_was_shown_and_said_fills_section_11_with_evidence(talked) -> None:
    statement = begun(talked)
    rows = [p for p in passages(talked.home.a, statement) if p.section == "feedback"]
    said = [" ".join(run.text for run in p.runs) for p in rows]
    assert "palautekeskustelu" in said[0]
    assert said[1] == "Näytettiin 1 hetki: ”Torni”."
    assert said[2] == "Torni: ”En muistanut.”; yllättyi; seuraava askel: ”Odotan”"
    assert said[3] == "Mitä kokeillaan seuraavaksi: odottaa kolme hengitystä."
    (evidence,) = rows[2].evidence
    assert (evidence.kind, evidence.words) == ("feedback", said[2])
    undated = "".join(said).replace(talked.home.texts.date(today()), "")
    assert "7" not in undated, "the parent's own number is no measure of anybody"
    held = read_statement(talked.home.a, statement.id)
    assert any(p.section == "feedback" and p.runs[0].evidence in held.evidence for p in held.paragraphs)


def test_it_is_offered_as_evidence_and_stays_when_the_film_is_erased(qapp) -> None:
    home = Home("fi")
    for store in (home.a, home.b):
        home.code(store, [("q", 5)])
    talked = Talked(home)  # what was said has its moment's title once the codings are open
    talked.home.erase(talked.home.film)
    statement = begun(talked)
    (offer,) = [o for o in offers(talked.home.a, statement) if o.evidence.kind == "feedback"]
    assert offer.words.startswith("Torni: ”En muistanut.”")
    assert "Torni" in offer.about


def test_a_talk_that_was_not_held_is_not_told(talked) -> None:
    talked.editor.begin(talked.home.meeting.adult_id)
    rows = [p for p in passages(talked.home.a, begun(talked)) if p.source.startswith("feedback/")]
    assert len(rows) == 1


def test_a_statement_of_one_adult_tells_nothing_of_anothers_talk(talked) -> None:
    father = talked.cases.add_person(Role.BIRTH_PARENT, "isä")
    other = talked.editor.begin(father.id)
    talked.editor.note_shown(other, talked.clips[1], now())
    talked.editor.say(other, talked.clips[1], words="ISÄNSANAT")
    talked.cases.edit(talked.cases.file.case, keep_apart=True)
    statement = begun(talked, talked.home.meeting.adult_id)
    told = [run.text for p in passages(talked.home.a, statement) for run in p.runs]
    assert not any("ISÄNSANAT" in text for text in told)
    assert any("En muistanut." in text for text in told)


def test_the_note_tells_the_question_what_was_shown_and_what_comes_next(talked, tmp_path) -> None:
    t, path = Texts("fi"), tmp_path / "muistio.pdf"
    save_note(talked.home.a, t, talked.talk, path)
    words = " ".join(page_words(path.read_bytes()))
    for said in ("Miten leikki alkaa?", "Torni", "En muistanut.", "yllättyi", "odottaa kolme hengitystä"):
        assert said in words
    assert "Välipala" not in words, "it was not shown"
    assert [e.detail for e in talked.home.a.audit_log(talked.talk.id, acts=["export"])] == ["feedback-note"]
    assert "äiti" not in file_name(t, talked.cases.file, talked.talk).casefold()
    assert note_parts(t, talked.talk, ())[1].lines == ("Miten leikki alkaa?",)


def test_what_was_heard_through_an_interpreter_is_said_in_statement_and_note(talked, tmp_path) -> None:
    mother = talked.cases.file.adults[0]
    talked.cases.edit(mother, interpreter=Interpreter.REMOTE, interpreter_language="arabia")
    told = [run.text for p in passages(talked.home.a, begun(talked)) if p.section == "feedback" for run in p.runs]
    assert "Sanat ovat tässä tulkattuina: tulkki etänä (arabia)." in told
    save_note(talked.home.a, Texts("fi"), talked.talk, tmp_path / "muistio.pdf")
    words = " ".join(page_words((tmp_path / "muistio.pdf").read_bytes()))
    assert "tulkki etänä (arabia)" in words


def test_a_note_that_names_who_is_kept_apart_is_refused(talked, tmp_path) -> None:
    talked.cases.add_person(Role.BIRTH_PARENT, "isä")
    talked.cases.edit(talked.cases.file.case, keep_apart=True)
    talked.editor.say(talked.talk, talked.clips[0], words="Isän kanssa ei näin käy.")
    with pytest.raises(NotAllowed, match="clip-names-other"):
        save_note(talked.home.a, Texts("fi"), talked.talk, tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()
