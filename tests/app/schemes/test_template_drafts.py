"""Whatever is done to a template in its editor, the draft is read again as the same, and each step is taken back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import Texts
from app.model.change import added
from app.model.content_edits import entries
from app.model.identity import new_id
from app.model.people import Worker
from app.model.stored import ContentDraft, ContentKind
from app.model.template import CHOSEN, OF_ROWS, Belongs, FeedbackFrom, FieldKind, Part, Template
from app.model.template_checks import template_problems
from app.model.template_edits import new_choice, of_kind, without_empty_words
from app.model.template_file import write_template
from app.model.words import Words
from app.schemes.drafts import ContentEditor, ContentShelf, read
from tests.material import templates
from tests.material.builders import words
from tests.material.templates import field
from tests.stand_ins.fakes import MemoryStore

TEMPLATE = ContentKind.TEMPLATE
PARTS = ("roles", "phases", "forms", "approvals", "outputs", "phases.steps", "forms.fields")
#: ids as they may stand half typed, some of another entry or with what a place in a file is written with
IDS = st.sampled_from(["", "a", "a]b", "[x].y", "form-1", "plan", "pöllö", "line\nline", "sheet"])
SOME = st.builds(Words, *[st.sampled_from(["", "Sana", 'lainaus " ja \\', "rivi\nrivi"])] * 3)
ACTS = st.tuples(
    st.sampled_from(["add", "copy", "remove", "move", "rename", "word", "kind", "rows", "whole", "undo", "redo"]),
    st.sampled_from(PARTS),
    st.integers(0, 5),
    st.integers(0, 5),
    IDS,
    SOME,
)


def opened() -> tuple[MemoryStore, ContentEditor]:
    me, texts = Worker(new_id(), "Aino"), Texts("en")
    store = MemoryStore(me.id)
    store.apply("me", [added(me)])
    shelf = ContentShelf(store, texts, TEMPLATE)
    return store, ContentEditor(store, texts, shelf.take_in(write_template(templates.template())))


def place_of(template: Template, part: str, outer: int) -> str:
    """The part itself, or that of one of the entries it is within; empty where there is none."""
    above, _, inner = part.partition(".")
    rows = getattr(template, above)
    if not inner:
        return part
    return f"{above}[{rows[outer % len(rows)].id}].{inner}" if rows else ""


def act_on(work: ContentEditor, act: str, part: str, number: int, ident: str, said: Words) -> None:
    """One step at an entry that is there."""
    entry = entries(work.value, part)[number]
    if act in ("copy", "remove"):
        getattr(work, act)(part, number)
    elif act == "move":
        work.move(part, number, 0)
    elif act == "rename":
        work.edit_entry(part, number, id=ident)
    elif act == "word":
        name = next(n for n in ("help", "about", "opening", "name") if hasattr(entry, n))
        after = without_empty_words(replace(entry, **{name: said}))
        work.edit_entry(part, number, **{name: getattr(after, name)})
    elif act == "kind" and part.endswith("fields"):
        after = of_kind(work.template, entry, list(FieldKind)[(len(ident) + len(said.fi)) % len(FieldKind)])
        names = ("kind", "choices", "of", "least", "most")
        work.edit_entry(part, number, **{n: getattr(after, n) for n in names})
    elif act == "rows" and part == "forms":
        work.edit_entry(part, number, table=True, lines=(*entry.lines, new_choice(entry.lines, "line-")))
    elif act == "rows" and part == "outputs":
        work.edit_entry(part, number, parts=(*entry.parts, Part(ident, (ident,), said)), signers=("workers", ident))


@given(st.lists(ACTS, max_size=10))
def test_any_edits_are_read_again_as_they_are_and_undone_one_by_one(qapp, steps) -> None:
    store, work = opened()
    seen = [work.draft]
    for act, kind, outer, number, ident, said in steps:
        part = place_of(work.template, kind, outer)
        if act in ("undo", "redo"):
            getattr(work, act)()
        elif act == "whole":
            asked = tuple(FeedbackFrom)[: number % 3]
            work.edit(
                belongs=list(Belongs)[outer % 3], workers=1 + number % 2, about=said, feedback=asked, method=ident
            )
        elif part and act == "add":
            work.add(part, number - 1)
        elif part and (count := len(entries(work.value, part))):
            act_on(work, act, part, number % count, ident, said)
        del seen[work.stack.index() :]
        seen.append(work.draft)
        assert read(TEMPLATE, store.find(ContentDraft)[0].text) == work.value
        for problem in work.problems():  # each leads to an entry that there is
            assert not problem.part or problem.number < len(entries(work.value, problem.part))
    while work.stack.canUndo():
        place = work.stack.index()
        assert work.undo()
        assert work.draft == seen[place - 1]


@pytest.mark.parametrize("kind", FieldKind)
def test_a_field_of_another_kind_has_what_it_needs_and_no_more(kind) -> None:
    """From every kind to this one nothing is left that the checks would have to tell of but unwritten choices."""
    made = templates.template()
    for before in FieldKind:
        after = of_kind(made, field("x", before), kind)
        assert (bool(after.choices), bool(after.of)) == (kind in CHOSEN, kind in OF_ROWS)
        sheet = replace(made.forms[0], fields=(after,))
        told = template_problems(replace(made, forms=(sheet, *made.forms[1:]), outputs=()))
        assert all(p.is_unwritten for p in told), told


def test_words_that_nobody_wrote_are_not_there() -> None:
    role = replace(templates.template().roles[0], help=Words(" ", "", ""))
    assert without_empty_words(role).help is None
    assert without_empty_words(replace(role, help=words("joku"))).help == words("joku")
    bare = replace(templates.template(), about=Words("", "", ""), rights=Words("", "", ""))
    assert without_empty_words(bare).about == Words("", "", ""), "what every template has stays, to be written"
    assert without_empty_words(bare).rights is None
