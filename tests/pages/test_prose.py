"""Filled Markdown to blocks of the document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.document import (
    Block,
    Break,
    CodeBlock,
    CodeSpan,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Link,
    List,
    Math,
    MathBlock,
    Paragraph,
    Quotation,
    Strong,
    Table,
    Text,
    ThematicBreak,
)
from studyapp.pages.blocks import read_blocks


def paragraph(*content: Inline) -> Paragraph:
    return Paragraph(content)


INLINES: dict[str, tuple[Inline, ...]] = {
    "日本語の\n続き": (Text("日本語の続き"),),
    "latin\ntext": (Text("latin text"),),
    "日本語\nlatin": (Text("日本語 latin"),),
    "値は $x$\nである": (Text("値は "), Math("x"), Text(" である")),
    "文**太字**\n次": (Text("文"), Strong((Text("太字"),)), Text("次")),
    "これは**「用語」**です": (Text("これは"), Strong((Text("「用語」"),)), Text("です")),
    "*傾き*": (Emphasis((Text("傾き"),)),),
    "$a*b$ と $c*d$": (Math("a*b"), Text(" と "), Math("c*d")),
    "$`x_1`$": (Math("x_1"),),
    "文中の $$x$$ も": (Text("文中の "), Math("x"), Text(" も")),
    r"\$5": (Text("$5"),),
    "`a < b`": (CodeSpan("a < b"),),
    "一行  \n二行": (Text("一行"), Break(), Text("二行")),
    "[頁](a/b.md)": (Link((Text("頁"),), "a/b.md"),),
    "![損失の**図**](a.png)": (Text("損失の図"),),
    "4 <!-- = huber(3, 0, delta=2) --> です": (Text("4 です"),),
    "前 <!-- 見えない -->\n後": (Text("前後"),),
    "a <b>c</b>": (Text("a <b>c</b>"),),
    "3 < 4 & 5": (Text("3 < 4 & 5"),),
}


@pytest.mark.parametrize(("markdown", "content"), INLINES.items(), ids=INLINES)
def test_a_sentence_becomes_its_parts(markdown: str, content: tuple[Inline, ...]):
    assert read_blocks(markdown) == (Paragraph(content),)


BLOCKS: dict[str, tuple[Block, ...]] = {
    "## 見出し $x$": (Heading(2, (Text("見出し "), Math("x"))),),
    "$$\nx = 1\n$$": (MathBlock("x = 1"),),
    "```math\nx = 1\n```": (MathBlock("x = 1"),),
    "```python\nx = 1\n\ny\n```": (CodeBlock("x = 1\n\ny", "python"),),
    "    x = 1": (CodeBlock("x = 1"),),
    "- a\n- b": (List(((paragraph(Text("a")),), (paragraph(Text("b")),))),),
    "3. a\n4. b": (List(((paragraph(Text("a")),), (paragraph(Text("b")),)), 3),),
    "- a\n  - b": (List(((paragraph(Text("a")), List(((paragraph(Text("b")),),))),)),),
    "> a": (Quotation((paragraph(Text("a")),)),),
    "a\n\n---\n\nb": (paragraph(Text("a")), ThematicBreak(), paragraph(Text("b"))),
    "<!-- 見えない -->": (),
    "<!-- 見えない --> 見える": (paragraph(Text("見える")),),
    "<div>x</div>": (paragraph(Text("<div>x</div>")),),
    "a\n\n<!-- 一\n\n二 -->\n\nb": (paragraph(Text("a")), paragraph(Text("b"))),
    "|a|b|\n|:-|-:|\n|$x$||": (Table(((Text("a"),), (Text("b"),)), (((Math("x"),), ()),), ("left", "right")),),
    "```yaml figure\ncurves: 1\n```": (),
    "---\na: 1\n---": (ThematicBreak(), Heading(2, (Text("a: 1"),))),
    "": (),
}


@pytest.mark.parametrize(("markdown", "blocks"), BLOCKS.items(), ids=BLOCKS)
def test_markdown_becomes_blocks(markdown: str, blocks: tuple[Block, ...]):
    assert read_blocks(markdown) == blocks


def test_a_figure_in_a_solution_is_drawn_as_well():
    (figure,) = read_blocks("```yaml figure\ncurves:\n  - x**2\nover: {x: -1..1}\n```")

    assert isinstance(figure, Figure)
    assert (figure.variable, figure.low, figure.high) == ("x", -1.0, 1.0)


PIECES = [*"`$|*x語\\", "# ", "- ", "1. ", "> ", "```", "~~~", "$$", "**", "<!--", "-->", "\n", "\n\n", "  ", "---"]
PIECES += ["[", "](", "![", "{{", "}}", "<b>", "&amp;", "\0", "\ud800"]


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_any_text_gives_blocks(markdown: str):
    assert isinstance(read_blocks(markdown), tuple)
