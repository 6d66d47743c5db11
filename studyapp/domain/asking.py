"""How a question asks to be answered, and what its verdicts are called."""

from studyapp.domain import question as questions
from studyapp.domain.exercise import Convention
from studyapp.domain.network import families
from studyapp.domain.shapes import shape_text, shapes_of
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome

DIGITS = Text(
    ja="小数第 {count} 位まで（その次の位を四捨五入）",
    en="to 1 decimal place, rounded|to {count} decimal places, rounded",
)
WHOLE = Text(ja="整数で", en="a whole number")
SIGNIFICANT = Text(ja="有効数字 {count} 桁で", en="to 1 significant digit|to {count} significant digits")
VECTOR = Text(ja="成分をコンマで区切る（例: 0.1, 0.7, 0.2）", en="entries with commas (0.1, 0.7, 0.2)")
MATRIX = Text(
    ja="成分をコンマで、行をセミコロンで区切る（例: 1, 2; 3, 4）",
    en="entries with commas, rows with semicolons (1, 2; 3, 4)",
)
EXPRESSION = Text(ja="使える文字: {symbols}", en="names to use: {symbols}")
SHAPED = Text(ja="{name} ({shape})", en="{name} ({shape})")
MATRIX_SIGNS = Text(ja="転置 X^T、成分ごとの積 ⊙", en="transpose X^T, product entry by entry ⊙")
LAYOUTS = {
    "": Text(ja="", en=""),
    "vector": Text(ja="成分をコンマで区切る", en="entries with commas"),
    "matrix": Text(ja="成分をコンマで、行をセミコロンで区切る", en="entries with commas, rows with semicolons"),
}
"""How the entries of a vector or matrix of formulas are laid out."""
CODE = Text(ja="NumPy の式を一つ（使える変数: {names}）", en="one NumPy expression (variables: {names})")
ONE = Text(ja="記号を一つ", en="one label")
SEVERAL = Text(ja="当てはまる記号をすべて（例: a, c）", en="every label that fits (a, c)")
ORDER = Text(ja="正しい順に記号を並べる（例: b, a, c）", en="the labels in their right order (b, a, c)")
TERM = Text(ja="用語を一つ", en="one term")
PARTED = Text(ja=" ・ ", en=" · ")
JOINED = Text(ja="、", en=", ")
FRAMED = Text(ja="（{}）", en="({})")
LOG = Text(ja="log は自然対数", en="log is the natural logarithm")
LOG_BASE = Text(ja="log の底は {base}", en="log has base {base}")
EPSILON = Text(ja="ε = {epsilon}", en="ε = {epsilon}")
NO_EPSILON = Text(ja="ε は足さない", en="no ε is added")
REDUCTIONS = {
    "mean": Text(ja="平均を取る", en="take the mean"),
    "sum": Text(ja="合計を取る", en="take the sum"),
    "none": Text(ja="合計も平均も取らない", en="neither sum nor mean is taken"),
}
OUTCOMES = {
    Outcome.CORRECT: Text(ja="正解", en="correct"),
    Outcome.ROUNDING: Text(ja="桁不足", en="rounding"),
    Outcome.WRONG: Text(ja="不正解", en="wrong"),
    Outcome.UNREADABLE: Text(ja="読めません", en="unreadable"),
    Outcome.UNDECIDED: Text(ja="判定できません", en="undecided"),
}


def instructions(question: questions.Question) -> tuple[str, ...]:
    """How to answer, then the conventions that the stem fixes, if any."""
    how = "" if question.steps else how_to_answer(question.key)
    return tuple(line for line in (how, fixed_conventions(question.convention)) if line)


def how_to_answer(key: questions.AnswerKey) -> str:
    """How to answer."""
    match key:
        case questions.NumberKey():
            return _rounded(key)
        case questions.VectorKey():
            layout = MATRIX() if key.columns else VECTOR()
            return PARTED().join(part for part in (layout, _rounded(key)) if part)
        case questions.ExpressionKey(_, symbols, given, using=using):
            names = families(using or (*symbols, *given))
            shapes = {name: shape_text(shape) for name, shape in shapes_of(symbols).items() if shape}
            named = [SHAPED(name=name, shape=shapes[name]) if name in shapes else name for name in names]
            layout = MATRIX_SIGNS() if shapes else LAYOUTS[key.layout]()
            return PARTED().join(filter(None, (EXPRESSION(symbols=JOINED().join(named)), layout)))
        case questions.CodeKey() as key:
            return CODE(names=JOINED().join(key.names))
        case questions.ChoiceKey(_, _, several):
            return SEVERAL() if several else ONE()
        case questions.OrderKey():
            return ORDER()
        case questions.TermKey():
            return TERM()


def fixed_conventions(fixed: Convention) -> str:
    """The conventions that a question fixes; empty where it fixes none."""
    parts = []
    if fixed.log:
        parts.append(LOG() if fixed.log == "e" else LOG_BASE(base=fixed.log))
    if fixed.epsilon:
        parts.append(NO_EPSILON() if fixed.epsilon == "0" else EPSILON(epsilon=fixed.epsilon))
    if fixed.reduction in REDUCTIONS:
        parts.append(REDUCTIONS[fixed.reduction]())
    return FRAMED(JOINED().join(parts)) if parts else ""


def _rounded(key: questions.NumberKey | questions.VectorKey) -> str:
    if key.digits is not None:
        return DIGITS(count=key.digits) if key.digits else WHOLE()
    return SIGNIFICANT(count=key.significant) if key.significant is not None else ""
