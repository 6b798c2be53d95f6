"""Signs in texts of others that act instead of being read: escapes move a terminal, direction marks turn what stands.

A label with one of them could clear a screen, forge a line or show another word than the one that is stored. What comes
from a file into the archive is refused with the sign told; what is only shown has each told by its number.
"""

from __future__ import annotations

import re

#: controls, direction marks and turns, separators of lines and paragraphs, tags, lone surrogates; not tab and newline
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_TAB_OR_LINE = re.compile(r"[\t\n]")


def shown(text: str) -> str:
    """The text of some lines with every hidden sign told by its number, as backslash, u and 202e."""
    return _HIDDEN.sub(lambda found: told(found[0]), text)


def shown_in_line(text: str) -> str:
    """The same for what stands in one line: also its newlines and tabs are told."""
    return _TAB_OR_LINE.sub(lambda found: told(found[0]), shown(text))


def hidden_in(text: str) -> str:
    """The first hidden sign of a text; empty without one."""
    found = _HIDDEN.search(text)
    return found[0] if found else ""


def told(sign: str) -> str:
    """A sign's number as programs write it."""
    return f"\\u{ord(sign):04x}" if ord(sign) < 1 << 16 else f"\\U{ord(sign):08x}"
