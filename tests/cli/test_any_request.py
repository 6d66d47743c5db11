"""Any line gets a reply, and the same one again.

`pytest -m deep -s tests/cli/test_any_request.py` asks 20,000, and prints which took longest.
"""

import json

import pytest

from tests.cli.generated_requests import asked, lines
from tests.tools.commands import studyapp

FIRST_SEED = 17
ONCE_FAILED = [
    {"kind": "number", "key": "9" * 4400, "significant": 3, "answer": "5"},
    {
        "kind": "expression",
        "reference": "x + max(x, x**0.5)",
        "symbols": {"s": "integer", "x": "label", "n": "label"},
        "answer": "(x + max(x, x**0.5))**2",
    },
]
"""Requests that a search found: each once ended in an exception of ours."""


def test_each_line_gets_one_reply_and_the_same_again(data, caplog):
    requests = [*map(json.dumps, ONCE_FAILED), *lines(400, FIRST_SEED)]
    run = studyapp(data, "grade", "--jsonl", given="".join(f"{request}\n" for request in requests * 2))
    replies = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.exit_code == 0
    assert len(replies) == 2 * len(requests)
    assert [record.getMessage() for record in caplog.records] == []
    for request, reply, again in zip(requests, replies, replies[len(requests) :], strict=False):
        assert reply == again, request[:300]
        assert reply["detail"] != "internal", request[:300]
    assert {reply["verdict"] for reply in replies} >= {"correct", "wrong", "unreadable", "undecided"}


@pytest.mark.deep
def test_twenty_thousand_lines_in_two_processes_with_different_hashes():
    requests = lines(20_000, FIRST_SEED)
    first, bugs = asked(requests, hash_seed=1)
    again, more_bugs = asked(requests[::-1], hash_seed=2)
    slowest = sorted(zip([reply["ms"] for reply in first], requests, strict=True), reverse=True)
    print(*(f"{ms:.0f} ms: {request[:300]}" for ms, request in slowest[:5]), sep="\n")
    assert bugs + more_bugs == ""
    for request, reply, other in zip(requests, first, again[::-1], strict=True):
        assert {**reply, "ms": 0} == {**other, "ms": 0}, request[:300]
