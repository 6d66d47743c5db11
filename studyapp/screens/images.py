"""Images of pages and questions: a terminal shows their words, and the system's own viewer the files."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from studyapp.domain.document import Block, images_in
from studyapp.domain.text import Text
from studyapp.screens.boxes import PickScreen
from studyapp.screens.widgets import Row

TITLE = Text(ja="画像を開く", en="Open an image")
HINT = Text(ja="Enter で開きます。Esc で閉じます。", en="Enter opens it. Esc closes this list.")
OPENED = Text(ja="画像を開きました: {path}", en="Image opened: {path}")
NO_VIEWER = Text(
    ja="ここでは画像を開けません。ファイル: {path}", en="No image can be opened from here. The file: {path}"
)
NO_IMAGE = Text(ja="ここに画像はありません。", en="There is no image here.")


def image_files(blocks: Iterable[Block], folder: str) -> dict[Path, str]:
    """The files of a document's images, each with what it shows in words."""
    found = ((image.file(folder), image.text) for image in images_in(blocks))
    return {path: text for path, text in found if path is not None}


def images_screen(files: Mapping[Path, str]) -> PickScreen:
    """A list of images, of which one is opened."""
    return PickScreen([Row(str(path), text=text or path.name) for path, text in files.items()], TITLE(), HINT())


def open_file(path: Path, run: Callable[..., object] = subprocess.Popen) -> bool:
    """Show a file in the system's viewer, beside the terminal; whether there is one."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 — an image of the course, by its own program
        return True
    tool = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    on_a_desktop = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if tool is None or not on_a_desktop:  # without a desktop xdg-open would take this terminal for a browser of text
        return False
    nowhere = subprocess.DEVNULL
    run([tool, str(path)], stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
    return True
