"""What is said of the facts of exercises and figures, the YAML in a page, that are not as they should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from studyapp.domain.words.sentences import Sentences

FactsCode = Literal[
    "unreadable-yaml",
    "wide-colon",
    "tight-colon",
    "yaml-tab",
    "second-document",
    "too-deep",
    "yaml-alias",
    "yaml-tag",
    "not-a-mapping",
    "field-name",
    "duplicate-field",
    "unknown-field",
    "empty-field",
    "missing-field",
    "field-of-other-kind",
    "digits-twice",
    "not-a-text",
    "empty-value",
    "bad-id",
    "bad-topic-id",
    "unknown-kind",
    "not-a-flag",
    "not-a-whole-number",
    "not-a-number",
    "out-of-range",
    "not-a-list",
    "not-named-values",
    "not-an-expression",
    "expression-in-flow",
    "expression-in-block",
    "not-a-condition",
    "bad-name",
    "reserved-name",
    "duplicate-name",
    "unknown-name",
    "unknown-domain",
    "unknown-word",
    "not-an-interval",
    "empty-interval",
    "figure-over",
    "figure-surface",
    "figure-parameter",
    "figure-start",
    "figure-training",
    "bad-target",
    "target-and-answer",
    "target-without-network",
    "answer-in-network",
    "unknown-fact",
    "options-twice",
]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What was found, and what to do. `{found}` and other values are filled in."""

    message: str
    hint: str = ""


class FactsWords(Sentences):
    """A sentence for each code."""

    unreadable_yaml: Sentence
    yaml_problems: Mapping[str, str]
    wide_colon: Sentence
    tight_colon: Sentence
    yaml_tab: Sentence
    second_document: Sentence
    too_deep: Sentence
    yaml_alias: Sentence
    yaml_tag: Sentence
    not_a_mapping: Sentence
    field_name: Sentence
    duplicate_field: Sentence
    unknown_field: Sentence
    empty_field: Sentence
    missing_field: Sentence
    field_of_other_kind: Sentence
    digits_twice: Sentence
    not_a_text: Sentence
    empty_value: Sentence
    bad_id: Sentence
    bad_topic_id: Sentence
    unknown_kind: Sentence
    not_a_flag: Sentence
    not_a_whole_number: Sentence
    not_a_number: Sentence
    out_of_range: Sentence
    not_a_list: Sentence
    not_named_values: Sentence
    not_an_expression: Sentence
    expression_in_flow: Sentence
    expression_in_block: Sentence
    not_a_condition: Sentence
    bad_name: Sentence
    reserved_name: Sentence
    duplicate_name: Sentence
    unknown_name: Sentence
    unknown_domain: Sentence
    unknown_word: Sentence
    not_an_interval: Sentence
    empty_interval: Sentence
    figure_over: Sentence
    figure_surface: Sentence
    figure_parameter: Sentence
    figure_start: Sentence
    figure_training: Sentence
    bad_target: Sentence
    target_and_answer: Sentence
    target_without_network: Sentence
    answer_in_network: Sentence
    unknown_fact: Sentence
    options_twice: Sentence

    def yaml_problem(self, problem: str) -> str:
        """What libyaml reports, in this language; by a part of its sentence, the last row for all others."""
        return next(said for part, said in self.yaml_problems.items() if part in problem)


JA = FactsWords(
    unreadable_yaml=Sentence("YAML として読めません（{problem}）。", "字下げ、コロン、引用符を確かめてください。"),
    yaml_problems={
        "could not find expected ':'": "名前の後に「: 」がありません",
        "mapping values are not allowed": "一つの行に「: 」が二つあるか、字下げが合っていません",
        "did not find expected key": "字下げが上の行と合っていません",
        "did not find expected '-'": "リストの字下げが合っていません",
        "did not find expected ','": "括弧が閉じられていないか、コンマが抜けています",
        "block sequence entries": "「- 」を書けない場所にリストがあります",
        "end of stream": "引用符か括弧が閉じられていません",
        "escape": "引用符の中の \\ は `\\\\` と書くか、「'」で囲みます",
        "cannot start any token": "行頭に書けない文字があります。値なら引用符で囲みます",
        "": "書き方が YAML の規則に合っていません",
    },
    wide_colon=Sentence("コロンが全角（：）です。", "半角のコロンと空白で `名前: 値` と書いてください。"),
    tight_colon=Sentence(
        "「{found}」の後に空白がありません。", "`名前: 値` のように、コロンの後に空白を入れてください。"
    ),
    yaml_tab=Sentence("字下げにタブがあります。", "半角の空白で字下げしてください。"),
    second_document=Sentence("YAML の文書が二つあります。", "`---` の行を取り除いてください。"),
    too_deep=Sentence("入れ子が {limit} 段を超えています。", "括弧や字下げを減らしてください。"),
    yaml_alias=Sentence("YAML のアンカーと別名（& と *）は使えません。", "値をそのまま書いてください。"),
    yaml_tag=Sentence("YAML のタグ {found} は使えません。", "取り除くか、値を引用符で囲んでください。"),
    not_a_mapping=Sentence("「名前: 値」の形になっていません。", "1 行に一つずつ `名前: 値` と書いてください。"),
    field_name=Sentence("欄の名前が文字列ではありません。", "欄の名前を、記号を付けずに書いてください。"),
    duplicate_field=Sentence("「{found}」が二度書かれています。", "どちらか一つにしてください。"),
    unknown_field=Sentence(
        "「{found}」という欄はありません。", "使える欄: {allowed}。綴りを直すか、行を取り除いてください。"
    ),
    empty_field=Sentence("「{found}」に値がありません。", "値を書くか、行を取り除いてください。"),
    missing_field=Sentence("「{found}」がありません。", "この欄を書き加えてください。"),
    field_of_other_kind=Sentence(
        "「{found}」は kind: {kind} では使いません。", "行を取り除くか、kind を直してください。"
    ),
    digits_twice=Sentence(
        "digits と significant の両方があります。",
        "小数点以下の桁数なら digits、有効桁数なら significant だけを残してください。",
    ),
    not_a_text=Sentence("ここには値を一つだけ書きます。", "`-` や括弧を取り除いて、一つだけ残してください。"),
    empty_value=Sentence("値が空です。", "値を書くか、行を取り除いてください。"),
    bad_id=Sentence(
        "「{found}」は id として使えません。",
        "半角の英数字で始め、英数字と `-`、`_` だけで、{limit} 字までで書いてください。",
    ),
    bad_topic_id=Sentence(
        "「{found}」は id として使えません。",
        "半角の英数字と `-`、`_` で、区切りには `/` を使い、{limit} 字までで書いてください。",
    ),
    unknown_kind=Sentence("「{found}」という種類はありません。", "使えるのは {allowed} です。"),
    not_a_flag=Sentence("「{found}」は true でも false でもありません。", "true か false と書いてください。"),
    not_a_whole_number=Sentence("「{found}」は整数ではありません。", "3 のように、小数点を付けずに書いてください。"),
    not_a_number=Sentence("「{found}」は数ではありません。", "0.5 のように書いてください。"),
    out_of_range=Sentence("{found} は {low} から {high} の範囲にありません。", "この範囲の値にしてください。"),
    not_a_list=Sentence(
        "ここにはリストを書きます。", "`- ` で始まる行を並べるか、言葉と数なら `[a, b]` と書いてください。"
    ),
    not_named_values=Sentence(
        "ここには「名前: 値」を並べます。", "1 行に一つずつ、字下げして `名前: 値` と書いてください。"
    ),
    not_an_expression=Sentence("ここには式を一つ書きます。", "1 行の式にしてください。"),
    expression_in_flow=Sentence(
        "式が {{ }} か [ ] の中にあります。", "式は一行に一つずつ書いてください。ベクトルは (a, b) と書きます。"
    ),
    expression_in_block=Sentence(
        "式に `|` や `>` は使えません。", "コロンの後にそのまま書くか、引用符で囲んでください。"
    ),
    not_a_condition=Sentence("「{found}」は条件ではありません。", "`<` や `==` などで比べてください。"),
    bad_name=Sentence("「{found}」は名前として使えません。", "英字で始まり、英数字と _ だけの名前にしてください。"),
    reserved_name=Sentence(
        "「{found}」は別の意味で使われている名前です。",
        "ほかの名前にしてください。e と pi は定数、D は微分、if・and・or・not は条件、answer は答え、"
        "scene は場面です。",
    ),
    duplicate_name=Sentence("「{found}」が二度定義されています。", "どちらかの名前を変えてください。"),
    unknown_name=Sentence(
        "「{found}」はどこにも定義されていません。", "draw か let で定義するか、綴りを直してください。"
    ),
    unknown_domain=Sentence(
        "「{found}」という定義域はありません。", "{allowed} か、0..1 のような開区間を書いてください。"
    ),
    unknown_word=Sentence("「{found}」は使えません。", "使えるのは {allowed} です。"),
    not_an_interval=Sentence(
        "「{found}」は区間ではありません。", "0..1 のように、二つの数を `..` でつないでください。"
    ),
    empty_interval=Sentence("区間 {found} には数がありません。", "小さいほうを先に書いてください。"),
    figure_over=Sentence(
        "over には、変数と区間を一つか二つ書きます。",
        "over: {{y: 0.01..1}} のように書いてください。二つ書くと等高線になります。",
    ),
    figure_surface=Sentence(
        "等高線の図に書ける curves の式は一つだけで、parameter は使えません。",
        "式を一つにし、parameter の行を取り除いてください。",
    ),
    figure_parameter=Sentence(
        "parameter の名前「{found}」は使えません。", "over の変数とは別の名前にし、descent とは別の図に書いてください。"
    ),
    figure_start=Sentence("descent の start は over の区間の中に取ります。", "変数ごとに数を一つ書いてください。"),
    figure_training=Sentence("training の図に「{found}」は書けません。", "training だけの図にしてください。"),
    bad_target=Sentence(
        "「{found}」はネットワークの量ではありません。",
        "dE/dw1_2_1、dE/du2_1、du2_1/dz1_j、y_1、update w1_j_i のように書きます。",
    ),
    target_and_answer=Sentence(
        "一つの手順に target と answer の両方があります。", "どちらか一つだけを書いてください。"
    ),
    target_without_network=Sentence(
        "target がありますが、network がありません。", "network を書くか、answer で答えを書いてください。"
    ),
    answer_in_network=Sentence("network のある問題の手順に answer があります。", "target で問う量を書いてください。"),
    unknown_fact=Sentence("「{found}」という事実はありません。", "使えるのは {allowed} です。"),
    options_twice=Sentence(
        "options: losses の問題では、選択肢は損失の一覧から作られます。",
        "書いた選択肢を取り除くか、options の行を取り除いてください。",
    ),
)

EN = FactsWords(
    unreadable_yaml=Sentence("This is not YAML ({problem}).", "Look at indentation, colons and quotes."),
    yaml_problems={
        "could not find expected ':'": "no colon and blank after a name",
        "mapping values are not allowed": "a second colon on one line, or an indentation that does not fit",
        "did not find expected key": "an indentation unlike that of the line above",
        "did not find expected '-'": "list items that are indented unlike each other",
        "did not find expected ','": "a bracket that is not closed, or a comma left out",
        "block sequence entries": "a list where none may stand",
        "end of stream": "a quote or bracket that is not closed",
        "escape": "a backslash in double quotes: write two, or use single quotes",
        "cannot start any token": "a character that begins no value: put it in quotes",
        "": "it breaks a rule of YAML",
    },
    wide_colon=Sentence("The colon is a full-width one (：).", "Write `name: value` with a plain colon and a blank."),
    tight_colon=Sentence("There is no blank after `{found}`.", "Write `name: value`, with a blank after the colon."),
    yaml_tab=Sentence("A tab is used to indent.", "Indent with blanks."),
    second_document=Sentence("There is a second YAML document.", "Take out the `---` line."),
    too_deep=Sentence("The nesting is deeper than {limit} levels.", "Use fewer brackets or levels."),
    yaml_alias=Sentence("YAML anchors and aliases (& and *) are not used here.", "Write the value itself."),
    yaml_tag=Sentence("The YAML tag {found} is not used here.", "Take it out, or put the value in quotes."),
    not_a_mapping=Sentence("There are no `name: value` lines here.", "Write one `name: value` a line."),
    field_name=Sentence("The name of a field is a plain text.", "Write the name of the field plainly."),
    duplicate_field=Sentence("`{found}` is written twice.", "Keep one of them."),
    unknown_field=Sentence(
        "There is no field `{found}`.", "Known fields: {allowed}. Mend the spelling, or take the line out."
    ),
    empty_field=Sentence("`{found}` has no value.", "Write a value, or take the line out."),
    missing_field=Sentence("`{found}` is missing.", "Add this field."),
    field_of_other_kind=Sentence("`{found}` does not belong to kind: {kind}.", "Take the line out, or mend kind."),
    digits_twice=Sentence(
        "There are both digits and significant.",
        "Keep digits for decimal places, or significant for significant digits.",
    ),
    not_a_text=Sentence("One single value is expected here.", "Take `-` or brackets away and keep one."),
    empty_value=Sentence("The value is empty.", "Write a value, or take the line out."),
    bad_id=Sentence(
        "`{found}` cannot be an id.",
        "Begin with a letter or digit; use ASCII letters, digits, `-` and `_`, at most {limit} in all.",
    ),
    bad_topic_id=Sentence(
        "`{found}` cannot be an id.",
        "Use ASCII letters, digits, `-` and `_`, with `/` between parts, at most {limit} in all.",
    ),
    unknown_kind=Sentence("There is no kind `{found}`.", "There are: {allowed}."),
    not_a_flag=Sentence("`{found}` is neither true nor false.", "Write true or false."),
    not_a_whole_number=Sentence("`{found}` is not a whole number.", "Write it like 3, without a point."),
    not_a_number=Sentence("`{found}` is not a number.", "Write it like 0.5."),
    out_of_range=Sentence("{found} is not between {low} and {high}.", "Choose a value in that range."),
    not_a_list=Sentence(
        "A list is expected here.", "Write lines that begin with `- `; words and numbers may stand in `[a, b]`."
    ),
    not_named_values=Sentence("Lines of `name: value` are expected here.", "Write one `name: value` a line, indented."),
    not_an_expression=Sentence("One expression is expected here.", "Make it one expression on one line."),
    expression_in_flow=Sentence(
        "An expression stands inside {{ }} or [ ].",
        "Give each expression a line of its own. A vector is written (a, b).",
    ),
    expression_in_block=Sentence(
        "An expression is not written with `|` or `>`.", "Write it after the colon, in quotes if need be."
    ),
    not_a_condition=Sentence("`{found}` is no condition.", "Compare with `<`, `==` and the like."),
    bad_name=Sentence("`{found}` cannot be a name.", "Begin it with a letter, and use letters, digits and _ alone."),
    reserved_name=Sentence(
        "The name `{found}` is taken.",
        "Choose another: e and pi are constants, D differentiates, if, and, or, not are conditions, answer is the key, "
        "scene the scene.",
    ),
    duplicate_name=Sentence("`{found}` is defined twice.", "Rename one of them."),
    unknown_name=Sentence("`{found}` is defined nowhere.", "Define it in draw or let, or mend the spelling."),
    unknown_domain=Sentence("There is no domain `{found}`.", "Write {allowed}, or an open interval like 0..1."),
    unknown_word=Sentence("`{found}` is not used here.", "There are: {allowed}."),
    not_an_interval=Sentence("`{found}` is not an interval.", "Join two numbers with `..`, as in 0..1."),
    empty_interval=Sentence("There is no number in the interval {found}.", "Write the smaller end first."),
    figure_over=Sentence(
        "`over` takes one variable or two, each with an interval.",
        "Write it like over: {{y: 0.01..1}}; two variables give contours.",
    ),
    figure_surface=Sentence(
        "Contours take exactly one expression in `curves`, and no parameter.",
        "Leave one expression, and take the line `parameter` out.",
    ),
    figure_parameter=Sentence(
        "The parameter cannot be named `{found}` here.",
        "Take a name that `over` does not have, and give a descent a figure of its own.",
    ),
    figure_start=Sentence("The start of a descent lies within `over`.", "Write one number for each variable."),
    figure_training=Sentence("A training figure takes no `{found}`.", "Leave the training alone in its figure."),
    bad_target=Sentence(
        "“{found}” is no quantity of a network.", "Write dE/dw1_2_1, dE/du2_1, du2_1/dz1_j, y_1 or update w1_j_i."
    ),
    target_and_answer=Sentence("One step has both a target and an answer.", "Keep one of them."),
    target_without_network=Sentence("There is a target, but no network.", "Add a network, or write the answer."),
    answer_in_network=Sentence("A step of a drawn network has an answer.", "Write the target that it asks for."),
    unknown_fact=Sentence("There is no fact `{found}`.", "Known are {allowed}."),
    options_twice=Sentence(
        "With `options: losses` the options are made from the catalogue.",
        "Remove the written options, or the line `options`.",
    ),
)
