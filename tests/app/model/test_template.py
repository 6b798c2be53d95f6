"""Templates as values and as files: every field goes out and comes back, and what is wrong has its place and line."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InputError
from app.model import form_value
from app.model.content_edits import blank as blank_of
from app.model.content_edits import copy_of, moved, with_entry, with_new, without
from app.model.form_value import Presence
from app.model.meeting import Delivery
from app.model.service_work import Approval, Done, FormRow, PhaseState, StepTick, form_state, phase_state, waiting
from app.model.template import Belongs, Choice, FieldKind, Output, OutputKind, Part, Phase, Role, Step, Template
from app.model.template_checks import template_problems
from app.model.template_file import is_template_text, parse_template, read_template, write_template
from app.model.toml_lines import line_of
from app.model.words import Words
from tests.material import templates
from tests.material.builders import words
from tests.material.templates import field

ALL = templates.template()
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=30)


@pytest.mark.parametrize("belongs", Belongs)
def test_a_template_goes_out_and_comes_back_whole(belongs) -> None:
    made = templates.template(belongs)
    text = write_template(made)
    assert is_template_text(text)
    assert read_template(text) == made
    assert write_template(read_template(text)) == text


@given(st.builds(Words, TEXT, TEXT, TEXT), TEXT, st.booleans())
def test_any_words_come_back_as_they_were(some, product, confidential) -> None:
    """Also those of a draft, which nothing has looked at."""
    made = replace(
        ALL,
        name=some,
        product=product,
        phases=(Phase("p", some, (Step("s", some),), some),),
        roles=(Role("r", some, some),),
        outputs=(Output("o", OutputKind.LETTER, some, (Part("sheet", (), some),), some, some, (), "", confidential),),
    )
    assert parse_template(write_template(made)) == made


WRONG = (
    (lambda t: replace(t, workers=3), "scheme-value-unknown", "workers", "file"),
    (lambda t: replace(t, name_unproven=None), "scheme-field-missing", "name_unproven", "file"),
    (lambda t: replace(t, phases=(), forms=(), outputs=()), "scheme-field-missing", "phases", "file"),
    (lambda t: replace(t, name=Words("Vain", "", "")), "scheme-language-missing", "name.sv", "name"),
    (
        lambda t: replace(t, phases=(Phase("a", words("A"), (Step("s", words("S"), form="none"),)),)),
        "scheme-value-unknown", "form", "phases[a].steps[s]",
    ),
    (
        lambda t: replace(t, phases=(Phase("a", words("A"), (Step("s", words("S"), "sheet", "plan"),)),)),
        "template-step-twice", "steps", "phases[a]",
    ),
    (
        lambda t: with_entry(t, "forms", 0, replace(t.forms[0], fields=())),
        "scheme-field-missing", "fields", "forms[sheet]",
    ),
    (
        lambda t: with_entry(t, "forms", 0, replace(t.forms[0], lines=(Choice("a", words("A")),))),
        "template-lines-without-table", "lines", "forms[sheet]",
    ),
    (
        lambda t: with_new(t, "forms[sheet].fields", 0, replace(field("x"), kind=FieldKind.CHOICE)),
        "second-pass-few-options", "choices", "forms[sheet].fields[x]",
    ),
    (
        lambda t: with_new(t, "forms[sheet].fields", 0, field("x", FieldKind.SCALE, least=5, most=5)),
        "scheme-scale-ends", "most", "forms[sheet].fields[x]",
    ),
    (
        lambda t: with_new(t, "forms[sheet].fields", 0, field("x", of="people")),
        "template-field-has-more", "of", "forms[sheet].fields[x]",
    ),
    (
        lambda t: with_new(t, "forms[sheet].fields", 0, field("x", FieldKind.PRESENCE, of="sheet")),
        "scheme-value-unknown", "of", "forms[sheet].fields[x]",
    ),
    (
        lambda t: replace(t, belongs=Belongs.GROUP),
        "template-person-without-case", "kind", "forms[sheet].fields[person]",
    ),
    (
        lambda t: with_new(t, "outputs", 0, Output("x", OutputKind.PLAN, words("X"), signers=("none",))),
        "scheme-value-unknown", "signers", "outputs[x]",
    ),
    (
        lambda t: with_new(t, "outputs", 0, Output("x", OutputKind.PLAN, words("X"), (Part("none"),))),
        "scheme-value-unknown", "parts.0.form", "outputs[x].parts[1]",
    ),
    (
        lambda t: with_new(t, "outputs", 0, Output("x", OutputKind.PLAN, words("X"), per="sheet")),
        "scheme-value-unknown", "per", "outputs[x]",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("spoil", "key", "where", "place"), WRONG)
def test_what_is_wrong_is_told_with_its_place(spoil, key, where, place) -> None:
    found = template_problems(spoil(ALL))
    assert (key, where, place) in [(p.key, p.field, p.place) for p in found]
    with pytest.raises(InputError):
        read_template(write_template(spoil(ALL)))


def test_the_line_in_the_file_is_found() -> None:
    text = write_template(with_new(ALL, "forms[people].fields", 1, field("x", FieldKind.SCALE, least=5, most=5)))
    place = next(p for p in template_problems(parse_template(text))).place
    lines = text.splitlines()
    assert lines[line_of(text, place, "id") - 1] == 'id = "x"'
    with pytest.raises(InputError) as caught:
        parse_template(text.replace('kind = "scale"', 'kind = "mood"', 1))
    assert caught.value.key == "scheme-value-unknown"


# ── edits ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "part", ["roles", "phases", "phases[first].steps", "forms", "forms[sheet].fields", "approvals", "outputs"]
)
def test_entries_come_move_and_go(part) -> None:
    made = with_new(ALL, part, 1, blank_of(ALL, part))
    entries = (
        made.phases[0].steps if "steps" in part else made.forms[0].fields if "fields" in part else getattr(made, part)
    )
    assert entries[1].id not in {e.id for n, e in enumerate(entries) if n != 1}
    there_and_back = moved(moved(made, part, 1, 0), part, 0, 1)
    assert there_and_back == made
    assert without(made, part, 1) == ALL
    assert parse_template(write_template(made)) == made


def test_a_copied_phase_has_steps_of_its_own() -> None:
    made = with_new(ALL, "phases", 1, copy_of(ALL, "phases", 0))
    steps = [s.id for s in made.steps()]
    assert len(steps) == len(set(steps))
    assert template_problems(made) == ()


def test_what_names_an_entry_follows_its_new_id_and_names_nothing_when_it_is_gone() -> None:
    made: Template = ALL
    for part, number, ident in (("roles", 0, "aid"), ("roles", 1, "chief"), ("approvals", 0, "scheme")):
        made = with_entry(made, part, number, replace(getattr(made, part)[number], id=ident))
    for number, ident in enumerate(("page", "folk", "times")):
        made = with_entry(made, "forms", number, replace(made.forms[number], id=ident))
    made = with_entry(made, "forms[page].fields", 0, replace(made.forms[0].fields[0], id="row"))
    assert template_problems(made) == ()
    assert made.outputs[0].parts == (Part("page", ("row",), words("Ote")),)
    assert made.outputs[0].signers == ("workers", "aid")
    assert made.approvals[0].role == "chief"
    assert made.step("ok").approval == "scheme"
    assert made.step("fill").form == "times"
    assert made.outputs[1].per == "folk" == made.forms[2].field("there").of
    bare = without(without(without(made, "forms", 0), "roles", 0), "approvals", 0)
    assert (bare.outputs[0].parts, bare.outputs[0].signers, bare.step("ok").approval) == ((), ("workers",), "")
    assert template_problems(bare) == ()


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────────


GOOD = {
    FieldKind.LINE: "Äiti tuo", FieldKind.TEXT: "Ensin\nsitten", FieldKind.CHOICE: "later",
    FieldKind.SEVERAL: "yes later", FieldKind.TICK: "yes", FieldKind.DATE: "2026-11-17", FieldKind.TIME: "16:30",
    FieldKind.NUMBER: "-2.5", FieldKind.SCALE: "10", FieldKind.MINUTES: "45", FieldKind.DELIVERY: "video",
    FieldKind.WORKER: "w1", FieldKind.PERSON: "p1", FieldKind.CODE: "V-12", FieldKind.PARTICIPANT: "r1",
    FieldKind.PRESENCE: "r1=present r2=no-show",
}  # fmt: skip
BAD = {
    FieldKind.LINE: "a\nb", FieldKind.TEXT: "x" * 20_001, FieldKind.CHOICE: "maybe", FieldKind.SEVERAL: "later yes",
    FieldKind.TICK: "x", FieldKind.DATE: "17.11.2026", FieldKind.TIME: "16.30", FieldKind.NUMBER: "2,5",
    FieldKind.SCALE: "11", FieldKind.MINUTES: "-1", FieldKind.DELIVERY: "raven", FieldKind.WORKER: "a b",
    FieldKind.PERSON: "a b", FieldKind.CODE: "Matti", FieldKind.PARTICIPANT: "a b",
    FieldKind.PRESENCE: "r2=present r1=present",
}  # fmt: skip


@pytest.mark.parametrize("kind", FieldKind)
def test_each_kind_of_field_knows_its_values(kind) -> None:
    one = field("x", kind)
    assert form_value.is_value(one, GOOD[kind])
    assert form_value.is_value(one, "")
    assert not form_value.is_value(one, BAD[kind])


def test_every_way_to_meet_and_to_be_there_can_be_said() -> None:
    assert all(form_value.is_value(field("x", FieldKind.DELIVERY), way) for way in Delivery)
    said = {f"r{n}": how for n, how in enumerate(Presence)}
    assert form_value.presence(form_value.written_presence(said)) == said


@pytest.mark.parametrize("name", ["Matti", "Äiti", "Matti Malli", "a b1", "", "V" * 13, "V--1", "-1"])
def test_no_name_is_a_code(name) -> None:
    assert not form_value.is_code(name)


@given(st.text(max_size=12))
def test_a_code_always_has_a_figure_and_no_space(text) -> None:
    if form_value.is_code(text):
        assert any(c.isdigit() for c in text)
        assert not any(c.isspace() for c in text)


@pytest.mark.parametrize(("typed", "kept"), [("2,5", "2.5"), (" 1 200 ", "1200"), ("−3", "-3"), ("kolme", "kolme")])
def test_a_number_is_kept_in_one_way(typed, kept) -> None:
    assert form_value.number_text(typed) == kept


# ── how far it is ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_form_and_a_phase_say_how_far_they_are() -> None:
    work = templates.work(ALL, "w", "c")
    times, rows = ALL.form("meetings"), []
    assert form_state(times, rows) == Done.OPEN
    assert phase_state(ALL, work, rows, ALL.phases[0]) == Done.OPEN
    rows.append(FormRow("1", work.id, "meetings", "m1").with_value(times.field("day"), "2026-11-17"))
    assert form_state(times, rows) == Done.PARTLY
    rows.append(FormRow("2", work.id, "meetings", "m2").with_value(times.field("there"), "r1=present"))
    assert form_state(times, rows) == Done.PARTLY
    rows[1] = rows[1].with_value(times.field("day"), "2026-11-18")
    assert form_state(times, rows) == Done.DONE
    assert phase_state(ALL, work, rows, ALL.phases[0]) == Done.PARTLY
    work = replace(work, ticks=(StepTick("talk", date(2026, 11, 1)),))
    assert phase_state(ALL, work, rows, ALL.phases[0]) == Done.DONE
    assert phase_state(ALL, work, rows, ALL.phases[1]) == Done.OPEN
    assert waiting(ALL, work) == ALL.approvals
    no, yes = (Approval("plan", ok, date(2026, 11, 2)) for ok in (False, True))
    assert phase_state(ALL, replace(work, approvals=(no,)), rows, ALL.phases[1]) == Done.PARTLY
    assert waiting(ALL, replace(work, approvals=(no, yes))) == ()
    dated = replace(work, phases=(PhaseState("last", done=date(2026, 11, 3)),))
    assert phase_state(ALL, dated, rows, ALL.phases[1]) == Done.DONE


@given(st.lists(st.tuples(st.sampled_from(list(GOOD)), st.booleans()), max_size=30))
def test_a_row_holds_what_was_filled_last(steps) -> None:
    row, said = FormRow("1", "w", "sheet"), {}
    for kind, filled in steps:
        text = GOOD[kind] if filled else ""
        row = row.with_value(ALL.forms[0].field(kind.value), text)
        said[kind.value] = text
    assert dict(row.values) == {k: v for k, v in said.items() if v}
    assert all(row.value(k) == v for k, v in said.items())
    assert row.is_empty == (not any(said.values()))


@pytest.mark.parametrize(("proven", "called"), [(True, "Zorkki"), (False, "Zorkin tapainen")])
def test_the_name_follows_the_proof_of_training(proven, called) -> None:
    assert ALL.title(proven=proven).fi == called
    assert replace(ALL, method="", name_unproven=None).title(proven=False).fi == "Zorkki"
