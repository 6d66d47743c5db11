"""Packages that are compared with and that the project does not need: in an environment of their own, for a run."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


class NotToBeHad(Exception):
    """What a comparison needs cannot be installed here."""


@contextmanager
def environment(*packages: str) -> Iterator[Path]:
    """The Python of a temporary environment with some packages. Raises `NotToBeHad`."""
    with TemporaryDirectory() as folder:
        python = empty_environment(Path(folder) / "environment")
        run = subprocess.run([*pip(python), "install", "-q", *packages], capture_output=True, text=True, check=False)
        if run.returncode:
            raise NotToBeHad(f"pip install {' '.join(packages)}: {run.stderr.strip().splitlines()[-1]}")
        yield python


def empty_environment(folder: Path) -> Path:
    """The Python of a new environment without anything in it."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    return folder / "bin" / "python"


def pip(python: Path) -> list[str]:
    """The command that installs into an environment."""
    return [sys.executable, "-m", "pip", "--python", str(python)]
