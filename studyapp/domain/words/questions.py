"""What is said around a question, its proof and its walk, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from studyapp.domain.words.sentences import MONTHS, Sentences, counted


class QuestionsWords(Sentences):
    """What a question's screens say. A template that has two forms writes them `one|many`."""

    proof_title: str
    drawing: str
    undrawn: str
    progress: str
    answer: str
    with_arrows: str
    step: str
    steps_given_one: str
    all_steps: str
    step_shown: str
    steps_right_of: str
    hint: str
    no_more_hints: str
    no_hints: str
    grading: str
    asked_again: str
    your_answer: str
    key: str
    solution: str
    saved: str
    next_on: str
    not_saved: str
    meant: str
    meant_told: str
    undone: str
    undone_told: str
    not_kept: str
    failed_retry: str
    failed_submit: str
    nothing_typed: str
    finished: str
    finished_count: str
    given_up: str
    give_up_twice: str
    restarted: str
    proving: str
    routes: Mapping[str, str]
    distance: str
    derivation: str
    no_routes: str
    walk_title: str
    walking: str
    ways: Mapping[str, str]
    stop_at: str

    def round_of(self, at: int, count: int) -> str:
        """Where a round stands."""
        return self.progress.format(at=at, count=count)

    def step_number(self, at: int, count: int) -> str:
        """The number of the step that is asked."""
        return self.step.format(at=at, count=count)

    def steps_given(self, count: int, *, changeable: bool) -> str:
        """That the first steps are shown, and the key that asks them, too, as long as it does."""
        told = counted(self.steps_given_one, count)
        return told + self.all_steps if changeable else told

    def steps_right(self, right: int, count: int) -> str:
        """How many of the steps that were asked are right."""
        return self.steps_right_of.format(right=right, count=count)

    def hint_number(self, at: int, count: int) -> str:
        """The head of a hint."""
        return self.hint.format(at=at, count=count)

    def saved_until(self, day: date | None) -> str:
        """That an answer is saved, and on which day its skill comes again."""
        if day is None:
            return self.saved
        return self.saved + self.next_on.format(month=day.month, day=day.day, name=MONTHS[day.month - 1])

    def not_drawn(self, reason: str, place: str) -> str:
        """Why no question came of an exercise."""
        return self.undrawn.format(reason=reason, place=place)

    def failure(self, detail: str, *, typing: bool) -> str:
        """That the kernel failed, and which key asks again."""
        return (self.failed_submit if typing else self.failed_retry).format(detail=detail)

    def round_result(self, right: int, answered: int) -> str:
        """How a round went."""
        return self.finished_count.format(right=right, answered=answered)

    def route(self, name: str) -> str:
        """The name of a route to a value."""
        return self.routes.get(name, name)

    def apart(self, distance: str) -> str:
        """How far apart the routes are."""
        return self.distance.format(distance=distance)

    def way(self, direction: str, layer: int) -> str:
        """Which way a walk goes, and where it stands."""
        return self.ways[direction].format(layer=layer)

    def stop(self, direction: str, layer: int, at: int, count: int) -> str:
        """A stop of a walk, and how many there are."""
        return self.stop_at.format(way=self.way(direction, layer), at=at, count=count)


JA = QuestionsWords(
    proof_title="検算",
    drawing="問題を作っています…",
    undrawn="この問題は作れませんでした（{place}）。{reason}",
    progress="{at} / {count}",
    answer="答え",
    with_arrows="↑↓ でも選べます",
    step="ステップ {at} / {count}",
    steps_given_one="はじめの {count} ステップは解いてあります。",
    all_steps="F6 ですべて自分で解けます。",
    step_shown="答えを見ました",
    steps_right_of="{count} ステップのうち {right} ステップが正解",
    hint="ヒント {at} / {count}",
    no_more_hints="ヒントはこれで全部です。",
    no_hints="この問題にヒントはありません。",
    grading="採点しています…",
    asked_again="もう一度答えてください。",
    your_answer="あなたの答え",
    key="正解",
    solution="解説",
    saved="記録しました",
    next_on="、次は {month} 月 {day} 日",
    not_saved="まだ記録されていません。r でもう一度試せます。s で別のフォルダーに保存できます。",
    meant="正解（同じ意味だと判断しました）",
    meant_told="正解として記録し直しました。もとの採点も残ります。",
    undone="取り消しました",
    undone_told="この解答の記録を取り消しました。復習の予定も解答前に戻ります。",
    not_kept="記録していません",
    failed_retry="計算の部分が止まりました（{detail}）。r でもう一度試せます。",
    failed_submit="計算の部分が止まりました（{detail}）。Enter でもう一度試せます。",
    nothing_typed="答えを入力してから Enter を押してください。",
    finished="おつかれさまでした",
    finished_count="{answered} 問のうち {right} 問が正解でした。",
    given_up="解説を見ました",
    give_up_twice="もう一度 F4 を押すと解説を表示します。この問題は不正解として記録されます。",
    restarted="計算の部分が止まっていたので、起動し直しています…",
    proving="確かめています…",
    routes={
        "numpy": "NumPy（倍精度）",
        "mpmath": "mpmath（50 桁）",
        "check": "別の式",
        "sympy": "SymPy（記号計算）",
        "answer": "正解の式",
        "given": "定義の式",
    },
    distance="いちばん離れた二つの差: {distance}",
    derivation="記号計算による導出",
    no_routes="この問題には計算で確かめる値がありません。",
    walk_title="ネットワークをたどる",
    walking="順伝播と逆伝播を計算しています…",
    ways={"forward": "順伝播: 第 {layer} 層", "backward": "逆伝播: 第 {layer} 層の δ"},
    stop_at="{way}   {at} / {count}",
)

EN = QuestionsWords(
    proof_title="Proof",
    drawing="Drawing a question…",
    undrawn="This question could not be drawn ({place}). {reason}",
    progress="{at} of {count}",
    answer="Answer",
    with_arrows="or pick with ↑↓",
    step="Step {at} of {count}",
    steps_given_one="The first step is worked out.|The first {count} steps are worked out.",
    all_steps=" F6 asks every step.",
    step_shown="shown",
    steps_right_of="{right} of {count} steps correct",
    hint="Hint {at} of {count}",
    no_more_hints="That was the last hint.",
    no_hints="This question has no hints.",
    grading="Checking…",
    asked_again="Please answer again.",
    your_answer="Your answer",
    key="Key",
    solution="Solution",
    saved="saved",
    next_on=", next on {day} {name}",
    not_saved="Not saved yet. r tries again; s saves in another folder.",
    meant="correct (you meant the same)",
    meant_told="Recorded as correct; the first verdict is kept beside it.",
    undone="taken back",
    undone_told="This answer was taken back. Its reviews are planned as if it had not been given.",
    not_kept="not saved",
    failed_retry="The mathematics stopped ({detail}). r tries again.",
    failed_submit="The mathematics stopped ({detail}). Enter tries again.",
    nothing_typed="Type an answer, then press Enter.",
    finished="Well done",
    finished_count="{right} of {answered} correct.",
    given_up="solution shown",
    give_up_twice="F4 once more shows the solution. The question is then recorded as wrong.",
    restarted="The mathematics had stopped; it is being started again…",
    proving="Checking every route…",
    routes={
        "numpy": "NumPy (double precision)",
        "mpmath": "mpmath (50 digits)",
        "check": "another formula",
        "sympy": "SymPy (symbolic)",
        "answer": "formula of the key",
        "given": "definition",
    },
    distance="Largest distance between two of them: {distance}",
    derivation="Derived symbolically",
    no_routes="This question has no value to compute.",
    walk_title="Through the network",
    walking="Computing the way forward and back…",
    ways={"forward": "Forward: layer {layer}", "backward": "Backward: δ of layer {layer}"},
    stop_at="{way}   {at} of {count}",
)
