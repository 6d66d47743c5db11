"""How long a learner takes for a question, a review and a new skill, by what the latest answers took. Pure values."""

from collections.abc import Sequence

from studyapp.domain.record import Recent
from studyapp.domain.values import dataclass
from studyapp.domain.verdict import Mode

IN_A_ROW = 2
"""Right answers in a row that end the first exposure to a skill."""
MOST_IN_BLOCK = 6
"""Questions of a first exposure; who has not got there by then meets the skill again on another day."""
LATEST = 200
"""Answers, and lessons, that a pace is taken from."""
MINUTE = 60_000
"""Milliseconds."""
QUESTION, LESSON = 0.75 * MINUTE, 1.5 * MINUTE
"""What a question and a lesson take before anything is known of the learner."""
RIGHT = 0.8
"""The share of right answers that is expected then."""
PRIOR = 10
"""Answers that these expectations count for."""
ENOUGH = 0.8
"""The share of a section and its first question for which there must be time left: some take much longer than usual."""
LEAST_RIGHT = 0.3
"""The share below which a review would be reckoned to be asked again without end."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Milliseconds a question and a lesson take, and how many questions a review and a new skill lead to."""

    question: float = QUESTION
    lesson: float = LESSON
    per_review: float = 1 / RIGHT
    per_skill: float = 3.0

    @property
    def review(self) -> float:
        """A review, asked again until it is right."""
        return self.question * self.per_review

    @property
    def beginning(self) -> float:
        """The lesson of a new skill and its first question."""
        return self.lesson + self.question

    @property
    def skill(self) -> float:
        """A new skill: its lesson, and its questions until two in a row are right."""
        return self.lesson + self.question * self.per_skill

    def begins(self, left: float) -> bool:
        """Whether a new skill is begun with so many milliseconds left."""
        return left >= ENOUGH * self.beginning


USUAL = Pace()
"""The pace that is expected of anybody."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The milliseconds that a session is given, and the pace by which it is planned."""

    limit: float = 24 * 60 * MINUTE
    pace: Pace = USUAL

    def is_used(self, spent: float) -> bool:
        """Whether another question would end further from the limit than stopping does."""
        return spent + self.pace.question / 2 >= self.limit


UNLIMITED = Budget()


def pace_of(recent: Sequence[Recent]) -> Pace:
    """The pace of a learner with these latest answers; few of them hardly move what is expected of anybody."""
    by_mode = {group.mode: group for group in recent}
    asked = [group for group in recent if group.mode in (Mode.NEW, Mode.MIXED, Mode.TOPIC)]
    question = _mean(sum(g.active_ms for g in asked), sum(g.answers for g in asked), QUESTION)
    lessons = by_mode.get("lesson", Recent("", 0, 0, 0))
    new, mixed = (by_mode.get(mode, Recent("", 0, 0, 0)) for mode in (Mode.NEW, Mode.MIXED))
    return Pace(
        question,
        _mean(lessons.active_ms, lessons.answers, LESSON),
        1 / max(LEAST_RIGHT, _mean(mixed.right, mixed.answers, RIGHT)),
        questions_of_block(_mean(new.right, new.answers, RIGHT)),
    )


def _mean(total: float, count: int, expected: float) -> float:
    return (total + PRIOR * expected) / (count + PRIOR)


def questions_of_block(right: float) -> float:
    """The expected number of questions until two in a row are right, each with that chance, or until there are six."""
    expected, chances = 0.0, [1.0] + [0.0] * (IN_A_ROW - 1)  # by how many were right in a row
    for _ in range(MOST_IN_BLOCK):
        expected += sum(chances)
        chances = [(1 - right) * sum(chances), *(chance * right for chance in chances[:-1])]
    return expected
