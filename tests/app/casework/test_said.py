"""What was said, as the pair writes it, quotes it and lets it leave."""

from dataclasses import replace

import pytest

from app.casework import consents
from app.casework.case_file import case_file
from app.casework.meeting_file import meeting_file
from app.casework.said import LEAST, SaidEditor
from app.casework.said_leaving import export_said, file_name, named_in, usable
from app.casework.said_words import called, more_of, quoted, role, speakers
from app.errors import ConsentMissing, NotAllowed
from app.i18n import Texts, today
from app.model.change import Change, added
from app.model.consent import Purpose
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Person, Role
from app.model.statement import Statement
from app.model.timecode import SECOND
from app.model.utterance import FIRST_LENGTH, Heard, Utterance, Voice
from app.statement.evidence import offers
from tests.app.exchange.test_webvtt import parsed
from tests.material.builders import A_DAY
from tests.material.house import LONG_AGO, Home


@pytest.fixture
def home(qapp) -> Home:
    return Home()


@pytest.fixture
def editor(home) -> SaidEditor:
    return SaidEditor(home.a, home.texts, home.meeting.id)


def case_of(home):
    return case_file(home.a, home.case_id)


def consent(home, purpose) -> None:
    case = case_of(home)
    home.a.apply("consent", [added(consents.given(p, purpose, LONG_AGO)) for p in case.persons])


def name(home, **names) -> None:
    """Gives the child and the adult their names."""
    for person in case_of(home).persons:
        home.a.apply("name", [Change(person, replace(person, name=names["child" if person.is_child else "adult"]))])


def test_lines_are_written_edited_undone_and_read_by_the_partner(home, editor) -> None:
    later = editor.add_line("Tuossa", 9 * SECOND, home.meeting.child_id)
    first = editor.add_line("  Katso tätä ", SECOND, home.meeting.adult_id)
    assert editor.add_line("   ", SECOND, "") is None
    assert [u.text for u in editor.lines] == ["Katso tätä", "Tuossa"]
    assert (first.start, first.end) == (SECOND, SECOND + FIRST_LENGTH)
    assert editor.edit(first, text="Katso tätä!", unclear=True)
    assert SaidEditor(home.b, home.texts, home.meeting.id).lines == editor.lines
    assert editor.at(9 * SECOND) == (later,)
    assert editor.undo()
    assert editor.line(first.id) == first
    assert editor.edit(first, text=" ")  # emptied is gone
    assert editor.lines == (later,)
    assert editor.undo()
    assert editor.lines == (first, later)


def test_edges_never_cross(home, editor) -> None:
    line = editor.add_line("x", 10 * SECOND, Voice.OTHER)
    assert editor.edit(line, start=30 * SECOND)
    moved = editor.line(line.id)
    assert (moved.start, moved.end) == (30 * SECOND, 30 * SECOND + FIRST_LENGTH)
    assert editor.edit(moved, end=5 * SECOND)
    last = editor.line(line.id)
    assert (last.start, last.end) == (5 * SECOND - LEAST, 5 * SECOND)


def test_who_is_likely_to_speak_next(home, editor) -> None:
    adult, child = home.meeting.adult_id, home.meeting.child_id
    assert editor.next_speaker(None) == adult
    first = editor.add_line("x", SECOND, adult)
    assert editor.next_speaker(first) == child
    second = editor.add_line("y", 2 * SECOND, Voice.WORKER)
    assert editor.next_speaker(second) == adult
    third = editor.add_line("z", 3 * SECOND, adult)
    assert editor.next_speaker(third) == Voice.WORKER


def test_an_erased_or_closed_film_takes_its_lines_out_of_sight(home, editor) -> None:
    editor.add_line("x", SECOND, Voice.OTHER)
    heard = []
    editor.read_anew.connect(lambda: heard.append(len(editor.lines)))
    closed = replace(home.film, closed_from_use=A_DAY)
    home.a.apply("close", [Change(home.film, closed)])
    editor.hear([Change(home.film, closed)])
    assert heard == [0]
    assert usable(home.a, case_of(home), meeting_file(home.a, home.meeting.id), today()) == ()
    home.a.apply("open", [Change(closed, home.film)])
    shell = home.erase(home.film)
    editor.hear([Change(home.film, shell)])
    assert home.a.find(Utterance) == ()
    assert not editor.stack.canUndo()


def test_how_a_line_is_told(home) -> None:
    case, t = case_of(home), Texts("fi")
    line = Utterance("x", home.meeting.id, 32 * SECOND, 35 * SECOND, home.meeting.child_id, "Katso [Oona] tätä")
    assert quoted(t, case, line) == "lapsi: ”Katso […] tätä” [00:32]"
    assert role(t, case, line) == "lapsi"
    adult = replace(line, speaker=home.meeting.adult_id, language="ru", heard=Heard.TRANSLATED, unclear=True)
    assert more_of(t, adult) == "venäjä, käännettynä, epäselvä"
    assert role(t, case, adult) == "syntymävanhempi"
    assert quoted(t, case, adult).endswith("tätä” (venäjä, käännettynä, epäselvä) [00:32]")
    assert quoted(t, case, replace(line, text="[Oona]")) == ""
    # of somebody who is no more in the case, and of a voice that an older or newer program knows
    assert called(t, case, replace(line, speaker="gone")) == "joku muu"
    assert [i for i, _ in speakers(t, case, home.meeting)] == [
        home.meeting.adult_id, home.meeting.child_id, "worker", "interpreter", "other"
    ]  # fmt: skip


def test_names_of_the_case_are_found_in_every_form_and_kept_back_in_one_step(home, editor) -> None:
    name(home, child="Oona Virtanen", adult="Markus Virtanen")
    texts = ("Oonalle ja Markukselle", "Virtasen [Oona] tuli", "Ooh, hyvä", "Ainon luo")
    lines = [editor.add_line(text, n * SECOND, Voice.OTHER) for n, text in enumerate(texts)]
    found = named_in(home.a, case_of(home), editor.lines)
    assert {(texts[[u.id for u in lines].index(i)][a:b]) for i, a, b in found} == {
        "Oonalle", "Markukselle", "Virtasen", "Ainon"
    }  # fmt: skip
    assert editor.keep_back(found)
    assert [u.text for u in editor.lines] == [
        "[Oonalle] ja [Markukselle]", "[Virtasen] [Oona] tuli", "Ooh, hyvä", "[Ainon] luo"
    ]  # fmt: skip
    assert named_in(home.a, case_of(home), editor.lines) == ()
    assert editor.undo()
    assert [u.text for u in editor.lines] == list(texts)


def test_nothing_leaves_without_consent_or_with_a_name(home, editor, tmp_path) -> None:
    path, t = tmp_path / "said.vtt", Texts("fi")
    name(home, child="Oona Virtanen", adult="Markus Virtanen")
    with pytest.raises(ConsentMissing):
        export_said(home.a, t, home.meeting.id, Purpose.COMMISSIONER, path)
    consent(home, Purpose.COMMISSIONER)
    with pytest.raises(NotAllowed, match="nothing-said"):
        export_said(home.a, t, home.meeting.id, Purpose.COMMISSIONER, path)
    editor.add_line("Katso Oona, [Kuusikuja 3]", 32 * SECOND, home.meeting.adult_id)
    editor.add_line("[Salaisuus]", 40 * SECOND, home.meeting.child_id)
    editor.edit(editor.add_line("Titta här", 50 * SECOND, Voice.INTERPRETER), language="sv", unclear=True)
    with pytest.raises(NotAllowed, match="names-said") as refused:
        export_said(home.a, t, home.meeting.id, Purpose.COMMISSIONER, path)
    assert refused.value.values == {"n": 1}
    assert not path.exists()
    editor.keep_back(named_in(home.a, case_of(home), editor.lines))
    with pytest.raises(ConsentMissing):  # asked for each purpose apart
        export_said(home.a, t, home.meeting.id, Purpose.RESEARCH, path)
    assert export_said(home.a, t, home.meeting.id, Purpose.COMMISSIONER, path) == 2
    written = path.read_text("utf-8")
    header, rows = parsed(written)
    assert "3.11.2026" in header
    assert [row[2:] for row in rows] == [
        ("syntymävanhempi", "", "Katso […], […]"), ("tulkki", "sv", "Titta här (ruotsi, epäselvä)")
    ]  # fmt: skip
    assert rows[0][:2] == (32_000, 34_000)
    for secret in ("Oona", "Virtanen", "Markus", "Kuusikuja", "Salaisuus", "Aino", "Leena", "Star"):
        assert secret not in written
    (row,) = [e for e in home.a.audit_log(home.meeting.id) if e.act == "export"]
    assert row.detail.startswith("said=2;purpose=commissioner;sha256=")
    assert file_name(t, case_of(home), home.meeting).endswith(" Star 14 2026-11-03.vtt")
    consents_of_child = [c for c in case_of(home).consents if c.purpose == Purpose.FILMING]
    home.a.apply("back", [consents.withdrawn(consents_of_child[0], today())])
    path.unlink()
    with pytest.raises(ConsentMissing, match="consent-withdrawn"):
        export_said(home.a, t, home.meeting.id, Purpose.COMMISSIONER, path)
    assert not path.exists()


def quotes(home, store=None, language="fi"):
    made = Statement(new_id(), home.case_id, new_id(), 1, language, "mim", A_DAY, meetings=(home.meeting.id,))
    return [o for o in offers(store or home.a, made) if o.evidence.kind == "quote"]


def test_a_quote_is_offered_before_any_coding_and_names_no_writer(home, editor) -> None:
    editor.edit(editor.add_line("Titta [Oona]!", 25 * SECOND, home.meeting.adult_id), language="sv")
    editor.add_line("[Oona]", 26 * SECOND, home.meeting.child_id)
    (offer,) = quotes(home)
    assert offer.text == "vanhempi: ”Titta […]!” (ruotsi) [00:25]"
    assert offer.evidence.start == 25 * SECOND
    assert offer.evidence.coding_ids == ()
    assert offer.evidence.meeting_id == home.meeting.id
    assert "00:25" in offer.about
    by_partner = quotes(home, home.b)
    assert [(o.text, o.about, o.words) for o in by_partner] == [(offer.text, offer.about, offer.words)]
    for secret in (home.aino.name, home.aino.id, home.leena.name, home.leena.id, "Oona"):
        assert secret not in repr((offer, by_partner))


def test_a_quote_keeps_names_back_that_nobody_marked(home, editor) -> None:
    name(home, child="Oona Virtanen", adult="Markus Virtanen")
    editor.add_line("Oonalle ja Markukselle, Aino!", 25 * SECOND, home.meeting.adult_id)
    (offer,) = quotes(home)
    assert offer.text == "vanhempi: ”[…] ja […], […]!” [00:25]"
    assert [u.text for u in editor.lines] == ["Oonalle ja Markukselle, Aino!"]  # the line is as it was written


def test_a_withdrawn_consent_to_filming_takes_quotes_too(home, editor) -> None:
    editor.add_line("x", 25 * SECOND, Voice.OTHER)
    assert len(quotes(home)) == 1
    filming = next(c for c in case_of(home).consents if c.purpose == Purpose.FILMING)
    home.a.apply("back", [consents.withdrawn(filming, today())])
    assert quotes(home) == []


def test_a_meeting_with_something_said_cannot_be_removed(home, editor) -> None:
    from app.casework.case_editor import CaseEditor

    other = home.add_meeting(home.meeting.adult_id, day=9)
    case_editor = CaseEditor(home.a, home.texts, home.case_id)
    SaidEditor(home.a, home.texts, other.id).add_line("x", SECOND, Voice.OTHER)
    assert not case_editor.remove_meeting(other)
    assert home.a.get(Meeting, other.id) == other


def test_others_on_the_film_can_speak(home) -> None:
    sibling = Person(new_id(), home.case_id, Role.SIBLING, "sisko", "Elli")
    home.a.apply("sibling", [added(sibling)])
    meeting = replace(home.meeting, others=(sibling.id,))
    assert (sibling.id, "sister") in speakers(home.texts, case_of(home), meeting)
