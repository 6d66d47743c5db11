"""Rules about what a question must not give away."""

from collections.abc import Iterator, Sequence

from studyapp.domain.exercise import Hole, Key, Template, WrittenOption
from studyapp.domain.expression import Name, names_in
from studyapp.domain.kind import Kind
from studyapp.domain.place import Severity
from studyapp.engine.algebras.algebra import Problem
from studyapp.engine.catalogue.families import offered
from studyapp.engine.questions.choices import SHOWN
from studyapp.typeset.width import cells
from studyapp.workshop.rules.registry import Finding, Sheet, holes_in, rule

LARGEST_RATIO = 1.6
LEAST_DIFFERENCE = 8  # cells by which texts differ before anybody notices: `$0$` and `$-1$` give nothing away
LEAST_QUOTED = 4


def source_of(template: Template) -> str:
    """The Markdown of a template, its holes without their spaces."""
    return "".join(f"{{{{{part.text}}}}}" if isinstance(part, Hole) else part for part in template).strip()


@rule(
    ja="選択肢「{found}」が二つあります。\nどちらかを書き換えてください。",
    en="The option “{found}” is there twice.\nChange one of them.",
)
def equal_options(sheet: Sheet) -> Iterator[Finding]:
    """No two options of a question say the same.

    Bad:  - [ ] 大きくなる
          - [x] 大きくなる
    Good: - [ ] 小さくなる
          - [x] 大きくなる
    """
    for exercise, _ in sheet.exercises():
        seen: set[str] = set()
        for option in exercise.sentences.options:
            text = source_of(option.text)
            if text in seen:
                yield Finding(option.place, text)
            seen.add(text)


@rule(
    ja="正解と誤りの選択肢の長さが {found} 倍も違い、正解が分かってしまいます。\n1.6 倍以内にそろえてください。",
    en="Right and wrong options differ in length by a factor of {found}, which gives the answer away.\n"
    "Keep it within 1.6.",
)
def telling_length(sheet: Sheet) -> Iterator[Finding]:
    """On average, right and wrong options differ in length by a factor of at most 1.6.

    Bad:  - [x] 外れ値の影響が一定の大きさで頭打ちになるから、勾配が爆発せずに済む
          - [ ] 速いから
    Good: - [x] 外れ値の影響が頭打ちになるから
          - [ ] 計算がいちばん速いから
    """
    for exercise, key in sheet.exercises():
        options = exercise.sentences.options
        if key.kind != Kind.CHOICE or key.right:
            continue
        shorter, longer = sorted(_mean_width(options, ticked=ticked) for ticked in (True, False))
        if shorter and is_telling(shorter, longer):
            first = next(one for one in options if one.ticked)
            yield Finding(first.place, f"{longer / shorter:.1f}", severity=Severity.WARNING)


def is_telling(shorter: float, longer: float) -> bool:
    """Whether right and wrong options differ in their mean width by so much that it gives the answer away."""
    return longer > LARGEST_RATIO * shorter and longer - shorter > LEAST_DIFFERENCE


def _mean_width(options: Sequence[WrittenOption], *, ticked: bool) -> float:
    texts = [option.text for option in options if bool(option.ticked) == ticked]
    return sum(cells(part) if isinstance(part, str) else 4 for text in texts for part in text) / max(1, len(texts))


@rule(
    ja="ヒントが答え（{found}）を言ってしまっています。\n答えに至る手がかりだけを書いてください。",
    en="The hint gives the answer away ({found}).\nLead on without saying it.",
)
def telling_hint(sheet: Sheet) -> Iterator[Finding]:
    """A hint does not contain the answer: neither its hole, nor an accepted term, nor the right option.

    Bad:  1. 答えは {{ answer }} 。
    Good: 1. 和の中で残る項はひとつだけ。
    """
    for exercise, key in sheet.exercises():
        ticked = [source_of(option.text) for option in exercise.sentences.options if option.ticked]
        words = {Kind.TERM: key.accept, Kind.CHOICE: [text for text in ticked if len(text) >= LEAST_QUOTED]}
        for item in exercise.sentences.hints:
            if telling := [hole for hole in holes_in(item.text) if _gives_away(hole, key)]:
                yield Finding(telling[0].place, telling[0].text)
            elif answers := [word for word in words.get(key.kind, ()) if word in source_of(item.text)]:
                yield Finding(item.place, answers[0])


def _gives_away(hole: Hole, key: Key) -> bool:
    if "answer" in names_in(hole.expression):
        return True
    if isinstance(hole.expression, Name):
        return key.answer is not None and hole.expression == key.answer.expression
    return hole.expression in [one.expression for one in (key.answer, key.check) if one]


@rule(
    ja="場面「{found}」の事実に合う損失がないか、誤りの選択肢が足りません。\n"
    "損失の一覧（`studyapp compute --list`）にある事実で、場面を言い直してください。",
    en="No usual loss meets the facts of the scene “{found}”, or too few break one.\n"
    "State the scene by facts that a loss of the catalogue has (`studyapp compute --list`).",
)
def unfit_scene(sheet: Sheet) -> Iterator[Finding]:
    """The facts of a scene for `options: losses` leave a usual loss, and enough losses that break a fact.

    Bad:  sum-up: {task: regression, bounded: true}
    Good: sum-up: {task: regression, robust: true}
    """
    if not sheet.has_facts:
        return
    for _, key in sheet.exercises():
        for scene in key.scenes if key.options else ():
            try:
                near = offered(scene.facts)
            except Problem:
                near = ()
            if len(near) < (key.shown or SHOWN) - 1:
                yield Finding(scene.place, scene.name)
