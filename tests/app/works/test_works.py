"""Work by a template through its door: begun, filled, marked, dated, accepted, closed; and every step taken back."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.door import Door
from app.errors import NotAllowed
from app.i18n import today
from app.model.change import Change
from app.model.form_value import Presence
from app.model.people import Training, TrainingPurpose, Worker
from app.model.service_work import Approval, Done, PhaseState, RoleHolder, ServiceWork
from app.model.stored import ContentKind, StoredContent
from app.model.template import Belongs, FieldKind
from app.schemes import library
from app.schemes.drafts import ContentEditor, ContentShelf
from app.works import work_file as works
from app.works.answers import Answers
from app.works.beginning import begin, offered
from app.works.editor import WorkEditor
from tests.material.house import Home

DAY = date(2026, 11, 17)


class Held:
    """A house with one open piece of work and its door."""

    def __init__(self, template_id: str = "laheisneuvonpito") -> None:
        self.home = Home("fi")
        belongs = next(t.belongs for t in offered(self.home.a) if t.id == template_id)
        case_id = self.home.case_id if belongs == Belongs.CASE else None
        self.work = begin(Door(self.home.a), self.home.texts, template_id, case_id=case_id)
        self.editor = WorkEditor(self.home.a, self.home.texts, self.work.id)
        self.refused = []
        self.editor.refused.connect(self.refused.append)

    def kept(self) -> works.WorkFile:
        """As the archive has it."""
        return works.work_file(self.home.a, self.work.id)


@pytest.fixture
def held(qapp) -> Held:
    return Held()


@pytest.fixture
def group(qapp) -> Held:
    return Held("voikukkia")


def test_a_step_reaches_its_form_and_the_forms_that_name_its_rows(group) -> None:
    before = group.editor.file
    assert group.editor.add_row("participants")
    after = group.editor.file
    naming = {"pre", "meetings", "after", "goals", "goal-reviews"}
    assert after.forms_since(before) == before.forms_since(after) == {"participants"} | naming
    assert group.editor.fill("ending", "worked", "yhdessä")
    assert group.editor.file.forms_since(after) == {"ending"}
    assert after.forms_since(after) == frozenset()


def test_work_is_begun_by_the_newest_version_and_keeps_it(held) -> None:
    home, work = held.home, held.work
    assert (work.opened, work.workers, work.template_version) == (today(), (home.aino.id,), 1)
    assert works.of_case(home.a, home.case_id) == (work,)
    assert works.groups(home.a) == () == works.professional(home.a)
    shelf = ContentShelf(home.a, home.texts, ContentKind.TEMPLATE)
    draft = shelf.copy(shelf.row("laheisneuvonpito"))
    editor = ContentEditor(home.a, home.texts, draft)
    assert editor.edit(name=replace(editor.value.name, fi="Oma neuvonpito"))
    assert editor.add("forms[plan].fields") >= 0
    assert editor.problems()
    last = len(editor.template.form("plan").fields) - 1
    words = editor.template.form("plan").fields[0].name
    assert editor.edit_entry("forms[plan].fields", last, name=words)
    assert editor.publish() == 1
    own = begin(Door(home.a), home.texts, draft.content_id, case_id=home.case_id)
    assert editor.template.name.fi == works.template_of(home.a, own).name.fi == "Oma neuvonpito"
    assert len(works.template_of(home.a, work).form("plan").fields) == last
    shelf.retire(shelf.row(draft.content_id), on=True)
    with pytest.raises(NotAllowed, match="content-not-permitted"):
        begin(Door(home.a), home.texts, draft.content_id, case_id=home.case_id)
    for one in (shelf, editor):
        one.stack.clear()


def test_a_template_as_a_file_comes_in_as_a_draft(held) -> None:
    shelf = ContentShelf(held.home.a, held.home.texts, ContentKind.TEMPLATE)
    text = shelf.file_text(shelf.row("voikukkia"))
    draft = shelf.take_in(text.replace('id = "voikukkia"', 'id = "oma-ryhma"'))
    assert draft.content_id == "oma-ryhma"
    made = shelf.new()
    assert library.template_in(made.text).phases[0].id == "phase-1"
    assert ContentEditor(held.home.a, held.home.texts, made).problems()
    with pytest.raises(Exception, match="content-other-kind"):
        ContentShelf(held.home.a, held.home.texts, ContentKind.SCHEME).take_in(text)
    shelf.stack.clear()


def test_a_sheet_and_rows_are_filled_and_each_step_is_taken_back(held) -> None:
    editor = held.editor
    assert editor.fill("referral", "question", "Miten arki kannetaan?")
    assert editor.fill("referral", "decided", "iltapäivät")
    assert held.kept().value("referral", "question") == "Miten arki kannetaan?"
    assert held.kept().form_state(editor.template.form("referral")) == Done.DONE
    first = editor.add_row("plan", {"what": "Hakee koulusta", "who": "Isoäiti"})
    second = editor.add_row("plan", {"what": "Soittaa"})
    assert [r.value("what") for r in held.kept().rows_of(editor.template.form("plan"))] == ["Hakee koulusta", "Soittaa"]
    assert editor.move_row(second, 0)
    assert [r.id for r in editor.file.rows_of(editor.template.form("plan"))] == [second.id, first.id]
    assert editor.fill("plan", "state", "begun", row=editor.file.row(first.id))
    assert editor.file.form_state(editor.template.form("plan")) == Done.PARTLY
    assert not editor.fill("plan", "state", "kesken", row=editor.file.row(first.id))
    assert [e.key for e in held.refused] == ["service-value"]
    assert editor.remove_row(editor.file.row(first.id))
    while editor.stack.canUndo():
        assert editor.undo()
    assert held.kept() == works.WorkFile(held.work, editor.template) == editor.file


def test_presence_is_marked_by_codes_and_goes_with_its_participant(group) -> None:
    editor = group.editor
    one, two = (editor.add_row("participants", {"code": code}) for code in ("V1", "V2"))
    assert editor.mark("meetings", "there", one, Presence.PRESENT, line="know")
    assert editor.mark("meetings", "there", two, Presence.NO_SHOW, line="know")
    assert editor.add_row("pre", {"participant": one.id, "day": "2026-11-01"})
    assert editor.file.value("meetings", "there", "know") == f"{one.id}=present {two.id}=no-show"
    assert editor.add_row("participants", {"code": "Matti Malli"}) is None
    assert [e.key for e in group.refused] == ["service-value"]
    assert editor.remove_row(editor.file.row(one.id))
    assert group.kept().value("meetings", "there", "know") == f"{two.id}=no-show"
    assert [r.value("participant") for r in group.kept().rows_of(editor.template.form("pre"))] == [""]
    assert editor.undo()
    assert group.kept().value("meetings", "there", "know") == f"{one.id}=present {two.id}=no-show"


def test_phases_steps_roles_and_approvals(held) -> None:
    editor, t = held.editor, held.editor.template
    assert editor.set_phase("follow-up", planned=DAY)
    assert editor.set_phase("preparation", begun=DAY)
    assert [p.phase for p in editor.work.phases] == ["preparation", "follow-up"]
    assert editor.set_phase("follow-up", planned=None)
    assert editor.work.phases == (PhaseState("preparation", begun=DAY),)
    assert editor.tick("own-time", DAY)
    assert editor.file.step_state(t.step("own-time")) == Done.DONE
    assert editor.tick("own-time", None)
    home = held.home
    mother = next(p for p in works.case_people(home.a, editor.work) if p.is_adult)
    holders = (RoleHolder("helper", person_id=mother.id), RoleHolder("helper", "Kummi", "lapsen valitsema"))
    assert editor.set_role("helper", *holders)
    assert [works.holder_called(home.a, h) for h in editor.work.holders("helper")] == [mother.called, "Kummi"]
    assert editor.set_role("convener", RoleHolder("convener", worker_id=home.aino.id))
    assert works.holder_called(home.a, editor.work.holders("convener")[0]) == home.aino.name
    assert editor.approve(Approval("acceptance", False, DAY, "Eeva", words="puuttuu aika"))
    assert editor.file.step_state(t.step("acceptance")) == Done.PARTLY
    assert editor.approve(Approval("acceptance", True, DAY, "Eeva"))
    assert editor.file.step_state(t.step("acceptance")) == Done.DONE
    assert len(held.kept().work.approvals) == 2


def test_what_is_closed_is_opened_before_it_is_filled(held) -> None:
    editor = held.editor
    assert editor.close(DAY, " valmis ")
    assert (editor.work.closed, editor.work.closed_why) == (DAY, "valmis")
    assert not editor.fill("referral", "question", "x")
    assert [e.key for e in held.refused] == ["service-closed"]
    assert editor.reopen()
    assert editor.fill("referral", "question", "x")
    acts = [e.act for e in held.home.a.audit_log(held.work.id)]
    assert {"create", "service-closed", "service-reopened"} <= set(acts)


def test_the_name_is_the_trained_ones_alone(group) -> None:
    home, file = group.home, group.editor.file
    assert works.title(home.a, file).fi == "Vertaisryhmä sijoitettujen lasten vanhemmille"
    me = home.a.get(Worker, home.aino.id)
    proof = Training("VOIKUKKIA", TrainingPurpose.OTHER_CLIENT_WORK, "Ohjaajakoulutus", "todistus 3")
    home.a.apply("proof", [Change(me, replace(me, trainings=(*me.trainings, proof)))])
    assert works.title(home.a, file).fi == "VOIKUKKIA-vertaistukiryhmä"
    assert group.editor.edit(workers=(home.aino.id, home.b.me), called="Kevään ryhmä")
    assert works.title(home.a, group.editor.file).fi == "Vertaisryhmä sijoitettujen lasten vanhemmille"
    assert works.called(home.a, home.texts, group.editor.file).startswith("Kevään ryhmä · Vertaisryhmä")
    assert works.groups(home.a) == (group.editor.work,)


def test_another_door_changes_the_work_and_this_one_hears_of_it(held) -> None:
    other = WorkEditor(held.home.a, held.home.texts, held.work.id)
    assert held.editor.fill("referral", "question", "x")
    other.hear([Change(None, held.editor.file.rows[0])])
    assert other.file == held.editor.file
    assert works.work_behind(held.home.a, held.editor.file.rows[0].id) == held.work.id
    assert works.work_behind(held.home.a, held.work.id) == held.work.id
    assert works.work_behind(held.home.a, "none") == ""


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["add", "move", "remove", "fill"]), st.integers(0, 5)), max_size=12))
def test_whatever_is_done_to_rows_they_stay_in_one_order_and_come_back(qapp, acts) -> None:
    held = Held()
    editor, form = held.editor, held.editor.template.form("plan")
    wanted = []
    for act, n in acts:
        rows = editor.file.rows_of(form)
        if act == "add" or not rows:
            wanted.append(editor.add_row("plan").id)
        elif act == "move":
            row = rows[n % len(rows)]
            to = n // 2 % len(rows)
            assert editor.move_row(row, to)
            wanted.remove(row.id)
            wanted.insert(to, row.id)
        elif act == "remove":
            wanted.remove(rows[n % len(rows)].id)
            assert editor.remove_row(rows[n % len(rows)])
        else:
            assert editor.fill("plan", "what", f"asia {n}", row=rows[n % len(rows)])
    assert [r.id for r in held.kept().rows_of(form)] == wanted
    while editor.stack.canUndo():
        assert editor.undo()
    assert held.kept().rows == ()


def test_a_kept_template_is_in_use(held) -> None:
    held.home.a.find(StoredContent, id=held.work.content)
    assert held.home.a.find(ServiceWork, template_id="laheisneuvonpito") == (held.work,)


def test_a_group_has_goals_of_its_own_by_codes_with_reviews_in_sentences(group) -> None:
    """Whose it is is said by a code, how it goes on in words; a removed goal is named no more."""
    editor = group.editor
    who = editor.add_row("participants", {"code": "V1"})
    goal = editor.add_row("goals", {"goal": "Jaksan tavata lasta", "whose": who.id, "set": "2026-10-01"})
    for day, how in (("2026-10-20", "begun"), ("2026-11-10", "on-the-way")):
        assert editor.add_row("goal-reviews", {"goal": goal.id, "day": day, "group-says": how}) is not None
    answers = Answers(group.home.a, group.kept(), group.home.texts)
    form = editor.template.form("goal-reviews")
    said = [[answers.answer(form.field(f), row) for f in ("goal", "group-says")] for row in group.kept().rows_of(form)]
    assert said == [["Jaksan tavata lasta", "olemme alussa"], ["Jaksan tavata lasta", "olemme matkalla"]]
    assert not any(f.kind in (FieldKind.SCALE, FieldKind.NUMBER) for f in form.fields), "no number that could be summed"
    assert editor.remove_row(goal)
    assert [row.value("goal") for row in group.kept().rows_of(form)] == ["", ""]
