"""Licensed content: packages taken in from files, and the words of licensed tasks for those who may use them.

The words stay in the archive and its backups. What is made of a plan has a neutral name, and only here does anybody
come to the words: screens of the plan and of filming, and the papers of a plan, each with `Wording.line`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject

from app.bounded_file import TooLargeError, text_within
from app.editing import Editor
from app.errors import InputError
from app.i18n import Texts, now, today
from app.model.change import Change, added, removed
from app.model.content_writer import write_instrument
from app.model.licensed import LicensedPackage, LicensedTask, package_id
from app.model.licensed_file import KnownKeys, LicensedFile, read_package
from app.model.meeting import Meeting
from app.model.people import Worker
from app.model.plan import PlannedTask, TaskCard
from app.model.stored import ContentKind, ContentTerms, StoredContent, stored_id, terms_id
from app.model.units import TaskNumber
from app.model.words import LANGUAGES, Words
from app.ports import Store
from app.schemes import library
from app.schemes.drafts import LARGEST_FILE
from app.services.library import first
from app.vocabulary import StatementTexts


def packages(store: Store) -> tuple[LicensedPackage, ...]:
    """By name, the newest version of each first."""
    return tuple(sorted(store.find(LicensedPackage), key=lambda p: (p.name.casefold(), p.key, -p.version)))


def licence_line(texts: Texts, package: LicensedPackage) -> str:
    """What stands wherever the words are used: whose they are, and by which licence."""
    return texts.tr("© {holder}, licence {number}", holder=package.rights_holder, number=package.licence)


# the words, for those who may use them


@dataclass(frozen=True, slots=True)
class Wording:
    """What a licensed task says, and the package that says so."""

    task: LicensedTask
    package: LicensedPackage


def wording(store: Store, task: PlannedTask) -> Wording | None:
    """The words of a planned task: None for one of our own, where they are not here, and for who may not use them.

    A licence that has ended takes nothing from a plan that was made: the meeting keeps its record.
    """
    found = store.find(LicensedPackage, id=task.package) if task.package else ()
    if not found or store.me not in found[0].workers:
        return None
    licensed = found[0].task(task.task_id)
    return Wording(licensed, found[0]) if licensed is not None else None


def shown(store: Store, task: PlannedTask) -> PlannedTask:
    """The task as a screen of the program shows it: with its licensed words where they may be seen. Never kept."""
    found = wording(store, task)
    if found is None:
        return task
    return replace(task, name=found.task.name, text=found.task.text, materials=found.task.materials)


def cards(store: Store, day: date) -> tuple[TaskCard, ...]:
    """What of licensed content the signed-in worker may plan with for `day`, today too; by name."""
    me = store.me
    offering = [p for p in packages(store) if p.offers(me, max(day, today()))]
    return tuple(_card(package, task) for package in offering for task in package.tasks)


def ended(store: Store, day: date) -> tuple[LicensedPackage, ...]:
    """Packages that the worker could plan with, had their licence not ended by `day` or by now."""
    me = store.me
    return tuple(p for p in packages(store) if not p.aside and me in p.workers and not p.is_in_force(max(day, today())))


def _card(package: LicensedPackage, task: LicensedTask) -> TaskCard:
    return TaskCard(
        package.task_id(task), task.name, task.text, task.dimensions, task.ages, task.safety, task.materials,
        task.weights, package.id, neutral_name(task.id),
    )  # fmt: skip


def neutral_name(task_id: str) -> Words:
    """How a licensed task is called wherever its words may not go."""
    return Words(*(Texts(language).tr("Licensed task {id}", id=task_id) for language in LANGUAGES))


def unusable(store: Store, task: PlannedTask, day: date) -> LicensedPackage | None:
    """The package of a planned task whose licence does not run on `day`; None for every other task."""
    found = store.find(LicensedPackage, id=task.package) if task.package else ()
    return found[0] if found and not found[0].is_in_force(day) else None


def licensed_numbers(meeting: Meeting) -> tuple[TaskNumber, ...]:
    """Numbers of the tasks of a plan whose words stay here, whoever gets the meeting."""
    return tuple(number for number, task in enumerate(meeting.plan, start=1) if task.package)


def printed(store: Store, task: PlannedTask) -> PlannedTask:
    """The task as the workers' papers have it: its licensed words only while the licence runs."""
    return task if unusable(store, task, today()) is not None else shown(store, task)


# packages


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file: the package, whether it was here already, and names that no worker here has."""

    package: LicensedPackage
    is_renewed: bool
    strangers: tuple[str, ...]


class LicensedShelf(Editor):
    """The one door through which packages come, change hands and go."""

    def __init__(self, store: Store, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts

    def packages(self) -> tuple[LicensedPackage, ...]:
        return packages(self._store)

    def take_in_file(self, path: Path) -> Taken | None:
        """`take_in` from a file. Raises InputError as it does, and for what cannot be read at all."""
        try:
            text = text_within(path, LARGEST_FILE)
        except TooLargeError as error:
            raise InputError("content-too-large") from error
        except (OSError, UnicodeDecodeError):
            raise InputError("content-unreadable") from None
        return self.take_in(text)

    def take_in(self, text: str) -> Taken | None:
        """A package's file into the archive; None when the archive refused it, which is told.

        The same version again renews what is said of the licence. Raises UnreadablePackage with every line that is
        wrong, InputError `licensed-version-differs`, `licensed-older`, `licensed-form-differs`.
        """
        file = read_package(text, known_keys())
        earlier = [p for p in self.packages() if p.key == file.key]
        workers, strangers = self._users(file, earlier)
        held = next((p for p in earlier if p.version == file.version), None)
        if any(p.version > file.version for p in earlier):
            raise InputError("licensed-older", version=max(p.version for p in earlier))
        made = LicensedPackage(
            package_id(file.key, file.version), file.key, file.version, file.name, file.rights_holder, file.licence,
            file.holder, file.expires, now(), self._store.me, workers,
            tuple(stored_id(ContentKind.INSTRUMENT, form.id, form.version) for form in file.instruments), file.tasks,
        )  # fmt: skip
        if held is not None and (held.tasks, held.instruments) != (made.tasks, made.instruments):
            raise InputError("licensed-version-differs", version=file.version)
        changes = [Change(held, made) if held is not None else added(made)]
        changes += [Change(p, replace(p, aside=True)) for p in earlier if p is not held and not p.aside]
        for form in file.instruments:
            changes += self._form(made, form.id, form.version, write_instrument(form))
        label = self.texts.tr("Licensed content taken in")
        return Taken(made, held is not None, strangers) if self.do(label, *changes) else None

    def _form(self, package: LicensedPackage, form_id: str, version: int, said: str) -> list[Change]:
        """A version of a form that came with a package, and its terms: they are the package's."""
        kept = stored_id(ContentKind.INSTRUMENT, form_id, version)
        here = self._store.find(StoredContent, id=kept)
        terms = library.terms_of(self._store, ContentKind.INSTRUMENT, form_id)
        is_ours = library.is_shipped(ContentKind.INSTRUMENT, form_id)
        is_own = bool(library.versions(self._store, ContentKind.INSTRUMENT, form_id)) and not terms.licensed
        if is_ours or is_own or (here and here[0].text != said):
            raise InputError("licensed-form-differs", form=form_id, version=version)
        changes = [] if here else [added(StoredContent(kept, ContentKind.INSTRUMENT, form_id, version, said))]
        return [*changes, self._terms(terms, _terms_of(package, terms))]

    def _terms(self, before: ContentTerms, after: ContentTerms) -> Change:
        return Change(before if self._store.find(ContentTerms, id=before.id) else None, after)

    def _users(self, file: LicensedFile, earlier: Sequence[LicensedPackage]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who may use it: who takes it in, whom the file names, and who could before; and names of nobody here."""
        by_name = {w.name.casefold(): w.id for w in self._store.find(Worker)}
        named = [by_name[user.casefold()] for user in file.users if user.casefold() in by_name]
        before = [worker for p in earlier for worker in p.workers]
        strangers = tuple(user for user in file.users if user.casefold() not in by_name)
        return tuple(dict.fromkeys((self._store.me, *named, *before))), strangers

    def permit(self, package: LicensedPackage, worker_id: str, *, on: bool) -> bool:
        """A worker may use it, or no longer; plans stay as they are."""
        others = tuple(w for w in package.workers if w != worker_id)
        after = replace(package, workers=(*others, worker_id) if on else others)
        label = self.texts.tr("Who may use licensed content")
        return after == package or self.do(label, Change(package, after), *self._follow(after))

    def offer_again(self, package: LicensedPackage) -> bool:
        """One that was put aside is offered again."""
        after = replace(package, aside=False)
        return self.do(self.texts.tr("Licensed content offered again"), Change(package, after), *self._follow(after))

    def remove(self, package: LicensedPackage) -> bool:
        """The words leave the archive; True then. Not undoable: its file brings it back.

        While a plan, a template or a coding has something of it, it stays for their record and is offered no longer.
        """
        label, forms = self.texts.tr("Licensed content removed"), self._forms(package)
        keys = [terms_id(ContentKind.INSTRUMENT, content.content_id) for content in forms]
        terms = [row for key in keys for row in self._store.find(ContentTerms, id=key)]
        if self.write(label, [removed(package), *map(removed, forms), *map(removed, terms)]):
            self.stack.clear()
            self._settle()
            return True
        if self._error is None or self._error.key not in ("licensed-in-use", "content-fixed"):
            self._settle()
            return False
        self._error = None  # the store keeps what is in use
        after = replace(package, aside=True)
        self.do(self.texts.tr("Licensed content put aside"), Change(package, after), *self._follow(after))
        return False

    def _follow(self, package: LicensedPackage) -> list[Change]:
        """The terms of its forms say the same."""
        found = []
        for content in self._forms(package):
            before = library.terms_of(self._store, ContentKind.INSTRUMENT, content.content_id)
            after = _terms_of(package, before)
            if after != before:
                found.append(self._terms(before, after))
        return found

    def _forms(self, package: LicensedPackage) -> list[StoredContent]:
        return [row for kept in package.instruments for row in self._store.find(StoredContent, id=kept)]


def _terms_of(package: LicensedPackage, before: ContentTerms) -> ContentTerms:
    return replace(
        before,
        licensed=True,
        licence=package.licence,
        expires=package.expires,
        workers=package.workers,
        retired=package.aside,
    )


def known_keys() -> KnownKeys:
    """The keys that a package's tasks may name: the program's own."""
    pick, scheme = StatementTexts("en"), library.scheme(first().scheme)
    return KnownKeys(tuple(d.id for d in scheme.dimensions), pick.keys("ages"), pick.keys("safety"))
