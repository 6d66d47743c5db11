"""The sentences of lint rules, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from studyapp.domain.words.sentences import Sentences


class LintWords(Sentences):
    """What each rule says: by its code, what was found and what to do.

    `instead` gives, by code and by what was found, a hint of its own.
    """

    messages: Mapping[str, tuple[str, str]]
    instead: Mapping[str, Mapping[str, str]]

    def complaint(self, code: str, found: str, instead: str) -> tuple[str, str]:
        """The message and the hint of a rule; a hint that offers something is left out where there is nothing."""
        message, hint = self.messages[code]
        if code in self.instead:
            return message.format(found=found), self.instead[code][instead]
        offered = hint if instead or "{instead}" not in hint else ""
        return message.format(found=found, instead=instead), offered.format(found=found, instead=instead)


JA = LintWords(
    messages={
        "math-spacing": (
            "数式が「{found}」に接しています。",
            "`$` の外側に半角空白を一つ入れてください。空けないと、数式と見なされないことがあります。",
        ),
        "unclosed-dollar": (
            "閉じられていない `{found}` があります。",
            "数式を閉じるか、文字の $ なら `\\$` と書いてください。",
        ),
        "broken-emphasis": (
            "「{found}」は、ほかの Markdown では強調になりません。",
            "かぎ括弧や句読点を `**` の外に出してください。",
        ),
        "heading-order": (
            "見出し {found} は、前の見出しより二段以上深くなっています。",
            "`{instead}` にしてください。",
        ),
        "avoided-term": ("「{found}」は標準の用語ではありません。", "「{instead}」と書いてください。"),
        "broken-link": ("リンク先のページ {found} がありません。", "このファイルからの相対パスで書いてください。"),
        "unset-formula": (
            "「{found}」は数式として組めません。",
            "綴りと括弧を確かめ、使える命令だけで書いてください。",
        ),
        "false-equality": ("等式 {found} は成り立ちません。", "計算すると {instead} になります。"),
        "false-number": ("{found} はコメントの式の値ではありません。", "計算すると {instead} になります。"),
        "empty-figure": ("図の {found} は描けません。", "関数の名前と over の区間、学習なら rate を確かめてください。"),
        "missing-value": ("「{found}」には値がありません。", "「{instead}」のことですか。"),
        "unused-value": ("「{found}」はどこにも使われていません。", "行を消すか、問題文や式で使ってください。"),
        "unknown-function": ("「{found}」という関数はありません。", "「{instead}」のことですか。"),
        "unknown-option": ("「{found}」という引数はありません。", "使える引数: {instead}"),
        "wrong-count": ("「{found}」に渡す値の個数が違います。", "`{instead}` の形で書いてください。"),
        "unfit-given": (
            "given の「{found}」は、一つの式ではありません。",
            "ベクトルや言葉でなく、一つの式にしてください。",
        ),
        "equal-options": ("選択肢「{found}」が二つあります。", "どちらかを書き換えてください。"),
        "telling-length": (
            "正解と誤りの選択肢の長さが {found} 倍も違い、正解が分かってしまいます。",
            "1.6 倍以内にそろえてください。",
        ),
        "telling-hint": ("ヒントが答え（{found}）を言ってしまっています。", "答えに至る手がかりだけを書いてください。"),
        "unfit-scene": (
            "場面「{found}」の事実に合う損失がないか、誤りの選択肢が足りません。",
            "損失の一覧（`studyapp compute --list`）にある事実で、場面を言い直してください。",
        ),
        "untranslated": ("「{found}」の英語のページがまだありません。", "日本語のまま表示されます。"),
        "unpaired-exercise": ("id「{found}」は日本語のページにありません。", "日本語のページの id: {instead}"),
        "unlike-holes": ("穴が日本語のページと違う: {found}", "同じ穴を両方に書いてください。"),
        "unshown-markdown": ("「{found}」は、このアプリでは書いたとおりの文字で出るか、消えます。", ""),
        "unshown-picture": ("「{found}」は表示されません。", ""),
        "unlike-items": ("項目「{found}」の名前が日本語のページと合いません。", "「{instead}」のことですか。"),
    },
    instead={
        "unshown-markdown": {
            "footnote": "脚注は使えません（注の文は失われます）。本文に括弧で書いてください。",
            "strikethrough": "取り消し線は使えません。取り除くか、`**` で強調してください。",
            "highlight": "マーカーは使えません。`**` で強調してください。",
            "directive": "`:::` の囲みは使えません。`> ` の引用か、見出しにしてください。",
            "callout": "囲み記事は使えません。この印を取り除き、引用の中に `**注意**` のように書いてください。",
            "wikilink": "`[文字](ファイル.md)` の形で書いてください。",
            "tex": "数式は `$…$` か `$$…$$` で囲みます。括弧を出すだけなら `\\` は要りません。",
            "environment": "数式の環境は `$$` の行で囲んでください。",
            "html": "HTML は使えません（コメントを除く）。Markdown で書いてください。文字として出すなら ` で囲みます。",
            "definition": "定義リストは使えません。`- **用語**: 説明` のように書いてください。",
            "heading-id": "見出しに id は付けられません。取り除いてください。",
            "entity": "見えない文字です。取り除いてください。",
        },
        "unshown-picture": {
            "missing": "画像のファイルがありません。このファイルからの相対パスで書いてください。",
            "image": "問題では画像の代わりに説明の文が出ます。答えるのに要ることは問題文に書いてください。",
            "figure": "図が出るのは問題の外の本文だけです。図を本文に移すか、要ることを問題文に書いてください。",
        },
    },
)

EN = LintWords(
    messages={
        "math-spacing": (
            "The formula touches “{found}”.",
            "Put a half-width space outside of the `$`; without it this may not be read as mathematics.",
        ),
        "unclosed-dollar": ("A `{found}` is not closed.", "Close the formula, or write a plain dollar as `\\$`."),
        "broken-emphasis": (
            "“{found}” is not emphasised elsewhere: CommonMark reads plain stars.",
            "Put brackets and punctuation outside of the `**`.",
        ),
        "heading-order": (
            "The heading {found} is two levels deeper than the one before.",
            "Begin it with `{instead}`.",
        ),
        "avoided-term": ("“{found}” is not the standard term.", "Write “{instead}”."),
        "broken-link": ("The link leads to {found}, which is not there.", "Write the path from this file."),
        "unset-formula": (
            "“{found}” cannot be set as a formula.",
            "Check spelling and braces; use commands on the list.",
        ),
        "false-equality": ("The equality {found} does not hold.", "It computes to {instead}."),
        "false-number": ("{found} is not what the expression in the comment gives.", "It computes to {instead}."),
        "empty-figure": (
            "{found} cannot be drawn.",
            "Check the function's name, the interval of over, and the rate of a training.",
        ),
        "missing-value": ("“{found}” has no value.", "Did you mean `{instead}`?"),
        "unused-value": ("“{found}” is used nowhere.", "Take the line out, or use the value."),
        "unknown-function": ("There is no function “{found}”.", "Did you mean `{instead}`?"),
        "unknown-option": ("There is no option “{found}”.", "There are: {instead}"),
        "wrong-count": ("“{found}” gets a wrong number of values.", "Write it like `{instead}`."),
        "unfit-given": ("The given “{found}” is not one formula.", "Write one formula, no vector and no word."),
        "equal-options": ("The option “{found}” is there twice.", "Change one of them."),
        "telling-length": (
            "Right and wrong options differ in length by a factor of {found}, which gives the answer away.",
            "Keep it within 1.6.",
        ),
        "telling-hint": ("The hint gives the answer away ({found}).", "Lead on without saying it."),
        "unfit-scene": (
            "No usual loss meets the facts of the scene “{found}”, or too few break one.",
            "State the scene by facts that a loss of the catalogue has (`studyapp compute --list`).",
        ),
        "untranslated": ("“{found}” has no English page yet.", "The Japanese one is shown instead."),
        "unpaired-exercise": ("The id “{found}” is not on the Japanese page.", "The ids there: {instead}"),
        "unlike-holes": ("The holes differ from the Japanese page: {found}", "Write the same holes in both."),
        "unshown-markdown": ("“{found}” stays raw in this app, or is lost.", ""),
        "unshown-picture": ("“{found}” is not shown.", ""),
        "unlike-items": ("The item “{found}” has no counterpart on the other page.", "Did you mean `{instead}`?"),
    },
    instead={
        "unshown-markdown": {
            "footnote": "There are no footnotes (the text of a note is lost). Write it in the text, in brackets.",
            "strikethrough": "Nothing is struck out. Take it out, or emphasise with `**`.",
            "highlight": "There are no highlights. Emphasise with `**`.",
            "directive": "There are no `:::` boxes. Use a quote `> `, or a heading.",
            "callout": "There are no callouts. Take this mark out and write `**Note**` in the quote.",
            "wikilink": "Write `[text](file.md)`.",
            "tex": "A formula stands in `$…$` or `$$…$$`. A plain bracket needs no `\\`.",
            "environment": "Put the environment between lines of `$$`.",
            "html": "There is no HTML but comments. Write Markdown; to show it as text, put it between backticks.",
            "definition": "There are no definition lists. Write `- **term**: meaning`.",
            "heading-id": "A heading has no id of its own. Take it out.",
            "entity": "It names a character that is not seen. Take it out.",
        },
        "unshown-picture": {
            "missing": "There is no such image file. Write the path from this file.",
            "image": "In a question the description is shown instead. Write what is needed in the text.",
            "figure": "Figures are shown outside of exercises alone. Move it into the prose, or write what is needed.",
        },
    },
)
