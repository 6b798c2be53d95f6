"""What was said leaves the archive: as WebVTT, for a purpose that everybody filmed has consented to.

Nothing private is in the file, nobody is named: voices are roles, and where a name of the case's people still stands
in the words the file is not written before it is kept back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.casework.case_file import CaseFile, case_file
from app.casework.consents import demand, took_back_filming
from app.casework.film_use import Use, demand_use, permission
from app.casework.meeting_file import MeetingFile, meeting_file
from app.casework.names import naming, parts_of
from app.casework.said_words import more_of, role
from app.errors import ConsentMissing, NotAllowed
from app.exchange.webvtt import Cue, webvtt
from app.i18n import Texts, today
from app.model.consent import Purpose
from app.model.meeting import Meeting
from app.model.package import TakenPackage
from app.model.people import Worker
from app.model.utterance import Utterance, in_order, made_private, on_films, private_stretches
from app.model.words import LANGUAGES
from app.ports import Store
from app.whole_file import write_whole

#: what the words of a film may leave the archive for; each is asked of everybody filmed
PURPOSES = (Purpose.COMMISSIONER, Purpose.OWN_SUPERVISION, Purpose.TRAINING, Purpose.RESEARCH)


def usable(store: Store, case: CaseFile, file: MeetingFile, day: date) -> tuple[Utterance, ...]:
    """The lines that may be quoted or leave: heard on a film in use whose consents are in force."""
    came = bool(store.find(TakenPackage, meeting_id=file.meeting.id))
    allowed = permission(case, file.meeting, Use.QUOTE, day, from_partner=came).is_given
    if not allowed or took_back_filming(case, file.meeting, day):
        return ()
    return in_order(on_films(store.find(Utterance, meeting_id=file.meeting.id), file.recordings))


def named_in(store: Store, case: CaseFile, lines: Iterable[Utterance]) -> tuple[tuple[str, int, int], ...]:
    """Where names of the case's people and its workers stand open: `(line's id, from, to)` in characters."""
    pair = [store.get(Worker, w).name for w in (case.case.lead, case.case.partner) if w]
    words = {part for name in (*(p.name for p in case.everybody), *pair) for part in parts_of(name)}
    pattern = naming(words, *LANGUAGES)
    if pattern is None:
        return ()
    return tuple(
        (line.id, found.start(), found.end())
        for line in lines
        for found in pattern.finditer(line.text)
        if not any(low <= found.start() < high for low, high in private_stretches(line.text))
    )


def quotable(store: Store, case: CaseFile, file: MeetingFile, day: date) -> tuple[Utterance, ...]:
    """The lines as they may be quoted: names of the case's people and its workers are kept back without being asked."""
    lines = {line.id: line for line in usable(store, case, file, day)}
    # from the end of each line, so that the places before stay what they are
    for line_id, start, end in sorted(named_in(store, case, lines.values()), key=lambda n: n[1], reverse=True):
        lines[line_id] = replace(lines[line_id], text=made_private(lines[line_id].text, start, end))
    return tuple(lines.values())


def demand_leaving(store: Store, meeting_id: str, purpose: Purpose) -> tuple[Utterance, ...]:
    """The lines that may leave now for a purpose, one at least. Raises ConsentMissing, NotAllowed as `export_said`."""
    file = meeting_file(store, meeting_id)
    case = case_file(store, file.meeting.case_id)
    demand(store, file.meeting, purpose, today())
    if took_back_filming(case, file.meeting, today()):
        raise ConsentMissing("consent-withdrawn")
    demand_use(store, meeting_id, Use.QUOTE, today())
    lines = usable(store, case, file, today())
    if open_names := named_in(store, case, lines):
        raise NotAllowed("names-said", n=len(open_names))
    leaving = tuple(line for line in lines if line.leaving)
    if not leaving:
        raise NotAllowed("nothing-said")
    return leaving


def export_said(store: Store, texts: Texts, meeting_id: str, purpose: Purpose, path: Path) -> int:
    """Write what was said as WebVTT, whole or not at all, and log the export; returns how many lines are in it.

    Raises ConsentMissing without everybody's consent to the purpose or where one to filming was taken back,
    NotAllowed `names-said` while a name stands open and `nothing-said` where nothing may leave, AppError
    `cannot-write`, StoreError. What was at `path` before is then untouched.
    """
    file = meeting_file(store, meeting_id)
    case = case_file(store, file.meeting.case_id)
    cues = [_cue(texts, case, line) for line in demand_leaving(store, meeting_id, purpose)]
    data = webvtt(cues, _header(texts, file.meeting), start=min(file.start, 0)).encode("utf-8")
    write_whole(path, data)
    detail = f"said={len(cues)};purpose={purpose};sha256={hashlib.sha256(data).hexdigest()}"
    store.note("export", Meeting, meeting_id, detail)
    return len(cues)


def file_name(texts: Texts, case: CaseFile, meeting: Meeting) -> str:
    """What the file is called: what it is, the code name and the day."""
    day, words = meeting.held.astimezone().date().isoformat(), texts.tr("Said on film")
    return f"{words} {case.case.code_name} {day}.vtt"


def _cue(texts: Texts, case: CaseFile, line: Utterance) -> Cue:
    more = more_of(texts, line)
    words = line.leaving + (f" ({more})" if more else "")
    return Cue(line.start, line.end, role(texts, case, line), words, line.language)


def _header(texts: Texts, meeting: Meeting) -> str:
    """What the file is, for who finds it: no name, and neither case nor writer."""
    return texts.tr(
        "What was said in a meeting on {day}, written down by hand; private words are left out. Confidential.",
        day=texts.date(meeting.held.astimezone().date()),
    )
