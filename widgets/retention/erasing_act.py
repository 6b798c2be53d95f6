"""*Hävitä…*: asked with all that goes, confirmed by the other worker where there is one, then done by a job."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from app.casework.kept_wholes import Thing
from app.erasing.films import Second, why_kept
from app.errors import NotAllowed
from app.jobs import Job
from app.model.erasure import CaseOrder
from app.model.people import Case
from app.model.recording import Recording
from app.workspace import Workspace
from widgets.retention.confirming import Confirming


def ask_to_erase(space: Workspace, film: Recording, parent: QWidget) -> None:
    """What keeps the film is said before anything is asked."""
    from app.erasing.films import what_goes
    from widgets.retention.erase_film import EraseFilm

    held = why_kept(space.store, film)
    if held:
        space.notices.trouble(NotAllowed(held))
        return
    dialog = EraseFilm(space.texts, what_goes(space.store, space.archive, film), parent)
    about = space.texts.tr(
        "It confirms that this film is erased and is forgotten at once. You stay signed in; both of you stand on the "
        "certificate and in the access log."
    )
    agreed, second = _agreed(space, dialog, about)
    if agreed:
        space.erasing.erase(dialog.order, lambda _done: _say(space), space.notices.trouble, second)
    dialog.deleteLater()


def ask_to_erase_case(space: Workspace, case: Case, parent: QWidget) -> None:
    """The same for a whole case. When it is gone the window is made anew, where its certificate is."""
    from app.erasing.cases import what_goes_of_case, why_case_kept
    from widgets.retention.erase_case import EraseCase

    held = why_case_kept(space.store, case.id)
    if held:
        space.notices.trouble(NotAllowed(held))
        return
    goes = what_goes_of_case(space.store, space.archive, case.id)
    dialog = EraseCase(space.texts, goes, parent)
    about = space.texts.tr(
        "It confirms that this whole case is erased and is forgotten at once. You stay signed in; both of you stand on "
        "the certificate and in the access log."
    )
    agreed, second = _agreed(space, dialog, about)
    if agreed:
        _erase_case(space, dialog.order, second, parent.window())
    dialog.deleteLater()


def ask_to_erase_whole(space: Workspace, thing: Thing, parent: QWidget) -> None:
    """The same for a supervision or a service of no case."""
    from app.erasing.wholes import what_goes_of_whole, why_whole_kept
    from widgets.retention.erase_whole import EraseWhole

    t = space.texts
    held = why_whole_kept(thing)
    if held:
        space.notices.trouble(NotAllowed(held))
        return
    dialog = EraseWhole(t, what_goes_of_whole(space.store, space.archive, thing), parent)
    about = t.tr(
        "It confirms that this whole work is erased and is forgotten at once. You stay signed in; both of you stand on "
        "the certificate and in the access log."
    )
    agreed, second = _agreed(space, dialog, about)
    order, window = dialog.order if agreed else None, parent.window()
    dialog.deleteLater()
    if order is not None:
        words = t.tr("It was erased. Its certificate can be saved here.")
        job = space.case_erasing.erase_whole(
            order, lambda _done: space.notices.done(words), space.notices.trouble, second
        )
        _follow(space, job, window, t.tr("Erasing supervision or a service"))


def _erase_case(space: Workspace, order: CaseOrder, second: Second | None, window: QWidget) -> None:
    job = space.case_erasing.erase(order, lambda _done: _say_of_case(space), space.notices.trouble, second)
    _follow(space, job, window, space.texts.tr("Erasing a case"))


def _follow(space: Workspace, job: Job | None, window: QWidget, words: str) -> None:
    """Over the window until it is over."""
    from widgets.retention.being_erased import BeingErased

    if job is not None:
        BeingErased(space.texts, window, words).follow(job)


def _agreed(space: Workspace, dialog: Confirming, about: str) -> tuple[bool, Second | None]:
    """Whether it is wanted, and who confirmed it besides where somebody has to."""
    agreed = dialog.exec() == QDialog.DialogCode.Accepted
    if not agreed or not dialog.second_id:
        return agreed, None
    second = _confirmed_by(space, dialog, about)
    return second is not None, second


def _confirmed_by(space: Workspace, asked: Confirming, about: str) -> Second | None:
    """The other worker types the own passphrase here; None when it was left."""
    from widgets.comparing.waiting import WitnessDialog

    t, worker_id = space.texts, asked.second_id
    over = asked.parentWidget() or asked
    dialog = WitnessDialog(t, space.worker_name(worker_id), over, t.tr("Confirm the erasing"), about, t.tr("Erase"))
    agreed, secret = dialog.exec(), dialog.passphrase()
    dialog.deleteLater()  # with what was typed in it
    return Second(worker_id, secret) if agreed else None


def _say(space: Workspace) -> None:
    space.notices.done(space.texts.tr("The film was erased. Its certificate can be saved from its row."))


def _say_of_case(space: Workspace) -> None:
    space.notices.done(space.texts.tr("The case was erased. Its certificate can be saved here."))
