"""New pages and exercises that pass lint and verify as they are, in both languages."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from studyapp.domain.kind import Kind
from studyapp.domain.words import EN, JA, Words

PLACEHOLDER = "NEW-ID"
LANGUAGES = (JA, EN)
_PART = re.compile(r"[a-z0-9][a-z0-9_-]*")


def exercise_section(kind: Kind, exercise: str, language: str) -> str:
    """The section of a new exercise, in Markdown; the facts stand in the Japanese one alone."""
    text = (files("studyapp.workshop") / "scaffolds" / f"{kind}.{language}.md").read_text(encoding="utf-8")
    return text.replace(PLACEHOLDER, exercise)


def topic_pages(topic: str) -> dict[str, str]:
    """The pages of a new topic by language, with a first exercise."""
    exercise = topic.rpartition("/")[2] + "-1"
    return {
        words.code: _page(words, topic) + "\n" + exercise_section(Kind.NUMBER, exercise, words.code)
        for words in LANGUAGES
    }


def _page(words: Words, topic: str) -> str:
    body = words.workshop.new_topic.format(name=topic.rpartition("/")[2])
    return f"---\nitem: [13]\n---\n{body}" if words is JA else body


def is_topic(name: str) -> bool:
    """Whether a text can be the id of a topic: `area/name`."""
    parts = name.split("/")
    return len(parts) == 2 and all(_PART.fullmatch(part) for part in parts)


def place_of(content: Path, language: str, topic: str) -> Path:
    """Where the page of a topic stands in a content folder."""
    return content / language / f"{topic}.md"


def appended(page: str, section: str) -> str:
    """A page with one more section at its end."""
    return page.rstrip("\n") + "\n\n" + section
