"""The licences of what the folder holds beside the wheels: the system's libraries, the interpreter, the starter.

    python installer/licences.py WORK_FOLDER_OF_PYINSTALLER OUT

The wheels' own stand in `resources/third_party`. Debian and its kin: a library's package says its licence. A library
whose package is not found ends it with 1, for nothing is handed on without its licence.
"""

import ast
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import distribution
from pathlib import Path

DOCUMENTS = Path("/usr/share/doc")
#: where the system keeps its libraries; the rest is of wheels or ours
SYSTEM = ("/lib", "/usr/lib")


def libraries(work: Path) -> list[Path]:
    """The system's libraries that were taken in."""
    told = ast.literal_eval((work / "COLLECT-00.toc").read_text("utf-8"))
    rows = next(part for part in told if isinstance(part, list)) if isinstance(told, tuple) else told
    return sorted({Path(source) for _, source, *_ in rows if str(source).startswith(SYSTEM)})


def package_of(library: Path) -> str:
    """The Debian package that a library is of. Raises CalledProcessError when none is."""
    for name in (library, library.resolve(), Path("/usr") / library.resolve().relative_to("/")):
        ran = subprocess.run(["dpkg-query", "-S", str(name)], capture_output=True, text=True, check=False)
        if ran.returncode == 0:
            return ran.stdout.split(":")[0]
    raise SystemExit(f"no package of {library.name} is known, so neither is its licence")


def main() -> int:
    work, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    packages: dict[str, list[str]] = {}
    for library in libraries(work):
        packages.setdefault(package_of(library), []).append(library.name)
    for package in packages:
        shutil.copyfile((DOCUMENTS / package / "copyright").resolve(), out / f"{package}.txt")
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    shutil.copyfile(python, out / "python.txt")
    starter = next(f for f in distribution("pyinstaller").files or () if f.name == "COPYING.txt")
    shutil.copyfile(Path(str(starter.locate())), out / "pyinstaller.txt")
    rows = [f"{package}: {', '.join(names)}" for package, names in sorted(packages.items())]
    (out / "README.txt").write_text(
        "\n".join(["What is here beside the wheels, by Debian package:", *rows, ""]), "utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
