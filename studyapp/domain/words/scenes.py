"""How losses, and the facts of a scene, are told, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from studyapp.domain.facts import Fact
from studyapp.domain.words.sentences import Sentences


class ScenesWords(Sentences):
    """Phrases by the words of the facts; a flag has one for true and one for false."""

    tasks: Mapping[str, str]
    targets: Mapping[str, str]
    outputs: Mapping[str, str]
    flags: Mapping[str, tuple[str, str]]
    unit: str
    joined: str
    pair_of: str
    used: str
    asked: str
    chosen: str

    def pair(self, output: str, loss: str) -> str:
        """An output unit with a loss; a loss that looks at no unit is told alone."""
        unit = self.outputs[output]
        return self.pair_of.format(output=unit, loss=loss) if unit else loss

    def used_for(self, loss: str, tasks: Iterable[str]) -> str:
        """What a loss is used for."""
        return self.used.format(
            loss=loss[:1].upper() + loss[1:], tasks=self.joined.join(self.tasks[task] for task in tasks)
        )

    def fact(self, name: str, value: Fact) -> str:
        """A fact of a scene as a phrase."""
        if isinstance(value, bool):
            return self.flags[name][0 if value else 1]
        if name == "output":
            return self.unit.format(output=self.outputs[value] or "–")
        return (self.tasks if name == "task" else self.targets)[value]

    def solution(self, facts: Mapping[str, Fact], right: str) -> str:
        """What the scene asks for, and what meets it."""
        phrases = self.joined.join(self.fact(name, value) for name, value in facts.items())
        return self.asked.format(facts=phrases) + self.chosen.format(right=right)


JA = ScenesWords(
    tasks={
        "regression": "連続した値の予測（回帰）",
        "counting": "回数の予測",
        "binary": "二値分類",
        "multiclass": "一つだけ選ぶ多クラス分類",
        "multilabel": "いくつでも選べるマルチラベル分類",
        "metric_learning": "距離学習",
        "self_supervised": "正解ラベルを使わない自己教師あり学習",
        "generation": "データの生成",
        "reconstruction": "入力の再構成",
        "segmentation": "領域分割",
        "ranking": "順位付け",
        "distribution": "分布どうしの比較",
    },
    targets={
        "real": "正解は負にもなる実数",
        "positive": "正解は正の数",
        "count": "正解は 0 以上の整数",
        "bit": "正解は 0 か 1",
        "label": "正解は ±1",
        "one_hot": "正解は one-hot",
        "index": "正解はクラスの番号",
        "distribution": "正解は確率の分布",
        "pair": "正解は「同じ・違う」の組",
        "triplet": "基準・正例・負例の三つ組",
        "mask": "正解は画素ごとの領域",
        "none": "正解の値はない",
    },
    outputs={
        "identity": "恒等関数",
        "exp": "指数関数",
        "sigmoid": "シグモイド関数",
        "softmax": "ソフトマックス関数",
        "embedding": "埋め込み",
        "none": "",
    },
    flags={
        "robust": ("外れ値に強く引かれない", "大きな外れを重く罰する"),
        "relative": ("差ではなく割合のずれを見る", "割合ではなく差を見る"),
        "asymmetric": ("多すぎと少なすぎの重さが違う", "多すぎと少なすぎの重さが同じ"),
        "imbalance": ("数の多いクラスの易しい例の重みを下げる", "どの例も同じ重さで数える"),
        "margin": ("決めた余裕を超えれば罰しない", "余裕を決めない"),
        "bounded": ("値に上限がある", "値に上限がない"),
        "symmetric": ("予測と正解を入れ替えても同じ", "予測と正解を入れ替えると変わる"),
        "smooth": ("どこでも微分できる", "微分できない点がある"),
        "convex": ("凸である", "凸でない"),
    },
    unit="出力は{output}",
    joined="、",
    pair_of="{output}＋{loss}",
    used="{loss}を使うのは、{tasks}である。",
    asked="この場面が求めているのは、次のことである：{facts}。",
    chosen="これをすべて満たし、ふつう使われるのは **{right}** である。",
)

EN = ScenesWords(
    tasks={
        "regression": "predicting a continuous value (regression)",
        "counting": "predicting a count",
        "binary": "binary classification",
        "multiclass": "picking exactly one of many classes",
        "multilabel": "picking any number of labels",
        "metric_learning": "metric learning",
        "self_supervised": "self-supervised learning without labels",
        "generation": "generating data",
        "reconstruction": "reconstructing the input",
        "segmentation": "segmentation",
        "ranking": "ranking",
        "distribution": "comparing distributions",
    },
    targets={
        "real": "a target that may be negative",
        "positive": "a positive target",
        "count": "a whole number from 0 up as target",
        "bit": "a target of 0 or 1",
        "label": "a target of ±1",
        "one_hot": "a one-hot target",
        "index": "the number of the class as target",
        "distribution": "a distribution as target",
        "pair": "pairs that are the same or different",
        "triplet": "triplets of anchor, positive and negative",
        "mask": "a region, pixel by pixel, as target",
        "none": "no target value",
    },
    outputs={
        "identity": "identity",
        "exp": "exponential",
        "sigmoid": "sigmoid",
        "softmax": "softmax",
        "embedding": "embedding",
        "none": "",
    },
    flags={
        "robust": ("outliers do not pull hard", "large errors are punished hard"),
        "relative": ("ratios count rather than differences", "differences count rather than ratios"),
        "asymmetric": ("too much and too little cost differently", "too much and too little cost the same"),
        "imbalance": ("easy examples of the frequent class weigh less", "every example weighs the same"),
        "margin": ("nothing is punished beyond a margin", "there is no margin"),
        "bounded": ("the value has an upper bound", "the value has no upper bound"),
        "symmetric": ("prediction and target may be exchanged", "prediction and target may not be exchanged"),
        "smooth": ("there is a derivative everywhere", "there is a kink"),
        "convex": ("it is convex", "it is not convex"),
    },
    unit="{output} as output",
    joined="; ",
    pair_of="{output} + {loss}",
    used="{loss} is used for {tasks}.",
    asked="What this scene asks for: {facts}. ",
    chosen="The usual loss that meets all of this is **{right}**.",
)
