"""Which words of a statement are spelled wrong: asked of this computer beside the window, each word once.

Nothing is looked up while keys are pressed: a word that is not known yet counts as right until the answer has come.
Names of the statement's people and own words are right; the words of evidence and the commission's questions are not
looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from app.i18n import Texts
from app.jobs import JobLane, Jobs
from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.statement import StatementText
from app.model.writing_aids import OwnWord
from app.ports import Store
from app.ports.spelling import Spellers
from app.statement.careful import known_names
from app.statement.editor import StatementEditor
from app.statement.looked import looked
from app.statement.seeking import Place, passages_read

_WORD = re.compile(r"(?<![\w@.])[^\W\d_](?:[\w’':-]*[^\W_])?(?![\w@]|\.\w)")
#: milliseconds in which words are gathered before they are asked together
GATHER = 40
#: as many suggestions as are read at a glance
SHOWN = 7


def words_of(text: str) -> Iterator[tuple[int, str]]:
    """Each word that can be spelled wrong, with where it begins: none with digits, none in capitals alone."""
    for found in _WORD.finditer(text):
        word = found[0]
        stem = word.partition(":")[0]
        if len(word) > 1 and not stem.isupper() and not any(c.isdigit() for c in word):
            yield found.start(), word


class Spelling(QObject):
    """What is known of the words of one statement in its language, for as long as it is open."""

    learned = Signal()  # more words are known now, or other ones are own words
    absent = Signal()  # nothing on this computer knows the language

    def __init__(
        self, editor: StatementEditor, spellers: Spellers, jobs: Jobs, shown_by: QObject | None = None
    ) -> None:
        """Nothing is asked any more when `shown_by` is gone; an answer may still come then, and tells nobody."""
        super().__init__()
        self.language = editor.statement.language
        self.is_absent = False
        self._editor, self._spellers, self._jobs = editor, spellers, jobs
        self._wrong: dict[str, bool] = {}
        self._waiting: dict[str, None] = {}
        self._names = known_names(looked(editor.store, editor.text))
        self._own: dict[str, OwnWord] = {}
        self._read_own()
        self._gather = QTimer(shown_by or self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER)
        self._gather.timeout.connect(self._ask)
        editor.changed.connect(self._on_changed)

    def is_wrong(self, word: str) -> bool:
        """Whether it is known to be wrong. What is not known is asked about."""
        if self.is_absent:
            return False
        plain = word.replace("’", "'")
        known = self._wrong.get(plain)
        if known is None:
            self._waiting[plain] = None
            if not self._gather.isActive():
                self._gather.start()
            return False
        return known and not self.is_own(word)

    @property
    def is_asking(self) -> bool:
        """Whether words wait for an answer."""
        return bool(self._waiting) or self._gather.isActive() or self._jobs.is_busy(JobLane.WORDS)

    def is_own(self, word: str) -> bool:
        return word.casefold() in self._own

    def ask_of(self, text: StatementText, sections: Sequence[str]) -> None:
        """Ask about every word, so that all is known when somebody goes from one error to the next."""
        for _ in self.places(text, sections):
            """What is not known is asked about on the way."""

    def places(self, text: StatementText, sections: Sequence[str]) -> Iterator[Place]:
        """Where a wrong word stands that a hand may write, in the order of the document."""
        for paragraph, can_change in passages_read(text, sections):
            if paragraph.source and not paragraph.by_hand:
                continue  # the program's own words
            for start, word in words_of(paragraph.text):
                if can_change(start, start + len(word)) and self.is_wrong(word):
                    yield Place(paragraph.section, paragraph.id, start, start + len(word), can_change=True)

    def suggest(self, word: str, done: Callable[[tuple[str, ...]], None]) -> None:
        """Tell what may have been meant, when it was found."""

        def find(_job: object) -> tuple[str, ...]:
            speller = self._spellers.of(self.language)
            return () if speller is None else speller.suggested(word.replace("’", "'"))[:SHOWN]

        self._jobs.run("", find, done, lane=JobLane.WORDS)

    def take(self, word: str, *, for_office: bool) -> bool:
        """Make it an own word, or one of the whole office: a step that can be undone."""
        worker = "" if for_office else self._editor.store.me
        made = OwnWord(new_id(), self.language, word, worker)
        return self._editor.do(self._editor.texts.tr("Own word added"), added(made))

    def let_go(self, word: str) -> bool:
        """It is an own word no longer."""
        held = self._own.get(word.casefold())
        return held is not None and self._editor.do(self._editor.texts.tr("Own word removed"), removed(held))

    def _read_own(self) -> None:
        self._own = {w.word.casefold(): w for w in own_words(self._editor.store, self.language)}

    def _on_changed(self, changes: Sequence[Change]) -> None:
        if any(c.kind is OwnWord for c in changes):
            self._read_own()
            self.learned.emit()

    def _ask(self) -> None:
        if self._jobs.is_closed:
            return
        words, self._waiting = tuple(self._waiting), {}
        names, language = self._names, self.language

        def look(_job: object) -> dict[str, bool] | None:
            speller = self._spellers.of(language)
            if speller is None:
                return None
            return {w: not (names is not None and names.fullmatch(w)) and not speller.is_right(_tail(w)) for w in words}

        self._jobs.run("", look, self._on_found, lane=JobLane.WORDS)

    def _on_found(self, found: dict[str, bool] | None) -> None:
        if found is None:
            if not self.is_absent:
                self.is_absent = True
                self.absent.emit()
            return
        self._wrong |= found
        if any(found.values()):
            self.learned.emit()


def _tail(word: str) -> str:
    """Of `MIM-pohjainen` what is a word: letters that stand for other words are known to no dictionary."""
    head, _, tail = word.partition("-")
    return tail if tail and head.isupper() else word


def own_words(store: Store, language: str) -> tuple[OwnWord, ...]:
    """The signed-in worker's own and the office's, of a language."""
    mine = ("", store.me)
    return tuple(w for w in store.find(OwnWord, language=language) if w.worker_id in mine)


def no_spelling(texts: Texts, language: str) -> str:
    """That nothing here knows a language, and what brings it."""
    if language == "fi":
        return texts.tr("Finnish spelling is not checked on this computer: it needs libvoikko with its dictionary.")
    if language == "sv":
        return texts.tr("Swedish spelling is not checked on this computer: it needs a Swedish Hunspell dictionary.")
    return texts.tr("English spelling is not checked on this computer: it needs an English Hunspell dictionary.")
