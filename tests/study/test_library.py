"""The course as it is loaded from folders of pages."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from studyapp.domain.text import speaking
from studyapp.study import indexing as module
from studyapp.study import pagecache
from studyapp.study.library import Library
from studyapp.study.searching import spot_in

from .conftest import exercise_entry, library_of, topic_entry

ROOT = Path(__file__).parents[2]


def page(title: str, *exercises: str, requires: str = "", key: str = "", item: int = 13) -> str:
    sections = "".join(
        f"\n## {name} の計算\n\n$x = {{{{ x }}}}$ を 2 乗せよ。\n\n```yaml key\nid: {name}\nkind: number\n{key}draw:\n"
        f"  x: integer(2, 20)\nanswer: x**2\ncheck: x*x\nexample: {{x: 3, answer: 9}}\ndigits: 0\n```\n"
        for name in exercises
    )
    return f"---\nitem: [{item}]\nrequires: [{requires}]\n---\n# {title}\n\n本文 **勾配** と $y = x^2$ 。\n{sections}"


def english(title: str, *exercises: str) -> str:
    sections = "".join(
        f"\n## Computing {name}\n\nSquare $x = {{{{ x }}}}$.\n\n```yaml key\nid: {name}\n```\n" for name in exercises
    )
    return f"# {title}\n\nA body about slopes.\n{sections}"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    write(folder / "ja/losses/a.md", page("あ", "a1", "a2", requires="losses/b"))
    write(folder / "ja/losses/b.md", page("い", "b1"))
    write(folder / "en/losses/a.md", english("The A", "a1", "a2"))
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "library.json"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The topics whose pages have been read."""
    topics: list[str] = []
    original = module.indexed
    monkeypatch.setattr(module, "indexed", lambda source, *rest: topics.append(source.topic) or original(source, *rest))
    return topics


def codes(library: Library) -> list[str]:
    return [complaint.code for complaint in library.complaints]


def test_a_course_is_listed_in_reading_order_with_what_a_list_needs(content):
    library = Library.load([content], None, "ja")

    assert library.complaints == ()
    assert [topic.id for topic in library.topics] == ["losses/b", "losses/a"]
    topic = library.topic("losses/a")
    assert (topic.title, dict(topic.titles)) == ("あ", {"ja": "あ", "en": "The A"})
    assert (topic.item, topic.requires) == ((13,), ("losses/b",))
    assert [(exercise.id, exercise.skill, exercise.heading) for exercise in topic.exercises] == [
        ("a1", "a1", "a1 の計算"),
        ("a2", "a2", "a2 の計算"),
    ]
    assert list(library.skills) == ["b1", "a1", "a2"]
    assert [len(library.exercises_of(name) or ()) for name in ("losses/a", "a1", "losses/c")] == [2, 1, 0]
    assert library.topic("losses/c") is None
    assert library.exercise("c1") is None


def test_an_exercise_leads_to_its_page_in_the_language_asked_for(content):
    for language in ("ja", "en"):
        exercise = Library.load([content], None, language).exercise("a1")
        assert exercise.source.page == str(content / "ja/losses/a.md")
        assert exercise.source.translation == (str(content / "en/losses/a.md") if language == "en" else None)
        assert exercise.heading == ("Computing a1" if language == "en" else "a1 の計算")


def test_a_page_that_is_not_translated_keeps_its_japanese_title_and_says_so(content):
    library = Library.load([content], None, "en")
    assert [(topic.title, topic.translated) for topic in library.topics] == [("い", False), ("The A", True)]


def test_a_search_looks_into_both_languages(content):
    library = Library.load([content], None, "ja")
    assert [topic.id for topic in library.search("SLOPES")] == ["losses/a"]
    assert [topic.id for topic in library.search("勾配 本文")] == ["losses/b", "losses/a"]
    assert library.search("  ") == ()
    assert library.search("勾配 slopes") == ()


def test_what_has_not_changed_is_not_read_again(content, cache, read):
    first = Library.load([content], cache, "ja")
    read.clear()
    again = Library.load([content], cache, "ja")
    assert (again, read) == (first, [])
    assert Library.load([content], cache, "en").topics[1].title == "The A"
    assert read == []
    write(content / "ja/losses/b.md", page("いろは", "b1", "b2"))
    assert [topic.title for topic in Library.load([content], cache, "ja").topics] == ["いろは", "あ"]
    assert read == ["losses/b"]
    os.utime(content / "en/losses/a.md", ns=(1, 1))
    Library.load([content], cache, "ja")
    assert read == ["losses/b", "losses/a"]


def test_a_page_that_is_gone_is_gone_from_the_cache(content, cache):
    Library.load([content], cache, "ja")
    (content / "ja/losses/a.md").unlink()
    assert [topic.id for topic in Library.load([content], cache, "ja").topics] == ["losses/b"]
    assert len(json.loads(cache.read_text(encoding="utf-8"))["pages"]) == 1


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda _: "",
        lambda _: "{",
        lambda _: [],
        lambda _: {"version": 0},
        lambda kept: kept | {"pages": 3},
        lambda kept: kept | {"pages": {page: {"stamp": 1} for page in kept["pages"]}},
        lambda kept: kept | {"pages": {page: entry | {"topic": 3} for page, entry in kept["pages"].items()}},
        lambda kept: kept | {"pages": {page: entry | {"topic": {}} for page, entry in kept["pages"].items()}},
    ],
)
def test_a_cache_that_cannot_be_used_is_made_anew(content, cache, spoiled):
    first = Library.load([content], cache, "ja")
    values = spoiled(json.loads(cache.read_text(encoding="utf-8")))
    cache.write_text(values if isinstance(values, str) else json.dumps(values), encoding="utf-8")
    assert Library.load([content], cache, "ja") == first


def test_pages_are_read_again_when_they_are_read_in_another_way(content, cache, read, monkeypatch):
    for stamp in (1, 2):
        monkeypatch.setattr(pagecache, "reader_stamp", lambda stamp=stamp: stamp)
        Library.load([content], cache, "ja")
    assert read == 2 * ["losses/a", "losses/b"]


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(content, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert len(Library.load([content], tmp_path / "file" / "library.json", "ja").topics) == 2


def test_a_broken_page_is_told_and_the_others_work(content, cache):
    write(content / "ja/losses/c.md", page("う", "c1").replace("kind: number", "kind: nummer"))
    (content / "ja/losses/d.md").write_bytes(b"\xff\xfe")
    for _ in range(2):  # from the pages, then from the cache
        library = Library.load([content], cache, "ja")
        assert [topic.id for topic in library.topics] == ["losses/b", "losses/a", "losses/c"]
        assert {Path(complaint.place.path).name for complaint in library.complaints} == {"c.md", "d.md"}
        assert library.exercise("c1") is None
        assert library.exercise("a1") is not None
        assert all(complaint.place.line >= 1 and complaint.message for complaint in library.complaints)


def test_complaints_are_made_in_the_language_spoken_also_from_the_cache(content, cache):
    write(content / "ja/losses/c.md", page("う", "c1").replace("kind: number", "kind: nummer"))
    japanese = Library.load([content], cache, "ja").complaints
    with speaking("en"):
        english_ones = Library.load([content], cache, "ja").complaints
    assert [one.code for one in japanese] == [one.code for one in english_ones]
    assert all(one.message != other.message for one, other in zip(japanese, english_ones, strict=True))


def test_a_circle_and_a_topic_that_is_none_are_told_where_those_are_named(content):
    write(content / "ja/losses/b.md", page("い", "b1", requires="losses/a"))
    write(content / "ja/losses/c.md", page("う", "c1", requires="losses/b, losses/aa, other/zzzzz"))
    library = Library.load([content], None, "ja")
    assert [(one.code, Path(one.place.path).name, one.place.line, one.place.column) for one in library.complaints] == [
        ("unknown-requires", "c.md", 3, 22),
        ("unknown-requires", "c.md", 3, 33),
        ("requires-cycle", "a.md", 3, 12),
    ]
    assert "losses/a" in library.complaints[0].hint
    assert library.complaints[1].hint == "id の一覧は studyapp topics で見られます。"
    assert len(library.topics) == 3


def test_an_exercise_id_that_is_taken_on_another_page_is_told(content):
    write(content / "ja/losses/c.md", page("う", "a1", "c1"))
    library = Library.load([content], None, "ja")
    assert codes(library) == ["duplicate-exercise"]
    ids = [exercise.id for topic in library.topics for exercise in topic.exercises]
    assert sorted(ids) == ["a1", "a2", "b1", "c1"]


def test_a_second_folder_adds_topics_and_may_not_replace_them(content, tmp_path):
    write(tmp_path / "own/ja/losses/a.md", page("別", "other"))
    write(tmp_path / "own/ja/own/d.md", page("え", "d1"))
    library = Library.load([content, tmp_path / "own"], None, "ja")
    assert codes(library) == ["duplicate-topic"]
    assert [topic.title for topic in library.topics] == ["い", "あ", "え"]


def test_a_folder_without_pages_is_told_and_hidden_ones_hold_none(tmp_path):
    write(tmp_path / "own/ja/.drafts/x.md", page("案", "x1"))
    write(tmp_path / "own/ja/losses/.#b.md", page("案", "x2"))
    for folder in ("nowhere", "own"):
        library = Library.load([tmp_path / folder], None, "ja")
        assert (codes(library), library.topics) == (["no-pages"], ())


def test_an_alias_leads_to_the_exercise_that_was_renamed(content):
    write(content / "ja/losses/b.md", page("い", "b-new", key="aliases: [b1]\n"))
    library = Library.load([content], None, "ja")
    exercise = library.exercise("b1")
    assert exercise.id == "b-new"
    assert library.renames == {"b1": "b-new"}


def test_a_skill_named_after_an_exercise_follows_its_new_name():
    library = library_of(
        topic_entry("t", exercise_entry("new", "t", aliases=("old",)), exercise_entry("more", "t", skill="old"))
    )
    assert {skill: [one.id for one in found] for skill, found in library.skills.items()} == {"new": ["new", "more"]}
    assert library.renames == {"old": "new", "more": "new"}


def test_an_alias_that_is_the_name_of_another_exercise_is_told():
    library = library_of(topic_entry("t", exercise_entry("a", "t"), exercise_entry("b", "t", aliases=("a", "b"))))
    assert codes(library) == ["alias-taken"]
    found = library.exercise("a")
    assert found.id == "a"
    assert library.renames == {}


def test_a_library_from_its_cache_reaches_no_markdown_no_yaml_and_no_numpy(content, cache):
    Library.load([content], cache, "ja")
    program = (
        "import sys; from pathlib import Path;"
        " from studyapp.study.library import Library; import studyapp.study.learner, studyapp.study.practice;"
        f" print(len(Library.load([Path({str(content)!r})], Path({str(cache)!r}), 'ja').topics));"
        " heavy = ('markdown_it', 'yaml', 'numpy', 'sympy', 'textual', 'click');"
        " print([name for name in heavy if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert run.stdout.split("\n")[:2] == ["2", "[]"], run.stderr


def test_links_among_the_pages_lead_nowhere_for_ever(tmp_path):
    folder = tmp_path / "own"
    write(folder / "ja/x/a.md", page("あ", "a1"))
    (folder / "ja/x/self.md").symlink_to("self.md")
    (folder / "ja/x/here").symlink_to(".")
    (folder / "ja/loop").symlink_to("loop")
    os.mkfifo(folder / "ja/x/pipe.md")
    library = Library.load([folder], None, "ja")
    assert [topic.id for topic in library.topics] == ["x/a"]
    files = {Path(complaint.place.path).name for complaint in library.complaints}
    assert files >= {"self.md", "pipe.md"}


def test_a_search_folds_blanks_hyphens_and_long_vowels_and_knows_synonyms(content):
    (content / "glossary.yaml").write_text("losses/a:\n  - {ja: 勾配, en: gradient, also: [こうばい]}\n", "utf-8")
    library = Library.load([content], None, "ja")
    for text in ("勾 配", "勾-配　本文", "ＳＬＯＰＥＳ body", "こうばい", "Gra-dient"):
        assert "losses/a" in [entry.id for entry in library.search(text)], text
    assert library.search("ない語") == ()
    assert library.terms_near("gradeint") == ("gradient",)


def test_what_is_called_so_comes_first_and_its_place_is_shown(content):
    write(content / "ja/losses/c.md", page("a1 の計算のこと", "c1"))
    library = Library.load([content], None, "ja")
    assert [entry.id for entry in library.search("a1 の計算")] == ["a1", "losses/c", "losses/a"]
    source = library.topic("losses/a").source
    spot = spot_in(source, library.wanted("勾配"))
    assert (spot.heading, spot.line) == ("あ", 7)
    assert spot.snippet[spot.start : spot.stop] == "勾配"
    assert spot_in(source, library.wanted("ない")).stop == 0
