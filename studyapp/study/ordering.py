"""The reading order: what a topic requires comes before it."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

from studyapp.study.entries import TopicEntry


def reading_order(topics: Sequence[TopicEntry]) -> tuple[tuple[TopicEntry, ...], tuple[tuple[str, ...], ...]]:
    """The topics, each after those that it requires, ties by syllabus item and then by id; and the cycles met.

    A cycle (`a, b, a`) is cut at the topic that comes first among those that wait; names of no topic are passed over.
    """
    by_id = {topic.id: topic for topic in topics}
    waiting_for = {topic.id: {name for name in topic.requires if name in by_id} for topic in topics}
    unlocks: dict[str, list[str]] = {}
    for topic, needed in waiting_for.items():
        for name in needed:
            unlocks.setdefault(name, []).append(topic)
    ready = [_rank(by_id[topic]) for topic, needed in waiting_for.items() if not needed]
    heapq.heapify(ready)
    order: list[TopicEntry] = []
    cycles: list[tuple[str, ...]] = []
    while waiting_for:
        if not ready:
            cycle = _cycle(waiting_for)
            cycles.append(cycle)
            first = min((by_id[name] for name in cycle), key=_rank)
            waiting_for[first.id] = set()
            ready = [_rank(first)]
        _, topic = heapq.heappop(ready)
        order.append(by_id[topic])
        del waiting_for[topic]
        for name in unlocks.get(topic, ()):
            if name in waiting_for and topic in waiting_for[name]:
                waiting_for[name].remove(topic)
                if not waiting_for[name]:
                    heapq.heappush(ready, _rank(by_id[name]))
    return tuple(order), tuple(cycles)


def _rank(topic: TopicEntry) -> tuple[tuple[int, ...], str]:
    return (topic.item or (1 << 30,), topic.id)  # a topic of no syllabus item comes last


def _cycle(waiting_for: Mapping[str, set[str]]) -> tuple[str, ...]:
    """One cycle among topics of which each waits for another, its first topic repeated at its end."""
    path = [min(waiting_for)]
    while True:
        following = min(name for name in waiting_for[path[-1]] if name in waiting_for)
        if following in path:
            cycle = path[path.index(following) :]
            return (*cycle, following)
        path.append(following)
