"""*Todistus…*: the certificate of an erasing saved as PDF, from wherever it is offered."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.workspace import Workspace
from widgets.forms.file_dialogs import PDF, FileDialogs


def save_certificate(space: Workspace, erasure_id: str, parent: QWidget) -> None:
    """Where to is asked; it is written beside the work, after the places of backups were looked at."""
    from app.erasing.certificate import certificate_of, write_certificate

    t = space.texts
    told = certificate_of(space.store, erasure_id)
    space.notices.paper(told.words)
    name = t.tr("Certificate of erasure")
    chosen = FileDialogs(parent).save(t.tr("Save as PDF"), f"{name}.pdf", PDF)
    if chosen is not None:
        space.jobs.run(
            t.tr("Writing the certificate"),
            lambda _job: write_certificate(space.door, space.archive, erasure_id, t, chosen),
            lambda _: space.notices.done(t.tr("The certificate was saved.")),
            space.notices.trouble,
        )
