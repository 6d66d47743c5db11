"""What is said of a figure besides its caption, in both languages: what is to be seen, and the point that is on."""

from __future__ import annotations

from collections.abc import Sequence

from studyapp.domain.words.sentences import Sentences


def number(value: float | None) -> str:
    """A number as it is read from a figure: four digits that count."""
    if value is None:
        return "–"
    return f"{value:.4g}".replace("-", "−").replace("e+0", "e").replace("e−0", "e−") if value else "0"


class FigureWords(Sentences):
    """The line of text below a figure. Templates take numbers that are already written."""

    choice: str
    rate: str
    batch: str
    between: str
    point: str
    slope: str
    step: str
    descended: str
    astray: str
    run: str
    epoch: str
    not_begun: str
    diverged: str
    loss: str
    accuracy: str
    known: str
    unseen: str
    comma: str
    value: str

    def chosen(self, name: str, values: Sequence[float], at: int) -> str:
        """Which of several values is on."""
        return self.choice.format(name=name, value=number(values[at]), at=at + 1, count=len(values))

    def course(self, label: str, variable: str, ends: tuple[float, float], values: tuple[float | None, ...]) -> str:
        """A curve in words: its values at both ends, its least and its greatest."""
        low, high = (number(end) for end in ends)
        first, last, least, most = (number(value) for value in values)
        return self.between.format(
            label=label, variable=variable, low=low, high=high, first=first, last=last, least=least, most=most
        )

    def at(self, label: str, value: float | None, slope: float | None) -> str:
        """One curve at the point that is on."""
        said = self.point.format(label=label, value=number(value))
        return said if slope is None or value is None else said + self.slope.format(slope=number(slope))

    def stepped(self, step: int, place: Sequence[float], value: float, variables: Sequence[str]) -> str:
        """One step of a descent."""
        where = self.comma.join(f"{name} = {number(one)}" for name, one in zip(variables, place, strict=True))
        return self.step.format(step=step, place=where, value=number(value))

    def path(self, first: str, last: str, *, astray: bool) -> str:
        """A descent in words: its first step and its last, and whether it went astray."""
        return self.descended.format(first=first, last=last) + (self.astray if astray else "")

    def trained(self, epoch: int, epochs: int, scores: Sequence[float]) -> str:
        """A training run after an epoch."""
        if not scores:
            return self.diverged.format(epoch=epoch)
        error, accuracy, unseen, unseen_accuracy = scores
        return self.epoch.format(
            epoch=epoch,
            epochs=epochs,
            error=number(error),
            accuracy=f"{accuracy:.1%}",
            unseen=number(unseen),
            unseen_accuracy=f"{unseen_accuracy:.1%}",
        )


JA = FigureWords(
    choice="{name} = {value}（{count} 個のうち {at} 番目）",
    rate="η",
    batch="バッチサイズ",
    between="{label}：{variable} = {low} で {first}、{variable} = {high} で {last}、最小 {least}、最大 {most}",
    point="{label} {value}",
    slope="（傾き {slope}）",
    step="{step} 歩目 {place}、値 {value}",
    descended="{first} → {last}",
    astray="（発散して範囲の外へ出る）",
    run="手書き数字での学習",
    epoch="{epoch}/{epochs} エポック：訓練データの損失 {error}、正解率 {accuracy}。"
    "未知のデータの損失 {unseen}、正解率 {unseen_accuracy}",
    not_begun="まだ始めていない。この図を選んで s を押すと学習が始まる。",
    diverged="{epoch} エポック：値が大きくなりすぎ、学習は発散した。",
    loss="損失",
    accuracy="正解率",
    known="訓練データ",
    unseen="未知のデータ",
    comma="、",
    value="値",
)

EN = FigureWords(
    choice="{name} = {value} ({at} of {count})",
    rate="η",
    batch="batch size",
    between="{label}: {first} at {variable} = {low}, {last} at {variable} = {high}, least {least}, greatest {most}",
    point="{label} is {value}",
    slope=" (slope {slope})",
    step="step {step}: {place}, value {value}",
    descended="{first} → {last}",
    astray=" (it diverges and leaves all bounds)",
    run="training on handwritten digits",
    epoch="epoch {epoch}/{epochs}: on training data loss {error}, accuracy {accuracy}; "
    "on unseen data loss {unseen}, accuracy {unseen_accuracy}",
    not_begun="Not begun yet. Go to this figure and press s to train.",
    diverged="Epoch {epoch}: the numbers grew beyond all bounds; the training diverged.",
    loss="loss",
    accuracy="accuracy",
    known="training data",
    unseen="unseen data",
    comma=", ",
    value="the value",
)
