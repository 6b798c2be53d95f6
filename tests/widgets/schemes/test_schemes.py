"""Own schemes and instruments on the screen: by keyboard, checked while typing, previewed, published."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from app.i18n import today
from app.model.scheme import Dimension
from app.model.stored import ContentDraft, ContentKind, StoredContent
from app.schemes import library
from app.schemes.drafts import ContentEditor
from tests.drivers.content_pages import button, field, settle, shelf, typed
from tests.drivers.hands import Hands
from tests.material.builders import words
from tests.widgets.test_every_screen import nameless
from widgets.coding.key_pad import CodeButton
from widgets.look import look as looks
from widgets.schemes.contents_card import ContentsCard
from widgets.schemes.keyboard import KeyboardPicture
from widgets.settings.settings_screen import SettingsScreen

pytestmark = pytest.mark.long

SCHEME, INSTRUMENT = ContentKind.SCHEME, ContentKind.INSTRUMENT
LIGHT = looks.Look(looks.LIGHT)


@pytest.fixture
def screen(settings_page) -> SettingsScreen:
    return settings_page


# ── the shelf ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_programs_own_is_copied_and_the_copy_opened(screen, home) -> None:
    card = shelf(screen, SCHEME)
    first = next(b for b in card.findChildren(QPushButton) if b.accessibleName() == "Copy and edit: Core scheme")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Space)
    assert screen.content_page.editor.value.id == "perusrunko-kopio"
    assert home.a.find(ContentDraft, kind=SCHEME)[0].content_id == "perusrunko-kopio"
    assert button(screen, "Publish as version 1").isEnabled()


def test_a_deleted_draft_comes_back_by_the_notice(page, screen, room) -> None:
    screen.close_content()
    card = shelf(screen, SCHEME)
    card.drop(card.shelf.row("perusrunko-kopio"))
    assert card.shelf.row("perusrunko-kopio") is None
    assert (room.said[-1].text, room.said[-1].action_label) == ("The draft was deleted.", "Undo")
    room.said[-1].action()
    assert card.shelf.row("perusrunko-kopio") is not None


def test_a_file_is_taken_in_or_said_why_not(screen, room, tmp_path, monkeypatch) -> None:
    card = shelf(screen, SCHEME)
    chosen = tmp_path / "a.toml"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(chosen), ""))
    chosen.write_text(library.scheme_text("perusrunko").replace('kind = "point"', 'kind = "dot"', 1), "utf-8")
    button(card, "Take in a file…").click()
    assert room.said[-1].text == "codes[AS]: dot is not a known kind."
    chosen.write_bytes(b"\xff\xfe\x00")
    button(card, "Take in a file…").click()
    assert "UTF-8" in room.said[-1].text
    chosen.write_text(library.scheme_text("perusrunko"), "utf-8")
    button(card, "Take in a file…").click()
    assert screen.content_page.editor.value.id == "perusrunko-2"


def save(hands: Hands, card: ContentsCard, name: str) -> None:
    settle()
    hands.pick(hands.named(card, f"More: {name}", QPushButton).menu(), "Save as a file…")


def test_a_file_is_saved_and_licensed_content_is_not(screen, room, home, hands, tmp_path, monkeypatch) -> None:
    target = tmp_path / "out.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    card = shelf(screen, SCHEME)
    screen.opened(part="schemes")
    save(hands, card, "Core scheme")
    assert target.read_text("utf-8") == library.scheme_text("perusrunko")
    target.unlink()
    instruments = shelf(screen, INSTRUMENT)
    draft = instruments.shelf.copy(instruments.shelf.row("ulottuvuuskooste-5"))
    ContentEditor(home.a, home.texts, draft).agree(licensed=True)
    instruments.refresh()
    screen.opened(part="instruments")
    save(hands, instruments, "Dimension summary 5 (copy)")
    assert "not saved as a file" in room.said[-1].text
    assert not target.exists()


# ── a scheme ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_key_that_clashes_is_told_while_it_is_typed(page, screen, hands) -> None:
    key = field(page, "Key")
    assert key.text() == "q"
    typed(key, "h")
    count = hands.button(page, "2 things to put right")  # on both that have the key
    assert key.accessibleDescription() == "The key h is already that of CE."
    assert not button(screen, "Publish as version 1").isEnabled()
    assert page.editor.scheme.codes[0].key == "q"
    QTest.keyClick(key, Qt.Key.Key_Return)
    assert page.editor.scheme.codes[0].key == "h"
    for _ in range(2):
        QTest.keyClick(count, Qt.Key.Key_Space)
    wrong = field(page, "Key")
    assert (page.pages[0].entry().id, wrong.property("wrong")) == ("CE", True)
    assert wrong.accessibleDescription() == "The key h is already that of AS."
    assert wrong.hasFocus()


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("ö", "The key ö belongs to the program."),
        ("ab", "Ab is not one letter, figure or sign."),
        ("", "The key is missing."),
    ],
)
def test_what_cannot_be_a_key_is_told_on_its_field(page, key: str, said: str) -> None:
    line = field(page, "Key")
    typed(line, key)
    assert line.accessibleDescription() == said


def test_the_key_pad_follows_what_is_typed(page) -> None:
    name = field(page, "Name · English")
    typed(name, "shows the way")
    settle()
    assert "shows the way" in [b.text() for b in page.preview.findChildren(CodeButton)]
    assert page.editor.scheme.codes[0].name.en == "leads clearly"


def test_a_code_is_made_by_the_keyboard_alone(page, home) -> None:
    codes = page.pages[0]
    codes.list.list.setFocus()
    QTest.keyClick(codes.list.list, Qt.Key.Key_Insert)
    settle()
    assert codes.entry().id == "K1"
    assert QApplication.focusWidget() is field(page, "Name · Suomi")
    for name, text in (
        ("Name · Suomi", "uusi"), ("Name · Svenska", "ny"), ("Name · English", "new"),
        ("Code when · Suomi", "a"), ("Code when · Svenska", "b"), ("Code when · English", "c"),
        ("Not when · Suomi", "d"), ("Not when · Svenska", "e"), ("Not when · English", "f"),
    ):  # fmt: skip
        assert QApplication.focusWidget().accessibleName() == name
        QTest.keyClicks(QApplication.focusWidget(), text)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    made = page.editor.scheme.code("K1")
    assert (made.name.sv, made.code_when.en, made.not_when.fi) == ("ny", "c", "d")
    assert page.editor.problems() == ()
    assert made.key not in {c.key for c in library.scheme("perusrunko").codes if not c.layer}


def test_an_empty_scheme_in_one_language_is_filled_by_names_and_enter(screen, hands) -> None:
    shelf(screen, SCHEME).begin_empty()
    settle()
    page = screen.content_page
    codes = page.pages[0]
    assert [w.text() for w in page.findChildren(QLabel) if w.isVisible() and "Svenska" in w.text()] == []
    codes.list.list.setFocus()
    QTest.keyClick(codes.list.list, Qt.Key.Key_Return)
    settle()
    for name in ("looks", "waits"):
        line = QApplication.focusWidget()
        assert line is field(page, "Name · English")
        QTest.keyClicks(line, name)
        QTest.keyClick(line, Qt.Key.Key_Return)
        settle()
    names = [c.name.en for c in page.editor.scheme.codes]
    assert names[1:] == ["looks", "waits", ""]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert len(page.editor.scheme.codes) == 4, "one without a name gets that first"
    name = field(page, "Name · English")
    assert name.accessibleDescription() == "Still to write: name, code when, not when."
    assert not name.property("wrong"), "nothing is wrong, only not written yet"
    assert hands.button(page, "3 things unfinished").isEnabled()


def test_entries_are_moved_copied_and_removed_by_keys_and_undone(page, screen) -> None:
    codes = page.pages[0]
    before = page.editor.scheme
    codes.list.list.setFocus()
    codes.show_entry(1)
    assert codes.entry().id == "AE"
    QTest.keyClick(codes.list.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [c.id for c in page.editor.scheme.codes[:3]] == ["AS", "AM", "AE"]
    QTest.keyClick(codes.list.list, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert page.editor.scheme.codes[3].id == "K1"
    codes.list.list.setFocus()
    QTest.keyClick(codes.list.list, Qt.Key.Key_Delete)
    assert page.editor.scheme.code("K1") is None
    for _ in range(3):
        screen.undo()
    assert page.editor.scheme == before
    screen.redo()
    assert page.editor.scheme.codes[1].id == "AM"


def test_a_move_stays_within_its_heading(page) -> None:
    codes = page.pages[0]
    codes.show_entry(0)  # the only one under adult and structure
    codes.list.shift(1)
    assert page.editor.scheme.codes[0].id == "AS"
    codes.list.drop(1, 3)
    assert page.editor.scheme.codes[0].id == "AS"
    codes.list.drop(4, 3)  # within adult and engagement
    assert [c.id for c in page.editor.scheme.codes[:3]] == ["AS", "AM", "AE"]


def test_codes_stand_by_person_and_dimension(page) -> None:
    rows = page.pages[0].list.list
    headings = [rows.item(n).text() for n in range(rows.count()) if not rows.item(n).flags()]
    assert headings[:3] == ["Adult · Structure", "Adult · Engagement", "Adult · Nurture"]
    assert "Interaction" in headings


def test_modifiers_have_keys_and_words(page) -> None:
    codes = page.pages[0]
    button(codes.form, "Add a modifier").click()
    settle()
    assert [p.field for p in page.editor.problems()] == ["modifiers.0.name.fi"]
    names = ("Key 1", "Id 1", "Suomi 1", "Svenska 1", "English 1")
    for name, text in zip(names, ("j", "loud", "kova", "hög", "loud"), strict=True):
        line = field(codes.form.modifiers, name)
        typed(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)
    (made,) = page.editor.scheme.codes[0].modifiers
    assert (made.key, made.id, made.name.fi) == ("j", "loud", "kova")
    assert page.editor.problems() == ()


def test_a_held_key_in_an_exhaustive_group_is_refused_on_its_box(page) -> None:
    codes = page.pages[0]
    codes.show_entry(next(n for n, c in enumerate(page.editor.scheme.codes) if c.id == "DS1"))
    box = codes.form.form.widgets["hold"]
    box.click()
    assert "leave a gap" in box.accessibleDescription()


def test_a_faint_color_is_told_and_an_own_color_is_drawn(page) -> None:
    page.tabs.setCurrentIndex(1)
    dimensions = page.pages[1]
    dimensions.add_entry()
    typed(field(page, "Color on light"), "#EEEEEE")
    assert "too faint" in field(page, "Color on light").accessibleDescription()
    typed(field(page, "Color on light"), "#335522")
    typed(field(page, "Color on dark"), "#99CC77")
    dimensions.commit()
    scheme = page.editor.scheme
    own = scheme.dimensions[-1]
    assert (own.light, own.dark) == ("#335522", "#99CC77")
    assert LIGHT.with_scheme(scheme).color(own.id) == QColor("#335522")
    assert looks.Look(looks.DARK).with_scheme(scheme).color(own.id) == QColor("#99CC77")
    assert LIGHT.with_scheme(scheme).color("S") == LIGHT.color("S")


def test_a_dimension_without_a_color_is_muted_not_a_crash() -> None:
    scheme = replace(library.scheme("perusrunko"), dimensions=(Dimension("X", words("x")),))
    assert LIGHT.with_scheme(scheme).color("X") == LIGHT.color("muted")


def test_the_last_entry_gone_says_what_the_part_is_for(page, hands) -> None:
    page.tabs.setCurrentIndex(3)
    passes = page.pages[3]
    while page.editor.scheme.layers:
        passes.list.remove_asked.emit(0)
    assert "has its own key" in hands.words(passes)
    assert not passes.list.isVisible()
    hands.press(passes, "Add")
    assert [y.key for y in page.editor.scheme.layers] == ["F2"]


def test_the_keyboard_says_what_is_used_and_free(page) -> None:
    picture = page.preview.findChild(KeyboardPicture)
    assert picture.said_of("q") == "leads clearly"
    assert picture.said_of("ö") == "The program's own key"
    assert picture.said_of("g") == "Free"
    assert "Free: w" in picture.accessibleDescription()


def test_the_preview_turns_to_the_pass_of_the_code(page) -> None:
    codes = page.pages[0]
    layered = next(n for n, c in enumerate(page.editor.scheme.codes) if c.layer == "child-regulation")
    codes.show_entry(layered)
    page.refresh()
    assert page.preview.passes.value() == "child-regulation"


def test_publishing_goes_back_and_tells(page, screen, room, home) -> None:
    typed(field(page, "Name · English"), "steers")
    button(screen, "Publish as version 1").click()
    assert screen.content_page is None
    assert home.a.get(StoredContent, "scheme/perusrunko-kopio/1").version == 1
    assert "steers" in home.a.get(StoredContent, "scheme/perusrunko-kopio/1").text
    assert room.said[-1].text == "Core scheme (copy): version 1 was published. Codings in progress go on with theirs."


def test_what_is_being_typed_is_kept_when_the_place_is_left(page, screen, home) -> None:
    typed(field(page, "Name · English"), "half typed")
    screen.left()
    assert "half typed" in home.a.find(ContentDraft)[0].text


def test_permission_is_ticked_per_worker(page, home, hands) -> None:
    details = page.pages[-1]
    page.tabs.setCurrentIndex(len(page.pages) - 1)
    box = hands.button(details, home.leena.name)
    box.click()
    assert page.editor.terms.workers == (home.leena.id,)
    assert "Only those who are ticked." in hands.words(details)
    page.editor.undo()
    assert not box.isChecked()


@pytest.mark.parametrize("which", ["page", "sheet"])
def test_every_control_of_the_page_has_a_name(which, request) -> None:
    one = request.getfixturevalue(which)
    for index in range(one.tabs.count()):
        one.tabs.setCurrentIndex(index)
        assert nameless(one) == []


# ── an instrument ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_item_gets_a_scale_of_its_own_and_loses_it(sheet) -> None:
    items = sheet.pages[0]
    items.form.form.widgets["own_scale"].click()
    scale = sheet.editor.instrument.items[0].scale
    assert (scale.least, scale.most, len(scale.anchors)) == (1, 5, 5)
    most = items.form.scale.form.widgets["most"]
    most.setFocus()
    most.setValue(7)
    most.editingFinished.emit()
    assert sheet.editor.instrument.items[0].scale.most == 7
    items.form.form.widgets["own_scale"].click()
    assert sheet.editor.instrument.items[0].scale is None
    assert items.form.scale.isHidden()


def test_items_are_added_and_numbered(sheet, hands) -> None:
    items = sheet.pages[0]
    items.show_entry(2)
    items.add_entry(2)
    assert [i.number for i in sheet.editor.instrument.items] == list(range(1, 19))
    assert sheet.editor.instrument.items[3].id == "item-1"
    assert hands.button(sheet, "1 thing unfinished").isEnabled()


def test_licensed_content_asks_for_its_holder_and_number(sheet, screen, home, hands) -> None:
    details = sheet.pages[-1]
    sheet.tabs.setCurrentIndex(len(sheet.pages) - 1)
    details.terms.form.widgets["licensed"].click()
    assert sheet.editor.terms.workers == (home.aino.id,)
    assert hands.button(sheet, "2 things to put right").isEnabled()
    assert not button(screen, "Publish as version 1").isEnabled()
    for name, text in (("Rights holder", "Oikeus Oy"), ("Licence number", "L-1")):
        typed(field(sheet, name), text)
        QTest.keyClick(field(sheet, name), Qt.Key.Key_Return)
    assert sheet.editor.problems() == ()
    button(screen, "Publish as version 1").click()
    assert [p.id for p in library.offered(home.b, INSTRUMENT, today())] == ["ulottuvuuskooste-5"]


def test_the_settings_name_every_control(screen) -> None:
    assert nameless(screen) == []
