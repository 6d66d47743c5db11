"""Verdicts and their sentences: bounded, without anything that a terminal would obey, in the question's own terms."""

import unicodedata

from studyapp.domain.expression import Node
from studyapp.domain.limits import MESSAGE_CHARACTERS, READING_CHARACTERS
from studyapp.domain.question import KnownMistake
from studyapp.domain.text import Text
from studyapp.domain.verdict import Outcome, Unreadable, Verdict
from studyapp.engine.equivalence.slips import Slip
from studyapp.language import to_tex, to_text
from studyapp.language.refusals import explain
from studyapp.typeset.inline import set_inline
from studyapp.typeset.lines import caret
from studyapp.typeset.tree import TexError

UNDECIDED = Text(
    ja="正答と等しいかどうかを決められませんでした。この答えは解答に数えません。",
    en="Whether this equals the key could not be decided. It does not count as an attempt.",
)
UNDEFINED = Text(
    ja="この式は値をもちません(0 での割り算や、負の数の対数などがあります)。",
    en="This has no value (a division by zero, or a logarithm of a negative number).",
)

TYPED_VALUE = Text(ja="{message}入力した式の値は {value} です。", en="{message} What you typed has the value {value}.")

SLIPS = {
    "sign": Text(ja="{0} の符号が逆です。", en="The sign of {0} is reversed."),
    "sign-whole": Text(ja="符号が逆です。", en="The sign is reversed."),
    "swap": Text(ja="{0} と {1} が入れ替わっています。", en="{0} and {1} are exchanged."),
    "complement": Text(
        ja="{0} とすべきところが、1 から引いた値になっています。", en="One minus {0} is used in place of {0}."
    ),
    "complement-whole": Text(
        ja="1 から引いた値になっています。どちらの確率(割合)を問われているかを確かめてください。",
        en="This is one minus the key. Look again at which of the two is asked for.",
    ),
    "reciprocal": Text(
        ja="{0} が逆数になっています。割る側と割られる側を確かめてください。",
        en="{0} is upside down. Look again at what divides what.",
    ),
    "reciprocal-whole": Text(
        ja="逆数になっています。割る数と割られる数を確かめてください。",
        en="This is the reciprocal of the key. Look again at what divides what.",
    ),
    "log-base": Text(
        ja="対数の底が違います。あなたの答えは底を {0} として計算したものです。",
        en="The logarithm has another base: this was computed with base {0}.",
    ),
    "reduction": Text(
        ja="和と平均の取り違えです。正答の {0} 倍になっています。",
        en="Sum and mean are mixed up: this is {0} times the key.",
    ),
    "reduction-sum": Text(
        ja="平均を求めるところで、和のままになっています。", en="This is the sum; the mean was asked for."
    ),
    "reduction-mean": Text(ja="和を求めるところで、平均にしています。", en="This is the mean; the sum was asked for."),
    "factor": Text(
        ja="定数倍だけ違います。正答の {0} 倍になっています。係数を確かめてください。",
        en="Only a constant differs: this is {0} times the key. Look again at the coefficient.",
    ),
    "factor-point": Text(
        ja="正答の {0} 倍になっています。小数点の位置を確かめてください。",
        en="This is {0} times the key. Look again at the decimal point.",
    ),
    "factor-part": Text(
        ja="{1} が {0} 倍になっています。その係数を確かめてください。",
        en="{1} is taken {0} times. Look again at its coefficient.",
    ),
    "missing-factor": Text(ja="因子 {0} が抜けています。", en="The factor {0} is missing."),
    "missing-factor-derivative": Text(
        ja="因子 {0} が抜けています。連鎖律で、活性化関数 {1} の微分を掛け忘れています。",
        en="The factor {0} is missing: by the chain rule, the derivative of {1} belongs here.",
    ),
    "extra-factor": Text(ja="余分な因子 {0} が掛かっています。", en="There is a factor {0} too many."),
    "dropped-term": Text(ja="項 {0} が抜けています。", en="The term {0} is missing."),
    "direction": Text(
        ja="向きが逆です。{0} と {1} の役割が入れ替わっています。",
        en="The direction is reversed: {0} and {1} have exchanged their parts.",
    ),
    "direction-whole": Text(
        ja="向きが逆です。どちらをどちらで測るのかを確かめてください。",
        en="The direction is reversed. Look again at which is measured by which.",
    ),
    "activation": Text(
        ja="{0} の微分を使っています。ここの活性化関数は {1} です。",
        en="This uses the derivative of {0}; the activation here is {1}.",
    ),
    "activation-slope": Text(
        ja="{0} の値ではなく、微分を使っています。",
        en="The derivative of {0} is used in place of its value.",
    ),
    "activation-value": Text(
        ja="活性化関数 {0} の微分ではなく、値そのものを掛けています。",
        en="The value of {0} is used in place of its derivative.",
    ),
    "transposed": Text(
        ja="行と列が入れ替わっています(転置になっています)。",
        en="Rows and columns are exchanged: this is the transpose.",
    ),
    "permuted": Text(
        ja="成分の値は合っていますが、並ぶ順が違います。", en="The values are right, but stand in another order."
    ),
    "axis": Text(
        ja="行と列の向きが違います。どちらの軸に沿って計算するかを確かめてください。",
        en="Rows and columns are mixed up. Look again at the axis along which to compute.",
    ),
    "factor-order": Text(
        ja="{0} の因子の順序が違います。行列の積では順序を入れ替えられません。",
        en="The factors of {0} are in another order; matrices do not commute.",
    ),
    "entrywise": Text(
        ja="行列の積と成分ごとの積(⊙)を取り違えています。{0} を確かめてください。",
        en="The product of matrices and the one entry by entry (⊙) are mixed up; look again at {0}.",
    ),
    "transposed-part": Text(
        ja="{0} のところで、転置が抜けているか、余分です。",
        en="At {0} a transpose is missing, or there is one too many.",
    ),
    "bracket": Text(
        ja="かっこが抜けています。{0} の全体に掛かるようにしてください。",
        en="A bracket is missing: {0} as a whole is meant.",
    ),
    "component": Text(ja="第 {0} 成分だけが違います。", en="Only component {0} is wrong."),
    "size-shape": Text(
        ja="並べ方が違います。答えは {0}ですが、求めるのは {1}です。行はセミコロンで区切ります(例: 1, 2; 3, 4)。",
        en="The shape is wrong: the answer has {0}, the key {1}. Semicolons part rows (1, 2; 3, 4).",
    ),
    "size": Text(
        ja="成分の数が違います。答えは {0}ですが、求めるのは {1}です。",
        en="The number of components is wrong: the answer has {0}, the key {1}.",
    ),
    "position": Text(
        ja="{0} 番目から違います。そこまでの順は合っています。", en="Wrong from place {0} on; right up to there."
    ),
    "position-whole": Text(ja="最初のものから違います。", en="Wrong from the first place on."),
    "spelling": Text(ja="表記が違います。正しくは「{0}」です。", en="Another spelling: it should be “{0}”."),
    "truncated": Text(
        ja="{0}切り捨てています。次の位が 5 以上なので、四捨五入すると切り上がります。",
        en="{0} digits are cut off, not rounded: the next digit is 5 or more, so the last one goes up.",
    ),
    "sign-entry": Text(ja="第 {0} 成分の符号が逆です。", en="The sign of component {0} is reversed."),
    "swap-entries": Text(
        ja="第 {0} 成分と第 {1} 成分が入れ替わっています。", en="Components {0} and {1} are exchanged."
    ),
}

COMPLETED_BY_FIRST = frozenset({"factor", "missing-factor", "activation"})
"""Slips of which the first detail names what was done; a second one says where."""
AROUND = 30  # characters of a long text shown on each side of what could not be read
_OBEYED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of characters that are not shown but acted on, or that have no agreed meaning."""


def inert(text: str, longest: int = MESSAGE_CHARACTERS) -> str:
    """The text without control and formatting characters (line ends stay), cut where it grows too long."""
    if text.isprintable() and len(text) <= longest:
        return text
    kept = "".join(char for char in text if char == "\n" or unicodedata.category(char) not in _OBEYED)
    return kept if len(kept) <= longest else kept[: longest - 1] + "…"


def bounded(verdict: Verdict) -> Verdict:
    """The verdict with every text inert and of limited length."""
    return Verdict(
        verdict.outcome,
        verdict.mistake,
        inert(verdict.detail, READING_CHARACTERS),
        inert(verdict.message),
        inert(verdict.reading, READING_CHARACTERS),
        inert(verdict.value, READING_CHARACTERS),
    )


def unreadable(refusal: Unreadable, text: str) -> Verdict:
    """The answer is asked back, with a caret under what could not be read."""
    message = explain(refusal)
    return ask_again(f"{message}\n{pointed(text, refusal)}" if text.strip() else message, refusal.code)


def pointed(text: str, refusal: Unreadable) -> str:
    """The text around the place that could not be read, and a caret under that."""
    first, last = refusal.span
    start = max(0, min(first, len(text)) - AROUND)
    stop = min(max(first, last), first + AROUND, len(text))
    return caret(text[start : stop + AROUND], (first - start, stop - start))


def ask_again(sentence: str, code: str, reading: str = "") -> Verdict:
    """The answer is asked back for a reason that is not a matter of reading."""
    return Verdict(Outcome.UNREADABLE, detail=code, message=sentence, reading=reading)


def undecided(reading: str = "", detail: str = "") -> Verdict:
    """Whether the answer is the key cannot be decided."""
    return Verdict(Outcome.UNDECIDED, detail=detail, message=UNDECIDED(), reading=reading)


def foreseen(mistake: KnownMistake, reading: str) -> Verdict:
    """Wrong in a way that the author foresaw."""
    return Verdict(Outcome.WRONG, mistake.name, message=mistake.sentence, reading=reading)


def in_words(verdict: Verdict) -> str:
    """What a verdict says where the value of typed arithmetic is not shown beside the key."""
    said = verdict.outcome is Outcome.WRONG and verdict.value
    return TYPED_VALUE(message=verdict.message, value=verdict.value).strip() if said else verdict.message


def slip_verdict(slip: Slip, reading: str) -> Verdict:
    """Wrong by a general slip: its name, the detail that completes it, and the sentence."""
    details = [to_text(subject) for subject in slip.subjects]
    detail = details[0] if slip.name in COMPLETED_BY_FIRST else ", ".join(details)
    sentence = slip_sentence(slip.name, *(formula_text(subject) for subject in slip.subjects))
    return Verdict(Outcome.WRONG, slip.name, detail, sentence, reading)


def formula_text(node: Node) -> str:
    """A formula on one line, in the signs in which the learner sees it."""
    text = set_inline(to_tex(node))
    return to_text(node) if isinstance(text, TexError) else text


def slip_sentence(slip: str, *details: str) -> str:
    """The sentence of a slip of the closed list, with what completes it."""
    variant = slip + _variant(slip, details)
    return SLIPS[variant if variant in SLIPS else slip](*details)


def _variant(slip: str, details: tuple[str, ...]) -> str:
    match slip, details:
        case _, ():
            return "-whole"
        case "reduction", ("sum" | "mean" as kind,):
            return f"-{kind}"
        case "factor", (_, _):
            return "-part"
        case "missing-factor", (_, _):
            return "-derivative"
        case "activation", (wrong, right) if wrong == right:
            return "-value"
        case "activation", (_,):
            return "-slope"
        case "transposed", (_,):
            return "-part"
        case _:
            return ""
