"""Poppler's word on the signatures of a file: a second opinion that shares nothing with ours."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Told:
    """One signature as `pdfsig` tells it."""

    subject: str
    is_valid: bool
    is_whole_file: bool


def pdfsig(path: Path) -> tuple[Told, ...]:
    """Every signature of a file, in the file's order; none for one without. No list of trusted issuers is asked."""
    ran = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False, timeout=60)
    parts = re.split(r"^Signature #\d+:\n", ran.stdout, flags=re.MULTILINE)[1:]
    return tuple(
        Told(
            _said(part, "Signer Certificate Common Name"),
            _said(part, "Signature Validation") == "Signature is Valid.",
            "Total document signed" in part,
        )
        for part in parts
        if "is not signed" not in part  # a field that waits for its signer
    )


def drawn_words(path: Path) -> str:
    """All words that a reader shows, those of filled fields too, with single blanks."""
    ran = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True, timeout=60)
    return " ".join(ran.stdout.split())


def _said(part: str, name: str) -> str:
    found = re.search(rf"- {name}: (.*)", part)
    return found[1].strip() if found else ""
