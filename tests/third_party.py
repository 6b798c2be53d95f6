"""The list of what the program stands on, anew from the lock and the packages that are installed: `make third-party`.

`resources/third_party/packages.toml` gets name, version, licence and home page of every package in a user's lock,
`licences.txt` the texts that the packages ship, each once. What no metadata tells stands in `by_hand.toml`.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import resources

LOCK = Path(__file__).parent.parent / "requirements.lock"
FOLDER = resources.folder() / "third_party"
PIN = re.compile(r"^([a-z0-9-]+)==([^\s;]+)", re.MULTILINE)
# in this order; what a package calls its own place
HOMES = ("homepage", "home", "repository", "source", "source code", "documentation")
# names of one licence in packages that do not write it as SPDX does
SPELLED = {"Apache 2.0": "Apache-2.0", "Apache License 2.0": "Apache-2.0"}
LICENCE_FILE = re.compile(r"(?:LICEN[CS]E|COPYING|NOTICE|HUNSPELL_LICENSE)[^/]*$", re.IGNORECASE)


def pinned() -> dict[str, list[str]]:
    """Every package of a user's lock with its versions: more than one where the lock parts them by Python's version."""
    found: dict[str, list[str]] = {}
    for name, version in PIN.findall(LOCK.read_text("utf-8")):
        found.setdefault(name, []).append(version)
    return found


def by_hand() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "by_hand.toml").read_text("utf-8"))


def plain(name: str) -> str:
    """A package's name as the lock writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def listed() -> dict[str, dict[str, str]]:
    """The rows of the list by their names as the lock writes them."""
    rows = tomllib.loads((FOLDER / "packages.toml").read_text("utf-8"))["packages"]
    return {plain(row["name"]): row for row in rows}


def _licence(found: Distribution, stated: dict[str, str]) -> str:
    meta = found.metadata
    name = plain(meta["Name"])
    said = stated.get(name) or meta.get("License-Expression") or meta.get("License") or ""
    if not said or "\n" in said or len(said) > 80:
        raise LookupError(f"{name} does not state its licence in a word: name it in by_hand.toml")
    return SPELLED.get(said, said)


def _home(found: Distribution) -> str:
    """The package's own page as plain words, without scheme: it is read, never opened."""
    told = dict(part.split(", ", 1) for part in found.metadata.get_all("Project-URL", []))
    low = {key.lower(): value for key, value in told.items()}
    page = next((low[key] for key in HOMES if key in low), found.metadata.get("Home-page") or "")
    return re.sub(r"^https?://(?:www\.)?", "", page).rstrip("/")


def _texts(found: Distribution) -> list[tuple[str, str]]:
    """File names and texts of the licences in a package's own metadata folder."""
    own = [f for f in found.files or [] if f.parts[0].endswith(".dist-info") and LICENCE_FILE.search(str(f))]
    read = ((f, Path(str(f.locate())).read_text("utf-8", errors="replace")) for f in sorted(own, key=str))
    return [("/".join(f.parts[1:]).removeprefix("licenses/"), text.replace("\r\n", "\n").strip()) for f, text in read]


def main() -> None:
    hand = by_hand()
    stated = {row["name"]: row["licence"] for row in hand["stated"]}
    rows, whose = [], dict[str, list[str]]()
    for name, versions in pinned().items():
        try:
            found = distribution(name)
        except PackageNotFoundError:
            sys.exit(f"{name} of the lock is not installed here: make tools")
        told = {"name": found.metadata["Name"], "version": " / ".join(versions)}
        told |= {"licence": _licence(found, stated), "home": _home(found)}
        rows.append("  { " + ", ".join(f"{key} = {json.dumps(value)}" for key, value in told.items()) + " },\n")
        for file, text in _texts(found):
            whose.setdefault(text, []).append(f"{told['name']}: {file}")
    for row in hand["inside"]:
        if "text" in row:
            whose.setdefault((FOLDER / row["text"]).read_text("utf-8").strip(), []).append(
                f"{row['name']}: {row['text']}"
            )
    (FOLDER / "packages.toml").write_text(
        "# Written by `make third-party`.\n\npackages = [\n" + "".join(rows) + "]\n", "utf-8"
    )
    parts = ("\n".join([*(f"=== {one}" for one in owners), "", text, ""]) for text, owners in whose.items())
    (FOLDER / "licences.txt").write_text("\n".join(parts), "utf-8")
    sys.stdout.write(f"{len(rows)} packages, {len(whose)} texts\n")


if __name__ == "__main__":
    main()
