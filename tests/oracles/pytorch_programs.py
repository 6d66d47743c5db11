"""The programs of the page on PyTorch, as its readers see them; `make_pytorch.py` runs them, and tests compare them."""

from collections.abc import Iterator
from pathlib import Path

from studyapp.domain.document import CodeBlock
from studyapp.domain.question import Question
from studyapp.engine.drawing import draw
from studyapp.kernel.service import PRINTER
from studyapp.pages.blocks import read_blocks
from tests.content.pages import CONTENT, topic

PLACE = Path(__file__).with_name("golden_pytorch.json")
PAGE = CONTENT / "ja" / "code" / "pytorch.md"
SEEDS = range(8)


def code(blocks) -> str:
    """The Python of some blocks, as one program."""
    return "\n".join(block.code for block in blocks if isinstance(block, CodeBlock) and block.language == "python")


def questions(language: str) -> Iterator[tuple[Question, str]]:
    """Some drawings of each exercise that asks what a program of PyTorch shows, each with its program."""
    for exercise in topic(PAGE, language).exercises:
        for seed in SEEDS:
            question = draw(exercise, seed, PRINTER)
            assert isinstance(question, Question), question
            program = code(read_blocks(question.prompt))
            if "print(" in program:
                yield question, program
