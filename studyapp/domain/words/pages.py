"""The sentences of `pages`, in both languages: what is said of a page that is not as it should be."""

from __future__ import annotations

from collections.abc import Mapping
from errno import EACCES, EIO, ELOOP
from typing import Literal

from studyapp.domain.words import facts
from studyapp.domain.words.facts import Sentence
from studyapp.domain.words.sentences import Sentences

Code = Literal[
    facts.FactsCode,
    "missing-file",
    "unreadable-file",
    "too-large",
    "too-many-lines",
    "too-many-marks",
    "too-many-definitions",
    "too-many-cells",
    "too-many-holes",
    "too-many-facts",
    "not-utf8",
    "control-character",
    "unclosed-fence",
    "nested-fence",
    "unknown-fence",
    "plain-yaml",
    "unclosed-comment",
    "unclosed-front-matter",
    "no-title",
    "second-title",
    "key-without-section",
    "second-key",
    "text-after-key",
    "stray-part",
    "part-level",
    "near-part",
    "stray-box",
    "second-part",
    "no-prompt",
    "no-facts",
    "duplicate-id",
    "hole-in-heading",
    "hole-outside",
    "unclosed-hole",
    "empty-hole",
    "hints-not-numbered",
    "mistake-item",
    "scene-item",
    "second-item",
    "empty-item",
    "unknown-case",
    "unknown-mistake",
    "mistake-without-sentence",
    "option-without-box",
    "options-of-other-kind",
    "quote-not-indented",
    "too-few-options",
    "right-count",
    "nothing-ticked",
    "two-ticked",
    "too-few-wrong",
    "shown-too-many",
    "too-few-entries",
    "options-differ",
    "facts-in-translation",
    "asks-count",
    "unknown-scene",
    "scene-without-sentence",
    "scene-not-asked",
    "no-scenes",
]
"""The stable codes of complaints; each names the field of `PagesWords`, or of its `facts`, that holds its sentence."""


class PagesWords(Sentences):
    """What `pages` says."""

    facts: facts.FactsWords
    nearest: str
    between: str
    missing_file: Sentence
    unreadable_file: Sentence
    file_errors: Mapping[int, str]
    no_regular_file: str
    too_large: Sentence
    too_many_lines: Sentence
    too_many_marks: Sentence
    too_many_definitions: Sentence
    too_many_cells: Sentence
    too_many_holes: Sentence
    too_many_facts: Sentence
    not_utf8: Sentence
    control_character: Sentence
    unclosed_fence: Sentence
    nested_fence: Sentence
    unknown_fence: Sentence
    plain_yaml: Sentence
    unclosed_comment: Sentence
    unclosed_front_matter: Sentence
    no_title: Sentence
    second_title: Sentence
    key_without_section: Sentence
    second_key: Sentence
    text_after_key: Sentence
    stray_part: Sentence
    part_level: Sentence
    near_part: Sentence
    stray_box: Sentence
    second_part: Sentence
    no_prompt: Sentence
    no_facts: Sentence
    duplicate_id: Sentence
    hole_in_heading: Sentence
    hole_outside: Sentence
    unclosed_hole: Sentence
    empty_hole: Sentence
    hints_not_numbered: Sentence
    mistake_item: Sentence
    scene_item: Sentence
    second_item: Sentence
    empty_item: Sentence
    unknown_case: Sentence
    unknown_mistake: Sentence
    mistake_without_sentence: Sentence
    option_without_box: Sentence
    options_of_other_kind: Sentence
    quote_not_indented: Sentence
    too_few_options: Sentence
    right_count: Sentence
    nothing_ticked: Sentence
    two_ticked: Sentence
    too_few_wrong: Sentence
    shown_too_many: Sentence
    too_few_entries: Sentence
    options_differ: Sentence
    facts_in_translation: Sentence
    asks_count: Sentence
    unknown_scene: Sentence
    scene_without_sentence: Sentence
    scene_not_asked: Sentence
    no_scenes: Sentence

    def sentence(self, code: Code) -> Sentence:
        """What is said with a code, the values still to be filled in."""
        name = code.replace("-", "_")
        found: Sentence = getattr(self if hasattr(self, name) else self.facts, name)
        return found

    def complaint(self, code: Code, *, found: str, nearest: str, **values: object) -> tuple[str, str]:
        """Message and hint of a complaint; the hint begins with the nearest known name, where there is one."""
        sentence = self.sentence(code)
        message = sentence.message.format(found=found, **values)
        hint = sentence.hint.format(found=found, **values)
        if nearest:
            hint = self.between.join(part for part in (self.nearest.format(nearest=nearest), hint) if part)
        return message, hint


JA = PagesWords(
    facts=facts.JA,
    nearest="「{nearest}」のことですか。",
    between="",
    missing_file=Sentence("ファイルがありません。", "パスを確かめてください。"),
    unreadable_file=Sentence("ファイルを開けません（{found}）。", "読めるふつうのファイルか確かめてください。"),
    file_errors={
        EACCES: "読む権限がありません",
        ELOOP: "リンクが自分自身に戻ります",
        EIO: "ディスクの読み取りに失敗しました",
    },
    no_regular_file="フォルダ、パイプ、装置など、ふつうのファイルではないもの",
    too_large=Sentence("ファイルが {limit} kB を超えています。", "ページを分けてください。"),
    too_many_lines=Sentence("ページが {limit} 行を超えています。", "ページを分けてください。"),
    too_many_marks=Sentence(
        "Markdown の記号（`*`、`[`、改行など）が多すぎて読めません（一つの段落に 3000、ページ全体で {limit} まで）。",
        "空行で段落に分けるか、ページを分けてください。",
    ),
    too_many_definitions=Sentence(
        "リンクの定義 `[名前]: リンク先` が {limit} 個を超えています。",
        "`[文字](リンク先)` と本文に直接書いてください。",
    ),
    too_many_cells=Sentence("表のセルが {limit} 個を超えています。", "表を分けてください。"),
    too_many_facts=Sentence("YAML の行とコンマが、ページ全体で {limit} を超えています。", "ページを分けてください。"),
    too_many_holes=Sentence("穴 {{{{ が {limit} 個を超えています。", "ページを分けてください。"),
    not_utf8=Sentence("UTF-8 として読めないバイト {found} があります。", "文字コードを UTF-8 にして保存してください。"),
    control_character=Sentence(
        "見えない文字か制御文字 {found} があります。",
        "取り除いてください（画面には印で示されます）。絵文字をつなぐ U+200D と異体字セレクタだけは使えます。",
    ),
    unclosed_fence=Sentence("コードブロックが閉じられていません。", "同じ長さの ``` の行で閉じてください。"),
    nested_fence=Sentence("yaml のブロックがリストや引用の中にあります。", "行頭から書いてください。"),
    unknown_fence=Sentence("「{found}」というブロックは読まれません。", "yaml key か yaml figure と書いてください。"),
    plain_yaml=Sentence(
        "この yaml のブロックは id で始まりますが、問題としては読まれません。", "問題なら `yaml key` と書いてください。"
    ),
    unclosed_comment=Sentence("コメントが閉じられていません。", "`-->` で閉じてください。"),
    unclosed_front_matter=Sentence("先頭の `---` が閉じられていません。", "`---` だけの行で閉じてください。"),
    no_title=Sentence("ページの題がありません。", "`# ` で始まる見出しを一つ置いてください。"),
    second_title=Sentence("ページの題が二つあります（{found}）。", "節の見出しは `## ` で始めてください。"),
    key_without_section=Sentence(
        "yaml key のブロックが、どの節にも属していません。", "`## ` の見出しの下に置いてください。"
    ),
    second_key=Sentence("この節には yaml key のブロックがもうあります。", "問題ごとに見出しを付けてください。"),
    text_after_key=Sentence(
        "「{found}」の yaml key の後に文があります。", "節は yaml key で終えるか、次の見出しを置いてください。"
    ),
    stray_part=Sentence(
        "「{found}」は問題の一部の見出しですが、この節は yaml key で終わっていません。",
        "節の最後に yaml key のブロックを書くか、見出しを変えてください。",
    ),
    part_level=Sentence(
        "見出し「{found}」の深さが違います。", "問題の見出しより一つ深く、`{level}` で始めてください。"
    ),
    near_part=Sentence(
        "見出し「{found}」は決まった言葉ではありません。", "`{level} ` の後に {names} と書いてください。"
    ),
    stray_box=Sentence("チェックボックスは、選択問題の選択肢のほかでは使えません。", "`- ` だけの項目にしてください。"),
    second_part=Sentence("見出し「{found}」が二つあります。", "一つにまとめてください。"),
    no_prompt=Sentence("「{found}」に問題文がありません。", "見出しのすぐ下に書いてください。"),
    no_facts=Sentence("「{found}」には id しかありません。", "kind と答えの欄を書いてください。"),
    duplicate_id=Sentence("id「{found}」はこのページでもう使われています。", "どちらかを別の id にしてください。"),
    hole_in_heading=Sentence("見出しに穴 {{{{ }}}} は使えません。", "問題文に書いてください。"),
    hole_outside=Sentence("問題の外に穴 {{{{ {found} }}}} があります。", "値が決まるのは問題の中だけです。"),
    unclosed_hole=Sentence(
        "穴 {{{{ が同じ行で閉じられていません。",
        "}}}} で閉じてください。TeX の括弧なら、{{ {{ と離して書いてください。",
    ),
    empty_hole=Sentence("穴の中に式がありません。", "式を書くか、穴を取り除いてください。"),
    hints_not_numbered=Sentence("ヒントは番号付きリストで書きます。", "`1. ` から始めてください。"),
    mistake_item=Sentence(
        "誤答は「- `名前` — 文」の形で書きます。", "名前は `` ` `` で囲み、mistakes にある名前にしてください。"
    ),
    scene_item=Sentence(
        "場面は「- `名前` — 文」の形で書きます。", "名前は `` ` `` で囲み、scenes にある名前にしてください。"
    ),
    second_item=Sentence("「{found}」の項目が二つあります。", "どちらか一つにまとめてください。"),
    empty_item=Sentence("項目に文がありません。", "文を書くか、項目を取り除いてください。"),
    unknown_case=Sentence("「{found}」という場合は cases にありません。", "cases に加えるか、綴りを直してください。"),
    unknown_mistake=Sentence(
        "「{found}」という誤りは mistakes にありません。", "mistakes に式を加えるか、この項目を取り除いてください。"
    ),
    mistake_without_sentence=Sentence("誤り「{found}」を説明する文がありません。", "誤答の項目に書き加えてください。"),
    option_without_box=Sentence("選択肢に [ ] がありません。", "`- [ ] ` か `- [x] ` で始めてください。"),
    options_of_other_kind=Sentence(
        "kind: {kind} の問題には選択肢がありません。", "選択肢を取り除くか、kind: choice にしてください。"
    ),
    quote_not_indented=Sentence("引用が選択肢の外にあります。", "選択肢に添えるなら、二文字下げてください。"),
    too_few_options=Sentence(
        "選択肢が二つ以上必要です（いまは {count}）。", "問題文の中に `- [ ] ` と `- [x] ` で書いてください。"
    ),
    right_count=Sentence(
        "right の条件は {count} 個ですが、選択肢は {options} 個です。", "選択肢の順に一つずつ書いてください。"
    ),
    nothing_ticked=Sentence("どの選択肢にも印がありません。", "正解に [x] を付けるか、right に条件を書いてください。"),
    two_ticked=Sentence(
        "正解が二つ以上あります。", "一つずつ出すなら shown を、すべて選ばせるなら several: true を書いてください。"
    ),
    too_few_wrong=Sentence(
        "shown には誤りの選択肢が {needed} 個必要ですが、{count} 個しかありません。",
        "誤りの選択肢を加えるか、shown を減らしてください。",
    ),
    shown_too_many=Sentence(
        "shown は {shown} ですが、{count} 個しかありません。", "shown を減らすか、項目を加えてください。"
    ),
    too_few_entries=Sentence(
        "並べるものが二つ以上必要です（いまは {count}）。", "問題文の中に、正しい順の番号付きリストで書いてください。"
    ),
    options_differ=Sentence(
        "「{found}」の選択肢の数か印が、日本語のページと違います。", "両方を同じ数、同じ順、同じ印にしてください。"
    ),
    facts_in_translation=Sentence(
        "翻訳のページに事実が書かれています（{found}）。",
        "事実は日本語のページだけに書きます。id だけを残してください。",
    ),
    asks_count=Sentence(
        "手順は {steps} 個ですが、問題文の番号付きの問いは {count} 個です。",
        "手順ごとに一つずつ、同じ順に書いてください。",
    ),
    unknown_scene=Sentence(
        "「{found}」という場面は scenes にありません。", "綴りをそろえるか、scenes に事実を書き加えてください。"
    ),
    scene_without_sentence=Sentence("場面「{found}」の文がありません。", "場面の項目に書き加えてください。"),
    scene_not_asked=Sentence(
        "scenes がありますが、問題文に場面が出てきません。", "問題文に {{{{ scene }}}} と書いてください。"
    ),
    no_scenes=Sentence("{{{{ scene }}}} に入る場面がありません。", "scenes に場面とその事実を書いてください。"),
)

EN = PagesWords(
    facts=facts.EN,
    nearest="Did you mean `{nearest}`?",
    between=" ",
    missing_file=Sentence("There is no such file.", "Check the path."),
    unreadable_file=Sentence(
        "The file cannot be opened ({found}).", "Check that it is a regular file that you may read."
    ),
    file_errors={EACCES: "no permission to read it", ELOOP: "a link that leads back to itself", EIO: "the disk failed"},
    no_regular_file="a folder, a pipe, a device or the like, not a regular file",
    too_large=Sentence("The file is larger than {limit} kB.", "Split the page."),
    too_many_lines=Sentence("The page has more than {limit} lines.", "Split the page."),
    too_many_marks=Sentence(
        "There are too many Markdown marks (`*`, `[`, line ends …) to be read: 3000 in a paragraph, {limit} on a page "
        "are the most.",
        "Split it into paragraphs with blank lines, or split the page.",
    ),
    too_many_definitions=Sentence(
        "There are more than {limit} link definitions `[name]: target`.", "Write `[text](target)` in the text instead."
    ),
    too_many_cells=Sentence("The table has more than {limit} cells.", "Split the table."),
    too_many_facts=Sentence("The YAML of the page has more than {limit} lines and commas.", "Split the page."),
    too_many_holes=Sentence("There are more than {limit} holes {{{{.", "Split the page."),
    not_utf8=Sentence("The byte {found} is not UTF-8.", "Save the file as UTF-8."),
    control_character=Sentence(
        "There is a character that is not seen or that controls the screen: {found}.",
        "Take it out; it is shown as a sign. U+200D within an emoji and variation selectors may stand.",
    ),
    unclosed_fence=Sentence("The code block is not closed.", "Close it with a line of as many backticks."),
    nested_fence=Sentence("A yaml block stands inside a list or a quote.", "Begin it at the first column."),
    unknown_fence=Sentence("Nothing reads a block `{found}`.", "Write yaml key or yaml figure."),
    plain_yaml=Sentence(
        "This yaml block begins with an id, but is not read as an exercise.", "If it is one, write `yaml key`."
    ),
    unclosed_comment=Sentence("The comment is not closed.", "Close it with `-->`."),
    unclosed_front_matter=Sentence("The `---` at the top is not closed.", "Close it with a line of `---`."),
    no_title=Sentence("The page has no title.", "Give it one heading that begins with `# `."),
    second_title=Sentence("There is a second title ({found}).", "Headings of sections begin with `## `."),
    key_without_section=Sentence("This yaml key block belongs to no section.", "Put it under a heading `## `."),
    second_key=Sentence("This section has a yaml key block already.", "Give each exercise a heading."),
    text_after_key=Sentence(
        "There is text after the yaml key of “{found}”.", "End the section with its yaml key, or begin another heading."
    ),
    stray_part=Sentence(
        "“{found}” heads a part of an exercise, but this section does not end in a yaml key.",
        "End the section with a yaml key block, or rename the heading.",
    ),
    part_level=Sentence(
        "The heading “{found}” has the wrong level.", "One level below the exercise: begin it with `{level}`."
    ),
    near_part=Sentence("The heading “{found}” is none of the fixed words.", "Write {names} after `{level} `."),
    stray_box=Sentence("Only the options of a choice have boxes.", "Make it a plain item `- `."),
    second_part=Sentence("The heading “{found}” occurs twice.", "Put both into one."),
    no_prompt=Sentence("“{found}” asks nothing.", "Write the question right under the heading."),
    no_facts=Sentence("“{found}” has an id and no facts.", "State its kind and its answer."),
    duplicate_id=Sentence("The id `{found}` is used on this page already.", "Choose another id for one of them."),
    hole_in_heading=Sentence("A heading has no holes {{{{ }}}}.", "Write it in the prompt."),
    hole_outside=Sentence("A hole {{{{ {found} }}}} stands outside of an exercise.", "Only exercises are drawn."),
    unclosed_hole=Sentence(
        "The hole {{{{ is not closed on its line.", "Close it with }}}}; for TeX braces leave a blank between: {{ {{."
    ),
    empty_hole=Sentence("The hole is empty.", "Write an expression, or take the hole out."),
    hints_not_numbered=Sentence("Hints are a numbered list.", "Begin with `1. `."),
    mistake_item=Sentence(
        "Mistakes are written - `name` — sentence.", "Put the name of a mistake between backticks first."
    ),
    scene_item=Sentence("Scenes are written - `name` — sentence.", "Put the name of a scene between backticks first."),
    second_item=Sentence("There are two items `{found}`.", "Make them one."),
    empty_item=Sentence("The item says nothing.", "Write a sentence, or take the item out."),
    unknown_case=Sentence("`cases` has no `{found}`.", "Add it to cases, or mend the spelling."),
    unknown_mistake=Sentence(
        "`mistakes` has no `{found}`.", "Give it an expression in mistakes, or take the item out."
    ),
    mistake_without_sentence=Sentence("Nothing is said about the mistake `{found}`.", "Add an item to Mistakes."),
    option_without_box=Sentence("The option has no box.", "Begin it with `- [ ] ` or `- [x] `."),
    options_of_other_kind=Sentence(
        "An exercise of kind: {kind} has no options.", "Take the options out, or write kind: choice."
    ),
    quote_not_indented=Sentence(
        "The quote stands outside of the option.", "Indent it by two characters to say it of the option."
    ),
    too_few_options=Sentence(
        "At least two options are needed, not {count}.", "Write them in the prompt with `- [ ] ` and `- [x] `."
    ),
    right_count=Sentence(
        "`right` has {count} conditions for {options} options.", "Write one for each option, in order."
    ),
    nothing_ticked=Sentence("No option is ticked.", "Tick the right one with [x], or give conditions in `right`."),
    two_ticked=Sentence(
        "More than one option is ticked.", "Write `shown` to draw one of them, or `several: true` to ask for all."
    ),
    too_few_wrong=Sentence(
        "`shown` needs {needed} wrong options; there are {count}.", "Add wrong options, or make shown smaller."
    ),
    shown_too_many=Sentence("`shown` is {shown}, but there are only {count}.", "Make shown smaller, or add items."),
    too_few_entries=Sentence(
        "At least two entries are needed, not {count}.",
        "Write them in the prompt as a numbered list in the right order.",
    ),
    options_differ=Sentence(
        "The options of `{found}` differ in number or ticks from the Japanese page.",
        "Write the same number, order and ticks in both.",
    ),
    facts_in_translation=Sentence(
        "Facts stand in a translation ({found}).", "They are read from the Japanese page alone; keep only the id."
    ),
    asks_count=Sentence(
        "There are {steps} steps, but {count} numbered asks in the prompt.", "Write one ask a step, in the same order."
    ),
    unknown_scene=Sentence(
        "There is no scene `{found}` under `scenes`.", "Spell both alike, or add its facts under `scenes`."
    ),
    scene_without_sentence=Sentence("The scene `{found}` has no sentence.", "Add it to the items of scenes."),
    scene_not_asked=Sentence("There are scenes, but the prompt shows none.", "Write {{{{ scene }}}} in the prompt."),
    no_scenes=Sentence("There is no scene for {{{{ scene }}}}.", "Write the scenes with their facts under `scenes`."),
)
