"""The themes of the app: ink on paper, paper on ink, and the terminal's own colours.

One accent; state colours always come with a sign.
"""

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

TERMINAL = Theme(
    name="studyapp-terminal",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    accent="ansi_blue",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    variables={
        "muted": "ansi_bright_black",
        "formula": "ansi_default",
        "typed": "ansi_cyan",
        "chosen": "ansi_default",
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "border-blurred": "ansi_bright_black",
        "screen-selection-background": "ansi_blue",
        "screen-selection-foreground": "ansi_default",
        "input-selection-foreground": "ansi_default",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_blue",
        "scrollbar": "ansi_bright_black",
        "scrollbar-background": "ansi_default",
        "scrollbar-corner-color": "ansi_default",
    },
)

THEMES = {"dark": DARK, "light": LIGHT, "terminal": TERMINAL}
"""The themes by the names that settings give them."""
