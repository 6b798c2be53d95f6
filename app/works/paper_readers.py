"""Who reads a paper of a service, and that it tells none of them of somebody whom that one must not meet.

Of an invitation that is its one reader; of every paper those of the case who sign it, or whose acceptance stands in it.
Any other may be made for one of the people who are kept apart, or whole for the orderer and the office.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.casework.apart import apart_from, telling_of
from app.casework.case_file import CaseFile, case_file
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.people import Person
from app.model.service_work import FormRow
from app.model.template import FieldKind, Output
from app.model.words import LANGUAGES
from app.ports import Store
from app.works.work_file import WorkFile

#: a place in the words of a paper: what of, and which
PLACE = re.compile(r"\{([a-z-]+)\.([A-Za-z0-9-]+)\}")


def readers_to_choose(store: Store, file: WorkFile, output: Output) -> tuple[Person, ...]:
    """For whom a paper is made is asked where people of the case are kept apart: each of them; nobody elsewhere.

    A paper for each row of a form has its reader.
    """
    if file.work.case_id is None or output.per:
        return ()
    case = case_file(store, file.work.case_id)
    return tuple(p for p in case.everybody if apart_from(case, p.id))


def of_paper(file: WorkFile, output: Output, row: FormRow | None = None) -> frozenset[str]:
    """Ids of the people of the case who read it whoever it is made for."""
    form = file.template.form(output.per) if output.per else None
    named = () if form is None or row is None else (f.id for f in form.fields if f.kind == FieldKind.PERSON)
    own = [row.value(name) for name in named] if row is not None else []
    said = [
        words for some in (output.opening, output.closing) if some is not None for words in map(some.text, LANGUAGES)
    ]
    accepted = {match[2] for words in said for match in PLACE.finditer(words) if match[1] == "approval"}
    asked = [approval.role for key in accepted if (approval := file.template.approval(key)) is not None]
    held = (h.person_id for role in (*output.signers, *asked) for h in file.work.holders(role))
    return frozenset(person_id for person_id in (*own, *held) if person_id)


def check_apart(store: Store, file: WorkFile, readers: Iterable[str], words: Iterable[str]) -> None:
    """Of none of these readers anything is read whom that one must not meet. Raises NotAllowed(`paper-names-other`)."""
    held = tuple(words)
    case = _case(store, file)
    if case is not None and any(_tells(store, case, reader, held) for reader in readers):
        raise NotAllowed("service-paper-names-other")


def whole_note(store: Store, t: Texts, file: WorkFile, words: Iterable[str]) -> str:
    """What a paper says of itself that tells of people kept apart and is made for none of them; else nothing."""
    case, held = _case(store, file), tuple(words)
    if case is None or not any(_tells(store, case, p.id, held) for p in case.everybody):
        return ""
    return t.tr("the orderer and the office alone: it tells of people who are kept apart")


def _case(store: Store, file: WorkFile) -> CaseFile | None:
    return None if file.work.case_id is None else case_file(store, file.work.case_id)


def _tells(store: Store, case: CaseFile, reader: str, words: tuple[str, ...]) -> bool:
    silent = {p.id for p in apart_from(case, reader)}
    telling = telling_of(store, case, silent, *LANGUAGES) if silent else None
    return telling is not None and any(telling.search(said) for said in words)
