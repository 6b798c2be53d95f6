"""Signing in the room of a statement: whose turn it is, the windows that ask, and what the signed file says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app import containers
from app.errors import AppError
from app.i18n import today
from app.model.people import Case
from app.model.signature_seen import SignatureSeen
from app.model.statement import Statement
from app.ports.signing import Cards
from app.statement import signing
from app.statement.signature_words import seen_in
from app.statement.versions import superseded_by
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.screen import Screen
from widgets.statement.signatures_panel import SignaturesPanel


class Signing(QObject):
    """One for the room; it holds what the newest signed file said, so that the file is read once."""

    def __init__(self, place: Screen, case: Case, new_cards: Callable[[], Cards], refresh: Callable[[], None]) -> None:
        super().__init__(place)
        self._place, self._case, self._new_cards, self._refresh = place, case, new_cards, refresh
        self._seen: dict[str, tuple[SignatureSeen, ...]] = {}
        self._asked: set[str] = set()

    def is_my_turn(self, statement: Statement) -> bool:
        """Whether who is signed in has a place on this version that is not signed yet."""
        store = self._place.workspace.store
        mine = [p for p in signing.places(store, statement) if p.worker_id == store.me]
        return any(p.made is None and p.has_field for p in mine) and not superseded_by(store, statement)

    def panel(self, statement: Statement) -> SignaturesPanel:
        """The signatures as they are now; what the file says of them comes when it was read."""
        space = self._place.workspace
        newest = signing.newest_file(space.store, statement.id)
        seen = () if newest is None else self._seen.get(newest.sha256)
        made = SignaturesPanel(
            self._place.look,
            space.texts,
            signing.places(space.store, statement),
            space.store.me,
            seen,
            open_to_sign=not superseded_by(space.store, statement),
        )
        made.paper_asked.connect(lambda place: self.note_on_paper(statement, place, made))
        made.check_asked.connect(lambda: self.check_file(made))
        if newest is not None and newest.sha256 not in self._seen and newest.sha256 not in self._asked:
            self._asked.add(newest.sha256)
            read = partial(containers.read, space.media, newest)
            space.jobs.run(
                space.texts.tr("Reading the signatures"),
                lambda _job: _signatures(read()),
                lambda told: self._on_read(newest.sha256, told),
            )
        return made

    def _on_read(self, sha256: str, told: tuple[SignatureSeen, ...]) -> None:
        self._seen[sha256] = told
        self._refresh()

    def sign(self, statement: Statement, parent: QWidget) -> None:
        """Ask for the card or the file, and sign."""
        from widgets.statement.sign_dialog import SignDialog

        space = self._place.workspace
        try:
            mine = signing.may_sign(space.store, statement)
        except AppError as error:
            space.notices.trouble(error)
            return
        space.jobs.run(space.texts.tr("Looking for cards"), lambda _job: _warmed(), lambda _: None)
        if SignDialog(space, statement.id, mine.name, self._new_cards(), parent).exec():
            left = any(p.made is None for p in signing.places(space.store, statement))
            t = space.texts
            missing = t.tr("You signed. Your work partner's signature is still missing.")
            space.notices.done(missing if left else t.tr("Everybody has signed."))

    def note_on_paper(self, statement: Statement, place: signing.Place, parent: QWidget) -> None:
        """Note that a signer signed the printed version."""
        from widgets.statement.paper_dialog import PaperDialog

        space = self._place.workspace
        dialog = PaperDialog(space.texts, place.name, today(), parent)
        day = dialog.signed_on() if dialog.exec() else None
        if day is None:
            return
        try:
            signing.note_on_paper(space.door, statement.id, place.worker_id, day)
        except AppError as error:
            space.notices.trouble(error)

    def check_file(self, parent: QWidget) -> None:
        """Tell of any file whose signatures it has, and whether they hold."""
        from widgets.statement.checked_file_dialog import CheckedFileDialog

        space = self._place.workspace
        t = space.texts
        path = FileDialogs(parent).open(t.tr("Check a signed file"), PDF)
        if path is None:
            return
        window = self._place
        space.jobs.run(
            t.tr("Reading the signatures"),
            lambda _job: seen_in(path),
            lambda seen: CheckedFileDialog(t, path.name, seen, window).exec(),
        )


def _signatures(file: bytes) -> tuple[SignatureSeen, ...]:
    from app.reports.signature_check import signatures_of

    return signatures_of(file)


def _warmed() -> None:
    """Bring in what signs while the dialog is filled in: it takes a moment the first time."""
    import app.reports.signature_check
    import app.reports.signing  # noqa: F401
