"""A consultation in which the client was named goes over to the client's case, and is there alone."""

from dataclasses import replace

import pytest

from app.door import Door
from app.errors import NotAllowed
from app.i18n import today
from app.model.change import Change, added, removed
from app.model.erasure import CaseOrder, Ground
from app.model.people import Case
from app.model.service_work import MOVED, Done, FormRow, ServiceWork
from app.model.sought import Side, Sought
from app.model.stored import ContentKind
from app.model.template import FieldKind
from app.model.words import Words
from app.schemes.drafts import ContentEditor, ContentShelf
from app.works.beginning import begin
from app.works.editor import WorkEditor
from app.works.moving import OF_CLIENT, can_be_moved, cases_to_choose, move_to_case
from tests.app.works.test_works import Held
from tests.material.house import Home
from tests.stand_ins.fake_erasing import MemoryErasing
from tests.stand_ins.fake_search import MemorySearch

SAID = "kanarialintu"


class Consulting(Held):
    """A consultation with one row, in which the client was named."""

    def __init__(self) -> None:
        super().__init__("konsultaatio")
        values = {"asker": "Tekaistu Kysyjä", "unit": "Avohuolto", "day": "2026-11-17", "minutes": "45",
                  "situation": "open", "named": "yes", "question": f"{SAID} kysymys", "advice": f"{SAID} neuvo",
                  "responsible": "asker"}  # fmt: skip
        made = self.editor.add_row("consultation", values)
        assert made is not None
        self.row = made

    def move(self) -> FormRow:
        home = self.home
        return move_to_case(Door(home.a), home.texts, self.editor.file, self.row, home.case_id)

    def left(self) -> FormRow:
        return self.home.a.get(FormRow, self.row.id)


@pytest.fixture
def held(qapp) -> Consulting:
    return Consulting()


def test_it_is_a_row_of_the_case_with_its_source_and_here_only_that_it_was(held) -> None:
    store = held.home.a
    assert can_be_moved(held.editor.file, held.row)
    assert cases_to_choose(store) == ((held.home.case_id, store.get(Case, held.home.case_id).code_name),)
    new = held.move()
    (work,) = store.find(ServiceWork, case_id=held.home.case_id)
    assert (work.template_id, work.workers, new.work_id) == (OF_CLIENT, held.editor.work.workers, work.id)
    there = store.get(FormRow, new.id)
    for name, text in held.row.values:
        if name != "named":
            assert there.value(name) == text, name
    left = held.left()
    assert held.kept().form_state(held.editor.template.form("consultation")) == Done.DONE
    assert (left.moved_to, there.moved_from) == (new.id, left.id)
    assert left.value("asker") == "Tekaistu Kysyjä"
    assert SAID not in repr(left)
    search = MemorySearch(store)
    assert [f.id for f in search.find(Sought(SAID), 9)] == [new.id]
    assert search.find(Sought(SAID, side=Side.SUPERVISION), 9) == ()
    told = [e for e in store.audit_of_case(held.home.case_id) if e.act == MOVED]
    assert work.id in {e.object_id for e in told}
    # another one of the same client goes into the same work
    again = held.editor.add_row("consultation", {"named": "yes", "question": "toinen"})
    held.row = again
    assert held.move().work_id == work.id
    assert not can_be_moved(held.editor.file, held.left())


def test_what_has_no_place_in_the_clients_form_goes_over_with_the_advice(qapp) -> None:
    """An office's own consultation asks more: nothing of it is lost, and none of its texts stays."""
    held, home = Consulting(), Home("fi")
    shelf = ContentShelf(home.a, home.texts, ContentKind.TEMPLATE)
    draft = shelf.copy(shelf.row("konsultaatio"))
    editor = ContentEditor(home.a, home.texts, draft)
    place = editor.add("forms[consultation].fields")
    fields = {"name": Words("Oma kysymys", "Egen fråga", "Own question"), "kind": FieldKind.TEXT}
    assert editor.edit_entry("forms[consultation].fields", place, **fields)
    assert editor.publish() == 1, editor.problems()
    work = begin(Door(home.a), home.texts, draft.content_id)
    rows = WorkEditor(home.a, home.texts, work.id)
    own = editor.template.form("consultation").fields[place].id
    row = rows.add_row("consultation", {**dict(held.row.values), own: f"{SAID} muuta"})
    new = move_to_case(Door(home.a), home.texts, rows.file, row, home.case_id)
    assert new.value("advice") == f"{SAID} neuvo\n\nOma kysymys: {SAID} muuta"
    assert SAID not in repr(home.a.get(FormRow, row.id))
    for one in (shelf, editor, rows):
        one.stack.clear()


def test_only_what_names_a_client_is_moved_and_what_was_moved_stays(held) -> None:
    store = held.home.a
    for fields in ({"named": "no"}, {"question": "", "advice": ""}):
        row = held.row
        form = held.editor.template.form("consultation")
        for name, text in fields.items():
            row = row.with_value(form.field(name), text)
        assert not can_be_moved(held.editor.file, row)
    new, left = held.move(), held.left()
    with pytest.raises(NotAllowed, match="consultation-not-movable"):
        move_to_case(Door(store), held.home.texts, held.editor.file, left, held.home.case_id)
    for change in (Change(left, replace(left, moved_to="")), Change(left, held.row), removed(left),
                   Change(new, replace(new, moved_from="")),
                   added(replace(new, id="other", moved_from=left.id))):  # fmt: skip
        with pytest.raises(NotAllowed, match="consultation-moved"):
            store.apply("x", [change])
    changed = replace(new, place="z")
    store.apply("moved within its table", [Change(new, changed)])


def test_what_was_said_goes_with_the_erased_case(held) -> None:
    home = held.home
    held.move()
    case = home.a.get(Case, home.case_id)
    home.a.apply("closed", [Change(case, replace(case, closed=today()))])
    assert SAID in repr(home.a.history(held.row.id))
    MemoryErasing(home.a, home.vault.erase).case(
        CaseOrder(home.case_id, Ground.OTHER, "päätös"), lambda _: None, lambda: False
    )
    assert held.left().moved_to
    assert SAID not in repr(home.a.history(held.row.id))
