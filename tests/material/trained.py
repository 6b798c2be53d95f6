"""A home in which the pair's common view is a reference, everybody has consented, and a third worker learns by it."""

from app.casework.case_editor import CaseEditor
from app.casework.meeting_file import meeting_file
from app.casework.reference_films import confirming, naming
from app.coding.editor import CodingEditor
from app.comparing.common_view.beginning import begin_common_view
from app.comparing.common_view.editor import CommonViewEditor
from app.door import Door
from app.model.change import added
from app.model.coding import CodingHeader
from app.model.consent import Consent, Purpose
from app.model.decision import Answer, Verdict
from app.model.identity import new_id
from app.model.people import Worker
from app.model.timecode import SECOND
from app.model.training import Reference
from app.training.coding import begin_training
from tests.material.builders import A_DAY
from tests.material.house import LONG_AGO, Home, cover_all
from tests.material.pressing import press


def with_third(home: Home):
    """A worker who has nothing to do with the case, signed in."""
    worker = Worker(new_id(), "Kolmas Esimerkki")
    home.a.apply("worker", [added(worker)], act="create")
    home.third = worker
    home.c = home.held.open(worker.id)
    return home.c


def consents(home: Home) -> tuple[Consent, ...]:
    """Everybody on the film consents to its being a reference film."""
    editor = CaseEditor(home.a, home.texts, home.case_id)
    for person in editor.file.persons:
        editor.give_consent(person, Purpose.REFERENCE_FILM, LONG_AGO)
    return tuple(c for c in editor.file.consents if c.purpose == Purpose.REFERENCE_FILM)


def common_view(home: Home) -> CodingHeader:
    """Decided as A everywhere, and confirmed by both."""
    for store in (home.a, home.b):
        header = begin_common_view(Door(store), home.texts, home.meeting.id)
        editor = CommonViewEditor(store, home.texts, header)
        for d in editor.common.unsettled():
            assert editor.decide(d.id, Answer(Verdict.A, reason="seen together"))
        assert editor.confirm()
    return editor.common.header


def reference(home: Home) -> Reference:
    """Named by Aino, confirmed by Leena."""
    change = naming(home.a, common_view(home), A_DAY)
    home.a.apply("named", [change])
    first = change.after
    assert isinstance(first, Reference)
    change = confirming(first, home.leena.id, A_DAY)
    home.b.apply("confirmed", [change])
    return home.a.get(Reference, first.id)


def learning_home(held=None) -> Home:
    home = Home(held=held)
    home.compare()
    consents(home)
    reference(home)
    with_third(home)
    return home


def train(home: Home, store, presses=(("6", 0.0), ("q", 5.1), ("q", 25.0), ("7", 31.0))) -> CodingHeader:
    """Code the film for learning, everything covered, and mark it as ready."""
    header = begin_training(Door(store), home.texts, home.meeting.id)
    editor = CodingEditor(store, home.texts, meeting_file(store, home.meeting.id), header)
    for key, second in presses:
        press(editor, key, round(second * SECOND))
    cover_all(editor)
    assert editor.mark_ready()
    return editor.coding.header
