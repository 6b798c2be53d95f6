"""A pair that has agreed: every difference decided as A, and the common view confirmed by both."""

from dataclasses import replace

from app.comparing.common_view.beginning import begin_common_view
from app.comparing.common_view.editor import CommonViewEditor
from app.door import Door
from app.model.change import Change, added
from app.model.content_writer import write_scheme
from app.model.decision import Answer, Verdict
from app.model.meeting import Meeting
from app.model.scheme import Modifier, Scheme, SecondQuestion
from app.model.stored import StoredContent, stored_id
from app.model.words import Words
from app.ports import Store
from app.schemes import library
from tests.material.house import Home


def agree(home: Home) -> None:
    """The common view of the home's meeting, decided and confirmed; anew when it was opened."""
    for store in (home.a, home.b):
        header = begin_common_view(Door(store), home.texts, home.meeting.id)
        editor = CommonViewEditor(store, home.texts, header)
        for decision in editor.common.unsettled():
            assert editor.decide(decision.id, Answer(Verdict.A))
        if editor.can_confirm(store.me):
            assert editor.confirm()


def words(text: str) -> Words:
    return Words(text, text, text)


def with_second_pass() -> Scheme:
    """Perusrunko that asks how an answer to the child's initiative, or leading, was."""
    tone = (Modifier("warm", words("warm")), Modifier("plain", words("plain")), Modifier("hasty", words("hasty"), "x"))
    near = (Modifier("near", words("near")), Modifier("far", words("far")))
    questions = (
        SecondQuestion("tone", words("tone"), ("AS", "AE"), tone),
        SecondQuestion("distance", words("distance"), ("AS",), near),
    )
    return replace(library.scheme("perusrunko"), id="oma", version=1, second_pass=questions)


def use_second_pass(home: Home) -> Scheme:
    """The pair codes the home's meeting with `with_second_pass`."""
    scheme = code_with_second_pass(home.a, home.meeting.id)
    home.meeting = home.a.get(Meeting, home.meeting.id)
    return scheme


def code_with_second_pass(store: Store, meeting_id: str) -> Scheme:
    """The pair codes a meeting with `with_second_pass`."""
    scheme = with_second_pass()
    key = stored_id("scheme", scheme.id, scheme.version)
    meeting = store.get(Meeting, meeting_id)
    kept = StoredContent(key, "scheme", scheme.id, scheme.version, write_scheme(scheme))
    store.apply("scheme", [added(kept), Change(meeting, replace(meeting, scheme=key))])
    return scheme
