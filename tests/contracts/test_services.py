"""Pieces of work by a template: whose they are, what they keep, what may stand in them, and the wall."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.people import Case, Person, Role
from app.model.service_work import Approval, FormRow, FormValue, PhaseState, RoleHolder, ServiceWork, StepTick
from app.model.sought import Area, Side, Sought
from app.model.stored import StoredContent
from app.model.template import Belongs
from tests.contracts.test_search import IDS as SEARCHERS
from tests.contracts.test_search import pair as searching  # noqa: F401  the same archives with their search
from tests.contracts.test_store import IDS, pair, refused  # noqa: F401  the same archives
from tests.material import templates

DAY = date(2026, 11, 17)
CASE, GROUP, OURS = (templates.template(b) for b in Belongs)


def row(work, form="sheet", on="", **values):
    made = FormRow(new_id(), work.id, form, on)
    for name, text in values.items():
        made = made.with_value(CASE.form(form).field(name), text)
    return made


def test_work_is_of_a_case_where_its_template_is_and_of_none_where_it_is_not(pair):  # noqa: F811
    store = pair.a
    for made in (CASE, GROUP, OURS):
        store.apply("kept", [added(templates.content(made))])
    refused(store, "service-needs-case", added(templates.work(CASE, IDS[0])))
    refused(store, "service-needs-case", added(templates.work(CASE, IDS[0], new_id())))
    for made in (GROUP, OURS):
        refused(store, "service-without-case", added(templates.work(made, IDS[0], pair.case.id)))
        refused(
            store, "service-pinned", added(replace(templates.work(made, IDS[0], pair.case.id), belongs=Belongs.CASE))
        )
    refused(store, "service-needs-worker", added(replace(templates.work(GROUP, IDS[0]), workers=())))
    new = Case(new_id(), "Salava", IDS[0])
    together = templates.work(CASE, IDS[0], new.id)
    store.apply("both", [added(together), added(new)])
    assert store.find(ServiceWork, case_id=new.id) == (together,)
    assert pair.b.find(ServiceWork) == (together,)


def test_work_keeps_its_template_in_the_version_it_began_with(pair):  # noqa: F811
    store = pair.a
    refused(store, "service-template-missing", added(templates.work(CASE, IDS[0], pair.case.id)))
    one = templates.begun(store, CASE, pair.case.id)
    kept = store.get(StoredContent, one.content)
    refused(store, "content-fixed", removed(kept))
    refused(store, "content-fixed", Change(kept, replace(kept, text=kept.text + "#")))
    for fields in ({"template_version": 2}, {"template_id": GROUP.id}, {"belongs": Belongs.GROUP}, {"case_id": None}):
        with pytest.raises(Exception, match="service-"):
            store.apply("x", [Change(one, replace(one, **fields))])
    store.apply("gone", [removed(one)])
    store.apply("gone", [removed(kept)])
    assert store.find(StoredContent, id=kept.id) == ()


def test_what_is_closed_is_opened_before_it_changes(pair):  # noqa: F811
    store = pair.a
    one = templates.begun(store, CASE, pair.case.id)
    sheet = row(one, tick="yes")
    store.apply("filled", [added(sheet)])
    closed = replace(one, closed=DAY, closed_why="tavoite täyttyi")
    store.apply("closed", [Change(one, closed)])
    refused(store, "service-closed", Change(closed, replace(closed, called="Toinen")))
    refused(store, "service-closed", Change(closed, replace(one, called="Toinen")))
    refused(store, "service-closed", added(row(one, "meetings", "m1", day="2026-11-01")))
    refused(store, "service-closed", Change(sheet, replace(sheet, picked=())))
    refused(store, "service-closed", removed(sheet))
    refused(store, "service-closed", removed(closed), removed(sheet))
    store.apply("again", [Change(closed, one)])
    store.apply("filled", [removed(sheet)])


def test_a_form_holds_what_its_fields_are_made_for(pair):  # noqa: F811
    store = pair.a
    one = templates.begun(store, CASE, pair.case.id)
    full = row(one, person=pair.adult.id, line="Tuo", code="V-1", choice="yes", presence="r1=present")
    store.apply("filled", [added(full)])
    assert store.find(FormRow, work_id=one.id) == (full,)
    for broken, key in (
        (replace(full, form="none"), "service-not-in-template"),
        (replace(full, picked=(("none", "x"),)), "service-not-in-template"),
        (replace(full, picked=(("tick", "yes"), ("tick", "yes"))), "service-not-in-template"),
        (replace(full, picked=(("choice", "maybe"),)), "service-value"),
        (replace(full, picked=(("choice", ""),)), "service-value"),
        (replace(full, written=(FormValue("code", "Matti"),)), "service-value"),
        (replace(full, picked=(("person", IDS[0]),)), "service-person"),
        (replace(full, line="m1"), "service-line"),
        (replace(full, form="meetings", written=(), picked=()), "service-line"),
        (replace(full, work_id=new_id()), "service-not-there"),
    ):
        refused(store, key, added(replace(broken, id=new_id())))
    other = templates.begun(store, CASE, pair.case.id)
    refused(store, "moved", Change(full, replace(full, work_id=other.id)))
    stranger = Person(new_id(), pair.case.id, Role.RELATIVE, "täti")
    coming = row(one, "sheet", person=stranger.id)
    store.apply("both", [added(coming), added(stranger)])


def test_phases_roles_and_approvals_are_those_of_the_template(pair):  # noqa: F811
    store = pair.a
    one = templates.begun(store, CASE, pair.case.id)
    whole = replace(
        one,
        phases=(PhaseState("first", DAY, DAY, None),),
        ticks=(StepTick("talk", DAY),),
        roles=(RoleHolder("helper", "Kummi", "lapsen valitsema", pair.adult.id), RoleHolder("boss", worker_id=IDS[1])),
        approvals=(Approval("plan", False, DAY, "Eeva", IDS[0], "puuttuu päivä"), Approval("plan", True, DAY, "Eeva")),
    )
    store.apply("filled", [Change(one, whole)])
    assert pair.b.get(ServiceWork, one.id) == whole
    for fields in (
        {"phases": (PhaseState("none"),)},
        {"ticks": (StepTick("fill", DAY),)},  # done by its form
        {"roles": (RoleHolder("none", "x"),)},
        {"approvals": (Approval("none", True, DAY),)},
    ):
        refused(store, "service-not-in-template", Change(whole, replace(whole, **fields)))
    refused(store, "service-person", Change(whole, replace(whole, roles=(RoleHolder("helper", person_id=IDS[0]),))))


def test_of_a_group_nobody_is_named(pair):  # noqa: F811
    store = pair.a
    one = templates.begun(store, GROUP)
    named = replace(one, roles=(RoleHolder("helper", person_id=pair.adult.id),))
    refused(store, "service-person", Change(one, named))
    coded = FormRow(new_id(), one.id, "people", place="i", written=(FormValue("code", "V1"),))
    store.apply("row", [added(coded)])
    refused(store, "service-value", Change(coded, replace(coded, written=(FormValue("code", pair.adult.called),))))


@pytest.mark.parametrize(("made", "side"), [(CASE, Side.CLIENTS), (GROUP, Side.CLIENTS), (OURS, Side.SUPERVISION)])
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["Satakieli", "Kottarainen"]))
def test_each_side_of_the_wall_finds_its_own_alone(searching, made, side, word):  # noqa: F811
    store = searching.a
    one = templates.begun(store, made, searching.case.id if made is CASE else None, called=f"{word} yksi")
    told = replace(row(one), written=(FormValue("line", f"{word} kaksi"),))
    store.apply("row", [added(told)])
    own, other = (Sought(word, side=s) for s in (side, next(s for s in Side if s != side)))
    for again in (False, True):
        if again:
            searching.searches[0].rebuild(lambda _: None, lambda: False)
        found = searching.searches[0].find(own, 9)
        assert {one.id, told.id} <= {f.id for f in found}
        assert {f.area for f in found} == {Area.SERVICES}
        assert searching.searches[0].find(other, 9) == ()
    store.apply("gone", [removed(told), removed(one)])
    assert SEARCHERS[0] == store.me
    assert searching.words(own) == []
