"""Pages that are as they should be, read completely."""

from decimal import Decimal
from pathlib import Path

import pytest

from studyapp.domain.document import ExerciseMark, Math, Paragraph, Plain, Strong
from studyapp.domain.exercise import Convention, Hole, SymbolDomain, Template, Topic
from studyapp.domain.expression import Name, Number, Vector
from studyapp.domain.kind import Kind
from studyapp.domain.place import PageSource, Place, Severity
from studyapp.domain.text import set_language
from studyapp.language import read_strict
from studyapp.pages.page import Page, page_of
from studyapp.pages.source import Source
from studyapp.pages.topics import read_topic
from tests.pages.reading import read_page

RIGHT = Path(__file__).parent.parent / "fixtures" / "pages" / "right"
CROSS_ENTROPY = RIGHT / "ja" / "losses" / "cross-entropy.md"
KINDS = RIGHT / "ja" / "losses" / "kinds.md"
KINDS_EN = RIGHT / "en" / "losses" / "kinds.md"


def shape(template: Template) -> list[str]:
    """Texts as they are, holes as `context:expression`."""
    return [part if isinstance(part, str) else f"<{part.context}:{part.text}>" for part in template]


def spot(place: Place) -> str:
    return f"{place.line}:{place.column}"


@pytest.fixture(scope="module")
def page() -> Page:
    return read_page(CROSS_ENTROPY, "ja/losses/cross-entropy.md")


@pytest.fixture(scope="module")
def kinds() -> Topic:
    topic, _ = read_topic(PageSource("losses/kinds", str(KINDS)))
    return topic


def test_the_path_gives_topic_and_language_and_front_matter_the_rest(page: Page):
    assert (page.topic, page.language, page.title) == ("losses/cross-entropy", "ja", "交差エントロピー誤差")
    assert page.item == (13,)
    assert page.requires == ("losses/softmax",)
    assert page.covers == ("0-12", "0-13", "3-5")
    assert page.complaints == ()


@pytest.mark.parametrize(
    ("written", "item", "complaints"),
    [
        ("item: [10, E2.1.xi, E3.4]\noptional: true", (10, "E2.1.xi", "E3.4"), ()),
        ("item: [E2.1.]", (), ("not-a-whole-number",)),
        ("item: [100]", (), ("out-of-range",)),
    ],
)
def test_items_are_numbers_of_one_syllabus_and_sections_of_the_other(written, item, complaints):
    page = page_of(Source.of(f"---\n{written}\n---\n# 題\n\n本文。\n", "page.md"), "losses/page", "ja")
    assert page.item == item
    assert page.optional == ("optional" in written)
    assert tuple(complaint.code for complaint in page.complaints) == complaints


def test_the_body_is_prose_with_a_figure_and_a_mark_for_the_exercise(page: Page):
    prose, figure, caption, mark = page.body

    assert prose == Paragraph(
        (
            Plain("本文。数式は "),
            Math(r"E = -\sum_k t_k \log y_k"),
            Plain(" のように書く。この行は"),
            Strong((Plain("「改行」"),)),
            Plain("の後、空白なしで続く。"),
        )
    )
    assert [curve.text for curve in figure.curves] == ["-log(y)"]
    assert figure.curves[0].expression == read_strict("-log(y)")
    assert (figure.variable, figure.low, figure.high) == ("y", 0.01, 1.0)
    assert isinstance(caption, Paragraph)
    assert mark == ExerciseMark("ce-onehot", "one-hot 正解の交差エントロピー")


def test_the_key_has_every_fact_with_the_place_of_its_expression(page: Page):
    key = page.exercises[0].key

    assert (key.id, key.kind, key.skill, key.digits) == ("ce-onehot", Kind.NUMBER, "ce-onehot", 4)
    assert [(one.name, one.text, spot(one.place)) for one in key.draw] == [
        ("y", "probabilities(4, digits=2)", "37:6"),
        ("c", "index(4)", "38:6"),
    ]
    assert [(one.name, one.text, spot(one.place)) for one in key.let] == [("t", "one_hot(c, 4)", "40:6")]
    assert [(one.text, spot(one.place)) for one in key.where] == [("y[c] < 0.9", "42:5")]
    assert (key.answer.name, key.answer.text, spot(key.answer.place)) == ("answer", "cross_entropy(y, t)", "43:9")
    assert key.answer.expression == read_strict("cross_entropy(y, t)")
    assert (key.check.name, key.check.text, spot(key.check.place)) == ("check", "-log(y[c])", "44:8")
    assert [(one.name, one.text, spot(one.place)) for one in key.example] == [
        ("y", "(0.1, 0.6, 0.2, 0.1)", "45:15"),
        ("c", "1", "45:41"),
        ("answer", "0.5108", "45:52"),
    ]
    assert [(mistake.name, mistake.text, spot(mistake.place)) for mistake in key.mistakes] == [
        ("sign", "log(y[c])", "48:9"),
        ("argmax", "-log(max(y))", "49:11"),
    ]


def test_the_sentences_are_cut_at_their_holes(page: Page):
    sentences = page.exercises[0].sentences

    assert (sentences.language, sentences.heading) == ("ja", "one-hot 正解の交差エントロピー")
    assert shape(sentences.prompt) == [
        "出力 $y = ",
        "<math:y>",
        "$ 、正解 $t = ",
        "<math:t>",
        "$ のとき、交差エントロピー誤差を求めよ。",
    ]
    assert [spot(part.place) for part in sentences.prompt if isinstance(part, Hole)] == ["21:12", "21:30"]
    assert [shape(hint.text) for hint in sentences.hints] == [["one-hot では和の中で残る項はひとつだけ。"]]
    assert [(item.name, spot(item.place)) for item in sentences.mistakes] == [("sign", "27:4"), ("argmax", "28:4")]
    assert shape(sentences.mistakes[0].text) == [r"符号が逆。 $-\log y$ は $0 < y < 1$ で正になる。"]
    assert [shape(item.text) for item in sentences.solution] == [
        [r"残るのは正解クラスの項だけなので $-\log ", "<math:y[c]>", " = ", "<math:answer>", "$ 。"]
    ]


def test_options_leave_the_prompt_with_their_boxes_and_what_is_said(kinds: Topic):
    sentences = kinds.exercises[0].sentences

    assert shape(sentences.prompt) == [
        "関数 ",
        "<text:f>",
        " について、次を読め。\n\n```python\nprint(",
        "<code:x>",
        ")  # ",
        "<code:f>",
        "\n```\n\nどれか。",
    ]
    assert [part.digits for part in sentences.prompt if isinstance(part, Hole)] == [None, 2, None]
    assert [option.ticked for option in sentences.options] == [False, True, False]
    assert [shape(option.text) for option in sentences.options] == [
        ["$0$"],
        ["値は ", "<text:x>", " で、\n二行目に続く。"],
        ["$1$"],
    ]
    assert shape(sentences.options[1].said) == ["惜しい。`", "<code:f>", "` を見よ。\n続き。"]
    assert [spot(option.place) for option in sentences.options] == ["13:3", "14:3", "19:3"]


def test_items_of_a_case_are_told_from_ordinary_items(kinds: Topic):
    sentences = kinds.exercises[0].sentences
    assert [(hint.name, shape(hint.text)) for hint in sentences.hints] == [
        ("", ["一つ目。"]),
        ("big", ["大きい場合。"]),
    ]
    assert [(item.name, shape(item.text)) for item in sentences.solution] == [
        ("", ["ふつうの段落。\n\n- ふつうの項目\n- もう一つ"]),
        ("big", ["大きいので $e^{", "<math:x>", "}$ になる。"]),
        ("small", ["小さい。"]),
        ("", ["最後の段落。"]),
    ]


def test_a_numbered_list_is_the_right_order(kinds: Topic):
    exercise = kinds.exercise("backprop-order")
    assert [(shape(option.text), option.ticked) for option in exercise.sentences.options] == [
        (["順伝播"], None),
        (["損失"], None),
        (["逆伝播"], None),
    ]
    assert shape(exercise.sentences.prompt) == ["手順を並べよ。"]


def test_every_shape_of_field_is_typed(kinds: Topic):
    choice, order, term, expression = (exercise.key for exercise in kinds.exercises)

    assert choice.aliases == ("old-pick", "older")
    assert choice.skill == "shared/skill"
    assert [(case.name, case.text) for case in choice.cases] == [("big", "x >= 0.5"), ("small", "x < 0.5")]
    assert [condition.text for condition in choice.right] == ["x < 0", "x >= 0", "x > 1"]
    assert order.shown == 3
    assert (term.accept, term.refuse) == (("損失関数", "誤差関数"), ("目的関数",))
    assert expression.symbols == (
        SymbolDomain("z", "real"),
        SymbolDomain("y", "interval", Decimal(0), Decimal(1)),
        SymbolDomain("t", "label"),
        SymbolDomain("n", "interval", Decimal("-1.5"), Decimal("1e-3")),
    )
    assert expression.functions == ("f",)
    assert expression.convention == Convention(log="e", epsilon="1e-7", reduction="mean")
    assert [one.expression for one in expression.example] == [
        Number(Decimal(0)),
        Vector((Number(Decimal(1)), Number(Decimal(2)))),
    ]


def test_a_translation_gives_the_prose_and_japanese_stays_where_it_is_missing():
    set_language("en")
    topic, complaints = read_topic(PageSource("losses/kinds", str(KINDS), str(KINDS_EN), "en"))

    assert (topic.language, topic.title) == ("en", "Several exercises")
    assert {exercise.id: exercise.sentences.language for exercise in topic.exercises} == {
        "pick-one": "en",
        "backprop-order": "en",
        "loss-name": "ja",
        "sigmoid-slope": "ja",  # its options differ
    }
    assert [mark for mark in topic.body if isinstance(mark, ExerciseMark)] == [
        ExerciseMark("pick-one", "Choice"),
        ExerciseMark("backprop-order", "Order"),
        ExerciseMark("sigmoid-slope", "式"),
        ExerciseMark("loss-name", "用語"),
    ]
    assert len(topic.exercises[1].sentences.options) == 3
    assert [(one.code, spot(one.place)) for one in complaints if one.severity is Severity.ERROR] == [
        ("options-differ", "33:1")
    ]


def test_facts_are_the_same_in_every_language():
    japanese, _ = read_topic(PageSource("losses/kinds", str(KINDS)))
    english, _ = read_topic(PageSource("losses/kinds", str(KINDS), str(KINDS_EN), "en"))
    assert [exercise.key for exercise in japanese.exercises] == [exercise.key for exercise in english.exercises]


def test_the_version_changes_with_facts_and_with_sentences_and_with_nothing_else(tmp_path: Path):
    text = CROSS_ENTROPY.read_text(encoding="utf-8")
    changes = {
        "same": text,
        "body": text.replace("本文。", "別の本文。"),
        "facts": text.replace("digits: 4", "digits: 3"),
        "prose": text.replace("求めよ。", "求めなさい。"),
    }

    versions = {}
    for name, changed in changes.items():
        (tmp_path / f"{name}.md").write_text(changed, encoding="utf-8")
        topic, _ = read_topic(PageSource("losses/ce", str(tmp_path / f"{name}.md")))
        versions[name] = topic.exercises[0].version

    assert versions["same"] == versions["body"]
    assert len(set(versions.values())) == 3


def test_a_name_in_an_example_stays_a_name(tmp_path: Path):
    page = tmp_path / "choice.md"
    page.write_text(
        KINDS.read_text(encoding="utf-8").replace("digits: 2\n```", "example: {x: 0.5, answer: b}\n```", 1),
        encoding="utf-8",
    )
    topic, _ = read_topic(PageSource("losses/kinds", str(page)))
    assert topic.exercises[0].key.example[1].expression == Name("b")
