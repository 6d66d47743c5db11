"""The sentences of the settings screen, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from studyapp.domain.words.sentences import Sentences


class SettingsWords(Sentences):
    """What is said of settings; names, explanations and values by the names of the schema."""

    title: str
    names: Mapping[str, str]
    abouts: Mapping[str, str]
    values: Mapping[str, str]
    minutes_value: str
    saved_at_once: str
    saved_next_start: str
    edit_help: str

    def value(self, name: str, value: object) -> str:
        """A setting's value in words."""
        if name == "minutes":
            return self.minutes_value.format(minutes=value)
        if isinstance(value, float):
            return f"{value:.0%}"
        return self.values.get("none" if value is None else str(value), str(value))

    def saved(self, name: str, value: object, *, at_once: bool) -> str:
        """That a setting is saved, and from when it holds."""
        template = self.saved_at_once if at_once else self.saved_next_start
        return template.format(name=self.names[name], value=self.value(name, value))

    def allowed(self, values: str) -> str:
        """What can be typed for a setting."""
        return self.edit_help.format(allowed=values)


JA = SettingsWords(
    title="設定",
    names={
        "exam_date": "試験日",
        "minutes": "1 日の学習時間",
        "retention": "目標の正答率",
        "language": "言語",
        "theme": "画面の色",
    },
    abouts={
        "exam_date": "試験日に合わせて、1 日に始める技能の数と、最後の 10 日の総ざらいを決めます。",
        "minutes": "1 回のセッションの長さです。問題の途中で打ち切ることはありません。",
        "retention": "復習のときに思い出せる割合の目標です。高くするほど、復習が増えます。",
        "language": "画面と本文の言語です。",
        "theme": "暗い画面、明るい画面、または端末の配色を使います。",
    },
    values={
        "none": "未設定",
        "ja": "日本語",
        "en": "English",
        "dark": "暗い画面",
        "light": "明るい画面",
        "terminal": "端末の配色",
    },
    minutes_value="{minutes} 分",
    saved_at_once="{name}を「{value}」にしました。すぐに有効です。",
    saved_next_start="{name}を「{value}」にしました。次に起動したときから有効です。",
    edit_help="使える値: {allowed}   Enter で保存、Esc で取り消し",
)

EN = SettingsWords(
    title="Settings",
    names={
        "exam_date": "Date of the exam",
        "minutes": "Minutes a day",
        "retention": "Desired retention",
        "language": "Language",
        "theme": "Colours",
    },
    abouts={
        "exam_date": "It sets how many skills are begun a day, and the sweep of the last ten days.",
        "minutes": "How long one session is. No question is cut short.",
        "retention": "How much is to be recalled when it falls due. The higher, the more reviews.",
        "language": "The language of the interface and of the pages.",
        "theme": "A dark look, a light one, or the terminal's own colours.",
    },
    values={
        "none": "not set",
        "ja": "日本語",
        "en": "English",
        "dark": "dark",
        "light": "light",
        "terminal": "terminal's own",
    },
    minutes_value="{minutes} min",
    saved_at_once="{name}: {value}. This holds at once.",
    saved_next_start="{name}: {value}. This holds from the next start.",
    edit_help="It can be: {allowed}   Enter saves, Esc leaves it as it was",
)
