"""Supervision for tests: plainly made-up professionals, a group, its sessions."""

from dataclasses import replace
from datetime import date

from app.model.change import Change, added
from app.model.identity import new_id
from app.model.meeting import Delivery
from app.model.supervision import (
    SUPERVISOR,
    AgendaItem,
    AgreementState,
    Attendance,
    CancellationRule,
    PayerLine,
    Presence,
    PricePer,
    RecordingConsent,
    Signing,
    Supervisee,
    SupervisionAgreement,
    SupervisionForm,
    SupervisionGoal,
    SupervisionSession,
)
from app.model.supervision_course import EvaluationKind, GoalRating, Phase, SupervisionEvaluation
from app.model.supervision_film import ClipUse, ControllersWord, Reflection, Shared
from app.model.supervision_note import SupervisionNote, SupervisionNotebook
from tests.material.builders import A_DAY


def agreement(supervisor: str, **fields) -> SupervisionAgreement:
    """A draft for a group of three."""
    people = tuple(Supervisee(f"o{n}", f"Ohjattava {n}", "perhetyöntekijä") for n in (1, 2, 3))
    goals = (SupervisionGoal("g1", "Tuomme keskeneräistä työtä"), SupervisionGoal("g2", "Pysymme lapsen tahdissa"))
    made = SupervisionAgreement(
        new_id(),
        supervisor,
        "Perhetyön tiimi",
        "Perhetyön tiimi, Esimerkkilän kaupunki",
        "Esimerkkilän kaupunki",
        supervisees=people,
        goals=goals,
        confidentiality="Työnohjaajalla voi olla lakiin perustuva ilmoitusvelvollisuus.",
    )
    return replace(made, **fields)


def signed(made: SupervisionAgreement) -> SupervisionAgreement:
    """The same in force."""
    day = A_DAY.date()
    hands = (Signing("Aino Esimerkki", "työnohjaaja", day), Signing("Malli Päällikkö", "tilaaja", day))
    return replace(made, state=AgreementState.SIGNED, signed=hands)


def session(made: SupervisionAgreement, **fields) -> SupervisionSession:
    return SupervisionSession(new_id(), made.id, **{"at": A_DAY, **fields})


def everything_of_supervision(worker_id: str, reader: str) -> tuple:
    """One of every kind, each field with something in it."""
    made = agreement(
        worker_id, form=SupervisionForm.TEAM, delivery=Delivery.VIDEO, place="Linkki", start=date(2026, 2, 1),
        end=date(2027, 1, 31), weeks=3, minutes=60, planned=6, price=12_000, price_per=PricePer.UNIT,
        vat="verollinen", cancelling=CancellationRule(7, 50, 80), evaluation="alku, väli, loppu",
        payer_sees=(PayerLine.DATES, PayerLine.GOALS), known_before="Ei aiempaa", exploring="Tavattiin",
        explored=date(2026, 1, 20), outside=False, readers=(reader,), signed=(Signing("A", "B", date(2026, 2, 3)),),
        ending="", follows="earlier",
    )  # fmt: skip
    met = session(
        made, minutes=60, delivery=Delivery.HYBRID, place="H2", exploratory=True,
        cancelled_on=date(2026, 1, 1), cancelled_by="tilaaja", why="kuume", invoiced=50,
        attendance=(Attendance("o1", Presence.LATE),), themes=("rajat", "lämpö"), asker="o1", question="Miten?",
        agenda=(AgendaItem(10, "Kuulumiset"),), agreed="jatkamme", takeaways=("odotan",), client_material=True,
        recorded=True,
        recording_consents=tuple(RecordingConsent(w, True, date(2026, 1, 1)) for w in (SUPERVISOR, "o1", "o2", "o3")),
    )  # fmt: skip
    use = ClipUse(
        new_id(), made.id, met.id, "clip", "o1", "Miten pysyn tahdissa?", False, "odotan", True,
        ControllersWord("Maakunta", "Johtava", date(2026, 1, 1), "päätös 4"),
    )  # fmt: skip
    notes = SupervisionNotebook(new_id(), made.id, worker_id)
    return (
        made,
        met,
        GoalRating(new_id(), made.id, "g1", "o1", Phase.MIDWAY, 4, date(2026, 6, 2), worker_id),
        SupervisionEvaluation(new_id(), made.id, EvaluationKind.ANNUAL, date(2026, 12, 1), "Hyvä", "jatketaan"),
        use,
        Reflection(new_id(), made.id, use.id, 40_000, "o1", worker_id, 2, "katse kääntyy", Shared.SUPERVISOR),
        notes,
        SupervisionNote(new_id(), notes.id, met.id, date(2026, 1, 2), "oma tuntuma"),
    )


def supervised(store) -> tuple[SupervisionAgreement, tuple]:
    """A signed agreement of the store's worker with one of every kind below it; notes lie in a file of their own."""
    made, *parts = everything_of_supervision(store.me, "lukija")
    store.apply("begun", [added(made)])
    in_force = signed(made)
    store.apply("signed", [Change(made, in_force)])
    noted = [p for p in parts if isinstance(p, SupervisionNotebook | SupervisionNote)]
    store.apply("below", [added(p) for p in parts if p not in noted])
    store.apply("noted", [added(p) for p in noted])
    return in_force, tuple(parts)


def all_say_yes(made: SupervisionAgreement, day: date) -> tuple[RecordingConsent, ...]:
    """Everybody's yes to the recording of a session."""
    return tuple(RecordingConsent(who, True, day) for who in (SUPERVISOR, *(s.id for s in made.supervisees)))
