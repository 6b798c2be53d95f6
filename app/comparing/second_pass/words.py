"""The second pass in words: what is asked, how far it is, and its figures with how they are computed."""

from __future__ import annotations

from app.coding.telling import person_name
from app.comparing.second_pass.agreed import Asked
from app.comparing.second_pass.comparison import SecondComparison, SecondRow
from app.comparing.words import reason_words
from app.i18n import Texts
from app.model.scheme import Scheme, SecondQuestion
from app.statistics.figure import Reason
from app.statistics.intervals import FEWEST_TASKS
from app.statistics.second_pass import SecondAgreement
from app.tables import Cell, Column, Figures, Table, upper


def event_words(texts: Texts, scheme: Scheme, asked: Asked) -> str:
    """*01:24 Aikuinen · ohjaa selkeästi*."""
    code = scheme.code(asked.event.code)
    name = texts.words(code.name) if code is not None else asked.event.code
    return f"{texts.short_clock(asked.event.start)} {person_name(texts, asked.event.person)} · {name}"


def question_words(texts: Texts, question: SecondQuestion) -> str:
    return upper(texts.words(question.name))


def option_words(texts: Texts, question: SecondQuestion, option_id: str) -> str:
    """The option's words; a dash for no answer."""
    option = question.option(option_id)
    return "–" if option is None else texts.words(option.name)


def differing_words(texts: Texts, found: SecondComparison, row: SecondRow, names: tuple[str, str]) -> str:
    """Two lines: *01:24 Aikuinen · ohjaa selkeästi*, and *Sävy – Aino: lämmin, Leena: kiireinen*."""
    question = row.asked.question
    said = ", ".join(
        f"{name}: {option_words(texts, question, x)}" for name, x in zip(names, (row.a, row.b), strict=True)
    )
    return f"{event_words(texts, found.scheme, row.asked)}\n{question_words(texts, question)} – {said}"


def figure_sentence(texts: Texts, figure: SecondAgreement) -> str:
    """The sentence *Sama vastaus 19 / 24 tapahtumaan, 79 %; sattuma huomioiden 0,62*."""
    if figure.percent is None:
        return upper(reason_words(texts, figure.reason)) + "."
    said = {
        "same": texts.number(figure.same),
        "of": texts.number(figure.of),
        "percent": texts.percent(figure.percent),
    }
    if figure.kappa is None:
        chance = reason_words(texts, figure.reason)
        return texts.tr("Same answer to {same} of {of} agreed events, {percent}; {chance}.", chance=chance, **said)
    return texts.tr(
        "Same answer to {same} of {of} agreed events, {percent}; allowing for chance {kappa}.",
        kappa=texts.coefficient(figure.kappa),
        **said,
    )


def cautions(texts: Texts, figure: SecondAgreement) -> tuple[str, ...]:
    """The interval or why there is none, few events, and answers that only one gave."""
    rows = []
    interval = figure.interval
    if interval is not None:
        rows.append(
            texts.trn(
                "Interval {low}–{high} (95%), from {n} task.", "Interval {low}–{high} (95%), from {n} tasks.",
                interval.tasks, low=texts.coefficient(interval.low), high=texts.coefficient(interval.high),
            )
        )  # fmt: skip
    elif figure.interval_reason == Reason.FEWER_THAN_FIVE_TASKS:
        rows.append(texts.tr("No interval: it needs at least {least} tasks.", least=texts.number(FEWEST_TASKS)))
    elif figure.kappa is not None:
        rows.append(texts.tr("No interval: the tasks do not tell how far the figure moves."))
    if figure.is_indicative and figure.of:
        rows.append(texts.tr("Only indicative: fewer than 30 events."))
    if figure.lone:
        rows.append(
            texts.trn(
                "{n} agreed event has no answer of both and is in no figure.",
                "{n} agreed events have no answer of both and are in no figure.",
                figure.lone,
            )
        )
    return tuple(rows)


def computed(texts: Texts, figure: SecondAgreement) -> tuple[str, ...]:
    """How it was computed, with the numbers of this meeting."""
    if not figure.of:
        return ()
    rows = [sum(row) for row in figure.table]
    columns = [sum(column) for column in zip(*figure.table, strict=True)]
    products = " + ".join(
        f"{texts.number(a)} · {texts.number(b)}" for a, b in zip(rows, columns, strict=True) if a or b
    )
    chance = sum(a * b for a, b in zip(rows, columns, strict=True)) / figure.of**2
    same = texts.number(figure.same / figure.of, 3)
    lines = [
        texts.tr("The pairs are known, for the events are agreed on: nothing is matched and no tolerance is used."),
        texts.tr(
            "Same: {same} / {of} = {share}.", same=texts.number(figure.same), of=texts.number(figure.of), share=same
        ),
        texts.tr(
            "By chance: ({products}) / {of}² = {chance}.",
            products=products,
            of=texts.number(figure.of),
            chance=texts.number(chance, 3),
        ),
    ]
    if figure.kappa is not None:
        lines.append(
            texts.tr(
                "Allowing for chance: ({same} − {chance}) / (1 − {chance}) = {kappa}.",
                same=same,
                chance=texts.number(chance, 3),
                kappa=texts.coefficient(figure.kappa),
            )
        )
    return tuple(lines)


def table_of(texts: Texts, question: SecondQuestion, figure: SecondAgreement, names: tuple[str, str]) -> Table:
    """What A said in the rows, what B said in the columns."""
    options = [texts.words(o.name) for o in question.options]
    a, b = names
    head = (Column(f"{a} ↓ {b} →"), *(Column(name, is_figure=True) for name in options))
    figures = Figures(texts)
    rows = ((Cell(name), *(figures.count(n) for n in row)) for name, row in zip(options, figure.table, strict=True))
    return Table(head, tuple(rows))
