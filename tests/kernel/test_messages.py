"""Values cross the pipe unchanged, and nothing that imports another package comes out of it."""

import io
import pickle
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest

from studyapp.domain.limits import MESSAGE_BYTES
from studyapp.domain.place import Complaint, PageSource, Place, Severity
from studyapp.domain.verdict import Outcome, Verdict
from studyapp.kernel import messages
from studyapp.kernel.messages import HEADER, decode, encode, read_message, write_message
from studyapp.kernel.requests import CurvePoints, Draw


@pytest.mark.parametrize(
    "value",
    [
        Draw(PageSource("losses/x", "content/ja/losses/x.md", None, "ja"), "x", 1),
        Verdict(Outcome.WRONG, "sign", "−1", "符号が逆。\n次の行", "-0.5"),
        Complaint(Place("p.md", 3, 4), "hole", "空です。", "値を書いてください。", Severity.WARNING),
        CurvePoints((((0.0, None), (1.0, float("inf"))),)),
        None,
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_comes_back_as_it_was(value):
    stream = io.BytesIO()
    write_message(stream, 2**40, encode(value))
    write_message(stream, 1, encode(0))
    stream.seek(0)
    message = read_message(stream)
    assert (message[0], decode(message[1])) == (2**40, value)
    assert read_message(stream) is not None
    assert read_message(stream) is None


@pytest.mark.parametrize("value", [(np.float64(0.5),), np.zeros(2), Fraction(1, 2), print, subprocess.Popen])
def test_what_is_not_a_value_of_ours_is_refused(value):
    with pytest.raises(pickle.UnpicklingError, match="is not a value of studyapp"):
        decode(pickle.dumps(value))


@pytest.mark.parametrize(
    "data",
    [b"", b"0 {}\n", HEADER.pack(1, 5) + b"1234", HEADER.pack(1, MESSAGE_BYTES + 1) + bytes(MESSAGE_BYTES + 1)],
    ids=["nothing", "half a header", "half a body", "a body that is too large"],
)
def test_what_is_no_message_ends_the_stream(data):
    assert read_message(io.BytesIO(data)) is None


def test_a_value_that_is_too_large_is_not_sent(monkeypatch):
    monkeypatch.setattr(messages, "MESSAGE_BYTES", 100)
    with pytest.raises(ValueError, match="a message of"):
        encode("0" * 100)


def test_requests_and_replies_need_no_mathematics():
    imports = "import studyapp.kernel.client, studyapp.kernel.requests, sys"
    code = imports + "; print({'numpy', 'sympy', 'mpmath'} & {*sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


def test_the_kernel_starts_without_what_few_questions_need():
    code = "import studyapp.kernel.service, sys; print({'sympy', 'numpy.random', 'scipy'} & {*sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"
