"""The sentences of the rooms: each room in both languages, whole, and never changed."""

from __future__ import annotations

import pytest

from studyapp.domain.question import VectorKey
from studyapp.domain.words import EN, JA, Words
from studyapp.domain.words.saving import SavingWords

ROOMS = sorted(Words.__annotations__.keys() - {"code"})


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("words", [JA, EN], ids=["ja", "en"])
def test_a_room_has_its_sentences(words, room):
    assert getattr(words, room) is getattr(words, room)
    assert type(getattr(JA, room)) is type(getattr(EN, room))


def test_what_is_no_room_is_an_error():
    with pytest.raises(AttributeError, match="attic"):
        _ = JA.attic


def test_a_sentence_that_is_missing_or_unknown_is_an_error():
    given = vars(JA.saving)
    name = next(iter(given))
    with pytest.raises(TypeError, match=name):
        SavingWords(**{key: value for key, value in given.items() if key != name})
    with pytest.raises(TypeError, match="unheard"):
        SavingWords(**given, unheard="…")


def test_sentences_do_not_change():
    with pytest.raises(AttributeError):
        JA.saving.anything = "…"
    with pytest.raises(AttributeError):
        JA.code = "en"


@pytest.mark.parametrize("words", [JA, EN], ids=["ja", "en"])
def test_a_matrix_is_asked_for_by_rows(words):
    matrix, vector = VectorKey(("1", "2", "3", "4"), 0, columns=2), VectorKey(("1", "2"), 1)

    assert "1, 2; 3, 4" in words.asking.how(matrix)
    assert "; " not in words.asking.how(vector)


@pytest.mark.parametrize("words", [JA, EN], ids=["ja", "en"])
def test_what_lacks_digits_is_told_in_the_number_of_one_or_many(words):
    said = [words.grading.more_digits(*asked) for asked in ((1, None), (2, None), (None, 1), (None, 3), (0, None))]

    assert len(set(said)) == len(said)
    assert not any("1 decimal places" in one or "1 significant digits" in one or "{" in one for one in said)
