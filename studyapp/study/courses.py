"""The courses at hand: the shipped one, those that were added to the data folder, and which of them are on.

An added course is a copy in `courses/NAME` of the data folder; `courses.json` there names those that are off.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from studyapp.domain.files import write_whole
from studyapp.domain.limits import COURSE_BYTES, COURSE_FILES, ID_CHARACTERS
from studyapp.domain.text import LANGUAGES, Text
from studyapp.domain.values import dataclass

SHIPPED = "studyapp"
FOLDER, SWITCHES = "courses", "courses.json"
NOT_A_COURSE = Text(
    ja="{path} は教材のフォルダーではありません。ja か en のフォルダーに、ページを 分野/名前.md として置いてください。",
    en="{path} is no course. Its pages belong into a folder ja or en, as area/name.md.",
)
NOT_A_ZIP = Text(ja="{path} は ZIP ファイルとして読めません。", en="{path} cannot be read as a ZIP file.")
LEADS_OUT = Text(
    ja="{path} の「{name}」は、教材のフォルダーの外を指しています。",
    en="“{name}” in {path} leads out of the folder of the course.",
)
TOO_LARGE = Text(
    ja="{path} は大きすぎます。ファイルは {files} 個、合わせて {megabytes} MB までです。",
    en="{path} is too large: at most {files} files, {megabytes} MB in all.",
)
BAD_NAME = Text(
    ja="「{name}」は教材の名前に使えません。半角の英数字と - _ で、{most} 字までの名前を --name で付けてください。",
    en="“{name}” cannot name a course. Use ASCII letters, digits, - and _, at most {most} of them (--name).",
)
TAKEN = Text(
    ja="教材 {name} はすでにあります。新しいものに替えるなら --replace を、別に加えるなら --name を付けてください。",
    en="There is a course {name} already. Add --replace to put the new one in its place, or --name for another name.",
)
UNKNOWN = Text(
    ja="教材 {name} はありません。あるのは {names} です。", en="There is no course {name}. There are: {names}."
)
NOT_ADDED = Text(
    ja="{name} は付属の教材なので削除できません。studyapp course off {name} で使わないようにできます。",
    en="{name} came with studyapp and cannot be removed; studyapp course off {name} turns it off.",
)
LAST_ONE = Text(
    ja="使っている教材が {name} だけなので、切れません。", en="{name} is the only course that is on; it stays on."
)


@dataclass(frozen=True, slots=True)
class AtHand:
    """A course by its name, where it lies, and whether it is on."""

    name: str
    folder: Path
    on: bool


def courses_at_hand(data: Path, shipped: Path) -> tuple[AtHand, ...]:
    """The shipped course, then the added ones by name; what cannot be read of the switches is on."""
    off = _switched_off(data)
    folders = {SHIPPED: shipped}
    with suppress(OSError):
        added = sorted(entry.name for entry in os.scandir(data / FOLDER) if entry.is_dir())
        folders |= {name: data / FOLDER / name for name in added if not name.startswith(".")}
    return tuple(AtHand(name, folder, name not in off) for name, folder in folders.items())


def _switched_off(data: Path) -> frozenset[str]:
    with suppress(OSError, ValueError, TypeError, RecursionError):
        return frozenset(map(str, json.loads((data / SWITCHES).read_text(encoding="utf-8"))["off"]))
    return frozenset()


def switch(data: Path, shipped: Path, name: str, *, on: bool) -> str:
    """Turn a course on or off; why not, where that cannot be. Errors: OSError."""
    courses = {course.name: course for course in courses_at_hand(data, shipped)}
    if name not in courses:
        return UNKNOWN(name=name, names=", ".join(courses))
    off = {course.name for course in courses.values() if not course.on} - {name} | (set() if on else {name})
    if off >= courses.keys():
        return LAST_ONE(name=name)
    data.mkdir(parents=True, exist_ok=True)
    write_whole(data / SWITCHES, json.dumps({"off": sorted(off)}).encode())
    return ""


def remove(data: Path, shipped: Path, name: str) -> str:
    """Take an added course away; what was answered stays in the history. Why not, where that cannot be."""
    courses = {course.name: course for course in courses_at_hand(data, shipped)}
    if name not in courses:
        return UNKNOWN(name=name, names=", ".join(courses))
    if name == SHIPPED:
        return NOT_ADDED(name=name)
    shutil.rmtree(courses[name].folder)
    return ""


def add(source: Path, data: Path, name: str = "", *, replacing: bool = False) -> AtHand | str:
    """Copy the course in a folder or a ZIP file to the data folder; why not, where that cannot be. Errors: OSError.

    What is hidden is left out, `.git` with it; links are not followed.
    """
    from tempfile import mkdtemp

    name = name or source.resolve().name.removesuffix(".zip")
    if not name.isascii() or not name.replace("-", "").replace("_", "").isalnum() or len(name) > ID_CHARACTERS:
        return BAD_NAME(name=name, most=ID_CHARACTERS)
    place = data / FOLDER / name
    if name == SHIPPED or (place.exists() and not replacing):
        return TAKEN(name=name)
    place.parent.mkdir(parents=True, exist_ok=True)
    copy = Path(mkdtemp(prefix=".", dir=place.parent))
    try:
        trouble = _copied(source, copy) if source.is_dir() else _unpacked(source, copy)
        root = _root(copy)
        if trouble or root is None:
            return trouble or NOT_A_COURSE(path=source)
        if place.exists():
            shutil.rmtree(place)
        root.rename(place)
    finally:
        shutil.rmtree(copy, ignore_errors=True)
    return AtHand(name, place, on=name not in _switched_off(data))


def _copied(source: Path, copy: Path) -> str:
    files = size = 0
    for path in _files(source):
        files, size = files + 1, size + path.stat().st_size
        if files > COURSE_FILES or size > COURSE_BYTES:
            return TOO_LARGE(path=source, files=COURSE_FILES, megabytes=COURSE_BYTES // 10**6)
        target = copy / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return ""


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir():
            yield from _files(path)
        elif path.is_file():
            yield path


def _unpacked(source: Path, copy: Path) -> str:
    import zipfile

    try:
        with zipfile.ZipFile(source) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            size = sum(member.file_size for member in members)
            if len(members) > COURSE_FILES or size > COURSE_BYTES:
                return TOO_LARGE(path=source, files=COURSE_FILES, megabytes=COURSE_BYTES // 10**6)
            for member in members:
                path = PurePosixPath(member.filename.replace("\\", "/"))
                if path.is_absolute() or ".." in path.parts or ":" in member.filename:
                    return LEADS_OUT(path=source, name=member.filename)
                if any(part.startswith(".") for part in path.parts):
                    continue
                target = copy.joinpath(*path.parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as packed, target.open("wb") as file:
                    # The size that the archive states may be a lie.
                    file.write(packed.read(member.file_size + 1)[: member.file_size])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        return NOT_A_ZIP(path=source)
    return ""


def _root(copy: Path) -> Path | None:
    """The folder of a copy that holds pages: itself, or one in it, as archives have; None where none does."""
    roots = (copy, *(path for path in sorted(copy.iterdir()) if path.is_dir()))
    return next((root for root in roots if any(_has_pages(root / code) for code in LANGUAGES)), None)


def _has_pages(folder: Path) -> bool:
    return next(folder.rglob("*.md"), None) is not None
