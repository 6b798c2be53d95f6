"""The table: words typed leave what holds them all, any column sorts, rows follow live presses, many change at once."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu, QWidget

from app.model.timecode import SECOND
from app.settings.preferences import Preferences
from tests.material.house import Home
from tests.material.pressing import press
from widgets.coding.edit_many import parsed_shift
from widgets.coding.observations_model import CODE, END, PERSON, START, Filter, ObservationsModel
from widgets.coding.observations_table import ObservationsPanel

PRESSES = (("q", 1), ("6", 0), ("h", 12), ("7", 20), ("q", 30), ("a", 45))
Key = Qt.Key


@pytest.fixture
def editor(home):
    made = home.editor()
    for key, second in PRESSES:
        press(made, key, second * SECOND)
    return made


@pytest.fixture
def panel(editor, qtbot):
    window = QWidget()
    window.resize(700, 600)
    qtbot.addWidget(window)
    made = ObservationsPanel(editor, Preferences())
    made.setParent(window)
    made.setGeometry(window.rect())
    window.show()
    yield made
    window.close()


def codes(model: ObservationsModel) -> list[str]:
    return [model.observation(row).code for row in range(model.rowCount())]


def codes_offered(panel) -> QMenu:
    """The menu of *Code…*, as it is when it opens."""
    menu = panel.many.code.menu()
    menu.aboutToShow.emit()
    return menu


def test_every_word_typed_is_in_what_is_shown(panel) -> None:
    panel.search.setText("adult leads")
    assert codes(panel.model) == ["AS", "AS"]
    panel.search.setText("leads :30")
    assert codes(panel.model) == ["AS"]
    panel.search.setText("nothing like it")
    assert panel.model.rowCount() == 0
    panel.search.clear()
    assert panel.model.rowCount() == len(PRESSES)


def test_person_and_task_narrow_what_is_shown(panel) -> None:
    panel.person.setCurrentIndex(panel.person.findData("child1"))
    assert codes(panel.model) == ["CE"]
    panel.person.setCurrentIndex(0)
    panel.task.setCurrentIndex(panel.task.findData(2))
    assert codes(panel.model) == ["DS2", "AS"]


@pytest.mark.parametrize("column", [START, END, PERSON, CODE])
@pytest.mark.parametrize("order", list(Qt.SortOrder))
def test_a_column_sorts_both_ways_and_rows_are_found(panel, column, order) -> None:
    model = panel.model
    panel.table.sortByColumn(column, order)
    said = [model.data(model.index(row, column)) for row in range(model.rowCount())]
    if column in (PERSON, CODE):
        assert [s.casefold() for s in said] == sorted((s.casefold() for s in said), reverse=bool(order.value))
    for row in range(model.rowCount()):
        assert model.row_of(model.observation(row)) == row


def test_the_last_coded_before_a_time_is_found(panel) -> None:
    panel.show_time(44 * SECOND)
    assert [o.start for o in panel.chosen()] == [30 * SECOND]
    panel.show_time(-5)
    assert [o.start for o in panel.chosen()] == [30 * SECOND]


def test_many_are_moved_recoded_and_removed_in_one_step_each(panel, editor, qtbot) -> None:
    panel.search.setText("leads")
    panel.table.selectAll()
    panel.many.by.setText("+0,5")
    qtbot.keyClick(panel.many.by, Key.Key_Return)
    starts = [o.start for o in editor.coding.sorted_observations() if o.code == "AS"]
    assert starts == [1_500_000, 30_500_000]
    panel.table.selectAll()
    answer = next(a for a in codes_offered(panel).actions() if a.text().startswith("answers"))
    answer.trigger()
    panel.search.clear()
    assert codes(panel.model).count("AE") == 3
    editor.undo()
    editor.undo()
    assert sorted(o.start for o in editor.coding.observations.values() if o.code == "AS") == [SECOND, 30 * SECOND]


def test_what_is_no_number_of_seconds_moves_nothing(panel, editor) -> None:
    panel.table.selectAll()
    before = dict(editor.coding.observations)
    for wrong in ("soon", "", "1/0", "1e9"):
        panel.many.by.setText(wrong)
        panel.many.shift()
        assert panel.many.by.property("wrong")
    assert editor.coding.observations == before


def test_codes_of_different_kinds_have_none_in_common(panel) -> None:
    panel.table.selectAll()
    assert [a.isEnabled() for a in codes_offered(panel).actions()] == [False]
    assert not panel.many.merge.isEnabled()


def test_copied_rows_are_pasted_where_the_film_stands(panel, editor, qtbot) -> None:
    pasted = []
    panel.paste_requested.connect(lambda clipping: pasted.append(clipping) or editor.paste(clipping, 50 * SECOND))
    panel.table.selectRow(1)
    qtbot.keyClick(panel.table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(panel.table, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(pasted) == 1
    assert [o.start for o in editor.coding.sorted_observations() if o.code == "AS"] == [
        SECOND,
        30 * SECOND,
        50 * SECOND,
    ]


def test_a_ready_coding_is_only_read(panel, editor) -> None:
    for segment in editor.file.segments:
        editor.cover(segment, on=True)
    assert editor.mark_ready()
    panel.table.selectAll()
    many = panel.many
    assert not any(act.isEnabled() for act in (many.code, many.by, many.move_button, many.merge, many.remove))


@pytest.mark.parametrize(
    ("typed", "micros"),
    [("+0,5", 500_000), ("-2", -2_000_000), ("−1.25 s", -1_250_000), ("0", 0), ("soon", None), ("90000", None)],
)
def test_seconds_as_people_type_them(typed, micros) -> None:
    assert parsed_shift(typed) == micros


STEPS = st.lists(
    st.tuples(st.sampled_from(["press", "remove", "edit", "undo", "redo", "sort", "filter"]), st.integers(0, 59))
)


@given(STEPS)
def test_rows_are_what_the_coding_holds_whatever_happens(qapp, steps) -> None:
    editor, parent = Home().editor(), QObject()
    model = ObservationsModel(editor, parent)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, parent)
    wanted, backward = Filter(), False
    for act, n in steps:
        held = editor.coding.sorted_observations()
        chosen = held[n % len(held)] if held else None
        if act == "press":
            press(editor, "qah67"[n % 5], n * SECOND)
        elif act == "remove" and chosen is not None:
            editor.remove(chosen)
        elif act == "edit" and chosen is not None:
            start = chosen.start if chosen.end is not None or chosen.open else n * SECOND
            editor.edit(chosen, replace(chosen, note=random.Random(n).choice(["x", "y"]), start=start))
        elif act in ("undo", "redo"):
            getattr(editor, act)()
        elif act == "sort":
            backward = n % 2 == 1
            model.sort(n % 6, Qt.SortOrder(int(backward)))
        elif act == "filter":
            wanted = Filter(("x",) if n % 3 == 0 else (), "adult1" if n % 3 == 1 else "", n % 4 if n % 5 == 0 else 0)
            model.set_filter(wanted)
        kept = [model.observation(row) for row in range(model.rowCount())]
        again = ObservationsModel(editor, parent)
        again._column, again._backward, again._filter = model._column, model._backward, wanted
        again.reread()
        assert kept == [again.observation(row) for row in range(again.rowCount())]
        editor.changed.disconnect(again._on_changed)
