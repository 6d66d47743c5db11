"""Code: right where it computes what the key computes, in value and shape, on every set of arrays that is tried."""

import ast
from collections.abc import Sequence
from fractions import Fraction

from studyapp.domain.question import CodeKey, KnownMistake
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.engine.code.comparison import TOLERANCE, CodeReference, Difference, reference_of
from studyapp.engine.code.evaluation import NoValue, evaluate
from studyapp.engine.code.shown import array_text, as_arrays, shape_text
from studyapp.engine.code.slips import Slip, text_of
from studyapp.grading.verdicts import ask_again, foreseen, inert, undecided, unreadable
from studyapp.language.code import read_code

RAISED = Text(ja="NumPy では {error} になります: {message}", en="NumPy raises {error}: {message}")
SIZES = Text(ja="({sizes} のとき)", en="(where {sizes})")
OPERANDS = Text(ja="合わない形: {shapes}", en="Shapes that do not fit: {shapes}")
AND = Text(ja=" と ", en=" and ")
INDEX = Text(
    ja="添字 {0} の使い方が違います。行ごとに一つずつ選ぶには、np.arange(N) と組にします。",
    en="The index {0} is used wrongly: to pick one entry of each row, pair it with np.arange(N).",
)
BOUNDS = {
    "numbers": Text(ja="配列が大きくなりすぎます。", en="An array grows too large."),
    "work": Text(ja="計算が多すぎます。", en="This takes too much computation."),
    "digits": Text(ja="整数が大きくなりすぎます。", en="An integer grows too large."),
    "conversion": Text(ja="整数に直せない値があります。", en="Some value cannot be made an integer."),
    "complex": Text(ja="複素数になります。", en="This gives a complex number."),
    "axes": Text(ja="配列の軸が多すぎます。", en="An array has too many axes."),
}
LATER_ERROR = Text(
    ja="いつも値をもつとは限りません。{sizes} のとき、{error} になります: {message}",
    en="This does not always have a value. Where {sizes}, NumPy raises {error}: {message}",
)
OTHER_EPSILON = Text(
    ja="ε の値は違いますが、この問題ではどの小さな値でもかまいません。",
    en="ε has another value; in this question any small one will do.",
)
KIND = Text(
    ja="値は同じですが、要素の型が違います(答えは {answer}、正解は {key})。",
    en="The values agree, but not the kind of the numbers: {answer} in place of {key}.",
)
SHAPE = Text(
    ja="結果の形が違います。答えは {answer}、正解は {key} です。",
    en="The result has the shape {answer}; it should be {key}.",
)
EXAMPLE = Text(
    ja="例では {answer} になりますが、正解は {key} です。", en="On the example this gives {answer}, the key {key}."
)
VALUES = Text(
    ja="{sizes} の配列で試すと、値が正解と違います。",
    en="Tried on arrays with {sizes}, the values differ from the key's.",
)
SLIPS = {
    "sign": Text(ja="符号が違います。", en="A sign is wrong."),
    "swap": Text(ja="{0} が入れ替わっています。", en="{0} are exchanged."),
    "reduction": Text(
        ja="和と平均、または何で割るかが違います({0})。",
        en="Sum and mean are mixed up, or what is divided by ({0}).",
    ),
    "factor": Text(ja="定数倍({0})だけ違います。", en="Only a constant factor differs ({0})."),
    "missing-factor": Text(ja="{0} が抜けています。", en="{0} is missing."),
    "dropped-term": Text(ja="項 {0} が抜けています。", en="The term {0} is missing."),
    "transposed": Text(
        ja="転置が違います。行列の形を確かめてください。",
        en="A transpose is wrong; look at the shapes of the matrices.",
    ),
    "factor-order": Text(ja="行列の積の順が逆です({0})。", en="The matrices are multiplied in the wrong order ({0})."),
    "entrywise": Text(
        ja="要素ごとの積と行列の積を取り違えています({0})。",
        en="The product entry by entry and the matrix product are mixed up ({0}).",
    ),
    "axis": Text(
        ja="軸が違います({0})。どの軸に沿うかを確かめてください。",
        en="The axis is wrong ({0}). Look again at the axis along which to compute.",
    ),
    "keepdims": Text(
        ja="keepdims が違います。縮めた軸を残すかどうかを確かめてください。",
        en="keepdims is wrong: look whether the reduced axis has to stay.",
    ),
    "mask": Text(
        ja="条件の向きか、残すものと捨てるものが違います({0})。",
        en="A condition is turned around or missing: look at what is kept and what is not ({0}).",
    ),
    "epsilon": Text(ja="ε の扱いが違います({0})。", en="ε is wrong or missing ({0})."),
    "division": Text(ja="/ と // と % を取り違えています。", en="The divisions / and // and % are mixed up."),
    "comparison": Text(ja="等しいときの扱いが違います({0})。", en="Equal values are treated wrongly ({0})."),
    "bracket": Text(ja="括弧が足りないか、位置が違います({0})。", en="Brackets are missing or misplaced around {0}."),
    "shape": INDEX,
}
LONGEST_DETAIL = 40


def grade_code(key: CodeKey, answer: str, mistakes: Sequence[KnownMistake]) -> Verdict:
    """The verdict on typed code."""
    ready = reference_of(key, read_code)
    if isinstance(ready, str):
        return undecided(detail=ready)
    tree = read_code(answer, key.names)
    if isinstance(tree, Unreadable):
        return unreadable(tree, answer)
    reading = text_of(tree)
    tolerance = TOLERANCE if key.tolerance is None else key.tolerance
    difference = ready.difference(tree, tolerance, kinds=key.dtype)
    if difference is None:
        return Verdict(Outcome.CORRECT, reading=reading)
    if isinstance(difference.answer, NoValue) and difference.trial is ready.trials[0][0]:
        return ask_again(_error(difference.answer, ready), "code-error", reading)
    if key.epsilon == "any":
        other = ready.with_epsilon_of_key(tree)
        if other is not None and ready.difference(other, tolerance, kinds=key.dtype) is None:
            return Verdict(Outcome.CORRECT, message=OTHER_EPSILON(), reading=reading)
    return _wrong(key, ready, tree, difference, mistakes, reading)


def _wrong(
    key: CodeKey,
    ready: CodeReference,
    tree: ast.expr,
    difference: Difference,
    mistakes: Sequence[KnownMistake],
    reading: str,
) -> Verdict:
    for mistake in mistakes:
        wrong = read_code(mistake.answer, key.names)
        if not isinstance(wrong, Unreadable) and ready.agree(wrong, tree):
            return foreseen(mistake, reading)
    slip, shapes = _slip(ready, tree), _shapes(ready, difference)
    shape = SHAPE(answer=shapes[0], key=shapes[1]) if shapes[0] else ""
    if slip is not None and not (slip.name == "shape" and shape):
        sentence = f"{SLIPS[slip.name](slip.detail)} {shape}".strip()
        return Verdict(Outcome.WRONG, slip.name, slip.detail, sentence, reading)
    if shape:
        return Verdict(Outcome.WRONG, "shape", ", ".join(shapes), shape, reading)
    return Verdict(Outcome.WRONG, message=_counter_example(key, ready, tree, difference), reading=reading)


def _slip(ready: CodeReference, tree: ast.expr) -> Slip | None:
    """The slip behind a wrong answer: another ε, one change of the key, or a constant factor."""
    other = ready.with_epsilon_of_key(tree)
    if other is not None and ready.difference(other) is None:
        return Slip("epsilon", "ε", tree)
    slip = ready.slip_behind(tree)
    if slip is not None:
        return Slip(slip.name, slip.detail if len(slip.detail) <= LONGEST_DETAIL else "…", slip.tree)
    factor = ready.factor(tree)
    return None if factor is None else Slip("sign" if factor == -1 else "factor", _factor_text(factor), tree)


def _factor_text(factor: float) -> str:
    simple = Fraction(factor).limit_denominator(1000)
    return str(simple) if abs(float(simple) - factor) <= TOLERANCE * abs(factor) else f"{factor:.4g}"


def _error(error: NoValue, ready: CodeReference) -> str:
    """What NumPy says, with the sizes for which it does."""
    if not error.error:
        return BOUNDS[error.message]()
    trial = ready.trials[0][0]
    lines = [RAISED(error=error.error, message=inert(error.message))]
    if error.shapes:
        shapes = dict.fromkeys(shape_text(shape, ready.sizes(trial)) for shape in error.shapes)
        lines.append(OPERANDS(shapes=AND().join(shapes)))
    if sizes := ready.sizes_text(trial):
        lines.append(SIZES(sizes=sizes))
    return "\n".join(lines)


def _shapes(ready: CodeReference, difference: Difference) -> tuple[str, str]:
    """The shapes of the answer and of the key in the names of sizes; empty where they are one."""
    answer = difference.answer
    if isinstance(answer, NoValue) or answer.shape == difference.key.shape:
        return "", ""
    sizes = ready.sizes(difference.trial)
    return shape_text(answer.shape, sizes), shape_text(difference.key.shape, sizes)


def _counter_example(key: CodeKey, ready: CodeReference, tree: ast.expr, difference: Difference) -> str:
    """What the answer gives on the example of the question, else for which sizes it is wrong."""
    sizes = ready.sizes_text(difference.trial)
    if isinstance(difference.answer, NoValue):
        error = difference.answer
        if not error.error:
            return BOUNDS[error.message]()
        return LATER_ERROR(sizes=sizes, error=error.error, message=inert(error.message))
    if key.dtype and ready.difference(tree) is None:
        return KIND(answer=difference.answer.dtype, key=difference.key.dtype)
    if key.example:
        arrays = ready.with_results(as_arrays(key.example))
        values = [evaluate(code, arrays) for code in (tree, ready.tree)]
        texts = [array_text(value) for value in values if not isinstance(value, NoValue)]
        if len(texts) == 2 and texts[0] != texts[1]:
            return EXAMPLE(answer=texts[0], key=texts[1])
    return VALUES(sizes=sizes)


def value_on_example(key: CodeKey, answer: str) -> str:
    """What typed code gives on the small arrays of the question, as text; empty where it cannot be read."""
    ready = reference_of(key, read_code)
    tree = read_code(answer, key.names)
    if isinstance(ready, str) or isinstance(tree, Unreadable) or not key.example:
        return ""
    value = evaluate(tree, ready.with_results(as_arrays(key.example)))
    if isinstance(value, NoValue):
        return BOUNDS[value.message]() if not value.error else f"{value.error}: {inert(value.message)}"
    return array_text(value)
