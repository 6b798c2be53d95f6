"""The bill of what a user's environment holds, as CycloneDX JSON, for scanners: `make sbom`.

cyclonedx-bom reads an environment that was laid from the user's lock alone; what lies inside its packages
(`by_hand.toml`) is added to each, or no scanner would see an OpenSSL that is linked into a wheel.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReferenceType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.third_party import FOLDER, by_hand, plain

WRITTEN = FOLDER / "sbom.cdx.json"
ROOT = Path(__file__).parent.parent


def _read(python: Path) -> Bom:
    """Raises CalledProcessError when the environment cannot be read."""
    tool = [
        sys.executable,
        "-m",
        "cyclonedx_py",
        "environment",
        str(python),
        "--pyproject",
        str(ROOT / "pyproject.toml"),
    ]
    told = subprocess.run([*tool, "--output-reproducible"], check=True, capture_output=True).stdout
    read = Bom.from_json(json.loads(told))
    if read is None:
        raise ValueError("the tool wrote nothing")
    return read


def main(python: Path) -> None:
    """Write the bill of the environment whose interpreter is `python`."""
    bom = _read(python)
    licences = LicenseFactory()
    packages = {plain(component.name): component for component in bom.components}
    for row in by_hand()["inside"]:
        inner = Component(
            name=row["name"], version=row.get("version"), type=ComponentType.LIBRARY, description=row["seen"]
        )
        inner.bom_ref.value = f"{row['of']}/{row['name']}"
        inner.cpe = f"cpe:2.3:a:{row['cpe']}:{row['version']}:*:*:*:*:*:*:*" if "cpe" in row else None
        inner.licenses.add(licences.make_from_string(row["licence"]))
        packages[row["of"]].components.add(inner)
    for component in bom.components:  # where else it can be had is no part of what it is, and names an index
        component.external_references = [
            one for one in component.external_references if one.type is not ExternalReferenceType.DISTRIBUTION
        ]
    for tool in bom.metadata.tools.components:
        tool.external_references = []
    written = json.loads(JsonV1Dot6(bom).output_as_string())
    del written["serialNumber"], written["metadata"]["timestamp"]  # else the file would differ each time
    words = json.dumps(written, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(words)
    if wrong is not None:
        sys.exit(f"against CycloneDX's schema: {wrong}")
    WRITTEN.write_text(words, "utf-8")
    sys.stdout.write(f"{len(packages)} packages, {len(by_hand()['inside'])} inside them\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
