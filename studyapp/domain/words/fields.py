"""What the fields of a page are for, in both languages: the manual of the page format."""

from __future__ import annotations

from studyapp.domain.words.sentences import Sentences


class FieldWords(Sentences):
    """One sentence for each field of a key, of front matter and of a figure; the headings of their table."""

    headings: tuple[str, str, str, str]
    every_kind: str
    id: str
    kind: str
    skill: str
    aliases: str
    confuses: str
    draw: str
    let: str
    given: str
    where: str
    cases: str
    symbols: str
    functions: str
    answer: str
    check: str
    example: str
    digits: str
    significant: str
    mistakes: str
    convention: str
    scenes: str
    options: str
    right: str
    shown: str
    several: str
    accept: str
    refuse: str
    network: str
    steps: str
    rate: str
    exam: str
    item: str
    requires: str
    covers: str
    curves: str
    over: str
    span: str
    parameter: str
    descent: str
    training: str


JA = FieldWords(
    headings=("欄", "値", "種類", "意味"),
    every_kind="すべて",
    id="問題の名前。履歴はこれで覚えるので、後から変えない。",
    kind="答えの種類。",
    skill="復習の単位。書かなければ id と同じ。",
    aliases="以前の id。",
    confuses="取り違えやすい skill。",
    draw="引くたびに変わる値。",
    let="引いた値から計算する値。",
    given="問題文で与える関係。",
    where="引いた値が満たす条件。満たすまで引き直す。",
    cases="場合の名前と条件。ヒントと解説の項目が使う。",
    symbols="答えに現れる文字と、その定義域。",
    functions="中身を決めない関数の名前。",
    answer="答えを計算する式。",
    check="同じ答えを別の道で計算する式。",
    example="手で確かめた値の組。",
    digits="小数点以下の桁数。整数の答えは、ちょうど等しいときだけ正解になる。",
    significant="有効数字の桁数。",
    mistakes="予想される誤りと、そのときの答え。",
    convention="問題文が決める約束。",
    scenes="場面の名前と、その文が述べる事実（`task`、`target`、`output` は語、ほかは true か false）。"
    "問題文の `{{ scene }}` に、引いた場面の文が入る。",
    options="`losses` と書くと、選択肢は損失の一覧から作られる。場面の事実をすべて満たすもののうち、"
    "ふつう使われるものが正解になる。",
    right="選択肢が正しくなる条件を、並び順に一つずつ。",
    shown="出す選択肢や項目の数。",
    several="当てはまるものをすべて選ばせる。",
    accept="正解とする語。",
    refuse="近いが区別すべき語。",
    network="一つを引くネットワークの族。`layers` は層ごとのユニット数（`2` か `1..3`）、`hidden` "
    "は中間層の活性化関数、"
    "`output` は出力の活性化関数と損失の組の一覧、`bias` はバイアスの有無。",
    steps="問う順に並べた手順。ネットワークでは `target`（`dE/du2_1`、`du2_1/dz1_j`、`y_1`、`update w1_j_i`。"
    "文字は引いたユニット、`*` はすべてのユニット）。ほかでは `answer` と、任意の `check`、`name`、"
    "`using`（答えに使ってよい文字）、"
    "`skill`、`mistakes`。`digits` があれば数値で答える。order では最後の `target` までの手順を並べさせ、"
    "choice では誤った行を選ばせる。",
    rate="更新の学習率。書かなければ 0.1。",
    exam="`choice` と書くと、模試では、正解に想定した誤答三つを加えた選択式で出す。",
    item="シラバスの項目番号。",
    requires="先に読むページ。順番はこれで決まる。",
    covers="このページが教える、もとの資料の行。",
    curves="描く曲線の式。名前を付けると凡例に出る。",
    over="横軸の変数と区間。二つ書くと等高線になる。",
    span="縦軸に見せる区間。書かなければ曲線から決まる。",
    parameter="読む人がキーで変える文字と、その値の一覧。",
    descent="最初の式を下る勾配降下法。`start` は出発点、`rates` は学習率の一覧、`steps` は歩数。",
    training="手書き数字で学習する図。`hidden` は中間層のユニット数、`rate` は学習率、`batches` は"
    "バッチサイズの一覧、`epochs` はエポック数。",
)

EN = FieldWords(
    headings=("field", "value", "kinds", "meaning"),
    every_kind="all",
    id="The name of the exercise. History remembers it, so it does not change.",
    kind="The kind of answer.",
    skill="What is scheduled for review; the id, unless this is written.",
    aliases="Former ids.",
    confuses="Skills that are easily taken for this one.",
    draw="Values that are drawn afresh.",
    let="Values computed from what is drawn.",
    given="Relations that the prompt states.",
    where="What a drawing must meet; it is drawn again until it does.",
    cases="Names of cases with their conditions, for items of hints and solution.",
    symbols="Symbols of the answer with their domains.",
    functions="Names of functions left open.",
    answer="The expression that computes the key.",
    check="An expression that reaches the key by another route.",
    example="A set of values worked out by hand.",
    digits="Decimal places. An integer answer is exact: no other value is right.",
    significant="Significant digits.",
    mistakes="Mistakes that are foreseen, with the answers they lead to.",
    convention="Conventions that the prompt fixes.",
    scenes="Names of scenes with the facts that their sentences state (`task`, `target`, `output` as words, "
    "the others true or false). `{{ scene }}` in the prompt shows the sentence of the one that is drawn.",
    options="With `losses` the options come from the catalogue: of the losses that break no fact of the scene the "
    "usual one is right.",
    right="When an option is right: one condition each, in order.",
    shown="How many options or entries are shown.",
    several="All that apply are to be picked.",
    accept="Terms that are right.",
    refuse="Terms that are near, but to be told apart.",
    network="The family of networks of which one is drawn: `layers` units by layer (`2` or `1..3`), "
    "`hidden` activations, "
    "`output` a list of pairs of activation and loss, `bias` whether there are biases.",
    steps="The steps in the order in which they are asked. In a network a `target` (`dE/du2_1`, "
    "`du2_1/dz1_j`, `y_1`, "
    "`update w1_j_i`; a letter is a drawn unit, `*` every unit); else `answer`, with `check`, `name`, "
    "`using` (the only "
    "symbols of the answer), `skill`, `mistakes` where wanted. With `digits` the answers are numbers. An "
    "order asks for the "
    "steps up to the last `target`, a choice for the wrong line among them.",
    rate="The learning rate of updates; 0.1 unless this is written.",
    exam="With `choice`, a mock exam asks it among three of the answers that its foreseen mistakes lead to.",
    item="Numbers of syllabus items.",
    requires="Pages to read before; they give the order.",
    covers="Rows of the source material that the page teaches.",
    curves="Expressions of the curves; a label before one stands in the legend.",
    over="The variable of the axis, and its interval; two give contours.",
    span="The interval shown upwards; the curves give it, unless this is written.",
    parameter="A symbol that readers change with a key, and the list of its values.",
    descent="Gradient descent on the first expression: `start` is its place, `rates` a list, `steps` their number.",
    training="Training on handwritten digits: units of `hidden` layers, `rate`, a list of `batches` (sizes), `epochs`.",
)
