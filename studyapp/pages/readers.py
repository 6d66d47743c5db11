"""What a field may hold: readers from YAML to values of the domain, which complain of others and raise `Refused`."""

import re
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from decimal import Decimal
from typing import Any, TypeVar

from studyapp.domain.code import NUMPY, ArrayDomain, read_array
from studyapp.domain.exercise import DECIMAL, DOMAINS, Binding, Convention, SymbolDomain, domain_of, interval_in
from studyapp.domain.expression import Call, Comparison, Logical, Not, Word
from studyapp.domain.facts import FLAGS, WORDS, Scene
from studyapp.domain.kind import Kind
from studyapp.domain.limits import ID_CHARACTERS
from studyapp.domain.place import Problem
from studyapp.domain.text import Text
from studyapp.pages.facts import Mapping, Scalar, Sequence, Value
from studyapp.pages.report import Refused, Report

Item = TypeVar("Item")
Entry = tuple[Scalar, Value]
Reader = Callable[[Value, Report], Any]


class Shape(Problem):
    """What is wrong with a value of a field."""

    UNKNOWN_FIELD = Text(
        ja="「{found}」という欄はありません。\n使える欄: {allowed}。綴りを直すか、行を取り除いてください。",
        en="There is no field `{found}`.\nKnown fields: {allowed}. Mend the spelling, or take the line out.",
    )
    EMPTY_FIELD = Text(
        ja="「{found}」に値がありません。\n値を書くか、行を取り除いてください。",
        en="`{found}` has no value.\nWrite a value, or take the line out.",
    )
    MISSING_FIELD = Text(
        ja="「{found}」がありません。\nこの欄を書き加えてください。", en="`{found}` is missing.\nAdd this field."
    )
    NOT_A_TEXT = Text(
        ja="ここには値を一つだけ書きます。\n`-` や括弧を取り除いて、一つだけ残してください。",
        en="One single value is expected here.\nTake `-` or brackets away and keep one.",
    )
    EMPTY_VALUE = Text(
        ja="値が空です。\n値を書くか、行を取り除いてください。",
        en="The value is empty.\nWrite a value, or take the line out.",
    )
    BAD_ID = Text(
        ja="「{found}」は id として使えません。\n"
        "半角の英数字で始め、英数字と `-`、`_` だけで、{limit} 字までで書いてください。",
        en="`{found}` cannot be an id.\n"
        "Begin with a letter or digit; use ASCII letters, digits, `-` and `_`, at most {limit} in all.",
    )
    BAD_TOPIC_ID = Text(
        ja="「{found}」は id として使えません。\n"
        "半角の英数字と `-`、`_` で、区切りには `/` を使い、{limit} 字までで書いてください。",
        en="`{found}` cannot be an id.\n"
        "Use ASCII letters, digits, `-` and `_`, with `/` between parts, at most {limit} in all.",
    )
    UNKNOWN_KIND = Text(
        ja="「{found}」という種類はありません。\n使えるのは {allowed} です。",
        en="There is no kind `{found}`.\nThere are: {allowed}.",
    )
    NOT_A_FLAG = Text(
        ja="「{found}」は true でも false でもありません。\ntrue か false と書いてください。",
        en="`{found}` is neither true nor false.\nWrite true or false.",
    )
    NOT_A_WHOLE_NUMBER = Text(
        ja="「{found}」は整数ではありません。\n3 のように、小数点を付けずに書いてください。",
        en="`{found}` is not a whole number.\nWrite it like 3, without a point.",
    )
    NOT_A_NUMBER = Text(
        ja="「{found}」は数ではありません。\n0.5 のように書いてください。",
        en="`{found}` is not a number.\nWrite it like 0.5.",
    )
    OUT_OF_RANGE = Text(
        ja="{found} は {low} から {high} の範囲にありません。\nこの範囲の値にしてください。",
        en="{found} is not between {low} and {high}.\nChoose a value in that range.",
    )
    NOT_A_LIST = Text(
        ja="ここにはリストを書きます。\n`- ` で始まる行を並べるか、言葉と数なら `[a, b]` と書いてください。",
        en="A list is expected here.\nWrite lines that begin with `- `; words and numbers may stand in `[a, b]`.",
    )
    NOT_NAMED_VALUES = Text(
        ja="ここには「名前: 値」を並べます。\n1 行に一つずつ、字下げして `名前: 値` と書いてください。",
        en="Lines of `name: value` are expected here.\nWrite one `name: value` a line, indented.",
    )
    NOT_AN_EXPRESSION = Text(
        ja="ここには式を一つ書きます。\n1 行の式にしてください。",
        en="One expression is expected here.\nMake it one expression on one line.",
    )
    EXPRESSION_IN_FLOW = Text(
        ja="式が {{ }} か [ ] の中にあります。\n式は一行に一つずつ書いてください。ベクトルは (a, b) と書きます。",
        en="An expression is inside {{ }} or [ ].\nGive each expression a line of its own. A vector is written (a, b).",
    )
    EXPRESSION_IN_BLOCK = Text(
        ja="式に `|` や `>` は使えません。\nコロンの後にそのまま書くか、引用符で囲んでください。",
        en="An expression is not written with `|` or `>`.\nWrite it after the colon, in quotes if need be.",
    )
    NOT_A_CONDITION = Text(
        ja="「{found}」は条件ではありません。\n`<` や `==` などで比べてください。",
        en="`{found}` is no condition.\nCompare with `<`, `==` and the like.",
    )
    BAD_NAME = Text(
        ja="「{found}」は名前として使えません。\n英字で始まり、英数字と _ だけの名前にしてください。",
        en="`{found}` cannot be a name.\nBegin it with a letter, and use letters, digits and _ alone.",
    )
    RESERVED_NAME = Text(
        ja="「{found}」は別の意味で使われている名前です。\n"
        "ほかの名前にしてください。e と pi は定数、D は微分、if・and・or・not は条件、answer は答え、scene "
        "は場面です。",
        en="The name `{found}` is taken.\n"
        "Choose another: e and pi are constants, D differentiates, if, and, or, not are conditions, answer is the "
        "key, scene the scene.",
    )
    UNKNOWN_DOMAIN = Text(
        ja="「{found}」という定義域はありません。\n{allowed} か、0..1 のような開区間を書いてください。",
        en="There is no domain `{found}`.\nWrite {allowed}, or an open interval like 0..1.",
    )
    UNKNOWN_WORD = Text(
        ja="「{found}」は使えません。\n使えるのは {allowed} です。",
        en="`{found}` is not used here.\nThere are: {allowed}.",
    )
    NOT_AN_INTERVAL = Text(
        ja="「{found}」は区間ではありません。\n0..1 のように、二つの数を `..` でつないでください。",
        en="`{found}` is not an interval.\nJoin two numbers with `..`, as in 0..1.",
    )
    EMPTY_INTERVAL = Text(
        ja="区間 {found} には数がありません。\n小さいほうを先に書いてください。",
        en="There is no number in the interval {found}.\nWrite the smaller end first.",
    )
    UNKNOWN_ARRAY = Text(
        ja="「{found}」という配列は引けません。\n"
        "real(N, D)、positive(N)、probabilities(N, C)、one_hot(N, C)、labels(N, C)、binary(N)、integer(2, 5)、"
        "size のどれかを書いてください。",
        en="There are no arrays `{found}`.\n"
        "Write real(N, D), positive(N), probabilities(N, C), one_hot(N, C), labels(N, C), binary(N), integer(2, 5) "
        "or size.",
    )
    UNKNOWN_FACT = Text(
        ja="「{found}」という事実はありません。\n使えるのは {allowed} です。",
        en="There is no fact `{found}`.\nKnown are {allowed}.",
    )


IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
TOPIC = re.compile(rf"{IDENTIFIER.pattern}(?:/{IDENTIFIER.pattern})*")
ITEM_NAME = re.compile(r"\w[\w-]*")
DERIVATIVE = "D"  # where symbols are matrices, the name of a size
ARRAYS = ("matrix(N, D)", "vector(D)", "size")
RESERVED = frozenset({"e", "pi", "and", "or", "not", "if", DERIVATIVE, "answer", "scene"})
CONVENTIONS = {"log": ("e", "2", "10"), "epsilon": (), "reduction": ("mean", "sum", "none")}
_WHOLE = re.compile(r"\d{1,9}")


def each(read: Callable[[Item, Report], Any], items: Iterable[Item], report: Report) -> tuple[Any, ...]:
    """The values of those items that can be read; of the others there are complaints."""
    values = []
    for item in items:
        with suppress(Refused):
            values.append(read(item, report))
    return tuple(values)


def every(read: Callable[[Item, Report], Any], items: Collection[Item], report: Report) -> tuple[Any, ...]:
    """The values of all items. Errors: Refused, where one cannot be read."""
    values = each(read, items, report)
    if len(values) < len(items):
        raise Refused
    return values


def read_text(value: Value, report: Report) -> Scalar:
    """A text that is not empty, with its offset."""
    if not isinstance(value, Scalar):
        raise report.refuse(value.start, Shape.NOT_A_TEXT)
    if not value.value.strip():
        raise report.refuse(value.start, Shape.EMPTY_VALUE)
    return value


def scalar(parse: Callable[[str], Any], problem: Problem, *, known: Collection[str] = (), **values: object) -> Reader:
    """The reader of one text; where `parse` makes None of it, it has that problem."""

    def read(value: Value, report: Report) -> Any:
        text = read_text(value, report)
        parsed = parse(text.value)
        if parsed is None:
            raise report.refuse(text.start, problem, text.value, known=known, **values)
        return parsed

    return read


def one_of(words: Iterable[str], problem: Problem = Shape.UNKNOWN_WORD) -> Reader:
    """The reader of one of some words."""
    table = {str(word): word for word in words}
    return scalar(table.get, problem, known=table)


def _identifier(pattern: re.Pattern[str], problem: Problem) -> Reader:
    def parse(text: str) -> str | None:
        return text if pattern.fullmatch(text) and len(text) <= ID_CHARACTERS else None

    return scalar(parse, problem, limit=ID_CHARACTERS)


read_word = scalar(str.strip, Shape.EMPTY_VALUE)
read_identifier = _identifier(IDENTIFIER, Shape.BAD_ID)
read_topic_id = _identifier(TOPIC, Shape.BAD_TOPIC_ID)
read_kind = one_of(Kind, Shape.UNKNOWN_KIND)
read_flag = scalar({"true": True, "false": False}.get, Shape.NOT_A_FLAG)


def whole(low: int, high: int) -> Reader:
    """The reader of whole numbers within bounds, both included."""

    def read(value: Value, report: Report) -> int:
        text = read_text(value, report)
        if not _WHOLE.fullmatch(text.value):
            raise report.refuse(text.start, Shape.NOT_A_WHOLE_NUMBER, text.value)
        if not low <= int(text.value) <= high:
            raise report.refuse(text.start, Shape.OUT_OF_RANGE, text.value, low=low, high=high)
        return int(text.value)

    return read


def read_items(value: Value, report: Report) -> tuple[Value, ...]:
    """The items of a list."""
    if not isinstance(value, Sequence):
        raise report.refuse(value.start, Shape.NOT_A_LIST)
    return value.items


def list_of(read: Reader) -> Reader:
    """The reader of lists whose items have another reader: those that can be read."""
    return lambda value, report: each(read, read_items(value, report), report)


def filled(read: Reader, most: int | None = None) -> Reader:
    """The reader of a list or of named values that are not empty, and no more than so many."""

    def read_filled(value: Value, report: Report) -> Any:
        values = read(value, report)
        if not values:
            if not (getattr(value, "items", ()) or getattr(value, "entries", ())):
                report.add(value.start, Shape.EMPTY_VALUE)
            raise Refused
        if most is not None and len(values) > most:
            raise report.refuse(value.start, Shape.OUT_OF_RANGE, str(len(values)), low=1, high=most)
        return values

    return read_filled


def one_or_several(read: Reader, most: int | None = None) -> Reader:
    """The reader of one value by itself, or of a list that is not empty."""
    several = filled(list_of(read), most)
    return lambda value, report: (read(value, report),) if isinstance(value, Scalar) else several(value, report)


def read_mapping(value: Value, report: Report) -> Mapping:
    """Fields, whatever they hold."""
    if not isinstance(value, Mapping):
        raise report.refuse(value.start, Shape.NOT_NAMED_VALUES)
    return value


def read_fields(
    mapping: Mapping, readers: dict[str, Reader], report: Report, *, refuse_empty: bool = False
) -> dict[str, Any]:
    """The values of the known fields that can be read; the others are complaints."""
    values: dict[str, Any] = {}
    for name, value in mapping.entries:
        if name.value not in readers:
            report.add(name.start, Shape.UNKNOWN_FIELD, name.value, known=readers)
        elif refuse_empty and isinstance(value, Scalar) and not value.value:
            report.add(name.start, Shape.EMPTY_FIELD, name.value)
        else:
            with suppress(Refused):
                values[name.value] = readers[name.value](value, report)
    return values


def read_record(
    value: Value, readers: dict[str, Reader], report: Report, *, required: Iterable[str] = ()
) -> dict[str, Any]:
    """The values of all fields of a mapping. Errors: Refused, where one is unknown, missing, or cannot be read."""
    mapping = read_mapping(value, report)
    values = read_fields(mapping, readers, report)
    if len(values) < len(mapping.entries):
        raise Refused
    require(required, values, value.start, report)
    return values


def require(names: Iterable[str], record: Collection[str], start: int, report: Report) -> None:
    """Errors: Refused, where a record lacks one of these fields; each is a complaint."""
    missing = [name for name in names if name not in record]
    for name in missing:
        report.add(start, Shape.MISSING_FIELD, name)
    if missing:
        raise Refused


def expression(
    name: str = "", *, literal: bool = False, condition: bool = False, formula: bool = False
) -> Callable[[Value, Report], Binding]:
    """The reader of an expression alone on its line, under that name; a literal may stand in brackets.

    A `formula` is read in matrix symbols where the key has some.
    """

    def read(value: Value, report: Report) -> Binding:
        if literal and isinstance(value, Sequence) and value.source:
            value = Scalar(value.source, value.source, value.start, in_flow=True)
        if not isinstance(value, Scalar):
            in_brackets = isinstance(value, Sequence) and value.source
            raise report.refuse(value.start, Shape.EXPRESSION_IN_FLOW if in_brackets else Shape.NOT_AN_EXPRESSION)
        text = read_text(value, report)
        if text.block:
            raise report.refuse(text.start, Shape.EXPRESSION_IN_BLOCK)
        if text.in_flow and not literal:
            raise report.refuse(text.start, Shape.EXPRESSION_IN_FLOW)
        node = report.expression(text.source, text.start, formula=formula)
        if condition and not isinstance(node, Comparison | Logical | Not | Call):  # what a call gives is not known here
            raise report.refuse(text.start, Shape.NOT_A_CONDITION, text.source)
        return Binding(name, node, text.source, report.source.place(text.start))

    return read


read_condition = expression(condition=True)  # the reader of an expression that holds or does not hold


def named(
    fits: Callable[[str], bool], *, condition: bool = False, literal: bool = False, formula: bool = False
) -> Reader:
    """The reader of named expressions, one field a name, in written order: those that can be read."""

    def read_named(entry: Entry, report: Report) -> Binding:
        name, value = entry
        _check_name(name, fits, report)
        return expression(name.value, literal=literal, condition=condition, formula=formula)(value, report)

    return lambda value, report: each(read_named, read_mapping(value, report).entries, report)


def _check_name(name: Scalar, fits: Callable[[str], bool], report: Report) -> bool:
    if fits(name.value):
        return True
    problem = Shape.RESERVED_NAME if name.value in RESERVED else Shape.BAD_NAME
    report.add(name.start, problem, name.value)
    return False


def is_symbol(name: str) -> bool:
    """Whether a name can stand in an expression and is not taken."""
    return name.isidentifier() and name not in RESERVED


def is_item_name(name: str) -> bool:
    """Whether a name can name a mistake or a case."""
    return ITEM_NAME.fullmatch(name) is not None


def read_symbol(value: Value, report: Report) -> str:
    """A name that can stand in an expression."""
    text = read_text(value, report)
    if not _check_name(text, is_symbol, report):
        raise Refused
    return text.value


def read_interval(value: Value, report: Report) -> tuple[Decimal, Decimal]:
    """The ends of `low..high`."""
    text = read_text(value, report)
    ends = interval_in(text.value)
    if ends is None or ends[0] >= ends[1]:
        raise report.refuse(text.start, Shape.EMPTY_INTERVAL if ends else Shape.NOT_AN_INTERVAL, text.value)
    return ends


def read_symbols(value: Value, report: Report) -> tuple[SymbolDomain, ...]:
    """Names with their domains: a word, an open interval, a matrix, a vector, or the size of a dimension."""
    return each(_symbol, read_mapping(value, report).entries, report)


def _symbol(entry: Entry, report: Report) -> SymbolDomain:
    name, value = entry
    if not (report.matrices and name.value == DERIVATIVE):
        _check_name(name, is_symbol, report)
    text = read_text(value, report)
    if ".." not in text.value and domain_of(name.value, text.value) is None:
        raise report.refuse(text.start, Shape.UNKNOWN_DOMAIN, text.value, known=(*DOMAINS, *ARRAYS))
    return domain_of(name.value, text.value) or SymbolDomain(name.value, "interval", *read_interval(text, report))


def code(name: str = "") -> Callable[[Value, Report], Binding]:
    """The reader of code alone on its line; what is in it is checked once all names are known."""

    def read(value: Value, report: Report) -> Binding:
        text = read_text(value, report)
        return Binding(name, Word(text.source), text.source, report.source.place(text.start))

    return read


def named_code(value: Value, report: Report) -> tuple[Binding, ...]:
    """Wrong code by the names of mistakes."""

    def read(entry: Entry, report: Report) -> Binding:
        name, written = entry
        _check_name(name, is_item_name, report)
        return code(name.value)(written, report)

    return each(read, read_mapping(value, report).entries, report)


def read_arrays(value: Value, report: Report) -> tuple[ArrayDomain, ...]:
    """Names with the arrays that they stand for."""
    return each(_array, read_mapping(value, report).entries, report)


def _array(entry: Entry, report: Report) -> ArrayDomain:
    name, value = entry
    if not name.value.isascii() or not name.value.isidentifier() or name.value in NUMPY:
        raise report.refuse(name.start, Shape.BAD_NAME, name.value)
    text = read_text(value, report)
    domain = read_array(name.value, text.value)
    if domain is None:
        raise report.refuse(text.start, Shape.UNKNOWN_ARRAY, text.value)
    return domain


_CONVENTION: dict[str, Reader] = {
    name: one_of(words)
    if words
    else scalar(lambda text: text if re.fullmatch(DECIMAL, text) else None, Shape.NOT_A_NUMBER)
    for name, words in CONVENTIONS.items()
}


def read_convention(value: Value, report: Report) -> Convention:
    """What the stem fixes: the base of log, epsilon, the reduction."""
    return Convention(**read_fields(read_mapping(value, report), _CONVENTION, report))


_FACTS: dict[str, Reader] = {name: one_of(map(str, words)) for name, words in WORDS.items()}
_FACTS |= dict.fromkeys(FLAGS, read_flag)
_ANSWERS: dict[str, Reader] = {"option": whole(1, 26), "accept": list_of(read_word)}


def read_scenes(value: Value, report: Report) -> tuple[Scene, ...]:
    """Scenes by name, each with the facts that its sentence states."""
    return every(_scene, read_mapping(value, report).entries, report)


def _scene(entry: Entry, report: Report) -> Scene:
    name, value = entry
    _check_name(name, is_item_name, report)
    facts = dict(every(_fact, read_mapping(value, report).entries, report))
    own = {field: facts.pop(field) for field in _ANSWERS if field in facts}
    return Scene(name.value, facts, report.source.place(name.start), **own)


def _fact(entry: Entry, report: Report) -> tuple[str, Any]:
    name, value = entry
    known = _FACTS | _ANSWERS
    if name.value not in known:
        raise report.refuse(name.start, Shape.UNKNOWN_FACT, name.value, known=known)
    return name.value, known[name.value](value, report)
