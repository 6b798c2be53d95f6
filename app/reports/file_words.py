"""Every word that a finished PDF holds, wherever it hides: shown, read aloud, told of the file, attached, left over.

Nothing here trusts that the file is ours: every object is looked at, also those that no page shows any more.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from app.errors import InputError

#: keys of dictionaries whose text says nothing of the document's own
_NO_WORDS = frozenset(("/Filter", "/Registry", "/Ordering", "/OutputConditionIdentifier", "/Info", "/ID"))
#: streams with no words in them, by the key that leads there: pictures of letters and their names, and colors
_NO_TEXT = ("/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode", "/CIDToGIDMap", "/DestOutputProfile")
#: thousandths of the font's size: a gap as wide as this is a space
_GAP = 180.0
#: what begins a new place on the page
_BREAKS = frozenset(("Td", "TD", "T*", "Tm", "ET"))


@dataclass(frozen=True, slots=True)
class FileWords:
    """Some words of a file; `where` is `page`, `read-aloud`, `outline`, `about`, `attached`, `field` or `left-over`."""

    where: str
    text: str


def words_of_file(data: bytes) -> tuple[FileWords, ...]:
    """All of them, page after page first. Raises InputError(`copy-unreadable`) for what is no PDF or is locked."""
    try:
        with Pdf.open(io.BytesIO(data)) as pdf:
            return (*_pages(pdf), *_objects(pdf), *_earlier(data))
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, KeyError) as error:
        raise InputError("copy-unreadable") from error


def _pages(pdf: Pdf) -> Iterator[FileWords]:
    for page in pdf.pages:
        yield from _read(page.obj)


def _objects(pdf: Pdf) -> Iterator[FileWords]:
    """What stands in any object of the file, reached from anywhere or from nowhere."""
    read = {s.objgen for page in pdf.pages for s in _streams(page.obj, "/Contents")}
    for thing in pdf.objects:
        if isinstance(thing, Dictionary):
            read |= {s.objgen for key in _NO_TEXT for s in _streams(thing, key)}
    for thing in pdf.objects:
        if isinstance(thing, Stream) and thing.objgen not in read:
            yield from _stream(thing)
        for where, text in _strings(thing, ""):
            yield FileWords(where, text)


def _streams(thing: Any, key: str) -> list[Any]:
    held = thing.get(key)
    some = held.as_list() if isinstance(held, Array) else [held]
    return [s for s in some if isinstance(s, Stream)]


def _stream(thing: Stream) -> Iterator[FileWords]:
    kind, sub = thing.get("/Type"), thing.get("/Subtype")
    if sub == "/Form":
        yield from _read(thing)
        return
    held = thing.read_bytes()
    where = "about" if kind == "/Metadata" else "attached" if kind == "/EmbeddedFile" else "left-over"
    if where == "about":
        text = re.sub(r"<[^>]*>", "\n", held.decode("utf-8", "replace"))
        yield FileWords(where, _unescaped(text))
    else:
        yield FileWords(where, _as_text(held))


def _as_text(held: bytes) -> str:
    """Bytes as text, in each way that words may lie in them."""
    ways = [held.decode("utf-8", "replace")]
    if b"\x00" in held:
        ways += [held.decode("utf-16-be", "replace"), held[1:].decode("utf-16-be", "replace")]
    return "\n".join(ways)


def _unescaped(text: str) -> str:
    for name, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(name, letter)
    return text


_WHERE = {"/ActualText": "read-aloud", "/Alt": "read-aloud", "/E": "read-aloud", "/Title": "outline", "/T": "field"}
_WHERE |= dict.fromkeys(("/TU", "/TM", "/V", "/DV", "/Contents", "/RC"), "field")
_WHERE |= dict.fromkeys(("/F", "/UF", "/Desc"), "attached")


def _strings(thing: Any, key: str) -> Iterator[tuple[str, str]]:
    """Strings of one object as it lies in the file; what it points to has its own turn."""
    if isinstance(thing, String):
        yield _WHERE.get(key, "left-over"), str(thing)
    elif isinstance(thing, Array):
        for one in thing.as_list():
            if not getattr(one, "is_indirect", False):
                yield from _strings(one, key)
    elif isinstance(thing, Dictionary | Stream):
        for name, one in thing.items():
            if name not in _NO_WORDS and not getattr(one, "is_indirect", False):
                yield from _strings(one, name)


def _earlier(data: bytes) -> Iterator[FileWords]:
    """Revisions that a later one was put behind: each as the file that it was."""
    ends = [found.end() for found in re.finditer(rb"%%EOF\s*", data)]
    for end in ends[:-1]:
        with suppress(pikepdf.PdfError), Pdf.open(io.BytesIO(data[:end])) as pdf:
            for held in (*_pages(pdf), *_objects(pdf)):
                yield FileWords("left-over", held.text)


def revisions(data: bytes) -> int:
    """How many times the file was finished: 1 for one that nothing was put behind."""
    return len(re.findall(rb"%%EOF", data))


def _read(thing: Any) -> Iterator[FileWords]:
    """A page or a form: its letters in the order in which they are drawn, and what stands beside them to be heard."""
    fonts = {name: _letters(font) for name, font in _of(thing.get("/Resources"), "/Font").items()}
    text: list[str] = []
    aloud: list[str] = []
    letters: dict[int, str] = {}
    for step in pikepdf.parse_content_stream(thing):
        operands, word = step.operands, str(step.operator)
        if word == "Tf":
            letters = fonts.get(str(operands[0]), {})
        elif word in ("Tj", "'", '"'):
            text.append(_decoded(operands[-1], letters))
        elif word == "TJ":
            text += _spaced(operands[0], letters)
        elif word in _BREAKS:
            text.append("\n")
        elif word in ("BDC", "DP") and isinstance(operands[-1], Dictionary):
            aloud += (said for _, said in _strings(operands[-1], ""))
    yield FileWords("page", re.sub(r"[ \n]*\n[ \n]*", "\n", "".join(text)))
    if aloud:
        yield FileWords("read-aloud", "\n".join(aloud))


def _spaced(parts: Any, letters: dict[int, str]) -> Iterator[str]:
    """Letters with gaps between them; a wide one is a space."""
    for part in parts.as_list():
        if isinstance(part, String):
            yield _decoded(part, letters)
        elif -float(part) > _GAP:
            yield " "


def _of(resources: Any, key: str) -> dict[str, Any]:
    found = resources.get(key) if resources is not None else None
    return dict(found.items()) if isinstance(found, Dictionary) else {}


def _decoded(text: Any, letters: dict[int, str]) -> str:
    raw = bytes(text)
    if letters.get(-1):  # two bytes a letter
        return "".join(letters.get(int.from_bytes(raw[n : n + 2]), "") for n in range(0, len(raw), 2))
    return "".join(letters.get(code, chr(code) if not letters else "") for code in raw)


def _letters(font: Any) -> dict[int, str]:
    """What each code of a font stands for, by its ToUnicode table; at -1 a mark where codes have two bytes."""
    table = font.get("/ToUnicode")
    if not isinstance(table, Stream):
        return {}
    found: dict[int, str] = {-1: "2"} if font.get("/Subtype") == Name.Type0 else {}
    said = table.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", said, re.DOTALL):
        for code, letter in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = _utf16(letter)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", said, re.DOTALL):
        for first, last, many, one in re.findall(
            r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:\[([^\]]*)\]|<([0-9A-Fa-f]+)>)", block
        ):
            begin, end = int(first, 16), int(last, 16)
            listed = re.findall(r"<([0-9A-Fa-f]+)>", many) if many else []
            for code in range(begin, end + 1):
                if many:
                    found[code] = _utf16(listed[code - begin])
                else:
                    found[code] = chr(int(one, 16) + code - begin) if len(one) <= 4 else _utf16(one)
    return found


def _utf16(letter: str) -> str:
    return bytes.fromhex(letter).decode("utf-16-be", "replace")
