"""A report on a question: all that it takes to see again what its learner saw, in a file of its own."""

import json
import re
import shlex
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from studyapp import __version__
from studyapp.domain.expression import Node, Vector
from studyapp.domain.files import claim, write_whole
from studyapp.domain.limits import REPORT_BYTES, REPORT_NAME_CHARACTERS
from studyapp.domain.question import AnswerKey, ExpressionKey, NumberKey, Question, VectorKey
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Unreadable, Verdict
from studyapp.language import read_number, read_vector, to_text
from studyapp.language.formulas import read_formula

WRITTEN = Text(ja="この問題の報告を書きました: {path}", en="The question was reported in {path}")
NOT_WRITTEN = Text(
    ja="報告を書けませんでした（{detail}）。答えと記録はそのままです。",
    en="The report could not be written ({detail}). The answer and the history are as they were.",
)

_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is written of a question; the verdict is empty where nothing was judged, `step` counts from 0."""

    exercise: str
    seed: int
    language: str
    version: str
    prompt: str
    options: tuple[str, ...] = ()
    answer: str
    reading: str = ""
    verdict: str = ""
    mistake: str = ""
    message: str = ""
    step: int | None = None
    earlier: tuple[str, ...] = ()


def report_on(question: Question, answer: str, verdict: Verdict | None, earlier: Sequence[str] = ()) -> Report:
    """The report on a question: the answer may be typed, or judged, or there may be none."""
    step = len(earlier) if question.steps else None
    key = question.key if step is None else question.steps[step].key
    return Report(
        exercise=question.exercise,
        seed=question.seed,
        language=question.language,
        version=question.version,
        prompt=question.prompt,
        options=shown_options(question),
        answer=answer,
        reading=(verdict.reading if verdict is not None else "") or _reading(key, answer),
        verdict=verdict.outcome.value if verdict is not None else "",
        mistake=(verdict.mistake or "") if verdict is not None else "",
        message=verdict.message if verdict is not None else "",
        step=step,
        earlier=tuple(earlier),
    )


def shown_options(question: Question) -> tuple[str, ...]:
    """The options as they are shown."""
    return tuple(f"{option.label}) {option.text}" for option in question.options)


def write_report(report: Report, data: Path, now: datetime) -> Path:
    """A file of its own for a report in the data folder; no other is ever written over. Errors: OSError."""
    folder = data / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    exercise = _UNSAFE.sub("-", report.exercise)[:REPORT_NAME_CHARACTERS]
    path = claim(folder, f"{now:%Y-%m-%d}-{exercise}-{report.seed}{{}}.json")
    command = shlex.join(["studyapp", "question", "--report", str(path)])
    plain = shlex.join(["studyapp", "--lang", report.language, "question", report.exercise, "--seed", str(report.seed)])
    written = {"studyapp": __version__, "at": now.isoformat(), **asdict(report), "see": command, "draw": plain}
    try:
        write_whole(path, (json.dumps(written, ensure_ascii=False, indent=2) + "\n").encode(errors="surrogatepass"))
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return path


def read_report(path: Path) -> Report | str:
    """The report in a file, or what is wrong with the file."""
    try:
        with path.open("rb") as file:
            return _report(json.loads(file.read(REPORT_BYTES)))
    except OSError as error:
        return error.strerror or str(error)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return f"{type(error).__name__}: {error}"


def _report(data: Any) -> Report:
    texts = ("exercise", "language", "version", "prompt", "answer", "reading", "verdict", "mistake", "message")
    return Report(
        **{name: _text(data[name]) for name in texts},
        seed=int(data["seed"]),
        step=None if data["step"] is None else int(data["step"]),
        options=tuple(map(_text, data["options"])),
        earlier=tuple(map(_text, data["earlier"])),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no text: {str(value)[:40]}")
    return value


def understood(key: AnswerKey, text: str) -> Node | Vector | Unreadable | None:
    """What an answer says; None where nothing is typed, and for kinds that are answered in words."""
    if not text.strip():
        return None
    match key:
        case NumberKey():
            return read_number(text, integer=key.is_exact, unit=key.unit)
        case VectorKey():
            return read_vector(text, matrix=key.columns > 0)
        case ExpressionKey():
            return read_formula(key, text)
        case _:
            return None


def _reading(key: AnswerKey, answer: str) -> str:
    reading = understood(key, answer)
    if reading is None:
        return answer.strip()
    return "" if isinstance(reading, Unreadable) else to_text(reading)
