"""Supervision and work of no case: from when they are due, what keeps them, and the act beside the window."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.casework import retention
from app.casework.kept_wholes import keep_back, kept_whole, let_go, wholes_due
from app.casework.retention import Why
from app.door import Door
from app.erasing.certificate import certificate_of, kept_under_words
from app.erasing.wholes import what_goes_of_whole
from app.errors import NotAllowed
from app.i18n import Texts, now, today
from app.model.change import Change
from app.model.erasure import Erasure, Ground, Whole, WholeOrder
from app.model.hold import Held
from app.model.participant_told import TOLD
from app.model.request import a_month_after
from app.model.retention import BACKUPS_KEPT, Material, OfficeRule, Since, months_after
from app.model.service_feedback import FeedbackWay, FormGiven
from app.model.service_work import FormRow, ServiceWork
from app.model.supervision import AgreementState, SupervisionAgreement
from app.model.template import Belongs
from app.office.desk import desk
from app.works.beginning import begin
from app.works.editor import WorkEditor
from app.works.participants import Manner, Telling, empty
from tests.material import templates
from tests.material.house import Home, opened
from tests.material.supervision import supervised

TEXTS = Texts("en")


@pytest.fixture
def home(qapp) -> Home:
    return Home()


@pytest.fixture
def room(home):
    with opened(home) as made:
        yield made


def over(home, day) -> SupervisionAgreement:
    made, _ = supervised(home.a)
    ended = replace(made, state=AgreementState.ENDED, ended=day)
    home.a.apply("over", [Change(made, ended)])
    return ended


def closed(home, day, belongs=Belongs.GROUP, workers=()) -> ServiceWork:
    made = templates.begun(home.a, templates.template(belongs), called="Voikukat")
    after = replace(made, closed=day, workers=workers or made.workers)
    home.a.apply("closed", [Change(made, after)])
    return after


def erase(room, qtbot, order) -> tuple[list[Erasure], list[str]]:
    done: list[Erasure] = []
    failed: list[str] = []
    room.space.case_erasing.erase_whole(order, done.append, lambda error: failed.append(error.key))
    qtbot.waitUntil(lambda: bool(done or failed))
    qtbot.waitUntil(lambda: not room.jobs.running)
    return done, failed


def test_its_time_counts_from_its_end_by_the_offices_rule(home) -> None:
    day, store = today(), home.a
    agreement = over(home, months_after(day, -12))
    group = closed(home, months_after(day, -23))
    others = closed(home, months_after(day, -30), Belongs.PROFESSIONAL, workers=(home.leena.id,))
    assert [(k.thing.id, k.is_due) for k in wholes_due(store, day, mine=True)] == [(agreement.id, True)]
    assert [k.thing.id for k in wholes_due(store, day, mine=False)] == [others.id, agreement.id]
    assert kept_whole(store, group, day).day == months_after(day, 1)
    rule = OfficeRule("", Material.SERVICES, Since.ENDED, 6, "päätös 3")
    retention.set_office_rule(Door(store), TEXTS, rule)
    assert group.id in [k.thing.id for k in wholes_due(store, day, mine=True)]
    with pytest.raises(NotAllowed, match="rule-not-counted"):
        retention.set_office_rule(Door(store), TEXTS, replace(rule, since=Since.CLOSED))
    retention.set_office_rule(Door(store), TEXTS, replace(rule, since=Since.FOREVER, months=0))
    assert kept_whole(store, group, day).why == Why.FOREVER
    goes_on = replace(agreement, state=AgreementState.SIGNED, ended=None)
    assert kept_whole(store, goes_on, day).why == Why.NOT_COUNTED


def test_a_hold_and_a_request_keep_it_until_they_end(home) -> None:
    day, store, door = today(), home.a, Door(home.a)
    group = closed(home, months_after(day, -40))

    def now() -> ServiceWork:
        return store.get(ServiceWork, group.id)

    with pytest.raises(NotAllowed, match="hold-without-ground"):
        keep_back(door, TEXTS, group, Held.BY_HOLD, day, " ")
    keep_back(door, TEXTS, group, Held.BY_REQUEST, day, "osallistuja pyytää tietonsa")
    (request,) = now().keeping
    assert request.due == a_month_after(day)
    assert kept_whole(store, now(), day).why == Why.BY_REQUEST
    keep_back(door, TEXTS, now(), Held.BY_HOLD, day, "valitus")
    assert kept_whole(store, now(), day).why == Why.BY_HOLD
    assert wholes_due(store, day, mine=True) == ()
    let_go(door, TEXTS, now(), now().keeping[1], day)
    with pytest.raises(NotAllowed, match="request-unanswered"):
        let_go(door, TEXTS, now(), request, day)
    let_go(door, TEXTS, now(), request, day, "annettu nähtäväksi")
    assert [k.thing.id for k in wholes_due(store, day, mine=True)] == [group.id]
    assert [k.answer for k in now().keeping] == ["annettu nähtäväksi", ""]


def test_it_is_told_what_goes_and_by_rule_only_what_is_due(home, room, qtbot) -> None:
    agreement = over(home, today() - timedelta(days=9))
    room.archive.names = [(home.aino.id, "Aino"), (home.leena.id, "Leena")]
    goes = what_goes_of_whole(home.a, room.archive, agreement)
    assert (goes.sessions, goes.words, goes.sheets, goes.has_notes, goes.hours) == (1, 4, 0, True, False)
    assert goes.others == ((home.leena.id, "Leena Malli"),)
    order = WholeOrder(Whole.SUPERVISION, agreement.id, Ground.RETENTION, "aika on ohi")
    assert erase(room, qtbot, order) == ([], ["whole-not-due-yet"])
    (certificate,), failed = erase(room, qtbot, replace(order, ground=Ground.OTHER))
    assert failed == []
    assert home.a.find(SupervisionAgreement) == ()
    under = certificate.under
    assert (under.since, under.months, under.source) == (Since.ENDED, 12, Material.SUPERVISION)
    told = certificate_of(home.a, certificate.id)
    rows = dict(kept_under_words(TEXTS, told.erasure.under, of_case=False))
    assert list(rows) == ["Rule of keeping"], "it was kept for the office itself"
    assert "1 year after it ended" in rows["Rule of keeping"]
    assert told.erasure.kept_months == BACKUPS_KEPT
    assert agreement.title not in " ".join(told.words)


def test_what_participants_told_goes_with_their_group(home, room, qtbot) -> None:
    editor = WorkEditor(home.a, home.texts, begin(Door(home.a), home.texts, "voikukkia").id)
    told = Telling(editor, empty(Manner(today(), "fi", FeedbackWay.PAPER), today()))
    assert told.answer(FormGiven("words", words="Kiitos ryhmälle"))
    assert told.finish()
    assert editor.close(today())
    (certificate,), failed = erase(room, qtbot, WholeOrder(Whole.SERVICE, editor.work.id, Ground.OTHER, "ohi"))
    assert failed == []
    assert {row.kind: row.count for row in certificate.rows}["form_row"] == 1
    assert home.a.find(FormRow, form=TOLD) == ()


def test_the_desk_tells_what_of_the_own_is_due(home, room) -> None:
    group = closed(home, months_after(today(), -24))
    closed(home, months_after(today(), -30), workers=(home.leena.id,))
    found = desk(home.a, room.archive, 0, now())
    assert [(row.thing.id, row.day) for row in found.wholes] == [(group.id, today())]
    assert found.waiting == len(found.items) + 1


def test_while_it_goes_on_it_stays(home, room, qtbot) -> None:
    made, _ = supervised(home.a)
    group = templates.begun(home.a, templates.template(Belongs.GROUP))
    for whole, thing, key in (
        (Whole.SUPERVISION, made, "supervision-not-ended"),
        (Whole.SERVICE, group, "service-not-ended"),
    ):
        assert erase(room, qtbot, WholeOrder(whole, thing.id, Ground.OTHER, "x")) == ([], [key])
    assert home.a.find(SupervisionAgreement, id=made.id) == (made,)
