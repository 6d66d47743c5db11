"""The themes: paper on ink, ink on paper, the terminal's colours; one accent, and state colours come with a sign."""

from typing import Any

from textual.theme import Theme

COLOURS = {
    "primary": ("#7fb2d9", "#1f6391", "ansi_blue"),
    "secondary": ("#9db4c8", "#4a6274", "ansi_cyan"),
    "accent": ("#7fb2d9", "#1f6391", "ansi_blue"),
    "foreground": ("#d9dde4", "#24272d", "ansi_default"),
    "background": ("#14171c", "#fbfaf6", "ansi_default"),
    "surface": ("#1a1e25", "#f4f2ec", "ansi_default"),
    "panel": ("#222831", "#ebe8df", "ansi_default"),
    "success": ("#93c58b", "#2c6e2a", "ansi_green"),
    "warning": ("#e0bd70", "#855a00", "ansi_yellow"),
    "error": ("#ea9088", "#a8322a", "ansi_red"),
}
"""Textual's own colours: of the dark theme, the light one, and the terminal."""
VARIABLES = {
    "muted": ("#8d96a5", "#686c74", "ansi_bright_black"),
    "faint": ("#6b7482", "#868c96", "ansi_default"),
    "heat-1": ("#3a73b0", "#4d8bc9", "ansi_default"),
    "heat-2": ("#5c97d6", "#2d6cb0", "ansi_default"),
    "heat-3": ("#8fc1ff", "#0b5394", "ansi_default"),
    "heat-4": ("#d2e7ff", "#06315c", "ansi_cyan"),
    "formula": ("#efe3c3", "#5b3d0b", "ansi_default"),
    "typed": ("#b9d3e6", "#1d4f73", "ansi_cyan"),
    "chosen": ("#26303c", "#e2e7ea", "ansi_default"),
    "input-selection-background": ("#3a5570", "#bcd4e6", "ansi_blue"),
    "scrollbar": ("#2f3743", "#d3cfc4", "ansi_bright_black"),
    "scrollbar-background": ("#14171c", "#fbfaf6", "ansi_default"),
    "scrollbar-corner-color": ("#14171c", "#fbfaf6", "ansi_default"),
}
"""Further ones, in the same order: those of `look.STYLES`, and some that Textual would derive."""
TERMINAL = {
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
}
"""What Textual cannot derive from the terminal's colours."""


def _theme(name: str, column: int, *, dark: bool = True, ansi: bool = False) -> Theme:
    colours: dict[str, Any] = {colour: row[column] for colour, row in COLOURS.items()}
    variables = {variable: row[column] for variable, row in VARIABLES.items()}
    if ansi:
        colours["boost"] = "ansi_default"
        variables |= TERMINAL
    return Theme(f"studyapp-{name}", **colours, dark=dark, ansi=ansi, variables=variables)


THEMES = {
    "dark": _theme("dark", 0),
    "light": _theme("light", 1, dark=False),
    "terminal": _theme("terminal", 2, ansi=True),
}
"""The themes by the names that settings give them."""
