"""A derivation in sentences: what is given, what is asked, hints factor by factor, the worked solution."""

from collections.abc import Iterable, Mapping
from dataclasses import field

from studyapp.domain.expression import Binary, Name, Negate, Node, names_in, substituted
from studyapp.domain.network import Target
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.engine.derivations.writing import RATE, Architecture, Derived, Factor, activated, name_of
from studyapp.engine.questions.filling import Printer

INPUTS = Text(ja="入力 {count} 個", en="Inputs: {count}")
HIDDEN = Text(
    ja="中間層（第 {layer} 層）{count} ユニット、活性化関数は{activation}",
    en="hidden units (layer {layer}): {count}, with {activation}",
)
OUTPUT = Text(
    ja="出力層（第 {layer} 層）{count} ユニット、活性化関数は{activation}",
    en="output units (layer {layer}): {count}, with {activation}",
)
ACTIVATIONS = {
    "sigmoid": Text(ja="シグモイド", en="sigmoid"),
    "tanh": Text(ja=" tanh", en="tanh"),
    "identity": Text(ja="恒等関数", en="the identity"),
    "softmax": Text(ja=" softmax", en="softmax"),
    "softplus": Text(ja=" softplus", en="softplus"),
    "relu": Text(ja=" ReLU", en="ReLU"),
    "leaky_relu": Text(ja=" Leaky ReLU", en="leaky ReLU"),
}
WEIGHTED = Text(
    ja="重み付き和は {formula} 、 {activated} である。", en="The weighted sum is {formula}, and {activated}."
)
ERROR = Text(ja="損失は {formula} とする。", en="The loss is {formula}.")
ONE_HOT = Text(ja="正解の成分の和は 1 である（ {formula} ）。", en="The targets sum to 1 ({formula}).")
DELTA = Text(
    ja="以下 {formula} と書く。後ろの層の $\\delta$ と、先に求めた $\\delta$ は、答えの中でそのまま使ってよい。",
    en="We write {formula}; the $\\delta$ of later layers, and those found before, may be used as they are.",
)
DELTA_NUMBERS = Text(ja="以下 {formula} と書く。", en="We write {formula}.")
SEPARATOR = Text(ja=" 、 ", en=", ")
PARTING = Text(ja="、", en="; ")
STOP = Text(ja="。", en=".")
ASK = Text(ja="{what} を求めよ。", en="Find {what}.")
ASK_LOCAL = Text(
    ja="{what} を求めよ（局所的な微分なので、一つの因子だけでよい）。",
    en="Find {what} (a local derivative: one factor alone).",
)
ASK_OUTPUT_DELTA = Text(
    ja="出力層の {delta} 、すなわち {what} を求めよ。", en="Find {delta} of the output layer, that is {what}."
)
ASK_HIDDEN_DELTA = Text(
    ja="中間層の {delta} 、すなわち {what} を求めよ。", en="Find {delta} of the hidden layer, that is {what}."
)
ASK_VALUE = Text(ja="{what} の値を求めよ。", en="Find the value of {what}.")
ASK_UPDATE = Text(
    ja="学習率 $\\eta$ の勾配降下法で 1 回更新したあとの {what} を求めよ。",
    en="Find {what} after one step of gradient descent with learning rate $\\eta$.",
)
HINT_CHAIN = Text(ja="連鎖律で {statement} と分ける。", en="The chain rule takes it apart: {statement}")
HINT_PATHS = Text(
    ja="道は {count} 本ある。すべてを足す: {statement}", en="There are {count} paths; add them all: {statement}"
)
HINT_FACTOR = Text(ja="因子の一つは {formula} である。", en="One factor is {formula}.")
HINT_VALUE = Text(ja="{formula} を使う。", en="Use {formula}.")
HINT_UPDATE = Text(
    ja="勾配に学習率を掛けて引く: {formula}", en="Subtract the gradient times the learning rate: {formula}"
)


@dataclass(frozen=True, slots=True)
class Teller:
    """Says everything about one network; `shown` gives names the numbers that a learner sees, if any."""

    network: Architecture
    printer: Printer
    shown: Mapping[str, Node] = field(default_factory=dict)

    def tex(self, name: str) -> str:
        """A name as TeX."""
        return self.printer.tex(Name(name))

    def derivative(self, upper: str, lower: str) -> str:
        """∂upper/∂lower as TeX."""
        return rf"\frac{{\partial {self.tex(upper)}}}{{\partial {self.tex(lower)}}}"

    def symbol(self, target: Target) -> str:
        """What a target is called, as TeX."""
        if target.kind in ("value", "update"):
            return self.tex(target.lower.name)
        return self.derivative(target.upper.name, target.lower.name)

    def description(self) -> str:
        """The network in sentences: layers, relations, loss, notation."""
        network = self.network
        layers = [INPUTS(count=network.sizes[0])]
        for layer, (count, activation) in enumerate(zip(network.sizes[1:], network.activations, strict=True), 1):
            units = OUTPUT if layer == network.depth else HIDDEN
            layers.append(units(layer=layer, count=count, activation=ACTIVATIONS[activation]()))
        bias = " + b^{(l)}_j" if network.bias else ""
        weighted = rf"$u^{{(l)}}_j = \sum_i w^{{(l)}}_{{ji}} z^{{(l-1)}}_i{bias}$"
        outlet = [self._activation(layer) for layer in range(1, network.depth + 1)]
        parts = [
            PARTING().join(layers) + STOP(),
            WEIGHTED(formula=weighted, activated=listed(outlet)),
            ERROR(formula=f"$E = {self.printer.tex(network.error())}$"),
        ]
        if network.activations[-1] == "softmax":
            targets = " + ".join(self.tex(name) for name in network.targets())
            parts.append(ONE_HOT(formula=f"${targets} = 1$"))
        return "\n".join(parts)

    def notation(self, *, usable: bool) -> str:
        """What δ means, and that answers may use it."""
        formula = r"$\delta^{(l)}_j = \frac{\partial E}{\partial u^{(l)}_j}$"
        return (DELTA if usable else DELTA_NUMBERS)(formula=formula)

    def line(self, target: Target) -> str:
        """The left side of a line of a derivation; δ is followed by what it is."""
        symbol = self.symbol(target)
        is_delta = target.kind == "gradient" and target.lower.kind == "u"
        if target.kind == "update":
            return rf"{symbol}^{{\prime}}" if "^" not in symbol else rf"\left({symbol}\right)'"
        return f"{self.tex(name_of(target))} = {symbol}" if is_delta else symbol

    def _activation(self, layer: int) -> str:
        activation = self.network.activations[layer - 1]
        unit = "k" if layer == self.network.depth else "j"
        z, u = f"y_{unit}" if layer == self.network.depth else f"z{layer}_{unit}", f"u{layer}_{unit}"
        if activation == "softmax":
            upper, lower = rf"\exp({self.tex(u)})", rf"\sum_m \exp({self.tex(f'u{layer}_m')})"
            return rf"{self.tex(z)} = \frac{{{upper}}}{{{lower}}}"
        return f"{self.tex(z)} = {self.printer.tex(activated(activation, Name(u)))}"

    def numbers(self, names: Iterable[str]) -> list[str]:
        """`name = value` as TeX for each name."""
        return [f"{self.tex(name)} = {self.printer.tex(self.shown[name])}" for name in names]

    def ask(self, target: Target) -> str:
        """The sentence that asks for a target."""
        what = f"${self.symbol(target)}$"
        match target.kind, target.lower.kind:
            case "value", _:
                return ASK_VALUE(what=what)
            case "update", _:
                return ASK_UPDATE(what=what)
            case "local", _:
                return ASK_LOCAL(what=what)
            case "gradient", "u":
                last = target.lower.layer == self.network.depth
                ask = ASK_OUTPUT_DELTA if last else ASK_HIDDEN_DELTA
                return ask(delta=f"${self.tex(name_of(target))}$", what=what)
            case _:
                return ASK(what=what)

    def chain(self, derived: Derived) -> str:
        """The statement of the chain rule: the target as a sum over paths of products of derivatives."""
        paths = [r" \cdot ".join(self._link(factor, derived) for factor in path) for path in derived.paths]
        return f"{self.symbol(derived.target)} = {' + '.join(paths)}"

    def _link(self, factor: Factor, derived: Derived) -> str:
        known = isinstance(factor.formula, Name) and factor.formula.name.startswith("delta")
        if known and factor.lower != derived.target.lower.name:
            return self.derivative("E", factor.lower)
        return self.derivative(factor.upper, factor.lower)

    def _factor(self, factor: Factor) -> str:
        return f"{self.derivative(factor.upper, factor.lower)} = {self.printer.tex(factor.formula)}"

    def hints(self, derived: Derived) -> tuple[str, ...]:
        """The statement, then one factor after the other, each once."""
        target = derived.target
        if target.kind == "value":
            sums = [f"{self.tex(name)} = {self.printer.tex(node)}" for name, node in self._sums(derived).items()]
            return (HINT_VALUE(formula=listed([*sums, f"{self.symbol(target)} = {self._schema(target)}"])),)
        if target.kind == "update":
            gradient = self.derivative("E", target.lower.name)
            return (HINT_UPDATE(formula=rf"${self.tex(target.lower.name)} - {self.tex(RATE)} {gradient}$"),)
        factors = list(dict.fromkeys(factor for path in derived.paths for factor in path))
        if len(factors) == 1:
            return (HINT_VALUE(formula=f"${self._schema(target)}$"),)
        hint = HINT_PATHS if len(derived.paths) > 1 else HINT_CHAIN
        return (
            hint(statement=f"${self.chain(derived)}$", count=len(derived.paths)),
            *(HINT_FACTOR(formula=f"${self._factor(factor)}$") for factor in factors[:-1]),
        )

    def _schema(self, target: Target) -> str:
        """The relation behind a value or a local derivative, without the derivative carried out."""
        name = target.lower.name if target.kind == "value" else target.upper.name
        if name == "E":
            return "E = " + self.printer.tex(self.network.error())
        formula = self.network.forward()[name]
        return ("" if target.kind == "value" else f"{self.tex(name)} = ") + self.printer.tex(formula)

    def _sums(self, derived: Derived) -> dict[str, Node]:
        """The weighted sums that a forward value is computed from, by name; none for other targets."""
        forward, wanted = self.network.forward(), derived.target.kind == "value"
        return {name: forward[name] for name in sorted(names_in(derived.result)) if wanted and name.startswith("u")}

    def solution(self, derived: Derived, value: str = "") -> str:
        """The step worked out: statement, factors put in, simplified, and with numbers."""
        parts = [self.symbol(derived.target)]
        if derived.paths and len(derived.paths[0]) + len(derived.paths) > 2:
            parts.append(self.chain(derived).partition(" = ")[2])
            products = (r" \cdot ".join(self._bracketed(factor.formula) for factor in path) for path in derived.paths)
            parts.append(" + ".join(products))
        simple = self.printer.tex(derived.result)
        if simple != parts[-1]:
            parts.append(simple)
        if value:
            result = substituted(derived.result, self._sums(derived))
            put_in = self.printer.tex(substituted(result, self.shown))
            if put_in != simple and names_in(result) <= self.shown.keys():
                parts.append(put_in)
        sign = r" \leftarrow " if derived.target.kind == "update" else " = "
        text = sign.join([parts[0], " = ".join(parts[1:])])
        if value and not parts[-1].endswith(value):
            text += f" = {value}" if value == "0" else rf" \approx {value}"
        return f"${text}$"

    def _bracketed(self, node: Node) -> str:
        tex = self.printer.tex(node)
        loose = isinstance(node, Negate) or (isinstance(node, Binary) and node.operator in "+-")
        return rf"\left({tex}\right)" if loose else tex


def listed(parts: list[str]) -> str:
    """Formulas in a row, each between dollars."""
    return SEPARATOR().join(f"${part}$" for part in parts)
