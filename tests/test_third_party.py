"""The list of what the program stands on is the lock's, explains what wheels hold, and tells the versions that run."""

import json
from importlib.metadata import distribution
from pathlib import Path

import av
from cryptography.hazmat.backends.openssl import backend
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from PySide6.QtCore import qVersion
from sqlcipher3 import dbapi2

from tests.third_party import FOLDER, LOCK, by_hand, listed, pinned, plain

ROOT = Path(__file__).parent.parent


def test_the_list_names_what_the_lock_pins_and_nothing_else() -> None:
    assert {name: row["version"].split(" / ") for name, row in listed().items()} == pinned(), "make third-party"
    assert all(row["licence"] for row in listed().values())


def test_every_package_has_its_licence_text_or_is_known_to_ship_none() -> None:
    lines = (FOLDER / "licences.txt").read_text("utf-8").splitlines()
    owners = {line.removeprefix("=== ").partition(":")[0] for line in lines if line.startswith("=== ")}
    without = {name for name, row in listed().items() if row["name"] not in owners}
    assert without == set(by_hand()["textless"])
    assert {row["name"] for row in by_hand()["inside"] if "text" in row} <= owners


def test_every_library_inside_a_wheel_is_explained() -> None:
    site = Path(str(distribution("numpy").locate_file("")))
    seen = 0
    for folder in site.glob("*.libs"):
        package = folder.name.removesuffix(".libs").replace("_", "-")
        known = tuple(start for row in by_hand()["inside"] if row["of"] == package for start in row.get("files", ()))
        inside = [file.name for file in folder.iterdir()]
        assert not [name for name in inside if not name.startswith(known)], package
        seen += len(inside)
    assert seen or not list(site.glob("*.libs"))


def test_what_is_written_of_versions_inside_is_what_runs() -> None:
    written = {(row["of"], row["name"]): row["version"] for row in by_hand()["inside"] if "version" in row}
    keyed = dbapi2.connect(":memory:")
    keyed.execute("PRAGMA key = 'no secret'")  # the provider answers only to who has given a key
    answers = {
        ask: keyed.execute(f"PRAGMA {ask}").fetchone()[0] for ask in ("cipher_version", "cipher_provider_version")
    }
    keyed.close()
    assert answers["cipher_version"].split()[0] == written["sqlcipher3", "SQLCipher"]
    assert answers["cipher_provider_version"].split()[1] == written["sqlcipher3", "OpenSSL"]
    assert dbapi2.sqlite_version == written["sqlcipher3", "SQLite"]
    assert backend.openssl_version_text().split()[1] == written["cryptography", "OpenSSL"]
    assert av.ffmpeg_version_info == written["av", "FFmpeg"]
    assert qVersion() == written["pyside6-essentials", "Qt"]


def test_the_bill_for_scanners_keeps_its_schema_and_is_the_locks() -> None:
    bill = json.loads((FOLDER / "sbom.cdx.json").read_text("utf-8"))
    for row in bill["components"]:
        row.pop("externalReferences", None)  # 20 ms each by the grammar of addresses: `make sbom` asks of those
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None
    told = {plain(row["name"]): row for row in bill["components"]}
    elsewhere = {line.partition("==")[0] for line in LOCK.read_text("utf-8").splitlines() if "'win32'" in line}
    assert set(pinned()) - elsewhere == set(told), "make sbom"
    assert not [name for name, row in told.items() if row["version"] not in pinned()[name]], "make sbom"
    inside = {
        (of, row["name"], row.get("version")) for of, whole in told.items() for row in whole.get("components", ())
    }
    assert inside == {(row["of"], row["name"], row.get("version")) for row in by_hand()["inside"]}, "make sbom"


def test_the_readme_answers_for_the_versions_that_are_inside() -> None:
    answer = (ROOT / "README.md").read_text("utf-8").partition("## What others made")[2].partition("\n## ")[0]
    inside = [row for row in by_hand()["inside"] if row["name"] == "OpenSSL" or row["of"] == "sqlcipher3"]
    told = {f"{row['name']} {row['version']}" for row in inside if row["name"] != "SQLite"}
    told.add("sqlcipher3 " + listed()["sqlcipher3"]["version"])
    assert not {words for words in told if words not in answer}
