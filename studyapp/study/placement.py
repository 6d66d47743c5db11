"""Placement: which skills are known already. Two fresh right answers skip one; a miss leaves it to be learned. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from studyapp.domain.verdict import Mode
from studyapp.study.library import Library
from studyapp.study.session import IN_A_ROW


@dataclass(frozen=True, slots=True)
class Placement:
    """The skills still to be tried, in reading order; `right` counts right answers in a row on the first of them.

    `topics` gives the topic of a skill, `after` the topics that build on a topic: what builds on something missed is
    not tried.
    """

    skills: tuple[str, ...]
    topics: Mapping[str, str]
    after: Mapping[str, frozenset[str]]
    right: int = 0
    placed: tuple[str, ...] = ()

    @property
    def skill(self) -> str | None:
        """The skill to ask next; None at the end."""
        return self.skills[0] if self.skills else None

    @property
    def planned(self) -> int:
        """The questions to come if every one of them is answered right."""
        return IN_A_ROW * len(self.skills) - self.right

    def mode(self, *, right: bool) -> Mode:
        """How an answer is kept: as that which shows the skill to be known, or as no evidence yet."""
        return Mode.PLACED if right and self.right + 1 >= IN_A_ROW else Mode.PLACEMENT

    def answered(self, *, right: bool) -> Placement:
        """The placement after an answer to its skill."""
        skill, *rest = self.skills
        if right and self.right + 1 < IN_A_ROW:
            return replace(self, right=self.right + 1)
        if right:
            return replace(self, skills=tuple(rest), right=0, placed=(*self.placed, skill))
        beyond = self.after.get(self.topics[skill], frozenset())
        return replace(self, skills=tuple(one for one in rest if self.topics[one] not in beyond), right=0)


def placement_of(library: Library, known: Iterable[str]) -> Placement:
    """A placement over the skills of a course that are not known yet."""
    left = [skill for skill in library.skills if skill not in set(known)]
    topics = {skill: exercises[0].topic for skill, exercises in library.skills.items()}
    return Placement(tuple(left), topics, _after(library))


def _after(library: Library) -> dict[str, frozenset[str]]:
    """By topic every topic that builds on it, at however many removes; topics stand in reading order."""
    after: dict[str, set[str]] = {topic.id: set() for topic in library.topics}
    for topic in reversed(library.topics):
        for name in topic.requires:
            if name in after:
                after[name] |= {topic.id} | after[topic.id]
    return {topic: frozenset(others) for topic, others in after.items()}
