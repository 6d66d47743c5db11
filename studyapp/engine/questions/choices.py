"""Choices and orders: which options are shown, where they stand, which are right."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from studyapp.domain.exercise import Exercise, Hole, Sentences, Template, WrittenOption
from studyapp.domain.expression import Name
from studyapp.domain.facts import Fact, Scene, Task
from studyapp.domain.question import ChoiceKey, OrderKey, ShownOption
from studyapp.domain.text import Text, language
from studyapp.engine.catalogue.entry import Entry
from studyapp.engine.catalogue.families import CATALOGUE, choice_for, offered
from studyapp.engine.questions.filling import Filler
from studyapp.engine.questions.randomness import Stream
from studyapp.engine.questions.values import Draft, Rejected, Values

TASKS = {
    "regression": Text(ja="連続した値の予測（回帰）", en="predicting a continuous value (regression)"),
    "counting": Text(ja="回数の予測", en="predicting a count"),
    "binary": Text(ja="二値分類", en="binary classification"),
    "multiclass": Text(ja="一つだけ選ぶ多クラス分類", en="picking exactly one of many classes"),
    "multilabel": Text(ja="いくつでも選べるマルチラベル分類", en="picking any number of labels"),
    "metric_learning": Text(ja="距離学習", en="metric learning"),
    "self_supervised": Text(ja="正解ラベルを使わない自己教師あり学習", en="self-supervised learning without labels"),
    "generation": Text(ja="データの生成", en="generating data"),
    "reconstruction": Text(ja="入力の再構成", en="reconstructing the input"),
    "segmentation": Text(ja="領域分割", en="segmentation"),
    "ranking": Text(ja="順位付け", en="ranking"),
    "distribution": Text(ja="分布どうしの比較", en="comparing distributions"),
}
TARGETS = {
    "real": Text(ja="正解は負にもなる実数", en="a target that may be negative"),
    "positive": Text(ja="正解は正の数", en="a positive target"),
    "count": Text(ja="正解は 0 以上の整数", en="a whole number from 0 up as target"),
    "bit": Text(ja="正解は 0 か 1", en="a target of 0 or 1"),
    "label": Text(ja="正解は ±1", en="a target of ±1"),
    "one_hot": Text(ja="正解は one-hot", en="a one-hot target"),
    "index": Text(ja="正解はクラスの番号", en="the number of the class as target"),
    "distribution": Text(ja="正解は確率の分布", en="a distribution as target"),
    "pair": Text(ja="正解は「同じ・違う」の組", en="pairs that are the same or different"),
    "triplet": Text(ja="基準・正例・負例の三つ組", en="triplets of anchor, positive and negative"),
    "mask": Text(ja="正解は画素ごとの領域", en="a region, pixel by pixel, as target"),
    "none": Text(ja="正解の値はない", en="no target value"),
}
OUTPUTS = {
    "identity": Text(ja="恒等関数", en="identity"),
    "exp": Text(ja="指数関数", en="exponential"),
    "sigmoid": Text(ja="シグモイド関数", en="sigmoid"),
    "softmax": Text(ja="ソフトマックス関数", en="softmax"),
    "embedding": Text(ja="埋め込み", en="embedding"),
    "none": Text(ja="", en=""),
}
HOLDS = {
    "robust": Text(ja="外れ値に強く引かれない", en="outliers do not pull hard"),
    "relative": Text(ja="差ではなく割合のずれを見る", en="ratios count rather than differences"),
    "asymmetric": Text(ja="多すぎと少なすぎの重さが違う", en="too much and too little cost differently"),
    "imbalance": Text(ja="数の多いクラスの易しい例の重みを下げる", en="easy examples of the frequent class weigh less"),
    "margin": Text(ja="決めた余裕を超えれば罰しない", en="nothing is punished beyond a margin"),
    "bounded": Text(ja="値に上限がある", en="the value has an upper bound"),
    "symmetric": Text(ja="予測と正解を入れ替えても同じ", en="prediction and target may be exchanged"),
    "smooth": Text(ja="どこでも微分できる", en="there is a derivative everywhere"),
    "convex": Text(ja="凸である", en="it is convex"),
}
HOLDS_NOT = {
    "robust": Text(ja="大きな外れを重く罰する", en="large errors are punished hard"),
    "relative": Text(ja="割合ではなく差を見る", en="differences count rather than ratios"),
    "asymmetric": Text(ja="多すぎと少なすぎの重さが同じ", en="too much and too little cost the same"),
    "imbalance": Text(ja="どの例も同じ重さで数える", en="every example weighs the same"),
    "margin": Text(ja="余裕を決めない", en="there is no margin"),
    "bounded": Text(ja="値に上限がない", en="the value has no upper bound"),
    "symmetric": Text(ja="予測と正解を入れ替えると変わる", en="prediction and target may not be exchanged"),
    "smooth": Text(ja="微分できない点がある", en="there is a kink"),
    "convex": Text(ja="凸でない", en="it is not convex"),
}
UNIT = Text(ja="出力は{output}", en="{output} as output")
JOINED = Text(ja="、", en="; ")
PAIR_OF = Text(ja="{output}＋{loss}", en="{output} + {loss}")
USED = Text(ja="{loss}を使うのは、{tasks}である。", en="{loss} is used for {tasks}.")
ASKED = Text(ja="この場面の条件は「{facts}」である。", en="What this scene asks for: {facts}. ")
CHOSEN = Text(
    ja="選択肢のうち、すべて満たすのは **{right}** である。",
    en="The usual loss that meets all of this is **{right}**.",
)

LABELS = "abcdefghijklmnopqrstuvwxyz"


def choice(exercise: Exercise, values: Values, arranging: Stream, filler: Filler) -> Draft | Rejected:
    """The options of a drawing in random order; without `several`, exactly one of them is right."""
    key, written = exercise.key, exercise.sentences.options
    if key.right:
        if len(key.right) != len(written):
            return Rejected("right-count", f"{len(key.right)} / {len(written)}", key.at("right"), final=True)
        marked = [(option, values.meets(values.written(true))) for option, true in zip(written, key.right, strict=True)]
    elif key.scenes and not any(option.ticked for option in written):
        right_one = drawn_scene(exercise, values).option
        marked = [(option, number == right_one) for number, option in enumerate(written, 1)]
    else:
        marked = [(option, bool(option.ticked)) for option in written]
    shown = _some(marked, key.shown, several=key.several, arranging=arranging)
    right = sum(is_right for _, is_right in shown)
    if right == 0 or (right > 1 and not key.several):
        return Rejected("right", str(right), key.right[0].place if key.right else key.place)
    options = _labelled([option for option, _ in shown], written, filler)
    texts = [option.text for option in options]
    if repeated := [option for place, option in enumerate(options) if option.text in texts[:place]]:
        return Rejected("options-equal", repeated[0].text, written[repeated[0].number - 1].place)
    labels = tuple(option.label for option, (_, is_right) in zip(options, shown, strict=True) if is_right)
    every = tuple(option.label for option in options)
    return Draft(ChoiceKey(every, labels, key.several), ", ".join(labels), options=options)


def _some(
    marked: list[tuple[WrittenOption, bool]], shown: int | None, *, several: bool, arranging: Stream
) -> list[tuple[WrittenOption, bool]]:
    """All options, or a hand from the pool: one right (of several: at least one) and the others wrong, shuffled."""
    if shown is None or shown >= len(marked):
        return arranging.shuffled(marked)
    right = arranging.shuffled([option for option in marked if option[1]])
    wrong = arranging.shuffled([option for option in marked if not option[1]])
    count = 1
    if several:
        least = max(1, shown - len(wrong))
        count = least + arranging.below(min(len(right), shown - 1) - least + 1)
    return arranging.shuffled(right[:count] + wrong[: shown - count])


def order(exercise: Exercise, arranging: Stream, filler: Filler) -> Draft | Rejected:
    """Some of the entries, shuffled; the key lists their labels in the written order."""
    written = list(enumerate(exercise.sentences.options))
    count = exercise.key.shown or len(written)
    if len(written) < 2 or count < 2:
        return Rejected("options", str(len(written)), exercise.sentences.place, final=True)
    shuffled = arranging.shuffled(sorted(arranging.shuffled(written)[:count]))
    options = _labelled([option for _, option in shuffled], exercise.sentences.options, filler)
    by_rank = sorted(zip(shuffled, options, strict=True), key=lambda pair: pair[0][0])
    labels = tuple(option.label for _, option in by_rank)
    if labels == tuple(sorted(labels)):
        return Rejected("already-ordered", "", exercise.key.at("shown"))
    return Draft(OrderKey(labels), " ".join(labels), options=options)


def _labelled(shown: list[WrittenOption], written: Sequence[WrittenOption], filler: Filler) -> tuple[ShownOption, ...]:
    numbers = {id(option): number for number, option in enumerate(written, 1)}
    return tuple(
        ShownOption(label, filler.fill(option.text).strip(), filler.fill(option.said).strip(), numbers[id(option)])
        for label, option in zip(LABELS, shown, strict=False)
    )


SHOWN = 4  # options of a question, unless the key says otherwise
NEAR = 6  # wrong losses among which some are drawn: those that break the fewest facts
IN_PAIRS = (Task.BINARY, Task.MULTICLASS, Task.MULTILABEL)
"""Tasks for which a loss is chosen together with the output unit."""
SCENE = Name("scene")


def scene_of(exercise: Exercise, seed: int) -> Scene | None:
    """The scene of a seed, None where the exercise has none."""
    scenes = exercise.key.scenes
    return Stream(exercise.id, seed, "(scene)").pick(scenes) if scenes else None


def drawn_scene(exercise: Exercise, values: Values) -> Scene:
    """The scene that a question was drawn in."""
    return next(scene for scene in exercise.key.scenes if scene.name == values.exact["scene"])


def in_scene(sentences: Sentences, scene: Scene) -> Sentences | Rejected:
    """The sentences with the scene's own in their holes."""
    sentence = next((item.text for item in sentences.scenes if item.name == scene.name), None)
    if sentence is None:
        return Rejected("scene", scene.name, scene.place, final=True)
    return replace(
        sentences,
        prompt=_spliced(sentences.prompt, sentence),
        hints=tuple(replace(item, text=_spliced(item.text, sentence)) for item in sentences.hints),
        solution=tuple(replace(item, text=_spliced(item.text, sentence)) for item in sentences.solution),
    )


def _spliced(template: Template, sentence: Template) -> Template:
    parts = [sentence if isinstance(part, Hole) and part.expression == SCENE else (part,) for part in template]
    return tuple(part for some in parts for part in some)


def losses_for(exercise: Exercise, scene: Scene, arranging: Stream, filler: Filler) -> Draft | Rejected:
    """The usual loss that breaks nothing, and near ones that break a fact, in random order.

    Raises `Problem` where no usual loss fits.
    """
    right = choice_for(scene.facts).right
    near = offered(scene.facts)[:NEAR]
    count = (exercise.key.shown or SHOWN) - 1
    if len(near) < count:
        return Rejected("few-losses", scene.name, scene.place, final=True)
    reasons = {item.name: filler.fill(item.text).strip() for item in exercise.sentences.mistakes}
    pairs = scene.facts.get("task") in IN_PAIRS
    hand = [(right, ""), *arranging.shuffled(near)[:count]]
    options = tuple(
        ShownOption(
            label,
            _option(entry, pairs=pairs),
            f"{reasons.get(fact, '')} {_used_for(entry)}".strip() if fact else "",
            NUMBERS[entry.name],
        )
        for label, (entry, fact) in zip(LABELS, arranging.shuffled(hand), strict=False)
    )
    label = next(option.label for option in options if option.number == NUMBERS[right.name])
    key = ChoiceKey(tuple(option.label for option in options), (label,))
    return Draft(key, label, options=options, solution=_solution(scene.facts, _option(right, pairs=pairs)))


NUMBERS = {name: number for number, name in enumerate(CATALOGUE, 1)}
"""The place of each entry in the catalogue: what an option is, whatever the language."""


SEAM = re.compile(r"(?<=[A-Za-z])(?=[ぁ-んァ-ヶ一-龠])|(?<=[ぁ-んァ-ヶー一-龠])(?=[A-Za-z])")
"""Where Latin and Japanese letters meet; pages leave a space there."""


def _named(entry: Entry) -> str:
    return SEAM.sub(" ", (entry.ja if language() == "ja" else entry.en)[0])


def _option(entry: Entry, *, pairs: bool) -> str:
    """A loss, with its output unit where pairs are asked for; one that looks at no unit is named alone."""
    unit = OUTPUTS[entry.facts.output]() if pairs and entry.facts is not None else ""
    return PAIR_OF(output=unit, loss=_named(entry)) if unit else _named(entry)


def _used_for(entry: Entry) -> str:
    loss, tasks = _named(entry), entry.facts.tasks if entry.facts else ()
    return USED(loss=loss[:1].upper() + loss[1:], tasks=JOINED().join(TASKS[task]() for task in tasks))


def _phrase(name: str, value: Fact) -> str:
    if isinstance(value, bool):
        return (HOLDS if value else HOLDS_NOT)[name]()
    if name == "output":
        return UNIT(output=OUTPUTS[value]() or "–")
    return (TASKS if name == "task" else TARGETS)[value]()


def _solution(facts: Mapping[str, Fact], right: str) -> str:
    phrases = JOINED().join(_phrase(name, value) for name, value in facts.items())
    return ASKED(facts=phrases) + CHOSEN(right=right)
