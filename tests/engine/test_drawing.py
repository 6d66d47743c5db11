"""Questions are drawn from exercises and seeds, and every drawing checks itself."""

import random
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.exercise import SymbolDomain
from studyapp.domain.expression import Call, Name, Number
from studyapp.domain.question import NumberKey, OrderKey, Question, TermKey, Undrawable
from studyapp.domain.text import set_language
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.drawing import draw, example_of
from studyapp.engine.equivalence.deciding import State, decide
from studyapp.engine.proof import prove
from studyapp.engine.questions.filling import Printer
from studyapp.engine.questions.randomness import Stream, draw_value
from studyapp.engine.questions.shown import shown_number
from studyapp.grading import grade
from studyapp.language import Vocabulary, read_answer, read_strict, to_tex, to_text
from studyapp.language.code import read_code

PRINTER = Printer(to_text, to_tex, read_code)
SUM = """
id: sum
kind: number
draw:
  a: integer(2, 9)
  b: integer(2, 9)
answer: a + b
check: b + a
digits: 2
"""


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0.09996", "0.100"), ("9.996", "10.0"), ("99.96", "100"), ("0.09994", "0.0999"), ("0.1", "0.1")],
)
def test_a_number_is_shown_with_the_significant_digits_of_what_it_is_rounded_to(value: str, shown: str):
    assert shown_number(Decimal(value), None, 3)[0] == shown


def number(value: object) -> Number:
    return Number(Decimal(str(value)))


def drawn(exercise, seed=1) -> Question:
    question = draw(exercise, seed, PRINTER)
    assert isinstance(question, Question), question
    return question


def refused(exercise, seed=1) -> Undrawable:
    question = draw(exercise, seed, PRINTER)
    assert isinstance(question, Undrawable), question
    return question


class TestRandomValues:
    @given(seed=st.integers(0, 10**6), size=st.integers(1, 10), digits=st.integers(1, 4))
    def test_probabilities_are_positive_and_sum_to_exactly_one(self, seed, size, digits):
        call = Call("probabilities", (number(size),), (("digits", number(digits)),))
        value = draw_value(call, Stream("any", seed, "p"), {})
        assert isinstance(value, tuple)
        assert len(value) == size
        assert all(isinstance(one, Decimal) and one > 0 for one in value)
        assert sum(value) == 1

    @given(seed=st.integers(0, 10**6))
    def test_decimals_lie_on_their_grid_with_both_ends_included(self, seed):
        call = Call("decimal", (number(-1), number(1)), (("digits", number(1)),))
        value = draw_value(call, Stream("any", seed, "x"), {})
        assert value in {Decimal(n) / 10 for n in range(-10, 11)}

    def test_every_point_of_the_grid_is_reached(self):
        call = Call("integer", (number(1), number(6)))
        values = {draw_value(call, Stream("any", seed, "die"), {}) for seed in range(100)}
        assert values == {Decimal(n) for n in range(1, 7)}

    @pytest.mark.parametrize(
        "call",
        [
            Call("probabilities", (number(11),), (("digits", number(1)),)),
            Call("integers", (number(10**9), number(0), number(1))),
            Call("decimal", (number(2), number(1))),
            Call("decimal", (number(0), number(1)), (("digits", number(99)),)),
            Call("index", (number("0.5"),)),
            Call("sample", (number(3), Name("a"))),
            Call("open", (number(1),)),
            Call("integer", (number(1),)),
        ],
        ids=lambda call: call.function,
    )
    def test_a_draw_that_makes_no_sense_is_a_problem(self, call):
        with pytest.raises(Problem):
            draw_value(call, Stream("any", 1, "x"), {})


class TestSeeds:
    def test_the_same_seed_gives_the_same_question_for_ever(self, exercise_from):
        exercise = exercise_from("$ {{ a }} + {{ b }} $", SUM)
        assert drawn(exercise, 7) == drawn(exercise, 7)
        for seed in range(50):
            # The rule that old seeds rely on, written out again: a stream for each name, its first number scaled.
            expected = {name: 2 + int(random.Random(f"sum:{seed}:{name}").random() * 8) for name in "ab"}
            assert drawn(exercise, seed).values == expected

    def test_a_line_added_changes_no_other_value(self, exercise_from):
        plain = drawn(exercise_from("$ {{ a }} $", SUM))
        more = drawn(exercise_from("$ {{ a }} $", SUM.replace("  a:", "  new: integer(1, 9)\n  a:")))
        assert {name: more.values[name] for name in ("a", "b")} == plain.values


class TestChecks:
    def test_a_condition_is_met_by_drawing_again(self, exercise_from):
        exercise = exercise_from("$ {{ a }} $", SUM + "where:\n  - a > b\n")
        questions = [drawn(exercise, seed) for seed in range(20)]
        assert all(question.values["a"] > question.values["b"] for question in questions)
        assert any(question.redrawn for question in questions)

    def test_a_condition_that_never_holds_ends_and_names_its_line(self, exercise_from):
        found = refused(exercise_from("$ {{ a }} $", SUM + "where:\n  - a > 10\n"))
        assert (found.code, found.detail) == ("never-where", "a > 10")
        assert found.place.line == 22

    def test_a_check_that_disagrees_stops_the_exercise(self, exercise_from):
        found = refused(exercise_from("$ {{ a }} $", SUM.replace("check: b + a", "check: b + a + 0.000001")))
        assert found.code == "check"

    def test_an_unknown_name_or_function_is_told(self, exercise_from):
        assert "unknown name" in refused(exercise_from("x", SUM.replace("answer: a + b", "answer: a + q"))).detail
        assert "unknown function" in refused(exercise_from("x", SUM.replace("answer: a + b", "answer: f(a)"))).detail

    @pytest.mark.parametrize(
        ("a", "b", "digits", "mistakes", "living"),
        [
            ("integer(2, 9)", "integer(2, 9)", 2, {"same": "b + a", "minus": "a - b"}, ["minus"]),
            # 9.1464, shown as 9.15, for 9.1589: it looks like the key cut.
            ("pick(7.1589)", "pick(-2)", 2, {"cut": "a + b - 0.0125", "apart": "a - b"}, ["apart"]),
            ("integer(2, 9)", "integer(2, 9)", 0, {"more": "a + b + 1", "less": "a + b + 2"}, ["more", "less"]),
            # 0.095, shown as 0.10, as 0.1 is.
            ("pick(0.19)", "pick(9)", 2, {"half": "a / 2", "tenth": "1 / 10"}, ["half 0.10"]),
        ],
        ids=["equal to the key", "the key cut", "whole numbers one apart", "equal at the digits"],
    )
    def test_a_mistake_applies_where_it_differs_from_the_key_and_from_earlier_ones(
        self, exercise_from, a, b, digits, mistakes, living
    ):
        key = SUM.replace("a: integer(2, 9)", f"a: {a}").replace("b: integer(2, 9)", f"b: {b}")
        key = key.replace("digits: 2", f"digits: {digits}") + "mistakes:\n"
        key += "".join(f"  {name}: {wrong}\n" for name, wrong in mistakes.items())
        reasons = "### 誤答\n" + "\n".join(f"- `{name}` — 誤り。" for name in mistakes)
        shown = [
            f"{mistake.name} {mistake.answer}" for mistake in drawn(exercise_from("$ {{ a }} $", key, reasons)).mistakes
        ]
        assert len(shown) == len(living)
        assert all(map(str.startswith, shown, living))

    def test_a_mistake_too_near_to_the_key_has_the_question_drawn_again(self, exercise_from):
        rest = "### 誤答\n- `near` — 近い。"
        exercise = exercise_from("$ {{ a }} $", SUM + "mistakes:\n  near: a + b + (a - 5) / 500\n", rest)
        # Only a = 5 makes the mistake equal to the key, so that it does not apply; every other a comes too near.
        assert {drawn(exercise, seed).values["a"] for seed in range(30)} == {5}

    @pytest.mark.parametrize("asked", ["digits: 3", "significant: 3"])
    @pytest.mark.parametrize(("kind", "shape"), [("number", "{}"), ("vector", "({}, 2*b)")])
    def test_every_foreseen_mistake_is_named_by_its_own_answer(self, exercise_from, kind, shape, asked):
        set_language("en")
        wrong = {
            "whole": "a",
            "cut": "floor(1000*a)/1000",
            "rounded": "round(1000*a)/1000",
            "short": "round(100*a)/100",
            "near": "a + (b - 5)/2000",
            "next": "a + 1/1000",
            "other": "b",
        }
        key = (
            f"id: near\nkind: {kind}\ndraw:\n  a: decimal(1, 9, digits=5)\n  b: integer(1, 9)\n"
            f"answer: {shape.format('a + 20')}\ncheck: {shape.format('20 + a')}\n{asked}\nmistakes:\n"
        )
        key += "\n".join(f"  {name}: {shape.format(one)}" for name, one in wrong.items())
        exercise = exercise_from("問い", key, "### 誤答\n" + "\n".join(f"- `{name}` — 誤り。" for name in wrong))
        for seed in range(60):
            question = drawn(exercise, seed)
            named = [grade(question.key, mistake.answer, question.mistakes).mistake for mistake in question.mistakes]
            assert named == [mistake.name for mistake in question.mistakes], (seed, question.mistakes)
            assert named[0] == "whole"
            assert "other" in named

    def test_the_example_is_worked_with_the_authors_numbers(self, exercise_from):
        exercise = exercise_from("$ {{ a }} $", SUM + "example: {a: 2, b: 3, answer: 5}\n")
        worked = example_of(exercise, PRINTER)
        assert (worked[0].answer, worked[1]) == ("5", "5")


class TestHoles:
    KEY = """
id: holes
kind: number
draw:
  x: pick(-0.25)
  v: pick(2)
let:
  w: (x, v)
answer: exp(v)
digits: 3
"""

    @pytest.mark.parametrize(
        ("written", "filled"),
        [
            ("$a = {{ x }}$", "$a = -0.25$"),
            ("$3 - {{ x }}$", "$3 - (-0.25)$"),
            (r"$3 \cdot {{ x }}$", r"$3 \cdot (-0.25)$"),
            ("${{ x }}^2$", "$(-0.25)^2$"),
            ("$E = {{ answer }}$", r"$E \approx 7.389$"),
            ("値は {{ answer }} 。", "値は 7.389 。"),
            ("値 = {{ answer }}", "値 ≈ 7.389"),
            ("$y = {{ exp(x):2 }}$", r"$y \approx 0.78$"),
            ("$w = {{ w }}$", "$w = (-0.25, 2)$"),
            ("`w = {{ w }}`", "`w = [-0.25, 2]`"),
            ("$a = {{ v:3 }}$", "$a = 2$"),
        ],
    )
    def test_a_hole_is_filled_as_its_surroundings_ask(self, exercise_from, written, filled):
        assert drawn(exercise_from(written, self.KEY)).prompt == filled


class TestKinds:
    POOL = "\n".join(["- [x] 正しい一", "- [x] 正しい二", *(f"- [ ] 誤り{n}" for n in "一二三四五")])

    def test_a_pool_shows_one_right_option_among_wrong_ones(self, exercise_from):
        exercise = exercise_from(f"選べ。\n\n{self.POOL}", "id: pool\nkind: choice\nshown: 4")
        for seed in range(20):
            question = drawn(exercise, seed)
            key = question.key
            right = [option.text for option in question.options if option.label in key.right]
            assert len(question.options) == 4
            assert len(right) == 1
            assert right[0].startswith("正しい")

    def test_the_right_option_stands_in_every_place_about_equally_often(self, exercise_from):
        exercise = exercise_from(f"選べ。\n\n{self.POOL}", "id: pool\nkind: choice\nshown: 4")
        places = Counter(drawn(exercise, seed).answer for seed in range(400))
        assert set(places) == {"a", "b", "c", "d"}
        assert all(60 <= count <= 140 for count in places.values()), places

    def test_conditions_decide_which_option_is_right(self, exercise_from):
        exercise = exercise_from(
            "選べ。\n\n- [ ] a が大きい\n- [ ] b が大きい\n- [ ] 同じ",
            "id: larger\nkind: choice\ndraw:\n  a: integer(1, 3)\n  b: integer(1, 3)\n"
            "right:\n  - a > b\n  - b > a\n  - a == b",
        )
        for seed in range(20):
            question = drawn(exercise, seed)
            a, b = question.values["a"], question.values["b"]
            said = next(option.text for option in question.options if option.label == question.answer)
            assert said == ("a が大きい" if a > b else "b が大きい" if b > a else "同じ")

    def test_an_order_is_shuffled_and_its_key_sorts_it(self, exercise_from):
        exercise = exercise_from("並べよ。\n\n1. 一\n2. 二\n3. 三\n4. 四", "id: steps\nkind: order\nshown: 3")
        question = drawn(exercise)
        assert isinstance(question.key, OrderKey)
        texts = {option.label: option.text for option in question.options}
        ranks = ["一二三四".index(texts[label]) for label in question.key.right]
        assert ranks == sorted(ranks)
        assert len(ranks) == 3

    def test_a_term_has_what_is_accepted_and_refused(self, exercise_from):
        exercise = exercise_from("何というか。", "id: term\nkind: term\naccept: [損失関数]\nrefuse: [評価関数]")
        assert drawn(exercise).key == TermKey(("損失関数",), ("評価関数",))

    def test_a_given_value_is_rounded_before_the_key_is_computed_from_it(self, exercise_from):
        exercise = exercise_from(
            "$p = {{ p }}$",
            "id: given\nkind: number\ndraw:\n  z: pick(1)\ngiven:\n  p: exp(z)\nanswer: 10 * p\ndigits: 2",
        )
        question = drawn(exercise)
        assert question.prompt == "$p = 2.72$"
        assert question.key == NumberKey("27.2", 2)


class TestProof:
    def test_every_route_is_shown_with_the_largest_distance(self, exercise_from):
        exercise = exercise_from(
            "$x$", "id: p\nkind: number\ndraw:\n  x: pick(0.6)\nanswer: -log(x)\ncheck: log(1/x)\ndigits: 4"
        )

        proof = prove(exercise, drawn(exercise), PRINTER)

        assert [route.name for route in proof.routes] == [
            "numpy",
            "mpmath",
            "sympy",
            "check: numpy",
            "check: mpmath",
            "check: sympy",
        ]
        # -ln 0.6, from the series of atanh(1/4) summed by hand to 20 places.
        assert all(route.value.startswith("0.51082562376599") for route in proof.routes)
        assert float(proof.distance) < 1e-15

    def test_a_choice_shows_what_each_condition_came_to(self, exercise_from):
        exercise = exercise_from(
            "選べ。\n\n- [ ] 正\n- [ ] 負", "id: s\nkind: choice\ndraw:\n  a: pick(-2, 3)\nright:\n  - a > 0\n  - a < 0"
        )
        proof = prove(exercise, drawn(exercise), PRINTER)
        assert sorted(route.value for route in proof.routes) == ["false", "true"]


class TestFormulas:
    def test_a_condition_on_a_symbol_restricts_where_answers_are_compared(self, exercise_from):
        key = "id: f\nkind: expression\nsymbols: {x: real}\nanswer: abs(x)\ncheck: x\nwhere:\n  - x > 0"
        question = drawn(exercise_from("$|x|$ は。", key))
        assert question.key.where == ("x > 0",)
        assert refused(exercise_from("$|x|$ は。", key.replace("where:\n  - x > 0", ""))).code == "check"

    def test_a_function_may_be_left_open(self, exercise_from):
        key = (
            "id: g\nkind: expression\nsymbols: {u: real, w: real}\nfunctions: [f]\nanswer: w * f'(u)\n"
            "check: f'(u) * w\nmistakes:\n  no-slope: w * f(u)"
        )
        question = drawn(exercise_from("問い", key, "### 誤答\n- `no-slope` — 微分していない。"))
        assert [mistake.name for mistake in question.mistakes] == ["no-slope"]
        assert question.answer == "w*f'(u)"

    def test_drawn_numbers_stand_in_the_formula(self, exercise_from):
        key = (
            "id: h\nkind: expression\ndraw:\n  a: pick(2)\nsymbols: {y: real}\n"
            "answer: 3 * a * y\ncheck: D(a * 3 * y**2 / 2, y)"
        )
        assert drawn(exercise_from("$ {{ a }} $", key)).answer == "6*y"

    def test_a_derivative_in_the_check_goes_through_the_relations(self, exercise_from):
        key = (
            "id: i\nkind: expression\nsymbols: {u: real, t: 0..1}\ngiven:\n  y: sigmoid(u)\nanswer: y - t\n"
            "check: D(-t * log(y) - (1 - t) * log(1 - y), u)"
        )
        exercise = exercise_from("問い", key)
        question = drawn(exercise)
        assert question.answer == "y - t"
        assert prove(exercise, question, PRINTER).distance == "0"

    def test_a_mistake_equal_to_an_earlier_one_does_not_apply(self, exercise_from):
        key = (
            "id: j\nkind: expression\nsymbols: {y: real}\nanswer: 2 * y\ncheck: y + y\n"
            "mistakes:\n  one: y\n  same: 3 * y - 2 * y"
        )
        question = drawn(exercise_from("問い", key, "### 誤答\n- `one` — 一。\n- `same` — 同じ。"))
        assert [mistake.name for mistake in question.mistakes] == ["one"]


class TestFormulasInHoles:
    KEY = (
        "id: f\nkind: expression\ndraw:\n  a: pick(3)\n  b: pick(-2)\nsymbols: {x: real, y: real}\n"
        "given:\n  f: a*x**2 + b*x\nanswer: 2*a*x + b\ncheck: D(f, x)\n"
    )

    @pytest.mark.parametrize(
        ("hole", "shown"),
        [
            ("$f(x) = {{ f }}$", "$f(x) = 3x^{2} - 2x$"),
            ("$f(x) = {{ a*x**2 }}$", "$f(x) = 3x^{2}$"),
            ("式 {{ a*x }} 。", "式 3*x 。"),
            ("`{{ a*x }}`", "`3*x`"),
            (r"$2 \cdot {{ a*x + 1 }}$", r"$2 \cdot (3x + 1)$"),
            ("$2 {{ a*x + 1 }}$", "$2 (3x + 1)$"),
            ("$1 + {{ a*x + 1 }}$", "$1 + 3x + 1$"),
            ("$1 - {{ a*x + 1 }}$", "$1 - (3x + 1)$"),
            ("${{ a*x }}^2$", "$(3x)^2$"),
            ("${{ x }}^2$", "$x^2$"),
            ("${{ a*x + 1 }} y$", "$(3x + 1) y$"),
            (r"$f \approx {{ a*x + 1 }} \quad y$", r"$f \approx 3x + 1 \quad y$"),
            (r"$\log {{ a*x + 1 }}$", r"$\log (3x + 1)$"),
            ("${{ a + 1 }}$", "$4$"),
        ],
    )
    def test_a_formula_is_shown_with_its_numbers(self, exercise_from, hole, shown):
        assert drawn(exercise_from(hole, self.KEY)).prompt == shown

    @pytest.mark.parametrize("hole", ["D(f, x)", "D(a*x**2 + b*x, x)", "D(f*1, x)"])
    def test_a_derivative_in_a_hole_is_carried_out_through_the_relations(self, exercise_from, hole):
        shown = drawn(exercise_from(f"$= {{{{ {hole} }}}}$", self.KEY)).prompt
        assert "= 0" not in shown
        tree = read_answer(shown.strip("$= "), Vocabulary(frozenset("x")))
        assert decide(tree, read_strict("6*x - 2"), {"x": SymbolDomain("x", "real")}, {}).state == State.EQUAL

    @pytest.mark.parametrize(
        ("hole", "what"), [("D(g, x)", "unknown name"), ("D(f, a)", "D takes a formula"), ("g*x", "unknown")]
    )
    def test_a_formula_that_makes_no_sense_is_none_to_show(self, exercise_from, hole, what):
        found = refused(exercise_from(f"$= {{{{ {hole} }}}}$", self.KEY))
        assert what in found.detail
        assert found.place.line == 8

    def test_a_derivation_in_symbols_shows_its_relations_and_derivatives(self, exercise_from):
        key = (
            "id: d\nkind: derivation\nsymbols: {z: real, t: 0..1}\ngiven:\n  y: sigmoid(z)\n"
            "  L: -t*log(y) - (1 - t)*log(1 - y)\nsteps:\n  - answer: y - t\n    check: D(L, z)\n    name: delta\n"
        )
        question = drawn(
            exercise_from(
                "$L = {{ L }}$ 。\n\n1. ？",
                key,
                "### 解説\n$y = {{ y }}$ 、 $L' = {{ D(L, z) }}$ 、 $\\delta = {{ delta }}$",
            )
        )

        assert question.prompt == r"$L = -t\log(y) - (1 - t)\log(1 - y)$ 。"
        assert r"$y = \sigma(z)$" in question.solution
        assert r"$\delta = y - t$" in question.solution
        derivative = question.solution.partition("L' = ")[2].partition("$")[0]
        tree = read_answer(derivative, Vocabulary(frozenset("yzt")))
        domains = {"z": SymbolDomain("z", "real"), "t": SymbolDomain("t", "interval", Decimal(0), Decimal(1))}
        assert decide(tree, read_strict("y - t"), domains, {"y": read_strict("sigmoid(z)")}).state == State.EQUAL


@pytest.mark.parametrize(
    ("answer", "digits", "integer"),
    [
        ("n * k + n", "digits: 2", True),
        ("n * k + n", "digits: 4", True),
        ("(n + 1) * h + (h + 1) * k", "digits: 0", True),
        ("dense_parameters((n, h, k))", "digits: 4", True),
        ("max(n, -k)**2 - abs(n - k)", "digits: 1", True),
        ("sum(v) + v[1] * len(w)", "digits: 3", True),
        ("argmax(w)", "digits: 1", True),
        ("if(w[0] < 0.5, n, k)", "digits: 1", True),
        ("n * k / k", "digits: 0", True),
        ("round(10 * exp(w[0]))", "digits: 4", True),
        ("n * k / k", "digits: 2", False),  # a whole number by chance
        ("n / (n + 1)", "digits: 0", False),
        ("10 * sum(w) + 0.5", "digits: 0", False),
        ("n * sum(w)", "digits: 2", False),
        ("exp(n)", "digits: 0", False),
        ("n * k", "significant: 2", False),
    ],
)
def test_a_key_is_an_exact_integer_where_integers_lead_to_it(exercise_from, answer, digits, integer):
    exercise = exercise_from(
        "いくつか。",
        f"""
id: count
kind: number
draw:
  n: integer(2, 9)
  k: integer(11, 19)
  h: pick(3, 5)
  w: probabilities(3)
let:
  v: (n, h, k)
answer: {answer}
{digits}
""",
    )

    key = drawn(exercise).key

    assert key.is_exact == integer
    assert not integer or key.exact.removeprefix("-").isdigit()


def test_an_integer_drawn_is_graded_as_one(exercise_from):
    set_language("en")
    exercise = exercise_from(
        "いくつか。",
        """
id: parameters
kind: number
draw:
  n: integer(20, 40)
  k: integer(5, 9)
answer: dense_parameters((n, k))
check: (n + 1) * k
digits: 0
mistakes:
  no-bias: n * k
""",
        "### 誤答\n\n- `no-bias` — バイアスを忘れている。\n",
    )
    for seed in range(20):
        question = drawn(exercise, seed)
        typed = (question.answer, f"{question.answer}.0", f"{question.answer}.4", question.mistakes[0].answer)
        graded = [grade(question.key, answer, question.mistakes) for answer in typed]

        assert [verdict.outcome.value for verdict in graded] == ["correct", "correct", "wrong", "wrong"]
        assert graded[3].mistake == "no-bias"
        assert grade(question.key, f"{int(question.answer) // 10 * 10 or 1}", ()).outcome != "rounding"


def test_the_measure_of_the_prompt_is_part_of_the_key(exercise_from):
    set_language("en")
    facts = "id: time\nkind: number\ndraw:\n  a: decimals(2, 1, 9)\nanswer: sum(a)\ndigits: 1\n"
    question = drawn(exercise_from("平均は何分か。", facts))
    assert question.key.unit == "分"
    assert grade(question.key, f"{question.answer}分", ()).outcome == "correct"
    assert grade(question.key, f"{question.answer}秒", ()).outcome == "unreadable"
