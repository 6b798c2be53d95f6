"""*Hävitä…*: asked with all that goes, confirmed by the other worker where there is one, then done by a job."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.erasing.films import Second, why_kept
from app.errors import NotAllowed
from app.model.recording import Recording
from app.workspace import Workspace


def ask_to_erase(space: Workspace, film: Recording, parent: QWidget) -> None:
    """What keeps the film is said before anything is asked."""
    from app.erasing.films import what_goes
    from widgets.retention.erase_film import EraseFilm

    held = why_kept(space.store, film)
    if held:
        space.notices.trouble(NotAllowed(held))
        return
    goes = what_goes(space.store, space.archive, film)
    dialog = EraseFilm(space.texts, goes, parent)
    agreed, order, second_id = dialog.exec() == EraseFilm.DialogCode.Accepted, dialog.order, dialog.second_id
    second = _confirmed_by(space, second_id, parent) if agreed and second_id else None
    dialog.deleteLater()
    if not agreed or (second is None and second_id):
        return
    space.erasing.erase(order, lambda _done: _say(space), space.notices.trouble, second)


def _confirmed_by(space: Workspace, worker_id: str, parent: QWidget) -> Second | None:
    """The other worker types the own passphrase here; None when it was left."""
    from widgets.comparing.waiting import WitnessDialog

    t = space.texts
    about = t.tr(
        "It confirms that this film is erased and is forgotten at once. You stay signed in; both of you stand on the "
        "certificate and in the access log."
    )
    dialog = WitnessDialog(t, space.worker_name(worker_id), parent, t.tr("Confirm the erasing"), about, t.tr("Erase"))
    agreed, secret = dialog.exec(), dialog.passphrase()
    dialog.deleteLater()  # with what was typed in it
    return Second(worker_id, secret) if agreed else None


def _say(space: Workspace) -> None:
    space.notices.done(space.texts.tr("The film was erased. Its certificate can be saved from its row."))
