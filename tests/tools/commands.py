"""The command line as tests use it: in this process."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from click.testing import CliRunner, Result

from studyapp.cli import main, program
from studyapp.cli.context import language_from
from studyapp.domain.text import set_language

WHOLE = SimpleNamespace(name="studyapp", main=lambda args, **_: main(args))
BROKEN = "---\nitem: [13]\n---\n# 題\n\n## 壊れた\n\n問い\n\n```yaml key\nid: broken\nkind: numbr\nanswr: 1\n```\n"
"""A page with mistakes in the lines 12 and 13."""


def studyapp(*arguments: str | Path, given: str = "", whole: bool = False) -> Result:
    """A run in English, unless it asks for a language; a path is the data folder.

    The `whole` program finds its language itself, opens and closes its streams, and turns every error into a line and
    a code, as a process does.
    """
    line = [f"--data={argument}" if isinstance(argument, Path) else argument for argument in arguments]
    if whole:
        return CliRunner().invoke(WHOLE, line, input=given)
    line = line if any(argument.startswith("--lang") for argument in line) else ["--lang=en", *line]
    set_language(language_from(line))
    return CliRunner().invoke(program, line, input=given, prog_name="studyapp")


def json_of(*arguments: str | Path, given: str = "") -> Any:
    """The JSON document that a command writes."""
    return json.loads(studyapp(*arguments, "--json", given=given).stdout)


def events(data: Path, kind: str) -> list[dict[str, Any]]:
    """The bodies of the events of a kind in the history."""
    lines = (data / "history.jsonl").read_text(encoding="utf-8").splitlines()
    return [event["body"] for event in map(json.loads, lines) if event["kind"] == kind]


def written(content: Path, text: str, name: str = "ja/area/page.md") -> Path:
    """A page in a content folder."""
    path = content / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
