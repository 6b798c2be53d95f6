"""The one door through which supervision changes: an agreement with its sessions, ratings, evaluations and clips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from app.door import Door
from app.editing import Editor
from app.errors import AppError, NotAllowed
from app.i18n import Texts, now, today
from app.model.brought import Brought
from app.model.change import Change, Entity, added, removed
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Worker
from app.model.supervision import (
    AgreementState,
    Presence,
    Signing,
    Supervisee,
    SupervisionAgreement,
    SupervisionGoal,
    SupervisionSession,
    sign_in,
)
from app.model.supervision_course import EvaluationKind, GoalRating, Phase, SupervisionEvaluation
from app.model.supervision_film import SHOWN, ClipUse, Reflection, Shared, Shown
from app.model.timecode import Micros
from app.ports import Store
from app.supervising import brought, film, recording, sessions
from app.supervising.evaluations import rating_of

E = TypeVar("E", bound=Entity)

_SIGNED, _ENDED = "agreement-signed", "agreement-ended"


def agreements(store: Store) -> tuple[SupervisionAgreement, ...]:
    """Those that are there for the signed-in worker: in force first, then drafts, then what has ended; by title."""
    order = (AgreementState.SIGNED, AgreementState.DRAFT, AgreementState.ENDED)
    held = store.find(SupervisionAgreement)
    return tuple(sorted(held, key=lambda a: (order.index(a.state), a.title.casefold(), a.id)))


def coming(store: Store, agreement: SupervisionAgreement) -> SupervisionSession | None:
    """The next session of an agreement, if one is planned."""
    return sessions.next_one(store.find(SupervisionSession, agreement_id=agreement.id), now())


def usual_confidentiality(texts: Texts) -> str:
    """What is said of confidentiality and its limits before the first session; the words may be changed."""
    return " ".join(
        (
            texts.tr("What is said in supervision stays between the supervisor and the supervisees."),
            texts.tr("A supervisor may have a duty by law to report, for example when a child is in danger."),
            texts.tr(
                "The supervisor's own notes may belong to the right to see one's data, or be asked for by an authority."
            ),
        )
    )


def usual_evaluation(texts: Texts) -> str:
    """How it is evaluated when nothing else is agreed."""
    return texts.tr("Goals are rated at the start, mid-way and at the end. What was decided is written down each time.")


def new_agreement(door: Door, texts: Texts, title: str, **fields: Any) -> SupervisionAgreement:
    """A draft of the signed-in worker's own with the usual words. Raises NotAllowed(`supervision-untitled`)."""
    if not title.strip():
        raise NotAllowed("supervision-untitled")
    usual = {"confidentiality": usual_confidentiality(texts), "evaluation": usual_evaluation(texts)}
    made = SupervisionAgreement(new_id(), door.store.me, title.strip(), **{**usual, **fields})
    door.write(texts.tr("Supervision agreement begun"), [added(made)], act="create")
    return made


def going_on(door: Door, texts: Texts, before: SupervisionAgreement) -> SupervisionAgreement:
    """A new draft that goes on from an agreement: other terms are another agreement. Raises NotAllowed, StoreError."""
    people = tuple(s for s in before.supervisees if s.left is None)
    made = replace(
        before, id=new_id(), supervisees=people, signed=(), state=AgreementState.DRAFT, ended=None, ending="",
        start=None, end=None, explored=None, exploring="", follows=before.id, keeping=(),
        sign_ins=tuple(sign_in(worker, s.id) for s in people if (worker := before.worker_of(s.id))),
    )  # fmt: skip
    door.write(texts.tr("Supervision agreement begun"), [added(made)], act="create")
    return made


class SupervisionEditor(Editor):
    """One agreement and all that is of it; read when it is made, followed since."""

    def __init__(self, store: Store, texts: Texts, agreement_id: str, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts, self.agreement_id = texts, agreement_id
        self._held: dict[str, Entity] = {}
        self.reread()

    def reread(self) -> None:
        """From the archive. Raises StoreError `not-found` also for an agreement behind another's wall."""
        found: list[Entity] = [self._store.get(SupervisionAgreement, self.agreement_id)]
        for kind in (SupervisionSession, GoalRating, SupervisionEvaluation, ClipUse, Reflection):
            found += self._store.find(kind, agreement_id=self.agreement_id)
        self._held = {one.id: one for one in found}

    # what there is

    @property
    def agreement(self) -> SupervisionAgreement:
        held = self._held[self.agreement_id]
        assert isinstance(held, SupervisionAgreement)
        return held

    @property
    def is_mine(self) -> bool:
        """Whether the signed-in worker is the supervisor; a reader looks on, and says only what is the reader's own."""
        return self.agreement.supervisor == self._store.me

    @property
    def own(self) -> Supervisee | None:
        """Who the signed-in worker is among the supervisees; None for nobody."""
        return self.agreement.supervisee_of(self._store.me)

    @property
    def sees_own_alone(self) -> bool:
        """Whether the signed-in worker finds the own numbers and clips, and nobody else's."""
        return not self.agreement.is_read_whole_by(self._store.me)

    def may_show(self, use: ClipUse) -> bool:
        """Whether the clip is the signed-in worker's to show: the supervisor's, and that of who brought it."""
        return self.is_mine or self.agreement.is_own_of(self._store.me, use.asker)

    @property
    def sessions(self) -> tuple[SupervisionSession, ...]:
        return sessions.in_order(self._of(SupervisionSession))

    @property
    def ratings(self) -> tuple[GoalRating, ...]:
        return self._of(GoalRating)

    @property
    def evaluations(self) -> tuple[SupervisionEvaluation, ...]:
        return tuple(sorted(self._of(SupervisionEvaluation), key=lambda e: (e.day, e.id)))

    def uses(self, session_id: str) -> tuple[ClipUse, ...]:
        """The clips brought to a session."""
        return tuple(u for u in self._of(ClipUse) if u.session_id == session_id)

    def use(self, use_id: str) -> ClipUse | None:
        """A clip that was brought, by the id of its use."""
        found = self._held.get(use_id)
        return found if isinstance(found, ClipUse) else None

    def marks(self, use: ClipUse) -> tuple[Reflection, ...]:
        """What is marked to a clip and shared with the signed-in worker, by time of the film."""
        return tuple(sorted((r for r in self._of(Reflection) if r.use_id == use.id), key=lambda r: (r.at, r.id)))

    def _of(self, kind: type[E]) -> tuple[E, ...]:
        return tuple(sorted((e for e in self._held.values() if isinstance(e, kind)), key=lambda e: e.id))

    # the agreement

    def edit(self, **fields: Any) -> bool:
        """Other terms of a draft; of a signed one who comes and leaves, who reads it, what it is called."""
        after = replace(self.agreement, **fields)
        return after == self.agreement or self.do(
            self.texts.tr("Supervision agreement edited"), Change(self.agreement, after)
        )

    def add_supervisee(self, called: str, role: str = "", joined: date | None = None) -> Supervisee | None:
        """One more who is supervised; None when it was refused."""
        one = Supervisee(new_id(), called.strip(), role.strip(), joined=joined)
        return one if self.edit(supervisees=(*self.agreement.supervisees, one)) else None

    def leave(self, supervisee_id: str, day: date) -> bool:
        """One leaves after the sessions of `day`; of a draft nobody has come yet, and the name goes."""
        if not self.agreement.is_signed:
            rest = tuple(s for s in self.agreement.supervisees if s.id != supervisee_id)
            return self.edit(supervisees=rest, sign_ins=self.agreement.signing_in(supervisee_id, ""))
        changed = (replace(s, left=day) if s.id == supervisee_id else s for s in self.agreement.supervisees)
        return self.edit(supervisees=tuple(changed), sign_ins=self.agreement.signing_in(supervisee_id, ""))

    def workers(self) -> tuple[tuple[str, str], ...]:
        """Whose own sign-in a supervisee can have: (worker id, name) of the office's others."""
        held = (w for w in self._store.find(Worker, guest=False) if w.id != self.agreement.supervisor)
        return tuple(sorted(((w.id, w.name) for w in held), key=lambda row: row[1].casefold()))

    def give_sign_in(self, supervisee_id: str, worker_id: str) -> bool:
        """A supervisee finds this at a worker's own sign-in from now on; with an empty worker no more."""
        return self.edit(sign_ins=self.agreement.signing_in(supervisee_id, worker_id))

    def add_goal(self, words: str) -> SupervisionGoal | None:
        goal = SupervisionGoal(new_id(), words.strip())
        return goal if self.edit(goals=(*self.agreement.goals, goal)) else None

    def lacks(self) -> tuple[str, ...]:
        """What the agreement still lacks before it can be signed, as keys of its fields."""
        a = self.agreement
        needed: dict[str, object] = {
            "customer": a.customer.strip(),
            "supervisees": a.supervisees,
            "goals": a.goals,
            "start": a.start,
            "evaluation": a.evaluation.strip(),
            "confidentiality": a.confidentiality.strip(),
        }
        return tuple(name for name, said in needed.items() if not said)

    def sign(self, hands: Sequence[Signing]) -> bool:
        """Note who signed it; its terms stay from now on. Not undoable. Refused while it lacks something."""
        if self.lacks() or not hands:
            self.refused.emit(NotAllowed("agreement-unsigned"))
            return False
        after = replace(self.agreement, signed=tuple(hands), state=AgreementState.SIGNED)
        return self.commit(self.texts.tr("Supervision agreement signed"), Change(self.agreement, after), act=_SIGNED)

    def end(self, day: date, words: str = "") -> bool:
        """It ends on `day`, with what was said of the end. Not undoable. Sessions still to come go."""
        held = [recording.recorded(self._store, s) for s in self.sessions if s.recorded]
        if any(one.is_under_way for one in held):
            self.refused.emit(NotAllowed("session-being-recorded"))
            return False
        # no recording is kept longer than what was agreed
        lent = self.brought_films(*self.sessions)
        every = (film for films in (*(h.films for h in held), *(b.films for b in lent)) for film in films)
        films = recording.closed(every, now())
        after = replace(self.agreement, state=AgreementState.ENDED, ended=day, ending=words.strip())
        kept = {one.folder.session_id for one in lent} | {s.id for s in self.sessions if s.recorded}
        kept |= {s.id for s in self.sessions if any(use.shown for use in self.uses(s.id))}
        coming = [s for s in self.sessions if s.is_open and s.id not in kept and s.at.astimezone().date() > day]
        # what was brought to them would be found by nobody any more, and so be erased by nobody
        uses = [use for s in coming for use in self.uses(s.id)]
        marks = [mark for use in uses for mark in self.marks(use) if mark.by == self._store.me]
        gone = (*map(removed, marks), *map(removed, uses), *map(removed, coming))
        label = self.texts.tr("Supervision agreement ended")
        return self.commit(label, Change(self.agreement, after), *gone, *films, act=_ENDED)

    # sessions

    def plan(self, first: datetime) -> bool:
        """The sessions that the agreement plans and that are not there yet, from `first` on in its rhythm."""
        counted = len(sessions.numbers(self.sessions))
        new = sessions.series(self.agreement, first, counted)
        return self.do(self.texts.tr("Sessions planned"), *map(added, new))

    def add_session(self, at: datetime, *, exploratory: bool = False) -> SupervisionSession | None:
        new = sessions.one(self.agreement, at, exploratory=exploratory)
        return new if self.do(self.texts.tr("Session planned"), added(new)) else None

    def edit_session(self, session: SupervisionSession, **fields: Any) -> bool:
        """What is planned for it, and what is written of it."""
        return self._put(self.texts.tr("Session edited"), session, replace(session, **fields))

    def remove_session(self, session: SupervisionSession) -> bool:
        """One to which nothing happened yet."""
        uses = self.uses(session.id)
        marks = [removed(m) for use in uses for m in self.marks(use)]
        return self.do(self.texts.tr("Session removed"), *marks, *map(removed, uses), removed(session))

    def hold(self, session: SupervisionSession, presences: dict[str, Presence] | None = None) -> bool:
        """It took place; everybody was there but for those of whom something else is said."""
        return self._put(self.texts.tr("Session held"), session, sessions.held(self.agreement, session, presences))

    def cancel(self, session: SupervisionSession, day: date, by: str, why: str = "") -> bool:
        """It was called off on `day`; what is invoiced follows from the agreement's rule."""
        after = sessions.cancelled(self.agreement, session, day, by, why)
        return self._put(self.texts.tr("Session cancelled"), session, after)

    def miss(self, session: SupervisionSession, why: str = "") -> bool:
        """Nobody came."""
        return self._put(self.texts.tr("Session missed"), session, sessions.missed(self.agreement, session, why))

    # its recording

    def say_to_recording(self, session: SupervisionSession, who: str, *, given: bool | None) -> bool:
        """What one says to being recorded; None: nobody has asked yet. Not undoable.

        With a *no* the films of the session are closed from use in the same step, and wait to be erased.
        """
        after = recording.with_word(session, who, today(), given=given)
        held = recording.recorded(self._store, session)
        if held.is_under_way and given is not True:
            self.refused.emit(NotAllowed("session-being-recorded"))
            return False
        films = recording.closed(held.films, now()) if given is False else ()
        label = self.texts.tr("Word on the recording of a session")
        return self.commit(label, Change(session, after), *films)

    def record(self, session: SupervisionSession) -> Meeting | None:
        """The meeting in whose place the recording of a session stands, made when there is none yet.

        None when it was refused: somebody has not said yes, or the agreement is not in force.
        """
        held = recording.recorded(self._store, session)
        if held.meeting is not None:
            return held.meeting
        try:
            changes = recording.begun(self.texts, self.agreement, session, self._store.me)
        except AppError as error:
            self.refused.emit(error)
            return None
        done = self.commit(self.texts.tr("Recording of a session begun"), *changes)
        return recording.recorded(self._store, session).meeting if done else None

    def recorded(self, session: SupervisionSession) -> recording.Recorded:
        """What is there of a session's recording."""
        return recording.recorded(self._store, session)

    def waiting_recordings(self) -> int:
        """How many recordings may not be used any more and are not erased yet, of all sessions."""
        own = sum(len(self.recorded(s).waiting) for s in self.sessions if s.recorded)
        return own + sum(len(one.waiting(today())) for one in self.brought_films(*self.sessions))

    # what supervisees bring

    def brought_films(self, *held: SupervisionSession) -> tuple[brought.BroughtFilm, ...]:
        """The films of other controllers' clients that were brought to some sessions, as far as they are there."""
        return brought.of_sessions(self._store, self.agreement, held)

    def bring_film(self, session: SupervisionSession, code_name: str, bringer: str, said: Brought) -> bool:
        """A place for a film that a supervisee brings, by the controller's decision. Not undoable.

        Refused where something of that lacks, or it would be used longer than the agreement lasts.
        """
        changes = brought.begun(session, self._store.me, code_name, bringer, said)
        noted = replace(session, client_material=True)
        also = [] if noted == session else [Change(session, noted)]
        return self.commit(self.texts.tr("A brought film noted"), *changes, *also, act="create")

    def take_back(self, held: brought.BroughtFilm) -> bool:
        """The decision or a consent was taken back: closed from use in the same step. Not undoable."""
        return self.commit(
            self.texts.tr("Decision on a brought film taken back"), *brought.taken_back(held, today(), now())
        )

    # goals and evaluations

    def rate(self, goal_id: str, supervisee_id: str, phase: Phase, value: int | None, day: date | None = None) -> bool:
        """A supervisee's own number for a goal, 1 to 5, or none."""
        held = rating_of(self.ratings, goal_id, supervisee_id, phase)
        label = self.texts.tr("Goal rated")
        if value is None:
            return held is None or self.do(label, removed(held))
        on = day or today()
        if held is not None:
            return self._put(label, held, replace(held, value=value, day=on))
        new = GoalRating(new_id(), self.agreement_id, goal_id, supervisee_id, phase, value, on, self._store.me)
        return self.do(label, added(new))

    def evaluate(self, kind: EvaluationKind, day: date, words: str, decision: str = "") -> SupervisionEvaluation | None:
        new = SupervisionEvaluation(new_id(), self.agreement_id, kind, day, words.strip(), decision.strip())
        return new if self.do(self.texts.tr("Supervision evaluated"), added(new)) else None

    def edit_evaluation(self, evaluation: SupervisionEvaluation, **fields: Any) -> bool:
        return self._put(self.texts.tr("Evaluation edited"), evaluation, replace(evaluation, **fields))

    # film

    def bring(self, session: SupervisionSession, clip_id: str, asker: str, question: str) -> ClipUse | None:
        """A clip to a session, with its supervisee's question. Refused when it may not be shown as things are.

        Whether it is covered is asked as it is shown: then there is still time to cover it.
        """
        if any(use.stopped and use.clip_id == clip_id for use in self.uses(session.id)):
            self.refused.emit(NotAllowed(film.Bar.STOPPED.value))
            return None
        new = ClipUse(new_id(), self.agreement_id, session.id, clip_id, asker, question.strip())
        found = film.judged(self._store, self.agreement, new, today())
        if found.bar in (film.Bar.CONSENT, film.Bar.WITHDRAWN) and found.permission is not None:
            self.refused.emit(found.permission.refusal())
            return None
        if found.bar not in (None, film.Bar.UNCOVERED, film.Bar.CONTROLLER):
            self.refused.emit(NotAllowed(found.bar.value))
            return None
        is_own = recording.is_recording(self._store, clip_id)
        if is_own:  # of these very people, and of no client
            new = replace(new, covered=False)
        noted = session if is_own else replace(session, client_material=True)
        changes = [] if noted == session else [Change(session, noted)]
        return new if self.do(self.texts.tr("Clip brought to supervision"), added(new), *changes) else None

    def edit_use(self, use: ClipUse, **fields: Any) -> bool:
        """The question, the takeaway, whether it is covered, another controller's decision, that it was stopped."""
        return self._put(self.texts.tr("Clip in supervision edited"), use, replace(use, **fields))

    def stop(self, use: ClipUse) -> bool:
        """Somebody said stop, and need not say why: in this session it is shown no more. Not undoable."""
        return self.commit(self.texts.tr("Clip stopped in supervision"), Change(use, replace(use, stopped=True)))

    def take_away(self, use: ClipUse) -> bool:
        """A clip that was not shown is no part of the session any more, nor what was marked to it."""
        marks = [removed(mark) for mark in self.marks(use)]
        return self.do(self.texts.tr("Clip taken away from the session"), *marks, removed(use))

    def show(self, use: ClipUse) -> ClipUse | None:
        """Ask what it stands on, tell the case's log, and put the showing on record; None when it is refused.

        Only then `film.shown_reels` gives the film. Not undoable.
        """
        if not self.may_show(use):
            self.refused.emit(NotAllowed("supervision-not-yours"))
            return None
        try:
            stands_on = film.demand_shown(self._store, self.agreement, use, today())
            film.note_shown(self._store, self.agreement, use)
        except AppError as error:
            self.refused.emit(error)
            return None
        after = replace(use, shown=(*use.shown, Shown(now(), self._store.me, stands_on)))
        done = self.commit(self.texts.tr("Clip shown in supervision"), Change(use, after), act=SHOWN)
        return after if done else None

    def mark(
        self, use: ClipUse, at: Micros, author: str, words: str, turn: int = 1, shared: Shared = Shared.PRIVATE
    ) -> Reflection | None:
        """A supervisee's mark at a moment of the film (µs), in the round `turn` of speaking; private until shared."""
        new = Reflection(new_id(), self.agreement_id, use.id, at, author, self._store.me, turn, words.strip(), shared)
        return new if self.do(self.texts.tr("Mark to a clip"), added(new)) else None

    def edit_mark(self, mark: Reflection, **fields: Any) -> bool:
        return self._put(self.texts.tr("Mark to a clip"), mark, replace(mark, **fields))

    def remove_mark(self, mark: Reflection) -> bool:
        return self.do(self.texts.tr("Mark removed"), removed(mark))

    # of the editor

    def accept(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if getattr(change.entity, "agreement_id", change.id) != self.agreement_id:
                continue
            self._held.pop(change.id, None)
            if change.after is not None:
                self._held[change.id] = change.after

    def hear(self, changes: Sequence[Change]) -> None:
        """Another door changed something of this agreement: it is read anew, and the stack ends."""
        of_it = [c for c in changes if c.id in self._held or getattr(c.entity, "agreement_id", "") == self.agreement_id]
        if of_it:
            self.stack.clear()
            self.reread()

    def _put(self, label: str, before: Entity, after: Entity) -> bool:
        return after == before or self.do(label, Change(before, after))
