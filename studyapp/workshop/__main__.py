"""`python -m studyapp.workshop`: what an author's screen asks for, as a child process: the mathematics, and lint."""

from __future__ import annotations

from studyapp.kernel.serving import Answering, serve


def _opened() -> Answering:
    from studyapp.workshop.service import Workshop

    return Workshop()


if __name__ == "__main__":
    serve(_opened)
