"""What is said of derivations in networks: what is given, what is asked, the steps, the slips."""

from __future__ import annotations

from collections.abc import Mapping

from studyapp.domain.words.sentences import Sentences


class DerivationWords(Sentences):
    """Sentences around formulas; `{…}` takes TeX between dollars, or counts."""

    inputs: str
    hidden: str
    output: str
    activations: Mapping[str, str]
    weighted: str
    error: str
    one_hot: str
    delta: str
    delta_numbers: str
    numbers: str
    forward: str
    rate: str
    separator: str
    parting: str
    stop: str
    ask: str
    ask_local: str
    ask_output_delta: str
    ask_hidden_delta: str
    ask_value: str
    ask_update: str
    hint_chain: str
    hint_paths: str
    hint_factor: str
    hint_value: str
    hint_update: str
    wrong_line: str
    wrong_line_said: str
    right_line_said: str
    entry_sum: str
    entry_activation: str
    entry_delta: str
    entry_gradient: str
    entry_update: str
    slips: Mapping[str, str]

    def slip(self, name: str) -> str:
        """What is wrong with a planted slip."""
        return self.slips.get(name, "")

    def listed(self, parts: list[str]) -> str:
        """Formulas in a row, each between dollars."""
        return self.separator.join(f"${part}$" for part in parts)


JA = DerivationWords(
    inputs="入力 {count} 個",
    hidden="中間層（第 {layer} 層）{count} ユニット、活性化関数は{activation}",
    output="出力層（第 {layer} 層）{count} ユニット、活性化関数は{activation}",
    activations={
        "sigmoid": "シグモイド",
        "tanh": " tanh",
        "identity": "恒等関数",
        "softmax": " softmax",
        "softplus": " softplus",
    },
    weighted="重み付き和は {formula} 、 {activated} である。",
    error="損失は {formula} とする。",
    one_hot="正解の成分の和は 1 である（ {formula} ）。",
    delta="以下 {formula} と書く。その層より後ろの層の $\\delta$ は、そのまま使ってよい。",
    delta_numbers="以下 {formula} と書く。",
    numbers="値は {formulas} 。",
    forward="順伝播の値は {formulas} 。",
    rate="学習率は {formula} 。",
    separator=" 、 ",
    parting="、",
    stop="。",
    ask="{what} を求めよ。",
    ask_local="{what} を求めよ（局所的な微分なので、一つの因子だけでよい）。",
    ask_output_delta="出力層の {delta} 、すなわち {what} を求めよ。",
    ask_hidden_delta="中間層の {delta} 、すなわち {what} を求めよ。",
    ask_value="{what} の値を求めよ。",
    ask_update="学習率 $\\eta$ の勾配降下法で 1 回更新したあとの {what} を求めよ。",
    hint_chain="連鎖律で {statement} と分ける。",
    hint_paths="道は {count} 本ある。すべてを足す: {statement}",
    hint_factor="因子の一つは {formula} である。",
    hint_value="{formula} を使う。",
    hint_update="勾配に学習率を掛けて引く: {formula}",
    wrong_line="{what} を求める次の計算で、間違っている行はどれか（各行は、それより前の行の記号を使っている）。",
    wrong_line_said="この行が誤り。{reason}",
    right_line_said="この行は正しい: {formula}",
    entry_sum="{formulas} を計算する",
    entry_activation="{formulas} を計算する",
    entry_delta="{formulas} を求める",
    entry_gradient="{formulas} を求める",
    entry_update="{formulas} と更新する",
    slips={
        "sign": "符号が逆。差は $y - t$ の順に取る。余分な負号を付けていないかも確かめる。",
        "factor": "2 倍になっている。2 が残るのは、 $\\frac{1}{2}$ の付かない二乗誤差のときである。",
        "extra-derivative": "出力の活性化関数の微分を余分に掛けている。この損失との組では、"
        "割り算と打ち消し合って残らない。",
        "missing-derivative": "活性化関数の微分 $f'(u)$ を掛け忘れている。$z$ から $u$ へ戻るときにも因子が要る。",
        "derivative-at-z": "$f'$ に $u$ ではなく $z$ を入れている。$f'(u)$ を $z$ で書いた式に、もう一度 "
        "$f$ を通してはいけない。",
        "value-for-derivative": "微分 $f'(u)$ の代わりに、値 $z = f(u)$ そのものを掛けている。",
        "one-path": "1 本の道しか数えていない。そのユニットが送る先すべてについて和を取る。",
        "average": "道ごとの勾配を平均している。分岐の勾配は平均せずに足す。",
        "transposed": "重みの添字が逆。$w_{ji}$ は $i$ から $j$ へ向かう重みである。",
        "missing-weight": "重みを掛け忘れている。$\\frac{\\partial u}{\\partial z}$ はその重みである。",
        "times-input": "バイアスには入力が掛かっていないので、勾配は $\\delta$ そのものである。",
        "times-bias": "微分する相手そのものが残っている。$\\frac{\\partial u}{\\partial b} = 1$ である。",
        "only-local": "局所的な微分だけで止まっている。$\\delta$ を掛ける。",
        "missing-input": "$\\delta$ だけで止まっている。$\\frac{\\partial u}{\\partial w}$ はその重みに入る値である。",
        "wrong-layer": "違う層の値を掛けている。掛けるのは、その重みに入る側の値である。",
        "weight-for-input": "入る値ではなく、重み自身を掛けている。",
        "input-for-weight": "重みではなく、入る値が残っている。$u$ をその値で微分すると重みになる。",
        "whole-term": "項がそのまま残っている。微分する文字は消える。",
        "ascent": "勾配の向きに進んでいる。損失を減らすには引く。",
        "missing-rate": "学習率を掛け忘れている。",
        "change-only": "変化量だけになっている。もとの値に足す。",
        "missing-bias": "バイアスを足し忘れている。",
        "missing-activation": "活性化関数を通していない。",
        "missing-half": "$\\frac{1}{2}$ を掛け忘れている。",
    },
)

EN = DerivationWords(
    inputs="Inputs: {count}",
    hidden="hidden units (layer {layer}): {count}, with {activation}",
    output="output units (layer {layer}): {count}, with {activation}",
    activations={
        "sigmoid": "sigmoid",
        "tanh": "tanh",
        "identity": "the identity",
        "softmax": "softmax",
        "softplus": "softplus",
    },
    weighted="The weighted sum is {formula}, and {activated}.",
    error="The loss is {formula}.",
    one_hot="The targets sum to 1 ({formula}).",
    delta="We write {formula}; the $\\delta$ of later layers may be used as they are.",
    delta_numbers="We write {formula}.",
    numbers="The values are {formulas}.",
    forward="The forward pass gave {formulas}.",
    rate="The learning rate is {formula}.",
    separator=", ",
    parting="; ",
    stop=".",
    ask="Find {what}.",
    ask_local="Find {what} (a local derivative: one factor alone).",
    ask_output_delta="Find {delta} of the output layer, that is {what}.",
    ask_hidden_delta="Find {delta} of the hidden layer, that is {what}.",
    ask_value="Find the value of {what}.",
    ask_update="Find {what} after one step of gradient descent with learning rate $\\eta$.",
    hint_chain="The chain rule takes it apart: {statement}",
    hint_paths="There are {count} paths; add them all: {statement}",
    hint_factor="One factor is {formula}.",
    hint_value="Use {formula}.",
    hint_update="Subtract the gradient times the learning rate: {formula}",
    wrong_line="Which line of this derivation of {what} is wrong? Each line uses the symbols of the lines before.",
    wrong_line_said="This line is wrong. {reason}",
    right_line_said="This line is right: {formula}",
    entry_sum="Compute {formulas}",
    entry_activation="Compute {formulas}",
    entry_delta="Find {formulas}",
    entry_gradient="Find {formulas}",
    entry_update="Update {formulas}",
    slips={
        "sign": "The sign is reversed. The difference is $y - t$; look for a minus sign too many as well.",
        "factor": "Twice too much: a 2 remains only with a squared error that has no $\\frac{1}{2}$.",
        "extra-derivative": "The derivative of the output's activation is one factor too many: with this "
        "loss it cancels.",
        "missing-derivative": "The derivative $f'(u)$ of the activation is missing: the way from $z$ back "
        "to $u$ is a factor, too.",
        "derivative-at-z": "$f'$ is taken at $z$ where it belongs at $u$; written by $z$ it needs no second $f$.",
        "value-for-derivative": "The value $z = f(u)$ stands where its derivative $f'(u)$ belongs.",
        "one-path": "Only one path is counted. Sum over every unit that this one feeds.",
        "average": "The gradients of the paths are averaged; where paths meet, they add.",
        "transposed": "The indices of the weight are exchanged: $w_{ji}$ leads from $i$ to $j$.",
        "missing-weight": "The weight is missing: $\\frac{\\partial u}{\\partial z}$ is that weight.",
        "times-input": "No input is multiplied with a bias, so its gradient is $\\delta$ itself.",
        "times-bias": "What is differentiated by is still there: $\\frac{\\partial u}{\\partial b} = 1$.",
        "only-local": "This is the local derivative alone; $\\delta$ is missing.",
        "missing-input": "This is $\\delta$ alone; $\\frac{\\partial u}{\\partial w}$ is the value that "
        "enters the weight.",
        "wrong-layer": "This takes the value of another layer; the one that enters the weight belongs here.",
        "weight-for-input": "The weight itself stands where the value that enters it belongs.",
        "input-for-weight": "The value stands where the weight belongs: $u$ by that value gives the weight.",
        "whole-term": "The term stands as it was; what is differentiated by drops out.",
        "ascent": "This goes along the gradient; to lower the loss, subtract.",
        "missing-rate": "The learning rate is missing.",
        "change-only": "This is the change alone; add it to the old value.",
        "missing-bias": "The bias is missing.",
        "missing-activation": "The activation is not applied.",
        "missing-half": "The $\\frac{1}{2}$ is missing.",
    },
)
