"""The sentences of `language`, in both languages."""

from __future__ import annotations

from studyapp.domain.verdict import Unreadable
from studyapp.domain.words.sentences import Sentences


class RefusalWords(Sentences):
    """Why a text cannot be read, and what to do: a field for each code, its hyphens as underscores.

    `{found}` is what stands there, in quotation marks, `{value}` the bare text.
    """

    empty: str
    too_long: str
    too_many_tokens: str
    too_deep: str
    too_large: str
    number_form: str
    unsupported_sign: str
    unbalanced: str
    incomplete: str
    missing_operand: str
    missing_operator: str
    ambiguous: str
    unknown_name: str
    wrong_case: str
    look_alike: str
    not_mathematics: str
    no_names: str
    missing_argument: str
    function_power: str
    undeclared_prime: str
    wrong_arguments: str
    doubled_sign: str
    comparison: str
    equation: str
    decimal_comma: str
    stray_comma: str
    factorial: str
    percent: str
    separators: str
    uneven_rows: str
    vector_arithmetic: str
    repeated_option: str
    option_first: str
    sum_sign: str
    transposed_index: str


class LanguageWords(Sentences):
    """What `language` says: why a text cannot be read, by code, and how a formula is spoken."""

    refusals: RefusalWords
    otherwise: str
    nearest: str
    readings: str
    quoted: str
    either: str

    def explain(self, unreadable: Unreadable) -> str:
        """One sentence on what was found and what to do, with the nearest known name and the possible readings."""
        found = self.quoted.format(unreadable.found)
        template = getattr(self.refusals, unreadable.code.replace("-", "_"), self.otherwise)
        sentence = template.format(found=found, value=unreadable.found)
        if unreadable.nearest:
            sentence += self.nearest.format(self.quoted.format(unreadable.nearest))
        if unreadable.readings:
            sentence += self.readings.format(self.either.join(map(self.quoted.format, unreadable.readings)))
        return sentence


JA = LanguageWords(
    refusals=RefusalWords(
        empty="まだ何も入力されていません。式か数を入力してください。",
        too_long="長すぎます。{value} 文字までにしてください。",
        too_many_tokens="記号と名前が多すぎます。{value} 個までにしてください。",
        too_deep="入れ子が深すぎます。{value} 段までにしてください。",
        too_large="ここの値は大きすぎるか、0 に近すぎます。指数を確かめてください。",
        number_form="{found}は数として読めません。小数点はひとつだけ書いてください。",
        unsupported_sign="{found}は式に使えない記号です。消すか、別の書き方にしてください。",
        unbalanced="{found}に対応するかっこがありません。かっこの数をそろえてください。",
        incomplete="式が途中で終わっています。{found}の後を書き足してください。",
        missing_operand="{found}の前に、数か名前が足りません。書き足してください。",
        missing_operator="{found}の前に演算記号がありません。積なら * を書いてください。",
        ambiguous="二通りに読めます。かっこか * を足して、どちらかに決めてください。",
        unknown_name="{found}はこの問題に出てこない名前です。問題文の名前を使ってください。",
        wrong_case="{found}は大文字と小文字が問題文と違います。同じ文字で書いてください。",
        look_alike="{found}は形の似た別の文字です。半角の英字で打ち直してください。",
        not_mathematics="{found}は式として読めません。式か数だけを入力してください。",
        no_names="{found}はここでは使えません。数と四則、ln、exp、sqrt だけで書いてください。",
        missing_argument="関数{found}が何に掛かるのか分かりません。かっこを付けて書いてください。",
        function_power="関数{found}のこの累乗は、かっこを使って書いてください(例: (log(x))^2)。",
        undeclared_prime="{found}の ' (プライム)は、この問題では使えません。導関数を式で書いてください。",
        wrong_arguments="関数{found}の引数の個数が違います。かっこの中を確かめてください。",
        doubled_sign="{found}と符号が三つ以上続いています。減らしてください。",
        comparison="{found}は比較の記号です。答えになる式だけを書いてください。",
        equation="等号があります。等号の右側の式だけを書いてください。",
        decimal_comma="{found}のカンマは小数点でしょうか。小数点はピリオドで書いてください。",
        stray_comma="ここにカンマは書けません。値をひとつだけ書いてください。",
        factorial="階乗の記号 ! は使えません。掛け算で書いてください。",
        percent="% は数の欄だけで使えます。100 で割った値を書いてください。",
        separators="空白が区切りなのか式の一部なのか分かりません。要素をカンマで区切ってください。",
        vector_arithmetic="ベクトルに使えるのは、数との掛け算・割り算と、同じ形どうしの足し算・引き算だけです。成分を書いてください。",
        uneven_rows="行によって要素の個数が違います。どの行も同じ個数にしてください。",
        repeated_option="オプション{found}が二度書かれています。ひとつにしてください。",
        option_first="オプション{found}の後に引数があります。引数を先に書いてください。",
        sum_sign="{found}のような和・積・積分の記号は使えません。項をひとつずつ書き並べてください。",
        transposed_index="{found}という重みはありません。添字は、行き先のユニット、出どころのユニットの順に書きます。",
    ),
    otherwise="{found}を読めません。書き方を確かめてください。",
    nearest="もしかして{0}ですか。",
    readings="読み方の候補は{0}です。",
    quoted="「{0}」",
    either="と",
)

EN = LanguageWords(
    refusals=RefusalWords(
        empty="Nothing has been entered yet; type a formula or a number.",
        too_long="This is too long; stay within {value} characters.",
        too_many_tokens="There are too many signs and names; stay within {value}.",
        too_deep="This is nested too deeply; stay within {value} levels.",
        too_large="The value here is too large, or too close to 0; check the exponents.",
        number_form="{found} is not a number; write one decimal point only.",
        unsupported_sign="{found} has no meaning in a formula; remove it or write it another way.",
        unbalanced="{found} has no bracket to match it; balance the brackets.",
        incomplete="The formula ends too early; write what comes after {found}.",
        missing_operand="A number or a name is missing before {found}; write it.",
        missing_operator="There is no sign before {found}; write * for a product.",
        ambiguous="This can be read in two ways; add brackets or a * to choose one.",
        unknown_name="{found} is not a name of this question; use the names in its text.",
        wrong_case="{found} differs from the question in upper and lower case; write it the same way.",
        look_alike="{found} is another letter that looks alike; type it again as a Latin letter.",
        not_mathematics="{found} cannot be read as a formula; type only the formula or the number.",
        no_names="{found} cannot be used here; write numbers, + - * /, ln, exp and sqrt only.",
        missing_argument="It is not clear what the function {found} is applied to; write it in brackets.",
        function_power="Write this power of the function {found} with brackets, as in (log(x))^2.",
        undeclared_prime="The prime in {found} is not used in this question; write the derivative out.",
        wrong_arguments="The function {found} takes another number of arguments; check its brackets.",
        doubled_sign="Three signs follow each other in {found}; leave some out.",
        comparison="{found} is a comparison; write only the formula that is the answer.",
        equation="There is an equals sign; write only what stands to its right.",
        decimal_comma="Is the comma in {found} a decimal point? Write decimal points as full stops.",
        stray_comma="There can be no comma here; write one value.",
        factorial="The factorial sign ! cannot be used; write the product out.",
        percent="% is for number fields only; write the value divided by 100.",
        separators="The blank may part two entries or belong to one; put commas between entries.",
        vector_arithmetic="Multiply vectors by numbers and add those of one shape only, or write the entries.",
        uneven_rows="The rows differ in length; give every row the same number of entries.",
        repeated_option="The option {found} is given twice; leave one out.",
        option_first="An argument stands behind the option {found}; write arguments first.",
        sum_sign="{found} cannot be used in an answer; write the sum out, term by term.",
        transposed_index="There is no weight {found}; the index of the unit it leads to comes first.",
    ),
    otherwise="{found} cannot be read; check how it is written.",
    nearest=" Did you mean {0}?",
    readings=" Either {0}.",
    quoted="“{0}”",
    either=" or ",
)
