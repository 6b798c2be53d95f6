"""What is done to a valid file to make one that is not: bytes, the words of a text, the values of a JSON tree."""

from __future__ import annotations

import json
import random
from typing import Any

from tests.soak.film_fuzz import mutated

#: words that readers stumble on, made here and not kept: numbers without end, depths, signs, days that are none
_LONG = 5_000


def odd_words(chance: random.Random) -> str:
    """One word that stands where another belongs."""
    return chance.choice(
        (
            "", " ", "0", "-1", "1e999", "1e-999", "1e-40000000", "nan", "inf", "true", "null", "[]", "{}",
            '"', "'", ",", ";",
            "9" * chance.choice((20, 400, _LONG)), "[" * chance.choice((3, 90, 3 * _LONG)),
            "{" * chance.choice((3, 900)),
            "a" * chance.choice((300, 70_000)), "\x00", "\x1b[2J", "\u202e", "\\ud800", "\\u0000", "\ufeff", "ä" * 40,
            "2026-13-45", "0000-01-01", "9999-12-31T23:59:59Z", "../../x", "C:\\x", "%s%n", "\r", "\n\n", "=1+1",
        )
    )  # fmt: skip


def text(content: bytes, chance: random.Random) -> bytes:
    """Lines lost, doubled and exchanged, words in the place of others, ends; now and then bytes as below."""
    if not chance.randrange(5):
        return mutated(bytearray(content), chance)
    lines = content.decode("utf-8", "replace").splitlines(keepends=True) or [""]
    for _ in range(chance.randrange(1, 4)):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(5):
            case 0:
                lines.insert(at, lines[other])
            case 1 if len(lines) > 1:
                del lines[at]
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case _:
                lines[at] = _with_odd(lines[at], chance)
    return "".join(lines).encode("utf-8", "replace")


def _with_odd(line: str, chance: random.Random) -> str:
    """A stretch of a line between two of its signs is another."""
    begin = chance.randrange(len(line) + 1)
    end = min(len(line), begin + chance.choice((0, 1, 3, 12)))
    for sign in ("=", ",", ";", " ", '"', ":"):
        if sign in line and chance.randrange(2):
            begin = line.index(sign) + 1
            found = line.find(sign, begin)
            end = found if found > 0 else len(line.rstrip("\n"))
            break
    return line[:begin] + odd_words(chance) + line[end:]


def table(content: bytes, chance: random.Random) -> bytes:
    """A TOML file whose values are others of the language, so that most of it is read; now and then as a text."""
    if not chance.randrange(4):
        return text(content, chance)
    lines = content.decode().splitlines(keepends=True)
    said = [n for n, line in enumerate(lines) if " = " in line]
    for _ in range(chance.randrange(1, 3)):
        at = chance.choice(said)
        name, _, value = lines[at].partition(" = ")
        match chance.randrange(8):
            case 0:
                lines[at] = ""
            case 1:
                lines[at] = f"{name} = {lines[chance.choice(said)].partition(' = ')[2] or value}"
            case 2:
                lines[at] = f"{name}x = {value}"
            case 3 if '"' in value:
                parts = value.split('"')
                parts[chance.randrange(len(parts) // 2) * 2 + 1] = _toml_word(chance)
                lines[at] = name + " = " + '"'.join(parts)
            case _:
                lines[at] = f"{name} = {_toml_value(chance)}\n"
    return "".join(lines).encode("utf-8", "replace")


def _toml_word(chance: random.Random) -> str:
    words = (
        "",
        " ",
        "\\u0000",
        "\\u202e",
        "\\n",
        "\\t",
        "ä" * 30,
        "a" * 70_000,
        "..",
        "F1",
        "Ctrl+Q",
        "#zz",
        "S",
        "x.y",
        "A" * 9,
    )
    return chance.choice(words)


def _toml_value(chance: random.Random) -> str:
    deep = chance.choice((2, 40, 300))
    values = (
        '""', f'"{_toml_word(chance)}"', "0", "-1", "1", "9" * 18, "9" * 400, "1e308", "inf", "nan", "true",
        "[]", "{}", "2030-01-31",
        "2030-01-31T10:00:00Z", "[" * deep + "]" * deep, "{ a = " * deep + "1" + " }" * deep, "[1, 2]",
        '["a"]', '{ fi = "x" }',
        "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]", '["a", "a"]', "0x7fffffffffffffff", '{ fi = 1, sv = "", en = "" }',
    )  # fmt: skip
    return chance.choice(values)


def tree(content: bytes, chance: random.Random) -> bytes:
    """A JSON file with values in the place of others, fields lost, doubled or new; now and then bytes or words."""
    kind = chance.randrange(10)
    if kind == 0:
        return mutated(bytearray(content), chance)
    if kind == 1:
        return text(content, chance)
    held = json.loads(content)
    for _ in range(chance.randrange(1, 4)):
        held = _with_odd_value(held, chance)
    try:
        return json.dumps(held).encode()
    except RecursionError:
        return b"[" * _LONG


def _odd_value(chance: random.Random) -> Any:
    deep: Any = 1
    for _ in range(chance.choice((2, 60, 400))):
        deep = [deep] if chance.randrange(2) else {"x": deep}
    return chance.choice(
        (
            None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, -(2**63), 10 ** chance.choice((30, 400, 4000)),
            1e308, 5e-324,
            float("inf"), float("nan"), 0.5, "", "x", "\ud800", "\x00", "\u202e", "ä" * 70_000,
            [], {}, [None], {"": None}, deep,
            odd_words(chance),
        )
    )  # fmt: skip


def _with_odd_value(held: Any, chance: random.Random) -> Any:
    """The tree with one place of it changed, any place alike."""
    places: list[tuple[Any, Any]] = []
    waiting = [held]
    while waiting:
        one = waiting.pop()
        pairs = list(one.items()) if isinstance(one, dict) else list(enumerate(one)) if isinstance(one, list) else []
        places += [(one, key) for key, _ in pairs]
        waiting += [value for _, value in pairs]
    if not places:
        return _odd_value(chance)
    owner, key = chance.choice(places)
    match chance.randrange(6):
        case 0:
            del owner[key]
        case 1 if isinstance(owner, dict):
            owner[odd_words(chance)] = _odd_value(chance)
        case 2 if isinstance(owner, list):
            owner.append(owner[key])
        case 3:
            other, place = chance.choice(places)
            value = other[place] if not isinstance(other, list) or place < len(other) else None
            owner[key] = value if not isinstance(value, dict | list) else _odd_value(chance)
        case _:
            owner[key] = _odd_value(chance)
    return held
