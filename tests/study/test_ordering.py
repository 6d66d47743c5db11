"""The reading order, and names that are near."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.study.library import reading_order
from studyapp.study.searching import nearest_names

from .conftest import topic_entry

NAMES = [f"area/{letter}" for letter in "abcdef"]


def ids(topics: object) -> list[str]:
    return [topic.id for topic in topics]  # type: ignore[attr-defined] - topics


@pytest.mark.parametrize(
    ("topics", "order"),
    [
        ({"z": ((), (2,)), "y": ((), ()), "b": ((), (10,)), "a": ((), (10,))}, "zaby"),
        ({"f": ("s", (1,)), "s": (("t", "nowhere"), (2,)), "t": ((), (3,))}, "tsf"),
    ],
)
def test_what_a_topic_requires_comes_first_and_then_the_lower_item(topics, order):
    entries = [topic_entry(name, requires=tuple(requires), item=item) for name, (requires, item) in topics.items()]
    found, cycles = reading_order(entries)
    assert (ids(found), cycles) == (list(order), ())


@pytest.mark.parametrize(
    ("requires", "circle", "order"),
    [({"a": "a"}, "aa", "bca"), ({"a": "b", "b": "a"}, "aba", "cab"), ({"a": "b", "b": "c", "c": "b"}, "bcb", "bac")],
)
def test_a_circle_is_named_and_no_topic_is_lost(requires, circle, order):
    found, cycles = reading_order([topic_entry(name, requires=tuple(requires.get(name, ""))) for name in "abc"])
    assert (ids(found), cycles) == (list(order), (tuple(circle),))


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
