"""Installing studyapp, beside installing the libraries that it is built on, every wheel being at hand; its size."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from tests.benchmarks.elsewhere import NotToBeHad, empty_environment, pip
from tests.benchmarks.measuring import Row, in_turns, limited, seconds

CLONE = Path(__file__).parents[2]
LIBRARIES = ("textual", "numpy", "sympy")


def fetched(wheels: Path) -> None:
    """The project's wheel and all that it needs. Raises `NotToBeHad`."""
    command = [sys.executable, "-m", "pip", "wheel", "-q", "-w", str(wheels), str(CLONE)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise NotToBeHad(f"pip wheel: {run.stderr.strip().splitlines()[-1]}")


def installing(wheels: Path, *packages: str) -> float:
    """Seconds to install packages into an empty environment."""
    with TemporaryDirectory() as folder:
        python = empty_environment(Path(folder) / "environment")
        command = [*pip(python), "install", "-q", "--no-index", "--find-links", str(wheels), *packages]
        return seconds(lambda: subprocess.run(command, check=True))


def size(wheels: Path) -> float:
    """MB of the files of the project's own wheel, once they are installed and have no byte code yet."""
    (wheel,) = wheels.glob("studyapp-*.whl")
    with ZipFile(wheel) as archive:
        return sum(file.file_size for file in archive.infolist()) / 1e6


def rows(rounds: int) -> Iterator[Row]:
    """The rows of the installation."""
    with TemporaryDirectory() as folder:
        wheels = Path(folder)
        fetched(wheels)
        yield limited("size of studyapp's own wheel, installed", size(wheels), "MB", 10)
        pair = in_turns(
            lambda: installing(wheels, "studyapp"), lambda: installing(wheels, *LIBRARIES), max(3, rounds // 3)
        )
    yield pair.at_most("installing", " ".join(LIBRARIES), 1.3, scale=1, unit="s")
