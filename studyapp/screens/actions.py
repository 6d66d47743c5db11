"""Everything a key can do, in one table: it feeds bindings, the key line and the help.

The name of an action is the method `action_<name>` of its screen and the name of its sentences. A letter or digit also
answers to its full-width twin, a vowel to its kana: that is what arrives while a Japanese input method is on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from studyapp.domain.text import Text

CLOSE_HELP = Text(ja="Esc で閉じます", en="Esc closes this")

LABELS = {
    "choose": Text(ja="選ぶ", en="open"),
    "practise": Text(ja="始める", en="session"),
    "exercises": Text(ja="問題", en="exercises"),
    "cursor_down": Text(ja="下へ", en="down"),
    "cursor_up": Text(ja="上へ", en="up"),
    "first": Text(ja="先頭へ", en="first"),
    "last": Text(ja="末尾へ", en="last"),
    "theme": Text(ja="明暗", en="light/dark"),
    "help": Text(ja="使い方", en="help"),
    "leave": Text(ja="終了", en="quit"),
    "next": Text(ja="次へ", en="next"),
    "skip": Text(ja="とばす", en="skip"),
    "scroll_down": Text(ja="下へ", en="down"),
    "scroll_up": Text(ja="上へ", en="up"),
    "page_down": Text(ja="1画面下へ", en="page down"),
    "page_up": Text(ja="1画面上へ", en="page up"),
    "top": Text(ja="先頭へ", en="top"),
    "bottom": Text(ja="末尾へ", en="bottom"),
    "back": Text(ja="戻る", en="back"),
    "submit": Text(ja="答える", en="answer"),
    "hint": Text(ja="ヒント", en="hint"),
    "give_up": Text(ja="解説を見る", en="solution"),
    "show_step": Text(ja="このステップを見る", en="show this step"),
    "all_steps": Text(ja="すべて解く", en="every step"),
    "option_down": Text(ja="次の選択肢", en="next option"),
    "option_up": Text(ja="前の選択肢", en="previous option"),
    "retry": Text(ja="もう一度", en="try again"),
    "following": Text(ja="次の問題", en="next question"),
    "proof": Text(ja="検算", en="proof"),
    "next_seed": Text(ja="次の種", en="next seed"),
    "next_exercise": Text(ja="次の練習", en="next exercise"),
    "previous_exercise": Text(ja="前の練習", en="previous exercise"),
    "show_key": Text(ja="正答", en="key"),
    "switch_language": Text(ja="日本語/英語", en="ja/en"),
    "show_complaints": Text(ja="指摘", en="complaints"),
    "reload": Text(ja="読み直す", en="read again"),
    "walk": Text(ja="たどる", en="walk"),
    "meant_same": Text(ja="同じ意味", en="meant the same"),
    "undo": Text(ja="取り消す", en="take back"),
    "elsewhere": Text(ja="別の場所に保存", en="save elsewhere"),
    "next_stop": Text(ja="次へ", en="next"),
    "previous_stop": Text(ja="前へ", en="previous"),
    "read_topic": Text(ja="本文", en="page"),
    "search": Text(ja="さがす", en="search"),
    "contents": Text(ja="目次", en="contents"),
    "commands": Text(ja="操作", en="actions"),
    "symbols": Text(ja="記号", en="signs"),
    "calculator": Text(ja="計算メモ", en="scratch pad"),
    "copy": Text(ja="コピー", en="copy"),
    "take": Text(ja="答えに入れる", en="use the value"),
    "report": Text(ja="報告", en="report"),
    "progress": Text(ja="進み具合", en="progress"),
    "mistakes": Text(ja="間違い", en="mistakes"),
    "settings": Text(ja="設定", en="settings"),
    "placement": Text(ja="実力確認", en="placement"),
    "go_on": Text(ja="続ける", en="go on"),
    "weakest": Text(ja="忘れかけを読む", en="read the weakest"),
    "drill": Text(ja="もう一度解く", en="try again"),
    "explain": Text(ja="本文", en="page"),
    "change": Text(ja="変える", en="change"),
    "exam": Text(ja="模試", en="mock exam"),
    "pick": Text(ja="選ぶ", en="pick"),
    "clear": Text(ja="消す", en="clear"),
    "to_item": Text(ja="移る", en="go there"),
    "next_item": Text(ja="次へ", en="next"),
    "previous_item": Text(ja="前へ", en="previous"),
    "flag": Text(ja="印", en="flag"),
    "jump": Text(ja="番号へ", en="go to"),
    "palette": Text(ja="一覧", en="overview"),
    "submit_exam": Text(ja="提出", en="submit"),
    "review_all": Text(ja="すべて", en="all"),
    "review_wrong": Text(ja="不正解", en="wrong"),
    "review_flagged": Text(ja="印つき", en="flagged"),
    "figure": Text(ja="図へ", en="figure"),
    "point_forward": Text(ja="右へ", en="right"),
    "point_back": Text(ja="左へ", en="left"),
    "value_next": Text(ja="次の値", en="next value"),
    "value_previous": Text(ja="前の値", en="previous value"),
    "train": Text(ja="学習/停止", en="train/stop"),
}
HELPS = {
    "choose": Text(
        ja="選んでいる行を開きます。先頭の行ならセッションを始めます。",
        en="Open the row. The first row starts the session.",
    ),
    "practise": Text(
        ja="今日のセッションを始めます。復習、次に新しい技能です。途中でやめても、続きから再開できます。",
        en="Start today's session: what is due, then what is new. It can be left and taken up again.",
    ),
    "exercises": Text(
        ja="このページの問題を、順に解きます。",
        en="Do the exercises of this page, one after the other.",
    ),
    "theme": Text(ja="明るい画面と暗い画面を切り替えます。", en="Switch between the light and the dark look."),
    "help": Text(ja="この画面で使えるキーを表示します。", en="Show the keys of this screen."),
    "leave": Text(ja="終了します。どの画面でも Ctrl+C で終了できます。", en="Quit. Ctrl+C quits from every screen."),
    "skip": Text(ja="あとで決めることにして、ホームへ進みます。", en="Decide later, and go to the home screen."),
    "back": Text(ja="前の画面へ戻ります。書きかけの答えは残ります。", en="Go back. An answer that was begun is kept."),
    "submit": Text(ja="答えを確定して採点します。", en="Hand in the answer."),
    "hint": Text(ja="ヒントを一つずつ見ます。", en="Show one more hint."),
    "give_up": Text(
        ja="答えずに解説を見ます。不正解として記録されます。ステップごとの問題では、"
        "今のステップだけを見て先へ進みます。",
        en="See the solution without answering. It is recorded as wrong. In a derivation, see this one step and go on.",
    ),
    "all_steps": Text(ja="解いてあるステップも、自分で解きます。", en="Be asked the steps that are worked out, too."),
    "option_down": Text(
        ja="次の選択肢を選びます。ほかの問題では下へ動きます。",
        en="Pick the next option; elsewhere, scroll down.",
    ),
    "option_up": Text(
        ja="前の選択肢を選びます。ほかの問題では上へ動きます。",
        en="Pick the previous option; elsewhere, scroll up.",
    ),
    "retry": Text(ja="失敗した操作をもう一度試します。", en="Try once more what failed."),
    "following": Text(ja="次の問題へ進みます。", en="Go on to the next question."),
    "meant_same": Text(
        ja="式の答えが不正解でも、同じ意味だったと判断して正解に変えます。もとの採点も残ります。",
        en="Call a refused formula right: you meant the same. Both verdicts are kept.",
    ),
    "undo": Text(ja="この解答の記録を取り消します。", en="Take back the record of this answer."),
    "elsewhere": Text(
        ja="記録できなかった解答を別のフォルダーに保存します。",
        en="Save an answer that could not be saved in another folder.",
    ),
    "walk": Text(
        ja="ネットワークを 1 層ずつ、順方向に、それから逆方向にたどります。",
        en="Walk through the network layer by layer, forward and then backward.",
    ),
    "proof": Text(
        ja="正解の値を、求め方ごとに並べて確かめます。",
        en="Compare the values of the key by every route to it.",
    ),
    "contents": Text(ja="目次から、見出しや問題へ移ります。", en="Go to a heading or an exercise of the page."),
    "search": Text(ja="全ページと全問題から、語をさがします。", en="Look for words in all pages and exercises."),
    "commands": Text(
        ja="この画面でできる操作を、名前で選びます。",
        en="Pick what can be done on this screen by its name.",
    ),
    "symbols": Text(
        ja="キーボードにない記号を、一覧から答えに入れます。",
        en="Put a sign into the answer that the keyboard lacks.",
    ),
    "calculator": Text(ja="数の計算だけができるメモを開きます。", en="Open a scratch pad for arithmetic."),
    "copy": Text(
        ja="解答前は読み取った式を、解答後は正解をコピーします。ページでは、見えている数式を TeX でコピーします。",
        en="Copy the reading of the answer; after the answer, the key. On a page, the formula in sight, as TeX.",
    ),
    "take": Text(ja="最後の値を答えに入れて、閉じます。", en="Put the last value into the answer, and close."),
    "next_seed": Text(ja="同じ練習から、次の種で問題を作ります。", en="Draw this exercise with the next seed."),
    "next_exercise": Text(ja="次の練習を表示します。", en="Show the next exercise."),
    "previous_exercise": Text(
        ja="前の練習を表示します。最初の練習の前は本文です。",
        en="Show the exercise before; before the first one stands the page.",
    ),
    "show_key": Text(
        ja="正答、想定した誤答、ヒント、解説も表示します。",
        en="Show the key, too, with mistakes, hints and solution.",
    ),
    "switch_language": Text(
        ja="日本語のページと英語のページを切り替えます。",
        en="Switch between the Japanese and the English page.",
    ),
    "show_complaints": Text(
        ja="指摘を広く表示します。もう一度押すと戻ります。",
        en="Give the complaints the whole screen, and take it back.",
    ),
    "reload": Text(ja="ファイルを今すぐ読み直します。", en="Read the file again now."),
    "read_topic": Text(
        ja="この問題のページを読みます。答える前なら、ヒントを見た扱いになります。",
        en="Read the page of this question. Before the answer, this counts as a hint.",
    ),
    "report": Text(
        ja="この問題の報告をファイルに書きます。入力中は Ctrl+R を使います。",
        en="Report this question in a file. While an answer is typed, Ctrl+R does it.",
    ),
    "progress": Text(
        ja="これからの復習、予測と実際、分野ごとの記憶、試験日の見込みを見ます。",
        en="See what lies ahead, prediction and fact, stability by area, and the day of the exam.",
    ),
    "mistakes": Text(
        ja="自分の間違いの一覧を開きます。本文を読んだり、解き直したりできます。",
        en="Open the list of your mistakes, to read about one or to try it again.",
    ),
    "settings": Text(
        ja="試験日、1 日の学習時間、目標の正答率、言語、画面の色を変えます。",
        en="Change exam date, minutes a day, desired retention, language and colours.",
    ),
    "placement": Text(
        ja="すでに知っている技能を、2 問ずつ確かめてとばします。学び始めた日に使えます。",
        en="Skip what you know already: two right answers each. It is offered on the first day.",
    ),
    "go_on": Text(
        ja="残っている問題があれば、続けて解きます。なければホームへ戻ります。",
        en="Go on with what is left; where nothing is, go home.",
    ),
    "weakest": Text(
        ja="いちばん忘れかけている技能の説明を開きます。",
        en="Open the page of the skill that is the nearest to being forgotten.",
    ),
    "drill": Text(
        ja="同じ間違いが起こりうる新しい問題を、1 問解きます。",
        en="Answer one fresh question in which this mistake can be made again.",
    ),
    "explain": Text(
        ja="この間違いを説明しているページを、問題のところで開きます。",
        en="Open the page that explains this mistake, at its exercise.",
    ),
    "change": Text(
        ja="選んでいる項目を変えます。文字で入力する項目は、Enter で保存、Esc で取り消しです。",
        en="Change the chosen setting. In a line to be typed, Enter saves and Esc leaves it as it was.",
    ),
    "exam": Text(
        ja="模試を始めます。途中の模試は続きから受けます。過去の結果も見られます。",
        en="Start a mock exam, or go on with the one that is running. Past results are there, too.",
    ),
    "pick": Text(
        ja="選択肢を選びます。すぐに保存されます。「すべて選べ」の問題では、もう一度押すと外れます。",
        en="Pick an option; it is saved at once. Where several apply, the same key takes it away again.",
    ),
    "clear": Text(ja="この問題の解答を消します。", en="Take the answer to this item away."),
    "to_item": Text(
        ja="次の問題へ進みます。一覧では、▸ の問題へ移ります。",
        en="Go to the next item; in the overview, to the one marked ▸.",
    ),
    "next_item": Text(ja="次の問題へ進みます。", en="Go to the next item."),
    "previous_item": Text(ja="前の問題へ戻ります。", en="Go back to the item before."),
    "flag": Text(
        ja="あとで見直す印を付けます。もう一度押すと外れます。",
        en="Flag the item for later, or take the flag off.",
    ),
    "jump": Text(ja="番号を入力して、その問題へ移ります。", en="Type a number to go to that item."),
    "palette": Text(ja="全問題の状態を一覧で見ます。", en="See the state of every item."),
    "submit_exam": Text(
        ja="提出して結果を見ます。途中でやめるときも提出します。二度押すと提出します。",
        en="Submit and see the result; this is how to give an exam up, too. It takes two presses.",
    ),
    "review_all": Text(ja="全問題を、正答と解説つきで見直します。", en="Go through all items with keys and solutions."),
    "review_wrong": Text(
        ja="不正解と未解答の問題だけを見直します。",
        en="Go through the items that are wrong or blank.",
    ),
    "review_flagged": Text(ja="印を付けた問題だけを見直します。", en="Go through the items that were flagged."),
    "figure": Text(
        ja="次の図を選びます。選んだ図の中では、下のキーが使えます。Esc で本文に戻ります。",
        en="Go to the next figure, where the keys below work. Esc leads back to the page.",
    ),
    "point_forward": Text(
        ja="図の点を右へ動かします。勾配降下法の図では、1 歩進みます。",
        en="Move the point of the figure to the right; in a descent, one step on.",
    ),
    "point_back": Text(
        ja="図の点を左へ動かします。勾配降下法の図では、1 歩戻ります。",
        en="Move the point of the figure to the left; in a descent, one step back.",
    ),
    "value_next": Text(
        ja="図のパラメータや学習率を、次の値に変えます。",
        en="Change the figure's parameter or rate to its next value.",
    ),
    "value_previous": Text(
        ja="図のパラメータや学習率を、前の値に変えます。",
        en="Change the figure's parameter or rate to the value before.",
    ),
    "train": Text(
        ja="図の学習を始めます。学習している間に押すと止まります。",
        en="Start the training of the figure, or stop it while it runs.",
    ),
}


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: its name, and its keys in Textual's names, the one to show first.

    With `told`, keys that are many are told like this, and the action is given the one that was pressed.
    """

    name: str
    keys: tuple[str, ...]
    told: str = ""

    @property
    def shown(self) -> tuple[str, ...]:
        """The keys as they are written for people."""
        return (self.told,) if self.told else tuple(key_name(key) for key in self.keys)


_BACK = Action("back", ("escape",))
_HELP = Action("help", ("f1", "question_mark"))
_COMMANDS = Action("commands", ("ctrl+p",))
_SEARCH = Action("search", ("slash",))
_CHOOSING = (
    Action("choose", ("enter",)),
    Action("cursor_down", ("down", "ctrl+n")),
    Action("cursor_up", ("up",)),
)
_SCROLLING = (
    Action("scroll_down", ("down", "j")),
    Action("scroll_up", ("up", "k")),
    Action("page_down", ("pagedown", "space", "ctrl+d")),
    Action("page_up", ("pageup", "b", "ctrl+u")),
    Action("top", ("home", "g")),
    Action("bottom", ("end", "G")),
)
_MOVING = (
    Action("cursor_down", ("down", "j")),
    Action("cursor_up", ("up", "k")),
    Action("first", ("home", "g")),
    Action("last", ("end", "G")),
)

TABLE: Mapping[str, tuple[Action, ...]] = {
    "home": (
        Action("choose", ("enter",)),
        Action("practise", ("s",)),
        Action("exercises", ("e",)),
        Action("progress", ("p",)),
        Action("mistakes", ("m",)),
        Action("settings", ("c",)),
        Action("exam", ("x",)),
        Action("placement", ("l",)),
        *_MOVING,
        Action("theme", ("t",)),
        _SEARCH,
        _COMMANDS,
        _HELP,
        Action("leave", ("q",)),
    ),
    "welcome": (Action("next", ("enter",)), Action("skip", ("escape",)), Action("help", ("f1",))),
    "topic": (
        Action("exercises", ("e", "enter")),
        *_SCROLLING,
        Action("contents", ("c",)),
        Action("figure", ("f",)),
        Action("point_forward", ("right", "l")),
        Action("point_back", ("left", "h")),
        Action("value_next", ("n",)),
        Action("value_previous", ("p",)),
        Action("train", ("s",)),
        Action("copy", ("y",)),
        Action("retry", ("r",)),
        _SEARCH,
        _COMMANDS,
        _HELP,
        _BACK,
    ),
    "question": (
        Action("submit", ("enter",)),
        Action("hint", ("f2",)),
        Action("give_up", ("f4",)),
        Action("all_steps", ("f6",)),
        Action("option_down", ("down",)),
        Action("option_up", ("up",)),
        Action("page_down", ("pagedown", "ctrl+d")),
        Action("page_up", ("pageup", "ctrl+u")),
        Action("retry", ("f5", "r")),
        Action("following", ("n",)),
        Action("meant_same", ("m",)),
        Action("undo", ("u",)),
        Action("elsewhere", ("s",)),
        Action("walk", ("w",)),
        Action("proof", ("v",)),
        Action("read_topic", ("f3", "o")),
        Action("symbols", ("f7",)),
        Action("calculator", ("f8",)),
        Action("copy", ("f9", "y")),
        Action("report", ("ctrl+r", "R")),
        _COMMANDS,
        _HELP,
        _BACK,
    ),
    "search": (*_CHOOSING, Action("help", ("f1",)), _BACK),
    "commands": (*_CHOOSING, _BACK),
    "contents": (Action("choose", ("enter",)), *_MOVING, _BACK),
    "symbols": (Action("choose", ("enter",)), *_MOVING, _BACK),
    "calculator": (Action("take", ("f9",)), Action("back", ("escape", "f8"))),
    "preview": (
        Action("next_exercise", ("j",)),
        Action("previous_exercise", ("k",)),
        Action("next_seed", ("r",)),
        Action("show_key", ("a", "enter")),
        Action("proof", ("v",)),
        Action("show_complaints", ("c",)),
        Action("switch_language", ("l",)),
        Action("reload", ("f5",)),
        Action("scroll_down", ("down",)),
        Action("scroll_up", ("up",)),
        Action("page_down", ("pagedown", "space", "ctrl+d")),
        Action("page_up", ("pageup", "b", "ctrl+u")),
        Action("top", ("home", "g")),
        Action("bottom", ("end", "G")),
        _HELP,
        Action("leave", ("q", "escape")),
    ),
    "summary": (
        Action("go_on", ("enter", "s")),
        Action("weakest", ("o",)),
        Action("progress", ("p",)),
        *_SCROLLING,
        _HELP,
        _BACK,
    ),
    "progress": (Action("mistakes", ("m",)), Action("settings", ("c",)), *_SCROLLING, _HELP, _BACK),
    "mistakes": (Action("explain", ("enter", "o")), Action("drill", ("d",)), *_MOVING, _HELP, _BACK),
    "settings": (Action("change", ("enter",)), *_MOVING, _HELP, _BACK),
    "exam_start": (Action("choose", ("enter",)), *_MOVING, _HELP, _BACK),
    "exam": (
        Action("pick", (*"abcdefgh", *"12345678"), "a–h"),
        Action("clear", ("0", "backspace")),
        Action("to_item", ("enter",)),
        Action("next_item", ("right", "j")),
        Action("previous_item", ("left", "k")),
        Action("flag", ("m",)),
        Action("jump", ("n",)),
        Action("palette", ("p", "tab")),
        Action("submit_exam", ("s",)),
        Action("elsewhere", ("w",)),
        Action("retry", ("r",)),
        Action("scroll_down", ("down",)),
        Action("scroll_up", ("up",)),
        Action("page_down", ("pagedown", "space", "ctrl+d")),
        Action("page_up", ("pageup", "ctrl+u")),
        _HELP,
        _BACK,
    ),
    "jump": (_BACK,),
    "exam_result": (
        Action("review_all", ("a",)),
        Action("review_wrong", ("w",)),
        Action("review_flagged", ("f",)),
        *_SCROLLING,
        _HELP,
        _BACK,
    ),
    "exam_review": (
        Action("next_item", ("n", "right", "enter")),
        Action("previous_item", ("p", "left")),
        Action("read_topic", ("o", "f3")),
        *_SCROLLING,
        _HELP,
        _BACK,
    ),
    "page": (*_SCROLLING, _BACK),
    "elsewhere": (Action("back", ("escape",)),),
    "proof": (Action("retry", ("r",)), *_SCROLLING, _BACK),
    "walk": (
        Action("next_stop", ("right", "n", "enter")),
        Action("previous_stop", ("left", "p")),
        *_SCROLLING,
        Action("retry", ("r",)),
        _HELP,
        _BACK,
    ),
    "help": (*_SCROLLING, Action("back", ("escape", "f1", "question_mark", "q"))),
}
"""The actions of each screen, in the order in which they are told."""

_NAMES: Mapping[str, str] = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "question_mark": "?",
    "slash": "/",
}


def actions(screen: str) -> dict[str, Action]:
    """The actions of a screen by name."""
    return {action.name: action for action in TABLE[screen]}


def bindings(screen: str) -> list[BindingType]:
    """Textual's bindings for a screen; they show nothing themselves, for the key line speaks the learner's language."""
    return [Binding(",".join(keys), done, show=False) for action in TABLE[screen] for keys, done in _bound(action)]


def _bound(action: Action) -> Iterator[tuple[list[str], str]]:
    """The keys of an action with their twins; one by one, where the action is given the key."""
    every = [[key, *_twins(key)] for key in action.keys]
    if action.told:
        yield from ((keys, f"{action.name}({keys[0]!r})") for keys in every)
    else:
        yield [key for keys in every for key in keys], action.name


def key_name(key: str) -> str:
    """A key as it is written for people."""
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[-1].upper()}"
    return _NAMES.get(key, key.upper() if key.startswith("f") and key[1:].isdigit() else key)


def _twins(key: str) -> Iterator[str]:
    """What a key sends under an input method: its full-width character with its spelt-out name, or a vowel's kana."""
    character = {"question_mark": "?", "slash": "/", "space": " "}.get(key, key)
    if len(character) != 1:
        return
    wide = "\N{IDEOGRAPHIC SPACE}" if character == " " else chr(ord(character) + 0xFEE0)
    if wide.isalnum():
        yield wide
    yield unicodedata.name(wide).lower().replace("-", "_").replace(" ", "_")
    if character in "aiueo":
        yield unicodedata.lookup(f"HIRAGANA LETTER {character}")


def help_text(action: str) -> str:
    """An action in a sentence."""
    return HELPS.get(action, LABELS[action])()
