"""What the fields of forms hold, as the text that is kept of it: one form for each value, and whether a text is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from enum import StrEnum

from app.model.meeting import Delivery
from app.model.template import FieldKind, FormField

#: longer texts are no answers: whoever pastes a book is told
MOST_LETTERS = 20_000
MOST_OF_LINE = 500
TICKED = "yes"
_CODE = re.compile(r"[^\W_]+(-[^\W_]+)*")
MOST_OF_CODE = 12
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,4})?")
_ID = re.compile(r"[0-9A-Za-z-]{1,64}")


class Presence(StrEnum):
    """Whether a participant was there."""

    PRESENT = "present"
    PART = "part"  # came late or left early
    REMOTE = "remote"  # over a video link or the phone
    AWAY = "away"  # told beforehand
    NO_SHOW = "no-show"  # did not come and did not tell

    @property
    def was_there(self) -> bool:
        return self in (Presence.PRESENT, Presence.PART, Presence.REMOTE)


def is_value(field: FormField, text: str) -> bool:
    """Whether a text can stand in a field; empty for what is not filled stands in all."""
    return not text or _LOOKS[field.kind](field, text)


def is_code(text: str) -> bool:
    """Whether a text can stand for a participant: short, letters, figures and hyphens, a figure among them."""
    return len(text) <= MOST_OF_CODE and _CODE.fullmatch(text) is not None and any(c.isdigit() for c in text)


def _is_line(_: FormField, text: str) -> bool:
    return len(text) <= MOST_OF_LINE and "\n" not in text


def _is_chosen(field: FormField, text: str) -> bool:
    return field.choice(text) is not None


def _is_several(field: FormField, text: str) -> bool:
    return text == several(field, text.split(" "))


def _is_id(_: FormField, text: str) -> bool:
    return _ID.fullmatch(text) is not None


def _is_moment(field: FormField, text: str) -> bool:
    read = date if field.kind == FieldKind.DATE else time
    try:
        said = read.fromisoformat(text)
    except ValueError:
        return False
    return text == (said.isoformat() if isinstance(said, date) else f"{said:%H:%M}")


def _is_whole(field: FormField, text: str) -> bool:
    if not text.isascii() or not text.isdigit() or len(text) > len("99999") or str(int(text)) != text:
        return False
    low = 0 if field.least is None else field.least
    return low <= int(text) and (field.most is None or int(text) <= field.most)


def several(field: FormField, chosen: Iterable[str]) -> str:
    """The value of a field of which several were chosen; in the field's order, unknown ones left out."""
    wanted = set(chosen)
    return " ".join(c.id for c in field.choices if c.id in wanted)


def presence(text: str) -> Mapping[str, Presence]:
    """Who was there, by the id of the participant's row; what cannot be read is left out."""
    pairs = (pair.partition("=") for pair in text.split(" "))
    return {key: Presence(said) for key, _, said in pairs if _ID.fullmatch(key) and said in list(Presence)}


def written_presence(said: Mapping[str, Presence]) -> str:
    """The value of a field of presence."""
    return " ".join(f"{key}={said[key]}" for key in sorted(said))


def number_text(typed: str) -> str:
    """A number as it is kept, of one as it is typed in any of the languages; what is none stays as it was typed."""
    plain = typed.strip().replace("\u00a0", "").replace(" ", "").replace(",", ".").replace("\u2212", "-")
    return plain if _NUMBER.fullmatch(plain) else typed


#: how a text is looked at, by the kind of its field
_LOOKS: Mapping[FieldKind, Callable[[FormField, str], bool]] = {
    FieldKind.LINE: _is_line,
    FieldKind.TEXT: lambda _, text: len(text) <= MOST_LETTERS,
    FieldKind.CHOICE: _is_chosen,
    FieldKind.SEVERAL: _is_several,
    FieldKind.TICK: lambda _, text: text == TICKED,
    FieldKind.DATE: _is_moment,
    FieldKind.TIME: _is_moment,
    FieldKind.NUMBER: lambda _, text: _NUMBER.fullmatch(text) is not None,
    FieldKind.SCALE: _is_whole,
    FieldKind.MINUTES: _is_whole,
    FieldKind.DELIVERY: lambda _, text: text in list(Delivery),
    FieldKind.WORKER: _is_id,
    FieldKind.PERSON: _is_id,
    FieldKind.CODE: lambda _, text: is_code(text),
    FieldKind.PARTICIPANT: _is_id,
    FieldKind.PRESENCE: lambda _, text: text == written_presence(presence(text)),
}
