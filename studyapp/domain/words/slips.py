"""The sentences about slips: what was done, and why it is wrong."""

from __future__ import annotations

from studyapp.domain.words.sentences import Sentences


class SlipWords(Sentences):
    """One sentence a slip. `{0}`, `{1}` are what completes it; fields ending in `_whole` need nothing."""

    sign: str
    sign_whole: str
    swap: str
    complement: str
    complement_whole: str
    reciprocal: str
    reciprocal_whole: str
    log_base: str
    reduction: str
    reduction_sum: str
    reduction_mean: str
    factor: str
    factor_part: str
    factor_point: str
    missing_factor: str
    missing_factor_derivative: str
    extra_factor: str
    dropped_term: str
    direction: str
    direction_whole: str
    activation: str
    activation_value: str
    transposed: str
    permuted: str
    axis: str
    component: str
    size: str
    size_shape: str
    position: str
    position_whole: str
    spelling: str
    truncated: str
    sign_entry: str
    swap_entries: str

    def sentence(self, slip: str, *details: str) -> str:
        """The sentence of a slip of the closed list, with what completes it."""
        field = slip.replace("-", "_")
        return str(getattr(self, field + _variant(slip, details), getattr(self, field))).format(*details)


def _variant(slip: str, details: tuple[str, ...]) -> str:
    match slip, details:
        case _, ():
            return "_whole"
        case "reduction", ("sum" | "mean" as kind,):
            return f"_{kind}"
        case "factor", (_, _):
            return "_part"
        case "missing-factor", (_, _):
            return "_derivative"
        case "activation", (wrong, right) if wrong == right:
            return "_value"
        case _:
            return ""


JA = SlipWords(
    sign="{0} の符号が逆です。",
    sign_whole="符号が逆です。",
    swap="{0} と {1} が入れ替わっています。",
    complement="{0} とすべきところが、1 から引いた値になっています。",
    complement_whole="1 から引いた値になっています。どちらの確率(割合)を問われているかを確かめてください。",
    reciprocal="{0} が逆数になっています。割る側と割られる側を確かめてください。",
    reciprocal_whole="逆数になっています。割る数と割られる数を確かめてください。",
    log_base="対数の底が違います。あなたの答えは底を {0} として計算したものです。",
    reduction="和と平均の取り違えです。正解の {0} 倍になっています。",
    reduction_sum="平均を求めるところで、和のままになっています。",
    reduction_mean="和を求めるところで、平均にしています。",
    factor="定数倍だけ違います。正解の {0} 倍になっています。係数を確かめてください。",
    factor_point="正解の {0} 倍になっています。小数点の位置を確かめてください。",
    factor_part="{1} が {0} 倍になっています。その係数を確かめてください。",
    missing_factor="因子 {0} が抜けています。",
    missing_factor_derivative="因子 {0} が抜けています。連鎖律で、活性化関数 {1} の微分を掛け忘れています。",
    extra_factor="余分な因子 {0} が掛かっています。",
    dropped_term="項 {0} が抜けています。",
    direction="向きが逆です。{0} と {1} の役割が入れ替わっています。",
    direction_whole="向きが逆です。どちらをどちらで測るのかを確かめてください。",
    activation="{0} の微分を使っています。ここの活性化関数は {1} です。",
    activation_value="活性化関数 {0} の微分ではなく、値そのものを掛けています。",
    transposed="行と列が入れ替わっています(転置になっています)。",
    permuted="成分の値は合っていますが、並ぶ順が違います。",
    axis="行と列の向きが違います。どちらの軸に沿って計算するかを確かめてください。",
    component="第 {0} 成分だけが違います。",
    size_shape="並べ方が違います。答えは {0}ですが、求めるのは {1}です。行はセミコロンで区切ります(例: 1, 2; 3, 4)。",
    size="成分の数が違います。答えは {0}ですが、求めるのは {1}です。",
    position="{0} 番目から違います。そこまでの順は合っています。",
    position_whole="最初のものから違います。",
    spelling="表記が違います。正しくは「{0}」です。",
    truncated="{0}切り捨てています。次の位が 5 以上なので、四捨五入すると切り上がります。",
    sign_entry="第 {0} 成分の符号が逆です。",
    swap_entries="第 {0} 成分と第 {1} 成分が入れ替わっています。",
)

EN = SlipWords(
    sign="The sign of {0} is reversed.",
    sign_whole="The sign is reversed.",
    swap="{0} and {1} are exchanged.",
    complement="Where {0} belongs, one minus it stands.",
    complement_whole="This is one minus the key. Look again at which of the two is asked for.",
    reciprocal="{0} is upside down. Look again at what divides what.",
    reciprocal_whole="This is the reciprocal of the key. Look again at what divides what.",
    log_base="The logarithm has another base: this was computed with base {0}.",
    reduction="Sum and mean are mixed up: this is {0} times the key.",
    reduction_sum="This is the sum; the mean was asked for.",
    reduction_mean="This is the mean; the sum was asked for.",
    factor="Only a constant differs: this is {0} times the key. Look again at the coefficient.",
    factor_point="This is {0} times the key. Look again at the decimal point.",
    factor_part="{1} is taken {0} times. Look again at its coefficient.",
    missing_factor="The factor {0} is missing.",
    missing_factor_derivative="The factor {0} is missing: by the chain rule, the derivative of {1} belongs here.",
    extra_factor="There is a factor {0} too many.",
    dropped_term="The term {0} is missing.",
    direction="The direction is reversed: {0} and {1} have exchanged their parts.",
    direction_whole="The direction is reversed. Look again at which is measured by which.",
    activation="This uses the derivative of {0}; the activation here is {1}.",
    activation_value="The value of {0} stands where its derivative belongs.",
    transposed="Rows and columns are exchanged: this is the transpose.",
    permuted="The values are right, but stand in another order.",
    axis="Rows and columns are mixed up. Look again at the axis along which to compute.",
    component="Only component {0} is wrong.",
    size_shape="The shape is wrong: the answer has {0}, the key {1}. Semicolons part rows (1, 2; 3, 4).",
    size="The number of components is wrong: the answer has {0}, the key {1}.",
    position="Wrong from place {0} on; right up to there.",
    position_whole="Wrong from the first place on.",
    spelling="Another spelling: it should be “{0}”.",
    truncated="{0} digits are cut off, not rounded: the next digit is 5 or more, so the last one goes up.",
    sign_entry="The sign of component {0} is reversed.",
    swap_entries="Components {0} and {1} are exchanged.",
)
