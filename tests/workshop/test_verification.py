"""Verification lets right exercises pass and finds each fault that it is there for."""

from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from platform import node

import pytest

from studyapp.domain.place import PageSource
from studyapp.domain.question import ChoiceKey, NumberKey, OrderKey, TermKey, VectorKey
from studyapp.domain.text import set_language
from studyapp.engine.drawing import draw, draw_with_values
from studyapp.engine.questions.compiled import SymbolicRoute
from studyapp.kernel.service import PRINTER, Service
from studyapp.workshop import examination, verification
from studyapp.workshop.examination import examine, near_misses
from studyapp.workshop.tally import Tally, counted
from studyapp.workshop.verification import Certificate, verified
from tests.workshop.verifying import verify

PROMPT = "$ {{ a }} {{ b }} $"
KEY = """
id: product
kind: number
draw:
  a: integer(2, 9)
  b: integer(2, 9)
answer: a * b
check: b * a
example: {a: 2, b: 3, answer: 6}
digits: 2
mistakes:
  sum: a + b
"""
REST = "### 誤答\n- `sum` — 足している。"


def certified(exercise, seeds: int = 40) -> Certificate:
    set_language("en")
    source = PageSource(exercise.topic, exercise.key.place.path)
    return verify(source, exercise, range(seeds), Service())


def test_a_sound_exercise_gets_a_clean_certificate(exercise_from):
    certificate = certified(exercise_from(PROMPT, KEY, REST))
    assert certificate.complaints == ()
    assert certificate.seeds == 40
    assert certificate.distinct > 20
    assert certificate.distance < 1e-12
    # 2 · 2 = 2 + 2 is the one drawing in 64 in which the mistake does not apply.
    assert 0.9 <= certificate.alive["sum"] <= 1


def test_a_derivation_that_ends_in_a_choice_is_verified(exercise_from):
    asks = "${{ a }}, {{ b }}$\n\n1. 和は？\n2. 符号は？\n   - [ ] 正\n   - [ ] 負\n"
    key = """
id: ending
kind: derivation
draw:
  a: integer(-20, 20)
  b: integer(-20, 20)
where:
  - a + b != 0
steps:
  - kind: number
    name: s
    answer: a + b
    check: b + a
    digits: 0
  - kind: choice
    right:
      - s > 0
      - s < 0
"""
    certificate = certified(exercise_from(asks, key))
    assert {complaint.code for complaint, _ in certificate.complaints} <= {"unchecked", "no-example"}
    assert certificate.distinct > 20


def test_a_mistake_that_few_questions_have_is_found(exercise_from):
    key = KEY.replace("sum: a + b", "sum: if(a * b == 81, a, a * b)")
    assert "mistake-rare" in {complaint.code for complaint, _ in certified(exercise_from(PROMPT, key, REST)).complaints}


def test_a_complaint_names_the_seed_that_shows_it(exercise_from):
    key = KEY.replace("check: b * a", "check: if(a == 5, 0, b * a)")
    (complaint, seed), *_ = certified(exercise_from(PROMPT, key, REST)).complaints
    assert complaint.code == "mismatch"
    assert str(seed) in complaint.message


CHOICE = """
id: pool
kind: choice
shown: 3
"""


@pytest.mark.parametrize(
    ("right", "codes"),
    [
        ("外れ値の影響が一定の大きさで頭打ちになり、学習が安定するから", {"telling-length", "longest-right"}),
        ("理由の十", {"longest-right"}),
        ("訳", {"shortest-right"}),
        ("理由", set()),
    ],
)
def test_a_right_option_that_is_known_by_its_length_is_found(exercise_from, right, codes):
    prompt = "\n".join([f"選べ。\n\n- [x] {right}", *(f"- [ ] {wrong}" for wrong in ("利点", "欠点", "因果", "目的"))])
    found = {one.code for one, _ in certified(exercise_from(prompt, CHOICE), 100).complaints}
    assert found - {"constant-answer", "few-distinct"} == codes


def test_positions_of_the_right_option_are_even_and_uneven_ones_are_told(exercise_from):
    exercise = exercise_from(
        "\n".join(["選べ。\n", "- [x] 正解0", "- [x] 正解1", *(f"- [ ] 誤り{n}" for n in range(6))]), CHOICE
    )
    assert certified(exercise, 200).complaints == ()
    tally = Tally(drawn=60, options=3, surfaces={bytes([n]) for n in range(9)})
    tally.positions.update({0: 50, 1: 5, 2: 5})
    assert {one.code for one in counted(exercise, tally, set())} == {"uneven-positions"}


def test_sympy_differentiates_by_itself(exercise_from):
    """The key's derivative is the tree's; it is compared with SymPy's own, also through values computed before."""
    set_language("en")
    key = KEY.replace("answer: a * b", "answer: D(a**3 * c, a)").replace("draw:", "let:\n  c: b**2\ndraw:")
    key = key.replace("check: b * a", "check: 3 * a**2 * b**2").replace("example: {a: 2, b: 3, answer: 6}\n", "")
    exercise = exercise_from(PROMPT, key.replace("sum: a + b", "sum: a**2 * b**2"), REST)
    tally = examine(PageSource(exercise.topic, exercise.key.place.path), exercise, range(5), Service())
    assert tally.complaints == []
    assert SymbolicRoute(exercise.key).value(draw_with_values(exercise, 0, PRINTER).filler.values) is not None
    assert tally.distance == 0


def test_a_near_miss_that_counts_as_correct_is_told(exercise_from, monkeypatch):
    exercise = exercise_from(PROMPT, KEY, REST)
    monkeypatch.setattr(examination, "near_misses", lambda question: [question.answer])
    assert "near-miss" in {complaint.code for complaint, _ in certified(exercise, 5).complaints}


@pytest.mark.parametrize(
    ("key", "answer", "expected"),
    [
        (NumberKey("0.5108256", 4), "0.5108", ["0.5109", "0.5107", "-0.5108"]),
        (NumberKey("0.25", 1), "0.3", ["0.4", "-0.3"]),  # a tie: 0.2 is right, too
        (NumberKey("1446.43", None, 3), "1446", ["1456", "1436", "-1446"]),  # tens are what counts
        (NumberKey("0", 2), "0", ["0.01", "-0.01"]),
        (NumberKey("1664", 0), "1664", ["1665", "1663", "-1664", "1664.4", "1660"]),
        (VectorKey(("1", "20"), 0), "(1, 20)", ["(1, 21)", "(1, 20.4)", "(-1, -20)"]),
        (VectorKey(("1", "-2"), 1), "(1, -2)", ["(1, -1.9)", "(-1, 2)"]),
        (ChoiceKey(("a", "b", "c"), ("b",)), "b", ["a", "c"]),
        (OrderKey(("b", "a", "c")), "b a c", ["c a b", "b c a"]),
        (TermKey(("誤差逆伝播法",), ("勾配降下法",)), "誤差逆伝播法", ["勾配降下法"]),
    ],
)
def test_near_misses_are_what_a_learner_might_type(exercise_from, key, answer, expected):
    question = replace(draw(exercise_from(PROMPT, KEY, REST), 0, PRINTER), key=key, answer=answer)
    assert list(near_misses(question)) == expected


def test_a_translation_with_other_numbers_is_told(tmp_path):
    set_language("en")
    page = tmp_path / "ja" / "area" / "page.md"
    twin = tmp_path / "en" / "area" / "page.md"
    options = "- [ ] {{ a }}\n- [ ] {{ b }}\n"
    facts = "draw:\n  a: integer(2, 9)\n  b: integer(2, 9)\nright:\n  - a > b\n  - b > a\n"
    for path, order, key in ((page, options, "kind: choice\n" + facts), (twin, options, "")):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# T\n\n## H\n\n?\n\n{order}\n```yaml key\nid: larger\n{key}```\n", encoding="utf-8")
    source = PageSource("area/page", str(page))
    exercise = Service().topic(source).exercises[0]

    assert examine(source, exercise, range(4), Service()).complaints == []

    twin.write_text(twin.read_text(encoding="utf-8").replace("{{ b }}", "{{ q }}"), encoding="utf-8")
    codes = {one.code for one, _ in examine(source, exercise, range(4), Service()).complaints}
    assert codes == {"undrawable"}


def page_with_two(tmp_path) -> PageSource:
    page = tmp_path / "ja" / "area" / "page.md"
    page.parent.mkdir(parents=True)
    body = "".join(f"\n## H\n\n{PROMPT}\n\n{REST}\n\n```yaml key{KEY.replace('product', f'p{n}')}```\n" for n in (1, 2))
    page.write_text(f"# T\n{body}", encoding="utf-8")
    return PageSource("area/page", str(page))


def test_processes_find_what_one_process_finds(tmp_path, monkeypatch):
    monkeypatch.setattr(verification, "LARGEST_CHUNK", 25)  # three chunks of each exercise
    set_language("en")
    source = page_with_two(tmp_path)
    wanted = [(source, name) for name in ("p1", "p2")]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        spread = [result.certificate for result in verified(wanted, range(5, 65), executor)]
    alone = [result.certificate for result in verified(wanted, range(5, 65), None)]
    assert spread == alone
    assert [one.id for one in alone] == ["p1", "p2"]
    assert {one.seeds for one in alone} == {60}


class Elsewhere:
    """An executor that does its work on a machine with other files, or another studyapp."""

    def __init__(self, change):
        self._change = change
        self.begun = []

    def submit(self, work, chunk):
        self._change()
        future = Future()
        self.begun.append(future)
        if len(self.begun) == 1:
            try:
                future.set_result(work(chunk))
            except verification.UnlikeCopyError as error:
                future.set_exception(type(error)(*error.args))
        return future


@pytest.mark.parametrize(
    ("language", "what", "message"),
    [
        ("ja", "page", "page.md は、検証を始めたときのものと違います"),
        ("en", "page", "is not as it was here when this began"),
        ("ja", "twin", "page.md は、検証を始めたときのものと違います"),
        ("ja", "code", "の studyapp は、こちらのものと違います"),
        ("en", "code", "is not the one that is run here"),
    ],
)
def test_a_worker_with_another_page_or_version_is_refused(tmp_path, monkeypatch, language, what, message):
    set_language(language)
    source = page_with_two(tmp_path)
    page, twin = Path(source.page), tmp_path / "en" / "area" / "page.md"
    twin.parent.mkdir(parents=True)
    changes = {
        "page": lambda: page.write_text(page.read_text(encoding="utf-8") + "\n", encoding="utf-8"),
        "twin": lambda: twin.write_text("# T\n", encoding="utf-8"),
        "code": lambda: monkeypatch.setattr(verification, "_code", lambda: "another"),
    }
    executor = Elsewhere(changes[what])
    with pytest.raises(verification.UnlikeCopyError, match=message) as refused:
        list(verified([(source, "p1"), (source, "p2")], range(3), executor))
    assert node() in str(refused.value)
    assert executor.begun[1].cancelled()  # nothing more is computed there


@pytest.mark.deep
@pytest.mark.filterwarnings("ignore")  # the cluster's libraries warn of their own
def test_a_cluster_of_two_workers_finds_the_same(tmp_path):
    """Run with `pip install 'studyapp[cluster]' && pytest -m deep tests/workshop`."""
    set_language("en")
    distributed = pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
    source = page_with_two(tmp_path)
    wanted = [(source, name) for name in ("p1", "p2")]
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        spread = [result.certificate for result in verified(wanted, range(250), client.get_executor())]
    assert spread == [result.certificate for result in verified(wanted, range(250), None)]


KINKED = """
id: kinked
kind: expression
draw:
  a: integer(30, 90)
symbols: {x: real, y: real}
answer: KEY
"""


@pytest.mark.parametrize(
    ("answer", "is_undecided"),
    [
        ("max(0, x - a)", False),
        ("abs(x - a)*max(0, exp(y))", False),
        ("x + max(0, sin(x)*sin(y)*sin(x + y) - a)", False),
        # The product of the three waves is 0.65 at most, which is not proved by their bounds.
        ("x + max(0, sin(x)*sin(y)*sin(x + y) - 0.7)*a", True),
    ],
)
def test_a_key_with_a_branch_that_nothing_reaches_is_refused_at_its_field(
    exercise_from, answer: str, is_undecided: bool
):
    exercise = exercise_from("$ {{ a }} x y $", KINKED.replace("KEY", answer), "")
    places = [
        complaint.place for complaint, _ in certified(exercise, 2).complaints if complaint.code == "branch-undecided"
    ]
    assert bool(places) == is_undecided
    assert set(places) <= {exercise.key.at("answer")}
