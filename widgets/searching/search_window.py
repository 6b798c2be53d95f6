"""The search over everything the worker may see: as it is typed, in groups, the newest first; beside the work."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.errors import AppError
from app.model.sought import Area, Sought
from app.office import searching
from app.office.searching import AREAS, FIRST, MORE, Line
from app.workspace import Workspace
from widgets.folding import size_to_fit
from widgets.forms.inputs import named_choice
from widgets.look.look import Look
from widgets.look.parts import beside, button, label, primary_button, stacked
from widgets.screen import Go
from widgets.searching.result_rows import ROW, Is, ResultDelegate, RowWords, item_of, result_row


class SearchWindow(QDialog):
    """Belongs to the window it was opened from; what is chosen opens there, and this one goes."""

    def __init__(self, space: Workspace, look: Look, go: Go, parent: QWidget) -> None:
        super().__init__(parent)
        self._space, self._go = space, go
        self._logged: tuple[str, ...] = ()
        self._saved = space.archive.search.kept().saved
        t = space.texts
        self.setWindowTitle(t.tr("Search"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.words = QLineEdit()
        self.words.setPlaceholderText(t.tr("Code name, person, meeting's day, words of a text…"))
        self.words.setAccessibleName(t.tr("Search everything"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda _: self._seek())
        self.words.returnPressed.connect(self._open_first)
        groups = ((area, t.tr(name)) for area, name in AREAS.items())
        self.area = named_choice(t.tr("Group"), ((None, t.tr("All groups")), *groups))
        self.area.currentIndexChanged.connect(lambda _: self._seek())
        self.open_only = QCheckBox(t.tr("Open cases only"))
        self.open_only.toggled.connect(lambda _: self._seek())
        self.keep = button(t.tr("Save this search"), self._on_keep, "quiet")
        self.rows = QListWidget()
        self.rows.setAccessibleName(t.tr("Results"))
        self.rows.setItemDelegate(ResultDelegate(look, self.rows))
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.itemClicked.connect(self._on_chosen)
        self.rows.itemActivated.connect(self._on_chosen)
        self.told = label("", "muted", wrap=True)
        filters = beside(self.area, self.open_only, None, self.keep, spacing=12)
        note = t.tr("Drafts of codings and your own notes are not searched.")
        foot = beside(label(note, "caption", wrap=True), primary_button(t.tr("Close"), self.reject), spacing=12)
        foot.setStretch(0, 1)
        column = stacked(self.words, filters, self.told, self.rows, foot, spacing=12, margins=(20, 18, 20, 16))
        column.setStretch(3, 1)
        self.setLayout(column)
        size_to_fit(self, 720, 640)
        self._seek()

    def come(self) -> None:
        """Be seen, with the keys in the field: what stands there is typed over."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.words.setFocus()
        self.words.selectAll()

    def sought(self) -> Sought:
        """What is asked for now."""
        area = self.area.currentData()
        closed = False if self.open_only.isChecked() else None
        return Sought(self.words.text().strip(), (area,) if area else (), closed=closed)

    # results

    def _seek(self) -> None:
        """With every key: what was found, or what is at hand without words."""
        sought = self.sought()
        try:
            rows = self._found(sought) if sought.beginnings else self._at_hand()
        except AppError as error:
            self._space.notices.trouble(error)
            rows = []
        self.rows.clear()
        for row in rows:
            self.rows.addItem(item_of(row))
        self._choose_first()
        self._tell(sought, found=bool(rows))

    def _tell(self, sought: Sought, *, found: bool) -> None:
        t = self._space.texts
        is_saved = sought in self._saved
        self.keep.setText(t.tr("Forget this search") if is_saved else t.tr("Save this search"))
        narrows = bool(sought.areas) or sought.closed is not None
        self.keep.setEnabled(bool(sought.beginnings) or (narrows and not sought.words))
        words = "" if found else t.tr("Nothing found.")
        if not sought.beginnings:
            words = t.tr("Type two letters or more.") if sought.words or not found else ""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _found(self, sought: Sought) -> list[RowWords]:
        """One group after another, and what shows more of it where there is more."""
        space, t = self._space, self._space.texts
        most = MORE if sought.areas else FIRST
        found = space.archive.search.find(sought, most + 1)
        read = searching.lines(space.store, t, sought, found, space.names.are_shown)
        rows = []
        for area in Area:
            of_it = [line for line in read if line.found.area == area]
            if of_it:
                rows += [RowWords(Is.HEAD, t.tr(AREAS[area])), *self._results(of_it[:most])]
            if len(of_it) > most:
                rows.append(RowWords(Is.MORE, t.tr("Show more"), area=area))
        return rows

    def _results(self, read: Iterable[Line]) -> list[RowWords]:
        return [result_row(self._space.texts, line) for line in read]

    def _at_hand(self) -> list[RowWords]:
        """Without words: saved searches, and what was opened last."""
        space, t = self._space, self._space.texts
        rows = []
        if self._saved:
            rows = [RowWords(Is.HEAD, t.tr("Saved searches"))]
            rows += [RowWords(Is.SAVED, self._called(one), sought=one) for one in self._saved]
        if recent := searching.recent(space.store, t, space.archive.search, space.names.are_shown):
            rows += [RowWords(Is.HEAD, t.tr("Opened last")), *self._results(recent)]
        return rows

    def _called(self, sought: Sought) -> str:
        """A saved search by its words and what it is narrowed to."""
        t = self._space.texts
        parts = [*((sought.words,) if sought.words else ()), *(t.tr(AREAS[area]) for area in sought.areas)]
        if sought.closed is False:
            parts.append(t.tr("Open cases only"))
        return " · ".join(parts)

    def _show_more(self, item: QListWidgetItem, area: Area) -> None:
        """More of one group, in the place of the row that was pressed."""
        space, at = self._space, self.rows.row(item)
        last: RowWords = self.rows.item(at - 1).data(ROW)
        assert last.line is not None, "more follows a result"
        sought = self.sought()
        of_area = Sought(sought.words, (area,), closed=sought.closed)
        found = space.archive.search.find(of_area, MORE + 1, before=last.line.found.place)
        rows = self._results(searching.lines(space.store, space.texts, sought, found[:MORE], space.names.are_shown))
        if len(found) > MORE:
            rows.append(RowWords(Is.MORE, space.texts.tr("Show more"), area=area))
        self.rows.takeItem(at)
        for number, row in enumerate(rows):
            self.rows.insertItem(at + number, item_of(row))
        self.rows.setCurrentRow(at)

    # acts

    def _on_chosen(self, item: QListWidgetItem) -> None:
        row: RowWords = item.data(ROW)
        if row.what == Is.RESULT and row.line is not None:
            self._open(row.line)
        elif row.what == Is.MORE and row.area is not None:
            self._show_more(item, row.area)
        elif row.what == Is.SAVED and row.sought is not None:
            self._take(row.sought)

    def _take(self, sought: Sought) -> None:
        """Search as it was saved."""
        self.open_only.setChecked(sought.closed is False)
        self.area.setCurrentIndex(self.area.findData(sought.areas[0] if sought.areas else None))
        self.words.setText(sought.words)
        self.words.setFocus()

    def _open(self, line: Line) -> None:
        space = self._space
        try:
            searching.remember(space.archive.search, line.found)
        except AppError as error:
            space.notices.trouble(error)
        self.reject()
        self._go(line.place, **line.ids)

    def _open_first(self) -> None:
        current = self.rows.currentItem()
        if current is not None:
            self._on_chosen(current)

    def _on_keep(self) -> None:
        search, sought = self._space.archive.search, self.sought()
        try:
            change = searching.drop if sought in self._saved else searching.save
            self._saved = change(search, sought).saved
        except AppError as error:
            self._space.notices.trouble(error)
        if sought.words:
            self._tell(sought, found=self.rows.count() > 0)
        else:
            self._seek()  # what is saved is at hand below

    def _note(self) -> None:
        """What was searched for goes into the access log once it has been seen."""
        sought = self.sought()
        if sought.beginnings and sought.beginnings != self._logged:
            searching.note_search(self._space.store, sought)
            self._logged = sought.beginnings

    def reject(self) -> None:
        """However it is closed; also before the archive is."""
        try:
            self._note()
        except AppError as error:
            self._space.notices.trouble(error)
        super().reject()

    # keys

    def _choose_first(self) -> None:
        for number in range(self.rows.count()):
            if self.rows.item(number).flags() & Qt.ItemFlag.ItemIsSelectable:
                self.rows.setCurrentRow(number)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the field into the list and through it, without leaving the field."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self.words.hasFocus():
            super().keyPressEvent(event)
            return
        at = self.rows.currentRow() + step
        while 0 <= at < self.rows.count():
            if self.rows.item(at).flags() & Qt.ItemFlag.ItemIsSelectable:
                self.rows.setCurrentRow(at)
                return
            at += step
