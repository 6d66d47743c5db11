"""The sentences of `cli`, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from studyapp.domain.words.sentences import Sentences, counted


class CliWords(Sentences):
    """What the commands say of themselves, and in line mode."""

    about: str
    commands: str
    lang: str
    data: str
    content: str
    ascii_math: str
    speak: str
    version: str
    json: str
    summaries: Mapping[str, str]
    helps: Mapping[str, str]
    no_terminal: str
    unknown_name: str
    did_you_mean: str
    nothing_due: str
    placement_alone: str
    hint_head: str
    no_more_hints: str
    how_to_ask: str
    key_shown: str
    step_shown: str
    reading: str
    not_drawn: str
    not_saved: str
    exercise_mark: str
    untranslated: str
    stats_line: str
    stats_none: str
    stats_areas: str
    stats_mistakes: str
    complaints_found: str
    no_complaints: str
    not_json: str
    internal_error: str
    left_out: str
    needs_expression: str
    needs_value: str
    not_finite: str
    no_cluster: str
    no_genanki: str
    not_a_topic: str
    page_exists: str
    exported_questions: str
    exported_events: str
    file_exists: str
    own_history: str
    nothing_found: str
    in_order: str
    data_folder: str
    no_history: str
    name_a_backup: str

    def summary(self, command: str) -> str:
        """One line on a command."""
        return self.summaries[command]

    def help(self, name: str) -> str:
        """What an option or argument means."""
        return self.helps[name]

    def unknown(self, name: str, nearest: Sequence[str]) -> str:
        """A name that nothing has, with the nearest ones."""
        text = self.unknown_name.format(name=name)
        return text + self.did_you_mean.format(names=", ".join(nearest)) if nearest else text

    def drawn_failed(self, exercise: str, place: str, detail: str) -> str:
        """No question could be drawn."""
        return self.not_drawn.format(exercise=exercise, place=place, detail=detail)

    def translated(self, title: str) -> str:
        """The notice of a page that exists in the other language alone."""
        return self.untranslated.format(title=title)

    def stats(self, attempts: int, skills: int, due: int, days: int) -> str:
        """The first line of the statistics."""
        return self.stats_line.format(attempts=attempts, skills=skills, due=due, days=days)

    def exported(self, count: int, path: Path) -> str:
        """So many questions were written."""
        return counted(self.exported_questions, count, path=path)

    def exported_history(self, count: int, path: Path) -> str:
        """So many events were written."""
        return counted(self.exported_events, count, path=path)

    def found(self, count: int) -> str:
        """How many complaints there are."""
        return self.complaints_found.format(count=count) if count else self.no_complaints


JA = CliWords(
    about="損失関数・勾配降下法・誤差逆伝播法を学び、計算できるようになるためのアプリ。\n\n"
    "何も付けずに起動すると画面が開きます。端末でないところでは、下の命令を使ってください。",
    commands="命令",
    lang="表示の言語（既定はロケール、なければ ja）",
    data="学習の記録と設定を置くフォルダー",
    content="教材のフォルダーを加える（何度でも）",
    ascii_math="数式を ASCII 文字だけで表示する",
    speak="数式を読み上げの言葉で表示し、図を省く",
    version="版を表示して終わる",
    json="結果を JSON で標準出力に書く",
    summaries={
        "quiz": "問題を解く（話題か練習を指定、なければ復習）",
        "exam": "模試を受ける（145 問・100 分、短縮版は 36 問・25 分）",
        "read": "話題のページを読む",
        "topics": "話題を読む順に並べる",
        "search": "話題と練習から言葉を探す",
        "question": "練習から 1 問を作って見せる",
        "grade": "解答を採点する（1 行に 1 件の JSON）",
        "compute": "損失関数などの値と勾配を計算する",
        "stats": "学習の記録をまとめる",
        "config": "設定を見る・変える（試験日、1 日の時間、目標の保持率、言語）",
        "lint": "教材のページを検査する",
        "verify": "問題を何度も作り、正答を別の経路で確かめる",
        "new": "新しいページや練習のひな形を作る",
        "preview": "書いているページを学ぶ人の画面で見る（保存するたびに読み直す）",
        "manual": "教材を書く人の手引きを読む（書式、式の言語、検査、関数一覧）",
        "export": "問題を HTML・Anki・Moodle の形で、または学習の記録を書き出す",
        "doctor": "学習の記録・設定・教材を点検する",
        "backup": "学習の記録の控えを作る",
        "restore": "控えから学習の記録を戻す",
        "import": "別の学習の記録を取り込む",
    },
    helps={
        "topic": "話題の id（例: losses/cross-entropy）",
        "exercise": "練習の id（例: ce-onehot）",
        "count": "問題の数",
        "salvage": "壊れていない記録をすべて取り出し、新しく書き直す（元のファイルは残す）",
        "seed": "最初の問題の種。i 番目（0 から）は 種 + i で作る",
        "minutes": "この時間（分）が過ぎたら、次の問題を出さない",
        "short": "短縮版（36 問・25 分）",
        "result": "最後に受けた模試の結果を表示する",
        "exam_seed": "出題を決める種（同じ種なら同じ問題）",
        "placement": "まだ出会っていない技能を試し、2 問続けて正解した技能を飛ばす",
        "with_key": "正答・想定した誤答・解き方も出す",
        "jsonl": "標準入力から 1 行に 1 件の JSON を読み、1 行に 1 件で答える",
        "with": '名前の値（例: --with y="(0.1, 0.9)"）。何度でも',
        "gradient": "この名前についての勾配も求める",
        "exact": "SymPy による厳密な値も求める",
        "list": "計算できる関数の一覧を Markdown の表で出す",
        "timing": "かかった時間 ms を加える",
        "path": "ページかフォルダー。なければ教材全体",
        "seeds": "練習ごとに作る問題の数",
        "first_seed": "最初の種",
        "list_rules": "規則の一覧と説明を表示する",
        "jobs": "同時に使うプロセスの数",
        "new_topic": "新しい話題のページを作る（日本語と英語）",
        "new_exercise": "新しい練習の節を表示するか、ページの末尾に加える",
        "new_id": "練習の id",
        "new_page": "この ページ（と対になる言語のページ）の末尾に加える",
        "into": "教材のフォルダー（既定は自分の教材）",
        "export_html": "1 つの HTML ファイルに書き出す",
        "export_anki": "Anki のパッケージに書き出す",
        "export_moodle": "Moodle の XML に書き出す",
        "export_history": "学習の記録を書き出す（import history で取り込める）",
        "output": "書き出すファイル",
        "force": "すでにあるファイルを上書きする",
        "exercises": "練習か話題の id（いくつでも）",
        "cluster": "Dask クラスターのアドレス（例: tcp://127.0.0.1:8786）。そこで計算する",
        "expression": '計算する式（例: "huber(3, 0, delta=2)"）',
    },
    no_terminal="ここは端末ではないので、画面を開けません。代わりに次の命令を使ってください。\n"
    "  studyapp quiz losses/cross-entropy   問題を解く\n"
    "  studyapp read losses/cross-entropy   ページを読む\n"
    "  studyapp topics                      話題の一覧\n"
    "  studyapp --help                      そのほかの命令",
    unknown_name="「{name}」という id はありません。",
    did_you_mean=" 近いもの: {names}",
    nothing_due="今日の復習はありません。話題を指定すると練習できます（studyapp topics で一覧）。",
    placement_alone="--placement には話題を指定できません。",
    hint_head="ヒント:",
    no_more_hints="ヒントはこれで全部です。",
    how_to_ask="? でヒント、! で解き方を見る（できなかったと記録）、R でこの問題を報告",
    step_shown="この手順を示します。",
    key_shown="正答:",
    reading="読み取り:",
    not_drawn="練習「{exercise}」の問題を作れませんでした（{place}）: {detail}",
    not_saved="この解答は保存できませんでした。",
    exercise_mark="▶ 練習: {heading}  （{exercise}）",
    untranslated="「{title}」の日本語のページはまだありません。",
    stats_line="解答 {attempts} 回、出会った技能 {skills}、今日の復習 {due}、学習した日 {days} 日",
    stats_none="まだ記録がありません。studyapp quiz で始められます。",
    stats_areas="分野ごと（その日の最初の解答）",
    stats_mistakes="よくある誤り",
    complaints_found="{count} 件の指摘があります。",
    no_complaints="指摘はありません。",
    not_json="JSON の行として読めません。",
    left_out="studyapp の不具合のため計算できませんでした。",
    internal_error="studyapp の不具合のため続けられません（{error}）。python -X dev -m studyapp で詳しく表示します。",
    needs_expression="計算する式を書いてください（または --jsonl）。",
    needs_value="「{text}」は NAME=VALUE の形ではありません。",
    not_finite="有限でない値があります。",
    no_genanki="Anki への書き出しには genanki が要ります。pip install 'studyapp[export]' で入ります。",
    not_a_topic="「{name}」は話題の id になりません。area/name の形に、英小文字と数字と - で書いてください。",
    page_exists="{path} はもうあります。",
    exported_questions="{path} に {count} 問を書き出しました。",
    exported_events="{path} に {count} 件の記録を書き出しました。",
    file_exists="{path} はすでにあるため、書き出しませんでした。上書きするには --force を付けてください。",
    own_history="{path} は学習の記録そのものなので、上書きできません。別のファイル名を指定してください。",
    nothing_found="「{text}」は見つかりませんでした。",
    no_cluster="--cluster には distributed が要ります。pip install 'studyapp[cluster]' で入ります。",
    in_order="問題ありません。",
    data_folder="{data}（自分のページは {content}）",
    no_history="まだ記録がありません。",
    name_a_backup="戻す控えのパスを指定してください。",
)

EN = CliWords(
    about="Learn loss functions, gradient descent and backpropagation, and be able to compute them.\n\n"
    "Called alone, it opens the screen. Where there is no terminal, use the commands below.",
    commands="Commands",
    lang="Language of the interface (default: the locale's, else ja)",
    data="Folder of the learning history and settings",
    content="A further folder of pages (repeatable)",
    ascii_math="Show formulas in ASCII only",
    speak="Tell formulas in words, and leave pictures out",
    version="Show the version and exit",
    json="Print the result as JSON on standard output",
    summaries={
        "quiz": "Answer questions (of topics or exercises, else what is due)",
        "exam": "Take a mock exam (145 items in 100 minutes; short: 36 in 25)",
        "read": "Read a topic page",
        "topics": "List the topics in reading order",
        "search": "Search topics and exercises for words",
        "question": "Draw a question of an exercise and show it",
        "grade": "Grade answers (a JSON request a line)",
        "compute": "Compute values and gradients of losses and more",
        "stats": "Sum up the learning history",
        "config": "See or change the settings (exam date, minutes a day, retention, language)",
        "lint": "Check pages",
        "verify": "Draw many questions and prove their keys by other routes",
        "new": "Begin a page or an exercise from a scaffold",
        "preview": "See a page as the learner will, read again as it is saved",
        "manual": "Read the author's manual (format, expression language, checks, catalogue)",
        "export": "Write questions as HTML, for Anki or for Moodle, or the history",
        "doctor": "Check history, settings and pages",
        "backup": "Make a verified copy of the history",
        "restore": "Put a copy of the history back",
        "import": "Take in the events of another history",
    },
    helps={
        "topic": "Topic id, such as losses/cross-entropy",
        "exercise": "Exercise id, such as ce-onehot",
        "count": "Number of questions",
        "salvage": "Write the history anew from every undamaged event; the damaged file is kept",
        "seed": "Seed of the first question; the i-th (from 0) is drawn with seed + i",
        "minutes": "Ask no further question after this many minutes",
        "short": "The short one: 36 items in 25 minutes",
        "result": "Show the result of the latest exam",
        "exam_seed": "Seed that decides the items (equal seeds, equal items)",
        "placement": "Try skills not met yet; two right answers in a row skip one",
        "with_key": "Also give the key, the known mistakes and the answer",
        "jsonl": "Read a JSON request a line from standard input, reply a line each",
        "with": 'The value of a name, such as --with y="(0.1, 0.9)" (repeatable)',
        "gradient": "Also give the gradient by this name",
        "exact": "Also give SymPy's exact value",
        "list": "List every function that can be computed, as Markdown tables",
        "timing": "Add the time taken, in ms",
        "path": "Pages or folders; without any: all content",
        "seeds": "Questions to draw for each exercise",
        "first_seed": "The first seed",
        "list_rules": "Print every rule with its manual",
        "jobs": "Processes to use at a time",
        "new_topic": "Write the pages of a new topic (Japanese and English)",
        "new_exercise": "Print the section of a new exercise, or append it to a page",
        "new_id": "Id of the exercise",
        "new_page": "Append it to this page, and to its twin in the other language",
        "into": "Content folder (default: your own)",
        "export_html": "Write questions as one HTML file",
        "export_anki": "Write questions as an Anki package",
        "export_moodle": "Write questions as Moodle XML",
        "export_history": "Write the learning history, which import history takes in",
        "output": "File to write",
        "force": "Replace a file that exists already",
        "exercises": "Ids of exercises or topics (any number)",
        "cluster": "Address of a Dask cluster to work on, such as tcp://127.0.0.1:8786",
        "expression": 'The expression to compute, such as "huber(3, 0, delta=2)"',
    },
    no_terminal="There is no terminal here, so the screen cannot open. Use these commands instead:\n"
    "  studyapp quiz losses/cross-entropy   answer questions\n"
    "  studyapp read losses/cross-entropy   read a page\n"
    "  studyapp topics                      list the topics\n"
    "  studyapp --help                      all commands",
    unknown_name="There is no id “{name}”.",
    did_you_mean=" Nearest: {names}",
    nothing_due="Nothing is due today. Name a topic to practise it (studyapp topics lists them).",
    placement_alone="--placement takes no topics.",
    hint_head="Hint:",
    no_more_hints="There are no more hints.",
    how_to_ask="? for a hint, ! to see the solution (counts as not known), R to report the question",
    step_shown="This step is shown.",
    key_shown="Answer:",
    reading="Read as:",
    not_drawn="No question could be drawn of exercise “{exercise}” ({place}): {detail}",
    not_saved="This answer could not be saved.",
    exercise_mark="▶ Exercise: {heading}  ({exercise})",
    untranslated="“{title}” has no English page yet; this is the Japanese one.",
    stats_line="{attempts} answers, {skills} skills met, {due} due today, {days} study days",
    stats_none="Nothing has been recorded yet. Start with studyapp quiz.",
    stats_areas="By area (first answers of the day)",
    stats_mistakes="Frequent mistakes",
    complaints_found="Complaints: {count}.",
    no_complaints="No complaints.",
    not_json="This line is not a JSON request.",
    left_out="A bug in studyapp kept this from being computed.",
    internal_error="A bug in studyapp ended this command ({error}). python -X dev -m studyapp shows the details.",
    needs_expression="Name an expression to compute (or use --jsonl).",
    needs_value="“{text}” is not of the form NAME=VALUE.",
    not_finite="Some of this is not finite.",
    no_genanki="Anki packages need genanki: pip install 'studyapp[export]'.",
    not_a_topic="“{name}” cannot be the id of a topic. Write area/name in lower-case letters, digits and -.",
    page_exists="{path} is there already.",
    exported_questions="{count} question was written to {path}.|{count} questions were written to {path}.",
    exported_events="{count} event was written to {path}.|{count} events were written to {path}.",
    file_exists="{path} exists already and was not replaced. Use --force to replace it.",
    own_history="{path} is the history itself and cannot be replaced. Name another file.",
    nothing_found="Nothing was found for “{text}”.",
    no_cluster="--cluster needs distributed: pip install 'studyapp[cluster]'.",
    in_order="In order.",
    data_folder="{data} (your own pages: {content})",
    no_history="Nothing has been recorded yet.",
    name_a_backup="Name the backup to put back.",
)
