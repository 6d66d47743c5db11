"""`python -m studyapp.kernel`: the mathematics as a child process."""

from __future__ import annotations

from studyapp.kernel.serving import Answering, serve


def _opened() -> Answering:
    from studyapp.kernel.service import Service

    return Service()


if __name__ == "__main__":
    serve(_opened)
