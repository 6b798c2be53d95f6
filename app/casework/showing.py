"""*Näin lapsi näyttää*: its versions, which of them the coders of a meeting read, and which codes may mislead.

The first coding of a meeting that is begun keeps the newest version for the meeting: so it is known what both read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, cast

import resources
from app.casework.case_file import CaseFile, case_file
from app.casework.circumstances import holding
from app.door import Door
from app.i18n import Texts, today
from app.model.change import Change, added
from app.model.circumstance import CircumstanceKind
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Interpreter, Person
from app.model.scheme import Scheme
from app.model.showing import Showing
from app.ports import Store
from app.vocabulary import StatementTexts

INTERPRETING, SIGNING = "interpreting", "sign-language"


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the keys of a meeting's coders.

    `kept` is what both read, None where nothing was written when the first coding was begun; `newer` is a later version
    in the case. `may_ask`: nobody but this worker has begun, and it can still be written for both.
    """

    kept: Showing | None
    newer: Showing | None = None
    may_ask: bool = False


# ── versions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def newest(showings: Sequence[Showing]) -> Showing | None:
    """The version that is written on; None before there is any."""
    return max(showings, key=lambda one: one.id, default=None)


def newest_of(store: Store, case_id: str) -> Showing | None:
    """The version that is written on in a case; None before there is any."""
    return newest(store.find(Showing, case_id=case_id))


def kept_for(showings: Iterable[Showing], meeting_id: str) -> Showing | None:
    """The version that both coders of a meeting read."""
    return next((one for one in showings if meeting_id in one.read_in), None)


def written(file: CaseFile, worker_id: str, day: date, **words: str) -> tuple[Change, ...]:
    """Other words for some of its parts: in the newest version, or where that was read already in one of its own.

    Nothing when no word changes.
    """
    before = newest(file.showings)
    held = before or Showing(new_id(), file.case.id)
    after = replace(held, **{name: text.strip() for name, text in words.items()})  # type: ignore[arg-type]
    if after.words == held.words:
        return ()
    if held.read_in:
        return (added(replace(after, id=new_id(), written=day, by=worker_id, read_in=())),)
    after = replace(after, written=day, by=worker_id)
    return (added(after),) if before is None else (Change(before, after),)


def keeping(store: Store, meeting: Meeting) -> tuple[Change, ...]:
    """The first coding of a meeting is begun: what is written now is what both read."""
    held = store.find(Showing, case_id=meeting.case_id)
    last = newest(held)
    if last is None or not last.says or kept_for(held, meeting.id) is not None or store.coding_states(meeting.id):
        return ()
    return (Change(last, replace(last, read_in=(*last.read_in, meeting.id))),)


def write_for(door: Door, texts: Texts, meeting: Meeting, contact: str, distress: str, no: str) -> None:
    """The whole text, kept at once as what the coders of a meeting read; nothing where nothing is written.

    Raises NotAllowed, StaleChange, StoreError.
    """
    file, words = case_file(door.store, meeting.case_id), {"contact": contact, "distress": distress, "no": no}
    made = written(file, door.store.me, today(), **words)
    last = cast("Showing | None", made[0].after) if made else newest(file.showings)
    if last is None or not last.says or meeting.id in last.read_in:
        return
    kept = replace(last, read_in=(*last.read_in, meeting.id))
    before = made[0].before if made else last
    step = added(kept) if before is None else Change(before, kept)
    door.write(texts.tr("How the child shows it written"), [step])


def beside(store: Store, meeting: Meeting, *, is_begun: bool) -> Beside:
    """For the signed-in coder; `is_begun` tells whether this worker's own coding holds anything yet."""
    held = store.find(Showing, case_id=meeting.case_id)
    kept, last = kept_for(held, meeting.id), newest(held)
    newer = last if last is not None and kept is not None and last.id != kept.id and last.says else None
    others = set(store.coding_states(meeting.id)) - {store.me}
    is_childs = bool(meeting.child_id)  # of a recorded session of supervision there is no child
    return Beside(kept, newer, may_ask=is_childs and kept is None and not others and not is_begun)


# ── what may mislead ─────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads((resources.folder() / "texts" / "showing.toml").read_text("utf-8"))


def needs_of(case: CaseFile, meeting: Meeting) -> dict[str, list[Person]]:
    """Support needs that are noted of who is on a meeting's films, on its day, and interpreting; each with whose."""
    day, found = meeting.held.astimezone().date(), dict[str, list[Person]]()
    for person_id in (meeting.child_id, meeting.adult_id, *meeting.others):
        person = case.person(person_id)
        if person is None:
            continue
        keys = [row.value for row in holding(case, day, CircumstanceKind.SUPPORT, person_id=person_id)]
        if person.interpreter != Interpreter.NONE:
            keys.append(INTERPRETING)
        for key in dict.fromkeys(keys):
            found.setdefault(key, []).append(person)
    return found


def misleading(needs: Iterable[str]) -> tuple[str, ...]:
    """What may mislead with these needs, in the order of the list; of a need in own words the program knows nothing."""
    asked = {feature for need in needs for feature in _content()["needs"].get(need, ())}
    return tuple(feature for feature in _content()["features"] if feature in asked)


def misleading_words(language: str, needs: Iterable[str], scheme: Scheme | None = None) -> str:
    """The sentence; with a scheme each feature with the names of the codes that rest on it. Empty for no known need."""
    held, texts = tuple(needs), Texts(language)
    parts = []
    for feature in misleading(held):
        word = _content()["features"][feature][language]
        codes = [] if scheme is None else [c for c in scheme.codes if c.id in _content()["codes"][feature]]
        names = ", ".join(texts.words(code.name) for code in codes)
        parts.append(f"{word} ({names})" if names else word)
    if not parts:
        return ""
    said = [_sentence("misleads", language).format(what="; ".join(parts) if scheme else ", ".join(parts))]
    return " ".join([*said, *([_sentence("signing", language)] if SIGNING in held else [])])


def needs_words(fixed: StatementTexts, needs: dict[str, list[Person]]) -> str:
    """*autismi (lapsi), tulkkaus (äiti)*."""
    rows = []
    for need, people in needs.items():
        said = fixed.word("interpreting") if need == INTERPRETING else fixed.said("supports", need)
        rows.append(f"{said} ({', '.join(p.called for p in people)})")
    return ", ".join(rows)


def _sentence(key: str, language: str) -> str:
    said: str = _content()["sentences"][key][language]
    return said


def shown_lines(t: Texts, showing: Showing) -> tuple[tuple[str, str], ...]:
    """Its parts with their names; what is empty is left out."""
    rows = zip((t.tr("Shows contact"), t.tr("Shows distress"), t.tr("Shows no")), showing.words, strict=True)
    return tuple((name, words) for name, words in rows if words)


def plan_words(store: Store, meeting: Meeting, t: Texts) -> tuple[str, ...]:
    """For a meeting's plan: how the child shows it, and what may mislead."""
    case = case_file(store, meeting.case_id)
    last = kept_for(case.showings, meeting.id) or newest(case.showings)
    lines = [] if last is None else [f"{name}: {words}" for name, words in shown_lines(t, last)]
    needs = needs_of(case, meeting)
    if words := misleading_words(t.language, needs):
        about = needs_words(StatementTexts(t.language), needs)
        lines.append(f"{about[:1].upper()}{about[1:]}. {words}")
    return tuple(lines)
