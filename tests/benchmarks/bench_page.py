"""How long a page of 3,000 characters takes to open."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from studyapp.cli.context import shipped_content
from tests.benchmarks.measuring import Row, limited
from tests.benchmarks.terminal import HOME, answered, data_folder, settled, started, studyapp, until_shown

CHARACTERS = 3000
TITLE = "Benchmark page"
MARK = "opened-here"
QUOTED = 650  # characters: the search quotes fewer of the page that it finds, and more of it are seen once it is open


def prose() -> str:
    """So many characters of the course: paragraphs, formulas and tables as they stand there, exercises left out."""
    blocks: list[str] = []
    for page in sorted((shipped_content() / "ja").rglob("*.md")):
        head, _, text = page.read_text(encoding="utf-8").partition("\n# ")
        body = text.partition("\n## ")[0].partition("\n")[2] if head.startswith("---") else ""
        blocks += [block for block in body.split("\n\n") if "```" not in block]
        if sum(map(len, blocks)) >= CHARACTERS:
            break
    return "\n\n".join(blocks)[:CHARACTERS].rpartition("\n\n")[0]


def write_page(content: Path) -> int:
    """A content folder with the page alone; how many characters it has."""
    begun, _, rest = prose()[QUOTED:].partition("。")
    text = f"---\nitem: [13]\n---\n# {TITLE}\n\n{prose()[:QUOTED]}{begun}。 {MARK} {rest}\n"
    page = content / "ja" / "bench" / "page.md"
    page.parent.mkdir(parents=True)
    page.write_text(text, encoding="utf-8")
    return len(text)


def opening(data: Path, content: Path) -> float:
    """Seconds from Enter on the page, found by its title, until its text is shown."""
    with started(studyapp(data, "--content", str(content))) as app:
        app.until(HOME)
        settled(app, "/")
        settled(app, TITLE)
        return answered(app, "\r", MARK)


def rows(rounds: int) -> Iterator[Row]:
    """The row of the page."""
    with data_folder() as data:
        content = data / "pages"
        length = write_page(content)
        until_shown(studyapp(data, "--content", str(content)), HOME)
        taken = [1000 * opening(data, content) for _ in range(rounds)]
    yield limited(f"a page of {length:,} characters opens", median(taken), "ms", 500, all=taken)
