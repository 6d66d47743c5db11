"""The sentences about slips: what was done, and why it is wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipWords:
    """One sentence a slip; `{detail}` is what completes it. Fields ending in `_whole` are used without a detail."""

    sign: str
    sign_whole: str
    swap: str
    complement: str
    complement_whole: str
    reciprocal: str
    reciprocal_whole: str
    log_base: str
    reduction: str
    factor: str
    missing_factor: str
    missing_derivative: str
    extra_factor: str
    dropped_term: str
    direction: str
    activation: str
    transposed: str
    permuted: str
    axis: str
    component: str
    size: str
    position: str
    position_whole: str
    spelling: str

    def sentence(self, slip: str, detail: str = "") -> str:
        """The sentence of a slip of the closed list."""
        field = slip.replace("-", "_")
        template: str = getattr(self, field)
        if not detail:
            template = getattr(self, f"{field}_whole", template)
        return template.replace("{detail}", detail)


JA = SlipWords(
    sign="{detail} の符号が逆です。",
    sign_whole="符号が逆です。",
    swap="{detail} が入れ替わっています。",
    complement="{detail} とすべきところが、1 から引いた値になっています。",
    complement_whole="1 から引いた値になっています。どちらの確率(割合)を問われているかを確かめてください。",
    reciprocal="{detail} が逆数になっています。割る側と割られる側を確かめてください。",
    reciprocal_whole="逆数になっています。割る数と割られる数を確かめてください。",
    log_base="対数の底が違います。あなたの答えは底を {detail} として計算したものです。",
    reduction="和と平均の取り違えです。正解の {detail} 倍になっています。",
    factor="定数倍だけ違います。正解の {detail} 倍になっています。係数を確かめてください。",
    missing_factor="因子 {detail} が抜けています。",
    missing_derivative="連鎖律の途中の因子 {detail} が抜けています。活性化関数の微分を掛け忘れています。",
    extra_factor="余分な因子 {detail} が掛かっています。",
    dropped_term="項 {detail} が抜けています。",
    direction="向きが逆です。{detail} の役割が入れ替わっています。",
    activation="別の活性化関数の微分({detail})を使っています。",
    transposed="行と列が入れ替わっています(転置になっています)。",
    permuted="成分の値は合っていますが、並ぶ順が違います。",
    axis="行と列の向きが違います。どちらの軸に沿って計算するかを確かめてください。",
    component="第 {detail} 成分だけが違います。",
    size="成分の数が違います。答えは {detail} です。",
    position="{detail} 番目から違います。そこまでの順は合っています。",
    position_whole="最初のものから違います。",
    spelling="表記が違います。正しくは「{detail}」です。",
)

EN = SlipWords(
    sign="The sign of {detail} is reversed.",
    sign_whole="The sign is reversed.",
    swap="{detail} are exchanged.",
    complement="Where {detail} belongs, one minus it stands.",
    complement_whole="This is one minus the key. Look again at which of the two is asked for.",
    reciprocal="{detail} is upside down. Look again at what divides what.",
    reciprocal_whole="This is the reciprocal of the key. Look again at what divides what.",
    log_base="The logarithm has another base: this was computed with base {detail}.",
    reduction="Sum and mean are mixed up: this is {detail} times the key.",
    factor="Only a constant differs: this is {detail} times the key. Look again at the coefficient.",
    missing_factor="The factor {detail} is missing.",
    missing_derivative="A factor of the chain rule is missing: {detail}, the derivative of the activation.",
    extra_factor="There is a factor {detail} too many.",
    dropped_term="The term {detail} is missing.",
    direction="The direction is reversed: {detail} have exchanged their parts.",
    activation="The derivative of another activation is used ({detail}).",
    transposed="Rows and columns are exchanged: this is the transpose.",
    permuted="The values are right, but stand in another order.",
    axis="Rows and columns are mixed up. Look again at the axis along which to compute.",
    component="Only component {detail} is wrong.",
    size="The number of components is wrong: the answer has {detail}.",
    position="Wrong from place {detail} on; right up to there.",
    position_whole="Wrong from the first place on.",
    spelling="Another spelling: it should be “{detail}”.",
)
