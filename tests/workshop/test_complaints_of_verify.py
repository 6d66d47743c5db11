"""Each complaint of `verify` is at the line of its field, in one language, and names the values that disagree."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

import studyapp
from studyapp.domain.place import Complaint, PageSource, Severity
from studyapp.domain.text import set_language, speaking
from studyapp.domain.undrawable import translated_problem
from studyapp.kernel.service import Service
from studyapp.workshop.tally import Tally, counted
from tests.workshop.verifying import verify

PROMPT = "$ {{ a }} + {{ b }} $"
SUM = """
id: sum
kind: number
draw:
  a: integer(2, 9)
  b: integer(2, 9)
answer: a + b
check: b + a
digits: 0
"""
SLOPE = """
id: slope
kind: expression
draw:
  a: integer(2, 30)
symbols: {x: real}
given:
  f: a*x**2
answer: 2*a*x
check: D(f, x)
"""
STEPS = """
id: steps
kind: derivation
draw:
  a: integer(3, 30)
digits: 0
steps:
  - answer: a * a
    check: a ** 2
    mistakes:
      one: a * 2
  - answer: a + a
    check: 2 * a
    mistakes:
      two: a + 2
"""
ASKS = "$ {{ a }} $\n\n1. 二乗は？\n2. 二倍は？"


def found_in(exercise, seeds: int = 5, language: str = "en") -> list[Complaint]:
    source = PageSource(exercise.topic, exercise.key.place.path)
    with speaking(language):
        return [one for one, _ in verify(source, exercise, range(seeds), Service()).complaints]


def line_of(complaint: Complaint) -> str:
    """What is written where a complaint is."""
    line = Path(complaint.place.path).read_text(encoding="utf-8").splitlines()[complaint.place.line - 1]
    return line[complaint.place.column - 1 :].strip()


MISMATCHES = [
    (PROMPT, SUM.replace("b + a", "b + a + 1"), "", "b + a + 1", r"seed 0 \(a = 6, b = 6\): answer gives 12, .* 13\."),
    (PROMPT, SUM.replace("b + a", "b + a + 0.000001"), "", "b + a + 0.000001", r"answer gives 12, .* 12\.000001\."),
    (PROMPT, SUM.replace("b + a", "(b, a)"), "", "(b, a)", r"answer gives 12, .* \(6, 6\)\."),
    (
        PROMPT,
        SUM.replace("number", "vector").replace("a + b", "(a, b)").replace("b + a", "(a, 2 * b)"),
        "",
        "(a, 2 * b)",
        r"answer gives \(6, 6\), check gives \(6, 12\)\.",
    ),
    ("$x$", SLOPE.replace("D(f, x)", "D(f, x) + 1"), "", "D(f, x) + 1", r"\(a = \d+\): at x = \S+ answer gives \S+, "),
    (ASKS, STEPS.replace("2 * a", "3 * a"), "", "3 * a", r"\(a = (\d+)\): answer gives \d+, check gives \d+\."),
    (
        "$x$\n\n1. 微分は？",
        "id: s\nkind: derivation\nsymbols: {x: 0.5..2}\nsteps:\n  - answer: 2*x\n    check: D(x**3, x)",
        "",
        "D(x**3, x)",
        r"seed 0: at x = \S+ answer gives \S+, check gives \S+\.",
    ),
]


@pytest.mark.parametrize(("prompt", "key", "rest", "line", "message"), MISMATCHES)
def test_a_wrong_check_is_at_its_line_with_both_values(exercise_from, prompt, key, rest, line, message):
    (complaint,) = found_in(exercise_from(prompt, key, rest))
    assert complaint.code == "mismatch"
    assert line_of(complaint) == line
    assert re.search(message, complaint.message), complaint.message
    assert "draw" not in complaint.hint


def test_a_check_that_is_wrong_for_the_example_alone_names_the_example(exercise_from):
    key = SUM.replace("b + a", "if(a > 9, 0, b + a)") + "example: {a: 10, b: 3, answer: 13}\n"
    (complaint,) = found_in(exercise_from(PROMPT, key))
    assert complaint.code == "mismatch"
    assert complaint.message == "the example (a = 10, b = 3): answer gives 13, check gives 0."


def test_a_wrong_example_is_at_its_answer(exercise_from):
    (complaint,) = found_in(exercise_from(PROMPT, SUM + "example: {a: 2, b: 3, answer: 6}\n"))
    assert complaint.code == "example"
    assert line_of(complaint) == "6}"
    assert "6" in complaint.message
    assert "5" in complaint.message


PLACES = [
    (SUM + "mistakes:\n  twice: 2 * a + b\n  near: a + b + 0.4\n", "undrawable", "a + b + 0.4"),
    (SUM + "where:\n  - a > 1\n  - b > 10\n", "undrawable", "b > 10"),
    (SUM.replace("answer: a + b", "answer: join(a, b)"), "undrawable", "join(a, b)"),
    (SUM.replace("check: b + a", "check: b + (a, 1)[a]"), "undrawable", "b + (a, 1)[a]"),
    (SUM.replace("b: integer(2, 9)", "b: integer((1, 2), 9)"), "undrawable", "integer((1, 2), 9)"),
    (SUM.replace("answer: a + b", "let:\n  c: (a, b)[a]\nanswer: c"), "undrawable", "(a, b)[a]"),
    (SUM + "cases:\n  big: a + q > 3\n", "undrawable", "a + q > 3"),
    (SUM.replace("kind: number", "kind: vector"), "undrawable", "a + b"),
    (
        SUM.replace("a: integer(2, 9)", "a: integer(2, 3)").replace("b: integer(2, 9)", "b: pick(4)"),
        "few-distinct",
        "a:",
    ),
    (SUM.replace("kind: number", "kind: number\nexam: choice"), "exam-rare", "choice"),
    (SUM.replace("a + b", "if(a > 8, b, 0)").replace("b + a", "if(a > 8, b, 0)"), "guessable", "if(a > 8, b, 0)"),
]


@pytest.mark.parametrize(("key", "code", "line"), PLACES)
def test_each_complaint_is_at_its_field(exercise_from, key, code, line):
    complaints = found_in(exercise_from("$ {{ a }} {{ b }} $", key), 20)
    places = [line_of(complaint) for complaint in complaints if complaint.code == code]
    assert places, complaints
    assert places[0].startswith(line)


@pytest.mark.parametrize("part", ["### ヒント\n1. $ {{ 1 / (a - a) }} $", "### 解説\n一行\n$ {{ 1 / (a - a) }} $"])
def test_a_hole_that_cannot_be_filled_is_at_its_own_line(exercise_from, part):
    (complaint,) = found_in(exercise_from(PROMPT, SUM, part))
    assert complaint.code == "undrawable"
    assert line_of(complaint).startswith("1 / (a - a)")


def test_a_mistake_of_a_step_is_at_its_line(exercise_from):
    key = STEPS.replace("one: a * 2", "one: a * 2\n      two: a * 2")
    complaints = found_in(exercise_from(ASKS, key), 20)
    assert [(complaint.code, line_of(complaint)) for complaint in complaints] == [("mistake-never", "a * 2")]
    assert complaints[0].place.line == exercise_from(ASKS, key).key.steps[0].mistakes[1].place.line


@pytest.mark.parametrize("seeds", [1, 5, 50])
@pytest.mark.parametrize(
    ("prompt", "key", "line"),
    [
        (PROMPT, SUM + "mistakes:\n  one: b + a\n", "b + a"),
        (PROMPT, SUM + "mistakes:\n  one: a * b + a\n  two: a * (b + 1)\n", "a * (b + 1)"),
        ("$x$", SLOPE + "mistakes:\n  one: a*x + a*x\n", "a*x + a*x"),
        (ASKS, STEPS.replace("one: a * 2", "one: a * a"), "a * a"),
        (ASKS, STEPS.replace("two: a + 2", "two: 4 * a / 2"), "4 * a / 2"),
    ],
)
def test_a_mistake_that_no_question_has_is_a_complaint(exercise_from, prompt, key, line, seeds):
    complaints = found_in(exercise_from(prompt, key), seeds)
    never = [complaint for complaint in complaints if complaint.code == "mistake-never"]
    assert [line_of(one) for one in never] == [line]


def test_a_mistake_that_a_few_seeds_happen_to_miss_is_none(exercise_from):
    # Half of the questions have it; the first one has not.
    key = SUM + "mistakes:\n  one: if(a > 5, a + b, 3 * a + b)\n"
    exercise = exercise_from(PROMPT, key)
    assert found_in(exercise, 1) == []
    assert found_in(exercise, 50) == []


def test_the_shares_of_mistakes_are_given_for_steps_too(exercise_from):
    set_language("en")
    exercise = exercise_from(ASKS, STEPS)
    certificate = verify(PageSource(exercise.topic, exercise.key.place.path), exercise, range(5), Service())
    assert certificate.alive == {"1.one": 1.0, "2.two": 1.0}


ENGLISH = re.compile(r"[A-Za-z]{3,}(?: [A-Za-z]+)+")
"""Two English words or more in a row."""


@pytest.mark.parametrize("key", [key for key, *_ in PLACES] + [key for _, key, *_ in MISMATCHES])
def test_japanese_complaints_hold_no_english_sentence(exercise_from, key):
    prompt = ASKS if "steps:\n  - answer: a" in key else "$x$\n\n1. 微分は？" if "steps:" in key else "$x$"
    for complaint in found_in(exercise_from(prompt, key), 20, "ja"):
        assert not ENGLISH.search(complaint.message.replace(line_of(complaint), "")), complaint.message
        assert not ENGLISH.search(complaint.hint), complaint.hint


ROOMS = ("interpretation", "algebras", "catalogue", "questions", "derivations")


def problems() -> list[str]:
    """The message of every `Problem` that an author's expression may lead to, with X for each value."""
    engine = Path(studyapp.__file__).parent / "engine"
    messages = []
    for path in sorted(engine.rglob("*.py")):
        if path.relative_to(engine).parts[0].removesuffix(".py") not in ROOMS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id.endswith(("Problem", "TooMuchWork"))
            ):
                messages += [_sample(one) for one in node.args[:1] if isinstance(one, ast.Constant | ast.JoinedStr)]
    return sorted({message for message in messages if message})


def _sample(message: ast.Constant | ast.JoinedStr) -> str:
    parts = message.values if isinstance(message, ast.JoinedStr) else [message]
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "'X'" if part.conversion == ord("r") else "X"
        for part in parts
    )


@pytest.mark.parametrize("message", problems())
def test_every_message_of_the_mathematics_is_in_japanese_too(message):
    assert translated_problem(message) != message
    with speaking("en"):
        assert translated_problem(message) == message


@pytest.mark.parametrize(
    ("prompt", "key", "lines"),
    [
        (PROMPT, SUM, []),
        (PROMPT, SUM.replace("check: b + a\n", ""), ["a + b"]),
        ("$x$", SLOPE.replace("check: D(f, x)\n", ""), ["2*a*x"]),
        (ASKS, STEPS.replace("    check: 2 * a\n", ""), ["a + a"]),
        ("選べ。\n\n- [x] {{ a }}\n- [ ] {{ -a }}", "id: c\nkind: choice\ndraw:\n  a: integer(2, 90)\n", []),
    ],
)
def test_an_answer_without_a_second_route_is_a_warning(exercise_from, prompt, key, lines):
    warnings = [complaint for complaint in found_in(exercise_from(prompt, key)) if complaint.code == "no-check"]
    assert [line_of(warning) for warning in warnings] == lines
    assert all(warning.severity == Severity.WARNING for warning in warnings)


ACCURACY = """
id: accuracy
kind: code
arrays: {y: "probabilities(N, C)", t: "labels(N, C)", C: size}
answer: np.mean(np.argmax(y, axis=1) == t)
"""


def test_a_key_of_code_that_no_array_tells_from_a_slip_is_complained_of_at_its_answer(exercise_from):
    never_right = ACCURACY.replace("== t)", "== t + C)")  # no label is ever that large: sum and mean are both 0
    complaints = found_in(exercise_from("`{{ y }}`", never_right))
    assert {complaint.code for complaint in complaints} == {"slip-survives"}
    assert {line_of(complaint) for complaint in complaints} == {"np.mean(np.argmax(y, axis=1) == t + C)"}
    assert any("np.sum(np.argmax(y, axis=1) == t + C)" in complaint.message for complaint in complaints)


def test_a_key_of_code_whose_slips_all_show_is_complained_of_for_nothing(exercise_from):
    assert found_in(exercise_from("`{{ y }}`", ACCURACY)) == []


def test_a_wrong_check_of_code_is_at_its_line(exercise_from):
    (complaint,) = found_in(exercise_from("`{{ y }}`", ACCURACY + "check: np.sum(np.argmax(y, axis=1) == t)\n"))
    assert (complaint.code, line_of(complaint)) == ("mismatch", "np.sum(np.argmax(y, axis=1) == t)")


def test_code_that_never_has_a_value_is_complained_of(exercise_from):
    (complaint,) = found_in(exercise_from("`{{ y }}`", ACCURACY.replace("== t)", "== t[:, 0])")))
    assert (complaint.code, line_of(complaint)) == ("undrawable", "np.mean(np.argmax(y, axis=1) == t[:, 0])")


def test_a_slip_of_a_part_that_survives_is_at_that_part(exercise_from):
    key = """
id: theme
kind: derivation
arrays: {n: "integer(4, 4)"}
steps:
  - kind: code
    answer: n // 2
    check: n / 2
"""
    complaints = found_in(exercise_from("問い\n\n1. 半分は？", key))
    assert {complaint.code for complaint in complaints} == {"slip-survives"}
    assert {line_of(complaint) for complaint in complaints} == {"n // 2"}


def test_a_rounding_that_meets_a_tie_is_no_disagreement(exercise_from):
    # Exactly 0.595, which no float and no binary number of 50 digits is.
    key = (
        "id: tie\nkind: number\ndraw:\n  p: pick(0.9, 0.91)\n  b: pick(0.06, 0.07)\n  c: pick(0.3, 0.31)\n"
        "let:\n  q: round(p * (1 - b), 2)\n  r: round(q * (1 - c), 2)\n"
        "answer: 1 - r / q\ncheck: (q - r) / q\ndigits: 3\n"
    )

    complaints = found_in(exercise_from("{{ p }} {{ b }} {{ c }}", key), seeds=40)
    assert "symbolic" not in {complaint.code for complaint in complaints}


@pytest.mark.parametrize(("count", "is_told"), [(0, True), (3, True), (9, False), (27, False)])
def test_an_option_is_rarely_right_only_beyond_chance(exercise_from, count: int, is_told: bool):
    key = (
        "id: parity\nkind: choice\ndraw:\n  a: integer(1, 40)\n"
        "right:\n  - a > 25\n  - a <= 25 and a > 5\n  - a <= 5\nshown: 2\n"
    )
    exercise = exercise_from("$ {{ a }} $\n\n- [ ] 大きい\n- [ ] 普通だ\n- [ ] 小さい", key)
    tally = Tally(drawn=400, options=2, positions=Counter({0: 200, 1: 200}))
    tally.chosen = Counter({1: 200, 2: 200 - count, 3: count})

    told = [complaint for complaint in counted(exercise, tally, set()) if complaint.code == "never-right"]

    assert [line_of(complaint) for complaint in told] == (["[ ] 小さい"] if is_told else [])
