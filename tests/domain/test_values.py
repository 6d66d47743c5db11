"""Frozen values behave as the dataclasses of the standard library that they are read as."""

import dataclasses
from copy import deepcopy
from dataclasses import field, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain import values


class _Described:
    number: float
    name: str = "x"
    parts: tuple[int, ...] = ()
    place: int = field(default=0, compare=False)
    words: dict[str, str] = field(default_factory=dict, hash=False)


OURS = values.dataclass(frozen=True, slots=True)(type("Value", (), dict(vars(_Described))))
THEIRS = dataclasses.dataclass(frozen=True, slots=True)(type("Value", (), dict(vars(_Described))))
ARGUMENTS = st.tuples(
    st.sampled_from([0.0, 1.5, -1.0]),
    st.sampled_from(["x", "y"]),
    st.sampled_from([(), (1,), (1, 2)]),
    st.integers(0, 1),
    st.sampled_from([{}, {"a": "b"}]),
)


@values.dataclass(frozen=True, slots=True)
class Single:
    value: object


@values.dataclass(frozen=True, slots=True)
class Empty:
    pass


@values.dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    first: int
    second: int = 2


@values.dataclass(frozen=True, slots=True, eq=False)
class Itself:
    value: int


@values.dataclass(frozen=True, slots=True)
class Own:
    value: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own)

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return "own"


@given(ARGUMENTS, ARGUMENTS)
def test_values_are_equal_and_hashed_and_shown_as_dataclasses_are(first, second):
    assert (OURS(*first) == OURS(*second)) == (THEIRS(*first) == THEIRS(*second))
    assert (hash(OURS(*first)) == hash(OURS(*second))) == (hash(THEIRS(*first)) == hash(THEIRS(*second)))
    assert repr(OURS(*first)) == repr(THEIRS(*first))


def test_the_text_of_a_value_names_its_class_and_fields():
    assert repr(Single([1])) == "Single(value=[1])"
    assert repr(Empty()) == "Empty()"


def test_values_of_different_classes_are_not_equal():
    assert Single(1) != OURS(1)
    assert Single(1) != (1,)
    assert Single(1) != 1


@pytest.mark.parametrize("value", [Single(1), Single("a"), Empty(), Named(first=1), OURS(1.5, "z", (3,))], ids=repr)
def test_a_value_is_replaced_listed_and_matched_by_its_fields(value):
    assert replace(value) == value
    assert hash(replace(value)) == hash(value)
    assert set(type(value).__slots__) == {given.name for given in fields(value)}


@pytest.mark.parametrize("value", [Single((1, None)), Empty(), Named(first=1, second=3)], ids=repr)
def test_a_value_is_taken_apart_and_put_together_again(value):
    assert deepcopy(value) == value


def test_keywords_are_asked_for_where_they_are_named_so():
    with pytest.raises(TypeError):
        Named(1)
    match Single(3):
        case Single(value):
            assert value == 3


def test_a_class_compared_by_identity_or_by_its_own_rule_keeps_it():
    assert Itself(1) != Itself(1)
    same = Itself(1)
    assert same in {same}
    assert Own(1) == Own(2)
    assert hash(Own(1)) == 0
    assert repr(Own(1)) == "own"


def test_one_field_that_equals_nothing_is_the_same_in_one_value_as_in_a_dataclass():
    nan = float("nan")
    assert Single(nan) == Single(nan)
    assert Single(nan) != Single(float("nan"))


def test_all_but_the_beginning_of_a_value_is_one_piece_of_code_for_all_classes():
    for name in ("__eq__", "__hash__", "__repr__", "__getstate__", "__setstate__"):
        assert getattr(OURS, name).__code__ is getattr(Single, name).__code__
    assert OURS.__init__.__code__ is not Single.__init__.__code__
