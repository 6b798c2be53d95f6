"""What the screens promise stands in `promises.toml`, each with the tests that hold it."""

import ast
import re
import tomllib
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
#: words that make a sentence a promise: what never happens, who cannot, what is gone, what goes nowhere
PROMISING = {
    "en": (
        r"\bnever\b|\bnobody\b|\bnot even\b|not named|\bonly you\b|for you alone|\bsent\b|sends it|encrypted|"
        r"\bsealed\b|destroyed|erased|erases|forgotten at once|cleared in|leaves? (in|with) no|no export|"
        r"in no (file|figure)|no longer (works|changes|gets|can)|can no longer|cannot be undone|no telemetry|"
        r"you are told|unnoticed|"
        r"no other\b|stay(s)? apart|does not open|opens nothing|without (the place|names)|is hidden when|is only read|"
        r"left alone|nothing of|under (your|a) key|own key|overwritten|"
        r"nothing (is|was) (filmed|recorded|left|changed|lost)|(is|are) safe"
    ),
    "fi": (
        r"ei mainita|ei lähde|eivät lähde|hävitetään|häviää|\bei pääse|kukaan muu|kenenkään muun|lähetetä|"
        r"(ei|eivät) (enää )?muutu\b|kukaan ei|\bei kukaan|\bvain sin(ä|ulle)|koskaan|salat(tu|taan)|unohtaa sen|"
        r"ei voi (enää )?(perua|kumota)|sinetöi|huomaamatta|pysyvät erillään|ei (näytetä eikä|voi katsoa eikä)"
    ),
    "sv": (
        r"\bnämns|följer (aldrig|inte) med|förstörs\b|ingen annan|(ingenting|inget) skickas|aldrig|\bbara du\b|"
        r"ändras (inte|aldrig)|\bingen kan\b|krypterad(e|es)?\b|glöms genast|"
        r"kan inte (längre )?(ångras|tas tillbaka)|kodningarna hålls åtskilda|utan att det märks"
    ),
}
#: what a program would call others with; `AF_UNIX` and the like need `socket`, which nothing here needs
CALLING = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "websockets"}
#: the one folder that speaks with another computer, while a person waits for a partner or goes to one
SPEAKING = "system/line"
#: hands open files from one own process to another, over a pair of ends that nobody else has
HANDING = "video/open/handed_file.py"
CALLING_QT = {"QtNetwork", "QtWebSockets", "QtWebEngineCore", "QtWebEngineWidgets", "QtHttpServer"}


@cache
def listed() -> dict:
    return tomllib.loads((ROOT / "tests/promises.toml").read_text("utf-8"))


@cache
def told() -> dict[str, tuple[tuple[str, str], ...]]:
    """Every sentence of the screens by its English text, with what it says in each language."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for language in ("fi", "sv"):
        with (ROOT / "resources/i18n" / language / "LC_MESSAGES/havainto.po").open("rb") as file:
            for m in (m for m in read_po(file, locale=language) if m.id):
                english = m.id if isinstance(m.id, tuple) else (m.id,)
                said = m.string if isinstance(m.string, tuple) else (m.string,)
                rows = (*(("en", x) for x in english), *((language, x) for x in said))
                found[english[0]] = found.get(english[0], ()) + rows
    return found


def promises() -> set[str]:
    """Sentences that promise, by the words of any language; a caption of three words promises nothing."""
    patterns = {language: re.compile(words, re.IGNORECASE) for language, words in PROMISING.items()}
    return {
        text
        for text, rows in told().items()
        if len(text.split()) > 3 and any(patterns[language].search(said) for language, said in rows)
    }


def covered(texts: list[str]) -> set[str]:
    return {text for text in told() for pattern in texts if fnmatchcase(text, pattern)}


@cache
def held_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name.startswith("test_"))


def test_every_promise_has_a_test_that_holds_it() -> None:
    entered = [p for row in listed()["promise"] for p in row["says"]]
    open_ones = promises() - covered(entered + listed()["no_promise"]["says"])
    assert not open_ones, "promised, and no test is named in tests/promises.toml: " + "\n".join(sorted(open_ones))


def test_what_is_listed_is_still_said_and_still_tested() -> None:
    entered = [p for row in listed()["promise"] for p in row["says"]]
    entered += listed()["no_promise"]["says"]
    unsaid = [pattern for pattern in entered if not covered([pattern])]
    assert not unsaid, f"no screen says it any more: {unsaid}"
    gone = []
    for row in listed()["promise"]:
        assert row["kept_by"], row["says"]
        for path, name in (node.split("::") for node in row["kept_by"]):
            there = held_in(path) if (ROOT / path).is_file() else frozenset()
            if not (there if name == "*" else name in there):
                gone.append(f"{path}::{name}")
    assert not gone, f"the tests that held it are gone: {gone}"


def test_nothing_of_the_program_calls_anybody() -> None:
    """No module that could reach a network is asked for anywhere in the program, but for the line of a pair."""
    found = []
    for folder in ("app", "widgets", "video", "storage", "system"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = []
                if isinstance(node, ast.Import):
                    names = [a.name for a in node.names]
                elif isinstance(node, ast.ImportFrom) and node.module:
                    names = [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
                found += [
                    f"{path.relative_to(ROOT)}: {n}"
                    for n in names
                    if not path.is_relative_to(ROOT / SPEAKING) and path != ROOT / HANDING
                    if n.split(".")[0] in CALLING or (n.startswith("PySide6.") and n.split(".")[1] in CALLING_QT)
                ]
    assert not found


def test_files_are_handed_over_between_own_processes_and_to_nobody_else() -> None:
    tree = ast.parse((ROOT / HANDING).read_text("utf-8"))
    used = [n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and getattr(n.value, "id", "") == "socket"]
    assert {n.attr for n in used} == {"socket", "socketpair", "send_fds", "recv_fds"}
    made = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "attr", "") == "socket"]
    assert [[k.arg for k in n.keywords] for n in made] == [["fileno"]]
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr in ("connect", "bind", "listen")]


def test_the_line_is_brought_in_by_one_hand_alone() -> None:
    """Only the roof names the folder that speaks, within the function that a press on *wait* or *join* calls."""
    found = []
    for folder in ("app", "widgets", "video", "storage", "system"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text("utf-8")
            if path.is_relative_to(ROOT / SPEAKING) or "system.line" not in text:
                continue
            tree = ast.parse(text)
            inner = {id(n): f.name for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)}
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("system.line"):
                    found.append((path.relative_to(ROOT).as_posix(), inner.get(id(node), "")))
                if isinstance(node, ast.Import):
                    assert not any(a.name.startswith("system.line") for a in node.names), path
    assert found == [("app/bootstrap.py", "new_line")]
