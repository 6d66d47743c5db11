"""The section of a page that teaches an exercise."""

from studyapp.domain.document import ExerciseMark, Heading, Paragraph, Plain, section_of


def head(text: str) -> Heading:
    return Heading(2, (Plain(text),))


def prose(text: str) -> Paragraph:
    return Paragraph((Plain(text),))


def mark(name: str) -> ExerciseMark:
    return ExerciseMark(name, name)


TITLE, A, B = prose("what it is for"), head("A"), head("B")
AT_THE_END = (TITLE, A, prose("a"), B, prose("b"), mark("one"), mark("two"))
BETWEEN = (TITLE, A, prose("a"), mark("one"), B, prose("b"), mark("two"), mark("three"))


def test_the_section_that_an_exercise_names_teaches_it():
    assert section_of(AT_THE_END, "two", 0) == (A, prose("a"))
    assert section_of(AT_THE_END, "one", 1) == (B, prose("b"))


def test_else_what_stands_between_it_and_the_exercises_before_does():
    assert section_of(AT_THE_END, "two", None) == AT_THE_END[:5]
    assert section_of(BETWEEN, "one", None) == (TITLE, A, prose("a"))
    assert section_of(BETWEEN, "three", None) == section_of(BETWEEN, "two", None) == (B, prose("b"))


def test_a_translation_with_fewer_sections_shows_what_stands_before():
    assert section_of(BETWEEN, "one", 7) == (TITLE, A, prose("a"))
