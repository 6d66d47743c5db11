"""What `course.yaml` of a content folder says of the course: its mock exams."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from studyapp.domain.text import language


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamForm:
    """A mock exam: how many items, in how many minutes, on what. `quotas` are weights by syllabus item.

    At most the share `numbers` of its items needs numbers, `calculator` a calculator; an exercise is asked `repeats`
    times at most. With `themes` the items are parts of that many derivations.
    """

    id: str
    titles: Mapping[str, str]
    items: int
    minutes: int
    quotas: Mapping[int, int] = field(default_factory=dict)
    numbers: float = 1.0
    calculator: float = 1.0
    repeats: int = 1_000
    themes: int = 0

    @property
    def title(self) -> str:
        """What it is called in the language in force."""
        return self.titles.get(language()) or next(iter(self.titles.values()), self.id)


FORMS = (
    ExamForm(id="g-short", titles={"ja": "短縮", "en": "Short"}, items=36, minutes=25),
    ExamForm(id="g", titles={"ja": "通し", "en": "Full"}, items=145, minutes=100),
)
"""The exams of a course that describes none."""
