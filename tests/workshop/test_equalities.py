"""Every equality of numbers in the sentences of a question holds to the digits shown, or is a complaint at its line."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.place import Complaint, PageSource, Place
from studyapp.domain.text import set_language
from studyapp.kernel.service import Service
from studyapp.workshop.equalities import false_in_text
from tests.workshop.verifying import verify

KEY = """
id: sum
kind: number
draw:
  a: integer(12, 49)
  b: integer(12, 49)
  y: decimals(3, 1, 5, digits=1)
  t: decimals(3, 1, 5, digits=1)
let:
  p: a / 7
  q: b / 7
answer: a + b
check: b + a
digits: 2
cases:
  large: a > b
  small: a <= b
"""
PROMPT = "$ {{ a }} + {{ b }} $ と ${{ y }}$ と ${{ t }}$ 。"


def false_in(exercise, source: PageSource | None = None, seeds: int = 12) -> list[Complaint]:
    set_language("en")
    source = source or PageSource(exercise.topic, exercise.key.place.path)
    complaints = [one for one, _ in verify(source, exercise, range(seeds), Service()).complaints]
    assert {complaint.code for complaint in complaints} <= {"false-equality"}, complaints
    return complaints


def line_of(complaint: Complaint) -> str:
    line = Path(complaint.place.path).read_text(encoding="utf-8").splitlines()[complaint.place.line - 1]
    return line[complaint.place.column - 1 :]


FALSE = [
    ("$ {{ a }} + {{ b }} = {{ a + b + 1 }} $", "a + b + 1"),
    ("$ S = {{ a }} + {{ b }} = {{ a * b }} $ 。", "a * b"),
    ("$$\nS = {{ a }} + {{ b }}\n= {{ a - b - 1 }}\n$$", "a - b - 1"),
    ("和は {{ a }} + {{ b }} = {{ a + b + 1 }} です。", "a + b + 1"),
    ("- {{ a }} × {{ b }} = {{ a * b + 1 }}", "a * b + 1"),
    ("| 和 | 積 |\n|---|---|\n| ${{ a }} + {{ b }} = {{ b }}$ | 1 |", "b"),
    (r"$ \frac{ {{ a }} }{7} = {{ b / 7 }} $", "b / 7"),
    (r"$ \frac{ {{ a }} }{7} = {{ p + 0.02 }} $", "p + 0.02"),
    (r"$ -\log {{ a }} \approx {{ -log(a + 1) }} $", "-log(a + 1)"),
    (r"$ \sqrt{ {{ a }} } = {{ a }}^2 $", "a }}^2"),
    (r"$ {{ a }} \cdot ({{ b }} - 2) = {{ a * b - 2 }} $", "a * b - 2"),
    ("$ {{ a }} + {{ b }} = 12 $", "b }} = 12"),
    (r"$ 9 \cos {{ a }}^\circ = {{ 9 * cos(a) }} $", "9 * cos(a)"),
    ("$ {{ a }}{{ b }} = {{ a * b }} $", "a * b"),
    ("$ 1{{ a }} = {{ a + 10 }} $", "a + 10"),
    ("$ {{ y }} - {{ t }} = {{ t - y }} $", "t - y"),
    ("$ {{ y }} - (1, 1, 1) = {{ y - 2 * (1, 1, 1) }} $", "y - 2"),
    ("$ 2 \\cdot {{ y }} = {{ 3 * y }} $", "3 * y"),
    ("$ x = {{ a }}, \\quad {{ a }} - 1 = {{ a }} $", "a }} $"),
    ("$ {{ a }} = {{ a - b - 100 }} $", "a - b - 100"),
    ("- `large` — 大きい。 $ {{ a }} - {{ b }} = {{ b - a }} $", "b - a"),
]


@pytest.mark.parametrize("part", ["### ヒント\n1. 一つ。\n2. ", "### 解説\n一行め。\n\n", ""])
@pytest.mark.parametrize(("sentence", "line"), FALSE)
def test_a_false_equality_is_found_at_its_line(exercise_from, sentence, line, part):
    if part.startswith("### ヒント") and sentence[0] in "$-|" and sentence[:2] != "$ ":
        part = "### 解説\n"
    if sentence.startswith("- `large`"):
        part = "### 解説\n- `small` — 小さい。\n"
    prompt = PROMPT if part else f"{PROMPT}\n\n{sentence}"
    complaints = false_in(exercise_from(prompt, KEY, part + sentence if part else ""))
    assert complaints
    assert all(line_of(one).startswith(line) for one in complaints), [line_of(one) for one in complaints]


TRUE = [
    "$ {{ a }} + {{ b }} = {{ a + b }} $",
    "$ {{ a }} + {{ b }} = {{ a + b }} = {{ b + a }} $",
    "和は {{ a }} + {{ b }} = {{ a + b }} です。",
    "1. {{ a }} - 1 = {{ a - 1 }}",
    r"$ \frac{ {{ a }} }{7} = {{ p }} $",
    "$ {{ p }} + {{ q }} = {{ p + q }} $",  # each is rounded: the last digit need not add up
    r"$ {{ a }} \div 7 \approx {{ p:0 }} $",
    r"$ -\log {{ a }} = {{ -log(a) }} $",
    r"$ {{ a }}^\circ + {{ b }}^\circ = {{ a + b }}^\circ $",
    r"$ 2 \cos {{ a }}^\circ \approx {{ 2 * cos(a * pi / 180) }} $",
    "$ {{ y }} - {{ t }} = {{ y - t }} $",
    r"$ \begin{aligned} S &= {{ a }} + {{ b }} \\ &= {{ a + b }} \end{aligned} $",
    "$ x = {{ a }}, y = {{ b }} $",
    r"$ a = {{ a }} \quad b = {{ b }} $",
    "$ {{ a }} \\ne {{ -a }} = -{{ a }} $",
    "$ k = {{ a }} $ 個、 $ x_{ {{ a }} } = {{ b }} $",
    "`{{ a }} == {{ b }}` と `x = {{ a }}`",
    "$ {{ a }} - {{ b - 60 }} = {{ a - b + 60 }} $",
    "$ {{ 0.1 + 0.2 }} = 0.3 $",
    r"$ {{ a }} < {{ b + 50 }} = {{ b + 50 }} $",
    "$ {{ a }} \\% = {{ a / 100 }} $",
    "- `large` — $ {{ a }} - {{ b }} = {{ abs(a - b) }} $\n- `small` — $ {{ b }} - {{ a }} = {{ abs(a - b) }} $",
]


@pytest.mark.parametrize("sentence", TRUE)
def test_a_true_equality_is_none(exercise_from, sentence):
    assert false_in(exercise_from(PROMPT, KEY, f"### 解説\n{sentence}"), seeds=40) == []


def test_the_complaint_shows_what_the_learner_would_see(exercise_from):
    complaint = false_in(exercise_from(f"{PROMPT}\n\n$ {{{{ a }}}} + {{{{ b }}}} = {{{{ a + b + 1 }}}} $", KEY))[0]
    assert complaint.message.startswith("With seed 0 (a = ")
    a, b = (int(complaint.message.partition(f"{name} = ")[2].partition(",")[0]) for name in "ab")
    assert f"“{a} + {b} = {a + b + 1}” does not hold: the left side is {a + b}." in complaint.message


def test_the_other_language_is_checked_too(tmp_path):
    pages = {}
    for language, sentence in (("ja", "$ {{ a }} + 1 = {{ a + 1 }} $ 。"), ("en", "$ {{ a }} + 2 = {{ a + 1 }} $ .")):
        pages[language] = tmp_path / language / "area" / "page.md"
        pages[language].parent.mkdir(parents=True)
        key = KEY if language == "ja" else "id: sum\n"
        text = f"# T\n\n## H\n\n{PROMPT}\n\n{sentence}\n\n```yaml key\n{key.strip()}\n```\n"
        pages[language].write_text(text, encoding="utf-8")
    source = PageSource("area/page", str(pages["ja"]))
    complaints = false_in(Service().topic(source).exercises[0], source)
    assert {complaint.place.path for complaint in complaints} == {str(pages["en"])}
    assert {line_of(complaint)[:5] for complaint in complaints} == {"a + 1"}


def test_base_two_is_not_taken_for_the_natural_logarithm(exercise_from):
    key = KEY + "convention: {log: 2}\n"
    assert false_in(exercise_from(PROMPT, key, r"### 解説" + "\n" + r"$ \log {{ a }} = {{ log2(a) }} $")) == []


decimals = st.integers(-(10**4), 10**4).map(lambda whole: Decimal(whole) / 100)


@given(decimals, decimals, decimals)
def test_a_sum_is_false_exactly_where_it_is(a, b, c):
    text = f"$ {a} + ({b}) = {c} $"
    half = Decimal("0.5").scaleb(-len(str(c).partition(".")[2])) if "." in str(c) else 0
    assert bool(list(false_in_text(text, Place("p")))) == (abs(a + b - c) > half)
