"""Codes and flags as the program takes them: the key map says what a key means, the editor's doors do it."""

from app.coding.editor import CodingEditor
from app.model.scheme import Code
from app.model.timecode import Micros
from app.shortcuts.own_keys import KeyMap


def press(
    editor: CodingEditor,
    key: str,
    at: Micros,
    modifiers: tuple[str, ...] = (),
    seen: tuple[str, Micros] | None = None,
) -> Code | None:
    """A key at the picture of `at`, µs on the meeting's clock; gives the code that was taken."""
    meant = KeyMap().meant(editor.scheme, key)
    if isinstance(meant, Code):
        return meant if editor.code(meant, at, modifiers, seen) else None
    if meant is not None:
        editor.mark(meant, at)
    return None
