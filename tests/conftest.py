"""What tests of several rooms share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studyapp.domain.exercise import Exercise
from studyapp.domain.source import PageSource
from studyapp.domain.words import EN
from studyapp.pages.topics import read_topic

ROOT = Path(__file__).parent.parent

collect_ignore = ["fixtures"]  # pages that are broken on purpose are no test items


@pytest.fixture
def exercise_from(tmp_path: Path) -> Callable[..., Exercise]:
    """An exercise from its prompt, its key and the rest of its section, read as a page is read."""

    def make(prompt: str, key: str, rest: str = "") -> Exercise:
        page = tmp_path / "ja" / "area" / "page.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        text = f"---\nitem: [13]\n---\n# 題\n\n## 見出し\n\n{prompt}\n\n{rest}\n\n```yaml key\n{key.strip()}\n```\n"
        page.write_text(text, encoding="utf-8")
        topic, complaints = read_topic(PageSource("area/page", str(page)), EN)
        assert topic is not None
        assert topic.exercises, [str(one) for one in complaints]
        return topic.exercises[0]

    return make
