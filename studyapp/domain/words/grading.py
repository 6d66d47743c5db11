"""The sentences of `grading`, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.domain.words import slips
from studyapp.domain.words.sentences import Sentences, counted
from studyapp.domain.words.slips import SlipWords


class GradingWords(Sentences):
    """What `grading` says of an answer."""

    slips: SlipWords
    right: str
    places: str
    whole: str
    significant: str
    cut_places: str
    cut_whole: str
    cut_end: str
    cut_significant: str
    cut_entries: str
    cut_short: str
    last_digit: str
    too_short: str
    typed_value: str
    form_simplified: str
    form_factored: str
    form_fraction: str
    counter_example: str
    answer_undefined: str
    gap: str
    point: str
    coordinate: str
    rounded_coordinate: str
    open_functions: str
    rounded_coefficient: str
    wider: str
    using: str
    undecided: str
    undefined: str
    bad_request: str
    no_label: str
    unknown_label: str
    one_label: str
    each_label: str
    missing_choices: str
    extra_choices: str
    mixed_choices: str
    refused: str
    misspelt: str
    entries_wrong: str
    shape_column: str
    shape_row: str
    derivative_left: str
    in_question: str
    carried: str
    lines_missing: str
    separator: str

    def given_earlier(self, steps: Sequence[int]) -> str:
        """The step is right by what the learner found in earlier steps."""
        return self.carried.format(steps=self.separator.join(str(step) for step in steps))

    def more_digits(self, digits: int | None, significant: int | None) -> str:
        """The value is right, but has fewer digits than were asked for."""
        return self.right.format(wanted=self.wanted(digits, significant))

    def wanted(self, digits: int | None, significant: int | None) -> str:
        """The digits to give."""
        if digits is None and significant is not None:
            return counted(self.significant, significant)
        return counted(self.places, 4 if digits is None else digits) if digits != 0 else self.whole

    def cut_after(self, places: int, significant: int | None) -> str:
        """What was cut off: the digits behind so many places, or behind so many significant digits."""
        if significant is not None:
            return counted(self.cut_significant, significant)
        if places > 0:
            return counted(self.cut_places, places)
        return self.cut_whole if places == 0 else self.cut_end

    def form(self, form: str) -> str:
        """The value is right, but not in the form that was asked for."""
        return {"factored": self.form_factored, "fraction": self.form_fraction}.get(form, self.form_simplified)

    def coordinate_of(self, name: str, value: str, rounded: bool) -> str:  # noqa: FBT001 — as `_rounded` gives it
        """The value of one symbol at a point."""
        return (self.rounded_coordinate if rounded else self.coordinate).format(name=name, value=value)

    def differs_at(self, place: list[str], answer: str, key: str) -> str:
        """A point at which the answer has another value than the key."""
        return self._at(place, self.counter_example.format(answer=answer, key=key))

    def differs_by(self, place: list[str], gap: str) -> str:
        """A point at which two values have too many digits in common to be shown."""
        return self._at(place, self.gap.format(gap=gap))

    def has_no_value(self, place: list[str], key: str) -> str:
        """A point at which the key alone has a value."""
        return self._at(place, self.answer_undefined.format(key=key))

    def differs_for_some(self, functions: list[str]) -> str:
        """The answer differs from the key for some choice of the functions that the question leaves open."""
        return self.open_functions.format(functions=self.separator.join(functions))

    def _at(self, place: list[str], sentence: str) -> str:
        return self.point.format(place=", ".join(place)) + sentence if place else sentence[:1].upper() + sentence[1:]

    def only_using(self, found: list[str], using: list[str]) -> str:
        """The answer contains symbols that it was not to be written in."""
        return self.using.format(found=", ".join(found), using=", ".join(using))

    def choices(self, missing: int, extra: int) -> str:
        """How a choice of several falls short, without giving it away."""
        if missing and extra:
            return self.mixed_choices.format(missing=missing, extra=extra)
        return (self.missing_choices if missing else self.extra_choices).format(missing=missing, extra=extra)


JA = GradingWords(
    slips=slips.JA,
    right="値は合っています。{wanted}",
    places="小数第{count}位まで答えてください。",
    whole="小数第1位を四捨五入して、整数で答えてください。",
    significant="有効数字{count}桁で答えてください。",
    cut_places="小数第{count}位より下を",
    cut_whole="小数点以下を",
    cut_end="下の位を",
    cut_significant="有効数字{count}桁より下を",
    cut_entries="第 {places} 成分の下の位を",
    cut_short="{cut}{wanted}",
    last_digit="最後の桁が 1 だけ違います。途中で丸めていないか、丸め方は正しいかを確かめてください。",
    too_short="桁数が足りないので、正しい値かどうか分かりません。{wanted}",
    typed_value="{message}入力した式の値は {value} です。",
    form_simplified="値は等しいですが、まだ簡単にできます。整理した形で答えてください。",
    form_factored="値は等しいですが、因数分解した形(積の形)で答えてください。",
    form_fraction="値は等しいですが、ひとつの分数の形で答えてください。",
    counter_example="あなたの式は {answer}、正解は {key} になります。",
    answer_undefined="あなたの式は値をもちません(正解は {key})。",
    gap="あなたの式の値は、正解と {gap} だけ違います。",
    point="{place} では、",
    coordinate="{name} = {value}",
    rounded_coordinate="{name} ≈ {value}",
    open_functions="{functions} の選び方によっては、正解と違う値になります。",
    rounded_coefficient="係数が丸められています。分数などを使って、正確な値で書いてください。",
    wider="この式は、正解の式が値をもたないところでも値をもちます。",
    using="{found} を使わず、{using} だけで表してください。",
    undecided="正解と等しいかどうかを決められませんでした。この答えは解答に数えません。",
    undefined="この式は値をもちません(0 での割り算や、負の数の対数などがあります)。",
    bad_request="この依頼は採点できません。「{field}」を確かめてください。",
    no_label="記号で答えてください({labels})。",
    unknown_label="「{found}」という選択肢はありません。{labels} から選んでください。",
    one_label="ひとつだけ選んでください。",
    each_label="{labels} を、それぞれ一度ずつ並べてください。",
    missing_choices="選んだものはどれも当てはまりますが、あと {missing} 個足りません。",
    extra_choices="当てはまるものはすべて選べていますが、当てはまらないものが {extra} 個あります。",
    mixed_choices="当てはまらないものが {extra} 個あり、当てはまるものが {missing} 個足りません。",
    refused="「{found}」は、ここで問うていることとは別の用語です。",
    misspelt="正解です。ただし正しい表記は「{right}」です。",
    entries_wrong="{total} 個の成分のうち、違うのは第 {places} 成分です。",
    shape_column="{count} 個",
    shape_row="{rows} 行 {columns} 列",
    derivative_left="{found} のままにせず、微分した式で書いてください。",
    in_question="{found} は問題文の名前ですが、答えには使えません。{names} で表してください。",
    carried="手順 {steps} での誤りを引き継いだ式としては、この手順は正しくできています。",
    lines_missing="手順は {count} 個あります。1 行に一つずつ答えてください。",
    separator="、",
)

EN = GradingWords(
    slips=slips.EN,
    right="The value is right. {wanted}",
    places="Give it to 1 decimal place.|Give it to {count} decimal places.",
    whole="Give it rounded to a whole number.",
    significant="Give it to 1 significant digit.|Give it to {count} significant digits.",
    cut_places="After 1 decimal place the|After {count} decimal places the",
    cut_whole="After the decimal point the",
    cut_end="The last",
    cut_significant="After 1 significant digit the|After {count} significant digits the",
    cut_entries="In component {places} the last",
    cut_short="{cut} {wanted}",
    last_digit="Only the last digit is off, by one. Look again at how you rounded, here and on the way.",
    too_short="Too few digits to see whether this is right. {wanted}",
    typed_value="{message} What you typed has the value {value}.",
    form_simplified="The value is equal, but it can be made simpler. Give it in simplified form.",
    form_factored="The value is equal, but a product was asked for. Give it in factored form.",
    form_fraction="The value is equal, but a single fraction was asked for.",
    counter_example="yours gives {answer}, the key {key}.",
    answer_undefined="yours has no value (the key gives {key}).",
    gap="yours differs from the key by {gap}.",
    point="At {place} ",
    coordinate="{name} = {value}",
    rounded_coordinate="{name} ≈ {value}",
    open_functions="For some choices of {functions} this differs from the key.",
    rounded_coefficient="The coefficient is rounded. Write it exactly, for example as a fraction.",
    wider="Yours has a value even where the key has none.",
    using="Write it in {using} alone, without {found}.",
    undecided="Whether this equals the key could not be decided. It does not count as an attempt.",
    undefined="This has no value (a division by zero, or a logarithm of a negative number).",
    bad_request="This request cannot be graded; look at “{field}”.",
    no_label="Answer with a label ({labels}).",
    unknown_label="There is no option “{found}”. Choose from {labels}.",
    one_label="Choose one only.",
    each_label="Put {labels} in order, each of them once.",
    missing_choices="All that you chose is right; still missing: {missing}.",
    extra_choices="All that fits is chosen; too many: {extra}.",
    mixed_choices="Chosen but wrong: {extra}. Right but missing: {missing}.",
    refused="“{found}” is another term than the one asked for.",
    misspelt="Right, but it is spelt “{right}”.",
    entries_wrong="Of {total} components, wrong: {places}.",
    shape_column="{count}",
    shape_row="{rows} × {columns}",
    derivative_left="Carry out {found}: write the derivative itself.",
    in_question="{found} stands in the question, but the answer is to be in {names}.",
    carried="Right, given what you found in step {steps}.",
    lines_missing="There are {count} steps; give one answer a line.",
    separator=", ",
)
