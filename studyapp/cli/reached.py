"""How far the learner has come, topic by topic."""

from __future__ import annotations

from collections.abc import Mapping

from studyapp.cli.context import Context
from studyapp.cli.learner import levels_of
from studyapp.domain.text import Text
from studyapp.study.entries import TopicEntry
from studyapp.study.levels import Level
from studyapp.study.library import Library

TOPIC_LINE = Text(
    ja="学習済み {learned}/{skills}、習得 {mastered}/{skills}",
    en="{learned}/{skills} learned, {mastered}/{skills} mastered",
)


def progress_by_topic(context: Context, library: Library) -> dict[str, str]:
    """What is said after the title of each topic."""
    levels = levels_of(context, library)
    return {topic.id: _progress(topic, levels) for topic in library.topics}


def _progress(topic: TopicEntry, levels: Mapping[str, Level]) -> str:
    """How far the skills of a topic have come; nothing where none was met."""
    skills = {exercise.skill for exercise in topic.exercises}
    found = [levels[skill] for skill in skills if skill in levels]
    if not found:
        return ""
    mastered = found.count(Level.MASTERED)
    return f"  ({TOPIC_LINE(learned=(found.count(Level.LEARNED) + mastered), mastered=mastered, skills=len(skills))})"
