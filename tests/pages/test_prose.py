"""Filled Markdown to blocks of the document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.document import (
    Block,
    Break,
    CodeBlock,
    CodeSpan,
    Emphasis,
    Heading,
    Image,
    Inline,
    Link,
    List,
    Math,
    MathBlock,
    Paragraph,
    Plain,
    Quotation,
    Strong,
    Table,
    ThematicBreak,
)
from studyapp.pages.blocks import read_blocks


def paragraph(*content: Inline) -> Paragraph:
    return Paragraph(content)


INLINES: dict[str, tuple[Inline, ...]] = {
    "日本語の\n続き": (Plain("日本語の続き"),),
    "latin\ntext": (Plain("latin text"),),
    "日本語\nlatin": (Plain("日本語 latin"),),
    "値は $x$\nである": (Plain("値は "), Math("x"), Plain(" である")),
    "文**太字**\n次": (Plain("文"), Strong((Plain("太字"),)), Plain("次")),
    "これは**「用語」**です": (Plain("これは"), Strong((Plain("「用語」"),)), Plain("です")),
    "*傾き*": (Emphasis((Plain("傾き"),)),),
    "$a*b$ と $c*d$": (Math("a*b"), Plain(" と "), Math("c*d")),
    "$`x_1`$": (Math("x_1"),),
    "文中の $$x$$ も": (Plain("文中の "), Math("x"), Plain(" も")),
    r"\$5": (Plain("$5"),),
    "`a < b`": (CodeSpan("a < b"),),
    "一行  \n二行": (Plain("一行"), Break(), Plain("二行")),
    "[頁](a/b.md)": (Link((Plain("頁"),), "a/b.md"),),
    "![損失の**図**](a.png)": (Image("損失の図", "a.png"),),
    "左は ![図](図%201.png) 。": (Plain("左は "), Image("図", "図 1.png"), Plain(" 。")),
    "4 <!-- = huber(3, 0, delta=2) --> です": (Plain("4 です"),),
    "前 <!-- 見えない -->\n後": (Plain("前後"),),
    "a <b>c</b>": (Plain("a <b>c</b>"),),
    "3 < 4 & 5": (Plain("3 < 4 & 5"),),
}


@pytest.mark.parametrize(("markdown", "content"), INLINES.items(), ids=INLINES)
def test_a_sentence_becomes_its_parts(markdown: str, content: tuple[Inline, ...]):
    assert read_blocks(markdown) == (Paragraph(content),)


BLOCKS: dict[str, tuple[Block, ...]] = {
    "## 見出し $x$": (Heading(2, (Plain("見出し "), Math("x"))),),
    "$$\nx = 1\n$$": (MathBlock("x = 1"),),
    "```math\nx = 1\n```": (MathBlock("x = 1"),),
    "```python\nx = 1\n\ny\n```": (CodeBlock("x = 1\n\ny", "python"),),
    "    x = 1": (CodeBlock("x = 1"),),
    "- a\n- b": (List(((paragraph(Plain("a")),), (paragraph(Plain("b")),))),),
    "3. a\n4. b": (List(((paragraph(Plain("a")),), (paragraph(Plain("b")),)), 3),),
    "- a\n  - b": (List(((paragraph(Plain("a")), List(((paragraph(Plain("b")),),))),)),),
    "> a": (Quotation((paragraph(Plain("a")),)),),
    "a\n\n---\n\nb": (paragraph(Plain("a")), ThematicBreak(), paragraph(Plain("b"))),
    "<!-- 見えない -->": (),
    "<!-- 見えない --> 見える": (paragraph(Plain("見える")),),
    "<div>x</div>": (paragraph(Plain("<div>x</div>")),),
    "a\n\n<!-- 一\n\n二 -->\n\nb": (paragraph(Plain("a")), paragraph(Plain("b"))),
    "|a|b|\n|:-|-:|\n|$x$||": (Table(((Plain("a"),), (Plain("b"),)), (((Math("x"),), ()),), ("left", "right")),),
    "```yaml figure\ncurves: 1\n```": (),
    "---\na: 1\n---": (ThematicBreak(), Heading(2, (Plain("a: 1"),))),
    "": (),
}


@pytest.mark.parametrize(("markdown", "blocks"), BLOCKS.items(), ids=BLOCKS)
def test_markdown_becomes_blocks(markdown: str, blocks: tuple[Block, ...]):
    assert read_blocks(markdown) == blocks


def test_a_figure_in_a_solution_is_drawn_as_well():
    (figure,) = read_blocks("```yaml figure\ncurves:\n  - x**2\nover: {x: -1..1}\n```")
    assert (figure.variable, figure.low, figure.high) == ("x", -1.0, 1.0)


PIECES = [*"`$|*x語\\", "# ", "- ", "1. ", "> ", "```", "~~~", "$$", "**", "<!--", "-->", "\n", "\n\n", "  ", "---"]
PIECES += ["[", "](", "![", "{{", "}}", "<b>", "&amp;", "\0", "\ud800"]


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_any_text_gives_blocks(markdown: str):
    assert isinstance(read_blocks(markdown), tuple)
