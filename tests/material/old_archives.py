"""Archives made by the program at commit 3c39fbb, with key file version 1: `one` worker, and `two`.

Each has a film, five observations of Aino's draft and a recovery code, which was nobody's then.
"""

import json
import shutil
from pathlib import Path

HERE = Path(__file__).parent / "archive_v1"
AINO, LEENA = "Aino Esimerkki", "Leena Malli"
SECRETS = {AINO: "ainon oma salalause", LEENA: "leenan oma salalause"}


def old_archive(name: str, into: Path) -> Path:
    """A copy of one of them in a new folder."""
    return shutil.copytree(HERE / name, into)


def old_code(name: str) -> str:
    """The recovery code of one of them."""
    return str(json.loads((HERE / "codes.json").read_text("utf-8"))[name])
