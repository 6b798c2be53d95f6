"""What readers said, whole and in their own words: the section of the client's comments and differing view."""

from __future__ import annotations

from collections.abc import Iterator

from app.model.reading import HAPPENED, ClientComment, Reading, ReadingOutcome, Treatment, passage_source
from app.model.service import SectionKey
from app.model.statement import ParagraphKind, Run
from app.statement.material import Material, Passage, sentence


def readers_words(m: Material) -> list[Passage]:
    """Of each reading when and how it was, then each comment with what the workers made of it."""
    return [p for number, reading in m.readings for p in _of_reading(m, number, reading)]


def _of_reading(m: Material, number: int, reading: Reading) -> Iterator[Passage]:
    yield _passage(reading, "how", (Run(how_it_was(m, number, reading)),))
    if not reading.comments and reading.outcome in HAPPENED:
        yield _passage(reading, "none", (Run(m.texts.tr("No comments.")),))
    for n, comment in enumerate(reading.comments):
        first, *others = [line for line in comment.words.splitlines() if line.strip()] or [""]
        end = "" if others else "”"
        yield _passage(reading, f"{n}", (Run(_begins(m, comment), bold=True), Run(f" ”{first.strip()}{end}")))
        said = [line.strip() for line in others]
        for line, words in enumerate(said):
            is_last = line == len(said) - 1
            yield _passage(reading, f"{n}/{line}", (Run(f"{words}”" if is_last else words),))
        if told := _answer(m, number, comment):
            yield _passage(reading, f"{n}/answer", (Run(told),))


def _passage(reading: Reading, part: str, runs: tuple[Run, ...]) -> Passage:
    return Passage(SectionKey.COMMENTS, passage_source(reading.id, part), runs, ParagraphKind.BODY)


def how_it_was(m: Material, number: int, reading: Reading) -> str:
    """*Äiti luki lausunnon 30.11.2026 yhdessä työntekijöiden kanssa (versio 1)* and what else was so of it."""
    t = m.texts
    called = m.called(m.case.person(reading.person_id))
    who, day = called[:1].upper() + called[1:], t.date(reading.held)
    said = {
        "who": who,
        "date": day,
        "way": m.fixed.of("reading_ways", reading.way),
        "n": number,
        "told": sentence(reading.told),
    }
    words = {
        ReadingOutcome.READ: t.tr("{who} read the document on {date} {way} (version {n}).", **said),
        ReadingOutcome.READ_IN_PART: t.tr("{who} read a part of the document on {date} {way} (version {n}).", **said),
        ReadingOutcome.TOLD: t.tr("{who} was told on {date} what the document says (version {n}): {told}", **said),
        ReadingOutcome.DID_NOT_WANT: t.tr("{who} did not want to read the document (version {n}).", **said),
        ReadingOutcome.NOT_REACHED: t.tr("{who}: the document was not gone through (version {n}). {told}", **said),
    }[reading.outcome]
    parts = [words]
    if reading.told.strip() and reading.outcome not in (ReadingOutcome.TOLD, ReadingOutcome.NOT_REACHED):
        parts.append(sentence(reading.told))
    if reading.offered is not None and reading.outcome not in HAPPENED:
        parts.append(t.tr("Reading was offered on {date}.", date=t.date(reading.offered)))
    if reading.interpreter:
        parts.append(t.tr("An interpreter was present."))
    hidden = [str(m.form.section(key).number) for key in reading.left_out if m.form.has_section(key)]
    if hidden:
        parts.append(
            t.trn(
                "Section {numbers} was not shown in this reading.",
                "Sections {numbers} were not shown in this reading.",
                len(hidden),
                numbers=t.listed(hidden),
            )
        )
    return " ".join(parts)


def _begins(m: Material, comment: ClientComment) -> str:
    """*Eriävä näkemys, osio 13 Suositus:* stands before the words."""
    t = m.texts
    kind = Treatment.VIEW if comment.treated == Treatment.VIEW else Treatment.COMMENT
    word = m.fixed.of("treatments", kind)
    word = word[:1].upper() + word[1:]
    if not m.form.has_section(comment.section):
        return f"{word}:"
    section = m.form.section(comment.section)
    return t.tr("{kind}, section {n} {title}:", kind=word, n=section.number, title=t.words(section.title))


def _answer(m: Material, number: int, comment: ClientComment) -> str:
    """That a fact is corrected and where, and what the workers say to it."""
    t = m.texts
    told = []
    if comment.treated == Treatment.FACT:
        told.append(t.tr("The fact was corrected in version {n}.", n=number + 1))
    if comment.response.strip():
        told.append(t.tr("The workers: {words}", words=sentence(comment.response)))
    return " ".join(told)
