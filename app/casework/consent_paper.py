"""Consents on paper: the form that a family signs, and the bundle that proves what was agreed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from app.casework.apart import nameable
from app.casework.case_file import CaseFile, case_file
from app.casework.consent_forms import picture_of
from app.casework.consents import is_spoken_for
from app.casework.mandate import mandate_of, mandate_rows, paper_facts
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts, today
from app.model.consent import Consent, ConsentForm, Purpose
from app.model.consent_papers import EvidencePaper, FormPaper, PersonEvidence
from app.model.mandate import Mandate
from app.model.people import Case, Person, age_on
from app.ports import MediaVault, Store
from app.vocabulary import StatementTexts
from app.whole_file import write_whole

#: of the words of the form below: another wording is another version
FORM_VERSION = "2026-2"
#: the languages in which there is a form
LANGUAGES = ("fi", "sv", "en")
#: from this age the young person's own signature is asked beside the guardians'
SIGNS_FROM = 12
_PRINTED = "consent-form-printed"


def version_of(language: str) -> str:
    """What a printed form is called on paper and in the archive."""
    return f"{FORM_VERSION}-{language}"


def form_language(person: Person) -> str:
    """The family's language where there is a form in it, else Finnish."""
    return person.language if person.language in LANGUAGES else LANGUAGES[0]


def form_paper(person: Person, language: str, day: date, made_for: Mandate) -> FormPaper:
    """The form of a person in a language. It names nobody but the person: adults may have to be kept apart.

    What of the mandate is not known has a line to be written on.
    """
    t, words = Texts(language), StatementTexts(language)
    is_child = is_spoken_for(person)
    signs = is_child and person.born is not None and age_on(person.born, day)[0] >= SIGNS_FROM
    signers = [t.tr("Guardian"), t.tr("Second guardian, where custody is joint")] if is_child else [t.tr("Adult")]
    if signs:
        signers.insert(0, t.tr("Young person, own signature"))
    own = "" if signs or not is_child else t.tr("The child has been told in its own words, and agrees:")
    whom = t.tr("This form is for the child.") if is_child else t.tr("This form is for one adult.")
    return FormPaper(
        t.tr("Consent to being filmed and to the use of the film"),
        person.name,
        (
            whom,
            t.tr(
                "We film play and small tasks so that the interaction of the adult and the child can be looked at "
                "carefully. The film is kept encrypted. It is secret, and only those who do this work see it."
            ),
            t.tr("Being filmed is voluntary. Saying no does no harm, and filming is stopped whenever you wish."),
            t.tr("The child is asked again before each filming. When the child says no, nothing is filmed."),
        ),
        t.tr("I consent to what I have ticked. Each is a choice of its own."),
        tuple(_large(words.purpose(p)) for p in Purpose),
        (
            t.tr(
                "The handling of client data is based on law. Withdrawing prevents use; keeping and erasing are "
                "decided by the controller."
            ),
            t.tr("A consent can be withdrawn at any time, each by itself, by telling the worker. No reason is needed."),
        ),
        tuple(signers),
        own,
        (t.tr("Valid until"), t.tr("Explained by"), t.tr("In which language, and who interpreted")),
        version_of(language),
        mandate_rows(words, made_for),
    )


def print_form(store: Store, person: Person, language: str, path: Path) -> None:
    """Write the empty form as PDF; which version was printed is noted. Raises AppError(`cannot-write`)."""
    from app.reports.consent_form import consent_form

    paper = form_paper(person, language, today(), mandate_of(store, person.case_id))
    write_whole(path, consent_form(paper, Texts(language), today()))
    store.note("export", Person, person.id, f"{_PRINTED}={version_of(language)}")


def printed_version(store: Store, person_id: str) -> str:
    """The version that was printed last for a person; empty where none was."""
    told = [e.detail for e in store.audit_log(person_id, acts=["export"]) if e.detail.startswith(f"{_PRINTED}=")]
    return told[-1].partition("=")[2] if told else ""


# the evidence


def evidence_paper(store: Store, media: MediaVault, case_id: str, texts: Texts, adult_id: str = "") -> EvidencePaper:
    """Read from the archive. Where adults are kept apart it is of one of them, and of who may be named beside that one.

    Raises NotAllowed(`evidence-kept-apart`) while that one is not chosen, ContainerError for a photograph that is
    damaged or missing.
    """
    file, t = case_file(store, case_id), texts
    told = file.everybody
    about = t.tr("For the controller. It names everybody of the case: give it to no member of the family.")
    if file.apart:
        if adult_id not in {p.id for p in file.adults}:
            raise NotAllowed("evidence-kept-apart")
        told = nameable(file, [adult_id])
        about = t.tr("For the controller. It names members of the family: give it to none of them.")
    of_whom = sorted((p for p in file.persons if p in told), key=lambda p: not p.is_child)
    people = tuple(_evidence(file, media, t, p, told) for p in of_whom)
    meetings = (m for m in file.meetings if not m.adult_id or file.person(m.adult_id) in told)
    words = [(m.child_said_on, m.child_said) for m in meetings if m.child_said_on is not None and m.child_said]
    said = {"yes": t.tr("said yes"), "no": t.tr("said no")}
    return EvidencePaper(
        t.tr("Consents on record"),
        about,
        paper_facts(
            store,
            case_id,
            t.language,
            ((t.tr("Case"), file.case.code_name), (t.tr("Printed"), t.date(today()))),
        ),
        people,
        tuple((t.date(day), said.get(word, word)) for day, word in sorted(words)),
        StatementTexts(t.language).confidential,
    )


def _evidence(file: CaseFile, media: MediaVault, t: Texts, person: Person, told: Collection[Person]) -> PersonEvidence:
    words = StatementTexts(t.language)
    own = sorted((c for c in file.consents if c.person_id == person.id), key=_by_purpose)
    rows = tuple(_row(file, t, words, c, told) for c in own)
    decisions = tuple(
        (
            _large(words.purpose(d.purpose)),
            t.date(d.decided),
            "–" if d.ended is None else t.date(d.ended),
            d.decided_by,
            d.ground,
        )
        for d in file.decisions
        if d.person_id == person.id
    )
    # a form that somebody else signed too shows that one's hand and name
    shown = [c for c in own if all(g in told for g in _givers(file, c))]
    return PersonEvidence(person.name or person.called, rows, decisions, _pages(file, media, t, shown))


def _givers(file: CaseFile, c: Consent) -> tuple[Person, ...]:
    return tuple(p for i in c.given_by if (p := file.person(i)) is not None)


def _row(file: CaseFile, t: Texts, words: StatementTexts, c: Consent, told: Collection[Person]) -> tuple[str, ...]:
    givers = [p.called if p in told else t.tr("another guardian") for p in _givers(file, c)]
    return (
        _large(words.purpose(c.purpose)),
        t.date(c.given),
        "–" if c.until is None else t.date(c.until),
        "–" if c.withdrawn is None else t.date(c.withdrawn),
        c.form_version or "–",
        c.explained_by or "–",
        ", ".join(x for x in (*givers, c.given_by_other) if x) or t.tr("own word"),
    )


def _pages(file: CaseFile, media: MediaVault, t: Texts, consents: Sequence[Consent]) -> tuple[tuple[str, bytes], ...]:
    forms: dict[str, ConsentForm] = {f.id: f for c in consents for f in file.pages(c)}
    return tuple(
        (t.tr("Photograph of the form, page {n} of {all}", n=n, all=len(forms)), picture_of(media, form))
        for n, form in enumerate(forms.values(), start=1)
    )


def _by_purpose(c: Consent) -> tuple[int, date, str]:
    return list(Purpose).index(c.purpose), c.given, c.id


def save_evidence(door: Door, media: MediaVault, case_id: str, texts: Texts, path: Path, adult_id: str = "") -> None:
    """Write the bundle as PDF and log it.

    Raises as `evidence_paper` does, and AppError(`cannot-write`); then no file is there.
    """
    from app.reports.consent_evidence import consent_evidence

    pages = consent_evidence(evidence_paper(door.store, media, case_id, texts, adult_id), texts, today())
    write_whole(path, pages)
    of_whom = adult_id if case_file(door.store, case_id).apart else "all"
    door.store.note("export", Case, case_id, f"consents={of_whom};sha256={hashlib.sha256(pages).hexdigest()}")


def _large(words: str) -> str:
    return words[:1].upper() + words[1:]
