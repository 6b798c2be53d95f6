"""One case with its people, commission, consents and meetings, read together. It changes by `case_editor`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar, cast

from app.model import brought, recorded_session
from app.model.apart import Apart, KeptApart, apart
from app.model.change import Change, Entity
from app.model.circumstance import Circumstance
from app.model.commission import Commission
from app.model.consent import Consent, ConsentForm, ControllerDecision, Purpose
from app.model.hold import Hold, Keeping
from app.model.meeting import Meeting
from app.model.people import Case, Person, Role, Worker
from app.model.request import Request
from app.model.showing import Showing
from app.model.supervision import SupervisionAgreement, SupervisionSession
from app.ports import Store

E = TypeVar("E", bound=Entity)


@dataclass(frozen=True)
class CaseFile:
    """One case with everything that belongs to it, by kind, in the order of making.

    `everybody` is also who is of the child's network only, `pairs` who must not meet whom besides all adults,
    `every_meeting` also those that are not filmed. `showings` are the versions of how the child shows contact, distress
    and *no*. `commission` is the newest of the case, `earlier` are those before
    it. `keeping` is what keeps the supervision whose session was recorded here: of a client's case there is none.
    """

    case: Case
    everybody: tuple[Person, ...] = ()
    commission: Commission | None = None
    consents: tuple[Consent, ...] = ()
    every_meeting: tuple[Meeting, ...] = ()
    decisions: tuple[ControllerDecision, ...] = ()
    forms: tuple[ConsentForm, ...] = ()
    pairs: tuple[KeptApart, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()
    requests: tuple[Request, ...] = ()
    holds: tuple[Hold, ...] = ()
    earlier: tuple[Commission, ...] = ()
    showings: tuple[Showing, ...] = ()
    keeping: tuple[Keeping, ...] = ()

    @property
    def persons(self) -> tuple[Person, ...]:
        """Who may be filmed and asked."""
        return tuple(p for p in self.everybody if not p.network_only)

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """Those that are filmed, or are to be."""
        return tuple(m for m in self.every_meeting if m.is_filmed)

    @property
    def apart(self) -> Apart:
        """Who must not meet whom."""
        return apart(self.case, self.everybody, self.pairs)

    @property
    def child(self) -> Person | None:
        return next((p for p in self.persons if p.is_child), None)

    @property
    def adults(self) -> tuple[Person, ...]:
        return tuple(p for p in self.persons if p.is_adult)

    @property
    def guardians(self) -> tuple[Person, ...]:
        """Whoever decides for the child, also one who is of the network only and is never filmed."""
        return tuple(p for p in self.everybody if p.is_adult and p.guardian)

    def person(self, person_id: str) -> Person | None:
        return next((p for p in self.everybody if p.id == person_id), None)

    def consent(self, person_id: str, purpose: Purpose, day: date) -> Consent | None:
        """The consent of a person to a purpose that is in force on `day`."""
        return next(iter(self.in_force(person_id, purpose, day)), None)

    def in_force(self, person_id: str, purpose: Purpose, day: date) -> tuple[Consent, ...]:
        """All consents of a person to a purpose that are in force on `day`: a withdrawal takes others along."""
        own = [c for c in self.consents if c.person_id == person_id and c.purpose == purpose]
        return tuple(c for c in own if c.valid_on(day) and not any(o.takes_back(c, day) for o in own))

    def pages(self, consent: Consent) -> tuple[ConsentForm, ...]:
        """The photographed pages on which a consent stands, in their order."""
        return tuple(f for i in consent.forms for f in self.forms if f.id == i)

    def decision(self, person_id: str, purpose: Purpose, day: date) -> ControllerDecision | None:
        """The controller's decision in force on `day` that stands in for a person's consent."""
        return next(
            (d for d in self.decisions if d.person_id == person_id and d.purpose == purpose and d.valid_on(day)), None
        )


def case_file(store: Store, case_id: str) -> CaseFile:
    """Raises StoreError(`not-found`)."""
    case = store.get(Case, case_id)
    return of_session(store, _file(case, {kind: store.find(kind, case_id=case_id) for kind in _KINDS}))


def of_session(store: Store, file: CaseFile) -> CaseFile:
    """The same; in the folder of a recorded session with who is on its film and what each said, as the session has it.

    Raises StoreError.
    """
    if not file.case.is_folder:
        return file
    session = store.get(SupervisionSession, file.case.session_id)
    agreement = store.get(SupervisionAgreement, session.agreement_id)
    if file.case.brought is not None:
        return _of_brought(file, file.case.brought, agreement)
    name = store.get(Worker, agreement.supervisor).name
    people = recorded_session.people(file.case.id, agreement, session, name)
    consents = recorded_session.consents(file.case.id, session)
    return replace(file, everybody=people, consents=consents, keeping=agreement.keeping)


def _of_brought(file: CaseFile, held: brought.Brought, agreement: SupervisionAgreement) -> CaseFile:
    """The clients on a brought film by their code name, with what was told of their consent and of the decision."""
    person = Person(brought.CLIENTS, file.case.id, Role.OTHER_ADULT, file.case.code_name)
    consents = (brought.as_consent(file.case.id, agreement, held),)
    decisions = (brought.as_decision(file.case.id, agreement, held),)
    return replace(file, everybody=(person,), consents=consents, decisions=decisions, keeping=agreement.keeping)


def case_files(store: Store, case_ids: Iterable[str]) -> dict[str, CaseFile]:
    """Several, by their ids: each kind of thing is read once, however many they are."""
    ids = tuple(sorted(set(case_ids)))
    if not ids:
        return {}
    rows: defaultdict[str, defaultdict[type[Entity], list[Entity]]] = defaultdict(lambda: defaultdict(list))
    for kind in _KINDS:
        for one in store.find(kind, case_id=ids):
            rows[cast("Any", one).case_id][kind].append(one)
    return {case.id: of_session(store, _file(case, rows[case.id])) for case in store.find(Case, id=ids)}


def _file(case: Case, rows: Mapping[type[Entity], Sequence[Entity]]) -> CaseFile:
    commissions = cast("tuple[Commission, ...]", tuple(rows.get(Commission, ())))
    held: dict[str, Any] = {name: tuple(rows.get(kind, ())) for kind, name in _HELD.items()}
    held["every_meeting"] = tuple(sorted(held["every_meeting"], key=attrgetter("held", "id")))
    return CaseFile(case, commission=commissions[-1] if commissions else None, earlier=commissions[:-1], **held)


def told_of(file: CaseFile) -> dict[type[Entity], tuple[Entity, ...]]:
    """By kind what a case file holds, each as a store finds it: by ascending id."""
    held: dict[type[Entity], tuple[Entity, ...]] = {kind: getattr(file, name) for kind, name in _HELD.items()}
    newest = () if file.commission is None else (file.commission,)
    held[Commission] = (*file.earlier, *newest)
    return {kind: tuple(sorted(rows, key=attrgetter("id"))) for kind, rows in held.items()}


def concerns(case_id: str, change: Change) -> bool:
    """Whether a change is of the case or of one of the kinds that its file holds."""
    if change.kind is Case:
        return change.id == case_id
    return (change.kind is Commission or change.kind in _HELD) and cast("Any", change.entity).case_id == case_id


def with_change(file: CaseFile, change: Change) -> CaseFile:
    """The case file with one committed change in it."""
    after = change.after
    if change.kind is Case:
        return replace(file, case=cast("Case", after))
    if change.kind is Commission:
        newest = () if file.commission is None else (file.commission,)
        commissions: tuple[Commission, ...] = _swapped((*file.earlier, *newest), change)
        return replace(file, commission=commissions[-1] if commissions else None, earlier=commissions[:-1])
    name = _HELD[change.kind]  # a case file holds nothing else
    held: dict[str, Any] = {name: _swapped(getattr(file, name), change)}
    return replace(file, **held)


_HELD: dict[type, str] = {
    Person: "everybody",
    KeptApart: "pairs",
    Circumstance: "circumstances",
    Request: "requests",
    Hold: "holds",
    Consent: "consents",
    ConsentForm: "forms",
    ControllerDecision: "decisions",
    Meeting: "every_meeting",
    Showing: "showings",
}
#: what is read of a case
_KINDS: tuple[type[Entity], ...] = (Commission, *_HELD)


def _swapped(held: tuple[E, ...], change: Change) -> tuple[E, ...]:
    after = cast("E | None", change.after)
    if change.before is None:
        return (*held, cast("E", after))
    return tuple(new for e in held if (new := after if e.id == change.id else e) is not None)


def other_workers(store: Store) -> tuple[Worker, ...]:
    """Those who could be the work partner."""
    return tuple(w for w in store.find(Worker, guest=False) if w.id != store.me)
