"""How people, codes, dimensions and tasks are called on the sheets, and what every sheet says of its time."""

from __future__ import annotations

from app.charts.drawing import SHADES
from app.coding.telling import person_name, unfilmed_sentence
from app.i18n import Texts
from app.model.scheme import Code
from app.numbers.numbers import Numbers, covered_of
from app.statistics.coded import Key
from app.tables import upper

#: the order of people on every sheet
PERSONS = ("adult1", "adult2", "child1", "dyad")


class Names:
    """Names of one coding's numbers in one language."""

    def __init__(self, texts: Texts, numbers: Numbers) -> None:
        self.texts, self._numbers = texts, numbers

    def person(self, person: str) -> str:
        return person_name(self.texts, person)

    def task(self, place: int | None) -> str:
        """`2 Torni`, or the whole."""
        if place is None:
            return self.texts.tr("Whole film")
        file = self._numbers.file
        number = file.segments[place].number
        return f"{number} {file.task_name(number, self.texts.language)}".strip()

    def word(self, code_id: str) -> str:
        """A code's name inside a sentence."""
        code = self._numbers.scheme.code(code_id)
        return self.texts.words(code.name) if code else code_id

    def code(self, code_id: str) -> str:
        return upper(self.word(code_id))

    def dimension(self, dimension_id: str) -> str:
        found = self._numbers.scheme.dimension(dimension_id)
        return self.texts.words(found.name) if found else dimension_id

    def group(self, group_id: str) -> str:
        return next((upper(self.texts.words(g.name)) for g in self._numbers.scheme.groups if g.id == group_id), "")

    def states(self, group_id: str) -> tuple[Code, ...]:
        """The states of a group that can be told, in the order of the scheme."""
        scheme = self._numbers.scheme
        return tuple(c for c in scheme.in_group(group_id) if c.id != scheme.cannot_be_coded)

    def shade(self, code_id: str) -> str:
        """The shade of a state: its place in its group, the same on every sheet."""
        code = self._numbers.scheme.code(code_id)
        ids = [c.id for c in self.states(code.group)] if code else []
        return SHADES[ids.index(code_id) % len(SHADES)] if code_id in ids else ""

    def dimension_of(self, code_id: str) -> str:
        code = self._numbers.scheme.code(code_id)
        return code.dimension if code else ""

    def key(self, key: Key, *, is_code: bool) -> str:
        """`Lapsi · yhteys`, `Aikuinen · vastaa aloitteeseen`."""
        person, name = key
        code = self._numbers.scheme.code(name) if is_code else None
        word = self.texts.words(code.name) if code else self.dimension(name)
        return f"{self.person(person)} · {word}"

    def persons(self, found: set[str]) -> list[str]:
        return [p for p in PERSONS if p in found] + sorted(found - set(PERSONS))

    def time_note(self) -> str:
        """How much was covered and could be coded: with every figure."""
        t, n = self.texts, self._numbers
        if not n.covered:
            return t.tr("No time is declared covered yet: cover the tasks that you have coded, and the numbers come.")
        stretches = ", ".join(f"{t.short_clock(s.start)}–{t.short_clock(s.end)}" for s in covered_of(n))
        words = t.tr(
            "Codable time {codable} of {covered} covered ({stretches}). What was not covered or could not be coded is "
            "left out.",
            codable=t.short_clock(n.codable),
            covered=t.short_clock(n.covered),
            stretches=stretches,
        )
        return f"{words} {unfilmed_sentence(t, n.unfilmed)}".rstrip()
