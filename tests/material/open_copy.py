"""An archive's folder copied while it is open, as a thief or a synchronising program copies it."""

import shutil
from pathlib import Path


def copied_while_open(folder: Path, to: Path) -> Path:
    """The copy. What was being put in its place meanwhile, a hidden `.tmp`, may be gone before it is copied."""

    def copy(source: str, target: str) -> str:
        try:
            shutil.copy2(source, target)
        except FileNotFoundError:
            assert _was_on_its_way(Path(source).name)
        return target

    return Path(shutil.copytree(folder, to, copy_function=copy))


def _was_on_its_way(name: str) -> bool:
    return name.startswith(".") and name.endswith(".tmp")
