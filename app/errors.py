"""The kinds of trouble that are nobody's bug; the face makes a sentence of key and values.

A class per kind. Adapters translate the outside's exceptions into these; everything else that is raised is a bug and
goes to the crash report. Values are for the sentence and must never hold names, notes or file titles.
"""

from __future__ import annotations


class AppError(Exception):
    """Expected trouble. `key` chooses the sentence, `values` fill it, nothing else is shown to a person."""

    key = "unknown"

    def __init__(self, key: str | None = None, **values: object) -> None:
        self.key = key or type(self).key
        self.values = values
        super().__init__(self.key)


class ArchiveError(AppError):
    """The archive folder, its key file or its lock: wrong passphrase, damaged, foreign, newer, in use or read-only."""

    key = "archive"


class StoreError(AppError):
    """The database refused: full disk, damaged page, lost connection. Nothing was half written."""

    key = "store"


class StaleChange(StoreError):
    """A step's *before* is not what the archive holds; the step was refused whole."""

    key = "stale-change"


class NotAllowed(AppError):
    """The worker may not do or read this, for example a coding of the pair before both are ready."""

    key = "not-allowed"


class ConsentMissing(NotAllowed):
    """A film may not be made or used so: a consent is not in force, or somebody who is filmed says no."""

    key = "consent-missing"


class FilmError(AppError):
    """A film that cannot be taken in, opened or decoded."""

    key = "film"


class ContainerError(AppError):
    """An encrypted container that is damaged, cut off or opened with another key."""

    key = "container"


class BackupError(AppError):
    """A backup that could not be made, verified or restored. What was there before is untouched."""

    key = "backup"


class PackageError(AppError):
    """A package for another computer, or from one, that could not be made, opened or taken in. No row was changed."""

    key = "package"


class SigningError(AppError):
    """No signature was made: the PIN, the card, its driver, the key's file, the certificate. Nothing changed."""

    key = "signing"


class LineError(AppError):
    """The line to a partner's computer: not to be had, ended, with a wrong code, or with what is no word of ours."""

    key = "led-cut"


class InputError(AppError):
    """A file or field from outside that does not say what it must: key, and where."""

    key = "input"


class Cancelled(AppError):
    """The person cancelled a long work; nothing is left behind."""

    key = "cancelled"
