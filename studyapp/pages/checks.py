"""Whether the sentences of an exercise and its key fit together."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from studyapp.domain.exercise import Hole, Item, Key, Sentences
from studyapp.domain.expression import Name
from studyapp.domain.kind import ANSWERED, Kind
from studyapp.domain.place import Place, Problem, Severity
from studyapp.domain.text import Text
from studyapp.pages.report import Report

SCENE = Name("scene")
SCENE_ANSWERS = {Kind.CHOICE: "option", Kind.TERM: "accept"}


class Fit(Problem):
    """Where sentences and key do not fit together."""

    TARGET_WITHOUT_NETWORK = Text(
        ja="target がありますが、network がありません。\nnetwork を書くか、answer で答えを書いてください。",
        en="There is a target, but no network.\nAdd a network, or write the answer.",
    )
    ANSWER_IN_NETWORK = Text(
        ja="network のある問題の手順に answer があります。\ntarget で問う量を書いてください。",
        en="A step of a drawn network has an answer.\nWrite the target that it asks for.",
    )
    OPTIONS_TWICE = Text(
        ja="options: losses の問題では、選択肢は損失の一覧から作られます。\n"
        "書いた選択肢を取り除くか、options の行を取り除いてください。",
        en="With `options: losses` the options are made from the catalogue.\n"
        "Remove the written options, or the line `options`.",
    )
    UNKNOWN_CASE = Text(
        ja="「{found}」という場合は cases にありません。\ncases に加えるか、綴りを直してください。",
        en="`cases` has no `{found}`.\nAdd it to cases, or mend the spelling.",
    )
    UNKNOWN_MISTAKE = Text(
        ja="「{found}」という誤りは mistakes にありません。\nmistakes に式を加えるか、この項目を取り除いてください。",
        en="`mistakes` has no `{found}`.\nGive it an expression in mistakes, or take the item out.",
    )
    MISTAKE_WITHOUT_SENTENCE = Text(
        ja="誤り「{found}」を説明する文がありません。\n誤答の項目に書き加えてください。",
        en="Nothing is said about the mistake `{found}`.\nAdd an item to Mistakes.",
    )
    OPTIONS_OF_OTHER_KIND = Text(
        ja="kind: {kind} の問題には選択肢がありません。\n選択肢を取り除くか、kind: choice にしてください。",
        en="An exercise of kind: {kind} has no options.\nTake the options out, or write kind: choice.",
    )
    TOO_FEW_OPTIONS = Text(
        ja="選択肢が二つ以上必要です（いまは {count}）。\n問題文の中に `- [ ] ` と `- [x] ` で書いてください。",
        en="At least two options are needed, not {count}.\nWrite them in the prompt with `- [ ] ` and `- [x] `.",
    )
    RIGHT_COUNT = Text(
        ja="right の条件は {count} 個ですが、選択肢は {options} 個です。\n選択肢の順に一つずつ書いてください。",
        en="`right` has {count} conditions for {options} options.\nWrite one for each option, in order.",
    )
    NOTHING_TICKED = Text(
        ja="どの選択肢にも印がありません。\n正解に [x] を付けるか、right に条件を書いてください。",
        en="No option is ticked.\nTick the right one with [x], or give conditions in `right`.",
    )
    TWO_TICKED = Text(
        ja="正解が二つ以上あります。\n一つずつ出すなら shown を、すべて選ばせるなら several: true を書いてください。",
        en="More than one option is ticked.\nWrite `shown` to draw one of them, or `several: true` to ask for all.",
    )
    TOO_FEW_WRONG = Text(
        ja="shown には誤りの選択肢が {needed} 個必要ですが、{count} 個しかありません。\n"
        "誤りの選択肢を加えるか、shown を減らしてください。",
        en="`shown` needs {needed} wrong options; there are {count}.\nAdd wrong options, or make shown smaller.",
    )
    SHOWN_TOO_MANY = Text(
        ja="shown は {shown} ですが、{count} 個しかありません。\nshown を減らすか、項目を加えてください。",
        en="`shown` is {shown}, but there are only {count}.\nMake shown smaller, or add items.",
    )
    TOO_FEW_ENTRIES = Text(
        ja="並べるものが二つ以上必要です（いまは {count}）。\n問題文の中に、正しい順の番号付きリストで書いてください。",
        en="At least two entries are needed, not {count}.\n"
        "Write them in the prompt as a numbered list in the right order.",
    )
    ASKS_COUNT = Text(
        ja="手順は {steps} 個ですが、問題文の番号付きの問いは {count} 個です。\n"
        "手順ごとに一つずつ、同じ順に書いてください。",
        en="There are {steps} steps, but {count} numbered asks in the prompt.\n"
        "Write one ask a step, in the same order.",
    )
    UNKNOWN_SCENE = Text(
        ja="「{found}」という場面は scenes にありません。\n綴りをそろえるか、scenes に事実を書き加えてください。",
        en="There is no scene `{found}` under `scenes`.\nSpell both alike, or add its facts under `scenes`.",
    )
    SCENE_WITHOUT_SENTENCE = Text(
        ja="場面「{found}」の文がありません。\n場面の項目に書き加えてください。",
        en="The scene `{found}` has no sentence.\nAdd it to the items of scenes.",
    )
    SCENE_NOT_ASKED = Text(
        ja="scenes がありますが、問題文に場面が出てきません。\n問題文に {{{{ scene }}}} と書いてください。",
        en="There are scenes, but the prompt shows none.\nWrite {{{{ scene }}}} in the prompt.",
    )
    SCENE_WITHOUT_ANSWER = Text(
        ja="場面の答えがありません（{found}）。\n"
        "`option` に正しい選択肢の番号を、用語なら `accept` に正解を書いてください。",
        en="The scene has no answer ({found}).\n"
        "Write the number of its right option as `option`, or of a term what to `accept`.",
    )
    NO_SCENES = Text(
        ja="{{{{ scene }}}} に入る場面がありません。\nscenes に場面とその事実を書いてください。",
        en="There is no scene for {{{{ scene }}}}.\nWrite the scenes with their facts under `scenes`.",
    )


def check_exercise(key: Key, sentences: Sentences, starts: Mapping[str, int], report: Report) -> None:
    """Complaints about items, options and boxes that the key does not fit; `starts` are the offsets of its fields."""
    cases = {case.name for case in key.cases}
    of_cases = [item for item in (*sentences.hints, *sentences.solution) if item.name]
    _check_names(of_cases, cases, Fit.UNKNOWN_CASE, report)
    if key.kind in ANSWERED:
        _check_mistakes({mistake.name: mistake.place for mistake in key.mistakes}, sentences, report)
    for step in key.steps:
        if step.target and key.network is None:
            report.add(step.place, Fit.TARGET_WITHOUT_NETWORK)
        if step.answer is not None and key.network is not None:
            report.add(step.place, Fit.ANSWER_IN_NETWORK)
    _check_scenes(key, sentences, starts, report)
    _check_options(key, sentences, starts, report)


def _check_names(items: Iterable[Item], known: Collection[str], problem: Problem, report: Report) -> None:
    for item in items:
        if item.name not in known:
            report.add(item.place, problem, item.name, known=known)


def _check_mistakes(names: Mapping[str, Place], sentences: Sentences, report: Report) -> None:
    _check_names(sentences.mistakes, names, Fit.UNKNOWN_MISTAKE, report)
    for name, place in names.items():
        if name not in {item.name for item in sentences.mistakes}:
            report.add(place, Fit.MISTAKE_WITHOUT_SENTENCE, name, severity=Severity.WARNING)


def _check_scenes(key: Key, sentences: Sentences, starts: Mapping[str, int], report: Report) -> None:
    asked = [part for part in sentences.prompt if isinstance(part, Hole) and part.expression == SCENE]
    if asked and not key.scenes:
        report.add(asked[0].place, Fit.NO_SCENES)
    elif key.scenes and not asked:
        report.add(sentences.place, Fit.SCENE_NOT_ASKED)
    elif key.options and not key.scenes:
        report.add(starts["options"], Fit.NO_SCENES)
    names, items = {scene.name for scene in key.scenes}, {item.name for item in sentences.scenes}
    _check_names(sentences.scenes, names, Fit.UNKNOWN_SCENE, report)
    for scene in key.scenes:
        if scene.name not in items:
            report.add(scene.place, Fit.SCENE_WITHOUT_SENTENCE, scene.name)
    ticked = any(option.ticked for option in sentences.options)
    answers = {
        scene.place: f"{scene.name}: {scene.option or SCENE_ANSWERS[key.kind]}"
        for scene in key.scenes
        if not (key.options or key.right or ticked)  # else scenes are only other ways to ask
        and not (scene.accept if key.kind is Kind.TERM else 1 <= scene.option <= len(sentences.options))
    }
    for place, found in answers.items():
        report.add(place, Fit.SCENE_WITHOUT_ANSWER, found)
    if key.options:
        facts = {fact: scene.place for scene in reversed(key.scenes) for fact in scene.facts}
        _check_mistakes(facts, sentences, report)


def _check_options(key: Key, sentences: Sentences, starts: Mapping[str, int], report: Report) -> None:
    count = len(sentences.options)
    if key.options:
        if count:
            report.add(sentences.options[0].place, Fit.OPTIONS_TWICE)
    elif key.kind is Kind.DERIVATION and key.network is None:
        if count != len(key.steps):
            report.add(sentences.place, Fit.ASKS_COUNT, steps=len(key.steps), count=count)
        for step, ask in zip(key.steps, sentences.options, strict=False):
            _check_options(key.part(step), replace(sentences, options=ask.options, place=ask.place), starts, report)
    elif key.kind in (Kind.CHOICE, Kind.ORDER) and key.network is None:
        if count < 2:
            problem = Fit.TOO_FEW_OPTIONS if key.kind is Kind.CHOICE else Fit.TOO_FEW_ENTRIES
            report.add(sentences.place, problem, count=count)
            return
        if key.kind is Kind.CHOICE:
            _check_ticks(key, sentences, starts, report)
        if key.shown is not None and key.shown > count:
            report.add(starts.get("shown", key.place), Fit.SHOWN_TOO_MANY, shown=key.shown, count=count)
    elif count:
        report.add(sentences.options[0].place, Fit.OPTIONS_OF_OTHER_KIND, kind=key.kind)


def _check_ticks(key: Key, sentences: Sentences, starts: Mapping[str, int], report: Report) -> None:
    """Without conditions the boxes are the key: one ticked, or a pool of which one is drawn, or several."""
    options = sentences.options
    if key.scenes and not key.right and not any(option.ticked for option in options):
        return
    if key.right:
        if len(key.right) != len(options):
            report.add(starts.get("right", key.place), Fit.RIGHT_COUNT, count=len(key.right), options=len(options))
        return
    ticked = [option for option in options if option.ticked]
    if not ticked:
        report.add(options[0].place, Fit.NOTHING_TICKED)
    elif len(ticked) > 1 and not key.several and key.shown is None:
        report.add(ticked[1].place, Fit.TWO_TICKED)
    blank = len(options) - len(ticked)
    if key.shown and blank + 1 < key.shown <= len(options) and not key.several:
        report.add(starts.get("shown", key.place), Fit.TOO_FEW_WRONG, needed=key.shown - 1, count=blank)
