"""The sentences of `screens`, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from studyapp.domain.words import examscreen, learneractions, overview
from studyapp.domain.words.sentences import Sentences


class ScreensWords(Sentences):
    """What `screens` says. `labels` and `helps` are by the name of an action."""

    labels: Mapping[str, str]
    helps: Mapping[str, str]
    # places
    home: str
    welcome: str
    help_title: str
    proof_title: str
    complaints_title: str
    # the day
    today_nothing: str
    today: str
    minutes: str
    days_left: str
    exam_today: str
    # home
    opening: str
    due: str
    new: str
    nothing_due: str
    practice_head: str
    topics: str
    about_items: str
    about_requires: str
    no_topics: str
    topic_new: str
    topic_begun: str
    topic_done: str
    topic_due: str
    complaints_row: str
    not_opened: str
    other_folder: str
    # topic
    loading: str
    untranslated: str
    exercise_mark: str
    broken: str
    exercises_count: str
    no_exercises: str
    # question
    drawing: str
    undrawn: str
    progress: str
    answer: str
    joined: str
    parted: str
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
    nothing_kept: str
    not_kept: str
    failed_retry: str
    failed_submit: str
    nothing_typed: str
    finished: str
    finished_count: str
    given_up: str
    give_up_twice: str
    restarted: str
    # proof
    proving: str
    routes: Mapping[str, str]
    distance: str
    derivation: str
    no_routes: str
    # walk
    walk_title: str
    walking: str
    ways: Mapping[str, str]
    stop_at: str
    # welcome
    greeting: str
    ask_exam: str
    ask_exam_hint: str
    bad_date: str
    ask_minutes: str
    bad_minutes: str
    practice: str
    practice_hint: str
    practice_read: str
    # others
    too_small: str
    leave_twice: str
    close_help: str

    def label(self, action: str) -> str:
        """An action in a word or two."""
        return self.labels[action]

    def help(self, action: str) -> str:
        """An action in a sentence."""
        return self.helps.get(action, self.labels[action])

    def day(self, answered: int, right: int, active_ms: int) -> str:
        """What was done today."""
        if not answered:
            return self.today_nothing
        done = self.today.format(answered=answered, right=right)
        minutes = active_ms // 60_000
        return done + self.minutes.format(minutes=minutes) if minutes else done

    def until_exam(self, exam: date, today: date) -> str:
        """How far the exam is; empty once it is over."""
        days = (exam - today).days
        if days < 0:
            return ""
        return self.exam_today if days == 0 else _counted(self.days_left, days)

    def to_do(self, due: int, new: int) -> str:
        """What a round of practice would hold."""
        if due:
            return _counted(self.due, due)
        return _counted(self.new, new) if new else self.nothing_due

    def due_of(self, count: int) -> str:
        """How many skills of a topic are due."""
        return self.topic_due.format(count=count)

    def about(self, items: Sequence[int], requires: Sequence[str], exercises: int) -> str:
        """One line on a topic: where it stands in the syllabus, what comes before it, how many exercises it has."""
        parts = [self.exercises(exercises)]
        if items:
            parts.append(self.about_items.format(items=self.joined.join(map(str, items))))
        if requires:
            parts.append(self.about_requires.format(titles=self.joined.join(requires)))
        return self.parted.join(parts)

    def complaints(self, count: int) -> str:
        """The row that leads to what is wrong with pages."""
        return _counted(self.complaints_row, count)

    def exercises(self, count: int) -> str:
        """How many exercises a page has."""
        return _counted(self.exercises_count, count) if count else self.no_exercises

    def round_of(self, at: int, count: int) -> str:
        """Where a round stands."""
        return self.progress.format(at=at, count=count)

    def step_number(self, at: int, count: int) -> str:
        """The number of the step that is asked."""
        return self.step.format(at=at, count=count)

    def steps_given(self, count: int, *, changeable: bool) -> str:
        """That the first steps are shown, and the key that asks them, too, as long as it does."""
        told = _counted(self.steps_given_one, count)
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
        return self.saved + self.next_on.format(month=day.month, day=day.day, name=overview.MONTHS[day.month - 1])

    def not_drawn(self, code: str, detail: str, place: str) -> str:
        """Why no question came of an exercise."""
        return self.undrawn.format(code=code, detail=detail, place=place)

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

    def size(self, width: int, height: int, least_width: int, least_height: int) -> str:
        """That the terminal is too small."""
        return self.too_small.format(width=width, height=height, least_width=least_width, least_height=least_height)


def _counted(template: str, count: int) -> str:
    """The template for a number; one that has two forms writes them `one|many`."""
    one, _, many = template.partition("|")
    return (one if count == 1 or not many else many).format(count=count)


JA = ScreensWords(
    labels={
        "choose": "選ぶ",
        "practise": "始める",
        "exercises": "問題",
        "cursor_down": "下へ",
        "cursor_up": "上へ",
        "first": "先頭へ",
        "last": "末尾へ",
        "theme": "明暗",
        "help": "使い方",
        "leave": "終了",
        "next": "次へ",
        "skip": "とばす",
        "scroll_down": "下へ",
        "scroll_up": "上へ",
        "page_down": "1画面下へ",
        "page_up": "1画面上へ",
        "top": "先頭へ",
        "bottom": "末尾へ",
        "back": "戻る",
        "submit": "答える",
        "hint": "ヒント",
        "give_up": "解説を見る",
        "show_step": "このステップを見る",
        "all_steps": "すべて解く",
        "option_down": "次の選択肢",
        "option_up": "前の選択肢",
        "retry": "もう一度",
        "following": "次の問題",
        "proof": "検算",
        "next_seed": "次の種",
        "next_exercise": "次の練習",
        "previous_exercise": "前の練習",
        "show_key": "正答",
        "switch_language": "日本語/英語",
        "show_complaints": "指摘",
        "reload": "読み直す",
        "walk": "たどる",
        "meant_same": "同じ意味",
        "undo": "取り消す",
        "elsewhere": "別の場所に保存",
        "next_stop": "次へ",
        "previous_stop": "前へ",
        "read_topic": "本文",
        "search": "さがす",
        "contents": "目次",
        "commands": "操作",
        "symbols": "記号",
        "calculator": "計算メモ",
        "copy": "コピー",
        "take": "答えに入れる",
        "report": "報告",
        **learneractions.JA_LABELS,
        **examscreen.JA.labels,
        "figure": "図へ",
        "point_forward": "右へ",
        "point_back": "左へ",
        "value_next": "次の値",
        "value_previous": "前の値",
        "train": "学習/停止",
    },
    helps={
        "choose": "選んでいる行を開きます。先頭の行ならセッションを始めます。",
        "practise": "今日のセッションを始めます。復習、次に新しい技能です。途中でやめても、続きから再開できます。",
        "exercises": "このページの問題を、順に解きます。",
        "theme": "明るい画面と暗い画面を切り替えます。",
        "help": "この画面で使えるキーを表示します。",
        "leave": "終了します。どの画面でも Ctrl+C で終了できます。",
        "skip": "あとで決めることにして、ホームへ進みます。",
        "back": "前の画面へ戻ります。書きかけの答えは残ります。",
        "submit": "答えを確定して採点します。",
        "hint": "ヒントを一つずつ見ます。",
        "give_up": "答えずに解説を見ます。不正解として記録されます。"
        "ステップごとの問題では、今のステップだけを見て先へ進みます。",
        "all_steps": "解いてあるステップも、自分で解きます。",
        "option_down": "次の選択肢を選びます。ほかの問題では下へ動きます。",
        "option_up": "前の選択肢を選びます。ほかの問題では上へ動きます。",
        "retry": "失敗した操作をもう一度試します。",
        "following": "次の問題へ進みます。",
        "meant_same": "式の答えが不正解でも、同じ意味だったと判断して正解に変えます。もとの採点も残ります。",
        "undo": "この解答の記録を取り消します。",
        "elsewhere": "記録できなかった解答を別のフォルダーに保存します。",
        "walk": "ネットワークを 1 層ずつ、順方向に、それから逆方向にたどります。",
        "proof": "正解の値を、求め方ごとに並べて確かめます。",
        "contents": "目次から、見出しや問題へ移ります。",
        "search": "全ページと全問題から、語をさがします。",
        "commands": "この画面でできる操作を、名前で選びます。",
        "symbols": "キーボードにない記号を、一覧から答えに入れます。",
        "calculator": "数の計算だけができるメモを開きます。",
        "copy": "解答前は読み取った式を、解答後は正解をコピーします。ページでは、見えている数式を TeX でコピーします。",
        "take": "最後の値を答えに入れて、閉じます。",
        "next_seed": "同じ練習から、次の種で問題を作ります。",
        "next_exercise": "次の練習を表示します。",
        "previous_exercise": "前の練習を表示します。最初の練習の前は本文です。",
        "show_key": "正答、想定した誤答、ヒント、解説も表示します。",
        "switch_language": "日本語のページと英語のページを切り替えます。",
        "show_complaints": "指摘を広く表示します。もう一度押すと戻ります。",
        "reload": "ファイルを今すぐ読み直します。",
        "read_topic": "この問題のページを読みます。答える前なら、ヒントを見た扱いになります。",
        "report": "この問題の報告をファイルに書きます。入力中は Ctrl+R を使います。",
        **learneractions.JA_HELPS,
        **examscreen.JA.helps,
        "figure": "次の図を選びます。選んだ図の中では、下のキーが使えます。Esc で本文に戻ります。",
        "point_forward": "図の点を右へ動かします。勾配降下法の図では、1 歩進みます。",
        "point_back": "図の点を左へ動かします。勾配降下法の図では、1 歩戻ります。",
        "value_next": "図のパラメータや学習率を、次の値に変えます。",
        "value_previous": "図のパラメータや学習率を、前の値に変えます。",
        "train": "図の学習を始めます。学習している間に押すと止まります。",
    },
    home="",
    welcome="はじめに",
    help_title="使い方",
    proof_title="検算",
    complaints_title="ページの問題点",
    today_nothing="今日はまだ 0 問",
    today="今日 {answered} 問 ・ 正解 {right}",
    minutes=" ・ {minutes} 分",
    days_left="試験まで {count} 日",
    exam_today="試験は今日です",
    opening="開いています…",
    due="復習 {count} 件",
    new="新しい問題 {count} 件",
    nothing_due="今日の復習はありません",
    practice_head="今日の練習",
    topics="トピック",
    about_items="シラバス {items}",
    about_requires="先に読む: {titles}",
    no_topics="読めるトピックがありません。",
    topic_new="未着手",
    topic_begun="学習中",
    topic_done="一巡済み",
    topic_due="復習 {count}",
    complaints_row="ページの問題点 {count} 件",
    not_opened="学習の記録を開けないので、ページを読むことだけできます。",
    other_folder="studyapp --data DIR で、別のフォルダを使えます。",
    loading="ページを読んでいます…",
    untranslated="このページは日本語だけです。",
    exercise_mark="▷ 問題: {heading}",
    broken="このページには直すところがあります。",
    exercises_count="問題 {count}",
    no_exercises="問題なし",
    drawing="問題を作っています…",
    undrawn="この問題は作れませんでした（{code} {detail}、{place}）。",
    progress="{at} / {count}",
    answer="答え",
    joined="、",
    parted=" ・ ",
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
    meant="正解（同じ意味だと判断しました）",
    meant_told="正解として記録し直しました。もとの採点も残ります。",
    undone="取り消しました",
    undone_told="この解答の記録を取り消しました。復習の予定も解答前に戻ります。",
    nothing_kept="別の studyapp が開いているので、ここでは何も記録されません。問題を試すことはできます。",
    not_kept="記録していません",
    not_saved="まだ記録されていません。r でもう一度試せます。s で別のフォルダーに保存できます。",
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
    greeting="ようこそ。三つだけお尋ねします。あとから変えることも、Esc でとばすこともできます。",
    ask_exam="試験日",
    ask_exam_hint="例: 2026-11-08（決まっていなければ空のまま）",
    bad_date="日付として読めません。2026-11-08 のように入力してください。",
    ask_minutes="1 日の学習時間（分）",
    bad_minutes="1 から 600 までの整数を入力してください。",
    practice="答え方の練習",
    practice_hint="-ln 0.6 や 1/3 のように入力すると、読み取った式がすぐ下に表示されます。",
    practice_read="このように読みました。Enter でホームへ進みます。",
    too_small="端末が小さすぎます（{width}×{height}）。{least_width}×{least_height} 以上に広げてください。",
    leave_twice="書きかけの答えがあります。もう一度 Ctrl+C を押すと終了します。",
    close_help="Esc で閉じます",
)

EN = ScreensWords(
    labels={
        "choose": "open",
        "practise": "session",
        "exercises": "exercises",
        "cursor_down": "down",
        "cursor_up": "up",
        "first": "first",
        "last": "last",
        "theme": "light/dark",
        "help": "help",
        "leave": "quit",
        "next": "next",
        "skip": "skip",
        "scroll_down": "down",
        "scroll_up": "up",
        "page_down": "page down",
        "page_up": "page up",
        "top": "top",
        "bottom": "bottom",
        "back": "back",
        "submit": "answer",
        "hint": "hint",
        "give_up": "solution",
        "show_step": "show this step",
        "all_steps": "every step",
        "option_down": "next option",
        "option_up": "previous option",
        "retry": "try again",
        "following": "next question",
        "proof": "proof",
        "next_seed": "next seed",
        "next_exercise": "next exercise",
        "previous_exercise": "previous exercise",
        "show_key": "key",
        "switch_language": "ja/en",
        "show_complaints": "complaints",
        "reload": "read again",
        "walk": "walk",
        "meant_same": "meant the same",
        "undo": "take back",
        "elsewhere": "save elsewhere",
        "next_stop": "next",
        "previous_stop": "previous",
        "search": "search",
        "contents": "contents",
        "commands": "actions",
        "symbols": "signs",
        "calculator": "scratch pad",
        "copy": "copy",
        "take": "use the value",
        "read_topic": "page",
        "report": "report",
        **learneractions.EN_LABELS,
        **examscreen.EN.labels,
        "figure": "figure",
        "point_forward": "right",
        "point_back": "left",
        "value_next": "next value",
        "value_previous": "previous value",
        "train": "train/stop",
    },
    helps={
        "choose": "Open the row. The first row starts the session.",
        "practise": "Start today's session: what is due, then what is new. It can be left and taken up again.",
        "exercises": "Do the exercises of this page, one after the other.",
        "theme": "Switch between the light and the dark look.",
        "help": "Show the keys of this screen.",
        "leave": "Quit. Ctrl+C quits from every screen.",
        "skip": "Decide later, and go to the home screen.",
        "back": "Go back. An answer that was begun is kept.",
        "submit": "Hand in the answer.",
        "hint": "Show one more hint.",
        "give_up": "See the solution without answering. It is recorded as wrong. "
        "In a derivation, see this one step and go on.",
        "all_steps": "Be asked the steps that are worked out, too.",
        "option_down": "Pick the next option; elsewhere, scroll down.",
        "option_up": "Pick the previous option; elsewhere, scroll up.",
        "retry": "Try once more what failed.",
        "following": "Go on to the next question.",
        "meant_same": "Call a refused formula right: you meant the same. Both verdicts are kept.",
        "undo": "Take back the record of this answer.",
        "elsewhere": "Save an answer that could not be saved in another folder.",
        "walk": "Walk through the network layer by layer, forward and then backward.",
        "proof": "Compare the values of the key by every route to it.",
        "contents": "Go to a heading or an exercise of the page.",
        "search": "Look for words in all pages and exercises.",
        "commands": "Pick what can be done on this screen by its name.",
        "symbols": "Put a sign into the answer that the keyboard lacks.",
        "calculator": "Open a scratch pad for arithmetic.",
        "copy": "Copy the reading of the answer; after the answer, the key. On a page, the formula in sight, as TeX.",
        "take": "Put the last value into the answer, and close.",
        "next_seed": "Draw this exercise with the next seed.",
        "next_exercise": "Show the next exercise.",
        "previous_exercise": "Show the exercise before; before the first one stands the page.",
        "show_key": "Show the key, too, with mistakes, hints and solution.",
        "switch_language": "Switch between the Japanese and the English page.",
        "show_complaints": "Give the complaints the whole screen, and take it back.",
        "reload": "Read the file again now.",
        "read_topic": "Read the page of this question. Before the answer, this counts as a hint.",
        "report": "Report this question in a file. While an answer is typed, Ctrl+R does it.",
        **learneractions.EN_HELPS,
        **examscreen.EN.helps,
        "figure": "Go to the next figure, where the keys below work. Esc leads back to the page.",
        "point_forward": "Move the point of the figure to the right; in a descent, one step on.",
        "point_back": "Move the point of the figure to the left; in a descent, one step back.",
        "value_next": "Change the figure's parameter or rate to its next value.",
        "value_previous": "Change the figure's parameter or rate to the value before.",
        "train": "Start the training of the figure, or stop it while it runs.",
    },
    home="",
    welcome="Welcome",
    help_title="Help",
    proof_title="Proof",
    complaints_title="Problems in pages",
    today_nothing="nothing answered today",
    today="today {answered} answered, {right} correct",
    minutes=", {minutes} min",
    days_left="1 day to the exam|{count} days to the exam",
    exam_today="the exam is today",
    opening="Opening…",
    due="1 review is due|{count} reviews are due",
    new="1 new exercise|{count} new exercises",
    nothing_due="Nothing is due today",
    practice_head="Practice",
    topics="Topics",
    about_items="syllabus {items}",
    about_requires="read first: {titles}",
    no_topics="There is no topic to read.",
    topic_new="new",
    topic_begun="begun",
    topic_done="covered",
    topic_due="{count} due",
    complaints_row="1 problem in pages|{count} problems in pages",
    not_opened="The history cannot be opened, so pages can be read and nothing else.",
    other_folder="studyapp --data DIR uses another folder.",
    loading="Reading the page…",
    untranslated="This page is in Japanese only.",
    exercise_mark="▷ Exercise: {heading}",
    broken="Something in this page needs mending.",
    exercises_count="1 exercise|{count} exercises",
    no_exercises="no exercises",
    drawing="Drawing a question…",
    undrawn="This question could not be drawn ({code} {detail}, {place}).",
    progress="{at} of {count}",
    answer="Answer",
    joined=", ",
    parted=" · ",
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
    meant="correct (you meant the same)",
    meant_told="Recorded as correct; the first verdict is kept beside it.",
    undone="taken back",
    undone_told="This answer was taken back. Its reviews are planned as if it had not been given.",
    nothing_kept="Another studyapp is open, so nothing is saved here. Questions can still be tried.",
    not_kept="not saved",
    not_saved="Not saved yet. r tries again; s saves in another folder.",
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
    greeting="Welcome. Three short questions; all can be changed later, and Esc skips them.",
    ask_exam="Date of the exam",
    ask_exam_hint="like 2026-11-08; leave it empty if it is open",
    bad_date="This is no date. Write it like 2026-11-08.",
    ask_minutes="Minutes a day",
    bad_minutes="Write a whole number from 1 to 600.",
    practice="Try an answer",
    practice_hint="Type -ln 0.6 or 1/3: how it is read is shown below at once.",
    practice_read="This is how it was read. Enter leads to the home screen.",
    too_small="The terminal is too small ({width}×{height}). At least {least_width}×{least_height} is needed.",
    leave_twice="An answer is unfinished. Press Ctrl+C once more to quit.",
    close_help="Esc closes this",
)
