"""The kernel as a child process: it answers, it can be lost, and it does not outlive the app."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from studyapp.domain.document import Training
from studyapp.domain.place import PageSource
from studyapp.domain.question import Question
from studyapp.kernel.child import Child, start_kernel
from studyapp.kernel.client import Client
from studyapp.kernel.messages import KernelFailure, Request
from studyapp.kernel.requests import Compute, Descend, Draw, Evaluate, Grade, Plot, Prove, Read, Survey, Train, Walk
from studyapp.kernel.service import Service

ROOT = Path(__file__).parent.parent.parent
SOURCE = PageSource("losses/cross-entropy", str(ROOT / "content" / "ja" / "losses" / "cross-entropy.md"))
DRAW = Draw(SOURCE, "ce-onehot", 1)
OTHER_REQUESTS = (
    Plot(("a * y", "1 / y"), "y", 0.0, 1.0, 5, "a", 2.0, slopes=True),
    Survey("a * b", ("a", "b"), (0.0, 0.0), (1.0, 1.0), 2, 2),
    Compute(("a + x", "x"), "a", 2.0, (("x", "(1, 2)"),)),
    Descend("w**2", ("w",), (1.0,), 0.25, 2),
    Train(Training((32,), 0.1, (16,), 10), 16, 1),
    Evaluate("1/3"),
    Read(("値は $y$ 。\n\n> 引用\n\n1. **一**\n\n|a|b|\n|:-|-:|\n|$x$||\n", "")),
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    client = Client()
    yield client
    await client.close()


async def test_the_child_and_the_service_give_the_same_replies_and_what_does_not_exist_is_one(client):
    service, question = Service(), await client.ask(DRAW)
    network = {"layers": [1, 1], "activations": ["identity"], "loss": "half_sse", "bias": False}
    about_it = DRAW, Grade(question, question.answer, "en"), Prove(SOURCE, question), Walk(network, "en")
    for request in (*about_it, *OTHER_REQUESTS):
        assert await client.ask(request) == service.answer(request)
    missing = await client.ask(Draw(SOURCE, "no-such", 1))
    assert missing.code == "missing"


async def test_requests_under_way_together_get_their_own_replies(client):
    drawn = await asyncio.gather(*(client.ask(Draw(SOURCE, "ce-onehot", seed)) for seed in range(20)))
    assert [one.seed for one in drawn] == list(range(20))


async def test_a_request_that_makes_no_sense_is_a_failure_and_the_child_goes_on(client):
    await client.start()
    child = client.process_id
    for request in (Plot(("no_such_function(y)",), "y", 0.0, 1.0, 10), Request[int]()):
        with pytest.raises(KernelFailure):
            await client.ask(request)
    assert isinstance(await client.ask(DRAW), Question)
    assert client.process_id == child


@posix
async def test_a_killed_child_is_a_failure_and_is_replaced(client):
    await client.ask(DRAW)
    first = client.process_id
    waiting = [asyncio.ensure_future(client.ask(Draw(SOURCE, "ce-onehot", seed))) for seed in range(200)]
    await asyncio.sleep(0)
    os.kill(first, signal.SIGKILL)
    lost = await asyncio.gather(*waiting, return_exceptions=True)
    assert any(isinstance(one, KernelFailure) for one in lost)
    assert isinstance(await client.ask(DRAW), Question)
    assert client.process_id != first


async def test_an_overrun_is_cut_short_and_is_a_failure(client):
    question = await client.ask(DRAW)
    with pytest.raises(KernelFailure):
        await client.ask(Prove(SOURCE, question), limit=0.0001)
    assert isinstance(await client.ask(DRAW), Question)


async def test_a_kernel_that_was_started_before_is_taken_over_and_replaced_when_it_is_lost():
    child = start_kernel(None)
    client = Client(child=child)
    try:
        assert isinstance(await client.ask(DRAW), Question)
        assert client.process_id == child.process_id
        child.end()
        with contextlib.suppress(KernelFailure):  # where the loss was not seen before the request
            await client.ask(DRAW)
        assert isinstance(await client.ask(DRAW), Question)
        assert client.process_id != child.process_id
    finally:
        await client.close()


async def test_a_kernel_that_was_asked_nothing_is_ended_with_its_client():
    child = Child()
    await Client(child=child).close()
    with pytest.raises((OSError, ValueError)):
        child.send(0, b"")
    assert list(child.messages()) == []


async def test_a_kernel_that_cannot_be_started_is_a_failure(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert start_kernel(None) is None
    with pytest.raises(KernelFailure):
        await Client().ask(DRAW)


APP = """
import asyncio, sys
from studyapp.domain.place import PageSource
from studyapp.kernel.child import Child, start_kernel
from studyapp.kernel.client import Client
from studyapp.kernel.requests import Draw

async def main():
    client = Client()
    source = PageSource("losses/cross-entropy", sys.argv[1])
    await client.ask(Draw(source, "ce-onehot", 0))
    print(client.process_id, flush=True)
    await asyncio.gather(*(client.ask(Draw(source, "ce-onehot", seed), limit=600) for seed in range(20000)))

asyncio.run(main())
"""


@posix
def test_no_process_is_left_when_the_app_is_killed_while_the_kernel_is_busy():
    app = subprocess.Popen([sys.executable, "-c", APP, SOURCE.page], stdout=subprocess.PIPE, text=True)
    with app.stdout:
        kernel = int(app.stdout.readline())
    app.kill()
    app.wait()
    # The kernel has thousands of questions still to draw, which takes it many seconds.
    deadline = time.monotonic() + 60
    while _alive(kernel) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _alive(kernel)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # An orphan may stay in the table until its new parent looks at it.
    stat = Path(f"/proc/{process}/stat")
    return not (stat.exists() and stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z")
