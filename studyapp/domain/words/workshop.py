"""The sentences of `workshop`, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from studyapp.domain.words import lint
from studyapp.domain.words.sentences import Sentences


class WorkshopWords(Sentences):
    """What verification finds: by code, what was found and what to do; `lint` is what rules say of pages."""

    lint: lint.LintWords
    new_topic: str
    export_title: str
    export_answer: str
    example: str
    messages: Mapping[str, tuple[str, str]]

    def example_of(self, drawn: str) -> str:
        """The worked example, by its values."""
        return self.example.format(drawn=drawn)

    def complaint(self, code: str, **values: object) -> tuple[str, str]:
        """The message and the hint of a code, with its values put in."""
        message, hint = self.messages[code]
        return message.format(**values), hint.format(**values)


JA = WorkshopWords(
    lint=lint.JA,
    export_title="studyapp の問題",
    export_answer="答えと解説",
    example="例（{drawn}）",
    new_topic="# {name}\n\nここで何を学ぶかを書く。数式は $m = \\frac{{1}}{{n}} \\sum_k x_k$ のように書く。\n",
    messages={
        "undrawable": ("{at}で問題を作れません。{reason}", "{advice}"),
        "mismatch": ("{at}: {reason}", "{advice}"),
        "example": (
            "例の答えは {written} ですが、計算すると {computed} になります。",
            "example か answer を直してください。",
        ),
        "key-refused": (
            "{at}で、正答 {answer} が正解になりません（{verdict}）。",
            "answer と digits を見直してください。",
        ),
        "branch-undecided": (
            "{at}で、{part} が正にも負にもなるかを確かめられません。その先で違う答えを見分けられません。",
            "symbols の範囲を狭めるか、式を簡単にしてください。",
        ),
        "mistake-accepted": (
            "{at}で、誤答 {name}（{answer}）が不正解になりません（{verdict}）。",
            "正答とはっきり違う値になるよう、where で制限してください。",
        ),
        "mistake-unnamed": (
            "{at}で、誤答 {name}（{answer}）が {found} と判定されました。",
            "同じ値になるほかの誤りと分けてください。",
        ),
        "mistake-rare": (
            "誤答 {name} は {share} % の問題でしか成り立ちません。",
            "20 % 以上で成り立つように draw を変えてください。",
        ),
        "no-check": (
            "answer を別の式で確かめる check がありません。",
            "同じ値に別の道すじでたどり着く式を check に書いてください。",
        ),
        "mistake-never": (
            "誤答 {name} は、どの問題でも成り立ちません。正答か前に書いた誤答と区別できないか、値がありません。",
            "誤答の式を直すか、消してください。",
        ),
        "exam-rare": (
            "exam: choice ですが、誤答が三つそろう問題は {share} % しかありません。",
            "誤答を増やすか、40 % 以上でそろうように draw を変えてください。",
        ),
        "few-distinct": (
            "{seeds} 個の種から、異なる問題が {count} 個しかできません。",
            "7 個以上になるように draw を広げてください。",
        ),
        "distance": (
            "{at}で、経路ごとの値の差が {distance} あります（{routes}）。",
            "どの経路が正しいかを確かめ、answer か check を直してください。",
        ),
        "symbolic": (
            "{at}で、answer は {answer}、SymPy は {found} になります。",
            "answer の式を見直してください。D を使うときは、微分する変数を確かめてください。",
        ),
        "false-equality": (
            "{at}で、「{shown}」が成り立ちません。左辺は {left} です。",
            "穴の式か、文の数を直してください。",
        ),
        "near-miss": (
            "{at}で、{answer} が正解になってしまいます（正答は {key}）。",
            "digits を見直してください。",
        ),
        "guessable": (
            "{share} % の問題で答えが {answer} になり、当て推量で正解できます。",
            "draw を広げるか、where で避けてください。",
        ),
        "uneven-positions": (
            "正解が {position} 番目に来る問題が {share} % もあります。",
            "選択肢の数と right の条件を見直してください。",
        ),
        "telling-length": (
            "正解と誤りの選択肢の長さが平均で {ratio} 倍違い、正解が分かってしまいます。",
            "1.6 倍以内にそろえてください。",
        ),
        "unlike-translation": (
            "{at}で、英語の問題の答えが {found} になり、日本語の {answer} と違います。",
            "選択肢の並びと穴をそろえてください。",
        ),
    },
)

EN = WorkshopWords(
    lint=lint.EN,
    export_title="studyapp questions",
    export_answer="Answer and solution",
    example="the example ({drawn})",
    new_topic="# {name}\n\nSay here what there is to learn. A formula is written like "
    "$m = \\frac{{1}}{{n}} \\sum_k x_k$.\n",
    messages={
        "undrawable": ("No question comes of {at}: {reason}", "{advice}"),
        "mismatch": ("{at}: {reason}", "{advice}"),
        "example": ("The example's answer is {written}, but it computes to {computed}.", "Mend example or answer."),
        "key-refused": (
            "With {at}, the key {answer} is not graded as correct ({verdict}).",
            "Look at answer and digits.",
        ),
        "branch-undecided": (
            "{at}, it is not known whether {part} takes both signs: answers that differ behind that cannot be decided.",
            "Narrow the domains under symbols, or write a simpler formula.",
        ),
        "mistake-accepted": (
            "With {at}, the mistake {name} ({answer}) is not graded as wrong ({verdict}).",
            "Keep its value clear of the key with where.",
        ),
        "mistake-unnamed": (
            "With {at}, the mistake {name} ({answer}) is named {found}.",
            "Tell it apart from the other mistake that gives the same.",
        ),
        "mistake-rare": (
            "The mistake {name} applies in {share} % of the questions only.",
            "Change draw so that it applies in 20 % at least.",
        ),
        "no-check": (
            "No check confirms answer by another formula.",
            "Write under check a formula that reaches the same value by another route.",
        ),
        "mistake-never": (
            "The mistake {name} applies in no question: it equals the key or an earlier mistake, or has no value.",
            "Correct its expression, or remove it.",
        ),
        "exam-rare": (
            "The key says exam: choice, but only {share} % of the questions have three living mistakes.",
            "Foresee more mistakes, or change draw so that 40 % have them at least.",
        ),
        "few-distinct": (
            "{seeds} seeds give only {count} different questions.",
            "Widen draw so that there are 7 at least.",
        ),
        "distance": (
            "With {at}, the routes to the key are {distance} apart ({routes}).",
            "See which of them is right, and correct answer or check.",
        ),
        "symbolic": (
            "With {at}, answer gives {answer}, SymPy gives {found}.",
            "Look at answer; where it says D, check the variable.",
        ),
        "false-equality": (
            "With {at}, “{shown}” does not hold: the left side is {left}.",
            "Correct the expression in the hole, or the number.",
        ),
        "near-miss": ("With {at}, {answer} is graded as correct; the key is {key}.", "Look at digits."),
        "guessable": (
            "In {share} % of the questions the answer is {answer}: guessing would find it.",
            "Widen draw, or exclude it with where.",
        ),
        "uneven-positions": (
            "The right option stands in place {position} in {share} % of the questions.",
            "Look at the number of options and at right.",
        ),
        "telling-length": (
            "Right and wrong options differ in length by {ratio} on average, which gives the answer away.",
            "Keep it within 1.6.",
        ),
        "unlike-translation": (
            "With {at}, the English question's answer is {found}, the Japanese one's {answer}.",
            "Write the same options and holes in both.",
        ),
    },
)
