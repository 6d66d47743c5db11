"""However a formula is typed, what is read is the formula that was meant, or it is asked back: never another one."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.domain.expression import Binary, Call, Name, Negate, Number
from studyapp.domain.functions import TYPED
from studyapp.domain.verdict import Unreadable
from studyapp.language import number_text, read_answer, vocabulary_of
from studyapp.language.pratt import POWER, PRODUCT, TIGHTER
from studyapp.language.printing import ATOM, NEEDS, NEGATION, binding

SYMBOLS = ("x", "y", "t", "u", "y_1", "delta_j", "w2_1_3", "alpha")
VOCABULARY = vocabulary_of(SYMBOLS)
SPELLINGS = {
    "x": ["x", "ｘ"],
    "y_1": ["y_1", "y₁", "y_{1}", "y1"],
    "delta_j": ["delta_j", "δ_j", "\\delta_j", "δ_{j}"],
    "w2_1_3": ["w2_1_3", "w^{(2)}_{13}", "w_{13}^{(2)}", "w⁽²⁾₁₃"],
    "alpha": ["alpha", "α", "\\alpha"],
}
FUNCTIONS = {
    row.name: [row.name, f"np.{row.name}", *row.aliases, row.name.upper(), row.name.capitalize()]
    + ([f"\\{row.name}"] if row.name.isalpha() else [])
    for row in TYPED
    if row.most == 1 or row.name == "log"
}
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

NUMBERS = st.sampled_from(["1", "2", "3", "0.5", "10", "2.50", "0.001", "12"]).map(lambda text: Number(Decimal(text)))
LEAVES = st.one_of(NUMBERS, st.sampled_from(SYMBOLS).map(Name))


def grown(child):
    """Signs, calls and powers over smaller trees."""
    whole = st.integers(2, 4).map(lambda n: Number(Decimal(n)))
    return st.one_of(
        st.builds(Negate, child),
        st.builds(Binary, st.sampled_from(["+", "-", "*", "*", "/", "**"]), child, child),
        st.builds(lambda f, x: Call(f, (x,)), st.sampled_from(sorted(FUNCTIONS)), child),
        st.builds(lambda f, x, n: Binary("**", Call(f, (x,)), n), st.sampled_from(sorted(FUNCTIONS)), child, whole),
        st.builds(lambda x, n: Binary("**", x, Binary("/", Number(Decimal(1)), n)), child, whole),
        st.builds(lambda a, b: Binary("/", a, b), NUMBERS, NUMBERS),
    )


class Typist:
    """Types a tree as somebody may: every choice is drawn. Brackets are left out where convention allows it."""

    def __init__(self, draw):
        self.draw = draw

    def one_of(self, *texts):
        return self.draw(st.sampled_from(texts))

    def typed(self, node, need=0):
        text = self.bare(node, need)
        return text if binding(node) >= need else f"({text})"

    def signed(self, node, need):
        """An operand that may begin with a sign of its own."""
        if isinstance(node, Negate) and need > NEGATION and self.one_of(True, False):
            return "-" + self.typed(node.operand, max(need, PRODUCT))
        return self.typed(node, need)

    def bare(self, node, need):
        match node:
            case Number(value):
                text = number_text(value)
                return self.one_of(text, "1e-3", "1E-3") if text == "0.001" else text
            case Name(name):
                return self.one_of(*SPELLINGS.get(name, [name]))
            case Negate(operand):
                return self.one_of("-", "−", "- ") + self.signed(operand, PRODUCT)
            case Call(function, (argument,)):
                return self.call(function, argument, "")
            case Binary("**", base, exponent):
                return self.power(base, exponent)
            case Binary("/", left, right):
                return self.quotient(left, right)
            case Binary("*", left, right):
                return self.product(left, right)
            case Binary(operator, left, right):
                sign = self.one_of(operator, f" {operator} ")
                return self.typed(left, NEEDS[operator][0]) + sign + self.signed(right, NEEDS[operator][1])

    def product(self, left, right):
        first, second = self.typed(left, PRODUCT), self.typed(right, PRODUCT + TIGHTER)
        if self.one_of(True, False):
            return first + self.one_of("*", "·", " * ", "\\cdot ", "×") + self.signed(right, PRODUCT + TIGHTER)
        if second[0].isdigit() or second[0] in ".-−":
            return f"{first}({second})"
        glued = first[-1].isalnum() and second[0].isalnum() and first[-1].isalpha()
        return first + (" " if glued or first.startswith("\\") else self.one_of("", " ")) + second

    def quotient(self, left, right):
        if self.one_of(True, False):
            return self.typed(left, PRODUCT) + self.one_of("/", " / ", "÷") + self.signed(right, PRODUCT + TIGHTER)
        first, second = self.typed(left), self.typed(right)
        if len(first) == len(second) == 1 and first.isalnum() and second.isalnum():
            glue = "" if first.isdigit() else " "
            return self.one_of(
                f"\\frac{glue}{first}{second}", f"\\tfrac {first} {second}", f"\\frac{glue}{first}{{{second}}}"
            )
        return f"\\{self.one_of('frac', 'dfrac')}{{{first}}}{{{second}}}"

    def power(self, base, exponent):
        if isinstance(base, Call) and isinstance(exponent, Number) and self.one_of(True, False):
            text = number_text(exponent.value)
            raised = text.translate(SUPERSCRIPTS) if text.isdigit() else f"^{{{text}}}"
            return self.call(base.function, base.arguments[0], self.one_of(f"^{text}", f"^{{{text}}}", raised))
        match exponent:
            case Binary("/", Number(one), Number(n)) if one == 1 and self.one_of(True, False):
                return f"\\sqrt[{number_text(n)}]{{{self.typed(base)}}}"
        first = self.typed(base, POWER + TIGHTER)
        if isinstance(base, Call) or self.one_of(True, False):
            return f"({first})^{{{self.typed(exponent)}}}"
        return first + self.one_of("^", "**") + self.signed(exponent, POWER)

    def call(self, function, argument, raised):
        name = self.one_of(*FUNCTIONS[function])
        text = self.typed(argument)
        style = self.one_of("brackets", "braces", "blank", "glued")
        if style == "braces" and name.startswith("\\"):
            return f"{name}{raised}{{{text}}}"
        if style in {"blank", "glued"} and binding(argument) == ATOM and not isinstance(argument, Call):
            lower = name == name.lower() and not name.startswith(("\\", "np."))
            glue = "" if style == "glued" and lower and isinstance(argument, Name) and text.isalnum() else " "
            return f"{name}{raised}{glue}{text}"
        return f"{name}{raised}({text})"


@st.composite
def typings(draw):
    tree = draw(st.recursive(LEAVES, grown, max_leaves=6))
    return tree, Typist(draw).typed(tree)


ASKED = {"ambiguous", "doubled-sign", "function-power", "too-large", "missing-operator", "missing-operand"}
ASKED |= {"unknown-name", "incomplete", "missing-argument", "too-long", "too-many-tokens", "wrong-case"}


@given(typing=typings())
def test_what_is_typed_in_any_style_is_read_as_it_was_meant_or_asked_back(typing):
    tree, text = typing
    reading = read_answer(text, VOCABULARY)
    assert reading.code in ASKED if isinstance(reading, Unreadable) else reading == tree, text


@settings(max_examples=3)
@given(all_typings=st.lists(typings(), min_size=40, max_size=40))
def test_much_of_what_is_typed_is_read(all_typings):
    assert sum(read_answer(text, VOCABULARY) == tree for tree, text in all_typings) >= 10
