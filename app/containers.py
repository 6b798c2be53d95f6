"""Small files in containers of their own, such as finished pages and photographed forms: whole, or not there.

Whoever keeps one has a row that says the container, its key and its checksum; until that row is in the books nobody can
open the container, and `discard` removes it.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from typing import Protocol

from app.errors import ContainerError
from app.ports import MediaVault, TakenIn


class Contained(Protocol):
    """What has one file in a container under a key of its own."""

    @property
    def id(self) -> str: ...
    @property
    def container(self) -> str: ...
    @property
    def wrapped_key(self) -> bytes: ...
    @property
    def sha256(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Fresh:
    """What was just written, before it has a row."""

    id: str
    container: str
    wrapped_key: bytes
    sha256: str


def keep(media: MediaVault, owner_id: str, data: bytes) -> TakenIn:
    """Write a file under a new key, read it back and compare. Raises ContainerError; then nothing is left."""
    file = media.begin(owner_id)
    try:
        file.write(data)
        taken = file.keep()
    except BaseException:
        file.discard()
        raise
    try:
        if read(media, _Fresh(owner_id, taken.container, taken.wrapped_key, taken.sha256)) != data:
            raise ContainerError("container-damaged", reason="checksum")
    except BaseException:
        discard(media, taken.container)
        raise
    return taken


def read(media: MediaVault, owner: Contained) -> bytes:
    """The file, byte for byte. Raises ContainerError when it is not what was kept."""
    with media.open_file(owner, owner.container) as file:
        data = file.read()
    if hashlib.sha256(data).hexdigest() != owner.sha256:
        raise ContainerError("container-damaged", reason="checksum")
    return data


def discard(media: MediaVault, container: str) -> None:
    """A container that came into no book goes; a disk that does not let it go keeps what nobody can open."""
    with contextlib.suppress(ContainerError):
        media.discard(container)
