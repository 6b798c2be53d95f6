"""Reads a finished file the way a screen reader does: structure tree, and the characters of each marked content."""

import io
import re
from dataclasses import dataclass, field

import pikepdf


@dataclass(frozen=True)
class Link:
    """What a screen reader says of an annotation, the page that it leads to, and whether it is printed."""

    words: str
    page: int
    printed: bool


@dataclass
class Element:
    tag: str
    alt: str = ""
    language: str = ""
    attributes: dict = field(default_factory=dict)  # those of the element's one attribute object, as Python values
    kids: list = field(default_factory=list)  # Element, or the text of one marked content
    links: list = field(default_factory=list)  # Link
    quoted: list = field(default_factory=list)  # (language, words) that are spoken in another one than the rest

    def walk(self):
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def text(self, *, figures: bool = True) -> str:
        """The marked contents' characters one after the other; a new block begins a new word."""
        if self.tag in ("Figure", "TOC") and not figures:
            return ""
        found = ""
        for kid in self.kids:
            found += kid if isinstance(kid, str) else "\n" + kid.text(figures=figures) + "\n"
        return found

    def all(self, tag: str) -> list["Element"]:
        return [e for e in self.walk() if e.tag == tag]


@dataclass
class Reading:
    """A file as read: its tree, and per page the text that is an artifact or not marked at all."""

    tree: Element
    artifacts: list[str]
    unmarked: list[str]


def read(content: bytes) -> Reading:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = [_page_texts(page) for page in pdf.pages]
        numbers = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
        contents = [marked for marked, _, _ in pages]
        tree = _element(pdf.Root.StructTreeRoot.K, contents, numbers)
        _check_parents(pdf, contents)
        return Reading(tree, [a for _, a, _ in pages], [u for _, _, u in pages])


def _element(obj, contents, numbers) -> Element:
    attributes = {key[1:]: _plain(value) for key, value in obj.get("/A", {}).items()}
    made = Element(str(obj.S)[1:], str(obj.get("/Alt", "")), str(obj.get("/Lang", "")), attributes)
    if "/ActualText" in obj:
        made.kids.append(str(obj.ActualText))
        return made
    kids = obj.get("/K")
    if kids is None:
        return made
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            _take(made, contents[numbers[obj.Pg.objgen]][kid])
        elif kid.get("/Type") == "/OBJR":
            found = kid.Obj
            made.links.append(Link(str(found.Contents), numbers[found.Dest[0].objgen] + 1, bool(int(found.F) & 4)))
            assert "/StructParent" in found
        elif kid.get("/Type") == "/MCR":
            _take(made, contents[numbers[kid.Pg.objgen]][int(kid.MCID)])
        else:
            made.kids.append(_element(kid, contents, numbers))
    return made


def _take(made: Element, text: str) -> None:
    """The text of a marked content; what stands in another language there is told beside it."""
    made.quoted += [(language, " ".join(words.split())) for language, words in _SPOKEN.findall(text)]
    made.kids.append(_SPOKEN.sub(r"\2", text))


#: how words in another language stand in a text while it is read
_SPOKEN = re.compile("\ue000(.*?)\ue001(.*?)\ue002", re.DOTALL)


def _plain(value):
    return [float(x) for x in value] if isinstance(value, pikepdf.Array) else str(value)


def _check_parents(pdf, contents) -> None:
    """The parent tree names the element of every marked content on every page."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    by_page = {int(numbers[n]): numbers[n + 1] for n in range(0, len(numbers), 2)}
    for page, texts in zip(pdf.pages, contents, strict=True):
        assert page.obj.Tabs == "/S"
        parents = by_page[int(page.obj.StructParents)]
        assert len(parents) == len(texts)
        assert sorted(texts) == list(range(len(texts)))
        assert all(parent.Type == "/StructElem" for parent in parents)


def _page_texts(page):
    marked, artifact, bare = {}, "", ""
    for kind, mcid, text in _shown(page, page.obj.Resources):
        if kind == "said":
            continue  # its letters came with the mark
        if kind == "content":
            marked[mcid] = marked.get(mcid, "") + text
        elif kind == "artifact":
            artifact += text + "\n" * bool(text)
        else:
            bare += text
    return marked, artifact, bare


def _shown(stream, resources, kind="bare", mcid=-1):
    """(content, artifact or bare; number; characters) of every text and every begun content, forms included."""
    fonts = {name: _letters(font) for name, font in resources.get("/Font", {}).items()}
    stack, spans, letters = [], [], {}
    for operands, operator in pikepdf.parse_content_stream(stream):
        op = str(operator)
        if op == "BDC" and "/ActualText" in operands[1]:
            stack.append((kind, mcid))
            yield kind, mcid, str(operands[1].ActualText)
            kind = "said"
        elif op == "BDC" and "/Lang" in operands[1]:
            stack.append((kind, mcid))
            spans.append(len(stack))
            yield kind, mcid, f"\ue000{operands[1].Lang}\ue001"
        elif op in ("BDC", "BMC"):
            stack.append((kind, mcid))
            is_content = op == "BDC" and "/MCID" in operands[1]
            kind, mcid = ("content", int(operands[1].MCID)) if is_content else ("artifact", -1)
            yield kind, mcid, ""
        elif op == "EMC":
            if spans[-1:] == [len(stack)]:
                spans.pop()
                yield kind, mcid, "\ue002"
            kind, mcid = stack.pop()
        elif op == "Tf":
            letters = fonts[str(operands[0])]
        elif op in ("Tj", "TJ"):
            for part in operands[0] if op == "TJ" else operands:
                if isinstance(part, pikepdf.String):
                    yield kind, mcid, _read(part, letters)
        elif op == "Do":
            form = resources.XObject[str(operands[0])]
            assert form.Subtype != "/Image" or kind != "bare", "everything painted is content or an artifact"
            yield from _shown(form, form.Resources, kind, mcid) if form.Subtype != "/Image" else ()
        elif op in ("S", "f", "f*", "B", "B*", "s", "b", "'", '"', "sh", "Do"):
            assert kind != "bare", "everything painted is content or an artifact"
            assert op not in ("'", '"')
    assert not stack, "marked content ends on its page"


def _read(shown, letters) -> str:
    return "".join(letters.get(byte, "\ufffd") for byte in bytes(shown))


def _letters(font) -> dict[int, str]:
    """Code to character by the font's own ToUnicode map."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, _last, texts in re.findall(r"<(\w+)>\s*<(\w+)>\s*\[(.*?)\]", block, re.DOTALL):
            for n, text in enumerate(re.findall(r"<(\w+)>", texts)):
                found[int(first, 16) + n] = bytes.fromhex(text).decode("utf-16-be")
        for first, last, start in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for n in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + n] = chr(int(start, 16) + n)
    return found
