"""A service template on the screen: what is wrong leads to its place, fields follow their kind, papers their parts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel

from app.model.stored import ContentKind
from app.model.template import FeedbackFrom, FieldKind, Part
from app.services import templates
from tests.drivers.content_pages import button, field, settle, shelf, typed
from tests.widgets.test_every_screen import nameless
from widgets.schemes.contents_card import ContentsCard

PHASES, STEPS, FORMS, FIELDS, _ROLES, _APPROVALS, PAPERS, DETAILS = range(8)


@pytest.fixture
def card(settings_page) -> ContentsCard:
    settings_page.opened(part="templates")
    return shelf(settings_page, ContentKind.TEMPLATE)


@pytest.fixture
def template_page(settings_page, card):
    """A copy of the parenting assessment, opened."""
    card.copy(card.shelf.row("vanhemmuus"))
    settle()
    return settings_page.content_page


def turned(page, number: int):
    page.tabs.setCurrentIndex(number)
    settle()
    return page.pages[number]


def test_every_control_has_a_name_in_every_part(template_page) -> None:
    for number in range(template_page.tabs.count()):
        turned(template_page, number)
        assert nameless(template_page) == []


def test_what_is_unfinished_leads_to_the_field_within_its_form(template_page, hands) -> None:
    forms, fields = turned(template_page, FORMS), template_page.pages[FIELDS]
    forms.choose(2)
    turned(template_page, FIELDS)
    fields.add_entry()
    made = fields.entry().id
    assert [p.part for p in template_page.editor.problems()] == ["forms[meetings].fields"]
    forms.choose(0)
    turned(template_page, DETAILS)
    count = hands.button(template_page, "1 thing unfinished")
    QTest.keyClick(count, Qt.Key.Key_Space)
    settle()
    assert (template_page.tabs.currentIndex(), forms.number, fields.entry().id) == (FIELDS, 2, made)
    assert QApplication.focusWidget() is field(fields, "Name · Suomi")


def test_a_field_shows_what_its_kind_has(template_page) -> None:
    fields = turned(template_page, FIELDS)
    kind = fields.form.form.widgets["kind"]
    for chosen, shown in (
        (FieldKind.SCALE, {"least", "most"}),
        (FieldKind.PRESENCE, {"of"}),
        (FieldKind.CHOICE, {"choices"}),
        (FieldKind.DATE, set()),
    ):
        kind.set_value(chosen)
        kind.activated.emit(kind.currentIndex())
        settle()
        seen = {name for name in ("least", "most", "of") if fields.form.form.widgets[name].isVisible()}
        seen |= {"choices"} if fields.form.rows.isVisible() else set()
        assert (fields.entry().kind, seen) == (chosen, shown)
    for _ in range(4):
        template_page.editor.undo()
    assert fields.entry() == template_page.editor.template.forms[0].fields[0]
    assert template_page.editor.problems() == ()


def test_choices_are_moved_by_keys(template_page) -> None:
    fields = turned(template_page, FIELDS)
    fields.edit("kind", FieldKind.SEVERAL)
    settle()
    for number, words in enumerate(("ensin", "sitten"), start=1):
        typed(field(fields.form.rows, f"Suomi {number}"), words)
        fields.form.rows.commit()
    line = field(fields.form.rows, "Suomi 2")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [c.name.fi for c in fields.entry().choices] == ["sitten", "ensin"]
    assert QApplication.focusWidget() is field(fields.form.rows, "Suomi 1")


def test_a_renamed_form_is_named_still_and_its_picture_follows(template_page) -> None:
    forms = turned(template_page, FORMS)
    typed(field(forms, "Id"), "order")
    forms.commit()
    template = template_page.editor.template
    assert template.phases[0].steps[0].form == "order"
    assert template.outputs[0].parts[0].form == "order"
    assert template_page.editor.problems() == ()
    typed(field(forms, "Name · English"), "What was ordered")
    settle()
    assert "What was ordered" in template_page.preview.findChildren(QLabel)[1].text()


def test_a_papers_parts_are_added_chosen_moved_and_taken_away(template_page) -> None:
    papers = turned(template_page, PAPERS)
    before = papers.entry().parts
    editor = papers.form.parts
    editor.add.click()
    settle()
    assert papers.entry().parts[:-1] == before
    last = len(before)
    form = papers.entry().parts[last].form
    first = template_page.editor.template.form(form).fields[0].id
    actions = editor.cards[last].fields.menu().actions()
    actions[2].trigger()  # behind all its fields, and the line
    assert papers.entry().parts[last] == Part(form, (first,))
    editor.shift(last, -1)
    assert papers.entry().parts[last - 1].form == form
    typed(field(editor.cards[last - 1], f"Title of part {last} · Suomi"), "Otsikko")
    editor.commit()
    assert papers.entry().parts[last - 1].title.fi == "Otsikko"
    typed(field(editor.cards[last - 1], f"Title of part {last} · Suomi"), "")
    editor.commit()
    assert papers.entry().parts[last - 1].title is None
    editor.remove(last - 1)
    assert papers.entry().parts == before


def test_a_method_asks_for_the_name_without_proof_and_feedback_is_ticked(template_page, hands) -> None:
    details = turned(template_page, DETAILS)
    assert not details.form.form.widgets["name_unproven.fi"].isVisible()
    typed(field(details, "Method as trainings name it"), "VIG")
    details.commit()
    settle()
    QTest.keyClick(hands.button(template_page, "1 thing to put right"), Qt.Key.Key_Space)
    assert QApplication.focusWidget() is field(details, "Name without proof of training · Suomi")
    (box,) = [b for b in details.findChildren(QCheckBox) if b.text() == "of the child"]
    box.click()
    assert FeedbackFrom.CHILD not in template_page.editor.template.feedback


def test_hours_are_counted_for_a_service_of_the_list_or_for_itself(template_page) -> None:
    chosen = turned(template_page, DETAILS).form.form.widgets["product"]
    assert chosen.currentText() == "This service itself"
    for words, product in (("Training path", "koulutuspolku"), ("This service itself", "")):
        chosen.setCurrentIndex(chosen.findText(words))
        chosen.activated.emit(chosen.currentIndex())
        settle()
        assert template_page.editor.template.product == product
    assert template_page.editor.template.counted_as == template_page.editor.template.id


def test_without_a_phase_there_are_no_steps_to_write(template_page) -> None:
    phases = turned(template_page, PHASES)
    while template_page.editor.template.phases:
        phases.list.remove_asked.emit(0)
    steps = turned(template_page, STEPS)
    assert not steps.list.isVisible()
    assert not button(steps.empty, "Add").isEnabled()
    template_page.editor.undo()
    settle()
    assert steps.list.isVisible()


def test_own_templates_stand_above_the_programs(card, hands) -> None:
    card.shelf.new()
    card.refresh()
    settle()
    rows = hands.words(card).split("\n")
    shipped = [n for n, row in enumerate(rows) if "the program's own · version" in row]
    newest = sorted((t.name.en, t.version) for t in templates.shipped())
    assert sorted((rows[n - 1], int(rows[n].rsplit(" ", 1)[1])) for n in shipped) == newest
    assert rows.index("New template") < shipped[0]
