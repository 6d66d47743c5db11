"""The two themes of the app: ink on paper, and paper on ink. One accent; state colours always come with a sign."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="studyapp-dark",
    dark=True,
    primary="#7fb2d9",
    secondary="#9db4c8",
    accent="#7fb2d9",
    foreground="#d9dde4",
    background="#14171c",
    surface="#1a1e25",
    panel="#222831",
    success="#93c58b",
    warning="#e0bd70",
    error="#ea9088",
    variables={
        "muted": "#8d96a5",
        "formula": "#efe3c3",
        "typed": "#b9d3e6",
        "chosen": "#26303c",
        "input-selection-background": "#3a5570",
        "scrollbar": "#2f3743",
        "scrollbar-background": "#14171c",
        "scrollbar-corner-color": "#14171c",
    },
)

LIGHT = Theme(
    name="studyapp-light",
    dark=False,
    primary="#1f6391",
    secondary="#4a6274",
    accent="#1f6391",
    foreground="#24272d",
    background="#fbfaf6",
    surface="#f4f2ec",
    panel="#ebe8df",
    success="#2c6e2a",
    warning="#855a00",
    error="#a8322a",
    variables={
        "muted": "#686c74",
        "formula": "#5b3d0b",
        "typed": "#1d4f73",
        "chosen": "#e2e7ea",
        "input-selection-background": "#bcd4e6",
        "scrollbar": "#d3cfc4",
        "scrollbar-background": "#fbfaf6",
        "scrollbar-corner-color": "#fbfaf6",
    },
)
