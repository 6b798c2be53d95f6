"""What the example has beside the film and its codings: goals, a service, supervision and hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from app.casework.case_editor import CaseEditor
from app.casework.goals import GoalCourse
from app.door import Door
from app.hours.entries import HoursEditor, month_of, to_confirm
from app.hours.proposing import proposed
from app.i18n import Texts, today
from app.model.goal import Goal, GoalOf, GoalReview, GoalSource
from app.model.hours import Work
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.service_work import RoleHolder
from app.model.supervision import Signing
from app.model.supervision_course import Phase
from app.ports import Store
from app.services.library import first as first_service
from app.supervising.agreements import SupervisionEditor, new_agreement
from app.works.beginning import begin
from app.works.editor import WorkEditor

#: days from today: goals were set, the plan they are from, the service began and its conference is, and so on
_GOALS_SET, _PLAN, _BEGAN, _CONFERENCE, _SIGNED, _SESSION, _COMING = -28, -60, -12, 16, -30, -9, 19
#: so many days back hours are written down for
_BACK = 40


def make_rooms(store: Store, texts: Texts, meeting: Meeting, told: dict[str, Any]) -> None:
    """What the first worker did in them, for the case of `meeting`; `told` is `demo.toml`."""
    _set_goals(store, texts, meeting, told["goals"])
    _begin_service(store, texts, meeting, told)
    _supervise(store, texts, told["supervision"])
    _write_hours(store, texts, meeting.case_id, told["hours"])


def make_partners_hours(store: Store, texts: Texts) -> None:
    """The other one of the pair writes down the meeting too, and confirms what both did together."""
    _take_hours(store, texts)
    _done(HoursEditor(store, texts, today()).confirm_theirs(to_confirm(store)))


def _done(step: object) -> None:
    """Every step of the example is allowed: a refused one is a fault of its telling."""
    assert step, "a step of the example was refused"


def _workday(days: int) -> date:
    """A day so many days from today, earlier or later where it would be at a weekend."""
    day = today() + timedelta(days=days)
    while day.isoweekday() > 5:
        day += timedelta(days=1 if days > 0 else -1)
    return day


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour)).astimezone()


# ── goals ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _set_goals(store: Store, texts: Texts, meeting: Meeting, rows: list[dict[str, Any]]) -> None:
    editor, language = CaseEditor(store, texts, meeting.case_id), texts.language
    for row in rows:
        whose = GoalOf(row["whose"])
        made = editor.set_goal(
            row["words"][language],
            set_on=_workday(_GOALS_SET),
            source=GoalSource.CLIENT_PLAN,
            plan_date=_workday(_PLAN),
            whose=whose,
            person_id=meeting.adult_id if whose == GoalOf.GROWN_UP else "",
            levels=tuple(words[language] for words in row.get("levels", ())),
            began=row.get("began"),
            wished=row.get("wished"),
        )
        assert made is not None
        for review in row["reviews"]:
            _review(editor, meeting, made, review, language)


def _review(editor: CaseEditor, meeting: Meeting, goal: Goal, row: dict[str, Any], language: str) -> None:
    there = (meeting.child_id, meeting.adult_id) if goal.whose == GoalOf.CHILD else (meeting.adult_id,)
    review = GoalReview(
        new_id(), goal.id, _workday(-row["ago"]), editor.worker_id, there,
        own_level=row.get("own"), own_words=row["own_words"][language],
        worker_level=row.get("worker"), worker_words=row["worker_words"][language],
    )  # fmt: skip
    _done(editor.record_review(GoalCourse(goal), review))


# ── a service ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _begin_service(store: Store, texts: Texts, meeting: Meeting, told: dict[str, Any]) -> None:
    row, order, language = told["service"], told["commission"], texts.language
    customer = order["commissioner"][language]
    work = begin(Door(store), texts, row["template"], case_id=meeting.case_id, customer=customer)
    editor = WorkEditor(store, texts, work.id)
    began = _workday(_BEGAN)
    _done(editor.edit(opened=began))
    _done(editor.set_phase("preparation", begun=began))
    _done(editor.set_phase("conference", planned=_workday(_CONFERENCE)))
    for role, who in (("convener", row["convener"]), ("social-worker", order["social_worker"])):
        _done(editor.set_role(role, RoleHolder(role, who[language])))
    for role, person in (("child", meeting.child_id), ("family", meeting.adult_id)):
        _done(editor.set_role(role, RoleHolder(role, person_id=person)))
    _done(editor.fill("referral", "initiative", began.isoformat()))
    for field, words in row["referral"].items():
        _done(editor.fill("referral", field, words[language]))
    for one in row["network"]:
        values = {key: one[key] for key in ("bond", "invited")} | {k: one[k][language] for k in ("called", "can")}
        _done(editor.add_row("network", values))


# ── supervision ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _supervise(store: Store, texts: Texts, row: dict[str, Any]) -> None:
    language, signed = texts.language, _workday(_SIGNED)
    said = {name: row[name][language] for name in ("customer", "payer", "place")}
    agreement = new_agreement(Door(store), texts, row["title"][language], **said, start=signed)
    editor = SupervisionEditor(store, texts, agreement.id)
    for one in row["supervisees"]:
        _done(editor.add_supervisee(one[language], row["role"][language]))
    for words in row["goals"]:
        _done(editor.add_goal(words[language]))
    hands = (
        Signing(store.worker.name, row["supervisor_as"][language], signed),
        Signing(row["customer_signs"][language], row["customer_as"][language], signed),
    )
    _done(editor.sign(hands))
    _hold_sessions(editor, row, language)


def _hold_sessions(editor: SupervisionEditor, row: dict[str, Any], language: str) -> None:
    """One was held, with the goals rated at its beginning; one is to come."""
    people, day = editor.agreement.supervisees, _workday(_SESSION)
    for goal, values in zip(editor.agreement.goals, row["rated"], strict=True):
        for one, value in zip(people, values, strict=True):
            _done(editor.rate(goal.id, one.id, Phase.START, value, day))
    past, told = editor.add_session(_at(day, 13)), row["session"]
    assert past is not None
    themes = tuple(words[language] for words in told["themes"])
    written = {"question": told["question"][language], "agreed": told["agreed"][language]}
    _done(editor.edit_session(past, asker=people[0].id, themes=themes, **written))
    _done(editor.hold(next(s for s in editor.sessions if s.id == past.id)))
    coming = editor.add_session(_at(_workday(_COMING), 13))
    assert coming is not None
    _done(editor.edit_session(coming, asker=people[1].id, question=row["coming"]["question"][language]))


# ── hours ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _write_hours(store: Store, texts: Texts, case_id: str, rows: list[dict[str, Any]]) -> None:
    """The meeting and the session, and work beside them; what was written last is still to be confirmed."""
    product = first_service().id
    for row in rows[:-1]:
        _add_hours(store, texts, case_id, product, row)
    _take_hours(store, texts)
    _add_hours(store, texts, case_id, product, rows[-1])


def _add_hours(store: Store, texts: Texts, case_id: str, product: str, row: dict[str, Any]) -> None:
    day = _workday(-row["ago"])
    editor = HoursEditor(store, texts, day)
    _done(editor.add(day, row["minutes"], product, Work(row["what"]), whole_id=case_id))


def _take_hours(store: Store, texts: Texts) -> None:
    """What is offered from meetings and sessions, taken and confirmed month by month."""
    last = today()
    offered = proposed(store, last - timedelta(days=_BACK), last, last)
    months = {month_of(entry.day)[0] for entry in offered}
    for month in sorted(months):
        editor = HoursEditor(store, texts, month)
        _done(editor.take([entry for entry in offered if month_of(entry.day)[0] == month]))
        _done(editor.confirm())
