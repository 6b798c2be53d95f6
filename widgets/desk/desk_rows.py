"""Lines of the desk: a meeting of today, and each kind of thing that waits, with its one action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from app.casework.films_due import FilmsDue
from app.casework.kept_wholes import KeptWhole
from app.casework.retention import Why
from app.casework.retention_words import own_rule_words
from app.clips.lookup import FEEDBACK_TALKS
from app.i18n import Texts
from app.model.statement import StatementStage
from app.office.desk import Item, Today, Waiting
from app.office.own_reminders import ConsentEnds, GoalsDue, ToAnswer
from app.services.library import called_with
from app.vocabulary import StatementTexts
from widgets.look.look import Look, font
from widgets.look.parts import Row, beside, button, label, primary_button, stacked
from widgets.retention.whole_words import open_whole, whole_words
from widgets.screen import Go

ICONS = {
    Waiting.PLAN: "cases",
    Waiting.FILM: "film",
    Waiting.FILM_ON: "film",
    Waiting.TALK: "note",
    Waiting.CODE: "coding",
    Waiting.WAIT_FOR_PARTNER: "clock",
    Waiting.WAIT_FOR_SIGN_IN: "clock",
    Waiting.HAND_OVER: "cases",
    Waiting.SEND_CODING: "coding",
    Waiting.SEND_KEY: "coding",
    Waiting.TAKE_IN: "clock",
    Waiting.COMPARE: "comparing",
    Waiting.SAY_MORE: "coding",
    Waiting.WRITE: "statement",
    Waiting.APPROVE: "statement",
    Waiting.GO_THROUGH: "statement",
    Waiting.FINISH: "statement",
    Waiting.CHOOSE_MOMENTS: "feedback",
    Waiting.HOLD_FEEDBACK: "feedback",
}
#: what is done on the meeting's page, where the partner codes on another computer
ELSEWHERE = (Waiting.HAND_OVER, Waiting.SEND_CODING, Waiting.SEND_KEY, Waiting.TAKE_IN)
#: of the time of a meeting, the widest: 10.00–11.30
TIME_WIDTH = 96


class DeskRows:
    """Makes lines for one look and language; `go` is where their actions lead."""

    def __init__(self, texts: Texts, look: Look, go: Go, day: date) -> None:
        self._texts, self._look, self._go, self._day = texts, look, go, day
        self._words = StatementTexts(texts.language)

    def today(self, row: Today, *, is_next: bool) -> QWidget:
        """A meeting of this day; of the next one to be filmed the button is the screen's main one."""
        t, meeting = self._texts, row.meeting
        ids = {"case_id": row.case.id, "meeting_id": meeting.id}
        title = called_with(t, meeting, row.called)
        if row.to_film:
            make = primary_button if is_next else button
            act = make(t.tr("Begin filming"), partial(self._go, "filming", meeting_id=meeting.id))
        else:
            place = "feedback" if meeting.kind in FEEDBACK_TALKS else "cases"
            act = button(t.tr("Open"), partial(self._go, place, **ids))
        partner = t.tr("work partner {name}", name=row.partner.split(maxsplit=1)[0]) if row.partner.strip() else ""
        interpreter = self._words.of("takers", "interpreter") if row.is_interpreted else ""
        about = " · ".join(x for x in (row.case.code_name, row.place, interpreter, partner) if x)
        when = label(f"{t.time(meeting.held)}–{t.time(row.end)}")
        when.setFont(font(tabular=True))
        when.setMinimumWidth(TIME_WIDTH)
        made, words = QWidget(), stacked(label(title, "strong", wrap=True), label(about, "muted", wrap=True), spacing=2)
        act.setAccessibleName(f"{act.text()}: {title}, {row.case.code_name}")
        line = beside(when, words, act, spacing=16, margins=(18, 12, 18, 12))
        line.setStretch(1, 1)
        made.setLayout(line)
        return made

    def item(self, item: Item) -> QWidget:
        t = self._texts
        about = [item.case.code_name]
        if item.meeting is not None:
            about.append(called_with(t, item.meeting, item.called))
        if item.statement is not None:
            about += [self._words.document_kind(item.statement.kind), t.tr("version {n}", n=item.statement.version)]
        if item.talk is not None and item.talk.at is not None:
            at = item.talk.at.astimezone()
            about += [item.called, f"{t.date(at.date())} {t.time(at)}"]
        left = days_left(t, item.days_left(self._day))
        return self._row(item_title(t, item), about, ICONS[item.what], left, self._action(item))

    def _action(self, item: Item) -> QPushButton | None:
        t, go = self._texts, self._go
        case, meeting = {"case_id": item.case.id}, {"meeting_id": item.meeting.id if item.meeting else ""}
        moments = case | ({"within": item.talk.id} if item.talk else meeting)
        document = case | ({"statement_id": item.statement.id} if item.statement else {})
        opened: tuple[str, Callable[[], None]] = t.tr("Open"), partial(go, "cases", **meeting)
        acts: dict[Waiting, tuple[str, Callable[[], None]]] = {
            Waiting.PLAN: (t.tr("Plan"), partial(go, "cases", **case, **meeting)),
            Waiting.FILM: (t.tr("Open"), partial(go, "cases", **case, **meeting)),
            Waiting.FILM_ON: (t.tr("Go on"), partial(go, "filming", **meeting)),
            Waiting.TALK: (t.tr("Write"), partial(go, "filming", **meeting, part="talk")),
            Waiting.CODE: (t.tr("Code"), partial(go, "coding", **meeting)),
            **dict.fromkeys(ELSEWHERE, opened),
            Waiting.WAIT_FOR_SIGN_IN: (t.tr("Open"), partial(go, "comparing", **meeting)),
            Waiting.COMPARE: (t.tr("Open"), partial(go, "comparing", **meeting)),
            Waiting.SAY_MORE: (t.tr("Open"), partial(go, "comparing", **meeting, part="second")),
            Waiting.WRITE: (t.tr("Write"), partial(go, "statement", **document)),
            Waiting.APPROVE: (t.tr("Read"), partial(go, "statement", **document)),
            Waiting.CHOOSE_MOMENTS: (t.tr("Choose moments"), partial(go, "feedback", **moments)),
            Waiting.HOLD_FEEDBACK: (t.tr("Open"), partial(go, "feedback", **moments)),
            **dict.fromkeys((Waiting.GO_THROUGH, Waiting.FINISH), (t.tr("Open"), partial(go, "statement", **document))),
        }
        if item.what not in acts:
            return None
        words, act = acts[item.what]
        return button(words, act)

    def consent(self, line: ConsentEnds) -> QWidget:
        t, days = self._texts, (line.until - self._day).days
        over = t.tr("A consent has ended") if days < 0 else t.tr("A consent ends")
        when = t.trn("{n} day ago", "{n} days ago", -days) if days < 0 else days_left(t, days)
        purposes = ", ".join(self._words.purpose(purpose) for purpose in line.purposes)
        act = button(t.tr("Open"), partial(self._go, "cases", case_id=line.case.id, part="consents"))
        return self._row(over, [line.case.code_name, line.person.called, purposes], "person", when, act)

    def request(self, line: ToAnswer) -> QWidget:
        t, request = self._texts, line.request
        act = button(t.tr("Open"), partial(self._go, "cases", case_id=line.case.id, part="requests"))
        title = t.tr("Answer a request") if request.decided is None else t.tr("Hand over what was granted")
        left = days_left(t, (request.due - self._day).days)
        return self._row(title, [line.case.code_name, self._words.of("requests", request.kind)], "note", left, act)

    def goals(self, line: GoalsDue) -> QWidget:
        t = self._texts
        act = button(t.tr("Open"), partial(self._go, "cases", case_id=line.case.id, part="goals"))
        about = [line.case.code_name, t.trn("{n} goal", "{n} goals", line.goals)]
        when = t.tr("today") if line.due == self._day else t.tr("since {day}", day=t.date(line.due))
        return self._row(t.tr("Monthly review of goals"), about, "note", when, act)

    def erasure(self, line: FilmsDue) -> QWidget:
        t = self._texts
        about = [line.case.code_name, t.trn("{n} film", "{n} films", line.films)]
        if line.why == Why.DUE:
            about += [t.tr("their time is over"), own_rule_words(t, line.own_rule)]
            when = t.tr("since {day}", day=t.date(line.day)) if line.day != self._day else t.tr("today")
            ids, title = {"case_id": line.case.id, "part": "retention"}, t.tr("Films are to be erased")
        else:
            when = t.tr("closed from use {day}", day=t.date(line.day))
            ids, title = {"case_id": line.case.id, "meeting_id": line.meeting.id}, t.tr("Films wait for erasure")
        act = button(t.tr("Look"), partial(self._go, "cases", **ids))
        return self._row(title, about, "trash", when, act)

    def whole(self, row: KeptWhole) -> QWidget:
        t = self._texts
        when = t.tr("since {day}", day=t.date(row.day)) if row.day != self._day else t.tr("today")
        act = button(t.tr("Look"), partial(open_whole, self._go, row))
        about = [row.called, whole_words(t, row), t.tr("its time is over")]
        return self._row(t.tr("Work is to be erased"), about, "trash", when, act)

    def _row(self, title: str, about: list[str], icon: str, trailing: str, act: QPushButton | None) -> QWidget:
        said = " · ".join(x for x in about if x)
        if act is not None:
            act.setAccessibleName(f"{act.text()}: {title}, {said}")
        return Row(self._look, title, said, icon, trailing, act)


def _to_approve(t: Texts, item: Item) -> str:
    """The partner's draft, or at a later stage what the clients said of it."""
    is_gone_through = item.statement is not None and item.statement.stage == StatementStage.COMMENTS
    return t.tr("Approve the client's comments") if is_gone_through else t.tr("Check your work partner's draft")


def _to_write(t: Texts, item: Item) -> str:
    if item.statement is None:
        return t.tr("Begin the statement")
    return t.tr("Go on with the note") if item.statement.is_note else t.tr("Go on with the statement")


def item_title(t: Texts, item: Item) -> str:
    """What there is to do, as a short request."""
    return {
        Waiting.PLAN: t.tr("Choose the tasks"),
        Waiting.FILM: t.tr("Film, or take the film in"),
        Waiting.FILM_ON: t.tr("Filming is not finished"),
        Waiting.TALK: t.tr("Write the talk right after filming"),
        Waiting.CODE: t.tr("Do your own coding"),
        Waiting.WAIT_FOR_PARTNER: t.tr("Your coding is ready, your work partner's is not yet"),
        Waiting.HAND_OVER: t.tr("Hand the meeting over to your work partner's computer"),
        Waiting.SEND_CODING: t.tr("Send your coding to your work partner"),
        Waiting.SEND_KEY: t.tr("Send the key of your coding to your work partner"),
        Waiting.TAKE_IN: t.tr("Waiting for what your work partner sends"),
        Waiting.WAIT_FOR_SIGN_IN: t.tr("Both codings are ready: comparing opens when your work partner signs in"),
        Waiting.COMPARE: t.tr("Go through where you differ"),
        Waiting.SAY_MORE: t.tr("Answer the second pass"),
        Waiting.WRITE: _to_write(t, item),
        Waiting.APPROVE: _to_approve(t, item),
        Waiting.GO_THROUGH: t.tr("Go through the document with the client"),
        Waiting.FINISH: t.tr("The document can become final"),
        Waiting.CHOOSE_MOMENTS: t.tr("Choose moments for the feedback"),
        Waiting.HOLD_FEEDBACK: t.tr("The feedback talk is near"),
    }[item.what]


def days_left(t: Texts, days: int | None) -> str:
    """*12 pv jäljellä*, *tänään*, *3 pv myöhässä*."""
    if days is None:
        return ""
    if days == 0:
        return t.tr("today")
    if days < 0:
        return t.trn("{n} day late", "{n} days late", -days)
    return t.trn("{n} day left", "{n} days left", days)
