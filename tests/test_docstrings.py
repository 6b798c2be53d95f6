"""What public functions owe to who calls them: which of our errors they raise, and what a bare number counts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: widgets take Qt's pixels and raise nothing of ours on purpose
TOPS = ("app", "video", "storage", "system", "resources")
BARE = {"int", "float", "int | None", "float | None"}
#: words that say a unit, in a docstring of the function or of its class
UNIT = re.compile(
    r"µs|microsecond|seconds?\b|\bms\b|minutes?|hours?\b|\bhz\b|pixels?|per ?cent|shares?\b|bytes?\b|\bdb\b|ppm|samples"
    r"|number|from [01]\b|\b0\b|\b1\b|counts?\b|days?\b|degrees?|pictures?\b|many\b|digits?|versions?|points?\b|width",
    re.IGNORECASE,
)
#: names that are the unit themselves, alone or as the last word
NAMED = re.compile(
    r"(^|_)(pictures|hours|minutes|days|digits|cameras|questions|tries|reading|rounds|ppm|degrees|version|chunk|descriptor|cores"
    r"|track|pages|code|k|d1|d2|probability|contrast|weight|micros|seconds_left|days_left|free_bytes|chunk_size|whence)$"
)
#: of reportlab's and Python's own interfaces: they say what these are
FOREIGN = {"drawOn", "split", "wrap", "seek", "main", "run"}


def public_functions() -> Iterator[tuple[Path, ast.FunctionDef, str]]:
    """Each with its docstring and its class's."""
    for top in TOPS:
        for path in sorted((ROOT / top).rglob("*.py")):
            yield from _within(path, ast.parse(path.read_text("utf-8")), "")


def _within(path: Path, node: ast.Module | ast.ClassDef, words: str) -> Iterator[tuple[Path, ast.FunctionDef, str]]:
    for part in node.body:
        if isinstance(part, ast.ClassDef) and not part.name.startswith("_"):
            yield from _within(path, part, ast.get_docstring(part) or "")
        if isinstance(part, ast.FunctionDef) and not part.name.startswith("_"):
            yield path, part, words + (ast.get_docstring(part) or "")


def our_errors() -> set[str]:
    tree = ast.parse((ROOT / "app" / "errors.py").read_text("utf-8"))
    return {n.name for n in tree.body if isinstance(n, ast.ClassDef)}


def raised(function: ast.FunctionDef, ours: set[str]) -> set[str]:
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Raise) and node.exc is not None:
            made = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            found |= {made.id} & ours if isinstance(made, ast.Name) else set()
    return found


def unsaid_errors(function: ast.FunctionDef, words: str, ours: set[str]) -> set[str]:
    return {name for name in raised(function, ours) if name not in words and "Raises" not in words}


def bare_numbers(function: ast.FunctionDef, words: str) -> list[str]:
    """Parameters, and `->` for what comes back, that are bare numbers of which nothing says what they count."""
    if UNIT.search(words) or function.name in FOREIGN:
        return []
    takes = [*function.args.args, *function.args.kwonlyargs]
    found = [a.arg for a in takes if a.annotation is not None and ast.unparse(a.annotation) in BARE]
    found = [name for name in found if not NAMED.search(name)]
    gives = function.returns is not None and ast.unparse(function.returns) in BARE
    return [*found, *(["->"] if gives and not NAMED.search(function.name) and not UNIT.search(function.name) else [])]


def test_public_functions_say_which_of_our_errors_they_raise() -> None:
    ours = our_errors()
    silent = [
        f"{p.relative_to(ROOT)}:{f.lineno} {f.name}" for p, f, w in public_functions() if unsaid_errors(f, w, ours)
    ]
    assert silent == []


def test_bare_numbers_say_what_they_count() -> None:
    found = [(p, f, bare_numbers(f, words)) for p, f, words in public_functions()]
    silent = [f"{p.relative_to(ROOT)}:{f.lineno} {f.name}: {', '.join(bare)}" for p, f, bare in found if bare]
    assert silent == []


def test_a_function_that_says_nothing_is_found() -> None:
    source = "def shown(place: int, hours: float) -> float:\n    raise FilmError('gone')\n"
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert bare_numbers(function, "Shows it.") == ["place", "->"]
    assert unsaid_errors(function, "Shows it.", our_errors()) == {"FilmError"}
    assert not bare_numbers(function, "Shows what lies so many pixels down.")
