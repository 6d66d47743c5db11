"""The sentences of `workshop`, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studyapp.domain.words import lint


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopWords:
    """What verification finds: by code, what was found and what to do; `lint` is what rules say of pages."""

    lint: lint.LintWords
    messages: Mapping[str, tuple[str, str]]

    def complaint(self, code: str, **values: object) -> tuple[str, str]:
        """The message and the hint of a code, with its values put in."""
        message, hint = self.messages[code]
        return message.format(**values), hint.format(**values)


JA = WorkshopWords(
    lint=lint.JA,
    messages={
        "undrawable": (
            "種 {seed} で問題を作れない（{reason}: {detail}）。",
            "draw と where を見直し、条件を満たす値が出るようにする。",
        ),
        "example": ("例の答えは {written} だが、計算すると {computed} になる。", "example か answer を直す。"),
        "key-refused": ("種 {seed} で、正答 {answer} が正解にならない（{verdict}）。", "answer と digits を見直す。"),
        "mistake-accepted": (
            "種 {seed} で、誤答 {name}（{answer}）が不正解にならない（{verdict}）。",
            "正答とはっきり違う値になるよう、where で制限する。",
        ),
        "mistake-unnamed": (
            "種 {seed} で、誤答 {name}（{answer}）が {found} と判定された。",
            "同じ値になるほかの誤りと分ける。",
        ),
        "mistake-rare": (
            "誤答 {name} は {share} % の問題でしか成り立たない。",
            "20 % 以上で成り立つように draw を変える。",
        ),
        "few-distinct": (
            "{seeds} 個の種から、異なる問題が {count} 個しかできない。",
            "7 個以上になるように draw を広げる。",
        ),
        "distance": ("経路ごとの値の差が {distance} もある。", "answer と check の式を見直す。"),
    },
)

EN = WorkshopWords(
    lint=lint.EN,
    messages={
        "undrawable": (
            "Seed {seed} gives no question ({reason}: {detail}).",
            "Change draw or where so that the conditions can be met.",
        ),
        "example": ("The example's answer is {written}, but it computes to {computed}.", "Mend example or answer."),
        "key-refused": (
            "With seed {seed} the key {answer} is not graded as correct ({verdict}).",
            "Look at answer and digits.",
        ),
        "mistake-accepted": (
            "With seed {seed} the mistake {name} ({answer}) is not graded as wrong ({verdict}).",
            "Keep its value clear of the key with where.",
        ),
        "mistake-unnamed": (
            "With seed {seed} the mistake {name} ({answer}) is named {found}.",
            "Tell it apart from the other mistake that gives the same.",
        ),
        "mistake-rare": (
            "The mistake {name} applies in {share} % of the questions only.",
            "Change draw so that it applies in 20 % at least.",
        ),
        "few-distinct": (
            "{seeds} seeds give only {count} different questions.",
            "Widen draw so that there are 7 at least.",
        ),
        "distance": ("The routes to the key are {distance} apart.", "Look at answer and check."),
    },
)
