"""The sentences of `grading`, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.domain.words import slips
from studyapp.domain.words.sentences import Sentences
from studyapp.domain.words.slips import SlipWords


class GradingWords(Sentences):
    """What `grading` says of an answer."""

    slips: SlipWords
    places: str
    significant: str
    form_simplified: str
    form_factored: str
    form_fraction: str
    counter_example: str
    answer_undefined: str
    coordinate: str
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
    carried: str
    lines_missing: str
    separator: str

    def given_earlier(self, steps: Sequence[int]) -> str:
        """The step is right by what the learner found in earlier steps."""
        return self.carried.format(steps=self.separator.join(str(step) for step in steps))

    def more_digits(self, digits: int | None, significant: int | None) -> str:
        """The value is right, but has fewer digits than were asked for."""
        if digits is None and significant is not None:
            return self.significant.format(digits=significant)
        return self.places.format(digits=4 if digits is None else digits)

    def form(self, form: str) -> str:
        """The value is right, but not in the form that was asked for."""
        return {"factored": self.form_factored, "fraction": self.form_fraction}.get(form, self.form_simplified)

    def differs_at(self, point: list[tuple[str, str]], answer: str | None, key: str) -> str:
        """A point at which the answer is not the key; `answer` is None where it has no value there."""
        place = ", ".join(self.coordinate.format(name=name, value=value) for name, value in point)
        template = self.answer_undefined if answer is None else self.counter_example
        return template.format(place=place, answer=answer, key=key)

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
    places="値は合っています。小数第{digits}位まで答えてください。",
    significant="値は合っています。有効数字{digits}桁で答えてください。",
    form_simplified="値は等しいですが、まだ簡単にできます。整理した形で答えてください。",
    form_factored="値は等しいですが、因数分解した形(積の形)で答えてください。",
    form_fraction="値は等しいですが、ひとつの分数の形で答えてください。",
    counter_example="{place} では、あなたの式は {answer}、正解は {key} になります。",
    answer_undefined="{place} では、あなたの式は値をもちません(正解は {key})。",
    coordinate="{name} = {value}",
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
    carried="手順 {steps} での誤りを引き継いだ式としては、この手順は正しくできています。",
    lines_missing="手順は {count} 個あります。1 行に一つずつ答えてください。",
    separator="、",
)

EN = GradingWords(
    slips=slips.EN,
    places="The value is right. Give it to {digits} decimal places.",
    significant="The value is right. Give it to {digits} significant digits.",
    form_simplified="The value is equal, but it can be made simpler. Give it in simplified form.",
    form_factored="The value is equal, but a product was asked for. Give it in factored form.",
    form_fraction="The value is equal, but a single fraction was asked for.",
    counter_example="At {place} yours gives {answer}, the key {key}.",
    answer_undefined="At {place} yours has no value (the key gives {key}).",
    coordinate="{name} = {value}",
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
    carried="Right, given what you found in step {steps}.",
    lines_missing="There are {count} steps; give one answer a line.",
    separator=", ",
)
