"""The method's own name: only where each of the two, and whoever coded, has proof of training for this purpose."""

from dataclasses import replace
from itertools import product

import pytest

from app.casework.case_editor import CaseEditor
from app.door import Door
from app.model.change import Change, added
from app.model.identity import new_id
from app.model.people import Case, Training, TrainingPurpose, Worker
from app.services.library import first
from app.statement.beginning import begin_statement
from app.statement.document import document_of
from tests.material.house import Home

OTHER, THERAPLAY = TrainingPurpose.OTHER_CLIENT_WORK, TrainingPurpose.THERAPLAY_PROCESS
#: what somebody may have been trained in, and for which purposes of a case that is proof
TRAINED: dict[str, tuple[tuple[Training, ...], frozenset[TrainingPurpose]]] = {
    "nothing": ((), frozenset()),
    "without proof": ((Training("MIM", OTHER, "perustaso"),), frozenset()),
    "another method": ((Training("VIG", OTHER, "perustaso", "todistus"),), frozenset()),
    "other client work": ((Training("MIM", OTHER, "perustaso", "todistus"),), frozenset((OTHER,))),
    "theraplay": ((Training("MIM", THERAPLAY, "perustaso", "todistus"),), frozenset((THERAPLAY,))),
    "both": (
        (Training("MIM", OTHER, "", "todistus"), Training("MIM", THERAPLAY, "", "todistus 2")),
        frozenset(TrainingPurpose),
    ),
}


def named(home: Home) -> tuple[str, str]:
    """The document's second title, and what its section of methods calls the method."""
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    document = document_of(home.a, statement)
    methods = next(s for s in document.sections if s.key == "methods")
    return document.subtitle, next(p.text for p in methods.paragraphs if p.source == "method")


def trained(home: Home, worker: Worker, trainings: tuple[Training, ...]) -> None:
    before = home.a.get(Worker, worker.id)
    home.a.apply("trained", [Change(before, replace(before, trainings=trainings))])


@pytest.fixture(scope="module")
def home(qapp) -> Home:
    return Home()


@pytest.mark.parametrize("purpose", TrainingPurpose)
@pytest.mark.parametrize(("lead", "partner"), list(product(TRAINED, repeat=2)))
def test_the_less_trained_of_the_two_decides(home, lead: str, partner: str, purpose: TrainingPurpose) -> None:
    case = home.a.get(Case, home.case_id)
    home.a.apply("purpose", [Change(case, replace(case, purpose=purpose))])
    for worker, known in ((home.aino, lead), (home.leena, partner)):
        trained(home, worker, TRAINED[known][0])
    proven = all(purpose in TRAINED[known][1] for known in (lead, partner))
    title = first().title(proven=proven).fi
    assert named(home) == (title, f"Menetelmänä oli {title}.")


@pytest.fixture
def proven(qapp) -> Home:
    made = Home()
    for worker in (made.aino, made.leena):
        trained(made, worker, TRAINED["both"][0])
    return made


def test_a_substitute_without_proof_who_coded_decides_too(proven) -> None:
    assert named(proven)[0] == first().title_proven.fi
    substitute = Worker(new_id(), "Sijainen Esimerkki")
    proven.a.apply("workers", [added(substitute)], act="create")
    proven.a.apply("coder", [Change(proven.meeting, replace(proven.meeting, coders=(proven.aino.id, substitute.id)))])
    assert named(proven)[0] == first().title_unproven.fi


def test_one_who_works_alone_is_asked_alone(proven) -> None:
    editor = CaseEditor(proven.a, proven.texts, proven.case_id)
    assert editor.edit(editor.file.case, partner="")
    proven.a.apply("coder", [Change(proven.meeting, replace(proven.meeting, coders=(proven.aino.id, "")))])
    assert named(proven)[0] == first().title_proven.fi
    trained(proven, proven.aino, ())
    assert named(proven)[0] == first().title_unproven.fi
