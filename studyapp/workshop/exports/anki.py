"""Questions as an Anki package: a deck for each topic, tags, pictures; hints and mistakes are fields of their own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from studyapp.domain.question import Question
from studyapp.domain.text import language, speaking
from studyapp.workshop.exports.markup import EXPORT_TITLE, Markup, Picture, hints_of, image, tags_of

STYLE = """
.card { font-family: sans-serif; font-size: 20px; line-height: 1.6; }
.asked, summary { color: #666; font-size: .8em; }
img { max-width: 100%; }
"""
FIELDS = ("Question", "Answer", "Hints", "Mistakes", "Exercise", "Topic")
_FOLDED = "{{#NAME}}<details><summary>TEXT</summary>{{NAME}}</details>{{/NAME}}"
# The note type has no language, so that a card keeps its memory when its deck comes in another one.
FRONT = "{{Question}}" + _FOLDED.replace("NAME", "Hints").replace("TEXT", "ヒント · Hints")
BACK = "{{FrontSide}}<hr id=answer>{{Answer}}" + _FOLDED.replace("NAME", "Mistakes").replace("TEXT", "誤答 · Mistakes")


def to_anki(questions: Iterable[Question], names: Mapping[str, Sequence[str]], path: Path) -> None:
    """Write a package; `names` leads from the id of a topic to its deck, from the outermost in.

    Raises: `ImportError` without genanki (the extra `[export]`), `OSError`.
    """
    import genanki

    templates = [{"name": "Card", "qfmt": FRONT, "afmt": BACK}]
    fields = [{"name": name} for name in FIELDS]
    model = genanki.Model(_number("questions"), "studyapp", fields=fields, templates=templates, css=STYLE)
    decks: dict[str, genanki.Deck] = {}
    pictures: dict[str, Picture] = {}

    def show(picture: Picture) -> str:
        pictures[picture.name] = picture
        return image(picture.name, picture)

    markup = Markup(show)
    for question in questions:
        topic = question.topic
        if topic not in decks:
            parts = (EXPORT_TITLE(), *names.get(topic, topic.split("/")))
            decks[topic] = genanki.Deck(_number(f"deck {topic} {language()}"), "::".join(parts))
        with speaking(question.language):
            values = _fields(question, replace(markup, folder=question.folder))
        # The same question keeps its card, however often it is exported, and in whichever language: the last part is
        # that of the decks that were made before.
        guid = genanki.guid_for(question.exercise, question.seed, "ja")
        tags = [tag.replace("/", "::").replace(" ", "_") for tag in tags_of(question)]
        decks[topic].add_note(genanki.Note(model=model, fields=values, guid=guid, tags=tags))
    with TemporaryDirectory() as folder:
        for name, picture in pictures.items():
            Path(folder, name).write_bytes(picture.content)
        files = [str(Path(folder, name)) for name in pictures]
        genanki.Package(list(decks.values()), files).write_to_file(str(path))


def _number(name: str) -> int:
    """A number for Anki that is always the same for a name."""
    return int.from_bytes(blake2b(f"studyapp {name}".encode(), digest_size=4).digest(), "big")


def _fields(question: Question, markup: Markup) -> list[str]:
    hints = "".join(f"<li>{markup.line(hint)}</li>" for hint in hints_of(question))
    return [
        markup.prompt(question),
        markup.answer(question),
        f"<ol>{hints}</ol>" if hints else "",
        markup.mistakes(question),
        question.exercise,
        question.topic,
    ]
