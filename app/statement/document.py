"""The document that a statement is: a version's text with its head, producer, signers and words around it."""

from __future__ import annotations

from app.casework.languages import LANGUAGES, language_name
from app.casework.mandate import joined, must_show
from app.casework.page_heads import page_head
from app.i18n import now
from app.model.commission import Commission
from app.model.people import Training, Worker
from app.model.scheme import Scheme
from app.model.service import SectionKey, ServiceSection
from app.model.statement import Statement, StatementText
from app.model.statement_document import DocumentSection, DocumentWords, Signer, StatementDocument
from app.ports import Store
from app.schemes import library
from app.statement.apart import untold
from app.statement.arranged import section_of
from app.statement.editor import read_statement
from app.statement.material import Material, gather, sentence
from app.statement.passages import method_title
from app.statement.references import references
from app.statement.versions import supersedes


def document_of(store: Store, statement: Statement) -> StatementDocument:
    """A version with everything around it as the archive has it now, in its own language. Reads, changes nothing."""
    text = read_statement(store, statement.id)
    m = gather(store, statement, compare=False)
    fixed, commission = m.fixed, m.case.commission
    day = (statement.finalized or now()).astimezone().date()  # a draft is of the day on which it is printed
    kind = fixed.document_kind(statement.kind)
    producers = _producers(m.workers, commission)
    sections = tuple(
        DocumentSection(s.key, s.number, m.texts.words(s.title), section_of(text, s.key), _note(m, text, s))
        for s in m.form.sections
    )
    rests_on = references(text, sections, {f.meeting.id: m.day(f.meeting) for f in m.meetings})
    return StatementDocument(
        language=statement.language,
        title=f"{kind} · {_about(m)}",
        subtitle=method_title(m),
        producer=producers,
        letterhead=page_head(store, m.texts, producers[0]) if producers else None,
        facts=_facts(m, commission, m.texts.date(day), supersedes(store, statement)),
        sections=sections,
        signers=tuple(_signer(m, w, n) for n, w in enumerate(m.workers) if _signs(statement, w)),
        confidentiality=(*fixed.confidential, m.texts.date(day)),
        status_line=m.texts.words(m.form.status),
        words=_words(m),
        final=statement.is_final,
        day=day,
        day_words=m.texts.date(day),
        version=statement.version,
        dimensions=_dimensions(m),
        signature_section=SectionKey.SIGNATURES,
        references=untold(store, m.case, statement, rests_on),
        alone=_alone(m),
        spoken=tuple((language_name(m.texts, code), code) for code, _ in LANGUAGES),
        lead=m.texts.words(m.form.lead),
        answers_in=SectionKey.CONCLUSIONS if m.form.answers and m.form.has_section(SectionKey.CONCLUSIONS) else "",
        about=f"{method_title(m)}. {kind}, {fixed.word('version', version=statement.version).lower()}.",
    )


def _note(m: Material, text: StatementText, section: ServiceSection) -> str:
    """That it is an interpretation, and where it is told what was seen."""
    if not section.interprets:
        return ""
    told = [m.fixed.interpretation]
    told += [
        m.fixed.seen_in(s.number)
        for s in m.form.sections
        if s.key == SectionKey.OBSERVATIONS and section_of(text, s.key)
    ]
    return " ".join(told)


def _producers(workers: tuple[Worker, ...], commission: Commission | None) -> tuple[str, ...]:
    """A line each above the title."""
    if commission is not None and commission.producer:
        return (commission.producer,)
    return tuple(dict.fromkeys(w.employer for w in workers if w.employer))


def _about(m: Material) -> str:
    """Whom it is about: the code name, or by the statement's choice the child's name and date of birth."""
    child = m.case.child
    if not m.statement.names_child or child is None or not child.name:
        return m.case.case.code_name
    born = m.fixed.word("born", date=m.texts.date(child.born)) if child.born else ""
    return ", ".join(x for x in (child.name, born) if x)


def _facts(m: Material, commission: Commission | None, day: str, earlier: int) -> tuple[tuple[str, str], ...]:
    c, word = commission or Commission("", ""), m.fixed.word
    stage = m.fixed.stage("final" if m.statement.is_final else m.statement.stage.value)
    version = word("version", version=m.statement.version).lower()
    if earlier:
        version = f"{version}, {word('supersedes', version=earlier)}"
    rows = [
        (word("commissioner"), ", ".join(x for x in (c.commissioner, m.fixed.said("units", c.unit)) if x)),
        *must_show(m.fixed, commission, (w.employer for w in m.workers)),
        (word("case_number"), c.decision),
        (word("regarding"), _about(m)),
        (word("date"), day),
        (word("state"), f"{stage}, {version}"),
        (word("corrects"), m.statement.corrects if earlier else ""),
    ]
    return joined(rows)


def _signs(statement: Statement, worker: Worker) -> bool:
    return statement.alone is None or statement.alone.worker_id == worker.id


def _alone(m: Material) -> str:
    """Why one signs, and who confirmed it; empty where both do."""
    alone, t = m.statement.alone, m.texts
    if alone is None:
        return ""
    words = t.tr("The document is signed by one worker. {reason}", reason=sentence(alone.reason))
    if not alone.is_confirmed:
        return words
    confirmed = t.tr("Superior {name} confirmed it on {date}.", name=alone.superior, date=t.date(alone.confirmed))
    return f"{words} {confirmed}"


def _signer(m: Material, worker: Worker, place: int) -> Signer:
    role = m.fixed.word("lead" if place == 0 else "co")
    relevant = tuple(_training(m, t) for t in worker.trainings if t.method == m.service.method)
    return Signer(worker.name, role, worker.title, worker.employer, relevant, worker.id)


def _training(m: Material, training: Training) -> str:
    """*MIM, perustaso (muu asiakastyö), 3.5.2024*."""
    name = training.name if training.method in training.name else f"{training.method} {training.name}".strip()
    purpose = m.fixed.of("training_purposes", training.purpose)
    return ", ".join(x for x in (f"{name} ({purpose})", m.texts.date(training.completed)) if x)


def _words(m: Material) -> DocumentWords:
    word = m.fixed.word
    stage = "final" if m.statement.is_final else m.statement.stage.value
    return DocumentWords(
        draft=word("draft"),
        status=m.fixed.stage(stage),
        page=word("page", page="{page}", pages="{pages}"),
        version=word("version", version=m.statement.version),
        signature=word("signature"),
        place_and_date=word("place_and_date"),
        training=word("trained"),
    )


def _dimensions(m: Material) -> tuple[tuple[str, str], ...]:
    """The words of the letters in the statement's charts, from the schemes that its codings were made with."""
    schemes: list[Scheme] = [*m.schemes, *library.schemes()]
    words: dict[str, str] = {}
    for scheme in schemes:
        for dimension in scheme.dimensions:
            words.setdefault(dimension.id, m.texts.words(dimension.name))
    return tuple(words.items())
