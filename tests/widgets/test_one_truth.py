"""Whatever is done, undone and done again: editor, archive, table and timeline hold the same after every step.

The archive is the real one; it is read back through a second opening of its file, which shares nothing with the editor.
"""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from app.casework.meeting_file import meeting_file
from app.coding.editor import CodingEditor
from app.coding.opening import read_coding
from app.model.coding import CodingHeader
from app.ports import Store
from storage.store.database import Database
from tests.material.archives import KEY, SqlArchive, store_on
from tests.material.house import Home
from tests.material.random_coding import STEPS, flood, take
from widgets.coding.coding_timeline import CodingTimeline
from widgets.coding.observations_model import Filter, ObservationsModel
from widgets.look import look as looks

pytestmark = pytest.mark.long
LANES = ("points", "states", "tasks", "flags")
FILTERS = st.sampled_from([Filter(), Filter(person="adult1"), Filter(task=2)])


class Screen:
    """The table and the timeline of one editor, fed by its changes alone."""

    def __init__(self, editor: CodingEditor, wanted: Filter) -> None:
        self._editor, self._wanted = editor, wanted
        self.table, self.timeline = self._made()

    def _made(self) -> tuple[ObservationsModel, CodingTimeline]:
        table = ObservationsModel(self._editor, QObject(self._editor))
        table.set_filter(self._wanted)
        return table, CodingTimeline(self._editor, looks.Look(looks.DARK))

    def agrees(self) -> None:
        """Nothing on the screen differs from what a screen made now shows."""
        table, timeline = self._made()
        assert shown(self.table) == shown(table)
        for kind in LANES:
            assert list(self.timeline.items(kind)) == list(timeline.items(kind)), kind
        for made in (table, timeline):
            self._editor.changed.disconnect(getattr(made, "on_changed", None) or made._on_changed)
        timeline.deleteLater()  # the editor's selection holds it too


def shown(table: ObservationsModel) -> list[object]:
    return [table.observation(row) for row in range(table.rowCount())]


def archive_agrees(store: Store, editor: CodingEditor) -> None:
    header = store.get(CodingHeader, editor.coding.header.id)
    assert read_coding(store, header) == editor.coding
    assert meeting_file(store, header.meeting_id).segments == editor.file.segments


#: each example opens an archive of its own
_FEWER = max(settings.default.max_examples // 2, 1)


@settings(max_examples=_FEWER)
@given(STEPS, FILTERS, st.booleans())
def test_memory_archive_and_screen_are_one(qapp, steps, wanted, many) -> None:
    with TemporaryDirectory() as folder, closing(SqlArchive(Path(folder))) as archive:
        home = Home(held=archive)
        editor = home.editor()
        screen = Screen(editor, wanted)
        with closing(Database(archive.database.path, KEY)) as again:
            reader = store_on(again, home.aino.id)

            def agree() -> None:
                archive_agrees(reader, editor)
                screen.agrees()

            if many:
                flood(editor)
                agree()
            for step in steps:
                take(editor, step)
                agree()
            undone = 0
            while editor.undo():
                undone += 1
                agree()
            while editor.redo():
                agree()
        event(f"steps undone: {min(undone, 12)}")
