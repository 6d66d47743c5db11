"""The mock exams of a course, as `course.yaml` of a content folder describes them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from studyapp.domain.course import ExamForm

COURSE = "course.yaml"
OPTIONAL: dict[str, Callable[[Any], Any]] = {"repeats": int, "themes": int, "numbers": float, "calculator": float}


def read_forms(folder: Path) -> tuple[ExamForm, ...]:
    """The exams of a content folder; none where there is no file, or it cannot be read; an unsound one is left out."""
    try:
        written = yaml.safe_load((folder / COURSE).read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        return ()
    exams = written.get("exams") if isinstance(written, dict) else None
    forms = (_form(str(name), fields) for name, fields in exams.items()) if isinstance(exams, dict) else ()
    return tuple(form for form in forms if form is not None)


def _form(name: str, fields: Any) -> ExamForm | None:
    try:
        form = ExamForm(
            id=name,
            titles={str(code): str(title) for code, title in fields["title"].items()},
            quotas={int(item): int(quota) for item, quota in fields.get("quotas", {}).items()},
            items=int(fields["items"]),
            minutes=int(fields["minutes"]),
        )
        given = {name: read(fields[name]) for name, read in OPTIONAL.items() if name in fields}
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return replace(form, **given) if form.items > 0 and form.minutes > 0 else None
