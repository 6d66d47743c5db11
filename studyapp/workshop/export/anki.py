"""Questions as an Anki package: prompt in front, key and solution behind. Needs the extra `[export]`."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from studyapp.domain.question import Question
from studyapp.domain.text import language
from studyapp.workshop.export.html import EXPORT_TITLE, answer_html, prompt_html

CSS = ".card { font-family: sans-serif; font-size: 20px; line-height: 1.6; }"


def to_anki(questions: Iterable[Question], path: Path) -> None:
    """Write the package. Raises `ImportError` without genanki, `OSError` where nothing can be written."""
    import genanki

    title = EXPORT_TITLE()
    model = genanki.Model(
        _number(f"studyapp model {language()}"),
        "studyapp",
        fields=[{"name": "Question"}, {"name": "Answer"}],
        templates=[{"name": "Card", "qfmt": "{{Question}}", "afmt": "{{FrontSide}}<hr id=answer>{{Answer}}"}],
        css=CSS,
    )
    deck = genanki.Deck(_number(f"studyapp deck {language()}"), title)
    for one in questions:
        # The same question keeps its card, however often it is exported.
        guid = genanki.guid_for(one.exercise, one.seed, one.language)
        deck.add_note(genanki.Note(model=model, fields=[prompt_html(one), answer_html(one)], guid=guid))
    genanki.Package(deck).write_to_file(str(path))


def _number(name: str) -> int:
    """A number for Anki that is always the same for a name."""
    return int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "big")
