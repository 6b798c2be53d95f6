"""Statements of every kind: language, length, people, letters, empty sections, instruments, stage, chosen in pairs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product
from random import Random

from app.model.statement_document import StatementDocument
from tests.material.documents import BODY, Paper, a_statement, words_of

#: made-up names of a child and adults, by the letters that they are written in; no shipped font has the last ones
LETTERS = {
    "Finnish": ("Otto Åkesson", "Äiti Esimerkki", "Isä Malli"),
    "Skolt Sámi and signs": ("Ǩiõtt-Ââʹnn Vuäʒʒ", "Ǥõʹlǥǥ ʼn ☑", "➜ ▪ ◦ ☐ ● Čáhppes Đuoŋŧa"),
    "Cyrillic": ("Єлизавета Ґалаґан", "Анна Щёлкова", "Їжакевич"),
    "from the right": ("علی‌رضا محمد", "יוסף בן־חיים שָׁלוֹם", "ڕێبوار مُحَمَّد علاء"),
    "stacked": ("สมชาย น้ำผึ้ง", "सीता श्रेष्ठ", "செல்வி ẹ̀kọ́ মোহাম্মদ አበበ"),
    "in no font": ("张伟", "Otto 👍", "𓀀"),
}


@dataclass(frozen=True)
class Kind:
    language: str
    pages: int
    adults: int
    letters: str
    empty: str  # which sections say nothing
    instrument: str
    final: bool


CHOICES: tuple[tuple, ...] = (
    ("fi", "sv", "en"), (1, 2, 3), (1, 2, 4), tuple(LETTERS), ("none", "some", "most"), ("none", "five points", "own"),
    (False, True),
)  # fmt: skip


def in_pairs(number: int) -> list[Kind]:
    """`number` kinds, or more if it takes more, so that every two choices come together in one. Always the same."""
    left = {pair for row in product(*CHOICES) for pair in _pairs(row)}
    chosen: list[tuple] = []
    rows = Random(7).sample(list(product(*CHOICES)), 700)
    while left:
        best = max(rows, key=lambda row: len(left & _pairs(row)))
        if not left & _pairs(best):
            best = next(row for row in product(*CHOICES) if left & _pairs(row))
        left -= _pairs(best)
        chosen.append(best)
    chosen += [row for row in rows if row not in chosen][: max(number - len(chosen), 0)]
    return [Kind(*row) for row in chosen]


def drawn(number: int, seed: int) -> list[Kind]:
    """`number` kinds by chance."""
    return [Kind(*row) for row in Random(seed).sample(list(product(*CHOICES)), number)]


def _pairs(row: tuple) -> frozenset:
    return frozenset(combinations(enumerate(row), 2))


def statement_of(kind: Kind) -> StatementDocument:
    """The made-up statement."""
    names = LETTERS[kind.letters]
    made = a_statement(pages=kind.pages, charts=0, language=kind.language, final=kind.final)
    sections = {s.key: s for s in made.sections}
    for paper in _papers(kind, names):
        sections[paper.key] = replace(sections[paper.key], paragraphs=tuple(paper.rows))
    empty = {"none": (), "some": ("strengths", "background"), "most": tuple(sections.keys() - {"family"})}[kind.empty]
    shown = tuple(replace(s, paragraphs=()) if s.key in empty else s for s in sections.values())
    signers = tuple(replace(s, name=names[n]) for n, s in enumerate(made.signers[: kind.adults]))
    words = words_of(kind.language, final=kind.final)
    return replace(
        made, spoken=(("ruotsi", "sv"),), title=f"Lausunto · {names[0]}", sections=shown, signers=signers, words=words
    )


def _papers(kind: Kind, names: tuple[str, ...]) -> Iterator[Paper]:
    adults = [names[1:][n % 2] for n in range(kind.adults)]
    rows = [
        ("lapsi", names[0], "lapsi, 5 v 4 kk"),
        *((f"aikuinen {n}", name, "vanhempi") for n, name in enumerate(adults)),
    ]
    yield Paper("family").table("Perhe", ("Nimitys", "Nimi", "Rooli"), *rows).add(", ".join(names))
    said = Paper("strengths").add(BODY).add(f"{names[0]} nauraa, kun {names[1]} vastaa: ”{names[2]}”.")
    said.add("Hän sanoi: ”Titta” (ruotsi).")
    for name in names:
        said.item(f"{name} odottaa.").add(name)
    yield said
    values = {"five points": ("1", "5"), "own": ("0", "10")}.get(kind.instrument)
    attachments = Paper("attachments")
    for n, adult in enumerate(adults if values else ()):
        items = [(f"kohta {k} {adult}", values[k % 2], "–", "SENCR"[k % 5]) for k in range(9)]
        head = ("Osio", "A", "B", "–".join(values))
        attachments.head(f"{adult}, {n}").chart("chart/profile/m", "Arvioprofiili", head, *items)
    yield attachments
