"""What the service answers, beyond what the engine's own tests say of it."""

from __future__ import annotations

from studyapp.domain.document import Documents, Paragraph, Text
from studyapp.kernel.requests import Read
from studyapp.kernel.service import Service


def test_texts_are_read_and_one_with_a_figure_is_left_to_its_page():
    figure = "```yaml figure\ncurves:\n  - x**2\nover: {x: -1..1}\n```"

    assert Service().answer(Read(("値", figure, ""))) == Documents(((Paragraph((Text("値"),)),), None, ()))
