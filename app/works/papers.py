"""The papers of a service: a letter, a plan, a summary, a record or a certificate of what was filled in.

A paper of a case says for whom it is made, names its method by the workers' training, and tells nobody of whom the
reader must not meet. Places in its words: `{form.field}` of a sheet, `{row.field}` of the row that it is for,
`{role.id}`, `{approval.id}`, `{work.title}`, `{work.called}`, `{work.customer}`. What is not filled is a line to
write on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.casework.mandate import paper_facts
from app.casework.page_heads import page_head
from app.i18n import Texts, today
from app.model.people import Case, Worker
from app.model.service_work import FormRow, ServiceWork
from app.model.template import WORKERS, FieldKind, Form, FormField, Output, OutputKind, Part
from app.model.words import Words
from app.ports import Store
from app.vocabulary import StatementTexts
from app.whole_file import write_whole
from app.works import paper_readers
from app.works.answers import Answers
from app.works.paper_readers import PLACE
from app.works.work_file import WorkFile, holder_called, title

if TYPE_CHECKING:
    from app.reports.service_paper import ServicePaper, ServiceSection, SignLine

#: what stands where nothing is filled: a line to write on
_TO_WRITE = "______________"
#: a table with more columns, or with long texts, stands row by row
_MOST_COLUMNS = 6


def output_of(file: WorkFile, output_id: str) -> Output:
    """A paper that the template lacks is a bug of whoever asks (KeyError)."""
    output = file.template.output(output_id)
    if output is None:
        raise KeyError(output_id)
    return output


def readers(file: WorkFile, output: Output) -> tuple[FormRow, ...]:
    """The rows for which there is a paper each; empty for a paper that there is one of."""
    form = file.template.form(output.per) if output.per else None
    return () if form is None else file.rows_of(form)


def file_name(file: WorkFile, output: Output, number: int = 0) -> str:
    """What the file is called: the paper, its number where there are several, and the day. It names nobody."""
    words = Texts(file.work.language).words(output.name)
    parts = (words, str(number) if number else "", today().isoformat())
    return " ".join(part for part in parts if part) + ".pdf"


def unfilled(file: WorkFile, output: Output) -> tuple[tuple[Form, FormField], ...]:
    """What the paper would leave out though its form asks for it: of each form the fields that are required."""
    found = []
    for part in output.parts:
        form = file.template.form(part.form)
        if form is None:
            continue
        held = file.rows_of(form)
        rows = [row for row in held if not row.moved_to]
        asked = [f for f in form.required if not part.fields or f.id in part.fields]
        found += [(form, f) for f in asked if not held or any(not row.value(f.id) for row in rows)]
    return tuple(found)


def paper_of(
    store: Store, file: WorkFile, output: Output, row: FormRow | None = None, reader: str = ""
) -> ServicePaper:
    """The paper in the work's language; `row` is the one that it is for, of a paper that is made per row.

    `reader` is the id of the one of the case whom it is made for; without one it is whole, and says so where it has to.
    Raises NotAllowed(`service-paper-names-other`) where it would tell who reads it of one whom that one must not meet.
    """
    from app.reports.service_paper import ServicePaper

    return _Paper(store, file, output, row, reader).made(ServicePaper)


def save_paper(
    store: Store, file: WorkFile, output: Output, path: Path, row: FormRow | None = None, reader: str = ""
) -> None:
    """Write it as PDF, whole or not at all, and log the export.

    Raises NotAllowed(`service-paper-names-other`), AppError `cannot-write`, StoreError.
    """
    from app.reports.service_paper_pdf import service_paper

    pages = service_paper(paper_of(store, file, output, row, reader), Texts(file.work.language))
    write_whole(path, pages)
    store.note("export", ServiceWork, file.work.id, f"paper={output.id}" + (f";reader={reader}" if reader else ""))


class _Paper:
    """One paper on its way into words."""

    def __init__(self, store: Store, file: WorkFile, output: Output, row: FormRow | None, reader: str) -> None:
        self.store, self.file, self.output, self.row, self.reader = store, file, output, row, reader
        self.t = Texts(file.work.language)
        self.answers = Answers(store, file, self.t)
        held = {w.id: w for w in store.find(Worker, id=file.work.workers)}
        self.workers = [held[i] for i in file.work.workers if i in held]

    def made(self, make: type[ServicePaper]) -> ServicePaper:
        output, t = self.output, self.t
        employers = tuple(dict.fromkeys(w.employer.strip() for w in self.workers if w.employer.strip()))
        paper = make(
            t.words(output.name),
            self._subtitle(),
            today(),
            employers,
            page_head(self.store, t, employers[0]) if employers else None,
            StatementTexts(t.language).confidential if output.confidential else (),
            self._facts(),
            self._paragraphs(output.opening),
            tuple(s for part in output.parts if (s := self._section(part)) is not None),
            self._paragraphs(output.closing),
            tuple(line for signer in output.signers for line in self._signers(signer)),
            leads=output.kind == OutputKind.CERTIFICATE,
            facts_last=output.kind == OutputKind.LETTER,
        )
        words = tuple(_all_words(paper))
        readers = {*paper_readers.of_paper(self.file, output, self.row), *filter(None, (self.reader,))}
        paper_readers.check_apart(self.store, self.file, readers, words)
        note = "" if readers or output.per else paper_readers.whole_note(self.store, t, self.file, words)
        return replace(paper, facts=((t.tr("Whom it is for"), note), *paper.facts)) if note else paper

    def _subtitle(self) -> str:
        """The service by the name that it may have; whose it is only where the paper is secret."""
        named = self.t.words(title(self.store, self.file))
        return f"{named} · {self.file.work.called}" if self.file.work.called and self.output.confidential else named

    def _facts(self) -> tuple[tuple[str, str], ...]:
        work, t = self.file.work, self.t
        if not self.output.confidential:
            return ()
        if self.output.kind == OutputKind.LETTER:  # its reader is told for whom it is made, and no more
            return () if work.case_id is None else paper_facts(self.store, work.case_id, t.language, ())
        rows = [(t.tr("Customer"), work.customer)]
        rows.append((t.tr("Workers"), ", ".join(w.name for w in self.workers)))
        rows += [(t.words(r.name), ", ".join(self._holders(r.id))) for r in self.file.template.roles]
        if work.case_id is None:
            return tuple(r for r in rows if r[1])
        told = [(t.tr("Case"), self.store.get(Case, work.case_id).code_name), *rows]
        return paper_facts(self.store, work.case_id, t.language, (r for r in told if r[1]))

    # its parts

    def _section(self, part: Part) -> ServiceSection | None:
        from app.reports.service_paper import ServiceGroup, ServiceSection

        form = self.file.template.form(part.form)
        rows = [] if form is None else [r for r in self.file.rows_of(form) if not r.is_empty]
        if form is None or not rows:
            return None
        fields = [f for f in form.fields if not part.fields or f.id in part.fields]
        words = self.t.words(part.title or form.name)
        if form.table and _lies_side_by_side(form, fields):
            return self._side_by_side(words, form, fields, rows)
        groups = []
        for number, row in enumerate(rows, start=1):
            said = [(self.t.words(f.name), answer) for f in fields if (answer := self.answers.answer(f, row))]
            heading = self._row_called(form, row, number) if form.table else ""
            if said:
                groups.append(ServiceGroup(heading, tuple(said)))
        return ServiceSection(words, tuple(groups)) if groups else None

    def _side_by_side(
        self, words: str, form: Form, fields: Sequence[FormField], rows: Sequence[FormRow]
    ) -> ServiceSection:
        from app.reports.service_paper import ServiceSection, ServiceTable

        filled = [f for f in fields if any(row.value(f.id) for row in rows)]
        lines = (self.t.words(form.name),) if form.lines else ()
        head = (*lines, *(self.t.words(f.name) for f in filled))
        cells = [(*self._line(form, row), *(self.answers.answer(f, row) for f in filled)) for row in rows]
        return ServiceSection(words, table=ServiceTable(words, (head, *cells)))

    def _line(self, form: Form, row: FormRow) -> tuple[str, ...]:
        line = form.line(row.line)
        return () if line is None else (self.t.words(line.name),)

    def _row_called(self, form: Form, row: FormRow, number: int) -> str:
        line = self._line(form, row)
        if line:
            return line[0]
        first = self.answers.answer(form.fields[0], row)
        return f"{number}. {first}" if first else f"{number}."

    # its words

    def _paragraphs(self, words: Words | None) -> tuple[str, ...]:
        if words is None:
            return ()
        filled = PLACE.sub(lambda m: self._place(m[1], m[2]) or _TO_WRITE, self.t.words(words))
        return tuple(part.strip() for part in filled.split("\n\n") if part.strip())

    def _place(self, of: str, name: str) -> str:
        work = self.file.work
        if of == "row":
            form = self.file.template.form(self.output.per)
            field = None if form is None else form.field(name)
            return self.answers.answer(field, self.row) if field is not None and self.row is not None else ""
        if of == "role":
            return ", ".join(self._holders(name))
        if of == "approval":
            return self._approval(name)
        if of == "work":
            own = {"title": self.t.words(title(self.store, self.file)), "called": work.called}
            return (own | {"customer": work.customer}).get(name, "")
        form = self.file.template.form(of)
        field = None if form is None else form.field(name)
        sheet = None if form is None else self.file.on_line(form, "")
        return self.answers.answer(field, sheet) if field is not None and sheet is not None else ""

    def _approval(self, name: str) -> str:
        said = self.file.work.approval(name)
        if said is None:
            return self.t.tr("waits for acceptance")
        who = said.name or next((w.name for w in self.store.find(Worker, id=said.worker_id)), "")
        word = self.t.tr("accepted") if said.accepted else self.t.tr("not accepted")
        return " · ".join(x for x in (word, self.t.date(said.day), who, said.words) if x)

    def _holders(self, role_id: str) -> list[str]:
        held = self.file.work.holders(role_id)
        return [called for h in held if (called := holder_called(self.store, h))]

    def _signers(self, signer: str) -> Iterable[SignLine]:
        """The workers by name; a role by who has it, or a line for whoever will."""
        from app.reports.service_paper import SignLine

        if signer == WORKERS:
            return [SignLine(w.title or self.t.tr("Worker"), w.name) for w in self.workers]
        role = self.file.template.role(signer)
        assert role is not None, "a checked template names its own roles"
        words = self.t.words(role.name)
        return [SignLine(words, name) for name in self._holders(signer)] or [SignLine(words)]


def _lies_side_by_side(form: Form, fields: Sequence[FormField]) -> bool:
    """Whether rows are short enough to stand as a table."""
    columns = len(fields) + bool(form.lines)
    return columns <= _MOST_COLUMNS and all(f.kind != FieldKind.TEXT for f in fields)


def _all_words(paper: ServicePaper) -> Iterable[str]:
    """Everything that is read on it."""
    yield from (paper.title, paper.subtitle, *paper.opening, *paper.closing)
    yield from (words for fact in paper.facts for words in fact)
    yield from (words for line in paper.signers for words in (line.role, line.name))
    for section in paper.sections:
        yield section.title
        yield from (words for row in (section.table.cells if section.table else ()) for words in row)
        for group in section.groups:
            yield group.title
            yield from (words for fact in group.facts for words in fact)
