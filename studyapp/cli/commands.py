"""The commands and what they say of themselves; the options that several know; help in the language in force."""

from collections.abc import Callable
from typing import Any

import click

from studyapp.domain.text import Text

COMMANDS = {
    "quiz": Text(
        ja="問題を解く（話題か練習を指定、なければ復習）",
        en="Answer questions (of topics or exercises, else what is due)",
    ),
    "exam": Text(
        ja="模試を受ける（短縮版は 36 問・25 分、G検定 145 問・100 分、E資格 約 100 問・120 分）",
        en="Take a mock exam (36 items in 25 minutes, 145 in 100, or that of the E資格)",
    ),
    "read": Text(ja="話題のページを読む", en="Read a topic page"),
    "topics": Text(ja="話題を読む順に並べる", en="List the topics in reading order"),
    "search": Text(ja="話題と練習から言葉を探す", en="Search topics and exercises for words"),
    "question": Text(ja="練習から 1 問を作って見せる", en="Draw a question of an exercise and show it"),
    "grade": Text(ja="解答を採点する（1 行に 1 件の JSON）", en="Grade answers (a JSON request a line)"),
    "compute": Text(ja="損失関数などの値と勾配を計算する", en="Compute values and gradients of losses and more"),
    "plan": Text(ja="今日とこれからの計画を見る", en="See the plan of today and of the coming days"),
    "stats": Text(ja="学習の記録をまとめる", en="Sum up the learning history"),
    "config": Text(
        ja="設定を見る・変える（試験日、1 日の時間、目標の保持率、言語）",
        en="See or change the settings (exam date, minutes a day, retention, language)",
    ),
    "lint": Text(ja="教材のページを検査する", en="Check pages"),
    "verify": Text(
        ja="問題を何度も作り、正答を別の経路で確かめる", en="Draw many questions and prove their keys by other routes"
    ),
    "new": Text(ja="新しいページや練習のひな形を作る", en="Begin a page or an exercise from a scaffold"),
    "preview": Text(
        ja="書いているページを学ぶ人の画面で見る（保存するたびに読み直す）",
        en="See a page as the learner will, read again as it is saved",
    ),
    "manual": Text(
        ja="教材を書く人の手引きを読む（書式、式の言語、検査、関数一覧）",
        en="Read the author's manual (format, expression language, checks, catalogue)",
    ),
    "export": Text(
        ja="問題を HTML・Anki・Moodle の形で、ページや学習の記録も書き出す",
        en="Write questions as HTML, for Anki or for Moodle, pages, or the history",
    ),
    "class": Text(
        ja="学ぶ人それぞれの結果（export results）を技能と誤りごとにまとめる",
        en="Sum up the results of learners (export results) by skill and mistake",
    ),
    "course": Text(ja="教材を並べる・加える・削除する・切り替える", en="List, add, remove and switch courses"),
    "doctor": Text(ja="学習の記録・設定・教材を点検する", en="Check history, settings and pages"),
    "backup": Text(ja="学習の記録の控えを作る", en="Make a verified copy of the history"),
    "restore": Text(ja="控えから学習の記録を戻す", en="Put a copy of the history back"),
    "import": Text(ja="別の学習の記録を取り込む", en="Take in the events of another history"),
}
"""In the order in which a newcomer meets them."""
FAMILIES = {
    "app": ("preview",),
    "care": ("doctor", "backup", "restore", "import"),
    "check": ("lint", "verify"),
    "course": ("topics", "search"),
    "courses": ("course",),
    "read": ("manual",),
    "results": ("class",),
    "script": ("compute", "grade"),
}
MODULES = {name: module for module, names in FAMILIES.items() for name in names}
"""The modules of commands that have none of their own name."""

JSON = Text(ja="結果を JSON で標準出力に書く", en="Print the result as JSON on standard output")
JSONL = Text(
    ja="標準入力から 1 行に 1 件の JSON を読み、1 行に 1 件で答える",
    en="Read a JSON request a line from standard input, reply a line each",
)
TIMING = Text(ja="かかった時間 ms を加える", en="Add the time taken, in ms")
COUNT = Text(ja="問題の数", en="Number of questions")
SEED = Text(
    ja="最初の問題の種。i 番目（0 から）は 種 + i で作る",
    en="Seed of the first question; the i-th (from 0) is drawn with seed + i",
)
NOT_A_PAGE = Text(
    ja="{path} は教材のページではありません。フォルダーの下の ja/area/name.md（英語は "
    "en/area/name.md）に置いてください。",
    en="{path} is no page of a course. Put it into a folder as ja/area/name.md (in English en/area/name.md).",
)


class _Spoken:
    """Help that is said when it is shown: the modules of commands are imported once, whatever language is spoken."""

    def __init__(self, *args: Any, about: Text, **attributes: Any) -> None:
        self.about = about
        super().__init__(*args, **attributes)

    help = property(lambda spoken: spoken.about(), lambda *_: None)


class Option(_Spoken, click.Option):
    """An option that says its help in the language in force."""


class Command(_Spoken, click.Command):
    """A command that says its help in the language in force."""


class Group(_Spoken, click.Group):
    """A command with commands below it."""

    command_class = Command


def command(name: str, **attributes: Any) -> Callable[[Callable[..., None]], Command]:
    """The decorator of one of the commands, which is given the context."""
    made = click.command(name, cls=Command, about=COMMANDS[name], **attributes)
    return lambda function: made(click.pass_obj(function))


def option(*names: str, about: Text, **attributes: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The decorator for an option."""
    return click.option(*names, cls=Option, about=about, **attributes)


json_option = option("--json", "as_json", is_flag=True, about=JSON)
timing_option = option("--timing", is_flag=True, about=TIMING)
seed_option = option("--seed", type=int, default=0, show_default=True, about=SEED)
