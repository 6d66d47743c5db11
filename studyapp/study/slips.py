"""Slips remembered: which mistakes this learner makes, where, and which of them wait to be tried again. Pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from studyapp.domain.exercise import Exercise
from studyapp.domain.network import slip_text
from studyapp.domain.question import Question
from studyapp.domain.record import MistakeRecord, SkillRecord
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.study.library import Library

SLIPS = {
    "sign": Text(ja="符号が逆", en="sign reversed"),
    "swap": Text(ja="二つの取り違え", en="two things exchanged"),
    "complement": Text(ja="1 から引いた値", en="one minus the value"),
    "reciprocal": Text(ja="逆数", en="upside down"),
    "log-base": Text(ja="対数の底", en="base of the logarithm"),
    "reduction": Text(ja="和と平均の取り違え", en="sum for mean"),
    "factor": Text(ja="係数の違い", en="another constant"),
    "missing-factor": Text(ja="因子の抜け", en="missing factor"),
    "extra-factor": Text(ja="余分な因子", en="factor too many"),
    "dropped-term": Text(ja="項の抜け", en="dropped term"),
    "direction": Text(ja="向きが逆", en="direction reversed"),
    "activation": Text(ja="活性化関数の微分", en="another derivative"),
    "transposed": Text(ja="行と列の取り違え", en="transposed"),
    "permuted": Text(ja="順序の違い", en="another order"),
    "axis": Text(ja="軸の取り違え", en="wrong axis"),
    "component": Text(ja="成分の違い", en="one component"),
    "size": Text(ja="成分の数", en="number of components"),
    "position": Text(ja="順番の違い", en="place in the order"),
    "spelling": Text(ja="表記の違い", en="spelling"),
    "truncated": Text(ja="四捨五入でなく切り捨て", en="cut instead of rounded"),
}
OTHER_SLIP = Text(ja="今のページに説明のない誤り", en="a mistake that the page no longer explains")

_SENTENCE = re.compile(r"(?:\$[^$]*\$|`[^`]*`|[^。])*?(?:。|[.!?](?=\s)|$)", re.DOTALL)
"""Up to the first end of a sentence outside formulas and code."""

DRAWINGS = 8  # drawings among which one is looked for in which a slip can be made again


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake made in an exercise: how often, and when last; exercise, skill and topic under today's names."""

    skill: str
    exercise: str
    topic: str
    mistake: str
    times: int
    last_day: date


def slips(records: Iterable[MistakeRecord], library: Library) -> tuple[Slip, ...]:
    """Every slip that was ever made, the most frequent first, the latest of equals before the others."""
    made: dict[tuple[str, str, str], Slip] = {}
    for record in records:
        exercise = library.exercise(record.exercise)
        name, topic = (exercise.id, exercise.topic) if exercise else (record.exercise, record.topic)
        times, last_day = record.times, record.last_day
        if earlier := made.get((record.skill, name, record.mistake)):  # under a name that the exercise had before
            times, last_day = times + earlier.times, max(last_day, earlier.last_day)
        made[record.skill, name, record.mistake] = Slip(record.skill, name, topic, record.mistake, times, last_day)
    return tuple(sorted(made.values(), key=_frequent_first))


def open_slips(made: Iterable[Slip], skills: Iterable[SkillRecord]) -> tuple[Slip, ...]:
    """The slips that wait to be tried again, the latest first: their skill was not recalled on a later day since."""
    settled = {skill.skill: skill.memory.last_day for skill in skills if skill.memory is not None and skill.last_right}
    waiting = [slip for slip in made if slip.skill not in settled or settled[slip.skill] <= slip.last_day]
    return tuple(sorted(waiting, key=lambda slip: (-slip.last_day.toordinal(), *_frequent_first(slip))))


def can_be_made(question: Question, mistake: str) -> bool:
    """Whether a mistake that its page foresees is alive in a drawn question, in one of its steps or options."""
    foreseen = (*question.mistakes, *(slip for step in question.steps for slip in step.mistakes))
    return any(slip.name == mistake for slip in foreseen)


def author_text(mistake: str, exercise: Exercise | None) -> str:
    """What the page says of a mistake, as Markdown; empty where it says nothing."""
    items = exercise.sentences.mistakes if exercise is not None else ()
    text = next((item.text for item in items if item.name == mistake), ())
    return "".join(part if isinstance(part, str) else part.text for part in text)


def mistake_sentence(mistake: str, exercise: Exercise | None) -> str:
    """One sentence (Markdown) for a mistake: the first of the author's item, else that of the general slip."""
    planted = slip_text(mistake) if exercise is not None and exercise.key.network is not None else ""
    return first_sentence(author_text(mistake, exercise)) or first_sentence(planted) or mistake_text(mistake)


def first_sentence(markdown: str) -> str:
    """The text up to the end of its first sentence."""
    sentence = _SENTENCE.match(markdown.strip())
    return sentence[0].strip() if sentence else ""


def exercises_by_id(made: Iterable[Slip], library: Library) -> dict[str, Exercise]:
    """The exercises of the pages on which slips were made; every page is read once."""
    from studyapp.pages.topics import read_topic  # markdown-it is slow to import, and home lists no mistakes

    entries = filter(None, map(library.topic, dict.fromkeys(slip.topic for slip in made)))
    topics = filter(None, (read_topic(entry.source)[0] for entry in entries))
    return {exercise.id: exercise for topic in topics for exercise in topic.exercises}


def mistake_sentences(made: Sequence[Slip], library: Library) -> dict[Slip, str]:
    """The sentence of each slip."""
    exercises = exercises_by_id(made, library)
    return {slip: mistake_sentence(slip.mistake, exercises.get(slip.exercise)) for slip in made}


def _frequent_first(slip: Slip) -> tuple[int, int, str, str, str]:
    return (-slip.times, -slip.last_day.toordinal(), slip.mistake, slip.skill, slip.exercise)


def mistake_text(mistake: str) -> str:
    """A mistake in a few words, where it is one of those that any exercise knows."""
    return SLIPS.get(mistake, OTHER_SLIP)()
