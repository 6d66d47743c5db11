"""The reading order, and names that are near."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.study.ordering import reading_order
from studyapp.study.searching import nearest_names

from .conftest import topic_entry

NAMES = [f"area/{letter}" for letter in "abcdef"]


def ids(topics: object) -> list[str]:
    return [topic.id for topic in topics]  # type: ignore[attr-defined] - topics


def test_ties_go_by_item_and_then_by_id():
    order, cycles = reading_order(
        [
            topic_entry("z", item=(2,)),
            topic_entry("y", item=()),
            topic_entry("b", item=(10,)),
            topic_entry("a", item=(10,)),
        ]
    )

    assert (ids(order), cycles) == (["z", "a", "b", "y"], ())


def test_what_a_topic_requires_comes_first_whatever_its_item():
    order, _ = reading_order(
        [
            topic_entry("first", requires=("second",), item=(1,)),
            topic_entry("second", requires=("third", "nowhere"), item=(2,)),
            topic_entry("third", item=(3,)),
        ]
    )

    assert ids(order) == ["third", "second", "first"]


@pytest.mark.parametrize(
    ("requires", "told", "order"),
    [
        ({"a": ("a",)}, [("a", "a")], ["b", "c", "a"]),
        ({"a": ("b",), "b": ("a",)}, [("a", "b", "a")], ["c", "a", "b"]),
        ({"a": ("b",), "b": ("c",), "c": ("b",)}, [("b", "c", "b")], ["b", "a", "c"]),
    ],
)
def test_a_circle_is_told_and_no_topic_is_lost(requires, told, order):
    topics = [topic_entry(name, requires=requires.get(name, ())) for name in "abc"]

    found, cycles = reading_order(topics)

    assert (ids(found), list(cycles)) == (order, told)


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(NAMES), max_size=3), min_size=6, max_size=6))
def test_every_topic_stands_once_and_after_what_it_requires_unless_a_circle_forbids(requires):
    topics = [topic_entry(name, requires=tuple(needed)) for name, needed in zip(NAMES, requires, strict=True)]
    order, cycles = reading_order(topics)

    assert sorted(ids(order)) == NAMES
    if not cycles:
        position = {name: index for index, name in enumerate(ids(order))}
        assert all(position[name] < position[topic.id] for topic in topics for name in topic.requires)
    for cycle in cycles:
        by_id = {topic.id: topic for topic in topics}
        assert cycle[0] == cycle[-1]
        assert all(following in by_id[name].requires for name, following in pairwise(cycle))


@settings(deadline=None)
@given(st.permutations(NAMES))
def test_the_order_does_not_depend_on_the_order_in_which_pages_were_found(names):
    topics = [topic_entry(name, requires=("area/c",) if name == "area/a" else ()) for name in names]

    assert ids(reading_order(topics)[0]) == [f"area/{letter}" for letter in "bcadef"]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("losses/cros-entropy", "losses/cross-entropy"),
        ("cross-entropy", "losses/cross-entropy"),
        ("Cross-Entropie", "losses/cross-entropy"),
        ("ce-onehott", "ce-onehot"),
        ("ｃｅ－ｏｎｅｈｏｔ", "ce-onehot"),
    ],
)
def test_a_name_that_is_none_finds_the_nearest(name, nearest):
    assert nearest_names(name, ["losses/cross-entropy", "losses/huber", "ce-onehot"])[0] == nearest


def test_a_name_that_is_near_to_nothing_finds_nothing():
    assert nearest_names("completely different", ["losses/huber"]) == ()
