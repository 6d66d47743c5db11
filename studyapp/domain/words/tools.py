"""The sentences of what stands beside a page or a question: search, commands, signs, the calculator, copying."""

from __future__ import annotations

from collections.abc import Mapping

from studyapp.domain.words.sentences import Sentences


class ToolsWords(Sentences):
    """What the tools say. `meanings` are by the sign that is put into an answer."""

    search_title: str
    search_hint: str
    nothing_found: str
    found: str
    commands_title: str
    commands_hint: str
    no_command: str
    symbols_title: str
    symbols_hint: str
    meanings: Mapping[str, str]
    symbol_of: str
    no_symbols: str
    calculator_title: str
    calculator_hint: str
    no_value: str
    copied: str
    copied_by_terminal: str
    nothing_to_copy: str
    contents_title: str

    def found_of(self, topics: int, exercises: int) -> str:
        """How much a search has found."""
        return self.found.format(topics=topics, exercises=exercises) if topics + exercises else self.nothing_found

    def meaning(self, sign: str) -> str:
        """What a sign means; a symbol of the question is called that."""
        return self.meanings.get(sign) or self.symbol_of

    def copied_text(self, text: str, tool: str) -> str:
        """What was copied, and by which way: a tool of the system, or else the terminal."""
        return self.copied.format(text=text, tool=tool) if tool else self.copied_by_terminal.format(text=text)


JA = ToolsWords(
    search_title="さがす",
    search_hint="語を入力してください（空白で区切ると、すべてを含むページ）",
    nothing_found="見つかりません。",
    found="ページ {topics} 件 ・ 問題 {exercises} 件",
    commands_title="操作",
    commands_hint="操作の名前",
    no_command="当てはまる操作がありません。",
    symbols_title="記号",
    symbols_hint="Enter で答えに入れます。Esc で閉じます。",
    meanings={
        "·": "かける",
        "²": "二乗",
        "^": "べき乗（x^3）",
        "√": "平方根",
        "½": "2 分の 1",
        "Σ": "和（添字は省く）",
        "σ(": "シグモイド",
        "σ'(": "シグモイドの微分",
        "tanh(": "tanh",
        "ln ": "自然対数",
        "exp(": "指数関数",
        "e": "自然対数の底",
        "|": "絶対値（|x|）",
        "'": "微分（f'(u)）",
    },
    symbol_of="この問題の記号",
    no_symbols="この問題の答えに記号は要りません。",
    calculator_title="計算メモ",
    calculator_hint="四則、べき乗、√、ln、exp。Enter で残します。",
    no_value="値が決まりません。",
    copied="コピーしました（{tool}）: {text}",
    copied_by_terminal="端末にコピーを頼みました（OSC 52）。届かない端末もあります: {text}",
    nothing_to_copy="コピーするものがありません。",
    contents_title="目次",
)

EN = ToolsWords(
    search_title="Search",
    search_hint="Type words (with spaces between: pages that hold them all)",
    nothing_found="Nothing found.",
    found="{topics} pages · {exercises} exercises",
    commands_title="Actions",
    commands_hint="Name of an action",
    no_command="No action is called that.",
    symbols_title="Signs",
    symbols_hint="Enter puts it into the answer. Esc closes.",
    meanings={
        "·": "times",
        "²": "squared",
        "^": "power (x^3)",
        "√": "square root",
        "½": "one half",
        "Σ": "sum (without index)",
        "σ(": "sigmoid",
        "σ'(": "derivative of the sigmoid",
        "tanh(": "tanh",
        "ln ": "natural logarithm",
        "exp(": "exponential function",
        "e": "base of the natural logarithm",
        "|": "absolute value (|x|)",
        "'": "derivative (f'(u))",
    },
    symbol_of="a symbol of this question",
    no_symbols="The answer to this question needs no signs.",
    calculator_title="Scratch pad",
    calculator_hint="Arithmetic, powers, √, ln, exp. Enter keeps the line.",
    no_value="There is no value.",
    copied="Copied ({tool}): {text}",
    copied_by_terminal="Asked the terminal to copy (OSC 52); some terminals do not: {text}",
    nothing_to_copy="There is nothing to copy.",
    contents_title="Contents",
)
