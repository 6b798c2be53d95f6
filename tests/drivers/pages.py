"""The statement read back from its PDF as a person reads it: the words of its pages, and the numbers in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pypdfium2

from app.model.plan import TaskCard
from app.model.scheme import Actor, Code, Kind, Scheme
from app.schemes import library

Row = tuple[int, str]  # task number, code
SCHEME = library.scheme("perusrunko")
POINTS = [c for c in SCHEME.codes if c.kind == Kind.POINT]
STATES = [c for c in SCHEME.codes if c.group == "D"]


@dataclass(frozen=True)
class Printed:
    """A row of the marks by task: both marked, only one, and the seconds of the times."""

    both: int
    one: int
    seconds: tuple[int, ...]


def page_words(pdf: bytes) -> list[str]:
    """The text of each page, with single blanks between words."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def lonely_headings(pdf: bytes) -> list[str]:
    """Headings that stand at the foot of a page with nothing of theirs below them."""
    document, found = pypdfium2.PdfDocument(pdf), []
    try:
        for entry in document.get_toc():
            place = entry.get_dest()
            top = place.get_view()[1][1] - 30  # points: below the heading's own line
            below = document[place.get_index()].get_textpage().get_text_bounded(60, 60, 540, max(top, 61))
            if not below.strip():
                found.append(entry.get_title())
    finally:
        document.close()
    return found


def body(pdf: bytes) -> str:
    """All pages behind each other, without their heads."""
    head = re.compile(r"^.*?Sivu \d+ / \d+ ")
    return " ".join(head.sub("", page) for page in page_words(pdf))


def section(text: str, title: str, following: str) -> str:
    """The words between two headings of sections; a table of contents has them, too, before."""
    return text.rsplit(f" {title} ", maxsplit=1)[1].split(f" {following} ", maxsplit=1)[0]


def observed(text: str, tasks: tuple[str, ...], people: dict[Actor, str]) -> dict[Row, Printed]:
    """The rows of the attached table of marks; `tasks` are the plan's card ids, `people` how each person is called."""
    cards: dict[str, TaskCard] = {c.id: c for c in library.task_cards()}
    names = {cards[card].name.text("fi"): number for number, card in enumerate(tasks, start=1)}
    codes: dict[tuple[str, str], Code] = {(people[c.actor], c.name.text("fi")): c for c in POINTS}
    said = [rf"{re.escape(who)} {re.escape(name)}" for who, name in codes]
    task = "|".join(re.escape(name) for name in names)
    pattern = rf"({task}) ({'|'.join(said)}) (\d+) (\d+) ((?:\[[\d:]+\] ?)+)"
    found: dict[Row, Printed] = {}
    for match in re.finditer(pattern, text):
        code = next(c for (who, name), c in codes.items() if match[2] == f"{who} {name}")
        key = (names[match[1]], code.id)
        assert key not in found, f"{key} is printed twice"
        found[key] = Printed(int(match[3]), int(match[4]), tuple(_seconds(t) for t in match[5].split()))
    return found


def shared(text: str, scheme: Scheme, tasks: tuple[str, ...], people: dict[Actor, str]) -> dict[Row, tuple[int, ...]]:
    """The rows of the attached table of marks where it tells a common view: the seconds of each row's times."""
    cards: dict[str, TaskCard] = {c.id: c for c in library.task_cards()}
    names = {cards[card].name.text("fi"): number for number, card in enumerate(tasks, start=1)}
    codes = {f"{people[c.actor]} {c.name.text('fi')}": c.id for c in scheme.codes if c.kind == Kind.POINT}
    task, said = ("|".join(re.escape(name) for name in sorted(rows, key=len, reverse=True)) for rows in (names, codes))
    found: dict[Row, tuple[int, ...]] = {}
    for match in re.finditer(rf"({task}) ({said}) (\d+) ((?:\[[\d:]+\] ?)+)", text):
        times = tuple(_seconds(t) for t in match[4].split())
        assert len(times) == int(match[3]), match[0]
        key = names[match[1]], codes[match[2]]
        assert key not in found, f"{key} is printed twice"
        found[key] = times
    return found


def agreed_ratings(text: str, items: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    """By an item's name the points printed of it, one or both coders'; `items` are the names of their dimensions."""
    table = text.rpartition(" Ulottuvuus ")[2]
    rows = {name: re.search(rf"{re.escape(name)} (\d)(?: (\d))? {re.escape(of)} ", table) for name, of in items.items()}
    return {name: tuple(int(x) for x in row.groups() if x) for name, row in rows.items() if row is not None}


def _seconds(clock: str) -> int:
    seconds = 0
    for part in clock.strip("[]").split(":"):
        seconds = seconds * 60 + int(part)
    return seconds


def lone(text: str) -> list[int]:
    """The numbers of *Lisäksi n havaintoa, jotka vain toinen työntekijä merkitsi*, in their order."""
    pattern = r"(\d+) havainto(?:a, jotka|, jonka) vain toinen työntekijä merkitsi\."
    return [int(n) for n in re.findall(pattern, text)]


def states(text: str) -> dict[str, tuple[int, int]]:
    """By state: seconds that both marked, and percent of the covered time; what nobody marked is not told."""
    found = dict.fromkeys((code.id for code in STATES), (0, 0))
    for code in STATES:
        told = re.findall(rf"{re.escape(code.name.text('fi'))} (\d+) % ajasta \(([\d:]+)\)", text)
        if told:
            ((share, time),) = told
            found[code.id] = (_seconds(time), int(share))
    assert any(found.values())
    return found


def agreement(text: str) -> tuple[int, float]:
    """*Sama merkintä 86 % ajasta, kun 1 s:n ero sallitaan; sattuma huomioiden 0,78.*"""
    pattern = r"Sama merkintä (\d+) % ajasta, kun 1 s:n ero sallitaan; sattuma huomioiden (−?\d,\d\d)\."
    (found,) = re.findall(pattern, text)
    return int(found[0]), float(found[1].replace(",", ".").replace("−", "-"))


def events(text: str) -> dict[str, tuple[int, int]]:
    """By person of whom something was marked: how many events both marked alike, of how many that anybody marked."""
    words = {"adult1": "Aikuinen", "child1": "Lapsi", "dyad": "Vuorovaikutus"}
    found = {}
    for person, word in words.items():
        rows = re.findall(rf"{word}, tapahtumat (\d+) / (\d+)", text)
        assert len(rows) <= 1, f"{word} is printed twice"
        if rows:
            found[person] = (int(rows[0][0]), int(rows[0][1]))
    return found


def rated(text: str) -> tuple[int, int, int]:
    """How many items got the same value, how many one point apart at most, of how many."""
    ((same, of, near, also),) = re.findall(r"Arviot sama (\d+) / (\d+), enintään yhden ero (\d+) / (\d+)", text)
    assert of == also
    return int(same), int(near), int(of)


def dimension_of(code_id: str) -> str:
    return next(c.dimension for c in POINTS if c.id == code_id)
