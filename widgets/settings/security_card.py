"""What the archive's keys hold and what they do not, said plainly: nobody should trust more than there is."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.i18n import Texts
from app.model.confinement import KeptFrom
from app.office.own_memory import is_closed
from widgets.look.parts import Card, beside, label, section_label


def what_holds(texts: Texts) -> tuple[str, ...]:
    """What keys keep, whoever has the folder, a copy of it or a backup."""
    t = texts
    return (
        t.tr(
            "Your coding is under a key of your own until both are ready and you have signed in. Your partner, a copy "
            "of the folder, a backup or somebody else's recovery code does not open it."
        ),
        t.tr(
            "Of another's unfinished coding you see that it was begun and how far it is: draft or ready. Its file "
            "tells the amount of work only roughly, as one of a few sizes."
        ),
        t.tr("Your own notes of a coding open for you alone, also after both are ready."),
        t.tr(
            "A recovery code opens its maker's sign-in and no other. Its use is logged, and told to that worker at "
            "the next sign-in."
        ),
        t.tr(
            "Who has left no longer gets in. When the archive's key was changed as well, that worker's passphrase "
            "opens nothing that is written after it."
        ),
        t.tr("Everything in the archive's folder and in its backups is encrypted, films too."),
        t.tr("If rows of the access log are changed or taken away, or an older copy is put in place, you are told."),
    )


def what_does_not(texts: Texts) -> tuple[str, ...]:
    """What no key here can promise."""
    t = texts
    return (
        t.tr(
            "If you lose your passphrase and your recovery code, your unreleased coding cannot be opened by anybody, "
            "also when it is ready."
        ),
        t.tr(
            "Cases, films, plans and statements open for every worker of this archive. Against a program that uses a "
            "worker's own key past Havainto they are not protected."
        ),
        t.tr(
            "Who works in this archive can destroy another's coding, stop it, or mark an own coding as ready without "
            "having done it. A draft of another's cannot be read."
        ),
        t.tr("Sign-ins and who watched which film stay readable for all: that is the log that the law asks for."),
        t.tr("Several copies of the folder from different days show that work went on between them."),
        t.tr("An old copy or an old backup opens with the passphrases that were valid then, with what was in it then."),
        t.tr(
            "While the archive is open, whoever sits at the computer sees what you see. It locks by itself when idle."
        ),
    )


def films_held(texts: Texts, kept_from: frozenset[KeptFrom]) -> tuple[str, ...]:
    """Of films from outside, what the system holds on this computer."""
    t = texts
    said = {
        KeptFrom.FILES: t.tr(
            "A film that is taken in is first examined whole by a process of its own. This computer's system keeps "
            "that from every other file, also if the film was made to do harm."
        ),
        KeptFrom.OTHERS: t.tr(
            "This computer's system keeps the process that looks at films from the network, from other programs and "
            "from what they hold in memory."
        ),
    }
    return tuple(words for what, words in said.items() if what in kept_from)


def films_not_held(texts: Texts, kept_from: frozenset[KeptFrom]) -> tuple[str, ...]:
    """What it does not hold here; the process has no keys and little memory all the same."""
    t = texts
    said = {
        KeptFrom.FILES: t.tr(
            "On this computer a film that was made to do harm could reach other files of yours: the system does not "
            "keep the process that looks at films from them. It has no keys of the archive."
        ),
        KeptFrom.OTHERS: t.tr(
            "On this computer a film that was made to do harm could reach the network and other programs: the system "
            "does not keep the process that looks at films from them."
        ),
    }
    return tuple(words for what, words in said.items() if what not in kept_from)


def memory(texts: Texts, *, closed: bool) -> str:
    """Of what Havainto holds in memory while an archive is open."""
    t = texts
    if closed:
        return t.tr(
            "This computer's system keeps other programs of yours from looking into Havainto's memory, and when "
            "Havainto breaks down, no picture of its memory is left on the disk."
        )
    return t.tr("On this computer another program of yours could look into Havainto's memory while an archive is open.")


class SecurityCard(Card):
    """Two lists, read rather than acted on; what can be done stands with workers and backups."""

    def __init__(self, texts: Texts, kept_from: frozenset[KeptFrom]) -> None:
        """`kept_from` is from what this computer's system keeps the processes that read films."""
        super().__init__(spacing=8, padding=20)
        t, closed = texts, is_closed()
        told = (memory(t, closed=closed),)
        self._list(t.tr("This holds"), (*what_holds(t), *films_held(t, kept_from), *(told if closed else ())))
        self.column.addSpacing(8)
        not_held = (*what_does_not(t), *films_not_held(t, kept_from), *(() if closed else told))
        self._list(t.tr("This does not"), not_held)

    def _list(self, title: str, lines: tuple[str, ...]) -> None:
        self.column.addWidget(section_label(title))
        for line in lines:
            point = label("•", "muted")
            point.setAlignment(Qt.AlignmentFlag.AlignTop)
            row = beside(point, label(line, wrap=True))
            row.setStretch(1, 1)
            self.column.addLayout(row)
