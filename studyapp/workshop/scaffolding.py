"""New pages and exercises that pass lint and verify as they are, in both languages."""

import re
from collections.abc import Sequence
from importlib.resources import files

from studyapp.domain.kind import Kind
from studyapp.domain.text import LANGUAGES, Text, speaking

NEW_TOPIC = Text(
    ja="# {name}\n\nここで何を学ぶかを書く。数式は $m = \\frac{{1}}{{n}} \\sum_k x_k$ のように書く。\n",
    en="# {name}\n\nSay here what there is to learn. A formula is written like $m = \\frac{{1}}{{n}} \\sum_k x_k$.\n",
)

PLACEHOLDER = "NEW-ID"
FENCE = "```yaml key"
DERIVATIONS = ("derivation-numbers", "theme")
SCAFFOLDS = (*Kind, *DERIVATIONS, "expression-vector", "expression-matrices")
"""What an exercise can begin as: each kind, and other forms of a derivation and of an expression."""
_JAPANESE = re.compile(r"^ *- [^\x00-\x7f]+\n|[^\x00-\x7f]+, ", re.MULTILINE)
"""Japanese spellings among those that the answer of a term has; a course without Japanese has none."""
_PART = re.compile(r"[a-z0-9][a-z0-9_-]*")


def exercise_sections(scaffold: str, exercise: str, languages: Sequence[str] = LANGUAGES) -> dict[str, str]:
    """The section of a new exercise in each language, in Markdown; the facts stand in that of the first one alone."""
    folder = files("studyapp.workshop") / "scaffolds"
    texts = {code: (folder / f"{scaffold}.{code}.md").read_text(encoding="utf-8") for code in LANGUAGES}
    facts = {code: text.index(FENCE) for code, text in texts.items()}
    key = {code: texts[code][place:] for code, place in facts.items()}
    key["ja"] = key["ja"] if "ja" in languages else _JAPANESE.sub("", key["ja"])
    sections = {code: texts[code][: facts[code]] + key["ja" if code == languages[0] else "en"] for code in languages}
    return {code: text.replace(PLACEHOLDER, exercise) for code, text in sections.items()}


def topic_pages(topic: str, languages: Sequence[str] = LANGUAGES) -> dict[str, str]:
    """The pages of a new topic by language, with a first exercise."""
    name = topic.rpartition("/")[2]
    pages = {}
    for code, section in exercise_sections(Kind.NUMBER, f"{name}-1", languages).items():
        with speaking(code):
            pages[code] = NEW_TOPIC(name=name) + "\n" + section
    return pages


def is_topic(name: str) -> bool:
    """Whether a text can be the id of a topic: `area/name`."""
    parts = name.split("/")
    return len(parts) == 2 and all(_PART.fullmatch(part) for part in parts)
