"""The films of an open archive by their recordings: the `MediaVault` of app/ports.py over `media_vault.py`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from app.errors import ContainerError
from app.model.recording import Recording
from app.ports import Cancelled, Progress, TakenIn
from storage.disk_space import free_space
from storage.media_vault import MediaVault


class FilmVault:
    """Gives and takes films by their recording; the wrapped key travels in the recording's row."""

    def __init__(self, folder: Path, media_key: bytes) -> None:
        self._folder = folder
        self._vault = MediaVault(folder, media_key)

    def take_in(self, source: Path, recording_id: str, progress: Progress, cancelled: Cancelled) -> TakenIn:
        """Copy, encrypt and compare a film under a new key of its own; see `MediaVault.take_in`."""
        wrapped = self._vault.new_recording_key(recording_id)
        taken = self._vault.take_in(source, recording_id, wrapped, _shares(progress), cancelled)
        return TakenIn(taken.file_name, wrapped, taken.sha256, taken.size, taken.chunks)

    def open(self, recording: Recording) -> BinaryIO:
        """The plain film as a seekable file. Raises ContainerError."""
        reader = self._vault.open(recording.id, recording.wrapped_key, recording.container)
        return cast("BinaryIO", reader)  # a raw file is one in all that readers of films use

    def verify(self, recording: Recording) -> bool:
        """True when every chunk is whole and the checksum is the film's."""
        return not self.trouble(recording, lambda _: None, lambda: False)

    def trouble(self, recording: Recording, progress: Progress, cancelled: Cancelled) -> str:
        """The key of what is wrong with a film's container, or empty. Raises Cancelled."""
        wrapped, name, sha256 = recording.wrapped_key, recording.container, recording.sha256
        try:
            self._vault.verify(recording.id, wrapped, name, sha256, _shares(progress), cancelled)
        except ContainerError as error:
            return error.key
        return ""

    def discard(self, container: str) -> None:
        """Remove a container that the archive's books never took up."""
        self._vault.erase([container])

    def free_bytes(self) -> int:
        return free_space(self._folder).free_bytes

    def close(self) -> None:
        """Forget the key and close every reader."""
        self._vault.close()


def _shares(progress: Progress) -> Callable[[int, int], None]:
    """Bytes done of bytes in all, told as a share from 0 to 1."""
    return lambda done, total: progress(done / total if total else 1.0)
