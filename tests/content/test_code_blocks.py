"""The programs on the pages about code are programs: each runs, and prints what its page says that it prints.

Blocks of the prose share one scope, from top to bottom; the `text` block after one holds all that it prints. Blocks of
an exercise begin from the prose and the exercise's small arrays, with the keys in their blanks, and print the key.
"""

import io
import re
import types
from collections.abc import Iterator
from contextlib import redirect_stdout
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from studyapp.domain.document import CodeBlock, Figure
from studyapp.domain.question import ChoiceKey, CodeKey, NumberKey, Question, VectorKey
from studyapp.engine.drawing import draw
from studyapp.engine.training import DigitRun, digits
from studyapp.kernel.service import PRINTER
from studyapp.pages.blocks import read_blocks
from tests.content.pages import CONTENT, topic

PAGES = [CONTENT / "ja" / "backprop" / f"{name}.md" for name in ("matrices", "layers", "network")]
LANGUAGES = ["ja", "en"]
BLANK = re.compile(r"____(?:\(\w\)____)?")
NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")
SEEDS = range(3)
RIGHT = {
    "matrices-wrong-line": {
        "given": """
            U = np.array([[-1., 2., 3.], [4., -5., 6.]]); Z = np.maximum(U, 0)
            M = np.array([[1., 2.], [3., 4.], [5., 7.]])
            N = 2; X = np.arange(8.).reshape(2, 4); T = np.eye(2); Y = np.array([[.9, .1], [.4, .6]])
            """,
        "lines": "dV = (Y - T) / N; dM = Z.T @ dV; dZ = dV @ M.T; dU = dZ * (U > 0); dW = X.T @ dU",
    },
    "net-wrong-line": {
        "given": """
            x = np.array([[1., -2.], [3., 4.]]); t = np.eye(2); y = np.array([[.9, .1], [.3, .7]])
            W1 = np.array([[1., -1., 2.], [2., 3., -1.]]); b1 = np.array([1., 2., 3.])
            W2 = np.array([[1., 2.], [3., 4.], [5., 7.]])
            """,
        "lines": "u1 = x @ W1 + b1; z = np.maximum(u1, 0); dU2 = (y - t) / len(x);"
        "db2 = dU2.sum(axis=0); dU1 = dU2 @ W2.T * (u1 > 0); dW1 = x.T @ dU1",
    },
}
"""Arrays for a program with a wrong line, of sizes that all differ where they may, and the lines as they should be."""
TRAIN = "train(X, T, H=16, rate=0.5, batch=20, epochs=6, rng=rng)"
STEP, HALF, FIRST = "p -= rate * g", "rng.normal(0, np.sqrt(1 / H), (H, C))", "rng.normal(0, np.sqrt(2 / D), (D, H))"
CHANGES = {
    "still-copy": {STEP: "p = p - rate * g"},
    "still-zero": {STEP: "p -= 0 * g"},
    "silent-both": {FIRST: "np.zeros((D, H))", HALF: "np.zeros((H, C))"},
    "silent-first": {FIRST: "np.zeros((D, H))"},
    "uphill-step": {STEP: "p += rate * g"},
    "uphill-error": {"(y - t)": "(t - y)"},
    "large-sum": {" / len(x)": ""},
    "large-rate": {"rate=0.5": "rate=10"},
    "straight-identity": {"np.maximum(u1, 0)": "u1", " * (u1 > 0)": ""},
    "straight-none": {"z @ W2": "x @ W2", "(H, C)": "(D, C)", "z.T": "x.T", "dU2 @ W2.T * (u1 > 0)": "0 * u1"},
}
"""What each change of the exercise about one change does to the program of its page."""
OUTCOMES = {
    "still": lambda loss, right: len(set(loss)) == len(set(right)) == 1 and np.isfinite(loss).all(),
    "silent": lambda loss, right: max(loss) < 0.72 and {0.477, 0.522} == set(right),
    "uphill": lambda loss, right: np.inf in loss,
    "large": lambda loss, right: max(loss) - min(loss) > 1 and np.isfinite(loss).all(),
    "straight": lambda loss, right: min(loss) > 0.65 and len(set(right)) > 2 and max(right) < 0.7,
}
"""What the options of that exercise say of the losses and accuracies printed."""


def printed(code: str, scope: dict[str, Any]) -> str:
    """What a program prints, run in a scope."""
    out = io.StringIO()
    with redirect_stdout(out):
        exec(compile(code, "page", "exec"), scope)  # noqa: S102 — the pages of this course
    return out.getvalue()


@pytest.fixture
def digits_of_others(monkeypatch):
    """Scikit-learn's loader, whose numbers are those of the file of this app (see `ORIGIN.md`)."""
    images, targets = digits()
    loaded = types.SimpleNamespace(data=images * 16, target=targets.argmax(axis=1))
    monkeypatch.setitem(__import__("sys").modules, "sklearn", types.ModuleType("sklearn"))
    module = types.ModuleType("sklearn.datasets")
    vars(module)["load_digits"] = lambda: loaded
    monkeypatch.setitem(__import__("sys").modules, "sklearn.datasets", module)


def prose(page, language: str) -> Iterator[tuple[str, str]]:
    """The programs of the prose, each with what the page says that it prints."""
    for block, after in pairwise((*topic(page, language).body, None)):
        if isinstance(block, CodeBlock) and block.language == "python":
            says = isinstance(after, CodeBlock) and after.language == "text"
            yield block.code, after.code if says else ""


def scope_of(page, language: str) -> dict[str, Any]:
    scope: dict[str, Any] = {"np": np}
    for code, _ in prose(page, language):
        printed(code, scope)
    return scope


def filled(question: Question) -> Iterator[str]:
    """The programs of a question, with the keys in their blanks."""
    keys = [question.key, *(step.key for step in question.steps)]
    code = iter([key.reference for key in keys if isinstance(key, CodeKey)])
    for block in read_blocks(question.prompt):
        if isinstance(block, CodeBlock) and block.language == "python":
            yield BLANK.sub(lambda _: next(code), block.code)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_programs_of_a_page_print_what_it_says(page, language, digits_of_others):
    scope: dict[str, Any] = {"np": np}
    programs = list(prose(page, language))

    assert programs
    for code, says in programs:
        assert printed(code, scope).strip() == says.strip(), code


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_programs_of_exercises_run_and_print_their_keys(page, language, digits_of_others):
    prose_scope = scope_of(page, language)
    for exercise in topic(page, language).exercises:
        for question in (draw(exercise, seed, PRINTER) for seed in SEEDS):
            assert isinstance(question, Question), question
            if exercise.id not in RIGHT:
                keys = [question.key, *(step.key for step in question.steps)]
                arrays = {n: np.array(v) for key in keys if isinstance(key, CodeKey) for n, v in key.example.items()}
                shown = "".join(printed(code, {**prose_scope, **arrays}) for code in filled(question))
                assert not shown or agrees(shown, question), (exercise.id, question.seed, shown)


def agrees(shown: str, question: Question) -> bool:
    """Whether what a program shows is the key."""
    if not isinstance(question.key, NumberKey | VectorKey):
        return False
    exact = question.key.exact if isinstance(question.key, VectorKey) else (question.key.exact,)
    numbers = [float(number) for number in NUMBER.findall(shown)]
    return len(numbers) == len(exact) and np.allclose(numbers, list(map(float, exact)), atol=5e-4)


@pytest.mark.parametrize("exercise", RIGHT)
def test_the_wrong_line_is_the_only_one_that_gives_something_else(exercise):
    entry = next(one for page in PAGES for one in topic(page, "ja").exercises if one.id == exercise)
    scope: dict[str, Any] = {"np": np}
    printed("\n".join(map(str.strip, RIGHT[exercise]["given"].splitlines())), scope)
    right = [line.strip() for line in RIGHT[exercise]["lines"].split(";")]
    printed("\n".join(right), scope)
    drawn = set()
    for seed in range(40):
        question = draw(entry, seed, PRINTER)
        assert isinstance(question, Question)
        assert isinstance(question.key, ChoiceKey)
        (program,) = filled(question)
        lines = [line.partition("#")[0].strip() for line in program.splitlines()]
        wrong = [number for number, line in enumerate(lines, 1) if not same(line, dict(scope))]
        picked = next(option for option in question.options if option.label in question.answer.split())
        assert re.findall(r"\d+", picked.text) == list(map(str, wrong)), program
        drawn.add(program)
    assert len(drawn) >= 7


def same(line: str, scope: dict[str, Any]) -> bool:
    """Whether a line leaves the value of its name as it is."""
    name = line.partition(" ")[0]
    before = scope[name]
    try:
        printed(line, scope)
    except ValueError:  # shapes that do not fit
        return False
    return np.shape(before) == np.shape(scope[name]) and np.allclose(before, scope[name])


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_program_does_what_its_option_says(change):
    exercise = next(one for one in topic(PAGES[-1], "ja").exercises if one.id == "net-changed-line")
    data, program, *_ = (code for code, _ in prose(PAGES[-1], "ja"))
    code = "\n".join((program, TRAIN))
    for old, new in CHANGES[change].items():
        assert old in code
        code = code.replace(old, new)
    scope: dict[str, Any] = {"np": np}
    printed(data, scope)
    with np.errstate(all="ignore"):
        rows = [list(map(float, line.split())) for line in printed(code, scope).splitlines()]

    _, loss, right = zip(*rows, strict=True)
    assert [name for name, holds in OUTCOMES.items() if holds(loss, right)] == [change.partition("-")[0]]
    assert set(exercise.sentences.words["change"]) == set(CHANGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figure_beside_the_program_runs_the_same_training(language):
    body = topic(PAGES[-1], language).body
    (plan,) = (block.training for block in body if isinstance(block, Figure) and block.training)
    says = [says for code, says in prose(PAGES[-1], language) if "load_digits" in code]
    run = DigitRun()

    rows = [line.split() for line in says[0].splitlines()]
    assert len(rows) == 5
    for epoch, loss, right in rows:
        scores = run.scores(plan, plan.batches[0], int(epoch))
        assert [f"{score:.3f}" for score in scores[:2]] == [loss, right]
