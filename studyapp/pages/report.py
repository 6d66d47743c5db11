"""The collector of complaints: one for each part of a page that stands or falls by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from errno import EACCES, EIO, ELOOP
from functools import lru_cache
from itertools import islice

from studyapp.domain.expression import Node
from studyapp.domain.nearness import MOST, nearest_name
from studyapp.domain.place import Complaint, Place, Severity
from studyapp.domain.text import Text
from studyapp.domain.verdict import Unreadable
from studyapp.language import read_strict
from studyapp.language.refusals import explain
from studyapp.pages.source import Source

NO_HINT = Text(ja="", en="")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What was found, and what to do. `{found}` and other values are filled in."""

    message: Text
    hint: Text = NO_HINT


YAML_PROBLEMS = {
    "could not find expected ':'": Text(ja="名前の後に「: 」がありません", en="no colon and blank after a name"),
    "mapping values are not allowed": Text(
        ja="一つの行に「: 」が二つあるか、字下げが合っていません",
        en="a second colon on one line, or an indentation that does not fit",
    ),
    "did not find expected key": Text(
        ja="字下げが上の行と合っていません",
        en="an indentation unlike that of the line above",
    ),
    "did not find expected '-'": Text(
        ja="リストの字下げが合っていません",
        en="list items that are indented unlike each other",
    ),
    "did not find expected ','": Text(
        ja="括弧が閉じられていないか、コンマが抜けています",
        en="a bracket that is not closed, or a comma left out",
    ),
    "block sequence entries": Text(ja="「- 」を書けない場所にリストがあります", en="a list where none may stand"),
    "end of stream": Text(ja="引用符か括弧が閉じられていません", en="a quote or bracket that is not closed"),
    "escape": Text(
        ja="引用符の中の \\ は `\\\\` と書くか、「'」で囲みます",
        en="a backslash in double quotes: write two, or use single quotes",
    ),
    "cannot start any token": Text(
        ja="行頭に書けない文字があります。値なら引用符で囲みます",
        en="a character that begins no value: put it in quotes",
    ),
    "": Text(ja="書き方が YAML の規則に合っていません", en="it breaks a rule of YAML"),
}
COMPLAINTS = {
    "unreadable-yaml": Sentence(
        Text(ja="YAML として読めません（{problem}）。", en="This is not YAML ({problem})."),
        Text(ja="字下げ、コロン、引用符を確かめてください。", en="Look at indentation, colons and quotes."),
    ),
    "wide-colon": Sentence(
        Text(ja="コロンが全角（：）です。", en="The colon is a full-width one (：)."),
        Text(
            ja="半角のコロンと空白で `名前: 値` と書いてください。",
            en="Write `name: value` with a plain colon and a blank.",
        ),
    ),
    "tight-colon": Sentence(
        Text(ja="「{found}」の後に空白がありません。", en="There is no blank after `{found}`."),
        Text(
            ja="`名前: 値` のように、コロンの後に空白を入れてください。",
            en="Write `name: value`, with a blank after the colon.",
        ),
    ),
    "yaml-tab": Sentence(
        Text(ja="字下げにタブがあります。", en="A tab is used to indent."),
        Text(ja="半角の空白で字下げしてください。", en="Indent with blanks."),
    ),
    "second-document": Sentence(
        Text(ja="YAML の文書が二つあります。", en="There is a second YAML document."),
        Text(ja="`---` の行を取り除いてください。", en="Take out the `---` line."),
    ),
    "too-deep": Sentence(
        Text(ja="入れ子が {limit} 段を超えています。", en="The nesting is deeper than {limit} levels."),
        Text(ja="括弧や字下げを減らしてください。", en="Use fewer brackets or levels."),
    ),
    "yaml-alias": Sentence(
        Text(
            ja="YAML のアンカーと別名（& と *）は使えません。",
            en="YAML anchors and aliases (& and *) are not used here.",
        ),
        Text(ja="値をそのまま書いてください。", en="Write the value itself."),
    ),
    "yaml-tag": Sentence(
        Text(ja="YAML のタグ {found} は使えません。", en="The YAML tag {found} is not used here."),
        Text(ja="取り除くか、値を引用符で囲んでください。", en="Take it out, or put the value in quotes."),
    ),
    "not-a-mapping": Sentence(
        Text(ja="「名前: 値」の形になっていません。", en="There are no `name: value` lines here."),
        Text(ja="1 行に一つずつ `名前: 値` と書いてください。", en="Write one `name: value` a line."),
    ),
    "field-name": Sentence(
        Text(ja="欄の名前が文字列ではありません。", en="The name of a field is a plain text."),
        Text(ja="欄の名前を、記号を付けずに書いてください。", en="Write the name of the field plainly."),
    ),
    "duplicate-field": Sentence(
        Text(ja="「{found}」が二度書かれています。", en="`{found}` is written twice."),
        Text(ja="どちらか一つにしてください。", en="Keep one of them."),
    ),
    "unknown-field": Sentence(
        Text(ja="「{found}」という欄はありません。", en="There is no field `{found}`."),
        Text(
            ja="使える欄: {allowed}。綴りを直すか、行を取り除いてください。",
            en="Known fields: {allowed}. Mend the spelling, or take the line out.",
        ),
    ),
    "empty-field": Sentence(
        Text(ja="「{found}」に値がありません。", en="`{found}` has no value."),
        Text(ja="値を書くか、行を取り除いてください。", en="Write a value, or take the line out."),
    ),
    "missing-field": Sentence(
        Text(ja="「{found}」がありません。", en="`{found}` is missing."),
        Text(ja="この欄を書き加えてください。", en="Add this field."),
    ),
    "field-of-other-kind": Sentence(
        Text(ja="「{found}」は kind: {kind} では使いません。", en="`{found}` does not belong to kind: {kind}."),
        Text(ja="行を取り除くか、kind を直してください。", en="Take the line out, or mend kind."),
    ),
    "digits-twice": Sentence(
        Text(ja="digits と significant の両方があります。", en="There are both digits and significant."),
        Text(
            ja="小数点以下の桁数なら digits、有効桁数なら significant だけを残してください。",
            en="Keep digits for decimal places, or significant for significant digits.",
        ),
    ),
    "not-a-text": Sentence(
        Text(ja="ここには値を一つだけ書きます。", en="One single value is expected here."),
        Text(ja="`-` や括弧を取り除いて、一つだけ残してください。", en="Take `-` or brackets away and keep one."),
    ),
    "empty-value": Sentence(
        Text(ja="値が空です。", en="The value is empty."),
        Text(ja="値を書くか、行を取り除いてください。", en="Write a value, or take the line out."),
    ),
    "bad-id": Sentence(
        Text(ja="「{found}」は id として使えません。", en="`{found}` cannot be an id."),
        Text(
            ja="半角の英数字で始め、英数字と `-`、`_` だけで、{limit} 字までで書いてください。",
            en="Begin with a letter or digit; use ASCII letters, digits, `-` and `_`, at most {limit} in all.",
        ),
    ),
    "bad-topic-id": Sentence(
        Text(ja="「{found}」は id として使えません。", en="`{found}` cannot be an id."),
        Text(
            ja="半角の英数字と `-`、`_` で、区切りには `/` を使い、{limit} 字までで書いてください。",
            en="Use ASCII letters, digits, `-` and `_`, with `/` between parts, at most {limit} in all.",
        ),
    ),
    "unknown-kind": Sentence(
        Text(ja="「{found}」という種類はありません。", en="There is no kind `{found}`."),
        Text(ja="使えるのは {allowed} です。", en="There are: {allowed}."),
    ),
    "not-a-flag": Sentence(
        Text(ja="「{found}」は true でも false でもありません。", en="`{found}` is neither true nor false."),
        Text(ja="true か false と書いてください。", en="Write true or false."),
    ),
    "not-a-whole-number": Sentence(
        Text(ja="「{found}」は整数ではありません。", en="`{found}` is not a whole number."),
        Text(ja="3 のように、小数点を付けずに書いてください。", en="Write it like 3, without a point."),
    ),
    "not-a-number": Sentence(
        Text(ja="「{found}」は数ではありません。", en="`{found}` is not a number."),
        Text(ja="0.5 のように書いてください。", en="Write it like 0.5."),
    ),
    "out-of-range": Sentence(
        Text(ja="{found} は {low} から {high} の範囲にありません。", en="{found} is not between {low} and {high}."),
        Text(ja="この範囲の値にしてください。", en="Choose a value in that range."),
    ),
    "not-a-list": Sentence(
        Text(ja="ここにはリストを書きます。", en="A list is expected here."),
        Text(
            ja="`- ` で始まる行を並べるか、言葉と数なら `[a, b]` と書いてください。",
            en="Write lines that begin with `- `; words and numbers may stand in `[a, b]`.",
        ),
    ),
    "not-named-values": Sentence(
        Text(ja="ここには「名前: 値」を並べます。", en="Lines of `name: value` are expected here."),
        Text(
            ja="1 行に一つずつ、字下げして `名前: 値` と書いてください。",
            en="Write one `name: value` a line, indented.",
        ),
    ),
    "not-an-expression": Sentence(
        Text(ja="ここには式を一つ書きます。", en="One expression is expected here."),
        Text(ja="1 行の式にしてください。", en="Make it one expression on one line."),
    ),
    "expression-in-flow": Sentence(
        Text(ja="式が {{ }} か [ ] の中にあります。", en="An expression stands inside {{ }} or [ ]."),
        Text(
            ja="式は一行に一つずつ書いてください。ベクトルは (a, b) と書きます。",
            en="Give each expression a line of its own. A vector is written (a, b).",
        ),
    ),
    "expression-in-block": Sentence(
        Text(ja="式に `|` や `>` は使えません。", en="An expression is not written with `|` or `>`."),
        Text(
            ja="コロンの後にそのまま書くか、引用符で囲んでください。",
            en="Write it after the colon, in quotes if need be.",
        ),
    ),
    "not-a-condition": Sentence(
        Text(ja="「{found}」は条件ではありません。", en="`{found}` is no condition."),
        Text(ja="`<` や `==` などで比べてください。", en="Compare with `<`, `==` and the like."),
    ),
    "bad-name": Sentence(
        Text(ja="「{found}」は名前として使えません。", en="`{found}` cannot be a name."),
        Text(
            ja="英字で始まり、英数字と _ だけの名前にしてください。",
            en="Begin it with a letter, and use letters, digits and _ alone.",
        ),
    ),
    "reserved-name": Sentence(
        Text(ja="「{found}」は別の意味で使われている名前です。", en="The name `{found}` is taken."),
        Text(
            ja="ほかの名前にしてください。e と pi は定数、D は微分、if・and・or・not は条件、answer は答え、scene "
            "は場面です。",
            en="Choose another: e and pi are constants, D differentiates, if, and, or, not are conditions, answer "
            "is the key, scene the scene.",
        ),
    ),
    "duplicate-name": Sentence(
        Text(ja="「{found}」が二度定義されています。", en="`{found}` is defined twice."),
        Text(ja="どちらかの名前を変えてください。", en="Rename one of them."),
    ),
    "unknown-name": Sentence(
        Text(ja="「{found}」はどこにも定義されていません。", en="`{found}` is defined nowhere."),
        Text(
            ja="draw か let で定義するか、綴りを直してください。",
            en="Define it in draw or let, or mend the spelling.",
        ),
    ),
    "unknown-domain": Sentence(
        Text(ja="「{found}」という定義域はありません。", en="There is no domain `{found}`."),
        Text(
            ja="{allowed} か、0..1 のような開区間を書いてください。",
            en="Write {allowed}, or an open interval like 0..1.",
        ),
    ),
    "unknown-word": Sentence(
        Text(ja="「{found}」は使えません。", en="`{found}` is not used here."),
        Text(ja="使えるのは {allowed} です。", en="There are: {allowed}."),
    ),
    "not-an-interval": Sentence(
        Text(ja="「{found}」は区間ではありません。", en="`{found}` is not an interval."),
        Text(ja="0..1 のように、二つの数を `..` でつないでください。", en="Join two numbers with `..`, as in 0..1."),
    ),
    "empty-interval": Sentence(
        Text(ja="区間 {found} には数がありません。", en="There is no number in the interval {found}."),
        Text(ja="小さいほうを先に書いてください。", en="Write the smaller end first."),
    ),
    "figure-over": Sentence(
        Text(
            ja="over には、変数と区間を一つか二つ書きます。",
            en="`over` takes one variable or two, each with an interval.",
        ),
        Text(
            ja="over: {{y: 0.01..1}} のように書いてください。二つ書くと等高線になります。",
            en="Write it like over: {{y: 0.01..1}}; two variables give contours.",
        ),
    ),
    "figure-surface": Sentence(
        Text(
            ja="等高線の図に書ける curves の式は一つだけで、parameter は使えません。",
            en="Contours take exactly one expression in `curves`, and no parameter.",
        ),
        Text(
            ja="式を一つにし、parameter の行を取り除いてください。",
            en="Leave one expression, and take the line `parameter` out.",
        ),
    ),
    "figure-parameter": Sentence(
        Text(ja="parameter の名前「{found}」は使えません。", en="The parameter cannot be named `{found}` here."),
        Text(
            ja="over の変数とは別の名前にし、descent とは別の図に書いてください。",
            en="Take a name that `over` does not have, and give a descent a figure of its own.",
        ),
    ),
    "figure-start": Sentence(
        Text(ja="descent の start は over の区間の中に取ります。", en="The start of a descent lies within `over`."),
        Text(ja="変数ごとに数を一つ書いてください。", en="Write one number for each variable."),
    ),
    "figure-training": Sentence(
        Text(ja="training の図に「{found}」は書けません。", en="A training figure takes no `{found}`."),
        Text(ja="training だけの図にしてください。", en="Leave the training alone in its figure."),
    ),
    "bad-target": Sentence(
        Text(ja="「{found}」はネットワークの量ではありません。", en="“{found}” is no quantity of a network."),
        Text(
            ja="dE/dw1_2_1、dE/du2_1、du2_1/dz1_j、y_1、update w1_j_i のように書きます。",
            en="Write dE/dw1_2_1, dE/du2_1, du2_1/dz1_j, y_1 or update w1_j_i.",
        ),
    ),
    "target-and-answer": Sentence(
        Text(ja="一つの手順に target と answer の両方があります。", en="One step has both a target and an answer."),
        Text(ja="どちらか一つだけを書いてください。", en="Keep one of them."),
    ),
    "target-without-network": Sentence(
        Text(ja="target がありますが、network がありません。", en="There is a target, but no network."),
        Text(ja="network を書くか、answer で答えを書いてください。", en="Add a network, or write the answer."),
    ),
    "answer-in-network": Sentence(
        Text(ja="network のある問題の手順に answer があります。", en="A step of a drawn network has an answer."),
        Text(ja="target で問う量を書いてください。", en="Write the target that it asks for."),
    ),
    "unknown-fact": Sentence(
        Text(ja="「{found}」という事実はありません。", en="There is no fact `{found}`."),
        Text(ja="使えるのは {allowed} です。", en="Known are {allowed}."),
    ),
    "options-twice": Sentence(
        Text(
            ja="options: losses の問題では、選択肢は損失の一覧から作られます。",
            en="With `options: losses` the options are made from the catalogue.",
        ),
        Text(
            ja="書いた選択肢を取り除くか、options の行を取り除いてください。",
            en="Remove the written options, or the line `options`.",
        ),
    ),
    "missing-file": Sentence(
        Text(ja="ファイルがありません。", en="There is no such file."),
        Text(ja="パスを確かめてください。", en="Check the path."),
    ),
    "unreadable-file": Sentence(
        Text(ja="ファイルを開けません（{found}）。", en="The file cannot be opened ({found})."),
        Text(ja="読めるふつうのファイルか確かめてください。", en="Check that it is a regular file that you may read."),
    ),
    "too-large": Sentence(
        Text(ja="ファイルが {limit} kB を超えています。", en="The file is larger than {limit} kB."),
        Text(ja="ページを分けてください。", en="Split the page."),
    ),
    "too-many-lines": Sentence(
        Text(ja="ページが {limit} 行を超えています。", en="The page has more than {limit} lines."),
        Text(ja="ページを分けてください。", en="Split the page."),
    ),
    "too-many-marks": Sentence(
        Text(
            ja="Markdown の記号（`*`、`[`、改行など）が多すぎて読めません（一つの段落に 3000、ページ全体で {limit}"
            " まで）。",
            en="There are too many Markdown marks (`*`, `[`, line ends …) to be read: 3000 in a paragraph, {limit}"
            " on a page are the most.",
        ),
        Text(
            ja="空行で段落に分けるか、ページを分けてください。",
            en="Split it into paragraphs with blank lines, or split the page.",
        ),
    ),
    "too-many-definitions": Sentence(
        Text(
            ja="リンクの定義 `[名前]: リンク先` が {limit} 個を超えています。",
            en="There are more than {limit} link definitions `[name]: target`.",
        ),
        Text(ja="`[文字](リンク先)` と本文に直接書いてください。", en="Write `[text](target)` in the text instead."),
    ),
    "too-many-cells": Sentence(
        Text(ja="表のセルが {limit} 個を超えています。", en="The table has more than {limit} cells."),
        Text(ja="表を分けてください。", en="Split the table."),
    ),
    "too-many-facts": Sentence(
        Text(
            ja="YAML の行とコンマが、ページ全体で {limit} を超えています。",
            en="The YAML of the page has more than {limit} lines and commas.",
        ),
        Text(ja="ページを分けてください。", en="Split the page."),
    ),
    "too-many-holes": Sentence(
        Text(ja="穴 {{{{ が {limit} 個を超えています。", en="There are more than {limit} holes {{{{."),
        Text(ja="ページを分けてください。", en="Split the page."),
    ),
    "not-utf8": Sentence(
        Text(ja="UTF-8 として読めないバイト {found} があります。", en="The byte {found} is not UTF-8."),
        Text(ja="文字コードを UTF-8 にして保存してください。", en="Save the file as UTF-8."),
    ),
    "control-character": Sentence(
        Text(
            ja="見えない文字か制御文字 {found} があります。",
            en="There is a character that is not seen or that controls the screen: {found}.",
        ),
        Text(
            ja="取り除いてください（画面には印で示されます）。絵文字をつなぐ U+200D と異体字セレクタだけは使えます。",
            en="Take it out; it is shown as a sign. U+200D within an emoji and variation selectors may stand.",
        ),
    ),
    "unclosed-fence": Sentence(
        Text(ja="コードブロックが閉じられていません。", en="The code block is not closed."),
        Text(ja="同じ長さの ``` の行で閉じてください。", en="Close it with a line of as many backticks."),
    ),
    "nested-fence": Sentence(
        Text(ja="yaml のブロックがリストや引用の中にあります。", en="A yaml block stands inside a list or a quote."),
        Text(ja="行頭から書いてください。", en="Begin it at the first column."),
    ),
    "unknown-fence": Sentence(
        Text(ja="「{found}」というブロックは読まれません。", en="Nothing reads a block `{found}`."),
        Text(ja="yaml key か yaml figure と書いてください。", en="Write yaml key or yaml figure."),
    ),
    "plain-yaml": Sentence(
        Text(
            ja="この yaml のブロックは id で始まりますが、問題としては読まれません。",
            en="This yaml block begins with an id, but is not read as an exercise.",
        ),
        Text(ja="問題なら `yaml key` と書いてください。", en="If it is one, write `yaml key`."),
    ),
    "unclosed-comment": Sentence(
        Text(ja="コメントが閉じられていません。", en="The comment is not closed."),
        Text(ja="`-->` で閉じてください。", en="Close it with `-->`."),
    ),
    "unclosed-front-matter": Sentence(
        Text(ja="先頭の `---` が閉じられていません。", en="The `---` at the top is not closed."),
        Text(ja="`---` だけの行で閉じてください。", en="Close it with a line of `---`."),
    ),
    "no-title": Sentence(
        Text(ja="ページの題がありません。", en="The page has no title."),
        Text(ja="`# ` で始まる見出しを一つ置いてください。", en="Give it one heading that begins with `# `."),
    ),
    "second-title": Sentence(
        Text(ja="ページの題が二つあります（{found}）。", en="There is a second title ({found})."),
        Text(ja="節の見出しは `## ` で始めてください。", en="Headings of sections begin with `## `."),
    ),
    "key-without-section": Sentence(
        Text(ja="yaml key のブロックが、どの節にも属していません。", en="This yaml key block belongs to no section."),
        Text(ja="`## ` の見出しの下に置いてください。", en="Put it under a heading `## `."),
    ),
    "second-key": Sentence(
        Text(ja="この節には yaml key のブロックがもうあります。", en="This section has a yaml key block already."),
        Text(ja="問題ごとに見出しを付けてください。", en="Give each exercise a heading."),
    ),
    "text-after-key": Sentence(
        Text(ja="「{found}」の yaml key の後に文があります。", en="There is text after the yaml key of “{found}”."),
        Text(
            ja="節は yaml key で終えるか、次の見出しを置いてください。",
            en="End the section with its yaml key, or begin another heading.",
        ),
    ),
    "stray-part": Sentence(
        Text(
            ja="「{found}」は問題の一部の見出しですが、この節は yaml key で終わっていません。",
            en="“{found}” heads a part of an exercise, but this section does not end in a yaml key.",
        ),
        Text(
            ja="節の最後に yaml key のブロックを書くか、見出しを変えてください。",
            en="End the section with a yaml key block, or rename the heading.",
        ),
    ),
    "part-level": Sentence(
        Text(ja="見出し「{found}」の深さが違います。", en="The heading “{found}” has the wrong level."),
        Text(
            ja="問題の見出しより一つ深く、`{level}` で始めてください。",
            en="One level below the exercise: begin it with `{level}`.",
        ),
    ),
    "near-part": Sentence(
        Text(
            ja="見出し「{found}」は決まった言葉ではありません。",
            en="The heading “{found}” is none of the fixed words.",
        ),
        Text(ja="`{level} ` の後に {names} と書いてください。", en="Write {names} after `{level} `."),
    ),
    "stray-box": Sentence(
        Text(
            ja="チェックボックスは、選択問題の選択肢のほかでは使えません。",
            en="Only the options of a choice have boxes.",
        ),
        Text(ja="`- ` だけの項目にしてください。", en="Make it a plain item `- `."),
    ),
    "second-part": Sentence(
        Text(ja="見出し「{found}」が二つあります。", en="The heading “{found}” occurs twice."),
        Text(ja="一つにまとめてください。", en="Put both into one."),
    ),
    "no-prompt": Sentence(
        Text(ja="「{found}」に問題文がありません。", en="“{found}” asks nothing."),
        Text(ja="見出しのすぐ下に書いてください。", en="Write the question right under the heading."),
    ),
    "no-facts": Sentence(
        Text(ja="「{found}」には id しかありません。", en="“{found}” has an id and no facts."),
        Text(ja="kind と答えの欄を書いてください。", en="State its kind and its answer."),
    ),
    "duplicate-id": Sentence(
        Text(ja="id「{found}」はこのページでもう使われています。", en="The id `{found}` is used on this page already."),
        Text(ja="どちらかを別の id にしてください。", en="Choose another id for one of them."),
    ),
    "hole-in-heading": Sentence(
        Text(ja="見出しに穴 {{{{ }}}} は使えません。", en="A heading has no holes {{{{ }}}}."),
        Text(ja="問題文に書いてください。", en="Write it in the prompt."),
    ),
    "hole-outside": Sentence(
        Text(
            ja="問題の外に穴 {{{{ {found} }}}} があります。",
            en="A hole {{{{ {found} }}}} stands outside of an exercise.",
        ),
        Text(ja="値が決まるのは問題の中だけです。", en="Only exercises are drawn."),
    ),
    "unclosed-hole": Sentence(
        Text(ja="穴 {{{{ が同じ行で閉じられていません。", en="The hole {{{{ is not closed on its line."),
        Text(
            ja="}}}} で閉じてください。TeX の括弧なら、{{ {{ と離して書いてください。",
            en="Close it with }}}}; for TeX braces leave a blank between: {{ {{.",
        ),
    ),
    "empty-hole": Sentence(
        Text(ja="穴の中に式がありません。", en="The hole is empty."),
        Text(ja="式を書くか、穴を取り除いてください。", en="Write an expression, or take the hole out."),
    ),
    "hints-not-numbered": Sentence(
        Text(ja="ヒントは番号付きリストで書きます。", en="Hints are a numbered list."),
        Text(ja="`1. ` から始めてください。", en="Begin with `1. `."),
    ),
    "mistake-item": Sentence(
        Text(ja="誤答は「- `名前` — 文」の形で書きます。", en="Mistakes are written - `name` — sentence."),
        Text(
            ja="名前は `` ` `` で囲み、mistakes にある名前にしてください。",
            en="Put the name of a mistake between backticks first.",
        ),
    ),
    "scene-item": Sentence(
        Text(ja="場面は「- `名前` — 文」の形で書きます。", en="Scenes are written - `name` — sentence."),
        Text(
            ja="名前は `` ` `` で囲み、scenes にある名前にしてください。",
            en="Put the name of a scene between backticks first.",
        ),
    ),
    "second-item": Sentence(
        Text(ja="「{found}」の項目が二つあります。", en="There are two items `{found}`."),
        Text(ja="どちらか一つにまとめてください。", en="Make them one."),
    ),
    "empty-item": Sentence(
        Text(ja="項目に文がありません。", en="The item says nothing."),
        Text(ja="文を書くか、項目を取り除いてください。", en="Write a sentence, or take the item out."),
    ),
    "unknown-case": Sentence(
        Text(ja="「{found}」という場合は cases にありません。", en="`cases` has no `{found}`."),
        Text(ja="cases に加えるか、綴りを直してください。", en="Add it to cases, or mend the spelling."),
    ),
    "unknown-mistake": Sentence(
        Text(ja="「{found}」という誤りは mistakes にありません。", en="`mistakes` has no `{found}`."),
        Text(
            ja="mistakes に式を加えるか、この項目を取り除いてください。",
            en="Give it an expression in mistakes, or take the item out.",
        ),
    ),
    "mistake-without-sentence": Sentence(
        Text(ja="誤り「{found}」を説明する文がありません。", en="Nothing is said about the mistake `{found}`."),
        Text(ja="誤答の項目に書き加えてください。", en="Add an item to Mistakes."),
    ),
    "option-without-box": Sentence(
        Text(ja="選択肢に [ ] がありません。", en="The option has no box."),
        Text(ja="`- [ ] ` か `- [x] ` で始めてください。", en="Begin it with `- [ ] ` or `- [x] `."),
    ),
    "options-of-other-kind": Sentence(
        Text(ja="kind: {kind} の問題には選択肢がありません。", en="An exercise of kind: {kind} has no options."),
        Text(ja="選択肢を取り除くか、kind: choice にしてください。", en="Take the options out, or write kind: choice."),
    ),
    "quote-not-indented": Sentence(
        Text(ja="引用が選択肢の外にあります。", en="The quote stands outside of the option."),
        Text(
            ja="選択肢に添えるなら、二文字下げてください。",
            en="Indent it by two characters to say it of the option.",
        ),
    ),
    "too-few-options": Sentence(
        Text(ja="選択肢が二つ以上必要です（いまは {count}）。", en="At least two options are needed, not {count}."),
        Text(
            ja="問題文の中に `- [ ] ` と `- [x] ` で書いてください。",
            en="Write them in the prompt with `- [ ] ` and `- [x] `.",
        ),
    ),
    "right-count": Sentence(
        Text(
            ja="right の条件は {count} 個ですが、選択肢は {options} 個です。",
            en="`right` has {count} conditions for {options} options.",
        ),
        Text(ja="選択肢の順に一つずつ書いてください。", en="Write one for each option, in order."),
    ),
    "nothing-ticked": Sentence(
        Text(ja="どの選択肢にも印がありません。", en="No option is ticked."),
        Text(
            ja="正解に [x] を付けるか、right に条件を書いてください。",
            en="Tick the right one with [x], or give conditions in `right`.",
        ),
    ),
    "two-ticked": Sentence(
        Text(ja="正解が二つ以上あります。", en="More than one option is ticked."),
        Text(
            ja="一つずつ出すなら shown を、すべて選ばせるなら several: true を書いてください。",
            en="Write `shown` to draw one of them, or `several: true` to ask for all.",
        ),
    ),
    "too-few-wrong": Sentence(
        Text(
            ja="shown には誤りの選択肢が {needed} 個必要ですが、{count} 個しかありません。",
            en="`shown` needs {needed} wrong options; there are {count}.",
        ),
        Text(ja="誤りの選択肢を加えるか、shown を減らしてください。", en="Add wrong options, or make shown smaller."),
    ),
    "shown-too-many": Sentence(
        Text(
            ja="shown は {shown} ですが、{count} 個しかありません。",
            en="`shown` is {shown}, but there are only {count}.",
        ),
        Text(ja="shown を減らすか、項目を加えてください。", en="Make shown smaller, or add items."),
    ),
    "too-few-entries": Sentence(
        Text(ja="並べるものが二つ以上必要です（いまは {count}）。", en="At least two entries are needed, not {count}."),
        Text(
            ja="問題文の中に、正しい順の番号付きリストで書いてください。",
            en="Write them in the prompt as a numbered list in the right order.",
        ),
    ),
    "options-differ": Sentence(
        Text(
            ja="「{found}」の選択肢の数か印が、日本語のページと違います。",
            en="The options of `{found}` differ in number or ticks from the Japanese page.",
        ),
        Text(ja="両方を同じ数、同じ順、同じ印にしてください。", en="Write the same number, order and ticks in both."),
    ),
    "facts-in-translation": Sentence(
        Text(ja="翻訳のページに事実が書かれています（{found}）。", en="Facts stand in a translation ({found})."),
        Text(
            ja="事実は日本語のページだけに書きます。id だけを残してください。",
            en="They are read from the Japanese page alone; keep only the id.",
        ),
    ),
    "asks-count": Sentence(
        Text(
            ja="手順は {steps} 個ですが、問題文の番号付きの問いは {count} 個です。",
            en="There are {steps} steps, but {count} numbered asks in the prompt.",
        ),
        Text(ja="手順ごとに一つずつ、同じ順に書いてください。", en="Write one ask a step, in the same order."),
    ),
    "unknown-scene": Sentence(
        Text(ja="「{found}」という場面は scenes にありません。", en="There is no scene `{found}` under `scenes`."),
        Text(
            ja="綴りをそろえるか、scenes に事実を書き加えてください。",
            en="Spell both alike, or add its facts under `scenes`.",
        ),
    ),
    "scene-without-sentence": Sentence(
        Text(ja="場面「{found}」の文がありません。", en="The scene `{found}` has no sentence."),
        Text(ja="場面の項目に書き加えてください。", en="Add it to the items of scenes."),
    ),
    "scene-not-asked": Sentence(
        Text(ja="scenes がありますが、問題文に場面が出てきません。", en="There are scenes, but the prompt shows none."),
        Text(ja="問題文に {{{{ scene }}}} と書いてください。", en="Write {{{{ scene }}}} in the prompt."),
    ),
    "no-scenes": Sentence(
        Text(ja="{{{{ scene }}}} に入る場面がありません。", en="There is no scene for {{{{ scene }}}}."),
        Text(ja="scenes に場面とその事実を書いてください。", en="Write the scenes with their facts under `scenes`."),
    ),
}
NEAREST = Text(ja="「{nearest}」のことですか。", en="Did you mean `{nearest}`?")
BETWEEN = Text(ja="", en=" ")
FILE_ERRORS = {
    EACCES: Text(ja="読む権限がありません", en="no permission to read it"),
    ELOOP: Text(ja="リンクが自分自身に戻ります", en="a link that leads back to itself"),
    EIO: Text(ja="ディスクの読み取りに失敗しました", en="the disk failed"),
}
NO_REGULAR_FILE = Text(
    ja="フォルダ、パイプ、装置など、ふつうのファイルではないもの",
    en="a folder, a pipe, a device or the like, not a regular file",
)

QUOTED = 40
"""The longest piece of a page that a complaint repeats, in characters."""

SOUGHT = 100
"""The number of complaints after which no nearest name is sought any more: seeking is slow."""


@dataclass(slots=True)
class Report:
    """Complaints about one source, gathered while it is read, so that reading goes on after each."""

    source: Source
    complaints: list[Complaint] = field(default_factory=list)

    def add(
        self,
        offset: int,
        code: str,
        found: str = "",
        *,
        known: Iterable[str] = (),
        severity: Severity = Severity.ERROR,
        **values: object,
    ) -> None:
        """Note a complaint at an offset; `known` are the names among which the nearest to `found` is sought."""
        self.add_at(self.source.place(offset), code, found, known=known, severity=severity, **values)

    def add_at(
        self,
        place: Place,
        code: str,
        found: str = "",
        *,
        known: Iterable[str] = (),
        severity: Severity = Severity.ERROR,
        **values: object,
    ) -> None:
        """The same at a place that is known already."""
        nearest = ""
        if len(found) <= QUOTED and len(self.complaints) < SOUGHT:
            names = list(islice(known, MOST))
            nearest = nearest_name(found, names) or next(iter(get_close_matches(found, names, n=1, cutoff=0.75)), "")
        message, hint = message_and_hint(code, found=clipped(found), nearest=nearest, **values)
        self.complaints.append(Complaint(place, code, message, hint, severity))

    def expression(self, text: str, offset: int) -> Node | None:
        """The tree of an expression; None, and a complaint at the very column, where it cannot be read."""
        result = _tree(text)
        if not isinstance(result, Unreadable):
            return result
        self.complaints.append(
            Complaint(
                self.source.place(offset + min(result.span[0], len(text))),
                "unreadable-expression",
                explain(result),
            )
        )
        return None

    def branch(self) -> Report:
        """An empty report on the same source."""
        return Report(self.source)

    @property
    def sound(self) -> bool:
        """Whether no error was noted."""
        return not any(complaint.severity is Severity.ERROR for complaint in self.complaints)


@lru_cache(maxsize=4096)
def _tree(text: str) -> Node | Unreadable:
    """The reading of an expression, kept: a page says `y` many times over."""
    return read_strict(text)


def clipped(text: str) -> str:
    """A text short enough to be repeated in a sentence, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else line[: QUOTED - 1] + "…"


def yaml_problem(problem: str) -> str:
    """What libyaml reports, in this language; by a part of its sentence, the last row for all others."""
    return next(text for part, text in YAML_PROBLEMS.items() if part in problem)()


def message_and_hint(code: str, *, found: str, nearest: str, **values: object) -> tuple[str, str]:
    """Message and hint of a complaint; the hint begins with the nearest known name, where there is one."""
    sentence = COMPLAINTS[code]
    message, hint = sentence.message(found=found, **values), sentence.hint(found=found, **values)
    if nearest:
        hint = BETWEEN().join(part for part in (NEAREST(nearest=nearest), hint) if part)
    return message, hint
