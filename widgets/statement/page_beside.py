"""The real page beside the text: made anew after each pause in writing, and turned to where the cursor is."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions, QPdfPageRenderer
from PySide6.QtWidgets import QWidget

from app.error_texts import sentence
from app.errors import AppError
from app.jobs import Job
from app.reports.page_process import MadePages, PageProcess
from app.workspace import Workspace
from widgets.look.parts import beside, button, label, scrolled, stacked

#: milliseconds after the last change until the pages are made: changes of one step come together
PAUSE = 40
#: pixels around the page
AROUND = 12


class PageBeside(QWidget):
    """Of one open version. Asks for nothing while it is not watched."""

    made = Signal()  # the pages are those of the text now, and the one that is looked at is painted

    def __init__(self, space: Workspace, statement_id: str) -> None:
        super().__init__()
        self._space, self._statement = space, statement_id
        self._process = process = PageProcess()
        self.destroyed.connect(process.end)
        self._watched = self._again = self._is_new = False
        self._job: Job | None = None
        self._places: dict[str, int] = {}
        self._wanted: tuple[str, ...] = ()
        self.number = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self._make)
        t = space.texts
        self.sheet = Sheet()
        self.sheet.painted.connect(self._on_painted)
        self.sheet.setAccessibleName(t.tr("Page"))
        self._told = label("", "caption", wrap=True)
        self._which = label("", "caption")
        self._back = button("‹", lambda: self._turn(self.number - 1), "quiet")
        self._on = button("›", lambda: self._turn(self.number + 1), "quiet")
        self._back.setAccessibleName(t.tr("Previous page"))
        self._on.setAccessibleName(t.tr("Next page"))
        area = scrolled(self.sheet)
        column = stacked(area, spacing=0)
        column.addLayout(beside(self._told, None, self._back, self._which, self._on, margins=(12, 3, 12, 5)))
        self.setLayout(column)
        self._told.hide()
        self._tell()

    def watch(self, *, on: bool) -> None:
        """Whether it is in sight, and is made."""
        self._watched = on
        if on:
            self._process.warm()
            self._make()

    def look_soon(self) -> None:
        """The text changed."""
        if self._watched:
            self._soon.start()

    def follow(self, *places: str) -> None:
        """To the page of the first of these that is on one: a paragraph (its id), else its section (its key)."""
        self._wanted = places
        found = self._found(self.number)
        if found != self.number:
            self._turn(found)

    def end(self) -> None:
        """Nothing of the text stays: neither here nor in the process."""
        self._watched = False
        self._soon.stop()
        self._process.end()
        self.sheet.forget()

    def _make(self) -> None:
        self._soon.stop()
        if not self._watched:
            return
        if self._job is not None:
            self._again = True
            return
        from app.statement.page_beside import pages_now

        space, statement, process = self._space, self._statement, self._process
        self._job = space.jobs.run(
            space.texts.tr("Making the PDF"),
            lambda _job: pages_now(space.door, statement, process),
            self._show,
            self._fail,
        )

    def _show(self, made: MadePages) -> None:
        self._job = None
        self._told.hide()
        self._places = made.places
        self.sheet.take(made.pages)
        self._is_new = True
        self._turn(self._found(self.number))
        self._make_again()

    def _on_painted(self) -> None:
        if self._is_new:
            self._is_new = False
            self.made.emit()

    def _fail(self, error: AppError) -> None:
        """The page that was there stays; the sentence says that it is of before."""
        self._job = None
        if self._watched:
            self._told.setText(sentence(self._space.texts, error))
            self._told.show()
        self._make_again()

    def _make_again(self) -> None:
        if self._again:
            self._again = False
            self._make()

    def _found(self, otherwise: int) -> int:
        return next((self._places[key] for key in self._wanted if key in self._places), otherwise)

    def _turn(self, number: int) -> None:
        self.number = max(0, min(number, self.sheet.count - 1))
        self.sheet.show_page(self.number)
        self._tell()

    def _tell(self) -> None:
        t, count = self._space.texts, self.sheet.count
        self._which.setText(t.tr("Page {n} / {all}", n=self.number + 1, all=count) if count else "")
        self._back.setEnabled(self.number > 0)
        self._on.setEnabled(self.number + 1 < count)


class Sheet(QWidget):
    """One page as wide as there is room, drawn beside the window's thread; the old one stays until the new is there."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._buffer: QBuffer | None = None
        self._document: QPdfDocument | None = None
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.pageRendered.connect(self._on_rendered)
        self._image = QImage()
        self._number, self._asked = 0, -1

    @property
    def count(self) -> int:
        return 0 if self._document is None else self._document.pageCount()

    def take(self, pages: bytes) -> None:
        """Other pages, from memory: nothing is written to the disk in clear."""
        old = (self._document, self._buffer)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pages))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument(self)
        self._document.load(self._buffer)
        self._renderer.setDocument(self._document)
        for part in old:
            if part is not None:
                part.deleteLater()

    def forget(self) -> None:
        self._image = QImage()
        if self._document is not None:
            self._document.close()
        self._document = None
        self.update()

    def show_page(self, number: int) -> None:
        self._number = number
        self._ask()

    def _ask(self) -> None:
        if self._document is None or not self.count:
            return
        size = self._document.pagePointSize(self._number)
        width = max(self.width() - 2 * AROUND, 100)
        height = int(width * size.height() / max(size.width(), 1.0))
        self.setMinimumHeight(height + 2 * AROUND)
        ratio = self.devicePixelRatioF()
        wanted = QSize(int(width * ratio), int(height * ratio))
        self._asked = self._renderer.requestPage(self._number, wanted, QPdfDocumentRenderOptions())

    def _on_rendered(
        self, _number: int, _size: QSize, image: QImage, _options: QPdfDocumentRenderOptions, request: int
    ) -> None:
        if request == self._asked and self._document is not None:
            image.setDevicePixelRatio(self.devicePixelRatioF())
            self._image = image
            self.repaint()
            self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._ask()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        painter = QPainter(self)
        shown = self._image.deviceIndependentSize().toSize()
        at = (self.width() - shown.width()) // 2
        painter.fillRect(at, AROUND, shown.width(), shown.height(), Qt.GlobalColor.white)  # paper, in every look
        painter.drawImage(at, AROUND, self._image)
