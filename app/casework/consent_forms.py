"""Photographs of signed consent forms: taken into the archive, each in a container of its own, and read again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

from app import containers
from app.i18n import now
from app.model.consent import ConsentForm
from app.model.identity import new_id
from app.ports import MediaVault, Store


def taken_in(media: MediaVault, case_id: str, picture: bytes) -> ConsentForm:
    """A picture safely in its container, and not in the books yet. Raises ContainerError; then nothing is left."""
    form_id = new_id()
    kept = containers.keep(media, form_id, picture)
    return ConsentForm(form_id, case_id, now(), kept.sha256, kept.size, kept.chunks, kept.container, kept.wrapped_key)


def all_taken_in(media: MediaVault, case_id: str, pictures: Sequence[bytes]) -> tuple[ConsentForm, ...]:
    """The pages of a form. Raises ContainerError when the disk refuses one; then none is left."""
    with ExitStack() as left:
        forms = []
        for picture in pictures:
            form = taken_in(media, case_id, picture)
            left.callback(dropped, media, form)
            forms.append(form)
        left.pop_all()
    return tuple(forms)


def picture_of(media: MediaVault, form: ConsentForm) -> bytes:
    """The picture, byte for byte. Raises ContainerError when it is not what was taken in."""
    return containers.read(media, form)


def looked_at(store: Store, media: MediaVault, forms: Sequence[ConsentForm]) -> list[bytes]:
    """The pictures, large before somebody's eyes: noted in the log of who has seen what. Raises ContainerError."""
    pictures = [picture_of(media, form) for form in forms]
    for form in forms:
        store.note("view", ConsentForm, form.id)
    return pictures


def dropped(media: MediaVault, form: ConsentForm) -> None:
    """One that came into no book goes."""
    containers.discard(media, form.container)
