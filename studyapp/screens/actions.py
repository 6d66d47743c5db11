"""Everything a key can do, in one table: it feeds bindings, the key line and the help.

The name of an action is the method `action_<name>` of its screen. A letter or digit also answers to its full-width
twin, a vowel to its kana: that is what arrives while a Japanese input method is on.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace

from textual.binding import Binding, BindingType
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character

from studyapp.domain.nearness import nearest_name
from studyapp.domain.text import Text
from studyapp.domain.values import dataclass

CLOSE_HELP = Text(ja="Esc で閉じます", en="Esc closes this")
NO_ACTION = Text(
    ja="設定 keys: 「{name}」という操作はありません（近いもの: {near}）。",
    en="Setting keys: there is no action {name} (nearest: {near}).",
)
NO_KEY = Text(
    ja="設定 keys: {name} の「{key}」はキーの名前ではありません。", en="Setting keys: {key} of {name} is no key."
)
TAKEN_KEY = Text(
    ja="設定 keys: {name} の「{key}」は {other} が使っています。",
    en="Setting keys: {key} of {name} belongs to {other}.",
)

ACTIONS = {
    "choose": Text(
        ja="選ぶ: 選んでいる行を開きます。先頭の行ならセッションを始めます。",
        en="open: Open the row. The first row starts the session.",
    ),
    "practise": Text(
        ja="始める: 今日のセッションを始めます。復習、次に新しい技能です。途中でやめても、続きから再開できます。",
        en="session: Start today's session: what is due, then what is new. It can be left and taken up again.",
    ),
    "begin": Text(ja="始める", en="begin"),
    "more": Text(ja="もっと", en="more"),
    "read": Text(ja="読む", en="read"),
    "unfold": Text(
        ja="開く: 分野を開いて、ページを並べます。はじめの日は、いちばん上で実力確認を始めます。",
        en="open: Open the area to list its pages; on the first day, at the top, begin the placement.",
    ),
    "fold": Text(ja="閉じる: 分野を閉じます。", en="close: Close the area."),
    "exercises": Text(
        ja="問題: このページの問題を、順に解きます。",
        en="exercises: Do the exercises of this page, one after the other.",
    ),
    "progress": Text(
        ja="進み具合: これからの復習、予測と実際、分野ごとの記憶、試験日の見込みを見ます。",
        en="progress: See what lies ahead, prediction and fact, stability by area, and the day of the exam.",
    ),
    "mistakes": Text(
        ja="間違い: 自分の間違いの一覧を開きます。本文を読んだり、解き直したりできます。",
        en="mistakes: Open the list of your mistakes, to read about one or to try it again.",
    ),
    "settings": Text(
        ja="設定: 試験日、1 日の学習時間、目標の正答率、言語、画面の色を変えます。",
        en="settings: Change exam date, minutes a day, desired retention, language and colours.",
    ),
    "exam": Text(
        ja="模試: 模試を始めます。途中の模試は続きから受けます。過去の結果も見られます。",
        en="mock exam: Start a mock exam, or go on with the one that is running. Past results are there, too.",
    ),
    "placement": Text(
        ja="実力確認: すでに知っている技能を、2 問ずつ確かめてとばします。学び始めた日に使えます。",
        en="placement: Skip what you know already: two right answers each. It is offered on the first day.",
    ),
    "cursor_down": Text(ja="下へ", en="down"),
    "cursor_up": Text(ja="上へ", en="up"),
    "first": Text(ja="先頭へ", en="first"),
    "last": Text(ja="末尾へ", en="last"),
    "theme": Text(
        ja="明暗: 明るい画面と暗い画面を切り替えます。", en="light/dark: Switch between the light and the dark look."
    ),
    "search": Text(
        ja="さがす: 全ページと全問題から、語をさがします。", en="search: Look for words in all pages and exercises."
    ),
    "commands": Text(
        ja="操作: この画面でできる操作を、名前で選びます。",
        en="actions: Pick what can be done on this screen by its name.",
    ),
    "help": Text(ja="使い方: この画面で使えるキーを表示します。", en="help: Show the keys of this screen."),
    "leave": Text(
        ja="終了: 終了します。どの画面でも Ctrl+C で終了できます。", en="quit: Quit. Ctrl+C quits from every screen."
    ),
    "next": Text(ja="次へ", en="next"),
    "skip": Text(
        ja="とばす: あとで決めることにして、ホームへ進みます。", en="skip: Decide later, and go to the home screen."
    ),
    "scroll_down": Text(ja="下へ", en="down"),
    "scroll_up": Text(ja="上へ", en="up"),
    "page_down": Text(ja="1画面下へ", en="page down"),
    "page_up": Text(ja="1画面上へ", en="page up"),
    "top": Text(ja="先頭へ", en="top"),
    "bottom": Text(ja="末尾へ", en="bottom"),
    "contents": Text(
        ja="目次: 目次から、見出しや問題へ移ります。", en="contents: Go to a heading or an exercise of the page."
    ),
    "figure": Text(
        ja="図へ: 次の図を選びます。選んだ図の中では、下のキーが使えます。Esc で本文に戻ります。",
        en="figure: Go to the next figure, where the keys below work. Esc leads back to the page.",
    ),
    "point_forward": Text(
        ja="右へ: 図の点を右へ動かします。段階を追う図では、1 歩進みます。",
        en="right: Move the point of the figure to the right; where things go by steps, one on.",
    ),
    "point_back": Text(
        ja="左へ: 図の点を左へ動かします。段階を追う図では、1 歩戻ります。",
        en="left: Move the point of the figure to the left; where things go by steps, one back.",
    ),
    "value_next": Text(
        ja="次の値: 図のパラメータや学習率を、次の値に変えます。",
        en="next value: Change the figure's parameter or rate to its next value.",
    ),
    "value_previous": Text(
        ja="前の値: 図のパラメータや学習率を、前の値に変えます。",
        en="previous value: Change the figure's parameter or rate to the value before.",
    ),
    "train": Text(
        ja="学習/停止: 図の学習を始めます。学習している間に押すと止まります。",
        en="train/stop: Start the training of the figure, or stop it while it runs.",
    ),
    "open_image": Text(
        ja="画像を開く: 問題やページの画像を、別の画面で開きます。答えの入力中は Ctrl+O を使います。",
        en="open image: Open an image of the question or the page in its own window. While an answer is typed, Ctrl+O "
        "does it.",
    ),
    "try_exercise": Text(
        ja="解いてみる: この練習を、学習者と同じ画面で解きます。採点しますが、記録しません。",
        en="try it: Answer this exercise as a learner does. The answer is graded and not recorded.",
    ),
    "copy": Text(
        ja="コピー: 解答前は読み取った式を、解答後は正答をコピーします。ページでは、見えている数式を TeX "
        "でコピーします。",
        en="copy: Copy the reading of the answer; after the answer, the key. On a page, the formula in sight, as TeX.",
    ),
    "retry": Text(
        ja="もう一度: 失敗した操作をもう一度試します。判定のあとは、同じ問題を新しい数値で解きます。",
        en="try again: Try once more what failed; after a verdict, answer the same exercise with fresh numbers.",
    ),
    "back": Text(
        ja="戻る: 前の画面へ戻ります。書きかけの答えは残ります。", en="back: Go back. An answer that was begun is kept."
    ),
    "to_questions": Text(ja="解く: この技能の問題へ進みます。", en="answer: Go on to the questions of this skill."),
    "put_off": Text(
        ja="あとで: この技能を別の日に回して、次へ進みます。",
        en="later: Leave this skill for another day, and go on.",
    ),
    "submit": Text(
        ja="答える: 答えを確定して採点します。判定のあとは次の問題へ進みます。",
        en="answer: Hand in the answer; after the verdict, go on to the next question.",
    ),
    "mark": Text(
        ja="選ぶ: カーソルの選択肢を選びます。判定のあとは次の問題へ進みます。",
        en="pick: Pick the option at the cursor; after the verdict, go on to the next question.",
    ),
    "hint": Text(ja="ヒント: ヒントを一つずつ見ます。", en="hint: Show one more hint."),
    "give_up": Text(
        ja="解説を見る: 答えずに解説を見ます。不正解として記録されます。ステップごとの問題では、"
        "今のステップだけを見て先へ進みます。",
        en="solution: See the solution without answering. It is recorded as wrong. In a derivation, see this one "
        "step and go on.",
    ),
    "all_steps": Text(
        ja="すべて解く: 解いてあるステップも、自分で解きます。",
        en="every step: Be asked the steps that are worked out, too.",
    ),
    "option_down": Text(
        ja="次の選択肢: 次の選択肢を選びます。ほかの問題では下へ動きます。",
        en="next option: Pick the next option; elsewhere, scroll down.",
    ),
    "option_up": Text(
        ja="前の選択肢: 前の選択肢を選びます。ほかの問題では上へ動きます。",
        en="previous option: Pick the previous option; elsewhere, scroll up.",
    ),
    "following": Text(ja="次の問題: 次の問題へ進みます。", en="next question: Go on to the next question."),
    "meant_same": Text(
        ja="同じ意味: 不正解になった式を、同じ意味だったとして正解に変えます。一度目で反例を示し、二度目で変えます。"
        "もとの採点も残ります。",
        en="meant the same: Call a refused formula right. The first press shows where it differs, the second does it; "
        "both verdicts are kept.",
    ),
    "undo": Text(ja="取り消す: この解答の記録を取り消します。", en="take back: Take back the record of this answer."),
    "elsewhere": Text(
        ja="別の場所に保存: 記録できなかった解答を別のフォルダーに保存します。",
        en="save elsewhere: Save an answer that could not be saved in another folder.",
    ),
    "walk": Text(
        ja="たどる: ネットワークを 1 層ずつ、順方向に、それから逆方向にたどります。",
        en="walk: Walk through the network layer by layer, forward and then backward.",
    ),
    "proof": Text(
        ja="検算: 正答の値を、求め方ごとに並べて確かめます。",
        en="proof: Compare the values of the key by every route to it.",
    ),
    "read_topic": Text(
        ja="本文: この技能を説明している節を読みます。学んだことのある技能では、"
        "答える前に読むとヒントを見た扱いになります。",
        en="page: Read the section that teaches this skill. Of a skill that you have met before, this counts as a hint "
        "until the answer is given.",
    ),
    "symbols": Text(
        ja="記号: キーボードにない記号を、一覧から答えに入れます。",
        en="signs: Put a sign into the answer that the keyboard lacks.",
    ),
    "calculator": Text(
        ja="計算メモ: 数の計算だけができるメモを開きます。", en="scratch pad: Open a scratch pad for arithmetic."
    ),
    "report": Text(
        ja="報告: この問題の報告をファイルに書きます。入力中は Ctrl+R を使います。",
        en="report: Report this question in a file. While an answer is typed, Ctrl+R does it.",
    ),
    "take": Text(
        ja="答えに入れる: 最後の値を答えに入れて、閉じます。",
        en="use the value: Put the last value into the answer, and close.",
    ),
    "next_exercise": Text(ja="次の練習: 次の練習を表示します。", en="next exercise: Show the next exercise."),
    "previous_exercise": Text(
        ja="前の練習: 前の練習を表示します。最初の練習の前は本文です。",
        en="previous exercise: Show the exercise before; before the first one comes the page.",
    ),
    "next_seed": Text(
        ja="次の種: 同じ練習から、次の種で問題を作ります。", en="next seed: Draw this exercise with the next seed."
    ),
    "show_key": Text(
        ja="正答: 正答、想定した誤答、ヒント、解説も表示します。",
        en="key: Show the key, too, with mistakes, hints and solution.",
    ),
    "show_complaints": Text(
        ja="指摘: 指摘を広く表示します。もう一度押すと戻ります。",
        en="complaints: Give the complaints the whole screen, and take it back.",
    ),
    "switch_language": Text(
        ja="日本語/英語: 日本語のページと英語のページを切り替えます。",
        en="ja/en: Switch between the Japanese and the English page.",
    ),
    "reload": Text(ja="読み直す: ファイルを今すぐ読み直します。", en="read again: Read the file again now."),
    "go_on": Text(
        ja="続ける: 残っている問題があれば、続けて解きます。なければホームへ戻ります。",
        en="go on: Go on with what is left; where nothing is, go home.",
    ),
    "weakest": Text(
        ja="忘れかけを読む: いちばん忘れかけている技能の説明を開きます。",
        en="read the weakest: Open the page of the skill that is the nearest to being forgotten.",
    ),
    "explain": Text(
        ja="本文: この間違いを説明しているページを、問題のところで開きます。",
        en="page: Open the page that explains this mistake, at its exercise.",
    ),
    "drill": Text(
        ja="もう一度解く: 同じ間違いが起こりうる新しい問題を、1 問解きます。",
        en="try again: Answer one fresh question in which this mistake can be made again.",
    ),
    "change": Text(
        ja="変える: 選んでいる項目を変えます。文字で入力する項目は、Enter で保存、Esc で取り消しです。",
        en="change: Change the chosen setting. In a line to be typed, Enter saves and Esc leaves it as it was.",
    ),
    "pick": Text(
        ja="選ぶ: 選択肢を選びます。すぐに保存されます。「すべて選べ」の問題では、もう一度押すと外れます。",
        en="pick: Pick an option; it is saved at once. Where several apply, the same key takes it away again.",
    ),
    "clear": Text(ja="消す: この問題の解答を消します。", en="clear: Take the answer to this item away."),
    "to_item": Text(
        ja="移る: 次の問題へ進みます。一覧では、▸ の問題へ移ります。",
        en="go there: Go to the next item; in the overview, to the one marked ▸.",
    ),
    "next_item": Text(ja="次へ: 次の問題へ進みます。", en="next: Go to the next item."),
    "previous_item": Text(ja="前へ: 前の問題へ戻ります。", en="previous: Go back to the item before."),
    "flag": Text(
        ja="印: あとで見直す印を付けます。もう一度押すと外れます。",
        en="flag: Flag the item for later, or take the flag off.",
    ),
    "jump": Text(ja="番号へ: 番号を入力して、その問題へ移ります。", en="go to: Type a number to go to that item."),
    "palette": Text(ja="一覧: 全問題の状態を一覧で見ます。", en="overview: See the state of every item."),
    "submit_exam": Text(
        ja="提出: 提出して結果を見ます。二度押すと提出します。",
        en="submit: Submit and see the result. It takes two presses.",
    ),
    "give_up_exam": Text(
        ja="やめる: 結果を出さずに模試をやめます。二度押すとやめます。解答は記録に残り、結果や復習の予定には"
        "数えません。",
        en="give up: End the exam without a result. It takes two presses. The answers stay in the history, and count "
        "for no result and no review.",
    ),
    "pause_exam": Text(
        ja="中断: 二度押すと前の画面へ戻ります。時計は進み続けます。",
        en="leave: Go back, with two presses. The clock does not stop.",
    ),
    "practise_wrong": Text(
        ja="練習: 間違えた問題と未解答の問題を、新しい数で解きます。",
        en="practise: Do what was wrong or blank, with fresh numbers.",
    ),
    "review_all": Text(
        ja="すべて: 全問題を、正答と解説つきで見直します。", en="all: Go through all items with keys and solutions."
    ),
    "review_wrong": Text(
        ja="不正解: 不正解と未解答の問題だけを見直します。", en="wrong: Go through the items that are wrong or blank."
    ),
    "review_flagged": Text(
        ja="印つき: 印を付けた問題だけを見直します。", en="flagged: Go through the items that were flagged."
    ),
    "flag_place": Text(
        ja="印: この問題か、ページのこの場所に印を付けます。もう一度押すと外れます。答えを書き始めたあとは Ctrl+T を"
        "使います。",
        en="flag: Flag this question, or this place of the page; once more takes the flag off. Ctrl+T does it once an "
        "answer is begun.",
    ),
    "note": Text(
        ja="メモ: 一行のメモを付けます。印も付きます。", en="note: Add a note of one line; it comes with a flag."
    ),
    "flags": Text(
        ja="印の一覧: 印を付けた問題と場所の一覧を開きます。まとめて解くこともできます。",
        en="flags: Open the list of what you flagged, to read it or to do its questions.",
    ),
    "ask_flag": Text(
        ja="解く: 選んでいる問題を、新しい数で解きます。", en="try: Do the chosen question with fresh numbers."
    ),
    "ask_flags": Text(
        ja="すべて解く: 印を付けた問題を、新しい数で順に解きます。",
        en="practise all: Do every flagged question with fresh numbers, one after the other.",
    ),
    "next_stop": Text(ja="次へ", en="next"),
    "previous_stop": Text(ja="前へ", en="previous"),
    "show_step": Text(ja="このステップを見る", en="show this step"),
    "go_next": Text(ja="次へ", en="next"),
    "once_more": Text(ja="もう一問", en="once more"),
}
"""What each action does: its label on the key line and, behind a colon, its sentence in the help."""

_MOVING = "cursor_down down j, cursor_up up k, first home g, last end G"
_PAGES = "page_down pagedown space ctrl+d, page_up pageup b ctrl+u, top home g, bottom end G"
_SCROLLING = f"scroll_down down j, scroll_up up k, {_PAGES}"
_TYPING = "choose enter, cursor_down down ctrl+n, cursor_up up"
_HELP = "help f1 question_mark"
_BACK = "back escape"

_KEYS = {
    "home": "choose enter, practise s, exercises e, progress p, mistakes m, settings c, exam x, give_up_exam delete, "
    "flags asterisk, placement L, unfold l right, fold h left, "
    f"{_MOVING}, theme t, search slash, commands ctrl+p, {_HELP}, leave q",
    "welcome": "next enter, skip escape, help f1",
    "topic": f"exercises e enter, {_SCROLLING}, contents c, figure f, point_forward right l, point_back left h, "
    f"value_next n, value_previous p, train s, open_image i, flag_place asterisk, note N, copy y, retry r, "
    f"search slash, commands ctrl+p, {_HELP}, {_BACK}",
    "lesson": "to_questions enter, figure f, point_forward right l, point_back left h, value_next n, "
    f"value_previous p, train s, open_image i, {_SCROLLING}, put_off z, read_topic o f3, retry r, "
    f"commands ctrl+p, {_HELP}, {_BACK}",
    "question": "submit enter, hint f2, give_up f4, all_steps f6, option_down down j, option_up up k, mark space, "
    "page_down pagedown ctrl+d, page_up pageup ctrl+u, retry r f5, following n, meant_same m, undo u, elsewhere s, "
    "walk w, proof v, read_topic f3 o, symbols f7, calculator f8, copy f9 y, report ctrl+r R, open_image ctrl+o i, "
    f"flag_place asterisk ctrl+t, note N, commands ctrl+p, {_HELP}, {_BACK}",
    "search": f"{_TYPING}, help f1, {_BACK}",
    "commands": f"{_TYPING}, {_BACK}",
    "list": f"choose enter, {_MOVING}, {_BACK}",
    "calculator": "take f9, back escape f8",
    "preview": "next_exercise j, previous_exercise k, next_seed r, try_exercise t, show_key a enter, proof v, "
    "open_image i, show_complaints c, switch_language l, reload f5, scroll_down down, scroll_up up, "
    f"{_PAGES}, {_HELP}, leave q escape",
    "summary": f"go_on enter s, weakest o, progress p, {_SCROLLING}, {_HELP}, {_BACK}",
    "progress": f"mistakes m, settings c, {_SCROLLING}, {_HELP}, {_BACK}",
    "mistakes": f"explain enter o, drill d, {_MOVING}, {_HELP}, {_BACK}",
    "flags": f"choose enter o, ask_flag d, ask_flags s, flag_place asterisk delete, note N, {_MOVING}, {_HELP}, "
    f"{_BACK}",
    "settings": f"change enter, {_MOVING}, {_HELP}, {_BACK}",
    "exam_start": f"choose enter, {_MOVING}, {_HELP}, {_BACK}",
    "exam": "pick a b c d e f g h 1 2 3 4 5 6 7 8, clear 0 backspace, to_item enter, next_item right j, "
    "previous_item left k, flag m, jump n, palette p tab, submit_exam s, calculator f8, give_up_exam delete, "
    "elsewhere w, retry r, open_image i, scroll_down down, scroll_up up, "
    "page_down pagedown space ctrl+d, page_up pageup ctrl+u, "
    f"{_HELP}, pause_exam escape",
    "exam_result": "choose enter, practise_wrong p, review_wrong w, review_flagged f, review_all a, "
    f"{_MOVING}, page_down pagedown space ctrl+d, page_up pageup b ctrl+u, {_HELP}, {_BACK}",
    "exam_review": f"next_item n right enter, previous_item p left, read_topic o f3, open_image i, "
    f"{_SCROLLING}, {_HELP}, {_BACK}",
    "page": f"{_SCROLLING}, {_BACK}",
    "box": _BACK,
    "proof": f"retry r, {_SCROLLING}, {_BACK}",
    "walk": f"next_stop right n enter, previous_stop left p, {_SCROLLING}, retry r, {_HELP}, {_BACK}",
    "help": f"{_SCROLLING}, back escape f1 question_mark q",
}
"""The actions of each screen in the order of its help, each with its keys in Textual's names, the one to show first."""
MOVEMENT = frozenset(
    {"cursor_down", "cursor_up", "first", "last", "scroll_down", "scroll_up", "page_down", "page_up", "top", "bottom"}
    | {"option_down", "option_up"}
)
"""Actions that only move, which no key line shows."""
LEAVING = ("back", "leave", "skip", "pause_exam")  # actions that a key line shows behind all others but the help
_PASSED = {"pick": "a-h"}  # actions that are given the key that was pressed, with the way to write their many keys


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do on a screen: its name, and its keys in Textual's names."""

    name: str
    keys: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The keys as they are written for people, the one to show first."""
        return (_PASSED[self.name],) if self.name in _PASSED else tuple(map(key_name, self.keys))

    @property
    def label(self) -> str:
        return label(self.name)

    @property
    def sentence(self) -> str:
        return ACTIONS[self.name]().split(": ", 1)[-1]


TABLE: Mapping[str, tuple[Action, ...]] = {
    screen: tuple(Action(name, tuple(keys)) for name, *keys in map(str.split, keys.split(", ")))
    for screen, keys in _KEYS.items()
}
_chosen: dict[str, tuple[str, ...]] = {}
"""The keys that the learner has given to actions, by screen and action: `question.following`."""

_NAMES = {"escape": "Esc", "space": "Space", "pageup": "PgUp", "pagedown": "PgDn", "delete": "Del"}
_NAMES |= {"backspace": "BackSpace", "tab": "Tab"}
_LONG_NAMES = {short: long for long, short in KEY_NAME_REPLACEMENTS.items()}
_NAMES |= {"up": "↑", "down": "↓", "left": "←", "right": "→", **{key: key.title() for key in ("enter", "home", "end")}}


def label(action: str) -> str:
    """What an action is called on the key line."""
    return ACTIONS[action]().split(": ", 1)[0]


def actions(screen: str) -> dict[str, Action]:
    """The actions of a screen by name, with the keys that they have now."""
    chosen = {action.name: _chosen.get(f"{screen}.{action.name}") for action in TABLE[screen]} if _chosen else {}
    return {
        action.name: replace(action, keys=keys) if (keys := chosen.get(action.name)) else action
        for action in TABLE[screen]
    }


def choose_keys(wanted: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Give actions other keys than those of the table: the keymap for Textual, and what is wrong with it.

    `wanted` leads from `screen.action` to keys with commas between, as they are written for people or by Textual. An
    action that is given a key that is none, or that another action of its screen has, keeps those of the table.
    """
    _chosen.clear()
    names = {f"{screen}.{action.name}" for screen, table in TABLE.items() for action in table}
    names -= {name for name in names if name.partition(".")[2] in _PASSED}
    complaints = []
    for name, written in wanted.items():
        keys = {part.strip(): _key_named(part.strip()) for part in written.split(",")}
        wrong = next((part for part, key in keys.items() if not key), None)
        if name not in names:
            complaints.append(NO_ACTION(name=name, near=nearest_name(name, names) or "home.exam"))
        elif wrong is not None:
            complaints.append(NO_KEY(name=name, key=wrong))
        else:
            _chosen[name] = tuple(keys.values())
    while clash := next(_clashes(), None):
        name, key, other = clash
        del _chosen[name]
        complaints.append(TAKEN_KEY(name=name, key=key_name(key), other=other))
    keymap = {name: ",".join(twin for key in keys for twin in (key, *_twins(key))) for name, keys in _chosen.items()}
    return keymap, tuple(complaints)


def _clashes() -> Iterator[tuple[str, str, str]]:
    """Chosen keys that another action of the screen has: the action, the key, the other one."""
    for name, keys in _chosen.items():
        screen = name.partition(".")[0]
        others = [action for action in actions(screen).values() if f"{screen}.{action.name}" != name]
        yield from ((name, key, f"{screen}.{other.name}") for key in keys for other in others if key in other.keys)


def _key_named(written: str) -> str:
    """Textual's name of a key as people write it (`Ctrl+P`, `PgDn`, `*`); empty where it is none."""
    named = {name.casefold(): key for key, name in _NAMES.items()}
    if len(written) == 1 and written.isascii() and written.isprintable():
        spelt = unicodedata.name(written).lower().replace("-", "_").replace(" ", "_")
        return written if written.isalnum() else KEY_NAME_REPLACEMENTS.get(spelt, spelt)
    key = named.get(written.casefold(), written.casefold())
    return key if key in _NAMES or key in set(Keys) else ""


def bindings(screen: str) -> list[BindingType]:
    """Textual's bindings for a screen; they show nothing themselves, for the key line speaks the learner's language."""
    return [
        Binding(
            twin,
            f"{action.name}({key!r})" if action.name in _PASSED else action.name,
            show=False,
            id=f"{screen}.{action.name}",
        )
        for action in TABLE[screen]
        for key in action.keys
        for twin in (key, *_twins(key))
    ]


def key_name(key: str) -> str:
    """A key as it is written for people."""
    if "+" in key or key[1:].isdigit():
        return key.title()  # Ctrl+D, F1
    return _NAMES.get(key) or character_of(key) or key


def character_of(key: str) -> str | None:
    """What a key types; None where it is no sign. (For its own short names, such as `slash`, Textual gives None.)."""
    return key_to_character(_LONG_NAMES.get(key, key))


def _twins(key: str) -> Iterator[str]:
    """What a key sends under an input method: its full-width character with its spelt-out name, or a vowel's kana."""
    character = character_of(key)
    if character is None or not (character.isascii() and character.isprintable()):
        return
    wide = "\N{IDEOGRAPHIC SPACE}" if character == " " else chr(ord(character) + 0xFEE0)
    if wide.isalnum():
        yield wide
    yield unicodedata.name(wide).lower().replace("-", "_").replace(" ", "_")
    if character in "aiueo":
        yield unicodedata.lookup(f"HIRAGANA LETTER {character}")
